"""A file → Document, by what the file is and not by what it is called."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from ..plan.document import Document, Page, Source
from ..plan.errors import UnreadableInput
from .furniture import watermark_places
from .layout import lay_out
from .outline import layout_to_blocks
from .pages import PageItems, page_items
from .reading.pdf import OpenPdf, open_pdf

Progress = Callable[[int, int], None]
"""Called with pages done and pages in all."""


def read_document(path: Path | str, *, password: str | None = None, progress: Progress | None = None) -> Document:
    """What the file says.

    Raises:
        UnreadableInput: missing, a folder, empty, of another kind, encrypted, damaged.
    """
    path = Path(path)
    data = _bytes_of(path)
    if b"%PDF-" in data[:1024]:
        return read_pdf(path, data, password=password, progress=progress)
    if data[:4] == b"PK\x03\x04" or data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        from .reading.docx import read_docx  # python-docx takes a while to load and PDFs don't need it

        return read_docx(path, data)
    raise UnreadableInput(f"{path.name}：既不是 PDF 也不是 DOCX 文件；请转换为 PDF 或 DOCX 后再试。")


def _bytes_of(path: Path) -> bytes:
    if not path.exists():
        raise UnreadableInput(f"{path}：文件不存在；请检查路径。")
    if path.is_dir():
        raise UnreadableInput(f"{path}：这是文件夹，不是文件；请指定其中的 PDF 或 DOCX 文件。")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableInput(f"{path}：无法读取（{error.strerror}）；请检查文件权限。") from error
    if not data.strip(b"\0\r\n\t "):
        raise UnreadableInput(f"{path.name}：文件是空的；请重新导出或下载。")
    return data


def read_pdf(path: Path, data: bytes, *, password: str | None = None, progress: Progress | None = None) -> Document:
    """What a PDF says; `path` only names it."""
    with open_pdf(path, data, password) as pdf:
        pages = _pages(pdf, progress)
    layout = lay_out(pages)
    blocks, outline = layout_to_blocks(layout)
    return Document(
        source=Source(file=path.name, sha256=hashlib.sha256(data).hexdigest(), format="pdf", pages=len(pages)),
        blocks=blocks,
        outline=outline,
        pages=tuple(_page(page, layout.printed.get(page.number)) for page in pages),
        ledger=layout.ledger,
    )


def _pages(pdf: OpenPdf, progress: Progress | None) -> list[PageItems]:
    count = len(pdf)
    samples = sorted({number for number in (2, count // 2, count - 1) if 1 <= number <= count})
    water = watermark_places([pdf.page(number) for number in samples]) if count >= 4 else frozenset()
    pages = []
    for number in range(1, count + 1):
        pages.append(page_items(pdf.page(number), water))
        if progress is not None:
            progress(number, count)
    return pages


def _page(items: PageItems, printed: str | None) -> Page:
    return Page(
        number=items.number, width=round(items.width, 2), height=round(items.height, 2), printed=printed,
        characters=sum(line.count for line in items.lines),
    )  # fmt: skip
