"""`eolc-desktop --self-test`: does the program do its work on this computer? In a throw-away record, in plain words.

Run it after installing, as an ordinary user. It needs no screen and no network, and leaves nothing behind.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from eolc_desktop import __version__, policy
from eolc_desktop.app.opening import begin_session, make_record
from eolc_desktop.care_plan.plan import Source, Told
from eolc_desktop.clock import system_clock
from eolc_desktop.desktop.parts import listed, parts
from eolc_desktop.desktop.versions import Versions
from eolc_desktop.documents.making import make
from eolc_desktop.documents.raster import page_count, text_of
from eolc_desktop.documents.showing import PREVIEW_DPI
from eolc_desktop.errors import KeyringUnavailable, PrintFailed, UserError
from eolc_desktop.models import os_keyring
from eolc_desktop.paths import Profile, default_profile_folder, resources
from eolc_desktop.services import organisation, people, plans, printing, sign_in
from eolc_desktop.services.invented.stories import PEGGY, tell_stories
from eolc_desktop.services.session import Session
from eolc_desktop.services.sign_in import NewUser

PASSPHRASE = "a throw-away record for one minute"  # noqa: S105  of a record of made-up people that is removed at once
TESTER = NewUser("Self test", "district nurse", "")
ADDED = {"family_name": "Test", "given_names": "Ŵenna Łucja", "birth_date": "1941-04-05", "nhs_number": "9990000050"}
FONTS = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoNaskhArabic-Regular.ttf", "NotoSansBengali-Regular.ttf")
LEAST_FREE_MB = 500


@dataclass(frozen=True, slots=True)
class Result:
    """What one part of the test found. A warning says what will not work as well here, and fails nothing."""

    works: bool
    says: str
    is_warning: bool = False

    @property
    def line(self) -> str:
        """The result as it is printed."""
        mark = "note" if self.is_warning else "ok  " if self.works else "FAIL"
        return f"{mark}  {self.says}"


def run(say: Callable[[str], None] = print) -> int:
    """Test everything and say what was found. Returns 0 when the program does its work here, else 1."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen" if not _has_screen() else "")
    if not os.environ["QT_QPA_PLATFORM"]:
        del os.environ["QT_QPA_PLATFORM"]
    say(f"EoLC Desktop {__version__}: testing itself on this computer. Nothing of yours is touched.")
    failed = False
    with tempfile.TemporaryDirectory(prefix="eolc-self-test-") as folder:
        for part in (_versions, _parts, _policy, _own_folder, _fonts, _keyring, _record, _window):
            for result in _carefully(part, Path(folder)):
                say(result.line)
                failed |= not result.works
    say("Something does not work on this computer; the lines above say what." if failed else "Everything works.")
    return 1 if failed else 0


def _carefully(part: Callable[[Path], Iterator[Result]], folder: Path) -> Iterator[Result]:
    try:
        yield from part(folder)
    except UserError as error:
        yield Result(False, f"{part.__doc__}: {error}")
    except ImportError as error:
        yield Result(False, f"{part.__doc__}: the module {error.name} is missing from the installation")
    except OSError as error:
        missing = Path(str(error.filename)).name if error.filename else ""
        yield Result(False, f"{part.__doc__}: {type(error).__name__} {missing}".rstrip())
    except Exception as error:  # noqa: BLE001  whatever it was, the one who installs must hear of it
        yield Result(False, f"{part.__doc__}: {type(error).__name__}")


def _has_screen() -> bool:
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _versions(_folder: Path) -> Iterator[Result]:
    """The libraries"""
    found = Versions.of_this_program()
    for line in found.lines:
        yield Result(True, line)
    if not found.has_encryption:
        yield Result(False, "The library that encrypts the record is not SQLCipher: nothing may be recorded with it.")
    if not found.has_search:
        yield Result(False, "The library of the record has no full-text search.")


def _parts(_folder: Path) -> Iterator[Result]:
    """The list of parts"""
    said, found = listed(), parts()
    if said is None:
        return  # run from source
    other = sorted(set(said) ^ set(found))
    words = "; ".join(f"{part.name} {part.version} in {part.within or 'the program'}" for part in other)
    yield Result(
        not other,
        f"The list of parts is not what runs here: {words}." if other else f"{len(found)} libraries are as listed.",
    )


def _policy(_folder: Path) -> Iterator[Result]:
    """The organisation's policy"""
    found = policy.load()
    yield Result(
        True, f"Policy of the organisation: {'in ' + str(policy.policy_file()) if found.is_set else 'none set'}."
    )
    for line in organisation.lines(found):
        yield Result(True, line)
    for notice in organisation.notices(found):
        yield Result(True, notice, is_warning=True)


