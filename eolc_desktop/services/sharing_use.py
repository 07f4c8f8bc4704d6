"""Whether this laptop uses a shared record, and what stops an exchange: all that is needed where it uses none."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from eolc_desktop.record.users import known
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session

if TYPE_CHECKING:
    from eolc_desktop.sync.http import Http

SETTINGS = "shared_record"
"""The fact that holds which shared record is used, as JSON, within the encrypted record: see `shared_record`."""


@needs(Right.BE_HERE)
def is_set_up(session: Session) -> bool:
    """Whether this laptop uses a shared record."""
    if session.policy.decides("server"):
        return bool(session.policy.server)
    with session.store.reading() as connection:
        return bool(known(connection, SETTINGS))


class Hold:
    """Keeps hold of a connection that is used on another thread, so that it can be stopped at any moment."""

    def __init__(self) -> None:
        self.stopped = Event()
        self._http: Http | None = None

    def of(self, http: Http) -> Http:
        """Hold this connection; one that was stopped before it began sends nothing."""
        self._http = http
        if self.stopped.is_set():
            http.cancel()
        return http

    def stop(self) -> None:
        """Stop the request under way, and send no other. From any thread."""
        self.stopped.set()
        if self._http is not None:
            self._http.cancel()
