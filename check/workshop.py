"""What the makers of faults work with: the answers that a draft gives well, and the words that stand for them when faulty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from ..plan.fault import Edit, Fault, FaultKind
from ..plan.lexicon import Lexicon
from ..plan.plan import Plan
from ..plan.requirement import Region, Requirement, Value, ZoneRequirement
from ..plan.verdict import Verdict
from .places import Places, Spot, Where

FLOORS, CAPS = (">=", ">"), ("<=", "<")
LATER = 5
"""Years by which a deadline is put off."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A requirement that the draft answers well: where its answers stand, and what else counts as touched with it."""

    source: tuple[int, str]
    requirement: Requirement
    spots: tuple[tuple[Spot, ...], ...]
    """For each response its spots."""
    keeps: frozenset[Where]
    values: tuple[Value, ...] = ()
    """The amounts of the draft's own requirements that answer."""
    names: tuple[str, ...] = ()
    own: tuple[Requirement, ...] = ()
    """The draft's own requirements that answer."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What the makers of faults need."""

    places: Places
    lexicon: Lexicon
    words: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """By kind: printed words and what stands for them in a faulty draft (faults.csv), longest first."""
    types: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Zone types of each system of zones, from the upper plans."""
    region: Region | None = None
    """The draft's."""

    def said(self, spot: Spot) -> str:
        return self.places.text(spot.block, spot.cell).text[spot.start : spot.end]

    def fault(
        self, kind: FaultKind, answer: Answer | None, said: str, *edits: Edit, rows: tuple[tuple[int, int], ...] = ()
    ) -> Fault:
        keeps = answer.keeps if answer is not None else frozenset()
        made = Fault(kind, answer.source if answer is not None else None, said, edits, rows)
        return Fault(kind, made.source, said, edits, rows, frozenset(keeps | made.places))


def workshop(places: Places, lexicon: Lexicon, uppers: Sequence[Plan], region: Region | None = None) -> Workshop:
    """The makers' tools for one draft."""
    words: dict[str, list[tuple[str, str]]] = {}
    for row in lexicon.tables.get("faults.csv", ()):
        words.setdefault(row["kind"], []).append((row["words"], row.get("instead") or ""))
    types: dict[str, dict[str, None]] = {}
    for plan in uppers:
        for requirement in plan.requirements:
            if isinstance(requirement, ZoneRequirement):
                types.setdefault(requirement.system, {})[requirement.type] = None
    ordered = {kind: tuple(sorted(pairs, key=lambda pair: -len(pair[0]))) for kind, pairs in words.items()}
    found_types = {system: tuple(sorted(found)) for system, found in types.items()}
    return Workshop(places, lexicon, ordered, found_types, region)


def answers(verdicts: Sequence[Verdict], lower: Plan, uppers: Sequence[Plan], places: Places) -> list[Answer]:
    """The requirements that are answered well, with every place that answers them found in the document."""
    known = [{r.id: r for r in plan.requirements} for plan in uppers]
    own = {r.id: r for r in lower.requirements}
    found: list[Answer] = []
    for verdict in verdicts:
        if verdict.verdict not in ("fulfilled", "refined") or not verdict.responses:
            continue
        spots = tuple(
            tuple(spot for span in response.where if (spot := places.spot(span)) is not None)
            for response in verdict.responses
        )
        if not all(spots):
            continue
        theirs = [own[r.requirement] for r in verdict.responses if r.requirement in own]
        values = [value for each in theirs for value in getattr(each, "values", ())]
        names = [name for each in theirs if (name := getattr(each, "name", None))]
        keeps = {spot.where for group in spots for spot in group}
        for value in values:
            keeps |= {spot.where for span in value.where if (spot := places.spot(span)) is not None}
        found.append(
            Answer(
                (verdict.upper, verdict.requirement), known[verdict.upper][verdict.requirement], spots,
                frozenset(keeps), tuple(values), tuple(dict.fromkeys(names)), tuple(theirs),
            )
        )  # fmt: skip
    return found


def printed_like(number: Fraction, sample: str) -> str:
    """A number with as many decimals as the sample."""
    plain = sample.replace(",", "").replace("，", "")
    decimals = len(plain.partition(".")[2])
    scaled = round(number * 10**decimals)
    whole, rest = divmod(scaled, 10**decimals)
    return f"{whole}.{rest:0{decimals}d}" if decimals else str(whole)


def cells_of(answer: Answer) -> list[Spot]:
    """The cells of the answering rows."""
    return [spot for group in answer.spots for spot in group if spot.cell is not None]


def cell_swapped(kind: FaultKind, words: str, answer: Answer, shop: Workshop) -> Iterator[Fault]:
    """A cell of the answering row that holds just these words gets others."""
    for spot in cells_of(answer):
        said = shop.places.text(spot.block, spot.cell).text
        for old, new in shop.words.get(words, ()):
            if said.strip() == old:
                at = said.index(old)
                yield shop.fault(kind, answer, f"{old}写成{new}", Edit(spot.block, spot.cell, at, at + len(old), new))
                return
