"""A paper copy in words, the same on every page that shows one."""

from __future__ import annotations

from datetime import datetime

from eolc_desktop.care_plan.dates import moment_words
from eolc_desktop.care_plan.paper_copies import PaperCopy
from eolc_desktop.record.paper_copies import PageOut

NOT_SAID = "Nobody has said who has it or where it is kept."


def code_words(code: str) -> str:
    """ "7K2 M9Q": in two halves, as it is easier read out and typed."""
    return f"{code[:3]} {code[3:]}" if len(code) == 6 else code


def title_of(copy: PaperCopy) -> str:
    """What a page is and how it is known: "My plan for care, check code 7K2 M9Q"."""
    return f"{copy.name}, check code {code_words(copy.code)}" if copy.code else copy.name


def made_words(copy: PaperCopy) -> str:
    """When, by whom, and for whom a page was made."""
    how = {"saved": "Saved as a PDF", "not_made": "Not finished"}.get(copy.how, "Printed")
    parts = [f"{how} {moment_words(copy.made_at)}" if copy.made_at else how]
    if copy.made_by is not None and copy.made_by.name:
        parts.append(f"by {copy.made_by.name}")
    words = " ".join(parts)
    if copy.version:
        words += f", version {copy.version}"
    return f"{words}, for {copy.readers}" if copy.readers else words


def state_words(copy: PaperCopy) -> str:
    """What became of a page, who said so and when; "" while it is in use."""
    words = {
        "replaced": "Replaced by a newer copy",
        "destroyed": "Destroyed",
        "lost": "Lost: nobody knows where it is",
    }.get(copy.state, "")
    if copy.how == "not_made":
        words = words or "It did not come out whole. Please destroy what there is of it."
    if not words:
        return ""
    by = f", {copy.state_by.name}" if copy.state_by is not None and copy.state_by.name else ""
    at = f" ({moment_words(copy.state_at)}{by})" if copy.state_at is not None and copy.state else ""
    return f"{words}{at}{'. ' + copy.state_words if copy.state_words else ''}"


def page_words(page: PageOut) -> str:
    """A page to replace in two lines: which it is and where, and what has changed."""
    made = f", made {moment_words(datetime.fromisoformat(page.made_at))}" if page.made_at else ""
    where = page.whereabouts or NOT_SAID
    return f"{page.name}, check code {code_words(page.code)}{made}\n{where}\nChanged since: {page.changed}"
