"""Does one piece of work after another while the disk refuses one thing of it, and says what became of it.

Run as `python -m tests.prove.refused_work FOLDER WORKLOAD KIND ERROR EVERY` with `refuse_writes.so` loaded before the C
library: refuses the first thing of that kind, then the one EVERY after it. The workloads, and what is looked at
afterwards, are those of the power cuts.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import shutil
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from eolc_desktop.errors import UserError
from eolc_desktop.paths import Profile
from eolc_desktop.services.first_run_refused import RecordReady
from tests.prove import test_durability as looks
from tests.prove.power_cut import Cut
from tests.prove.workloads import WORKLOADS, OwnFileRefusedError, Work

LOOKS: dict[str, Callable[[Profile, Cut], str]] = {
    "changing keys": looks.keys_open,
    "first run": looks.it_is_a_first_run_or_ready,
    "changing the record's key": looks.it_opens_with_one_of_its_keys,
    "migrating": looks.it_is_of_one_version,
    "backing up": looks.backups_are_whole,
    "beginning with a backup": looks.it_begins_with_a_backup,
}
NOT_OURS = "the test's own file"
READY = "told that it is ready"


class Watched(Work):
    """Work whose acknowledgements are kept in memory, where no disk refuses them."""

    done = -1

    def acknowledge(self, number: int) -> None:
        """Say that what `number` stands for is done."""
        self.done = number


def worked(folder: Path, name: str, kind: str, which: int, error: int) -> tuple[str, int, int]:
    """Do the work with the `which`-th thing refused: how it ended, what was acknowledged last, how many things came."""
    disk = ctypes.CDLL(None)
    work = Watched(folder)
    below = f"{folder}/".encode()
    disk.refuse(below, ctypes.c_char(kind.encode()), ctypes.c_long(which), error, 0, 0)
    try:
        WORKLOADS[name](work, "")
        ended = "whole"
    except RecordReady:
        ended = READY
    except UserError as told:
        ended = "told" if all((told.happened, told.safe)) else "told in no words"
    except OwnFileRefusedError:
        ended = NOT_OURS
    except OSError as error_of_the_disk:
        frames = traceback.extract_tb(error_of_the_disk.__traceback__)
        if any("/eolc_desktop/" in frame.filename for frame in frames):
            raise
        ended = NOT_OURS
    return ended, work.done, int(disk.count())


def in_a_fork(function: Callable[[], object]) -> object:
    """What a function returns, from a process of its own, which ends without tidying up."""
    reads, writes = os.pipe()
    if os.fork() == 0:
        try:
            os.write(writes, json.dumps(function()).encode())
        except BaseException:  # noqa: BLE001  said, since nobody above a fork would hear it
            traceback.print_exc()
            os.write(writes, json.dumps("a fault of the program").encode())
        finally:
            os._exit(0)
    os.close(writes)
    with os.fdopen(reads, "rb") as said:
        answer: object = json.loads(said.read())
    os.wait()
    return answer


def verdict(folder: Path, name: str, kind: str, which: int, error: int) -> tuple[str, int]:
    """What became of the work with one thing refused, and how many things of the kind there were."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(folder.with_name(f"{folder.name}-migrations"), ignore_errors=True)
    folder.mkdir()
    answer = in_a_fork(lambda: worked(folder, name, kind, which, error))
    if not isinstance(answer, list):
        return "a fault of the program", 0
    ended, done, count = answer
    seen = in_a_fork(lambda: LOOKS[name](Profile(folder), Cut(0, {}, done)))
    if ended == "told" and name == "changing keys" and seen == "open":
        # Whoever was told that the keys are as they were would type the passphrase from before.
        seen = in_a_fork(lambda: LOOKS[name](Profile(folder), Cut(0, {}, done + 1)))
        seen = "open" if seen == "an old passphrase opens" else "told as before, and is not"
    return f"{ended}; {seen}", count


def warm_up(folder: Path, name: str) -> None:
    """Do the work and look at it once where nothing is refused, so that no fork imports and compiles all of it anew."""
    sys.pycache_prefix = str(folder / "compiled")
    work = Watched(folder / "work")
    WORKLOADS[name](work, "")
    LOOKS[name](work.profile, Cut(0, {}, work.done))
    gc.collect()
    gc.freeze()


def main() -> None:
    """Refuse every thing of one kind, one after the other."""
    folder, name, kind, error, every = Path(sys.argv[1]), sys.argv[2], sys.argv[3], *map(int, sys.argv[4:6])
    (folder / "work").mkdir()
    warm_up(folder, name)
    unrefused, things = verdict(folder / "work", name, kind, 10**9, error)
    assert unrefused.startswith("whole; "), unrefused
    verdicts: Counter[str] = Counter()
    for which in range(1, things + 1, every):
        verdicts[verdict(folder / "work", name, kind, which, error)[0]] += 1
    print(json.dumps(verdicts))


if __name__ == "__main__":
    main()
