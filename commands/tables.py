"""Plain tables as an Excel file: what archives export."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def tables_xlsx(tables: Mapping[str, tuple[Sequence[str], Iterable[Sequence[Any]]]]) -> bytes:
    """One sheet for each table; long ones go on in further sheets."""
    from ..render.tables_xlsx import tables_xlsx as rendered

    return rendered(tables)
