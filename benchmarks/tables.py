"""Tables against truth: how many rows and cells of authored tables come back from the PDF, and how fast.

    python benchmarks/tables.py DATA [--verbose]

DATA is a folder with any of: bench/ (truth.json, plan_*.pdf), plans/*/ (pairs of a PDF and the DOCX it was made from),
third_party/chinese_tables, third_party/icdar2013 (scored by cell adjacency, as the competition did).
Blanks are ignored. A cell is exact if the same words stand at the same place of the grid, merged cells at each place they
cover; a row is lost if no row of the joined table has its words.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
import unicodedata
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from chuandao.extract.lines import ink_to_lines
from chuandao.extract.reading.pdf import open_pdf
from chuandao.extract.tables import PageTable, find_tables, join_tables
from chuandao.plan.document import InkLine, Table, Text
from chuandao.plan.span import Box

Grid = list[list[str]]


@dataclass(frozen=True)
class FlowLine:
    """A line outside tables, as join_tables takes it."""

    text: Text
    box: Box
    page: int


def read_tables(path: Path, clock: dict[str, float] | None = None) -> list[Table]:
    """The joined tables of a PDF; `clock` collects the seconds of finding and joining, and the pages."""
    flow: list[PageTable | FlowLine] = []
    clock = {} if clock is None else clock
    with open_pdf(path, path.read_bytes()) as pdf:
        for number in range(1, len(pdf) + 1):
            ink = pdf.page(number)
            start = time.process_time()
            found = find_tables(ink)
            clock["seconds"] = clock.get("seconds", 0) + time.process_time() - start
            used = ink.angles % 90 != 0
            for table in found:
                used[table.chars] = True
            items: list[tuple[float, int, PageTable | FlowLine]] = [(t.box[1], at, t) for at, t in enumerate(found)]
            for at, line in enumerate(ink_to_lines(ink.kept(~used))):
                if line.bottom < 75 or line.top > ink.height - 75:
                    continue  # running heads and page marks: where they stand is enough here
                text = Text(line.text, (InkLine(0, len(line.text), number, line.boxes),))
                items.append((line.top, 1000 + at, FlowLine(text, (line.x0, line.top, line.x1, line.bottom), number)))
            flow += [item for _, _, item in sorted(items, key=lambda item: item[:2])]
        clock["pages"] = clock.get("pages", 0) + len(pdf)
    start = time.process_time()
    joined = join_tables(flow)
    clock["seconds"] += time.process_time() - start
    return [table.table for table in joined.tables]


def plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def table_to_grid(table: Table) -> Grid:
    return [["" if cell is None else plain(cell.text.text) for cell in row] for row in table.grid]


# -- truths


def bench_truth(path: Path) -> Iterator[tuple[str, Grid]]:
    """(kind, grid) of each table of truth.json; None there means merged with the cell to the left or above."""
    for table in json.loads(path.read_text("utf-8"))["tables"]:
        grid = [[plain(cell or "") for cell in table["header"]]]
        for row in table["rows"]:
            if all(cell is None for cell in row[1:]):
                grid.append([plain(row[0])] * len(row))
            else:
                grid.append([grid[-1][at] if cell is None else plain(cell) for at, cell in enumerate(row)])
        yield table["kind"], grid


def docx_truth(path: Path) -> Iterator[tuple[str, Grid]]:
    """(kind, grid) of each table of a DOCX with more than one column; what stands under a 续表 line goes on."""
    import docx

    before: Grid = []
    again = False
    for item in docx.Document(str(path)).iter_inner_content():
        if not hasattr(item, "columns"):
            again = again or "续" in item.text[:3]
            continue
        width = len(item.columns)
        cells = item._cells
        grid = [[plain(cell.text) for cell in cells[at : at + width]] for at in range(0, len(cells), width)]
        if width > 1 and any(len(set(row)) > 1 for row in grid):
            if again and before and before[0] == grid[0]:
                before += grid[1:]
            else:
                if before:
                    yield path.stem, before
                before = grid
        again = False
    if before:
        yield path.stem, before


# -- scores


@dataclass
class Score:
    tables: int = 0
    found: int = 0
    rows: int = 0
    lost: int = 0
    cells: int = 0
    exact: int = 0
    extra: int = 0


def likeness(a: Grid, b: Grid) -> float:
    first, second = (Counter(cell for row in grid for cell in row if cell) for grid in (a, b))
    return 2 * sum((first & second).values()) / max(1, first.total() + second.total())


def score_tables(truths: list[tuple[str, Grid]], tables: list[Table], verbose: bool) -> dict[str, Score]:
    """Scores by kind; each truth is compared with the table that is most like it."""
    grids = [table_to_grid(table) for table in tables]
    free = set(range(len(grids)))
    scores: dict[str, Score] = {}
    for kind, truth in truths:
        score = scores.setdefault(kind, Score())
        score.tables += 1
        score.rows += len(truth)
        score.cells += sum(map(len, truth))
        best = max(free, key=lambda at: (likeness(truth, grids[at]), -at), default=None)
        if best is None or likeness(truth, grids[best]) < 0.3:
            score.lost += len(truth)
            if verbose:
                print(f"  {kind}: not found: {truth[0]}")
            continue
        free.discard(best)
        grid = grids[best]
        score.found += 1
        pairs = list(zip(truth, grid, strict=False))
        exact = sum(a == b for x, y in pairs for a, b in zip(x, y, strict=False))
        score.exact += exact
        left = Counter(map(tuple, grid))
        for at, row in enumerate(truth):
            if left[tuple(row)]:
                left[tuple(row)] -= 1
                continue
            score.lost += 1
            if verbose:
                near = grid[at] if at < len(grid) else None
                print(f"  {kind}: row {at} of {truth[0][:3]}…: {row}\n      read {near}")
        if len(grid) != len(truth) and verbose:
            print(f"  {kind}: {truth[0][:3]}…: {len(truth)} rows, read {len(grid)}")
    rest = scores.setdefault("(no truth)", Score())
    rest.extra = len(free)
    if verbose:
        for at in sorted(free):
            print(f"  no truth: {tables[at].label} {len(grids[at])} rows: {grids[at][0]}")
    return scores


def show(name: str, scores: dict[str, Score], clock: dict[str, float]) -> None:
    for kind, score in scores.items():
        if score.tables:
            print(
                f"{name:28} {kind:12} tables {score.found}/{score.tables}  rows lost {score.lost}/{score.rows}"
                f"  cells exact {score.exact / score.cells:.4f}"
            )
        elif score.extra:
            print(f"{name:28} {kind:12} {score.extra} tables")
    if clock:
        print(f"{name:28} {1000 * clock['seconds'] / clock['pages']:.2f} ms a page for tables ({clock['pages']} pages)")


# -- ICDAR 2013: cell adjacency


def adjacency(grid: list[list[tuple[int, str] | None]]) -> Counter[tuple[str, str, str]]:
    """Neighbour relations of the competition: each filled cell with the next filled one to the right and below."""
    found: set[tuple[int, int, str]] = set()
    words: dict[int, str] = {}
    rows, columns = len(grid), max((len(row) for row in grid), default=0)
    for r in range(rows):
        for c in range(columns):
            cell = grid[r][c] if c < len(grid[r]) else None
            if cell is None or not cell[1]:
                continue
            words[cell[0]] = cell[1]
            for direction, path in (
                ("right", ((r, x) for x in range(c + 1, columns))),
                ("down", ((y, c) for y in range(r + 1, rows))),
            ):
                for y, x in path:
                    other = grid[y][x] if x < len(grid[y]) else None
                    if other is not None and other[1]:
                        if other[0] != cell[0]:
                            found.add((cell[0], other[0], direction))
                        break
    return Counter((words[a], words[b], direction) for a, b, direction in found if a in words and b in words)


def icdar_truth(path: Path) -> list[Counter[tuple[str, str, str]]]:
    """The relations of each table of a -str.xml file."""
    tables = []
    for table in ET.parse(path).getroot().iter("table"):
        for region in table.iter("region"):
            cells = []
            for at, cell in enumerate(region.iter("cell")):
                r0, c0 = int(cell.get("start-row", 0)), int(cell.get("start-col", 0))
                r1, c1 = int(cell.get("end-row", r0)), int(cell.get("end-col", c0))
                cells.append((at, r0, c0, r1, c1, icdar_words(cell.findtext("content") or "")))
            if not cells:
                continue
            grid: list[list[tuple[int, str] | None]] = [
                [None] * (max(cell[4] for cell in cells) + 1) for _ in range(max(cell[3] for cell in cells) + 1)
            ]
            for at, r0, c0, r1, c1, words in cells:
                for r in range(r0, r1 + 1):
                    for c in range(c0, c1 + 1):
                        grid[r][c] = (at, words)
            tables.append(adjacency(grid))
    return tables


def icdar_words(text: str) -> str:
    return re.sub(r"[\s_]+", "", unicodedata.normalize("NFKC", text)).lower()


def our_relations(path: Path) -> list[Counter[tuple[str, str, str]]]:
    relations = []
    with open_pdf(path, path.read_bytes()) as pdf:
        for number in range(1, len(pdf) + 1):
            for table in find_tables(pdf.page(number)):
                if table.kind != "table":
                    continue
                grid: list[list[tuple[int, str] | None]] = [[None] * table.columns for _ in range(table.rows)]
                for at, cell in enumerate(table.cells):
                    for r in range(cell.row, cell.row + cell.rowspan):
                        for c in range(cell.column, cell.column + cell.colspan):
                            grid[r][c] = (at, icdar_words(cell.text.text))
                relations.append(adjacency(grid))
    return relations


def grids_to_relations(tables: list[list[list[str | None]]]) -> list[Counter[tuple[str, str, str]]]:
    """Relations of tables given as rows of strings (what other tools return)."""
    relations = []
    for rows in tables:
        width = max((len(row) for row in rows), default=0)
        grid: list[list[tuple[int, str] | None]] = [
            [(r * width + c, icdar_words(cell or "")) for c, cell in enumerate(row)] for r, row in enumerate(rows)
        ]
        relations.append(adjacency(grid))
    return relations


def plumber_relations(path: Path) -> list[Counter[tuple[str, str, str]]]:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return grids_to_relations([table for page in pdf.pages for table in page.extract_tables()])


def camelot_relations(path: Path) -> list[Counter[tuple[str, str, str]]]:
    """By rules where camelot finds any, else by the white between words."""
    import camelot

    for flavor in ("lattice", "stream"):
        found = camelot.read_pdf(str(path), pages="all", flavor=flavor, suppress_stdout=True)
        if len(found):
            return grids_to_relations([table.data for table in found])
    return []


RELATIONS = {"ours": our_relations, "pdfplumber": plumber_relations, "camelot": camelot_relations}


def score_icdar(folder: Path, reader: str, verbose: bool) -> tuple[float, float, float]:
    """(recall, precision, F1) over all relations of all documents."""
    right = wanted = given = 0
    for pdf in sorted(folder.glob("*.pdf")):
        truth_file = folder / f"{pdf.stem}-str.xml"
        if not truth_file.exists():
            continue
        truth = sum(icdar_truth(truth_file), Counter())
        try:
            found = sum(RELATIONS[reader](pdf), Counter())
        except ImportError:
            return 0.0, 0.0, 0.0
        except Exception as error:  # a benchmark goes on and says what failed
            print(f"  {pdf.name}: {error!r}", file=sys.stderr)
            found = Counter()
        same = (truth & found).total()
        right, wanted, given = right + same, wanted + truth.total(), given + found.total()
        if verbose:
            print(f"  {pdf.name}: {same} of {truth.total()}, {found.total()} given")
    recall, precision = right / max(1, wanted), right / max(1, given)
    return recall, precision, 2 * recall * precision / max(1e-9, recall + precision)


def chinese_tables(folder: Path) -> None:
    """Every cell of the Chinese test file of PyMuPDF."""
    truth = json.loads((folder / "chinese-tables.groundtruth.json").read_text("utf-8"))
    tables = read_tables(folder / "chinese-tables.pdf")
    for wanted in truth["extracts"] if "extracts" in truth else [truth["extract"]]:
        rows = wanted if isinstance(wanted[0][0], (str, type(None))) else wanted[0]
        text = Counter(plain(cell) for row in rows for cell in row if cell)
        best = max((sum((text & Counter(c for r in table_to_grid(t) for c in r)).values()) for t in tables), default=0)
        print(f"{'chinese_tables':28} cells {best}/{text.total()}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--only", choices=["bench", "plans", "chinese", "icdar"])
    parser.add_argument("--icdar-reader", default="ours", choices=list(RELATIONS))
    options = parser.parse_args()
    data: Path = options.data
    if options.only in (None, "bench") and (data / "bench/truth.json").exists():
        truths = list(bench_truth(data / "bench/truth.json"))
        for pdf in sorted((data / "bench").glob("*.pdf")):
            clock: dict[str, float] = {}
            tables = read_tables(pdf, clock)
            show(pdf.stem, score_tables(truths, tables, options.verbose), clock)
    if options.only in (None, "plans"):
        for pdf in sorted((data / "plans").glob("*/*.pdf")):
            word = pdf.with_suffix(".docx")
            if word.exists():
                clock = {}
                tables = read_tables(pdf, clock)
                show(pdf.stem, score_tables(list(docx_truth(word)), tables, options.verbose), clock)
    if options.only in (None, "chinese") and (data / "third_party/chinese_tables").exists():
        chinese_tables(data / "third_party/chinese_tables")
    if options.only in (None, "icdar") and (data / "third_party/icdar2013").exists():
        recall, precision, f1 = score_icdar(data / "third_party/icdar2013", options.icdar_reader, options.verbose)
        print(f"{'icdar2013':28} {options.icdar_reader}: recall {recall:.4f} precision {precision:.4f} F1 {f1:.4f}")


if __name__ == "__main__":
    main()
