"""The drawn parts of a page: rules, shaded rectangles, pictures; what a table or a 专栏 is framed with."""

from __future__ import annotations

from collections.abc import Iterator, Set
from itertools import repeat
from typing import NamedTuple

import numpy as np

from . import engine

THIN = 3.0
"""Points: a filled rectangle this thin is a rule."""
_MOST_OBJECTS = 60_000
"""Objects looked at on a page: a map in vectors has hundreds of thousands, a table never has."""
_MOST_SEGMENTS = 6_000
"""Segments read of one path: a grid drawn as one path has fewer."""
_MOST_SEGMENTS_OF_PAGE = 40_000
_MOST_COMPLEX = 60
"""Paths of six segments and more on a page that is still text and tables: a map has hundreds."""
_DEEPEST = 6
"""Forms inside of forms."""
_WHITE = 250
"""Fills at least this light in red, green and blue are paper."""
_SHORTEST_WHITE = 6.0
"""Points: shorter white lines are parts of drawings."""
_MOST_WHITE = 2_000
"""White rules and fills looked at together."""
_EDGE = 1.5
"""Points: a white rule so near to a fill is its edge."""


class Drawings(NamedTuple):
    """float32 arrays (n, 4) in page space: left, bottom, right, top; and how many objects are writing or are drawn."""

    rules: np.ndarray
    fills: np.ndarray
    images: np.ndarray
    texts: int
    paths: int


def page_drawings(page: int, writing: Set[int] = frozenset()) -> Drawings:
    """All straight rules, fills and pictures of a page, those inside of forms too; `writing` are objects known as text."""
    rules: list[np.ndarray] = []
    fills: list[np.ndarray] = []
    images: list[np.ndarray] = []
    texts = drawn_paths = 0
    for paths, pictures, written, matrix in _objects(page, writing):
        texts += written
        drawn_paths += len(paths)
        if paths:
            drawn, filled = _paths(paths)
            rules.append(_moved(drawn, matrix))
            fills.append(_moved(filled, matrix))
        if pictures:
            images.append(_moved(engine.object_boxes(pictures), matrix))
    return Drawings(_stack(rules), _stack(fills), _stack(images), texts, drawn_paths)


def _objects(page: int, writing: Set[int]) -> Iterator[tuple[list[int], list[int], int, np.ndarray | None]]:
    """Paths, pictures and how much writing, of the page and of each form on it; the matrix brings them to page space."""
    count = min(engine.count_page_objects(page), _MOST_OBJECTS)
    waiting: list[tuple[list[int], np.ndarray | None, int]] = [
        (list(map(engine.page_object, repeat(page), range(count))), None, 0)
    ]
    seen = count
    while waiting:
        objects, matrix, depth = waiting.pop(0)
        others = [one for one in objects if one not in writing]
        kinds = list(map(engine.object_type, others))
        yield (
            [one for one, kind in zip(others, kinds, strict=True) if kind == engine.PATH],
            [one for one, kind in zip(others, kinds, strict=True) if kind == engine.IMAGE],
            len(objects) - len(others) + kinds.count(engine.TEXT),
            matrix,
        )
        for form in [one for one, kind in zip(others, kinds, strict=True) if kind == engine.FORM]:
            size = max(engine.count_form_objects(form), 0)
            seen += size
            if depth >= _DEEPEST or seen > _MOST_OBJECTS:
                break
            inner = np.zeros(6, np.float32)
            engine.object_matrix(form, inner.ctypes.data)
            parts = list(map(engine.form_object, repeat(form), range(size)))
            waiting.append((parts, inner if matrix is None else _product(inner, matrix), depth + 1))


