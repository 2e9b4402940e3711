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
from .places import as_handed_down, words_to_regions
from .table_words import TableWords, table_words

COUNTER = r"(?:处|个|项|座|片|家|条)"
SAYS = re.compile(
    rf"(?P<noun>[一-龥“”]{{2,24}}?)(?:共|共有|共计|（?共?{NUMBER}{COUNTER}）?)?(?:，(?=包括|包含|分别[为是]))?(?P<says>(?:主要)?(?:包括|包含|涵盖|分别是|分别为|名单为|(?:布局|分布|名单|名录)?如下|为|(?<!共)有|：)(?:[：:])?|(?P<told>{NUMBER}{COUNTER})[，,]?(?:即|分别为|分别是|包括)[：:]?)"
    rf"(?P<names>(?:[^。；：，（）]|（[^（）]*）)+?)(?P<open>等)?(?P<count>(?:共|共计)?{NUMBER}{COUNTER}[一-龥]{{0,6}})?(?:，|$)"
)
GATHERS = re.compile(
    rf"(?:^|(?<=[，：]))(?:其中|将|把)?(?:[^，。；：、]{{0,12}}(?:包括|包含|涵盖|保护|划定|设立|实施|推进|开展))?"
    rf"(?P<names>[^，。；：]+?、[^，。；：]+?)(?P<open>等)?(?P<says>)(?P<count>{NUMBER}(?:处|个|座|片|家|条|项))"
    rf"(?:(?P<noun>[一-龥]{{2,16}}?)(?=，|$)|[一-龥]{{0,6}}?(?:列入|列为|确定为|划为)(?P<into>[一-龥]{{2,16}}?)(?=，|$))"
)
"""甲、乙等3处自然保护区; 甲、乙等4个海岛列入严格保护类海岛."""
RANKS = re.compile(
    r"(?:^|(?<=[，：]))(?P<names>[^，。；：、]{2,14}(?:[、和及][^，。；：、]{2,14})+?)(?P<open>等)?(?P<says>)(?P<count>)"
    r"(?:均|都)?(?:列[为入]|纳入|确定为|认定为|定为|按)(?P<noun>[一-龥]{2,12}?)(?:重点)?(?:保护)?(?:名录|名单)?(?=，|$)"
)
"""甲镇、乙镇列为茶旅融合重点镇; 甲村、乙村列入传统村落重点保护名单."""
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
NAME_SPLIT = re.compile(r"(?:、|(?<=[一-龥）])(?:和|及|以及|与)(?=[一-龥A-Z]))(?![^（]*）)")
IN_COUNTY = re.compile(r"[一-龥]{2,12}?[县市区旗](?P<town>[一-龥]{2,5}(?:镇|乡|街道|苏木))")
IN_TOWN = re.compile(r"[一-龥]{2,5}?[镇乡](?P<village>[一-龥]{2,6}(?:村|寨))")
IN_VILLAGE = re.compile(r"[一-龥]{2,12}?[县市区旗][一-龥]{2,8}?(?:镇|乡|街道|苏木)[一-龥]{1,8}(?:村|寨|屯|社区|嘎查)")
"""图们市月晴镇白龙村: a village is called with its town and county."""
ASIDE = re.compile(r"（(?P<where>[^（）]{2,40}(?<!段))）$")
"""Where an entry lies, told in a bracket after its name."""
CALLED_ALIKE = re.compile(
    r"(?:口岸|基地|灌区|水库|港区|开发区|景区|矿区|机场|电站|遗址|旧址|石窟|古镇|古城|林场|牧场|渔港|物流园区?|产业园区?|地质遗迹|古道|会馆|祠堂)$"
)
"""Things that a list is a register of if all its names end so (边境口岸为：甲口岸、乙口岸)."""
GRADED_REGISTER = re.compile(r"^(?:世界|国家|全国|中国|省|自治区|市|州|县)(?:级|重点)?(?!国家)")
OF_REGISTER = re.compile(r"(?P<noun>[一-龥]{4,20})中，(?P<rest>[^。；]*?位于[^。；]+)")
LYING = re.compile(r"(?P<names>[^，。；]+?)(?:均|都|分别)?位于(?P<where>[^，。；]{2,30})(?:，|$)")
"""全国重点文物保护单位中，甲、乙位于丙市，丁位于戊市."""
ALONE = re.compile(
    rf"(?:^|(?<=[。；，]))\s*(?P<noun>[一-龥]{{4,20}}?)(?:共|现)?(?:(?:有|设)?(?:1|一){COUNTER}[，,：:]?(?:即|为|是|包括)|有|为|：)(?P<name>[一-龥]{{2,24}}?)(?:（(?P<where>[^（）]{{2,20}})）)?(?=[，。；]|$)"
)
"""省级历史文化名城1座，为甲市; 省级自然公园有甲自然公园（乙县）."""
PLACE_IS = re.compile(
    r"(?:^|(?<=[。；，]))\s*(?P<name>[一-龥]{2,8}[市县区镇乡村])(?:被?列|确定|认定|公布)?(?:为|是)(?P<noun>(?:国家|省|自治区|市|州|县)级?历史文化名[城镇村]|(?:中国|省级|国家级)传统村落)(?=[，。；]|$)"
)
"""甲市为州级历史文化名城."""
COUNTED_FIRST = re.compile(
    rf"(?P<count>{NUMBER}{COUNTER})(?P<noun>[一-龥]{{2,14}}?)，(?P<says>包括|分别为|分别是|即|具体为)(?:[：:])?"
    rf"(?P<names>(?:[^。；：，（）]|（[^（）]*）)+?)(?P<open>等)?(?=，|$)"
)
"""划定12处重要湿地，包括甲湿地、乙湿地等."""
COUNTED_KINDS = ("湿地", "水源地", "遗址", "旧址", "口岸", "灌区", "水库", "林场", "渔港", "古城", "古镇")
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
        if block.kind == "paragraph" and block.part in ("body", "box") and not explains:
            found.extend(_alone(document, block, context))
    return found


