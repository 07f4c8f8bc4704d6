"""Any plan on any document: long, hostile and many-tongued values; nothing cut, nothing over another, no crash."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.fields import Field, Kind, Value
from eolc_desktop.care_plan.plan import Entry, Plan
from eolc_desktop.documents import wording
from eolc_desktop.documents.kinds import DOCUMENTS
from eolc_desktop.documents.making import make
from eolc_desktop.documents.raster import page_count
from eolc_desktop.documents.translations import ENGLISH
from eolc_desktop.services.print_needs import Chosen
from tests.authors import AT, NURSE
from tests.documents.examples import IN_MANY_SCRIPTS, SENTENCE
from tests.documents.orders import order_for
from tests.documents.reading import Drawn, structure, what_is_drawn
from tests.documents.test_any_text import ink, overlap
from tests.plans import ONE, canary, item

HOSTILE = (
    "x" * 300,
    "[F<br/>&amp;</para>{0}{name}%s\\n",
    "\u202e999 000 0018\u202c",
    "0018 000 999 عندي 3 أولاد Dr Smith 2.5 mg – 5 mg",
    "e" + "\u0301" * 40,
    "\ue000\U0001f600",
    "“Already quoted”",
    "- • – \u00a0\u200b",
    "Line one\nline two\r\nline three",
)
typed = st.one_of(
    st.text(max_size=80),
    st.sampled_from([*IN_MANY_SCRIPTS.values(), *HOSTILE]),
    st.builds(lambda text, times: text * times, st.sampled_from([SENTENCE, *IN_MANY_SCRIPTS.values()]),
              st.integers(2, 25)),
)  # fmt: skip


def values_of(field: Field) -> st.SearchStrategy[Value]:
    """Values that a field can hold, the typed ones as hostile as they come."""
    match field.kind:
        case Kind.TEXT | Kind.LONG_TEXT:
            return typed
        case Kind.PHONE:
            return st.one_of(st.just("0113 496 0199"), typed)
        case Kind.CODED:
            return typed.map(lambda text: {"text": text})
        case Kind.CHOICE:
            return st.sampled_from([*(option.key for option in field.options), "from_the_future"])
        case Kind.CHOICES:
            return st.lists(st.sampled_from([option.key for option in field.options]), max_size=4).map(list)
        case Kind.YES_NO:
            return st.booleans()
        case _:
            return st.just(canary(built_in()["person"], field))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A plan with something in some of its sections, several entries where there may be."""
    catalogue = built_in()
    sections: dict[str, tuple[Entry, ...]] = {}
    for section in draw(st.lists(st.sampled_from(list(catalogue)), min_size=3, max_size=12, unique_by=lambda s: s.key)):
        count = draw(st.integers(1, 3)) if section.repeats else 1
        ids = [fixed.id for fixed in section.fixed_entries]
        ids = ids or [f"{ONE}{n}" if section.repeats else "main" for n in range(count)]
        entries = []
        for entry_id in ids:
            fields = draw(st.lists(st.sampled_from(section.fields), max_size=6, unique_by=lambda f: f.key))
            held = {field.key: item(draw(values_of(field))) for field in fields}
            kept = {key: value for key, value in held.items() if value.value not in ("", [], None)}
            entries.append(Entry(entry_id, section.key, kept))
        sections[section.key] = tuple(entries)
    sections.pop("kept_back", None)
    return Plan("person-1", catalogue, sections, 7, AT, AT, AT, NURSE)


def check(plan: Plan, key: str, chosen: Chosen) -> None:
    """Make a document of a plan and look at where everything was drawn."""
    document = DOCUMENTS[key]
    order, _copy = order_for(plan, key, chosen=chosen)
    with what_is_drawn() as drawn:
        pdf = make(order)
    by_page: dict[int, list[Drawn]] = {}
    for piece in drawn:
        by_page.setdefault(piece.page, []).append(piece)
        if document.sheet.on is None:  # a card is drawn in its own corner of the sheet
            left, foot, right, top = piece.box
            width, height = document.sheet.paper
            assert left >= 12 or piece.words.width == 0
            assert right <= width - 12
            assert foot >= 12
            assert top <= height - 12
    if document.sheet.on is None:
        for on_page in by_page.values():
            inked = [piece for piece in on_page if piece.words.width > 0]
            assert [(a.text(), b.text()) for a, b in combinations(inked, 2) if overlap(a, b)] == []
        assert page_count(pdf) == len(by_page)
    expected = ink("")
    for _section, _entry, field_key, held in order.plan.recorded():
        words = held.value.get("text", "") if isinstance(held.value, dict) else held.value
        if isinstance(words, str) and field_key not in ("family_name", "given_names", "title", "nhs_number"):
            expected = expected | ink("".join(words.split()))
    found = ink("".join(piece.text() for piece in drawn))
    assert not {sign for sign in expected - found if sign.isalpha() and wording.clean(sign) == sign}
    structure(pdf)


slow = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


@slow
@given(plans(), st.sampled_from(sorted(DOCUMENTS)), st.booleans(), st.booleans(), st.integers(0, 5), st.integers(0, 5))
def test_any_plan_is_laid_out_whole(plan: Plan, key: str, contrast: bool, easy: bool, size: int, tongue: int) -> None:
    document = DOCUMENTS[key]
    languages = document.languages or (ENGLISH,)
    points, language = document.sizes[size % len(document.sizes)], languages[tongue % len(languages)]
    check(plan, key, Chosen(points=points, high_contrast=contrast, easy=easy, language=language))


def test_the_check_sees_words_that_are_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = Plan("p", built_in(), {"about_me": (Entry("main", "about_me", {"most_important": item("Zażółć")}),)}, 1, AT)
    check(plan, "family-plan", Chosen())
    monkeypatch.setattr("eolc_desktop.documents.sections.own_words", lambda _spoken: [])
    with pytest.raises(AssertionError):
        check(plan, "family-plan", Chosen())
