"""Which lines under 目录 are contents, those with a page number and those that name a paragraph further down; the outline
that the headings of the text make."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field

from lxml import etree

from ...plan.document import Block, Heading
from ..contents import squeezed
from ..headings import CONTENTS, heading_mark
from .docx_flow import Item, Paragraph, following
from .docx_package import W, value_of

PAGED = re.compile(r".+?(?:\t|\.{3,}|…+|·{3,}|_{3,})\s*[-—–]?\s*(?:\d+|[ivxlc]+)\s*[-—–]?\s*", re.S)
_LONGEST = 60


@dataclass(slots=True)
class ContentsLines:
    """The paragraphs of a file as typed (numbers that Word counts left out), and the contents lines seen so far."""

    typed: Counter[str] = field(default_factory=Counter)
    seen: set[str] = field(default_factory=set)
    paged: bool = False
    """A line with a page number was seen, so all contents lines have one."""

    def know(self, texts: Iterable[str]) -> None:
        """Note all paragraphs of the file."""
        self.typed.update(squeezed(text) for text in texts)

    def holds(self, line: str) -> bool:
        """Whether a line that follows 目录 is still contents; a line that comes for the second time begins the text."""
        if PAGED.fullmatch(line):
            self.paged = True
            return True
        key, mark = squeezed(line), heading_mark(line)
        if self.paged or mark is None or len(line) > _LONGEST or key in self.seen or line.endswith(("。", "；", "，")):
            return False
        self.seen.add(key)
        if not mark.number and key.startswith("附"):
            return any(re.match(rf"{re.escape(key)}[\d一二三]", typed) for typed in self.typed)  # 附表, over 附表1
        return self.typed[key] > 1 or bool(mark.number and mark.title and self.typed[squeezed(mark.title)])


_STYLE = re.compile(r"(?:toc|目录|table of figures|图表目录)\s*\d*")
_LIST_OF = re.compile(r"[附插图表格专栏、和与及]{0,6}\s*目\s*[录次]")
"""目录, 表目录, 附图目录: what stands over contents."""


def contents_places(flow: Sequence[Item], lines: ContentsLines, generated: Container[etree._Element]) -> set[int]:
    """Positions of the contents: paragraphs that Word generates as contents (`generated`), those in a style of contents,
    and the lines under 目录 that are contents by their words."""
    found: set[int] = set()
    inside = False
    for at, item in enumerate(flow):
        if not isinstance(item, Paragraph):
            inside = False
            continue
        if not item.line:
            continue
        named = item.element in generated or _STYLE.fullmatch(item.style.name.strip().lower())
        if CONTENTS.fullmatch(item.line):
            inside = True
        elif not named:
            inside = inside and lines.holds(item.line)
            if not inside:
                continue
        if named and (above := following(flow, at, -1)) is not None and _LIST_OF.fullmatch(_words(flow[above])):
            found.add(above)
        found.add(at)
    return found


def _words(item: Item) -> str:
    return item.line if isinstance(item, Paragraph) else ""


def generated_contents(body: etree._Element) -> set[etree._Element]:
    """The paragraphs with words inside of a TOC field or of Word's contents control."""
    found: set[etree._Element] = set()
    for control in body.iter(f"{W}sdt"):
        gallery = value_of(control, "sdtPr/docPartObj/docPartGallery")
        if gallery == "Table of Contents":
            found.update(control.iter(f"{W}p"))
    fields: list[str] = []
    paragraph: etree._Element | None = None
    for element in body.iter(f"{W}p", f"{W}fldChar", f"{W}instrText", f"{W}t"):
        if element.tag == f"{W}p":
            paragraph = element
        elif element.tag == f"{W}instrText":
            if fields:
                fields[-1] += element.text or ""
        elif element.tag == f"{W}t":
            if paragraph is not None and any(re.match(r"\s*TOC\b", field) for field in fields):
                found.add(paragraph)
        elif element.get(f"{W}fldCharType") == "begin":
            fields.append("")
        elif element.get(f"{W}fldCharType") == "end" and fields:
            fields.pop()
    return found


def outline_of(blocks: list[Block]) -> tuple[Heading, ...]:
    """The headings as a tree, by their levels."""
    roots: list[tuple[Block, list]] = []
    path: list[tuple[Block, list]] = []
    for block in blocks:
        if block.kind != "heading":
            continue
        while path and path[-1][0].level >= block.level:
            path.pop()
        node: tuple[Block, list] = (block, [])
        (path[-1][1] if path else roots).append(node)
        path.append(node)

    def made(node: tuple[Block, list]) -> Heading:
        block, children = node
        return Heading(
            block.number or "",
            block.title or "",
            block.level,
            block.text.page,
            tuple(made(child) for child in children),
        )

    return tuple(made(root) for root in roots)
