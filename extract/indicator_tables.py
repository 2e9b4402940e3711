"""Tables → statements: indicator tables, allocation tables in either direction, structures of land use.

A header is read by its words, never by its place (DOMAIN §1.4). Values stand in columns by year (规划目标值 / 2035年),
in rows by region (分解表) or in columns by region; units and attributes stand in their own columns, in brackets of the
header or name, or in the unit line; notes give years and directions (“…为上限值，其余为下限值”).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..plan.document import Block, Cell, Document, Table
from ..plan.requirement import Region, Value
from .setting import Setting
from .statements import SCOPE, Kind, Statement, attribute_of, clean_name, scope_of, subject_key
from .subjects import Subject, resolve
from .values import Amount, amount_to_value, folded, read_cell

NAME = re.compile(r"(?:规划|主要|控制|约束性|核心|具体|管控)*指标(?:项|名称|内容|项目|类型|体系|要素)?|指标体系.*|控制(?:内容|要素|项)|项目指标|名称")
UNIT = re.compile(r"(?:计量|指标)?单位")
ATTRIBUTE = re.compile(r"(?:指标)?(?:属性|性质)|指标类型")
SCOPE_HEADER = re.compile(r"(?:指标)?(?:层级|层次|尺度|覆盖范围|适用范围|空间范围|空间层次|范围)")
REGION = re.compile(
    r"(?:县级|市级|乡级|镇级|乡镇级)?(?:行政(?:区划?|单元|辖区|区域)|地级(?:以上)?市?|设区市|地区|地市|市州|州市|市县|县区|各?[市县区州盟旗乡镇街道（）()、/]{1,16}|所属区域|分区|单元|辖区|区域)(?:名称|划)?"
)
NUMBER_HEADER = re.compile(r"序号|编号|代码|编码|行政区(?:划)?代码|类别|分类|一级指标|指标类别|大类|目标|维度")
NOT_VALUE = re.compile(r"备注|说明|注|传导方式|分解方式|责任|牵头|来源|依据|落实|增减|变化|增幅|年均|考核|公式|定义|解释|层级|级别|方式|计算")
BASE = re.compile(r"基期|现状|基准|基础值|起始|初期")
TARGET = re.compile(r"目标|规划|近期|远期|指标值|控制|期末|下达|任务|展望|上限|下限|值")
SHARE = re.compile(r"比例|比重|占比|百分比|构成|增减|变化")
USE_NAME = re.compile(r"用地类型|用地用海分类|用地分类|用地类别|用地名称|地类(?:名称)?|用地性质|国土空间用途|用途分类|规划用地类型.*|用地类型名称.*|用地.{0,6}分类.*")
TOTAL = re.compile(r".{0,10}(?:合计|总计|小计|共计|总和)|全[省市县区域](?:合计|总计)?|[省市县]域(?:合计)?|合\s*计")
WHOLE = re.compile(r"(?:合计|总计|共计)$|^全[省市县区域州]|^[省市县]域")
NO_INDICATOR = re.compile(r"^(?:行政区|辖区|区域|国土|土地|陆域|海域|幅员|市域|县域)?(?:国土|土地|行政|总)*面积$|^(?:户数|村庄数|行政村数?|备注|占比|比例|比重|主导功能|功能定位|面积)$")
NOT_ALLOCATION = re.compile(r"项目|工程|名录|分区统计|主体功能|自然保护地|名称|主要保护对象|级别|建设")
YEAR = re.compile(r"(20\d\d)\s*年?")
WHOLE_AREA = "全域"
SIGN = re.compile(r"[≥≤＞＜><≧≦]=?|不低于|不少于|不超过|不突破")


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


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def table_statements(document: Document, setting: Setting) -> list[Statement]:
    """All statements of all tables, in reading order."""
    found: list[Statement] = []
    for block in document.blocks:
        if block.table is not None and block.table.columns >= 2:
            sheet = open_sheet(document, block, block.table, setting)
            found.extend(sheet_statements(sheet))
    return found


def open_sheet(document: Document, block: Block, table: Table, setting: Setting) -> Sheet:
    rows = _header_rows(table)
    heads = tuple(Head(c, _path(table, c, rows)) for c in range(table.columns))
    caption = table.caption.text if table.caption is not None else ""
    about = squeezed(" ".join([table.label or "", table.title or "", caption, *block.section[-1:]]))
    return Sheet(table, rows, heads, document, setting, block, about)


def _header_rows(table: Table) -> int:
    """The reader's header rows; one more where the next row only parts the header (2025年 | 2035年, 陆域 | 海洋)."""
    rows = max(1, min(table.header_rows, len(table.grid)))
    while rows < len(table.grid) and rows < 4:
        above, row = table.grid[rows - 1], table.grid[rows]
        words = [squeezed(cell.text.text) for cell in row if cell is not None]
        spans = sum(1 for a, b in zip(above, row, strict=True) if a is not None and a is b)
        parts = sum(1 for word in words if re.fullmatch(r"(?:(?:基期|近期|远期|目标|现状|规划)*(?:20\d\d)年?.{0,6}|面积.*|比例.*|比重.*|小计|陆域|海[洋域])", word))
        if (spans and not any(re.fullmatch(r"[≥≤]?[\d,.]+", word) for word in words) and not _is_section(row)) or parts >= 2:
            rows += 1
        else:
            break
    return rows


