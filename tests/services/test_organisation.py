"""What the organisation has set holds in every service, whatever a window shows: nobody weakens it from the program."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from eolc_desktop import policy
from eolc_desktop.app.opening import begin_session
from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.plan import Edit
from eolc_desktop.documents.kinds import DOCUMENTS
from eolc_desktop.errors import NotAllowed, PrintFailed, UserError
from eolc_desktop.policy import Policy
from eolc_desktop.record import journal
from eolc_desktop.services import (
    audit_report,
    backups,
    batch_printing,
    exporting,
    list_printing,
    organisation,
    printing,
    settings,
    shared_record,
    subject_access,
    written_back,
)
from eolc_desktop.services.exporting import ToExport
from eolc_desktop.services.organisation import SET_BY
from eolc_desktop.services.print_needs import Chosen
from eolc_desktop.services.session import Session
from eolc_desktop.services.shared_record import RecordSettings, SignInBy

THEIRS = "https://record.example.nhs.uk/fhir"
OTHER = "https://elsewhere.example/fhir"


def under(session: Session, tmp_path: Path, text: str) -> Session:
    """The same session where the organisation has set this."""
    path = tmp_path / "policy.toml"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o644)
    return replace(session, policy=policy.load(path))


@pytest.fixture
def person_id(session: Session) -> str:
    with session.store.writing() as connection:
        made = journal.add_person(connection, session.pen())
        values = {"family_name": "Smith", "given_names": "Margaret", "birth_date": "1941-04-05"}
        edits = [Edit("person", MAIN, key, value) for key, value in values.items()]
        edits.append(Edit("communication_needs", MAIN, "translated_into", {"text": "Welsh"}))
        journal.append(connection, session.pen(), made, edits)
    return made


def test_only_the_allowed_documents_are_offered_and_made(session: Session, tmp_path: Path, person_id: str) -> None:
    held = under(session, tmp_path, 'documents = ["family-plan", "mdt-list"]')
    assert [each.key for each in organisation.documents(held.policy)] == ["family-plan"]
    assert printing.prepare(held, person_id, "family-plan")
    assert list_printing.prepare_list(held, "mdt-list")
    for refused in (
        lambda: printing.prepare(held, person_id, "handover"),
        lambda: batch_printing.prepare_one(held, person_id, "handover"),
        lambda: list_printing.prepare_list(held, "caseload-list"),
    ):
        with pytest.raises(PrintFailed, match=SET_BY):
            refused()


def test_a_misspelt_document_is_said_and_one_that_is_right_is_still_printed(session: Session, tmp_path: Path) -> None:
    held = under(session, tmp_path, 'documents = ["family-plan", "comitments"]')
    assert [each.key for each in organisation.documents(held.policy)] == ["family-plan"]
    assert any("comitments" in notice for notice in organisation.notices(held.policy))
    nothing_right = under(session, tmp_path, 'documents = ["famly-plan"]')
    assert len(organisation.documents(nothing_right.policy)) == len(DOCUMENTS), (
        "no family goes without a page for a mistake"
    )


def exported(held: Session, who: str) -> ToExport:
    order = printing.prepare(held, who, "family-plan").order
    return ToExport(order.plan, order, ())


Saving = Callable[[Session, str, Path], object]
SAVINGS: dict[str, Saving] = {
    "a document": lambda held, who, to: printing.save_copy(held, printing.prepare(held, who, "family-plan"), b"%", to),
    "one of a batch": lambda held, who, to: batch_printing.save_one(
        held, printing.prepare(held, who, "family-plan"), b"%", to.parent
    ),
    "a batch": lambda held, _who, to: list(
        batch_printing.save_all(held, batch_printing.people_for(held), "family-plan", to.parent, lambda _order: b"%")
    ),
    "a list": lambda held, _who, to: list_printing.save_list(
        held, list_printing.prepare_list(held, "mdt-list"), b"%", to
    ),
    "a form": lambda held, who, to: written_back.save_form(held, written_back.prepare_form(held, who), b"%", to),
    "who has seen it": audit_report.save_report,
    "everything held": subject_access.save_everything,
    "a FHIR document": lambda held, who, to: exporting.save_document(held, exported(held, who), b"%", to),
}


@pytest.mark.parametrize("what", SAVINGS)
def test_nothing_is_saved_in_the_clear_where_the_organisation_says_so(
    session: Session, tmp_path: Path, person_id: str, what: str
) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    held = under(session, tmp_path, "may_save_pdfs = false")
    with pytest.raises(PrintFailed, match="printed here, not saved as files"):
        SAVINGS[what](held, person_id, folder / "it")
    assert list(folder.iterdir()) == []


def test_printing_goes_on_where_nothing_may_be_saved(session: Session, tmp_path: Path, person_id: str) -> None:
    held = under(session, tmp_path, "may_save_pdfs = false")
    assert printing.note_made(held, printing.prepare(held, person_id, "family-plan"), "printed").entry


def test_a_language_that_is_not_allowed_is_not_printed_and_that_is_said(
    session: Session, tmp_path: Path, person_id: str
) -> None:
    assert printing.prepare(session, person_id, "family-plan").order.style.language == "cy"
    held = under(session, tmp_path, 'languages = ["en-GB"]')
    assert {code for each in organisation.documents(held.policy) for code in each.languages} == {"en-GB"}
    prepared = printing.prepare(held, person_id, "family-plan")
    assert prepared.order.style.language == "en-GB"
    assert any("reads Cymraeg" in words and SET_BY in words for words in prepared.to_look_for)
    with pytest.raises(PrintFailed):
        printing.prepare(held, person_id, "family-plan", chosen=Chosen(language="cy"))
    assert any("pl" in notice for notice in organisation.notices(under(session, tmp_path, 'languages = ["pl"]').policy))


def test_backups_go_where_the_organisation_says(session: Session, tmp_path: Path) -> None:
    own, theirs = tmp_path / "own", tmp_path / "theirs"
    for folder in (own, theirs):
        folder.mkdir()
    backups.set_second_place(session, str(own))
    held = under(session, tmp_path, f"backup_folder = '{theirs}'")
    assert backups.second_place(held) == str(theirs)
    with pytest.raises(NotAllowed, match="Your organisation sets"):
        backups.set_second_place(held, "")
    assert backups.second_place(session) == str(own), "what was chosen before is kept, for when the rule goes"


def test_another_shared_record_cannot_be_chosen(session: Session, tmp_path: Path) -> None:
    before = RecordSettings(OTHER, sign_in=SignInBy.TOKEN, secret="for-the-other")
    shared_record.change(session, before)
    held = under(session, tmp_path, f'server = "{THEIRS}"')
    found = shared_record.settings(held)
    assert found is not None
    assert (found.address, found.secret) == (THEIRS, ""), "what signs in elsewhere is never sent to this one"
    with pytest.raises(UserError, match="not chosen yet"):
        shared_record.connect(held, lambda _token: None)
    with pytest.raises(NotAllowed, match=THEIRS):
        shared_record.change(held, before)
    right = replace(before, address=f"{THEIRS}/", secret="for-theirs")
    shared_record.change(held, right)
    kept = shared_record.settings(held)
    assert kept is not None
    assert kept.secret == "for-theirs"


def test_a_server_that_cannot_be_read_is_no_server(session: Session, tmp_path: Path) -> None:
    shared_record.change(session, RecordSettings(OTHER, sign_in=SignInBy.TOKEN, secret="a-token"))
    held = under(session, tmp_path, 'server = "http://not safe"')
    assert shared_record.settings(held) is None
    with pytest.raises(NotAllowed):
        shared_record.change(held, RecordSettings(OTHER, sign_in=SignInBy.TOKEN, secret="a-token"))
    with pytest.raises(UserError):
        shared_record.connect(held, lambda _token: None)


def test_the_certificate_authority_is_the_organisations_or_nothing_is_sent(session: Session, tmp_path: Path) -> None:
    given = RecordSettings(THEIRS, sign_in=SignInBy.TOKEN, secret="a-token")
    shared_record.change(session, given)
    authority = tmp_path / "authority.pem"
    held = under(session, tmp_path, f"certificate_authority = '{authority}'")
    with pytest.raises(UserError, match="could not be read"):
        shared_record.settings(held)
    with pytest.raises(UserError, match="could not be read"):
        shared_record.change(held, given)
    authority.write_text("-----BEGIN CERTIFICATE-----", encoding="ascii")
    found = shared_record.settings(held)
    assert found is not None
    assert found.authority == "-----BEGIN CERTIFICATE-----"


def test_every_rule_is_said_in_words(tmp_path: Path, session: Session) -> None:
    held = under(
        session,
        tmp_path,
        f"server = '{THEIRS}'\ncertificate_authority = '/srv/authority.pem'\nlongest_idle_minutes = 4\n"
        "documents = ['family-plan']\nmay_save_pdfs = false\nbackup_folder = '/srv/backups'\nlanguages = ['cy']\n",
    )
    said = organisation.lines(held.policy)
    assert len(said) == len(policy._RULES)
    for words in ("at most 4 minutes", THEIRS, "My plan for care.", "not saved as files", "/srv/backups", "Cymraeg"):
        assert any(words in line for line in said), words
    assert organisation.lines(Policy()) == ()


def test_a_session_begins_with_what_the_machine_says(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "policy.toml"
    path.write_text("longest_idle_minutes = 2", encoding="utf-8")
    path.chmod(0o644)
    monkeypatch.setattr(policy, "policy_file", lambda: path)
    begun = begin_session(session.store, session.user.id, session.profile, session.clock)
    assert begun.policy.longest_idle_minutes == 2
    assert settings.facts(begun)


NOTHING_IN_THE_CLEAR = {
    "private_file.py": "it writes what it is given",
    "carrying.py": "encrypted for one other laptop",
    "laptops.py": "the address of this laptop, nothing about a person",
    "figures_out.py": "figures of the service",
    "our_service.py": "what the service is, for a directory",
    "sheets.py": "figures of the service, on paper",
}


def test_whatever_writes_about_a_person_in_the_clear_asks_the_policy_first() -> None:
    """A service that is added tomorrow and writes a file where the user chose cannot forget it."""
    for path in (Path(organisation.__file__).parent).rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if path.name not in NOTHING_IN_THE_CLEAR and re.search(r"write_private|private_file\.begin|os\.open\(", source):
            assert "refuse_saving(session.policy)" in source, path.name
