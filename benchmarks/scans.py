"""How well and how fast scans are read: scans are made of digital pages, then read back and compared with them.

    python benchmarks/scans.py PDF… [--pages 12] [--dpi 150 200] [--show]

For each file and resolution: character error on prose, ruled cells in place, requirements whose OCR lines give the
quote, CPU time against bare rapidocr on the same pictures.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pypdfium2
from rapidfuzz.distance import Levenshtein

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from makers_scan import page_picture, scan_pdf, scanned

from chuandao.extract import document_to_plan, read_document
from chuandao.extract.reading import ocr
from chuandao.extract.reading.ocr_lines import set_widths
from chuandao.plan.document import Cell, Document, InkLine, OcrLine
from chuandao.plan.lexicon import load_lexicon
from chuandao.plan.span import Box, Span

TILTS = (0.4, -0.8, 1.2, 0.0, -1.2, 0.7, -0.3)


class Score(NamedTuple):
    """Counts of one scan: prose characters and errors, cells and those in place, spans and those held, CPU seconds."""

    characters: int
    errors: int
    cells: int
    placed: int
    spans: int
    held: int
    seconds: float
    bare: float


def sample(pdf: Path, pages: int, folder: Path) -> Path:
    """A PDF of so many pages of `pdf`, spread evenly."""
    with pypdfium2.PdfDocument(pdf) as source, pypdfium2.PdfDocument.new() as part:
        numbers = sorted({round(at) for at in np.linspace(2, len(source) - 1, pages).tolist()})
        part.import_pages(source, numbers)
        target = folder / f"{pdf.stem}.pdf"
        part.save(target)
    return target


def scan(pdf: Path, dpi: int) -> Path:
    """A scan of all pages: each with noise and its own tilt, every second with its back, every third with a seal."""
    with pypdfium2.PdfDocument(pdf) as document:
        count = len(document)
    plain = [page_picture(pdf, number + 1, dpi) for number in range(count)]
    pictures = [
        scanned(
            plain[at], tilt=TILTS[at % len(TILTS)], noise=8.0, seal=at % 3 == 0, seed=at,
            back=plain[at - 1] if at % 2 and plain[at - 1].size == plain[at].size else None,
        )
        for at in range(count)
    ]  # fmt: skip
    return scan_pdf(pictures, pdf.with_name(f"{pdf.stem}-{dpi}.pdf"), dpi=dpi)


def prose(document: Document) -> dict[int, str]:
    """The prose of each page without blanks."""
    pages: dict[int, str] = {}
    for block in document.blocks:
        if block.kind in ("table", "toc", "header") or block.part == "caption":
            continue
        for piece in block.text.pieces:
            if isinstance(piece, InkLine):
                words = re.sub(
                    r"\s|(?<!\d)[.…·．‥]+|[.…·．‥]+(?!\d)", "", block.text.text[piece.start : piece.end]
                )  # leaders are no words
                pages[piece.page] = pages.get(piece.page, "") + words
    return pages


def cells(document: Document) -> dict[int, list[list[Cell]]]:
    """The cells of each page, row by row as they stand on it."""
    pages: dict[int, list[list[Cell]]] = {}
    for table in document.tables:
        seen: set[int] = set()
        for row in table.grid:
            own: dict[int, list[Cell]] = {}
            for cell in row:
                if cell is not None and id(cell) not in seen:
                    seen.add(id(cell))
                    if cell.text.page is not None:
                        own.setdefault(cell.text.page, []).append(cell)
            for page, some in own.items():
                pages.setdefault(page, []).append(some)
    return pages


def near(a: str, b: str) -> bool:
    """Whether two cells say the same but for a character in ten that OCR misread."""
    a, b = re.sub(r"\s", "", a), re.sub(r"\s", "", b)
    return Levenshtein.distance(a, b) <= max(1 if len(a) > 4 else 0, 0.1 * len(a))


def placed(true: list[list[Cell]], read: list[list[Cell]], show: bool = False) -> int:
    """Cells of a page that the scan has in the same row and column; rows are matched in order."""
    best = [[0] * (len(read) + 1) for _ in range(len(true) + 1)]
    for at, row in enumerate(true):
        for other, found in enumerate(read):
            match = _row_match(row, found)
            best[at + 1][other + 1] = max(best[at][other] + match, best[at][other + 1], best[at + 1][other])
    if show and best[-1][-1] < sum(map(len, true)):
        for row in true:
            if not any(_row_match(row, found) == len(row) for found in read):
                print("    true", [cell.text.text for cell in row])
                print("    read", max(([cell.text.text for cell in found] for found in read), default=[],
                                      key=lambda words: -Levenshtein.distance("".join(words), "".join(cell.text.text for cell in row))))  # fmt: skip
    return best[-1][-1]


def _row_match(row: list[Cell], found: list[Cell]) -> int:
    by_column = {cell.column: cell.text.text for cell in found}
    return sum(cell.column in by_column and near(cell.text.text, by_column[cell.column]) for cell in row)


def held(span: Span, lines: tuple[OcrLine, ...]) -> bool:
    """Whether the OCR lines in the boxes give the quote and at most a tenth more."""
    words = "".join(_within(box, line) for box in span.boxes or () for line in lines)
    wanted, have = Counter(re.sub(r"\s", "", span.quote)), Counter(words)
    more = sum((have - wanted).values())
    return not wanted - have and more <= max(1, 0.1 * sum(wanted.values()))


def _within(box: Box, line: OcrLine) -> str:
    x0, top, x1, bottom = line.box
    if not (box[1] - 1 <= (top + bottom) / 2 <= box[3] + 1) or not line.text:
        return ""
    if box[0] - 1 <= x0 and x1 <= box[2] + 1:
        return line.text
    ends = np.cumsum(set_widths(line.text))  # characters are as wide as they are set
    middles = x0 + (x1 - x0) * (ends - set_widths(line.text) / 2) / ends[-1]
    return "".join(c for c, middle in zip(line.text, middles, strict=True) if box[0] < middle < box[2])


def spans(document: Document) -> Iterator[Span]:
    for requirement in document_to_plan(document, load_lexicon()).requirements:
        yield from requirement.where


def bare_seconds(path: Path) -> float:
    """CPU seconds of rapidocr alone on the same pictures."""
    engine = ocr._engine(2)
    with pypdfium2.PdfDocument(path) as document:
        pictures = [page.render(scale=ocr.DPI / 72).to_numpy()[:, :, :3].copy() for page in document]
    start = time.process_time()
    for picture in pictures:
        engine(picture)
    return time.process_time() - start


def measure(digital: Document, path: Path, *, bare: bool, show: bool) -> Score:
    """The scan at `path` against the digital document."""
    ocr._engine(2)  # loading the models is not reading
    start = time.process_time()
    document = read_document(path)
    seconds = time.process_time() - start
    true, said = prose(digital), prose(document)
    errors = 0
    for page, words in sorted(true.items()):
        distance = Levenshtein.distance(words, said.get(page, ""))
        errors += distance
        if show and distance:
            print(f"  p{page}: {distance} of {len(words)}", _differences(words, said.get(page, "")))
    tables, read = cells(digital), cells(document)
    in_place = 0
    for page, rows in sorted(tables.items()):
        here = placed(rows, read.get(page, []), show)
        in_place += here
        if show:
            print(f"  p{page}: cells {here} of {sum(map(len, rows))}")
    lines = {page.number: page.ocr_lines for page in document.pages}
    all_spans = list(spans(document))
    kept = [held(span, lines.get(span.page or 0, ())) for span in all_spans]
    return Score(
        sum(map(len, true.values())), errors, sum(len(row) for rows in tables.values() for row in rows), in_place,
        len(kept), sum(kept), seconds, bare_seconds(path) if bare else 0.0,
    )  # fmt: skip


def _differences(a: str, b: str) -> str:
    parts = []
    for kind, a0, a1, b0, b1 in Levenshtein.opcodes(a, b).as_list():
        if kind != "equal":
            parts.append(f"{a[a0:a1]}→{b[b0:b1]}")
    return " ".join(parts)[:600]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pdf", type=Path, nargs="+")
    parser.add_argument("--pages", type=int, default=12)
    parser.add_argument("--dpi", type=int, nargs="+", default=[150, 200])
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--no-bare", action="store_true")
    chosen = parser.parse_args()
    print("| 文件 | dpi | 正文字错率 | 单元格到位 | 要求可由识别行核对 | 用时 / 单用 rapidocr |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for pdf in chosen.pdf:
            part = sample(pdf, chosen.pages, Path(folder))
            digital = read_document(part)
            for dpi in chosen.dpi:
                score = measure(digital, scan(part, dpi), bare=not chosen.no_bare, show=chosen.show)
                print(
                    f"| {pdf.stem} | {dpi} | {100 * score.errors / max(score.characters, 1):.2f} %（{score.characters}） | "
                    f"{score.placed}/{score.cells} | {score.held}/{score.spans} | "
                    + (f"{score.seconds / score.bare:.2f}" if score.bare else "-") + f"（{score.seconds:.0f} s） |",
                    flush=True,
                )  # fmt: skip


if __name__ == "__main__":
    main()
