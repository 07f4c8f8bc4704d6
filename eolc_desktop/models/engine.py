"""SQLAlchemy's one engine of the process, and its connections over those of SQLCipher."""

from __future__ import annotations

import threading
from functools import cache

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import NullPool
from sqlcipher3 import dbapi2 as sqlcipher


class _Handed(threading.local):
    """The connection beneath that this thread is about to give to SQLAlchemy."""

    raw: sqlcipher.Connection


_handed = _Handed()


@cache
def _engine() -> Engine:
    """The engine of the whole process, so that what was put into SQL for one store need not be for the next.

    It keeps no connections; `hide_parameters` keeps patient data out of the text of errors.
    """
    return create_engine(
        "sqlite://", creator=lambda: _handed.raw, module=sqlcipher, poolclass=NullPool, hide_parameters=True
    )


def over(raw: sqlcipher.Connection) -> Connection:
    """SQLAlchemy's connection over one of SQLCipher's, which goes when it is closed."""
    _handed.raw = raw
    try:
        return _engine().connect()
    finally:
        del _handed.raw
