"""Measures over time: the figures as they were recorded, in words and in order, and a chart that says what it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.measures import measures_of
from eolc_desktop.care_plan.sections.ipos import TOPICS
from eolc_desktop.views.person.rail import MEASURES
from eolc_desktop.views.widgets.chart import Bar, BarChart, Mark, Point, Series, Tick, TimeChart
from tests import accessibility
from tests.care_plan.made import made_plan
from tests.pages import OpenWindow
from tests.views.person.conftest import Ward, page_of

FULL: dict[str, Value] = {key: 2 for key, _topic in TOPICS}
PLAN: dict[str, Sequence[Mapping[str, Value]]] = {
    "akps": [
        {"on": "2026-10-01", "score": "60", "by": "Jo Okafor"},
        {"on": "2026-11-10", "score": "40"},
        {"on": "2026-09", "score": "70"},
        {"score": ""},
    ],
    "phase": [{"on": "2026-10-01", "phase": "stable"}, {"on": "2026-11-01", "phase": "deteriorating"}],
    "ipos": [
        {"on": "2026-10-01", **FULL},
        {"on": "2026-11-01", **FULL, "pain": 4},
        {"on": "2026-11-10", "pain": 3, "nausea": {"absent": "not_known"}},
    ],
    "frailty": [
        {"on": "2026-10-01", "scale": "cfs", "cfs": 7},
        {"on": "2026-10-02", "scale": "efi", "efi": "0,27", "efi_band": "moderate"},
    ],
}


def test_readings_stand_in_order_with_their_words() -> None:
    found = {measure.key: measure for measure in measures_of(made_plan(PLAN))}
    akps = found["akps"]
    assert [reading.short for reading in akps.readings] == ["70", "60", "40"]
    assert akps.readings[0].day == date(2026, 9, 1)
    assert akps.readings[0].when == "Sep-2026", "no more exact than it was"
    assert akps.summary.startswith("Function (AKPS): 40 – in bed more than half of the time (10-Nov-2026).")
    assert [reading.words for reading in found["phase"].readings] == ["Stable", "Deteriorating"]
    assert not found["phase"].joined
    assert found["cfs"].readings[0].words == "7 of 9"
    assert found["efi"].readings[0].value == 0.27
    assert "Moderate frailty" in found["efi"].readings[0].words


def test_a_total_is_only_of_all_answers_and_an_absence_is_no_nought() -> None:
    found = {measure.key: measure for measure in measures_of(made_plan(PLAN))}
    assert [reading.value for reading in found["ipos"].readings] == [34.0, 36.0, None]
    assert found["ipos"].readings[-1].words == "no total: 1 of 17 answered"
    nausea = found["ipos.nausea"].readings[-1]
    assert (nausea.value, nausea.words) == (None, "Not known")


def test_nothing_measured_is_no_measure() -> None:
    assert measures_of(made_plan({})) == ()


def test_the_page_is_read_aloud_in_words_and_leads_to_the_section(ward: Ward) -> None:
    person = ward.person(akps__one={"on": "2026-10-01", "score": "60"}, akps__two={"on": "2026-11-10", "score": "40"})
    page = ward.open(person)
    page_of(page).go_to(MEASURES)
    charts = page.root.findChildren(TimeChart)
    assert [chart.accessibleName() for chart in charts] == ["Chart: Function (AKPS)"]
    assert "40 – in bed more than half of the time" in charts[0].accessibleDescription()
    assert accessibility.faults(page.root) == []
    assert accessibility.unreached(page.root) == []
    page.press("Record another: Function (AKPS)")
    assert page_of(page).places.place == "akps"


def test_an_empty_page_says_so(ward: Ward) -> None:
    page = ward.open(ward.person())
    page_of(page).go_to(MEASURES)
    assert page.says("Nothing has been measured yet")
    assert accessibility.faults(page.root) == []


def test_charts_draw_whatever_they_are_given(page: OpenWindow) -> None:
    chart = TimeChart("Two of them")
    points = (Point(1, 3, "3"), Point(1, 4, "4"), Point(5, 1, "1"))
    series = [Series("A", points, mark) for mark in Mark]
    chart.show_series(series, [Tick(0, "low"), Tick(5, "high")], [Tick(1, "first"), Tick(5, "last")])
    shown = page(chart, 600, 300)
    assert not chart.grab().toImage().isNull()
    chart.show_series([], [], [])
    chart.show_series([Series("one", (Point(2, 2, "2"),))], [Tick(2, "2")], [])
    assert not chart.grab().toImage().isNull()
    assert accessibility.faults(shown.root) == []


def test_bars_say_their_amounts(page: OpenWindow) -> None:
    bars = BarChart("Where people died")
    bars.show_bars([Bar("At home", 12, "12 of 20"), Bar("Hospital", 0, "none"), Bar("A very long name " * 6, 8, "8")])
    shown = page(bars, 600, 200)
    assert "At home: 12 of 20" in bars.accessibleDescription()
    assert not bars.grab().toImage().isNull()
    assert accessibility.faults(shown.root) == []
