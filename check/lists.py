"""Entries of lists: every protected area, project, monument … located in the region stands in the draft, unaltered.

Names are compared without the places and grades that one level prints and the other leaves out; entries of one kind are
matched one to one, best first, so that a renamed entry is found and an omitted one is not covered by its neighbour.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from rapidfuzz import fuzz

from ..plan.quantity import exact, half_step
from ..plan.region import Gazetteer
from ..plan.requirement import ListRequirement, Region
from ..plan.verdict import Response, VerdictName
from .alignment import grams
from .amounts import amounts
from .cells import altered_cells, altered_row, of_the_same, other_words_in_row, relic_kinds
from .judgement import Ground, Judgement, nearest_three, problem
from .passages import Passage
from .project_names import BRACKET, WORK, altered_work, same_ends, same_size, short_route, spread
from .words import common_run, fold, letters

GRADES = ("国家级", "省级", "市级", "县级", "世界级", "区级")
_GRADE = re.compile(
    r"国家级|全国重点|国保|省保|自治区保|自治区级|省级|市级|州级|盟级|县级|旗级|区级|地方级|世界级|国家"
    r"|中国(?=历史文化名|传统村落|重要农业)"
)
_GRADES_ALIKE = {
    "自治区": "省",
    "州": "市",
    "盟": "市",
    "旗": "县",
    "全国重点": "国家",
    "国保": "国家",
    "中国": "国家",
    "省保": "省",
    "自治区保": "省",
}
_PROJECT_TAIL = re.compile(r"(?:建设)?(?:项目|工程)$")
_BLANK = re.compile(r"^[—\-–/／\s]*$|待定|待明确|另行|暂缺|未定")
_YEARS = re.compile(r"(20\d\d)(?:年)?(?:\s*[—\-–~～至到]+\s*(20\d\d))?")
_DEPARTMENT = re.compile(
    r"自然资源|生态环境|林业|水利|水务|农业农村|住房(?:和)?城乡建设|交通运输|发展(?:和)?改革|工业和信息化|文化广电旅游|文化和旅游|文物|"
    r"应急管理|城市管理|民政|教育|卫生健康|海洋|财政|能源|商务|科技|公路|铁路|民航"
)
_PROTECTED = re.compile(
    r"(?:水产资源|海龟|红树林)?(?:自然保护区|自然保护小区|森林公园|湿地公园|地质公园|海洋公园|风景名胜区|风景区|国家公园|自然公园)$"
)
"""What kind of protected area a name ends with; what stands before it tells two of them apart."""
_MINED = re.compile(
    r"(?:重点|集中|限制|禁止|允许|战略性|矿产资源|规划|国家|省级)*(?:勘查|开采|勘查开采)?(?:规划)?矿?区块?$"
)
"""The kind of area that the name of a mining area ends with (大湾锌钼矿重点勘查区, 大湾锌钼矿区)."""
HEADERS: dict[str, tuple[str, ...]] = {
    "grade": ("级别", "等级", "保护级别"),
    "type": ("类型", "类别"),
    "area": ("面积",),
    "period": ("建设年限", "建设时序", "实施时序", "实施期限", "建设期限", "年限", "时序", "期限", "起止"),
    "lead": ("牵头单位", "牵头部门", "主管部门"),
    "responsible": ("责任单位", "责任主体", "实施主体", "配合单位"),
    "units": ("所在地", "所在", "位置", "涉及", "实施区域", "实施范围", "区域", "地点"),
    "content": ("建设内容", "规模", "内容", "任务"),
}
SAME = 0.62
LEAST = {"restoration_project": 0.30, "key_project": 0.48}
"""Likeness from which two entries are one: of names, of projects (restoration works are renamed to their local part)."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An upper entry with the draft's entry or passage that answers it, and how alike they are."""

    entry: ListRequirement | None
    passage: Passage | None
    score: float


def cell(entry: ListRequirement, field: str) -> str:
    """What the entry prints under a header of this kind; "" if nothing."""
    for word in HEADERS[field]:
        for header, text in entry.attributes.items():
            if word in header:
                return text
    known = getattr(entry.fields, field, None)
    return known if isinstance(known, str) else ""


def has_column(entry: ListRequirement, field: str, ground: Ground) -> bool:
    """Whether the entry's register has a column of this kind: a cell that is empty here is filled for others."""
    return any(
        cell(other, field)
        for other in ground.draft.by_mode["list"]
        if isinstance(other, ListRequirement) and other.register_.name == entry.register_.name
    )


