"""Receiving: pages are put on the disk as they come, and a plan is merged once all of it is here.

The entries themselves come last. So whoever is whole after a page of them is merged at once, while the server gets the
next page ready; the others are looked at when everything has been read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlencode

from eolc_desktop.fhir.sharing.elements import PROJECTION
from eolc_desktop.record.exchange import ChangeSet
from eolc_desktop.sync import all_changes, found_again, how_far
from eolc_desktop.sync.all_changes import Listed
from eolc_desktop.sync.asking import GONE, Stopped, ask_together, reading_of, status_of
from eolc_desktop.sync.effects import JSON, Steps, Transaction
from eolc_desktop.sync.names import MANIFEST_CODE, key_of, manifest_key, person_of, updated_of
from eolc_desktop.sync.ports import Ledger, Setup
from eolc_desktop.sync.reconciling import Whole, reconcile
from eolc_desktop.sync.refreshing import refresh_all
from eolc_desktop.sync.resting import at_rest
from eolc_desktop.sync.restoring import COMPARED, begin_anew
from eolc_desktop.sync.staging import moment, stage
from eolc_desktop.sync.tally import Tally

MANIFESTS, ENTRIES = "List", "QuestionnaireResponse"
MOST_OF_ONE_MOMENT = 500
"""How many pages of changes of one moment are read before the server is taken not to come to an end."""
MOST_PAGES = 20_000
"""How many pages of one type are read in one exchange: more than any team has, and an end for a server without one."""
MOST_RECEIPTS = 50
"""How many receipts of the last exchange are looked for once more in one request."""
OLD_RECEIPTS = 3
"""How many older ones are: the newest are the first that a server loses when it is set back."""
COMPARE_EVERY = timedelta(days=7)
"""How often every manifest is read again, whatever its date: what a reading missed is found then at the latest."""


def types_of(setup: Setup) -> tuple[str, ...]:
    """The types that are read, manifests first: they say whose resources are taken. Entries last: with them a person is
    whole."""
    others = setup.projection.types if setup.projection is not None else ()
    return (*dict.fromkeys((MANIFESTS, "Task", *others)), ENTRIES)


def receive_all(setup: Setup, tally: Tally) -> Steps[Stopped | None]:
    """Read everything that changed since the last time, and merge it. With nothing to do this is one request.

    The same request looks for every receipt of the last exchange once more, and for the newest before them. When one is
    gone, the server was set back: everything is read and compared anew, and what it lost is sent again.
    """
    begin: _Beginning = yield Transaction(_begin, setup)
    first = yield from _first_pages(setup, begin)
    if isinstance(first, Stopped):
        return first
    if first is None:
        tally.restored = True
        yield Transaction(begin_anew, setup)
        return (yield from receive_all(setup, tally))
    if any(receipt.state == "done" for receipt in begin.receipts):
        yield Transaction(_receipts_kept, begin.receipts)
    pages, listed = first
    kinds, sure = list(pages), True
    at_once = not _first_of_the_rest(setup, begin.since, pages)
    for number, kind in enumerate(kinds):
        then = _first_of_the_rest(setup, begin.since, {later: pages[later] for later in kinds[number + 1 :]})
        ended = yield from _all_pages(setup, tally, kind, begin.since[kind], pages[kind], then)
        if isinstance(ended, Stopped):
            return ended
        sure = sure and ended
        yield Transaction(how_far.note, setup, kind, begin.ripe[kind])
    yield Transaction(_read_to_the_end, setup, begin, listed, sure, at_once)
    return (yield from merge_received(setup, tally))


def merge_received(setup: Setup, tally: Tally) -> Steps[Stopped | None]:
    """Merge person by person what has come; what the manifest names and has not come is read by name."""
    people: list[str] = yield Transaction(lambda ledger: list(ledger.people(staged=True)))
    unsure = []
    for person_id in people:
        whole: Whole = yield Transaction(_merge_if_certain, setup, tally, person_id)
        if whole is Whole.NOT_YET:
            unsure.append(person_id)
        else:
            tally.merged.add(person_id)
    stopped = (yield from refresh_all(setup, dict.fromkeys(unsure, ()), just_searched=True)) if unsure else None
    if stopped is None:
        tally.merged.update(unsure)
    return stopped


def _merge_who_is_whole(setup: Setup, tally: Tally, found: Sequence[JSON]) -> Steps[None]:
    """Merge those of a page of entries of whom everything is here now: what the next page holds is not about them."""
    for person_id in dict.fromkeys(map(person_of, found)):
        if person_id and (yield Transaction(_merge_if_whole, setup, tally, person_id)) is Whole.YES:
            tally.merged.add(person_id)


def _merge_if_whole(ledger: Ledger, setup: Setup, tally: Tally, person_id: str) -> Whole:
    if not ledger.person(person_id).staged or ledger.resource(manifest_key(person_id)) is None:
        return Whole.NOT_YET
    return _merge_if_certain(ledger, setup, tally, person_id)


def _merge_if_certain(ledger: Ledger, setup: Setup, tally: Tally, person_id: str) -> Whole:
    """Merge what is staged; where an answer only seemed stale, nothing is, and the person is read by name."""
    if not any(known.seen is not None for known in ledger.resources(person_id).values()):
        return Whole.BUSY if ledger.change_sets("sent", person_id) else Whole.NOT_YET
    waited = ledger.person(person_id).waiting_since
    whole = reconcile(ledger, setup, person_id)
    if whole is Whole.YES and not waited and (resting := at_rest(ledger, setup, person_id)) is not None:
        tally.resting[person_id] = resting
    return whole


def _receipts_to_look_for(ledger: Ledger) -> list[ChangeSet]:
    return [*ledger.change_sets("done")[:MOST_RECEIPTS], *ledger.newest_kept(OLD_RECEIPTS)]


def _receipts_kept(ledger: Ledger, receipts: Sequence[ChangeSet]) -> None:
    for receipt in receipts:
        if receipt.state == "done":
            ledger.put_change_set(replace(receipt, state="kept"))


@dataclass(frozen=True, slots=True)
class _Beginning:
    """From where changes are read now, as it is known before the first request."""

    since: dict[str, str]
    """From when each type is; "" for from the beginning."""
    in_one_list: str
    """From when all types are, in one list; "" where they are searched."""
    newest: str
    """The newest change of any type that was read before."""
    ripe: dict[str, str]
    receipts: list[ChangeSet]
    """The receipts to look for once more."""


def _begin(ledger: Ledger, setup: Setup) -> _Beginning:
    kinds = types_of(setup)
    since = _starts(ledger, setup)
    return _Beginning(
        since=since,
        in_one_list=all_changes.start(ledger, setup, kinds, since[MANIFESTS]),
        newest=all_changes.newest_of(ledger, kinds),
        ripe=how_far.ripe(ledger, setup, (*kinds, all_changes.all_of(kinds))),
        receipts=_receipts_to_look_for(ledger),
    )


def _starts(ledger: Ledger, setup: Setup) -> dict[str, str]:
    found = {kind: how_far.start(ledger, setup, kind) for kind in types_of(setup)}
    compared = ledger.mark(COMPARED)
    if not compared or setup.now() - datetime.fromisoformat(compared) > COMPARE_EVERY:
        found[MANIFESTS] = ""
    return found


def _read_to_the_end(
    ledger: Ledger, setup: Setup, begin: _Beginning, listed: Listed | None, sure: bool, at_once: bool
) -> None:
    """Note how far all types were read together.

    What came with one request was seen at one moment, that of the newest. Where pages followed, the last of one type
    can have come long before the last of another: then it is only as far as had been read when this reading began.
    """
    kinds = types_of(setup)
    if not begin.since[MANIFESTS]:
        ledger.set_mark(COMPARED, setup.now().isoformat())
    until = begin.newest
    if listed is not None:
        _nothing_new(ledger, setup, begin, listed)
        until = listed.until or until
    elif at_once:
        until = all_changes.newest_of(ledger, kinds)
    all_changes.note(ledger, setup, kinds, until, begin.ripe[all_changes.all_of(kinds)], sure=sure)


def _nothing_new(ledger: Ledger, setup: Setup, begin: _Beginning, listed: Listed) -> None:
    """Note how far those types were read of which a list showed that all is known."""
    for kind in types_of(setup):
        if kind not in listed.news:
            how_far.keep(ledger, kind, listed.newest.get(kind, ""))
            how_far.note(ledger, setup, kind, begin.ripe[kind])
    if MANIFESTS not in listed.news:
        found_again.look(ledger, listed.since, listed.manifests)


def _search(setup: Setup, kind: str, since: str, count: int) -> str:
    """The search for one page of a type. It stands inside a batch, so that no log on the way holds it."""
    wanted = list(setup.scope)
    if kind == "DocumentReference":
        wanted.append(("identifier", f"{PROJECTION}|"))  # other systems' letters and reports are not ours to keep
    if kind == MANIFESTS:
        wanted.append(("code", f"{MANIFEST_CODE['system']}|{MANIFEST_CODE['code']}"))
    if since:
        wanted.append(("_lastUpdated", f"ge{since}"))
    return f"{kind}?{urlencode([*wanted, ('_sort', '_lastUpdated,_id'), ('_count', str(count))])}"


def _first_pages(setup: Setup, begin: _Beginning) -> Steps[tuple[dict[str, JSON], Listed | None] | Stopped | None]:
    """The first page of each type that is searched, and the receipts, in one request; None when one of the receipts is
    gone. Where it can be, it is first asked in one list what changed, and only what has something new is searched."""
    looked_for = [f"Provenance/{receipt.id}" for receipt in begin.receipts]
    kinds: Sequence[str] = types_of(setup)
    listed: Listed | None = None
    if begin.in_one_list:
        question = all_changes.search(setup.abilities.lists_changes, begin.in_one_list)
        answers = yield from ask_together([question, *looked_for])
        if isinstance(answers, Stopped):
            yield Transaction(all_changes.in_vain, setup)  # it may be the list that cannot be read
            return answers
        if any(status_of(answer) in GONE for answer in answers[1:]):
            return None
        listed = yield Transaction(_told, setup, begin, page_in(answers[0]))
        looked_for = []
        if listed is not None:
            kinds = [kind for kind in kinds if kind in listed.news]
    urls = [_search(setup, kind, begin.since[kind], setup.page) for kind in kinds]
    answers = (yield from ask_together([*urls, *looked_for])) if urls else []
    if isinstance(answers, Stopped):
        return answers
    if any(status_of(answer) in GONE for answer in answers[len(urls) :]):
        return None
    pages = {kind: page for kind, answer in zip(kinds, answers, strict=False) if (page := page_in(answer)) is not None}
    return (pages, listed) if len(pages) == len(kinds) else NOT_READABLE


def _told(ledger: Ledger, setup: Setup, begin: _Beginning, history: JSON | None) -> Listed | None:
    listed = all_changes.told(ledger, types_of(setup), begin.in_one_list, history) if history is not None else None
    if listed is None:
        all_changes.in_vain(ledger, setup)
    return listed


def page_in(answer: JSON) -> JSON | None:
    """The page that one entry of an answered batch holds; None when it could not be read."""
    page = answer.get("resource")
    return page if status_of(answer) == 200 and isinstance(page, dict) else None


NOT_READABLE = Stopped("The shared record does not let everything be read that is needed.")


@dataclass(slots=True)
class _Reading:
    """How far the reading of the pages of one type has come, and what is asked for next.

    The next page begins at the last moment seen, not at a number of rows: rows move while pages are read.
    """

    kind: str
    since: str
    count: int
    same: int = 0
    unsure: str = ""
    """From where a row may have been passed over, where the server counted rows itself."""

    def onward(self, setup: Setup, page: JSON) -> str | Stopped | None:
        """The search for the page that follows this one, None after the last; Stopped where there is no end."""
        found = _resources(page)
        has_next, onward = _next_page(page, self.kind)
        if not found or not (len(found) >= self.count or has_next):
            return None
        last = updated_of(found[-1])
        if not self.since or moment(last) > moment(self.since):
            self.since, self.count, self.same = last, setup.page, 0
            return _search(setup, self.kind, last, setup.page)
        # A page full of one moment: a larger one, and where the server gives no more at once, its own next one.
        self.same += 1
        if self.same > MOST_OF_ONE_MOMENT or (len(found) < self.count and not onward):
            return ENDLESS
        if len(found) >= self.count:
            self.count *= 2
            return _search(setup, self.kind, self.since, self.count)
        self.unsure = self.unsure or self.since
        return onward


def _first_of_the_rest(setup: Setup, since: Mapping[str, str], pages: Mapping[str, JSON]) -> str:
    """The first search that the types of these first pages will ask for; "" when none of them goes on."""
    for kind, page in pages.items():
        if _moments(_resources(page)) is None:
            return ""
        search = _Reading(kind, since[kind], setup.page).onward(setup, page)
        if search is not None:
            return search if isinstance(search, str) else ""
    return ""


def _all_pages(setup: Setup, tally: Tally, kind: str, since: str, page: JSON, then: str = "") -> Steps[Stopped | bool]:
    """Put every page of a type on the disk. How far was read is noted with the last page, never before it is on the
    disk. `then` is what is asked for after the last page, by another type. Returns whether no row can have been passed
    over."""
    newest, new = "", 0
    listed: dict[str, str] = {}
    reading = _Reading(kind, since, setup.page)
    for _page in range(MOST_PAGES):
        found = _resources(page)
        moments = _moments(found)
        if moments is None:
            return Stopped("The shared record does not list changes in the order of their time.")
        newest = max([newest, *moments[-1:]], key=lambda text: moment(text) if text else _LONG_AGO)
        if kind == MANIFESTS:
            listed |= {key_of(resource): updated_of(resource) for resource in found}
        search = reading.onward(setup, page)
        # What comes next does not depend on what is done with this page: it may be on its way meanwhile.
        ahead = then if search is None else search if isinstance(search, str) else ""
        new += yield Transaction(_keep_page, kind, found, ahead=reading_of([ahead]) if ahead else None)
        tally.received += len(found)
        if isinstance(search, Stopped):
            return search
        if search is None:
            # Where the server counted rows itself, one may have been passed over: read from there again next time,
            # until there is nothing new.
            is_unsure = bool(reading.unsure and new)
            until = reading.unsure if is_unsure else newest
            yield Transaction(_read_through, kind, until, is_unsure, since, listed)
            return not is_unsure
        if kind == ENTRIES:
            yield from _merge_who_is_whole(setup, tally, found)
        answers = yield from ask_together([search])
        if isinstance(answers, Stopped):
            return answers
        next_page = page_in(answers[0])
        if next_page is None:
            return NOT_READABLE
        page = next_page
    return ENDLESS


def _read_through(
    ledger: Ledger, kind: str, until: str, is_unsure: bool, since: str, listed: Mapping[str, str]
) -> None:
    """Note how far a type was read; of manifests also, in one transaction, which should have been found again."""
    (how_far.keep_unsure if is_unsure else how_far.keep)(ledger, kind, until)
    if kind == MANIFESTS:
        found_again.look(ledger, since, listed)


ENDLESS = Stopped("The shared record does not come to the end of its list of changes.")
_LONG_AGO = moment("1970-01-01T00:00:00+00:00")


def _resources(page: JSON) -> list[JSON]:
    entries = page.get("entry")
    found = [entry.get("resource") for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    return [resource for resource in found if isinstance(resource, dict)]


def _moments(found: Sequence[JSON]) -> list[str] | None:
    """When each was changed; None when they do not come in that order, on which everything here relies."""
    texts = [updated_of(resource) for resource in found]
    try:
        moments = [moment(text) for text in texts]
    except ValueError:
        return None
    return texts if moments == sorted(moments) else None


def _next_page(page: JSON, kind: str) -> tuple[bool, str]:
    """Whether the server says that there is a next page, and the search for it where its address is one.

    Only what stands after the kind is taken: an address is never followed to another place.
    """
    links = page.get("link")
    for link in links if isinstance(links, list) else []:
        if isinstance(link, dict) and link.get("relation") == "next":
            _, found, search = str(link.get("url", "")).partition(f"/{kind}?")
            return True, f"{kind}?{search}" if found else ""
    return False, ""


def _keep_page(ledger: Ledger, kind: str, found: Sequence[JSON]) -> int:
    """Put a page on the disk. Returns how many resources were not known before."""
    new = 0
    ledger.expect({key_of(resource) for resource in found} | {manifest_key(p) for p in map(person_of, found) if p})
    for resource in found:
        if resource.get("resourceType") == kind:
            before = ledger.resource(key_of(resource))
            stage(ledger, resource)
            new += ledger.resource(key_of(resource)) != before
    return new
