"""Structure elements from boxes (十条生态廊道, a paragraph for each) and tables (结构要素 | 要素名称 | 要素构成 | 传导要点)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..plan.document import Block, Cell, Document, Table
from ..plan.requirement import Mention
from ..plan.span import Span
from .clauses import text_to_clauses
from .elements import COMPONENT_WORDS, GENERIC, Element, component_list, label_for
from .explanations import body_elements, explained
from .label_items import label_items
from .slogans import COUNTED, NOUNS, Label, Slogan, find_slogans, labels_of, number_of

STRUCTURE_TABLE = re.compile(r"结构要素|格局要素|空间要素|要素名称|廊道名称|屏障名称|轴带名称|组团名称|都市圈名称")
NAME_COLUMN = re.compile(r"名称|要素名称|具体要素|^(?:空间|格局|组成|构成)?要素$")
GROUP_COLUMN = re.compile(r"结构要素|格局要素|空间结构|结构|^(?:空间|总体)?格局$|类型|要素类型|类别|层级")
PART_COLUMN = re.compile(r"构成|组成|范围|涉及|包括|包含|城市|地区|节点|载体")
GUIDE_COLUMN = re.compile(r"要点|要求|指引|引导|导向|策略|功能|定位|方向|措施")
BOX_HEAD = re.compile(
    r"^(?P<name>[^，。；：:]{2,24}?)(?:（[^）]*）)?(?:[：:]|(?:，|——)(?=涉及|包括|由|范围|以|位于|连接|依托|覆盖|涵盖|串联|[东南西北]起|是指|主要|沿|自|横贯|纵贯|贯穿|贯通)|。|$)"
)


@dataclass(slots=True)
class FoundElement:
    """An element with its evidence; the lists grow while the document is read."""

    element: Element
    where: tuple[Span, ...]
    text: str
    block: Block
    source: str
    at: int = 0
    """Where the name starts in its block."""
    guidance: str | None = None
    mentions: list[Mention] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A slogan that this plan makes its own, and where it first stands."""

    slogan: Slogan
    block: int
    chapter: str
    farming: bool = False
    """Whether it is said to be a pattern of farming."""
    section: tuple[str, ...] = ()
    """The headings over it."""


def from_boxes(document: Document, patterns: list[Pattern]) -> list[FoundElement]:
    """专栏 whose title counts elements (十条省级生态廊道) or is a slogan: each paragraph or row opens with a name."""
    found: list[FoundElement] = []
    for block in document.blocks:
        if block.part != "box" or block.kind != "paragraph" or not block.box_label:
            continue
        theme = theme_of(block.box_label, patterns)
        told = list(_explained_in_box(document, block, patterns)) if theme else []
        if told:
            found += told
            continue
        head = BOX_HEAD.match(block.text.text) if theme else None
        if theme is None or head is None:
            continue
        name = re.sub(r"^(?:[一二三四五六七八九十\d]+[、.．]|[（(].{1,3}[）)]|[—·●■]+)\s*", "", head["name"]).strip(
            "“”"
        )
        label = label_for(name, theme.labels) or (
            theme.labels[0] if len(theme.labels) == 1 and name.endswith(theme.labels[0].noun) else None
        )
        if label is None or (GENERIC.match(name) and len(name) < 4):
            continue
        text = block.text.text
        start = text.find(name)
        body = text[head.end() :]
        element = Element(
            name,
            start,
            start + len(name),
            label.text if not theme.counted else name,
            theme.text,
            label.kind_of(name),
            parts_of(body),
            True,
        )
        found.append(FoundElement(element, document.spans(block), text, block, "box", start, _guidance(body)))
    return found


def _explained_in_box(document: Document, block: Block, patterns: list[Pattern]) -> Iterator[FoundElement]:
    """四带为甲带、乙带…: a paragraph of a box that explains labels as running text does."""
    for clause in text_to_clauses(block.text.text):
        for pattern in patterns:
            for element in explained(clause.text, pattern.slogan.labels, pattern.slogan.text):
                where = document.spans(block, clause.start, clause.end)
                yield FoundElement(element, where, clause.text, block, "box", clause.start + element.start)


