"""The page that leads to others has their modules loaded beside it, so that nobody waits for them afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec

import pytest
from PySide6.QtWidgets import QWidget

from eolc_desktop.app import pages
from eolc_desktop.desktop.warm_up import WarmUp
from eolc_desktop.views.our_service.hub_page import WAYS


class Noted:
    """In place of the thread: what it would load, and that it was begun."""

    begun: list[str]

    def __init__(self, modules: Sequence[str]) -> None:
        self._modules = list(modules)

    def start(self) -> None:
        self.begun += self._modules


def test_modules_are_loaded_once_the_page_is_made_and_not_before(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "WarmUp", Noted)
    begun: list[str] = []
    monkeypatch.setattr(Noted, "begun", begun, raising=False)
    page = QWidget()
    make = pages.leading_to(lambda *_given: page, "our_service.measures_page")
    assert begun == []
    assert make("desk", "place") is page
    assert begun == ["eolc_desktop.views.our_service.measures_page"]
    page.deleteLater()


def test_every_way_from_the_page_of_the_service_is_loaded_by_it() -> None:
    loaded = pages.PAGES.others["our_service"].__closure__
    assert loaded is not None
    (warm_up,) = [cell.cell_contents for cell in loaded if isinstance(cell.cell_contents, WarmUp)]
    assert all(find_spec(module) for module in warm_up.modules), "each of them is there"
    kinds = {kind for _heading, ways in WAYS for _words, kind, _document, _about in ways}
    named = {module.rsplit(".", 1)[1].removesuffix("_page") for module in warm_up.modules}
    assert kinds == named
