"""The Excel report: the sheets that reviewers expect, harmless cells, the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from makers_check import SUSPECT, made_check
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from chuandao.extract.reading.decisions import read_decisions
from chuandao.plan.verdict import Check
from chuandao.render.rows import ALWAYS, HEADER
from chuandao.render.xlsx import check_xlsx


def book(check: Check) -> Workbook:
    return load_workbook(io.BytesIO(check_xlsx(check)))


def test_table_has_the_columns_of_the_form() -> None:
    """传导落实对照表 has the nine columns of the form, then hidden ones that let it be read back."""
    sheet = book(made_check())["传导落实对照表"]
    assert tuple(cell.value for cell in sheet[2][:9]) == HEADER
    assert all(sheet.column_dimensions[letter].hidden for letter in "JKLMNO")
    row = [cell.value for cell in sheet[3]]
    assert row[:2] == [1, "规则"]
    assert row[2] == "《甲规划》\n第一章 总则 › 第一节 目的"
    assert row[3] == "禁止围填海\n（第2页（印刷页码1））"
    assert row[4:7] == ["第三章 海洋", "严格控制围填海（第2页（印刷页码1））", "弱化"]
    assert row[7] == "语气弱化\n[RULE-WEAK] 禁止改为严格控制"
    assert row[9:] == ["rul-1", "s1", "weakened", "严格控制围填海", "甲规划", "a" * 64]


def test_what_does_not_apply_stands_apart() -> None:
    """Requirements that do not apply have a sheet of their own, with the reason."""
    workbook = book(made_check())
    assert workbook["传导落实对照表"].max_row == 3
    assert workbook["不适用"]["H3"].value == "不临海"


def test_findings_stand_under_the_review_categories() -> None:
    """The four categories of the official review are always there; findings stand under their own."""
    workbook = book(made_check())
    assert set(ALWAYS) <= set(workbook.sheetnames)
    assert workbook["指标符合性"]["A1"].value == "指标符合性　未发现问题"
    assert [cell.value for cell in workbook["图数一致性"][3][:4]] == [1, "警告", "DOC-SUM", "分项之和不等于合计"]
    assert workbook["规则"]["G3"].value == "禁止围填海"


def test_a_remark_beside_a_finding_reads_back_as_a_decision(tmp_path: Path) -> None:
    """审查意见 beside a finding decides about its requirement; beside a finding inside the draft it decides nothing."""
    workbook = book(made_check())
    workbook["规则"]["H3"].value = "不同意，改为已落实，已另有批复"
    workbook["图数一致性"]["H3"].value = "同意"
    path = tmp_path / "审查.xlsx"
    workbook.save(path)
    read = read_decisions(path).decisions
    assert [(d.requirement, d.stamp, d.decision, d.verdict, d.reason) for d in read] == [
        ("rul-1", "s1", "reject", "fulfilled", "已另有批复")
    ]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@SUM(A1)", "\x07响铃", '=HYPERLINK("x")'])
def test_cells_never_act_as_formulas(text: str) -> None:
    """Words of a plan that begin like a formula are text, and control characters are left out."""
    sheet = book(made_check(text))["传导落实对照表"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    shown = sheet["D3"].value
    assert isinstance(shown, str) and shown.startswith(text.replace("\x07", ""))


def test_same_check_same_bytes() -> None:
    """The file holds no clock: every date is 1980-01-01."""
    data = check_xlsx(made_check())
    assert data == check_xlsx(made_check())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(1980, 1, 1)}
        assert b"1980-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_decisions_that_need_another_look_come_first() -> None:
    """They have a sheet before the table: the requirement, what was decided and by whom, what changed."""
    workbook = book(made_check().model_copy(update={"suspect": (SUSPECT,)}))
    assert workbook.sheetnames[:3] == ["总览", "待复核意见", "传导落实对照表"]
    row = [cell.value for cell in workbook["待复核意见"][3][:4]]
    assert row == [1, "禁止围填海", "同意，审定为豁免：另有批复（李工，2024-05-06）", "本级的表述已变动"]
