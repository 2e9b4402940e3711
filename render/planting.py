"""Known faults put into the words of a DOCX, for the self-audit: a copy in memory, never the draft itself."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence

from lxml import etree

from ..plan.fault import Change
from .comments import main_part, packed
from .docx_text import XML_SPACE, Character, DocxText, parser, xml_bytes


def planted_docx(data: bytes, changes: Iterable[Change]) -> bytes:
    """The DOCX with the changes; rows go by a tracked deletion, so that the paragraphs keep their numbers."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
        parts = {info.filename: archive.read(info) for info in infos}
    main = main_part(parts)
    text = DocxText(etree.fromstring(parts[main], parser()))
    for change in sorted(changes, key=lambda each: (each.part, each.paragraph, -each.start)):
        paragraph = text.places.get((change.part, change.paragraph))
        if paragraph is None:
            continue
        if change.row:
            _delete_row(text, paragraph)
        else:
            _replace(list(text.characters(paragraph)), change)
    parts[main] = xml_bytes(text.root)
    return packed(infos, parts)


def _delete_row(text: DocxText, paragraph: etree._Element) -> None:
    row = next(element for element in paragraph.iterancestors(f"{text.w}tr"))
    properties = row.find(f"{text.w}trPr")
    if properties is None:
        properties = etree.Element(f"{text.w}trPr")
        before = row.find(f"{text.w}tblPrEx")
        row.insert(0 if before is None else 1, properties)
    mark = etree.SubElement(properties, f"{text.w}del")
    mark.set(f"{text.w}id", "0")
    mark.set(f"{text.w}author", "chuandao")


def _replace(shown: Sequence[Character], change: Change) -> None:
    """Takes the characters out of their w:t and puts the new words where the first stood (or after the one before)."""
    gone = [each for each in shown[change.start : change.end] if each.child is not None]
    texts = [each for each in gone if (each.child.tag if each.child is not None else "").endswith("}t")]
    if texts:
        home, at = texts[0].child, texts[0].offset
    elif 0 < change.start <= len(shown) and shown[change.start - 1].child is not None:
        home, at = shown[change.start - 1].child, shown[change.start - 1].offset + 1
    else:
        return
    assert home is not None
    for child in {id(each.child): each.child for each in texts}.values():
        assert child is not None
        offsets = {each.offset for each in texts if each.child is child}
        old = child.text or ""
        kept = [char for number, char in enumerate(old) if number not in offsets]
        if child is home:
            low = sum(number not in offsets for number in range(at))
            kept[low:low] = change.words
        child.text = "".join(kept)
        child.set(XML_SPACE, "preserve")
    if not texts:
        old = home.text or ""
        home.text = old[:at] + change.words + old[at:]
        home.set(XML_SPACE, "preserve")
