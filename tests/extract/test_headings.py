"""Which lines of a PDF are headings, and how deep: chapters over two lines, items that head prose, contents without pages."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
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


def test_items_that_head_prose() -> None:
    """（一） and 1. alone in their lines, set like the text, each over prose of its own: headings, level below level."""
    lines: Lines = [("第一章　总体格局", 16, "centre")]
    for number, title in enumerate(("耕地保护", "生态保护"), 1):
        lines += [(f"（{'一二'[number - 1]}）{title}", 12, "left"), *prose()]
        for count, part in enumerate(("数量保护", "质量提升"), 1):
            lines += [(f"{count}.{part}", 12, "left"), *prose()]
    assert outline(pages(lines)) == [
        (1, "第一章", "总体格局"),
        (2, "（一）", "耕地保护"), (3, "1.", "数量保护"), (3, "2.", "质量提升"),
        (2, "（二）", "生态保护"), (3, "1.", "数量保护"), (3, "2.", "质量提升"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "items",
    [
        pytest.param([["（一）严守耕地红线"], ["（二）优化城镇布局"], ["（三）加强生态修复"]], id="titles alone"),
        pytest.param([["1.严守耕地红线"], ["2.优化城镇布局"], ["3.加强生态修复"]], id="figures"),
        pytest.param([["（一）严守耕地红线。" + PROSE], ["（二）优化城镇布局。" + PROSE]], id="sentences"),
        pytest.param([["1.禁止新建化工园区", PROSE], ["2.林地不少于20万亩", PROSE]], id="rules"),
        pytest.param([["1.严守耕地红线", PROSE], ["3.加强生态修复", PROSE]], id="a gap in the count"),
        pytest.param([["1.严守耕地红线", PROSE], ["2.加强生态修复，" + PROSE, PROSE]], id="one is a sentence"),
    ],
)
def test_items_of_a_list_are_no_headings(items: list[list[str]]) -> None:
    """Items without text of their own, sentences, rules and amounts stay text, whatever they are numbered with."""
    lines: Lines = [("第一章　总体格局", 16, "centre"), *prose(2)]
    for item in items:
        lines += [(line, 12, "left") for part in item for line in make.wrapped(part, 35)]
    lines += [*prose(2), ("第二章　规划实施", 16, "centre"), *prose(2)]
    assert [number for _, number, _ in outline(pages(lines))] == ["第一章", "第二章"]


def test_chapter_whose_title_stands_below_its_number() -> None:
    """第一章 in a line and its title in the next, or a title broken in two, is one heading; a brochure's large 01 too."""
    chapters: Lines = [
        ("第一章", 18, "centre"), ("总则", 18, "centre"), *prose(3),
        ("第二章　落实国家和区域发展战略", 18, "centre"), ("构建国土空间新格局", 18, "centre"), *prose(3),
    ]  # fmt: skip
    assert outline(pages(chapters)) == [
        (1, "第一章", "总则"),
        (1, "第二章", "落实国家和区域发展战略构建国土空间新格局"),
    ]
    brochure = [
        [(f"0{at}", 40, "left"), (title, 28, "left"), (f"{at}.1 现状", 18, "left"), *prose(3)]
        for at, title in enumerate(("规划总则", "总体格局", "底线约束"), 1)
    ]
    assert outline(pages(*brochure)) == [  # type: ignore[arg-type]
        (1, "01", "规划总则"), (2, "1.1", "现状"), (1, "02", "总体格局"), (2, "2.1", "现状"),
        (1, "03", "底线约束"), (2, "3.1", "现状"),
    ]  # fmt: skip


@pytest.mark.parametrize("number", ["壹、", "第壹章　", "第一部分　"])
def test_other_numbers_of_chapters(number: str) -> None:
    """壹、贰、 and 第一部分 rank above 一、."""
    lines: Lines = []
    for at, title in enumerate(("规划总则", "总体格局")):
        mark = number.replace("壹", "壹贰"[at]).replace("第一", "第" + "一二"[at])
        lines += [
            (mark + title, 18, "centre"),
            ("一、现状", 14, "left"),
            *prose(2),
            ("二、目标", 14, "left"),
            *prose(2),
        ]
    assert [(level, title) for level, _, title in outline(pages(lines))] == [
        (1, "规划总则"), (2, "现状"), (2, "目标"), (1, "总体格局"), (2, "现状"), (2, "目标"),
    ]  # fmt: skip


