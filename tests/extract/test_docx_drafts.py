"""DOCX as planners make them: lists of Word, styles of their own, letters alone, changes, formulas, framed tables."""

from __future__ import annotations

import pytest
from lxml import etree
from makers_docx import PROSE, abstract, cell, docx, headings, num, p, read, run, style, table

from chuandao.plan.document import Document
from chuandao.render.docx_text import DocxText

FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {} </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def words(document: Document, kind: str = "paragraph") -> list[str]:
    """The words of the blocks of a kind."""
    return [block.text.text.strip() for block in document.blocks if block.kind == kind]


def rows(document: Document, at: int = 0) -> list[list[str | None]]:
    """The words of a table's cells."""
    return [[None if one is None else one.text.text for one in row] for row in document.tables[at].grid]


@pytest.mark.parametrize("numbers", [("（一）", "（二）", "（三）"), ("1.", "2.", "3."), ("一、", "二、", "三、")])
def test_short_items_in_a_row_are_a_list(numbers: tuple[str, ...]) -> None:
    """Items without a stop that nothing sets apart and that stand one under the other head nothing."""
    items = [number + words for number, words in zip(numbers, ("城区发展核", "沿江发展带", "山区屏障"), strict=True)]
    document = read(p("第一章 格局"), p("构建下列格局："), *map(p, items), p(PROSE))
    assert headings(document) == [(1, "第一章 格局")]
    assert words(document)[1:4] == items


@pytest.mark.parametrize("numbers", [("（一）", "（二）"), ("1.", "2.")])
def test_items_with_text_of_their_own_are_headings(numbers: tuple[str, ...]) -> None:
    """The same items, each over prose, are headings; so are those in a font or a size of their own."""
    bodies = [line for number in numbers for line in (p(f"{number}耕地保护"), p(PROSE))]
    assert [level for level, _ in headings(read(p("第一章 格局"), *bodies))] == [1, 2, 2]
    set_apart = [p(f"{number}耕地保护", font="黑体") for number in numbers]
    assert [level for level, _ in headings(read(p("第一章 格局"), *set_apart, p(PROSE)))] == [1, 2, 2]


def test_chapter_number_and_title_in_two_paragraphs() -> None:
    """第一章 and the title below it are one heading; a sentence below it stays a sentence."""
    document = read(
        p("第一章", centred=True), p("总  则", centred=True), p(PROSE), p("第二章"), p(), p("空间格局"), p(PROSE),
        p("第三章"), p("本章规定规划实施的保障。"), p("第四章", style="1"), p("保障", style="1"), p("第一节"), p("一、机制"),
        styles=style("1", "heading 1", outline=0),
    )  # fmt: skip
    assert [line for _, line in headings(document)][:4] == ["第一章 总  则", "第二章 空间格局", "第三章", "第四章 保障"]
    assert "本章规定规划实施的保障。" in words(document)
    assert [line for _, line in headings(document)][4:] == ["第一节", "一、 机制"]


@pytest.mark.parametrize(
    "names",
    [
        ("标题一", "标题二"),
        ("一级标题", "二级标题"),
        ("1级标题", "2级标题"),
        ("章标题", "节标题"),
        ("标题 1", "标题 2"),
    ],
)
def test_heading_styles_of_ones_own(names: tuple[str, str]) -> None:
    """Styles that are headings by their name alone give levels; the style of table titles does not."""
    styles = style("h1", names[0]) + style("h2", names[1]) + style("t", "表标题")
    document = read(
        p("总则", style="h1"), p("目的", style="h2"), p(PROSE), p("表1 指标", style="t"), table(["甲", "乙"], ["丙", "1"]),
        styles=styles,
    )  # fmt: skip
    assert headings(document) == [(1, "总则"), (2, "目的")]


def test_outline_levels_without_styles() -> None:
    """Whole numbers and titles are told apart at an outline level; a rule that was given one by mistake stays a rule."""
    document = read(
        p("1 总体要求", outline=0), p("1.1 目的", outline=1), p(PROSE), p("规划期限", outline=1),
        p("严格落实耕地保护任务，不得擅自占用。", outline=2),
    )  # fmt: skip
    assert headings(document) == [(1, "1 总体要求"), (2, "1.1 目的"), (2, "规划期限")]
    assert words(document)[-1] == "严格落实耕地保护任务，不得擅自占用。"


