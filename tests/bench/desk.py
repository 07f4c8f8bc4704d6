"""The longest that the coordinator's window could not paint: opening each page of the desk, scrolling and typing."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.bench import Bench
from tests.bench.figures import Figure
from tests.bench.processes import program
from tests.bench.stores import PASSPHRASE

LIMIT_MS = 50.0
PAGES = ("measures", "promises", "experience", "across", "review", "data_out", "tasks", "fast_track", "register",
         "weekend", "meeting")  # fmt: skip
TYPED = ("smi", "khan", "ls21", "1943", "9991")


def measure(bench: Bench) -> Iterator[Figure]:
    """Each page once, then once more, coming from the page that leads to it, with a heart that beats every 5 ms."""
    kept = bench.stores.of(2_000, years=5)
    with program(bench.new_folder(), kept.copied_to(bench.new_folder() / "profile").profile.folder) as started:
        started.ask("unlock", passphrase=PASSPHRASE, wait_seconds=1.0)
        first, again = ({page: started.ask("page", kind=page) * 1000 for page in PAGES} for _time in ("first", "again"))
        started.ask("go", place="caseload")
        scrolled = started.ask("scroll") * 1000
        typed = started.ask("type", words=list(TYPED)) * 1000
    for times, words in ((first, "for the first time"), (again, "again")):
        slowest = sorted(times, key=lambda page: -times[page])
        detail = ", ".join(f"{page} {times[page]:.0f}" for page in slowest[:4])
        yield Figure(f"desk: longest wait, a page opened {words}", times[slowest[0]], "ms", LIMIT_MS, detail)
    yield Figure("desk: longest wait, 2,000 scrolled through", scrolled, "ms", LIMIT_MS)
    yield Figure("desk: longest wait, typing to find", typed, "ms", LIMIT_MS)
