"""The commands by which a plan leaves the computer, called as the command line calls them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from eolc_desktop.app.command_line import parser
from eolc_desktop.app.sharing_commands import export_person, share_now
from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.errors import InvalidValue, UserError
from eolc_desktop.paths import Profile
from eolc_desktop.services import people, plans, shared_record, sharing_status
from eolc_desktop.services.session import Session
from tests.fixed_clock import FixedClock
from tests.sessions import begin
from tests.sync.loopback import Loopback
from tests.sync.team_record import TeamRecord
from tests.sync.test_probe import Record


@pytest.fixture
def session(profile: Profile, clock: FixedClock) -> Iterator[Session]:
    made = begin(profile, clock)
    training = replace(made, made_up=True)
    plan = people.add_person(training, {"family_name": "Ogden", "nhs_number": "9990000018"}).plan
    plans.save_entry(training, plan, "consent", MAIN, {"to_share": "given"})
    yield training
    made.store.close()


def test_export_warns_and_writes_both_files(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan, pointer = tmp_path / "plan.json", tmp_path / "pointer.json"
    typed = ["export", "--person", "999 000 0018", "--out", str(plan), "--yes", "--pointer", str(pointer)]
    given = parser().parse_args([*typed, "--ods", "RXX", "--address", "https://record.example/1"])
    assert export_person(session, given) == 0
    said = capsys.readouterr().out
    assert said.index("It is not encrypted") < said.index("was saved as")
    assert json.loads(plan.read_text("utf-8"))["type"] == "document"
    assert json.loads(pointer.read_text("utf-8"))["custodian"]["identifier"]["value"] == "RXX"


def test_export_writes_nothing_unless_somebody_says_so(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    given = parser().parse_args(["export", "--person", "9990000018", "--out", str(tmp_path / "plan.json")])
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert export_person(session, given) == 1
    assert "Nothing was exported." in capsys.readouterr().out
    assert not (tmp_path / "plan.json").exists()


def test_nobody_with_that_number_is_said_so(session: Session, tmp_path: Path) -> None:
    given = parser().parse_args(["export", "--person", "9990000026", "--out", str(tmp_path / "plan.json")])
    with pytest.raises(InvalidValue, match="Nobody here"):
        export_person(session, given)


@pytest.mark.parametrize(("ods", "address"), [("R-X", "https://record.example/1"), ("RXX", "ftp://record.example/1")])
def test_a_pointer_that_cannot_be_made_leaves_no_plan_in_the_clear_behind(
    session: Session, tmp_path: Path, ods: str, address: str
) -> None:
    plan, pointer = tmp_path / "plan.json", tmp_path / "pointer.json"
    typed = ["export", "--person", "9990000018", "--out", str(plan), "--yes", "--pointer", str(pointer)]
    with pytest.raises(InvalidValue, match=r"ODS code|begins with https"):
        export_person(session, parser().parse_args([*typed, "--ods", ods, "--address", address]))
    assert list(tmp_path.glob("*.json")) == []


def test_one_section_is_exported_alone(session: Session, tmp_path: Path) -> None:
    out = tmp_path / "consent.json"
    typed = ["export", "--person", "9990000018", "--out", str(out), "--yes", "--section"]
    assert export_person(session, parser().parse_args([*typed, "consent"])) == 0
    assert "given" in out.read_text("utf-8")
    with pytest.raises(InvalidValue, match="The sections are: "):
        export_person(session, parser().parse_args([*typed, "no-such"]))


@pytest.mark.parametrize("content", [None, b"caf\xe9", b"no certificate"])
def test_an_authority_that_cannot_be_read_is_said_in_words(
    session: Session, tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "authority.pem"
    if content is not None:
        file.write_bytes(content)
    typed = ["sync", "--server", "https://record.example/fhir", "--authority", str(file)]
    with pytest.raises(UserError, match=r"not a certificate|could not be read as a certificate"):
        share_now(session, parser().parse_args(typed))
    assert shared_record.settings(session) is None


def test_a_server_that_is_not_there_takes_no_place(session: Session) -> None:
    with Loopback(TeamRecord().answer) as server:
        share_now(session, parser().parse_args(["sync", "--server", server.address]))
        assert sharing_status.status(session).last_shared == session.clock(), "the window knows of it too"
        with pytest.raises(UserError, match="could not be reached"):
            share_now(session, parser().parse_args(["sync", "--server", "http://127.0.0.1:9/fhir"]))
        kept = shared_record.settings(session)
        assert kept is not None
        assert kept.address == server.address


def test_sync_says_what_it_brought_and_took(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    with Loopback(TeamRecord().answer) as server:
        share_now(session, parser().parse_args(["sync", "--server", server.address]))
        assert "This time: no news received; 2 sendings accepted." in capsys.readouterr().out.splitlines()
        share_now(session, parser().parse_args(["sync"]))
    said = capsys.readouterr().out.splitlines()
    assert said == ["This time: no news received; nothing was sent.", "Everything is shared."]


def test_sync_says_what_the_server_can_be_used_for(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UserError, match="No shared record"):
        share_now(session, parser().parse_args(["sync"]))
    with Loopback(Record("not atomic").answer) as server:
        share_now(session, parser().parse_args(["sync", "--server", server.address]))
    said = capsys.readouterr().out
    assert "can be read, and nothing is sent to it" in said
    assert "1 person with changes that are not shared yet" in said
