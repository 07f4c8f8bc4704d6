"""Which cells of a list stay on the laptop when the list is printed or saved: what people keep back (decision 7)."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.keeping_back import KEPT_BACK, kept_back_of, without_kept_back
from eolc_desktop.care_plan.listed import ANSWERS, LATEST, TEXTS
from eolc_desktop.record import across

NOT_HERE = "Not on this list"
"""What stands in such a cell. Never nothing: an empty cell reads as if nothing had been recorded (hazard H04)."""
_PLACES = {column: place for found in (TEXTS, ANSWERS, LATEST) for place, column in found.items()}


def kept_columns(connection: Connection, catalogue: Catalogue) -> Mapping[str, frozenset[str]]:
    """For everybody who keeps something of the list back: the columns, by their names in the list, that stay here."""
    fields = {KEPT_BACK: ("what",), "person": ("address_restricted",)}
    found: dict[str, frozenset[str]] = {}
    for person_id, entries in across.entries(connection, fields):
        kept = kept_back_of(catalogue, [one.values.get("what") for one in entries if one.section == KEPT_BACK])
        stays = {
            column
            for column, (section, field) in _PLACES.items()
            if not without_kept_back(catalogue, section, {field: ""}, kept)
        }
        if any(one.values.get("address_restricted") is True for one in entries):
            stays.add("postcode")
        if stays:
            found[person_id] = frozenset(stays)
    return found
