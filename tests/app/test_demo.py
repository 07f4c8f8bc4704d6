"""The demonstration leaves nothing behind, after it was locked too."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest

from eolc_desktop.app import demo
from eolc_desktop.desktop import restart
from eolc_desktop.paths import Profile


@pytest.fixture(autouse=True)
def command_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "argv", ["eolc-desktop", "demo"])
    monkeypatch.setattr(sys, "orig_argv", [sys.executable, "-m", "eolc_desktop", "demo"])
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path))


def test_a_locked_demonstration_goes_on_with_its_own_record_and_is_removed_at_the_end(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / f"{demo.FOLDER_PREFIX}x1"
    (folder / demo.RECORD).mkdir(parents=True)
    opened: list[tuple[Path, str]] = []

    def open_window(profile: Profile, locked_at: str) -> int:
        opened.append((profile.folder, locked_at))
        assert restart.command(("--locked",))[-4:] == ["demo", "--record", str(folder), "--locked"]
        return 0

    monkeypatch.setattr(demo, "open_window", open_window)
    assert demo.go_on(folder, "14:32") == 0
    assert opened == [(folder / demo.RECORD, "14:32")]
    assert not folder.exists()


@pytest.mark.parametrize("name", ["records", "eolc-demo-x1/profile"])
def test_no_other_folder_is_ever_taken_for_a_demonstration(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir(parents=True)
    with pytest.raises(ValueError, match="not the folder of a demonstration"):
        demo.go_on(folder, "")
    assert folder.exists()
