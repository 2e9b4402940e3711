"""Which column of a table is what: printed headers to roles, printed titles to what the table holds.

A header is read by what it means, never by its place: 所在县（市、区）, 涉及地区, 位置 and 实施范围 all say where a thing
is. The words stand in the lexicon (table_words.py); here is only how a header is taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from ..plan.document import Cell, Table
from ..plan.lexicon import Lexicon
from ..plan.quantity import Units, half_width, numeral
from .table_words import TableWords, table_words

BLANK = re.compile(r"[\s—－–\-/／…·\.无]*")
"""What a cell holds that says nothing."""
TOTAL = re.compile(r".{0,4}(合计|总计|小计|总和|共计)")
LEVELS = "国省市县区州乡镇"
REGION_HEADER = re.compile(
    r"(?:县级|市级|乡级|镇级|乡镇级)?(?:行政(?:区划?|单元|辖区)|(?:地级以上|地级|设区)?[市州](?:[、/（(]?[县区州]|$)"
    r"|(?:区|县|旗)(?:县|市|[（(、/]|$)|(?:乡|镇)(?:镇|街|乡|[（(、/]|$)|街道|地市|县区|地区|园区)"
    r"[市县区州旗镇街乡道名称、/（()）]*"
)
"""A header that names administrative units: 县（市、区）, 乡镇（街道）, 行政区名称, 地级以上市."""

WHERE = re.compile(r"所在|所属|涉及|坐落|位于")
WHOSE = re.compile(r"工程|项目|类|单位|部门|领域|内容|要素|流域|水系")
"""所属工程, 涉及部门 say something else than a place."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `header` as printed without its unit (path joined by " / "), `role` of the lexicon or None, `unit`
    as printed in the header or the unit line that fits it."""

    index: int
    header: str
    role: str | None
    unit: str | None = None
    standard: str | None = None
    """The standard word of its role (所在地), None if the header says it already or the role has none."""

    @property
    def key(self) -> str:
        """How the column is named in `attributes`: the standard word before a header that says it in other words."""
        return self.header if self.standard is None else f"{self.standard} / {self.header}"


@lru_cache(maxsize=8192)
def compact(text: str) -> str:
    """Text without white space; brackets full width, so that 面积(公顷) and 面积（公顷） are one."""
    return "".join(text.split()).replace("(", "（").replace(")", "）")


def is_blank(text: str) -> bool:
    """Whether a cell says nothing: empty, a dash, 无."""
    return BLANK.fullmatch(text) is not None


def is_total(text: str) -> bool:
    return TOTAL.fullmatch(compact(text)) is not None


def table_columns(table: Table, lexicon: Lexicon) -> tuple[Column, ...]:
    """The columns of a table, with the unit of the header or else of the unit line."""
    columns = [_column(table, index, lexicon) for index in range(table.columns)]
    return tuple(_named(columns))


def _column(table: Table, index: int, lexicon: Lexicon) -> Column:
    units = lexicon.units
    path = [compact(part) for part in table.header_path(index)]
    parts = [_without_unit(part, units) for part in path]
    unit = next((unit for _, unit in reversed(parts) if unit), None)
    header = " / ".join(part for part, _ in parts if part)
    role, standard = _role(header, table_words(lexicon))
    if unit is None and role in ("area", "size", "share"):
        unit = _line_unit(table.unit, role, units)
    return Column(index, header, role, unit, standard)


def _without_unit(header: str, units: Units) -> tuple[str, str | None]:
    """面积（公顷） → 面积, 公顷; 县（市、区） stays whole, for 市、区 is no unit; operators (万亩，≥) are left out."""
    match = re.search(r"[（\[【]([^（）\[\]【】]+)[）\]】]$", header)
    if match is None:
        return header, None
    for word in re.split(r"[，,、；;]", match[1]):
        word = re.sub(r"^单位[:：]?", "", word)
        if units.find(word) is not None and word not in ("区", "县", "市", "镇", "乡", "村"):
            return header[: match.start()], half_width(word)
    return header, None


def _line_unit(line: str | None, role: str, units: Units) -> str | None:
    """Of a unit line (平方公里、%) the unit that fits: % for a share, the first other for the rest."""
    words = [half_width(word) for word in re.split(r"[、，,；;\s]+", compact(line or "")) if word]
    shares = [word for word in words if word in ("%", "‰")]
    if role == "share":
        return shares[0] if shares else None
    return next((word for word in words if word not in shares and units.find(word) is not None), None)


def _role(header: str, words: TableWords) -> tuple[str | None, str | None]:
    """The role of a header and, if it is said in other words, the standard word of the role."""
    last = header.split(" / ")[-1]
    if WHERE.match(last) and not WHOSE.search(last):
        return "place", None if "所在地" in header else words.standard["place"]
    for text in (last, header):
        plain = re.sub(r"（[^（）]*）", "", text)
        if REGION_HEADER.fullmatch(text) or REGION_HEADER.fullmatch(plain):
            return "region", None
        found = words.header_role(text) or words.header_role(plain)
        if found is not None:
            role, standard = found
            return role, None if standard is None or standard in header else standard
    return None, None


def _named(columns: list[Column]) -> Iterator[Column]:
    """Of several columns that could be the name the last in rank is; the others are groups or parents."""
    names = [column for column in columns if column.role in ("name", "subname", "work")]
    for column in columns:
        if column.role in ("name", "subname", "work") and len(names) > 1:
            yield _rank(column, names)
        elif column.role == "work":
            yield _with_role(column, "name")
        else:
            yield column


def _rank(column: Column, names: list[Column]) -> Column:
    """重大工程 | 项目名称: the work groups the projects. 工程名称 | 子项目: the work is the parent."""
    subs = [name for name in names if name.role == "subname"]
    final = subs[-1] if subs else next((name for name in reversed(names) if name.role == "name"), names[-1])
    if column == final:
        return _with_role(column, "name")
    if subs:
        return _with_role(column, "parent")
    return Column(column.index, column.header, "category", column.unit, "类型" if "类" not in column.header else None)


def _with_role(column: Column, role: str) -> Column:
    return Column(column.index, column.header, role, column.unit, column.standard if role != "name" else None)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its cells by column; a group cell that the file left empty below its first row is filled."""

    index: int
    cells: tuple[Cell | None, ...]

    def text(self, column: int | None) -> str:
        """The words of a cell without white space that line breaks and justification put in; "" if it has none."""
        cell = None if column is None else self.cells[column]
        return "" if cell is None else cell_text(cell)


