"""Pages as they were read: the page's picture with its lines, paragraphs, headings, tables, cells and furniture."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from PIL import Image, ImageDraw

from ..plan.document import Block, Cell, Document, InkLine, Table, Text
from ..plan.span import Box

COLOURS = {
    "line": (170, 170, 170),
    "paragraph": (40, 90, 220),
    "heading": (215, 40, 40),
    "caption": (230, 130, 20),
    "note": (150, 100, 40),
    "footnote": (150, 100, 40),
    "toc": (20, 150, 150),
    "cover": (20, 150, 150),
    "table": (20, 130, 40),
    "cell": (110, 200, 120),
    "furniture": (160, 60, 190),
    "ocr": (250, 200, 60),
}
"""What is drawn, in which colour (red, green, blue)."""


def debug_picture(picture: bytes, width: float, height: float, document: Document, number: int) -> bytes:
    """A PNG of page `number` (from 1) with boxes; `picture` shows the page, which is `width` × `height` points."""
    with Image.open(io.BytesIO(picture)) as page:
        shown = page.convert("RGB")
    draw = ImageDraw.Draw(shown)
    across, down = shown.width / max(width, 1.0), shown.height / max(height, 1.0)

    def frame(box: Box, kind: str, thick: int = 1, margin: float = 0.0) -> None:
        x0, top, x1, bottom = box
        corners = ((x0 - margin) * across, (top - margin) * down, (x1 + margin) * across, (bottom + margin) * down)
        draw.rectangle(corners, outline=COLOURS[kind], width=thick)

    for kind, box, thick, margin in _frames(document, number):
        frame(box, kind, thick, margin)
    with io.BytesIO() as buffer:
        shown.save(buffer, format="PNG", optimize=False)
        return buffer.getvalue()


def _frames(document: Document, number: int) -> Iterator[tuple[str, Box, int, float]]:
    """What to draw on a page: its kind, box, thickness and how far outside of the box."""
    page = next((page for page in document.pages if page.number == number), None)
    for line in page.ocr_lines if page is not None else ():
        yield "ocr", line.box, 1, 1.5
    for mark in page.furniture if page is not None else ():
        yield "furniture", mark.box, 2, 1.0
    for block in document.blocks:
        if block.table is not None:
            yield from _table_frames(block.table, number)
        yield from _block_frames(block, number)


def _block_frames(block: Block, number: int) -> Iterator[tuple[str, Box, int, float]]:
    lines = list(_lines(block.text, number))
    for box in lines:
        yield "line", box, 1, 0.0
    if lines:
        kind = "caption" if block.kind == "table" else block.kind
        yield (kind if kind in COLOURS else "paragraph"), _around(lines), 2, 2.0


def _table_frames(table: Table, number: int) -> Iterator[tuple[str, Box, int, float]]:
    """The words of each cell, and all of them together."""
    seen: list[Cell] = []
    inked: list[Box] = []
    for cell in (cell for row in table.grid for cell in row if cell is not None):
        if any(cell is other for other in seen[-table.columns :]):
            continue
        seen.append(cell)
        lines = list(_lines(cell.text, number))
        if lines:
            inked.append(_around(lines))
            yield "cell", inked[-1], 1, 1.0
    if inked:
        yield "table", _around(inked), 3, 4.0
    for note in table.notes:
        lines = list(_lines(note, number))
        if lines:
            yield "note", _around(lines), 2, 2.0


def _lines(text: Text, number: int) -> Iterator[Box]:
    for piece in text.pieces:
        if isinstance(piece, InkLine) and piece.page == number:
            box = piece.box(piece.start, piece.end)
            if box is not None:
                yield box


def _around(boxes: Iterable[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))
