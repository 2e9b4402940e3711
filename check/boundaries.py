"""Control lines: the area is judged as a number, the control sentence as a rule; the worse of both counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..plan.finding import Finding, Severity
from ..plan.requirement import BoundaryRequirement, IndicatorRequirement, RuleRequirement
from ..plan.verdict import VerdictName
from .figures import Figure, Measured, name_of, named_ratio
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
    return with_control(line, area, rules, ground)


def with_control(
    line: Measured, area: Judgement, rules: Sequence[tuple[RuleRequirement, Judgement]], ground: Ground
) -> Judgement:
    """What was said of the area, and of the rules inside and outside the line: an indicator whose number is kept stays so,
    with a warning; a control line is no better than its rules."""
    if area.verdict in ("not_applicable", "undetermined") or not carries_control(line, ground):
        return area
    bad = [
        (rule, said)
        for rule, said in rules
        if said.verdict in PROBLEMS
        and {f.code for f in said.findings} != {"DOC-EMPTY"}
        and not _beside_the_line(line, said)
        and governs(rule, line, ground)
    ]
    if not bad:
        return area
    name = name_of(line)
    kept = area.verdict in ("fulfilled", "refined") and bool(area.responses)
    number_alone = kept and isinstance(line, IndicatorRequirement)
    findings: list[Finding] = list(area.findings)
    for _, said in bad:
        word = "未落实" if said.verdict == "missing" else "被放宽"
        message = f"{name}的管控规则{word}：{said.explanation}"
        severity: Severity | None = "warning" if number_alone else None
        findings.append(problem("LINE-RULE", line, message, said.responses[:1], severity=severity))
    beside = tuple(r for _, said in bad for r in said.responses[:1])
    if number_alone:  # the number is kept; what is wrong is said of the rule, and pointed at here
        both = "；".join(dict.fromkeys([area.explanation, *(f.message for f in findings)]))
        responses = (*area.responses, *beside)
        return Judgement(area.verdict, both, responses, tuple(findings), area.candidates, area.searched)
    worst: VerdictName = "conflict" if any(said.verdict == "conflict" for _, said in bad) else "partial"
    verdict = min((area.verdict, worst), key=lambda verdict: ORDER.get(verdict, 9))
    responses = (*beside, *area.responses)
    told = [f"面积或数值已落实（{area.explanation}），问题在管控规则"] if kept else []
    sentence = "；".join(dict.fromkeys([*told, *(f.message for f in findings)]))
    return Judgement(verdict, sentence, responses, tuple(findings), area.candidates, area.searched)


_BESIDE = re.compile(r"期限由|缺20\d\d年的期限|频次由|未回应“|缺“|缺[0-9]|[上下]限放宽")


def _beside_the_line(line: Measured, said: Judgement) -> bool:
    """Whether a rule on a line that has an area of its own only lost a date, a number or a side duty: that is wrong with the
    rule and said there; what may be done inside the line stands as it was."""
    messages = [f.message for f in said.findings]
    return said.verdict != "missing" and bool(line.values) and bool(messages) and all(map(_BESIDE.match, messages))


def line_name(line: Measured, ground: Ground) -> str:
    """The letters of the control line that a number belongs to: 城镇开发边界 of 城镇开发边界扩展倍数."""
    known = ground.lexicon.line(name_of(line))
    printed = ground.lexicon.line_pattern.match(name_of(line))
    return letters(known.line if known is not None else printed[0] if printed else name_of(line))


def carries_control(line: Measured, ground: Ground) -> bool:
    """Whether the rules on a control line are shown with this number: with its area, with a ratio (扩展倍数) only where the
    upper plan hands down no area to the same region."""
    if not named_ratio(name_of(line), next((value.unit for value in line.values if value.unit), None)):
        return True
    mine = {bind.name for bind in line.binds}
    return not any(
        isinstance(other, IndicatorRequirement | BoundaryRequirement)
        and other is not line
        and "boundary" in other.modes
        and line_name(other, ground) == line_name(line, ground)
        and {bind.name for bind in other.binds} == mine
        and not named_ratio(name_of(other), next((value.unit for value in other.values if value.unit), None))
        for other in ground.upper.requirements
    )


def governs(rule: RuleRequirement, line: Measured, ground: Ground) -> bool:
    """Whether a rule is the control sentence of a line, or says what may be done inside or outside it."""
    said = letters(rule.text)
    control = letters(line.control or "") if isinstance(line, BoundaryRequirement) else ""
    if control and (said in control or control in said):
        return True
    name = line_name(line, ground)
    if (said.startswith(name) and "划定" in said) or (f"划定{name}" in said and rule.strength >= 5):
        return True
    inside = r"(?:范围|区域)?(?:内|外|以外|以内|之外)"
    short = name == "生态保护红线" and re.search(r"(?<!护)(?<!划)红线(?:区域|内)", said)
    core = name == "生态保护红线" and re.search(r"核心保护区.{0,10}?(?:禁止|不得|不允许).{0,6}人为活动", said)
    return bool(re.search(rf"{re.escape(name)}{inside}", said)) or bool(short) or bool(core)


def _named(line: BoundaryRequirement, ground: Ground) -> Judgement:
    """A line without an area of its own: that the draft draws it."""
    named = ground.draft.holding(line.line)
    if named:
        drawn = [p for p in named if re.search(r"划定|划示|落实|按", p.text)] or named
        return Judgement("fulfilled", f"已划定{line.line}", tuple(ground.draft.quote(p, 0.9) for p in drawn[:3]))
    message = f"草案未划定{line.line}"
    return Judgement("missing", message, (), (problem("LINE-AREA", line, message),))
