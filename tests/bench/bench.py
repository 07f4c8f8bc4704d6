"""What every figure is given: the records, a folder for what it writes, and how often to repeat."""

from __future__ import annotations

import itertools
from pathlib import Path

from tests.bench.stores import Stores


class Bench:
    """One run of the benchmark, in a folder that goes away with it."""

    def __init__(self, folder: Path, *, quick: bool, stores: Path | None = None) -> None:
        """`stores` is where the invented records are kept for the next run, which is then much shorter."""
        self.quick = quick
        self.stores = Stores(stores or folder / "stores")
        self._folder = folder
        self._numbers = itertools.count(1)

    def times(self, usual: int, quick: int) -> int:
        """How often to repeat: fewer times in a quick run, whose figures are only a first look."""
        return quick if self.quick else usual

    def new_folder(self) -> Path:
        """An empty folder."""
        made = self._folder / f"{next(self._numbers):04d}"
        made.mkdir(parents=True)
        return made
