"""Every figure is recomputed from the raw lines of the journal, in another way, and must be equal; lists too."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from eolc_desktop.care_plan import dates
from eolc_desktop.care_plan.counted_people import FIELDS, GROUPINGS, area_of
from eolc_desktop.care_plan.service_measures import MEASURES
from eolc_desktop.documents.blocks import BarsBlock, KeepTogether
from eolc_desktop.documents.service_sheets import SheetOrder
from eolc_desktop.models.service_tables import MEASURED_FIELDS, MEASURED_SECTIONS
from eolc_desktop.paths import Profile
from eolc_desktop.record import measured
from eolc_desktop.services import figures_out, measures, our_service, promises_kept
from eolc_desktop.services.invented.filling import fill
from eolc_desktop.services.session import Session
from tests.fixed_clock import FixedClock
from tests.sessions import begin

PLACES = {
    "home", "family_home", "hospice", "hospital", "community_hospital", "nursing_home", "residential_home",
    "learning_disability_unit", "mental_health_unit", "other",
}  # fmt: skip
Raw = dict[str, dict[tuple[str, str], dict[str, Any]]]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Session:
    session = replace(begin(Profile(tmp_path_factory.mktemp("service") / "profile"), FixedClock()), made_up=True)
    fill(session, 90, 20261112, years=5)
    our_service.save(session, "areas", "area1", {"begins": "LS21", "fifth": "1"})
    our_service.save(session, "areas", "area2", {"begins": "LS29", "fifth": "4"})
    return session


def raw_entries(session: Session) -> Raw:
    """Current values from the journal alone: the last value of each field, without what no longer stands."""
    people: Raw = defaultdict(lambda: defaultdict(dict))
    with session.store.reading() as connection:
        rows = connection.execute(
            text("SELECT person_id, section, entry, field, value FROM change WHERE op = 'set' ORDER BY sequence")
        )
        for person_id, section, entry, field, value in rows:
            people[person_id][section, entry][field] = json.loads(value)
    return people


class Recomputed:
    """One person, read the long way round."""

    def __init__(self, entries: dict[tuple[str, str], dict[str, Any]], on: date) -> None:
        self.on = on
        self.entries = {place: values for place, values in entries.items() if values.get("", "current") == "current"}

    def all(self, section: str) -> list[dict[str, Any]]:
        return [values for (key, _entry), values in self.entries.items() if key == section]

    def one(self, section: str, field: str) -> Any:
        value = self.entries.get((section, "main"), {}).get(field)
        return None if isinstance(value, dict) and "absent" in value else value

    @property
    def died(self) -> date | None:
        return date.fromisoformat(self.one("death", "died_on")) if self.one("death", "died_on") else None

    def at_home_as_wished(self) -> bool | None:
        wanted, got = self.one("places", "preferred_death"), self.one("death", "place")
        if wanted not in PLACES or not got:
            return None
        if self.one("death", "preferred_achieved") in ("yes", "no"):
            return bool(self.one("death", "preferred_achieved") == "yes")
        usual = self.one("places", "is_usual_residence") is True and self.one("death", "usual_residence") is True
        return bool(usual or wanted == got)

    def hours(self) -> bool | None:
        got, begun = self.one("fast_track", "received_at"), self.one("fast_track", "started_at")
        stage = self.one("fast_track", "stage")
        if not got:
            return None
        received = datetime.fromisoformat(got)
        if begun:
            return datetime.fromisoformat(begun) - received <= timedelta(hours=48)
        over = stage in ("refused", "withdrawn", "stepped_down", "package_started")
        return None if over or FixedClock()() - received <= timedelta(hours=48) else False

    def measure(self, key: str) -> bool | None:
        """Whether a measure holds, or None where the person does not count."""
        alive = self.died is None
        if key == "fast_track":
            return self.hours()
        if key in ("plan_agreed", "on_register", "reviewed"):
            registered = bool(self.one("register", "on_register") == "on")
            if not alive or (key == "reviewed" and not registered):
                return None
            if key == "plan_agreed":
                return str(self.one("plan_control", "agreed")) in (
                    "yes",
                    "partly",
                    "representative",
                    "parental_responsibility",
                    "best_interests",
                )
            if key == "on_register":
                return registered
            met = [one["on"] for one in self.all("team_reviews") if one.get("on")]
            met += [self.one("plan_control", "last_mdt")] if self.one("plan_control", "last_mdt") else []
            latest = max((dates.last_day(day) for day in met), default=None)
            return latest is not None and 0 <= (self.on - latest).days <= 92
        if alive:
            return None
        assert self.died is not None
        match key:
            case "preferred_place":
                return self.at_home_as_wished()
            case "usual_residence":
                value = self.one("death", "usual_residence")
                return value if isinstance(value, bool) else None
            case "three_admissions":
                days = [dates.last_day(one["date_in"]) for one in self.all("admissions") if one.get("date_in")]
                return len([day for day in days if 0 <= (self.died - day).days <= 90]) >= 3
            case "preference_recorded":
                return bool(self.one("places", "preferred_death"))
            case "dying_recognised":
                return bool(self.one("dying", "recognised_on"))
            case "last_days_plan":
                return any(self.one("last_days", field) for field in FIELDS["last_days"])
            case "involvement_wish":
                contacts = self.all("contacts")
                return any(isinstance(one.get("involvement"), str) for one in contacts) if contacts else None
            case "cpr_involved":
                if self.one("cpr", "decision") != "not_for":
                    return None
                reason = self.one("cpr", "person_not_involved_reason")
                return self.one("cpr", "person_involved") == "yes" or bool(reason)
            case "just_in_case":
                if self.one("death", "place") not in ("home", "family_home", "nursing_home", "residential_home"):
                    return None
                return self.one("anticipatory", "state") in ("prescribed", "box_issued")
        raise AssertionError(key)


@pytest.mark.parametrize("span", ["year", "all"])
def test_every_figure_is_equal_to_one_made_from_the_raw_entries(service: Session, span: str) -> None:
    on = dates.today(service.clock())
    people = {person_id: Recomputed(dict(entries), on) for person_id, entries in raw_entries(service).items()}
    read = measures.read(service, span, "age")
    period = read.span.period
    checked = 0
    for measure in MEASURES:
        counted, holding = set(), set()
        for person_id, person in people.items():
            received = person.one("fast_track", "received_at")
            day = person.died
            if measure.key == "fast_track":
                day = dates.today(datetime.fromisoformat(received)) if received else None
            in_time = measure.key in ("plan_agreed", "on_register", "reviewed") or (
                day is not None and period.first <= day <= period.last
            )
            holds = person.measure(measure.key)
            if in_time and holds is not None:
                counted.add(person_id)
                if holds:
                    holding.add(person_id)
        figure = read.figures.whole[measure.key]
        assert (figure.n, figure.total) == (len(holding), len(counted)), measure.key
        assert (set(figure.holding), set(figure.of)) == (holding, counted), f"the list behind {measure.key}"
        checked += figure.total
    died = [p for p in people.values() if p.died is not None and period.first <= p.died <= period.last]
    for key, count in read.figures.places.items():
        assert count.n == sum((p.one("death", "place") or "") == key for p in died), key
    assert checked > (30 if span == "year" else 300), "the figures were of somebody"


@pytest.mark.parametrize("grouping", [one.key for one in GROUPINGS])
def test_groups_and_years_add_up_and_lists_are_as_long_as_their_figures(service: Session, grouping: str) -> None:
    read = measures.read(service, "all", grouping)
    for key, whole in read.figures.whole.items():
        groups = read.figures.by_group[key].values()
        assert sorted(i for group in groups for i in group.of) == sorted(whole.of)
        assert sum(group.n for group in groups) == whole.n
        years = read.figures.by_year[key].values()
        if years:
            assert (sum(y.n for y in years), sum(y.total for y in years)) == (whole.n, whole.total)
        assert len(measures.rows(service, whole.holding)) == whole.n
    if grouping == "deprivation":
        assert read.figures.by_group["preference_recorded"]["1, most deprived"].total > 0


def test_everything_is_read_from_the_one_index(service: Session) -> None:
    assert set(FIELDS) | set(promises_kept.FIELDS) <= set(MEASURED_SECTIONS)
    wanted = {key for fields in (FIELDS, promises_kept.FIELDS) for keys in fields.values() for key in keys}
    assert wanted <= set(MEASURED_FIELDS)
    with service.store.reading() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {measured.READ}").all()
    assert "COVERING INDEX ix_current_measured (section=?" in str(plan)


def test_counting_in_portions_says_truly_how_far_it_is_and_can_be_left(
    service: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measures, "AT_A_TIME", 20)
    counting = measures.begin(service, "all", "ethnicity")
    steps = [(counting.done, counting.words)]
    while counting.read is None:
        measures.go_on(service, counting)
        steps.append((counting.done, counting.words))
    assert [done for done, _words in steps] == list(range(counting.of + 1)), "each step is one of those announced"
    assert steps[0][1] == "Reading all plans"
    assert steps[2][1] == "Counting: 20 of 90 people"
    assert steps[-1][1] == "Counting: 90 of 90 people"
    assert counting.read == measures.read(service, "all", "ethnicity")


def test_what_others_read_never_shows_a_small_number(service: Session) -> None:
    read = measures.read(service, "year", "ethnicity")
    for one in figures_out.shown(read, for_others=True):
        for line in (one.whole, *one.groups, *one.years):
            if line.n is not None and line.total is not None and not one.is_places:
                assert all(n == 0 or n >= 5 for n in (line.n, line.total, line.total - line.n)), one.title
    order = figures_out.prepare_sheet(service, read, for_others=True)
    assert "Hidden" in str(order.blocks)


def charts(order: SheetOrder) -> list[BarsBlock]:
    """The charts of a sheet, also those kept together with their heading."""
    inside = [part for block in order.blocks if isinstance(block, KeepTogether) for part in block.body]
    return [block for block in (*order.blocks, *inside) if isinstance(block, BarsBlock)]


@pytest.mark.parametrize("for_others", [False, True])
def test_charts_on_paper_are_drawn_from_what_the_tables_show(service: Session, for_others: bool) -> None:
    read = measures.read(service, "all", "ethnicity")
    drawn = {chart.alt: chart.bars for chart in charts(figures_out.prepare_sheet(service, read, for_others=for_others))}
    shown = figures_out.shown(read, for_others=for_others)
    wanted = {
        f"Bar chart: {one.title}.": [
            (line.name, line.share) for line in one.groups if not line.is_hidden and line.total
        ]
        for one in shown
    }
    assert {alt: [(bar.name, bar.words) for bar in bars] for alt, bars in drawn.items()} == {
        alt: lines for alt, lines in wanted.items() if lines
    }
    for bar in (bar for bars in drawn.values() for bar in bars):
        assert bar.words == f"{int(100 * bar.share + 0.5 + 1e-9)} in 100"
    hidden = {f"Bar chart: {one.title}.": {line.name for line in one.groups if line.is_hidden} for one in shown}
    assert any(hidden.values()) is for_others, "for others there is something to hide"
    assert not [bar for alt, bars in drawn.items() for bar in bars if bar.name in hidden[alt]]


def test_the_promises_are_equal_to_the_raw_entries(service: Session) -> None:
    people = raw_entries(service)
    on = dates.today(service.clock())
    living = {i: Recomputed(dict(e), on) for i, e in people.items() if Recomputed(dict(e), on).died is None}
    kept = promises_kept.read(service)
    assert set(kept.people) == set(living)
    assert len(kept.promises) == 13
    latest: dict[str, Mapping[str, Any]] = {}
    for i, person in living.items():
        asked = [(e.get("asked_on") or "", k[1], e) for k, e in person.entries.items() if k[0] == "compact"]
        latest[i] = max(asked)[2] if asked else {}
    for number, promise in enumerate(kept.promises, 1):
        said: dict[str, tuple[Any, Any]]
        if number <= 6:
            stood = {i: p.entries.get(("commitments", str(number)), {}) for i, p in living.items()}
            said = {i: (e.get("state"), e.get("verdict")) for i, e in stood.items()}
            good = "met"
        else:
            said = {i: (e.get(f"q{number - 6}_mirror"), e.get(f"q{number - 6}")) for i, e in latest.items()}
            good = "yes"
        for key in ("met", "partly", "not_yet", "yes", "no", "not_asked", "declined", "not_appropriate"):
            if key in promise.team:
                assert set(promise.team[key]) == {i for i, (team, _own) in said.items() if team == key}, (number, key)
            if key in promise.own:
                assert set(promise.own[key]) == {i for i, (_team, own) in said.items() if own == key}, (number, key)
        assert set(promise.kept_both) == {i for i, pair in said.items() if pair == (good, "yes")}
        assert set(promise.apart) == {i for i, (t, own) in said.items() if t == good and own in ("no", "partly")}
        assert sum(len(ids) for ids in promise.own.values()) == len(living)
        assert sum(len(ids) for ids in promise.team.values()) == len(living)
    now = kept.quarters[-1]
    everybody = [Recomputed(dict(e), on).entries.get(("commitments", "1"), {}).get("state") for e in people.values()]
    assert now.met["c1"] == (everybody.count("met"), sum(bool(state) for state in everybody))


def test_the_promises_on_paper_have_charts_with_nothing_in_them_that_the_tables_do_not_say(service: Session) -> None:
    kept = promises_kept.read(service)
    drawn = {chart.alt: chart.bars for chart in charts(promises_kept.prepare_sheet(service, kept))}
    assert len(drawn) > len(kept.promises), "how it stands now for each, and how it went for those asked for long"
    for promise in kept.promises:
        now = {bar.name: bar for bar in drawn[f"Bar chart: {promise.title}, the team’s word beside the person’s."]}
        answered = sum(len(promise.own[key]) for key in ("yes", "partly", "no"))
        assert now["The person: yes"].words == f"{len(promise.own['yes']):,} of {answered:,}"
        assert now["The person: yes"].share == len(promise.own["yes"]) / answered
        over = drawn.get(f"Bar chart: {promise.title}, those who said yes, of those who answered.", ())
        tabled = {words: yes for words, _met, yes in promises_kept.over_time(promise, kept)}
        assert {bar.name: bar.words for bar in over}.items() <= tabled.items()
        assert len(over) != 1, "one quarter is no course"


@pytest.mark.parametrize(
    ("postcode", "fifth"),
    [("LS21 3AB", "2"), ("ls213zz", "2"), ("LS21 1AA", "1"), ("LS2 1AA", ""), ("", ""), ("LS21", "1")],
)
def test_the_longest_beginning_of_a_postcode_counts(postcode: str, fifth: str) -> None:
    assert area_of(postcode, {"LS21": "1", "LS21 3": "2"}) == fifth