def core_name(name: str, gazetteer: Gazetteer, region: Region | None) -> str:
    """A name without brackets, grade and the administrative places around it; the name itself if nothing is left."""
    plain = BRACKET.sub("", name)
    without = _without_home(_GRADE.sub("", plain), gazetteer, region)
    places = gazetteer.mentions(without, region)
    if len(places) > 1 and places[-1][1] == len(without) and sum(b - a for a, b, _ in places) == len(without):
        return letters(without[places[-1][0] :])  # 东港市孤山镇 among the towns: the entry is the last of the places
    for start, end, _ in reversed(places):
        if (start == 0 or not without[end:]) and without[end : end + 1] not in tuple("至到—–-、"):
            rest = without[:start] + without[end:]
            if len(letters(rest)) >= 3 and not _PROTECTED.fullmatch(letters(rest)):
                without = rest
    return letters(_PROJECT_TAIL.sub("", without)) or letters(plain)


def _without_home(name: str, gazetteer: Gazetteer, region: Region | None) -> str:
    """A name without the province or city before it, also where that is the name of a river too (黑龙江洪河)."""
    home = region
    while home is not None:
        stem = home.name[:-1] if len(home.name) > 2 and home.name[-1] in "省市州盟" else home.name
        for head in (home.name, stem):
            rest = name.removeprefix(head)
            if rest != name and len(letters(rest)) >= 4 and not _PROTECTED.fullmatch(letters(rest)):
                return rest
        home = gazetteer.parent(home)
    return name


def match_entries(entries: Sequence[ListRequirement], ground: Ground) -> dict[str, Pair]:
    """For each upper entry that applies, its answer; entries of the draft are used once."""
    pool = [entry for entry in ground.draft.by_mode["list"] if isinstance(entry, ListRequirement)]
    gazetteer, region = ground.lexicon.gazetteer, ground.seen_from
    theirs = {entry.id: _full_core(entry, gazetteer, region) for entry in entries}
    ours = {entry.id: core_name(entry.name, gazetteer, region) for entry in pool}
    scored: list[tuple[float, int, int]] = []
    for i, upper in enumerate(entries):
        for j, lower in enumerate(pool):
            score = likeness(upper, lower, theirs[upper.id], ours[lower.id])
            if score >= LEAST.get(upper.kind, SAME):
                scored.append((score, i, j))
    scored.sort(key=lambda item: (-item[0], item[1], item[2]))
    found: dict[str, Pair] = {}
    taken: set[int] = set()
    for score, i, j in scored:
        if entries[i].id not in found and j not in taken:
            taken.add(j)
            found[entries[i].id] = Pair(pool[j], ground.draft.passage_of(pool[j]), score)
    for upper in entries:
        if upper.id not in found:
            mention = _mention(upper, theirs[upper.id], ground)
            if mention is not None:
                found[upper.id] = mention
    return found


def spellings(entry: ListRequirement, gazetteer: Gazetteer, region: Region | None) -> tuple[str, ...]:
    """The letters of the name as printed, without the places before it, and its core, longest first."""
    whole = letters(BRACKET.sub("", entry.name))
    mentions = gazetteer.mentions(whole, region)
    bare = whole[mentions[0][1] :] if mentions and mentions[0][0] == 0 else whole
    forms = {form for form in (whole, bare, core_name(entry.name, gazetteer, region)) if len(form) >= 4}
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))


def _full_core(entry: ListRequirement, gazetteer: Gazetteer, region: Region | None) -> str:
    """The core name; of an entry that is only a region (惠州市 among the 历史文化名城) with its type behind."""
    core = core_name(entry.name, gazetteer, region)
    found = gazetteer.find(entry.name, region)
    kind = letters(cell(entry, "type"))
    if found is not None and gazetteer.level(found) in ("province", "city", "county") and kind and kind not in core:
        return core.removesuffix("市").removesuffix("县") + kind
    return core


def is_project(entry: ListRequirement) -> bool:
    return entry.kind in ("restoration_project", "key_project")


