"""The Word files that come out: their XML, and how they look again after another program saved them."""

from __future__ import annotations

import io
import posixpath
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from pathlib import Path

import docx
import pytest
from lxml import etree
from makers_plan import CITY, upper_plan

from chuandao.extract.reading.docx import read_docx
from chuandao.generate import blank_template, draft, template_places
from chuandao.plan.lexicon import load_lexicon
from chuandao.render.docx import draft_docx
from chuandao.render.template import template_docx
from chuandao.render.update import update_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARAGRAPH = [
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "framePr",
    "widowControl",
    "numPr",
    "suppressLineNumbers",
    "pBdr",
    "shd",
    "tabs",
    "suppressAutoHyphens",
    "kinsoku",
    "wordWrap",
    "overflowPunct",
    "topLinePunct",
    "autoSpaceDE",
    "autoSpaceDN",
    "bidi",
    "adjustRightInd",
    "snapToGrid",
    "spacing",
    "ind",
    "contextualSpacing",
    "mirrorIndents",
    "suppressOverlap",
    "jc",
    "textDirection",
    "textAlignment",
    "textboxTightWrap",
    "outlineLvl",
    "divId",
    "cnfStyle",
    "rPr",
    "sectPr",
    "pPrChange",
]
RUN = [
    "rStyle",
    "rFonts",
    "b",
    "bCs",
    "i",
    "iCs",
    "caps",
    "smallCaps",
    "strike",
    "dstrike",
    "outline",
    "shadow",
    "emboss",
    "imprint",
    "noProof",
    "snapToGrid",
    "vanish",
    "webHidden",
    "color",
    "spacing",
    "w",
    "kern",
    "position",
    "sz",
    "szCs",
    "highlight",
    "u",
    "effect",
    "bdr",
    "shd",
    "fitText",
    "vertAlign",
    "rtl",
    "cs",
    "em",
    "lang",
    "eastAsianLayout",
    "specVanish",
    "oMath",
]
CELL = [
    "cnfStyle",
    "tcW",
    "gridSpan",
    "hMerge",
    "vMerge",
    "tcBorders",
    "shd",
    "noWrap",
    "tcMar",
    "textDirection",
    "tcFitText",
    "vAlign",
    "hideMark",
]
TABLE = [
    "tblStyle",
    "tblpPr",
    "tblOverlap",
    "bidiVisual",
    "tblStyleRowBandSize",
    "tblStyleColBandSize",
    "tblW",
    "jc",
    "tblCellSpacing",
    "tblInd",
    "tblBorders",
    "shd",
    "tblLayout",
    "tblCellMar",
    "tblLook",
]
SECTION = [
    "headerReference",
    "footerReference",
    "footnotePr",
    "endnotePr",
    "type",
    "pgSz",
    "pgMar",
    "paperSrc",
    "pgBorders",
    "lnNumType",
    "pgNumType",
    "cols",
    "formProt",
    "vAlign",
    "noEndnote",
    "titlePg",
    "textDirection",
    "bidi",
    "rtlGutter",
    "docGrid",
]
ORDER = {"pPr": PARAGRAPH, "rPr": RUN, "tcPr": CELL, "tblPr": TABLE, "sectPr": SECTION}
"""The order of children in the transitional schema (ECMA-376 Part 1, §17)."""


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """A draft, a filled template, an updated draft."""
    lexicon = load_lexicon()
    made = draft([upper_plan()], CITY, None, lexicon)
    written = draft_docx(made)
    blank = draft_docx(blank_template("市级国土空间总体规划"))
    places = template_places(read_docx(Path("模板.docx"), blank))
    filled = template_docx(draft([upper_plan()], CITY, None, lexicon, template=places), blank)
    fewer = upper_plan()
    fewer = fewer.model_copy(update={"requirements": fewer.requirements[2:]})
    updated, _ = update_docx(written, draft([fewer], CITY, None, lexicon))
    return {"draft": written, "template": filled, "update": updated, "blank": blank}


NAMES = ("draft", "template", "update", "blank")


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert len(archive.namelist()) == len(set(archive.namelist()))
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("name", NAMES)
def test_properties_stand_in_the_order_of_the_schema(files: dict[str, bytes], name: str) -> None:
    """Children of paragraph, run, cell, table and section properties are known and in schema order, none twice."""
    for part, data in parts(files[name]).items():
        if not part.startswith("word/") or not part.endswith(".xml"):
            continue
        for element in etree.fromstring(data).iter():
            known = ORDER.get(str(element.tag).removeprefix(W)) if str(element.tag).startswith(W) else None
            if known:
                found = [str(child.tag).removeprefix(W) for child in element]
                assert [known.index(child) for child in found] == sorted(known.index(child) for child in found)
                assert all(n == 1 for tag, n in Counter(found).items() if not tag.endswith("Reference"))


