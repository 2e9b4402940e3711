"""Rows that a page break cuts in tables without rules between them, and last pages that hold little."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from makers import maker
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from chuandao.extract import read_document

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
