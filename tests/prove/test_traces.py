"""Fifty prints, with everything watched that this process, Qt and the worker process write to: no file appears.

The temporary folder is the test's own (`TMPDIR`); what other programs use too (`/tmp`, `/dev/shm`) is watched for
what a document or Qt would leave there.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from eolc_desktop.paths import Profile
from tests.traces import CAN_SEE, Traces
from tests.views.conftest import Office, made_up, office
from tests.views.printing.test_traces import folders, print_some, temporary

__all__ = ["made_up", "office", "temporary"]

PRINTS = 50
OURS = (".pdf", ".ps", ".png", ".part", "qt_temp")


@pytest.mark.skipif(not CAN_SEE, reason="only Linux tells of files that are gone a moment later")
@pytest.mark.timeout(600)
def test_no_file_appears_during_fifty_prints(
    office: Office, profile: Profile, own_home: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = ("sem.", "__pycache__")
    shared = Traces([Path("/tmp"), Path("/var/tmp"), Path("/dev/shm")], names=others, deep=False)
    with Traces(folders(temporary), besides=[profile.folder], names=others) as traces, shared:
        print_some(office, PRINTS, monkeypatch)
    assert traces.found == []
    assert [path for path in shared.found if any(part in Path(path).name for part in OURS)] == []
