"""The import page, driven by keys: what it shows before anything comes in, what it asks, what it never brings in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.desktop.background import Background
from eolc_desktop.desktop.settings import Settings, ThemeName
from eolc_desktop.desktop.worker import Worker
from eolc_desktop.paths import Profile
from eolc_desktop.services import people
from eolc_desktop.services import plans as plan_services
from eolc_desktop.services.session import Session
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.importing.page import ImportPage
from eolc_desktop.views.widgets import ask
from tests import accessibility
from tests.fhir.files import NHS, SYNTHEA, allergy, bundle, data, everything, patient
from tests.fixed_clock import FixedClock
from tests.pages import OpenWindow, Page
from tests.sessions import begin
from tests.strictness import settle

YES, NO = "Yes, bring it in", "No, leave it out"
CPR = "The file says: Do not attempt CPR, decided 12-Oct-2026 by Dr Aisha Khan. Bring it in as the CPR recommendation?"
DIED = "The file says that this person died on 10-Nov-2026. Record the death?"
WHO = "Who is this? NOWAK, Ewa Maria (Mrs), born 11-Jan-1938"


class Chooses(ask.Ask):
    """Chooses the file that the test names, as a user would in the system's own window."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path

    def file_to_open(
        self, parent: QWidget, title: str, kinds: Sequence[ask.FileKind], chosen: Callable[[Path], object]
    ) -> None:
        chosen(self.path)


@pytest.fixture
def on_store(background: Background, qtbot: QtBot) -> Callable[[Callable[[], Any]], Any]:
    """Run a function on the store's thread and return what it returns."""

    def run(function: Callable[[], Any]) -> Any:
        results: list[Any] = []
        work = background.run("test", function)
        work.done.connect(results.append)
        qtbot.waitUntil(lambda: bool(results), timeout=20_000)
        return results[0]

    return run


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    """One worker process for all these tests, started before the first of them."""
    started = Worker()
    started.submit(len, b"").result()
    yield started
    started.close()


@pytest.fixture
def desk(
    profile: Profile,
    clock: FixedClock,
    background: Background,
    worker: Worker,
    on_store: Callable[[Callable[[], Any]], Any],
) -> Iterator[Desk]:
    session: Session = on_store(lambda: begin(profile, clock))
    desk = Desk(session, background, worker, Settings())
    yield desk
    background.run("close", session.store.close)
    desk.deleteLater()


@pytest.fixture
def opened(desk: Desk, page: OpenWindow, qtbot: QtBot) -> Page:
    return page(ImportPage(desk), 1180, 660)


@pytest.fixture
def choose(opened: Page, tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[[bytes], None]]:
    """Choose a file with these bytes by keyboard, and wait until the page says something about it."""
    asking = Chooses(tmp_path / "from the hospital.json")
    before = ask.replace_asking(asking)

    def choose(whole: bytes) -> None:
        asking.path.write_bytes(whole)
        opened.press("Choose another file…" if opened.has("Choose another file…") else "Choose a file…")
        qtbot.waitUntil(lambda: window_of(opened)._work is None, timeout=30_000)
        settle()  # what was just put on the page is shown with the next events

    yield choose
    ask.replace_asking(before)


def window_of(opened: Page) -> ImportPage:
    assert isinstance(opened.root, ImportPage)
    return opened.root


def bring_in(opened: Page, desk: Desk, qtbot: QtBot) -> str:
    with qtbot.waitSignal(desk.person_wanted, timeout=20_000) as wanted:
        opened.press("Bring in")
    assert wanted.args is not None
    return str(wanted.args[0])


