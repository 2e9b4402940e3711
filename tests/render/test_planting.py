"""Faults in the words of a DOCX: exactly the words asked for change, rows go, the rest stays."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from chuandao.extract.reading.docx import read_docx
from chuandao.plan.fault import Change
from chuandao.render.planting import planted_docx


def made_docx() -> bytes:
    """A sentence in three runs, a table of three rows, a last sentence."""
    word = docx.Document()
    first = word.add_paragraph()
    for words in ("到2035年，耕地保有量", "不低于166.5", "万亩，严禁占用。"):
        first.add_run(words)
    table = word.add_table(rows=3, cols=2)
    for at, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"格{at}"
    word.add_paragraph("禁止围填海。")
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def words(data: bytes) -> list[str]:
    found: list[str] = []
    for block in read_docx(Path("a.docx"), data).blocks:
        if block.table is None:
            found.append(block.text.text)
        else:
            found += ["|".join(cell.text.text for cell in row if cell is not None) for row in block.table.grid]
    return found


@pytest.mark.parametrize(
    ("changes", "after"),
    [
        ([Change("body", 0, 15, 20, "160.0")], "到2035年，耕地保有量不低于160.0万亩，严禁占用。"),
        ([Change("body", 0, 12, 15, "约")], "到2035年，耕地保有量约166.5万亩，严禁占用。"),
        ([Change("body", 0, 7, 22, "粮食")], "到2035年，粮食，严禁占用。"),
        (
            [Change("body", 0, 27, 27, "，重点项目除外")],
            "到2035年，耕地保有量不低于166.5万亩，严禁占用，重点项目除外。",
        ),
        (
            [Change("body", 0, 1, 5, "2040"), Change("body", 0, 23, 25, "可以")],
            "到2040年，耕地保有量不低于166.5万亩，可以占用。",
        ),
    ],
)
def test_words_change_over_runs(changes: list[Change], after: str) -> None:
    """A change may lie in one run or over several, several may stand in one paragraph, words may only be added."""
    found = words(planted_docx(made_docx(), changes))
    assert found == [after, "格0|格1", "格2|格3", "格4|格5", "禁止围填海。"]


def test_a_row_goes_and_paragraphs_keep_their_numbers() -> None:
    """A dropped row is not read, and a change further down still meets its paragraph."""
    changes = [Change("body", 3, row=True), Change("body", 7, 0, 2, "可以")]
    assert words(planted_docx(made_docx(), changes))[1:] == ["格0|格1", "格4|格5", "可以围填海。"]
