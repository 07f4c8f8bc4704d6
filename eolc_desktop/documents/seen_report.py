"""The list, for the person, of who has seen their record on a laptop and what they did with it."""

from __future__ import annotations

from dataclasses import dataclass

from eolc_desktop.documents.blocks import Block, BulletList, Heading, Paragraph, Span


@dataclass(frozen=True, slots=True)
class SeenRow:
    """One line: when (in words), who, what they did, and the reason they gave, if they had to."""

    when: str
    who: str
    what: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class SeenReport:
    """The whole list, the latest first. `people` is how many different people are in it.

    `doubt` says that the record is not as it was written, where it is not.
    """

    name: str
    as_of: str
    rows: tuple[SeenRow, ...]
    people: int
    doubt: str = ""

    @property
    def summary(self) -> str:
        """How many people, in words."""
        return "1 person is on this list." if self.people == 1 else f"{self.people} people are on this list."


def seen_report(report: SeenReport) -> list[Block]:
    """The list on paper."""
    rows = tuple(
        (Span(f"{row.when}: ", bold=True), f"{row.who}. {row.what}{f' – reason given: {row.why}' if row.why else ''}.")
        for row in report.rows
    )
    return [
        Heading("Who has seen my record", 1),
        *([Paragraph(Span(report.doubt, bold=True))] if report.doubt else []),
        Paragraph(Span(report.name, bold=True)),
        Paragraph(f"As of {report.as_of}, on one laptop of your care team. {report.summary}"),
        Paragraph(
            "It holds every time somebody looked at your plan, wrote in it, printed or saved it, or shared it, on this "
            "laptop. Other laptops, the shared record and paper keep their own lists. If you do not know why somebody "
            "is on it, ask your care team, or their Caldicott Guardian."
        ),
        BulletList(rows) if rows else Paragraph("Nobody yet."),
    ]