def likeness(upper: ListRequirement, lower: ListRequirement, theirs: str, ours: str) -> float:
    """How surely two entries are one: their names, for projects also content, place and kind of work."""
    if upper.kind != lower.kind and "other" not in (upper.kind, lower.kind):
        return 0.0
    if theirs == ours:
        return 1.0
    if not is_project(upper) and _only_a_project(theirs, letters(lower.name)):
        return 0.0
    if upper.kind == lower.kind == "mineral":
        theirs, ours = _MINED.sub("", theirs) or theirs, _MINED.sub("", ours) or ours
        if theirs == ours:
            return 1.0 if _same_type(upper, lower) else 0.9
    if upper.kind == "protected_area":
        theirs, ours = _PROTECTED.sub("", theirs) or theirs, _PROTECTED.sub("", ours) or ours
    if upper.kind == "key_project":
        theirs, ours = (WORK.sub("", text) or text for text in (theirs, ours))
        if len(theirs) >= 4 and theirs == ours:
            return 0.95
    name = max(fuzz.ratio(theirs, ours) / 100, 0.95 * _contained(theirs, ours), 0.9 * spread(theirs, ours))
    if upper.kind == "key_project" and not same_ends(upper.name, lower.name):
        return 0.0
    if not is_project(upper):
        return name if _same_type(upper, lower) else name - 0.25
    if short_route(upper.name, lower.name):
        return 0.9
    if same_size(upper.name, lower.name) and name >= 0.35:
        return 0.75
    score = 0.7 * max(name, overlap(theirs, ours))
    score += 0.2 * overlap(letters(cell(upper, "content")), letters(cell(lower, "content")))
    group_up, group_low = upper.group or cell(upper, "type"), lower.group or cell(lower, "type")
    if group_up and group_low:
        score += 0.1 * overlap(letters(group_up), letters(group_low))
    return score


_RATED = re.compile(r"([0-9]+(?:\.[0-9]+)?)(万吨级|吨级|千伏|万千瓦|兆瓦|万吨|万立方米|床位?|千瓦|车道|个泊位)")


def _size_in_name(upper: ListRequirement, lower: ListRequirement, ground: Ground) -> tuple[str, str, str] | None:
    """The one size that both names print in the same unit (30万吨级航道, 20万吨级航道), if it was altered."""
    theirs, ours = (_RATED.findall(fold(BRACKET.sub("", entry.name))) for entry in (upper, lower))
    if len(theirs) != 1 or len(ours) != 1 or theirs[0][1] != ours[0][1] or _is_share(upper, lower, ground):
        return None
    if exact(theirs[0][0]) == exact(ours[0][0]):
        return None
    return "conflict", "LIST-ATTR", f"名称中的规模由{''.join(theirs[0])}写成{''.join(ours[0])}"


def _contained(one: str, other: str) -> float:
    """1 if the shorter name (4 letters or more) lies in the longer one in one piece."""
    short, long = sorted((one, other), key=len)
    return 1.0 if len(short) >= 4 and short in long else 0.0


def overlap(one: str, other: str) -> float:
    """Shared pairs and characters over those of the shorter text."""
    ours, theirs = grams(one), grams(other)
    if not ours or not theirs:
        return 0.0
    shared = sum(weight for gram, weight in ours.items() if gram in theirs)
    return shared / min(sum(ours.values()), sum(theirs.values()))


def _in_common(one: str, other: str) -> int:
    """How many pairs of characters of one text the other has."""
    return sum(len(gram) == 2 and gram in other for gram in grams(one))


def _same_type(upper: ListRequirement, lower: ListRequirement) -> bool:
    one, other = letters(cell(upper, "type")), letters(cell(lower, "type"))
    return not one or not other or one in other or other in one


