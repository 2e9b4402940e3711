"""Rows that a page break cuts in tables without rules between them, and last pages that hold little."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from makers import maker
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from chuandao.extract import read_document
from chuandao.extract.tables.joining import join_tables
from chuandao.extract.tables.page import PageCell, PageTable
from chuandao.plan.document import Text

tables = maker("makers_tables")

NUMBERED = ["序号", "分区名称", "管控要求", "涉及乡镇"]
WORDS = "严格控制新增建设用地规模并引导现状建设用地逐步退出，恢复生态系统的服务功能，落实监测预警与管护责任"
TOWNS = "白鹭洲街道、临湖新区、云台镇、清河区、东岭县、望江县、石桥镇、平湖街道"


def plain(words: str) -> str:
    return re.sub(r"\s+", "", words)


def read(folder: Path, **more: object) -> tuple[list[list[str]], list[list[list[str]]], tables.Drawn]:
    """(drawn grid, grids read, what was drawn) of a table with this setting."""
    pdfmetrics.registerFont(UnicodeCIDFont(tables.FONT))
    head, rows = more.pop("head"), more.pop("rows")
    setting = {"size": 10.0, "pad": 3.0, "middle": True, "repeat_head": False, "split_rows": True, "split_any": True}
    setting |= {"align": ["c", "c", "l", "l"][-len(head) :], "widths": [40, 85, 190, 120][-len(head) :]} | more
    plan = tables.Plan(
        head=[head], spans=[(0, column, 1, 1) for column in range(len(head))], rows=rows, again=False, **setting
    )
    drawn = tables.draw_plan(folder / "breaks.pdf", plan, 0)
    grids = [
        [["" if cell is None else plain(cell.text.text) for cell in row] for row in table.grid]
        for table in read_document(drawn.path).tables
    ]
    return [[plain(cell) for cell in row] for row in drawn.grid], grids, drawn


@pytest.mark.parametrize("repeat_head", [True, False])
@pytest.mark.parametrize(
    ("dress", "fewer"),
    [("ruled", 0), ("ruled", 2), ("three_line", 0), ("three_line", 1), ("zebra", 0), ("zebra", 1), ("plain", 0)],
)
def test_a_row_whose_cells_go_on_over_the_page_is_one(
    dress: str, repeat_head: bool, fewer: int, tmp_path: Path
) -> None:
    """A row with a number, cut where all its long cells go on, is read as one row."""
    rows = [[str(at + 1), "生态控制区", WORDS * 2, TOWNS * 2] for at in range(16 - fewer)]
    rows[fewer][2] = "维持现状"
    wanted, grids, drawn = read(tmp_path, head=NUMBERED, rows=rows, dress=dress, repeat_head=repeat_head)
    assert drawn.pages > 1
    assert grids == [wanted]


@pytest.mark.parametrize("repeat_head", [True, False])
@pytest.mark.parametrize("dress", ["ruled", "three_line", "lying", "zebra", "plain", "shaded_head"])
def test_a_last_page_with_little_more_than_the_total_belongs_to_the_table(
    dress: str, repeat_head: bool, tmp_path: Path
) -> None:
    """The head again, one county and the total on a page of their own are the last rows of the table before."""
    rows = [[f"县{at}", f"{at}5.10", f"{at}.25", f"{at + 3}"] for at in range(31)]
    rows.append(["合计", "1250.30", "33.1", "40"])
    wanted, grids, drawn = read(
        tmp_path, head=["行政区", "耕地保有量", "湿地", "林地"], rows=rows, dress=dress, repeat_head=repeat_head
    )
    assert drawn.pages == 2
    assert grids == [wanted]


@pytest.mark.parametrize("white", [30, 45])
@pytest.mark.parametrize("dress", ["zebra", "plain"])
def test_a_head_again_that_white_parts_from_its_rows_is_no_line_of_text(
    dress: str, white: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The head printed again, with an empty row or white under it, leaves the rows below it with their table."""
    turned = tables.Drawer.next_page

    def turned_with_white(drawer: tables.Drawer) -> None:
        turned(drawer)
        drawer.y += white

    monkeypatch.setattr(tables.Drawer, "next_page", turned_with_white)
    rows = [[f"县{at}", f"{at}5.10", f"{at}.25", f"{at + 3}"] for at in range(38)]
    wanted, grids, drawn = read(
        tmp_path, head=["行政区", "耕地保有量", "湿地", "林地"], rows=rows, dress=dress, repeat_head=True
    )
    assert drawn.pages == 2
    assert grids == [wanted]
    assert not any("行政区" in block.text.text for block in read_document(drawn.path).blocks if block.table is None)


def test_years_cut_by_a_narrow_column_part_no_rows() -> None:
    """2035 read as 203 over 5 is a year in one row, and so are the amounts cut beside it; whole years part their rows."""
    read_rows = [
        ["指标", "年份", "东岭县"], ["造林绿化空间", "203", "≥1360."], ["面积", "5", "5"],
        ["采矿权数量", "203", "≤16"], ["", "0", ""], ["湿地面积", "2035", "≥20"],
    ]  # fmt: skip
    cells = [
        PageCell(Text(words, ()), row, column, 1, 1, (0, 0, 1, 1))
        for row, line in enumerate(read_rows)
        for column, words in enumerate(line)
    ]
    page = PageTable(
        "table", 1, (0, 0, 3, 6), np.zeros(0, int), 6, 3, tuple(cells), (0, 1, 2, 3), dress="lines", shaded=1
    )
    (joined,) = join_tables([page]).tables
    assert [["" if cell is None else cell.text.text for cell in row] for row in joined.table.grid] == [
        ["指标", "年份", "东岭县"],
        ["造林绿化空间面积", "2035", "≥1360.5"],
        ["采矿权数量", "2030", "≤16"],
        ["湿地面积", "2035", "≥20"],
    ]


def test_a_group_that_goes_on_over_the_page_begins_a_row_of_its_own() -> None:
    """The first row below the break belongs to the group that began in the last row above it; it is no rest of that row."""

    def page(number: int, rows: list[list[str]], merged: dict[int, int]) -> PageTable:
        cells = []
        for at, line in enumerate(rows):
            for column, words in enumerate(line):
                span = merged.get(at, 1) if column == 0 else 1
                if column or not any(first < at < first + count for first, count in merged.items()):
                    cells.append(PageCell(Text(words, ()), at, column, span, 1, (0, 0, 1, 1)))
        return PageTable(
            "table",
            number,
            (0, 0, 3, 6),
            np.zeros(0, int),
            len(rows),
            4,
            tuple(cells),
            (0, 1, 2, 3, 4),
            dress="ruled",
            shaded=1,
        )

    head = ["领域", "项目名称", "建设性质", "涉及县"]
    above = [
        head,
        ["交通", "甲铁路", "新建", "东岭县"],
        ["", "乙高速", "扩建", "石桥县"],
        ["水利", "丙水库", "新建", "东岭县"],
    ]
    below = [
        head,
        ["", "丁灌区", "续建", "石桥县"],
        ["能源", "戊电站", "新建", "东岭县"],
        ["", "己变电站", "新建", "石桥县"],
    ]
    (joined,) = join_tables([page(1, above, {1: 2}), page(2, below, {2: 2})]).tables
    said = [["" if cell is None else cell.text.text for cell in row] for row in joined.table.grid]
    assert [row[1] for row in said] == ["项目名称", "甲铁路", "乙高速", "丙水库", "丁灌区", "戊电站", "己变电站"]
    assert said[4][0] == "水利"
