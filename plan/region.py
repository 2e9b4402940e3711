"""The gazetteer: provinces, cities, counties, townships, functional districts and named groups of regions.

Codes are GB/T 2260 (six digits; townships nine). Names that repeat in China (鼓楼区, 城区, 朝阳区 …) are told apart by
the region they are asked for in; where that does not decide, the answer is None, never a guess.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from operator import add
from typing import Literal

from .requirement import Region

RegionLevel = Literal["province", "city", "county", "township", "district"]

DISTRICT_ENDING = re.compile(
    r"(?:开发区|高新区|经开区|新区|示范区|园区|试验区|合作区|度假区|管理区|产业园|农场|林场|兵团|农垦|管委会|自贸区|保税区|片区)$"
)
"""Endings of functional districts, which no code list holds."""
_TOWN_ENDING = re.compile(r"(?:民族乡|街道办事处|街道|镇|乡|苏木|办事处)$")
_WHOLE_WORD = re.compile(
    r"^全([省市县区州盟旗镇乡域])域?$|^[省市县区镇乡]域(?:范围)?$|^本(?:省|市|县|区|镇|乡|自治区)$"
)


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """One region with what the gazetteer knows of it. `short` is its name without 市, 县 …; "" if that is no safe name."""

    region: Region
    level: RegionLevel
    parent: Region | None
    short: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for name in (self.region.name, self.short, *self.aliases) if name))


@dataclass(frozen=True, slots=True)
class Group:
    """A named group of regions (珠三角九市) of the region `within`; members as names, resolved there."""

    name: str
    within: str
    members: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    verified: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class GenericGroup:
    """Words that mean all sub-regions of a kind: 各地级以上市 → the cities. `kind`: city, county, district, plain_county,
    county_city, autonomous, township, town."""

    words: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class NameGuards:
    """When a short name in running text is no mention: `after` (江, 高速 …) follows it, `before` precedes it, or it is a
    common word (和平)."""

    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    common: frozenset[str] = frozenset()
    features: tuple[str, ...] = ()
    """A short name that ends so (大亚湾, 阳山) is first of all a bay, a mountain."""
    lead: tuple[str, ...] = ()
    """What may stand before a name that is a common word too (汕尾市城区, 东城镇)."""
    peoples: tuple[str, ...] = ()
    """Names of peoples, which stand in the names of 民族乡."""


@dataclass(eq=False)
class Gazetteer:
    """All regions. Built once by the lexicon; `add` lays a planner's own regions over it."""

    places: dict[Region, Place] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)
    generic: list[GenericGroup] = field(default_factory=list)
    guards: NameGuards = field(default_factory=NameGuards)
    everyday: Callable[[], bytes] | None = None
    """Gives everyday words of two characters, one a line (提高, 要求); read when a short name is first looked for."""
    townships: Callable[[], bytes] | None = None
    """Gives the gzip'ed CSV of townships (code,name); read when a county's towns are first asked for."""
    _by_name: dict[str, list[Place]] = field(default_factory=dict)
    _by_code: dict[str, Region] = field(default_factory=dict)
    _children: dict[Region | None, list[Region]] = field(default_factory=dict)
    _towns: dict[str, list[tuple[str, str]]] | None = None
    _towns_of: set[Region] = field(default_factory=set)
    _towns_within: set[Region] = field(default_factory=set)
    _everyday: frozenset[str] | None = None
    _scanners: dict[Region | None, _Scanner] = field(default_factory=dict)
    _found: dict[tuple[str, Region | None], Region | None] = field(default_factory=dict)
    _members: dict[tuple[str, Region | None], tuple[Region, ...] | None] = field(default_factory=dict)
    _group_index: dict[str, list[Group]] = field(default_factory=dict)
    _generic_index: dict[str, list[str]] = field(default_factory=dict)

    def add(
        self,
        name: str,
        *,
        code: str | None = None,
        parent: Region | None = None,
        level: RegionLevel = "district",
        short: str = "",
        aliases: Iterable[str] = (),
    ) -> Region:
        """Takes a region in; one with the same code (else name and parent) is replaced."""
        for answers in (self._scanners, self._found, self._members, self._towns_within):
            answers.clear()
        return self._take_in(name, code, parent, level, short, tuple(aliases))

    def _take_in(
        self,
        name: str,
        code: str | None,
        parent: Region | None,
        level: RegionLevel,
        short: str,
        aliases: tuple[str, ...],
    ) -> Region:
        region = Region.model_construct(name=name, code=code)
        known = self._by_code.get(code) if code else None
        if known is None and code is None:
            known = next((p.region for p in self._by_name.get(name, ()) if p.parent == parent), None)
        if known is not None:
            self._remove(known)
        place = Place(region, level, parent, short, aliases)
        self.places[region] = place
        if code:
            self._by_code[code] = region
        for each in place.names:
            self._by_name.setdefault(each, []).append(place)
        self._children.setdefault(parent, []).append(region)
        return region

    def _remove(self, region: Region) -> None:
        place = self.places.pop(region)
        for name in place.names:
            self._by_name[name] = [other for other in self._by_name[name] if other is not place]
        self._children[place.parent] = [other for other in self._children[place.parent] if other != region]

    def by_code(self, code: str) -> Region | None:
        """The region with this GB/T 2260 code."""
        region = self._by_code.get(code)
        if region is None and len(code) == 9:
            county = self._by_code.get(code[:6])
            if county is not None:
                self._load_towns(county)
                region = self._by_code.get(code)
        return region

    def level(self, region: Region) -> RegionLevel | None:
        place = self.places.get(region)
        return None if place is None else place.level

    def parent(self, region: Region) -> Region | None:
        place = self.places.get(region)
        return None if place is None else place.parent

    def ancestors(self, region: Region) -> tuple[Region, ...]:
        """The regions above, nearest first."""
        above: list[Region] = []
        step = self.parent(region)
        while step is not None:
            above.append(step)
            step = self.parent(step)
        return tuple(above)

    def children(self, region: Region, *, districts: bool = True) -> tuple[Region, ...]:
        """The regions right below: cities of a province (and counties under it), counties of a city, towns of a county."""
        if self.level(region) == "county" or not self._children.get(region):
            self._load_towns(region)
        below = self._children.get(region, [])
        return tuple(r for r in below if districts or self.level(r) != "district")

    def descendants(self, region: Region) -> tuple[Region, ...]:
        """All regions below that are loaded: cities, counties, districts; towns once they were asked for."""
        found: list[Region] = []
        for child in self._children.get(region, []):
            found.append(child)
            found.extend(self.descendants(child))
        return tuple(found)

    def is_within(self, region: Region, ancestor: Region) -> bool:
        """Whether `region` is `ancestor` or lies in it."""
        return region == ancestor or ancestor in self.ancestors(region)

    def province(self, region: Region) -> Region | None:
        """The province that the region is or lies in."""
        chain = (region, *self.ancestors(region))
        return next((r for r in chain if self.level(r) == "province"), None)

    def _load_towns(self, region: Region) -> None:
        """Takes in the towns of a county, or of a city without counties."""
        if region in self._towns_of or region.code is None or self.townships is None:
            return
        self._towns_of.add(region)
        if self._towns is None:
            self._towns = {}
            text = gzip.decompress(self.townships()).decode("utf-8")
            for code, name in csv.reader(io.StringIO(text[text.index("\n") + 1 :])):
                self._towns.setdefault(code[:6], []).append((code, name))
        for code, name in self._towns.get(region.code, ()):
            if code not in self._by_code:
                plain, above = self._district_of(name, region)
                stem = re.sub(rf"(?:{'|'.join(self.guards.peoples) or '^$'})+乡$", "", plain)
                stem = stem if len(stem) >= 2 else plain
                short = town_short(stem) if stem == plain else stem
                aliases = tuple(a for a in (name, stem + "乡" if stem != plain else "") if a and a != plain)
                self._take_in(plain, code, above, "township", short, aliases)

    def _district_of(self, name: str, county: Region) -> tuple[str, Region]:
        """大亚湾澳头街道 → 澳头街道 in 大亚湾区: the statistical name carries the functional district that runs the town."""
        for sibling in self._children.get(self.parent(county), []):
            place = self.places[sibling]
            for known in place.names if place.level == "district" else ():
                if len(known) >= 2 and name.startswith(known) and len(name) - len(known) >= 3:
                    return name[len(known) :], sibling
        return name, county

    def load_within(self, region: Region) -> None:
        """Takes in the towns below a city, county or district, so that they can be found and mentioned."""
        if region in self._towns_within:
            return
        level = self.level(region)
        if level not in ("city", "county", "township", "district"):
            return
        self._towns_within.add(region)
        above = region if level in ("city", "county") else self.parent(region)
        if above is None:
            return
        self._load_towns(above)
        for child in tuple(self._children.get(above, [])):
            if self.level(child) == "county":
                self._load_towns(child)

    # -- names ---------------------------------------------------------------------------------------------------

    def find(self, name: str, within: Region | None = None) -> Region | None:
        """The region of this name as seen from `within`: itself or one inside it, else one above it, else one of the same
        province, else the only one in China. Short names (惠州) and names with their parents (广东省惠州市) are understood;
        全市, 市域 … are `within` itself. None where several fit equally."""
        key = (name, within)
        if key not in self._found:
            found = self._find(name, within)
            self._found[key] = found
        return self._found[key]

    def _find(self, name: str, within: Region | None) -> Region | None:
        plain = _plain_name(name)
        if not plain:
            return None
        if within is not None and _WHOLE_WORD.match(plain):
            return within
        if within is not None:
            self.load_within(within)
        found = self._nearest(self._by_name.get(plain, []), plain, within)
        return found if found is not None else self._find_after_parent(plain, within)

    def _may_be_meant(self, place: Place, within: Region | None) -> bool:
        """Towns are only seen from their own county or city (and its towns): what was loaded before never matters."""
        if place.level != "township" or within is None:
            return place.level != "township"
        if self.level(within) not in ("city", "county", "township", "district"):
            return False
        return within == place.region or within in self.ancestors(place.region) or self.parent(within) == place.parent

    def _nearest(self, places: list[Place], name: str, within: Region | None) -> Region | None:
        places = [place for place in places if self._may_be_meant(place, within)]
        if within is not None:
            for scope in (within, *self.ancestors(within)):
                inside = [p for p in places if p.region == scope or scope in self.ancestors(p.region)]
                if within == scope:
                    inside += [p for p in places if p.region in self.ancestors(within) and p not in inside]
                best = _best(inside, name)
                if best is not None:
                    return best
                if inside:
                    return None
        upper = [p for p in places if p.level in ("province", "city")]
        return _best(places, name) or (_best(upper, name) if len(upper) == 1 else None)

    def _find_after_parent(self, name: str, within: Region | None) -> Region | None:
        """广东省惠州市 → 惠州市 in 广东省; the parent must be a whole name, or a short one of a province or city."""
        for length in range(min(len(name) - 2, 12), 1, -1):
            head, rest = name[:length], name[length:]
            for place in self._by_name.get(head, ()):
                if place.level in ("province", "city", "county") and len(rest) >= 2:
                    self.load_within(place.region)
                    below = [
                        p
                        for p in self._by_name.get(rest, [])
                        if place.region in self.ancestors(p.region)
                        and (p.level != "township" or place.level != "province")
                    ]
                    best = _best(below, rest)
                    if best is not None:
                        return best
                    deeper = self._find_after_parent(rest, place.region) if len(rest) > 4 else None
                    if deeper is not None and self.is_within(deeper, place.region):
                        return deeper
        return None

    def named(self, name: str) -> tuple[Region, ...]:
        """All regions above the township of exactly this name."""
        places = self._by_name.get(name, ())
        return tuple(p.region for p in places if p.region.name == name and p.level != "township")

    def is_district_name(self, name: str) -> bool:
        """Whether the name looks like a functional district (…开发区, …高新区), known or not."""
        return bool(DISTRICT_ENDING.search(_plain_name(name)))

    # -- mentions ------------------------------------------------------------------------------------------------

    def mentions(self, text: str, within: Region | None = None) -> list[tuple[int, int, Region]]:
        """The regions that `text` names, longest match first, as (start, end, Region): those inside `within`, those above
        it and the cities and counties of its province; without `within` provinces and cities of all China. Short names
        count only where no longer word (龙门山, 惠州大道) holds them."""
        scanner = self._scanners.get(within)
        if scanner is None:
            if within is not None:
                self.load_within(within)
            scanner = _Scanner(self._names_for(within), self.guards, self.parent, self._everyday_words())
            self._scanners[within] = scanner
        return scanner.scan(text)

    def is_everyday(self, word: str) -> bool:
        """Whether a word of two characters is a common one and so no name by itself."""
        return word in self._everyday_words()

    def _everyday_words(self) -> frozenset[str]:
        if self._everyday is None:
            self._everyday = frozenset(self.everyday().decode("utf-8").split()) if self.everyday else frozenset()
        return self._everyday

    def _names_for(self, within: Region | None) -> dict[str, tuple[Region, bool]]:
        """Name → (region, is a short name). Nearer regions win; a name of two equally near regions is left out."""
        names: dict[str, tuple[Region, bool]] = {}
        rings: list[list[Region]] = []
        if within is not None:
            near = self.level(within) in ("city", "county", "district")
            rings.append([within])
            rings.append([r for r in self.descendants(within) if near or self.level(r) != "township"])
            for above in self.ancestors(within):
                rings.append([above])
                rings.append([r for r in self.descendants(above) if self.level(r) != "township"])
        rings.append([r for r, p in self.places.items() if p.level in ("province", "city")])
        home = set(rings[0] + rings[1]) if within is not None else set()
        for ring in rings:
            fresh: dict[str, tuple[Region, bool] | None] = {}
            for region in ring:
                place = self.places.get(region) or Place(region, "district", None)
                for name in place.names:
                    short = name == place.short
                    if short and not self._short_is_safe(place, region in home):
                        continue
                    if name in names or len(name) < 2:
                        continue
                    known = fresh.get(name, ())
                    fresh[name] = (region, short) if known in ((), (region, short)) else None
            names.update({name: found for name, found in fresh.items() if found is not None})
        return names

    def _short_is_safe(self, place: Place, home: bool) -> bool:
        if len(place.short) < 2 or place.short in self.guards.common:
            return False
        if place.level in ("province", "city"):
            return True
        return home and place.level in ("county", "district")

    # -- groups --------------------------------------------------------------------------------------------------

    def group(self, name: str, within: Region | None = None) -> tuple[Region, ...] | None:
        """The members of a named group (珠三角九市, 各县（市、区）) as seen from `within`, or None if it is no group."""
        key = (name, within)
        if key not in self._members:
            members = self._group_members(_folded_group(name), within)
            self._members[key] = members
        return self._members[key]

    def _group_members(self, plain: str, within: Region | None) -> tuple[Region, ...] | None:
        if not self._group_index:
            for group in self.groups:
                for each in dict.fromkeys(map(_folded_group, (group.name, *group.aliases))):
                    self._group_index.setdefault(each, []).append(group)
        if not self._generic_index:
            for generic in self.generic:
                for word in generic.words:
                    self._generic_index.setdefault(_folded_group(word), []).append(generic.kind)
        if within is not None:
            computed = self._generic_members(plain, within)
            if computed:
                return computed
        home = {within.name, *(r.name for r in self.ancestors(within))} if within is not None else set()
        for group in sorted(self._group_index.get(plain, ()), key=lambda g: g.within not in home):
            if home and group.within and group.within not in home and len(plain) < 4:
                continue
            above = self.find(group.within) if group.within else None
            found = [self.find(member, above) for member in group.members]
            return tuple(region for region in found if region is not None)
        return None

    def is_every(self, words: str) -> bool:
        """Whether the words mean every part of an area (各市, 各县（市、区）, 各乡镇), not a kind of them (各区)."""
        self.group(words)
        return bool({"city", "county", "township", "town"} & set(self._generic_index.get(_folded_group(words), ())))

    def group_names(self, within: Region | None) -> dict[str, str]:
        """Every spelling of a named group that can be meant in `within` → the group's name."""
        home = {"", *(r.name for r in (within, *self.ancestors(within)))} if within is not None else None
        names: dict[str, str] = {}
        for group in self.groups:
            if home is None or group.within in home:
                for each in (group.name, *group.aliases):
                    names.setdefault(each, group.name)
        for generic in self.generic:
            if within is not None and self._of_kind(generic.kind, within):
                names.update((word, word) for word in generic.words if word not in names)
        return names

    def _generic_members(self, plain: str, within: Region) -> tuple[Region, ...]:
        kinds = self._generic_index.get(plain, ())
        return tuple(dict.fromkeys(region for kind in kinds for region in self._of_kind(kind, within)))

    def _of_kind(self, kind: str, within: Region) -> tuple[Region, ...]:
        if kind in ("township", "town"):
            self.load_within(within)
            level = self.level(within)
            if level not in ("county", "city", "district"):
                return ()
            towns = [r for r in self.descendants(within) if self.level(r) == "township"]
            return tuple(r for r in towns if kind == "township" or r.name.endswith("镇"))
        below = [r for r in self.descendants(within) if self.level(r) in ("city", "county", "district")]
        cities = [r for r in below if self.level(r) == "city"]
        counties = [r for r in below if self.level(r) == "county"]
        match kind:
            case "city":
                return tuple(cities)
            case "county":
                return tuple(counties)
            case "district":
                return tuple(r for r in counties if r.name.endswith("区"))
            case "plain_county":
                return tuple(r for r in counties if r.name.endswith(("县", "旗")))
            case "county_city":
                return tuple(r for r in counties if r.name.endswith("市"))
            case "autonomous":
                return tuple(r for r in below if "自治" in r.name)
        return ()


