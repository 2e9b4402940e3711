"""What the labels of a slogan stand for, as a clause explains them: “一核”指…, 两屏：…, 三山，甲山脉屏护西部，….

The words after a label give one element or a list: items with what they share at the end (甲河、乙河两条生态廊道), with
their parts beside them (甲廊道（A、B）), told one by one as lying somewhere, or made up of places (由…组成的某某核心区).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from .clauses import segments
from .elements import (
    BUILD,
    CONJUNCTION,
    FRAME,
    GENERIC,
    Element,
    component_list,
    element_of,
    label_for,
    split_list,
)
from .label_items import LOOSE_WORD, SORTS, STREAM, STREAMS_KIND, TOWNS, label_items, short_name
from .slogans import Label, find_slogans
from .told_parts import parts_in_rest, parts_told

EXPLAINS = (
    r"(?:，?(?:则|均|主要|具体)?(?:[从自由][东南西北]{1,2}[到向至往][东南西北]{1,2})?(?:依次|分别)(?:为|是|指|即|由|有)|，?(?:则|具体|主要)(?:为|是|指|包括)|是指|指的是|指|即为|即是|即|为|是|(?=其?一[为是][^，。；]+，其?[一二][为是])|"
    r"包括|包含|涵盖|有(?![序效力条所])|由|以|(?:：|:|——)(?:是指|指|即|为|包括)?|，是指|，指的是|，即为|，即是|，为|，即|，指|，是|，包括|"
    r"(?:连接|串联|贯穿|沿|依托)[^。；“”]{2,40}?，(?:分别)?(?:为|是|即))(?:（?[1一]）|①)?"
)
OPENS_LABEL = r"(?:(?<=^)|(?<=[，。；：、）)“①②③④⑤⑥⑦⑧⑨⑩—·●■])|(?<=其中)|(?<=个)|(?<=\d[.．、])|(?<=[一二三四五六七八九]是)|(?<=[以将把]))"
"""What may stand before a bare label that a clause explains."""
MAKES_UP = re.compile(
    r"^(?:主要|重点)?(?:由|以|依托|沿|围绕|包括|位于|连接|贯穿|串联)?(?P<parts>[^，。；]+?)(?:等)?(?:地区|城市|片区|山体|区域)?"
    r"(?:共同|联合)?(?:组成|构成|形成|汇成|为主体|为主引擎|为引擎|为核心|为骨架|为载体|为中心|为支撑|为依托|为重点|为基础|为代表|为特色|为纽带|为主线|展开|布局|延伸|分布|为主)的(?P<name>[^，。；的]{2,24})$"
)
MADE_OF = re.compile(r"由(?P<list>[^的]+?)(?:等)?(?:共同|联合)?(?:组成|构成|形成)")
"""“三带”由甲带、乙带和丙带组成."""
ALONG = re.compile(r"^(?:沿|依托|位于|连接|贯穿|串联|以|由|围绕)[^，。；]*的(?P<name>[^的，。；]{2,24})$")
ROUTE_OF = re.compile(
    r"^(?P<route>[^，。；、的—－“”]{2,8}(?:[—－]+[^，。；、的—－“”]{2,8})+)的(?P<name>[^的，。；—－]{3,24})$"
)
"""甲—乙—丙的某某发展轴: the places that an element passes, told before its name."""
LOCATED = (
    r"(?:(?:横亘|横贯|横跨|横穿|纵贯|纵穿|纵跨|贯穿|贯通|穿越|绵延|蜿蜒|环绕|环抱|拱卫|屏护|守护|地跨|跨越|位于|地处|处于|坐落|分布|流经|流贯|濒临|覆盖|涵盖)"
    r"[于在]?[^，。；“”（）的]{2,36}?"
    r"|(?:沿着?|依托|围绕)[^，。；“”（）、的]{2,16}?(?:形成|展开|延伸|布局|分布|建设|打造|贯穿)"
    r"|(?:(?:全[省市州县区镇]|[省市州县区镇][域境])(?:范围)?内?)?[东南西北中]{1,2}(?:部|缘|翼|侧|端|麓)(?:沿海|沿江|边缘|山区|地区|平原|丘陵)?"
    r"|(?:省|市|州|县|区|镇)域(?:范围)?内?)的"
)
"""横亘甲、乙、丙三县的, 市域西部的: where an element lies, told before its name."""
RELATIVE = re.compile(
    rf"^(?:{LOCATED}(?=[^的，。；]{{3,26}}$)"
    r"|(?:承担|发挥|具有|具备|肩负|辐射|引领|横贯|纵贯|贯穿|服务|面向|连接|串联)[^，。；“”]{2,24}的(?=[^的，。；]{4,20}$)"
    r"|[^，。；“”、]{2,8}(?:栖息|越冬|繁衍|生长|聚居|环绕|守护|相依)的(?=[^的，。；]{3,16}$))"
)
"""承担…职能的某某中心城区, 丹顶鹤栖息的某某滩涂: what an element does or holds, told before its name."""
METAPHOR = re.compile(
    r"^(?:骨架|脉络|基质|节点|基底|底色|核心|关键|重点|保障|支撑|引擎|纽带|载体|根基|灵魂|主体|基础|前提|依托)$|^(?:指|为)?$"
)
"""“两屏”是骨架: a figure of speech, no element."""
DIRECTED = re.compile(
    r"^(?:(?:[东南西北]{1,2}(?:走)?向|纵向|横向|[东南西北]部)的(?=[^的]{3,}$)"
    r"|(?:依托|沿|以|围绕|利用|结合|在)[^，。；、]{2,20}?(?:形成|构建|打造|建设|构成|发展)(?:的)?(?=[^带轴区圈极核的][^的]{2,}$))"
)
"""南北向的甲发展轴, 依托县城形成服务中心: how it runs and what it leans on is no part of its name."""
ON_LAND = re.compile(
    r"(?:[^，。；、为]{0,4}(?:[东南西北中]{1,2}部|平原区?|丘陵区?|山区|沿海|沿江|河谷|盆地|高原|滨湖|库区|山地|岗地))(?:则|主要|重点)?(?:为|是|建设|形成|发展|打造)(?=.{4})"
)
"""平原区为甲区，山区为乙区: the land that each of a row lies on."""
EACH_ONE = re.compile(r"其?[一二三四](?:[为是]|即)(?=.{3})")
"""“双核”一为甲核，一为乙核."""
RANK_BEFORE = re.compile(
    r"^(?:国家|区域性?|[省市县]域|地区|重要)*(?:副中心|次中心|中心|支点|节点)城市(?=[^、，。；的]{2,5}$)"
)
"""省域副中心城市甲、乙和丙: the rank of all before the first."""
AIMS = re.compile(
    r"^(?:进一步|着力|加快|全面|积极|大力|重点)*(?:提升|强化|加快建设|加快构建|加快打造|加快|推进|发挥|支持|推动|增强|突出|坚持|聚焦|加强|统筹|落实|巩固|完善|优化|做强|做优|做大|促进|引导|严格|全面)+"
)
"""一核：强化中心城区…: what is to be done, no name."""
AIMS_INSIDE = re.compile(
    r"加快|推进|提升|强化|优化|完善|实现|开展|推动|促进|加强|打造|建设|构建|形成|保护好|不得|应当|发展[^带轴区片极核圈翼]"
)
"""What no name holds unless it ends as the label's elements do."""
AS_CORE = re.compile(
    r"以(?P<name>[^，。；、]{2,16})为(?:发展)?(?:核心|主体|中心|引领|龙头|支撑|主轴|依托|纽带|骨架|节点|极核)"
)
"""一核：以主城区为核心，…: the element is what is made the core."""
APART = re.compile(
    r"（(?P<places>(?![市州盟县区旗、]{1,5}）|首府）|见|如|详|[^（）、]{1,8}段）)[^（）]{2,})）(?=[、，；。和与及以]|$)"
    r"|（(?P<inside>[^（）]*、[^（）]*|[^（）]+(?:镇|乡|街道|县|市|区))）(?=[^，。；、：和与及）（])"
    r"|由(?P<made>[^，。；（）的]*[、和与][^，。；（）的]*?)(?:共同|联合)?(?:组成|构成|形成)的(?=[^、，。；的]{2,20})"
    r"|(?:串联|连接|贯穿|连通|联结|联通|环绕|覆盖|涵盖|包括|辐射)(?P<linked>[^，。；（）的]*[、和与][^，。；（）的]*)的(?=[^、，。；的]{2,20})"
    r"|以(?P<based>[^，。；（）的]{2,}?)为(?:主体|主|核心|重点|骨架|依托|支撑)的(?=[^、，。；的]{2,20})"
    rf"|(?:(?<=^)|(?<=[、和与及，])){LOCATED}(?=[^、，。；的]{{3,24}})"
)
"""What tells the parts of one item of a list: a bracket after its name, 串联甲、乙的 or 由甲、乙构成的 before it."""
CALLED = re.compile(
    r"，(?:是|为|即|属|构成|形成)(?:全[省市州县区域]|[省市县州]域|国家|省级|市级)?(?:的)?(?P<name>[^，。；的]{3,20})(?=[，。；]|$)"
)
"""一屏：南部甲、乙连片山地，是全市某某生态屏障: the name comes after the places."""
PART_OF_LABEL = re.compile(
    r"(?<=[，中])，?[^，。；、“”]{2,10}?(?:部分|板块|方面|空间|区域|类)?(?:为|是|有|包括|即|指)(?P<list>[^，。；]+)"
)
"""农业部分为甲区和乙区: some of a label's elements by what they are for."""
WORKS = re.compile(
    r"以(?P<list>[^，。；“”的]*?[、和与][^，。；“”的]*?)(?:为(?:驱动|引领|支撑|核心|中心|引擎|龙头|支点|节点|纽带|骨架|载体|依托|极核|重点)"
    r"|(?:串联|联通|连通|连接|贯通|带动|辐射|联结)(?:城乡|[全省市县区域镇村]{2}|[东南西北]{2}))"
)
"""三带：以甲带、乙带串联城乡: a list with what its items do."""
BUILDS_ROW = re.compile(
    r"(?:着力|加快|重点|积极|全力|合力|大力|协同|共同|统筹)*(?:打造|建设|构建|形成|构筑|培育|塑造|划分为?|布局|筑牢|做强|做优|做大|壮大)(?:为|成)?(?=.{3,})"
)
"""两带：建设甲带、乙带."""
ACTS = re.compile(r"(?:联动|协同|错位|统筹|融合|互补|一体化?|竞相|协调|特色|联动协同)+(?:发展|互动|并进|共进|提升)?$")
LANDSCAPE = re.compile(
    r"(?:一线|一带|等)?(?:连片|连绵|周边|沿线)?(?:山地|山体|山林|山区|丘陵|湿地|水域|林区|区域|地区)?$"
)
TELLS = r"——(?=包括|涉及|由|以|指|主要|重点|位于|依托|范围)"
"""A dash before what is said of a name."""
TOUCHED = re.compile(
    r"(?:，|：|——|（)(?:主要|重点)?(?:(?:包括|包含|涉及|涵盖|覆盖|囊括|串联|串起|连接|联结|由|含|范围(?:为|包括))(?P<list>[^，。；）]+?)(?:组成|构成)?"
    r"|(?:以)(?P<main>[^，。；）]*、[^，。；）]+?)(?:等[^，。；、）]*)?为(?:主体|主脊|脊|主|重点|核心|骨架|支撑|载体|依托)(?:区|斑块|节点|县)?"
    r"|(?<=（)(?P<inside>(?!见|如|详|首府)[^，。；（）]*、[^，。；（）]+?))(?=[，。；）]|$)"
)
LIES = re.compile(
    r"(?:主要|重点|分别|则)?(?:横贯|纵贯|横穿|纵穿|横跨|贯穿|穿越|贯通|横亘|横卧|绵延|耸立|屏护|拱卫|环绕|环抱|环列|串联|串起|连接|联结|联系|联通|连通|沟通|"
    r"覆盖|涵盖|涉及|包括|辐射|依托|位于|分布|地处|坐落|承担|支撑|服务|承接|引领|带动|以|由|自|沿|[东南西北][起接连至])"
)
"""What is said of a thing that lies somewhere: 甲山脉屏护西部, 乙带北起丙市."""
SUMMED = re.compile(
    r"^(?P<number>[两二三四五六七八九十]{1,2})(?P<classifier>[条道大个处座片类])(?P<kind>[^、，。；和]{2,12})$"
)
"""“六廊”即六大水系生态廊道，包括…: only the count and kind; the names follow."""
ALIASES: dict[str, tuple[str, ...]] = {
    "主": ("主中心", "主核心"),
    "副": ("副中心", "次中心"),
    "极": ("增长极",),
    "轴": ("主轴", "次轴", "横轴", "纵轴"),
}
"""What texts say for one of a label's elements: “一主两副”，主中心为甲，副中心为乙、丙."""


