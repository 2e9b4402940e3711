"""A draft of a lower plan as generation gives it to rendering, and its trace (trace/1).

The draft lives while it is made (frozen dataclasses); the trace leaves the house as JSON: which response answers which
requirement, where its mark stands in the DOCX, which facts were used, and what is open.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pydantic import Field

from .plan import Level, Period, Tool
from .requirement import Mode, Region
from .span import Record

SCHEMA = "chuandao.trace/1"
UNPLACED_TITLE = "模板中没有位置的上位要求"
"""The section of a draft for what the Word template has no place for."""


class OpenItem(Record):
    """Something no fact settles: what is asked and by which requirement; shown in the draft as 【待补充：…】."""

    id: str
    requirement: str
    upper: int = 0
    ask: str
    section: tuple[str, ...] = ()


class DraftResponse(Record):
    """One response: `mark` is the bookmark in the DOCX, `section` the headings above it, `text` its words.

    `facts` are the answers used ("约束性指标/耕地保有量/惠城区"), `open` the ids of its open items; `state` is what the
    traceability table prints."""

    requirement: str
    upper: int = 0
    mode: Mode
    subject: str
    mark: str
    section: tuple[str, ...] = ()
    text: str
    facts: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    state: Literal["answered", "open"] = "answered"


class NotAnswered(Record):
    """A requirement that does not concern the region, with the reason."""

    requirement: str
    upper: int = 0
    because: str


class Trace(Record):
    schema_: str = Field(default=SCHEMA, alias="schema")
    tool: Tool
    region: Region
    uppers: tuple[str, ...] = ()
    responses: tuple[DraftResponse, ...] = ()
    open_items: tuple[OpenItem, ...] = ()
    not_applicable: tuple[NotAnswered, ...] = ()
    notes: tuple[str, ...] = ()
    """What the planner must know: a local figure that is looser than the one handed down and was not taken …"""

    model_config = {"frozen": True, "extra": "allow", "populate_by_name": True}


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of a paragraph. `open` names the open item that it shows; `mandatory` marks 强制性内容; `mark` is the
    bookmark that begins and ends with it; `ref` the heading whose number it is (附表2), so that Word counts it."""

    text: str
    open: str | None = None
    mandatory: bool = False
    mark: str | None = None
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class DraftParagraph:
    words: tuple[Words, ...]

    @property
    def text(self) -> str:
        return "".join(words.text for words in self.words)


@dataclass(frozen=True, slots=True)
class DraftCell:
    """`rowspan` 0 says that the cell above reaches down over this one. `ref`: the heading whose number the text begins
    with ("_article_4" for the fourth article, "_annex_2"), so that Word counts it."""

    text: str
    open: str | None = None
    rowspan: int = 1
    colspan: int = 1
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class DraftRow:
    cells: tuple[DraftCell, ...]
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftTable:
    """A table with a caption that Word numbers: `series` "表" in chapters, "附表" in annexes (then the heading names it)."""

    title: str
    header: tuple[DraftRow, ...]
    rows: tuple[DraftRow, ...]
    series: str = "表"
    unit: str | None = None
    notes: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()
    """Relative column widths; equal if empty."""
    small: bool = False
    """Set in small type: long tables that are looked up, not read."""


DraftBlock = DraftParagraph | DraftTable


@dataclass(frozen=True, slots=True)
class DraftSection:
    """An article (第N条) with its title; numbers are counted by Word."""

    title: str
    blocks: tuple[DraftBlock, ...]


@dataclass(frozen=True, slots=True)
class DraftChapter:
    title: str
    sections: tuple[DraftSection, ...]


@dataclass(frozen=True, slots=True)
class DraftAnnex:
    """附表N; `landscape` turns the page."""

    title: str
    blocks: tuple[DraftBlock, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    title: str
    region: Region
    level: Level | None
    period: Period
    chapters: tuple[DraftChapter, ...]
    annexes: tuple[DraftAnnex, ...]
    trace: Trace
    version: str = "草案"
    asks: dict[str, str] = field(default_factory=dict)
    """Open item id → the comment that Word shows beside it."""
    words: dict[str, str] = field(default_factory=dict)
    """What a Word template may put in: 行政区, 规划名称, 上位规划 … and the words for it."""


@dataclass(frozen=True, slots=True)
class Updated:
    """What an update did to a draft that planners have worked on, by requirement (its mark) and by annex."""

    renewed: tuple[str, ...] = ()
    """Rewritten: nobody had edited them."""
    flagged: tuple[str, ...] = ()
    """Changed, but edited by a planner: left as they are, with a comment that says what is new."""
    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    kept: int = 0
    """Responses that were not touched."""


@dataclass(frozen=True, slots=True)
class TemplateSlot:
    """A place in a Word template: the name between {{ and }}, and the headings above it. `block`: it is a paragraph of
    its own, so it can take paragraphs and tables."""

    name: str
    headings: tuple[str, ...] = ()
    block: bool = True
