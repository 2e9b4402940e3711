"""Comments put into a DOCX that others wrote: anchored at characters of its paragraphs, all else left as it is."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import etree

from ..plan.span import Span
from .docx_parts import AUTHOR
from .docx_text import XML_SPACE, Character, DocxText, parser, xml_bytes
from .ooxml import EPOCH_TEXT

TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
HOSTS = ("p", "hyperlink", "ins", "moveTo", "sdtContent", "smartTag", "customXml", "fldSimple", "dir", "bdo")
"""Elements that a comment's markers may stand in."""


@dataclass(frozen=True, slots=True)
class Note:
    """A comment and the words it is about: spans of a DOCX in reading order; without them it stands at the head."""

    text: str
    where: tuple[Span, ...] = ()


def with_comments(data: bytes, notes: Sequence[Note]) -> bytes:
    """The DOCX with a comment for each note. Only the document, its comments and, if it had none, the two lists of parts
    change; every other part keeps its bytes, every entry its date and order.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
        parts = {info.filename: archive.read(info) for info in infos}
    main = main_part(parts)
    folder, file = posixpath.split(main)
    relations = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
    document = DocxText(etree.fromstring(parts[main], parser()))
    comments = _comments_part(parts, relations, folder)
    if comments is None:
        comments = posixpath.join(folder, "comments.xml")
        _register(parts, relations, comments)
        root = etree.Element(f"{document.w}comments", nsmap={"w": document.w[1:-1]})
    else:
        root = etree.fromstring(parts[comments], parser())
    taken = [int(id_) for each in root if (id_ := each.get(f"{document.w}id") or "").lstrip("-").isdigit()]
    for number, note in enumerate(notes, max([-1, *taken]) + 1):
        if _anchored(document, note.where, number):
            root.append(_comment(document.w, number, note.text))
    parts[main] = xml_bytes(document.root)
    parts[comments] = xml_bytes(root)
    return packed(infos, parts)


def packed(infos: Sequence[zipfile.ZipInfo], parts: dict[str, bytes]) -> bytes:
    """The parts as a zip: those that were there under their own entries, new ones after them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for info in infos:
            entry = zipfile.ZipInfo(info.filename, info.date_time)
            entry.compress_type = info.compress_type
            entry.external_attr, entry.create_system = info.external_attr, info.create_system
            archive.writestr(entry, parts[info.filename])
        known = {info.filename for info in infos}
        for name, content in parts.items():
            if name not in known:
                entry = zipfile.ZipInfo(name)
                entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
                archive.writestr(entry, content)
    return buffer.getvalue()


# ---------------------------------------------------------------------- parts of the package


def _relation(parts: dict[str, bytes], name: str, kind: str) -> str | None:
    """The target of the first relation of a kind (officeDocument, comments) in a list of relations."""
    root = etree.fromstring(parts[name], parser()) if name in parts else ()
    for relation in root:
        if (relation.get("Type") or "").endswith(f"/{kind}") and relation.get("TargetMode") != "External":
            return relation.get("Target")
    return None


def main_part(parts: dict[str, bytes]) -> str:
    return (_relation(parts, "_rels/.rels", "officeDocument") or "word/document.xml").lstrip("/")


def _comments_part(parts: dict[str, bytes], relations: str, folder: str) -> str | None:
    target = _relation(parts, relations, "comments")
    if target is None:
        return None
    name = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    return name if name in parts else None


def _register(parts: dict[str, bytes], relations: str, name: str) -> None:
    """Enters a new part for comments in the content types and among the document's relations."""
    types = etree.fromstring(parts["[Content_Types].xml"], parser())
    etree.SubElement(types, f"{TYPES}Override", PartName=f"/{name}", ContentType=COMMENTS_TYPE)
    parts["[Content_Types].xml"] = xml_bytes(types)
    known = parts.get(relations)
    root = etree.fromstring(known, parser()) if known else etree.Element(f"{RELATIONS}Relationships")
    kinds = [relation.get("Type") or "" for relation in root]
    base = next((kind.rsplit("/", 1)[0] for kind in kinds if "officeDocument" in kind), None)
    base = base or "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    taken = {relation.get("Id") for relation in root}
    id_ = next(f"rIdComments{n or ''}" for n in range(len(taken) + 1) if f"rIdComments{n or ''}" not in taken)
    etree.SubElement(root, f"{RELATIONS}Relationship", Id=id_, Type=f"{base}/comments", Target=f"/{name}")
    parts[relations] = xml_bytes(root)


