"""The page of a recovery code, drawn for a printer: what the window asks of the worker process."""

from __future__ import annotations

from eolc_desktop.documents.making import make_recovery_page
from eolc_desktop.documents.raster import PackedPage
from eolc_desktop.documents.showing import pages_for_printer


def recovery_page_for_printer(user_name: str, organisation: str, made_on: str, code: str) -> tuple[PackedPage, ...]:
    """Make the page and draw it."""
    return pages_for_printer(make_recovery_page(user_name, organisation, made_on, code))
