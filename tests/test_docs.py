"""The documents say what the command does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from chuandao.cli import app

DOCS = Path(__file__).resolve().parent.parent / "docs"
COMMANDS = get_command(app).commands  # type: ignore[attr-defined]  # the app is a group


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_command_and_each_option_is_documented(name: str) -> None:
    """docs/commands.md has a heading for each command and names each of its options."""
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert f"## chuandao {name}" in text
    section = text.split(f"## chuandao {name}")[1].split("\n## ")[0] + text.split("\n## ")[0]
    for param in COMMANDS[name].params:
        for option in param.opts:
            if option.startswith("--") and option not in ("--output",):
                assert option in section, option


def codes_in_code() -> set[str]:
    """Every finding code that the code names."""
    root = DOCS.parent
    rooms = ("plan", "extract", "check", "generate", "render", "commands", "archive")
    text = "".join(path.read_text(encoding="utf-8") for room in rooms for path in sorted((root / room).rglob("*.py")))
    return set(re.findall(r'"((?:READ|IND|LINE|ZONE|STR|LIST|PRJ|RULE|DOC|UP)-[A-Z]+(?:-[A-Z]+)?)"', text))


def test_each_finding_code_is_documented_once() -> None:
    """docs/findings.md has one section for each code that can be found, and none for others."""
    documented = re.findall(r"^### (\S+)$", (DOCS / "findings.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(documented) == sorted(codes_in_code())
