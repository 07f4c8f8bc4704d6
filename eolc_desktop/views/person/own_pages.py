"""Which pages of a plan are no forms, and the class of each."""

from __future__ import annotations

from collections.abc import Mapping

from eolc_desktop.views.after_death.last_days_page import LastDaysPage
from eolc_desktop.views.after_death.page import AfterDeathPage
from eolc_desktop.views.attachments.page import AttachmentsPage
from eolc_desktop.views.measures.page import MeasuresPage
from eolc_desktop.views.our_service.person_promises import PersonPromisesPage
from eolc_desktop.views.our_service.person_services import PersonServicesPage
from eolc_desktop.views.person.compare_page import ComparePage
from eolc_desktop.views.person.findings_page import FindingsPage
from eolc_desktop.views.person.history_page import HistoryPage
from eolc_desktop.views.person.own_page import OwnPage
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
from eolc_desktop.views.visit.page import VisitPage

OWN_PAGES: Mapping[str, type[OwnPage]] = {
    HISTORY: HistoryPage,
    COMPARE: ComparePage,
    FINDINGS: FindingsPage,
    VISIT: VisitPage,
    MEASURES: MeasuresPage,
    FILES: AttachmentsPage,
    LAST_DAYS: LastDaysPage,
    AFTER_DEATH: AfterDeathPage,
    PROMISES: PersonPromisesPage,
    SERVICES: PersonServicesPage,
}
"""By the place that leads to each."""
