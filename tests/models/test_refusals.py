"""A disk that refuses here and there (a sample; `make prove` has every point): what the user is told is true."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from eolc_desktop.errors import StoreFull, WrongPassphrase
from eolc_desktop.models import key_file, keys
from eolc_desktop.models.keys import KeySlots
from tests.prove.test_durability import fast
from tests.prove.test_refusals import NEEDS, look_at, refused
from tests.prove.workloads import CHEAP, CLOCK, passphrase

__all__ = ["fast"]


@NEEDS
@pytest.mark.skipif(shutil.which("cc") is None, reason="the disk that refuses is written in C")
@pytest.mark.hazard("H09", "H10")
@pytest.mark.parametrize(
    ("name", "kind", "error", "every"),
    [
        ("changing keys", "c", errno.ENOSPC, 20),
        ("first run", "n", errno.EIO, 1),
        ("first run", "s", errno.EIO, 6),
        ("changing the record's key", "u", errno.EROFS, 12),
        ("backing up", "t", errno.EIO, 8),
    ],
)
def test_refused_here_and_there_it_is_told_and_whole(fast: Path, name: str, kind: str, error: int, every: int) -> None:
    look_at(name, refused(fast, "tests.prove.refused_work", name, kind, error, every))


@pytest.mark.hazard("H09")
def test_keys_whose_name_may_not_last_are_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The new file has its name already when the disk refuses: whoever is told so types the passphrase from before."""
    _, _, slots = keys.create_slots(tmp_path / "keys.json", "asha", "Asha", passphrase(0), CLOCK, costs=CHEAP)
    proof = keys.unlock_with_passphrase(slots, passphrase(0))

    def refused_sync(_folder: Path) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(key_file, "sync_folder", refused_sync)
        with pytest.raises(StoreFull, match="as they were"):
            keys.change_passphrase(slots, proof, passphrase(1))
    again = KeySlots.load(tmp_path / "keys.json", costs=CHEAP, clock=CLOCK)
    assert keys.unlock_with_passphrase(again, passphrase(0)).user_id == "asha"
    with pytest.raises(WrongPassphrase):
        keys.unlock_with_passphrase(again, passphrase(1))