REVERSED = re.compile(
    r"[以将把](?P<list>[^，。；“”]+?)(?:作为|打造为|打造成|建设为|为|定位为)(?:“\ue000+”|\ue000+(?=[，。；、]|$))"
    rf"|{BUILD}(?P<built>[^，。；“”的]{{2,}}?)(?:等|组成的|构成的)?“\ue000+”(?!的?[^，。；]{{0,6}}(?:格局|结构))"
    r"|(?:^|[，；：]|其中)(?P<being>(?![以将把])[^，。；“”：]{2,24}?)(?:为|是|作为)(?:“\ue000+”|\ue000+(?=[，。；]|$))"
    r"|(?:划分|分为|形成|构成|设置|打造|构建|建设|规划)(?:为)?(?P<shared>[^，。；：“”的]+?、[^，。；：“”的]+?\ue000+)(?=[，。；]|$)"
    r"|(?P<named>[^，。；（）“”：]{2,40})（“?\ue000+”?）"
)
"""A label after its elements; it is blanked by a character of no text, so that one pattern serves all labels."""


_KIND_TOLD = r"(?:生态|绿色|水系|城镇|发展|经济|农业|文化|旅游)*(?:廊道|屏障|走廊|片区|组团|区域|中心|发展轴|轴线|发展带)(?=”?，?(?:依次|分别))"
"""两江生态廊道分别为…: the kind of a label's elements before what they are."""


