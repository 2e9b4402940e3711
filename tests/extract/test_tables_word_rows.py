"""Tables whose rows, columns or groups words alone tell: serial numbers, categories, heads of groups, grids in cells."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from chuandao.extract import read_document
from chuandao.extract.tables.titles import item_number, read_label
from chuandao.plan.document import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from makers_tables import FONT
from makers_word_rows import Line, Look, Part, draw_rows

NAMES = ["青石河流域湿地保护与修复工程", "白鹭洲矿山生态修复工程", "望江县水土流失综合治理工程", "龙潭水库水源地保护工程", "东岭农田整治工程", "南溪河道清淤疏浚工程"]  # fmt: skip
WORKS = ["清理河道12公里，修复退化湿地300公顷", "治理历史遗留矿山并恢复植被", "坡耕地改梯田，营造水源涵养林450公顷", "封山育林", "建设高标准农田，完善灌排设施与田间道路", "疏浚河道，建设生态护岸8公里"]  # fmt: skip
HEAD: Line = ["序号", "类型", "工程名称", "建设内容", "年限"]
WIDTHS = [40.0, 80.0, 110.0, 130.0, 90.0]
KINDS = ["生态修复", "生态修复", "生态修复", "农田整治", "农田整治", "水利"]


def plain(words: str) -> str:
    return re.sub(r"\s+", "", words)


def rows_of(table: Table) -> list[list[str]]:
    return [["" if cell is None else plain(cell.text.text) for cell in row] for _, row in table.body()]


def only_table(path: Path) -> Table:
    (table,) = read_document(path).tables
    return table


def works(*, merged: bool) -> list[Line]:
    rows: list[Line] = []
    for at, (name, work) in enumerate(zip(NAMES, WORKS, strict=True)):
        kind: str | Part | None = KINDS[at]
        if merged:
            kind = Part(KINDS[at], KINDS.count(KINDS[at])) if at == KINDS.index(KINDS[at]) else None
        rows.append([str(at + 1), kind, name, work, "2021—2035年"])
    return rows


WANTED = [[str(at + 1), KINDS[at], NAMES[at], WORKS[at], "2021—2035年"] for at in range(len(NAMES))]


@pytest.mark.parametrize("middle", [True, False])
@pytest.mark.parametrize("pad", [0.0, 3.0])
def test_serial_numbers_tell_rows_without_rules(tmp_path: Path, middle: bool, pad: float) -> None:
    """Where no rule and no white parts the rows, each 序号 is one row with all lines of its cells."""
    table = only_table(draw_rows(tmp_path / "a.pdf", [HEAD], works(merged=False), WIDTHS, Look(middle=middle, pad=pad)))
    assert rows_of(table) == WANTED


@pytest.mark.parametrize("rules", [(), ("lying",), ("frame", "standing")])
def test_categories_beside_serial_numbers_stand_at_their_rows(tmp_path: Path, rules: tuple[str, ...]) -> None:
    """A word beside 序号 that stands once for several rows is read at each of them, whether lying rules leave its column
    out, standing rules part the columns only, or nothing is drawn."""
    look = Look(frozenset(rules), middle=False)
    table = only_table(draw_rows(tmp_path / "a.pdf", [HEAD], works(merged=True), WIDTHS, look))
    assert rows_of(table) == WANTED


def test_a_grid_that_touches_its_cell_is_lines_of_that_cell(tmp_path: Path) -> None:
    """A small table inside a cell, whose rules touch those of the cell, adds no columns or rows to the table; its rows are
    lines of the cell."""
    rows = works(merged=False)
    rows[1][3] = Part(grid=[["甲镇", "600"], ["乙镇", "450"]])
    look = Look(frozenset({"frame", "lying", "standing"}))
    table = only_table(draw_rows(tmp_path / "a.pdf", [HEAD], rows, WIDTHS, look))
    assert [row[0] for row in rows_of(table)] == ["1", "2", "3", "4", "5", "6"]
    cell = table.grid[2][3]
    assert cell is not None and cell.text.text == "甲镇 600\n乙镇 450"
    assert [span.quote for span in cell.text.spans(3, 6)] == ["600"]


def test_category_rows_between_standing_rules(tmp_path: Path) -> None:
    """Where standing rules alone part the columns, a row over all of them neither ends the table nor is lost."""
    numbers = [[str(at + 1), name, str(100 + at), str(120 + at)] for at, name in enumerate(["耕地保有量", "林地保有量", "用水总量", "湿地面积"])]  # fmt: skip
    rows: list[Line] = [[Part("一、空间底线", 1, 4), None, None, None], *numbers[:2], [Part("二、资源利用", 1, 4), None, None, None], *numbers[2:]]  # fmt: skip
    path = draw_rows(
        tmp_path / "a.pdf", [["序号", "指标", "2025年", "2035年"]], rows, [50, 150, 100, 100], Look(frozenset({"frame", "standing"}))
    )  # fmt: skip
    table = only_table(path)
    assert table.title == "规划指标表"
    assert [row[0] for row in rows_of(table)] == ["一、空间底线", "1", "2", "二、资源利用", "3", "4"]
    assert [row[1] for row in rows_of(table)[1:3]] == ["耕地保有量", "林地保有量"]


@pytest.mark.parametrize("rules", [(), ("lying",), ("shades",)])
def test_each_column_has_the_group_over_it(tmp_path: Path, rules: tuple[str, ...]) -> None:
    """Two names over seven columns each, set to the middle of them, head all of these columns, the first and the last too."""
    kinds = ["耕地", "园地", "林地", "草地", "湿地", "城镇", "村庄"]
    head: list[Line] = [
        [Part("行政区", 2), Part("2020年", 1, 7), *[None] * 6, Part("2035年", 1, 7), *[None] * 6],
        [None, *kinds, *kinds],
    ]
    rows: list[Line] = [[name, *(f"{100 * r + c}" for c in range(14))] for r, name in enumerate(["云山县", "青河县", "石桥区", "合计"], 1)]  # fmt: skip
    table = only_table(
        draw_rows(tmp_path / "a.pdf", head, rows, [50.0, *[29.0] * 14], Look(frozenset(rules), size=8.0, side=2.0))
    )
    assert table.header_path(0) == ("行政区",)
    assert [table.header_path(column) for column in range(1, 15)] == [
        (year, kind) for year in ("2020年", "2035年") for kind in kinds
    ]
    assert rows_of(table)[0][:3] == ["云山县", "100", "101"]


def test_a_row_with_numbers_under_a_wide_name_is_no_header(tmp_path: Path) -> None:
    """The first row below a name over two columns of words (地类) and groups of numbers stays a row."""
    head: list[Line] = [
        [Part("地类", 2, 2), None, Part("2020年", 1, 2), None, Part("增减", 2)],
        [None, None, "面积", "比重（%）", None],
    ]
    rows: list[Line] = [[Part("农用地", 2), "耕地", "120.5", "30.1", "-2"], [None, "林地", "80", "20", "1"], ["建设用地", "城镇", "40", "10", "3"]]  # fmt: skip
    look = Look(frozenset({"frame", "lying", "standing"}))
    table = only_table(draw_rows(tmp_path / "a.pdf", head, rows, [80, 80, 80, 80, 80], look))
    assert table.header_rows == 2
    assert [row[:3] for row in rows_of(table)] == [
        ["农用地", "耕地", "120.5"],
        ["农用地", "林地", "80"],
        ["建设用地", "城镇", "40"],
    ]


def test_numbers_at_the_right_of_their_column_stand_apart_from_the_next(tmp_path: Path) -> None:
    """Numbers that end where others do and words close behind them are two columns, though the white is narrow."""
    numbers = ["3778.86", "81879.00", "52.31", "812.28", "1252.81", "90523.10"]
    places = [
        "南岭县、望江县",
        "高岭区、平湖县",
        "柳林县、云台县",
        "临湖区、清河县",
        "石桥县、东山县",
        "凤泉县、安山区",
    ]
    rows: list[Line] = [
        [str(at), name[:8], number, place]
        for at, (name, number, place) in enumerate(zip(NAMES, numbers, places, strict=True), 1)
    ]
    head: list[Line] = ["序号", "名称", "面积", "所在区县"]
    path = draw_rows(tmp_path / "a.pdf", [head], rows, [50, 150, 80, 74], Look(side=2.0, right=True))
    assert rows_of(only_table(path)) == rows


def test_numbered_notes_are_all_notes_of_the_table(tmp_path: Path) -> None:
    """2. … close under 注：1. … belongs to the notes; a numbered line that does not go on from it does not."""
    path = draw_rows(
        tmp_path / "a.pdf", [HEAD], works(merged=False), WIDTHS, Look(frozenset({"frame", "lying", "standing"})),
        below=("注：1.表中年限为规划期。", "2.建设内容以批复为准。", "5.加强监测评估。"),
    )  # fmt: skip
    document = read_document(path)
    (table,) = document.tables
    assert plain("".join(note.text for note in table.notes)) == "注：1.表中年限为规划期。2.建设内容以批复为准。"
    assert any("加强监测评估" in block.text.text for block in document.blocks)


@pytest.mark.parametrize(
    ("words", "number"),
    [("注：1.表中", 1), ("2.数据", 2), ("（3）其中", 3), ("②其中", 2), ("注：数据", None), ("1.5万亩", None)],
)
def test_numbers_of_notes(words: str, number: int | None) -> None:
    """The number that a note begins with is told from a quantity."""
    assert item_number(words) == number


@pytest.mark.parametrize(
    "title",
    ["中心城区用地结构规划表", "下关区耕地保有量分解表", "和平区指标表", "至善镇农村居民点表", "与周边区域衔接表"],
)
def test_titles_may_begin_like_sentences(title: str) -> None:
    """A title that begins with 中心城区 or the name of a place is a title with a blank before it and without."""
    assert read_label(f"表3-1 {title}") == ("表3-1", title, False)
    assert read_label(f"表3-1{title}") == ("表3-1", title, False)


@pytest.mark.parametrize(
    "line", ["表3-1中的指标", "表2和表3", "表1至表4", "表3-1下列工程", "附表2及其说明", "表5中各县任务"]
)
def test_sentences_that_name_a_table_are_no_titles(line: str) -> None:
    """Words that go on from the name of a table in a sentence make no title."""
    assert read_label(line) is None


def test_prose_written_from_top_to_bottom_is_no_table(tmp_path: Path) -> None:
    """Several columns of characters that stand one below another are prose, with rules at their top and bottom or without."""
    words = "统筹发展和安全坚持底线思维优化国土空间开发保护格局提升治理水平形成安全和谐开放协调的空间格局落实最严格的耕地保护制度"
    for ruled in (False, True):
        canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(595, 842), invariant=1)
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        canvas.setFont(FONT, 12)
        for at, word in enumerate(words):
            canvas.drawString(400 - 26 * (at // 10), 700 - 15 * (at % 10), word)
        if ruled:
            for y in (716, 560):
                canvas.line(260, y, 420, y)
        canvas.save()
        assert not read_document(tmp_path / "a.pdf").tables


def test_a_grid_of_single_words_stays_a_table(tmp_path: Path) -> None:
    """Cells of one character each (是, 否) are no prose written from top to bottom."""
    rows: list[Line] = [
        [name, *("是否"[(at + c) % 2] for c in range(6))] for at, name in enumerate(["甲", "乙", "丙", "丁", "戊"])
    ]
    head: list[Line] = ["镇", "水", "路", "电", "气", "校", "医"]
    table = only_table(draw_rows(tmp_path / "a.pdf", [head], rows, [60.0] * 7, Look(frozenset({"lying"}))))
    assert rows_of(table) == rows


def test_a_name_and_a_total_over_two_columns_stand_over_both(tmp_path: Path) -> None:
    """地类 over categories and their kinds heads both columns, and 合计 belongs to no category, though no rule says so."""
    head: list[Line] = [
        [Part("地类", 2, 2), None, Part("2020年", 1, 2), None, Part("2035年", 1, 2), None],
        [None, None, "面积", "比重", "面积", "比重"],
    ]
    kinds = [
        ("农用地", ["耕地", "园地", "林地", "草地"]),
        ("建设用地", ["城镇用地", "村庄用地"]),
        ("未利用地", ["湿地", "陆地水域", "其他土地"]),
    ]
    rows: list[Line] = []
    for name, some in kinds:
        for at, kind in enumerate(some):
            values = [f"{len(rows)}{c}.{c}" for c in range(1, 5)]
            rows.append([Part(name, len(some)) if at == 0 else None, kind, *values])
    rows.append([Part("合计", 1, 2), None, "900.1", "100.2", "901.3", "100.4"])
    table = only_table(draw_rows(tmp_path / "a.pdf", head, rows, [80, 90, 70, 70, 70, 70], Look()))
    assert table.header_path(0) == table.header_path(1) == ("地类",)
    assert [row[0] for row in rows_of(table)] == [name for name, some in kinds for _ in some] + ["合计"]
    assert rows_of(table)[-1] == ["合计", "合计", "900.1", "100.2", "901.3", "100.4"]
