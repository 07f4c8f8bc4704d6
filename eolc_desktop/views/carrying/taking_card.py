"""The cards by which people go to another laptop: its address, whom, where to; and this laptop's own address."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from eolc_desktop.care_plan.plan import banner_name
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.errors import InvalidValue, UserError
from eolc_desktop.models.carried_file import Address, address_in
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services import carrying, laptops, people
from eolc_desktop.services.carrying import FILE_NAME, FILE_WORDS, Carried, Carrying
from eolc_desktop.services.laptops import ADDRESS_NAME
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.choice_editors import Menu
from eolc_desktop.views.settings_cards import Card
from eolc_desktop.views.widgets.ask import FileKind, file_to_open, file_to_save
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

ADDRESS_FILES = (FileKind("Addresses of laptops", ("txt",)), FileKind("All files", ("*",)))
CARRIED_FILES = (FileKind("Files for another laptop", ("eolc",)),)
EVERYBODY = "everybody"
MOST_NAMED = 20


class AddressCard(Card):
    """This laptop's address: what another laptop needs to make a file for it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("The address of this laptop", desk, parent)
        self._address = WrappedLabel("")
        self._address.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._check = WrappedLabel("")
        self._save = QPushButton("Save this address as a file…")
        self._save.clicked.connect(self._on_save)
        self.add(
            WrappedLabel(
                "Somebody who wants to send people here needs this address. It is no secret. Save it on a stick, and "
                "read them the check words by voice.",
                Look.SECONDARY,
            ),
            self._address,
            self._check,
            self.outcome,
        )
        self.add_buttons(self._save)
        desk.run("the address of this laptop", laptops.my_address, done=self._on_address, failed=self.tell)

    @Slot(object)
    def _on_address(self, mine: Address) -> None:
        self._address.setText(mine.text)
        self._check.setText(f"Check words: {mine.check_words}")

    @Slot()
    def _on_save(self) -> None:
        file_to_save(self, "Save the address of this laptop", ADDRESS_FILES[:1], ADDRESS_NAME, self._on_chosen)

    def _on_chosen(self, path: Path) -> None:
        self.desk.run("save the address", laptops.save_address, path, done=self._on_saved, failed=self.tell)

    @Slot(object)
    def _on_saved(self, _nothing: object) -> None:
        self.say("The address was saved. The other laptop reads it under “Take people to another laptop”.")


