"""Pages about the service: prepared with what stands on every page, noted in the audit before they leave."""

from __future__ import annotations

from pathlib import Path

from eolc_desktop.care_plan.dates import moment_words
from eolc_desktop.documents.blocks import Block
from eolc_desktop.documents.page import PageIdentity, PrintStyle
from eolc_desktop.documents.service_sheets import SheetOrder
from eolc_desktop.documents.style import A4, Sheet
from eolc_desktop.record import audit
from eolc_desktop.services import going_out, organisation
from eolc_desktop.services.print_identity import check_code
from eolc_desktop.services.private_file import write_private
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session

POINTS = 12


@needs(Right.PRINT)
def prepare(session: Session, title: str, file_name: str, blocks: tuple[Block, ...], sheet: Sheet = A4) -> SheetOrder:
    """An order for a page of these blocks. Raises NotAsWritten where the record is known to be in doubt."""
    going_out.refuse_known(session)
    made_up = ("MADE-UP PEOPLE – for showing the program only",) if session.made_up else ()
    identity = PageIdentity(
        person_line="",
        printed=moment_words(session.clock()),
        printed_by=", ".join(part for part in (session.user.name, session.user.role) if part),
        check_code=check_code(),
        warnings=made_up,
    )
    return SheetOrder(title, file_name, blocks, identity, PrintStyle(base_points=POINTS, dense=True), sheet)


@needs(Right.PRINT)
def note(session: Session, order: SheetOrder, how: str) -> None:
    """Note in the audit that a page was printed or saved, before it leaves the program."""
    detail: dict[str, str | int] = {"document": order.file_name, "check_code": order.identity.check_code}
    with session.store.writing() as connection:
        audit.note(connection, session.clock(), session.user.id, how, "", detail)


@needs(Right.PRINT)
def save(session: Session, order: SheetOrder, pdf: bytes, path: Path) -> None:
    """Note that a page is saved, and write it where the user chose, readable by them alone. Raises PrintFailed."""
    organisation.refuse_saving(session.policy)
    note(session, order, "saved")
    write_private(session, path, pdf)
