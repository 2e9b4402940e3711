"""Registers: every entry of a 名录, 清单 or 项目安排表 with its columns, from tables of any header arrangement.

Tables of indicators, allocations, land-use structure, structures and zones are no lists; they have finders of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, get_args

from ..plan.document import Cell, Document, Table
from ..plan.quantity import NUMBER, exact, numeral, printed, si_of
from ..plan.requirement import ListFields, ListRequirement, Mention, Register, Requirement, Value
from .bulleted_lists import bulleted_entries
from .columns import (
    Column,
    Row,
    cell_text,
    compact,
    is_blank,
    is_number,
    is_section_row,
    is_total,
    table_columns,
    table_kind,
    table_rows,
    table_title,
    unfolded,
)
from .context import Context
from .inline_lists import inline_entries
from .places import Places, words_to_regions
from .table_words import table_words

GRADE = re.compile(r"世界级|国家级|省级|自治区级|市级|州级|区级|县级|镇级|国家(?=湿地|森林|地质|海洋|公园|矿山)")
YEAR = r"(?:19|20)\d{2}"
RESTORATION = re.compile(
    r"(?:国土空间|国土|山水林田湖草沙?)?(?:综合整治与?和?)?生态(?:保护)?(?:与|和)?(?:环境)?(?:保护)?修复(?:类|工程|项目)?"
)
Kind = Literal["protected_area", "restoration_project", "key_project", "heritage", "mineral", "other"]
Basis = Literal["row", "group", "mention", "unknown"]
KINDS: tuple[Kind, ...] = get_args(Kind)
UNTOLD = frozenset({"number", "name", "parent"})
"""Columns that are no attribute of an entry: they are its position, its name, its parent."""
PARTIAL_TITLE = re.compile(r"[（(](?:节选|部分|摘录|示例|续表?)[）)]$")
OPEN_NOTE = re.compile(r"未逐一列出|未全部列出|不再列出|仅列|只列|部分名录|等$")
COUNT = re.compile(
    rf"(?:共|总计|合计|总共)[^，。；、\d]{{0,14}}(?:[^，。；]{{0,8}}类[、，])?({NUMBER})(?:余)?[处个项座片家条件](?!级|类|大类|批)"
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table read as a register: its columns by role and what is true of all its entries."""

    table: Table
    printed: Table
    """The table as it stands in the file, before blocks side by side were put below one another."""
    columns: tuple[Column, ...]
    name: int
    register: Register
    title: str
    roles: dict[str | None, Column] = field(init=False, repr=False)
    """The first column of each role."""

    def __post_init__(self) -> None:
        roles = {column.role: column for column in reversed(self.columns)}
        object.__setattr__(self, "roles", roles)  # the class is frozen

    def of(self, *roles: str) -> Column | None:
        """The first column of the first of these roles that the table has."""
        return next((self.roles[role] for role in roles if role in self.roles), None)


def find_lists(document: Document, context: Context) -> list[Requirement]:
    """Every entry of every register, in the order of the document; an entry named again is a mention of the first."""
    found: list[ListRequirement] = []
    for table in document.tables:
        sheet = table_to_sheet(document, table, context)
        if sheet is not None:
            found.extend(sheet_to_entries(document, sheet, context))
    return [*_joined(found, [*bulleted_entries(document, context), *inline_entries(document, context)])]


def _joined(tabled: list[ListRequirement], inline: list[ListRequirement]) -> Iterator[ListRequirement]:
    """Entries of tables with the places where running text names them again, then entries that only the text has."""
    spoken: dict[str, list[Mention]] = {}
    known = {compact(entry.name) for entry in tabled}
    alone = []
    for entry in inline:
        name = compact(entry.name)
        if name in known:
            spoken.setdefault(name, []).append(Mention(kind="text", where=entry.where, raw=entry.name))
        else:
            alone.append(entry)
    for entry in tabled:
        more = spoken.pop(compact(entry.name), [])
        yield entry.model_copy(update={"mentions": (*entry.mentions, *more)}) if more else entry
    yield from alone


