"""A first run that the disk refused: nothing is left half made, and what is said about it is true."""

from __future__ import annotations

from contextlib import suppress

from eolc_desktop.errors import StoreFull
from eolc_desktop.models.key_file import mirror_of
from eolc_desktop.models.store import clear_unfinished
from eolc_desktop.paths import Profile


class RecordReady(StoreFull):
    """A first run went as far as a record that is whole and has its name, and could not open it."""


def after_refusal(profile: Profile) -> StoreFull:
    """Put the profile in order after the disk refused, and return the error that says how it stands."""
    if profile.store.exists():
        return record_ready()
    _clear_up(profile)
    return StoreFull(
        "The record could not be made: the disk is full, or it cannot be written to.",
        "Nothing was begun, and what you typed is still here.",
        "Please make some room on the disk, then press “Make the record” again.",
    )


def record_ready() -> RecordReady:
    """Return the error for a new record that is there and could not be opened."""
    return RecordReady(
        "The record was made, but the disk is full or refused, so it could not be opened yet.",
        "It is whole, and the passphrase you chose opens it. Its recovery code was not shown.",
        "Please make some room on the disk, unlock with your passphrase, and make a new recovery code in Settings.",
    )


def _clear_up(profile: Profile) -> None:
    """Remove what was made. The keys go first: they alone would say that a record is missing, while beside what is left
    of an unfinished record they say that this is a first run still."""
    with suppress(OSError):
        for path in (profile.keys, mirror_of(profile.keys)):
            path.unlink(missing_ok=True)
        clear_unfinished(profile.store)
