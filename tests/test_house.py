"""The habits of the house that no tool checks: the size of files, printing, locked versions, what tests wait for."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import stat
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "eolc_desktop"
TESTS = ROOT / "tests"
LONGEST_FILE = 400
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = {name: ROOT / "installer/locked" / f"{name}.txt" for name in ("run", "develop", "package")}

SYSTEMS = {
    "Linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": "x86_64"},
    "Windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"},
}
PYTHONS = ["3.11", "3.12", "3.13"]


def sources(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if "__pycache__" not in path.parts)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=named(path))


def calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call))


# The code


def test_no_file_is_too_long_to_read_in_one_go() -> None:
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in sources(PACKAGE)}
    assert len(lengths) > 10
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_only_the_command_line_prints() -> None:
    printing = [
        f"{named(path)}:{call.lineno}"
        for path in sources(PACKAGE)
        if PACKAGE / "app" not in path.parents
        for call in calls(path)
        if isinstance(call.func, ast.Name) and call.func.id == "print"
    ]
    assert printing == []


def test_no_layout_is_asked_for_its_items() -> None:
    """What Qt makes and frees without a word must never be wrapped: see views/forms/reading_order.py."""
    asking = {"itemAt", "itemAtPosition"}
    found = {
        f"{named(path)}:{call.lineno}"
        for path in sources(PACKAGE)
        for call in calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr in asking
    }
    assert found == set()


def test_every_module_says_what_is_found_in_it() -> None:
    assert [named(path) for path in sources(PACKAGE) if not ast.get_docstring(tree(path))] == []


def test_every_folder_of_code_is_a_package() -> None:
    """A folder without `__init__.py` is left out of the layer contracts, and nothing says so."""
    folders = {path.parent for path in sources(PACKAGE)}
    assert [named(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_what_is_imported_is_declared() -> None:
    """A package that is there only because another one needs it may be gone tomorrow."""
    distributions = importlib.metadata.packages_distributions()
    to_run = {canonicalize_name(Requirement(line).name) for line in PROJECT["dependencies"]}
    to_run.add(canonicalize_name("shiboken6"))  # the other half of PySide6, always of the same version
    to_develop = to_run | {
        canonicalize_name(Requirement(line).name) for line in PROJECT["optional-dependencies"]["dev"]
    }
    ours = {"eolc_desktop", "tests"}
    undeclared = set()
    for folder, declared in ((PACKAGE, to_run), (TESTS, to_develop)):
        for path in sources(folder):
            for module in imported(path) - ours - set(sys.stdlib_module_names):
                owners = {canonicalize_name(name) for name in distributions.get(module, [])}
                if not owners & declared:
                    undeclared.add(f"{named(path)} imports {module}")
    assert undeclared == set()


def imported(path: Path) -> set[str]:
    """Return the top-level names a file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


# The tests


def test_no_test_sleeps() -> None:
    """`time.sleep` and its kin are ruff's to find; it cannot see through a fixture, so `qtbot.wait` is found here."""
    sleeping = [
        f"{named(path)}:{call.lineno}"
        for path in sources(TESTS)
        for call in calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr == "wait" and _is_qtbot(call.func.value)
    ]
    assert sleeping == []


def _is_qtbot(value: ast.expr) -> bool:
    return (isinstance(value, ast.Name) and value.id == "qtbot") or (
        isinstance(value, ast.Attribute) and value.attr in {"qtbot", "_qtbot"}
    )


# The locks


def locked(path: Path) -> dict[str, tuple[Requirement, list[str]]]:
    """Return what a lock holds: for each package its requirement (a version, perhaps a condition) and its hashes."""
    text = re.sub(r"\\\n", " ", path.read_text(encoding="utf-8"))
    held: dict[str, tuple[Requirement, list[str]]] = {}
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            requirement, *hashes = re.split(r"\s+--hash=", line.strip())
            parsed = Requirement(requirement)
            held[canonicalize_name(parsed.name)] = (parsed, hashes)
    return held


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_names_no_host_and_no_folder(lock: str) -> None:
    wrong = [
        line
        for line in LOCKS[lock].read_text(encoding="utf-8").splitlines()
        if re.search(r"://|^-|file:| @ |\bhttps?\b|--(find-links|index|extra-index|trusted-host)|^\s*[^#\s-].*/", line)
    ]
    assert wrong == []


