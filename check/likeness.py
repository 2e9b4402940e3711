"""How much a passage of the draft looks like the answer to a rule: what speaks for it and against it, as numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..plan.requirement import RuleRequirement
from .alignment import Candidate, grams
from .amounts import Amount, amounts
from .judgement import Ground
from .passages import Passage
from .words import letters

FEATURES = (
    "score", "cosine", "cover", "shared", "rare", "run", "part", "around", "claimed", "silent", "bans", "row", "told",
    "number", "other_number", "no_number", "new_number", "topic", "other_topic", "short", "place",
)  # fmt: skip
LIMIT = re.compile(r"不(?:得|应|宜|能|可)?(?:少于|低于|小于|多于|超过|高于|大于|突破)|方可")
"""Words of a limit, which are no prohibition of their own."""
WEIGHTS: dict[str, float] = {
    "bias": -2.59,
    "score": 21.65,
    "cosine": -10.08,
    "cover": 24.32,
    "shared": 4.99,
    "rare": -9.07,
    "run": -6.56,
    "part": 2.17,
    "around": -5.4,
    "claimed": -21.67,
    "silent": -1.75,
    "bans": 0.09,
    "row": -3.6,
    "told": -3.11,
    "number": 1.9,
    "other_number": -0.49,
    "no_number": -0.87,
    "new_number": 0.02,
    "topic": 0.61,
    "other_topic": -1.19,
    "short": -1.74,
    "place": 1.99,
}
"""Logistic weights: the odds that a passage of these features answers the rule. Fitted by corpora/train/answers.py on the
rules of eight pairs and of three plans answered sentence by sentence in other words, each against the nearest passages."""
_DRAWS = re.compile(r"划定|划入|划示")
_RAREST = 6


@dataclass(frozen=True, slots=True)
class Clause:
    """A rule as it is compared, made ready once for all candidates."""

    rule: RuleRequirement
    plain: str
    weights: dict[str, float]
    rarest: tuple[str, ...]
    parts: tuple[dict[str, float], ...]
    amounts: tuple[Amount, ...]
    bans: float
    topic: str | None
    places: tuple[str, ...] = ()
    """Parts of the draft's region that the rule names."""


def clause_of(rule: RuleRequirement, ground: Ground) -> Clause:
    """The rule's letters, numbers and prohibitions."""
    plain = ground.words.plain(own_words(rule.text, ground))
    weights = ground.index.weights(plain)
    pairs = sorted((g for g in weights if len(g) == 2), key=lambda g: (-weights[g], g))
    parts = [part for part in re.split(r"[，；。]", plain) if len(part) > 4]
    return Clause(
        rule,
        plain,
        weights,
        tuple(pairs[:_RAREST]),
        tuple(ground.index.weights(part) for part in parts) or (weights,),
        amounts(rule.text, ground.units),
        _banned(rule.text, ground),
        rule.topic,
        tuple(
            rule.text[start:end]
            for start, end, region in ground.lexicon.gazetteer.mentions(rule.text, ground.upper_region)
            if region != ground.known_region and ground.within(region)
        ),
    )


def own_words(text: str, ground: Ground) -> str:
    """A clause without the names of other regions beside the draft's: of eight ports an answer names its own."""
    named = ground.lexicon.gazetteer.mentions(text, ground.upper_region)
    others = [(a, b) for a, b, r in named if r != ground.upper_region and not ground.within(r) and not ground.around(r)]
    if len(others) < 2:
        return text
    for start, end in reversed(others):
        text = text[:start] + text[end:]
    return re.sub(r"(?<=[、，])、+|^、+", "", text)


def _banned(text: str, ground: Ground) -> float:
    """The share of a rule's parts that forbid, counted full from a third of several parts on."""
    words = ground.words
    parts = [LIMIT.sub("", words.soft_forbids.sub("", part)) for part in re.split(r"[，；。]", text) if len(part) > 4]
    share = sum(bool(words.forbids.search(part)) for part in parts) / (len(parts) or 1)
    return min(1.0, 1.5 * share) if share > 0.34 or len(parts) > 2 else share


def features(clause: Clause, candidate: Candidate, ground: Ground) -> tuple[float, ...]:
    """The numbers of FEATURES, in that order."""
    passage, words = candidate.passage, ground.words
    said = ground.index.plain_of(passage)
    own = grams(said)
    theirs, whole = ground.index.weights_of(passage)
    near = ground.index.near(passage)
    total = sum(clause.weights.values()) or 1.0
    heard = any(pattern.search(passage.text) for pattern in (words.forbids, words.soft_forbids, words.restricts))
    heard = heard or bool(words.approves.search(clause.rule.text) and words.approves.search(passage.text))
    mine, given = {(a.size, a.dimension) for a in clause.amounts}, amounts(passage.text, ground.units)
    sizes, dimensions = {(a.size, a.dimension) for a in given}, {a.dimension for a in given}
    kept = len(mine & sizes) / len(mine) if mine else 0.0
    met = bool(mine) and any(dimension in dimensions for _, dimension in mine)
    owner = ground.draft.rule_passages.get(passage.index)
    topic = ground.lower_topics.get(owner or "")
    return (
        candidate.score,
        candidate.cosine,
        candidate.cover,
        sum(w for g, w in theirs.items() if g in clause.weights) / whole,
        sum(gram in own for gram in clause.rarest) / (len(clause.rarest) or 1),
        _run(letters(clause.plain), letters(said)) / LONGEST,
        max(sum(w for g, w in part.items() if g in own) / (sum(part.values()) or 1.0) for part in clause.parts),
        sum(w for g, w in clause.weights.items() if g in near) / total,
        claim(clause.rule, passage, ground),
        0.0 if heard else clause.bans,
        clause.bans if words.forbids.search(passage.text) else 0.0,
        float(passage.row is not None),
        float(owner is None),
        kept,
        float(met and not kept),
        float(bool(mine) and not met),
        float(not mine and bool(given)),
        float(bool(topic) and topic == clause.topic),
        float(bool(topic) and bool(clause.topic) and topic != clause.topic),
        float(len(letters(said)) < 12),
        float(any(place in passage.text for place in clause.places)),
    )


LONGEST = 8


def _run(one: str, other: str) -> int:
    """Length of the longest run of characters that both have, as far as LONGEST."""
    length = 0
    for at in range(len(one)):
        while length < LONGEST and at + length < len(one) and one[at : at + length + 1] in other:
            length += 1
    return length


def claim(rule: RuleRequirement, passage: Passage, ground: Ground) -> float:
    """How much better another rule of the upper plan fits the passage; little of it counts if both draw one control
    line, since one sentence often draws a line and says what holds within."""
    gap = ground.claimed(rule, passage)
    subjects = set(ground.lexicon.line_pattern.findall(rule.text)) if _DRAWS.search(rule.text) else set()
    shared = bool(_DRAWS.search(passage.text)) and any(letters(subject)[-2:] in passage.text for subject in subjects)
    return gap * (0.3 if shared else 1.0)


def odds(row: Sequence[float], weights: Mapping[str, float] = WEIGHTS) -> float:
    """The log odds that a passage of these features is an answer."""
    return weights["bias"] + sum(weights[name] * value for name, value in zip(FEATURES, row, strict=True))
