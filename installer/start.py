"""Where the packaged program starts: the same as the command `eolc-desktop`."""

from __future__ import annotations

import sys

from eolc_desktop.app.command_line import main

sys.exit(main())
