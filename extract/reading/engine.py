"""pdfium, called straight: bulk reads into numpy buffers, without a Python object for each character.

Calling pdfium through ctypes costs more than what it does for one character, so the calls go through function types
that keep the GIL, are driven by `map`, and write into buffers by address.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Iterable
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

_POINTER, _INT = ctypes.c_void_p, ctypes.c_int


def _quick(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    address = ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


unicode_of = _quick("FPDFText_GetUnicode", ctypes.c_uint, _POINTER, _INT)
char_box = _quick("FPDFText_GetCharBox", _INT, _POINTER, _INT, _POINTER, _POINTER, _POINTER, _POINTER)
loose_box = _quick("FPDFText_GetLooseCharBox", _INT, _POINTER, _INT, _POINTER)
text_object = _quick("FPDFText_GetTextObject", ctypes.c_size_t, _POINTER, _INT)
char_matrix = _quick("FPDFText_GetMatrix", _INT, _POINTER, _INT, _POINTER)
object_size = _quick("FPDFTextObj_GetFontSize", _INT, _POINTER, _POINTER)
font_of = _quick("FPDFTextObj_GetFont", ctypes.c_size_t, _POINTER)
render_mode = _quick("FPDFTextObj_GetTextRenderMode", _INT, _POINTER)
font_flags = _quick("FPDFFont_GetFlags", _INT, _POINTER)
font_weight = _quick("FPDFFont_GetWeight", _INT, _POINTER)
font_base_name = _quick("FPDFFont_GetBaseFontName", ctypes.c_size_t, _POINTER, _POINTER, ctypes.c_size_t)
object_type = _quick("FPDFPageObj_GetType", _INT, _POINTER)
page_object = _quick("FPDFPage_GetObject", _POINTER, _POINTER, _INT)
form_object = _quick("FPDFFormObj_GetObject", _POINTER, _POINTER, ctypes.c_ulong)
count_form_objects = _quick("FPDFFormObj_CountObjects", _INT, _POINTER)
count_page_objects = _quick("FPDFPage_CountObjects", _INT, _POINTER)
object_bounds = _quick("FPDFPageObj_GetBounds", _INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER)
object_matrix = _quick("FPDFPageObj_GetMatrix", _INT, _POINTER, _POINTER)
fill_color = _quick("FPDFPageObj_GetFillColor", _INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER)
stroke_color = _quick("FPDFPageObj_GetStrokeColor", _INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER)
draw_mode = _quick("FPDFPath_GetDrawMode", _INT, _POINTER, _POINTER, _POINTER)
count_segments = _quick("FPDFPath_CountSegments", _INT, _POINTER)
path_segment = _quick("FPDFPath_GetPathSegment", _POINTER, _POINTER, _INT)
segment_point = _quick("FPDFPathSegment_GetPoint", _INT, _POINTER, _POINTER, _POINTER)
segment_type = _quick("FPDFPathSegment_GetType", _INT, _POINTER)
segment_close = _quick("FPDFPathSegment_GetClose", _INT, _POINTER)

TEXT, PATH, IMAGE, SHADING, FORM = 1, 2, 3, 4, 5


def address(handle: Any) -> int:
    """The pointer behind a pypdfium2 handle, as the number that the quick calls take."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def run(call: Callable[..., Any], *arguments: Iterable[Any]) -> None:
    """Call it over the arguments for what it writes into the buffers."""
    deque(map(call, *arguments), maxlen=0)


def page_text(textpage: int, handle: Any, count: int) -> str:
    """The `count` characters of a page, one for each; U+FFFD where the file gives none."""
    buffer = (ctypes.c_uint16 * (count + 1))()
    written = pdfium.FPDFText_GetText(handle, 0, count, buffer)
    text = bytes(memoryview(buffer).cast("B")[: 2 * max(written - 1, 0)]).decode("utf-16-le", "replace")
    if len(text) == count and "\0" not in text:
        return text
    codes = map(unicode_of, repeat(textpage), range(count))
    return "".join([chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes])


def text_objects(textpage: int, blank: np.ndarray) -> np.ndarray:
    """uint64 (n,): the text object of each character, 0 where pdfium has put one in; `blank` (n,) marks blanks.

    Characters of one object stand together, so where every other one of the printed characters is of the same object,
    the one between is, too. Blanks are asked for one by one, as those that pdfium puts in stand inside of objects.
    """
    objects = np.zeros(len(blank), np.uint64)
    printed = np.flatnonzero(~blank)
    sure = np.zeros(len(printed), bool)
    sure[::2] = True
    asked = np.sort(np.concatenate([blank.nonzero()[0], printed[sure]]))
    objects[asked] = np.fromiter(map(text_object, repeat(textpage), asked.tolist()), np.uint64, len(asked))
    between = printed[1:-1:2]
    before, after = objects[printed[0:-2:2]], objects[printed[2::2]]
    same = (before == after) & (before != 0)
    objects[between[same]] = before[same]
    rest = np.concatenate([between[~same], printed[-1:]])
    objects[rest] = np.fromiter(map(text_object, repeat(textpage), rest.tolist()), np.uint64, len(rest))
    return objects


