"""The command: what goes to stdout, what to stderr, and with which exit code it ends."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import pytest

from chuandao import cli

_spec = importlib.util.spec_from_file_location("makers", Path(__file__).with_name("makers.py"))
assert _spec is not None and _spec.loader is not None
makers = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(makers)

CORPUS = Path(__file__).resolve().parent.parent / "corpora" / "plans"


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


@pytest.fixture
def plan_pdf(tmp_path: Path) -> Path:
    """A small city plan as PDF."""
    return makers.pdf(tmp_path / "惠州.pdf", makers.PLAN)


def one_line(text: str) -> bool:
    return text.count("\n") == 1 and text.endswith("\n") and "Traceback" not in text


@pytest.mark.parametrize("command", ["extract", "check", "audit", "facts", "generate", "schema"])
def test_help_is_chinese_and_has_an_example(run, command: str) -> None:  # type: ignore[no-untyped-def]
    """Each command explains itself in Chinese with an example of its use."""
    code, out, _ = run(command, "--help")
    assert code == 0
    assert "用法：" in out and f"例：chuandao {command}" in out and "显示本说明" in out
    assert "Usage" not in out and "Options" not in out


def test_one_file_goes_to_stdout_as_plan_json(run, plan_pdf: Path) -> None:  # type: ignore[no-untyped-def]
    """The result is on stdout and nothing else is."""
    code, out, _ = run("extract", plan_pdf)
    plan = json.loads(out)
    assert code == 0
    assert plan["schema"] == "chuandao.plan/1"
    assert plan["document"]["region"] == {"name": "惠州市", "code": "441300"}
    assert {"indicator", "rule"} <= {requirement["mode"] for requirement in plan["requirements"]}


def test_the_same_file_gives_the_same_bytes(run, plan_pdf: Path) -> None:  # type: ignore[no-untyped-def]
    """No clock, no random ids: twice the same input is twice the same output."""
    assert run("extract", plan_pdf) == run("extract", plan_pdf)


def test_no_path_of_this_machine_in_the_output(run, plan_pdf: Path) -> None:  # type: ignore[no-untyped-def]
    """The plan names its file, not where it lay."""
    _, out, _ = run("extract", plan_pdf)
    assert str(plan_pdf.parent) not in out and json.loads(out)["document"]["source"]["file"] == "惠州.pdf"


def test_several_files_become_a_folder_and_a_bad_one_does_not_stop_the_rest(
    run, plan_pdf: Path, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    """Exit 5, one line for the bad file, plan JSON for the good one."""
    bad = tmp_path / "坏.pdf"
    bad.write_bytes(b"%PDF-1.4 nothing")
    code, out, err = run("extract", plan_pdf, bad, "-o", tmp_path / "结果")
    assert code == 5 and out == "" and one_line(err) and "坏.pdf" in err
    assert [path.name for path in (tmp_path / "结果").iterdir()] == ["惠州.plan.json"]


def _missing(folder: Path) -> Path:
    return folder / "没有.pdf"


def _folder(folder: Path) -> Path:
    path = folder / "夹.pdf"
    path.mkdir()
    return path


def _not_a_pdf(folder: Path) -> Path:
    path = folder / "假.pdf"
    path.write_text("这不是 PDF", encoding="utf-8")
    return path


def _empty(folder: Path) -> Path:
    path = folder / "空.pdf"
    path.write_bytes(b"")
    return path


def _encrypted(folder: Path) -> Path:
    return makers.pdf(folder / "密.pdf", makers.PLAN, password="secret")


def _damaged(folder: Path) -> Path:
    whole = makers.pdf(folder / "整.pdf", makers.PLAN).read_bytes()
    path = folder / "残.pdf"
    path.write_bytes(whole[:40] + b"\0" * 60)
    return path


def _broken_docx(folder: Path) -> Path:
    path = folder / "残.docx"
    path.write_bytes(b"PK\x03\x04" + b"\0" * 100)
    return path


def _old_schema(folder: Path) -> Path:
    path = folder / "旧.json"
    path.write_text(json.dumps({"schema": "chuandao.plan/9"}), encoding="utf-8")
    return path


def _not_json(folder: Path) -> Path:
    path = folder / "乱.json"
    path.write_text("{", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "make",
    [_missing, _folder, _not_a_pdf, _empty, _encrypted, _damaged, _broken_docx, _old_schema, _not_json],
    ids=lambda make: make.__name__.strip("_"),
)
def test_unreadable_input_is_one_line_and_exit_3(run, tmp_path: Path, make) -> None:  # type: ignore[no-untyped-def]
    """Which file, what is wrong, what to do; nothing is written."""
    path = make(tmp_path)
    output = tmp_path / "结果.json"
    code, out, err = run("extract", path, "-o", output)
    assert code == 3 and out == "" and one_line(err), err
    assert path.name in err and "；" in err
    assert not output.exists()


def test_a_password_file_opens_an_encrypted_pdf(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """The password is the file's first line; a wrong one is said to be wrong."""
    path = _encrypted(tmp_path)
    key = tmp_path / "口令.txt"
    key.write_text("secret\n", encoding="utf-8")
    assert run("extract", path, "--password-file", key)[0] == 0
    key.write_text("wrong\n", encoding="utf-8")
    code, _, err = run("extract", path, "--password-file", key)
    assert code == 3 and one_line(err) and "--password-file" in err


