"""What read_document makes of PDFs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from chuandao.extract.read import read_document
from chuandao.plan.document import Block, Document
from chuandao.plan.errors import UnreadableInput

sys.path.insert(0, str(Path(__file__).parent.parent))
import makers_pdf as make

FIRST = "全市国土空间开发保护坚持底线约束，耕地保有量不低于一百五十二万亩，永久基本农田面积不低于一百三十万亩，任何单位和个人不得擅自占用或者改变用途，确需占用的依法办理审批手续。"
SECOND = "严格控制新增建设用地，推进存量低效用地再开发，单位国内生产总值建设用地使用面积持续下降，城镇开发边界扩展倍数控制在上级下达的范围之内，并按年度开展监测评估和考核。"
THIRD = "加强历史文化保护，划定历史文化保护线，保护线内的各项建设活动应当与周边风貌相协调。"


@pytest.fixture
def read(tmp_path: Path):
    def reader(data: bytes, **options: object) -> Document:
        path = tmp_path / "plan.pdf"
        path.write_bytes(data)
        return read_document(path, **options)  # type: ignore[arg-type]

    return reader


def texts(document: Document, kind: str = "paragraph") -> list[str]:
    return [block.text.text for block in document.blocks if block.kind == kind]


def block_with(document: Document, words: str) -> Block:
    return next(block for block in document.blocks if words in block.text.text)


def pages_of_prose(count: int, lines: list[str], per_page: int = 6) -> list[make.Draw]:
    def page(number: int) -> make.Draw:
        def draw(canvas: Canvas) -> None:
            make.furniture(canvas, number)
            make.prose(canvas, lines[(number - 1) * per_page : number * per_page])

        return draw

    return [page(number) for number in range(1, count + 1)]


def test_paragraphs_over_lines_and_pages(read) -> None:
    """A paragraph that runs over lines and a page break is one block, with its indent gone."""
    lines = [*make.wrapped(FIRST, 35), *make.wrapped(SECOND, 35), *make.wrapped(THIRD, 35)]
    document = read(make.pdf(*pages_of_prose(2, lines, per_page=4)))
    assert texts(document) == [FIRST, SECOND, THIRD]
    assert {piece.page for piece in block_with(document, "严格控制").text.pieces} == {1, 2}


def test_furniture_is_left_out(read) -> None:
    """Running heads and page marks are no blocks; the page marks give the printed page numbers."""
    lines = make.wrapped(FIRST * 4, 35)
    document = read(make.pdf(*pages_of_prose(3, lines, per_page=4)))
    assert all("总体规划" not in text and "—" not in text for text in texts(document))
    assert document.printed_pages == {1: "1", 2: "2", 3: "3"}
    assert document.ledger["page_number"] == 9
    assert document.ledger["running_head"] == 3 * len("甲市国土空间总体规划（2021—2035年）")


def test_ledger_adds_up(read) -> None:
    """Each character that the file has is used, furniture or rejected."""
    lines = make.wrapped(FIRST * 4, 35)
    document = read(make.pdf(*pages_of_prose(3, lines, per_page=4)))
    used = sum(len(text) for text in texts(document))
    assert document.ledger["used"] == used
    assert sum(document.ledger.values()) == sum(page.characters for page in document.pages)


def test_headings_and_sections(read) -> None:
    """Chapters, articles and items are a tree, and blocks know the path of headings above them."""

    def draw(canvas: Canvas) -> None:
        make.centred(canvas, 740, "第一章　总　则", 18)
        make.line(canvas, 90, 700, "第一条　规划目的", 14)
        y = make.prose(canvas, make.wrapped(FIRST, 35), top=670)
        make.line(canvas, 90, y - 10, "第二条　规划原则", 14)
        y = make.prose(canvas, make.wrapped(SECOND, 35), top=y - 40)
        make.centred(canvas, y - 20, "第二章　空间格局", 18)
        make.prose(canvas, make.wrapped(THIRD, 35), top=y - 60)

    document = read(make.pdf(draw))
    assert [(one.number, one.title, one.level, one.page) for one in document.outline] == [
        ("第一章", "总则", 1, 1),
        ("第二章", "空间格局", 1, 1),
    ]
    assert [one.number for one in document.outline[0].children] == ["第一条", "第二条"]
    assert block_with(document, "严格控制").section == ("第一章 总则", "第二条 规划原则")
    assert block_with(document, "加强历史").section == ("第二章 空间格局",)


def test_numbers_restored_from_contents(read) -> None:
    """A heading whose number only the contents have gets it back."""

    def contents(canvas: Canvas) -> None:
        make.centred(canvas, 740, "目　录", 18)
        for at, (entry, page) in enumerate([("第一条 规划目的", 2), ("第二条 规划原则", 2), ("第三条 空间格局", 2)]):
            make.line(canvas, 90, 700 - 20 * at, entry + "." * 60 + str(page))

    def body(canvas: Canvas) -> None:
        make.line(canvas, 90, 740, "规划目的", 16)
        y = make.prose(canvas, make.wrapped(FIRST, 35), top=710)
        make.line(canvas, 90, y - 10, "规划原则", 16)
        make.prose(canvas, make.wrapped(SECOND, 35), top=y - 40)

    document = read(make.pdf(contents, body))
    assert len(texts(document, "toc")) == 4
    assert [(one.number, one.title) for one in document.outline] == [("第一条", "规划目的"), ("第二条", "规划原则")]


def test_two_columns(read) -> None:
    """The left column is read before the right one, and a heading across both keeps its place."""

    def draw(canvas: Canvas) -> None:
        make.centred(canvas, 740, "名词解释", 16)
        make.prose(canvas, make.wrapped(FIRST, 16), top=700)
        make.prose(canvas, make.wrapped(SECOND, 16), top=700, left=318)

    document = read(make.pdf(draw))
    assert [block.text.text for block in document.blocks] == ["名词解释", FIRST, SECOND]


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_turned_pages(read, rotate: int) -> None:
    """On a page with /Rotate the boxes are those of the page as displayed."""
    document = read(make.pdf(lambda canvas: make.line(canvas, 90, 500, "耕地保有量不低于一百万亩", 12), rotate=rotate))
    block = document.blocks[0]
    x0, top, x1, bottom = block.text.spans()[0].boxes[0]
    start = {90: (500, 90), 180: (595 - 90, 500), 270: (595 - 500, 842 - 90)}[rotate]
    assert block.text.text == "耕地保有量不低于一百万亩"
    assert (document.pages[0].width, document.pages[0].height) == (595.28, 841.89)
    assert min(abs(x0 - start[0]), abs(x1 - start[0])) < 4
    assert min(abs(top - start[1]), abs(bottom - start[1])) < 4


def test_cropped_page(read) -> None:
    """Under a CropBox that is not at the origin, boxes count from the corner that is shown."""
    document = read(make.pdf(lambda canvas: make.line(canvas, 200, 600, "耕地保有量"), crop=(100, 200, 500, 700)))
    x0, top, _, bottom = document.blocks[0].text.spans()[0].boxes[0]
    assert (document.pages[0].width, document.pages[0].height) == (400, 500)
    assert abs(x0 - 100) < 3
    assert top < 100 < bottom + 3


def test_watermark(read) -> None:
    """Large slanted writing over the text is a watermark and tears no line apart."""

    def draw(canvas: Canvas) -> None:
        make.prose(canvas, make.wrapped(FIRST, 35))
        canvas.saveState()
        canvas.translate(200, 640)
        canvas.rotate(45)
        make.line(canvas, 0, 0, "征求意见稿", 48)
        canvas.restoreState()

    document = read(make.pdf(draw))
    assert texts(document) == [FIRST]
    assert document.ledger["watermark"] == 5


def test_turned_writing_on_an_upright_page(read) -> None:
    """A page whose text is drawn turned by 90 degrees is read along its writing, with boxes as displayed."""

    def draw(canvas: Canvas) -> None:
        canvas.translate(595, 0)
        canvas.rotate(90)
        make.prose(canvas, make.wrapped(FIRST, 35), top=500)

    document = read(make.pdf(draw))
    assert texts(document) == [FIRST]
    boxes = document.blocks[0].text.spans()[0].boxes
    assert all(bottom - top > x1 - x0 for x0, top, x1, bottom in boxes[:1])


def test_stacked_characters(read) -> None:
    """Characters one below the other are one word."""

    def draw(canvas: Canvas) -> None:
        for at, character in enumerate("生态屏障"):
            make.line(canvas, 60, 700 - 14 * at, character)

    assert [block.text.text for block in read(make.pdf(draw)).blocks] == ["生态屏障"]


def test_underline_and_overprint(read) -> None:
    """A rule under the glyphs is an underline; letters printed twice are bold and stand once in the text."""

    def draw(canvas: Canvas) -> None:
        make.line(canvas, 114, 740, "严禁占用永久基本农田，鼓励复垦。")
        canvas.line(114, 738, 114 + 12 * 10, 738)
        make.line(canvas, 114, 700, "必须执行。其他从宽。")
        make.line(canvas, 114.3, 700, "必须执行。")

    document = read(make.pdf(draw))
    assert block_with(document, "严禁").underline == ((0, 10),)
    assert block_with(document, "必须").text.text == "必须执行。其他从宽。"
    assert block_with(document, "必须").bold == ((0, 5),)
    assert document.ledger["overprint"] == 5


def test_blanks(read) -> None:
    """Blanks inside of justified Chinese are closed, those between Latin words and wide gaps are kept."""

    def draw(canvas: Canvas) -> None:
        for at, character in enumerate("万平方公里。"):
            make.line(canvas, 114 + at * 15, 740, character)
        make.line(canvas, 114, 700, "按 GB 50137 Urban Land 执行。")
        make.line(canvas, 114, 660, "一级")
        make.line(canvas, 200, 660, "二级")

    assert texts(read(make.pdf(draw))) == ["万平方公里。", "按GB 50137 Urban Land执行。", "一级 二级"]


def test_radicals(read) -> None:
    """Radicals that stand for characters are read as those characters."""
    document = read(make.pdf(lambda canvas: make.line(canvas, 114, 740, "⽔⽥⾯积５万亩")))
    assert document.blocks[0].text.text == "水田面积５万亩"


def test_footnotes(read) -> None:
    """Small lines behind a short rule at the foot are footnotes, and their mark is no part of the sentence."""

    def draw(canvas: Canvas) -> None:
        make.prose(canvas, make.wrapped(SECOND, 35), top=640)
        make.line(canvas, 114, 720, "全市耕地面积一百万亩。")
        make.line(canvas, 114 + 11 * 12, 725, "1", 6)
        make.line(canvas, 114 + 11 * 12 + 4, 720, "水田占三成。")
        canvas.line(90, 130, 220, 130)
        make.line(canvas, 90, 112, "1", 5)
        make.line(canvas, 96, 108, "数据来自第三次全国国土调查。", 9)

    document = read(make.pdf(draw))
    assert "全市耕地面积一百万亩。水田占三成。" in texts(document)
    note = next(block for block in document.blocks if block.kind == "footnote")
    assert (note.text.text, note.number, note.part) == ("数据来自第三次全国国土调查。", "1", "footnote")


def test_box(read) -> None:
    """The prose in a ruled box is its own part, with the title of the box; it parts no paragraph around it."""

    def draw(canvas: Canvas) -> None:
        make.prose(canvas, make.wrapped(FIRST, 35))
        canvas.rect(90, 480, 420, 120)
        canvas.line(90, 575, 510, 575)
        make.centred(canvas, 583, "专栏1　五条廊道", 11)
        make.prose(canvas, make.wrapped(SECOND, 36), top=555, left=96, size=10)
        make.prose(canvas, make.wrapped(THIRD, 35), top=440)

    document = read(make.pdf(draw))
    inside = [block for block in document.blocks if block.part == "box"]
    assert [block.text.text for block in inside if block.kind == "paragraph"] == [SECOND]
    assert {block.box_label for block in inside} == {"专栏1 五条廊道"}
    assert [block.text.text for block in document.blocks if block.part == "body"] == [FIRST, THIRD]


def test_spans_are_their_words(read) -> None:
    """Any slice of a block has its own words and boxes, one for each line."""
    document = read(make.pdf(lambda canvas: make.prose(canvas, make.wrapped(FIRST, 35))))
    block = document.blocks[0]
    at = block.text.text.index("永久基本农田")
    (span,) = document.spans(block, at, at + 6)
    assert span.quote == "永久基本农田"
    assert len(document.spans(block)[0].boxes) == 3


def test_pictures_without_text(read) -> None:
    """A page that is a picture is named as one that needs OCR, and the rest is read."""
    scan = make.picture()
    document = read(
        make.pdf(
            lambda canvas: make.prose(canvas, make.wrapped(FIRST, 35)),
            lambda canvas: canvas.drawImage(scan, 20, 20, 550, 800),
        ),
        ocr=False,
    )
    assert [page.state for page in document.pages] == ["read", "image_only"]
    (found,) = document.findings
    assert (found.code, [place.page for place in found.where]) == ("READ-OCR", [2])
    assert "第2页" in found.message


def test_password(read) -> None:
    """An encrypted file opens with its password, and says so without."""
    data = make.pdf(lambda canvas: make.line(canvas, 114, 740, "耕地保有量"), password="秘密123")
    with pytest.raises(UnreadableInput, match="加密"):
        read(data)
    with pytest.raises(UnreadableInput, match="密码不正确"):
        read(data, password="x")
    assert texts(read(data, password="秘密123")) == ["耕地保有量"]


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "空"), (b"%PDF-1.7\nnothing", "损坏"), (b"\x89PNG\r\n\x1a\n....", "不是 PDF")],
)
def test_unreadable_files(read, data: bytes, words: str) -> None:
    """A file that can't be read gives one line that says why."""
    with pytest.raises(UnreadableInput, match=words) as caught:
        read(data)
    assert "\n" not in str(caught.value)


