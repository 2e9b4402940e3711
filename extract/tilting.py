"""Blocks that were laid out on level pages → the same blocks with their boxes on the pages as displayed, which tilt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from ..plan.document import Block, Cell, InkLine, Table, Text
from .pages import PageItems
from .reading.ocr import tilted_back

Move = Callable[[int, np.ndarray], np.ndarray]


def tilted_blocks(blocks: tuple[Block, ...], pages: Sequence[PageItems]) -> tuple[Block, ...]:
    """The blocks with the boxes of tilted pages turned back; the same blocks if no page is tilted."""
    tilted = {page.number: page for page in pages if page.tilt}
    if not tilted:
        return blocks

    def move(number: int, boxes: np.ndarray) -> np.ndarray:
        page = tilted.get(number)
        return boxes if page is None else tilted_back(boxes, page.tilt, page.width, page.height)

    return tuple(
        replace(block, text=_text(block.text, move), table=None if block.table is None else _table(block.table, move))
        for block in blocks
    )


def _text(text: Text, move: Move) -> Text:
    pieces = tuple(
        replace(piece, boxes=move(piece.page, piece.boxes)) if isinstance(piece, InkLine) else piece
        for piece in text.pieces
    )
    return Text(text.text, pieces)


def _table(table: Table, move: Move) -> Table:
    moved: dict[int, Cell] = {}
    for row in table.grid:
        for cell in row:
            if cell is not None and id(cell) not in moved:
                moved[id(cell)] = replace(cell, text=_text(cell.text, move))
    return replace(
        table, grid=tuple(tuple(None if cell is None else moved[id(cell)] for cell in row) for row in table.grid),
        caption=None if table.caption is None else _text(table.caption, move),
        notes=tuple(_text(note, move) for note in table.notes),
    )  # fmt: skip
