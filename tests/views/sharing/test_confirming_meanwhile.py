"""The shared record changes an item while a nurse has its page open: she is asked before she confirms what came."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.plan import Item
from eolc_desktop.services import plans
from eolc_desktop.views.places import Place
from tests import accessibility
from tests.pages import Page
from tests.views.conftest import Office
from tests.views.sharing.conftest import Doctor, share


def item(office: Office, person_id: str, key: str) -> Item:
    found = office.on_store(lambda: plans.read_plan(office.session, person_id)).item("cpr", key, MAIN)
    assert found is not None
    return found


def at_cpr(office: Office, peggy: str, doctor: Doctor) -> Page:
    """Her plan is open at the CPR decision, and both laptops know the same."""
    share(office)
    doctor.share()
    shell, page = office.shell()
    shell.places.go(Place("person", peggy, "cpr/main"))
    office.settle()
    office.qtbot.waitUntil(lambda: page.has("Reason") and page.read("Reason") == "She wishes it")
    return page


def test_what_the_shared_record_brought_beneath_her_eyes_is_asked_about_before_it_is_confirmed(
    set_up: Office, doctor: Doctor, peggy: str
) -> None:
    office = set_up
    page = at_cpr(office, peggy, doctor)
    doctor.save(peggy, "cpr", decision="not_for", reason="Frail heart")
    doctor.share()
    share(office)
    assert page.read("Reason") == "Frail heart"
    page.press("Everything here is still so: CPR recommendation")
    page.wait_until_says("This changed after you read it, so nothing is confirmed yet.")
    assert page.says("said CPR may be attempted; it now says Do not attempt CPR (Dr A Khan")
    assert page.says("said “She wishes it”; it now says “Frail heart” (Dr A Khan")
    assert item(office, peggy, "decision").confirmed_at is None
    page.press("Leave it for now: nothing is confirmed")
    page.press("Everything here is still so: CPR recommendation")
    page.wait_until_says("Confirmed as still so")
    stands = item(office, peggy, "decision")
    assert (stands.value, stands.recorded_by.name) == ("not_for", "Dr A Khan")
    assert stands.confirmed_by == office.session.user.author


def test_what_waits_to_be_settled_is_not_confirmed_by_the_way(set_up: Office, doctor: Doctor, peggy: str) -> None:
    office = set_up
    page = at_cpr(office, peggy, doctor)
    doctor.save(peggy, "cpr", reason="Frail heart")
    doctor.share()
    office.write(peggy, "cpr", {"reason": "Her own wish"})
    share(office)
    page.press("Everything here is still so: CPR recommendation")
    page.wait_until_says("This changed after you read it, so nothing is confirmed yet.")
    asked = [node.name for node in accessibility.tree(page.root) if node.is_control]
    assert not any(name.startswith("Still so, as it says now") for name in asked), "one of two was confirmed unsettled"
    page.press("Leave it for now: nothing is confirmed")
    page.press("Everything here is still so: CPR recommendation")
    page.wait_until_says("Two people recorded different things here, and that has to be settled first.")
    assert page.says("Nothing was confirmed.")
    assert item(office, peggy, "decision").confirmed_at is None
