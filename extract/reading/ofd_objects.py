"""The objects on a page of an OFD (GB/T 33190—2016): characters, straight lines and rectangles, pictures, in millimetres."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

from .characters import is_wide
from .drawings import THIN

MM = 72 / 25.4
"""Points of a millimetre."""
_ABOVE, _BELOW = 0.88, 0.12
"""Font sizes above and below the baseline that a character is given: an OFD does not say what its font does."""
_NARROW = 0.5
"""Font sizes that a digit or letter goes forward, where no distance is said and it is not among these."""
_WIDTHS = {
    **dict.fromkeys("%@mMW", 0.85),
    **dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZ", 0.68),
    **dict.fromkeys(".,;:'!|ijlt", 0.28),
}
"""As in the faces that are set beside Song and Hei."""
_FULL = 1.05
"""Font sizes to the next character, at most, that are all a digit's or letter's own: a blank would be a character too."""
_DEEPEST = 6
"""Composite objects inside of composite objects."""
_MOST_INNER = 60_000
"""Objects inside of composite ones, each time they are drawn: what draws itself has more."""
_LEVEL = 0.2
"""Millimetres: a line that rises by less is level or upright."""
_LONGEST_PATH = 200_000
"""Characters of a path that is still a grid."""
_MOST_PATHS = 60_000
_COMPLEX = 6
"""Points of a path from which on it is a grid drawn as one, or a part of a map."""
_LARGEST = 1e6
"""Millimetres and factors: a number beyond is damage."""
Box = tuple[float, float, float, float]
"""x0, top, x1, bottom."""
Matrix = tuple[float, float, float, float, float, float]
_UNMOVED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Drawn:
    """What a page holds, in millimetres of the page; grows while its objects are read."""

    characters: list[str] = field(default_factory=list)
    rows: list[tuple[float, ...]] = field(default_factory=list)
    """Of each character: x0, top, x1, bottom, size, angle, origin x, origin y."""
    fonts: list[tuple[str, bool]] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)
    images: list[tuple[Box, str | None]] = field(default_factory=list)
    """Each picture's box and the file that holds it."""
    complex: list[list[Box]] = field(default_factory=list)
    """The lines of each path of many points: a grid drawn as one, or, where there are many, a map."""
    texts: int = 0
    paths: int = 0
    inner: int = 0


@dataclass(slots=True)
class Resources:
    """What Res files hold, by ID: fonts, drawing parameters, composite units, picture files."""

    fonts: dict[str, tuple[str, bool]] = field(default_factory=dict)
    styles: dict[str, etree._Element] = field(default_factory=dict)
    units: dict[str, etree._Element] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Drawer:
    """Draws the objects of a layer or block, in their order."""

    drawn: Drawn
    resources: Resources

    def draw(self, block: etree._Element, outer: Matrix, depth: int) -> None:
        """All objects of `block`; `outer` brings its space to the page."""
        for element in block:
            kind = _local(element)
            if kind == "PageBlock":
                self.draw(element, outer, depth)
            elif kind in _OBJECTS and element.get("Visible") != "false":
                self.drawn.inner += depth > 0
                if self.drawn.inner > _MOST_INNER:
                    raise ValueError("more objects than a page has")
                x, y, wide, high = numbers(element.get("Boundary"), 4)
                matrix = _product(_matrix(element.get("CTM")), _product((1.0, 0.0, 0.0, 1.0, x, y), outer))
                if kind == "TextObject":
                    self._text(element, matrix)
                elif kind == "PathObject":
                    self._path(element, matrix)
                elif kind == "ImageObject":
                    corners = [_moved(outer, x, y), _moved(outer, x + wide, y + high)]
                    self.drawn.images.append(
                        (_around(corners), self.resources.media.get(element.get("ResourceID", "")))
                    )
                elif depth < _DEEPEST and (unit := self.resources.units.get(element.get("ResourceID", ""))) is not None:
                    for content in all_named(unit, "Content"):
                        self.draw(content, matrix, depth + 1)

    def _text(self, element: etree._Element, matrix: Matrix) -> None:
        size = _number(element, "Size", _number(element, "size", 0.0))
        if size <= 0:
            raise ValueError("a text without a size")
        name, bold = self.resources.fonts.get(element.get("Font", ""), ("", False))
        bold = bold or element.get("Bold") == "true" or _number(element, "Weight", 400) >= 600
        stretch, reading, turned = (
            _number(element, key, usual)
            for key, usual in (("HScale", 1.0), ("ReadDirection", 0.0), ("CharDirection", 0.0))
        )
        along = math.cos(math.radians(turned)), math.sin(math.radians(turned))
        angle = round(math.degrees(math.atan2(matrix[1], matrix[0])) + turned) % 360
        shown = size * math.hypot(matrix[2], matrix[3])
        self.drawn.texts += 1
        x = y = 0.0
        for code in element.findall("{*}TextCode"):
            text = code.text or ""
            text = text.strip() if text[:1] in "\r\n" else text
            x, y = _number(code, "X", x), _number(code, "Y", y)
            at_x, at_y = x, y
            steps = _steps(code, text, size * stretch, reading)
            for at, (char, (step_x, step_y)) in enumerate(zip(text, steps, strict=True), 1):
                wide = size * stretch * _width(char)
                told = at < len(text)  # of the last one no distance is said
                if told and (0 < step_x < wide or (not is_wide(char) and wide < step_x <= _FULL * size * stretch)):
                    wide = step_x
                corners = [
                    _moved(matrix, at_x + along[0] * w - along[1] * h, at_y + along[1] * w + along[0] * h)
                    for w in (0.0, wide)
                    for h in (-_ABOVE * size, _BELOW * size)
                ]
                self.drawn.characters.append(char)
                self.drawn.rows.append((*_around(corners), shown, angle, *_moved(matrix, at_x, at_y)))
                self.drawn.fonts.append((name, bold))
                at_x, at_y = at_x + step_x, at_y + step_y

    def _path(self, element: etree._Element, matrix: Matrix) -> None:
        """Straight lines and rectangles; what is white is paper."""
        self.drawn.paths += 1
        data = "".join(found.text or "" for found in element.findall("{*}AbbreviatedData"))
        if len(data) > _LONGEST_PATH or self.drawn.paths > _MOST_PATHS:
            return
        stroked = element.get("Stroke") != "false" and not self._is_white(element, "StrokeColor")
        filled = element.get("Fill") == "true" and not self._is_white(element, "FillColor")
        lines: list[Box] = []
        count = 0
        for points, curved in _outlines(data):
            count += len(points)
            shown = [_moved(matrix, *point) for point in points]
            if stroked:
                lines.extend(_around(pair) for pair in pairwise(shown))
            if filled and not curved and 4 <= len(shown) <= 5:
                box = _around(shown)
                (self.drawn.rules if _least(box) * MM <= THIN else self.drawn.fills).append(box)
        level = [line for line in lines if _least(line) < _LEVEL]
        if count > _COMPLEX:
            self.drawn.complex.append(level)
        else:
            self.drawn.rules.extend(level)

    def _is_white(self, element: etree._Element, color: str) -> bool:
        style = self.resources.styles.get(element.get("DrawParam", ""))
        said = element.findall("{*}" + color) or (style.findall("{*}" + color) if style is not None else [])
        if not said:
            return False
        values = [
            int(value[1:], 16) if value.startswith("#") else float(value)
            for value in (said[0].get("Value") or "0").split()
        ]
        light = all(value <= 5 for value in values) if len(values) == 4 else all(value >= 250 for value in values)
        return light or said[0].get("Alpha") == "0"


