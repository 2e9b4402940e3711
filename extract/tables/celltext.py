"""Characters that belong to cells -> the cells' Texts: lines found, wrapped lines joined, blanks kept where they separate."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from ...plan.document import InkLine, Text
from .sheet import Sheet

EMPTY = Text("")

IMPLIED = 0.16
"""A gap of this share of the font size between two Latin letters, digits or marks is a blank."""
APART = 0.8
"""A gap of this share of the font size between any two characters of a line is a blank."""

_ENDS_WORD = np.zeros(0x3D, bool)
_ENDS_WORD[[ord(mark) for mark in ",.;:)"]] = True


def is_wide(codes: np.ndarray) -> np.ndarray:
    """Chinese characters and their punctuation: between two of them a line break means nothing."""
    return (codes >= 0x2E80) | ((codes >= 0x2010) & (codes <= 0x2027))


def is_letter(codes: np.ndarray) -> np.ndarray:
    """Latin, Greek and Cyrillic letters."""
    lower = codes | 0x20
    return ((lower >= 0x61) & (lower <= 0x7A)) | ((codes >= 0xC0) & (codes < 0x530))


def is_digit(codes: np.ndarray) -> np.ndarray:
    return (codes >= 0x30) & (codes <= 0x39)


def number_lines(boxes: np.ndarray, sizes: np.ndarray, owner: np.ndarray) -> np.ndarray:
    """The number of the printed line of each character; lines of one owner are numbered from top to bottom.

    Within a cell two lines are told apart by the white strip between them, so the small marks (。, ", —) find their
    line whether boxes are those of the glyph or of the font. Characters must be given sorted by (owner, top).
    """
    tops, bottoms = boxes[:, 1].astype(np.float64), boxes[:, 3].astype(np.float64)
    trim = np.minimum(0.06 * sizes, 0.2 * (bottoms - tops))
    tops, bottoms = tops + trim, bottoms - trim
    lift = owner * 1e5
    reach = np.maximum.accumulate(bottoms + lift)
    fresh = np.ones(len(owner), dtype=bool)
    fresh[1:] = (tops[1:] + lift[1:]) > reach[:-1]
    lines = np.cumsum(fresh) - 1
    return _split_tall(lines, tops, bottoms, sizes)


def _split_tall(lines: np.ndarray, tops: np.ndarray, bottoms: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Lines set so tight that no white strip is left between them, split by the middles of their characters."""
    if not len(lines):
        return lines
    starts = _starts(lines)
    high = np.maximum.reduceat(bottoms, starts) - tops[starts]
    size = np.maximum.reduceat(sizes, starts)
    tall = np.flatnonzero(high > 1.75 * size)
    if not len(tall):
        return lines
    lines = lines.astype(np.float64)
    ends = np.r_[starts[1:], len(lines)]
    for at in tall:
        part = slice(starts[at], ends[at])
        middles = (tops[part] + bottoms[part]) / 2
        big = (bottoms[part] - tops[part]) > 0.45 * sizes[part]
        anchors = np.sort(middles[big]) if big.any() else np.sort(middles)
        groups = np.split(anchors, np.flatnonzero(np.diff(anchors) > 0.4 * size[at]) + 1)
        centres = np.array([group.mean() for group in groups])
        nearest = np.abs(middles[:, None] - centres[None, :]).argmin(axis=1)
        lines[part] += nearest / (len(centres) + 1)
    return np.unique(lines, return_inverse=True)[1]


def _starts(lines: np.ndarray) -> np.ndarray:
    """Where each line begins."""
    fresh = np.ones(len(lines), dtype=bool)
    fresh[1:] = lines[1:] != lines[:-1]
    return np.flatnonzero(fresh)


def order_characters(sheet: Sheet, chars: np.ndarray, owner: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(chars, owner, lines) in reading order: by owner, line, x."""
    boxes = sheet.boxes[chars]
    first = np.lexsort((boxes[:, 1], owner))
    chars, owner, boxes = chars[first], owner[first], boxes[first]
    lines = number_lines(boxes, sheet.sizes[chars], owner)
    then = np.lexsort((boxes[:, 0], lines))
    return chars[then], owner[then], lines[then]


def blanks_before(sheet: Sheet, chars: np.ndarray, owner: np.ndarray, lines: np.ndarray) -> np.ndarray:
    """Whether a blank stands before each character of the ordered ones."""
    codes, sizes = sheet.codes[chars], sheet.sizes[chars]
    before, after = codes[:-1], codes[1:]
    same_line = lines[1:] == lines[:-1]
    same_owner = owner[1:] == owner[:-1]
    gap = sheet.lefts[chars[1:]] - sheet.rights[chars[:-1]]
    size = np.maximum(sizes[1:], sizes[:-1])
    wide_before, wide_after = is_wide(before), is_wide(after)
    letter_before, letter_after = is_letter(before), is_letter(after)
    latin = ~wide_before & ~wide_after
    within = same_line & ((gap > APART * size) | (latin & (gap > IMPLIED * size)))
    ends_word = letter_before | _ENDS_WORD[np.minimum(before, 0x3C)]
    wrapped = ~same_line & (
        (ends_word & (letter_after | (after == 0x28)))
        | (letter_before & is_digit(after))
        | (is_digit(before) & letter_after)
    )
    blank = np.zeros(len(chars), dtype=bool)
    blank[1:] = same_owner & (within | wrapped)
    both_wide = np.zeros(len(chars), dtype=bool)
    both_wide[1:] = wide_before & wide_after
    if (blank & both_wide).any():
        _close_spaced_words(blank, both_wide, lines)
    return blank


def _close_spaced_words(blank: np.ndarray, both_wide: np.ndarray, lines: np.ndarray) -> None:
    """合 计 is one word: blanks of a line whose pieces are all single Chinese characters are dropped, in place."""
    for line in np.unique(lines[blank & both_wide]):
        low, high = np.searchsorted(lines, [line, line + 1])
        inner = blank[low + 1 : high]
        if inner.all() and both_wide[low + 1 : high].all():
            blank[low + 1 : high] = False


def cells_to_texts(sheet: Sheet, chars: np.ndarray, owner: np.ndarray, count: int) -> list[Text]:
    """The Text of each owner 0..count-1; `chars` are positions in the sheet, `owner` the cell of each."""
    texts = [EMPTY] * count
    if not len(chars):
        return texts
    chars, owner, lines = order_characters(sheet, chars, owner)
    blank = blanks_before(sheet, chars, owner, lines)
    place = np.arange(len(chars)) + np.cumsum(blank)
    total = len(chars) + int(blank.sum())
    codes = np.full(total, 0x20, dtype=np.uint32)
    codes[place] = sheet.codes[chars]
    ink_boxes = sheet.ink.boxes[sheet.index[chars]]
    boxes = np.empty((total, 4), dtype=np.float32)
    boxes[place] = ink_boxes
    at = np.flatnonzero(blank)
    if len(at):
        boxes[place[at] - 1] = ink_boxes[at - 1][:, [2, 1, 2, 3]]
    words = codes.tobytes().decode("utf-32-le", "surrogatepass")
    # a blank that a line break stands for closes the line before it
    starts = _starts(lines)
    line_place = place[starts].tolist()
    line_owner = owner[starts].tolist()
    line_place.append(total)
    page = sheet.ink.number
    first, count = 0, len(line_owner)
    while first < count:
        who = line_owner[first]
        after = first + 1
        while after < count and line_owner[after] == who:
            after += 1
        begin, end = line_place[first], line_place[after]
        if after == first + 1:
            texts[who] = Text(words[begin:end], (InkLine(0, end - begin, page, boxes[begin:end]),))
        else:
            pieces = [
                InkLine(low - begin, high - begin, page, boxes[low:high])
                for low, high in pairwise(line_place[first : after + 1])
            ]
            texts[who] = Text(words[begin:end], tuple(pieces))
        first = after
    return texts


def concatenate(*texts: Text) -> Text:
    """Texts one after the other, without anything between them."""
    words: list[str] = []
    pieces = []
    at = 0
    for text in texts:
        words.append(text.text)
        for piece in text.pieces:
            assert isinstance(piece, InkLine)
            pieces.append(InkLine(piece.start + at, piece.end + at, piece.page, piece.boxes))
        at += len(text.text)
    return Text("".join(words), tuple(pieces))
