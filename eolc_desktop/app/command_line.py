"""The command line: opens the window, and beside it does what batch work and support need, with the same services.

Only what reads the arguments is loaded here; each command loads the rest when it runs.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from eolc_desktop import __version__
from eolc_desktop.paths import PROGRAM, Profile, default_profile_folder

LOCKED_AT = "EOLC_LOCKED_AT"
"""Environment variable by which the program before tells the one after when it was locked: a time of day, no more."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status: 0 when all went well, 1 when not, 2 for a wrong command."""
    if getattr(sys, "frozen", False):
        # The worker process of a frozen program is the program itself, started with arguments of its own.
        from eolc_desktop.app.helper_process import help_out, is_helper  # noqa: PLC0415

        if is_helper(sys.argv[1:]):
            help_out(sys.argv[1:])
    typed = sys.argv[1:] if arguments is None else list(arguments)
    given = _plain_start(typed) or parser().parse_args(typed)
    if given.self_test:
        from eolc_desktop.app import self_test  # noqa: PLC0415

        return self_test.run()
    profile = Profile(given.profile or default_profile_folder())
    match given.command:
        case None:
            # What is made while loading stays: looking through it for rubbish would be a tenth of the start. With a
            # window, Python never looks by itself (desktop/rubbish.py).
            gc.disable()
            from eolc_desktop.desktop.plain_imports import use_plain_imports  # noqa: PLC0415

            use_plain_imports()
            from eolc_desktop.app.start import open_window  # noqa: PLC0415

            return open_window(profile, os.environ.pop(LOCKED_AT, "") if given.locked else "", given.say_when_ready)
        case "demo":
            from eolc_desktop.app import demo  # noqa: PLC0415

            if given.make is not None:
                return demo.make_only(given.make)
            if given.record is not None:
                return demo.go_on(given.record, os.environ.pop(LOCKED_AT, "") if given.locked else "")
            return demo.run(given.out or Path("demo-output"))
        case "guide":
            from eolc_desktop.app.guide_command import write_guide  # noqa: PLC0415

            return write_guide(given.out)
    from eolc_desktop.app import batch  # noqa: PLC0415

    return batch.run(given, profile)


def _plain_start(typed: Sequence[str]) -> argparse.Namespace | None:
    """The arguments of nearly every start, read without the parser, whose making takes as long as drawing the page."""
    profile: Path | None = None
    match list(typed):
        case []:
            pass
        case ["--profile", str(folder)] if not folder.startswith("-"):
            profile = Path(folder)
        case _:
            return None
    return argparse.Namespace(profile=profile, locked=False, self_test=False, say_when_ready=False, command=None)


