"""What the draft says twice and not alike: the same figure in text, table and annex, an area in text and list, a zone.

Two figures are the same amount if they differ by no more than their rounding, for areas by no more than 1 公顷 (DOMAIN
§3.2). Text against table is DOC-TEXT-TABLE, text against text DOC-CONTRA; one cause is one finding with all its places.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction

from ..plan.finding import Finding, Place, Severity, finding
from ..plan.lexicon import Lexicon
from ..plan.quantity import half_width, numeral
from ..plan.requirement import ListRequirement, ZoneRequirement
from ..plan.span import Span
from .amounts import amounts, deadlines
from .figures import Figure, figures_of, is_region, name_of, plain_name, town_key
from .judgement import Ground
from .lists import area_of, cell, overlap, spellings
from .passages import Passage
from .told import Said
from .words import letters
from .zones import same_type

HECTARE = Fraction(10000)
LARGE = 20 * HECTARE
"""Areas from which a hectare is lost in rounding; below it are 公园绿地 per head and single sites."""


def contradictions(ground: Ground) -> Iterator[Finding]:
    """All findings of this kind."""
    yield from _figures(ground)
    yield from _areas_of_entries(ground)
    yield from _zones(ground)
    yield from _counts(ground)
    yield from _project_years(ground)
    yield from _projects_ahead(ground)
    yield from _parts(ground)


def _figures(ground: Ground) -> Iterator[Finding]:
    grouped: dict[tuple[object, ...], list[Said]] = defaultdict(list)
    town = {said.size for said in ground.told if said.dimension == "person" and said.key[2]}
    for said in (*_of_requirements(ground), *ground.told):
        if said.dimension == "person" and not said.key[2] and not said.in_table and said.size in town:
            continue  # 城区常住人口26万人 that was read as the people of the whole area
        grouped[*said.key, said.dimension].append(said)
    for group in grouped.values():
        yield from _of_group(group)


def _of_group(group: list[Said]) -> Iterator[Finding]:
    first = group[0]
    differing = [said for said in group if not _agree(first, said)]
    if not differing:
        return
    mixed = len({said.in_table for said in group}) == 2
    values = list(dict.fromkeys(re.sub(r"\s", "", said.printed) for said in group))
    places = [
        Place.at(span, "表格" if said.in_table else "正文", said.printed) for said in group for span in said.where[:1]
    ]
    places = list({(p.page, p.paragraph, p.start, p.quote, p.value): p for p in places}.values())
    year = f"{first.key[1]}年" if first.key[1] else ""
    scope = f"（{first.key[2]}）" if first.key[2] else ""
    text_differs = mixed and any(not _agree(a, b) for a in group for b in group if a.in_table != b.in_table)
    spoken = [said for said in group if not said.in_table]
    if any(not _agree(a, b) for a in spoken for b in spoken):
        text_differs = False
    code = "DOC-TEXT-TABLE" if text_differs else "DOC-CONTRA"
    severity: Severity = "error" if any(said.binding for said in group) else "warning"
    word = "正文与表格不一致" if code == "DOC-TEXT-TABLE" else "前后不一致"
    yield finding(code, severity, "图文一致性", f"{year}{first.name}{scope}{word}：{'、'.join(values)}", places)


def _agree(one: Said, other: Said) -> bool:
    finer, coarser = sorted((one, other), key=lambda said: said.step)
    tolerance, apart = coarser.step, abs(one.size - other.size)
    if one.dimension == "m2" and min(one.size, other.size) >= LARGE:
        tolerance = max(tolerance, HECTARE)
    elif finer.step < coarser.step and apart == tolerance:
        return coarser.size > finer.size  # 61.5 is rounded to 62, not to 61
    return apart <= tolerance


def _of_requirements(ground: Ground) -> Iterator[Said]:
    plan, lexicon = ground.draft.plan, ground.lexicon
    here = ground.known_region or ground.region
    for mode in ("indicator", "boundary"):
        for requirement in ground.draft.by_mode[mode]:
            assert requirement.mode in ("indicator", "boundary")
            for figure in figures_of(requirement, lexicon, plan.document.period.end):
                if figure.size is None or figure.upper_size is not None or _changes(figure, lexicon):
                    continue
                of_seat = figure.value.region is not None and figure.value.region.name in _SEATS
                if not (of_seat or is_region(figure.value.region, here, lexicon.gazetteer)) or _is_second_unit(figure):
                    continue
                where = figure.value.where or requirement.where
                yield Said(
                    _key(figure, lexicon),
                    name_of(requirement),
                    figure.size,
                    figure.step,
                    _dimension(figure),
                    figure.printed,
                    where,
                    _in_table(where),
                    requirement.attribute == "binding",
                )


_FALL_RATE = re.compile("(?:下降|降低)(?:率|比例|幅度)?$|降幅$")
"""Indicators that themselves measure a fall (…使用面积下降率): “比2020年下降40%” is their level."""


def _changes(figure: Figure, lexicon: Lexicon) -> bool:
    """Whether a value is by how much something changes, not how much of it there is to be."""
    entry = lexicon.indicator_by_key(figure.concept)
    if figure.value.change is None:
        return False
    falls = figure.value.change.kind == "fall" and figure.value.change.measure == "ratio"
    return not (falls and entry is not None and _FALL_RATE.search(entry.name))


def _is_second_unit(figure: Figure) -> bool:
    """Whether the value repeats the one before it in brackets in another unit, which IND-UNIT looks at."""
    values = figure.owner.values
    at = next((n for n, value in enumerate(values) if value is figure.value), 0)
    if at == 0:
        return False
    earlier, value = values[at - 1], figure.value
    near = {(s.page, s.paragraph) for s in earlier.where} & {(s.page, s.paragraph) for s in value.where}
    tabled = any(span.table is not None for span in (*earlier.where, *value.where))
    return bool(near) and not tabled and earlier.unit != value.unit and earlier.year == value.year


_SEATS = ("镇区", "圩镇", "集镇")
_SEAT = re.compile("(?P<seat>镇区|圩镇|集镇)(?P<rest>..+)")
"""镇区常住人口: of the seat of a town, not of the town."""


def _key(figure: Figure, lexicon: Lexicon) -> tuple[str, int | None, str]:
    seat = _SEAT.fullmatch(name_of(figure.owner)) if not figure.scope_class else None
    known = lexicon.indicator(seat["rest"]) if seat else None
    if seat and known:
        return known.key, figure.year, seat["seat"]
    return town_key(figure, lexicon), figure.year, figure.scope_class


def _dimension(figure: Figure) -> str:
    return figure.unit.dimension if figure.unit is not None else figure.value.unit or ""


def _in_table(where: Iterable[Span]) -> bool:
    return any(span.table is not None for span in where)


def _areas_of_entries(ground: Ground) -> Iterator[Finding]:
    """燕都国家湿地公园508.61公顷 in the text, 5.06 平方公里 in the list."""
    for entry in ground.draft.by_mode["list"]:
        assert isinstance(entry, ListRequirement)
        listed = area_of(entry, ground)
        if listed is None:
            continue
        size, step, printed = listed
        for passage, rest in _after_name(entry, ground):
            for amount in amounts(rest, ground.units)[:1]:
                if amount.dimension != "m2" or amount.start > 4:
                    continue
                if abs(amount.size - size) <= max(step, HECTARE):
                    continue
                yield finding(
                    "DOC-TEXT-TABLE",
                    "warning",
                    "图文一致性",
                    f"“{entry.name}”面积正文与名录不一致：{amount.printed}、{printed}",
                    _two_sides(ground, passage, entry.where, amount.printed, printed),
                )


def _after_name(entry: ListRequirement, ground: Ground) -> Iterator[tuple[Passage, str]]:
    """The sentences that name an entry, with what follows right behind its name."""
    seen: set[int] = set()
    for name in spellings(entry, ground.lexicon.gazetteer, ground.seen_from):
        for passage in ground.draft.holding(name):
            if passage.row is None and passage.index not in seen:
                seen.add(passage.index)
                text = letters(passage.text)
                at = text.find(name) + len(name)
                yield passage, text[at : at + 14]


def _two_sides(
    ground: Ground, passage: Passage, where: Iterable[Span], text_value: str, table_value: str
) -> list[Place]:
    return [
        *(Place.at(span, "正文", text_value) for span in ground.draft.spans(passage)),
        *(Place.at(span, "表格", table_value) for span in where),
    ]


def _zones(ground: Ground) -> Iterator[Finding]:
    """One unit with two types of 主体功能区."""
    grouped: dict[str, list[ZoneRequirement]] = defaultdict(list)
    for zone in ground.draft.by_mode["zone"]:
        assert isinstance(zone, ZoneRequirement)
        known = ground.lexicon.zone_type(zone.type)  # a part of another division told beside it is no type of this one
        if "主体功能" in zone.system and known is not None and known.system == "主体功能区":
            grouped[letters(zone.unit.name)].append(zone)
    for zones in grouped.values():
        other = next((z for z in zones[1:] if not same_type(z.type, zones[0].type, ground)), None)
        if other is None:
            continue
        mixed = len({_in_table(z.where) for z in zones}) == 2
        places = [Place.at(span, "表格" if span.table else "正文", z.type) for z in zones for span in z.where[:1]]
        types = "、".join(dict.fromkeys(z.type for z in zones))
        yield finding(
            "DOC-TEXT-TABLE" if mixed else "DOC-CONTRA",
            "error",
            "图文一致性",
            f"{zones[0].unit.name}的主体功能定位前后不一致：{types}",
            places,
        )


_COUNTED_IN = re.compile(
    r"([^，。；、（(]{2,24}?)([0-9]+|[一二三四五六七八九十]+)(?:处|个|项|座|条|家|片|株|棵|眼)[^。；]{0,12}?[（(，,]?"
    r"(?:名录|名单|清单|目录|明细)?(?:(?:详|参|列)?见|列于|列入|载于|如|在)"
    r"(下表|(?:附?表|专栏)\s?(?:[A-Z]?[0-9]+(?:[-—–.][0-9]+)?|[A-Z](?![A-Za-z])|[一二三四五六七八九十]+))"
)


def _counts(ground: Ground) -> Iterator[Finding]:
    """…8处，名录见附表5, …13处，名录如下表, against the entries of that table."""
    for passage in ground.draft.passages:
        if passage.row is not None:
            continue
        for match in _COUNTED_IN.finditer(passage.text):
            stated = numeral(match[2])
            entries = [
                e
                for e in ground.draft.by_mode["list"]
                if isinstance(e, ListRequirement) and _stands_in(e, match[3], passage, ground)
            ]
            if stated is None or not entries:
                continue
            kinds = {cell(e, "type") or e.group or "" for e in entries}
            named = {kind for kind in kinds if kind and (kind in match[1] or letters(kind)[-2:] in match[1])}
            chosen = [e for e in entries if (cell(e, "type") or e.group or "") in named] if named else entries
            if stated.number != len(chosen):
                yield finding(
                    "DOC-TEXT-TABLE",
                    "warning",
                    "图文一致性",
                    f"正文称{match[1]}{match[2]}处，{match[3]}列{len(chosen)}处",
                    [
                        *(Place.at(span, "正文", match[2]) for span in ground.draft.spans(passage)),
                        *(Place.at(span, match[3], str(len(chosen))) for span in chosen[0].where[:1]),
                    ],
                )


def _stands_in(entry: ListRequirement, label: str, passage: Passage, ground: Ground) -> bool:
    """Whether an entry is a row of the table with this label; 下表 is the first one after the sentence."""
    tables = [span.table for span in entry.where if span.table is not None]
    if label != "下表":
        return any(letters(table.label or "") == letters(label) for table in tables)
    document = ground.draft.document
    at = passage.block
    below = document.blocks[at + 1 : at + 6] if document is not None and at is not None else ()
    following = next((block.table.index for block in below if block.table is not None), None)
    return any(table.index == following for table in tables)


_ALL_DONE = re.compile(
    r"(20\d\d)年(?:[底末](?:之?前)?|之?前)?(?:全部|全面|整体)(?:治理|修复|整治)?(?:完成|建成|完工|竣工|到位)"
)
"""The year by which a work as a whole is done, with which its row in the project list should end."""


def _project_years(ground: Ground) -> Iterator[Finding]:
    """到2025年 in the text, 2024—2030 for the same work in the project list."""
    projects = [
        (e, amounts(cell(e, "content"), ground.units), cell(e, "period"))
        for e in ground.draft.by_mode["list"]
        if isinstance(e, ListRequirement) and cell(e, "period")
    ]
    for passage in ground.draft.passages:
        whole = {int(year) for year in _ALL_DONE.findall(passage.text)}
        years = deadlines(passage.text) or sorted(whole)
        if passage.row is not None or not years:
            continue
        said = amounts(passage.text, ground.units)
        for entry, content, period in projects:
            ends = [int(year) for year in re.findall(r"20\d\d", period)]
            same = [a for a in said for b in content if (a.size, a.dimension) == (b.size, b.dimension) and a.size > 2]
            if not ends or not same or max(ends) == max(years):
                continue
            if max(ends) < max(years) and whole != set(years):
                continue
            least = 0.3 if same and same[0].dimension in ("m2", "m", "m3") else 0.45
            if overlap(letters(passage.text), letters(entry.name + cell(entry, "content"))) < least:
                continue
            yield finding(
                "DOC-TEXT-TABLE",
                "warning",
                "图文一致性",
                f"正文要求{max(years)}年完成{same[0].printed}，项目表中“{entry.name}”时序为{period}",
                _two_sides(ground, passage, entry.where, f"{max(years)}年", period),
            )


def _projects_ahead(ground: Ground) -> Iterator[Finding]:
    """A project that is to reach by 2025 what the indicators give the whole area for 2035 only, with less for 2025."""
    targets: dict[tuple[str, str, str], dict[int, Said]] = defaultdict(dict)
    for said in _of_requirements(ground):
        if said.key[1] is not None and said.dimension in ("m2", "m", "m3"):
            targets[said.key[0], said.key[2], said.dimension].setdefault(said.key[1], said)
    for entry in ground.draft.by_mode["list"]:
        assert isinstance(entry, ListRequirement)
        ends = [int(year) for year in re.findall(r"20\d\d", cell(entry, "period"))]
        for amount in amounts(cell(entry, "content"), ground.units) if ends else ():
            for (*_, dimension), years in targets.items():
                due = years.get(max(ends))
                later = next((s for year, s in years.items() if year > max(ends) and s.size == amount.size), None)
                if dimension != amount.dimension or due is None or later is None or due.size >= amount.size:
                    continue
                if overlap(plain_name(due.name), letters(entry.name + cell(entry, "content"))) < 0.3:
                    continue
                places = [Place.at(span, "表格", due.printed) for span in due.where[:1]]
                places += [Place.at(span, "项目表", amount.printed) for span in entry.where]
                message = (
                    f"“{entry.name}”{max(ends)}年完成{amount.printed}，{due.name}{max(ends)}年为{due.printed}、"
                    f"{later.key[1]}年才为{later.printed}"
                )
                yield finding("DOC-CONTRA", "warning", "图文一致性", message, places)


_ASSIGNED = re.compile(
    r"(?:保护|保有|划定)?(?:总)?(?:面积|规模|任务|目标|量|指标)?(?:控制在|保持在|落实|划定|承担|稳定在)?(?:为|是|达到?|约)?"
    r"(?:不(?:得)?(?:少于|低于|小于|突破|超过|高于|大于))?"
)


def _parts(ground: Ground) -> Iterator[Finding]:
    """甲镇承担耕地保有量3.20万亩 in the text, 3.10 in the row of 甲镇: one town's figure told beside its name."""
    here, gazetteer, lexicon = ground.known_region or ground.region, ground.lexicon.gazetteer, ground.lexicon
    seen: set[tuple[int, str]] = set()
    for mode in ("indicator", "boundary"):
        for requirement in ground.draft.by_mode[mode]:
            assert requirement.mode in ("indicator", "boundary")
            for figure in figures_of(requirement, lexicon, ground.draft.plan.document.period.end):
                place, where = figure.value.region, figure.value.where or requirement.where
                if place is None or figure.size is None or figure.upper_size is not None or not _in_table(where):
                    continue
                if is_region(place, here, gazetteer) or _changes(figure, lexicon):
                    continue
                for passage in ground.draft.holding(place.name):
                    told = _told_of(place.name, plain_name(name_of(requirement)), figure, passage, ground)
                    if told is None or (passage.index, place.name + name_of(requirement)) in seen:
                        continue
                    seen.add((passage.index, place.name + name_of(requirement)))
                    name = f"{place.name}{name_of(requirement)}"
                    message = f"{name}正文与表格不一致：{told}、{figure.printed}"
                    places = _two_sides(ground, passage, where[:1], told, figure.printed)
                    yield finding("DOC-TEXT-TABLE", "warning", "图文一致性", message, places)


def _told_of(place: str, name: str, figure: Figure, passage: Passage, ground: Ground) -> str | None:
    """What a sentence gives the place under the name of the figure, if it is another amount; None if the same or nothing."""
    if passage.row is not None:
        return None
    for clause in re.split(r"[；。]", half_width(passage.text)):
        at = clause.find(place)
        named = clause.find(name, at + len(place)) if at >= 0 and len(name) >= 3 else -1
        between = clause[at + len(place) : named]
        if named < 0 or len(between) > 8 or re.search(r"[、和及与，,]|新增|其中|内|外", between):
            continue
        rest = clause[named + len(name) :]
        given = [a for a in amounts(rest, ground.units)[:1] if a.dimension == figure.dimension]
        years = deadlines(clause)
        if not given or not _ASSIGNED.fullmatch(rest[: given[0].start]) or (years and figure.year not in years):
            continue
        apart = abs(given[0].size - figure.size) if figure.size is not None else 0
        if not given[0].approximate and apart > max(figure.step, HECTARE if figure.dimension == "m2" else 0):
            return given[0].printed
    return None
