"""Allocation tables → statements: one for each row (or column) of a region and each indicator (CONTRACT §3, the grain).

Years come from the header, a note (“…为2025年目标值”) or the title; operators from the header (万亩，≥) or a note
(“本表除…为上限值外，其余均为下限值”).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ..plan.requirement import Operator, Region, Value
from .noted_attributes import noted_attribute
from .sheets import (
    BASE,
    TOTAL,
    WHOLE_AREA,
    YEAR,
    Head,
    Sheet,
    bare_name,
    bracket_unit,
    cell_amount,
    cell_value,
    is_header_again,
    is_home,
    is_section,
    last_year,
    left_words,
    line_unit,
    one_region,
    row_name,
    row_scope,
    row_statement,
    squeezed,
    unit_in,
)
from .statements import SCOPE, Statement, attribute_of, subject_key
from .subjects import Subject, resolve
from .values import Amount

UNIT = re.compile(r"(?:计量|指标)?单位")
ATTRIBUTE = re.compile(r"(?:指标|约束|管控)?(?:属性|性质)(?:类别|类型)?|(?:指标|约束)类型|约束程度")
SCOPE_HEADER = re.compile(r"(?:指标|空间|规划|统计|涵盖|覆盖|适用|管控|范围)*(?:层级|层次|尺度|范围)")
REGION = re.compile(
    r"(?:县级|市级|乡级|镇级|乡镇级)?(?:行政(?:区划?|单元|辖区|区域)|地级(?:以上)?市?|设区市|地区|地市|市州|州市|市县|县区|各?[市县区州盟旗乡镇街道村（）()、/]{1,16}|行政村|村庄|村|所属区域|分区|单元|辖区|区域)(?:名称|划)?"
)
NUMBER_HEADER = re.compile(r"序号|编号|代码|编码|行政区(?:划)?代码|类别|分类|一级指标|指标类别|大类|目标|维度")
NOT_VALUE = re.compile(
    r"备注|说明|注|传导方式|分解方式|责任|牵头|来源|依据|落实(?!值|数|目标)|增减|变化|增幅|年均|考核|公式|定义|解释|层级|级别|方式|计算"
)
WHOLE = re.compile(r"(?:合计|总计|共计)$|^全[省市县区域州]|^[省市县]域")
NO_INDICATOR = re.compile(
    r"^(?:行政区|辖区|区域|国土|土地|陆域|海域|幅员|市域|县域)?(?:国土|土地|行政|总)*面积$|^(?:户数|村庄数|行政村数?|备注|占比|比例|比重|主导功能|功能定位|面积)$"
)
SIGN = re.compile(r"[≥≤＞＜><≧≦]=?|不低于|不少于|不超过|不突破")


def region_column(sheet: Sheet) -> int | None:
    """The column whose cells each name one administrative unit."""
    best: tuple[int, int] | None = None
    for head in sheet.heads:
        texts = [sheet.text(row, head.column) for _, row in sheet.rows() if not is_section(row)]
        known = sum(1 for text in texts if text and one_region(text, sheet.setting) is not None)
        titled = REGION.fullmatch(re.sub(r"[\s]", "", head.last)) is not None
        total = any(TOTAL.fullmatch(text) for text in texts)
        if (
            known >= (1 if total and titled else 2)
            and known + total >= (0.3 if titled else 0.7) * len(texts)
            and len(set(texts)) >= 0.7 * len(texts)
            and (best is None or known > best[1])
        ):
            best = (head.column, known)
    return None if best is None else best[0]


def side_by_side(sheet: Sheet, regions: int) -> list[tuple[int, range]]:
    """The region columns of a table that is printed in halves beside one another (设区市 | 用水总量 | 设区市 | 用水总量), each
    with the columns that belong to it; a table in one piece has one."""
    head = sheet.heads[regions]
    starts = [other.column for other in sheet.heads if other.path == head.path and other.column >= regions]
    starts = [column for column in starts if column == regions or column - 1 not in starts]
    first = [other.path for other in sheet.heads[regions : starts[1] if len(starts) > 1 else None]]
    for start in starts[1:]:
        if [other.path for other in sheet.heads[start : start + len(first)]] != first:
            return [(regions, range(len(sheet.heads)))]
    ends = [*starts[1:], len(sheet.heads)]
    return [(start, range(start if at else 0, end)) for at, (start, end) in enumerate(zip(starts, ends, strict=True))]


def allocation_rows(sheet: Sheet, regions: int, within: range) -> Iterator[Statement]:
    """One statement for each row and indicator of an allocation table (or of its columns `within`); the total row is the
    whole area's."""
    columns = [item for item in _allocated_columns(sheet, regions) if item[0].column in within]
    if not columns:
        return
    attribute = allocated_attribute(sheet)
    heads = {subject.name: head.whole for head, subject, *_ in columns}
    for index, row in sheet.rows():
        words = sheet.text(row, regions) or left_words(sheet, row, regions)
        if is_header_again(sheet, index):
            continue
        region = one_region(words, sheet.setting) or _kept_back(words)
        total = region is None and (WHOLE.search(words) or is_home(words, sheet.setting))
        anchor = row[regions]
        if anchor is None or (region is None and not total):
            continue
        by_subject: dict[tuple[str, str | None], list[tuple[Subject, Value]]] = {}
        for head, subject, unit, year, scope in columns:
            amount = cell_amount(sheet, row, head.column, unit)
            cell = row[head.column]
            if amount is None or cell is None:
                continue
            amount = _with_header_sign(amount, head, subject, sheet)
            value = cell_value(sheet, cell, amount, year, "target", region, unit, head.column)
            by_subject.setdefault((subject_key(subject.name), scope), []).append((subject, value))
        for (_, scope), said in by_subject.items():
            subject = said[0][0]
            noted = noted_attribute(subject, heads[subject.name], sheet)
            yield replace(
                row_statement(
                    sheet,
                    subject,
                    tuple(value for _, value in said),
                    anchor,
                    row,
                    attribute=None,
                    scope=_row_level(sheet, regions, bool(total)) if scope == WHOLE_AREA else scope,
                ),
                region=region,
                binds=() if region is None else (region,),
                basis="whole" if region is None else "row",
                allocated=True,
                **({"attribute": noted} if noted else attribute),
                parent=None if region is None else subject_key(subject.name),
                text=f"{words}：{subject.name}" + "、".join(value.raw for _, value in said),
            )


