"""Which shared record this laptop uses, how it signs in there, what that can be trusted with; exchanging now."""

from __future__ import annotations

import gc
import json
import logging
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from enum import StrEnum
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.clock import Clock
from eolc_desktop.documents.making import Order, make
from eolc_desktop.errors import Cancelled, InvalidValue, SignInNeeded, UserError
from eolc_desktop.policy import Policy
from eolc_desktop.record import audit, users
from eolc_desktop.services import organisation, shared_papers
from eolc_desktop.services.asking_ahead import AskingAhead
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session
from eolc_desktop.services.sharing import Exchange, Pause, setup_for
from eolc_desktop.services.sharing_use import SETTINGS, Hold
from eolc_desktop.sync.capabilities import Capabilities, from_json
from eolc_desktop.sync.effects import Answer, Draw, RenewSignIn, Request, Response
from eolc_desktop.sync.exchange import Outcome
from eolc_desktop.sync.http import Http, Nobody, SignsIn, context_for
from eolc_desktop.sync.http_effects import answer_to
from eolc_desktop.sync.probe import calls_itself, probe
from eolc_desktop.sync.projecting import PlanProjection
from eolc_desktop.sync.server import Server, server_at
from eolc_desktop.sync.sign_in import GivenToken, OwnKey
from eolc_desktop.sync.sign_in_browser import BrowserSignIn, Client
from eolc_desktop.sync.tally import Tally

log = logging.getLogger(__name__)

FOUND = "shared_record_found"
"""The fact that holds what the probe found of that server."""
LOOKED_AT_EVERY = timedelta(days=1)
"""How often a server that was tried is asked what it calls itself. Another name or version is tried anew."""
TURN = 0.05
"""Seconds that an exchange may keep the store at a time while somebody works in the window."""
REFRESH = "shared_record_sign_in:"
"""The fact, with a user's id behind it, that holds the token by which that user stays signed in."""


class SignInBy(StrEnum):
    """How the laptop signs in to the shared record."""

    NOTHING = "nothing"
    TOKEN = "token"  # noqa: S105
    KEY = "key"
    BROWSER = "browser"

    @property
    def words(self) -> str:
        """What Settings calls it."""
        return {
            "nothing": "No sign-in (for training, with made-up people only)",
            "token": "With a token that I was given",
            "key": "As this program, with a private key",
            "browser": "As myself, in the browser",
        }[self.value]


@dataclass(frozen=True, slots=True)
class RecordSettings:
    """Where the shared record is and how to sign in. `secret` is a token or a private key, kept encrypted."""

    address: str
    authority: str = ""
    proxy: str = ""
    sign_in: SignInBy = SignInBy.NOTHING
    client_id: str = ""
    scope: str = ""
    secret: str = ""
    key_id: str = ""

    @property
    def server(self) -> Server:
        """The server, checked. Raises InvalidValue."""
        return server_at(self.address, self.authority, self.proxy)


@needs(Right.BE_HERE)
def settings(session: Session) -> RecordSettings | None:
    """The settings, None while no shared record is used. Where the organisation has set the server or its certificate
    authority, these are the organisation's. What signs in to another server is then left out, never sent to this one.

    Raises UserError when the organisation's certificate authority cannot be read.
    """
    with session.store.reading() as connection:
        kept = users.known(connection, SETTINGS)
    held = json.loads(kept) if kept else None
    chosen = RecordSettings(**(held | {"sign_in": SignInBy(held["sign_in"])})) if held else None
    rule = organisation.shared_record_rule(session.policy)
    if rule is not None:
        if not rule.address:
            return None
        if chosen is None or chosen.address.rstrip("/") != rule.address:
            return RecordSettings(rule.address, rule.authority)
    authority = organisation.authority_set(session.policy)
    return chosen if chosen is None or authority is None else replace(chosen, authority=authority)


def checked(wanted: RecordSettings, policy: Policy, *, made_up: bool) -> RecordSettings:
    """The settings as they would be used, with what the organisation has set.

    Raises InvalidValue for what cannot be right: an address, a certificate, a token or a key that is none, and no
    sign-in for real people; NotAllowed for another server than the organisation has set.
    """
    organisation.refuse_address(policy, wanted.address)
    authority = organisation.authority_set(policy)
    wanted = wanted if authority is None else replace(wanted, authority=authority)
    context_for(wanted.server.authority)
    if wanted.sign_in is SignInBy.NOTHING and not made_up:
        raise InvalidValue(
            "Real people’s plans are not sent to a server that anybody can write to.",
            "Nothing was changed.",
            "Choose how to sign in.",
            "sign_in",
        )
    _signs_in(wanted, "", _forget)
    return wanted


def certificate_in(path: Path) -> str:
    """A certificate authority from a file. Raises InvalidValue, and UserError for a file that cannot be read."""
    try:
        text = path.read_text("ascii")
    except (OSError, UnicodeDecodeError):
        happened = "This file could not be read as a certificate."
        raise UserError(happened, "Nothing was changed.", "Ask for it as a PEM file.") from None
    context_for(text)
    return text