def cell_text(cell: Cell) -> str:
    """A cell's words; blanks stay only between Latin words."""
    return _without_breaks(cell.text.text)


@lru_cache(maxsize=8192)
def _without_breaks(text: str) -> str:
    plain = text.strip()
    return _BREAK.sub("", plain) if len(plain.split(None, 1)) > 1 else plain


_BREAK = re.compile(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])")


def table_rows(table: Table, columns: tuple[Column, ...]) -> tuple[Row, ...]:
    """The rows of a table's body; empty cells of columns that hold merged groups get the group above."""
    fills = [
        column.index for column in columns if column.role in ("category", "parent", "region", "level", "zone_type")
    ]
    merged = {
        index
        for index in fills
        if any(cell is not None and cell.rowspan > 1 for _, cells in table.body() for cell in (cells[index],))
        or any(a[index] is not None and a[index] is b[index] for a, b in _pairs(table))
    }
    above: dict[int, Cell] = {}
    rows = []
    for index, cells in table.body():
        row = list(cells)
        for column in sorted(merged):
            cell = row[column]
            if cell is not None and cell.text.text.strip():
                above[column] = cell
            elif column in above:
                row[column] = above[column]
        rows.append(Row(index, tuple(row)))
    return tuple(rows)


def _pairs(table: Table) -> Iterator[tuple[tuple[Cell | None, ...], tuple[Cell | None, ...]]]:
    body = [cells for _, cells in table.body()]
    yield from pairwise(body)


def is_section_row(row: Row) -> str | None:
    """The words of a row that only names a group (一、国家级自然保护区), else None: one cell over all columns, or one
    cell with words that opens with a Chinese numeral."""
    kinds = {id(cell): cell for cell in row.cells if cell is not None and cell.text.text.strip()}
    if len(kinds) != 1 or len(row.cells) < 3:
        return None
    cell = next(iter(kinds.values()))
    words = cell_text(cell)
    wide = sum(other is cell for other in row.cells) >= max(3, len(row.cells) - 1)
    return words if wide or re.match(r"[（(]?[一二三四五六七八九十]+[）)、.．]", words) else None


