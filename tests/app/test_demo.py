"""The demonstration drives a visit where there is no screen, and leaves nothing behind, after it was locked too."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from eolc_desktop.app import demo
from eolc_desktop.desktop import restart
from eolc_desktop.documents.raster import text_of
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


WITH_FEW = (
    "import sys, pathlib; from eolc_desktop.app import demo; demo.PEOPLE, demo.YEARS = 6, 1; "
    "sys.exit(demo.run(pathlib.Path(sys.argv[1])))"
)


@pytest.mark.timeout(180)
def test_without_a_screen_a_visit_is_driven_and_left_to_be_looked_at(tmp_path: Path) -> None:
    """What `make demo` does, with fewer people: import, record, print, quit, open again."""
    out, temporary = tmp_path / "demo-output", tmp_path / "t"
    temporary.mkdir()
    unseen = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    done = subprocess.run(
        [sys.executable, "-c", WITH_FEW, str(out)],
        env={**unseen, "TMPDIR": str(temporary)},
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    summary = (out / "summary.txt").read_text("utf-8")
    assert "Opened the record again: every word is there." in summary
    pictures = sorted(path.name for path in out.glob("*.png"))
    assert len(pictures) >= 9
    assert all(name in summary for name in pictures), "the summary says what each picture shows"
    assert len(list(out.glob("*.pdf"))) == 3
    paper = " ".join("".join(text_of((out / "my-plan-for-care.pdf").read_bytes())).split())
    assert demo.WORDS in paper
    assert list(temporary.glob(f"{demo.FOLDER_PREFIX}*")) == [], "the made-up record is gone"
