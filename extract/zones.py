"""Zones: which type holds for which area, from tables and sentences; one requirement for each (unit, type).

主体功能区 by county or town, with overlays and refinements; 规划分区 with their areas; 生态修复分区 and the like with
their members. What text and table say alike is one requirement with mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..plan.document import Block, Cell, Document, Table
from ..plan.quantity import NUMBER, printed, si_of
from ..plan.requirement import Region, Requirement, Value, ZoneUnit
from ..plan.span import Span
from .columns import (
    Column,
    Row,
    cell_text,
    compact,
    is_blank,
    is_section_row,
    is_total,
    table_columns,
    table_kind,
    table_rows,
    table_title,
)
from .context import Context
from .joining import PEOPLES
from .places import words_to_regions
from .table_words import TableWords, table_words
from .zone_divisions import divisions
from .zone_phrases import MAINLY, OF_UNITS, ZonePhrase, may_say_zones, zone_phrases
from .zone_sayings import Saying, Source, merged, overlays_laid
from .zone_units import cell_to_units, marked_units, names_units, overlays_by_unit

TICK = re.compile(r"[√✓✔●■◆▲★○]|是|有")
VILLAGES = re.compile(r"(?:行政|建制|自然)?村(?:庄|屯)?(?:名称|名单|名录|名)?")
GRADE_BEFORE = re.compile(r"^(?:国家级|省级|市级|自治区级)(?=..)")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of zones."""

    document: Document
    table: Table
    columns: tuple[Column, ...]
    context: Context

    def of(self, *roles: str) -> list[Column]:
        return [column for column in self.columns if column.role in roles]

    def first(self, row: Row, *roles: str) -> str | None:
        """The words of the first column of these roles that says something in the row."""
        return next((text for column in self.of(*roles) if not is_blank(text := row.text(column.index))), None)

    def spans(self, row: Row, columns: Iterable[Column]) -> tuple[Span, ...]:
        cells: dict[int, tuple[Cell, Column]] = {}
        for column in columns:
            cell = row.cells[column.index]
            if cell is not None and cell.text.text.strip():
                cells.setdefault(id(cell), (cell, column))
        return tuple(
            span
            for cell, column in cells.values()
            for span in self.document.cell_spans(self.table, cell, column=column.index)
        )

    @property
    def words(self) -> TableWords:
        return table_words(self.context.lexicon)

    @property
    def source(self) -> Source:
        return "annex" if self.table.part == "annex" else "table"


def find_zones(document: Document, context: Context) -> list[Requirement]:
    """Every zone of the document, in the order in which it is first said."""
    sayings: list[Saying] = []
    rests: list[tuple[Saying, str]] = []
    for block in document.blocks:
        if block.table is not None:
            sayings.extend(_of_table(document, block.table, context))
        elif block.kind == "paragraph":
            for saying, rest in _of_paragraph(document, block, context):
                rests.append((saying, rest)) if rest else sayings.append(saying)
    tabled = {said.type for said in sayings if said.source in ("table", "annex") and _divides(said, context)}
    if tabled:  # the table tells the finest level
        sayings = [
            said for said in sayings if said.type in tabled or said.source != "text" or not _divides(said, context)
        ]
    units = own_units(document, context) if rests else []
    for saying, rest in rests:
        sayings.extend(_of_rest(saying, rest, sayings, units))
    return [*merged(overlays_laid(sayings))]


def _divides(said: Saying, context: Context) -> bool:
    """Whether it gives the whole area a type of the plan's zoning."""
    home = context.region
    return (
        said.system == "规划分区" and home is not None and (said.unit.code or said.unit.name) in (home.code, home.name)
    )


# -- tables ----------------------------------------------------------------------------------------------------------


def _of_table(document: Document, table: Table, context: Context) -> Iterator[Saying]:
    columns = _typed(table_columns(table, context.lexicon), table, context)
    sheet = Sheet(document, table, columns, context)
    match table_kind(table, columns, sheet.words):
        case "zone":
            yield from _of_types(sheet)
        case "zone_areas":
            named = _name_column(sheet)
            yield from _of_areas(sheet) if named is None else _of_named_zones(sheet, named, sheet.of("level")[0])
        case "zone_members":
            yield from _of_members(sheet)