def try_server(
    wanted: RecordSettings,
    policy: Policy,
    clock: Clock,
    hold: Hold,
    *,
    made_up: bool,
    open_browser: Callable[[str], None] | None = None,
) -> Capabilities:
    """Find out what a server can be trusted with, before it is used. Needs no store and writes nothing of anybody's.

    Raises InvalidValue, ServerError, SignInNeeded and Cancelled.
    """
    wanted = checked(wanted, policy, made_up=made_up)
    signs_in = _signs_in(wanted, "", _forget)
    with hold.of(Http(wanted.server, signs_in)) as http:
        if isinstance(signs_in, BrowserSignIn) and open_browser is not None:
            signs_in.sign_in(http, open_browser, hold.stopped)
        return probe(http, clock)


@needs(Right.LOOK_AFTER)
def change(session: Session, wanted: RecordSettings | None, tried: Capabilities | None = None) -> None:
    """Use another shared record, or none. What was found of the one before is forgotten, and so is who was signed in.

    `tried` is what `try_server` found of this one. Raises as `checked` does.
    """
    if wanted is not None:
        wanted = checked(wanted, session.policy, made_up=session.made_up)
    with session.store.writing() as connection:
        users.know(connection, SETTINGS, json.dumps(asdict(wanted)) if wanted is not None else "")
        users.know(connection, FOUND, json.dumps(tried.to_json()) if tried is not None else "")
        users.know(connection, REFRESH + session.user.id, "")
        audit.note(connection, session.clock(), session.user.id, "changed the shared record")


def _forget(_token: str) -> None:
    """Keep no token: only whether a sign-in can be made is asked."""


def _signs_in(wanted: RecordSettings, refresh: str, keep: Callable[[str], None]) -> SignsIn:
    match wanted.sign_in:
        case SignInBy.NOTHING:
            return Nobody()
        case SignInBy.TOKEN:
            return GivenToken(wanted.secret)
        case SignInBy.KEY:
            return OwnKey(wanted.client_id, wanted.secret, wanted.scope or "system/*.*", wanted.key_id)
        case SignInBy.BROWSER:
            if not wanted.client_id:
                raise InvalidValue("Please type the program’s id there.", "Nothing was changed.", "", "client_id")
            scope = wanted.scope or "openid offline_access user/*.*"
            return BrowserSignIn(Client(wanted.client_id, scope, wanted.server.address), refresh, keep)


@needs(Right.SHARE)
def connect(session: Session, keep: Callable[[str], None], signed_in: SignsIn | None = None) -> Http:
    """A connection to the shared record, signed in as the settings say. Nothing is sent yet; close it at the end.

    `keep` is told a new refresh token, on the thread that uses the connection; have `keep_sign_in` run on the store's.
    `signed_in` is the sign-in of a connection before, whose token may still hold.
    Raises UserError where no shared record is set.
    """
    wanted = settings(session)
    if wanted is None:
        raise UserError(
            "No shared record is set.",
            "Everything you recorded is safe on this laptop.",
            "Somebody who looks after this laptop can set one, in Settings.",
        )
    if session.policy.decides("server") and wanted.sign_in is SignInBy.NOTHING and not session.made_up:
        raise UserError(
            "How to sign in to the shared record that your organisation has set is not chosen yet.",
            "Everything you recorded is safe on this laptop.",
            "Somebody who looks after this laptop can choose it, in Settings.",
        )
    with session.store.reading() as connection:
        refresh = users.known(connection, REFRESH + session.user.id)
    return Http(wanted.server, signed_in or _signs_in(wanted, refresh, keep))


@needs(Right.SHARE)
def keep_sign_in(session: Session, token: str) -> None:
    """Keep the token by which this user stays signed in, within the encrypted record; "" forgets it."""
    with session.store.writing() as connection:
        users.know(connection, REFRESH + session.user.id, token)


@needs(Right.BE_HERE)
def found(session: Session) -> Capabilities | None:
    """What the probe found of the server that is set, None while it has not been tried."""
    with session.store.reading() as connection:
        kept = users.known(connection, FOUND)
        chosen = users.known(connection, SETTINGS)
    if session.policy.decides("server"):
        address = str(json.loads(chosen).get("address", "")) if chosen else ""
        kept = kept if address.rstrip("/") == session.policy.server else ""  # of another server, before the policy
    return from_json(json.loads(kept)) if kept else None


@needs(Right.SHARE)
def remember(session: Session, capabilities: Capabilities) -> None:
    """Keep what the probe found."""
    _keep_found(session, capabilities)
    with session.store.writing() as connection:
        detail = {"software": capabilities.software, "may_write": str(capabilities.may_write)}
        audit.note(connection, session.clock(), session.user.id, "tried the shared record", "", detail)


