"""What is a table and what is not: contents pages, lists, legends, prose in columns, boxes; titles, joins, turned pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from chuandao.extract import read_document
from chuandao.extract.tables.titles import is_again, is_note, read_label, read_unit
from chuandao.plan.document import Document

FONT = "STSong-Light"
HIGH = 842.0
PROSE = "坚持底线思维，统筹发展和安全，优化国土空间开发保护格局，提升国土空间治理水平。"


class Sheet:
    """A page to draw on, with heights from the top."""

    def __init__(self, path: Path, size: tuple[float, float] = (595.0, HIGH)) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self.high = size[1]
        self.canvas = Canvas(str(path), pagesize=size, invariant=1)

    def text(self, x: float, y: float, words: str, size: float = 11) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.high - y, words)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x0, self.high - y0, x1, self.high - y1)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        for ends in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
            self.rule(*ends)

    def grid(self, x0: float, y0: float, wide: float, rows: list[list[str]], high: float = 18, size: float = 9) -> None:
        for r, row in enumerate(rows):
            for c, words in enumerate(row):
                left, top = x0 + c * wide, y0 + r * high
                self.box(left, top, left + wide, top + high)
                self.text(left + 4, top + high - 5, words, size)

    def next(self) -> None:
        self.canvas.showPage()


def read(folder: Path, draw: Callable[[Sheet], None], size: tuple[float, float] = (595.0, HIGH)) -> Document:
    path = folder / "page.pdf"
    sheet = Sheet(path, size)
    draw(sheet)
    sheet.canvas.save()
    return read_document(path)


def prose(sheet: Sheet, y: float, lines: int = 4) -> None:
    for at in range(lines):
        sheet.text(80, y + 20 * at, PROSE, 11)


def contents_with_leaders(sheet: Sheet) -> None:
    for at in range(20):
        sheet.text(80, 100 + 24 * at, f"第{at + 1}条　规划范围" + "." * 60 + f" {at + 3}")


def contents_without_leaders(sheet: Sheet) -> None:
    sheet.text(270, 80, "目录", 16)
    for at, name in enumerate(
        ["第一章　总则", "第二章　目标", "第三章　格局", "第四章　农业空间", "第五章　生态空间", "附表"]
    ):
        sheet.text(80, 120 + 24 * at, name)
        sheet.text(500, 120 + 24 * at, str(3 + 4 * at))


def articles(sheet: Sheet) -> None:
    for at in range(8):
        sheet.text(103, 100 + 60 * at, f"第{at + 1}条　　规划范围")
        sheet.text(80, 120 + 60 * at, PROSE)
        sheet.text(80, 140 + 60 * at, PROSE[:20])


def inline_list(sheet: Sheet) -> None:
    for at, sign in enumerate("一二三四五六"):
        sheet.text(103, 100 + 40 * at, f"（{sign}）　严格落实上级下达的各项约束性指标，不得突破。")


def bullets(sheet: Sheet) -> None:
    for at in range(8):
        sheet.text(90, 100 + 22 * at, "•")
        sheet.text(112, 100 + 22 * at, "推进生态修复工程，" + "完善监测体系" * (1 + at % 4))


def two_columns(sheet: Sheet) -> None:
    for at in range(30):
        sheet.text(60, 90 + 20 * at, PROSE[:21])
        sheet.text(310, 90 + 20 * at, PROSE[8:29])


def white_on_paper(sheet: Sheet) -> None:
    sheet.canvas.setFillGray(0.7)
    sheet.canvas.rect(0, HIGH - 40, 595, 40, stroke=0, fill=1)
    sheet.canvas.setFillGray(0)
    sheet.canvas.setStrokeGray(1)
    for at in range(9):
        sheet.text(80, 115 + 20 * at, PROSE)
        for x in (75, 240, 400, 520):
            sheet.rule(x, 100 + 20 * at, x, 120 + 20 * at)
        sheet.rule(75, 100 + 20 * at, 520, 100 + 20 * at)
    sheet.rule(75, 280, 520, 280)


def underlined(sheet: Sheet) -> None:
    sheet.rule(80, 55, 515, 55)
    sheet.text(200, 50, "某市国土空间总体规划（2021—2035年）", 9)
    sheet.text(103, 100, "第四条　　强制性内容")
    for at in range(6):
        sheet.text(80, 130 + 24 * at, PROSE)
        sheet.rule(80, 133 + 24 * at, 80 + 11 * len(PROSE), 133 + 24 * at)


def legend(sheet: Sheet) -> None:
    sheet.text(280, 590, "图例")
    for at, name in enumerate(["生态保护红线", "永久基本农田", "城镇开发边界"]):
        sheet.canvas.rect(120 + 130 * at, sheet.high - 620, 16, 9, fill=1)
        sheet.text(142 + 130 * at, 620, name, 9)
    sheet.text(240, 660, "图3-1　国土空间总体格局图", 9)


@pytest.mark.parametrize(
    "draw",
    [
        contents_with_leaders, contents_without_leaders, articles, inline_list, bullets, two_columns, white_on_paper, underlined, legend,
    ],
)  # fmt: skip
def test_what_only_looks_like_columns_is_no_table(draw: Callable[[Sheet], None], tmp_path: Path) -> None:
    """Contents pages, articles, lists, prose in two columns, underlined prose and legends give no table."""
    assert read(tmp_path, draw).tables == ()


def test_a_ruled_box_of_prose_is_a_box(tmp_path: Path) -> None:
    """A 专栏 around prose gives blocks of the box under its title, no table."""

    def draw(sheet: Sheet) -> None:
        prose(sheet, 100)
        sheet.box(80, 190, 515, 300)
        sheet.rule(80, 212, 515, 212)
        sheet.text(220, 206, "专栏3-1　主体功能区体系")
        for at in range(3):
            sheet.text(90, 232 + 20 * at, PROSE[:36], 11)
        prose(sheet, 330)

    document = read(tmp_path, draw)
    assert document.tables == ()
    inside = [block for block in document.blocks if block.part == "box"]
    assert inside and all(block.box_label and block.box_label.startswith("专栏3-1") for block in inside)


def test_a_grid_under_a_box_title_is_a_table_of_that_name(tmp_path: Path) -> None:
    """A 专栏 that holds a grid is a table labelled 专栏."""

    def draw(sheet: Sheet) -> None:
        sheet.box(80, 100, 480, 120)
        sheet.text(220, 115, "专栏4　重大工程")
        sheet.grid(
            80,
            120,
            100,
            [["序号", "名称", "面积", "时序"], ["1", "湿地修复", "30.5", "2025年"], ["2", "造林", "8", "2030年"]],
        )

    (table,) = read(tmp_path, draw).tables
    assert (table.label, table.title, table.header_rows) == ("专栏4", "重大工程", 1)
    assert [[cell.text.text for cell in row if cell] for row in table.grid][1] == ["1", "湿地修复", "30.5", "2025年"]


def test_a_table_inside_a_box_is_a_table(tmp_path: Path) -> None:
    """A grid that stands free inside a framed box takes the title of the box."""

    def draw(sheet: Sheet) -> None:
        sheet.box(80, 100, 515, 220)
        sheet.text(240, 120, "专栏5　控制指标")
        sheet.grid(
            100,
            130,
            90,
            [["名称", "单位", "2025年", "2035年"], ["耕地保有量", "万亩", "30.5", "31"], ["林地", "公顷", "8", "9"]],
        )

    (table,) = read(tmp_path, draw).tables
    assert table.label == "专栏5"
    assert len(table.grid) == 3


def test_tables_of_the_same_columns_with_own_titles_stay_apart(tmp_path: Path) -> None:
    """Two tables with equal headers on following pages are two tables when each has its own title."""
    head = ["序号", "名称", "级别", "面积"]

    def draw(sheet: Sheet) -> None:
        for page, label in enumerate(["表2-1　自然保护地名录", "表2-2　湿地名录"]):
            sheet.text(220, 95, label)
            sheet.grid(80, 105, 100, [head, *([str(at), f"湿地{page}{at}", "省级", f"{at}.5"] for at in range(1, 34))])
            sheet.next()

    tables = read(tmp_path, draw).tables
    assert [table.label for table in tables] == ["表2-1", "表2-2"]
    assert [len(table.grid) for table in tables] == [34, 34]


def test_tables_without_titles_and_other_headers_stay_apart(tmp_path: Path) -> None:
    """A table at the top of a page with a header of its own does not continue the one before it."""

    def draw(sheet: Sheet) -> None:
        sheet.grid(
            80, 105, 100, [["序号", "名称", "级别", "面积"], *([str(at), "湿地", "省级", "1.5"] for at in range(1, 34))]
        )
        sheet.next()
        sheet.grid(
            80,
            105,
            100,
            [["序号", "工程", "地点", "时序"], *([str(at), "修复", "东岭县", "2030年"] for at in range(1, 9))],
        )

    assert len(read(tmp_path, draw).tables) == 2


def test_a_continued_table_keeps_each_row_once(tmp_path: Path) -> None:
    """The repeated header and 续表 line of a continued table are dropped, each cell knows its own page."""
    head = ["序号", "名称", "级别", "面积"]

    def draw(sheet: Sheet) -> None:
        sheet.text(220, 95, "附表2　自然保护地名录")
        sheet.text(430, 104, "单位：公顷", 9)
        sheet.grid(80, 110, 100, [head, *([str(at), f"湿地{at}", "省级", f"{at}.5"] for at in range(1, 34))])
        sheet.next()
        sheet.text(250, 95, "续附表2")
        sheet.grid(80, 110, 100, [head, *([str(at), f"湿地{at}", "省级", f"{at}.5"] for at in range(34, 40))])
        sheet.text(80, 240, "注：面积以批复为准。", 9)

    (table,) = read(tmp_path, draw).tables
    assert (table.label, table.title, table.unit, len(table.notes)) == ("附表2", "自然保护地名录", "公顷", 1)
    serials = [row[0].text.text for row in table.grid if row[0]]
    assert serials == ["序号", *map(str, range(1, 40))]
    cell = table.grid[-1][1]
    assert cell is not None and cell.text.page == 2


def test_a_merged_category_goes_on_over_the_page(tmp_path: Path) -> None:
    """A category cell merged over rows stands at each row it covers, on the next page too."""

    def part(sheet: Sheet, top: float, rows: list[list[str]], merged: str) -> None:
        high = 18 * len(rows)
        sheet.box(80, top, 180, top + high)
        if merged:
            sheet.text(90, top + high / 2, merged, 9)
        sheet.grid(180, top, 100, rows)

    def draw(sheet: Sheet) -> None:
        sheet.grid(80, 100, 100, [["类型", "序号", "名称", "面积"]])
        part(sheet, 118, [[str(at), f"湿地{at}", "1.5"] for at in range(1, 32)], "湿地公园")
        sheet.next()
        sheet.grid(80, 100, 100, [["类型", "序号", "名称", "面积"]])
        part(sheet, 118, [[str(at), f"湿地{at}", "1.5"] for at in range(32, 36)], "")
        part(sheet, 190, [[str(at), f"林场{at}", "1.5"] for at in range(36, 40)], "森林公园")

    (table,) = read(tmp_path, draw).tables
    kinds = [row[0].text.text for row in table.grid[1:] if row[0]]
    assert kinds == ["湿地公园"] * 35 + ["森林公园"] * 4


def test_a_table_turned_by_a_quarter_is_read_upright(tmp_path: Path) -> None:
    """A table drawn sideways on an upright page is read in its own direction, with boxes on the page as displayed."""

    def draw(sheet: Sheet) -> None:
        sheet.canvas.translate(595, 0)
        sheet.canvas.rotate(90)
        sheet.high = 595
        sheet.text(300, 70, "表6-1　用地结构")
        sheet.grid(
            80,
            80,
            110,
            [["用地类型", "基期年", "目标年", "增减"], ["耕地", "100.5", "99.5", "-1.0"], ["林地", "50", "60", "10"]],
        )

    (table,) = read(tmp_path, draw).tables
    assert [[cell.text.text for cell in row if cell] for row in table.grid][1] == ["耕地", "100.5", "99.5", "-1.0"]
    cell = table.grid[1][0]
    assert cell is not None
    (span,) = cell.text.spans()
    assert span.boxes is not None and span.boxes[0][3] - span.boxes[0][1] > span.boxes[0][2] - span.boxes[0][0]


def test_a_nested_grid_is_words_of_its_cell(tmp_path: Path) -> None:
    """A grid inside a cell of another grid adds its words to that cell and no table of its own."""

    def draw(sheet: Sheet) -> None:
        sheet.grid(80, 100, 200, [["名称", "内容"], ["一", ""], ["二", "无"]], high=80)
        sheet.grid(290, 190, 60, [["甲", "1"], ["乙", "2"]])

    (table,) = read(tmp_path, draw).tables
    cell = table.grid[1][1]
    assert cell is not None
    assert "".join(cell.text.text.split()) == "甲1乙2"


@pytest.mark.parametrize(
    ("line", "label", "title"),
    [
        ("表 3-1　国土空间保护格局传导要点", "表3-1", "国土空间保护格局传导要点"),
        ("附表2县（区）主要指标分解表", "附表2", "县（区）主要指标分解表"),
        ("专栏5-1 十条省级生态廊道", "专栏5-1", "十条省级生态廊道"),
        ("表1：规划指标体系表", "表1", "规划指标体系表"),
        ("续表3-2", "表3-2", ""),
    ],
)
def test_titles_are_read(line: str, label: str, title: str) -> None:
    """A title line gives its label and title."""
    found = read_label(line)
    assert found is not None and found[:2] == (label, title)


@pytest.mark.parametrize(
    "line", ["表3-1所列工程应当优先实施", "附表2，任务下达后不得擅自减少", "附表 4、附表 5。", "代表性项目"]
)
def test_sentences_are_no_titles(line: str) -> None:
    """Prose that begins with the name of a table is no title."""
    assert read_label(line) is None


def test_lines_around_tables_are_told_apart() -> None:
    """Unit lines, notes and 续表 marks are recognised."""
    assert read_unit("单位：公顷、%") == "公顷、%"
    assert read_unit("（单位：万亩）") == "万亩"
    assert read_unit("各单位：请按时报送。") is None
    assert is_again("续表") and is_again("表3-1（续）") and is_again("续附表3")
    assert is_note("注：1.数据以批复为准") and is_note("数据来源：统计年鉴") and not is_note("注重生态保护")


def test_wrapped_names_of_columns_stay_one_row(tmp_path: Path) -> None:
    """In a table with a rule between all rows, names of columns that run over three lines are one row of headers."""

    def draw(sheet: Sheet) -> None:
        head = [["", "县区", ""], ["永久基本农", "田保护面积", "（万亩）"], ["生态保护红", "线面积（平", "方公里）"]]
        for c, lines in enumerate(head):
            sheet.box(60 + c * 70, 100, 130 + c * 70, 142)
            for n, words in enumerate(lines):
                sheet.text(68 + c * 70, 112 + n * 13, words, 9)
        rows = [
            ["东川县", "12.50", "301.20"],
            ["西岭县", "20.10", "98.60"],
            ["南屏县", "8.75", "77.41"],
            ["北河县", "6", "5.2"],
        ]
        sheet.grid(60, 142, 70, rows, 14)

    table = read(tmp_path, draw).tables[0]
    assert table.header_path(1) == ("永久基本农田保护面积（万亩）",)
    assert len(table.grid) == 5
