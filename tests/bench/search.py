"""From a key in the caseload's search box to the repainted list."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from eolc_desktop.record.folding import fold
from eolc_desktop.record.people import PersonRow
from tests.bench.bench import Bench
from tests.bench.figures import Figure, p95, spread
from tests.bench.processes import program
from tests.bench.stores import PASSPHRASE, SEED

LIMITS = {2_000: 50.0, 20_000: 80.0}


def measure(bench: Bench) -> Iterator[Figure]:
    """Type names, numbers and postcodes as people do, letter by letter, in a caseload of 2,000 and one of 20,000."""
    for people, limit in LIMITS.items():
        kept = bench.stores.of(people)
        with program(bench.new_folder(), kept.copied_to(bench.new_folder() / "profile").profile.folder) as started:
            started.ask("unlock", passphrase=PASSPHRASE, wait_seconds=1.0)
            started.ask("search", words=["an"])
            told = started.ask("search", words=typed(kept.rows, bench.times(40, 10)))
        keys = [*told["keys"], *told["clears"]]
        yield Figure(f"search: key to list, of {people:,}, p95", p95(keys) * 1000, "ms", limit, spread(keys))


def typed(rows: tuple[PersonRow, ...], count: int) -> list[str]:
    """What to type: family names, given and family names, names without their accents, numbers, postcodes, nonsense."""
    dice = Random(SEED)
    accented = [row for row in rows if fold(row.family_name) != row.family_name.casefold()] or list(rows)
    joined = [row for row in rows if "-" in row.family_name or "’" in row.family_name] or list(rows)
    words = []
    for place in range(count):
        row = dice.choice(rows)
        match place % 8:
            case 0 | 1:
                words.append(row.family_name.lower())
            case 2:
                words.append(f"{row.given_names.split()[0]} {row.family_name}" if row.given_names else row.family_name)
            case 3:
                words.append(fold(dice.choice(accented).family_name))
            case 4:
                words.append(dice.choice(joined).family_name)
            case 5:
                words.append(row.nhs_number or "9990000018")
            case 6:
                words.append(row.postcode or "LS21 3AB")
            case 7:
                words.append(f"{row.family_name[:3]}zqx")
    return words
