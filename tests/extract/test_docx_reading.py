"""DOCX → Document, on files made here."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from chuandao.extract.reading.docx import read_docx
from chuandao.extract.reading.docx_styles import formatted
from chuandao.plan.document import Document
from chuandao.plan.errors import UnreadableInput

PLANS = Path(__file__).parents[2] / "corpora" / "plans"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def saved(document) -> bytes:  # type: ignore[no-untyped-def]
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def read(document) -> Document:  # type: ignore[no-untyped-def]
    return read_docx(Path("草案.docx"), saved(document))


def paragraph(xml: str):  # type: ignore[no-untyped-def]
    return parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>")


def test_headings_by_style_and_by_words_make_one_tree() -> None:
    """Heading styles and 一、 in plain text give one outline with levels."""
    source = docx.Document()
    source.add_heading("第一章 总则", 1)
    source.add_heading("第一节 范围", 2)
    source.add_paragraph("一、规划依据")
    source.add_paragraph("本规划适用于全域，任何单位不得擅自修改。")
    found = read(source)
    assert [(block.number, block.title, block.level) for block in found.blocks if block.kind == "heading"] == [
        ("第一章", "总则", 1),
        ("第一节", "范围", 2),
        ("一、", "规划依据", 3),
    ]
    assert found.blocks[-1].section == ("第一章 总则", "第一节 范围", "一、规划依据")


def test_plain_text_headings() -> None:
    """A file without heading styles still has its chapters and articles, an article's text stays a paragraph."""
    source = docx.Document()
    for line in (
        "第一章 规划总则",
        "第1条 规划依据",
        "第一章所列内容应当严格执行。",
        "第二条  规划目的  为统筹全域国土空间开发保护，制定本规划。",
    ):
        source.add_paragraph(line)
    found = read(source)
    assert [(block.number, block.title) for block in found.blocks if block.kind == "heading"] == [
        ("第一章", "规划总则"),
        ("第1条", "规划依据"),
        ("第二条", "规划目的"),
    ]
    assert found.blocks[-1].text.text.strip() == "为统筹全域国土空间开发保护，制定本规划。"


def test_numbers_that_word_counts() -> None:
    """第%1章 and 第%1条 from numbering.xml are counted as Word shows them."""
    source = docx.Document()
    numbering = source.part.numbering_part.element
    for at, (id_, text) in enumerate((("90", "第%1章"), ("91", "第%1条"))):
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{id_}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{("chineseCountingThousand", "decimal")[at]}"/><w:suff w:val="space"/>'
            f'<w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
        )
        numbering.insert(0, abstract)
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{id_}"><w:abstractNumId w:val="{id_}"/></w:num>'))
    for num, level, text in ((90, 1, "总则"), (91, 2, "目的"), (91, 2, "依据"), (90, 1, "目标"), (91, 2, "指标")):
        heading = source.add_heading(text, level)
        heading._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{num}"/></w:numPr>')
        )
    assert [block.number for block in read(source).blocks] == ["第一章", "第1条", "第2条", "第二章", "第3条"]


@pytest.mark.parametrize(
    ("number", "kind", "shown"),
    [
        (12, "chineseCountingThousand", "十二"),
        (105, "chineseCounting", "一百零五"),
        (20, "japaneseCounting", "二十"),
        (3, "decimalEnclosedCircle", "③"),
        (4, "upperRoman", "IV"),
        (28, "lowerLetter", "bb"),
        (3, "chineseLegalSimplified", "叁"),
    ],
)
def test_number_formats(number: int, kind: str, shown: str) -> None:
    """Counts are written in Word's number formats."""
    assert formatted(number, kind) == shown


