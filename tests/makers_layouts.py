"""Draws tables as unlike each other as plans have them: kinds of content, columns, heads of one to three rows, line pitch,
room between rows, alignment, pens, shades, categories, pages. The same number makes the same file.

makers_tables.py draws the fixed dresses; here chance decides all the rest, so that nothing can be fitted to one look.
"""

from __future__ import annotations

import random
from pathlib import Path

from makers import maker
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

tables = maker("makers_tables")

RULED = ("ruled", "filled", "double", "dashes", "dots", "over", "open_sides", "standing", "white")
BARE = ("three_line", "lying", "zebra", "shaded_head", "plain")
KINDS = ("indicators", "works", "areas", "register", "rules", "towns")
"""Content: numbers of indicators; works; numbers of places; and three kinds of words alone."""

PLACES = tables.PLACES
HEADS = ["编制", "保护", "治理", "修复", "建设", "监测"]
RULES = [
    "禁止开展与生态保护无关的开发建设活动，已有建设用地逐步退出并恢复生态功能", "严格控制新增建设用地",
    "优先安排水源涵养林建设，提升水土保持能力；推进退化林修复", "加强耕地用途管制，稳定粮食播种面积",
    "引导产业集聚，完善公共服务设施", "保持山水格局与历史风貌，控制建筑高度、体量和色彩，延续街巷肌理",
    "以农业生产为主导，适度发展休闲农业", "实行准入清单管理。未纳入清单的项目不予审批", "维持现状",
]  # fmt: skip
NAMES = [
    "清河源省级自然保护区", "白鹭洲国家湿地公园", "云台山森林公园", "石桥古镇", "东岭县矿山生态修复区域", "望江县城乡饮用水水源保护区",
    "平湖遗址", "柳林革命旧址群", "南溪河流域综合治理与生态廊道", "临湖片区",
]  # fmt: skip
WHOM = [
    "市林业局",
    "市自然资源和规划局、市水务局",
    "各县（市、区）人民政府",
    "市农业农村局",
    "市文化广电旅游局、属地镇政府",
]
GRADES = ["国家级", "省级", "市级", "县级", "国家级重点生态功能区", "城市化发展区", "农产品主产区"]
OBJECTS = ["森林生态系统及野生动植物", "湿地鸟类与水禽栖息地", "地质遗迹", "明清民居建筑群", "水源涵养林、珍稀鱼类"]


