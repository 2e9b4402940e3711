"""Vertical writing in ruled tables: characters one below the other, and words turned upwards."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from chuandao.extract.read import read_pdf
from chuandao.plan.document import Document

sys.path.insert(0, str(Path(__file__).parent.parent))
import makers_pdf as make

ROWS = [
    ("耕地保有量", "万亩", "15.2"),
    ("永久基本农田", "万亩", "13.1"),
    ("森林覆盖率", "%", "45.2"),
    ("湿地面积", "公顷", "310"),
]


def down(canvas: Canvas, x: float, middle: float, words: str, way: str) -> None:
    """Words around this height: stacked, or turned to be read upwards or downwards."""
    if way == "stacked":
        for at, mark in enumerate(words):
            make.line(canvas, x - 5, middle + 6 * len(words) - 10 - 12 * at, mark, 10)
        return
    canvas.saveState()
    turn = 1 if way == "up" else -1
    canvas.translate(x + 4 * turn, middle - turn * 5 * len(words))
    canvas.rotate(90 * turn)
    make.line(canvas, 0, 0, words, 10)
    canvas.restoreState()


def grids(document: Document) -> list[list[list[str]]]:
    return [[[cell.text.text if cell else "" for cell in row] for row in table.grid] for table in document.tables]


@pytest.mark.parametrize("way", ["stacked", "up", "down"])
def test_categories_written_down_the_side(way: str) -> None:
    """A merged cell of the first column whose words are stacked or turned names all its rows; no character is lost."""

    def draw(canvas: Canvas) -> None:
        xs = (80, 120, 280, 400, 500)
        for y in (700, 670, 510):
            canvas.line(80, y, 500, y)
        for y in (630, 590, 550):
            canvas.line(80 if y == 590 else 120, y, 500, y)
        for x in xs:
            canvas.line(x, 700, x, 510)
        for x, words in zip(xs, ("类别", "指标", "单位", "目标"), strict=False):
            make.line(canvas, x + 8, 680, words, 10)
        for at, row in enumerate(ROWS):
            for x, words in zip(xs[1:], row, strict=False):
                make.line(canvas, x + 8, 645 - 40 * at, words, 10)
        down(canvas, 100, 630, "空间底线", way)
        down(canvas, 100, 550, "生态品质", way)

    document = read_pdf(Path("plan.pdf"), make.pdf(draw))
    body = [["空间底线" if at < 2 else "生态品质", *row] for at, row in enumerate(ROWS)]
    assert grids(document) == [[["类别", "指标", "单位", "目标"], *body]]
    assert [block.kind for block in document.blocks] == ["table"]
    assert document.ledger["used"] == sum(len(words) for row in ROWS for words in row) + len(
        "类别指标单位目标空间底线生态品质"
    )


@pytest.mark.parametrize("way", ["stacked", "up", "down"])
def test_names_written_down_in_the_head(way: str) -> None:
    """Names of narrow columns that are stacked or turned are the head of their columns, in one row."""

    def draw(canvas: Canvas) -> None:
        xs = [80, 200, 240, 280, 320]
        canvas.grid(xs, [700, 630, 600, 570])
        make.line(canvas, 110, 660, "行政区", 10)
        for x, words in zip(xs[1:], ("耕地保有量", "永农面积", "生态红线"), strict=False):
            down(canvas, x + 20, 665, words, way)
        for at, row in enumerate((("甲县", "1.2", "1.1", "30"), ("乙县", "2.2", "2.1", "40"))):
            for x, words in zip(xs, row, strict=False):
                make.line(canvas, x + 8, 612 - 30 * at, words, 10)

    document = read_pdf(Path("plan.pdf"), make.pdf(draw))
    assert grids(document) == [
        [["行政区", "耕地保有量", "永农面积", "生态红线"], ["甲县", "1.2", "1.1", "30"], ["乙县", "2.2", "2.1", "40"]]
    ]
