"""A facts form filled in by a planner (XLSX or YAML), read back; what is wrong is named by sheet, cell and reason."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import yaml
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import ValidationError

from ...plan.errors import Refused, UnreadableInput, UsageError
from ...plan.facts import SCHEMA, FactField, FactRow, Facts, FactSheet
from ...plan.quantity import numeral

HIDDEN = "chuandao"
KEY_ROW, FIRST_ROW = 1, 4
MOST_SHOWN = 8
"""Wrong entries that one message names; it says how many more there are."""


def read_facts(path: Path, form: Facts | None = None) -> Facts:
    """The answers in `path`, laid on `form` where one is given: answers to requirements that still apply are kept.

    Raises UnreadableInput if the file is no facts form, Refused with sheet, cell and reason of each wrong entry,
    UsageError for another ending or another region's form.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableInput(f"{path}：找不到文件；请核对路径。") from None
    except OSError as error:
        raise UnreadableInput(f"{path}：打不开（{error.strerror}）；请核对路径和权限。") from None
    match path.suffix.lower():
        case ".xlsx":
            found = facts_from_xlsx(path, data)
        case ".yaml" | ".yml" | ".json":
            found = facts_from_yaml(path, data)
        case other:
            raise UsageError(f"{path}：本地情况表不支持 {other or '没有扩展名'}；请用 .xlsx 或 .yaml。")
    if form is None:
        return found
    if form.region.name != found.region.name:
        raise UsageError(
            f"{path}：是{found.region.name}的情况表，不是{form.region.name}的；请核对 --facts 和 --region。"
        )
    return laid_on(form, found)


def laid_on(form: Facts, filled: Facts) -> Facts:
    """`form` with the answers of `filled`: by requirement, else (the upper plan was read anew) by sheet and subject."""
    by_id = {row.requirement: row.answers for sheet in filled.sheets for row in sheet.rows if row.answers}
    by_subject: dict[tuple[str, str], dict[str, str]] = {}
    for sheet in filled.sheets:
        for row in sheet.rows:
            if row.answers:
                by_subject.setdefault((sheet.name, row.subject), row.answers)

    def answered(sheet: FactSheet, row: FactRow) -> FactRow:
        said = by_id.get(row.requirement) or by_subject.get((sheet.name, row.subject), {})
        return row.model_copy(
            update={"answers": {**row.answers, **{key: words for key, words in said.items() if key in row.asked}}}
        )

    sheets = tuple(
        sheet.model_copy(update={"rows": tuple(answered(sheet, row) for row in sheet.rows)}) for sheet in form.sheets
    )
    return form.model_copy(update={"sheets": sheets})


# ---------------------------------------------------------------------- YAML