def parser() -> argparse.ArgumentParser:
    """What can be typed after the program's name."""
    made = argparse.ArgumentParser(
        prog=PROGRAM,
        description="Personalised end-of-life care plans, kept encrypted on this computer. Works without a network.",
    )
    made.add_argument("--version", action="version", version=f"EoLC Desktop {__version__}")
    made.add_argument(
        "--profile", type=Path, metavar="FOLDER", help="the folder of the record (the usual one if left out)"
    )
    made.add_argument(
        "--self-test",
        action="store_true",
        help="try everything in a throw-away record, and say what would not work here",
    )
    made.add_argument("--locked", action="store_true", help=argparse.SUPPRESS)
    made.add_argument("--say-when-ready", action="store_true", help=argparse.SUPPRESS)  # times the start, and ends
    commands = made.add_subparsers(dest="command", metavar="COMMAND", title="commands (none opens the window)")
    demo = commands.add_parser("demo", help="show the program with made-up people, in a record of their own")
    demo.add_argument("--out", type=Path, metavar="FOLDER", help="where the documents and pictures of the visit go")
    demo.add_argument("--make", type=Path, metavar="FOLDER", help="only make the made-up record, in a new folder")
    demo.add_argument("--record", type=Path, help=argparse.SUPPRESS)  # after locking: the demonstration that goes on
    demo.add_argument("--locked", action="store_true", help=argparse.SUPPRESS)
    guide = commands.add_parser("guide", help="write the guide as a PDF")
    guide.add_argument("--out", required=True, type=Path, metavar="FILE")
    importing = commands.add_parser("import", help="bring in a FHIR R4 file: a Bundle or a Patient")
    importing.add_argument("file", type=Path, metavar="FILE")
    importing.add_argument("--yes", action="store_true", help="bring it in without asking first")
    form = commands.add_parser("form", help="take in a form of your own: a FHIR R4 Questionnaire")
    form.add_argument("file", type=Path, metavar="FILE")
    form.add_argument("--yes", action="store_true", help="take it in without asking first")
    printing = commands.add_parser("print", help="make a document as a PDF")
    whom = printing.add_mutually_exclusive_group(required=True)
    whom.add_argument("--person", metavar="NHS-NUMBER")
    whom.add_argument("--all", action="store_true", help="everybody who is alive; --out is then a folder that is there")
    whom.add_argument("--to-replace", action="store_true", help="those who have paper copies to replace, into a folder")
    printing.add_argument(
        "--document", required=True, metavar="NAME", help="family-plan, emergency …: a wrong name lists them"
    )
    printing.add_argument(
        "--points", type=int, metavar="SIZE", help="size of print (what the person needs if left out)"
    )
    printing.add_argument("--language", choices=("en-GB", "cy"), help="language of the fixed words")
    printing.add_argument("--initials", action="store_true", help="on a list: initials and NHS number, no names")
    printing.add_argument("--going-to", default="", metavar="SETTING", help="for a handover: home, hospital, hospice …")
    printing.add_argument("--out", required=True, type=Path, metavar="FILE-OR-FOLDER")
    exporting = commands.add_parser("export", help="write one person as a FHIR document, in the clear")
    exporting.add_argument("--person", required=True, metavar="NHS-NUMBER")
    exporting.add_argument("--out", required=True, type=Path, metavar="FILE")
    exporting.add_argument("--yes", action="store_true", help="do not ask whether a file in the clear may be written")
    exporting.add_argument("--section", default="", metavar="NAME", help="only this section, as a form and its answers")
    exporting.add_argument("--pointer", type=Path, metavar="FILE", help="the National Record Locator’s pointer as well")
    exporting.add_argument("--ods", default="", metavar="CODE", help="the organisation that would publish the pointer")
    exporting.add_argument("--address", default="", metavar="URL", help="where the PDF would be fetched from")
    sharing = commands.add_parser("sync", help="exchange with the shared record once")
    sharing.add_argument("--server", default="", metavar="URL", help="use this shared record from now on")
    sharing.add_argument("--authority", type=Path, metavar="FILE", help="its certificate authority, as PEM")
    sharing.add_argument("--token-fd", type=int, metavar="NUMBER", help="read its token from this open file descriptor")
    address = commands.add_parser("address", help="say this laptop's address, for people to be taken to it on a stick")
    address.add_argument("--out", type=Path, metavar="FILE", help="write it into a file as well")
    taking = commands.add_parser("take-to", help="write people into a file that only one other laptop can open")
    who = taking.add_mutually_exclusive_group(required=True)
    who.add_argument("--person", metavar="NHS-NUMBER")
    who.add_argument("--all", action="store_true", help="everybody who may be shared")
    taking.add_argument("--to", required=True, type=Path, metavar="FILE", help="the other laptop's address")
    taking.add_argument("--out", required=True, type=Path, metavar="FILE")
    bringing = commands.add_parser("bring-from", help="merge what a file from another laptop says")
    bringing.add_argument("file", type=Path, metavar="FILE")
    bringing.add_argument("--yes", action="store_true", help="take it over without asking first")
    checking = commands.add_parser("check", help="open the record and check that it is whole")
    restoring = commands.add_parser("restore", help="put a backup in the record's place, or on a new computer")
    restoring.add_argument("backup", type=Path, metavar="BACKUP", help="the file of a backup, or a folder of them")
    new_key = commands.add_parser("new-key", help="give the record another key, after somebody left who may have it")
    asking = (importing, form, printing, exporting, sharing, address, taking, bringing, checking, restoring, new_key)
    for command in asking:
        command.add_argument(
            "--passphrase-fd",
            type=int,
            metavar="NUMBER",
            help="read the passphrase from this open file descriptor instead of asking for it",
        )
    return made
