"""A DOCX read into a Document: headings, paragraphs, tables, boxes and notes in reading order, all changes accepted."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree

from ...plan.document import Block, Document, DocxRun, Source, Table, Text
from ...plan.finding import Finding, Place, finding
from ..headings import (
    ARTICLE,
    CONTENTS,
    CONTINUED,
    FIGURE_LABEL,
    NOTE,
    TABLE_LABEL,
    UNIT_LINE,
    HeadingMark,
    heading_mark,
    heading_text,
    looks_like_heading,
)
from .docx_contents import ContentsLines, outline_of
from .docx_package import DocxPackage, W, open_docx, value_of
from .docx_styles import Numbering, Style, Styles, read_numbering, read_styles
from .docx_tables import Grid, ReadTable, distinct, row_words, shifted, table_grid
from .docx_titles import with_bold_titles
from .docx_words import MC, Words, joined, lines_of, moved, paragraph_words, part_of, placed, prefixed, trimmed

WHOLE_NUMBER = re.compile(
    r"(\d{1,2})(?:[ 　]+(?![年月日个])|(?![年月日个项条处类区县市亩米万亿公平元人户倍家座所张]))([\u4e00-\u9fff][^。；：，\d]{1,24})"
)
"""The heading above 1.1 and 1.2, whose number has no point: 1 总体要求, 2 家底与形势; the next in the row only."""
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


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph ready to be placed: `text` with the number that Word counts before it."""

    words: Words
    text: Text
    label: str
    style: Style
    outline: int | None
    part: str
    element: etree._Element

    @property
    def line(self) -> str:
        return self.text.text.strip()


