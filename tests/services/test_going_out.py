"""Every way out of the program refuses somebody whose record is not as it was written, says who, and what to do."""

from __future__ import annotations

import csv
import importlib
import inspect
import io
import json
import pkgutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from eolc_desktop import services
from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.errors import NotAsWritten
from eolc_desktop.models.opening import connect
from eolc_desktop.record import audit
from eolc_desktop.services import (
    across_people,
    audit_report,
    batch_printing,
    carrying,
    caseload_export,
    data_out,
    experience,
    exporting,
    figures_out,
    going_out,
    laptops,
    list_printing,
    measures,
    palliative_register,
    people,
    plans,
    printing,
    promises_kept,
    self_review,
    subject_access,
    weekend,
    written_back,
)
from eolc_desktop.services.caseload_table import Wanted
from eolc_desktop.services.data_out import Job
from eolc_desktop.services.data_out_kinds import Kind
from eolc_desktop.services.going_out import HOLDS, MARKED, WHY, Way
from eolc_desktop.services.session import Session
from tests.fixed_clock import FixedClock

pytestmark = pytest.mark.hazard("H30")


@pytest.fixture
def peggy(session: Session) -> str:
    return begun(session, "Smith", "Margaret Rose")


@pytest.fixture
def ahmed(session: Session) -> str:
    return begun(session, "Khan", "Ahmed")


def begun(session: Session, family_name: str, given_names: str) -> str:
    plan = people.add_person(session, {"family_name": family_name, "given_names": given_names}).plan
    plan = plans.save_entry(session, plan, "consent", MAIN, {"to_share": "given"}).plan
    plans.save_entry(session, plan, "about_me", MAIN, {"most_important": f"Garden of {family_name}"})
    return plan.person_id


def from_outside(session: Session, person_id: str, what: str = "") -> None:
    """Somebody changes what stands in the file itself."""
    raw = connect(session.store.place)
    value = "'\"Zqchanged\"'"
    raw.execute(
        what or f"UPDATE current SET value = {value} WHERE field = 'most_important' AND person_id = ?", (person_id,)
    )
    raw.close()


def column_from_outside(session: Session, person_id: str) -> None:
    """Somebody changes a column of the caseload alone: the plan itself still fits."""
    from_outside(session, person_id, "UPDATE person SET cpr_decision = 'for' WHERE id = ?")


def written(session: Session, kind: Kind, path: Path) -> Job:
    job = data_out.begin(session, kind, path)
    while not job.is_over:
        data_out.go_on(session, job)
    return job


Leave = Callable[[Session, str, Path], object]
OF_ONE: dict[str, Leave] = {
    "a document": lambda of, who, _to: printing.prepare(of, who, "family-plan"),
    "one of a batch": lambda of, who, _to: batch_printing.prepare_one(of, who, "family-plan"),
    "a form to fill in": lambda of, who, _to: written_back.prepare_form(of, who),
    "a FHIR document, a section or a pointer": lambda of, who, _to: exporting.prepare(of, who),
    "a FHIR document of many": lambda of, who, _to: exporting.bundle_of(of, who),
}
"""What is refused of the person in doubt, and leaves of anybody else."""


def save_list(of: Session, order: object, to: Path) -> None:
    list_printing.save_list(of, order, b"%PDF-", to)  # type: ignore[arg-type]


OF_MANY: dict[str, Leave] = {
    "a list": lambda of, _who, to: save_list(of, list_printing.prepare_list(of, "caseload-list"), to),
    "a list of those picked": lambda of, who, to: save_list(
        of, list_printing.prepare_shown(of, "mdt-list", Wanted(), [who]), to
    ),
    "a printed list": lambda of, _who, _to: list_printing.note_list(
        of, list_printing.prepare_list(of, "caseload-list"), "printed"
    ),
    "the weekend check": lambda of, who, to: save_list(of, weekend.prepare(of, person_id=who), to),
    "the caseload as CSV": lambda of, _who, to: caseload_export.save_csv(of, Wanted(), (), to),
}
"""What is refused whole while somebody on it is in doubt, whom nobody looked at before."""
KNOWN: dict[str, Leave] = {
    "figures": lambda of, _who, _to: figures_out.prepare_sheet(of, measures.read(of), for_others=False),
    "figures as CSV": lambda of, _who, to: figures_out.save_csv(of, measures.read(of), to, for_others=True),
    "promises": lambda of, _who, _to: promises_kept.prepare_sheet(of, promises_kept.read(of)),
    "the service’s review": lambda of, _who, _to: self_review.prepare_sheet(of),
    "experience": lambda of, _who, _to: experience.prepare_sheet(of, experience.read(of, "consent")),
    "a register of voices": lambda of, _who, _to: across_people.prepare_sheet(
        of, across_people.read(of, "bereaved"), {}
    ),
    "the palliative care register": lambda of, _who, _to: palliative_register.prepare(of, palliative_register.UNKNOWN),
}
"""What is made of everybody, and refused while anything is known to be in doubt."""


