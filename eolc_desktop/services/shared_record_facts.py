"""What screens say of the shared record without loading the network: its address."""

from __future__ import annotations

import json

from eolc_desktop.record.users import known
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session
from eolc_desktop.services.sharing_use import SETTINGS


@needs(Right.BE_HERE)
def address(session: Session) -> str:
    """The address of the shared record; "" where none is used."""
    if session.policy.decides("server"):
        return session.policy.server
    with session.store.reading() as connection:
        kept = known(connection, SETTINGS)
    return str(json.loads(kept).get("address", "")) if kept else ""
