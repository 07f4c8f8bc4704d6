"""Which cells of a list stay on the laptop when the list is printed or saved: what people keep back (decision 7)."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.listed import ANSWERS, LATEST, TEXTS
from eolc_desktop.services.kept_on_sheets import kept_off

_PLACES = {column: place for found in (TEXTS, ANSWERS, LATEST) for place, column in found.items()}


def kept_columns(connection: Connection, catalogue: Catalogue) -> Mapping[str, frozenset[str]]:
    """For everybody who keeps something of the list back: the columns, by their names in the list, that stay here."""
    found = {
        person_id: frozenset(column for column, (section, field) in _PLACES.items() if off.stays(section, (field,)))
        for person_id, off in kept_off(connection, catalogue).items()
    }
    return {person_id: columns for person_id, columns in found.items() if columns}
