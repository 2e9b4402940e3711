"""What reading costs and gives, beside its peers: CPU seconds, peak memory and fidelity, on the same files in one run.

    python benchmarks/speed.py [PDF…] [--data DATA] [--rounds N] [--record]

Each reading has a process of its own; the seconds are medians of N rounds in which all readers take turns (readers that
need more than 20 seconds run once). DATA is a folder with bench/ (truth.json and the PDFs made from it) and, if it is
there, third_party/icdar2013; without it the sample plans are read, and fidelity is not judged. --record writes the tables
into docs/performance.md.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from readers import COMMAND, PDFPLUMBER, READERS, Rows
from tables import plain, score_icdar

ROOT = Path(__file__).parent.parent
PLANS = ROOT / "corpora" / "plans"
RECORD = ROOT / "docs" / "performance.md"
FIRST, LAST = "<!-- bench: begin -->", "<!-- bench: end -->"
_SLOW = 20.0
"""Seconds from which on a reader is run once only."""


@dataclass(frozen=True)
class Result:
    """One reader on one file: CPU seconds (median), peak megabytes, and what it read."""

    reader: str
    seconds: float
    megabytes: float
    reading: dict


def measured(pdf: Path, rounds: int) -> list[Result]:
    """All readers that are installed on one file, taking turns."""
    times: dict[str, list[float]] = {}
    peaks: dict[str, float] = {}
    readings: dict[str, dict] = {}
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.json"
        for turn in range(rounds):
            for name in READERS:
                if turn and (name not in times or times[name][0] > _SLOW):
                    continue
                command = [sys.executable, str(Path(__file__).parent / "readers.py"), name, str(pdf), str(out)]
                done = subprocess.run(command, capture_output=True, check=True, text=True)
                said = done.stdout.split()[-2:]
                if said[-1] == "absent":
                    continue
                times.setdefault(name, []).append(float(said[0]))
                peaks[name] = max(peaks.get(name, 0.0), float(said[1]))
                readings[name] = json.loads(out.read_text("utf-8"))
    return [Result(name, statistics.median(times[name]), peaks[name], readings[name]) for name in times]


# -- fidelity


def character_recall(truth: dict, reading: dict) -> float | None:
    """The share of the authored characters of paragraphs that the reading has, blanks apart; None without text."""
    if not reading["text"]:
        return None
    wanted = Counter("".join(plain(text) for text in truth["paragraphs"]))
    have = Counter(plain(reading["text"]))
    return 1 - (wanted - have).total() / wanted.total()


def paragraphs_whole(truth: dict, reading: dict) -> float | None:
    """The share of the authored paragraphs whose words stand together, from the first to the last, in the reading."""
    if not reading["text"]:
        return None
    words = plain(reading["text"])
    return sum(plain(text) in words for text in truth["paragraphs"]) / len(truth["paragraphs"])


def rows_exact(truth: dict, reading: dict) -> float | None:
    """The share of the authored table rows that some table of the reading has, cell for cell; merged cells may be given
    at each place that they cover or at the first only."""
    if not reading["tables"]:
        return None
    left = Counter(row for rows in reading["tables"] for row in read_rows(rows))
    found = total = 0
    for table in truth["tables"]:
        above = [plain(cell or "") for cell in table["header"]]
        for row in [table["header"], *table["rows"]]:
            bare = tuple(plain(cell or "") for cell in row)
            whole = tuple(above[at] if cell is None else plain(cell) for at, cell in enumerate(row))
            if all(cell is None for cell in row[1:]):
                whole = (bare[0],) * len(row)
            above = list(whole)
            total += 1
            for likeness in (whole, bare):
                if left[likeness]:
                    left[likeness] -= 1
                    found += 1
                    break
    return found / total


def read_rows(rows: Rows) -> list[tuple[str, ...]]:
    return [tuple(plain(cell or "") for cell in row) for row in rows]


# -- the tables


def share(part: float | None) -> str:
    return "—" if part is None else f"{part:.2%}"


def table_of(pdf: Path, results: Sequence[Result], truth: dict | None) -> list[str]:
    """The results on one file as lines of Markdown."""
    mine = results[0]
    pages = mine.reading["pages"]
    lines = [
        f"{pdf.name}, {pages} pages:", "",
        "| reader | CPU s | pages/s | time against ours | peak MB | characters | paragraphs whole | table rows exact |",
        "|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for one in results:
        judged = [
            judge(truth, one.reading) if truth else None for judge in (character_recall, paragraphs_whole, rows_exact)
        ]
        lines.append(
            f"| {one.reader} | {one.seconds:.2f} | {pages / one.seconds:.0f} | {one.seconds / mine.seconds:.1f} |"
            f" {one.megabytes:.0f} | {' | '.join(map(share, judged))} |"
        )
    return [*lines, "", *command_line(pdf, results)]


def command_line(pdf: Path, results: Sequence[Result]) -> list[str]:
    """How the whole of `extract` stands to what pdfplumber alone needs for text and tables."""
    by_name = {one.reader: one for one in results}
    whole, other = by_name.get(COMMAND), by_name.get(PDFPLUMBER)
    if whole is None or other is None:
        return []
    return [
        f"The whole of `extract` on {pdf.name}, from the command to the JSON, start-up included: {whole.seconds:.2f} CPU s and"
        f" {whole.megabytes:.0f} MB at most, {other.seconds / whole.seconds:.1f} × faster than pdfplumber's text and tables.",
        "",
    ]


def icdar_table(folder: Path) -> list[str]:
    lines = [
        "Tables of the ICDAR 2013 competition, relations of neighbouring cells:",
        "",
        "| reader | recall | precision | F1 |",
        "|---|---|---|---|",
    ]
    for name in ("ours", "pdfplumber", "camelot"):
        recall, precision, f1 = score_icdar(folder, name, False)
        if f1:
            lines.append(f"| {'chuandao' if name == 'ours' else name} | {recall:.3f} | {precision:.3f} | {f1:.3f} |")
    return [*lines, ""]


def versions() -> str:
    found = []
    for name in ("pypdfium2", "pdfplumber", "pymupdf", "camelot-py"):
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    return f"Python {sys.version_info.major}.{sys.version_info.minor}, {', '.join(found)}."


def record(lines: Sequence[str]) -> None:
    """Put the tables into docs/performance.md, between its two marks."""
    page = RECORD.read_text("utf-8")
    before, after = page.split(FIRST)[0], page.split(LAST)[1]
    RECORD.write_text("\n".join([f"{before}{FIRST}", "", *lines, f"{LAST}{after}"]), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pdfs", nargs="*", type=Path)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--record", action="store_true")
    arguments = parser.parse_args()
    truth = None
    pdfs = arguments.pdfs
    if arguments.data is not None and not pdfs:
        truth = json.loads((arguments.data / "bench" / "truth.json").read_text("utf-8"))
        pdfs = sorted((arguments.data / "bench").glob("*.pdf"))
    lines = [versions(), ""]
    for pdf in pdfs or sorted(PLANS.glob("*/*.pdf")):
        found = table_of(pdf, measured(pdf, arguments.rounds), truth)
        print("\n".join(found), flush=True)
        lines += found
    if arguments.data is not None and (arguments.data / "third_party" / "icdar2013").exists():
        found = icdar_table(arguments.data / "third_party" / "icdar2013")
        print("\n".join(found), flush=True)
        lines += found
    if arguments.record:
        record(lines)


if __name__ == "__main__":
    sys.exit(main())
