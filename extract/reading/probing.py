"""Pages that are not safe to load: forms that draw forms can multiply until they take all memory.

pdfium expands them while it loads a page, where nothing can stop it. So a file with such forms is first loaded page by
page in a process of its own with limits, and the pages on which that ends are left alone.
"""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO

_SECONDS = 20.0
"""For one page; a map with a million paths takes about two."""
_BYTES = 700 * 2**20
_MOST_FAILURES = 4
"""After so many pages that end the probe, all later ones are left alone too."""
_FORM_re = re.compile(rb"/Form\b")
_INNER_re = re.compile(rb"/XObject\s*<<\s*/|/XObject\s+\d+\s+\d+\s+R|/Resources\s+\d+\s+\d+\s+R")


def has_nested_forms(data: bytes) -> bool:
    """Whether a form of the PDF in `data` may draw other forms. Dictionaries of streams always stand in the open."""
    inner = 0
    for match in _FORM_re.finditer(data):
        start = data.rfind(b"obj", max(match.start() - 4096, 0), match.start())
        end = data.find(b"stream", match.end(), match.end() + 4096)
        if _INNER_re.search(data, max(start, 0), end if end >= 0 else match.end() + 4096):
            inner += 1
            if inner > 1:
                return True
    return False


def unsafe_pages(data: bytes, count: int, password: str | None = None) -> frozenset[int]:
    """The pages (from 1) of a PDF with `count` pages that can't be loaded within the limits."""
    unsafe: set[int] = set()
    with tempfile.TemporaryDirectory(prefix="chuandao-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "in.pdf"
        path.write_bytes(data)
        first = 1
        while first <= count:
            loaded = _probe(path, first, count, password, Path(folder) / "loaded")
            if loaded >= count:
                break
            unsafe.add(loaded + 1)
            if len(unsafe) >= _MOST_FAILURES:
                unsafe.update(range(loaded + 1, count + 1))
                break
            first = loaded + 2
    return frozenset(unsafe)


def _probe(path: Path, first: int, count: int, password: str | None, report: Path) -> int:
    """Loads pages first..count in a process of its own; the last one before it ended or had to be ended."""
    order = json.dumps({"path": str(path), "first": first, "count": count, "password": password or ""})
    with report.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "chuandao.extract.reading.probing"],
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=subprocess.DEVNULL,
        )
    assert process.stdin is not None
    process.stdin.write(order.encode())
    process.stdin.close()
    done, since = first - 1, time.monotonic()
    while process.poll() is None:
        time.sleep(0.03)
        now = _last(report, first)
        if now > done:
            done, since = now, time.monotonic()
        if time.monotonic() - since > _SECONDS or _memory(process.pid) > _BYTES:
            process.kill()
    process.wait()
    return _last(report, first)


def _last(report: Path, first: int) -> int:
    lines = report.read_bytes().split()
    return int(lines[-1]) if lines else first - 1


def _memory(pid: int) -> int:
    import psutil  # here, as only suspect files are watched

    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0


def _load(order: dict[str, str | int], said: IO[str]) -> None:
    import pypdfium2

    with pypdfium2.PdfDocument(str(order["path"]), password=order["password"] or None) as document:
        for number in range(int(order["first"]), int(order["count"]) + 1):
            with contextlib.suppress(pypdfium2.PdfiumError):  # it says so in time, which is all that is asked here
                document[number - 1].close()
            said.write(f"{number}\n")
            said.flush()


if __name__ == "__main__":
    _load(json.loads(sys.stdin.read()), sys.stdout)