def _mention(entry: ListRequirement, core: str, ground: Ground) -> Pair | None:
    """The entry in running text or in a table that is no list: its name in one piece, or most of it beside its place."""
    direct = ground.draft.holding(core) if len(core) >= 3 else []
    if not direct and entry.kind == "mineral" and len(proper := _MINED.sub("", core)) >= 4:
        direct = [p for p in ground.draft.holding(proper) if p.row is not None and "区" in p.text]
    direct = [p for p in direct if p.row is not None or not _only_an_address(core, p.text)]
    direct = [p for p in direct if not _only_a_project(core, p.text) and not _seat_of_another(core, p, ground)]
    if direct:
        about = letters(cell(entry, "type") + entry.register_.name + cell(entry, "grade"))
        best_direct = max(direct, key=lambda p: (_in_common(about, letters(p.text)), p.row is not None, -p.index))
        if ground.lexicon.gazetteer.find(core, ground.seen_from) is None and not _PLACE.search(core):
            return Pair(None, best_direct, 0.9)
        kind = (letters(cell(entry, "type")) or letters(entry.register_.name))[-2:]
        placed = [p for p in direct if kind and kind in letters(p.text)]
        return Pair(None, placed[0], 0.8) if placed else None
    route = _ROUTE.match(core) if entry.kind == "key_project" else None
    spoken = [p for p in ground.draft.holding(route[1]) if p.row is None] if route else []
    if spoken:
        acts = [p for p in spoken if re.search(r"建设|推进|加快|预留|实施|工程|控制", p.text)]
        return Pair(None, acts[0], 0.7) if acts else None
    name = letters(_GRADE.sub("", BRACKET.sub("", entry.name)))
    places = [name[a:b] for a, b, r in ground.lexicon.gazetteer.mentions(name, ground.seen_from) if ground.within(r)]
    rest = core
    for place in places:
        rest = rest.replace(place, "")
    group = letters(_GRADE.sub("", entry.register_.name))
    if 2 <= len(rest) < 4 and rest != core and len(group) >= 4:
        named = [p for p in ground.draft.holding(rest) if group in letters(p.text)]
        if named:
            return Pair(None, named[0], 0.7)
    rest = rest if len(rest) >= 4 else core
    tail = _PROTECTED.search(rest)
    kind = tail[0] if tail else rest[-3:]
    proper = rest.removesuffix(kind)
    if len(proper) < 2:
        return None
    least = max(2, (0.6 if entry.kind == "protected_area" else 0.3) * len(proper))
    best: tuple[int, Passage] | None = None
    for candidate in ground.index.nearest(core, limit=12):
        said = letters(candidate.passage.text)
        run = common_run(proper, said)
        if kind in said and run >= least and (best is None or run > best[0]):
            best = (run, candidate.passage)
    return None if best is None else Pair(None, best[1], round(best[0] / len(proper), 3))


_PLACE = re.compile(r"(?:村|镇|乡|社区)$")


def _seat_of_another(core: str, passage: Passage, ground: Ground) -> bool:
    """Whether a village or town stands in a row only as the place of another entry (…茶文化系统 | 槐植村、洪佑村)."""
    if passage.row is None or not _PLACE.search(core):
        return False
    names = [
        letters(own.name)
        for own in ground.draft.by_mode["list"]
        if isinstance(own, ListRequirement) and ground.draft.passage_of(own) == passage
    ]
    return bool(names) and not any(core in name for name in names)


def _only_an_address(name: str, text: str) -> bool:
    """Whether every place of a sentence that has a name means the quarter called so (泰山宫片更新)."""
    after = [letters(rest)[:2] for rest in text.split(name)[1:]]
    return bool(after) and all(re.match(r"片(?!区?内)|街|路|社区|一带|村|站", rest) for rest in after)


def _only_a_project(name: str, text: str) -> bool:
    """Whether every place of a sentence or row that has a name is the name of a project (檀头山岛生态岛礁建设工程)."""
    after = text.split(name)[1:]
    return bool(after) and all(re.match(r"[一-龥]{2,12}?(?:工程|项目)(?![一-龥])", rest) for rest in after)


_ROUTE = re.compile(r"([一-龥]{2,6}(?:铁路|高速公路|高速|高铁|城际|航道|输气管道))[一-龥]{0,6}(?:段|工程|项目)?$")


def judge_entry(entry: ListRequirement, pair: Pair | None, ground: Ground) -> Judgement:
    """How the draft keeps one entry."""
    if pair is None:
        shown, searched = nearest_three(ground, ground.index.nearest(entry.name, limit=3))
        message = f"“{entry.register_.name}”中的“{entry.name}”在草案中未列"
        return Judgement("missing", message, (), (problem("LIST-OMIT", entry, message),), shown, searched)
    if pair.entry is None:
        assert pair.passage is not None
        return _named(entry, pair.passage, pair.score, ground)
    lower = pair.entry
    response = ground.draft.answer(lower, round(min(pair.score, 1.0), 3))
    defects = differences(entry, lower, ground)
    if not defects:
        renamed = "" if letters(entry.name) == letters(lower.name) else f"，本级称“{lower.name}”"
        return Judgement(
            "fulfilled" if not renamed else "refined", f"已列入{lower.register_.name}{renamed}", (response,)
        )
    findings = tuple(problem(code, entry, f"“{entry.name}”{message}", (response,)) for _, code, message in defects)
    order: tuple[VerdictName, ...] = ("conflict", "weakened", "partial")
    worst = next(verdict for verdict in order if any(verdict == given for given, _, _ in defects))
    return Judgement(worst, "；".join(message for *_, message in defects), (response,), findings)


