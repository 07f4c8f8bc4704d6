"""Settings: every choice takes hold, the ways in change only with proof, the data is looked after in plain words."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QWidget

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.freshness import old_items
from eolc_desktop.desktop.settings import Settings, ThemeName
from eolc_desktop.errors import WrongPassphrase
from eolc_desktop.models import keys
from eolc_desktop.models.key_file import Argon2idCost, Costs, ScryptCost
from eolc_desktop.models.store import create_store
from eolc_desktop.record import users
from eolc_desktop.services import backups, plans, settings, sign_in
from eolc_desktop.services.session import Session
from eolc_desktop.views.appearance import SIZES, next_size
from eolc_desktop.views.settings_page import SettingsPage
from tests.pages import Page
from tests.sessions import NURSE_USER
from tests.views.conftest import LOOKS, PEGGY, Office, walked

CHEAP = Costs(Argon2idCost(64, 1, 1), ScryptCost(2))
OLD = "lantern orchard pebble seven"
NEW = "kettle meadow quilt eleven"
PROOF = "Your passphrase now"


@pytest.fixture
def keyed(office: Office) -> Iterator[tuple[Office, str]]:
    """The same desk on a record with key slots, and its recovery code."""
    profile = office.session.profile
    office.do(lambda: office.session.store.close())
    for path in profile.folder.glob("record.db*"):
        path.unlink()
    key, store_id = secrets.token_bytes(32), str(uuid4())

    def make() -> Session:
        _key, code, _slots = keys.create_slots(
            profile.keys, NURSE_USER.id, NURSE_USER.name, OLD, office.clock, store_id=store_id, key=key, costs=CHEAP
        )
        store = create_store(profile.store, key, store_id)
        with store.writing() as connection:
            users.add(connection, NURSE_USER, office.clock())
            users.know(connection, "code", code)
        return Session(store, NURSE_USER, office.clock, built_in(), "laptop-1", profile)

    made = office.on_store(make)
    office.desk.session = made
    code = office.on_store(lambda: _fact(made, "code"))
    yield office, code
    office.settle()
    office.on_store(lambda: made.store.close())


def _fact(session: Session, name: str) -> str:
    with session.store.reading() as connection:
        return users.known(connection, name)


def open_page(office: Office, width: int = 1366, height: int = 706) -> Page:
    page = office.show(SettingsPage(office.desk, CHEAP), width, height)
    page_of(page).focus_first()
    return page


def page_of(page: Page) -> SettingsPage:
    assert isinstance(page.root, SettingsPage)
    return page.root


def chosen(page: Page) -> list[Settings]:
    seen: list[Settings] = []
    page_of(page).settings_chosen.connect(seen.append)
    return seen


def opens(office: Office, passphrase: str) -> bool:
    try:
        sign_in.prove(office.session.profile, passphrase, office.clock, costs=CHEAP)
    except WrongPassphrase:
        return False
    return True


def test_how_it_looks_is_chosen_by_name(office: Office) -> None:
    page = open_page(office)
    seen = chosen(page)
    page.choose("Colours", "Bright light, for the sun")
    page.choose("Size of the text", "150 %")
    page.tick("Larger buttons, for gloves and touch")
    page.choose("Lock when nobody has used the program for", "10 minutes")
    assert seen[-1] == replace(
        office.desk.settings, theme="bright", text_percent=150, has_large_targets=True, idle_minutes=10
    )


def test_what_was_changed_elsewhere_is_shown(office: Office) -> None:
    page = open_page(office)
    seen = chosen(page)
    page_of(page).show_settings(Settings(theme="dark", text_percent=130, idle_minutes=7))
    assert page.read("Colours") == "Dark, for the evening"
    assert page.read("Size of the text") == "130 %"
    assert page.read("Lock when nobody has used the program for") == "7 minutes"
    assert seen == [], "showing is not choosing"


def test_the_size_of_the_text_goes_in_steps_to_200_per_cent() -> None:
    assert [next_size(size, 1) for size in SIZES] == [*SIZES[1:], 200]
    assert [next_size(size, -1) for size in SIZES] == [100, *SIZES[:-1]]
    assert next_size(137, 1) == 150


def test_who_i_am_is_kept_and_used_from_now_on(office: Office) -> None:
    page = open_page(office)
    changed: list[object] = []
    page_of(page).user_changed.connect(changed.append)
    page.retype("Your name", "  Jo   Okafor-Reid ")
    page.press("Save who I am")
    office.settle()
    user = office.on_store(lambda: settings.facts(office.session)).user
    assert user.name == "Jo Okafor-Reid"
    assert changed == [user]
    assert page.says("Saved. From now on this stands beside what you record.")


def test_a_name_cannot_be_taken_away(office: Office) -> None:
    page = open_page(office)
    page.retype("Your name", "")
    page.press("Save who I am")
    office.settle()
    assert "Please type your name." in page.description("Your name")
    assert office.on_store(lambda: settings.facts(office.session)).user.name == NURSE_USER.name


def test_the_number_families_ring_is_kept(office: Office) -> None:
    page = open_page(office)
    page.type("Telephone number families ring to check a page", "01632 960 150")
    page.press("Save the number")
    office.settle()
    assert office.on_store(lambda: settings.facts(office.session)).number_to_call == "01632 960 150"
    assert page.says("Saved: 01632 960 150")
    assert open_page(office).read("Telephone number families ring to check a page") == "01632 960 150"


def test_the_passphrase_changes_only_with_the_one_of_now(keyed: tuple[Office, str]) -> None:
    office, _code = keyed
    page = open_page(office)
    page.type("New passphrase", NEW)
    page.type("New passphrase once more", NEW)
    page.press("Change the passphrase")
    assert "Please type it first." in page.description(PROOF)
    page.type(PROOF, "not the passphrase")
    page.press("Change the passphrase")
    page.wait_until_says("That passphrase does not open this record.")
    assert opens(office, OLD)
    page.retype(PROOF, OLD)
    page.press("Change the passphrase")
    page.wait_until_says("The passphrase was changed, here and for every backup.")
    assert not opens(office, OLD)
    assert opens(office, NEW)
    assert page.read(PROOF) == ""
    office.settle()
    assert "changed the passphrase" in office.audit_actions()


def test_a_weak_passphrase_is_refused_in_words(keyed: tuple[Office, str]) -> None:
    office, _code = keyed
    page = open_page(office)
    page.type(PROOF, OLD)
    page.type("New passphrase", "short")
    page.type("New passphrase once more", "short")
    page.press("Change the passphrase")
    assert "at least 12 characters" in page.description("New passphrase")
    assert opens(office, OLD)


def test_a_new_recovery_code_replaces_the_old_one_and_is_proved_to_be_kept(keyed: tuple[Office, str]) -> None:
    office, old_code = keyed
    page = open_page(office)
    page.type(PROOF, OLD)
    page.press("Make a new recovery code")
    page.wait_until_says("This is your new recovery code.")
    code = page_of(page)._ways._code._code
    assert code
    assert code != old_code
    slots = keys.KeySlots.load(office.session.profile.keys, costs=CHEAP, clock=office.clock)
    with pytest.raises(WrongPassphrase):
        keys.unlock_with_recovery_code(slots, old_code)
    assert keys.unlock_with_recovery_code(slots, code).user_id == NURSE_USER.id
    page.type("Type the last 4 characters from your copy", code[-4:])
    page.key("Return")
    page.wait_until_says("The new recovery code is in use.")
    assert not page.says(code[:4])


def test_leaving_forgets_what_must_not_stay_on_the_screen(keyed: tuple[Office, str]) -> None:
    office, _code = keyed
    page = open_page(office)
    page.type(PROOF, OLD)
    page.press("Make a new recovery code")
    page.wait_until_says("This is your new recovery code.")
    page.type(PROOF, OLD)
    page.type("New passphrase", NEW)
    page_of(page).leave()
    assert page.read(PROOF) == ""
    assert page.read("New passphrase") == ""
    assert not page.has("Type the last 4 characters from your copy")
    assert page_of(page)._ways._code._code == ""


def test_after_the_recovery_code_a_new_passphrase_needs_no_old_one(keyed: tuple[Office, str]) -> None:
    office, code = keyed
    slots = keys.KeySlots.load(office.session.profile.keys, costs=CHEAP, clock=office.clock)
    proof = keys.unlock_with_recovery_code(slots, code)
    page = open_page(office)
    page_of(page).choose_new_passphrase(proof)
    assert not page.has(PROOF)
    assert page.focused_name() == "New passphrase"
    page.keys(NEW)
    page.type("New passphrase once more", NEW)
    page.press("Change the passphrase")
    page.wait_until_says("The passphrase was changed")
    assert opens(office, NEW)
    assert page.has(PROOF), "from now on the passphrase is asked for again"


def test_without_a_key_store_the_tick_says_what_is_so(keyed: tuple[Office, str]) -> None:
    office, _code = keyed
    page = open_page(office)
    page.type(PROOF, OLD)
    page.tick("Unlock with this computer’s own key store")
    page.wait_until_says("This computer’s own key store could not be used.", 8000)
    office.qtbot.waitUntil(lambda: page.read("Unlock with this computer’s own key store") == "not ticked", timeout=5000)
    assert opens(office, OLD)


def test_a_backup_is_made_and_listed(keyed: tuple[Office, str]) -> None:
    office, _code = keyed
    office.person(PEGGY)
    page = open_page(office)
    page.wait_until_says("There is no backup yet.")
    page.press("Back up now")
    page.wait_until_says("Backed up at 12-Nov-2026 14:32, and the backup was checked.", 20_000)
    page.wait_until_says("Backups, the newest first:\n12-Nov-2026 14:32")
    assert len(backups.kept_backups(office.session)) == 1


def test_the_data_is_checked_in_plain_words(keyed: tuple[Office, str]) -> None:
    office, _code = keyed
    page = open_page(office)
    page.press("Check my data")
    page.wait_until_says("The record is whole.", 20_000)
    assert page.says("Its tables are in order.")


def test_damage_is_found_and_said(keyed: tuple[Office, str]) -> None:
    """Shows once that the check catches what it is there for: one byte of one page is turned over."""
    office, _code = keyed
    office.crowd(50)
    office.on_store(lambda: office.session.store.checkpoint())
    path = office.session.store.path
    content = bytearray(path.read_bytes())
    content[-4096 + 99] ^= 1
    path.write_bytes(bytes(content))
    page = open_page(office)
    page.press("Check my data")
    page.wait_until_says("The record is not whole.", 20_000)
    assert page.says("Please restore the record from a backup.")


def test_where_the_record_is_can_be_read(office: Office) -> None:
    page = open_page(office)
    assert page.says(str(office.session.profile.folder))


@pytest.mark.parametrize(("colours", "percent", "size"), LOOKS)
def test_it_is_read_and_worked_without_eyes_or_pointer(
    keyed: tuple[Office, str],
    dress: Callable[[ThemeName, int], None],
    colours: ThemeName,
    percent: int,
    size: tuple[int, int],
) -> None:
    dress(colours, percent)
    page = open_page(keyed[0], *size)
    page.type(PROOF, OLD)
    page.press("Make a new recovery code")
    page.wait_until_says("This is your new recovery code.")
    assert walked(page) == []
    assert isinstance(page.root, QWidget)


def test_how_long_items_stay_fresh_is_chosen_by_key_and_holds_at_once(office: Office) -> None:
    who = office.person(places={"preferred_death": "home"})
    office.clock.advance(days=20)
    page = open_page(office)
    page.wait_until_has("Preferred place of care and death")
    page.retype("Preferred place of care and death", "14")
    page.key("Tab")
    page.wait_until_says("Kept. It holds from now on")
    assert page.says("As the program ships: 90 days.")
    plan = office.on_store(lambda: plans.read_plan(office.session, who))
    assert [old.field for old in old_items(plan)] == ["preferred_death"]
