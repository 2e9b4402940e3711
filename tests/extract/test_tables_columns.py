"""Pages in two columns: a table that goes on in the right column is one table, of any dress, and the prose keeps its order."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from chuandao.extract import read_document

FONT = "STSong-Light"
HIGH = 842.0
COLUMNS = (60.0, 310.0)
WIDE = 225.0
WIDTHS = [30, 85, 50, 60]
HEAD = ["序号", "名称", "级别", "面积"]
ROWS = [
    [str(at + 1), f"{name}湿地公园", "省级" if at % 2 else "国家级", f"{3.5 * at + 1:.2f}"]
    for at, name in enumerate("甲乙丙丁戊己庚辛壬癸" * 3)
]
BEFORE = "左栏开头说明保护地的范围和边界，落实上级规划，统筹各类空间布局，提升国土空间治理能力"
BEHIND = "右栏结尾说明保护地的管控和修复，落实分区管控，建立名录与台账，加强监测评估预警和监督"


class Page:
    """A page in two columns, heights from the top."""

    def __init__(self, path: Path, dress: str) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self.canvas = Canvas(str(path), pagesize=(595, HIGH), invariant=1)
        self.dress = dress

    def text(self, x: float, y: float, words: str, size: float = 9) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, HIGH - y, words)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x0, HIGH - y0, x1, HIGH - y1)

    def prose(self, x: float, y: float, words: str, lines: int) -> float:
        for at in range(lines):
            self.text(x, y, (words * 9)[20 * at : 20 * at + 20], 11)
            y += 18
        return y

    def table(self, x: float, y: float, rows: list[list[str]]) -> float:
        if self.dress == "three_line":
            self.rule(x, y, x + WIDE, y)
        for row in rows:
            left = x
            for width, words in zip(WIDTHS, row, strict=True):
                self.text(left + 4, y + 13, words)
                if self.dress == "ruled":
                    for ends in ((left, y, left + width, y), (left, y + 18, left + width, y + 18), (left, y, left, y + 18), (left + width, y, left + width, y + 18)):  # fmt: skip
                        self.rule(*ends)
                left += width
            y += 18
            if self.dress == "three_line" and row is HEAD:
                self.rule(x, y, x + WIDE, y)
        if self.dress == "three_line":
            self.rule(x, y, x + WIDE, y)
        return y


@pytest.mark.parametrize("again", [True, False], ids=["head again", "head once"])
@pytest.mark.parametrize(
    ("dress", "before", "behind"),
    [
        *((dress, *prose) for dress in ("ruled", "three_line") for prose in ((12, 12), (12, 0), (0, 12), (0, 0))),
        ("plain", 12, 12),  # without rules, columns are told by prose in both of them
    ],
)
def test_a_table_goes_on_in_the_next_column(dress: str, before: int, behind: int, again: bool, tmp_path: Path) -> None:
    """Its rows come in order, the head once; what stands above it in the left column is read before, the rest behind."""
    page = Page(tmp_path / "page.pdf", dress)
    y = page.prose(COLUMNS[0], 80, BEFORE, before) + 4
    page.text(100, y, "表2-1　自然保护地名录", 10)
    page.table(COLUMNS[0], y + 8, [HEAD, *ROWS[:20]])
    y = page.table(COLUMNS[1], 68, [*([HEAD] if again else []), *ROWS[20:]])
    page.prose(COLUMNS[1], y + 20, BEHIND, behind)
    page.canvas.save()
    document = read_document(tmp_path / "page.pdf")
    (table,) = document.tables
    assert [["" if cell is None else cell.text.text for cell in row] for row in table.grid] == [HEAD, *ROWS]
    assert (table.label, table.title) == ("表2-1", "自然保护地名录")
    said = ["table" if block.table is not None else block.text.text for block in document.blocks]
    order = [at for mark in ("左栏开头", "table", "右栏结尾") for at, words in enumerate(said) if mark in words]
    assert order == sorted(order)


@pytest.mark.parametrize("dress", ["ruled", "three_line"])
def test_tables_beside_each_other_stay_apart(dress: str, tmp_path: Path) -> None:
    """Two tables at one height with heads of their own are two, the left one first, each with its title."""
    page = Page(tmp_path / "page.pdf", dress)
    page.prose(60, 80, BEFORE, 1)
    for x, label, head in (
        (COLUMNS[0], "表2-1　自然保护地名录", HEAD),
        (COLUMNS[1], "表2-2　古树名木名录", ["编号", "树种", "级别", "树龄"]),
    ):
        page.text(x + 40, 120, label, 10)
        page.table(x, 128, [head, *ROWS[:8]])
    page.canvas.save()
    tables = read_document(tmp_path / "page.pdf").tables
    assert [(table.label, len(table.grid)) for table in tables] == [("表2-1", 9), ("表2-2", 9)]


@pytest.mark.parametrize("share", [(1, 1, 2), (2, 1, 1), (1, 2, 1)])
def test_a_wide_column_is_no_column_of_the_page(share: tuple[int, int, int], tmp_path: Path) -> None:
    """A table without rules whose last or first column takes half of its width stays one table."""
    page = Page(tmp_path / "page.pdf", "plain")
    words = ["生态控制区", "国家级", "严格控制新增建设用地的规模，引导逐步退出不符合要求"]
    rest = "开发活动，恢复生态功能"
    words = [
        words[2] if part == 2 else word
        for part, word in zip(share, ["生态控制区", "国家级", "县人民政府"], strict=True)
    ]
    unit = 475 / 4
    head = ["分区", "级别", "要求"]
    y = 100.0
    for row in [head, *([words] * 6)]:
        x = COLUMNS[0]
        for part, word in zip(share, row, strict=True):
            page.text(x + 4, y, word)
            if part == 2 and row is not head:
                page.text(x + 4, y + 12, word)
                page.text(x + 4, y + 24, rest)
            x += unit * part
        y += 22 if row is head else 48
    page.canvas.save()
    (table,) = read_document(tmp_path / "page.pdf").tables
    assert (len(table.grid), table.columns) == (7, 3)


@pytest.mark.parametrize("columns", [3, 4])
def test_a_table_over_both_columns_stays_whole(columns: int, tmp_path: Path) -> None:
    """Between the columns of prose above and below, a wide table is one, though none of its cells stands in the middle."""
    page = Page(tmp_path / "page.pdf", "plain")
    y = 80.0
    for words in (BEFORE, BEHIND):
        for x in COLUMNS:
            page.prose(x, y, words, 8)
        y += 170
        if words is BEFORE:
            rows = [
                ["分区", "面积", "比例", "备注"],
                *([f"{name}类分区", f"{at}5.10", f"{at}.25", "无"] for at, name in enumerate("甲乙丙丁戊")),
            ]
            for row in rows:
                for at, cell in enumerate(row[:columns]):
                    page.text(COLUMNS[0] + 475 / columns * at, y, cell)
                y += 20
            y += 20
    page.canvas.save()
    (table,) = read_document(tmp_path / "page.pdf").tables
    assert (len(table.grid), table.columns) == (6, columns)