def table_to_sheet(document: Document, table: Table, context: Context) -> Sheet | None:
    """The table as a register, or None if it is none."""
    as_printed, table = table, unfolded(table)
    columns = table_columns(table, context.lexicon)
    title = table_title(table)
    if table_kind(table, columns, table_words(context.lexicon)) != "list":
        return None
    name = next((column.index for column in columns if column.role == "name"), None)
    if name is None:
        name = _unnamed(table, columns)
    if name is None or all(is_number(text) for row in table_rows(table, columns) if (text := row.text(name))):
        return None
    types = table_words(context.lexicon).types
    if all(text in types for row in table_rows(table, columns) if (text := row.text(name))):
        return None  # a table of zones by another title
    register = Register(
        name=PARTIAL_TITLE.sub("", title) or title,
        stated_count=_stated_count(document, table),
        open=bool(PARTIAL_TITLE.search(title)) or any(OPEN_NOTE.search(compact(note.text)) for note in table.notes),
    )
    return Sheet(table, as_printed, columns, name, register, title)


def _unnamed(table: Table, columns: tuple[Column, ...]) -> int | None:
    """The column that names the entries where no header says 名称: the first whose words differ from row to row."""
    rows = table_rows(table, columns)
    for column in columns:
        words = [text for row in rows if (text := row.text(column.index)) and not is_blank(text)]
        differ = len(words) > 1 and len(set(words)) >= 0.9 * len(words) and max(map(len, words)) <= 40
        named = column.role is None or (column.role == "level" and column.header.endswith("名称"))
        if named and differ and not any(is_number(word) for word in words):
            return column.index
    return None


@lru_cache(maxsize=4096)
def _sentences(text: str) -> tuple[str, ...]:
    return tuple(re.split(r"[。；]", compact(text)))


def _stated_count(document: Document, table: Table) -> int | None:
    """How many entries the text says the register has: 共25处, in its own section or where its label is cited."""
    label = compact(table.label or "")
    for block in document.blocks:
        if block.kind not in ("paragraph", "note"):
            continue
        near = block.section == table.section and table.part == "annex"
        for sentence in _sentences(block.text.text) if near or label else ():
            cited = (
                bool(label) and label in sentence and re.search(re.escape(label) + r"(?![\d-])", sentence) is not None
            )
            if (near or cited) and (match := COUNT.search(sentence)):
                number = exact(match[1])
                return int(number) if number is not None and number.denominator == 1 else None
    return None


def sheet_to_entries(document: Document, sheet: Sheet, context: Context) -> Iterator[ListRequirement]:
    """One requirement for each row that names something; section rows give the group, totals are left out."""
    group: str | None = None
    parents: dict[str, str] = {}
    position, kinds = 0, _lists_kinds(sheet)
    for row in table_rows(sheet.table, sheet.columns):
        section = is_section_row(row)
        if section is not None:
            group = _group_name(section)
            continue
        cell = row.cells[sheet.name]
        if cell is None or is_blank(row.text(sheet.name)) or is_total(row.text(sheet.name)) or _is_total_row(row):
            continue
        if _is_head_again(sheet, row):
            continue
        number = next((row.text(column.index) for column in sheet.columns if column.role == "number"), "")
        for start, end in _names_in(cell, kinds):
            position += 1
            entry = _entry(document, sheet, row, (cell, start, end), group, context)
            parent = entry.parent or _parent_by_number(number, parents)
            parents[number] = entry.name
            yield entry.model_copy(update={"position": position, "parent": parent})


def _is_head_again(sheet: Sheet, row: Row) -> bool:
    """A row that prints the names of the columns again, as tables of several groups do."""
    same = sum(compact(row.text(column.index)) == column.header.split(" / ")[-1] for column in sheet.columns)
    return same >= max(2, len(sheet.columns) - 2)


