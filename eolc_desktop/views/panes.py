"""What can lie over the page: Find, the commands, the shortcuts, help, and about. At most one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from eolc_desktop.views.actions import Actions
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.find import FindPane
from eolc_desktop.views.guide.where import where
from eolc_desktop.views.overlay import Overlay
from eolc_desktop.views.palette import CommandPalette
from eolc_desktop.views.places import Places
from eolc_desktop.views.reading_pane import ShortcutSheet

if TYPE_CHECKING:
    from eolc_desktop.views.about import AboutPane, LicencesPane
    from eolc_desktop.views.guide.pane import GuidePane


class Panes(QObject):
    """Opens and closes them. The keys that open a pane close it too.

    All but Find are made when they are first opened: nobody who unlocks waits for them.
    """

    def __init__(self, desk: Desk, actions: Actions, places: Places, around: QWidget) -> None:
        super().__init__(around)
        self._desk = desk
        self._actions = actions
        self._places = places
        self._around = around
        self.find = FindPane(desk, around)
        self._palette: CommandPalette | None = None
        self._shortcuts: ShortcutSheet | None = None
        self._help: GuidePane | None = None
        self._about: AboutPane | None = None
        self._licences: LicencesPane | None = None

    @Slot()
    def show_find(self) -> None:
        """Open Find."""
        self._open(self.find)

    @Slot()
    def show_palette(self) -> None:
        """Open the command palette."""
        self._palette = self._palette or CommandPalette(self._actions, self._around)
        self._open(self._palette)

    @Slot()
    def show_shortcuts(self) -> None:
        """Show every shortcut."""
        self._shortcuts = self._shortcuts or ShortcutSheet(self._actions, self._around)
        self._open(self._shortcuts)

    @Slot()
    def show_help(self) -> None:
        """Open the guide where the page that is shown is explained."""
        from eolc_desktop.views.guide.pane import GuidePane  # noqa: PLC0415  with its pictures, when it is wanted
        from eolc_desktop.views.guide.paper import GuidePaper  # noqa: PLC0415

        if self._help is None:
            self._help = GuidePane(self._around)
            paper = GuidePaper(self._desk, self._around)
            self._help.print_wanted.connect(paper.print_chapter)
            self._help.save_wanted.connect(paper.save)
        section = getattr(getattr(self._places.page, "places", None), "place", "")
        self._help.show_place(where(self._places.place.kind, str(section)))
        self._open(self._help)

    @Slot()
    def show_about(self) -> None:
        """Say what this program is."""
        from eolc_desktop.views.about import AboutPane  # noqa: PLC0415  when it is wanted

        if self._about is None:
            self._about = AboutPane(self._desk, self._around)
            self._about.licences_wanted.connect(self.show_licences)
        self._open(self._about)

    @Slot()
    def show_licences(self) -> None:
        """Show the licences of libraries and fonts."""
        from eolc_desktop.views.about import LicencesPane  # noqa: PLC0415  when it is wanted

        self._licences = self._licences or LicencesPane(self._around)
        self._open(self._licences)

    @Slot()
    def close_all(self) -> None:
        """Close whatever lies over the page."""
        for pane in (self.find, self._palette, self._shortcuts, self._help, self._about, self._licences):
            if pane is not None:
                pane.close_pane()

    def _open(self, pane: Overlay) -> None:
        was_open = pane.isVisible()
        self.close_all()
        if not was_open:
            pane.open()
