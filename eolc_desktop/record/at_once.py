"""Statements that are run for thousands of rows: written as text once, so that a row costs what SQLite takes for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.dml import Insert


class ForManyRows:
    """An INSERT with the same columns for every row. SQLAlchemy puts it into words once, here, and not at each use."""

    def __init__(self, statement: Insert, columns: Sequence[str]) -> None:
        made = statement.compile(dialect=sqlite.dialect(paramstyle="qmark"), column_keys=list(columns))
        self._text = str(made)
        self._values: Callable[[Mapping[str, Any]], tuple[Any, ...]] = itemgetter(*(made.positiontup or ()))

    def run(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write these rows, each given by the names of its columns."""
        if rows:
            connection.exec_driver_sql(self._text, [self._values(row) for row in rows])


ONE_OF = "one_of"
"""The parameter of `one_of`: give it what `listed` makes."""


def one_of() -> Select[tuple[str]]:
    """The texts of a list given as one parameter, for `in_`: however many there are, the statement is the same."""
    return select(func.json_each(bindparam(ONE_OF)).table_valued("value").c.value)


def listed(texts: Iterable[str]) -> str:
    """A list of texts as that parameter."""
    return json.dumps(list(texts))
