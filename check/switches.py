"""Findings that a planner has switched off: findings.csv of the lexicon, laid over by `--lexicon DIR`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..plan.finding import Finding
from ..plan.lexicon import Lexicon
from ..plan.verdict import Verdict


def switched_off(lexicon: Lexicon) -> frozenset[str]:
    """The codes whose `on` is no."""
    rows = lexicon.tables.get("findings.csv", ())
    return frozenset(row["code"] for row in rows if str(row.get("on", "")).strip().lower() in ("no", "否", "off", "0"))


def kept(findings: Iterable[Finding], off: frozenset[str]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.code not in off)


def without(verdicts: Sequence[Verdict], off: frozenset[str]) -> tuple[Verdict, ...]:
    """The verdicts without findings that are switched off. One that rested on these alone counts as fulfilled and says
    so; what is missing stays missing."""
    if not off:
        return tuple(verdicts)
    done: list[Verdict] = []
    for verdict in verdicts:
        left = kept(verdict.findings, off)
        if len(left) == len(verdict.findings):
            done.append(verdict)
        elif left or verdict.verdict == "missing":
            done.append(verdict.model_copy(update={"findings": left}))
        else:
            codes = "、".join(sorted({f.code for f in verdict.findings}))
            said = f"{verdict.explanation}（{codes} 已关闭，不计为问题）"
            done.append(verdict.model_copy(update={"findings": (), "verdict": "fulfilled", "explanation": said}))
    return tuple(done)
