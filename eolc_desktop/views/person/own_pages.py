"""Which pages of a plan are no forms: what each is called, and its class, whose module is loaded when it is gone to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from eolc_desktop.views.person.rail import (
    AFTER_DEATH,
    COMPARE,
    FILES,
    FINDINGS,
    HISTORY,
    LAST_DAYS,
    MEASURES,
    PROMISES,
    SERVICES,
    VISIT,
)

if TYPE_CHECKING:
    from eolc_desktop.views.person.own_page import OwnPage


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A page that is no form. `title` is what it is called; `module` and `name` say where its class is."""

    title: str
    module: str
    name: str

    def load(self) -> type[OwnPage]:
        """The class of the page."""
        made: type[OwnPage] = getattr(import_module(f"eolc_desktop.views.{self.module}"), self.name)
        return made


OWN_PAGES: Mapping[str, OwnPlace] = {
    HISTORY: OwnPlace("History", "person.history_page", "HistoryPage"),
    COMPARE: OwnPlace("Versions of this plan", "person.compare_page", "ComparePage"),
    FINDINGS: OwnPlace("Worth a second look", "person.findings_page", "FindingsPage"),
    VISIT: OwnPlace("Visit", "visit.page", "VisitPage"),
    MEASURES: OwnPlace("Measures over time", "measures.page", "MeasuresPage"),
    FILES: OwnPlace("Scans and photographs", "attachments.page", "AttachmentsPage"),
    LAST_DAYS: OwnPlace("The last days", "after_death.last_days_page", "LastDaysPage"),
    AFTER_DEATH: OwnPlace("After the death: what to do", "after_death.page", "AfterDeathPage"),
    PROMISES: OwnPlace("Promises kept", "our_service.person_promises", "PersonPromisesPage"),
    SERVICES: OwnPlace("Services near here", "our_service.person_services", "PersonServicesPage"),
}
"""By the place that leads to each. A test holds the titles to what the pages call themselves."""
