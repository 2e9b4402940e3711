"""A Word template filled with a draft: its sentences by Jinja, its slots by the draft's paragraphs and tables.

Templates are ordinary Word files. {{ 行政区 }} inside a sentence is put in by docxtpl (StrictUndefined, autoescape); a
paragraph that is nothing but {{ 耕地和永久基本农田 }} is a slot and gives way to the responses of that topic.
"""

from __future__ import annotations

import io
import re
import zipfile

from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined, TemplateError
from lxml import etree

from ..plan.draft import UNPLACED_TITLE, Draft
from ..plan.errors import Refused
from .docx import BlockWriter, counted_on
from .docx_styles import TEXT_WIDTH, styles_xml
from .ooxml import DECLARATION, EPOCH_TEXT, NAMESPACES, package, paragraph, run

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ANNEXES = "附表"
OPEN, CLOSE = "\ue000", "\ue001"
"""Private-use characters around a slot's name while Jinja works on the sentences."""
SLOT = re.compile(r"\s*\{\{\s*([^{}\s]+)\s*\}\}\s*")
MARKED = re.compile(rf"<w:p(?:\s[^>]*)?>(?:(?!</w:p>|<w:p[ >]).)*?{OPEN}([^{CLOSE}]+){CLOSE}.*?</w:p>", re.S)
SECTION = re.compile(r"<w:sectPr(?:\s[^>]*)?>.*?</w:sectPr>", re.S)
COMMENTS = "word/comments.xml"


def template_docx(draft: Draft, template: bytes) -> bytes:
    """The template with the draft in its slots; the same input gives the same bytes.

    Raises Refused with what Jinja found wrong in the template's sentences.
    """
    parts = _rendered(draft, template)
    document = _text(parts["word/document.xml"])
    writer = BlockWriter(draft, bookmarks=_highest(document, r'<w:bookmarkStart[^>]*w:id="(\d+)"'), numbered=False)
    comments = _text(parts[COMMENTS]) if COMMENTS in parts else ""
    writer.first_comment = _highest(comments, r'<w:comment[^>]*w:id="(\d+)"') + 1 if comments else 0
    width = _text_width(document)
    filled = {section.title: section.blocks for chapter in draft.chapters for section in chapter.sections}

    turned: list[tuple[str, str]] = []
    writer.counted = f"{OPEN}{ANNEXES}{CLOSE}" in document

    def slot(match: re.Match[str]) -> str:
        if match[1] == ANNEXES:
            return _annexes(document, match.end(), writer, turned)
        return "".join(writer.block(block, width) for block in filled.get(match[1], ()))

    document = MARKED.sub(slot, document)
    for section, anew in turned:
        before, _, behind = document.rpartition(section)
        document = before + anew + behind
    lost = _unplaced(draft, writer, width)
    if lost:
        before, mark, behind = document.rpartition("<w:sectPr")
        document = f"{before}{lost}{mark}{behind}" if mark else document.replace("</w:body>", f"{lost}</w:body>")
    parts["word/document.xml"] = document
    parts["word/styles.xml"] = with_styles(_text(parts["word/styles.xml"]))
    add_comments(parts, comments, writer)
    return package(dated(parts))


def _annexes(document: str, at: int, writer: BlockWriter, turned: list[tuple[str, str]]) -> str:
    """The annexes in the section that the place at `at` stands in; wide ones on landscape pages. `turned` takes the
    section and what it becomes: turned itself where the file ends with a wide annex, its pages counted on."""
    match = SECTION.search(document, at)
    if match is None:
        return writer.annexes_inline("", "", (TEXT_WIDTH, TEXT_WIDTH), last=True)
    upright = re.sub(r'<w:type w:val="[^"]*"/>', "", match[0])
    last = not document[at : match.start()].strip()
    widths = _text_width(match[0]), _text_width(_landscape(match[0]))
    wide = [annex.landscape for annex in writer.draft.annexes]
    if any(wide):
        turned.append((match[0], _landscape(match[0]) if last and wide[-1] else counted_on(match[0])))
    return writer.annexes_inline(upright, _landscape(upright), widths, last=last)


def _landscape(section: str) -> str:
    """A w:sectPr with its page turned; pages go on counting."""
    section = counted_on(section)
    size = re.search(r"<w:pgSz[^>]*>", section)
    if size is None or 'w:orient="landscape"' in size[0]:
        return section
    width, height = (re.search(rf'w:{side}="(\d+)"', size[0]) for side in "wh")
    if width is None or height is None or int(width[1]) > int(height[1]):
        return section
    return section.replace(size[0], f'<w:pgSz w:w="{height[1]}" w:h="{width[1]}" w:orient="landscape"/>')