def _comment(w: str, number: int, words: str) -> etree._Element:
    comment = etree.Element(f"{w}comment")
    for key, value in (("id", str(number)), ("author", AUTHOR), ("date", EPOCH_TEXT), ("initials", "CD")):
        comment.set(f"{w}{key}", value)
    for line in words.split("\n"):
        text = etree.SubElement(etree.SubElement(etree.SubElement(comment, f"{w}p"), f"{w}r"), f"{w}t")
        text.text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", line)
        text.set(XML_SPACE, "preserve")
    return comment


# ---------------------------------------------------------------------- places in the document


def _anchored(document: DocxText, where: Iterable[Span], number: int) -> bool:
    """Marks the words of `where` with comment `number`; the head of the document if they stand nowhere in its body."""
    for span in where:
        place = (span.part if span.part in ("textbox", "footnote", "comment", "header") else "body", span.paragraph)
        if (
            place[0] == "textbox"
            and place[1] is not None
            and (host := document.hosts.get(("textbox", place[1]))) is not None
        ):
            return _mark_whole(document, host, number)
        paragraph = document.places.get(("body", place[1])) if place[0] == "body" and place[1] is not None else None
        if paragraph is not None and _mark(document, paragraph, span, number):
            return True
    head = next((p for p in document.places.values() if "".join(p.itertext()).strip()), None)
    return head is not None and _mark_whole(document, head, number)


def _mark(document: DocxText, paragraph: etree._Element, span: Span, number: int) -> bool:
    shown = list(document.characters(paragraph))
    start, end = span.start or 0, span.end if span.end is not None else len(shown)
    if not _same("".join(c.shown for c in shown[start:end]), span.quote):
        start, end = _found([c.shown for c in shown], span.quote)
    if end <= start:
        return _mark_whole(document, paragraph, number)
    # the first cut leaves the words after it in a new run, the second leaves those before it in theirs: in this order
    first = _cut(document, shown, start, after=False)
    last = _cut(document, list(document.characters(paragraph)), end, after=True)
    _insert(document, first, last, number)
    return True


def _mark_whole(document: DocxText, paragraph: etree._Element, number: int) -> bool:
    shown = list(document.characters(paragraph))
    if shown:
        _insert(document, _markable(document, shown[0].run), _markable(document, shown[-1].run), number)
    else:
        at = len(paragraph)
        paragraph.insert(at, _marker(document, "commentRangeStart", number))
        paragraph.insert(at + 1, _marker(document, "commentRangeEnd", number))
        paragraph.insert(at + 2, _reference(document, number))
    return True


def _insert(document: DocxText, first: etree._Element, last: etree._Element, number: int) -> None:
    first.addprevious(_marker(document, "commentRangeStart", number))
    end = _marker(document, "commentRangeEnd", number)
    tail, last.tail = last.tail, None
    last.addnext(end)
    reference = _reference(document, number)
    end.addnext(reference)
    reference.tail = tail


def _cut(document: DocxText, shown: Sequence[Character], at: int, *, after: bool) -> etree._Element:
    """The element that ends before character `at` (or, not `after`, begins with it); cuts a run in two if need be."""
    if 0 < at < len(shown) and shown[at - 1].run is shown[at].run and shown[at].child is not None:
        left, right = document.split(shown[at])
        return _markable(document, left if after else right)
    return _markable(document, shown[at - 1 if after else at].run)


def _markable(document: DocxText, element: etree._Element) -> etree._Element:
    """The element or the one around it that comment markers may stand beside."""
    hosts = {f"{document.w}{name}" for name in HOSTS}
    while (parent := element.getparent()) is not None and parent.tag not in hosts:
        element = parent
    return element


def _marker(document: DocxText, name: str, number: int) -> etree._Element:
    marker = etree.Element(f"{document.w}{name}")
    marker.set(f"{document.w}id", str(number))
    return marker


def _reference(document: DocxText, number: int) -> etree._Element:
    run = etree.Element(f"{document.w}r")
    run.append(_marker(document, "commentReference", number))
    return run


def _same(shown: str, quote: str) -> bool:
    """Whether the characters are the quote, but for blanks and for radicals that the reader replaced one for one."""
    one, other = re.sub(r"\s", "", shown), re.sub(r"\s", "", quote)
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) <= len(one) // 10


def _found(shown: Sequence[str], quote: str) -> tuple[int, int]:
    at = "".join(shown).find(quote) if quote else -1
    return (at, at + len(quote)) if at >= 0 else (0, 0)
