"""The self-audit: which faults to plant together, and whether the check then finds them and blames nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..plan.fault import FAULT_NAMES, Fault, FaultKind
from ..plan.finding import Finding
from ..plan.span import Span
from ..plan.verdict import PROBLEMS, Check, Verdict, VerdictName
from .places import Places, Where, touches

GOOD = ("fulfilled", "refined")
MOST_TOGETHER = 80
"""Faults that one copy of the draft carries at most: a draft that is wrong all over is no test of a draft with errors."""


CONTRADICTED: frozenset[FaultKind] = frozenset({"mention_differs", "part_changed", "total_broken"})
"""Kinds by which two places of the draft contradict each other."""


@dataclass(frozen=True, slots=True)
class Caught:
    """What became of one fault: `how` the check saw it, None if it did not."""

    fault: Fault
    how: str | None


@dataclass(frozen=True, slots=True)
class Blamed:
    """A requirement that no fault touched and that the check found fault with all the same."""

    source: tuple[int, str]
    verdict: VerdictName
    explanation: str


def chosen(faults: Iterable[Fault], count: int) -> list[Fault]:
    """At most `count` faults, kinds in turn, the same ones each time for the same draft."""
    by_kind: dict[FaultKind, list[Fault]] = {kind: [] for kind in FAULT_NAMES}
    for fault in faults:
        by_kind[fault.kind].append(fault)
    for own in by_kind.values():
        own.sort(key=lambda fault: hashlib.sha256(f"{fault.source}|{fault.said}|{fault.edits}".encode()).hexdigest())
    picked: list[Fault] = []
    while len(picked) < count and any(by_kind.values()):
        for own in by_kind.values():
            if own and len(picked) < count:
                picked.append(own.pop(0))
    return picked


def rounds(faults: Sequence[Fault]) -> list[list[Fault]]:
    """The faults in as few copies of the draft as they fit without touching each other's places or requirements."""
    copies: list[tuple[list[Fault], set[Where], set[tuple[int, str]]]] = []
    for fault in faults:
        for together, taken, sources in copies:
            if len(together) < MOST_TOGETHER and not fault.keeps & taken and fault.source not in sources:
                break
        else:
            together, taken, sources = [], set(), set()
            copies.append((together, taken, sources))
        together.append(fault)
        taken |= fault.keeps
        if fault.source is not None:
            sources.add(fault.source)
    return [together for together, _, _ in copies]


def outcome(
    before: Check,
    after: Check,
    faults: Sequence[Fault],
    places: Places,
    touched: dict[tuple[int, str], frozenset[Where]],
) -> tuple[list[Caught], list[Blamed]]:
    """Which faults the check of the faulty copy sees, and which untouched requirements it blames.

    `places` are those of the sound draft; `touched` where each requirement is answered in it.
    """
    verdicts = {source: verdict for verdict in after.verdicts for source in _sources(verdict)}
    known = {(found.code, found.message) for found in _all_findings(before)}
    new = [found for found in _all_findings(after) if (found.code, found.message) not in known]
    ink = {where: places.ink(where) for fault in faults for where in fault.places | fault.keeps}
    caught = [Caught(fault, _how(fault, verdicts, new, ink)) for fault in faults]
    changed = {where for fault in faults for where in fault.places}
    all_ink = set().union(*(ink[where] for where in changed)) if changed else set()
    wronged = {fault.source for fault in faults} - {None}
    # a control line falls with the rule that guards it, and says so in the rule's own words
    reasons = {verdict.explanation for source, verdict in verdicts.items() if source in wronged and verdict.explanation}
    blamed = []
    for verdict in before.verdicts:
        source = (verdict.upper, verdict.requirement)
        now = verdicts.get(source)
        if verdict.verdict not in GOOD or now is None or now.verdict not in PROBLEMS:
            continue
        if touched.get(source, frozenset()) & changed or any(touches(span, all_ink) for span in _evidence(verdict)):
            continue
        derived = any(reason in now.explanation for reason in reasons)
        if not derived and not any(touches(span, all_ink) for span in _evidence(now)):
            blamed.append(Blamed(source, now.verdict, now.explanation))
    return caught, blamed


def _how(
    fault: Fault,
    verdicts: dict[tuple[int, str], Verdict],
    new: Sequence[Finding],
    ink: dict[Where, set[tuple[object, ...]]],
) -> str | None:
    """The verdict on the wronged requirement, or the code of a new finding at the changed place."""
    now = verdicts.get(fault.source) if fault.source is not None else None
    if now is not None and now.verdict in PROBLEMS:
        return now.verdict
    # a draft that contradicts itself may be told so at either of its two places
    own = set().union(*(ink[where] for where in (fault.keeps if fault.kind in CONTRADICTED else fault.places)))
    return next((found.code for found in new if any(touches(place, own) for place in found.where)), None)


def _sources(verdict: Verdict) -> Iterator[tuple[int, str]]:
    yield verdict.upper, verdict.requirement
    for source in getattr(verdict, "also", None) or ():
        yield source["upper"], source["requirement"]


def _all_findings(check: Check) -> Iterator[Finding]:
    yield from check.findings
    yield from check.orphans
    for verdict in check.verdicts:
        yield from verdict.findings


def _evidence(verdict: Verdict) -> Iterator[Span]:
    """The places in the draft that a verdict rests on."""
    for response in verdict.responses:
        yield from response.where
    for found in verdict.findings:
        yield from (place for place in found.where if place.label != "上位规划")