_OBJECTS = ("TextObject", "PathObject", "ImageObject", "CompositeObject")


def _outlines(data: str) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """The straight parts of a path (S and M begin one, L goes on, C closes it; Q, B and A bend), and whether it bends."""
    points: list[tuple[float, float]] = []
    curved = False
    words = iter(data.replace(",", " ").split())
    for word in words:
        count = _OPERANDS[word]
        x, y = ([float(next(words)) for _ in range(count)] or [0.0, 0.0])[-2:]
        if word == "C":
            points.append(points[0] if points else (0.0, 0.0))
        elif word == "L":
            points.append((x, y))
        else:
            if points:
                yield points, curved or count > 2
            points, curved = [(x, y)], count > 2
    if points:
        yield points, curved


_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


def _steps(code: etree._Element, text: str, em: float, reading: float) -> list[tuple[float, float]]:
    """How far it is from each character to the next, along x and y."""
    across, down = (_deltas(code.get(name), len(text)) for name in ("DeltaX", "DeltaY"))
    if across is None and down is None:
        across = [em * _width(char) for char in text]
    if down is None:
        turn = math.radians(reading)
        return [(step * math.cos(turn), step * math.sin(turn)) for step in across or ()]
    return list(zip(across or [0.0] * len(text), down, strict=True))


def _width(char: str) -> float:
    """Font sizes that a character takes; signs such as ≥, △ and ① are as wide as ideographs in Chinese faces."""
    return 1.0 if is_wide(char) or char >= "\u2100" else _WIDTHS.get(char, _NARROW)


def _deltas(said: str | None, count: int) -> list[float] | None:
    """DeltaX or DeltaY for `count` characters: "g 3 5" is three times 5; the last one goes on."""
    if said is None or not said.strip():
        return None
    found: list[float] = []
    words = iter(said.split())
    for word in words:
        times = int(next(words)) if word == "g" else 1
        value = float(next(words) if word == "g" else word)
        found.extend([value] * min(times, count - len(found)))
    if not all(abs(value) < _LARGEST for value in found):
        raise ValueError("no distance")
    return found + [found[-1] if found else 0.0] * (count - len(found))


def _number(element: etree._Element, name: str, default: float) -> float:
    said = element.get(name)
    return numbers(said, 1)[0] if said else default


def _least(box: Box) -> float:
    return min(box[2] - box[0], box[3] - box[1])


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def all_named(element: etree._Element, name: str) -> list[etree._Element]:
    """The descendants of that name, whatever namespace the writer gave them."""
    return list(element.iter("{*}" + name))


def numbers(text: str | None, count: int) -> tuple[float, ...]:
    """So many numbers; ValueError if there are others, or such as no page has."""
    values = tuple(float(word) for word in (text or "").split())
    if len(values) != count or not all(abs(value) < _LARGEST for value in values):
        raise ValueError("not these numbers")
    return values


def _matrix(text: str | None) -> Matrix:
    if not text:
        return _UNMOVED
    a, b, c, d, e, f = numbers(text, 6)
    return a, b, c, d, e, f


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that applies `inner`, then `outer`."""
    a, b, c, d, e, f = inner
    o, p, q, r, s, t = outer
    return a * o + b * q, a * p + b * r, c * o + d * q, c * p + d * r, e * o + f * q + s, e * p + f * r + t


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _around(points: list[tuple[float, float]] | tuple[tuple[float, float], ...]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)
