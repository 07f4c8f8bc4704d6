"""The self-test says that everything works here, and says so only where it does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from eolc_desktop import policy
from eolc_desktop.app import self_test
from eolc_desktop.desktop import versions
from eolc_desktop.desktop.versions import Versions
from eolc_desktop.errors import StoreError


def test_it_passes_as_a_command_and_leaves_nothing_behind(tmp_path: Path) -> None:
    home, temporary = tmp_path / "home", tmp_path / "temporary"
    for folder in (home, temporary):
        folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "eolc_desktop", "--self-test"],
        env={**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home), "TMPDIR": str(temporary)},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == "Everything works."
    for words in ("SQLCipher 4", "its file is encrypted", "was read again", "My plan for care", "preview was drawn"):
        assert words in done.stdout
    assert list(temporary.iterdir()) == []
    assert [path for path in home.rglob("*") if path.is_file() and "cache" not in str(path)] == []


def test_the_running_libraries_are_asked() -> None:
    found = Versions.of_this_program()
    assert found.has_encryption
    assert found.has_search
    assert "OpenSSL" in found.cipher_provider
    assert any("Qt 6." in line for line in found.lines)


def failing(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lines of a run in which only what costs little runs: the record and the window have a test of their own."""
    monkeypatch.setattr(self_test, "_record", lambda _folder: iter(()))
    monkeypatch.setattr(self_test, "_window", lambda _folder: iter(()))
    said: list[str] = []
    assert self_test.run(said.append) == 1
    return said


def test_a_library_without_encryption_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    real = Versions.of_this_program()
    values = {name: getattr(real, name) for name in Versions.__slots__} | {"sqlcipher": ""}
    monkeypatch.setattr(versions.Versions, "of_this_program", classmethod(lambda cls: cls(**values)))
    assert any(line.startswith("FAIL") and "not SQLCipher" in line for line in failing(monkeypatch))


def test_a_missing_font_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(self_test, "FONTS", (*self_test.FONTS, "Gone.ttf"))
    assert "FAIL  Fonts are missing: Gone.ttf." in failing(monkeypatch)


def test_what_a_part_meets_is_said_without_what_it_held(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_folder: Path) -> None:
        raise StoreError("The disk is full.")

    def fault(_folder: Path) -> None:
        raise KeyError("Peggy")

    monkeypatch.setattr(self_test, "_fonts", full)
    monkeypatch.setattr(self_test, "_keyring", fault)
    said = failing(monkeypatch)
    assert any("The disk is full." in line for line in said)
    assert not any("Peggy" in line for line in said)


def test_what_is_wrong_with_a_policy_is_a_note(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "policy.toml"
    broken.write_text("server = ")
    broken.chmod(0o644)
    monkeypatch.setattr(policy, "policy_file", lambda: broken)
    assert any(line.startswith("note") and "policy file could not be read" in line for line in _all(tmp_path))


def _all(folder: Path) -> list[str]:
    return [result.line for result in self_test._policy(folder)]
