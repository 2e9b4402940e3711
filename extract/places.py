"""Cells and phrases that say where a thing is: 惠州市惠阳区；深圳市坪山区、龙岗区 → the regions they name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..plan.region import Gazetteer
from ..plan.requirement import Region

SPLIT = re.compile(r"(?:[；;、，,/]|以及|和(?=[^平田])|及(?!其)|与)(?![^（(]*[）)])")
"""What parts the words of a place cell; nothing inside brackets does (各县（市、区）)."""
UNKNOWN_PLACE = re.compile(r"[一-龥]{2,12}(?:区|市|县|旗|镇|乡|街道|苏木|海域|林场|农场|园区|半岛)")
PARTLY = re.compile(r"(?:的)?(?:部分|局部|北部|南部|东部|西部|中部|周边)(?:[镇乡街区县市]+)?|部分")


@dataclass(frozen=True, slots=True)
class Places:
    """What a place cell names: `regions` with the parents that are printed before them, `group` the collective word."""

    regions: tuple[Region, ...]
    group: str | None = None


def words_to_regions(text: str, home: Region | None, gazetteer: Gazetteer) -> Places:
    """The regions that a place cell or phrase names, in order, each once. A printed parent counts too and holds for the
    words after it up to "；" (惠州市惠阳区、博罗县；深圳市龙岗区 has two cities); "各县（市、区）" is resolved to its members."""
    found: dict[Region, None] = {}
    group: str | None = None
    for part in re.split(r"[；;]", text):
        scope = home
        for word in _words_of(part, gazetteer.mentions(part, within=home)):
            word = word.strip("。等 ")
            named = list(_named(word, scope, home, gazetteer))
            members = gazetteer.group(word, home) if not named else None
            if members:
                group = group or word
                named = list(members)
            for region in named:
                found.setdefault(region)
            if len(named) > 1 and not members:
                scope = named[0]
    return Places(tuple(as_handed_down(found, home, gazetteer)), group)


def _words_of(part: str, mentions: list[tuple[int, int, Region]]) -> Iterator[str]:
    """The words between 、 ， 和 …; none of these parts a name that has it inside (呼和浩特市)."""
    start = 0
    for cut in SPLIT.finditer(part):
        if not any(low < cut.end() and cut.start() < high for low, high, _ in mentions):
            if part[start : cut.start()].strip():
                yield part[start : cut.start()]
            start = cut.end()
    if part[start:].strip():
        yield part[start:]


def as_handed_down(found: Iterable[Region], home: Region | None, gazetteer: Gazetteer) -> Iterable[Region]:
    """A province binds cities and counties, a city counties, a county towns: a town in the cell of a city's table only
    tells where in its county a thing lies."""
    if home is None or gazetteer.level(home) not in ("province", "city"):
        return found
    bound: dict[Region, None] = {}
    for region in found:
        above = gazetteer.parent(region) if gazetteer.level(region) == "township" else None
        bound.setdefault(region if above is None or above == home else above)
    return bound


def _named(word: str, scope: Region | None, home: Region | None, gazetteer: Gazetteer) -> Iterator[Region]:
    """The regions of one word: a whole name, a name after its parent, or what it mentions; else the printed name."""
    whole = gazetteer.find(word, within=scope) or (gazetteer.find(word, within=home) if scope != home else None)
    if whole is not None:
        yield from _with_printed_parents(word, whole, gazetteer)
        return
    mentions = gazetteer.mentions(word, within=scope)
    if mentions:
        yield from (region for _, _, region in mentions)
    elif (
        UNKNOWN_PLACE.fullmatch(word)
        and gazetteer.group(word, home) is None
        and not word.startswith(("各", "全", "相关", "有关", "其他", "其余"))
    ):
        yield Region(name=word)


def _with_printed_parents(word: str, region: Region, gazetteer: Gazetteer) -> Iterator[Region]:
    rest = word.removesuffix(region.name)
    for above in reversed(gazetteer.ancestors(region)):
        place = gazetteer.places.get(above)
        if rest and place is not None and any(rest.startswith(name) for name in place.names):
            rest = rest.removeprefix(next(name for name in place.names if rest.startswith(name)))
            yield above
    yield region
