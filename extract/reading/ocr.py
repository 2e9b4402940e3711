"""A picture of a page as ink: characters with boxes and a confidence, and the rules that are drawn in the picture.

The recogniser is rapidocr (an extra: chuandao[ocr]) with the models that its wheel carries; nothing is downloaded.
"""

from __future__ import annotations

import importlib.util
import logging
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from .characters import usual
from .ink import PageInk
from .ocr_lines import ReadLine, Stretch, lines_to_stretches, unread_pieces

DPI = 150
"""Finer pictures take longer and read no better (docs/performance.md)."""
_DRAWN = 0.06
_LONG = 16
"""Characters from which on a line is likely prose."""
_SURE = 0.5
"""Pieces that the recogniser found only when asked for them again are left out below this confidence."""


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
    drawn: float = 0.0
    """The part of the page that is neither text nor rules: a map, a photograph."""

    @property
    def is_figure(self) -> bool:
        """Whether the page is a map or a drawing whose words are labels: much is drawn and hardly a line is long."""
        lengths = [end - start for start, end in self.lines]
        return self.drawn > _DRAWN and sum(length for length in lengths if length >= _LONG) < 0.4 * sum(lengths)


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
    """Reads a picture, uint8 (rows, columns, 3) RGB, of page `number` that is `width` × `height` points."""
    from .scan_picture import (
        checked_rules,
        darkest_channel,
        drawn_parts,
        drawn_rules,
        red_ink,
        rules_of_page,
        upright,
        without_frames,
        without_rules,
        without_strokes,
    )

    page = upright(picture)
    scale = width / page.print.shape[1]
    engine = _engine(threads)
    found = engine(np.repeat(page.print[:, :, None], 3, axis=2), return_word_box=True, return_single_char_box=True)
    lines = _lines(found)
    boxes = np.array([line.box for line in lines]).reshape(-1, 4)
    rules = rules_of_page(drawn_rules(page.even, 72 / scale), boxes)
    rules = without_strokes(checked_rules(rules, page.even), boxes)
    plain = without_rules(page.print, rules)
    stretches = lines_to_stretches(lines, plain, rules)
    stretches += _read_again(engine, plain, rules, lines, stretches)
    colour = without_rules(darkest_channel(picture, page.tilt), rules)
    long = np.array([len(line.text) >= _LONG for line in lines], bool)
    drawn = drawn_parts(colour, red_ink(picture, page.tilt), boxes, long, 72 / scale)
    rules, pictures = without_frames(rules, drawn.pictures, 72 / scale)
    ink = _ink(_dashes(stretches), rules, pictures, number, width, height, scale)
    return OcrPage(ink, page.tilt, *_of_lines(stretches), drawn=drawn.share)


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


def _lines(found: Any) -> list[ReadLine]:
    """The recogniser's lines without their blanks."""
    lines: list[ReadLine] = []
    texts = found.txts or ()
    for text, score, corners, words in zip(
        texts, found.scores or (), found.boxes if found.boxes is not None else (),
        found.word_results or [()] * len(texts), strict=False,
    ):  # fmt: skip
        quad = np.asarray(corners, float)
        # a quad that leans is as high as its sides are long, not as its corners reach
        high = float(np.linalg.norm(quad[3] - quad[0]) + np.linalg.norm(quad[2] - quad[1])) / 2
        middle = float(quad[:, 1].mean())
        box = (float(quad[:, 0].min()), middle - high / 2, float(quad[:, 0].max()), middle + high / 2)
        centres = _centres(text, box, words)
        kept = [at for at, character in enumerate(text) if not character.isspace()]
        if kept:
            said = as_printed("".join(text[at] for at in kept))
            lines.append(ReadLine(said, centres[kept], box, float(score)))
    return lines


def _centres(line: str, box: tuple[float, float, float, float], words: Any) -> np.ndarray:
    """Where the recogniser saw each character (x); even shares of the line where it does not say."""
    pieces = [(word[0], np.asarray(word[2], float)) for word in words or ()]
    if "".join(piece for piece, _ in pieces) != line.replace(" ", "") and "".join(piece for piece, _ in pieces) != line:
        return box[0] + (box[2] - box[0]) * (np.arange(len(line)) + 0.5) / max(len(line), 1)
    seen: list[float] = []
    for piece, quad in pieces:
        x0, x1 = quad[:, 0].min(), quad[:, 0].max()
        seen += [x0 + (x1 - x0) * (at + 0.5) / len(piece) for at in range(len(piece))]
    if len(seen) == len(line):
        return np.array(seen)
    at = iter(seen)
    last = box[0]
    centres = []
    for character in line:
        last = last if character == " " else next(at)
        centres.append(last)
    return np.array(centres)


_HALF_TO_FULL = str.maketrans("(),:;!?", "（），：；！？")
_CHINESE = "[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f“”‘’—]"
_BESIDE_CHINESE = re.compile(f"(?<={_CHINESE})[(),:;!?]|[(),:;!?](?={_CHINESE})|^\\((?=.*[\u4e00-\u9fff])")
_TWO_POINTS = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,]\d{3})*(?:\.\d+)?(?![\d.,])")


