"""Headings of a DOCX that only bold letters tell: unnumbered titles over prose below the numbered headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...plan.document import Block
from ..headings import is_plain_title

_FEWEST = 4
_LEAST_PROSE = 30
"""Characters of the text under a title, at least."""


def with_bold_titles(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with their bold titles as the lowest headings; as they are if there are few, or if one such line stands
    over no prose."""
    numbered = [block for block in blocks if block.kind == "heading" and block.number and block.part == "body"]
    if not numbered:
        return list(blocks)
    titles = {
        at
        for at, block in enumerate(blocks)
        if block.index > numbered[0].index and block.kind == "paragraph" and block.part == "body" and _is_bold(block)
        and is_plain_title(block.text.text.strip())
    }  # fmt: skip
    if len(titles) < _FEWEST or not all(_over_prose(blocks, at) for at in titles):
        return list(blocks)
    level = max(block.level for block in numbered) + 1
    found: list[Block] = []
    title: str | None = None
    for at, block in enumerate(blocks):
        if block.kind == "heading":
            title = None
        elif at in titles:
            title = block.text.text.strip()
            block = replace(block, kind="heading", level=level, title=title)
        elif title is not None and block.section:
            section = (*block.section, title)
            table = None if block.table is None else replace(block.table, section=section)
            block = replace(block, section=section, table=table)
        found.append(block)
    return found


def _is_bold(block: Block) -> bool:
    """Whether all words of a block are bold."""
    text = block.text.text
    bold = sum(len(text[low:high].strip()) for low, high in block.bold)
    return bool(text.strip()) and bold >= len(text.strip())


def _over_prose(blocks: Sequence[Block], at: int) -> bool:
    below = blocks[at + 1] if at + 1 < len(blocks) else None
    return (
        below is not None and below.kind == "paragraph" and len(below.text.text) >= _LEAST_PROSE and not _is_bold(below)
    )
