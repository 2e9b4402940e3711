"""What the words of segments say about tables: numbers that stand alone, words that can't begin or end a cell."""

from __future__ import annotations

import re

from .segments import Segments
from .sheet import Sheet

CLOSED_re = re.compile(
    r"^[≥≤＞＜><~～约]?[+\-－—–]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?[%％‰倍]?$|^[—–－/／-]{1,2}$"
)
"""A number or a dash: words neither go on from it nor to it."""
PERIOD_re = re.compile(r"^(?:19|20)\d\d年?\s*[—–\-－~～至]+\s*(?:19|20)\d\d年$")
"""A period is whole too: 2021—2035年."""
REST_re = re.compile(r"^[，。；、：）》”’！？,;:)\]】％%]")
HANGS_re = re.compile(r"(?:[（(、，《“：:,]|不低于|不少于|不小于|不超过|不高于|不大于|不突破|控制在|[≥≤])$")
ENDS_re = re.compile(r"[。！？]$")


def line_words(sheet: Sheet, segments: Segments, parts: list[int]) -> str:
    """The words of some segments one after the other, blanks between them."""
    words = []
    for part in parts:
        chars = segments.order[segments.first[part] : segments.first[part + 1]]
        words.append(sheet.codes[chars].tobytes().decode("utf-32-le", "surrogatepass"))
    return " ".join(words)