@lru_cache(maxsize=512)
def _explaining(labels: tuple[str, ...], slogan: str) -> re.Pattern[str]:
    tails = {
        label: tail.group(1)
        for label in labels
        if (tail := re.search(rf"{re.escape(label)}([^一二两双三四五六七八九十多、，]{{2}})(?=[、，]|$)", slogan))
    }
    names = "|".join(
        re.escape(label) + (f"(?:{tails[label]})?" if label in tails else rf"(?:{_KIND_TOLD})?") for label in labels
    )
    return re.compile(
        rf"(?:[“‘「](?P<quoted>{names})[”’」]|{OPENS_LABEL}(?P<bare>{names}))(?:{EXPLAINS}|（(?![一二三四五六七八九十\d]+）)|(?<!为“..”)(?<!为“...”)(?<!是“..”)(?P<weak>，(?:其中，?)?(?=[^，。；“”]{{2,}})))"
    )


def explained(text: str, labels: Sequence[Label], slogan: str | None) -> list[Element]:
    """The elements of labels that a clause explains: “三区”包括…，其中西北部生态农业区由怀集县、封开县构成."""
    known = {label.text: label for label in labels}
    if not any(label in text for label in known):
        return _explained(text, _aliases(text, labels), slogan)
    found = (
        _told_in_parts(text, labels, slogan)
        or _explained(text, known, slogan)
        or _explained(text, _aliases(text, labels), slogan)
    )
    told = {element.label for element in found}
    return found + _in_reverse(text, [label for label in labels if label.text not in told], slogan)


