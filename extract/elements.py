"""Elements of a spatial structure in running words: what a label stands for, and what a clause builds or protects.

Four forms of plan language: a label explained (“一核”指…), a list that makes up a slogan (由…组成的“两横一纵”), a list after
it (即…), and a clause that places elements by their names (筑牢北部山林生态屏障; 以…为节点，培育生态绿核).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from .clauses import segments
from .slogans import NOUNS, Label, Slogan, number_of

EXPLAINS = r"(?:，?分别(?:为|是|指)|是指|指的是|指|即为|即是|即|为|是|包括|包含|涵盖|由|以|：|:|——|，为|，即|，指)"
MAKES_UP = re.compile(
    r"^(?:主要|重点)?(?:由|以|依托|沿|围绕|包括|位于|连接|贯穿|串联)?(?P<parts>[^，。；]+?)(?:等)?(?:地区|城市|片区|山体|区域)?"
    r"(?:共同|联合)?(?:组成|构成|形成|汇成|为主体|为主引擎|为引擎|为核心|为骨架|为载体|为中心|为支撑|为依托|为重点|为基础|为代表|为特色|为纽带|为主线|展开|布局|延伸|分布|为主)的(?P<name>[^，。；的]{2,24})$"
)
ALONG = re.compile(r"^(?:沿|依托|位于|连接|贯穿|串联|以|由|围绕)[^，。；]*的(?P<name>[^的，。；]{2,24})$")
RELATIVE = re.compile(
    r"^(?:承担|发挥|具有|具备|肩负|辐射|引领|横贯|纵贯|贯穿|服务|面向|连接|串联)[^，。；“”]{2,24}的(?=[^的，。；]{4,20}$)"
)
"""承担…职能的某某中心城区: what an element does, told before its name."""
FRAME = r"(?:主骨架|骨架|骨干|主体|节点|脉络|支点|核心|依托|载体|主轴|主干|重点|支撑|基底|纽带|单元)"
BY_LIST = re.compile(
    rf"(?:以|识别|将|把)(?P<list>[^，。；]+?)(?:等(?P<kind>[^，。；为、]{{0,8}}))?(?:作为|为)(?:主要|重要|重点|保护|修复)*{FRAME}"
)
METAPHOR = re.compile(
    r"^(?:骨架|脉络|基质|节点|基底|底色|核心|关键|重点|保障|支撑|引擎|纽带|载体|根基|灵魂|主体)$|^(?:指|为)?$"
)
"""“两屏”是骨架: a figure of speech, no element."""
BUILD = (
    r"(?:共同构筑|共同构建|串联形成|连接形成|联动形成|推动形成|构建|构筑|筑牢|筑造|形成|织密|连通|联通|串联|保护|培育|建设|打造|夯实|预留|完善|优化|维护|塑造|"
    r"保育|强化|贯通|建成|营造|提升|巩固|建立|作为|划定|做强|做优|守护|修复|壮大|做大|筑起|筑成|串起|串成|连成|撑起|连起|建起|勾连|"
    r"(?:加快|大力|积极|重点|培育)发展)"
)
BUILT = re.compile(rf"{BUILD}(?P<what>[^，。；]+)")
TAIL = re.compile(
    r"(?:的?(?:完整性|整体性|连续性|连通性|系统性|建设|保护|管控|空间管控|整体保护|网络体系)|体系|骨架)$|（[^）]*）$|等$"
)
GENERIC = re.compile(
    r"^(?:[一二两三四五六七八九十多]+[条个处片座大道]?)?(?:(?:全[省市县域区]|市域|县域|省域|城乡|城镇|主要|重要|区域|多条|各类|山海|蓝绿|结构性|城市|综合)*)(?:生态|发展|农业|城镇|产业|绿色|景观|通风|保护|自然)*"
    r"(?:绿核|屏障|廊道|网络|网|节点|斑块|走廊|发展轴|轴|带|格局|体系|空间|核心|通道|公园|园|区|组团|片区|都市圈|湾区|通廊|中心|通道|源地|绿道|碧道)(?:体系|网络|系统)?$"
)
"""Names without a name: 生态绿核, 全县主要生态斑块."""
COMPONENT_WORDS = re.compile(
    r"(?:涉及|由|包括|包含|涵盖|连接|串联|依托|覆盖|范围为|重点保护|贯穿)(?P<list>[^，。；]+?)(?:组成|构成|等)?(?=[，。；]|$)"
)


@dataclass(frozen=True, slots=True)
class Element:
    """One element as a clause names it. `start`..`end` are where its name stands in the clause."""

    name: str
    start: int
    end: int
    label: str | None = None
    slogan: str | None = None
    kind: str = "other"
    components: tuple[str, ...] = ()
    defined: bool = False
    """Whether the label is explained here, which beats a mere naming."""


CONJUNCTION = re.compile(r"以及|及其|(?<![共总调])和(?![谐平政田顺县龙静硕]|林格尔|布克)|(?<!以)及|(?<!参)与")


def split_list(text: str, wanted: int = 0, endings: Sequence[str] = ()) -> list[str]:
    """The items of A、B和C; with `wanted`, 和 is left alone once the items are that many.

    Of several conjunctions in the last piece the one after an item that ends with one of `endings` parts it.
    """
    items = [item.strip() for item in re.split(r"、", text) if item.strip()]
    if not items or (wanted and len(items) >= wanted):
        return items
    last = items[-1]
    cuts = [
        cut
        for cut in CONJUNCTION.finditer(last)
        if len(last[: cut.start()].strip()) >= 2 and len(last[cut.end() :].strip()) >= 2
    ]
    if cuts:
        cut = next((c for c in cuts if last[: c.start()].endswith(tuple(endings))), cuts[0]) if endings else cuts[0]
        items[-1:] = [last[: cut.start()].strip(), last[cut.end() :].strip()]
    return items


def component_list(text: str) -> tuple[str, ...]:
    """The places or things of a list, without 等…, counts and 三座县城."""
    text = re.sub(r"（[^）]*）", "", text)
    text = re.sub(
        r"(?:[两二三四五六七八九十]+[市县区州])?(?:的?(?:都市区)?(?:部分|全境|全部|全域)(?:地区|区域)?)(?=[、和及与]|$)",
        "",
        text,
    )
    text = re.sub(r"全域(?=[和及与])|(?:[两二三四五六七八九十]+[市县区州])(?=$|[和及与])", "、", text).rstrip("、")
    text = re.sub(r"等[^、，]*$", "", text)
    text = re.sub(r"[一二两三四五六七八九十]+[座个条大处市县镇地](?:[^、，]{0,6})?$", "", text)
    parts = [
        re.sub(r"^(?:及|和(?![政平田顺县龙静硕])|以及|与)", "", part)
        for item in text.split("、")
        for part in split_list(item)
    ]
    parts = [re.sub(r"^.{2,12}为(?:核心|主体|主|骨架)的", "", part) for part in parts]
    return tuple(part for part in parts if 1 < len(part) <= 16)


@lru_cache(maxsize=256)
def _explaining(labels: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(map(re.escape, labels))
    return re.compile(rf"(?:“(?P<quoted>{names})”|(?:(?<=^)|(?<=[，。；：]))(?P<bare>{names})){EXPLAINS}")


def explained(text: str, labels: Sequence[Label], slogan: str | None) -> list[Element]:
    """The elements of labels that a clause explains: “三区”包括…，其中西北部生态农业区由怀集县、封开县构成."""
    known = {label.text: label for label in labels}
    if not known:
        return []
    if not any(label in text for label in known):
        return []
    opens = list(_explaining(tuple(sorted(known, key=len, reverse=True))).finditer(text))
    found: list[Element] = []
    for at, match in enumerate(opens):
        until = opens[at + 1].start() if at + 1 < len(opens) else len(text)
        if match.group().endswith(("由", "以")):
            start = match.end() - 1
        else:
            start = match.end()
        label = known[match["quoted"] or match["bare"]]
        body = text[start:until].rstrip("，。；、")
        found += body_elements(body, start, label, slogan)
    return found


TOWNS = re.compile(r"(?:县城|城区|中心城区|主城区|中心镇|重点镇)$")
"""甲、乙县城: what two towns are called once is one element, as 甲、乙两座县城 is."""
UNNAMED = re.compile(r"(?:其他|其它|其余|各|若干|部分|一批|人口大县|重点|主要)")
"""其他设区市中心城区和人口大县县城: items that name nothing are no elements of their own."""
AS_CORE = re.compile(
    r"以(?P<name>[^，。；、]{2,16})为(?:发展)?(?:核心|主体|中心|引领|龙头|支撑|主轴|依托|纽带|骨架|节点|极核)"
)
"""一核：以主城区为核心，…: the element is what is made the core."""
KIND_TAIL = re.compile(
    r"(?:生态|城镇|经济|产业|发展|农业|文化|旅游|综合|交通|运输|保护|绿色|水系|滨海|创新|科创)+(?:带|轴|轴线|廊|廊道|走廊|通道|屏障|圈|组团|片区|区)$"
)
NATURAL = ("江", "河", "湖", "山")
"""Labels whose elements are called by what they are: 三江 are 长江, 汉江, 清江."""
WATER = re.compile(r"[江河湖溪水洋泊川泽淀沟渠流]")
HILL = re.compile(r"[山岭峰岳脉丘岗]")
"""What the name of a 江, 河 or 湖, of a 山 holds if it ends like other elements do (信江绿色走廊)."""
APART = re.compile(
    r"（(?P<places>(?![市州盟县区旗、]{1,5}）|首府）|见|如|详)[^（）]{2,})）"
    r"|(?:串联|连接|贯穿|连通|联结|联通|环绕|覆盖|涵盖|包括|辐射)(?P<linked>[^，。；（）的]*[、和与][^，。；（）的]*)的(?=[^、，。；的]{2,20})"
)
"""What tells the parts of one item of a list: a bracket after its name, 串联甲、乙的 before it."""
CALLED = re.compile(
    r"，(?:是|为|即|属|构成|形成)(?:全[省市州县区域]|[省市州县]域|国家|省级|市级)?(?:的)?(?P<name>[^，。；的]{3,20})(?=[，。；]|$)"
)
"""一屏：南部甲、乙连片山地，是全市某某生态屏障: the name comes after the places."""
LANDSCAPE = re.compile(
    r"(?:一线|一带|等)?(?:连片|连绵|周边|沿线)?(?:山地|山体|山林|山区|丘陵|湿地|水域|林区|区域|地区)?$"
)
TOUCHED = re.compile(
    r"，(?:主要|重点)?(?:包括|涉及|涵盖|覆盖|串联|连接|由|范围(?:为|包括))(?P<list>[^，。；]+?)(?:组成|构成)?(?=[，。；]|$)"
)


def _short_brackets_closed(text: str) -> str:
    """The text, of the same length, with the brackets of 县（市）and the like taken for letters."""
    return re.sub(
        r"（[市州盟县区旗、]{1,5}）|（[^（）、]{1,3}）(?=[^，。；、：为是即和与及等的（）])",
        lambda found: "□" * len(found.group()),
        text,
    )


def _each_with_parts(body: str, offset: int, label: Label, slogan: str | None) -> list[Element]:
    """The items of a list of which some have their parts beside them: 甲廊道（A、B）、乙廊道（C、D）, 甲带和串联A、B的乙带."""
    apart = list(APART.finditer(body))
    if not apart or label.count == 1:
        return []
    plain = _short_brackets_closed(APART.sub(lambda found: "\0" * len(found.group()), body))
    main = re.split(r"[，；。]", plain, maxsplit=1)[0]
    items = split_list(main, label.count, label.endings)
    names = [item.strip("\0 ") for item in items]
    if (label.count or len(items)) != len(items) or len(items) < 2 or not all(1 < len(name) <= 24 for name in names):
        return []
    elements: list[Element] = []
    at = 0
    for item, name in zip(items, names, strict=True):
        at = plain.find(item, at)
        parts = [found["places"] or found["linked"] for found in apart if at <= found.start() < at + len(item)]
        start = at + item.index(name)
        elements.append(
            _element(body[start : start + len(name)], offset + start, label, slogan, component_list("、".join(parts)))
        )
        at += len(item)
    return elements


def body_elements(body: str, offset: int, label: Label, slogan: str | None) -> list[Element]:
    """The elements in the words that explain a label; `offset` is where the words start."""
    if counted := re.match(r"[一二三四五六七八九]是", body):
        body, offset = body[counted.end() :], offset + counted.end()
    if listed_apart := _each_with_parts(body, offset, label, slogan):
        return listed_apart
    main = re.split(r"[，；。（]", _short_brackets_closed(body), maxsplit=1)[0]
    main = body[: len(main)].strip("“”")
    if not main or METAPHOR.search(main):
        return []
    rest = body[len(main) :]
    if (core := AS_CORE.fullmatch(main)) and label.count == 1:
        return [_element(core["name"], offset + core.start("name"), label, slogan)]
    whole = MAKES_UP.match(main)
    if whole:
        name = whole["name"]
        return [
            _element(
                name,
                offset + whole.start("name"),
                label,
                slogan,
                () if main.startswith("沿") else component_list(whole["parts"]),
            )
        ]
    along = ALONG.match(main)
    if along and label.count == 1:
        return [_element(along["name"], offset + along.start("name"), label, slogan)]
    called = CALLED.match(rest) if label.count == 1 and not main.endswith(label.endings) else None
    if called and any(ending in called["name"] for ending in label.endings if len(ending) > 1):
        parts = component_list(LANDSCAPE.sub("", re.sub(r"^[东南西北中]部", "", main)))
        return [_element(called["name"], offset + len(main) + called.start("name"), label, slogan, parts)]
    if label.count == 1 and (told := RELATIVE.match(main)):
        offset, main = offset + told.end(), main[told.end() :]
    items = _label_items(main, label)
    elements: list[Element] = []
    at = 0
    for item in items:
        at = max(at, main.find(item, at))
        name = _short_name(_full_name(item, items, label))
        parts = _parts_in_rest(name, rest, item, items)
        if len(items) == 1 and (touched := TOUCHED.match(rest)):
            parts = parts or component_list(touched["list"])
        if len(items) == 1 and (label.count != 1 or name != item):
            parts = parts or component_list(re.split(r"[一二两三四五六七八九十]+[个座]|(?<=.)县城$", main)[0])
        elements.append(_element(name, offset + at, label, slogan, parts))
        at += len(item)
    return elements


def _label_items(main: str, label: Label) -> list[str]:
    """The items of an explanation: as many as the label counts, else the whole as one (汕头、湛江两个省域副中心城市)."""
    if label.count == 1:
        return [main]
    items = split_list(main, label.count, label.endings)
    if len(items) < 2 or re.search(r"[两二三四五六七八九十]+[个座大].", items[-1]):
        return [main]
    if TOWNS.search(items[-1]) and not any(item.endswith(label.endings) for item in items[:-1]):
        return [main]
    if label.count == 0 and any(UNNAMED.match(item) for item in items):
        return [main]
    counted = re.fullmatch(r"(?P<name>.+?)[一二三四五六七八九十]+[条处座片类道](?P<kind>.{2,10})", items[-1])
    if counted and len(items) == label.count:
        items[-1] = counted["name"]
        if label.noun not in NATURAL and not any(item.endswith(label.endings) for item in items):
            items = [item + counted["kind"] for item in items]
    if label.count:
        return items if len(items) == label.count else [main]
    named = all(label_for(item, [label]) is not None for item in items)
    return items if named and not re.search(r"等.{2,}$", main) else [main]


def _full_name(item: str, items: list[str], label: Label) -> str:
    """长江、汉江、清江生态廊道: what the last item ends with belongs to all that lack it."""
    name = re.sub(r"等$", "", item)
    long = [end for end in label.endings if len(end) > 1]
    natural = label.noun in NATURAL
    if item is items[-1] or any(name.endswith(end) for end in (long if natural else label.endings)):
        return name
    shared = next((end for end in long if len(end) > 2 and items[-1].endswith(end)), "")
    if shared or natural or name.endswith(tuple(NOUNS)):
        return name + shared
    kind = KIND_TAIL.search(items[-1])
    return name + (kind.group() if kind and kind.group().endswith(label.endings) and kind.start() > 0 else "")


def _short_name(name: str) -> str:
    """A、B、C、D、E等绿核 → A等绿核: what names five or more is called by the first; they all stand in `components`."""
    listing = re.fullmatch(r"(?P<items>[^等]+?)等(?P<kind>[^等、]{2,})", name)
    if listing is None or listing["items"].count("、") < 4:
        return name
    return f"{listing['items'].split('、')[0]}等{listing['kind']}"


def _parts_in_rest(name: str, rest: str, item: str, items: list[str]) -> tuple[str, ...]:
    """What 其中NAME由…构成, or 前者串联… and 后者串联… after a list of two, say of an element."""
    told = re.search(rf"{re.escape(name)}(?:主要)?(?:由|包括|涉及|串联)([^，。；]+?)(?:构成|组成)?(?=[，。；]|$)", rest)
    if told is None and item is items[-1]:
        told = re.search(rf"后者{_LINKS}([^，。；]+?)(?:构成|组成)?(?=[，。；]|$)", rest)
    if told is None and item is items[0] and len(items) == 2:
        told = re.search(rf"前者{_LINKS}([^，。；]+?)(?:构成|组成)?(?=[，。；]|$)", rest)
    return component_list(told.group(1)) if told else ()


_LINKS = r"(?:自[东南西北]{1,2}向[东南西北]{1,2})?(?:由|包括|涉及|串联|串起|连接|联结|联通|贯穿|覆盖)"


def _element(
    name: str,
    start: int,
    label: Label | None,
    slogan: str | None,
    components: tuple[str, ...] = (),
    defined: bool = True,
) -> Element:
    return Element(
        name,
        start,
        start + len(name),
        label.text if label else None,
        slogan,
        label.kind_of(name) if label else "other",
        components,
        defined,
    )


def label_for(name: str, labels: Sequence[Label], used: dict[str, int] | None = None) -> Label | None:
    """The label whose elements end as this name does; the longest ending wins, then a label with room left."""
    best: tuple[int, int, Label] | None = None
    for label in labels:
        ending = max((end for end in label.endings if name.endswith(end)), key=len, default="")
        if not ending:
            continue
        natural = HILL if label.noun == "山" else WATER
        if label.noun in NATURAL and ending != label.noun and not natural.search(name):
            continue
        room = 1 if label.count == 0 or (used or {}).get(label.text, 0) < label.count else 0
        if best is None or (room, len(ending)) > best[:2]:
            best = (room, len(ending), label)
    return best[2] if best else None


def listed(text: str, slogan: Slogan) -> list[Element]:
    """The elements of a list that makes up the slogan: before it (由…组成的, 以…为骨架) or after it (即…)."""
    before, after = text[: slogan.start], text[slogan.end :]
    found = re.search(r"由(?P<list>[^，。；]+?)(?:共同)?(?:组成|构成|形成)的“?$", before) or re.search(
        rf"以(?P<list>[^，。；]+?)为{FRAME}[，的][^。；]*$", before
    )
    if found:
        return _mapped(found["list"], found.start("list"), slogan)
    found = re.search(r"(?:，|（)(?:即|包括|分别为|分别是|由)(?P<list>[^。；“）]+)", after)
    return _mapped(found["list"], slogan.end + found.start("list"), slogan) if found else []


def _mapped(words: str, offset: int, slogan: Slogan) -> list[Element]:
    used: dict[str, int] = {}
    elements: list[Element] = []
    at = 0
    for group in re.split(r"，", words):
        for item in split_list(group, endings=[end for label in slogan.labels for end in label.endings]):
            at = words.find(item, at)
            label = label_for(item, slogan.labels, used)
            if label is not None and len(item) <= 24:
                used[label.text] = used.get(label.text, 0) + 1
                elements.append(_element(item, offset + at, label, slogan.text))
            at += len(item)
    wanted = sum(label.count for label in slogan.labels)
    return elements if len(elements) >= 2 or wanted == len(elements) else []


def placed(text: str, labels: Sequence[Label], slogan: str | None) -> list[Element]:
    """The elements that a clause places by name, for labels that the text does not explain."""
    found: list[Element] = []
    counted = re.search(
        r"[一二两三四五六七八九十]+[条个处座](?P<kind>[^，。；由]{2,8})(?:由|包括|为)(?P<list>[^，。；]+?)(?:组成|构成|共同)?(?=[，。；]|$)",
        text,
    )
    if counted and (label := label_for(counted["kind"], labels)):
        return _counted_items(counted["list"], counted.start("list"), counted["kind"], label, slogan)
    frame: tuple[int, str] | None = None
    for start, end in segments(text):
        by_list = BY_LIST.search(text, start, end)
        if by_list:
            frame = (by_list.start("list"), by_list["list"])
        elif leaning := re.match(r"依托(?P<list>[^，。；]+?)等", text[start:end]):
            frame = (start + leaning.start("list"), leaning["list"])
        after = by_list.end() if by_list else start
        built = _last_built(text, after, end)
        if built:
            found += _built(text, built, frame, labels, slogan)
            frame = None
    return found


def _last_built(text: str, start: int, end: int) -> re.Match[str] | None:
    """The last verb of building in a segment that has an object: 串联滨水慢行空间形成碧道绿道廊道 builds 碧道绿道廊道."""
    built = BUILT.search(text, start, end)
    while built and (inner := re.search(r"(?<!的)(?:形成|构建|构筑|打造|建成)", built["what"])):
        nearer = BUILT.search(text, built.start("what") + inner.start(), end)
        if nearer is None:
            break
        built = nearer
    return built


def _counted_items(words: str, offset: int, kind: str, label: Label, slogan: str | None) -> list[Element]:
    """五条生态廊道由东江、…和环大亚湾滨海绿廊组成: items that lack the kind's ending get it."""
    elements: list[Element] = []
    at = 0
    for item in split_list(words):
        at = words.find(item, at)
        name = item if label_for(item, [label]) else item + kind
        parts = (item,) if name != item else ()
        elements.append(Element(name, offset + at, offset + at + len(item), label.text, slogan, label.kind, parts))
        at += len(item)
    return elements


