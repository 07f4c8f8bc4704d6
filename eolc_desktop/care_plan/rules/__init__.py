"""The consistency rules: what in a record does not fit together, where it came from and who can settle it.

A rule is a function of the plan and is in force by being listed here. No rule decides, corrects or advises.
"""

from __future__ import annotations

from collections.abc import Callable

from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.care_plan.rules.between import k07, k20, k24, k26, k30
from eolc_desktop.care_plan.rules.copies import CopyPlanned, k21, k22, k23
from eolc_desktop.care_plan.rules.finding import ORDINARY, Finding, ItemRef, Limits, Setting, Severity
from eolc_desktop.care_plan.rules.identity import k25
from eolc_desktop.care_plan.rules.illness import k17, k18, k19, k27
from eolc_desktop.care_plan.rules.keeping import k16, k28, k29, k31, k32
from eolc_desktop.care_plan.rules.legal import k08, k09, k10, k11, k12, k13, k14, k15, k33
from eolc_desktop.care_plan.rules.outside import Outside
from eolc_desktop.care_plan.rules.review_and_cpr import k01, k02, k03, k04, k05, k06

__all__ = [
    "COPY_RULES",
    "RULES",
    "RULES_WITH_LIMITS",
    "CopyPlanned",
    "Finding",
    "ItemRef",
    "Limits",
    "Outside",
    "Setting",
    "Severity",
    "findings",
    "findings_for_copy",
]

RULES: tuple[Callable[[Plan], tuple[Finding, ...]], ...] = (
    k01, k03, k04, k06, k10, k11, k13, k14, k15, k24, k28, k29, k31,
)  # fmt: skip
"""The rules that look at a plan and nothing else."""

RULES_WITH_LIMITS: tuple[Callable[[Plan, Setting], tuple[Finding, ...]], ...] = (
    k02, k05, k07, k08, k09, k12, k16, k17, k18, k19, k20, k25, k26, k27, k30, k32, k33,
)  # fmt: skip
"""The rules that also have a threshold, or need to know something from outside the plan."""

COPY_RULES: tuple[Callable[[Plan, CopyPlanned], tuple[Finding, ...]], ...] = (k21, k22, k23)
"""The rules that look at a copy before it leaves the laptop."""

_ORDER = list(Severity)


def findings(plan: Plan, setting: Setting = ORDINARY) -> tuple[Finding, ...]:
    """Everything that the rules find in a plan, the gravest first."""
    found = [finding for rule in RULES for finding in rule(plan)]
    found += [finding for limited in RULES_WITH_LIMITS for finding in limited(plan, setting)]
    return tuple(sorted(found, key=lambda finding: (_ORDER.index(finding.severity), finding.rule)))


def findings_for_copy(plan: Plan, copy: CopyPlanned) -> tuple[Finding, ...]:
    """Everything that the rules find in a copy that is about to be printed or sent, the gravest first."""
    found = [finding for rule in COPY_RULES for finding in rule(plan, copy)]
    return tuple(sorted(found, key=lambda finding: (_ORDER.index(finding.severity), finding.rule)))
