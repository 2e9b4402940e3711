"""The last rows of a table without rules, alone at the top of the next page: too little to look like a table by itself.

A bare 合计 row, a row or two, or the rest of one cell that the page break cut: printed lines that stand in the columns of
the table which ends the page before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...plan.document import InkLine, Text
from ...plan.span import Box
from .celltext import EMPTY, concatenate
from .grid import TOTAL_re, is_number, words_of_first_row
from .page import PageCell, PageTable, PrintedLine
from .titles import SENTENCE_END, is_again, is_note, read_label, read_unit, squeeze

MOST = 12
"""Lines that such rows take, at most."""
GAP = 0.5
"""White between two cells of a line, in heights of its letters, at least."""
FARTHEST = 2.6
"""From the bottom of a line to that of the next, in heights of its letters, at most."""
ROOM = 1.6
"""A line that ends this near (in heights of its letters) to the widest of its column has no room for more."""
SIDE = 3.0
"""Points by which lines of one cell begin off each other, at most."""

Flow = Sequence[PageTable | PrintedLine]
Cells = dict[int, Text]
"""The words of a line by the column that they stand in."""


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """What stands in the flow for a line that became part of a table."""

    page: int
    box: Box
    text: Text = EMPTY


def take_last_rows(flow: Flow) -> tuple[list[PageTable | PrintedLine], frozenset[int]]:
    """The flow with such rows as PageTables of their own, each at the place of its last line, and the places of its lines."""
    given = list(flow)
    taken: set[int] = set()
    heads: list[list[str]] = []
    for at, table in enumerate(flow):
        if isinstance(table, PageTable):
            heads.append(words_of_first_row(table))
        if not isinstance(table, PageTable) or table.kind == "box" or table.dress == "ruled" or at + 1 == len(flow):
            continue
        following = flow[at + 1]
        if isinstance(following, PageTable) or following.page != table.page + 1:
            continue
        rows, count = _rows_on(table, _lines_from(flow, at + 1))
        if not rows or (len(rows) == 1 and _words_in(rows[0], table.columns) in heads):
            continue  # a head alone is printed again for the rows that stand farther below
        last = at + count
        given[last] = _as_table(table, rows, following.page)
        for place in range(at + 1, last):
            line = flow[place]
            given[place] = Taken(line.page, line.box)
        taken.update(range(at + 1, last + 1))
    return given, frozenset(taken)


def _words_in(row: Cells, columns: int) -> list[str]:
    """The words of a row as `words_of_first_row` gives them."""
    return [squeeze(row[column].text) if column in row else "" for column in range(columns)]


def _lines_from(flow: Flow, start: int) -> list[PrintedLine]:
    """The lines of one page from here on, as far as they follow close on one another."""
    lines: list[PrintedLine] = []
    for item in flow[start : start + MOST]:
        if isinstance(item, PageTable) or len(item.text.pieces) != 1:
            break
        words = item.text.text.strip()
        if not words or is_note(words) or is_again(words) or read_label(words) or read_unit(words):
            break
        if lines and (item.page != lines[-1].page or item.box[3] - lines[-1].box[3] > FARTHEST * _height(item)):
            break
        lines.append(item)
    return lines


def _height(line: PrintedLine) -> float:
    return line.box[3] - line.box[1]


def _rows_on(table: PageTable, lines: Sequence[PrintedLine]) -> tuple[list[Cells], int]:
    """The rows that the first lines make in the columns of the table, and how many lines they take; none if they don't."""
    rows: list[Cells] = []
    count = 0
    rest = _rest(table, lines)
    if rest is not None:
        column, parts = rest
        rows.append({column: concatenate(*parts) if len(parts) > 1 else parts[0]})
        count = len(parts)
    begun = bool(rows)
    for line in lines[count:]:
        cells = _in_columns(table, line.text)
        if cells is None:
            break
        if len(cells) > 1 and _is_row(table, cells, sure=begun):
            rows.append(cells)
            begun = True
        elif len(cells) == 1 and rows and _hangs_on(rows[-1], cells):
            column, words = next(iter(cells.items()))
            rows[-1] = {**rows[-1], column: concatenate(rows[-1][column], words)}
        else:
            break
        count += 1
    return rows, count


def _is_row(table: PageTable, cells: Cells, *, sure: bool) -> bool:
    """Whether the cells of a line are a row: the repeated head, a total, or words in most columns with numbers where the
    rows above have them. `sure`: the line above was one."""
    words = [squeeze(cells[column].text) if column in cells else "" for column in range(table.columns)]
    if words == words_of_first_row(table):
        return True
    last = {cell.column: squeeze(cell.text.text) for cell in table.cells if cell.row == table.rows - 1}
    numbers = sum(is_number(word) and is_number(last.get(column, "")) for column, word in enumerate(words) if word)
    first = next(word for word in words if word)
    if TOTAL_re.match(first) and numbers:
        return True
    return len(cells) >= max(3, 0.6 * table.columns) and (numbers > 0 or sure)


