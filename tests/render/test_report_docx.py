"""The Word report: the form's columns with a repeated header, problems by category, no formatting outside styles."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from lxml import etree
from makers_check import SUSPECT, made_check

from chuandao.render.report_docx import check_docx
from chuandao.render.rows import ALWAYS, HEADER

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def data() -> bytes:
    return check_docx(made_check())


def root(data: bytes) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))


def test_the_form_is_a_table_of_nine_columns(data: bytes) -> None:
    """传导落实对照表 holds what applies, in the columns of the form."""
    table = next(t for t in docx.Document(io.BytesIO(data)).tables if tuple(c.text for c in t.rows[0].cells) == HEADER)
    assert [[cell.text for cell in row.cells] for row in table.rows[1:]] == [
        [
            "1",
            "规则",
            "《甲规划》\n第一章 总则 › 第一节 目的",
            "禁止围填海\n（第2页（印刷页码1））",
            "第三章 海洋",
            "严格控制围填海（第2页（印刷页码1））",
            "弱化",
            "语气弱化\n[RULE-WEAK] 禁止改为严格控制",
            "",
        ]
    ]


def test_each_header_is_repeated_on_each_page(data: bytes) -> None:
    """The first row of each table is a header row."""
    tables = list(root(data).iter(f"{W}tbl"))
    assert tables and all(table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None for table in tables)


def test_problems_stand_under_the_review_categories(data: bytes) -> None:
    """The four categories of the official review are always there, others when something was found."""
    document = docx.Document(io.BytesIO(data))
    named = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Report Subheading"]
    assert set(ALWAYS) | {"规则"} <= set(named) and "名录" not in named


def test_the_look_comes_from_styles(data: bytes) -> None:
    """No paragraph without a style, no run with a font of its own."""
    document = root(data)
    assert all(p.find(f"{W}pPr/{W}pStyle") is not None for p in document.iter(f"{W}p"))
    assert not list(document.iter(f"{W}rFonts", f"{W}sz"))


def test_same_check_same_bytes(data: bytes) -> None:
    """The file holds no clock."""
    assert data == check_docx(made_check())
    assert {entry.date_time[0] for entry in zipfile.ZipFile(io.BytesIO(data)).infolist()} == {1980}


def test_decisions_that_need_another_look_come_before_the_problems() -> None:
    """A heading of their own, above the problems, with what was decided and what changed."""
    document = docx.Document(io.BytesIO(check_docx(made_check().model_copy(update={"suspect": (SUSPECT,)}))))
    headings = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Report Heading"]
    assert headings == ["核对概况", "需要复核的审查意见", "发现的问题"]
    assert any("本级的表述已变动" in cell.text for table in document.tables for row in table.rows for cell in row.cells)
