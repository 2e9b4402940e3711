"""The tables of single pages -> the tables of the document: joined over page breaks, with titles, units and notes."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...plan.document import InkLine, Table, Text
from .breaks import is_rest_of_row
from .celltext import EMPTY, concatenate
from .grid import (
    DEEPEST_HEAD,
    Row,
    append_rows,
    count_header_rows,
    fill_categories,
    is_full_width,
    page_table_to_rows,
    repeated_rows,
    rows_to_grid,
    words_of,
    words_of_first_row,
)
from .last_rows import take_last_rows
from .page import Joined, JoinedBox, JoinedTable, PageTable, PrintedLine
from .rests import part_rests
from .titles import is_again, is_name, is_note, item_number, read_label, read_unit, split_unit, squeeze

ALIGNED = 6.0
"""Column boundaries of two pages nearer than this (points) are one."""
LOOK_BACK = 5
"""Lines above a table among which its title and unit are looked for."""

Flow = Sequence[PageTable | PrintedLine]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the lines above and below a table say of it. `again`: it is marked as going on from the page before."""

    label: str | None = None
    title: str | None = None
    caption: Text | None = None
    unit: str | None = None
    again: bool = False
    asides: tuple[Text, ...] = ()
    lines: tuple[int, ...] = ()


def join_tables(flow: Flow) -> Joined:
    """Join the parts of each table and box.

    `flow` is the whole document in reading order: the PageTables of find_tables, and the lines (or paragraphs) between
    them, running heads and page marks removed.
    """
    flow, taken = take_last_rows(part_rests(flow))
    above = {at: lines_above(flow, at) for at, item in enumerate(flow) if isinstance(item, PageTable)}
    tables: list[JoinedTable] = []
    boxes: list[JoinedBox] = []
    for group in group_parts(flow, above):
        first = flow[group[0]]
        assert isinstance(first, PageTable)
        if first.kind == "box":
            if not any(_is_case_of(flow, group, at) for at in above):
                boxes.append(build_box(flow, group, above))
        else:
            tables.append(build_table(flow, group, above, len(tables)))
    consumed = frozenset(line for joined in [*(t.lines for t in tables), *(b.lines for b in boxes)] for line in joined)
    return Joined(tuple(tables), tuple(boxes), consumed | taken)


# -- which parts belong together


def group_parts(flow: Flow, above: dict[int, Surroundings]) -> list[list[int]]:
    """Positions of the PageTables, those of one table or box together."""
    groups: list[list[int]] = []
    for at in above:
        if groups and goes_on(flow, groups[-1][-1], at, above, groups[-1][0]):
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups


def goes_on(flow: Flow, before: int, after: int, above: dict[int, Surroundings], first: int) -> bool:
    """Whether the table at `after` is the next part of the table at `before` (whose first part is at `first`)."""
    a, b, head = flow[before], flow[after], flow[first]
    assert isinstance(a, PageTable) and isinstance(b, PageTable) and isinstance(head, PageTable)
    if (b.page != a.page + 1 and not _in_next_column(a, b)) or a.kind != b.kind:
        return False
    own, other = above[first], above[after]
    marked = other.again or (own.label is not None and own.label == other.label)
    if other.label is not None and own.label is not None and own.label != other.label:
        return False
    if other.caption is not None and not marked:
        return False
    between = [
        at for at in range(before + 1, after) if at not in other.lines and at not in head_again(flow, after, head)
    ]
    if any(not is_page_mark(flow[at].text.text) for at in between if not isinstance(flow[at], PageTable)):  # type: ignore[union-attr]
        return False
    if a.kind == "box":
        return abs((b.box[2] - b.box[0]) - (a.box[2] - a.box[0])) < ALIGNED and read_label(first_line(b)) is None
    if common_columns(head, b) is None:
        return False
    said, says = words_of_first_row(head), words_of_first_row(b)
    if said == says or marked:
        return True
    shades_differ = head.shaded > 0 and b.shaded > 0
    return not shades_differ and not (said[0] and said[0] == says[0])


