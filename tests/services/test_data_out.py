"""Data that leaves: everything, or without names; each noted, stoppable, and nothing left behind."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from eolc_desktop.care_plan.fields import MAIN, Value
from eolc_desktop.care_plan.fields import Kind as FieldKind
from eolc_desktop.care_plan.plan import Edit
from eolc_desktop.errors import PrintFailed
from eolc_desktop.record import audit, journal
from eolc_desktop.services import data_out, people, plans, sheets
from eolc_desktop.services.data_out import Job, pseudonym_of
from eolc_desktop.services.data_out_kinds import Kind
from eolc_desktop.services.invented.filling import fill
from eolc_desktop.services.session import Session
from tests.services.people_made import a_person


@pytest.fixture
def crowd(session: Session) -> Session:
    made_up = replace(session, made_up=True)
    fill(made_up, 45, 7, years=2)
    return made_up


def written(session: Session, kind: Kind, path: Path, *, holds_what_stays: bool = False) -> Job:
    path.unlink(missing_ok=True)
    job = data_out.begin(session, kind, path, holds_what_stays=holds_what_stays)
    while not job.is_done:
        assert not path.exists(), "no half file under its own name"
        data_out.go_on(session, job)
    return job


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def actions(session: Session) -> list[str]:
    with session.store.reading() as connection:
        return [line.action for line in audit.lines(connection)]


def test_everything_as_csv_and_json_holds_every_value_that_stands(crowd: Session, tmp_path: Path) -> None:
    written(crowd, Kind.CSV, tmp_path / "all.csv", holds_what_stays=True)
    written(crowd, Kind.JSON, tmp_path / "all.ndjson", holds_what_stays=True)
    lines = rows_of(tmp_path / "all.csv")
    whole = [json.loads(line) for line in (tmp_path / "all.ndjson").read_text(encoding="utf-8").splitlines()]
    assert len(whole) == 45
    values = 0
    for row in people.caseload(crowd).rows:
        plan = plans.read_plan(crowd, row.id)
        values += sum(len(entry.items) for entries in plan.sections.values() for entry in entries)
    assert len(lines) == values
    assert sum(len(e["values"]) for p in whole for entries in p["sections"].values() for e in entries) == values
    assert actions(crowd)[-1] == "data out"
    anybody = people.caseload(crowd).rows[0].id
    with crowd.store.reading() as connection:
        of_one = [line.action for line in audit.lines(connection, anybody)]
    assert of_one.count("exported") == 2, "it stands in the list of who has seen their record"
    assert (tmp_path / "all.csv").stat().st_mode & 0o077 == 0


TRIES: tuple[tuple[str, tuple[str, Value], str], ...] = (
    ("cpr", ("decision", "not_for"), "kept_back"),
    ("cpr", ("reason", "Zqreason"), "kept_back"),
    ("places", ("preferred_death", "hospice"), "kept_back"),
    ("contacts", ("name", "Zqhidden"), "must_not_be_told"),
    ("person", ("address", "Zqlane 1"), "address"),
    ("person", ("postcode", "LS21 3KM"), "address"),
)


@pytest.fixture
def keeper(session: Session) -> str:
    """Somebody who keeps things back, has a brother who must not be told, and lives at a confidential address."""
    whose = a_person(session)
    more: list[tuple[str, tuple[str, Value]]] = [
        ("kept_back", ("what", ["cpr", "places.preferred_death"])),
        ("contacts", ("involvement", "must_not_be_told")),
        ("person", ("address_restricted", True)),
        ("about_me", ("most_important", "Zqgarden")),
    ]
    edits = [
        Edit(section, "one" if session.catalogue[section].repeats else MAIN, key, value)
        for section, (key, value) in (*more, *((section, said) for section, said, _why in TRIES))
    ]
    with session.store.writing() as connection:
        journal.append(connection, session.pen(), whose, edits)
    return whose


@pytest.mark.parametrize("kind", [Kind.CSV, Kind.JSON])
def test_what_people_keep_back_leaves_only_when_it_was_asked_for_and_is_marked(
    session: Session, keeper: str, tmp_path: Path, kind: Kind
) -> None:
    assert data_out.keepers(session) == 1
    path = tmp_path / kind.file_name
    written(session, kind, path)
    text = path.read_text(encoding="utf-8-sig")
    assert "Zqgarden" in text
    assert not [word for word in ("Zqreason", "Zqhidden", "Zqlane", "LS21 3KM", "not_for", "hospice") if word in text]
    assert "kept_back" not in text.partition("\n")[2], "that something is kept back is itself kept back"
    written(session, kind, path, holds_what_stays=True)
    marked = marks(path, kind)
    assert {(section, key): why for section, (key, _value), why in TRIES}.items() <= marked.items()
    assert marked["about_me", "most_important"] == ""
    with session.store.reading() as connection:
        details = [line.detail.get("kept_back", "") for line in audit.lines(connection) if line.action == "data out"]
    assert details == ["", "held too"]


def marks(path: Path, kind: Kind) -> dict[tuple[str, str], str]:
    if kind is Kind.CSV:
        return {(row["section"], row["field"]): row["stays_here"] for row in rows_of(path)}
    sections = json.loads(path.read_text(encoding="utf-8"))["sections"]
    return {
        (section, key): value["stays_here"]
        for section, entries in sections.items()
        for entry in entries
        for key, value in entry["values"].items()
    }


def test_an_extract_without_names_counts_what_is_kept_back_as_not_recorded(
    session: Session, keeper: str, tmp_path: Path
) -> None:
    written(session, Kind.EXTRACT, tmp_path / "extract.csv")
    (row,) = rows_of(tmp_path / "extract.csv")
    assert (row["cpr_decision"], row["preferred_place"]) == ("", "")


def test_an_extract_names_nobody_and_holds_no_free_text(crowd: Session, tmp_path: Path) -> None:
    for kind in (Kind.EXTRACT, Kind.ASSESSMENTS):
        path = tmp_path / kind.file_name
        written(crowd, kind, path)
        text = path.read_text(encoding="utf-8-sig")
        rows = list(csv.DictReader(text.splitlines()))
        assert tuple(rows[0]) == tuple(field.key for field in kind.fields), "what is listed is what is written"
        assert data_out.preview(crowd, kind)[0] == tuple(rows[0].values()), "what is previewed is what is written"
        free = set()
        for row in people.caseload(crowd).rows:
            assert row.id not in text
            assert not row.nhs_number or row.nhs_number not in text
            plan = plans.read_plan(crowd, row.id)
            for section, entry, key, item in plan.recorded():
                described = section.find(key)
                if described is not None and described.kind in (FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.PHONE):
                    free |= {item.value} if isinstance(item.value, str) and len(item.value) > 4 else set()
                assert entry.id == "main" or len(entry.id) < 20 or entry.id not in text
        cells = {cell for row in rows for cell in row.values()}
        assert not cells & free
        assert not re.search(r"\d{4}-\d\d-\d\d", text), "no exact date"


def test_pseudonyms_are_the_same_with_one_key_and_others_with_another(crowd: Session, tmp_path: Path) -> None:
    def letters() -> list[str]:
        path = tmp_path / "extract.csv"
        written(crowd, Kind.EXTRACT, path)
        return [row["pseudonym"] for row in rows_of(path)]

    first = letters()
    assert letters() == first
    assert len(set(first)) == 45
    data_out.new_key(crowd)
    assert not set(letters()) & set(first)
    ids = [row.id for row in people.caseload(crowd).rows]
    assert not {pseudonym_of(b"\0" * 32, one) for one in ids} & set(first)


def test_stopping_leaves_nothing_and_is_noted(crowd: Session, tmp_path: Path) -> None:
    job = data_out.begin(crowd, Kind.CSV, tmp_path / "all.csv")
    data_out.go_on(crowd, job)
    assert job.part.exists()
    data_out.stop(crowd, job)
    assert list(tmp_path.glob("*.csv*")) == []
    assert not job.part.exists()
    assert actions(crowd)[-1] == "data out stopped"


def test_fhir_leaves_out_those_of_whom_nothing_may_leave(crowd: Session, tmp_path: Path) -> None:
    path = tmp_path / "all.fhir.ndjson"
    job = written(crowd, Kind.FHIR, path)
    bundles = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(bundles) + job.left_out == 45
    assert all(bundle["resourceType"] == "Bundle" for bundle in bundles)
    assert bundles


def test_where_the_organisation_lets_nothing_be_saved_nothing_leaves(crowd: Session, tmp_path: Path) -> None:
    kept = replace(crowd, policy=replace(crowd.policy, may_save_pdfs=False))
    for kind in Kind:
        with pytest.raises(PrintFailed):
            data_out.begin(kept, kind, tmp_path / kind.file_name)
    with pytest.raises(PrintFailed):
        sheets.save(kept, sheets.prepare(kept, "Figures", "figures.pdf", ()), b"", tmp_path / "figures.pdf")
    assert not [*tmp_path.glob("*.csv"), *tmp_path.glob("*.pdf")]
