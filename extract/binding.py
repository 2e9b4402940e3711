"""Whom a requirement binds, and how that is known (CONTRACT §3: whole, row, column, list, group, mention, unknown).

`whole` is said only where the whole area is meant: its own name, 全市, 合计, 各县（市、区） (all parts of it), or a sentence
of the plan that names no part. A name that no gazetteer knows stays `unknown` and keeps its printed name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import add
from typing import Literal

from ..plan.lexicon import Lexicon
from ..plan.region import Gazetteer
from ..plan.requirement import Region, RuleRequirement, ZoneRequirement

Basis = Literal["whole", "row", "column", "list", "group", "mention", "unknown"]

_WHOLE_NAME = re.compile(
    r"^(?:全(?:国|省|市|州|盟|区|自治区|县|旗|镇|乡|村|域|市域|县域|省域)(?:合计|总计|小计|平均)?|[省市州县区镇乡村]域(?:合计)?|本(?:省|市|州|区|县|镇|乡|村)|"
    r"合\s*计|总\s*计|总\s*和|共\s*计|汇\s*总|全(?:省|市|县|区)总(?:量|数)|规划范围|[省市州县区镇乡](?:级|本级)?合计|中心城区|城区|县城)$"
)
_SUM_WORD = re.compile(r"(?:合计|总计|小计|汇总)$")
_TITLE = re.compile(r"《[^《》]*》")
_ROUTE = re.compile(r"[一-龥]{2,6}(?:[—－-]{1,2}[一-龥]{2,6})+?(?=(?:综合|运输|大|复合|发展)*(?:通道|走廊))")
"""The name of a route by its stations (广州—惠州—汕头通道), which binds none of them."""
_OUTLINE = re.compile(
    r"^(?:[0-9０-９]+[.、．]?|[（(][0-9一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、)\s*(?=[一-龥])"
)
_SPLIT = re.compile(
    r"[、，,;；/／\n\s　]+|以及|及其|(?<=[市县区州旗镇乡道])[和及与]|[和及与](?=[一-龥]{1,6}[市县区州旗镇乡])"
)
_SERIES = re.compile(
    r"((?:[一-龥]{2,8}[、，])*[一-龥]{2,8}?(?:[、和及与][一-龥]{2,8}?)?)(?:等(?:[^，。；、等]{0,12}的|[^，。；、等的]{1,4}?)?)?(?:整)?"
    r"(?:[一二两三四五六七八九十0-9]{1,3}个?)?(?:个)?(?:中心|重点|特色|建制)?(镇街|乡镇|街镇|镇|乡|街道|县|区|市|片区)(?![一-龥]{0,1}[级域])"
)
_LISTING, _KIND_LAST = re.compile("[、，和及与等]"), re.compile("[镇乡道县区市街](?![一-龥]?[级域])")
"""What every series of places holds."""
_GROUP_TAIL = re.compile(
    r"^(?:[东南西北](?=山|地区|[^部各]{2})|都市圈|城市群|城镇(?:连片|密集)|水资源|港口群|世界级|新干线|外围|环线|生态|高速|铁路|通道|地质|“|百村|（[一-龥]{2,4}）)"
)


@dataclass(frozen=True, slots=True)
class Binding:
    """The regions bound, how that is known, and the words of a group (沿海各市)."""

    regions: tuple[Region, ...]
    basis: Basis
    binds_as: str | None = None


def bind_name(name: str, basis: Literal["row", "column"], home: Region | None, gazetteer: Gazetteer) -> Binding:
    """The region that a row head or column header names."""
    plain = _OUTLINE.sub("", "".join(name.split())).strip("：:*＊※")
    if not plain:
        return Binding((), "unknown")
    if is_whole_name(plain, home):
        return Binding((home,), "whole") if home is not None else Binding((), "unknown")
    found = gazetteer.find(plain, home) or gazetteer.find(_SUM_WORD.sub("", plain), home)
    if found is not None:
        return Binding((found,), "whole" if found == home else basis)
    group = gazetteer.group(plain, home)
    if group:
        return Binding(group, "group", plain)
    several = _enumerated(plain, home, gazetteer)
    if len(several) > 1:
        return Binding(several, basis)
    if gazetteer.is_district_name(plain):
        return Binding((Region(name=plain),), basis)
    return Binding((Region(name=plain),), "unknown")


def is_whole_name(name: str, home: Region | None) -> bool:
    """Whether a printed name means the plan's whole area: 全市, 合计, 市域, 惠州市, 惠州市合计."""
    plain = "".join(name.split())
    if home is not None and _SUM_WORD.sub("", plain) in (home.name, f"{home.name}域", f"{home.name}全域"):
        return True
    return bool(_WHOLE_NAME.match(plain))


