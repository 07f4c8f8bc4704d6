"""Asking the shared record on a thread of its own, and for the next page while the present one is put on the disk."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

from eolc_desktop.sync.effects import Answer, Request


class AskingAhead:
    """One request at a time, on one thread. `answer` does it, and raises Cancelled.

    One reading may be asked for ahead. Its answer is given to whoever asks for exactly that; when something else is
    asked for, it is thrown away. Nothing that writes is asked ahead: what may be sent is decided when it is sent.
    """

    def __init__(self, answer: Callable[[Request], Answer | bool], stop: Callable[[], None]) -> None:
        """`stop` ends the request under way at once: it is called when nobody waits for the answer any more."""
        self._answer = answer
        self._stop = stop
        self._network = ThreadPoolExecutor(1, "shared record")
        self._ahead: tuple[Request, Future[Answer | bool]] | None = None

    def __enter__(self) -> AskingAhead:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._ahead is not None:
            self._stop()
        self._network.shutdown(cancel_futures=True)

    def begin(self, asked: Request) -> None:
        """Ask for something that is likely to be wanted next. Left out while an answer is waiting to be fetched."""
        if self._ahead is None and only_reads(asked):
            self._ahead = asked, self._network.submit(self._answer, asked)

    def answer(self, asked: Request, meanwhile: Callable[[], object] | None = None) -> Answer | bool:
        """The answer to a request; `meanwhile` is done while it is on its way. Raises Cancelled."""
        under_way = self._begun(asked) or self._network.submit(self._answer, asked)
        if meanwhile is not None:
            meanwhile()
        return under_way.result()

    def _begun(self, asked: Request) -> Future[Answer | bool] | None:
        if self._ahead is None:
            return None
        (wanted, under_way), self._ahead = self._ahead, None
        return under_way if wanted == asked else None


def only_reads(asked: Request) -> bool:
    """Whether a request is a batch of nothing but readings."""
    body = asked.body or {}
    entries = body.get("entry", [])
    return body.get("type") == "batch" and all(entry["request"]["method"] == "GET" for entry in entries)
