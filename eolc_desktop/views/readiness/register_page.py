"""The palliative care register of the caseload: who is on it and why, and whose review by the team is due."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.palliative_register import SOURCE
from eolc_desktop.desktop.background import Work
from eolc_desktop.services import palliative_register
from eolc_desktop.services.palliative_register import ON, SHOWN, OnRegister, Register
from eolc_desktop.services.roles import Right, may
from eolc_desktop.views.list_page import ListPage
from eolc_desktop.views.people_list import PersonLine
from eolc_desktop.views.places import Place
from eolc_desktop.views.printing.sheets import Sheets

FILE_NAME = "register.pdf"


class PalliativeRegisterPage(ListPage):
    """Everybody in one of the states, by name, with the tool, its day, and the last review by the team."""

    page_title = "Palliative care register"
    list_name = "People and how they stand on the register"
    section = f"register/{MAIN}"
    nobody = "Nobody stands so."

    def fill(self) -> None:
        """The choice of whom, and what is done with them."""
        self.note.setText(SOURCE)
        self._shown = self.add_choice("Show", "Who of the register is shown", list(SHOWN.items()))
        self._read: Register | None = None
        self._sheets = Sheets(self.desk, self)
        for words, done, right in (
            ("Save as PDF…", self._on_save, Right.PRINT),
            ("Print", self._on_print, Right.PRINT),
            ("Begin a team meeting about these people", self._on_meeting, Right.RECORD),
        ):
            if may(self.desk.session, right):
                button = QPushButton(words)
                button.clicked.connect(done)
                self.buttons.addWidget(button)

    @property
    def _chosen(self) -> str:
        key = self._shown.currentData()
        return ON if key is None else str(key)

    def read(self) -> Work:
        """Ask for the register."""
        return self.desk.run("read the register", palliative_register.register, self._chosen, done=self._on_read)

    @Slot(object)
    def _on_read(self, read: Register) -> None:
        self._read = read
        self.show_list([PersonLine(one.row, _note(one)) for one in read.people], read.words)

    @Slot()
    def _on_save(self) -> None:
        self._sheets.save(palliative_register.prepare, FILE_NAME, self._chosen)

    @Slot()
    def _on_print(self) -> None:
        self._sheets.print(palliative_register.prepare, self._chosen)

    @Slot()
    def _on_meeting(self) -> None:
        if self._read is not None and self._read.people:
            ids = ",".join(one.row.id for one in self._read.people)
            self.desk.place_wanted.emit(Place("meeting", document=f"about:{ids}"))


def _note(one: OnRegister) -> str:
    stands = one.stands
    return ". ".join(part.rstrip(".") for part in (*stands.words, stands.prognosis) if part)