def _explained(text: str, known: dict[str, Label], slogan: str | None) -> list[Element]:
    """The elements of labels (or other words for them) that a clause opens one after the other."""
    if not known:
        return []
    pattern = _explaining(tuple(sorted(known, key=lambda one: (-len(one), one))), slogan or "")
    slogans = [(one.start, one.end) for one in find_slogans(text)]
    slogans = [(start, end) for start, end in slogans if "（" not in text[start:end]]
    opens = [one for one in pattern.finditer(text) if not any(start <= one.start() < end for start, end in slogans)]
    found: list[Element] = []
    for at, match in enumerate(opens):
        until = opens[at + 1].start() if at + 1 < len(opens) else len(text)
        start = match.end() - match.group().endswith(("由", "以"))
        said = match["quoted"] or match["bare"]
        label = known.get(said) or next(one for name, one in known.items() if said.startswith(name))
        said_of = text[start:until]
        if match.group().endswith("（"):
            said_of = said_of.partition("）")[0]
        body = re.sub(r"[，。；、]*(?:其中[，：]?|[①-⑩]|[（(]\d[）)])?[，。；、]*$", "", said_of)
        if match["weak"]:
            found += _loosely(body, start, label, slogan)
        else:
            listed = match.group().endswith(("包括", "包含", "涵盖"))
            found += body_elements(body, start, label, slogan, listed=listed) or one_by_one(body, start, label, slogan)
    return found


def _told_in_parts(text: str, labels: Sequence[Label], slogan: str | None) -> list[Element]:
    """四区中，农业部分为甲区和乙区，…; 四区另包括丙区、丁区: the elements of a label that counts several, some at a time."""
    found: list[Element] = []
    for label in labels:
        opened = re.search(rf"(?:^|[，；：])“?{re.escape(label.text)}”?(?P<how>中|另包括|还包括|另有|还有|之中)", text)
        if opened is None or label.count < 2:
            continue
        if opened["how"] in ("中", "之中"):
            told = [part.span("list") for part in PART_OF_LABEL.finditer(text, opened.end())]
        else:
            told = [(opened.end(), opened.end() + len(re.split("[，。；]", text[opened.end() :], maxsplit=1)[0]))]
        for start, end in told:
            words = text[start:end]
            items = list(placed_items(words)) if "、" in words or CONJUNCTION.search(words) else [(0, words)]
            if all(len(item) > 3 and item.endswith(label.endings) for _, item in items):
                found += [element_of(item, start + at, label, slogan) for at, item in items]
    return found