def bind_cell(text: str, home: Region | None, gazetteer: Gazetteer) -> Binding:
    """The regions of a 所在地 cell: each named city, county or town; a town is dropped where its county stands before it
    in a plan above the county."""
    plain = "".join(text.split())
    if not plain or plain in ("—", "-", "－", "/", "无"):
        return Binding((), "unknown")
    if is_whole_name(plain, home):
        return Binding((home,), "whole") if home is not None else Binding((), "unknown")
    group = gazetteer.group(plain, home)
    if group:
        return Binding(group, "group", plain)
    regions = _regions_of_list(text, home, gazetteer)
    named = [*regions]
    for words in _groups_in(plain, home, gazetteer):
        named.extend(gazetteer.group(words, home) or ())
    if named:
        return Binding(_unique(named), "list")
    return Binding((), "unknown")


def _regions_of_list(text: str, home: Region | None, gazetteer: Gazetteer) -> list[Region]:
    found: list[Region] = []
    scope = home
    for part in re.split(r"[;；\n]", text):
        scope = home
        for piece in filter(None, _SPLIT.split(part)):
            piece = re.sub(
                r"^(?:涉及|位于|跨|含|包括|主要在|[一-龥]{0,2}：)|(?:等地?|境内|交界处?|部分区域|段|沿线|一带|全域)$",
                "",
                piece.strip("。.（()）"),
            )
            inner = re.split(r"[（(]", piece)
            for word in filter(None, inner):
                whole = gazetteer.find(word, scope) or (gazetteer.find(word, home) if scope != home else None)
                chain = [whole] if whole is not None else []
                mentions = [region for _, _, region in gazetteer.mentions(word, scope if scope is not None else home)]
                if whole is None or (len(mentions) > 1 and mentions[-1] == whole):
                    chain = mentions
                for region in chain:
                    found.append(region)
                    if gazetteer.level(region) == "city":
                        scope = region
    kept = [r for r in _unique(found) if home is None or (r != home and gazetteer.is_within(r, home))]
    if not kept and home is not None and any(r == home for r in found):
        return [home]
    return [r for r in kept if not _is_detail(r, kept, home, gazetteer)]


def _answering(regions: tuple[Region, ...], home: Region, gazetteer: Gazetteer) -> tuple[Region, ...]:
    """In a province's plan the cities answer for development zones (横琴, 前海) and for districts named beside them."""
    if gazetteer.level(home) != "province" or all(region.code for region in regions):
        return regions
    lifted = (gazetteer.parent(r) if r.code is None or r.name.endswith("区") else r for r in regions)
    return _unique(r if above in (None, home) else above for above, r in zip(lifted, regions, strict=True))


def _is_detail(region: Region, kept: Iterable[Region], home: Region | None, gazetteer: Gazetteer) -> bool:
    """A town beside its own county in a city or province plan adds nothing: the county is bound."""
    if gazetteer.level(region) != "township" or home is None or gazetteer.level(home) == "county":
        return False
    parent = gazetteer.parent(region)
    return parent is not None and parent in kept


