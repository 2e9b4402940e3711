"""What the readers of indicators need to know of the document that they read: the lexicon, its region, its period."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ..plan.lexicon import Lexicon
from ..plan.lexicon_entries import IndicatorEntry
from ..plan.plan import Period
from ..plan.region import Gazetteer
from ..plan.requirement import Region
from .binding import mentions_with_neighbours
from .context import Context


@dataclass(eq=False)
class Setting:
    """The lexicon as seen from one document. `home` is the region that the plan is for, None if it is not known."""

    lexicon: Lexicon
    home: Region | None
    period: Period
    regions: tuple[Region, ...] = ()
    """The regions of a joint plan; none where there is one `home`."""
    known: dict[tuple[str, bool], Any] = field(default_factory=dict)
    """Names that were looked up before, with what they mean (kept by subjects.resolve)."""
    _mentions: dict[str, list[tuple[int, int, Region]]] = field(default_factory=dict)
    _regions: dict[str, Region | None] = field(default_factory=dict)
    _groups: dict[str, tuple[Region, ...] | None] = field(default_factory=dict)
    cells: dict[str, Region | None] = field(default_factory=dict)
    """Cells of tables with the one region that each names (kept by sheets.one_region)."""
    headed: dict[str, str | None] = field(default_factory=dict)
    """Headings with the control line that they name (kept by boundaries)."""

    @property
    def gazetteer(self) -> Gazetteer:
        return self.lexicon.gazetteer

    def mentions(self, words: str) -> list[tuple[int, int, Region]]:
        """The regions inside the plan's area that the words name, as (start, end, Region)."""
        if words not in self._mentions:
            self._mentions[words] = (
                mentions_with_neighbours(words, self.home, self.gazetteer)
                if self.home is not None and "、" in words
                else self.gazetteer.mentions(words, self.home)
            )
        return self._mentions[words]

    def group(self, words: str) -> tuple[Region, ...] | None:
        """The members of a named group of regions inside the plan's area, or None."""
        if words not in self._groups:
            self._groups[words] = self.gazetteer.group(words, self.home) if self.home is not None else None
        return self._groups[words]

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

    @cached_property
    def lines_by_start(self) -> dict[str, list[tuple[str, str]]]:
        """`line_words` by their first character."""
        found: dict[str, list[tuple[str, str]]] = {}
        for word, line in self.line_words:
            found.setdefault(word[0], []).append((word, line))
        return found

    def region(self, name: str) -> Region | None:
        """The region of this name as seen from the plan's area."""
        if name not in self._regions:
            self._regions[name] = self.gazetteer.find(name, self.home)
        return self._regions[name]


def setting_of(context: Context) -> Setting:
    """The setting of a document from its context."""
    facts = context.document_facts
    return Setting(context.lexicon, context.region, facts.period, facts.regions)
