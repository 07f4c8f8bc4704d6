"""The closed set of looks a widget can wear; a view names the look and the theme says what it is."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


class Look(StrEnum):
    """What a widget is, so that the theme can dress it. Nothing in a view sets a colour, a font or a border itself."""

    # Words
    TITLE = "title"
    """The one heading of a page."""
    NAME = "name"
    """A person's name in the banner."""
    HEADING = "heading"
    """A heading inside a page, or of a card."""
    KEY_LINE = "key_line"
    """The line of a page that matters most."""
    OWN_WORDS = "own_words"
    """What a person said, in their own words."""
    META = "meta"
    """Dates and authors beside what they belong to."""
    SECONDARY = "secondary"
    """Help under a label."""
    FIELD_LABEL = "field_label"
    FIELD_ERROR = "field_error"

    # Grounds
    PAGE = "page"
    """The ground of a window."""
    CARD = "card"
    """A surface with a thin edge."""
    RAIL = "rail"
    """The column of places at the left."""
    BANNER = "banner"
    """Who this is: always one person's."""
    BANNER_DIED = "banner_died"
    BANNER_LABEL = "banner_label"
    BANNER_VALUE = "banner_value"
    DO_NOT = "do_not"
    """The one strong block of a screen."""
    STATUS = "status"
    """The line at the foot of the window."""

    # Blocks that say something
    INFORMATION = "information"
    SUCCESS = "success"
    WARNING = "warning"
    ERROR = "error"

    # Buttons
    PRIMARY = "primary"
    """What most people do next: one a page."""
    DESTRUCTIVE = "destructive"
    QUIET = "quiet"
    """Looks like a link and stands in a line of text or a bar."""
    PLACE = "place"
    """A place in the rail."""

    # Tags
    TAG = "tag"
    STAGE_BLUE = "stage_blue"
    STAGE_GREEN = "stage_green"
    STAGE_AMBER = "stage_amber"
    STAGE_RED = "stage_red"


PROPERTY = "look"
"""The Qt property the style sheet goes by."""


def wear(widget: QWidget, look: Look | None) -> None:
    """Give a widget its look, or the plain one. One that was dressed before is dressed again at once; a new one is
    dressed by Qt when it is first shown or measured, and once is enough."""
    before = widget.property(PROPERTY)
    after = look.value if look else None
    if before != after:
        widget.setProperty(PROPERTY, after)
        if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            dress_again(widget)


def dress_again(widget: QWidget) -> None:
    """Let the style sheet look at a widget's properties once more."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()
