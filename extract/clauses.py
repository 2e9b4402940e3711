"""Paragraphs → sentences → clauses with their offsets: the grain at which a plan directs.

A clause is what stands between two of 。；！？; a plan hands down one rule with each. Stops inside quotation marks or
brackets do not end a clause. Segments are the parts of a clause between its commas.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ..plan.document import Block, Cell, Document, Table
from ..plan.span import Span

STOPS = "。；！？;"
OPENING = "“‘（(《〈「『【〔["
CLOSING = "”’）)》〉」』】〕]"
_MARKS = re.compile(f"[{re.escape(OPENING + CLOSING + STOPS)}，,]")
"""All that opens, closes or parts."""
ITEM_NUMBER = re.compile(
    r"\s*(?:[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)]|[①-⑳]|\d{1,2}[.．、)）](?!\d)|[一二三四五六七八九十]{1,3}、|[—－\-·•●■◆▪▲△▬～┄○□]+)\s*"
)
"""What numbers an item of a list: （一）, 1., ①, ——; it is no part of the clause."""

SECTION_WITHOUT_RULES = re.compile(
    r"名词解释|术语|名词释义|释义|(?:编制|规划|法律)依据(?![与和、及])|目\s*录|用词说明|指标解释"
)
NARRATIVE = re.compile(
    r"现状|问题与|问题和|存在问题|主要问题|突出问题|面临形势|机遇|挑战|形势|自然地理|资源禀赋|发展基础|规划基础|前\s*言|序\s*言|编制背景|概况|上轮规划|实施评估$|主要成效|规划原则|基本原则|指导思想|指导方针|编制原则"
)
"""Headings of sections that tell how things are; only what forbids or must be is a rule there."""
OWN_WILL = re.compile(r"目标|定位|战略|策略|要求|任务|格局|对策|指引|措施")
"""What makes a heading such as 现状基础与目标定位 more than narration."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Characters `start`..`end` of a text, closing stop included, without leading blanks or item number.

    `sentence` counts the sentences of the text; `opens` is true of the first clause of its sentence.
    """

    text: str
    start: int
    end: int
    sentence: int = 0
    opens: bool = True


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause in its document: in a paragraph, or in a cell of a table whose column orders something."""

    clause: Clause
    block: Block
    table: Table | None = None
    cell: Cell | None = None
    lead: bool = False
    """Whether it only opens its paragraph as a title would: a short bold or numbered first sentence, others after it."""
    ruled_by: str = ""
    """What forbids or holds back the clause from outside: the lead of its list, the header of its column."""
    holds_for: str = ""
    """The place or case for which it holds by that lead or by the head of its row."""
    excepted: bool = False
    """Whether its list names what alone is allowed: then it is an exception of the clause that opens the list."""
    row_heads: tuple[str, ...] = ()
    """The cells before it in its row."""

    @property
    def text(self) -> str:
        return self.clause.text

    @property
    def section(self) -> tuple[str, ...]:
        return self.block.section

    def spans(self, document: Document) -> tuple[Span, ...]:
        """Where the clause stands."""
        if self.table is not None and self.cell is not None:
            return document.cell_spans(self.table, self.cell, self.clause.start, self.clause.end)
        return document.spans(self.block, self.clause.start, self.clause.end)

    def spans_of(self, document: Document, start: int, end: int) -> tuple[Span, ...]:
        """Where characters start..end of the clause stand."""
        low, high = self.clause.start + start, self.clause.start + end
        if self.table is not None and self.cell is not None:
            return document.cell_spans(self.table, self.cell, low, high)
        return document.spans(self.block, low, high)


def narrated(section: tuple[str, ...] | list[str]) -> bool:
    """Whether the headings say that the text tells how things are, or by which principles the plan was made."""
    return any(NARRATIVE.search(title) and not OWN_WILL.search(title) for title in section[-2:])


@lru_cache(maxsize=4096)
def text_to_clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a text in order, each with its offsets; together they miss only blanks and item numbers."""
    clauses: list[Clause] = []
    start, depth, sentence, opens = 0, 0, 0, True
    for mark in _MARKS.finditer(text):
        at, char = mark.start(), mark[0]
        if char in OPENING:
            depth += 1
        elif char in CLOSING:
            depth = max(0, depth - 1)
        elif char in STOPS and (depth == 0 or _unclosed(text, at)):
            clause = _trimmed(text, start, at + 1, sentence, opens)
            if clause is not None:
                clauses.append(clause)
            opens = char not in "；;"
            sentence += opens
            start, depth = at + 1, 0
    clause = _trimmed(text, start, len(text), sentence, opens)
    return (*clauses, clause) if clause is not None else tuple(clauses)


def _unclosed(text: str, at: int) -> bool:
    """An opening mark that never closes (a misprint) must not swallow the rest of the paragraph."""
    return not any(char in CLOSING for char in text[at:])


def _trimmed(text: str, start: int, end: int, sentence: int, opens: bool) -> Clause | None:
    while start < end and text[start] in "”’」』）) 　\t\n":
        start += 1
    number = ITEM_NUMBER.match(text, start, end)
    if number and number.end() > start:
        start = number.end()
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    words = text[start:end]
    return Clause(words, start, end, sentence, opens) if words.strip(STOPS + " ，、") else None


@lru_cache(maxsize=4096)
def segments(text: str) -> tuple[tuple[int, int], ...]:
    """The parts of a clause between commas (not those inside quotes or brackets), as offsets without the comma."""
    parts: list[tuple[int, int]] = []
    start, depth = 0, 0
    for mark in _MARKS.finditer(text):
        at, char = mark.start(), mark[0]
        if char in OPENING:
            depth += 1
        elif char in CLOSING:
            depth = max(0, depth - 1)
        elif (depth == 0 and char in "，,") or char in STOPS:
            if at > start:
                parts.append((start, at))
            start = at + 1
    if start < len(text):
        parts.append((start, len(text)))
    return tuple(parts)