def _of_paragraph(document: Document, block: Block, context: Context) -> Iterator[ListRequirement]:
    for sentence in re.finditer(r"[^。；;]+", block.text.text):
        words = sentence[0]
        if lying := [*_lying(document, block, sentence.start(), words, context)]:
            yield from lying
            continue
        if BACKGROUND.search(words):
            continue
        known = table_words(context.lexicon)
        if graded := [*_by_kind(document, block, sentence.start(), words, context)]:
            yield from graded
            continue
        starts = [len(words) - len(words.lstrip()), *(comma.end() for comma in re.finditer("，", words))]
        done = 0
        for match in filter(None, (SAYS.match(words, start) for start in starts)):
            if match.start() >= done and _says_register(match, known):
                entries = [*_entries(document, block, sentence.start(), match, context)]
                yield from entries
                done = match.end() if entries else done
        for match in () if done else COUNTED_FIRST.finditer(words):
            if _is_register(match["noun"], known) or match["noun"].endswith(COUNTED_KINDS):
                entries = [*_entries(document, block, sentence.start(), match, context)]
                yield from entries
                done = match.end() if entries else done
        if not done:
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


def _says_register(match: re.Match[str], known: TableWords) -> bool:
    """Whether a clause lists the entries of a register that it names, counts, or whose entries are all called alike."""
    noun = re.sub(r"(?:保护)?(?:名录|名单|清单|目录)$|^列入(?:名录|名单)的", "", match["noun"])
    alike = CALLED_ALIKE.search(noun)
    if alike is not None and not re.search(r"[，、]|加强|推进|应", noun):
        names = NAME_SPLIT.split(ASIDE.sub("", match["names"]))
        if len(names) > 1 and all(ASIDE.sub("", name).endswith(alike[0]) for name in names):
            return True
    return (_is_register(noun, known) or _is_counted(match)) and (_lists(match) or _is_graded(noun, match, known))


