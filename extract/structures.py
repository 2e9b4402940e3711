"""Spatial structures: slogans opened into their elements, from prose, boxes and tables (DOMAIN §5.3, the paper's Figure 2).

One requirement for each element; what text, box and table say of the same element are its `mentions`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..plan.document import Block, Document
from ..plan.requirement import Mention, Requirement, StructureRequirement
from .clauses import SECTION_WITHOUT_RULES, Clause, Passage, text_to_clauses
from .context import Context
from .counted_rows import count_first, framed, framed_roles, listed_by_kind, numbered, pure_row, rowed
from .directives import words
from .elements import (
    GENERIC,
    Element,
    channel_list,
    component_list,
    counted_list,
    label_for,
    listed,
    placed,
)
from .explanations import body_elements, explained, headed_by, lying
from .plain_elements import plain_elements, ranked_towns, town_ranks, without_district, without_stations
from .plain_lists import APPOINTED, towns_in_roles
from .slogans import ACTING, Slogan, find_slogans, single_labels
from .structure_tables import BOX_HEAD, FoundElement, Pattern, from_boxes, from_tables, parts_of, theme_of

STATES = re.compile(
    r"概括为|归纳为|呈|组成|采用|遵循|筑成|构建|形成|构筑|培育|做优|做强|筑牢|筑造|优化|完善|打造|塑造|建设|落实|夯实|强化|建立|确立|明确|谋划|划分|呈现|锚固|锚定|延续|推动|布局|构成|守护|守牢|搭建|撑起|筑起|擘画|组织|分布|划定|突出|串联|分为|划为|体现|彰显|支撑|(?:格局|结构|布局)(?:为|是|：)"
)
CITES = re.compile(
    r"(?:全国|全省|全市|全域|国家|省级|市级|省|市)(?:国土空间)?(?:总体)?规划(?:纲要)?(?:》)?(?:中)?(?:提出|确定|明确)|历史上|曾经|上位规划|上一?轮|原(?:城市)?总体规划|以往"
)
CITED = re.compile(
    r"(?:国家|全国|上位|上级)[^，。；“”]{0,8}“?$|(?:落实|衔接|融入|对接|支撑|服务)(?:全省|省级|省域|省|全市|市域|市级)[^，。；“”]{0,8}“?$"
)
"""Before a slogan: it is another plan's."""
NO_PATTERN = re.compile(
    r"”?的?[^，。；]{0,4}?(?:疏散|救援|应急|消防|防灾|避难|供水|给水|供电|电网|燃气|管网|防火|排水|监测|执法|治理体系|工作|责任|政策|指标)"
)
"""After a slogan: it counts other things than places."""
ZONING = re.compile(r"(?:生态保护|生态控制|农田保护|城镇发展|乡村发展|海洋发展|矿产能源发展)区")
"""Types of the plan's zoning, which part its area and build no structure."""
FARMING = re.compile(r"农[业产田林牧]|粮|耕地|种植|特色产业布局")
RESTORED = re.compile(r"(?:防治|治理|保持|修复)区$")
PARTS_TOLD = (
    r"(?:主要|重点)?(?:以(?P<main>[^，。；]*、[^，。；]+)为(?:主体|主|重点|核心区?|骨架)"
    r"|由(?P<made>[^，。；]*、[^，。；]+?)(?:等[^，。；、]*)?(?:组成|构成)"
    r"|(?:涵盖|串联|串起|连接|覆盖)(?P<linked>[^，。；的]*、[^，。；的]+?)(?:等[^，。；、]{0,4})?)(?=[，。；]|$)"
)
"""After an element's name: what it is made of."""


def find_structures(document: Document, context: Context) -> list[Requirement]:
    """The elements of the plan's spatial structures, one requirement each, in reading order of their first mention."""
    return [_requirement(found, document, context) for found in structure_elements(document, context)]


