"""The clauses that may order something, each with its place: of paragraphs and boxes, and of table cells.

An item of a list stands under its lead (下列行为一律禁止：（1）…；（2）…), a cell under the header of its column (禁止类) and
beside the head of its row: what they say of force and place holds for the clause too.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace

from ..plan.document import Block, Document, Table
from .clauses import ITEM_NUMBER, SECTION_WITHOUT_RULES, Clause, Passage, text_to_clauses
from .directives import modals

NOTE = re.compile(r"^\s*(?:注|备注|说明|数据来源|资料来源|图\s*例)\s*[：:0-9]|^\s*图\s*例")
CASES_BOX = re.compile(r"有限人为活动|活动类型|情形|允许.{0,6}活动|术语|名词|知识|解读|案例")
"""Boxes that list cases or explain; what they list belongs to the rule that points to them."""

LEAD_LENGTH = 16
"""Characters that a sentence has at most if it stands as a title before its paragraph."""
RULE_COLUMN = re.compile(
    r"传导要点|传导要求|管控要求|管制要求|管控规则|管制规则|管控措施|管控要点|管控指引|管控内容|管控策略|用途管制|控制要求|保护要求|"
    r"准入要求|准入条件|准入清单|负面清单|政策指引|政策导向|管理要求|空间指引|建设指引|引导要求|发展指引|规划要求|落实要求|实施要求|(?:对|各)[市县区乡镇、（）]+(?:级|级规划|规划)?的要求"
    r"|(?:配置|建设|配建|设置|整治|风貌|建筑|管理|管护|利用|引导)(?:要求|标准要求)|管护措施|管理措施|保护措施|管理规定|管制规定|管控与引导|管控和引导"
    r"|(?:不能|不得|不可|不准|禁止|严禁|限制|严控|允许|鼓励|必须|应当|须)[^，。；（）\d]{0,8}(?:的事|事项|行为|活动|类|内容|情形|项目|准入|用途|做的|做到的?)"
)
"""Headers of table columns whose cells order something."""
BANNED_COLUMN = re.compile(r"负面清单|禁止准入|(?:禁止|限制)类")
"""Headers that forbid or hold back what their cells name, without a word that a clause could have as its modal."""
SCOPE_COLUMN = re.compile(r"区域|分区|片区|类型|类别|范围|地类|空间|控制线|单元|地带|对象|部位|适用")
"""Headers of columns that say what a row's rules hold for."""
EVERYWHERE = re.compile(r"全[省市县区域镇乡村]域?|[省市县镇乡村]域|行政村|各[县区市镇乡村]*|[—\-/－]*")
LISTED = re.compile(r"(?P<place>[^：；。]*?)[，,]?(?P<order>[^，,：；。]*)[：:]\s*")
"""The words before the items of a list: 洞庭湖湖体内，下列行为一律禁止：; `order` is their last part."""
SORT = re.compile(r"(?:下列|以下|如下)[^，：；。]*")


@dataclass(frozen=True, slots=True)
class ListLead:
    """What opens a list of things that it forbids or holds back."""

    order: str
    place: str
    only: bool = False
    """Whether it forbids all but the things of its list (仅允许下列活动)."""


def document_to_passages(document: Document) -> Iterator[Passage]:
    """The clauses that may order something: of paragraphs and boxes, and of table columns for control requirements."""
    lead: ListLead | None = None
    for block in document.blocks:
        if any(SECTION_WITHOUT_RULES.search(title) for title in block.section[-2:]):
            continue
        if NOTE.match(block.text.text) or (block.part == "box" and CASES_BOX.search(block.box_label or "")):
            continue
        if block.kind == "paragraph" and block.part in ("body", "box", "annex"):
            lead = yield from _of_text(block, block.text.text, lead)
        elif block.table is not None:
            lead = None
            yield from _of_table(block, block.table)


