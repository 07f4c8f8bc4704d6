"""Which class makes which page: views never know each other, so the composition root names them here."""

from __future__ import annotations

from eolc_desktop.views.batch_printing.page import BatchPrintPage
from eolc_desktop.views.carrying.page import CarryingPage
from eolc_desktop.views.importing.page import ImportPage
from eolc_desktop.views.meeting.page import MeetingPage
from eolc_desktop.views.our_service.across_page import AcrossPage
from eolc_desktop.views.our_service.data_out_page import DataOutPage
from eolc_desktop.views.our_service.entries_page import EntriesPage
from eolc_desktop.views.our_service.experience_page import ExperiencePage
from eolc_desktop.views.our_service.hub_page import HubPage
from eolc_desktop.views.our_service.measures_page import MeasuresPage
from eolc_desktop.views.our_service.people_behind import PeopleBehindPage
from eolc_desktop.views.our_service.promises_page import PromisesPage
from eolc_desktop.views.our_service.review_page import ReviewPage
from eolc_desktop.views.own_forms.page import OwnFormsPage
from eolc_desktop.views.paper.page import PaperPage
from eolc_desktop.views.paper.register import RegisterPage
from eolc_desktop.views.person.page import PersonPage
from eolc_desktop.views.printing.page import PrintPage
from eolc_desktop.views.safety.new_key_page import NewKeyPage
from eolc_desktop.views.safety.retention_page import RetentionPage
from eolc_desktop.views.safety.same_person_page import SamePersonPage
from eolc_desktop.views.safety.seen_page import SeenPage
from eolc_desktop.views.sharing.conflict_page import ConflictPage
from eolc_desktop.views.sharing.export_page import ExportPage
from eolc_desktop.views.sharing.leaving_page import LeavingPage
from eolc_desktop.views.sharing.outbox_page import OutboxPage
from eolc_desktop.views.sharing.page import SharingPage
from eolc_desktop.views.sharing.proposal_page import ProposalPage
from eolc_desktop.views.shell import PageMakers
from eolc_desktop.views.tasks.fast_track_page import FastTrackPage
from eolc_desktop.views.tasks.page import TasksPage
from eolc_desktop.views.written_back.page import WrittenBackPage

PAGES = PageMakers(
    PersonPage,
    PrintPage,
    ImportPage,
    {
        "batch_printing": BatchPrintPage.for_place,
        "carrying": CarryingPage.for_place,
        "seen": SeenPage.for_place,
        "new_key": NewKeyPage.for_place,
        "retention": RetentionPage.for_place,
        "same_person": SamePersonPage.for_place,
        "own_forms": OwnFormsPage.for_place,
        "paper": PaperPage.for_place,
        "tasks": TasksPage.for_place,
        "person_tasks": TasksPage.for_place,
        "fast_track": FastTrackPage.for_place,
        "paper_register": RegisterPage.for_place,
        "meeting": MeetingPage.for_place,
        "written_back": WrittenBackPage.for_place,
        "our_service": HubPage.for_place,
        "measures": MeasuresPage.for_place,
        "behind": PeopleBehindPage.for_place,
        "promises": PromisesPage.for_place,
        "across": AcrossPage.for_place,
        "entries": EntriesPage.for_place,
        "review": ReviewPage.for_place,
        "data_out": DataOutPage.for_place,
        "experience": ExperiencePage.for_place,
        "sharing": SharingPage.for_place,
        "outbox": OutboxPage.for_place,
        "conflict": ConflictPage.for_place,
        "proposal": ProposalPage.for_place,
        "leaving": LeavingPage.for_place,
        "export": ExportPage.for_place,
    },
)
"""The pages of the program."""
