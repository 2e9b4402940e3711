"""Registers in running text: "省级蓝碳增汇示范区包括湛江雷州湾、…和阳江海陵湾六处", "A、B等3处自然保护区".

Only a phrase with a register noun, at least two names and either a count or the form 〈noun〉包括〈names〉 is a list; what
merely tells where things lie (主要分布在…) is none.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from ..plan.document import Block, Document
from ..plan.quantity import NUMBER, exact
from ..plan.requirement import ListFields, ListRequirement, Region, Register
from .clauses import SECTION_WITHOUT_RULES
from .columns import compact
from .context import Context
from .places import as_handed_down
from .table_words import TableWords, table_words

COUNTER = r"(?:处|个|项|座|片|家|条)"
SAYS = re.compile(
    rf"(?P<noun>[一-龥“”]{{2,24}}?)(?:共|共有|共计|（?共?{NUMBER}{COUNTER}）?)?(?P<says>(?:主要)?(?:包括|包含|涵盖|分别是|分别为|名单为|为|(?<!共)有|：)(?:[：:])?|(?P<told>{NUMBER}{COUNTER})[，,]?(?:即|分别为|分别是|包括)[：:]?)"
    rf"(?P<names>[^。；：，]+?)(?P<open>等)?(?P<count>(?:共|共计)?{NUMBER}{COUNTER}[一-龥]{{0,6}})?(?:，|$)"
)
GATHERS = re.compile(
    rf"(?:^|(?<=[，：]))(?:其中|将|把)?(?:[^，。；：、]{{0,12}}(?:包括|包含|涵盖|保护|划定|设立|实施|推进|开展))?"
    rf"(?P<names>[^，。；：]+?、[^，。；：]+?)(?P<open>等)?(?P<says>)(?P<count>{NUMBER}(?:处|个|座|片|家|条|项))"
    rf"(?:(?P<noun>[一-龥]{{2,16}}?)(?=，|$)|[一-龥]{{0,6}}?(?:列入|列为|确定为|划为)(?P<into>[一-龥]{{2,16}}?)(?=，|$))"
)
"""甲、乙等3处自然保护区; 甲、乙等4个海岛列入严格保护类海岛."""
RANKS = re.compile(
    r"(?:^|(?<=[，：]))(?P<names>[^，。；：、]{2,14}(?:[、和及][^，。；：、]{2,14})+?)(?P<open>等)?(?P<says>)(?P<count>)"
    r"(?:均|都)?(?:列[为入]|确定为|认定为|定为)(?P<noun>[一-龥]{2,12}?)(?=，|$)"
)
"""甲镇、乙镇列为茶旅融合重点镇."""
SINGLE = re.compile(r"(?:^|[。；])\s*(?P<name>[一-龥]{2,14}?)作为(?P<noun>(?:国家|省|市)级[一-龥]{2,14}?)(?=[，。；])")
ENTERED = re.compile(
    r"(?P<register>[一-龥]{0,10}(?:名录|名单|清单))的?(?:主要)?(?:有|包括|包含|涵盖|为|如下|分别为|分别是)[：:]?(?P<items>[^。；]+)"
)
"""列入保护名录的有：省级文物保护单位甲、乙，中国传统村落丙村: each part with its kind before its names."""
KIND_GRADE = re.compile(r"^(?P<grade>全国|国家级?|世界级?|自治区级?|省级?|市级?|州级?|县级?|区级?|中国)?(?:重点)?")
ALSO = re.compile(
    r"^，?(?:以及|和|及)(?P<names>[^，。；：]+?、[^，。；：]+?)(?P<open>等)(?P<says>)(?P<count>)(?P<noun>[一-龥]{2,12}?)(?=，|$)"
)
"""…涵盖甲、乙两个历史文化街区，以及丙镇、丁镇等名镇名村: a second register of the sentence."""
GRADED = re.compile(r"^(?:(?:国家级?|省级?|市级?|县级?)(?:及?以上)?|全[省市县])(?:的)?")
SETTLED = re.compile(r"(?:重点|特色|示范)(?:镇|县|村)$")
"""Ranks of settlements: a register only under a theme of its own (茶旅融合重点镇), else the order of towns."""
NAME_SPLIT = re.compile(r"、|(?<=[一-龥）])(?:和|及|以及|与)(?=[一-龥A-Z])")
IN_COUNTY = re.compile(r"[一-龥]{2,12}?[县市区旗](?P<town>[一-龥]{2,5}(?:镇|乡|街道|苏木))")
IN_TOWN = re.compile(r"[一-龥]{2,5}?[镇乡](?P<village>[一-龥]{2,6}(?:村|寨))")
NO_NAME = re.compile(
    r"[，。；：]|为|指标|^(?:以|指|按|由|在|对|其他|其它|其余|相关|有关|各|全)|加强|推进|严格|应当|不得|禁止|开展|提升|完善|优化|落实|保障|等$|统一|实行|以及|面积|公里|公顷|平方"
)
BACKGROUND = re.compile(r"分布在|主要分布|位于|曾|截至|现有|已建成|已有|现状|目前|以来")


def inline_entries(document: Document, context: Context) -> list[ListRequirement]:
    """The entries of every list in running text, in order."""
    found: list[ListRequirement] = []
    for block in document.blocks:
        explains = any(SECTION_WITHOUT_RULES.search(title) for title in block.section)
        if block.kind == "paragraph" and block.part in ("body", "box") and "、" in block.text.text and not explains:
            found.extend(_of_paragraph(document, block, context))
        if block.kind == "paragraph" and "作为" in block.text.text and not explains:
            found.extend(_singles(document, block, context))
    return found


def _of_paragraph(document: Document, block: Block, context: Context) -> Iterator[ListRequirement]:
    for sentence in re.finditer(r"[^。；;]+", block.text.text):
        words = sentence[0]
        if BACKGROUND.search(words):
            continue
        known = table_words(context.lexicon)
        if graded := [*_by_kind(document, block, sentence.start(), words, context)]:
            yield from graded
            continue
        starts = [len(words) - len(words.lstrip()), *(comma.end() for comma in re.finditer("，", words))]
        for match in filter(None, (SAYS.match(words, start) for start in starts)):
            entries = []
            if (_is_register(match["noun"], known) or _is_counted(match)) and _lists(match):
                entries = [*_entries(document, block, sentence.start(), match, context)]
                yield from entries
            if entries:
                break
        else:
            for match in [*GATHERS.finditer(words)] or RANKS.finditer(words):
                if not _is_register(match["noun"] or match["into"], known):
                    continue
                yield from _entries(document, block, sentence.start(), match, context)
                also = ALSO.search(words[match.end() :])
                if also and _is_register(also["noun"], known):
                    yield from _entries(document, block, sentence.start() + match.end(), also, context)


def _by_kind(document: Document, block: Block, at: int, words: str, context: Context) -> Iterator[ListRequirement]:
    """The entries of a register whose parts each begin with their kind."""
    entered = ENTERED.search(words)
    if entered is None:
        return
    known = table_words(context.lexicon)
    register = Register(name=compact(entered["register"].removeprefix("列入").removeprefix("纳入")))
    position = 0
    for part in re.finditer(r"[^，,]+", entered["items"]):
        grade = KIND_GRADE.match(part[0])
        kind = known.register_noun.match(part[0], grade.end() if grade else 0)
        if kind is None or kind.end() == len(part[0]):
            continue
        begin = entered.start("items") + part.start() + kind.end()
        for name in re.finditer(r"[^、]+", part[0][kind.end() :]):
            plain = compact(name[0]).removesuffix("等")
            if NO_NAME.search(plain) or not 2 <= len(plain) <= 20:
                continue
            places = _places(plain, context)
            where = "、".join(r.name for r in places if r.name != plain)
            if town := IN_COUNTY.fullmatch(plain) or IN_TOWN.fullmatch(plain):
                plain = town[1]
            position += 1
            start = at + begin + name.start()
            graded = (grade["grade"] or "") if grade else ""
            yield ListRequirement(
                modes=("list",),
                text=block.text.text[
                    at + entered.start("items") + part.start() : at + entered.start("items") + part.end()
                ],
                section=block.section,
                where=document.spans(block, start, start + len(name[0])),
                binds=places,
                binds_basis="mention" if places else "unknown",
                register_=register,
                kind=known.list_kind(kind[0]) or known.list_kind(register.name) or "other",
                name=plain,
                attributes={"类型": kind[0]} | ({"所在地": where} if where else {}),
                fields=ListFields(type=kind[0], grade=GRADE_NAMES.get(graded, graded) or None, units=where or None),
                position=position,
                confidence=0.85,
            )


GRADE_NAMES = {
    "全国": "国家级",
    "国家": "国家级",
    "中国": "国家级",
    "省": "省级",
    "市": "市级",
    "州": "州级",
    "县": "县级",
    "区": "区级",
}


def _singles(document: Document, block: Block, context: Context) -> Iterator[ListRequirement]:
    """甲湾作为省级乙示范区: one entry of a register that the sentence names."""
    words = table_words(context.lexicon)
    for match in SINGLE.finditer(block.text.text):
        if not _is_register(match["noun"], words) or NO_NAME.search(match["name"]):
            continue
        name = compact(match["name"])
        places = _places(name, context)
        yield ListRequirement(
            modes=("list",),
            text=block.text.text[match.start("name") : match.end("noun")],
            section=block.section,
            where=document.spans(block, match.start("name"), match.end("noun")),
            binds=places,
            binds_basis="mention" if places else "unknown",
            register_=Register(name=compact(match["noun"]), open=True),
            kind=words.list_kind(match["noun"]) or "other",
            name=name,
            attributes={"类型": GRADED.sub("", match["noun"])},
            fields=ListFields(
                type=GRADED.sub("", match["noun"]),
                grade=(graded[0] if (graded := re.match(r"(?:国家|省|市)级", match["noun"])) else None),
            ),
            confidence=0.8,
        )


def _lists(match: re.Match[str]) -> bool:
    """A bare 为 or 有 lists only what is counted."""
    told = match["told"] is not None or "分别" in match["says"] or match["says"].startswith("名单")
    return told or match["says"][-1] not in "为有" or match["count"] is not None


def _is_register(noun: str, words: TableWords) -> bool:
    """Whether the words before 包括 end in a noun of registers (…示范区), with no verb in between."""
    found = list(words.register_noun.finditer(noun))
    if SETTLED.search(noun) and len(GRADED.sub("", SETTLED.sub("", noun))) < 3:
        return False
    return bool(found) and found[-1].end() == len(noun) and not re.search(r"[，、]|加强|推进|是|应|在", noun)


def _is_counted(match: re.Match[str]) -> bool:
    """Whether names are counted as things that stand somewhere (三处), and the noun is no structure or zoning."""
    noun = match["noun"]
    return re.search(r"[处座项]$", match["count"] or "") is not None and not re.search(
        r"廊道|屏障|分区|片区|轴|带|组团|圈|核|要素|原则|指标|任务|节点|[，、]|加强|推进|应", noun
    )


def _entries(
    document: Document, block: Block, at: int, match: re.Match[str], context: Context
) -> Iterator[ListRequirement]:
    start = match.start("names")
    pieces = []
    last = 0
    for cut in [*NAME_SPLIT.finditer(match["names"]), None]:
        end = cut.start() if cut is not None else len(match["names"])
        pieces.append((start + last, start + end, match["names"][last:end]))
        last = cut.end() if cut is not None else last
    groups = match.groupdict()
    count = _count(groups.get("told") or match["count"])
    names = [piece for piece in pieces if piece[2].strip()]
    if len(names) < 2 or any(NO_NAME.search(name) or not 2 <= len(compact(name)) <= 20 for _, _, name in names):
        return
    if count is not None and not match["open"] and count != len(names):
        return
    noun = re.sub(r"^.*(?:(?:内|中)的?|列入|列为)", "", compact(match["noun"] or groups.get("into") or ""))
    noun = re.sub(r"^(?:以上|上述|下列)|^(?:予以|重点|严格|整体)?(?:保护|建设|打造|发展)的?(?=.{4})", "", noun)
    noun = re.sub(r"^(?:全[省市县区域镇乡村]|[省市县区镇乡村]域)(?:内|范围内)?(?:共有|设有|有|共)?(?=.{2})", "", noun)
    register = Register(name=noun, stated_count=count, open=match["open"] is not None)
    type_ = GRADED.sub("", register.name)
    grade = re.match(r"(国家|省|市|县)级", register.name)
    placed = _places_of_all([compact(name) for _, _, name in names], context)
    for position, (begin, end, name) in enumerate(names, start=1):
        places = placed[position - 1]
        if led := _after_region(compact(name), places):  # 湄潭县永兴镇 is the town, and where it is
            begin, name = begin + name.index(led), led
        where = "、".join(r.name for r in places if not r.name.startswith(compact(name)))
        places = tuple(as_handed_down(places, context.region, context.gazetteer))
        attributes = {"类型": type_} | ({"所在地": where} if where else {})
        yield ListRequirement(
            modes=("list",),
            text=block.text.text[at + match.start() : at + match.end()],
            section=block.section,
            where=document.spans(block, at + begin, at + end),
            binds=places,
            binds_basis="mention" if places else "unknown",
            register_=register,
            kind=table_words(context.lexicon).list_kind(register.name) or "other",
            name=compact(name),
            attributes=attributes,
            fields=ListFields(type=type_, grade=grade[0] if grade else None, units=where or None),
            position=position,
            confidence=0.88,
        )


def _after_region(name: str, places: tuple[Region, ...]) -> str | None:
    """永兴镇 of 湄潭县永兴镇, 丁氏故宅 of 龙口市丁氏故宅: what stands behind the whole name of a city or county."""
    if town := IN_COUNTY.fullmatch(name):
        return town["town"]
    lead = next((r.name for r in places if name.startswith(r.name) and r.name.endswith(("市", "县", "区", "旗"))), "")
    return name[len(lead) :] if lead and len(name) - len(lead) >= 3 else None


def _count(words: str | None) -> int | None:
    found = re.search(NUMBER, words or "")
    number = exact(found[0]) if found is not None else None
    return int(number) if number is not None and number.denominator == 1 else None


def _places_of_all(names: list[str], context: Context) -> list[tuple[Region, ...]]:
    """The region that opens each name of a list. A short name that could be a river's (九江修河, 湛江雷州湾, 黑河) is a
    place where others of the list are: alone if one of them is, before the thing's own name if half of them are."""
    placed = [_places(name, context) for name in names]
    if context.region is None or not any(placed):
        return placed
    half = 2 * sum(map(bool, placed)) >= len(names)
    for at, name in enumerate(names):
        heads = [name, *(name[:length] for length in range(2, 5) if half)]
        found = (context.gazetteer.find(head, context.region) for head in heads if not placed[at])
        inside = (region for region in found if region is not None and _is_part(region, context))
        placed[at] = placed[at] or tuple(itertools.islice(inside, 1))
    return placed


def _is_part(region: Region, context: Context) -> bool:
    """Whether a region is a city or county of the plan's area."""
    home, gazetteer = context.region, context.gazetteer
    return home is not None and gazetteer.level(region) in ("city", "county") and gazetteer.is_within(region, home)


def _places(name: str, context: Context) -> tuple[Region, ...]:
    """The region that opens a name (湛江雷州湾 → 湛江市)."""
    mentions = context.gazetteer.mentions(name, within=context.region)
    return tuple(dict.fromkeys(region for start, _, region in mentions if start == 0 and region != context.region))