@dataclass(slots=True)
class _Reader:
    package: DocxPackage
    styles: Styles
    numbering: Numbering
    blocks: list[Block] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    tables: int = 0
    phase: str = "cover"
    wholes: int = 0
    caption: tuple[Text, str | None, str | None, bool] | None = None
    """A title that waits for its table: its Text, label, title, and whether it says 续."""
    unit: str | None = None
    last_table: int | None = None
    """The block of the table that notes and continuations would belong to; None once prose has followed."""
    notes: dict[tuple[str, str], etree._Element] = field(default_factory=dict)
    places: dict[etree._Element, tuple[str, int]] = field(default_factory=dict)
    keep: list[etree._Element] = field(default_factory=list)
    tracked: list[Place] = field(default_factory=list)
    ledger: dict[str, int] = field(default_factory=lambda: {"used": 0, "header": 0, "comment": 0})
    outline_base: int = 0
    contents: ContentsLines = field(default_factory=ContentsLines)
    carried: list[tuple[Text, Words]] = field(default_factory=list)
    """Paragraphs whose mark a tracked change deletes: they run on into the next one."""

    def read(self) -> None:
        body = self.package.document.find(f"{W}body")
        if body is None:
            return
        self._number_paragraphs(body)
        self.contents.know("".join(words.text or "" for words in each.iter(f"{W}t")) for each in self.places)
        self._collect_notes()
        self.outline_base = self._lowest_outline(body)
        self._headers()
        self._walk(body)
        self._flush_caption()
        self._comments()

    # ------------------------------------------------------------------ places

    def _number_paragraphs(self, body: etree._Element) -> None:
        counts = {"body": 0, "textbox": 0}

        def visit(element: etree._Element, part: str) -> None:
            for child in element:
                if child.tag == f"{W}p":
                    self.places[child] = (part, counts[part])
                    self.keep.append(child)
                    counts[part] += 1
                if not isinstance(child.tag, str) or child.tag == f"{MC}Fallback":
                    continue
                if child.tag == f"{W}txbxContent":
                    visit(child, "textbox")
                elif len(child):
                    visit(child, part)

        visit(body, "body")

    def _collect_notes(self) -> None:
        index = 0
        for kind, root in (("footnote", self.package.footnotes), ("endnote", self.package.endnotes)):
            for note in root if root is not None else ():
                for paragraph in note.iter(f"{W}p"):
                    self.places[paragraph] = ("footnote", index)
                    self.keep.append(paragraph)
                    index += 1
                if note.get(f"{W}type") not in ("separator", "continuationSeparator", "continuationNotice"):
                    self.notes[kind, note.get(f"{W}id") or ""] = note

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
        for child in element:
            match child.tag:
                case str(tag) if tag == f"{W}p":
                    self._paragraph(self._read(child))
                case str(tag) if tag == f"{W}tbl":
                    self._table(child)
                case str(tag) if tag in (
                    f"{W}sdt",
                    f"{W}sdtContent",
                    f"{W}ins",
                    f"{W}moveTo",
                    f"{W}customXml",
                    f"{W}smartTag",
                ):
                    self._walk(child)

    def _read(self, element: etree._Element) -> _Paragraph:
        """A paragraph with its words; moves the numbering on."""
        style_id = value_of(element, "pPr/pStyle")
        style = self.styles.find(style_id)
        words = paragraph_words(element, self.styles, style)
        part, index = self.places.get(element, ("body", 0))
        # the blanks of 第十条 规划目的 为… part the title from the text
        prose = bool(SENTENCE.search(words.text)) and not re.match(r"\s*第\s*\S{1,8}\s*条", words.text)
        raw = placed(words.text, part, index, close_gaps=prose)
        label = self.numbering.label(element.find(f"{W}pPr"), style_id, style) if words.text.strip() else ""
        if words.tracked:
            self.tracked.extend(Place.at(span, "修订处") for span in raw.spans(0, min(len(raw.text), 60))[:1])
        self.ledger["used"] += len(raw.text)
        return _Paragraph(words, prefixed(label, raw), label, style, self._outline(element, style), part, element)

    def _read_cell(self, element: etree._Element) -> Text:
        paragraph = self._read(element)
        return trimmed(paragraph.text)

    def _paragraph(self, paragraph: _Paragraph) -> None:
        if self._runs_on(paragraph):
            return
        paragraph = self._with_carried(paragraph)
        if paragraph.line:
            self._place(paragraph)
        for kind, id_ in paragraph.words.footnotes:
            self._note(kind, id_)
        for box in paragraph.words.boxes:
            self._textbox(box)

    def _runs_on(self, paragraph: _Paragraph) -> bool:
        mark = paragraph.element.find(f"{W}pPr/{W}rPr/{W}del")
        if mark is not None:
            self.carried.append((paragraph.text, paragraph.words))
        return mark is not None

    def _with_carried(self, paragraph: _Paragraph) -> _Paragraph:
        if not self.carried:
            return paragraph
        texts = [text for text, _ in self.carried]
        self.carried = []
        return replace(paragraph, text=joined([*texts, paragraph.text], ""))

    def _place(self, paragraph: _Paragraph) -> None:
        """One paragraph that has words: contents line, heading, title of a table, unit, note, or prose."""
        if self._contents(paragraph):
            return
        heading = self._heading(paragraph)
        if heading is not None:
            self._flush_caption()
            self._add_heading(paragraph, *heading)
            return
        if self._bound_to_table(paragraph):
            return
        self._flush_caption()
        mark = heading_mark(paragraph.line)
        if mark is not None and mark.rank == ARTICLE:
            self._article_with_text(paragraph, mark)
            return
        self._add_prose(paragraph)

    def _contents(self, paragraph: _Paragraph) -> bool:
        named = re.match(r"(?:toc|目录)\s*\d*", paragraph.style.name.strip().lower())
        if CONTENTS.fullmatch(paragraph.line):
            self.phase = "contents"
        elif self.phase == "contents" and not named and not self.contents.holds(paragraph.line):
            self.phase = "body"
            return False
        elif self.phase != "contents" and not named:
            return False
        self._add("toc", paragraph.text)
        return True

    # ------------------------------------------------------------------ headings

    def _heading(self, paragraph: _Paragraph) -> tuple[HeadingMark, int] | None:
        """(mark, level) if the paragraph is a heading: by its outline level, else by its words alone."""
        line = paragraph.line
        mark = heading_mark(line)
        if paragraph.outline is not None and len(line) <= 80 and not re.search(r"。.", line):
            if mark is None:
                mark = HeadingMark(paragraph.label.strip(), line.removeprefix(paragraph.label).strip(), 0)
            level = paragraph.outline - self.outline_base + 1
            while self.open and self.open[-1].level >= level:
                self.open.pop()
            return mark, level
        if mark is None and (whole := WHOLE_NUMBER.fullmatch(line)) and int(whole[1]) == self.wholes + 1:
            self.wholes += 1
            self.open.clear()
            return HeadingMark(whole[1], whole[2], 1), 1
        if mark is None or CONTINUED.search(line):
            return None
        emphasised = bool(paragraph.words.bold) and sum(b - a for a, b in paragraph.words.bold) >= 0.9 * len(
            paragraph.words.text
        )
        if not looks_like_heading(mark, line, emphasised=emphasised):
            return None
        if mark.number.startswith("附") and any(
            opened.line.split()[0] == mark.number for opened in self.open if opened.line
        ):
            return None  # the title of the table repeats the heading above it
        while self.open and self.open[-1].rank >= mark.rank:
            self.open.pop()
        return mark, self.open[-1].level + 1 if self.open else 1

    def _add_heading(self, paragraph: _Paragraph, mark: HeadingMark, level: int, text: Text | None = None) -> None:
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

    def _article_with_text(self, paragraph: _Paragraph, mark: HeadingMark) -> None:
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

    def _bound_to_table(self, paragraph: _Paragraph) -> bool:
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
        if self.caption is None and TITLE_OF_TABLE.fullmatch(line) and self._table_follows(paragraph.element):
            self.caption = (paragraph.text, None, line, False)
            return True
        return False

    def _goes_on_noting(self, line: str) -> bool:
        """A second note line: 2.… right under a note that began with 1."""
        if self.last_table is None or self.blocks[-1].kind != "note":
            return False
        table = self.blocks[self.last_table].table
        return bool(table and table.notes and re.match(r"[2-9][.．、]\D", line))

    @staticmethod
    def _table_follows(paragraph: etree._Element) -> bool:
        following = paragraph.getnext()
        while (
            following is not None
            and following.tag == f"{W}p"
            and (not (words := "".join(following.itertext()).strip()) or UNIT_LINE.fullmatch(words))
        ):
            following = following.getnext()
        return following is not None and following.tag == f"{W}tbl"

    def _add_note(self, paragraph: _Paragraph) -> None:
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

    def _table(self, element: etree._Element) -> None:
        read = table_grid(element, self._read_cell)
        self.phase = "body" if self.phase == "contents" else self.phase
        if not any(cell and cell.text.text for row in read.grid for cell in row):
            return
        if len(read.grid[0]) == 1:
            self._box(read.grid)
            return
        read = self._without_title_rows(read)
        caption, unit = self.caption, self.unit
        self.caption, self.unit = None, None
        if self._continues(read, caption):
            self._append_rows(read)
            return
        text, label, title, _ = caption or (None, None, None, False)
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

    def _box(self, grid: Grid) -> None:
        """A table of one column is a box around prose (专栏): its first line the title if it names itself or is short."""
        texts = [line for row in grid for cell in distinct(row) for line in lines_of(cell.text) if line.text.strip()]
        if not texts:
            return
        self.last_table = None
        first = texts[0].text.strip()
        caption, self.caption, self.unit = self.caption, None, None
        label = caption[0].text.strip() if caption else None
        if caption is not None:
            self._add("caption", caption[0], part="box", box_label=label)
        elif TABLE_LABEL.fullmatch(first) and not SENTENCE.search(first):
            label = re.sub(r"[\s　]+", " ", first)
            self._add("caption", texts.pop(0), part="box", box_label=label)
        for text in texts:
            self._add("paragraph", text, part="box", box_label=label)

    # ------------------------------------------------------------------ notes, boxes, headers, comments

    def _note(self, kind: str, id_: str) -> None:
        note = self.notes.pop((kind, id_), None)
        for paragraph in note.iter(f"{W}p") if note is not None else ():
            read = self._read(paragraph)
            if read.line:
                self._add("footnote", read.text, part="footnote")

    def _textbox(self, box: etree._Element) -> None:
        label: str | None = None
        for element in box.iter(f"{W}p"):
            read = self._read(element)
            if not read.line:
                continue
            if TABLE_LABEL.fullmatch(read.line) and read.line.startswith("专栏") and not SENTENCE.search(read.line):
                label = re.sub(r"[\s　]+", " ", read.line)
                self._add("caption", read.text, part="textbox", box_label=label)
            else:
                self._add("paragraph", read.text, part="textbox", box_label=label, **self._marks(read))

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

    def _add_prose(self, paragraph: _Paragraph) -> None:
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

    def _ranges(self, ranges: list[tuple[int, int]], paragraph: _Paragraph) -> tuple[tuple[int, int], ...]:
        pieces = tuple(
            piece
            for piece in paragraph.text.pieces
            if isinstance(piece, DocxRun) and (piece.part, piece.paragraph) == self.places.get(paragraph.element)
        )
        return moved(ranges, pieces)

    def _marks(self, paragraph: _Paragraph, start: int = 0) -> dict[str, tuple[tuple[int, int], ...]]:
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
        if not self.tracked:
            return ()
        message = f"文件带有未处理的修订 {len(self.tracked)} 处，已按“全部接受”读取；请在 Word 中处理后再定稿。"
        return (finding("READ-TRACKED", "info", "读取", message, self.tracked),)
