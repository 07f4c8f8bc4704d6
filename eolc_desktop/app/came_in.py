"""What every way in ends with."""

from __future__ import annotations

from dataclasses import dataclass

from eolc_desktop.models.key_file import Method
from eolc_desktop.models.keys import Unlocked
from eolc_desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class CameIn:
    """An open record: the session, how its user came in, and the proof with which the ways in can be changed."""

    session: Session
    method: Method
    proof: Unlocked | None = None
    recovery_code: str = ""
