"""OFD → Document: the same blocks, tables and places as a PDF's pages give."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from makers_ofd import SIZE, SPACE, content, grid, image, ofd, path, text
from makers_pdf import wrapped
from PIL import Image

from chuandao import commands
from chuandao.extract import read_document
from chuandao.extract.reading.ofd import open_ofd
from chuandao.extract.reading.ofd_objects import MM
from chuandao.plan.document import Document
from chuandao.plan.errors import UnreadableInput

PROSE = "坚持保护优先、节约集约，统筹划定落实三条控制线，严格控制新增建设用地规模，任何单位和个人不得擅自改变用途，确需改变的应当按照法定程序报批。"


def prose(y: float, words: str = PROSE) -> str:
    """A paragraph of lines of 35 characters, the first baseline at y."""
    return "".join(text(30, y + 7 * at, line) for at, line in enumerate(wrapped(words, 35)))


def read(data: bytes, tmp_path: Path) -> Document:
    """The Document of these bytes."""
    file = tmp_path / "规划.ofd"
    file.write_bytes(data)
    return read_document(file, ocr=False)


def ink(data: bytes, number: int = 1):  # type: ignore[no-untyped-def]
    """The ink of one page."""
    with open_ofd(Path("规划.ofd"), data) as opened:
        return opened.page(number)


def test_headings_paragraphs_and_their_places(tmp_path: Path) -> None:
    """Lines become paragraphs under their headings, each with its page and its box in points."""
    page = content(text(80, 30, "第一章 总则", size=5.6, font=2), text(30, 45, "第一条 规划目的", font=2), prose(55))
    document = read(ofd(page, page.replace("一", "二")), tmp_path)
    assert [(block.kind, block.text.page) for block in document.blocks] == [
        ("heading", 1), ("heading", 1), ("paragraph", 1), ("heading", 2), ("heading", 2), ("paragraph", 2),
    ]  # fmt: skip
    assert [block.title for block in document.blocks if block.kind == "heading"][:2] == ["总则", "规划目的"]
    assert document.blocks[2].text.text == PROSE
    assert (document.source.format, document.source.pages) == ("ofd", 2)
    span = document.blocks[1].text.spans()[0]
    x0, top, x1, bottom = span.boxes[0]
    assert 30 * MM <= x0 < 31 * MM and top < 45 * MM < bottom and span.quote == "第一条 规划目的"
    assert 30 * MM + 7 * SIZE * MM < x1 < 30 * MM + 9 * SIZE * MM


def test_a_ruled_table(tmp_path: Path) -> None:
    """Lines drawn as paths make a table with its title, header and cells, joined over the page."""
    rows = [["行政区", "2025年", "2035年"], ["甲县", "10.5", "11"], ["乙县", "20", "≥21.3"]]
    first = content(prose(30), text(80, 70, "表3-1 指标分解表"), grid(30, 75, (50, 50, 50), rows))
    document = read(ofd(first), tmp_path)
    (table,) = document.tables
    assert (table.label, table.title) == ("表3-1", "指标分解表")
    assert [[cell.text.text if cell else None for cell in row] for row in table.grid] == rows


def test_a_grid_drawn_as_one_path_and_thin_rectangles(tmp_path: Path) -> None:
    """A table's lines may be one path of many parts, or thin filled rectangles."""
    rows = [["指标", "数值"], ["耕地保有量", "10"], ["森林覆盖率", "60"]]
    drawn = grid(30, 40, (60, 60), rows)
    lines = [one.split("</ofd:AbbreviatedData>")[0] for one in drawn.split("<ofd:AbbreviatedData>")[1:]]
    words = drawn[drawn.index("<ofd:TextObject") :]
    assert len(read(ofd(content(path(" ".join(lines)), words)), tmp_path).tables) == 1
    thin = []
    for line in lines:
        _, x0, y0, _, x1, y1 = line.split()
        x2, y2 = (float(x1), float(y1) + 0.2) if y0 == y1 else (float(x1) + 0.2, float(y1))
        box = f"M {x0} {y0} L {x2} {y0} L {x2} {y2} L {x0} {y2} C"
        thin.append(path(box, more='Stroke="false" Fill="true"'))
    assert len(read(ofd(content(*thin, words)), tmp_path).tables) == 1
    white = [one.replace(">", '><ofd:FillColor Value="255 255 255"/>', 1) for one in thin]
    assert len(ink(ofd(content(*white, words))).rules) == 0


