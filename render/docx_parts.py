"""A body of paragraphs as a whole Word file: styles, numbering, footers and all the parts that Word expects."""

from __future__ import annotations

from .docx_styles import font_table_xml, numbering_xml, settings_xml, styles_xml, theme_xml
from .ooxml import DECLARATION, EPOCH_TEXT, NAMESPACES, package, paragraph, run, text
from .ooxml import field as field_of

AUTHOR = "chuandao"
CONTENT_TYPES = {
    "word/document.xml": "wordprocessingml.document.main",
    "word/styles.xml": "wordprocessingml.styles",
    "word/numbering.xml": "wordprocessingml.numbering",
    "word/settings.xml": "wordprocessingml.settings",
    "word/fontTable.xml": "wordprocessingml.fontTable",
    "word/comments.xml": "wordprocessingml.comments",
    "word/footer1.xml": "wordprocessingml.footer",
    "word/footer2.xml": "wordprocessingml.footer",
    "word/footer3.xml": "wordprocessingml.footer",
    "word/theme/theme1.xml": "theme",
    "docProps/app.xml": "extended-properties",
}
RELATIONS = {
    "rIdStyles": ("styles", "styles.xml"),
    "rIdNumbering": ("numbering", "numbering.xml"),
    "rIdSettings": ("settings", "settings.xml"),
    "rIdFonts": ("fontTable", "fontTable.xml"),
    "rIdComments": ("comments", "comments.xml"),
    "rIdTheme": ("theme", "theme/theme1.xml"),
    "rIdFooterOdd": ("footer", "footer1.xml"),
    "rIdFooterEven": ("footer", "footer2.xml"),
    "rIdFooterNone": ("footer", "footer3.xml"),
}
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word_package(title: str, body: str, comments: str | None = None, *, update_fields: bool = False) -> bytes:
    """A DOCX whose w:body holds `body`, `comments` being word/comments.xml; the same words give the same bytes."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _root_relations(),
        "docProps/core.xml": _core(title),
        "docProps/app.xml": f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>chuandao</Application></Properties>',
        "word/document.xml": f"{DECLARATION}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(),
        "word/styles.xml": styles_xml(),
        "word/numbering.xml": numbering_xml(),
        "word/settings.xml": settings_xml(update_fields=update_fields),
        "word/fontTable.xml": font_table_xml(),
        "word/comments.xml": comments or f"{DECLARATION}<w:comments {NAMESPACES}></w:comments>",
        "word/theme/theme1.xml": theme_xml(),
        "word/footer1.xml": _footer("right"),
        "word/footer2.xml": _footer("left"),
        "word/footer3.xml": f"{DECLARATION}<w:ftr {NAMESPACES}>{paragraph('Footer', '')}</w:ftr>",
    }
    return package(parts)


def _footer(side: str) -> str:
    """— 1 — on the outer side, one character in (GB/T 9704)."""
    indent = '<w:ind w:left="320" w:right="320"/>'
    content = run("— ") + field_of("PAGE", "1") + run(" —")
    return f"{DECLARATION}<w:ftr {NAMESPACES}>{paragraph('Footer', content, f'{indent}<w:jc w:val={chr(34)}{side}{chr(34)}/>')}</w:ftr>"


def _content_types() -> str:
    base = "application/vnd.openxmlformats-officedocument."
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{base}{kind}+xml"/>' for name, kind in CONTENT_TYPES.items()
    )
    return (
        f'{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'{overrides}<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _root_relations() -> str:
    return (
        f'{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        f'<Relationship Id="rId3" Type="{OFFICE}/extended-properties" Target="docProps/app.xml"/></Relationships>'
    )


def _relations() -> str:
    inner = "".join(
        f'<Relationship Id="{id_}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for id_, (kind, target) in RELATIONS.items()
    )
    return f'{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'


def _core(title: str) -> str:
    dated = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{EPOCH_TEXT}</dcterms:{name}>' for name in ("created", "modified")
    )
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{text(title)}</dc:title><dc:creator>{AUTHOR}</dc:creator>{dated}</cp:coreProperties>"
    )
