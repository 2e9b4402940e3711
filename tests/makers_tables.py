"""Draws tables in each dress that planners use into small PDFs, with the grid that a reader must give back.

Everything is drawn by hand on a canvas, so it is known where each rule and each wrapped word stands. The same number
makes the same file.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

DRESSES = ("ruled", "open_sides", "standing", "three_line", "lying", "zebra", "plain")
GROUPED = ("three_line grouped", "plain grouped", "lying grouped")
"""The same with category cells over several rows in the first column."""
FONT = "STSong-Light"
WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT, TOP, BOTTOM = 80.0, 515.0, 90.0, 760.0

NAMES = [
    "生态保护红线面积", "耕地保有量", "永久基本农田保护面积", "城镇开发边界扩展倍数", "用水总量", "林地保有量", "森林覆盖率", "湿地面积",
    "自然岸线保有率", "新增生态修复面积", "万元地区生产总值用水量下降比例", "人均应急避难场所面积", "公园绿地、广场步行5分钟覆盖率",
    "历史文化保护线面积", "单位国内生产总值建设用地使用面积下降比例", "农村生活垃圾处理率",
]  # fmt: skip
UNITS = ["平方公里", "万亩", "倍", "亿立方米", "公顷", "%", "平方米/人", "处"]
PLACES = ["清河区", "望江县", "东岭县", "石桥镇", "白鹭洲街道", "南溪乡", "临湖新区", "云台镇", "柳林镇", "平湖街道"]
WORKS = [
    "上游水土流失综合治理，修复矿山废弃地并恢复植被", "推进退化林修复", "河湖岸线整治与水系连通，新建湿地公园", "高标准农田建设",
    "外来物种防治", "开展地质灾害隐患点治理与避险搬迁，完善监测预警体系", "古驿道沿线村庄风貌提升",
]  # fmt: skip
PROSE = (
    "坚持底线思维，统筹发展和安全，优化国土空间开发保护格局，提升国土空间治理水平，形成安全和谐、开放协调的空间格局。"
)


@dataclass(frozen=True)
class Drawn:
    """A drawn table: the file, and what must be read from it (merged cells at each place they cover)."""

    path: Path
    grid: list[list[str]]
    header_rows: int
    label: str
    title: str
    unit: str | None
    note: str | None
    pages: int


@dataclass
class Plan:
    """How one table is set."""

    dress: str
    head: list[list[str]]
    """Header rows; None-like empty strings continue the cell above or to the left (see `spans`)."""
    spans: list[tuple[int, int, int, int]]
    """Header cells: row, column, rowspan, colspan."""
    rows: list[list[str]]
    widths: list[float]
    size: float
    pad: float
    middle: bool
    align: list[str]
    repeat_head: bool
    again: bool
    split_rows: bool
    categories: set[int] = field(default_factory=set)
    merged: dict[int, int] = field(default_factory=dict)
    """First row -> number of rows of a merged cell in column 0."""
    lead: float = 1.2
    """Height of a line in font sizes."""
    pen: str = "line"
    """How rules are drawn: line, filled (thin rectangles), double, dashes, dots (small squares), white and white_lines (filled and
    drawn, on a shade)."""
    page: tuple[float, float] = (595.0, 842.0)
    """Width and height; the margins are those of an upright page."""
    kinsoku: bool = False
    """No line begins with a closing mark."""
    label_middle: bool | None = None
    """A merged cell's words stand in its middle (at its top); None: as in other cells."""
    split_any: bool = False
    """Rows are cut by page breaks in dresses without rules too."""
    bare_head: bool = False
    """The head stands on no shade, where rows do."""

    @property
    def right(self) -> float:
        return self.page[0] - (WIDTH - RIGHT)

    @property
    def bottom(self) -> float:
        return self.page[1] - (HEIGHT - BOTTOM)


def wrap(words: str, width: float, size: float, kinsoku: bool = False) -> list[str]:
    """The lines of a cell; Latin words and numbers are not broken, nor (`kinsoku`) closing marks put first."""
    pieces: list[str] = []
    for mark in words:
        word = (
            pieces and mark.isascii() and mark not in " /" and pieces[-1][-1].isascii() and pieces[-1][-1] not in " /"
        )
        if word or (kinsoku and pieces and (mark in "，。；、）：" or pieces[-1][-1] in "（")):
            pieces[-1] += mark
        else:
            pieces.append(mark)
    lines = [""]
    for piece in pieces:
        if lines[-1] and pdfmetrics.stringWidth(lines[-1] + piece, FONT, size) > width:
            lines.append("")
        lines[-1] += piece
    return lines


