"""Elements of a spatial structure in running words: lists that make up a slogan, and what a clause builds or protects.

Three forms of plan language: a list before a slogan (由…组成的“两横一纵”), a list after it (即…), and a clause that places
elements by their names (筑牢北部山林生态屏障; 以…为节点，培育生态绿核). Labels explained stand in `explanations`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .clauses import segments
from .slogans import NOUNS, Label, Slogan, number_of

FRAME = r"(?:主骨架|骨架|骨干|主体|节点|脉络|支点|核心|依托|载体|主轴|主干|重点|支撑|基底|纽带|单元)"
BY_LIST = re.compile(
    rf"(?:以|识别|将|把)(?P<list>[^，。；]+?)(?:等(?P<kind>[^，。；为、]{{0,8}}))?(?:作为|为)(?:主要|重要|重点|保护|修复)*{FRAME}"
)
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
    if endings and (sure := _after_ending(last, endings)):
        items[-1:] = [last[: sure.start()].strip(), last[sure.end() :].strip()]
        return items
    cuts = [
        cut
        for cut in CONJUNCTION.finditer(last)
        if len(last[: cut.start()].strip()) >= 2 and len(last[cut.end() :].strip()) >= 2
    ]
    if cuts:
        cut = next((c for c in cuts if last[: c.start()].endswith(tuple(endings))), cuts[0]) if endings else cuts[0]
        items[-1:] = [last[: cut.start()].strip(), last[cut.end() :].strip()]
    return items


def _after_ending(text: str, endings: Sequence[str]) -> re.Match[str] | None:
    """The conjunction right after a name with one of the endings, whatever place could begin with it: 甲片和龙脊片."""
    return next(
        (
            cut
            for cut in re.finditer(r"以及|和|与|及", text)
            if cut.start() > 2 and len(text) - cut.end() > 2 and text[: cut.start()].endswith(tuple(endings))
        ),
        None,
    )


def component_list(text: str) -> tuple[str, ...]:
    """The places or things of a list, without 等…, counts and 三座县城."""
    text = re.sub(r"（[^）]*）", "", text)
    text = re.sub(
        r"^(?:主要|重点|具体)?(?:包括|包含|涉及|涵盖|覆盖|囊括|串联|串起|连接|联结|范围[为含]|含)(?=..)", "", text
    )
    text = re.sub(
        r"(?:[两二三四五六七八九十]+[市县区州])?(?:的?(?:都市区)?(?:部分|全境|全部|全域)(?:地区|区域)?)(?=[、和及与]|$)",
        "",
        text,
    )
    text = re.sub(
        r"全域(?=[和及与])|(?:[两二三四五六七八九十]+个?(?:乡镇|镇街|[市县区州镇乡地]))(?:（[市县区州]）)?(?=$|[和及与的])",
        "、",
        text,
    ).rstrip("、")
    text = re.sub(r"等[^、，]*$", "", text)
    text = re.sub(r"[一二两三四五六七八九十]+[座个条大处市县镇地](?:[^、，]{0,6})?$", "", text)
    parts = [
        re.sub(r"^(?:及|和(?![政平田顺县龙静硕])|以及|与)", "", part)
        for item in text.split("、")
        for part in split_list(item)
    ]
    parts = [re.sub(r"^.{2,12}为(?:核心|主体|主|骨架)的", "", part) for part in parts]
    parts = [
        re.sub(r"^以(?=.{2,}为)|为(?:龙头|核心|中心|主体|主|骨架|引领|支撑|重点|[东南西北两双]翼)$", "", part)
        for part in parts
    ]
    return tuple(part for part in parts if 1 < len(part) <= 16)


NATURAL = ("江", "河", "湖", "山")
"""Labels whose elements are called by what they are: 三江 are 长江, 汉江, 清江."""
WATER = re.compile(r"[江河湖溪水洋泊川泽淀沟渠流]")
HILL = re.compile(r"[山岭峰岳脉丘岗]")
"""What the name of a 江, 河 or 湖, of a 山 holds if it ends like other elements do (信江绿色走廊)."""


RANGE_LIES = re.compile(
    r"[东南西北中]{1,2}部(?=(?![高中低]?山)[^、]{1,5}?[山岭](?:余脉|[—－-]+[^、]{2,5}?[山岭江河])?(?:山地|森林)?(?:生态)?屏障$)"
)


def element_of(
    name: str,
    start: int,
    label: Label | None,
    slogan: str | None,
    components: tuple[str, ...] = (),
    defined: bool = True,
) -> Element:
    """An element that stands at `start` of its clause, of its label's kind, under the name it is printed with; where a range
    lies (东部罗霄山生态屏障) is no part of the barrier's name."""
    if lies := RANGE_LIES.match(name):
        name, start = name[lies.end() :], start + lies.end()
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


def list_of(text: str, slogan: Slogan) -> tuple[int, str] | None:
    """The list that makes up a slogan and where it starts: before it (由…组成的, 以…为骨架) or after it (即…)."""
    before, after = text[: slogan.start], text[slogan.end :]
    found = re.search(r"由(?P<list>[^，。；]+?)(?:共同)?(?:组成|构成|形成)的?“?$", before) or re.search(
        rf"以(?P<list>[^，。；]+?)为{FRAME}[，的][^。；]*$", before
    )
    if found:
        return found.start("list"), found["list"]
    found = re.match(r"”?[^，。；：（“]{0,16}(?:，|（)(?:即|包括|分别为|分别是|由)(?P<list>[^。；“）]+)", after)
    return (slogan.end + found.start("list"), found["list"]) if found else None


