"""The places of a plan at the left: at a glance, the parts with their sections, and history."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.fields import Part
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.care_plan.under_18 import SECTION as PARENTAL
from eolc_desktop.care_plan.under_18 import is_under_18
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.desktop.style_sheet import FOCUS_PROPERTY, META
from eolc_desktop.desktop.theme import current

GLANCE = "glance"
HISTORY = "history"
COMPARE = "versions"
FINDINGS = "second_looks"
VISIT = "visit"
MEASURES = "measures_over_time"
FILES = "files"
LAST_DAYS = "five_priorities"
AFTER_DEATH = "after_the_death"
PROMISES = "promises_kept"
SERVICES = "services_near_here"
"""The pages that are no sections. COMPARE is come to from HISTORY, VISIT from the bar at the foot."""
NOTHING_YET = "Nothing recorded yet"
BEING_WRITTEN = "Being written, not saved yet"
CONFLICT = "CONFLICT: two versions"

LETTERS_WIDE = 26
PLACE = Qt.ItemDataRole.UserRole + 1
"""Under this role an item gives the key of its section, GLANCE or HISTORY; a part gives ""."""
NOTE = Qt.ItemDataRole.UserRole + 2
"""Under this role an item gives what is said beneath its name."""
EDGE, INDENT, GAP = 12, 16, 5
Index = QModelIndex | QPersistentModelIndex


class SectionRail(QTreeWidget):
    """Leads to every section. One part is open at a time; Enter, Space or a click goes to a place.

    Signals:
        place_chosen: the key of a section, GLANCE or HISTORY, and whether it was chosen by key.
    """

    place_chosen = Signal(str, bool)

    def __init__(self, catalogue: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: dict[str, QTreeWidgetItem] = {}
        self._parts: dict[Part, QTreeWidgetItem] = {}
        self._last_in: dict[Part, str] = {}
        self._notes: dict[str, str] = {}
        self._catalogue = catalogue
        self.setAccessibleName("Sections of the plan")
        self.setColumnCount(1)
        self.setHeaderHidden(True)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setExpandsOnDoubleClick(False)
        self.setUniformRowHeights(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(_Item(self))
        self.setFixedWidth(self.fontMetrics().averageCharWidth() * LETTERS_WIDE + 2 * EDGE)
        wear(self, Look.RAIL)
        self._fill()
        self.itemClicked.connect(self._on_clicked)
        self.itemExpanded.connect(self._on_expanded)

    def show_notes(self, notes: Mapping[str, str], plan: Plan) -> None:
        """Say beneath each section what there is to say, by its key; what is for children only stays away else."""
        self._say(notes, for_children=is_under_18(plan) or bool(plan.all_entries(PARENTAL)))

    def clear_notes(self) -> None:
        """Say nothing of anybody, and be as at first: every part closed, at a glance."""
        self._say({}, for_children=False)
        self._last_in.clear()
        for title in self._parts.values():
            title.setExpanded(False)
        self.show_place(GLANCE)
        self.scrollToTop()

    def _say(self, notes: Mapping[str, str], *, for_children: bool) -> None:
        changed = [key for key in self._items if notes.get(key, "") != self._notes.get(key, "")]
        self._notes = dict(notes)
        for key in changed:
            item, note = self._items[key], notes.get(key, "")
            item.setData(0, NOTE, note)
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{item.text(0)}, {note}" if note else item.text(0))
        if (item_for_children := self._items.get(PARENTAL)) is not None:
            item_for_children.setHidden(not for_children)
        if changed:
            self.scheduleDelayedItemsLayout()

    def show_place(self, place: str) -> None:
        """Mark the place that is shown, and open its part."""
        item = self._items.get(HISTORY if place == COMPARE else place)
        if item is None:
            self.setCurrentIndex(QModelIndex())  # a page that is in no list, such as the visit
            return
        if (part := item.parent()) is not None:
            part.setExpanded(True)
            self._last_in[self._catalogue[place].part] = place
        if item is not self.currentItem():
            self.setCurrentItem(item)
            self.scheduleDelayedItemsLayout()  # the place that is shown stands out, and may need another line

    def place_at(self, number: int) -> str:
        """The place that Alt and a digit lead to: the glance, the parts in order, history; "" beyond the last."""
        places = [GLANCE, *(self._place_in(part) for part in self._parts), HISTORY]
        return places[number - 1] if 1 <= number <= len(places) else ""

    def beside(self, place: str, by: int) -> str:
        """The place after (1) or before (-1) one, in the order of the plan; "" at the ends."""
        places = [key for key, _name in self.places()]
        there = places.index(place) + by if place in places else -1
        return places[there] if 0 <= there < len(places) else ""

    def numbered(self) -> list[str]:
        """The names of the places that Alt and a digit lead to, in order."""
        return ["At a glance", *(part.heading for part in self._parts), "History"]

    def places(self) -> list[tuple[str, str]]:
        """Every place with its name, in order."""
        return [(key, item.text(0)) for key, item in self._items.items() if not item.isHidden()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space go to the place; the arrows move and open parts, as in every tree."""
        item = self.currentItem()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and item is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(item, by_key=True)
            return
        super().keyPressEvent(event)

    def _fill(self) -> None:
        self._add("At a glance", GLANCE)
        for part in Part:
            sections = [section for section in self._catalogue.in_part(part) if not section.parent]
            if sections:
                title = QTreeWidgetItem([part.heading])
                title.setData(0, PLACE, "")
                self.addTopLevelItem(title)
                self._parts[part] = title
                for section in sections:
                    self._add(section.title, section.key, title)
        self._add("Promises kept", PROMISES)
        self._add("Services near here", SERVICES)
        self._add("The last days", LAST_DAYS)
        self._add("After the death: what to do", AFTER_DEATH)
        self._add("Measures over time", MEASURES)
        self._add("Scans and photographs", FILES)
        self._add("Worth a second look", FINDINGS)
        self._add("History", HISTORY)

    def _add(self, words: str, place: str, under: QTreeWidgetItem | None = None) -> None:
        item = QTreeWidgetItem([words])
        item.setData(0, PLACE, place)
        item.setData(0, NOTE, "")
        if under is None:
            self.addTopLevelItem(item)
        else:
            under.addChild(item)
        self._items[place] = item

    def _place_in(self, part: Part) -> str:
        first = self._parts[part].child(0)
        return self._last_in.get(part) or (str(first.data(0, PLACE)) if first is not None else "")

    def _on_clicked(self, item: QTreeWidgetItem) -> None:
        self._choose(item, by_key=False)

    def _choose(self, item: QTreeWidgetItem, *, by_key: bool) -> None:
        place = str(item.data(0, PLACE))
        if place:
            self.place_chosen.emit(place, by_key)
        else:
            item.setExpanded(not item.isExpanded())

    def _on_expanded(self, opened: QTreeWidgetItem) -> None:
        for title in self._parts.values():
            if title is not opened:
                title.setExpanded(False)