@lru_cache(maxsize=4096)
def bind_text(text: str, home: Region | None, gazetteer: Gazetteer) -> Binding:
    """Whom a clause binds: the groups it names, the regions it names, else the whole area.

    Names inside 《…》, the plan's own name and regions outside the plan's area bind nobody. Where a list stays open with
    names that nobody knows (瑞金、于都、方志敏根据地等), the whole area is bound: to leave somebody out would hide a duty.
    """
    plain = _TITLE.sub(lambda match: "　" * len(match[0]), text)
    if "通道" in plain or "走廊" in plain:
        plain = _ROUTE.sub(lambda match: "　" * len(match[0]), plain)
    if home is None:
        regions = _unique(region for _, _, region in gazetteer.mentions(plain, None))
        return Binding(regions, "mention") if regions else Binding((), "unknown")
    if every := _every_part(plain, home, gazetteer):
        return every
    words = _groups_in(plain, home, gazetteer)
    if circles := _circles(plain, home, gazetteer):
        return circles
    members = _unique(
        region
        for word in words
        for region in (gazetteer.group(word, home) or ())
        if region != home and gazetteer.is_within(region, home)
    )
    words = [word for word in words if any(region in members for region in gazetteer.group(word, home) or ())]
    if members and (_covers(members, home, gazetteer) or any(gazetteer.is_every(word) for word in words)):
        return Binding((home,), "whole", "、".join(words))
    named = _mentioned(plain, home, gazetteer)
    named += _enumerated(plain, home, gazetteer)
    inside = _unique(region for region in named if region != home and gazetteer.is_within(region, home))
    inside = tuple(r for r in inside if not _is_detail(r, inside, home, gazetteer))
    inside = _answering(inside, home, gazetteer)
    if members:
        more = (region for region in inside if gazetteer.parent(region) not in members)
        return Binding(_unique((*members, *more)), "group", "、".join(words))
    if inside and not _stays_open(plain, home, gazetteer):
        return Binding(inside, "mention")
    return Binding((home,), "whole")


_CIRCLES = re.compile(
    r"(?P<names>[一-龥]{2,12}?(?:、[一-龥]{2,8}?)+)等?(?P<count>[两二三四五六七八九])?(?:大|个|省级)*(?P<kind>都市圈|城市群|城镇群|经济区)"
)


def _circles(text: str, home: Region, gazetteer: Gazetteer) -> Binding | None:
    """The members of 甲、乙、丙三大都市圈, each a group by its whole name (乙都市圈); None if one of them is unknown or
    there is no such list."""
    found = _CIRCLES.search(text) if "、" in text else None
    if found is None:
        return None
    names = found["names"].split("、")
    lead = next(
        (names[0][cut:] for cut in range(len(names[0]) - 1) if gazetteer.group(names[0][cut:] + found["kind"], home)),
        None,
    )
    groups = [gazetteer.group(name + found["kind"], home) for name in ([lead] if lead else []) + names[1:]]
    if lead is None or not all(groups):
        return None
    members = _unique(region for group in groups for region in group or ())
    if _covers(members, home, gazetteer):
        return Binding((home,), "whole")
    return Binding(members, "group", "、".join((lead, *names[1:])) + found["kind"])


_EXCEPT = re.compile(r"(?:^|(?<=，))除(?:了)?(?P<who>[^，。；]{2,30}?)(?:以)?外(?!围|来|部|缘|沿)")
_OTHER_PARTS = re.compile(
    r"其[他余]的?各?(?:设区的?市|地级市|县级市|县（市、区）|县（市）|市县|县市区?|县区|市（州）|州市|县城|盟市|旗县|乡镇|镇街|镇|乡|县|市(?![域政场])|区(?!域))"
)
"""其他设区市: the parts that a sentence has not named are bound too."""
_EVERY_PLAN = re.compile(
    r"^(?:各?(?:市县|县市|县乡|县级|市级|设区市|乡镇)(?:级)?(?:国土空间)?(?:总体)?规划|各地)(?:应|须|要|必须|不得)"
)


def _every_part(text: str, home: Region, gazetteer: Gazetteer) -> Binding | None:
    """The binding of a sentence that speaks of all parts though it names some: 除南昌市外，其他设区市…; 甲城区…，其他县城…;
    市县规划应…, 甲、乙等重点城市…. None if it is not such a sentence."""
    excepted = _EXCEPT.search(text)
    left_out = [r for _, _, r in mentions_with_neighbours(excepted["who"], home, gazetteer)] if excepted else []
    if excepted and left_out:
        rest = text[: excepted.start()] + text[excepted.end() :]
        bound = bind_text(rest, home, gazetteer)
        if bound.regions != (home,):
            kept = tuple(region for region in bound.regions if region not in left_out)
            return Binding(kept, bound.basis, bound.binds_as) if kept else bound
        parts = gazetteer.children(home, districts=False)
        if not all(region in parts for region in left_out):
            return bound
        others = tuple(region for region in parts if region not in left_out)
        return Binding(others, "group", f"除{excepted['who']}外")
    if _OTHER_PARTS.search(text) or _EVERY_PLAN.match(text):
        return Binding((home,), "whole")
    return None


