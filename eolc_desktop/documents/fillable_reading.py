"""Reads a form that came back. The file is a stranger's until shown not to be: whatever is odd is refused in words.

Runs in the worker process. Nothing in the file is carried out, followed or drawn; only the answers are taken.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from eolc_desktop.documents.fillable import FORM_FIELD, FORM_KIND, LONGEST_ANSWER
from eolc_desktop.errors import UserError

MOST_BYTES = 15_000_000
MOST_PAGES = 60
MOST_OBJECTS = 20_000
MOST_FIELDS = 300
MOST_UNPACKED = 64 << 20
"""Bytes that one stream may grow to."""
DEEPEST = 60

_FORM = re.compile(rf"{FORM_KIND} ([0-9A-Z-]{{6,12}}) ([0-9a-f]{{32}})")
_ACTS = frozenset(
    ("/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/GoToR", "/Rendition", "/Movie", "/Sound",
     "/RichMediaExecute", "/Trans", "/GoTo3DView", "/URI")
)  # fmt: skip
_CARRIES = frozenset(
    ("/EmbeddedFile", "/EmbeddedFiles", "/EF", "/RichMedia", "/RichMediaContent", "/3D", "/FileAttachment")
)
_UNUSUAL = frozenset(unicodedata.lookup(name) for name in ("LINE FEED", "CHARACTER TABULATION"))


class FormRefused(UserError):
    """A file that is no form of this program, or holds what no form of this program holds."""


@dataclass(frozen=True, slots=True)
class FormRead:
    """What was filled in: the check code and number of the form, and the answers by the names of their fields."""

    code: str
    form: str
    answers: tuple[tuple[str, str], ...]


def read_form(data: bytes) -> FormRead:
    """Return the answers in a form. Raises FormRefused for any file that is not one, whole and plain."""
    if len(data) > MOST_BYTES:
        raise _refused("This file is far larger than a form can be.")
    if b"%PDF-" not in data[:1024]:
        raise _refused("This is not a PDF.")
    import pikepdf  # noqa: PLC0415
    from pikepdf import settings  # noqa: PLC0415

    before = settings.set_qpdf_limits(
        parser_max_nesting=DEEPEST,
        doc_max_warnings=50,
        max_stream_filters=3,
        flate_max_memory=MOST_UNPACKED,
        run_length_max_memory=MOST_UNPACKED,
        png_max_memory=MOST_UNPACKED,
        tiff_max_memory=MOST_UNPACKED,
    )
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            return _read(document)
    except pikepdf.PasswordError:
        raise _refused(
            "This file is locked with a password.",
            "Open it in the program it was filled in with, save it without a password, and try again.",
        ) from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError,
            MemoryError, RuntimeError, NotImplementedError):  # fmt: skip
        raise _refused("This file is damaged, or is not put together as a PDF should be.") from None
    finally:
        settings.set_qpdf_limits(**before)  # type: ignore[arg-type]


def _read(document: Any) -> FormRead:
    if document.is_encrypted:
        raise _refused(
            "This file is encrypted.",
            "Open it in the program it was filled in with, save it without a password, and try again.",
        )
    if len(document.pages) > MOST_PAGES or len(document.objects) > MOST_OBJECTS:
        raise _refused("This file is far larger than a form can be.")
    root = document.Root
    acro_form = root.get("/AcroForm")
    if acro_form is not None and "/XFA" in acro_form:
        raise _refused("This file holds a form of another kind (XFA), which this program never makes.")
    for thing in document.objects:
        _look_through(thing)
    if acro_form is None or not len(acro_form.get("/Fields", [])):
        raise _refused(
            "There is nothing in this file that was filled in as a form.",
            "It may have been printed to a PDF, or scanned. Please type the answers into the plan.",
        )
    found = dict(_fields(acro_form.Fields))
    form = _FORM.fullmatch(found.pop(FORM_FIELD, ""))
    if form is None:
        raise _refused("This form was not made by this program.")
    return FormRead(form[1], form[2], tuple((name, value) for name, value in found.items() if value))


def _look_through(thing: Any) -> None:
    """Refuse what acts or carries something, wherever in the file it is. Objects of their own come one by one."""
    import pikepdf  # noqa: PLC0415

    waiting = [(thing, 0)]
    while waiting:
        here, depth = waiting.pop()
        if depth > DEEPEST:
            raise _refused("This file is put together more deeply than a form can be.")
        if isinstance(here, pikepdf.Stream):
            here = here.stream_dict
        if isinstance(here, pikepdf.Dictionary):
            _refuse_what_acts(here)
            kids = [here.get(key) for key in here.keys()]  # noqa: SIM118  a pikepdf dictionary
        elif isinstance(here, pikepdf.Array):
            kids = list(here)
        else:
            continue
        waiting += [
            (kid, depth + 1)
            for kid in kids
            if isinstance(kid, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream) and not kid.is_indirect
        ]


def _refuse_what_acts(here: Any) -> None:
    if "/JS" in here or "/AA" in here or str(here.get("/S", "")) in _ACTS:
        raise _refused("This file wants to do something by itself (a script, or an action).")
    kind = (str(here.get("/Type", "")), str(here.get("/Subtype", "")))
    if not _CARRIES.isdisjoint(kind) or "/EF" in here or "/EmbeddedFiles" in here:
        raise _refused("Another file is hidden inside this one.")
    if "/FFilter" in here or ("/F" in here and "/Length" in here):
        raise _refused("This file points to another file.")


def _fields(listed: Any) -> Iterator[tuple[str, str]]:
    import pikepdf  # noqa: PLC0415

    seen: set[str] = set()
    for count, field in enumerate(listed):
        if count >= MOST_FIELDS:
            raise _refused("There are more questions in this form than this program asks.")
        if not isinstance(field, pikepdf.Dictionary):
            raise _refused("This file is damaged, or is not put together as a PDF should be.")
        name = str(field.get("/T", ""))
        if name in seen:
            raise _refused("Two questions of this form have one name.")
        seen.add(name)
        kind, value = str(field.get("/FT", "")), field.get("/V")
        if kind == "/Btn":
            key = str(value or "").removeprefix("/")
            yield name, "" if key == "Off" else key
        elif kind == "/Tx":
            yield name, _words(value)
        else:
            raise _refused("There is a question in this form that this program never asks.")


def _words(value: Any) -> str:
    import pikepdf  # noqa: PLC0415

    if isinstance(value, pikepdf.Stream):  # PDF lets long words stand in a stream
        raw = value.read_bytes()
        text = raw.decode("utf-16") if raw[:2] in (b"\xfe\xff", b"\xff\xfe") else raw.decode("utf-8", "replace")
    else:
        text = str(value) if value is not None else ""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(sign for sign in text if sign in _UNUSUAL or unicodedata.category(sign) not in ("Cc", "Cs", "Cn"))
    if len(text) > LONGEST_ANSWER:
        raise _refused(f"One of the answers is longer than {LONGEST_ANSWER:,} letters.")
    return text.strip()


def _refused(
    what: str, then: str = "Ask for the file again as it was sent out, or type the answers in."
) -> FormRefused:
    return FormRefused(what, "Nothing was taken from it, and nothing was changed.", then)
