"""Who has seen a person's record, and what they did with it: for the person, as a screen, a text and a PDF."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.dates import moment_words
from eolc_desktop.care_plan.plan import Op
from eolc_desktop.documents.page import PrintStyle, build
from eolc_desktop.documents.seen_report import SeenReport, SeenRow, seen_report
from eolc_desktop.record import audit, history, plans, users
from eolc_desktop.record.audit import AuditLine
from eolc_desktop.services import going_out, organisation, trust
from eolc_desktop.services.private_file import write_private
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session

TITLE = "Who has seen my record"
FILE_NAME = "who-has-seen-my-record.pdf"
_DEEDS = {
    "opened": "Looked at the plan",
    "added": "Began the record",
    "imported": "Brought in a file from another system",
    "printed": "Printed",
    "saved": "Saved a copy as a PDF",
    "exported": "Took the record out as a file",
    "shared": "Shared it with the shared record",
    "received": "Received what others recorded",
    "saved who has seen it": "Saved this list",
    "took to another laptop": "Took it to another laptop, in an encrypted file",
    "took over from another laptop": "Took over what another laptop had recorded",
    "joined": "Joined two records of this person",
    "took apart": "Took two joined records apart",
    "set aside": "Took the record off the lists",
    "put back": "Put the record back on the lists",
}
"""What the audit's own words mean to the person. What is not here is shown as it was noted: nothing is left out."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that was done, before lines of the same kind are drawn together."""

    at: datetime
    who: str
    what: str
    why: str = ""


@needs(Right.READ)
def who_has_seen(session: Session, person_id: str) -> SeenReport:
    """Everything that was done with this person's record on this laptop, the latest first. Raises NoSuchPerson.

    What one user did again and again within a day is one line with how often.
    """
    now = session.clock()
    with session.store.reading() as connection:
        doubt = going_out.MARKED if going_out.must_stay(session, connection, person_id) else ""
        plan = plans.plan_of(connection, session.catalogue, person_id, now)
        names = {one.id: one.author.words for one in users.all_users(connection)}
        noted = [_deed(line, names) for line in audit.lines(connection, person_id)]
        changes = history.changes_of(connection, person_id)
    recorded = [
        Deed(change.recorded_at, change.recorded_by.words, _recorded(session.catalogue, change.section, change.op))
        for change in changes
    ]
    rows = tuple(_drawn_together([*noted, *recorded]))
    return SeenReport(plan.banner_name, moment_words(now), rows, len({row.who for row in rows}), doubt)


@needs(Right.READ)
def report_pdf(session: Session, person_id: str) -> bytes:
    """The report as a PDF, made in memory."""
    return build(TITLE, None, PrintStyle(), seen_report(who_has_seen(session, person_id)))


@needs(Right.PRINT)
def save_report(session: Session, person_id: str, path: Path) -> bool:
    """Write the report as a PDF where the user chose, readable by them alone. Raises PrintFailed.

    Returns whether it is marked, because what is held cannot be trusted.
    """
    organisation.refuse_saving(session.policy)
    pdf = report_pdf(session, person_id)
    with session.store.writing() as connection:
        audit.note(connection, session.clock(), session.user.id, "saved who has seen it", person_id)
    write_private(session, path, pdf)
    return bool(trust.doubt_about(session, person_id))


def as_text(report: SeenReport) -> str:
    """The report as plain text."""
    lines = [
        *([report.doubt, ""] if report.doubt else []),
        TITLE,
        report.name,
        f"As of {report.as_of}. {report.summary}",
        "",
    ]
    lines += [f"{row.when}  {row.who}: {row.what}{f' ({row.why})' if row.why else ''}" for row in report.rows]
    return "\n".join(lines) + "\n"


def _deed(line: AuditLine, names: dict[str, str]) -> Deed:
    what = _DEEDS.get(line.action, line.action[:1].upper() + line.action[1:])
    if line.action in ("printed", "saved") and line.detail.get("document"):
        what = f"{what}: {line.detail['document']}"
    return Deed(
        line.at, names.get(line.user_id, "Somebody who is not a user here"), what, str(line.detail.get("reason", ""))
    )


def _recorded(catalogue: Catalogue, section: str, op: Op) -> str:
    title = catalogue[section].title if section in catalogue else section
    return f"{'Recorded in' if op is Op.SET else 'Confirmed'}: {title}"


def _drawn_together(deeds: Iterable[Deed]) -> Iterable[SeenRow]:
    ordered = sorted(deeds, key=lambda deed: (deed.at.date(), deed.who, deed.what, deed.why), reverse=True)
    rows = []
    for _key, same in itertools.groupby(ordered, key=lambda deed: (deed.at.date(), deed.who, deed.what, deed.why)):
        held = sorted(same, key=lambda deed: deed.at)
        last = held[-1]
        what = f"{last.what}, {len(held)} times" if len(held) > 1 else last.what
        rows.append((last.at, SeenRow(moment_words(last.at), last.who, what, last.why)))
    return (row for _at, row in sorted(rows, key=lambda pair: pair[0], reverse=True))
