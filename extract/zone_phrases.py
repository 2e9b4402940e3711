"""Sentences that give areas a zone type: "龙门县等农产品主产区", "A、B和C为重点生态功能区", "其余各镇为农产品主产区"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ..plan.lexicon import Lexicon
from ..plan.region import Gazetteer
from ..plan.requirement import Region
from .table_words import TableWords, table_words

GRADE = r"(?:国家级|省级|自治区级|市级|国家|省)?"
RELATION = re.compile(
    rf"(?P<refined>细化(?:为|成|落实为)|宜细化为)?(?P<verb>(?:功能定位|定位|划|定|列|确定|划定|划分|明确|调整|列入|纳入|划入|落实|认定|规划|调整优化|优化)为|(?:划|列|纳|归|调)入|列入|纳入|划入|属于|属|落实|作为|承担|承接|承载|执行|为|是|按照?|等|等的)?(?:的)?{GRADE}$"
)
ALSO_IN = re.compile(r"(?:同时)?在[一-龥]{2,10}(?:分区|区划)(?:上|中|方面|里)?|在[一-龥]{2,10}(?:上|方面)")
"""甲镇按重点生态功能区管理，在生态修复分区上属于…: said of the unit before."""
OWN = re.compile(
    r"(?:[^，。；]{0,10}[，,])?(?:全[省市州盟县区旗域]|[省市州县区旗]域|[我本][省市州县区旗])(?:范围|整体|总体|均|全部|的|主体功能区?|主体|功能)*(?:定位|类型)?(?:整体|总体|均|全部)*(?:被)?"
)
"""The plan's own area as the unit: 全县为…, 县域主体功能定位为…."""
CHANGED = re.compile(r"(?:的)?(?:主体功能(?:区)?)?(?:定位|类型)?由[^，。；]{2,14}$")
"""甲县定位由城市化地区调整为…: what it was before."""
ALONE = re.compile(
    r"(?:^|(?<=。))(?P<lead>[—\-·•\s]*(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．])?\s*)(?P<type>[一-龥]{4,12}?(?:区|类|型|镇))(?:（[^（）]{1,8}）)?(?P<stop>。)(?=(?:主要)?(?:包括|涉及|涵盖)?[一-龥]{2,}(?:省|市|县|区|旗|镇|乡|街道)[、，和等])"
)
"""A type that stands as a title before its places: 农产品主产区。甲县、乙县…"""
MAINLY = re.compile(
    r"(?P<places>[^，。；]+?)(?:均|都)?以(?P<what>生态|农业|城镇|农产品|城镇化|城市化)(?P<word>功能|发展|生产|保护)为主(?=[，。；]|$)"
)
"""甲镇、乙镇以农业功能为主: a town's refinement (农业功能乡镇)."""
FOLLOWS = re.compile(
    r"(?:的(?:县|区|市|旗|乡镇|镇街|镇|乡|街道)*(?:（[市县区旗州盟镇乡街道、]+）)?(?=有|为|是|包括|涉及|：)|(?:县|区|镇|乡)(?=有|为|包括))?[，,]?(?:共(?:\d+|[一二三四五六七八九十]+)个(?:县|区|市|旗|镇|乡|街道)*(?:（[市县区旗州盟镇乡街道、]+）)?)?[，,]?(?:分别)?(?:主要|具体)?(?:包括|包含|涉及|涵盖|覆盖|囊括|分布(?:在|于)|有|为|是|：(?:主要)?(?:包括|涉及|涵盖)?|:|（(?=[^（）]{2,}）))(?:[^，。；、]{0,6}?[：:])?"
)
MANAGED = re.compile(
    r"(?:的)?(?:要求|定位|政策|标准|类型|功能|方向)?(?:进行|实施|实行|加以)?(?:管理|管控|引导|(?P<refined>细化|传导)|落实|建设|发展|培育|布局|控制|划定|确定|实施|执行)"
)
FILLER = re.compile(
    r"其中|其余的|以及|为(?:主体|重点|主)$|规划|将|把|对|和|及|与|等|的|以|全域|全部|均|都|宜|可|应|仍|上述|本市|各|[、，,（()）\s：:]|街道|乡镇|个|[0-9一二两三四五六七八九十]+(?:个)?(?:县|区|市|镇|乡|街道)*|镇级|县级|行政区|整体|主体功能(?:区)?(?:定位)?|主体|(?:功能)?定位|确定|明确|划定|列"
)
FREE_TYPE = re.compile(
    r"(?:(?<=为)|(?<=^)|(?<=[，；：])|(?<=入)|(?<=于))(?!自然|其中|[一二三四五六七八九十两]+[个类大]|[一-龥]{0,14}(?:自然保护区|风景名胜区|水产种质资源保护区))(?:(?![为于入县]|(?<!城)镇|包括|涉及|划定)[一-龥]){2,16}?(?:修复|治理|涵养|提升|恢复|整治|保育|维护|防治|保护|发展|协调|管控|控制|保持)(?:重点)?(?:分区|片区|区|镇)(?=[，。；：包涵涉有覆囊分（(]|$)"
    r"|(?:(?<=为)|(?<=^)|(?<=[，；：])|(?<=入)|(?<=于))(?!自然|其中|[一二三四五六七八九十两各]+[个类大])(?:(?![为于入包]|涉及|划定)[一-龥]){2,10}?(?:型|类)(?=(?:的)?(?:乡镇|镇街|城镇|村庄|乡|镇|村)?(?:[，。；：]|包括|$))"
    r"|(?:(?<=为)|(?<=于)|(?<=入))(?:(?![为于入包])[一-龥]){2,6}?(?:功能|发展|生产|保护|服务|涵养)(?:乡镇|镇街)(?=[，。；：]|$)"
)
"""A type that no lexicon knows is one only where it stands alone after 为 or opens the clause."""
SETTLED = re.compile(r"(?:的)?(?:主体)?(?:功能)?定位")
"""甲区、乙市落实城市化地区定位; not 落实城市化地区政策."""
LAND = re.compile(
    r"(?!.*(?:各|其[余他]|应|将|由))[一-龥]{2,10}(?:山地|浅山|脑山|两岸|沿岸|谷地|河谷|沿线|流域|库区|丘陵|平原|(?:[省市县区]域)?[东南西北中]{1,2}部)"
)
"""What lies in a zone of restoration and is no region: 甲河干流两岸, 县域北部."""
REST = re.compile(
    r"(?:其余|其他|其它)(?:的)?(?:各)?(?:\d+个)?(?P<kind>乡镇（街道）|乡镇|镇街|镇|乡|街道|县（市、区）|县|区|市)"
)
OVERLAID = re.compile(
    r"(?P<places>[^，。；：]+?)(?:在[^，。；]{2,14}(?:基础|之)上)?(?:同时|均|都|也|并|还|分别)*(?:叠加(?:为|了)?|(?:列|划|定|确定|认定|纳|列入|纳入|划入)[为入]?)"
    r"(?P<what>(?<=叠加)(?:农产品主产区|重点生态功能区|城市化地区)|[一-龥]{0,14}(?:富集区域?|富集地区|保障区|振兴区|边境地区|景观功能区|经济发展区|自然保护地)(?:[、和与][一-龥、]{2,30})?)(?:等?(?:叠加)?功能(?:类型|区)?)?(?=[，。；]|$)"
)
"""甲县、乙县同时列为能源资源富集区; 其中甲县叠加自然保护地功能: what lies over the type that the unit has."""
_MAY_SAY = re.compile(
    r"(?:修复|治理|涵养|提升|恢复|整治|保育|维护|防治|保护|发展|协调|管控|控制|保持)(?:重点)?(?:分区|片区|区|镇)|[型类]|乡镇|镇街"
    r"|富集区|富集地区|保障区|振兴区|边境地区|景观功能区|经济发展区|自然保护地"
)
"""What everything that FREE_TYPE and OVERLAID find holds; asked first, as they try each place of a sentence."""
BACKGROUND = re.compile(r"曾|首次|此前|原(?:为|来|定|先)|过去|以前|如果|若|不得|未|拟|建议")
UNKNOWN_TOWN = re.compile(
    r"(?!.*(?:各|乡镇|镇街|其余|其他|重点|中心|部分|部镇|海镇|行政村|自然村))[一-龥]{2,7}(?:镇|乡|街道|苏木|村|嘎查)"
)
LEAD = re.compile(r"^(?:其中|规划|将|把|对|\s)+")
PART_AFTER = re.compile(r"(?:[东南西北中]部|部分|沿海|山区|局部)(?:地区|区域|乡镇|镇|片区)?$")
PART = re.compile(
    r"^(?:[东南西北中]+部|沿海|沿江|山区|部分|城区|周边|[东南西北]部沿海)(?:各|的)?(?:乡镇|镇街|镇|乡|街道|地区|片区|区域)+"
)


