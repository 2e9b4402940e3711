"""Office Open XML by hand: escaped text, runs, fields, and packages whose bytes depend on their content alone."""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import escape, quoteattr

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every entry of a package: the first that a zip file can hold (CONTRACT: dates are the plan's or 1980-01-01)."""
EPOCH_TEXT = "1980-01-01T00:00:00Z"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def text(words: str) -> str:
    """Words as XML character data; characters that XML does not allow are dropped."""
    return escape(_ILLEGAL.sub("", words))


def attribute(words: str) -> str:
    """Words as a quoted attribute value."""
    return quoteattr(_ILLEGAL.sub("", words))


def run(words: str, properties: str = "") -> str:
    """A w:r; newlines become line breaks, tabs tabs."""
    if not words:
        return ""
    inner = "".join(
        "<w:br/>"
        if piece == "\n"
        else "<w:tab/>"
        if piece == "\t"
        else f'<w:t xml:space="preserve">{text(piece)}</w:t>'
        for piece in re.split("([\n\t])", words)
        if piece
    )
    return f"<w:r>{_properties(properties)}{inner}</w:r>"


def field(instruction: str, shown: str, properties: str = "", *, dirty: bool = False) -> str:
    """A complex field that Word can update (F9); `shown` is its result until then."""
    dress = _properties(properties)
    stale = ' w:dirty="true"' if dirty else ""
    return (
        f'<w:r>{dress}<w:fldChar w:fldCharType="begin"{stale}/></w:r>'
        f'<w:r>{dress}<w:instrText xml:space="preserve"> {text(instruction)} </w:instrText></w:r>'
        f'<w:r>{dress}<w:fldChar w:fldCharType="separate"/></w:r>{run(shown, properties)}'
        f'<w:r>{dress}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def paragraph(style: str, content: str, properties: str = "") -> str:
    """A w:p of a style; `properties` are further children of w:pPr, in schema order after pStyle."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def _properties(properties: str) -> str:
    return f"<w:rPr>{properties}</w:rPr>" if properties else ""


def package(parts: dict[str, str | bytes]) -> bytes:
    """A zip of the parts in their order, every entry dated EPOCH: the same parts give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            info.create_system = 0
            archive.writestr(info, content.encode("utf-8") if isinstance(content, str) else content)
    return buffer.getvalue()


def repacked(data: bytes) -> bytes:
    """A package that a library wrote, with the dates of its entries and of its core properties set to EPOCH."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    core = "docProps/core.xml"
    if core in parts:
        raw = parts[core]
        dated = raw.decode("utf-8") if isinstance(raw, bytes) else raw
        parts[core] = re.sub(
            r"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)", rf"\g<1>{EPOCH_TEXT}\g<3>", dated
        )
    return package(parts)
