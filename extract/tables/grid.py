"""A table while it is being joined: slots in a grid, the end of its header, rows put below rows."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

import numpy as np

from ...plan.document import Cell, Text
from .celltext import EMPTY, concatenate, is_digit, is_letter
from .page import PageTable
from .titles import squeeze

NUMBER_re = re.compile(r"^[≥≤＞＜><~～约]*[+\-－—–]?[\d,，.．]+[%％‰倍]?(?:左右|以上|以内|以下)?$")
YEAR_re = re.compile(r"^(?:19|20)\d\d年?$")
UNIT_CELL_re = re.compile(
    r"^[（(][^（）()]{1,16}[）)]$|^(?:万?亩|公顷|(?:平方)?(?:公里|千米|米)|%|％|个|处|人|万人|亿?立方米|万?公顷|倍|km²|hm²|m²)$"
)
TOTAL_re = re.compile(r"^(?:合\s*计|总\s*计|小\s*计|共\s*计|平\s*均|全[省市县区域镇乡]|其中)")
DEEPEST_HEAD = 4


@dataclass(slots=True, eq=False)
class Slot:
    """One cell of the growing table; it stands at each place of the grid that it covers."""

    text: Text

    @property
    def filled(self) -> bool:
        return bool(self.text.text)


Row = list["Slot | None"]


def page_table_to_rows(
    table: PageTable, places: list[tuple[int, int]] | None = None, count: int | None = None
) -> list[Row]:
    """The rows of a page's table. `places` says which columns of a grid of `count` columns each of its columns takes."""
    if places is None or count is None:
        places, count = [(column, column + 1) for column in range(table.columns)], table.columns
    rows: list[Row] = [[None] * count for _ in range(table.rows)]
    for cell in table.cells:
        slot = Slot(cell.text)
        low, high = places[cell.column][0], places[cell.column + cell.colspan - 1][1]
        for row in range(cell.row, cell.row + cell.rowspan):
            rows[row][low:high] = [slot] * (high - low)
    if len({column for low, high in places for column in range(low, high)}) < count:
        # a first column without words on this page: its category stands on the page before
        whole = Slot(EMPTY)
        return [
            [(Slot(EMPTY) if at else whole) if slot is None else slot for at, slot in enumerate(line)] for line in rows
        ]
    return rows


def words_of(row: Row) -> list[str]:
    """The cells of a row from left to right without blanks, merged cells once at each place they cover."""
    return [squeeze(slot.text.text) if slot is not None else "" for slot in row]


def words_of_first_row(table: PageTable) -> list[str]:
    """`words_of` the first row of a page's table."""
    words = [""] * table.columns
    for cell in table.cells:
        if cell.row == 0:
            words[cell.column : cell.column + cell.colspan] = [squeeze(cell.text.text)] * cell.colspan
    return words


def is_full_width(row: Row) -> bool:
    """One filled cell over all columns: a category row, a title or a note inside the grid."""
    first = row[0]
    return first is not None and first.filled and all(slot is first for slot in row)


def is_number(word: str) -> bool:
    return bool(NUMBER_re.match(word)) and not YEAR_re.match(word)


