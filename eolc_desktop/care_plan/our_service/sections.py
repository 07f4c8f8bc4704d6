"""Services near here, the service's look at itself, its risks, and the areas it serves.

The six ambitions and eight foundations are those of the national framework for local action (Ambitions for Palliative
and End of Life Care); the seven questions are the system-level ones of this project's client. Names only.
"""

from __future__ import annotations

from functools import lru_cache

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.fields import FixedEntry, Kind, Need, Part, Section, When
from eolc_desktop.care_plan.item_classes import fact
from eolc_desktop.care_plan.value_sets import value_set

OWN = "Local"
LONG = Kind.LONG_TEXT
TO_DO = When("action_state", ("done",), negate=True)

SERVICES = Section(
    key="services",
    title="Services near here",
    part=Part.OWN_FORMS,
    intro="What there is near here, for whom, and how to reach it. Kept by your organisation.",
    repeats=True,
    entry_name="service",
    entry_title=("name",),
    fields=(
        fact(key="name", label="Name", standard=OWN, need=Need.RECOMMENDED, max_length=150),
        fact(key="kind", label="Kind", standard=OWN, kind=Kind.CHOICE, options=value_set("service_kind")),
        fact(key="what", label="What it offers", standard=OWN, kind=LONG, need=Need.RECOMMENDED, max_length=1000),
        fact(key="for_whom", label="For whom", standard=OWN, max_length=300),
        fact(key="area", label="Area", standard=OWN, max_length=300, help="Towns, postcodes or practices."),
        fact(key="hours", label="Hours", standard=OWN, max_length=300),
        fact(key="phone", label="Telephone", standard=OWN, kind=Kind.PHONE, need=Need.RECOMMENDED),
        fact(key="phone_night", label="Telephone at night and weekends", standard=OWN, kind=Kind.PHONE),
        fact(key="refer", label="How to refer", standard=OWN, kind=LONG, max_length=1000),
        fact(key="website", label="Website", standard=OWN, max_length=300),
        fact(key="checked_on", label="Last checked on", standard=OWN, kind=Kind.DATE),
        fact(key="checked_by", label="Checked by", standard=OWN, max_length=150),
    ),
)

AREAS = Section(
    key="areas",
    title="Areas and deprivation",
    part=Part.OWN_FORMS,
    intro="How postcodes begin, and which fifth of deprivation they are in. Figures by deprivation are made from this.",
    repeats=True,
    entry_name="area",
    entry_title=("begins", "fifth"),
    fields=(
        fact(key="begins", label="Postcode begins with", standard=OWN, max_length=8, help="LS21, or LS21 3."),
        fact(
            key="fifth",
            label="Fifth of deprivation",
            standard=OWN,
            kind=Kind.CHOICE,
            options=value_set("deprivation_fifth"),
        ),
    ),
)

_PROGRESS = (
    fact(key="where", label="Where we are", standard=OWN, kind=LONG, max_length=2000),
    fact(
        key="colour", label="Red, amber or green", standard=OWN, kind=Kind.CHOICE, options=value_set("progress_colour")
    ),
    fact(key="action", label="What we do next", standard=OWN, kind=LONG, max_length=1000),
    fact(key="owner", label="Who leads on it", standard=OWN, max_length=150),
    fact(key="due", label="By when", standard=OWN, kind=Kind.DATE),
    fact(key="action_state", label="How far it is", standard=OWN, kind=Kind.CHOICE, options=value_set("action_state")),
    fact(key="looked_on", label="Looked at on", standard=OWN, kind=Kind.DATE),
)

AMBITIONS = Section(
    key="ambitions",
    title="Six ambitions",
    part=Part.OWN_FORMS,
    intro="How far the service has come with each ambition.",
    fixed_entries=(
        FixedEntry("a1", "Each person is seen as an individual"),
        FixedEntry("a2", "Each person gets fair access to care"),
        FixedEntry("a3", "Maximising comfort and wellbeing"),
        FixedEntry("a4", "Care is coordinated"),
        FixedEntry("a5", "All staff are prepared to care"),
        FixedEntry("a6", "Each community is prepared to help"),
    ),
    fields=_PROGRESS,
)

FOUNDATIONS = Section(
    key="foundations",
    title="Eight foundations",
    part=Part.OWN_FORMS,
    intro="What the ambitions rest on.",
    fixed_entries=(
        FixedEntry("f1", "Personalised care planning"),
        FixedEntry("f2", "Shared records"),
        FixedEntry("f3", "Evidence and information"),
        FixedEntry("f4", "Involving, supporting and caring for those important to the dying person"),
        FixedEntry("f5", "Education and training"),
        FixedEntry("f6", "24/7 access"),
        FixedEntry("f7", "Co-design"),
        FixedEntry("f8", "Leadership"),
    ),
    fields=_PROGRESS,
)

SYSTEM_QUESTIONS = Section(
    key="system_questions",
    title="Seven questions for the system",
    part=Part.OWN_FORMS,
    intro="The compact asked of the service as a whole, by those who lead it.",
    fixed_entries=(
        FixedEntry("s1", "Aims", "What are we trying to achieve, for whom?"),
        FixedEntry("s2", "Theory of change", "Why do we believe that what we do leads there?"),
        FixedEntry("s3", "Measures", "How will we know that it is better?"),
        FixedEntry("s4", "Culture", "How do we work with people, and with each other?"),
        FixedEntry("s5", "Segmentation", "Whom do we serve, and how do their needs and wishes differ?"),
        FixedEntry("s6", "Systems for each segment", "What does each group need the system to be?"),
        FixedEntry("s7", "Actionable, connected, extensible", "Can what we build be acted on, joined up, and grown?"),
    ),
    fields=_PROGRESS,
)

RISKS = Section(
    key="risks",
    title="Risks",
    part=Part.OWN_FORMS,
    intro="What could go wrong for the service, how much it would matter, and what is done about it.",
    repeats=True,
    entry_name="risk",
    entry_title=("what",),
    fields=(
        fact(key="what", label="What could happen", standard=OWN, need=Need.RECOMMENDED, max_length=300),
        fact(key="impact", label="Impact", standard=OWN, kind=Kind.CHOICE, options=value_set("five_steps")),
        fact(key="likelihood", label="Likelihood", standard=OWN, kind=Kind.CHOICE, options=value_set("five_steps")),
        fact(key="mitigation", label="What is done about it", standard=OWN, kind=LONG, max_length=1000),
        fact(key="owner", label="Who leads on it", standard=OWN, max_length=150),
        fact(key="review_on", label="Looked at again on", standard=OWN, kind=Kind.DATE),
        fact(key="state", label="How it stands", standard=OWN, kind=Kind.CHOICE, options=value_set("risk_state")),
    ),
)

REVIEWED = (AMBITIONS, FOUNDATIONS, SYSTEM_QUESTIONS)


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """Every section of what the organisation keeps of itself."""
    return Catalogue((SERVICES, AMBITIONS, FOUNDATIONS, SYSTEM_QUESTIONS, RISKS, AREAS))


def score(impact: str, likelihood: str) -> int | None:
    """Impact times likelihood; None where one of them is not recorded."""
    return int(impact) * int(likelihood) if impact.isdigit() and likelihood.isdigit() else None