def test_a_template_is_furniture(tmp_path: Path) -> None:
    """What the page template prints on each page is its running head and is no text of the plan."""
    template = content(text(60, 15, "甲市国土空间总体规划（2021—2035年）", size=3.5), path("M 30 17 L 180 17"))
    pages = [content(prose(60 + at), prose(140, PROSE[at:]), template=True) for at in range(4)]
    document = read(ofd(*pages, template=template), tmp_path)
    assert [block.kind for block in document.blocks if "甲市" in block.text.text] == ["header"]
    assert all("甲市" in " ".join(one.text for one in page.furniture) for page in document.pages)


def test_scaled_text_is_the_same() -> None:
    """A text in points with a matrix that brings it to millimetres stands where the plain one stands."""
    plain = ink(ofd(content(text(30, 45, "耕地保有量不低于10万亩"))))
    scale = 25.4 / 72
    within = f'Boundary="30 45 180 10" Font="1" Size="12" CTM="{scale} 0 0 {scale} 0 0"'
    scaled = ink(
        ofd(
            content(
                f'<ofd:TextObject {within}><ofd:TextCode X="0" Y="0" DeltaX="g 11 12">{plain.text}</ofd:TextCode></ofd:TextObject>'
            )
        )
    )
    assert scaled.text == plain.text
    assert abs(scaled.boxes - plain.boxes).max() < 0.05
    assert abs(scaled.sizes - 12).max() < 0.01


@pytest.mark.parametrize(
    ("deltas", "expected"),
    [
        ('DeltaX="5 5 5"', [0, 5, 10, 15]),
        ('DeltaX="g 3 5"', [0, 5, 10, 15]),
        ('DeltaX="g 2 5 2.5"', [0, 5, 10, 12.5]),
        ('DeltaX="5"', [0, 5, 10, 15]),
        ('DeltaX="g 99999999 5"', [0, 5, 10, 15]),
        ("", [0, SIZE, 2 * SIZE, 3 * SIZE]),
    ],
)
def test_distances_of_characters(deltas: str, expected: list[float]) -> None:
    """DeltaX in full, with repeats, with too few or too many entries; without any the characters stand close."""
    found = ink(ofd(content(text(30, 45, "国土空间", deltas=deltas))))
    assert [round(float(left) / MM - 30, 2) for left in found.advances[:, 0]] == [round(one, 2) for one in expected]


def test_the_width_of_the_last_character() -> None:
    """A digit after a full-width character is no wider than a digit, though the distance before it was a full one."""
    found = ink(ofd(content(text(30, 45, "约2", deltas=f'DeltaX="{SIZE} {SIZE}"'))))
    left, right = found.advances[1]
    assert right - left < 0.7 * 12


def test_upright_columns_and_turned_text() -> None:
    """DeltaY sets characters below one another; a matrix that turns by 90 degrees turns the direction of writing."""
    column = ink(ofd(content(text(30, 45, "国土", deltas='DeltaX="0" DeltaY="5"'))))
    assert column.angles.tolist() == [0, 0]
    assert round(float(column.baselines[1] - column.baselines[0]) / MM, 2) == 5
    turned = ink(ofd(content(text(30, 45, "国土", ctm="0 1 -1 0 0 0"))))
    assert turned.angles.tolist() == [90, 90]
    assert turned.boxes[1, 1] > turned.boxes[0, 1] and abs(turned.boxes[1, 0] - turned.boxes[0, 0]) < 0.1