@dataclass(frozen=True, slots=True)
class _Theme:
    """What a box or table is about: the slogan or counted phrase and its labels."""

    text: str
    labels: tuple[Label, ...]
    counted: bool = False


def theme_of(title: str, patterns: list[Pattern]) -> _Theme | None:
    bare = re.sub(r"^专栏\s*[\d\-—－.]*\s*", "", title).strip()
    quoted = bare.strip("“”")
    if find_slogans(title) or len(labels_of(quoted)) >= 2:
        slogan = find_slogans(title)[0].text if find_slogans(title) else quoted
        return _Theme(slogan, labels_of(slogan))
    counted = COUNTED.search(re.sub(r"（[^）]*）$|一览表?$|名录$|构成$", "", bare))
    if counted is None:
        return None
    noun = next(noun for noun in sorted(NOUNS, key=len, reverse=True) if bare_end(bare).endswith(noun))
    label = Label(counted.group(), noun, number_of(counted["number"]))
    own = next((one for p in patterns for one in p.slogan.labels if one.noun == noun or noun in one.endings), None)
    return _Theme(own.text if own and own.count == 0 else counted.group(), (label,), counted=True)


def bare_end(title: str) -> str:
    """A title without 一览表, 名录 or a bracket at its end."""
    return re.sub(r"（[^）]*）$|一览表?$|名录$|构成$", "", title)


def parts_of(body: str) -> tuple[str, ...]:
    """What an element is made of: 由…组成 before 连接…, else the places that it touches (涉及…)."""
    made = re.search(r"由(?P<list>[^。；]+?)(?:组成|构成)|(?:连接|串联|依托)(?P<linked>[^，。；]+)", body)
    if made:
        return component_list(made["list"] or made["linked"])
    told = COMPONENT_WORDS.search(body) or re.match(r"^(?P<list>[^，。；]*、[^，。；]+)", body)
    return component_list(told["list"]) if told else ()


def _guidance(body: str) -> str | None:
    """What a box or cell orders for an element, after its parts."""
    told = re.search(
        r"(?:^|[，。；])((?:重点|加强|推进|严格|保护|优化|强化|统筹|建设|完善|推动|提升|构建|打造|维护|实施|应)[^。]*。?)",
        body,
    )
    return told.group(1) if told else None


def from_tables(document: Document, patterns: list[Pattern]) -> list[FoundElement]:
    """Tables like 结构要素 | 要素名称 | 要素构成 | 传导要点: a row is an element."""
    found: list[FoundElement] = []
    for block in document.blocks:
        table = block.table
        if table is None or table.columns < 2 or not table.grid:
            continue
        heads = ["".join(table.header_path(column)) for column in range(table.columns)]
        if not STRUCTURE_TABLE.search("|".join(heads)) and not _tells_labels(table, patterns):
            continue
        columns = _roles(heads, table, patterns)
        for _, row in table.body():
            if "name" in columns:
                found += _row_elements(document, block, table, row, columns, patterns)
            elif row[0] is not None and row[1] is not None and _tells_labels(table, patterns):
                found += _explained_in_row(document, block, table, row[0], row[1], patterns)
    return found


def _explained_in_row(
    document: Document, block: Block, table: Table, head: Cell, cell: Cell, patterns: list[Pattern]
) -> Iterator[FoundElement]:
    """一核 | 中心城区综合服务核: a row of two columns explains its label as text does."""
    said, text = head.text.text.strip().strip("“”"), cell.text.text.strip()
    named = [*(pattern.slogan for pattern in patterns), *find_slogans(table.title or "")]
    label, slogan = next(((one, slogan) for slogan in named for one in slogan.labels if one.text == said), (None, None))
    for element in body_elements(text.rstrip("。；"), 0, label, slogan.text if slogan else None) if label else ():
        where = document.cell_spans(table, cell, column=1)
        yield FoundElement(element, where, text, block, "table", cell.row, _guidance(text))


