"""Counts of a check: by mode, by verdict, by block of the paper's content tree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from ..plan.plan import Plan
from ..plan.requirement import MODES
from ..plan.verdict import VERDICT_NAMES, Summary, Verdict


def summary_of(verdicts: Sequence[Verdict], uppers: Sequence[Plan]) -> Summary:
    """How many verdicts of each kind, in all, for each mode and for each carbon block."""
    known = [{r.id: r for r in plan.requirements} for plan in uppers]
    by_mode: dict[str, Counter[str]] = defaultdict(Counter)
    by_block: dict[str, Counter[str]] = defaultdict(Counter)
    total: Counter[str] = Counter()
    for verdict in verdicts:
        requirement = known[verdict.upper][verdict.requirement]
        total[verdict.verdict] += 1
        by_mode[requirement.mode][verdict.verdict] += 1
        for block in dict.fromkeys(carbon.block for carbon in requirement.carbon):
            by_block[block][verdict.verdict] += 1
    return Summary(
        by_mode={mode: _ordered(by_mode[mode]) for mode in MODES if mode in by_mode},
        by_verdict=_ordered(total),
        by_carbon_block={block: _ordered(by_block[block]) for block in sorted(by_block)},
    )


def _ordered(counts: Counter[str]) -> dict[str, int]:
    return {name: counts[name] for name in VERDICT_NAMES if counts[name]}
