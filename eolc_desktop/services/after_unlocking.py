"""What is to be said, once, to whoever unlocked the record."""

from __future__ import annotations

from eolc_desktop.services import private_file, restoring
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session


@needs(Right.BE_HERE)
def after_unlocking(session: Session) -> str:
    """Put right what a program that was ended left behind, and say so; and what a backup that was restored may lack.

    Returns "" where there is nothing to say.
    """
    after = restoring.after_restore(session)
    said = (private_file.clear_left_behind(session), after.words if after is not None else "")
    return " ".join(words for words in said if words)
