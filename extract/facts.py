"""The document's own facts: title, kind, level, region, period, version, from its cover, 总则 and running text.

Nothing is guessed from the file name. A fact that the document does not state stays None.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from ..plan.document import Document
from ..plan.lexicon import Lexicon
from ..plan.plan import Level, Period, PlanDocument, SourceFile
from ..plan.quantity import exact
from ..plan.region import Gazetteer
from ..plan.requirement import Region

_BLANK = re.compile(r"[\s　]+")
_TITLE_WORDS = r"(?:规划纲要|规划|批复|条例|管理办法|办法|规定|方案|计划)"
_YEARS = re.compile(r"[（(]?((?:19|20)\d{2})年?(?:—|–|-|－|~|～|至|到|―|─|一)+((?:19|20)\d{2})年?[)）]?")
_TITLE = re.compile(rf"^[一-龥·、—\-（）()“”\d]{{2,45}}?{_TITLE_WORDS}$")
_NOT_TITLE = re.compile(
    r"人民政府|自然资源(?:局|厅|部)|委员会|研究院|设计院|有限公司|^\d{4}年|^二[〇○零0]|年.{1,3}月|^目录|^文本|^说明书|^图集|编制单位|^附件|^第[一二三四五六七八九十百]+[章节条部卷册]|^附[表图]"
)
_OWN_NAME = re.compile(
    rf"《([^《》]{{4,60}}{_TITLE_WORDS}(?:[（(][^《》]{{4,20}}[)）])?)》[^。；《》]{{0,12}}[（(]?(?:以下)?(?:简称|统称)[“”\"为：:《]*(?:本规划|《?规划》?|规划|《?总体规划》?|本次规划)"
)
_ISSUED = re.compile(
    rf"(?:组织编制|编制|制定|印发|批复|审议通过)了?(?:的)?《([^《》]{{4,60}}{_TITLE_WORDS}(?:[（(][^《》]{{4,20}}[)）])?)》"
)
_EDITION = re.compile(
    r"[（(](?:文本|说明|图集|公开版|成果|第[一二三四五六七八九十\d]+册)[)）]|[·—-]?(?:文本|说明书|图集)$"
)

_YEAR = r"((?:19|20)\d{2}|二[〇○零][〇○零一二三四五六七八九]{2})"
_GAP = r"[年起止（(]{0,3}(?:—|–|-|－|~|～|至|到|―|─)+"
_DATED = re.compile(_YEAR)
_PERIOD_PATTERNS = (
    rf"规划(?:期限|期|年限|时限)(?:为|是|：|:|确定为|定为|从|自|设定为)?{_YEAR}{_GAP}{_YEAR}",
    rf"(?:^|[^近远])期限(?:为|是|：|:|从|自)?{_YEAR}{_GAP}{_YEAR}",
    rf"(?:规划|本次规划|本规划)[^。；]{{0,10}}?{_YEAR}{_GAP}{_YEAR}年",
)
_BASE_PATTERNS = (
    rf"(?:规划)?(?:现状)?(?:基期年|基期|基准年|基年|现状年|现状基准年|基准期)(?:份)?(?:为|是|：|:|采用|定为|确定为)?{_YEAR}",
    rf"以{_YEAR}年?(?:\d+月)?(?:末|底|度)?(?:为|作为)(?:规划|现状)?(?:基期|基准|基年|现状基)",
    rf"{_YEAR}年?为(?:规划|现状)?(?:基期|基准|基年)",
    rf"{_YEAR}年?[（(](?:规划)?(?:现状)?(?:基期|基准|现状)(?:年|值)?[)）]",
    rf"(?:基期|基准|现状)(?:年|值)?[（(]{_YEAR}年?[)）]",
)
_DATA_PATTERNS = (
    rf"(?:(?:基础|现状|底图|基期)数据|数据底[版板图])(?:统一|主要|均|以|为|采用|采取|依据|来源于|取自){{1,3}}[^。；，]{{0,6}}?{_YEAR}年",
)
"""The year of the data at hand: the base year where nothing says what that is, not even the head of a table."""
_NEAR_PATTERNS = (
    rf"近期(?:规划)?(?:目标)?(?:年)?(?:期限)?(?:为|是|：|:)?{_YEAR}{_GAP}{_YEAR}",
    rf"近期(?:规划|安排|实施|建设)?(?:目标)?(?:年|期?末)?(?:期限|规划期)?(?:为|到|至|截至|截止到|展望到|：|:|安排到|目标到|规划至|规划到|是)*{_YEAR}",
    rf"{_YEAR}年?为近期(?:目标年)?",
    rf"{_YEAR}年?[（(]近期(?:目标)?年?[)）]",
)
_VISION_PATTERNS = (
    rf"(?:远景|展望|远期展望|愿景)(?:目标|规划|年)?(?:期|年)?(?:展望)?(?:到|至|为|：|:|是)*{_YEAR}",
    rf"展望(?:到|至)?{_YEAR}",
    rf"{_YEAR}年?为(?:远景|展望)",
)
_END_PATTERNS = (
    rf"(?:规划)?(?:目标年|期末|规划期末|远期)(?:为|到|至|：|:)*{_YEAR}",
    rf"规划(?:期限|期)?(?:至|到){_YEAR}",
)


def document_facts(document: Document, lexicon: Lexicon) -> PlanDocument:
    """What the document is. The region comes from the title; if several regions have its name, from the words of the text."""
    title = _title(document, lexicon)
    kind = _kind(title, lexicon)
    regions, level = _regions(title, kind, document, lexicon)
    source = document.source
    return PlanDocument(
        title=title,
        kind=kind,
        level=level,
        region=regions[0] if len(regions) == 1 else None,
        regions=regions if len(regions) > 1 else (),
        period=_period(title, document),
        version=_version(document, lexicon),
        source=SourceFile(
            file=source.file, sha256=source.sha256, format=source.format, pages=source.pages, ocr_pages=source.ocr_pages
        ),
    )


# -- title ---------------------------------------------------------------------------------------------------------


def _title(document: Document, lexicon: Lexicon) -> str:
    cover = _cover_lines(document)
    head = _title_of_lines(_header_lines(document), lexicon)
    first = _title_of_lines([_plain(block.text.text) for block in document.blocks[:12]], lexicon)
    if head and first and first.startswith(head):
        head = first  # running heads leave the years out
    for candidate in (_title_of_lines(cover, lexicon), _title_of_text(document), head, first):
        if candidate:
            return candidate
    return cover[0] if cover else document.source.file.rsplit(".", 1)[0]


def _cover_lines(document: Document) -> list[str]:
    return [
        line
        for block in document.blocks[:60]
        if block.kind == "cover"
        for line in map(_plain, block.text.text.split("\n"))
        if line
    ]


def _header_lines(document: Document) -> list[str]:
    counted = Counter(_plain(block.text.text) for block in document.blocks if block.kind == "header")
    return [line for line, _ in counted.most_common(3) if line]


def _plain(text: str) -> str:
    """A line without blanks, with the punctuation of the body: full-width brackets, —; a line that is all 《…》 without them."""
    plain = _BLANK.sub("", text).replace("(", "（").replace(")", "）")
    if plain.startswith("《"):
        plain = _TITLE_MARKS.sub(r"\1", plain)
    return _YEARS_GAP.sub("—", plain)


_TITLE_MARKS = re.compile(r"^《([^《》]+)》$")
_YEARS_GAP = re.compile(r"(?<=\d{4})年?(?:–|-|－|~|～|―|─|——|至|一)(?=\d{4})")


def _title_of_lines(lines: list[str], lexicon: Lexicon) -> str | None:
    """The title that stands in these lines, alone or broken over several: …规划 (2021—2035年)."""
    for first in range(len(lines)):
        joined = ""
        for last in range(first, min(first + 4, len(lines))):
            joined += lines[last]
            bare = _without_marks(joined, lexicon)
            name = _YEARS.sub("", bare)
            if _NOT_TITLE.search(lines[last]) and not _TITLE.match(name):
                break
            if _TITLE.match(name) and len(name) >= 5:
                rest = "".join(lines[last + 1 : last + 3])
                years = _YEARS.search(bare) or _YEARS.match(rest)
                return f"{name}（{years[1]}—{years[2]}年）" if years else name
    return None


def _without_marks(line: str, lexicon: Lexicon) -> str:
    """A title line without its version and edition (征求意见稿, 文本)."""
    words = sorted((w for version, ws in lexicon.versions.items() for w in (version, *ws)), key=len, reverse=True)
    marks = "|".join(map(re.escape, words))
    return _EDITION.sub("", re.sub(rf"[（(【\[]?(?:{marks})[)）】\]]?", "", line))


def _title_of_text(document: Document) -> str | None:
    """The title by which the text calls itself: 《…》（以下简称本规划）, else the plan that it says was drawn up."""
    texts = [_plain(block.text.text) for block in document.blocks[:150] if block.kind == "paragraph"]
    for pattern in (_OWN_NAME, _ISSUED):
        for text in texts:
            if found := pattern.search(text):
                years = _YEARS.search(found[1])
                name = _YEARS.sub("", found[1])
                return f"{name}（{years[1]}—{years[2]}年）" if years else name
    return None


# -- kind, region, level -------------------------------------------------------------------------------------------
_OF_A_TOWN = r"(?<=[市县区州盟旗])城市|(?<![省区州盟].)(?<=..)城市(?=总体|规划)"
"""城市 as the kind of a plan (惠州市城市总体规划), not as the end of a name (盐城市国土空间总体规划)."""


def _kind(title: str, lexicon: Lexicon) -> str:
    """The kind whose longest word the title holds, the later in the title winning between equals."""
    name = _YEARS.sub("", title)
    if re.search(r"的?批复$|^.{0,40}关于.{4,60}的批复", name):
        return "approval"
    hits = [
        (len(word), name.rfind(word), kind) for kind, words in lexicon.kinds.items() for word in words if word in name
    ]
    hits = [hit for hit in hits if not (hit[2] == "regulation" and name.endswith("规划"))]
    return max(hits)[2] if hits else "other"


_LEVELS: dict[str, Level] = {
    "province": "province",
    "city": "city",
    "county": "county",
    "district": "county",
    "township": "township",
}


def _regions(title: str, kind: str, document: Document, lexicon: Lexicon) -> tuple[tuple[Region, ...], Level | None]:
    gazetteer = lexicon.gazetteer
    if kind == "approval":
        quoted = re.search(r"《([^《》]+)》", title)
        title = quoted[1] if quoted else title
    if re.match(r"(?:全国|中国|国家)", title):
        return (), "national"
    if village := _village(title, kind):
        return (Region(name=village),), "village"
    name = (
        re.sub(
            rf"(?:国土空间|国土|{_OF_A_TOWN}|土地|生态|村庄|综合|海岸带|历史文化|矿产|自然保护).*{_TITLE_WORDS}.*$",
            "",
            _YEARS.sub("", title),
        )
        or title
    )
    name = re.sub(r"^.*(?:关于|印发)《?", "", name)
    parts = [part for part in re.split(r"[、—·\-和与]", name) if len(part) > 1]
    several = [gazetteer.find(part) or _longest_region(part, gazetteer) for part in parts]
    joint = tuple(region for region in several if region is not None)
    if len(joint) > 1 and len(joint) == len(several) and not gazetteer.is_within(joint[-1], joint[0]):
        return joint, _LEVELS.get(gazetteer.level(joint[0]) or "")
    if found := _longest_region(name, gazetteer):
        return (found,), _LEVELS.get(gazetteer.level(found) or "")
    if group := next((g for length in range(len(name), 1, -1) if (g := gazetteer.group(name[:length]))), None):
        return group, _LEVELS.get(gazetteer.level(group[0]) or "")
    found = _by_text(name, document, gazetteer) or _by_government(document, gazetteer)
    if found is not None:
        return (found,), _LEVELS.get(gazetteer.level(found) or "")
    if match := re.match(r"^([一-龥]{2,12}?(?:市|县|区|镇|乡|街道|旗|开发区|新区))", name):
        if re.search(r"(?:湾|经济|地|城|流域|合作|保护|都市|生态)区$", match[1]):
            return (Region(name=match[1]),), None  # an area of its own making, at no level
        level: Level = "township" if match[1].endswith(("镇", "乡", "街道")) else "county"
        return (Region(name=match[1]),), level
    return (), None


def _village(title: str, kind: str) -> str | None:
    if kind != "village_plan":
        return None
    match = re.search(
        r"^(?:.*(?:镇|乡|街道|苏木|县|市|区(?!等)))?([一-龥]{2,8}?(?:村|社区))(?:村庄|等|实用|多规|规划|国土|[（(]|$)",
        title,
    )
    return match[1] if match else None


def _longest_region(name: str, gazetteer: Gazetteer) -> Region | None:
    """The region that the title starts with; its whole name, or a short one if nothing else follows."""
    for length in range(len(name), 1, -1):
        head = name[:length]
        found = gazetteer.find(head)
        if found is not None and (head.endswith(found.name) or length == len(name) or not found.name.startswith(head)):
            return found
    return None


def _by_text(name: str, document: Document, gazetteer: Gazetteer) -> Region | None:
    """Of several regions with the title's name, the one whose parents the text names most."""
    match = re.match(r"^[一-龥]{1,12}(?:市|县|区|镇|乡|街道|旗|自治州|盟)", name)
    places = gazetteer.named(match[0]) if match else ()
    if match and not places and match[0].endswith(("镇", "乡", "街道")):
        return _town_by_text(match[0], document, gazetteer)
    scores = {region: _weight(region, document, gazetteer) for region in places}
    best = max(scores.values(), default=0)
    winners = [region for region, score in scores.items() if score == best]
    return winners[0] if best and len(winners) == 1 else None


