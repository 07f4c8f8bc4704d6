"""Fifty prints, with everything watched that this computer lets anybody write to: no file appears."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from eolc_desktop.paths import Profile
from tests.traces import CAN_SEE, Traces
from tests.views.conftest import Office, office
from tests.views.printing.test_traces import print_some

__all__ = ["made_up", "office"]

PRINTS = 50


@pytest.fixture
def made_up() -> bool:
    return False


@pytest.mark.skipif(not CAN_SEE, reason="only Linux tells of files that are gone a moment later")
@pytest.mark.timeout(600)
def test_no_file_appears_during_fifty_prints(
    office: Office, profile: Profile, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = [Path(tempfile.gettempdir()), Path("/var/tmp"), Path("/dev/shm"), own_home, Path.cwd() / "eolc_desktop"]
    others = ("sem.", "__pycache__", "pytest-")
    with Traces(where, besides=[profile.folder], names=others) as traces:
        print_some(office, PRINTS, monkeypatch)
    assert traces.found == []
