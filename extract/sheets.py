"""A table as a finder of indicators reads it: true header rows, units of cells, years of columns, one row's statement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ..plan.document import Block, Cell, Document, Table
from ..plan.requirement import Region, Value
from ..plan.span import Span
from .setting import Setting
from .statements import SCOPE, Attribute, Kind, Statement, clean_name, scope_of
from .subjects import Subject, resolve
from .values import Amount, amount_to_value, folded, read_cell
from .years import last_past_year

BASE = re.compile(r"基期|现状|基准|基础值|起始|初期")
TARGET = re.compile(r"目标|规划|近期|中期|远期|指标值|控制|期末|下达|任务|展望|上限|下限|值")
TOTAL = re.compile(r".{0,10}(?:合计|总计|小计|共计|总和)|全[省市县区域](?:合计|总计)?|[省市县]域(?:合计)?|合\s*计")
YEAR = re.compile(r"(20\d\d)\s*年?")

KIND_OF_REGION = re.compile(r"市辖区|县级市|地级市|设区市|自治县|各?[县市区镇乡]+|街道|乡镇")
"""What groups the regions of a table and is none."""
WHOLE_AREA = "全域"


@dataclass(frozen=True, slots=True)
class Head:
    """A column of an interpreted table: its header path joined and its own words (the lowest header)."""

    column: int
    path: tuple[str, ...]

    @property
    def whole(self) -> str:
        return "".join(self.path)

    @property
    def last(self) -> str:
        return self.path[-1] if self.path else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its true header rows, the words around it, and the document it stands in."""

    table: Table
    header_rows: int
    heads: tuple[Head, ...]
    document: Document
    setting: Setting
    block: Block
    about: str
    """Label, title, caption and the lowest heading: what the table is about."""

    @property
    def kind(self) -> Kind:
        if self.block.part == "annex" or (self.table.label or "").startswith("附"):
            return "annex"
        return "box" if self.block.part == "box" else "table"

    def rows(self) -> Iterator[tuple[int, tuple[Cell | None, ...]]]:
        for index, row in enumerate(self.table.grid):
            if index >= self.header_rows:
                yield index, row

    def text(self, row: tuple[Cell | None, ...], column: int | None) -> str:
        cell = None if column is None or column >= len(row) else row[column]
        return "" if cell is None else squeezed(cell.text.text)


@lru_cache(maxsize=16384)
def squeezed(text: str) -> str:
    return "".join(text.split())


