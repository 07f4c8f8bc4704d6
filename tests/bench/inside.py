"""Runs inside a measured process: starts the program (or the bare window), and puts somebody in front of it.

The program is started as `python -m eolc_desktop` starts it. All that is added is what watches: from the moment the
program enters Qt's loop, commands come in on standard input, one JSON object a line, and answers go out.
"""

from __future__ import annotations

import runpy
import sys
import time
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from tests.bench.seat import Seat

# Nothing else is imported before the window is up: the bare window has to stay bare.


def main() -> None:
    """Start what the first argument says, with the others as its own arguments."""
    kind, *arguments = sys.argv[1:]
    seats: list[Seat] = []
    enter = QApplication.exec

    def sit_and_enter(*_: object) -> int:
        began = time.monotonic_ns()
        from tests.bench.seat import Seat  # noqa: PLC0415

        seat = Seat()
        seat.spent = time.monotonic_ns() - began
        seats.append(seat)
        return enter()

    QApplication.exec = sit_and_enter  # type: ignore[method-assign]
    sys.argv = [kind, *arguments]
    runpy.run_module(
        "eolc_desktop" if kind == "program" else "tests.bench.bare_window", run_name="__main__", alter_sys=True
    )


if __name__ == "__main__":
    main()
