"""Structure elements that belong to no slogan: 打造甲走廊和乙走廊, 沿A—B—C一线形成丙发展轴, D市为省域副中心城市.

What is built must be called by its own words and end in a noun that only spatial structure uses; belts of trees along
roads and zones of protection are none. Under a heading that speaks of 格局 the areas of farming count too (某某产区).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from .clauses import segments
from .context import Context
from .elements import GENERIC, Element, component_list, split_list
from .explanations import TOUCHED, placed_items
from .label_items import LOOSE_WORD
from .plain_lists import plain_lists
from .slogans import LOOSE, NOUNS, Label, find_slogans

STRUCTURAL = (
    r"(?:走廊|发展轴|主轴|(?:产业|经济|城镇|休闲|旅游|交通|协同|创新)轴|轴带|发展带|经济带|产业带|城镇带|文化带|旅游带|休闲带|生态带|生态绿带|"
    r"(?:森林|登山|国家)步道|风景道|生态屏障|生态绿屏|都市圈|城镇圈|经济圈|城镇群|生态廊道|栖息地廊道|迁[徙移]廊道|魅力带|风光带|风景带)"
)
IN_PATTERN = re.compile(r"(?:格局|结构|布局|骨架)$")
"""Headings under which what is built by name is a part of a pattern."""
WIDE = r"(?:带|轴|廊|绿屏|绿障|绿核|蓝核|绿心|蓝脉|绿脉|绿环|副中心|增长极|文化片)"
FARMING = r"(?:主?产区|农业区|片|产业带|种植带|养殖带|经济带)"
BUILDS = (
    r"(?:加快|着力|积极|重点|联合|共同|统筹|全力|协同|大力|推动|推进|联动)*"
    r"(?:打造|建设|形成|构建|构筑|培育|筑牢|筑起|建成|打通|贯通|连通|畅通|做强|做优|塑造|布设|布置|共建(?![^，。；]*都市圈)|营造|整理出?|保育|(?P<strung>串起|串联成|串联形成|连接成|串成|连成))(?:[一两]条)?"
)
ALONG = r"(?:[^，。；、]{2,4}至[^，。；、]{2,4}段|(?:沿着?|依托|在|从|以|围绕|结合|利用)(?P<along>[^，。；“”]{2,40}?)(?:为[^，。；]{2,6})?(?:一线|沿线|一带|一侧)?)?"
NOT_STRUCTURE = re.compile(
    r"缓冲|隔离|防护|防火|绿化|林带|通风|视线|景观视|高压|输电|管线|管廊|安全|过渡|示范|试验|协作|合作|物流|航空|电力|气象|行洪|一带一路|\d|“|[一二两三四五六七八九十]+[大条个道处座]"
)
"""Corridors and belts that are no elements of a spatial structure."""
OUTWARD = re.compile(r"区域协同|区域协调|区域合作|融入|对接|战略|定位|联动|开放")
"""Headings under which a plan speaks of structures beyond its own area."""
ROLE = re.compile(
    r"^(?P<list>[^，。；：“”的]{2,40})(?:为|作为|是)(?P<role>(?:[省市县]域)?(?:经济|区域性?)?(?:副中心|次中心)(?:城市)?)[。；]?$"
)
ROLE_LISTED = re.compile(
    r"^(?P<role>(?:[省市县]域)?(?:经济|区域性?)?(?:副中心|次中心)(?:城市)?)[：:](?P<list>[^，。；：“”的]{2,40})[。；]?$"
)
LEVELS = re.compile(
    r"“?(?P<chain>[^“”，。；：、]{2,8}(?:[—－-]{1,2}[^“”，。；：、—－-]{2,8}){2,})”?的?(?=[^，。；“”]{0,4}[三四五六]级|[^，。；“”]{0,8}(?:城镇|等级|城乡|镇村|城镇村)体系)"
)
"""县城—副中心—重点镇—一般镇, before 四级 or 城镇体系: the ranks of a plan's towns."""
DASH = re.compile("[—－-]")
LEVELS_COUNTED = re.compile(
    r"(?P<chain>(?:(?:\d+|[一二两三四五六七八九十Nn若多]+)个[^，。；：、“”]{2,8}[、和]){2,}(?:\d+|[一二两三四五六七八九十Nn若多]+)个[^，。；：、“”]{1,6}?[镇城心点村])”?的?[^，。；“”]{0,8}(?:等级|城镇体系|城乡体系|镇村体系|体系)"
)
"""1个中心城区、2个副中心、N个一般镇的城镇等级结构."""
NODES = re.compile(
    r"以(?P<list>[^，。；“”]*、[^，。；“”]+?)(?:等[^，。；、]{0,4})?为(?:重要|主要|关键|核心)*(?:节点|支点|载体)，$"
)
"""以甲、乙为节点，串起某某走廊."""
SUBJECT = r"(?P<name>[^，。；、的“”]{{2,16}}?{noun})(?:主要)?(?:串起|串联|连接|联结|贯穿|纵贯|横贯|连通|串接)(?P<list>[^，。；“”]+)"
STREAM = re.compile(r"[江河水溪川]$")
HILLS = re.compile(r"[山岭峰脉]$")
SHARED = re.compile(
    r"(?P<list>[^等]+?)(?P<more>等)?(?:水系|河流|干流|主要|山脉|山体)?(?P<kind>生态廊道|生态带|生态屏障)"
)
"""甲江、乙江等水系生态廊道, 甲山、乙岭等生态屏障."""
STREAMS_COUNTED = re.compile(
    r"(?:^|[，；])沿着?(?P<list>[^，。；的等]+?、[^，。；的等]+?)等?(?:水系|河流|干流)?(?:构建|形成|建设|打造|构筑)"
    r"[两二三四五六七八九十]+条(?:主要|重要|水系|河流)*(?P<kind>水?生态廊道|生态带)(?=[，。；]|$)"
)
"""沿甲江、乙河构建两条生态廊道."""
MAKES_PATTERN = re.compile(
    r"由(?P<list>[^，。；“”]+?)(?:共同|联合)?(?:组成|构成|形成)的?[^，。；的]{0,8}(?:格局|体系|网络|骨架)(?=[，。；]|$)"
)
"""由甲屏障、乙屏障组成的生态安全格局."""
OF_STREAMS = re.compile(
    r"以(?P<list>[^的等]+?、[^的等]+?)等?(?:水系|河流|干流)?为(?:主体|主|骨架|重点|基础)的(?:水系|河流|主要|重要)*(?P<kind>水?生态廊道|生态带)"
)
"""以甲江、乙河为主的水系生态廊道."""


