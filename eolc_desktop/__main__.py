"""Runs the program: `python -m eolc_desktop`, the same as the command `eolc-desktop`."""

from __future__ import annotations

import sys

from eolc_desktop.app.command_line import main

if __name__ == "__main__":
    sys.exit(main())
