"""A review from end to end with the command: check, decide in Excel, check again; comments in the draft; self-audit."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from chuandao import cli

UPPER = ["广东省国土空间规划", "（2021—2035年）", "第一章 目标", "到2035年，惠州市耕地保有量不低于166.50万亩，为约束性指标。", "第二章 管控",
         "严禁占用永久基本农田挖塘养鱼。"]  # fmt: skip
LOWER = [
    "惠州市国土空间总体规划",
    "（2021—2035年）",
    "第一章 底线",
    "到2035年，全市耕地保有量不低于158.62万亩。",
    "严禁占用永久基本农田挖塘养鱼，惠东县加强巡查。",
]


def word(path: Path, paragraphs: list[str]) -> Path:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text, style="Heading 1" if text.startswith("第") else None)
    document.save(str(path))
    return path


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return word(tmp_path / "草案.docx", LOWER), word(tmp_path / "上位.docx", UPPER)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]  # a fixture of a closure
    """Runs the command in this process: arguments → (exit code, stdout, stderr)."""

    def go(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["chuandao", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return go


def test_what_is_decided_in_excel_counts_in_the_next_check(run, files: tuple[Path, Path], tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """An exemption written into the table makes a draft with an error clean, and the next table shows it."""
    draft, upper = files
    table = tmp_path / "对照表.xlsx"
    assert run("check", draft, "--against", upper, "-o", table)[0] == 1
    book = load_workbook(table)
    sheet = book["传导落实对照表"]
    rows = [row for row in sheet.iter_rows(min_row=3) if row[6].value == "冲突"]
    assert len(rows) == 1
    rows[0][8].value = "豁免：已获批准调整"
    book.save(table)
    code, out, _ = run("check", draft, "--against", upper, "--decisions", table, "--json", "-o", tmp_path / "新表.xlsx")
    assert code == 0 and json.loads(out)["summary"]["by_verdict"]["exempt"] == 1
    shown = [row[8].value for row in load_workbook(tmp_path / "新表.xlsx")["传导落实对照表"].iter_rows(min_row=3)]
    assert "改为豁免，已获批准调整" in shown


def test_decisions_of_another_region_are_refused(run, files: tuple[Path, Path], tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """A file about another city ends with exit 2 and says whose it is."""
    draft, upper = files
    path = tmp_path / "意见.json"
    path.write_text(
        json.dumps({"schema": "chuandao.decisions/1", "region": {"name": "肇庆市"}, "decisions": []}), "utf-8"
    )
    code, out, err = run("check", draft, "--against", upper, "--decisions", path)
    assert code == 2 and out == "" and "肇庆市" in err and err.count("\n") == 1


def test_the_draft_gets_comments_and_stays_as_it_was(run, files: tuple[Path, Path], tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """--annotate writes a copy whose comment names the number; the draft's own bytes don't change."""
    draft, upper = files
    before = draft.read_bytes()
    run("check", draft, "--against", upper, "--annotate", tmp_path / "批注.docx")
    comments = [comment.text for comment in docx.Document(str(tmp_path / "批注.docx")).comments]
    assert draft.read_bytes() == before and any("166.50" in said and "158.62" in said for said in comments)


def test_only_a_word_draft_takes_comments(run, files: tuple[Path, Path], tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """A plan JSON has no words to comment on: exit 2, nothing written."""
    draft, upper = files
    plan = tmp_path / "草案.plan.json"
    run("extract", draft, "-o", plan)
    code, _, err = run("check", plan, "--against", upper, "--annotate", tmp_path / "批注.docx")
    assert code == 2 and err.count("\n") == 1 and not (tmp_path / "批注.docx").exists()


def test_audit_tells_what_it_planted_and_found(run, files: tuple[Path, Path]) -> None:  # type: ignore[no-untyped-def]
    """Shares by kind as words, each fault as JSON; the same each time."""
    draft, upper = files
    code, out, _ = run("audit", draft, "--against", upper, "--faults", 4)
    assert code == 0 and "刚性用语软化" in out and "未改动而被判为有问题的要求：0 条" in out
    first, second = (json.loads(run("audit", draft, "--against", upper, "--faults", 4, "--json")[1]) for _ in range(2))
    assert first == second and first["planted"] == len(first["faults"]) == 4