def may_say_zones(text: str) -> bool:
    """Whether a text says of something that it is of a type which no lexicon knows, or names an overlay."""
    return bool(_MAY_SAY.search(text) and (FREE_TYPE.search(text) or OVERLAID.search(text)))


@dataclass(frozen=True, slots=True)
class ZonePhrase:
    """Characters `start`..`end` say that `unit` (or `part` of it) is of `type`; "" if they only name its `overlays`. `refined`: a town-level refinement of
    what holds for its county. `rest`: the kind of all other units (其余各镇)."""

    start: int
    end: int
    unit: Region | None
    type: str
    part: str | None = None
    refined: bool = False
    rest: str | None = None
    overlays: tuple[str, ...] = ()
    named: tuple[Region, ...] = field(default=(), compare=False)
    """The towns that the phrase names as examples of the part."""


def zone_phrases(text: str, home: Region | None, lexicon: Lexicon, *, base_year: int = 2020) -> Iterator[ZonePhrase]:
    """The phrases of a paragraph or cell, in order; blanks that justification put in do not matter."""
    kept = [at for at, character in enumerate(text) if not character.isspace()]
    plain = "".join(text[at] for at in kept)
    for phrase in _of_text(plain, home, lexicon, base_year):
        yield replace(phrase, start=kept[phrase.start], end=kept[phrase.end - 1] + 1)


