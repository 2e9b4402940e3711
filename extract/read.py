"""A file → Document, by what the file is and not by what it is called."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import numpy as np

from ..plan.document import Block, Document, Furniture, OcrLine, Page, Source
from ..plan.errors import UnreadableInput
from ..plan.finding import Finding
from ..plan.span import Box
from .census import census_findings
from .defects import contents_findings, page_findings
from .furniture import watermark_places
from .layout import Layout, lay_out
from .outline import layout_to_blocks
from .pages import PageItems, as_figure, page_items, unreadable_page
from .reading.files import file_bytes, is_ofd
from .reading.ink import PageInk
from .reading.ocr import DPI, OcrPage, ocr_installed, ocr_page, tilted_back
from .reading.pdf import open_pdf
from .reading.quality import garbage_share, good_characters, is_doubtful
from .reading.second import read_again
from .tilting import tilted_blocks

_MOST_DOUBTFUL = 40
"""Pages of one file that the second engine is asked for: where more look wrong, all do."""
Progress = Callable[[int, int], None]
"""Called with pages done and pages in all."""
BeforePage = Callable[[int], None]
"""Called with the page (from 1) that is about to be read, by whichever means; with 0 before the pages are put together."""


def read_document(
    path: Path | str,
    *,
    password: str | None = None,
    progress: Progress | None = None,
    ocr: bool = True,
    skip_pages: Container[int] = (),
    before_page: BeforePage | None = None,
    census: bool = False,
) -> Document:
    """What the file says. `ocr`: read pictures of pages too, where chuandao[ocr] is installed. `skip_pages`: pages of a
    PDF that are left out, with a finding that names them. `census`: read all pages of a PDF with both engines and say
    where they disagree.

    Raises:
        UnreadableInput: missing, a folder, empty, of another kind, encrypted, damaged.
    """
    path = Path(path)
    data = file_bytes(path)
    if b"%PDF-" in data[:1024]:
        document = read_pdf(
            path, data, password=password, progress=progress, ocr=ocr, skip_pages=skip_pages, before_page=before_page
        )
        if not census:
            return document
        return replace(document, findings=(*document.findings, *census_findings(path, data, password)))
    if data[:2] == b"PK" and is_ofd(path, data):
        return read_ofd(path, data, progress=progress, ocr=ocr, skip_pages=skip_pages, before_page=before_page)
    if data[:2] == b"PK" or data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" or data[:5] == b"{\\rtf":
        return read_word(path, data)
    raise UnreadableInput(
        f"{path.name}：既不是 PDF、DOCX 也不是 OFD 文件；请转换为 PDF 或 DOCX 后再试。", reason="OTHER_KIND"
    )


def read_word(path: Path, data: bytes) -> Document:
    """What a Word file says: DOCX, DOCM, or a binary file (.doc, .wps, RTF) that LibreOffice converts."""
    from .reading.docx import read_docx  # these take a while to load and PDFs don't need them

    if data[:2] == b"PK":
        return read_docx(path, data)
    from .reading.converted import binary_word_to_docx

    document = read_docx(path, binary_word_to_docx(path.name, data))
    ending = path.suffix.lower().removeprefix(".")
    source = replace(
        document.source, sha256=hashlib.sha256(data).hexdigest(), format=ending if ending in ("doc", "wps") else "doc"
    )
    return replace(document, source=source)


def read_pdf(
    path: Path,
    data: bytes,
    *,
    password: str | None = None,
    progress: Progress | None = None,
    ocr: bool = True,
    skip_pages: Container[int] = (),
    before_page: BeforePage | None = None,
) -> Document:
    """What a PDF says; `path` names it, and the second engine opens it there."""

    def again(pages: Sequence[int]) -> dict[int, PageInk]:
        return read_again(path, pages, password)

    opened = open_pdf(path, data, password)
    source = Source(path.name, hashlib.sha256(data).hexdigest(), "pdf")
    return _read_pages(opened, source, again, progress, ocr, skip_pages, before_page or _unseen)


def read_ofd(
    path: Path,
    data: bytes,
    *,
    progress: Progress | None = None,
    ocr: bool = True,
    skip_pages: Container[int] = (),
    before_page: BeforePage | None = None,
) -> Document:
    """What an OFD says: pages of ink as a PDF has them, so all else is the same. There is no second engine for it."""
    from .reading.ofd import open_ofd

    source = Source(path.name, hashlib.sha256(data).hexdigest(), "ofd")
    return _read_pages(open_ofd(path, data), source, None, progress, ocr, skip_pages, before_page or _unseen)


class Pages(Protocol):
    """A file of pages that is open."""

    def __len__(self) -> int: ...

    def page(self, number: int) -> PageInk | None:
        """The ink of a page (from 1); None if it can't be read."""

    def picture(self, number: int, dpi: int) -> np.ndarray | None:
        """The page as a picture, uint8 (rows, columns, 3) RGB; None if there is none."""


Again = Callable[[Sequence[int]], dict[int, PageInk]]
"""The second engine: the ink of the pages asked for, those it can't read left out."""


def _unseen(number: int) -> None:
    """What is called before each page where nobody asked."""


def _read_pages(
    opened: AbstractContextManager[Pages],
    source: Source,
    second: Again | None,
    progress: Progress | None,
    ocr: bool,
    skipped: Container[int],
    before: BeforePage,
) -> Document:
    """What a file of pages says."""
    with opened as file:
        with _without_collection():
            pages, again = _pages(file, source, second, progress, skipped, before)
        if ocr:
            pages = _with_pictures_read(file, pages, progress, before)
    before(0)
    with _without_collection():
        layout = lay_out(pages)
        blocks, outline = layout_to_blocks(layout)
        blocks = tilted_blocks(blocks, pages)
    shown = tuple(_page(page, layout) for page in pages)
    read = tuple(page.number for page in shown if page.state == "ocr")
    return Document(
        source=replace(source, pages=len(pages), ocr_pages=read),
        blocks=blocks, outline=outline, pages=shown, findings=_findings(layout, blocks, shown, again, [page.number for page in pages if page.tables_failed]),
        ledger=layout.ledger,
    )  # fmt: skip