def _aliases(text: str, labels: Sequence[Label]) -> dict[str, Label]:
    """The words for one of a label's elements that stand in the text (主中心 for 一主)."""
    return {
        word: replace(label, count=label.count if word[0] in "副次增" else 1)
        for label in labels
        for word in ALIASES.get(label.noun, ())
        if word in text
    }


def _in_reverse(text: str, labels: Sequence[Label], slogan: str | None) -> list[Element]:
    """The elements of labels that come after their list: 以甲为“一核”, 构建甲带、乙带“两带”, 某某区（一核）."""
    found: list[Element] = []
    for label in labels:
        if label.text not in text:
            continue
        made = REVERSED.search(text.replace(label.text, "\ue000" * len(label.text)))
        if made is None:
            continue
        group = next(key for key, value in made.groupdict().items() if value)
        words, at = text[made.start(group) : made.end(group)], made.start(group)
        if group in ("being", "named"):
            words = re.split(rf"^其中|.*(?:{BUILD})", words)[-1]
            if group == "named":
                words = "、".join(split_list(words, endings=label.endings)[-max(1, label.count) :])
            at = text.find(words, at)
        elements = body_elements(words, at, label, slogan) if at >= 0 else []
        if label.count in (0, len(elements)):
            found += elements
    return found


def headed_by(label_text: str, text: str, labels: Sequence[Label], slogan: str | None) -> list[Element]:
    """What a paragraph opens with under a heading that is only a label (1.一屏)."""
    label = next((label for label in labels if label_text == label.text), None)
    return _loosely(text.rstrip("。；"), 0, label, slogan) if label else []


def _loosely(body: str, offset: int, label: Label, slogan: str | None) -> list[Element]:
    """What follows a label after a mere comma counts only if it is a list called as the label's elements are, or told one
    by one."""
    elements = body_elements(body, offset, label, slogan)
    named = all(
        element.name.endswith(label.endings) or label.noun in element.name or _is_town(element, label)
        for element in elements
    )
    if elements and named and label.count in (0, len(elements)):
        return elements
    begun = len(elements) == 1 and label.count > 1 and len(elements[0].name) > 3 and _begins_row(elements[0], body)
    if named and begun and elements[0].name.endswith(label.endings):
        return elements
    return one_by_one(body, offset, label, slogan)


def _is_town(element: Element, label: Label) -> bool:
    return label.kind in ("core", "node") and element.name.endswith(("中心城区", "主城区", "县城", "新城"))


def _begins_row(element: Element, body: str) -> bool:
    """两带，甲带，自乙至丙；…: whether the first of a row is told in a clause of its own."""
    at = body.find(element.name)
    return at == 0 and LIES.match(body[len(element.name) :].removeprefix("，")) is not None


def one_by_one(body: str, offset: int, label: Label, slogan: str | None) -> list[Element]:
    """甲山脉屏护西部，乙山脉横亘南缘: elements in clauses of their own, as many as the label counts."""
    heads = [(start, name) for start, name in _lying(body) if name.endswith(label.endings)]
    if len(heads) < 2 or label.count not in (0, len(heads)):
        return []
    elements = []
    for at, (start, name) in enumerate(heads):
        until = heads[at + 1][0] if at + 1 < len(heads) else len(body)
        parts = parts_told(body[start + len(name) : until])
        elements.append(element_of(name, offset + start, label, slogan, parts))
    return elements


def _lying(body: str) -> Iterator[tuple[int, str]]:
    """The names of which a segment says where they lie, each with its place and all the ways to end it."""
    for start, end in segments(body):
        lead = re.match(r"其中[，：]?|并且?|同时", body[start:end])
        start += lead.end() if lead else 0
        for lies in LIES.finditer(body, start, end):
            name = body[start : lies.start()]
            if 2 <= len(name) <= 20 and not re.search(r"[的、“”（）]", name):
                yield start, name


def lying(text: str, labels: Sequence[Label], slogan: str | None) -> list[Element]:
    """The elements of unexplained labels that follow their slogan: “一港两走廊”，以甲港为枢纽，乙走廊横贯市域，丙走廊…."""
    found: list[Element] = []
    used: dict[str, int] = {}
    framed = re.search(rf"以(?P<list>[^，。；“”]+?)(?:等)?为(?:{FRAME}|枢纽|中心|极核|门户)", text)
    named = [(framed.start("list") + at, item) for at, item in placed_items(framed["list"])] if framed else []
    for start, name in (*named, *_lying(text)):
        label = label_for(name, labels, used)
        if label is None or len(name) < 3 or (label.count and used.get(label.text, 0) >= label.count):
            continue
        used[label.text] = used.get(label.text, 0) + 1
        found.append(element_of(name, start, label, slogan))
    return found if len(found) > 1 else []


