"""Draft → DOCX, and back through the reader."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree
from makers_plan import CITY, upper_plan

from chuandao.extract.reading.docx import read_docx
from chuandao.generate import draft
from chuandao.plan.draft import Draft
from chuandao.plan.lexicon import load_lexicon
from chuandao.render.docx import draft_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def made() -> Draft:
    return draft([upper_plan()], CITY, None, load_lexicon())


@pytest.fixture(scope="module")
def data(made: Draft) -> bytes:
    return draft_docx(made)


def part(data: bytes, name: str) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(name))


def test_same_draft_same_bytes(made: Draft, data: bytes) -> None:
    """Rendering again gives the same bytes, and no entry carries a clock's date."""
    assert draft_docx(made) == data
    assert {info.date_time[0] for info in zipfile.ZipFile(io.BytesIO(data)).infolist()} == {1980}


def test_every_response_has_its_mark(made: Draft, data: bytes) -> None:
    """Each response of the trace finds its bookmark in the document, each bookmark stands once and is closed."""
    root = part(data, "word/document.xml")
    names = [mark.get(f"{W}name") for mark in root.iter(f"{W}bookmarkStart")]
    assert len(names) == len(set(names)) == len(list(root.iter(f"{W}bookmarkEnd")))
    assert {response.mark for response in made.trace.responses} <= set(names)
    assert all(len(name) <= 40 for name in names)


def test_open_items_have_comments(made: Draft, data: bytes) -> None:
    """Each open item has one comment that names what is asked and the requirement."""
    comments = ["".join(comment.itertext()) for comment in part(data, "word/comments.xml")]
    assert len(comments) == len(made.trace.open_items)
    for item in made.trace.open_items:
        assert any(item.ask in comment and item.requirement in comment for comment in comments)


def test_numbers_are_counted_by_word(data: bytes) -> None:
    """Headings carry no typed number; captions and cross references are fields."""
    root = part(data, "word/document.xml")
    for paragraph in root.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val") in ("Heading1", "Heading2", "AnnexHeading"):
            assert not re.match(r"第|附表", "".join(paragraph.itertext()))
    instructions = " ".join(field.text or "" for field in root.iter(f"{W}instrText"))
    assert "TOC" in instructions and "REF _article_" in instructions


def test_the_reader_finds_headings_and_tables_again(made: Draft, data: bytes) -> None:
    """Our own reader sees the numbered headings that the trace names, and the annexed tables with their titles."""
    found = read_docx(Path("draft.docx"), data)
    headings = [f"{block.number} {block.title}" for block in found.blocks if block.kind == "heading"]
    for response in made.trace.responses:
        assert response.section[-1] in headings
    assert any(
        table.title == "传导落实对照表" and len(table.grid) == len(made.trace.responses) + 1 for table in found.tables
    )


def test_python_docx_opens_it(data: bytes) -> None:
    """python-docx, an independent reader, opens the document and sees fonts for Chinese on its styles."""
    opened = docx.Document(io.BytesIO(data))
    assert opened.core_properties.created is not None and opened.core_properties.created.year == 1980
    fonts = opened.styles["Heading 1"].element.find(f"{W}rPr/{W}rFonts")
    assert fonts is not None and fonts.get(f"{W}eastAsia") == "黑体"
    assert len(list(opened.comments)) > 3