_OPEN_LIST = re.compile(r"(?P<names>[一-龥—]{2,14}(?:、[一-龥—]{2,8})*?、[一-龥—]{2,8}?)等")


def _stays_open(text: str, home: Region, gazetteer: Gazetteer) -> bool:
    """Whether the places that a sentence names are some of an open list whose others no gazetteer knows
    (洪屏、奉新、铅山等抽水蓄能电站): only if the known ones stand there bare, for 甲县木耳、天麻等产业 lists no places."""
    spots = [(start, end) for start, end, region in mentions_with_neighbours(text, home, gazetteer) if region != home]
    if not spots:
        return False
    listed = []
    for run in _OPEN_LIST.finditer(text):
        pieces = [(m.start() + run.start(), m.end() + run.start()) for m in re.finditer("[^、]+", run["names"])]
        for number, (begin, end) in enumerate(pieces):
            inner = [(start, stop) for start, stop in spots if begin <= start and stop <= end]
            bare = any(
                (stop == end and (start == begin or number == 0)) or text[stop : stop + 1] == "—"
                for start, stop in inner
            )
            listed.append("known" if bare else "other" if inner else "unknown")
        if any(not (run.start() <= start < run.end()) for start, _ in spots):
            return False
    return "unknown" in listed and "known" in listed and "other" not in listed


def _mentioned(text: str, home: Region, gazetteer: Gazetteer) -> list[Region]:
    """The regions that a sentence names; a county named short right behind its own city (梅州五华) only says where in
    the city."""
    found: list[Region] = []
    last_end, last = -1, home
    for start, end, region in mentions_with_neighbours(text, home, gazetteer):
        if (_KIND_ALONE.fullmatch(text[start:end]) and last_end != start) or _is_feature(
            text, start, end, region, home, gazetteer
        ):
            continue
        locator = (
            start == last_end and gazetteer.parent(region) == last and last != home and end - start < len(region.name)
        )
        if not locator:
            found.append(region)
        last_end, last = end, region
    return found


_FEATURE = re.compile("[江河湖山海湾岛岭峰洲溪泉]$")
_FEATURE_CLASS = re.compile(
    r"[一-龥、]*?等(?:[一-龥]{0,6}?)(?:湖泊|河湖|河流|河段|江河|水系|流域|水体|山脉|山体|名山|遗产地|风景名胜区|水库|干流|支流|航道|湿地)"
)


def _is_feature(text: str, start: int, end: int, region: Region, home: Region, gazetteer: Gazetteer) -> bool:
    """Whether a short name is a hill's or a river's here: among others of the kind that are no regions (三清山、庐山、龙虎山;
    赣江、昌江航道), or in a list that says so (洪湖、梁子湖等湖泊)."""
    name = text[start:end]
    if name == region.name or not (kind := _FEATURE.search(name)):
        return False
    if _FEATURE_CLASS.match(text[end:]) or re.match("航道|干流|支流|流域|水系|沿岸|两岸", text[end:]):
        return True
    before = re.search(rf"(?P<name>[一-龥]{{1,3}}{kind[0]})[、和及与]$", text[:start])
    after = re.match(rf"[、和及与](?P<name>[一-龥]{{1,3}}?{kind[0]})(?![市县区镇乡])", text[end:])
    beside = [match["name"] for match in (before, after) if match]
    return any(all(gazetteer.find(name[-n:], home) is None for n in range(2, len(name) + 1)) for name in beside)


_KIND_ALONE = re.compile("城区|郊区|矿区|新区|园区|工业区|农场|林场|(?:经济|经济技术|高新)?开发区|高新区|经开区")
"""Names of districts and zones that without their city before them are words (城区常住人口, 各类开发区)."""
_LISTED = re.compile(r"[一-龥]{2,14}(?:、[一-龥]{2,14})+")
_LIST_END = re.compile(r"(?:等|[两三四五六七八九]|整|各|一带|地区|$)")


