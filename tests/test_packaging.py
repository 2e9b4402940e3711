"""What is installed works without the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "corpora" / "plans" / "gd-huizhou" / "lower-huizhou.docx"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy so that the checkout stays clean."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    for name in listed:
        if name.startswith(("corpora/plans/", "tests/", "docs/")) or not (ROOT / name).is_file():
            continue
        target = source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((ROOT / name).read_bytes())
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", folder, source], check=True, capture_output=True
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.mark.slow
def test_the_wheel_holds_the_code_and_the_knowledge_and_nothing_else(wheel: Path) -> None:
    """Rooms, templates and lexicon ship; tests, docs and sample plans don't."""
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    rooms = {"plan", "extract", "check", "generate", "render", "commands", "archive", "templates", "corpora"}
    assert {name.split("/")[0] for name in names} == {"chuandao"}
    assert {name.split("/")[1] for name in names} == rooms | {"cli.py"}
    assert any(name.startswith("chuandao/corpora/lexicon/") for name in names)
    assert not any("corpora/plans" in name or "__pycache__" in name for name in names)


@pytest.mark.slow
def test_the_installed_wheel_answers_and_extracts_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    """In an empty environment `chuandao --help` answers and one extract gives a plan."""
    home = tmp_path / "env"
    venv.create(home, with_pip=True)
    bin_ = home / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run([bin_ / "python", "-m", "pip", "install", "-q", str(wheel)], check=True, cwd=tmp_path)
    helped = subprocess.run([bin_ / "chuandao", "--help"], capture_output=True, text=True, cwd=tmp_path, check=True)
    assert "核对" in helped.stdout
    done = subprocess.run(
        [bin_ / "chuandao", "extract", str(SAMPLE), "-o", "plan.json"], capture_output=True, text=True, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert '"chuandao.plan/1"' in (tmp_path / "plan.json").read_text(encoding="utf-8")
