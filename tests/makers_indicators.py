"""Small documents of paragraphs and tables, and the setting to read their indicators in."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from chuandao.extract.boundaries import boundary_requirements
from chuandao.extract.indicators import indicator_requirements
from chuandao.extract.joining import joined_statements
from chuandao.extract.setting import Setting
from chuandao.plan.document import Block, Cell, Document, DocxRun, Source, Table, Text
from chuandao.plan.lexicon import Lexicon, load_lexicon
from chuandao.plan.plan import Period


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    return load_lexicon()


def setting(home: str) -> Setting:
    period = Period(start=2021, end=2035, base_year=2020, near_term=2025, vision=2050)
    return Setting(lexicon(), lexicon().gazetteer.find(home), period)


def sheet(
    rows: list[str],
    *,
    header_rows: int = 1,
    title: str = "规划指标表",
    unit: str | None = None,
    notes: tuple[str, ...] = (),
) -> Table:
    """A table from rows of cells parted by |; "^" is the cell above (merged), "<" the cell on its left (merged)."""
    grid: list[tuple[Cell, ...]] = []
    for r, line in enumerate(rows):
        cells: list[Cell] = []
        for c, words in enumerate(part.strip() for part in line.split("|")):
            if words == "^":
                cells.append(grid[r - 1][c])
            elif words == "<":
                cells.append(cells[-1])
            else:
                cells.append(Cell(_text(words, 1000 + 50 * r + c), r, c))
        grid.append(tuple(cells))
    said = tuple(_text(note, 5000 + n) for n, note in enumerate(notes))
    return Table(
        0, tuple(grid), header_rows, "附表1", title, unit=unit, notes=said, part="annex", section=(f"附表1 {title}",)
    )


def _text(words: str, paragraph: int) -> Text:
    return Text(words, (DocxRun(0, len(words), "body", paragraph, 0),) if words else ())


def written(*things: Table | str, section: tuple[str, ...] = ("第一章 总则",)) -> Document:
    blocks = []
    for index, thing in enumerate(things):
        if isinstance(thing, Table):
            blocks.append(Block(index, "table", Text(""), part="annex", section=thing.section, table=thing))
        else:
            blocks.append(Block(index, "paragraph", _text(thing, index), section=section))
    return Document(Source("plan.docx", "0" * 64, "docx"), tuple(blocks))


def indicators(home: str, *things: Table | str, section: tuple[str, ...] = ("第一章 总则",)) -> list[Any]:
    where, document = setting(home), written(*things, section=section)
    return list(indicator_requirements(document, joined_statements(document, where), where))


def boundaries(home: str, *things: Table | str) -> list[Any]:
    where, document = setting(home), written(*things)
    return list(boundary_requirements(document, joined_statements(document, where), where))


def figures(requirement: Any) -> list[tuple[int | None, str, str | None, str | None]]:
    """Year, operator, number and unit of each value."""
    return [(v.year, v.op, v.value, v.unit) for v in requirement.values]