def plain_elements(text: str, section: tuple[str, ...]) -> list[Element]:
    """The elements that a clause builds by names of their own, none under headings that speak of other plans' areas."""
    if any(OUTWARD.search(title) for title in section[-2:]):
        return []
    role = ROLE.match(text) or ROLE_LISTED.match(text)
    if role:
        return _in_role(role)
    farming = bool(section) and "格局" in section[-1]
    noun = rf"(?:{STRUCTURAL}|{FARMING})" if farming else STRUCTURAL
    if section and IN_PATTERN.search(section[-1]):
        noun = rf"(?:{noun}|{WIDE})"
    builds, _ = _patterns(noun)
    found: list[Element] = []
    for start, end in segments(text):
        built = builds.match(text, start, end)
        if built is None:
            continue
        nodes = NODES.search(text, 0, start)
        if nodes or built["along"] or not built["strung"]:
            new = _built(built, noun, text[built.end() :])
            bare = nodes is not None and len(new) == 1 and not new[0].components
            found += [replace(new[0], components=component_list(nodes["list"]))] if nodes and bare else new
    names = {one.name for one in found}
    found += [one for one in plain_lists(text, section) if one.name not in names]
    return found or _made_up(text) or _subjects(text, noun)


@lru_cache(maxsize=8)
def _patterns(noun: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What builds a thing called so, and a name of such a thing."""
    builds = rf"{ALONG}{BUILDS}(?P<what>[^，。；“”]{{2,60}}?{noun}(?:[^，。；的、]{{2,4}}段)?)(?:等[^，。；、的]{{0,6}})?(?=[，。；]|$)"
    return re.compile(builds), re.compile(rf".{{2,}}{noun}(?:[^的、]{{2,4}}段)?")


@lru_cache(maxsize=8)
def _subject(noun: str) -> re.Pattern[str]:
    return re.compile(SUBJECT.format(noun=noun))


def _built(built: re.Match[str], noun: str, rest: str) -> list[Element]:
    what, offset = built["what"], built.start("what")
    name = what.rpartition("的")[2]
    offset, what = offset + len(what) - len(name), name
    _, named = _patterns(noun)
    shared = SHARED.fullmatch(what)
    items = split_list(shared["list"]) if shared else []
    if len(items) > 1 and shared and _share(items, shared):
        return _listed(items, shared["list"], offset, shared["kind"])
    made = OF_STREAMS.fullmatch(built["what"])
    if made and all(STREAM.search(item) for item in split_list(made["list"])):
        return _listed(split_list(made["list"]), made["list"], built.start("what") + made.start("list"), made["kind"])
    items = split_list(what)
    if len(items) > 1 and not all(named.fullmatch(item) for item in items):
        items = [what]
    if not all(named.fullmatch(item) and _own_name(item) for item in items):
        return []
    parts = _route(built["along"] or "")
    if not parts and len(items) == 1 and (touched := TOUCHED.match(rest)):
        parts = component_list(touched["list"])
    elements, at = [], 0
    for item in items:
        at = what.find(item, at)
        elements.append(_element(item, offset + at, parts if len(items) == 1 else ()))
        at += len(item)
    return elements


def _subjects(text: str, noun: str) -> list[Element]:
    """甲文化走廊串起乙、丙、丁的古镇, 甲消费轴贯穿乙至丙: a clause that tells what an element with a name of its own links."""
    found: list[Element] = []
    subject = _subject(noun)
    for start, end in segments(text):
        told = subject.match(text, start, end)
        if told and _own_name(told["name"]) and re.search("[、至]|^其间$", told["list"]):
            parts = (
                component_list(told["list"].partition("的")[0].replace("至", "、")) if told["list"] != "其间" else ()
            )
            found.append(_element(told["name"], told.start("name"), parts))
    return found


def _share(items: list[str], shared: re.Match[str]) -> bool:
    """Whether rivers share a corridor's name, or hills a barrier's (only with 等: 甲山、乙岭生态屏障 may be one)."""
    hills = shared["kind"] == "生态屏障"
    ends = HILLS if hills else STREAM
    return all(ends.search(item) and len(item) <= 6 for item in items) and (not hills or bool(shared["more"]))


def _made_up(text: str) -> list[Element]:
    """Elements that a clause strings to a pattern without a slogan, or finds along rivers that it counts."""
    for told in STREAMS_COUNTED.finditer(text):
        rivers = split_list(told["list"])
        if all(STREAM.search(item) and len(item) <= 6 for item in rivers):
            return _listed(rivers, told["list"], told.start("list"), told["kind"])
    made = MAKES_PATTERN.search(text)
    items = list(placed_items(made["list"])) if made else []
    if made is None or len(items) < 2 or find_slogans(text):
        return []
    _, named = _patterns(STRUCTURAL)
    if not all(named.fullmatch(item) and _own_name(item) for _, item in items):
        return []
    return [_element(item, made.start("list") + at, ()) for at, item in items]


def _own_name(name: str) -> bool:
    last = name.split("、")[-1]
    return (
        4 <= len(last) <= 24
        and not name.startswith(("沿线", "周边"))
        and not GENERIC.match(LOOSE_WORD.sub("", name))
        and not NOT_STRUCTURE.search(name)
    )


def _listed(items: list[str], words: str, offset: int, kind: str) -> list[Element]:
    """甲江、乙江等水系生态廊道: each river has its own."""
    elements, at = [], 0
    for item in items:
        at = words.find(item, at)
        elements.append(replace(_element(item + kind, offset + at, (item,)), end=offset + at + len(item)))
        at += len(item)
    return elements


def _in_role(role: re.Match[str]) -> list[Element]:
    """甲市、乙市为省域副中心城市: towns that a plan gives a part to."""
    items = split_list(role["list"])
    if not all(2 <= len(item) <= 8 for item in items):
        return []
    elements, at = [], 0
    for item in items:
        at = role["list"].find(item, at)
        one = _element(item, role.start("list") + at, (item,))
        elements.append(replace(one, label=role["role"], slogan=None, kind="node"))
        at += len(item)
    return elements


def town_ranks(text: str) -> str | None:
    """The chain of ranks that a paragraph gives its towns: 县城—副中心—重点镇—一般镇."""
    found = LEVELS.search(text) if DASH.search(text) else None
    if found is None and "个" in text and (counted := LEVELS_COUNTED.search(text)):
        return "—".join(
            re.sub(r"^(?:\d+|[一二两三四五六七八九十Nn若多]+)个", "", rank)
            for rank in re.split("、|和", counted["chain"])
        )
    return found["chain"] if found and re.search("镇|县城|乡|中心", found["chain"]) else None


def ranked_towns(text: str, chain: str) -> list[Element]:
    """重点镇包括甲、乙、丙: the towns of a rank, each an element; none of those that are only the rest."""
    found: list[Element] = []
    for rank in re.split(r"[—－-]+", chain):
        told = re.search(
            rf"(?:^|(?<=[，。；、：])|(?<=其中))“?{re.escape(rank)}”?(?:共?(?:\d+|[一二两三四五六七八九十]+)个)?(?:，?(?:分别|依次)(?:为|是|有)|为|包括|有|即|指|：)(?P<list>[^，。；：“”]+)",
            text,
        )
        words = re.sub(r"(?:等|(?:\d+|[一二两三四五六七八九十]+)[个座])[^、]*$", "", told["list"]) if told else ""
        items = split_list(words)
        single = len(items) == 1 and items[0].endswith(("市", "县", "镇", "城区", "县城"))
        if told is None or not (len(items) > 1 or single) or not all(2 <= len(item) <= 8 for item in items):
            continue
        at = 0
        for item in items:
            at = told["list"].find(item, at)
            start = told.start("list") + at
            found.append(Element(item, start, start + len(item), rank, chain, "node", (), False))
            at += len(item)
    return found


def _element(name: str, start: int, parts: tuple[str, ...]) -> Element:
    noun = next(
        (noun for noun in sorted(NOUNS, key=len, reverse=True) if re.search(rf"{noun}(?:.{{2,4}}段)?$", name)), ""
    )
    kind = Label(name, noun, 1).kind_of(name) if noun in LOOSE else NOUNS.get(noun, "other")
    return Element(name, start, start + len(name), name, name, kind, parts, False)


def _route(along: str) -> tuple[str, ...]:
    """The stations of 甲—乙—丙一线 or the places of 在甲、乙、丙."""
    return (
        tuple(re.split(r"[—－-]+", along))
        if re.search(r"[—－]", along)
        else component_list(along)
        if "、" in along
        else ()
    )


def without_stations(element: Element, context: Context) -> Element:
    """甲—乙—丙某某走廊 → 某某走廊 with the parts 甲, 乙, 丙, if 丙 is a place of the area and what follows it a name."""
    opened = re.match(r"(?:[^—－、]{2,8}[—－、]){2,}", element.name)
    if opened is None or context.region is None or element.label != element.name:
        return element
    rest = element.name[opened.end() :]
    for length in range(min(6, len(rest) - 5), 1, -1):
        place = context.gazetteer.find(rest[:length], context.region)
        if place is None or not context.gazetteer.is_within(place, context.region):
            continue
        name = rest[length:]
        if GENERIC.match(name):
            return element
        stations = (*re.split(r"[—－、]+", opened.group().rstrip("—－、")), rest[:length])
        start = element.start + opened.end() + length
        parts = element.components or stations
        return replace(element, name=name, start=start, components=parts, label=name, slogan=name)
    return element


def without_district(element: Element, context: Context) -> Element:
    """某州甲—乙 → 甲—乙 for towns of a label: the district around a town is no part of its name."""
    around = re.match(r"(?P<district>.{2,5}[州市盟])(?P<town>[^—－、]{2,4}(?:[—－][^—－、]{2,4})*)$", element.name)
    if around is None or element.kind not in ("node", "core") or context.region is None:
        return element
    district = context.gazetteer.find(around["district"], context.region)
    town = context.gazetteer.find(re.split("[—－]", around["town"])[0], district or context.region)
    if (
        district is None
        or town is None
        or district == context.region
        or not context.gazetteer.is_within(town, district)
    ):
        return element
    return replace(element, name=around["town"], start=element.start + around.start("town"))