def _built(
    text: str, built: re.Match[str], frame: tuple[int, str] | None, labels: Sequence[Label], slogan: str | None
) -> list[Element]:
    what, offset = built["what"], built.start("what")
    if "“" in what or re.search(r"格局|结构$", what):
        return []
    inner = re.search(r"(?:之间|沿线|周边|一带)的|^为", what)
    ends: tuple[str, ...] = ()
    if inner:
        ends = tuple(re.split(r"[—－-]+", what[: inner.start()])) if re.search(r"[—－]", what[: inner.start()]) else ()
        what, offset = what[inner.end() :], offset + inner.end()
    what, offset = _after_relative(TAIL.sub("", what), offset, labels)
    listed_kind = re.fullmatch(
        r"(?P<list>.+?)(?:等)?[一二两三四五六七八九十]+[条个处座大道](?P<kind>[^、，]{2,8})", what
    )
    if listed_kind and (label := label_for(listed_kind["kind"], labels)):
        if re.search("[条道]", what):  # 甲、乙五道生态屏障: each is a 生态屏障
            return _counted_items(listed_kind["list"], offset, listed_kind["kind"], label, slogan)
        return _plain_items(listed_kind["list"], offset, label, slogan)
    last = label_for(split_list(what)[-1] if what else "", labels)
    if last is None or (GENERIC.match(what) and (last.count != 1 or len(what) < 6)):
        return _framed(frame, what, labels, slogan)
    parts = _parts_after(text[built.end() :]) or (component_list(frame[1]) if frame else ())
    elements: list[Element] = []
    at = 0
    for item in split_list(what):
        at = what.find(item, at)
        label = label_for(item, labels)
        if (
            label
            and (not GENERIC.match(item) or (label.count == 1 and len(item) > 5))
            and 3 <= len(item) <= 24
            and not re.search(r"的|\d", item)
        ):
            elements.append(_element(item, offset + at, label, slogan, parts or ends, defined=False))
        at += len(item)
    if len(elements) > 1:
        elements = [Element(e.name, e.start, e.end, e.label, e.slogan, e.kind, (), False) for e in elements]
    return elements


