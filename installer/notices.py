"""Gathers the licences of everything that goes into the package, from the installed packages themselves.

    python installer/notices.py FOLDER

Writes one file for each package and `THIRD-PARTY.txt`, the list of them all with versions and licences.
"""

from __future__ import annotations

import importlib.metadata
import sys
from pathlib import Path

NAMES = ("LICENSE", "LICENCE", "COPYING", "NOTICE", "AUTHORS")
BUILD_ONLY = {
    *("pyinstaller", "pyinstaller-hooks-contrib", "pefile", "macholib", "altgraph", "pip", "setuptools", "wheel"),
    *("hatchling", "pathspec", "pluggy", "trove-classifiers", "eolc-desktop"),
}
"""Packages that build and do not run: they are not in what is given away."""


def licence_of(found: importlib.metadata.Distribution) -> str:
    """What a package says of its licence: the expression, the field, or the classifier."""
    told = found.metadata.get("License-Expression") or ""
    if not told:
        classifiers = found.metadata.get_all("Classifier") or []
        told = "; ".join(c.rpartition(" :: ")[2] for c in classifiers if c.startswith("License ::"))
    field = found.metadata.get("License") or ""
    return told or (field if len(field) < 80 else "see its file") or "see its file"


def main(folder: Path) -> int:
    """Write the notices. Returns 1 when a package has neither a licence in words nor a file."""
    folder.mkdir(parents=True, exist_ok=True)
    lines, unknown = [], []
    for found in sorted(importlib.metadata.distributions(), key=lambda one: one.metadata["Name"].lower()):
        name = found.metadata["Name"]
        if name.lower() in BUILD_ONLY:
            continue
        texts = [
            found.locate_file(path)
            for path in found.files or []
            if any(path.name.upper().startswith(word) for word in NAMES) and ".dist-info" in str(path)
        ]
        said = "\n\n".join(Path(str(path)).read_text(encoding="utf-8", errors="replace") for path in texts)
        if said:
            (folder / f"{name}.txt").write_text(said, encoding="utf-8")
        licence = licence_of(found)
        if licence == "see its file" and not said:
            unknown.append(name)
        lines.append(f"{name} {found.version}: {licence}")
    (folder / "THIRD-PARTY.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    if unknown:
        print(f"No licence was found for: {', '.join(unknown)}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
