"""Taking an organisation's own form in, offering it no longer, and the catalogue with those that are kept."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from eolc_desktop.care_plan.catalogue import Catalogue, built_in
from eolc_desktop.care_plan.fields import Section
from eolc_desktop.errors import ImportRefused, UserError
from eolc_desktop.fhir.own_form import OwnForm, put_away, read_form
from eolc_desktop.record import audit, own_forms
from eolc_desktop.record.own_forms import KeptForm
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Preview:
    """A form before it is taken in. `before` is the version that is kept now, `same` whether it is this very file."""

    form: OwnForm
    data: bytes
    before: KeptForm | None
    same: bool


@dataclass(frozen=True, slots=True)
class OfferedForm:
    """A form that is kept, for the list: its title and version, who took it in and when, and whether it is offered."""

    key: str
    title: str
    version: str
    accepted_at: datetime
    accepted_by: str
    offered: bool
    questions: int
    versions: int


def catalogue_with(connection: Connection) -> Catalogue:
    """The built-in sections, with those of the forms that are kept."""
    sections: list[Section] = []
    for made in _compiled(own_forms.kept(connection)).values():
        sections += made
    return built_in().with_sections(sections)


@needs(Right.BE_HERE)
def known_sections(session: Session) -> tuple[Section, ...]:
    """The sections of all forms that are kept: what a new version is read against."""
    return tuple(section for section in session.catalogue if section.key not in built_in())


@needs(Right.BE_HERE)
def preview(session: Session, data: bytes) -> Preview:
    """Read a form and say what it would become. Raises ImportRefused. Nothing is kept."""
    form = read_form(data, known_sections(session))
    with session.store.reading() as connection:
        before = own_forms.latest(own_forms.kept(connection)).get(form.key)
    return Preview(form, data, before, before is not None and before.sha256 == form.sha256)


@needs(Right.LOOK_AFTER)
def accept(session: Session, shown: Preview) -> Catalogue:
    """Take a form in as it was shown, and return the catalogue that holds it. Raises ImportRefused, StoreFull."""
    form = read_form(shown.data, known_sections(session))
    if form.sha256 != shown.form.sha256:
        raise UserError("This is not the form that was shown.", "Nothing was taken in.", "Choose the file again.")
    with session.store.writing() as connection:
        now = session.clock()
        own_forms.put_away(connection, form.key, None)
        own_forms.keep(
            connection,
            KeptForm(
                0,
                form.key,
                form.title,
                form.address,
                form.version,
                shown.data.decode("utf-8-sig"),
                form.sha256,
                now,
                session.user.name,
            ),
        )
        audit.note(connection, now, session.user.id, "took a form in", detail={"form": form.key, "file": form.sha256})
        return catalogue_with(connection)


@needs(Right.LOOK_AFTER)
def offer(session: Session, key: str, offered: bool) -> Catalogue:
    """Offer a form no longer, or again. What was answered stays readable in every plan."""
    with session.store.writing() as connection:
        now = session.clock()
        own_forms.put_away(connection, key, None if offered else now)
        what = "offered a form again" if offered else "put a form away"
        audit.note(connection, now, session.user.id, what, detail={"form": key})
        return catalogue_with(connection)


@needs(Right.BE_HERE)
def offered_forms(session: Session) -> tuple[OfferedForm, ...]:
    """The forms that are kept, each once, in the order in which they came."""
    with session.store.reading() as connection:
        every = own_forms.kept(connection)
    compiled = _compiled(every)
    return tuple(
        OfferedForm(
            key,
            form.title,
            form.version,
            form.accepted_at,
            form.accepted_by,
            form.put_away_at is None,
            sum(1 for section in compiled.get(key, ()) for field in section.fields if not field.retired),
            sum(1 for one in every if one.section_key == key),
        )
        for key, form in own_forms.latest(every).items()
    )


def _compiled(kept: Sequence[KeptForm]) -> dict[str, tuple[Section, ...]]:
    """The sections of each form: its versions read one after the other, so that each keeps what the last one asked."""
    made: dict[str, tuple[Section, ...]] = {}
    for form in kept:
        try:
            read = read_form(form.source.encode("utf-8"), made.get(form.section_key, ()))
        except ImportRefused:
            # It was taken in by a version of the program that could follow it. The others must open all the same.
            log.warning("a form that is kept can no longer be read")
            continue
        made[form.section_key] = read.sections
    for key, form in own_forms.latest(kept).items():
        if form.put_away_at is not None and key in made:
            made[key] = put_away(made[key])
    return made
