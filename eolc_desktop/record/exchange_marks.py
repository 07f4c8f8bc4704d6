"""What the exchange remembers in a word: how far it has read, when it last ended, for whom something is still to do."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert as upsert

from eolc_desktop.models.tables import exchange_mark

PAPERS_DUE = "papers due:"
"""The mark, with a person's id behind it, that their PDF and files may be behind what this laptop has sent."""
PAPERS_REFUSED = "papers refused:"
"""The mark, with a person's id behind it, that holds why the shared record did not take their PDF or a file."""
FILES_WANTED = "files wanted:"
"""The mark, with a person's id behind it, that files named in their plan are not on this laptop yet."""
HEAD_SENT = "head sent"
"""The mark that holds the newest seal which the shared record was given."""
HEAD_OVERRULED = "head overruled"
"""The mark that holds a seal of the shared record which somebody, who had compared, decided to go on without."""

_PUT_MARK = upsert(exchange_mark)
_PUT_MARK = _PUT_MARK.on_conflict_do_update(
    index_elements=[exchange_mark.c.name], set_={"value": _PUT_MARK.excluded.value}
)


def mark(connection: Connection, name: str) -> str:
    """A remembered word of the exchange; "" when there is none."""
    found = connection.execute(select(exchange_mark.c.value).where(exchange_mark.c.name == name)).scalar()
    return found or ""


def set_mark(connection: Connection, name: str, value: str) -> None:
    """Remember a word of the exchange."""
    connection.execute(_PUT_MARK, {"name": name, "value": value})


def marked(connection: Connection, prefix: str) -> tuple[str, ...]:
    """What stands behind `prefix` in the names of all marks that hold a word."""
    name = exchange_mark.c.name
    wanted = select(name).where(name.startswith(prefix, autoescape=True), exchange_mark.c.value != "").order_by(name)
    return tuple(found.removeprefix(prefix) for found in connection.execute(wanted).scalars())