def as_printed(text: str) -> str:
    """What the recogniser read with the marks that Chinese text is set with: full-width beside Chinese characters, and
    commas, not points, between thousands where there are several ("1.987.0" is 1,987.0)."""
    text = _BESIDE_CHINESE.sub(lambda mark: mark[0].translate(_HALF_TO_FULL), text)

    def thousands(match: re.Match[str]) -> str:
        number = match[0]
        if number.count(".") < 2:
            return number
        head, _, tail = number.rpartition(".")
        return f"{head.replace('.', ',')}.{tail}" if len(tail) != 3 else number.replace(".", ",")

    return _TWO_POINTS.sub(thousands, text)


def _read_again(
    engine: Any, plain: np.ndarray, rules: np.ndarray, lines: list[ReadLine], stretches: list[Stretch]
) -> list[Stretch]:
    """What the recogniser passed over in ruled tables: short words, read piece by piece, and dashes."""
    words, dashes = unread_pieces(plain, rules, lines)
    size = float(np.median([one.size for one in stretches])) if stretches else 20.0
    more = []
    for x0, top, x1, bottom in dashes:
        more.append(Stretch("—", np.array([x0, x1], float), size, (top + bottom) / 2 + 0.36 * size, 0.6, flat=True))
    if not words:
        return more
    edge = 5
    crops = [
        np.repeat(plain[max(top - edge, 0) : bottom + edge, max(x0 - edge, 0) : x1 + edge, None], 3, axis=2)
        for x0, top, x1, bottom in words
    ]
    read = engine.recognize_txt(crops)
    pieces = []
    for (x0, top, x1, bottom), text, score in zip(words, read.txts or (), read.scores or (), strict=False):
        said = as_printed("".join(text.split()))
        if said and score >= _SURE:
            middle, high = (top + bottom) / 2, max(bottom - top, 0.9 * size) / 0.8
            centres = x0 + (x1 - x0) * (np.arange(len(said)) + 0.5) / len(said)
            pieces.append(ReadLine(said, centres, (x0, middle - high / 2, x1, middle + high / 2), float(score)))
    return more + lines_to_stretches(pieces, plain, rules)


_COUNTED = "一二三四五六七八九十"


def _dashes(stretches: list[Stretch]) -> list[Stretch]:
    """A dash alone in its cell is read as the character 一, and now and then the other way round.

    It is the numeral where 二, 三 … begin in the same place of other lines.
    """
    counted = [one.edges[0] for one in stretches if one.text[0] in _COUNTED[1:] and len(one.text) < 12]

    def said(one: Stretch) -> str:
        if one.text not in ("一", "—", "-", "－", "_", "–") or not one.flat:
            return one.text
        return "一" if any(abs(start - one.edges[0]) < one.size for start in counted) else "—"

    return [replace(one, text=said(one)) for one in stretches]


def _of_lines(stretches: list[Stretch]) -> tuple[np.ndarray, tuple[tuple[int, int], ...]]:
    counts = [len(one.text) for one in stretches]
    ends = np.cumsum(counts).tolist()
    confidence = np.repeat([one.confidence for one in stretches], counts).astype(np.float32)
    return confidence, tuple((end - count, end) for end, count in zip(ends, counts, strict=True))


def _ink(
    stretches: list[Stretch],
    rules: np.ndarray,
    pictures: np.ndarray,
    number: int,
    width: float,
    height: float,
    scale: float,
) -> PageInk:
    text = "".join(one.text for one in stretches)
    count = len(text)
    counts = [len(one.text) for one in stretches]
    boxes = np.vstack([one.boxes for one in stretches]) if stretches else np.zeros((0, 4), np.float32)
    edges = (
        np.vstack([np.column_stack([one.edges[:-1], one.edges[1:]]) for one in stretches])
        if stretches
        else np.zeros((0, 2))
    )
    empty = np.zeros((0, 4), np.float32)
    return PageInk(
        number=number, width=width, height=height, text=usual(text), raw=text, boxes=(boxes * scale).astype(np.float32),
        sizes=steady(np.repeat([one.size for one in stretches], counts) * scale),
        baselines=(np.repeat([one.baseline for one in stretches], counts) * scale).astype(np.float32),
        advances=(edges * scale).astype(np.float32),
        bold=np.zeros(count, bool), fonts=np.zeros(count, np.int16), angles=np.zeros(count, np.int16),
        font_names=("ocr",), rules=(rules * scale).astype(np.float32), fills=empty, images=(pictures * scale).astype(np.float32),
    )  # fmt: skip


def steady(sizes: np.ndarray) -> np.ndarray:
    """Sizes measured from a picture without their small differences: one fifth about the usual size is that size."""
    if not len(sizes):
        return sizes.astype(np.float32)
    common = float(np.median(sizes))
    return np.where(np.abs(sizes - common) < 0.2 * common, common, np.round(sizes * 2) / 2).astype(np.float32)
