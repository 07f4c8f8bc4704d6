"""Head and foot of every page: whose plan, which copy, how to check it, and "page n of m"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from eolc_desktop.documents.blocks import Block, NoteBox, Paragraph, Span, Text
from eolc_desktop.documents.composing import Composer
from eolc_desktop.documents.flowables import TextFlow, stacked_height
from eolc_desktop.documents.pen import Pen
from eolc_desktop.documents.square_code import draw_square, square_code, square_side
from eolc_desktop.documents.style import Sheet
from eolc_desktop.documents.text import plain
from eolc_desktop.documents.wording import unbroken

_LEAST_ROOM = 0.45
"""Share of the sheet that stays for the document itself, however long a name or a warning is."""
_LEAST_ROOM_ON_A_CARD = 0.25
_LINE_LIMITS = (4, 2, 1)
_ROOM_FOR_SQUARE = 180.0
"""Width between the margins, in points, below which a card has no room for the square code: its letters are there."""
_MOST_WARNINGS = 3
_FIRST_WORDS = re.compile(" – |[:.;\n]")


@dataclass(frozen=True, slots=True)
class PageIdentity:
    """What every page says: whose plan, which copy, printed when and by whom, and how to check it.

    Every part is ready to be read: `person_line` "PATIENT, Test (Mrs)", `born` "5 April 1941", `nhs_number`
    "999 000 0018" or "not recorded", `plan_version` "7", `printed` "12 November 2026 at 2:32pm", `printed_by` a name
    and organisation, `to_check_call` a telephone number. A part that is "" leaves its line out. `warnings` ("DRAFT –
    not agreed yet") stand in a frame at the head of every page and along its edge.
    """

    person_line: str
    born: str = ""
    nhs_number: str = ""
    plan_version: str = ""
    printed: str = ""
    printed_by: str = ""
    check_code: str = ""
    to_check_call: str = ""
    warnings: tuple[str, ...] = ()


class Furniture:
    """What stands on every page, set once. `body_top` and `room` say where the document itself goes, in points.

    A name or warning too long for the head of every page is cut short there with "in full on page 1", where
    `in_full` says it whole.
    """

    def __init__(self, composer: Composer, title: str, identity: PageIdentity | None, sheet: Sheet) -> None:
        self._composer, self._style, self._sheet = composer, composer.style, sheet
        self._title, self._identity = title, identity
        self._size = self._style.furniture
        self._gap = round(self._size * 0.45, 1)
        self._pad = self._size * 0.4
        self.in_full: list[Block] = []
        for limit in _LINE_LIMITS:
            self._set(limit)
            if self.room >= (_LEAST_ROOM_ON_A_CARD if self._style.card else _LEAST_ROOM) * sheet.height:
                break
        if self._cut:
            body = tuple(Paragraph(text, language=self._style.language) for text in self._cut)
            self.in_full = [NoteBox(self._style.words.in_full_title, body)]

    def _set(self, limit: int) -> None:
        sheet, size, base = self._sheet, self._size, self._style.base_points
        self._cut: list[Text] = []
        # Where room is short the document's own heading says what it is.
        self._head = [] if self._style.card or self._style.dense else [self._line(self._title, size, limit, bold=True)]
        if self._identity:
            self._head += self._who(self._identity, limit)
        self._band = self._warnings(limit)
        code = self._identity.check_code if self._identity else ""
        self._square = square_code(code) if sheet.measure >= _ROOM_FOR_SQUARE else ()
        square = square_side(self._square) if self._square else 0.0
        self._foot_measure = sheet.measure - (square + self._gap if square else 0.0)
        self._foot = [self._line(text, size, limit, width=self._foot_measure) for text in self._copy()]
        self._code = self._line(self._check_code(), size, limit, width=self._foot_measure)
        longest = self._style.words.goes_on.format(page=888, pages=888)
        number = self._line(longest, size, limit, bold=True, width=self._foot_measure)
        self._beside = self._code.words.width + number.words.width + size <= self._foot_measure
        last = max(self._code.height, number.height) if self._beside else self._code.height + number.height
        head = stacked_height(self._head) + self._gap * 2
        band = stacked_height(self._band) + 2 * (self._pad + self._style.thick) + self._gap if self._band else 0.0
        foot = max(stacked_height(self._foot) + last, square) + self._gap
        self._foot_top = sheet.foot + foot
        self.body_top = sheet.height - sheet.top - head - band - base * 0.4
        self.room = self.body_top - self._foot_top - base * 0.5

    def _line(self, text: Text, size: float, limit: int, *, bold: bool = False, width: float = 0.0) -> TextFlow:
        """Return a text in at most `limit` lines; if that cuts it, it is noted to stand in full on page 1."""
        width = width or self._sheet.measure

        def flow(words: Text) -> TextFlow:
            return self._composer.text(words, width, None, size=size, bold=bold, language=self._style.language)

        whole = flow(text)
        if len(whole.words.lines) <= limit:
            return whole
        self._cut.append(text)
        words, tail = plain(text), " " + self._style.words.in_full
        low, high = 0, len(words)
        while low < high:
            middle = (low + high + 1) // 2
            if len(flow(words[:middle].rstrip() + tail).words.lines) <= limit:
                low = middle
            else:
                high = middle - 1
        return flow(words[:low].rstrip() + tail)

    def _who(self, identity: PageIdentity, limit: int) -> list[TextFlow]:
        """Return the identity line. However long the name, date of birth and NHS number stand on every page."""
        if not identity.person_line:
            return []
        parts: list[tuple[str | Span, ...]] = [(Span(identity.person_line, bold=True),)]
        words = self._style.words
        born = (words.born, "{date}", identity.born)
        for form, mark, value in (born, (words.nhs_number, "{number}", identity.nhs_number)):
            if value:
                before, _, after = form.partition(mark)
                parts.append((unbroken(before), Span(value, bold=True, keep=len(value) <= 24), after))
        whole = self._joined(parts)
        if len(whole.words.lines) <= limit:
            return [whole]
        name = self._line(identity.person_line, self._size, limit, bold=True)
        return [name, *(self._line(part, self._size, limit) for part in parts[1:])]

    def _joined(self, parts: list[tuple[str | Span, ...]]) -> TextFlow:
        """Return parts joined by dashes, each on a new line if it does not fit on the one before."""
        measure, language = self._sheet.measure, self._style.language
        text, lines = parts[0], 0
        for part in (*parts[1:], ()):
            flow = self._composer.text(text, measure, None, size=self._size, language=language)
            lines = len(flow.words.lines)
            if part:
                beside = self._composer.text((*text, " – ", *part), measure, None, size=self._size, language=language)
                text = (*text, " – " if len(beside.words.lines) == lines else "\n", *part)
        return flow

    def _copy(self) -> list[Text]:
        if self._identity is None:
            return []
        words, identity = self._style.words, self._identity
        lines: list[Text] = []
        if identity.to_check_call:
            before, _, after = words.to_check.partition("{number}")
            keep = len(identity.to_check_call) <= 24
            lines.append((words.not_newest, " ", before, Span(identity.to_check_call, bold=True, keep=keep), after))
        else:
            lines.append(words.not_newest)
        copy = [words.version.format(version=identity.plan_version)] if identity.plan_version else []
        if identity.printed:
            form = words.printed if identity.printed_by else words.printed_when
            copy.append(form.format(when=identity.printed, whom=identity.printed_by))
        if copy:
            lines.append(" – ".join(copy))
        if words.translation:
            lines.append(words.translation)
        return lines

    def _check_code(self) -> Text:
        code = self._identity.check_code if self._identity else ""
        before, _, after = self._style.words.check_code.partition("{code}")
        return (before, Span(code, bold=True, keep=len(code) <= 24), after) if code else ""

    def _warnings(self, limit: int) -> list[TextFlow]:
        said = self._identity.warnings if self._identity else ()
        inside = self._sheet.measure - 2 * (self._pad + self._style.thick)
        most = len(said) if limit > 1 else _MOST_WARNINGS
        base = self._style.base_points
        flows = [self._line(text, base, limit, bold=True, width=inside) for text in said[:most]]
        if said[most:]:
            self._cut.extend(said[most:])
            flows.append(self._line(self._style.words.in_full, base, limit, bold=True, width=inside))
        return flows

    def draw_head(self, pen: Pen) -> None:
        """Draw the head of a page, and its warnings in a frame and along the edge of the sheet."""
        sheet, thick = self._sheet, self._style.thick
        top = sheet.height - sheet.top
        with pen.marked(None, "Header"):
            _draw_lines(self._head, pen, sheet.side, top)
            top -= stacked_height(self._head) + self._gap
            pen.rule(sheet.side, top, sheet.measure, self._style.frame)
            top -= self._gap
            if self._band:
                height = stacked_height(self._band) + 2 * (self._pad + thick)
                pen.frame(sheet.side, top - height, sheet.measure, height, thick)
                inset = self._pad + thick
                _draw_lines(self._band, pen, sheet.side + inset, top - inset)
                self._draw_edge(pen)

    def _draw_edge(self, pen: Pen) -> None:
        """Draw the first words of the warnings up the left edge, where they hide nothing: "DRAFT", again and again."""
        said = self._identity.warnings[:_MOST_WARNINGS] if self._identity else ()
        short = " – ".join(_FIRST_WORDS.split(warning)[0] for warning in said)
        size = self._style.base_points
        words = self._composer.text(short, 10_000, None, size=size, bold=True, language=self._style.language).words
        length = self.body_top - self._foot_top
        if words.width > length or self._sheet.side < 1.6 * size:
            return
        times = max(1, int(length / (words.width + 3 * size)))
        step = length / times
        with pen.turned(self._sheet.side * 0.5 + size * 0.35, self._foot_top):
            for n in range(times):
                pen.text(words, n * step, words.baseline, words.width)

    def draw_foot(self, pen: Pen, number: int, count: int) -> None:
        """Draw the foot of page `number` of `count`."""
        sheet, words = self._sheet, self._style.words
        form = words.goes_on if number < count else words.page
        said = form.format(page=number, pages=count)
        page = self._composer.text(said, sheet.measure, None, size=self._size, bold=True)
        with pen.marked(None, "Footer"):
            top = self._foot_top
            pen.rule(sheet.side, top, sheet.measure, self._style.rule)
            top -= self._gap
            if self._square:
                draw_square(pen, self._square, sheet.side + sheet.measure, top)
            _draw_lines(self._foot, pen, sheet.side, top)
            top -= stacked_height(self._foot)
            pen.text(self._code.words, sheet.side, top, self._foot_measure)
            if not self._beside:
                top -= self._code.height
            pen.text(page.words, sheet.side + self._foot_measure - page.words.width, top, page.words.width)


def _draw_lines(flows: list[TextFlow], pen: Pen, x: float, top: float) -> None:
    """Draw set text inside a part that is already marked as furniture."""
    for flow in flows:
        pen.text(flow.words, x, top, flow.width)
        top -= flow.height
