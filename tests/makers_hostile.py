"""Files that would hang, crash or fill the memory of a careless reader: the smallest of each kind, made here."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

WORDS = "A plan of 158.62 units"
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def stream(data: bytes, extra: bytes = b"", *, packed: int = 0, length: bytes | None = None) -> bytes:
    """A stream object's body; `packed`: how many times it is deflated."""
    for _ in range(packed):
        data = zlib.compress(data, 9)
    filters = b"/Filter [" + b" /FlateDecode" * packed + b" ]" if packed else b""
    said = length if length is not None else str(len(data)).encode()
    return b"<< /Length " + said + b" " + filters + extra + b" >>\nstream\n" + data + b"\nendstream"


def raw_pdf(objects: dict[int, bytes], *, xref: bool = True, trailer: bytes = b"", head: bytes = b"") -> bytes:
    """A PDF of these numbered objects; object 1 is its catalogue."""
    out = bytearray(head + b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    if xref:
        out += b"xref\n0 1\n0000000000 65535 f \n"
        for number, place in places.items():
            out += b"%d 1\n%010d 00000 n \n" % (number, place)
    size = max(objects) + 1
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (size, trailer)
    out += b"startxref\n%d\n%%%%EOF\n" % (start if xref else 7)
    return bytes(out)


def page_objects(
    content: bytes | None = None, resources: bytes = b"", page: bytes = b"", box: bytes = b"[0 0 595 842]"
) -> dict[int, bytes]:
    """Catalogue, page tree, one page, its font and content (a line of words if none is given)."""
    words = b"BT /F1 12 Tf 72 700 Td (" + WORDS.encode() + b") Tj ET"
    return {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox " + box + b" /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> " + resources + b" >> " + page + b" >>",
        4: _FONT,
        5: stream(words) if content is None else content,
    }  # fmt: skip


def written(*, user: str = "", owner: str = "", bits: int = 128) -> bytes:
    """One page of words, encrypted with RC4 if there is a password."""
    buffer = io.BytesIO()
    encrypt = StandardEncryption(user, ownerPassword=owner, strength=bits) if owner else None
    canvas = Canvas(buffer, pagesize=A4, encrypt=encrypt, invariant=1)
    canvas.drawString(72, 700, WORDS)
    canvas.save()
    return buffer.getvalue()


def aes_256(user: str) -> bytes:
    """A page encrypted with AES-256 (revision 5) under a user password."""
    key, check, salt = b"k" * 32, b"validate", b"keysalt!"

    def wrapped(password: bytes, more: bytes = b"") -> tuple[bytes, bytes]:
        verify = hashlib.sha256(password + check + more).digest() + check + salt
        cipher = Cipher(
            algorithms.AES(hashlib.sha256(password + salt + more).digest()), modes.CBC(b"\0" * 16)
        ).encryptor()
        return verify, cipher.update(key) + cipher.finalize()

    u, ue = wrapped(user.encode())
    o, oe = wrapped(b"owner", u)
    rights = b"\xff\xff\xff\xff\xff\xff\xff\xffTadb" + b"rand"
    perms = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
    p = perms.update(rights) + perms.finalize()
    objects = page_objects()
    objects[6] = (
        b"<< /Filter /Standard /V 5 /R 5 /Length 256 /P -1 /EncryptMetadata true /StmF /StdCF /StrF /StdCF"
        b" /CF << /StdCF << /Type /CryptFilter /CFM /AESV3 /AuthEvent /DocOpen /Length 32 >> >>"
        b" /U <" + u.hex().encode() + b"> /UE <" + ue.hex().encode() + b"> /O <" + o.hex().encode() + b"> /OE <"
        + oe.hex().encode() + b"> /Perms <" + p.hex().encode() + b"> >>"
    )  # fmt: skip
    return raw_pdf(objects, trailer=b"/Encrypt 6 0 R /ID [<00> <00>]")


def _tree(kids: bytes, count: bytes, more: dict[int, bytes] | None = None) -> bytes:
    objects = page_objects()
    objects[2] = b"<< /Type /Pages /Kids [" + kids + b"] /Count " + count + b" >>"
    return raw_pdf({**objects, **(more or {})})


def _deep_tree(levels: int) -> bytes:
    objects = page_objects()
    objects[2] = b"<< /Type /Pages /Kids [10 0 R] /Count 1 >>"
    for at in range(levels):
        last = at == levels - 1
        child = b"3 0 R" if last else b"%d 0 R" % (11 + at)
        objects[10 + at] = b"<< /Type /Pages /Parent 2 0 R /Kids [" + child + b"] /Count 1 >>"
    return raw_pdf(objects)


def _form_loop() -> bytes:
    objects = page_objects(stream(b"/X Do BT /F1 12 Tf 72 700 Td (words) Tj ET"), b"/XObject << /X 6 0 R >>")
    objects[6] = stream(
        b"/X Do /Y Do",
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R /Y 7 0 R >> >>",
    )
    objects[7] = stream(
        b"/X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>"
    )
    return raw_pdf(objects)


def _form_tree(levels: int, times: int) -> bytes:
    """Forms that each draw the next one several times: times ** levels drawings from a few lines."""
    objects = page_objects(stream(b"/X Do"), b"/XObject << /X 10 0 R >>")
    for at in range(levels):
        body = b"/X Do " * times if at < levels - 1 else b"0 0 9 9 re f"
        link = b"/Resources << /XObject << /X %d 0 R >> >>" % (11 + at) if at < levels - 1 else b""
        objects[10 + at] = stream(body, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] " + link)
    return raw_pdf(objects)


def _glyph_loop() -> bytes:
    objects = page_objects(stream(b"BT /F1 12 Tf 72 700 Td (aaa) Tj ET"))
    objects[4] = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [.1 0 0 .1 0 0] /FirstChar 97 /LastChar 97"
        b" /Widths [9] /Encoding << /Differences [97 /a] >> /CharProcs << /a 6 0 R >> /Resources << /Font << /F1 4 0 R >> >> >>"
    )
    objects[6] = stream(b"9 0 d0 BT /F1 1 Tf (aaa) Tj ET")
    return raw_pdf(objects)