def _after_relative(what: str, offset: int, labels: Sequence[Label]) -> tuple[str, int]:
    """横贯市域的某某发展主轴 → 某某发展主轴, with its offset, if what stands after the last 的 is called like an element."""
    name = what.rpartition("的")[2]
    if len(name) < 5 or len(name) == len(what) or GENERIC.match(name) or "、" in name:
        return what, offset
    label = label_for(name, labels)
    return (name, offset + len(what) - len(name)) if label and not re.search(r"\d", name) else (what, offset)


def _parts_after(rest: str) -> tuple[str, ...]:
    told = re.match(r"，(?:重点保护|由|包括|串联|涉及|连接)([^，。；]+)", rest)
    return component_list(told.group(1)) if told else ()


def _framed(frame: tuple[int, str] | None, what: str, labels: Sequence[Label], slogan: str | None) -> list[Element]:
    """以A、B和C为节点，培育生态绿核: the list names the elements, the object only their kind."""
    if frame is None:
        return []
    offset, words = frame
    label = label_for(what, labels)
    if label is None or label.kind in ("network", "barrier"):
        items = split_list(words)
        label = label_for(items[-1], labels) if items else None
        if label is None or sum(label_for(item, [label]) is not None for item in items) * 2 < len(items):
            return []
    return _plain_items(words, offset, label, slogan)


