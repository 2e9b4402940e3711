"""Several upper plans, and what the draft says of them: requirements handed down twice, conflicts between them, claims
of an upper basis that does not exist."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from ..plan.finding import Finding, Place, finding
from ..plan.plan import Plan
from ..plan.requirement import (
    BoundaryRequirement,
    IndicatorRequirement,
    ListRequirement,
    Requirement,
    RuleRequirement,
    StructureRequirement,
    ZoneRequirement,
)
from ..plan.verdict import Verdict
from .amounts import amounts
from .figures import Figure, direction_of, figures_of, key_of
from .judgement import Ground
from .standing import stands
from .words import letters

_CLAIM = {
    "city": r"(?:省|国家|上级|上位规划)(?:级|政府)?",
    "county": r"(?:市|省|国家|上级|上位规划)(?:级|政府)?",
}
_SAME_RULE = 92


def merged(verdicts: Sequence[Verdict], grounds: Sequence[Ground]) -> tuple[Verdict, ...]:
    """What two uppers hand down alike as one verdict with two sources (`also`); where their numbers differ the stricter
    one counts and carries UP-CONFLICT."""
    if len(grounds) < 2:
        return tuple(verdicts)
    known = [{r.id: r for r in ground.upper.requirements} for ground in grounds]
    first: dict[tuple[object, ...], int] = {}
    done: list[Verdict] = []
    for verdict in verdicts:
        requirement = known[verdict.upper][verdict.requirement]
        key = _identity(requirement, grounds[verdict.upper]) if verdict.verdict != "not_applicable" else None
        at = first.get(key) if key is not None else None
        if at is None or done[at].upper == verdict.upper:
            if key is not None:
                first.setdefault(key, len(done))
            done.append(verdict)
            continue
        done[at] = _joined(done[at], verdict, known, grounds)
    return tuple(done)


def _identity(requirement: Requirement, ground: Ground) -> tuple[object, ...] | None:
    """What a requirement is about, without its numbers."""
    match requirement:
        case IndicatorRequirement() | BoundaryRequirement():
            figures = list(figures_of(requirement, ground.lexicon, ground.end_year))
            return ("number", key_of(requirement, ground.lexicon)[0], any(f.urban for f in figures))
        case ListRequirement():
            return ("list", letters(requirement.name))
        case ZoneRequirement():
            return ("zone", letters(requirement.unit.name), letters(requirement.system))
        case StructureRequirement():
            return ("structure", letters(requirement.name))
        case RuleRequirement():
            return ("rule", letters(requirement.text))
    return None


def _joined(
    one: Verdict, other: Verdict, known: Sequence[dict[str, Requirement]], grounds: Sequence[Ground]
) -> Verdict:
    a, b = known[one.upper][one.requirement], known[other.upper][other.requirement]
    ours, theirs = _own(a, grounds[one.upper]), _own(b, grounds[other.upper])
    keep, drop = one, other
    conflict = None
    if ours is not None and theirs is not None and ours.dimension == theirs.dimension:
        direction = direction_of(ours, grounds[one.upper].lexicon)
        side = stands(theirs, ours, direction)
        if side != "equal":
            keep, drop = (other, one) if side == "stricter" else (one, other)
            conflict = _conflict(a, b, ours, theirs, grounds[one.upper], grounds[other.upper])
    sources = (*getattr(one, "also", ()), {"requirement": drop.requirement, "upper": drop.upper})
    update: dict[str, object] = {"also": sources}
    if conflict is not None:
        update["findings"] = (*keep.findings, conflict)
    return keep.model_copy(update=update)


def _own(requirement: Requirement, ground: Ground) -> Figure | None:
    """The value that counts for the draft's region: its own if there is one, the latest year first."""
    if not isinstance(requirement, IndicatorRequirement | BoundaryRequirement):
        return None
    figures = [f for f in figures_of(requirement, ground.lexicon, ground.end_year) if f.size is not None]
    own = [f for f in figures if f.value.region is not None and f.value.region.name == ground.region.name]
    return max(own or figures, key=lambda f: f.year or 0, default=None)


def _conflict(a: Requirement, b: Requirement, ours: Figure, theirs: Figure, one: Ground, other: Ground) -> Finding:
    message = f"上位规划要求不一：《{one.upper.document.title}》{ours.printed}，《{other.upper.document.title}》{theirs.printed}，按较严者核对"
    places = [Place.at(span, one.upper.document.title, ours.printed) for span in a.where]
    places += [Place.at(span, other.upper.document.title, theirs.printed) for span in b.where]
    return finding("UP-CONFLICT", "warning", "指标符合性", message, places)


def orphans(grounds: Sequence[Ground], uppers: Sequence[Plan]) -> Iterator[Finding]:
    """Sentences of the draft that claim a number handed down from above which no upper plan has."""
    if not grounds:
        return
    ground = grounds[0]
    words = _CLAIM.get(ground.draft.plan.document.level or "city", _CLAIM["city"])
    claim = re.compile(rf"{words}[^，。；]{{0,4}}(?:下达|分解下达|确定|明确|核定)(?:的|我[市县]|本[市县])?")
    handed = _handed_down(grounds)
    for passage in ground.draft.passages:
        match = claim.search(passage.text) if passage.row is None else None
        if match is None:
            continue
        for name in ground.lexicon.indicator_pattern.finditer(passage.text, match.end()):
            entry = ground.lexicon.indicator(name[0])
            rest = re.split(r"[，。；]", passage.text[name.end() : name.end() + 24])[0]
            found = amounts(rest, ground.units)
            if entry is None or not found or name.start() - match.end() > 16:
                continue
            theirs = handed.get(entry.key, ())
            if any(f.size is not None and abs(f.size - found[0].size) <= max(f.step, f.size / 1000) for f in theirs):
                continue
            why = f"上位规划为{theirs[0].printed}" if theirs else "所给上位规划没有这项要求"
            message = f"草案称“{passage.text[match.start() : name.end()]}{found[0].printed}”，{why}"
            yield finding(
                "DOC-ORPHAN", "warning", "规则", message, [Place.at(s, "本级规划") for s in ground.draft.spans(passage)]
            )


def _handed_down(grounds: Sequence[Ground]) -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = {}
    for ground in grounds:
        for requirement in ground.upper.requirements:
            if isinstance(requirement, IndicatorRequirement | BoundaryRequirement):
                for figure in figures_of(requirement, ground.lexicon, ground.end_year):
                    if figure.size is not None:
                        found.setdefault(figure.key, []).append(figure)
    return found


def same_rule(one: str, other: str) -> bool:
    """Whether two clauses say the same in nearly the same words."""
    return fuzz.ratio(letters(one), letters(other)) >= _SAME_RULE