def _huge_image() -> bytes:
    objects = page_objects(stream(b"q 595 0 0 842 0 0 cm /I Do Q"), b"/XObject << /I 6 0 R >>")
    objects[6] = stream(
        b"\0" * 1000, b" /Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 8 /ColorSpace /DeviceRGB", packed=1
    )  # fmt: skip
    return raw_pdf(objects)


def _picture(wide: int, high: int, across: int, down: int) -> bytes:
    """A page that is nothing but a black picture of so many pixels, on a sheet of so many points."""
    content = stream(b"q %d 0 0 %d 0 0 cm /I Do Q" % (across, down))
    objects = page_objects(content, b"/XObject << /I 6 0 R >>", box=b"[0 0 %d %d]" % (across, down))
    objects[6] = stream(
        b"\0" * (wide * high),
        b" /Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace /DeviceGray" % (wide, high), packed=1,
    )  # fmt: skip
    return raw_pdf(objects)


def _prev_loop() -> bytes:
    data = raw_pdf(page_objects())
    start = data.rindex(b"startxref") + 10
    place = data[start : data.index(b"\n", start)]
    return data.replace(b"/Root 1 0 R ", b"/Root 1 0 R /Prev " + place + b" ")


def _object_stream_loop() -> bytes:
    objects = page_objects()
    objects[6] = stream(b"7 0 << /A 7 0 R >>", b"/Type /ObjStm /N 1 /First 4 /Extends 6 0 R")
    objects[5] = stream(b"BT ET", length=b"5 0 R")
    return raw_pdf(objects)


PDFS: dict[str, tuple[Callable[[], bytes], str]] = {
    "rc4-40": (lambda: written(user="secret", owner="owner", bits=40), "ENCRYPTED"),
    "rc4-128": (lambda: written(user="secret", owner="owner"), "ENCRYPTED"),
    "aes-256": (lambda: aes_256("secret"), "ENCRYPTED"),
    "owner-password-only": (lambda: written(owner="owner"), "document"),
    "no-xref": (lambda: raw_pdf(page_objects(), xref=False), "document"),
    "truncated": (lambda: written()[:-400], "either"),
    "cut-in-the-first-object": (lambda: written()[:60], "DAMAGED"),
    "garbage-before-the-header": (lambda: raw_pdf(page_objects(), head=b"\0junk\n" * 20), "document"),
    "header-only": (lambda: b"%PDF-1.7\n%%EOF\n", "DAMAGED"),
    "no-pages": (lambda: _tree(b"", b"0"), "DAMAGED"),
    "page-tree-loop": (lambda: _tree(b"2 0 R 3 0 R", b"2"), "either"),
    "page-tree-through-its-child": (
        lambda: _tree(b"6 0 R", b"1", {6: b"<< /Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R >>"}),
        "either",
    ),
    "page-count-that-lies": (lambda: _tree(b"3 0 R", b"1000000000"), "either"),
    "negative-page-count": (lambda: _tree(b"3 0 R", b"-5"), "either"),
    "deep-page-tree": (lambda: _deep_tree(3000), "either"),
    "form-that-draws-itself": (_form_loop, "document"),
    "forms-that-multiply": (lambda: _form_tree(12, 8), "document"),
    "glyph-that-writes-itself": (_glyph_loop, "document"),
    "stream-bomb": (lambda: raw_pdf(page_objects(stream(b" " * 300_000_000, packed=2))), "either"),
    "many-characters": (
        lambda: raw_pdf(page_objects(stream(b"BT /F1 1 Tf (" + b"a" * 3_000_000 + b") Tj ET", packed=1))),
        "either",
    ),
    "unclosed-states": (lambda: raw_pdf(page_objects(stream(b"q " * 1_000_000, packed=1))), "document"),
    "many-paths": (lambda: raw_pdf(page_objects(stream(b"0 0 m 9 9 l S " * 200_000, packed=1))), "document"),
    "deep-array": (
        lambda: raw_pdf({**page_objects(), 6: b"[" * 50_000 + b"]" * 50_000}, trailer=b"/Info 6 0 R"),
        "document",
    ),
    "length-that-is-itself": (_object_stream_loop, "document"),
    "older-table-that-is-itself": (_prev_loop, "document"),
    "page-of-no-size": (lambda: raw_pdf(page_objects(box=b"[0 0 0 0]")), "document"),
    "page-as-large-as-a-country": (lambda: raw_pdf(page_objects(box=b"[0 0 1e9 1e9]")), "document"),
    "page-that-is-not-a-number": (lambda: raw_pdf(page_objects(box=b"[/a /b null 9]")), "document"),
    "unknown-filter": (
        lambda: raw_pdf(page_objects(b"<< /Length 4 /Filter /NoSuch >>\nstream\nabcd\nendstream")),
        "document",
    ),
    "picture-larger-than-memory": (_huge_image, "document"),
}
"""Name → maker, and what reading must give: a document, a reason, or either."""

