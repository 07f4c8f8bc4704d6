"""After a death: what is usually left to do here, where the certificate has got to, and which wishes to look back on.

Everything is read from what the plan records. The program proposes a line of the list; a person puts it there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from eolc_desktop.care_plan import paper_copies
from eolc_desktop.care_plan.fields import absence_of, is_empty
from eolc_desktop.care_plan.plan import Entry, Plan
from eolc_desktop.care_plan.sections.places import A_PLACE
from eolc_desktop.care_plan.value_sets import value_set
from eolc_desktop.care_plan.words import display

CERTIFICATION_WORDS = (
    "Since 9 September 2024, in England and Wales, a medical examiner looks at every death that a coroner does not "
    "investigate. A doctor who attended the person at any time may complete the certificate. The medical examiner’s "
    "office sends it to the registrar and tells the family that they can register the death."
)
"""The Medical Certificate of Cause of Death Regulations 2024; guidance of the Department of Health and Social Care."""
CERTIFICATION_STEPS = ("attending_sent", "examiner_reviewing", "issued", "registered")
"""The way of a death that no coroner investigates, in order."""


@dataclass(frozen=True, slots=True)
class ClosingStep:
    """One thing to do after a death: its key, its words, why it stands here, and its entry once it is on the list.

    `is_usual` says that the plan gives a reason for it; the others can be put on the list all the same.
    """

    key: str
    words: str
    why: str
    is_usual: bool
    entry: Entry | None = None

    @property
    def state(self) -> str:
        """ "to_do", "done", "not_needed", or "" while it is not on the list."""
        return (self.entry.text("state") or "to_do") if self.entry is not None else ""


def closing_steps(plan: Plan) -> tuple[ClosingStep, ...]:
    """Every step in its order; what somebody added in their own words comes at the end."""
    listed: dict[str, Entry] = {}
    for entry in plan.entries("closure"):
        listed.setdefault(entry.text("what") or "other", entry)
    steps = []
    for option in value_set("closure_step"):
        if option.key == "other":
            continue
        why = _WHY[option.key](plan) if option.key in _WHY else "Done for everybody"
        steps.append(ClosingStep(option.key, option.label, why, bool(why), listed.get(option.key)))
    known = {step.entry.id for step in steps if step.entry is not None}
    own = [entry for entry in plan.entries("closure") if entry.id not in known]
    return (*steps, *(ClosingStep("other", _own_words(plan, entry), "Added here", True, entry) for entry in own))


def _own_words(plan: Plan, entry: Entry) -> str:
    said = display(plan.catalogue["closure"]["what"], entry.value("what"))
    return entry.text("words") or said


def _shared_with(plan: Plan, *keys: str) -> bool:
    shared = plan.value("consent", "share_with")
    return isinstance(shared, list) and not set(keys).isdisjoint(shared)


def _equipment(plan: Plan) -> str:
    there = [e for e in plan.entries("equipment") if e.text("state") in ("ordered", "in_place", "to_collect", "")]
    field = plan.catalogue["equipment"]["what"]
    names = [display(field, entry.value("what")) for entry in there if entry.text("what") != "syringe_driver"]
    return f"In the house: {', '.join(names)}" if names else ""


def _driver(plan: Plan) -> str:
    stands = any(
        entry.text("what") == "syringe_driver" and entry.text("state") not in ("collected", "needed")
        for entry in plan.entries("equipment")
    )
    return "Recorded in the house" if plan.value("anticipatory", "syringe_driver") is True or stands else ""


def _medicines(plan: Plan) -> str:
    place = plan.text("anticipatory", "where_kept")
    if plan.text("anticipatory", "state") in ("prescribed", "box_issued") or plan.entries("medicine_stock"):
        return f"Kept: {place}" if place else "Recorded as prescribed or issued"
    return ""


def _hospital(plan: Plan) -> str:
    if plan.entries("admissions") or _shared_with(plan, "hospital"):
        return "A hospital knows this person"
    return ""


def _pharmacy(plan: Plan) -> str:
    name = plan.text("pharmacy", "name")
    return name or ("The plan was shared with it" if _shared_with(plan, "pharmacy") else "")


def _social_care(plan: Plan) -> str:
    if plan.text("fast_track", "stage") in ("agreed", "package_started"):
        return "A care package was arranged"
    return "The plan was shared with them" if _shared_with(plan, "social_care", "care_home") else ""


def _copies(plan: Plan) -> str:
    out = sum(copy.is_out for copy in paper_copies.copies(plan))
    return "" if not out else "1 copy is about" if out == 1 else f"{out} copies are about"


def _key(plan: Plan) -> str:
    holders = [entry.text("name") for entry in plan.entries("contacts") if entry.value("holds_key") is True]
    if plan.value("home_access", "key_safe") is True:
        return "There is a key safe"
    return f"A key is with {', '.join(name for name in holders if name)}" if any(holders) else ""


_WHY: dict[str, Callable[[Plan], str]] = {
    "medicines": _medicines,
    "syringe_driver": _driver,
    "equipment": _equipment,
    "hospital_told": _hospital,
    "pharmacy_told": _pharmacy,
    "social_care_told": _social_care,
    "hospice_told": lambda plan: "The plan was shared with it" if _shared_with(plan, "hospice") else "",
    "copies": _copies,
    "key_safe": _key,
}
"""Steps that not everybody needs, with what in the plan speaks for them: words, or nothing."""


def is_closed(plan: Plan) -> bool:
    """Whether nothing on the list is left to do, and the list says that the record is closed."""
    steps = [step for step in closing_steps(plan) if step.entry is not None]
    return bool(steps) and all(step.state != "to_do" for step in steps) and any(s.key == "record_closed" for s in steps)


# Did it happen?


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish that the plan records: its key, what was wished in words, and what was said of it afterwards."""

    key: str
    name: str
    wished: str
    entry: Entry | None = None

    @property
    def kept(self) -> str:
        """ "yes", "partly", "no", "not_known", or "" while nobody has looked back on it."""
        return self.entry.text("kept") if self.entry is not None else ""


