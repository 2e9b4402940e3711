"""传导落实对照表 as an Excel file of its own: each requirement, where the draft answers it (a link), and what is open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from ..plan.draft import DraftResponse, Trace
from ..plan.requirement import MODE_NAMES
from ..plan.verdict import VERDICT_NAMES, Check
from .workbook import FONT, put, set_page, workbook_bytes, write_table

HEADER = (
    "序号", "上位规划", "传导方式", "上位传导要求", "上位位置", "适用依据", "落实位置", "本规划落实内容", "状态", "自查结论", "双碳板块", "要求编号",
)  # fmt: skip
WIDTHS = (6, 20, 9, 48, 18, 26, 24, 56, 9, 10, 22, 18)
OPEN_HEADER = ("序号", "待补充事项", "所在位置", "依据的上位传导要求", "要求编号")
OPEN_WIDTHS = (6, 44, 26, 60, 18)
OTHER_HEADER = ("序号", "上位规划", "上位传导要求", "不适用的理由", "要求编号")
OTHER_WIDTHS = (6, 24, 60, 40, 18)
OPEN_FILL = PatternFill("solid", start_color="FFFFF2CC")


def trace_xlsx(trace: Trace, check: Check, draft_name: str) -> bytes:
    """The table for a draft that lies beside it as `draft_name`; the same trace gives the same bytes."""
    cited: dict[str, dict[str, Any]] = {str(each["id"]): each for each in check.requirements.upper}
    verdicts = {verdict.requirement: verdict for verdict in check.verdicts}
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "传导落实对照表"
    rows = [_row(at, each, trace, cited, verdicts) for at, each in enumerate(trace.responses, 1)]
    _table(sheet, f"{trace.region.name}传导落实对照表", HEADER, rows, WIDTHS)
    for at, response in enumerate(trace.responses, 3):
        _link(sheet, at, 7, draft_name, response.mark)
        if response.state == "open":
            sheet.cell(at, 9).fill = OPEN_FILL
    marks = {response.requirement: response.mark for response in trace.responses}
    asked = workbook.create_sheet("待补充事项")
    items = [
        (at, item.ask, "　".join(item.section), _text(item.requirement, cited), item.requirement)
        for at, item in enumerate(trace.open_items, 1)
    ]
    _table(asked, "待补充事项清单", OPEN_HEADER, items, OPEN_WIDTHS)
    for at, item in enumerate(trace.open_items, 3):
        _link(asked, at, 3, draft_name, marks.get(item.requirement, ""))
    others = [
        (at, _title(each.upper, trace), _text(each.requirement, cited), each.because, each.requirement)
        for at, each in enumerate(trace.not_applicable, 1)
    ]
    _table(workbook.create_sheet("不适用"), "不适用于本地的上位要求", OTHER_HEADER, others, OTHER_WIDTHS)
    return workbook_bytes(workbook)


def _row(
    at: int, response: DraftResponse, trace: Trace, cited: dict[str, dict[str, Any]], verdicts: dict[str, Any]
) -> tuple[str | int | None, ...]:
    requirement = cited.get(response.requirement, {})
    verdict = verdicts.get(response.requirement)
    carbon = "、".join(dict.fromkeys(f"{each['block']}／{each['item']}" for each in requirement.get("carbon", ())))
    return (
        at,
        _title(response.upper, trace),
        MODE_NAMES[response.mode],
        _text(response.requirement, cited) or response.subject,
        _where(requirement),
        verdict.because if verdict is not None else "",
        "　".join(response.section),
        response.text,
        "待补充" if response.state == "open" else "已落实",
        VERDICT_NAMES[verdict.verdict] if verdict is not None else "",
        carbon,
        response.requirement,
    )


def _title(upper: int, trace: Trace) -> str:
    return f"《{trace.uppers[upper]}》" if upper < len(trace.uppers) else ""


def _text(requirement: str, cited: dict[str, dict[str, Any]]) -> str:
    return str(cited.get(requirement, {}).get("text", ""))


def _where(requirement: dict[str, Any]) -> str:
    """第23页, or the heading above it in a Word file."""
    span: dict[str, Any] = next(iter(requirement.get("where", ())), {})
    if span.get("page"):
        return f"第{span['page']}页"
    headings = span.get("headings") or requirement.get("section") or ()
    return str(headings[-1]) if headings else ""


def _table(
    sheet: Worksheet,
    title: str,
    header: Sequence[str],
    rows: Sequence[Sequence[str | int | None]],
    widths: Sequence[float],
) -> None:
    put(sheet, 1, 1, title).font = Font(name=FONT, size=14, bold=True)
    sheet.cell(1, 1).alignment = Alignment(vertical="top", wrap_text=False)
    sheet.row_dimensions[1].height = 24
    last = write_table(sheet, 2, header, rows, widths)
    set_page(sheet, 2, last, len(header))


def _link(sheet: Worksheet, row: int, column: int, draft_name: str, mark: str) -> None:
    """The cell opens the draft at the response's bookmark."""
    if not mark:
        return
    cell = sheet.cell(row, column)
    cell.hyperlink = Hyperlink(ref=cell.coordinate, target=draft_name, location=mark)
    cell.font = Font(name=FONT, size=10, color="FF0563C1", underline="single")
