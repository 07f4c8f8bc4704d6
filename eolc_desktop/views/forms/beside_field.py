"""What an organisation's own form adds around a question: its heading, other languages, a suggested answer."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.fields import Field, is_empty
from eolc_desktop.care_plan.words import display
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel


def head_of(field: Field, box: QVBoxLayout, parent: QWidget) -> tuple[WrappedLabel | None, WrappedLabel]:
    """What stands above the answer: the heading of its group (None without one), and the label, with its help.

    The heading is hidden until its row leads the group. The other languages are called by their own names.
    """
    heading = WrappedLabel(field.group, Look.HEADING, parent) if field.group else None
    if heading is not None:
        heading.setVisible(False)
        box.addWidget(heading)
    label = WrappedLabel(field.label, Look.FIELD_LABEL, parent)
    box.addWidget(label)
    for tag, words in field.other_languages:
        box.addWidget(WrappedLabel(f"{QLocale(tag).nativeLanguageName() or tag}: {words}", Look.SECONDARY, parent))
    if field.help:
        box.addWidget(WrappedLabel(field.help, Look.SECONDARY, parent))
    return heading, label


def suggestion_of(field: Field, called: str, pressed: object, parent: QWidget) -> QPushButton | None:
    """A button that takes the answer the form suggests; nothing is ever recorded because a form suggests it."""
    if is_empty(field.suggested) or field.read_only:
        return None
    words = display(field, field.suggested)
    said = f"Take the form’s suggestion: {words}"
    button = quiet_button(said, f"{called}: take the form’s suggestion, {words}", pressed, parent)
    box = parent.layout()
    if isinstance(box, QVBoxLayout):
        box.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    return button


def quiet_button(words: str, spoken: str, pressed: object, parent: QWidget) -> QPushButton:
    """A small button in the line of an item. `spoken` is how it is named aloud."""
    button = QPushButton(words, parent)
    button.setAccessibleName(spoken)
    wear(button, Look.QUIET)
    button.clicked.connect(pressed)
    return button
