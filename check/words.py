"""Planning prose as the check compares it: folded to one dress, without what carries no content."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPACE = re.compile(r"\s+")
_NOT_LETTERS = re.compile(r"[^\w%.<>=~]|_|(?<!\d)\.|\.(?!\d)")
_POINTER = re.compile(r"[（(](?:见|详见|参见)[^（）()]*[）)]")
_SENTENCE_END = re.compile(r"[。；;！？!?](?:[”’」』）)]*)|\n+")


@lru_cache(65536)
def fold(text: str) -> str:
    """NFKC, lower case, no white space."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).lower()


@lru_cache(65536)
def letters(text: str) -> str:
    """`fold` without punctuation; the decimal point and the percent sign stay."""
    return _NOT_LETTERS.sub("", fold(text))


def without_pointers(text: str) -> str:
    """A clause without its pointers to tables and figures: （见表3-1）."""
    return _POINTER.sub("", text)


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences and ；-clauses of `text` as character ranges, end mark included, blanks at the ends left out."""
    found: list[tuple[int, int]] = []
    start = 0
    for match in [*_SENTENCE_END.finditer(text), None]:
        end = match.end() if match else len(text)
        low, high = start, end
        while low < high and text[low].isspace():
            low += 1
        while high > low and text[high - 1].isspace():
            high -= 1
        if high > low:
            found.append((low, high))
        start = end
    return found


def common_run(one: str, other: str) -> int:
    """Length of the longest run of characters that both have."""
    if len(one) > len(other):
        one, other = other, one
    best = 0
    previous = [0] * (len(other) + 1)
    for char in one:
        current = [0] * (len(other) + 1)
        for at, there in enumerate(other, start=1):
            if char == there:
                current[at] = previous[at - 1] + 1
                best = max(best, current[at])
        previous = current
    return best
