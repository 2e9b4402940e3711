"""Sentences that give areas a zone type: "龙门县等农产品主产区", "A、B和C为重点生态功能区", "其余各镇为农产品主产区"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..plan.region import Gazetteer
from ..plan.requirement import Region
from .table_words import table_words

GRADE = r"(?:国家级|省级|自治区级|市级|国家|省)?"
RELATION = re.compile(
    rf"(?P<refined>细化(?:为|成|落实为)|宜细化为)?(?P<verb>(?:划|定|列|确定|划定|划分|明确|调整|列入|纳入|划入|落实|认定|规划)为|列入|纳入|划入|属于|属|作为|为|是|按照?|等|等的)?(?:的)?{GRADE}$"
)
FOLLOWS = re.compile(r"(?:主要)?(?:包括|包含|涉及|覆盖|有|为|：|:)(?:[^，。；、]{0,6}?[：:])?")
MANAGED = re.compile(r"(?:的)?(?:要求|定位|政策|标准|类型)?(?:进行|实施|实行)?(?:管理|管控|引导)")
FILLER = re.compile(
    r"其中|以及|规划|将|把|对|和|及|与|等|的|以|全域|全部|均|都|宜|可|应|仍|上述|本市|各|[、，,（()）\s：:]|街道|乡镇|个|[0-9一二两三四五六七八九十]+(?:个)?(?:县|区|市|镇|乡|街道)*|镇级|县级|行政区|整体|主体功能(?:区)?(?:定位)?|确定|明确|划定|列"
)
REST = re.compile(r"(?:其余|其他|其它)(?:的)?(?:各)?(?:\d+个)?(?P<kind>乡镇（街道）|乡镇|镇街|镇|乡|街道|县（市、区）|县|区|市)")
BACKGROUND = re.compile(r"曾|首次|此前|原(?:为|来|定|先)|过去|以前|如果|若|不得|未|拟|建议")
PART = re.compile(r"^(?:[东南西北中]+部|沿海|沿江|山区|部分|城区|周边|[东南西北]部沿海)(?:各|的)?(?:乡镇|镇街|镇|乡|街道|地区|片区|区域)+")


@dataclass(frozen=True, slots=True)
class ZonePhrase:
    """Characters `start`..`end` say that `unit` (or `part` of it) is of `type`. `refined`: a town-level refinement of
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


def zone_phrases(text: str, home: Region | None, gazetteer: Gazetteer, *, base_year: int = 2020) -> Iterator[ZonePhrase]:
    """The phrases of a paragraph or cell, in order."""
    for sentence in re.finditer(r"[^。；;\n]+", text):
        words = sentence[0]
        years = [int(year) for year in re.findall(r"((?:19|20)\d\d)年?", words)]
        if BACKGROUND.search(words) or any(year < base_year for year in years):
            continue
        for phrase in _of_sentence(words, home, gazetteer):
            yield _shifted(phrase, sentence.start())


def _shifted(phrase: ZonePhrase, by: int) -> ZonePhrase:
    return ZonePhrase(
        phrase.start + by, phrase.end + by, phrase.unit, phrase.type, phrase.part, phrase.refined, phrase.rest,
        phrase.overlays, phrase.named,
    )


def _of_sentence(words: str, home: Region | None, gazetteer: Gazetteer) -> Iterator[ZonePhrase]:
    known = table_words()
    done = 0
    county: Region | None = None
    for match in known.zone_type.finditer(words):
        if known.types[match[0]] != "主体功能区":
            continue
        relation = RELATION.search(words, done, match.start())
        verb = relation["verb"] or relation["refined"] if relation else None
        overlays = _overlays(words, match.end())
        if relation is not None and verb:
            begin = _list_start(words, done, relation.start())
            refined = relation["refined"] is not None
            stretch = words[begin : relation.start()]
            units = list(_units(stretch, verb, match, words, county or home, home, gazetteer))
            managed = MANAGED.match(words, match.end())
            if verb in ("按", "按照") and managed is None:
                units = []
            end = managed.end() if managed and verb in ("按", "按照") else match.end()
            for unit, part, rest, named in units:
                yield ZonePhrase(begin, end, unit, match[0], part, refined, rest, overlays, named)
            if units:
                county = _county_of(stretch, home, gazetteer) or county
                done = match.end()
                continue
        follows = FOLLOWS.match(words, match.end())
        if follows is not None:
            end = re.compile(r"[，。；]|$").search(words, follows.end())
            assert end is not None
            for unit in _only_places(words[follows.end() : end.start()], home, gazetteer):
                yield ZonePhrase(match.start(), end.start(), unit, match[0])
            done = end.start()


def _overlays(words: str, at: int) -> tuple[str, ...]:
    """叠加自然保护地、战略性矿产保障区和特别振兴区 after the type."""
    match = re.match(r"[，,（(]?(?:并|同时)?叠加(?:为|了)?([^。；（）()]+)", words[at:])
    if match is None:
        return ()
    listed = re.split(r"，", match[1])[0]
    listed = re.sub(r"(?:等)?(?:[一二两三四五六七八九十\d]+[类种个项])?(?:叠加)?(?:功能)?(?:类型)?$", "", listed) or listed
    return tuple(part.strip() for part in re.split(r"、|和(?!谐)|以及", listed) if part.strip())


def _list_start(words: str, low: int, end: int) -> int:
    """Where the list of places before a relation begins: after the last stop, or the comma that no place follows."""
    starts = [match.end() for match in re.finditer(r"[，,：:]", words[low:end])]
    return low + starts[-1] if starts else low


Unit = tuple[Region | None, str | None, str | None, tuple[Region, ...]]


def _units(
    stretch: str, verb: str, match: re.Match[str], words: str, scope: Region | None, home: Region | None,
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
        yield from ((unit, None, None, ()) for unit in _only_places(stretch, scope, gazetteer) or [m[2] for m in mentions])
        return
    yield from ((unit, None, None, ()) for unit in _only_places(stretch, scope, gazetteer))


def _county_of(stretch: str, home: Region | None, gazetteer: Gazetteer) -> Region | None:
    """怀集县怀城街道、… : the county that is printed before its towns holds for the towns after it."""
    found = [region for _, _, region in gazetteer.mentions(stretch, within=home)]
    return found[0] if len(found) > 1 and gazetteer.parent(found[1]) == found[0] else None


def _only_places(stretch: str, home: Region | None, gazetteer: Gazetteer) -> list[Region]:
    """The places of a stretch that holds nothing else; a parent right before its child only tells where it is."""
    mentions = gazetteer.mentions(stretch, within=home)
    rest, last = "", 0
    for start, end, _ in mentions:
        rest, last = rest + stretch[last:start], end
    rest += stretch[last:]
    if not mentions or FILLER.sub("", rest):
        return []
    found: dict[Region, None] = {}
    for index, (_, end, region) in enumerate(mentions):
        after = mentions[index + 1] if index + 1 < len(mentions) else None
        if after is not None and after[0] == end and gazetteer.is_within(after[2], region):
            continue
        found.setdefault(region)
    return list(found)
