"""Settings of sharing: a server is tried, its result said in words, and only then used; only by those who may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from eolc_desktop.errors import NotAllowed
from eolc_desktop.policy import Policy
from eolc_desktop.services import shared_record
from eolc_desktop.services.shared_record import SignInBy
from eolc_desktop.views.settings_page import SettingsPage
from eolc_desktop.views.sharing.settings_card import SharingCard
from tests.pages import Page
from tests.prepared_files import PreparedFiles
from tests.sync.loopback import Loopback, authority
from tests.sync.team_record import TeamRecord
from tests.views.conftest import LOOKS, Office, walked

NO_SIGN_IN = "No sign-in (for training, with made-up people only)"


def card(office: Office) -> Page:
    page = office.show(SettingsPage(office.desk))
    office.settle()
    (found,) = page.root.findChildren(SharingCard)
    return Page(office.qtbot, found)


def test_a_server_is_tried_in_words_before_it_is_used(office: Office, server: Loopback, record: TeamRecord) -> None:
    page = card(office)
    page.wait_until_says("No shared record is used.")
    page.choose("How to sign in", NO_SIGN_IN)
    page.type("Address of the shared record", server.address)
    assert not page.has("Use this shared record")
    page.press("Try this server")
    page.wait_until_says("can be used as a shared record", 20_000)
    assert page.says("Yes. Refuses to write over a newer version")
    assert record.held == {}, "nothing is left on the server by trying it"
    page.press("Use this shared record")
    page.wait_until_says("In use: http://localhost")
    office.settle()
    assert office.desk.sharing.is_set_up
    found = office.on_store(lambda: shared_record.found(office.session))
    assert found is not None
    assert found.may_write
    page.press("Use none")
    page.wait_until_says("No shared record is used.")


def test_a_server_that_could_lose_a_change_is_said_to_be_read_only(
    office: Office, record: TeamRecord, server: Loopback
) -> None:
    record.fault = "lost update"
    page = card(office)
    page.choose("How to sign in", NO_SIGN_IN)
    page.type("Address of the shared record", server.address)
    page.press("Try this server")
    page.wait_until_says("can be read, and nothing is sent to it", 20_000)
    assert page.says("What it does not do: refuses to write over a newer version")


def test_what_cannot_be_right_is_said_beside_its_field(office: Office) -> None:
    page = card(office)
    page.type("Address of the shared record", "http://record.example/fhir")
    page.choose("How to sign in", "With a token that I was given")
    page.press("Try this server")
    assert "Without encryption" in page.description("Address of the shared record")
    page.retype("Address of the shared record", "https://record.example/fhir")
    page.press("Try this server")
    assert "This is not a token." in page.description("Token or private key")


def test_an_own_authority_is_read_from_a_file(office: Office, prepared_files: PreparedFiles, tmp_path: Path) -> None:
    page = card(office)
    (tmp_path / "ca.pem").write_text(authority("Hospice").pem)
    (tmp_path / "no.pem").write_text("nothing")
    prepared_files.paths = [tmp_path / "no.pem", tmp_path / "ca.pem"]
    page.press("Choose a certificate authority…")
    page.wait_until_says("not a certificate")
    page.press("Choose a certificate authority…")
    page.wait_until_says("An authority of your organisation’s own vouches for the server.")
    page.press("Use this computer’s own certificates")
    page.wait_until_says("This computer’s own certificates vouch for the server.")


def test_who_does_not_look_after_the_laptop_only_reads_it(office: Office) -> None:
    nurse = replace(office.session.user, roles=frozenset({"nurse"}))
    office.desk.session = replace(office.session, user=nurse)
    page = card(office)
    page.wait_until_says("No shared record is used.")
    assert not page.has("Try this server")
    assert not page.has("Address of the shared record")


def test_what_the_organisation_has_set_cannot_be_changed(office: Office, server: Loopback) -> None:
    set_by = Policy(is_set=True, server=server.address, decided=frozenset({"server"}))
    office.desk.session = replace(office.session, policy=set_by)
    page = card(office)
    page.wait_until_says("Set by your organisation.")
    assert page.read("Address of the shared record") == server.address
    wanted = shared_record.RecordSettings("https://elsewhere.example/fhir", sign_in=SignInBy.NOTHING)
    with pytest.raises(NotAllowed, match="Your organisation sets"):
        shared_record.checked(wanted, set_by, made_up=True)


@pytest.mark.parametrize(("theme_name", "percent", "size"), LOOKS)
def test_it_can_be_walked(
    office: Office, server: Loopback, dress: Callable[..., None], theme_name: str, percent: int, size: tuple[int, int]
) -> None:
    dress(theme_name, percent)
    page = office.show(SettingsPage(office.desk), *size)
    (found,) = page.root.findChildren(SharingCard)
    part = Page(office.qtbot, found)
    part.choose("How to sign in", NO_SIGN_IN)
    part.type("Address of the shared record", server.address)
    part.press("Try this server")
    part.wait_until_says("can be used as a shared record", 20_000)
    assert walked(page) == []