def test_the_title_of_the_plan_in_a_heading_style() -> None:
    """A cover whose title is a 标题 1 does not push the chapters down; without chapters below it stays a heading."""
    styles = (
        style("1", "heading 1", outline=0) + style("2", "heading 2", outline=1) + style("3", "heading 3", outline=2)
    )
    for chapter, section in (("2", "3"), ("1", "2")):
        document = read(
            p("某县国土空间总体规划（2021—2035年）", style="1"), p("某县人民政府"), p("第一章 总则", style=chapter),
            p("第一节 目的", style=section), p(PROSE), styles=styles,
        )  # fmt: skip
        assert headings(document) == [(1, "第一章 总则"), (2, "第一节 目的")]
        assert words(document, "cover")[0] == "某县国土空间总体规划（2021—2035年）"
    assert headings(read(p("落实国土空间总体规划", style="1"), p(PROSE), p("目标", style="1"), p(PROSE), styles=styles))[0] == (
        1, "落实国土空间总体规划",
    )  # fmt: skip


def test_captions_at_an_outline_level_and_numbers_with_wide_points() -> None:
    """A caption that has an outline level for a list of tables stays the table's title; １．１ and 1．1 head sections."""
    document = read(
        p("1 总则", outline=0), p("1．1 目的", outline=1), p(PROSE), p("１．２　依据", bold=True), p(PROSE),
        p("表1-1 指标表", outline=2), table(["指标", "数值"], ["耕地保有量", "10"]), p("图1-1 区位图", outline=2),
    )  # fmt: skip
    assert headings(document) == [(1, "1 总则"), (2, "1．1 目的"), (2, "１．２ 依据")]
    assert (document.tables[0].label, document.tables[0].title) == ("表1-1", "指标表")
    assert words(document, "caption") == ["图1-1 区位图"]


def test_fonts_that_only_say_what_the_text_has() -> None:
    """Items in the text's own face under another name (a theme's, a pasted one) are no headings."""
    items = [
        p(f"（{number}）{line}", font="宋体")
        for number, line in zip("一二三", ("核心区", "发展带", "屏障"), strict=True)
    ]
    assert headings(read(p("第一章 格局"), p(PROSE), p("包括："), *items, p(PROSE))) == [(1, "第一章 格局")]


@pytest.mark.parametrize(("upper", "lower"), [(16, 14), (None, None)])
def test_headings_by_letters_alone(upper: float | None, lower: float | None) -> None:
    """Without numbers larger letters make levels, or bold ones where all are of one size; the cover's title makes none."""
    body = [
        block
        for title, parts in (("总则", ("背景", "范围")), ("产业发展", ("定位", "布局")), ("生态保护", ("底线", "修复")))
        for block in (
            p(title, size=upper, bold=True, centred=True),
            *(one for part in parts for one in (p(part, size=lower, bold=True), p(PROSE))),
        )
    ]
    document = read(p("某村村庄规划", centred=True, size=22), p("2024年6月", centred=True, size=upper), *body)
    assert [title for level, title in headings(document) if level == 1] == ["总则", "产业发展", "生态保护"]
    assert [title for level, title in headings(document) if level == 2] == [
        "背景",
        "范围",
        "定位",
        "布局",
        "底线",
        "修复",
    ]
    assert words(document, "cover") == ["某村村庄规划", "2024年6月"]


def test_empty_numbered_paragraphs_are_counted() -> None:
    """As Word does: an empty paragraph of a list takes its number, one that is deleted does not; the number alone is no
    text."""
    numbering = abstract(1, ("chineseCounting", "（%1）")) + num(1, 1)
    gone = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr></w:p>'
    document = read(
        p("保护耕地不得占用。", num=(1, 0)),
        p(num=(1, 0)),
        gone,
        p("保护林地不得占用。", num=(1, 0)),
        numbering=numbering,
    )
    assert words(document) == ["（一）保护耕地不得占用。", "（三）保护林地不得占用。"]


