"""Two hundred times the program is killed while it saves: no acknowledged save is lost, and none is there in part."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.models.kills import Found

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="killing some hundred processes needs fork")


def kill(folder: Path, lanes: int, kills: int, habit: str) -> Found:
    """Run `lanes` beside each other, `kills` each, and return what they found together."""
    together = Found()
    with ExitStack() as running:
        lanes_running = []
        for number in range(lanes):
            place = folder / f"lane-{number}"
            place.mkdir(parents=True)
            command = [sys.executable, "-m", "tests.models.kills", str(place), str(kills), str(number), habit]
            lanes_running.append(running.enter_context(subprocess.Popen(command, stdout=subprocess.PIPE, text=True)))
        for process in lanes_running:
            said, _ = process.communicate()
            assert process.returncode == 0
            for name, value in json.loads(said).items():
                setattr(together, name, getattr(together, name) + value)
    return together


def test_two_hundred_kills_lose_nothing_and_tear_nothing(tmp_path: Path) -> None:
    found = kill(tmp_path, lanes=2, kills=100, habit="real")
    print(found)
    assert found.kills == 200
    assert found.acknowledged > 200
    assert (found.lost, found.torn, found.damaged, found.refused) == (0, 0, 0, 0), found
    assert found.checked_whole == 20


def test_a_program_that_acknowledges_too_early_is_found_out(tmp_path: Path) -> None:
    assert kill(tmp_path, lanes=1, kills=100, habit="acknowledges before it commits").lost


def test_a_program_that_saves_one_form_in_two_parts_is_found_out(tmp_path: Path) -> None:
    assert kill(tmp_path, lanes=1, kills=100, habit="saves in two parts").torn
