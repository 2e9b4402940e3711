"""The words of one Word paragraph as they are shown when all changes are accepted, with where each stands.

Offsets count the shown characters of a paragraph: w:t, a tab as one tab, a line break as one newline, a symbol as one,
the bar of a fraction as one slash; deleted, hidden and field-instruction text does not count. Kangxi radicals and compatibility ideographs become the characters they
stand for, one for one, so offsets stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ...plan.document import DocxRun, Text
from .docx_package import W, on, value_of
from .docx_styles import Style, Styles, font_of, size_of
from .docx_symbols import UNKNOWN, raised, shown_symbols, symbol

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
SKIPPED = {
    f"{W}del",
    f"{W}moveFrom",
    f"{W}pPr",
    f"{W}rPr",
    f"{W}instrText",
    f"{W}delText",
    f"{W}rt",
    f"{W}sdtPr",
    f"{W}sdtEndPr",
    f"{MC}Fallback",
    f"{W}annotationRef",
    f"{W}footnoteRef",
    f"{W}endnoteRef",
}
TRACKED = {f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo"}
CJK = "\u2e80-\u9fff\uf900-\ufaff"
UNSEEN = "[\u00ad\u200b-\u200d\u2060\ufeff]+"
"""Soft hyphens and characters of no width."""
NOTHING = re.compile(UNSEEN)
GAP = re.compile(rf"(?<=[{CJK}，。；：、）（])[ \u00a0\u3000]{{1,2}}(?=[{CJK}，。；：、（）])|{UNSEEN}")


@dataclass(slots=True)
class Words:
    """One paragraph as read (grows while its runs are read)."""

    text: str = ""
    bold: list[tuple[int, int]] = field(default_factory=list)
    underline: list[tuple[int, int]] = field(default_factory=list)
    footnotes: list[tuple[str, str]] = field(default_factory=list)
    """("footnote" | "endnote", id) in the order of their marks."""
    boxes: list[etree._Element] = field(default_factory=list)
    """The w:txbxContent elements anchored in it."""
    tracked: bool = False
    pictures: int = 0
    dress: Counter[tuple[float | None, str | None]] = field(default_factory=Counter)
    """Characters by size in points and East Asian font, None where the file says nothing."""

    def add(
        self, text: str, bold: bool, underline: bool, dress: tuple[float | None, str | None] = (None, None)
    ) -> None:
        start, end = len(self.text), len(self.text) + len(text)
        self.text += text
        self.dress[dress] += len(text)
        for ranges, marked in ((self.bold, bold), (self.underline, underline)):
            if marked and text:
                if ranges and ranges[-1][1] == start:
                    ranges[-1] = (ranges[-1][0], end)
                else:
                    ranges.append((start, end))


def paragraph_words(paragraph: etree._Element, styles: Styles, style: Style) -> Words:
    """The words of a w:p."""
    words = Words()
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    words.tracked = mark is not None and any(child.tag in TRACKED for child in mark)
    _read(paragraph, words, styles, style)
    return words


def _read(element: etree._Element, words: Words, styles: Styles, style: Style) -> None:
    for child in element:
        tag = child.tag
        if tag in TRACKED:
            words.tracked = True
        if tag in SKIPPED or not isinstance(tag, str):
            continue
        if tag == f"{W}r":
            _read_run(child, words, styles, style)
        elif tag == f"{W}txbxContent":
            words.boxes.append(child)
        elif tag == f"{M}t":
            power = child.getparent().getparent()
            text = child.text or ""
            words.add(raised(words.text, text) if power is not None and power.tag == f"{M}sup" else text, False, False)
        elif tag == f"{M}den":
            words.add("/", False, False)
            _read(child, words, styles, style)
        else:
            _read(child, words, styles, style)


def _read_run(run: etree._Element, words: Words, styles: Styles, style: Style) -> None:
    properties = run.find(f"{W}rPr")
    if on(properties, "vanish"):
        return
    run_style = styles.by_id.get(value_of(properties, "rStyle") or "")
    bold = _effective(properties, "b", run_style.bold if run_style else None, style.bold)
    underline = _effective(properties, "u", run_style.underline if run_style else None, style.underline)
    dress = (
        size_of(properties) or (run_style.size if run_style else None) or style.size,
        font_of(properties) or (run_style.font if run_style else None) or style.font,
    )
    fonts = properties.find(f"{W}rFonts") if properties is not None else None
    font = None if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")
    lifted = value_of(properties, "vertAlign") == "superscript"
    for child in run:
        match child.tag:
            case str(tag) if tag == f"{W}t":
                text = shown_symbols(font, normalised(child.text or ""))
                words.add(raised(words.text, text) if lifted else text, bold, underline, dress)
            case str(tag) if tag == f"{W}sym":
                words.add(_symbol(child), bold, underline, dress)
            case str(tag) if tag in (f"{W}tab", f"{W}ptab"):
                words.add("\t", bold, underline)
            case str(tag) if tag in (f"{W}br", f"{W}cr"):
                if child.get(f"{W}type") in (None, "textWrapping"):
                    words.add("\n", bold, underline)
            case str(tag) if tag == f"{W}noBreakHyphen":
                words.add("-", bold, underline)
            case str(tag) if tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                words.footnotes.append((tag.removeprefix(W).removesuffix("Reference"), child.get(f"{W}id") or ""))
            case str(tag) if tag in SKIPPED:
                continue
            case str(tag) if tag == f"{W}drawing" or tag == f"{W}pict":
                words.pictures += 1
                _read(child, words, styles, style)
            case str():
                _read(child, words, styles, style)


def _symbol(element: etree._Element) -> str:
    try:
        return symbol(element.get(f"{W}font"), int(element.get(f"{W}char") or "", 16))
    except ValueError:
        return UNKNOWN


def _effective(properties: etree._Element | None, name: str, run_style: bool | None, style: bool | None) -> bool:
    if properties is not None and properties.find(f"{W}{name}") is not None:
        return on(properties, name)
    return bool(style if run_style is None else run_style)


def normalised(text: str) -> str:
    """Kangxi radicals and compatibility ideographs as the characters they stand for, one for one."""
    if not any("\u2e80" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff" for char in text):
        return text
    return "".join(_plain(char) for char in text)


def _plain(char: str) -> str:
    if char in SUPPLEMENT:
        return SUPPLEMENT[char]
    if "\u2f00" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff":
        plain = unicodedata.normalize("NFKC", char)
        return plain if len(plain) == 1 else char
    return char


# CJK Radicals Supplement has no compatibility mapping in Unicode but for two; these are the ones that stand in for words
SUPPLEMENT = dict(
    zip(
        "⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "民西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)


def placed(text: str, part: str, paragraph: int, *, close_gaps: bool, start: int = 0) -> Text:
    """`text`, characters from `start` of a paragraph, with its place; what has no width is left out, blanks inside
    Chinese words are closed on request."""
    dropped = GAP if close_gaps else NOTHING
    if not dropped.search(text):
        return Text(text, (DocxRun(0, len(text), part, paragraph, start),) if text else ())
    kept, pieces, at = "", [], 0
    for low, high in _kept(text, dropped):
        pieces.append(DocxRun(at, at + high - low, part, paragraph, start + low))
        kept += text[low:high]
        at += high - low
    return Text(kept, tuple(pieces))


def _kept(text: str, dropped: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    low = 0
    for gap in dropped.finditer(text):
        if low < gap.start():
            yield low, gap.start()
        low = gap.end()
    if low < len(text):
        yield low, len(text)


def moved(ranges: list[tuple[int, int]], pieces: tuple[DocxRun, ...], shift: int = 0) -> tuple[tuple[int, int], ...]:
    """Character ranges of a paragraph as ranges of the Text that `placed` made of it."""
    found: list[tuple[int, int]] = []
    for start, end in ranges:
        for piece in pieces:
            low = max(start, piece.offset)
            high = min(end, piece.offset + piece.end - piece.start)
            if low < high:
                at = (shift + piece.start + low - piece.offset, shift + piece.start + high - piece.offset)
                if found and found[-1][1] == at[0]:
                    found[-1] = (found[-1][0], at[1])
                else:
                    found.append(at)
    return tuple(found)


def joined(texts: list[Text], separator: str) -> Text:
    """Several Texts as one, `separator` (which has no place) between them."""
    whole, pieces = "", []
    for number, text in enumerate(texts):
        whole += separator if number else ""
        for piece in text.pieces:
            assert isinstance(piece, DocxRun)
            pieces.append(
                DocxRun(piece.start + len(whole), piece.end + len(whole), piece.part, piece.paragraph, piece.offset)
            )
        whole += text.text
    return Text(whole, tuple(pieces))


def prefixed(prefix: str, text: Text) -> Text:
    """`text` with words before it that have no place of their own (a number that Word counts)."""
    return joined([Text(prefix), text], "") if prefix else text


def trimmed(text: Text) -> Text:
    """A cell's paragraph without blanks at its ends."""
    low = len(text.text) - len(text.text.lstrip())
    return part_of(text, low, len(text.text.rstrip())) if low or text.text != text.text.rstrip() else text


def part_of(text: Text, start: int, end: int) -> Text:
    """Characters start..end of a Text of a DOCX, with their places."""
    pieces = []
    for piece in text.pieces:
        low, high = max(start, piece.start), min(end, piece.end)
        if low < high and isinstance(piece, DocxRun):
            pieces.append(
                DocxRun(low - start, high - start, piece.part, piece.paragraph, piece.offset + low - piece.start)
            )
    return Text(text.text[start:end], tuple(pieces))


def lines_of(text: Text) -> list[Text]:
    """The paragraphs that a cell's Text was joined of."""
    return [part_of(text, match.start(), match.end()) for match in re.finditer(r"[^\n]+", text.text)]
