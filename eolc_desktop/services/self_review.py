"""The service looking at itself: the state of each ambition, question and risk, on one page."""

from __future__ import annotations

from dataclasses import dataclass

from eolc_desktop.care_plan.dates import date_words
from eolc_desktop.care_plan.fields import Section
from eolc_desktop.care_plan.our_service.sections import REVIEWED, RISKS, score
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.documents.service_sheets import SheetOrder, review_sheet
from eolc_desktop.documents.style import A4_ACROSS
from eolc_desktop.services import our_service, sheets
from eolc_desktop.services.our_service import Step, over_time, risk_change
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session

NOT_YET = "Not yet"
COLUMNS = ("", "Now", "Before", "Next", "Who, by when")
RISK_COLUMNS = ("Risk", "Score", "Change", "What is done", "Who, looked at again")
LEAD = "Red, amber and green are this service’s own judgement. A risk’s score is impact times likelihood, 1 to 25."


@dataclass(frozen=True, slots=True)
class Review:
    """The tables of the look at itself: title, columns and rows of each; and how many are red, amber and green."""

    parts: tuple[tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]], ...]
    says: str


@needs(Right.READ)
def read(session: Session) -> Review:
    """Read everything that is on the page."""
    plan = our_service.read(session)
    parts = []
    colours: list[str] = []
    for section in REVIEWED:
        steps = over_time(session, section.key, "colour")
        parts.append((section.title, (section.title, *COLUMNS[1:]), tuple(_rows(plan, section, steps))))
        colours += [plan.text(section.key, "colour", one.id) for one in section.fixed_entries]
    parts.append((RISKS.title, RISK_COLUMNS, tuple(_risks(session, plan))))
    counts = [f"{colours.count(key)} {key}" for key in ("red", "amber", "green")]
    says = f"{', '.join(counts)}, {colours.count('')} not looked at yet."
    return Review(tuple(parts), says)


def _rows(plan: Plan, section: Section, steps: tuple[Step, ...]) -> list[tuple[str, ...]]:
    made: list[tuple[str, ...]] = []
    for one in section.fixed_entries:
        key = section.key
        earlier = [step.value for step in steps if step.entry == one.id and step.value]
        before = earlier[-2].capitalize() if len(earlier) > 1 else "–"
        now = plan.text(key, "colour", one.id).capitalize() or NOT_YET
        made.append((one.title, now, before, plan.text(key, "action", one.id), _who(plan, key, one.id, "due")))
    return made


def _who(plan: Plan, section: str, entry: str, date_key: str) -> str:
    on = plan.text(section, date_key, entry)
    parts = (plan.text(section, "owner", entry), date_words(on) if on else "")
    return ", ".join(part for part in parts if part)


def _risks(session: Session, plan: Plan) -> list[tuple[str, ...]]:
    impacts, likelihoods = over_time(session, "risks", "impact"), over_time(session, "risks", "likelihood")
    rows: list[tuple[int, tuple[str, ...]]] = []
    for entry in plan.entries("risks"):
        if entry.text("state") == "closed":
            continue
        made = score(entry.text("impact"), entry.text("likelihood"))
        change = risk_change(impacts, likelihoods, entry.id)
        words = (
            "–" if change is None else "The same" if not change else f"{'Up' if change > 0 else 'Down'} {abs(change)}"
        )
        who = _who(plan, "risks", entry.id, "review_on")
        cells = (entry.text("what"), str(made or "–"), words, entry.text("mitigation"), who)
        rows.append((-(made or 0), cells))
    return [cells for _order, cells in sorted(rows, key=lambda row: row[0])]


@needs(Right.PRINT)
def prepare_sheet(session: Session) -> SheetOrder:
    """The look at itself as a paper: what nobody has looked at yet stands there in words too."""
    review = read(session)
    widths = (4.6, 1.1, 1.1, 5.0, 2.6)
    parts, waiting = [], []
    for title, columns, rows in review.parts:
        looked = [row for row in rows if row[1] != NOT_YET]
        waiting += [row[0] for row in rows if row[1] == NOT_YET]
        parts.append(("", (title, *columns[1:]), looked, widths))
    left = (f"Not looked at yet: {'; '.join(waiting)}.",) if waiting else ()
    blocks = review_sheet("The service looking at itself", (f"{LEAD} {review.says}", *left), parts, ())
    return sheets.prepare(session, "The service looking at itself", "service-review.pdf", blocks, A4_ACROSS)