def _town_by_text(name: str, document: Document, gazetteer: Gazetteer) -> Region | None:
    """The town of this name in one of the counties that the text names, the most named county first."""
    counts = _mention_counts(document, gazetteer)
    for county, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0].name)):
        if gazetteer.level(county) in ("county", "city"):
            found = gazetteer.find(name, county)
            if found is not None and gazetteer.is_within(found, county):
                return found
    return None


def _weight(region: Region, document: Document, gazetteer: Gazetteer) -> int:
    text = "".join(_plain(block.text.text) for block in document.blocks[:150])
    above = gazetteer.ancestors(region)
    return sum(text.count(parent.name) * (2 if gazetteer.level(parent) == "city" else 1) for parent in above)


def _mention_counts(document: Document, gazetteer: Gazetteer) -> Counter[Region]:
    counts: Counter[Region] = Counter()
    names = {p.region.name: p.region for p in gazetteer.places.values() if p.level == "county"}
    for block in document.blocks[:150]:
        for found in re.finditer(r"[一-龥]{1,6}?[市县区旗]", _plain(block.text.text)):
            for start in range(len(found[0]) - 1):
                region = names.get(found[0][start:])
                if region is not None:
                    counts[region] += 1
    return counts


def _by_government(document: Document, gazetteer: Gazetteer) -> Region | None:
    """The region whose 人民政府 stands on the cover or in the headers."""
    for line in (*_cover_lines(document), *_header_lines(document)):
        if match := re.search(r"([一-龥]{2,20}?)(?:人民政府|自然资源局|自然资源厅|管理委员会|管委会)", line):
            found = gazetteer.find(match[1])
            if found is not None:
                return found
    return None


