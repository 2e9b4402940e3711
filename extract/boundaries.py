"""Document → boundary requirements: control lines with their sizes, control sentences and what is to be drawn in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..plan.document import Block, Document
from ..plan.requirement import BoundaryRequirement, Requirement
from .clauses import SECTION_WITHOUT_RULES, Clause, text_to_clauses
from .context import Context
from .joining import WHOLE, Joined, joined_statements, part_ids
from .setting import Setting, setting_of

RULED = re.compile(
    r"禁止|严禁|不得|不准|不许|不能|不应|不再|仅允许|只准|一律|严格控制|从严|应当|须|不予|不搞|退出|管控|管理"
)
INSIDE = r"(?:范围|区域|管控区|划定)?(?:以)?[内外]|范围|线内|(?:保护)?(?:任务)?一经(?:划定|下达|批准|确定)|划定后"


def find_boundaries(document: Document, context: Context) -> list[Requirement]:
    """Every control line of running text: with its sizes, and those that are only ordered to be drawn or kept.

    Lines whose sizes stand in a table are indicators and boundaries at once; extract/indicators.py gives them.
    """
    setting = setting_of(context)
    return boundary_requirements(document, joined_statements(document, setting), setting)


def boundary_requirements(document: Document, joined: list[Joined], setting: Setting) -> list[Requirement]:
    """The boundary requirements of joined statements, and of lines without a size."""
    ids, said = part_ids(joined, setting), said_of_lines(document, setting)
    found: list[Requirement] = [_boundary(group, ids, said, setting) for group in joined if group.only_boundary]
    valued = {group.line for group in joined if group.line}
    found.extend(_unvalued(document, valued, said, setting))
    return found


def _boundary(group: Joined, ids: dict[int, str], said: dict[str, LineSaid], setting: Setting) -> BoundaryRequirement:
    line = group.line or group.name
    known = said.get(line, LineSaid())
    elements = tuple(dict.fromkeys(element for statement in group.said for element in statement.elements))
    return BoundaryRequirement(
        line=line,
        name=group.name,
        concept=group.concept,
        attribute=group.attribute,
        scope=group.scope,
        direction=group.direction,
        values=group.values,
        control=known.control,
        elements=elements or (known.elements if group.region is None and group.scope == WHOLE else ()),
        modes=("boundary", "indicator") if group.concept else ("boundary",),
        part_of=ids.get(id(group)),
        **group.common(setting),
    )


# -- control sentences -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LineSaid:
    """What running text says of a control line: the first clause that rules its inside or outside, and what is drawn in."""

    control: str | None = None
    elements: tuple[str, ...] = ()


def said_of_lines(document: Document, setting: Setting) -> dict[str, LineSaid]:
    """Line → what running text says of it."""
    found: dict[str, LineSaid] = {}
    for _, clause, line, at, end in _line_mentions(document, setting):
        known = found.get(line, LineSaid())
        if known.control is None and _is_control(clause.text, at, end):
            known = replace(known, control=clause.text)
        if not known.elements and (elements := _drawn_in(clause.text, at, end)):
            known = replace(known, elements=elements)
        if known != LineSaid():
            found[line] = known
    return found


def _is_control(text: str, at: int, end: int) -> bool:
    """Whether a clause rules what may happen inside or outside of the line named at at..end."""
    if not RULED.search(text):
        return False
    inside = re.match(INSIDE, text[end : end + 12])
    return bool(inside or re.search(rf"{re.escape(text[at:end])}[^，。；]{{0,10}}(?:内|外)", text))


def _drawn_in(text: str, at: int, end: int) -> tuple[str, ...]:
    """What a clause draws into the line: 将A、B划入…线, …边界重点覆盖A、B."""
    before = re.search(
        r"(?:将|把)(?P<what>[^，。；]{2,80}?)(?:应划尽划|全部|优先|整体)*(?:划入|纳入|划为)[^，。；]{0,6}$", text[:at]
    )
    after = re.match(
        r"(?:划定)?(?:应当|应|须)?(?:主要|重点|优先)?(?:包括|涵盖|覆盖|囊括)(?P<what>[^。；]{2,80}?)(?=[。；]|$)",
        text[end:],
    )
    later = re.match(
        r"[^。；]{0,20}，(?:将|把)(?P<what>[^，。；]{2,80}?)(?:应划尽划|全部|优先|整体)*(?:划入|纳入)(?![^，。；]{0,6}平台|“一张图”)",
        text[end:],
    )
    words = before or after or later
    if words is None:
        return ()
    return tuple(part for part in re.split(r"[、，和及与]|以及", words["what"]) if 1 < len(part) <= 20)


ANAPHOR = re.compile(r"(?<![\u4e00-\u9fff])(?:红线|控制线|保护线|边界|线)(?=[内外]|范围|以外)")


LineMention = tuple[Block, Clause, str, int, int]
"""The clause in its block, the line, and the characters of the clause that name it."""


def _line_mentions(document: Document, setting: Setting) -> list[LineMention]:
    """Every mention of a control line in a clause of running text; 线内 and 红线内 speak of the line last named."""
    return document.once(f"lines {setting.lexicon.hash}", lambda: list(_mentions_of_lines(document, setting)))


def _mentions_of_lines(document: Document, setting: Setting) -> Iterator[LineMention]:
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
            if last is not None and (anaphor := ANAPHOR.search(clause.text)):
                yield block, clause, last, anaphor.start(), anaphor.end()


def _line_of_heading(block: Block, setting: Setting) -> str | None:
    heading = block.section[-1] if block.section else ""
    if heading not in setting.headed:
        setting.headed[heading] = next((line for word, line in setting.line_words if word in heading), None)
    return setting.headed[heading]


# -- lines without a size ----------------------------------------------------------------------------------------------


def _unvalued(
    document: Document, valued: set[str], said: dict[str, LineSaid], setting: Setting
) -> Iterator[Requirement]:
    """Lines that the plan orders to be drawn or rules, but gives no size."""
    seen: set[str] = set()
    for block, clause, line, at, end in _line_mentions(document, setting):
        if line in valued or line in seen or not _orders(clause.text, at, end):
            continue
        seen.add(line)
        where = document.spans(block, clause.start, clause.end)
        yield BoundaryRequirement(
            line=line,
            name=clause.text[at:end],
            text=clause.text,
            section=block.section,
            where=where,
            modes=("boundary",),
            scope="全域",
            control=said.get(line, LineSaid()).control,
            binds=(setting.home,) if setting.home is not None else (),
            binds_basis="whole" if setting.home is not None else "unknown",
            elements=said.get(line, LineSaid()).elements,
            mentions=(),
            confidence=0.6,
        )


def _orders(text: str, at: int, end: int) -> bool:
    """Whether a clause orders the line to be drawn, or rules its inside; being named among others is not enough."""
    before, after = text[:at], text[end:]
    if re.match(
        r"(?:占|调整|成果|数据|管控要求|管理(?!范围)|的(?:基础|指标)|向[陆海]|保护区|功能区|利用)", after
    ) or not re.search(r"[线界田]$", text[at:end]):
        return False
    drawn = re.search(r"(?:划定|划入|划示|划设|勘定|汇成|汇总为|整合为|叠合为)[^，。；]*$", before) or re.match(
        r"[^，。；]{0,8}(?:按|由|应当|应)?[^，。；]{0,30}(?:划定|划入)", after
    )
    entered = re.search(r"(?:划入|纳入)$", before)
    ruled = re.match(rf"(?:{INSIDE})", after) and RULED.search(after)
    return bool(drawn or entered or ruled)