def _typed(columns: tuple[Column, ...], table: Table, context: Context) -> tuple[Column, ...]:
    """The columns, with that of the types of 主体功能区, and that of the units beside it, told by their cells where the
    headers do not tell (功能类型; 县（市、区）名单)."""
    words = table_words(context.lexicon)

    def cells(column: Column) -> list[str]:
        return [
            said for _, row in table.body() if (cell := row[column.index]) is not None and (said := cell_text(cell))
        ]

    if not any(column.role == "zone_type" for column in columns):
        for column in columns:
            known = [words.types.get(GRADE_BEFORE.sub("", said)) in OF_UNITS for said in cells(column)]
            if column.role in (None, "category", "level", "function", "name") and len(known) > 1 and all(known):
                columns = tuple(replace(each, role="zone_type") if each is column else each for each in columns)
                break
    if any(column.role == "zone_type" for column in columns):
        columns = tuple(replace(each, role="region") if VILLAGES.fullmatch(each.header) else each for each in columns)
    if any(column.role == "zone_type" for column in columns) and not any(
        column.role in ("region", "place", "name") for column in columns
    ):
        for column in columns:
            known = [names_units(said, context) for said in cells(column)]
            if column.role is None and known and sum(known) * 2 > len(known):
                return tuple(replace(each, role="region") if each is column else each for each in columns)
    return columns


def _rows(sheet: Sheet) -> Iterator[Row]:
    for row in table_rows(sheet.table, sheet.columns):
        first = next((cell_text(cell) for cell in row.cells if cell is not None and cell.text.text.strip()), "")
        if is_section_row(row) is None and not is_total(first):
            yield row


def _of_types(sheet: Sheet) -> Iterator[Saying]:
    """A type for each unit; or types as headers over lists of units, areas or ticks."""
    words = sheet.words
    typed = [column for column in sheet.columns if words.zone_type.search(column.header)]
    if len(typed) >= 2 and all(column in typed for column in sheet.of("zone_type")):
        yield from _of_type_headers(sheet, typed)
        return
    type_column = sheet.of("zone_type")[0]
    named = [column for column in sheet.of("level", "name") if column.header.endswith("名称")]
    if named and not sheet.of("region"):
        yield from _of_named_zones(sheet, named[-1], type_column)
        return
    units = sheet.of("region") or sheet.of("place") or sheet.of("name")
    if not sheet.of("region") and _parts_the_area(sheet, type_column, units):
        yield from _of_areas(sheet, [type_column])
        return
    for row in _rows(sheet):
        type_ = zone_type_of(row.text(type_column.index), sheet.words)
        unit_column = next((c for c in reversed(units) if not is_blank(row.text(c.index))), None)
        if type_ is None or unit_column is None:
            continue
        parent = _parent(sheet, row, units, unit_column)
        overlays_of = overlays_by_unit(sheet.first(row, "overlay") or "")
        where = sheet.spans(row, [unit_column, type_column, *sheet.of("overlay")])
        zone, laid = _zone_or_laid(type_, sheet.words)
        for unit, marked in marked_units(row.text(unit_column.index), parent, sheet.table, sheet.context):
            yield Saying(
                unit,
                zone,
                system_of(type_, sheet.table, sheet.words),
                " ｜ ".join(span.quote for span in where),
                where,
                sheet.table.section,
                sheet.source,
                (*laid, *(overlays_of(unit.name) or marked)),
                sheet.first(row, "function"),
                tuple(text for c in sheet.of("policy") if not is_blank(text := row.text(c.index))),
            )
            yield from _refinements(sheet, row, unit)


def _parts_the_area(sheet: Sheet, types: Column, units: list[Column]) -> bool:
    """Whether each row is one type of the plan's zoning, and what stands beside it only tells where it lies
    (永久基本农田相对集中的地区): the types part the plan's own area."""
    rows = [row for row in _rows(sheet) if not is_blank(row.text(types.index))]
    said = [row.text(types.index) for row in rows]
    zoning = all(sheet.words.types.get(type_) == "规划分区" for type_ in said)
    told = [row.text(column.index) for row in rows for column in units if not is_blank(row.text(column.index))]
    named = sum(names_units(text, sheet.context) for text in told)
    return len(said) > 2 and len(set(said)) == len(said) and zoning and named * 2 < len(told)


def _zone_or_laid(type_: str, words: TableWords) -> tuple[str, tuple[str, ...]]:
    """The type of a zone, or none and what is laid over the zones that other rows give."""
    return ("", (type_,)) if type_ in words.overlays else (type_, ())


def _parent(sheet: Sheet, row: Row, units: list[Column], unit: Column) -> Region | None:
    """The region in which a unit's name is to be understood: the region of the column before it, else the plan's own."""
    home = sheet.context.region
    for column in reversed([c for c in units if c.index < unit.index]):
        found = sheet.context.gazetteer.find(row.text(column.index), within=home)
        if found is not None:
            return found
    return home


