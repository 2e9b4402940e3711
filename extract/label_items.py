"""The items of what a label stands for, each under its full name: 甲溪、乙溪四条水系生态廊道, 甲山、乙湖等生态节点, 东、西城镇带."""

from __future__ import annotations

import re

from .elements import CONJUNCTION, NATURAL, WATER, label_for, split_list
from .slogans import NOUNS, Label, number_of

TOWNS = re.compile(r"(?:县城|城区|中心城区|主城区|中心镇|重点镇|建制镇|城镇|城市|乡镇|中心)$")
"""甲、乙县城: what two towns are called once is one element, as 甲、乙两座县城 is."""
UNNAMED = re.compile(r"(?:其他|其它|其余|各|若干|部分|一批|人口大县|重点|主要)")
"""其他设区市中心城区和人口大县县城: items that name nothing are no elements of their own."""
SPOTS = re.compile(
    r"(?:节点|源地|斑块|景区|景点|地标|湖泊|水库|公园|湿地|保护地|山体|山峰|岛屿|海岛|群岛|岛礁|场所|遗址)$"
)
"""甲山、乙湖等生态节点: what places with names of their own are called besides."""
SORTS = re.compile(
    r"(?:国家|省级|城市|各类)?(?:湿地|森林|地质|郊野|综合|社区)?(?:公园|水库|湿地|景区|风景名胜区|自然保护[区地]|湖泊|河流|山体|林场)"
)
"""Sorts of places: 湿地公园、森林公园等节点 are not called by name."""
RANKED_TOWNS = re.compile(r"(?:(?<!乡)镇|(?<!城区)中心城市|支点城市|副中心|次中心)$")
"""甲、乙等重点镇: towns called by their rank are each one by itself; 甲、乙等县城 stand for all of their kind."""
OF_NATURE = re.compile(
    r"(?:主要|重要|骨干|天然|大型)*(?:干流|支流|水系|河流|江河|河道|河湖|流域|山脉|山系|山体|名山|湖泊|水库|岛屿|海岛|湿地)+$"
)
"""甲江、乙江两条干流水系: a kind that only says what the names say already."""
OWN_NAME = re.compile(
    r".{2,}(?:公园|水库|湿地|林场|景区|保护区|自然保护地|遗址|古城|古镇|机场|港区?|山|岭|峰|湖|岛|湾|镇|乡|街道|村|县城|城区)$"
)
"""What names one place: 东湖湿地公园, 西山水库."""
LOOSE_WORD = re.compile(
    r"^(?:水系|河流|河湖|区域(?!副?中心)|蓝绿|内陆河|主要|重要|骨干|特色|大型|省级|市级|县级|国家级)+(?=.{2,})"
)
"""四条水系生态廊道, 四大区域板块: words before a shared kind that no single name takes."""
KIND_TAIL = re.compile(
    r"(?:生态|城镇|经济|产业|发展|农业|文化|旅游|综合|交通|运输|保护|绿色|水系|滨海|滨水|创新|科创)+(?:带|绿带|轴|轴线|廊|廊道|走廊|通道|屏障|圈|组团|片区|区)$"
)
COUNTED_TAIL = re.compile(
    r"^(?P<list>.+?)(?<!、)等?(?P<number>[两二三四五六七八九十]{1,2})(?:(?P<classifier>[条道大个处座片类])(?P<kind>[^、，。；]{2,12})|(?P<noun>[翼带轴屏廊区片极心核圈]))$"
)
STREAM = re.compile(r"^[^、]{1,5}[江河水溪川]$")
STREAMS_KIND = re.compile(
    r"(?:[^、]{0,6}(?:水系|河流|流域|支流|干流|内陆河|河道))?(?:的)?(?:水系|河流)?(?:生态|绿色|蓝绿|水生态)?(?:廊道|通廊|生态带)$"
)
"""甲河、乙江等河流生态廊道: each river has its own, as where they are counted."""
ROUTES = ("横", "纵", "线", "通道", "轴", "联", "射", "主轴")
ROUTE_TAIL = re.compile(r"(?:高速公路|高速|高铁|铁路|公路|城际|航道|快速路|大?通道)$")
"""京甲、京乙、京丙高速: the kind of way that only the last of a row is called."""
PART_TAIL = re.compile(r"(?:组团|片区|板块)$")
"""甲、乙、丙组团: parts of an area that only the last of a row is called."""
THING_TAIL = re.compile(r"(?:水库|湿地|古镇|峡谷|草原|沙地)$")
AND_SO_ON = re.compile(r"^(?P<list>[^等]+?)等(?P<kind>[^等、，。；]*)$")


def label_items(main: str, label: Label, *, listed: bool = False) -> list[tuple[str, str]]:
    """The items of an explanation, each as printed and under its full name; the whole as one where it names one thing.

    As many as the label counts (汕头、湛江两个省域副中心城市 is one); of 甲、乙等某某 each if they have names of their own.
    """
    whole = [(main, re.sub(r"等$", "", main))]
    if label.count == 1:
        return whole
    counted = COUNTED_TAIL.match(main)
    if counted and counted["noun"] in (None, label.noun):
        return _with_shared_kind(counted, label) or whole
    if so_on := AND_SO_ON.match(main):
        return _and_so_on(so_on, label, listed=listed) or whole
    items = _split(main, label)
    if len(items) < 2:
        return whole
    bare = not any(TOWNS.search(item) or item.endswith(label.endings) for item in items[:-1])
    if TOWNS.search(items[-1]) and bare and not listed:
        return whole
    if label.count == 0 and any(UNNAMED.match(item) or SORTS.fullmatch(item) for item in items):
        return whole
    if label.count and len(items) != label.count:
        return whole
    if not label.count and not listed and not all(label_for(item, [label]) for item in items):
        lengths = [len(item) for item in items]
        even = len(items) > 2 and max(lengths) < 6 and max(lengths) - min(lengths) < 3
        even = even or (label.kind in ("node", "patch") and min(lengths) > 3 and max(lengths) < 15)
        if not even and not all(OWN_NAME.search(item) for item in items):
            return whole
    return [(item, _full_name(item, items, label)) for item in items]