@pytest.mark.parametrize("name", NAMES)
def test_package_is_whole(files: dict[str, bytes], name: str) -> None:
    """Every part has a content type, every relationship a target, every id that is used an owner."""
    found = parts(files[name])
    types = etree.fromstring(found["[Content_Types].xml"])
    named = {each.get("PartName") for each in types if each.get("PartName")}
    endings = {each.get("Extension") for each in types if each.get("Extension")}
    for part in found:
        assert f"/{part}" in named or part.rpartition(".")[2] in endings or part == "[Content_Types].xml"
    assert all(str(part)[1:] in found for part in named)
    for part, data in found.items():
        if part.endswith(".rels"):
            base = posixpath.dirname(posixpath.dirname(part))
            ids = [each.get("Id") for each in etree.fromstring(data)]
            assert len(ids) == len(set(ids))
            for each in etree.fromstring(data):
                if each.get("TargetMode") != "External":
                    target = str(each.get("Target"))
                    path = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(base, target))
                    assert path in found, (part, target)
    relations = {each.get("Id") for each in etree.fromstring(found["word/_rels/document.xml.rels"])}
    assert set(re.findall(r'r:id="([^"]+)"', found["word/document.xml"].decode())) <= relations


@pytest.mark.parametrize("name", NAMES)
def test_ids_are_unique_and_closed(files: dict[str, bytes], name: str) -> None:
    """Bookmarks and comments have ids of their own, begin and end once; fields nest; styles that are used exist."""
    found = parts(files[name])
    root = etree.fromstring(found["word/document.xml"])
    for start, end in (("bookmarkStart", "bookmarkEnd"), ("commentRangeStart", "commentRangeEnd")):
        opened = [each.get(f"{W}id") for each in root.iter(f"{W}{start}")]
        assert len(opened) == len(set(opened))
        assert sorted(opened) == sorted(each.get(f"{W}id") for each in root.iter(f"{W}{end}"))
    if "word/comments.xml" in found:
        noted = [each.get(f"{W}id") for each in etree.fromstring(found["word/comments.xml"])]
        assert sorted(noted) == sorted(each.get(f"{W}id") for each in root.iter(f"{W}commentReference"))
    kinds = Counter(each.get(f"{W}fldCharType") for each in root.iter(f"{W}fldChar"))
    assert kinds["begin"] == kinds["end"] == kinds["separate"]
    styles = set(re.findall(r'w:styleId="([^"]+)"', found["word/styles.xml"].decode()))
    assert (
        set(re.findall(r'w:(?:pStyle|rStyle|tblStyle) w:val="([^"]+)"', found["word/document.xml"].decode())) <= styles
    )
    names = {each.get(f"{W}name") for each in root.iter(f"{W}bookmarkStart")}
    for field in root.iter(f"{W}instrText"):
        match = re.match(r"\s*(?:REF|PAGEREF) (\S+)", field.text or "")
        assert match is None or match[1] in names


@pytest.mark.parametrize("name", NAMES)
def test_schemas_of_office_find_nothing(files: dict[str, bytes], name: str, tmp_path: Path) -> None:
    """A validator with the schema constraints of the Open XML SDK finds no error."""
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed")
    path = tmp_path / f"{name}.docx"
    path.write_bytes(files[name])
    result = audit.OpenXmlValidator().validate(str(path))
    assert not [error.description for error in result.errors]


def test_contents_have_pages_and_fields_are_counted_on_opening(files: dict[str, bytes]) -> None:
    """Each line of the contents shows a page; Word is asked to count all fields anew when it opens the file."""
    found = parts(files["draft"])
    assert b'<w:updateFields w:val="true"/>' in found["word/settings.xml"]
    opened = docx.Document(io.BytesIO(files["draft"]))
    lines = [each for each in opened.element.body.iter(f"{W}p") if (s := each.find(f"{W}pPr/{W}pStyle")) is not None and (s.get(f"{W}val") or "").startswith("TOC") and s.get(f"{W}val") != "TOCHeading"]  # fmt: skip
    shown = ["".join(piece.text or "" for piece in line.iter(f"{W}t")) for line in lines]
    assert len(shown) > 10 and all(re.search(r"\d+$", line) for line in shown)


def pages(path: Path, folder: Path) -> list[bytes]:
    """The pages of a Word file as LibreOffice shows them, as grey pixels."""
    folder.mkdir()
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)], check=True, capture_output=True, timeout=180)  # fmt: skip
    subprocess.run(["pdftoppm", "-r", "50", "-gray", str(folder / f"{path.stem}.pdf"), str(folder / "p")], check=True, timeout=180)  # fmt: skip
    return [page.read_bytes() for page in sorted(folder.glob("p*.pgm"))]


@pytest.mark.slow
@pytest.mark.skipif(not (shutil.which("soffice") and shutil.which("pdftoppm")), reason="LibreOffice is not installed")
def test_saving_with_another_library_changes_no_page(files: dict[str, bytes], tmp_path: Path) -> None:
    """Opened and saved by python-docx the draft looks the same: at most 0.1 % of the pixels differ."""
    before, after = tmp_path / "before.docx", tmp_path / "after.docx"
    before.write_bytes(files["draft"])
    docx.Document(str(before)).save(str(after))
    one, two = pages(before, tmp_path / "one"), pages(after, tmp_path / "two")
    assert len(one) == len(two) > 3
    differing = sum(a != b for left, right in zip(one, two, strict=True) for a, b in zip(left, right, strict=True))
    assert differing <= sum(map(len, one)) // 1000
