"""The faults that can be planted in a draft: for each requirement that it answers, every way in which planners get it wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from ..plan.fault import Edit, Fault, FaultKind
from ..plan.quantity import ARABIC_NUMBER, exact, numeral
from ..plan.requirement import (
    BoundaryRequirement,
    IndicatorRequirement,
    ListRequirement,
    RuleRequirement,
    StructureRequirement,
    Value,
    ZoneRequirement,
)
from .amounts import amounts
from .places import Spot, texts_of
from .rules import direction_of
from .words import common_run
from .workshop import Answer, Workshop, answers, workshop

__all__ = ["Answer", "Workshop", "answers", "faults_of", "workshop"]

FLOORS, CAPS = (">=", ">"), ("<=", "<")
STRICT = 5
"""Rules of this strength and more are hard: to soften or drop them is a fault (CONTRACT §4)."""
MOST_PLACES = 6
"""A name that stands in more places than this is not taken out of all of them."""
LATER = 5
"""Years by which a deadline is put off."""
MODAL_IN_WORD = re.compile(r"(?:相|适|供|响|反|效|对|感|顺|因|呼|接)应|应(?:急|对|用|变|力|届|付|答|聘|邀)|必须")
MAIN_ENTRY = re.compile(r"\d{4}\s*[—–―~～至-]+\s*(\d{4})")


def faults_of(found: Sequence[Answer], shop: Workshop) -> Iterator[Fault]:
    """Every fault that can be made of these answers, and of the draft's own tables and references."""
    for answer in found:
        for make in MAKERS:
            yield from make(answer, shop)
    yield from _references(shop)
    yield from _totals(shop)


# ---------------------------------------------------------------------- numbers


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
        words = _printed_like(limit * share * printed / own, shop.said(spot))
        new = exact(words) or Fraction(0)
        past = new * own / printed
        if (past <= limit * Fraction(97, 100)) if direction == "floor" else (past >= limit * Fraction(103, 100)):
            said = f"{shop.said(spot)}改为{words}"
            yield shop.fault("number_loosened", answer, said, Edit(spot.block, spot.cell, spot.start, spot.end, words))


def _printed_like(number: Fraction, sample: str) -> str:
    """A number with as many decimals as the sample."""
    plain = sample.replace(",", "").replace("，", "")
    decimals = len(plain.partition(".")[2])
    scaled = round(number * 10**decimals)
    whole, rest = divmod(scaled, 10**decimals)
    return f"{whole}.{rest:0{decimals}d}" if decimals else str(whole)


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
    if len(answer.spots) != 1:
        return
    for _, _, spot, _ in _amounts(answer, shop):
        before = shop.places.text(spot.block, spot.cell).text[: spot.start]
        for words, instead in shop.words.get("operator", ()):
            if spot.cell is None and before.endswith(words):
                edit = Edit(spot.block, None, spot.start - len(words), spot.start, instead)
                yield shop.fault("operator_dropped", answer, f"{words}写成{instead}", edit)
                return


def _year_shifted(answer: Answer, shop: Workshop) -> Iterator[Fault]:
    if len(answer.spots) != 1:
        return
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
        yield from _cell_swapped("attribute_lowered", "attribute", answer, shop)


def _scope_narrowed(answer: Answer, shop: Workshop) -> Iterator[Fault]:
    """The scope that the answering row or the only answering sentence names before its number becomes the inner city."""
    requirement = answer.requirement
    if not isinstance(requirement, IndicatorRequirement) or "中心城区" in (requirement.scope or ""):
        return
    swapped = list(_cell_swapped("scope_narrowed", "scope", answer, shop)) if len(answer.spots) == 1 else []
    yield from swapped
    for _, _, spot, _ in _amounts(answer, shop) if len(answer.spots) == 1 and not swapped else ():
        text = shop.places.text(spot.block, spot.cell).text
        start = max(text.rfind(mark, 0, spot.start) for mark in "。；，\n") + 1
        for words, instead in shop.words.get("scope", ()):
            if spot.cell is None and text.startswith(words, start):
                edit = Edit(spot.block, None, start, start + len(words), instead)
                yield shop.fault("scope_narrowed", answer, f"{words}写成{instead}", edit)
                return


def _cell_swapped(kind: FaultKind, words: str, answer: Answer, shop: Workshop) -> Iterator[Fault]:
    """A cell of the answering row that holds just these words gets others."""
    for spot in _cells(answer):
        said = shop.places.text(spot.block, spot.cell).text
        for old, new in shop.words.get(words, ()):
            if said.strip() == old:
                at = said.index(old)
                yield shop.fault(kind, answer, f"{old}写成{new}", Edit(spot.block, spot.cell, at, at + len(old), new))
                return


def _cells(answer: Answer) -> list[Spot]:
    return [spot for group in answer.spots for spot in group if spot.cell is not None]


