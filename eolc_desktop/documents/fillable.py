"""The family plan as a form to fill in: what is asked, what stands now, and the fields in the PDF (ISO 32000-1, 12.7).

A field is named "section/entry/field". The form carries a random number of its own and nothing about the person but
what its pages show. A form that comes back is read by `fillable_reading`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from eolc_desktop.care_plan.dates import day_words, today
from eolc_desktop.care_plan.fields import MAIN, Audience, Field, Kind, is_empty
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.care_plan.words import display
from eolc_desktop.documents.blocks import (
    AnswerChoices,
    AnswerSpace,
    Block,
    Heading,
    KeepTogether,
    NoteBox,
    Paragraph,
)
from eolc_desktop.documents.fill_in import Place
from eolc_desktop.documents.page import PageIdentity, PrintStyle, build

TITLE = "My plan, to fill in"
FORM_FIELD = "eolc_form"
FORM_KIND = "eolc-form-1"
"""What the hidden field begins with: the kind of form, then the check code and the form's own random number."""
NEW = "new"
"""The entry of an answer that begins a new entry of its section."""
NOT_ASKED = "not_asked"
"""The option that is the nurse's alone."""
LONGEST_ANSWER = 4000
"""Letters of one answer."""

_ABOUT_ME = ("most_important", "strength", "good_day", "please_do", "please_dont", "spiritual")
_COMPACT = ("q1", "q2", "q3", "q4", "q5", "q6", "q7")
_QUESTION = ("next_steps", NEW, "what")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the form. `options` are empty where words are wanted; `stands` is what is recorded now."""

    section: str
    entry: str
    field: str
    heading: str
    question: str
    options: tuple[tuple[str, str], ...] = ()
    stands: str = ""

    @property
    def name(self) -> str:
        """The name of its field in the PDF."""
        return f"{self.section}/{self.entry}/{self.field}"


@dataclass(frozen=True, slots=True)
class FormOrder:
    """All that a form is made from. It crosses to the worker process and holds only what may be printed."""

    asked: tuple[Asked, ...]
    called: str
    identity: PageIdentity
    style: PrintStyle
    form: str


def questions_of(plan: Plan) -> tuple[Asked, ...]:
    """What the form asks, with what the reduced plan (`copies`) says of each now."""
    return tuple(_questions(plan))


def _questions(plan: Plan) -> Iterator[Asked]:
    for key in _ABOUT_ME:
        if (field := plan.catalogue.field("about_me", key)) is not None:
            yield _asked(plan, "about_me", MAIN, field, "About me")
    six = plan.catalogue["commitments"]
    for fixed in six.fixed_entries:
        for key in ("verdict", "verdict_words"):
            yield _asked(plan, six.key, fixed.id, six[key], fixed.title)
    occasions = plan.entries("compact")
    for key in _COMPACT:
        for one in (key, f"{key}_words"):
            if (field := plan.catalogue.field("compact", one)) is not None:
                latest = occasions[-1].id if occasions else NEW
                asked = _asked(plan, "compact", latest, field, "My agreement with my care team")
                yield Asked(asked.section, NEW, asked.field, asked.heading, asked.question, asked.options, asked.stands)
    section, entry, key = _QUESTION
    yield Asked(section, entry, key, "What next", "What would you like to ask us, or to talk about next time?")


def _asked(plan: Plan, section: str, entry: str, field: Field, heading: str) -> Asked:
    options = tuple((o.key, o.words(Audience.FAMILY)) for o in field.options if not o.retired and o.key != NOT_ASKED)
    item = plan.item(section, field.key, entry)
    stands = ""
    if item is not None and not is_empty(item.value):
        words = display(field, item.value, Audience.FAMILY, plan.links)
        stands = f"{words} ({day_words(today(item.recorded_at), Audience.FAMILY)})"
    is_choice = field.kind is Kind.CHOICE
    return Asked(section, entry, field.key, heading, field.name(Audience.FAMILY), options if is_choice else (), stands)


def form_blocks(order: FormOrder) -> list[Block]:
    """The form as its blocks."""
    blocks: list[Block] = [
        Heading(TITLE, 1),
        Paragraph(
            f"This is for {order.called}, and for whoever helps to write. Fill in what you like and leave out what you "
            "like. Nothing has to be answered, and there are no wrong answers."
        ),
        NoteBox(
            "What happens with it",
            (
                Paragraph(
                    "Give it back to your nurse, as the file or on paper. We read every answer together with you "
                    "before it becomes part of the plan. Until then your plan stays as it is."
                ),
            ),
        ),
    ]
    heading = ""
    for asked in order.asked:
        if asked.heading != heading:
            heading = asked.heading
            blocks.append(Heading(heading))
        body: list[Block] = [Heading(asked.question, 3)]
        if asked.stands:
            body.append(Paragraph(f"In the plan now: {asked.stands}", small=True))
        said = f"{asked.heading}. {asked.question}"
        if asked.options:
            body.append(AnswerChoices(asked.name, said, asked.options))
        else:
            body.append(AnswerSpace(asked.name, said))
        blocks.append(KeepTogether(tuple(body)))
    return blocks


def make_form(order: FormOrder) -> bytes:
    """Make a form in memory. Equal orders give equal bytes."""
    places: list[Place] = []
    pdf = build(TITLE, order.identity, order.style, form_blocks(order), places=places)
    return _with_fields(pdf, places, f"{FORM_KIND} {order.identity.check_code} {order.form}", order.style)


def _with_fields(pdf: bytes, places: Sequence[Place], form: str, style: PrintStyle) -> bytes:
    import pikepdf  # noqa: PLC0415

    name, dictionary = pikepdf.Name, pikepdf.Dictionary
    with pikepdf.open(io.BytesIO(pdf)) as document:
        helvetica = document.make_indirect(
            dictionary(Type=name.Font, Subtype=name.Type1, BaseFont=name.Helvetica, Encoding=name.WinAnsiEncoding)
        )
        fields = [_hidden(document, form)]
        radios: dict[str, Any] = {}
        for place in places:
            if place.option:
                fields += _radio(document, place, radios)
            else:
                fields.append(_text(document, place, style.base_points))
        document.Root.AcroForm = dictionary(
            Fields=pikepdf.Array(fields),
            # What is typed in any script is drawn by the reader that it is typed in, with that reader's own fonts.
            NeedAppearances=True,
            DR=dictionary(Font=dictionary(Helv=helvetica)),
            DA=pikepdf.String("/Helv 0 Tf 0 g"),
        )
        for page in document.pages:
            page.obj.Tabs = name.S
        out = io.BytesIO()
        document.save(out, compress_streams=True, deterministic_id=True)
    return out.getvalue()


def _widget(document: Any, place: Place, **more: Any) -> Any:
    import pikepdf  # noqa: PLC0415

    page = document.pages[place.page]
    widget = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            Rect=pikepdf.Array([round(side, 2) for side in place.box]),
            P=page.obj,
            F=4,  # printed with the page
            **more,
        )
    )
    if "/Annots" not in page.obj:
        page.obj.Annots = pikepdf.Array()
    page.obj.Annots.append(widget)
    return widget


def _text(document: Any, place: Place, points: float) -> Any:
    import pikepdf  # noqa: PLC0415

    return _widget(
        document,
        place,
        FT=pikepdf.Name.Tx,
        T=pikepdf.String(place.name),
        TU=pikepdf.String(place.spoken),
        Ff=1 << 12,  # several lines
        MaxLen=LONGEST_ANSWER,
        DA=pikepdf.String(f"/Helv {points:g} Tf 0 g"),
    )


def _radio(document: Any, place: Place, radios: dict[str, Any]) -> list[Any]:
    import pikepdf  # noqa: PLC0415

    made = []
    parent = radios.get(place.name)
    if parent is None:
        parent = radios[place.name] = document.make_indirect(
            pikepdf.Dictionary(
                FT=pikepdf.Name.Btn,
                T=pikepdf.String(place.name),
                TU=pikepdf.String(place.spoken),
                Ff=1 << 15,  # one of several; pressing it again takes it away
                V=pikepdf.Name.Off,
                Kids=pikepdf.Array(),
            )
        )
        made.append(parent)
    left, foot, right, top = place.box
    size = min(right - left, top - foot)
    on = f"/{place.option}"
    shown = pikepdf.Dictionary({on: _mark(document, size, ticked=True), "/Off": _mark(document, size, ticked=False)})
    widget = _widget(
        document,
        place,
        Parent=parent,
        TU=pikepdf.String(f"{place.spoken} {place.words}"),
        AS=pikepdf.Name.Off,
        AP=pikepdf.Dictionary(N=shown),
        MK=pikepdf.Dictionary(CA=pikepdf.String("l")),
    )
    parent.Kids.append(widget)
    return made


def _mark(document: Any, size: float, *, ticked: bool) -> Any:
    """Draw what stands in a choice: a square, and in it a filled one where it is chosen."""
    import pikepdf  # noqa: PLC0415

    edge, inner = size * 0.06, size * 0.25
    drawn = f"{edge * 2:.2f} w {edge:.2f} {edge:.2f} {size - 2 * edge:.2f} {size - 2 * edge:.2f} re S"
    if ticked:
        drawn += f" {inner:.2f} {inner:.2f} {size - 2 * inner:.2f} {size - 2 * inner:.2f} re f"
    stream = pikepdf.Stream(document, drawn.encode())
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    stream.BBox = pikepdf.Array([0, 0, round(size, 2), round(size, 2)])
    return document.make_indirect(stream)


def _hidden(document: Any, form: str) -> Any:
    import pikepdf  # noqa: PLC0415

    place = Place(0, (0.0, 0.0, 0.0, 0.0), FORM_FIELD, "Number of this form", "", "")
    widget = _widget(
        document,
        place,
        FT=pikepdf.Name.Tx,
        T=pikepdf.String(FORM_FIELD),
        TU=pikepdf.String("Number of this form"),
        V=pikepdf.String(form),
        Ff=1,  # read only
        DA=pikepdf.String("/Helv 0 Tf 0 g"),
    )
    widget.F = 2  # hidden
    return widget
