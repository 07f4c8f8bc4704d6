"""A scan or photograph, page by page, larger and smaller by key; drawn from memory, and never a file on the disk."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from eolc_desktop.documents.attached import page_image
from eolc_desktop.documents.raster import PageImage
from eolc_desktop.errors import UserError
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.forms.showing import set_shown
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

STEP, LARGEST = 1.25, 6.0


class AttachmentViewer(QWidget):
    """Shows one file. Plus and minus zoom, 0 fits the width, Page Up and Page Down turn pages at the ends.

    Signals:
        closed: back to the list.
        failed: a `UserError` when the file cannot be shown.
    """

    closed = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._data = b""
        self._name = ""
        self._page, self._pages, self._zoom = 0, 1, 1.0
        self._drawing = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QWidget(self)
        flow = FlowLayout(row)
        self._back = self._button("‹ Back to the list", "Back to the list", self.closed)
        self._before = self._button("Page before", "Page before", self._on_before)
        self._next = self._button("Next page", "Next page", self._on_next)
        self._larger = self._button("Larger (+)", "Larger", self.larger)
        self._smaller = self._button("Smaller (−)", "Smaller", self.smaller)
        self._fit = self._button("Fit the width (0)", "Fit the width", self.fit)
        for button in (self._back, self._before, self._next, self._larger, self._smaller, self._fit):
            flow.addWidget(button)
        column.addWidget(row)
        self._where = WrappedLabel("", parent=self)
        column.addWidget(self._where)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        # Always there, so that a page that fits the width goes on fitting it.
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setWidget(self._picture)
        self.area.setMinimumHeight(self.fontMetrics().lineSpacing() * 18)
        column.addWidget(self.area, 1)

    @property
    def zoom(self) -> float:
        """How wide the page is drawn: 1 fits the width."""
        return self._zoom

    @property
    def is_drawing(self) -> bool:
        """Whether a page is still being drawn."""
        return self._drawing > 0

    def show_file(self, data: bytes, name: str, pages: int) -> None:
        """Show a file from its first page."""
        self._data, self._name, self._pages = data, name, pages
        self._page, self._zoom = 0, 1.0
        self._picture.setAccessibleName(f"Picture of {name}")
        self.area.setAccessibleName(f"{name}, shown")
        self._draw()

    def forget(self) -> None:
        """Let the file go from memory."""
        self._data = b""
        self._picture.clear()

    def event(self, event: QEvent) -> bool:
        """Keep Escape from the page around it: here it leads back to the list."""
        is_key = event.type() is QEvent.Type.ShortcutOverride
        if is_key and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom and turn pages."""
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.larger()
            case Qt.Key.Key_Minus:
                self.smaller()
            case Qt.Key.Key_0:
                self.fit()
            case Qt.Key.Key_PageDown if self._page + 1 < self._pages:
                self._on_next()
            case Qt.Key.Key_PageUp if self._page:
                self._on_before()
            case Qt.Key.Key_Escape:
                self.closed.emit()
            case _:
                super().keyPressEvent(event)

    @Slot()
    def larger(self) -> None:
        """Draw the page larger."""
        self._zoom_to(self._zoom * STEP)

    @Slot()
    def smaller(self) -> None:
        """Draw the page smaller."""
        self._zoom_to(self._zoom / STEP)

    @Slot()
    def fit(self) -> None:
        """Draw the page as wide as there is room."""
        self._zoom_to(1.0)

    def _zoom_to(self, zoom: float) -> None:
        self._zoom = min(LARGEST, max(0.4, zoom))
        self._draw()

    @Slot()
    def _on_before(self) -> None:
        self._page = max(0, self._page - 1)
        self._draw()

    @Slot()
    def _on_next(self) -> None:
        self._page = min(self._pages - 1, self._page + 1)
        self._draw()

    def _draw(self) -> None:
        if not self._data:
            return
        for button in (self._before, self._next):
            set_shown(button, self._pages > 1)
        self._before.setEnabled(self._page > 0)
        self._next.setEnabled(self._page + 1 < self._pages)
        said = f"{self._name}. Page {self._page + 1} of {self._pages}." if self._pages > 1 else f"{self._name}."
        self._where.setText(f"{said} {round(self._zoom * 100)} % of the width.")
        room = max(200, self.area.viewport().width() - 8)
        width = round(room * self._zoom * self.devicePixelRatioF())
        self._drawing += 1
        self._desk.run_elsewhere(
            "draw a page", page_image, self._data, self._page, width, done=self._on_drawn, failed=self._on_failed
        )

    @Slot(object)
    def _on_drawn(self, page: PageImage) -> None:
        self._drawing -= 1
        if self._drawing or not self._data:  # a later page or size is on its way
            return
        image = QImage(page.pixels, page.width, page.height, page.stride, QImage.Format.Format_RGB32).copy()
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        self._picture.setPixmap(pixmap)
        announce(self, self._where.text())

    @Slot(object)
    def _on_failed(self, error: UserError) -> None:
        self._drawing -= 1
        self.failed.emit(error)

    def _button(self, words: str, spoken: str, pressed: object) -> QPushButton:
        button = QPushButton(words, self)
        button.setAccessibleName(spoken)
        button.clicked.connect(pressed)
        return button
