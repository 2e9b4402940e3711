"""What a file says, and where: the one shape that PDF, DOCX and OCR readers give and the finders read.

A `Text` keeps the way back to the ink: each character of `text` knows its box (PDF, OCR) or its place in a paragraph
(DOCX), so any slice of it yields `Span`s whose quote is the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import compress
from operator import lt
from typing import Any, TypeVar

import numpy as np

from .finding import Finding
from .span import Box, Span, TableRef

T = TypeVar("T")


# InkLine, Text and Cell are never changed; they are not frozen, as that makes making ten thousands of them slow
@dataclass(slots=True, eq=False)
class InkLine:
    """One printed line of a Text: characters `start`..`end` of it stand on `page`.

    `boxes` is float32 of shape (end - start, 4): x0, top, x1, bottom of each character, in points from the top left
    of the page as displayed; characters that were implied (a blank between words) have a box of width 0.
    """

    start: int
    end: int
    page: int
    boxes: np.ndarray
    _sides: list[list[float]] | None = field(default=None, init=False, repr=False)
    """`boxes` by column, made when the first box is asked for: a clause has a dozen characters, and for so few plain
    lists are three times as fast as arrays."""

    def box(self, start: int, end: int) -> Box | None:
        """The rectangle around characters start..end of the Text (clipped to this line), or None if there is none."""
        low, high = max(start, self.start) - self.start, min(end, self.end) - self.start
        if low >= high:
            return None
        if self._sides is None:
            self._sides = self.boxes.T.tolist()
        x0, top, x1, bottom = self._sides
        if high - low < len(x0):
            x0, top, x1, bottom = x0[low:high], top[low:high], x1[low:high], bottom[low:high]
        if not all(map(lt, x0, x1)) and any(inked := list(map(lt, x0, x1))):
            x0, top, x1, bottom = (list(compress(side, inked)) for side in (x0, top, x1, bottom))
        return (round(min(x0), 2), round(min(top), 2), round(max(x1), 2), round(max(bottom), 2))


@dataclass(frozen=True, slots=True)
class DocxRun:
    """Characters `start`..`end` of a Text are characters `offset`.. of paragraph `paragraph` in `part` of a DOCX."""

    start: int
    end: int
    part: str
    paragraph: int
    offset: int


@dataclass(slots=True, unsafe_hash=True)
class Text:
    """Words with their ink. `pieces` are in reading order and cover `text`; either all InkLine or all DocxRun."""

    text: str
    pieces: tuple[InkLine | DocxRun, ...] = ()

    @property
    def page(self) -> int | None:
        """The page (from 1) of the first character; None in a DOCX."""
        first = self.pieces[0] if self.pieces else None
        return first.page if isinstance(first, InkLine) else None

    def page_at(self, offset: int) -> int | None:
        """The page of the character at `offset`; None in a DOCX."""
        for piece in self.pieces:
            if isinstance(piece, InkLine) and piece.start <= offset < piece.end:
                return piece.page
        return self.page

    def spans(
        self,
        start: int = 0,
        end: int | None = None,
        *,
        part: str = "body",
        table: TableRef | None = None,
        headings: tuple[str, ...] = (),
        printed: dict[int, str] | None = None,
    ) -> tuple[Span, ...]:
        """The places of text[start:end]: one Span a page (PDF) or paragraph (DOCX), each with the words it holds."""
        end = len(self.text) if end is None else end
        spans: list[Span] = []
        by_page: list[list[Any]] = []
        """Page, first and last character, boxes."""
        for piece in self.pieces:
            low, high = piece.start, piece.end
            if low >= end or high <= start:
                continue
            low, high = start if start > low else low, end if end < high else high
            if low >= high:
                continue
            if isinstance(piece, DocxRun):
                at = piece.offset + low - piece.start
                where = part if piece.part == "body" else piece.part
                spans.append(
                    Span(
                        part=where,
                        paragraph=piece.paragraph,
                        start=at,
                        end=at + high - low,
                        quote=self.text[low:high],
                        headings=headings,
                        table=table,
                    )
                )
                continue
            box = piece.box(low, high)
            assert box is not None
            if by_page and by_page[-1][0] == piece.page:
                by_page[-1][2] = high
                by_page[-1][3].append(box)
            else:
                by_page.append([piece.page, low, high, [box]])
        for page, low, high, boxes in by_page:
            number = printed.get(page) if printed else None
            spans.append(Span.of_ink(page, number, tuple(boxes), self.text[low:high], part, table))
        return tuple(spans)


@dataclass(slots=True, unsafe_hash=True)
class Cell:
    """One cell of a joined table. `row`, `column` (from 0, header rows included) are its top left grid position."""

    text: Text
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table, joined over its pages; a repeated header and 续表 titles are dropped, no row is lost.

    `grid[r][c]` is the Cell that covers that position (a merged cell stands at each position it covers; None where
    the table has no cell). The first `header_rows` rows are its header.
    """

    index: int
    grid: tuple[tuple[Cell | None, ...], ...]
    header_rows: int = 1
    label: str | None = None
    """As printed: 表3-1, 附表2, 专栏4; None if it has none."""
    title: str | None = None
    """The title without its label."""
    caption: Text | None = None
    unit: str | None = None
    """From a unit line such as 单位：公顷; None if there is none."""
    notes: tuple[Text, ...] = ()
    part: str = "body"
    section: tuple[str, ...] = ()
    _paths: dict[int, tuple[str, ...]] = field(init=False, repr=False, compare=False, default_factory=dict)

    @property
    def columns(self) -> int:
        return len(self.grid[0]) if self.grid else 0

    def header_path(self, column: int) -> tuple[str, ...]:
        """The header of a column from top to bottom, merged cells once: ("规划目标值", "2035年")."""
        if column in self._paths:
            return self._paths[column]
        path: list[str] = []
        seen: list[Cell] = []
        for row in self.grid[: self.header_rows]:
            cell = row[column]
            if cell is not None and cell.text.text and not any(cell is other for other in seen):
                seen.append(cell)
                path.append(cell.text.text)
        self._paths[column] = tuple(path)
        return self._paths[column]

    def body(self) -> Iterator[tuple[int, tuple[Cell | None, ...]]]:
        """The rows below the header with their row numbers."""
        yield from enumerate(self.grid[self.header_rows :], start=self.header_rows)

    def ref(self, cell: Cell, column: int | None = None) -> TableRef:
        """What a Span in `cell` says of its place in this table."""
        at = cell.column if column is None else column
        return TableRef(label=self.label, index=self.index, row=cell.row, column=at, header=self.header_path(at))