def test_contents_without_page_numbers() -> None:
    """A list of headings under 目录 that names no pages is the contents: no heading comes twice."""
    titles = ["第一章　总则", "第一节　规划目的", "第二节　规划期限", "第二章　总体格局", "第一节　目标定位"]
    contents: Lines = [("目　录", 18, "centre"), *((title, 12, "left") for title in titles)]
    text: Lines = []
    for title in titles:
        text += [(title, 15, "centre"), *(prose(2) if "节" in title else [])]
    document = pages(contents, text)
    assert [f"{number}　{title}" for _, number, title in outline(document)] == titles
    assert {block.text.page for block in document.blocks if block.kind == "toc"} == {1}


@pytest.mark.parametrize("set_off", ["【{}】{}", "　{}　{}"])
def test_title_in_one_line_with_the_text_of_its_article(set_off: str) -> None:
    """第一条 【规划目的】 and 第一条 规划目的 before their text are headings; the text is a paragraph of its own."""
    lines: Lines = [("第一章　总则", 16, "centre")]
    for number, title in (("一", "规划目的"), ("二", "规划期限")):
        lines += [(line, 12, "left") for line in make.wrapped(f"第{number}条" + set_off.format(title, PROSE), 35)]
    document = pages(lines)
    assert outline(document) == [(1, "第一章", "总则"), (2, "第一条", "规划目的"), (2, "第二条", "规划期限")]
    texts = [block.text.text for block in document.blocks if block.kind == "paragraph" and block.section]
    assert texts == [PROSE, PROSE]


@pytest.mark.parametrize("listed", [True, False])
def test_headings_without_numbers(listed: bool) -> None:
    """Where no heading has a number, larger letters tell the headings and their levels, with contents and without."""
    titles = [("规划总则", 20), ("规划目的", 15), ("规划期限", 15), ("总体格局", 20), ("目标定位", 15)]
    contents: Lines = [("目　录", 18, "centre"), *((f"{title}{'…' * 20}{2}", 12, "left") for title, _ in titles)]
    text: Lines = [one for title, size in titles for one in [(title, size, "left"), *(prose(2) if size == 15 else [])]]
    assert outline(pages(*([contents] if listed else []), text)) == [
        (1 if size == 20 else 2, "", title) for title, size in titles
    ]


def test_decimals_above_items_in_brackets() -> None:
    """1, 1.1 and （1）: chapters whose title could be what their number counts, and an item alone under its heading."""
    lines: Lines = []
    expected = []
    for number, title in enumerate(("总则", "家底与形势", "人居环境"), 1):
        lines += [(f"{number} {title}", 16, "centre"), (f"{number}.1 {title}概要", 14, "left")]
        expected += [(1, f"{number}", title), (2, f"{number}.1", f"{title}概要")]
        for item, words in enumerate(("背景", "范围"), 1):
            lines += [(f"（{item}）{words}", 12, "left"), *prose()]
            expected.append((3, f"（{item}）", words))
    lines += [("3.2 实施", 14, "left"), ("（1）传导", 12, "left"), *prose()]
    assert outline(pages(lines)) == [*expected, (2, "3.2", "实施"), (3, "（1）", "传导")]


@pytest.mark.parametrize("over_prose", [True, False])
def test_unnumbered_headings_under_numbered_ones(over_prose: bool) -> None:
    """Short lines in letters of their own, each over prose, are the lowest headings; if one stands over none, none is."""
    lines: Lines = []
    titles = ["编制目的", "规划效力", "规划范围", "规划期限"]
    for number, pair in zip("一二", (titles[:2], titles[2:]), strict=True):
        lines.append((f"第{number}章　总体要求", 16, "centre"))
        for title in pair:
            lines += [(title, 13, "left"), *(prose() if over_prose or title != titles[2] else [])]
    found = [(level, title) for level, number, title in outline(pages(lines)) if not number]
    assert found == ([(2, title) for title in titles] if over_prose else [])
