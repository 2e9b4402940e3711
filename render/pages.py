"""On which page a heading will stand, counted from the styles: what the contents show until Word counts itself.

An estimate: full-width characters fill lines of the text width, lines fill pages of exact spacing, table rows are as high
as their fullest cell. Word updates the field on opening; other programs show this.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..plan.draft import Draft, DraftAnnex, DraftBlock, DraftParagraph, DraftTable
from .docx_styles import LANDSCAPE_MARGINS, LANDSCAPE_WIDTH, MARGINS, PAGE, TEXT_WIDTH

LETTER, LINE = 320, 560
"""Body text: the advance of a full-width character and the line spacing, in twips (16 pt on 28 pt)."""
CHAPTER, ARTICLE, ANNEX = 1120, 800, 1120
"""Headings with the space around them, in twips."""
CELL_LETTER, CELL_LINE = 210, 275
SMALL_LETTER, SMALL_LINE = 180, 236
CELL_SIDES, ROW_EDGES = 140, 110
"""Table cells: type, line, and what borders and margins take, in twips."""
HEIGHT = PAGE[1] - MARGINS[0] - MARGINS[2]
LANDSCAPE_HEIGHT = PAGE[0] - LANDSCAPE_MARGINS[0] - LANDSCAPE_MARGINS[2]


@dataclass(slots=True)
class _Place:
    """Where the next thing stands: the page, and how much of it is used."""

    page: int = 0
    used: int = 0
    height: int = HEIGHT

    def turn(self, height: int = HEIGHT) -> None:
        self.page, self.used, self.height = self.page + 1, 0, height

    def take(self, height: int, keep: int = 0) -> int:
        """The page on which a thing of this height stands; `keep` is what must follow it there."""
        if self.used and self.used + height + keep > self.height:
            self.turn(self.height)
        self.used += height
        return self.page


def width_of(words: str) -> float:
    """The width of a text in full-width characters."""
    return sum(1 if ord(letter) > 0x2E7F or letter in "“”‘’—…·" else 0.5 for letter in words)


def _lines(words: str, letters: float) -> int:
    return max(1, -(-int(width_of(words) * 2) // max(2, int(letters * 2))))


def heading_pages(draft: Draft) -> dict[str, int]:
    """Heading mark (_chapter_2, _article_4, _annex_1) → page number as printed."""
    place = _Place()
    found: dict[str, int] = {}
    article = 0
    for at, chapter in enumerate(draft.chapters, 1):
        place.turn()
        found[f"_chapter_{at}"] = place.take(CHAPTER)
        for section in chapter.sections:
            article += 1
            found[f"_article_{article}"] = place.take(ARTICLE, 2 * LINE)
            for block in section.blocks:
                _block(block, place, TEXT_WIDTH)
    for at, (annex, broken) in enumerate(zip(draft.annexes, breaks(draft.annexes), strict=True), 1):
        if broken:
            place.turn(LANDSCAPE_HEIGHT if annex.landscape else HEIGHT)
        found[f"_annex_{at}"] = place.take(ANNEX)
        for block in annex.blocks:
            _block(block, place, LANDSCAPE_WIDTH if annex.landscape else TEXT_WIDTH)
    return found


def _block(block: DraftBlock, place: _Place, width: int) -> None:
    if isinstance(block, DraftParagraph):
        for _ in range(_lines("　　" + block.text, width / LETTER)):
            place.take(LINE)
        return
    for height in row_heights(block, width):
        place.take(height)


def row_heights(table: DraftTable, width: int) -> Iterable[int]:
    """The height of each row, in twips: caption and head first, the note last."""
    shares = table.widths or (1,) * sum(cell.colspan for cell in table.header[0].cells)
    letter, line = (SMALL_LETTER, SMALL_LINE) if table.small else (CELL_LETTER, CELL_LINE)
    columns = [width * share // sum(shares) for share in shares]
    if table.series != "附表":
        yield LINE + 180
    for row in (*table.header, *table.rows):
        at, most = 0, 1
        for cell in row.cells:
            room = sum(columns[at : at + cell.colspan]) - CELL_SIDES
            most = max(most, _lines(cell.text, room / letter)) if cell.rowspan else most
            at += cell.colspan
        yield most * line + ROW_EDGES
    yield len(table.notes or "—") * CELL_LINE


def breaks(annexes: Sequence[DraftAnnex]) -> list[bool]:
    """Whether each annex begins a page: a change of direction does, else one that no longer fits on the page before."""
    found: list[bool] = []
    used, turned = 0, False
    for at, annex in enumerate(annexes):
        height, width = (LANDSCAPE_HEIGHT, LANDSCAPE_WIDTH) if annex.landscape else (HEIGHT, TEXT_WIDTH)
        tall = ANNEX + sum(sum(row_heights(block, width)) for block in annex.blocks if isinstance(block, DraftTable))
        fresh = at == 0 or annex.landscape != turned or used + tall > height
        found.append(fresh)
        used = (tall if fresh else used + tall) if tall <= height else height
        turned = annex.landscape
    return found
