"""Scans and photographs of a plan: what is there, added by choosing or dropping a file, shown without leaving."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.dates import day_words, today
from eolc_desktop.care_plan.plan import EntryState, Plan
from eolc_desktop.care_plan.words import display, entry_title
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.documents.attached import MAX_BYTES, Inspected, inspect
from eolc_desktop.errors import UserError
from eolc_desktop.services import attachments
from eolc_desktop.services.attachments import Attached
from eolc_desktop.services.plans import SaveResult
from eolc_desktop.views.attachments.new_file import NewFile
from eolc_desktop.views.attachments.viewer import AttachmentViewer
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.editor import Surroundings
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.forms.showing import bring_into_view
from eolc_desktop.views.person.own_page import OwnPage
from eolc_desktop.views.widgets import ask
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.emptied import emptied
from eolc_desktop.views.widgets.message_bar import MessageBar
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

INTRO = (
    "Pictures of papers, such as the signed form on the fridge. They are kept encrypted in this record only. The "
    "original stays the document that counts."
)
NOTHING = "No scan or photograph yet."
KINDS = (ask.FileKind("Pictures and PDFs", ("jpg", "jpeg", "png", "pdf")),)


class AttachmentsPage(OwnPage):
    """Lists the files of a plan, takes new ones, and shows them."""

    title = "Scans and photographs"

    def __init__(self, desk: Desk, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(desk, plan, parent)
        self.setAcceptDrops(True)
        self._data = b""
        self._inspected: Inspected | None = None
        self._found: dict[str, Attached] = {}
        self._shown = ""
        self._new: NewFile | None = None
        self._message = MessageBar(self.inside)
        self.column.addWidget(self._message)
        self._listing = QWidget(self.inside)
        box = QVBoxLayout(self._listing)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(WrappedLabel(INTRO, Look.SECONDARY, self._listing))
        self._add = QPushButton("Add a scan or photograph…", self._listing)
        self._add.clicked.connect(self._on_add)
        wear(self._add, Look.PRIMARY)
        box.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        hint = f"JPEG, PNG or PDF, up to {MAX_BYTES // 1024 // 1024} MB. A file can also be dropped on this page."
        box.addWidget(WrappedLabel(hint, Look.SECONDARY, self._listing))
        self._asked = QVBoxLayout()
        box.addLayout(self._asked)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        box.addLayout(self._list)
        self.column.addWidget(self._listing)
        self._viewer = AttachmentViewer(desk, self.inside)
        self._viewer.hide()
        self._viewer.closed.connect(self._on_closed)
        self._viewer.failed.connect(self._message.tell)
        self.column.addWidget(self._viewer)
        self.column.addStretch()
        self.take(plan)

    def take(self, plan: Plan) -> None:
        """Read the list again."""
        super().take(plan)
        self.desk.run("list the files of a plan", attachments.attached, plan, done=self._show)

    def begin(self) -> None:
        """Take the keyboard."""
        (self._viewer.area if self._viewer.isVisible() else self._add).setFocus(Qt.FocusReason.OtherFocusReason)

    # Choosing a file

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file."""
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at the file that was dropped."""
        event.acceptProposedAction()
        self._on_chosen(Path(event.mimeData().urls()[0].toLocalFile()))

    @Slot()
    def _on_add(self) -> None:
        ask.file_to_open(self, "Choose a scan or photograph", KINDS, self._on_chosen)

    def _on_chosen(self, path: Path) -> None:
        self._drop()
        self._message.close_message()
        work = self.desk.background.run("read a file", lambda: _read(path), uses_store=False)
        work.done.connect(self._on_read)
        work.failed.connect(self._message.tell)

    @Slot(object)
    def _on_read(self, data: bytes) -> None:
        self._data = data
        self.desk.run_elsewhere("look a file through", inspect, data, done=self._on_inspected, failed=self._on_refused)

    @Slot(object)
    def _on_refused(self, error: UserError) -> None:
        self._data = b""
        self._message.tell(error)
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_inspected(self, inspected: Inspected) -> None:
        self._inspected = inspected
        around = Surroundings(self.plan, self.desk.now())
        self._new = NewFile(self.plan.catalogue[attachments.SECTION], around, inspected, self._listing)
        self._new.keep_wanted.connect(self._on_keep)
        self._new.dropped.connect(self._drop)
        self._asked.addWidget(self._new)
        self.grown.emit()
        self._new.begin()

    @Slot(object)
    def _on_keep(self, values: object) -> None:
        if self._inspected is not None:
            self.desk.run(
                "attach a file", attachments.attach, self.plan, values, self._data, self._inspected,
                done=self._on_kept, failed=self._message.tell,
            )  # fmt: skip

    @Slot(object)
    def _on_kept(self, result: SaveResult) -> None:
        self._drop()
        announce(self, "Saved on this laptop")
        self.take(result.plan)

    @Slot()
    def _drop(self) -> None:
        self._data, self._inspected = b"", None
        if self._new is not None:
            self._new.hide()
            self._new.deleteLater()
            self._new = None
            self._add.setFocus(Qt.FocusReason.OtherFocusReason)

    # The list

    @Slot(object)
    def _show(self, found: tuple[Attached, ...]) -> None:
        self._found = {one.entry.id: one for one in found}
        emptied(self._list)
        if not found:
            self._list.addWidget(WrappedLabel(NOTHING, parent=self._listing))
        for one in found:
            self._list.addWidget(self._row(one))
        self.grown.emit()

    def _row(self, one: Attached) -> QFrame:
        section, entry = self.plan.catalogue[attachments.SECTION], one.entry
        frame = QFrame(self._listing)
        wear(frame, Look.CARD)
        box = QVBoxLayout(frame)
        title = entry_title(section, entry.id, entry.values)
        box.addWidget(WrappedLabel(title, Look.KEY_LINE, frame))
        said = [f"{section[key].label}: {display(section[key], entry.value(key))}" for key in ("kind", "original")]
        item = entry.items["sha256"]
        said.append(f"Added {day_words(today(item.recorded_at))} by {item.recorded_by.words}")
        if entry.state is not EntryState.CURRENT:
            said.insert(0, f"{entry.state.words}: {entry.reason}")
        if not one.is_here:
            said.append("The file itself is not on this laptop.")
        box.addWidget(WrappedLabel("\n".join(said), Look.SECONDARY, frame))
        line = QWidget(frame)
        flow = FlowLayout(line)
        for words, pressed, works in (
            ("Show", self._on_show, one.is_here),
            ("Details", self._on_details, True),
        ):
            button = QPushButton(words, line)
            button.setAccessibleName(f"{words}: {title}")
            button.setProperty("entry", entry.id)
            button.setEnabled(works)
            button.clicked.connect(pressed)
            flow.addWidget(button)
        box.addWidget(line)
        return frame

    @Slot()
    def _on_details(self) -> None:
        button = self.sender()
        if button is not None:
            self.entry_wanted.emit(attachments.SECTION, str(button.property("entry")))

    # Showing one

    @Slot()
    def _on_show(self) -> None:
        button = self.sender()
        one = self._found.get(str(button.property("entry"))) if button is not None else None
        if one is not None:
            self._shown = one.entry.id
            self.desk.run(
                "read an attached file", attachments.read_file, self.plan.person_id, one.sha256,
                done=self._on_file, failed=self._message.tell,
            )  # fmt: skip

    @Slot(object)
    def _on_file(self, data: bytes) -> None:
        self._data = data
        self.desk.run_elsewhere("look a file through", inspect, data, done=self._on_opened, failed=self._on_refused)

    @Slot(object)
    def _on_opened(self, inspected: Inspected) -> None:
        one = self._found.get(self._shown)
        if one is None:
            return
        section = self.plan.catalogue[attachments.SECTION]
        self._listing.hide()
        self._viewer.show()
        self._viewer.show_file(self._data, entry_title(section, one.entry.id, one.entry.values), inspected.pages)
        self._data = b""
        self.grown.emit()
        self._viewer.area.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_view(self._viewer.area)

    @Slot()
    def _on_closed(self) -> None:
        self._viewer.forget()
        self._viewer.hide()
        self._listing.show()
        self.grown.emit()
        self.begin()


def _read(path: Path) -> bytes:
    """The bytes of a file, no more than can be attached and one. Raises UserError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError:
        raise UserError(
            "The file could not be read.", "Nothing was added.", "Check that it is still there, and try again."
        ) from None