def _is_total_row(row: Row) -> bool:
    first = next((cell_text(cell) for cell in row.cells if cell is not None and cell.text.text.strip()), "")
    return is_total(first)


def _group_name(section: str) -> str:
    """一、国家级自然保护区（25处） → 国家级自然保护区."""
    plain = re.sub(r"^(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]|[Ⅰ-Ⅻ]+[、.．]?)\s*", "", section)
    return re.sub(rf"[（(][^（）()]*{NUMBER}[^（）()]*[）)]$", "", plain)


def _parent_by_number(number: str, parents: dict[str, str]) -> str | None:
    """1.2 stands under 1; 2-3 under 2."""
    match = re.fullmatch(r"(\d+(?:[.\-—]\d+)*)[.\-—]\d+", number)
    return parents.get(match[1]) if match else None


def _names_in(cell: Cell, several: bool) -> Iterator[tuple[int, int]]:
    """The character ranges of the names in a cell: one, or `several` where a row lists a whole kind (名村 | A、B、C)."""
    text = cell.text.text
    if several:
        yield from ((m.start(), m.end()) for m in re.finditer(r"[^、，；,;\s](?:[^、，；,;]*[^、，；,;\s])?", text))
    else:
        start = len(text) - len(text.lstrip())
        yield start, len(text.rstrip())


def _lists_kinds(sheet: Sheet) -> bool:
    """Whether rows list kinds: most names hold several, parted by 、, and nothing else is said of each one."""
    own = {"place", "area", "content", "lead", "responsible", "period", "object"}
    if any(column.role in own for column in sheet.columns):
        return False
    names = [cell_text(cell) for _, row in sheet.table.body() if (cell := row[sheet.name]) is not None]
    return bool(names) and 2 * sum("、" in name for name in names) > len(names)


def _entry(
    document: Document, sheet: Sheet, row: Row, at: tuple[Cell, int, int], group: str | None, context: Context
) -> ListRequirement:
    cell, start, end = at
    name = re.sub(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])", "", cell.text.text[start:end])
    where = document.cell_spans(sheet.printed, cell, start, end)
    attributes, spans = dict(_attributes(sheet, row)), list(where)
    for column in sheet.columns:
        other = row.cells[column.index]
        if (
            other is not None
            and column.index != sheet.name
            and other.row == cell.row
            and column.role != "number"
            and not is_blank(cell_text(other))
        ):
            spans.extend(document.cell_spans(sheet.printed, other))
    category = sheet.of("category")
    group = (row.text(category.index) if category is not None else "") or group
    if group and category is None:
        attributes = {"类型": group, **attributes}
    places, basis = _places(sheet, row, name, context)
    parent = sheet.of("parent")
    return ListRequirement(
        modes=("list",),
        text=" ｜ ".join(span.quote for span in spans),
        section=sheet.table.section,
        where=tuple(spans),
        binds=places.regions,
        binds_basis=basis,
        binds_as=places.group,
        register_=sheet.register,
        kind=entry_kind(sheet.title, group, context),
        name=name,
        attributes=attributes,
        fields=_fields(document, sheet, row, name, group, context),
        group=group or None,
        parent=row.text(parent.index) or None if parent is not None else None,
        confidence=0.97,
    )


def _attributes(sheet: Sheet, row: Row) -> Iterator[tuple[str, str]]:
    """Header and cell of each column that says something; numbers without separators and with the header's unit."""
    seen: set[str] = set()
    for column in sheet.columns:
        text = row.text(column.index)
        if column.role in UNTOLD or column.index == sheet.name or not column.header or is_blank(text):
            continue
        key = column.key if column.key not in seen else f"{column.key} / {column.index}"
        seen.add(key)
        if numeral(text) is not None and not re.search(r"[一-龥]", text) and not re.fullmatch(YEAR, text):
            text = printed(text) + (f" {column.unit}" if column.unit else "")
        yield key, text


