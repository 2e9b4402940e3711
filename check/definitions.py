"""Whether two names of indicators mean one thing: how alike they are, measured in another way, of other settlements."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from ..plan.quantity import half_width
from .alignment import grams
from .amounts import Amount
from .figures import Figure, Measured, name_of, plain_name
from .words import letters


def name_likeness(one: str, other: str) -> float:
    """0 to 100: the letters, or how far the shorter name lies in the longer one."""
    one, other = share_name(one), share_name(other)
    ours, theirs = grams(one), grams(other)
    shared = sum(weight for gram, weight in ours.items() if gram in theirs)
    cover = 100 * shared / min(sum(ours.values()) or 1.0, sum(theirs.values()) or 1.0)
    return max(fuzz.ratio(one, other), 0.9 * cover if min(len(one), len(other)) >= 4 else 0.0)


def shared_grams(name: str, said: str) -> float:
    """0 to 1: how much of a name stands in some words."""
    wanted, given = grams(name), grams(said)
    return sum(weight for gram, weight in wanted.items() if gram in given) / (sum(wanted.values()) or 1.0)


_OF_AREA = re.compile(
    r"(?:面积)?占(?:全[国省市县区]|[省市县区]域)?(?:陆域|陆地)?(?:国土|土地|行政区)?总?(?:面积)?的?(?:比例|比重|百分比)?$"
)


def share_name(name: str) -> str:
    """湿地面积占国土面积比例, 湿地占市域面积 and 湿地占比 under one name."""
    return _OF_AREA.sub("占比", name)


_KIND = re.compile(r"^(?:人工|天然|人造|近海|内陆|重要|国家级|省级|市级|一般|退化|受损)(?=.{3})")


def one_kind_of(one: str, other: str) -> bool:
    """Whether one name is the other with a kind of the thing before it: 人工湿地保有面积, 湿地保有面积."""
    ours, theirs = plain_name(one), plain_name(other)
    return ours != theirs and (_KIND.sub("", ours) == theirs or _KIND.sub("", theirs) == ours)


_SOME = re.compile(r"大中型|大型|规模以上|规上|限额以上|重点|骨干|国有|主要")
"""Words that take some of the things an indicator counts; 国控断面 is where waters are measured anyway."""


def only_some(whole: str, own: str) -> str | None:
    """The some of its things (大中型矿山) to which a name of the draft holds an indicator that is said of all; else None."""
    ours, theirs = letters(own), letters(re.sub(r"^(?:全[省市县区]|[省市县区]域)", "", whole))
    cut = _SOME.match(ours)
    if cut is None or _SOME.search(theirs) or theirs[:2] == ours[:2] or not ours.endswith(theirs[-4:]):
        return None
    return ours.removesuffix(theirs) if ours.endswith(theirs) else cut[0]


_SETTLED = re.compile(
    r"^(?:[一-龥]{2,8}?[市县区州旗](?=中心城区|主城区|县城|城区)|城乡居民|城市居民|居民|城乡|全[省市县区]|[市县]域|中心城区|主城区|县城|城区|城市|城镇|建制镇|乡镇|镇区|圩镇|行政村|农村|村庄)+(?=.{3})"
)


_URBAN = re.compile(r"中心城区|主城区|县城|城区")


def of_other_scope(requirement: Measured, figure: Figure) -> bool:
    """Whether a figure is the same thing of other settlements: 建制镇污水处理率, 县城污水处理率."""
    ours, theirs = plain_name(name_of(figure.owner)), plain_name(name_of(requirement))
    bare = [_SETTLED.sub("", name) for name in (ours, theirs)]
    return ours != theirs and bare[0] == bare[1] and (figure.urban or bool(_URBAN.search(ours)))


def town_or_country(one: str, other: str) -> bool:
    """Whether one name is of villages and the other of towns: 农村生活垃圾无害化处理率, 城镇生活垃圾无害化处理率."""
    names = [plain_name(name) for name in (one, other)]
    # 中心城区周边村 are villages
    return all(map(_SETTLED.match, names)) and ("村" in names[0][:8]) != ("村" in names[1][:8])


_MEASURE = re.compile(
    r"(?:步行|骑行|车行|半径)?[0-9]+(?:\.[0-9]+)?(?:分钟|公里|千米|米|m|小时)(?:服务半径|半径|步行|车程|范围)?"
)


_TIME_BASE = re.compile(r"[日月年](?=均|产|处理|供水|用水|取水|排放|发电|接待|吞吐|输[送水气电]|最大|径流)")


def over_other_time(one: str, other: str) -> bool:
    """Whether two names are the same but for the day, month or year that the amount is of."""
    ours, theirs = (set(_TIME_BASE.findall(letters(name))) for name in (one, other))
    if not ours or not theirs or ours & theirs:
        return False
    return name_likeness(*(_TIME_BASE.sub("", letters(name)) for name in (one, other))) >= 90


_YIELD = re.compile(r"税收|产值|产出|增加值|营业收入|营收|主营业务收入|投资(?:强度)?|利润|GDP|生产总值")
"""What an area of land brings in."""
_ACT = re.compile(
    r"(?P<保护>保护|保有|保存)|(?P<治理>治理|处理|处置)|(?P<回收>回收(?:利用)?)|(?P<利用>(?:综合|循环|资源化)?利用)|(?P<覆盖>覆盖)|(?P<收集>收集|收运)"
    r"|(?P<普及>普及|通达|供应)|(?P<达标>达标|优良|合格)|(?P<修复>修复|恢复)"
)
"""What the share of a thing that a rate tells has undergone; one group for words of one meaning."""


def of_other_yield(one: str, other: str) -> bool:
    """Whether two names are alike but for what the land brings in: 工业用地地均税收, 工业用地地均产值."""
    ours, theirs = _YIELD.search(one), _YIELD.search(other)
    if ours is None or theirs is None or ours[0] == theirs[0] or not ("均" in one and "均" in other):
        return False
    return name_likeness(*(letters(_YIELD.sub("", name)) for name in (one, other))) >= 80


_EXTENT = re.compile(r"建筑面积|用地面积|占地面积|使用面积")


def of_other_extent(one: str, other: str) -> bool:
    """Whether two names are alike but for ground and floor: 人均…设施用地面积, 人均…设施建筑面积."""
    ours, theirs = _EXTENT.search(one), _EXTENT.search(other)
    if ours is None or theirs is None or ("建筑" in ours[0]) == ("建筑" in theirs[0]):
        return False
    return name_likeness(*(letters(_EXTENT.sub("", name)) for name in (one, other))) >= 85


def _acts(names: Sequence[str]) -> list[set[str | None]] | None:
    """What two rates of one thing say has been done with it; None if they are not of one thing."""
    rest = [_ACT.sub("", name) for name in names]
    if not all(name.endswith("率") for name in names) or rest[0] != rest[1] or len(rest[0]) < 3:
        return None
    return [{match.lastgroup for match in _ACT.finditer(name)} for name in names]


def other_share(one: str, other: str) -> bool:
    """Whether two rates of one thing tell other shares of it: 湿地保护率 (of all wetland), 湿地率 (of all land)."""
    acts = _acts([plain_name(_SETTLED.sub("", plain_name(name))) for name in (one, other)])
    return acts is not None and not acts[0] & acts[1]


def same_share(one: str, other: str) -> bool:
    """Whether they tell the same in other words: 资源化利用率, 综合利用率; 治理率, 处理率."""
    acts = _acts([plain_name(name) for name in (one, other)])
    return acts is not None and bool(acts[0]) and acts[0] == acts[1]


def measured_otherwise(one: str, other: str) -> bool:
    """Whether two names are alike but for how it is measured: 公园步行5分钟覆盖率, 公园500米服务半径覆盖率; over what
    time: 海水淡化日产能, 海水淡化年产能; by what it brings in; or which share it is."""
    if any(otherwise(one, other) for otherwise in (over_other_time, of_other_yield, other_share, of_other_extent)):
        return True
    ours, theirs = (_MEASURE.search(half_width(name)) for name in (one, other))
    if ours is None or theirs is None or letters(ours[0]) == letters(theirs[0]):
        return False
    numbers = [re.findall(r"[0-9.]+(?:分钟|公里|千米|米|m|小时)", found[0])[0] for found in (ours, theirs)]
    rest = [letters(_MEASURE.sub("", half_width(name))) for name in (one, other)]
    return numbers[0] != numbers[1] and name_likeness(*rest) >= 60


def measured_alike(one: str, other: str) -> bool:
    """Whether two names begin alike and are measured in the very same way, the words between them apart:
    社区公共服务设施步行15分钟覆盖率, 社区卫生、养老等设施15分钟步行覆盖率."""
    ours, theirs = (_MEASURE.search(half_width(name)) for name in (one, other))
    if ours is None or theirs is None or sorted(letters(ours[0])) != sorted(letters(theirs[0])):
        return False
    rest = [letters(_MEASURE.sub("", half_width(name))) for name in (one, other)]
    return rest[0][:2] == rest[1][:2] and rest[0][-3:] == rest[1][-3:] and fuzz.ratio(*rest) >= 55


_VERB = re.compile(r"(?:[达升提增降减控保配]|不低于|不少于|不高于|不超过|至少|稳定)[^，。；、]{0,4}$")
_PART_OF_NAME = re.compile(r"(?:服务)?半径|步行|骑行|车程|范围|覆盖|生活圈|可达")
_DATE = re.compile(r"(?:到|至)?20[0-9]{2}年(?:底|末)?")


def leads(text: str, found: Sequence[Amount]) -> list[str]:
    """What each amount of a sentence is said of: the words since the amount before it; where these are only a year and a verb
    (2025年达到87%、2035年达到96%), what that one is said of."""
    said: list[str] = []
    last = 0
    for amount in found:
        words = re.split(r"[，。；]", text[last : amount.start])
        own = _VERB.sub("", _DATE.sub("", half_width(words[-1])))
        if len(letters(own)) < 3 and len(words) > 1:
            own = _VERB.sub("", _DATE.sub("", half_width("，".join(words[-2:]))))
        said.append(own if len(letters(own)) >= 3 or not said else said[-1])
        if not _PART_OF_NAME.match(text, amount.end) and text[amount.start - 1 : amount.start] != "每":
            last = amount.end
    return said