def _named(entry: ListRequirement, passage: Passage, score: float, ground: Ground) -> Judgement:
    """An entry that only a sentence or a row of another table names: grade, years and area beside its name are compared."""
    response = ground.draft.quote(passage, score)
    found = [difference for difference in _beside(entry, passage, ground) if difference is not None]
    if not found:
        return Judgement("fulfilled", f"正文已点名“{entry.name}”", (response,))
    order: tuple[VerdictName, ...] = ("conflict", "partial")
    worst = next(verdict for verdict in order if any(verdict == given for given, _, _ in found))
    findings = tuple(problem(code, entry, f"“{entry.name}”{message}", (response,)) for _, code, message in found)
    return Judgement(worst, "；".join(message for *_, message in found), (response,), findings)


def _beside(entry: ListRequirement, passage: Passage, ground: Ground) -> list[tuple[str, str, str] | None]:
    text = passage.text
    core = core_name(entry.name, ground.lexicon.gazetteer, ground.seen_from)
    row = passage.row is not None
    at = text.find(core)
    # in a sentence the grade of an entry stands right before it (县级文物保护单位甲), or in the words of its own part
    around = (
        text
        if row
        else re.split(r"[，。；、]", text[:at])[-1] + re.split(r"[，。；、]", text[at:])[0]
        if at >= 0
        else ""
    )
    theirs, ours = _GRADE.search(cell(entry, "grade") or entry.name), list(dict.fromkeys(_GRADE.findall(around)))
    grade = None
    alike = [
        _GRADES_ALIKE.get(g, g) for g in (t.removesuffix("级") for t in ([theirs[0]] if theirs else []) + ours[:1])
    ]
    if theirs is not None and len(ours) == 1 and alike[0] != alike[1]:
        grade = ("conflict", "LIST-ATTR", f"级别由{theirs[0]}写成{ours[0]}")
    if not row:
        return [grade]
    wanted, given = _years(cell(entry, "period")), [m for m in _YEARS.finditer(fold(text)) if m[2]]
    period = None
    if wanted is not None and len(given) == 1 and int(given[0][2]) > wanted[1]:
        period = ("conflict", "PRJ-TIME", f"时序由{wanted[0]}—{wanted[1]}年推迟到{given[0][1]}—{given[0][2]}年")
    worded = list(other_words_in_row(entry, text, ground)) or _other_mining(entry, text, ground)
    return [grade, period, *altered_row(entry, text), *worded]


def _other_mining(entry: ListRequirement, row: str, ground: Ground) -> list[tuple[str, str, str]]:
    """A mining area (重点勘查区) whose row in the draft has another kind of it (重点开采区)."""
    theirs = _types(entry, ground) if entry.kind == "mineral" else set()
    kinds = [part.strip() for part in row.split("|") if _MINED.fullmatch(part.strip())]
    ours = {word for kind in kinds for word in _MINING.findall(kind)[:1]}
    if not theirs or not ours or theirs & ours:
        return []
    return [("conflict", "LIST-ATTR", f"类型由{cell(entry, 'type')}写成{'、'.join(kinds)}")]


def differences(upper: ListRequirement, lower: ListRequirement, ground: Ground) -> list[tuple[str, str, str]]:
    """(verdict, code, sentence) for each attribute that was altered."""
    found = [
        _grade(upper, lower),
        _type(upper, lower, ground),
        _area(upper, lower, ground),
        _period(upper, lower, ground),
        *_parties(upper, lower, ground),
        *altered_cells(upper, lower, _is_share(upper, lower, ground), ground),
        _content(upper, lower, ground),
        _size_in_name(upper, lower, ground),
        altered_work(upper, lower),
        _units(upper, lower, ground),
    ]
    return [difference for difference in found if difference is not None]


def _grade(upper: ListRequirement, lower: ListRequirement) -> tuple[str, str, str] | None:
    theirs, ours = (_GRADE.search(cell(e, "grade") or e.name) for e in (upper, lower))
    if theirs is None or ours is None:
        return None
    one, other = (_GRADES_ALIKE.get(g, g) for g in (theirs[0].removesuffix("级"), ours[0].removesuffix("级")))
    return None if one == other else ("conflict", "LIST-ATTR", f"级别由{theirs[0]}写成{ours[0]}")