# ---------------------------------------------------------------------- rows and entries


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


def _grade_lowered(answer: Answer, shop: Workshop) -> Iterator[Fault]:
    requirement = answer.requirement
    if isinstance(requirement, ListRequirement):
        upper = set(requirement.attributes.values())
        for fault in _cell_swapped("grade_lowered", "grade", answer, shop):
            if fault.said.split("写成")[0] in upper:
                yield fault


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
    for spot in _cells(answer):
        text = shop.places.text(spot.block, spot.cell).text
        match = re.search(ARABIC_NUMBER, text)
        if match is None or MAIN_ENTRY.search(text) or len(re.findall(ARABIC_NUMBER, text)) > 1:
            continue
        number = exact(match[0])
        if match[0].replace(",", "") in upper and number is not None and number >= 20:
            words = _printed_like(number * Fraction(4, 5), match[0])
            edit = Edit(spot.block, spot.cell, match.start(), match.end(), words)
            yield shop.fault("amount_reduced", answer, f"{match[0]}改为{words}", edit)
            return


def _time_delayed(answer: Answer, shop: Workshop) -> Iterator[Fault]:
    requirement = answer.requirement
    if not isinstance(requirement, ListRequirement) or requirement.fields.end is None:
        return
    for spot in _cells(answer):
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
    for spot in _cells(answer):
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


# ---------------------------------------------------------------------- rules


def _hard(answer: Answer) -> RuleRequirement | None:
    requirement = answer.requirement
    return requirement if isinstance(requirement, RuleRequirement) and requirement.strength >= STRICT else None


def _sentences(answer: Answer) -> list[Spot] | None:
    """The answering sentences, one for each response; None if one of them is no running text in one piece."""
    if any(len(group) != 1 or group[0].cell is not None for group in answer.spots):
        return None
    return [group[0] for group in answer.spots]


def _modal_softened(answer: Answer, shop: Workshop) -> Iterator[Fault]:
    """Every hard word of every answering sentence becomes a soft one."""
    spots = _sentences(answer)
    if _hard(answer) is None or not spots or len({spot.block for spot in spots}) != len(spots):
        return
    edits: list[Edit] = []
    for spot in spots:
        own = list(_hard_words(shop.said(spot), shop))
        if not own:
            return
        edits += [Edit(spot.block, None, spot.start + low, spot.start + high, new) for low, high, new in own]
    said = "、".join(f"{_text_of(edit, shop)}写成{edit.words}" for edit in edits)
    yield shop.fault("modal_softened", answer, said, *edits)


def _hedge_added(answer: Answer, shop: Workshop) -> Iterator[Fault]:
    """Every hard word of every answering sentence gets a hedge before it."""
    spots = _sentences(answer)
    hedge = dict(shop.words.get("hedge", ())).get("", "")
    if _hard(answer) is None or not spots or not hedge or len({spot.block for spot in spots}) != len(spots):
        return
    edits: list[Edit] = []
    for spot in spots:
        own = list(_hard_words(shop.said(spot), shop))
        if not own or hedge in shop.said(spot):
            return
        edits += [Edit(spot.block, None, spot.start + low, spot.start + low, hedge) for low, _, _ in own]
    yield shop.fault("hedge_added", answer, f"加“{hedge}”", *edits)


def _text_of(edit: Edit, shop: Workshop) -> str:
    return shop.places.text(edit.block, edit.cell).text[edit.start : edit.end]


def _hard_words(sentence: str, shop: Workshop) -> Iterator[tuple[int, int, str]]:
    soft = dict(shop.words.get("modal", ()))
    if not soft:
        return
    guarded = [match.span() for match in MODAL_IN_WORD.finditer(sentence) if match[0] not in soft]
    for match in re.finditer("|".join(re.escape(word) for word, _ in shop.words["modal"]), sentence):
        if not any(low <= match.start() < high for low, high in guarded):
            yield match.start(), match.end(), soft[match[0]]


def _exception_added(answer: Answer, shop: Workshop) -> Iterator[Fault]:
    rule, spots = _hard(answer), _sentences(answer)
    if rule is None or rule.force != "prohibit" or rule.exceptions or not spots:
        return
    words = next((new for _, new in shop.words.get("exception", ())), "")
    if not words or len({spot.block for spot in spots}) != len(spots):
        return
    edits = []
    for spot in spots:
        said = shop.said(spot)
        if re.search(r"除外|确需|以外|除[^。；]{1,20}外", said):
            return
        at = spot.start + len(said.rstrip("。；;，"))
        edits.append(Edit(spot.block, None, at, at, words))
    yield shop.fault("exception_added", answer, words.strip("，"), *edits)


def _clause_dropped(answer: Answer, shop: Workshop) -> Iterator[Fault]:
    spots = _sentences(answer)
    if _hard(answer) is None or not spots or len(spots) != 1:
        return
    spot = spots[0]
    yield shop.fault(
        "clause_dropped", answer, f"删去“{shop.said(spot)[:20]}…”", Edit(spot.block, None, spot.start, spot.end, "")
    )


