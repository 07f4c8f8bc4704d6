"""The PDF of each plan and the files attached to it, in a simulation: what is drawn, and what must hold of it."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.care_plan.said import Place
from eolc_desktop.fhir.questionnaire import questionnaire
from eolc_desktop.record.exchange import Proposal
from eolc_desktop.sync.effects import JSON

questionnaire_once = lru_cache(maxsize=None)(questionnaire)
"""As `questionnaire`: a section asks the same in every history."""


class OnlyPapers:
    """What other systems act on, in a world where they read papers alone."""

    types: tuple[str, ...] = ("DocumentReference",)

    def resources(self, plan: Plan, seen: Mapping[str, JSON]) -> Sequence[JSON]:
        return ()

    def proposals(self, plan: Plan, seen: Mapping[str, JSON]) -> Sequence[Proposal]:
        return ()


def drawn(plan: Plan) -> bytes:
    """A PDF of the plan, as far as a simulation looks at one: every value in it, by its place."""
    said = [[section.key, entry.id, key, item.value] for section, entry, key, item in plan.recorded()]
    return json.dumps(sorted(said, key=lambda one: one[:3])).encode()


def read(binary: JSON) -> dict[Place, Any]:
    """What stands in a PDF that was drawn so."""
    return {(s, e, k): value for s, e, k, value in json.loads(base64.b64decode(binary["data"]))}
