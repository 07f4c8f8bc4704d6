"""One document for many people: each from a snapshot of its own, each entered in the register, no one's fault all's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eolc_desktop.documents.making import Order
from eolc_desktop.errors import PrintFailed, UserError
from eolc_desktop.record import people
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services import organisation, paper_copies, printing
from eolc_desktop.services.paper_copies import Entered
from eolc_desktop.services.printing import Prepared
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session

WARNING = (
    "The folder will hold the plans of all these people, readable by anybody who can open it. The names of the files "
    "say nothing about anyone; the pages do. Delete them when they are printed."
)
SAYS_NO = (
    "What is asked about at every print (“shall this be on the page?”) is answered with no: nobody is there to say yes."
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one person's copy: `failed` says why there is none, and is "" when there is one."""

    row: PersonRow
    failed: str = ""


@needs(Right.READ)
def people_for(session: Session, only_to_replace: bool = False) -> tuple[PersonRow, ...]:
    """The living on this laptop by name: all, or only those of whom pages are to be replaced."""
    with session.store.reading() as connection:
        rows = tuple(row for row in people.rows_of(connection, people.all_ids(connection)) if not row.died_on)
    if not only_to_replace:
        return rows
    found = paper_copies.recall_list(session)
    while found.still_looking:
        found = paper_copies.recall_list(session)
    wanted = {person.row.id for person in found.people}
    return tuple(row for row in rows if row.id in wanted)


def check_folder(folder: Path) -> None:
    """Raises PrintFailed when a folder is none, or nothing can be written into it."""
    if not folder.is_dir():
        raise PrintFailed(f"There is no folder {folder}.", "Nothing was made.", "Choose a folder that is there.")


@needs(Right.PRINT)
def prepare_one(session: Session, person_id: str, document: str) -> Prepared:
    """Prepare the copy of one person as it lies in the house, for nobody in particular, with no yes to any question."""
    return printing.prepare(session, person_id, document)


@needs(Right.PRINT)
def save_one(session: Session, prepared: Prepared, pdf: bytes, folder: Path) -> Entered:
    """Save one copy under a name that says nothing about the person: the kind of document and its check code."""
    name = Path(prepared.document.file_name)
    code = prepared.order.identity.check_code
    return printing.save_copy(session, prepared, pdf, folder / f"{name.stem}-{code}{name.suffix}")


@needs(Right.PRINT)
def save_all(
    session: Session, rows: Sequence[PersonRow], document: str, folder: Path, make: Callable[[Order], bytes]
) -> Iterator[Outcome]:
    """Save a document of each of these people into a folder, telling the outcome of each as it is known.

    Raises PrintFailed when the folder is none, or the organisation lets nothing be saved. Whoever stops asking for the
    next outcome cancels; what is done stays.
    """
    organisation.refuse_saving(session.policy)
    check_folder(folder)
    for row in rows:
        try:
            prepared = prepare_one(session, row.id, document)
            save_one(session, prepared, make(prepared.order), folder)
        except UserError as error:
            yield Outcome(row, str(error))
        else:
            yield Outcome(row)
