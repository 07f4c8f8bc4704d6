"""The organisation's policy file: read as it is documented, and never weaker for being broken."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eolc_desktop import policy
from eolc_desktop.policy import IDLE_CEILING, NO_POLICY, STRICT_IDLE, Policy

ROOT = Path(__file__).resolve().parent.parent


def written(folder: Path, text: str | bytes, mode: int = 0o644) -> Path:
    path = folder / "policy.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    path.chmod(mode)
    return path


def is_as_strict_as_can_be(found: Policy) -> bool:
    return (
        found.is_set
        and not found.may_save_pdfs
        and found.longest_idle_minutes <= STRICT_IDLE
        and not found.server
        and bool(found.notices)
    )


def test_without_a_file_everything_is_left_to_the_user(tmp_path: Path) -> None:
    assert policy.load(tmp_path / "none.toml") == NO_POLICY
    assert NO_POLICY.idle_minutes(60) == IDLE_CEILING
    assert NO_POLICY.allows_document("anything")


def test_the_documented_example_is_read_as_it_says(tmp_path: Path) -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", (ROOT / "docs/policy.md").read_text(encoding="utf-8"), re.DOTALL)
    # The places of the example are those of Windows; here they need to be places of this system.
    text = re.sub(r"'[C\\].*'", "'/srv/a place'", text)
    found = policy.load(written(tmp_path, text))
    assert found.notices == ()
    assert found.server == "https://record.example.nhs.uk/fhir"
    assert found.longest_idle_minutes == 5
    assert not found.may_save_pdfs
    assert found.allows_document("family-plan")
    assert not found.allows_document("handover")
    assert found.allows_language("en-GB")
    assert not found.allows_language("pl")
    assert set(tomllib.loads(text)) == set(policy._RULES), "the example names every rule"


def test_a_user_may_choose_less_and_never_more() -> None:
    found = Policy(is_set=True, longest_idle_minutes=4)
    assert [found.idle_minutes(wanted) for wanted in (-1, 2, 4, 9)] == [1, 2, 4, 4]


@pytest.mark.parametrize(
    ("line", "holds"),
    [
        ("longest_idle_minutes = 600", lambda found: found.longest_idle_minutes == STRICT_IDLE),
        ("longest_idle_minutes = true", lambda found: found.longest_idle_minutes == STRICT_IDLE),
        ('may_save_pdfs = "no"', lambda found: not found.may_save_pdfs),
        ('server = "http://record.example.nhs.uk"', lambda found: found.server == ""),
        ('server = "https://name:word@record.example.nhs.uk"', lambda found: found.server == ""),
        ("documents = []", lambda found: found.allows_document("family-plan")),
        ('backup_folder = "here"', lambda found: found.backup_folder == ""),
    ],
)
def test_a_value_that_cannot_be_used_is_said_and_is_strict(tmp_path: Path, line: str, holds: Any) -> None:
    found = policy.load(written(tmp_path, line))
    assert holds(found)
    assert len(found.notices) == 1
    assert line.split(" ")[0] in found.notices[0]


def test_a_rule_this_version_does_not_know_is_said(tmp_path: Path) -> None:
    found = policy.load(written(tmp_path, "colour_of_the_carpet = 3"))
    assert "colour_of_the_carpet" in found.notices[0]
    assert found.may_save_pdfs


@pytest.mark.parametrize("line", ["may_save_pdf = false", "may_save_PDFs = false", "longest_idle_minute = 1"])
def test_a_misspelt_rule_is_as_strict_as_the_rule_can_be(tmp_path: Path, line: str) -> None:
    found = policy.load(written(tmp_path, line))
    assert found.notices
    assert not found.may_save_pdfs or found.longest_idle_minutes == STRICT_IDLE


@pytest.mark.parametrize("broken", [b"\xff\xfe", b"server = ", b"[[[[", b"a" * 70_000, b"a = " + b"[" * 5000])
def test_a_broken_file_is_as_strict_as_can_be_and_printing_goes_on(tmp_path: Path, broken: bytes) -> None:
    found = policy.load(written(tmp_path, broken))
    assert is_as_strict_as_can_be(found)
    assert found.allows_document("family-plan")


def test_a_file_that_anybody_may_write_to_is_not_used(tmp_path: Path) -> None:
    found = policy.load(written(tmp_path, 'server = "https://elsewhere.example"', mode=0o646))
    assert is_as_strict_as_can_be(found)


def test_a_folder_in_its_place_is_as_strict_as_can_be(tmp_path: Path) -> None:
    assert is_as_strict_as_can_be(policy.load(tmp_path))


WHOLE = b'longest_idle_minutes = 3\nmay_save_pdfs = false\ndocuments = ["family-plan"]\n'


@given(st.data())
@example(None)
def test_no_damage_makes_it_weaker(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject | None) -> None:
    """Bytes are changed, taken out or put in: the floors of the whole file hold, or what is lost is said."""
    damaged = bytearray(WHOLE)
    if data is not None:
        for _ in range(data.draw(st.integers(1, 6))):
            at = data.draw(st.integers(0, len(damaged)))
            damaged[at : at + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=8))
    found = policy.load(written(tmp_path_factory.mktemp("policy"), bytes(damaged)))
    assert found.is_set
    assert found.idle_minutes(60) <= IDLE_CEILING
    try:
        kept = tomllib.loads(bytes(damaged).decode())
    except (ValueError, RecursionError):
        assert is_as_strict_as_can_be(found)
        return
    # What still stands under its own name holds; a name that was damaged is named among the notices.
    if "may_save_pdfs" in kept:
        assert found.may_save_pdfs is (kept["may_save_pdfs"] is True)
    elif set(kept) - set(policy._RULES):
        assert found.notices