_PARK = re.compile(
    r"国家公园|自然保护小?区|(?:森林|湿地|地质|海洋|沙漠|草原|石漠|冰川)(?:自然)?公园|风景名胜区|风景区|自然公园"
)
_PARK_NAMES = {"自然保护小区": "自然保护区", "风景区": "风景名胜区"}
_MINING = re.compile(r"勘查|限制|禁止|开采|保障|储备")


def _types(entry: ListRequirement, ground: Ground) -> set[str]:
    """The kinds of protected area, heritage or mining area that the entry's type names, each under one name."""
    printed = cell(entry, "type")
    if entry.kind == "protected_area":
        found = [re.sub(r"(?<=.)自然公园", "公园", match) for match in _PARK.findall(printed)]
        return {_PARK_NAMES.get(name, name) for name in found}
    if entry.kind == "mineral":
        return set(_MINING.findall(printed)[:1])
    if entry.kind != "heritage":
        return set()
    names = {name: kind for kind, aliases in ground.lexicon.heritage_types.items() for name in (kind, *aliases)}
    return {kind for name, kind in names.items() if name in printed}


def _type(upper: ListRequirement, lower: ListRequirement, ground: Ground) -> tuple[str, str, str] | None:
    theirs, ours = _types(upper, ground), _types(lower, ground)
    if not theirs or not ours or theirs & ours:
        return None
    if upper.kind == "heritage" and bool(relic_kinds(upper)) != bool(relic_kinds(lower)):
        return None  # what it is (古遗址) beside how it is protected (文物保护单位)
    if "自然公园" in theirs | ours and all(re.search(r"公园|风景", name) for name in theirs | ours):
        return None  # 森林公园, 湿地公园 … are 自然公园
    return "conflict", "LIST-ATTR", f"类型由{cell(upper, 'type')}写成{cell(lower, 'type')}"


def _area(upper: ListRequirement, lower: ListRequirement, ground: Ground) -> tuple[str, str, str] | None:
    theirs, ours = area_of(upper, ground), area_of(lower, ground)
    if theirs is None or ours is None or _is_share(upper, lower, ground):
        return None
    size, step, printed = theirs
    our_size, our_step, our_printed = ours
    if abs(size - our_size) <= max(step, our_step) or not size:
        return None
    verdict = "partial" if abs(size - our_size) * 50 <= size else "conflict"
    return verdict, "LIST-ATTR", f"面积由{printed}写成{our_printed}"


def area_of(entry: ListRequirement, ground: Ground) -> tuple[Fraction, Fraction, str] | None:
    value = entry.fields.area
    if value is not None and value.value is not None and value.unit:
        unit, number = ground.units.find(value.unit), exact(value.value)
        if unit is not None and number is not None:
            return number * unit.factor, half_step(value.value, unit), f"{value.value}{value.unit}"
    for header, text in entry.attributes.items():
        if "面积" not in header and "规模" not in header:
            continue
        match = re.fullmatch(r"([\d.,]+)(.*)", fold(text))
        unit_name = (match[2] if match else "") or next(iter(re.findall(r"[（(]([^（）()]+)[）)]", header)), "")
        unit = ground.units.find(unit_name) if unit_name else None
        number = exact(match[1]) if match else None
        if match and unit is not None and number is not None and unit.dimension == "m2":
            return number * unit.factor, half_step(match[1], unit), f"{match[1]}{unit.name}"
    return None


def _is_share(upper: ListRequirement, lower: ListRequirement, ground: Ground) -> bool:
    """Whether the draft's entry is only its part of the upper one: （惠州段）, or the upper one lies in other regions too."""
    if re.search(r"[（(][^（）()]*(?:片|段|境内|部分)[）)]|段$", lower.name) and lower.name != upper.name:
        return True
    home = ground.upper.document.region
    whole = any(bind.name.startswith("全") or (home is not None and bind.name == home.name) for bind in upper.binds)
    return bool(others(upper, ground)) or (is_project(upper) and whole and upper.parent is None)