def _refinements(sheet: Sheet, row: Row, unit: ZoneUnit) -> Iterator[Saying]:
    """What remarks and 细化指引 say of the unit's towns: "高潭镇、宝口镇按重点生态功能区管理"."""
    context = sheet.context
    county = context.gazetteer.by_code(unit.code) if unit.code else None
    for column in sheet.of("remark", "refinement"):
        cell = row.cells[column.index]
        if cell is None or is_blank(cell.text.text):
            continue
        for phrase in zone_phrases(cell.text.text, county or context.region, context.lexicon):
            if phrase.unit is None:
                continue
            where = sheet.document.cell_spans(sheet.table, cell, phrase.start, phrase.end, column=column.index)
            refined = phrase.refined or column.role == "refinement"
            yield Saying(
                unit_of(phrase),
                phrase.type,
                system_of(phrase.type, sheet.table, sheet.words, refined=refined),
                cell.text.text[phrase.start : phrase.end],
                where,
                sheet.table.section,
                sheet.source,
                basis="list",
            )


def _of_type_headers(sheet: Sheet, typed: list[Column]) -> Iterator[Saying]:
    words = sheet.words
    units = sheet.of("region") or sheet.of("place")
    for row in _rows(sheet):
        for column in typed:
            found = words.zone_type.search(column.header)
            text = row.text(column.index)
            if found is None or is_blank(text):
                continue
            unit_column = units[-1] if units else None
            where = sheet.spans(row, [*([unit_column] if unit_column else []), column])
            home = sheet.context.region
            values: tuple[Value, ...] = ()
            if unit_column is None:
                targets = marked_units(text, home, sheet.table, sheet.context)
            else:
                unit_text = row.text(unit_column.index)
                targets = [(unit, ()) for unit in cell_to_units(unit_text, home, sheet.context)]
                values = area_values(sheet, row, column)
                if not values and not TICK.fullmatch(text):
                    within = sheet.context.gazetteer.find(unit_text, within=home) or home
                    targets = [
                        (unit, marks)
                        for unit, marks in marked_units(text, within, sheet.table, sheet.context)
                        if unit.code
                    ]
            zone, laid = _zone_or_laid(found[0], words)
            for unit, marks in targets:
                yield Saying(
                    unit,
                    zone,
                    system_of(found[0], sheet.table, sheet.words),
                    " ｜ ".join(s.quote for s in where),
                    where,
                    sheet.table.section,
                    sheet.source,
                    (*laid, *marks),
                    values=values,
                    basis="column",
                )


def _of_areas(sheet: Sheet, levels: list[Column] | None = None) -> Iterator[Saying]:
    """The zones of the whole area with their areas; the finest level counts that has a type in each cell, not several."""
    levels = levels or _single_levels(sheet)
    home = sheet.context.region
    unit = ZoneUnit(name=home.name if home else "全域", code=home.code if home else None)
    for row in _rows(sheet):
        named = [column for column in levels if not is_blank(row.text(column.index))]
        if not named or is_total(row.text(named[-1].index)):
            continue
        type_ = zone_type_of(row.text(named[-1].index), sheet.words) or row.text(named[-1].index)
        areas = sheet.of("area", "size")
        where = sheet.spans(row, [named[-1], *areas])
        yield Saying(
            unit,
            type_,
            system_of(type_, sheet.table, sheet.words),
            " ｜ ".join(span.quote for span in where),
            where,
            sheet.table.section,
            sheet.source,
            function=sheet.first(row, "function"),
            policies=tuple(text for c in sheet.of("policy") if not is_blank(text := row.text(c.index))),
            values=tuple(value for column in areas[-1:] for value in area_values(sheet, row, column)),
        )


def _single_levels(sheet: Sheet) -> list[Column]:
    """The columns of levels, without one that lists what a row is made of (林地控制区、草地控制区)."""
    levels = sheet.of("level")
    single = [c for c in levels if not any("、" in row.text(c.index) for row in _rows(sheet))]
    return single or levels


