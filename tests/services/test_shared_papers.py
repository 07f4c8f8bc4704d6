"""What goes beside a plan: its PDF for other systems, the scans attached to it, the Questionnaires it answers."""

from __future__ import annotations

import base64
import hashlib
import io

import pytest
from pypdf import PdfReader

from eolc_desktop.care_plan.plan import EntryState
from eolc_desktop.documents.attached import inspect
from eolc_desktop.record import exchange as tables
from eolc_desktop.record import shared_resources
from eolc_desktop.services import attachments, outbox, people, plans, sharing_status
from eolc_desktop.services.invented.filling import fill
from eolc_desktop.services.session import Session
from eolc_desktop.sync.effects import JSON, Request, Response
from eolc_desktop.sync.names import file_content_key, file_key, paper_key, patient_key
from tests.documents.test_attached import pdf
from tests.fhir.sharing.valid import assert_valid
from tests.services.exchanging import doctor, exchange, nurse, save, server
from tests.sync.simulator.server import Server

__all__ = ["doctor", "nurse", "server"]

SECRET = "Zqsecretfear"
WHAT = {"title": "CPR form on the fridge", "kind": "cpr_form"}


@pytest.fixture
def peggy(nurse: Session) -> str:
    """Somebody who agreed to sharing, with a fear that is kept back."""
    added = people.add_person(nurse, {"family_name": "Ogden", "given_names": "Peggy"})
    person_id = added.plan.person_id
    save(nurse, person_id, "consent", to_share="given")
    save(nurse, person_id, "cpr", decision="not_for")
    save(nurse, person_id, "about_me", fears=SECRET, most_important="my garden")
    save(nurse, person_id, "kept_back", "", what=["about_me.fears"])
    return person_id


def attach(session: Session, person_id: str, data: bytes) -> str:
    attachments.attach(session, plans.read_plan(session, person_id), WHAT, data, inspect(data))
    return hashlib.sha256(data).hexdigest()


def is_a_transaction(asked: Request) -> bool:
    return asked.body is not None and asked.body.get("type") == "transaction"


def current(server: Server, key: str) -> JSON:
    found = server.current(key)
    assert found is not None, key
    return found


def paper_text(server: Server, person_id: str) -> str:
    reference = current(server, paper_key(person_id))
    held = reference["content"][0]["attachment"]
    data = base64.b64decode(current(server, held["url"])["data"])
    assert (len(data), base64.b64encode(hashlib.sha1(data).digest()).decode()) == (held["size"], held["hash"])
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def test_the_plan_goes_as_a_pdf_with_nothing_in_it_that_stays(nurse: Session, server: Server, peggy: str) -> None:
    exchange(nurse, server)
    reference = current(server, paper_key(peggy))
    assert reference["status"] == "current"
    words = paper_text(server, peggy)
    assert "my garden" in words
    assert "OGDEN" in words.upper()
    assert SECRET not in words
    assert "kept back" not in words.casefold()
    for key in (paper_key(peggy), reference["content"][0]["attachment"]["url"]):
        assert_valid({k: v for k, v in current(server, key).items() if k != "meta"})
    assert sharing_status.status(nurse).all_shared


def test_the_pdf_of_an_older_version_is_never_called_current(nurse: Session, server: Server, peggy: str) -> None:
    exchange(nurse, server)
    save(nurse, peggy, "about_me", most_important="my grandchildren")

    seen = []

    def look(asked: Request) -> None:
        seen.append((current(server, paper_key(peggy))["status"], "grandchildren" in repr(server.history)))

    exchange(nurse, server, look)
    assert ("superseded", True) in seen, "between the plan and its PDF"
    assert ("current", True) not in seen[: seen.index(("superseded", True))]
    assert current(server, paper_key(peggy))["status"] == "current"
    assert "my grandchildren" in paper_text(server, peggy)


def test_what_is_kept_back_while_the_pdf_is_drawn_does_not_go_in_it(nurse: Session, server: Server, peggy: str) -> None:
    def keep_back() -> None:
        save(nurse, peggy, "kept_back", "", what=["about_me.most_important"])

    exchange(nurse, server, on_draw=keep_back)
    assert paper_key(peggy) not in server.history

    exchange(nurse, server)
    words = paper_text(server, peggy)
    assert "OGDEN" in words.upper()
    assert "my garden" not in words


def test_what_a_team_receives_is_never_taken_for_the_change_of_another_system(
    nurse: Session, doctor: Session, server: Server
) -> None:
    """Whole invented plans, with their lists: both laptops publish the same, in the same order."""
    fill(nurse, 5, 7)
    exchange(nurse, server)
    exchange(doctor, server)
    exchange(doctor, server)
    with doctor.store.reading() as connection:
        assert [proposal.words for proposal in tables.proposals_of(connection)] == []
        person_id = next(one for one in tables.all_shared_people(connection) if not one.hold).person_id
    sent = len([key for key in server.history if key.startswith("Provenance/")])
    save(doctor, person_id, "about_me", most_important="my garden")
    exchange(doctor, server)
    exchange(nurse, server)
    assert len([key for key in server.history if key.startswith("Provenance/")]) <= sent + 2, "the plan, and its PDF"
    with nurse.store.reading() as connection:
        assert [proposal.words for proposal in tables.proposals_of(connection)] == []


