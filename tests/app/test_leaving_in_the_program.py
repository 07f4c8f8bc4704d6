"""The lid, the screen lock and sleep in the program as it runs: told by the system's own bus, the record is locked."""

from __future__ import annotations

import pytest

from eolc_desktop.app.window import LOCKED
from eolc_desktop.desktop.session_watch import SessionWatch
from eolc_desktop.services import plans
from eolc_desktop.views.unlock import UnlockPage
from tests.app.laptop import Laptop, laptop
from tests.desktop.test_session_watch import bus, needs_bus, send

__all__ = ["bus", "laptop"]


@needs_bus
@pytest.mark.parametrize(
    ("path", "interface", "name", "arguments"),
    [
        ("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", [True]),
        ("/org/freedesktop/login1/session/_31", "org.freedesktop.login1.Session", "Lock", []),
        ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", [True]),
    ],
    ids=["the lid or sleep", "the session is locked", "the screen saver"],
)
def test_it_covers_keeps_what_was_typed_and_locks(
    laptop: Laptop,
    bus: str,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    interface: str,
    name: str,
    arguments: list[object],
) -> None:
    real = SessionWatch.start
    heard: list[bool] = []

    def on_this_bus(watch: SessionWatch, window_id: int = 0) -> bool:
        heard.append(real(watch, bus, bus, window_id))
        return heard[-1]

    monkeypatch.setattr(SessionWatch, "start", on_this_bus)
    laptop.make()
    page = laptop.start()
    laptop.unlock(page)
    laptop.qtbot.waitUntil(lambda: heard == [True], timeout=10_000)
    page.key("Ctrl+N")
    page.keys("Nowak")
    send(bus, path, interface, name, *arguments)
    laptop.qtbot.waitUntil(lambda: bool(laptop.replaced), timeout=10_000)
    assert laptop.replaced == [(LOCKED,)]
    assert laptop.window is not None
    assert isinstance(laptop.window.page, UnlockPage)
    assert not page.says("Nowak")
    drafts = laptop.read(lambda session: plans.kept_drafts(session))
    assert [draft.values["family_name"] for draft in drafts] == ["Nowak"]  # type: ignore[attr-defined]