def _places(sheet: Sheet, row: Row, name: str, context: Context) -> tuple[Places, Basis]:
    """Whom an entry touches: its place columns, else the place in its name."""
    cells = [
        text
        for role in ("region", "place")
        for column in sheet.columns
        if column.role == role and column.index != sheet.name and not is_blank(text := row.text(column.index))
    ]
    places = words_to_regions("；".join(cells), context.region, context.gazetteer)
    if places.regions:
        return places, "group" if places.group else "row"
    mentioned = tuple(dict.fromkeys(region for _, _, region in context.gazetteer.mentions(name, within=context.region)))
    mentioned = tuple(
        r
        for r in mentioned
        if r != context.region and (not context.region or context.gazetteer.is_within(r, context.region))
    )
    return Places(mentioned), "mention" if mentioned else "unknown"


def entry_kind(title: str, group: str | None, context: Context) -> Kind:
    """The kind of an entry by the register's title, else by its group; a group 生态修复 of a list of projects is restoration."""
    if (
        group
        and table_words(context.lexicon).list_kind(compact(title)) == "key_project"
        and RESTORATION.fullmatch(group)
    ):
        return "restoration_project"
    for words in (title, group or ""):
        kind = table_words(context.lexicon).list_kind(compact(words))
        found = next((known for known in KINDS if known == kind), None)
        if found is not None:
            return found
    return "other"


def _fields(document: Document, sheet: Sheet, row: Row, name: str, group: str | None, context: Context) -> ListFields:
    def text(*roles: str) -> str | None:
        column = sheet.of(*roles)
        found = row.text(column.index) if column is not None and column.index != sheet.name else ""
        return None if is_blank(found) else found

    grade = text("grade") or (match[0] if (match := GRADE.search(name)) else None)
    start, end = years(text("period") or "")
    return ListFields(
        type=text("category", "level") or group or table_words(context.lexicon).protected_area_type(name),
        grade="国家级" if grade == "国家" else grade,
        area=_area(document, sheet, row, context),
        units=text("place", "region"),
        lead=text("lead"),
        responsible=text("responsible"),
        start=start,
        end=end,
    )


def years(period: str) -> tuple[int | None, int | None]:
    """2021—2030年 → 2021, 2030; 2025年底前 → None, 2025; 2023 年起 → 2023, None."""
    found = [int(year) for year in re.findall(rf"(?<!\d){YEAR}(?!\d)", period)]
    if not found and (plan := re.fullmatch(r"[“\"]?十([三四五六])五[”\"]?(?:规划)?(?:期间|时期)?", period)):
        first = 2016 + 5 * "三四五六".index(plan[1])  # 十四五 is 2021 to 2025
        return first, first + 4
    if len(found) > 1:
        return found[0], found[-1]
    if not found:
        return None, None
    return (found[0], None) if re.search(r"起|以来|开工", period) else (None, found[0])


@lru_cache(maxsize=4)
def _number_with_unit(units: str) -> re.Pattern[str]:
    return re.compile(rf"({NUMBER})({units})?")


def _area(document: Document, sheet: Sheet, row: Row, context: Context) -> Value | None:
    """The area that an entry's area or size column states, if its unit is one of area."""
    for column in (c for c in sheet.columns if c.role in ("area", "size")):
        cell, text = row.cells[column.index], row.text(column.index)
        match = _number_with_unit(context.lexicon.units.pattern).fullmatch(text)
        unit = (match[2] or column.unit) if match else None
        found = context.lexicon.units.find(unit) if unit else None
        if match is None or cell is None or found is None or found.dimension != "m2":
            continue
        return Value(
            value=printed(match[1]),
            unit=unit,
            si=si_of(match[1], None, unit, context.lexicon.units),
            raw=text,
            where=document.cell_spans(sheet.printed, cell),
        )
    return None