def _is_graded(noun: str, match: re.Match[str], known: TableWords) -> bool:
    """国家历史文化名城为甲市、乙市: a graded kind of heritage or protected area and names alone."""
    kind = known.list_kind(noun)
    graded = GRADED_REGISTER.match(noun) is not None and kind in ("heritage", "protected_area")
    graded = graded or (re.match("重要|主要|大型|集中式", noun) is not None and match["names"].count("、") > 1)
    return graded and all(2 <= len(name) <= 16 for name in NAME_SPLIT.split(match["names"]))


def _lying(document: Document, block: Block, at: int, words: str, context: Context) -> Iterator[ListRequirement]:
    """The entries of a register that a sentence tells by where they lie (全国重点文物保护单位中，甲、乙位于丙市，…)."""
    known = table_words(context.lexicon)
    told = OF_REGISTER.search(words)
    if told is None or not _is_register(told["noun"], known):
        return
    position = 0
    for group in LYING.finditer(told["rest"]):
        start = told.start("rest") + group.start("names")
        for name_start, name in _split(group["names"]):
            if 2 <= len(name) <= 24 and not re.search(r"加强|推进|应|约|余[处个]|\d+[处个]", name):
                position += 1
                where = (at + start + name_start, at + start + name_start + len(name))
                yield _single(document, block, where, name, told["noun"], group["where"], context, position)


def _split(names: str) -> Iterator[tuple[int, str]]:
    last = 0
    for cut in [*NAME_SPLIT.finditer(names), None]:
        end = cut.start() if cut is not None else len(names)
        if names[last:end].strip():
            yield last, names[last:end].removesuffix("等")
        last = cut.end() if cut is not None else last


def _alone(document: Document, block: Block, context: Context) -> Iterator[ListRequirement]:
    """省级历史文化名城1座，为甲市; 乙市为州级历史文化名城: single entries of graded registers."""
    known, text = table_words(context.lexicon), block.text.text
    for match in [*ALONE.finditer(text), *PLACE_IS.finditer(text)]:
        noun, name = match["noun"], match["name"]
        noun = re.sub(r"^(?:全[省市县区域]|[省市州县区]域)(?:内|范围内)?(?:的)?", "", noun)
        kind = known.list_kind(noun)
        if (
            not _is_register(noun, known)
            or kind not in ("heritage", "protected_area")
            or not GRADED_REGISTER.match(noun)
        ):
            continue
        ends = noun[-2:] if kind == "protected_area" else ("市", "县", "区", "镇", "乡", "村", noun[-2:])
        sentence = re.split(r"[。；]", text[: match.start()])[-1] + match[0]
        home = context.region.name if context.region is not None else ""
        if not name.endswith(ends) or name == home or NO_NAME.search(name) or BACKGROUND.search(sentence):
            continue
        where = match.groupdict().get("where") or ""
        yield _single(document, block, match.span("name"), name, noun, where, context, 1)


