"""Control lines: the area is judged as a number, the control sentence as a rule; the worse of both counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..plan.finding import Finding
from ..plan.requirement import BoundaryRequirement, RuleRequirement
from ..plan.verdict import VerdictName
from .figures import Figure
from .judgement import Ground, Judgement, problem
from .numbers import ORDER, judge_number
from .words import letters

PROBLEMS: tuple[VerdictName, ...] = ("conflict", "weakened", "partial", "missing")


def judge_boundary(
    line: BoundaryRequirement,
    wanted: Sequence[Figure],
    whole: bool,
    rules: Sequence[tuple[RuleRequirement, Judgement]],
    ground: Ground,
) -> Judgement:
    """How the draft answers a control line; `rules` are the upper plan's rules with what was said of them."""
    area = judge_number(line, wanted, whole, ground) if wanted else _named(line, ground)
    own = [(rule, said) for rule, said in rules if governs(rule, line)]
    bad = [(rule, said) for rule, said in own if said.verdict in PROBLEMS]
    if not bad:
        return area
    findings: list[Finding] = list(area.findings)
    for _, said in bad:
        message = (
            f"{line.line}的管控规则未落实：{said.explanation}"
            if said.verdict == "missing"
            else f"{line.line}的管控规则被放宽：{said.explanation}"
        )
        findings.append(problem("LINE-RULE", line, message, said.responses[:1]))
    worst: VerdictName = "conflict" if any(said.verdict == "conflict" for _, said in bad) else "partial"
    verdict = min((area.verdict, worst), key=lambda verdict: ORDER.get(verdict, 9))
    responses = (*(r for _, said in bad for r in said.responses[:1]), *area.responses)
    sentence = "；".join(dict.fromkeys([f.message for f in findings]))
    return Judgement(verdict, sentence, responses, tuple(findings), area.candidates, area.searched)


def governs(rule: RuleRequirement, line: BoundaryRequirement) -> bool:
    """Whether a rule is the control sentence of a line, or says what may be done inside or outside it."""
    said, control = letters(rule.text), letters(line.control or "")
    if control and (said in control or control in said):
        return True
    name = re.escape(letters(line.line))
    short = "红线" if line.line == "生态保护红线" else None
    inside = r"(?:范围|区域)?(?:内|外|以外|以内|之外)"
    return bool(re.search(rf"{name}{inside}", said)) or bool(short and re.search(rf"(?<!\w护){short}(?:区域|内)", said))


def _named(line: BoundaryRequirement, ground: Ground) -> Judgement:
    """A line without an area of its own: that the draft draws it."""
    named = ground.draft.holding(line.line)
    if named:
        drawn = [p for p in named if re.search(r"划定|划示|落实|按", p.text)] or named
        return Judgement("fulfilled", f"已划定{line.line}", tuple(ground.draft.quote(p, 0.9) for p in drawn[:3]))
    message = f"草案未划定{line.line}"
    return Judgement("missing", message, (), (problem("LINE-AREA", line, message),))
