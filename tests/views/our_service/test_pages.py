"""The pages about the service: figures that lead to people, promises, services near here, the look at itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QListWidget, QTableWidget, QWidget

from eolc_desktop.app.pages import PAGES
from eolc_desktop.desktop.settings import ThemeName
from eolc_desktop.services import our_service
from eolc_desktop.views.our_service.people_behind import Behind
from eolc_desktop.views.person.page import PersonPage
from eolc_desktop.views.places import Place
from eolc_desktop.views.widgets import ask
from eolc_desktop.views.widgets.ask import QuestionDialog
from tests.pages import Page
from tests.views.conftest import AHMED, EWA, LOOKS, PEGGY, Office, walked

KINDS = (
    Place("our_service"), Place("measures"), Place("promises"), Place("across", document="carers"), Place("review"),
    Place("entries", document="services"), Place("entries", document="ambitions"), Place("entries", document="risks"),
    Place("entries", document="areas"), Place("data_out"), Place("experience"),
)  # fmt: skip
DIED = {"died_on": "2026-10-01", "place": "home"}


class Saves(ask.Ask):
    """Saves and opens where the test says."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._into = folder

    def file_to_save(
        self,
        parent: QWidget,
        title: str,
        kinds: Sequence[ask.FileKind],
        suggested: str,
        chosen: Callable[[Path], object],
    ) -> None:
        chosen(self._into / suggested)

    def file_to_open(
        self, parent: QWidget, title: str, kinds: Sequence[ask.FileKind], chosen: Callable[[Path], object]
    ) -> None:
        chosen(self._into / "in.csv")


@pytest.fixture
def saves(tmp_path: Path) -> Iterator[Path]:
    before = ask.replace_asking(Saves(tmp_path))
    yield tmp_path
    ask.replace_asking(before)


@pytest.fixture
def people(office: Office) -> str:
    office.person(AHMED, death=DIED | {"place": "hospital"}, places={"preferred_death": "home"})
    office.person(
        EWA, carer={"has_carer": "has", "strain": 8}, commitments={}, key_people={"key_worker_name": "Ali Reid"}
    )
    return office.person(PEGGY, death=DIED, places={"preferred_death": "home"})


def opened(office: Office, place: Place, width: int = 1366, height: int = 706) -> Page:
    return office.show(PAGES.others[place.kind](office.desk, place), width, height)


def choose(page: Page, office: Office, menu: str, key: str) -> None:
    box = page.field(menu)
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())
    office.settle()


def test_a_figure_leads_to_the_people_behind_it_and_to_their_plan(office: Office, people: str) -> None:
    shell, page = office.shell()
    page.key("Ctrl+5")
    page.press("What it adds up to")
    office.settle()
    measures = page.field("Measures")
    assert isinstance(measures, QListWidget)
    page.reach("Measures")
    page.key("Down")
    assert page.says("1 of 2 deaths: 50 in 100.")
    assert page.says("Source: PRSB palliative and end of life care v1.1")
    page.press("Who the 1 are")
    office.settle()
    assert page.says("1 person.")
    page.reach("People")
    page.key("Return")
    office.settle()
    assert isinstance(shell.places.page, PersonPage)
    assert shell.places.page.person_id == people


def test_for_others_small_numbers_are_hidden_and_lead_to_nobody(office: Office, people: str, saves: Path) -> None:
    page = opened(office, Place("measures"))
    choose(page, office, "For", "others")
    assert page.says("The numbers are too small to be shown (deaths).")
    assert not page.has("Who the 2 are")
    page.press("Save as CSV…")
    office.settle()
    written = (saves / "figures.csv").read_text(encoding="utf-8-sig")
    assert "Hidden" in written
    assert ",2," not in written
    assert office.audit_actions()[-1] == "service saved"


def test_promises_of_one_caseload(office: Office, people: str) -> None:
    page = opened(office, Place("promises"))
    assert page.says("1 people alive today.") or page.says("alive today")
    choose(page, office, "Whose caseload", "ali reid")
    assert page.says("Nobody has answered yet; the team records 0 as met.")
    page.press("Not asked yet: 1")


