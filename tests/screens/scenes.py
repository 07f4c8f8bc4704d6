"""Every screen of the program as a scene: what to do on the stage until it stands there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget

from eolc_desktop.desktop.crash_window import CrashWindow
from eolc_desktop.desktop.settings import ThemeName
from eolc_desktop.policy import Policy
from eolc_desktop.services.invented.stories import BARBARA, PEGGY
from eolc_desktop.services.trust import InDoubt
from eolc_desktop.views.importing.page import ImportPage
from eolc_desktop.views.person.rail import (
    AFTER_DEATH,
    COMPARE,
    FILES,
    FINDINGS,
    HISTORY,
    LAST_DAYS,
    PROMISES,
)
from eolc_desktop.views.places import Place as Place_
from eolc_desktop.views.printing.page import PrintPage
from eolc_desktop.views.safety.organisation_card import OrganisationCard
from eolc_desktop.views.shell import Shell
from eolc_desktop.views.users.reason_page import ReasonPage
from eolc_desktop.views.users.sign_dialog import SignDialog
from tests.pictures import ROOT
from tests.screens import desk_scenes, entrance_scenes, person_scenes, service_scenes, sharing_scenes
from tests.screens.paper import paper
from tests.screens.stage import Stage

SYNTHEA = ROOT / "tests" / "data" / "synthea"


ORGANISATION = Policy(
    is_set=True,
    decided=frozenset(("server", "longest_idle_minutes", "may_save_pdfs", "backup_folder", "languages")),
    server="https://record.example.nhs.uk/fhir",
    longest_idle_minutes=4,
    may_save_pdfs=False,
    backup_folder="/srv/eolc-backups",
    languages=frozenset(("en-GB", "cy")),
)

Variant = tuple[ThemeName, int]


@dataclass(frozen=True, slots=True)
class Scene:
    """A screen: the name of its picture, what it is called on the contact sheet, and how to come to it.

    `also` names the themes and sizes of text it is pictured in beside light at 100 per cent. A scene that shows
    something that is different every time (a check code on paper) is not compared exactly.
    """

    name: str
    title: str
    play: Callable[[Stage], QWidget]
    also: tuple[Variant, ...] = ()
    is_same_every_time: bool = True


DARK: Variant = ("dark", 100)
BRIGHT: Variant = ("bright", 100)
LARGE: Variant = ("light", 200)


# Before anything is open


def _today(stage: Stage) -> QWidget:
    stage.remember_open(PEGGY)
    return stage.shell()


def _today_nobody(stage: Stage) -> QWidget:
    return stage.shell(empty=True)


def _today_made_up(stage: Stage) -> QWidget:
    return stage.shell(made_up=True)


def _find(stage: Stage) -> QWidget:
    shell = desk_scenes.caseload(stage)
    QTest.keyClick(shell, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    stage.settle()
    stage.type("ma")
    return shell


def _look_alike(stage: Stage) -> QWidget:
    shell = stage.shell()
    shell.show_person(stage.look_alike)
    stage.settle()
    return shell


def _add_person(stage: Stage) -> QWidget:
    shell = stage.shell()
    shell.show_add_person()
    stage.settle()
    return shell


# One person


def _import(stage: Stage) -> QWidget:
    shell = stage.shell()
    shell.show_import()
    stage.settle()
    return shell


def _import_preview(stage: Stage) -> QWidget:
    shell = stage.shell()
    shell.show_import()
    page = shell.places.currentWidget()
    assert isinstance(page, ImportPage)
    page.read_file(sorted(SYNTHEA.glob("*.json"))[0])
    stage.until(lambda: page._shown is not None)
    stage.settle()
    return shell


def _print(stage: Stage) -> QWidget:
    shell = stage.shell()
    shell.show_printing(PEGGY, "")
    page = shell.places.currentWidget()
    assert isinstance(page, PrintPage)
    stage.until(lambda: page._save.isEnabled())
    stage.settle()
    return shell


# The rest of the window


def _settings(stage: Stage) -> QWidget:
    shell = stage.shell()
    shell.show_settings()
    stage.settle()
    return shell


def _settings_of_organisation(stage: Stage) -> QWidget:
    shell = stage.shell()
    stage.desk.session = replace(stage.desk.session, policy=ORGANISATION)
    shell.show_settings()
    stage.settle()
    scroll, card = shell.places.findChild(QScrollArea), shell.findChild(OrganisationCard)
    assert isinstance(scroll, QScrollArea)
    assert isinstance(card, OrganisationCard)
    scroll.ensureWidgetVisible(card, 0, 300)
    return shell


def _lock_warning(stage: Stage) -> QWidget:
    shell = desk_scenes.caseload(stage)
    assert isinstance(shell, Shell)
    shell.show_lock_warning(30)
    stage.settle()
    return shell


def _pane(name: str) -> Callable[[Stage], QWidget]:
    def play(stage: Stage) -> QWidget:
        shell = desk_scenes.caseload(stage)
        assert isinstance(shell, Shell)
        getattr(shell.panes, f"show_{name}")()
        stage.settle()
        return shell

    return play


def _seen(stage: Stage) -> QWidget:
    shell, _page = stage.person(PEGGY)
    shell.places.go(Place_("seen", PEGGY))
    stage.settle()
    return shell


def _carrying(stage: Stage) -> QWidget:
    shell = stage.shell()
    shell.places.go(Place_("carrying", PEGGY))
    stage.settle()
    return shell


def _two_records(stage: Stage) -> QWidget:
    shell = stage.shell()
    shell.places.go(Place_("same_person"))
    stage.settle()
    return shell


def _sign(stage: Stage) -> QWidget:
    shell, _page = stage.person(PEGGY, "cpr")
    dialog = SignDialog(stage.desk.session.user, shell)
    dialog.open()
    stage.settle()
    return dialog


def _visitor(stage: Stage) -> QWidget:
    page = ReasonPage(stage.desk.session.user)
    stage.show(page)
    return page


def _doubt(stage: Stage) -> QWidget:
    shell, _page = stage.person(PEGGY)
    shell.doubt._on_told(InDoubt(("An older copy of the record is in its place: 3 saves are missing.",)))
    stage.settle()
    return shell


def _fault(stage: Stage) -> QWidget:
    window = CrashWindow()
    window.details.setPlainText("TypeError\n  eolc_desktop/views/caseload/page.py:172 in _on_found")
    stage.show(window, 760, 480)
    return window


SCENES: tuple[Scene, ...] = (
    Scene("unlock", "Unlock", entrance_scenes.unlock, (DARK, BRIGHT, LARGE)),
    Scene("unlock-who", "Locked: several people use this laptop", entrance_scenes.unlock_who, (DARK,)),
    Scene("unlock-refused", "Locked, and a wrong passphrase", entrance_scenes.unlock_refused),
    Scene("unlock-to-read", "Read only, in an emergency: with the recovery code", entrance_scenes.unlock_to_read),
    Scene("first-run-1-who", "First run: who you are", entrance_scenes.first_run(0)),
    Scene("first-run-2-passphrase", "First run: your passphrase", entrance_scenes.first_run(1)),
    Scene("first-run-3-recovery-code", "First run: your recovery code", entrance_scenes.first_run(2), (LARGE,)),
    Scene("first-run-4-computer", "First run: this computer", entrance_scenes.first_run(3)),
    Scene("from-backup-1-which", "A new laptop from a backup: which", entrance_scenes.from_backup(0)),
    Scene("from-backup-2-passphrase", "A new laptop from a backup: what opens it", entrance_scenes.from_backup(1)),
    Scene("from-backup-3-holds", "A new laptop from a backup: what it holds", entrance_scenes.from_backup(2), (LARGE,)),
    Scene("today-nobody", "Today, before there is anybody", _today_nobody),
    Scene("today", "Today", _today, (DARK, LARGE)),
    Scene("today-made-up", "Today, in the demonstration", _today_made_up),
    Scene("caseload", "Caseload", desk_scenes.caseload, (DARK, BRIGHT, LARGE)),
    Scene("caseload-search", "Caseload: found as you type", desk_scenes.caseload_search),
    Scene("caseload-nobody-found", "Caseload: nobody found", desk_scenes.caseload_nobody),
    Scene("caseload-view", "Caseload: a saved view", desk_scenes.caseload_view),
    Scene("caseload-grouped", "Caseload: in groups, with columns of choice", desk_scenes.caseload_grouped, (DARK,)),
    Scene("caseload-details", "Caseload: details beside the list", desk_scenes.caseload_details, (BRIGHT,)),
    Scene("palliative-register", "Palliative care register", desk_scenes.register, (DARK, LARGE)),
    Scene("weekend-check", "Weekend check", desk_scenes.weekend, (BRIGHT,)),
    Scene("home-ready", "Is the home ready?", desk_scenes.home_ready),
    Scene("meeting-start", "Team meeting: before it begins", desk_scenes.meeting_start),
    Scene("meeting-person", "Team meeting: one person at a time", desk_scenes.meeting_person, (DARK, BRIGHT, LARGE)),
    Scene("meeting-agenda", "Team meeting: agenda and end", desk_scenes.meeting_agenda),
    Scene("caseload-arranging", "Caseload: arranged in its panel", desk_scenes.caseload_arranging, (DARK, LARGE)),
    Scene("tasks", "Tasks", service_scenes.at("tasks"), (DARK, LARGE)),
    Scene("fast-track", "Fast Track across the caseload", service_scenes.at("fast_track"), (LARGE,)),
    Scene("our-service", "Our service", service_scenes.at("our_service"), (LARGE,)),
    Scene("figures", "What it adds up to", service_scenes.at("measures"), (DARK, LARGE)),
    Scene("promises-kept", "Promises kept", service_scenes.at("promises")),
    Scene("voices-and-carers", "Voices and carers", service_scenes.at("across")),
    Scene("services-near-here", "Services near here", service_scenes.directory, (DARK,)),
    Scene("service-review", "The service looking at itself", service_scenes.review),
    Scene("find", "Find a person, from anywhere", _find),
    Scene("look-alike", "Two people whose names look alike", _look_alike),
    Scene("add-person", "Add a person", _add_person),
    Scene("import", "Import: choose a file", _import),
    Scene("import-preview", "Import: what will come in", _import_preview, (LARGE,)),
    Scene("person", "One person, at a glance", person_scenes.plan(), (DARK, BRIGHT, LARGE)),
    Scene("person-without-a-plan", "One person, with no plan yet", person_scenes.newcomer),
    Scene("person-died", "One person, who has died", person_scenes.plan(person_id=BARBARA)),
    Scene("promises-of-one", "Promises kept, for one person", person_scenes.plan(PROMISES)),
    Scene("services-for-one", "Services near here, for one person", service_scenes.services_for_one),
    Scene("experience", "What the bereaved tell us", service_scenes.at("experience")),
    Scene("data-out", "Data out", service_scenes.at("data_out")),
    Scene("last-days", "The last days: the five priorities", person_scenes.plan(LAST_DAYS), (LARGE,)),
    Scene("after-the-death", "After the death", person_scenes.plan(AFTER_DEATH, BARBARA), (DARK, LARGE)),
    Scene("draft-waiting", "A draft that waits", person_scenes.draft_waiting),
    Scene("section-person", "Who they are", person_scenes.plan("person")),
    Scene("section-communication", "Communication needs", person_scenes.plan("communication_needs")),
    Scene("section-about-me", "What matters to them", person_scenes.plan("about_me"), (DARK, LARGE)),
    Scene("section-commitments", "The six commitments", person_scenes.plan("commitments")),
    Scene("section-commitment", "One of the six commitments", person_scenes.entry("commitments")),
    Scene("section-compact", "The seven questions", person_scenes.plan("compact")),
    Scene("section-places", "Preferred place of care and death", person_scenes.plan("places")),
    Scene("section-cpr", "CPR recommendation", person_scenes.plan("cpr"), (BRIGHT, LARGE)),
    Scene("section-allergies", "Allergies", person_scenes.plan("allergies")),
    Scene("section-advance-refusal", "Advance decision to refuse treatment", person_scenes.plan("advance_refusal")),
    Scene("section-consent", "Consent", person_scenes.plan("consent")),
    Scene("section-contacts", "People who matter", person_scenes.plan("contacts")),
    Scene("section-contact", "One of the people who matter", person_scenes.entry("contacts")),
    Scene("section-who-to-call", "Who to call", person_scenes.plan("who_to_call")),
    Scene("visit-1-since", "A visit: what changed since the last one", person_scenes.visit("since"), (LARGE,)),
    Scene("visit-2-still-so", "A visit: what still holds", person_scenes.visit("still_so"), (LARGE,)),
    Scene("visit-3-talk", "A visit: talk", person_scenes.visit("talk")),
    Scene("visit-4-next", "A visit: what happens next", person_scenes.visit("next")),
    Scene(
        "visit-5-missing",
        "A first visit: what is still wanted",
        person_scenes.visit("missing", newcomer=True),
        (LARGE,),
    ),
    Scene("visit-6-close", "A visit: before you go", person_scenes.visit("close"), (DARK,)),
    Scene("find-in-plan", "Anything found in one plan", person_scenes.find_in_plan, (LARGE,)),
    Scene("section-medicines", "Just-in-case medicines", person_scenes.plan("anticipatory")),
    Scene("section-conversations", "Conversations", person_scenes.plan("conversations")),
    Scene("section-fast-track", "Fast Track: the 48-hour clock", person_scenes.plan("fast_track")),
    Scene("section-after-death", "What is left to do after a death", person_scenes.plan("closure", BARBARA)),
    Scene("writing", "Something typed and not saved", person_scenes.writing),
    Scene("history", "History of the plan", person_scenes.plan(HISTORY)),
    Scene("versions", "Two versions of the plan, compared", person_scenes.plan(COMPARE)),
    Scene("second-looks", "What does not fit together", person_scenes.plan(FINDINGS), (LARGE,)),
    Scene("interruption", "A grave change, before it is saved", person_scenes.interruption, (DARK,)),
    Scene("measures", "Measures over time", person_scenes.measures, (DARK, BRIGHT, LARGE)),
    Scene("files", "Scans and photographs", person_scenes.plan(FILES)),
    Scene("file-shown", "A scan, shown", person_scenes.file_shown, (LARGE,)),
    Scene("own-forms", "Forms of your own", person_scenes.own_forms),
    Scene("own-form-preview", "A form of your own, before it is taken in", person_scenes.own_form_preview, (LARGE,)),
    Scene("print", "Print for the family", _print, (LARGE,), is_same_every_time=False),
    Scene(
        "paper-copies", "Paper copies: is this page still right?", paper("paper"), (LARGE,), is_same_every_time=False
    ),
    Scene(
        "paper-register",
        "Paper copies of one person",
        paper("paper_register", PEGGY),
        (LARGE,),
        is_same_every_time=False,
    ),
    Scene("written-back", "Answers on a form", paper("written_back", PEGGY), (LARGE,), is_same_every_time=False),
    Scene("print-for-many", "Print for many people", paper("batch_printing"), (LARGE,)),
    Scene("settings", "Settings", _settings, (DARK,)),
    Scene("settings-organisation", "Settings: what the organisation has set", _settings_of_organisation),
    Scene("who-has-seen", "Who has seen this record", _seen),
    Scene("two-records", "Two records of one person", _two_records),
    Scene("another-laptop", "To and from another laptop", _carrying, (DARK, LARGE), is_same_every_time=False),
    Scene("another-key", "Another key for the record", service_scenes.at("new_key")),
    Scene("time-is-over", "Records whose time is over", service_scenes.at("retention")),
    Scene("sharing", "Sharing", sharing_scenes.at("sharing"), (DARK, LARGE)),
    Scene("outbox", "What leaves, and what stays here", sharing_scenes.at("outbox", PEGGY, made_up=True), (LARGE,)),
    Scene("conflict", "Two versions", sharing_scenes.at("conflict", PEGGY, sharing_scenes.CONFLICT), (BRIGHT, LARGE)),
    Scene("proposal", "From another system", sharing_scenes.at("proposal", PEGGY, sharing_scenes.PROPOSAL)),
    Scene("in-conflict", "A plan in conflict", sharing_scenes.at("person", PEGGY)),
    Scene("on-this-laptop", "On this laptop", sharing_scenes.at("leaving", PEGGY)),
    Scene("pointer", "Pointer for the National Record Locator", sharing_scenes.at("export", PEGGY)),
    Scene("sign", "Signing a CPR decision", _sign),
    Scene("visitor", "A visitor says why", _visitor),
    Scene("doubt", "A record that cannot be trusted", _doubt),
    Scene("lock-warning", "About to lock", _lock_warning),
    Scene("commands", "Commands", _pane("palette")),
    Scene("shortcuts", "Keyboard shortcuts", _pane("shortcuts")),
    Scene("help", "Help", _pane("help")),
    Scene("about", "About", _pane("about")),
    Scene("licences", "Licences", _pane("licences")),
    Scene("fault", "The program met a fault", _fault),
    Scene("under-18", "Somebody under 18", person_scenes.under_18, (DARK,)),
    Scene("changed-meanwhile", "Changed before it was confirmed", person_scenes.changed_meanwhile),
)