def structure_passages(document: Document) -> dict[tuple[int, int], bool]:
    """The clauses (block index, start) that state or place elements; true if a label is explained or a list mapped there.

    The rule finder needs to know them: a clause that only places elements is no rule besides.
    """
    places: dict[tuple[int, int], bool] = {}
    for clause, block, element in _stated(_prose_of(document), set()):
        key = (block.index, clause.start)
        places[key] = places.get(key, False) or element.defined
    return places


def structure_elements(document: Document, context: Context) -> list[FoundElement]:
    """All elements, joined by name, with the places where each is named; `context` knows which words are towns."""
    patterns = _patterns_of(document)
    found = [*from_tables(document, patterns), *from_boxes(document, patterns)]
    explained_labels = {(one.element.slogan, one.element.label) for one in found}
    for clause, block, element in _stated(_prose_of(document), explained_labels):
        where = document.spans(block, clause.start, clause.end)
        source = "box" if block.part == "box" else "text"
        found.append(FoundElement(element, where, clause.text, block, source, clause.start + element.start))
    for block, clause, element in numbered(document):
        where = document.spans(block, clause.start, clause.end)
        found.append(FoundElement(element, where, clause.text, block, "text", clause.start + element.start))
    farming = {pattern.slogan.text for pattern in patterns if pattern.farming}
    for one in found:
        one.element = _kind_of_area(one.element, farming)
    return _with_parts_told(document, _joined([*found, *_plain(document, found, context)]))


def _kind_of_area(element: Element, farming: set[str]) -> Element:
    """The areas of a farming pattern, and those to be restored, are patches; other 区 only part the plan's area."""
    area = (element.label or "").endswith(("区", "园", "片")) and element.kind in ("other", "node")
    if area and (element.slogan in farming or RESTORED.search(element.name)):
        return replace(element, kind="patch")
    grown = element.kind == "core" and re.search("[粮农].*产区$", element.name)
    return replace(element, kind="patch") if grown or re.search("等.*核$", element.name) else element


def _with_parts_told(document: Document, found: list[FoundElement]) -> list[FoundElement]:
    """The elements, with the parts that another clause begins to tell: 东部粮油区以甲县、乙县为主体，…."""
    bare = {one.element.name: one for one in found if not one.element.components and len(one.element.name) > 3}
    if not bare:
        return found
    names = "|".join(re.escape(name) for name in sorted(bare, key=lambda name: (-len(name), name)))
    told = re.compile(rf"(?:^|(?<=[，。；])|(?<=其中))“?(?P<name>{names})”?{PARTS_TOLD}")
    for block in document.blocks:
        for match in told.finditer(block.text.text) if block.kind == "paragraph" else ():
            one = bare.pop(match["name"], None)
            if one is not None:
                one.element = replace(
                    one.element, components=component_list(match["main"] or match["made"] or match["linked"])
                )
    return found


def _plain(document: Document, found: list[FoundElement], context: Context) -> Iterator[FoundElement]:
    """The elements of no slogan, in clauses that state none of a slogan; such a clause may be a rule besides."""
    known = {(one.block.index, one.text) for one in found}
    for block in document.blocks:
        if block.kind != "paragraph" or block.part == "box":
            continue
        ranks = town_ranks(block.text.text)
        for clause in text_to_clauses(block.text.text):
            said = re.sub("(?:建设|打造|培育|发展)成为", "建为", clause.text)
            if (block.index, clause.text) in known or CITES.search(clause.text) or words().told.search(said):
                continue
            ranked = ranked_towns(clause.text, ranks) if ranks else []
            plain = ranked or plain_elements(clause.text, block.section)
            appointed = ranks or APPOINTED.search(clause.text)
            if not ranked and (appointed or not _counts_towns(block, _patterns_of(document))):
                plain += _towns(clause.text, block, context, ranked=ranks is not None)
            for element in plain:
                where = document.spans(block, clause.start, clause.end)
                yield FoundElement(element, where, clause.text, block, "text", clause.start + element.start)


