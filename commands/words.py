"""What a planner reads at the end of a command: a few Chinese lines."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from ..plan.plan import Plan
from ..plan.requirement import MODE_NAMES, MODES
from ..plan.verdict import PROBLEMS, VERDICT_NAMES, Check

if TYPE_CHECKING:
    from ..plan.facts import Facts
    from .drafting import Drafted


def has_errors(check: Check) -> bool:
    """Whether the draft has an error: of a verdict, inside itself, or a claimed basis that does not exist."""
    inside = (*check.findings, *check.orphans)
    return any(found.severity == "error" for found in inside) or any(
        found.severity == "error" for verdict in check.verdicts for found in verdict.findings
    )


def plan_summary(plan: Plan) -> str:
    """One line: the title, the pages, how many requirements of each mode."""
    counts = Counter(requirement.mode for requirement in plan.requirements)
    by_mode = "、".join(f"{MODE_NAMES[mode]} {counts[mode]}" for mode in MODES if counts[mode])
    pages = plan.document.source.pages
    return f"{plan.document.title}{f'，{pages} 页' if pages else ''}：传导要求 {len(plan.requirements)} 条（{by_mode}）"


def check_summary(check: Check) -> str:
    """What was checked against what, how the verdicts fall, and the gravest problems."""
    applying = [verdict for verdict in check.verdicts if verdict.applies]
    counts = Counter(verdict.verdict for verdict in applying)
    lines = [
        f"核对：{check.lower.title}　对照：{'、'.join(upper.title for upper in check.uppers)}　行政区：{check.region.name}",
        f"适用的上位要求 {len(applying)} 条："
        + "、".join(f"{word} {counts[name]}" for name, word in VERDICT_NAMES.items() if counts[name]),
    ]
    if check.suspect:
        lines.append(
            f"需要复核的审查意见 {len(check.suspect)} 条（上位要求或本级表述有变动，原意见未予采用），见报告。"
        )
    severities = Counter(
        found.severity
        for found in (*check.findings, *check.orphans, *(f for verdict in applying for f in verdict.findings))
    )
    lines.append(
        f"问题：错误 {severities['error']} 处、警告 {severities['warning']} 处、提示 {severities['info']} 处"
        f"（其中文内问题 {len(check.findings)} 处）"
    )
    gravest = [
        verdict
        for verdict in applying
        if verdict.verdict in PROBLEMS and any(found.severity == "error" for found in verdict.findings)
    ]
    for verdict in gravest[:5]:
        lines.append(f"  · {VERDICT_NAMES[verdict.verdict]}：{verdict.explanation or verdict.findings[0].message}")
    if len(gravest) > 5:
        lines.append(f"  · ……另有 {len(gravest) - 5} 条，见报告。")
    lines += check.notes
    return "\n".join(lines) + "\n"


def facts_summary(form: Facts, outputs: list[Path]) -> str:
    """How much there is to fill in, and where."""
    return f"本地情况表：{form.region.name}，待填 {form.open_count} 项，已写入 {'、'.join(str(path) for path in outputs)}\n"


def draft_summary(drafted: Drafted, output: Path) -> str:
    """What the draft answers, what is open, and how its own check went."""
    verdicts = Counter(verdict.verdict for verdict in drafted.check.verdicts if verdict.applies)
    updated = ""
    if drafted.updated is not None:
        done = drafted.updated
        updated = (
            f"更新：未变 {done.kept} 条，改写 {len(done.renewed)} 条，人工改过而只加批注 {len(done.flagged)} 条，"
            f"新增 {len(done.added)} 条，上位已无 {len(done.dropped)} 条\n"
        )
    return updated + (
        f"草案：{output}，响应上位要求 {len(drafted.trace.responses)} 条，待补充 {len(drafted.trace.open_items)} 项\n"
        "自查："
        + "、".join(f"{word} {verdicts[name]}" for name, word in VERDICT_NAMES.items() if verdicts[name])
        + "\n"
    )
