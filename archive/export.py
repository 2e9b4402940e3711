"""Rows onto the disk: CSV, Excel, Parquet, JSON; in none of them can a cell of a plan act as a formula."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from ..plan.errors import UsageError
from .catalogue import TABLES, table_rows

FORMATS = ("csv", "xlsx", "parquet", "json")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?%?")
Rows = Iterable[Sequence[Any]]


def harmless(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula: ' is put before it, unless it is a plain number."""
    if isinstance(cell, str) and cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell):
        return "'" + cell
    return cell


def csv_bytes(header: Sequence[str], rows: Rows) -> bytes:
    """UTF-8 with a mark at its head, so that Excel reads Chinese; lines end in CR LF."""
    with io.StringIO(newline="") as text:
        writer = csv.writer(text)
        writer.writerow(header)
        writer.writerows([harmless(cell) for cell in row] for row in rows)
        return text.getvalue().encode("utf-8-sig")


def json_bytes(header: Sequence[str], rows: Rows) -> bytes:
    """A list of objects, one a line (with line breaks inside of them it takes three times as long)."""
    records = (json.dumps(dict(zip(header, row, strict=True)), ensure_ascii=False) for row in rows)
    return ("[" + ",\n ".join(records) + "]\n").encode()


def parquet_bytes(header: Sequence[str], rows: Rows) -> bytes:
    """A Parquet file; needs chuandao[parquet]."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise UsageError('--format parquet：需要先安装 pip install "chuandao[parquet]"；或改用 csv、xlsx。') from None
    columns = list(zip(*rows, strict=True)) or [() for _ in header]
    table = pyarrow.table(
        {name: pyarrow.array(column, _type(column, pyarrow)) for name, column in zip(header, columns, strict=True)}
    )
    sink = io.BytesIO()
    pyarrow.parquet.write_table(table, sink)
    return sink.getvalue()


def _type(column: Sequence[Any], pyarrow: Any) -> Any:
    kinds = {type(cell) for cell in column if cell is not None}
    return (
        pyarrow.int64()
        if kinds == {int}
        else pyarrow.float64()
        if kinds and kinds <= {int, float}
        else pyarrow.string()
    )


def as_file(format_: str, header: Sequence[str], rows: Rows, title: str) -> bytes:
    """One table as the bytes of a file."""
    match format_:
        case "csv":
            return csv_bytes(header, rows)
        case "json":
            return json_bytes(header, rows)
        case "parquet":
            return parquet_bytes(header, rows)
        case "xlsx":
            from ..commands.tables import tables_xlsx

            return tables_xlsx({title: (header, rows)})
        case other:
            raise UsageError(f"不支持 {other or '没有扩展名'} 格式；请用 {'、'.join(FORMATS)}。")


def format_of(path: Path) -> str:
    """The format that a file's ending asks for."""
    return path.suffix.lower().removeprefix(".")


def exported(db: sqlite3.Connection, format_: str, output: Path, wanted: Sequence[str]) -> dict[Path, bytes]:
    """Tables of the catalogue as files: one for each in the folder `output`, or one workbook."""
    for table in wanted:
        if table not in TABLES:
            raise UsageError(f"--table {table}：没有这张表；可用的有 {'、'.join(TABLES)}。")
    tables = {table: table_rows(db, table) for table in wanted or TABLES}
    if format_ == "xlsx":
        from ..commands.tables import tables_xlsx

        path = output if output.suffix.lower() == ".xlsx" else output / "archive.xlsx"
        return {path: tables_xlsx(tables)}
    if format_ not in FORMATS:
        raise UsageError(f"--format {format_}：不支持；请用 {'、'.join(FORMATS)}。")
    return {output / f"{table}.{format_}": as_file(format_, *rows, table) for table, rows in tables.items()}
