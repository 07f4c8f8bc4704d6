"""The saved views of the caseload: what each shows, and which one each user has chosen."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement

from eolc_desktop.record import users
from eolc_desktop.record.caseload_views import CONDITIONS, NEW_DAYS, REVIEW_DAYS, Asked
from eolc_desktop.services import homes
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session

_KEPT = "caseload_view"


@dataclass(frozen=True, slots=True)
class View:
    """One view: its key ("" for everyone), how the choice is called, and the same within a sentence."""

    key: str
    words: str
    within: str


VIEWS = (
    View("", "Everyone", "everyone"),
    View("mine", "Mine: key worker, or reviewing the plan", "mine"),
    View("new", f"New: added in the last {NEW_DAYS} days", f"added in the last {NEW_DAYS} days"),
    View("red_and_amber", "Red and amber", "red and amber"),
    View("review_due", f"Review due within {REVIEW_DAYS} days, or overdue", "review due"),
    View("no_place", "Preferred place of death missing", "preferred place of death missing"),
    View("no_cpr", "No CPR decision recorded", "no CPR decision recorded"),
    View("fast_track", "Fast Track running", "Fast Track running"),
    View("weekend", "Weekend risk: something at home to look at", "something at home to look at before the weekend"),
    View("conflicts", "Conflicts to settle", "conflicts to settle"),
    View("waiting", "Waiting to share", "waiting to share"),
    View("after_death", "After death", "after death"),
)

WEEKEND = "weekend"
"""The view of those whose homes are not ready until offices open again."""


def view_of(key: str) -> View:
    """The view with this key; everyone for one that is not known."""
    return next((view for view in VIEWS if view.key == key), VIEWS[0])


@needs(Right.READ)
def among(session: Session, view: str) -> list[ColumnElement[bool]]:
    """The conditions that people of this view fulfil: none for everyone."""
    if not view:
        return []
    at_home = homes.to_look_at(session) if view == WEEKEND else ()
    return [CONDITIONS[view](Asked(session.user.name, session.clock(), at_home))]


@needs(Right.BE_HERE)
def kept_view(session: Session) -> str:
    """The key of the view that the user chose last; "" for everyone."""
    with session.store.reading() as connection:
        kept = users.known(connection, f"{_KEPT}:{session.user.id}")
    return kept if kept in CONDITIONS else ""


@needs(Right.BE_HERE)
def keep_view(session: Session, key: str) -> None:
    """Keep the view that the user chose, for the next time."""
    with session.store.writing() as connection:
        users.know(connection, f"{_KEPT}:{session.user.id}", view_of(key).key)
