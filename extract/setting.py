"""What the readers of indicators need to know of the document that they read: the lexicon, its region, its period."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from ..plan.lexicon import Lexicon
from ..plan.lexicon_entries import IndicatorEntry
from ..plan.plan import Period
from ..plan.region import Gazetteer
from ..plan.requirement import Region
from .context import Context


@dataclass(eq=False)
class Setting:
    """The lexicon as seen from one document. `home` is the region that the plan is for, None if it is not known."""

    lexicon: Lexicon
    home: Region | None
    period: Period
    _mentions: dict[str, list[tuple[int, int, Region]]] = field(default_factory=dict)

    @property
    def gazetteer(self) -> Gazetteer:
        return self.lexicon.gazetteer

    def mentions(self, words: str) -> list[tuple[int, int, Region]]:
        """The regions inside the plan's area that the words name, as (start, end, Region)."""
        if words not in self._mentions:
            self._mentions[words] = self.gazetteer.mentions(words, self.home)
        return self._mentions[words]

    def group(self, words: str) -> tuple[Region, ...] | None:
        """The members of a named group of regions inside the plan's area, or None."""
        return self.gazetteer.group(words, self.home) if self.home is not None else None

    @cached_property
    def long_names(self) -> tuple[tuple[str, IndicatorEntry], ...]:
        """Every spelling of eight letters or more of every indicator, letters and digits only."""
        names = ((re.sub(r"[^\w%]", "", name), e) for e in self.lexicon.indicators for name in (e.name, *e.aliases))
        return tuple((name, entry) for name, entry in names if len(name) >= 8)

    @cached_property
    def line_words(self) -> tuple[tuple[str, str], ...]:
        """Every spelling of every control line with its line, longest first."""
        words = {word: line.line for line in reversed(self.lexicon.lines) for word in (*line.aliases, line.line)}
        return tuple(sorted(words.items(), key=lambda item: (-len(item[0]), item[0])))


def setting_of(context: Context) -> Setting:
    """The setting of a document from its context."""
    return Setting(context.lexicon, context.region, context.document_facts.period)
