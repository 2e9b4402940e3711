"""Cells with their characters -> a PageTable, with a hint where its header ends."""

from __future__ import annotations

import numpy as np

from ...plan.span import Box
from .celltext import cells_to_texts
from .nested import Nested, join_nested, own_cells
from .page import PageCell, PageTable
from .sheet import Sheet


def table_of_cells(
    sheet: Sheet,
    kind: str,
    xs: np.ndarray,
    ys: np.ndarray,
    spans: np.ndarray,
    chars: np.ndarray,
    owner: np.ndarray,
    *,
    dress: str = "ruled",
    open_top: bool = False,
    open_bottom: bool = False,
    merges: bool = True,
    nested: list[Nested] | None = None,
) -> PageTable:
    """A PageTable from its boundaries, the place of each cell (row, column, rowspan, colspan) and its characters."""
    inner = None
    if nested:
        boxes = sheet.boxes[chars]
        x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
        inner = own_cells(owner, x, y, nested, len(spans))
    if inner is None:
        texts = cells_to_texts(sheet, chars, owner, len(spans))
    else:
        texts = join_nested(cells_to_texts(sheet, chars, inner.owner, len(spans) + len(inner.places)), inner)
    left, top = xs.tolist(), ys.tolist()
    cells = tuple(map(PageCell, texts, *spans.T.tolist(), cell_boxes(sheet, xs, ys, spans)))
    rows, columns = len(ys) - 1, len(xs) - 1
    return PageTable(
        kind=kind,
        page=sheet.ink.number,
        box=sheet.displayed((left[0], top[0], left[-1], top[-1])),
        chars=np.sort(sheet.index[chars]),
        rows=rows,
        columns=columns,
        cells=cells,
        edges=tuple(left),
        dress=dress,
        open_top=open_top,
        open_bottom=open_bottom,
        shaded=count_head_rows(sheet, xs, ys, chars),
        merges=merges,
    )


def cell_boxes(sheet: Sheet, xs: np.ndarray, ys: np.ndarray, spans: np.ndarray) -> list[Box]:
    """The area of each cell on the displayed page."""
    row, column, rowspan, colspan = spans.T
    if sheet.turn == 0:
        x, y = np.round(xs.astype(np.float64), 2), np.round(ys.astype(np.float64), 2)
        return list(
            zip(
                x[column].tolist(),
                y[row].tolist(),
                x[column + colspan].tolist(),
                y[row + rowspan].tolist(),
                strict=True,
            )
        )
    corners = np.stack([xs[column], ys[row], xs[column + colspan], ys[row + rowspan]], axis=1)
    return [sheet.displayed((x0, top, x1, bottom)) for x0, top, x1, bottom in corners.tolist()]


def count_head_rows(sheet: Sheet, xs: np.ndarray, ys: np.ndarray, chars: np.ndarray) -> int:
    """How many first rows stand out by a shade or by bold letters from the rest; 0 if none or all do."""
    rows = len(ys) - 1
    middle = (ys[1:] + ys[:-1]) / 2
    if len(sheet.fills):
        fills = sheet.fills
        inside = (fills[:, 0] < xs[-1]) & (fills[:, 2] > xs[0])
        fills = fills[inside & (fills[:, 3] - fills[:, 1] < 0.9 * (ys[-1] - ys[0]))]
        if len(fills):
            overlap = np.minimum(fills[:, 2], xs[-1]) - np.maximum(fills[:, 0], xs[0])
            covers = (fills[:, 1, None] < middle) & (fills[:, 3, None] > middle)
            share = (covers * overlap[:, None]).sum(axis=0) / (xs[-1] - xs[0])
            count = _leading(share > 0.6)
            if 0 < count < rows and count <= 4 and not (share[count:] > 0.6).mean() > 0.25:
                return count
    centre = (sheet.boxes[chars, 1] + sheet.boxes[chars, 3]) / 2
    row = np.clip(np.searchsorted(ys, centre) - 1, 0, rows - 1)
    total = np.bincount(row, minlength=rows)
    bold = np.bincount(row, weights=sheet.bold[chars], minlength=rows)
    count = _leading((bold > 0.8 * total) & (total > 0))
    return count if 0 < count < rows and count <= 4 else 0


def _leading(flags: np.ndarray) -> int:
    """How many of the first flags are true without a break."""
    return int(len(flags) if flags.all() else np.argmin(flags))
