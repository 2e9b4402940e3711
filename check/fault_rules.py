"""Faults in rules: softened, hedged, widened, left out, loosened, put off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from ..plan.fault import Edit, Fault, FaultKind
from ..plan.quantity import ARABIC_NUMBER, exact
from ..plan.requirement import RuleRequirement
from .amounts import amounts
from .lists import overlap
from .places import Spot
from .rules import direction_of
from .wording import parts_of
from .words import letters
from .workshop import CAPS, FLOORS, LATER, Answer, Workshop, printed_like

STRICT = 5
"""Rules of this strength and more are hard: to soften or drop them is a fault (CONTRACT §4)."""
FIRM = 3
"""Rules of this strength and more are missed when they are left out; what is only encouraged may be."""
_DUTY = re.compile(r"必须|应当?(?!急|对|用|力|变|收)|须|不得|禁止|严禁|不准|不再|不予")
_BANS = re.compile(r"不得|禁止|严禁|不准|不许|不再|不予")
_PLACED = re.compile(r"城区|县城|城镇|城市|老城|建成区|镇区|街区|社区|园区|边界")
"""Words of a rule that holds in towns or within a line anyway."""
MODAL_IN_WORD = re.compile(r"(?:相|适|供|响|反|效|对|感|顺|因|呼|接)应|应(?:急|对|用|变|力|届|付|答|聘|邀)|必须")


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
    yield from _before_hard_words("hedge_added", "hedge", answer, shop)


def _before_hard_words(kind: FaultKind, words: str, answer: Answer, shop: Workshop) -> Iterator[Fault]:
    """The same words before every hard word of every answering sentence."""
    spots = _sentences(answer)
    added = dict(shop.words.get(words, ())).get("", "")
    if _hard(answer) is None or not spots or not added or len({spot.block for spot in spots}) != len(spots):
        return
    edits: list[Edit] = []
    for spot in spots:
        own = list(_hard_words(shop.said(spot), shop))
        if not own or added in shop.said(spot):
            return
        edits += [Edit(spot.block, None, spot.start + low, spot.start + low, added) for low, _, _ in own]
    yield shop.fault(kind, answer, f"加“{added}”", *edits)


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
    """Every sentence that answers is gone."""
    requirement, spots = answer.requirement, _sentences(answer)
    if not isinstance(requirement, RuleRequirement) or requirement.strength < FIRM or not spots:
        return
    if len({spot.block for spot in spots}) == len(spots):
        edits = [Edit(spot.block, None, spot.start, spot.end, "") for spot in spots]
        yield shop.fault("clause_dropped", answer, f"删去“{shop.said(spots[0])[:20]}…”", *edits)


def _part_dropped(answer: Answer, shop: Workshop) -> Iterator[Fault]:
    """Of the only sentence that answers, the part is gone that takes over one of several duties or bans of the rule."""
    rule, spots = _hard(answer), _sentences(answer)
    duties = [part for part in parts_of(rule.text) if _DUTY.search(part)] if rule is not None else []
    if not spots or len(spots) != 1 or len(duties) < 2:
        return
    said = shop.said(spots[0])
    pieces = [(m.start(), m.end()) for m in re.finditer(r"[^，；。]+[，；。]?", said)]
    for low, high in pieces[1:]:
        part, rest = said[low:high], said[:low] + said[high:]
        mine = [duty for duty in duties if overlap(letters(duty), letters(part)) >= 0.5]
        if mine and _DUTY.search(part) and all(overlap(letters(duty), letters(rest)) < 0.3 for duty in mine):
            at = spots[0].start
            yield shop.fault(
                "part_dropped", answer, f"删去“{part[:20]}”", Edit(spots[0].block, None, at + low, at + high, "")
            )
            return


def _ban_reversed(answer: Answer, shop: Workshop) -> Iterator[Fault]:
    """Every word of prohibition of every answering sentence becomes one that allows."""
    rule, spots = _hard(answer), _sentences(answer)
    allow = dict(shop.words.get("reversed", ()))
    if (
        rule is None
        or rule.force != "prohibit"
        or not spots
        or not allow
        or len({s.block for s in spots}) != len(spots)
    ):
        return
    pattern = "|".join(re.escape(word) for word in allow)
    edits: list[Edit] = []
    for spot in spots:
        own = list(re.finditer(pattern, shop.said(spot)))
        if not own:
            return
        edits += [Edit(spot.block, None, spot.start + m.start(), spot.start + m.end(), allow[m[0]]) for m in own]
    said = "、".join(f"{_text_of(edit, shop)}写成{edit.words}" for edit in edits)
    yield shop.fault("ban_reversed", answer, said, *edits)


def _condition_added(answer: Answer, shop: Workshop) -> Iterator[Fault]:
    """Every hard word of every answering sentence holds only where it suits."""
    yield from _before_hard_words("condition_added", "condition", answer, shop)


def _scope_narrowed(answer: Answer, shop: Workshop) -> Iterator[Fault]:
    """A prohibition that holds everywhere holds in the town only."""
    rule, spots = _hard(answer), _sentences(answer)
    words = dict(shop.words.get("within", ())).get("", "")
    if rule is None or rule.force != "prohibit" or not spots or len(spots) != 1 or not words:
        return
    said = shop.said(spots[0])
    if _PLACED.search(rule.text) or _PLACED.search(said) or not _BANS.search(said):
        return
    at = spots[0].start
    yield shop.fault("scope_narrowed", answer, f"加“{words}”", Edit(spots[0].block, None, at, at, words))


def _rarer(answer: Answer, shop: Workshop) -> Iterator[Fault]:
    """What the rule and its only answer do every year is done every second year."""
    yield from _word_swapped("rarer", "rarer", answer, shop)


def _authority_lowered(answer: Answer, shop: Workshop) -> Iterator[Fault]:
    """The authority whose approval the rule and its only answer demand is a lower one."""
    if re.search(r"批准|同意|审批|核准|审查", answer.requirement.text):
        yield from _word_swapped("authority_lowered", "authority", answer, shop)


def _word_swapped(kind: FaultKind, words: str, answer: Answer, shop: Workshop) -> Iterator[Fault]:
    """A word that rule and only answer have both becomes another one."""
    requirement, spots = answer.requirement, _sentences(answer)
    if not isinstance(requirement, RuleRequirement) or not spots or len(spots) != 1:
        return
    said = shop.said(spots[0])
    for old, new in shop.words.get(words, ()):
        if old in requirement.text and said.count(old) == 1 and new not in said:
            at = spots[0].start + said.index(old)
            yield shop.fault(kind, answer, f"{old}写成{new}", Edit(spots[0].block, None, at, at + len(old), new))
            return


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
        words = printed_like(number * (Fraction(1, 2) if smaller else Fraction(3, 2)), hits[0][0])
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


RULES = (
    _modal_softened, _hedge_added, _exception_added, _clause_dropped, _threshold_loosened, _deadline_delayed, _part_dropped,
    _ban_reversed, _condition_added, _scope_narrowed, _rarer, _authority_lowered,
)  # fmt: skip
