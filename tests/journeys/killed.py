"""A program that is killed while somebody types: run as a process of its own by the test of journeys."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from PySide6.QtCore import Qt

from eolc_desktop.app.hand import Hand
from eolc_desktop.app.start import Start, make_app
from eolc_desktop.desktop.settings import Loaded, Settings
from eolc_desktop.desktop.theme import Theme
from eolc_desktop.paths import Profile
from eolc_desktop.views.person.page import PersonPage
from eolc_desktop.views.widgets import ask
from tests.journeys.laptop import PASSPHRASE, Files

SAVED = "To stay at home."
TYPED = "My sister, and the dog"


def main(folder: Path, bundle: Path, out: Path) -> None:
    """Import, save one thing, type another, and die by SIGKILL as soon as the draft is said to be kept."""
    app = make_app()
    theme = Theme(app)
    theme.use(Settings(theme="light"))
    ask.replace_asking(Files(bundle, out))
    start = Start(app, Profile(folder), theme, Loaded(Settings(theme="light"), None))
    start.show()
    hand = Hand(start.window)
    hand.wait_until(lambda: start.program is not None, "the program")
    hand.type("Passphrase", PASSPHRASE)
    hand.keys(Qt.Key.Key_Return)
    hand.wait_until(lambda: start.program is not None and start.program.shell is not None, "Today")
    assert start.program is not None
    shell = start.program.shell
    assert shell is not None
    shell.show_import()
    hand.press("Choose a file…")
    hand.press("Bring in")
    hand.wait_until(lambda: isinstance(shell.places.currentWidget(), PersonPage), "the plan")
    hand.wait_until(lambda: hand.says("No CPR decision recorded"), "the plan")
    page = shell.places.currentWidget()
    assert isinstance(page, PersonPage)
    page.show_place("about_me")
    hand.type("What matters most now", SAVED)
    hand.choose("Who told you?", "The person")
    hand.press("Save")
    hand.wait_until(lambda: hand.says("Saved on this laptop"), "Saved on this laptop")
    hand.type("What gives them strength", TYPED)
    hand.wait_until(lambda: hand.says("A draft is kept"), "A draft is kept")
    os.write(1, b"kept\n")
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
