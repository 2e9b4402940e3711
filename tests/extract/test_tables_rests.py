"""Rows that a page break cuts in one cell: its rest stands alone under the head that the next page repeats."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from chuandao.extract import read_document

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from makers_layouts import draw_alone, draw_cut

INDICATORS = ["序号", "指标", "单位", "现状", "2025年", "2035年", "性质", "口径"]
RESERVES = ["序号", "保护地名称", "类型", "级别", "面积（公顷）", "所在县"]
BARE = ["three_line", "lying", "zebra", "plain", "shaded_head"]


def plain(words: str) -> str:
    return re.sub(r"\s+", "", words)


def indicators(count: int) -> list[list[str]]:
    names = [
        "公园绿地、广场步行五分钟覆盖率",
        "社区公共服务设施步行十五分钟覆盖率",
        "单位国内生产总值建设用地使用面积下降率",
    ]
    return [
        [
            str(at + 1),
            names[at % 3],
            "%",
            str(60 + at),
            f"≥{73 + at}",
            f"≥{88 + at}",
            "约束性" if at % 2 else "预期性",
            "县域",
        ]
        for at in range(count)
    ]


def reserves(count: int) -> list[list[str]]:
    names = ["清河飞龙湖国家级湿地公园", "望江宽阔水源省级自然保护区", "东岭丹霞国家级地质遗迹公园"]
    return [[str(at + 1), names[at % 3], "湿地公园", "国家级", f"{1864.5 + at:.2f}", "清河县"] for at in range(count)]


def check(folder: Path, head: list[str], rows: list[list[str]], after: int, **more: object) -> None:
    align = ["l"] * len(head)
    drawn = draw_cut(folder / "rests.pdf", head, rows, after, align=align, **more)
    assert drawn.pages == 2
    grids = [
        [["" if cell is None else plain(cell.text.text) for cell in row] for row in table.grid]
        for table in read_document(drawn.path).tables
    ]
    assert grids == [[[plain(cell) for cell in row] for row in drawn.grid]]


@pytest.mark.parametrize("dress", BARE)
@pytest.mark.parametrize("after", [1, 2, 6])
@pytest.mark.parametrize("lead", [1.2, 1.34, 1.5])
@pytest.mark.parametrize(
    ("head", "rows", "widths"),
    [
        (INDICATORS, indicators, [54.4] * 8),
        (RESERVES, reserves, [40, 80, 80, 70, 85, 80]),
    ],
    ids=["indicators", "reserves"],
)
def test_the_rest_of_a_name_under_the_repeated_head_goes_to_its_row(
    dress: str, after: int, lead: float, head: list[str], rows: object, widths: list[float], tmp_path: Path
) -> None:
    """The last line of a name alone on the next page belongs to its row, and no row below is lost."""
    check(tmp_path, head, rows(60), after, dress=dress, lead=lead, widths=widths)


WORDS = "严格控制新增建设用地规模并引导现状建设用地逐步退出恢复生态系统的服务功能落实监测预警与管护责任"


@pytest.mark.parametrize("repeat_head", [True, False])
@pytest.mark.parametrize("dress", BARE)
@pytest.mark.parametrize(
    ("head", "row", "last", "widths"),
    [
        (
            ["行政区", "耕地保有量", "湿地", "林地"],
            ["县", "15.1", "3.25", "8"],
            ["合计", "1250.30", "33.1", "40"],
            [105, 110, 110, 110],
        ),
        (["行政区", "耕地保有量", "湿地"], ["县", "15.1", "3.25"], ["合计", "1250.30", "33.1"], [145, 145, 145]),
        (
            ["序号", "名称", "级别", "面积"],
            ["1", "湿地公园", "省级", "5.1"],
            ["合计", "", "", "250.3"],
            [50, 170, 105, 110],
        ),
        (
            ["序号", "名称", "级别", "面积"],
            ["1", "湿地公园", "省级", "5.1"],
            ["99", "森林公园", "国家级", "33.1"],
            [50, 170, 105, 110],
        ),
    ],
    ids=["total", "three columns", "blanks", "row"],
)
def test_a_last_row_alone_on_its_page(
    dress: str, repeat_head: bool, head: list[str], row: list[str], last: list[str], widths: list[float], tmp_path: Path
) -> None:
    """A total or another row alone at the top of a page, under the head or without it, is the last row of the table."""
    align = ["c"] * len(head)
    drawn = draw_alone(
        tmp_path / "last.pdf", head, [row] * 60, last, dress=dress, repeat_head=repeat_head, align=align, widths=widths
    )
    assert drawn.pages == 2
    document = read_document(drawn.path)
    grids = [
        [["" if cell is None else plain(cell.text.text) for cell in row] for row in table.grid]
        for table in document.tables
    ]
    assert grids == [[[plain(cell) for cell in row] for row in drawn.grid]]
    assert document.tables[0].grid[-1][0].text.page == 2


@pytest.mark.parametrize("dress", BARE)
def test_the_rest_of_one_cell_alone_on_its_page(dress: str, tmp_path: Path) -> None:
    """The last line of a long cell alone at the top of a page, where no head is repeated, belongs to that cell."""
    rows = [[str(at + 1), "生态控制区", WORDS * 2, "云台镇、清河区"] for at in range(30)]
    check(
        tmp_path, ["序号", "分区名称", "管控要求", "涉及乡镇"], rows, 0, dress=dress, repeat_head=False,
        widths=[40, 85, 190, 120], pad=3.0, size=10.0,
    )  # fmt: skip


def test_prose_at_the_top_of_a_page_is_no_row(tmp_path: Path) -> None:
    """A heading and a paragraph below a table that ends its page stay what they are."""
    drawn = draw_alone(
        tmp_path / "prose.pdf", ["行政区", "耕地保有量", "湿地"], [["县", "15.1", "3.25"]] * 60, ["说明", "另行下达", "—"],
        dress="plain", align=["c"] * 3, widths=[145, 145, 145],
    )  # fmt: skip
    document = read_document(drawn.path)
    assert all("保持" not in cell.text.text for table in document.tables for row in table.grid for cell in row if cell)
    assert any("底线思维" in block.text.text for block in document.blocks if block.kind == "paragraph")