def mentions_with_neighbours(text: str, home: Region, gazetteer: Gazetteer) -> list[tuple[int, int, Region]]:
    """The regions that a text names, with short names that are no words only beside others of their level (支持阳江、湛江
    等地; 务川、正安、道真)."""
    spots = list(gazetteer.mentions(text, home)) or list(_towns_alone(text, home, gazetteer))
    spots += [
        one for one in _towns_leading(text, home, gazetteer) if all(one[0] >= e or one[1] <= s for s, e, _ in spots)
    ]
    if not spots:
        return spots
    taken = {at for start, end, _ in spots for at in range(start, end)}
    for run in _LISTED.finditer(text) if "、" in text else ():
        levels = {gazetteer.level(r) for start, _, r in spots if run.start() <= start < run.end() and r != home}
        pieces = [(m.start() + run.start(), m.end() + run.start()) for m in re.finditer("[^、]+", run[0])]
        for number, (begin, end) in enumerate(pieces):
            if not levels or any(at in taken for at in range(begin, end)):
                continue
            last = number == len(pieces) - 1
            sure = last and all(any(stop == until for _, stop, _ in spots) for _, until in pieces[:-1])
            for start, stop in _short_spans(text, begin, end, number == 0, last, sure):
                region = gazetteer.find(text[start:stop], home)
                if region is not None and gazetteer.level(region) in levels and gazetteer.is_within(region, home):
                    spots.append((start, stop, region))
                    break
        spots += _leading(text, pieces, spots, home, gazetteer)
    spots += _far_ends(text, spots, home, gazetteer)
    return sorted(set(spots), key=lambda spot: spot[0])


def _towns_alone(text: str, home: Region, gazetteer: Gazetteer) -> Iterator[tuple[int, int, Region]]:
    """Three towns or more of a county named short in a row (在海河、新坍、长荡另划…): a word each, but places together."""
    if gazetteer.level(home) not in ("county", "district"):
        return
    for run in _LISTED.finditer(text) if "、" in text else ():
        pieces = [(m.start() + run.start(), m.end() + run.start()) for m in re.finditer("[^、]+", run[0])]
        found = []
        for number, (begin, end) in enumerate(pieces):
            for start, stop in _short_spans(text, begin, end, number == 0, number == len(pieces) - 1, sure=True):
                region = gazetteer.find(text[start:stop], home)
                if region is not None and gazetteer.level(region) == "township":
                    found.append((start, stop, region))
                    break
        if len(found) == len(pieces) >= 3:
            yield from found


_SITE = re.compile(
    r"[一-龥]{0,4}?(?:老城|新城|片区|园区|光电园|工业园|产业园|科技园|[一-龥](?<!公)园(?=[、，。；和及与]|$)|智谷|(?:经济|工业|技术)*开发区|组团|集镇|镇区|圩镇|小区)"
    r"|(?:、[一-龥]{2,3}){1,4}(?:[两二三四五六]地|等地)|[两二三四五六]地|等地|[至到][一-龥]{2,4}段"
)
"""What behind the short name of a town tells that the town is meant: 凤城老城, 城厢经济开发区, 感德、祥华两地, 感德至桃舟段."""
_SITE_WORD = re.compile("老城|新城|片区|园|智谷|开发区|组团|集镇|镇区|圩镇|小区|[两二三四五六等]地|段")
"""What every site holds; sought first."""
_BEFORE_TOWN = re.compile(r"(?:^|[，、；：和及与]|推动|推进|支持|加快|建设|在|到|向|对|[线路])$")


def _towns_leading(text: str, home: Region, gazetteer: Gazetteer) -> Iterator[tuple[int, int, Region]]:
    """The towns of a county that stand short before a site of theirs."""
    if gazetteer.level(home) not in ("county", "district") or not (_SITE_WORD.search(text) and _SITE.search(text)):
        return
    for town in gazetteer.children(home):
        name = re.sub("(?:镇|乡|街道)$", "", town.name)
        if len(name) < 2 or name not in text or gazetteer.level(town) != "township" or gazetteer.is_everyday(name):
            continue
        for found in re.finditer(name, text):
            before = text[: found.start()]
            site = _SITE.match(text, found.end()) and _BEFORE_TOWN.search(before)
            if site or (text.startswith("段", found.end()) and _FAR_END.search(before)):
                yield found.start(), found.end(), town


