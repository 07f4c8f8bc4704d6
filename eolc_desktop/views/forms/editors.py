"""Which editor edits which kind of field: a closed set, complete by assertion."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from eolc_desktop.care_plan.fields import Field, Kind
from eolc_desktop.views.forms.choice_editors import ChoiceEditor, ChoicesEditor, LinkEditor, YesNoEditor
from eolc_desktop.views.forms.date_editors import DateEditor, MomentEditor, TimeEditor
from eolc_desktop.views.forms.editor import Editor, Surroundings
from eolc_desktop.views.forms.typed_editors import (
    CodedEditor,
    DecimalEditor,
    LineEditor,
    NhsNumberEditor,
    NumberEditor,
    PhoneEditor,
    TextEditor,
)

EDITORS: dict[Kind, type[Editor]] = {
    Kind.TEXT: LineEditor,
    Kind.LONG_TEXT: TextEditor,
    Kind.CHOICE: ChoiceEditor,
    Kind.CHOICES: ChoicesEditor,
    Kind.YES_NO: YesNoEditor,
    Kind.DATE: DateEditor,
    Kind.DATE_TIME: MomentEditor,
    Kind.NUMBER: NumberEditor,
    Kind.DECIMAL: DecimalEditor,
    Kind.TIME: TimeEditor,
    Kind.PHONE: PhoneEditor,
    Kind.NHS_NUMBER: NhsNumberEditor,
    Kind.CODED: CodedEditor,
    Kind.LINK: LinkEditor,
}
assert set(EDITORS) == set(Kind), "every kind of field has an editor"


def editor_for(field: Field, around: Surroundings, called: str = "", parent: QWidget | None = None) -> Editor:
    """Make the editor of a field. `called` names its controls aloud where the label alone would not be enough."""
    return EDITORS[field.kind](field, called or field.label, around, parent)
