"""What the unlock page says about a record that cannot be opened, beside what the store itself says."""

from __future__ import annotations

from eolc_desktop.errors import StoreError, UserError
from eolc_desktop.models import opening as store_opening
from eolc_desktop.services.sign_in import ProfileState

TO_READ = "Unlock with your passphrase or your recovery code: a copy is opened, for reading only."
TO_RESTORE = "Unlock with your passphrase or your recovery code: the backup is put in place, and opened."
"""What unlocking is for, where it does not simply open the record."""


def only_read() -> UserError:
    """What is said where nothing of the record can be written to."""
    return StoreError(
        "The record can only be read just now: this computer does not let the program write to its disk or folder.",
        "What was saved before is there, and nothing is changed.",
        "To read a plan, choose “Read only, in an emergency…”. To record again, ask your computer support to let the "
        "program write to its folder.",
    )


def no_room(error: UserError) -> UserError:
    """What is said where the record was not opened because the disk takes nothing more."""
    return StoreError(
        error.happened,
        "What was saved before is there, and nothing is changed.",
        "To read a plan now, choose “Read only, in an emergency…”. To record again, make some room on the disk, then "
        "unlock.",
    )


def trouble(state: ProfileState) -> UserError:
    """What is wrong with the profile's files, before anything was opened."""
    match state:
        case ProfileState.RECORD_MISSING:
            return store_opening.store_missing()
        case ProfileState.RECORD_EMPTY:
            return store_opening.store_empty()
        case ProfileState.KEYS_MISSING:
            return StoreError(
                "The file that holds this record’s keys is not in its place.",
                "The record itself has not been touched.",
                "Each backup keeps a copy of the keys: restore from a backup, or ask your computer support.",
            )
    return StoreError(
        "The file that holds this record’s keys is damaged.",
        "The record itself has not been touched.",
        "Each backup keeps a copy of the keys: restore from a backup, or ask your computer support.",
    )
