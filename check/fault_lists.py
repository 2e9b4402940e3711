"""Faults in registers, zones and structures: a row gone, a cell altered, an element left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from ..plan.fault import Edit, Fault, FaultKind
from ..plan.quantity import ARABIC_NUMBER, exact
from ..plan.requirement import IndicatorRequirement, ListRequirement, StructureRequirement, ZoneRequirement
from .places import Spot, texts_of
from .words import common_run
from .workshop import LATER, Answer, Workshop, cell_swapped, cells_of, printed_like

MOST_PLACES = 6
"""A name that stands in more places than this is not taken out of all of them."""
MAIN_ENTRY = re.compile(r"\d{4}\s*[—–―~～至-]+\s*(\d{4})")


def _row_dropped(answer: Answer, shop: Workshop) -> Iterator[Fault]:
    """The one row that answers is gone; rows with merged cells that begin in them stay, else others would go with them."""
    if len(answer.spots) != 1 or not isinstance(
        answer.requirement, ListRequirement | ZoneRequirement | IndicatorRequirement
    ):
        return
    rows = {spot.where for spot in answer.spots[0] if spot.cell is not None}
    table = shop.places.document.blocks[answer.spots[0][0].block].table
    if table is None or not _handed_to_the_draft(answer):
        return
    own = [(block, row) for block, row in rows if row is not None and not _merged(table.grid[row], row)]
    names = {name for spot in answer.spots[0] if spot.cell and (name := shop.said(spot)) in answer.names}
    once = (
        names
        and all(_count(shop, name) == 1 for name in names)
        and not _told(
            shop, {*names, answer.requirement.name} if isinstance(answer.requirement, ListRequirement) else names
        )
    )
    if own and (once or not isinstance(answer.requirement, ListRequirement)):
        yield shop.fault("row_dropped", answer, "删去一行", rows=(max(own),))


def _handed_to_the_draft(answer: Answer) -> bool:
    """Whether the draft must have the row: it was given a part of its own, not only a share in what holds for all."""
    requirement = answer.requirement
    if isinstance(requirement, IndicatorRequirement):
        return requirement.binds_basis in ("row", "column", "list", "mention") or requirement.attribute == "binding"
    if isinstance(requirement, ZoneRequirement):
        return requirement.unit.name in (requirement.text or "")
    return True


def _merged(row: Sequence[object], at: int) -> bool:
    return any(getattr(cell, "rowspan", 1) > 1 and getattr(cell, "row", -1) == at for cell in row)


def _told(shop: Workshop, names: set[str]) -> bool:
    """Whether running text speaks of an entry in half of the letters of its name: then the draft still has it."""
    prose = "\n".join(block.text.text for block in shop.places.document.blocks if block.table is None)
    for name in names:
        size = max(4, len(name) // 2)
        if any(name[at : at + size] in prose for at in range(max(1, len(name) - size + 1))):
            return True
    return False


def _count(shop: Workshop, name: str) -> int:
    return sum(1 for _ in _occurrences(shop, name))


def _occurrences(shop: Workshop, name: str) -> Iterator[Spot]:
    """Where a name stands in the draft."""
    for at, block in enumerate(shop.places.document.blocks):
        for cell, text in texts_of(block):
            for match in re.finditer(re.escape(name), text.text):
                yield Spot(at, (cell.row, cell.column) if cell is not None else None, match.start(), match.end())


def _taken_over_swapped(kind: FaultKind, role: str, answer: Answer, shop: Workshop) -> Iterator[Fault]:
    """Swaps of a cell of an entry whose words stand in the upper plan's entry."""
    requirement = answer.requirement
    if isinstance(requirement, ListRequirement):
        upper = set(requirement.attributes.values())
        for fault in cell_swapped(kind, role, answer, shop):
            if fault.said.split("写成")[0] in upper:
                yield fault


def _grade_lowered(answer: Answer, shop: Workshop) -> Iterator[Fault]:
    """The grade that the entry takes over from the upper plan becomes a lower one."""
    yield from _taken_over_swapped("grade_lowered", "grade", answer, shop)


def _amount_reduced(answer: Answer, shop: Workshop) -> Iterator[Fault]:
    """An amount that the entry takes over from the upper plan becomes a fifth less."""
    requirement = answer.requirement
    if not isinstance(requirement, ListRequirement):
        return
    upper = {
        match[0].replace(",", "")
        for words in requirement.attributes.values()
        for match in re.finditer(ARABIC_NUMBER, words)
    }
    for spot in cells_of(answer):
        text = shop.places.text(spot.block, spot.cell).text
        match = re.search(ARABIC_NUMBER, text)
        if match is None or MAIN_ENTRY.search(text) or len(re.findall(ARABIC_NUMBER, text)) > 1:
            continue
        number = exact(match[0])
        if match[0].replace(",", "") in upper and number is not None and number >= 20:
            words = printed_like(number * Fraction(4, 5), match[0])
            edit = Edit(spot.block, spot.cell, match.start(), match.end(), words)
            yield shop.fault("amount_reduced", answer, f"{match[0]}改为{words}", edit)
            return


