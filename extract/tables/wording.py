"""What the words of segments say about tables: numbers that stand alone, the text of a line."""

from __future__ import annotations

import re

from .segments import Segments
from .sheet import Sheet

CLOSED_re = re.compile(
    r"^[≥≤＞＜><~～约]?[+\-－—–]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?[%％‰倍]?$|^[—–－/／-]{1,2}$"
)
"""A number or a dash: words neither go on from it nor to it."""


def line_words(sheet: Sheet, segments: Segments, parts: list[int]) -> str:
    """The words of some segments one after the other, blanks between them."""
    words = []
    for part in parts:
        chars = segments.order[segments.first[part] : segments.first[part + 1]]
        words.append(sheet.codes[chars].tobytes().decode("utf-32-le", "surrogatepass"))
    return " ".join(words)
