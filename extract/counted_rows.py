"""Elements told in rows that a count or a number announces, without a label that a slogan explains.

划分为三大板块：甲板块、乙板块、丙板块; 市域分为甲片区、乙片区和丙片区，构建“三片协同…”; “1+2+6+N”, of which “2”为甲、乙两个副中心.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..plan.document import Block, Document
from .clauses import Clause, text_to_clauses
from .elements import Element, element_of, list_of, split_list
from .explanations import body_elements, placed_items
from .label_items import AND_SO_ON, COUNTED_TAIL, SORTS, UNNAMED, label_items
from .slogans import NOUNS, Label, Slogan, number_of

ROW = re.compile(
    r"(?:划分为?|分为|形成|构建|构成|布局|打造|规划|建设|确定)(?P<list>[^，。；：“”]+?、[^，。；：“”]+?)(?:等)?"
    r"(?:[两二三四五六七八九十]+[大个片条][^，。；、]{0,6})?(?=[，。；]|$)"
)
ROLE_FRAME = re.compile(
    r"(?:^|[，、；：]|形成|构建|打造|构筑)以(?P<list>[^，。；“”以为]{2,40}?)(?:等)?为(?P<kind>[^，。；、“”的以]{1,10})(?=[，、；的])"
)
COUNT_FIRST = re.compile(
    r"(?:划分为?|分为|形成|构建|打造|建设|布局|构成|组织为)(?P<slogan>(?P<number>[两二三四五六七八九十]{1,2})[大个条片处道](?P<kind>[^，。；：、的“”]{1,8}))"
    r"(?:：|，即|——|，?(?:依次|分别)(?:为|是|指)|，包括|（)(?P<list>[^。；：“”]+)"
)
"""划分为三大板块：甲板块、乙板块、丙板块."""
KINDS_TOLD = ("廊道", "屏障", "节点", "斑块", "组团", "轴", "带")
COUNT_LAST = re.compile(
    r"(?:^|(?<=[，。；：])|划定|构建|建设|形成|布局)(?P<kind>(?:重要|主要|骨干)*(?:生态|水系|城镇|发展|景观|文化|产业|城市)+(?:廊道|屏障|节点|斑块|组团|发展轴|轴|带))"
    r"(?P<number>\d{1,2}|[两二三四五六七八九十]{1,2})[条处个座道片]?(?:：|，?(?:即|分别为|分别是|为|包括))(?P<list>[^，。；：“”]+)"
)
"""生态廊道5条：甲廊道、乙廊道、…."""
DIRECTED_ROW = re.compile(
    r"(?:划为|划分为?|分为|形成|构建)(?P<list>[^，。；：“”]+?、[^，。；：“”]+?)(?P<slogan>(?P<number>[三四五六七八九])[大个](?:片区|板块|区域|功能区|发展区|组团|区))(?=[，。；]|$)"
)
DIRECTED_AREA = re.compile(r"(?:[东南西北中]{1,2}部|沿[江河海湖]|环[湖城])[^禁限适]{3,14}?(?:片区|板块|组团|区)")
"""划为北部生态保育区、中部城镇集聚区、南部农旅融合区三大片区."""
ROWED = ("组团", "片区", "板块", "屏障", "廊道", "走廊", "都市圈", "湾区", "轴", "带", "翼", "圈", "群", "链", "极")
"""Nouns that only a spatial structure counts so; 分区 and 区 part an area in many other ways."""
NO_PATTERN = re.compile(
    r"防[洪灾火护]|排水|供[水电热气]|消防|管[控理]|治理|疏散|救援|应急|输电|通风|隔离|缓冲|教育|医疗|风险"
)
CHAIN = re.compile(
    r"“?(?P<chain>\d{1,2}(?:[+＋](?:\d{1,2}|[NnXxn]))+)”?[^。；，]{0,8}(?:城镇|城乡|镇村|村镇|空间|等级|中心)[^。；，]{0,6}(?:体系|结构|格局|布局)"
)
"""“1+2+6+N”的城镇体系."""
TOLD_NUMBER = re.compile(
    r"(?:^|(?<=[，；：、（其中]))“?(?P<number>\d{1,2}|[NnXx])”?(?P<counted>个?[^，。；：为是指即“”\d]{0,8})(?:，?即|为|是|指|：|——)(?P<list>[^，。；“”]+)"
)


def _own_ends(label: Label) -> tuple[str, ...]:
    """How a label's elements end, without what any town's name may end with."""
    return tuple(end for end in label.endings if end not in ("城", "点", "镇"))


def rowed(text: str, labels: Sequence[Label], slogan: str | None) -> list[Element]:
    """The elements of unexplained labels if a row in the clause holds as many as a label counts, all called as its are."""
    found: list[Element] = []
    for row in ROW.finditer(text):
        for label in labels:
            items = list(placed_items(row["list"]))
            ends = _own_ends(label)
            if 1 < label.count == len(items) and all(len(item) > 3 and item.endswith(ends) for _, item in items):
                found += [element_of(item, row.start("list") + at, label, slogan) for at, item in items]
                break
    return found


def framed(text: str, labels: Sequence[Label], slogan: str | None, *, least: int = 2) -> list[Element]:
    """The elements that a clause gives to labels by their kind before it names the slogan: 以甲山、乙山为屏障，构筑“两屏…”."""
    found: list[Element] = []
    for label in labels:
        ends = "|".join(
            sorted({label.noun, *label.endings} - {"城区", "县城", "区", "镇"}, key=lambda end: (-len(end), end))
        )
        told = re.search(
            rf"以(?P<list>[^，。；“”的]+?)(?:等[^，。；、“”]{{0,6}})?为(?:生态|城镇|发展|空间|综合|服务|主要|重要)*(?:{ends})(?=[，。；、]|$)",
            text,
        )
        items = list(placed_items(told["list"])) if told else []
        if told is None or label.count not in (len(items), 0) or (label.count == 0 and len(items) < 2):
            continue
        found += [element_of(item, told.start("list") + at, label, slogan) for at, item in items]
    return found if len(found) >= least else []


def framed_roles(text: str, slogan: Slogan) -> list[Element]:
    """以甲为核心、以乙和丙为两个副中心、以丁为支撑的“一核两副…”: the elements of labels by the roles that frames give."""
    frames = list(ROLE_FRAME.finditer(text, 0, slogan.start))
    if len(frames) < 2:
        return []
    told: dict[str, list[Element]] = {}
    for frame in frames:
        kind = re.sub(r"^[两二三四五六七八九十]+[个条大座]", "", frame["kind"])
        named = [label for label in slogan.labels if label.noun in kind]
        label = next(iter(named or [label for label in slogan.labels if kind.endswith(label.endings)]), None)
        if label is None or UNNAMED.match(frame["list"]) or SORTS.fullmatch(frame["list"]):
            continue
        items = list(placed_items(re.sub(r"等[^、]*$", "", frame["list"])))
        told.setdefault(label.text, []).extend(
            element_of(item, frame.start("list") + at, label, slogan.text) for at, item in items
        )
    met = [found for label in slogan.labels if len(found := told.get(label.text, [])) == label.count > 0]
    return [one for found in met for one in found] if len(met) > 1 or (met and len(frames) > 2) else []


def listed_by_kind(text: str, slogan: Slogan) -> list[Element]:
    """The elements of a list that makes up a slogan if the items of a label share their end: 甲、乙生态屏障和丙、丁等河流生态廊道."""
    told = list_of(text, slogan)
    if told is None:
        return []
    offset, words = told
    found: list[Element] = []
    start = 0
    for label in slogan.labels:
        long = sorted((end for end in label.endings if len(end) > 1), key=lambda end: (-len(end), end))
        group = (
            re.match(rf".+?(?:{'|'.join(map(re.escape, long))})(?=$|、|和|与|以及|及)", words[start:]) if long else None
        )
        if group is None:
            return []
        items = label_items(group.group(), label)
        if label.count not in (0, len(items)):
            return []
        at = start
        for word, full in items:
            at = max(at, words.find(word, at))
            found.append(element_of(full, offset + at, label, slogan.text))
        start += group.end()
        start = len(words) - len(re.sub(r"^(?:、|和|与|以及|及)", "", words[start:]))
    return found


def pure_row(text: str, labels: Sequence[Label], slogan: str) -> list[Element]:
    """甲带、乙带、丙带。, 丁廊道、戊廊道两条水脉；, 己水库等生态节点: a clause that is only a row, as long as a label counts and
    called as its elements are, or with what all are called behind it."""
    words = re.sub(r"[。；]$|（[^（）]*）", "", text)
    items = list(placed_items(words))
    for label in labels:
        ends = _own_ends(label)
        if 1 < label.count == len(items) and all(2 < len(item) <= 20 and item.endswith(ends) for _, item in items):
            return [element_of(item, max(0, text.find(item)), label, slogan) for _, item in items]
    if "，" in words or not (COUNTED_TAIL.match(words) or AND_SO_ON.match(words)):
        return []
    for label in labels:
        told = label_items(words, label, listed=True)
        called = words.endswith(label.noun) or all(full.endswith(label.endings) for _, full in told)
        if len(told) > 1 and called and label.count in (0, len(told)):
            return [element_of(full, max(0, text.find(word)), label, slogan) for word, full in told]
    return []


def count_first(text: str) -> list[Element]:
    """划分为三大板块：甲板块、乙板块、丙板块: a row that belongs to no slogan, after its count."""
    for told in COUNT_LAST.finditer(text):
        items = list(placed_items(re.sub(r"等[^、]*$", "", told["list"])))
        count = told["number"]
        number = int(count) if count.isdecimal() else number_of(count)
        if number == len(items) > 1 and all(2 <= len(item) <= 16 and not SORTS.fullmatch(item) for _, item in items):
            kind = next(NOUNS[noun] for noun in KINDS_TOLD if told["kind"].endswith(noun))
            start = told.start("list")
            row = [
                Element(item, start + at, start + at + len(item), told["kind"], None, kind, (), False)
                for at, item in items
            ]
            return row + count_first(text[: told.start()] + "□" * (told.end() - told.start()) + text[told.end() :])
    for told in DIRECTED_ROW.finditer(text):
        items = list(placed_items(told["list"]))
        if number_of(told["number"]) == len(items) and all(DIRECTED_AREA.fullmatch(item) for _, item in items):
            start = told.start("list")
            return [
                Element(item, start + at, start + at + len(item), item, told["slogan"], "patch", (), True)
                for at, item in items
            ]
    for told in COUNT_FIRST.finditer(text):
        noun = next((noun for noun in ROWED if told["kind"].endswith(noun)), None)
        ends = ("轴", "带", "走廊") if told["kind"].endswith("轴带") else (noun or "",)
        if noun is None or NO_PATTERN.search(told["kind"]):
            continue
        pieces = [
            (at + start, item)
            for start, words in _pieces(told["list"])
            for at, item in placed_items(re.sub(r"等[^、]*$", "", words))
        ]
        if len(pieces) != number_of(told["number"]) or not all(
            2 < len(one) <= 24 and one.endswith(ends) for _, one in pieces
        ):
            continue
        offset = told.start("list")
        return [
            Element(
                item,
                offset + at,
                offset + at + len(item),
                item,
                told["slogan"],
                NOUNS[next(end for end in ends if item.endswith(end))],
                (),
                True,
            )
            for at, item in pieces
        ]
    return []


def _pieces(words: str) -> Iterator[tuple[int, str]]:
    """The pieces between the commas of a list, without （…） at its end."""
    for piece in re.finditer(r"[^，]+", words.split("）")[0]):
        yield piece.start(), piece[0]


def numbered(document: Document) -> Iterator[tuple[Block, Clause, Element]]:
    """The towns of “1+2+6+N” where the paragraph that names the chain, or one after it, tells what each number is."""
    chain, since = "", 0
    section: tuple[str, ...] = ()
    for block in document.blocks:
        if block.kind != "paragraph" or block.table is not None:
            continue
        text = block.text.text
        if opened := CHAIN.search(text):
            chain, since, section = opened["chain"], block.index, block.section
        if not chain or block.index - since > 8 or block.section != section:
            continue
        numbers = re.split(r"[+＋]", chain)
        for clause in text_to_clauses(text):
            for told in TOLD_NUMBER.finditer(clause.text):
                if told["number"] in numbers:
                    for element in _of_number(told, chain):
                        yield block, clause, element


def _of_number(told: re.Match[str], chain: str) -> list[Element]:
    number, words = told["number"], told["list"]
    count = int(number) if number.isdecimal() else 0
    noun = "主" if count == 1 else "副" if "副中心" in words or "副中心" in told["counted"] else "点"
    if count == 0 and re.match(r"其[他余它]|若干|多个|一般|各", words):
        return []
    found = body_elements(words, told.start("list"), Label(number, noun, count), chain, listed=True)
    return found if count in (0, len(found)) and len(split_list(words)) >= min(count, 2) - 1 else []
