"""DOCX files written part by part, for what python-docx has no words for: lists, styles, fields, changes, formulas."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from chuandao.extract.reading.docx import read_docx
from chuandao.plan.document import Document

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{MAIN}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = ("styles", "numbering", "footnotes", "endnotes", "comments")
PROSE = "坚持保护优先、节约集约，统筹划定落实三条控制线，严格控制新增建设用地规模，任何单位和个人不得擅自改变用途。"


def run(words: str, *, bold: bool = False, size: float | None = None, font: str | None = None, more: str = "") -> str:
    """A w:r; `more` are further properties as XML."""
    dress = (
        (f'<w:rFonts w:eastAsia="{font}"/>' if font else "")
        + ("<w:b/>" if bold else "")
        + more
        + (f'<w:sz w:val="{round(2 * size)}"/>' if size else "")
    )
    shown = escape(words).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f'<w:r>{f"<w:rPr>{dress}</w:rPr>" if dress else ""}<w:t xml:space="preserve">{shown}</w:t></w:r>'


def p(
    words: str = "", *, style: str | None = None, num: tuple[int, int] | None = None, outline: int | None = None,
    centred: bool = False, bold: bool = False, size: float | None = None, font: str | None = None, inner: str = "",
) -> str:  # fmt: skip
    """A w:p; `num` is its list and level, `inner` further runs as XML."""
    properties = (
        (f'<w:pStyle w:val="{style}"/>' if style else "")
        + (f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>' if num else "")
        + ('<w:jc w:val="center"/>' if centred else "")
        + (f'<w:outlineLvl w:val="{outline}"/>' if outline is not None else "")
    )
    runs = run(words, bold=bold, size=size, font=font) if words else ""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}{inner}</w:p>"


def cell(inner: str, properties: str = "") -> str:
    """A w:tc; plain words become its paragraph."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner if inner.startswith('<') else p(inner)}</w:tc>"


def table(*rows: Sequence[str] | str) -> str:
    """A w:tbl of rows: cells by their words or XML, or the row's whole XML."""
    drawn = "".join(
        row
        if isinstance(row, str)
        else f"<w:tr>{''.join(one if one.startswith('<w:tc>') else cell(one) for one in row)}</w:tr>"
        for row in rows
    )
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return f"<w:tbl><w:tblPr><w:tblBorders>{edges}</w:tblBorders></w:tblPr><w:tblGrid/>{drawn}</w:tbl>"


def style(
    id_: str, name: str, *, outline: int | None = None, num: tuple[int, int | None] | None = None, base: str | None = None,
    more: str = "", default: bool = False,
) -> str:  # fmt: skip
    """A paragraph style; `more` are its run properties."""
    level = "" if num is None or num[1] is None else f'<w:ilvl w:val="{num[1]}"/>'
    numbered = "" if num is None else f'<w:numPr>{level}<w:numId w:val="{num[0]}"/></w:numPr>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{id_}" w:default="{int(default)}"><w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{base}"/>' if base else "")
        + f"<w:pPr>{numbered}"
        + (f'<w:outlineLvl w:val="{outline}"/>' if outline is not None else "")
        + f"</w:pPr><w:rPr>{more}</w:rPr></w:style>"
    )


def abstract(id_: int, *levels: tuple[str, str] | tuple[str, str, str], multi: bool = True) -> str:
    """A w:abstractNum: for each level its format, its text, and further XML before the text."""
    drawn = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{level[0]}"/>'
        f'{level[2] if len(level) > 2 else ""}<w:suff w:val="nothing"/><w:lvlText w:val="{level[1]}"/></w:lvl>'
        for at, level in enumerate(levels)
    )
    kind = "multilevel" if multi else "singleLevel"
    return f'<w:abstractNum w:abstractNumId="{id_}"><w:multiLevelType w:val="{kind}"/>{drawn}</w:abstractNum>'


def num(id_: int, of: int, override: str = "") -> str:
    """A w:num of an abstract list."""
    return f'<w:num w:numId="{id_}"><w:abstractNumId w:val="{of}"/>{override}</w:num>'


def docx(*body: str, **parts: str) -> bytes:
    """The bytes of a DOCX: its body and, by name, the inner XML of styles, numbering, footnotes, endnotes, comments."""
    buffer = io.BytesIO()
    given = [name for name in _PARTS if name in parts]
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.'
        f'{"document.main" if name == "document" else name}+xml"/>'
        for name in ("document", *given)
    )
    relations = "".join(f'<Relationship Id="p{name}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>' for name in given)
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        )
        space = "http://schemas.openxmlformats.org/package/2006/relationships"
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{space}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{space}">{relations}</Relationships>')
        archive.writestr("word/document.xml", f"<w:document {SPACES}><w:body>{''.join(body)}</w:body></w:document>")
        for name in given:
            archive.writestr(f"word/{name}.xml", f"<w:{name} {SPACES}>{parts[name]}</w:{name}>")
    return buffer.getvalue()


def read(*body: str, **parts: str) -> Document:
    """The Document of such a file."""
    return read_docx(Path("草案.docx"), docx(*body, **parts))


def headings(document: Document) -> list[tuple[int, str]]:
    """Level and line of each heading."""
    return [
        (block.level, f"{block.number or ''} {block.title or ''}".strip())
        for block in document.blocks
        if block.kind == "heading"
    ]
