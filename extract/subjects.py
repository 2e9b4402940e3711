"""Printed names → what they name: an indicator of the catalogue, a control line's size, or neither."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from ..plan.lexicon_entries import IndicatorEntry
from .setting import Setting
from .statements import clean_name

DIMENSIONS = {
    **dict.fromkeys(
        (
            "平方米",
            "公顷",
            "亩",
            "万亩",
            "平方公里",
            "平方千米",
            "万公顷",
            "万平方米",
            "万平方公里",
            "km2",
            "hm2",
            "ha",
            "㎡",
        ),
        "面积",
    ),
    **dict.fromkeys(("公里", "千米", "米", "km", "万公里"), "长度"),
    **dict.fromkeys(("个", "处", "座", "所", "家", "张", "株", "种", "条", "项", "宗", "片", "块", "套", "户"), "数量"),
}
MEASURED = re.compile(
    r"(?<![^\n]).*(?:率|比例|比重|占比|面积|规模|总量|总数|数量|长度|密度|强度|倍数|容积率|防洪标准|防涝标准|标准|人口|里程|保有量|水平|系数|指数|[用供取排采产]水?量|开采量|排放量|流量|"
    r"床位数|个数|浓度|产值|储量|蓄积量|用水量|能耗|用地|消耗|水耗|地耗|人数|库容|岸线|能力|产量|产能|装机容量|吞吐量|人次|税收|覆盖度|盖度)$"
)
SIZE = re.compile(
    r"(?:的|保护|划定|控制|划示|管控|围合|总|范围|内|任务|目标|指标)*(?:面积|规模|总量|量)?(?:指标|任务|目标)?"
)
NEUTRAL = frozenset("的之其内市民居可达年度全总各类与和及数量总例比重占实现人群众")
"""Characters that may stand in a longer wording of a name without making it another indicator."""
QUALIFIED = re.compile(
    r"(?:[的段市县区镇河江湖流域域内省、，]|干流|全[省市县域]|城市|城镇|近岸海域|范围|主要|重点|以上|新建|新增|其中|现有|建成区|县城|中心城区|沿[线岸江河海湖]|两[岸侧])$"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A name with what it is: `concept` key of the catalogue, `line` of the control line whose size it gives.

    `exact`: the whole name is known. `acted`: made of a verb and its object. `loose`: only a guess from the words.
    """

    name: str
    concept: str | None
    line: str | None
    direction: Literal["floor", "cap", "exact"] | None = None
    unit: str | None = None
    scope: str | None = None
    exact: bool = False
    acted: bool = False
    directed: bool = False
    loose: bool = False
    elements: tuple[str, ...] = ()
    is_line_size: bool = False
    is_part: bool = False
    """A part of the line before it: its 陆域 or 海洋."""


def resolve(name: str, setting: Setting, *, loosely: bool = False) -> Subject:
    """What a whole printed name means; a Subject without concept and line if the lexicon does not know it. `loosely`
    also takes a longer wording that holds every character of a known name."""
    plain = clean_name(name).strip("、的")
    if not 2 <= len(plain) <= 60:
        return Subject(plain, None, None)
    key = (plain, loosely)
    if key not in setting.known:
        setting.known[key] = _looked_up(plain, setting, loosely)
    subject: Subject = setting.known[key]
    return subject


def _looked_up(plain: str, setting: Setting, loosely: bool) -> Subject:
    lexicon = setting.lexicon
    found = lexicon.indicator(plain)
    if found is None and re.match("每(?:单位|[万亿]元)", plain):
        found = lexicon.indicator(plain[1:])  # 每万元…用水量 is 万元…用水量, and keeps its name
    if found is None and (smooth := _smoothed(plain)) != plain and (found := lexicon.indicator(smooth)) is not None:
        plain = smooth  # 占全省陆域国土面积的比例 says no more than 占陆域国土面积比例
    if found is None and plain.endswith("比重"):
        share = plain.removesuffix("比重") + "比例"
        found = lexicon.indicator(share) or lexicon.indicator(_smoothed(share))
    if found is None and loosely:
        found = _spelled_out(plain, setting)
    line, size = line_of(plain, setting)
    if found is not None and (shorter := _AIM_LAST.sub("", plain)) != plain and lexicon.indicator(shorter) is found:
        plain = shorter
    if line is None and found is not None:
        line, size = line_of(found.name, setting)
    if found is None:
        return Subject(plain, None, line, exact=line is not None, is_line_size=size)
    direction = found.direction if found.direction in ("floor", "cap", "exact") else None
    return Subject(
        plain,
        found.key,
        line,
        direction=direction,
        unit=found.unit or None,
        exact=True,
        is_line_size=size,
    )


_AIM_LAST = re.compile(r"(?<=[量积模率])(?:任务|目标|控制指标|指标)$")


