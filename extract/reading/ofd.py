"""An OFD (GB/T 33190—2016), page by page, as ink in displayed space, the same that a PDF's page gives.

An OFD is a ZIP of XML: OFD.xml names the documents, a Document.xml its pages, a page's Content.xml its objects, in
millimetres from the top left. What a page template draws belongs to each page that uses it. Signatures and seals change
nothing that is read; annotations and attachments are left out.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from lxml import etree
from PIL import Image

from ...plan.errors import UnreadableInput
from .characters import is_blank, picked, usual
from .docx_package import part_bytes, refuse_bombs, xml_root
from .ink import PageInk
from .ofd_objects import MM, Box, Drawer, Drawn, Resources, all_named, numbers
from .pdf import along_writing, inner_boxes, without_rejects

_A4 = (0.0, 0.0, 210.0, 297.0)
_MOST_RULES = 6_000
_MOST_COMPLEX = 60
"""Paths of many points on a page that is still text and tables: a map has hundreds."""
_MOST_TEMPLATES, _MOST_PICTURES, _MOST_PIXELS = 20, 60, 60_000_000
"""Of one page that is no bomb: its templates, the pictures drawn for recognition, and the pixels of one of them."""
_FEWEST_UPON, _MOST_UPON = 5, 0.015
"""Characters that stand upon others, at least, and their part of a page that can't be read: in print there are none."""
_BROKEN = (
    zipfile.BadZipFile,
    etree.XMLSyntaxError,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    StopIteration,
    NotImplementedError,
    RuntimeError,
)


@contextmanager
def open_ofd(path: Path, data: bytes) -> Iterator[OpenOfd]:
    """The OFD in `data`, open for reading.

    Raises:
        UnreadableInput: it is encrypted, has no pages, is damaged, or unpacks to far more than a document does.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        refuse_bombs(path.name, archive)
        opened = OpenOfd(path.name, archive)
    except _BROKEN:
        raise UnreadableInput(
            f"{path.name}：OFD 文件已损坏（读不出页面清单）；请重新导出，或用 WPS、OFD 阅读器另存为 PDF 后再试。",
            reason="DAMAGED",
        ) from None
    with archive:
        yield opened


@dataclass(frozen=True, slots=True)
class _PageAt:
    """A page: where its content stands, the box it has where it says none, its document's templates and resources."""

    content: str
    box: tuple[float, ...]
    templates: dict[str, str]
    resources: Resources