class Killed(Exception):
    """The program stops here."""


def test_the_pdf_and_a_scan_go_though_the_plan_came_through_late(
    nurse: Session, doctor: Session, server: Server, peggy: str
) -> None:
    """The plan was taken after its sender had found that it was not there: nothing of it waits, but its papers do."""
    data = pdf(2)
    sha256 = attach(nurse, peggy, data)
    late: list[Request] = []

    def lost(asked: Request) -> None:
        if is_a_transaction(asked):
            late.append(asked)
            raise Killed

    with pytest.raises(Killed):
        exchange(nurse, server, lost)

    def arrives(asked: Request) -> None:
        if late and patient_key(peggy) not in server.history and "Provenance" not in repr(asked):
            server.answer(late.pop(), 1, server.now)

    exchange(nurse, server, arrives)
    assert not late
    exchange(nurse, server)
    assert "my garden" in paper_text(server, peggy)

    exchange(doctor, server)
    assert attachments.read_file(doctor, peggy, sha256) == data


def test_a_sync_with_nothing_to_do_asks_for_the_seal_and_for_what_is_new(
    nurse: Session, server: Server, peggy: str
) -> None:
    attach(nurse, peggy, pdf(1))
    exchange(nurse, server)
    exchange(nurse, server)
    assert [asked.method for asked in exchange(nurse, server)] == ["GET", "POST"]


def test_a_scan_comes_whole_to_another_laptop(nurse: Session, doctor: Session, server: Server, peggy: str) -> None:
    data = pdf(2)
    sha256 = attach(nurse, peggy, data)
    exchange(nurse, server)
    with nurse.store.reading() as connection:
        assert not [s for s in tables.change_sets(connection, "done") if s.bundle], "no bytes are kept twice"
        assert "data" not in repr(shared_resources.of_person(connection, peggy).keys())
    exchange(doctor, server)
    assert attachments.read_file(doctor, peggy, sha256) == data
    reference = current(server, file_key(peggy, sha256))
    assert (reference["description"], reference["type"]["text"]) == (WHAT["title"], "CPR decision form")
    assert_valid({k: v for k, v in reference.items() if k != "meta"})
    exchange(doctor, server)
    assert len(exchange(doctor, server)) == 2


def test_a_scan_that_is_not_the_one_named_is_not_kept(
    nurse: Session, doctor: Session, server: Server, peggy: str
) -> None:
    sha256 = attach(nurse, peggy, pdf(2))
    exchange(nurse, server)
    key = file_content_key(peggy, sha256)
    server.history[key][-1] = {**current(server, key), "data": base64.b64encode(pdf(3)).decode()}
    exchange(doctor, server)
    (one,) = attachments.attached(doctor, plans.read_plan(doctor, peggy))
    assert not one.is_here
    exchange(doctor, server)
    assert not [asked for asked in exchange(doctor, server) if asked.path == key], "it is not asked for for ever"


def test_a_scan_that_is_kept_back_stays(nurse: Session, server: Server, peggy: str) -> None:
    save(nurse, peggy, "kept_back", "", what=["documents"])
    sha256 = attach(nurse, peggy, pdf(2))
    exchange(nurse, server)
    assert server.current(file_key(peggy, sha256)) is None
    assert sha256 not in repr(server.history)
    assert "fridge" not in repr(server.history)


def test_a_scan_entered_in_error_is_said_to_be(nurse: Session, server: Server, peggy: str) -> None:
    sha256 = attach(nurse, peggy, pdf(2))
    exchange(nurse, server)
    plan = plans.read_plan(nurse, peggy)
    (entry,) = plan.entries("documents")
    plans.set_state(nurse, plan, "documents", entry.id, EntryState.ENTERED_IN_ERROR, "Somebody else’s form")
    exchange(nurse, server)
    assert current(server, file_key(peggy, sha256))["status"] == "entered-in-error"


def test_a_scan_that_is_refused_holds_up_nothing_and_is_told(nurse: Session, server: Server, peggy: str) -> None:
    attach(nurse, peggy, pdf(2))

    def too_large(asked: Request) -> Response | None:
        is_scan = is_a_transaction(asked) and "Binary" in repr(asked.body) and "fridge" in repr(asked.body)
        return Response(413) if is_scan else None

    exchange(nurse, server, too_large)
    assert "my garden" in paper_text(server, peggy), "the PDF went all the same"
    status = sharing_status.status(nurse)
    assert not status.all_shared
    assert "a scan or the PDF of the plan" in " ".join(status.lines)
    assert "a scan or PDF was not accepted" in status.in_short(nurse.clock())
    assert "larger than the shared record takes" in outbox.outbox(nurse, peggy).papers_trouble
    assert [each.papers for each in outbox.who_waits(nurse)] == ["The shared record did not take a scan or the PDF."]
    outbox.try_again(nurse, peggy)
    exchange(nurse, server)
    assert sharing_status.status(nurse).all_shared


