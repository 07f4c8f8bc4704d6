"""`eolc-desktop guide`: the guide as a PDF, for the wall, the intranet or the training room. It needs no record."""

from __future__ import annotations

import sys
from pathlib import Path

from eolc_desktop.documents.guide import make_guide
from eolc_desktop.errors import PrintFailed
from eolc_desktop.services.private_file import write_public


def write_guide(out: Path) -> int:
    """Write the whole guide. Returns 0, or 1 when it cannot be written there."""
    try:
        write_public(out, make_guide(), f"The guide could not be written to {out}.")
    except PrintFailed as error:
        print(error.words, file=sys.stderr)
        return 1
    print(f"The guide was written to {out}.")
    return 0
