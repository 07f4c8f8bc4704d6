"""The register of paper copies: what was printed or saved, who has it, where it is kept, what became of it (D-14.2)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, Part, Section
from eolc_desktop.care_plan.item_classes import MAY_BE_UNKNOWN, automatic, fact
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 90

# Not in a coherence group: two people who each learn something of a page both add to what is known of it.
PAPER_COPIES = Section(
    key="paper_copies",
    title="Paper copies",
    part=Part.PEOPLE,
    intro="Every page that was printed or saved, with whom it is, so that it can be replaced when the plan changes.",
    repeats=True,
    entry_name="paper copy",
    entry_title=("name", "code"),
    fields=(
        automatic(key="name", label="What it is", standard="D-14.2", max_length=120),
        automatic(key="document", label="Kind of document", standard="D-14.2", max_length=60),
        automatic(key="code", label="Check code", standard="D-14.2", max_length=20),
        automatic(key="how", label="Made by", standard="D-14.2", kind=Kind.CHOICE, options=value_set("paper_copy_how")),
        automatic(key="made_at", label="Made at", standard="D-14.2", kind=Kind.DATE_TIME),
        automatic(
            key="version", label="Version of the plan", standard="D-14.2", kind=Kind.NUMBER, minimum=0, maximum=10**9
        ),
        automatic(key="readers", label="Made for", standard="D-14.2", max_length=1000),
        automatic(
            key="says",
            label="Fingerprints of what it says",
            standard="D-14.2",
            kind=Kind.LONG_TEXT,
            help="By these the program sees whether something on the page has changed since.",
        ),
        automatic(key="form", label="Number of the form to fill in", standard="D-14.2", max_length=64),
        fact(key="given_to", label="Given to", standard="D-14.2", kind=Kind.LINK, links_to="contacts"),
        fact(
            key="given_to_words",
            label="Given to, in words",
            standard="D-14.2",
            max_length=200,
            help="For the person themself, a team, or somebody who is not among the contacts.",
        ),
        fact(
            key="kept_where",
            label="Kept where",
            standard="D-14.2",
            need=Need.RECOMMENDED,
            max_length=300,
            may_be=MAY_BE_UNKNOWN,
            help="For example: in the yellow folder by the front door.",
        ),
        fact(
            key="state",
            label="What became of it",
            standard="D-14.2",
            kind=Kind.CHOICE,
            options=value_set("paper_copy_state"),
        ),
        fact(key="state_words", label="In words", standard="D-14.2", max_length=300),
    ),
)

SECTIONS = (PAPER_COPIES,)
