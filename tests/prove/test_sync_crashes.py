"""Every history of the exchange stopped at every single step, and schedules by the thousand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sync.real import Team
from tests.sync.scenarios import SCENARIOS, Scenario, swept
from tests.sync.simulator.world import run


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_stopped_at_every_step(tmp_path: Path, scenario: Scenario) -> None:
    team = Team(tmp_path, scenario.habits, scenario.abilities)
    try:
        scenario.begin(team)
        team.keep()
        at = 0
        while swept(team, scenario, at):
            at += 1
        print(f"{scenario.name}: stopped at {at} steps")
        assert at > 10
    finally:
        team.close()


@pytest.mark.parametrize("start", range(100_000, 105_000, 500))
def test_schedules_that_nobody_has_looked_at(start: int) -> None:
    for seed in range(start, start + 500):
        run(seed)