@pytest.mark.parametrize("what", OF_ONE)
def test_nothing_of_somebody_in_doubt_leaves_and_of_others_it_does(
    session: Session, peggy: str, ahmed: str, tmp_path: Path, what: str
) -> None:
    from_outside(session, peggy)
    with pytest.raises(NotAsWritten, match="cannot be trusted") as refused:
        OF_ONE[what](session, peggy, tmp_path / "it")
    told(refused.value)
    assert OF_ONE[what](session, ahmed, tmp_path / "it")


def told(error: NotAsWritten) -> None:
    """Who, what is safe, what to do next; and no name in what may be kept of an error."""
    assert "SMITH, Margaret Rose" in error.words
    assert "Nothing was" in error.words
    assert "Settings says what was found" in error.words
    assert "SMITH" not in str(error)
    assert "SMITH" not in repr(error)


@pytest.mark.parametrize("change", [from_outside, column_from_outside])
@pytest.mark.parametrize("what", OF_MANY)
def test_a_list_looks_at_everybody_on_it_and_is_refused_whole(
    session: Session, peggy: str, ahmed: str, tmp_path: Path, what: str, change: Callable[[Session, str], None]
) -> None:
    OF_MANY[what](session, peggy, tmp_path / "before")
    session.doubt.fitted.clear()
    change(session, peggy)
    with pytest.raises(NotAsWritten, match="cannot be trusted") as refused:
        OF_MANY[what](session, peggy, tmp_path / "it")
    told(refused.value)
    assert not (tmp_path / "it").exists()
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("what", [*KNOWN, *OF_MANY, *OF_ONE])
def test_nothing_leaves_of_a_record_that_was_put_back(session: Session, peggy: str, tmp_path: Path, what: str) -> None:
    ways = KNOWN | OF_MANY | OF_ONE
    ways[what](session, peggy, tmp_path / "before")
    session.doubt.lines = ("An older copy of the record is in its place.",)
    with pytest.raises(NotAsWritten, match="cannot be trusted"):
        ways[what](session, peggy, tmp_path / "it")
    assert not (tmp_path / "it").exists()


@pytest.mark.parametrize("what", KNOWN)
def test_figures_wait_while_somebody_is_known_to_be_in_doubt(
    session: Session, peggy: str, tmp_path: Path, what: str
) -> None:
    from_outside(session, peggy)
    plans.open_plan(session, peggy)
    with pytest.raises(NotAsWritten, match="cannot be trusted"):
        KNOWN[what](session, peggy, tmp_path / "it")


def test_minutes_of_a_meeting_about_somebody_in_doubt_do_not_leave(
    session: Session, peggy: str, tmp_path: Path
) -> None:
    order = replace(list_printing.prepare_list(session, "mdt-list"), whose=(peggy,))
    from_outside(session, peggy)
    with pytest.raises(NotAsWritten):
        save_list(session, order, tmp_path / "it")


@pytest.mark.parametrize("kind", Kind)
def test_data_out_leaves_out_whoever_is_in_doubt_and_says_who(
    session: Session, peggy: str, ahmed: str, tmp_path: Path, kind: Kind
) -> None:
    session = replace(session, made_up=True)
    from_outside(session, peggy)
    path = tmp_path / kind.file_name
    job = written(session, kind, path)
    text = path.read_text(encoding="utf-8-sig")
    assert "Zqchanged" not in text
    assert "SMITH" not in text.upper()
    if kind.has_names:
        assert "Garden of Khan" in text
    if kind is Kind.EXTRACT:
        assert len(list(csv.reader(io.StringIO(text)))) == 2
    assert job.written == 1
    assert list(job.doubted) == [peggy]
    assert "SMITH, Margaret Rose" in job.doubted[peggy]
    with session.store.reading() as connection:
        (last,) = [line for line in audit.lines(connection) if line.action == "data out"]
        of_her = [line.action for line in audit.lines(connection, peggy)]
    assert (last.detail["people"], last.detail["in_doubt"]) == (1, 1)
    assert "exported" not in of_her, "what did not leave is not said to have left"


