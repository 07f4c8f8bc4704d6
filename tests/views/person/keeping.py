"""What the tests of writing in a plan share."""

from __future__ import annotations

from tests.pages import Page
from tests.views.person.conftest import Ward

SAVE = "Ctrl+Return"
OWN = {"most_important": "My own bed."}
CPR = {
    "decision": "not_for",
    "decided_at": "2026-10-12",
    "decided_by_name": "Dr A Khan",
    "decided_by_role": "consultant",
}


def save(page: Page, ward: Ward, told: str = "The person") -> None:
    """Save by key and wait until the store has said that it is kept."""
    if told:
        page.choose("Who told you?", told)
    page.key(SAVE)
    page.wait_until_says("Saved on this laptop 14:32. Not shared.")
    ward.on_store(lambda: True)


def wait_for_draft(page: Page) -> None:
    page.wait_until_says("A draft is kept on this computer, 14:32.", 2000)
