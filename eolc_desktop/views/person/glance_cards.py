"""What the plan says at a glance: a few cards of words, each made from what is recorded and from nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from eolc_desktop.care_plan import fast_track_clock
from eolc_desktop.care_plan.dates import date_words, is_partial_date
from eolc_desktop.care_plan.fields import Value, absence_of, is_empty
from eolc_desktop.care_plan.plan import Entry, Plan
from eolc_desktop.care_plan.words import display
from eolc_desktop.views.forms.envelope_words import envelope_words, when_words
from eolc_desktop.views.forms.statement import quoted
from eolc_desktop.views.person.banner_words import has_died

MOST_LINES = 4
"""A card names so many entries and then says how many more there are: a list that is a part says so."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a card: what it is about, the words, and whether they are the person's own and stand out."""

    words: str
    label: str = ""
    own_words: bool = False

    @property
    def whole(self) -> str:
        """The label and the words on one line."""
        return f"{self.label}: {self.words}" if self.label else self.words


@dataclass(frozen=True, slots=True)
class Card:
    """One card: its title leads to the section it comes from."""

    title: str
    lines: tuple[Line, ...]
    section: str
    foot: str = ""
    is_wide: bool = False
    at_first: int = MOST_LINES + 1
    """How many lines are shown before more are asked for."""


def cards(plan: Plan) -> tuple[Card, ...]:
    """The cards in reading order. After a death they tell what was, and nothing that is still to come.

    A card of what two people recorded differently says so itself: it can only show one of the two versions.
    """
    in_conflict = {one.section for conflict in plan.conflicts for one in conflict.aside}
    return tuple(_with_conflict(card) if card.section in in_conflict else card for card in _all_cards(plan))


def _with_conflict(card: Card) -> Card:
    line = Line("two versions are recorded. Read both.", "CONFLICT")
    return replace(card, lines=(line, *card.lines), at_first=card.at_first + 1)


def _all_cards(plan: Plan) -> tuple[Card, ...]:
    if has_died(plan):
        return (_death(plan), _what_matters(plan), _places(plan), _people(plan), _promises(plan), _this_plan(plan))
    return (
        _what_matters(plan),
        _places(plan),
        _call_first(plan),
        _if_worse(plan),
        _people(plan),
        _next(plan),
        *_fast_track(plan),
        _promises(plan),
        _this_plan(plan),
    )


def _words(plan: Plan, section: str, field: str, entry: Entry | None = None) -> str:
    """A value in words, "" where nothing is recorded."""
    value = entry.value(field) if entry is not None else plan.value(section, field)
    return "" if is_empty(value) else display(plan.catalogue[section][field], value, links=plan.links)


def _joined(*parts: str, by: str = ", ") -> str:
    return by.join(part for part in parts if part)


def _phone(text: str) -> str:
    """A telephone number that stays on one line, and in order within a text that runs from right to left."""
    return text.replace(" ", "\u00a0")


def _first(lines: Sequence[Line], nothing: str) -> tuple[Line, ...]:
    if not lines:
        return (Line(nothing),)
    kept = list(lines[:MOST_LINES])
    more = len(lines) - len(kept)
    if more:
        kept.append(Line(f"and {more} more"))
    return tuple(kept)


def _what_matters(plan: Plan) -> Card:
    section = plan.catalogue["about_me"]
    lines = []
    for key, label in (
        ("most_important", ""),
        ("please_do", "Please do"),
        ("please_dont", "Please don’t"),
        ("fears", "Wants to avoid"),
    ):
        value = plan.value("about_me", key)
        if not is_empty(value):
            said = absence_of(value) is None
            label = label or ("" if said else section[key].label)
            lines.append(Line(quoted(section[key], value), label, said and not label))
    item = plan.item("about_me", "most_important")
    foot = envelope_words(item) if item and not is_empty(item.value) else ""
    nothing = "Not asked yet what matters most"
    verb = "mattered" if has_died(plan) else "matters"
    return Card(f"What {verb} to {plan.called or 'them'}", _first(lines, nothing), "about_me", foot)


def _places(plan: Plan) -> Card:
    lines = []
    for key, name, label in (
        ("preferred_care", "preferred_care_words", "To be cared for"),
        ("preferred_death", "preferred_death_name", "To die"),
        ("second_choice", "second_choice_name", "If that is not possible"),
    ):
        words = _joined(_words(plan, "places", key), _words(plan, "places", name))
        if words or key != "second_choice":
            lines.append(Line(words or "Not asked yet", label))
    change = plan.value("places", "what_would_change_it")
    if not is_empty(change):
        field = plan.catalogue["places"]["what_would_change_it"]
        lines.append(Line(quoted(field, change), "What would change it"))
    item = plan.item("places", "preferred_death") or plan.item("places", "preferred_care")
    title = "Where they wanted to be" if has_died(plan) else "Where they want to be"
    return Card(title, tuple(lines), "places", envelope_words(item) if item else "")


def _death(plan: Plan) -> Card:
    lines = [
        Line(words, label)
        for label, words in (
            ("Died", _joined(_words(plan, "death", "died_on"), _words(plan, "death", "died_time"), by=" at ")),
            ("Where", _joined(_words(plan, "death", "place"), _words(plan, "death", "place_name"))),
            ("Where they wanted to be", _words(plan, "death", "preferred_achieved")),
        )
        if words
    ]
    item = plan.item("death", "died_on")
    return Card("The death", tuple(lines), "death", envelope_words(item) if item else "")