def _kept_back(words: str) -> Region | None:
    """A row that is no region's but what the plan's own level keeps back: 市本级预留, 省级统筹."""
    return (
        Region(name=words)
        if re.fullmatch(r"[省市县州区](?:本级|级|直)(?:预留|统筹|机动|留用)?\w{0,6}", words)
        else None
    )


def _row_level(sheet: Sheet, regions: int, total: bool) -> str:
    """The scope of rows by township (乡镇分解; 乡镇（街道）分解 where the header says so, 镇（农场）分解 where it has more
    than towns): their sum is the whole, they are no county. So too for rows by 县（市、区）, whose total is the whole
    area's."""
    header = bare_name(sheet.heads[regions].last)
    if not total and re.fullmatch(r"[县市区州旗盟]+[（(][县市区州旗盟、]+[）)]", header):
        # one scope whatever the order in which a province names them: 区（县、市）, 县（区、市）
        # and whichever kinds of county a city has: 县（市）, 县（区）
        return "县（市、区）分解" if set(header) & set("县区旗") else f"{header}分解"
    if not re.match(r"乡|镇|街道|街镇", header):
        return WHOLE_AREA
    more = re.fullmatch(r"(?P<towns>乡?镇)[（(](?P<more>[^（）()]+)[）)]", header)
    kept = more and (more["towns"] == "乡镇" or re.search("场|区|所", more["more"]))
    return f"{header}分解" if kept else "乡镇分解"


