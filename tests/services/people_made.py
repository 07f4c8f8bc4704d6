"""A record to work in."""

from __future__ import annotations

from eolc_desktop.services import people
from eolc_desktop.services.session import Session


def a_person(session: Session) -> str:
    """Begin a record and return its id."""
    return people.add_person(session, {"family_name": "Smith", "given_names": "Margaret Rose"}).plan.person_id