def facts_from_yaml(path: Path, data: bytes) -> Facts:
    """The form in YAML (or JSON, which is YAML)."""
    try:
        loaded = yaml.safe_load(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        place = getattr(error, "problem_mark", None)
        line = f"第 {place.line + 1} 行" if place is not None else "内容"
        raise UnreadableInput(f"{path}：不是有效的 YAML（{line}有误）；请改正后再试。") from None
    if not isinstance(loaded, dict) or loaded.get("schema") != SCHEMA:
        raise UnreadableInput(f"{path}：不是 {SCHEMA} 格式的情况表；请用 chuandao facts 重新生成。")
    try:
        facts = Facts.model_validate(_answers_as_text(loaded))
    except ValidationError as error:
        key = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise UnreadableInput(f"{path}：{key} 一项不合 {SCHEMA} 格式；请改正，或重新生成。") from None
    wrong = [
        f"“{sheet.name}”表“{row.subject[:20]}”的 {key}：{reason}"
        for sheet in facts.sheets
        for row in sheet.rows
        for key, said in row.answers.items()
        if (reason := _wrong(_field(sheet, key), said))
    ]
    _refuse(path, wrong)
    return _normalised(facts)


def _answers_as_text(loaded: dict[str, Any]) -> dict[str, Any]:
    """Numbers that were written without quotes are taken as written (158.62 stays 158.62)."""
    for sheet in loaded.get("sheets") or ():
        for row in (sheet.get("rows") if isinstance(sheet, dict) else None) or ():
            answers = row.get("answers") if isinstance(row, dict) else None
            if isinstance(answers, dict):
                row["answers"] = {str(key): str(said) for key, said in answers.items() if said is not None}
    return loaded


# ---------------------------------------------------------------------- XLSX


def facts_from_xlsx(path: Path, data: bytes) -> Facts:
    """The form in the workbook's hidden sheet, with what stands in the visible cells as its answers."""
    try:
        book = load_workbook(io.BytesIO(data), data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, TypeError):
        raise UnreadableInput(
            f"{path}：不是有效的 XLSX（文件损坏或带密码）；请用 Excel 或 WPS 打开后另存为 XLSX。"
        ) from None
    if HIDDEN not in book.sheetnames:
        raise UnreadableInput(f"{path}：不是 chuandao 的情况表（缺少隐藏表 {HIDDEN}）；请用 chuandao facts 重新生成。")
    text = "".join(str(row[0]) for row in book[HIDDEN].iter_rows(max_col=1, values_only=True) if row[0] is not None)
    try:
        form = Facts.model_validate_json(text)
    except ValidationError:
        raise UnreadableInput(f"{path}：隐藏表 {HIDDEN} 的内容已损坏；请用 chuandao facts 重新生成。") from None
    wrong: list[str] = []
    sheets = tuple(
        _read_sheet(book[sheet.name], sheet, wrong) if sheet.name in book.sheetnames else sheet for sheet in form.sheets
    )
    _refuse(path, wrong)
    return _normalised(form.model_copy(update={"sheets": sheets}))


def _read_sheet(page: Worksheet, sheet: FactSheet, wrong: list[str]) -> FactSheet:
    keys = {column: str(cell.value) for column, cell in enumerate(page[KEY_ROW], 1) if cell.value is not None}
    said: dict[str, dict[str, str]] = {}
    for cells in page.iter_rows(min_row=FIRST_ROW):
        requirement = str(cells[0].value or "")
        if not requirement:
            continue
        answers = said.setdefault(requirement, {})
        for cell in cells:
            key, words = keys.get(cell.column or 0), _words(cell.value)
            if key is None or not words:
                continue
            reason = _wrong(_field(sheet, key), words)
            if reason:
                wrong.append(f"“{sheet.name}”表 {cell.coordinate} 格“{words[:20]}”：{reason}")
            answers[key] = words
    rows = tuple(row.model_copy(update={"answers": said.get(row.requirement, row.answers)}) for row in sheet.rows)
    return sheet.model_copy(update={"rows": rows})


def _words(value: object) -> str:
    """What a cell shows: a number without the tail of its binary form, a date as its year."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        return f"{value:.12g}" if "e" not in f"{value:.12g}" else str(int(value))
    if isinstance(value, datetime.date):
        return str(value.year)
    return str(value).strip()


# ---------------------------------------------------------------------- checking


def _field(sheet: FactSheet, key: str) -> FactField | None:
    return next((field for field in sheet.fields if field.key == key), None)


def _wrong(field: FactField | None, said: str) -> str | None:
    """Why an entry cannot be taken; None if it can."""
    if field is None:
        return "本表没有这一列"
    if not said.strip():
        return None
    if field.kind == "number":
        read = numeral(said)
        if read is None:
            return "应为数字，不带单位"
        return "不应为负数" if read.number < 0 else None
    if field.kind == "year":
        return None if re.fullmatch(r"(?:19|20)\d\d年?", said.strip()) else "应为四位年份"
    return None


def _refuse(path: Path, wrong: list[str]) -> None:
    if wrong:
        more = f"；另有 {len(wrong) - MOST_SHOWN} 处" if len(wrong) > MOST_SHOWN else ""
        raise Refused(f"{path}：情况表有 {len(wrong)} 处填写有误，请改正：{'；'.join(wrong[:MOST_SHOWN])}{more}。")


def _normalised(facts: Facts) -> Facts:
    """Answers without blanks at their ends, numbers in half width, empty ones left out, keys that a row does not ask dropped."""

    def cleaned(sheet: FactSheet, row: FactRow) -> FactRow:
        answers: dict[str, str] = {}
        for key, said in row.answers.items():
            field, words = _field(sheet, key), said.strip()
            if not words or field is None or key not in row.asked:
                continue
            read = numeral(words) if field.kind == "number" else None
            answers[key] = (
                read.printed if read is not None else words.removesuffix("年") if field.kind == "year" else words
            )
        return row.model_copy(update={"answers": answers})

    return facts.model_copy(
        update={
            "sheets": tuple(
                sheet.model_copy(update={"rows": tuple(cleaned(sheet, row) for row in sheet.rows)})
                for sheet in facts.sheets
            )
        }
    )