def _allocated_columns(
    sheet: Sheet, regions: int
) -> Iterator[tuple[Head, Subject, str | None, int | None, str | None]]:
    """The columns that hold allocated indicators, each with its subject, unit, year and scope."""
    names = sheet.heads[regions].path
    usable = [head for head in sheet.heads if head.path != names and not NUMBER_HEADER.fullmatch(head.last)]
    if any(
        re.search(r"项目名称|工程名称|名录|保护对象|主体功能|(?<!建设)用地规模|建设性质", head.whole) for head in usable
    ):
        return
    found = []
    for head in usable:
        subject, scope = _column_subject(head, sheet)
        unit = bracket_unit(head.last, sheet) or bracket_unit(head.whole, sheet)
        unit = unit or (line_unit(sheet, subject.name) if subject is not None else None)
        if subject is None or BASE.search(head.whole) or NOT_VALUE.search(head.last):
            continue
        numbers = sum(1 for _, row in sheet.rows() if cell_amount(sheet, row, head.column, unit))
        if not numbers:
            continue
        if unit is None and re.search(r"率|比例|比重|占比", subject.name):
            unit = "%" if re.search("%", head.whole) else None
        found.append((head, subject, unit, allocation_year(head, subject, sheet), scope))
    known = [item for item in found if item[1].concept or item[1].line]
    signed = any(SIGN.search(head.whole) for head, *_ in found) or re.search(
        r"分解|分配|下达|控制指标|指标", sheet.about
    )
    if known or (signed and found):
        yield from (item for item in found if item[1].concept or item[1].line or signed)


def _column_subject(head: Head, sheet: Sheet) -> tuple[Subject | None, str | None]:
    """The indicator that a column's header names; 小计 and 2035年 leave it to the header above, 陆域/海洋 part it."""
    scope = row_scope("", head.whole, sheet)
    path = [
        part
        for part in head.path
        if not re.fullmatch(r"(?:规划|主要|控制|约束性|预期性|20\d\d年?|目标|指标|值|其中|:|：)+", bare_name(part))
    ]
    path = [part for part in path if not re.fullmatch(r"(?:[近远]期|目标年?|规划|累计|至|到|（|）|20\d\d|年)+", part)]
    if not path:
        return None, scope
    last, above = bare_name(path[-1]), bare_name(path[-2]) if len(path) > 1 else ""
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


def allocation_year(head: Head, subject: Subject, sheet: Sheet) -> int | None:
    """The year of a column: its header, else a note (“…为2025年目标值”), else the title, else the plan's end."""
    year = last_year(head.whole)
    if year:
        return year
    noted = _noted_year(subject, sheet)
    if noted is not None:
        return noted
    titled = re.search(r"[（(](?:至|到)?(20\d\d)年[^）)—-]*[）)]|至?(20\d\d)年", _without_period(sheet.about))
    if titled:
        return int(titled[1] or titled[2])
    return sheet.setting.period.end


def _noted_year(subject: Subject, sheet: Sheet) -> int | None:
    """The year that a note gives a column: A、B为2025年目标值，其余为2035年 · A（2025年）为上限指标 · 除A外均为2035年."""
    rest: int | None = None
    for note in _notes(sheet):
        for named in re.finditer(r"([^；。;，,、（(：:]{2,20})[（(](20\d\d)年[^）)]{0,4}[）)]", note):
            if _names(re.split("[和及与]", named[1])[-1], subject):  # the bracket is the last name's
                return int(named[2])
        for said in re.finditer(r"([^；。;]*?)(?:均|都)?(?:为|是|指|系)(20\d\d)年", note):
            words = re.split(r"[，,](?=其余|其他|其它|各项)", said[1])[-1]
            outside = re.search(r"除([^，。；]*?)(?:以)?外", said[1])
            if outside is not None and _names(outside[1], subject):
                continue
            if outside is not None or re.search(r"其余|其他|其它|表中|本表|各项|所有|全部", words):
                rest = int(said[2])
            elif _names(words, subject):
                return int(said[2])
    return rest


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
        return replace(amount, op=SIGNS.get(sign[0], ">="), stated=True)
    direction = noted_direction(subject, sheet)
    return amount if direction is None else replace(amount, op=direction, stated=True)


