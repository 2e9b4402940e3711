"""The check as an Excel file: 传导落实对照表 in the upper plan's order, and the findings by the reviewers' categories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ..plan.finding import Category, Finding
from ..plan.requirement import MODE_NAMES, MODES
from ..plan.verdict import PROBLEMS, VERDICT_NAMES, Check, Verdict
from .evidence import (
    SEVERITY_NAMES,
    cited_upper,
    document_facts,
    mode_name,
    requirement_title,
    span_record,
    spans_place,
    suspect_words,
)
from .rows import ALWAYS, FILLS, HEADER, HIDDEN, check_row, findings_of, ground_row, owners_of
from .workbook import FONT, put, set_page, workbook_bytes, write_table

WIDTHS = (6, 10, 22, 46, 22, 46, 11, 40, 24)
FINDING_HEADER = ("序号", "严重程度", "问题代码", "问题", "位置", "原文", "涉及的上位要求", "审查意见")
FINDING_WIDTHS = (6, 10, 16, 52, 34, 52, 40, 24)


def check_xlsx(check: Check) -> bytes:
    """The report of a check as an Excel file; the same check gives the same bytes."""
    workbook = Workbook()
    overview = workbook.active
    assert isinstance(overview, Worksheet)
    overview.title = "总览"
    _overview(overview, check)
    cited = cited_upper(check)
    if check.suspect:
        _suspect(workbook.create_sheet("待复核意见"), check)
    applied = [verdict for verdict in check.verdicts if verdict.verdict != "not_applicable"]
    others = [verdict for verdict in check.verdicts if verdict.verdict == "not_applicable"]
    _verdicts(workbook.create_sheet("传导落实对照表"), "传导落实对照表", applied, check, cited)
    found = list(findings_of(check, cited))
    for category in get_args(Category):
        rows = [pair for pair in found if pair[0].category == category]
        if rows or category in ALWAYS:
            _findings(workbook.create_sheet(category), category, rows, check, cited)
    _findings(
        workbook.create_sheet("依据存疑"),
        "依据存疑（声称来自上位规划而上位规划中没有）",
        [(each, "") for each in check.orphans],
        check,
        cited,
    )
    _local(workbook.create_sheet("本级新增"), check)
    _verdicts(workbook.create_sheet("不适用"), "不适用于本级的上位要求", others, check, cited)
    workbook.active = 1
    return workbook_bytes(workbook)


def _title(sheet: Worksheet, text: str) -> None:
    put(sheet, 1, 1, text).font = Font(name=FONT, size=14, bold=True)
    sheet.cell(1, 1).alignment = Alignment(vertical="top", wrap_text=False)
    sheet.row_dimensions[1].height = 24


def _overview(sheet: Worksheet, check: Check) -> None:
    _title(sheet, f"《{check.lower.title}》传导落实核对")
    documents = [document_facts(upper, "上位规划") for upper in check.uppers] + [
        document_facts(check.lower, "本级规划")
    ]
    lines = [
        *(
            (f["role"], f"《{f['title']}》　{f['file']}　规划期 {f['period']}　SHA-256 {f['sha256']}")
            for f in documents
        ),
        ("核对地区", check.region.name),
        ("审查人", ""),
        ("审查日期", ""),
        *(("说明", note) for note in check.notes),
    ]
    names = [name for name in VERDICT_NAMES if check.summary.by_verdict.get(name)]
    for at, (label, words) in enumerate(lines, start=3):
        put(sheet, at, 1, label).font = Font(name=FONT, size=10, bold=True)
        put(sheet, at, 2, words)
        sheet.merge_cells(start_row=at, start_column=2, end_row=at, end_column=max(8, len(names) + 2))
        sheet.row_dimensions[at].height = 15 * (1 + len(words) // 60)
    table: list[Sequence[str | int | None]] = [
        (
            MODE_NAMES[mode],
            *(check.summary.by_mode[mode].get(name, 0) for name in names),
            sum(check.summary.by_mode[mode].values()),
        )
        for mode in MODES
        if mode in check.summary.by_mode
    ]
    total: Sequence[str | int | None] = (
        "合计",
        *(check.summary.by_verdict[name] for name in names),
        sum(check.summary.by_verdict.values()),
    )
    header = ("传导方式", *(VERDICT_NAMES[name] for name in names), "合计")
    last = write_table(sheet, len(lines) + 4, header, [*table, total], [12.0] * len(header))
    set_page(sheet, len(lines) + 4, last, len(header))
    sheet.auto_filter.ref = None
    sheet.freeze_panes = None


def _verdicts(
    sheet: Worksheet,
    title: str,
    verdicts: list[Verdict],
    check: Check,
    cited: Mapping[tuple[int, str], Mapping[str, Any]],
) -> None:
    _title(sheet, title)
    lower = {str(known["id"]): known for known in check.requirements.lower}
    rows = [check_row(number, verdict, check, lower, cited) for number, verdict in enumerate(verdicts, 1)]
    last = write_table(sheet, 2, (*HEADER, *HIDDEN), rows, (*WIDTHS, *([18] * len(HIDDEN))))
    for at, verdict in enumerate(verdicts, start=3):
        sheet.cell(at, 7).fill = PatternFill("solid", start_color=FILLS[verdict.verdict])
        if verdict.verdict in PROBLEMS:
            sheet.cell(at, 7).font = Font(name=FONT, size=10, bold=True)
    for column in range(len(HEADER) + 1, len(HEADER) + len(HIDDEN) + 1):
        sheet.column_dimensions[get_column_letter(column)].hidden = True
    set_page(sheet, 2, last, len(HEADER))
    sheet.print_area = f"A1:I{max(last, 3)}"


def _findings(
    sheet: Worksheet,
    title: str,
    found: list[tuple[Finding, str]],
    check: Check,
    cited: Mapping[tuple[int, str], Mapping[str, Any]],
) -> None:
    """Findings of one kind. What a reviewer writes beside one that an upper requirement has is read back as the decision
    about that requirement; inside the draft there is nothing to decide about."""
    owners = owners_of(check)
    _title(sheet, f"{title}　{len(found)} 项" if found else f"{title}　未发现问题")
    rows: list[tuple[str | int | None, ...]] = [
        (
            number,
            SEVERITY_NAMES[each.severity],
            each.code,
            each.message,
            "\n".join(
                f"{place.label or ''}{'：' if place.label else ''}{spans_place([span_record(place)])}"
                for place in each.where
            ),
            "\n".join(place.quote for place in each.where),
            requirement,
            "",
            *(ground_row(owners[each.id], check, cited) if each.id in owners else ("",) * len(HIDDEN)),
        )
        for number, (each, requirement) in enumerate(found, start=1)
    ]
    last = write_table(sheet, 2, (*FINDING_HEADER, *HIDDEN), rows, (*FINDING_WIDTHS, *([18] * len(HIDDEN))))
    for column in range(len(FINDING_HEADER) + 1, len(FINDING_HEADER) + len(HIDDEN) + 1):
        sheet.column_dimensions[get_column_letter(column)].hidden = True
    set_page(sheet, 2, last, len(FINDING_HEADER))


def _suspect(sheet: Worksheet, check: Check) -> None:
    """Decisions whose ground changed: the first thing to look at."""
    _title(sheet, f"需要复核的审查意见　{len(check.suspect)} 条（未予采用）")
    rows = [(number, *suspect_words(entry), "") for number, entry in enumerate(check.suspect, start=1)]
    header = ("序号", "上位要求", "原审查意见", "变动", "重新审定")
    set_page(sheet, 2, write_table(sheet, 2, header, rows, (6, 60, 44, 36, 24)), len(header))


def _local(sheet: Worksheet, check: Check) -> None:
    _title(sheet, f"本级新增　{len(check.local)} 条")
    known = {str(cited["id"]): cited for cited in check.requirements.lower}
    rows = [
        (
            number,
            mode_name(known.get(identity, {})),
            requirement_title(known.get(identity, {"text": identity})),
            spans_place(known.get(identity, {}).get("where") or ()),
            "",
        )
        for number, identity in enumerate(check.local, start=1)
    ]
    last = write_table(sheet, 2, ("序号", "传导方式", "内容", "位置", "审查意见"), rows, (6, 10, 90, 40, 24))
    set_page(sheet, 2, last, 5)
