"""Sections that are more than a form: whom to call now, the medicines and the box, the conversations, after a death."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from eolc_desktop.services import plans
from eolc_desktop.views.person.glance_cards import cards
from eolc_desktop.views.person.head_words import (
    NOT_FROM_PLAN,
    call_blocks,
    conversation_blocks,
    death_blocks,
    fast_track_blocks,
    medicine_blocks,
)
from tests import accessibility
from tests.plans import full_plan, plan_with
from tests.views.person.conftest import Ward, go, page_of


def words(blocks: object) -> str:
    return "\n".join(f"{b.title} {b.key_line} {' '.join(b.lines)}" for b in blocks)  # type: ignore[attr-defined]


def test_the_card_says_whom_to_call_now_and_at_every_kind_of_hour() -> None:
    plan = plan_with(
        {},
        {
            "who_to_call": {
                "day": {"first_call_name": "Nurses", "first_call_phone": "0113 496 0150", "when": ["weekday"]},
                "night": {"first_call_name": "Hospice line", "first_call_phone": "0113 496 0199"},
            }
        },
    )
    now, later = call_blocks(plan)  # Thursday 12 November 2026, 14:32
    assert (now.title, now.key_line) == ("It is Thursday 14:32: call", "Nurses 0113\u00a0496\u00a00150")
    assert now.lines == ("If nobody answers: Hospice line 0113\u00a0496\u00a00199.",)
    assert [line.partition(":")[0] for line in later.lines] == [
        "Monday to Friday, daytime",
        "At night",
        "At the weekend",
        "On a weekend night",
        "On a bank holiday (the next is 25-Dec-2026)",
    ]
    assert later.lines[1].startswith("At night: Hospice line")
    assert "NHS 111" in later.lines[1]


def test_where_the_card_has_several_situations_each_has_its_first_call_now() -> None:
    plan = plan_with(
        {},
        {
            "who_to_call": {
                "day": {
                    "situation": "A question",
                    "first_call_name": "Nurses",
                    "first_call_phone": "1",
                    "when": ["weekday"],
                },
                "pain": {"situation": "Pain", "first_call_name": "Hospice line", "first_call_phone": "2"},
                "night": {
                    "situation": "A night worry",
                    "first_call_name": "Sitter",
                    "first_call_phone": "3",
                    "when": ["night"],
                },
            }
        },
    )
    now = call_blocks(plan)[0]
    assert now.key_line == "Nurses 1"
    # Nobody answers the night line by day: whoever is first now stands for it.
    assert now.lines[1:] == ("A question: Nurses 1", "Pain: Hospice line 2", "A night worry: Nurses 1")


def test_where_nobody_is_named_that_is_said() -> None:
    (now,) = call_blocks(plan_with({}))
    assert now.key_line == "NHS 111, at any hour 111"
    assert now.lines[0] == NOT_FROM_PLAN


@pytest.mark.parametrize(
    ("expires", "said"),
    [
        ("2026-11-11", "expires 11-Nov-2026 (has passed)"),
        ("2026-11-12", "expires 12-Nov-2026 (today)"),
        ("2026-11-26", "expires 26-Nov-2026 (in 14 days)"),
        ("2026-11-27", "expires 27-Nov-2026"),
        ("2026-12", "expires Dec-2026"),
    ],
)
def test_the_box_says_what_is_in_it_and_what_expires_soon(expires: str, said: str) -> None:
    plan = plan_with(
        {
            "anticipatory": {"state": "box_issued", "where_kept": "Top of the wardrobe"},
            "medicine_stock": {"name": {"text": "midazolam"}, "strength": "10 mg in 2 ml", "expires_on": expires},
        }
    )
    box = medicine_blocks(plan)[0]
    assert box.lines[-1] == f"In the box: midazolam — 10 mg in 2 ml — {said}"
    assert any("Top of the wardrobe" in line for line in box.lines)


def test_a_number_in_the_box_is_called_what_it_is() -> None:
    box = medicine_blocks(plan_with({"medicine_stock": {"name": {"text": "midazolam"}, "quantity": "5"}}))[0]
    assert box.lines[-1] == "In the box: midazolam — how many: 5"


def test_a_question_leads_to_its_answer_as_it_stands() -> None:
    plan = plan_with(
        {"death": {"died_on": "2026-11-01", "preferred_achieved": "no"}, "certification": {"state": "registered"}}
    )
    facts = death_blocks(plan)[0].lines
    assert "Was it where they wanted to be? No" in facts
    assert facts[-1] == "Medical examiner and coroner: Death registered"


def test_conversations_are_read_newest_first_and_in_full() -> None:
    plan = plan_with(
        {},
        {
            "conversations": {
                "one": {"on": "2026-10-01", "discussed": "The hospice"},
                "two": {"on": "2026-11-05", "at": "14:30", "discussed": "The garden", "not_discussed": "The children"},
            }
        },
    )
    newest, older = conversation_blocks(plan)
    assert newest.title == "05-Nov-2026 14:30"
    assert "The children" in newest.lines[1]
    assert "The hospice" in older.lines[0]


def test_after_a_death_what_is_left_to_do_stands_before_what_is_done() -> None:
    assert death_blocks(plan_with({})) == ()
    plan = plan_with(
        {"death": {"died_on": "2026-11-10", "place": "home"}},
        {
            "closure": {
                "one": {"what": "medicines", "state": "to_do", "owner": "Jo Okafor"},
                "two": {"what": "gp_told", "state": "done", "done_by": "Sam Lister", "done_on": "2026-11-11"},
            }
        },
    )
    titles = [block.title for block in death_blocks(plan)]
    assert titles == ["The death", "Still to be done", "Done", "Those who are left"]
    said = words(death_blocks(plan))
    assert "Jo Okafor" in said
    assert "done, 11-Nov-2026, Sam Lister" in said


def test_no_head_shows_what_is_kept_hidden() -> None:
    plan = full_plan()
    hidden = [str(plan.value(s.key, f.key)) for s in plan.catalogue for f in s.fields if f.sensitive]
    said = words((*call_blocks(plan), *medicine_blocks(plan), *conversation_blocks(plan), *death_blocks(plan)))
    assert hidden
    assert not any(value in said for value in hidden)


def test_the_heads_stand_on_their_sections_and_lead_to_the_others(ward: Ward, qtbot: QtBot) -> None:
    ward.clock.now = datetime(2026, 11, 14, 22, 30, tzinfo=UTC)
    who = ward.person(
        who_to_call__one={"situation": "Pain", "first_call_name": "Hospice line", "first_call_phone": "0113 496 0199"},
        anticipatory={"state": "box_issued", "where_kept": "Top of the wardrobe"},
        conversations__one={"on": "2026-11-05", "discussed": "The garden"},
    )
    page = ward.open(who)
    go(page, "who_to_call", qtbot)
    page.wait_until_says("It is Saturday 22:30: call")
    assert page.says("Hospice line 0113\u00a0496\u00a00199")
    for key in ("conversations", "closure", "anticipatory"):
        go(page, key, qtbot)
        assert accessibility.faults(page.root) == [], key
        assert accessibility.unreached(page.root) == [], key
    page.press("Go to: What is in the box (1)")
    qtbot.waitUntil(lambda: page_of(page).places.place == "medicine_stock", timeout=5000)
    assert ward.on_store(lambda: plans.read_plan(ward.session, who)).entries("conversations")


def test_the_fast_track_clock_stands_at_the_head_of_its_section_and_at_a_glance_while_it_runs() -> None:
    form = {"received_at": "2026-11-10T10:00:00+00:00", "sent_to": "the duty desk"}
    (block,) = fast_track_blocks(plan_with({"fast_track": form}))
    assert block.title == "The 48-hour clock"
    assert "The 48 hours ended Thursday 12-Nov-2026 10:00: 4 hours ago." in block.key_line
    assert any("Ask the duty desk who is dealing with it" in line for line in block.lines)
    assert "Continuing healthcare (Fast Track)" in [card.title for card in cards(plan_with({"fast_track": form}))]
    begun = plan_with({"fast_track": form | {"started_at": "2026-11-11T10:00:00+00:00"}})
    assert "Continuing healthcare (Fast Track)" not in [card.title for card in cards(begun)]
    assert "24 hours after receipt, within the 48 hours" in fast_track_blocks(begun)[0].key_line
    assert fast_track_blocks(plan_with({})) == ()


def test_after_a_death_no_hours_run_and_nothing_is_asked_for() -> None:
    form = {"received_at": "2026-11-10T10:00:00+00:00"}
    (block,) = fast_track_blocks(plan_with({"fast_track": form, "death": {"died_on": "2026-11-11"}}))
    assert (block.key_line, block.lines) == ("The care had not begun when they died.", ())
