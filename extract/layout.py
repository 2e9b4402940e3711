"""Pages → blocks: furniture out, footnotes and boxes apart, lines rejoined to paragraphs over lines, columns and pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from ..plan.document import InkLine, Table, Text
from ..plan.span import Box
from .contents import Entry, contents_lines
from .furniture import Edges
from .headings import FIGURE_LABEL
from .lines import Line
from .pages import PageItems
from .paragraphs import Margins, Paragraph, lines_to_paragraphs, margins_of, paragraph_text
from .tables import JoinedBox, PageTable, join_tables

_NOTE_MARK = re.compile(r"[\[［〔(（]?(\d{1,2}|[①-⑳*＊])[\]］〕)）]?\s*(?=\D)")


@dataclass(frozen=True, slots=True, eq=False)
class FlowLine:
    """A line as table joining sees it."""

    line: Line

    @property
    def page(self) -> int:
        return self.line.page

    @property
    def box(self) -> Box:
        line = self.line
        return (line.x0, line.top, line.x1, line.bottom)

    @property
    def text(self) -> Text:
        line = self.line
        return Text(line.text, (InkLine(0, len(line.text), line.page, line.boxes),))


@dataclass(slots=True, eq=False)
class Piece:
    """A thing in reading order that the outline then ranks: words with how they are set, or a table.

    `kind`: paragraph · table · caption · toc · footnote. `font` and `size` are those of the first line; `centred` in its
    column; `box_label` as in Block.
    """

    kind: str
    text: Text
    part: str = "body"
    size: float = 0.0
    font: int = -1
    centred: bool = False
    full: bool = False
    """The first line runs to the right margin."""
    bold: np.ndarray = field(default_factory=lambda: np.zeros(0, bool))
    underline: np.ndarray = field(default_factory=lambda: np.zeros(0, bool))
    table: Table | None = None
    box_label: str | None = None
    number: str | None = None
    spare: bool = False
    """The title of a table, here only in case it is the heading of an annex too."""


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """All pieces of a document in reading order, its contents, printed page numbers, and the fate of each character."""

    pieces: tuple[Piece, ...]
    entries: tuple[Entry, ...]
    printed: dict[int, str]
    ledger: dict[str, int]
    body_size: float
    body_font: int
    furniture: dict[int, tuple[tuple[str, Line], ...]] = field(default_factory=dict)
    """The lines that are furniture, with their kind, by page."""


def lay_out(pages: Sequence[PageItems]) -> Layout:
    """The pages of a document, joined."""
    ledger: Counter[str] = Counter()
    for page in pages:
        ledger.update(page.fates)
    furniture = _furniture(pages)
    printed: dict[int, str] = {}
    flow: list[FlowLine | PageTable] = []
    apart: dict[int, list[Piece]] = {}
    boxes: dict[int, tuple[Line, ...]] = {}
    marks: dict[int, frozenset[str]] = {}
    body_size, body_font = _body(pages, furniture)
    for page in pages:
        kept: list[Line] = []
        for line in page.lines:
            fate = furniture.get(id(line))
            if fate is None:
                kept.append(line)
                continue
            ledger[fate[0]] += line.count
            if fate[1] is not None:
                printed[page.number] = fate[1]
        kept, notes = _footnotes(kept, page, body_size)
        pieces, marks[page.number] = _footnote_pieces(notes, ledger)
        pieces.extend(_figure_pieces(page, furniture, ledger))
        apart[page.number] = pieces
        first = len(flow)
        flow.extend(_in_order(kept, page.tables))
        for at in range(first, len(flow)):
            item = flow[at]
            if isinstance(item, PageTable) and item.kind == "box":
                boxes[at] = next(page.box_lines[n] for n, table in enumerate(page.tables) if table is item)
    contents, entries = contents_lines([item.line for item in flow if isinstance(item, FlowLine)])
    widths = {page.number: page.height if page.angle in (90, 270) else page.width for page in pages}
    builder = _Builder(flow, contents, boxes, marks, ledger, widths)
    pieces = builder.pieces()
    merged = _with_apart(pieces, apart)
    return Layout(tuple(merged), entries, printed, dict(ledger), body_size, body_font, _by_page(pages, furniture))


def _furniture(pages: Sequence[PageItems]) -> dict[int, tuple[str, str | None]]:
    edges = Edges()
    for page in pages:
        turned = page.angle in (90, 270)
        edges.add(page.width if turned else page.height, (*page.lines, *page.figure_lines))
    return edges.furniture(len(pages))


def _by_page(
    pages: Sequence[PageItems], furniture: dict[int, tuple[str, str | None]]
) -> dict[int, tuple[tuple[str, Line], ...]]:
    return {
        page.number: tuple(
            (furniture[id(line)][0], line) for line in (*page.lines, *page.figure_lines) if id(line) in furniture
        )
        for page in pages
    }


def _body(pages: Sequence[PageItems], furniture: dict[int, tuple[str, str | None]]) -> tuple[float, int]:
    """The size and font that most characters of the text have."""
    sizes: Counter[float] = Counter()
    fonts: Counter[int] = Counter()
    for page in pages:
        for line in page.lines:
            if id(line) not in furniture:
                sizes[round(line.size * 2) / 2] += line.count
                fonts[line.font] += line.count
    return (sizes.most_common(1)[0][0] if sizes else 12.0), (fonts.most_common(1)[0][0] if fonts else -1)


def _footnotes(lines: list[Line], page: PageItems, body_size: float) -> tuple[list[Line], list[Line]]:
    """The lines of the page, and those of its footnotes: small, at the foot, behind a short rule or with marks."""
    small = body_size * 0.88
    start = len(lines)
    while start and lines[start - 1].size <= small and lines[start - 1].baseline > 0.4 * page.height:
        start -= 1
    if start == len(lines):
        return lines, []
    tables_below = max((table.box[3] for table in page.tables), default=0.0)
    for at in range(start, len(lines)):
        line = lines[at]
        if line.top < tables_below - 2:
            continue
        above = lines[at - 1].bottom if at else 0.0
        ruled = any(above - 2 < y < line.top + 3 and x0 < line.x0 + 12 for x0, _, y in page.short_rules)
        marked = bool(_NOTE_MARK.match(line.text)) and (bool(line.raised[:1].any()) or line.text[0] in "①②③④⑤⑥⑦⑧⑨⑩[［")
        if ruled or marked:
            return lines[:at], lines[at:]
    return lines, []


def _footnote_pieces(lines: list[Line], ledger: Counter[str]) -> tuple[list[Piece], frozenset[str]]:
    """One piece for each footnote, and the marks that refer to them."""
    groups: list[tuple[str | None, list[Line]]] = []
    for line in lines:
        match = _NOTE_MARK.match(line.text)
        if match or not groups:
            mark = match[1] if match else None
            head = np.zeros(len(line.text), bool)
            head[: match.end() if match else 0] = True
            ledger["footnote_mark"] += len(line.text[: int(head.sum())].replace(" ", ""))
            groups.append((mark, [line.without(head)]))
        else:
            groups[-1][1].append(line)
    pieces = []
    for mark, group in groups:
        text, bold, underline, _ = paragraph_text(group)
        _use(ledger, text)
        pieces.append(
            Piece(
                "footnote", text, "footnote", group[0].size, group[0].font, bold=bold, underline=underline, number=mark
            )
        )
    return pieces, frozenset(mark for mark, _ in groups if mark)


def _figure_pieces(page: PageItems, furniture: dict[int, tuple[str, str | None]], ledger: Counter[str]) -> list[Piece]:
    pieces = []
    for line in page.figure_lines:
        fate = furniture.get(id(line))
        if fate is not None:
            ledger[fate[0]] += line.count
            continue
        text, bold, underline, _ = paragraph_text([line])
        _use(ledger, text)
        pieces.append(Piece("caption", text, "caption", line.size, line.font, bold=bold, underline=underline))
    return pieces


def _use(ledger: Counter[str], text: Text) -> None:
    ledger["used"] += len(text.text) - text.text.count(" ")


def _in_order(lines: Sequence[Line], tables: Sequence[PageTable]) -> list[FlowLine | PageTable]:
    """Lines with each table before the first line below its top that stands in its columns.

    A table in the left column comes before all that stands in the right one, as far down as the columns go.
    """
    waiting = sorted(tables, key=lambda table: table.box[1])
    left_of = {id(table): _left_of(table, waiting, lines) for table in waiting}
    for table in waiting:
        for other in left_of[id(table)][:1]:
            lines = _in_columns(lines, other, table)
    flow: list[FlowLine | PageTable] = []

    def put(table: PageTable) -> None:
        if table in waiting:
            waiting.remove(table)
            for other in left_of[id(table)]:
                put(other)
            flow.append(table)

    for at, line in enumerate(lines):
        if at and line.column > 1 and 0 < lines[at - 1].column < line.column:
            end = next((other.top for other in lines[at:] if other.column < 2), float("inf"))
            for table in [table for table in waiting if table.box[2] < line.x0 + 2 and table.box[1] < end]:
                put(table)
        for table in list(waiting):
            across = line.column == 0 and not (left_of[id(table)] and line.x1 < table.box[0])
            beside = across or (line.x0 < table.box[2] and line.x1 > table.box[0])
            if beside and line.baseline - 0.4 * line.size > table.box[1]:
                put(table)
        flow.append(FlowLine(line))
    for table in list(waiting):
        put(table)
    return flow


def _left_of(table: PageTable, tables: Sequence[PageTable], lines: Sequence[Line]) -> list[PageTable]:
    """The tables left of this one that are read before it: no line between the heights of both goes over both columns."""
    found = []
    for other in tables:
        if other is table or other.box[2] > table.box[0] + 2:
            continue
        top, bottom = min(other.box[1], table.box[1]), max(other.box[1], table.box[1])
        middle = _gutter(other, table, lines)
        over = [line for line in lines if top < line.baseline < bottom and line.x0 < middle < line.x1]
        if all(len(_cut_at(line, middle)) > 1 for line in over):
            found.append(other)
    return found


def _gutter(left: PageTable, right: PageTable, lines: Sequence[Line]) -> float:
    """The middle of the white between two tables in two columns, and of the lines that stand above and below them."""
    low, high = left.box[2], right.box[0]
    top, bottom = min(left.box[1], right.box[1]), max(left.box[3], right.box[3])
    ends, starts = [low], [high]
    for line in lines:
        if top < line.baseline < bottom and line.x0 < low < line.x1 < high:
            ends.append(line.x1)
        elif top < line.baseline < bottom and low < line.x0 < high < line.x1:
            starts.append(line.x0)
    return (max(ends) + min(starts)) / 2 if max(ends) < min(starts) else (low + high) / 2


def _in_columns(lines: Sequence[Line], left: PageTable, right: PageTable) -> list[Line]:
    """The lines around two tables that stand in two columns, as far as none goes over both, put into these columns: prose
    that stands beside a table alone does not show them."""
    middle = _gutter(left, right, lines)
    top, bottom = min(left.box[1], right.box[1]), max(left.box[3], right.box[3])
    lines = [part for line in lines for part in _cut_at(line, middle)]
    over = [line for line in lines if line.x0 < middle < line.x1 or line.column]
    above = max((line.baseline for line in over if line.baseline < top + line.size), default=0.0)
    below = min((line.baseline for line in over if line.baseline > max(above, top)), default=bottom + 1e6)
    inside = [line.column == 0 and above < line.baseline < below for line in lines]
    if not any(inside):
        return list(lines)
    own = [replace(line, column=1 if line.x1 < middle else 2) for line, here in zip(lines, inside, strict=True) if here]
    first = inside.index(True)
    before = [line for line, here in zip(lines[:first], inside[:first], strict=True) if not here]
    after = [line for line, here in zip(lines[first:], inside[first:], strict=True) if not here]
    return [*before, *sorted(own, key=lambda line: line.column), *after]


def _cut_at(line: Line, middle: float) -> list[Line]:
    """The line as two if it has words on both sides of the middle and wide white there: titles of two tables."""
    blank = np.array([mark == " " for mark in line.text])
    is_left = line.boxes[:, 2] < middle - line.size
    begins = np.flatnonzero(~is_left & ~blank)
    if line.column or not is_left.any() or not len(begins):
        return [line]
    is_left[: begins[0]] = True
    if (line.boxes[begins, 0] < middle + line.size).any() or is_left[begins].any() or blank[: begins[0]].all():
        return [line]
    ends = int(np.flatnonzero(~blank[: begins[0]])[-1])
    left, right = line.without(np.arange(len(blank)) > ends), line.without(is_left)
    count = left.text.replace(" ", "")
    return [
        replace(left, x1=float(left.boxes[-1, 2]), count=len(count)),
        replace(right, x0=float(right.boxes[0, 0]), count=line.count - len(count)),
    ]


class _Builder:
    """Joins the flow of a document to pieces."""

    def __init__(
        self, flow: list[FlowLine | PageTable], contents: frozenset[int], boxes: dict[int, tuple[Line, ...]],
        marks: dict[int, frozenset[str]], ledger: Counter[str], widths: dict[int, float],
    ) -> None:  # fmt: skip
        self.widths = widths
        places = [at for at, item in enumerate(flow) if isinstance(item, FlowLine)]
        self.toc = frozenset(places[at] for at in contents)
        self.flow = flow
        self.boxes = boxes
        self.marks = marks
        self.ledger = ledger
        order = [at for at in range(len(flow)) if at not in self.toc]
        joined = join_tables([flow[at] for at in order])
        self.consumed = {order[at] for at in joined.consumed}
        self.tables = {order[one.parts[0]]: one for one in joined.tables}
        self.box_of = {order[one.parts[0]]: one for one in joined.boxes}
        self.order = order
        self.margins = self._margins()

    def _margins(self) -> dict[tuple[int, int], Margins]:
        """Margins by page and column; those of like pages together where they agree."""
        shapes: dict[tuple[int, int], list[Line]] = {}
        for at, item in enumerate(self.flow):
            if isinstance(item, FlowLine) and at not in self.toc and at not in self.consumed:
                shapes.setdefault((item.line.page, item.line.column), []).append(item.line)
        whole: dict[int, list[Line]] = {}
        for (_, column), lines in shapes.items():
            whole.setdefault(column, []).extend(lines)
        usual = {column: margins_of(lines) for column, lines in whole.items()}
        found: dict[tuple[int, int], Margins] = {}
        for key, lines in shapes.items():
            own, common = margins_of(lines), usual[key[1]]
            assert own is not None and common is not None
            found[key] = own
            if len(lines) < 4 or _alike(own, common, lines[0].size):
                fits = own.left >= common.left - 6 and own.right <= common.right + 6
                found[key] = common if fits else own
            opposite = self.widths[key[0]] - found[key].left
            ends = sum(line.x1 > found[key].right - 0.6 * line.size for line in lines)
            if key[1] == 0 and ends < 2 and found[key].right < 0.8 * opposite:
                found[key] = replace(found[key], right=opposite)  # nothing but short lines: the margin is elsewhere
        return found

    def pieces(self) -> list[Piece]:
        """All pieces in reading order."""
        done: list[Piece] = []
        lines: list[Line] = []

        def close() -> None:
            if lines:
                done.extend(self._paragraph_pieces(lines))
                lines.clear()

        held: list[Piece] = []
        for at, item in enumerate(self.flow):
            if isinstance(item, FlowLine):
                if at in self.toc:
                    close()
                    done.append(self._line_piece(item.line, "toc"))
                elif at in self.consumed:
                    self.ledger["used"] += item.line.count
                    if re.match(r"附\s*[表件录]", item.line.text):
                        close()
                        done.extend(held)
                        held.clear()
                        done.append(replace(self._line_piece(item.line, "paragraph", counted=True), spare=True))
                else:
                    if held and not self._goes_on(lines, item.line):
                        close()
                        done.extend(held)
                        held.clear()
                    lines.append(item.line)
                    if held:
                        close()
                        done.extend(held)
                        held.clear()
                continue
            held.extend(self._table_pieces(at, item))
        close()
        done.extend(held)
        return done

    def _goes_on(self, lines: list[Line], line: Line) -> bool:
        """Whether a paragraph broken by a table or box goes on behind it."""
        if not lines or line.page == lines[-1].page or lines[-1].text[-1] in "。；：":
            return False
        margins = [self.margins[one.page, one.column] for one in (lines[-1], line)]
        return len(lines_to_paragraphs([lines[-1], line], margins)) == 1

    def _table_pieces(self, at: int, table: PageTable) -> list[Piece]:
        self.ledger["used"] += len(table.chars)
        if at in self.tables:
            found = self.tables[at].table
            return [Piece("table", found.caption or Text(""), table=found)]
        if at in self.box_of:
            return self._box_pieces(self.box_of[at])
        return []

    def _box_pieces(self, box: JoinedBox) -> list[Piece]:
        """The title of a 专栏 and its paragraphs, those of all its pages."""
        lines = [line for part in box.parts for line in self.boxes.get(self.order[part], ())]
        label = " ".join(word for word in (box.label, box.title) if word) or None
        by_page: dict[int, list[Line]] = {}
        for line in lines:
            by_page.setdefault(line.page, []).append(line)
        margins = {page: margins_of(group) for page, group in by_page.items()}
        title, rest = _box_title(lines, box)
        pieces = []
        for paragraph in lines_to_paragraphs(rest, [margins[line.page] or Margins(0, 0, 0) for line in rest]):
            pieces.append(self._piece(paragraph, "paragraph", "box", label, counted=True))
        if title:
            pieces.insert(0, self._piece(Paragraph(tuple(title)), "caption", "box", label, counted=True))
        return pieces

    def _paragraph_pieces(self, lines: list[Line]) -> list[Piece]:
        margins = [self.margins[line.page, line.column] for line in lines]
        pieces = []
        for paragraph in lines_to_paragraphs(lines, margins):
            figure = FIGURE_LABEL.fullmatch(_joined(paragraph))
            caption = bool(figure) and len(_joined(paragraph)) < 60 and _joined(paragraph)[-1] not in "。；，"
            piece = self._piece(paragraph, "caption" if caption else "paragraph", "caption" if caption else "body")
            pieces.append(piece)
        return pieces

    def _piece(
        self, paragraph: Paragraph, kind: str, part: str, label: str | None = None, *, counted: bool = False
    ) -> Piece:
        marks = frozenset().union(*(self.marks.get(line.page, frozenset()) for line in paragraph.lines))
        text, bold, underline, dropped = paragraph_text(paragraph.lines, marks)
        if not counted:
            self.ledger["footnote_mark"] += dropped
            _use(self.ledger, text)
        elif dropped:
            self.ledger["footnote_mark"] += dropped
            self.ledger["used"] -= dropped
        first = paragraph.first
        margins = self.margins.get((first.page, first.column))
        full = margins is not None and margins.right - first.x1 < 2 * first.size
        return Piece(
            kind, text, part, first.size, first.font, paragraph.centred, full, bold, underline, box_label=label
        )

    def _line_piece(self, line: Line, kind: str, *, counted: bool = False) -> Piece:
        text, bold, underline, _ = paragraph_text([line])
        if not counted:
            _use(self.ledger, text)
        return Piece(kind, text, "body", line.size, line.font, True, False, bold, underline)


def _joined(paragraph: Paragraph) -> str:
    return "".join(line.text for line in paragraph.lines)


def _alike(own: Margins, common: Margins, size: float) -> bool:
    return abs(own.left - common.left) < 3 * size and abs(own.right - common.right) < 3 * size


def _box_title(lines: list[Line], box: JoinedBox) -> tuple[list[Line], list[Line]]:
    """The lines of a box's title (none if it stands above the box), and the others."""
    if box.caption is None or not box.caption.text:
        return [], lines
    wanted = re.sub(r"\s+", "", box.caption.text)
    said = ""
    for at, line in enumerate(lines[:4]):
        said += re.sub(r"\s+", "", line.text)
        if said == wanted:
            return lines[: at + 1], lines[at + 1 :]
    return [], lines


def _with_apart(pieces: Iterable[Piece], apart: dict[int, list[Piece]]) -> list[Piece]:
    """Footnotes and figure words behind the last piece that begins on their page or before."""
    done: list[Piece] = []
    waiting = sorted(page for page, some in apart.items() if some)
    for piece in pieces:
        page = _page_of(piece)
        while waiting and page is not None and page > waiting[0]:
            done.extend(apart[waiting.pop(0)])
        done.append(piece)
    for page in waiting:
        done.extend(apart[page])
    return done


def _page_of(piece: Piece) -> int | None:
    if piece.text.page is not None:
        return piece.text.page
    if piece.table is not None:
        for row in piece.table.grid:
            for cell in row:
                if cell is not None and cell.text.page is not None:
                    return cell.text.page
    return None