class OpenOfd:
    """An OFD that is open: its page count, the ink of each page, and the pictures on it."""

    def __init__(self, name: str, archive: zipfile.ZipFile) -> None:
        self._name = name
        self._archive = archive
        self._parts = {info.filename.lstrip("/").lower(): info for info in archive.infolist()}
        self._font_names: dict[str, int] = {}
        root = self._xml("OFD.xml")
        hidden = any(part.endswith(("encryptions.xml", "decryptseed.dat")) for part in self._parts)
        if hidden or all_named(root, "Encryptions") or any(info.flag_bits & 1 for info in self._parts.values()):
            raise UnreadableInput(
                f"{name}：OFD 文件已加密；请在 OFD 阅读器中打开并另存为不加密的文件或 PDF 后再试。", reason="ENCRYPTED"
            )
        roots = [_place("OFD.xml", _text(body, "DocRoot")) for body in all_named(root, "DocBody")]
        if not roots:
            raise ValueError("no document")
        self._pages = [page for at in roots for page in self._pages_of(at)]

    def __len__(self) -> int:
        return len(self._pages)

    def page(self, number: int) -> PageInk | None:
        """The ink of a page (from 1); None if its content is missing or damaged, or its characters stand upon one another."""
        try:
            drawn, box = self._drawn(self._pages[number - 1])
        except _BROKEN:
            return None
        ink = self._ink(number, drawn, box)
        return None if _stands_on_itself(ink) else ink

    def picture(self, number: int, dpi: int) -> np.ndarray | None:
        """The pictures of a page in their places on white, uint8 (rows, columns, 3) RGB; None if there are none."""
        try:
            drawn, box = self._drawn(self._pages[number - 1])
            sheet = Image.new("RGB", (round(box[2] * dpi / 25.4), round(box[3] * dpi / 25.4)), "white")
            shown = [(place, file) for place, file in drawn.images if file is not None][:_MOST_PICTURES]
            for (x0, top, x1, bottom), file in shown:
                size = (max(1, round((x1 - x0) * dpi / 25.4)), max(1, round((bottom - top) * dpi / 25.4)))
                if size[0] <= 2 * sheet.width and size[1] <= 2 * sheet.height:
                    with Image.open(io.BytesIO(self._bytes(file))) as image:
                        if image.width * image.height > _MOST_PIXELS:
                            return None
                        sheet.paste(
                            image.convert("RGB").resize(size), (round(x0 * dpi / 25.4), round(top * dpi / 25.4))
                        )
        except (*_BROKEN, MemoryError, Image.DecompressionBombError):
            return None
        return np.asarray(sheet) if shown else None

    # ------------------------------------------------------------------ the package

    def _bytes(self, part: str) -> bytes:
        return part_bytes(self._name, self._archive, self._parts[part.lower()])

    def _xml(self, part: str) -> etree._Element:
        return xml_root(self._bytes(part))

    def _pages_of(self, part: str) -> Iterator[_PageAt]:
        document = self._xml(part)
        resources = Resources()
        for name in ("PublicRes", "DocumentRes"):
            for element in all_named(document, name):
                self._read_resources(_place(part, element.text), resources)
        templates = {
            element.get("ID", ""): _place(part, element.get("BaseLoc"))
            for element in all_named(document, "TemplatePage")
        }
        box = _box(document) or _A4
        for page in all_named(document, "Page"):
            yield _PageAt(_place(part, page.get("BaseLoc")), box, templates, resources)

    def _read_resources(self, part: str, found: Resources) -> None:
        try:
            root = self._xml(part)
        except _BROKEN:  # text can be read without its fonts' names
            return
        folder = _place(part, (root.get("BaseLoc") or ".") + "/.")
        for font in all_named(root, "Font"):
            name = font.get("FontName") or font.get("FamilyName") or ""
            bold = font.get("Bold") == "true" or any(word in name.lower() for word in ("bold", "black", "heavy"))
            found.fonts[font.get("ID", "")] = (name, bold)
        for tag, kept in (("DrawParam", found.styles), ("CompositeGraphicUnit", found.units)):
            kept.update({element.get("ID", ""): element for element in all_named(root, tag)})
        for media in all_named(root, "MultiMedia"):
            found.media[media.get("ID", "")] = posixpath.normpath(posixpath.join(folder, _text(media, "MediaFile")))

    # ------------------------------------------------------------------ a page

    def _drawn(self, page: _PageAt) -> tuple[Drawn, tuple[float, ...]]:
        """What a page and its templates draw, and its box."""
        root = self._xml(page.content)
        resources = page.resources
        if own := all_named(root, "PageRes"):
            resources = Resources(
                dict(resources.fonts), dict(resources.styles), dict(resources.units), dict(resources.media)
            )
            for element in own:
                self._read_resources(_place(page.content, element.text), resources)
        box = _box(root) or page.box
        if not (0 < box[2] < 20_000 and 0 < box[3] < 20_000):
            raise ValueError("a page without a size")
        drawn = Drawn()
        start = (1.0, 0.0, 0.0, 1.0, -box[0], -box[1])
        below: list[str | None] = []
        above: list[str | None] = []
        for template in all_named(root, "Template")[:_MOST_TEMPLATES]:
            at = page.templates.get(template.get("TemplateID", ""))
            (above if template.get("ZOrder") == "Foreground" else below).append(at)
        for at in (*below, page.content, *above):
            if at is not None:
                content = root if at == page.content else self._xml(at)
                for layer in all_named(content, "Layer"):
                    Drawer(drawn, resources).draw(layer, start, 0)
        return drawn, box

    def _ink(self, number: int, drawn: Drawn, box: tuple[float, ...]) -> PageInk:
        width, height = box[2] * MM, box[3] * MM
        said = "".join(drawn.characters)
        rows = np.array(drawn.rows, np.float32).reshape(-1, 8)
        blank = is_blank(said) if said else np.zeros(0, bool)
        kept = (~blank).nonzero()[0]
        before = np.zeros(len(kept), bool)
        before[1:] = kept[1:] - kept[:-1] > 1
        rows, raw = rows[kept], picked(said, kept) if said else ""
        loose, sizes, origins = rows[:, :4] * MM, rows[:, 4] * MM, rows[:, 6:8] * MM
        angles = rows[:, 5].astype(np.int16)
        advances, baselines = along_writing(angles, loose, origins, width, height)
        fonts = [drawn.fonts[at] for at in kept.tolist()]
        index = [self._font_names.setdefault(name, len(self._font_names)) for name, _ in fonts]
        shown = usual(raw)
        grids = drawn.complex if len(drawn.complex) <= _MOST_COMPLEX else []
        rules = [*drawn.rules, *(line for grid in grids for line in grid)][:_MOST_RULES]
        ink = PageInk(
            number=number, width=width, height=height, text=shown, raw=shown if shown == raw else raw,
            boxes=inner_boxes(loose, sizes, angles, baselines), advances=advances, baselines=baselines, sizes=sizes,
            bold=np.array([bold for _, bold in fonts], bool), fonts=np.array(index, np.int16), angles=angles,
            font_names=tuple(self._font_names), rules=_points(rules), fills=_points(drawn.fills),
            images=_points([place for place, _ in drawn.images]), rejected=int(blank.sum()),
            rejects={"blank": int(blank.sum())}, blank_before=before, texts=drawn.texts, paths=drawn.paths,
        )  # fmt: skip
        return without_rejects(ink)


