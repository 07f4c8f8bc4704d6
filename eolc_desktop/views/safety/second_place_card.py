"""A second place for backups, where the organisation names one: a stick, or a disk that is not in this laptop."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from eolc_desktop.desktop.looks import Look
from eolc_desktop.errors import InvalidValue, UserError
from eolc_desktop.services import backups
from eolc_desktop.services.organisation import SET_BY
from eolc_desktop.services.roles import Right, may
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.settings_cards import Card
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel


class SecondPlaceCard(Card):
    """Everybody sees the place; only who looks after the laptop names it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("A second place for backups", desk, parent)
        self._folder = QLineEdit()
        self._folder.setMaxLength(500)
        self._row = LabelledRow("Folder that each backup is copied to", self._folder, is_optional=True)
        self._save = QPushButton("Save the place")
        self._save.clicked.connect(self._on_save)
        self._folder.returnPressed.connect(self._on_save)
        self.add(
            WrappedLabel(
                "Each backup is copied there too, encrypted as here, and checked. If this laptop is lost, a new one "
                "begins with it: “eolc-desktop restore FOLDER”.",
                Look.SECONDARY,
            ),
            self._row,
        )
        is_set = desk.session.policy.decides("backup_folder")
        allowed = may(desk.session, Right.LOOK_AFTER) and not is_set
        self._stands = WrappedLabel("")
        self._stands.hide()
        self._set_by = WrappedLabel(SET_BY, Look.INFORMATION)
        self._set_by.setMargin(8)
        if not is_set:
            self._set_by.hide()
        self._folder.setReadOnly(not allowed)
        self.add(self._stands, self._set_by, self.outcome)
        self.add_buttons(self._save)
        self._save.setVisible(allowed)

    def refresh(self) -> None:
        """Read the place."""
        self.desk.run("second place for backups", backups.second_place, done=self._on_place)
        self.desk.run("how the second place stands", backups.how_second_place_stands, done=self._on_stands)

    @Slot(object)
    def _on_stands(self, words: str) -> None:
        self._stands.setText(words)
        self._stands.setVisible(bool(words))

    @Slot(object)
    def _on_place(self, folder: str) -> None:
        if not self._folder.isModified():
            self._folder.setText(folder)

    @Slot()
    def _on_save(self) -> None:
        typed = self._folder.text()
        self.desk.run("name the second place", backups.set_second_place, typed, done=self._on_saved, failed=self._on_no)

    @Slot(object)
    def _on_saved(self, folder: str) -> None:
        self._row.show_problem("")
        self._folder.setText(folder)
        self._folder.setModified(False)
        self.say(f"Saved: {folder}" if folder else "Saved: backups stay on this laptop alone.")
        self.refresh()

    @Slot(object)
    def _on_no(self, error: UserError) -> None:
        if isinstance(error, InvalidValue):
            self._row.show_problem(error.happened, is_announced=True)
        else:
            self.tell(error)
