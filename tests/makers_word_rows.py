"""Draws tables whose rows or columns no rule shows: wrapped cells, heads of groups, categories, grids inside cells.

The caller says what stands in each cell; heights come from the wrapped lines, so it is known which words are a row.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from makers_tables import FONT, wrap
from reportlab.lib.colors import Color, black
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

LEFT, TOP, HEIGHT = 70.0, 120.0, 842.0


@dataclass(frozen=True)
class Part:
    """A cell: its words, how many rows and columns it covers, and a small grid that stands in it instead of words."""

    words: str = ""
    rows: int = 1
    columns: int = 1
    grid: list[list[str]] = field(default_factory=list)


Line = list["str | Part | None"]
"""The cells of a row from left to right; None where a cell above or to the left goes on."""


@dataclass(frozen=True)
class Look:
    """`rules`: which rules are drawn, of frame, lying, standing, shades; `lying` leave out merged cells. `middle`: cells
    are set to the middle of their rows, else to their top; `pad`: white above and below the words; `right`: numbers are set
    to the right."""

    rules: frozenset[str] = frozenset()
    middle: bool = True
    pad: float = 3.0
    side: float = 4.0
    size: float = 10.0
    right: bool = False


def draw_rows(
    path: Path, head: list[Line], rows: list[Line], widths: list[float], look: Look, *, title: str = "表3-1 规划指标表",
    below: tuple[str, ...] = (),
) -> Path:  # fmt: skip
    """A page with a title, this table and lines of prose `below` it."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(path), pagesize=(595, HEIGHT), invariant=1)
    canvas.setFont(FONT, 11)
    xs = [LEFT]
    for width in widths:
        xs.append(xs[-1] + width)
    canvas.drawCentredString((xs[0] + xs[-1]) / 2, HEIGHT - TOP + 8, title)
    bottom = _Grid(canvas, [*head, *rows], len(head), xs, look).draw()
    canvas.setFont(FONT, 9)
    for at, words in enumerate(below):
        canvas.drawString(LEFT, HEIGHT - bottom - 14 - 13 * at, words)
    canvas.save()
    return path


class _Grid:
    def __init__(self, canvas: Canvas, lines: list[Line], head: int, xs: list[float], look: Look) -> None:
        self.canvas, self.xs, self.look, self.head = canvas, xs, look, head
        self.lead = 1.3 * look.size
        self.cells: list[tuple[int, int, Part]] = []
        self.at: dict[tuple[int, int], int] = {}
        for r, line in enumerate(lines):
            for c, cell in enumerate(line):
                if cell is None:
                    continue
                part = cell if isinstance(cell, Part) else Part(cell)
                for row in range(r, r + part.rows):
                    for column in range(c, c + part.columns):
                        self.at[row, column] = len(self.cells)
                self.cells.append((r, c, part))
        self.rows, self.columns = len(lines), len(xs) - 1
        heights = [self.lead + 2 * look.pad] * self.rows
        for r, c, part in self.cells:
            if part.rows == 1:
                deep = len(part.grid) * (self.lead + 4) + 8 if part.grid else len(self.wrapped(c, part)) * self.lead
                heights[r] = max(heights[r], deep + 2 * look.pad)
        self.ys = [TOP]
        for height in heights:
            self.ys.append(self.ys[-1] + height)

    def wrapped(self, c: int, part: Part) -> list[str]:
        return wrap(part.words, self.xs[c + part.columns] - self.xs[c] - 2 * self.look.side, self.look.size)

    def draw(self) -> float:
        """Draw it; the height where it ends."""
        if "shades" in self.look.rules:
            for r in [*range(self.head), *range(self.head + 1, self.rows, 2)]:
                self.canvas.setFillColor(Color(0.8, 0.85, 0.9) if r < self.head else Color(0.93, 0.93, 0.93))
                self.canvas.rect(
                    self.xs[0], HEIGHT - self.ys[r + 1], self.xs[-1] - self.xs[0], self.ys[r + 1] - self.ys[r], 0, 1
                )
            self.canvas.setFillColor(black)
        for r, c, part in self.cells:
            self.words(r, c, part)
        self.canvas.setLineWidth(0.6)
        for level in range(self.rows + 1):
            self.lying(level)
        for column in range(self.columns + 1):
            self.standing(column)
        return self.ys[-1]

    def words(self, r: int, c: int, part: Part) -> None:
        x0, x1 = self.xs[c], self.xs[c + part.columns]
        top, bottom = self.ys[r], self.ys[r + part.rows]
        if part.grid:
            self.inner(x0 + 1, x1 - 1, top + self.look.pad + 4, part.grid)
            return
        lines = self.wrapped(c, part)
        y = (top + bottom - len(lines) * self.lead) / 2 if self.look.middle or r < self.head else top + self.look.pad
        self.canvas.setFont(FONT, self.look.size)
        for line in lines:
            base = HEIGHT - y - self.look.size
            number = line.replace(".", "").replace(",", "").isdigit()
            if self.look.right and number and r >= self.head and c:
                self.canvas.drawRightString(x1 - self.look.side, base, line)
            elif len(lines) > 1 and r >= self.head:
                self.canvas.drawString(x0 + self.look.side, base, line)
            else:
                self.canvas.drawCentredString((x0 + x1) / 2, base, line)
            y += self.lead

    def inner(self, x0: float, x1: float, top: float, grid: list[list[str]]) -> None:
        """A small grid with its own rules, which touch those of the cell."""
        high, wide = self.lead + 4, (x1 - x0) / len(grid[0])
        for r, row in enumerate(grid):
            for c, words in enumerate(row):
                y = HEIGHT - top - (r + 1) * high
                self.canvas.rect(x0 + c * wide, y, wide, high)
                self.canvas.drawString(x0 + c * wide + 4, y + 4, words)

    def lying(self, level: int) -> None:
        rules = self.look.rules
        ends = level in (0, self.rows) and rules & {"frame", "lying"}
        if not ends and not (level == self.head and rules & {"frame", "head"}) and "lying" not in rules:
            return
        for c in range(self.columns):
            above, below = self.at.get((level - 1, c)), self.at.get((level, c))
            if above is None or above != below:
                self.canvas.line(self.xs[c], HEIGHT - self.ys[level], self.xs[c + 1], HEIGHT - self.ys[level])

    def standing(self, column: int) -> None:
        if "standing" not in self.look.rules:
            return
        for r in range(self.rows):
            left, right = self.at.get((r, column - 1)), self.at.get((r, column))
            inside = 0 < column < self.columns or self.look.rules >= {"frame", "lying"}
            if inside and left != right:
                x = self.xs[column]
                self.canvas.line(x, HEIGHT - self.ys[r], x, HEIGHT - self.ys[r + 1])
