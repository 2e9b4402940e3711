"""The draft with Word comments: at the quoted words, nothing else changed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree
from makers_check import made_check

from chuandao.extract.reading.docx import read_docx
from chuandao.plan.span import Span
from chuandao.render.annotated import annotated_docx
from chuandao.render.comments import Note, with_comments

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def made_docx(comment: bool = False) -> bytes:
    """Three runs of different looks, a hyperlink, a tracked deletion, a table, a text box's worth of plain paragraphs."""
    word = docx.Document()
    first = word.add_paragraph()
    first.add_run("耕地保有量")
    first.add_run("不低于").bold = True
    run = first.add_run("160万亩。")
    if comment:
        word.add_comment(run, "原有批注", author="审查人", initials="S")
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), "x")
    inner = OxmlElement("w:r")
    inner.append(text := OxmlElement("w:t"))
    text.text = "见附表1"
    link.append(inner)
    first._p.append(link)
    deleted = OxmlElement("w:del")
    deleted.append(gone := OxmlElement("w:r"))
    gone.append(words := OxmlElement("w:delText"))
    words.text = "已删除"
    first._p.insert(1, deleted)
    table = word.add_table(rows=2, cols=2)
    for at, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"格{at}"
    word.add_paragraph("严格控制围填海。")
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def anchored(data: bytes) -> dict[str, str]:
    """Comment text → the words between its markers."""
    word = docx.Document(io.BytesIO(data))
    said = {str(comment.comment_id): comment.text for comment in word.comments}
    found: dict[str, str] = {}
    open_: set[str] = set()
    for element in word.element.iter():
        id_ = element.get(f"{W}id") or ""
        if element.tag == f"{W}commentRangeStart":
            open_.add(id_)
        elif element.tag == f"{W}commentRangeEnd":
            open_.remove(id_)
        elif element.tag == f"{W}t":
            for each in open_:
                found[each] = found.get(each, "") + (element.text or "")
    assert not open_
    return {said[id_]: words for id_, words in found.items()}


def spot(paragraph: int, start: int, end: int, quote: str) -> tuple[Span, ...]:
    return (Span(part="body", paragraph=paragraph, start=start, end=end, quote=quote),)


@pytest.mark.parametrize(
    ("paragraph", "start", "end", "quote"),
    [
        (0, 0, 5, "耕地保有量"),
        (0, 2, 4, "保有"),
        (0, 3, 10, "有量不低于16"),
        (0, 8, 17, "160万亩。见附表"),
        (0, 14, 18, "见附表1"),
        (3, 0, 2, "格2"),
        (5, 4, 7, "围填海"),
    ],
)
def test_a_comment_stands_at_its_words(paragraph: int, start: int, end: int, quote: str) -> None:
    """Within a run, over runs, into a hyperlink, in a cell: exactly the quoted words lie between the markers."""
    data = with_comments(made_docx(), [Note("意见", spot(paragraph, start, end, quote))])
    assert anchored(data) == {"意见": quote}


def test_several_comments_on_the_same_words() -> None:
    """Overlapping comments keep each their own words."""
    notes = [
        Note("甲", spot(0, 0, 8, "耕地保有量不低于")),
        Note("乙", spot(0, 3, 11, "有量不低于160")),
        Note("丙", spot(0, 3, 11, "有量不低于160")),
    ]
    found = anchored(with_comments(made_docx(), notes))
    assert found == {"甲": "耕地保有量不低于", "乙": "有量不低于160", "丙": "有量不低于160"}


def test_nothing_else_changes() -> None:
    """The words and every other part stay; only the document, its comments and the lists of parts are written."""
    before, after = made_docx(), with_comments(made_docx(), [Note("意见", spot(0, 2, 4, "保有"))])
    with zipfile.ZipFile(io.BytesIO(before)) as one, zipfile.ZipFile(io.BytesIO(after)) as other:
        changed = {name for name in one.namelist() if one.read(name) != other.read(name)}
        assert changed <= {
            "word/document.xml",
            "[Content_Types].xml",
            "word/_rels/document.xml.rels",
            "word/comments.xml",
        }
    texts = [
        [b.text.text for b in read_docx(Path("a.docx"), data).blocks if b.kind != "comment"] for data in (before, after)
    ]
    assert texts[0] == texts[1]


def test_comments_that_were_there_stay() -> None:
    """A draft with comments of its own keeps them; new ones get new numbers."""
    found = anchored(with_comments(made_docx(comment=True), [Note("意见", spot(5, 4, 7, "围填海"))]))
    assert found == {"原有批注": "160万亩。", "意见": "围填海"}


def test_a_note_without_a_place_stands_at_the_head() -> None:
    """What answers nothing in the draft is said at its first words."""
    found = anchored(with_comments(made_docx(), [Note("缺失")]))
    assert list(found) == ["缺失"] and found["缺失"].startswith("耕地保有量")


def test_the_check_is_said_in_comments() -> None:
    """A weakened rule and a contradiction are each a comment, with the upper plan's words and the code."""
    check = made_check()
    answer = check.verdicts[0].responses[0].model_copy(update={"where": spot(5, 0, 7, "严格控制围填海")})
    verdict = check.verdicts[0].model_copy(update={"responses": (answer,)})
    check = check.model_copy(update={"verdicts": (verdict, check.verdicts[1])})
    draft = made_docx()
    data = annotated_docx(check, draft)
    found = anchored(data)
    assert [words for said, words in found.items() if "弱化" in said and "RULE-WEAK" in said and "甲规划" in said] == [
        "严格控制围填海"
    ]
    assert any("DOC-SUM" in said for said in found)
    assert data == annotated_docx(check, draft)
    etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/comments.xml"))
