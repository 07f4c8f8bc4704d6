"""The person writes back: a form sent out, brought back, held beside what stands, and settled answer by answer."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from eolc_desktop.care_plan.dates import day_words, moment_words, today
from eolc_desktop.care_plan.fields import Audience, Field, Value, is_empty
from eolc_desktop.care_plan.paper_copies import copies
from eolc_desktop.care_plan.plan import Plan, Source, Told
from eolc_desktop.care_plan.words import display
from eolc_desktop.documents.attached import Inspected
from eolc_desktop.documents.fillable import NEW, TITLE, Asked, FormOrder, questions_of
from eolc_desktop.documents.fillable_reading import FormRead, FormRefused
from eolc_desktop.errors import UserError
from eolc_desktop.record import paper_copies, people, plans, written_back
from eolc_desktop.record.people import PersonRow
from eolc_desktop.record.rows import new_id
from eolc_desktop.record.written_back import Answer, State, WrittenBack
from eolc_desktop.services import attachments, printing
from eolc_desktop.services.paper_copies import Entered
from eolc_desktop.services.plans import edits_for, record
from eolc_desktop.services.printing import Prepared
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Changes, Session

DOCUMENT = "family-form"
FILE_NAME = "my-plan-to-fill-in.pdf"
THE_PERSON = "person"


@dataclass(frozen=True, slots=True)
class PreparedForm:
    """A form ready to be made in the worker process."""

    prepared: Prepared
    order: FormOrder


@dataclass(frozen=True, slots=True)
class Recognised:
    """A form that came back and belongs to somebody here: whose it is, and the names of who may have filled it in."""

    read: FormRead
    data: bytes
    row: PersonRow
    entry: str
    people: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ToSettle:
    """One answer beside what stands now, in words. `standing` says when and by whom that was said."""

    answer: Answer
    heading: str
    question: str
    written: str
    stands: str
    standing: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A form with its answers, those that wait first."""

    form: WrittenBack
    row: PersonRow
    called: str
    told_by: str
    answers: tuple[ToSettle, ...]

    @property
    def waits(self) -> int:
        """How many answers nobody has settled."""
        return sum(one.answer.state is State.WAITS for one in self.answers)


@dataclass(frozen=True, slots=True)
class Settled:
    """What views should read again."""

    changes: Changes


@needs(Right.PRINT)
def prepare_form(session: Session, person_id: str) -> PreparedForm:
    """Prepare the form of one person from one snapshot, with no more on it than their family copy may show."""
    prepared = printing.prepare(session, person_id, "family-plan")
    document = replace(prepared.document, key=DOCUMENT, name=TITLE, file_name=FILE_NAME)
    plan = prepared.order.plan
    order = FormOrder(questions_of(plan), plan.called or "you", prepared.order.identity, prepared.order.style, new_id())
    said = "\n".join(line for line in prepared.says.splitlines() if line.startswith("whole "))
    made = replace(prepared, document=document, order=replace(prepared.order, document=DOCUMENT), says=said)
    return PreparedForm(made, order)


@needs(Right.PRINT)
def save_form(session: Session, form: PreparedForm, pdf: bytes, path: Path) -> Entered:
    """Save a form where the user chose, and enter it in the register. Raises PrintFailed, leaving no half file."""
    return printing.save_copy(session, form.prepared, pdf, path, "", form.order.form)


@needs(Right.RECORD)
def recognise(session: Session, read: FormRead, data: bytes) -> Recognised:
    """Say whose form this is. Raises FormRefused when it belongs to nobody here, or holds what was never asked."""
    with session.store.reading() as connection:
        found = paper_copies.with_code(connection, read.code)
        for place in found:
            plan = plans.plan_of(connection, session.catalogue, place.person_id, session.clock())
            page = next((copy for copy in copies(plan) if copy.entry == place.entry), None)
            row = people.row_of(connection, place.person_id)
            if page is not None and row is not None and page.form == read.form:
                _refuse_what_was_not_asked(plan, read)
                return Recognised(read, data, row, place.entry, _who_may_have(plan))
    raise FormRefused(
        "This form belongs to nobody on this computer.",
        "Nothing was taken from it.",
        "It may have been made on a colleague’s computer, or for another record. Bring it back there.",
    )


def _refuse_what_was_not_asked(plan: Plan, read: FormRead) -> None:
    asked = {one.name: one for one in questions_of(plan)}
    for name, value in read.answers:
        one = asked.get(name)
        if one is None or (one.options and value not in dict(one.options)):
            raise FormRefused(
                "This form holds an answer to something that was not asked.",
                "Nothing was taken from it.",
                "Ask for the file again as it was sent out, or type the answers in.",
            )


def _who_may_have(plan: Plan) -> tuple[tuple[str, str], ...]:
    contacts = [
        (contact.id, ", ".join(part for part in (contact.text("name"), contact.text("relationship")) if part))
        for contact in plan.entries("contacts")
        if contact.text("name")
    ]
    return ((THE_PERSON, f"{plan.called or 'The person'}, alone"), *contacts)