def others(upper: ListRequirement, ground: Ground) -> list[Region]:
    """Regions outside the draft's that the upper entry binds as well."""
    gazetteer, region = ground.lexicon.gazetteer, ground.seen_from
    found = []
    told = [r for cell_ in upper.attributes.values() for *_, r in gazetteer.mentions(cell_, ground.upper_region)]
    for bind in upper.binds or told:
        place = gazetteer.find(bind.name, region) or bind
        if not (ground.within(place) or ground.around(place)):
            found.append(bind)
    return found


def _years(text: str) -> tuple[int, int] | None:
    match = _YEARS.search(fold(text))
    if match is None:
        return None
    return int(match[1]), int(match[2] or match[1])


def _period(upper: ListRequirement, lower: ListRequirement, ground: Ground) -> tuple[str, str, str] | None:
    theirs, printed = _years(cell(upper, "period")), cell(lower, "period")
    if theirs is None or not has_column(lower, "period", ground):
        return None
    ours = _years(printed)
    if ours is None:
        return ("partial", "PRJ-TIME", "建设年限空缺") if _BLANK.search(printed) or not printed else None
    if ours[1] > theirs[1] or ours[0] > theirs[1]:
        return "conflict", "PRJ-TIME", f"时序由{theirs[0]}—{theirs[1]}年推迟到{ours[0]}—{ours[1]}年"
    return None


def _office(name: str) -> str:
    """One name for offices that differ from place to place: 水务局 is the 水利局 of many a county."""
    return {"水务": "水利"}.get(name, re.sub("和", "", name))


def _parties(upper: ListRequirement, lower: ListRequirement, ground: Ground) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []
    for field, name in (("lead", "牵头单位"), ("responsible", "责任单位")):
        theirs, ours = cell(upper, field), cell(lower, field)
        if field == "lead" and theirs and not has_column(lower, "lead", ground) and not cell(upper, "responsible"):
            # one column of the draft for whoever does it
            ours = cell(lower, "responsible")
            if ours and _BLANK.search(ours):
                found.append(("partial", "PRJ-ORG", f"责任单位空缺（上位{name}为{theirs}）"))
        if not theirs or not has_column(lower, field, ground):
            continue
        if _BLANK.search(ours) or not ours:
            found.append(("partial", "PRJ-ORG", f"{name}空缺（上位为{theirs}）"))
        elif field == "lead":
            named = set(map(_office, _DEPARTMENT.findall(theirs + cell(upper, "responsible"))))
            given = set(map(_office, _DEPARTMENT.findall(ours)))
            if upper.parent is None and named and given and not named & given:
                found.append(("partial", "PRJ-ORG", f"牵头单位由{theirs}改为{ours}"))
    return found


def _content(upper: ListRequirement, lower: ListRequirement, ground: Ground) -> tuple[str, str, str] | None:
    if not is_project(upper):
        return None
    content, stem = cell(upper, "content"), ground.region.name[:-1]
    if _is_share(upper, lower, ground):
        named = content.find(stem) if len(stem) > 1 else -1
        content = re.split(r"[，；。]", content[named:])[0] if named >= 0 else ""
    theirs = amounts(content, ground.units)
    ours = amounts(cell(lower, "content"), ground.units)
    for wanted in theirs:
        same = [a for a in ours if a.dimension == wanted.dimension]
        alone = len(same) == 1 and sum(a.dimension == wanted.dimension for a in theirs) == 1
        if not alone:  # several areas in a cell: the one of the same words (整治面积1.4万亩，新增耕地600亩)
            same = of_the_same(wanted, theirs, content, same, cell(lower, "content"))
        if len(same) == 1 and same[0].size < wanted.size:
            return "partial", "LIST-ATTR", f"规模由{wanted.printed}写成{same[0].printed}"
    return None


def _units(upper: ListRequirement, lower: ListRequirement, ground: Ground) -> tuple[str, str, str] | None:
    gazetteer, region = ground.lexicon.gazetteer, ground.seen_from
    wanted = {r for *_, r in gazetteer.mentions(cell(upper, "units"), region) if r != region and ground.within(r)}
    given = {r for *_, r in gazetteer.mentions(cell(lower, "units"), region)}
    left_out = [
        r.name
        for r in sorted(wanted, key=lambda r: r.name)
        if not any(gazetteer.is_within(g, r) or gazetteer.is_within(r, g) for g in given)
    ]
    if wanted and given and left_out:
        return "weakened", "LIST-ATTR", f"实施范围缺{'、'.join(left_out)}"
    return None


__all__ = ["GRADES", "Response", "judge_entry", "match_entries"]
