"""Two or more Plans in, verdicts and findings out: what applies, what answers it, how well, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..plan.document import Document
from ..plan.errors import UsageError
from ..plan.finding import Finding
from ..plan.lexicon import Lexicon
from ..plan.plan import Plan, Tool
from ..plan.requirement import (
    BoundaryRequirement,
    IndicatorRequirement,
    ListRequirement,
    Region,
    Requirement,
    RuleRequirement,
    StructureRequirement,
    ZoneRequirement,
)
from ..plan.verdict import Check, CitedRequirements, Verdict
from .alignment import Index
from .applicability import Scope, own_keys, scope_of
from .boundaries import judge_boundary, with_control
from .decisions import decided
from .features import may_lie_elsewhere
from .figures import key_of
from .internal import internal_findings
from .judgement import Ground, Judgement
from .links import linked_rule, slogan_rule
from .lists import judge_entry, match_entries
from .numbers import judge_number
from .passages import Draft, draft_of
from .rules import judge_rule, missing_rule, ranked
from .second import of_another_rule, reworded
from .structures import judge_structure, names_again
from .summary import summary_of
from .switches import kept, switched_off, without
from .uppers import merged, orphans
from .vocabulary import vocabulary
from .whereabouts import unplaced
from .zones import judge_zone

__all__ = ["check_plans"]

UNVERIFIED = "本级规划由 JSON 读入而未附原文件：引文以提取时核对的为准。"


def check_plans(
    lower: Plan,
    uppers: Sequence[Plan],
    *,
    region: Region | None,
    lexicon: Lexicon,
    lower_document: Document | None = None,
    upper_documents: Sequence[Document | None] = (),
    decisions: Mapping[str, Any] | None = None,
) -> Check:
    """Every requirement of `uppers` against the draft `lower` of `region` (None: the draft's own region).

    With `lower_document` answers are searched in the whole text, not only in what extraction found. `decisions` is the
    parsed JSON of a decisions file. Raises UsageError if neither the draft nor the caller names a region, or if
    `decisions` is another kind of file.
    """
    region = region or lower.document.region
    if region is None:
        raise UsageError("草案未写明所属行政区，请用 --region 指定，例如 --region 惠州市")
    draft = draft_of(lower, lower_document)
    words = vocabulary(lexicon)
    index = Index(draft, [r.text for plan in uppers for r in plan.requirements], words.plain)
    documents = [*upper_documents, *([None] * (len(uppers) - len(upper_documents)))]
    grounds = [
        Ground(draft, index, upper, region, lexicon, words, document)
        for upper, document in zip(uppers, documents, strict=True)
    ]
    inside = internal_findings(grounds[0], uppers) if grounds else ()
    found = [verdict for number, ground in enumerate(grounds) for verdict in _against(number, ground, inside)]
    off = switched_off(lexicon)
    verdicts, suspect = decided(without(merged(found, grounds), off), decisions, uppers)
    used = {response.requirement for verdict in verdicts for response in verdict.responses}
    return Check(
        tool=Tool(version=lower.tool.version, lexicon=lexicon.hash),
        uppers=tuple(plan.document for plan in uppers),
        lower=lower.document,
        region=region,
        requirements=_cited(uppers, lower),
        verdicts=verdicts,
        local=tuple(r.id for r in lower.requirements if r.id not in used),
        orphans=kept(orphans(grounds, uppers), off),
        suspect=suspect,
        findings=kept(inside, off),
        summary=summary_of(verdicts, uppers),
        notes=() if lower_document is not None else (UNVERIFIED,),
    )


def _against(number: int, ground: Ground, inside: Sequence[Finding]) -> Iterator[Verdict]:
    """The verdicts on one upper plan, in its order. Rules come before lines, whose control sentences they are."""
    requirements = [_with_attribute(r, ground) for r in ground.upper.requirements]
    allocated = own_keys(requirements, ground)
    scopes = {r.id: scope_of(r, ground, allocated) for r in requirements}
    entries = [r for r in requirements if isinstance(r, ListRequirement) and scopes[r.id].applies]
    pairs = match_entries(entries, ground)
    said: dict[str, Judgement] = {}
    rules = [r for r in requirements if isinstance(r, RuleRequirement) and scopes[r.id].applies is not False]
    near = {rule.id: ranked(rule, ground) for rule in rules}
    for requirement in requirements:
        if scopes[requirement.id].applies is False:
            continue
        if isinstance(requirement, RuleRequirement):
            answer = judge_rule(requirement, near[requirement.id], ground)
            elsewhere = may_lie_elsewhere(requirement, ground) if answer.verdict == "missing" else None
            said[requirement.id] = elsewhere or answer
        elif isinstance(requirement, ListRequirement):
            said[requirement.id] = judge_entry(requirement, pairs.get(requirement.id), ground)
    elements = {
        r.id: judge_structure(r, ground)
        for r in requirements
        if isinstance(r, StructureRequirement) and scopes[r.id].applies
    }
    open_ones = {
        r.id: told
        for r in requirements
        if isinstance(r, StructureRequirement) and scopes[r.id].untold
        if (told := unplaced(r, elements, ground)) is not None
    }
    elements |= open_ones
    absent = [
        r.name
        for r in requirements
        if r.id in elements and elements[r.id].verdict == "missing" and isinstance(r, StructureRequirement)
    ]
    said |= elements
    of_absent = [
        rule for rule in rules for name in absent if rule.text.startswith(name) and not names_again(name, near[rule.id])
    ]
    unanswered = [*of_absent, *of_another_rule(rules, said, near, ground)]
    said |= {rule.id: missing_rule(rule, near[rule.id], ground) for rule in unanswered}
    said |= reworded([rule for rule in rules if rule not in unanswered], said, near, ground)
    of_open = {
        r.name: open_ones[r.id] for r in requirements if isinstance(r, StructureRequirement) and r.id in open_ones
    }
    for rule in rules:
        about = next((name for name in of_open if rule.text.startswith(name)), None)
        if about is not None and said[rule.id].verdict == "missing":
            said[rule.id] = of_open[about]
    elsewhere_named = {
        r.name: scopes[r.id].because
        for r in requirements
        if isinstance(r, StructureRequirement) and len(r.name) > 3 and scopes[r.id].applies is False
    }
    for rule in rules:
        # what is to be done in an element that lies elsewhere is asked of those where it lies
        about = next((name for name in elsewhere_named if rule.text.startswith(name)), None)
        if about is not None and said[rule.id].verdict == "missing" and about not in of_open:
            said[rule.id] = Judgement("not_applicable", elsewhere_named[about])
    carried = [
        (r, elements[r.id])
        for r in requirements
        if isinstance(r, StructureRequirement) and r.id in elements and elements[r.id].verdict != "not_applicable"
    ]
    for rule in rules:
        if said[rule.id].verdict == "missing" and rule not in of_absent:
            said[rule.id] = slogan_rule(rule, carried) or said[rule.id]
    listed = [(entry, said[entry.id]) for entry in entries]
    said |= {rule.id: linked_rule(rule, said[rule.id], listed, inside, ground) for rule in rules}
    judged_rules = [(rule, said[rule.id]) for rule in rules]
    for requirement in requirements:
        scope = scopes[requirement.id]
        judged = said.get(requirement.id) or _judge(requirement, scope, judged_rules, ground)
        yield _verdict(number, requirement, scope, judged)


def _with_attribute(requirement: Requirement, ground: Ground) -> Requirement:
    """A row of an allocation prints no attribute of its own: it has that of the whole area's requirement."""
    if not isinstance(requirement, IndicatorRequirement | BoundaryRequirement) or requirement.attribute is not None:
        return requirement
    whole = ground.upper_by_id.get(requirement.part_of or "")
    attribute = getattr(whole, "attribute", None) or ground.upper_attributes.get(key_of(requirement, ground.lexicon)[0])
    return requirement if attribute is None else requirement.model_copy(update={"attribute": attribute})


def _judge(
    requirement: Requirement, scope: Scope, rules: Sequence[tuple[RuleRequirement, Judgement]], ground: Ground
) -> Judgement:
    if scope.applies is False:
        return Judgement("not_applicable", scope.because)
    if scope.awaits:
        return Judgement("undetermined", scope.because)
    match requirement:
        case IndicatorRequirement():
            area = judge_number(requirement, scope.wanted, scope.whole, ground)
            return with_control(requirement, area, rules, ground) if "boundary" in requirement.modes else area
        case BoundaryRequirement():
            return judge_boundary(requirement, scope.wanted, scope.whole, rules, ground)
        case StructureRequirement():
            return judge_structure(requirement, ground)
        case ZoneRequirement():
            return judge_zone(requirement, ground)
    raise AssertionError(requirement.mode)


def _verdict(number: int, requirement: Requirement, scope: Scope, judged: Judgement) -> Verdict:
    return Verdict(
        requirement=requirement.id,
        upper=number,
        applies=judged.verdict != "not_applicable",
        because=judged.explanation if judged.verdict == "not_applicable" else scope.because,
        verdict=judged.verdict,
        responses=judged.responses,
        candidates=judged.candidates,
        searched=judged.searched,
        findings=judged.findings,
        explanation=judged.explanation,
    )


def _cited(uppers: Sequence[Plan], lower: Plan) -> CitedRequirements:
    """The requirements that the check speaks of, in full; of the draft all, for each answers something or is its own."""
    return CitedRequirements(
        upper=tuple(
            {**r.model_dump(mode="json", by_alias=True), "plan": number}
            for number, plan in enumerate(uppers)
            for r in plan.requirements
        ),
        lower=tuple(r.model_dump(mode="json", by_alias=True) for r in lower.requirements),
    )


__all__ += ["Draft"]
