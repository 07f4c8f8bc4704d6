"""The hazards, the tests that prove the controls against them, and the document that is written from both.

`python -m tests.hazards` writes docs/clinical-safety.md; a test fails when that file is stale.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "docs" / "hazards.toml"
WRITTEN = ROOT / "docs" / "clinical-safety.md"
SEVERITIES = {"1": "minor", "2": "significant", "3": "considerable", "4": "major", "5": "catastrophic"}
LIKELIHOODS = {"VL": "very low", "L": "low", "M": "medium", "H": "high", "VH": "very high"}
RISK = {"VL": "11223", "L": "12234", "M": "22334", "H": "23345", "VH": "34455"}
"""The risk for each likelihood, by severity from 1 to 5: 4 and 5 are unacceptable, 3 only when it cannot be less."""

INTRO = """# Clinical safety: draft hazard log

**A draft.** It was written by the engineers of this program as material for a Clinical Safety Case under DCB0129.
Severities, likelihoods and whether a risk is acceptable are proposals. Only a Clinical Safety Officer, a registered
clinician trained in clinical risk management, can approve them, and an organisation that deploys the program needs a
case of its own under DCB0160.

Made by `make safety` from `docs/hazards.toml`; do not edit it by hand. Each hazard names the tests that prove a
control, and every one of them runs at every change. Where none is named, the hazard is open.

Risk is severity (1 minor, 2 significant, 3 considerable, 4 major, 5 catastrophic) by likelihood (VL very low to VH
very high): 1 and 2 are acceptable, 3 only where it cannot be made less, 4 and 5 are not.
"""


@dataclass(frozen=True, slots=True)
class Hazard:
    """One hazard. `before` and `after` are (severity, likelihood); a proof is a test file, or a test in one."""

    id: str
    title: str
    harm: str
    before: tuple[str, str]
    after: tuple[str, str]
    controls: tuple[str, ...]
    proofs: tuple[str, ...]
    deployment: str


@cache
def hazards() -> tuple[Hazard, ...]:
    """Every hazard, in the order of its number."""
    data = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    return tuple(
        Hazard(
            key,
            line["title"],
            line["harm"],
            _scored(line["before"]),
            _scored(line["after"]),
            tuple(line["controls"]),
            tuple(line["proofs"]),
            line.get("deployment", ""),
        )
        for key, line in sorted(data.items())
    )


def hazards_of(node_id: str) -> tuple[str, ...]:
    """Which hazards a test proves a control of; `node_id` is as pytest names it, with or without its parameters."""
    name = node_id.partition("[")[0]
    file = name.partition("::")[0]
    return tuple(hazard.id for hazard in hazards() if name in hazard.proofs or file in hazard.proofs)


def missing_proofs() -> list[str]:
    """Proofs that name a test that is not there."""
    return [f"{hazard.id}: {proof}" for hazard in hazards() for proof in hazard.proofs if not _is_there(proof)]


def document() -> str:
    """The text of docs/clinical-safety.md."""
    proved = [hazard for hazard in hazards() if hazard.proofs]
    still_open = [hazard for hazard in hazards() if not hazard.proofs]
    tests = sum(len(hazard.proofs) for hazard in proved)
    parts = [
        INTRO,
        f"{len(proved)} hazards have {tests} named proofs; {len(still_open)} are open.\n",
        "## The log\n",
        "| hazard | what can go wrong | harm | before | after |\n|---|---|---|---|---|",
        *(
            f"| {one.id} | {one.title} | {one.harm} | {_risk_words(one.before)} | {_risk_words(one.after)} |"
            for one in hazards()
        ),
        "\n## Controls and their proofs\n",
        *(_of_one(hazard) for hazard in proved),
        "## Open: no proof stands here yet\n",
        *(f"- {one.id}: {one.title}" for one in still_open),
        "\n## What only deployment can do\n",
        *(f"- {one.id}: {one.deployment}" for one in hazards() if one.deployment),
    ]
    return "\n".join(parts) + "\n"


def _of_one(hazard: Hazard) -> str:
    lines = [f"### {hazard.id} {hazard.title}\n", *(f"- {control}" for control in hazard.controls), ""]
    lines += ["Proofs: " + ", ".join(f"`{proof.removeprefix('tests/')}`" for proof in hazard.proofs) + "\n"]
    return "\n".join(lines)


def _risk_words(scored: tuple[str, str]) -> str:
    severity, likelihood = scored
    return f"{severity} {SEVERITIES[severity]} × {likelihood} = **{RISK[likelihood][int(severity) - 1]}**"


def _scored(text: str) -> tuple[str, str]:
    severity, likelihood = text.split()
    if severity not in SEVERITIES or likelihood not in LIKELIHOODS:
        raise ValueError(text)
    return severity, likelihood


def _is_there(proof: str) -> bool:
    file, _, name = proof.partition("::")
    path = ROOT / file
    return path.exists() and (not name or name in _tests_in(path))


@cache
def _tests_in(path: Path) -> Sequence[str]:
    return [node.name for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)]


def main() -> None:
    """Write the document."""
    WRITTEN.write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    main()
