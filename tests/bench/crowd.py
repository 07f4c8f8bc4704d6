"""Many laptops at once, or as many bare clients, in a process for each core: what they did, and what it took of it."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import re
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Generic, TypeVar
from urllib.parse import quote, unquote

import httpx2

from eolc_desktop.sync.effects import JSON
from tests.bench.exchange import with_other_ids
from tests.bench.headless import Asked

T = TypeVar("T")
MOST_TRIES = 50
_SINCE = re.compile(r"(_lastUpdated=ge|_since=)([^&\"]+)")


@dataclass(frozen=True)
class Told(Generic[T]):
    """What each of a crowd did, the seconds from the first to the last, and their own processors' seconds."""

    each: list[T]
    seconds: float
    processor: float


def can_fork() -> bool:
    """Whether a crowd can be started here: each process begins with what has been made ready in this one."""
    return "fork" in multiprocessing.get_all_start_methods()


class Crowd:
    """As many as `count`, each on a thread, in a process for each core, which are kept to the end."""

    def __init__(self, count: int, jobs: dict[str, Callable[[int], object]]) -> None:
        cores = os.cpu_count() or 1
        fork = multiprocessing.get_context("fork")
        self._parts = []
        for core in range(cores):
            ours, theirs = fork.Pipe()
            process = fork.Process(target=_part, args=(theirs, list(range(core, count, cores)), jobs))
            process.start()
            self._parts.append((process, ours))

    def all_do(self, job: str, *, every: int = 1) -> Told[Any]:
        """Have everybody (or one in so many) do a job at the same moment."""
        began = time.monotonic()
        for _process, pipe in self._parts:
            pipe.send((job, every))
        heard = [pipe.recv() for _process, pipe in self._parts]
        seconds = time.monotonic() - began
        for told in heard:
            if isinstance(told, BaseException):
                raise told
        return Told([one for each, _took in heard for one in each], seconds, sum(took for _each, took in heard))

    def __enter__(self) -> Crowd:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the processes."""
        for process, pipe in self._parts:
            pipe.send(None)
            process.join(30)
            if process.is_alive():
                process.kill()


def _part(pipe: Any, numbers: Sequence[int], jobs: dict[str, Callable[[int], object]]) -> None:
    while (asked := pipe.recv()) is not None:
        job, every = asked
        mine = [number for number in numbers if number % every == 0]
        before = sum(os.times()[:2])
        try:
            with ThreadPoolExecutor(max(1, len(mine))) as pool:
                each = list(pool.map(jobs[job], mine))
            pipe.send((each, sum(os.times()[:2]) - before))
        except Exception as error:  # noqa: BLE001  it is raised again where the crowd was asked
            pipe.send(error)


class Bare:
    """Clients without an engine, which ask what laptops asked, about other people, and read the JSON of each answer.

    They name no version that is to be replaced, so that they need not wait for each other; where two meet all the same
    they try again.
    """

    def __init__(self, addresses: Sequence[str], mornings: dict[int, list[Asked]], salt: str, later: timedelta) -> None:
        """`addresses` are those of the laptops; `later` is how much later than them they ask what changed since."""
        self._addresses = addresses
        self._mornings = mornings
        self._salt = salt
        self._later = later

    def asks(self, number: int, *, only_writes: bool = False) -> int:
        """Ask what a laptop asked, in its order. Returns how many bytes were answered."""
        heard = 0
        chance, pause = random.Random(number), threading.Event()
        with httpx2.Client(base_url=self._addresses[number], timeout=600) as client:
            for asked in self._mornings[number]:
                if only_writes and not (asked.is_transaction and asked.is_taken):
                    continue
                path = str(with_other_ids({"path": asked.path}, "bare")["path"])
                content = json.dumps(self._other(asked), ensure_ascii=False).encode() if asked.body else None
                headers = {"Content-Type": "application/fhir+json", "Cache-Control": "no-cache"}
                if asked.is_transaction:
                    headers["Prefer"] = "return=minimal"
                for _try in range(MOST_TRIES):
                    answer = client.request(asked.method, path, content=content, headers=headers)
                    heard += len(answer.content)
                    json.loads(answer.content)
                    if answer.status_code < 400 or not (asked.is_transaction and asked.is_taken):
                        break
                    pause.wait(chance.uniform(0.0, 0.5))
                else:
                    raise AssertionError(answer.text[:500])
        return heard

    def _other(self, asked: Asked) -> JSON:
        assert asked.body is not None
        made = with_other_ids(asked.body, "bare")
        if "entry" not in made:
            return made  # the seal
        for entry in made["entry"]:
            entry["request"].pop("ifMatch", None)
            entry["request"]["url"] = _SINCE.sub(self._since, entry["request"]["url"])
        if not asked.is_transaction:
            return made
        # What a change-set bears as its stamp, and its receipt, are new each time: so the server has something to do.
        receipt = str(made["entry"][-1]["resource"]["id"])
        anew: JSON = json.loads(json.dumps(made).replace(receipt, str(uuid.uuid5(uuid.UUID(receipt), self._salt))))
        return anew

    def _since(self, found: re.Match[str]) -> str:
        later = datetime.fromisoformat(unquote(found.group(2))) + self._later
        return found.group(1) + quote(later.isoformat(timespec="milliseconds"))
