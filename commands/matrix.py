"""The matrix of an archive's check as files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..plan.errors import UsageError
from ..plan.matrix import Matrix
from ..plan.plan import to_json


def matrix_reports(matrix: Matrix, outputs: Iterable[Path]) -> dict[Path, bytes]:
    """The reports asked for, by the endings of their names: .html, .xlsx or .json."""
    files: dict[Path, bytes] = {}
    for path in outputs:
        match path.suffix.lower():
            case ".json":
                files[path] = to_json(matrix).encode()
            case ".html":
                from ..render.matrix import matrix_html

                files[path] = matrix_html(matrix).encode()
            case ".xlsx":
                from ..render.matrix import matrix_xlsx

                files[path] = matrix_xlsx(matrix)
            case other:
                raise UsageError(f"-o {path}：不支持 {other or '没有扩展名'} 的报告；请用 .html、.xlsx、.json。")
    return files
