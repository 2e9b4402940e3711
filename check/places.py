"""Spans of a draft as places in its Document, and back: which block, which table row, which characters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..plan.document import Block, Cell, Document, DocxRun, Text
from ..plan.span import Box, Span

Where = tuple[int, int | None]
"""A block, or a row of its table."""
OTHER_PARTS = ("textbox", "footnote", "comment", "header")


@dataclass(frozen=True, slots=True)
class Spot:
    """Characters of a block's text, or of the cell that starts at `cell`."""

    block: int
    cell: tuple[int, int] | None
    start: int
    end: int

    @property
    def where(self) -> Where:
        return self.block, self.cell[0] if self.cell is not None else None


@dataclass(slots=True)
class Places:
    """The texts of a Document by where they stand."""

    document: Document
    runs: dict[tuple[str, int], list[tuple[int, tuple[int, int] | None, DocxRun]]] = field(default_factory=dict)
    pages: dict[int, list[int]] = field(default_factory=dict)
    tables: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for at, block in enumerate(self.document.blocks):
            if block.table is not None:
                self.tables[block.table.index] = at
            for cell, text in texts_of(block):
                place = (cell.row, cell.column) if cell is not None else None
                for piece in text.pieces:
                    if isinstance(piece, DocxRun):
                        self.runs.setdefault((piece.part, piece.paragraph), []).append((at, place, piece))
                    elif cell is None and (not self.pages.get(piece.page) or self.pages[piece.page][-1] != at):
                        self.pages.setdefault(piece.page, []).append(at)

    def text(self, block: int, cell: tuple[int, int] | None) -> Text:
        found = self.document.blocks[block]
        if cell is None:
            return found.text
        assert found.table is not None
        inside = found.table.grid[cell[0]][cell[1]]
        assert inside is not None
        return inside.text

    def spot(self, span: Span) -> Spot | None:
        """Where the words of a span stand in the Document; None if they are not found."""
        if span.paragraph is not None:
            return self._docx_spot(span)
        return self._table_spot(span) if span.table is not None else self._pdf_spot(span)

    def _docx_spot(self, span: Span) -> Spot | None:
        part = span.part if span.part in OTHER_PARTS else "body"
        for block, cell, piece in self.runs.get((part, span.paragraph or 0), ()):
            low = piece.start + (span.start or 0) - piece.offset
            if piece.start <= low < piece.end:
                text = self.text(block, cell).text
                if text.startswith(span.quote, low):
                    return Spot(block, cell, low, low + len(span.quote))
        return None

    def _table_spot(self, span: Span) -> Spot | None:
        assert span.table is not None
        block = self.tables.get(span.table.index)
        if block is None:
            return None
        table = self.document.blocks[block].table
        assert table is not None
        if span.table.row >= len(table.grid) or span.table.column >= table.columns:
            return None
        cell = table.grid[span.table.row][span.table.column]
        at = cell.text.text.find(span.quote) if cell is not None else -1
        return Spot(block, (cell.row, cell.column), at, at + len(span.quote)) if cell is not None and at >= 0 else None

    def _pdf_spot(self, span: Span) -> Spot | None:
        for block in self.pages.get(span.page or 0, ()):
            text = self.document.blocks[block].text
            at = text.text.find(span.quote)
            while at >= 0:
                boxes = text.spans(at, at + 1)[0].boxes
                if span.boxes and boxes and _near(boxes[0], span.boxes[0]):
                    return Spot(block, None, at, at + len(span.quote))
                at = text.text.find(span.quote, at + 1)
        return None

    def ink(self, where: Where) -> set[tuple[object, ...]]:
        """What marks a block or a table row in spans: (part, paragraph) of a DOCX, (page, box …) of a PDF."""
        block, row = where
        marks: set[tuple[object, ...]] = set()
        for cell, text in texts_of(self.document.blocks[block]):
            if (cell.row if cell is not None else None) != row or (cell is not None and cell.rowspan > 1):
                continue
            for piece in text.pieces:
                if isinstance(piece, DocxRun):
                    marks.add((piece.part, piece.paragraph))
            marks |= {(span.page, *box) for span in text.spans() for box in span.boxes or ()}
        return marks


def texts_of(block: Block) -> Iterator[tuple[Cell | None, Text]]:
    """The text of a block, or those of the cells of its table, each once."""
    if block.table is None:
        yield None, block.text
        return
    for r, row in enumerate(block.table.grid):
        for c, cell in enumerate(row):
            if cell is not None and (cell.row, cell.column) == (r, c):
                yield cell, cell.text


def touches(span: Span, ink: set[tuple[object, ...]]) -> bool:
    """Whether a span lies in what `Places.ink` marked."""
    if span.paragraph is not None:
        return (span.part if span.part in OTHER_PARTS else "body", span.paragraph) in ink
    boxes = [mark for mark in ink if mark[0] == span.page and len(mark) == 5]
    return any(_overlap(box, mark[1:]) for box in span.boxes or () for mark in boxes)  # type: ignore[arg-type]


def _near(one: Box, other: Box) -> bool:
    return abs(one[0] - other[0]) < 1 and abs(one[1] - other[1]) < 2


def _overlap(one: Box, other: Box) -> bool:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide > 0.5 and high > 0.5 * min(one[3] - one[1], other[3] - other[1])
