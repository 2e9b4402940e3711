"""A DOCX read into a Document: headings, paragraphs, tables, boxes and notes in reading order, all changes accepted."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree

from ...plan.document import Block, Document, DocxRun, Source, Table, Text
from ...plan.finding import Finding, Place, finding
from ..headings import (
    ARTICLE,
    CONTINUED,
    FIGURE_LABEL,
    NOTE,
    SECTION,
    TABLE_LABEL,
    UNIT_LINE,
    HeadingMark,
    heading_mark,
    heading_text,
    looks_like_heading,
)
from ..tables.titles import split_unit
from .docx_contents import ContentsLines, contents_places, generated_contents, outline_of
from .docx_flow import BoxHere, Carried, Item, Paragraph, TableHere, following, with_titles_joined
from .docx_headings import Decided, decided_headings
from .docx_package import DocxPackage, W, open_docx, value_of
from .docx_places import notes_of, numbered_paragraphs
from .docx_styles import Numbering, Style, Styles, read_numbering, read_styles
from .docx_tables import ReadTable, boxed_parts, distinct, row_words, shifted, table_grid, text_parts
from .docx_titles import with_bold_titles
from .docx_words import Words, joined, lines_of, moved, paragraph_words, part_of, placed, prefixed, trimmed

GONE = ("del", "moveFrom", "vanish")
"""What makes the mark of a paragraph disappear: it is then not counted in its list; with a hidden mark only if it is empty."""
SENTENCE = re.compile(r"[。；;！？]")
TITLE_OF_TABLE = re.compile(r".{2,40}(?:表|清单|名录|目录|一览)(?:（.{1,20}）)?")


def read_docx(path: Path, data: bytes) -> Document:
    """The Document of a DOCX or DOCM whose bytes are `data`; raises UnreadableInput with one line in Chinese.

    Paragraph numbers in spans count all w:p of the part in document order, those in tables included; those of text
    boxes count for themselves (part "textbox").
    """
    package = open_docx(path.name, data)
    reader = _Reader(package, read_styles(package.styles), read_numbering(package.numbering, package.styles))
    reader.read()
    blocks = with_bold_titles(reader.blocks)
    source = Source(path.name, hashlib.sha256(data).hexdigest(), "docx")
    return Document(
        source=source,
        blocks=tuple(blocks),
        outline=outline_of(blocks),
        findings=reader.findings(),
        ledger=reader.ledger,
    )


@dataclass(frozen=True, slots=True)
class _Open:
    """A heading that is still open: rank by its words, level in the outline, its line."""

    rank: int
    level: int
    line: str


@dataclass(slots=True)
class _Reader:
    package: DocxPackage
    styles: Styles
    numbering: Numbering
    blocks: list[Block] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    tables: int = 0
    phase: str = "cover"
    caption: tuple[Text, str | None, str | None, bool] | None = None
    """A title that waits for its table: its Text, label, title, and whether it says 续."""
    unit: str | None = None
    last_table: int | None = None
    """The block of the table that notes and continuations would belong to; None once prose has followed."""
    notes: dict[tuple[str, str], etree._Element] = field(default_factory=dict)
    places: dict[etree._Element, tuple[str, int]] = field(default_factory=dict)
    tracked: list[Place] = field(default_factory=list)
    ledger: dict[str, int] = field(default_factory=lambda: {"used": 0, "header": 0, "comment": 0})
    flow: list[Item] = field(default_factory=list)
    carried: Carried = field(default_factory=Carried)
    inside: list[Words] = field(default_factory=list)
    """The paragraphs of the table that is being read."""
    box_label: str | None = None
    named: set[str] = field(default_factory=set)
    """The headings that paragraphs of the text are."""
    embedded: int = 0
    """Other files that Word would show here (w:altChunk), whose words are not read."""

    def read(self) -> None:
        body = self.package.document.find(f"{W}body")
        if body is None:
            return
        self.places = numbered_paragraphs(body)
        lines = ContentsLines()
        lines.know("".join(words.text or "" for words in each.iter(f"{W}t")) for each in self.places)
        self.notes, of_notes = notes_of(self.package)
        self.places.update(of_notes)
        self._headers()
        self._walk(body)
        self.flow.extend(self.carried.flushed())
        contents = contents_places(self.flow, lines, generated_contents(body))
        flow = with_titles_joined(self.flow, contents)
        headings = decided_headings(flow, contents, self._lowest_outline(body))
        self.named = {heading_text(one.mark.number, one.mark.title) for one in headings.values()}
        for at, item in enumerate(flow):
            self._item(at, item, at in contents, headings.get(at))
        self._flush_caption()
        self._comments()

    def _lowest_outline(self, body: etree._Element) -> int:
        levels = [
            outline
            for paragraph in body.iter(f"{W}p")
            if (outline := self._outline(paragraph, self.styles.find(value_of(paragraph, "pPr/pStyle")))) is not None
            and "".join(paragraph.itertext()).strip()
        ]
        return min(levels, default=0)

    @staticmethod
    def _outline(paragraph: etree._Element, style: Style) -> int | None:
        own = value_of(paragraph, "pPr/outlineLvl")
        if own is not None and own.isdigit():
            return int(own) if int(own) < 9 else None
        return style.outline

    # ------------------------------------------------------------------ walking

    def _walk(self, element: etree._Element) -> None:
        """Reads the paragraphs and tables of `element` into the flow, in their order, as numbers are counted in it."""
        for child in element:
            match child.tag:
                case str(tag) if tag == f"{W}p":
                    paragraph = self._read(child)
                    if not paragraph.words.text.strip():
                        paragraph = replace(paragraph, text=Text(""))  # the number of an empty one names nothing
                    if not self.carried.holds(paragraph):
                        self.flow.append(self.carried.before(paragraph))
                case str(tag) if tag == f"{W}tbl":
                    self.flow.extend(self.carried.flushed())
                    self.flow.extend(self._read_table(child))
                case str(tag) if tag == f"{W}altChunk":
                    self.embedded += 1
                case str(tag) if tag in (
                    f"{W}sdt",
                    f"{W}sdtContent",
                    f"{W}ins",
                    f"{W}moveTo",
                    f"{W}customXml",
                    f"{W}smartTag",
                ):
                    self._walk(child)

    def _read_table(self, element: etree._Element) -> Iterator[TableHere | BoxHere]:
        """A table, or a frame around prose (one column) with the tables inside of it."""
        for part, goes_on in boxed_parts(element):
            self.inside = []
            if isinstance(part, list):
                texts = [text for paragraph in part if (text := self._read_cell(paragraph)).text.strip()]
                yield BoxHere(tuple(line for text in texts for line in lines_of(text)), goes_on, tuple(self.inside))
                continue
            read = table_grid(part, self._read_cell)
            inside = tuple(self.inside)
            if any(cell and cell.text.text for row in read.grid for cell in row):
                if len(read.grid[0]) > 1:
                    yield TableHere(read, inside)
                    continue
                lines = [line for row in read.grid for cell in distinct(row) for line in lines_of(cell.text)]
                yield BoxHere(tuple(line for line in lines if line.text.strip()), inside=inside)
            else:
                yield BoxHere((), inside=inside)

    def _read(self, element: etree._Element) -> Paragraph:
        """A paragraph with its words; moves the numbering on."""
        style_id = value_of(element, "pPr/pStyle")
        style = self.styles.find(style_id)
        words = Words() if style.hidden else paragraph_words(element, self.styles, style)
        part, index = self.places.get(element, ("body", 0))
        # the blanks of 第十条 规划目的 为… part the title from the text
        prose = bool(SENTENCE.search(words.text)) and not re.match(r"\s*第\s*\S{1,8}\s*条", words.text)
        raw = placed(words.text, part, index, close_gaps=prose)
        gone = [name for name in GONE if element.find(f"{W}pPr/{W}rPr/{W}{name}") is not None]
        counted = not (style.hidden or gone) or (gone == ["vanish"] and bool(words.text.strip()))
        label = self.numbering.label(element.find(f"{W}pPr"), style_id, style) if counted else ""
        if words.tracked:
            self.tracked.extend(Place.at(span, "修订处") for span in raw.spans(0, min(len(raw.text), 60))[:1])
        self.ledger["used"] += len(raw.text)
        return Paragraph(words, prefixed(label, raw), label, style, self._outline(element, style), part, element)

    def _read_cell(self, element: etree._Element) -> Text:
        paragraph = self._read(element)
        self.inside.append(paragraph.words)
        return trimmed(paragraph.text)

    # ------------------------------------------------------------------ placing

    def _item(self, at: int, item: Item, in_contents: bool, heading: Decided | None) -> None:
        """An item of the flow as blocks, with the notes and text boxes that hang on it."""
        hanging: tuple[Words, ...] = ()
        if isinstance(item, Paragraph):
            if item.line:
                self._place(at, item, in_contents, heading)
            hanging = (item.words,)
        elif isinstance(item, TableHere):
            self.phase = "body" if self.phase == "contents" else self.phase
            self._table(item.read)
            hanging = item.inside
        else:
            self._box(item)
            hanging = item.inside
        for words in hanging:
            for kind, id_ in words.footnotes:
                self._note(kind, id_)
            for box in words.boxes:
                self._textbox(box)

    def _place(self, at: int, paragraph: Paragraph, in_contents: bool, heading: Decided | None) -> None:
        """One paragraph that has words: contents line, heading, title of a table, unit, note, or prose."""
        if in_contents:
            self.phase = "contents"
            self._add("toc", paragraph.text)
            return
        self.phase = "body" if self.phase == "contents" else self.phase
        level = None if heading is None else self._level(heading)
        if heading is not None and level is not None:
            self._flush_caption()
            self._add_heading(paragraph, heading.mark, level)
            return
        if self._bound_to_table(at, paragraph):
            return
        self._flush_caption()
        mark = heading_mark(paragraph.line)
        if mark is not None and mark.rank == ARTICLE:
            self._article_with_text(paragraph, mark)
            return
        self._add_prose(paragraph)

    # ------------------------------------------------------------------ headings

    def _level(self, heading: Decided) -> int | None:
        """The level of a heading below those that are open; None for one that only repeats the annex above."""
        mark = heading.mark
        if heading.level is not None:
            while self.open and self.open[-1].level >= heading.level:
                self.open.pop()
            return heading.level
        if heading.whole:
            self.open.clear()
            return 1
        if mark.number.startswith("附") and any(
            opened.line.split()[0] == mark.number for opened in self.open if opened.line
        ):
            return None  # the title of the table repeats the heading above it
        while self.open and self.open[-1].rank >= mark.rank:
            self.open.pop()
        return self.open[-1].level + 1 if self.open else 1

    def _add_heading(self, paragraph: Paragraph, mark: HeadingMark, level: int, text: Text | None = None) -> None:
        self.phase = "body"
        self.last_table = None
        line = heading_text(mark.number, mark.title)
        self.open.append(_Open(mark.rank or level, level, line))
        self._add(
            "heading",
            text or paragraph.text,
            level=level,
            number=mark.number,
            title=mark.title,
            section=tuple(opened.line for opened in self.open[:-1]),
        )

    def _article_with_text(self, paragraph: Paragraph, mark: HeadingMark) -> None:
        """第十条 run into its text: the number (and a bold or set-off title) is the heading, the rest the paragraph."""
        text = paragraph.text
        number_end = re.match(r"\s*第\s*\S+?\s*条(?:之\S)?[\s　]*", text.text)
        assert number_end is not None
        start = number_end.end()
        title_end = start
        ranges = self._ranges(paragraph.words.bold, paragraph)
        bold = next((end for low, end in ranges if low <= start < end), start)
        set_off = re.compile(r"[^\s　。，；：]{2,24}(?=[\s　])").match(text.text, start)
        if start < bold <= start + 30 and bold < len(text.text):
            title_end = bold
        elif set_off and len(text.text) > set_off.end() + 10:
            title_end = set_off.end()
        title = text.text[start:title_end].strip(" 　。：:")
        while self.open and self.open[-1].rank >= ARTICLE:
            self.open.pop()
        level = self.open[-1].level + 1 if self.open else 1
        self._add_heading(paragraph, HeadingMark(mark.number, title, ARTICLE), level, part_of(text, 0, title_end))
        rest = part_of(text, title_end, len(text.text))
        if rest.text.strip():
            self._add("paragraph", rest, **self._marks(paragraph, title_end))

    # ------------------------------------------------------------------ tables

    def _bound_to_table(self, at: int, paragraph: Paragraph) -> bool:
        """Whether the paragraph is the title or unit of a table to come, or a note under the last one."""
        line = paragraph.line
        label = TABLE_LABEL.fullmatch(line)
        if label and len(line) <= 80 and not SENTENCE.search(line) and not re.search(r"[，,]", line):
            self._flush_caption()
            self.caption = (
                paragraph.text,
                re.sub(r"\s+", "", label[1]),
                label[2].strip() or None,
                bool(CONTINUED.search(line)),
            )
            return True
        if CONTINUED.fullmatch(line):
            self.caption = (paragraph.text, None, None, True)
            return True
        if unit := UNIT_LINE.fullmatch(line):
            self.unit = unit[1]
            return True
        if self.last_table is not None and (NOTE.match(line) or self._goes_on_noting(line)):
            self._add_note(paragraph)
            return True
        if self.caption is None and TITLE_OF_TABLE.fullmatch(line) and self._table_follows(at):
            self.caption = (paragraph.text, None, line, False)
            return True
        return False

    def _goes_on_noting(self, line: str) -> bool:
        """A second note line: 2.… right under a note that began with 1."""
        if self.last_table is None or self.blocks[-1].kind != "note":
            return False
        table = self.blocks[self.last_table].table
        return bool(table and table.notes and re.match(r"[2-9][.．、]\D", line))

    def _table_follows(self, at: int) -> bool:
        below = following(self.flow, at)
        while below is not None and isinstance(item := self.flow[below], Paragraph) and UNIT_LINE.fullmatch(item.line):
            below = following(self.flow, below)
        return below is not None and not isinstance(self.flow[below], Paragraph)

    def _add_note(self, paragraph: Paragraph) -> None:
        assert self.last_table is not None
        block = self.blocks[self.last_table]
        assert block.table is not None
        table = replace(block.table, notes=(*block.table.notes, paragraph.text))
        self.blocks[self.last_table] = replace(block, table=table)
        self._add("note", paragraph.text, **self._marks(paragraph))

    def _flush_caption(self) -> None:
        """A title that no table followed is the caption of a picture or box, and is kept as such."""
        if self.caption is not None:
            text, *_ = self.caption
            self.caption = None
            self._add("caption", text)
        self.unit = None

    def _table(self, read: ReadTable) -> None:
        read = self._without_title_rows(read)
        caption, unit = self.caption, self.unit
        self.caption, self.unit = None, None
        if self._continues(read, caption):
            self._append_rows(read)
            return
        text, label, title, _ = caption or (None, None, None, False)
        if title is not None:
            title, said = split_unit(title)
            unit = unit or said
        if caption is None and self.open and self.open[-1].line.startswith("附表"):
            label, _, title = self.open[-1].line.partition(" ")
        table = Table(
            index=self.tables,
            grid=read.grid,
            header_rows=read.header_rows,
            label=label,
            title=title or None,
            caption=text,
            unit=unit,
            part=self._part(),
            section=self._section(),
        )
        self.tables += 1
        self._add("table", Text(""), table=table)
        self.last_table = len(self.blocks) - 1

    def _without_title_rows(self, read: ReadTable) -> ReadTable:
        """A first row that is one cell with the table's title or unit is its title, not its header."""
        grid, header = read.grid, read.header_rows
        while len(grid) > 2 and len(cells := distinct(grid[0])) == 1 and cells[0].colspan == len(grid[0]):
            text = cells[0].text
            label, unit = TABLE_LABEL.fullmatch(text.text.strip()), UNIT_LINE.fullmatch(text.text.strip())
            if label:
                self.caption = (
                    text,
                    re.sub(r"\s+", "", label[1]),
                    label[2].strip() or None,
                    bool(CONTINUED.search(text.text)),
                )
            elif unit:
                self.unit = unit[1]
            else:
                break
            grid, header = shifted(grid[1:], -1), max(1, header - 1)
        return ReadTable(grid, header)

    def _continues(self, read: ReadTable, caption: tuple[Text, str | None, str | None, bool] | None) -> bool:
        if self.last_table is None:
            return False
        table = self.blocks[self.last_table].table
        if table is None or table.columns != len(read.grid[0]):
            return False
        if caption is not None:
            return caption[3] or (caption[1] is not None and caption[1] == table.label)
        same_header = [row_words(row) for row in table.grid[: table.header_rows]] == [
            row_words(row) for row in read.grid[: table.header_rows]
        ]
        return same_header and self.last_table == len(self.blocks) - 1

    def _append_rows(self, read: ReadTable) -> None:
        assert self.last_table is not None
        block = self.blocks[self.last_table]
        table = block.table
        assert table is not None
        header = [row_words(row) for row in table.grid[: table.header_rows]]
        repeated = table.header_rows if [row_words(row) for row in read.grid[: table.header_rows]] == header else 0
        more = shifted(read.grid[repeated:], len(table.grid) - repeated)
        self.blocks[self.last_table] = replace(block, table=replace(table, grid=(*table.grid, *more)))

    def _box(self, box: BoxHere) -> None:
        """A frame around prose (专栏): its first line is the title if it names itself."""
        texts = list(box.lines)
        if not texts:
            return
        self.last_table = None
        self.phase = "body" if self.phase == "contents" else self.phase
        caption, self.caption, self.unit = self.caption, None, None
        if not box.goes_on:
            first = texts[0].text.strip()
            self.box_label = caption[0].text.strip() if caption else None
            if caption is not None:
                self._add("caption", caption[0], part="box", box_label=self.box_label)
            elif TABLE_LABEL.fullmatch(first) and not SENTENCE.search(first):
                self.box_label = re.sub(r"[\s　]+", " ", first)
                self._add("caption", texts.pop(0), part="box", box_label=self.box_label)
        for text in texts:
            self._add("paragraph", text, part="box", box_label=self.box_label)

    # ------------------------------------------------------------------ notes, boxes, headers, comments

    def _note(self, kind: str, id_: str) -> None:
        note = self.notes.pop((kind, id_), None)
        for paragraph in note.iter(f"{W}p") if note is not None else ():
            read = self._read(paragraph)
            if read.line:
                self._add("footnote", read.text, part="footnote")

    def _textbox(self, box: etree._Element) -> None:
        """What a text box holds: a chapter's title set as a decoration is a heading, all else prose and tables."""
        label: str | None = None
        parts = list(text_parts(box))
        read = [self._read(part) for part in parts if part.tag == f"{W}p"]
        lines = [paragraph for paragraph in read if paragraph.line]
        if len(read) == len(parts) and 1 <= len(lines) <= 2 and self._boxed_heading(lines):
            return
        waiting = iter(read)
        for part in parts:
            if part.tag == f"{W}tbl":
                self._table(table_grid(part, self._read_cell))
                continue
            paragraph = next(waiting)
            title = TABLE_LABEL.fullmatch(paragraph.line)
            below = part.getnext()
            if title and below is not None and below.tag == f"{W}tbl":
                self.caption = (paragraph.text, re.sub(r"\s+", "", title[1]), title[2].strip() or None, False)
            elif title and paragraph.line.startswith("专栏") and not SENTENCE.search(paragraph.line):
                label = re.sub(r"[\s　]+", " ", paragraph.line)
                self._add("caption", paragraph.text, part="textbox", box_label=label)
            elif paragraph.line:
                self._add("paragraph", paragraph.text, part="textbox", box_label=label, **self._marks(paragraph))
            for inner in paragraph.words.boxes:
                self._textbox(inner)

    def _boxed_heading(self, lines: list[Paragraph]) -> bool:
        """Places the chapter or section that the lines of a text box name, unless a paragraph of the text names it."""
        text = joined([line.text for line in lines], " ")
        mark = heading_mark(text.text)
        if mark is None or mark.rank > SECTION or not mark.number.startswith("第") or not mark.title:
            return False
        decided = Decided(mark)
        if heading_text(mark.number, mark.title) in self.named or not looks_like_heading(mark, text.text.strip()):
            return False
        level = self._level(decided)
        assert level is not None
        self._flush_caption()
        self._add_heading(lines[0], mark, level, text)
        return True

    def _headers(self) -> None:
        """Running heads are furniture: one block for each different one, so that the plan's name in it can be found."""
        seen: set[str] = set()
        index = 0
        for root in self.package.headers:
            for paragraph in root.iter(f"{W}p"):
                words = paragraph_words(paragraph, self.styles, Style(""))
                if (line := words.text.strip()) and line not in seen:
                    seen.add(line)
                    self.ledger["header"] += len(words.text)
                    self._add("header", placed(words.text, "header", index, close_gaps=False), part="header")
                index += 1

    def _comments(self) -> None:
        if self.package.comments is None:
            return
        for index, paragraph in enumerate(self.package.comments.iter(f"{W}p")):
            words = paragraph_words(paragraph, self.styles, Style(""))
            if words.text.strip():
                self.ledger["comment"] += len(words.text)
                self._add("comment", placed(words.text, "comment", index, close_gaps=False), part="comment")

    # ------------------------------------------------------------------ blocks

    def _add_prose(self, paragraph: Paragraph) -> None:
        line = paragraph.line
        if self.phase == "cover" and (len(line) > 60 or SENTENCE.search(line)):
            self.phase = "body"
        if self.phase == "cover":
            self._add("cover", paragraph.text)
            return
        self.last_table = None
        kind = "caption" if FIGURE_LABEL.fullmatch(line) and len(line) <= 60 else "paragraph"
        if self.open and re.search(r"名词解释|术语解释", self.open[0].line):
            kind = "note"
        self._add(kind, paragraph.text, **self._marks(paragraph))

    def _ranges(self, ranges: list[tuple[int, int]], paragraph: Paragraph) -> tuple[tuple[int, int], ...]:
        pieces = tuple(
            piece
            for piece in paragraph.text.pieces
            if isinstance(piece, DocxRun) and (piece.part, piece.paragraph) == self.places.get(paragraph.element)
        )
        return moved(ranges, pieces)

    def _marks(self, paragraph: Paragraph, start: int = 0) -> dict[str, tuple[tuple[int, int], ...]]:
        """Bold and underlined ranges of the paragraph's Text from `start` on."""
        return {
            name: tuple(
                (max(low - start, 0), high - start) for low, high in self._ranges(ranges, paragraph) if high > start
            )
            for name, ranges in (("bold", paragraph.words.bold), ("underline", paragraph.words.underline))
        }

    def _section(self) -> tuple[str, ...]:
        return tuple(opened.line for opened in self.open)

    def _part(self) -> str:
        return "annex" if self.open and self.open[0].line.startswith(("附表", "附件", "附录", "附图")) else "body"

    def _add(self, kind: str, text: Text, **more: object) -> None:
        values = {"part": self._part(), "section": self._section(), **more}
        self.blocks.append(Block(index=len(self.blocks), kind=kind, text=text, **values))  # type: ignore[arg-type]

    def findings(self) -> tuple[Finding, ...]:
        found = []
        if self.tracked:
            message = f"文件带有未处理的修订 {len(self.tracked)} 处，已按“全部接受”读取；请在 Word 中处理后再定稿。"
            found.append(finding("READ-TRACKED", "info", "读取", message, self.tracked))
        if self.embedded:
            message = f"文件中插入了 {self.embedded} 个外部文档，其中的文字没有读到；请用 Word 打开并保存一次后再读取。"
            found.append(finding("READ-EMBEDDED", "warning", "读取", message, []))
        return tuple(found)