def plan_table(dress: str, number: int) -> Plan:
    """A table of this dress; the number decides its columns, length, wrapping, header and page breaks."""
    rng = random.Random(f"{dress} {number}")
    dress, _, grouped = dress.partition(" ")
    two_heads = number % 2 == 1
    works = number % 3 == 1 or bool(grouped)
    if works:
        head = ["序号", "工程名称", "建设内容与规模", "实施区域", "时序"]
        weights = [0.5, 1.6, 2.4, 1.5, 1.1]
        align = ["c", "l", "l", "c", "c"]
    else:
        head = ["序号", "指标名称", "单位", "2020年", "2025年", "2035年", "属性"]
        weights = [0.5, 2.3, 1.0, 1.0, 1.0, 1.0, 0.8]
        align = ["c", "l", "c", rng.choice("rc"), "c", "c", "c"]
        align[4] = align[5] = align[3]
    count = rng.choice([8, 12, 16]) if number % 4 < 2 else rng.choice([45, 60, 80])
    rows, categories = [], set()
    for at in range(count):
        serial = at + 1
        if not works and not two_heads and at % 9 == 0 and number % 5 < 3:
            categories.add(len(rows))
            rows.append(
                [
                    "一二三四五六七八九"[len(categories) - 1]
                    + "、"
                    + rng.choice(["空间底线", "空间结构与效率", "空间品质"])
                ]
            )
        if works:
            rows.append([
                str(serial), rng.choice(PLACES) + rng.choice(["山水林田湖草沙一体化保护修复工程", "生态廊道建设工程", "整治项目"]),
                rng.choice(WORKS) + f"{rng.randint(2, 900)}公顷", "、".join(rng.sample(PLACES, rng.randint(1, 3))),
                f"{rng.randint(2021, 2025)}—{rng.randint(2026, 2035)}年",
            ])  # fmt: skip
        else:
            base = rng.randint(10, 99999) / 100
            rows.append([
                str(serial), rng.choice(NAMES), rng.choice(UNITS), f"{base:,.2f}", f"≥{base * 1.02:,.2f}", rng.choice([f"≤{base * 1.1:,.2f}", "—"]),
                rng.choice(["约束性", "预期性"]),
            ])  # fmt: skip
    spans = [(0, column, 1, 1) for column in range(len(head))]
    heads = [head]
    if two_heads and not works:
        heads = [["序号", "指标名称", "单位", "规划值", "", "", "属性"], ["", "", "", "2020年", "2025年", "2035年", ""]]
        spans = [(0, c, 2, 1) for c in (0, 1, 2, 6)] + [(0, 3, 1, 3)] + [(1, c, 1, 1) for c in (3, 4, 5)]
    if not works and not categories:
        rows.append(["", "合计", "—", "123.45", "234.56", "345.67", "—"])
    total = sum(weights)
    merged: dict[int, int] = {}
    if works and (grouped or (dress == "ruled" and number % 2 == 0)):
        heads = [["类型", *heads[0]]]
        spans = [(0, column, 1, 1) for column in range(len(heads[0]))]
        weights, align, total = [0.8, *weights], ["c", *align], total + 0.8
        at = 0
        while at < len(rows):
            run = min(rng.randint(1, 7), len(rows) - at)
            merged[at] = run
            kind = rng.choice(["生态修复", "农田整治", "矿山治理", "城乡更新"])
            for row in rows[at : at + run]:
                row.insert(0, kind)
            at += run
    return Plan(
        dress=dress, head=heads, spans=spans, rows=rows, widths=[(RIGHT - LEFT) * w / total for w in weights],
        size=rng.choice([9.0, 10.0, 10.5]), pad=rng.choice([1.5, 2.5, 4.0]), middle=rng.random() < 0.5, align=align,
        repeat_head=number % 3 != 2, again=number % 4 == 2, split_rows=number % 5 == 4, categories=categories, merged=merged,
    )  # fmt: skip