def head_again(flow: Flow, at: int, head: PageTable) -> tuple[int, ...]:
    """Positions of the lines above the table at `at`, on its page, that repeat the header of the table whose first part is
    `head`: an empty row or much white under them has parted them from their rows. () if they say anything else."""
    table = flow[at]
    lines: list[int] = []
    for back in range(at - 1, -1, -1):
        line = flow[back]
        if isinstance(line, PageTable) or line.page != table.page:
            break
        lines.append(back)
    said = Counter(squeeze("".join(flow[line].text.text for line in lines)))  # type: ignore[union-attr]
    heads = (
        Counter(squeeze("".join(cell.text.text for cell in head.cells if cell.row < rows)))
        for rows in range(1, min(DEEPEST_HEAD, head.rows - 1) + 1)
    )
    return tuple(lines) if lines and said in heads else ()


def _in_next_column(a: PageTable, b: PageTable) -> bool:
    """On a page in two columns the second table begins in the right one, higher than where the first ends in the left."""
    if a.page != b.page or b.box[0] < a.box[2] - 1:
        return False
    # where both begin at one height, the one beside another may well be another table
    beside = abs(a.box[1] - b.box[1]) < ALIGNED and words_of_first_row(a) != words_of_first_row(b)
    return b.box[1] < a.box[3] and not beside


def is_page_mark(text: str) -> bool:
    """A page number that was not recognised as furniture: — 12 —."""
    bare = squeeze(text).strip("—-－–·.第页")
    return len(bare) <= 4 and (bare.isdecimal() or not bare)


Ranges = list[tuple[int, int]]


def common_columns(a: PageTable, b: PageTable) -> tuple[Ranges, Ranges, int] | None:
    """(where a's columns stand, where b's do, number of columns) in the grid of both; None if they do not fit.

    One page may show fewer boundaries than another, where only merged cells or only some columns stand on it.
    """
    shift = b.edges[0] - a.edges[0]
    left, right = list(a.edges), [edge - shift for edge in b.edges]
    if a.dress != "ruled" or b.dress != "ruled":
        if len(left) != len(right):
            return _common_runs(_runs(a), _runs(b))
        return _common_words(left, right)
    if abs(left[-1] - right[-1]) > 2 * ALIGNED:
        return None
    more, fewer = (left, right) if len(left) >= len(right) else (right, left)
    nearest = [min(range(len(more)), key=lambda k: abs(more[k] - edge)) for edge in fewer]
    fits = all(abs(more[k] - edge) <= ALIGNED for k, edge in zip(nearest, fewer, strict=True))
    if not fits or len(set(nearest)) < len(fewer) or (len(fewer) < 3 and len(more) > len(fewer)):
        return None
    some = list(itertools.pairwise(nearest))
    every = [(column, column + 1) for column in range(len(more) - 1)]
    return (every, some, len(every)) if more is left else (some, every, len(every))


def _common_words(left: list[float], right: list[float]) -> tuple[Ranges, Ranges, int] | None:
    """The same for tables whose columns are found by their words: each column stands about where the other's does."""
    wide = left[-1] - left[0]
    if abs((right[-1] - right[0]) - wide) > 0.25 * wide:
        return None
    for x0, x1, y0, y1 in zip(left, left[1:], right, right[1:], strict=False):
        if min(x1, y1) - max(x0, y0) < 0.4 * min(x1 - x0, y1 - y0):
            return None
    every = [(column, column + 1) for column in range(len(left) - 1)]
    return every, every, len(every)


def _common_runs(
    left: list[tuple[float, float]], right: list[tuple[float, float]]
) -> tuple[Ranges, Ranges, int] | None:
    """The same where one page has words in some of the columns only: each of them stands in one of the other's."""
    more, fewer = (left, right) if len(left) >= len(right) else (right, left)
    if len(fewer) < max(3, 0.6 * len(more)):
        return None
    some: Ranges = []
    for low, high in fewer:
        off = [max(x0 - (low + high) / 2, (low + high) / 2 - x1, 0.0) for x0, x1 in more]
        at = off.index(min(off))
        if off[at] > ALIGNED or (some and at <= some[-1][0]):
            return None
        some.append((at, at + 1))
    every = [(column, column + 1) for column in range(len(more))]
    return (every, some, len(every)) if more is left else (some, every, len(every))


def _runs(table: PageTable) -> list[tuple[float, float]]:
    """Where the words of each column stand; its boundaries if it has none."""
    runs = list(zip(table.edges, table.edges[1:], strict=False))
    for column in range(table.columns):
        boxes = [
            piece.boxes
            for cell in table.cells
            if cell.column == column and cell.colspan == 1
            for piece in cell.text.pieces
            if isinstance(piece, InkLine)
        ]
        if boxes:
            runs[column] = (min(float(b[:, 0].min()) for b in boxes), max(float(b[:, 2].max()) for b in boxes))
    return runs


