"""The contents pages of a plan: which lines they are, and what they say of its headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .headings import CONTENTS, HeadingMark, heading_mark
from .lines import Line

_ENTRY = re.compile(r"(.*?)[\s.…·．•⋯‥_\-—]{3,}\s*[（(\-—]?\s*(\d{1,4}|[ivxlcIVXLC]{1,7})\s*[)）\-—]?\s*")
_PLAIN_ENTRY = re.compile(r"(\S.*?)\s+(\d{1,4}|[ivxlcIVXLC]{1,7})\s*")


_MOST_ENTRIES = 600
"""Lines that contents take, at most."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents: its words, its number and title, the printed page that it names ("" if none)."""

    text: str
    mark: HeadingMark | None
    page: str


def contents_lines(lines: Sequence[Line]) -> tuple[frozenset[int], tuple[Entry, ...]]:
    """The positions of the lines that are the contents (its title too), and its entries in order."""
    positions: set[int] = set()
    entries: list[Entry] = []
    at = 0
    while at < len(lines):
        titled = bool(CONTENTS.fullmatch(lines[at].text.strip()))
        if not titled and _entry(lines[at].text, plain=False) is None:
            at += 1
            continue
        end, found = _run(lines, at + 1 if titled else at, plain=titled)
        if titled and not found:
            end, found = _run_without_pages(lines, at + 1)
        if found and (titled or len(found) >= 4):
            positions.update(range(at, end))
            entries.extend(found)
            at = end
        else:
            at += 1
    return frozenset(positions), tuple(entries)


def _run(lines: Sequence[Line], start: int, *, plain: bool) -> tuple[int, list[Entry]]:
    """Where the contents that begin at `start` end, and their entries; an entry may take up to three lines."""
    entries: list[Entry] = []
    waiting: list[str] = []
    end = start
    for at in range(start, len(lines)):
        text = lines[at].text.strip()
        if CONTENTS.fullmatch(text):
            end = at + 1
            continue
        found = _entry(text, plain=plain)
        if found is None:
            waiting.append(text)
            if len(waiting) > 2 or len(text) > 60 or text[-1:] in "。；":
                break
            continue
        words = "".join(waiting) + found[0]
        entries.append(Entry(words.strip(), heading_mark(words), found[1]))
        waiting = []
        end = at + 1
    return end, entries


def _run_without_pages(lines: Sequence[Line], start: int) -> tuple[int, list[Entry]]:
    """Where contents that name no pages end, and their entries: short lines up to where the first of them comes again."""
    words = [squeezed(line.text) for line in lines[start : start + _MOST_ENTRIES]]
    for first in range(min(2, len(words))):
        end = next((at for at in range(first + 1, len(words)) if _is_again(words, at, words[first])), None)
        if end is None:
            continue
        listed = lines[start : start + end]
        marks = [heading_mark(line.text) for line in listed]
        short = all(len(line.text) <= 60 and line.text.strip()[-1] not in "。；，" for line in listed)
        if short and end >= 3 and sum(mark is not None for mark in marks) >= 0.5 * end:
            return start + end, [Entry(line.text.strip(), mark, "") for line, mark in zip(listed, marks, strict=True)]
    return start, []


def _is_again(words: Sequence[str], at: int, first: str) -> bool:
    """Whether the line is `first`, or with the line below it: 第一章 over 总则."""
    return words[at] == first or (first.startswith(words[at]) and words[at] + "".join(words[at + 1 : at + 2]) == first)


def _entry(text: str, *, plain: bool) -> tuple[str, str] | None:
    match = _ENTRY.fullmatch(text)
    if match is None and plain and len(text) < 60:
        match = _PLAIN_ENTRY.fullmatch(text)
    if match is None or (not match[1].strip() and not match[0].strip("…. ")):
        return None
    return match[1].strip(" .…·\u3000"), match[2]


def squeezed(text: str) -> str:
    """Words without blanks and with one form of brackets and dashes, for comparing the contents with the headings."""
    return re.sub(r"\s+", "", text).translate(_FORMS)


_FORMS = str.maketrans("()－–―~～:", "（）—————：")