def _keep_found(session: Session, capabilities: Capabilities) -> None:
    with session.store.writing() as connection:
        users.know(connection, FOUND, json.dumps(capabilities.to_json()))


@needs(Right.SHARE)
def exchange_now(session: Session, http: Http, tell: Callable[[str], None]) -> Outcome:
    """Try the server if that has not been done, then exchange to the end, all on this thread: for the command line.

    `tell` hears in words what the server can be used for. Raises ServerError, SignInNeeded and Cancelled.
    """
    looks = gc.isenabled()
    # Nothing of the thousands of plans that an exchange goes through points at itself, and Python's look for what does
    # is a fifth of its time. In a program with windows it is off anyway (desktop.rubbish).
    gc.disable()
    try:
        return exchange_beside(session, http, tell, lambda function: function(), lambda _work: None, make)
    finally:
        if looks:
            gc.enable()


@needs(Right.SHARE)
def exchange_beside(
    session: Session,
    http: Http,
    tell: Callable[[str], None],
    on_store: Callable[[Callable[[], Any]], Any],
    went_on: Callable[[Tally], None],
    draw: Callable[[Order], bytes],
) -> Outcome:
    """Exchange to the end on a thread of its own, using the store in short turns through `on_store`, so that saving is
    never held up. `went_on` hears after each step what was done so far; `draw` makes a PDF (`documents.making.make`,
    wherever that holds nobody up). Raises as `exchange_now` does."""
    capabilities: Capabilities | None = on_store(lambda: found(session))
    if capabilities is None or _is_to_be_tried(session, http, capabilities, on_store):
        tried = capabilities = probe(http, session.clock)
        on_store(lambda: remember(session, tried))
        tell(capabilities.words)
        if capabilities.clock_words:
            tell(capabilities.clock_words)
    abilities = capabilities.abilities
    work = Exchange(session, setup_for(session, abilities, PlanProjection(), papers=True))
    with closing(work), asking(http) as network:
        work.ask_ahead = network.begin
        asked = on_store(lambda: work.turn(None, TURN))
        while asked is not None:
            given: Answer | bool | bytes | None = None
            if isinstance(asked, Draw):
                given = _drawn(session, asked.plan, on_store, draw)
            elif isinstance(asked, Request):
                ready = partial(on_store, partial(work.meanwhile, asked)) if asked.meanwhile is not None else None
                given = network.answer(asked, ready)
            elif not isinstance(asked, Pause):
                given = answer(http, asked)
            asked = on_store(partial(work.turn, given, TURN))
            went_on(work.tally)
    assert work.outcome is not None
    return work.outcome


def asking(http: Http) -> AskingAhead:
    """The network of one exchange: a request at a time, and the next page ahead."""
    return AskingAhead(partial(answer, http), http.cancel)


def _is_to_be_tried(
    session: Session, http: Http, known: Capabilities, on_store: Callable[[Callable[[], Any]], Any]
) -> bool:
    """Whether something of it was never tried, by an earlier version of this program; or the server calls itself
    something else than when it was: asked once a day, with one request."""
    if not known.tried_all:
        return True
    now = session.clock()
    if now - known.checked_at < LOOKED_AT_EVERY:
        return False
    name = calls_itself(http)
    if name is None or name == known.software:
        on_store(lambda: _keep_found(session, replace(known, checked_at=now)))
        return False
    return True


def _drawn(
    session: Session, plan: Plan, on_store: Callable[[Callable[[], Any]], Any], draw: Callable[[Order], bytes]
) -> bytes | None:
    """The PDF of a plan for the shared record. A fault in drawing keeps no plan from being shared."""
    order: Order | None = on_store(lambda: shared_papers.order(session, plan))
    if order is None:
        return b""
    try:
        return draw(order)
    except Cancelled:
        raise
    except UserError as error:
        log.warning("the PDF for the shared record was not made: %s", type(error))
        return None


def sign_in_with(http: Http, open_browser: Callable[[str], None], stop: Event) -> None:
    """Sign in as oneself in the browser, and wait for it. Raises SignInNeeded, Cancelled, ServerError; UserError where
    the settings name another way."""
    if not isinstance(http.signs_in, BrowserSignIn):
        raise UserError(
            "This shared record is not signed in to in the browser.",
            "Nothing was changed.",
            "Somebody who looks after this laptop can change how it signs in, in Settings.",
        )
    http.signs_in.sign_in(http, open_browser, stop)


def answer(http: Http, asked: Request | RenewSignIn) -> Answer | bool:
    """Do what the exchange asks of the network. Renewing is done within `Http`, so there is nothing more to renew.

    Raises Cancelled.
    """
    if isinstance(asked, RenewSignIn):
        return False
    try:
        return answer_to(http, asked)
    except SignInNeeded:
        return Response(401)  # asks for the sign-in, which only the user can give
