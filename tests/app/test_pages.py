"""The page that leads to others has their modules loaded meanwhile, so that nobody waits for them afterwards."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from eolc_desktop.app import pages
from eolc_desktop.desktop.in_turns import InTurns
from eolc_desktop.views.our_service.hub_page import WAYS


def made_hub(qtbot: QtBot) -> tuple[QWidget, InTurns]:
    """A page in place of the one of the service, made as that is, and what it has loaded."""
    page = QWidget()
    qtbot.addWidget(page)
    cells = dict(zip(_CODE.co_freevars, pages.PAGES.others["our_service"].__closure__ or (), strict=True))
    make = pages.leading_to(lambda *_given: page, (), ())
    assert make("desk", "place") is page
    return page, InTurns(cells["first"].cell_contents, cells["pages"].cell_contents, page)


_CODE = pages.PAGES.others["our_service"].__code__


def test_every_way_from_the_page_of_the_service_is_loaded_by_it(qtbot: QtBot) -> None:
    _page, turns = made_hub(qtbot)
    assert all(find_spec(module) for module in (*turns.first.modules, *turns.modules)), "each of them is there"
    kinds = {kind for _heading, ways in WAYS for _words, kind, _document, _about in ways}
    assert kinds == {module.rsplit(".", 1)[1].removesuffix("_page") for module in turns.modules}


def test_its_pages_are_loaded_on_the_windows_thread_and_what_they_rest_on_beside_it() -> None:
    program = """
import sys, threading
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
from eolc_desktop.app import pages
seen = {}
sys.meta_path.insert(0, type("Finder", (), {"find_spec": staticmethod(
    lambda name, path=None, target=None: seen.setdefault(name, threading.current_thread()) and None)})())
make = pages.leading_to(lambda *_given: QWidget(), ["figures_out"], ["our_service.measures_page"])
assert "eolc_desktop.services.figures_out" not in seen
page = make()
from eolc_desktop.desktop.in_turns import InTurns
page.findChild(InTurns).loaded.connect(app.quit)
app.exec()
main = threading.main_thread()
assert seen["eolc_desktop.services.figures_out"] is not main
assert seen["eolc_desktop.views.our_service.measures_page"] is main
assert not [n for n, t in seen.items() if t is not main and n.startswith(("PySide6", "eolc_desktop.views"))]
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120)
    assert ended.returncode == 0, ended.stderr
