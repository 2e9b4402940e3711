"""Rows that a page break cuts in one cell: its rest stands alone under the head that the next page repeats."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from chuandao.extract import read_document

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from makers_layouts import draw_cut

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