SIGNS: dict[str, Operator] = {
    "≤": "<=",
    "≦": "<=",
    "<=": "<=",
    "不超过": "<=",
    "不突破": "<=",
    "<": "<",
    "＜": "<",
    ">": ">",
    "＞": ">",
}


_NOTED = re.compile(
    r"(?P<who>[^；。;，,]*?)(?:均|都|皆|全部)?(?:(?:为|是|系|属于?|取|按|作为)(?P<between>[^；。;，,外除]{0,8}?)"
    r"(?P<limit>上限|下限|最[低小高大]值|不(?:低于|少于|小于|高于|超过|大于|突破)|[“\"]?[≥≤])"
    r"|(?P<ban>不(?:得|应|能)(?:低于|少于|小于|高于|超过|大于|突破)))"
)
"""A为上限, B均为2035年下限值, C取“≥”, D不得突破."""


def noted_direction(subject: Subject, sheet: Sheet) -> Operator | None:
    """“本表除A为上限值外，其余均为下限值” · “A为上限值，其余为下限值” · “表中数据均为下限值” · “A不得突破”."""
    rest: Operator | None = None
    for note in _notes(sheet):
        for said in _NOTED.finditer(note):
            limit = said["limit"] or said["ban"]
            op: Operator = "<=" if re.search("上限|最[高大]|高于|超过|大于|突破|≤", limit) else ">="
            who = said["who"] or re.split("[；。;，,]", note[: said.start()].rstrip("，,"))[-1]
            if _names(who, subject):
                return op
            if said["ban"] is None and _ALL_OTHERS.search(who):
                rest = op
    return rest


_ALL_OTHERS = re.compile(r"其余|其他|表中|本表(?!除)|表列|各项|所有|目标值|规划值|指标值|数值|数据")


PLAN_INDICATORS = re.compile(
    r"(?:^|[市县区州盟旗乡镇村街道办场表）)\d各])(?:其他|主要|规划|约束性|预期性|核心|国土空间)*指标"
    r"(?:目标|任务)?(?:[及和与][^，。]{2,6}?)?(?:分解|分配|下达)"
)
"""The title of a table that parts the plan's own indicators (各市主要指标分解表), not aims of its own (水资源指标分解表)."""


def allocated_attribute(sheet: Sheet) -> dict[str, Any]:
    """The attribute that header or title give all allocated indicators, and whether they take it from the plan's own
    indicator table where neither does."""
    headers = "".join(part for head in sheet.heads for part in head.path)
    if re.search(r"约束(?:性|指标)", headers) and "预期性" not in headers:
        return {"attribute": "binding"}
    inherits = PLAN_INDICATORS.search(re.sub(r"[（(]20\d\d年?[）)]", "", sheet.about)) is not None or _allots(sheet)
    bound = re.search(r"(?<!其他)约束性", sheet.about) and "预期性" not in sheet.about
    ruled = _may_not_be_broken(sheet)
    return {"attribute": "binding" if bound else None, "titled": bool(bound), "inherits": inherits, "ruled": ruled}


def _label(sheet: Sheet) -> str:
    """附表2-1 as the text names it; "" if the table has no number."""
    label = re.sub(r"^续|[^附表\d—–－\-]", "", squeezed(sheet.table.label or ""))
    return label if re.search(r"表\d", label) else ""


def _sentences(sheet: Sheet, label: str) -> Iterator[str]:
    for block in sheet.document.blocks:
        if block.kind == "paragraph" and label in (words := squeezed(block.text.text)):
            yield from (sentence for sentence in re.split("[。；]", words) if label in sentence)


