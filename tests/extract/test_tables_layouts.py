"""Tables of any layout come back: content, columns, heads of one to three rows, pitch, room, pens and pages as chance has it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from chuandao.extract import read_document

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from makers_layouts import BARE, KINDS, RULED, draw_layout


def plain(words: str) -> str:
    return re.sub(r"\s+", "", words)


def exact(folder: Path, dress: str, number: int, **more: object) -> tuple[int, int]:
    """(cells in place, cells) of a drawn table and what is read from it."""
    drawn = draw_layout(folder, dress, number, **more)
    read = [
        ["" if cell is None else plain(cell.text.text) for cell in row]
        for table in read_document(drawn.path).tables
        for row in table.grid
    ]
    wanted = [[plain(cell) for cell in row] for row in drawn.grid]
    right = sum(a == b for x, y in zip(wanted, read, strict=False) for a, b in zip(x, y, strict=False))
    return right, sum(map(len, wanted))


def check(folder: Path, dress: str, numbers: range) -> None:
    scores = [exact(folder, dress, number) for number in numbers]
    right, cells = (sum(score) for score in zip(*scores, strict=True))
    assert right >= (0.99 if dress in RULED else 0.97) * cells, scores


@pytest.mark.parametrize("dress", [*RULED, *BARE])
def test_tables_of_any_layout_come_back(dress: str, tmp_path: Path) -> None:
    """Tables whose layout chance decides are read cell for cell: 99 of 100 with rules, 97 of 100 without."""
    check(tmp_path, dress, range(3))


@pytest.mark.slow
@pytest.mark.parametrize("dress", [*RULED, *BARE])
def test_twenty_tables_of_any_layout_come_back(dress: str, tmp_path: Path) -> None:
    """Twenty tables of each dress whose layout chance decides are read cell for cell."""
    check(tmp_path, dress, range(20))


@pytest.mark.parametrize("kind", ["works", "rules"])
def test_white_rules_on_a_shade_part_the_rows(kind: str, tmp_path: Path) -> None:
    """Where rows follow close on each other and white rules alone part them, each cell stands in its place."""
    scores = [exact(tmp_path, "white", number, kind=kind, tight=True) for number in range(4)]
    right, cells = (sum(score) for score in zip(*scores, strict=True))
    assert right == cells, scores


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_tables_without_room_between_rows_come_back(kind: str, tmp_path: Path) -> None:
    """Where no white parts the rows, words and what is filled tell them: 90 of 100 cells stand in their place."""
    scores = [exact(tmp_path, dress, number, kind=kind, tight=True) for dress in BARE for number in range(4)]
    right, cells = (sum(score) for score in zip(*scores, strict=True))
    assert right >= 0.9 * cells, scores