def test_a_whole_import_by_keyboard(
    opened: Page,
    choose: Callable[[bytes], None],
    desk: Desk,
    qtbot: QtBot,
    on_store: Callable[[Callable[[], Any]], Any],
) -> None:
    choose(data(everything()))
    assert opened.says(
        "from the hospital.json: a FHIR collection, with one person in it. Nothing has been brought in yet."
    )
    assert opened.says("NOWAK, Ewa Maria (Mrs)")
    assert opened.says("Visits and stays: 1 – visits are not part of a care plan")
    opened.press("Bring in")
    assert opened.says("Please answer this question first.")
    opened.choose(CPR, YES)
    opened.choose(DIED, NO)
    person_id = bring_in(opened, desk, qtbot)
    plan: Plan = on_store(lambda: plan_services.read_plan(desk.session, person_id))
    assert plan.value("cpr", "decision") == "not_for"
    assert plan.value("death", "died_on") is None
    assert plan.text("person", "family_name") == "Nowak"
    assert not opened.says("Nowak"), "nothing of the file stays on the page"


def test_nothing_is_asked_twice_and_no_is_an_answer(
    opened: Page,
    choose: Callable[[bytes], None],
    desk: Desk,
    qtbot: QtBot,
    on_store: Callable[[Callable[[], Any]], Any],
) -> None:
    choose(data(everything()))
    opened.choose(CPR, NO)
    opened.choose(DIED, NO)
    person_id = bring_in(opened, desk, qtbot)
    plan: Plan = on_store(lambda: plan_services.read_plan(desk.session, person_id))
    assert plan.value("cpr", "decision") is None


@pytest.mark.parametrize("path", SYNTHEA, ids=lambda path: path.name[:8])
def test_real_files_of_another_tool(
    opened: Page,
    choose: Callable[[bytes], None],
    desk: Desk,
    qtbot: QtBot,
    path: Path,
    on_store: Callable[[Callable[[], Any]], Any],
) -> None:
    choose(path.read_bytes())
    assert opened.says("Bills")
    name = next(words for words in opened.words() if words.isupper() is False and "(M" in words)
    opened.choose(f"Why there is no NHS number for {name} (optional)", "Overseas visitor without a number")
    person_id = bring_in(opened, desk, qtbot)
    plan: Plan = on_store(lambda: plan_services.read_plan(desk.session, person_id))
    assert plan.value("person", "nhs_number_missing_reason") == "overseas"
    assert plan.banner_name == name


@pytest.mark.parametrize("whole", [b"", b"{", b'{"a":1,"a":2}', b"<Bundle/>", data(bundle(allergy()))])
def test_a_file_that_cannot_be_read_is_refused_in_words(
    opened: Page, choose: Callable[[bytes], None], whole: bytes
) -> None:
    choose(whole)
    assert opened.says("Nothing was brought in, and nothing on this laptop changed.")
    assert not opened.has("Bring in")
    assert opened.has("Choose a file…")


def test_a_bad_file_after_a_good_one_leaves_nothing_to_bring_in(opened: Page, choose: Callable[[bytes], None]) -> None:
    choose(data(everything()))
    assert opened.has("Bring in")
    choose(b"{")
    assert not opened.has("Bring in")
    assert not opened.says("NOWAK")


def test_somebody_who_is_here_has_to_be_decided_about(
    opened: Page,
    choose: Callable[[bytes], None],
    desk: Desk,
    qtbot: QtBot,
    on_store: Callable[[Callable[[], Any]], Any],
) -> None:
    values = {"family_name": "Nowak", "given_names": "Ewa", "nhs_number": "9990000026", "phone": "0113 496 0001"}
    ewa = on_store(lambda: people.add_person(desk.session, values).plan.person_id)
    choose(data(bundle(patient())))
    assert opened.says("Somebody with this NHS number is here already. Is it the same person?")
    opened.press("Bring in")
    assert opened.says("Please say first whether this is a new person, or somebody who is here already.")
    line = "Add to NOWAK, Ewa · Born Not recorded · NHS No. 999\u00a0000\u00a00026 · the same NHS number"
    opened.choose(WHO, line)
    opened.wait_until_says("Comes in: what is missing here")
    assert opened.says("Home telephone: here “0113 496 0001”, in the file “01943 496 0111”")
    assert bring_in(opened, desk, qtbot) == ewa
    plan: Plan = on_store(lambda: plan_services.read_plan(desk.session, ewa))
    assert plan.text("person", "phone") == "0113 496 0001"
    assert plan.text("person", "mobile") == "07700 900111"