def _of_text(block: Block, text: str, lead: ListLead | None) -> Generator[Passage, None, ListLead | None]:
    """The clauses of a paragraph; `lead` is what the paragraph before leaves open. Returns what this one leaves open."""
    clauses = text_to_clauses(text)
    sentence, until = 0 if lead else -1, 0
    for number, clause in enumerate(clauses):
        numbered = bool(ITEM_NUMBER.fullmatch(text, until, clause.start)) if clause.start > until else False
        until = clause.end
        if found := list_lead(clause.text, text[clause.end :] == ""):
            lead, sentence = found[0], clause.sentence
            if lead.only:
                yield Passage(replace(clause, text=clause.text[: found[1]], end=clause.start + found[1]), block)
            clause = _after(clause, found[1])
            if not clause.text:
                continue
        elif (lead and not (numbered or clause.sentence == sentence)) or (number == 0 and not numbered):
            lead = None
        if lead:
            yield Passage(clause, block, ruled_by=lead.order, holds_for=lead.place, excepted=lead.only)
        else:
            yield Passage(clause, block, lead=number == 0 and len(clauses) > 1 and _is_lead(clause, block))
    return lead


def list_lead(text: str, last: bool) -> tuple[ListLead, int] | None:
    """The lead with which a clause opens a list of what is forbidden or held back, and how long it is; the list stands
    behind it or, where the clause is the `last` of its paragraph, in the next ones."""
    found = LISTED.match(text) if "：" in text or ":" in text else None
    if found is None or not (SORT.search(found["order"]) or ITEM_NUMBER.match(text, found.end())):
        return None
    order = next((modal for modal in modals(found["order"]) if modal.kind in ("prohibit", "restrict")), None)
    if order is None or (found.end() == len(text) and not last):
        return None
    number = ITEM_NUMBER.match(text, found.end())
    place = found["place"] or SORT.split(found["order"][: order.start])[0]
    place = "" if any(modal.kind in ("prohibit", "restrict") for modal in modals(place)) else place.strip("，, ")
    lead = ListLead(found["order"], place, only=order.word.startswith(("仅", "只")))
    return lead, number.end() if number else found.end()


def _after(clause: Clause, length: int) -> Clause:
    """The clause without its first characters."""
    return replace(clause, text=clause.text[length:], start=clause.start + length)


def _is_lead(clause: Clause, block: Block) -> bool:
    """（一）严格保护耕地。… or a bold 严格保护耕地。…: what follows says it in full."""
    if len(clause.text) > LEAD_LENGTH or "，" in clause.text or not clause.text.endswith("。"):
        return False
    bold = any(start <= clause.start and clause.end - 1 <= end for start, end in block.bold)
    all_bold = any(start <= 0 and len(block.text.text) - 1 <= end for start, end in block.bold)
    return clause.start > 0 or (bold and not all_bold)


def _of_table(block: Block, table: Table) -> Iterator[Passage]:
    headers = ["".join(table.header_path(column)) for column in range(table.columns)]
    columns = [column for column, header in enumerate(headers) if RULE_COLUMN.search(header)]
    seen: set[int] = set()
    for _, row in table.body():
        for column in columns:
            cell = row[column]
            if cell is None or id(cell) in seen:
                continue
            seen.add(id(cell))
            before = [
                (header, one) for header, one in zip(headers[:column], row, strict=False) if one not in (None, cell)
            ]
            heads = tuple(dict.fromkeys(one.text.text for _, one in before if one is not None and one.text.text))
            holds_for = next((one.text.text for header, one in before if one and SCOPE_COLUMN.search(header)), "")
            for clause in text_to_clauses(cell.text.text):
                yield Passage(
                    clause,
                    block,
                    table,
                    cell,
                    ruled_by=_ruling_header(headers[column]),
                    holds_for="" if EVERYWHERE.fullmatch(holds_for) or len(holds_for) > 24 else holds_for,
                    row_heads=heads,
                )


def _ruling_header(header: str) -> str:
    """A header that forbids (不能做的事) or holds back what its cells name; "" for one that does neither or several things."""
    if BANNED_COLUMN.search(header):
        return "限制" if "限制类" in header else "禁止"
    kinds = {modal.kind for modal in modals(header)}
    return header if (kinds and kinds <= {"prohibit"}) or kinds == {"restrict"} else ""