def _stands_on_itself(ink: PageInk) -> bool:
    """Whether so many characters of one size stand upon one another that no order can be told: some writers of OFD get
    their distances wrong, and what is read in such an order says something else."""
    level = np.flatnonzero(ink.angles == 0)
    left, base, size = ink.lefts[level], ink.baselines[level] if ink.baselines is not None else level, ink.sizes[level]
    order = np.lexsort((left, np.round(base / 2)))
    left, base, size = left[order], base[order], size[order]
    least, most = np.minimum(size[1:], size[:-1]), np.maximum(size[1:], size[:-1])
    near = (np.abs(np.diff(base)) < 0.3 * least) & (np.diff(left) < 0.2 * least) & (np.diff(left) >= 0)
    count = int((near & (most < 1.2 * least)).sum())
    return count >= _FEWEST_UPON and count > _MOST_UPON * len(level)


def _text(element: etree._Element, name: str) -> str:
    found = all_named(element, name)
    if not found or not (found[0].text or "").strip():
        raise ValueError(f"no {name}")
    return (found[0].text or "").strip()


def _place(part: str, location: str | None) -> str:
    """The part that a location in `part` points to; from the root if it begins with a slash."""
    place = (location or "").strip().replace("\\", "/")
    if not place:
        raise ValueError("no location")
    return posixpath.normpath(
        place.lstrip("/") if place.startswith("/") else posixpath.join(posixpath.dirname(part), place)
    )


def _box(root: etree._Element) -> tuple[float, ...] | None:
    """The box of the first page area: x, y, width, height."""
    found = all_named(root, "PhysicalBox")
    return numbers(found[0].text, 4) if found else None


def _points(boxes: list[Box]) -> np.ndarray:
    return np.array(boxes, np.float32).reshape(-1, 4) * np.float32(MM)
