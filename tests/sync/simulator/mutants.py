"""Mistakes that others made, or that this design could make: each must be caught, or the simulation proves nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from eolc_desktop.care_plan.leaving import Leaving, what_may_leave
from eolc_desktop.care_plan.merge import Line, Merged, is_waiting, merge
from eolc_desktop.care_plan.plan import Op
from eolc_desktop.care_plan.said import content
from eolc_desktop.sync import asking, bundles, how_far, receiving, reconciling, refreshing, sealing, sending, staging
from eolc_desktop.sync.asking import Stopped
from eolc_desktop.sync.effects import Request, Transaction
from eolc_desktop.sync.names import manifest_key, stamps_in, updated_of
from eolc_desktop.sync.ports import ServerAbilities
from tests.sync.simulator.list_mutants import LIST_MUTANTS

Mutant = Callable[[], AbstractContextManager[Any]]


@contextmanager
def blanket_ack() -> Iterator[None]:
    """Everything counts as sent, also what was recorded while the request was on its way."""
    done = sending._done

    def too_much(ledger: Any, setup: Any, sealed: Any) -> Any:
        for key, known in ledger.resources(sealed.person_id).items():
            if key.startswith("QuestionnaireResponse/") and known.base is not None:
                part = dict(setup.codec.decode(known.base))
                places = {
                    p: s for p, s in ledger.version(sealed.person_id).items() if any(p[:2] == q[:2] for q in part)
                }
                if places:
                    section, entry, _ = next(iter(places))
                    made = setup.codec.encode(sealed.person_id, section, entry, {**part, **places}, {})
                    base = {**made, "id": known.base["id"], "meta": {"versionId": f"{known.base_version} too much"}}
                    ledger.put_resources(replace(known, base={**base, "extension": known.base["extension"]}))
        return done(ledger, setup, sealed)

    with patch.object(sending, "_done", too_much):
        yield


@contextmanager
def received_wins() -> Iterator[None]:
    """What is received stands, whatever was recorded here."""

    def theirs(catalogue: Any, base: Any, mine: Any, theirs: Any, known: Any = None) -> Merged:
        places = {*mine, *theirs}
        lines = [Line(p, Op.SET, theirs.get(p)) for p in places if content(mine.get(p), p) != content(theirs.get(p), p)]
        return Merged(tuple(lines))

    with patch.object(reconciling, "merge", theirs):
        yield


@contextmanager
def merges_what_matters() -> Iterator[None]:
    """A conflict is decided by the program: what was recorded here stands."""

    def quietly(catalogue: Any, base: Any, mine: Any, theirs: Any, known: Any = None) -> Merged:
        merged = merge(catalogue, base, mine, theirs, known)
        asked = {place for clash in merged.clashes for place in clash.places}
        return Merged(tuple(line for line in merged.lines if line.place not in asked))

    with patch.object(reconciling, "merge", quietly):
        yield


@contextmanager
def each_item_alone() -> Iterator[None]:
    """What belongs together is merged item by item."""
    from eolc_desktop.care_plan import merge as module  # noqa: PLC0415

    with patch.object(module, "_unit", lambda _catalogue, place, _moved: ("item", *place)):
        yield


def no_overlap() -> AbstractContextManager[Any]:
    """Reading begins exactly where the last one ended."""
    starts = receiving._starts

    def exactly(ledger: Any, setup: Any) -> Any:
        found = starts(ledger, setup)
        return {k: ledger.mark(f"read:{k}") for k in found}

    return patch.object(receiving, "_starts", exactly)


def no_receipt() -> AbstractContextManager[Any]:
    """Nobody asks whether what was sent came through."""

    def never(change_set: str) -> Any:
        yield from ()
        return False

    return patch.object(sending, "receipt_exists", never)


@contextmanager
def no_if_match() -> Iterator[None]:
    """The server is not asked to check versions."""
    bundle = bundles.bundle_of

    def unchecked(*given: Any) -> Any:
        made = bundle(*given)
        for entry in made["entry"]:
            entry["request"].pop("ifMatch", None)
        return made

    with patch.object(sealing, "bundle_of", unchecked):
        yield


@contextmanager
def no_guard_on_the_manifest() -> Iterator[None]:
    """Only the entries are checked: what belongs together across entries, and entries begun by two, are not."""
    bundle = bundles.bundle_of

    def unchecked(*given: Any) -> Any:
        made = bundle(*given)
        for entry in made["entry"]:
            if entry["request"]["url"].startswith("List/"):
                entry["request"].pop("ifMatch", None)
        return made

    with patch.object(sealing, "bundle_of", unchecked):
        yield


@contextmanager
def blind_retry() -> Iterator[None]:
    """Refused for a version, the same is sent again with the new one."""

    def only_versions(setup: Any, person_id: str, _begun: Any = (), **_: Any) -> Any:
        keys = yield Transaction(lambda ledger: list(ledger.resources(person_id)))
        got = yield from asking.read_by_name(keys)
        if isinstance(got, Stopped):
            return got

        def bump(ledger: Any) -> None:
            for key, found in got.items():
                known = ledger.resource(key)
                if found is not None and known.base is not None:
                    ledger.put_resources(replace(known, base_version=found["meta"]["versionId"]))

        yield Transaction(bump)
        return None

    with patch.object(sending, "refresh", only_versions):
        yield


def cached_searches() -> AbstractContextManager[Any]:
    """The server may answer a search from memory."""
    plain = asking.ask

    def forgetful(request: Request) -> Any:
        return (yield from plain(replace(request, fresh=False)))

    return patch.object(asking, "ask", forgetful)


def no_stamp() -> AbstractContextManager[Any]:
    """What is written does not say by which change-set."""
    return patch.object(bundles, "stamped", lambda resource, _change_set: resource)


@contextmanager
def mark_before_page() -> Iterator[None]:
    """How far was read is noted before that is on the disk."""
    keep = receiving._all_pages

    def early(setup: Any, tally: Any, kind: str, since: str, page: Any, then: str) -> Any:
        texts = [updated_of(r) for r in receiving._resources(page)]
        if texts:
            yield Transaction(how_far.keep, kind, texts[-1])
        return (yield from keep(setup, tally, kind, since, page, then))

    with patch.object(receiving, "_all_pages", early):
        yield


@contextmanager
def offset_pages() -> Iterator[None]:
    """Pages are counted in rows."""

    def rows(setup: Any, tally: Any, kind: str, since: str, page: Any, _then: str) -> Any:
        newest, offset = "", 0
        while True:
            found = receiving._resources(page)
            texts = [updated_of(r) for r in found]
            newest = max([newest, *texts])
            yield Transaction(receiving._keep_page, kind, found)
            if len(found) < setup.page and not receiving._next_page(page, kind)[0]:
                yield Transaction(how_far.keep, kind, newest)
                return None
            offset += len(found)
            answers = yield from asking.ask_together(
                [f"{receiving._search(setup, kind, since, setup.page)}&_offset={offset}"]
            )
            if isinstance(answers, Stopped):
                return answers
            page = receiving.page_in(answers[0])

    with patch.object(receiving, "_all_pages", rows):
        yield


@contextmanager
def no_guard_at_the_beginning() -> Iterator[None]:
    """A record is begun without asking the server to refuse that where there is one already."""
    with patch.object(ServerAbilities, "only_new", {}), patch.object(sending, "looked_at_first", lambda *_: []):
        yield


@contextmanager
def no_door() -> Iterator[None]:
    """Where the server has no guard of its own for that, there is none."""
    with (
        patch.object(ServerAbilities, "begins_once", True),
        patch.object(sending, "looked_at_first", lambda *_: []),
    ):
        yield


def looks_only_for_what_it_knows() -> AbstractContextManager[Any]:
    """Refused because something is there already, only what was seen before is read by name."""
    refresh = refreshing.refresh
    return patch.object(sending, "refresh", lambda setup, person_id, _begun=(), **_: refresh(setup, person_id))


@contextmanager
def joins_what_was_confirmed() -> Iterator[None]:
    """What somebody confirmed, and another wrote more to meanwhile, is joined without asking."""
    from eolc_desktop.care_plan import merge as module  # noqa: PLC0415

    joined = module._joined

    def plain(version: Any) -> Any:
        return {p: replace(s, item=replace(s.item, confirmed_at=None, confirmed_by=None)) for p, s in version.items()}

    def unasked(catalogue: Any, base: Any, mine: Any, theirs: Any, places: Any) -> Any:
        return joined(catalogue, base, plain(mine), plain(theirs), places)

    with patch.object(module, "_joined", unasked):
        yield


def merges_under_way() -> AbstractContextManager[Any]:
    """A plan is merged while a change-set of it may be on its way."""
    reconcile = reconciling.reconcile

    class Blind:
        def __init__(self, ledger: Any) -> None:
            self._ledger = ledger

        def __getattr__(self, name: str) -> Any:
            return (lambda *_: ()) if name == "change_sets" else getattr(self._ledger, name)

    def blind(ledger: Any, setup: Any, person_id: str, **how: Any) -> Any:
        return reconcile(Blind(ledger), setup, person_id, **how)

    return patch.object(receiving, "reconcile", blind)


def half_new_plans() -> AbstractContextManager[Any]:
    """Whatever of a plan has come is merged, without waiting for the rest."""
    return patch.object(reconciling, "is_whole", lambda *_: True)


def sends_what_is_kept_back() -> AbstractContextManager[Any]:
    """What is kept back is not looked at when sending."""
    return patch.object(Leaving, "may_leave", lambda _self, place: place[0] != "kept_back")


@contextmanager
def consent_once() -> Iterator[None]:
    """Consent that is withdrawn does not stop what waits."""
    decide = what_may_leave

    def careless(plan: Any, version: Any, setting: Any, **how: Any) -> Leaving:
        found = decide(plan, version, setting, **how)
        return replace(found, places=frozenset(p for p in version if p not in found.stays), hold=None)

    with patch.object(sealing, "what_may_leave", careless):
        yield


@contextmanager
def last_writer_by_clock() -> Iterator[None]:
    """The later clock wins."""

    def by_clock(catalogue: Any, base: Any, mine: Any, theirs: Any, known: Any = None) -> Merged:
        lines = []
        for place, there in theirs.items():
            here = mine.get(place)
            if content(here, place) == content(there, place):
                continue
            if (
                here is None
                or here.item.recorded_at <= there.item.recorded_at
                or not is_waiting(base.get(place), here, place)
            ):
                lines.append(Line(place, Op.SET, there))
        return Merged(tuple(lines))

    with patch.object(reconciling, "merge", by_clock):
        yield


def absence_is_deletion() -> AbstractContextManager[Any]:
    """What the server does not list any more is taken to be gone, and forgotten here."""
    lost = refreshing._lost

    def gone(ledger: Any, setup: Any, person_id: str, got: Any) -> None:
        lost(ledger, setup, person_id, got)
        ledger.put_person(replace(ledger.person(person_id), waiting_since=""))

    return patch.object(refreshing, "_lost", gone)


@contextmanager
def restored_unseen() -> Iterator[None]:
    """Nobody looks whether the server was set back."""
    with patch.object(receiving, "_receipts_to_look_for", lambda _ledger: []):
        yield


@contextmanager
def begun_instead_of_replaced() -> Iterator[None]:
    """A server that began anew what should have been replaced is not taken to have been set back.

    One history in ten thousand notices; `tests/sync/test_receiving.py` has one made for it.
    """
    with (
        patch.object(sending, "_replaced_nothing", lambda *_: False),
        patch.object(sending, "_settle_unheard", sending.settle_by_reading),
    ):
        yield


@contextmanager
def older_than_known() -> Iterator[None]:
    """What the server names no more, or has an older version of than this laptop knows, is taken as it is."""
    is_whole = reconciling.is_whole

    def named(held: Any, person_id: str) -> bool:
        manifest = held.get(manifest_key(person_id))
        names = stamps_in(manifest.latest) if manifest is not None else {}
        kept = {
            k: r for k, r in held.items() if k in names or r.seen is not None or not k.startswith(("Quest", "Task"))
        }
        return is_whole(kept, person_id)

    with patch.object(reconciling, "is_whole", named), patch.object(refreshing, "went_back", lambda *_: False):
        yield


def stale_answers_count() -> AbstractContextManager[Any]:
    """An older version that comes late replaces a newer one."""
    return patch.object(staging, "_is_older", lambda *_: False)


MUTANTS: dict[str, Mutant] = {
    made.__name__: made
    for made in (
        blanket_ack,
        received_wins,
        merges_what_matters,
        each_item_alone,
        no_overlap,
        no_receipt,
        no_if_match,
        no_guard_on_the_manifest,
        blind_retry,
        cached_searches,
        no_stamp,
        mark_before_page,
        offset_pages,
        no_guard_at_the_beginning,
        no_door,
        looks_only_for_what_it_knows,
        joins_what_was_confirmed,
        merges_under_way,
        half_new_plans,
        sends_what_is_kept_back,
        consent_once,
        last_writer_by_clock,
        absence_is_deletion,
        restored_unseen,
        begun_instead_of_replaced,
        older_than_known,
        stale_answers_count,
    )
} | LIST_MUTANTS