def test_a_scan_that_others_kept_from_going_goes_next_time(nurse: Session, server: Server, peggy: str) -> None:
    """They wrote first each time that it was tried; the PDF, which came after it, was taken at once."""
    sha256 = attach(nurse, peggy, pdf(2))

    def others_write(asked: Request) -> Response | None:
        is_scan = is_a_transaction(asked) and file_content_key(peggy, sha256) in repr(asked.body)
        return Response(412) if is_scan else None

    exchange(nurse, server, others_write)
    assert "my garden" in paper_text(server, peggy)
    assert server.current(file_key(peggy, sha256)) is None
    assert not sharing_status.status(nurse).all_shared
    exchange(nurse, server)
    assert server.current(file_content_key(peggy, sha256)) is not None
    assert sharing_status.status(nurse).all_shared


def test_consent_withdrawn_elsewhere_stops_a_scan_on_its_way(
    nurse: Session, doctor: Session, server: Server, peggy: str
) -> None:
    exchange(nurse, server)
    exchange(doctor, server)
    sha256 = attach(nurse, peggy, pdf(2))
    withdrawn: list[Request] = []

    def meanwhile(asked: Request) -> None:
        if asked.body is not None and "Binary" in repr(asked.body) and not withdrawn:
            withdrawn.append(asked)
            save(doctor, peggy, "consent", to_share="withdrawn")
            exchange(doctor, server)

    exchange(nurse, server, meanwhile)
    assert withdrawn
    assert server.current(file_content_key(peggy, sha256)) is None


def test_a_crash_after_any_request_loses_and_doubles_nothing(
    nurse: Session, doctor: Session, server: Server, peggy: str
) -> None:
    data = pdf(2)
    sha256 = attach(nurse, peggy, data)

    class Crash(Exception):
        pass

    for at in range(1, 9):
        heard: list[Request] = []

        def crash(asked: Request, at: int = at, heard: list[Request] = heard) -> None:
            heard.append(asked)
            if len(heard) == at:
                server.answer(asked, 1, server.now)
                raise Crash

        try:
            exchange(nurse, server, crash)
        except Crash:
            continue
    exchange(nurse, server)
    assert sharing_status.status(nurse).all_shared
    assert "my garden" in paper_text(server, peggy)
    exchange(doctor, server)
    assert attachments.read_file(doctor, peggy, sha256) == data
    assert len(server.history[file_content_key(peggy, sha256)]) == 1


@pytest.mark.hazard("H29")
@pytest.mark.parametrize("status", [401, 413])
def test_what_was_worked_out_ahead_is_forgotten_when_it_was_not_taken(
    nurse: Session, server: Server, peggy: str, status: int
) -> None:
    refused: list[Request] = []

    def once(asked: Request) -> Response | None:
        if not refused and is_a_transaction(asked):
            refused.append(asked)
            return Response(status)
        return None

    exchange(nurse, server, once)
    assert refused
    assert "my garden" in repr(server.history)
    assert sharing_status.status(nurse).all_shared


def test_what_is_worked_out_ahead_is_not_sent_once_consent_is_withdrawn(
    nurse: Session, server: Server, peggy: str
) -> None:
    other = people.add_person(nurse, {"family_name": "Khan", "phone": "01274 496 0001"}).plan.person_id
    save(nurse, other, "consent", to_share="given")
    withdrawn: list[str] = []

    def meanwhile(asked: Request) -> None:
        if asked.meanwhile is not None and not withdrawn:
            waits = other if peggy.replace("-", "") in repr(asked.body).replace("-", "") else peggy
            save(nurse, waits, "consent", to_share="withdrawn")
            withdrawn.append(waits)

    exchange(nurse, server, meanwhile)
    (person_id,) = withdrawn
    assert server.current(patient_key(person_id)) is None
    assert server.current(patient_key(other if person_id == peggy else peggy)) is not None


def test_every_answer_names_a_questionnaire_that_is_there(nurse: Session, server: Server, peggy: str) -> None:
    exchange(nurse, server)
    newest = {key: versions[-1] for key, versions in server.history.items()}
    there = {f"{one['url']}|{one['version']}" for key, one in newest.items() if key.startswith("Questionnaire/")}
    named = {one["questionnaire"] for key, one in newest.items() if key.startswith("QuestionnaireResponse/")}
    assert named
    assert named <= there
    for key, one in newest.items():
        if key.startswith("Questionnaire/"):
            assert_valid({k: v for k, v in one.items() if k != "meta"})
    save(nurse, peggy, "about_me", most_important="the sea")
    assert not [asked for asked in exchange(nurse, server) if "'Questionnaire/" in repr(asked.body)]


def test_the_outbox_says_what_goes_beside_the_plan(nurse: Session, server: Server, peggy: str) -> None:
    attach(nurse, peggy, pdf(2))
    said = outbox.outbox(nurse, peggy).papers
    assert any("CPR form on the fridge" in words for words in said)
    assert any("PDF" in words for words in said)
    exchange(nurse, server)
    assert outbox.outbox(nurse, peggy).papers == ()
