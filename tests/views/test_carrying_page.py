"""Taking people to another laptop and bringing them from one, by keys, over two real records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from eolc_desktop.care_plan.fields import Value
from eolc_desktop.paths import Profile
from eolc_desktop.services import carrying, laptops, people, plans
from eolc_desktop.services.session import Session
from eolc_desktop.views.carrying.page import CarryingPage
from tests.pages import Page
from tests.prepared_files import PreparedFiles
from tests.sessions import DOCTOR_USER, begin
from tests.views.conftest import AHMED, LOOKS, PEGGY, Office, walked

AGREED: dict[str, Value] = {"to_share": "given"}


@pytest.fixture
def made_up() -> bool:
    """NHS numbers that begin with 999 leave a laptop only where everybody is made up."""
    return True


@pytest.fixture
def other(tmp_path: Path, office: Office) -> Iterator[Session]:
    """Another laptop; its store is used where it was made, on the store thread of the first."""
    session = office.on_store(
        lambda: replace(
            begin(Profile(tmp_path / "other"), office.clock, DOCTOR_USER), laptop_id="laptop-2", made_up=True
        )
    )
    yield session
    office.on_store(session.store.close)


def shown(office: Office, person_id: str = "", *size: int) -> Page:
    made = CarryingPage(office.desk, person_id)
    page = office.show(made, *(size or (1366, 706)))
    made.focus_first()
    page.wait_until_says("EOLC-")
    return page


def test_a_person_goes_to_another_laptop_and_comes_back_merged(
    office: Office, other: Session, tmp_path: Path, prepared_files: PreparedFiles
) -> None:
    peggy = office.person(PEGGY, consent=AGREED)
    office.person(AHMED)
    address, there, back = tmp_path / "address.txt", tmp_path / "there.eolc", tmp_path / "back.eolc"
    office.on_store(lambda: laptops.save_address(other, address))
    page = shown(office)
    prepared_files.paths += [address, there]
    page.press("Save the file…")
    page.wait_until_says("not the address of a laptop")
    page.press("Read the address from a file…")
    page.wait_until_says("they must be the same on the other laptop")
    page.press("Save the file…")
    page.wait_until_says("1 person is in the file")
    assert page.says("Not in the file: KHAN, Ahmed (Mr). Consent to share is not recorded yet.")
    office.on_store(lambda: carrying.take_over(other, carrying.look_into(other, there)))
    # Both go on recording, then the other one sends it back.
    office.write(peggy, "person", {"preferred_name": "Margaret"})

    def meanwhile() -> None:
        plan = plans.open_plan(other, peggy)
        plans.save_entry(other, plan, "person", "main", {"preferred_name": "Meg"})
        writing = carrying.begin_carrying(other, laptops.my_address(office.session), None, back)
        while carrying.carry_on(other, writing) is None:
            pass

    office.on_store(meanwhile)
    prepared_files.paths += [back]
    page.press("Choose a file…")
    page.wait_until_says("SMITH, Margaret Rose (Mrs), born 05-Apr-1941")
    assert page.says("here already, to be merged")
    assert page.says("You have met this laptop before.")
    page.press("Take this person over")
    page.wait_until_says("1 conflict waits for somebody to decide")
    assert office.on_store(lambda: people.caseload(office.session).total) == 2


def test_a_file_for_somebody_else_is_refused_in_words(
    office: Office, other: Session, tmp_path: Path, prepared_files: PreparedFiles
) -> None:
    peggy = office.person(PEGGY, consent=AGREED)
    path = tmp_path / "file.eolc"

    def make() -> None:
        writing = carrying.begin_carrying(office.session, laptops.my_address(other), [peggy], path)
        while carrying.carry_on(office.session, writing) is None:
            pass

    office.on_store(make)
    page = shown(office, peggy)
    assert page.read("Whom to take") == "SMITH, Margaret Rose (Mrs)"
    prepared_files.paths += [path]
    page.press("Choose a file…")
    page.wait_until_says("This file was made for another laptop, and only that one can open it.")
    assert not page.has("Take nobody over")


@pytest.mark.parametrize(("theme_name", "percent", "size"), LOOKS)
def test_it_can_be_walked(office: Office, dress: object, theme_name: str, percent: int, size: tuple[int, int]) -> None:
    dress(theme_name, percent)  # type: ignore[operator]
    page = shown(office, office.person(PEGGY, consent=AGREED), *size)
    page.wait_until_has("Whom to take")
    assert walked(page) == []