def _smoothed(name: str) -> str:
    """A name without 的, a yearly turn and the whole area inside: 占市域陆域面积的比例 → 占陆域面积比例; 占市域面积 is
    占国土面积, 闲置土地每年处置率 闲置土地处置率."""
    plain = name.replace("的", "")
    if "每年" in plain:
        plain = re.sub(r"(?<=..)每年(?=处置|消化)", "", plain)
    if "占" not in plain:
        return plain
    plain = re.sub(r"占(?:全[省市县区州盟旗]|[省市县区州盟旗]域)(?=总?面积|的?比[例重])", "占国土", plain)
    return re.sub(r"占(?:全[省市县区州盟旗]|[省市县区州盟旗]域)(?=.)", "占", plain)


def _spelled_out(name: str, setting: Setting) -> IndicatorEntry | None:
    """The indicator whose every character stands in a somewhat longer printed name with the same numbers
    (市民步行5分钟可达公园绿地、广场的覆盖率); long names only, so that near names stay apart."""
    plain = re.sub(r"[^\w%]", "", name)
    if not 8 <= len(plain) <= 40 or not re.search(r"率|比例|比重|面积|数量?|规模", plain[-3:]):
        return None
    letters, digits, ending = Counter(plain), re.findall(r"\d+", plain), plain[-1]
    best: tuple[int, IndicatorEntry] | None = None
    for spelling, entry in setting.long_names:
        if (
            len(spelling) <= len(plain) <= 1.5 * len(spelling)
            and spelling[-1] == ending
            and re.findall(r"\d+", spelling) == digits
        ):
            extra = letters - Counter(spelling)
            if (
                not Counter(spelling) - letters
                and all(char in NEUTRAL for char in extra)
                and (best is None or len(spelling) > best[0])
            ):
                best = (len(spelling), entry)
    return best[1] if best else None


def resolve_tail(words: str, setting: Setting) -> Subject | None:
    """A known name at the end of longer words, where what stands before only qualifies it (绥江怀集段自然岸线保有率,
    东江、西枝江等城市蓝线); a word that makes it another indicator (人均…) does not."""
    plain = clean_name(words).strip("“”的")
    for start in range(1, max(1, len(plain) - 1)):
        head, rest = plain[:start], plain[start:]
        if len(rest) < 2 or rest[0] == "的" or not _qualifies(head, setting):
            continue
        subject = resolve(rest, setting)
        if not subject.concept and not subject.line:
            continue
        if re.search(r"[江河]|干流|流域", head) and (river := resolve("河流" + rest, setting)).concept:
            subject = river
        elements: tuple[str, ...] = ()
        if subject.line and (listed := re.fullmatch(r"(?:.*?(?:划定|划入|划示|将))?(?P<list>.+?)(?:等|的)?", head)):
            elements = (
                tuple(part for part in re.split(r"[、，和及]", listed["list"]) if part)
                if "、" in head or "等" in head
                else ()
            )
            return Subject(
                subject.name,
                subject.concept,
                subject.line,
                subject.direction,
                subject.unit,
                exact=False,
                elements=elements,
                is_line_size=subject.is_line_size,
            )
        placed = bool(re.search(r"[段河江湖]$|干流|流域", head)) and not subject.line
        of_towns = head in ("城市", "城镇") and not subject.line  # 城市污水再生利用率: printed as part of the name
        return Subject(
            plain if placed or of_towns else subject.name,
            subject.concept,
            subject.line,
            subject.direction,
            subject.unit,
            exact=not placed and not (of_towns and "人口" in rest),  # 城镇常住人口 is a part of 常住人口
            is_line_size=subject.is_line_size,
        )
    return None


_MEASURING = ("人均", "单位", "每", "万元", "地均", "新增", "非", "占", "储备")
_SETTING = (
    "划定",
    "落实",
    "划入",
    "确保",
    "实现",
    "完成",
    "控制",
    "以内",
    "推动",
    "提高",
    "提升",
    "保持",
    "优化",
    "等",
)


def _qualifies(head: str, setting: Setting) -> bool:
    if head.endswith(_MEASURING):
        return False
    if head.endswith(_SETTING) or QUALIFIED.search(head):
        return True
    mentions = setting.mentions(head)
    return bool(mentions) and mentions[-1][1] == len(head)


_BRACKETS = re.compile(r"[（(].*?[）)]")


def line_of(name: str, setting: Setting) -> tuple[str | None, bool]:
    """(line, whether the name is its size): 永久基本农田保护面积 → 永久基本农田; 城镇开发边界扩展倍数 too, but as no size."""
    plain = _BRACKETS.sub("", name)
    for word, line in setting.lines_by_start.get(plain[:1], ()):
        stem = word[:-1] if word.endswith("范围线") else word
        if plain.startswith(stem):
            rest = plain[len(word) :] if plain.startswith(word) else plain[len(stem) :]
            if SIZE.fullmatch(rest):
                return line, True
            if rest in ("扩展倍数", "扩展系数", "规模扩展倍数", "面积扩展倍数"):
                return line, False
    return None, False
