"""One reading of one PDF by one reader, in a process of its own: what it costs and what it gives.

    python benchmarks/readers.py READER PDF OUT.json

Prints CPU seconds (children included) and peak megabytes; writes {"pages", "text", "tables"} of what was read, with
tables as rows of strings. The peers come with the extra `bench` and are only measured: the tool uses none but pdfplumber.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path

Rows = list[list[str | None]]
Reading = tuple[int, str, list[Rows]]
"""Pages, all words, tables."""


def ours(path: str) -> Callable[[], Reading]:
    from chuandao.extract.read import read_document

    def read() -> Reading:
        document = read_document(path, ocr=False)
        words = [block.text.text for block in document.blocks]
        words += [note.text for table in document.tables for note in table.notes]
        tables = [
            [["" if cell is None else cell.text.text for cell in row] for row in table.grid]
            for table in document.tables
        ]
        return len(document.pages), "\n".join(words), tables

    return read


def whole_command(path: str) -> Callable[[], Reading]:
    """`chuandao extract` from the command to the JSON on the disk, start-up included; what it reads is that of `ours`."""
    run = "import sys; from chuandao.cli import main; sys.exit(main())"

    def read() -> Reading:
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-c", run, "extract", path, "--no-ocr", "-o", f"{folder}/plan.json"]
            kept = {name: said for name, said in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
            subprocess.run(command, capture_output=True, check=True, env=kept)  # as installed: compiled once
        return 0, "", []

    return read


def pdfplumber_both(path: str) -> Callable[[], Reading]:
    import pdfplumber

    def read() -> Reading:
        words, tables = [], []
        with pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                words.append(page.extract_text())
                tables += page.extract_tables()
                page.close()
            return len(pdf.pages), "\n".join(words), tables

    return read


def pymupdf_text(path: str) -> Callable[[], Reading]:
    import pymupdf

    def read() -> Reading:
        with pymupdf.open(path) as pdf:
            return len(pdf), "\n".join(page.get_text() for page in pdf), []

    return read


def pymupdf_both(path: str) -> Callable[[], Reading]:
    """Text and tables by its rules; its layout model, half a second a page, is left out."""
    import pymupdf

    def read() -> Reading:
        words, tables = [], []
        with pymupdf.open(path) as pdf:
            for page in pdf:
                words.append(page.get_text())
                tables += [table.extract() for table in page.find_tables(use_layout=False).tables]
            return len(pdf), "\n".join(words), tables

    return read


def camelot_lattice(path: str) -> Callable[[], Reading]:
    import camelot

    def read() -> Reading:
        found = camelot.read_pdf(path, pages="all", flavor="lattice", suppress_stdout=True)
        return 0, "", [table.data for table in found]

    return read


def pdftotext(path: str) -> Callable[[], Reading]:
    program = shutil.which("pdftotext")
    if program is None:
        raise ImportError("pdftotext")

    def read() -> Reading:
        done = subprocess.run([program, path, "-"], capture_output=True, check=True)
        words = done.stdout.decode("utf-8", "replace")
        return words.count("\f"), words, []

    return read


COMMAND, PDFPLUMBER = "chuandao extract, command to JSON", "pdfplumber text + tables"
READERS: dict[str, Callable[[str], Callable[[], Reading]]] = {
    "chuandao": ours,
    COMMAND: whole_command,
    PDFPLUMBER: pdfplumber_both,
    "PyMuPDF text": pymupdf_text,
    "PyMuPDF text + tables": pymupdf_both,
    "camelot lattice": camelot_lattice,
    "pdftotext": pdftotext,
}


def spent() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def main() -> None:
    name, pdf, out = sys.argv[1:]
    warnings.simplefilter("ignore")
    try:
        read = READERS[name](pdf)  # imports are not measured
    except ImportError:
        print("absent")
        return
    start = spent()
    pages, words, tables = read()
    seconds = spent() - start
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    if name in ("pdftotext", COMMAND):
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    Path(out).write_text(json.dumps({"pages": pages, "text": words, "tables": tables}, ensure_ascii=False), "utf-8")
    print(seconds, peak)


if __name__ == "__main__":
    main()
