"""The draft as the check reads it: every sentence and table row, with its way back to the page.

Extraction may miss an answering sentence; so the passages come from the whole Document where there is one, and from the
requirements of the plan JSON otherwise.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ..plan.document import Block, Cell, Document, Table, is_apparatus
from ..plan.plan import Plan
from ..plan.requirement import MODES, Requirement
from ..plan.span import Span
from ..plan.verdict import Response
from .words import letters, sentences

_FIGURE = re.compile(r"^\s*图\s?[0-9]+(?:[-—.][0-9]+)?\s")
SILENT = frozenset({"heading", "toc", "cover", "table"})
"""Kinds of block whose own text answers nothing."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, ；-clause or table row. `start`..`end` are characters of its block; `row` a row of `table`."""

    index: int
    text: str
    section: tuple[str, ...] = ()
    block: int | None = None
    start: int = 0
    end: int = 0
    table: int | None = None
    row: int | None = None
    where: tuple[Span, ...] = ()
    """Set where there is no Document to ask."""

    @property
    def heading(self) -> str:
        return "".join(self.section[-2:])


@dataclass(frozen=True, eq=False)
class Draft:
    """The lower plan, its Document if there is one, and all its passages."""

    plan: Plan
    document: Document | None
    passages: tuple[Passage, ...]
    by_mode: dict[str, tuple[Requirement, ...]] = field(default_factory=dict)

    def spans(self, passage: Passage) -> tuple[Span, ...]:
        """The places of a passage; of a table row one Span a cell."""
        if self.document is None or passage.block is None:
            return passage.where
        block = self.document.blocks[passage.block]
        if passage.row is None:
            return self.document.spans(block, passage.start, passage.end)
        assert block.table is not None
        cells = unique_cells(block.table, passage.row)
        return tuple(span for cell in cells for span in self.document.cell_spans(block.table, cell) if span.quote)

    @cached_property
    def _rows(self) -> dict[tuple[int, int], Passage]:
        return {(p.table, p.row): p for p in self.passages if p.table is not None and p.row is not None}

    @cached_property
    def _folded(self) -> tuple[str, ...]:
        return tuple(letters(passage.text) for passage in self.passages)

    @cached_property
    def _by_letters(self) -> dict[str, int]:
        return {text: at for at, text in reversed(list(enumerate(self._folded)))}

    @cached_property
    def _by_requirement(self) -> dict[str, Passage | None]:
        return {}

    def passage_of(self, requirement: Requirement) -> Passage | None:
        """The passage that a requirement of this plan was read from; None if it can't be found again."""
        if requirement.id not in self._by_requirement:
            self._by_requirement[requirement.id] = self._find(requirement)
        return self._by_requirement[requirement.id]

    def _find(self, requirement: Requirement) -> Passage | None:
        for span in requirement.where:
            if span.table is not None and (span.table.index, span.table.row) in self._rows:
                return self._rows[span.table.index, span.table.row]
        return self.find_text(requirement.text)

    def find_text(self, text: str) -> Passage | None:
        """The first passage that is `text`, holds it or lies in it."""
        wanted = letters(text)
        if not wanted:
            return None
        if wanted in self._by_letters:
            return self.passages[self._by_letters[wanted]]
        for at, said in enumerate(self._folded):
            if wanted in said or (len(said) >= 12 and said in wanted):
                return self.passages[at]
        return None

    def says(self, words: str) -> bool:
        """Whether the letters of `words` stand in one passage."""
        wanted = letters(words)
        return any(wanted in said for said in self._folded)

    def holding(self, words: str) -> list[Passage]:
        """The passages in which the letters of `words` stand."""
        wanted = letters(words)
        return [self.passages[at] for at, said in enumerate(self._folded) if wanted and wanted in said]

    def neighbours(self, passage: Passage, reach: int = 2) -> list[Passage]:
        """The passages around one in its own block, itself left out."""
        low, high = max(0, passage.index - reach), passage.index + reach + 1
        return [
            other
            for other in self.passages[low:high]
            if other.index != passage.index and other.block == passage.block and other.row is None
        ]

    def answer(self, requirement: Requirement, score: float) -> Response:
        """A requirement of this plan as a response: the words of its sentence or row, in their place."""
        passage = self.passage_of(requirement)
        if passage is None:
            return Response(requirement=requirement.id, text=requirement.text, where=requirement.where, score=score)
        return Response(
            requirement=requirement.id, text=passage.text, where=self.spans(passage) or requirement.where, score=score
        )

    def answers(self, requirement: Requirement, score: float) -> tuple[Response, ...]:
        """The requirement in each of its mentions: the sentence, the row of the indicator table, the total of an annex."""
        spans = [*requirement.where, *(span for mention in requirement.mentions for span in mention.where)]
        spans += [span for value in getattr(requirement, "values", ()) for span in value.where]
        found: dict[int, Passage] = {}
        for span in spans:
            passage = None
            if span.table is not None:
                passage = self._rows.get((span.table.index, span.table.row))
            elif len(span.quote) >= 8:
                passage = self.find_text(span.quote)
            if passage is not None:
                found.setdefault(passage.index, passage)
        first = self.answer(requirement, score)
        others = [
            Response(requirement=requirement.id, text=p.text, where=self.spans(p), score=score) for p in found.values()
        ]
        return tuple({response.text: response for response in (first, *others)}.values())

    def quote(self, passage: Passage, score: float) -> Response:
        """A passage as a response, with the requirement that was read from it, if any."""
        owner = self._owner.get(passage.index)
        return Response(requirement=owner, text=passage.text, where=self.spans(passage), score=score)

    @cached_property
    def _owner(self) -> dict[int, str]:
        owner: dict[int, str] = {}
        for requirement in self.by_mode.get("rule", ()):
            passage = self.passage_of(requirement)
            if passage is not None:
                owner.setdefault(passage.index, requirement.id)
        return owner

    @property
    def rule_passages(self) -> dict[int, str]:
        """Passage → the rule requirement read from it."""
        return self._owner

    @cached_property
    def has_crosswalk(self) -> bool:
        """Whether the draft sets the upper plan's words beside its own in a table (传导落实对照表), or says that it does."""
        tables = self.document.tables if self.document is not None else ()
        return any(is_crosswalk(table) for table in tables) or self.says("对照表")

    @cached_property
    def citations(self) -> frozenset[int]:
        """Passages that are little else than the title of another document; they answer nothing."""
        return frozenset(
            p.index
            for p in self.passages
            if 2 * sum(map(len, re.findall(r"《[^《》]*》(?:[（(][^（）()]*[)）])*", p.text))) >= len(p.text)
        )

    def sections_of(self, passages: Sequence[Passage]) -> tuple[str, ...]:
        """The sections that passages stand in, each once, in order."""
        return tuple(dict.fromkeys(p.section[-1] for p in passages if p.section))


