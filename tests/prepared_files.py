"""Answers the system's own file window, which no test can press: with the paths a test laid out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from eolc_desktop.views.widgets.ask import Ask, FileKind


class PreparedFiles(Ask):
    """Gives the next prepared path to who asks for a file, and notes what was asked; questions are asked for real."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: list[Path | None] = []
        """What to choose, in order; None is for closing the window without a choice."""
        self.asked: list[tuple[str, str]] = []
        """Title and suggested name ("" for opening) of every time it was asked."""

    def file_to_open(
        self, parent: QWidget, title: str, kinds: Sequence[FileKind], chosen: Callable[[Path], object]
    ) -> None:
        """Choose the next prepared path."""
        self._choose(title, "", chosen)

    def file_to_save(
        self, parent: QWidget, title: str, kinds: Sequence[FileKind], suggested: str, chosen: Callable[[Path], object]
    ) -> None:
        """Choose the next prepared path."""
        self._choose(title, suggested, chosen)

    def folder(self, parent: QWidget, title: str, chosen: Callable[[Path], object]) -> None:
        """Choose the next prepared path."""
        self._choose(title, "", chosen)

    def _choose(self, title: str, suggested: str, chosen: Callable[[Path], object]) -> None:
        self.asked.append((title, suggested))
        assert self.paths, f"{title!r} was asked for and no path was prepared"
        path = self.paths.pop(0)
        if path is not None:
            chosen(path)
