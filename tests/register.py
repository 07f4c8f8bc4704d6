"""Which views the suite has walked as a screen reader would: one that nobody walked fails the whole suite.

Each process of the suite writes what it walked to a folder they share, so that the count is right under xdist too.
"""

from __future__ import annotations

import importlib
import inspect
import os
import pkgutil
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtWidgets import QWidget

FOLDER = "EOLC_TESTS_WALKED"
"""Environment variable with the shared folder; xdist's processes inherit it."""

_written: set[str] = set()


def record(kinds: Iterable[type]) -> None:
    """Note that widgets of these kinds were walked."""
    new = {_name(kind) for kind in kinds} - _written
    folder = os.environ.get(FOLDER)
    if new and folder:
        _written.update(new)
        with (Path(folder) / f"{os.getpid()}.txt").open("a", encoding="utf-8") as file:
            file.writelines(f"{name}\n" for name in sorted(new))


def walked(folder: Path) -> set[str]:
    """Return the full names of all widget classes that any process of this suite walked."""
    return {name for path in folder.glob("*.txt") for name in path.read_text(encoding="utf-8").split()}


def defined_in(package: ModuleType) -> set[str]:
    """Return the full names of all public widget classes that a package defines, down to its last module."""
    modules = [package] + [
        importlib.import_module(found.name) for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]
    return {
        _name(kind)
        for module in modules
        for name, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, QWidget) and kind.__module__ == module.__name__ and not name.startswith("_")
    }


def is_whole_suite(config: pytest.Config) -> bool:
    """Whether this run was asked for every test, so that a view nobody walked is a fault and not a choice."""
    narrowed = ("keyword", "markexpr", "deselect", "ignore", "ignore_glob", "lf", "collectonly", "stepwise")
    if any(config.getoption(option, None) for option in narrowed):
        return False
    suite = config.rootpath / "tests"
    return {Path(config.invocation_params.dir, argument).resolve() for argument in config.args} in (
        {suite},
        {config.rootpath},
    )


def _name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"