def test_serial_numbers_that_word_counts_in_a_table() -> None:
    """A column whose numbers are a list of Word has them in its cells."""
    document = read(
        table(["序号", "名称"], [cell(p(num=(1, 0))), "甲"], [cell(p(num=(1, 0))), "乙"]),
        numbering=abstract(1, ("decimal", "%1")) + num(1, 1),
    )
    assert rows(document) == [["序号", "名称"], ["1", "甲"], ["2", "乙"]]


def test_a_style_on_a_numbered_style_keeps_its_level() -> None:
    """A style of one's own that is based on a numbered heading counts on that heading's level, as the level is linked to it."""
    numbering = abstract(
        1,
        ("chineseCounting", "第%1章", '<w:pStyle w:val="1"/>'),
        ("decimal", "%1.%2", '<w:pStyle w:val="2"/><w:isLgl/>'),
    ) + num(1, 1)
    styles = (
        style("1", "heading 1", outline=0, num=(1, None))
        + style("2", "heading 2", outline=1, num=(1, None))
        + style("own", "规划二级", base="2")
    )
    document = read(
        p("总则", style="1"), p("目的", style="2"), p("依据", style="own"), p("目标", style="1"), p("期限", style="own"),
        styles=styles, numbering=numbering,
    )  # fmt: skip
    assert [block.number for block in document.blocks] == ["第一章", "1.1", "1.2", "第二章", "2.1"]


def test_contents_that_word_generates() -> None:
    """Lines inside of a TOC field are contents whatever they look like, as are those of a list of tables and its name."""
    begin, end = FIELD.split("{}", 1)[0], '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    opened = f'{begin}TOC \\o "1-3"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    tables = opened.replace('\\o "1-3"', '\\c "表"')
    document = read(
        p("某县规划"), p("目录"), p(inner=opened + run("第一章 总则\t1")), p("规划依据  2"), p("第二章 目标 3", inner=end),
        p("表目录"), p(inner=tables + run("表1 指标表\t5") + end),
        p("第一章 总则"), p(PROSE), p("第二章 目标"), p(PROSE),
    )  # fmt: skip
    assert len(words(document, "toc")) == 6
    assert headings(document) == [(1, "第一章 总则"), (1, "第二章 目标")]


def test_annexes_named_at_the_end_of_contents() -> None:
    """附表 as the last line of contents without pages, over 附表1 further down, is contents; alone further down it is none."""
    document = read(
        p("目录"),
        p("第一章 总则"),
        p("附表"),
        p("第一章 总则"),
        p(PROSE),
        p("附表1 指标表"),
        table(["甲", "乙"], ["丙", "1"]),
    )
    assert words(document, "toc") == ["目录", "第一章 总则", "附表"]
    assert headings(document) == [(1, "第一章 总则"), (1, "附表1 指标表")]


def test_line_breaks_in_titles_and_points_behind_numerals() -> None:
    """A title broken by hand is one title; 一． heads as 一、 does."""
    broken = "<w:br/>".join(f"<w:t>{line}</w:t>" for line in ("第一章", "国土空间", "总体格局"))
    document = read(p(inner=f"<w:r>{broken}</w:r>"), p("一．总体要求"), p(PROSE))
    assert headings(document) == [(1, "第一章 国土空间总体格局"), (2, "一． 总体要求")]
    assert document.blocks[-1].section == ("第一章 国土空间总体格局", "一． 总体要求")


def test_fields_in_captions_and_references() -> None:
    """The results of SEQ, STYLEREF and REF fields are read; a unit in the title is the table's unit."""
    caption = run("表") + FIELD.format("STYLEREF 1 \\s", run("2")) + run("-")
    caption += f'<w:fldSimple w:instr=" SEQ 表 ">{run("1")}</w:fldSimple>{run("　用地结构表（单位：公顷）")}'
    document = read(
        p("第二章 目标"), p(inner=caption), table(["用地", "面积"], ["林地", "20"]),
        p("如", inner=FIELD.format("REF _Ref1 \\h", run("表2-1")) + run("所示，林地不得减少。")),
    )  # fmt: skip
    found = document.tables[0]
    assert (found.label, found.title, found.unit) == ("表2-1", "用地结构表", "公顷")
    assert words(document)[-1] == "如表2-1所示，林地不得减少。"


