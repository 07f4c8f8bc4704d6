"""Gathers the licences of everything that goes into the package, from the installed packages themselves.

    python installer/notices.py FOLDER

Writes one file for each package and `THIRD-PARTY.txt`, the list of them all with versions and licences.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from eolc_desktop.desktop.licences import LIST, gathered


def main(folder: Path) -> int:
    """Write the notices. Returns 1 when a package has neither a licence in words nor a file."""
    folder.mkdir(parents=True, exist_ok=True)
    found = gathered()
    for one in found:
        if one.text:
            (folder / f"{one.name}.txt").write_text(one.text, encoding="utf-8")
    lines = [f"{one.name} {one.version}: {one.licence}" for one in found]
    (folder / LIST).write_text("\n".join(lines) + "\n", encoding="utf-8")
    unknown = [one.name for one in found if one.is_unknown]
    if unknown:
        print(f"No licence was found for: {', '.join(unknown)}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
