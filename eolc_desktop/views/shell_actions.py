"""The actions of the window: what each is called, its keys, its menu, and what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from eolc_desktop.services.roles import Right, may
from eolc_desktop.views.actions import Actions
from eolc_desktop.views.places import Place

if TYPE_CHECKING:
    from eolc_desktop.views.desk import Desk
    from eolc_desktop.views.shell import Shell

NO_PERSON = "Open a person’s plan first"
Keys = QKeySequence.StandardKey


class ShellActions:
    """The window's own actions, added to the one list. Those that depend on what is shown are kept by name."""

    def __init__(self, shell: Shell, actions: Actions, desk: Desk) -> None:
        self._desk = desk
        self.list = actions
        self._asks_for: list[tuple[QAction, Right]] = []
        self._file(shell)
        self._person(shell)
        self._view(shell)
        self._help(shell)
        # Until somebody signed in, nothing can be done: not by a key, and not from the one bar of menus of a Mac.
        self._all = QActionGroup(shell)
        self._all.setExclusionPolicy(QActionGroup.ExclusionPolicy.None_)
        for deed in actions:
            self._all.addAction(deed.action)
        self._all.setEnabled(False)

    def begin(self) -> None:
        """Somebody signed in: let them do what they may."""
        self._all.setEnabled(True)
        desk = self._desk
        for action, right in self._asks_for:
            if not may(desk.session, right):
                self.list.allow(action, False, f"You may not {right.value} on this laptop")

    def follow(self, place: Place) -> None:
        """Allow what belongs to a person only while their plan is open, and to whoever may."""
        is_open = place.kind == "person"
        why = NO_PERSON if not is_open else f"You may not {Right.PRINT.value} on this laptop"
        self.list.allow(self.print, is_open and may(self._desk.session, Right.PRINT), why)
        self.list.allow(self.seen, is_open, NO_PERSON)

    def _file(self, shell: Shell) -> None:
        add = self.list.add
        importing = add("File", "&Import people from a file…", shell.show_import, Keys.Open)
        self._asks_for.append((importing, Right.RECORD))
        carrying = add("File", "&To and from another laptop…", lambda: shell.places.go(_carrying(shell)))
        self._asks_for.append((carrying, Right.SHARE))
        self.back_up: QAction = add("File", "&Back up now", shell.back_up, "Ctrl+Shift+B", is_custom=True)
        over = add("File", "&Records whose time is over…", lambda: shell.places.go(Place("retention")))
        another = add("File", "A&nother key for the record…", lambda: shell.places.go(Place("new_key")))
        self._asks_for += [(over, Right.LOOK_AFTER), (another, Right.LOOK_AFTER)]
        share = add("File", "S&hare now", self._desk.sharing.share_now, "F5")
        self._asks_for.append((share, Right.SHARE))
        add("File", "&Forms of your own…", lambda: shell.places.go(Place("own_forms")))
        add("File", "&Settings…", shell.show_settings, "Ctrl+,")
        add("File", "&Lock", shell.lock_wanted.emit, "Ctrl+L")
        # Alt+F4 is the window's own on every system and is never used for anything else.
        add("File", "&Quit", shell.quit_wanted.emit, "Ctrl+Q")

    def _person(self, shell: Shell) -> None:
        add = self.list.add
        add("Person", "&Find a person…", shell.panes.show_find, Keys.Find, "F3")
        adding = add("Person", "&Add a person…", shell.show_add_person, Keys.New)
        many = add("Person", "Print for &many people…", lambda: shell.places.go(Place("batch_printing")))
        answers = add("Person", "A&nswers on a form…", lambda: shell.places.go(Place("written_back")))
        self.print: QAction = add("Person", "&Print for this person…", shell.print_shown, Keys.Print)
        add("Person", "Ser&vices near here…", lambda: shell.places.go(Place("entries", document="services")))
        self.seen: QAction = add("Person", "&Who has seen this record…", lambda: _show_seen(shell))
        same = add("Person", "&Two records of one person…", lambda: shell.places.go(Place("same_person")))
        self._asks_for += [
            (adding, Right.RECORD),
            (same, Right.TIDY),
            (many, Right.PRINT),
            (answers, Right.RECORD),
        ]

    def _view(self, shell: Shell) -> None:
        add = self.list.add
        add("View", "&Today", shell.show_today, "Ctrl+1", is_custom=True)
        add("View", "&Caseload", shell.show_caseload, "Ctrl+2", is_custom=True)
        add("View", "&Our service", lambda: shell.places.go(Place("our_service")), "Ctrl+5", is_custom=True)
        add("View", "Tas&ks", lambda: shell.places.go(Place("tasks")), "Ctrl+3", is_custom=True)
        add("View", "Team &meeting", lambda: shell.places.go(Place("meeting")), "Ctrl+4", is_custom=True)
        add("View", "S&haring", lambda: shell.places.go(Place("sharing")), "Ctrl+6", is_custom=True)
        add("View", "Palliative care re&gister", lambda: shell.places.go(Place("register")), "Ctrl+8", is_custom=True)
        add("View", "&Weekend check", lambda: shell.places.go(Place("weekend")), "Ctrl+9", is_custom=True)
        add("View", "&Fast Track clocks", lambda: shell.places.go(Place("fast_track")), "Ctrl+7", is_custom=True)
        add("View", "Paper copies and check &codes", shell.check_page, "Ctrl+Shift+P", is_custom=True)
        self.back: QAction = add("View", "&Back", shell.go_back, "Alt+Left")
        add("View", "&Next part of the window", shell.next_pane, "F6")
        add("View", "&Part of the window before", shell.pane_before, "Shift+F6")
        add("View", "&Larger text", shell.appearance.larger_text, "Ctrl++", "Ctrl+=")
        add("View", "&Smaller text", shell.appearance.smaller_text, "Ctrl+-")
        add("View", "&Usual size of text", shell.appearance.usual_text, "Ctrl+0")
        add("View", "&Bright light, or back", shell.appearance.bright_or_back, "Ctrl+B", is_custom=True)

    def _help(self, shell: Shell) -> None:
        add = self.list.add
        add("Help", "&Help", shell.panes.show_help, Keys.HelpContents)
        add("Help", "&Commands…", shell.panes.show_palette, "Ctrl+K", is_custom=True)
        add("Help", "Keyboard &shortcuts", shell.panes.show_shortcuts, "Ctrl+/", is_custom=True)
        add("Help", "&About EoLC Desktop", shell.panes.show_about)


def _show_seen(shell: Shell) -> None:
    """Show who has seen the record of the person whose plan is open."""
    if shell.places.place.person_id:
        shell.places.go(Place("seen", shell.places.place.person_id))


def _carrying(shell: Shell) -> Place:
    """The page of the other laptop, with the person whose plan is open as the one to take."""
    return Place("carrying", shell.places.place.person_id)