def test_pages_of_pictures_are_named(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Image-only pages are read with the OCR extra; without it the plan says which pages need it."""
    scans = makers.maker("makers_scan")
    path = makers.pdf(tmp_path / "数字.pdf", makers.PLAN)
    scan = scans.scan_pdf([scans.page_picture(path, 1), scans.page_picture(path, 2)], tmp_path / "扫描.pdf")
    code, out, _ = run("extract", scan, "--no-ocr")
    found = json.loads(out)["findings"]
    assert code == 0
    assert any(
        finding["code"] == "READ-OCR" and "1" in finding["message"] and "2" in finding["message"] for finding in found
    )


def test_unknown_region_is_wrong_usage(run, plan_pdf: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """A region that no gazetteer knows ends with exit 2 and a hint."""
    code, out, err = run("check", plan_pdf, "--against", plan_pdf, "--region", "乌有市")
    assert code == 2 and out == "" and one_line(err) and "乌有市" in err


def test_output_that_cannot_be_written_leaves_nothing_behind(run, plan_pdf: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """A folder in the output's place: exit 4, one line, no partial file."""
    (tmp_path / "报告.json").mkdir()
    before = sorted(tmp_path.rglob("*"))
    code, _, err = run("check", plan_pdf, "--against", plan_pdf, "-o", tmp_path / "报告.json")
    assert code == 4 and one_line(err) and "报告.json" in err
    assert sorted(tmp_path.rglob("*")) == before


def test_an_input_is_never_written_over(run, plan_pdf: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """An output with an input's name is refused and the input stays as it was."""
    plan_json = tmp_path / "甲.json"
    run("extract", plan_pdf, "-o", plan_json)
    before = plan_json.read_bytes()
    code, _, err = run("check", plan_json, "--against", plan_json, "-o", plan_json)
    assert code == 2 and one_line(err) and plan_json.read_bytes() == before


@pytest.mark.parametrize(
    "arguments",
    [("chek",), ("extract",), ("extract", "--foo"), ("check", "甲.pdf"), ("schema", "nothing"), ("facts", "甲.pdf")],
    ids=" ".join,
)
def test_wrong_usage_is_one_line_and_exit_2(run, arguments: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    """What is wrong with the arguments, in Chinese, with where to look."""
    code, out, err = run(*arguments)
    assert code == 2 and out == "" and one_line(err)
    assert "chuandao" in err or "schema" in err


def test_against_takes_all_uppers_that_follow() -> None:
    """`--against A B` is the contract's way of naming several upper plans."""
    assert cli.spread(["check", "稿.docx", "--against", "甲.pdf", "乙.pdf", "-o", "报告.html"]) == [
        "check", "稿.docx", "--against", "甲.pdf", "--against", "乙.pdf", "-o", "报告.html",
    ]  # fmt: skip


def test_check_says_in_its_exit_code_whether_the_draft_has_errors(run, plan_pdf: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """A plan answers itself (0); a draft that falls short of a floor does not (1)."""
    upper = makers.pdf(tmp_path / "上位.pdf", [
        ["广东省国土空间规划", "（2021—2035年）"],
        ["第一章  目标", "到2035年，惠州市耕地保有量不低于166.50万亩，为约束性指标。"],
    ])  # fmt: skip
    code, out, _ = run("check", plan_pdf, "--against", upper)
    assert code == 1 and "166.50" in out and "158.62" in out


@pytest.mark.parametrize("name", ["plan", "check", "facts", "decisions", "trace", "matrix", "catalogue"])
def test_the_published_schemas_are_current(run, name: str) -> None:  # type: ignore[no-untyped-def]
    """docs/schemas holds what `chuandao schema` prints."""
    published = CORPUS.parent.parent / "docs" / "schemas" / f"{name}.schema.json"
    assert run("schema", name)[1] == published.read_text(encoding="utf-8")