class TakingCard(Card):
    """Whom to take, and to which laptop. The file is written person by person, and is whole only at the end."""

    def __init__(self, desk: Desk, person_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__("Take people to another laptop", desk, parent)
        self._writing: Carrying | None = None
        self._met = Menu()
        self._met_row = LabelledRow("A laptop that you met before", self._met)
        self._met.activated.connect(self._on_met)
        self._address = QLineEdit()
        self._address.setMaxLength(200)
        self._address.textChanged.connect(self._on_typed)
        self._address_row = LabelledRow(
            "Address of the other laptop",
            self._address,
            help_text="It stands on the other laptop’s page like this one.",
        )
        self._name = ""
        self._check = WrappedLabel("")
        self._check.hide()
        self._read = QPushButton("Read the address from a file…")
        self._read.clicked.connect(self._on_read)
        self._whom = Menu()
        self._whom.addItem("Everybody on this laptop who may be shared", EVERYBODY)
        self._go = QPushButton("Save the file…")
        wear(self._go, Look.PRIMARY)
        self._go.clicked.connect(self._on_go)
        self._stop = QPushButton("Stop")
        self._stop.clicked.connect(self._on_stop)
        self._stop.hide()
        self.add(WrappedLabel(FILE_WORDS, Look.SECONDARY), self._met_row, self._address_row)
        self.add_buttons(self._read)
        self.add(self._check, LabelledRow("Whom to take", self._whom), self.outcome)
        self.add_buttons(self._go, self._stop)
        self._met_row.hide()
        desk.run("laptops met before", laptops.laptops_met, done=self._on_laptops, failed=self.tell)
        if person_id:
            desk.run("whom to take", people.person_row, person_id, done=self._on_person, failed=self.tell)

    def give_up(self) -> None:
        """Leave no half file."""
        writing, self._writing = self._writing, None
        if writing is not None:
            writing.give_up()

    @Slot(object)
    def _on_person(self, row: PersonRow | None) -> None:
        if row is not None:
            self._whom.insertItem(0, banner_name(row.family_name, row.given_names, row.title), row.id)
            self._whom.setCurrentIndex(0)

    @Slot(object)
    def _on_laptops(self, met: tuple[Address, ...]) -> None:
        self._met.clear()
        self._met.addItem("Please choose", None)
        for one in met:
            self._met.addItem(one.name or one.check_words, one)
        self._met_row.setVisible(bool(met))

    @Slot()
    def _on_met(self) -> None:
        chosen = self._met.currentData()
        if isinstance(chosen, Address):
            self._use(chosen)

    @Slot()
    def _on_read(self) -> None:
        file_to_open(self, "Read an address", ADDRESS_FILES, self._on_file)

    def _on_file(self, path: Path) -> None:
        self.desk.run("read an address", laptops.read_address, path, done=self._use, failed=self._on_failed)

    @Slot(object)
    def _use(self, to: Address) -> None:
        self._address.setText(to.text)
        self._name = to.name
        self._show_check(to)

    @Slot()
    def _on_typed(self) -> None:
        self._name = ""
        self._address_row.show_problem("")
        try:
            self._show_check(address_in(self._address.text()))
        except InvalidValue:
            self._check.hide()

    def _show_check(self, to: Address) -> None:
        whose = f"{self._name}. " if self._name else ""
        self._check.setText(
            f"{whose}Check words: {to.check_words}. Ask for them by voice: they must be the same on the other laptop."
        )
        self._check.show()

    @Slot()
    def _on_go(self) -> None:
        try:
            address_in(self._address.text())
        except InvalidValue as error:
            self._on_failed(error)
            return
        file_to_save(self, "Save a file for another laptop", CARRIED_FILES, FILE_NAME, self._on_chosen)

    def _on_chosen(self, path: Path) -> None:
        to = address_in(self._address.text(), self._name)
        whom = str(self._whom.currentData())
        chosen = None if whom == EVERYBODY else [whom]
        begin = carrying.begin_carrying
        self.desk.run("begin a file", begin, to, chosen, path, done=self._on_begun, failed=self._on_failed)

    @Slot(object)
    def _on_begun(self, writing: Carrying) -> None:
        self._writing = writing
        self._go.setEnabled(False)
        self._stop.show()
        self._carry_on()

    def _carry_on(self) -> None:
        writing = self._writing
        if writing is not None:
            wear(self.outcome, Look.INFORMATION)
            self.outcome.setText(f"Writing: {writing.done} of {writing.everybody} people. Leave the stick where it is.")
            self.outcome.show()
            self.desk.run("take people along", carrying.carry_on, writing, done=self._on_step, failed=self._on_failed)

    @Slot(object)
    def _on_step(self, carried: Carried | None) -> None:
        if self._writing is None:
            return
        if carried is None:
            self._carry_on()
            return
        self._writing = None
        self._end()
        self.say(carried_words(carried), Look.SUCCESS if carried.people else Look.WARNING)
        self.desk.run("laptops met before", laptops.laptops_met, done=self._on_laptops, failed=self.tell)

    @Slot()
    def _on_stop(self) -> None:
        self.give_up()
        self._end()
        self.say("Stopped. No file was made.", Look.INFORMATION)

    def _end(self) -> None:
        self._go.setEnabled(True)
        if self._stop.hasFocus():
            self._go.setFocus(Qt.FocusReason.OtherFocusReason)
        self._stop.hide()

    @Slot(object)
    def _on_failed(self, error: UserError) -> None:
        self.give_up()
        self._end()
        if isinstance(error, InvalidValue):
            self._address_row.show_problem(error.happened, is_announced=True)
            self._address.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.tell(error)


def carried_words(carried: Carried) -> str:
    """What was written, in words: who is in the file, who is not and why, what of others stays."""
    if not carried.people:
        lines = ["Nobody can be taken, and no file was made."]
    else:
        many = "1 person is" if carried.people == 1 else f"{carried.people} people are"
        lines = [f"{many} in the file, and it is saved: the stick may be taken out once the computer says so."]
    for heading, found in (("Not in the file", carried.not_among), ("Stays on this laptop", carried.kept_here)):
        lines += [f"{heading}: {name}. {why}" for name, why in found[:MOST_NAMED]]
        if len(found) > MOST_NAMED:
            lines.append(f"{heading}: {len(found) - MOST_NAMED} more.")
    return "\n".join(lines)
