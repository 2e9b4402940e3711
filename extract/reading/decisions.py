"""A reviewer's decisions, read from the JSON that the web report saves or from the edited Excel 传导落实对照表."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import ValidationError

from ...plan.decisions import SCHEMA, Decision, DecisionName, Decisions
from ...plan.errors import UnreadableInput, UsageError
from ...plan.requirement import Region
from ...plan.verdict import VERDICT_NAMES, VerdictName

KEYS = {
    "要求编号": "requirement",
    "内容印记": "stamp",
    "核对结论": "reported",
    "核对时本级表述": "response",
    "上位规划名称": "upper",
    "上位规划文件": "upper_sha256",
    "上位要求（原文、页码）": "text",
}
"""Columns of the table → keys of a decision."""
REMARK, SHOWN = "审查意见", "结论"
REJECTED = re.compile(r"(?:不同意|不认可|不属实|不成立|不采纳|误报|误判|有误)(?:该|此|上述|核对)?(?:结论|意见|问题)?")
ACCEPTED = re.compile(r"(?:同意|认可|属实|采纳|确认|无意见|已核实)(?:该|此|上述|核对)?(?:结论|意见|问题)?")
EXEMPTED = re.compile(r"(?:(?:予以|可以?|建议|准予)?豁免|免于落实|无需落实)")
OVERRULED = re.compile(
    rf"(?:(?:结论)?(?:应?改为|应为|改判为?|审定为|认定为|判定为)|结论[:：]|审定结论[:：])?[“\"]?({'|'.join(VERDICT_NAMES.values())})[”\"]?"
)
NAMES: dict[str, VerdictName] = {words: name for name, words in VERDICT_NAMES.items()}
REST = re.compile(r"^[\s，,。；;：:、—-]+")


def read_decisions(path: Path) -> Decisions:
    """The decisions in `path` (.json or .xlsx); raises UnreadableInput, or UsageError for another ending."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableInput(f"{path}：找不到文件；请核对路径。") from None
    except OSError as error:
        raise UnreadableInput(f"{path}：打不开（{error.strerror}）；请核对路径和权限。") from None
    match path.suffix.lower():
        case ".json":
            return _from_json(path, data)
        case ".xlsx":
            return _from_xlsx(path, data)
        case other:
            raise UsageError(
                f"{path}：审查意见不支持 {other or '没有扩展名'}；请用网页报告保存的 .json，或填了审查意见的 .xlsx 对照表。"
            )


def _from_json(path: Path, data: bytes) -> Decisions:
    try:
        loaded = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise UnreadableInput(f"{path}：不是有效的 JSON；请从网页报告重新保存审查意见。") from None
    if not isinstance(loaded, dict) or loaded.get("schema") != SCHEMA:
        raise UnreadableInput(f"{path}：不是 {SCHEMA} 格式的审查意见；请从网页报告重新保存。")
    try:
        return Decisions.model_validate(loaded)
    except ValidationError as error:
        key = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise UnreadableInput(f"{path}：{key} 一项不合 {SCHEMA} 格式；请改正，或重新保存。") from None


# ---------------------------------------------------------------------- Excel


def _from_xlsx(path: Path, data: bytes) -> Decisions:
    """The rows whose 审查意见 is filled in, or whose 结论 was changed."""
    try:
        book = load_workbook(io.BytesIO(data), data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, TypeError):
        raise UnreadableInput(
            f"{path}：不是有效的 XLSX（文件损坏或带密码）；请用 Excel 或 WPS 打开后另存为 XLSX。"
        ) from None
    tables = [(sheet, found) for sheet in book.worksheets if (found := _columns(sheet)) is not None]
    if not tables:
        raise UnreadableInput(
            f"{path}：没有带“要求编号”等隐藏列的传导落实对照表；请在 chuandao check 写出的 .xlsx 上填写审查意见。"
        )
    given = _given(book)
    region, reviewer = given.get("核对地区"), given.get("审查人")
    decisions = [decision for sheet, (row, columns) in tables for decision in _rows(sheet, row, columns)]
    if time := given.get("审查日期"):
        decisions = [decision.model_copy(update={"time": time}) for decision in decisions]
    return Decisions(region=Region(name=region) if region else None, reviewer=reviewer, decisions=tuple(decisions))


def _columns(sheet: Worksheet) -> tuple[int, dict[str, int]] | None:
    """The header's row and the column of each title, if this is a table of verdicts."""
    for row, cells in enumerate(sheet.iter_rows(max_row=10, values_only=True), 1):
        columns = {str(title).strip(): at for at, title in enumerate(cells) if title is not None}
        if "要求编号" in columns and REMARK in columns:
            return row, columns
    return None


def _given(book: Workbook) -> dict[str, str]:
    """What the overview says, and what the reviewer wrote there: label → words."""
    sheet = book["总览"] if "总览" in book.sheetnames else None
    rows = sheet.iter_rows(max_col=2, max_row=40, values_only=True) if sheet is not None else ()
    return {str(label).strip(): words for label, cell in rows if label and (words := _words(cell))}


def _words(cell: object) -> str:
    if cell is None:
        return ""
    date = getattr(cell, "date", None)
    return str(date()) if callable(date) else str(cell).strip()


def _rows(sheet: Worksheet, header: int, columns: dict[str, int]) -> Iterator[Decision]:
    for cells in sheet.iter_rows(min_row=header + 1, values_only=True):

        def cell(title: str, cells: tuple[object, ...] = cells) -> str:
            at = columns.get(title)
            return _words(cells[at]) if at is not None and at < len(cells) else ""

        known = {key: cell(title) or None for title, key in KEYS.items()}
        if not known["requirement"]:
            continue
        decision, verdict, reason = remark_decision(cell(REMARK))
        shown = NAMES.get(cell(SHOWN))
        if verdict is None and shown is not None and known["reported"] and shown != known["reported"]:
            verdict = shown
        if decision or verdict or reason:
            known["text"] = (known["text"] or "").split("\n")[0] or None
            yield Decision.model_validate({**known, "decision": decision, "verdict": verdict, "reason": reason})


def remark_decision(remark: str) -> tuple[DecisionName | None, VerdictName | None, str | None]:
    """What 审查意见 decides: 同意 or 不同意, the verdict it names (豁免, 改为已落实 …) and the reason that follows.

    Words that decide nothing are a remark: only its reason is kept.
    """
    words, decision, verdict = remark.strip(), None, None
    for name, pattern in (("reject", REJECTED), ("accept", ACCEPTED)):
        if decision is None and (found := pattern.match(words)):
            decision = name
            words = REST.sub("", words[found.end() :])
    if found := EXEMPTED.match(words):
        verdict, words = "exempt", words[found.end() :]
    elif found := OVERRULED.match(words):
        verdict, words = NAMES[found[1]], words[found.end() :]
    reason = REST.sub("", words).strip()
    return decision, verdict, reason or None  # type: ignore[return-value]  # both names are literals of their types