def test_cells_beside_and_below_one_another() -> None:
    """gridBefore, gridAfter, vMerge in a content control, and the old hMerge: each cell stands in its column."""
    restart, goes_on, two = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    old_restart = '<w:hMerge w:val="restart"/>'
    first = table(
        f"<w:tr>{cell('行政区', restart)}{cell('目标', two)}</w:tr>",
        f"<w:tr>{cell(p(), goes_on)}{cell('2025年')}{cell('2035年')}</w:tr>",
        f'<w:tr><w:trPr><w:gridAfter w:val="1"/></w:trPr>{cell("甲县")}{cell("10")}</w:tr>',
        f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("20")}{cell("21")}</w:tr>',
    )
    old = table(
        f"<w:tr>{cell('名称', old_restart)}{cell(p(), '<w:hMerge/>')}{cell('面积')}</w:tr>",
        ["甲", "一期", "5"],
    )
    document = read(f"<w:sdt><w:sdtPr/><w:sdtContent>{first}</w:sdtContent></w:sdt>", p(PROSE), old)
    assert rows(document)[1:] == [["行政区", "2025年", "2035年"], ["甲县", "10", None], [None, "20", "21"]]
    assert rows(document, 1)[0] == ["名称", "名称", "面积"]


def test_notes_and_boxes_in_cells_are_read() -> None:
    """A footnote and a text box that hang on a cell follow the table."""
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{p('本表数据应当核实。')}</w:txbxContent></v:textbox></w:pict></w:r>"
    document = read(
        table(
            ["区", "数"], [cell(p("甲县", inner='<w:r><w:footnoteReference w:id="2"/></w:r>')), cell(p("1", inner=box))]
        ),
        footnotes=f'<w:footnote w:id="2">{p("甲县含开发区。")}</w:footnote>',
    )
    assert [(block.part, block.text.text) for block in document.blocks[1:]] == [
        ("footnote", "甲县含开发区。"),
        ("textbox", "本表数据应当核实。"),
    ]


def test_a_table_inside_of_a_frame() -> None:
    """A table in a 专栏 stays a table between the lines of the frame, which keep their label."""
    inner = table(["工程", "投资"], ["甲工程", "1亿元"])
    document = read(p("专栏1 重点工程"), table([cell(p("实施下列工程。") + inner + p("工程按年度推进。"))]))
    assert [(block.kind, block.box_label) for block in document.blocks] == [
        ("caption", "专栏1 重点工程"),
        ("paragraph", "专栏1 重点工程"),
        ("table", None),
        ("paragraph", "专栏1 重点工程"),
    ]
    assert rows(document) == [["工程", "投资"], ["甲工程", "1亿元"]]


def boxed(inner: str) -> str:
    """A run with a text box."""
    return f"<w:r><w:pict><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></w:pict></w:r>"


def test_tables_side_by_side_and_in_text_boxes() -> None:
    """Two tables in one row of a frame, and a table in a text box, are tables of their own."""
    left, right = table(["区", "数"], ["甲", "1"]), table(["镇", "数"], ["乙", "2"])
    document = read(
        p("第一章 指标"), table([cell(left + p()), cell(right + p())]), p("见框", inner=boxed(p("表3 名录") + left))
    )
    assert [one.grid[1][0].text.text for one in document.tables if one.grid[1][0]] == ["甲", "乙", "甲"]
    assert (document.tables[2].label, document.tables[2].title) == ("表3", "名录")


def test_chapters_in_text_boxes() -> None:
    """A chapter's title set in a text box is a heading; a box that repeats the heading below it, or says more, is none."""
    document = read(
        p(inner=boxed(p("第一章") + p("总则"))), p("第一节 目的"), p(PROSE), p(inner=boxed(p("第二章 目标"))), p("第二章 目标"),
        p(PROSE), p(inner=boxed(p("第三章 所列内容应当严格执行。"))),
    )  # fmt: skip
    assert headings(document) == [(1, "第一章 总则"), (2, "第一节 目的"), (1, "第二章 目标")]
    assert document.blocks[0].text.spans()[0].part == "textbox"


