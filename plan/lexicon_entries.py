"""The rows of the lexicon (corpora/lexicon/README.md says what each file holds)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .quantity import Direction
from .requirement import Force


@dataclass(frozen=True, slots=True)
class IndicatorEntry:
    """An indicator of the catalogue (DOMAIN §2). `direction`: which side is allowed, None where it is not fixed;
    `scope`: the level that the guidelines give it; `additive`: whether sub-areas add up; `near`: similar names with
    another definition, never to be joined with it; `short`: those of the aliases in which running text says the name for
    short (粮食产能), so that the indicator is called by its name."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    unit: str | None = None
    direction: Direction | None = None
    attribute: Literal["binding", "expected", "advisory"] | None = None
    scope: str | None = None
    additive: bool = False
    near: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    source: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Modality:
    """A modal word: its force, its strength 0–6 (DOMAIN §4.2), polarity negative for what it forbids or limits."""

    word: str
    force: Force
    strength: int
    polarity: str = "positive"
    source: str = ""


@dataclass(frozen=True, slots=True)
class LineEntry:
    """A control line. `three_lines`: one of the 三条控制线; `indicator`: key of its area indicator; `relation`: floor or cap
    of its area."""

    line: str
    aliases: tuple[str, ...] = ()
    three_lines: bool = False
    indicator: str | None = None
    relation: str | None = None
    source: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True)
class ZoneType:
    """A zone type of a zoning system; `current` is False for names of superseded systems (重点开发区域)."""

    type: str
    system: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    current: bool = True
    source: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True)
class ZoneSystem:
    """A zoning system with the words by which titles and headings speak of it."""

    system: str
    aliases: tuple[str, ...] = ()
    title_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListKind:
    """A kind of register: words of its title, words of its column headers."""

    kind: str
    title_words: tuple[str, ...] = ()
    column_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OperatorWord:
    """A word that orders a number: `op` as in Value, `position` before, after or around (…) it, `kind` level, rise or
    fall."""

    word: str
    op: str
    position: str
    kind: str = "level"


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject of plan chapters with what points to it."""

    name: str
    sections: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    plan_kinds: tuple[str, ...] = ()
    """Kinds of documents that are about it as a whole."""


@dataclass(frozen=True, slots=True)
class CarbonItem:
    """An item of the paper's Figure 1 with what points to it; `relation` is None as long as the printed colours are not
    known."""

    key: str
    block: str
    group: str
    item: str
    modes: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    plan_kinds: tuple[str, ...] = ()
    relation: Literal["direct", "indirect"] | None = None
    role: Literal["sink", "source", "both"] | None = None
    uncertain: bool = False
