"""The packaged program started as a helper of itself: the worker process, or what tidies up after it.

PyInstaller brings a hook for this that loads `multiprocessing` at every start, a twentieth of the time until the first
picture. The recipe leaves that hook out: only a process that is a helper loads it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

WORKER = "--multiprocessing-fork"
TRACKER = "from multiprocessing.resource_tracker import main"


def is_helper(arguments: Sequence[str]) -> bool:
    """Whether these are the arguments of a helper, as `multiprocessing` gives them."""
    return WORKER in arguments[:1] or ("-c" in arguments and arguments[-1].startswith(TRACKER))


def help_out(arguments: Sequence[str]) -> None:
    """Do the work of the helper, and end the process with it."""
    import multiprocessing.process  # noqa: PLC0415
    import multiprocessing.spawn  # noqa: PLC0415

    # There is no script to be read again by its path: it is inside the program.
    multiprocessing.process.ORIGINAL_DIR = None  # type: ignore[attr-defined]
    if WORKER in arguments[:1]:
        multiprocessing.spawn.freeze_support()
    else:
        from multiprocessing.resource_tracker import main  # noqa: PLC0415

        main(int(arguments[-1].removeprefix(TRACKER).strip(";main()")))
    sys.exit(0)