_FAR_END = re.compile("[一-龥][至到]$")
_TO = re.compile("[至到]")


def _far_ends(
    text: str, spots: list[tuple[int, int, Region]], home: Region, gazetteer: Gazetteer
) -> Iterator[tuple[int, int, Region]]:
    """The other end of a stretch that begins in a named place: 横峰至铅山矿带, 汤原某镇至同江三江口段."""
    for to in _TO.finditer(text):
        if not any(0 <= to.start() - end <= 4 and region != home for _, end, region in spots):
            continue
        if any(start == to.end() for start, _, _ in spots):
            continue
        yield from _led_by(text, to.end(), min(len(text), to.end() + 6), {"county", "city"}, home, gazetteer)


def _led_by(
    text: str, begin: int, end: int, levels: set[str | None], home: Region, gazetteer: Gazetteer
) -> Iterator[tuple[int, int, Region]]:
    """The city or county of the area whose short name stands at `begin`."""
    for length in range(2, min(5, end - begin + 1)):
        region = gazetteer.find(text[begin : begin + length], home)
        if region is not None and gazetteer.level(region) in levels and gazetteer.is_within(region, home):
            yield begin, begin + length, region
            return


_OPENS = re.compile(r"^.*(?:包括|涵盖|包含|推进|建设|保护|支持|鼓励|推动|加快|划定|培育|提升|对|在)")


def _leading(
    text: str,
    pieces: list[tuple[int, int]],
    spots: list[tuple[int, int, Region]],
    home: Region,
    gazetteer: Gazetteer,
) -> Iterator[tuple[int, int, Region]]:
    """The places that lead the things of a list beside one that a place leads, though alone they could be words or rivers
    (…包括湛江雷州湾、江门镇海湾; 婺源古村落、万年稻作遗址): to leave one out would hide a duty."""
    starts = {start: gazetteer.level(region) for start, _, region in spots if region != home}
    led: list[str | None] = []
    begins: list[int] = []
    for begin, end in pieces:
        spot = next((start for start in sorted(starts) if begin <= start < end), None)
        lead = _OPENS.match(text[begin:end])
        begins.append(spot if spot is not None else begin + (lead.end() if lead else 0))
        inside = spot is not None and (not led or spot == begin)
        led.append(starts[spot] if inside and spot is not None else None if spot is None else "")
    for at, (_, end) in enumerate(pieces):
        beside = led[at - 1] if at else led[1] if len(led) > 1 else None
        if led[at] is None and beside in ("city", "county") and end - begins[at] >= 2:
            for start, stop, region in _led_by(text, begins[at], end, {beside}, home, gazetteer):
                led[at] = beside
                yield start, stop, region


def _short_spans(text: str, begin: int, end: int, first: bool, last: bool, sure: bool) -> Iterator[tuple[int, int]]:
    """Where a short name can stand in a piece of a list: at the end of the first, at the start of the last (`sure`: all
    before it are places, 鄱阳、余干、万年建设…), else all."""
    lengths = range(min(4, end - begin), 1, -1)
    if first:
        yield from ((end - length, end) for length in lengths)
    elif last:
        yield from (
            (begin, begin + length) for length in lengths if sure or _LIST_END.match(text[begin + length : end])
        )
    elif end - begin <= 5:
        yield begin, end


def bind_zone_subject(rule: RuleRequirement, zones: Iterable[ZoneRequirement], lexicon: Lexicon) -> RuleRequirement:
    """A rule whose subject is a zone type of 主体功能区 (农产品主产区从严控制…) binds the areas of that type."""
    if rule.binds_basis != "whole" or rule.binds_as:
        return rule
    subject = _zone_subject(rule.text, lexicon)
    meant = lexicon.zone_type(subject) if subject else None
    if subject is None or meant is None:
        return rule
    areas = _unique(
        Region(name=zone.unit.name, code=zone.unit.code)
        for zone in zones
        if (lexicon.zone_type(zone.type) or zone.type) == meant
        and zone.system.startswith("主体功能区")
        and zone.unit.part is None
    )
    if not re.search("[乡镇]", rule.text):  # a type that counties have is theirs, though some towns have it too
        areas = tuple(r for r in areas if lexicon.gazetteer.level(r) != "township") or areas
    return rule.model_copy(update={"binds": areas, "binds_basis": "group", "binds_as": subject}) if areas else rule


