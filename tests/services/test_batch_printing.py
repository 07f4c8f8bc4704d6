"""Many people at once: each copy of its own, each in the register, one failure named and the rest goes on."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.plan import Edit
from eolc_desktop.documents.making import make
from eolc_desktop.documents.raster import text_of
from eolc_desktop.errors import PrintFailed
from eolc_desktop.record import journal
from eolc_desktop.services import batch_printing as services
from eolc_desktop.services import paper_copies, printing
from eolc_desktop.services.printing import Prepared
from eolc_desktop.services.session import Session


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "plans"
    made.mkdir()
    return made


def someone(session: Session, family_name: str, **more: str) -> str:
    with session.store.writing() as connection:
        person_id = journal.add_person(connection, session.pen())
        edits = [
            Edit("person", MAIN, "family_name", family_name),
            Edit("about_me", MAIN, "most_important", f"The garden of {family_name}"),
            Edit("about_me", MAIN, "fears", f"The fears of {family_name}"),
            Edit("who_to_call", "n", "first_call_phone", "01943 496 0199"),
            *(Edit("death", MAIN, key, value) for key, value in more.items()),
        ]
        journal.append(connection, session.pen(), person_id, edits)
    return person_id


def test_each_living_person_has_a_copy_of_their_own_in_the_register(session: Session, folder: Path) -> None:
    ids = [someone(session, name) for name in ("Archer", "Baker", "Carter")]
    someone(session, "Gone", died_on="2026-11-01")
    rows = services.people_for(session)
    assert [row.id for row in rows] == ids
    outcomes = list(services.save_all(session, rows, "family-plan", folder, make))
    assert [outcome.failed for outcome in outcomes] == ["", "", ""]
    files = sorted(folder.iterdir())
    assert len(files) == 3
    texts = {" ".join("".join(text_of(file.read_bytes())).split()) for file in files}
    for name, person_id in zip(("Archer", "Baker", "Carter"), ids, strict=True):
        (text,) = (text for text in texts if f"garden of {name}" in text)
        assert "fears" not in text, "what is asked about is answered with no"
        (copy,) = paper_copies.register_of(session, person_id).copies
        assert copy.code in text
        assert (folder / f"my-plan-for-care-{copy.code}.pdf").exists()
    for file in files:
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert not any(name in file.name.casefold() for name in ("archer", "baker", "carter"))


def test_one_failure_is_named_and_the_rest_goes_on(
    session: Session, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [someone(session, name) for name in ("Archer", "Baker", "Carter")]
    prepare = printing.prepare

    def fails(session: Session, person_id: str, *arguments: object) -> Prepared:
        if person_id == ids[1]:
            raise PrintFailed("It does not fit.", "Nothing was printed.", "Look.")
        return prepare(session, person_id, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(printing, "prepare", fails)
    outcomes = list(services.save_all(session, services.people_for(session), "family-plan", folder, make))
    assert [bool(outcome.failed) for outcome in outcomes] == [False, True, False]
    assert "It does not fit." in outcomes[1].failed
    assert len(list(folder.iterdir())) == 2


def test_stopping_keeps_what_is_done(session: Session, folder: Path) -> None:
    for name in ("Archer", "Baker", "Carter"):
        someone(session, name)
    going = services.save_all(session, services.people_for(session), "family-plan", folder, make)
    next(going)
    del going
    assert len(list(folder.iterdir())) == 1


def test_only_those_with_pages_to_replace(session: Session) -> None:
    ids = [someone(session, name) for name in ("Archer", "Baker")]
    for person_id in ids:
        printing.note_made(session, printing.prepare(session, person_id, "family-plan"), "printed")
    with session.store.writing() as connection:
        _value, base = journal.current_value(connection, ids[1], "who_to_call", "n", "first_call_phone")
        edit = Edit("who_to_call", "n", "first_call_phone", "01943 496 0150", base=base)
        journal.append(connection, session.pen(), ids[1], [edit])
    assert [row.id for row in services.people_for(session, only_to_replace=True)] == [ids[1]]


def test_a_folder_that_is_none_is_refused_before_anything_is_made(session: Session, folder: Path) -> None:
    someone(session, "Archer")
    with pytest.raises(PrintFailed, match="no folder"):
        next(services.save_all(session, services.people_for(session), "family-plan", folder / "none", make))
