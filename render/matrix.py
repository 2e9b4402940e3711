"""The matrix of an archive's check as one HTML file or an Excel workbook."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator

from openpyxl import Workbook
from openpyxl.styles import PatternFill

from ..plan.matrix import Matrix, MatrixCell, MatrixSum
from ..plan.requirement import MODE_NAMES
from ..plan.verdict import VERDICT_NAMES
from .workbook import set_page, workbook_bytes, write_table

COLOURS = {
    "fulfilled": "E2F0D9", "refined": "E2F0D9", "partial": "FFF2CC", "weakened": "FCE4D6", "conflict": "F8CBAD",
    "missing": "F4B6B6", "undetermined": "EDEDED", "exempt": "DDEBF7", "not_applicable": "FFFFFF",
}  # fmt: skip
SUM_HEADER = ("指标", "年份", "要求", "上位总量", "各地之和", "差额", "结论", "单位", "计入", "尚缺")


def sum_words(line: MatrixSum) -> str:
    """Whether the parts keep to the total, in words."""
    if line.kept is None:
        return "数据不全"
    return "符合" if line.kept else "不符合"


def sum_row(line: MatrixSum) -> list[str]:
    """A sum as cells, in the order of SUM_HEADER."""
    operator = {">=": "不低于", "<=": "不超过", "=": "等于"}.get(line.op, line.op)
    return [
        line.name, str(line.year or ""), operator, line.total, line.sum, line.difference, sum_words(line), line.unit,
        "、".join(f"{part.region} {part.value}{part.unit}" for part in line.parts), "、".join(line.lacking),
    ]  # fmt: skip


def column_titles(matrix: Matrix) -> list[str]:
    """The regions, with the version where one has several plans, and a number where that leaves some alike."""
    counts = Counter(plan.region.name for plan in matrix.plans)
    versions = Counter((plan.region.name, plan.version) for plan in matrix.plans)
    seen: Counter[str] = Counter()
    titles = []
    for plan in matrix.plans:
        name = plan.region.name
        seen[name] += 1
        number = None if plan.version and versions[name, plan.version] == 1 else f"第{seen[name]}份"
        told = "，".join(part for part in (plan.version, number) if part)
        titles.append(name if counts[name] == 1 else f"{name}（{told}）")
    return titles


def matrix_xlsx(matrix: Matrix) -> bytes:
    """Three sheets: the matrix with coloured verdicts, the sums, the explanations of what is not fulfilled."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "矩阵"
    titles = column_titles(matrix)
    header = ["方式", "名称", "上位要求", "页", *titles]
    rows = [
        [
            MODE_NAMES[row.mode],
            row.name,
            row.text,
            row.page,
            *(VERDICT_NAMES[cell.verdict] if cell else "" for cell in row.cells),
        ]
        for row in matrix.rows
    ]
    last = write_table(sheet, 1, header, rows, [8, 22, 60, 6, *([11] * len(titles))])
    for number, row in enumerate(matrix.rows, start=2):
        for column, cell in enumerate(row.cells, start=5):
            if cell is not None:
                sheet.cell(number, column).fill = PatternFill("solid", start_color="FF" + COLOURS[cell.verdict])
    set_page(sheet, 1, last, len(header))
    sums = workbook.create_sheet("各地之和")
    last = write_table(
        sums, 1, SUM_HEADER, [sum_row(line) for line in matrix.sums], [22, 8, 9, 16, 16, 14, 10, 10, 60, 40]
    )
    set_page(sums, 1, last, len(SUM_HEADER))
    why = workbook.create_sheet("说明")
    explained = [
        [title, row.name, row.text, VERDICT_NAMES[cell.verdict], cell.explanation, cell.text, cell.page]
        for row in matrix.rows
        for title, cell in zip(titles, row.cells, strict=True)
        if cell is not None and cell.verdict not in ("fulfilled", "refined", "not_applicable")
    ]
    head = ("行政区", "名称", "上位要求", "结论", "说明", "本级表述", "页")
    last = write_table(why, 1, head, explained, [12, 20, 50, 10, 50, 50, 6])
    set_page(why, 1, last, len(head))
    return workbook_bytes(workbook)


STYLE = """
body{font:14px/1.5 "Microsoft YaHei","Noto Sans CJK SC",sans-serif;margin:1.5em;color:#222}
table{border-collapse:collapse;margin:1em 0}td,th{border:1px solid #bbb;padding:.2em .45em;vertical-align:top}
thead th{position:sticky;top:0;background:#1f4e79;color:#fff;font-weight:600}
td.t{max-width:32em}td.n,th.n{text-align:right;white-space:nowrap}td.v{white-space:nowrap;text-align:center}
tbody th{position:sticky;left:0;background:#f7f7f7;text-align:left;font-weight:400}
.bad{color:#b00020;font-weight:600}label{margin-right:1em}
"""
SCRIPT = """
const only=document.getElementById('only');
only.addEventListener('change',()=>{for(const row of document.querySelectorAll('#m tbody tr'))
row.hidden=only.checked&&!row.dataset.hole});
"""


def matrix_html(matrix: Matrix) -> str:
    """One file with everything in it; hovering over a verdict shows why."""
    return "".join(_html(matrix))


def _html(matrix: Matrix) -> Iterator[str]:
    title = html.escape(f"{matrix.upper}：各下位规划落实情况")
    yield f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title><style>{STYLE}'
    yield "".join(f".{name}{{background:#{colour}}}" for name, colour in COLOURS.items())
    yield f"</style></head><body><h1>{title}</h1>"
    for note in matrix.notes:
        yield f"<p>{html.escape(note)}</p>"
    yield from _html_sums(matrix)
    yield '<h2>要求 × 规划</h2><label><input type="checkbox" id="only"> 只看有问题的要求</label>'
    yield '<table id="m"><thead><tr><th>名称</th><th>方式</th><th>上位要求</th><th>页</th>'
    for plan, name in zip(matrix.plans, column_titles(matrix), strict=True):
        yield f'<th title="{html.escape(f"{plan.title}　{plan.path}".strip())}">{html.escape(name)}</th>'
    yield "</tr></thead><tbody>"
    for row in matrix.rows:
        hole = any(cell and cell.verdict in ("partial", "weakened", "conflict", "missing") for cell in row.cells)
        yield f"<tr{' data-hole=1' if hole else ''}><th>{html.escape(row.name)}</th><td>{MODE_NAMES[row.mode]}</td>"
        yield f'<td class="t">{html.escape(row.text)}</td><td class="n">{row.page or ""}</td>'
        yield from map(_html_cell, row.cells)
        yield "</tr>"
    yield f"</tbody></table><script>{SCRIPT}</script></body></html>\n"


def _html_cell(cell: MatrixCell | None) -> str:
    if cell is None:
        return "<td></td>"
    page = f"第{cell.page}页　" if cell.page else ""
    why = html.escape("\n".join(part for part in (cell.explanation, page + cell.text) if part))
    return f'<td class="v {cell.verdict}" title="{why}">{VERDICT_NAMES[cell.verdict]}</td>'


def _html_sums(matrix: Matrix) -> Iterator[str]:
    if not matrix.sums:
        return
    yield "<h2>各地之和与上位总量</h2><table><thead><tr>"
    yield "".join(f"<th>{name}</th>" for name in SUM_HEADER)
    yield "</tr></thead><tbody>"
    for line in matrix.sums:
        mark = ' class="bad"' if line.kept is False else ""
        yield f"<tr{mark}>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in sum_row(line)) + "</tr>"
    yield "</tbody></table>"