# -- period, version -----------------------------------------------------------------------------------------------


def _period(title: str, document: Document) -> Period:
    texts = [text for text in _ranked_texts(document) if _DATED.search(text)]  # no pattern fits a text without a year
    titled = _YEARS.search(title)
    start, end = (int(titled[1]), int(titled[2])) if titled else (None, None)
    stated = _first(texts, _PERIOD_PATTERNS)
    if start is None and stated is not None:
        start, end = _number(stated[1]), _number(stated[2])
    if end is None and (found := _first(texts, _END_PATTERNS)):
        end = _number(found[1])
    heads = _table_heads(document)
    base = _first(texts, _BASE_PATTERNS) or _first(heads, _BASE_PATTERNS) or _first(texts, _DATA_PATTERNS)
    near = _first(texts, _NEAR_PATTERNS) or _first(heads, _NEAR_PATTERNS)
    vision = _first(texts, _VISION_PATTERNS)
    near_year = _number(near[near.lastindex or 1]) if near else None
    return Period(
        start=start,
        end=end,
        base_year=_number(base[1]) if base else None,
        near_term=near_year if near_year != end else None,
        vision=_number(vision[1]) if vision else None,
    )


_ABOUT_PERIOD = re.compile(r"期限|时限|年限")
_FIRST_CHAPTERS = re.compile(r"总则|前言|范围|引言|总体要求")


