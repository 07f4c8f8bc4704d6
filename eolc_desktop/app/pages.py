"""Which class makes which page: views never know each other, so the composition root names them here.

A page's module is loaded when the page is first opened, in a few hundredths of a second: most are not opened on most
days, and all of them together would take as much memory as a window of Qt. Those that take longer are loaded in turns
while the page is shown that leads to them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from eolc_desktop.desktop.in_turns import InTurns
from eolc_desktop.desktop.warm_up import WarmUp
from eolc_desktop.views.shell_pages import PageMakers

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def later(module: str, name: str) -> Callable[..., QWidget]:
    """What makes a page by its class `name` in a module of `eolc_desktop.views` that is loaded at the first page."""

    def make(*given: Any) -> QWidget:
        page: QWidget = getattr(import_module(f"eolc_desktop.views.{module}"), name)(*given)
        return page

    return make


def of_place(module: str, name: str) -> Callable[..., QWidget]:
    """The same for a class that makes its page by `for_place(desk, place)`."""

    def make(*given: Any) -> QWidget:
        page: QWidget = getattr(import_module(f"eolc_desktop.views.{module}"), name).for_place(*given)
        return page

    return make


def leading_to(make: Callable[..., QWidget], services: Sequence[str], views: Sequence[str]) -> Callable[..., QWidget]:
    """The same page, which leads to others: what they rest on and their modules are loaded once it has been made."""
    first = WarmUp([f"eolc_desktop.services.{module}" for module in services])
    pages = [f"eolc_desktop.views.{module}" for module in views]

    def make_and_load(*given: Any) -> QWidget:
        page = make(*given)
        InTurns(first, pages, page).start()
        return page

    return make_and_load


PAGES = PageMakers(
    later("person.page", "PersonPage"),
    later("printing.page", "PrintPage"),
    later("importing.page", "ImportPage"),
    {
        "batch_printing": of_place("batch_printing.page", "BatchPrintPage"),
        "carrying": of_place("carrying.page", "CarryingPage"),
        "seen": of_place("safety.seen_page", "SeenPage"),
        "new_key": of_place("safety.new_key_page", "NewKeyPage"),
        "retention": of_place("safety.retention_page", "RetentionPage"),
        "same_person": of_place("safety.same_person_page", "SamePersonPage"),
        "own_forms": of_place("own_forms.page", "OwnFormsPage"),
        "paper": of_place("paper.page", "PaperPage"),
        "tasks": of_place("tasks.page", "TasksPage"),
        "person_tasks": of_place("tasks.page", "TasksPage"),
        "fast_track": of_place("tasks.fast_track_page", "FastTrackPage"),
        "paper_register": of_place("paper.register", "RegisterPage"),
        "meeting": of_place("meeting.page", "MeetingPage"),
        "register": of_place("readiness.register_page", "PalliativeRegisterPage"),
        "weekend": of_place("readiness.weekend_page", "WeekendPage"),
        "home_ready": of_place("readiness.weekend_page", "HomeReadyPage"),
        "written_back": of_place("written_back.page", "WrittenBackPage"),
        "our_service": leading_to(
            of_place("our_service.hub_page", "HubPage"),
            ("measures", "figures_out", "promises_kept", "experience", "across_people", "self_review", "data_out"),
            (
                "our_service.measures_page",
                "our_service.promises_page",
                "our_service.experience_page",
                "our_service.across_page",
                "our_service.entries_page",
                "our_service.review_page",
                "our_service.data_out_page",
            ),
        ),
        "measures": of_place("our_service.measures_page", "MeasuresPage"),
        "behind": of_place("our_service.people_behind", "PeopleBehindPage"),
        "promises": of_place("our_service.promises_page", "PromisesPage"),
        "across": of_place("our_service.across_page", "AcrossPage"),
        "entries": of_place("our_service.entries_page", "EntriesPage"),
        "review": of_place("our_service.review_page", "ReviewPage"),
        "data_out": of_place("our_service.data_out_page", "DataOutPage"),
        "experience": of_place("our_service.experience_page", "ExperiencePage"),
        "sharing": of_place("sharing.page", "SharingPage"),
        "outbox": of_place("sharing.outbox_page", "OutboxPage"),
        "conflict": of_place("sharing.conflict_page", "ConflictPage"),
        "proposal": of_place("sharing.proposal_page", "ProposalPage"),
        "leaving": of_place("sharing.leaving_page", "LeavingPage"),
        "export": of_place("sharing.export_page", "ExportPage"),
    },
)
"""The pages of the program."""