def _path(table: Table, column: int, rows: int) -> tuple[str, ...]:
    path: list[str] = []
    for row in table.grid[:rows]:
        cell = row[column] if column < len(row) else None
        words = squeezed(cell.text.text) if cell is not None else ""
        if words and (not path or path[-1] != words):
            path.append(words)
    return tuple(path)


def _is_section(row: tuple[Cell | None, ...]) -> bool:
    """A category row: one cell over all columns, or words in one cell only."""
    filled = {id(cell) for cell in row if cell is not None and squeezed(cell.text.text)}
    return len(filled) <= 1


def sheet_statements(sheet: Sheet) -> list[Statement]:
    """What a table says of indicators; nothing if it is a register, a zone table or prose in a box."""
    regions = _region_column(sheet)
    name = _name_column(sheet)
    if regions is None and name is not None and (years := _value_columns(sheet, name)):
        return list(_indicator_rows(sheet, name, years))
    if name is not None and (columns := _region_heads(sheet)):
        return list(_region_columns(sheet, name, columns))
    if regions is not None and name is None:
        return list(_allocation_rows(sheet, regions))
    uses = next((head.column for head in sheet.heads if USE_NAME.fullmatch(head.last)), None)
    if uses is not None:
        return list(_land_uses(sheet, uses))
    return []


# -- indicators in rows ----------------------------------------------------------------------------------------------


