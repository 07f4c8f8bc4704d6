"""A record to run commands on, and a way to run them as they are typed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from eolc_desktop.app import batch
from eolc_desktop.app.command_line import parser
from eolc_desktop.app.opening import begin_session, make_record
from eolc_desktop.models.key_file import Argon2idCost, Costs, ScryptCost
from eolc_desktop.paths import Profile
from eolc_desktop.record import audit
from eolc_desktop.services import people, sign_in
from eolc_desktop.services.session import Session
from eolc_desktop.services.sign_in import NewUser
from tests.fixed_clock import FixedClock

CHEAP = Costs(Argon2idCost(64, 1, 1), ScryptCost(2))
WORDS = "lantern orchard pebble seven"
SYNTHEA = Path(__file__).parent.parent / "data" / "synthea"
PATIENT = {
    "resourceType": "Patient",
    "name": [{"family": "Nowak", "given": ["Ewa"]}],
    "birthDate": "1950-07-30",
    "gender": "female",
    "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9990000042"}],
}


@pytest.fixture
def made(profile: Profile, clock: FixedClock) -> Profile:
    """A record with one person in it."""
    first = make_record(profile, NewUser("Jo Okafor", "district nurse", ""), WORDS, clock, costs=CHEAP)
    session = begin_session(first.store, first.user_id, profile, clock)
    values = {"family_name": "Smith", "given_names": "Margaret", "birth_date": "1941-04-05", "nhs_number": "9990000018"}
    people.add_person(session, values)
    first.store.close()
    return profile


def run(profile: Profile, *arguments: str, clock: FixedClock | None = None, passphrase: str = WORDS) -> int:
    """Run a command as it is typed, with the passphrase through a pipe."""
    reads, writes = os.pipe()
    os.write(writes, f"{passphrase}\n".encode())
    os.close(writes)
    command, *rest = arguments
    given = parser().parse_args(["--profile", str(profile.folder), command, "--passphrase-fd", str(reads), *rest])
    return batch.run(given, profile, clock or FixedClock(), CHEAP)


def actions(profile: Profile) -> list[str]:
    opened = sign_in.unlock(profile, WORDS, FixedClock(), costs=CHEAP)
    try:
        with opened.store.reading() as connection:
            return [line.action for line in audit.lines(connection)]
    finally:
        opened.store.close()


def looked(profile: Profile) -> Session:
    opened = sign_in.unlock(profile, WORDS, FixedClock(), costs=CHEAP)
    return begin_session(opened.store, opened.user_id, profile, FixedClock())
