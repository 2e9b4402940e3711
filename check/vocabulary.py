"""The words by which the check compares clauses: corpora/lexicon/check_words.yaml, compiled once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import yaml

from ..plan.lexicon import shipped_text


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Compiled patterns; each finds one word of its kind."""

    forbids: re.Pattern[str]
    soft_forbids: re.Pattern[str]
    restricts: re.Pattern[str]
    obliges: re.Pattern[str]
    weakens: re.Pattern[str]
    firm: re.Pattern[str]
    hedges: re.Pattern[str]
    exceptions: tuple[re.Pattern[str], ...]
    lawful: re.Pattern[str]
    authorities: tuple[re.Pattern[str], ...]
    approves: re.Pattern[str]
    functions: dict[str, re.Pattern[str]]
    leisure: re.Pattern[str]
    synonyms: re.Pattern[str]
    canonical: dict[str, str]

    def plain(self, text: str) -> str:
        """A clause with each known synonym in the one form that is compared."""
        return self.synonyms.sub(lambda match: self.canonical[match[0]], text)


def _any_of(words: Iterable[str], *, literal: bool = True) -> re.Pattern[str]:
    parts = sorted(words, key=lambda word: (-len(word), word)) if literal else list(words)
    return re.compile("|".join(re.escape(part) if literal else f"(?:{part})" for part in parts))


@lru_cache(1)
def vocabulary() -> Vocabulary:
    """The shipped words."""
    words = yaml.safe_load(shipped_text("lexicon/check_words.yaml"))
    canonical = {word: group[0] for group in words["synonyms"] for word in group}
    return Vocabulary(
        forbids=_any_of(words["forbids"]),
        soft_forbids=_any_of(words["soft_forbids"]),
        restricts=_any_of(words["restricts"]),
        obliges=_any_of(words["obliges"]),
        weakens=_any_of(words["weakens"], literal=False),
        firm=_any_of(words["firm"]),
        hedges=_any_of(words["hedges"], literal=False),
        exceptions=tuple(re.compile(pattern) for pattern in words["exceptions"]),
        lawful=_any_of(words["lawful"]),
        authorities=tuple(_any_of(level, literal=False) for level in words["authorities"]),
        approves=re.compile(words["approves"]),
        functions={head: _any_of(group) for head, group in words["functions"].items()},
        leisure=_any_of(words["leisure"]),
        synonyms=_any_of(canonical),
        canonical=canonical,
    )
