"""Registers that run across everybody's plans: concerns, disagreements, carers, children at home, the bereaved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from eolc_desktop.care_plan.dates import date_words, is_partial_date
from eolc_desktop.care_plan.fields import MAIN, Section, Value
from eolc_desktop.care_plan.words import display
from eolc_desktop.documents.service_sheets import SheetOrder, list_sheet
from eolc_desktop.record import across, people
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services import after_death, going_out, sheets
from eolc_desktop.services.kept_on_sheets import KeptOff, kept_off
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session

Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Register:
    """One register: its section, which of its fields are read, what stands in the list, and what still waits.

    `waits` says whether an entry is still to be dealt with; the others are only shown when everything is asked for.
    """

    key: str
    title: str
    intro: str
    section: str
    fields: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Callable[[Section, Values], tuple[str, ...]]
    waits: Callable[[Values], bool]
    waiting_words: str


def _word(values: Values, key: str) -> str:
    value = values.get(key)
    return value if isinstance(value, str) else ""


def _on(values: Values, key: str) -> str:
    day = _word(values, key)
    return date_words(day) if is_partial_date(day) else "No date"


def _said(section: Section, values: Values, key: str) -> str:
    return display(section[key], values[key]) if values.get(key) not in (None, "", []) else ""


def _concern(section: Section, values: Values) -> tuple[str, ...]:
    who = _word(values, "raised_by_name") or _said(section, values, "raised_by")
    return _on(values, "on"), who, _word(values, "what"), _said(section, values, "state") or "Not recorded"


def _disagreement(section: Section, values: Values) -> tuple[str, ...]:
    about = _word(values, "about")
    return (
        _on(values, "on"),
        _said(section, values, "between"),
        about,
        _said(section, values, "state") or "Not recorded",
    )


STRAIN = 7
"""From here on, of 10, the carer's own figure is said to be high. A number the carer gave, no score."""


def _carer(section: Section, values: Values) -> tuple[str, ...]:
    strain = values.get("strain")
    managing = f"{strain} of 10" if isinstance(strain, int) and not isinstance(strain, bool) else "Not asked"
    return (
        managing,
        _said(section, values, "assessment") or "Not recorded",
        _said(section, values, "night_cover") or "Not recorded",
        _word(values, "if_carer_ill") or "No plan recorded",
    )


def _carer_waits(values: Values) -> bool:
    strain = values.get("strain")
    high = isinstance(strain, int) and not isinstance(strain, bool) and strain >= STRAIN
    missing = _word(values, "assessment") in ("", "not_offered", "requested")
    return values.get("has_carer") == "has" and (high or missing or not _word(values, "if_carer_ill"))


def _child(section: Section, values: Values) -> tuple[str, ...]:
    age = values.get("age")
    return (
        _word(values, "name") or "Name not recorded",
        _said(section, values, "who"),
        str(age) if isinstance(age, int) else "Not recorded",
        _word(values, "support") or "Nothing recorded",
    )


