"""The worker process: one, fresh, replaced when it dies, and never there when the program is not."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from concurrent.futures import wait
from pathlib import Path

import pytest

from eolc_desktop.desktop.worker import Worker, WorkerFault, WorkerStopped
from eolc_desktop.errors import ImportRefused
from eolc_desktop.logs import describe
from tests.desktop import jobs
from tests.strictness import ExpectedLog

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 30


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker()
    yield made
    made.close()


def test_every_job_runs_in_one_other_process(worker: Worker) -> None:
    outcomes = [worker.submit(jobs.number_of_this_process) for _ in range(5)]
    numbers = {outcome.result(SECONDS) for outcome in outcomes}
    assert len(numbers) == 1
    assert numbers != {os.getpid()}


def test_bytes_go_in_and_out(worker: Worker) -> None:
    data = os.urandom(2_000_000)
    assert worker.submit(jobs.doubled, data).result(SECONDS) == data * 2


def test_the_process_starts_without_qt_and_is_warmed(worker: Worker) -> None:
    warmed = Worker(preload=["colorsys"])
    try:
        warmed.warm().result(SECONDS)
        loaded = warmed.submit(jobs.modules_of_this_process).result(SECONDS)
    finally:
        warmed.close()
    assert "colorsys" in loaded
    assert not [name for name in loaded if name.startswith("PySide6")]
    assert "colorsys" not in worker.submit(jobs.modules_of_this_process).result(SECONDS)


def test_a_user_error_comes_across_whole(worker: Worker) -> None:
    with pytest.raises(ImportRefused) as caught:
        worker.submit(jobs.refuse, "The file is not JSON.").result(SECONDS)
    assert (caught.value.happened, caught.value.safe, caught.value.next_step) == (
        "The file is not JSON.",
        "Nothing was taken in.",
        "Choose another file.",
    )


@pytest.mark.parametrize("job", [jobs.fault, jobs.fault_that_cannot_be_pickled, jobs.leave])
def test_a_fault_comes_across_without_values_and_the_process_lives(worker: Worker, job: object) -> None:
    before = worker.submit(jobs.number_of_this_process).result(SECONDS)
    with pytest.raises(WorkerFault) as caught:
        worker.submit(job).result(SECONDS)  # type: ignore[arg-type]
    report = describe(caught.value)
    assert "jobs.py" in report
    assert "ZQXCANARY" not in report + repr(caught.value) + str(caught.value.__cause__)
    assert worker.submit(jobs.number_of_this_process).result(SECONDS) == before


def test_the_death_of_the_process_is_told_and_the_next_job_works(worker: Worker, expected_log: ExpectedLog) -> None:
    expected_log.expect("eolc_desktop.desktop.worker")
    before = worker.submit(jobs.number_of_this_process).result(SECONDS)
    with pytest.raises(WorkerStopped) as caught:
        worker.submit(jobs.die).result(SECONDS)
    assert caught.value.next_step == "Try again."
    assert worker.submit(jobs.number_of_this_process).result(SECONDS) not in (before, os.getpid())


def test_a_death_between_jobs_is_not_even_noticed(worker: Worker, expected_log: ExpectedLog) -> None:
    expected_log.expect("eolc_desktop.desktop.worker")
    before = worker.submit(jobs.number_of_this_process).result(SECONDS)
    handle = os.pidfd_open(before)
    os.kill(before, signal.SIGKILL)
    select.select([handle], [], [], SECONDS)
    os.close(handle)
    waiting = [worker.submit(jobs.number_of_this_process) for _ in range(3)]
    outcomes = {type(one.exception(SECONDS)) for one in waiting}
    assert outcomes <= {type(None), WorkerStopped}
    assert worker.submit(jobs.number_of_this_process).result(SECONDS) != before


@pytest.mark.hazard("H35")
def test_a_job_that_hangs_can_be_stopped(worker: Worker) -> None:
    hanging = worker.submit(jobs.hang)
    behind = worker.submit(jobs.number_of_this_process)
    worker.stop()
    for outcome in (hanging, behind):
        with pytest.raises(WorkerStopped):
            outcome.result(SECONDS)
    assert worker.submit(jobs.doubled, b"ab").result(SECONDS) == b"abab"


def test_stopping_in_the_middle_of_a_large_result_does_not_wait_for_the_rest(worker: Worker) -> None:
    """The process is ended while it writes: whoever reads must not wait for what will never come."""
    for turn in range(10):
        job = worker.submit(bytes, 100_000_000)
        wait([job], timeout=0.03 * turn)  # each time at another place in the work
        worker.stop()
        assert job.done()
    assert worker.submit(os.getpid).result(timeout=30) != os.getpid()


@pytest.mark.hazard("H35")
def test_stopping_while_a_large_job_is_handed_over_does_not_wait_for_who_would_have_taken_it(worker: Worker) -> None:
    """A record to be drawn is larger than a pipe holds: whoever writes it must not wait for a process that is gone."""
    worker.submit(jobs.hang)
    handed_over = worker.submit(jobs.doubled, bytes(10_000_000))
    stopping = threading.Thread(target=worker.stop, daemon=True)
    stopping.start()
    stopping.join(SECONDS)
    assert not stopping.is_alive()
    with pytest.raises(WorkerStopped):
        handed_over.result(SECONDS)


def test_closing_ends_the_process_at_once(worker: Worker) -> None:
    number = worker.submit(jobs.number_of_this_process).result(SECONDS)
    hanging = worker.submit(jobs.hang)
    worker.close()
    assert not Path(f"/proc/{number}").exists()
    assert wait([hanging], SECONDS).not_done == set()
    with pytest.raises(RuntimeError):
        worker.submit(jobs.doubled, b"")


def test_nothing_is_put_in_files(worker: Worker) -> None:
    worker.submit(jobs.doubled, os.urandom(5_000_000)).result(SECONDS)
    assert worker.submit(jobs.open_files).result(SECONDS) == []


PROGRAM = textwrap.dedent(
    """
    import os, sys
    from eolc_desktop.desktop.worker import Worker
    from tests.desktop import jobs
    if __name__ == "__main__":
        worker = Worker()
        print(worker.submit(jobs.number_of_this_process).result(), flush=True)
        worker.submit(jobs.hang)
        sys.stdin.readline()
        {ending}
    """
)


@pytest.mark.parametrize(
    "ending",
    [
        "os.kill(os.getpid(), 9)",
        "os.execv(sys.executable, [sys.executable, '-c', 'import sys; sys.stdin.readline()'])",
        "worker.close()",
    ],
    ids=["killed", "replaced", "closed"],
)
def test_the_process_never_outlives_the_program(tmp_path: Path, ending: str) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM.format(ending=ending), encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, str(program)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout is not None
        assert running.stdin is not None
        number = int(running.stdout.readline())
        handle = os.pidfd_open(number)
        try:
            running.stdin.write("\n")
            running.stdin.flush()
            ended = bool(select.select([handle], [], [], SECONDS)[0])
        finally:
            os.close(handle)
            if not ended:
                os.kill(number, signal.SIGKILL)
        running.stdin.close()
    assert ended