def _counts_towns(block: Block, patterns: list[Pattern]) -> bool:
    """Whether a slogan of the paragraph's chapter counts towns already: 一主两副多点."""
    nouns = {label.noun for pattern in _in_force(patterns, block) for label in pattern.slogan.labels}
    return not nouns.isdisjoint(("主", "副", "核", "心", "中心", "核心", "城", "极", "点", "节点", "支点", "镇"))


def _towns(text: str, block: Block, context: Context, *, ranked: bool = False) -> list[Element]:
    """The towns of the plan's area that a clause of no slogan gives roles to (以甲、乙为双核)."""
    if find_slogans(text):
        return []
    return [
        town
        for town in towns_in_roles(text, block.section, ranked=ranked)
        if _full_region_name(re.sub(r"(?<=.)(?:中心城区|主城区|城区|县城)$", "", town.name), context, natural=True)
    ]


def _patterns_of(document: Document) -> list[Pattern]:
    return document.once("own patterns", lambda: own_patterns(document))


def _prose_of(document: Document) -> list[tuple[Clause, Block, Element]]:
    """All elements that prose states; the finder of structures and that of rules ask for them."""
    return document.once(
        "structures in prose",
        lambda: [
            (clause, block, element)
            for clause, block, elements in _prose(document, _patterns_of(document))
            for element in elements
        ],
    )


def _stated(
    prose: list[tuple[Clause, Block, Element]], explained_labels: set[tuple[str | None, str | None]]
) -> Iterator[tuple[Clause, Block, Element]]:
    """The elements of prose: all that are explained, and those placed by name whose label is explained nowhere."""
    known = explained_labels | {(element.slogan, element.label) for _, _, element in prose if element.defined}
    for clause, block, element in prose:
        if element.defined or (element.slogan, element.label) not in known:
            yield clause, block, element


def own_patterns(document: Document) -> list[Pattern]:
    """The slogans that the plan states as its own, each once; those cited from an upper plan or from history are left out."""
    patterns: list[Pattern] = []
    known: set[str] = set()
    for block in document.blocks:
        if block.kind in ("toc", "note", "footnote", "cover") or block.table is not None:
            continue
        if any(SECTION_WITHOUT_RULES.search(title) for title in block.section[-2:]):
            continue
        for clause in text_to_clauses(block.text.text):
            slogans = find_slogans(clause.text) or single_labels(clause.text)
            if not slogans or CITES.search(clause.text):
                continue
            if words().told.search(clause.text) and not STATES.search(clause.text):
                continue
            for slogan in slogans:
                if CITED.search(clause.text[: slogan.start]) or NO_PATTERN.match(clause.text, slogan.end):
                    continue
                stated = block.kind in ("heading", "caption") or STATES.search(clause.text)
                if slogan.text not in known and (stated or _told_at_once(slogan, block.text.text)):
                    known.add(slogan.text)
                    before, after = clause.text[: slogan.start], clause.text[slogan.end :]
                    about = before.split("，")[-1][-14:] + after.split("，")[0][:20] + "".join(block.section[-1:])
                    farming = bool(FARMING.search(about))
                    patterns.append(Pattern(slogan, block.index, _chapter(block), farming, block.section))
    whole = {label.text for pattern in patterns for label in pattern.slogan.labels if len(pattern.slogan.labels) > 1}
    return [pattern for pattern in patterns if len(pattern.slogan.labels) > 1 or pattern.slogan.text not in whole]


def _told_at_once(slogan: Slogan, text: str) -> bool:
    """Whether the paragraph tells two labels of the slogan or more: “两山两河一湖”。两山为…，两河指…."""
    told = [
        label
        for label in slogan.labels
        if re.search(rf"{re.escape(label.text)}”?(?:为|指|即|是|由|包括|分别|依次|：|——|，即)", text)
    ]
    return len(told) > 1


def _chapter(block: Block) -> str:
    if block.section:
        return block.section[0]
    return block.text.text if block.kind == "heading" and block.level == 1 else ""


