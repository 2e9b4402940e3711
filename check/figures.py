"""The amounts of both plans as the check compares them: one Figure for each printed value, keyed by what it measures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from ..plan.lexicon import Lexicon
from ..plan.quantity import Direction, Unit, exact, half_step
from ..plan.region import Gazetteer
from ..plan.requirement import BoundaryRequirement, IndicatorRequirement, Region, Value
from .words import letters

Measured = IndicatorRequirement | BoundaryRequirement

_WHOLE_SCOPE = re.compile(
    r"全域|全[国省市县区州旗镇乡村](?:域|区)?|[省市县区州旗镇乡村]域|行政区域?|.*分解|规划范围|设区市|县（?市、?区）?|乡镇.*|[省市县乡镇村]{1,3}(?:两|三)?级"
)
_URBAN = re.compile(r"中心城区|县城|城区|主城区|城镇开发边界内|建成区")
_RATIO_UNIT = re.compile(r"^(?:%|‰|倍|个?百分点)$|/")
_RATIO_NAME = re.compile(
    r"人均|户均|地均|每.{0,4}(?:人|名|万|户)|率$|比例|比重|占比|密度|倍数|强度|容积率|(?<!高)标准|半径|时间|系数"
)
_AROUND_NAME = re.compile(
    r"^(?:其中[:：,，]?|[（(]?[0-9一二三四五六七八九十]{1,3}(?:[）)]|[、.．]))+|^(?:全[国省市县区州旗镇乡]|[省市县]域|本[省市县区])(?=..)"
)
_BRACKET_UNIT = re.compile(r"[（(][^（）()]*(?:亩|公顷|平方|米|里|%|％|倍|人|元|吨|处|个|张|年)[^（）()]*[）)]$")
_PRODUCT = re.compile(r"(?:每?单位|每?[万亿]元|每)(?:国内|地区)?(?:生产总值|GDP)", re.I)
"""单位国内生产总值用水量, 万元地区生产总值用水量 and 万元GDP用水量 are one name."""
_NAME_TAIL = re.compile(
    r"(?<=..)(?:保护)?(?:任务|目标|指标|要求)?总?(?:面积|规模|数量|总量|总数|长度|里程|控制)?(?:(?:累计)?(?:下降|降低)(?:率|比例|幅度)?|降幅)?$"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of one requirement. `size` in SI, None if it only points to a reference; `urban` its scope is the town."""

    owner: Measured
    value: Value
    key: str
    concept: str | None
    size: Fraction | None
    upper_size: Fraction | None
    unit: Unit | None
    step: Fraction
    year: int | None
    urban: bool
    scope: str
    attribute: str | None
    fits_concept: bool = True
    """Whether its unit is that of the catalogue's indicator of this name (城镇开发边界 … 1.28倍 is no area)."""
    allocated: bool = False
    """Whether it is the total of a row of values for sub-regions."""

    @property
    def dimension(self) -> str:
        """The SI unit, or the unit's own name where no SI form is agreed (年一遇)."""
        if self.unit is None:
            return self.value.unit or ""
        return self.unit.dimension if self.unit.known else self.unit.name

    @property
    def scope_class(self) -> str:
        """ "" for the whole area, 中心城区 for its town, else the scope as printed (陆域, 圩镇)."""
        return "中心城区" if self.urban else self.scope

    @property
    def printed(self) -> str:
        """Number and unit as printed: 166.5 万亩."""
        value = self.value
        if value.value is None:
            return value.reference or value.raw
        number = value.value if value.upper is None else f"{value.value}—{value.upper}"
        unit = value.unit or ""
        return f"{number}{unit}" if unit in ("%", "‰", "倍", "") else f"{number} {unit}"


@lru_cache(8192)
def plain_name(name: str) -> str:
    """The name of an indicator without list numbers, 全市, the unit in brackets and 保护面积 … at its end."""
    text = _BRACKET_UNIT.sub("", name.strip())
    text = letters(_AROUND_NAME.sub("", text))
    return _NAME_TAIL.sub("", text) or text


