"""Decisions read from the web report's JSON and from the edited Excel table."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from makers_check import made_check
from openpyxl import load_workbook

from chuandao.extract.reading.decisions import read_decisions, remark_decision
from chuandao.plan.errors import UnreadableInput, UsageError
from chuandao.render.xlsx import check_xlsx


@pytest.mark.parametrize(
    ("remark", "said"),
    [
        ("同意", ("accept", None, None)),
        ("同意。", ("accept", None, None)),
        ("同意，已核实原文", ("accept", None, "已核实原文")),
        ("不同意，第12条已有规定", ("reject", None, "第12条已有规定")),
        ("误报", ("reject", None, None)),
        ("豁免：项目已移出本市", (None, "exempt", "项目已移出本市")),
        ("予以豁免", (None, "exempt", None)),
        ("改为已落实：见附表3", (None, "fulfilled", "见附表3")),
        ("不同意，应为已细化落实", ("reject", "refined", None)),
        ("审定为“部分落实”，缺期限", (None, "partial", "缺期限")),
        ("请补充县区分解", (None, None, "请补充县区分解")),
        ("", (None, None, None)),
    ],
)
def test_remarks_are_understood(remark: str, said: tuple[str | None, str | None, str | None]) -> None:
    """审查意见 names agreement, another verdict and the reason; other words are a remark."""
    assert remark_decision(remark) == said


def edited(path: Path, remark: str, verdict: str | None = None) -> Path:
    book = load_workbook(io.BytesIO(check_xlsx(made_check())))
    sheet = book["传导落实对照表"]
    sheet["I3"] = remark
    if verdict:
        sheet["G3"] = verdict
    for row in book["总览"].iter_rows(max_col=2):
        if row[0].value == "审查人":
            row[1].value = "李工"
        if row[0].value == "审查日期":
            row[1].value = "2024-05-06"
    book.save(path)
    return path


def test_the_edited_table_reads_back(tmp_path: Path) -> None:
    """A remark in the table is a decision with the ground the reviewer saw, the name and the date."""
    found = read_decisions(edited(tmp_path / "表.xlsx", "豁免：已移出"))
    (decision,) = found.decisions
    assert (found.reviewer, found.region and found.region.name, decision.time) == ("李工", "惠州市", "2024-05-06")
    assert (decision.requirement, decision.stamp, decision.response) == ("rul-1", "s1", "严格控制围填海")
    assert (decision.verdict, decision.reported, decision.reason) == ("exempt", "weakened", "已移出")
    assert (decision.upper, decision.upper_sha256) == ("甲规划", "a" * 64)


def test_a_changed_verdict_cell_is_a_decision(tmp_path: Path) -> None:
    """A reviewer may write another verdict over the one reported; an untouched table holds no decision."""
    (decision,) = read_decisions(edited(tmp_path / "表.xlsx", "", "已落实")).decisions
    assert decision.verdict == "fulfilled"
    assert read_decisions(edited(tmp_path / "空.xlsx", "")).decisions == ()


def test_json_reads_back(tmp_path: Path) -> None:
    """What the web report saves is read as it is, unknown keys kept."""
    path = tmp_path / "意见.json"
    entry = {"requirement": "rul-1", "decision": "reject", "verdict": None, "reason": "误判", "更多": 1}
    path.write_text(json.dumps({"schema": "chuandao.decisions/1", "decisions": [entry]}), encoding="utf-8")
    (decision,) = read_decisions(path).decisions
    assert (decision.decision, decision.reason) == ("reject", "误判")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", b"{"),
        ("a.json", b'{"schema": "chuandao.plan/1"}'),
        ("a.json", b'{"schema": "chuandao.decisions/1", "decisions": [{"decision": "maybe"}]}'),
        ("a.xlsx", b"no zip"),
    ],
)
def test_other_files_are_refused_in_one_line(tmp_path: Path, name: str, content: bytes) -> None:
    """A broken or foreign file gives one line that names it."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableInput) as error:
        read_decisions(path)
    assert name in str(error.value) and "\n" not in str(error.value)


def test_another_ending_is_wrong_usage(tmp_path: Path) -> None:
    """A Word file holds no decisions."""
    (tmp_path / "a.docx").write_bytes(b"x")
    with pytest.raises(UsageError):
        read_decisions(tmp_path / "a.docx")
