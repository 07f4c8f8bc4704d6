"""A thousand generated plans on paper: every page says the right person's identity, and how many pages there are."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from eolc_desktop.care_plan.nhs_number import nhs_number_words
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.documents.kinds import DOCUMENTS
from eolc_desktop.documents.making import make
from eolc_desktop.documents.raster import page_count, text_of
from eolc_desktop.errors import PrintFailed
from eolc_desktop.paths import Profile
from eolc_desktop.record import people
from eolc_desktop.services import plans, printing
from eolc_desktop.services.invented.filling import fill
from tests.services.opened import opened_session

PEOPLE = 1_000


def test_a_thousand_plans_are_printed_each_under_its_own_name(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "profile")
    keys = list(DOCUMENTS)
    printed: dict[str, int] = dict.fromkeys(keys, 0)
    codes: set[str] = set()
    pages = 0
    with opened_session(profile, lambda: datetime(2026, 11, 12, 14, 32, tzinfo=UTC), made_up=True) as opened:
        session = replace(opened, made_up=True)
        fill(session, PEOPLE, 20261112, histories=False)
        with session.store.reading() as connection:
            ids = people.all_ids(connection)
        assert len(ids) == PEOPLE
        for number, person_id in enumerate(ids):
            for key in {"family-plan", keys[number % len(keys)]}:
                plan = plans.read_plan(session, person_id)
                try:
                    prepared = printing.prepare(session, person_id, key)
                except PrintFailed:
                    assert DOCUMENTS[key].refused_after_death
                    assert plan.value("death", "died_on")
                    continue
                pdf = make(prepared.order)
                pages += _look(pdf, prepared, plan)
                printed[key] += 1
                codes.add(prepared.order.identity.check_code)
    assert printed["family-plan"] == PEOPLE
    assert all(printed.values())
    assert len(codes) == sum(printed.values())
    print(f"{sum(printed.values())} documents of {PEOPLE} people on {pages} pages, every page under its own name")


def _look(pdf: bytes, prepared: printing.Prepared, plan: Plan) -> int:
    identity, on_sheet = prepared.order.identity, prepared.document.sheet.on is not None
    texts = text_of(pdf)
    assert len(texts) == page_count(pdf)
    number = prepared.order.identity.nhs_number
    assert plan.text("person", "nhs_number") == "" or number == nhs_number_words(plan.text("person", "nhs_number"))
    found = []
    for text in texts:
        flat = re.sub(r"\s+", " ", text)
        shown = [(int(n), int(m)) for n, m in re.findall(r"Page (\d+) of (\d+)", flat)]
        found += shown
        for words in (identity.person_line, f"Born {identity.born}", f"NHS No. {number}", identity.check_code):
            assert flat.count(re.sub(r"\s+", " ", words)) >= len(shown) > 0, words
        assert flat.count(f"Plan version {identity.plan_version} – Printed {identity.printed}") >= len(shown)
    assert found == [(n, len(found)) for n in range(1, len(found) + 1)]
    assert on_sheet or len(found) == len(texts)
    return len(texts)
