"""Giving the record another key after somebody left who may have copied the old one; nobody is signed in meanwhile."""

from __future__ import annotations

from dataclasses import replace

from eolc_desktop.clock import Clock, system_clock
from eolc_desktop.errors import NotAllowed
from eolc_desktop.models import keys, rekeying
from eolc_desktop.models.backup import renew_keys
from eolc_desktop.models.key_file import STANDARD, Costs, Method
from eolc_desktop.models.keys import KeySlots
from eolc_desktop.models.rekeying import Rekeyed
from eolc_desktop.paths import Profile
from eolc_desktop.record import audit, users
from eolc_desktop.services import sign_in


def new_key(
    profile: Profile, passphrase: str, clock: Clock = system_clock, *, costs: Costs = STANDARD
) -> tuple[Rekeyed, str]:
    """Give the closed record and its backups another key. Everybody who stays keeps their ways in.

    Returns what was done, and a new recovery code for whoever did it when theirs was made by an earlier version (""
    otherwise). Raises as `sign_in.unlock` does, and NotAllowed for somebody who does not look after the laptop.
    """
    signed_in = sign_in.unlock(profile, passphrase, clock, costs=costs)
    try:
        with signed_in.store.writing() as connection:
            who = users.get(connection, signed_in.user_id)
            if who is None or who.closed or "administrator" not in who.roles:
                raise NotAllowed(
                    "Only whoever looks after this laptop changes the record’s key.", "Nothing was changed.", ""
                )
            audit.note(connection, clock(), signed_in.user_id, "began to change the record’s key")
    finally:
        signed_in.store.close()
    proof = sign_in.prove(profile, passphrase, clock, user_id=signed_in.user_id, costs=costs)
    slots = KeySlots.load(profile.keys, costs=costs, clock=clock)
    done = rekeying.rekey(profile, slots, proof)
    code = ""
    if (signed_in.user_id, Method.RECOVERY_CODE) in done.left_behind:
        code = keys.replace_recovery_code(slots, replace(proof, key=done.key))
        renew_keys(profile.keys, profile.backups)
    return done, code