class _Item(QStyledItemDelegate):
    """Paints a place with its note beneath, wrapped and in full."""

    def __init__(self, rail: SectionRail) -> None:
        super().__init__(rail)
        self._rail = rail
        self._dressed = ""
        self._fonts: dict[bool, tuple[QFont, QFont]] = {}
        self._measured: dict[tuple[str, str, bool, int], tuple[int, int]] = {}
        """Heights by what is said, how strongly, and in which room: the tree asks for all of them each time it is laid
        out, and what it says is nearly always the same."""

    def _parts(self, index: Index) -> tuple[str, str, bool, int]:
        item = self._rail.itemFromIndex(self._rail.model().index(index.row(), 0, index.parent()))
        is_part = not index.data(PLACE)
        mark = ("▾ " if item.isExpanded() else "▸ ") if is_part else ""
        indent = INDENT if item.parent() is not None else 0
        return f"{mark}{item.text(0)}", str(index.data(NOTE) or ""), is_part, indent

    def _fonts_of(self, index: Index, is_part: bool) -> tuple[bool, QFont, QFont]:
        strong = is_part or self._is_current(index)
        if (dressed := self._rail.font().key()) != self._dressed:
            self._dressed = dressed
            self._fonts.clear()
            self._measured.clear()
        if strong not in self._fonts:
            name, note = QFont(self._rail.font()), QFont(self._rail.font())
            name.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
            note.setPointSizeF(note.pointSizeF() * META)
            self._fonts[strong] = name, note
        return strong, *self._fonts[strong]

    def _heights(self, index: Index, width: int) -> tuple[int, int]:
        words, note, is_part, indent = self._parts(index)
        strong, name_font, note_font = self._fonts_of(index, is_part)
        across = max(1, width - 2 * EDGE - indent)
        asked = words, note, strong, across
        if asked not in self._measured:
            room = QRect(0, 0, across, 10_000)
            flags = int(Qt.TextFlag.TextWordWrap)
            first = QFontMetrics(name_font).boundingRect(room, flags, words).height()
            second = QFontMetrics(note_font).boundingRect(room, flags, note).height() if note else 0
            self._measured[asked] = first, second
        return self._measured[asked]

    def _is_current(self, index: Index) -> bool:
        return self._rail.currentIndex() == index

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As tall as the wrapped words need, and never too small for a finger."""
        width = self._rail.viewport().width()
        return QSize(width, max(current().target, sum(self._heights(index, width)) + 2 * GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the ground as the style has it, then the words."""
        state = option.state
        area = QRect(option.rect)
        option.state = state & ~QStyle.StateFlag.State_HasFocus
        style = self._rail.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, self._rail)
        tokens = current().tokens
        selected = bool(state & QStyle.StateFlag.State_Selected)
        reached = selected and bool(self._rail.property(FOCUS_PROPERTY))
        chosen = tokens.focus.text if reached else tokens.selected.text
        if selected:
            painter.fillRect(area.x(), area.y(), 4, area.height(), QColor(tokens.selected.edge))
        words, note, is_part, indent = self._parts(index)
        first, second = self._heights(index, area.width())
        top = area.y() + (area.height() - first - second) // 2
        room = QRect(area.x() + EDGE + indent, top, area.width() - 2 * EDGE - indent, area.height())
        _, name_font, note_font = self._fonts_of(index, is_part)
        flags = int(Qt.TextFlag.TextWordWrap)
        painter.save()
        painter.setFont(name_font)
        painter.setPen(QColor(chosen if selected else tokens.text))
        painter.drawText(room, flags, words)
        painter.setFont(note_font)
        painter.setPen(QColor(chosen if selected else tokens.text_secondary))
        painter.drawText(room.adjusted(0, first, 0, 0), flags, note)
        painter.restore()
