"""The command line: the same services as the window, the same lock, and the passphrase never an argument."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from eolc_desktop import __version__, policy
from eolc_desktop.app import batch
from eolc_desktop.app.command_line import main, parser
from eolc_desktop.app.opening import make_record
from eolc_desktop.clock import system_clock
from eolc_desktop.desktop.single_instance import SingleInstance
from eolc_desktop.paths import Profile
from eolc_desktop.services import backups
from eolc_desktop.services.sign_in import NewUser
from tests.app.commands import CHEAP, WORDS, actions, made, run
from tests.fixed_clock import FixedClock

__all__ = ["made"]


def test_it_says_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.strip() == f"EoLC Desktop {__version__}"


def test_there_is_no_way_to_give_the_passphrase_as_an_argument() -> None:
    """Arguments stand in the list of processes, for everybody on the computer."""
    for command in ("import", "form", "print", "check"):
        with pytest.raises(SystemExit):
            parser().parse_args([command, "--passphrase", WORDS])


def test_check_says_in_plain_words_that_the_record_is_whole(made: Profile, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(made, "check") == 0
    said = capsys.readouterr().out
    assert "The record opened with its key." in said
    assert "Its tables are in order." in said
    assert "There is 1 person in it." in said
    assert "There are 0 backups." in said


def test_check_says_what_the_organisation_has_set(
    made: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "policy.toml"
    path.write_text("longest_idle_minutes = 2\nmay_save_pdfs = 3\n", encoding="utf-8")
    path.chmod(0o644)
    monkeypatch.setattr(policy, "policy_file", lambda: path)
    assert run(made, "check") == 0
    said = capsys.readouterr().out
    assert "Set by your organisation. The program locks after at most 2 minutes without use." in said
    assert "may_save_pdfs" in said


def test_print_saves_nothing_where_the_organisation_says_so(
    made: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "policy.toml"
    path.write_text("may_save_pdfs = false", encoding="utf-8")
    path.chmod(0o644)
    monkeypatch.setattr(policy, "policy_file", lambda: path)
    out = tmp_path / "list.pdf"
    assert run(made, "print", "--document", "mdt-list", "--all", "--out", str(out)) == 1
    assert "printed here, not saved as files" in capsys.readouterr().err
    assert not out.exists()


def test_check_finds_damage_and_says_so(made: Profile, capsys: pytest.CaptureFixture[str]) -> None:
    content = bytearray(made.store.read_bytes())
    content[-4096 + 99] ^= 1
    made.store.write_bytes(bytes(content))
    assert run(made, "check") == 1
    both = capsys.readouterr()
    assert "damaged" in both.out + both.err


def test_a_wrong_passphrase_is_said_and_nothing_is_opened(made: Profile, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(made, "check", passphrase="not this one at all") == 1
    assert "That passphrase does not open this record." in capsys.readouterr().err


def test_where_nobody_can_type_the_passphrase_it_says_how_to_give_it(
    made: Profile, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("getpass.getpass", nobody)
    given = parser().parse_args(["--profile", str(made.folder), "check"])
    assert batch.run(given, made, FixedClock(), CHEAP) == 1
    assert "--passphrase-fd" in capsys.readouterr().err
    monkeypatch.setattr("getpass.getpass", lambda _prompt: WORDS)
    assert batch.run(given, made, FixedClock(), CHEAP) == 0


def test_ctrl_c_ends_a_command_in_words_and_lets_go_of_the_record(
    made: Profile, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(backups, "check_record", interrupted)
        assert run(made, "check") == 1
    assert "Stopped." in capsys.readouterr().err
    assert run(made, "check") == 0


def test_a_profile_without_a_record_is_not_given_one(profile: Profile, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(profile, "check") == 1
    assert "There is no record" in capsys.readouterr().err
    assert not profile.store.exists()
    assert not profile.keys.exists()


def test_it_takes_the_same_lock_as_the_window(made: Profile, capsys: pytest.CaptureFixture[str]) -> None:
    window = SingleInstance(made.lock)
    assert window.claim()
    assert run(made, "check") == 1
    assert "The program is open on this record." in capsys.readouterr().err
    window.release()
    assert run(made, "check") == 0
    assert window.claim(), "and gives it back"
    window.release()


def test_who_signed_in_by_the_command_line_is_noted(made: Profile) -> None:
    run(made, "check")
    assert "signed in" in actions(made)


def test_the_whole_command_runs_as_a_program(profile: Profile) -> None:
    """With the real costs of key derivation, as somebody types it."""
    make_record(profile, NewUser("Jo Okafor", "", ""), WORDS, system_clock).store.close()
    reads, writes = os.pipe()
    os.write(writes, f"{WORDS}\n".encode())
    os.close(writes)
    command = [
        sys.executable,
        "-m",
        "eolc_desktop",
        "--profile",
        str(profile.folder),
        "check",
        "--passphrase-fd",
        str(reads),
    ]
    done = subprocess.run(command, pass_fds=(reads,), capture_output=True, text=True, timeout=60, check=False)
    os.close(reads)
    assert done.returncode == 0, done.stderr
    assert "Its tables are in order." in done.stdout
