"""Pages set in columns: prose is read column by column and is no table; tables stay in their column."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from chuandao.extract.read import read_pdf
from chuandao.plan.document import Document

sys.path.insert(0, str(Path(__file__).parent.parent))
import makers_pdf as make

FIRST = "全市国土空间开发保护坚持底线约束，耕地保有量不低于一百五十二万亩，永久基本农田面积不低于一百三十万亩，任何单位和个人不得擅自占用或者改变用途。"
SECOND = "严格控制新增建设用地，推进存量低效用地再开发，单位国内生产总值建设用地使用面积持续下降，并按年度开展监测评估和考核。"
THIRD = (
    "加强历史文化保护，划定历史文化保护线，保护线内的各项建设活动应当与周边风貌相协调，严禁大拆大建，合理利用历史建筑。"
)
FOURTH = "完善城乡公共服务设施网络，统筹教育、医疗、养老用地布局，新建住宅小区配套建设的设施与住宅同步规划、同步建设。"
TABLE = [
    ("指标", "单位", "目标"),
    ("耕地保有量", "万亩", "152.30"),
    ("林地保有量", "万亩", "210.00"),
    ("湿地面积", "公顷", "3100"),
]


def column(canvas: Canvas, x: float, y: float, paragraphs: list[str], width: int) -> float:
    """Draws paragraphs of 10 points as a column `width` characters wide; gives the height of the next line."""
    for paragraph in paragraphs:
        for line in make.wrapped(paragraph, width):
            make.line(canvas, x, y, line, 10)
            y -= 17
    return y


def table(canvas: Canvas, x: float, y: float) -> float:
    """Draws TABLE without any rule."""
    for row in TABLE:
        for place, words in zip((0, 80, 130), row, strict=True):
            make.line(canvas, x + place, y, words, 10)
        y -= 17
    return y


def read(draw: make.Draw, size: tuple[float, float] = A4) -> Document:
    return read_pdf(Path("plan.pdf"), make.pdf(draw, size=size))


def flow(document: Document) -> list[str]:
    """The paragraphs and headings in order, a table as its first cell."""
    return [
        block.table.grid[0][0].text.text if block.table and block.table.grid[0][0] else block.text.text
        for block in document.blocks
    ]


@pytest.mark.parametrize("columns", [3, 4])
def test_prose_in_three_and_four_columns(columns: int) -> None:
    """Each column is read from top to bottom, the title over them first; nothing is a table."""
    texts = [[FIRST, SECOND], [SECOND, THIRD], [THIRD, FOURTH], [FOURTH, FIRST]][:columns]
    wide, high = landscape(A4)

    def draw(canvas: Canvas) -> None:
        make.line(canvas, wide / 2 - 48, high - 70, "第一章　总则", 16)
        step = (wide - 90) / columns
        for at, paragraphs in enumerate(texts):
            column(canvas, 50 + at * step, high - 110, paragraphs, int(step / 10) - 2)

    document = read(draw, (wide, high))
    assert not document.tables
    assert flow(document) == ["第一章 总则", *(paragraph for paragraphs in texts for paragraph in paragraphs)]


def test_articles_that_head_three_columns() -> None:
    """第一条, 第二条 and 第三条 side by side over their texts are three headings, each before its own text."""

    def draw(canvas: Canvas) -> None:
        make.centred(canvas, 770, "第一章　总则", 16)
        for at, (number, text) in enumerate(zip("一二三", (FIRST, SECOND, THIRD), strict=True)):
            make.line(canvas, 60 + 165 * at, 740, f"第{number}条　规划目的", 12)
            column(canvas, 60 + 165 * at, 718, [text, FOURTH], 15)

    found = [block.text.text.replace(" ", "") for block in read(draw).blocks]
    assert found == [
        "第一章总则", "第一条规划目的", FIRST, FOURTH, "第二条规划目的", SECOND, FOURTH, "第三条规划目的", THIRD, FOURTH,
    ]  # fmt: skip


def test_a_narrow_column_beside_a_wide_one() -> None:
    """A note of nine characters a line at the side of the text is read for itself."""

    def draw(canvas: Canvas) -> None:
        column(canvas, 50, 740, [THIRD], 9)
        column(canvas, 180, 740, [FIRST, SECOND, FOURTH], 33)

    assert flow(read(draw)) == [THIRD, FIRST, SECOND, FOURTH]


def test_tables_without_rules_in_both_columns() -> None:
    """A table at the top of one column and one at the foot of the other: both are tables, and the prose stays whole."""

    def draw(canvas: Canvas) -> None:
        make.centred(canvas, 770, "第二章　目标", 16)
        column(canvas, 60, table(canvas, 60, 740) - 14, [FIRST, SECOND], 22)
        table(canvas, 320, column(canvas, 320, 740, [THIRD + FOURTH], 22) - 14)

    document = read(draw)
    assert flow(document) == ["第二章 目标", "指标", FIRST, SECOND, THIRD + FOURTH, "指标"]
    for found in document.tables:
        assert [tuple(cell.text.text for cell in row if cell) for row in found.grid] == TABLE


@pytest.mark.parametrize("right", [True, False])
def test_table_without_rules_beside_prose(right: bool) -> None:
    """Prose above and below a table in one column, prose alone in the other."""

    def draw(canvas: Canvas) -> None:
        here, there = (320, 60) if right else (60, 320)
        y = column(canvas, here, 740, [FIRST], 22) - 14
        column(canvas, here, table(canvas, here, y) - 14, [SECOND], 22)
        column(canvas, there, 740, [THIRD, FOURTH, THIRD], 22)

    document = read(draw)
    own, other = [FIRST, "指标", SECOND], [THIRD, FOURTH, THIRD]
    assert flow(document) == ([*other, *own] if right else [*own, *other])


def test_marked_items_in_two_columns_are_read_column_by_column() -> None:
    """A register of short items, each with its mark, set in two columns: no table, no line over both columns."""
    left = ["国家历史文化名城（5处）", *(f"·{name}历史文化名城（甲市）" for name in "东南西北中")]
    right = ["中国历史文化名村（5处）", *(f"·{name}山古村（乙市）" for name in "东南西北中")]

    def draw(canvas: Canvas) -> None:
        make.centred(canvas, 770, "历史文化名城名镇名村名录一览", 16)
        for x, lines in ((60, left), (320, right)):
            for at, line in enumerate(lines):
                make.line(canvas, x, 720 - 26 * at, line, 11)

    document = read(draw)
    assert document.tables == ()
    assert flow(document) == ["历史文化名城名镇名村名录一览", *left, *right]