def test_missing_and_folder(tmp_path: Path) -> None:
    """A missing file and a folder are told apart."""
    with pytest.raises(UnreadableInput, match="不存在"):
        read_document(tmp_path / "none.pdf")
    with pytest.raises(UnreadableInput, match="文件夹"):
        read_document(tmp_path)


def test_same_twice(read) -> None:
    """Reading twice gives the same blocks."""
    data = make.pdf(lambda canvas: make.prose(canvas, make.wrapped(FIRST, 35)))
    first, second = read(data), read(data)
    assert [
        (block.kind, block.text.text, document.spans(block)) for document in (first,) for block in document.blocks
    ] == [(block.kind, block.text.text, document.spans(block)) for document in (second,) for block in document.blocks]


def test_tables_that_fail(read, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page on which looking for tables fails is read as lines, with a finding that names it; the others are whole."""

    def failing(ink: object, water: object) -> list:
        raise IndexError("a drawing that nobody thought of")

    monkeypatch.setattr("chuandao.extract.pages.find_tables", failing)
    document = read(make.pdf(lambda canvas: make.prose(canvas, make.wrapped(FIRST, 35))))
    assert texts(document) == [FIRST]
    assert [(one.code, [place.page for place in one.where]) for one in document.findings] == [("READ-TABLE", [1])]


def test_columns_begin_beside_a_line_of_the_other(read) -> None:
    """Two columns begin with the line of the one that stands beside nothing, and with the heading beside a line."""
    left = ["第三条 村庄分类", *make.wrapped(FIRST, 16)]
    right = make.wrapped(SECOND, 16)

    def draw(canvas: Canvas) -> None:
        make.centred(canvas, 700, "表2-1 甲乙丙丁戊己规划表", 11)
        make.prose(canvas, left, top=600)
        make.prose(canvas, right, top=620, left=320)

    found = texts(read(make.pdf(draw))) + texts(read(make.pdf(draw)), "heading")
    assert FIRST in found
    assert SECOND in found


def test_annex_whose_title_begins_with_a_numeral(read) -> None:
    """附表1 is the number of an annex whose title is 三条控制线分解方案, though no blank stands between them."""

    def draw(canvas: Canvas) -> None:
        make.centred(canvas, 760, "附表1三条控制线分解方案", 16)
        make.prose(canvas, make.wrapped(FIRST, 35), top=700)
        make.prose(canvas, make.wrapped(SECOND, 35), top=580)

    headings = [block for block in read(make.pdf(draw)).blocks if block.kind == "heading"]
    assert [(block.number, block.title) for block in headings] == [("附表1", "三条控制线分解方案")]


def test_dash_inside_of_an_item(read) -> None:
    """A dash that by chance begins a line at the left margin opens no item where items open with an indent."""
    text = "——生态优先，把生态保护作为谋划一切空间布局的前提，坚持山水林田湖草沙一体化的保护和系统性治理。——节约集约，向存量要空间，向管理要效益，推进低效用地再开发。"
    lines = make.wrapped(text, 25)
    assert lines[2].startswith("——")
    document = read(make.pdf(lambda canvas: make.prose(canvas, [*lines, *make.wrapped(FIRST, len(lines[0]))])))
    assert texts(document) == [text, FIRST]


def test_lines_of_a_cover(read) -> None:
    """Lines of a cover that stand far apart are no paragraph."""

    def cover(canvas: Canvas) -> None:
        for y, text, size in ((680, "甲市", 28), (580, "国土空间总体规划", 28), (500, "（2021—2035年）", 18)):
            make.centred(canvas, y, text, size)

    document = read(make.pdf(cover, lambda canvas: make.prose(canvas, make.wrapped(FIRST, 35))))
    assert [block.text.text for block in document.blocks][:3] == ["甲市", "国土空间总体规划", "（2021—2035年）"]


def test_running_head_names_the_plan(read) -> None:
    """A running head stands once among the blocks, as header, so that a plan without a cover has a name."""

    def page(number: int):
        def draw(canvas: Canvas) -> None:
            make.furniture(canvas, number)
            make.prose(canvas, make.wrapped(FIRST if number % 2 else SECOND, 35), top=640)

        return draw

    document = read(make.pdf(*map(page, range(1, 6))))
    assert texts(document, "header") == ["甲市国土空间总体规划（2021—2035年）"]


def test_the_title_of_an_annexs_table_is_no_second_heading(read) -> None:
    """附表1 stands in the contents, as a heading and above its table: it is one heading."""

    def contents(canvas: Canvas) -> None:
        make.centred(canvas, 760, "目　录", 16)
        for at, title in enumerate(("第一章 总则", "第二章 目标", "第三章 格局", "附表1 规划指标体系表")):
            make.line(canvas, 90, 720 - 22 * at, f"{title}{'.' * 40}{at + 2}", 11)

    def annex(canvas: Canvas) -> None:
        make.centred(canvas, 760, "附表1 规划指标体系表", 16)
        make.centred(canvas, 720, "附表1 规划指标体系表", 11)
        canvas.grid([90, 230, 370, 510], [640, 660, 680, 700])
        for row, words in enumerate((("指标", "单位", "目标"), ("耕地", "公顷", "100"), ("林地", "公顷", "200"))):
            for column, word in enumerate(words):
                make.line(canvas, 100 + 140 * column, 686 - 20 * row, word, 10)

    document = read(make.pdf(contents, annex))
    assert [block.title for block in document.blocks if block.kind == "heading"] == ["规划指标体系表"]
    assert [table.title for table in document.tables] == ["规划指标体系表"]
