"""Bands of shade: which lines of the first white band are the head, and which the first row."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from makers import maker
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from chuandao.extract import read_document

tables = maker("makers_tables")

PLACES = ["清河区", "望江县", "东岭县", "石桥镇", "白鹭洲街道", "南溪乡", "临湖新区", "云台镇"]
SIMPLE = ["行政区", "耕地保有量", "永久基本农田", "生态保护红线"]
WRAPPED = ["行政区", "到2035年的耕地保有量（万亩）", "永久基本农田保护面积（万亩）", "生态保护红线面积（平方公里）"]
DUTIES = ["行政区", "责任单位", "主要任务", "时序"]
WORKS = ["退化林修复", "水系连通", "矿山复绿，完善监测预警体系并建立管护机制", "岸线整治"]


def allocations(count: int) -> list[list[str]]:
    return [
        [place, f"{12.5 + at:.2f}", f"{10.25 + at:.2f}", f"{3.75 * at:.2f}"] for at, place in enumerate(PLACES[:count])
    ]


def duties(count: int) -> list[list[str]]:
    return [
        [place, f"{place}人民政府", WORKS[at % len(WORKS)], "近期" if at % 2 else "远期"]
        for at, place in enumerate(PLACES[:count])
    ]


def draw(folder: Path, head: list[str], rows: list[list[str]], **more: object) -> tables.Drawn:
    """A table of which every second row is shaded, the first one not, and not the head."""
    pdfmetrics.registerFont(UnicodeCIDFont(tables.FONT))
    setting = {"size": 10.0, "pad": 3.0, "middle": True, "align": ["c"] * len(head), "repeat_head": False} | more
    plan = tables.Plan(
        dress="zebra", head=[head], spans=[(0, column, 1, 1) for column in range(len(head))], rows=rows,
        widths=[435 / len(head)] * len(head), again=False, split_rows=False, bare_head=True, **setting,
    )  # fmt: skip
    return tables.draw_plan(folder / "bands.pdf", plan, 0)


def plain(words: str) -> str:
    return re.sub(r"\s+", "", words)


@pytest.mark.parametrize("count", [3, 5, 8])
@pytest.mark.parametrize(
    ("head", "rows"),
    [(SIMPLE, allocations), (WRAPPED, allocations), (DUTIES, duties)],
    ids=["numbers", "numbers under a head that wraps", "words"],
)
@pytest.mark.parametrize("pad", [1.5, 3.0, 6.0])
def test_the_head_and_the_first_row_in_one_white_band_are_two_rows(
    head: list[str], rows: object, count: int, pad: float, tmp_path: Path
) -> None:
    """Where the first shade begins under the first row, head and first row are read as two rows, in numbers and words."""
    drawn = draw(tmp_path, head, rows(count), pad=pad)
    (table,) = read_document(drawn.path).tables
    assert [[plain(cell.text.text) for cell in row] for row in table.grid] == [
        [plain(cell) for cell in row] for row in drawn.grid
    ]
    assert table.header_rows == 1


@pytest.mark.parametrize("size", [9.0, 10.5])
def test_rows_that_wrap_between_shades_stay_whole(size: float, tmp_path: Path) -> None:
    """A white band further down is one row, however many lines its cells have."""
    rows = duties(7)
    drawn = draw(tmp_path, DUTIES, rows, size=size, align=["c", "l", "l", "c"])
    (table,) = read_document(drawn.path).tables
    assert [plain(row[2].text.text) for row in table.grid[1:]] == [row[2] for row in rows]