JOINING = frozenset("和与及或、在对为由以从至到向往将把使是等的之距离沿跨市县区州盟旗镇乡")
"""What often stands right before or behind a place name, though it makes a word with its first or last character."""


class _Scanner:
    """Longest-match search of many names; names are looked up by their first two characters."""

    def __init__(
        self,
        names: dict[str, tuple[Region, bool]],
        guards: NameGuards,
        parent: Callable[[Region], Region | None],
        everyday: frozenset[str],
    ) -> None:
        self.parent = parent
        self.everyday = everyday
        self.by_start: dict[str, list[tuple[str, Region, bool]]] = {}
        for name, (region, short) in names.items():
            self.by_start.setdefault(name[:2], []).append((name, region, short))
        for found in self.by_start.values():
            found.sort(key=lambda item: (-len(item[0]), item[0]))
        self.guards = guards

    def scan(self, text: str) -> list[tuple[int, int, Region]]:
        found: list[tuple[int, int, Region]] = []
        done = 0
        for at, start in enumerate(map(add, text, text[1:])):
            if at < done or start not in self.by_start:
                continue
            for name, region, short in self.by_start[start]:
                end = at + len(name)
                before = found[-1] if found and found[-1][1] == at else None
                after_parent = before is not None and self.parent(region) == before[2]
                if text.startswith(name, at) and (after_parent or not self._held(text, at, end, name, short)):
                    found.append((at, end, region))
                    done = end
                    break
        return found

    def _held(self, text: str, start: int, end: int, name: str, short: bool) -> bool:
        """Whether the name at start..end is part of a longer word, or a common word itself."""
        if short and name.endswith(self.guards.features):
            return text[end : end + 1] not in ("—", "等") and text[max(0, start - 1) : start] not in ("、", "—")
        if short:
            return (
                text.startswith(self.guards.after, end)
                or text.endswith(self.guards.before, 0, start)
                or self._spans_words(text, start, end)
            )
        if name in self.guards.common or _TOWN_ENDING.sub("", name) in self.guards.common:
            before = text[max(0, start - 1) : start]
            return bool(before) and "一" <= before <= "龥" and before not in self.guards.lead
        return False

    def _spans_words(self, text: str, start: int, end: int) -> bool:
        """Whether a short name is only the end of one everyday word and the start of the next: 提[高要]求, 新[建水]库, while
        台山水库 is 台山's, since 水库 is a word of its own behind it."""
        left, right = text[max(0, start - 1) : start + 1], text[end - 1 : end + 1]
        before = left[:1] not in JOINING and left in self.everyday
        after = right[1:] not in JOINING and right in self.everyday and text[end : end + 2] not in self.everyday
        return before or after