# -- titles, units, notes


def lines_above(flow: Flow, at: int) -> Surroundings:
    """Title, unit and 续表 mark of the table at `at`, from the lines just above it or from the box around it."""
    table = flow[at]
    assert isinstance(table, PageTable)
    found = Surroundings()
    asides: list[Text] = []
    lines: list[int] = []
    pending: list[int] = []
    for back in range(at - 1, max(at - 1 - LOOK_BACK, -1), -1):
        line = flow[back]
        if isinstance(line, PageTable):
            if line.kind == "box" and line.page == table.page and _inside(table, line) and found.caption is None:
                found = _titled(found, line.cells[0].text)
            break
        words = line.text.text.strip()
        unit = read_unit(words)
        label = read_label(words)
        if line.page != table.page and (label is None or line.page != table.page - 1):
            break
        if unit is not None and found.unit is None:
            found = replace(found, unit=unit)
        elif label is not None:
            captions = [line.text, *(flow[more].text for more in reversed(pending))]  # type: ignore[union-attr]
            found = _titled(found, concatenate(*captions) if len(captions) > 1 else line.text)
            lines.extend(pending)
            if label[2] or not _heads_itself(flow, back, label[0]):
                lines.append(back)
            return replace(found, asides=tuple(asides), lines=tuple(sorted(lines)))
        elif is_again(words):
            lines.append(back)
            return replace(found, again=True, asides=tuple(asides), lines=tuple(sorted(lines)))
        elif _is_aside(line, table) and not pending:
            asides.append(line.text)
        elif not pending and len(words) <= 45 and _is_centred(line, table):
            pending.append(back)
            continue
        else:
            break
        lines.append(back)
    if pending and is_name(flow[pending[0]].text.text):  # type: ignore[union-attr]
        caption = flow[pending[0]].text  # type: ignore[union-attr]
        title, unit = split_unit(caption.text.strip())
        found = replace(found, title=title, caption=caption, unit=found.unit or unit)
        lines.append(pending[0])
    if found.caption is None and found.unit is None:
        return Surroundings()
    return replace(found, asides=tuple(asides), lines=tuple(sorted(lines)))


def _titled(found: Surroundings, caption: Text) -> Surroundings:
    """The surroundings with what a title line says."""
    label = read_label(caption.text)
    if label is None:
        return found
    title, unit = split_unit(label[1])
    return replace(found, label=label[0], title=title or None, caption=caption, unit=found.unit or unit, again=label[2])


def _heads_itself(flow: Flow, at: int, label: str) -> bool:
    """A lone title of an annex (附表2 …) is a heading of the outline too, so layout keeps it."""
    if not label.startswith("附"):
        return False
    for back in range(at - 1, max(at - 3, -1), -1):
        line = flow[back]
        if isinstance(line, PageTable):
            break
        said = read_label(line.text.text)
        if said is not None and (label == said[0] or label.startswith((said[0] + "-", said[0] + "—"))):
            return False
    return True


def _is_aside(line: PrintedLine, table: PageTable) -> bool:
    """A short line set against the right edge of the table: 规划目标年：2035年."""
    x0, _, x1, bottom = line.box
    left, top, right, _ = table.box
    return abs(x1 - right) < 12 and x0 > left + 0.5 * (right - left) and len(line.text.text) <= 40 and top - bottom < 30


def _is_centred(line: PrintedLine, table: PageTable) -> bool:
    middle, centre = (line.box[0] + line.box[2]) / 2, (table.box[0] + table.box[2]) / 2
    return abs(middle - centre) < 0.08 * (table.box[2] - table.box[0]) + 4


def _inside(table: PageTable, box: PageTable) -> bool:
    return box.box[0] - 2 <= table.box[0] and box.box[1] - 2 <= table.box[1] and box.box[3] + 2 >= table.box[3]


def lines_below(flow: Flow, at: int) -> list[int]:
    """Positions of the notes under the table at `at`: 注：… and the lines that go on from it."""
    table = flow[at]
    assert isinstance(table, PageTable)
    notes: list[int] = []
    for after in range(at + 1, len(flow)):
        line = flow[after]
        if isinstance(line, PageTable) or line.page != table.page:
            break
        if is_note(line.text.text):
            notes.append(after)
            continue
        if not notes:
            break
        said = [flow[at].text.text for at in notes]  # type: ignore[union-attr]
        if not _goes_on_from(flow[notes[-1]], line, table) and not _is_next_item(said, flow[notes[-1]], line):  # type: ignore[arg-type]
            break
        notes.append(after)
    return notes


