"""Heads as programs write them: over an empty row, alone on their shade, set to the middle over words set to the left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from chuandao.extract import read_document

FONT, HIGH, PITCH = "STSong-Light", 842.0, 24.0
PROSE = "坚持底线思维，统筹发展和安全，优化国土空间开发保护格局。"
LEFT, WIDE = 72.0, 120.0


class Page:
    """Rows drawn from the top; `y` is where the next one begins."""

    def __init__(self, canvas: Canvas, y: float = 120.0) -> None:
        self.canvas, self.y = canvas, y

    def words(self, row: list[str], *, centred: bool = False) -> None:
        self.canvas.setFillGray(0)
        self.canvas.setFont(FONT, 9)
        for column, word in enumerate(row):
            x = LEFT + column * WIDE + (WIDE / 2 if centred else 4)
            (self.canvas.drawCentredString if centred else self.canvas.drawString)(x, HIGH - self.y - 12, word)

    def shade(self, columns: range, grey: float, rows: int = 1) -> None:
        self.canvas.setFillGray(grey)
        for column in columns:
            self.canvas.rect(LEFT + column * WIDE, HIGH - self.y - rows * PITCH, WIDE, rows * PITCH, stroke=0, fill=1)

    def rule(self, columns: int) -> None:
        self.canvas.setLineWidth(0.6)
        self.canvas.line(LEFT, HIGH - self.y, LEFT + columns * WIDE, HIGH - self.y)

    def down(self) -> None:
        self.y += PITCH


def grids(folder: Path, *draw: Callable[[Page], None]) -> list[list[list[str]]]:
    """The tables of a document whose pages are drawn so, prose above each of them."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(folder / "page.pdf"), pagesize=(595.0, HIGH), invariant=1)
    for one in draw:
        canvas.setFont(FONT, 11)
        if one is draw[0]:
            for line in range(3):
                canvas.drawString(LEFT, HIGH - 50 - 20 * line, PROSE)
        one(Page(canvas))
        canvas.showPage()
    canvas.save()
    tables = read_document(folder / "page.pdf").tables
    return [[["" if cell is None else cell.text.text for cell in row] for row in table.grid] for table in tables]


HEAD = ["县（市）", "耕地保有量", "林地面积"]
ROWS = [[f"{name}县", f"{at}5600", f"{at}8.75"] for at, name in enumerate("甲乙丙丁戊己", 1)]


def lying(rows: list[list[str]], *, empty: bool) -> Callable[[Page], None]:
    def draw(page: Page) -> None:
        page.rule(3)
        for at, row in enumerate([HEAD, *([["", "", ""]] if empty else []), *rows]):
            page.words(row, centred=at == 0)
            page.down()
            page.rule(3)

    return draw


def test_an_empty_row_under_a_repeated_head_parts_nothing(tmp_path: Path) -> None:
    """The head again over an empty row, then the other rows: one table over two pages."""
    assert grids(tmp_path, lying(ROWS[:2], empty=False), lying(ROWS[2:], empty=True)) == [[HEAD, *ROWS]]


@pytest.mark.parametrize("count", [2, 5])
def test_a_shaded_head_set_to_the_middle_over_few_rows(count: int, tmp_path: Path) -> None:
    """Names of sources, every second row on a paler shade, no rules: a table from two rows on."""
    rows = [[f"{name}水源地{'东' * at}", "地下水", f"{name}镇"] for at, name in enumerate("甲乙丙丁戊"[:count])]

    def draw(page: Page) -> None:
        page.shade(range(3), 0.6)
        page.words(["名称", "类型", "位置"], centred=True)
        page.down()
        for at, row in enumerate(rows):
            if at % 2:
                page.shade(range(3), 0.9)
            page.words(row)
            page.down()

    assert grids(tmp_path, draw) == [[["名称", "类型", "位置"], *rows]]


def test_a_shaded_head_of_two_rows_over_ticks(tmp_path: Path) -> None:
    """One cell of the head goes over both of its rows; ticks stand at the left of columns named in the middle."""
    ticks = [1, 3, 3, 2, 3, 1]
    names = [f"{name}山镇" for name in "甲乙丙丁戊己"]

    def draw(page: Page) -> None:
        page.shade(range(1), 0.6, 2)
        page.shade(range(1, 4), 0.6)
        page.words(["乡镇"], centred=True)
        page.canvas.drawCentredString(LEFT + 2.5 * WIDE, HIGH - page.y - 12, "主体功能定位")
        page.down()
        page.shade(range(1, 4), 0.6)
        page.words(["", "城市化地区", "农产品主产区", "重点生态功能区"], centred=True)
        page.down()
        for at, (name, tick) in enumerate(zip(names, ticks, strict=True)):
            if at % 2:
                page.shade(range(4), 0.9)
            page.words([name, *("√" if column == tick else "" for column in (1, 2, 3))])
            page.down()

    ((upper, lower, *body),) = grids(tmp_path, draw)
    assert upper == ["乡镇", "主体功能定位", "主体功能定位", "主体功能定位"]
    assert lower == ["乡镇", "城市化地区", "农产品主产区", "重点生态功能区"]
    assert [row.index("√") for row in body] == ticks


def test_a_head_between_rules_belongs_to_the_open_rows_below(tmp_path: Path) -> None:
    """Names set to the middle between two rules, the rows below set to the left and ended by no rule."""
    rows = [["", f"{name}山镇", "—"] for name in "甲乙丙丁戊己"]
    rows[0][0], rows[3][0] = "城市化地区", "农产品主产区"

    def draw(page: Page) -> None:
        page.rule(3)
        page.words(["主体功能定位", "乡镇", "叠加功能类型"], centred=True)
        page.down()
        page.rule(3)
        for row in rows:
            page.words(row)
            page.down()

    ((head, *body),) = grids(tmp_path, draw)
    assert head == ["主体功能定位", "乡镇", "叠加功能类型"]
    assert [row[1] for row in body] == [row[1] for row in rows]
    assert body[0][0] == "城市化地区"


@pytest.mark.parametrize("groups", [2, 3])
def test_names_over_years_that_begin_anew_under_each(groups: int, tmp_path: Path) -> None:
    """耕地保有量 | 用水总量 | 森林覆盖率, each over its 2025年 and 2035年, without rules between them."""
    names = ["耕地保有量（万亩）", "用水总量（亿立方米）", "森林覆盖率（%）"][:groups]
    wide = 70.0
    rows = [[f"{name}市", *(f"{at}{n}.{n}0" for n in range(2 * groups))] for at, name in enumerate("甲乙丙丁戊己", 3)]

    def draw(page: Page) -> None:
        def centred(middle: float, words: str) -> None:
            page.canvas.drawCentredString(LEFT + middle * wide, HIGH - page.y - 12, words)

        page.canvas.setFont(FONT, 9)
        page.rule(4)
        centred(0.5, "市（州）")
        for at, name in enumerate(names):
            centred(2 + 2 * at, name)
        page.down()
        for column in range(1, 2 * groups + 1):
            centred(column + 0.5, "2035年" if column % 2 == 0 else "2025年")
        page.down()
        page.rule(4)
        for row in rows:
            for column, word in enumerate(row):
                page.canvas.drawString(LEFT + column * wide + 4, HIGH - page.y - 12, word)
            page.down()
        page.rule(4)

    ((upper, lower, *body),) = grids(tmp_path, draw)
    assert upper[1:] == [name for name in names for _ in range(2)]
    assert lower[1:] == ["2025年", "2035年"] * groups
    assert body == rows