def count_header_rows(rows: list[Row], shaded: int = 0) -> int:
    """How many first rows are the header: merged cells that reach down, groups over sub-heads, unit rows, shades."""
    if not rows:
        return 0
    first = words_of(rows[0])
    if not shaded and sum(map(is_number, first)) >= max(1, len(first) // 3) and not _counts_up(first):
        return 0
    if len(rows) == 1:
        return 1
    head = 1
    while head < min(len(rows), DEEPEST_HEAD):
        reach = _reach(rows, head)
        if reach > head and reach <= DEEPEST_HEAD and reach < len(rows) + 1:
            head = reach
            continue
        if (
            _has_group(rows, head)
            or _is_unit_row(rows[head])
            or (_counts_up(words_of(rows[head])) and head < len(rows) - 1)
        ):
            head += 1
            continue
        break
    while head < min(shaded, len(rows) - 1, DEEPEST_HEAD) and not is_full_width(rows[head]):
        if any(map(is_number, words_of(rows[head]))):
            break
        head += 1
    return min(head, len(rows))


def _reach(rows: list[Row], head: int) -> int:
    """The row below the last row that a cell of the first `head` rows covers, where some other cell ends earlier."""
    reach = head
    for slot in rows[head - 1]:
        if slot is None:
            continue
        end = head
        while end < len(rows) and any(other is slot for other in rows[end]):
            end += 1
        reach = max(reach, end)
    if reach > head and all(_covers(slot, rows, head) for slot in rows[head - 1]):
        return head
    return reach


def _covers(slot: Slot | None, rows: list[Row], row: int) -> bool:
    return slot is not None and any(other is slot for other in rows[row])


def _has_group(rows: list[Row], head: int) -> bool:
    """A cell of row head-1 spans several columns (not all), and the row below has words, no numbers, under each."""
    row, below = rows[head - 1], rows[head]
    if is_full_width(below) or any(map(is_number, words_of(below))):
        return False
    found = False
    column = 0
    while column < len(row):
        slot = row[column]
        end = column
        while end + 1 < len(row) and row[end + 1] is slot and slot is not None:
            end += 1
        if slot is not None and slot.filled and end > column and not (column == 0 and end == len(row) - 1):
            under = below[column : end + 1]
            if len({id(part) for part in under}) > 1 and all(
                part is not None and part is not slot and part.filled and not is_number(squeeze(part.text.text))
                for part in under
            ):
                found = True
        column = end + 1
    return found


def _is_unit_row(row: Row) -> bool:
    words = [word for word in words_of(row) if word]
    return len(words) >= max(2, len(row) // 3) and all(UNIT_CELL_re.match(word) for word in words)


def _counts_up(words: list[str]) -> bool:
    """A row of column numbers: 1 2 3 4 or 甲 乙 1 2."""
    numbers = [int(word) for word in words if word.isdecimal()]
    return len(numbers) >= 3 and len(numbers) >= len(words) - 2 and numbers == list(range(1, len(numbers) + 1))


def repeated_rows(head: list[Row], rows: list[Row]) -> int:
    """How many first rows of `rows` say the same as the first rows of `head`."""
    count = 0
    for a, b in zip(head[:DEEPEST_HEAD], rows, strict=False):
        said = words_of(a)
        if said != words_of(b) or not any(said):
            break
        count += 1
    return count


def continues_row(rows: list[Row], following: list[Row], broken: bool) -> bool:
    """Whether the first row of `following` is the rest of the last row of `rows`, cut by the page break.

    The rest of a row has words only where the row has words, none in its key cell (序号, name), no number under a
    number and no total. `broken`: no rule closes the row at the break, which is proof where its key cell goes on too.
    """
    if not rows or not following:
        return False
    last, rest = rows[-1], following[0]
    if is_full_width(last) or is_full_width(rest) or not any(slot is not None and slot.filled for slot in rest):
        return False
    own = [
        column
        for column, slot in enumerate(last)
        if slot is not None and slot.filled and not _older(rows, slot) and not _goes_down(following, column)
    ]
    if not own:
        return False
    empty_in_rest = []
    for column, (a, b) in enumerate(zip(last, rest, strict=True)):
        if a is None or b is None:
            continue
        if not b.filled:
            if column in own:
                empty_in_rest.append(column)
            continue
        if not a.filled:
            return False
        said, more = squeeze(a.text.text), squeeze(b.text.text)
        if (is_number(said) and is_number(more)) or TOTAL_re.match(more):
            return False
    if broken:
        return True
    keys = [column for column in own if not _groups_rows(rows, following, column)] or own
    if keys[0] not in empty_in_rest:
        return False
    if _often_empty(rows, keys[0]):
        return not any(words.endswith(("。", "；")) for words in _continued(last, rest))
    return True


def _older(rows: list[Row], slot: Slot) -> bool:
    """The slot stands in the row before the last, too: a merged cell."""
    return len(rows) > 1 and any(other is slot for other in rows[-2])


def _groups_rows(rows: list[Row], following: list[Row], column: int) -> bool:
    """Whether cells of this column are merged over several rows (领域, 类型): an empty one goes on with its group."""
    return any(
        above[column] is not None and above[column] is below[column]
        for part in (rows, following)
        for above, below in itertools.pairwise(part)
    )


def _goes_down(following: list[Row], column: int) -> bool:
    """The first cell of this column below the break covers the next row, too."""
    return len(following) > 1 and following[1][column] is following[0][column]


def _often_empty(rows: list[Row], column: int) -> bool:
    body = rows[1:]
    return sum(not _filled(row[column]) for row in body) > 0.2 * len(body)


def _filled(slot: Slot | None) -> bool:
    return slot is not None and slot.filled


def _continued(last: Row, rest: Row) -> list[str]:
    return [
        squeeze(a.text.text) for a, b in zip(last, rest, strict=True) if a is not None and b is not None and b.filled
    ]


def append_rows(rows: list[Row], following: list[Row], *, broken: bool) -> None:
    """Put the rows of the next page below, in place: a cut row is rejoined, a merged cell goes on over the break."""
    if not following:
        return
    replace: dict[int, Slot] = {}
    first = 0
    if continues_row(rows, following, broken):
        first = 1
        for a, b in zip(rows[-1], following[0], strict=True):
            if a is None or b is None or id(b) in replace:
                continue
            if b.filled:
                a.text = join_texts(a.text, b.text)
            replace[id(b)] = a
    elif rows:
        for column, (a, b) in enumerate(zip(rows[-1], following[0], strict=True)):
            if a is not None and b is not None and id(b) not in replace and _merged_over_break(rows, following, column):
                if b.filled:
                    a.text = b.text
                replace[id(b)] = a
    for row in following[first:]:
        rows.append([replace.get(id(slot), slot) if slot is not None else None for slot in row])


def _merged_over_break(rows: list[Row], following: list[Row], column: int) -> bool:
    """The cell above the break and the one below it are one merged cell: one of them is empty, and cells merge there."""
    a, b = rows[-1][column], following[0][column]
    if a is None or b is None or (a.filled and b.filled) or not (a.filled or b.filled):
        return False
    if is_full_width(rows[-1]) or is_full_width(following[0]) or column == len(rows[-1]) - 1:
        return False
    above = len(rows) > 1 and rows[-2][column] is a
    below = _goes_down(following, column)
    if b.filled:
        return above and below
    if below:
        return True
    never_empty = all(_filled(row[column]) for row in [*rows, *(row for row in following if row[column] is not b)])
    return never_empty and (above or _merges_somewhere(rows, column) or _merges_somewhere(following, column))


def _merges_somewhere(rows: list[Row], column: int) -> bool:
    """Cells of this column span several rows (full-width rows apart)."""
    return any(
        rows[at][column] is rows[at + 1][column] and not is_full_width(rows[at]) for at in range(1, len(rows) - 1)
    )


def fill_categories(rows: list[Row], header: int) -> None:
    """In a column of merged cells the odd empty cell belongs to the cell above it, in place.

    Writers of PDF cut a merged cell where a page breaks and draw a rule there, on the next page even two pages on.
    """
    if not rows or len(rows[0]) < 2:
        return
    body = range(header, len(rows))
    whole = [is_full_width(row) for row in rows]
    for column in range(len(rows[0]) - 1):
        runs: list[list[int]] = []
        for at in body:
            if whole[at]:
                continue
            if runs and rows[runs[-1][-1]][column] is rows[at][column] and runs[-1][-1] == at - 1:
                runs[-1].append(at)
            else:
                runs.append([at])
        empty = [run for run in runs if not _filled(rows[run[0]][column])]
        merged = any(len(run) > 1 and _filled(rows[run[0]][column]) for run in runs)
        if not merged or not empty or len(empty) > 0.25 * len(runs):
            continue
        for run in empty:
            above = rows[run[0] - 1][column] if run[0] > header else None
            if above is None or not above.filled or whole[run[0] - 1]:
                continue
            if any(TOTAL_re.match(word) for word in words_of(rows[run[0]])):
                continue
            for at in run:
                rows[at][column] = above
                whole[at] = is_full_width(rows[at])


def join_texts(first: Text, second: Text) -> Text:
    """The words of a cell and their rest on the next page; a blank between two Latin words."""
    if not first.text or not second.text:
        return first if first.text else second
    ends = np.array([ord(first.text[-1]), ord(second.text[0])], dtype=np.uint32)
    words = is_letter(ends) | is_digit(ends)
    if words.all() and is_letter(ends).any():
        return concatenate(first, _blank_after(first), second)
    return concatenate(first, second)


def _blank_after(text: Text) -> Text:
    from ...plan.document import InkLine

    last = text.pieces[-1]
    assert isinstance(last, InkLine)
    box = last.boxes[-1:, [2, 1, 2, 3]]
    return Text(" ", (InkLine(0, 1, last.page, box),))


def rows_to_grid(rows: list[Row]) -> tuple[tuple[Cell | None, ...], ...]:
    """Slots -> Cells that know their place and span."""
    places: dict[int, list[int]] = {}
    for r, row in enumerate(rows):
        for c, slot in enumerate(row):
            if slot is None:
                continue
            seen = places.get(id(slot))
            if seen is None:
                places[id(slot)] = [r, c, r, c]
            else:
                seen[2] = max(seen[2], r)
                seen[3] = max(seen[3], c)
    cells: dict[int, Cell] = {}
    grid = []
    for row in rows:
        line: list[Cell | None] = []
        for slot in row:
            if slot is None:
                line.append(None)
                continue
            cell = cells.get(id(slot))
            if cell is None:
                r0, c0, r1, c1 = places[id(slot)]
                cell = cells[id(slot)] = Cell(slot.text, r0, c0, r1 - r0 + 1, c1 - c0 + 1)
            line.append(cell)
        grid.append(tuple(line))
    return tuple(grid)