def _split(main: str, label: Label) -> list[str]:
    """A、B和C, as many as the label counts; 甲、乙石漠化防治区和丙保持区 are two areas if each must end as areas do."""
    items = split_list(main, label.count, label.endings)
    if label.count < 2 or (len(items) == label.count and all(item.endswith(label.endings) for item in items)):
        return items
    merged: list[str] = []
    start = 0
    for cut in re.finditer(rf"、|{CONJUNCTION.pattern}|$", main):
        piece = main[start : cut.start()].strip()
        if piece.endswith(label.endings):
            merged.append(piece)
            start = cut.end()
    return merged if len(merged) == label.count and start >= len(main) else items


def _with_shared_kind(counted: re.Match[str], label: Label) -> list[tuple[str, str]]:
    """甲溪、乙溪四条水系生态廊道, 甲、乙两个副中心: each item is called what all are, unless they only stand for it together."""
    kind = counted["noun"] or LOOSE_WORD.sub("", counted["kind"])
    number = number_of(counted["number"])
    items = split_list(counted["list"], number)
    if len(items) != number or label.count not in (0, number):
        return []
    noun = "城市" if kind.endswith("城市") else kind[-1]
    if all(item.endswith((noun, *label.endings)) for item in items) and label.noun not in NATURAL:
        return [(item, item) for item in items]
    if SPOTS.search(kind):
        return [(item, item) for item in items]
    placed = label.kind in ("node", "core") and all(re.search("[市县区镇乡旗]$", item) for item in items)
    if OF_NATURE.fullmatch(kind) or (placed and label.noun not in ("副", "主") and counted["classifier"] == "大"):
        return [(item, item) for item in items]
    shares = (
        counted["noun"]
        or counted["classifier"] in "条道大片"
        or (label.noun in kind and label.noun not in ("点", "中", "心", "星", "城"))
    )
    if shares:
        return [(item, item + kind) for item in items]
    own_town = label.noun in ("星", "城", "珠", "镇")
    return [] if TOWNS.search(kind) and not own_town else [(item, item) for item in items]


def _and_so_on(so_on: re.Match[str], label: Label, *, listed: bool) -> list[tuple[str, str]]:
    """甲山、乙湖等生态节点, 甲、乙、丙等: each by its own name; towns only if they are listed or counted; else together."""
    items = split_list(so_on["list"])
    kind = so_on["kind"]
    if len(items) < 2 or any(UNNAMED.match(item) or SORTS.fullmatch(item) for item in items):
        return []
    counted = label.count == len(items)
    streams = label.kind == "corridor" and all(STREAM.search(item) for item in items) and STREAMS_KIND.match(kind)
    if streams:
        return [(item, item + LOOSE_WORD.sub("", kind)) for item in items]
    if counted and not SPOTS.search(kind) and not TOWNS.search(kind) and kind.endswith(label.endings):
        return [(item, item + LOOSE_WORD.sub("", kind)) for item in items]
    ranked = label.kind in ("node", "core") and RANKED_TOWNS.search(kind)
    if not kind or SPOTS.search(kind) or counted or ranked or (listed and TOWNS.search(kind)):
        return [(item, item) for item in items]
    return []


def _full_name(item: str, items: list[str], label: Label) -> str:
    """长江、汉江、清江生态廊道: what the last item ends with belongs to all that lack it."""
    name = re.sub(r"等$", "", item)
    if name.endswith("段）"):
        return name
    long = [end for end in label.endings if len(end) > 1]
    natural = label.noun in NATURAL
    if item is items[-1] or any(name.endswith(end) for end in (long if natural else label.endings)):
        return name
    part = PART_TAIL.search(items[-1])
    bare = not any(one.endswith(("区", "片", "团", "块", "城", "镇")) for one in items[:-1])
    if bare and part and part.start() > 1 and part.group() in label.endings and len(items) == label.count:
        return name + part.group()
    thing = ROUTE_TAIL.search(items[-1]) if label.noun in ROUTES else THING_TAIL.search(items[-1])
    if thing and thing.start() > 1 and (label.noun in ROUTES or thing.group() in label.endings):
        alone = not any(ROUTE_TAIL.search(one) or THING_TAIL.search(one) for one in items[:-1])
        return name + thing.group() if alone else name
    shared = next((end for end in long if len(end) > 2 and items[-1].endswith(end)), "")
    if shared or natural or (name.endswith(tuple(NOUNS)) and not WATER.search(name[-1])):
        return name + shared
    kind = KIND_TAIL.search(items[-1])
    if kind and kind.group().endswith(label.endings) and kind.start() > 0:
        return name + kind.group()
    stem = items[-1].rfind(name[-1], 1, -2)
    tail = items[-1][stem + 1 :] if stem > 0 and all(one[-1] == name[-1] for one in items[:-1]) else ""
    return name + (tail if tail.endswith(label.endings) else "")


def short_name(name: str, label: Label) -> str:
    """A、B等绿核 → A等绿核: what names six or more, or the label's own hearts, is called by the first; all are parts."""
    listing = re.fullmatch(r"(?P<items>[^等]+?)等(?P<kind>[^等、]{2,})", name)
    if listing is None or "、" not in listing["items"]:
        return name
    if listing["items"].count("、") < 5 and not listing["kind"].endswith("核"):
        return name
    return f"{listing['items'].split('、')[0]}等{listing['kind']}"
