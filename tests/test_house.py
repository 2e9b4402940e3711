"""The house keeps its own rules: who imports whom, what is packaged, who opens documents."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from chuandao import commands

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("plan", "extract", "check", "generate", "render", "commands", "archive")
MAY_IMPORT = {
    "plan": set(),
    "extract": {"plan"},
    "check": {"plan"},
    "generate": {"plan"},
    "render": {"plan"},
    "commands": {"plan", "extract", "check", "generate", "render"},
    "archive": {"plan", "commands"},
    "cli": {"plan", "commands", "archive"},
}


def modules() -> list[Path]:
    return [ROOT / "cli.py", *(path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")))]


def imported_rooms(path: Path) -> set[str]:
    """The rooms that a module imports from, relative imports resolved."""
    package = ("chuandao", *path.relative_to(ROOT).parent.parts)
    rooms: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            names = [".".join([*base, *(node.module or "").split(".")])]
            names += [f"{names[0].rstrip('.')}.{alias.name}" for alias in node.names]
        else:
            continue
        rooms |= {name.split(".")[1] for name in names if name.startswith("chuandao.") and "." in name}
    return rooms & {*ROOMS, "cli"}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_imports_only_the_rooms_it_may_know(path: Path) -> None:
    """plan knows nobody, the four rooms know plan, commands the rooms, archive plan and commands, cli commands and archive."""
    room = path.relative_to(ROOT).parts[0].removesuffix(".py")
    assert imported_rooms(path) - {room} <= MAY_IMPORT[room]


def test_each_function_of_commands_is_found_and_no_module_hides_it() -> None:
    """They are loaded when first asked for; a module of the same name would take a function's place."""
    modules = {path.stem for path in (ROOT / "commands").glob("*.py")}
    assert [name for name in commands.__all__ if name in modules or not callable(getattr(commands, name))] == []


def test_whoever_only_reads_does_not_load_the_rooms_that_check_and_write() -> None:
    """Each reading process of an archive would pay for them."""
    code = "import sys; from chuandao.commands import open_input; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {f"chuandao.{room}" for room in ("check", "generate", "render")} & set(loaded)


def test_packages_named_by_hand_are_the_folders_with_code() -> None:
    """A folder that is forgotten in pyproject.toml would be missing from the wheel."""
    named = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    found = {
        ".".join(["chuandao", *path.parent.relative_to(ROOT).parts])
        for folder in (*ROOMS, "templates", "corpora")
        for path in (ROOT / folder).rglob("__init__.py")
    }
    assert set(named) == found | {"chuandao"}


def test_no_python_at_the_root_but_the_command() -> None:
    """Any other *.py at the root would ship in the wheel, and a root __init__.py loads every module twice."""
    assert [path.name for path in ROOT.glob("*.py")] == ["cli.py"]


def test_no_room_is_loaded_under_its_bare_name() -> None:
    """A room imported as `plan` instead of `chuandao.plan` would exist twice."""
    import chuandao.cli  # noqa: F401  the import is the point: it loads the rooms that the command needs at start

    assert not {*ROOMS, "cli"} & set(sys.modules)


OPENERS = {"open", "read_text", "read_bytes", "write_text", "write_bytes"}
DOORS = ("extract/reading/", "render/", "plan/lexicon", "plan/region", "cli.py", "commands/demo.py", "archive/")


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_rim_opens_files(path: Path) -> None:
    """Only the readers, the renderers, the lexicon's loader and the command touch the disk."""
    name = path.relative_to(ROOT).as_posix()
    calls = {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    }
    assert name.startswith(DOORS) or not calls & OPENERS


@pytest.mark.parametrize("path", sorted((ROOT / "tests").rglob("test_*.py")), ids=lambda path: path.name)
def test_every_test_says_what_it_shows(path: Path) -> None:
    """A test's docstring is a sentence about behaviour."""
    tests = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    assert [test.name for test in tests if not ast.get_docstring(test)] == []
