"""A process that saves a file with a plan in the clear, and stops half way until somebody ends it.

Run as `python -m tests.services.ended_while_saving PROFILE OUT HOW`. It says "half" once half of the file is written.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from eolc_desktop.app.opening import begin_session
from eolc_desktop.clock import system_clock
from eolc_desktop.models import carried_file
from eolc_desktop.paths import Profile
from eolc_desktop.services import carrying, data_out, people, private_file, sign_in, subject_access
from eolc_desktop.services.data_out_kinds import Kind
from eolc_desktop.services.session import Session
from tests.services.laptop import CHEAP, GOOD


def wait() -> None:
    print("half", flush=True)
    sys.stdin.read()


def by_data_out(session: Session, out: Path) -> None:
    data_out.AT_A_TIME = 1
    data_out.go_on(session, data_out.begin(session, Kind.JSON, out))
    wait()


def by_one_file(session: Session, out: Path) -> None:
    real = private_file._fill

    def half(part: Path, content: bytes) -> None:
        real(part, content[: len(content) // 2])
        wait()

    private_file._fill = half
    person_id = people.caseload(session).rows[0].id
    subject_access.save_everything(session, person_id, out)


def by_carrying(session: Session, out: Path) -> None:
    address = carried_file.address_of(os.urandom(32), "Another laptop")
    carrying.carry_on(session, carrying.begin_carrying(session, address, None, out))
    wait()


WAYS: dict[str, Callable[[Session, Path], None]] = {
    "data out": by_data_out,
    "one file": by_one_file,
    "to another laptop": by_carrying,
}


def main() -> None:
    profile, out, how = Profile(Path(sys.argv[1])), Path(sys.argv[2]), sys.argv[3]
    opened = sign_in.unlock(profile, GOOD, system_clock, costs=CHEAP)
    WAYS[how](begin_session(opened.store, opened.user_id, profile, system_clock, costs=CHEAP), out)


if __name__ == "__main__":
    main()
