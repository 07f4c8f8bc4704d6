"""How a person's copy is printed, by what is recorded of their needs (Accessible Information Standard, DCB1605)."""

from __future__ import annotations

from dataclasses import dataclass

from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.documents.kinds import LARGE_SIZES, STANDARD_SIZE, Document
from eolc_desktop.documents.style import PrintStyle
from eolc_desktop.documents.translations import ENGLISH, WELSH, fixed_words, words_in

_WELSH = frozenset({"welsh", "cymraeg", "cy", "cym", "wel"})


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody chose at the preview. None means: as the person's recorded needs say."""

    points: int | None = None
    high_contrast: bool | None = None
    easy: bool | None = None
    language: str | None = None
    going_to: str = ""


@dataclass(frozen=True, slots=True)
class Needs:
    """The print that a person's needs ask for, and in words why it is not the usual one ("" where it is)."""

    points: int
    high_contrast: bool
    easy: bool
    language: str
    reason: str


def needs_of(plan: Plan, document: Document) -> Needs:
    """The print that a person's needs ask for, as far as this document can follow them."""
    listed = plan.value("communication_needs", "needs")
    wanted = set(listed) if isinstance(listed, list) else set()
    wanted.add(plan.text("communication_needs", "format"))
    reasons: list[str] = []
    points = document.sizes[0]
    if not document.fixed_size:
        points, why = _size(plan, wanted, points)
        reasons += [why] if why else []
    contrast, easy = "coloured_paper" in wanted, "easy_read" in wanted and not document.fixed_size
    if contrast:
        reasons.append("everything in bold black: high contrast")
    if easy:
        points = max(points, LARGE_SIZES[0])
        reasons.append("easy-to-read layout")
    language = _language(plan, document)
    if language != ENGLISH:
        reasons.append(f"in {words_in(language).called}")
    reason = f"set because {plan.called} needs this: {', '.join(reasons)}" if reasons else ""
    return Needs(points, contrast, easy, language, reason)


def _size(plan: Plan, wanted: set[str], usual: int) -> tuple[int, str]:
    asked = plan.value("communication_needs", "print_size")
    if isinstance(asked, int) and asked > STANDARD_SIZE:
        return next((s for s in LARGE_SIZES if s >= asked), LARGE_SIZES[-1]), f"print of {asked} points"
    if "large_print" in wanted:
        return LARGE_SIZES[0], "large print"
    return usual, ""


def _language(plan: Plan, document: Document) -> str:
    read_in = plan.value("communication_needs", "translated_into")
    words = str(read_in.get("text", "")) if isinstance(read_in, dict) else ""
    named = {part.strip().casefold() for part in words.replace("(", " ").replace(")", " ").split()}
    return WELSH if named & _WELSH and WELSH in document.languages else ENGLISH


def style_for(document: Document, needs: Needs, chosen: Chosen) -> PrintStyle:
    """The style of a document: what was chosen, else what the person needs."""
    language = chosen.language if chosen.language in document.languages else needs.language
    return PrintStyle(
        base_points=chosen.points or needs.points,
        high_contrast=needs.high_contrast if chosen.high_contrast is None else chosen.high_contrast,
        easy=needs.easy if chosen.easy is None else chosen.easy,
        language=language or ENGLISH,
        words=fixed_words(words_in(language or ENGLISH)),
        card=document.sheet.on is not None,
        dense=document.dense,
    )
