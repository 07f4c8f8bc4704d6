"""Forms that came back: their answers held until somebody settles each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, insert, select, update

from eolc_desktop.models.tables import written_back
from eolc_desktop.record.rows import moment_of, moment_text


class State(StrEnum):
    """What became of an answer."""

    WAITS = "waits"
    OWN_WORDS = "own_words"
    RELATIVE_SAYS = "relative_says"
    PUT_ASIDE = "put_aside"

    @property
    def words(self) -> str:
        """What the screen says."""
        return {
            "waits": "Waits to be read together",
            "own_words": "Recorded as the person’s own words",
            "relative_says": "Recorded as what a relative says",
            "put_aside": "Put aside; it stays in the file",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: the name of its field on the form, what was written, and what became of it, when and by whom."""

    name: str
    value: str
    state: State = State.WAITS
    settled_at: str = ""
    settled_by: str = ""


@dataclass(frozen=True, slots=True)
class WrittenBack:
    """A form that came back. `entry` is its page in the register; `told_by` who filled it in."""

    id: str
    person_id: str
    entry: str
    received_at: datetime
    received_by: str
    told_by: str
    told_by_words: str
    answers: tuple[Answer, ...]
    sha256: str


_COLUMNS = [column for column in written_back.c if column.name != "waits"]


def is_held(connection: Connection, person_id: str, sha256: str) -> bool:
    """Whether the answers of this very file are held already."""
    wanted = select(written_back.c.id).where(written_back.c.person_id == person_id, written_back.c.sha256 == sha256)
    return connection.execute(wanted).first() is not None


def hold(connection: Connection, form: WrittenBack) -> None:
    """Hold a form, whose file is among the person's attachments."""
    connection.execute(
        insert(written_back),
        {
            "id": form.id,
            "person_id": form.person_id,
            "entry": form.entry,
            "received_at": moment_text(form.received_at),
            "received_by": form.received_by,
            "told_by": form.told_by,
            "told_by_words": form.told_by_words,
            "answers": _text(form.answers),
            "waits": sum(answer.state is State.WAITS for answer in form.answers),
            "sha256": form.sha256,
        },
    )


def forms_of(connection: Connection, person_id: str = "") -> tuple[WrittenBack, ...]:
    """The forms of one person, the latest first; of everybody only those of which answers wait."""
    wanted = select(*_COLUMNS).order_by(written_back.c.received_at.desc())
    wanted = (
        wanted.where(written_back.c.person_id == person_id) if person_id else wanted.where(written_back.c.waits > 0)
    )
    return tuple(_form(row) for row in connection.execute(wanted))


def form_of(connection: Connection, form_id: str) -> WrittenBack | None:
    """One form, or None."""
    row = connection.execute(select(*_COLUMNS).where(written_back.c.id == form_id)).first()
    return _form(row) if row else None


def settle(connection: Connection, form_id: str, name: str, state: State, at: datetime, by: str) -> None:
    """Note what became of one answer. Raises KeyError where there is no such form."""
    form = form_of(connection, form_id)
    if form is None:
        raise KeyError(form_id)
    answers = tuple(
        replace(answer, state=state, settled_at=moment_text(at), settled_by=by) if answer.name == name else answer
        for answer in form.answers
    )
    waits = sum(answer.state is State.WAITS for answer in answers)
    connection.execute(
        update(written_back).where(written_back.c.id == form_id).values(answers=_text(answers), waits=waits)
    )


def _text(answers: Sequence[Answer]) -> str:
    return json.dumps([asdict(answer) for answer in answers], ensure_ascii=False)


def _form(row: Any) -> WrittenBack:
    answers = tuple(Answer(**{**kept, "state": State(kept["state"])}) for kept in json.loads(row.answers))
    return WrittenBack(
        row.id, row.person_id, row.entry, moment_of(row.received_at), row.received_by, row.told_by, row.told_by_words,
        answers, row.sha256,
    )  # fmt: skip
