"""The look for leaks at the end of every run sees a leak in whatever form it is planted, and nothing where none is."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.services import people, plans
from eolc_desktop.services.session import Session
from tests import leaks
from tests.app.laptop import WORDS, Laptop, laptop

__all__ = ["laptop"]
WORD = "Zqxcanary"


@pytest.mark.parametrize(
    "content",
    [
        f"opened {WORD}".encode(),
        WORD.upper().encode(),
        WORD.encode("utf-16-le"),
        b"%PDF" + zlib.compress(f"BT ({WORD}) ET".encode()),
    ],
    ids=["as it is", "in capitals", "as Qt writes it", "in a compressed stream"],
)
def test_a_planted_leak_is_found(tmp_path: Path, content: bytes) -> None:
    logs = tmp_path / "profile" / "logs"
    logs.mkdir(parents=True)
    path = logs / "program.log"
    path.write_bytes(content)
    assert leaks.found_in(leaks.places_in(tmp_path)) == [f"program.log: {WORD}"]
    path.unlink()  # or the look at the end of this very run would find it


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    logs = tmp_path / "logs"
    logs.mkdir()
    (logs / "program.log").write_text("record failed: <class 'ValueError'>")
    (tmp_path / "settings.json").write_text("{}")
    assert leaks.found_in(leaks.places_in(tmp_path)) == []


def test_a_day_with_the_program_leaves_nothing_behind(laptop: Laptop, tmp_path: Path, own_home: Path) -> None:
    made: list[str] = []

    def fill(session: Session) -> None:
        plan = people.add_person(
            session, {"family_name": WORD, "given_names": "Peggy", "nhs_number": "9990000018"}
        ).plan
        plans.save_entry(session, plan, "about_me", MAIN, {"most_important": f"{WORD} in the garden"})
        made.append(plan.person_id)

    laptop.make(fill)
    page = laptop.start()
    titles: set[str] = set()
    assert laptop.window is not None
    laptop.window.windowTitleChanged.connect(titles.add)
    page.keys(WORDS)
    page.key(Qt.Key.Key_Return)
    laptop.qtbot.waitUntil(lambda: laptop.program.shell is not None, timeout=10_000)
    shell = laptop.program.shell
    assert shell is not None
    shell.show_person(made[0])
    page.wait_until_says(f"{WORD} in the garden")
    page.press("Copy NHS number")
    assert "999" in QGuiApplication.clipboard().text(), "it was copied on request"
    laptop.lock(page)
    assert "999" not in QGuiApplication.clipboard().text(), "and is taken back at locking"
    assert titles
    assert not any(WORD.casefold() in title.casefold() for title in titles)
    everything = [path for folder in (tmp_path, own_home) for path in folder.rglob("*") if path.is_file()]
    assert any(path.name == "record.db" for path in everything)
    assert leaks.found_in(everything, (WORD, "9990000018", WORDS)) == []
