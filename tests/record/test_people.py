"""Finding people: accents, hyphens and apostrophes forgiven, nothing typed taken for syntax, look-alikes named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.plan import Edit
from eolc_desktop.models.store import Store
from eolc_desktop.record import journal, people
from eolc_desktop.record.folding import fold, search_words, sound_of, words_of
from eolc_desktop.record.journal import Pen

CASELOAD = {
    "margaret": ("Smith", "Margaret Rose", "Peggy", "1941-04-05", "9990000018", "LS21 1AB"),
    "sian": ("O'Brien-Davies", "Siân", "", "1950-01-31", "9990000026", "CF10 1AA"),
    "lukasz": ("Żółć", "Łukasz", "", "1948-07-02", "9990000034", "BD1 1AA"),
    "khan": ("Khan", "Ahmed", "احمد", "1938-01-11", "9990000042", "BD2 2BB"),
    "mei": ("陈", "美玲", "Mei", "1944-11-30", "", ""),
}


@pytest.fixture
def caseload(store: Store, pen: Pen) -> Store:
    keys = ("family_name", "given_names", "preferred_name", "birth_date", "nhs_number", "postcode")
    with store.writing() as connection:
        journal.append_new_people(
            connection,
            pen,
            [
                (
                    person_id,
                    [Edit("person", MAIN, key, value) for key, value in zip(keys, values, strict=True) if value],
                )
                for person_id, values in CASELOAD.items()
            ],
        )
    return store


def found(store: Store, typed: str) -> list[str]:
    with store.reading() as connection:
        return [row.id for row in people.listed(connection, typed).rows]


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("smi", "margaret"),
        ("SMITH marg", "margaret"),
        ("peg", "margaret"),
        ("999 000 0018", "margaret"),
        ("9990000018", "margaret"),
        ("999-000-0018", "margaret"),
        ("ls211ab", "margaret"),
        ("LS21 1AB", "margaret"),
        ("5/4/1941", "margaret"),
        ("05-Apr-1941", "margaret"),
        ("5 April 1941", "margaret"),
        ("obrien", "sian"),
        ("o'brien", "sian"),
        ("O’Brien", "sian"),
        ("brien davies", "sian"),
        ("obrien-davies", "sian"),
        ("obriendavies", "sian"),
        ("sian", "sian"),
        ("zolc", "lukasz"),
        ("lukasz", "lukasz"),
        ("Łuk", "lukasz"),
        ("احمد", "khan"),
        ("美玲", "mei"),
        ("mei", "mei"),
    ],
)
def test_a_person_is_found_however_their_name_is_typed(caseload: Store, typed: str, who: str) -> None:
    assert found(caseload, typed) == [who]


def test_nothing_typed_finds_everybody_by_name(caseload: Store) -> None:
    assert set(found(caseload, "  ")) == set(CASELOAD)


@pytest.mark.parametrize("typed", ["smith OR khan", "zzz", '"', "---", "nobody-here"])
def test_what_matches_nobody_finds_nobody(caseload: Store, typed: str) -> None:
    assert found(caseload, typed) == []


def test_a_changed_name_is_found_and_the_old_one_no_longer(caseload: Store, pen: Pen) -> None:
    with caseload.writing() as connection:
        _value, base = journal.current_value(connection, "margaret", "person", MAIN, "family_name")
        journal.append(connection, pen, "margaret", [Edit("person", MAIN, "family_name", "Reed", base=base)])
    assert found(caseload, "reed") == ["margaret"]
    assert found(caseload, "smith") == []


def test_whatever_is_typed_is_never_an_error(caseload: Store) -> None:
    @given(st.text(max_size=40))
    def check(typed: str) -> None:
        found(caseload, typed)

    check()
    for hostile in ("O'Brien AND", "a* NEAR(", '"', "^", "col:x", "a OR b NOT", "(((", "\x00", "*", "{}"):
        found(caseload, hostile)


def test_a_page_says_how_many_there_are(caseload: Store) -> None:
    with caseload.reading() as connection:
        page = people.listed(connection, "", offset=1, limit=2)
    assert (len(page.rows), page.total, page.offset) == (2, 5, 1)


@pytest.mark.parametrize(
    ("family", "given", "born", "number", "alike"),
    [
        ("Smyth", "Mary", "", "", ["margaret"]),
        ("Smith", "John", "", "", []),
        ("Smith", "John", "1941-04-05", "", ["margaret"]),
        ("Jones", "Margaret", "1941-04-05", "", ["margaret"]),
        ("Jones", "Anna", "1941-04-05", "", []),
        ("Nobody", "Nobody", "", "9990000018", ["margaret"]),
        ("", "", "", "", []),
    ],
)
def test_people_who_could_be_taken_for_another_are_named(
    caseload: Store, family: str, given: str, born: str, number: str, alike: list[str]
) -> None:
    with caseload.reading() as connection:
        assert [row.id for row in people.look_alikes(connection, family, given, born, number)] == alike


def test_the_list_marks_names_that_look_alike(caseload: Store, pen: Pen) -> None:
    with caseload.writing() as connection:
        journal.append_new_people(
            connection,
            pen,
            [("twin", [Edit("person", MAIN, "family_name", "Smyth"), Edit("person", MAIN, "given_names", "Mary")])],
        )
    with caseload.reading() as connection:
        marked = {row.id for row in people.listed(connection).rows if row.looks_alike}
    assert marked == {"margaret", "twin"}


def test_folding() -> None:
    assert fold("Siân ŁUKASZ Straße") == "sian lukasz strasse"
    assert words_of("O'Brien-Smith") == ["obrien", "smith"]
    assert set(search_words("O'Brien-Smith").split()) == {"o", "brien", "smith", "obriensmith", "obrien"}
    assert sound_of("Smith", "Joan") == sound_of("Smyth", "Jon") == "s530j"
    assert sound_of("Ashcraft", "") == "a261"
    assert sound_of("Tymczak", "") == "t522"
    assert sound_of("", "x") == ""
