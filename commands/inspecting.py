"""How a file was read: the ink ledger as a line, the pages as pictures."""

from __future__ import annotations

from pathlib import Path

from ..extract.reading.pictures import page_pictures
from ..plan.document import Document

FATES = {
    "used": "采用",
    "running_head": "页眉页脚",
    "page_number": "页码",
    "watermark": "水印",
    "footnote_mark": "注码",
    "header": "页眉页脚",
    "comment": "批注",
    "garbled": "乱码",
    "blank": "空白",
    "generated": "引擎补的空白",
    "control": "控制符",
    "off_page": "页面之外",
    "overprint": "重复印刷",
}
"""The fates of characters in Chinese; the order is that of the line."""
DPI = 110


def ledger_line(document: Document) -> str:
    """Where every character of the file went, in one line; it says if the sum were not exact."""
    counts = {fate: count for fate, count in document.ledger.items() if count}
    order = [*(fate for fate in FATES if fate in counts), *sorted(set(counts) - set(FATES))]
    parts = "，".join(f"{FATES.get(fate, fate)} {counts[fate]}" for fate in order)
    total = sum(counts.values())
    said = sum(page.characters for page in document.pages) if document.pages else total
    check = "合计相符" if said == total else f"合计不符：各页共 {said} 字"
    return f"{document.source.file}：字迹台账共 {total} 字：{parts or '没有文字'}（{check}）。"


def debug_pictures(path: Path, document: Document, folder: Path, password: str | None = None) -> dict[Path, bytes]:
    """A PNG for each page of a PDF, as 文件名-p001.png in `folder`; nothing for files without pages."""
    if document.source.format != "pdf":
        return {}
    from ..render.debug import debug_picture  # here, as drawing takes time to import and is seldom asked for

    pictures = {}
    for page in document.pages:
        for number, (picture, width, height) in page_pictures(path, [page.number], password=password, dpi=DPI).items():
            target = folder / f"{path.stem}-p{number:03d}.png"
            pictures[target] = debug_picture(picture, width, height, document, number)
    return pictures
