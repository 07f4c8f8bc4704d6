"""How far the changes on the server have been read, so that nothing is passed over and nothing is read for ever.

A server stamps a change before others can see it, so each reading begins some time before the newest change seen (the
overlap). Once that time has gone by on this laptop since the newest was first seen, whatever was stamped before it is
either there or will never be: one more reading finds it, and the next may begin at the newest itself. Without that, all
that came in the last minutes of a busy morning would be read again at every exchange of a quiet evening.

How long something takes is measured on this laptop's clock, never when it is: clocks differ. One that was put forward
between two readings can only make the overlap shorter for once; what is missed then is found by the manifest, or by
the comparison of all of them each week.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from eolc_desktop.sync.ports import Ledger, Setup
from eolc_desktop.sync.staging import moment


def start(ledger: Ledger, setup: Setup, kind: str) -> str:
    """From which moment of the server a type is read; "" for from the beginning."""
    last, certain = newest(ledger, kind), ledger.mark(_certain(kind))
    if not last:
        return ""
    begin = moment(last) - setup.overlap
    if certain:
        begin = max(begin, moment(certain))
    return begin.isoformat(timespec="milliseconds")


def newest(ledger: Ledger, kind: str) -> str:
    """The newest change of a type that was read; "" for none."""
    return ledger.mark(_newest(kind))


def forget(ledger: Ledger, kind: str) -> None:
    """Read it from the beginning next time."""
    for name in (_newest(kind), _seen(kind), _certain(kind)):
        ledger.set_mark(name, "")


def ripe(ledger: Ledger, setup: Setup, kinds: Sequence[str]) -> dict[str, str]:
    """For each type the newest change seen, where it was first seen so long ago that a reading which begins now finds
    all that was stamped before it; else ""."""
    found = {}
    for kind in kinds:
        seen = ledger.mark(_seen(kind))
        is_ripe = bool(seen) and setup.now() - datetime.fromisoformat(seen) >= setup.overlap
        found[kind] = newest(ledger, kind) if is_ripe else ""
    return found


def keep(ledger: Ledger, kind: str, until: str) -> None:
    """Note how far a type has been read, once that is on the disk."""
    before = ledger.mark(_newest(kind))
    if until and (not before or moment(until) > moment(before)):
        ledger.set_mark(_newest(kind), until)
        ledger.set_mark(_seen(kind), "")


def keep_unsure(ledger: Ledger, kind: str, until: str) -> None:
    """The same, where a row may have been passed over on the way: nothing before it is certain yet."""
    keep(ledger, kind, until)
    ledger.set_mark(_seen(kind), "")


def note(ledger: Ledger, setup: Setup, kind: str, was_ripe: str) -> None:
    """At the end of a reading of a type: what was ripe when it began is certain now, unless something newer or unsure
    came with it; and what came was first seen now."""
    seen = ledger.mark(_seen(kind))
    if was_ripe and seen:
        ledger.set_mark(_certain(kind), was_ripe)
    if ledger.mark(_newest(kind)) and (not seen or datetime.fromisoformat(seen) > setup.now()):
        ledger.set_mark(_seen(kind), setup.now().isoformat())


def _newest(kind: str) -> str:
    return f"read:{kind}"


def _seen(kind: str) -> str:
    return f"read:seen:{kind}"


def _certain(kind: str) -> str:
    return f"read:certain:{kind}"
