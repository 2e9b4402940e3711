"""The matrix of an archive's check: what may be summed in it, and its files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from ..check.figures import named_ratio
from ..generate.wanted import adds_up as drafted_in_shares
from ..plan.errors import UsageError
from ..plan.lexicon import Lexicon
from ..plan.matrix import Matrix
from ..plan.plan import to_json

_OF_ONE = re.compile(r"平均|单[个块宗处]|最[大小高低]|每")
"""Names of sizes that each single thing has."""


def adds_up(name: str, unit: str | None, concept: str | None, lexicon: Lexicon) -> bool:
    """Whether what all parts of an area have planned may be summed: not if drafting, the check or the name says that it
    is a rate, a density, a figure per head or the size of a single thing."""
    shares = drafted_in_shares(name, unit, concept, lexicon)
    return shares and not named_ratio(name, unit) and not _OF_ONE.search(name)


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