def _hangs_on(row: Cells, cells: Cells) -> bool:
    """The only words of a line go on with the cell above them."""
    column, words = next(iter(cells.items()))
    if column not in row:
        return False
    above, below = row[column].pieces[-1], words.pieces[0]
    assert isinstance(above, InkLine) and isinstance(below, InkLine)
    return abs(float(above.boxes[:, 0].min() - below.boxes[:, 0].min())) < SIDE


def _rest(table: PageTable, lines: Sequence[PrintedLine]) -> tuple[int, list[Text]] | None:
    """(column, lines) of words at the top of the page that go on with a cell of the last row, which they fill to its end."""
    found: list[Text] = []
    at = -1
    for line in lines:
        cells = _in_columns(table, line.text)
        if cells is None or len(cells) != 1 or (found and at not in cells):
            break
        column, words = next(iter(cells.items()))
        if not found and not _is_unfinished(table, column, words):
            return None
        at = column
        found.append(words)
    return (at, found) if found else None


def _is_unfinished(table: PageTable, column: int, words: Text) -> bool:
    """The last cell of a later column is full, ends no sentence, and its lines begin where these words do."""
    cells = [cell for cell in table.cells if cell.column == column and cell.colspan == 1 and cell.text.text]
    last = [cell for cell in cells if cell.row + cell.rowspan == table.rows]
    if not column or not last or last[0].text.text.strip()[-1] in SENTENCE_END:
        return False
    boxes = [piece.boxes for cell in cells for piece in cell.text.pieces if isinstance(piece, InkLine)]
    own = last[0].text.pieces[-1]
    below = words.pieces[0]
    assert isinstance(own, InkLine) and isinstance(below, InkLine)
    widest = max(float(box[:, 2].max() - box[:, 0].min()) for box in boxes)
    size = float((own.boxes[:, 3] - own.boxes[:, 1]).max())
    full = float(own.boxes[:, 2].max() - own.boxes[:, 0].min()) > widest - ROOM * size
    beside = abs(float(own.boxes[:, 0].min() - below.boxes[:, 0].min())) < SIDE
    return len(last[0].text.pieces) > 1 and full and beside


def _in_columns(table: PageTable, text: Text) -> Cells | None:
    """The words of a printed line by the columns of the table that they stand in; None if they don't stand in columns.

    Words over several columns belong to the first of them, as 合计 over the number and the name.
    """
    line = text.pieces[0]
    assert isinstance(line, InkLine)
    cells: Cells = {}
    edges = table.edges
    for start, end in _words(line):
        x0, x1 = float(line.boxes[start, 0]), float(line.boxes[end - 1, 2])
        if x0 < edges[0] - SIDE or x1 > edges[-1] + SIDE:
            return None
        over = [
            column
            for column in range(table.columns)
            if min(x1, edges[column + 1]) - max(x0, edges[column])
            > 0.3 * min(x1 - x0, edges[column + 1] - edges[column])
        ]
        total = TOTAL_re.match(text.text[start:end])
        if not over or (len(over) > 1 and not total) or any(column >= over[0] for column in cells):
            return None
        cells[over[0]] = Text(text.text[start:end], (InkLine(0, end - start, line.page, line.boxes[start:end]),))
    return cells or None


def _words(line: InkLine) -> list[tuple[int, int]]:
    """Where the runs of characters without wide white between them begin and end."""
    boxes = line.boxes
    inked = np.flatnonzero(boxes[:, 2] > boxes[:, 0])
    if not len(inked):
        return []
    size = float((boxes[inked, 3] - boxes[inked, 1]).max())
    gaps = boxes[inked[1:], 0] - boxes[inked[:-1], 2] > GAP * size
    starts = [int(inked[0]), *inked[1:][gaps].tolist()]
    ends = [*(inked[:-1][gaps] + 1).tolist(), int(inked[-1]) + 1]
    return list(zip(starts, ends, strict=True))


def _as_table(table: PageTable, rows: Sequence[Cells], page: int) -> PageTable:
    """These rows as the part of the table on their page, in its columns."""
    pieces = [piece for cells in rows for text in cells.values() for piece in text.pieces if isinstance(piece, InkLine)]
    top = min(float(piece.boxes[:, 1].min()) for piece in pieces)
    bottom = max(float(piece.boxes[:, 3].max()) for piece in pieces)
    made = [
        PageCell(cells.get(column, EMPTY), at, column, 1, 1, _box(table, cells.get(column), column, top, bottom))
        for at, cells in enumerate(rows)
        for column in range(table.columns)
    ]
    return PageTable(
        "table", page, (table.edges[0], top, table.edges[-1], bottom), np.zeros(0, np.int64), len(rows), table.columns,
        tuple(made), table.edges, dress=table.dress, merges=False,
    )  # fmt: skip


def _box(table: PageTable, text: Text | None, column: int, top: float, bottom: float) -> Box:
    heights = [piece.boxes[:, (1, 3)] for piece in text.pieces if isinstance(piece, InkLine)] if text else []
    if heights:
        top, bottom = min(float(one[:, 0].min()) for one in heights), max(float(one[:, 1].max()) for one in heights)
    return (table.edges[column], top, table.edges[column + 1], bottom)
