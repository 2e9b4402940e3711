"""Where the paragraphs of a DOCX stand: their numbers, as spans use them, and the notes that marks in the text point to."""

from __future__ import annotations

from lxml import etree

from .docx_package import DocxPackage, W
from .docx_words import MC

Places = dict[etree._Element, tuple[str, int]]
"""Part and number of each paragraph (the keys keep the elements alive, so that each is the same object again)."""


def numbered_paragraphs(body: etree._Element) -> Places:
    """All w:p in document order, those of text boxes counted for themselves."""
    places: Places = {}
    counts = {"body": 0, "textbox": 0}

    def visit(element: etree._Element, part: str) -> None:
        for child in element:
            if child.tag == f"{W}p":
                places[child] = (part, counts[part])
                counts[part] += 1
            if not isinstance(child.tag, str) or child.tag == f"{MC}Fallback":
                continue
            if child.tag == f"{W}txbxContent":
                visit(child, "textbox")
            elif len(child):
                visit(child, part)

    visit(body, "body")
    return places


def notes_of(package: DocxPackage) -> tuple[dict[tuple[str, str], etree._Element], Places]:
    """The footnotes and endnotes by kind and id, and their paragraphs, counted through both."""
    notes: dict[tuple[str, str], etree._Element] = {}
    places: Places = {}
    for kind, root in (("footnote", package.footnotes), ("endnote", package.endnotes)):
        for note in root if root is not None else ():
            for paragraph in note.iter(f"{W}p"):
                places[paragraph] = ("footnote", len(places))
            if note.get(f"{W}type") not in ("separator", "continuationSeparator", "continuationNotice"):
                notes[kind, note.get(f"{W}id") or ""] = note
    return notes, places