def _zone_subject(text: str, lexicon: Lexicon) -> str | None:
    """The 主体功能区 type with which a clause begins, as printed."""
    names = [name for name in _subject_types(lexicon) if text.find(name, 0, len(name) + 2) >= 0]
    return max(names, key=len, default=None)


@lru_cache(maxsize=4)
def _subject_types(lexicon: Lexicon) -> tuple[str, ...]:
    """The spellings of the types of 主体功能区 with which a clause can begin."""
    return tuple(
        name
        for zone in lexicon.zone_types
        if zone.system in ("主体功能区", "叠加功能")
        for name in (zone.type, *zone.aliases)
        if len(name) >= 4
    )


def _covers(members: tuple[Region, ...], home: Region, gazetteer: Gazetteer) -> bool:
    """Whether the members are all parts of the area: every child, or every county of it."""
    if not members:
        return False
    children = gazetteer.children(home, districts=False)
    got = set(members)
    if children and got >= set(children):
        return True
    counties = [r for r in gazetteer.descendants(home) if gazetteer.level(r) == "county"]
    return bool(counties) and got >= set(counties)


def _groups_in(text: str, home: Region | None, gazetteer: Gazetteer) -> list[str]:
    """The spellings of groups in the text, longest first at each place, in their order."""
    spellings = _group_spellings(home, gazetteer)
    found: list[str] = []
    ended = -1
    for at, start in enumerate(map(add, text, text[1:])):
        if at < ended or start not in spellings:
            continue
        for word in spellings[start]:
            end = at + len(word)
            if (
                text.startswith(word, at)
                and not _GROUP_TAIL.match(text[end : end + 4])
                and text[max(0, at - 1) : at] not in ("环", "泛", "粤")
            ):
                if not (found and at == ended and at and gazetteer.is_every(word)):  # 赣西各市 are those of 赣西
                    found.append(word)
                ended = end
                break
    return list(dict.fromkeys(found))


_SPELLINGS: dict[tuple[int, Region | None], dict[str, tuple[str, ...]]] = {}


def _group_spellings(home: Region | None, gazetteer: Gazetteer) -> dict[str, tuple[str, ...]]:
    """Spellings of the groups that can be meant in `home`, by their first two characters, longest first."""
    key = (id(gazetteer), home)
    if key not in _SPELLINGS:
        by_start: dict[str, list[str]] = {}
        for word in gazetteer.group_names(home):
            by_start.setdefault(word[:2], []).append(word)
        _SPELLINGS[key] = {start: tuple(sorted(words, key=lambda w: (-len(w), w))) for start, words in by_start.items()}
    return _SPELLINGS[key]


def _enumerated(text: str, home: Region | None, gazetteer: Gazetteer) -> tuple[Region, ...]:
    """Regions named short before a common word: 坳仔、汶朗、甘洒等镇; 怀集、封开两县."""
    if home is None:
        return ()
    found: list[Region] = []
    if not (_LISTING.search(text) and _KIND_LAST.search(text)):
        return ()
    for match in _SERIES.finditer(text):
        names = re.split(r"[、，和及与]", match[1])
        if len(names) < 2 and "等" not in match[0]:
            continue
        kind = match[2]
        for name in names:
            name = re.sub(r"^(?:支持|推进|推动|鼓励|加快|以|在|将|引导|对|为|由|位于|涉及|其中|包括|重点在)", "", name)
            region = _short_name(name, kind, home, gazetteer)
            if region is not None:
                found.append(region)
    return _unique(found)


def _short_name(name: str, kind: str, home: Region, gazetteer: Gazetteer) -> Region | None:
    wanted = {
        "镇": ("township",),
        "乡": ("township",),
        "街道": ("township",),
        "乡镇": ("township",),
        "镇街": ("township",),
        "街镇": ("township",),
        "市": ("city", "county"),
    }.get(kind, ("county", "district"))
    for length in range(len(name), 1, -1):
        region = gazetteer.find(name[-length:], home)
        if region is not None and gazetteer.level(region) in wanted and gazetteer.is_within(region, home):
            return region
    return None


def _unique(regions: Iterable[Region]) -> tuple[Region, ...]:
    return tuple(dict.fromkeys(regions))
