"""The command that takes an organisation's own form in, without a window."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from eolc_desktop.errors import ImportRefused
from eolc_desktop.fhir.reading import MAX_BYTES
from eolc_desktop.services import own_forms
from eolc_desktop.services.own_forms import Preview
from eolc_desktop.services.session import Session


def take_form_in(session: Session, given: argparse.Namespace) -> int:
    """Show what a form becomes and what is done otherwise, ask, and take it in. Raises ImportRefused, NotAllowed."""
    try:
        with given.file.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError:
        raise ImportRefused(f"The file {given.file} cannot be read.", "Nothing was taken in.", "") from None
    shown = own_forms.preview(session, data)
    for line in form_lines(shown):
        print(line)
    if shown.same:
        return 0
    if not given.yes and not _agreed():
        print("Nothing was taken in.")
        return 1
    own_forms.accept(session, shown)
    print("The form is now a section of every plan on this computer.")
    return 0


def _agreed() -> bool:
    if not sys.stdin.isatty():
        print("To take it in without being asked, add --yes.", file=sys.stderr)
        return False
    return input("Take this in? Type yes or no: ").strip().casefold() in ("yes", "y")


def form_lines(shown: Preview) -> Iterator[str]:
    """What a form asks, and what of it is done otherwise, as lines of text."""
    form = shown.form
    yield f"{form.title}, version {form.version or 'not given'}, {form.questions} questions"
    if shown.same:
        yield "  This very form is kept already."
    yield from (f"  Done otherwise: {said}" for said in form.departures)
    for section in form.sections:
        yield f"  {section.title}{' (as often as needed)' if section.repeats else ''}"
        yield from (f"    {field.label}" for field in section.fields if not field.retired)