def _call_first(plan: Plan) -> Card:
    lines = []
    for entry in plan.entries("who_to_call"):
        first = _joined(entry.text("first_call_name"), _phone(entry.text("first_call_phone")), by=" ")
        then = _joined(entry.text("if_no_answer_name"), _phone(entry.text("if_no_answer_phone")), by=" ")
        words = _joined(first or "nobody named yet", f"then {then}" if then else "")
        when = _words(plan, "who_to_call", "when", entry)
        situation = entry.text("situation") or "Situation not named"
        lines.append(Line(words, f"{situation} ({when})" if when else situation))
    worker = _joined(
        _words(plan, "key_people", "key_worker_name"), _words(plan, "key_people", "key_worker_phone"), by=" "
    )
    if worker:
        lines.append(Line(worker, "Key worker"))
    return Card("Who to call first", _first(lines, "Nobody is recorded to be called yet"), "who_to_call")


def _if_worse(plan: Plan) -> Card:
    lines = []
    for key in ("to_hospital", "go_for", "avoid_unless"):
        if words := _words(plan, "conveyance", key):
            lines.append(Line(words, plan.catalogue["conveyance"][key].label))
    for entry in plan.entries("escalation"):
        treatment = _words(plan, "escalation", "treatment", entry)
        action = _words(plan, "escalation", "action", entry)
        situation = _words(plan, "escalation", "situation", entry)
        lines.append(Line(_joined(treatment, action, by=": "), situation))
    return Card("If they get worse", _first(lines, "Nothing recorded yet"), "escalation")


def _people(plan: Plan) -> Card:
    lines = []
    for entry in plan.entries("contacts"):
        label = _joined(entry.text("name") or "Name not recorded", entry.text("relationship"))
        phone = _phone(entry.text("phone")) or "no telephone recorded"
        involvement = _words(plan, "contacts", "involvement", entry)
        lines.append(Line(_joined(phone, involvement, by=" · "), label))
    return Card("People who matter", _first(lines, "Nobody is recorded yet"), "contacts")


def _next(plan: Plan) -> Card:
    lines = []
    contacts = [
        entry for entry in plan.entries("next_contacts") if entry.value("state") in (None, "agreed", "proposed")
    ]
    for entry in sorted(contacts, key=lambda entry: entry.text("on") or "9999"):
        when = _joined(_date(entry.value("on")), entry.text("window"))
        how = _words(plan, "next_contacts", "how", entry)
        proposed = "proposed, not agreed yet" if entry.value("state") == "proposed" else ""
        lines.append(Line(_joined(when or "no date yet", entry.text("with_whom"), how, proposed), "Next contact"))
    steps = [entry for entry in plan.entries("next_steps") if entry.value("state") in (None, "to_do", "under_way")]
    for entry in sorted(steps, key=lambda entry: entry.text("by_when") or "9999"):
        by = _date(entry.value("by_when"))
        lines.append(Line(_joined(entry.text("what"), entry.text("who"), f"by {by}" if by else "")))
    return Card("What happens next", _first(lines, "No next step or contact is recorded"), "next_steps")


def _fast_track(plan: Plan) -> tuple[Card, ...]:
    """The 48-hour clock while a form is under way; nothing otherwise."""
    entry = plan.entry("fast_track")
    clock = fast_track_clock.clock_of(entry.values if entry is not None else {}, plan.as_of)
    if not clock.is_running:
        return ()
    lines = tuple(Line(words) for words in (fast_track_clock.headline(clock), *fast_track_clock.lines(clock)))
    return (Card("Continuing healthcare (Fast Track)", lines, "fast_track"),)


def _promises(plan: Plan) -> Card:
    section = plan.catalogue["commitments"]
    lines = []
    for fixed in section.fixed_entries:
        entry = plan.entry("commitments", fixed.id)
        state = _words(plan, "commitments", "state", entry) if entry else ""
        lines.append(Line(state or "Not recorded", fixed.title))
    return Card("Our six commitments", tuple(lines), "commitments")


def _this_plan(plan: Plan) -> Card:
    lines = []
    status = _words(plan, "plan_control", "status")
    lines.append(Line(_joined(f"Version {plan.version}", status[:1].lower() + status[1:]), "Plan"))
    review = plan.value("plan_control", "review_date")
    by = _words(plan, "plan_control", "review_responsible")
    if isinstance(review, str) and is_partial_date(review):
        passed = len(review) == 10 and review < plan.today.isoformat()
        day = f"was planned for {date_words(review)}" if passed else f"planned for {date_words(review)}"
        lines.append(Line(_joined(day, by), "Review"))
    else:
        lines.append(Line(_joined("no date set", by), "Review"))
    agreed = _words(plan, "plan_control", "agreed")
    lines.append(Line(agreed or "Not asked yet", "Agreed"))
    share = _words(plan, "consent", "to_share")
    lines.append(Line(share or "Not recorded", "Consent to share"))
    foot = ""
    if plan.last_change_at and plan.last_change_by:
        foot = f"Last changed {when_words(plan.last_change_at)}, {plan.last_change_by.name}."
    return Card("This plan", tuple(lines), "plan_control", foot)


def _date(value: Value) -> str:
    return date_words(value) if isinstance(value, str) and is_partial_date(value) else ""