def words_of_kind(
    kind: str, rng: random.Random, rows: int
) -> tuple[list[str], list[float], list[str], list[list[str]]]:
    """(head, relative widths, alignments, rows) of one kind of content."""
    number = rng.choice(["序号", "序号", "编号", ""])
    sample: list[list[str]] = []
    if kind == "indicators":
        head, weights = ["指标名称", "单位", "2020年", "2025年", "2035年", "属性"], [2.3, 1.0, 1.1, 1.1, 1.1, 0.9]
        how = rng.choice("rc")
        align = ["l", "c", how, how, how, "c"]
        for _ in range(rows):
            base = rng.randint(10, 99999) / 100
            least = rng.choice(["≥", "", "不低于"])
            sample.append([
                rng.choice(tables.NAMES), rng.choice(tables.UNITS), f"{base:,.2f}", f"{least}{base * 1.02:,.2f}",
                rng.choice([f"{least}{base * 1.1:,.2f}", "—", "完成上级下达任务"]), rng.choice(["约束性", "预期性"]),
            ])  # fmt: skip
    elif kind == "works":
        head, weights = ["工程名称", "建设内容与规模", "实施区域", "时序"], [1.6, 2.4, 1.5, 1.1]
        align = ["l", "l", rng.choice("lc"), "c"]
        for _ in range(rows):
            sample.append([
                rng.choice(PLACES) + rng.choice(["山水林田湖草沙一体化保护修复工程", "生态廊道建设工程", "整治项目"]),
                rng.choice(tables.WORKS) + rng.choice(["", f"{rng.randint(2, 900)}公顷"]),
                "、".join(rng.sample(PLACES, rng.randint(1, 3))), f"{rng.randint(2021, 2025)}—{rng.randint(2026, 2035)}年",
            ])  # fmt: skip
    elif kind == "areas":
        more = rng.randint(3, 6)
        head = [
            "行政区",
            *["耕地保有量", "永久基本农田", "生态保护红线", "城镇开发边界", "林地面积", "湿地面积"][:more],
        ]
        weights, align = [1.6, *[1.2] * more], ["c", *[rng.choice("rc")] * more]
        sample = [
            [rng.choice(PLACES), *(rng.choice(["—", f"{rng.randint(1, 99999) / 100:.2f}"]) for _ in range(more))]
            for _ in range(rows)
        ]
    elif kind == "register":
        head, weights = ["名称", "级别", "主要保护对象", "所在地", "责任单位"], [1.8, 1.0, 1.7, 1.2, 1.5]
        align = [rng.choice("lc"), "c", rng.choice("lc"), "c", rng.choice("lc")]
        sample = [
            [rng.choice(NAMES), rng.choice(GRADES), rng.choice(OBJECTS), "、".join(rng.sample(PLACES, rng.randint(1, 2))),
             rng.choice(WHOM)]
            for _ in range(rows)
        ]  # fmt: skip
    elif kind == "rules":
        head, weights = ["分区名称", "管控要求", "涉及乡镇"], [1.2, 3.2, 1.6]
        align = [rng.choice("lc"), "l", rng.choice("lc")]
        sample = [
            [rng.choice(["生态控制区", "农田保护区", "城镇发展区", "乡村发展区", "矿产能源发展区"]),
             rng.choice(RULES) + rng.choice(["", "。", "；" + rng.choice(RULES) + "。"]), "、".join(rng.sample(PLACES, rng.randint(1, 4)))]
            for _ in range(rows)
        ]  # fmt: skip
    else:
        head, weights = ["乡镇（街道）", "主体功能定位", "职能类型", "城镇等级"], [1.2, 1.4, 1.2, 1.0]
        align = ["c", "c", "c", "c"]
        sample = [
            [rng.choice(PLACES), rng.choice(GRADES[4:]), rng.choice(["综合服务型", "工贸型", "农旅融合型", "生态旅游与文化体验型"]),
             rng.choice(["中心城区", "重点镇", "一般镇"])]
            for _ in range(rows)
        ]  # fmt: skip
    if number:
        head, weights, align = [number, *head], [0.55, *weights], ["c", *align]
        sample = [[str(at + 1), *row] for at, row in enumerate(sample)]
    return head, weights, align, sample


def grouped_head(
    head: list[str], rng: random.Random, depth: int
) -> tuple[list[list[str]], list[tuple[int, int, int, int]]]:
    """Header rows with groups over some neighbouring columns: (rows, spans as makers_tables takes them)."""
    columns = len(head)
    if depth == 1 or columns < 4:
        return [head], [(0, c, 1, 1) for c in range(columns)]
    low = rng.randint(1, columns - 3)
    high = rng.randint(low + 1, columns - 1)
    rows = [[""] * columns for _ in range(depth)]
    spans = []
    for c, words in enumerate(head):
        if not low <= c <= high:
            rows[0][c] = words
            spans.append((0, c, depth, 1))
    rows[0][low] = rng.choice(["规划目标", "控制要求", "基本情况", "规划期内安排"])
    spans.append((0, low, 1, high - low + 1))
    if depth == 3 and high - low >= 2:
        rows[1][low] = rng.choice(["现状与近期", "其中"])
        spans.append((1, low, 1, 2))
        for c in range(low, high + 1):
            at = 2 if c < low + 2 else 1
            rows[at][c] = head[c]
            spans.append((at, c, 3 - at, 1))
    else:
        rows = rows[:2]
        spans = [(r, c, min(h, 2), w) for r, c, h, w in spans]
        for c in range(low, high + 1):
            rows[1][c] = head[c]
            spans.append((1, c, 1, 1))
    return rows, spans


