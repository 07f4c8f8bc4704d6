"""JSON of other systems, kept to the digit: 1.10 is not 1.1, and both are written back as they came."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from secrets import token_hex
from typing import Any

_MARK = f"decimal {token_hex(16)} "
"""Stands before the digits while the text is made; nobody who writes JSON for us can know it."""
_MARKED = re.compile(f'"{_MARK}([^"]*)"')


def dumps(value: Any) -> str:
    """JSON text in which every Decimal is a number, digit for digit."""
    text = _ENCODER.encode(value)
    return _MARKED.sub(r"\1", text) if _MARK in text else text


def sent(value: Any) -> bytes:
    """The same as it travels: in the order in which it was put together, and no longer than it need be."""
    text = _AS_SENT.encode(value)
    return (_MARKED.sub(r"\1", text) if _MARK in text else text).encode()


def loads(text: str) -> Any:
    """What `dumps` wrote, numbers with a point as Decimals."""
    found: Any = _DECODER.decode(text)
    return found


def _decimal(value: Any) -> str:
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value).__name__} is not JSON")
    return f"{_MARK}{value}"


# Made once: a pull reads and writes thousands of resources.
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=_decimal)
_AS_SENT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_decimal)
_DECODER = json.JSONDecoder(parse_float=Decimal)