def test_a_record_put_back_while_data_goes_out_stops_it_and_leaves_nothing(
    session: Session, peggy: str, tmp_path: Path
) -> None:
    job = data_out.begin(session, Kind.JSON, tmp_path / "all.ndjson")
    session.doubt.lines = ("An older copy of the record is in its place.",)
    with pytest.raises(NotAsWritten):
        data_out.go_on(session, job)
    with pytest.raises(NotAsWritten):
        data_out.begin(session, Kind.JSON, tmp_path / "all.ndjson")
    assert list(tmp_path.glob("*all*")) == []
    assert not job.part.exists()


def test_a_file_for_another_laptop_leaves_them_out_by_name(
    session: Session, peggy: str, ahmed: str, tmp_path: Path
) -> None:
    from_outside(session, peggy)
    to = replace(laptops.my_address(session), key=bytes(range(32)))
    writing = carrying.begin_carrying(session, to, [peggy], tmp_path / "it.eolc")
    carried = None
    while carried is None:
        carried = carrying.carry_on(session, writing)
    assert carried.people == 0
    assert carried.not_among == (("SMITH, Margaret Rose", WHY),)
    assert not list(tmp_path.glob("*eolc*"))
    session.doubt.lines = ("An older copy of the record is in its place.",)
    with pytest.raises(NotAsWritten):
        carrying.begin_carrying(session, to, [ahmed], tmp_path / "it.eolc")


def test_what_a_person_asks_for_about_themselves_goes_out_and_says_that_it_is_in_doubt(
    session: Session, peggy: str, ahmed: str, tmp_path: Path
) -> None:
    assert not subject_access.save_everything(session, ahmed, tmp_path / "fits.zip")
    from_outside(session, peggy)
    assert subject_access.save_everything(session, peggy, tmp_path / "held.zip")
    with zipfile.ZipFile(tmp_path / "held.zip") as file:
        for name in ("read-this-first.txt", "record.txt", "who-has-seen.txt"):
            assert file.read(name).decode().startswith(MARKED), name
        assert json.loads(file.read("record.json"))["in_doubt"] == MARKED
    with zipfile.ZipFile(tmp_path / "fits.zip") as file:
        assert MARKED not in "".join(file.read(name).decode() for name in file.namelist())
    assert audit_report.save_report(session, peggy, tmp_path / "seen.pdf")
    page = " ".join(PdfReader(tmp_path / "seen.pdf").pages[0].extract_text().split())
    assert MARKED in page
    assert not audit_report.save_report(session, ahmed, tmp_path / "other.pdf")
    with session.store.reading() as connection:
        lines = audit.lines(connection, peggy)
    assert [line.detail.get("in_doubt") for line in lines if line.action == "exported"] == ["marked"]


def test_whom_somebody_just_looked_at_is_not_looked_at_twice_and_soon_is_again(
    session: Session, peggy: str, ahmed: str, clock: FixedClock
) -> None:
    ids = (peggy, ahmed)
    looked = going_out.look_at_some(session, ids)
    assert looked.is_over
    assert set(session.doubt.fitted) == set(ids)
    from_outside(session, peggy)
    going_out.refuse_list(session, ids)
    clock.now += HOLDS
    with pytest.raises(NotAsWritten):
        going_out.refuse_list(session, ids, Way.SAVED)
    session.doubt.lines = ("An older copy of the record is in its place.",)
    assert going_out.look_at_some(session, ids).is_over, "whoever asks comes to an end all the same"


DECIDED = {
    "batch_printing.save_one", "batch_printing.save_all", "carrying.begin_carrying", "caseload_export.save_csv",
    "data_out.begin", "exporting.save_document", "exporting.save_section", "exporting.save_pointer",
    "figures_out.save_csv", "list_printing.save_list", "printing.save_copy", "sheets.save", "written_back.save_form",
    "subject_access.save_everything", "audit_report.save_report",
}  # fmt: skip
"""Services that write a file with something of people in it: each is held above."""
OF_NOBODY = {"laptops.save_address", "our_service.save_csv", "our_service.save_fhir"}
"""Services that write a file in which nobody is."""
NO_FILE = {"carrying.look_into", "backups.set_second_place"}
"""Services that read a file, or name the place of encrypted ones."""

WRITE_WITH = {"private_file.write_private", "private_file.begin", "private_file.finish", "private_file.give_up"}
"""What all of these write with."""


def test_every_service_that_writes_a_file_is_decided_about() -> None:
    found = set()
    for one in pkgutil.iter_modules(services.__path__):
        module = importlib.import_module(f"{services.__name__}.{one.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                given = inspect.signature(function).parameters
                if "session" in given and {"path", "folder"} & set(given):
                    found.add(f"{one.name}.{name}")
    assert found - DECIDED - OF_NOBODY - NO_FILE - WRITE_WITH == set()
    assert (DECIDED | OF_NOBODY | NO_FILE | WRITE_WITH) - found == set()
