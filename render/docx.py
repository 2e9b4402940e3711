"""A Draft as DOCX: styles, headings and captions that Word numbers, a mark at each response, a comment at each open item."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import unescape

from ..plan.draft import Draft, DraftAnnex, DraftBlock, DraftCell, DraftParagraph, DraftRow, DraftTable, Words
from .docx_parts import AUTHOR, word_package
from .docx_styles import LANDSCAPE_WIDTH, TEXT_WIDTH, section_xml
from .ooxml import DECLARATION, EPOCH_TEXT, NAMESPACES, attribute, paragraph, run
from .ooxml import field as field_of
from .pages import breaks, heading_pages

NUMBERISH = re.compile(r"[≥≤<>约=]?\s*[\d,.—-]+%?|—|【待补充】|\d{4}[—-]\d{4}年?")


def draft_docx(draft: Draft) -> bytes:
    """The draft as a DOCX; the same draft gives the same bytes."""
    writer = BlockWriter(draft)
    body = writer.body()
    return word_package(draft.title, body, writer.comments_xml(), update_fields=True)


@dataclass(slots=True)
class BlockWriter:
    """Counts bookmarks and comments while the body is written."""

    draft: Draft
    bookmarks: int = 0
    numbered: bool = True
    """Headings carry Word's own numbers, so cells may refer to them."""
    counted: bool = False
    """Annexes carry a SEQ number of their own, which text and cells may refer to."""
    first_comment: int = 0
    """The number of the first comment: a template may have its own."""
    marked: set[str] = field(default_factory=set)
    comments: list[str] = field(default_factory=list)
    commented: set[str] = field(default_factory=set)

    def body(self) -> str:
        pieces = [self._cover(), self._contents(), _section_end(section_xml(numbered=False))]
        article = 0
        for at, chapter in enumerate(self.draft.chapters, 1):
            pieces.append(self.heading("Heading1", chapter.title, f"_chapter_{at}"))
            for section in chapter.sections:
                article += 1
                pieces.append(self.heading("Heading2", section.title, f"_article_{article}"))
                pieces += [self.block(block, TEXT_WIDTH) for block in section.blocks]
        return "".join(pieces) + self._annexes()

    def _annexes(self) -> str:
        """The annexes; a page turns where its annex is landscape, each change of direction is a section of its own."""
        pieces: list[str] = []
        turned, first = False, True
        for at, (annex, fresh) in enumerate(zip(self.draft.annexes, breaks(self.draft.annexes), strict=True), 1):
            if annex.landscape != turned or first:
                pieces.append(_section_end(section_xml(landscape=turned, start=1 if first else None)))
                fresh = False  # the section turns the page
            turned, first = annex.landscape, False
            width = LANDSCAPE_WIDTH if turned else TEXT_WIDTH
            pieces.append(self.annex("AnnexHeading", annex, "", f"_annex_{at}", width, fresh=fresh))
        return "".join(pieces) + section_xml(landscape=turned, start=1 if first else None)

    def annexes_inline(self, upright: str, turned: str, widths: tuple[int, int], *, last: bool) -> str:
        """The annexes behind each other in a template's running section, each on a new page, numbered by a field.

        `upright` and `turned` are the w:sectPr of the running section and its landscape twin, `widths` their text widths
        in twips; `last`: nothing follows, so the section of the last annex is ended by the body's own w:sectPr."""
        pieces: list[str] = []
        landscape = False
        for at, (annex, fresh) in enumerate(zip(self.draft.annexes, breaks(self.draft.annexes), strict=True), 1):
            changes = annex.landscape != landscape
            if changes:
                pieces.append(_section_end(turned if landscape else upright))
                upright = counted_on(upright)
            landscape = annex.landscape
            number = self.bookmarked(f"_annexno_{at}", run("附表") + field_of("SEQ 附表 \\* ARABIC", str(at)))
            width = widths[landscape]
            pieces.append(self.annex("AnnexTitle", annex, number, f"_annex_{at}", width, fresh=fresh and not changes))
        if landscape and not last:
            pieces.append(_section_end(turned))
        return "".join(pieces)

    def _reference(self, name: str, shown: str) -> str:
        """A field that shows the number of the heading `name`; typed only where no number can be referred to."""
        if self.numbered:
            return field_of(f"REF {name} \\r \\h", shown)
        if self.counted and name.startswith("_annex_"):
            return field_of(f"REF _annexno_{name[len('_annex_') :]} \\h", shown)
        return run(shown)

    # ------------------------------------------------------------------ front

    def _cover(self) -> str:
        name, _, span = self.draft.title.partition("（")
        lines = [paragraph("Title", run(name)), paragraph("Subtitle", run(f"（{span}")) if span else ""]
        lines += [paragraph("Subtitle", run(f"文本（{self.draft.version}）"))]
        lines += [paragraph("CoverLine", run(f"{self.draft.region.name}人民政府"))]
        return (
            "".join(lines) + '<w:p><w:pPr><w:pStyle w:val="SectionEnd"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>'
        )

    def _contents(self) -> str:
        """The contents as a field; its lines stand there already, Word fills in the pages when it updates."""
        lines: list[tuple[str, str, str]] = []
        article = 0
        for at, chapter in enumerate(self.draft.chapters, 1):
            lines.append(("TOC1", f"第{_chinese(at)}章 {chapter.title}", f"_chapter_{at}"))
            for section in chapter.sections:
                article += 1
                lines.append(("TOC2", f"第{article}条 {section.title}", f"_article_{article}"))
        lines += [("TOC1", f"附表{at} {annex.title}", f"_annex_{at}") for at, annex in enumerate(self.draft.annexes, 1)]
        begin = (
            '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        shown = []
        pages = heading_pages(self.draft)
        for number, (style, words, target) in enumerate(lines):
            page = field_of(f"PAGEREF {target} \\h", str(pages.get(target, "")))
            link = f'<w:hyperlink w:anchor="{target}" w:history="1">{run(words)}<w:r><w:tab/></w:r>{page}</w:hyperlink>'
            shown.append(
                paragraph(style, (begin if number == 0 else "") + link + (end if number == len(lines) - 1 else ""))
            )
        return paragraph("TOCHeading", run("目　录")) + "".join(shown)

    # ------------------------------------------------------------------ blocks

    def heading(self, style: str, title: str, *names: str) -> str:
        content = run(title)
        for name in names:
            content = self.bookmarked(name, content)
        return paragraph(style, content)

    def annex(self, style: str, annex: DraftAnnex, number: str, name: str, width: int, *, fresh: bool) -> str:
        """An annex's heading (on a new page if `fresh`) and tables; the heading's second mark says what the tables held
        when they were made."""
        content = "".join(self.block(block, width) for block in annex.blocks)
        heading = number + run(f" {annex.title}" if number else annex.title)
        for mark in (name, annex_mark(annex.title, table_words(content))):
            heading = self.bookmarked(mark, heading)
        return paragraph(style, heading, "<w:pageBreakBefore/>" if fresh else "") + content

    def block(self, block: DraftBlock, width: int, style: str = "BodyText") -> str:
        """A paragraph of `style`, or a table."""
        return self._paragraph(block, style) if isinstance(block, DraftParagraph) else self._table(block, width)

    def _paragraph(self, block: DraftParagraph, style: str) -> str:
        pieces: list[str] = []
        at = 0
        while at < len(block.words):
            mark, until = block.words[at].mark, at + 1
            while until < len(block.words) and block.words[until].mark == mark:
                until += 1
            inner = self.segment(block.words[at:until])
            pieces.append(self.bookmarked(mark, inner) if mark else inner)
            at = until
        return paragraph(style, "".join(pieces))

    def segment(self, words: Sequence[Words]) -> str:
        """The runs of some words, without their mark."""
        return "".join(self._words(each) for each in words)

    def note(self, said: str) -> tuple[str, str]:
        """A comment: what stands before and behind the words that it speaks of."""
        number = self.first_comment + len(self.comments)
        self.comments.append(said)
        reference = (
            f'<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="{number}"/></w:r>'
        )
        return f'<w:commentRangeStart w:id="{number}"/>', f'<w:commentRangeEnd w:id="{number}"/>{reference}'

    def _words(self, words: Words) -> str:
        if words.open is not None:
            return self._open(words.text, words.open)
        if words.ref is not None:
            return self._reference(words.ref, words.text)
        return run(words.text, '<w:rStyle w:val="Mandatory"/>' if words.mandatory else "")

    def _open(self, shown: str, item: str) -> str:
        """An open item: highlighted, with a comment where it first stands."""
        content = run(shown, '<w:rStyle w:val="OpenItem"/>')
        said = self.draft.asks.get(item)
        if said is None or item in self.commented:
            return content
        self.commented.add(item)
        before, behind = self.note(said)
        return f"{before}{content}{behind}"

    def bookmarked(self, name: str, content: str) -> str:
        """The content with a bookmark around it; a name is given once."""
        if name in self.marked:
            return content
        self.marked.add(name)
        self.bookmarks += 1
        number = self.bookmarks
        return f'<w:bookmarkStart w:id="{number}" w:name={attribute(name)}/>{content}<w:bookmarkEnd w:id="{number}"/>'

    # ------------------------------------------------------------------ tables

    def _table(self, table: DraftTable, width: int) -> str:
        columns = sum(cell.colspan for cell in table.header[0].cells)
        widths = _widths(table.widths or (1,) * columns, width)
        grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in widths)
        style = "TableRuled" if table.series == "附表" else "TableThreeLine"
        head = "".join(self._row(row, widths, ["TableHead"] * columns, header=True) for row in table.header)
        styles = _column_styles(table, columns)
        rows = "".join(self._row(row, widths, styles) for row in table.rows)
        look = f'<w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
        caption = (
            ""
            if table.series == "附表"
            else paragraph("Caption", run("表") + field_of("SEQ 表 \\* ARABIC", "1") + run(f" {table.title}"))
        )
        unit = paragraph("UnitLine", run(f"单位：{table.unit}")) if table.unit else ""
        notes = "".join(paragraph("TableNote", run(note)) for note in table.notes)
        after = notes or paragraph("SectionEnd", "")
        return f"{caption}{unit}<w:tbl>{look}<w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl>{after}"

    def _row(self, row: DraftRow, widths: list[int], styles: list[str], *, header: bool = False) -> str:
        cells: list[str] = []
        column = 0
        for at, cell in enumerate(row.cells):
            mark = row.marks[0] if row.marks and at == min(1, len(row.cells) - 1) else None
            width = sum(widths[column : column + cell.colspan])
            cells.append(self._cell(cell, width, mark, styles[column]))
            column += cell.colspan
        look = "<w:cantSplit/>" + ("<w:tblHeader/>" if header else "")
        return f"<w:tr><w:trPr>{look}</w:trPr>{''.join(cells)}</w:tr>"

    def _cell(self, cell: DraftCell, width: int, mark: str | None, style: str) -> str:
        span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
        merge = '<w:vMerge w:val="restart"/>' if cell.rowspan > 1 else "<w:vMerge/>" if cell.rowspan == 0 else ""
        if cell.open is not None:
            content = self._open(cell.text, cell.open)
        elif cell.ref is not None:
            number, _, title = cell.text.partition(" ")
            content = self._reference(cell.ref, number) + run(f" {title}" if title else "")
        else:
            content = run(cell.text)
        if mark:
            content = self.bookmarked(mark, content)
        look = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
        return f"<w:tc>{look}{paragraph(style, content)}</w:tc>"

    def comments_xml(self) -> str:
        """word/comments.xml."""
        return f"{DECLARATION}<w:comments {NAMESPACES}>{self.comment_elements()}</w:comments>"

    def comment_elements(self) -> str:
        """The comments written so far."""
        return "".join(
            f'<w:comment w:id="{number}" w:author="{AUTHOR}" w:date="{EPOCH_TEXT}" w:initials="CD">'
            f"{paragraph('CommentText', run(said))}</w:comment>"
            for number, said in enumerate(self.comments, self.first_comment)
        )