def _goes_on_from(note: PrintedLine, line: PrintedLine, table: PageTable) -> bool:
    """The note fills its line, so what stands close under it, in the same size, is its rest."""
    high, other = note.box[3] - note.box[1], line.box[3] - line.box[1]
    if read_label(line.text.text) is not None or line.box[1] - note.box[3] > 1.2 * high:
        return False
    if len(note.text.pieces) > 1:
        return False
    return note.box[2] > table.box[2] - 3 * high and abs(high - other) < 0.25 * high


def _is_next_item(said: list[str], note: PrintedLine, line: PrintedLine) -> bool:
    """The line is the next numbered item of the notes: 2. … close under 注：1. …, in letters of the same size."""
    high, other = note.box[3] - note.box[1], line.box[3] - line.box[1]
    numbers = [number for words in said if (number := item_number(words)) is not None]
    near = line.box[1] - note.box[3] < 1.2 * high and abs(high - other) < 0.25 * high * max(1, len(note.text.pieces))
    return near and bool(numbers) and not is_note(line.text.text) and item_number(line.text.text) == numbers[-1] + 1


# -- building


def build_table(flow: Flow, group: list[int], above: dict[int, Surroundings], index: int) -> JoinedTable:
    """One Table of the document from its parts."""
    parts: list[PageTable] = [flow[at] for at in group]  # type: ignore[misc]
    said = above[group[0]]
    lines = [line for at in group for line in above[at].lines]
    lines.extend(line for at in group[1:] for line in head_again(flow, at, parts[0]))
    rows, header, said = join_rows(parts, said)
    below = [line for at in group for line in lines_below(flow, at)]
    lines.extend(below)
    notes = [*said.asides, *merge_notes(flow, below)]
    while len(rows) > header + 1 and is_full_width(rows[-1]) and is_note(rows[-1][0].text.text):  # type: ignore[union-attr]
        slot = rows.pop()[0]
        assert slot is not None
        notes.append(slot.text)
    table = Table(
        index=index,
        grid=rows_to_grid(rows),
        header_rows=header,
        label=said.label,
        title=said.title,
        caption=said.caption,
        unit=said.unit,
        notes=tuple(notes),
    )
    return JoinedTable(table, tuple(group), tuple(sorted(set(lines))))


def join_rows(parts: list[PageTable], said: Surroundings) -> tuple[list[Row], int, Surroundings]:
    """(rows, header rows, surroundings): the rows of all parts below each other, repeated headers dropped."""
    head = parts[0]
    widest = max(parts, key=lambda part: part.columns)
    rows = _rows_in(head, widest)
    while len(rows) > 1 and is_full_width(rows[0]):
        text = rows[0][0].text  # type: ignore[union-attr]
        unit = read_unit(text.text)
        if read_label(text.text) is not None and said.caption is None:
            said = _titled(said, text)
        elif unit is not None:
            said = replace(said, unit=said.unit or unit)
        else:
            break
        rows = rows[1:]
    header = count_header_rows(rows, head.shaded)
    first_rows = list(rows[:DEEPEST_HEAD])
    before = head
    for part in parts[1:]:
        following = _rows_in(part, widest)
        while len(following) > 1 and is_full_width(following[0]) and is_again(following[0][0].text.text):  # type: ignore[union-attr]
            following = following[1:]
        repeated = repeated_rows(first_rows, following)
        if repeated:
            header = max(header, repeated) if repeated < len(following) else header
            following = following[repeated:]
        broken = before.open_bottom or (part.open_top and not repeated) or is_rest_of_row(rows, following, header)
        append_rows(rows, following, broken=broken)
        before = part
    rows = join_cut_cells(join_cut_years(rows, header), header)
    fill_categories(rows, header)
    return rows, min(header, len(rows)), said


YEAR_re = re.compile(r"20\d\d年?[底末前]?")