def one_name(name: str) -> str:
    """The plain name with one spelling for what is told of the economy's product."""
    return _PRODUCT.sub("单位GDP", plain_name(name))


def name_of(requirement: Measured) -> str:
    return requirement.line if isinstance(requirement, BoundaryRequirement) else requirement.name


def key_of(requirement: Measured, lexicon: Lexicon) -> tuple[str, str | None]:
    """What is measured: the catalogue's key if the name is known there, else the plain name; and the catalogue's key."""
    name = re.sub(r"^[按以将把](?=.{3})", "", name_of(requirement))
    concept = requirement.concept
    if concept is None:
        known = lexicon.indicator(name)
        concept = known.key if known is not None else None
    return concept or plain_name(name), concept


def town_key(figure: Figure, lexicon: Lexicon) -> str:
    """What is measured, the town aside: 县城常住人口规模 is 常住人口规模 of the town."""
    name = name_of(figure.owner)
    short = re.sub(r"^(?:[按以将把](?=.{3}))?(?:县城|中心城区|城区|主城区)?(?=..)", "", name)
    if not figure.urban or short == name:
        return figure.key
    known = lexicon.indicator(short)
    return known.key if known is not None else plain_name(short)


def figures_of(requirement: Measured, lexicon: Lexicon, end_year: int | None) -> Iterator[Figure]:
    """The values of a requirement, baselines left out; a value in two units (万亩 and 平方公里) counts as printed first."""
    key, concept = key_of(requirement, lexicon)
    known = lexicon.indicator_by_key(concept)
    regions = {value.region.name for value in requirement.values if value.region is not None}
    allocated = len(regions) > 2 or "分解" in (requirement.scope or "")
    printed = {value.unit for value in requirement.values if value.unit}
    own = next(iter(printed)) if len(printed) == 1 else None
    for value in requirement.values:
        if is_baseline(value, end_year):
            continue
        # a table prints the unit of a row once
        name = value.unit or (own if value.value is not None else None)
        unit = lexicon.units.find(name) if name else None
        scale = unit.factor if unit is not None else Fraction(1)
        number = exact(value.value) if value.value is not None else None
        top = exact(value.upper) if value.upper is not None else None
        scope = requirement.scope or ""
        yield Figure(
            requirement,
            value,
            key,
            concept,
            None if number is None else number * scale,
            None if top is None else top * scale,
            unit,
            half_step(value.value, unit) if value.value is not None else Fraction(0),
            value.year or end_year,
            _is_urban(scope, requirement, value),
            "" if _WHOLE_SCOPE.fullmatch(scope) else scope,
            requirement.attribute,
            known is None or unit is None or lexicon.units.comparable(known.unit or "", value.unit or ""),
            allocated,
        )


def _is_urban(scope: str, requirement: Measured, value: Value) -> bool:
    """Whether the value is meant for the built-up town: by its scope, its name (县城常住人口规模) or its region (怀集县城)."""
    place = value.region.name if value.region is not None else ""
    return any((_URBAN.search(scope), _URBAN.match(name_of(requirement)), re.search(r"(?:县城|城区)$", place)))


def is_baseline(value: Value, end_year: int | None) -> bool:
    """Whether a value tells the state before the plan: marked so, or of a year before its 15 years began."""
    return value.role == "baseline" or (value.year is not None and end_year is not None and value.year <= end_year - 15)


def is_ratio(figure: Figure) -> bool:
    """Whether the value is a rate, density or per-head figure: never summed, and the same for a part as for the whole."""
    return named_ratio(name_of(figure.owner), figure.value.unit)


def named_ratio(name: str, unit: str | None) -> bool:
    """The same by the name and the printed unit of an indicator."""
    return bool(_RATIO_UNIT.search(unit or "")) or bool(_RATIO_NAME.search(name))


def comparable(one: Figure, other: Figure) -> bool:
    """Whether two values can stand against each other: the same dimension, or one of them without a number."""
    if one.size is None or other.size is None:
        return True
    if one.unit is None or other.unit is None:
        return (one.value.unit or "") == (other.value.unit or "")
    return one.unit.dimension == other.unit.dimension


