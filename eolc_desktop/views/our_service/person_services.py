"""Services near here, for one person: found by any word, and put into their plan with one button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QPushButton, QWidget

from eolc_desktop.care_plan.plan import Entry, Plan
from eolc_desktop.care_plan.words import display
from eolc_desktop.desktop.looks import Look
from eolc_desktop.services import our_service, using_services
from eolc_desktop.services.plans import SaveResult
from eolc_desktop.services.roles import Right, may
from eolc_desktop.services.using_services import Use
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.person.own_page import OwnPage
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

INTRO = "What your organisation keeps of services near here. Check with the person before you put one in their plan."
LINES_HIGH = 5


class PersonServicesPage(OwnPage):
    """The search, the list, the chosen service in full, and what it can be put into the plan as."""

    title = "Services near here"

    def __init__(self, desk: Desk, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(desk, plan, parent=parent)
        self._kept: Plan | None = None
        self._found: tuple[Entry, ...] = ()
        self.column.addWidget(WrappedLabel(INTRO, Look.SECONDARY, self.inside))
        self._search = QLineEdit(self.inside)
        self._search.setAccessibleName("Find a service")
        self._search.setPlaceholderText("Find by any word: night, sitter, LS21")
        self._search.textChanged.connect(self._fill)
        self._count = WrappedLabel("", Look.SECONDARY, self.inside)
        self._list = QListWidget(self.inside)
        self._list.setAccessibleName("Services")
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFixedHeight(self.fontMetrics().lineSpacing() * LINES_HIGH * 2)
        self._list.currentRowChanged.connect(self._on_row)
        self._whole = WrappedLabel("", parent=self.inside)
        self._said = WrappedLabel("", Look.KEY_LINE, self.inside)
        self._said.hide()
        line = QWidget(self.inside)
        row = FlowLayout(line, across=8)
        self._buttons: list[QPushButton] = []
        for use in Use:
            button = QPushButton(use.words, line)
            button.setAccessibleName(f"Put in the plan: {use.words}")
            button.setProperty("use", use.value)
            button.clicked.connect(self._on_use)
            self._buttons.append(button)
            row.addWidget(button)
        self._uses = line
        for widget in (self._search, self._count, self._list, self._whole, line, self._said):
            self.column.addWidget(widget)
        self.column.addStretch()
        desk.run("read services near here", our_service.read, done=self._on_read)

    def begin(self) -> None:
        """Take the keyboard: the search."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(object)
    def _on_read(self, kept: Plan) -> None:
        self._kept = kept
        self._fill()

    @Slot()
    def _fill(self) -> None:
        if self._kept is None:
            return
        self._found = our_service.found(self._kept, self._search.text())
        self._list.blockSignals(True)
        self._list.clear()
        for entry in self._found:
            lines = [
                entry.text("name"),
                " · ".join(part for part in (entry.text("phone"), entry.text("hours")) if part),
            ]
            self._list.addItem(QListWidgetItem("\n".join(line for line in lines if line)))
        self._list.blockSignals(False)
        every = len(self._kept.entries("services"))
        self._count.setText(
            f"{len(self._found):,} of {every:,}." if every else "None is kept yet: see Our service, Services near here."
        )
        self._list.setCurrentRow(0 if self._found else -1)
        self._on_row(self._list.currentRow())

    @property
    def _service(self) -> Entry | None:
        row = self._list.currentRow()
        return self._found[row] if 0 <= row < len(self._found) else None

    @Slot(int)
    def _on_row(self, _row: int) -> None:
        service, kept = self._service, self._kept
        can = service is not None and may(self.desk.session, Right.RECORD)
        for button in self._buttons:
            button.setEnabled(can)
        if service is None or kept is None:
            self._whole.setText("")
            return
        section = kept.catalogue["services"]
        self._whole.setText(
            "\n".join(
                f"{field.label}: {display(field, service.value(field.key))}"
                for field in section.fields
                if field.key != "name" and service.value(field.key)
            )
        )

    @Slot()
    def _on_use(self) -> None:
        service = self._service
        if service is not None:
            use = Use(str(self.sender().property("use")))
            self.desk.run("put a service in a plan", using_services.use, self.plan, service, use, done=self._on_used)

    @Slot(object)
    def _on_used(self, result: SaveResult) -> None:
        section = next(iter(result.changes.sections))
        self._said.setText(f"Put in the plan, under {result.plan.catalogue[section].title}.")
        self._said.show()
        announce(self, self._said.text())