def join_cut_years(rows: list[Row], header: int) -> list[Row]:
    """Rows whose years are cut (203 over 0, in a column too narrow for 2030) were taken for two: joined where a column
    holds nothing but years, whole ones and such halves."""
    words = [words_of(row) for row in rows]
    for column in range(len(words[0]) if words else 0):
        said = [row[column] for row in words]
        cut = {
            at + 1
            for at in range(header, len(said) - 1)
            if said[at + 1]
            and not YEAR_re.fullmatch(said[at])
            and YEAR_re.fullmatch(said[at] + said[at + 1])
            and all(above for above, below in zip(words[at], words[at + 1], strict=True) if below)
        }
        halves = cut | {at - 1 for at in cut}
        if len(cut) < 2 or not all(at in halves or YEAR_re.fullmatch(said[at]) for at in range(header, len(said))):
            continue
        for at in sorted(cut):
            for above, below in zip(rows[at - 1], rows[at], strict=True):
                if above is not None and below is not None and below.filled:
                    above.text = concatenate(above.text, below.text)
        return [row for at, row in enumerate(rows) if at not in cut]
    return rows


CUT_re = re.compile(r"(?:不低于|不少于|不小于|不超过|不高于|不大于|不突破|控制在|达到|[≥≤<>＜＞])$")


def join_cut_cells(rows: list[Row], header: int) -> list[Row]:
    """Rows without rules whose cells wrap (不低于 over 238.60) were taken for two: the second has no first cell, and goes
    on with a number where the first ends in an operator."""
    joined: list[Row] = []
    said: list[str] = []
    for at, row in enumerate(rows):
        says = words_of(row)
        goes_on = at > header and len(said) == len(says) and not says[0] and bool(said[0])
        if (
            goes_on
            and all(above for above, word in zip(said, says, strict=True) if word)
            and any(CUT_re.search(above) and word[:1].isdigit() for above, word in zip(said, says, strict=True))
        ):
            append_rows(joined, [row], broken=True)
            said = words_of(joined[-1])
        else:
            joined.append(row)
            said = says
    return joined


def _rows_in(part: PageTable, widest: PageTable) -> list[Row]:
    """The rows of a part in the columns of the widest part."""
    common = common_columns(part, widest)
    if common is None or common[2] != widest.columns:
        return page_table_to_rows(part)
    return page_table_to_rows(part, common[0], common[2])


def merge_notes(flow: Flow, below: list[int]) -> list[Text]:
    """The notes as one Text each: lines that go on are put to the note above them."""
    notes: list[Text] = []
    for at in below:
        text = flow[at].text  # type: ignore[union-attr]
        if is_note(text.text) or not notes:
            notes.append(text)
        else:
            notes[-1] = concatenate(notes[-1], text)
    return notes


def first_line(table: PageTable) -> str:
    """The first printed line of a box."""
    text = next((cell.text for cell in table.cells if cell.text.text), EMPTY)
    return text.text[: text.pieces[0].end] if text.pieces else ""


def build_box(flow: Flow, group: list[int], above: dict[int, Surroundings]) -> JoinedBox:
    """A box of prose from its parts; its title is the line above it or its own first line."""
    parts: list[PageTable] = [flow[at] for at in group]  # type: ignore[misc]
    said = above[group[0]]
    cells = [cell.text for part in parts for cell in part.cells if cell.text.text]
    lines = tuple(sorted({line for at in group for line in above[at].lines}))
    if said.label is None and cells:
        label = read_label(first_line(parts[0]))
        if label is not None:
            caption, rest = _after_first_line(cells[0])
            cells = ([rest] if rest.text else []) + cells[1:]
            return JoinedBox(tuple(group), label[0], label[1] or None, caption, tuple(cells), lines)
    return JoinedBox(tuple(group), said.label, said.title, said.caption, tuple(cells), lines)


def _after_first_line(text: Text) -> tuple[Text, Text]:
    """(first printed line, the rest) of a Text."""
    end = text.pieces[0].end
    rest = []
    for piece in text.pieces[1:]:
        assert isinstance(piece, InkLine)
        rest.append(InkLine(piece.start - end, piece.end - end, piece.page, piece.boxes))
    return Text(text.text[:end], text.pieces[:1]), Text(text.text[end:], tuple(rest))


def _is_case_of(flow: Flow, group: list[int], at: int) -> bool:
    """The box holds nothing but the title of the table inside it."""
    table, box = flow[at], flow[group[0]]
    assert isinstance(table, PageTable) and isinstance(box, PageTable)
    if len(group) > 1 or table.kind == "box" or table.page != box.page or not _inside(table, box):
        return False
    filled = [cell for cell in box.cells if cell.text.text]
    return len(filled) <= 1 and all(read_label(cell.text.text) is not None for cell in filled)