def wishes(plan: Plan) -> tuple[Wish, ...]:
    """The wishes of the plan in the order of the fixed list, and any that was looked back on without being in it."""
    looked: dict[str, Entry] = {}
    for entry in plan.entries("looking_back"):
        looked.setdefault(entry.text("wish") or "other", entry)
    found = []
    for option in value_set("wish"):
        said = _WISHED[option.key](plan) if option.key in _WISHED else ""
        if said or option.key in looked:
            found.append(Wish(option.key, option.label, said, looked.get(option.key)))
    known = {wish.entry.id for wish in found if wish.entry is not None}
    field = plan.catalogue["looking_back"]["wish"]
    for entry in plan.entries("looking_back"):
        if entry.id not in known:
            found.append(Wish("other", display(field, entry.value("wish")), entry.text("wish_words"), entry))
    return tuple(found)


def _said(plan: Plan, section: str, *keys: str) -> str:
    given = [
        plan.words(section, key)
        for key in keys
        if not is_empty(value := plan.value(section, key)) and absence_of(value) is None
    ]
    return "; ".join(given)


def _place_of_death(plan: Plan) -> str:
    return _said(plan, "places", "preferred_death", "preferred_death_name", "preferred_death_words")


def _not_told(plan: Plan) -> str:
    names = [e.text("name") for e in plan.entries("contacts") if e.text("involvement") == "must_not_be_told"]
    return ", ".join(name for name in names if name)


def _treatments(plan: Plan) -> str:
    section = plan.catalogue["escalation"]
    lines = []
    for entry in plan.entries("escalation"):
        words = [display(section[key], entry.value(key)) for key in ("treatment", "action") if entry.text(key)]
        lines.append(": ".join([*words[:1], *(word.lower() for word in words[1:])]))
    return "; ".join(line for line in lines if line)


