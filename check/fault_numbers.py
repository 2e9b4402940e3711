"""Faults in numbers: the limit passed, the unit, operator, year, attribute or scope written wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from ..plan.fault import Edit, Fault
from ..plan.quantity import ARABIC_NUMBER, exact
from ..plan.requirement import BoundaryRequirement, IndicatorRequirement, Value
from .places import Spot
from .workshop import CAPS, FLOORS, LATER, Answer, Workshop, cell_swapped, printed_like


def _amounts(answer: Answer, shop: Workshop) -> Iterator[tuple[Value, Value, Spot, str]]:
    """The upper's value, the draft's for the same year, where the draft prints its digits, and the direction."""
    requirement = answer.requirement
    if not isinstance(requirement, IndicatorRequirement | BoundaryRequirement):
        return
    seen: set[Spot] = set()
    for upper in requirement.values:
        if upper.role == "baseline" or upper.si is None or upper.value is None or upper.upper or upper.change:
            continue
        direction = requirement.direction or ("floor" if upper.op in FLOORS else "cap" if upper.op in CAPS else "")
        if direction not in ("floor", "cap"):
            continue
        for lower in answer.values:
            same = lower.year == upper.year and lower.role != "baseline" and not lower.upper and not lower.change
            if not same or lower.si is None or lower.si.unit != upper.si.unit or lower.value is None:
                continue
            if not _comparable(Fraction(lower.si.value), Fraction(upper.si.value), direction):
                continue
            digits = _digits(lower, shop)
            if digits is not None and digits not in seen:
                seen.add(digits)
                yield upper, lower, digits, direction


def _comparable(own: Fraction, limit: Fraction, direction: str) -> bool:
    """Whether the draft's amount keeps the limit and is of its size: a part of a whole province's sum is neither."""
    return limit <= own <= 2 * limit if direction == "floor" else limit / 2 <= own <= limit


def _digits(value: Value, shop: Workshop) -> Spot | None:
    """Where the printed digits of a value stand."""
    for span in value.where:
        spot = shop.places.spot(span)
        if spot is None:
            continue
        for match in re.finditer(ARABIC_NUMBER, shop.said(spot)):
            if exact(match[0]) == exact(value.value or ""):
                return Spot(spot.block, spot.cell, spot.start + match.start(), spot.start + match.end())
    return None


def _number_loosened(answer: Answer, shop: Workshop) -> Iterator[Fault]:
    for upper, lower, spot, direction in _amounts(answer, shop):
        assert upper.si is not None and lower.si is not None and lower.value is not None
        limit, own, printed = Fraction(upper.si.value), Fraction(lower.si.value), exact(lower.value)
        if not own or not printed or not limit:
            continue
        # an upper plan may leave its expected indicators a margin of a tenth or so
        step = Fraction(1, 10) if getattr(answer.requirement, "attribute", None) == "binding" else Fraction(1, 4)
        share = 1 - step if direction == "floor" else 1 + step
        words = printed_like(limit * share * printed / own, shop.said(spot))
        new = exact(words) or Fraction(0)
        past = new * own / printed
        if (past <= limit * Fraction(97, 100)) if direction == "floor" else (past >= limit * Fraction(103, 100)):
            said = f"{shop.said(spot)}改为{words}"
            yield shop.fault("number_loosened", answer, said, Edit(spot.block, spot.cell, spot.start, spot.end, words))


def _unit_swapped(answer: Answer, shop: Workshop) -> Iterator[Fault]:
    pairs = dict(shop.words.get("unit", ()))
    for _, lower, spot, _direction in _amounts(answer, shop):
        text = shop.places.text(spot.block, spot.cell).text
        unit = lower.unit or ""
        if unit in pairs and text.startswith(unit, spot.end):
            edit = Edit(spot.block, spot.cell, spot.end, spot.end + len(unit), pairs[unit])
            yield shop.fault("unit_swapped", answer, f"{unit}写成{pairs[unit]}", edit)
            return


def _operator_dropped(answer: Answer, shop: Workshop) -> Iterator[Fault]:
    for _, _, spot, _ in _amounts(answer, shop):
        before = shop.places.text(spot.block, spot.cell).text[: spot.start]
        for words, instead in shop.words.get("operator", ()):
            if spot.cell is None and before.endswith(words):
                edit = Edit(spot.block, None, spot.start - len(words), spot.start, instead)
                yield shop.fault("operator_dropped", answer, f"{words}写成{instead}", edit)
                return


def _year_shifted(answer: Answer, shop: Workshop) -> Iterator[Fault]:
    for upper, _, spot, _ in _amounts(answer, shop):
        text = shop.places.text(spot.block, spot.cell).text
        start = max(text.rfind(mark, 0, spot.start) for mark in "。；\n") + 1
        at = text.find(f"{upper.year}年", start, spot.start) if upper.year else -1
        if spot.cell is None and at >= 0:
            edit = Edit(spot.block, None, at, at + 4, str((upper.year or 0) + LATER))
            yield shop.fault("year_shifted", answer, f"{upper.year}年推后{LATER}年", edit)
            return


def _attribute_lowered(answer: Answer, shop: Workshop) -> Iterator[Fault]:
    if getattr(answer.requirement, "attribute", None) == "binding":
        yield from cell_swapped("attribute_lowered", "attribute", answer, shop)


def _scope_narrowed(answer: Answer, shop: Workshop) -> Iterator[Fault]:
    """The scope that the answering row or the only answering sentence names before its number becomes the inner city."""
    requirement = answer.requirement
    if not isinstance(requirement, IndicatorRequirement) or "中心城区" in (requirement.scope or ""):
        return
    swapped = list(cell_swapped("scope_narrowed", "scope", answer, shop)) if len(answer.spots) == 1 else []
    yield from swapped
    for _, _, spot, _ in _amounts(answer, shop) if len(answer.spots) == 1 and not swapped else ():
        text = shop.places.text(spot.block, spot.cell).text
        start = max(text.rfind(mark, 0, spot.start) for mark in "。；，\n") + 1
        for words, instead in shop.words.get("scope", ()):
            if spot.cell is None and text.startswith(words, start):
                edit = Edit(spot.block, None, start, start + len(words), instead)
                yield shop.fault("scope_narrowed", answer, f"{words}写成{instead}", edit)
                return


def _mention_differs(answer: Answer, shop: Workshop) -> Iterator[Fault]:
    """A number that the draft prints in two places keeps its limit in both, but is not the same any more."""
    for upper, lower, spot, direction in _amounts(answer, shop):
        printed, others = exact(lower.value or ""), _other_places(answer, lower, spot, shop)
        if not printed or not others:
            continue
        at = next((place for place in (spot, *others) if place.cell is None), spot)
        share = Fraction(21, 20) if direction == "floor" else Fraction(19, 20)
        words = printed_like(printed * share, shop.said(at))
        if exact(words) != printed and not _beyond_whole(words, upper):
            edit = Edit(at.block, at.cell, at.start, at.end, words)
            yield shop.fault("mention_differs", answer, f"{shop.said(at)}改为{words}，另一处不变", edit)
            return


def _beyond_whole(words: str, like: Value) -> bool:
    return like.unit == "%" and (exact(words) or 0) > 100


def _other_places(answer: Answer, value: Value, spot: Spot, shop: Workshop) -> list[Spot]:
    """Where else the draft prints the same digits for the same thing."""
    found: list[Spot] = []
    for requirement in answer.own:
        spans = [*requirement.where, *(span for mention in requirement.mentions for span in mention.where)]
        for place in dict.fromkeys(p for span in spans if (p := shop.places.spot(span)) is not None):
            hits = [
                Spot(place.block, place.cell, place.start + match.start(), place.start + match.end())
                for match in re.finditer(ARABIC_NUMBER, shop.said(place))
                if exact(match[0]) == exact(value.value or "")
            ]
            found += [hit for hit in hits if len(hits) == 1 and hit.where != spot.where and hit not in found]
    return found


NUMBERS = (
    _number_loosened,
    _unit_swapped,
    _operator_dropped,
    _year_shifted,
    _attribute_lowered,
    _scope_narrowed,
    _mention_differs,
)