def plan_layout(dress: str, number: int, *, kind: str | None = None, tight: bool = False) -> tables.Plan:
    """A table of this dress; chance of this number decides the rest. `tight`: no white between rows but that of lines."""
    rng = random.Random(f"{dress} {number} {kind} {tight}")
    kind = kind or rng.choice(KINDS)
    count = rng.choice([4, 7, 11, 16, 25, 40, 70])
    head, weights, align, rows = words_of_kind(kind, rng, count)
    depth = rng.choice([1, 1, 1, 2, 2, 3])
    landscape = rng.random() < 0.15
    page = (842.0, 595.0) if landscape else (595.0, 842.0)
    categories: set[int] = set()
    merged: dict[int, int] = {}
    numbered = head[0] in ("序号", "编号")
    shape = rng.choice(["", "", "", "category", "grouped", "total"])
    if shape == "category" and rows:
        made = []
        for at, row in enumerate(rows):
            if at % rng.choice([5, 8]) == 0:
                categories.add(len(made))
                made.append(
                    [
                        "一二三四五六七八九十"[min(9, len(categories) - 1)]
                        + "、"
                        + rng.choice(["空间底线", "空间结构与效率", "重点保护"])
                    ]
                )
            made.append(row)
        rows = made
    elif shape == "total" and kind in ("areas", "indicators"):
        total = ["合计" if at == numbered else f"{rng.randint(1, 99999) / 100:.2f}" for at in range(len(head))]
        if numbered:
            total[0] = ""
        rows.append(total)
    elif shape == "grouped" and dress not in ("open_sides", "standing"):
        head, weights, align = ["类型", *head], [0.8, *weights], ["c", *align]
        at = 0
        while at < len(rows):
            run = min(rng.randint(1, 7), len(rows) - at)
            merged[at] = run
            word = rng.choice(["生态修复", "农田整治", "矿山治理", "城乡更新", "自然保护地"])
            for row in rows[at : at + run]:
                row.insert(0, word)
            at += run
    heads, spans = grouped_head(head, rng, depth)
    total_weight = sum(weights)
    base, pen = dress, "line"
    if dress in ("filled", "double", "dashes", "dots", "white"):
        base, pen = "ruled", dress if dress != "white" or number % 2 else "white_lines"
    elif dress == "over":
        base = "ruled"
    right = page[0] - (tables.WIDTH - tables.RIGHT)
    size = rng.choice([8.0, 9.0, 10.0, 10.5, 12.0]) if len(head) < 7 else rng.choice([8.0, 9.0, 10.0])
    lead = rng.choice([1.15, 1.2, 1.3, 1.5])
    pad = rng.choice([0.0, 0.4]) if tight else rng.choice([0.12, 0.2, 0.3, 0.45]) * size
    if dress == "over":
        pad, lead = 0.0, 1.1
    return tables.Plan(
        dress=base, head=heads, spans=spans, rows=rows, widths=[(right - tables.LEFT) * w / total_weight for w in weights],
        size=size, pad=pad, middle=rng.random() < 0.5, align=align, repeat_head=rng.random() < 0.6, again=rng.random() < 0.2,
        split_rows=rng.random() < 0.3, categories=categories, merged=merged, lead=lead, pen=pen, page=page,
        kinsoku=rng.random() < 0.5, label_middle=rng.random() < 0.7,
    )  # fmt: skip


def draw_layout(folder: Path, dress: str, number: int, *, kind: str | None = None, tight: bool = False) -> tables.Drawn:
    """One PDF with prose, a title, the table over one or more pages, a note and prose."""
    pdfmetrics.registerFont(UnicodeCIDFont(tables.FONT))
    plan = plan_layout(dress, number, kind=kind, tight=tight)
    return tables.draw_plan(folder / f"{dress}-{kind}-{number}{'-tight' if tight else ''}.pdf", plan, number)


class LooseDrawer(tables.Drawer):
    """Draws the head as Word and LibreOffice do where its first cell goes over two rows: no rules under the groups, and the
    rule under the head begins at the second column, as the merged cell has none of its own."""

    def head(self) -> None:
        plan, top = self.plan, self.y
        dress, plan.dress = plan.dress, "plain"
        super().head()
        plan.dress = dress
        self.rule(tables.LEFT, top, self.right, top, 1.2)
        self.rule(self.xs[1], self.y, self.right, self.y, 0.6)


def draw_head(
    path: Path,
    head: list[list[str]],
    spans: list[tuple[int, int, int, int]],
    rows: list[list[str]],
    *,
    loose: bool = False,
    **more: object,
) -> tables.Drawn:
    """A table on a page of its own with this head; `loose`: with the rules of LooseDrawer. `more` goes to the Plan."""
    pdfmetrics.registerFont(UnicodeCIDFont(tables.FONT))
    columns = len(rows[0])
    setting = {"size": 9.5, "pad": 3.0, "middle": True, "align": ["l", *["c"] * (columns - 1)], "repeat_head": True}
    setting |= {
        "widths": [(tables.RIGHT - tables.LEFT) / columns] * columns,
        "again": False,
        "split_rows": False,
    } | more
    plan = tables.Plan(head=head, spans=spans, rows=rows, **setting)
    drawer = (LooseDrawer if loose else tables.Drawer)(path, plan, "附表4", "各县（市）品质指标表", None, None)
    drawer.prose(1)
    drawer.title_lines()
    drawer.head()
    drawer.body()
    drawer.canvas.save()
    return tables.Drawn(path, tables.grid_of(plan), len(head), "附表4", "各县（市）品质指标表", None, None, drawer.page)