def _ranked_texts(document: Document) -> Iterator[str]:
    """The texts of the document, those under 规划期限, 规划范围, 总则, 前言 first."""
    ranked: tuple[list[str], ...] = ([], [], [])
    under = ""
    for block in document.blocks:
        if block.kind == "heading":
            under = (block.title or block.text.text) + "/".join(block.section)
        if block.kind not in ("paragraph", "heading"):
            continue
        text = _plain(block.text.text)
        where = _BLANK.sub("", under + "/".join(block.section))
        rank = 0 if _ABOUT_PERIOD.search(where) else 1 if _FIRST_CHAPTERS.search(where) else 2
        ranked[rank].append(text)
    for texts in ranked:
        yield from texts


def _table_heads(document: Document) -> list[str]:
    return [_plain("".join(table.header_path(column))) for table in document.tables for column in range(table.columns)]


def _first(texts: Iterable[str], patterns: tuple[str, ...]) -> re.Match[str] | None:
    """The first text that a pattern fits; earlier texts before earlier patterns."""
    compiled = [re.compile(pattern) for pattern in patterns]
    for text in texts:
        for pattern in compiled:
            if match := pattern.search(text):
                return match
    return None


def _number(year: str) -> int | None:
    number = exact(year)
    return int(number) if number is not None else None


def _version(document: Document, lexicon: Lexicon) -> str | None:
    """The version marker (征求意见稿 …) on the cover, in the headers or in the first headings."""
    cover = _cover_lines(document)
    headers = _header_lines(document)
    heads = [_plain(block.text.text) for block in document.blocks[:20] if block.kind == "heading"]
    loose = [line for line in (_plain(block.text.text) for block in document.blocks[:20]) if len(line) < 40]
    for lines in (cover, headers, heads, loose):
        for line in lines:
            hits = [
                (len(word), version) for version, words in lexicon.versions.items() for word in words if word in line
            ]
            if hits and "《" not in line:
                return max(hits)[1]
    return None
