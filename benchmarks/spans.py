"""Whether an independent reading finds each quote in its place: pdfplumber, cropped to the span's boxes.

    python benchmarks/spans.py PDF…

For each block, each clause of a block and each table cell: the words inside of the boxes hold the quote's characters
and at most a tenth more.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pdfplumber

from chuandao.extract import read_document
from chuandao.extract.reading.characters import usual
from chuandao.plan.document import Document
from chuandao.plan.span import Span


def all_spans(document: Document) -> Iterator[tuple[str, Span]]:
    """The spans of blocks, of the clauses in them, and of cells."""
    for block in document.blocks:
        if block.kind == "table":
            continue
        for span in document.spans(block):
            yield "block", span
        for match in re.finditer(r"[^，。；：]+", block.text.text):
            for span in document.spans(block, *match.span()):
                yield "clause", span
    for table in document.tables:
        seen = set()
        for row in table.grid:
            for cell in row:
                if cell is not None and cell.text.text and id(cell) not in seen:
                    seen.add(id(cell))
                    for span in document.cell_spans(table, cell):
                        yield "cell", span


def found_in_place(page: pdfplumber.page.Page, span: Span) -> tuple[bool, str]:
    """Whether the boxes hold the quote and at most a tenth more; and what they hold."""
    wanted = Counter(usual(re.sub(r"\s", "", span.quote)))
    held = "".join(
        char["text"] for box in span.boxes or () for char in page.crop(clipped(box, page)).chars if _is_level(char)
    )
    have = Counter(usual(re.sub(r"\s", "", held)))
    lost = sum((wanted - have).values())
    more = sum((have - wanted).values())
    return lost == 0 and more <= 0.1 * max(sum(wanted.values()), 1), held


def _is_level(char: dict) -> bool:
    """Whether a character is no slanted watermark, which lies over the text and belongs to no line."""
    return abs(char["matrix"][1] * char["matrix"][2]) < 1e-6 or abs(char["matrix"][0] * char["matrix"][3]) < 1e-6


def clipped(box: tuple[float, ...], page: pdfplumber.page.Page) -> tuple[float, float, float, float]:
    return (max(box[0], 0), max(box[1], 0), min(box[2], float(page.width)), min(box[3], float(page.height)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pdfs", nargs="+", type=Path)
    parser.add_argument("--show", type=int, default=5)
    parser.add_argument("--every", type=int, default=1, help="look at every n-th span only")
    arguments = parser.parse_args()
    for path in arguments.pdfs:
        document = read_document(path, ocr=False)
        by_page: dict[int, list[tuple[str, Span]]] = {}
        for at, (kind, span) in enumerate(all_spans(document)):
            if at % arguments.every == 0 and span.page is not None:
                by_page.setdefault(span.page, []).append((kind, span))
        right: Counter[str] = Counter()
        total: Counter[str] = Counter()
        shown = 0
        with pdfplumber.open(path) as pdf:
            for number, spans in by_page.items():
                page = pdf.pages[number - 1]
                for kind, span in spans:
                    total[kind] += 1
                    is_right, held = found_in_place(page, span)
                    right[kind] += is_right
                    if not is_right and shown < arguments.show:
                        shown += 1
                        print("  ", number, kind, repr(span.quote[:50]), repr(held[:60]), (span.boxes or ())[:2])
                page.close()
        print(path.name, {kind: f"{right[kind]}/{total[kind]}" for kind in total})


if __name__ == "__main__":
    sys.exit(main())
