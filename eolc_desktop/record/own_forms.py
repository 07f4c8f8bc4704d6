"""The organisation's own forms in the store: every version as taken in, so that no old answer loses its words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from eolc_desktop.models.tables import own_form
from eolc_desktop.record.rows import moment_of, moment_text


@dataclass(frozen=True, slots=True)
class KeptForm:
    """One version of a form. `section_key` is the same for all versions; `put_away_at` is set when it is no longer
    offered."""

    number: int
    section_key: str
    title: str
    address: str
    version: str
    source: str
    sha256: str
    accepted_at: datetime
    accepted_by: str
    put_away_at: datetime | None = None


def kept(connection: Connection) -> tuple[KeptForm, ...]:
    """Every version of every form, in the order in which they were taken in."""
    rows = connection.execute(select(own_form).order_by(own_form.c.number))
    return tuple(
        KeptForm(
            row.number,
            row.section_key,
            row.title,
            row.address,
            row.version,
            row.source,
            row.sha256,
            moment_of(row.accepted_at),
            row.accepted_by,
            moment_of(row.put_away_at) if row.put_away_at else None,
        )
        for row in rows
    )


def keep(connection: Connection, form: KeptForm) -> None:
    """Take a version in, after those that are there; its number is given by the store."""
    connection.execute(
        insert(own_form),
        {
            "section_key": form.section_key,
            "title": form.title,
            "address": form.address,
            "version": form.version,
            "source": form.source,
            "sha256": form.sha256,
            "accepted_at": moment_text(form.accepted_at),
            "accepted_by": form.accepted_by,
        },
    )


def put_away(connection: Connection, section_key: str, at: datetime | None) -> None:
    """Offer a form no longer, or again (`at` None). Its versions and all answers stay."""
    moment = moment_text(at) if at is not None else None
    connection.execute(update(own_form).where(own_form.c.section_key == section_key).values(put_away_at=moment))


def latest(forms: Iterable[KeptForm]) -> dict[str, KeptForm]:
    """The newest version of each form."""
    return {form.section_key: form for form in forms}
