"""Which lines of a PDF are headings, and how deep: chapters over two lines, items that head prose, contents without pages."""

from __future__ import annotations

import sys
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from chuandao.extract.read import read_pdf
from chuandao.plan.document import Document, Heading

sys.path.insert(0, str(Path(__file__).parent.parent))
import makers_pdf as make

PROSE = "坚持保护优先、节约集约，统筹划定落实三条控制线，严格控制新增建设用地规模，引导各类要素向优势地区集聚，提高资源利用效率，促进人与自然和谐共生。"
Lines = list[tuple[str, float, str]]
"""Words, size, and "left" or "centre" of each line."""


def prose(times: int = 1) -> Lines:
    return [(line, 12, "left") for line in make.wrapped(PROSE * times, 35)]


def pages(*drawn: Lines) -> Document:
    """The document whose pages have these lines, one below the other."""

    def page(number: int, lines: Lines) -> make.Draw:
        def draw(canvas: Canvas) -> None:
            make.furniture(canvas, number)
            y = make.TOP
            for words, size, where in lines:
                if where == "centre":
                    make.centred(canvas, y, words, size)
                else:
                    make.line(canvas, make.LEFT, y, words, size)
                y -= 1.7 * size

        return draw

    return read_pdf(Path("plan.pdf"), make.pdf(*[page(number, lines) for number, lines in enumerate(drawn, 1)]))


def outline(document: Document) -> list[tuple[int, str, str]]:
    """(level, number, title) of all headings in order."""

    def below(headings: tuple[Heading, ...]) -> list[tuple[int, str, str]]:
        return [
            one for heading in headings
            for one in ((heading.level, heading.number, heading.title), *below(heading.children))
        ]  # fmt: skip

    return below(document.outline)


def test_headings_below_a_running_head_of_two_parts_are_no_table() -> None:
    """A plan's name and 征求意见稿 at the top of a page, a chapter and an article below: lines cut in two, but no table."""

    def page(canvas: Canvas) -> None:
        for x, y, words, size in (
            (172, 797.6, "上饶市国土空间总体规划（报批前征求意见）", 9), (362, 797.6, "公众征求意见稿", 9),
            (214, 755, "第十章", 16), (272, 755, "整治修复与实施", 16), (80, 725.5, "第33条", 14), (141, 725.5, "整治修复", 14),
        ):  # fmt: skip
            make.line(canvas, x, y, words, size)
        for at, line in enumerate(make.wrapped(PROSE * 3, 36)):
            make.line(canvas, 80, 698.6 - 20 * at, line)

    document = read_pdf(Path("plan.pdf"), make.pdf(page))
    assert not document.tables
    assert outline(document) == [(1, "第十章", "整治修复与实施"), (2, "第33条", "整治修复")]
