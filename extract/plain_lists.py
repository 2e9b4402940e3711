"""Structure elements of no slogan that a clause tells in a row: areas of farming, transport channels, towns in their roles.

Each form is bound to where it belongs, by its heading or by the clause's own words: 甲粮油主产区、乙柑橘产业带和丙农业区相互支撑 to
farming, 以甲通道为主轴，以乙通道和丙通道为两翼 to the channels of a plan, 以甲、乙为双核，丙、丁等为区域中心 to its towns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .clauses import segments
from .elements import GENERIC, Element, component_list
from .explanations import placed_items
from .label_items import SORTS, UNNAMED
from .slogans import number_of

FARMING_TITLE = re.compile(r"农业|农牧|种植|农林|粮食生产")
LAID_OUT = re.compile(r"格局|布局|空间|结构|生产$|生产布局")
PATTERN_TITLE = re.compile(r"格局|布局|分区|生产$")
FARMING_SAID = re.compile(r"农业(?:生产)?(?:空间|发展)?(?:布局|格局)|农业生产(?:上)?以")
FARMED = r"(?:粮|农|林|果|茶|药|渔|牧|菜|稻|麦|豆|薯|油|糖|棉|桑|畜|蔗|橘|养殖|种植|水产|旱作|花卉|菌)"
FARM_NAME = re.compile(
    rf"(?P<place>[^，。；、的“”]*?){FARMED}[^，。；、的“”]{{0,5}}?(?:核心区|主产区|产区|农业区|产业区|种植区|养殖区|片区|片|产业带|农业带|经济带|带|区)$"
)
"""What an area of farming is called: it tells what grows or is kept there."""
NO_FARM_AREA = re.compile(
    r"(?:示范|功能|保护|自治|优势|试验|林|牧|农|灌|地|禁养|限养|适养|园|管理|开发|生活|聚居|景|隔离|缓冲|防护|绿化)(?:区|带|片)$|农产品主产区$|\d|^(?:[东南西北中]部|各|其他|主要|重要|传统|全[省市县域区])*(?:粮食|农业|蔬菜|农产品|水产|林果|畜牧)(?:主?产区|核心区|生产区|养殖区|种植区|产业带|区|带)$"
)
TOGETHER = r"(?:相互支撑|互为支撑|互为补充|共同支撑|协同发展|协调发展|错位发展|竞相发展|联动发展|共同发展|齐头并进|为补充|为支撑|为重点|为两翼)"
FARM_ROWS = (
    re.compile(
        r"[^，。；“”]*?(?:构建|形成|构筑|打造|建设|划分|布局)(?:为)?(?P<list>[^，。；“”]*?[、和与][^，。；“”的]+?)"
        r"(?:的[^，。；的]{0,8}(?:格局|布局|体系)|等?[两二三四五六七八九十]+[大个片条类][^，。；、的]{0,6})$"
    ),
    re.compile(r"(?:^|.*?)以(?P<list>[^，。；“”]+?)为(?:主体|重点|主|核心|骨架|支撑|引领)$"),
    re.compile(rf"(?P<list>[^，。；“”]+?){TOGETHER}$"),
    re.compile(
        r"(?P<list>[^，。；、的“”]{4,20}?[区带片])(?:则|主要|重点|着力)+(?:发展|种植|推广|布局|生产)[^，。；]+$"
    ),
    re.compile(
        r"(?P<subject>[^，。；“”]{2,24}?)(?:则|主要|重点|共同|集中)?(?:为|是|连成|形成|建成|建设|发展|打造|布局|构成)(?P<list>[^，。；“”]+)$"
    ),
)
LANDFORM = re.compile(
    r"^[^，。；、的“”]{0,4}(?:[东南西北中]{1,2}部|平原|沿海|沿江|沿河|沿湖|山地|山区|丘陵|河谷|盆地|高原|高山|海岛|近海|湖区|库区)$"
)
"""西部平原, 甲市沿海: a part of the land whose name belongs to what is grown there."""

CHANNEL_TITLE = re.compile(r"交通|运输|通道|枢纽")
CHANNEL = re.compile(r"[^，。；、的“”]{2,}(?:通道|运输走廊|交通走廊)$")
NO_CHANNEL = re.compile(
    r"^(?:[东南西北]向|国家|综合|运输|交通|立体|对外|对内|内部|铁路|公路|高速|水运|水路|航运|航空|国际|国内|物流|能源|主要|重要|货运|客运|骨干|快速|复合|出[海省]|省际|市际|城际|战略|多式联运|陆海|大|各|多条|主|次)*(?:通道|走廊)$"
    r"|生态|迁[徙移]|洄游|疏散|救援|消防|绿色通道|步行|慢行|通风|视线|垂[江河海]|行洪|泄洪|应急|动物|生命|输电|电力|输气|安全|\d"
)
CHANNEL_ROWS = re.compile(
    r"(?:以|形成|构建|构筑)(?P<list>[^，。；“”以]+?)为(?:[^，。；、为]{0,4})(?:主?轴|[两双东西南北]翼|骨架|骨干|主通道|纽带|动脉|主干|支撑|脊梁)"
    r"|(?:依托|形成|构建|构筑|打造|建设|完善|畅通|贯通|强化)(?P<many>[^，。；“”的]*?[、与和][^，。；“”的]*?(?:通道|走廊))"
    r"(?:等?[两二三四五六七八九十]+[条大][^，。；、]{0,10}(?:通道|骨架|走廊|轴)|等[^，。；、]{0,10})?(?=[，。；]|$)"
)
SHARED_CHANNEL = re.compile(
    r"(?:形成|构建|构筑|打造|建设|完善|畅通|贯通|强化)(?P<list>[^，。；“”的]*?、[^，。；“”的等]*?)"
    r"(?:等|(?P<number>[两二三四五六七八九十]{1,2})[条大])(?:国家|国家级|省级|主要|重要)*(?P<kind>(?:综合|立体|运输|交通|发展|战略|对外)*(?:通道|运输走廊))(?=[，。；]|$)"
)
"""甲乙、丙丁三大综合运输通道: each is called by the kind that they share."""

TOWN_TITLE = re.compile(r"(?:城镇|城乡|城市|镇村)(?:发展)?(?:体系|格局|空间|结构|布局|等级)")
_RANK = r"(?:国家|区域性?|省域|市域|县域|次区域|片区|地区|经济|重要|战略|主要)*"
_ROLE = rf"(?P<role>{_RANK}(?:双核心?|双心|极核|核心|龙头|增长极|主中心|副中心|次中心|中心|支点|节点)(?:城市|城镇)?)(?=[，。；、的]|$)"
ROLES = (
    re.compile(
        r"(?:^|(?<=[以、，将把]))(?P<list>[^，。；“”以为的将把]{2,60}?)(?:等[^，。；、“”为]{0,6})?"
        rf"(?:作为|为(?:[两二三四五六七八九十]+个)?|打造为|打造成|打造成为|建设为|建设成为|建成|培育成|培育为|提升为){_ROLE}"
    ),
    re.compile(
        rf"(?:培育|打造|建设|做强|做优)(?P<list>[^，。；“”以为的、]{{2,8}}、[^，。；“”以为的]{{2,50}}?)等{_ROLE}"
    ),
    re.compile(
        r"(?:支持|推动|推进|支撑|引导)(?P<list>[^，。；“”以为的]{2,60}?)(?:等[^，。；、“”为]{0,6})?(?:加快)?(?:建设|打造|建成|培育)"
        rf"{_ROLE}"
    ),
)
"""以甲、乙为双核，丙、丁等为区域中心; 将甲打造为副中心; 培育甲、乙等区域中心城市."""
CORE_ROLE = re.compile(r"^(?:国家)?(?:双核心?|双心|极核|核心|龙头|主中心|中心城市)$")
PLACE_WORD = re.compile(
    r"^(?:县城|城区|中心城区|重点镇|中心镇|建制镇|城镇|乡镇|集镇|各|其[他它余]|若干|一般镇|园区|中心村)"
)


def plain_lists(text: str, section: tuple[str, ...]) -> list[Element]:
    """The elements that a clause tells in a row; none of what it only calls by its kind (粮食主产区, 综合运输通道)."""
    near = section[-2:]
    found: list[Element] = []
    titles = [title for title in near if FARMING_TITLE.search(title)]
    if FARMING_SAID.search(text) or any(map(LAID_OUT.search, titles)):
        found += _farming(text, shared_out=not any(map(PATTERN_TITLE.search, titles)))
    if any(map(CHANNEL_TITLE.search, near)):
        found += [*_channels(text), *_shared_channels(text)]
    return found


def _farming(text: str, *, shared_out: bool) -> Iterator[Element]:
    """The areas of farming in rows; where work is only `shared_out` to places (甲县、乙县建设…产业带), what these build is none."""
    for start, end in segments(text):
        words = text[start:end].rstrip("。；")
        told = next(filter(None, (row.match(words) for row in FARM_ROWS)), None)
        if told is not None:
            yield from _farmed(told, start, shared_out=shared_out)


def _farmed(told: re.Match[str], start: int, *, shared_out: bool) -> Iterator[Element]:
    subject = told.groupdict().get("subject") or ""
    words, offset = told["list"], start + told.start("list")
    items = [(0, words)] if subject else list(placed_items(words))
    land = subject if LANDFORM.match(subject) else ""
    if not all(_is_farm(item) for _, item in items) or (subject and not land and shared_out):
        return
    parts = component_list(subject) if not land and "、" in subject else ()
    for at, item in items:
        kind = "belt" if item.endswith("带") else "core" if item.endswith("核心区") else "patch"
        yield _element(item, offset + at, kind, land + item, parts)


def _is_farm(name: str) -> bool:
    return (
        4 <= len(name) <= 20
        and name[0] not in "以将把"
        and FARM_NAME.match(name) is not None
        and not NO_FARM_AREA.search(name)
    )


def _channels(text: str) -> Iterator[Element]:
    for told in CHANNEL_ROWS.finditer(text):
        group = "list" if told["list"] else "many"
        words, offset = told[group], told.start(group)
        items = list(placed_items(words))
        if all(CHANNEL.fullmatch(item) and not NO_CHANNEL.search(item) for _, item in items):
            yield from (_element(item, offset + at, "axis", item, ()) for at, item in items)


def _shared_channels(text: str) -> Iterator[Element]:
    for told in SHARED_CHANNEL.finditer(text):
        items = list(placed_items(told["list"]))
        counted = told["number"] is None or number_of(told["number"]) == len(items)
        named = all(2 <= len(item) <= 8 and not NO_CHANNEL.search(f"{item}通道") for _, item in items)
        if counted and named and not any(item.endswith(("通道", "走廊")) for _, item in items):
            for at, item in items:
                yield _element(item, told.start("list") + at, "axis", item + told["kind"], ())


def _element(printed: str, start: int, kind: str, name: str, parts: tuple[str, ...]) -> Element:
    """An element of no slogan, which is its own label; `printed` stands at `start`."""
    return Element(name, start, start + len(printed), name, name, kind, parts, False)


def towns_in_roles(text: str, section: tuple[str, ...]) -> list[Element]:
    """The towns that a clause about the system of towns gives roles to; who calls must see that they are places."""
    if not TOWN_TITLE.search(text) and not any(map(TOWN_TITLE.search, section[-2:])):
        return []
    found: list[Element] = []
    for told in sorted((one for roles in ROLES for one in roles.finditer(text)), key=lambda one: one.start()):
        items = list(placed_items(told["list"]))
        if any(UNNAMED.match(one) or SORTS.fullmatch(one) or PLACE_WORD.match(one) for _, one in items):
            continue
        kind = "core" if CORE_ROLE.match(told["role"]) else "node"
        for at, item in items:
            start = told.start("list") + at
            if 2 <= len(item) <= 10 and not GENERIC.match(item):
                found.append(Element(item, start, start + len(item), told["role"], None, kind, (), False))
    return found
