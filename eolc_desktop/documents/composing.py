"""Blocks made into what flows down a page, each with its place in the structure of the document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from eolc_desktop.documents import bidi, blocks
from eolc_desktop.documents.bars import bars
from eolc_desktop.documents.blocks import Block, Text
from eolc_desktop.documents.fill_in import ChoiceMark, Place, Room
from eolc_desktop.documents.flowables import (
    Border,
    Column,
    Columns,
    Dot,
    Flow,
    Framed,
    NewPage,
    Space,
    Stack,
    TextFlow,
    TickMark,
)
from eolc_desktop.documents.one_page import first_page, write_lines
from eolc_desktop.documents.picture import picture
from eolc_desktop.documents.style import PrintStyle
from eolc_desktop.documents.tables import Grid, Repeats, Row, TableFlow, cells, column_widths
from eolc_desktop.documents.tags import Node
from eolc_desktop.documents.text import Typesetter, plain
from eolc_desktop.documents.wording import clean

_LONGEST_NAME = 60
"""What "continued" repeats of a title or label: enough to know it again. The whole of it stood before."""
_QUOTES = frozenset('“"‘«„「')


def _one_line(text: Text) -> str:
    return " ".join(clean(plain(text)).split())


def _number(entry: blocks.CallEntry) -> blocks.Span:
    return blocks.Span(entry.number, keep=True)


class Composer:
    """Turns the blocks of one document into flows, in one style."""

    def __init__(self, typesetter: Typesetter, style: PrintStyle) -> None:
        self.typesetter, self.style = typesetter, style
        self.base = style.base_points
        self.places: list[Place] = []
        """Where the fields of a form lie, once it is drawn."""

    def flows(self, story: Sequence[Block], width: float, parent: Node) -> list[Flow]:
        """Return the flows of a story set to `width` points, its elements added under `parent`."""
        return [flow for block in story for flow in self._flows(block, width, parent)]

    def _flows(self, block: Block, width: float, parent: Node) -> list[Flow]:
        match block:
            case blocks.Heading():
                return [self._heading(block, width, parent)]
            case blocks.Paragraph():
                return [self._paragraph(block, width, parent)]
            case blocks.OwnWords():
                return [self._own_words(block, width, parent)]
            case blocks.OwnWordsGroup():
                return [self._own_words_group(block, width, parent)]
            case blocks.WriteLines():
                return [write_lines(self, block, width, parent)]
            case blocks.FirstPage():
                return [first_page(self, block, width, parent)]
            case blocks.Facts():
                listed = parent.add("L")
                made = self._inline_fact if block.inline else self._fact
                return self._listed([made(fact, width, listed) for fact in block.rows])
            case blocks.BulletList():
                listed = parent.add("L")
                numbers = range(1, len(block.items) + 1) if block.numbered else [0] * len(block.items)
                pairs = zip(block.items, numbers, strict=True)
                return self._listed([self._bullet(item, width, listed, number) for item, number in pairs])
            case blocks.Picture():
                return [picture(self, block, width, parent)]
            case blocks.BarsBlock():
                return [bars(self, block, width, parent)] if block.bars else []
            case blocks.TickList():
                listed = parent.add("L")
                return self._listed(self._ticks(block, width, listed))
            case blocks.TableBlock():
                return self._table(block, width, parent)
            case blocks.CallFirst():
                return [self._call_first(block, width, parent)]
            case blocks.NoteBox():
                return [self._note_box(block, width, parent)]
            case blocks.KeepTogether():
                body = self.flows(block.body, width, parent)
                return [Stack(body, keep=True, before=body[0].before, after=body[-1].after)] if body else []
            case blocks.AnswerSpace():
                return [self._room(block, width)]
            case blocks.AnswerChoices():
                listed = parent.add("L")
                return self._listed([self._choice(block, option, width, listed) for option in block.options])
            case blocks.Gap():
                return [Space(block.points)]
            case blocks.PageBreak():
                return [NewPage()]

    def _listed(self, flows: list[Flow]) -> list[Flow]:
        if flows:
            flows[-1].after = self.base * 0.7 * self.style.airy
        return flows

    def text(
        self,
        text: Text,
        width: float,
        node: Node | None,
        *,
        size: float = 0.0,
        bold: bool = False,
        language: str = "",
        before: float = 0.0,
        after: float = 0.0,
        keep_next: bool = False,
        cell: bool = False,
    ) -> TextFlow:
        """Return set text; right-to-left words are also kept in reading order for those who hear the page.

        `cell`: beside a label or in a table, where one line of right-to-left words (a name) starts where the others do.
        """
        if node is not None:
            node.language = language if language != self.style.language else ""
            words = clean(plain(text))
            if bidi.has_right_to_left(words):
                node.actual = words
        words_set = self.typesetter.set(text, size or self.base, width, bold=bold, language=language)
        if cell and len(words_set.lines) == 1:
            words_set = replace(words_set, lines=(replace(words_set.lines[0], right_to_left=False),))
        return TextFlow(words_set, width, node, before=before, after=after, keep_next=keep_next)

    def _measure(self, width: float) -> float:
        return min(width, self.style.longest_line)

    def _heading(self, block: blocks.Heading, width: float, parent: Node) -> Flow:
        level = min(max(block.level, 1), 3)
        flow = self.text(
            block.text,
            width,
            parent.add(f"H{level}"),
            size=self.style.heading(level),
            bold=True,
            before=self.base * (0.0 if level == 1 else 1.2 if level == 2 else 0.9) * min(1.0, self.style.airy),
            after=self.base * (0.6 if level == 1 else 0.35) * min(1.0, self.style.airy),
            keep_next=True,
        )
        flow.bookmark = (_one_line(block.text), level)
        return flow

    def _paragraph(self, block: blocks.Paragraph, width: float, parent: Node) -> Flow:
        size = self.style.small if block.small else self.base
        return self.text(
            block.text,
            self._measure(width),
            parent.add("P"),
            size=size,
            language=block.language,
            after=self.base * 0.6 * self.style.airy,
        )

    def _continues(self, width: float) -> Flow:
        said, gap = self.style.words.continues, self.base * 0.25
        return self.text(said, width, None, size=self.style.small, bold=True, before=gap)

    def _continued(self, width: float, name: Text = "") -> Flow:
        words = self.style.words
        short = _one_line(name)
        if len(short) > _LONGEST_NAME:
            short = short[:_LONGEST_NAME].rpartition(" ")[0] or short[:_LONGEST_NAME]
            short += "…"
        said = words.continued_named.format(name=short) if short else words.continued
        return self.text(said, width, None, size=self.style.small, bold=True, after=self.base * 0.25, keep_next=True)

    def _notes(self, width: float, name: Text = "") -> tuple[Callable[[], Flow], Callable[[], Flow]]:
        return (lambda: self._continues(width)), (lambda: self._continued(width, name))

    def _own_words(self, block: blocks.OwnWords, width: float, parent: Node) -> Flow:
        rows = (blocks.Said("", block.words, language=block.language),)
        return self._own_words_group(blocks.OwnWordsGroup(rows, block.who_when), width, parent)

    def _own_words_group(self, block: blocks.OwnWordsGroup, width: float, parent: Node) -> Flow:
        border = Border(thickness=self.style.thick + 1, padding=self.base * 0.6, bar_only=True)
        inside = self._measure(width) - border.inset
        flows: list[Flow] = []
        quote = parent
        for row in block.rows:
            if plain(row.label):
                flows.append(self.text(row.label, inside, parent.add("P"), bold=True, keep_next=True))
            quote = parent.add("BlockQuote")
            words = row.words.strip()
            words = words if words[:1] in _QUOTES else f"“{words}”"
            said = self.text(words, inside, quote.add("P"), size=self.style.own_words, language=row.language)
            said.after = self.base * (0.45 if len(block.rows) > 1 else 0.2)
            flows.append(said)
        if block.who_when and flows:
            flows[-1].keep_next = True
            flows.append(self.text(block.who_when, inside, quote.add("P"), size=self.style.small))
        gap = self.base * 0.7
        return Framed(flows, width, border, self._notes(inside), before=gap * 0.5, after=gap)

    def _value(self, fact: blocks.Fact, width: float, body: Node) -> Flow:
        value: list[Flow] = [self.text(fact.value, width, body.add("P"), language=fact.language, cell=True)]
        if plain(fact.note):
            value.append(self.text(fact.note, width, body.add("P"), size=self.style.small, cell=True))
        return Stack(value)

    def _fact(self, fact: blocks.Fact, width: float, listed: Node) -> Flow:
        item = listed.add("LI")
        gap = self.base * 0.45 * self.style.airy
        beside = self._measure(width) * 0.32
        foot = self._continues(width)
        if (
            self.base < 20
            and not self.style.easy
            and self.typesetter.longest_word(fact.label, self.base, bold=True) <= beside
        ):
            label = self.text(fact.label, beside, item.add("Lbl"), bold=True, cell=True)
            at = beside + self.base * 0.8
            value = self._value(fact, self._measure(width) - at, item.add("LBody"))
            columns = [Column(0, label, lambda: self._continued(beside, fact.label)), Column(at, value)]
            return Columns(columns, after=gap, foot=foot)
        label = self.text(fact.label, width, item.add("Lbl"), bold=True, keep_next=True, cell=True)
        value = self._value(fact, self._measure(width), item.add("LBody"))
        return Framed([label, value], width, Border(0, 0, bar_only=True), self._notes(width, fact.label), after=gap)

    def _inline_fact(self, fact: blocks.Fact, width: float, listed: Node) -> Flow:
        body = listed.add("LI").add("LBody").add("P")
        note: tuple[str | blocks.Span, ...] = (f" ({plain(fact.note)})",) if plain(fact.note) else ()
        value = (fact.value,) if isinstance(fact.value, str | blocks.Span) else fact.value
        label = (blocks.Span(f"{plain(fact.label)}: ", bold=True),) if plain(fact.label) else ()
        return self.text((*label, *value, *note), self._measure(width), body, after=self.base * 0.2 * self.style.airy)

    def _bullet(self, text: Text, width: float, listed: Node, number: int = 0) -> Flow:
        at = self.base * (1.8 if number else 1.1)
        item = listed.add("LI")
        label = self.text(f"{number}.", at, item.add("Lbl"), cell=True) if number else None
        words = self.text(text, self._measure(width) - at, item.add("LBody").add("P"))
        mark = label or Dot(self.base * 0.16, words.words.leading)
        return Columns([Column(self.base * 0.25, mark), Column(at, words)], after=self.base * 0.3 * self.style.airy)

    def _ticks(self, block: blocks.TickList, width: float, listed: Node) -> list[Flow]:
        wide = width / block.across
        flows = [self._tick(item, wide, listed) for item in block.items]
        if block.across == 1:
            return flows
        rows = (flows[n : n + block.across] for n in range(0, len(flows), block.across))
        gap = self.base * 0.3 * self.style.airy
        return [Columns([Column(wide * at, flow) for at, flow in enumerate(row)], after=gap) for row in rows]

    def _tick(self, tick: blocks.Tick, width: float, listed: Node) -> Flow:
        item = listed.add("LI")
        said = self.style.words
        alt = {True: said.ticked, False: said.not_ticked, None: said.to_tick}[tick.ticked]
        figure = item.add("Lbl").add("Figure", alt=alt)
        body = item.add("LBody")
        at = self.base * 1.9
        words = self.text(tick.text, self._measure(width) - at, body.add("P"))
        flows: list[Flow] = [words]
        if plain(tick.note):
            flows.append(self.text(tick.note, self._measure(width) - at, body.add("P"), size=self.style.small))
        mark = TickMark(self.base * 1.05, words.words.leading, bool(tick.ticked), figure)
        return Columns([Column(0, mark), Column(at, Stack(flows))], after=self.base * 0.5)

    def _room(self, block: blocks.AnswerSpace, width: float) -> Flow:
        points = block.lines * self.base * 1.6
        return Room(width, points, self.style.rule, block.name, block.spoken, self.places, after=self.base * 0.8)

    def _choice(self, block: blocks.AnswerChoices, option: tuple[str, str], width: float, listed: Node) -> Flow:
        at = self.base * 1.9
        words = self.text(option[1], self._measure(width) - at, listed.add("LI").add("LBody").add("P"))
        line = words.words.leading
        mark = ChoiceMark(self.base * 1.05, line, block.name, block.spoken, *option, self.places)
        return Columns([Column(0, mark), Column(at, words)], after=self.base * 0.4)

    def _note_box(self, block: blocks.NoteBox, width: float, parent: Node) -> Flow:
        section = parent.add("Sect")
        border = Border(
            self.style.thick if block.thick else self.style.frame, self.base * 0.7 * min(1.0, self.style.airy)
        )
        inside = width - 2 * border.inset
        flows: list[Flow] = []
        if plain(block.title):
            title = self.text(block.title, inside, section.add("P"), bold=True, after=self.base * 0.25, keep_next=True)
            flows.append(title)
        flows += self.flows(block.body, inside, section)
        gap = self.base * 0.8 * self.style.airy
        return Framed(flows, width, border, self._notes(inside, block.title), before=gap * 0.5, after=gap)

    def _call_first(self, block: blocks.CallFirst, width: float, parent: Node) -> Flow:
        section = parent.add("Sect")
        border = Border(self.style.thick, self.base * 0.8)
        inside = width - 2 * border.inset
        title = self.text(block.title, inside, section.add("H2"), size=self.style.heading(2), bold=True, keep_next=True)
        title.after = self.base * 0.3
        title.bookmark = (_one_line(block.title), 2)
        listed = section.add("L")
        at = self._numbers_at(block.entries, inside)
        calls = (self._call(entry, inside, at, listed.add("LI").add("LBody")) for entry in block.entries)
        flows: list[Flow] = [title, *calls]
        gap = self.base
        return Framed(flows, width, border, self._notes(inside, block.title), keep=True, before=gap * 0.5, after=gap)

    def _numbers_at(self, entries: Sequence[blocks.CallEntry], width: float) -> float:
        """Return where the numbers stand beside the names, or 0 when they have to stand under them."""
        longest = self.typesetter.longest_word
        # A hair more than the number is wide: it must not be cut because two sums were rounded differently.
        wide = 0.5 + max((longest(_number(entry), self.style.number, bold=True) for entry in entries), default=0.0)
        names = max((longest(entry.who, self.base, bold=True) for entry in entries), default=0.0)
        at = width - max(wide, width * 0.36)
        return at if at - self.base >= max(width * 0.42, names) else 0.0

    def _call(self, entry: blocks.CallEntry, width: float, at: float, body: Node) -> Flow:
        if at:
            who = self._who(entry, at - self.base, body)
            large = self.text(_number(entry), width - at, body.add("P"), size=self.style.number, bold=True)
            return Columns([Column(0, who), Column(at, large)], after=self.base * 0.6, keep=True)
        flows = [
            self._who(entry, width, body),
            self.text(_number(entry), width, body.add("P"), size=self.style.number, bold=True),
        ]
        return Stack(flows, keep=True, after=self.base * 0.6)

    def _who(self, entry: blocks.CallEntry, width: float, body: Node) -> Flow:
        flows: list[Flow] = [self.text(entry.who, width, body.add("P"), bold=True, cell=True)]
        for text in (entry.when, entry.note):
            if plain(text):
                flows.append(self.text(text, width, body.add("P"), size=self.style.small))
        return Stack(flows)

    def _table(self, block: blocks.TableBlock, width: float, parent: Node) -> list[Flow]:
        padding = self.base * 0.35
        shares = block.widths or tuple(1.0 for _ in block.head)
        needed = [0.0] * len(block.head)
        for number, texts in enumerate((block.head, *block.rows)):
            for n, text in enumerate(texts):
                bold = number == 0 or (n == 0 and block.row_heads)
                word = self.typesetter.longest_word(text, self.base, bold=bold)
                needed[n] = max(needed[n], min(word, width) + 2 * padding)
        widths = column_widths(shares, needed, width)
        if widths is None:
            return self._cards(block, width, parent)
        edges = tuple(sum(widths[:n]) for n in range(len(widths)))
        grid = Grid(edges, width, padding, self.style.rule, self.style.frame)
        table = parent.add("Table")

        def row(texts: Sequence[Text], node: Node | None, *, head: bool = False) -> Row:
            flows: list[Flow] = []
            for n, (text, wide) in enumerate(zip(texts, widths, strict=True)):
                names_row = n == 0 and block.row_heads
                cell = None
                if node is not None:
                    cell = node.add("TH", scope="Column" if head else "Row") if head or names_row else node.add("TD")
                words = cell.add("P") if cell else None
                flows.append(self.text(text, wide - 2 * padding, words, bold=head or names_row, cell=True))
            return Row(cells(flows, grid), grid, head=head)

        def again() -> list[Flow]:
            return [self._continued(width, block.title), row(block.head, None, head=True)]

        title: list[Flow] = []
        if plain(block.title):
            title = [self.text(block.title, width, table.add("Caption"), bold=True, keep_next=True)]
            title[0].before = self.base * 0.3
        head = [row(block.head, table.add("TR"), head=True)]
        rows = [row(texts, table.add("TR")) for texts in block.rows]
        repeats = Repeats(again, lambda: self._continues(width))
        return [*title, TableFlow(head, rows, repeats, grid, after=self.base * 0.9)]

    def _cards(self, block: blocks.TableBlock, width: float, parent: Node) -> list[Flow]:
        """Return a table too narrow for its words as one group of labelled lines a row, so that no word is cut."""
        flows: list[Flow] = []
        if plain(block.title):
            title = self.text(block.title, width, parent.add("P"), bold=True, after=self.base * 0.3, keep_next=True)
            flows.append(title)
        for texts in block.rows:
            rows = tuple(blocks.Fact(label, value) for label, value in zip(block.head, texts, strict=True))
            group = self.flows([blocks.Facts(rows)], width, parent)
            flows.append(Stack(group, keep=True, after=self.base * 0.9))
        return flows
