"""The documents say what the command does."""

from __future__ import annotations

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
