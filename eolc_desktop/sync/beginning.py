"""Beginning a person's record in the shared record: one laptop does, also where several would at the same moment.

That happens when the server was set back to before the person was first shared: every laptop that looks after them
brings them back. It happens also when something on the way sends a request twice. A server that can be asked to begin a
resource only where there is none needs nothing more. For others there is the *door*: a List that says nothing, whose
version each first change-set must name. Whoever reads it before looking what is there, and names it when writing, is
refused when anybody wrote in between.
"""

from __future__ import annotations

from uuid import uuid4

from eolc_desktop.sync.asking import Stopped, ask, read_by_name
from eolc_desktop.sync.effects import Request, Steps
from eolc_desktop.sync.names import door, door_key, manifest_key, stamped, version_of
from eolc_desktop.sync.ports import Ledger, Setup
from eolc_desktop.sync.sealing import to_be_written


def looked_at_first(ledger: Ledger, setup: Setup, person_id: str) -> list[str]:
    """The keys of what would be begun, to be read by name before it is; [] where nothing has to be looked at.

    Where the server guards the beginning itself, only a person who was shared before is looked at, in part too: another
    laptop may have brought them back a moment ago. What is there of a record that has no manifest is looked at with it:
    until it is merged it would neither be sent again nor named by the manifest.
    """
    manifest = ledger.resource(manifest_key(person_id))
    if manifest is not None and manifest.latest is not None:
        return []
    held = ledger.resources(person_id)
    is_received = any(known.seen is not None for known in held.values())
    if ledger.change_sets("sent", person_id) or (manifest is None and not is_received and setup.abilities.begins_once):
        return []
    there = [key for key, known in held.items() if known.latest is not None]
    return list(dict.fromkeys([*there, *to_be_written(ledger, setup, person_id)]))


def door_version(person_id: str) -> Steps[str | Stopped]:
    """The version of a person's door; it is put there where it is not yet. "" when the server will not have one.

    To put it there twice, or late, only makes somebody look again.
    """
    key = door_key(person_id)
    for is_there in (False, True):
        got = yield from read_by_name([key])
        if isinstance(got, Stopped):
            return got
        if (found := got[key]) is not None:
            return version_of(found)
        if not is_there:
            answer = yield from ask(Request("PUT", key, body=stamped(door(person_id), str(uuid4()))))
            if isinstance(answer, Stopped):
                return answer
    return ""