def _prose(document: Document, patterns: list[Pattern]) -> Iterator[tuple[Clause, Block, list[Element]]]:
    """The clauses of paragraphs with the elements that each states, explained or only placed."""
    own = {pattern.slogan.text for pattern in patterns}
    for block in document.blocks:
        heads = block.kind == "heading" and re.search("：|——", block.text.text)
        if (block.kind != "paragraph" and not heads) or (
            block.part == "box" and theme_of(block.box_label or "", patterns)
        ):
            continue
        near = _in_force(patterns, block)
        headed = _headed(block, near)
        last: Element | None = None
        told, title = 0, ""
        slogan_told: Slogan | None = None
        above = re.sub(
            r"^[^\u4e00-\u9fff“]*|^[（(]?[一二三四五六七八九十]+[）)、.]|[“”]", "", "".join(block.section[-1:])
        ).strip()
        if not headed and block.kind == "paragraph":
            opening = text_to_clauses(block.text.text)[:1]
            headed = [
                one for p in near for c in opening for one in headed_by(above, c.text, p.slogan.labels, p.slogan.text)
            ]
        for clause in text_to_clauses(block.text.text):
            elements = headed or _titled(clause.text, title, near) or _clause_elements(clause.text, near, own)
            headed, title = [], clause.text.rstrip("。：")
            if not elements and last is not None and re.match(r"[二三四五六七八九]是", clause.text):
                elements = _counted_on(clause.text, last, near)
            if not elements and last is not None:
                elements = _listed_on(clause.text, last, near, told)
            if not elements and slogan_told is not None:
                elements = pure_row(clause.text, slogan_told.labels, slogan_told.text)
            slogan_told = next((one for one in find_slogans(clause.text) if one.text in own), slogan_told)
            told = told + len(elements) if elements and last and elements[0].label == last.label else len(elements)
            last = elements[-1] if elements and elements[-1].defined else None
            if elements:
                yield clause, block, elements


def _titled(text: str, title: str, near: list[Pattern]) -> list[Element]:
    """两屏。甲屏障、乙屏障。: a label alone in the sentence before."""
    bare = re.sub(r"^(?:[（(].{1,3}[）)]|\d{1,2}[.．、])|[“”—·●■▪\s]", "", title)
    if opened := re.match(r"(?:即|指|主要为|分别为|分别是|分别指|包括|主要包括|为)(?=..)", text):
        return [
            replace(one, start=one.start + opened.end(), end=one.end + opened.end())
            for one in _titled(text[opened.end() :], title, near)
        ]
    for pattern in near:
        for label in pattern.slogan.labels:
            if label.text == bare:
                return body_elements(text.rstrip("。；"), 0, label, pattern.slogan.text)
            if bare.startswith(label.text) and (ACTING.fullmatch(bare, len(label.text)) or bare in pattern.slogan.text):
                return headed_by(label.text, text, [label], pattern.slogan.text)
    return []


def _counted_on(text: str, last: Element, near: list[Pattern]) -> list[Element]:
    """两屏：一是甲屏障；二是乙屏障: the next element of the label explained in the clause before."""
    for pattern in near:
        for label in pattern.slogan.labels:
            if (pattern.slogan.text, label.text) == (last.slogan, last.label):
                return body_elements(text.rstrip("。；"), 0, label, last.slogan)
    return []


def _listed_on(text: str, last: Element, near: list[Pattern], told: int) -> list[Element]:
    """两屏：甲屏障，涉及…；乙屏障，涉及…: the next of a label that counts more elements than were told."""
    head = BOX_HEAD.match(text)
    if head is None or head.end() >= len(text.rstrip("。；")):
        return []
    for pattern in near:
        for label in pattern.slogan.labels:
            ours = (pattern.slogan.text, label.text) == (last.slogan, last.label) and told < label.count
            if ours and label_for(head["name"], [label]):
                return body_elements(text.rstrip("。；"), 0, replace(label, count=1), last.slogan)
    return []


def _in_force(patterns: list[Pattern], block: Block) -> list[Pattern]:
    """The patterns that a paragraph may speak of: stated before it in its chapter, the last one first."""
    near = [p for p in patterns if p.block <= block.index and p.chapter == _chapter(block)]
    if not near:  # 1.两屏。…; 2.一廊。…; 上述要素组成“两屏一廊”: told before it is named
        near = [p for p in patterns if 0 < p.block - block.index <= 5 and p.section == block.section]
    return near[::-1]