REGISTERS = (
    Register(
        "speak_up", "Speaking up", "Anyone can say that a plan is not made or kept as it should be.", "speak_up",
        ("on", "raised_by", "raised_by_name", "what", "state"), ("When", "Who", "What they said", "How it stands"),
        _concern, lambda v: _word(v, "state") != "closed", "not closed",
    ),
    Register(
        "disagreements", "Disagreements", "What people do not agree on, and how it is being handled.",
        "disagreements", ("on", "about", "between", "state"), ("When", "Between", "About", "How it stands"),
        _disagreement, lambda v: _word(v, "state") != "settled", "not settled",
    ),
    Register(
        "carers", "Carers’ needs",
        f"Waiting: {STRAIN} or more of 10 by the carer’s own word, no assessment offered, or no plan if they fall ill.",
        "carer", ("has_carer", "strain", "assessment", "night_cover", "if_carer_ill"),
        ("Managing", "Assessment", "At night", "If the carer falls ill"), _carer, _carer_waits, "to be looked at",
    ),
    Register(
        "children", "Children and others at home", "Children and young carers at home, and their support.",
        "household", ("name", "who", "age", "support"), ("Name", "Who", "Age", "Support"), _child,
        lambda v: not _word(v, "support"), "without support recorded",
    ),
)  # fmt: skip
BEREAVED = "bereaved"
BEREAVED_TITLE = "Bereavement follow-up"
BEREAVED_INTRO = (
    "Those who are grieving and have not been reached yet, the earliest day first; and deaths with nobody named."
)
BEREAVED_COLUMNS = ("Who", "Telephone", "Follow-up", "How it stands")
TITLES = (*((one.key, one.title) for one in REGISTERS), (BEREAVED, BEREAVED_TITLE))


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One line: whose plan, where it stands ("section/entry"), and its cells."""

    row: PersonRow
    place: str
    cells: tuple[str, ...]
    waits: bool


@dataclass(frozen=True, slots=True)
class RegisterRead:
    """A register as it stands: what is shown, how many wait, and how many there are."""

    key: str
    title: str
    intro: str
    columns: tuple[str, ...]
    lines: tuple[RegisterLine, ...]
    says: str


@needs(Right.READ)
def read(session: Session, key: str, *, everything: bool = False) -> RegisterRead:
    """Read a register across everybody; without `everything` only what still waits, and only of the living."""
    register = next((one for one in REGISTERS if one.key == key), None)
    if register is None:
        return _bereaved(session)
    section = session.catalogue[register.section]
    found: list[tuple[str, str, tuple[str, ...], bool]] = []
    with session.store.reading() as connection:
        for person_id, entries in across.entries(
            connection, {register.section: register.fields}, living=not everything
        ):
            found += [
                (person_id, one.entry, register.cells(section, one.values), register.waits(one.values))
                for one in entries
                if register.section != "carer" or one.values.get("has_carer") == "has"
            ]
        shown = [one for one in found if everything or one[3]]
        rows = {row.id: row for row in people.rows_of(connection, sorted({one[0] for one in shown}))}
    lines = tuple(
        RegisterLine(rows[person_id], f"{register.section}/{entry}", cells, waits)
        for person_id, entry, cells, waits in shown
    )
    waiting = sum(waits for *_rest, waits in found)
    says = f"{waiting:,} {register.waiting_words}, of {len(found):,} recorded."
    return RegisterRead(key, register.title, register.intro, register.columns, lines, says)


def _bereaved(session: Session) -> RegisterRead:
    listed = after_death.bereavement_list(session)
    lines = [
        RegisterLine(
            one.row,
            f"bereavement/{one.entry}",
            (
                one.name,
                one.phone or "Not recorded",
                ", ".join(part for part in (date_words(one.due) if one.due else "No day", one.follow_up_by) if part),
                one.state_words,
            ),
            waits=True,
        )
        for one in listed.waiting
    ]
    lines += [
        RegisterLine(
            row, f"death/{MAIN}", ("Nobody is named yet", "", "", f"Died {date_words(row.died_on)}"), waits=True
        )
        for row in listed.nobody_named
    ]
    overdue = sum(one.days_over(listed.as_of) > 0 for one in listed.waiting)
    says = (
        f"{len(listed.waiting):,} waiting, {overdue:,} of them overdue; {len(listed.nobody_named):,} deaths with "
        f"nobody named; {listed.over:,} reached or closed."
    )
    return RegisterRead(BEREAVED, BEREAVED_TITLE, BEREAVED_INTRO, BEREAVED_COLUMNS, tuple(lines), says)


@needs(Right.PRINT)
def prepare_sheet(session: Session, found: RegisterRead, names: Mapping[str, str]) -> SheetOrder:
    """A register as a paper. `names` are the words for each person, by id.

    A line that is kept back is left out whole, without a name: that it is there at all would tell. The sheet says so.
    """
    ids = sorted({line.row.id for line in found.lines})
    going_out.refuse_list(session, ids)
    with session.store.reading() as connection:
        off = kept_off(connection, session.catalogue, ids)
        links = {
            (who, f"{one.section}/{one.entry}"): one.values
            for who, entries in across.entries(connection, {"bereavement": ("contact",)}, person_ids=ids)
            for one in entries
        }
    left = [
        line
        for line in found.lines
        if line.row.id not in off or not _stays(off[line.row.id], line.place, links.get((line.row.id, line.place), {}))
    ]
    rows = [(names.get(line.row.id, ""), *line.cells) for line in left]
    widths = (2.6, *(2.0 for _ in found.columns))
    lead = [found.intro, found.says]
    if len(left) < len(found.lines):
        lead.append(LEFT_OUT)
    blocks = list_sheet(found.title, lead, ("Whose plan", *found.columns), rows, widths)
    return sheets.prepare(session, found.title, f"{found.key}.pdf", blocks)


LEFT_OUT = (
    "Some lines are left out at the wish of those they are about, or to keep somebody safe. They are counted above, "
    "and stand in the program."
)
_IN_A_LINE = {one.section: one.fields for one in REGISTERS} | {
    "bereavement": ("contact", "name", "phone", "follow_up_by", "follow_up_on", "state"),
    "death": ("died_on",),
}


def _stays(off: KeptOff, place: str, values: Values) -> bool:
    section, _, entry = place.partition("/")
    return off.stays(section, _IN_A_LINE[section]) or off.hides(section, entry, values)
