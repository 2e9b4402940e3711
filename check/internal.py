"""What the draft contradicts in itself: figures, sums, units, period, references. One cause is one finding."""

from __future__ import annotations

from collections.abc import Sequence

from ..plan.finding import Finding
from ..plan.plan import Plan
from .contradictions import contradictions
from .judgement import Ground
from .references import reference_findings
from .sums import arithmetic_findings

OF_EXTRACTION = frozenset({"LIST-COUNT", "DOC-NUMBER"})
"""Codes that only extraction finds; what it says of figures and sums is looked at here again, over the whole text."""


def internal_findings(ground: Ground, uppers: Sequence[Plan]) -> tuple[Finding, ...]:
    """All findings inside the draft, in the order of its rooms, each once."""
    found = [*contradictions(ground), *arithmetic_findings(ground), *reference_findings(ground, uppers)]
    found += [f for f in ground.draft.plan.findings if f.code.startswith("READ-") or f.code in OF_EXTRACTION]
    return tuple({each.id: each for each in found}.values())