def _of_text(text: str, home: Region | None, lexicon: Lexicon, base_year: int) -> Iterator[ZonePhrase]:
    text = ALONE.sub(lambda found: found[0][:-1] + "：", text)
    for sentence in re.finditer(r"[^。；;]+", text):
        words = sentence[0]
        years = [int(year) for year in re.findall(r"((?:19|20)\d\d)年?", words)]
        if BACKGROUND.search(words) or any(year < base_year for year in years):
            continue
        for phrase in _of_sentence(words, home, lexicon):
            yield replace(phrase, start=phrase.start + sentence.start(), end=phrase.end + sentence.start())


def _of_sentence(words: str, home: Region | None, lexicon: Lexicon) -> Iterator[ZonePhrase]:
    gazetteer = lexicon.gazetteer
    done = 0
    refined = False
    county: Region | None = None
    before: list[Unit] = []
    yield from _mainly(words, home, gazetteer)
    yield from _overlaid(words, home, gazetteer)
    for match in _types_in(words, table_words(lexicon)):
        if bracketed := _bracketed(words, done, match, home, gazetteer):
            yield from bracketed
            done = match.end() + 1
            continue
        relation = RELATION.search(words, done, match.start())
        free = match.re is FREE_TYPE
        verb = relation["verb"] or relation["refined"] if relation else None
        overlays = _overlays(words, match.end())
        if relation is not None and verb:
            begin = _list_start(words, done, relation.start(), home, gazetteer)
            refined = refined or relation["refined"] is not None
            stretch = CHANGED.sub("", words[begin : relation.start()])
            units = list(_units(stretch, verb, match, words, county or home, home, gazetteer))
            if not units and not free and home is not None and OWN.fullmatch(stretch):
                units = [(home, None, None, ())]
            if free and verb in ("等", "等的", "按", "按照", "是"):
                units = []
            managed = MANAGED.match(words, match.end())
            if verb in ("按", "按照") and managed is None:
                units = []
            if verb == "落实" and not SETTLED.match(words, match.end()):
                units = []
            if not units and free and verb.endswith("为") and (land := LAND.fullmatch(stretch)):
                units = [(Region(name=land[0], code=None), None, None, ())]
            end = managed.end() if managed and verb in ("按", "按照") else match.end()
            if not units and before and free and ALSO_IN.fullmatch(stretch):
                units = before
            before = units or before
            for unit, part, rest, named in units:
                finer = refined or (managed is not None and managed["refined"] is not None)
                yield ZonePhrase(begin, end, unit, match[0], part, finer, rest, overlays, named)
            if units:
                county = _county_of(stretch, home, gazetteer) or county
                done = match.end()
                continue
        follows = FOLLOWS.match(words, match.end())
        if follows is not None:
            stop = re.compile(r"[，。；）]|$").search(words, follows.end())
            assert stop is not None
            for unit, part in _only_places(words[follows.end() : stop.start()], home, gazetteer):
                yield ZonePhrase(match.start(), stop.start(), unit, match[0], part)
                done = stop.start()