def _unplaced(draft: Draft, writer: BlockWriter, width: int) -> str:
    """What the template has no place for, in red behind everything else: responses, and the annexes if no place took them."""
    sections = [each for chapter in draft.chapters for each in chapter.sections if each.title == UNPLACED_TITLE]
    words = "".join(writer.block(block, width, "Unplaced") for each in sections for block in each.blocks)
    if not any(name.startswith("_annex_") for name in writer.marked):
        words += "".join(
            writer.annex("AnnexTitle", annex, run("附表"), f"_annex_{at}", width, fresh=True)
            for at, annex in enumerate(writer.draft.annexes, 1)
        )
    return paragraph("AnnexTitle", run(UNPLACED_TITLE, '<w:color w:val="FF0000"/>')) + words if words else ""


def _rendered(draft: Draft, template: bytes) -> dict[str, str | bytes]:
    """The parts of the template with its sentences filled and its slots marked."""
    word = DocxTemplate(io.BytesIO(template))
    word.init_docx()
    for element in word.docx.element.body.iter(f"{W}p"):
        match = SLOT.fullmatch("".join(piece.text or "" for piece in element.iter(f"{W}t")))
        if match and match[1] not in draft.words:
            for child in list(element):
                if child.tag != f"{W}pPr":
                    element.remove(child)
            added = etree.SubElement(etree.SubElement(element, f"{W}r"), f"{W}t")
            added.text = f"{OPEN}{match[1]}{CLOSE}"
    try:
        word.render(draft.words, Environment(undefined=StrictUndefined, autoescape=True))
    except TemplateError as error:
        raise Refused(f"模板有误：{error.message or error}；请改正模板中 {{{{ }}}} 或 {{% %}} 里的内容。") from None
    buffer = io.BytesIO()
    word.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _text(part: str | bytes) -> str:
    return part if isinstance(part, str) else part.decode("utf-8")


def _highest(xml: str, pattern: str) -> int:
    return max((int(number) for number in re.findall(pattern, xml)), default=0)


def _text_width(document: str) -> int:
    """The width between the margins of the last section, in twips."""
    size = re.findall(r'<w:pgSz[^>]*w:w="(\d+)"', document)
    margins = re.findall(r"<w:pgMar[^>]*>", document)
    if not size or not margins:
        return TEXT_WIDTH
    left, right = (re.search(rf'w:{side}="(\d+)"', margins[-1]) for side in ("left", "right"))
    return int(size[-1]) - int(left[1]) - int(right[1]) if left and right else TEXT_WIDTH


def with_styles(styles: str) -> str:
    """The template's styles, and ours that it does not have."""
    known = set(re.findall(r'w:styleId="([^"]+)"', styles))
    own = re.findall(r"<w:style (?:(?!</w:style>).)*</w:style>", styles_xml(), re.S)
    missing = [style for style in own if _style_id(style) not in known]
    missing = [re.sub(r"<w:numPr>.*?</w:numPr>| w:default=\"1\"", "", style) for style in missing]
    return styles.replace("</w:styles>", "".join(missing) + "</w:styles>")


def _style_id(style: str) -> str:
    match = re.search(r'w:styleId="([^"]+)"', style)
    return match[1] if match else ""


def add_comments(parts: dict[str, str | bytes], comments: str, writer: BlockWriter) -> None:
    """The comments on open items, beside those that the template has."""
    if not writer.comments:
        return
    if comments:
        # a part without comments may be one empty element
        opened = re.sub(r"<w:comments([^>]*)/>\s*$", r"<w:comments\1></w:comments>", comments)
        parts[COMMENTS] = opened.replace("</w:comments>", writer.comment_elements() + "</w:comments>")
        return
    parts[COMMENTS] = f"{DECLARATION}<w:comments {NAMESPACES}>{writer.comment_elements()}</w:comments>"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
    types = _text(parts["[Content_Types].xml"])
    parts["[Content_Types].xml"] = types.replace(
        "</Types>", f'<Override PartName="/{COMMENTS}" ContentType="{kind}"/></Types>'
    )
    relations = "word/_rels/document.xml.rels"
    link = '<Relationship Id="rIdOpenItems" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="comments.xml"/>'
    parts[relations] = _text(parts[relations]).replace("</Relationships>", link + "</Relationships>")


def dated(parts: dict[str, str | bytes]) -> dict[str, str | bytes]:
    """Core properties without the clock of the library that saved them."""
    core = "docProps/core.xml"
    if core in parts:
        parts[core] = re.sub(
            r"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)", rf"\g<1>{EPOCH_TEXT}\g<3>", _text(parts[core])
        )
    return parts