def _headed(block: Block, near: list[Pattern]) -> list[Element]:
    """A paragraph that opens with an element's name: 北部燕山生态屏障。涵盖…, under a heading that speaks of its label."""
    head = BOX_HEAD.match(block.text.text)
    if head is None or not near or head.end() == len(block.text.text):
        return []
    name = re.sub(r"^(?:[一二三四五六七八九十\d]+[、.．]|[（(].{1,3}[）)]|[—·●■]+)\s*", "", head["name"]).strip("“”")
    for pattern in near:
        label = label_for(name, pattern.slogan.labels)
        heading = "".join(block.section[-2:])
        if (
            label
            and not GENERIC.match(name)
            and (label.text in heading or (label.noun in heading and pattern.slogan.text in heading))
        ):
            start = block.text.text.find(name)
            body = block.text.text[head.end() :]
            return [
                Element(
                    name,
                    start,
                    start + len(name),
                    label.text,
                    pattern.slogan.text,
                    label.kind_of(name),
                    parts_of(body),
                )
            ]
    return []


def _clause_elements(text: str, near: list[Pattern], own: set[str]) -> list[Element]:
    """The elements of one clause: listed with a slogan or explained by their labels, else a frame's list, else placed."""
    found: list[Element] = []
    if CITES.search(text) or len(ZONING.findall(text)) > 2:
        return []
    for slogan in find_slogans(text):
        if slogan.text in own:
            items = framed_roles(text, slogan) or listed(text, slogan)
            wanted = sum(label.count for label in slogan.labels)
            found += items if len(items) >= wanted else listed_by_kind(text, slogan) or items
    for pattern in near:
        listed_labels = {element.label for element in found}
        told = explained(text, pattern.slogan.labels, pattern.slogan.text)
        found += [element for element in told if element.label not in listed_labels]
        if found:
            return found + _framed_besides(text, pattern, found, own)
    if not found:
        found = channel_list(text)
    if not found and not words().told.search(text):
        found = next(filter(None, (placed(text, p.slogan.labels, p.slogan.text) for p in near)), [])
        if not found and (first := next(iter(find_slogans(text) or single_labels(text)), None)) and first.text in own:
            after = lying(text[first.end :], first.labels, first.text)
            found = [replace(one, start=one.start + first.end, end=one.end + first.end) for one in after]
            found = found or framed(text, first.labels, first.text) or rowed(text, first.labels, first.text)
    return found or counted_list(text) or count_first(text)


def _framed_besides(text: str, pattern: Pattern, found: list[Element], own: set[str]) -> list[Element]:
    """What the clause that states a slogan gives to its other labels by their kind: 以镇区为中心, beside 划分甲、乙、丙三区."""
    told = {element.label for element in found}
    stated = any(one.text == pattern.slogan.text and one.text in own for one in find_slogans(text)) or len(told) > 1
    others = [label for label in pattern.slogan.labels if label.text not in told]
    if not stated or not others:
        return []
    return framed(text, others, pattern.slogan.text, least=1) + rowed(text, others, pattern.slogan.text)


def _joined(found: list[FoundElement]) -> list[FoundElement]:
    """One for each name: the first that explains it leads, the others are its mentions."""
    by_name: dict[str, FoundElement] = {}
    rank = {"table": 0, "box": 1, "text": 2}
    for one in sorted(found, key=lambda f: (not f.element.defined, rank[f.source], f.block.index)):
        key = re.sub(r"[\s“”（）()—－\-]", "", one.element.name)
        first = by_name.get(key)
        if first is None:
            by_name[key] = one
            continue
        first.mentions.append(_mention(one))
        if one.element.components and not first.element.components:
            first.element = replace(first.element, components=one.element.components)
        first.guidance = first.guidance or one.guidance
    return sorted(by_name.values(), key=lambda one: (one.block.index, one.at))


