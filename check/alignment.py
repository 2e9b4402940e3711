"""Which passages of the draft could answer a clause: character n-grams weighed by rarity, over all passages at once.

Unigrams and bigrams of the clause, of the passage, of the heading above it and of its neighbours; postings instead of a
matrix, so 1,500 clauses against a 200-page draft take well under a second.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .passages import Draft, Passage
from .words import letters, without_pointers

UNIGRAM = 0.35
HEADING = 0.30
AROUND = 0.12
"""Weights of a single character against a pair, of the heading above and of the sentences around a passage."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may answer: `score` orders candidates, `cover` is the share of the clause's content it holds."""

    passage: Passage
    score: float
    cosine: float
    cover: float


@lru_cache(32768)
def grams(text: str) -> Mapping[str, float]:
    """The characters and pairs of a clause with their weights; numbers are one sign, pointers to tables left out."""
    plain = re.sub(r"[0-9.%]+", "#", letters(without_pointers(text)))
    found: dict[str, float] = {plain[at : at + 2]: 1.0 for at in range(len(plain) - 1)}
    found.update(dict.fromkeys(plain, UNIGRAM))
    found.pop("#", None)
    return found


class Index:
    """The passages of a draft by their n-grams. `clauses` (the upper plan's) take part in counting what is rare."""

    def __init__(self, draft: Draft, clauses: Sequence[str], plain: Callable[[str], str] = str) -> None:
        self.passages = draft.passages
        self._plain = {passage.index: plain(passage.text) for passage in draft.passages}
        texts = [self._plain[passage.index] for passage in draft.passages]
        clauses = [plain(clause) for clause in clauses]
        seen: Counter[str] = Counter()
        for text in (*texts, *clauses):
            seen.update(grams(text).keys())
        count = len(texts) + len(clauses)
        self.rarity: dict[str, float] = {gram: math.log((count + 1) / (n + 0.5)) for gram, n in seen.items()}
        self.default = math.log((count + 1) / 0.5)
        self._own = _postings(texts, self.rarity)
        headings = [passage.heading for passage in draft.passages]
        self._heading = _postings(headings, self.rarity)
        around = [plain(" ".join(other.text for other in draft.neighbours(passage))) for passage in draft.passages]
        self._around = _postings(around, self.rarity)
        self._draft = draft
        self._weighed: dict[int, tuple[dict[str, float], float]] = {}
        self._near: dict[int, str] = {}

    def plain_of(self, passage: Passage) -> str:
        """The words of a passage as they are compared."""
        return self._plain[passage.index]

    def weights_of(self, passage: Passage) -> tuple[dict[str, float], float]:
        """The n-grams of a passage, each weighed by its rarity, and the sum of the weights (1 if there are none)."""
        if passage.index not in self._weighed:
            found = self.weights(self._plain[passage.index])
            self._weighed[passage.index] = found, sum(found.values()) or 1.0
        return self._weighed[passage.index]

    def near(self, passage: Passage) -> str:
        """The letters of a passage and of those right beside it in its block."""
        if passage.index not in self._near:
            beside = (self._plain[other.index] for other in self._draft.neighbours(passage, 1))
            self._near[passage.index] = letters(" ".join((self._plain[passage.index], *beside)))
        return self._near[passage.index]

    def weights(self, text: str) -> dict[str, float]:
        """The n-grams of a text, each weighed by its rarity."""
        return {gram: weight * self.rarity.get(gram, self.default) for gram, weight in grams(text).items()}

    def scores(self, clause: str, heading: str = "") -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """For each passage: the ordering score, the cosine, and the share of the clause's weight that it holds."""
        weights = self.weights(clause)
        cosine, cover = self._own.match(weights)
        score = cosine.copy()
        score += HEADING * self._heading.match(weights | self.weights(heading))[0]
        score += AROUND * self._around.match(weights)[0]
        return score, cosine, cover

    def cosines(self, clauses: Sequence[str]) -> np.ndarray:
        """float32 of shape (clauses, passages): how alike each clause and each passage are."""
        found = np.zeros((len(clauses), len(self.passages)), dtype=np.float32)
        for at, clause in enumerate(clauses):
            found[at] = self._own.match(self.weights(clause))[0]
        return found

    def nearest(self, clause: str, heading: str = "", limit: int = 8) -> list[Candidate]:
        """The passages nearest to a clause, best first."""
        if not self.passages:
            return []
        score, cosine, cover = self.scores(clause, heading)
        limit = min(limit, len(score))
        top = np.argpartition(-score, limit - 1)[:limit]
        best = sorted((int(at) for at in top), key=lambda at: (-score[at], at))
        return [
            Candidate(self.passages[at], round(float(score[at]), 4), float(cosine[at]), float(cover[at])) for at in best
        ]


class _Postings:
    """For each n-gram the texts that have it, with their weights; and the length of each text's vector."""

    def __init__(self, postings: dict[str, tuple[list[int], list[float]]], norms: np.ndarray) -> None:
        self.postings, self.norms = postings, norms
        self._arrays: dict[str, tuple[np.ndarray, np.ndarray] | None] = {}

    def _of(self, gram: str) -> tuple[np.ndarray, np.ndarray] | None:
        """The texts that have an n-gram with their weights; most are never asked for, so arrays are made on demand."""
        if gram not in self._arrays:
            found = self.postings.get(gram)
            self._arrays[gram] = None if found is None else (np.array(found[0]), np.array(found[1]))
        return self._arrays[gram]

    def match(self, weights: dict[str, float]) -> tuple[np.ndarray, np.ndarray]:
        """Cosine with each text, and the share of `weights` found in each text."""
        dot = np.zeros(len(self.norms))
        cover = np.zeros(len(self.norms))
        for gram, weight in weights.items():
            found = self._of(gram)
            if found is not None:
                texts, theirs = found
                dot[texts] += weight * theirs
                cover[texts] += weight
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return dot / (self.norms * length), cover / (sum(weights.values()) or 1.0)


def _postings(texts: Sequence[str], rarity: Mapping[str, float]) -> _Postings:
    found: dict[str, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
    norms = np.ones(len(texts))
    for at, text in enumerate(texts):
        square = 0.0
        for gram, weight in grams(text).items():
            weighed = weight * rarity.get(gram, 0.0)
            if weighed <= 0:
                continue
            found[gram][0].append(at)
            found[gram][1].append(weighed)
            square += weighed * weighed
        norms[at] = math.sqrt(square) or 1.0
    return _Postings(found, norms)