def _of_members(sheet: Sheet) -> Iterator[Saying]:
    """Zones with the units that lie in them: one saying for each pair; named zones with a type are units themselves."""
    levels = sheet.of("level")
    names = [column for column in levels if column.header.endswith("名称")]
    types = [column for column in levels if column.header.endswith(("类型", "类别"))]
    if names and types:
        yield from _of_named_zones(sheet, names[-1], types[-1])
        return
    if levels and not sheet.of("region") and _parts_the_area(sheet, levels[-1], sheet.of("place")):
        yield from _of_areas(sheet)
        return
    for row in _rows(sheet):
        named = [column for column in levels if not is_blank(row.text(column.index))]
        places = [c for c in sheet.of("place", "region") if not is_blank(row.text(c.index))]
        if not named or not places or is_total(row.text(named[-1].index)):
            continue
        type_ = row.text(named[-1].index)
        where = sheet.spans(row, [named[-1], *places])
        words = "；".join(row.text(column.index) for column in places)
        found = words_to_regions(words, sheet.context.region, sheet.context.gazetteer)
        for region in _without_parents(found.regions, sheet.context):
            yield Saying(
                ZoneUnit(name=region.name, code=region.code),
                type_,
                system_of(type_, sheet.table, sheet.words),
                " ｜ ".join(span.quote for span in where),
                where,
                sheet.table.section,
                sheet.source,
                function=sheet.first(row, "function"),
                policies=tuple(text for c in sheet.of("policy") if not is_blank(text := row.text(c.index))),
                basis="list",
            )


def _name_column(sheet: Sheet) -> Column | None:
    """The column before the types that names single zones (海域 | 分区类型 | 面积): words that differ and are no types."""
    level = sheet.of("level")[0]
    for column in sheet.columns:
        if column.index >= level.index or column.role is not None:
            continue
        said = [row.text(column.index) for row in _rows(sheet) if not is_blank(row.text(column.index))]
        if (
            len(said) > 1
            and len(set(said)) > 0.8 * len(said)
            and not any(word in sheet.words.types or re.fullmatch(rf"{NUMBER}", word) for word in said)
        ):
            return column
    return None


def _of_named_zones(sheet: Sheet, name: Column, type_column: Column) -> Iterator[Saying]:
    """A register of functional zones: each is a unit (甲湾游憩用海区) of a type (游憩用海区), with its area."""
    for row in _rows(sheet):
        type_ = zone_type_of(row.text(type_column.index), sheet.words)
        if type_ is None or is_blank(row.text(name.index)):
            continue
        areas = sheet.of("area", "size")
        where = sheet.spans(row, [name, type_column, *areas])
        yield Saying(
            ZoneUnit(name=row.text(name.index)),
            type_,
            system_of(type_, sheet.table, sheet.words),
            " ｜ ".join(span.quote for span in where),
            where,
            sheet.table.section,
            sheet.source,
            function=sheet.first(row, "function"),
            policies=tuple(text for c in sheet.of("policy") if not is_blank(text := row.text(c.index))),
            values=tuple(value for column in areas[-1:] for value in area_values(sheet, row, column)),
        )


def _without_parents(regions: tuple[Region, ...], context: Context) -> list[Region]:
    """Of a city and its counties in one cell the counties alone: the city only tells where they are."""
    return [
        region
        for region in regions
        if not any(other != region and context.gazetteer.is_within(other, region) for other in regions)
    ]


def area_values(sheet: Sheet, row: Row, column: Column) -> tuple[Value, ...]:
    """The area that a cell states, in the unit of cell, header or unit line."""
    cell, text = row.cells[column.index], row.text(column.index)
    units = sheet.context.lexicon.units
    match = re.fullmatch(rf"({NUMBER})({units.pattern})?", text)
    if cell is None or match is None:
        return ()
    unit = match[2] or column.unit or _unit_of_line(sheet.table)
    return (
        Value(
            value=printed(match[1]),
            unit=unit,
            si=si_of(match[1], None, unit, units),
            raw=text,
            where=sheet.document.cell_spans(sheet.table, cell, column=column.index),
        ),
    )


def _unit_of_line(table: Table) -> str | None:
    words = [word for word in re.split(r"[、，,；;\s]+", compact(table.unit or "")) if word and word not in "%％‰"]
    return words[0] if words else None


def zone_type_of(text: str, words: TableWords) -> str | None:
    """The zone type that a cell says: a known type in it, else its words if they end like one."""
    plain = GRADE_BEFORE.sub("", compact(text))
    found = words.zone_type.search(plain)
    if found is not None:
        return found[0]
    return plain if re.fullmatch(r"[一-龥]{2,16}(?:区|区域|空间|地区|镇|乡|县)", plain) else None