def _own_folder(_folder: Path) -> Iterator[Result]:
    """The folder of the record"""
    place = default_profile_folder()
    there = next(folder for folder in (place, *place.parents) if folder.exists())
    may_write = os.access(there, os.W_OK)
    yield Result(may_write, f"The record’s folder {place} {'can be written' if may_write else 'can NOT be written'}.")
    status = os.statvfs(there) if hasattr(os, "statvfs") else None
    if status is not None and status.f_bavail * status.f_frsize < LEAST_FREE_MB * 1_000_000:
        yield Result(True, f"Less than {LEAST_FREE_MB} MB are free there.", is_warning=True)


def _fonts(_folder: Path) -> Iterator[Result]:
    """The fonts"""
    missing = [name for name in FONTS if not (resources() / "fonts" / name).is_file()]
    yield Result(not missing, f"Fonts are missing: {', '.join(missing)}." if missing else "The fonts are all there.")


def _keyring(_folder: Path) -> Iterator[Result]:
    """The computer's own key store"""
    try:
        name = os_keyring.backend_name()
    except KeyringUnavailable:
        yield Result(
            True,
            "This computer has no key store the program trusts: people unlock with the passphrase.",
            is_warning=True,
        )
    else:
        yield Result(True, f"The computer’s own key store can be used ({name}).")


def _record(folder: Path) -> Iterator[Result]:
    """The encrypted record"""
    profile = Profile(folder / "profile")
    profile.make_private()
    made = make_record(profile, TESTER, PASSPHRASE, system_clock, made_up=True)
    try:
        session = begin_session(made.store, made.user_id, profile, system_clock)
        tell_stories(session)
        added = people.add_person(session, ADDED, Told(Source.PERSON)).plan.person_id
    finally:
        made.store.close()
    is_hidden = b"Test" not in profile.store.read_bytes() and not profile.store.read_bytes().startswith(
        b"SQLite format 3"
    )
    yield Result(
        is_hidden, "A record was made, and its file is encrypted." if is_hidden else "The file is NOT encrypted."
    )
    opened = sign_in.unlock(profile, PASSPHRASE)
    try:
        session = begin_session(opened.store, opened.user_id, profile, system_clock)
        same = plans.read_plan(session, added).text("person", "given_names") == ADDED["given_names"]
        yield Result(same, "What was saved was read again." if same else "What was saved was NOT read again.")
        yield from _documents(session)
    finally:
        opened.store.close()


def _documents(session: Session) -> Iterator[Result]:
    """The documents"""
    pages = 0
    made: list[str] = []
    for document in organisation.documents(session.policy):
        try:
            prepared = printing.prepare(session, PEGGY, document.key)
        except PrintFailed:
            continue  # a document for another moment, such as after a death
        pdf = make(prepared.order)
        pages += page_count(pdf)
        if not "".join(text_of(pdf)).strip():
            yield Result(False, f"The document “{document.name}” is empty.")
        made.append(document.name)
    yield Result(bool(made), f"{len(made)} documents were made, {pages} pages: {', '.join(made)}.")


def _window(folder: Path) -> Iterator[Result]:
    """The window"""
    from PySide6.QtPrintSupport import QPrinterInfo  # noqa: PLC0415  Qt only when its turn comes
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from eolc_desktop.app.start import make_app  # noqa: PLC0415
    from eolc_desktop.desktop.settings import Settings  # noqa: PLC0415
    from eolc_desktop.desktop.theme import Theme  # noqa: PLC0415
    from eolc_desktop.documents.raster import pages  # noqa: PLC0415
    from eolc_desktop.views.printing.preview import PagePreview  # noqa: PLC0415

    app = QApplication.instance() or make_app()
    assert isinstance(app, QApplication)
    Theme(app).use(Settings(theme="light"))
    opened = sign_in.unlock(Profile(folder / "profile"), PASSPHRASE)
    try:
        session = begin_session(opened.store, opened.user_id, Profile(folder / "profile"), system_clock)
        pdf = make(printing.prepare(session, PEGGY, organisation.documents(session.policy)[0].key).order)
    finally:
        opened.store.close()
    preview = PagePreview()
    preview.resize(800, 900)
    preview.show_pages(list(pages(pdf, PREVIEW_DPI)))
    preview.show()
    app.processEvents()
    picture = preview.grab().toImage()
    greys = {picture.pixelColor(x, y).lightness() for x in range(0, 800, 5) for y in range(0, 800, 5)}
    drawn = len(greys) > 2 and max(greys) - min(greys) > 100
    yield Result(drawn, f"The preview was drawn ({app.platformName()})." if drawn else "The preview stayed empty.")
    preview.close()
    printers = QPrinterInfo.availablePrinterNames()
    if not printers:
        yield Result(True, "No printer is set up for this user; documents can be saved as PDF.", is_warning=True)
