"""Names that wrap in a head of two rows: the lines of a group's name are one name over all of its columns."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from chuandao.extract import read_document

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from makers_layouts import draw_head

YEARS = ["2025年", "2035年"]
PLACES = ["清河县", "望江县", "东岭县", "石桥市", "临湖市", "云台区"]
OPEN = ["人均公园绿地面积（平方米）", "应急避难场所面积（平方米/人）", "新增生态修复面积（平方公里）"]
"""Names whose bracket stays open at the end of their first line."""
PLAIN = ["社区公共服务设施步行覆盖", "每千名老年人养老床位数量", "公园绿地广场步行五分钟覆盖率"]


def plain(words: str) -> str:
    return re.sub(r"\s+", "", words)


def draw(
    folder: Path, names: list[str], alone: str | None, **more: object
) -> tuple[list[list[str]], list[list[str]], int]:
    """(drawn grid, grid read, header rows) of groups of `more["under"]` each, and one column with a name of its own."""
    under = more.pop("under", YEARS)
    first, second, spans = ["县（市）"], [""], [(0, 0, 2, 1)]
    for name in names:
        spans.append((0, len(first), 1, len(under)))
        spans += [(1, len(first) + at, 1, 1) for at in range(len(under))]
        first += [name, *[""] * (len(under) - 1)]
        second += under
    if alone is not None:
        spans += [(0, len(first), 1, 1), (1, len(first), 1, 1)]
        first.append(alone)
        second.append(under[-1])
    rows = [
        [place, *(f"{(at + 3) * (column + 2) / 10:.1f}" for column in range(len(first) - 1))]
        for at, place in enumerate(PLACES)
    ]
    drawn = draw_head(folder / "names.pdf", [first, second], spans, rows, **more)
    (table,) = read_document(drawn.path).tables
    read = [["" if cell is None else plain(cell.text.text) for cell in row] for row in table.grid]
    return [[plain(cell) for cell in row] for row in drawn.grid], read, table.header_rows


SETTINGS = [
    {"dress": "three_line"},
    {"dress": "three_line", "loose": True},
    {"dress": "lying"},
    {"dress": "lying", "loose": True},
    {"dress": "plain"},
    {"dress": "zebra"},
    {"dress": "shaded_head"},
]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: " ".join(map(str, setting.values())))
@pytest.mark.parametrize("names", [OPEN, PLAIN], ids=["open bracket", "words"])
@pytest.mark.parametrize("size", [8.5, 9.5])
@pytest.mark.parametrize("pad", [2.5, 5.0])
def test_the_lines_of_a_wrapped_group_name_are_one_name(
    setting: dict[str, object], names: list[str], size: float, pad: float, tmp_path: Path
) -> None:
    """A group's name of two lines over two years is read whole over both columns, whatever rules the head has."""
    wanted, read, header = draw(tmp_path, names, None, size=size, pad=pad, **setting)
    assert read[:2] == wanted[:2]
    assert read == wanted
    assert header == 2


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: " ".join(map(str, setting.values())))
@pytest.mark.parametrize("alone", ["体育用地", "人均体育用地面积（平方米）"], ids=["one line", "four lines"])
def test_a_year_under_the_name_of_one_column_stands_in_the_line_of_the_years(
    setting: dict[str, object], alone: str, tmp_path: Path
) -> None:
    """Beside groups of two years a column with a name and one year has both, each in its row."""
    wanted, read, header = draw(tmp_path, OPEN, alone, **setting)
    assert read == wanted
    assert header == 2


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: " ".join(map(str, setting.values())))
def test_a_short_second_line_over_three_columns_belongs_to_the_name(setting: dict[str, object], tmp_path: Path) -> None:
    """The second line of a name, narrow and right over the middle one of three columns, is no name of that column."""
    names = ["城镇常住人口人均公园绿地面积（平方米）", "新增国土空间生态保护修复面积（公顷）"]
    wanted, read, _ = draw(tmp_path, names, None, under=["2020年", "2025年", "2035年"], **setting)
    assert read == wanted