def char_boxes(textpage: int, rows: list[int]) -> np.ndarray:
    """float64 (n, 4): left, right, bottom, top of the ink of each character, in page space."""
    boxes = np.zeros((len(rows), 4))
    start = boxes.ctypes.data
    end = start + 32 * len(rows)
    run(
        char_box, repeat(textpage), rows,
        range(start, end, 32), range(start + 8, end + 8, 32), range(start + 16, end + 16, 32),
        range(start + 24, end + 24, 32),
    )  # fmt: skip
    return boxes


def loose_boxes(textpage: int, rows: list[int]) -> np.ndarray:
    """float32 (n, 4): left, top, right, bottom of each character with its advance, in page space."""
    boxes = np.zeros((len(rows), 4), np.float32)
    start = boxes.ctypes.data
    run(loose_box, repeat(textpage), rows, range(start, start + 16 * len(rows), 16))
    return boxes


def matrices(textpage: int, rows: list[int]) -> np.ndarray:
    """float32 (n, 6): a, b, c, d, e, f of the text object that each of these characters stands in."""
    found = np.zeros((len(rows), 6), np.float32)
    start = found.ctypes.data
    run(char_matrix, repeat(textpage), rows, range(start, start + 24 * len(rows), 24))
    return found


def font_sizes(objects: list[int]) -> np.ndarray:
    """float32 (n,): the font size that each of these text objects names, before its matrix."""
    sizes = np.zeros(len(objects), np.float32)
    start = sizes.ctypes.data
    run(object_size, objects, range(start, start + 4 * len(objects), 4))
    return sizes


def object_boxes(objects: list[int]) -> np.ndarray:
    """float32 (n, 4): left, bottom, right, top of page objects, in the space of the page or form they stand in."""
    boxes = np.zeros((len(objects), 4), np.float32)
    start = boxes.ctypes.data
    end = start + 16 * len(objects)
    run(
        object_bounds, objects,
        range(start, end, 16), range(start + 4, end + 4, 16), range(start + 8, end + 8, 16),
        range(start + 12, end + 12, 16),
    )  # fmt: skip
    return boxes


def colors(call: Callable[..., Any], objects: list[int]) -> np.ndarray:
    """uint32 (n, 4): red, green, blue, alpha by `fill_color` or `stroke_color`."""
    found = np.zeros((len(objects), 4), np.uint32)
    start = found.ctypes.data
    end = start + 16 * len(objects)
    run(
        call, objects,
        range(start, end, 16), range(start + 4, end + 4, 16), range(start + 8, end + 8, 16),
        range(start + 12, end + 12, 16),
    )  # fmt: skip
    return found


def draw_modes(objects: list[int]) -> np.ndarray:
    """int32 (n, 2): the fill rule (0 = not filled) and whether the outline is drawn."""
    found = np.zeros((len(objects), 2), np.int32)
    start = found.ctypes.data
    end = start + 8 * len(objects)
    run(draw_mode, objects, range(start, end, 8), range(start + 4, end + 4, 8))
    return found


def segments(paths: list[int], counts: list[int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The segments of these paths, one path after the other.

    Points float32 (n, 2) in page space of their path, kinds (0 line, 1 curve, 2 move), whether it closes the part.
    """
    parts: list[int] = []
    for path, count in zip(paths, counts, strict=True):
        parts.extend(map(path_segment, repeat(path), range(count)))
    points = np.zeros((len(parts), 2), np.float32)
    start = points.ctypes.data
    end = start + 8 * len(parts)
    run(segment_point, parts, range(start, end, 8), range(start + 4, end + 4, 8))
    kinds = np.fromiter(map(segment_type, parts), np.int16, len(parts))
    closes = np.fromiter(map(segment_close, parts), bool, len(parts))
    matrices = np.zeros((len(paths), 6), np.float32)
    start = matrices.ctypes.data
    run(object_matrix, paths, range(start, start + 24 * len(paths), 24))
    a, b, c, d, e, f = np.repeat(matrices, counts, axis=0).T
    x, y = points.T
    return np.column_stack([a * x + c * y + e, b * x + d * y + f]), kinds, closes


def font_description(font: int) -> tuple[str, bool]:
    """The base name of a font without its subset mark, and whether it is bold by weight, flag or name."""
    size = font_base_name(font, None, 0)
    buffer = ctypes.create_string_buffer(size + 1)
    font_base_name(font, ctypes.addressof(buffer), size)
    name = buffer.value.decode("utf-8", "replace")
    if len(name) > 7 and name[6] == "+":
        name = name[7:]
    lowered = name.lower()
    named = any(word in lowered for word in ("bold", "black", "heavy"))
    return name, named or font_weight(font) >= 600 or bool(font_flags(font) & 1 << 18)
