"""Nothing altered unseen, in the program as it runs: an old page or file put back, or a changed row, before it is
unlocked and while it is open. The plan says that it cannot be trusted, and printing stops."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.plan import Edit
from eolc_desktop.models.opening import PAGE_BYTES, StorePlace, connect
from eolc_desktop.models.store import open_store
from eolc_desktop.record import journal
from eolc_desktop.record import people as rows
from eolc_desktop.services import people
from eolc_desktop.services.session import Session
from tests.app.laptop import Laptop, add_peggy, laptop
from tests.pages import Page
from tests.record.test_chain import sound_to_sqlite

__all__ = ["laptop"]
pytestmark = pytest.mark.hazard("H30")

SAYS = "What is shown here cannot be trusted"
CHANGED = "This person’s plan is not as it was written."
OLDER = "An older copy of the record is in its place"
NOT_PRINTED = "This cannot be printed: what is recorded is not as it was written"


def decide(value: str) -> Callable[[Session], None]:
    def write(session: Session) -> None:
        with session.store.writing() as connection:
            (who,) = rows.all_ids(connection)
            _value, base = journal.current_value(connection, who, "cpr", MAIN, "decision")
            journal.append(connection, session.pen(), who, [Edit("cpr", MAIN, "decision", value, base=base)])

    return write


def made(laptop: Laptop) -> bytes:
    """A record with one person, for CPR; return its file as it was before somebody decided against it."""

    def fill(session: Session) -> None:
        add_peggy(session)
        decide("for")(session)

    laptop.make(fill)
    return laptop.profile.store.read_bytes()


def in_the_program(laptop: Laptop, write: Callable[[Session], None]) -> None:
    """Unlock, write, and lock, as the program does: the newest seal is kept outside the record."""
    page = laptop.start()
    laptop.unlock(page)
    desk = laptop.program.desk
    assert desk is not None
    done: list[object] = []
    laptop.program.background.run("a test writes", lambda: write(desk.session)).done.connect(done.append)
    laptop.qtbot.waitUntil(lambda: bool(done), timeout=10_000)
    laptop.lock(page)


def opened(laptop: Laptop) -> Page:
    """Unlock and open the one person's plan."""
    page = laptop.start()
    laptop.unlock(page)
    laptop.program._upkeep._first_look.stop()  # it would find it two seconds later: the plan says so when it is opened
    show(laptop)
    return page


def show(laptop: Laptop) -> str:
    desk, shell = laptop.program.desk, laptop.program.shell
    assert desk is not None
    assert shell is not None
    found: list[str] = []
    laptop.program.background.run("a test asks", lambda: people.caseload(desk.session).rows[0].id).done.connect(
        found.append
    )
    laptop.qtbot.waitUntil(lambda: bool(found), timeout=10_000)
    shell.show_person(found[0])
    laptop.settle()
    return found[0]


def printing_stops(laptop: Laptop, page: Page) -> None:
    page.key("Ctrl+P")
    page.wait_until_says(NOT_PRINTED)
    page.wait_until_says(SAYS)


def with_an_old_page(laptop: Laptop, old: bytes) -> None:
    """Put back the one page on which CPR was not yet refused; SQLite and SQLCipher think that it is sound."""
    new = laptop.profile.store.read_bytes()
    place = laptop.read(lambda session: session.store.place)
    assert isinstance(place, StorePlace)
    for start in range(PAGE_BYTES, len(old), PAGE_BYTES):
        page = old[start : start + PAGE_BYTES]
        if page == new[start : start + PAGE_BYTES]:
            continue
        laptop.profile.store.write_bytes(new[:start] + page + new[start + PAGE_BYTES :])
        if not sound_to_sqlite(place):
            continue
        store = open_store(place.path, place.key, place.store_id)
        try:
            with store.reading() as connection:
                (who,) = rows.all_ids(connection)
                if journal.current_value(connection, who, "cpr", MAIN, "decision")[0] == "for":
                    return
        finally:
            store.close()
    pytest.fail("no page turns the decision round")


def test_an_old_page_put_back_before_it_is_unlocked(laptop: Laptop) -> None:
    old = made(laptop)
    in_the_program(laptop, decide("not_for"))
    with_an_old_page(laptop, old)
    page = opened(laptop)
    page.wait_until_says(CHANGED)
    assert page.says("CPR may be attempted"), "it is shown all the same: it may be all there is"
    assert page.says(SAYS)
    printing_stops(laptop, page)


def test_an_old_file_put_back_before_it_is_unlocked(laptop: Laptop) -> None:
    old = made(laptop)
    in_the_program(laptop, decide("not_for"))
    laptop.profile.store.write_bytes(old)
    page = laptop.start()
    laptop.unlock(page)
    page.wait_until_says(OLDER)
    show(laptop)
    page.wait_until_says(OLDER)
    printing_stops(laptop, page)


def test_an_old_page_put_back_while_the_plan_is_open_and_was_read_already(laptop: Laptop) -> None:
    old = made(laptop)
    in_the_program(laptop, decide("not_for"))
    new = laptop.profile.store.read_bytes()
    with_an_old_page(laptop, old)
    replaced = laptop.profile.store.read_bytes()
    laptop.profile.store.write_bytes(new)
    page = opened(laptop)
    page.wait_until_says("Do not attempt CPR")
    assert not page.says(SAYS)
    with laptop.profile.store.open("r+b") as file:
        for start in range(PAGE_BYTES, len(new), PAGE_BYTES):
            old_page = replaced[start : start + PAGE_BYTES]
            if old_page != new[start : start + PAGE_BYTES]:
                file.seek(start)
                file.write(old_page)
    printing_stops(laptop, page)


def test_a_row_changed_while_the_plan_is_open(laptop: Laptop) -> None:
    made(laptop)
    page = opened(laptop)
    page.wait_until_says("CPR may be attempted")
    assert not page.says(SAYS)
    desk, shell = laptop.program.desk, laptop.program.shell
    assert desk is not None
    assert shell is not None
    raw = connect(desk.session.store.place)
    raw.execute("UPDATE current SET value = '\"not_for\"' WHERE section = 'cpr' AND field = 'decision'")
    raw.close()
    printing_stops(laptop, page)
    shell.show_caseload()
    show(laptop)
    page.wait_until_says(CHANGED)


def test_a_row_changed_while_nobody_looks_is_found_by_the_look_that_is_taken_from_time_to_time(laptop: Laptop) -> None:
    made(laptop)
    page = opened(laptop)
    desk = laptop.program.desk
    assert desk is not None
    raw = connect(desk.session.store.place)
    raw.execute("UPDATE current SET value = '\"not_for\"' WHERE section = 'cpr' AND field = 'decision'")
    raw.close()
    upkeep = laptop.program._upkeep
    upkeep._back_up_later.setInterval(1)
    upkeep._on_time_to_back_up()
    assert not page.says(SAYS), "the first time is for a backup alone: the seals were looked at just before"
    upkeep._on_time_to_back_up()
    page.wait_until_says(CHANGED)
