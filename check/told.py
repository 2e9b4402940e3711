"""Amounts that running text tells beside what extraction read as indicators: of a known indicator, of the people of the town."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from ..plan.lexicon import Lexicon
from ..plan.quantity import exact, half_step, half_width
from ..plan.span import Span
from .amounts import Amount, amounts
from .passages import Draft, Passage

_TOLD = re.compile(r"现状|目前|现有|截至|20(?:1\d|20)年(?!.{0,6}(?:提高|增加|下降))|基期|已|比基期|较20")
_END_OF_PLAN = re.compile(r"规划期末|到?2035年|至2035年")


@dataclass(frozen=True, slots=True)
class Said:
    """One place where the draft gives an amount of something."""

    key: tuple[str, int | None, str]
    name: str
    size: Fraction
    step: Fraction
    dimension: str
    printed: str
    where: tuple[Span, ...]
    in_table: bool
    binding: bool


def told_amounts(draft: Draft, lexicon: Lexicon) -> Iterator[Said]:
    """Amounts that running text gives a known indicator for the plan's last year, requirement or forecast alike; and the
    area of a control line in the sentence that begins with it."""
    end = draft.plan.document.period.end
    for passage in draft.passages:
        if passage.row is not None:
            continue
        yield from _town_people(passage, end, draft, lexicon)
        if _END_OF_PLAN.search(passage.text):
            for match in lexicon.indicator_pattern.finditer(passage.text):
                said = _spoken(passage, match, end, draft, lexicon)
                if said is not None:
                    yield said
        yield from _line_area(passage, end, draft, lexicon)
        line = lexicon.line_pattern.match(passage.text)
        area = re.search(r"总面积[^，。；]{0,10}", passage.text)
        entry = lexicon.indicator(line[0]) if line else None
        if (
            entry is not None
            and area is not None
            and not _TOLD.search(passage.text[: area.start()].replace("较20", "")[:12])
        ):
            found = amounts(passage.text[area.start() : area.end() + 10], lexicon.units)[:1]
            if found and found[0].dimension == "m2":
                yield _said(entry.key, entry.name, end, found[0], passage, draft, lexicon)


_TOWN_PEOPLE = re.compile(
    r"(?:中心城区|主城区|县城|城区)(?:的)?(?:(?:规划|集聚|聚集|承载|容纳|吸纳|预测)?常住人口(?:规模|总数)?[^，。；0-9]{0,8}(?P<after>[0-9.]+)万人?|(?P<before>[0-9.]+)万人?(?:的)?常住人口|[^，。；0-9]{2,12}按(?:20\d\d年)?(?:(?:规划|服务|常住)?人口)?(?P<works>[0-9.]+)万人(?:的?(?:规模|需求|标准))?(?:配|设计|规划|建设|预留|布))"
)
"""How many are to live in the town, in either order: 城区常住人口26万人, 城区60万常住人口; and for how many its works are laid
out: 城区供水厂按26万人配置."""
_LINE_AREA = re.compile(
    r"(?:保护)?(?:面积|总?规模)?(?:以|按|不超过|不突破|不大于|控制在|守住|稳住|锁定|守牢|确保|维持)(?P<area>[0-9][0-9.,，]*(?:万亩|亩|万?公顷|万?平方公里|平方千米))(?:为限|以[内上]|封顶|控制|不[动变]|$|[，。；])"
)
"""The area that a sentence gives a control line as its limit: 城镇开发边界以1545亩为限."""


def _line_area(passage: Passage, end: int | None, draft: Draft, lexicon: Lexicon) -> Iterator[Said]:
    """The limit that a sentence which begins with a control line sets its area, where it names no year before the last."""
    head = re.match(
        r"(?:到?20\d\d年，?)?(?:镇区|县城|中心城区|全[省市县区镇乡州]域?|本[省市县区镇乡州])?", passage.text
    )
    assert head is not None
    line = lexicon.line_pattern.match(passage.text, head.end())
    entry = lexicon.indicator(line[0]) if line else None
    area = _LINE_AREA.match(half_width(passage.text), line.end()) if line else None
    years = re.findall(r"20\d\d", passage.text[: area.end()] if area else "")
    if entry is None or area is None or (years and years[-1] != str(end)) or _TOLD.search(head[0]):
        return
    found = amounts(area["area"], lexicon.units)
    if found and found[0].dimension == "m2":
        yield _said(entry.key, entry.name, end, found[0], passage, draft, lexicon)


def _town_people(passage: Passage, end: int | None, draft: Draft, lexicon: Lexicon) -> Iterator[Said]:
    """How many live in the town in the plan's last year, as works and services are laid out for."""
    entry = lexicon.indicator("常住人口规模")
    text = half_width(passage.text)
    if entry is None or str(end) not in text:
        return
    for match in _TOWN_PEOPLE.finditer(text):
        digits, years = match["after"] or match["before"] or match["works"], re.findall(r"20\d\d", text[: match.end()])
        number = exact(digits)
        if number is None or (years and years[-1] != str(end)) or _TOLD.search(text[: match.start()][-8:]):
            continue
        size, step = number * 10000, half_step(digits, lexicon.units.find("万人"))
        where = draft.spans(passage)
        yield Said(
            (entry.key, end, "中心城区"),
            f"城区{entry.name}",
            size,
            step,
            "person",
            f"{digits}万人",
            where,
            False,
            False,
        )


def _spoken(passage: Passage, match: re.Match[str], end: int | None, draft: Draft, lexicon: Lexicon) -> Said | None:
    """The amount right behind an indicator's name, if the last year named before it is the plan's last."""
    entry = lexicon.indicator(match[0])
    before, rest = passage.text[: match.start()], re.split(r"[，；。]", passage.text[match.end() : match.end() + 22])[0]
    if (
        entry is None
        or re.match(r"(?:中心城区|县城|城区)[^，。；]*人口", match[0])
        or _TOLD.search(passage.text[max(0, match.start() - 8) : match.end() + 12])
    ):
        return None
    if re.search(r"中心城区|县城|其中|镇|街道", before[-12:]):
        return None
    unit, found = lexicon.units.find(entry.unit or ""), amounts(rest, lexicon.units)
    years = re.findall(r"20\d\d|规划期末", before + rest[: found[0].start]) if found else []
    if (
        not found
        or unit is None
        or found[0].dimension != unit.dimension
        or not years
        or years[-1] not in (str(end), "规划期末")
    ):
        return None
    return _said(entry.key, entry.name, end, found[0], passage, draft, lexicon)


def _said(
    key: str, name: str, end: int | None, amount: Amount, passage: Passage, draft: Draft, lexicon: Lexicon
) -> Said:
    return Said(
        (key, end, ""),
        name,
        amount.size,
        _step(amount.printed, lexicon),
        amount.dimension,
        amount.printed,
        draft.spans(passage),
        False,
        False,
    )


def _step(printed: str, lexicon: Lexicon) -> Fraction:
    match = re.match(r"([\d.,]+)(.*)", printed)
    if match is None:
        return Fraction(0)
    return half_step(match[1], lexicon.units.find(match[2]))