@dataclass(frozen=True, slots=True)
class Block:
    """One thing in reading order: a heading, a paragraph, a table …

    `kind`: heading · paragraph · table · caption (of a figure) · note (名词解释, table notes) · toc (a line of the contents) ·
    cover · footnote. `part` is where it stands: body, box (专栏), footnote, annex, caption.
    `section` is the path of headings above it, each as printed ("第三章 国土空间总体格局"). `bold` and `underline` are
    character ranges of `text`.
    """

    index: int
    kind: str
    text: Text
    part: str = "body"
    section: tuple[str, ...] = ()
    level: int = 0
    """Of a heading: 1 for 章 and 附表, then deeper; else 0."""
    number: str | None = None
    title: str | None = None
    table: Table | None = None
    box_label: str | None = None
    """Of a block inside a 专栏: its label and title, "专栏5-1 十条省级生态廊道"."""
    bold: tuple[tuple[int, int], ...] = ()
    underline: tuple[tuple[int, int], ...] = ()


APPARATUS = re.compile(r"传导.{0,6}对照表|上位规划.{0,10}对照表|待补充事项清单")
"""Titles of tables that quote the upper plan or list what is missing: they hand down and answer nothing themselves."""


def is_apparatus(block: Block) -> bool:
    """Whether a block only speaks about the plan: a comment, a running head, a traceability table."""
    if block.kind in ("comment", "header"):
        return True
    titles = (block.section[-1] if block.section else "", (block.table.title or "") if block.table is not None else "")
    return any(APPARATUS.search(title) for title in titles)


@dataclass(frozen=True, slots=True)
class Heading:
    """A node of the outline; `page` counts from 1, None in a DOCX."""

    number: str
    title: str
    level: int
    page: int | None
    children: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class OcrLine:
    """A line that OCR read: its box as displayed, its words, how sure the recogniser is (0 to 1)."""

    box: Box
    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands on a page but is no text of the plan: `kind` running_head, page_number or watermark; where; its words."""

    kind: str
    box: Box
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page as displayed; sizes in points. `state`: read · ocr · image_only (needs OCR) · garbled · unreadable ·
    skipped (the caller asked to leave it out)."""

    number: int
    width: float
    height: float
    printed: str | None = None
    state: str = "read"
    characters: int = 0
    ocr_lines: tuple[OcrLine, ...] = ()
    furniture: tuple[Furniture, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """The file itself. `sha256` is hex of its bytes; `format`: pdf, docx …"""

    file: str
    sha256: str
    format: str
    pages: int | None = None
    ocr_pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """All that a file says: blocks in reading order (tables among them), the outline, the pages, what went wrong."""

    source: Source
    blocks: tuple[Block, ...]
    outline: tuple[Heading, ...] = ()
    pages: tuple[Page, ...] = ()
    findings: tuple[Finding, ...] = ()
    ledger: dict[str, int] = field(default_factory=dict)
    """Characters by fate: used, and each kind of furniture or rejection; they add up to all characters of the file."""
    printed_pages: dict[int, str] = field(init=False, repr=False, compare=False)
    """The printed number by page, as each span asks for it."""
    _worked_out: dict[str, Any] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        printed = {page.number: page.printed for page in self.pages if page.printed is not None}
        object.__setattr__(self, "printed_pages", printed)  # the class is frozen

    def once(self, what: str, work: Callable[[], T]) -> T:
        """What `work` finds out of this document, which is done the first time only and forgotten with the document."""
        if what not in self._worked_out:
            self._worked_out[what] = work()
        found: T = self._worked_out[what]
        return found

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(block.table for block in self.blocks if block.table is not None)

    def texts(self) -> Iterator[Text]:
        """Every Text of the file: blocks, and the cells, captions and notes of tables, each once."""
        for block in self.blocks:
            yield block.text
            if block.table is None:
                continue
            if block.table.caption is not None:
                yield block.table.caption
            yield from block.table.notes
            seen: set[int] = set()
            for cell in (cell for row in block.table.grid for cell in row if cell is not None):
                if id(cell) not in seen:
                    seen.add(id(cell))
                    yield cell.text

    @property
    def own(self) -> Document:
        """The document without what only speaks about it (comments, running heads, traceability tables)."""
        return replace(self, blocks=tuple(block for block in self.blocks if not is_apparatus(block)))

    def spans(self, block: Block, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
        """The places of block.text[start:end]."""
        return block.text.spans(start, end, part=block.part, headings=block.section, printed=self.printed_pages)

    def cell_spans(
        self, table: Table, cell: Cell, start: int = 0, end: int | None = None, *, column: int | None = None
    ) -> tuple[Span, ...]:
        """The places of cell.text[start:end] in `table`."""
        return cell.text.spans(
            start,
            end,
            part=table.part,
            table=table.ref(cell, column),
            headings=table.section,
            printed=self.printed_pages,
        )