def _may_not_be_broken(sheet: Sheet) -> bool:
    """Whether the text forbids to fall short of all that this table hands down: 不得突破附表2下达的指标."""
    label = _label(sheet)
    ban = re.compile(
        rf"(?:不得|严禁|不能|不准)(?:擅自)?(?:突破|低于|违反|调减|降低|减少)[^，。；]{{0,2}}{label}(?![\d—–－-])"
        r"[^，。；]{0,4}(?:下达|分解|分配|确定)的?(?:各项)?(?:指标|任务|目标)"
    )
    return bool(label) and any(ban.search(sentence) for sentence in _sentences(sheet, label))


def _allots(sheet: Sheet) -> bool:
    """Whether a sentence says that this table parts the indicators of another one: 规划指标见附表1，分县任务见附表2、附表3."""
    label = re.sub(r"[—–－-]\d+$", "", _label(sheet))
    says = re.compile(
        rf"指标[^。；，]{{0,12}}见附?表\d+[^。；]{{0,16}}(?:任务|指标|分解)[^。；，]{{0,8}}见(?:附?表[\d—–－-]+[、和及与至])*{label}(?!\d)"
    )
    return bool(label) and any(says.search(sentence) for sentence in _sentences(sheet, label))


def region_heads(sheet: Sheet) -> dict[int, Region | None]:
    """Column → region of a table whose columns are regions; None stands for the total."""
    found: dict[int, Region | None] = {}
    for head in sheet.heads:
        region = next((r for part in reversed(head.path) if (r := one_region(part, sheet.setting))), None)
        if region is not None:
            found[head.column] = region
        elif WHOLE.search(head.last) or any(is_home(part, sheet.setting) for part in head.path):
            found[head.column] = None
    regions = {region for region in found.values() if region is not None and not SCOPE.fullmatch(region.name)}
    return found if len(regions) >= 2 else {}


def region_columns(sheet: Sheet, name: int, columns: dict[int, Region | None]) -> Iterator[Statement]:
    """An allocation with indicators in rows and regions in columns."""
    unit_column = next((head.column for head in sheet.heads if UNIT.fullmatch(head.last)), None)
    attribute = next((head.column for head in sheet.heads if ATTRIBUTE.fullmatch(head.last)), None)
    scope_column = next((head.column for head in sheet.heads if SCOPE_HEADER.fullmatch(head.last)), None)
    year_column = next(
        (head.column for head in sheet.heads if re.fullmatch(r"年份|年度|目标年|规划年|水平年", head.last)), None
    )
    for _, row in sheet.rows():
        anchor, printed = row[name], row_name(sheet, row, name)
        if is_section(row) or anchor is None or not printed:
            continue
        subject = resolve(bare_name(printed), sheet.setting)
        unit = unit_in(sheet.text(row, unit_column), sheet) if unit_column is not None else None
        unit = unit or bracket_unit(printed, sheet) or line_unit(sheet, subject.name)
        head = Head(name, (printed,))
        said = attribute_of(sheet.text(row, attribute)) if attribute is not None else None
        said = said or noted_attribute(subject, anchor.text.text, sheet)
        given = {"attribute": said} if said is not None else allocated_attribute(sheet)
        own = YEAR.search(sheet.text(row, year_column)) if year_column is not None else None
        for column, region in columns.items():
            amount = cell_amount(sheet, row, column, unit)
            cell = row[column]
            if amount is None or cell is None:
                continue
            in_head = last_year(sheet.heads[column].whole)
            year = int(own[1]) if own else in_head or allocation_year(head, subject, sheet)
            amount = _with_header_sign(amount, head, subject, sheet)
            value = cell_value(sheet, cell, amount, year, "target", region, unit, column)
            yield replace(
                row_statement(
                    sheet,
                    subject,
                    (value,),
                    cell,
                    row,
                    attribute=None,
                    scope=row_scope(sheet.text(row, scope_column) if scope_column is not None else "", printed, sheet),
                ),
                region=region,
                binds=() if region is None else (region,),
                basis="whole" if region is None else "column",
                allocated=True,
                **given,
                parent=None if region is None else subject_key(subject.name),
            )
