"""`chuandao archive` as it is called: words, exit codes, documents."""

from __future__ import annotations

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import pytest
from makers import PLAN, pdf
from typer.main import get_command

from chuandao.archive.command import archive
from chuandao.archive.reasons import REASONS
from chuandao.archive.store import Store, locked
from chuandao.cli import main

ROOT = Path(__file__).resolve().parent.parent.parent
COMMANDS = get_command(archive).commands  # type: ignore[attr-defined]  # the archive is a group


class Done(NamedTuple):
    """What a call came to."""

    returncode: int | str | None
    stdout: str
    stderr: str


def chuandao(*arguments: str | Path) -> Done:
    """A call of the command within this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["chuandao", "archive", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
    return Done(ended.value.code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one plan and one locked file."""
    folder = tmp_path_factory.mktemp("archive")
    (folder / "source").mkdir()
    pdf(folder / "source" / "惠州.pdf", PLAN)
    pdf(folder / "source" / "locked.pdf", PLAN, password="secret")
    done = chuandao(folder / "source", "--store", folder / "store", "--json")
    assert done.returncode == 5, done.stderr
    assert json.loads(done.stdout)["statuses"] == {"done": 1, "failed": 1}
    return folder / "store"


def test_what_is_in_an_archive_can_be_asked_for(home: Path) -> None:
    """A list, a ready question, one's own SQL and a search, each with its rows on stdout."""
    assert "惠州市国土空间总体规划" in chuandao("list", "--store", home).stdout
    asked = chuandao("query", "--ready", "indicator", "--of", "耕地保有量", "--json", "--store", home)
    assert [row["数值"] for row in json.loads(asked.stdout)] == ["158.62"]
    assert chuandao("query", "SELECT count(*) AS n FROM documents", "--store", home).stdout == "n\n1\n"
    assert "第2页" in chuandao("search", "挖塘养鱼", "--store", home).stdout
    assert "ENCRYPTED" in chuandao("status", "--store", home).stdout


def test_wrong_calls_are_one_line_and_an_exit_code(home: Path, tmp_path: Path) -> None:
    """Never a traceback."""
    for arguments, code in (
        (("query", "DELETE FROM documents", "--store", home), 2),
        (("query", "--store", home), 2),
        (("status", "--store", tmp_path), 3),
        ((tmp_path / "nowhere", "--store", tmp_path / "new"), 3),
        ((home.parent, "--store", home), 6),
        ((home.parent / "source", "--store", home, "--limit", "speed=1"), 2),
    ):
        done = chuandao(*arguments)
        assert done.returncode == code, (arguments, done.stderr)
        assert done.stderr.count("\n") == 1 and "Traceback" not in done.stderr


def test_a_store_in_use_is_left_with_exit_code_7(home: Path) -> None:
    """The second run says so and leaves."""
    with locked(Store(home)):
        assert chuandao(home.parent / "source", "--store", home).returncode == 7


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_command_and_each_option_is_documented(name: str) -> None:
    """docs/commands.md has a heading for each command of the archive and names each of its options."""
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    heading = "## chuandao archive 来源" if name == "run" else f"### chuandao archive {name}"
    assert heading in text
    section = text.split(heading)[1].split("\n## ")[0].split("\n### ")[0] + heading + text.split("\n## ")[0]
    section += text.split(heading)[1].split("\n")[0]
    for param in COMMANDS[name].params:
        for option in param.opts:
            if option.startswith("--") and option not in ("--output", "--store", "--help"):
                assert option in section, option
    assert "例：" in (COMMANDS[name].help or "")


def test_each_reason_is_documented() -> None:
    """docs/archive.md has a row for each code of the ledger."""
    text = (ROOT / "docs" / "archive.md").read_text(encoding="utf-8")
    assert [code for code, words in REASONS.items() if f"| `{code}` | {words} |" not in text] == []
