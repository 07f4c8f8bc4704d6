"""What is held about a person, for the person: everything, as JSON for a program and as text to read, in one file."""

from __future__ import annotations

import io
import json
import mimetypes
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.conflicts import Conflict, side_by_side
from eolc_desktop.care_plan.dates import moment_words
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, Change, Plan
from eolc_desktop.care_plan.words import display, entry_title
from eolc_desktop.errors import StoreDamaged
from eolc_desktop.record import attachments, audit, conflicts, drafts, exchange, history, plans, users
from eolc_desktop.record.exchange import Proposal
from eolc_desktop.record.rows import moment_text
from eolc_desktop.services import going_out, organisation, trust
from eolc_desktop.services.audit_report import as_text, who_has_seen
from eolc_desktop.services.going_out import MARKED
from eolc_desktop.services.private_file import write_private
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session

FILE_NAME = "what-is-held.zip"
BEFORE_GIVING = (
    "Before this is given to the person, somebody must look through it: what others said in confidence, details of "
    "other people, and what could do serious harm may have to be taken out (UK GDPR Article 15; Data Protection Act "
    "2018, Schedule 3). The program takes nothing out of it. The file is not encrypted."
)


@needs(Right.SHARE)
def everything_about(session: Session, person_id: str) -> bytes:
    """A zip file, made in memory: record.json, record.txt, who-has-seen.txt, read-this-first.txt, and their files.

    Raises NoSuchPerson. Nothing is left out: withdrawn entries, entries made in error, every change with its author,
    what two recorded differently, what other systems proposed, the audit, and everybody's drafts. When it is in doubt
    it is given all the same, and says so.
    """
    now = session.clock()
    with session.store.reading() as connection:
        in_doubt = going_out.must_stay(session, connection, person_id)
        plan = plans.plan_of(connection, session.catalogue, person_id, now)
        changes = history.changes_of(connection, person_id)
        lines = audit.lines(connection, person_id)
        names = {one.id: one.name for one in users.all_users(connection)}
        begun = [one for user_id in names for one in drafts.kept(connection, user_id, person_id)]
        differing = conflicts.conflicts_of(connection, person_id)
        proposed = exchange.proposals_of(connection, person_id)
        files = _files(connection, person_id)
    data = {
        "made_at": moment_text(now),
        "person": person_id,
        "plan_version": plan.version,
        "in_doubt": MARKED if in_doubt else "",
        "sections": _sections(plan),
        "changes": [_change(change) for change in changes],
        "audit": [
            {
                "at": moment_text(line.at),
                "user": names.get(line.user_id, line.user_id),
                "action": line.action,
                "detail": dict(line.detail),
            }
            for line in lines
        ],
        "files": [{"name": one.name, "media_type": one.media_type, "sha256": one.sha256} for one in files],
        "drafts": [
            {
                "place": one.place,
                "by": names[one.user_id],
                "kept_at": moment_text(one.kept_at),
                "values": one.values,
            }
            for one in begun
        ],
        "recorded_differently": [conflicts.conflict_to_json(one) for one in differing],
        "proposed_by_other_systems": [_proposal(one) for one in proposed],
    }
    readable = [
        _readable(plan, now_words=moment_words(now)),
        *_differently(session.catalogue, plan, differing),
        *_proposals_in_words(proposed),
    ]
    first = f"{MARKED}\n\n" if in_doubt else ""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("read-this-first.txt", f"{first}{BEFORE_GIVING}\n")
        file.writestr("record.json", json.dumps(data, ensure_ascii=False, indent=1))
        file.writestr("record.txt", first + "\n".join(readable))
        file.writestr("who-has-seen.txt", as_text(who_has_seen(session, person_id)))
        for one in files:
            file.writestr(one.name, one.data)
    return made.getvalue()


@needs(Right.SHARE)
def save_everything(session: Session, person_id: str, path: Path) -> bool:
    """Write everything held about a person where the user chose, readable by them alone. Raises PrintFailed.

    Returns whether it is marked, because what is held cannot be trusted.
    """
    organisation.refuse_saving(session.policy)
    content = everything_about(session, person_id)
    is_marked = bool(trust.doubt_about(session, person_id))
    with session.store.writing() as connection:
        detail: dict[str, str | int] = {"what": "everything held, for the person"}
        if is_marked:
            detail["in_doubt"] = "marked"
        audit.note(connection, session.clock(), session.user.id, "exported", person_id, detail)
    write_private(session, path, content)
    return is_marked