def test_a_service_is_added_found_saved_as_fhir_and_brought_in(office: Office, saves: Path) -> None:
    page = opened(office, Place("entries", document="services"))
    page.press("Add a service")
    page.type("Name", "Night sitters")
    page.type("Telephone", "0113 496 0177")
    page.press("Save")
    page.wait_until_says("Saved on this laptop.")
    (saves / "in.csv").write_text("Name,Kind,For whom\nHome from home,Equipment,Anybody\n,,x\n", encoding="utf-8")
    page.press("Bring in a file…")
    office.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QuestionDialog))
    asked = page.dialog()
    assert asked.root.accessibleName().startswith("Bring this list in? 1 new; 0 changed")
    asked.press("Bring these in")
    page.wait_until_says("Brought in, and kept on this computer.")
    page.root.window().activateWindow()
    office.qtbot.waitUntil(lambda: QApplication.activeWindow() is page.root.window(), timeout=5000)
    page.field("Find").setFocus()
    page.type("Find", "equip")
    assert page.says("1 of 2 kept.")
    page.press("Save as FHIR…")
    page.wait_until_says("2 saved.")
    assert b"HealthcareService" in (saves / "services.fhir.json").read_bytes()


def test_a_colour_is_kept_over_time_and_stands_on_the_page(office: Office) -> None:
    office.do(lambda: our_service.save(office.session, "ambitions", "a1", {"colour": "red"}))
    office.do(lambda: our_service.save(office.session, "ambitions", "a1", {"colour": "green"}))
    page = opened(office, Place("entries", document="ambitions"))
    assert page.says("Over time: Red since 12-Nov-2026; Green since 12-Nov-2026.")
    review = opened(office, Place("review"))
    assert review.says("0 red, 0 amber, 1 green, 20 not looked at yet.")
    table = review.field("Six ambitions")
    assert isinstance(table, QTableWidget)
    assert [table.model().index(0, n).data() for n in range(3)] == [
        "Each person is seen as an individual",
        "Green",
        "Red",
    ]


def test_a_register_leads_to_where_a_line_stands(office: Office, people: str) -> None:
    page = opened(office, Place("across", document="carers"))
    assert page.says("1 to be looked at, of 1 recorded.")
    wanted: list[str] = []
    office.desk.entry_wanted.connect(lambda _person, at: wanted.append(at))
    page.press("Open where it stands")
    assert wanted == ["carer/main"]


def test_an_extract_is_previewed_written_and_noted(office: Office, people: str, saves: Path) -> None:
    page = opened(office, Place("data_out"))
    assert page.says("The kind of place") or page.says("No names, numbers, addresses")
    page.press("Choose where, and begin…")
    page.wait_until_says("Written: 3 people, 3 lines.")
    written = (saves / "extract-people.csv").read_text(encoding="utf-8-sig")
    assert written.count("\n") == 4
    assert "Smith" not in written
    assert people not in written
    assert office.audit_actions()[-2:] == ["data out begun", "data out"]


def test_data_out_says_before_it_begins_what_people_keep_back(office: Office) -> None:
    office.person(PEGGY, kept_back={"what": ["cpr"]})
    page = opened(office, Place("data_out"))
    page.choose("What to take out", "The plans, as CSV: one line for each value that stands")
    page.wait_until_says("confidential addresses are not in it.")
    page.wait_until_says("This concerns 1 person here.")
    page.tick("Hold what people keep back, too")
    assert page.says("It also holds what people asked to be kept back")
    page.choose("What to take out", "The plans that may be shared, as FHIR: one document a line")
    assert not page.has("Hold what people keep back, too")
    assert page.says("confidential addresses are not in it.")


@pytest.mark.parametrize("place", KINDS, ids=lambda place: f"{place.kind}-{place.document}")
def test_every_page_is_reached_read_and_never_cut_off(
    office: Office, people: str, dress: Callable[[ThemeName, int], None], place: Place
) -> None:
    dress(*LOOKS[3][:2])
    office.do(lambda: our_service.save(office.session, "services", "s1", {"name": "Sitters"}))
    office.do(lambda: our_service.save(office.session, "risks", "r1", {"what": "No cover", "impact": "4"}))
    page = opened(office, place, *LOOKS[3][2])
    assert walked(page) == []


def test_the_people_behind_are_walked(office: Office, people: str) -> None:
    page = opened(office, Place("behind", document=Behind("A figure", "1 of 2.", (people,)).kept()))
    assert walked(page) == []
