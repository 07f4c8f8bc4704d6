"""About the program: what it is, what it is made of, what changed, and the licences, without a network."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QPlainTextEdit, QPushButton, QSplitter, QWidget

from eolc_desktop import __version__
from eolc_desktop.desktop.licences import Licence, fonts, licences
from eolc_desktop.desktop.versions import Versions
from eolc_desktop.paths import resources
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.overlay import Overlay
from eolc_desktop.views.reading_pane import ReadingPane

Words = tuple[tuple[str, str], ...]
ABOUT: Words = (
    ("", f"EoLC Desktop, version {__version__}"),
    (
        "",
        "Keeps a person’s plan for the end of their life on this laptop, encrypted, and prints it for them and their "
        "family. Everything works without a network.",
    ),
    (
        "What it does not do",
        "It checks that the record is complete and fits together. It never advises on care: no doses, no conversions, "
        "no prognosis. A decision is shown as it was recorded, with when and by whom.",
    ),
    ("Licence", "MIT. “Licences” has those of the libraries and fonts that it uses."),
)
WIDEST_LETTERS = 130
MADE_OF = "What it is made of"
CHANGED = "What changed"


def what_changed() -> Words:
    """The newest part of the changelog, as it comes with the program; nothing where it does not."""
    path = resources().parent / "CHANGELOG.md"
    if not path.is_file():
        return ()
    newest = path.read_text(encoding="utf-8").partition("\n## ")[2].partition("\n## ")[0]
    _head, *groups = re.split(r"\n### ", newest)
    found: list[tuple[str, str]] = []
    for group in groups:
        heading, _, body = group.partition("\n")
        items = [" ".join(item.split()) for item in re.split(r"\n- ", "\n" + body.strip()) if item.strip()]
        found.append((f"{CHANGED}: {heading.strip().lower()}", "\n".join(f"•  {item}" for item in items)))
    return tuple(found)


class AboutPane(ReadingPane):
    """About the program.

    Signals:
        licences_wanted: the licences of what it is made of.
    """

    licences_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("About EoLC Desktop", parent)
        button = QPushButton("Licences…")
        button.clicked.connect(self.licences_wanted)
        self.buttons.insertWidget(1, button)
        self._changed = what_changed()
        self.show_words((*ABOUT, *self._changed))
        desk.background.run("versions", Versions.of_this_program, done=self._on_versions, uses_store=False)

    @Slot(object)
    def _on_versions(self, found: Versions) -> None:
        self.show_words((*ABOUT, (MADE_OF, "\n".join(found.lines)), *self._changed))
        if self.isVisible():
            self.place()


class LicencesPane(Overlay):
    """The licences of libraries and fonts: a list, and the text of the one that is chosen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Licences", parent)
        self._licences: tuple[Licence, ...] = (*licences(), *fonts())
        self._list = QListWidget()
        self._list.setAccessibleName("Libraries and fonts")
        self._list.setTabKeyNavigation(False)
        self._list.setWordWrap(True)  # else rows are laid out before they are dressed, and lie over each other
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.addItems([f"{one.name} {one.version}".strip() for one in self._licences])
        self._list.currentRowChanged.connect(self._on_chosen)
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName("Text of the licence")
        sides = QSplitter()
        sides.setChildrenCollapsible(False)
        sides.addWidget(self._list)
        sides.addWidget(self._text)
        sides.setStretchFactor(1, 2)
        self._sides = sides
        close = QPushButton("Close")
        close.clicked.connect(self.close_pane)
        self.column.addWidget(sides, 1)
        self.column.addWidget(close, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self._list)
        self._list.setCurrentRow(0)

    def open(self) -> None:
        """Show the pane with the keyboard on the list."""
        super().open()
        self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def place(self) -> None:
        """Use the room there is."""
        self.fit_list(self._sides, self.around.height())
        super().place()

    def sheet_width(self) -> int:
        """Wider than other panes: licences come in lines of their own."""
        return min(self.around.width() - 48, self.fontMetrics().averageCharWidth() * WIDEST_LETTERS)

    def move_by(self, rows: int) -> None:
        """Move the highlight."""
        self._list.setCurrentRow(max(0, min(self._list.count() - 1, self._list.currentRow() + rows)))

    def choose(self) -> None:
        """Close."""
        self.close_pane()

    @Slot(int)
    def _on_chosen(self, row: int) -> None:
        if row >= 0:
            one = self._licences[row]
            self._text.setPlainText(f"{one.name} {one.version}\n{one.licence}\n\n{one.text}".strip())
