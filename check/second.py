"""A second look at the rules, once it is known which passage fits which rule.

What seems to answer a rule but fits another one far better is that one's answer: a rule left out of the draft often has a
kin that is still there. And what nothing seems to answer may be answered in other words.

Where a draft says a rule in words of its own, likeness alone is too little to call a passage the answer. But if the
passage is a rule of the draft that answers nothing else, no other rule of the upper plan is nearer to it, and it leads
over the rule's next passage, then it is the answer. Whoever reads the report is told to look at it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..plan.requirement import RuleRequirement
from .alignment import Candidate
from .amounts import amounts
from .judgement import Ground, Judgement
from .passages import Passage
from .rules import ANSWERS, judge_reworded
from .wording import bans, parts_of, shares_held

NEAR, LEAD = -2.0, 0.4
"""Log odds from which a passage may be the answer in other words, and its lead over the next one. On the pairs of
corpora/plans these limits find more than half of the answers in other words; of rules whose answer was taken out of the
draft about one in a hundred is then called answered."""
FARTHER, FAR_LEAD = -2.8, 2.5
"""The same for a passage that no other comes near."""
OWN_MATTER, MORE_MATTER = 0.045, 0.1
"""The share of a rule's content that its answer in other words must hold at least, by how certain it else is. With
these, 13 of 910 rules of the pairs whose answer was taken out of the draft are called answered in other words."""
MARGIN = 1.0
"""By how much a passage may fit a rule that is answered elsewhere better than one that is not."""
DOUBTED, BETTER = 2.0, 2.5
"""Log odds below which an answer is doubted if the passage fits another rule better by so much. It takes the green tick
from a quarter of the rules whose answer was taken out of the draft, and from three in a thousand of those answered."""
OWN_PART = 0.15
"""Share of a rule that a part of a sentence must hold to be its answer while another part is another rule's."""
_MODES = ("indicator", "boundary", "structure", "zone", "list")


@dataclass(frozen=True, slots=True)
class Taken:
    """What a passage of the draft is good for already."""

    first: frozenset[int]
    """Passages that answer a requirement."""
    other: frozenset[int]
    """Passages that the draft's own numbers, elements, zones and entries were read from."""


def of_another_rule(
    rules: Sequence[RuleRequirement],
    said: Mapping[str, Judgement],
    near: Mapping[str, Sequence[Candidate]],
    ground: Ground,
) -> list[RuleRequirement]:
    """The rules called answered by a passage that is no certain answer and fits another rule far better, by the same part of
    its words (a sentence may answer two rules with two of its parts), or that restricts nothing where the rule does."""
    nearest = _nearest(near)
    found = []
    for rule in rules:
        if said[rule.id].verdict not in ("fulfilled", "refined") or not near[rule.id]:
            continue
        best = near[rule.id][0]
        if not ANSWERS <= best.score < DOUBTED:
            continue
        if rule.force == "restrict" and not same_force(rule, best.passage, ground):
            found.append(rule)
            continue
        if nearest[best.passage.index] - best.score < BETTER:
            continue
        other = next(r for r in rules if any(_is_nearest(c, best.passage, nearest) for c in near[r.id]))
        if not _by_another_part(rule, other, best.passage, ground):
            found.append(rule)
    return found


def _is_nearest(candidate: Candidate, passage: Passage, nearest: Mapping[int, float]) -> bool:
    return candidate.passage is passage and candidate.score == nearest[passage.index]


def _by_another_part(rule: RuleRequirement, other: RuleRequirement, passage: Passage, ground: Ground) -> bool:
    """Whether a part of the passage speaks of the rule, of which the other rule has next to no word."""
    parts = parts_of(passage.text)
    mine, theirs = (shares_held(each.text, parts, ground) for each in (rule, other))
    return any(own >= OWN_PART and 10 * its <= own for own, its in zip(mine, theirs, strict=True))


def _nearest(near: Mapping[str, Sequence[Candidate]]) -> dict[int, float]:
    """Passage → the best odds that any rule has with it."""
    found: dict[int, float] = {}
    for candidates in near.values():
        for c in candidates:
            found[c.passage.index] = max(c.score, found.get(c.passage.index, c.score))
    return found


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
    # a rule that is answered elsewhere leaves the passage to those that are not, unless it fits that one far better
    nearest, open_nearest = _nearest(near), _nearest({rule.id: near[rule.id] for rule in open_})
    taken = _taken(said, ground)
    found: dict[str, Judgement] = {}
    for rule in open_:
        best = answer_in_other_words(rule, near[rule.id], taken, ground)
        if best is None or nearest[best.passage.index] > best.score + MARGIN:
            continue
        # with less to say for it, more of the rule's own matter must stand in it
        certain = nearest[best.passage.index] <= best.score and best.score >= NEAR and is_rule(best.passage, ground)
        if best.cover < (OWN_MATTER if certain else MORE_MATTER) and not same_number(rule, best.passage, ground):
            continue
        if open_nearest[best.passage.index] <= best.score:
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
    lead = best.score - second
    alone = lead >= FAR_LEAD and best.score >= FARTHER
    if not (alone or best.score >= NEAR) or best.score >= ANSWERS or lead < LEAD:
        return None
    passage = best.passage
    if passage.row is not None or passage.index in taken.first or passage.index in taken.other:
        return None
    urges = is_rule(passage, ground) or (not is_duty(rule, ground) and bool(_URGES.search(passage.text)))
    fits = same_force(rule, passage, ground) and same_partners(rule, passage, ground)
    return best if urges and fits else None


_URGES = re.compile(
    r"(?:^|[，；、])(?:在[^，。；]{2,24})?(?:推广|推动|推进|支持|鼓励|引导|建设|培育|发展|打造|加强|完善)"
)
"""Words of a sentence that answers what is only urged."""


def is_duty(rule: RuleRequirement, ground: Ground) -> bool:
    """Whether a rule has a word of duty or prohibition."""
    words = ground.words
    return any(p.search(rule.text) for p in (words.firm, words.obliges, words.forbids))


def is_rule(passage: Passage, ground: Ground) -> bool:
    """Whether a passage demands something: a rule was read from it, or it has a word of duty or prohibition."""
    words = ground.words
    asks = any(p.search(passage.text) for p in (words.firm, words.obliges, words.forbids))
    return asks or passage.index in ground.draft.rule_passages


def same_number(rule: RuleRequirement, passage: Passage, ground: Ground) -> bool:
    """Whether a passage prints an amount of the rule."""
    mine, theirs = (amounts(text, ground.units) for text in (rule.text, passage.text))
    return bool(
        {(a.size, a.dimension) for a in mine if a.dimension != "count"} & {(a.size, a.dimension) for a in theirs}
    )


def same_force(rule: RuleRequirement, passage: Passage, ground: Ground) -> bool:
    """Whether a prohibition or a restriction is met by words that forbid or restrict at all."""
    words = ground.words
    if not bans(rule.text, words) and rule.force != "restrict":
        return True
    return any(p.search(passage.text) for p in (words.forbids, words.soft_forbids, words.restricts, words.weakens))


def same_partners(rule: RuleRequirement, passage: Passage, ground: Ground) -> bool:
    """Whether what is to be done with a region beyond the upper plan's own (与台州共建…) names one of those regions again."""
    home, seen = ground.upper_region, ground.places
    if home is None:
        return True
    wanted, named = (
        {
            region
            for *_, region in seen.mentions(text, home)
            if not seen.is_within(region, home) and not seen.is_within(home, region)
        }
        for text in (rule.text, passage.text)
    )
    return not wanted or bool(wanted & named)


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