def _paths(paths: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """Rules and fills of these paths, in the space that they stand in; white rules too where they lie on a fill."""
    counts = np.fromiter(map(engine.count_segments, paths), np.int64, len(paths))
    modes = engine.draw_modes(paths)
    fill, stroke = engine.colors(engine.fill_color, paths), engine.colors(engine.stroke_color, paths)
    filled, stroked = (modes[:, 0] != 0) & (fill[:, 3] > 0), (modes[:, 1] != 0) & (stroke[:, 3] > 0)
    pale, paling = (fill[:, :3] >= _WHITE).all(axis=1), (stroke[:, :3] >= _WHITE).all(axis=1)
    boxes = engine.object_boxes(paths)
    rules, fills = _rules_and_fills(paths, counts, boxes, filled & ~pale, stroked & ~paling)
    if len(fills):
        white, _ = _rules_and_fills(paths, counts, boxes, filled & pale, stroked & paling)
        rules = _stack([rules, _on_fills(white, fills)])
    return rules, fills


def _rules_and_fills(
    paths: list[int], counts: np.ndarray, boxes: np.ndarray, filled: np.ndarray, stroked: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    simple = counts <= 5
    fills = [boxes[simple & filled]]
    outlines = boxes[simple & stroked]
    thin = _is_thin(outlines)
    rules = [outlines[thin], _outline_rules(outlines[~thin & (counts[simple & stroked] >= 4)])]
    complex_ = np.flatnonzero(~simple & (filled | stroked) & (counts <= _MOST_SEGMENTS))
    complex_ = complex_[np.cumsum(counts[complex_]) <= _MOST_SEGMENTS_OF_PAGE]
    if 0 < len(complex_) <= _MOST_COMPLEX:
        lines, rectangles = _segments_to_parts(
            [paths[at] for at in complex_.tolist()], counts[complex_], stroked[complex_]
        )
        rules.append(lines)
        fills.append(rectangles)
    every_fill = _stack(fills)
    thin = _is_thin(every_fill)
    return _stack([*rules, every_fill[thin]]), every_fill[~thin]


def _on_fills(rules: np.ndarray, fills: np.ndarray) -> np.ndarray:
    """The rules that lie for most of their length on a fill or at its edge: only there can white be seen."""
    rules = rules[np.maximum(rules[:, 2] - rules[:, 0], rules[:, 3] - rules[:, 1]) > _SHORTEST_WHITE][:_MOST_WHITE]
    fills = fills[np.argsort((fills[:, 0] - fills[:, 2]) * (fills[:, 3] - fills[:, 1]), kind="stable")][:_MOST_WHITE]
    seen = np.zeros(len(rules))
    for share in (0.1, 0.3, 0.5, 0.7, 0.9):
        x = (rules[:, 0] + share * (rules[:, 2] - rules[:, 0]))[:, None]
        y = (rules[:, 1] + share * (rules[:, 3] - rules[:, 1]))[:, None]
        inside = (x > fills[:, 0] - _EDGE) & (x < fills[:, 2] + _EDGE) & (y > fills[:, 1] - _EDGE)
        seen += (inside & (y < fills[:, 3] + _EDGE)).any(axis=1)
    return rules[seen >= 3]


def _segments_to_parts(paths: list[int], counts: np.ndarray, stroked: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The level and upright lines of the stroked paths, and the rectangles that are parts of the others."""
    points, kinds, closes = engine.segments(paths, counts.tolist())
    total = len(points)
    of_path = np.repeat(np.arange(len(paths)), counts)
    opens = kinds == 2
    opens[np.concatenate([[0], np.cumsum(counts)[:-1]])] = True
    starts = np.flatnonzero(opens)
    part = np.cumsum(opens) - 1
    after = np.flatnonzero(~opens & (kinds == 0))
    closing = np.flatnonzero(closes)
    begin = np.concatenate([points[after - 1], points[closing]])
    stop = np.concatenate([points[after], points[starts[part[closing]]]])
    drawn = stroked[of_path[np.concatenate([after, closing])]]
    lines = np.column_stack([np.minimum(begin, stop), np.maximum(begin, stop)])[drawn]
    lines = lines[_is_thin(lines, 0.5)]
    lengths = np.diff(np.concatenate([starts, [total]]))
    curved = np.logical_or.reduceat(kinds == 1, starts)
    square = (lengths >= 4) & (lengths <= 5) & ~curved & ~stroked[of_path[starts]]
    corners = np.column_stack([np.minimum.reduceat(points, starts), np.maximum.reduceat(points, starts)])
    return lines.astype(np.float32), corners[square].astype(np.float32)


def _outline_rules(boxes: np.ndarray) -> np.ndarray:
    """The four sides of each rectangle."""
    left, bottom, right, top = boxes.T
    sides = [
        (left, bottom, right, bottom),
        (left, top, right, top),
        (left, bottom, left, top),
        (right, bottom, right, top),
    ]
    return np.vstack([np.column_stack(side) for side in sides]) if len(boxes) else boxes


def _is_thin(boxes: np.ndarray, most: float = THIN) -> np.ndarray:
    return np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]) <= most


def _moved(boxes: np.ndarray, matrix: np.ndarray | None) -> np.ndarray:
    """Boxes through a matrix (a, b, c, d, e, f), as the boxes around what comes out."""
    if matrix is None or not len(boxes):
        return boxes
    a, b, c, d, e, f = matrix.tolist()
    corners = [(boxes[:, x], boxes[:, y]) for x in (0, 2) for y in (1, 3)]
    xs = np.column_stack([a * x + c * y + e for x, y in corners])
    ys = np.column_stack([b * x + d * y + f for x, y in corners])
    return np.column_stack([xs.min(axis=1), ys.min(axis=1), xs.max(axis=1), ys.max(axis=1)]).astype(np.float32)


def _product(inner: np.ndarray, outer: np.ndarray) -> np.ndarray:
    """The matrix that applies `inner`, then `outer`."""
    a, b, c, d, e, f = inner.tolist()
    o, p, q, r, s, t = outer.tolist()
    return np.array(
        [a * o + b * q, a * p + b * r, c * o + d * q, c * p + d * r, e * o + f * q + s, e * p + f * r + t], np.float32
    )


def _stack(parts: list[np.ndarray]) -> np.ndarray:
    kept = [part.astype(np.float32, copy=False) for part in parts if len(part)]
    return np.vstack(kept) if kept else np.zeros((0, 4), np.float32)
