"""Imports go one way only, as pyproject.toml says, and the check that says so sees it when one does not."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "eolc_desktop"
SETTINGS: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
CONTRACTS: dict[str, dict[str, Any]] = {contract["id"]: contract for contract in SETTINGS["contracts"]}
KNOW_QT = {"desktop", "views", "app", "__main__"}

WRONG_IMPORTS = [
    # The file, what it must not import, and the contract that must say so.
    ("care_plan", "eolc_desktop.views", "layers"),
    ("models", "eolc_desktop.record", "layers"),
    ("record", "eolc_desktop.fhir", "layers"),
    ("services", "eolc_desktop.desktop", "layers"),
    ("desktop", "eolc_desktop.views", "layers"),
    ("errors", "eolc_desktop.care_plan", "layers"),
    ("clock", "eolc_desktop.paths", "layers"),
    ("services", "PySide6.QtCore", "qt"),
    ("documents", "eolc_desktop.models", "pure"),
    ("fhir", "sqlalchemy", "pure"),
]


def lint_imports(tree: Path) -> subprocess.CompletedProcess[str]:
    """Run the contracts over the package in `tree`, in a process of its own so that this one's modules play no part."""
    check = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"
    return subprocess.run(
        [sys.executable, "-c", check],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree), "COLUMNS": "400", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


@pytest.fixture
def copied_tree(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(PACKAGE, tmp_path / "eolc_desktop", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def packages_and_modules() -> set[str]:
    """Return the names right under `eolc_desktop`."""
    return {
        path.stem
        for path in PACKAGE.iterdir()
        if (path.suffix == ".py" and path.stem != "__init__") or (path / "__init__.py").exists()
    }


def test_every_contract_is_kept() -> None:
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken." in result.stdout


def test_every_contract_sees_what_breaks_it(copied_tree: Path) -> None:
    for name, imported, _ in WRONG_IMPORTS:
        package = copied_tree / "eolc_desktop" / name
        file = package / "__init__.py" if package.is_dir() else package.with_suffix(".py")
        with file.open("a", encoding="utf-8") as text:
            text.write(f"\nimport {imported}\n")

    result = lint_imports(copied_tree)

    assert result.returncode == 1, result.stdout + result.stderr
    for contract in {contract for _, _, contract in WRONG_IMPORTS}:
        assert f"{CONTRACTS[contract]['name']} BROKEN" in result.stdout
    reports = re.split(r"^-+\n", result.stdout, flags=re.MULTILINE)
    for name, imported, _ in WRONG_IMPORTS:
        seen = f"eolc_desktop.{name} -> {imported if imported.startswith('eolc_desktop') else imported.split('.')[0]}"
        assert any(seen in report for report in reports), f"nothing was said about {seen}:\n{result.stdout}"
    assert {contract for _, _, contract in WRONG_IMPORTS} == set(CONTRACTS)


def test_a_new_package_must_be_given_its_layer(copied_tree: Path) -> None:
    (copied_tree / "eolc_desktop" / "elsewhere").mkdir()
    (copied_tree / "eolc_desktop" / "elsewhere" / "__init__.py").write_text('"""Nobody said where this belongs."""\n')

    result = lint_imports(copied_tree)

    assert result.returncode == 1
    assert "eolc_desktop.elsewhere" in result.stdout + result.stderr


def test_every_package_without_qt_is_in_the_contract_that_says_so() -> None:
    held = {name.removeprefix("eolc_desktop.") for name in CONTRACTS["qt"]["source_modules"]}
    assert held == packages_and_modules() - KNOW_QT
