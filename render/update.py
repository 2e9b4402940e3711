"""A draft that planners have worked on, brought up to date: their words stay, changed requirements are marked.

The Word file alone says what is needed: the bookmark of a response holds the requirement, what the upper plan said, and a
digest of the words that were generated. Words that still have that digest are the machine's and may be rewritten; all
others are a planner's and get a comment instead.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field

from lxml import etree

from ..plan.draft import Draft, DraftAnnex, DraftParagraph, DraftTable, Updated, Words
from ..plan.errors import UnreadableInput
from .docx import BlockWriter, annex_mark, digest, table_words
from .docx_styles import TEXT_WIDTH
from .ooxml import NAMESPACES, package, paragraph
from .template import COMMENTS, add_comments, dated, with_styles

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MARK = re.compile(r"cd_(\w+?)_([0-9a-f]{8})_([0-9a-f]{8})")
ANNEX_MARK = re.compile(r"ct_([0-9a-f]{8})_([0-9a-f]{8})")
MAIN = "word/document.xml"
CHANGED = "上位要求或本地情况已变化，本条经人工修改，未自动改写。建议核对并改为："
RENEWED = "本条已按新的上位要求或本地情况改写。"
DROPPED = "上位规划已没有此项要求，或不再适用于本地，请考虑删去本条。"
ADDED = "上位规划新增的要求，请核对。"
TABLE_CHANGED = "本表对应的上位要求或本地情况已变化；本表经人工修改，未自动改写，请核对。"


@dataclass(frozen=True, slots=True)
class _New:
    """What the new draft says under a mark: the words of a paragraph, or a table row of an annex."""

    mark: str
    said: str
    answered: str
    words: tuple[Words, ...]
    heading: str


@dataclass(slots=True)
class _Work:
    """What is done so far."""

    writer: BlockWriter
    renewed: list[str] = field(default_factory=list)
    flagged: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    kept: int = 0


def update_docx(old: bytes, draft: Draft) -> tuple[bytes, Updated]:
    """The old file with the new draft worked into it; UnreadableInput if it holds no mark of a generated draft."""
    with zipfile.ZipFile(io.BytesIO(old)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    main = parts[MAIN]
    root = etree.fromstring(main if isinstance(main, bytes) else main.encode())
    body = root.find(f"{W}body")
    marks = {
        name: start for start in root.iter(f"{W}bookmarkStart") if MARK.fullmatch(name := start.get(f"{W}name") or "")
    }
    if body is None or not marks:
        raise UnreadableInput(
            "--update：文件中没有 chuandao 草案的响应标记；请给出由 generate 写出（可经人工修改）的草案。"
        )
    work = _Work(_writer(draft, root, parts))
    replaced = _update_annexes(body, draft, work)
    new = {_base(each.mark): each for each in _new_responses(draft)}
    for name, start in marks.items():
        if start.getroottree().getroot() is root and not replaced(name):
            _update_mark(start, new.pop(_base(name), None), work)
    _add(body, [each for each in new.values() if not replaced(each.mark)], work)
    comments = parts.get(COMMENTS, b"")
    text = comments.decode() if isinstance(comments, bytes) else comments
    parts[MAIN] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    styles = parts["word/styles.xml"]
    parts["word/styles.xml"] = with_styles(styles.decode() if isinstance(styles, bytes) else styles)
    left = _referred_to(text, root)
    if left:
        parts[COMMENTS] = left
    add_comments(parts, left, work.writer)
    done = Updated(tuple(work.renewed), tuple(work.flagged), tuple(work.added), tuple(work.dropped), work.kept)
    return package(dated(parts)), done


def _referred_to(comments: str, root: etree._Element) -> str:
    """word/comments.xml without the comments whose words were rewritten."""
    if not comments:
        return comments
    kept = {each.get(f"{W}id") for each in root.iter(f"{W}commentReference")}
    found = etree.fromstring(comments.encode())
    for comment in list(found):
        if comment.get(f"{W}id") not in kept:
            found.remove(comment)
    return etree.tostring(found, xml_declaration=True, encoding="UTF-8", standalone=True).decode()


def _writer(draft: Draft, root: etree._Element, parts: dict[str, str | bytes]) -> BlockWriter:
    """A writer whose bookmarks and comments go on from those of the file."""
    bookmarks = max((int(mark.get(f"{W}id") or 0) for mark in root.iter(f"{W}bookmarkStart")), default=0)
    comments = parts.get(COMMENTS, b"")
    text = comments.decode() if isinstance(comments, bytes) else comments
    numbers = [int(number) for number in re.findall(r'<w:comment [^>]*?w:id="(\d+)"', text)]
    return BlockWriter(draft, bookmarks=bookmarks, numbered=False, first_comment=max(numbers, default=-1) + 1)


def _base(mark: str) -> str:
    """The requirement that a mark stands for."""
    match = MARK.fullmatch(mark)
    return match[1] if match else mark


def _new_responses(draft: Draft) -> Iterator[_New]:
    """Every marked stretch of the new draft's paragraphs, and every marked row of its annexes."""
    for chapter in draft.chapters:
        for section in chapter.sections:
            for block in section.blocks:
                if isinstance(block, DraftParagraph):
                    yield from _stretches(block.words, section.title)
    for annex in draft.annexes:
        for block in annex.blocks:
            for row in block.rows if isinstance(block, DraftTable) else ():
                for mark in row.marks:
                    if match := MARK.fullmatch(mark):
                        words = " | ".join(cell.text for cell in row.cells[1:])
                        yield _New(mark, match[2], match[3], (Words(words),), annex.title)