def _bracketed(
    words: str, low: int, match: re.Match[str], home: Region | None, gazetteer: Gazetteer
) -> list[ZonePhrase]:
    """甲县、乙县（农产品主产区）: the places before a bracket that holds nothing but their type."""
    opened = re.search(rf"[（(]{GRADE}$", words[low : match.start()])
    if opened is None or words[match.end() : match.end() + 1] not in ("）", ")"):
        return []
    end = low + opened.start()
    start = max((low + found.end() for found in re.finditer(r"[，,：:）)]、?", words[low:end])), default=low)
    return [
        ZonePhrase(start, match.end() + 1, unit, match[0], part)
        for unit, part in _only_places(words[start:end], home, gazetteer)
    ]


def _mainly(words: str, home: Region | None, gazetteer: Gazetteer) -> Iterator[ZonePhrase]:
    """甲镇、乙镇以农业功能为主: towns alone, for a county's type has a name of its own."""
    for match in MAINLY.finditer(words):
        units = _only_places(match["places"], home, gazetteer)
        if units and all(unit.name.endswith(("镇", "乡", "街道", "苏木")) for unit, _ in units):
            for unit, part in units:
                yield ZonePhrase(match.start(), match.end(), unit, f"{match['what']}{match['word']}乡镇", part, True)


def _overlaid(words: str, home: Region | None, gazetteer: Gazetteer) -> Iterator[ZonePhrase]:
    """What a sentence lays over units whose type stands elsewhere; the phrases have no type of their own."""
    for match in OVERLAID.finditer(words):
        laid = tuple(part for part in re.split(r"[、和与]", match["what"]) if part)
        laid = (match["what"],) if any(len(part) < 4 or part.endswith("文化") for part in laid) else laid
        for unit, part in _only_places(match["places"], home, gazetteer):
            yield ZonePhrase(match.start(), match.end(), unit, "", part, overlays=laid)


OF_UNITS = ("主体功能区", "村庄分类")
"""The systems whose types hold for administrative units."""


def _types_in(words: str, known: TableWords) -> Iterator[re.Match[str]]:
    """The zone types that a sentence names: those of counties, towns and villages, and words that are built like a type (…修复区)."""
    main = [match for match in known.zone_type.finditer(words) if known.types[match[0]] in OF_UNITS]
    taken = [match.span() for match in known.zone_type.finditer(words)]
    built = [
        match
        for match in FREE_TYPE.finditer(words)
        if not any(start < match.end() and match.start() < end for start, end in taken)
    ]
    yield from sorted([*main, *built], key=lambda match: match.start())


