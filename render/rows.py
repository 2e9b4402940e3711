"""The rows of a check's tables, in the words that every kind of report gives them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..plan.finding import Finding
from ..plan.verdict import VERDICT_NAMES, Check, Response, Verdict
from .evidence import mode_name, requirement_title, span_record, spans_place

HEADER = (
    "序号",
    "传导方式",
    "上位规划及条款",
    "上位要求（原文、页码）",
    "本级落实章节",
    "本级表述（原文、页码）",
    "结论",
    "问题与修改建议",
    "审查意见",
)
ALWAYS: tuple[str, ...] = ("指标符合性", "空间布局符合性", "图数一致性", "图文一致性")
"""The categories of the official review, present even when nothing was found (DOMAIN §3.2)."""
FILLS = {
    "fulfilled": "FFE3F3E8",
    "refined": "FFDFF1F2",
    "partial": "FFFCEFD6",
    "weakened": "FFFBE3D3",
    "conflict": "FFF8D7D4",
    "missing": "FFF3D5E1",
    "undetermined": "FFE4E5F5",
    "exempt": "FFECEEF0",
    "not_applicable": "FFF1F3F5",
}


HIDDEN = ("要求编号", "内容印记", "核对结论", "核对时本级表述", "上位规划名称", "上位规划文件")
"""Columns that let the table be read back as decisions; hidden."""


def check_row(
    number: int,
    verdict: Verdict,
    check: Check,
    lower: Mapping[str, Mapping[str, Any]],
    cited: Mapping[tuple[int, str], Mapping[str, Any]],
) -> tuple[str | int | None, ...]:
    """The cells of 传导落实对照表 for one verdict: those of HEADER, then those of HIDDEN.

    What several upper plans hand down alike is one row with all its sources.
    """
    also = [(source["upper"], source["requirement"]) for source in getattr(verdict, "also", None) or ()]
    sources = [(verdict.upper, verdict.requirement), *also]
    requirement = cited.get(sources[0], {})
    own = _upper_words(requirement)
    others = [words for source in also if (words := _upper_words(cited.get(source, {}))) != own]
    return (
        number,
        mode_name(requirement),
        "\n".join(_clause(check, upper, cited.get((upper, id_), {})) for upper, id_ in sources),
        "\n".join([own, *(f"另：{words}" for words in others)]),
        _sections(verdict.responses, lower),
        "\n".join(_response_words(verdict.responses)) or ("—" if verdict.applies else ""),
        VERDICT_NAMES[verdict.verdict],
        _advice(verdict),
        review_words(verdict),
        *ground_row(verdict, check, cited),
    )


def ground_row(verdict: Verdict, check: Check, cited: Mapping[tuple[int, str], Mapping[str, Any]]) -> tuple[str, ...]:
    """The cells of HIDDEN for one verdict: what a decision about it rests on."""
    return (
        verdict.requirement,
        str(cited.get((verdict.upper, verdict.requirement), {}).get("stamp") or ""),
        verdict.verdict,
        answer_words(verdict),
        check.uppers[verdict.upper].title,
        check.uppers[verdict.upper].source.sha256,
    )


def _clause(check: Check, upper: int, requirement: Mapping[str, Any]) -> str:
    """The upper plan and the headings above the requirement."""
    section = " › ".join(requirement.get("section") or ())
    title = f"《{check.uppers[upper].title}》"
    return f"{title}\n{section}" if section else title


def _upper_words(requirement: Mapping[str, Any]) -> str:
    """The requirement in words, its printed text if that says more, and its place."""
    title, text = requirement_title(requirement), str(requirement.get("text", ""))
    parts = [title] if not text or text == title else [title, f"原文：{text}"]
    place = spans_place(requirement.get("where") or ())
    return "\n".join([*parts, f"（{place}）"] if place else parts)


def _sections(responses: Iterable[Response], lower: Mapping[str, Mapping[str, Any]]) -> str:
    """The headings under which the answers stand, or their table."""
    found: dict[str, None] = {}
    for response in responses:
        section = lower.get(response.requirement or "", {}).get("section")
        if section:
            found.setdefault(" › ".join(section))
            continue
        for span in response.where:
            if span.headings:
                found.setdefault(" › ".join(span.headings))
            elif span.table is not None:
                found.setdefault(span.table.label or "表格")
    return "\n".join(found)


def _response_words(responses: Iterable[Response]) -> Iterator[str]:
    for response in responses:
        place = spans_place(span_record(span) for span in response.where)
        yield f"{response.text}（{place}）" if place else response.text


def _advice(verdict: Verdict) -> str:
    """What is wrong and why; for what does not apply the reason."""
    lines = [verdict.explanation] if verdict.explanation else []
    lines += [f"[{found.code}] {found.message}" for found in verdict.findings if found.message not in lines]
    if verdict.verdict == "missing" and verdict.candidates:
        nearest = verdict.candidates[0]
        place = spans_place(span_record(span) for span in nearest.where)
        lines.append(f"最接近的表述：{nearest.text}" + (f"（{place}）" if place else ""))
    if not verdict.applies:
        lines.insert(0, verdict.because)
    return "\n".join(lines)


def findings_of(check: Check, cited: Mapping[tuple[int, str], Mapping[str, Any]]) -> Iterator[tuple[Finding, str]]:
    """Every finding of verdicts and draft, once, with the requirement that it concerns."""
    seen: set[str] = set()
    for verdict in check.verdicts:
        for each in verdict.findings:
            if each.id not in seen:
                seen.add(each.id)
                yield each, requirement_title(cited.get((verdict.upper, verdict.requirement), {}))
    for each in check.findings:
        if each.id not in seen:
            seen.add(each.id)
            yield each, ""


def owners_of(check: Check) -> dict[str, Verdict]:
    """Finding → the first verdict that carries it; a finding inside the draft has none."""
    owners: dict[str, Verdict] = {}
    for verdict in check.verdicts:
        for each in verdict.findings:
            owners.setdefault(each.id, verdict)
    return owners


def answer_words(verdict: Verdict) -> str:
    """The answering words as a decisions file holds them."""
    return " ‖ ".join(response.text for response in verdict.responses)


def review_words(verdict: Verdict) -> str:
    """A reviewer's decision that the verdict carries, in the words in which the form takes it."""
    review = getattr(verdict, "review", None) or {}
    decision = {"accept": "同意", "reject": "不同意"}.get(str(review.get("decision")), "")
    given = f"改为{VERDICT_NAMES[verdict.verdict]}" if review.get("reported") not in (None, verdict.verdict) else ""
    return "，".join(words for words in (decision, given, str(review.get("reason") or "")) if words)
