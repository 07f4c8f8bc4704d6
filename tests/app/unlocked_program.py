"""The real program, unlocked by itself on somebody's plan: run as a process of its own, to be looked at from outside.

Started as `python unlocked_program.py FOLDER PASSPHRASE PERSON`. It locks when FOLDER/lock-now is there, which puts the
program in its own place: then the same command runs again with --locked at its end, and asks for the passphrase.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from eolc_desktop.app import command_line
from eolc_desktop.app.start import Start, make_app
from eolc_desktop.desktop.settings import load
from eolc_desktop.paths import Profile


class Driver:
    def __init__(self, start: Start, folder: Path, passphrase: str, person_id: str) -> None:
        self._start = start
        self._folder = folder
        self._passphrase = passphrase
        self._person_id = person_id
        self._step = 0
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(20)

    def _look(self) -> None:
        program = self._start.program
        shell = program.shell if program is not None else None
        if self._step == 0 and program is not None:
            self._step = 1
            self._start.unlock.passphrase_given.emit(self._passphrase)
            self._passphrase = ""
        elif self._step == 1 and shell is not None:
            self._step = 2
            shell.show_person(self._person_id)
        elif self._step == 2 and shell is not None and getattr(shell.places.currentWidget(), "plan", None) is not None:
            self._step = 3
            (self._folder / "open").touch()
        elif self._step == 3 and program is not None and (self._folder / "lock-now").exists():
            self._step = 4
            program.lock()


def main() -> int:
    folder, passphrase, person_id = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    profile = Profile(folder / "profile")
    if "--locked" in sys.argv:
        return command_line.main(["--profile", str(profile.folder), "--locked"])
    app = make_app()
    loaded = load(profile.settings)
    start = Start(app, profile, None, loaded, "", app.font())
    driver = Driver(start, folder, passphrase, person_id)
    start.show()
    status = app.exec()
    del driver
    return status


if __name__ == "__main__":
    sys.exit(main())