def _threshold_loosened(answer: Answer, shop: Workshop) -> Iterator[Fault]:
    """The limit of a rule, printed once in the answer with the unit of the upper plan, is passed by half."""
    requirement, spots = answer.requirement, _sentences(answer)
    if not isinstance(requirement, RuleRequirement) or not spots or len(spots) != 1:
        return
    said = shop.said(spots[0])
    for value in requirement.quantities:
        if value.value is None or value.upper or not value.unit or value.op not in (*FLOORS, *CAPS):
            continue
        hits = [m for m in re.finditer(ARABIC_NUMBER, said) if said.startswith(value.unit, m.end())]
        number = exact(value.value)
        if len(hits) != 1 or number is None or exact(hits[0][0]) != number:
            continue
        amount = next((a for a in amounts(said, shop.lexicon.units) if a.start <= hits[0].start() < a.end), None)
        direction = direction_of(amount, said) if amount is not None else None
        if direction is None:
            continue
        # within 5 km nothing may be built: there the smaller circle is the looser one
        around = said[max(0, hits[0].start() - 8) : hits[0].end() + len(value.unit) + 8]
        circle = requirement.force == "prohibit" and re.search(r"半径|两侧|[以之]内|范围内|区内", around)
        smaller = direction == "floor" or circle is not None
        words = _printed_like(number * (Fraction(1, 2) if smaller else Fraction(3, 2)), hits[0][0])
        at = spots[0].start
        edit = Edit(spots[0].block, None, at + hits[0].start(), at + hits[0].end(), words)
        yield shop.fault("threshold_loosened", answer, f"{hits[0][0]}{value.unit}改为{words}{value.unit}", edit)
        return


def _deadline_delayed(answer: Answer, shop: Workshop) -> Iterator[Fault]:
    requirement, spots = answer.requirement, _sentences(answer)
    if not isinstance(requirement, RuleRequirement) or requirement.deadline is None or not spots or len(spots) != 1:
        return
    found = [match.start() for match in re.finditer(rf"{requirement.deadline}年", shop.said(spots[0]))]
    if len(found) == 1:
        at, later = spots[0].start + found[0], str(requirement.deadline + LATER)
        edit = Edit(spots[0].block, None, at, at + 4, later)
        yield shop.fault("deadline_delayed", answer, f"{requirement.deadline}年改为{later}年", edit)


MAKERS: tuple[Callable[[Answer, Workshop], Iterator[Fault]], ...] = (
    _number_loosened, _unit_swapped, _operator_dropped, _year_shifted, _attribute_lowered, _row_dropped, _grade_lowered,
    _amount_reduced, _time_delayed, _lead_emptied, _zone_changed, _element_omitted, _modal_softened, _hedge_added,
    _exception_added, _clause_dropped, _scope_narrowed,
    _threshold_loosened, _deadline_delayed,
)  # fmt: skip


# ---------------------------------------------------------------------- the draft against itself


def _references(shop: Workshop) -> Iterator[Fault]:
    """A reference to a table becomes one to a table that there can't be."""
    for at, block in enumerate(shop.places.document.blocks):
        if block.kind == "paragraph" and block.part == "body":
            match = re.search(r"见(附表|表)\s*(\d+)(?:[-—–](\d+))?", block.text.text)
            if match:
                low, high = match.span(3 if match[3] else 2)
                yield shop.fault("reference_broken", None, f"{match[0]}改指99号表", Edit(at, None, low, high, "99"))


def _totals(shop: Workshop) -> Iterator[Fault]:
    """A total that is the sum of its rows is a tenth more."""
    names = tuple(words for words, _ in shop.words.get("total", ()))
    for at, block in enumerate(shop.places.document.blocks):
        table = block.table
        if table is None:
            continue
        for row, cells in table.body():
            first = next(
                (cell.text.text for cell in cells[:2] if cell is not None and cell.text.text.startswith(names)), None
            )
            parts = [line for number, line in table.body() if number != row]
            for column, cell in enumerate(cells) if first and len(parts) >= 3 else ():
                if cell is None or cell.row != row or cell.rowspan > 1 or cell.colspan > 1:
                    continue
                number = exact(cell.text.text) if numeral(cell.text.text) else None
                sums = [exact(other.text.text) if (other := line[column]) is not None else None for line in parts]
                if not number or None in sums or sum(x for x in sums if x is not None) != number:
                    continue
                words = _printed_like(number * Fraction(11, 10), cell.text.text.strip())
                edit = Edit(at, (cell.row, cell.column), 0, len(cell.text.text), words)
                yield shop.fault("total_broken", None, f"合计{cell.text.text}改为{words}", edit)
                break
