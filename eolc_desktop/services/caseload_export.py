"""The caseload as it is shown, taken out: everybody of the list in its order, and a file for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.dates import day_words, today
from eolc_desktop.care_plan.plan import banner_name
from eolc_desktop.documents.lists import NOT_HERE
from eolc_desktop.errors import PrintFailed
from eolc_desktop.record import audit
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services import caseload_table, going_out, organisation
from eolc_desktop.services.caseload_table import BY_KEY, Wanted
from eolc_desktop.services.going_out import Way
from eolc_desktop.services.kept_columns import kept_columns
from eolc_desktop.services.private_file import write_private
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session

FILE_NAME = "caseload.csv"
MOST = 100_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins with one of these would be worked out by a spreadsheet, and not shown."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The people of a list in its order, its columns, and of how many on this laptop."""

    rows: tuple[PersonRow, ...]
    columns: tuple[str, ...]
    everyone: int
    catalogue: Catalogue
    kept: Mapping[str, frozenset[str]]
    """The columns that stay here, by person."""

    def words(self, row: PersonRow, key: str) -> str:
        """The words of a cell."""
        if BY_KEY[key].stored.column in self.kept.get(row.id, ()):
            return NOT_HERE
        if key == "name":
            return banner_name(row.family_name, row.given_names, row.title)
        if key == "cpr":
            return caseload_table.cpr_recorded(row)
        if key == "changed":
            return day_words(today(datetime.fromisoformat(row.last_change_at))) if row.last_change_at else ""
        return caseload_table.row_words(self.catalogue, row, key)


@needs(Right.READ)
def shown(session: Session, wanted: Wanted, picked: Sequence[str] = ()) -> Shown:
    """Everybody whom the list shows, read page or not; with `picked`, those, whatever it is narrowed to."""
    how = wanted.arranged
    columns = ("name", *how.columns)
    with session.store.reading() as connection:
        kept = kept_columns(connection, session.catalogue)
    if picked:
        rows = caseload_table.of_people(session, picked)
        everyone = caseload_table.listed(session, Wanted(), 0, 1).page.everyone
        return Shown(rows, columns, everyone, session.catalogue, kept)
    listed = caseload_table.listed(session, wanted, 0, MOST)
    return Shown(listed.page.rows, columns, listed.page.everyone, session.catalogue, kept)


def as_csv(of: Shown) -> bytes:
    """The list for a spreadsheet: UTF-8 with the mark by which Excel knows it, one line a person, a heading first."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([BY_KEY[key].heading for key in of.columns])
    for row in of.rows:
        writer.writerow([_harmless(of.words(row, key)) for key in of.columns])
    return text.getvalue().encode("utf-8-sig")


def _harmless(words: str) -> str:
    return f"'{words}" if words.startswith(_FORMULA) else words


@needs(Right.SHARE)
def save_csv(session: Session, wanted: Wanted, picked: Sequence[str], path: Path) -> int:
    """Note in the audit that a list is taken out, and write it where the user chose, readable by them alone.

    Returns how many people are in it. Raises PrintFailed with nobody in it, or where it cannot be written; NotAsWritten
    when anybody in it is in doubt.
    """
    organisation.refuse_saving(session.policy)
    of = shown(session, wanted, picked)
    if not of.rows:
        raise PrintFailed("There is nobody in the list.", "Nothing was saved.", "Show some people first.")
    going_out.refuse_list(session, [row.id for row in of.rows], Way.SAVED)
    detail: dict[str, str | int] = {"people": len(of.rows), "columns": ", ".join(of.columns)}
    with session.store.writing() as connection:
        audit.note(connection, session.clock(), session.user.id, "exported a list", "", detail)
    write_private(session, path, as_csv(of))
    return len(of.rows)


@needs(Right.READ)
def shown_ids(session: Session, wanted: Wanted, picked: Sequence[str] = ()) -> tuple[str, ...]:
    """The ids of those whom the list shows, in its order; of those picked, in the order they were picked in."""
    return tuple(picked) if picked else tuple(row.id for row in shown(session, wanted).rows)
