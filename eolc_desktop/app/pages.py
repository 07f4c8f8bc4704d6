"""Which class makes which page: views never know each other, so the composition root names them here."""

from __future__ import annotations

from eolc_desktop.views.importing.page import ImportPage
from eolc_desktop.views.person.page import PersonPage
from eolc_desktop.views.printing.page import PrintPage
from eolc_desktop.views.shell import PageMakers

PAGES = PageMakers(PersonPage, PrintPage, ImportPage)
"""The pages of the program."""
