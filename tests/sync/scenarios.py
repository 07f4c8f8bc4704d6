"""The canonical histories that are stopped at every step: how each begins, and what must hold when it is over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

from eolc_desktop.care_plan.conflicts import Choice
from eolc_desktop.care_plan.said import Place
from eolc_desktop.sync import all_changes, how_far, settling
from eolc_desktop.sync.ports import ServerAbilities
from eolc_desktop.sync.receiving import MANIFESTS, types_of
from eolc_desktop.sync.store_ledger import StoreLedger
from tests.sync.real import CONSENT, Crash, Crashes, Team
from tests.sync.simulator.server import Habits

PERSON = uuid4().hex
NAME: Place = ("person", "main", "family_name")
PHONE: Place = ("person", "main", "phone")
DECISION: Place = ("cpr", "main", "decision")
REASON: Place = ("cpr", "main", "reason")
HOSPITAL: Place = ("conveyance", "main", "to_hospital")
MATTERS: Place = ("about_me", "main", "most_important")


@dataclass(frozen=True)
class Scenario:
    """`begin` leaves Ann with something to exchange; `holds` is asked when all have exchanged after the crash."""

    name: str
    begin: Callable[[Team], None]
    holds: Callable[[Team], None]
    habits: Habits = field(default_factory=Habits)
    abilities: ServerAbilities = field(default_factory=ServerAbilities)


def shared(team: Team) -> None:
    team.ann.record(PERSON, {NAME: "Smith", CONSENT: "given", DECISION: "for", REASON: "Wishes it", PHONE: "01274 1"})
    team.exchange(team.ann, team.bob)


def _first(team: Team) -> None:
    team.ann.record(PERSON, {NAME: "Smith", CONSENT: "given", DECISION: "not_for", MATTERS: "My own bed"})


def _both_have_it(team: Team) -> None:
    assert team.bob.says(PERSON) == team.ann.says(PERSON)
    assert team.bob.says(PERSON)[DECISION] == "not_for"
    assert not team.ann.conflicts(PERSON)


def _long(team: Team) -> None:
    team.ann.record(PERSON, {NAME: "Smith", CONSENT: "given", DECISION: "not_for"})
    team.ann.record(PERSON, {("next_steps", f"s{n}", "what"): f"Step {n}" for n in range(9)})


def _changed(team: Team) -> None:
    shared(team)
    _both_change(team)


def _changed_and_listed(team: Team) -> None:
    """What changed comes to Ann in one list: she has read everything before, to its end."""
    shared(team)
    team.exchange(team.ann)
    _both_change(team)
    with team.ann.store.writing() as connection:
        ledger, setup = StoreLedger(connection, team.ann.pen), team.ann.setup
        assert all_changes.start(ledger, setup, types_of(setup), how_far.start(ledger, setup, MANIFESTS))


def _both_change(team: Team) -> None:
    team.bob.record(PERSON, {PHONE: "01274 2"})
    team.exchange(team.bob)
    team.ann.record(PERSON, {DECISION: "not_for", REASON: "Frail"})


def _merged(team: Team) -> None:
    _both_have_it(team)
    assert team.ann.says(PERSON)[PHONE] == "01274 2"


def _clashing(team: Team) -> None:
    shared(team)
    team.bob.record(PERSON, {DECISION: "not_for"})
    team.exchange(team.bob)
    team.ann.record(PERSON, {HOSPITAL: "avoid"})


def _in_conflict(team: Team) -> None:
    assert team.ann.says(PERSON) == team.bob.says(PERSON)
    assert team.ann.says(PERSON)[DECISION] == "not_for"
    assert HOSPITAL not in team.ann.says(PERSON)
    for laptop in (team.ann, team.bob):
        (conflict,) = laptop.conflicts(PERSON)
        assert [item.mine.item.value for item in conflict.items if item.place == HOSPITAL and item.mine] == ["avoid"]


def _settling(team: Team) -> None:
    _clashing(team)
    team.exchange(team.ann, team.bob)
    (conflict,) = team.ann.conflicts(PERSON)
    with team.ann.store.writing() as connection:
        ledger = StoreLedger(connection, team.ann.pen)
        settling.settle(ledger, team.ann.setup, PERSON, conflict.id, Choice.MINE, "Asked Dr Khan")


def _settled(team: Team) -> None:
    assert team.ann.says(PERSON) == team.bob.says(PERSON)
    assert (team.bob.says(PERSON)[DECISION], team.bob.says(PERSON)[HOSPITAL]) == ("for", "avoid")
    for laptop in (team.ann, team.bob):
        assert not laptop.conflicts(PERSON)
        (conflict,) = laptop.conflicts(PERSON, open_only=False)
        assert (conflict.reason, conflict.settled_by) == ("Asked Dr Khan", team.ann.author)


def _withdrawn(team: Team) -> None:
    shared(team)
    team.ann.record(PERSON, {DECISION: "not_for"})
    team.bob.record(PERSON, {CONSENT: "withdrawn"})
    team.exchange(team.bob)


def _nothing_left(team: Team) -> None:
    assert team.ann.says(PERSON)[CONSENT] == team.bob.says(PERSON)[CONSENT] == "withdrawn"
    assert (team.ann.says(PERSON)[DECISION], team.bob.says(PERSON)[DECISION]) == ("not_for", "for")


def _set_back(team: Team) -> None:
    shared(team)
    before = team.server.snapshot()
    team.bob.record(PERSON, {DECISION: "not_for"})
    team.exchange(team.bob, team.ann)
    team.server.restore(before)
    team.ann.record(PERSON, {PHONE: "01274 2"})


def _as_before_it_was_set_back(team: Team) -> None:
    """Bob's decision, which the server lost, is there again. Whoever finds a number that is new to them may be asked
    about it: nothing says any more whether it was recorded knowing of theirs."""
    assert team.ann.says(PERSON) == team.bob.says(PERSON)
    assert team.ann.says(PERSON)[DECISION] == "not_for"
    in_conflict = {place for conflict in team.ann.conflicts(PERSON) for place in conflict.places}
    assert in_conflict <= {PHONE}
    assert team.ann.says(PERSON)[PHONE] == "01274 2" or in_conflict


GUARDED = Habits(create_guard=True), ServerAbilities(create_guard=True)
BEGINS_AT_0 = Habits(if_match_on_nothing_creates=True), ServerAbilities(begins_at_0=True)
TELLS_VERSIONS = Habits(stale_status=409, etags=True), ServerAbilities(etags_in_transactions=True)
LISTS_CHANGES = Habits(lists_changes=True), ServerAbilities(lists_changes="_history")
SCENARIOS = (
    Scenario("first share", _first, _both_have_it),
    Scenario("first share with a create guard", _first, _both_have_it, *GUARDED),
    Scenario("first share in parts", _long, _both_have_it, Habits(), ServerAbilities(most_entries=5)),
    Scenario("merge", _changed, _merged),
    Scenario("merge where versions are told", _changed, _merged, *TELLS_VERSIONS),
    Scenario("merge of what one list told", _changed_and_listed, _merged, *LISTS_CHANGES),
    Scenario("conflict", _clashing, _in_conflict),
    Scenario("settled", _settling, _settled, Habits(random_versions=True)),
    Scenario("consent withdrawn", _withdrawn, _nothing_left),
    Scenario("server set back", _set_back, _as_before_it_was_set_back, *BEGINS_AT_0),
)


def swept(team: Team, scenario: Scenario, crash_at: int) -> bool:
    """Stop Ann's exchange at one event, begin again, and look. False when it was over before."""
    team.bring_back()
    team.later()
    over = False
    try:
        team.ann.exchange(Crashes(crash_at))
        over = True
    except Crash:
        team.ann.reopen()
    for _ in range(2):
        team.exchange(team.ann, team.bob)
    assert (team.ann.left(), team.bob.left()) == ([], []), f"{scenario.name}, stopped at {crash_at}"
    scenario.holds(team)
    assert team.ann.journal_agrees()
    assert team.bob.journal_agrees()
    return not over
