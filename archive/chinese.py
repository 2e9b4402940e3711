"""Typer in Chinese, and the option that opens locked files: what the command line (cli.py) and the group here share, and nothing that takes time to import."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from typer.core import TyperCommand, TyperGroup

from ..plan.errors import UsageError

_HELP_OF = {
    "help": "显示本说明。",
    "install_completion": "为当前的命令行安装自动补全。",
    "show_completion": "显示自动补全脚本，可复制后自行安装。",
}


def _titles_in_chinese() -> None:
    """Puts the titles of Typer's help into Chinese; only help imports the module that writes them, which takes time."""
    from typer import rich_utils

    rich_utils.ARGUMENTS_PANEL_TITLE = "参数"
    rich_utils.OPTIONS_PANEL_TITLE = "选项"
    rich_utils.COMMANDS_PANEL_TITLE = "命令"
    rich_utils.REQUIRED_LONG_STRING = "[必填]"
    rich_utils.DEFAULT_STRING = "[默认：{}]"


def _chinese(params: list[Any]) -> list[Any]:
    for param in params:
        if param.name in _HELP_OF:
            param.help = _HELP_OF[param.name]
    return params


class ChineseCommand(TyperCommand):
    """A command whose help is in Chinese throughout."""

    def get_usage(self, ctx: Any) -> str:
        return super().get_usage(ctx).replace("Usage:", "用法：").replace("[OPTIONS]", "[选项]")

    def format_help(self, ctx: Any, formatter: Any) -> None:
        _titles_in_chinese()
        super().format_help(ctx, formatter)

    def get_params(self, ctx: Any) -> list[Any]:
        return _chinese(super().get_params(ctx))


class ChineseGroup(TyperGroup):
    """The same for the command that holds the others."""

    def get_usage(self, ctx: Any) -> str:
        usage = super().get_usage(ctx).replace("Usage:", "用法：").replace("[OPTIONS]", "[选项]")
        return usage.replace("COMMAND [ARGS]...", "命令 [参数]…")

    def format_help(self, ctx: Any, formatter: Any) -> None:
        _titles_in_chinese()
        super().format_help(ctx, formatter)

    def get_params(self, ctx: Any) -> list[Any]:
        return _chinese(super().get_params(ctx))


def password_in(path: Path | None) -> str | None:
    """The first line of the file that --password-file names, None if it is not given; raises UsageError."""
    if path is None:
        return None
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()[0].strip()
    except (OSError, ValueError, IndexError):
        raise UsageError(f"--password-file {path}：读不出口令；请给出第一行写着口令的文本文件。") from None
