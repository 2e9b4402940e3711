"""Files that would hang, crash or fill the memory: each is read in a process of its own with limits."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from chuandao.plan.errors import UnreadableInput

SPEC = importlib.util.spec_from_file_location("makers_hostile", Path(__file__).parents[1] / "makers_hostile.py")
assert SPEC is not None and SPEC.loader is not None
makers = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(makers)

SECONDS = 90
"""Five times what the worst takes on a quiet machine; tests run beside others."""
MEGABYTES = 1024
READ = """
import sys
from chuandao.extract import read_document
from chuandao.plan.errors import UnreadableInput
try:
    document = read_document(sys.argv[1], ocr=len(sys.argv) > 2)
    total = sum(page.characters for page in document.pages)
    exact = not document.pages or sum(document.ledger.values()) == total
    print("document" if exact else "ledger")
except UnreadableInput as error:
    print(error.reason)
"""
QUICK = {
    "rc4-128",
    "no-xref",
    "page-tree-loop",
    "form-that-draws-itself",
    "billion-laughs",
    "zip-bomb",
    "table-wider-than-memory",
}
CASES = [
    pytest.param(make, f".{kind}", wanted, id=name, marks=() if name in QUICK else pytest.mark.slow)
    for kind, cases in (("pdf", makers.PDFS), ("docx", makers.DOCXS))
    for name, (make, wanted) in cases.items()
]


@pytest.mark.parametrize(("make", "ending", "wanted"), CASES)
def test_a_hostile_file_ends_in_a_document_or_a_clear_reason(make, ending: str, wanted: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """In time, within a gigabyte, with a Document whose ledger is exact, or with a reason."""
    path = tmp_path / f"plan{ending}"
    path.write_bytes(make())
    said, most = watched([sys.executable, "-c", READ, str(path)])
    assert most < MEGABYTES
    assert said == wanted or (wanted == "either" and said in ("document", "DAMAGED", "NO_PAGES", "BOMB"))


@pytest.mark.slow
@pytest.mark.parametrize("make", [pytest.param(make, id=name) for name, make in makers.PICTURES.items()])
def test_a_hostile_picture_is_recognised_within_bounds(make, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """With recognition of pictures too: in time, within a gigabyte and a half, and with a Document."""
    pytest.importorskip("rapidocr")
    path = tmp_path / "plan.pdf"
    path.write_bytes(make())
    said, most = watched([sys.executable, "-c", READ, str(path), "ocr"])
    assert said == "document"
    assert most < 1.5 * MEGABYTES


def watched(order: list[str]) -> tuple[str, float]:
    """What a process printed, and the most megabytes that it and its children had."""
    process = subprocess.Popen(order, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    own = psutil.Process(process.pid)
    most, start = 0.0, time.monotonic()
    try:
        while process.poll() is None:
            most = max(most, memory(own))
            assert time.monotonic() - start < SECONDS, "it goes on for ever"
            assert most < 2 * MEGABYTES
            time.sleep(0.05)
    finally:
        if process.poll() is None:
            for child in own.children(recursive=True):
                child.kill()
            process.kill()
        said = (process.communicate()[0] or "").strip()
    return said, most


def memory(process: psutil.Process) -> float:
    """Megabytes that a process and its children have."""
    try:
        return sum(one.memory_info().rss for one in (process, *process.children(recursive=True))) / 2**20
    except psutil.NoSuchProcess:
        return 0.0


def test_the_right_password_opens_aes_256(tmp_path: Path) -> None:
    """A file under AES-256 opens with its password and gives its words."""
    from chuandao.extract import read_document

    path = tmp_path / "plan.pdf"
    path.write_bytes(makers.aes_256("secret"))
    with pytest.raises(UnreadableInput, match="密码不正确"):
        read_document(path, password="wrong")
    # the words themselves are not encrypted in this file, so only opening is tested
    assert read_document(path, password="secret").source.pages == 1
