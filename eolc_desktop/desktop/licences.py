"""The licences of all that the program is made of: from the notices in the package, or from the installed packages."""

from __future__ import annotations

import importlib.metadata
from dataclasses import dataclass
from pathlib import Path

from eolc_desktop.paths import resources

FOLDER = "notices"
LIST = "THIRD-PARTY.txt"
_NAMES = ("LICENSE", "LICENCE", "COPYING", "NOTICE", "AUTHORS")
_SEE_FILE = "see its file"
BUILD_ONLY = frozenset(
    (
        *("pyinstaller", "pyinstaller-hooks-contrib", "pefile", "macholib", "altgraph", "pip", "setuptools", "wheel"),
        *("hatchling", "pathspec", "pluggy", "trove-classifiers", "eolc-desktop"),
    )
)
"""Packages that build and do not run: they are not in what is given away."""


@dataclass(frozen=True, slots=True)
class Licence:
    """A package, what it says of its licence in a few words, and the texts that come with it ("" where none do)."""

    name: str
    version: str
    licence: str
    text: str

    @property
    def is_unknown(self) -> bool:
        """Whether there is neither a word nor a text about it."""
        return self.licence == _SEE_FILE and not self.text


def gathered() -> tuple[Licence, ...]:
    """The licences of the packages installed here, by name."""
    found = sorted(importlib.metadata.distributions(), key=lambda one: one.metadata["Name"].lower())
    return tuple(_of(one) for one in found if one.metadata["Name"].lower() not in BUILD_ONLY)


def _of(found: importlib.metadata.Distribution) -> Licence:
    texts = [
        Path(str(found.locate_file(path))).read_text(encoding="utf-8", errors="replace")
        for path in found.files or []
        if path.name.upper().startswith(_NAMES) and ".dist-info" in str(path)
    ]
    return Licence(found.metadata["Name"], found.version, _words(found), "\n\n".join(texts))


def _words(found: importlib.metadata.Distribution) -> str:
    """What a package says of its licence: the expression, the field, or the classifier."""
    said = {name: found.metadata.get_all(name) or [""] for name in ("License-Expression", "License", "Classifier")}
    told, field = said["License-Expression"][0], said["License"][0]
    if not told:
        told = "; ".join(c.rpartition(" :: ")[2] for c in said["Classifier"] if c.startswith("License ::"))
    return told or (field if len(field) < 80 else _SEE_FILE) or _SEE_FILE


def licences(folder: Path | None = None) -> tuple[Licence, ...]:
    """The licences to show: those in the package's own notices, or of what is installed where it runs from source."""
    folder = folder or resources().parent / FOLDER
    if not (folder / LIST).is_file():
        return gathered()
    shown = []
    for line in (folder / LIST).read_text(encoding="utf-8").splitlines():
        named, _, licence = line.partition(": ")
        name, _, version = named.partition(" ")
        text = folder / f"{name}.txt"
        shown.append(Licence(name, version, licence, text.read_text(encoding="utf-8") if text.is_file() else ""))
    return tuple(shown)


def fonts() -> tuple[Licence, ...]:
    """The licences of the fonts."""
    folder = resources() / "fonts"
    named = (("Noto fonts", "OFL-1.1", "OFL.txt"), ("WenQuanYi Micro Hei", "Apache-2.0", "Apache-2.0.txt"))
    return tuple(Licence(name, "", licence, (folder / file).read_text("utf-8")) for name, licence, file in named)
