"""What stands under an item, and the journal in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.fields import MAIN, Authorship, Field, Kind, Part, Section, Value
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, Change, Op, Source, Told
from eolc_desktop.views.forms.envelope_words import WHO_TOLD, envelope_words
from eolc_desktop.views.forms.history_words import history_lines, saves_in_words
from eolc_desktop.views.forms.section_form import spoken_names
from tests.authors import AT, DOCTOR, NURSE
from tests.plans import item

UNSAID = Told()
EARLIER = AT - timedelta(days=100)


def change(
    value: Value,
    before: Value = None,
    *,
    section: str = "person",
    field: str = "preferred_name",
    entry: str = MAIN,
    op: Op = Op.SET,
    save: str = "save-1",
    at: datetime = AT,
    told: Told = UNSAID,
    reason: str = "",
) -> Change:
    return Change(1, "id", "p", section, entry, field, op, value, before, at, NURSE, told, reason, save, "")


def test_the_envelope_says_who_told_when_and_who_wrote_it_down() -> None:
    recorded = item("My own bed")
    assert envelope_words(recorded) == "Told by the person, 12-Nov-2026, Jo Okafor."
    by_family = replace(recorded, told=Told(Source.FAMILY, "Anna"))
    assert envelope_words(by_family) == "Told by someone close to them: Anna, 12-Nov-2026, Jo Okafor."
    unsaid = replace(recorded, told=UNSAID)
    assert envelope_words(unsaid) == "Recorded 12-Nov-2026, Jo Okafor."
    confirmed = replace(recorded, recorded_at=EARLIER, confirmed_at=AT, confirmed_by=NURSE)
    assert envelope_words(confirmed) == "Told by the person, 04-Aug-2026, Jo Okafor. Confirmed 12-Nov-2026."
    by_another = replace(confirmed, confirmed_by=DOCTOR)
    assert envelope_words(by_another).endswith("Confirmed 12-Nov-2026, Dr A Khan.")


def test_every_source_can_be_chosen_except_not_stating_one() -> None:
    assert {source for source, _words, _asked in WHO_TOLD} == set(Source) - {Source.NOT_STATED}


def test_a_history_is_told_newest_first_from_what_to_what_and_why() -> None:
    field = built_in()["person"]["preferred_name"]
    lines = history_lines(
        field,
        [
            change("Peggy"),
            change("Peggy", "Peggy", op=Op.CONFIRM),
            change("Margie", "Peggy", told=Told(Source.PERSON), reason="She said so"),
            change(None, "Margie"),
        ],
        {},
    )
    who = "12-Nov-2026 14:32, Jo Okafor, district nurse"
    assert lines == [
        f"{who}: taken away; it said: “Margie”.",
        f"{who}: changed from “Peggy” to “Margie”. Told by the person. Reason: She said so.",
        f"{who}: confirmed as still so: “Peggy”.",
        f"{who}: recorded: “Peggy”.",
    ]


def test_what_a_newer_version_recorded_is_told_as_it_came() -> None:
    lines = [
        change("x", section="teleportation", field="beam"),
        change("y", field="aura"),
        change("withdrawn", section="contacts", entry="anna", field=ENTRY_ITSELF, reason="Moved away"),
        change("paused", section="contacts", entry="anna", field=ENTRY_ITSELF),
    ]
    saves = saves_in_words(built_in(), lines, {"anna": "Anna Smith, daughter"})
    assert len(saves) == 1
    assert saves[0].lines == (
        "teleportation (recorded by a newer version of this program): beam: x.",
        "Who they are: aura: y.",
        "People who matter, Anna Smith, daughter: now “No longer so”. Reason: Moved away.",
        "People who matter, Anna Smith, daughter: now “paused”.",
    )


def test_saves_are_put_together_with_their_sources() -> None:
    saves = saves_in_words(
        built_in(),
        [
            change("Mrs", field="title", told=Told(Source.PERSON)),
            change("Peggy", told=Told(Source.FAMILY, "Anna")),
            change("Margie", "Peggy", save="save-2"),
        ],
        {},
    )
    assert [len(save.lines) for save in saves] == [1, 2]
    assert saves[1].source == "Told by the person; Told by someone close to them: Anna"


def test_a_hidden_value_is_in_no_line_of_any_history() -> None:
    field = Field(key="code", label="Code", standard="T", authorship=Authorship.FACT, kind=Kind.TEXT, sensitive=True)
    lines = history_lines(field, [change("C1945Y"), change("C1999Z", "C1945Y")], {}, hidden=True)
    assert not any("C19" in line for line in lines)
    assert "a value that is kept hidden" in lines[0]


def test_questions_with_one_label_are_told_apart_aloud_by_their_group_or_by_number() -> None:
    def asked(key: str, label: str, group: str = "") -> Field:
        return Field(key=key, label=label, standard=key, authorship=Authorship.FACT, group=group)

    fields = (asked("a", "Name", "Day"), asked("b", "Name", "Night"), asked("c", "Pain"))
    section = Section(key="x", title="X", part=Part.OWN_FORMS, fields=fields)
    assert spoken_names(section) == {"a": "Day: Name", "b": "Night: Name", "c": "Pain"}
    thrice = replace(section, fields=tuple(asked(key, "Name") for key in "abc"))
    assert spoken_names(thrice) == {"a": "Name (1)", "b": "Name (2)", "c": "Name (3)"}
