"""A second look at the rules that nothing seems to answer, once it is known what answers all the others.

Where a draft says a rule in words of its own, likeness alone is too little to call a passage the answer. But if the
passage is a rule of the draft that answers nothing else, no other rule of the upper plan is nearer to it, and it leads
over the rule's next passage, then it is the answer. Whoever reads the report is told to look at it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..plan.requirement import RuleRequirement
from .alignment import Candidate
from .judgement import Ground, Judgement
from .passages import Passage
from .rules import ANSWERS, judge_reworded
from .wording import bans

NEAR, LEAD = -2.0, 0.4
"""Log odds from which a passage may be the answer in other words, and its lead over the next one. On the pairs of
corpora/plans these limits find more than half of the answers in other words; of rules whose answer was taken out of the
draft about one in a hundred is then called answered."""
_MODES = ("indicator", "boundary", "structure", "zone", "list")


@dataclass(frozen=True, slots=True)
class Taken:
    """What a passage of the draft is good for already."""

    first: frozenset[int]
    """Passages that answer a requirement."""
    other: frozenset[int]
    """Passages that the draft's own numbers, elements, zones and entries were read from."""


def reworded(
    rules: Sequence[RuleRequirement],
    said: Mapping[str, Judgement],
    near: Mapping[str, Sequence[Candidate]],
    ground: Ground,
) -> dict[str, Judgement]:
    """New judgements on rules called missing that the draft answers in other words.

    `said`: what was said of all requirements so far; `near`: for each rule that applies its passages, best first.
    """
    open_ = [rule for rule in rules if rule.id in near and said[rule.id].verdict == "missing"]
    if not open_:
        return {}
    taken = _taken(said, ground)
    nearest: dict[int, list[tuple[float, str]]] = {}
    for id_, candidates in near.items():
        for c in candidates:
            nearest.setdefault(c.passage.index, []).append((c.score, id_))
    found: dict[str, Judgement] = {}
    for rule in open_:
        best = answer_in_other_words(rule, near[rule.id], taken, ground)
        if best is not None and max(nearest[best.passage.index])[1] == rule.id:
            judged = judge_reworded(rule, best, ground)
            # what falls short as well as being far in words is more likely another rule: it stays missing, shown first
            if not judged.findings:
                found[rule.id] = judged
    return found


def answer_in_other_words(
    rule: RuleRequirement, candidates: Sequence[Candidate], taken: Taken, ground: Ground
) -> Candidate | None:
    """The first passage if it is likely enough, leads, and is a rule of the draft that is good for nothing else."""
    if not candidates:
        return None
    best = candidates[0]
    second = candidates[1].score if len(candidates) > 1 else NEAR - LEAD
    if not NEAR <= best.score < ANSWERS or best.score - second < LEAD:
        return None
    passage = best.passage
    if passage.row is not None or passage.index in taken.first or passage.index in taken.other:
        return None
    return best if is_rule(passage, ground) and same_force(rule, passage, ground) else None


def is_rule(passage: Passage, ground: Ground) -> bool:
    """Whether a passage demands something: a rule was read from it, or it has a word of duty or prohibition."""
    words = ground.words
    asks = any(p.search(passage.text) for p in (words.firm, words.obliges, words.forbids))
    return asks or passage.index in ground.draft.rule_passages


def same_force(rule: RuleRequirement, passage: Passage, ground: Ground) -> bool:
    """Whether a prohibition is met by words that forbid or restrict at all."""
    words = ground.words
    if not bans(rule.text, words):
        return True
    return any(p.search(passage.text) for p in (words.forbids, words.soft_forbids, words.restricts, words.weakens))


def _taken(said: Mapping[str, Judgement], ground: Ground) -> Taken:
    answered = {r.text for judged in said.values() for r in judged.responses[:1]}
    first = {p.index for p in ground.draft.passages if p.text in answered}
    read = {
        passage.index
        for mode in _MODES
        for requirement in ground.draft.by_mode.get(mode, ())
        if (passage := ground.draft.passage_of(requirement)) is not None
    }
    return Taken(frozenset(first), frozenset(read))
