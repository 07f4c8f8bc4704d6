"""Where in the guide each screen is explained: Help opens it there."""

from __future__ import annotations

from collections.abc import Mapping

FIRST_RUN = "first-morning#begin"
UNLOCK = "first-morning#unlock"
RESTORE = "lost-laptop#restore"
TROUBLE = "lost-laptop#damaged"
BEGINNING = "first-morning#today"

PAGES: Mapping[str, str] = {
    "today": BEGINNING,
    "caseload": "at-the-desk#caseload",
    "tasks": "at-the-desk#tasks",
    "person_tasks": "at-the-desk#tasks",
    "fast_track": "at-the-desk#fast-track",
    "settings": "first-morning#settings",
    "add_person": "first-morning#find",
    "person": "a-visit#record",
    "printing": "printing#family",
    "batch_printing": "printing#many",
    "paper": "printing#codes",
    "paper_register": "printing#codes",
    "written_back": "printing#answers",
    "importing": "at-the-desk#import",
    "own_forms": "at-the-desk#own-forms",
    "seen": "at-the-desk#seen",
    "same_person": "two-people#same-person",
    "register": "at-the-desk#register",
    "home_ready": "a-visit#begin",
    "weekend": "at-the-desk#register",
    "meeting": "at-the-desk#meeting",
    "retention": "at-the-desk#retention",
    "measures": "at-the-desk#service",
    "promises": "at-the-desk#service",
    "our_service": "at-the-desk#service",
    "entries": "at-the-desk#service",
    "review": "at-the-desk#service",
    "experience": "at-the-desk#service",
    "behind": "at-the-desk#service",
    "across": "at-the-desk#service",
    "data_out": "at-the-desk#data-out",
    "carrying": "sharing#carrying",
    "sharing": "sharing#what",
    "outbox": "sharing#leaves",
    "leaving": "sharing#leaves",
    "export": "sharing#leaves",
    "conflict": "two-people#decide",
    "proposal": "two-people#proposals",
    "new_key": "lost-laptop#found",
}
"""By the kind of page: chapter and section. A test asks for every kind there is."""

WITHIN_A_PLAN: Mapping[str, str] = {
    "visit": "a-visit#begin",
    "cpr": "a-visit#decisions",
    "respect": "a-visit#decisions",
    "advance_refusal": "a-visit#decisions",
    "escalation": "a-visit#decisions",
    "second_looks": "a-visit#second-look",
    "measures_over_time": "a-visit#measures",
    "files": "a-visit#measures",
    "fast_track": "at-the-desk#tasks",
    "death": "at-the-desk#after-death",
    "closure": "at-the-desk#after-death",
    "kept_back": "sharing#leaves",
    "consent": "sharing#leaves",
}
"""By the section of a plan that is shown, where the guide says more than how to record."""


def where(kind: str, section: str = "") -> str:
    """Where a page is explained; the beginning for one that nothing is said of."""
    if kind == "person" and section in WITHIN_A_PLAN:
        return WITHIN_A_PLAN[section]
    return PAGES.get(kind, BEGINNING)