def _stretches(words: Sequence[Words], heading: str) -> Iterator[_New]:
    by_mark: dict[str, list[Words]] = {}
    for each in words:
        if each.mark:
            by_mark.setdefault(each.mark, []).append(each)
    for mark, said in by_mark.items():
        if match := MARK.fullmatch(mark):
            yield _New(mark, match[2], match[3], tuple(said), heading)


# ---------------------------------------------------------------------- one response


def _update_mark(start: etree._Element, new: _New | None, work: _Work) -> None:
    """One marked response: untouched, rewritten, or commented."""
    name = start.get(f"{W}name") or ""
    match = MARK.fullmatch(name)
    end = _end_of(start)
    if match is None or end is None:
        return
    if new is None:
        _comment(start, end, DROPPED, work.writer)
        start.set(f"{W}name", "x" + name[1:])  # said once; a later update leaves it alone
        work.dropped.append(name)
        return
    if (match[2], match[3]) == (new.said, new.answered):
        work.kept += 1
        return
    row = next(start.iterancestors(f"{W}tr"), None)
    start.set(f"{W}name", new.mark)
    mine = digest(_words_of(start, end) if row is None else _row_words(row)) == match[3]
    same_paragraph = start.getparent() is end.getparent()
    if match[3] == new.answered and mine:
        work.kept += 1  # the upper plan words it anew, the answer is the same
    elif mine and row is None and same_paragraph:
        _replace(start, end, new, work.writer)
        work.renewed.append(new.mark)
    else:
        _comment(start, end, CHANGED + "".join(words.text for words in new.words), work.writer)
        work.flagged.append(new.mark)


def _end_of(start: etree._Element) -> etree._Element | None:
    number = start.get(f"{W}id")
    root = start.getroottree().getroot()
    return next((end for end in root.iter(f"{W}bookmarkEnd") if end.get(f"{W}id") == number), None)


def _words_of(start: etree._Element, end: etree._Element) -> str:
    """The shown words between a bookmark's ends: what tracked changes delete does not count."""
    words: list[str] = []
    inside = False
    for element in start.getroottree().getroot().iter():
        if element is start:
            inside = True
        elif element is end:
            break
        elif inside and element.tag == f"{W}t":
            words.append(element.text or "")
    return "".join(words)


def _row_words(row: etree._Element) -> str:
    """A row as the draft said it: its cells but the first, parted by |."""
    cells = ["".join(piece.text or "" for piece in cell.iter(f"{W}t")) for cell in row.iter(f"{W}tc")]
    return " | ".join(cells[1:])


def _replace(start: etree._Element, end: etree._Element, new: _New, writer: BlockWriter) -> None:
    """New runs between the ends of a bookmark that nobody has touched, with a comment that says so."""
    parent = start.getparent()
    assert parent is not None
    old = _words_of(start, end)
    at = start.getnext()
    while at is not None and at is not end:
        following = at.getnext()
        parent.remove(at)
        at = following
    before, behind = writer.note(f"{RENEWED}原文：{old}")
    index = parent.index(end)
    for added in _elements(before + writer.segment(new.words) + behind):
        parent.insert(index, added)
        index += 1


def _comment(start: etree._Element, end: etree._Element, said: str, writer: BlockWriter) -> None:
    """A comment on a marked stretch; the stretch itself is not touched."""
    before, behind = (_elements(xml) for xml in writer.note(said))
    for added in before:
        start.addprevious(added)
    at = end
    for added in behind:
        at.addnext(added)
        at = added


def _elements(xml: str) -> list[etree._Element]:
    return list(etree.fromstring(f"<x {NAMESPACES}>{xml}</x>"))


# ---------------------------------------------------------------------- annexes, new responses


