"""`extract --ledger`, `--census` and `--debug`: how a file was read."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from chuandao import cli
from chuandao.extract import census, read_document

_spec = importlib.util.spec_from_file_location("makers", Path(__file__).with_name("makers.py"))
assert _spec is not None and _spec.loader is not None
makers = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(makers)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def command(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["chuandao", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return command


def test_the_ledger_accounts_for_each_character(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    """--ledger gives one line whose parts add up to its total."""
    path = makers.pdf(tmp_path / "规划.pdf", makers.PLAN)
    code, _, said = run("extract", path, "-o", tmp_path / "a.json", "--ledger")
    line = next(line for line in said.splitlines() if "字迹台账" in line)
    total = int(re.findall(r"共 (\d+) 字", line)[0])
    parts = [int(count) for count in re.findall(r" (\d+)(?=[，（])", line)]
    assert code == 0 and sum(parts) == total and "合计相符" in line


def test_debug_writes_a_picture_for_each_page(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    """--debug DIR holds one PNG a page, named for the file and the page."""
    path = makers.pdf(tmp_path / "规划.pdf", makers.PLAN)
    run("extract", path, "-o", tmp_path / "a.json", "--debug", tmp_path / "图")
    written = sorted((tmp_path / "图").iterdir())
    assert [one.name for one in written] == ["规划-p001.png", "规划-p002.png"]
    assert all(one.read_bytes().startswith(b"\x89PNG") for one in written)


def test_both_engines_agree_on_a_plain_file(tmp_path: Path) -> None:
    """The census of a sound file says that all pages agree."""
    path = makers.pdf(tmp_path / "规划.pdf", makers.PLAN)
    (found,) = [one for one in read_document(path, census=True).findings if one.code == "READ-CENSUS"]
    assert found.severity == "info" and "2页中2页一致" in found.message


def test_pages_on_which_the_engines_differ_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that the second engine reads otherwise is a finding with what each has more; an unread one is named."""
    path = makers.pdf(tmp_path / "规划.pdf", makers.PLAN)
    with census.open_pdf(path, path.read_bytes()) as pdf:
        other = pdf.page(2)
    monkeypatch.setattr(census, "read_again", lambda path, pages, password=None: {1: other})
    summary, page = census.census_findings(path, path.read_bytes())
    assert "1页不一致，1页第二个引擎读不出" in summary.message and [place.page for place in summary.where] == [2]
    assert "第1页两个引擎读出的文字不一致" in page.message and page.severity == "warning"