def _name_column(sheet: Sheet) -> int | None:
    """The column of the indicators' names: by its header, else the one whose cells are most often known indicators."""
    named = [head.column for head in sheet.heads if NAME.fullmatch(re.sub(r"[（(].*", "", head.last)) and head.last != "名称"]
    if len(named) > 1:
        return max(named, key=lambda column: (_known_names(sheet, column), column))
    if named:
        return named[0]
    best = max((head.column for head in sheet.heads), key=lambda column: _known_names(sheet, column), default=None)
    if best is not None:
        count = sum(1 for _, row in sheet.rows() if sheet.text(row, best))
        if _known_names(sheet, best) >= max(2, count // 2) and not REGION.fullmatch(sheet.heads[best].last):
            return best
    return None


def _known_names(sheet: Sheet, column: int) -> int:
    names = {sheet.text(row, column) for _, row in sheet.rows() if not _is_section(row)}
    return sum(1 for name in names if name and (subject := resolve(_bare(name), sheet.setting)) and (subject.concept or subject.line))


def _value_columns(sheet: Sheet, name: int) -> dict[int, tuple[int | None, str]]:
    """Column → (year, role) of the columns that hold values."""
    found: dict[int, tuple[int | None, str]] = {}
    for head in sheet.heads:
        if head.column == name or UNIT.fullmatch(head.last) or ATTRIBUTE.fullmatch(head.last) or SCOPE_HEADER.fullmatch(head.last):
            continue
        if NUMBER_HEADER.fullmatch(head.last) or NOT_VALUE.search(head.last) or (YEAR.search(head.whole) is None and not BASE.search(head.whole) and not TARGET.search(head.whole)):
            continue
        if any(_cell_amount(sheet, row, head.column, None) for _, row in sheet.rows()):
            found[head.column] = _year_and_role(head.whole, head.last, sheet.setting)
    return found


def _year_and_role(whole: str, last: str, setting: Setting) -> tuple[int | None, str]:
    """(year, role) that a header gives: 2020年基期值 → the base year; 近期 → the near term; 规划目标值 → the end."""
    match = YEAR.search(last) or YEAR.search(whole)
    year = int(match[1]) if match else None
    words = last if BASE.search(last) or TARGET.search(last) else whole
    period = setting.period
    if BASE.search(words) or (year is not None and year <= (period.base_year or (period.start or 0) - 1)):
        return (year or period.base_year), "baseline"
    if year is None:
        year = period.near_term if "近期" in words else period.vision if re.search("远景|展望", words) else period.end
    return year, "target"


def _indicator_rows(sheet: Sheet, name: int, years: dict[int, tuple[int | None, str]]) -> Iterator[Statement]:
    unit = next((head.column for head in sheet.heads if UNIT.fullmatch(head.last)), None)
    attribute = next((head.column for head in sheet.heads if ATTRIBUTE.fullmatch(head.last) and head.column not in years), None)
    scope = next((head.column for head in sheet.heads if SCOPE_HEADER.fullmatch(head.last)), None)
    group: str = ""
    whole: str | None = None
    whole_unit: str | None = None
    for index, row in sheet.rows():
        if _is_section(row) or _is_header_again(sheet, index):
            group = next((squeezed(cell.text.text) for cell in row if cell is not None and squeezed(cell.text.text)), group)
            continue
        cell = row[name]
        printed = _row_name(sheet, row, name)
        if cell is None or not printed:
            continue
        part = bool(re.match(r"\s*(?:其中|包括|[—–-]{1,2}|　)", cell.text.text)) or "其中" in _left_words(sheet, row, name)
        said = sheet.text(row, unit) if unit is not None else ""
        given_unit = _unit_in(said, sheet) or _bracket_unit(printed, sheet) or _line_unit(sheet, printed) or (whole_unit if part else None)
        values = tuple(_row_values(sheet, row, years, given_unit))
        if not values:
            continue
        subject = resolve(_bare(printed), sheet.setting, loosely=True)
        words = sheet.text(row, attribute) or group + sheet.about
        row_scope = _row_scope(sheet.text(row, scope) if scope is not None else "", printed, sheet)
        key = subject_key(subject.name)
        yield _statement(
            sheet, subject, values, cell, row, attribute=attribute_of(words), scope=row_scope,
            parent=whole if part and whole != key else None,
        )
        if not part:
            whole, whole_unit = key, given_unit


def _row_name(sheet: Sheet, row: tuple[Cell | None, ...], name: int) -> str:
    """The name cell; a sub-indicator split over two name columns is both (常住人口规模 | 中心城区)."""
    words = sheet.text(row, name)
    return words if not re.fullmatch(r"[—–\-/]*", words) else ""


def _left_words(sheet: Sheet, row: tuple[Cell | None, ...], name: int) -> str:
    return "".join(sheet.text(row, column) for column in range(name))


def _is_header_again(sheet: Sheet, index: int) -> bool:
    """A header row that a reader left inside the body."""
    row = sheet.table.grid[index]
    same = sum(1 for head in sheet.heads if head.path and sheet.text(row, head.column) in head.path)
    return same >= max(3, len(sheet.heads) - 2)


def _row_values(
    sheet: Sheet, row: tuple[Cell | None, ...], years: dict[int, tuple[int | None, str]], unit: str | None
) -> Iterator[Value]:
    for column, (year, role) in years.items():
        found = _cell_amount(sheet, row, column, unit)
        cell = row[column]
        if found is None or cell is None or (role == "baseline" and found.value is None):
            continue
        yield _value(sheet, cell, found, year, role, None, unit, column)


def _cell_amount(sheet: Sheet, row: tuple[Cell | None, ...], column: int, unit: str | None) -> Amount | None:
    cell = row[column] if column < len(row) else None
    return None if cell is None else read_cell(_joined(cell.text.text), unit, sheet.setting.lexicon.units)


def _joined(text: str) -> str:
    """A cell's words as one line of the same length: line breaks inside a number are layout."""
    return re.sub(r"[\n\r\t]", " ", text)


def _value(
    sheet: Sheet, cell: Cell, amount: Amount, year: int | None, role: str, region: Region | None, unit: str | None, column: int
) -> Value:
    where = sheet.document.cell_spans(sheet.table, cell, column=column)
    return amount_to_value(
        amount, sheet.setting.lexicon.units, year=year, region=region, role=role, unit=unit,
        where=where, raw=cell.text.text.strip(), base_year=sheet.setting.period.base_year,
    )


def _row_scope(words: str, name: str, sheet: Sheet) -> str | None:
    """The scope column; else a scope in brackets of the name or in the title (…县城主要品质指标…)."""
    said = scope_of(words)
    if said is not None:
        return said
    bracket = re.search(r"[（(](中心城区|城区|县城|陆域|海域|市域|县域|全域)[）)]", name)
    if bracket:
        return scope_of(bracket[1])
    titled = SCOPE.search(re.sub(r"规划.*?[（(]20\d\d.*?[）)]", "", sheet.about))
    return titled[0] if titled and titled[0] not in ("城镇", "农村", "园区", "陆域", "海域") else "全域"


def _bare(name: str) -> str:
    """A printed name without its unit, sign and scope brackets."""
    plain = re.sub(r"(?:至|到)?20\d\d年(?:末|底)?(?:累计|目标值?|控制数?)?$", "", clean_name(name))
    return re.sub(r"[（(](?:[^（）()]*?(?:亩|顷|米|里|%|％|倍|人|元|吨|处|个|种|张|座|分钟|m2|km2|hm2|ha|≥|≤)[^（）()]*|中心城区|市域|县域|全域|城区|县城|陆域|海域|累计)[）)]$", "", plain)


def _bracket_unit(words: str, sheet: Sheet) -> str | None:
    """The unit in the brackets of a header or a name: 耕地保有量（万亩，≥）."""
    for bracket in reversed(re.findall(r"[（(\[【]([^（）()\[\]【】]+)[）)\]】]", words)):
        for word in re.split(r"[，,、;；\s]+", bracket):
            unit = _unit_in(re.sub(r"^单位[:：]?|[≥≤]", "", word), sheet)
            if unit:
                return unit
    return None


def _unit_in(word: str, sheet: Sheet) -> str | None:
    plain = folded(squeezed(word))
    if not plain or plain in ("区", "县", "市", "—", "-", "/", "无", "－") or re.fullmatch(r"[—–\-/]+", plain):
        return None
    if plain in ("区", "县", "市") or (sheet.setting.lexicon.units.find(plain) is None and not re.fullmatch(r"\w+/\w+|年一遇", plain)):
        return None
    return plain


def _line_unit(sheet: Sheet, name: str) -> str | None:
    """The unit of the table's unit line that suits a name (单位：公顷、%): a share takes the %, a size the other one."""
    if name.endswith("倍数"):
        return "倍"
    words = [word for word in re.split(r"[、，,；;\s]+", squeezed(sheet.table.unit or "")) if word]
    known = [unit for word in words if (unit := _unit_in(re.sub(r"^单位[:：]", "", word), sheet))]
    share = re.search(r"率|比例|比重|占比|覆盖度|强度$", name) is not None
    fitting = [unit for unit in known if (unit in ("%", "‰")) == share]
    return fitting[0] if fitting else known[0] if len(known) == 1 and not share else None


# -- allocations -----------------------------------------------------------------------------------------------------


def _region_column(sheet: Sheet) -> int | None:
    """The column whose cells each name one administrative unit."""
    best: tuple[int, int] | None = None
    for head in sheet.heads:
        texts = [sheet.text(row, head.column) for _, row in sheet.rows() if not _is_section(row)]
        known = sum(1 for text in texts if text and _region(text, sheet.setting) is not None)
        titled = REGION.fullmatch(re.sub(r"[\s]", "", head.last)) is not None
        if known >= 2 and known >= (0.3 if titled else 0.7) * len(texts) and len(set(texts)) >= 0.7 * len(texts):
            if best is None or known > best[1]:
                best = (head.column, known)
    return None if best is None else best[0]


def _region(text: str, setting: Setting) -> Region | None:
    """The one region that a cell names; functional districts without a code count by their printed name."""
    words = re.sub(r"[（(].*?[）)]|[*※①-⑳\d]+$", "", squeezed(text))
    if not 2 <= len(words) <= 16 or TOTAL.fullmatch(words):
        return None
    found = setting.gazetteer.find(words, setting.home)
    if found is not None:
        return found if found != setting.home else None
    if setting.gazetteer.is_district_name(words) or re.fullmatch(r"\w{2,12}(?:街道|镇|乡|县|区|市|旗|农场|林场|苏木)", words):
        return Region(name=words)
    return None


def _allocation_rows(sheet: Sheet, regions: int) -> Iterator[Statement]:
    """One statement for each row and indicator of an allocation table; the total row is the whole area's."""
    columns = list(_allocated_columns(sheet, regions))
    if not columns:
        return
    for index, row in sheet.rows():
        words = sheet.text(row, regions) or _left_words(sheet, row, regions)
        if _is_header_again(sheet, index):
            continue
        region = _region(words, sheet.setting)
        total = region is None and (WHOLE.search(words) or _is_home(words, sheet.setting))
        anchor = row[regions]
        if anchor is None or (region is None and not total):
            continue
        by_subject: dict[tuple[str, str | None], list[tuple[Subject, Value]]] = {}
        for head, subject, unit, year, scope in columns:
            amount = _cell_amount(sheet, row, head.column, unit)
            cell = row[head.column]
            if amount is None or cell is None:
                continue
            amount = _with_header_sign(amount, head, subject, sheet)
            value = _value(sheet, cell, amount, year, "target", region, unit, head.column)
            by_subject.setdefault((subject_key(subject.name), scope), []).append((subject, value))
        for (_, scope), said in by_subject.items():
            subject = said[0][0]
            yield replace(
                _statement(
                    sheet, subject, tuple(value for _, value in said), anchor, row,
                    attribute=_allocated_attribute(sheet, subject), scope=_row_level(sheet, regions) if scope == WHOLE_AREA else scope,
                ),
                region=region, binds=() if region is None else (region,), basis="whole" if region is None else "row",
                allocated=True, parent=None if region is None else subject_key(subject.name),
                text=f"{words}：{subject.name}" + "、".join(value.raw for _, value in said),
            )


def _row_level(sheet: Sheet, regions: int) -> str:
    """The scope of rows by township, as the header prints it (乡镇（街道）分解): their sum is the whole, they are no county."""
    header = sheet.heads[regions].last
    return f"{header}分解" if re.match(r"乡|镇|街道", header) else WHOLE_AREA


def _is_home(words: str, setting: Setting) -> bool:
    return setting.home is not None and setting.gazetteer.find(words, setting.home) == setting.home


def _allocated_columns(sheet: Sheet, regions: int) -> Iterator[tuple[Head, Subject, str | None, int | None, str | None]]:
    """The columns that hold allocated indicators, each with its subject, unit, year and scope."""
    usable = [head for head in sheet.heads if head.column != regions and not NUMBER_HEADER.fullmatch(head.last)]
    if any(re.search(r"项目名称|工程名称|名录|保护对象|主体功能|用地规模|建设性质", head.whole) for head in usable):
        return
    found = []
    for head in usable:
        subject, scope = _column_subject(head, sheet)
        unit = _bracket_unit(head.last, sheet) or _bracket_unit(head.whole, sheet)
        unit = unit or (_line_unit(sheet, subject.name) if subject is not None else None)
        if subject is None or BASE.search(head.whole) or NOT_VALUE.search(head.last):
            continue
        numbers = sum(1 for _, row in sheet.rows() if _cell_amount(sheet, row, head.column, unit))
        if not numbers:
            continue
        if unit is None and re.search(r"率|比例|比重|占比", subject.name):
            unit = "%" if re.search("%", head.whole) else None
        found.append((head, subject, unit, _allocation_year(head, subject, sheet), scope))
    known = [item for item in found if item[1].concept or item[1].line]
    signed = any(SIGN.search(head.whole) for head, *_ in found) or re.search(r"分解|分配|下达|控制指标|指标", sheet.about)
    if known or (signed and found):
        yield from (item for item in found if item[1].concept or item[1].line or signed)


def _column_subject(head: Head, sheet: Sheet) -> tuple[Subject | None, str | None]:
    """The indicator that a column's header names; 小计 and 2035年 leave it to the header above, 陆域/海洋 part it."""
    scope = _row_scope("", head.whole, sheet)
    path = [part for part in head.path if not re.fullmatch(r"(?:规划|主要|控制|约束性|预期性|20\d\d年?|目标|指标|值|其中|:|：)+", _bare(part))]
    path = [part for part in path if not re.fullmatch(r"(?:[近远]期|目标年?|规划|累计|至|到|（|）|20\d\d|年)+", part)]
    if not path:
        return None, scope
    last, above = _bare(path[-1]), _bare(path[-2]) if len(path) > 1 else ""
    if re.fullmatch(r"小计|合计|总计|总量|面积|规模|数量|总面积|总规模", last) and above:
        return resolve(above, sheet.setting), scope
    if re.fullmatch(r"(?:其中)?[:：]?(?:陆域|海洋|海域|陆地)(?:面积|红线)?", last) and above:
        where = "陆域" if "陆" in last else "海域"
        return resolve(("陆域" if "陆" in last else "海洋") + above, sheet.setting), where
    if NO_INDICATOR.search(last) and not resolve(last, sheet.setting).concept:
        return None, scope
    subject = resolve(last, sheet.setting)
    if not (subject.concept or subject.line) and above:
        upper = resolve(above, sheet.setting)
        if upper.concept or upper.line:
            return upper, scope
    return subject, scope


def _allocation_year(head: Head, subject: Subject, sheet: Sheet) -> int | None:
    """The year of a column: its header, else a note (“…为2025年目标值”), else the title, else the plan's end."""
    match = YEAR.search(head.whole)
    if match:
        return int(match[1])
    for note in _notes(sheet):
        for said in re.finditer(r"([^；。;]*?)(?:均|都)?为(20\d\d)年(?:的)?(?:目标|规划|控制|指标)?(?:目标)?值?", note):
            if _names(said[1], subject):
                return int(said[2])
    titled = re.search(r"[（(](?:至|到)?(20\d\d)年[^）)—-]*[）)]|至?(20\d\d)年", _without_period(sheet.about))
    if titled:
        return int(titled[1] or titled[2])
    return sheet.setting.period.end


def _without_period(text: str) -> str:
    return re.sub(r"20\d\d年?\s*[—–\-~－至]+\s*20\d\d年?", "", text)


def _notes(sheet: Sheet) -> Iterator[str]:
    for note in sheet.table.notes:
        yield squeezed(note.text)


def _names(words: str, subject: Subject) -> bool:
    """Whether a note's list of names holds the subject (高标准农田 stands for 高标准农田建设面积)."""
    key = subject_key(subject.name)
    listed = [subject_key(word) for word in re.split(r"[、，,和及与：:]|注|除|本表|其中", words)]
    return any(word and len(word) > 1 and (word in key or key in word) for word in listed)


def _with_header_sign(amount: Amount, head: Head, subject: Subject, sheet: Sheet) -> Amount:
    """A bare number takes the sign of its header (万亩，≥), else the direction that a note gives the column."""
    if amount.op != "=" or amount.stated or amount.reference is not None:
        return amount
    sign = SIGN.search(head.last) or SIGN.search(head.whole)
    if sign:
        return replace(amount, op="<=" if sign[0] in ("≤", "≦", "<=", "不超过", "不突破") else "<" if sign[0] in ("<", "＜") else ">" if sign[0] in (">", "＞") else ">=", stated=True)
    direction = _noted_direction(subject, sheet)
    return amount if direction is None else replace(amount, op=direction, stated=True)


def _noted_direction(subject: Subject, sheet: Sheet) -> str | None:
    """“本表除A为上限值外，其余均为下限值” · “A为上限值，其余为下限值” · “表中数据均为下限值”."""
    rest: str | None = None
    for note in _notes(sheet):
        for said in re.finditer(r"([^；。;，,]*?)(?:均|都)?为(?:控制)?(上限|下限)(?:值|指标|控制)?", note):
            op = "<=" if said[2] == "上限" else ">="
            if re.search(r"其余|其他|表中|本表(?!除)|各项|所有", said[1]):
                rest = op
            elif _names(said[1], subject):
                return op
    return rest


def _allocated_attribute(sheet: Sheet, subject: Subject) -> str | None:
    words = sheet.about + "".join(part for head in sheet.heads for part in head.path)
    return "binding" if re.search(r"(?<!其他)约束性", words) and "预期性" not in words else None


def _region_heads(sheet: Sheet) -> dict[int, Region | None]:
    """Column → region of a table whose columns are regions; None stands for the total."""
    found: dict[int, Region | None] = {}
    for head in sheet.heads:
        region = _region(head.last, sheet.setting)
        if region is not None:
            found[head.column] = region
        elif WHOLE.search(head.last) or _is_home(head.last, sheet.setting):
            found[head.column] = None
    return found if sum(1 for region in found.values() if region is not None) >= 2 else {}


def _region_columns(sheet: Sheet, name: int, columns: dict[int, Region | None]) -> Iterator[Statement]:
    """An allocation with indicators in rows and regions in columns."""
    unit_column = next((head.column for head in sheet.heads if UNIT.fullmatch(head.last)), None)
    attribute = next((head.column for head in sheet.heads if ATTRIBUTE.fullmatch(head.last)), None)
    scope_column = next((head.column for head in sheet.heads if SCOPE_HEADER.fullmatch(head.last)), None)
    year_column = next((head.column for head in sheet.heads if re.fullmatch(r"年份|年度|目标年|规划年|水平年", head.last)), None)
    for _, row in sheet.rows():
        anchor, printed = row[name], _row_name(sheet, row, name)
        if _is_section(row) or anchor is None or not printed:
            continue
        subject = resolve(_bare(printed), sheet.setting)
        unit = _unit_in(sheet.text(row, unit_column), sheet) if unit_column is not None else None
        unit = unit or _bracket_unit(printed, sheet) or _line_unit(sheet, subject.name)
        head = Head(name, (printed,))
        own = YEAR.search(sheet.text(row, year_column)) if year_column is not None else None
        for column, region in columns.items():
            amount = _cell_amount(sheet, row, column, unit)
            cell = row[column]
            if amount is None or cell is None:
                continue
            in_head = YEAR.search(sheet.heads[column].whole)
            year = int(own[1]) if own else int(in_head[1]) if in_head else _allocation_year(head, subject, sheet)
            amount = _with_header_sign(amount, head, subject, sheet)
            value = _value(sheet, cell, amount, year, "target", region, unit, column)
            yield replace(
                _statement(
                    sheet, subject, (value,), cell, row,
                    attribute=attribute_of(sheet.text(row, attribute)) if attribute is not None else _allocated_attribute(sheet, subject),
                    scope=_row_scope(sheet.text(row, scope_column) if scope_column is not None else "", printed, sheet),
                ),
                region=region, binds=() if region is None else (region,), basis="whole" if region is None else "column",
                allocated=True, parent=None if region is None else subject_key(subject.name),
            )


# -- land uses -------------------------------------------------------------------------------------------------------


def _land_uses(sheet: Sheet, uses: int) -> Iterator[Statement]:
    """A structure table: the area of each use, now and planned; shares and balances are derived and left out."""
    areas: dict[int, tuple[int | None, str]] = {}
    for head in sheet.heads:
        if head.column == uses or SHARE.search(head.last) or not re.search(r"面积|规模|现状|规划|基期|目标|20\d\d", head.whole):
            continue
        if any(_cell_amount(sheet, row, head.column, None) for _, row in sheet.rows()):
            areas[head.column] = _year_and_role(head.whole, head.whole, sheet.setting)
    if not any(role == "target" for _, role in areas.values()):
        return
    scope = _row_scope("", "", sheet)
    for _, row in sheet.rows():
        anchor, printed = row[uses], sheet.text(row, uses)
        if anchor is None or not printed or _is_section(row) or re.fullmatch(r"\d+", printed):
            continue
        name = _bare(printed)
        if TOTAL.fullmatch(name):
            kind = re.search(r"(?:城镇|城乡|村庄)?(?:建设用地|用地用海|国土空间)", sheet.about)
            name = (kind[0] if kind else "用地") + "合计"
        values = []
        for column, (year, role) in areas.items():
            unit = _bracket_unit(sheet.heads[column].whole, sheet) or _line_unit(sheet, name)
            amount, cell = _cell_amount(sheet, row, column, unit), row[column]
            if amount is not None and cell is not None:
                values.append(_value(sheet, cell, amount, year, role, None, unit, column))
        if any(value.role == "target" for value in values):
            yield _statement(sheet, Subject(name, None, None), tuple(values), anchor, row, attribute=None, scope=scope)


def _statement(
    sheet: Sheet, subject: Subject, values: tuple[Value, ...], anchor: Cell, row: tuple[Cell | None, ...], *,
    attribute: str | None, scope: str | None, parent: str | None = None,
) -> Statement:
    words = " ".join(dict.fromkeys(squeezed(cell.text.text) for cell in row if cell is not None and squeezed(cell.text.text)))
    return Statement(
        name=subject.name, values=values, text=words, kind=sheet.kind, section=sheet.table.section or sheet.block.section,
        where=sheet.document.cell_spans(sheet.table, anchor), concept=subject.concept, line=subject.line,
        attribute=attribute, scope=scope, parent=parent, direction=subject.direction,  # type: ignore[arg-type]
        raw="、".join(value.raw for value in values),
    )