def placed_items(words: str) -> Iterator[tuple[int, str]]:
    """The items of a list, each with its place."""
    at = 0
    for item in split_list(words):
        at = words.find(item, at)
        yield at, item
        at += len(item)


def _short_brackets_closed(text: str) -> str:
    """The text, of the same length, with the brackets of 县（市）and the like taken for letters."""
    return re.sub(
        r"（[市州盟县区旗、]{1,5}）|（[^（）、]{1,8}段）|（[^（）、]{1,3}）(?=[^，。；、：为是即和与及等的（）])",
        lambda found: "□" * len(found.group()),
        text,
    )


def _each_with_parts(body: str, offset: int, label: Label, slogan: str | None) -> list[Element]:
    """The items of a list of which some have their parts beside them: 甲廊道（A、B）、乙廊道（C、D）, 甲带和串联A、B的乙带."""
    apart = list(APART.finditer(body))
    if not apart or label.count == 1:
        return []
    plain = _short_brackets_closed(APART.sub(lambda found: "\0" * len(found.group()), body))
    items = _items_apart(plain, label)
    names = [item.replace("\0", "").strip() for item in items]
    if (label.count or len(items)) != len(items) or len(items) < 2 or not all(1 < len(name) <= 24 for name in names):
        return []
    elements: list[Element] = []
    at = 0
    for item, name in zip(items, names, strict=True):
        at = plain.find(item, at)
        parts = [_parts_apart(found) for found in apart if at <= found.start() < at + len(item)]
        start = at + item.index(name[:1])
        told = component_list("、".join(filter(None, parts)))
        elements.append(element_of(name.replace("□", ""), offset + start, label, slogan, told))
        at += len(item)
    return elements


def _items_apart(plain: str, label: Label) -> list[str]:
    """The items of a list whose parts are blanked: up to its first comma, or with commas if every piece ends as the
    label's elements do."""
    pieces = [
        re.sub(r"^(?:以及|和|及)", "", piece) for piece in re.split(r"，", re.split(r"[；。]", plain, maxsplit=1)[0])
    ]
    ended = all(piece.replace("\0", "").endswith(label.endings) for piece in pieces)
    if len(pieces) == label.count and ended:
        return pieces
    bare = pieces[0].rstrip("\0")
    if CONJUNCTION.search(bare) and label.count == 2 and "、" not in bare:
        cuts = [cut for cut in CONJUNCTION.finditer(bare) if bare[: cut.start()].rstrip("\0").endswith(label.endings)]
        if cuts:
            return [bare[: cuts[0].start()], pieces[0][cuts[0].end() :]]
    return split_list(pieces[0], label.count, label.endings)


def _parts_apart(found: re.Match[str]) -> str:
    """The list of places that an `APART` tells; "" if it only says where the item lies."""
    told = next(filter(None, found.groupdict().values()), None)
    if told is None:
        crossed = re.match(r"[^于在]{2}[于在]?(?P<list>.*[、和与].*)的$", found.group())
        told = crossed["list"] if crossed else ""
    return told


