"""The Excel report: the sheets that reviewers expect, harmless cells, the same bytes each time."""

from __future__ import annotations

import io
import zipfile

import pytest
from chuandao.plan.finding import Place, finding
from chuandao.plan.plan import Period, PlanDocument, SourceFile, Tool
from chuandao.plan.requirement import Region
from chuandao.plan.span import Span
from chuandao.plan.verdict import Check, CitedRequirements, Response, Verdict
from chuandao.render.xlsx import ALWAYS, HEADER, check_xlsx
from openpyxl import load_workbook
from openpyxl.workbook import Workbook


def made_check(text: str = "禁止围填海") -> Check:
    """A check of two rules, one weakened and one that does not apply."""
    source = SourceFile(file="a.pdf", sha256="a" * 64, format="pdf", pages=3)
    document = PlanDocument(title="甲规划", period=Period(start=2021, end=2035), source=source)
    where = Span(page=2, printed_page="1", boxes=((1.0, 2.0, 3.0, 4.0),), quote=text)
    requirement = {
        "id": "rul-1",
        "stamp": "s1",
        "plan": 0,
        "mode": "rule",
        "text": text,
        "section": ["第一章 总则", "第一节 目的"],
        "where": [where.model_dump(mode="json", by_alias=True)],
    }
    weak = finding("RULE-WEAK", "error", "规则", "禁止改为严格控制", [Place.at(where, "本级规划")])
    return Check(
        tool=Tool(version="0", lexicon="sha256:0"),
        uppers=(document,),
        lower=document,
        region=Region(name="惠州市"),
        requirements=CitedRequirements(
            upper=(requirement, {**requirement, "id": "rul-2"}),
            lower=({"id": "rul-9", "mode": "rule", "text": "x", "section": ["第三章 海洋"]},),
        ),
        verdicts=(
            Verdict(
                requirement="rul-1",
                upper=0,
                applies=True,
                because="全域",
                verdict="weakened",
                responses=(Response(requirement="rul-9", text="严格控制围填海", where=(where,)),),
                findings=(weak,),
                explanation="语气弱化",
            ),
            Verdict(requirement="rul-2", upper=0, applies=False, because="不临海", verdict="not_applicable"),
        ),
        findings=(finding("DOC-SUM", "warning", "图数一致性", "分项之和不等于合计"),),
    )


def book(check: Check) -> Workbook:
    return load_workbook(io.BytesIO(check_xlsx(check)))


def test_table_has_the_columns_of_the_form() -> None:
    """传导落实对照表 has the nine columns of the form, then hidden ones that let it be read back."""
    sheet = book(made_check())["传导落实对照表"]
    assert tuple(cell.value for cell in sheet[2][:9]) == HEADER
    assert all(sheet.column_dimensions[letter].hidden for letter in "JKL")
    row = [cell.value for cell in sheet[3]]
    assert row[:2] == [1, "规则"]
    assert row[2] == "《甲规划》\n第一章 总则 › 第一节 目的"
    assert row[3] == "禁止围填海\n（第2页（印刷页码1））"
    assert row[4:7] == ["第三章 海洋", "严格控制围填海（第2页（印刷页码1））", "弱化"]
    assert row[7] == "语气弱化\n[RULE-WEAK] 禁止改为严格控制"
    assert row[9:] == ["rul-1", "s1", "weakened"]


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