class Drawer:
    """Draws one table over as many pages as it takes."""

    def __init__(self, path: Path, plan: Plan, label: str, title: str, unit: str | None, note: str | None) -> None:
        self.plan, self.label, self.title, self.unit, self.note = plan, label, title, unit, note
        self.canvas = Canvas(str(path), pagesize=plan.page, invariant=1)
        self.page = 1
        self.y = TOP
        self.xs = [LEFT]
        for width in plan.widths:
            self.xs.append(self.xs[-1] + width)
        self.lead = plan.lead * plan.size
        self.right, self.bottom = plan.right, plan.bottom

    def text(self, x: float, y: float, words: str, size: float) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.plan.page[1] - y, words)

    def rule(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5) -> None:
        """A lying or standing rule, drawn with the plan's pen."""
        high, pen = self.plan.page[1], self.plan.pen
        lying = abs(y1 - y0) < abs(x1 - x0)
        self.canvas.setLineWidth(width)
        if pen in ("filled", "white"):
            self.canvas.setFillGray(1.0 if pen == "white" else 0.0)
            wide, tall = (x1 - x0, width) if lying else (width, y1 - y0)
            self.canvas.rect(
                x0 - width / 2, high - y1 - width / 2, wide + width / 2, tall + width / 2, stroke=0, fill=1
            )
            self.canvas.setFillGray(0)
        elif pen == "dots":
            steps = int(((x1 - x0) if lying else (y1 - y0)) / 2)
            for step in range(steps + 1):
                x, y = (x0 + 2 * step, y0) if lying else (x0, y0 + 2 * step)
                self.canvas.rect(x, high - y, 0.6, 0.6, stroke=0, fill=1)
        elif pen == "double":
            for off in (-0.8, 0.8):
                dx, dy = (0, off) if lying else (off, 0)
                self.canvas.line(x0 + dx, high - y0 - dy, x1 + dx, high - y1 - dy)
        else:
            self.canvas.setDash([2, 1.5] if pen == "dashes" else [])
            self.canvas.setStrokeGray(1.0 if pen == "white_lines" else 0.0)
            self.canvas.line(x0, high - y0, x1, high - y1)
            self.canvas.setStrokeGray(0.0)
            self.canvas.setDash([])

    def prose(self, paragraphs: int) -> None:
        for _ in range(paragraphs):
            for at, line in enumerate(wrap("　　" + PROSE * 2, self.right - LEFT, 12)):
                self.text(LEFT, self.y + 11, line, 12)
                self.y += 20 if at >= 0 else 0
        self.y += 8

    def lines_of(self, words: str, first: int, last: int) -> list[str]:
        return wrap(words, self.xs[last] - self.xs[first] - 2 * 4, self.plan.size, self.plan.kinsoku) if words else []

    def cell(self, words: list[str], first: int, last: int, top: float, bottom: float, align: str) -> None:
        plan = self.plan
        high = len(words) * self.lead
        y = top + (bottom - top - high) / 2 if plan.middle else top + plan.pad
        for line in words:
            wide = pdfmetrics.stringWidth(line, FONT, plan.size)
            x = self.xs[first] + 4
            if align == "c":
                x = (self.xs[first] + self.xs[last] - wide) / 2
            elif align == "r":
                x = self.xs[last] - 4 - wide
            self.text(x, y + plan.size * 0.95, line, plan.size)
            y += self.lead

    def head(self) -> None:
        """The header rows with the rules and shades of the dress."""
        plan = self.plan
        high = []
        for row in range(len(plan.head)):
            lines = [
                len(self.lines_of(plan.head[row][c], c, c + w)) for r, c, h, w in plan.spans if r == row and h == 1
            ]
            high.append(max([1, *lines]) * self.lead + 2 * plan.pad)
        spare = max(
            [
                0.0,
                *(
                    len(self.lines_of(plan.head[r][c], c, c + w)) * self.lead + 2 * plan.pad - sum(high[r : r + h])
                    for r, c, h, w in plan.spans
                    if h > 1
                ),
            ]
        )
        high[-1] += spare
        tops = [self.y]
        for step in high:
            tops.append(tops[-1] + step)
        if (plan.dress in ("zebra", "shaded_head") or plan.pen.startswith("white")) and not plan.bare_head:
            self.shade(tops[0], tops[-1], 0.7 if plan.pen.startswith("white") else 0.82)
        for r, c, h, w in plan.spans:
            top, bottom = tops[r], tops[r + h]
            middle, plan.middle = plan.middle, True
            self.cell(self.lines_of(plan.head[r][c], c, c + w), c, c + w, top, bottom, "c")
            plan.middle = middle
            x0, x1 = self.xs[c], self.xs[c + w]
            if plan.dress in ("ruled", "open_sides", "standing"):
                self.box(x0, top, x1, bottom)
            elif plan.dress in ("three_line", "lying") and w > 1:
                self.rule(x0 + 3, bottom, x1 - 3, bottom, 0.4)
        if plan.dress in ("three_line", "lying"):
            self.rule(LEFT, tops[0], self.right, tops[0], 1.2)
            self.rule(LEFT, tops[-1], self.right, tops[-1], 0.6)
        self.y = tops[-1]
        self.body_top = self.y

    def box(self, x0: float, top: float, x1: float, bottom: float) -> None:
        sides = self.plan.dress != "open_sides"
        self.rule(x0, top, x1, top)
        self.rule(x0, bottom, x1, bottom)
        if sides or x0 > LEFT + 1:
            self.rule(x0, top, x0, bottom)
        if sides or x1 < self.right - 1:
            self.rule(x1, top, x1, bottom)

    def shade(self, top: float, bottom: float, grey: float) -> None:
        self.canvas.setFillGray(grey)
        self.canvas.rect(LEFT, self.plan.page[1] - bottom, self.right - LEFT, bottom - top, stroke=0, fill=1)
        self.canvas.setFillGray(0)

    def title_lines(self) -> None:
        title = f"{self.label}　{self.title}"
        self.text((LEFT + self.right - pdfmetrics.stringWidth(title, FONT, 11)) / 2, self.y + 11, title, 11)
        self.y += 17
        if self.unit:
            words = f"单位：{self.unit}"
            self.text(self.right - pdfmetrics.stringWidth(words, FONT, 9), self.y + 9, words, 9)
            self.y += 13

    def finish_page(self) -> None:
        """Close what is open at the bottom of a page."""
        if self.plan.dress == "three_line" and self.page % 2 == 0:
            pass  # Word draws no closing rule at a page break, other writers do
        elif self.plan.dress in ("three_line", "lying"):
            self.rule(LEFT, self.y, self.right, self.y, 0.8)
        self.canvas.showPage()
        self.page += 1
        self.y = TOP

    def next_page(self) -> None:
        self.finish_page()
        if self.plan.again:
            words = f"续{self.label}"
            self.text((LEFT + self.right - pdfmetrics.stringWidth(words, FONT, 10)) / 2, self.y + 10, words, 10)
            self.y += 16
        if self.plan.repeat_head:
            self.head()
        elif self.plan.dress in ("three_line", "lying"):
            self.rule(LEFT, self.y, self.right, self.y, 0.8)
        elif self.plan.dress == "standing":
            self.rule(LEFT, self.y, self.right, self.y)

    def body(self) -> None:
        plan = self.plan
        merged_top: float | None = None
        kind = ""
        for at, row in enumerate(plan.rows):
            if at in plan.categories:
                words = [self.lines_of(row[0], 0, len(plan.widths))]
            else:
                words = [self.lines_of(cell, c, c + 1) for c, cell in enumerate(row)]
                if plan.merged and (at not in plan.merged or plan.dress != "ruled" or plan.label_middle is not None):
                    words[0] = []
            high = max(len(lines) for lines in words) * self.lead + 2 * plan.pad
            if plan.label_middle is not None and at in plan.merged:
                label = len(self.lines_of(row[0], 0, 1)) * self.lead + 2 * plan.pad
                high = max(high, label / plan.merged[at])
            if self.y + high > self.bottom:
                room = int((self.bottom - self.y - 2 * plan.pad) // self.lead)
                most = max(len(lines) for lines in words)
                if (
                    plan.split_rows
                    and (plan.dress == "ruled" or plan.split_any)
                    and 1 <= room < most
                    and at not in plan.categories
                    and not plan.merged
                ):
                    first = [lines[:room] for lines in words]
                    self.row(at, first, room * self.lead + 2 * plan.pad, top_set=True)
                    self.next_page()
                    rest = [lines[room:] for lines in words]
                    self.row(at, rest, (most - room) * self.lead + 2 * plan.pad, top_set=True)
                    continue
                if merged_top is not None:
                    self.close_merged(merged_top, kind)
                    kind = ""
                self.next_page()
                merged_top = self.y if plan.merged and at not in plan.merged else None
            if plan.merged and at in plan.merged:
                if merged_top is not None:
                    self.close_merged(merged_top, kind)
                merged_top, kind = self.y, row[0]
            self.row(at, words, high)
        if merged_top is not None:
            self.close_merged(merged_top, kind)
        if plan.dress in ("three_line", "lying"):
            self.rule(LEFT, self.y, self.right, self.y, 1.2)
        if plan.dress == "standing":
            self.rule(LEFT, self.y, self.right, self.y)

    def close_merged(self, top: float, words: str) -> None:
        """The category cell of the rows from `top` to here."""
        plan = self.plan
        if plan.dress == "ruled":
            self.box(self.xs[0], top, self.xs[1], self.y)
        if plan.dress != "ruled" or plan.label_middle is not None:
            middle = plan.middle
            plan.middle = middle if plan.label_middle is None else plan.label_middle
            self.cell(self.lines_of(words, 0, 1), 0, 1, top, self.y, "c")
            plan.middle = middle

    def row(self, at: int, words: list[list[str]], high: float, top_set: bool = False) -> None:
        plan = self.plan
        top, bottom = self.y, self.y + high
        if (plan.dress == "zebra" and at % 2 == 1) or plan.pen.startswith("white"):
            self.shade(top, bottom, 0.93)
        middle = plan.middle
        plan.middle = middle and not top_set
        if at in plan.categories:
            self.cell(words[0], 0, len(plan.widths), top, bottom, "l")
            if plan.dress in ("ruled", "open_sides"):
                self.box(LEFT, top, self.right, bottom)
        else:
            for column, lines in enumerate(words):
                self.cell(lines, column, column + 1, top, bottom, plan.align[column])
                if plan.dress in ("ruled", "open_sides") and not (plan.merged and column == 0):
                    self.box(self.xs[column], top, self.xs[column + 1], bottom)
        if plan.dress == "standing":
            for x in self.xs if at not in plan.categories else (self.xs[0], self.xs[-1]):
                self.rule(x, top, x, bottom)
        plan.middle = middle
        self.y = bottom
        if plan.dress == "lying":
            goes_on = plan.merged and at + 1 < len(plan.rows) and at + 1 not in plan.merged
            self.rule(self.xs[1] if goes_on else LEFT, self.y, self.right, self.y, 0.4)


def grid_of(plan: Plan) -> list[list[str]]:
    """The grid as a reader must give it: merged cells at each place they cover."""
    columns = len(plan.widths)
    head = [[""] * columns for _ in plan.head]
    for r, c, h, w in plan.spans:
        for y in range(r, r + h):
            for x in range(c, c + w):
                head[y][x] = plan.head[r][c]
    return head + [row * columns if at in plan.categories else list(row) for at, row in enumerate(plan.rows)]


def draw_table(folder: Path, dress: str, number: int) -> Drawn:
    """One PDF with prose, a title, the table over one or more pages, a note and prose."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    return draw_plan(folder / f"{dress}-{number}.pdf", plan_table(dress, number), number)


def draw_plan(path: Path, plan: Plan, number: int) -> Drawn:
    """The PDF of a planned table; the number decides what stands around it."""
    unit = "公顷" if number % 3 == 1 else None
    note = "注：本表数据以批复文件为准。" if number % 2 == 0 else None
    label, title = f"表{number % 7 + 1}-{number % 5 + 1}", "规划指标体系表" if number % 3 != 1 else "重大工程安排表"
    drawer = Drawer(path, plan, label, title, unit, note)
    drawer.prose(1 + number % 4)
    drawer.title_lines()
    drawer.head()
    drawer.body()
    drawer.y += 4
    if drawer.y > plan.bottom - 12:
        note = None  # no room on this page
    elif note:
        drawer.text(LEFT, drawer.y + 9, note, 9)
        drawer.y += 16
    drawer.y += 10
    if drawer.y < plan.bottom - 90:
        drawer.prose(1)
    drawer.canvas.save()
    return Drawn(path, grid_of(plan), len(plan.head), label, title, unit, note, drawer.page)