def _overlays(words: str, at: int) -> tuple[str, ...]:
    """叠加自然保护地、战略性矿产保障区和特别振兴区 after the type."""
    match = re.match(r"[，,（(]?(?:并|同时)?叠加(?:为|了)?([^。；（）()]+)", words[at:])
    if match is None:
        return ()
    listed = re.split(r"，", match[1])[0]
    listed = (
        re.sub(r"(?:等)?(?:[一二两三四五六七八九十\d]+[类种个项])?(?:叠加)?(?:功能)?(?:类型)?$", "", listed) or listed
    )
    return tuple(part.strip() for part in re.split(r"、|和(?!谐)|以及", listed) if part.strip())


def _list_start(words: str, low: int, end: int, home: Region | None, gazetteer: Gazetteer) -> int:
    """Where the list of places before a relation begins: after the last stop or comma before which stands more than
    places (甲市乙区、丙区，丁市戊区为…: the list runs over the comma)."""
    starts = [low, *(low + match.end() for match in re.finditer(r"[，,：:]", words[low:end]))]
    start = starts.pop()
    while starts and words[start - 1] in "，," and _only_places(words[starts[-1] : start - 1], home, gazetteer):
        start = starts.pop()
    return start


Unit = tuple[Region | None, str | None, str | None, tuple[Region, ...]]


def _units(
    stretch: str,
    verb: str,
    match: re.Match[str],
    words: str,
    scope: Region | None,
    home: Region | None,
    gazetteer: Gazetteer,
) -> Iterator[Unit]:
    """The units of a stretch before a type, each with its part or the rest it stands for."""
    if rest := REST.search(stretch):
        yield None, None, rest["kind"], ()
        return
    towns = re.match(r"(?:的)?(?:镇街|乡镇|镇|乡|街道)", words[match.end() :])
    if verb in ("等", "等的") and towns is not None:
        mentions = gazetteer.mentions(stretch, within=home)
        if mentions and gazetteer.level(mentions[0][2]) in ("county", "district", "city"):
            county = mentions[0][2]
            rest_words = [word for word in re.split(r"[、和及与]", stretch[mentions[0][1] :]) if word]
            named = [gazetteer.find(word, within=county) for word in rest_words]
            if rest_words:
                yield county, "部分镇", None, tuple(region for region in named if region is not None)
                return
    if verb in ("按", "按照"):
        mentions = gazetteer.mentions(stretch, within=scope)
        part = PART.match(stretch.strip())
        if part is not None and scope is not None:
            yield scope, part[0], None, ()
            return
        only = _only_places(stretch, scope, gazetteer) or [(region, None) for _, _, region in mentions]
        yield from ((unit, part, None, ()) for unit, part in only)
        return
    yield from ((unit, part, None, ()) for unit, part in _only_places(stretch, scope, gazetteer))


def _county_of(stretch: str, home: Region | None, gazetteer: Gazetteer) -> Region | None:
    """怀集县怀城街道、… : the county that is printed before its towns holds for the towns after it."""
    found = [region for _, _, region in gazetteer.mentions(stretch, within=home)]
    return found[0] if len(found) > 1 and gazetteer.parent(found[1]) == found[0] else None