def _plain_items(words: str, offset: int, label: Label, slogan: str | None) -> list[Element]:
    elements: list[Element] = []
    at = 0
    for item in split_list(words):
        at = words.find(item, at)
        if 1 < len(item) <= 24:
            elements.append(_element(item, offset + at, label, slogan, defined=False))
        at += len(item)
    return elements if len(elements) > 1 else []


COUNTED_LIST = re.compile(
    rf"{BUILD}(?P<list>[^，。；“”（）]{{2,}}?)(?P<slogan>(?P<number>[两二三四五六七八九十]{{1,2}})[条道](?P<kind>[^，。；、的“”]{{1,8}}))(?=[，。；]|$)"
)


def counted_list(text: str) -> list[Element]:
    """培育A带、B带和C带三条魅力文化带: a counted row of elements that belongs to no slogan."""
    found = COUNTED_LIST.search(text)
    noun = found and next((n for n in sorted(NOUNS, key=len, reverse=True) if found["kind"].endswith(n)), None)
    if not found or not noun:
        return []
    items = split_list(found["list"], endings=(noun,))
    if len(items) != number_of(found["number"]) or not all(item.endswith(noun) for item in items):
        return []
    at, elements = 0, []
    for item in items:
        at = found["list"].find(item, at)
        start = found.start("list") + at
        elements.append(Element(item, start, start + len(item), item, found["slogan"], NOUNS[noun], (), True))
        at += len(item)
    return elements


def channel_list(text: str) -> list[Element]:
    """以A通道、B通道为主骨架的综合运输大通道: the items of a frame that all end in one structural noun."""
    found = re.search(rf"以(?P<list>[^，。；]+?)为{FRAME}的(?P<kind>[^，。；“”]{{2,14}})", text)
    if not found:
        return []
    items = split_list(found["list"])
    noun = next((n for n in sorted(NOUNS, key=len, reverse=True) if items and items[-1].endswith(n)), None)
    if noun is None or len(items) < 2 or not all(item.endswith(noun) for item in items) or len(noun) < 2:
        return []
    at, elements = 0, []
    for item in items:
        at = found["list"].find(item, at)
        start = found.start("list") + at
        parts = tuple(re.split(r"[—－-]+", item.removesuffix(noun))) if re.search(r"[—－]", item) else ()
        elements.append(Element(item, start, start + len(item), item, found["kind"], NOUNS[noun], parts, True))
        at += len(item)
    return elements