def _tells_labels(table: Table, patterns: list[Pattern]) -> bool:
    """Whether the first column holds the labels of a slogan that the plan (or the table's title) names: 一湖, 五河, 三屏."""
    known = {label.text for pattern in patterns for label in pattern.slogan.labels}
    known |= {label.text for slogan in find_slogans(table.title or "") for label in slogan.labels}
    first = [row[0].text.text.strip().strip("“”") for _, row in table.body() if row[0] is not None]
    return len(first) > 1 and len(set(first) & known) > 1 and all(words in known for words in first)


def _said_in(table: Table, column: int) -> list[str]:
    cells = [row[column] for _, row in table.body()]
    said = [cell.text.text.strip().strip("“”") for cell in cells if cell is not None]
    return [words for words in said if words]


def _roles(heads: list[str], table: Table, patterns: list[Pattern]) -> dict[str, int]:
    """Which column holds the label, the name, the parts, the guidance; a column of whole slogans (结构名称:
    一主两轴三组团, 三区两带) holds none of them, one of their labels is the group whatever its head."""
    slogans = {pattern.slogan.text for pattern in patterns}
    known = {label.text for pattern in patterns for label in pattern.slogan.labels}
    roles: dict[str, int] = {}
    for column, head in enumerate(heads):
        said = _said_in(table, column)
        if said and all(words in slogans for words in said):
            continue
        if "group" not in roles and len(set(said)) > 1 and set(said) <= known:
            roles["group"] = column
            continue
        for role, pattern in (
            ("name", NAME_COLUMN),
            ("guidance", GUIDE_COLUMN),
            ("parts", PART_COLUMN),
            ("group", GROUP_COLUMN),
        ):
            if role not in roles and pattern.search(head):
                roles[role] = column
                break
    return roles


def _row_elements(
    document: Document,
    block: Block,
    table: Table,
    row: tuple[Cell | None, ...],
    columns: dict[str, int],
    patterns: list[Pattern],
) -> list[FoundElement]:
    def said(role: str) -> str:
        cell = row[columns[role]] if role in columns else None
        return cell.text.text.strip() if cell is not None else ""

    name_cell = row[columns["name"]]
    name = said("name").strip("“”")
    group = said("group").strip("“”")
    pattern = next((p for p in patterns for label in p.slogan.labels if label.text == group), None)
    label = next((label for p in patterns for label in p.slogan.labels if label.text == group), None)
    if label is None:
        own = labels_of(group)
        label = own[0] if own else label_for(name, [Label(n, n, 0) for n in NOUNS])
    names = [full for _, full in label_items(name, label)] if label and "、" in name else [name]
    if name_cell is None or not name or (len(names) == 1 and len(name) > 40):
        return []
    where = document.cell_spans(table, name_cell, column=columns["name"])
    found: list[FoundElement] = []
    for one in names:
        element = Element(
            one,
            0,
            len(one),
            group or (label.text if label else None),
            pattern.slogan.text if pattern else None,
            label.kind_of(one) if label else "other",
            _table_parts(said("parts")) if len(names) == 1 else (),
            True,
        )
        found.append(FoundElement(element, where, name, block, "table", name_cell.row, said("guidance") or None))
    return found


def _table_parts(text: str) -> tuple[str, ...]:
    parts = re.split(r"[，；。]", re.sub(r"^(?:由|以|包括|涉及|重点包括)", "", text))
    items: list[str] = []
    for part in parts:
        made = re.match(r"^(?:以|由|依托|结合|包括|涉及)?(.+?)(?:等)?(?:为主|为主体|组成|构成|等.*)?$", part.strip())
        items += component_list(made.group(1)) if made and made.group(1) else ()
    return tuple(dict.fromkeys(items))