def draft_of(plan: Plan, document: Document | None) -> Draft:
    """The lower plan made ready for the check."""
    found = _from_document(document) if document is not None else _from_requirements(plan)
    passages = tuple(
        Passage(index, p.text, p.section, p.block, p.start, p.end, p.table, p.row, p.where)
        for index, p in enumerate(found)
    )
    quoting = {table.index for table in (document.tables if document is not None else ()) if is_crosswalk(table)}
    grouped: dict[str, list[Requirement]] = defaultdict(list)
    for requirement in plan.requirements:
        if quoting and all(span.table is not None and span.table.index in quoting for span in requirement.where):
            continue
        grouped[requirement.mode].append(requirement)
    return Draft(plan, document, passages, {mode: tuple(grouped[mode]) for mode in MODES})


def is_crosswalk(table: Table) -> bool:
    """Whether a table only sets the upper plan's words beside the draft's (传导落实对照表): it quotes, it does not answer."""
    header = "".join("".join(table.header_path(column)) for column in range(table.columns))
    return "对照表" in (table.title or "") or bool(re.search(r"上位[^（）]{0,6}(?:要求|条款)", header))


def unique_cells(table: Table, row: int) -> list[Cell]:
    """The cells of a row from left to right, a merged one once."""
    cells: list[Cell] = []
    for cell in table.grid[row]:
        if cell is not None and not any(cell is other for other in cells):
            cells.append(cell)
    return cells


def row_text(table: Table, row: int) -> str:
    """A table row as one line: 8 | 林地保有量 | 平方公里 | 6985."""
    return " | ".join(cell.text.text for cell in unique_cells(table, row) if cell.text.text)


def _from_document(document: Document) -> Iterator[Passage]:
    for at, block in enumerate(document.blocks):
        if is_apparatus(block):
            continue
        if block.table is not None and is_crosswalk(block.table):
            continue
        if block.table is not None:
            for row, _ in block.table.body():
                text = row_text(block.table, row)
                if text:
                    section = (*block.section, *(part for part in (block.table.label, block.table.title) if part))
                    yield Passage(0, text, section, at, 0, 0, block.table.index, row)
        elif block.kind not in SILENT:
            yield from _sentences_of(at, block)


def _sentences_of(at: int, block: Block) -> Iterator[Passage]:
    text = block.text.text
    if block.kind == "caption" or _FIGURE.match(text):
        return
    for low, high in sentences(text):
        if len(letters(text[low:high])) >= 4:
            yield Passage(0, text[low:high], block.section, at, low, high)


def _from_requirements(plan: Plan) -> Iterator[Passage]:
    seen: set[str] = set()
    for requirement in plan.requirements:
        key = letters(requirement.text)
        if key and key not in seen:
            seen.add(key)
            yield Passage(0, requirement.text, requirement.section, where=requirement.where)
