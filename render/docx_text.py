"""The words of word/document.xml as the reader counts them: paragraphs by number, each character with its run."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
HIDDEN = ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "rt", "sdtPr", "sdtEndPr", "annotationRef")
SYMBOL = "\ufffc"
"""Stands for the one character that a w:sym shows."""
HIDDEN_MARKS = ("footnoteRef", "endnoteRef")


def parser() -> etree.XMLParser:
    """Entities stay unread, the net untouched."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)


def xml_bytes(root: etree._Element) -> bytes:
    """A part of a package."""
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)


@dataclass(frozen=True, slots=True)
class Character:
    """One shown character: its run (or formula), and where in the run it stands. A character of w:t has an offset."""

    run: etree._Element
    child: etree._Element | None
    offset: int
    shown: str


class DocxText:
    """word/document.xml with its paragraphs numbered as the reader numbers them: those of text boxes by themselves."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.w = f"{{{etree.QName(root).namespace}}}"
        self.places: dict[tuple[str, int], etree._Element] = {}
        self.hosts: dict[tuple[str, int], etree._Element] = {}
        body = root.find(f"{self.w}body")
        if body is not None:
            self._number(body, "body", {"body": 0, "textbox": 0}, None)

    def _number(self, element: etree._Element, part: str, counts: dict[str, int], host: etree._Element | None) -> None:
        for child in element:
            if not isinstance(child.tag, str) or child.tag == f"{MC}Fallback":
                continue
            inside = host
            if child.tag == f"{self.w}p":
                self.places[part, counts[part]] = child
                if host is not None:
                    self.hosts[part, counts[part]] = host
                counts[part] += 1
                inside = child if part == "body" else host
            if child.tag == f"{self.w}txbxContent":
                self._number(child, "textbox", counts, host)
            elif len(child):
                self._number(child, part, counts, inside)

    def split(self, at: Character) -> tuple[etree._Element, etree._Element]:
        """The run cut before a character: what comes before stays, the rest follows in a run of the same look."""
        run, child = at.run, at.child
        assert child is not None
        right = etree.Element(run.tag, run.attrib)
        properties = run.find(f"{self.w}rPr")
        if properties is not None:
            right.append(deepcopy(properties))
        position = list(run).index(child)
        moved = list(run)[position + 1 :]
        if at.offset > 0:
            rest = etree.Element(child.tag, child.attrib)
            text = child.text or ""
            child.text, rest.text = text[: at.offset], text[at.offset :]
            for piece in (child, rest):
                piece.set(XML_SPACE, "preserve")
            moved.insert(0, rest)
        else:
            moved.insert(0, child)
        for piece in moved:
            right.append(piece)
        tail, run.tail = run.tail, None
        run.addnext(right)
        right.tail = tail
        return run, right

    def characters(self, element: etree._Element) -> Iterator[Character]:
        """The characters of a paragraph as the reader counts them: all changes accepted, nothing hidden."""
        hidden = {f"{self.w}{name}" for name in (*HIDDEN, *HIDDEN_MARKS)} | {f"{MC}Fallback", f"{self.w}txbxContent"}
        for child in element:
            if not isinstance(child.tag, str) or child.tag in hidden:
                continue
            if child.tag == f"{self.w}r":
                yield from self._run_characters(child, child, hidden)
            elif child.tag == f"{MATH}t":
                yield from (Character(child, None, 0, char) for char in child.text or "")
            elif child.tag == f"{MATH}den":
                yield Character(child, None, 0, "/")
                yield from self.characters(child)
            else:
                yield from self.characters(child)

    def _run_characters(self, run: etree._Element, element: etree._Element, hidden: set[str]) -> Iterator[Character]:
        vanish = run.find(f"{self.w}rPr/{self.w}vanish")
        if vanish is not None and vanish.get(f"{self.w}val") not in ("0", "false", "off", "none"):
            return
        for child in element:
            if not isinstance(child.tag, str) or child.tag in hidden:
                continue
            name = child.tag.removeprefix(self.w)
            own = child if child.getparent() is run else None
            if name == "t":
                yield from (Character(run, own, at, char) for at, char in enumerate(child.text or ""))
            elif name in ("tab", "ptab"):
                yield Character(run, own, 0, "\t")
            elif name == "cr" or (name == "br" and child.get(f"{self.w}type") in (None, "textWrapping")):
                yield Character(run, own, 0, "\n")
            elif name == "sym":
                yield Character(run, own, 0, SYMBOL)
            elif name == "noBreakHyphen":
                yield Character(run, own, 0, "-")
            elif name not in ("footnoteReference", "endnoteReference", "br"):
                yield from self._run_characters(run, child, hidden)