def _time_delayed(answer: Answer, shop: Workshop) -> Iterator[Fault]:
    requirement = answer.requirement
    if not isinstance(requirement, ListRequirement) or requirement.fields.end is None:
        return
    for spot in cells_of(answer):
        text = shop.places.text(spot.block, spot.cell).text
        match = MAIN_ENTRY.fullmatch(text.strip())
        found = MAIN_ENTRY.search(text)
        if match and found and int(match[1]) == requirement.fields.end:
            later = str(requirement.fields.end + LATER)
            edit = Edit(spot.block, spot.cell, found.start(1), found.end(1), later)
            yield shop.fault("time_delayed", answer, f"{match[1]}年改为{later}年", edit)
            return


def _lead_emptied(answer: Answer, shop: Workshop) -> Iterator[Fault]:
    """Who leads a project that the upper plan gives a leader is left open."""
    requirement = answer.requirement
    if not isinstance(requirement, ListRequirement) or not (requirement.fields.lead or requirement.fields.responsible):
        return
    for spot in cells_of(answer):
        table = shop.places.document.blocks[spot.block].table
        assert table is not None and spot.cell is not None
        header = "".join(table.header_path(spot.cell[1]))
        text = shop.places.text(spot.block, spot.cell).text
        for words, instead in shop.words.get("lead", ()):
            if words in header and len(text) > 2:
                edit = Edit(spot.block, spot.cell, 0, len(text), instead)
                yield shop.fault("lead_emptied", answer, f"{text}改为{instead}", edit)
                return


def _zone_changed(answer: Answer, shop: Workshop) -> Iterator[Fault]:
    requirement = answer.requirement
    if not isinstance(requirement, ZoneRequirement) or not _handed_to_the_draft(answer):
        return
    others = [other for other in shop.types.get(requirement.system, ()) if other != requirement.type]
    hits = [
        (spot, at) for group in answer.spots for spot in group if (at := shop.said(spot).find(requirement.type)) >= 0
    ]
    groups = sum(any(requirement.type in shop.said(spot) for spot in group) for group in answer.spots)
    if not others or groups < len(answer.spots) or len({spot.where for spot, _ in hits}) != len(hits):
        return
    edits = [
        Edit(spot.block, spot.cell, spot.start + at, spot.start + at + len(requirement.type), others[0])
        for spot, at in hits
    ]
    yield shop.fault("zone_changed", answer, f"{requirement.type}写成{others[0]}", *edits)


def _element_omitted(answer: Answer, shop: Workshop) -> Iterator[Fault]:
    """The element's name, wherever the draft has it, gives way to words that name nothing."""
    requirement = answer.requirement
    if not isinstance(requirement, StructureRequirement):
        return
    instead = dict(shop.words.get("element", ())).get("", "")
    for name in dict.fromkeys((requirement.name, *answer.names)):
        alike = name == requirement.name or common_run(name, requirement.name) >= 2
        region = shop.lexicon.gazetteer.find(name) or shop.lexicon.gazetteer.find(name[:-1])
        if (
            len(name) < 4
            or not alike
            or region is not None
            or not all(any(name in shop.said(spot) for spot in group) for group in answer.spots)
        ):
            continue
        found = list(_occurrences(shop, name))
        if len(found) <= MOST_PLACES and len({spot.where for spot in found}) == len(found):
            edits = [Edit(spot.block, spot.cell, spot.start, spot.end, instead) for spot in found]
            yield shop.fault("element_omitted", answer, f"删去{name}", *edits)
        return


MOST_PLACES = 6
"""A name that stands in more places than this is not taken out of all of them."""


def _type_changed(answer: Answer, shop: Workshop) -> Iterator[Fault]:
    """The type that the entry takes over from the upper plan becomes another one."""
    yield from _taken_over_swapped("type_changed", "type", answer, shop)


def _place_changed(answer: Answer, shop: Workshop) -> Iterator[Fault]:
    """The one county or town where the upper plan puts the entry becomes another one of the draft's region."""
    requirement, gazetteer = answer.requirement, shop.lexicon.gazetteer
    home = gazetteer.find(shop.region.name) if shop.region is not None else None
    if not isinstance(requirement, ListRequirement) or home is None:
        return
    wanted = [r for text in requirement.attributes.values() for *_, r in gazetteer.mentions(text, home)]
    wanted = [r for r in dict.fromkeys(wanted) if r != home and gazetteer.is_within(r, home)]
    others = [r for r in gazetteer.children(home) if r not in wanted]
    for spot in cells_of(answer):
        text = shop.places.text(spot.block, spot.cell).text
        named = [(a, b, r) for a, b, r in gazetteer.mentions(text, home) if r in wanted]
        if len(named) == 1 and text.strip() == named[0][2].name and others:
            low, high, place = named[0]
            edit = Edit(spot.block, spot.cell, low, high, others[0].name)
            yield shop.fault("place_changed", answer, f"{place.name}写成{others[0].name}", edit)
            return


LISTS = (
    _row_dropped, _grade_lowered, _amount_reduced, _time_delayed, _lead_emptied, _zone_changed, _element_omitted, _type_changed, _place_changed,
)  # fmt: skip
