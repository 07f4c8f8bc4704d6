"""A dose goes from laptop to laptop to the letter: no number is made of it, no unit is put in place of another."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.fields import Kind
from eolc_desktop.care_plan.plan import NOT_STATED, Item
from eolc_desktop.care_plan.said import Place, Said
from eolc_desktop.sync import carrying
from eolc_desktop.sync.carrying import Packet
from eolc_desktop.sync.entry_codec import EntryCodec
from eolc_desktop.sync.ports import Setup
from tests.authors import NURSE

pytestmark = pytest.mark.hazard("H13")

CATALOGUE = built_in()
CODEC = EntryCodec(CATALOGUE)
AT = datetime(2026, 11, 12, 14, 32, tzinfo=UTC)
SECTION = "anticipatory"
PERSON, ENTRY = uuid4().hex, uuid4().hex
WORDS = [f.key for f in CATALOGUE[SECTION].fields if f.kind in (Kind.TEXT, Kind.LONG_TEXT) and not f.retired]
AMOUNTS = st.sampled_from(["2.5", "2.50", "0.1", "10", "1,000", "2.5–5", ".5", "5.0"])
UNITS = st.sampled_from(["mg", "mg/mL", "micrograms", "mcg", "µg", "mL", "units", "mg/24 h", "micrograms/hour", "%"])
DOSES = st.builds("{} {} {}".format, AMOUNTS, UNITS, st.sampled_from(["subcutaneous", "up to hourly", "in 2 mL"]))


def version_with(values: dict[str, str]) -> dict[Place, Said]:
    return {
        (SECTION, ENTRY, key): Said(Item(value, f"change-{key}", AT, NURSE, NOT_STATED))
        for key, value in values.items()
    }


def test_there_are_words_of_medicines_to_try() -> None:
    assert len(WORDS) >= 3, WORDS


@pytest.mark.hazard("H12")
def test_every_dose_strength_and_amount_is_words() -> None:
    """A number would lose "2.50", and invites to be reckoned with: the program never does (decision 8)."""
    telling = ("dose", "strength", "amount", "volume", "rate")
    medicines = [field for section in built_in() for field in section.fields if field.standard.startswith("D-12")]
    found = [field for field in medicines if any(part in field.key.split("_") for part in telling)]
    assert len(found) >= 4
    assert {field.kind for field in found} <= {Kind.TEXT, Kind.LONG_TEXT}


@given(st.dictionaries(st.sampled_from(WORDS), DOSES, min_size=1))
def test_what_is_said_of_a_medicine_comes_through_the_shared_record_to_the_letter(values: dict[str, str]) -> None:
    said = version_with(values)
    made = CODEC.encode(PERSON, SECTION, ENTRY, said, {})
    back = CODEC.decode({**made, "id": "a", "meta": {"versionId": "1"}})
    assert {place[2]: one.item.value for place, one in back.items() if place[2] in values} == values


@given(st.dictionaries(st.sampled_from(WORDS), DOSES, min_size=1))
def test_and_through_a_file_for_another_laptop(values: dict[str, str]) -> None:
    setup = Setup(CATALOGUE, CODEC, NURSE, "laptop-1", lambda: AT)
    packet = Packet(PERSON, version_with(values), (), {})
    back = carrying.from_json(setup, carrying.to_json(packet))
    assert {place[2]: one.item.value for place, one in back.version.items()} == values