@dataclass(frozen=True, slots=True)
class _File:
    """A scan or photograph: entries name it by its SHA-256."""

    name: str
    media_type: str
    sha256: str
    data: bytes


def _files(connection: Connection, person_id: str) -> list[_File]:
    """Every file of a person that is here; one that is damaged by its name, with words in its place."""
    found = []
    for sha256 in sorted(attachments.files_of(connection, person_id)):
        try:
            data, media_type = attachments.read(connection, person_id, sha256)
        except StoreDamaged as error:
            data, media_type = error.words.encode(), "text/plain"
        ending = mimetypes.guess_extension(media_type) or ""
        found.append(_File(f"files/{sha256[:16]}{ending}", media_type, sha256, data))
    return found


def _sections(plan: Plan) -> list[dict[str, Any]]:
    found = []
    for section in plan.catalogue:
        entries = [
            {
                "entry": entry.id,
                "state": entry.state.value,
                "reason": entry.reason,
                "items": {
                    key: {
                        "label": section[key].label if key in {field.key for field in section.fields} else key,
                        "value": item.value,
                        "recorded_at": moment_text(item.recorded_at),
                        "recorded_by": item.recorded_by.words,
                        "told_by": item.told.words if hasattr(item.told, "words") else item.told.source.value,
                        "confirmed_at": moment_text(item.confirmed_at) if item.confirmed_at else None,
                    }
                    for key, item in entry.items.items()
                },
            }
            for entry in plan.all_entries(section.key)
        ]
        if entries:
            found.append({"section": section.key, "title": section.title, "entries": entries})
    return found


def _change(change: Change) -> dict[str, Any]:
    return {
        "id": change.id,
        "section": change.section,
        "entry": change.entry,
        "field": change.field,
        "op": change.op.value,
        "value": change.value,
        "recorded_at": moment_text(change.recorded_at),
        "recorded_by": change.recorded_by.words,
        "reason": change.reason,
    }


def _proposal(one: Proposal) -> dict[str, Any]:
    return {
        "words": one.words,
        "from": one.who,
        "found_at": one.found_at,
        "changes": [[*change[:3], str(change[3])] for change in one.changes],
        "accepted": one.accepted,
        "decided_at": one.decided_at,
        "decided_by": one.decided_by,
        "reason": one.reason,
    }


def _differently(catalogue: Catalogue, plan: Plan, found: Sequence[Conflict]) -> list[str]:
    """What two people recorded differently, in both versions, and how it was settled where it was."""
    if not found:
        return []
    lines = [(title := "Recorded differently by two people"), "-" * len(title)]
    for one in found:
        for item in side_by_side(catalogue, one, plan.links):
            lines.append(f"  {item.label}: {item.mine} [{item.mine_by}]; {item.theirs} [{item.theirs_by}]")
        settled = one.settled_by.words if one.settled_by is not None else ""
        lines.append(f"  Settled by {settled}: {one.reason}" if settled else "  Not settled yet.")
    return [*lines, ""]


def _proposals_in_words(found: Sequence[Proposal]) -> list[str]:
    if not found:
        return []
    lines = [(title := "Proposed by other systems"), "-" * len(title)]
    decided = {True: "accepted", False: "declined", None: "not decided yet"}
    lines += [f"  {one.words} ({decided[one.accepted]}{': ' + one.reason if one.reason else ''})" for one in found]
    return [*lines, ""]


def _readable(plan: Plan, now_words: str) -> str:
    lines = [f"What is held about {plan.banner_name}, as of {now_words}", ""]
    for section in plan.catalogue:
        entries = plan.all_entries(section.key)
        if not entries:
            continue
        lines += [section.title, "-" * len(section.title)]
        for entry in entries:
            values = {key: item.value for key, item in entry.items.items()}
            title = entry_title(section, entry.id, values) if section.repeats else ""
            state = f" ({entry.state.words.lower()}: {entry.reason})" if entry.state.value != "current" else ""
            lines += [f"{title}{state}"] if title or state else []
            for field in section.fields:
                item = entry.items.get(field.key)
                if item is not None and field.key != ENTRY_ITSELF and item.value is not None:
                    who = f"{item.recorded_by.words}, {moment_words(item.recorded_at)}"
                    lines.append(f"  {field.label}: {display(field, item.value)}  [{who}]")
        lines.append("")
    return "\n".join(lines)
