"""Writing a file where the user chose, whole or not at all, and readable by them alone."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from eolc_desktop.errors import PrintFailed


def write_private(path: Path, content: bytes, not_saved: str = "The file could not be saved there.") -> None:
    """Write `content` at `path` with mode 0600. Raises PrintFailed; whatever goes wrong, no half file is left."""
    beside = path.with_name(f".{path.name}.part")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        if not isinstance(error, OSError):
            raise
        raise PrintFailed(
            not_saved, "Nothing else was changed.", "Choose another folder, or make room on the disk."
        ) from error