def _update_annexes(body: etree._Element, draft: Draft, work: _Work) -> _Replaced:
    """Tables that nobody has edited are made anew as a whole; the answer tells for a mark whether its row was in one."""
    new = {digest(annex.title): annex for annex in draft.annexes}
    done: set[str] = set()
    for start in list(body.iter(f"{W}bookmarkStart")):
        match = ANNEX_MARK.fullmatch(start.get(f"{W}name") or "")
        heading = next(start.iterancestors(f"{W}p"), None)
        if match is None or heading is None or heading.getparent() is not body:
            continue
        annex = new.pop(match[1], None)
        tables = _tables_after(heading)
        if annex is None or not tables:
            continue
        trial = _copied(work.writer)  # what is not used must leave no comment and no bookmark behind
        content = "".join(trial.block(block, _width(tables)) for block in annex.blocks)
        if annex_mark(annex.title, table_words(content)) == start.get(f"{W}name"):
            work.kept += 1
        elif digest("".join(_shown(element) for element in tables)) == match[2]:
            work.writer = trial
            for added in _elements(content):
                tables[0].addprevious(added)
            for element in tables:
                body.remove(element)
            start.set(f"{W}name", annex_mark(annex.title, table_words(content)))
            done |= _marks_in(annex)
            work.renewed.append(annex.title)
        else:
            end = _end_of(start)
            if end is not None:
                _comment(start, end, TABLE_CHANGED, work.writer)
            start.set(f"{W}name", annex_mark(annex.title, table_words(content)))
            work.flagged.append(annex.title)
    _append_annexes(body, list(new.values()), work, done)
    return _Replaced(frozenset(map(_base, done)))


def _copied(writer: BlockWriter) -> BlockWriter:
    """A writer that goes on from the same bookmarks and comments without telling the first one."""
    other = copy(writer)
    other.marked, other.comments, other.commented = set(writer.marked), list(writer.comments), set(writer.commented)
    return other


@dataclass(frozen=True, slots=True)
class _Replaced:
    """Tells whether the row of a mark stands in a table that was made anew."""

    bases: frozenset[str]

    def __call__(self, mark: str) -> bool:
        return _base(mark) in self.bases


def _marks_in(annex: DraftAnnex) -> set[str]:
    return {mark for block in annex.blocks if isinstance(block, DraftTable) for row in block.rows for mark in row.marks}


def _tables_after(heading: etree._Element) -> list[etree._Element]:
    """What follows an annex's heading up to the next heading or section end: tables, their units and notes."""
    found: list[etree._Element] = []
    at = heading.getnext()
    while at is not None and at.tag in (f"{W}p", f"{W}tbl"):
        style = at.find(f"{W}pPr/{W}pStyle")
        name = style.get(f"{W}val") if style is not None else None
        ends = at.find(f"{W}pPr/{W}sectPr") is not None or at.find(f"{W}r") is not None
        behind = name == "SectionEnd" and not ends  # the empty line that Word wants behind a table
        if at.tag == f"{W}p" and name not in ("TableNote", "UnitLine", "Caption") and not behind:
            break
        found.append(at)
        at = at.getnext()
    return found


def _shown(element: etree._Element) -> str:
    return "".join(piece.text or "" for piece in element.iter(f"{W}t"))


def _width(tables: list[etree._Element]) -> int:
    """The width of the table that stands there, in twips."""
    size = next((found for element in tables for found in element.iter(f"{W}tblW")), None)
    number = size.get(f"{W}w") if size is not None else None
    return int(number) if number and number.isdigit() else TEXT_WIDTH


def _append_annexes(body: etree._Element, annexes: list[DraftAnnex], work: _Work, done: set[str]) -> None:
    """Annexes that the file does not have, at its end."""
    last = body.find(f"{W}sectPr")
    for annex in annexes:
        before, behind = work.writer.note(ADDED)
        content = "".join(work.writer.block(block, TEXT_WIDTH) for block in annex.blocks)
        title = paragraph("AnnexTitle", f"{before}<w:r><w:t>{annex.title}</w:t></w:r>{behind}")
        for added in _elements(title + content):
            if last is not None:
                last.addprevious(added)
            else:
                body.append(added)
        done |= _marks_in(annex)
        work.added.append(annex.title)


def _add(body: etree._Element, fresh: list[_New], work: _Work) -> None:
    """New responses, each a paragraph at the end of its section (rows of edited tables: under their annex's heading)."""
    for each in fresh:
        before, behind = work.writer.note(ADDED)
        content = work.writer.bookmarked(each.mark, work.writer.segment(each.words))
        place = _end_of_section(body, each.heading)
        for added in _elements(paragraph("BodyText", f"{before}{content}{behind}")):
            if place is not None:
                place.addprevious(added)
            else:
                body.append(added)
        work.added.append(each.mark)


def _end_of_section(body: etree._Element, title: str) -> etree._Element | None:
    """The element before which the text of the section `title` ends: the next heading, else the last w:sectPr."""
    inside = False
    for element in body:
        style = element.find(f"{W}pPr/{W}pStyle")
        name = (style.get(f"{W}val") or "") if style is not None else ""
        heading = name.startswith("Heading") or name in ("AnnexHeading", "AnnexTitle")
        broken = element.find(f"{W}pPr/{W}sectPr") is not None
        if inside and (heading or broken):
            return element
        if heading and _shown(element).strip().endswith(title):
            inside = True
    return body.find(f"{W}sectPr")
