"""Scans: rules and characters found in pictures; what the recogniser says is given, or read by it in the slow tests."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from PIL import Image, ImageDraw

from chuandao.extract import document_to_plan, read, read_document
from chuandao.extract.reading.ocr import as_printed, ocr_installed, tilted_back
from chuandao.extract.reading.ocr_lines import ReadLine, lines_to_stretches
from chuandao.plan.document import Document
from chuandao.plan.lexicon import load_lexicon

needs_ocr = pytest.mark.skipif(not ocr_installed(), reason="chuandao[ocr] is not installed")
TESTS = Path(__file__).parents[1]


def maker(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, TESTS / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def grid(*, tilt: float = 0.0, noise: float = 0.0, faint: bool = False) -> np.ndarray:
    """A page of 800 by 1000 pixels with a grid of 3 by 3 cells whose upper right two are one."""
    page = Image.new("RGB", (800, 1000), "white")
    draw = ImageDraw.Draw(page)
    ink = (150, 150, 150) if faint else (0, 0, 0)
    for y in (200, 240, 280, 320):
        draw.line((100, y, 700, y), fill=ink)
    for x in (100, 300, 700):
        draw.line((x, 200, x, 320), fill=ink)
    draw.line((500, 240, 500, 320), fill=ink)
    for y in range(500, 900, 40):  # words, by which the tilt is seen
        for x in range(100, 700, 26):
            draw.rectangle((x, y, x + 20, y + 18), fill="black")
    return np.asarray(maker("makers_scan").scanned(page, tilt=tilt, noise=noise))


def test_a_stroke_inside_a_word_draws_no_column() -> None:
    """An edge through a word in one of six rows is a stroke; one that five rows have is a rule that the line runs over."""
    pytest.importorskip("cv2")
    from chuandao.extract.reading.scan_picture import without_strokes

    lying = [(0, 20 * row, 300, 20 * row) for row in range(7)]
    stroke, rule = [(50, 20, 50, 40)], [(150, 20, 150, 120)]
    rules = np.array([*lying, *stroke, *rule], np.float32)
    words = np.array([(10, 23, 90, 37), (110, 23, 190, 37)], np.float32)
    assert without_strokes(rules, words).tolist() == [list(map(float, one)) for one in [*lying, *rule]]


@needs_ocr
def test_the_back_shining_through_goes_from_a_page_with_few_words() -> None:
    """What shines through is no darker for there being little print in front; it goes white, the print stays."""
    from chuandao.extract.reading.scan_picture import cleaned

    page = np.full((400, 400), 255, np.uint8)
    page[40:380:20, 30:370] = 180
    page[10:13, 30:330] = 10
    clean = cleaned(page)
    assert clean[40, 200] == 255 and clean[11, 200] < 30


@needs_ocr
def test_a_rule_of_the_table_on_the_back_parts_no_cells() -> None:
    """A rule that shines through and runs from rule to rule of the table in front is no rule of that table."""
    from chuandao.extract.reading.scan_picture import checked_rules

    even = np.full((600, 400), 255, np.uint8)
    for y in (50, 80, 110):
        even[y - 1 : y + 1, 50:350] = 100
    for x in (50, 350):
        even[50:110, x - 1 : x + 1] = 100
    even[20:580, 200] = 199
    even[300:580:9, 20:380] = 199
    lying = [(50, y, 350, y) for y in (50, 80, 110)]
    standing = [(x, 50, x, 110) for x in (50, 200, 350)]
    rules = checked_rules(np.array([*lying, *standing], np.float32), even)
    assert {round(float(rule[0])) for rule in rules if rule[0] == rule[2]} == {50, 350}


@needs_ocr
def test_strokes_in_line_with_a_short_rule_do_not_hide_it() -> None:
    """The edge between two low cells is found though strokes of the head above stand in line with it."""
    from chuandao.extract.reading.scan_picture import drawn_rules

    page = Image.new("RGB", (600, 400), "white")
    draw = ImageDraw.Draw(page)
    for y in (100, 146, 190):
        draw.line((50, y, 550, y), fill=(0, 0, 0), width=2)
    draw.line((300, 146, 300, 190), fill=(0, 0, 0), width=2)
    for y in range(104, 143, 9):
        draw.line((301, y, 301, y), fill=(0, 0, 0), width=2)
    even = np.asarray(page.convert("L"))
    (standing,) = [rule for rule in drawn_rules(even, 150).tolist() if rule[0] == rule[2]]
    assert standing[0] == pytest.approx(300, abs=2)
    assert standing[1] == pytest.approx(146, abs=6) and standing[3] == pytest.approx(190, abs=4)


@needs_ocr
def test_another_table_with_a_rule_in_line_with_a_stroke_makes_it_none() -> None:
    """A stroke in one row of a table is no rule because a table above has a rule at the same place."""
    from chuandao.extract.reading.scan_picture import without_strokes

    above = [(0, 20 * row, 300, 20 * row) for row in range(8)]
    below = [(0, 300 + 20 * row, 300, 300 + 20 * row) for row in range(8)]
    sides = [(x, top, x, top + 140) for x in (0, 300) for top in (0, 300)]
    rule, stroke = [(50, 0, 50, 140)], [(50, 340, 50, 360)]
    words = np.array([(10, 341, 90, 359)], np.float32)
    kept = without_strokes(np.array([*above, *below, *sides, *rule, *stroke], np.float32), words)
    assert kept.tolist() == [list(map(float, one)) for one in [*above, *below, *sides, *rule]]


@needs_ocr
def test_the_first_stroke_of_a_word_draws_no_column() -> None:
    """The left stroke of 县 that reaches from rule to rule in a low head row is no rule, though the word begins there."""
    from chuandao.extract.reading.scan_picture import without_strokes

    lying = [(0, 20 * row, 300, 20 * row) for row in range(12)]
    stroke, rule = [(14, 0, 14, 20)], [(150, 0, 150, 220)]
    words = np.array([(10, 1, 90, 19), (160, 1, 190, 19)], np.float32)
    kept = without_strokes(np.array([*lying, *stroke, *rule], np.float32), words)
    assert kept.tolist() == [list(map(float, one)) for one in [*lying, *rule]]


@needs_ocr
def test_a_rule_is_not_lengthened_into_the_note_below_its_table() -> None:
    """A stroke of the note that stands under a rule draws no cell around the note; an open row keeps its rules."""
    from chuandao.extract.reading.scan_picture import without_strokes

    lying = [(0, 20 * row, 300, 20 * row) for row in range(7)]
    rule, stroke, open_row = [(50, 0, 50, 120)], [(50, 120, 50, 136)], [(150, 120, 150, 180)]
    words = np.array([(5, 122, 200, 140)], np.float32)
    kept = without_strokes(np.array([*lying, *rule, *stroke, *open_row], np.float32), words)
    assert kept.tolist() == [list(map(float, one)) for one in [*lying, *rule, *open_row]]


def test_a_picture_smaller_than_a_tile_holds_no_drawing() -> None:
    """An icon on a page of its own is no fault of the document."""
    pytest.importorskip("cv2")
    from chuandao.extract.reading.scan_picture import drawn_parts

    dot = np.zeros((9, 9), np.uint8)
    drawn = drawn_parts(dot, dot, np.zeros((0, 4), np.float32), np.zeros(0, bool), 150)
    assert drawn.share == 0 and drawn.pictures.shape == (0, 4)


@needs_ocr
@pytest.mark.parametrize(
    ("tilt", "noise", "faint"), [(0.0, 0.0, False), (1.0, 8.0, False), (-1.2, 5.0, False), (0.0, 6.0, True)]
)
def test_the_rules_of_a_grid_are_found(tilt: float, noise: float, faint: bool) -> None:
    """Each rule of a grid once, level, also if the scan is tilted, noisy or faint; a merged cell stays merged."""
    from chuandao.extract.reading.scan_picture import checked_rules, drawn_rules, rules_of_page, upright

    page = upright(grid(tilt=tilt, noise=noise, faint=faint))
    assert page.tilt == pytest.approx(tilt, abs=0.1)
    words = np.array([(98.0, y - 4.0, 702.0, y + 24.0) for y in range(500, 900, 40)])
    rules = checked_rules(rules_of_page(drawn_rules(page.even, 150), words), page.even)
    lying = [rule for rule in rules if rule[1] == rule[3] and rule[1] < 400]
    standing = [rule for rule in rules if rule[0] == rule[2] and rule[1] < 400]
    assert sorted(float(rule[1]) for rule in lying) == pytest.approx([200, 240, 280, 320], abs=4)
    assert sorted(float(rule[0]) for rule in standing) == pytest.approx([100, 300, 500, 700], abs=4)
    short = min(standing, key=lambda rule: rule[3] - rule[1])
    assert float(short[1]) == pytest.approx(240, abs=5)


@needs_ocr
def test_rules_that_all_turn_out_to_be_none_leave_none() -> None:
    """Rules drawn in no picture fall away, those of one direction too."""
    from chuandao.extract.reading.scan_picture import checked_rules

    white = np.full((300, 300), 255, np.uint8)
    rules = np.array([[50, 100, 250, 100], [50, 200, 250, 200], [100, 90, 100, 210]], np.float32)
    assert len(checked_rules(rules, white)) <= 2
    assert len(checked_rules(rules[:2], white)) == 2


def test_a_line_over_several_cells_is_cut_at_the_rules() -> None:
    """Characters go to the stretch of ink they fit, whatever places the recogniser gave."""
    picture = np.full((60, 600), 255, np.uint8)
    for start, end in ((20, 80), (120, 180), (300, 360)):
        picture[20:40, start:end] = 0
    rules = np.array([[100.0, 0, 100.0, 60], [250.0, 0, 250.0, 60]])
    line = ReadLine("耕地量万公顷三百八", np.linspace(40, 330, 9), (20.0, 15.0, 360.0, 45.0), 0.9)
    stretches = lines_to_stretches([line], picture, rules)
    assert [one.text for one in stretches] == ["耕地量", "万公顷", "三百八"]
    assert stretches[1].boxes[0][0] == pytest.approx(121, abs=3)
    assert stretches[1].boxes[-1][2] == pytest.approx(179, abs=3)


def test_a_gap_of_a_character_parts_a_line_unless_a_dash_stands_in_it() -> None:
    """Cells of a table without rules may stand a character apart; a grey dash between two years holds them together."""
    picture = np.full((40, 240), 255, np.uint8)
    picture[10:30, 10:70] = picture[10:30, 91:130] = 0
    word = ReadLine("机场扩扩建", np.array([20, 40, 60, 100, 120.0]), (8.0, 8.0, 132.0, 33.0), 0.9)
    none = np.zeros((0, 4), np.float32)
    assert [one.text for one in lines_to_stretches([word], picture, none)] == ["机场扩", "扩建"]
    picture[19:21, 72:89] = 180
    assert [one.text for one in lines_to_stretches([word], picture, none)] == ["机场扩扩建"]


@pytest.mark.parametrize(
    ("read_as", "printed"),
    [
        ("广东省(2021—2035年)", "广东省（2021—2035年）"),
        ("面积1,987.0公顷", "面积1,987.0公顷"),
        ("1.987.0", "1,987.0"),
        ("16.000.000", "16,000,000"),
        ("比例1:500", "比例1:500"),
        ("注:来源", "注：来源"),
        ("58.66", "58.66"),
    ],
)
def test_marks_are_those_that_chinese_text_is_set_with(read_as: str, printed: str) -> None:
    """Full-width beside Chinese characters, thousands with commas; numbers and codes as they are."""
    assert as_printed(read_as) == printed


def test_boxes_turn_back_with_the_page() -> None:
    """A point right of the middle of a page that tilts clockwise stands lower on the page as displayed."""
    (moved,) = tilted_back(np.array([[500.0, 400.0, 510.0, 410.0]], np.float32), 1.0, 600, 800)
    assert moved[1] == pytest.approx(400 + 205 * np.sin(np.radians(1)), abs=0.2)


def test_without_the_extra_the_pages_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages that are pictures get a finding that names them, and the rest is read."""
    monkeypatch.setattr(read, "ocr_installed", lambda: False)
    scan = maker("makers_scan")
    path = scan.scan_pdf([Image.fromarray(grid())] * 2, tmp_path / "scan.pdf")
    document = read_document(path)
    assert [page.state for page in document.pages] == ["image_only", "image_only"]
    (found,) = document.findings
    assert found.code == "READ-OCR" and "第1—2页" in found.message