@needs(Right.RECORD)
def hold(session: Session, found: Recognised, told_by: str, told_by_words: str = "") -> Settled:
    """Hold the answers, encrypted, until each is settled; the file becomes one of the plan's documents, their source.

    `told_by` is THE_PERSON, the entry id of a contact, or "" where `told_by_words` say who. Raises FormRefused for a
    file that is held already.
    """
    sha256 = hashlib.sha256(found.data).hexdigest()
    with session.store.reading() as connection:
        is_held = written_back.is_held(connection, found.row.id, sha256)
        plan = plans.plan_of(connection, session.catalogue, found.row.id, session.clock())
    if is_held:
        raise FormRefused(
            "This very file was brought back before.", "Its answers are held already.", "Go through them below."
        )
    answers = tuple(Answer(name, value) for name, value in found.read.answers)
    form = WrittenBack(
        new_id(), found.row.id, found.entry, session.clock(), session.user.author.words, told_by,
        told_by_words.strip(), answers, sha256,
    )  # fmt: skip
    known: dict[str, Value] = {
        "title": f"My plan, filled in by {_told_by(plan, form)}",
        "kind": "filled_in_plan",
        "dated": today(form.received_at).isoformat(),
    }
    attachments.attach(session, plan, known, found.data, Inspected("application/pdf", len(found.data), 1))
    with session.store.writing() as connection:
        written_back.hold(connection, form)
    return Settled(Changes(frozenset((found.row.id,))))


@needs(Right.READ)
def waiting(session: Session, person_id: str = "") -> tuple[Waiting, ...]:
    """The forms of one person, or of everybody, of which answers wait; of one person those that are settled too."""
    found = []
    with session.store.reading() as connection:
        for form in written_back.forms_of(connection, person_id):
            row = people.row_of(connection, form.person_id)
            if row is not None:
                plan = plans.plan_of(connection, session.catalogue, form.person_id, session.clock())
                found.append(_shown(plan, form, row))
    return tuple(found)


def _shown(plan: Plan, form: WrittenBack, row: PersonRow) -> Waiting:
    asked = {one.name: one for one in questions_of(plan)}
    answers = [_beside(plan, answer, asked[answer.name]) for answer in form.answers if answer.name in asked]
    answers.sort(key=lambda one: one.answer.state is not State.WAITS)
    return Waiting(form, row, plan.called or "the person", _told_by(plan, form), tuple(answers))


def _told_by(plan: Plan, form: WrittenBack) -> str:
    if form.told_by == THE_PERSON:
        return plan.called or "The person"
    return plan.links.get(form.told_by, "") or form.told_by_words or "Somebody who was not named"


def _beside(plan: Plan, answer: Answer, asked: Asked) -> ToSettle:
    written = dict(asked.options).get(answer.value, answer.value)
    item = plan.item(asked.section, asked.field, asked.entry) if asked.entry != NEW else None
    stands, standing = "Nothing is recorded yet.", ""
    if item is not None and not is_empty(item.value):
        field: Field = plan.catalogue[asked.section][asked.field]
        stands = display(field, item.value, Audience.STAFF, plan.links)
        by = f", written down by {item.recorded_by.name}" if item.recorded_by.name else ""
        standing = f"{item.told.words}, {moment_words(item.recorded_at)}{by}"
    elif asked.entry == NEW:
        stands = asked.stands or stands
    return ToSettle(answer, asked.heading, asked.question, written, stands, standing)


@needs(Right.RECORD)
def settle(session: Session, form_id: str, name: str, state: State) -> Settled:
    """Settle one answer: as the person's own words (confirmed with them), as what a relative says, or put aside.

    The person's own words follow what stood, which stays in the history. What a relative says is kept as a
    conversation and never takes the place of the person's words. Raises UserError when it is settled already.
    """
    with session.store.reading() as connection:
        form = written_back.form_of(connection, form_id)
        answer = next((one for one in form.answers if one.name == name), None) if form else None
        if form is None or answer is None or answer.state is not State.WAITS:
            raise UserError("This answer was settled already.", "Nothing was changed.", "Look at the list again.")
        plan = plans.plan_of(connection, session.catalogue, form.person_id, session.clock())
    asked = next(one for one in questions_of(plan) if one.name == name)
    if state is State.OWN_WORDS:
        _record_own_words(session, plan, form, asked, answer.value)
    elif state is State.RELATIVE_SAYS:
        _record_what_a_relative_says(session, plan, form, asked, answer.value)
    with session.store.writing() as connection:
        written_back.settle(connection, form_id, name, state, session.clock(), session.user.author.words)
    return Settled(Changes(frozenset((form.person_id,))))


def _record_own_words(session: Session, plan: Plan, form: WrittenBack, asked: Asked, value: str) -> None:
    told = Told(Source.PERSON, f"written on a form {_when(form)}, and confirmed with them")
    values: dict[str, Value] = {asked.field: value}
    entry = asked.entry
    if asked.section == "compact":
        entry = form.id  # all answers of one form to the seven questions are one occasion
        values |= _once(plan, entry, {"asked_on": today(form.received_at).isoformat(), "asked_by": "In writing"})
    elif entry == NEW:
        entry = new_id()
    record(session, plan.person_id, edits_for(plan, asked.section, entry, values, told))


def _once(plan: Plan, entry: str, values: Mapping[str, Value]) -> dict[str, Value]:
    return {} if plan.entry("compact", entry) else dict(values)


def _record_what_a_relative_says(session: Session, plan: Plan, form: WrittenBack, asked: Asked, value: str) -> None:
    written = dict(asked.options).get(value, value)
    who = _told_by(plan, form)
    told = Told(Source.FAMILY, f"{who}, written on a form {_when(form)}")
    values: dict[str, Value] = {
        "on": today(form.received_at).isoformat(),
        "discussed": f"In writing, on “{asked.heading} – {asked.question}”: “{written}”",
    }
    if form.told_by in {contact.id for contact in plan.entries("contacts")}:
        values["contact"] = form.told_by
    record(session, plan.person_id, edits_for(plan, "conversations", new_id(), values, told))


def _when(form: WrittenBack) -> str:
    return f"brought back on {day_words(today(form.received_at))}"
