"""What table finding gives for one page, and what joining gives for all pages: the two interfaces of this package."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from ...plan.document import Table, Text
from ...plan.span import Box


@dataclass(slots=True, eq=False)
class PageCell:
    """One cell on one page, never changed (not frozen, as that makes making thousands of them slow). `row`, `column` (from 0) are its top left place in the page's grid; `box` its area."""

    text: Text
    row: int
    column: int
    rowspan: int
    colspan: int
    box: Box


@dataclass(frozen=True, slots=True, eq=False)
class PageTable:
    """The part of a table that stands on one page, or a ruled box around prose (专栏).

    `chars` are the rows of PageInk that stand in it (sorted). `kind` is "table" or "box"; a box has its title (if it
    has one) and its text as the cells of one column. `edges` are the column boundaries from left to right, in points.
    `open_top` and `open_bottom` say that no rule closes that side, as where a page break cuts a row.
    `shaded` counts the first rows that stand on a shade of their own or in bold: a hint where the header ends.
    `merges` says that the dress can show merged cells by itself (rules), so an empty cell means empty.
    """

    kind: str
    page: int
    box: Box
    chars: np.ndarray
    rows: int
    columns: int
    cells: tuple[PageCell, ...]
    edges: tuple[float, ...]
    dress: str = "ruled"
    open_top: bool = False
    open_bottom: bool = False
    shaded: int = 0
    merges: bool = True


class PrintedLine(Protocol):
    """A line or paragraph outside all tables, as layout hands it to join_tables."""

    @property
    def text(self) -> Text: ...
    @property
    def box(self) -> Box: ...
    @property
    def page(self) -> int: ...


@dataclass(frozen=True, slots=True, eq=False)
class JoinedTable:
    """A Table with its place in the flow: the positions of its PageTables, and of the lines that it took as its own."""

    table: Table
    parts: tuple[int, ...]
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class JoinedBox:
    """A 专栏 of prose over one or more pages: the positions of its PageTables, its title, the lines it took.

    `paragraphs` are its lines of text without the title, in reading order; `label` is "专栏5-1", `title` what follows.
    """

    parts: tuple[int, ...]
    label: str | None
    title: str | None
    caption: Text | None
    cells: tuple[Text, ...]
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Joined:
    """All tables and boxes of a document; positions are indices into the flow given to join_tables."""

    tables: tuple[JoinedTable, ...] = ()
    boxes: tuple[JoinedBox, ...] = ()
    consumed: frozenset[int] = field(default_factory=frozenset)
    """Positions of all lines that belong to tables and boxes: titles, unit lines, notes, 续表."""
