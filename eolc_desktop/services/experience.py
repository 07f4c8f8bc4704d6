"""What people answered on the organisation's own forms, counted: the experience of bereaved carers, or another."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from eolc_desktop.care_plan.fields import Field, Kind, Part, Section, absence_of, is_empty
from eolc_desktop.care_plan.small_numbers import LEAST
from eolc_desktop.care_plan.words import display
from eolc_desktop.documents.blocks import BarOf
from eolc_desktop.documents.service_sheets import Numbers, SheetOrder, TableOfFigures, figures_sheet
from eolc_desktop.record import across
from eolc_desktop.services import sheets
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session

COUNTED = (Kind.CHOICE, Kind.CHOICES, Kind.YES_NO, Kind.NUMBER)
"""Kinds of question whose answers can be counted; what was said in words is read in each plan."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question and its answers with how often each was given, in the order of the form."""

    label: str
    answers: tuple[tuple[str, int], ...]
    answered: int


@dataclass(frozen=True, slots=True)
class Experience:
    """One form: how often it was filled in, of people who have died and of the living; and its questions."""

    key: str
    title: str
    after_death: int
    living: int
    questions: tuple[Question, ...]


@needs(Right.READ)
def forms(session: Session) -> tuple[tuple[str, str], ...]:
    """The organisation's own forms whose answers can be counted: key and title."""
    return tuple(
        (section.key, section.title) for section in session.catalogue.in_part(Part.OWN_FORMS) if _fields(section)
    )


def _fields(section: Section) -> tuple[Field, ...]:
    return tuple(field for field in section.fields if field.kind in COUNTED)


@needs(Right.READ)
def read(session: Session, key: str, *, only_after_death: bool = True) -> Experience:
    """Count the answers on a form, of people who have died (the bereaved answered), or of everybody."""
    section = session.catalogue[key]
    fields = _fields(section)
    counts: dict[str, Counter[str]] = {field.key: Counter() for field in fields}
    answered: Counter[str] = Counter()
    filled = {True: 0, False: 0}
    wanted = {key: tuple(field.key for field in fields), "death": ("died_on",)}
    with session.store.reading() as connection:
        for _person, found in across.entries(connection, wanted):
            has_died = any(one.values.get("died_on") for one in found if one.section == "death")
            for one in found:
                if one.section != key:
                    continue
                filled[has_died] += 1
                if only_after_death and not has_died:
                    continue
                for field in fields:
                    value = one.values.get(field.key)
                    if is_empty(value) or absence_of(value) is not None:
                        continue
                    answered[field.key] += 1
                    given = value if isinstance(value, list) else [value]
                    counts[field.key].update(display(field, member) for member in given)
    questions = tuple(
        Question(field.label, tuple(_ordered(field, counts[field.key])), answered[field.key]) for field in fields
    )
    return Experience(key, section.title, filled[True], filled[False], questions)


def _ordered(field: Field, counted: Counter[str]) -> list[tuple[str, int]]:
    known = [display(field, option.key) for option in field.options]
    known += ["Yes", "No"] if field.kind is Kind.YES_NO else []
    return [(words, counted[words]) for words in (*known, *sorted(set(counted) - set(known)))]


@needs(Right.PRINT)
def prepare_sheet(session: Session, experience: Experience) -> SheetOrder:
    """The answers as a paper. A question that fewer than a handful answered says only that."""
    figures = []
    for question in experience.questions:
        if question.answered < LEAST:
            figures.append(TableOfFigures(question.label, f"Answered by fewer than {LEAST}: not shown.", ()))
            continue
        rows = tuple((words, f"{count:,}", f"{question.answered:,}") for words, count in question.answers)
        bars = tuple(
            BarOf(words, count / question.answered, f"{count:,} of {question.answered:,}")
            for words, count in question.answers
        )
        figures.append(TableOfFigures(question.label, "", (), (Numbers(("Answer", "Number", "Of"), rows, bars),)))
    lead = (f"Filled in {experience.after_death:,} times after a death.",)
    return sheets.prepare(session, experience.title, "experience.pdf", figures_sheet(experience.title, lead, figures))
