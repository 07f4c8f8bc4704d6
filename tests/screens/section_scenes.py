"""A picture of every section of the plan that has none among the main screens."""

from __future__ import annotations

from collections.abc import Iterator

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.fields import Part
from eolc_desktop.services.invented.stories import BARBARA, PEGGY
from tests.screens import person_scenes
from tests.screens.scenes import SCENES, Scene

SHOWN_BY_MAIN_SCREENS = frozenset(
    (
        *("person", "communication_needs", "about_me", "commitments", "compact", "places", "cpr", "allergies"),
        *("advance_refusal", "consent", "contacts", "who_to_call", "anticipatory", "conversations", "fast_track"),
        "closure",
    )
)
"""The sections that `SCENES` shows: as they stand, or one entry of them."""


def every_other_section() -> Iterator[Scene]:
    """A scene for each; what belongs to a death is shown of somebody who has died."""
    for section in built_in():
        if section.key not in SHOWN_BY_MAIN_SCREENS:
            who = BARBARA if section.part is Part.AFTER_DEATH else PEGGY
            yield Scene(f"section-{section.key.replace('_', '-')}", section.title, person_scenes.plan(section.key, who))


ALL_SCENES = (*SCENES, *every_other_section())
"""Every screen of which `make screens` makes a picture."""
