"""What the organisation has set for this computer: seen by everybody, changed by nobody who uses the program."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.policy import Policy
from eolc_desktop.services import organisation
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

TITLE = "Set by your organisation"
EXPLAINS = "This holds for everybody on this computer. Your computer support can tell you why, and change it."


class OrganisationCard(QFrame):
    """A card of Settings; hidden where the organisation has set nothing."""

    def __init__(self, policy: Policy, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        wear(self, Look.CARD)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        column.addWidget(WrappedLabel(TITLE, Look.HEADING))
        column.addWidget(WrappedLabel(EXPLAINS, Look.SECONDARY))
        for line in organisation.lines(policy):
            column.addWidget(WrappedLabel(f"•  {line}"))
        notices = organisation.notices(policy)
        if notices:
            said = WrappedLabel("\n".join((*notices, organisation.STRICT)), Look.WARNING)
            said.setMargin(8)
            column.addWidget(said)
        if not policy.is_set:
            self.hide()