def listed(text: str, slogan: Slogan) -> list[Element]:
    """The elements of the list that makes up a slogan; after a mere colon those of the labels whose count they meet."""
    told = list_of(text, slogan)
    if told:
        return _mapped(told[1], told[0], slogan)
    colon = re.match(r"”?[^，。；：（“]{0,16}：(?P<list>[^。；：“]+)", text[slogan.end :])
    said = "|".join(re.escape(label.text) for label in slogan.labels)
    if colon is None or re.search(rf"(?:^|[，、])(?:{said})(?:分别)?[为是指即由包]", colon["list"]):
        return []
    found = _mapped(colon["list"], slogan.end + colon.start("list"), slogan)
    met = {label.text for label in slogan.labels if label.count == sum(one.label == label.text for one in found)}
    return [one for one in found if one.label in met]


MADE_OF_PLACES = re.compile(
    r"(?:以(?P<based>[^的]+)为(?:主体|主|核心|重点|骨架|依托|支撑)|由(?P<made>[^的]+)(?:组成|构成))的(?P<name>[^、的]{4,20})$"
)
"""以甲山、乙山为主体的某某生态屏障: one of a list with its parts before it."""


def _mapped(words: str, offset: int, slogan: Slogan) -> list[Element]:
    used: dict[str, int] = {}
    elements: list[Element] = []
    at = 0
    for group in re.split(r"，(?:以及|和|及|与)?|以及", words):
        if (made := MADE_OF_PLACES.match(group)) and (label := label_for(made["name"], slogan.labels, used)):
            used[label.text] = used.get(label.text, 0) + 1
            start = offset + words.find(group, at) + made.start("name")
            elements.append(
                element_of(made["name"], start, label, slogan.text, component_list(made["based"] or made["made"]))
            )
            continue
        for item in _called_items(group, slogan):
            at = words.find(item, at)
            item = re.sub(r"（[^（）]*）$", "", item)
            item = re.sub(r"为(?:核心|中心|主体|龙头|引领|主)$", "", item)
            if leaning := re.match(r"(?:沿|依托|位于)[^，。；、的]{2,12}的(?=.{4})", item):
                item, at = item[leaning.end() :], at + leaning.end()
            label = label_for(item, slogan.labels, used)
            if label is not None and len(item) <= 24 and not re.search("^(?:以|多个|若干|一批|各)|[为是]", item):
                used[label.text] = used.get(label.text, 0) + 1
                elements.append(element_of(item, offset + at, label, slogan.text))
            at += len(item)
    wanted = sum(label.count for label in slogan.labels)
    return elements if len(elements) >= 2 or wanted == len(elements) else []


def _called_items(group: str, slogan: Slogan) -> list[str]:
    """The items of a list; 油菜与薯类繁育区 is one where only the whole is called as an element is."""
    items = split_list(group, endings=[end for label in slogan.labels for end in label.endings])
    whole = group.split("、")
    cut = len(items) > len(whole) > 1 and label_for(items[-2], slogan.labels) is None
    return [item.strip() for item in whole] if cut else items


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
            and not re.search(r"的|\d|防火|隔离|缓冲|防护林|绿化带|林带", item)
        ):
            elements.append(element_of(item, offset + at, label, slogan, parts or ends, defined=False))
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
            elements.append(element_of(item, offset + at, label, slogan, defined=False))
        at += len(item)
    return elements if len(elements) > 1 else []


COUNTED_LIST = re.compile(
    rf"{BUILD}(?P<list>[^，。；“”（）]{{2,}}?)(?P<slogan>(?P<number>[两二三四五六七八九十]{{1,2}})[条道](?P<kind>[^，。；、的“”]{{1,8}}))(?=[，。；]|$)"
)


SHARED_KIND = re.compile(
    r"(?:发展|经济|产业|生态|文化|旅游|景观|城镇|休闲|风光|水系|绿色)+(?:带|发展带|轴|发展轴|廊道|走廊|屏障)"
)
"""建设滨江、环湖两条景观带: each is called by the kind that the row shares."""


def counted_list(text: str) -> list[Element]:
    """培育A带、B带和C带三条魅力文化带: a counted row of elements that belongs to no slogan."""
    found = COUNTED_LIST.search(text)
    noun = found and next((n for n in sorted(NOUNS, key=len, reverse=True) if found["kind"].endswith(n)), None)
    if not found or not noun:
        return []
    items = split_list(found["list"], endings=(noun,))
    bare = SHARED_KIND.fullmatch(found["kind"]) and not any(
        item.endswith((noun, "路", "道", "线", "段")) for item in items
    )
    if len(items) != number_of(found["number"]) or not (bare or all(item.endswith(noun) for item in items)):
        return []
    at, elements = 0, []
    for item in items:
        at = found["list"].find(item, at)
        start = found.start("list") + at
        name = item + found["kind"] if bare else item
        elements.append(Element(name, start, start + len(item), name, found["slogan"], NOUNS[noun], (), True))
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
