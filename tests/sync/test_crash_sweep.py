"""Stopped at any step of an exchange, with the real encrypted store: nothing is lost, doubled or half done.

The gate stops at some steps of each history; `make prove` at every one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.sync.real import Team
from tests.sync.scenarios import SCENARIOS, Scenario, swept

EVERY = 7
"""In the gate every so manieth step is a crash; which, differs from history to history."""


@pytest.fixture
def begun(tmp_path: Path) -> Iterator[Callable[[Scenario], Team]]:
    """A history up to where the sweep begins."""
    with ExitStack() as stack:

        def begin(scenario: Scenario) -> Team:
            team = Team(tmp_path, scenario.habits, scenario.abilities)
            stack.callback(team.close)
            scenario.begin(team)
            team.keep()
            return team

        yield begin


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_stopped_at_some_steps(begun: Callable[[Scenario], Team], scenario: Scenario) -> None:
    team = begun(scenario)
    at = SCENARIOS.index(scenario) % EVERY
    stopped = 0
    while swept(team, scenario, at):
        stopped += 1
        at += EVERY
    assert stopped


def test_an_exchange_with_nothing_to_do_is_one_request(begun: Callable[[Scenario], Team]) -> None:
    team = begun(SCENARIOS[0])
    for _ in range(2):
        team.exchange(team.ann)
    before = team.server.asked
    team.exchange(team.ann)
    assert team.server.asked - before == 1
