"""Lists on paper: two identifiers in every row, how many of how many, and no name where initials were asked for."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from eolc_desktop.documents.making import make
from eolc_desktop.documents.raster import text_of
from eolc_desktop.errors import PrintFailed
from eolc_desktop.record import audit
from eolc_desktop.services import caseload_export, list_printing
from eolc_desktop.services.caseload_table import Arrangement, Wanted
from eolc_desktop.services.session import Session
from tests.plans import full_plan
from tests.services.test_printing import ORDINARY, put


@pytest.fixture
def three(session: Session) -> list[str]:
    found = []
    for number, name in (("9990000018", "Abbott"), ("9990000026", "Brown"), ("9990000034", "Clarke")):
        changes = {**ORDINARY, "person": {**ORDINARY["person"], "family_name": name, "given_names": "Rose",
                                          "nhs_number": number}}  # fmt: skip
        found.append(put(session, full_plan(changes)))
    return found


def words(session: Session, key: str, ids: list[str] | None = None, full_names: bool = True) -> list[str]:
    order = list_printing.prepare_list(session, key, ids, "Reviews due", full_names)
    return [re.sub(r"\s+", " ", page) for page in text_of(make(order))]


def test_the_caseload_says_who_how_many_and_what_to_do_with_the_page(session: Session, three: list[str]) -> None:
    (page,) = words(session, "caseload-list", three[:2])
    assert "Caseload: Reviews due" in page
    assert "2 of 3 people" in page
    assert "Contains personal data. Keep it with you, and destroy it after use." in page
    for said in ("ABBOTT, Rose", "999 000 0018", "BROWN, Rose", "999 000 0026", "Page 1 of 1", "Check code"):
        assert said in page
    assert "CLARKE" not in page


@pytest.mark.hazard("H30")
def test_no_list_is_printed_while_something_is_known_to_be_in_doubt(session: Session, three: list[str]) -> None:
    session.doubt.people.add(three[0])
    with pytest.raises(PrintFailed, match="not as it was written"):
        words(session, "caseload-list")
    with pytest.raises(PrintFailed, match="not as it was written"):
        list_printing.prepare_shown(session, "caseload-list", Wanted())
    session.doubt.people.clear()
    session.doubt.lines = ("An older copy of the record is in its place.",)
    with pytest.raises(PrintFailed, match="not as it was written"):
        words(session, "caseload-list")


def test_what_is_kept_back_stands_on_no_list_and_does_not_look_as_if_nothing_were_recorded(
    session: Session, three: list[str], tmp_path: Path
) -> None:
    keeper = put(
        session,
        full_plan(
            {**ORDINARY, "cpr": {"decision": "not_for"}, "kept_back": {"what": ["cpr", "places.preferred_death"]}}
        ),
    )
    page = words(session, "caseload-list", [keeper])[0]
    assert page.count("Not on this list") == 3, "two cells, and what that means"
    assert "Do not attempt CPR" not in page
    assert "Not on this list" not in words(session, "caseload-list", three)[0]
    path = tmp_path / "list.csv"
    caseload_export.save_csv(session, Wanted(arranged=Arrangement(("cpr", "place", "review"))), [keeper], path)
    assert path.read_text(encoding="utf-8-sig").count("Not on this list") == 2


def test_initials_name_nobody(session: Session, three: list[str]) -> None:
    (page,) = words(session, "caseload-list", full_names=False)
    assert "R A" in page
    assert "999 000 0018" in page
    assert "bbott" not in page.casefold()


def test_a_team_meeting_has_room_for_what_is_decided(session: Session, three: list[str]) -> None:
    (page,) = words(session, "mdt-list")
    assert "What was decided" in page
    assert "Who, and by when" in page


def test_a_list_is_noted_and_saved_for_its_owner_alone(session: Session, three: list[str], tmp_path: Path) -> None:
    order = list_printing.prepare_list(session, "caseload-list")
    list_printing.save_list(session, order, b"%PDF-", tmp_path / "list.pdf")
    assert stat.S_IMODE((tmp_path / "list.pdf").stat().st_mode) == 0o600
    with session.store.reading() as connection:
        line = audit.lines(connection, "")[-1]
    assert (line.action, line.detail["people"]) == ("saved", 3)


def test_an_empty_or_unknown_list_is_refused_in_words(session: Session) -> None:
    with pytest.raises(PrintFailed, match="nobody"):
        list_printing.prepare_list(session, "caseload-list")
    with pytest.raises(PrintFailed, match="no list called"):
        list_printing.prepare_list(session, "nonsense")
