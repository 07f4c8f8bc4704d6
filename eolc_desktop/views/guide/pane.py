"""The guide over the page: its chapters at the left, the words and pictures at the right, and a way to paper."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QPushButton, QScrollArea, QVBoxLayout, QWidget

from eolc_desktop.documents.guide import Chapter, chapters
from eolc_desktop.views.guide.chapter_view import ChapterView
from eolc_desktop.views.overlay import Overlay

WIDEST_LETTERS = 150
LIST_LETTERS = 26


class GuidePane(Overlay):
    """Opens at the place of the guide that a screen names. Needs no record: it is there before unlocking too.

    Signals:
        print_wanted, save_wanted: the key of the chapter that is shown, "" for the whole guide.
    """

    print_wanted = Signal(str)
    save_wanted = Signal(str)

    def __init__(self, parent: QWidget, may_print: bool = True) -> None:
        super().__init__("Help", parent)
        self._section = ""
        self._list = QListWidget()
        self._list.setAccessibleName("Chapters")
        self._list.addItems([chapter.title for chapter in chapters()])
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTabKeyNavigation(False)
        self._list.currentRowChanged.connect(self._on_chapter)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName("The guide, text")
        self._close = QPushButton("Close")
        self._close.clicked.connect(self.close_pane)
        self._print = QPushButton("Print this chapter…")
        self._print.clicked.connect(self._on_print)
        self._save = QPushButton("Save the guide as a PDF…")
        self._save.clicked.connect(self._on_save)
        self._sides = QWidget()
        sides = QHBoxLayout(self._sides)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(16)
        sides.addWidget(self._list)
        sides.addWidget(self._scroll, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._close, self._print, self._save):
            buttons.addWidget(button)
        buttons.addStretch(1)
        if not may_print:
            self._print.hide()
            self._save.hide()
        self.column.addWidget(self._sides, 1)
        self.column.addLayout(buttons)
        self.setFocusProxy(self._list)

    @property
    def chapter(self) -> Chapter:
        """The chapter that is shown."""
        return chapters()[max(0, self._list.currentRow())]

    def show_place(self, place: str) -> None:
        """Turn to a chapter and section ("printing#codes")."""
        key, _, self._section = place.partition("#")
        row = next((n for n, chapter in enumerate(chapters()) if chapter.key == key), 0)
        if row == self._list.currentRow():
            self._on_chapter(row)
        self._list.setCurrentRow(row)

    def open(self) -> None:
        """Show the pane with the keyboard on the chapters; PgDn and PgUp read on."""
        super().open()
        self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def place(self) -> None:
        """Use the room there is; the list of chapters stands above the words where the window is narrow."""
        is_narrow = self.sheet_width() < self.fontMetrics().averageCharWidth() * LIST_LETTERS * 3
        layout = self._sides.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.setDirection(QHBoxLayout.Direction.TopToBottom if is_narrow else QHBoxLayout.Direction.LeftToRight)
        letters = self.fontMetrics()
        if is_narrow:
            self._list.setFixedHeight(letters.lineSpacing() * 3)
            self._list.setMinimumWidth(0)
            self._list.setMaximumWidth(self.sheet_width())
        else:
            self._list.setFixedWidth(letters.averageCharWidth() * LIST_LETTERS)
            self._list.setMinimumHeight(0)
            self._list.setMaximumHeight(self.around.height())
        self.fit_list(self._sides, self.around.height())
        super().place()
        QTimer.singleShot(0, self, self._turn_to_section)

    def sheet_width(self) -> int:
        """Wider than other panes: the pictures are of whole screens."""
        return min(self.around.width() - 48, self.fontMetrics().averageCharWidth() * WIDEST_LETTERS)

    def move_by(self, rows: int) -> None:
        """Scroll."""
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.value() + rows * self.fontMetrics().lineSpacing())

    def choose(self) -> None:
        """Close."""
        self.close_pane()

    @Slot(int)
    def _on_chapter(self, row: int) -> None:
        if row >= 0:
            self._scroll.setWidget(ChapterView(chapters()[row]))
            QTimer.singleShot(0, self, self._turn_to_section)

    @Slot()
    def _turn_to_section(self) -> None:
        """Scroll to the section that was asked for; another chapter begins at its top."""
        view = self._scroll.widget()
        section, self._section = self._section, ""
        if isinstance(view, ChapterView) and section in view.sections:
            layout = view.layout()
            if isinstance(layout, QVBoxLayout):
                layout.activate()
            first = next(iter(view.sections))
            self._scroll.verticalScrollBar().setValue(0 if section == first else view.sections[section].y())

    @Slot()
    def _on_print(self) -> None:
        self.print_wanted.emit(self.chapter.key)

    @Slot()
    def _on_save(self) -> None:
        self.save_wanted.emit("")
