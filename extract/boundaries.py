"""Document → boundary requirements: control lines with their sizes, control sentences and what is to be drawn in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..plan.document import Block, Document
from ..plan.requirement import BoundaryRequirement, Requirement
from .clauses import SECTION_WITHOUT_RULES, Clause, text_to_clauses
from .context import Context
from .joining import Joined, joined_statements, part_ids
from .setting import Setting, setting_of

DRAWN = re.compile(r"划定|划入|划示|划设|勘定|落实|严守|严格(?:保护|落实|执行|管控)|坚守|守住|优化|明确|确定")
RULED = re.compile(
    r"禁止|严禁|不得|不准|不许|不能|不应|不再|仅允许|只准|一律|严格控制|从严|应当|须|不予|不搞|退出|管控|管理"
)
INSIDE = r"(?:范围|区域|管控区|划定)?(?:以)?[内外]|范围|线内|(?:保护)?(?:任务)?一经(?:划定|下达|批准|确定)|划定后"
ELEMENTS = re.compile(r"(?:将|把)(?P<what>[^，。；]{3,60}?)(?:应划尽划)?(?:优先)?(?:划入|划为|纳入)")
NO_SENTENCE = re.compile(r"三条控制线|“三线”")


def find_boundaries(document: Document, context: Context) -> list[Requirement]:
    """Every control line of running text: with its sizes, and those that are only ordered to be drawn or kept.

    Lines whose sizes stand in a table are indicators and boundaries at once; extract/indicators.py gives them.
    """
    setting = setting_of(context)
    return boundary_requirements(document, joined_statements(document, setting), setting)


def boundary_requirements(document: Document, joined: list[Joined], setting: Setting) -> list[Requirement]:
    """The boundary requirements of joined statements, and of lines without a size."""
    ids, controls = part_ids(joined, setting), control_sentences(document, setting)
    found: list[Requirement] = [_boundary(group, ids, controls, setting) for group in joined if group.only_boundary]
    valued = {group.line for group in joined if group.line}
    found.extend(_unvalued(document, valued, controls, setting))
    return found


def _boundary(group: Joined, ids: dict[int, str], controls: dict[str, str], setting: Setting) -> BoundaryRequirement:
    line = group.line or group.name
    elements = tuple(dict.fromkeys(element for said in group.said for element in said.elements))
    return BoundaryRequirement(
        line=line,
        name=group.name,
        concept=group.concept,
        attribute=group.attribute,
        scope=group.scope,
        direction=group.direction,
        values=group.values,
        control=controls.get(line),
        elements=elements,
        modes=("boundary", "indicator") if group.concept else ("boundary",),
        part_of=ids.get(id(group)),
        **group.common(setting),
    )


# -- control sentences -------------------------------------------------------------------------------------------------


def control_sentences(document: Document, setting: Setting) -> dict[str, str]:
    """Line → the first clause that rules what may happen inside or outside of it."""
    found: dict[str, str] = {}
    for _, clause, line, at, end in _line_mentions(document, setting):
        if line in found or not RULED.search(clause.text):
            continue
        after = clause.text[end : end + 12]
        if re.match(INSIDE, after) or re.search(
            rf"{re.escape(clause.text[at:end])}[^，。；]{{0,10}}(?:内|外)", clause.text
        ):
            found[line] = clause.text
    return found


def _line_mentions(document: Document, setting: Setting) -> Iterator[tuple[Block, Clause, str, int, int]]:
    """Every mention of a control line in a clause of running text; 线内 and 红线内 speak of the line last named."""
    pattern = re.compile("|".join(re.escape(word) for word, _ in setting.line_words))
    lines = dict(setting.line_words)
    for block in document.blocks:
        if block.kind != "paragraph" or block.table is not None or block.part == "footnote":
            continue
        if any(SECTION_WITHOUT_RULES.search(heading) for heading in block.section):
            continue
        last: str | None = _line_of_heading(block, setting)
        for clause in text_to_clauses(block.text.text):
            for match in pattern.finditer(clause.text):
                last = lines[match[0]]
                yield block, clause, last, match.start(), match.end()
            if last is not None and (
                anaphor := re.search(
                    r"(?<![\u4e00-\u9fff])(?:红线|控制线|保护线|边界|线)(?=[内外]|范围|以外)", clause.text
                )
            ):
                yield block, clause, last, anaphor.start(), anaphor.end()


def _line_of_heading(block: Block, setting: Setting) -> str | None:
    heading = block.section[-1] if block.section else ""
    return next((line for word, line in setting.line_words if word in heading), None)


# -- lines without a size ----------------------------------------------------------------------------------------------


def _unvalued(
    document: Document, valued: set[str], controls: dict[str, str], setting: Setting
) -> Iterator[Requirement]:
    """Lines that the plan orders to be drawn or rules, but gives no size."""
    seen: set[str] = set()
    for block, clause, line, at, end in _line_mentions(document, setting):
        if line in valued or line in seen or not _orders(clause.text, at, end):
            continue
        seen.add(line)
        where = document.spans(block, clause.start, clause.end)
        elements = ELEMENTS.search(clause.text)
        yield BoundaryRequirement(
            line=line,
            name=clause.text[at:end],
            text=clause.text,
            section=block.section,
            where=where,
            modes=("boundary",),
            scope="全域",
            control=controls.get(line),
            binds=(setting.home,) if setting.home is not None else (),
            binds_basis="whole" if setting.home is not None else "unknown",
            elements=tuple(part for part in re.split(r"[、和及]", elements["what"]) if part) if elements else (),
            mentions=(),
            confidence=0.9,
        )


def _orders(text: str, at: int, end: int) -> bool:
    """Whether a clause orders the line to be drawn, or rules its inside; being named among others is not enough."""
    before, after = text[:at], text[end:]
    if re.match(r"(?:占|调整|成果|数据|管控要求|管理(?!范围)|的(?:基础|指标))", after) or not re.search(
        r"[线界田]$", text[at:end]
    ):
        return False
    drawn = re.search(r"(?:划定|划入|划示|划设|勘定)[^，。；]*$", before) or re.match(
        r"[^，。；]{0,8}(?:按|由|应当|应)?[^，。；]{0,30}(?:划定|划入)", after
    )
    entered = re.search(r"(?:划入|纳入)$", before)
    ruled = re.match(rf"(?:{INSIDE})", after) and RULED.search(after)
    return bool(drawn or entered or ruled)
