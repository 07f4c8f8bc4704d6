"""Doing over HTTP what the exchange asks for: its requests sent, the answers read safely or not at all."""

from __future__ import annotations

from eolc_desktop.errors import ImportRefused, ServerError, SignInNeeded
from eolc_desktop.fhir.reading import MAX_TEXT, parse
from eolc_desktop.record import exact_json
from eolc_desktop.sync.effects import Answer, NoAnswer, Response
from eolc_desktop.sync.effects import Request as Asked
from eolc_desktop.sync.http import Http
from eolc_desktop.sync.server import Request

_NOT_FIT = "The shared record gave an answer that cannot be read safely, and nothing of it was taken in."
_MOST_BYTES = 30 * 1024 * 1024
"""The most that is read of one answer: the largest scan, or a first page of every kind of record at once."""


def answer_to(http: Http, asked: Asked) -> Answer:
    """Send a request of the exchange and return what came of it.

    An answer that is too large, broken, says a thing twice or is not FHIR in JSON is no answer. Raises Cancelled and
    SignInNeeded, which end the exchange.
    """
    body = exact_json.sent(asked.body) if asked.body is not None else b""
    request = Request(
        asked.method,
        asked.path,
        body,
        fresh=asked.fresh,
        most_bytes=_MOST_BYTES,
        expects=asked.expects,
        minimal=asked.minimal,
    )
    try:
        answer = http.send(request)
    except ServerError as error:
        if isinstance(error, SignInNeeded):
            raise
        return NoAnswer(error.happened)
    if not answer.content:
        return Response(answer.status, answer.headers)
    try:
        # A scan is one long text; a server that is asked to say only how it went may send it back all the same.
        longest = _MOST_BYTES if asked.expects or asked.minimal else MAX_TEXT
        read = parse(answer.content, _MOST_BYTES, longest_text=longest)  # numbers to the digit, as they are kept
    except ImportRefused:
        return NoAnswer(_NOT_FIT) if answer.ok else Response(answer.status, answer.headers)
    return Response(answer.status, answer.headers, read) if isinstance(read, dict) else NoAnswer(_NOT_FIT)
