"""Faults put into a copy of a draft: into the blocks of its Document, or as changes for the file itself (DOCX)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from ..plan.document import Block, Cell, Document, DocxRun, InkLine, Table, Text
from ..plan.fault import Change, Edit, Fault
from .places import texts_of


def planted(document: Document, faults: Iterable[Fault]) -> Document:
    """The document with the faults in its blocks, as if its pages said so; the ink of new words is that of the old."""
    edits: dict[tuple[int, tuple[int, int] | None], list[Edit]] = {}
    rows: dict[int, set[int]] = {}
    for fault in faults:
        for edit in fault.edits:
            edits.setdefault((edit.block, edit.cell), []).append(edit)
        for home, row in fault.rows:
            rows.setdefault(home, set()).add(row)
    blocks = list(document.blocks)
    for (at, cell), own in edits.items():
        block = blocks[at]
        if cell is None:
            blocks[at] = replace(block, text=_edited(block.text, own), bold=(), underline=())
        else:
            assert block.table is not None
            blocks[at] = replace(block, table=_with_cell(block.table, cell, own))
    for at, gone in rows.items():
        table = blocks[at].table
        assert table is not None
        blocks[at] = replace(blocks[at], table=_without_rows(table, gone))
    return replace(document, blocks=tuple(blocks))


def _edited(text: Text, edits: Sequence[Edit]) -> Text:
    for edit in sorted(edits, key=lambda each: -each.start):
        text = _replaced(text, edit.start, edit.end, edit.words)
    return text


def _replaced(text: Text, start: int, end: int, words: str) -> Text:
    """Characters start..end of a text become `words`, which stand where the first of them (or the one before) stood."""
    shift = len(words) - (end - start)
    pieces: list[InkLine | DocxRun] = []
    home = next((p for p in text.pieces if p.start <= (start if end > start else max(0, start - 1)) < p.end), None)
    for piece in text.pieces:
        keep = [at for at in range(piece.start, piece.end) if not start <= at < end]
        added = len(words) if piece is home else 0
        if not keep and not added:
            continue
        low = piece.start if piece.start <= start else max(piece.start, end) + shift
        low = min(low, start) if piece is home else low
        size = len(keep) + added
        if isinstance(piece, DocxRun):
            pieces.append(replace(piece, start=low, end=low + size))
            continue
        before = [at - piece.start for at in keep if at < start]
        after = [at - piece.start for at in keep if at >= end]
        ink = piece.boxes[min(max(start - piece.start, 0), len(piece.boxes) - 1)]
        boxes = np.concatenate([piece.boxes[before], np.tile(ink, (added, 1)), piece.boxes[after]]).astype(np.float32)
        pieces.append(replace(piece, start=low, end=low + size, boxes=boxes))
    return Text(text.text[:start] + words + text.text[end:], tuple(pieces))


def _with_cell(table: Table, place: tuple[int, int], edits: Sequence[Edit]) -> Table:
    old = table.grid[place[0]][place[1]]
    assert old is not None
    new = replace(old, text=_edited(old.text, edits))
    return replace(table, grid=tuple(tuple(new if cell is old else cell for cell in row) for row in table.grid))


def _without_rows(table: Table, gone: set[int]) -> Table:
    """The table without rows; merged cells that reach over them become shorter."""
    left = [row for row in range(len(table.grid)) if row not in gone]
    made: dict[int, Cell] = {}
    for cell in {id(cell): cell for row in table.grid for cell in row if cell is not None}.values():
        covered = [at for at in range(cell.row, cell.row + cell.rowspan) if at not in gone]
        if covered:
            made[id(cell)] = replace(cell, row=left.index(covered[0]), rowspan=len(covered))
    grid = tuple(tuple(made[id(cell)] if cell is not None else None for cell in table.grid[row]) for row in left)
    return replace(table, grid=grid)


# ---------------------------------------------------------------------- DOCX


def docx_changes(document: Document, faults: Iterable[Fault]) -> list[Change]:
    """The faults as changes of the DOCX that the document was read from."""
    changes: list[Change] = []
    for fault in faults:
        for edit in fault.edits:
            changes += _changes(_text(document.blocks[edit.block], edit.cell), edit)
        changes += [_row_gone(document.blocks[block], row) for block, row in fault.rows]
    return changes


def _text(block: Block, cell: tuple[int, int] | None) -> Text:
    return next(
        text for found, text in texts_of(block) if cell is None or (found and (found.row, found.column) == cell)
    )


def _changes(text: Text, edit: Edit) -> Iterator[Change]:
    """One change for each piece that the edit reaches; the new words stand in the first."""
    words = edit.words
    runs = [piece for piece in text.pieces if isinstance(piece, DocxRun)]
    for run in runs:
        low, high = max(edit.start, run.start), min(edit.end, run.end)
        inside = low < high or (edit.start == edit.end and run.start < edit.start <= run.end and words)
        if inside:
            at = run.offset + min(low, run.end) - run.start
            yield Change(run.part, run.paragraph, at, at + max(0, high - low), words)
            words = ""


def _row_gone(block: Block, row: int) -> Change:
    assert block.table is not None
    for cell, text in texts_of(block):
        if cell is not None and cell.row == row and cell.rowspan == 1:
            for piece in text.pieces:
                if isinstance(piece, DocxRun):
                    return Change(piece.part, piece.paragraph, row=True)
    raise ValueError(f"row {row} has no words")