def _single(
    document: Document,
    block: Block,
    at: tuple[int, int],
    name: str,
    noun: str,
    where: str,
    context: Context,
    position: int,
) -> ListRequirement:
    """An entry with the place that the sentence gives it."""
    words = table_words(context.lexicon)
    places = words_to_regions(where, context.region, context.gazetteer).regions if where else _places(name, context)
    grade = GRADED_REGISTER.match(noun)
    told = re.sub(r"重点$", "", grade[0]) if grade else ""
    type_ = GRADED.sub("", noun)
    return ListRequirement(
        modes=("list",),
        text=block.text.text[at[0] : at[1]],
        section=block.section,
        where=document.spans(block, *at),
        binds=places,
        binds_basis="mention" if places else "unknown",
        register_=Register(name=compact(noun)),
        kind=words.list_kind(noun) or "other",
        name=compact(name),
        attributes={"类型": type_} | ({"所在地": where} if where else {}),
        fields=ListFields(type=type_, grade=GRADE_NAMES.get(told, told) or None, units=where or None),
        position=position,
        confidence=0.82,
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
    asides = {begin: aside["where"] for begin, _, name in pieces if (aside := _aside(name, context)) is not None}
    pieces = [(begin, end, ASIDE.sub("", name) if begin in asides else name) for begin, end, name in pieces]
    leads = {} if GRADED_REGISTER.match(noun_of(match)) else _grade_leads(pieces)
    pieces = [
        (begin + len(leads.get(begin, "")), end, name[len(leads.get(begin, "")) :]) for begin, end, name in pieces
    ]
    names = [piece for piece in pieces if piece[2].strip()]
    if len(names) < 2 or any(NO_NAME.search(name) or not 2 <= len(compact(name)) <= 24 for _, _, name in names):
        return
    if count is not None and not match["open"] and count != len(names):
        return
    noun = re.sub(r"^.*(?:(?:内|中(?!国))的?|列入|列为)", "", compact(noun_of(match)))
    noun = re.sub(r"(?<=.{3})(?:名单|清单)$", "", noun)
    noun = re.sub(r"^(?:全[省市州县区域]|[省市州县区]域)(?=重点|予以|严格)", "", noun)
    noun = re.sub(r"^(?:以上|上述|下列)|^(?:予以|重点|严格|整体)?(?:保护|建设|打造|发展)的?(?=.{4})", "", noun)
    noun = re.sub(r"^(?:全[省市县区域镇乡村]|[省市县区镇乡村]域)(?:内|范围内)?(?:共有|设有|有|共)?(?=.{2})", "", noun)
    register = Register(name=noun, stated_count=count, open=match["open"] is not None)
    type_ = GRADED.sub("", register.name)
    grade = re.match(r"(国家|省|市|县)级", register.name)
    placed = _places_of_all([compact(name) for _, _, name in names], context)
    for position, (begin, end, name) in enumerate(names, start=1):
        places = placed[position - 1]
        if begin in asides:
            places = words_to_regions(asides[begin], context.region, context.gazetteer).regions
        if led := _after_region(compact(name), places):  # 湄潭县永兴镇 is the town, and where it is
            begin, name = begin + name.index(led), led
        where = asides.get(begin) or "、".join(r.name for r in places if not r.name.startswith(compact(name)))
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


def noun_of(match: re.Match[str]) -> str:
    """What a list is said to be one of: before its names, or after 列入."""
    return match["noun"] or match.groupdict().get("into") or ""


def _grade_leads(pieces: list[tuple[int, int, str]]) -> dict[int, str]:
    """历史文化名城：国家级甲市、乙市，…: the grades that stand before names, by where the names start."""
    found = (
        (begin, re.match(r"(?:国家级|世界级|省级|自治区级|市级|州级|县级)(?=[一-龥]{2})", name))
        for begin, _, name in pieces
    )
    return {begin: lead[0] for begin, lead in found if lead is not None}


def _aside(name: str, context: Context) -> re.Match[str] | None:
    """The bracket after a name that says where the thing lies."""
    aside = ASIDE.search(name)
    known = aside is not None and words_to_regions(aside["where"], context.region, context.gazetteer).regions
    return aside if known else None


def _after_region(name: str, places: tuple[Region, ...]) -> str | None:
    """永兴镇 of 湄潭县永兴镇, 丁氏故宅 of 龙口市丁氏故宅: what stands behind the whole name of a city or county."""
    if IN_VILLAGE.fullmatch(name):
        return None
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
    home = context.region
    around = set() if home is None else {place.code for place in _around(home, context)}
    found = (region for start, _, region in mentions if start == 0 and region != home)
    return tuple(dict.fromkeys(region for region in found if region.code is None or region.code not in around))


def _around(home: Region, context: Context) -> Iterator[Region]:
    """The city and province in which the plan's area lies."""
    above = context.gazetteer.parent(home)
    while above is not None:
        yield above
        above = context.gazetteer.parent(above)
