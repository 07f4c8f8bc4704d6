"""The people this project began with, told through the record: Barbara and John, Tony and Joan; and Peggy, who lives.

Barbara wanted to stay in her own bed. Everybody who asked her knew it; nobody wrote a plan, and nobody told John whom
to ring. Tony had a plan by day; how Joan managed at night was asked three times, and each time the answer was worse.
Peggy is the person of the demonstration: she has what both of them should have had.
"""

from __future__ import annotations

from random import Random

from eolc_desktop.services.invented import barbara_and_john, peggy, tony_and_joan
from eolc_desktop.services.invented.filling import refuse_beside_real_people, write
from eolc_desktop.services.invented.telling import Telling
from eolc_desktop.services.session import Session

PEGGY, BARBARA, TONY = peggy.PERSON_ID, barbara_and_john.PERSON_ID, tony_and_joan.PERSON_ID


def tell_stories(session: Session) -> tuple[str, str, str]:
    """Write the three records into a store for demonstration; return the ids of Peggy, Barbara and Tony.

    Raises NotAllowed for a store that is not for demonstration.
    """
    refuse_beside_real_people(session)
    now = session.clock()
    tellings = [Telling(person_id, Random(person_id), now) for person_id in (PEGGY, BARBARA, TONY)]  # noqa: S311
    tellers = (peggy.tell_peggy, barbara_and_john.tell_barbara, tony_and_joan.tell_tony)
    for telling, tell in zip(tellings, tellers, strict=True):
        tell(telling)
    write(session, tellings)
    return PEGGY, BARBARA, TONY