PICTURES: dict[str, Callable[[], bytes]] = {
    "sheet-of-a-few-points": lambda: _picture(9, 9, 5, 5),
    "strip-a-point-high": lambda: _picture(2000, 2, 2000, 1),
    "strip-a-point-wide": lambda: _picture(2, 2000, 1, 2000),
    "sheet-as-large-as-a-wall": lambda: _picture(300, 300, 14000, 14000),
    "picture-larger-than-memory": _huge_image,
}
"""Name → maker: pages without a character, which recognition is given as pictures."""

_DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8"?>{doctype}<w:document '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'
)
_PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"


def docx(
    body: str = _PARAGRAPH.format("耕地保有量不低于一百万亩。"),
    *,
    doctype: str = "",
    parts: dict[str, bytes] | None = None,
) -> bytes:
    """A DOCX with this XML in its body."""
    files = {
        "_rels/.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": _DOCUMENT.format(doctype=doctype, body=body).encode(),
        **(parts or {}),
    }  # fmt: skip
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _laughs() -> bytes:
    lines = ['<!ENTITY a0 "哈哈哈哈哈哈哈哈哈哈">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    return docx(_PARAGRAPH.format("&a9;"), doctype=f"<!DOCTYPE w [{''.join(lines)}]>")


def _styles(body: str) -> dict[str, bytes]:
    return {
        "word/styles.xml": f'<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{body}</w:styles>'.encode(),
        "word/_rels/document.xml.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>',
    }  # fmt: skip


def _nested_tables(levels: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * levels + _PARAGRAPH.format("里") + ("</w:tc></w:tr></w:tbl>" * levels)


def _wide_table(span: int) -> str:
    return f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{_PARAGRAPH.format("宽")}</w:tc></w:tr></w:tbl>'


_STYLE = '<w:style w:type="paragraph" w:styleId="{}"><w:basedOn w:val="{}"/></w:style>'
_STYLED = '<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>'

DOCXS: dict[str, tuple[Callable[[], bytes], str]] = {
    "zip-bomb": (lambda: docx(" " * 250_000_000), "BOMB"),
    "zip-bomb-of-many-parts": (lambda: docx(parts={f"word/a{n}.xml": b" " * 90_000_000 for n in range(10)}), "BOMB"),
    "billion-laughs": (_laughs, "either"),
    "outside-entity": (lambda: docx(_PARAGRAPH.format("甲&x;"), doctype='<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'), "either"),
    "deep-xml": (lambda: docx("<w:sdt><w:sdtContent>" * 20_000 + "</w:sdtContent></w:sdt>" * 20_000), "DAMAGED"),
    "nested-tables": (lambda: docx(_nested_tables(60)), "document"),
    "table-wider-than-memory": (lambda: docx(_wide_table(1_000_000_000)), "document"),
    "styles-based-on-each-other": (lambda: docx(_STYLED, parts=_styles(_STYLE.format("a", "b") + _STYLE.format("b", "a"))), "document"),
    "cut-zip": (lambda: docx()[:-60], "DAMAGED"),
    "not-xml": (lambda: docx("<w:p><"), "DAMAGED"),
    "other-package": (lambda: docx(parts={"word/document.xml": b"<a/>"}), "OTHER_KIND"),
    "ofd": (lambda: docx(parts={"OFD.xml": b"<OFD/>"}), "DAMAGED"),
    "empty-zip": (lambda: b"PK\x05\x06" + b"\0" * 18, "OTHER_KIND"),
}  # fmt: skip