def system_of(
    type_: str, table: Table | None, words: TableWords, section: tuple[str, ...] = (), *, refined: bool = False
) -> str:
    """The system of a type: the lexicon's for a known type, else what title, headers and headings say."""
    system = words.types.get(type_)
    if table is not None and (named := words.zone_system(table_title(table))) is not None:
        system = named
    if system is None and table is not None:
        heads = " ".join("".join(table.header_path(column)) for column in range(table.columns))
        system = words.zone_system(table_title(table)) or words.zone_system(compact(heads))
        system = system or words.zone_system(compact("".join(table.section)))
    for heading in reversed(section):
        system = system or words.zone_system(compact(heading))
    system = system or words.zone_system(type_) or "规划分区"
    return f"{system}（乡镇细化）" if refined else system


# -- text ------------------------------------------------------------------------------------------------------------


def unit_of(phrase: ZonePhrase, text: str = "") -> ZoneUnit:
    """惠东县 with part 部分镇 is printed as 惠东县部分镇; an autonomous county is called as the text calls it (景东县)."""
    assert phrase.unit is not None
    short = PEOPLES.sub("", phrase.unit.name)
    name = phrase.unit.name if phrase.unit.name in text or short not in text else short
    return ZoneUnit(name=name + (phrase.part or ""), code=phrase.unit.code, part=phrase.part)


def _of_paragraph(document: Document, block: Block, context: Context) -> Iterator[tuple[Saying, str | None]]:
    """What a paragraph says of zones; a phrase on the rest (其余各镇) comes with the kind of unit it means."""
    plain = compact(block.text.text)
    words = table_words(context.lexicon)
    mainly = "为主" in plain and MAINLY.search(plain)
    if not (mainly or words.zone_type.search(plain) or may_say_zones(plain)):
        return
    source: Source = "box" if block.part == "box" else "text"
    yield from ((saying, None) for saying in _of_divisions(document, block, context, source))
    for phrase in zone_phrases(block.text.text, context.region, context.lexicon):
        saying = Saying(
            unit_of(phrase, plain) if phrase.unit is not None else ZoneUnit(name=""),
            phrase.type,
            system_of(phrase.type, None, words, block.section, refined=phrase.refined),
            block.text.text[phrase.start : phrase.end],
            document.spans(block, phrase.start, phrase.end),
            block.section,
            source,
            phrase.overlays,
            basis="mention",
            confidence=0.92,
        )
        yield saying, phrase.rest
        for region in phrase.named:
            yield replace(saying, unit=ZoneUnit(name=region.name, code=region.code), confidence=0.85), None


def _of_divisions(document: Document, block: Block, context: Context, source: Source) -> Iterator[Saying]:
    """The types into which a sentence divides the whole area, each with its area where one is told."""
    words, home, units = table_words(context.lexicon), context.region, context.lexicon.units
    for told in divisions(block.text.text, words):
        where = document.spans(block, told.start, told.end)
        values: tuple[Value, ...] = ()
        if told.number is not None:
            si = si_of(told.number, None, told.unit, units)
            raw = f"{told.number}{told.unit}"
            values = (Value(value=printed(told.number), unit=told.unit, si=si, raw=raw, where=where),)
        yield Saying(
            ZoneUnit(name=home.name if home else "全域", code=home.code if home else None),
            told.type,
            system_of(told.type, None, words),
            block.text.text[told.start : told.end],
            where,
            block.section,
            source,
            values=values,
            basis="mention",
            confidence=0.9,
        )


def _of_rest(saying: Saying, kind: str, sayings: list[Saying], units: list[Region]) -> Iterator[Saying]:
    """其余各镇: the plan's own units that are of the kind and have no type yet from text or table."""
    typed = {said.unit.code or said.unit.name for said in sayings if said.system[:5] == saying.system[:5]}
    endings = tuple(ending for ending in ("街道", "镇", "乡", "县", "区", "市") if ending in kind)
    for region in units:
        if region.name.endswith(endings) and (region.code or region.name) not in typed:
            yield replace(saying, unit=ZoneUnit(name=region.name, code=region.code), basis="list", confidence=0.8)


def own_units(document: Document, context: Context) -> list[Region]:
    """The units into which the plan divides its area: those of its longest table by region, else the gazetteer's."""
    home = context.region
    found: list[Region] = []
    if home is None:
        return []
    children = list(context.gazetteer.children(home))
    for table in document.tables:
        columns = table_columns(table, context.lexicon)
        region = next((column for column in columns if column.role == "region"), None)
        if region is None:
            continue
        names = dict.fromkeys(row.text(region.index) for row in table_rows(table, columns))
        units = [unit for name in names if (unit := context.gazetteer.find(name, within=home)) in children and unit]
        found = max(found, units, key=len)
    return found if len(found) > 1 else children
