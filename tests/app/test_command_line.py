"""The command line: the same services as the window, the same lock, and the passphrase never an argument."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from eolc_desktop import __version__, policy
from eolc_desktop.app import batch
from eolc_desktop.app.command_line import main, parser
from eolc_desktop.app.opening import begin_session, make_record
from eolc_desktop.clock import system_clock
from eolc_desktop.desktop.single_instance import SingleInstance
from eolc_desktop.models.key_file import Argon2idCost, Costs, ScryptCost
from eolc_desktop.paths import Profile
from eolc_desktop.record import audit
from eolc_desktop.services import backups, people, plans, restoring, sign_in, trust
from eolc_desktop.services.session import Session
from eolc_desktop.services.sign_in import NewUser
from tests.fixed_clock import FixedClock

CHEAP = Costs(Argon2idCost(64, 1, 1), ScryptCost(2))
WORDS = "lantern orchard pebble seven"
SYNTHEA = Path(__file__).parent.parent / "data" / "synthea"
PATIENT = {
    "resourceType": "Patient",
    "name": [{"family": "Nowak", "given": ["Ewa"]}],
    "birthDate": "1950-07-30",
    "gender": "female",
    "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9990000042"}],
}


@pytest.fixture
def made(profile: Profile, clock: FixedClock) -> Profile:
    """A record with one person in it."""
    first = make_record(profile, NewUser("Jo Okafor", "district nurse", ""), WORDS, clock, costs=CHEAP)
    session = begin_session(first.store, first.user_id, profile, clock)
    values = {"family_name": "Smith", "given_names": "Margaret", "birth_date": "1941-04-05", "nhs_number": "9990000018"}
    people.add_person(session, values)
    first.store.close()
    return profile


def run(profile: Profile, *arguments: str, clock: FixedClock | None = None, passphrase: str = WORDS) -> int:
    """Run a command as it is typed, with the passphrase through a pipe."""
    reads, writes = os.pipe()
    os.write(writes, f"{passphrase}\n".encode())
    os.close(writes)
    command, *rest = arguments
    given = parser().parse_args(["--profile", str(profile.folder), command, "--passphrase-fd", str(reads), *rest])
    return batch.run(given, profile, clock or FixedClock(), CHEAP)


def actions(profile: Profile) -> list[str]:
    opened = sign_in.unlock(profile, WORDS, FixedClock(), costs=CHEAP)
    try:
        with opened.store.reading() as connection:
            return [line.action for line in audit.lines(connection)]
    finally:
        opened.store.close()


def looked(profile: Profile) -> Session:
    opened = sign_in.unlock(profile, WORDS, FixedClock(), costs=CHEAP)
    return begin_session(opened.store, opened.user_id, profile, FixedClock())


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


def test_import_shows_what_comes_in_and_brings_it_in(
    made: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "patient.json"
    file.write_text(json.dumps(PATIENT))
    assert run(made, "import", "--yes", str(file)) == 0
    said = capsys.readouterr().out
    assert "NOWAK, Ewa, born 30-Jul-1950, NHS No. 999\u00a0000\u00a00042" in said
    assert "1 person was brought in" in said
    session = looked(made)
    assert [row.family_name for row in people.caseload(session).rows] == ["Nowak", "Smith"]
    session.store.close()


def test_import_without_a_yes_brings_in_nothing(
    made: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "patient.json"
    file.write_text(json.dumps(PATIENT))
    with Path(os.devnull).open() as nobody:
        monkeypatch.setattr(sys, "stdin", nobody)
        assert run(made, "import", str(file)) == 1
    assert "Nothing was brought in." in capsys.readouterr().out
    session = looked(made)
    assert people.caseload(session).total == 1
    session.store.close()


def test_import_of_somebody_who_could_be_here_is_for_the_window(
    made: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "patient.json"
    file.write_text(json.dumps(PATIENT | {"name": [{"family": "Smyth", "given": ["Mary"]}]}))
    assert run(made, "import", "--yes", str(file)) == 1
    assert "Somebody on this computer could be the same person" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["", "{", "[]", '{"resourceType": "Observation"}'])
def test_what_is_not_a_fhir_file_is_refused(
    made: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    file = tmp_path / "patient.json"
    file.write_text(content)
    assert run(made, "import", "--yes", str(file)) == 1
    assert capsys.readouterr().err.strip()
    assert run(made, "import", "--yes", str(tmp_path / "not-there.json")) == 1


FORM = Path(__file__).parents[1] / "data" / "fhir" / "night-sitters-handover.json"


def test_a_form_of_one_s_own_is_shown_and_taken_in(made: Profile, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(made, "form", str(FORM)) == 1
    assert "Nothing was taken in." in capsys.readouterr().out
    assert run(made, "form", "--yes", str(FORM)) == 0
    said = capsys.readouterr().out
    assert "Done otherwise: “Total”" in said
    assert "a section of every plan" in said
    assert run(made, "form", "--yes", str(FORM)) == 0
    assert "kept already" in capsys.readouterr().out
    assert run(made, "form", "--yes", str(FORM.with_name("not-there.json"))) == 1


def test_real_bundles_of_another_tool_come_in(made: Profile) -> None:
    file = sorted(SYNTHEA.glob("*.json"))[0]
    assert run(made, "import", "--yes", str(file)) == 0


def test_print_makes_the_document_and_notes_it(
    made: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "plan.pdf"
    assert run(made, "print", "--person", "999 000 0018", "--document", "family-plan", "--out", str(out)) == 0
    assert out.read_bytes().startswith(b"%PDF-")
    assert out.stat().st_mode & 0o077 == 0, "readable by this user alone"
    assert "My plan for care was saved as" in capsys.readouterr().out
    assert actions(made)[-1] == "saved"


def test_print_makes_a_list_of_everybody_by_initials(
    made: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "list.pdf"
    assert run(made, "print", "--all", "--document", "caseload-list", "--initials", "--out", str(out)) == 0
    assert out.stat().st_mode & 0o077 == 0, "readable by this user alone"
    assert "destroy it after use" in capsys.readouterr().out
    assert actions(made)[-1] == "saved"
    with_name = ("print", "--person", "999 000 0018", "--document", "caseload-list", "--out", str(out))
    assert run(made, *with_name) == 1


@pytest.mark.parametrize(
    ("number", "document", "says"),
    [
        ("999 000 0042", "family-plan", "Nobody here has that number."),
        ("999 000 0018", "no-such-page", "There is no document called no-such-page."),
    ],
)
def test_print_says_what_it_cannot_do(
    made: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str], number: str, document: str, says: str
) -> None:
    out = tmp_path / "plan.pdf"
    assert run(made, "print", "--person", number, "--document", document, "--out", str(out)) == 1
    assert says in capsys.readouterr().err
    assert not out.exists()


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


def test_plans_are_whole_after_the_command_line(made: Profile, tmp_path: Path) -> None:
    file = tmp_path / "patient.json"
    file.write_text(json.dumps(PATIENT))
    run(made, "import", "--yes", str(file))
    session = looked(made)
    (row,) = [row for row in people.caseload(session).rows if row.family_name == "Nowak"]
    plan = plans.read_plan(session, row.id)
    assert plan.text("person", "birth_date") == "1950-07-30"
    assert plan.last_change_by is not None
    assert plan.last_change_by.name == "Jo Okafor"
    session.store.close()


def test_print_for_all_fills_a_folder_and_the_register(
    made: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "plans"
    arguments = ("print", "--all", "--document", "family-plan", "--out", str(folder))
    assert run(made, *arguments) == 1, "a folder that is not there is not made"
    assert "There is no folder" in capsys.readouterr().err
    folder.mkdir()
    assert run(made, *arguments) == 0
    told = capsys.readouterr().out
    assert "1 of 1 copies were made" in told
    assert "readable by anybody who can open it" in told
    assert "answered with no" in told
    (file,) = folder.iterdir()
    assert "smith" not in file.name.casefold()
    assert file.read_bytes().startswith(b"%PDF-")
    assert run(made, "print", "--to-replace", "--document", "family-plan", "--out", str(folder)) == 0
    assert "0 of 0 copies" in capsys.readouterr().out
    assert actions(made).count("saved") == 1


def test_print_for_all_is_stopped_by_ctrl_c_and_says_what_was_done(
    made: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(batch, "make", interrupted)
    assert run(made, "print", "--all", "--document", "family-plan", "--out", str(tmp_path)) == 1
    assert "Stopped." in capsys.readouterr().out


@pytest.mark.hazard("H09", "H10")
def test_a_backup_becomes_the_record_of_a_new_laptop(
    profile: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = FixedClock()
    first = make_record(profile, NewUser("Jo Okafor", "district nurse", ""), WORDS, clock, costs=CHEAP)
    session = begin_session(first.store, first.user_id, profile, clock, costs=CHEAP)
    who = people.add_person(session, {"family_name": "Smith"}).plan.person_id
    backup = backups.back_up(session)
    people.add_person(session, {"family_name": "Khan"})
    old_laptop = session.laptop_id
    trust.keep_head(session)
    first.store.close()

    stick = tmp_path / "stick"
    stick.mkdir()
    for path in (backup.path, backup.keys):
        shutil.copy(path, stick)
    new = Profile(tmp_path / "new laptop")

    def restore(at: Profile, words: str) -> int:
        return run(at, "restore", str(stick), clock=clock, passphrase=words)

    assert restore(new, "not the one at all") == 1
    assert not new.store.exists()
    assert restore(new, WORDS) == 0
    said = capsys.readouterr().out
    assert "put back from the backup of 12-Nov-2026" in said
    assert "It holds 1 person." in said
    opened = sign_in.unlock(new, WORDS, clock, costs=CHEAP)
    there = begin_session(opened.store, opened.user_id, new, clock, costs=CHEAP)
    assert [row.id for row in people.caseload(there).rows] == [who]
    assert there.laptop_id not in ("", old_laptop), "nobody takes it for the laptop it comes from"
    assert restoring.after_restore(there) is not None
    restoring.note_compared(there)
    assert restoring.after_restore(there) is None
    opened.store.close()

    assert restore(Profile(tmp_path / "another"), first.recovery_code.lower()) == 0, "or by the recovery code"
    assert restore(profile, WORDS) == 0, "and on the old laptop it goes in the record's place"
    assert list(profile.folder.glob("record-set-aside-*.db")), "what was there is set aside, never deleted"
    opened = sign_in.unlock(profile, WORDS, clock, costs=CHEAP)
    back = begin_session(opened.store, opened.user_id, profile, clock, costs=CHEAP)
    assert back.laptop_id == old_laptop
    assert not trust.doubt_about(back), "an older record that was restored on purpose is trusted"
    opened.store.close()
