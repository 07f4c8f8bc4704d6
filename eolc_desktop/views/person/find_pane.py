"""Find anything in this plan (Ctrl+Shift+F): type a few letters, Enter opens the place."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QLabel, QLineEdit, QListView, QWidget

from eolc_desktop.care_plan.dates import day_words, today
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.desktop.looks import Look
from eolc_desktop.services.search import Found, Hit, PlanIndex, state_words
from eolc_desktop.views.overlay import Overlay
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

BEGIN = "Type any word: a name, a medicine, a number, something they said. Accents and capitals do not matter."


class FindInPlan(Overlay):
    """Places found as words are typed; the box keeps the keyboard.

    Signals:
        chosen: the `Hit` whose place is to be shown.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget, below: QWidget) -> None:
        super().__init__("Find in this plan", parent)
        self._below = below
        self._plan: Plan | None = None
        self._index: PlanIndex | None = None
        self._label = QLabel("Anything that is recorded about this person")
        self._typed = QLineEdit()
        self._typed.setAccessibleName("Find anything in this plan")
        self._label.setBuddy(self._typed)
        self._typed.textChanged.connect(self._on_typed)
        self._says = WrappedLabel(BEGIN, Look.SECONDARY)
        self._hits = _Hits()
        self._list = QListView()
        self._list.setAccessibleName("Places found")
        self._list.setModel(self._hits)
        self._list.setWordWrap(True)
        self._list.setUniformItemSizes(False)
        self._list.setResizeMode(QListView.ResizeMode.Adjust)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.clicked.connect(self._on_clicked)
        self._list.hide()
        self._keys = WrappedLabel("Enter opens the place · Esc closes", Look.META)
        for widget in (self._label, self._typed, self._says, self._list, self._keys):
            self.column.addWidget(widget)
        self.use_box(self._typed)

    def show_plan(self, plan: Plan) -> None:
        """Look in this plan from now on."""
        self._plan, self._index = plan, None
        if self.isVisible():
            self._on_typed(self._typed.text())

    def open(self) -> None:
        """Show the pane. The words of the plan are folded now, not at the first letter."""
        if self._plan is not None and self._index is None:
            self._index = PlanIndex(self._plan)
        super().open()

    def place(self) -> None:
        """Give the list the room that is left."""
        rows = sum(self._list.sizeHintForRow(row) for row in range(self._hits.rowCount()))
        self.fit_list(self._list, rows + 2 * self._list.frameWidth() + 2)
        super().place()

    def _top(self) -> int:
        """Below who this is, which is never covered (NHS CUI, PAB-0012)."""
        return self._below.height() + 4

    def move_by(self, rows: int) -> None:
        """Move the highlight."""
        here = self._list.currentIndex().row()
        wanted = max(0, min(self._hits.rowCount() - 1, here + rows))
        if self._hits.rowCount():
            self._list.setCurrentIndex(self._hits.index(wanted))
            announce(self, str(self._hits.index(wanted).data()))

    def choose(self) -> None:
        """Open the highlighted place."""
        hit = self._hits.hit_at(self._list.currentIndex().row())
        if hit is not None:
            self.close_pane()
            self.chosen.emit(hit)

    @Slot(str)
    def _on_typed(self, typed: str) -> None:
        if self._plan is None:
            return
        if self._index is None:
            self._index = PlanIndex(self._plan)
        found = self._index.find(typed)
        hits = found.hits
        self._hits.show_hits(hits)
        self._list.setVisible(bool(hits))
        if hits:
            self._list.setCurrentIndex(self._hits.index(0))
        self._says.setText(_words(typed, found))
        announce(self, self._says.text())
        if self.isVisible():
            self.place()

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._list.setCurrentIndex(index)
        self.choose()


def _words(typed: str, found: Found) -> str:
    if not typed.strip():
        return BEGIN
    if not found.total:
        return f"“{typed.strip()}” stands nowhere in this plan on this computer."
    if found.total > len(found.hits):
        return f"The first {len(found.hits)} of {found.total} places. Type more to narrow it down."
    return "1 place." if found.total == 1 else f"{found.total} places."


class _Hits(QAbstractListModel):
    """The places found, each in two lines of words."""

    def __init__(self) -> None:
        super().__init__()
        self._hits: tuple[Hit, ...] = ()

    def show_hits(self, hits: tuple[Hit, ...]) -> None:
        """Show other places."""
        self.beginResetModel()
        self._hits = hits
        self.endResetModel()

    def hit_at(self, row: int) -> Hit | None:
        """The place of a row, or None."""
        return self._hits[row] if 0 <= row < len(self._hits) else None

    def rowCount(self, _parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 (Qt's own)
        """How many there are."""
        return len(self._hits)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a row."""
        hit = self.hit_at(index.row())
        if hit is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        gone = state_words(hit)
        by = f"{day_words(today(hit.item.last_known_at))}, {hit.item.recorded_by.name}"
        return f"{hit.where} – {hit.label}{f' ({gone.lower()})' if gone else ''}\n{hit.words}  ·  {by}"
