"""What the exchange asks of the world: a transaction of the store, a request to the server, a new sign-in.

The exchange itself is a generator that yields these and is sent the answers. So the program, the simulator and the
crash sweep run the very same code, and a stop at any point is a crash at that point.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

if TYPE_CHECKING:
    from eolc_desktop.care_plan.plan import Plan
    from eolc_desktop.sync.ports import Ledger

JSON: TypeAlias = dict[str, Any]
T = TypeVar("T")


class Transaction:
    """Work on the tables of this laptop that is done whole, and is on the disk when it returns, or not at all.

    `ahead` is the reading that will be asked for next if all goes well, whatever this work finds: it may be sent while
    the work is done, or not at all.
    """

    __slots__ = ("_args", "_do", "ahead")

    def __init__(self, do: Callable[..., Any], *args: Any, ahead: Request | None = None) -> None:
        self._do = do
        self._args = args
        self.ahead = ahead

    def run(self, ledger: Ledger) -> Any:
        """Do the work inside a transaction that the caller has begun and will commit."""
        return self._do(ledger, *self._args)


@dataclass(frozen=True, slots=True)
class Request:
    """A request to the server. `path` is relative to its base address: a kind of resource and a random id, or nothing
    for a Bundle. Searches go inside a batch. `fresh` asks the server not to answer from an earlier search. `expects` is
    how many bytes the answer is likely to have, where that is many; `minimal` says that nothing of an answer is needed
    but how it went. `meanwhile` only reads and may be done while the answer is on its way, or not at all.
    """

    method: str
    path: str = ""
    body: JSON | None = None
    fresh: bool = False
    expects: int = 0
    minimal: bool = False
    meanwhile: Transaction | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Response:
    """A whole answer of the server, its JSON read safely. Names of headers are in lower case."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: JSON | None = None


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """No whole answer came: no network, a time-out, a connection cut, a body cut short or not fit to read.

    Whether the server did what was asked is not known. `reason` is in words, for the user.
    """

    reason: str


Answer: TypeAlias = Response | NoAnswer


@dataclass(frozen=True, slots=True)
class RenewSignIn:
    """The server does not accept the sign-in any more: renew it. Answered with True when there is a new one."""


@dataclass(frozen=True, slots=True)
class Draw:
    """Make the PDF of a plan that holds only what may leave. Answered with its bytes; b"" where none is to be made of
    such a plan here, None where it could not be made just now."""

    plan: Plan


Effect: TypeAlias = Transaction | Request | RenewSignIn | Draw
Steps: TypeAlias = Generator[Effect, Any, T]
