"""The signed-in window: menus, the rail, the page that is shown, the message bar and the status line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenuBar, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.desktop.background import Work
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.desktop.settings import Settings
from eolc_desktop.errors import UserError
from eolc_desktop.models.key_file import STANDARD, Costs
from eolc_desktop.models.keys import Unlocked
from eolc_desktop.record.people import PersonRow
from eolc_desktop.record.users import User
from eolc_desktop.services import backups, people
from eolc_desktop.services.session import Changes
from eolc_desktop.views.actions import Actions
from eolc_desktop.views.appearance import Appearance
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.identity import IdentityCheck
from eolc_desktop.views.panes import Panes
from eolc_desktop.views.places import Place, Places
from eolc_desktop.views.rail import RAIL, Rail
from eolc_desktop.views.safety.doubt_strip import DoubtStrip
from eolc_desktop.views.shell_actions import ShellActions
from eolc_desktop.views.shell_pages import PageMakers, ShellPages
from eolc_desktop.views.status_line import StatusLine
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.message_bar import Kind, MessageBar
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

MADE_UP = "MADE-UP PEOPLE – for showing the program and for training only"
NOTHING_BACK = "There is nothing to go back to"


class Shell(QWidget):
    """Shows one page at a time, and never more than one person's (hazard H01).

    It may be made before anybody signed in: there is nothing of anybody in it then, and nothing can be done with it.

    `first_reading` is that of Today, which begins when somebody signs in.

    `places` is the page that is shown and the way back, `actions_list` every action of the window, `panes` what can lie
    over the page, `message` the bar that says what happened, `status` the line at the foot.

    Signals:
        lock_wanted, quit_wanted: the user asked for it; drafts are kept by `leave`.
        settings_chosen: new `Settings`, to be kept and put into force.
        title_changed: the kind of page for the title of the window, which never holds a person's name.
        print_code_wanted, save_code_wanted: a new recovery code, to go on its page.
    """

    lock_wanted = Signal()
    quit_wanted = Signal()
    settings_chosen = Signal(object)
    title_changed = Signal(str)
    print_code_wanted = Signal(str)
    save_code_wanted = Signal(str)
    first_reading: Work

    def __init__(
        self,
        desk: Desk,
        pages: PageMakers,
        costs: Costs = STANDARD,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._makers = pages
        self._costs = costs
        self.appearance = Appearance(desk, self)
        self.appearance.chosen.connect(self.settings_chosen)
        wear(self, Look.PAGE)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._build()
        self._connect()
        desk.when_begun(self._begin)

    # Building

    def _build(self) -> None:
        self.message = MessageBar()
        self._check = IdentityCheck(self._desk)
        self._rail = Rail(RAIL)
        self.status = StatusLine()
        self.status.follow(self._desk.sharing)
        self.doubt = DoubtStrip(self._desk)
        self._lock_warning = WrappedLabel("", Look.WARNING)
        self._lock_warning.setMargin(10)
        self._lock_warning.hide()
        self.pages = ShellPages(self, self._desk, self._makers, self._costs)
        self.places = Places(self.pages.make)
        actions = Actions(self)
        self.panes = Panes(self._desk, actions, self.places, self)
        self.actions_list = ShellActions(self, actions, self._desk)
        self._menus = QMenuBar(self)
        self._page_menu = self.actions_list.list.fill(self._menus)
        find = QPushButton("Find a person  Ctrl+F")
        find.setAccessibleName("Find a person")
        find.clicked.connect(self.panes.show_find)
        wear(find, Look.QUIET)
        content = QVBoxLayout()
        content.setSpacing(0)
        for widget in (self.message, self._check):
            content.addWidget(widget)
        content.addWidget(self.places, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._rail)
        middle.addLayout(content, 1)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QWidget()
        top.setAutoFillBackground(True)
        top.setBackgroundRole(QPalette.ColorRole.Base)
        top_row = QHBoxLayout(top)
        top_row.setContentsMargins(0, 0, 8, 0)
        top_row.setSpacing(0)
        top_row.addWidget(self._menus, 1, Qt.AlignmentFlag.AlignVCenter)
        top_row.addWidget(find)
        column.addWidget(top)
        self._made_up_place = column.count()
        column.addWidget(self.doubt)
        column.addLayout(middle, 1)
        column.addWidget(self._lock_warning)
        column.addWidget(self.status)

    def _connect(self) -> None:
        desk = self._desk
        desk.changed.connect(self._on_changed)
        desk.told.connect(self._on_told)
        desk.person_wanted.connect(self.show_person)
        desk.entry_wanted.connect(self.show_person)
        desk.print_wanted.connect(self.show_printing)
        desk.import_wanted.connect(self.show_import)
        desk.add_person_wanted.connect(self.show_add_person)
        desk.caseload_wanted.connect(self.show_caseload)
        desk.place_wanted.connect(self.places.go)
        self.places.about_to_leave.connect(self._on_about_to_leave)
        self.places.shown.connect(self._on_shown)
        self._rail.chosen.connect(self._on_rail)
        self.panes.find.person_chosen.connect(self.open_person)
        self.panes.find.print_chosen.connect(self.open_printing)
        self.panes.find.code_chosen.connect(self.check_page)
        self._check.confirmed.connect(self.places.focus_page)
        self._check.refused.connect(self.go_back)
        self.actions_list.list.use_custom_shortcuts(desk.settings.has_custom_shortcuts)

    @Slot()
    def _begin(self) -> None:
        """Somebody signed in: say who, let them do what they may, and show Today."""
        session = self._desk.session
        self.status.show_user(session.user)
        if session.made_up:
            strip = WrappedLabel(MADE_UP, Look.WARNING)
            strip.setMargin(4)
            strip.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._column.insertWidget(self._made_up_place, strip)
        self.actions_list.begin()
        self.show_today()
        self.first_reading = self.pages.read_today()
        self._desk.run("last change", people.recently_changed, 1, done=self._on_last_change)

    # Pages

    @Slot()
    def _on_about_to_leave(self) -> None:
        self.panes.close_all()
        self._check.dismiss()

    @Slot(object)
    def _on_shown(self, place: Place) -> None:
        actions = self.actions_list
        self._rail.mark(place.in_rail)
        self.status.be_short(place.kind == "person")
        self.doubt.belong_to(place.person_id)
        actions.list.show_page(self.places.currentWidget())
        actions.list.fill_page_menu(self._page_menu)
        actions.list.allow(actions.back, self.places.can_go_back, NOTHING_BACK)
        actions.follow(place)
        self.title_changed.emit(self.places.page_title)
        announce(self, f"Now showing {self.places.page_title}")

    def leave(self) -> str:
        """Keep what is being written, before locking or quitting. Returns whose plan is open, "" for nobody's."""
        self.panes.close_all()
        self.places.leave()
        return self.places.place.person_id

    # What the actions do

    @Slot()
    def show_today(self) -> None:
        """Go to Today."""
        self.places.go(Place("today"))

    @Slot()
    def show_caseload(self) -> None:
        """Go to the caseload."""
        self.places.go(Place("caseload"))

    @Slot()
    def show_settings(self) -> None:
        """Go to Settings."""
        self.places.go(Place("settings"))

    def offer_new_passphrase(self, proof: Unlocked) -> None:
        """Go to the choice of a new passphrase, after unlocking with the recovery code, which is the proof for it."""
        self.show_settings()
        self.pages.choose_new_passphrase(proof)

    @Slot()
    def show_import(self) -> None:
        """Go to the import."""
        self.places.go(Place("importing"))

    @Slot(str)
    def check_page(self, code: str = "") -> None:
        """Go to the paper copies, and look up the check code of a page."""
        self.places.go(Place("paper", document=code))

    @Slot()
    def show_add_person(self) -> None:
        """Go to adding a person."""
        self.places.go(Place("add_person"))

    @Slot(str)
    @Slot(str, str)
    def show_person(self, person_id: str, at: str = "") -> None:
        """Open a person's plan (at "section/entry"), and ask who it is where the name could be taken for another's."""
        self.places.go(Place("person", person_id, at))
        self._desk.run("who was opened", people.person_row, person_id, done=self._on_row)

    @Slot(str, str)
    def show_printing(self, person_id: str, document: str = "") -> None:
        """Open the print page of a person."""
        self.places.go(Place("printing", person_id, document))

    @Slot()
    def print_shown(self) -> None:
        """Print for the person whose plan is open."""
        if self.places.place.kind == "person":
            self.show_printing(self.places.place.person_id)

    @Slot()
    def go_back(self) -> None:
        """Go to the page before."""
        self.places.go_back()

    @Slot()
    def next_pane(self) -> None:
        """Give the keyboard to the next part of the window."""
        self._step_pane(1)

    @Slot()
    def pane_before(self) -> None:
        """Give the keyboard to the part of the window before."""
        self._step_pane(-1)

    def _step_pane(self, by: int) -> None:
        at = QApplication.focusWidget()
        parts: Sequence[QWidget] = getattr(self.places.currentWidget(), "panes", list)() or [self.places]
        panes = [pane for pane in (self._rail, self.message, self._check, *parts) if pane.isVisible()]
        here = next((n for n, pane in enumerate(panes) if at is not None and pane.isAncestorOf(at)), -1)
        _begin(panes[(here + by) % len(panes)], self.places)

    def use_settings(self, settings: Settings) -> None:
        """Follow settings that were put into force."""
        self.actions_list.list.use_custom_shortcuts(settings.has_custom_shortcuts)
        self.pages.show_settings(settings)

    @Slot()
    def back_up(self) -> None:
        """Back up now, while work goes on."""
        session = self._desk.session
        self.message.say("Backing up…")
        self._desk.background.run(
            "back up",
            lambda: backups.back_up(session),
            done=self._on_backed_up,
            failed=self.message.tell,
            uses_store=False,
        )

    # What is told

    def show_lock_warning(self, seconds: int) -> None:
        """Say that the program is about to lock, in a bar that needs no answer: any key keeps it open."""
        self._lock_warning.setText(f"Locking in {seconds} seconds – press any key to go on.")
        self._lock_warning.show()
        announce(self, self._lock_warning.text(), is_urgent=True)

    def hide_lock_warning(self) -> None:
        """Somebody is here."""
        self._lock_warning.hide()

    @Slot(str)
    def _on_rail(self, key: str) -> None:
        self.places.go(Place(key))

    @Slot(object)
    def open_person(self, row: PersonRow) -> None:
        """Open the plan of a `PersonRow`, and ask who it is where the name could be taken for another’s."""
        self.places.go(Place("person", row.id))
        self._on_row(row)

    @Slot(object)
    def go_on_with(self, row: PersonRow) -> None:
        """Open the plan of the `PersonRow` that was worked on last."""
        # Who it is stood above the button, with both identifiers, and was read there.
        self.places.go(Place("person", row.id))

    @Slot(object)
    def open_printing(self, row: PersonRow) -> None:
        """Open the print page of a `PersonRow` that was chosen."""
        self.show_printing(row.id)

    @Slot(str)
    def open_added(self, person_id: str) -> None:
        """Open the plan of somebody who was just added."""
        self.places.go(Place("person", person_id))
        self.message.say("The person was added, and is kept on this computer.", Kind.SUCCESS, seconds=10)

    @Slot(object)
    def _on_row(self, row: PersonRow | None) -> None:
        if row is not None and row.looks_alike and self.places.shows_person(row.id):
            self._check.ask(row)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        now = self._desk.now()
        self.status.show_kept(now, now, is_draft=changes.drafts_only)

    @Slot(object)
    def _on_last_change(self, rows: Sequence[PersonRow]) -> None:
        if rows:
            self.status.show_kept(datetime.fromisoformat(rows[0].last_change_at), self._desk.now())

    @Slot(object)
    def _on_told(self, told: object) -> None:
        if isinstance(told, UserError):
            self.message.tell(told)
        else:
            self.message.say(str(told))

    @Slot(object)
    def _on_backed_up(self, _made: object) -> None:
        self.message.say("Backed up, and the backup was checked.", Kind.SUCCESS, seconds=10)

    @Slot(object)
    def take_user(self, user: User) -> None:
        """Follow a user’s new name or role."""
        self._desk.session = replace(self._desk.session, user=user)
        self.status.show_user(user)


def _begin(pane: QWidget, places: Places) -> None:
    """Give the keyboard to the first thing in a part of the window."""
    if isinstance(pane, Rail):
        pane.begin()
    elif pane is places:
        places.focus_page()
    else:
        stops = [w for w in pane.findChildren(QWidget) if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus]
        (stops[0] if stops else pane).setFocus(Qt.FocusReason.ShortcutFocusReason)
