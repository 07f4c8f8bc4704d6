"""Lists of several people on paper: the caseload, and the list for a team meeting."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from eolc_desktop.care_plan.dates import date_words, moment_words
from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.listed import answer
from eolc_desktop.care_plan.nhs_number import nhs_number_words
from eolc_desktop.care_plan.plan import banner_name
from eolc_desktop.care_plan.words import display
from eolc_desktop.documents.kinds import ON_PAPER
from eolc_desktop.documents.lists import NOT_HERE, ListedPerson, PeopleList, initials
from eolc_desktop.documents.making import ListOrder
from eolc_desktop.documents.minutes import Minutes
from eolc_desktop.documents.page import PageIdentity, PrintStyle
from eolc_desktop.errors import PrintFailed
from eolc_desktop.record import audit, people
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services import caseload_export, going_out, organisation
from eolc_desktop.services.caseload_table import BY_KEY, CPR_CONFLICT, IDENTITY, Wanted
from eolc_desktop.services.going_out import Way
from eolc_desktop.services.kept_columns import kept_columns
from eolc_desktop.services.print_identity import check_code
from eolc_desktop.services.printing import NOT_SAVED
from eolc_desktop.services.private_file import write_private
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session

TWO_DECISIONS = f"{CPR_CONFLICT}: two decisions are recorded. Read both in the plan"
MOST_COLUMNS = 6
"""Columns beside the identifiers that a page across has room for; the first of those shown."""
_COLUMNS = ("CPR recommendation", "Preferred place of death", "Review")


@needs(Right.PRINT)
def prepare_list(
    session: Session,
    document_key: str,
    person_ids: Sequence[str] | None = None,
    title: str = "",
    full_names: bool = True,
) -> ListOrder:
    """Prepare a list of these people (None: everybody on this laptop), by name or by initials and NHS number.

    Raises PrintFailed for a list that there is none of, or with nobody on it.
    """
    with session.store.reading() as connection:
        everybody = people.all_ids(connection)
        rows = people.rows_of(connection, everybody if person_ids is None else person_ids)
        kept = kept_columns(connection, session.catalogue)
    lines = tuple(_line(session, row, full_names, kept.get(row.id, frozenset())) for row in rows)
    return order_of(session, document_key, PeopleList(title, _COLUMNS, lines, len(everybody)), [row.id for row in rows])


@needs(Right.PRINT)
def prepare_shown(
    session: Session,
    document_key: str,
    wanted: Wanted,
    picked: Sequence[str] = (),
    title: str = "",
    full_names: bool = True,
) -> ListOrder:
    """Prepare the list as it is shown: its people in their order and its columns; with `picked`, only those of them."""
    shown = caseload_export.shown(session, wanted, picked)
    keys = [key for key in shown.columns if key not in (*IDENTITY, "preferred")][:MOST_COLUMNS]
    lines = tuple(
        listed_person(row, tuple(shown.words(row, key) for key in keys), full_names=full_names) for row in shown.rows
    )
    headings = tuple(BY_KEY[key].heading for key in keys)
    whose = [row.id for row in shown.rows]
    return order_of(session, document_key, PeopleList(title, headings, lines, shown.everyone), whose)


@needs(Right.PRINT)
def order_of(session: Session, document_key: str, listed: PeopleList | Minutes, whose: Sequence[str]) -> ListOrder:
    """The order of a list; `whose` are the ids of those on it.

    Raises PrintFailed for a kind that there is none of, with nobody on it, or while something recorded is known to be
    in doubt; at each of them is looked before the list leaves.
    """
    if document_key not in ON_PAPER:
        names = ", ".join(ON_PAPER)
        raise PrintFailed(f"There is no list called {document_key}.", "Nothing was printed.", f"Choose: {names}.")
    organisation.refuse_document(session.policy, document_key, ON_PAPER[document_key].name)
    going_out.refuse_known(session)
    if not listed.people:
        raise PrintFailed("There is nobody to put on the list.", "Nothing was printed.", "Choose some people first.")
    made_up = ("MADE-UP PEOPLE – for showing the program only",) if session.made_up else ()
    identity = PageIdentity(
        person_line="",
        printed=moment_words(session.clock()),
        printed_by=", ".join(part for part in (session.user.name, session.user.role) if part),
        check_code=check_code(),
        warnings=made_up,
    )
    return ListOrder(
        document_key,
        listed,
        identity,
        PrintStyle(base_points=ON_PAPER[document_key].sizes[0], dense=True),
        tuple(whose),
    )


def _line(session: Session, row: PersonRow, full_names: bool, kept: frozenset[str]) -> ListedPerson:
    def words(section: str, key: str, value: Value) -> str:
        return display(session.catalogue[section][key], value)

    cells = (
        NOT_HERE
        if "cpr_decision" in kept
        else TWO_DECISIONS
        if row.cpr_conflict
        else words("cpr", "decision", row.cpr_decision),
        NOT_HERE if "preferred_death" in kept else words("places", "preferred_death", answer(row.preferred_death)),
        f"Died {date_words(row.died_on)}" if row.died_on else words("plan_control", "review_date", row.review_date),
    )
    return listed_person(row, cells, full_names=full_names)


def listed_person(row: PersonRow, cells: tuple[str, ...], *, full_names: bool = True) -> ListedPerson:
    """One row of a list on paper: two identifiers, and the other cells."""
    name = banner_name(row.family_name, row.given_names, row.title)
    born = date_words(row.birth_date) if row.birth_date else "Not known"
    number = nhs_number_words(row.nhs_number) if row.nhs_number else "Not known"
    return ListedPerson(name if full_names else initials(row.family_name, row.given_names), born, number, cells)


@needs(Right.PRINT)
def note_list(session: Session, order: ListOrder, how: str) -> None:
    """Note in the audit that a list was printed or saved, before it leaves the program: which, and of how many.

    Raises NotAsWritten when anybody on it is in doubt.
    """
    going_out.refuse_list(session, order.whose, Way(how))
    detail: dict[str, str | int] = {"document": order.document, "people": len(order.listed.people)}
    detail["check_code"] = order.identity.check_code
    with session.store.writing() as connection:
        audit.note(connection, session.clock(), session.user.id, how, "", detail)


@needs(Right.PRINT)
def save_list(session: Session, order: ListOrder, pdf: bytes, path: Path) -> None:
    """Note that a list is saved, and write it where the user chose, readable by them alone. Raises PrintFailed."""
    organisation.refuse_saving(session.policy)
    note_list(session, order, "saved")
    write_private(session, path, pdf, NOT_SAVED)