def test_a_picture_that_recognition_fails_on_costs_its_own_page_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The document is read all the same, and the finding names the pages."""

    def fails(*given: object) -> None:
        raise ValueError("nobody thought of this")

    monkeypatch.setattr(read, "ocr_installed", lambda: True)
    monkeypatch.setattr(read, "ocr_page", fails)
    scan = maker("makers_scan")
    document = read_document(scan.scan_pdf([Image.fromarray(grid())] * 2, tmp_path / "scan.pdf"))
    assert [(found.code, "第1—2页" in found.message) for found in document.findings] == [("READ-OCR", True)]


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, Document]:
    """Two pages of a sample plan, one of prose and one with a ruled table: digital, and scanned with tilt and seal."""
    import pypdfium2

    folder = tmp_path_factory.mktemp("scan")
    scan = maker("makers_scan")
    source = TESTS.parent / "corpora" / "plans" / "zhaoqing-huaiji" / "upper_zhaoqing.pdf"
    digital = folder / "digital.pdf"
    with pypdfium2.PdfDocument(source) as whole, pypdfium2.PdfDocument.new() as part:
        part.import_pages(whole, [19, 46])
        part.save(digital)
    pictures = [
        scan.scanned(scan.page_picture(digital, number), tilt=tilt, noise=8.0, seal=True)
        for number, tilt in ((1, 0.8), (2, -1.1))
    ]
    return read_document(digital), read_document(scan.scan_pdf(pictures, folder / "scan.pdf"))


def words(document: Document) -> str:
    return re.sub(
        r"\s", "", "".join(block.text.text for block in document.blocks if block.kind in ("paragraph", "heading"))
    )


@needs_ocr
@pytest.mark.slow
def test_prose_and_ruled_tables_of_scans_come_back(scanned: tuple[Document, Document]) -> None:
    """Prose with fewer than 1.5 % wrong characters, and 95 % of the cells in their places."""
    from rapidfuzz.distance import Levenshtein

    digital, read_back = scanned
    assert Levenshtein.normalized_distance(words(digital), words(read_back)) < 0.015
    cells = [
        {
            (cell.row, cell.column): re.sub(r"\s", "", cell.text.text)
            for table in document.tables
            for row in table.grid
            for cell in row
            if cell
        }
        for document in (digital, read_back)
    ]
    same = sum(cells[1].get(place) == said for place, said in cells[0].items())
    assert cells[0] and same >= 0.95 * len(cells[0])


@needs_ocr
@pytest.mark.slow
def test_lines_of_a_scan_have_boxes_and_confidence(scanned: tuple[Document, Document]) -> None:
    """Each line read has its box on the page and a confidence; requirements are as sure as the lines they stand in."""
    _, document = scanned
    assert document.source.ocr_pages == (1, 2)
    for page in document.pages:
        assert page.state == "ocr" and page.ocr_lines
        assert all(0 < line.confidence <= 1 for line in page.ocr_lines)
        assert all(0 <= line.box[0] < line.box[2] <= page.width for line in page.ocr_lines)
    plan = document_to_plan(document, load_lexicon())
    assert plan.requirements and all(requirement.confidence < 1 for requirement in plan.requirements)