def test_merged_cells_title_unit_and_note_belong_to_the_table() -> None:
    """A table knows its label, title, unit, header path, merged cells and note."""
    source = docx.Document()
    source.add_paragraph("表3-1 指标分解表")
    source.add_paragraph("单位：公顷")
    table = source.add_table(4, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "行政区"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "规划目标值"
    for row, cells in ((1, ("", "2025年", "2035年")), (2, ("甲县", "10.5", "11")), (3, ("乙县", "20", "21"))):
        for column, words in enumerate(cells):
            if words:
                table.cell(row, column).text = words
    source.add_paragraph("注：均为下限值。")
    found = read(source).tables[0]
    assert (found.label, found.title, found.unit, found.header_rows) == ("表3-1", "指标分解表", "公顷", 2)
    assert found.header_path(2) == ("规划目标值", "2035年")
    assert found.grid[0][0] is found.grid[1][0]
    assert [note.text for note in found.notes] == ["注：均为下限值。"]


def test_continued_table_is_joined() -> None:
    """续表 with a repeated header goes on from the table before, and no row is lost."""
    source = docx.Document()
    for title, rows in (("附表1 名录", (("1", "甲"), ("2", "乙"))), ("续附表1 名录", (("3", "丙"),))):
        source.add_paragraph(title)
        table = source.add_table(1, 2)
        table.rows[0].cells[0].text, table.rows[0].cells[1].text = "序号", "名称"
        for cells in rows:
            added = table.add_row().cells
            added[0].text, added[1].text = cells
    tables = read(source).tables
    assert len(tables) == 1
    assert [row[1].text.text for _, row in tables[0].body() if row[1]] == ["甲", "乙", "丙"]


def test_tables_counted_by_letters_or_roman_numerals_have_their_title() -> None:
    """附表B 甲名录, 表Ⅱ 乙清单 are labels with titles, also where the title names no kind of table; AB线路 after 表 is no label."""
    source = docx.Document()
    for title in ("表AB线路走向", "附表B  湿地修复项目", "表Ⅱ 村庄布点", "附表C-1 泉眼"):
        source.add_paragraph(title)
        table = source.add_table(2, 2)
        for at, words in enumerate(("序号", "名称", "1", "甲")):
            table.rows[at // 2].cells[at % 2].text = words
        source.add_paragraph("各乡镇按时完成。")
    assert [(table.label, table.title) for table in read(source).tables] == [
        (None, None),
        ("附表B", "湿地修复项目"),
        ("表Ⅱ", "村庄布点"),
        ("附表C-1", "泉眼"),
    ]


def test_tracked_changes_are_read_as_accepted() -> None:
    """Inserted words count, deleted words do not, and a finding says so."""
    source = docx.Document()
    source.element.body.insert(
        0,
        paragraph(
            '<w:r><w:t>耕地保有量不低于</w:t></w:r><w:del w:id="1" w:author="a"><w:r><w:delText>10</w:delText></w:r></w:del>'
            '<w:ins w:id="2" w:author="a"><w:r><w:t>12</w:t></w:r></w:ins><w:r><w:t>万亩。</w:t></w:r>'
        ),
    )
    found = read(source)
    assert found.blocks[0].text.text == "耕地保有量不低于12万亩。"
    assert [finding.code for finding in found.findings] == ["READ-TRACKED"]


def test_text_box_content_control_and_hidden_text() -> None:
    """Text boxes are read once, content controls are seen through, hidden words are not shown."""
    source = docx.Document()
    body = source.element.body
    body.insert(
        0,
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>控件里的一句话应当读到。</w:t></w:r>"
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        ),
    )
    body.insert(
        1,
        parse_xml(
            f'<w:p {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
            'xmlns:v="urn:schemas-microsoft-com:vml"><w:r><mc:AlternateContent>'
            '<mc:Choice Requires="wps"><w:drawing><w:txbxContent><w:p><w:r><w:t>框内文字应当读到。</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>'
            "<mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>框内文字应当读到。</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r></w:p>"
        ),
    )
    assert [(block.part, block.text.text) for block in read(source).blocks] == [
        ("body", "控件里的一句话应当读到。"),
        ("textbox", "框内文字应当读到。"),
    ]


def test_bold_and_underline_of_runs_and_styles() -> None:
    """Bold and underlined characters keep their ranges when blanks inside words are closed."""
    source = docx.Document()
    line = source.add_paragraph("一般 内容，")
    line.add_run("强制性内容").underline = True
    line.add_run("。")
    block = read(source).blocks[0]
    assert block.text.text == "一般内容，强制性内容。"
    assert [block.text.text[low:high] for low, high in block.underline] == ["强制性内容"]


def test_spans_point_at_the_paragraph() -> None:
    """Every span of the sample drafts quotes the characters that stand at its paragraph and offsets."""
    path = PLANS / "zhaoqing-huaiji" / "lower_huaiji.docx"
    found = read_docx(path, path.read_bytes())
    paragraphs = list(docx.Document(str(path)).element.body.iter(f"{W}p"))
    checked = 0
    for block in found.blocks:
        if block.kind in ("paragraph", "heading") and block.part != "footnote":
            for span in found.spans(block):
                assert span.paragraph is not None and span.start is not None
                words = "".join(text.text or "" for text in paragraphs[span.paragraph].iter(f"{W}t"))
                assert words[span.start : span.end] == span.quote or re.search("[\u2e80-\u2fdf]", words)
                checked += 1
    assert checked > 150


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "0 字节"),
        (b"PK\x03\x04 cut short", "损坏"),
        (b"%PDF-1.7", "不是有效的 DOCX"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"WordDocument", "旧版"),
    ],
)
def test_unreadable_files_get_one_line(data: bytes, says: str) -> None:
    """Empty, cut, foreign, encrypted and legacy files end in one clear line."""
    with pytest.raises(UnreadableInput, match=says) as caught:
        read_docx(Path("x.docx"), data)
    assert "\n" not in str(caught.value)