def direction_of(figure: Figure, lexicon: Lexicon) -> Direction | None:
    """Floor or cap: the printed operator of the value, else the requirement's, else the catalogue's."""
    if figure.value.op in (">=", ">"):
        return "floor"
    if figure.value.op in ("<=", "<"):
        return "cap"
    if figure.owner.direction is not None:
        return figure.owner.direction
    known = lexicon.indicator(name_of(figure.owner))
    direction = getattr(known, "direction", None)
    if known is None and _THE_MORE.search(name_of(figure.owner)):
        return "floor"
    if direction is None and figure.dimension != "person":
        direction = _by_verb(figure) or _by_trend(figure)
    return direction if direction in ("floor", "cap") else None


_UP_TO = re.compile(r"(?:达到?|(?:提高|提升|提增|增加|增长|扩大|上升)[到至]|[增升]至|不断提高到)$")
_DOWN_TO = re.compile(r"(?:(?:降低|下降|减少|压减|压缩|缩短|控制)[到至在]|降[到至])$")


_EITHER_WAY = re.compile(r"建设用地|用地(?:规模|面积|总量)|用水|取水|能耗|煤|排放|人口|人数|容积率|比例$|结构")
"""What may grow in a plan and still be capped."""


def _by_trend(figure: Figure) -> Direction | None:
    """Floor or cap by whether the plan's own numbers for the base year and its aims rise or fall."""
    if _EITHER_WAY.search(name_of(figure.owner)):
        return None
    place = figure.value.region.name if figure.value.region is not None else None
    dated = {
        value.year: number
        for value in figure.owner.values
        if value.year is not None
        and value.unit == figure.value.unit
        and (value.region.name if value.region is not None else None) == place
        and value.value is not None
        and (number := exact(value.value)) is not None
    }
    numbers = [dated[year] for year in sorted(dated)]
    steps = {(b > a) - (b < a) for a, b in pairwise(numbers)} - {0}
    return "floor" if steps == {1} else "cap" if steps == {-1} else None


def _by_verb(figure: Figure) -> Direction | None:
    """Floor or cap by the verb right before the number: 占比达到95%, 降至8%."""
    text, digits, raw = figure.owner.text, figure.value.value, figure.value.raw or ""
    if not digits or digits not in text:
        return None
    before = raw[: raw.find(digits)] if digits in raw else ""
    at = text.find(raw) if raw and raw in text else text.find(digits)
    before = re.sub(r"\s|约", "", text[max(0, at - 8) : at] + before)
    return "floor" if _UP_TO.search(before) else "cap" if _DOWN_TO.search(before) else None


_THE_MORE = re.compile(
    r"(?:治理|覆盖|普及|处理|达标|利用|保有|保护|完整|收集|回收|优良|硬化|绿化|贯通|完好|合格|整治|修复)(?:率|比例|面积)$"
)
"""Rates and areas of what is wanted: the more the better, where neither plan nor catalogue says so."""


def is_region(place: Region | None, region: Region, gazetteer: Gazetteer) -> bool:
    """Whether a value's region is `region` itself: unnamed, by name or code, 全市, or its town (怀集县城, 中心城区)."""
    if place is None or place.name == region.name or (place.code and place.code == region.code):
        return True
    if is_town_of(place, region) or _WHOLE_SCOPE.fullmatch(place.name) or place.name in ("合计", "总计"):
        return True
    found = gazetteer.find(place.name, region if region in gazetteer.places else None)
    return found is not None and found.name == region.name and found.code == region.code


def is_town_of(place: Region, region: Region) -> bool:
    """Whether a place is the built-up town of the region: 中心城区, 县城, 怀集县城, 惠州中心城区."""
    name = place.name
    stem = region.name[:-1] if len(region.name) > 2 else region.name
    short = region.name[:2] if "自治" in region.name else stem
    for head in (region.name, stem, short):
        if name.startswith(head) and name != region.name:
            name = name[len(head) :]
            break
    return bool(_URBAN.fullmatch(name)) or (name != place.name and name in ("城", "县城", "城区"))
