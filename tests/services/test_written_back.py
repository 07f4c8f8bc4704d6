"""The person writes back: nothing becomes their words before somebody confirmed it with them, and nothing is lost."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.plan import Edit, Source
from eolc_desktop.documents.fillable import make_form
from eolc_desktop.documents.fillable_reading import FormRefused, read_form
from eolc_desktop.errors import UserError
from eolc_desktop.models.store import open_store
from eolc_desktop.record import journal, written_back
from eolc_desktop.record.written_back import State
from eolc_desktop.services import attachments, paper_copies, plans
from eolc_desktop.services import written_back as services
from eolc_desktop.services.session import Session
from eolc_desktop.services.written_back import THE_PERSON, Recognised, Waiting
from tests.documents.test_fillable import with_pikepdf

MATTERS = "about_me/main/most_important"
VERDICT = "commitments/involve/verdict"
KEPT_PROMISE = "compact/new/q1"
KEPT_WORDS = "compact/new/q1_words"


@pytest.fixture
def person_id(session: Session) -> str:
    with session.store.writing() as connection:
        person_id = journal.add_person(connection, session.pen())
        edits = [
            Edit("person", MAIN, "family_name", "Smith"),
            Edit("person", MAIN, "given_names", "Margaret"),
            Edit("about_me", MAIN, "most_important", "My own bed."),
            Edit("contacts", "anna", "name", "Anna Smith"),
        ]
        journal.append(connection, session.pen(), person_id, edits)
    return person_id


def sent_out(session: Session, person_id: str, folder: Path) -> bytes:
    form = services.prepare_form(session, person_id)
    services.save_form(session, form, make_form(form.order), folder / "form.pdf")
    return (folder / "form.pdf").read_bytes()


def brought_back(session: Session, form: bytes, **answers: str) -> Recognised:
    names = {"matters": MATTERS, "kept": KEPT_PROMISE, "words": KEPT_WORDS}
    data = with_pikepdf(form, {names[key]: value for key, value in answers.items()})
    return services.recognise(session, read_form(data), data)


def the_form(session: Session, person_id: str) -> Waiting:
    (form,) = services.waiting(session, person_id)
    return form


def test_a_form_is_entered_in_the_register_and_shows_no_more_than_the_familys_copy(
    session: Session, person_id: str, tmp_path: Path
) -> None:
    sent_out(session, person_id, tmp_path)
    (copy,) = paper_copies.register_of(session, person_id).copies
    assert (copy.name, copy.document, copy.how) == ("My plan, to fill in", "family-form", "saved")
    assert len(copy.form) == 32
    assert set(copy.says) == {"whole"}


def test_answers_are_held_beside_what_stands_and_survive_quitting(
    session: Session, person_id: str, tmp_path: Path
) -> None:
    found = brought_back(session, sent_out(session, person_id, tmp_path), matters="The garden, too.")
    assert found.row.id == person_id
    assert dict(found.people) == {THE_PERSON: "Margaret, alone", "anna": "Anna Smith"}
    services.hold(session, found, "anna")
    before = plans.read_plan(session, person_id)
    assert before.text("about_me", "most_important") == "My own bed.", "the plan is as it was"
    place = session.store.place
    session.store.close()
    again = replace(session, store=open_store(place.path, place.key, place.store_id))
    form = the_form(again, person_id)
    (one,) = form.answers
    assert (one.written, one.stands, form.told_by) == ("The garden, too.", "My own bed.", "Anna Smith")
    (document,) = plans.read_plan(again, person_id).entries("documents")
    assert document.text("kind") == "filled_in_plan"
    assert "Anna Smith" in document.text("title")
    assert attachments.read_file(again, person_id, document.text("sha256")) == found.data
    again.store.close()


def test_confirmed_with_the_person_it_becomes_their_own_words(session: Session, person_id: str, tmp_path: Path) -> None:
    services.hold(session, brought_back(session, sent_out(session, person_id, tmp_path), matters="The garden."), "anna")
    form = the_form(session, person_id)
    services.settle(session, form.form.id, MATTERS, State.OWN_WORDS)
    item = plans.read_plan(session, person_id).item("about_me", "most_important")
    assert item is not None
    assert (item.value, item.told.source) == ("The garden.", Source.PERSON)
    assert "confirmed with them" in item.told.detail
    words = [change.value for change in plans.history_of(session, person_id, "about_me")]
    assert words == ["My own bed.", "The garden."], "what stood before stays in the history"
    assert the_form(session, person_id).waits == 0
    with pytest.raises(UserError, match="settled already"):
        services.settle(session, form.form.id, MATTERS, State.PUT_ASIDE)


def test_what_a_relative_says_is_kept_as_that_and_takes_the_place_of_nothing(
    session: Session, person_id: str, tmp_path: Path
) -> None:
    services.hold(session, brought_back(session, sent_out(session, person_id, tmp_path), matters="Anna's bed."), "anna")
    form = the_form(session, person_id)
    services.settle(session, form.form.id, MATTERS, State.RELATIVE_SAYS)
    plan = plans.read_plan(session, person_id)
    assert plan.text("about_me", "most_important") == "My own bed."
    (said,) = plan.entries("conversations")
    assert "“Anna's bed.”" in said.text("discussed")
    assert said.text("contact") == "anna"
    assert said.items["discussed"].told.source is Source.FAMILY
    assert "Anna Smith" in said.items["discussed"].told.detail


def test_put_aside_changes_nothing_and_the_file_stays(session: Session, person_id: str, tmp_path: Path) -> None:
    services.hold(session, brought_back(session, sent_out(session, person_id, tmp_path), matters="x"), THE_PERSON)
    before = plans.read_plan(session, person_id).version
    form = the_form(session, person_id)
    services.settle(session, form.form.id, MATTERS, State.PUT_ASIDE)
    assert plans.read_plan(session, person_id).version == before
    assert attachments.read_file(session, person_id, form.form.sha256)
    assert services.waiting(session) == ()


def test_answers_to_the_seven_questions_are_one_occasion(session: Session, person_id: str, tmp_path: Path) -> None:
    blank = sent_out(session, person_id, tmp_path)
    with pikepdf.open(io.BytesIO(blank)) as document:
        field = next(field for field in document.Root.AcroForm.Fields if field.T == KEPT_PROMISE)
        choice = next(str(key)[1:] for key in field.Kids[0].AP.N.keys() if key != "/Off")  # noqa: SIM118
    services.hold(session, brought_back(session, blank, kept=choice, words="They listen."), "", "Her neighbour")
    form = the_form(session, person_id)
    assert form.told_by == "Her neighbour"
    for one in form.answers:
        services.settle(session, form.form.id, one.answer.name, State.OWN_WORDS)
    (occasion,) = plans.read_plan(session, person_id).entries("compact")
    assert occasion.text("q1") == choice
    assert occasion.text("q1_words") == "They listen."
    assert occasion.text("asked_on") == "2026-11-12"


def test_the_same_file_is_taken_once(session: Session, person_id: str, tmp_path: Path) -> None:
    found = brought_back(session, sent_out(session, person_id, tmp_path), matters="x")
    services.hold(session, found, THE_PERSON)
    with pytest.raises(FormRefused, match="before"):
        services.hold(session, found, THE_PERSON)


def test_a_form_of_another_record_is_refused(session: Session, person_id: str, tmp_path: Path) -> None:
    blank = sent_out(session, person_id, tmp_path)
    read = read_form(blank)
    for other in (replace(read, form="f" * 32), replace(read, code="ZZZZZZ")):
        with pytest.raises(FormRefused, match="belongs to nobody"):
            services.recognise(session, other, blank)


@pytest.mark.parametrize(
    "answer", [("cpr/main/decision", "attempt"), ("about_me/other/most_important", "x"), (KEPT_PROMISE, "nonsense")]
)
def test_an_answer_to_what_was_not_asked_is_refused(
    session: Session, person_id: str, tmp_path: Path, answer: tuple[str, str]
) -> None:
    blank = sent_out(session, person_id, tmp_path)
    with pytest.raises(FormRefused, match="not asked"):
        services.recognise(session, replace(read_form(blank), answers=(answer,)), blank)


def test_every_state_has_words() -> None:
    assert all(state.words for state in written_back.State)
