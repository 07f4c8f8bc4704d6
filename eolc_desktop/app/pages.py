"""Which class makes which page: views never know each other, so the composition root names them here."""

from __future__ import annotations

from eolc_desktop.views.importing.page import ImportPage
from eolc_desktop.views.paper.page import PaperPage
from eolc_desktop.views.paper.register import RegisterPage
from eolc_desktop.views.person.page import PersonPage
from eolc_desktop.views.printing.page import PrintPage
from eolc_desktop.views.shell import PageMakers

PAGES = PageMakers(
    PersonPage,
    PrintPage,
    ImportPage,
    {
        "paper": PaperPage.for_place,
        "paper_register": RegisterPage.for_place,
    },
)
"""The pages of the program."""
