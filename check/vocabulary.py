"""The words by which the check compares clauses: check_words.csv and synonyms.csv of the lexicon, compiled once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ..plan.errors import UsageError
from ..plan.lexicon import Lexicon

PATTERNS = ("weakens", "hedges", "exceptions", "conditional")
"""Kinds whose words are regular expressions, as are those of the authorities."""
OFF = frozenset({"no", "否", "off", "0"})


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
    conditional: re.Pattern[str]
    """Words that make a duty or a ban hold only where it suits (在条件允许的情况下)."""
    exceptions: tuple[re.Pattern[str], ...]
    lawful: re.Pattern[str]
    authorities: tuple[re.Pattern[str], ...]
    approves: re.Pattern[str]
    functions: dict[str, re.Pattern[str]]
    leisure: re.Pattern[str]
    features: re.Pattern[str]
    """Words before 河, 湖, 湿地 … that make no proper name."""
    terrain: re.Pattern[str]
    """Land, water and borders that a region has or has not (沙漠, 海域, 黑土, 国界)."""
    produce: re.Pattern[str]
    """What a farming area grows or keeps (稻, 茶, 养殖)."""
    synonyms: re.Pattern[str]
    canonical: dict[str, str]

    def plain(self, text: str) -> str:
        """A clause with each known synonym in the one form that is compared."""
        return self.synonyms.sub(lambda match: self.canonical[match[0]], text)


def _any_of(words: Iterable[str], *, literal: bool = True) -> re.Pattern[str]:
    parts = sorted(words, key=lambda word: (-len(word), word)) if literal else list(words)
    return re.compile("|".join(re.escape(part) if literal else f"(?:{part})" for part in parts) or r"(?!)")


@lru_cache(4)
def vocabulary(lexicon: Lexicon) -> Vocabulary:
    """The words of a lexicon, the planner's own among them; a word whose `on` is no is left out.

    UsageError if a regular expression of the planner's can't be read.
    """
    words: dict[str, list[str]] = defaultdict(list)
    for row in lexicon.tables.get("check_words.csv", ()):
        if str(row.get("on", "")).strip().lower() not in OFF:
            words[row["kind"]].append(row["word"])
    for kind in PATTERNS:
        for pattern in words[kind]:
            _readable(pattern)
    levels = sorted(kind for kind in words if kind.startswith("authority "))
    canonical: dict[str, str] = {}
    for row in lexicon.tables.get("synonyms.csv", ()):
        for word in (row["word"], *str(row.get("same") or "").split("|")):
            if word.strip():
                canonical.setdefault(word.strip(), row["word"])
    functions = {kind.removeprefix("function "): _any_of(words[kind]) for kind in words if kind.startswith("function ")}
    return Vocabulary(
        forbids=_any_of(words["forbids"]),
        soft_forbids=_any_of(words["soft_forbids"]),
        restricts=_any_of(words["restricts"]),
        obliges=_any_of(words["obliges"]),
        weakens=_any_of(words["weakens"], literal=False),
        firm=_any_of(words["firm"]),
        hedges=_any_of(words["hedges"], literal=False),
        conditional=_any_of(words["conditional"], literal=False),
        exceptions=tuple(re.compile(pattern) for pattern in words["exceptions"]),
        lawful=_any_of(words["lawful"]),
        authorities=tuple(_any_of(words[level], literal=False) for level in levels),
        approves=_any_of(words["approves"]),
        functions=functions,
        leisure=_any_of(words["leisure"]),
        features=_any_of(words["common_feature"]),
        terrain=_any_of(words["terrain"]),
        produce=_any_of(words["produce"]),
        synonyms=_any_of(canonical),
        canonical=canonical,
    )


def _readable(pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise UsageError(f"词典文件 check_words.csv 中“{pattern}”不是正确的正则表达式：{error}") from error
