"""Each control against a hazard is taken out of a copy of the program once, and its proof is seen to fail."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests import hazards

ROOT = Path(__file__).resolve().parents[2]
TAKEN_OUT: list[dict[str, str]] = tomllib.loads((Path(__file__).parent / "controls.toml").read_text("utf-8"))[
    "taken_out"
]
COPIED = ("eolc_desktop", "tests", "resources", "docs", "installer", "pyproject.toml", "CHANGELOG.md", "LICENSE")
SECONDS = 900


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code as it stands, to be spoilt."""
    folder = tmp_path_factory.mktemp("controls")
    leave = shutil.ignore_patterns("__pycache__", ".hypothesis", "screens")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=None if name == "tests" else leave)
        else:
            shutil.copy2(ROOT / name, folder / name)
    return folder


def proved(folder: Path, proof: str) -> str:
    """Run one proof on the copy: "passed", "failed", or what else pytest said, which proves nothing."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:randomly", "-p", "no:cacheprovider", proof],
        cwd=folder, capture_output=True, text=True, check=False, timeout=SECONDS,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    counted = done.stdout.splitlines()[-1] if done.stdout else ""
    if done.returncode == 0 and " passed" in counted:
        return "passed"
    if done.returncode == 1 and re.search(r"\b[1-9][0-9]* failed", counted) and "error" not in counted:
        return "failed"
    return f"exit {done.returncode}: {done.stdout[-1500:]}{done.stderr[-500:]}"


def without(source: str, taken: Mapping[str, str]) -> str:
    """The source of a file without the control."""
    for was, becomes in (("was", "becomes"), ("also_was", "also_becomes")):
        if was in taken:
            assert source.count(taken[was]) == 1, f"{taken['file']} does not hold this once any more: {taken[was]}"
            source = source.replace(taken[was], taken[becomes])
    compile(source, taken["file"], "exec")
    return source


def test_every_control_of_the_log_is_among_them() -> None:
    taken = {one["control"] for one in TAKEN_OUT}
    assert taken == {f"{hazard.id} {control}" for hazard in hazards.hazards() for control in hazard.controls}


def test_every_proof_is_one_of_the_hazard() -> None:
    by_id = {hazard.id: hazard.proofs for hazard in hazards.hazards()}
    for one in TAKEN_OUT:
        named = by_id[one["control"].split(" ")[0]]
        assert one["proof"] in named or one["proof"].partition("::")[0] in named, one["control"]


@pytest.mark.timeout(SECONDS + 60)
@pytest.mark.parametrize("taken", TAKEN_OUT, ids=[f"{one['control'][:40]} {n}" for n, one in enumerate(TAKEN_OUT)])
def test_without_it_its_proof_fails(copied: Path, taken: dict[str, str]) -> None:
    path = copied / "eolc_desktop" / taken["file"]
    whole = path.read_text("utf-8")
    path.write_text(without(whole, taken), "utf-8")
    try:
        assert proved(copied, taken["proof"]) == "failed"
    finally:
        path.write_text(whole, "utf-8")
