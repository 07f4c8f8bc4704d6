"""Files that anybody may have made: what cannot be read safely is refused in words, and nothing ever crashes."""

from __future__ import annotations

import contextlib
import copy
import json
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.check import check
from eolc_desktop.errors import ImportRefused
from eolc_desktop.fhir import reading
from eolc_desktop.fhir.importing import propose
from eolc_desktop.fhir.reading import MAX_BYTES, MAX_ENTRIES, MAX_TEXT, read
from tests.fhir.files import NHS, ON, PATIENT, SYNTHEA, allergy, bundle, data, everything, patient, person

VALID = data(bundle(patient(), allergy()))


def nested(depth: int) -> Any:
    inner: Any = 1
    for _ in range(depth):
        inner = [inner]
    return inner


def changed(change: Callable[[dict[str, Any]], Any]) -> bytes:
    whole = json.loads(VALID)
    change(whole)
    return data(whole)


def with_entry(**entry: Any) -> bytes:
    return changed(lambda whole: whole["entry"].append(entry))


def raw(before: str, after: str) -> bytes:
    text = VALID.decode()
    assert before in text
    return text.replace(before, after, 1).encode()


HOSTILE: dict[str, bytes] = {
    "nothing": b"",
    "only spaces": b" \n\t ",
    "only a byte order mark": b"\xef\xbb\xbf",
    "one byte": b"\x00",
    "random bytes": bytes(range(256)),
    "not UTF-8": VALID[:-20] + b"\xff\xfe" + VALID[-20:],
    "UTF-16": VALID.decode().encode("utf-16"),
    "UTF-32": VALID.decode().encode("utf-32"),
    "Latin-1": raw("Ewa", "Éwa").decode().encode("latin-1"),
    "XML": b'<?xml version="1.0"?><Bundle xmlns="http://hl7.org/fhir"/>',
    "a web page": b"<!doctype html><title>Sign in</title>",
    "a PDF": b"%PDF-1.7\n",
    "a zip file": b"PK\x03\x04" + bytes(60),
    "two objects, one after the other": VALID + VALID,
    "newline-delimited": data(patient()) + b"\n" + data(allergy()),
    "a comma too many": raw("[", "[,"),
    "a comma at the end": VALID[:-1] + b",}",
    "single quotes": VALID.replace(b'"', b"'"),
    "comments": b"/* hello */" + VALID,
    "cut off": VALID[:-1],
    "cut in half": VALID[: len(VALID) // 2],
    "NaN": raw('"collection"', '"collection", "total": NaN'),
    "Infinity": raw('"collection"', '"collection", "total": Infinity'),
    "minus Infinity": raw('"collection"', '"collection", "total": -Infinity'),
    "a number of 5,000 digits": raw('"collection"', '"collection", "total": ' + "9" * 5000),
    "a decimal of 5,000 digits": raw('"collection"', '"collection", "total": 0.' + "1" * 5000),
    "an exponent beyond all bounds": raw('"collection"', '"collection", "total": 1e' + "9" * 30),
    "an exponent too large to hold": raw('"collection"', '"collection", "total": 1e9999999999999999999'),
    "a name twice": raw('"collection"', '"collection", "type": "document"'),
    "a name twice with the same value": raw('"collection"', '"collection", "type": "collection"'),
    "a name twice, spelt with an escape": raw('"collection"', '"collection", "t\\u0079pe": "collection"'),
    "a status twice deep inside": raw('"gender": "female"', '"gender": "female", "gender": "male"'),
    "a hundred thousand lists": b"[" * 100_000,
    "a hundred thousand lists, closed": b"[" * 100_000 + b"]" * 100_000,
    "a hundred thousand objects": b'{"a":' * 100_000,
    "65 lists deep": data(bundle(patient(photo=nested(65)))),
    "a text of more than 64 KB": data(bundle(patient(language="x" * (MAX_TEXT + 1)))),
    "a name of more than 64 KB": data(bundle(patient(**{"x" * (MAX_TEXT + 1): 1}))),
    "more than 5 MB": VALID + b" " * MAX_BYTES,
    "too many entries": data(bundle(*[patient()] + [{"resourceType": "Location"}] * MAX_ENTRIES)),
    "null": b"null",
    "a number": b"42",
    "a text": b'"Bundle"',
    "a list": b"[]",
    "a list of resources": data([patient()]),
    "an empty object": b"{}",
    "no kind of resource": data({"type": "collection", "entry": []}),
    "a kind that is a number": data({"resourceType": 7}),
    "a kind that is a list": data({"resourceType": ["Bundle"]}),
    "a kind that is markup": data({"resourceType": "<b>Bundle</b>"}),
    "a kind of 10,000 letters": data({"resourceType": "B" * 10_000}),
    "a bundle without a type": changed(lambda whole: whole.pop("type")),
    "a bundle of messages": changed(lambda whole: whole.update(type="message")),
    "a history": changed(lambda whole: whole.update(type="history")),
    "an answer to a transaction": changed(lambda whole: whole.update(type="transaction-response")),
    "a type that is an object": changed(lambda whole: whole.update(type={"collection": 1})),
    "a bundle with nobody in it": data(bundle()),
    "only an allergy": data(bundle(allergy())),
    "entries that are no list": changed(lambda whole: whole.update(entry={"0": 1})),
    "an entry that is a text": changed(lambda whole: whole["entry"].append("Patient/1")),
    "an entry that is null": changed(lambda whole: whole["entry"].append(None)),
    "a resource that is null": with_entry(resource=None),
    "a resource that is a list": with_entry(resource=[]),
    "a resource without a kind": with_entry(resource={"id": "1"}),
    "an address that is a number": with_entry(fullUrl=1, resource={"resourceType": "Location"}),
    "an id that is a number": with_entry(resource={"resourceType": "Location", "id": 1}),
    "two of one address": with_entry(fullUrl=PATIENT, resource={"resourceType": "Location"}),
    "two of one id": with_entry(resource=patient()),
    "a request to delete": with_entry(request={"method": "DELETE", "url": "Patient/1"}),
    "a request to patch": with_entry(request={"method": "PATCH"}, resource={"resourceType": "Binary"}),
    "a request that is no method": with_entry(request={"method": ["POST"]}, resource={"resourceType": "Binary"}),
    "a bundle with a modifier extension": changed(lambda whole: whole.update(modifierExtension=[{"url": "x"}])),
    "a bundle with rules of its own": changed(lambda whole: whole.update(implicitRules="http://example.org/rules")),
    "an entry with a modifier extension": with_entry(modifierExtension=[{"url": "x"}]),
    "a person with a modifier extension": data(bundle(patient(modifierExtension=[{"url": "x"}]))),
    "a person with rules of their own": data(bundle(patient(implicitRules="http://example.org/rules"))),
    "a person without a name": data(bundle(patient(name=None))),
    "a person whose name is blank": data(bundle(patient(name=[{"family": " \u200b "}]))),
    "a person whose name is longer than any": data(bundle(patient(name=[{"family": "N" * 5_000}]))),
    "a person whose only name is an old one": data(bundle(patient(name=[{"use": "old", "family": "Nowak"}]))),
    "somebody else's allergy": data(bundle(patient(), allergy(patient={"reference": "Patient/2"}))),
    "the allergy of a person elsewhere": data(
        bundle(patient(), allergy(patient={"reference": "https://a/Patient/patient-1"}))
    ),
    "an allergy of two people": data(bundle(patient(), allergy(subject={"reference": "Patient/2"}))),
    "the allergy of a person held inside it": data(
        bundle(patient(), allergy(patient={"reference": "#p"}, contained=[{"resourceType": "Patient", "id": "p"}]))
    ),
    "the allergy of another NHS number": data(
        bundle(patient(), allergy(patient={"identifier": {"system": NHS, "value": "9990000034"}}))
    ),
    "a document without its cover": data(bundle(patient(), kind="document")),
    "a document entered in error": data(
        bundle({"resourceType": "Composition", "status": "entered-in-error"}, patient(), kind="document")
    ),
    "two people with one NHS number": data(bundle(patient(), patient(id="patient-2"))),
}  # fmt: skip


def test_the_corpus_is_large_enough() -> None:
    assert len(HOSTILE) >= 80
    assert propose(VALID, ON).people


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_safely_is_refused_in_words(name: str) -> None:
    with pytest.raises(ImportRefused) as told:
        propose(HOSTILE[name], ON)
    error = told.value
    assert error.happened.endswith((".", "?"))
    assert error.safe == "Nothing was brought in, and nothing on this laptop changed."
    assert error.next_step
    for secret in ("Nowak", "9990000026", "999 000 0026", "Ewa", "Otley", "penicillin"):
        assert secret not in str(error), "a refusal never holds what was in the file"
    assert error.__cause__ is None, "the parser's own error quotes the file"
    assert str(pickle.loads(pickle.dumps(error))) == str(error), "it crosses from the worker process"


def test_just_within_the_limits_is_read() -> None:
    assert propose(data(bundle(patient(photo=nested(58)))), ON).people
    assert propose(data(bundle(patient(language="x" * MAX_TEXT))), ON).people
    assert propose(data(bundle(*[patient()] + [{"resourceType": "Location"}] * (MAX_ENTRIES - 1))), ON).people
    assert propose(VALID + b" " * (MAX_BYTES - len(VALID)), ON).people
    assert propose(b"\xef\xbb\xbf" + VALID, ON).people


@pytest.mark.parametrize("piece", range(1, 8))
def test_read_piece_by_piece_a_letter_is_never_parted(piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_PIECE", piece)
    said = {"name": "Zoë Ó Łukasz 王 👩🏽‍⚕️", "also": ["é" * number for number in range(9)]}
    for mark in (b"", b"\xef\xbb\xbf"):
        whole = mark + json.dumps(said, ensure_ascii=False).encode()
        assert reading.parse(whole, MAX_BYTES) == said
        for end in range(len(whole)):
            with pytest.raises(ImportRefused):
                reading.parse(whole[:end], MAX_BYTES)


def test_what_nobody_can_see_is_taken_out_and_said() -> None:
    turned = patient(name=[{"use": "official", "family": "No\u202ewak\u202c", "given": ["E\u200bwa", "Ma\x07ria"]}])
    found = person(turned)
    assert found.text("family_name") == "Nowak"
    assert found.text("given_names") == "Ewa Maria"
    assert any("nobody can see" in note for note in found.entries[0].notes)
    assert not any("nobody can see" in note for note in person(patient()).entries[0].notes)


def test_half_of_a_character_never_reaches_the_record() -> None:
    whole = raw('"Nowak"', '"No\\ud800wak"')
    (found,) = propose(whole, ON).people
    assert found.text("family_name") == "Nowak"


def test_letters_that_a_script_needs_stay() -> None:
    written = "क्\u200dष می\u200cخواهم"
    assert person(patient(name=[{"family": written}])).text("family_name") == written


@pytest.mark.parametrize("kind", ["transaction", "collection", "searchset"])
def test_every_kind_of_bundle_is_read(kind: str) -> None:
    (found,) = propose(data(bundle(patient(), kind=kind)), ON).people
    assert found.text("family_name") == "Nowak"


def test_a_patient_alone_and_a_document_are_read() -> None:
    assert propose(data(patient()), ON).people[0].text("family_name") == "Nowak"
    cover = {"resourceType": "Composition", "status": "preliminary", "subject": {"reference": "Patient/patient-1"}}
    found = propose(data(bundle(cover, patient(), kind="document", first="urn:uuid:cover")), ON)
    assert found.people[0].text("family_name") == "Nowak"
    assert any("preliminary" in note for note in found.notes)


def test_one_page_of_a_longer_answer_is_said() -> None:
    page = bundle(patient(), kind="searchset") | {"link": [{"relation": "next", "url": "https://example.org/?page=2"}]}
    assert any("more about this person" in note for note in propose(data(page), ON).notes)


def test_no_part_of_a_file_is_read_as_a_whole_one() -> None:
    smallest = min(SYNTHEA, key=lambda path: path.stat().st_size).read_bytes().rstrip()
    places = {*range(300), *range(len(smallest) - 300, len(smallest)), *range(0, len(smallest), 997)}
    for whole, cuts in ((VALID, range(len(VALID))), (smallest, sorted(places))):
        for place in cuts:
            with pytest.raises(ImportRefused):
                read(whole[:place])


JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from([PATIENT, "Patient/1"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
EVERYTHING = everything()


def places_in(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value: the names and numbers that lead to it."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path] * bool(path) + [found for key, held in inner for found in places_in(held, (*path, key))]


PLACES = places_in(EVERYTHING)


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLACES), JSON_VALUES), min_size=1, max_size=3))
def test_an_element_of_any_shape_in_any_place_never_crashes_it(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    whole = copy.deepcopy(EVERYTHING)
    for path, value in changes:
        holder: Any = whole
        try:
            for key in path[:-1]:
                holder = holder[key]
            holder[path[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took the place away
    try:
        found = propose(json.dumps(whole).encode(), ON)
    except ImportRefused:
        return
    pickle.dumps(found)
    for one in found.people:
        assert one.text("family_name") or one.text("given_names")
        for entry in one.entries:
            assert entry.values, entry.section
            for key, value in entry.values.items():
                problem = check(built_in()[entry.section][key], value)
                assert problem is None or not problem.unusable


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_bytes_of_any_kind_never_crash_it(junk: bytes) -> None:
    with pytest.raises(ImportRefused):
        read(junk if b"resourceType" not in junk else b"")


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(VALID) - 1), st.integers(0, 255))
def test_one_changed_byte_never_crashes_it(place: int, byte: int) -> None:
    damaged = bytearray(VALID)
    damaged[place] = byte
    with contextlib.suppress(ImportRefused):
        pickle.dumps(propose(bytes(damaged), ON))
