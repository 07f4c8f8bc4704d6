"""One exchange with the shared record as a service: what it is given, and its steps on the store's own thread."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy import Connection

from eolc_desktop.record import people
from eolc_desktop.services import going_out, head_elsewhere, restoring
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session
from eolc_desktop.sync.effects import Answer, Draw, Effect, RenewSignIn, Request, Steps, Transaction
from eolc_desktop.sync.entry_codec import EntryCodec
from eolc_desktop.sync.exchange import Outcome, exchange
from eolc_desktop.sync.ports import Projection, ServerAbilities, Setup
from eolc_desktop.sync.store_ledger import StoreLedger
from eolc_desktop.sync.tally import Tally

TOGETHER = 8
"""So many transactions of an exchange that follow each other at once are done in one of the store."""
AT_HAND = 32_000
"""Kilobytes of the record that an exchange keeps decrypted in memory: a caseload that is received goes all over it."""


@needs(Right.BE_HERE)
def setup_for(
    session: Session,
    abilities: ServerAbilities | None = None,
    projection: Projection | None = None,
    scope: tuple[tuple[str, str], ...] = (),
    *,
    papers: bool = False,
) -> Setup:
    """Everything one exchange of this session is given. `abilities` are what the probe of the server found; `papers`
    says that PDFs can be drawn, and that they, scans and Questionnaires are exchanged too."""
    return Setup(
        catalogue=session.catalogue,
        codec=EntryCodec(session.catalogue),
        author=session.user.author,
        laptop_id=session.laptop_id,
        clock=session.clock,
        abilities=abilities or ServerAbilities(),
        projection=projection,
        scope=scope,
        training=session.made_up,
        papers=papers,
    )


@needs(Right.BE_HERE)
def ledger_of(session: Session, connection: Connection) -> StoreLedger:
    """The tables as the exchange uses them: with what has been found about the seals since the record was opened."""
    return StoreLedger(connection, session.pen(), partial(going_out.must_stay, session))


@dataclass(frozen=True, slots=True)
class Pause:
    """The time that one turn may take is over, and more is to be done at once: let others use the store first."""


class Exchange:
    """One exchange under way. Its steps run on the store thread; whoever drives it asks the server in between.

    Letting go of it at any moment is safe: that is a crash, and every one is allowed for.
    """

    def __init__(self, session: Session, setup: Setup) -> None:
        self._session = session
        self._setup = setup
        self._compares = self._was_empty = False
        self.tally = Tally()
        self._steps: Steps[Outcome] | None = None
        self._next: Effect | None = None
        self.ask_ahead: Callable[[Request], None] | None = None
        """Told, on the store's thread, what will be asked for next while a page is still put on the disk."""
        self.outcome: Outcome | None = None

    def advance(self, answer: Answer | bool | bytes | None = None) -> Request | RenewSignIn | Draw | None:
        """Go on with an answer (None to begin), through every transaction, to the next request; None at the end."""
        asked = self.turn(answer, None)
        assert not isinstance(asked, Pause)
        return asked

    def turn(
        self, answer: Answer | bool | bytes | None, seconds: float | None
    ) -> Request | RenewSignIn | Draw | Pause | None:
        """Go on as `advance` does, but stop for a Pause between two transactions after so many seconds. After a Pause
        it goes on with None."""
        self._steps = self._steps or self._begin()
        ends = time.monotonic() + seconds if seconds is not None else math.inf
        effect, self._next = self._next if self._next is not None else self._on(answer), None
        while isinstance(effect, Transaction):
            if time.monotonic() > ends:
                self._next = effect
                return Pause()
            effect = self._together(effect, ends)
        if self.outcome is not None:
            self._session.store.keep_at_hand()
        if self.outcome is not None and self.outcome.stopped is None:
            if self._compares:
                restoring.note_compared(self._session)
            if self._was_empty:
                restoring.note_began(self._session)
        return effect

    def close(self) -> None:
        """Let go of what was remembered on the way; nothing is asked of it afterwards."""
        self._setup.codec.forget()

    def _on(self, given: object) -> Effect | None:
        """The next effect; None at the end, when the outcome is known."""
        assert self._steps is not None
        try:
            return self._steps.send(given)
        except StopIteration as ended:
            self.outcome = ended.value
            return None

    def _together(self, effect: Effect | None, ends: float) -> Effect | None:
        """Do a transaction, and those that follow at once, in one of the store: nobody hears of them in between, so a
        crash that undoes all of them is one before the first. The effect that comes after them is returned once they
        are on the disk."""
        with self._session.store.writing() as connection:
            ledger = ledger_of(self._session, connection)
            for _ in range(TOGETHER):
                if not isinstance(effect, Transaction):
                    break
                if effect.ahead is not None and self.ask_ahead is not None:
                    self.ask_ahead(effect.ahead)
                effect = self._on(effect.run(ledger))
                if time.monotonic() > ends:
                    break
        return effect

    def meanwhile(self, asked: Request) -> None:
        """What may be got ready while the answer to a request is on its way: nothing is written."""
        if asked.meanwhile is not None:
            with self._session.store.reading() as connection:
                asked.meanwhile.run(ledger_of(self._session, connection))

    def _begin(self) -> Steps[Outcome]:
        """After a restore nothing is sent before all that others have was received and compared: an old copy of a
        record would otherwise look like the newest."""
        setup = self._setup
        self._session.store.keep_at_hand(AT_HAND)
        with self._session.store.reading() as connection:
            self._was_empty = not people.all_ids(connection)
        self._compares = restoring.after_restore(self._session) is not None
        if self._compares:
            setup = replace(setup, abilities=replace(setup.abilities, may_write=False))
        return self._with_head(setup)

    def _with_head(self, setup: Setup) -> Steps[Outcome]:
        """Between a look at the seal that the shared record was given last, and giving it the newest."""
        stopped = yield from head_elsewhere.look(self._session, overrules=self._compares)
        if stopped is not None:
            return Outcome(stopped, 0, 0, 0, restored=False)
        outcome = yield from exchange(setup, self.tally)
        if outcome.stopped is None and setup.abilities.may_write:
            is_shared = bool(outcome.sent or outcome.merged)
            stopped = yield from head_elsewhere.keep(self._session, is_shared=is_shared)
        return replace(outcome, stopped=outcome.stopped or stopped)
