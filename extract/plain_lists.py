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
from .slogans import find_slogans, number_of

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
    re.compile(r"并?沿[^，。；“”]{2,14}?(?:展开|形成|布局|打造|建设|布设)(?:一[条个处片])?(?P<list>[^，。；“”]+)$"),
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
APPOINTED = re.compile(r"(?:列|确定|定位|明确)为[^，。；]{0,6}(?:副中心|次中心)")
"""甲镇列为县域副中心镇: said of a town under any heading."""
_RANK = r"(?:国家|省级|市级|县级|区域性?|省域|市域|县域|次区域|片区|地区|经济|重要|战略|主要)*"
_ROLE = rf"(?P<role>{_RANK}(?:(?:双核心?|双心|极核|核心|龙头|增长极|主中心|副中心|次中心|中心|支点|节点)(?:城市|城镇|镇)?|副城|重点镇))(?=[，。；、的]|$)"
ROLES = (
    re.compile(
        r"(?:^|(?<=[以、，将把]))(?P<list>[^，。；“”以为的将把]{2,60}?)(?:等[^，。；、“”为]{0,6})?"
        rf"(?:作为|为(?:[两二三四五六七八九十]+个)?|打造为|打造成|打造成为|建设为|建设成为|建成|培育成|培育为|提升为|列为|确定为|定位为|明确为|规划为){_ROLE}"
    ),
    re.compile(
        rf"(?:培育|打造|建设|做强|做优|做大|壮大|发展)(?P<list>[^，。；“”以为的、]{{2,8}}、[^，。；“”以为的]{{2,50}}?)(?:等|[两二三四五六七八九十]+[个座大]){_ROLE}"
    ),
    re.compile(
        r"(?:支持|推动|推进|支撑|引导)(?P<list>[^，。；“”以为的]{2,60}?)(?:等[^，。；、“”为]{0,6})?(?:加快)?(?:建设|打造|建成|培育)"
        rf"{_ROLE}"
    ),
    re.compile(
        rf"(?:^|(?<=[，；。]))(?P<role>{_RANK}(?:县域中心|县域副中心|副城|重点镇|中心镇|特色镇|中心城市|次中心)(?:城市)?)(?:：|包括|分别为|分别是|有|即|为)(?P<list>[^，。；：“”的]{{4,80}})"
    ),
    re.compile(
        rf"[一两二三四五六七八九十]+个(?P<role>{_RANK}(?:副中心|次中心|重点镇|中心镇|特色镇)(?:城市|镇)?)（(?P<list>[^（）]{{2,80}})）"
    ),
    re.compile(
        rf"(?:提升|强化|增强|完善)(?P<list>[^，。；“”以为的]{{2,50}}?)(?P<role>{_RANK}(?:县域|区域|市域)(?:副?中心|次中心)(?:城市)?)(?:服务|辐射|承载|综合)?(?:功能|能力|作用)"
    ),
)
"""以甲、乙为双核，丙、丁等为区域中心; 将甲打造为副中心; 培育甲、乙等区域中心城市."""
PATTERN_TITLES = re.compile(r"格局|生态(?:安全|保护)?(?:空间|网络|骨架)|空间(?:布局|结构)|空间格局")
FRAME_NOUNS = {
    "屏障": "barrier",
    "廊道": "corridor",
    "水廊": "corridor",
    "绿廊": "corridor",
    "绿楔": "corridor",
    "节点": "node",
    "源地": "patch",
    "绿核": "node",
    "绿心": "node",
    "斑块": "patch",
    "发展轴": "axis",
    "轴线": "axis",
    "主轴": "axis",
}
CORE_ROLE = re.compile(r"^(?:国家)?(?:双核心?|双心|极核|核心|龙头|主中心|中心城市)$")
_FRAME_KIND = (
    r"(?:重要|主要|关键|骨干)*(?:生态|城镇|发展|水系|河流|安全|景观|文化|农业|入海|山水|绿色|蓝绿|城市)*"
    r"(?:屏障|廊道|水廊|绿廊|节点|源地|绿核|绿心|绿楔|斑块|发展轴|轴线|主轴)"
)
FRAMES = (
    re.compile(
        rf"(?:^|(?<=[，；]))(?:市域|县域|全[省市县]|[^，。；“”]{{0,8}}空间)?以(?P<list>[^，。；“”以]+?、[^，。；“”以]+?)(?:等)?(?:作?为)(?P<kind>(?:(?P<number>[两二三四五六七八九十]{{1,2}})[大条个道处])?{_FRAME_KIND})(?=[，。；]|$)"
    ),
    re.compile(
        rf"(?:^|(?<=[，；]))依托(?P<list>[^，。；“”]+?、[^，。；“”等]+?)(?:等)?(?:形成|构建|打造|建设|构筑)(?P<kind>(?P<number>[两二三四五六七八九十]{{1,2}})[大条个道处]{_FRAME_KIND})(?=[，。；]|$)"
    ),
    re.compile(
        rf"(?:^|(?<=[，；：]))(?P<list>[^，。；：“”]+?、[^，。；：“”等]+?)(?:等|(?=[两二三四五六七八九十]))(?P<kind>(?:(?P<number>[两二三四五六七八九十]{{1,2}})[大条个道处])?{_FRAME_KIND})"
        r"(?:贯通|散布|分布|镶嵌|点缀|横亘|环绕|纵横|交织|拱卫|串联|贯穿|遍布|错落)"
    ),
)
"""以甲山、乙山为两大生态屏障; 依托甲江、乙江形成两条水系廊道; 甲湖、乙岛等生态节点散布其间: names under a kind told once."""
FRAME_LIES = re.compile(
    r"(?:^|(?<=[，；：]))(?P<name>[^，。；、：“”的以]{2,12}(?:屏障|生态廊道|绿廊))(?:横亘|横贯|纵贯|绵延|拱卫|环绕|屏护|贯穿)(?=[^，。；]{2,})"
)
"""甲山屏障横亘西部."""
NO_FRAME = re.compile(
    r"^(?:各|其[他它余]|主要|重要|若干|城市|道路|铁路|公路|高速|防护|农田)|绿地|林网|林带|公路|铁路|高速|管线|\d"
)
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
    if any(map(PATTERN_TITLES.search, near)) or PATTERN_TITLES.search(text):
        found += _framed(text)
    if any(map(CHANNEL_TITLE.search, near)):
        found += [*_channels(text), *_shared_channels(text)]
    return found


