"""People by the command line: brought in, printed one by one or all, and restored on a new laptop."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from eolc_desktop.app import batch
from eolc_desktop.app.opening import begin_session, make_record
from eolc_desktop.paths import Profile
from eolc_desktop.services import backups, people, plans, restoring, sign_in, trust
from eolc_desktop.services.sign_in import NewUser
from tests.app.commands import CHEAP, PATIENT, SYNTHEA, WORDS, actions, looked, made, run
from tests.fixed_clock import FixedClock

__all__ = ["made"]


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