def _findings(
    layout: Layout, blocks: Sequence[Block], pages: Sequence[Page], again: list[int], tableless: list[int]
) -> tuple[Finding, ...]:
    return (*page_findings(pages, again, tableless), *contents_findings(layout.entries, blocks, layout.printed))


@contextmanager
def _without_collection() -> Iterator[None]:
    """Reading makes many small objects that all stay and none that hang together in circles: nothing to collect.

    Afterwards they all count as old, so that they are not looked through one by one as soon as collecting goes on.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()


def _pages(
    pdf: Pages,
    source: Source,
    second: Again | None,
    progress: Progress | None,
    skipped: Container[int],
    before: BeforePage,
) -> tuple[list[PageItems], list[int]]:
    """The items of all pages, and the pages that the second engine has read."""
    count = len(pdf)
    if not count:
        raise UnreadableInput(
            f"{source.file}：{source.format.upper()} 没有任何页面；请重新导出或下载该文件。", reason="NO_PAGES"
        )
    samples = sorted({number for number in (2, count // 2, count - 1) if 1 <= number <= count} if count >= 4 else ())
    inks: dict[int, PageInk] = {}
    for number in samples:
        if number not in skipped:
            before(number)
            ink = pdf.page(number)
            if ink is not None:
                inks[number] = ink
    water = watermark_places(list(inks.values())) if len(inks) > 1 else frozenset()
    pages: dict[int, PageItems] = {}
    doubtful: dict[int, PageInk | None] = {}
    for number in range(1, count + 1):
        if number in skipped:
            pages[number] = unreadable_page(number, "skipped")
            continue
        before(number)
        ink = inks.pop(number) if number in inks else pdf.page(number)
        garbage = garbage_share(ink) if ink is not None else 1.0
        if ink is None or is_doubtful(ink, garbage):
            doubtful[number] = ink
        if ink is not None:
            pages[number] = page_items(ink, water, garbage)
        if progress is not None:
            progress(number, count)
    again = []
    before(0)
    if doubtful and second is not None:
        for number, other in second(list(doubtful)[:_MOST_DOUBTFUL]).items():
            first = doubtful[number]
            if first is None or good_characters(other) > 1.02 * good_characters(first) + 5:
                pages[number] = page_items(other, water, garbage_share(other))
                again.append(number)
    return [pages.get(number) or unreadable_page(number) for number in range(1, count + 1)], again


def _with_pictures_read(
    pdf: Pages, pages: list[PageItems], progress: Progress | None, before: BeforePage
) -> list[PageItems]:
    """The pages, with those that have no text or a garbled one read from their picture, where that is installed."""
    wanted = [page.number for page in pages if page.state in ("image_only", "garbled")]
    if not wanted or not ocr_installed():
        return pages
    read = list(pages)
    for done, number in enumerate(wanted):
        before(number)
        picture = pdf.picture(number, DPI)
        if picture is not None:
            try:
                read[number - 1] = _picture_to_items(picture, pages[number - 1])
            except MemoryError:
                raise
            except Exception:  # a picture that nobody thought of must not cost the other pages; its page stays unread
                read[number - 1] = pages[number - 1]
        if progress is not None:
            progress(done + 1, len(wanted))
    return read


def _picture_to_items(picture: np.ndarray, before: PageItems) -> PageItems:
    """The items of a page as read from its picture; those before if nothing is read."""
    found = ocr_page(picture, before.number, before.width, before.height)
    if not found.ink.text.strip():
        return before
    items = page_items(found.ink)
    if found.is_figure and not any(table.kind == "table" for table in items.tables):
        items = as_figure(items)
    fates = {**items.fates, "garbled": before.characters} if before.characters else items.fates
    return replace(
        items, state="ocr", fates=fates, characters=items.characters + before.characters, ocr_lines=_ocr_lines(found),
        tilt=found.tilt,
    )  # fmt: skip


def _ocr_lines(found: OcrPage) -> tuple[OcrLine, ...]:
    """Each line that OCR gave: its box as displayed, its words, how sure it is."""
    boxes = tilted_back(found.ink.boxes, found.tilt, found.ink.width, found.ink.height)
    lines = []
    for start, end in found.lines:
        lines.append(
            OcrLine(_around(boxes[start:end]), found.ink.text[start:end], round(float(found.confidence[start]), 3))
        )
    return tuple(lines)


def _page(items: PageItems, layout: Layout) -> Page:
    return Page(
        number=items.number, width=round(items.width, 2), height=round(items.height, 2),
        printed=layout.printed.get(items.number), state=items.state, characters=items.characters,
        ocr_lines=items.ocr_lines, furniture=_furniture(items, layout),
    )  # fmt: skip


def _furniture(items: PageItems, layout: Layout) -> tuple[Furniture, ...]:
    found = [(kind, line.boxes, line.text) for kind, line in layout.furniture.get(items.number, ())]
    if items.watermark is not None:
        found.append(("watermark", items.watermark, ""))
    return tuple(
        Furniture(kind, _around(tilted_back(boxes, items.tilt, items.width, items.height)), text)
        for kind, boxes, text in found
        if len(boxes)
    )


def _around(boxes: np.ndarray) -> Box:
    x0, top = np.minimum.reduce(boxes[:, :2]).tolist()
    x1, bottom = np.maximum.reduce(boxes[:, 2:]).tolist()
    return (round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2))
