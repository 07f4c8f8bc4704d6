"""Every error a user can be told about: what happened, what is safe, what to do next."""

from __future__ import annotations


class UserError(Exception):
    """Something went wrong that the user can be told about and can act on.

    The three sentences are plain British English and never hold patient data: what happened, what is
    safe (usually that nothing was lost), and what to do next. Anything that is not a `UserError` is a
    fault of the program and goes to the crash window.
    """

    def __init__(self, happened: str, safe: str = "", next_step: str = "") -> None:
        super().__init__(" ".join(part for part in (happened, safe, next_step) if part))
        self.happened = happened
        self.safe = safe
        self.next_step = next_step

    @property
    def words(self) -> str:
        """What the screen says."""
        return str(self)


class StoreError(UserError):
    """The encrypted store could not be opened, read or written."""


class StoreMissing(StoreError):
    """There is no store in this place."""


class StoreEmpty(StoreError):
    """The store file holds nothing: such a file opens with any key and would look like an empty caseload."""


class StoreDamaged(StoreError):
    """The key is right (its slot proved it) and the file still cannot be read."""


class StoreForeign(StoreError):
    """The file belongs to another program, or to another profile of this one."""


class StoreTooNew(StoreError):
    """The store was written by a newer version of this program."""


class StoreBusy(StoreError):
    """Another copy of the program has the store open."""


class StoreFull(StoreError):
    """The disk is full or cannot be written to."""


class WrongPassphrase(UserError):
    """The passphrase or recovery code did not open any key slot."""


class KeySlotsDamaged(UserError):
    """The file of key slots cannot be read, or was altered."""


class KeyringUnavailable(UserError):
    """The computer's own key store is missing, locked, changed, or did not answer."""


class ChangedElsewhere(UserError):
    """The item was changed after the author last saw it, so the new value may not be laid over it."""


class NotAllowed(UserError):
    """The signed-in user may not do this."""


class InvalidValue(UserError):
    """A value does not fit its field. `field_key` says which."""

    def __init__(self, happened: str, safe: str = "", next_step: str = "", field_key: str = "") -> None:
        super().__init__(happened, safe, next_step)
        self.field_key = field_key


class ImportRefused(UserError):
    """A file is not what the program can take in safely; nothing was taken from it."""


class PrintFailed(UserError):
    """A document could not be made, shown or printed."""


class NotAsWritten(PrintFailed):
    """What was to leave cannot be trusted: it is not as it was written.

    `who` says whose record it is, for the screen alone: the text of an error may be kept, and holds no names.
    """

    def __init__(self, happened: str, safe: str = "", next_step: str = "", who: str = "") -> None:
        super().__init__(happened, safe, next_step)
        self.who = who

    @property
    def words(self) -> str:
        """What the screen says, with the names."""
        return " ".join(part for part in (self.happened, self.who, self.safe, self.next_step) if part)


class BackupFailed(UserError):
    """A backup could not be made or did not verify."""


class SettingsIgnored(UserError):
    """The settings file could not be read; safe defaults are in use and the bad file was kept aside."""


class ServerError(UserError):
    """Something went wrong between this laptop and the shared record."""


class ServerUnreachable(ServerError):
    """The shared record could not be reached, or its answer was lost: it may or may not have done what was asked."""


class ServerNotTrusted(ServerError):
    """The server could not prove who it is; nothing was sent to it."""


class ServerRefused(ServerError):
    """The shared record answered with what must not be read, or does not do what this program needs of it."""


class SignInNeeded(ServerError):
    """The shared record wants the user to sign in (again)."""


class Cancelled(UserError):
    """The user stopped what was under way."""