def _only_places(stretch: str, home: Region | None, gazetteer: Gazetteer) -> list[tuple[Region, str | None]]:
    """The places of a stretch that holds nothing else, each with its part (青山镇东部); a parent right before its child only tells where it is. A town
    that the gazetteer does not know is taken as printed if it stands beside known ones."""
    found: dict[tuple[Region, str | None], None] = {}
    known = False
    stretch = _spelled_out(COUNTED_ALL.sub("", stretch))
    for piece in _pieces(stretch, gazetteer.mentions(stretch, within=home)):
        mentions = gazetteer.mentions(piece, within=home)
        if mentions and re.fullmatch(r"[一-龥]{2,6}(?:村|嘎查)", piece) and mentions[-1][1] < len(piece):
            mentions = []  # a village that is called as a town or county is
        rest = re.sub(r"\0+", "\0", "".join(_outside(piece, mentions)))
        town = UNKNOWN_TOWN.fullmatch(re.sub(r"（?部分）?$", "", LEAD.sub("", piece))) if not mentions else None
        if len(mentions) == 1 and mentions[0][2].name.endswith(("县", "区", "市", "旗")):
            town = UNKNOWN_TOWN.fullmatch(piece, mentions[0][1])  # 余庆县敖溪镇, which the gazetteer lacks
        part = PART_AFTER.search(piece, mentions[0][1]) if len(mentions) == 1 else None
        if town is not None:
            found.setdefault((Region(name=town[0]), None))
        elif part is not None and not FILLER.sub("", rest.replace("\0", "").removesuffix(part[0])):
            pass
        elif FILLER.sub("", rest.replace("\0", "")):
            return []
        known = known or bool(mentions) or town is not None
        for index, (_, end, region) in enumerate(mentions if town is None else ()):
            after = mentions[index + 1] if index + 1 < len(mentions) else None
            if after is None or after[0] != end or not gazetteer.is_within(after[2], region):
                found.setdefault((region, part[0] if part is not None else None))
    return list(found) if known else []


COUNTED_ALL = re.compile(
    r"等?(?:共|共计)?(?:\d+|[一二两三四五六七八九十]+)个?(?:[县市区旗州盟镇乡]|街道)*[（(][县市区旗州盟镇乡街道办、]+[）)][区县市旗]?(?=$|[，、（）()])"
)
"""甲市、乙县等11个县（市、区）: how many there are, of which kinds."""
COUNTED_KIND = re.compile(
    r"(?P<names>[一-龥]{2,4}(?:[、和与][一-龥]{2,4})*?)(?:等)?(?:[一二两三四五六七八九十]+|\d+)个?(?P<kind>街道|镇|乡|县|区|市|旗)(?![一-龥]*(?:街道|镇|乡|县|区|市|旗)[一二两三四五六七八九十]*个)"
)
LAST_HAS_IT = re.compile(
    r"(?<![一-龥])(?P<names>[一-龥]{2,3}(?:、[一-龥]{2,3})*)(?P<join>[、和])(?P<last>[一-龥]{2,3})(?P<kind>街道)(?![一-龥])"
)


def _spelled_out(stretch: str) -> str:
    """甲、乙、丙三个街道 → 甲街道、乙街道、丙街道; 甲、乙街道 alike."""

    def each(found: re.Match[str]) -> str:
        kind = found["kind"]
        names = re.split(r"[、和与]", found["names"])
        if any(name.endswith(("镇", "乡", "县", "区", "市", "旗", "街道")) for name in names):
            return found[0]
        return "、".join(name + kind for name in names)

    stretch = COUNTED_KIND.sub(each, stretch)
    return LAST_HAS_IT.sub(
        lambda found: (
            found[0]
            if any(name.endswith(("镇", "乡", "街道", "县", "区")) for name in found["names"].split("、"))
            else "、".join(
                [*(name + found["kind"] for name in found["names"].split("、")), found["last"] + found["kind"]]
            )
        ),
        stretch,
    )


def _pieces(stretch: str, mentions: list[tuple[int, int, Region]]) -> Iterator[str]:
    """A stretch cut at 、 ， 和 及 与, but not within a name (呼和浩特市)."""
    start = 0
    for match in re.finditer(r"[、，,]|和(?!平)|及|与", stretch):
        if not any(low < match.end() and match.start() < high for low, high, _ in mentions):
            yield stretch[start : match.start()]
            start = match.end()
    yield stretch[start:]


def _outside(piece: str, mentions: list[tuple[int, int, Region]]) -> Iterator[str]:
    last = 0
    for start, end, _ in mentions:
        yield piece[last:start]
        yield "\0"
        last = end
    yield piece[last:]
