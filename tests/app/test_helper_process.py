"""The packaged program knows when it is started as a helper of itself, and never takes a user's start for one."""

from __future__ import annotations

import pytest

from eolc_desktop.app.helper_process import is_helper


@pytest.mark.parametrize(
    ("arguments", "helps"),
    [
        (["--multiprocessing-fork", "tracker_fd=5", "pipe_handle=7"], True),
        (["-O", "-c", "from multiprocessing.resource_tracker import main;main(5)"], True),
        ([], False),
        (["--self-test"], False),
        (["import", "-c"], False),
        (["demo", "--make", "--multiprocessing-fork"], False),
    ],
)
def test_a_helper_is_known_by_its_arguments(arguments: list[str], helps: bool) -> None:
    assert is_helper(arguments) is helps
