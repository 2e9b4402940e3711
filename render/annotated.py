"""The draft itself with what the check found as Word comments at the words it found it in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..plan.finding import Finding
from ..plan.span import Span
from ..plan.verdict import PROBLEMS, VERDICT_NAMES, Check, Verdict
from .comments import Note, with_comments
from .evidence import SEVERITY_NAMES, cited_upper, requirement_title, spans_place

UPPER_LABELS = ("上位规划",)
"""Places of a finding with these labels stand in the upper plan."""


def annotated_docx(check: Check, draft: bytes) -> bytes:
    """A copy of the draft, given as the bytes of its DOCX, with a comment for each problem; nothing else in it changes.

    Problems of answers stand at the answering words, what is missing at the nearest passage (at the head of the plan if
    there is none), contradictions inside the draft at each of their places. The same input gives the same bytes.
    """
    return with_comments(draft, [*_verdict_notes(check), *_finding_notes(check)])


def _verdict_notes(check: Check) -> Iterator[Note]:
    cited = cited_upper(check)
    for verdict in check.verdicts:
        if verdict.verdict not in PROBLEMS and not (verdict.verdict == "undetermined" and verdict.applies):
            continue
        requirement = cited.get((verdict.upper, verdict.requirement), {})
        place = spans_place(requirement.get("where") or ())
        source = f"《{check.uppers[verdict.upper].title}》{f'（{place}）' if place else ''}"
        lines = [f"【{VERDICT_NAMES[verdict.verdict]}】{verdict.explanation or verdict.because}"]
        lines += [
            f"[{found.code}] {found.message}" for found in verdict.findings if found.message not in verdict.explanation
        ]
        if not verdict.responses and verdict.candidates:
            lines.append("（草案中没有对应的表述，批注落在最接近的段落上。）")
        lines.append(f"上位要求：{requirement_title(requirement)}　{source}")
        yield Note("\n".join(lines), _answer_place(verdict))


def _answer_place(verdict: Verdict) -> tuple[Span, ...]:
    """Where a comment on a verdict stands: at the answer, else at the nearest passage, else nowhere."""
    for response in (*verdict.responses, *verdict.candidates):
        if response.where:
            return _words_of_row(response.where, verdict.explanation)
    return ()


def _finding_notes(check: Check) -> Iterator[Note]:
    """A comment at each place of a finding inside the draft; the places of one table row are one."""
    for found in (*check.findings, *check.orphans):
        said = f"【{SEVERITY_NAMES[found.severity]}】{found.message}\n[{found.code}]"
        groups = list(_groups(found))
        for number, spans in enumerate(groups, 1):
            more = f"（第 {number} 处，共 {len(groups)} 处）" if len(groups) > 1 else ""
            yield Note(said + more, _words_of_row(spans, found.message))


def _groups(found: Finding) -> Iterable[tuple[Span, ...]]:
    places: dict[tuple[object, ...], list[Span]] = {}
    for place in found.where:
        if place.label in UPPER_LABELS or (place.page is not None):
            continue
        row = (place.table.index, place.table.row) if place.table is not None else (place.part, place.paragraph)
        places.setdefault(row, []).append(place)
    return [tuple(spans) for spans in places.values()] or [()]


def _words_of_row(spans: tuple[Span, ...], said: str) -> tuple[Span, ...]:
    """Of the cells of a table row the one that the message speaks of; other quotes as they are."""
    if not any(span.table is not None for span in spans):
        return spans
    digits = [span for span in spans if any(c.isdigit() for c in span.quote) and span.quote.strip("≥≤") in said]
    named = [span for span in spans if span.quote and span.quote in said]
    return (*digits, *named, *spans)[:1]
