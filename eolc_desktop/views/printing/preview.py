"""The preview: the pages exactly as they will be printed, one at a time, drawn from memory."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.documents.raster import PageImage


def image_of(page: PageImage) -> QImage:
    """A page as Qt draws it; the bytes are copied, so the page may go."""
    return _over(page).copy()


def _over(page: PageImage) -> QImage:
    """The same over the page's own bytes: it is to stay for as long as the image is used."""
    return QImage(page.pixels, page.width, page.height, page.stride, QImage.Format.Format_Grayscale8)


class PagePreview(QWidget):
    """Shows the pages of a document, with which page of how many in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: tuple[PageImage, ...] = ()
        self._page = 0
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._picture.setAccessibleName("Picture of the page")
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._picture)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setAccessibleName("Preview of the page")
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._earlier = QPushButton("Page before")
        self._later = QPushButton("Next page")
        self._earlier.clicked.connect(self._on_earlier)
        self._later.clicked.connect(self._on_later)
        self._where = QLabel("No document yet")
        wear(self._where, Look.SECONDARY)
        self._where.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._where.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout()
        row.addWidget(self._earlier)
        row.addWidget(self._where, 1)
        row.addWidget(self._later)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll, 1)
        column.addLayout(row)
        self._show_page()

    @property
    def page_count(self) -> int:
        """How many pages are shown."""
        return len(self._pages)

    def show_pages(self, pages: Sequence[PageImage]) -> None:
        """Show another document, from its first page, or from the page that was being read when it has as many."""
        self._pages = tuple(pages)
        self._page = min(self._page, max(0, len(self._pages) - 1))
        self._show_page()

    def show_waiting(self, words: str) -> None:
        """Say that the pages are being made; the ones before stay until the new ones are there."""
        self._where.setText(words)

    @Slot()
    def _on_earlier(self) -> None:
        self._page = max(0, self._page - 1)
        self._show_page()

    @Slot()
    def _on_later(self) -> None:
        self._page = min(len(self._pages) - 1, self._page + 1)
        self._show_page()

    def _show_page(self) -> None:
        count = len(self._pages)
        self._earlier.setEnabled(self._page > 0)
        self._later.setEnabled(self._page < count - 1)
        self._where.setText(f"Page {self._page + 1} of {count}" if count else "No document yet")
        if count:
            self._draw()
            self._scroll.verticalScrollBar().setValue(0)
        else:
            self._picture.clear()

    def _draw(self) -> None:
        ratio = self.devicePixelRatioF()
        width = max(200, self._scroll.viewport().width() - 8)
        image = _over(self._pages[self._page]).scaled(
            QSize(round(width * ratio), 100_000),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(ratio)
        self._picture.setPixmap(pixmap)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the page to the new width."""
        super().resizeEvent(event)
        if self._pages:
            self._draw()
