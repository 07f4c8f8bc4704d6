"""A fresh process in the place of the old one: the same number, none of the memory."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from eolc_desktop.desktop.restart import command

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = textwrap.dedent(
    """
    import os, sys, threading
    sys.path.insert(0, {root!r})
    from eolc_desktop.desktop.restart import replace_process
    if "--locked" in sys.argv:
        print(os.getpid(), sys.argv[1:], threading.active_count(), "secret" in globals(), flush=True)
    else:
        secret = "ZQXCANARY"
        threading.Thread(target=threading.Event().wait, daemon=True).start()
        opened = open(os.devnull)
        print(os.getpid(), flush=True)
        replace_process("--locked")
    """
)


def test_the_process_is_replaced_in_its_place(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM.format(root=str(ROOT)), encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-X", "utf8", str(program), "--profile", "a b"], capture_output=True, text=True, timeout=60
    )
    before, after = ended.stdout.splitlines()
    assert after == f"{before} ['--profile', 'a b', '--locked'] 1 False"
    assert ended.stderr == ""


def test_locking_again_adds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "orig_argv", ["python", "-m", "eolc_desktop", "--profile", "x", "--locked"])
    assert command(["--locked"]) == [sys.executable, "-m", "eolc_desktop", "--profile", "x", "--locked"]


def test_a_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "argv", ["eolc-desktop.exe", "--profile", "x"])
    monkeypatch.setattr(sys, "executable", "eolc-desktop.exe")
    assert command(["--locked"]) == ["eolc-desktop.exe", "--profile", "x", "--locked"]
