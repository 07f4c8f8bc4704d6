"""Records what a program writes, and plays back every power cut that could have happened to it.

A cut is modelled severely: of what was not yet synced, each write is kept, dropped or torn at sectors of 512 bytes, in
any combination; of new, renamed and deleted names, only those before the folder's last sync are sure, and of the others
any number from the first on. Not modelled: a disk that says it has synced and has not.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
ACKNOWLEDGED = "ACKNOWLEDGED"
"""The file that a workload writes a line to for each thing it was told is done: not part of the disk that is cut."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done to a file below the folder; `name` is relative to it."""

    what: str
    name: str
    at: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """The files as a power cut leaves them after `step` steps, and the last number acknowledged by then (-1: none)."""

    step: int
    files: dict[str, bytes]
    acknowledged: int

    def lay_out(self, folder: Path) -> None:
        """Put the files into an empty `folder`."""
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


@dataclass
class Inode:
    """A file: what is sure to be on the disk, and what was done since, in order."""

    sure: bytearray = field(default_factory=bytearray)
    since: list[Step] = field(default_factory=list)


@dataclass
class Disk:
    """The names and files below the folder, and the changes of names that their folder was not synced after."""

    names: dict[str, Inode] = field(default_factory=dict)
    sure_names: dict[str, Inode] = field(default_factory=dict)
    renaming: list[tuple[str, str, Inode]] = field(default_factory=list)


def compiled(folder: Path) -> Path:
    """Return the recorder, compiled into `folder`. Without a C compiler this fails: the proof is not to be skipped."""
    library = folder / "record_writes.so"
    source = Path(__file__).with_name("record_writes.c")
    command = ["cc", "-O2", "-Wall", "-Werror", "-shared", "-fPIC", "-o", str(library), str(source), "-ldl", "-pthread"]
    subprocess.run(command, check=True)
    return library


def recorded(library: Path, folder: Path, *workload: str) -> list[Step]:
    """Run a workload of `tests.prove.workloads` in `folder` and return all it did there."""
    folder.mkdir()
    log = folder.with_suffix(".log")
    environment = {
        **os.environ,
        "LD_PRELOAD": str(library),
        "RECORD_FOLDER": str(folder),
        "RECORD_LOG": str(log),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    subprocess.run([sys.executable, "-m", "tests.prove.workloads", str(folder), *workload], env=environment, check=True)
    return list(_steps(log.read_bytes(), folder))


def cuts(steps: list[Step], *, each: int, seed: int) -> Iterator[Cut]:
    """Yield `each` cuts after every step: all that was not synced gone, all there, and the rest by chance."""
    disk, acknowledged = Disk(), -1
    for number, step in enumerate(steps, start=1):
        if step.name == ACKNOWLEDGED:
            if step.what == "write":
                acknowledged = int(step.content)
        else:
            _do(disk, step)
        for kind in range(each):
            chance = random.Random(f"{seed} {number} {kind}")
            yield Cut(number, _left(disk, chance, ("none", "all")[kind] if kind < 2 else "mixed"), acknowledged)


def _steps(log: bytes, folder: Path) -> Iterator[Step]:
    at = 0
    while at < len(log):
        end = log.index(b"\n", at)
        what, offset, length, name = log[at:end].decode().split(" ", 3)
        at = end + 1 + int(length)
        content = log[end + 1 : at]
        if what == "rename":
            content = os.path.relpath(content.decode(), folder).encode()
        yield Step(what, os.path.relpath(name, folder), int(offset), content)


def _do(disk: Disk, step: Step) -> None:
    match step.what:
        case "create":
            disk.names[step.name] = Inode()
            disk.renaming.append(("set", step.name, disk.names[step.name]))
        case "write" | "cut":
            disk.names[step.name].since.append(step)
        case "sync" if step.name in disk.names:
            inode = disk.names[step.name]
            for done in inode.since:
                _apply(inode.sure, done)
            inode.since.clear()
        case "sync":
            _sync_names(disk, step.name)
        case "unlink":
            disk.renaming.append(("drop", step.name, disk.names.pop(step.name)))
        case "rename":
            inode = disk.names.pop(step.name)
            disk.names[step.content.decode()] = inode
            disk.renaming += [("move", f"{step.name}\n{step.content.decode()}", inode)]


def _sync_names(disk: Disk, folder: str) -> None:
    """Make the names in `folder` sure, and only those."""
    later = []
    for change in disk.renaming:
        if all(os.path.dirname(name) == ("" if folder == "." else folder) for name in change[1].split("\n")):  # noqa: PTH120
            _rename(disk.sure_names, change)
        else:
            later.append(change)
    disk.renaming = later


def _rename(names: dict[str, Inode], change: tuple[str, str, Inode]) -> None:
    what, name, inode = change
    if what == "set":
        names[name] = inode
    elif what == "drop":
        names.pop(name, None)
    else:
        before, after = name.split("\n")
        names.pop(before, None)
        names[after] = inode


def _apply(content: bytearray, step: Step) -> None:
    if step.what == "cut":
        del content[step.at :]
        content.extend(bytes(step.at - len(content)))
    else:
        content.extend(bytes(max(0, step.at - len(content))))
        content[step.at : step.at + len(step.content)] = step.content


def _left(disk: Disk, chance: random.Random, kind: str) -> dict[str, bytes]:
    names = dict(disk.sure_names)
    count = {"none": 0, "all": len(disk.renaming)}.get(kind, chance.randint(0, len(disk.renaming)))
    for change in disk.renaming[:count]:
        _rename(names, change)
    return {name: _content(inode, chance, kind) for name, inode in names.items()}


def _content(inode: Inode, chance: random.Random, kind: str) -> bytes:
    content = bytearray(inode.sure)
    for step in inode.since:
        fate = {"none": "dropped", "all": "kept"}.get(kind) or chance.choice(("kept", "dropped", "torn"))
        if fate == "kept" or (fate == "torn" and step.what == "cut"):
            _apply(content, step)
        elif fate == "torn":
            for at in range(0, len(step.content), SECTOR):
                if chance.random() < 0.5:
                    _apply(content, Step("write", step.name, step.at + at, step.content[at : at + SECTOR]))
    return bytes(content)
