"""Tables of each dress, drawn with wrapped cells, two-row heads, category rows and page breaks, come back whole."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import pdfplumber
import pytest

from chuandao.extract import read_document
from chuandao.plan.document import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from makers_tables import DRESSES, GROUPED, Drawn, draw_table

QUICK = range(5)
RULED = {"ruled", "open_sides", "standing"}


def plain(words: str) -> str:
    return re.sub(r"\s+", "", words)


def grid_of(table: Table) -> list[list[str]]:
    return [["" if cell is None else plain(cell.text.text) for cell in row] for row in table.grid]


def check_dress(folder: Path, dress: str, numbers: range) -> None:
    right = cells = 0
    for number in numbers:
        drawn = draw_table(folder, dress, number)
        tables = read_document(drawn.path).tables
        assert len(tables) == 1, f"{drawn.path.name}: {len(tables)} tables"
        read = grid_of(tables[0])
        wanted = [[plain(cell) for cell in row] for row in drawn.grid]
        lost = Counter(map(tuple, wanted)) - Counter(map(tuple, read))
        assert not lost, f"{drawn.path.name}: {list(lost)[:2]}"
        right += sum(a == b for x, y in zip(wanted, read, strict=False) for a, b in zip(x, y, strict=False))
        cells += sum(map(len, wanted))
        check_surroundings(drawn, tables[0])
    assert right >= (0.99 if dress in RULED else 0.97) * cells


def check_surroundings(drawn: Drawn, table: Table) -> None:
    assert table.header_rows == drawn.header_rows, drawn.path.name
    assert (table.label, table.title, table.unit) == (drawn.label, drawn.title, drawn.unit), drawn.path.name
    assert [plain(note.text) for note in table.notes] == ([drawn.note] if drawn.note else []), drawn.path.name


@pytest.mark.parametrize("dress", DRESSES)
def test_every_row_of_a_table_comes_back(dress: str, tmp_path: Path) -> None:
    """A drawn table is read as one table with its rows, header, title, unit and note."""
    check_dress(tmp_path, dress, QUICK)


@pytest.mark.slow
@pytest.mark.parametrize("dress", DRESSES)
def test_every_row_of_twenty_tables_comes_back(dress: str, tmp_path: Path) -> None:
    """Twenty drawn tables of a dress are read with their rows, headers, titles, units and notes."""
    check_dress(tmp_path, dress, range(20))


@pytest.mark.parametrize("dress", GROUPED)
def test_category_cells_without_rules_stand_at_their_rows(dress: str, tmp_path: Path) -> None:
    """Words that stand once for several rows are read at each of them, in at least 97 of 100 cells."""
    right = cells = 0
    for number in QUICK:
        drawn = draw_table(tmp_path, dress, number)
        (table,) = read_document(drawn.path).tables
        wanted, read = [[plain(cell) for cell in row] for row in drawn.grid], grid_of(table)
        assert len(read) == len(wanted)
        right += sum(a == b for x, y in zip(wanted, read, strict=True) for a, b in zip(x, y, strict=True))
        cells += sum(map(len, wanted))
    assert right >= 0.97 * cells


@pytest.mark.parametrize("dress", ["ruled", "three_line", "plain"])
def test_the_boxes_of_a_cell_hold_its_words_and_no_others(dress: str, tmp_path: Path) -> None:
    """Another reader, cropped to the boxes of a cell, finds the words of the cell."""
    drawn = draw_table(tmp_path, dress, 1)
    document = read_document(drawn.path)
    with pdfplumber.open(drawn.path) as pdf:
        for table in document.tables:
            for cell in {id(cell): cell for row in table.grid for cell in row if cell is not None}.values():
                for span in document.cell_spans(table, cell):
                    assert span.page is not None and span.boxes is not None
                    page = pdf.pages[span.page - 1]
                    words = "".join(page.crop(box).extract_text() or "" for box in span.boxes)
                    assert plain(words) == plain(span.quote)
