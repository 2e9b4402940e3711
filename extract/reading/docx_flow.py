"""What a DOCX holds in reading order before anything is decided: paragraphs with their dress, and tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from ...plan.document import Text
from ..headings import SECTION, heading_mark, is_plain_title
from .docx_package import W, value_of
from .docx_styles import Style
from .docx_tables import ReadTable
from .docx_words import Words, joined, part_of, prefixed

_DEFAULT_SIZE = 10.0
"""Points, where no style says a size."""
_LONG = 30
"""Characters of a paragraph that shows how the running text is set."""
Dress = tuple[float, str | None]
"""Size in points and East Asian font."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph ready to be placed: `text` with the number that Word counts before it."""

    words: Words
    text: Text
    label: str
    style: Style
    outline: int | None
    part: str
    element: etree._Element

    @property
    def line(self) -> str:
        """The words without blanks at their ends and without line breaks, which part the lines of a title."""
        return re.sub(r"[ \u3000]*\n[ \u3000]*", "", self.text.text).strip()

    @property
    def bold(self) -> bool:
        """Whether (nearly) all words are bold."""
        marked = sum(end - start for start, end in self.words.bold)
        return bool(marked) and marked >= 0.9 * len(self.words.text)

    @property
    def dress(self) -> Dress:
        """The size and font of most words."""
        size, font = max(self.words.dress.items(), key=lambda one: one[1], default=((None, None), 0))[0]
        return size or _DEFAULT_SIZE, font


@dataclass(frozen=True, slots=True)
class TableHere:
    """A table at its place, with the paragraphs of its cells (for their notes and boxes), or a framed text in `chunks`."""

    read: ReadTable
    inside: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class BoxHere:
    """A frame around prose: its lines; `goes_on` where a table inside of it parts it from the lines before."""

    lines: tuple[Text, ...]
    goes_on: bool = False
    inside: tuple[Words, ...] = ()


Item = Paragraph | TableHere | BoxHere


def centred(paragraph: Paragraph) -> bool:
    """Whether its lines stand in the middle."""
    said = value_of(paragraph.element, "pPr/jc")
    return bool(paragraph.style.centred) if said is None else said == "center"


def body_dress(flow: Iterable[Item]) -> Dress | None:
    """How most of the running text is set; None if there is none."""
    counts: Counter[Dress] = Counter()
    for item in flow:
        if isinstance(item, Paragraph) and len(item.words.text) >= _LONG:
            counts[item.dress] += len(item.words.text)
    return counts.most_common(1)[0][0] if counts else None


def stands_apart(paragraph: Paragraph, body: Dress | None) -> bool:
    """Whether a paragraph is set apart from the running text: bold, in the middle, larger, or in a face of headings."""
    if paragraph.bold:
        return True
    if body is None:
        return False
    size, font = paragraph.dress
    face = _face(font)
    return size > 1.05 * body[0] or (size >= body[0] and bool(face) and face != _face(body[1])) or centred(paragraph)


_FACES = {"hei": ("黑", "hei"), "kai": ("楷", "kai"), "biao": ("标宋",), "li": ("隶", "魏")}
"""The faces that headings are set in beside text in Song or Fangsong, with what their fonts' names have in them."""


def _face(font: str | None) -> str:
    """The heading face of a font; "" for those of running text and for those that only a theme names."""
    name = (font or "").lower()
    return next((face for face, parts in _FACES.items() if any(part in name for part in parts)), "")


def following(flow: Sequence[Item], at: int, step: int = 1) -> int | None:
    """The position of the next item (with -1: the one before) that has words; None at the end."""
    at += step
    while 0 <= at < len(flow):
        item = flow[at]
        if not isinstance(item, Paragraph) or item.line:
            return at
        at += step
    return None


def with_titles_joined(flow: Sequence[Item], contents: Collection[int]) -> list[Item]:
    """第一章 alone in its paragraph and its title in the next one as one paragraph; the second stays as an empty one."""
    made = list(flow)
    for at, item in enumerate(flow):
        below = following(flow, at)
        if at in contents or below is None or not isinstance(item, Paragraph) or not _is_bare_number(item):
            continue
        title = flow[below]
        if isinstance(title, Paragraph) and below not in contents and _is_title(title):
            made[at] = replace(
                item,
                text=joined([item.text, title.text], " "),
                outline=item.outline if item.outline is not None else title.outline,
            )
            made[below] = replace(title, text=Text(""), label="")
    return made


def _is_bare_number(paragraph: Paragraph) -> bool:
    mark = heading_mark(paragraph.line)
    return mark is not None and mark.rank <= SECTION and mark.number.startswith("第") and not mark.title


def _is_title(paragraph: Paragraph) -> bool:
    line = re.sub(r"(?<=\S)[ \u3000]+(?=\S$|\S[ \u3000])", "", paragraph.line)  # 总  则
    if paragraph.outline is not None:
        return heading_mark(line) is None and len(line) <= 40 and not re.search(r"[。；]", line)
    return is_plain_title(line)


@dataclass(slots=True)
class Carried:
    """Paragraphs whose mark a tracked change deletes or moves away: they run on into the next one."""

    waiting: list[Paragraph] = field(default_factory=list)

    def holds(self, paragraph: Paragraph) -> bool:
        """Whether the paragraph runs on; then it is kept."""
        marks = (paragraph.element.find(f"{W}pPr/{W}rPr/{W}{name}") for name in ("del", "moveFrom"))
        runs_on = any(mark is not None for mark in marks)
        if runs_on:
            self.waiting.append(paragraph)
        return runs_on

    def before(self, paragraph: Paragraph) -> Paragraph:
        """The paragraph with what ran on into it."""
        if not self.waiting:
            return paragraph
        waiting, self.waiting = self.waiting, []
        for earlier in reversed(waiting):
            paragraph.words.footnotes[:0] = earlier.words.footnotes
            paragraph.words.boxes[:0] = earlier.words.boxes
        number = len(paragraph.label) if paragraph.text.text.startswith(paragraph.label) else 0
        own = part_of(paragraph.text, number, len(paragraph.text.text))
        text = joined([*(one.text for one in waiting), own], "")
        return replace(paragraph, text=prefixed(paragraph.label if number else "", text))

    def flushed(self) -> list[Paragraph]:
        """What nothing follows that it could run on into."""
        if not self.waiting:
            return []
        last = self.waiting.pop()
        return [self.before(last)]