def _framed(text: str) -> Iterator[Element]:
    """Places named under a kind of element that is told once, and barriers that are said to lie somewhere."""
    if find_slogans(text):
        return
    for frame in (one for frames in FRAMES for one in frames.finditer(text)):
        items = list(placed_items(frame["list"]))
        counted = frame["number"] is None or number_of(frame["number"]) == len(items)
        if not counted or any(
            not 2 <= len(item) <= 10 or NO_FRAME.search(item) or UNNAMED.match(item) or SORTS.fullmatch(item)
            for _, item in items
        ):
            continue
        noun = next(noun for noun in FRAME_NOUNS if frame["kind"].endswith(noun))
        for at, item in items:
            start = frame.start("list") + at
            yield Element(item, start, start + len(item), frame["kind"], None, FRAME_NOUNS[noun], (), False)
    for lies in FRAME_LIES.finditer(text):
        if not GENERIC.match(lies["name"]) and not NO_FRAME.search(lies["name"]):
            kind = "barrier" if lies["name"].endswith("屏障") else "corridor"
            yield _element(lies["name"], lies.start("name"), kind, lies["name"], ())


def _farming(text: str, *, shared_out: bool) -> Iterator[Element]:
    """The areas of farming in rows; where work is only `shared_out` to places (甲县、乙县建设…产业带), what these build is none."""
    ends = ""
    for start, end in segments(text):
        words = text[start:end].rstrip("。；")
        told = next(filter(None, (row.match(words) for row in FARM_ROWS)), None)
        if told is not None:
            for area in _farmed(told, start, shared_out=shared_out, ends=ends):
                ends += area.name[-1]
                yield area


def _farmed(told: re.Match[str], start: int, *, shared_out: bool, ends: str) -> Iterator[Element]:
    """`ends` are the last characters of the areas before: of 北部为甲粮食片，…，南部为乙特色片 the last is one too."""
    subject = told.groupdict().get("subject") or ""
    words, offset = told["list"], start + told.start("list")
    items = [(0, words)] if subject else list(placed_items(words))
    land = subject if LANDFORM.match(subject) else ""
    directed = re.fullmatch("[东南西北中]{1,2}部", subject) is not None
    land = "" if directed else land
    like_those = directed and len(ends) > 1 and all(4 <= len(item) <= 16 and item[-1] in ends for _, item in items)
    if not (like_those or all(_is_farm(item) for _, item in items)) or (
        subject and not land and not directed and shared_out
    ):
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


def towns_in_roles(text: str, section: tuple[str, ...], *, ranked: bool = False) -> list[Element]:
    """The towns that a clause about the system of towns gives roles to; who calls must see that they are places.

    Towns that are only 重点镇 count where the paragraph tells the ranks of towns (`ranked`) or the clause other roles.
    """
    if not (TOWN_TITLE.search(text) or APPOINTED.search(text) or any(map(TOWN_TITLE.search, section[-2:]))):
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
    others = ranked or any(not (one.label or "").endswith("重点镇") for one in found)
    return found if others else []