class CutDrawer(tables.Drawer):
    """Remembers which rows a page break cut."""

    def __init__(self, *setting: object) -> None:
        super().__init__(*setting)
        self.cut: list[int] = []
        self.first_page = False
        """The first cut is at the end of the first page."""

    def row(self, at: int, words: list[list[str]], high: float, top_set: bool = False) -> None:
        if top_set:
            self.first_page |= not self.cut and self.page == 1
            self.cut.append(at)
        super().row(at, words, high, top_set)


class PageDrawer(tables.Drawer):
    """Remembers which rows stand on which page."""

    def __init__(self, *setting: object) -> None:
        super().__init__(*setting)
        self.rows_on: dict[int, list[int]] = {}

    def row(self, at: int, words: list[list[str]], high: float, top_set: bool = False) -> None:
        self.rows_on.setdefault(self.page, []).append(at)
        super().row(at, words, high, top_set)


def draw_alone(path: Path, head: list[str], rows: list[list[str]], last: list[str], **more: object) -> tables.Drawn:
    """A table of as many of these rows as fill its first page, and the row `last` alone on the second, over prose."""
    pdfmetrics.registerFont(UnicodeCIDFont(tables.FONT))
    spans = [(0, column, 1, 1) for column in range(len(head))]
    setting = {
        "size": 10.0,
        "pad": 3.0,
        "middle": True,
        "repeat_head": False,
        "split_rows": False,
        "again": False,
    } | more

    def drawn(some: list[list[str]]) -> PageDrawer:
        plan = tables.Plan(head=[head], spans=spans, rows=some, **setting)
        drawer = PageDrawer(path, plan, "附表1", "规划指标表", None, None)
        drawer.prose(1)
        drawer.title_lines()
        drawer.head()
        drawer.body()
        drawer.y += 20
        drawer.prose(1)
        drawer.canvas.save()
        return drawer

    fitting = drawn(rows).rows_on[1]
    drawer = drawn([*rows[: len(fitting)], last])
    if drawer.rows_on.get(2) != [len(fitting)]:
        raise ValueError("the last row is not alone")
    return tables.Drawn(path, tables.grid_of(drawer.plan), 1, "附表1", "规划指标表", None, None, drawer.page)


def draw_cut(path: Path, head: list[str], rows: list[list[str]], after: int, **more: object) -> tables.Drawn:
    """A table of so many of these rows that a page break cuts one and `after` more follow it."""
    pdfmetrics.registerFont(UnicodeCIDFont(tables.FONT))
    spans = [(0, column, 1, 1) for column in range(len(head))]
    setting = {"size": 9.5, "pad": 5.0, "middle": False, "repeat_head": True, "split_rows": True, "split_any": True}
    setting |= {"again": False} | more
    for shift in range(0, 60, 3):
        whole = _drawn_cut(path, head, spans, rows, shift, setting)
        if whole.cut and whole.first_page:
            some = rows[: whole.cut[0] + 1 + after]
            drawer = _drawn_cut(path, head, spans, some, shift, setting)
            return tables.Drawn(path, tables.grid_of(drawer.plan), 1, "附表1", "规划指标表", None, None, drawer.page)
    raise ValueError("no row is cut")


def _drawn_cut(
    path: Path,
    head: list[str],
    spans: list[tuple[int, int, int, int]],
    rows: list[list[str]],
    shift: float,
    setting: dict[str, object],
) -> CutDrawer:
    plan = tables.Plan(head=[head], spans=spans, rows=rows, **setting)
    drawer = CutDrawer(path, plan, "附表1", "规划指标表", None, None)
    drawer.prose(1)
    drawer.y += shift
    drawer.title_lines()
    drawer.head()
    drawer.body()
    drawer.canvas.save()
    return drawer