def test_blocks_composites_and_hidden_objects() -> None:
    """Objects in blocks and composite units are drawn, invisible ones and those of clips are not."""
    unit = f'<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="8"><ofd:Content>{text(5, 5, "乙")}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>'
    clip = "<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path><ofd:AbbreviatedData>M 0 0 L 9 0</ofd:AbbreviatedData></ofd:Path></ofd:Area></ofd:Clip></ofd:Clips>"
    page = content(
        f"<ofd:PageBlock><ofd:PageBlock>{text(30, 40, '甲')}</ofd:PageBlock></ofd:PageBlock>",
        '<ofd:CompositeObject Boundary="50 35 20 20" ResourceID="8"/>',
        text(30, 60, "丙", more='Visible="false"'),
        path("M 0 50 L 100 50", inner=clip),
    )
    found = ink(ofd(page, resources=unit))
    assert found.text == "甲乙"
    assert round(float(found.baselines[0] - found.baselines[1]), 2) == 0
    assert len(found.rules) == 1


def test_other_namespaces_and_a_box_that_does_not_begin_at_zero() -> None:
    """Older writers use another namespace; the page's own box moves its origin."""
    page = content(text(40, 55, "国土"), box="10 10 200 100")
    data = ofd(page, parts={"Doc_0/Pages/Page_0/Content.xml": page.replace("ofdspec.org/2016", "ofdspec.org")})
    found = ink(data)
    assert (round(found.width / MM), round(found.height / MM)) == (200, 100)
    assert round(float(found.baselines[0]) / MM) == 45


def test_a_missing_or_broken_page_is_named(tmp_path: Path) -> None:
    """The other pages are read, and a finding names those that are not."""
    document = read(
        ofd(content(prose(30)), None, "<ofd:Page", content(text(30, 40, "国土", deltas='DeltaX="x"'))), tmp_path
    )
    assert [(one.code, [place.page for place in one.where]) for one in document.findings] == [("READ-PAGE", [2, 3, 4])]
    assert document.blocks[0].text.text == PROSE


def test_characters_upon_one_another_are_not_read_in_a_false_order(tmp_path: Path) -> None:
    """A page whose writer got the distances wrong is named and not read, as any order of its words would be a guess."""
    wrong = "".join(
        text(30 + 3 * at, 40, words, deltas='DeltaX="g 9 0.6"')
        for at, words in enumerate(("不得新增", "应当减少", "建设用地"))
    )
    document = read(ofd(content(prose(30)), content(wrong)), tmp_path)
    assert [(one.code, [place.page for place in one.where]) for one in document.findings] == [("READ-PAGE", [2])]
    watermark = "".join(text(33, 37 + 7 * at, "内部资料", size=12) for at in range(3))
    assert read(ofd(content(prose(30), watermark)), tmp_path).findings == ()


def test_signed_files_are_read(tmp_path: Path) -> None:
    """A signature and its seal change nothing that is read."""
    signed = ofd(
        content(prose(30)), root="<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>",
        parts={"Doc_0/Signs/Signatures.xml": f"<ofd:Signatures {SPACE}/>", "Doc_0/Signs/Sign_0/SignedValue.dat": b"\x30\x82"},
    )  # fmt: skip
    assert read(signed, tmp_path).blocks[0].text.text == PROSE


def cut() -> bytes:
    return ofd(content(prose(30)))[:-40]


def bomb() -> bytes:
    return ofd(content(prose(30)), parts={"Doc_0/Document.xml": b" " * (20 * 2**20)})


