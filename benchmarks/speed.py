"""CPU seconds and peak memory of whole reading against pdfplumber's text and tables, on the same files in one run.

    python benchmarks/speed.py [PDF…] [--rounds N]

Each reading has a process of its own; the figures are medians. Without files, the sample plans are read.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
from pathlib import Path

PLANS = Path(__file__).parent.parent / "corpora" / "plans"

OURS = """
import resource, sys, time
from chuandao.extract.read import read_document
start = time.process_time()
document = read_document(sys.argv[1], ocr=False)
spent = time.process_time() - start
print(spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, len(document.pages))
"""
THEIRS = """
import resource, sys, time
import pdfplumber
start = time.process_time()
with pdfplumber.open(sys.argv[1]) as pdf:
    for page in pdf.pages:
        page.extract_text()
        page.extract_tables()
        page.close()
    count = len(pdf.pages)
spent = time.process_time() - start
print(spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, count)
"""


def measured(program: str, pdf: Path) -> tuple[float, float, int]:
    """CPU seconds, peak MB and pages of one run."""
    done = subprocess.run([sys.executable, "-c", program, str(pdf)], capture_output=True, check=True, text=True)
    seconds, megabytes, pages = done.stdout.split()
    return float(seconds), float(megabytes), int(pages)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pdfs", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    print(f"{'file':24}{'pages':>6}{'ours s':>9}{'MB':>6}{'pdfplumber s':>14}{'MB':>6}{'ratio':>8}")
    for pdf in arguments.pdfs or sorted(PLANS.glob("*/*.pdf")):
        ours, theirs = [], []
        for _ in range(arguments.rounds):
            ours.append(measured(OURS, pdf))
            theirs.append(measured(THEIRS, pdf))
        mine = statistics.median(one[0] for one in ours)
        other = statistics.median(one[0] for one in theirs)
        print(
            f"{pdf.name:24}{ours[0][2]:>6}{mine:>9.2f}{max(one[1] for one in ours):>6.0f}"
            f"{other:>14.2f}{max(one[1] for one in theirs):>6.0f}{other / mine:>8.1f}"
        )


if __name__ == "__main__":
    sys.exit(main())
