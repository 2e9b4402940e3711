"""Which lines under 目录 are contents, those with a page number and those that name a paragraph further down; the outline
that the headings of the text make."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from ...plan.document import Block, Heading
from ..contents import squeezed
from ..headings import heading_mark

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
        return self.typed[key] > 1 or bool(mark.number and mark.title and self.typed[squeezed(mark.title)])


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
