"""One heap for all threads (Linux): each thread's own would keep what it once needed, 3 MB in all."""

from __future__ import annotations

import sys

_ARENA_MAX = -8
"""M_ARENA_MAX of <malloc.h>."""


def use_one_heap() -> None:
    """Have threads that are started from now on share the heap. Only one of them runs Python at a time, so that they
    seldom wait for one another there. Does nothing where the system's library of C knows no such thing."""
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415  10 ms

        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:
            mallopt(_ARENA_MAX, 1)
