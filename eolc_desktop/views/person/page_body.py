"""How the parts of a person's page stand beside each other, in a wide window, a narrow one and a low one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from eolc_desktop.views.forms.choice_editors import Menu
from eolc_desktop.views.forms.reading_order import put_tab_in_reading_order
from eolc_desktop.views.forms.showing import set_shown
from eolc_desktop.views.person.banner import PersonBanner
from eolc_desktop.views.person.places import Places
from eolc_desktop.views.person.rail import SectionRail
from eolc_desktop.views.person.save_bar import SaveBar

LETTERS_FOR_RAIL = 96
"""A narrower page (large text, small screen) has its sections in a drop-down list above, not beside it."""

LINES_FOR_BANNER = 24
"""A lower page has only the allergies in the second row of the banner, until more is asked for."""


class PageBody(QWidget):
    """Who it is at the top, the sections at the left or in a list above, the place that is shown, the bar at the foot.

    Signals:
        place_chosen: the key of a place, from the drop-down list.
    """

    place_chosen = Signal(str)

    def __init__(
        self, banner: PersonBanner, rail: SectionRail, places: Places, bar: SaveBar, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._banner, self._rail, self._places, self._bar = banner, rail, places, bar
        self._menu: Menu | None = None
        self._rail_pane, self._menu_pane = QWidget(self), QWidget(self)
        beside = QVBoxLayout(self._rail_pane)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(rail)
        self._above = QVBoxLayout(self._menu_pane)
        self._above.setContentsMargins(8, 8, 8, 0)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._menu_pane)
        right.addWidget(places, 1)
        middle.addWidget(self._rail_pane)
        middle.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(banner)
        column.addLayout(middle, 1)
        column.addWidget(bar)

    def panes(self) -> list[QWidget]:
        """The parts that F6 goes through, in reading order."""
        return [self._banner, self._menu_pane, self._rail_pane, self._places, self._bar]

    def begin(self) -> None:
        """Put the keyboard on the sections."""
        at = self._menu if self._menu is not None and self._menu_pane.isVisible() else self._rail
        at.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_place(self, place: str, name: str) -> None:
        """Mark the place that is shown."""
        self._rail.show_place(place)
        if self._menu is not None:
            self._menu.setPlaceholderText(name)
            self._menu.setCurrentIndex(self._menu.findData(place))

    def arrange(self, width: int, height: int, name: str) -> None:
        """Make the most of a page of this size, in pixels. `name` is that of the place that is shown."""
        wide = width >= self.fontMetrics().averageCharWidth() * LETTERS_FOR_RAIL
        if not wide and self._menu is None:
            self._menu = self._made_menu(name)
        low = height < self.fontMetrics().lineSpacing() * LINES_FOR_BANNER
        self._banner.set_short(low)
        self._places.glance.set_short(low)
        self._bar.set_short(low)
        set_shown(self._rail_pane, wide)
        set_shown(self._menu_pane, not wide)

    def put_tab_in_order(self) -> None:
        """Let Tab visit the controls as they are read."""
        put_tab_in_reading_order(self._banner, self._rail_pane, self._menu_pane, self._places.shown_page, self._bar)

    def _made_menu(self, name: str) -> Menu:
        menu = Menu(self._menu_pane)
        menu.setAccessibleName("Sections of the plan, as a list")
        self._fill(menu)
        menu.setPlaceholderText(name)
        menu.setCurrentIndex(menu.findData(self._places.place))
        menu.activated.connect(self._on_menu)
        self._above.addWidget(menu)
        return menu

    def follow_rail(self) -> None:
        """Offer what the sections list for this person: not every section concerns everybody."""
        menu = self._menu
        if menu is not None and [menu.itemData(n) for n in range(menu.count())] != [k for k, _ in self._rail.places()]:
            menu.clear()
            self._fill(menu)
            menu.setCurrentIndex(menu.findData(self._places.place))

    def _fill(self, menu: Menu) -> None:
        for key, words in self._rail.places():
            menu.addItem(words, key)

    @Slot()
    def _on_menu(self) -> None:
        if self._menu is not None:
            self.place_chosen.emit(str(self._menu.currentData()))
