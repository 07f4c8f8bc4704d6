"""Invented people: only numbers that nobody has, whole and plausible plans in every state, the same every time."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from eolc_desktop.care_plan.check import check_entry
from eolc_desktop.care_plan.fields import Kind, absence_of
from eolc_desktop.care_plan.nhs_number import is_for_testing, is_valid
from eolc_desktop.care_plan.plan import EntryState, Plan
from eolc_desktop.care_plan.sections.places import A_PLACE
from eolc_desktop.care_plan.to_do import LASTING, lasting
from eolc_desktop.care_plan.under_18 import SECTION as CHILDREN
from eolc_desktop.care_plan.value_sets import value_set
from eolc_desktop.errors import NotAllowed
from eolc_desktop.models.tables import change, current, person
from eolc_desktop.paths import Profile
from eolc_desktop.record import people, plans
from eolc_desktop.services.invented.filling import fill
from eolc_desktop.services.invented.one_person import tell_person
from eolc_desktop.services.invented.stories import tell_stories
from eolc_desktop.services.session import Session
from tests.fixed_clock import FixedClock
from tests.services.invented_people import PEOPLE, PRINTED, SEED, read_all, said, session, values
from tests.services.opened import opened_session

__all__ = ["session"]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """One caseload with histories for all tests that only read it."""
    profile = Profile(tmp_path_factory.mktemp("invented") / "profile")
    profile.make_private()
    with opened_session(profile, FixedClock(), made_up=True) as session:
        assert fill(session, PEOPLE, SEED) == PEOPLE
        yield session


@pytest.fixture(scope="module")
def read_plans(filled: Session) -> list[Plan]:
    return read_all(filled)


# Nobody who could be real


def test_every_number_is_valid_one_of_a_kind_and_never_anybodys(read_plans: list[Plan]) -> None:
    numbers = [number for plan in read_plans if (number := plan.text("person", "nhs_number"))]
    assert len(numbers) > 0.9 * PEOPLE
    assert len(set(numbers)) == len(numbers)
    assert all(is_valid(number) and is_for_testing(number) for number in numbers)
    without = [plan for plan in read_plans if not plan.text("person", "nhs_number")]
    assert without
    assert all(plan.value("person", "nhs_number_missing_reason") for plan in without)


def test_telephones_postcodes_and_mail_are_nobodys(read_plans: list[Plan]) -> None:
    drama = re.compile(r"0113 496 0\d{3}|07700 900\d{3}|111")
    for plan in read_plans:
        for section, _entry, key, item in plan.recorded():
            if section[key].kind is Kind.PHONE:
                assert drama.fullmatch(str(item.value)), key
            if key == "email":
                assert str(item.value).endswith("@example.org")
        assert re.search(r"[CIKMOV]{2}$", plan.text("person", "postcode"))


def test_invented_people_never_stand_beside_real_ones(profile: Profile, clock: FixedClock) -> None:
    """Hazard H39."""
    with opened_session(profile, clock) as real:
        with pytest.raises(NotAllowed):
            fill(real, 1, SEED)
        with pytest.raises(NotAllowed):
            tell_stories(real)
        with real.store.reading() as connection:
            assert people.all_ids(connection) == ()


def test_numbers_that_are_here_are_not_given_again(session: Session) -> None:
    fill(session, 60, SEED)
    with pytest.raises(Exception, match="UNIQUE"):
        fill(session, 1, SEED)  # the same seed makes the same people
    fill(session, 60, SEED + 1)
    numbers = [number for plan in read_all(session) if (number := plan.text("person", "nhs_number"))]
    assert len(numbers) == len(set(numbers))


# Whole and plausible


def test_every_section_is_filled_somewhere_and_every_field_of_note(read_plans: list[Plan]) -> None:
    filled_fields = {(section.key, key) for plan in read_plans for section, _entry, key, _item in plan.recorded()}
    catalogue = read_plans[0].catalogue
    not_theirs = (PRINTED, CHILDREN)  # the invented people are adults
    all_fields = {(s.key, f.key) for s in catalogue for f in s.fields if not f.retired and s.key not in not_theirs}
    assert {section for section, _key in filled_fields} == {section for section, _key in all_fields}
    assert len(filled_fields) > 0.75 * len(all_fields), sorted(all_fields - filled_fields)


def test_nothing_in_them_is_unusable_or_doubtful(read_plans: list[Plan]) -> None:
    for plan in read_plans:
        for section in plan.catalogue:
            for entry in plan.entries(section.key):
                problems = check_entry(section, entry.values, plan.today)
                wrong = [p.says for p in problems if p.severity != "missing" and "under 18" not in p.says]
                assert not wrong, (plan.person_id, section.key)
                for key in entry.items:
                    field = section[key]
                    if field.show_when is not None and entry.value(key) is not None:
                        assert field.show_when.holds(entry.values), (section.key, key)


def test_links_lead_somewhere(read_plans: list[Plan]) -> None:
    for plan in read_plans:
        for section, _entry, key, item in plan.recorded():
            if section[key].kind is Kind.LINK:
                known = {entry.id for entry in plan.all_entries(section[key].links_to)}
                assert item.value in known


def test_every_state_that_matters_is_there(read_plans: list[Plan]) -> None:
    def seen(section: str, key: str) -> set[Any]:
        found = {v if not isinstance(v, dict | list) else str(v) for p in read_plans for v in values(p, section, key)}
        return found | ({None} if any(not values(p, section, key) for p in read_plans) else set())

    assert {"not_for", "for", "no_decision", None} <= seen("cpr", "decision")
    assert {option.key for option in value_set("allergy_status")} | {None} <= seen("allergies", "status")
    assert {option.key for option in value_set("involvement")} | {None} <= seen("contacts", "involvement")
    assert {"yes", "no"} <= seen("advance_refusal", "exists")
    assert {"with_life_sustaining", "without_life_sustaining"} <= seen("attorneys", "authority")
    assert {"given", "best_interests", "declined", "attorney", "withdrawn"} <= seen("consent", "to_share")
    assert {"undecided", "declined", "unable", "not_appropriate", "home", "hospice"} <= seen(
        "places", "preferred_death"
    )
    assert {"yes", "no", "no_preference"} <= seen("death", "preferred_achieved")
    assert {"met", "partly", "not_yet", "declined", "not_appropriate"} <= seen("commitments", "state")
    states = {entry.state for plan in read_plans for section in plan.sections.values() for entry in section}
    assert states == set(EntryState)


def test_absence_is_an_answer_in_many_places(read_plans: list[Plan]) -> None:
    absent = Counter(absence_of(item.value) for plan in read_plans for _section, _entry, _key, item in plan.recorded())
    assert all(count > 5 for absence, count in absent.items())
    assert len(absent) >= 3


def test_an_advance_decision_and_an_attorney_stand_beside_cpr_decisions(read_plans: list[Plan]) -> None:
    decided = [plan for plan in read_plans if plan.value("cpr", "decision") == "not_for"]
    assert any(plan.value("advance_refusal", "exists") == "yes" for plan in decided)
    assert any(plan.entries("attorneys") for plan in decided)


def test_reviews_are_past_soon_and_far(read_plans: list[Plan]) -> None:
    today = read_plans[0].today.isoformat()
    dates = [date for plan in read_plans if (date := plan.text("plan_control", "review_date"))]
    assert any(date < today for date in dates)
    assert any(date > today for date in dates)


def test_some_speak_up_and_some_disagree_each_in_their_own_way(read_plans: list[Plan]) -> None:
    for section, words in (("speak_up", "what"), ("disagreements", "about")):
        tellers = [plan for plan in read_plans if plan.entries(section)]
        assert 0.02 * PEOPLE < len(tellers) < 0.2 * PEOPLE
        said_in_all = {said for plan in tellers for said in values(plan, section, words)}
        assert len(said_in_all) >= 4
        states = {state for plan in tellers for state in values(plan, section, "state")}
        assert states & {"open"}
        assert states & {"closed", "settled"}


def test_what_a_meeting_gave_out_has_an_owner_and_a_day(read_plans: list[Plan]) -> None:
    given = [
        entry
        for plan in read_plans
        for entry in plan.entries("tasks")
        if plan.entries("team_reviews") and entry.text("from_where") == "meeting"
    ]
    assert len(given) > PEOPLE // 10
    assert all(entry.text("owner") and entry.text("due_on") for entry in given)


def test_the_day_of_the_next_meeting_does_not_crowd_the_list_of_what_is_to_be_done(read_plans: list[Plan]) -> None:
    lines = [
        to_do
        for plan in read_plans
        for to_do in lasting(
            {section: [(e.id, {k: e.value(k) for k in e.items}) for e in plan.entries(section)] for section in LASTING},
            plan.catalogue,
        )
        if not to_do.is_done
    ]
    named = [to_do for to_do in lines if to_do.section == "team_reviews"]
    assert named, "it is still there for some"
    assert len(named) < len(lines) // 20
    assert sum(not to_do.owner for to_do in lines) < len(lines) // 4


def test_some_have_died_and_their_plans_agree_with_it(read_plans: list[Plan]) -> None:
    died = [plan for plan in read_plans if plan.value("death", "died_on")]
    assert 0.05 * PEOPLE < len(died) < 0.2 * PEOPLE
    for plan in died:
        assert plan.text("death", "died_on") <= plan.today.isoformat()
        assert plan.value("plan_control", "status") == "closed"
        achieved, wanted = plan.value("death", "preferred_achieved"), plan.value("places", "preferred_death")
        if achieved == "yes":
            assert wanted == plan.value("death", "place")
        if achieved == "no":
            assert wanted in A_PLACE
            assert wanted != plan.value("death", "place")
            assert plan.value("death", "reason_not")


def test_names_are_as_various_as_people(read_plans: list[Plan]) -> None:
    names = " ".join(
        plan.text("person", key) for plan in read_plans for key in ("family_name", "given_names", "preferred_name")
    )
    assert re.search(r"[\u0600-\u06ff]", names), "Arabic script"
    assert re.search(r"[\u4e00-\u9fff]", names), "Chinese"
    assert re.search("[łńżźćąęś]", names, re.IGNORECASE), "Polish"
    assert re.search("[âêîôûŵŷ]", names), "Welsh"
    assert "-" in names
    assert "'" in names or "’" in names
    languages = {item["text"] for p in read_plans if isinstance(item := p.value("person", "language"), dict)}
    assert {"English", "Polish", "Urdu", "Welsh", "Cantonese"} <= languages
    assert len({(p.text("person", "family_name"), p.text("person", "given_names")) for p in read_plans}) > 0.6 * PEOPLE


def test_no_other_name_stands_where_the_closest_persons_should(read_plans: list[Plan]) -> None:
    for plan in read_plans:
        for _section, _entry, key, item in plan.recorded():
            assert "{" not in json.dumps(item.value, ensure_ascii=False).replace('{"', ""), key


OTHERS_THAN_THE_PERSON = (
    "Neighbour’s phone; she fetches them.",
    "The garden, the dog, and who will have him.",
    "My brother would come, he is two hours away. Until then the hospice at home team.",
)
OTHERS_WORDS = {
    "male": re.compile(r"\b(she|hers?)\b", re.IGNORECASE),
    "female": re.compile(r"\b(he|him|his)\b", re.IGNORECASE),
}


def test_what_is_written_about_somebody_agrees_with_who_they_are(read_plans: list[Plan]) -> None:
    told = Counter[str]()
    for plan in read_plans:
        gender = plan.text("person", "gender")
        for section, _entry, key, item in plan.recorded():
            words = item.value if isinstance(item.value, str) else ""
            if gender in OTHERS_WORDS and words not in OTHERS_THAN_THE_PERSON:
                assert not OTHERS_WORDS[gender].search(words), (section.key, key, words)
            faith = str(plan.value("person", "religion"))
            assert "Muslim" in faith or not re.search("mosque|Mecca|Ramadan", words), (faith, words)
            assert "Muslim" not in faith or not re.search("Cremation|The chapel, and|from Chapel|priest", words), words
            told[gender] += bool(re.search(r"\b(she|her|he|his|him)\b", words, re.IGNORECASE))
    assert min(told["male"], told["female"]) > PEOPLE // 6, "it is said of men and of women"
    for plan in read_plans:
        close = next((e for e in plan.all_entries("contacts") if e.text("relationship") in ("husband", "wife")), None)
        if close is not None and plan.text("person", "marital_status"):
            assert plan.text("person", "marital_status") == "married"
        if plan.value("cpr", "person_involved") == "no":
            assert not re.search("wish|said", plan.text("cpr", "reason"))


def test_nobody_lives_long_past_the_prognosis_that_is_recorded(read_plans: list[Plan]) -> None:
    bands = Counter[str]()
    for plan in read_plans:
        judged = plan.text("prognosis", "judged_on")
        if not judged:
            continue
        until = plan.text("death", "died_on") or plan.today.isoformat()
        lived = (date.fromisoformat(until) - date.fromisoformat(judged)).days
        band = plan.text("prognosis", "band")
        assert lived <= {"days": 14, "weeks": 90, "months": 300, "about_a_year": 450}.get(band, lived), (band, lived)
        bands[band] += 1
    assert {"weeks", "months", "about_a_year"} <= set(bands)


# How it came about


def test_records_came_about_over_months_by_several_hands(filled: Session) -> None:
    with filled.store.reading() as connection:
        rows = connection.execute(
            select(change.c.person_id, change.c.save_id, change.c.recorded_at, change.c.author_name, change.c.source)
        ).all()
        last = connection.execute(select(func.max(change.c.recorded_at))).scalar_one()
        confirmed = connection.execute(select(func.count()).where(change.c.op == "confirm")).scalar_one()
    assert len({row.author_name for row in rows}) >= 6
    assert len({row.source for row in rows}) >= 4
    assert last <= filled.clock().isoformat(timespec="microseconds")
    saves = {(row.person_id, row.save_id) for row in rows}
    per_person = Counter(person_id for person_id, _save in saves)
    assert max(per_person.values()) >= 4
    assert confirmed > PEOPLE // 4
    moments: dict[str, list[str]] = {}
    for row in rows:
        moments.setdefault(row.person_id, []).append(row.recorded_at)
    assert all(times == sorted(times) for times in moments.values()), "the journal goes forward in time"
    assert any(max(times)[:7] > min(times)[:7] for times in moments.values())


def test_the_current_values_are_those_of_the_journal(filled: Session) -> None:
    with filled.store.reading() as connection:
        for person_id in people.all_ids(connection)[::20]:
            stored = connection.execute(
                select(current)
                .where(current.c.person_id == person_id)
                .order_by(current.c.section, current.c.entry, current.c.field)
            ).mappings()
            assert [dict(row) for row in stored] == plans.replayed(connection, person_id)


def test_the_listed_columns_follow(filled: Session, read_plans: list[Plan]) -> None:
    with filled.store.reading() as connection:
        rows = {row.id: row for row in connection.execute(select(person)).all()}
    for plan in read_plans[::10]:
        row = rows[plan.person_id]
        assert row.family_name == plan.text("person", "family_name")
        assert row.cpr_decision == plan.text("cpr", "decision")
        assert row.died_on == plan.text("death", "died_on")
        assert row.version == plan.version


def test_the_same_seed_and_clock_tell_the_same(session: Session, read_plans: list[Plan]) -> None:
    fill(session, 25, SEED)
    again = read_all(session)
    assert said(again) == said(read_plans[:25]), "and a larger caseload begins with the smaller one"
    other = tell_person(SEED + 1, 0, "9990001006", session.clock())
    assert other.person_id != again[0].person_id


def test_everything_moves_with_the_clock(session: Session, clock: FixedClock) -> None:
    clock.advance(days=400)
    fill(session, 5, SEED)
    for plan in read_all(session):
        assert plan.last_change_at is not None
        assert plan.last_change_at <= clock()
        assert (clock() - plan.last_change_at).days < 300


def test_nothing_of_the_project_names_a_real_place_of_data(tmp_path: Path) -> None:
    """The wording holds no address of a real service: none has a web address or a real telephone number."""
    folder = Path(__file__).parents[2] / "eolc_desktop" / "services" / "invented"
    for path in folder.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "http://" not in text.replace("http://snomed.info", "")
        assert "https://" not in text
        for number in re.findall(r"\b0\d{2,4} \d{3} \d{3,4}\b", text):
            assert re.fullmatch(r"0113 496 0\d{3}", number), number
