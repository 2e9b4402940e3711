"""Reading processes find the stubs' module."""

from __future__ import annotations

from pathlib import Path

import pytest
from makers_archive import STUB

from chuandao.archive.limits import Limits
from chuandao.archive.runner import Job

LIMITS = Limits(
    page_seconds=1.2, stage_seconds=4.0, document_seconds=30, memory_mb=300, output_mb=1, settle_seconds=0.3
)


@pytest.fixture(autouse=True)
def _stubs_importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parent.parent))


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """A run over an empty folder `source` with short limits."""
    (tmp_path / "source").mkdir()
    return Job((tmp_path / "source",), tmp_path / "store", stub=STUB, limits=LIMITS)