def _mention(one: FoundElement) -> Mention:
    kind = "annex" if one.block.part == "annex" and one.source == "table" else one.source
    return Mention(**{"as": kind, "where": one.where, "raw": one.element.name})


def _requirement(found: FoundElement, document: Document, context: Context) -> StructureRequirement:
    named = without_district(without_stations(found.element, context), context)
    element = replace(named, components=_components_by_name(named, context))
    town = _as_town(element, context)
    binding = context.bind("、".join((town or element.name, *element.components)))
    return StructureRequirement(
        binds=binding.regions,
        binds_basis="list" if town and binding.basis == "mention" else binding.basis,
        binds_as=binding.binds_as,
        text=found.text,
        section=found.block.section,
        where=found.where,
        mentions=(_mention(found), *found.mentions),
        modes=("structure",),
        slogan=element.slogan,
        label=element.label,
        name=element.name,
        element=element.kind,
        components=element.components,
        guidance=found.guidance,
        confidence=0.88 if element.defined else 0.8,
    )


def _components_by_name(element: Element, context: Context) -> tuple[str, ...]:
    """The parts with regions under their full names; a named group has its members, A—B中心 the regions A and B."""
    gazetteer, home = context.gazetteer, context.region
    if element.components:
        full = {part: _full_region_name(part, context) for part in element.components}
        likely = {part: _full_region_name(part, context, natural=True) for part in element.components}
        towns = any(name and name.endswith(("镇", "乡", "街道")) for name in likely.values())
        sure = sum(full[part] is not None if towns else not NATURAL.search(part) for part in full)
        if all(likely.values()) and (2 * sure > len(full) or (sure and not towns)):
            full = likely  # 铅山、广丰、玉山: among places a name that ends like a hill's is a place's
        changed = sum(name is not None for name in full.values())
        if changed * 5 < len(full) * 3:
            return element.components
        return tuple(dict.fromkeys(name or part for part, name in full.items()))
    group = [one for one in gazetteer.group(element.name, home) or () if home and gazetteer.is_within(one, home)]
    if group:
        return tuple(region.name for region in group)
    if seat := re.fullmatch(r"(?P<town>[^—－-]{2,5})(?:(?:[省市县]域)?副中心城市|(?:[省市县]域)副中心)", element.name):
        return component_list(_full_region_name(seat["town"], context, natural=True) or seat["town"])
    if not re.search(r"[—－-]", element.name):
        return ()
    named = [region for _, _, region in gazetteer.mentions(element.name, home)]
    return tuple(region.name for region in named) if len(named) > 1 else ()


def _as_town(element: Element, context: Context) -> str | None:
    """The full name of the town that a node or core is: 龙门 of the 重点镇 is 龙门镇; 白石山 among nodes is the hill."""
    urban = re.search("[主副极城镇县心]", element.label or "") is not None
    if element.kind not in ("node", "core") or (not urban and NATURAL.search(element.name)):
        return None
    return _full_region_name(element.name, context, natural=True)


NATURAL = re.compile(r"[江河湖山水溪岭湾岛库海洋峰泉坑]$")
"""A short name that ends so is taken for the river or hill, not for the district called after it."""


def _full_region_name(part: str, context: Context, *, natural: bool = False) -> str | None:
    """惠州 → 惠州市; None for what is no county, city or town of the plan's area. `natural`: names that end like a river's
    or hill's count too, and districts."""
    gazetteer, home = context.gazetteer, context.region
    region = gazetteer.find(part, home) if home is not None else None
    if region is None or home is None or region == home or not gazetteer.is_within(region, home):
        return None
    level = gazetteer.level(region)
    named = (
        level in ("city", "county", "township", *(("district",) if natural else ()))
        if natural or level == "city"
        else (level in ("county", "township") and not NATURAL.search(part))
    )
    return region.name if named and region.name.startswith(part) else None


__all__ = ["Passage", "find_structures", "own_patterns", "structure_elements", "structure_passages"]