_WISHED: dict[str, Callable[[Plan], str]] = {
    "place_of_care": lambda plan: _said(plan, "places", "preferred_care", "preferred_care_words"),
    "place_of_death": _place_of_death,
    "cpr": lambda plan: _said(plan, "cpr", "decision") if plan.text("cpr", "decision") != "no_decision" else "",
    "hospital": lambda plan: _said(plan, "conveyance", "to_hospital", "go_for", "avoid_unless"),
    "treatments": _treatments,
    "advance_refusal": lambda plan: (
        _said(plan, "advance_refusal", "treatments") or "Recorded"
        if plan.text("advance_refusal", "exists") == "yes"
        else ""
    ),
    "people_present": lambda plan: _said(plan, "last_days", "who_present"),
    "not_told": _not_told,
    "symptoms": lambda plan: _said(plan, "last_days", "symptoms"),
    "medicines": lambda plan: _said(plan, "anticipatory", "state") if _medicines(plan) else "",
    "spiritual": lambda plan: _said(plan, "about_me", "spiritual") or _said(plan, "last_days", "spiritual"),
    "after_death": lambda plan: _said(plan, "after_death_wishes", "funeral", "faith_timing", "body"),
    "what_mattered": lambda plan: _said(plan, "about_me", "most_important"),
}


def same_place(preferred: str, actual: str, *, both_usual: bool = False) -> bool | None:
    """Whether a kind of place is the one that was preferred; None where no place was preferred or none is recorded.

    `both_usual`: each of the two is recorded as where the person usually lived, whatever kind of place that is.
    """
    if preferred not in A_PLACE or not actual:
        return None
    return both_usual or actual == preferred


def preference_achieved(plan: Plan) -> str:
    """What the two recorded places say to “was it where they wanted to be?”: a proposal, never recorded by itself."""
    preferred, actual = plan.text("places", "preferred_death"), plan.text("death", "place")
    usual = plan.value("places", "is_usual_residence") is True and plan.value("death", "usual_residence") is True
    if not actual:
        return ""
    same = same_place(preferred, actual, both_usual=usual)
    return "no_preference" if same is None else "yes" if same else "no"


# The five priorities (Leadership Alliance for the Care of Dying People, One chance to get it right, 2014)


@dataclass(frozen=True, slots=True)
class Priority:
    """One of the five priorities: its short name, what it asks for, and where in the plan it is recorded.

    `places` are sections with the fields of each that speak to it.
    """

    number: int
    name: str
    asks: str
    places: tuple[tuple[str, tuple[str, ...]], ...]


PRIORITIES = (
    Priority(
        1,
        "Recognise",
        "That the person may die within days or hours is seen, said clearly, and looked at again each day.",
        (("dying", ("recognised_on", "recognised_by", "reversible")),),
    ),
    Priority(
        2,
        "Communicate",
        "There is honest and kind talk with the person and those who matter to them.",
        (("dying", ("person_told", "told_to")), ("last_days", ("communicate",))),
    ),
    Priority(
        3,
        "Involve",
        "The person, and those they named, take part in decisions as far as they want to.",
        (("last_days", ("involve",)),),
    ),
    Priority(
        4,
        "Support",
        "What family and others close to them need is asked, respected, and met as far as can be.",
        (("last_days", ("support", "who_present")), ("carer", ("night_cover",))),
    ),
    Priority(
        5,
        "Plan and do",
        "There is an individual plan: food and drink, comfort, and the person’s own beliefs; agreed, and carried out.",
        (
            (
                "last_days",
                (
                    "food_and_drink",
                    "symptoms",
                    "mouth_care",
                    "skin_and_position",
                    "mind",
                    "spiritual",
                    "observations",
                    "agreed_with",
                    "looked_at_on",
                ),
            ),
            ("anticipatory", ("state",)),
            ("expected_death", ("expected", "call_name")),
        ),
    ),
)
"""Paraphrased: the published sentences are longer."""


def spoken_of(plan: Plan, priority: Priority) -> tuple[tuple[str, str], ...]:
    """What the plan records for a priority: labels and words."""
    return tuple(_recorded(plan, priority, is_missing=False))


def missing_for(plan: Plan, priority: Priority) -> tuple[str, ...]:
    """The labels of what is not recorded for a priority."""
    return tuple(label for label, _words in _recorded(plan, priority, is_missing=True))


def _recorded(plan: Plan, priority: Priority, *, is_missing: bool) -> Iterator[tuple[str, str]]:
    for section, keys in priority.places:
        for key in keys:
            if is_empty(plan.value(section, key)) is is_missing:
                yield plan.catalogue[section][key].label, plan.words(section, key)