def is_number(text: str) -> bool:
    return numeral(text) is not None


_SIGN = re.compile(r"^[≥≤><约]|[%％]$")


def numeric_share(table: Table, columns: tuple[Column, ...]) -> float:
    """The share of body cells, serial numbers left out, that hold a bare number or its sign."""
    cells = [
        cell_text(cell)
        for _, row in table.body()
        for column in columns
        if column.role != "number" and (cell := row[column.index]) is not None and cell.text.text.strip()
    ]
    bare = [text for text in cells if is_number(_SIGN.sub("", text))]
    return len(bare) / len(cells) if cells else 0.0


def unfolded(table: Table) -> Table:
    """A table printed in two or three blocks side by side (序号|名称|级别|序号|名称|级别) as one block of rows."""
    headers = [table.header_path(column) for column in range(table.columns)]
    for blocks in (2, 3):
        width = table.columns // blocks
        even = width >= 2 and table.columns == blocks * width and len(set(headers[:width])) == width
        if even and all(header == headers[column % width] for column, header in enumerate(headers)):
            body = [cells for _, cells in table.body()]
            parts = [cells[start : start + width] for start in range(0, table.columns, width) for cells in body]
            filled = [cells for cells in parts if any(cell is not None and cell.text.text.strip() for cell in cells)]
            head = [cells[:width] for cells in table.grid[: table.header_rows]]
            return replace(table, grid=(*head, *filled))
    return table


def table_title(table: Table) -> str:
    """What the table is called: its title, else the nearest heading, without label and 续."""
    title = table.title or (table.section[-1] if table.section else "")
    title = re.sub(r"^续?\s*(?:附表|附件|表|专栏)\s*[\d—\-－.]*\s*", "", title)
    return compact(re.sub(r"^第.{1,6}[章节条]\s*", "", title))


def table_kind(table: Table, columns: tuple[Column, ...], words: TableWords) -> str:
    """What a table holds: zone (a type for each unit), zone_areas (an area for each type), zone_members (units for each
    zone), list, or other (indicators, allocations, land use, structures, rules, boxes)."""
    title, roles = table_title(table), {column.role for column in columns}
    if table.columns < 2 or len(table.grid) <= table.header_rows:
        return "other"
    if zone := _zone_kind(table, columns, title, roles, words):
        return zone
    if roles & {"indicator", "structure"} or words.not_a_list.search(title):
        return "other"
    says = {
        "category",
        "grade",
        "place",
        "area",
        "content",
        "period",
        "lead",
        "responsible",
        "nature",
        "era",
        "batch",
        "mineral",
        "object",
        "size",
        "function",
        "helper",
    }
    named = "name" in roles
    if not roles & says and not (named and words.list_title.search(title)):
        return "other"
    if not named and not words.list_title.search(title) and words.list_kind(title) is None:
        return "other"
    mostly = 0.8 if named and words.list_title.search(title) else 0.6
    return "list" if numeric_share(table, columns) <= mostly else "other"


def _zone_kind(
    table: Table, columns: tuple[Column, ...], title: str, roles: set[str | None], words: TableWords
) -> str | None:
    """主体功能定位 beside regions, 一级分区 beside areas, 修复分区 beside its members; types as headers count too."""
    if "zone_type" in roles and roles & {"region", "place", "name"}:
        return "zone"
    typed = [column for column in columns if words.zone_type.search(column.header)]
    if len(typed) >= 2:
        return "zone"
    if "indicator" in roles - {None} and "level" not in roles:
        return None
    level = [column for column in columns if column.role == "level"]
    registers = roles & {"lead", "period", "mineral", "grade"} or ("name" in roles and words.zone_system(title) is None)
    if not level or registers:
        return None
    if roles & {"area", "share", "size"} and not roles & {"place", "region"}:
        return "zone_areas" if _holds_types(table, level, words) or "分区" in title else None
    if roles & {"place", "region"}:
        return "zone_members"
    return None


def _holds_types(table: Table, level: list[Column], words: TableWords) -> bool:
    cells = [cell_text(cell) for _, row in table.body() for column in level if (cell := row[column.index]) is not None]
    return sum(cell in words.types for cell in cells) >= 2
