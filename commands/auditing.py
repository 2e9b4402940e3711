"""The self-audit: known faults planted in copies of a draft, and how many of them the check finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..check import check_plans
from ..check.audit import Blamed, Caught, chosen, outcome, rounds
from ..check.faults import answers, faults_of, workshop
from ..check.places import Places
from ..check.planting import docx_changes, planted
from ..extract import document_to_plan
from ..extract.reading.docx import read_docx
from ..extract.reading.files import file_bytes
from ..plan.document import Document
from ..plan.errors import UsageError
from ..plan.fault import FAULT_NAMES, Fault
from ..plan.lexicon import Lexicon, load_lexicon
from ..plan.verdict import VERDICT_NAMES, Check
from ..render.planting import planted_docx
from .checking import check
from .inputs import Input, Progress

SCHEMA = "chuandao.audit/1"
FAULTS = 300
"""How many faults are planted unless the caller says otherwise."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What became of each fault, and what was blamed that no fault had touched."""

    check: Check
    caught: list[Caught] = field(default_factory=list)
    blamed: list[Blamed] = field(default_factory=list)
    copies: int = 0

    @property
    def share(self) -> float:
        return sum(each.how is not None for each in self.caught) / max(1, len(self.caught))


def audit(
    draft: Path,
    against: list[Path],
    *,
    region: str | None = None,
    count: int = FAULTS,
    lexicon: Lexicon | None = None,
    password: str | None = None,
    progress: Progress | None = None,
    step: Callable[[int, int], None] | None = None,
) -> Audit:
    """Plants up to `count` known faults in copies of `draft`, several in each, and checks every copy anew.

    A DOCX is changed in its own XML and read again, a PDF in its blocks as read; the draft itself is not touched.
    """
    lexicon = lexicon or load_lexicon()
    before, (lower, *uppers) = check(
        draft, against, region=region, lexicon=lexicon, password=password, progress=progress
    )
    if lower.document is None:
        raise UsageError(f"audit {draft.name}：自测要在草案的文字里埋设错误，请给出 PDF 或 DOCX，而不是规划 JSON。")
    places = Places(lower.document)
    plans = [upper.plan for upper in uppers]
    found = answers(before.verdicts, lower.plan, plans, places)
    touched = {answer.source: answer.keeps for answer in found}
    copies = rounds(chosen(faults_of(found, workshop(places, lexicon, plans, before.region)), count))
    caught: list[Caught] = []
    blamed: list[Blamed] = []
    for number, faults in enumerate(copies, 1):
        document = _faulty(draft, lower.document, faults)
        after = _check_again(before, document, uppers, lexicon)
        seen, wronged = outcome(before, after, faults, places, touched)
        caught += seen
        blamed += wronged
        if step is not None:
            step(number, len(copies))
    return Audit(before, caught, blamed, len(copies))


def _faulty(draft: Path, document: Document, faults: list[Fault]) -> Document:
    """The draft as read, with the faults in it."""
    if document.source.format == "docx":
        return read_docx(draft, planted_docx(file_bytes(draft), docx_changes(document, faults)))
    return planted(document, faults)


def _check_again(before: Check, document: Document, uppers: list[Input], lexicon: Lexicon) -> Check:
    return check_plans(
        document_to_plan(document, lexicon),
        [upper.plan for upper in uppers],
        region=before.region,
        lexicon=lexicon,
        lower_document=document,
        upper_documents=[upper.document for upper in uppers],
    )


def audit_words(result: Audit) -> str:
    """The share caught for each kind, what was missed, and what was blamed without reason."""
    planted_, seen = _counts(result)
    lines = [
        f"自测：在《{result.check.lower.title}》的 {result.copies} 份副本中埋设已知错误 {len(result.caught)} 处，"
        f"查出 {sum(seen.values())} 处（{_percent(sum(seen.values()), len(result.caught))}）"
    ]
    lines += [
        f"  {name}：{seen[kind]} / {planted_[kind]}（{_percent(seen[kind], planted_[kind])}）"
        for kind, name in FAULT_NAMES.items()
        if planted_[kind]
    ]
    lines.append(f"未改动而被判为有问题的要求：{len(result.blamed)} 条")
    lines += [f"  · {VERDICT_NAMES[each.verdict]}：{each.explanation}" for each in result.blamed[:5]]
    return "\n".join(lines) + "\n"


def audit_record(result: Audit) -> dict[str, Any]:
    """The audit as JSON."""
    planted_, seen = _counts(result)
    names = {(int(cited.get("plan", 0)), cited["id"]): cited["text"] for cited in result.check.requirements.upper}
    return {
        "schema": SCHEMA,
        "lower": result.check.lower.model_dump(mode="json", by_alias=True),
        "region": result.check.region.model_dump(mode="json"),
        "planted": len(result.caught),
        "caught": sum(seen.values()),
        "by_kind": {
            kind: {"name": name, "planted": planted_[kind], "caught": seen[kind]}
            for kind, name in FAULT_NAMES.items()
            if planted_[kind]
        },
        "faults": [
            {
                "kind": each.fault.kind,
                "upper": each.fault.source[0] if each.fault.source else None,
                "requirement": each.fault.source[1] if each.fault.source else None,
                "text": names.get(each.fault.source) if each.fault.source else None,
                "said": each.fault.said,
                "caught": each.how,
            }
            for each in result.caught
        ],
        "blamed": [
            {
                "upper": each.source[0], "requirement": each.source[1], "text": names.get(each.source),
                "verdict": each.verdict, "explanation": each.explanation,
            }
            for each in result.blamed
        ],
    }  # fmt: skip


def _counts(result: Audit) -> tuple[Counter[str], Counter[str]]:
    planted_: Counter[str] = Counter(each.fault.kind for each in result.caught)
    seen: Counter[str] = Counter(each.fault.kind for each in result.caught if each.how is not None)
    return planted_, seen


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "—"