def open_sheet(document: Document, block: Block, table: Table, setting: Setting) -> Sheet:
    rows = _header_rows(table)
    paths = [_path(table, c, rows) for c in range(table.columns)]
    if _goes_on(table, rows):
        rows += 1
        paths = [(*path[:-1], path[-1] + _words(table, rows - 1, c)) if path else path for c, path in enumerate(paths)]
    for unit_told in (_with_unit_row, _with_unit_behind):
        known = [unit_told(path, setting) for path in paths]
        if sum(path != other for path, other in zip(paths, known, strict=True)) >= max(2, len(paths) // 2):
            paths = known
    heads = tuple(Head(column, _with_bracket(path, setting)) for column, path in enumerate(paths))
    caption = table.caption.text if table.caption is not None else ""
    about = squeezed(" ".join([table.label or "", table.title or "", caption, *block.section[-1:]]))
    return Sheet(table, rows, heads, document, setting, block, about)


def _with_unit_row(path: tuple[str, ...], setting: Setting) -> tuple[str, ...]:
    """A row of units under the names, with years below or without: 耕地保有量 over 万亩 as 耕地保有量（万亩）."""
    for at in range(1, len(path)):
        if setting.lexicon.units.find(folded(path[at])) is not None:
            return (*path[: at - 1], f"{path[at - 1]}（{path[at]}）", *path[at + 1 :])
    return path


def _with_unit_behind(path: tuple[str, ...], setting: Setting) -> tuple[str, ...]:
    """A unit on the last line of the name's own cell, without a bracket: 林地保有量公顷 as 林地保有量（公顷）."""
    words, known = path[-1] if path else "", setting.lexicon.units
    if re.search("[（()）]", words):
        return path
    for at in range(max(3, len(words) - LONGEST_UNIT), len(words)):
        name, unit = words[:at], words[at:]
        plain = re.fullmatch(r"[\u4e00-\u9fff]+", name) is not None and (len(unit) > 1 or unit in "%％‰")
        if plain and known.find(folded(name)) is None and known.find(folded(unit)) is not None:
            return (*path[:-1], f"{name}（{unit}）")
    return path


LONGEST_UNIT = 10
"""Letters of the longest unit that a header prints (千瓦时/万元, 平方米/千人)."""


def _with_bracket(path: tuple[str, ...], setting: Setting) -> tuple[str, ...]:
    """耕地保有量/万亩 as 耕地保有量（万亩）."""
    found = re.fullmatch(r"(.*[\u4e00-\u9fff]{2})[/／]([^/／（）]+)", path[-1]) if path else None
    known = setting.lexicon.units
    if found is None or known.find(folded(found[2])) is None or known.find(folded(found[1])) is not None:
        return path
    return (*path[:-1], f"{found[1]}（{found[2]}）")


def _header_rows(table: Table) -> int:
    """The reader's header rows; one more where the next row only parts the header (2025年 | 2035年, 陆域 | 海洋)."""
    rows = max(1, min(table.header_rows, len(table.grid)))
    while rows < len(table.grid) and rows < 4:
        above, row = table.grid[rows - 1], table.grid[rows]
        words = [squeezed(cell.text.text) for cell in row if cell is not None]
        spans = sum(1 for a, b in zip(above, row, strict=False) if a is not None and a is b)
        parts = sum(
            1
            for word in words
            if re.fullmatch(
                r"(?:(?:基期|近期|远期|目标|现状|规划)*(?:20\d\d)年?.{0,6}|面积.*|比例.*|比重.*|小计|陆域|海[洋域])",
                word,
            )
        )
        if (
            spans and not any(re.fullmatch(r"[≥≤]?[\d,.]+", word) for word in words) and not is_section(row)
        ) or parts >= 2:
            rows += 1
        else:
            break
    return rows


def _words(table: Table, row: int, column: int) -> str:
    cell = table.grid[row][column] if column < len(table.grid[row]) else None
    return squeezed(cell.text.text) if cell is not None else ""


def _goes_on(table: Table, rows: int) -> bool:
    """Whether the row under the header holds the second lines of its words: 县（市、 over 区）, 永久基本农 over 田面积（万亩）."""
    if rows >= len(table.grid) - 1:
        return False
    pairs = [(_words(table, rows - 1, c), _words(table, rows, c)) for c in range(table.columns)]
    opened = [below for above, below in pairs if above.count("（") > above.count("）")]
    closes = bool(opened) and all(below.count("）") > below.count("（") for below in opened)
    below = [words for _, words in pairs]
    rest = not below[0] and sum(map(bool, below)) >= 2  # 耕地保有量/万 over 亩: the second lines alone
    parted = any(re.search(r"20\d\d|小计|陆域|海[洋域]|[市县区]$", words) for words in below)
    return (closes or (rest and not parted)) and not any(
        re.fullmatch(r"[≥≤]?[\d,.]+%?|[—/-]", below) for _, below in pairs
    )


YEAR_HEAD = re.compile(r"(?:基期|近期|远期|目标|现状|规划)*20\d\d年?.{0,3}")


def _path(table: Table, column: int, rows: int) -> tuple[str, ...]:
    path: list[str] = []
    for at in range(rows):
        words = _words(table, at, column) or _name_over_years(table, at, column, rows)
        if words and (not path or path[-1] != words):
            path.append(words)
    return tuple(path)


def _name_over_years(table: Table, row: int, column: int, rows: int) -> str:
    """The name that stands to the left over 2025年 and holds for 2035年 beside it too, where the reader saw no cell over
    both; "" if there is none."""
    if column == 0 or row + 1 >= rows:
        return ""
    year, before = _words(table, row + 1, column), _words(table, row + 1, column - 1)
    if year == before or not (YEAR_HEAD.fullmatch(year) and YEAR_HEAD.fullmatch(before)):
        return ""
    return _words(table, row, column - 1) or _name_over_years(table, row, column - 1, rows)


def is_section(row: tuple[Cell | None, ...]) -> bool:
    """A category row: one cell over all columns, or words in one cell only."""
    filled: Cell | None = None
    for cell in row:
        if cell is None or cell is filled or not squeezed(cell.text.text):
            continue
        if filled is not None:
            return False
        filled = cell
    return True


def left_words(sheet: Sheet, row: tuple[Cell | None, ...], name: int) -> str:
    return "".join(sheet.text(row, column) for column in range(name))


def is_header_again(sheet: Sheet, index: int) -> bool:
    """A header row that a reader left inside the body."""
    row = sheet.table.grid[index]
    same = sum(1 for head in sheet.heads if head.path and sheet.text(row, head.column) in head.path)
    return same >= max(3, len(sheet.heads) - 2)


def cell_amount(sheet: Sheet, row: tuple[Cell | None, ...], column: int, unit: str | None) -> Amount | None:
    cell = row[column] if column < len(row) else None
    if cell is None:
        return None
    words, units = _joined(cell.text.text), unit_pair(unit, sheet)
    if units is not None:
        words = re.sub(
            r"^([^\d]*[\d.,]+)\s*[（(/／]\s*([\d.,]+)\s*[)）]?\s*$", rf"\g<1>{units[0]}（\g<2>{units[1]}）", words
        )
    return read_cell(words, unit if units is None else units[0], sheet.setting.lexicon.units)


_TWO_UNITS = re.compile(r"([^（()/／]+)(?:[（(]([^）)]+)[)）]|[/／](.+))")


def unit_pair(unit: str | None, sheet: Sheet) -> tuple[str, str] | None:
    """The two units of a column that prints each amount twice: 平方公里（万亩）, 平方公里/万亩."""
    found = _TWO_UNITS.fullmatch(unit or "")
    if found is None:
        return None
    one, other, known = found[1], found[2] or found[3], sheet.setting.lexicon.units
    same = known.find(one) is not None and known.find(other) is not None and known.comparable(one, other)
    return (one, other) if same and not known.same(one, other) else None


def _joined(text: str) -> str:
    """A cell's words as one line of the same length: line breaks inside a number are layout."""
    return text.translate(_BREAKS)


_BREAKS = str.maketrans("\n\r\t", "   ")


def cell_value(
    sheet: Sheet,
    cell: Cell,
    amount: Amount,
    year: int | None,
    role: str,
    region: Region | None,
    unit: str | None,
    column: int,
) -> Value:
    where = sheet.document.cell_spans(sheet.table, cell, column=column)
    return amount_to_value(
        amount,
        sheet.setting.lexicon.units,
        year=year,
        region=region,
        role=role,
        unit=(unit_pair(unit, sheet) or (unit,))[0],
        where=where,
        raw=cell.text.text.strip(),
        base_year=sheet.setting.period.base_year,
    )


def row_scope(words: str, name: str, sheet: Sheet) -> str | None:
    """The scope column; else a scope in brackets of the name or in the title (…县城主要品质指标…)."""
    said = scope_of(words)
    if said is not None:
        return said
    bracket = re.search(r"[（(](中心城区|城区|县城|陆域|海域|市域|县域|全域)[）)]", name)
    if bracket:
        return scope_of(bracket[1])
    if lead := re.match(r"中心城区|主城区", name):
        return lead[0]
    titled = SCOPE.search(re.sub(r"规划.*?[（(]20\d\d.*?[）)]", "", sheet.about))
    return titled[0] if titled and titled[0] not in ("城镇", "农村", "园区", "陆域", "海域") else "全域"


@lru_cache(maxsize=8192)
def bare_name(name: str) -> str:
    """A printed name without its unit, sign and scope brackets."""
    plain = _YEAR_LAST.sub("", clean_name(name))
    plain = _YEAR_FIRST.sub("", plain)
    plain = _AIM_FIRST.sub("", plain)
    plain = _SIGN_LAST.sub("", plain)
    return _MEASURE_LAST.sub("", plain) if plain.endswith((")", "）")) else plain


_YEAR_LAST = re.compile(r"(?:至|到)?20\d\d年(?:末|底)?(?:累计|目标值?|控制数?)?$")
_YEAR_FIRST = re.compile(r"^(?:至|到)?20\d\d年(?:末|底)?(?=\D)")
_AIM_FIRST = re.compile(r"^(?:控制|规划|约束|主要)(?:目标|指标)值?(?=[\u4e00-\u9fff]{3})")
_SIGN_LAST = re.compile(r"(?:不低于|不少于|不小于|不超过|不大于|不突破|≥|≤)(?=[（(]|$)")
_MEASURE_LAST = re.compile(
    r"[（(](?:[^（）()]*?(?:亩|顷|米|里|%|％|倍|人|元|吨|处|个|种|张|座|分钟|m2|m²|m³|m3|㎡|km2|hm2|ha|≥|≤)[^（）()]*|中心城区|市域|县域|全域|城区|县城|陆域|海域|累计)[）)]$"
)


def bracket_unit(words: str, sheet: Sheet) -> str | None:
    """The unit in the brackets of a header or a name: 耕地保有量（万亩，≥）."""
    for bracket in reversed(re.findall(r"[（(\[【]([^（）()\[\]【】]+)[）)\]】]", words)):
        for word in re.split(r"[，,、;；\s]+", bracket):
            unit = unit_in(re.sub(r"^单位[:：]?|[≥≤]", "", word), sheet)
            if unit:
                return unit
    return None


def unit_in(word: str, sheet: Sheet) -> str | None:
    plain = folded(squeezed(word))
    if not plain or plain in ("区", "县", "市", "—", "-", "/", "无", "－") or re.fullmatch(r"[—–\-/]+", plain):
        return None
    if plain in ("区", "县", "市") or (
        sheet.setting.lexicon.units.find(plain) is None
        and not re.fullmatch(r"\w+/\w+|年一遇", plain)
        and unit_pair(plain, sheet) is None
    ):
        return None
    return plain


def line_unit(sheet: Sheet, name: str) -> str | None:
    """The unit of the table's unit line that suits a name (单位：公顷、%): a share takes the %, a size the other one."""
    if name.endswith("倍数"):
        return "倍"
    words = [word for word in re.split(r"[、，,；;\s]+", squeezed(sheet.table.unit or "")) if word]
    known = [unit for word in words if (unit := unit_in(re.sub(r"^单位[:：]", "", word), sheet))]
    share = re.search(r"率|比例|比重|占比|覆盖度|强度$", name) is not None
    fitting = [unit for unit in known if (unit in ("%", "‰")) == share]
    return fitting[0] if fitting else known[0] if len(known) == 1 and not share else None


def one_region(text: str, setting: Setting) -> Region | None:
    """The one region that a cell names; functional districts without a code count by their printed name."""
    if len(text) > 40 or not text or text[0].isdigit():
        return None
    if text not in setting.cells:
        setting.cells[text] = _one_region(text, setting)
    return setting.cells[text]


def _one_region(text: str, setting: Setting) -> Region | None:
    words = _BESIDE_NAME.sub("", squeezed(text))
    if not 2 <= len(words) <= 16 or TOTAL.fullmatch(words) or KIND_OF_REGION.fullmatch(words):
        return None
    found = setting.region(words)
    if found is not None:
        return found if found != setting.home else None
    if setting.gazetteer.is_district_name(words) or _DISTRICT.fullmatch(words):
        return Region(name=words)
    return None


_BESIDE_NAME = re.compile(r"[（(].*?[）)]|[*※①-⑳\d]+$")
_DISTRICT = re.compile(r"\w{2,12}(?:街道|镇|乡|县|区|市|旗|农场|林场|苏木|村|社区)")


def is_home(words: str, setting: Setting) -> bool:
    return setting.home is not None and setting.region(words) == setting.home


def row_statement(
    sheet: Sheet,
    subject: Subject,
    values: tuple[Value, ...],
    anchor: Cell,
    row: tuple[Cell | None, ...],
    *,
    attribute: Attribute | None,
    scope: str | None,
    parent: str | None = None,
) -> Statement:
    words = " ".join(
        dict.fromkeys(squeezed(cell.text.text) for cell in row if cell is not None and squeezed(cell.text.text))
    )
    return Statement(
        name=subject.name,
        values=values,
        text=words,
        kind=sheet.kind,
        section=sheet.table.section or sheet.block.section,
        where=_places(sheet, anchor, values),
        concept=subject.concept,
        line=subject.line,
        attribute=attribute,
        scope=scope,
        parent=parent,
        direction=subject.direction,
        raw="、".join(value.raw for value in values),
    )


def _places(sheet: Sheet, anchor: Cell, values: tuple[Value, ...]) -> tuple[Span, ...]:
    """Where a row says it: the cell of its name or region, then the cells of its targets."""
    places = [*sheet.document.cell_spans(sheet.table, anchor)]
    for value in values:
        if value.role != "baseline":
            places.extend(span for span in value.where if span not in places)
    return tuple(places)


def last_year(words: str) -> int | None:
    """The year of a header; of a span (2021—2035年) its end."""
    match = re.search(r"(?<!\d)20\d\d年?\s*[—–－\-~～至到]+\s*(20\d\d)(?!\d)", words) or YEAR.search(words)
    return int(match[1]) if match else None


def year_and_role(whole: str, last: str, setting: Setting) -> tuple[int | None, str]:
    """(year, role) that a header gives: 2020年基期值 → the base year; 近期 → the near term; 规划目标值 → the end."""
    year = last_year(last) or last_year(whole)
    words = last if BASE.search(last) or TARGET.search(last) else whole
    period = setting.period
    if BASE.search(words) or (year is not None and year <= last_past_year(period)):
        return (year or period.base_year), "baseline"
    if year is None:
        year = period.near_term if "近期" in words else period.vision if re.search("远景|展望", words) else period.end
        if re.search("中期", words) and period.near_term and period.end:
            year = (period.near_term + period.end) // 2
    return year, "target"


def row_name(sheet: Sheet, row: tuple[Cell | None, ...], name: int) -> str:
    """The name cell, with its part where the name column is split in two (生态保护红线面积 | 陆域; 常住人口规模 | 中心城区)."""
    words = sheet.text(row, name)
    if re.fullmatch(r"[—–\-/]*", words):
        return ""
    head = sheet.heads[name]
    beside = name + 1 if name + 1 < len(sheet.heads) and sheet.heads[name + 1].path == head.path else None
    part = sheet.text(row, beside) if beside is not None and row[beside] is not row[name] else ""
    if not part or part == words or re.fullmatch(r"[—–\-/]+|小计|合计|总计|总量", bare_name(part)):
        return words
    if re.fullmatch(r"(?:其中[:：])?(?:陆域|海[洋域]).*", part):
        return ("陆域" if "陆" in part else "海洋") + words
    if SCOPE.fullmatch(bare_name(part)) or scope_of(bare_name(part)) == WHOLE_AREA:
        return f"{words}（{bare_name(part)}）"
    return part if resolve(bare_name(part), sheet.setting).concept else words + part
