"""A picture of a page as ink: characters with boxes and a confidence, and the rules that are drawn in the picture.

The recogniser is rapidocr (an extra: chuandao[ocr]) with the models that its wheel carries; nothing is downloaded. The
page is first made upright and clean: a red seal and what shines through from the back go white, and a tilt of up to two
degrees is taken out, since tables are read by rules that must be level.
"""

from __future__ import annotations

import importlib.util
import logging
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from .characters import usual
from .ink import PageInk

DPI = 150
"""Finer pictures take longer and read no better (docs/performance.md)."""
_MAX_TILT = 2.0
_POINTS = 72.0


def ocr_installed() -> bool:
    """Whether the extra chuandao[ocr] is there."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2"))


@dataclass(frozen=True, slots=True, eq=False)
class OcrPage:
    """`ink` is level; `tilt` (degrees clockwise, about the middle of the page) turns its boxes back to the page as
    displayed; `confidence` float32 (n,) is that of the line each character stands in; `lines` are their ranges."""

    ink: PageInk
    tilt: float
    confidence: np.ndarray
    lines: tuple[tuple[int, int], ...]


@lru_cache(maxsize=1)
def _engine(threads: int) -> Any:
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(
        params={
            "Global.use_cls": False,  # pages come upright; a turned page is turned by its /Rotate
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
        }
    )


def ocr_page(picture: np.ndarray, number: int, width: float, height: float, threads: int = 2) -> OcrPage:
    """Reads a picture, uint8 (rows, columns, 3) RGB at DPI, of page `number` that is `width` × `height` points."""
    import cv2

    grey = clean(picture)
    tilt = tilt_of(grey)
    level = turned(grey, tilt)
    scale = width / level.shape[1]
    rules = drawn_rules(level) * scale
    found = _engine(threads)(
        cv2.cvtColor(level, cv2.COLOR_GRAY2BGR), return_word_box=True, return_single_char_box=True
    )
    text, boxes, confidence, lines = _characters(found)
    count = len(text)
    boxes = boxes * scale
    sizes = (boxes[:, 3] - boxes[:, 1]).astype(np.float32)
    empty = np.zeros((0, 4), np.float32)
    ink = PageInk(
        number=number, width=width, height=height, text=usual(text), raw=text, boxes=boxes.astype(np.float32),
        sizes=sizes, bold=np.zeros(count, bool), fonts=np.zeros(count, np.int16), angles=np.zeros(count, np.int16),
        font_names=("ocr",), rules=rules.astype(np.float32), fills=empty, images=empty,
    )  # fmt: skip
    return OcrPage(ink, tilt, confidence, lines)


def clean(picture: np.ndarray) -> np.ndarray:
    """A grey picture, uint8, in which seals and bleed-through are white.

    The strongest colour channel of red or blue ink is bright where black ink is dark in all three; what is left is
    divided by the paper's own brightness, and what is then fainter than half of print's contrast goes white.
    """
    import cv2

    strongest = picture.max(axis=2)
    paper = cv2.medianBlur(cv2.dilate(strongest, np.ones((7, 7), np.uint8)), 31)
    even = cv2.divide(strongest, np.maximum(paper, 1), scale=255)
    darkest = float(np.percentile(even, 1))
    faint = darkest + 0.62 * (255 - darkest)
    curve = np.clip((np.arange(256) - darkest) / max(faint - darkest, 1.0), 0, 1) * 255
    return np.asarray(cv2.LUT(even, curve.astype(np.uint8)), np.uint8)


def tilt_of(grey: np.ndarray) -> float:
    """The tilt of the page in degrees, clockwise; 0 if it can't be told.

    Of all angles, the one at which ink gathers most sharply into rows: first by steps of 0.2°, then of 0.05°.
    """
    import cv2

    small = cv2.resize(255 - grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)

    def sharpness(angle: float) -> float:
        rows = turned(small, angle, paper=0).sum(axis=1, dtype=np.float64)
        return float(np.square(np.diff(rows)).sum())

    best = 0.0
    for step, reach in ((0.2, _MAX_TILT), (0.05, 0.2)):
        angles = best + np.arange(-reach, reach + step / 2, step)
        best = float(angles[int(np.argmax([sharpness(angle) for angle in angles]))])
    return round(best, 2) if abs(best) < _MAX_TILT else 0.0


def turned(picture: np.ndarray, angle: float, paper: int = 255) -> np.ndarray:
    """The picture turned back by `angle` degrees clockwise about its middle."""
    import cv2

    if not angle:
        return picture
    rows, columns = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((columns / 2, rows / 2), angle, 1.0)
    return np.asarray(
        cv2.warpAffine(picture, matrix, (columns, rows), flags=cv2.INTER_LINEAR, borderValue=paper), np.uint8
    )


def tilted_back(boxes: np.ndarray, tilt: float, width: float, height: float) -> np.ndarray:
    """Boxes (n, 4) of the level page as boxes of the page as displayed: each moves with its middle and keeps its size."""
    if not tilt:
        return boxes
    turn = np.radians(tilt)
    x = (boxes[:, 0] + boxes[:, 2]) / 2 - width / 2
    y = (boxes[:, 1] + boxes[:, 3]) / 2 - height / 2
    moved_x = x * np.cos(turn) - y * np.sin(turn) - x
    moved_y = x * np.sin(turn) + y * np.cos(turn) - y
    return (boxes + np.column_stack([moved_x, moved_y, moved_x, moved_y])).astype(np.float32)


def drawn_rules(grey: np.ndarray) -> np.ndarray:
    """Level and upright lines in the picture, float32 (m, 4) in pixels: what stays when all shorter strokes are gone."""
    import cv2

    ink = (grey < 160).astype(np.uint8)
    found: list[tuple[float, float, float, float]] = []
    shortest = int(DPI * 0.28)
    for across in (True, False):
        bridge = np.ones((1, 5) if across else (5, 1), np.uint8)
        kernel = np.ones((1, shortest) if across else (shortest, 1), np.uint8)
        lines = cv2.morphologyEx(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, bridge), cv2.MORPH_OPEN, kernel)
        _, _, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
        for left, top, wide, high, _ in stats[1:]:
            thickness = high if across else wide
            if thickness > DPI * 0.06:
                continue
            if across:
                middle = top + high / 2
                found.append((left, middle, left + wide, middle))
            else:
                middle = left + wide / 2
                found.append((middle, top, middle, top + high))
    return np.array(found, np.float32).reshape(-1, 4)


def _characters(found: Any) -> tuple[str, np.ndarray, np.ndarray, tuple[tuple[int, int], ...]]:
    """The text of all lines, its character boxes (n, 4) in pixels, the confidence of each character's line, the lines."""
    texts: list[str] = []
    lines: list[tuple[int, int]] = []
    boxes: list[tuple[float, float, float, float]] = []
    confidence: list[float] = []
    for line, score, corners, words in zip(
        found.txts or (), found.scores or (), found.boxes if found.boxes is not None else (),
        found.word_results or [()] * len(found.txts or ()), strict=False,
    ):  # fmt: skip
        if not line:
            continue
        spread = _spread(line, np.asarray(corners, float), words)
        lines.append((len(boxes), len(boxes) + len(line)))
        texts.append(line)
        boxes += spread
        confidence += [float(score)] * len(line)
    placed = np.array(boxes, np.float32).reshape(-1, 4)
    return "".join(texts), placed, np.array(confidence, np.float32), tuple(lines)


def _spread(line: str, corners: np.ndarray, words: Any) -> list[tuple[float, float, float, float]]:
    """A box for each character of a line: the recogniser's own where it gives one for each, else even shares."""
    left, top = corners.min(axis=0)
    right, bottom = corners.max(axis=0)
    pieces = [(word[0], np.asarray(word[2], float)) for word in words or ()]
    if "".join(piece for piece, _ in pieces) == line:
        shared: list[tuple[float, float, float, float]] = []
        for piece, quad in pieces:
            x0, x1 = quad[:, 0].min(), quad[:, 0].max()
            step = (x1 - x0) / len(piece)
            shared += [(x0 + step * n, top, x0 + step * (n + 1), bottom) for n in range(len(piece))]
        return shared
    step = (right - left) / max(len(line), 1)
    return [(left + step * n, top, left + step * (n + 1), bottom) for n in range(len(line))]
