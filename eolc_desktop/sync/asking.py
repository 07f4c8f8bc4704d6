"""Requests to the server, and what its answers mean: a sign-in that ran out is renewed once and asked again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eolc_desktop.sync.effects import JSON, Answer, NoAnswer, RenewSignIn, Request, Response, Steps

AT_ONCE = 40
"""How many resources are read by name in one request."""
GONE = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class Stopped:
    """The exchange cannot go on now. `reason` is in words; `retry_after` is what the server asked for, in seconds."""

    reason: str
    retry_after: int | None = None
    sign_in: bool = False


def ask(request: Request, *, again: bool = True) -> Steps[Response | Stopped]:
    """Ask the server. What says nothing about the matter itself (no network, too busy, signed out) is a Stopped.

    With `again` False the same is not asked a second time under a new sign-in: meanwhile somebody may have withdrawn
    their consent to what it holds. The answer is then the 401.
    """
    answer: Answer = yield request
    if isinstance(answer, Response) and answer.status == 401:
        renewed: bool = yield RenewSignIn()
        if not renewed:
            return Stopped("Please sign in to the shared record again.", sign_in=True)
        if not again:
            return answer
        answer = yield request
    if isinstance(answer, NoAnswer):
        return Stopped(answer.reason)
    if answer.status == 401:
        return Stopped("The shared record does not accept the sign-in.", sign_in=True)
    if answer.status == 429 or answer.status >= 500:
        return Stopped("The shared record is busy or not working just now.", retry_after(answer))
    return answer


def retry_after(answer: Response) -> int | None:
    """How many seconds the server asks to wait; None when it does not say so in seconds."""
    said = answer.headers.get("retry-after", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else None


def ask_together(urls: Sequence[str]) -> Steps[list[JSON] | Stopped]:
    """Ask for several things at once, in one batch: the entries of the answer, one for each."""
    answer = yield from ask(reading_of(urls))
    if isinstance(answer, Stopped):
        return answer
    answers = entries_of(answer)
    if answer.status != 200 or len(answers) != len(urls):
        return Stopped("The shared record gave an answer that cannot be used.")
    return answers


def reading_of(urls: Sequence[str]) -> Request:
    """The request that asks for several things at once. It only reads."""
    entries = [{"request": {"method": "GET", "url": url}} for url in urls]
    body: JSON = {"resourceType": "Bundle", "type": "batch", "entry": entries}
    return Request("POST", body=body, fresh=True)


def read_by_name(keys: Sequence[str]) -> Steps[dict[str, JSON | None] | Stopped]:
    """Read resources by name, many in one request: None for what the server does not have."""
    found: dict[str, JSON | None] = {}
    for start in range(0, len(keys), AT_ONCE):
        part = keys[start : start + AT_ONCE]
        answers = yield from ask_together(part)
        if isinstance(answers, Stopped):
            return answers
        for key, entry in zip(part, answers, strict=True):
            status = status_of(entry)
            resource = entry.get("resource")
            if status in GONE:
                found[key] = None
            elif status == 200 and isinstance(resource, dict):
                found[key] = resource
            else:
                return Stopped("The shared record did not let something be read that it named.")
    return found


def receipt_exists(change_set: str) -> Steps[bool | Stopped]:
    """Whether the server has the receipt of a change-set, and so the change-set itself."""
    answer = yield from ask(Request("GET", f"Provenance/{change_set}", fresh=True))
    if isinstance(answer, Stopped):
        return answer
    if answer.status in (200, *GONE):
        return answer.status == 200
    return Stopped("The shared record does not say whether it has what was sent.")


def entries_of(answer: Response) -> list[JSON]:
    """The entries of a Bundle that the server answered with."""
    found = (answer.body or {}).get("entry")
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def status_of(entry: JSON) -> int:
    """The status of one entry of an answered Bundle; 0 when it has none."""
    response = entry.get("response")
    said = str(response.get("status", "")) if isinstance(response, dict) else ""
    return int(said[:3]) if said[:3].isdigit() else 0


def etag_of(entry: JSON) -> str:
    """The version that one entry of an answered Bundle names; "" when it names none."""
    response = entry.get("response")
    said = str(response.get("etag", "")) if isinstance(response, dict) else ""
    return said.removeprefix("W/").strip('"')


def words_of(answer: Response) -> str:
    """What the server says is wrong: the kinds of its issues only, for its own words may hold what was sent."""
    issues = (answer.body or {}).get("issue")
    kinds = (
        [str(issue.get("code", "")) for issue in issues if isinstance(issue, dict)] if isinstance(issues, list) else []
    )
    return ", ".join(sorted({kind for kind in kinds if kind.replace("-", "").isalpha()}))[:100]