def body_elements(body: str, offset: int, label: Label, slogan: str | None, *, listed: bool = False) -> list[Element]:
    """The elements in the words that explain a label; `offset` is where the words start, `listed` says that the label is
    told to include them one by one (包括)."""
    if counted := re.match(r"[一二三四五六七八九]是", body):
        body, offset = body[counted.end() :], offset + counted.end()
    if listed_apart := _each_with_parts(body, offset, label, slogan):
        return listed_apart
    main = re.split(rf"[，；。（：]|{TELLS}", _short_brackets_closed(body), maxsplit=1)[0]
    main = body[: len(main)].strip("“”")
    if not main or METAPHOR.search(main):
        return []
    if made := MADE_OF.fullmatch(main):
        parts = component_list(made["list"]) if label.count == 1 else ()
        if label.count == 1:
            return [element_of(made["list"], offset + 1, label, slogan, parts)]
        return body_elements(made["list"], offset + 1, label, slogan, listed=True)
    main, led = _without_frame(main, label)
    offset += led
    if aim := AIMS.match(main):
        return _aimed_at(main[aim.end() :], offset + aim.end(), label, slogan)
    if pieces := _comma_list(body, label):
        return [element_of(piece, offset + at, label, slogan) for at, piece in pieces]
    rest = body[len(main) :]
    if follows := _names_after_kind(main, rest, label):
        at, words = follows
        return body_elements(words, offset + len(main) + at, label, slogan, listed=True)
    core = AS_CORE.fullmatch(main)
    if core and label.count == 1 and (around := _made_of_core(rest, label)):
        at, name = around
        parts = component_list(core["name"]) + parts_told(re.sub(rf"(?:{BUILD}|的).*$", "", rest[:at]))
        return [element_of(name, offset + len(main) + at, label, slogan, tuple(dict.fromkeys(parts)))]
    if core and label.count == 1:
        return [element_of(core["name"], offset + core.start("name"), label, slogan)]
    whole = MAKES_UP.match(main)
    if whole and GENERIC.match(whole["name"]) and (follows := _names_after(rest)):
        at, words = follows
        return body_elements(words, offset + len(main) + at, label, slogan, listed=True)
    if whole and (streams := _streams(whole, offset, label, slogan)):
        return streams
    if whole:
        parts = () if main.startswith("沿") else component_list(whole["parts"])
        return [element_of(whole["name"], offset + whole.start("name"), label, slogan, parts)]
    route = ROUTE_OF.match(main) if label.count == 1 else None
    if route and label_for(route["name"], [label]):
        return [
            element_of(
                route["name"], offset + route.start("name"), label, slogan, tuple(re.split(r"[—－]+", route["route"]))
            )
        ]
    along = ALONG.match(main)
    if along and label.count == 1:
        parts = parts_told(main[: along.start("name")].rstrip("的")) if "、" in main[: along.start("name")] else ()
        return [element_of(along["name"], offset + along.start("name"), label, slogan, parts)]
    called = CALLED.match(rest) if label.count == 1 and not main.endswith(label.endings) else None
    if called and any(ending in called["name"] for ending in label.endings if len(ending) > 1):
        parts = component_list(LANDSCAPE.sub("", re.sub(r"^[东南西北中]部", "", main)))
        return [element_of(called["name"], offset + len(main) + called.start("name"), label, slogan, parts)]
    before = ""
    if label.count == 1 and (told := RELATIVE.match(main)):
        offset, main, before = offset + told.end(), main[told.end() :], told.group().rstrip("的")
    elements = _listed(main, rest, offset, label, slogan, listed=listed)
    if before and "、" in before and len(elements) == 1 and not elements[0].components:
        crossed = re.match(rf"(?:{LIES.pattern})[于在]?(?P<list>.+)", before)
        parts = parts_told(before) or (component_list(crossed["list"]) if crossed else ())
        return [replace(elements[0], components=parts)]
    return elements


def _without_frame(main: str, label: Label) -> tuple[str, int]:
    """以甲、乙为驱动, 甲区、乙区联动发展 → the list of a label that counts several, and how many characters stand before."""
    if label.count == 1 and not (BUILDS_ROW.match(main) and "的" not in main and "、" not in main):
        return main, 0
    if (built := BUILDS_ROW.match(main)) and all(
        item.endswith((*label.endings, "城区", "县城"))
        for item in split_list(main[built.end() :], label.count, label.endings)
    ):
        return main[built.end() :], built.end()
    if (framed := WORKS.fullmatch(main)) and not AS_CORE.fullmatch(main):
        return framed["list"], framed.start("list")
    acting = ACTS.search(main)
    if acting and main[: acting.start()].endswith(label.endings) and re.search("[、和与]", main):
        return main[: acting.start()], 0
    return main, 0


def _streams(whole: re.Match[str], offset: int, label: Label, slogan: str | None) -> list[Element]:
    """以甲河、乙江为主的河流生态廊道: each river has its own where the label counts several."""
    items = split_list(whole["parts"])
    if label.count == 1 or len(items) < 2 or label.count not in (0, len(items)):
        return []
    kind = LOOSE_WORD.sub("", whole["name"])
    if not STREAMS_KIND.fullmatch(whole["name"]) or not all(STREAM.search(item) for item in items):
        return []
    return [
        replace(element_of(item, offset + whole.start("parts") + at, label, slogan), name=item + kind)
        for at, item in placed_items(whole["parts"])
    ]


