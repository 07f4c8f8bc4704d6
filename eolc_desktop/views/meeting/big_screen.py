"""The big screen of a meeting, in a window of its own: one person at a time, in large letters.

Who it is is hidden until somebody chooses to show it: a screen in a room is read by whoever walks past.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from eolc_desktop.care_plan.to_do import ToDo, due_words
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.documents.lists import initials
from eolc_desktop.services.meetings import Before
from eolc_desktop.views import person_words
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

SIZES = (3.0, 2.6, 2.3, 2.0, 1.8, 1.6, 1.5, 1.4, 1.3, 1.2, 1.1, 1.0)
"""How much larger the words may be than those of the window, the largest first."""


class BigScreen(QWidget):
    """Follows the meeting. It takes no keys: the meeting is worked in the window of the program.

    Signals:
        closed: it was closed by its own button.
    """

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._fit)
        self.setWindowTitle("Team meeting")
        self.setAccessibleName("The big screen of the meeting")
        wear(self, Look.PAGE)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._plain = QFont(self.font())
        self._number, self._who, self._words = (WrappedLabel("") for _label in range(3))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(48, 40, 48, 40)
        self.column.setSpacing(24)
        self.labels = (self._number, self._who, self._words)
        for label in self.labels:
            self.column.addWidget(label)
        self.column.addStretch(1)
        self.resize(1280, 720)

    def show_on_second_screen(self) -> None:
        """Fill the second screen where there is one; else stand beside the window."""
        screens = QApplication.screens()
        if len(screens) > 1:
            self.setGeometry(screens[1].availableGeometry())
            self.showFullScreen()
        else:
            self.show()

    def show_person(self, read: Before, *, names: bool, family_is_here: bool) -> None:
        """Show somebody: by name, or by initials and the end of the NHS number."""
        row = read.person.row
        who = person_words.name_words(row) if names else initials(row.family_name, row.given_names)
        number = person_words.nhs_words(row) if names else f"… {row.nhs_number[-4:]}" if row.nhs_number else "no number"
        self._number.setText(f"Person {read.number} of {read.of}")
        self._who.setText(f"{who}   NHS No. {number}")
        prognosis = () if family_is_here else read.prognosis
        to_do = [_to_do_words(one, read.as_of) for one in read.to_do]
        last = read.last[:1] if family_is_here else read.last
        lines = [*last, "", *read.facts, *prognosis, "", *(to_do or ["Nothing waiting."])]
        self._words.setText("\n".join(lines))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The letters grow with the screen."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme gives the labels its own letters, after this: they are fitted then."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._soon.start()

    @Slot()
    def _fit(self) -> None:
        """Make the letters as large as everything fits, within what is calm to read."""
        edges = self.column.contentsMargins()
        wide = self.width() - edges.left() - edges.right()
        high = self.height() - edges.top() - edges.bottom() - self.column.spacing() * len(self.labels)
        fitting = (fonts for fonts in map(self._fonts, SIZES) if self._height(fonts, wide) <= high)
        for label, font in zip(self.labels, next(fitting, self._fonts(SIZES[-1])), strict=True):
            label.setFont(font)

    def _fonts(self, larger: float) -> tuple[QFont, ...]:
        font = QFont(self._plain)
        font.setPointSizeF(self._plain.pointSizeF() * larger)
        strong = QFont(font)
        strong.setBold(True)
        return font, strong, font

    def _height(self, fonts: tuple[QFont, ...], wide: int) -> int:
        """How high all the words are in these letters: reckoned beside the labels, which are given theirs once."""
        area, wrapped = QRect(0, 0, max(1, wide - 2), 100_000), int(Qt.TextFlag.TextWordWrap)
        return sum(
            QFontMetrics(font).boundingRect(area, wrapped, label.text()).height() + 2
            for label, font in zip(self.labels, fonts, strict=True)
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say so."""
        self.closed.emit()
        super().closeEvent(event)


def _to_do_words(one: ToDo, day: date) -> str:
    """What, who and by when on one line."""
    due = due_words(one, day)
    return f"{one.what.rstrip('.')}: {one.owner or 'nobody named'}, {due[:1].lower()}{due[1:]}"
