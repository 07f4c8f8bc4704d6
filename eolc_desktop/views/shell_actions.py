"""The actions of the window: what each is called, its keys, its menu, and what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

from eolc_desktop.views.actions import Actions
from eolc_desktop.views.places import Place

if TYPE_CHECKING:
    from eolc_desktop.views.shell import Shell

Keys = QKeySequence.StandardKey


class ShellActions:
    """The window's own actions, added to the one list. Those that depend on what is shown are kept by name."""

    def __init__(self, shell: Shell, actions: Actions) -> None:
        self.list = actions
        self._file(shell)
        self._person(shell)
        self._view(shell)
        self._help(shell)

    def _file(self, shell: Shell) -> None:
        add = self.list.add
        add("File", "&Import people from a file…", shell.show_import, Keys.Open)
        self.back_up: QAction = add("File", "&Back up now", shell.back_up, "Ctrl+Shift+B", is_custom=True)
        add("File", "&Settings…", shell.show_settings, "Ctrl+,")
        add("File", "&Lock", shell.lock_wanted.emit, "Ctrl+L")
        # Alt+F4 is the window's own on every system and is never used for anything else.
        add("File", "&Quit", shell.quit_wanted.emit, "Ctrl+Q")

    def _person(self, shell: Shell) -> None:
        add = self.list.add
        add("Person", "&Find a person…", shell.panes.show_find, Keys.Find, "F3")
        add("Person", "&Add a person…", shell.show_add_person, Keys.New)
        add("Person", "Print for &many people…", lambda: shell.places.go(Place("batch_printing")))
        add("Person", "A&nswers on a form…", lambda: shell.places.go(Place("written_back")))
        self.print: QAction = add("Person", "&Print for this person…", shell.print_shown, Keys.Print)

    def _view(self, shell: Shell) -> None:
        add = self.list.add
        add("View", "&Today", shell.show_today, "Ctrl+1", is_custom=True)
        add("View", "&Caseload", shell.show_caseload, "Ctrl+2", is_custom=True)
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
        add("Help", "&Help on this page", shell.panes.show_help, Keys.HelpContents)
        add("Help", "&Commands…", shell.panes.show_palette, "Ctrl+K", is_custom=True)
        add("Help", "Keyboard &shortcuts", shell.panes.show_shortcuts, "Ctrl+/", is_custom=True)
        add("Help", "&About EoLC Desktop", shell.panes.show_about)