def test_bomb_is_refused() -> None:
    """A part that unpacks to far more than it packs is not unpacked."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (20 * 2**20))
    with pytest.raises(UnreadableInput, match="炸弹"):
        read_docx(Path("x.docx"), buffer.getvalue())


def test_zip_without_a_document_is_refused() -> None:
    """A spreadsheet with the wrong ending is named for what it lacks."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
    with pytest.raises(UnreadableInput, match="没有正文"):
        read_docx(Path("x.docx"), buffer.getvalue())


@pytest.mark.parametrize("counted", [True, False])
def test_contents_without_page_numbers(counted: bool) -> None:
    """Headings listed under 目录 without pages are contents, also where Word counts the chapters of the text itself."""
    titles = ["第一章 总则", "第二章 总体格局", "第三章 规划实施"]
    source = docx.Document()
    if counted:
        number_levels(source, [("chineseCountingThousand", "第%1章", False)])
    for words in ("目  录", *titles):
        source.add_paragraph(words)
    for words in titles:
        heading = source.add_heading(words.split()[1] if counted else words, 1)
        if counted:
            number_it(heading, 0)
        source.add_paragraph("严格控制新增建设用地规模，任何单位和个人不得擅自改变用途。")
    found = read(source)
    assert [f"{block.number} {block.title}" for block in found.blocks if block.kind == "heading"] == titles
    assert [block.kind for block in found.blocks].count("toc") == 4


def number_levels(document, levels: list[tuple[str, str, bool]]) -> None:  # type: ignore[no-untyped-def]
    """Gives the file a list 90 with these levels: format, text, and whether all numbers in it are decimals (isLgl)."""
    drawn = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{"<w:isLgl/>" if legal else ""}'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (kind, text, legal) in enumerate(levels)
    )
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{drawn}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))


def number_it(paragraph, level: int, num: str = "90") -> None:  # type: ignore[no-untyped-def]
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')
    )


def test_numbers_of_several_levels() -> None:
    """第二章 over 2.1 and 2.1.1 (isLgl turns 二 to 2); a deeper level begins again under the next chapter."""
    source = docx.Document()
    number_levels(
        source,
        [("chineseCountingThousand", "第%1章", False), ("decimal", "%1.%2", True), ("decimal", "%1.%2.%3", True)],
    )
    for words, level in (("总则", 0), ("目的", 1), ("依据", 1), ("目标", 0), ("指标", 1), ("数量", 2)):
        number_it(source.add_heading(words, level + 1), level)
    numbers = [block.number for block in read(source).blocks]
    assert numbers == ["第一章", "1.1", "1.2", "第二章", "2.1", "2.1.1"]


def test_a_list_that_starts_anew() -> None:
    """Another list of the same kind with a start of its own (startOverride) counts from there."""
    source = docx.Document()
    number_levels(source, [("decimal", "第%1章", False), ("decimal", "第%2条", False)])
    source.part.numbering_part.element.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/>'
            '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
    )
    for words, level, num in (
        ("总则", 0, "90"),
        ("目的", 1, "90"),
        ("期限", 1, "90"),
        ("新起", 1, "91"),
        ("其后", 1, "91"),
    ):
        number_it(source.add_heading(words, level + 1), level, num)
    assert [block.number for block in read(source).blocks] == ["第1章", "第1条", "第2条", "第1条", "第2条"]


@pytest.mark.parametrize("over_prose", [True, False])
def test_bold_titles_below_numbered_headings(over_prose: bool) -> None:
    """Short bold lines over prose are the lowest headings, and what follows stands under them; if one stands over no prose,
    none is."""
    source = docx.Document()
    titles = ["编制目的", "规划效力", "规划范围", "规划期限"]
    for number, title in zip("一二三四", titles, strict=True):
        source.add_paragraph(f"第{number}章 总体要求")
        source.add_paragraph().add_run(title).bold = True
        source.add_paragraph(
            "坚持保护优先、节约集约，统筹划定落实三条控制线，严格控制新增建设用地规模。"
            if over_prose or title != titles[2]
            else "略"
        )
    document = read(source)
    found = [(block.level, block.title) for block in document.blocks if block.kind == "heading" and not block.number]
    assert found == ([(2, title) for title in titles] if over_prose else [])
    last = [block.section for block in document.blocks if block.kind == "paragraph"][-1]
    assert last == (("第四章 总体要求", "规划期限") if over_prose else ("第四章 总体要求",))