def symbol(font: str, code: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


RAISED = '<w:vertAlign w:val="superscript"/>'
FRACTION = "<m:oMath><m:f><m:num>{}</m:num><m:den>{}</m:den></m:f></m:oMath>".format(
    *(f"<m:r><m:t>{digit}</m:t></m:r>" for digit in "13")
)


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        (run("覆盖率") + symbol("Symbol", "F0B3") + run("60%"), "覆盖率≥60%"),
        (run("约束性") + symbol("Wingdings", "F0FC"), "约束性√"),
        (f'<w:r><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:t>\uf0a3</w:t></w:r>{run("5%")}', "≤5%"),
        (run("占") + FRACTION + run("以上"), "占1/3以上"),
        (run("面积10") + run("4", more=RAISED) + run("m") + run("2", more=RAISED), "面积10⁴m2"),
        (run("国土空\u00ad间\u200b规划"), "国土空间规划"),
        (
            f"<w:r><w:ruby><w:rt>{run('jǔ')}</w:rt><w:rubyBase>{run('莒')}</w:rubyBase></w:ruby></w:r>{run('县')}",
            "莒县",
        ),
        (f"<w:moveFrom>{run('旧')}</w:moveFrom><w:moveTo>{run('新')}</w:moveTo>", "新"),
        ("<m:oMath><m:r><m:t>R≥70%</m:t></m:r></m:oMath>", "R≥70%"),
    ],
)
def test_what_a_paragraph_shows(inner: str, shown: str) -> None:
    """Symbols, fractions, powers, ruby and moved words are read as Word shows them; spans count as the comments do."""
    document = read(p(inner=inner + run("。")))
    block = document.blocks[0]
    assert block.text.text == f"{shown}。"
    paragraph = etree.fromstring(
        __import__("zipfile")
        .ZipFile(__import__("io").BytesIO(docx(p(inner=inner + run("。")))))
        .read("word/document.xml")
    )
    characters = list(DocxText(paragraph).characters(next(paragraph.iter("{*}p"))))
    assert document.spans(block)[-1].end == len(characters)


def test_paragraphs_moved_or_hidden_as_a_whole() -> None:
    """A paragraph that a tracked change moves is read once, where it goes; one in a hidden style is not read."""
    away = f'<w:p><w:pPr><w:rPr><w:moveFrom w:id="1"/></w:rPr></w:pPr><w:moveFrom w:id="2">{run("林地不得占用。")}</w:moveFrom></w:p>'
    there = f'<w:p><w:moveTo w:id="3">{run("林地不得占用。")}</w:moveTo></w:p>'
    document = read(
        away, p("耕地不得占用。"), there, p("窗体顶端", style="z"), styles=style("z", "z-窗体顶端", more="<w:vanish/>")
    )
    assert words(document) == ["耕地不得占用。", "林地不得占用。"]


def test_two_numbered_paragraphs_that_a_change_joins() -> None:
    """Where the mark between two items of a list is deleted they are one item, with one number, and the next counts on."""
    first = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>'
    )
    document = read(
        f"{first}{run('耕地不得占用，')}</w:p>", p("林地不得占用。", num=(1, 0)), p("湿地不得占用。", num=(1, 0)),
        numbering=abstract(1, ("decimal", "（%1）")) + num(1, 1),
    )  # fmt: skip
    assert words(document) == ["（1）耕地不得占用，林地不得占用。", "（2）湿地不得占用。"]


def test_a_last_paragraph_that_would_run_on() -> None:
    """A paragraph whose mark is deleted but that nothing follows is not lost."""
    last = f'<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>{run("湿地不得占用。")}</w:p>'
    assert words(read(p(PROSE), last)) == [PROSE, "湿地不得占用。"]


def test_inserted_files_are_named() -> None:
    """What Word would show from another file (altChunk) is not read, and a finding says so."""
    document = read(p(PROSE), '<w:altChunk r:id="x1"/>')
    assert [found.code for found in document.findings] == ["READ-EMBEDDED"]
