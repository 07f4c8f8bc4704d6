"""What is asked of the record between Enter and the first pages, asked before of an empty one while somebody types.

SQLAlchemy has put every question into SQL then, which takes it longer than SQLite takes to answer.
"""

from __future__ import annotations

import logging

from eolc_desktop.app.opening import LAPTOP_ID, note_signed_in
from eolc_desktop.clock import Clock
from eolc_desktop.models.in_memory import NOWHERE, store_in_memory
from eolc_desktop.models.key_file import Method
from eolc_desktop.paths import Profile
from eolc_desktop.record import users
from eolc_desktop.record.users import User
from eolc_desktop.services import (
    caseload_table,
    caseload_views,
    own_forms,
    paper_copies,
    people,
    sharing_status,
    today,
    trust,
)
from eolc_desktop.services.roles import Role
from eolc_desktop.services.session import Session

log = logging.getLogger(__name__)
NOBODY = User("rehearsal", "", "", "", roles=frozenset(role.value for role in Role))


def rehearse(clock: Clock) -> None:
    """Ask everything once. On any thread; nothing is read from the disk."""
    try:
        with store_in_memory() as store:
            # Not `begin_session`: what that puts into force for the whole program is for whoever signs in.
            with store.writing() as connection:
                users.add(connection, NOBODY, clock())
                users.know(connection, LAPTOP_ID, NOBODY.id)
            with store.reading() as connection:
                users.get(connection, NOBODY.id)
                catalogue = own_forms.catalogue_with(connection)
            session = Session(store, NOBODY, clock, catalogue, NOBODY.id, Profile(NOWHERE.parent))
            trust.look_first(session)
            today.today(session)
            people.person_row(session, "")
            people.recently_changed(session, 1)
            paper_copies.recall_list(session)
            caseload_views.kept_view(session)
            caseload_table.listed(session, caseload_table.Wanted("", "", caseload_table.kept(session)), 0, 1)
            note_signed_in(session, Method.PASSPHRASE)
            sharing_status.status(session)
    except Exception as error:  # noqa: BLE001  whatever it was: who unlocks waits a little longer, and is told there
        log.warning("the rehearsal failed: %s", type(error))
    else:
        log.info("rehearsed")