def _made_of_core(rest: str, label: Label) -> tuple[int, str] | None:
    """以甲为核心，联动乙、丙打造某某都市圈: where the name stands of what is made of a core, and the name."""
    long = sorted((end for end in label.endings if len(end) > 1), key=lambda end: (-len(end), end))
    if not long:
        return None
    made = re.match(
        rf"，[^。；]*?(?:{BUILD}|(?:组成|构成)的)(?P<name>[^，。；、的]{{2,16}}?(?:{'|'.join(map(re.escape, long))}))(?=[，。；]|$)",
        rest,
    )
    return (made.start("name"), made["name"]) if made and not GENERIC.match(made["name"]) else None


def _comma_list(body: str, label: Label) -> list[tuple[int, str]]:
    """北部甲区，中部乙区，南部丙区: a list with commas, if every piece is called as the label's elements are."""
    pieces = []
    for start, end in segments(body):
        lead = DIRECTED.match(body[start:end])
        start += lead.end() if lead else 0
        if landed := ON_LAND.match(body[start:end]) or EACH_ONE.match(body[start:end]):
            start += landed.end()
        pieces.append((start, body[start:end]))
    named = all(2 < len(piece) <= 20 and "、" not in piece and piece.endswith(label.endings) for _, piece in pieces)
    return pieces if named and 1 < label.count == len(pieces) else []


def _aimed_at(words: str, offset: int, label: Label, slogan: str | None) -> list[Element]:
    """提升中心城区综合服务功能: the town or element that something is to be done for, if it stands first."""
    ends = "|".join(re.escape(end) for end in sorted(label.endings, key=lambda end: (-len(end), end)) if len(end) > 1)
    towns = "中心城区|主城区|县城|老城区|新城"
    core = re.match(rf"(?P<name>[^，。；的、和]{{0,10}}?(?:{towns}{'|' + ends if ends else ''}))", words)
    if core is None or label.count != 1 or label.kind not in ("core", "axis", "belt", "barrier", "corridor"):
        return []
    return [element_of(core["name"], offset, label, slogan)]


def _is_name(name: str, label: Label) -> bool:
    """Whether words can be the name of a label's element; not 东翼加快发展临港产业."""
    if re.search("[“”]|^通往|方向的|^(?:若干|各类|各|多个|一批)|^其[余他它].{0,4}$", name):
        return False
    return name.endswith(label.endings) or TOWNS.search(name) is not None or not AIMS_INSIDE.search(name)


def _listed(main: str, rest: str, offset: int, label: Label, slogan: str | None, *, listed: bool) -> list[Element]:
    """The elements of a list, with the parts that the words after it tell."""
    items = label_items(main, label, listed=listed)
    if re.match(r"\d+[条个处座]", main) or (len(items) == 1 and label.count != 1 and SUMMED.match(main)):
        return []
    if label.count and all(re.match(r"其[他它余]|各", word) for word, _ in items):
        return []
    elements: list[Element] = []
    at = 0
    for word, full in items:
        at = max(at, main.find(word, at))
        lead = DIRECTED.match(full) or (RANK_BEFORE.match(full) if len(items) > 1 and not at else None)
        cut = lead.end() if lead else 0
        name = short_name(full[cut:], label)
        if len(name) < 2 or not _is_name(name, label):
            return []
        parts = parts_in_rest(name, rest, word, [one for one, _ in items])
        if len(items) == 1 and (touched := TOUCHED.match(rest)):
            parts = parts or component_list(touched["list"] or touched["main"] or touched["inside"])
        if len(items) == 1 and not parts and re.match(r"，(?:[东南西北]起|自|从|串联|连接)", rest):
            parts = parts_told(re.split("[。；]", rest, maxsplit=1)[0])
        if (
            len(items) == 1
            and lead is None
            and (label.count != 1 or name != word)
            and not any(map(SORTS.fullmatch, split_list(main)))
        ):
            parts = parts or component_list(re.split(r"[一二两三四五六七八九十]+[个座]|(?<=.)县城$", main)[0])
        elements.append(element_of(name, offset + at + cut, label, slogan, parts))
        at += len(word)
    return elements


def _names_after_kind(main: str, rest: str, label: Label) -> tuple[int, str] | None:
    """Where the names start after a mere count or kind (六大水系生态廊道，包括…), and the words from there."""
    return _names_after(rest) if label.count != 1 and SUMMED.match(main) else None


def _names_after(rest: str) -> tuple[int, str] | None:
    """Where the names start that a kind is said to be (，即…; ，包括…), and the words from there."""
    opened = re.match(r"(?:，|（|：|——)?(?:主要|具体)?(?:包括|分别为|分别是|依次为|即|为|由|：)+", rest)
    if opened is None or not opened.group():
        return None
    names = re.split(r"[；。]", rest[opened.end() :], maxsplit=1)[0]
    return opened.end(), names.rstrip("）") if names.count("）") > names.count("（") else names