def test_what_has_changed_meanwhile_is_looked_at_again(
    opened: Page,
    choose: Callable[[bytes], None],
    desk: Desk,
    qtbot: QtBot,
    on_store: Callable[[Callable[[], Any]], Any],
) -> None:
    choose(data(bundle(patient())))
    on_store(lambda: people.add_person(desk.session, {"family_name": "Nowak", "given_names": "Ewa"}))
    opened.press("Bring in")
    opened.wait_until_says("The record has changed since this preview was made.")
    assert not opened.has("Bring in")
    assert on_store(lambda: people.caseload(desk.session).total) == 1


def test_several_people_and_one_left_out(
    opened: Page,
    choose: Callable[[bytes], None],
    desk: Desk,
    qtbot: QtBot,
    on_store: Callable[[Callable[[], Any]], Any],
) -> None:
    second = patient(id="patient-2", identifier=[{"system": NHS, "value": "9990000034"}], name=[{"family": "Shah"}])
    third = patient(id="patient-3", identifier=[{"system": NHS, "value": "9990000042"}], name=[{"family": "Okoro"}])
    choose(data(bundle(patient(), second, third)))
    opened.choose("Who is this? SHAH, born 11-Jan-1938", "Leave this person out")
    with qtbot.waitSignal(desk.caseload_wanted, timeout=20_000):
        opened.press("Bring in as decided")
    rows = on_store(lambda: people.caseload(desk.session).rows)
    assert sorted(row.family_name for row in rows) == ["Nowak", "Okoro"]


def test_leaving_puts_the_preview_away(
    opened: Page,
    choose: Callable[[bytes], None],
    desk: Desk,
    qtbot: QtBot,
    on_store: Callable[[Callable[[], Any]], Any],
) -> None:
    choose(data(everything()))
    with qtbot.waitSignal(window_of(opened).closed):
        opened.press("Do not bring anything in")
    assert not opened.says("NOWAK")
    assert on_store(lambda: people.caseload(desk.session).total) == 0


def test_leaving_while_a_file_is_read_shows_nothing_later(
    opened: Page, tmp_path: Path, desk: Desk, qtbot: QtBot
) -> None:
    path = tmp_path / "ewa.json"
    path.write_bytes(data(everything()))
    window = window_of(opened)
    window.read_file(path)
    work = window._work
    assert work is not None
    with qtbot.waitSignal(work.finished, timeout=20_000):
        window.leave()
    assert not opened.says("NOWAK")


def test_a_page_opened_and_nothing_done(opened: Page) -> None:
    assert opened.has("Choose a file…")
    assert not opened.has("Bring in")
    assert accessibility.faults(window_of(opened)) == []


@pytest.mark.parametrize("theme_name", ["light", "dark", "bright"])
@pytest.mark.parametrize("percent", [100, 200])
def test_everything_can_be_heard_reached_and_read(
    opened: Page,
    choose: Callable[[bytes], None],
    dress: Callable[[ThemeName, int], None],
    theme_name: ThemeName,
    percent: int,
) -> None:
    dress(theme_name, percent)
    second = patient(id="patient-2", identifier=None, name=[{"family": "Shah-" + "Wolstenholme" * 6}])
    whole = everything()
    whole["entry"].append({"resource": second})
    choose(data(whole))
    window = window_of(opened)
    assert accessibility.faults(window) == []
    assert accessibility.unreached(window) == []
    assert accessibility.cut_off(window) == []
    assert accessibility.small_targets(window) == []
    (scroll,) = window.findChildren(QScrollArea)
    assert scroll.horizontalScrollBar().maximum() == 0
