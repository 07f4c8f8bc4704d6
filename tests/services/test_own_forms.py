"""Taking an organisation's own form in: kept in the store, the same after opening again, and no old answer lost."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.errors import ImportRefused, InvalidValue
from eolc_desktop.services import own_forms, plans
from eolc_desktop.services.session import Session
from tests.fhir.test_own_form import ask, form
from tests.services.people_made import a_person


def taken_in(session: Session, data: bytes) -> Session:
    return replace(session, catalogue=own_forms.accept(session, own_forms.preview(session, data)))


FIRST = json.dumps(form(ask("a", "integer"), ask("b", "string", required=True))).encode()
SECOND = json.dumps(form(ask("b", "string"), version="2")).encode()


def test_a_form_becomes_a_section_that_can_be_filled_in_and_opened_again(session: Session) -> None:
    session = taken_in(session, FIRST)
    key = own_forms.offered_forms(session)[0].key
    plan = plans.read_plan(session, a_person(session))
    plan = plans.save_entry(session, plan, key, MAIN, {"a": 3, "b": "words"}).plan
    assert plan.words(key, "a") == "3"
    with pytest.raises(InvalidValue):
        plans.save_entry(session, plan, key, MAIN, {"a": "many"})
    with session.store.reading() as connection:
        again = own_forms.catalogue_with(connection)
    assert again.sections == session.catalogue.sections


def test_a_new_version_follows_the_first_and_keeps_what_was_answered(session: Session) -> None:
    session = taken_in(session, FIRST)
    shown = own_forms.preview(session, SECOND)
    assert (shown.before is not None, shown.same) == (True, False)
    person = a_person(session)
    key = shown.form.key
    plans.save_entry(session, plans.read_plan(session, person), key, MAIN, {"a": 3})
    session = taken_in(session, SECOND)
    (one,) = own_forms.offered_forms(session)
    assert (one.version, one.versions, one.questions) == ("2", 2, 1)
    plan = plans.read_plan(session, person)
    assert plan.words(key, "a") == "3"
    assert plan.catalogue[key]["a"].retired
    assert own_forms.preview(session, SECOND).same


def test_a_form_is_put_away_and_offered_again(session: Session) -> None:
    session = taken_in(session, FIRST)
    key = own_forms.offered_forms(session)[0].key
    away = own_forms.offer(session, key, False)
    assert list(away[key].visible({})) == []
    assert not own_forms.offered_forms(session)[0].offered
    assert list(own_forms.offer(session, key, True)[key].visible({})) != []


def test_what_is_refused_leaves_nothing_behind(session: Session) -> None:
    with pytest.raises(ImportRefused):
        own_forms.preview(session, b"<Questionnaire/>")
    with session.store.reading() as connection:
        assert own_forms.catalogue_with(connection).sections == built_in().sections