def annex_mark(title: str, words: str) -> str:
    """The bookmark of an annex: which it is, and what its tables hold (8 hex each)."""
    return f"ct_{digest(title)}_{digest(words)}"


def table_words(xml: str) -> str:
    """The letters of a stretch of WordprocessingML."""
    return unescape("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", xml)))


def digest(words: str) -> str:
    """8 hex of the letters of `words`: blanks make no difference."""
    return hashlib.sha256(re.sub(r"\s", "", words).encode()).hexdigest()[:8]


def _column_styles(table: DraftTable, columns: int) -> list[str]:
    """Numbers and short words are centred, a column with a longer text is set left as a whole."""
    longest = [0] * columns
    for row in table.rows:
        at = 0
        for cell in row.cells:
            if cell.colspan == 1 and not NUMBERISH.fullmatch(cell.text):
                longest[at] = max(longest[at], len(cell.text))
            at += cell.colspan
    return ["TableSmall" if table.small else "TableText" if most > 10 else "TableCentre" for most in longest]


def counted_on(section: str) -> str:
    """A w:sectPr whose pages go on counting from those before."""
    return re.sub(r'(<w:pgNumType[^>]*?) w:start="\d+"', r"\1", section)


def _section_end(section: str) -> str:
    """A paragraph of no height that ends a section."""
    return f'<w:p><w:pPr><w:pStyle w:val="SectionEnd"/>{section}</w:pPr></w:p>'


def _widths(shares: tuple[int, ...], width: int) -> list[int]:
    """Column widths in twips that add up to `width`."""
    total = sum(shares)
    widths = [width * share // total for share in shares]
    widths[-1] += width - sum(widths)
    return widths


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    digits = "一二三四五六七八九"
    head = "" if not tens else "十" if tens == 1 else digits[tens - 1] + "十"
    return head + (digits[ones - 1] if ones else "")