@pytest.mark.parametrize(
    ("data", "reason", "says"),
    [
        (ofd(content(), root="<ofd:Encryptions>/Encryptions.xml</ofd:Encryptions>"), "ENCRYPTED", "加密"),
        (ofd(content(), parts={"OFD.xml": "<ofd:OFD"}), "DAMAGED", "损坏"),
        (ofd(content(), parts={"OFD.xml": f"<ofd:OFD {SPACE}/>"}), "DAMAGED", "PDF"),
        (ofd(content(), parts={"Doc_0/Document.xml": "<ofd:Document"}), "DAMAGED", "损坏"),
        (cut(), "DAMAGED", "OFD.*损坏"),
        (ofd(), "NO_PAGES", "没有任何页面"),
        (bomb(), "BOMB", "炸弹"),
    ],
)
def test_files_that_cannot_be_read_get_one_line(data: bytes, reason: str, says: str, tmp_path: Path) -> None:
    """Encrypted, damaged, empty and malicious files end in one line that says what to do."""
    with pytest.raises(UnreadableInput, match=says) as caught:
        read(data, tmp_path)
    assert caught.value.reason == reason
    assert "\n" not in str(caught.value)


def test_a_unit_that_draws_itself_ends(tmp_path: Path) -> None:
    """A composite unit that holds itself many times over costs its page and nothing more."""
    again = '<ofd:CompositeObject Boundary="1 1 9 9" ResourceID="8"/>' * 60
    unit = f'<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="8"><ofd:Content>{again}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>'
    document = read(ofd(content(prose(30)), content(again), resources=unit), tmp_path)
    assert [(one.code, [place.page for place in one.where]) for one in document.findings] == [("READ-PAGE", [2])]


def test_outside_entities_are_not_fetched(tmp_path: Path) -> None:
    """An entity that names a file of this machine stays unread."""
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", encoding="utf-8")
    page = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>' + content(text(30, 40, "国土")).replace(
        "国土", "国土&e;"
    )
    found = ink(ofd(page))
    assert "机密" not in (found.text if found is not None else "")


def test_a_scanned_page(tmp_path: Path) -> None:
    """A page that is one picture says that it needs recognition, and gives the picture to it."""
    scan = io.BytesIO()
    Image.new("RGB", (210, 297), (200, 10, 10)).save(scan, "PNG")
    media = '<ofd:MultiMedias><ofd:MultiMedia ID="7" Type="Image"><ofd:MediaFile>a.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>'
    data = ofd(content(image(0, 0, 210, 148.5)), resources=media, parts={"Doc_0/Res/a.png": scan.getvalue()})
    assert [one.code for one in read(data, tmp_path).findings] == ["READ-OCR"]
    with open_ofd(Path("规划.ofd"), data) as opened:
        picture = opened.picture(1, 72)
    assert picture is not None and picture.shape == (842, 595, 3)
    assert picture[200, 300].tolist() == [200, 10, 10] and picture[700, 300].tolist() == [255, 255, 255]


def test_a_check_of_ofd_drafts_shows_its_evidence(tmp_path: Path) -> None:
    """An OFD draft against an OFD plan: verdicts with their pages; the report shows the quotes, as there are no pictures."""
    upper, lower = tmp_path / "上位.ofd", tmp_path / "下位.ofd"
    rule = "到2035年，全市耕地保有量不低于166.5万亩。"
    for file, name, words in (
        (upper, "广东省", rule.replace("全市", "惠州市")),
        (lower, "惠州市", rule.replace("166", "160")),
    ):
        cover = content(text(40, 80, f"{name}国土空间总体规划（2021—2035年）", size=7))
        file.write_bytes(ofd(cover, content(text(80, 30, "第一章 目标", font=2), text(30, 45, "　　" + words))))
    result, inputs = commands.check(lower, [upper], region="惠州市")
    places = [span.page for verdict in result.verdicts for response in verdict.responses for span in response.where]
    assert places and set(places) == {2}
    report = commands.check_reports(result, inputs, [tmp_path / "报告.html"])[tmp_path / "报告.html"].decode()
    assert "160.5" in report and "lower:page:2" in report


def test_an_ofd_in_a_zip_of_other_name(tmp_path: Path) -> None:
    """What a file is goes by what it holds, not by its ending."""
    file = tmp_path / "规划.zip"
    file.write_bytes(ofd(content(prose(30))))
    assert zipfile.is_zipfile(file)
    assert read_document(file).source.format == "ofd"