@pytest.mark.parametrize("lock", LOCKS)
def test_everything_in_the_lock_is_one_version_with_its_hashes(lock: str) -> None:
    held = locked(LOCKS[lock])
    assert len(held) > 30
    for requirement, hashes in held.values():
        assert [specifier.operator for specifier in requirement.specifier] == ["=="], str(requirement)
        assert hashes, f"{requirement} has no hash"
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", value) for value in hashes), str(requirement)


def test_what_develops_also_runs_and_in_the_same_versions() -> None:
    run, develop = locked(LOCKS["run"]), locked(LOCKS["develop"])
    assert {name: str(requirement) for name, (requirement, _) in run.items()} == {
        name: str(develop[name][0]) for name in run if name in develop
    }


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_is_whole_on_every_system(lock: str, system: str, python: str) -> None:
    """The lock is made on one system: what another needs is followed here, through what the packages themselves say."""
    environment = {
        **{key: str(value) for key, value in default_environment().items()},
        **SYSTEMS[system],
        "python_version": python,
        "python_full_version": f"{python}.0",
        "extra": "",
    }
    held = locked(LOCKS[lock])
    wanted = [Requirement(line) for line in PROJECT["dependencies"]]
    extra = {"develop": "dev", "package": "package"}.get(lock)
    if extra:
        wanted += [Requirement(line) for line in PROJECT["optional-dependencies"][extra]]
    followed: set[tuple[str, frozenset[str]]] = set()
    while wanted:
        need = wanted.pop()
        name = canonicalize_name(need.name)
        if (name, frozenset(need.extras)) in followed:
            continue
        followed.add((name, frozenset(need.extras)))
        assert name in held, f"{name} is needed on {system} with Python {python}, and is not in the lock"
        requirement, _ = held[name]
        version = next(iter(requirement.specifier)).version
        assert requirement.marker is None or requirement.marker.evaluate(environment), f"{name} is left out on {system}"
        assert need.specifier.contains(Version(version), prereleases=True), f"{need} does not fit the locked {version}"
        wanted += needs_of(name, need.extras, environment)
    assert len(followed) > 20


def needs_of(name: str, extras: set[str], environment: dict[str, str]) -> list[Requirement]:
    """Return what an installed package needs in that environment; nothing for one that only another system installs."""
    try:
        lines = importlib.metadata.requires(name) or []
    except importlib.metadata.PackageNotFoundError:
        return []
    return [
        need
        for need in map(Requirement, lines)
        if need.marker is None or any(need.marker.evaluate({**environment, "extra": extra}) for extra in {"", *extras})
    ]


# The scripts


@pytest.mark.skipif(sys.platform == "win32", reason="the scripts are for Linux and macOS")
@pytest.mark.parametrize("script", ["installer/set_up.sh", "installer/lock.sh", ".ci/run"])
def test_scripts_can_be_run_and_read(script: str) -> None:
    path = ROOT / script
    assert path.stat().st_mode & stat.S_IXUSR
    shell = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("#!")
    assert subprocess.run([shell, "-n", path], capture_output=True, text=True, check=False).stderr == ""


def test_make_help_names_every_target_that_is_for_people() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    explained = set(re.findall(r"^([a-z-]+):.*## ", text, flags=re.MULTILINE))
    assert {
        "set-up",
        "demo",
        "run",
        "format",
        "check",
        "test",
        "explore",
        "prove",
        "bench",
        "sync-soak",
        "screens",
        "coverage-report",
        "installer",
        "installer-check",
        "safety",
        "audit",
        "lock",
        "help",
    } == explained