def town_short(name: str) -> str:
    """凤岗镇 → 凤岗; "" where nothing of two characters is left."""
    stem = _TOWN_ENDING.sub("", name)
    return stem if len(stem) >= 2 and stem != name else ""


def _best(places: list[Place], name: str) -> Region | None:
    """The only place; else the only one whose full name it is; else the only one of the highest level; else None."""
    order = {"province": 0, "city": 1, "county": 2, "district": 3, "township": 4}
    if len(places) > 1:
        whole = [p for p in places if p.region.name == name]
        places = whole or places
    if len(places) > 1:
        top = min(order[p.level] for p in places)
        places = (
            [p for p in places if order[p.level] == top] if top < 2 or len({p.level for p in places}) > 1 else places
        )
    return places[0].region if len(places) == 1 else None


@lru_cache(maxsize=8192)
def _plain_name(name: str) -> str:
    plain = re.sub(r"[\s　]+|[*＊※]+$", "", name)
    if plain.endswith((")", "）")):
        plain = re.sub(r"(?<=.)[（(](?:含|不含|包括|部分|其中|注|\d)[^）)]*[）)]$", "", plain)
        plain = plain[1:-1] if re.fullmatch(r"[（(][^（()）]*[）)]", plain) else plain
    return plain.strip("、，,；;：:。")


@lru_cache(maxsize=8192)
def _folded_group(name: str) -> str:
    return _GROUP_MARKS.sub("", name)


_GROUP_MARKS = re.compile(r"[\s　（）()、“”\"]")
