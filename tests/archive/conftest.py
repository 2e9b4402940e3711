"""Reading processes find the stubs' module."""

from __future__ import annotations

from pathlib import Path

import pytest
from makers_archive import STUB

from chuandao.archive.limits import Limits
from chuandao.archive.runner import Job

LIMITS = Limits(memory_mb=300, output_mb=1, settle_seconds=0.3)
"""Small sizes, long times: a test that needs a page to be given up sets the time for it, and nothing else there may be
slow, so that no result hangs on the speed of the machine."""


@pytest.fixture(autouse=True)
def _stubs_importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parent.parent))


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """A run over an empty folder `source` with small limits."""
    (tmp_path / "source").mkdir()
    return Job((tmp_path / "source",), tmp_path / "store", stub=STUB, limits=LIMITS)
