"""What went wrong in reading, as findings that name the pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..plan.document import Block, Page
from ..plan.finding import Finding, Place, Severity, finding
from .contents import Entry, squeezed


def page_findings(
    pages: Sequence[Page], again: Iterable[int] = (), tableless: Sequence[int] = ()
) -> tuple[Finding, ...]:
    """One finding for each kind of page that could not be read, or only by the second engine (`again`), or only as lines
    because looking for tables failed (`tableless`)."""
    found = []
    for state, code, severity, message in _KINDS:
        numbers = [page.number for page in pages if page.state == state]
        if numbers:
            whole: Severity = "error" if len(numbers) == len(pages) else severity
            found.append(_of_pages(code, whole, message.format(numbers_in_words(numbers)), numbers))
    numbers = sorted(again)
    if numbers:
        message = f"第{numbers_in_words(numbers)}页的文字层有异常，已改用第二个引擎读取，请留意核对。"
        found.append(_of_pages("READ-SECOND", "info", message, numbers))
    if tableless:
        message = f"第{numbers_in_words(tableless)}页的表格未能识别，已按普通文字读取；请单独核对这些页的表格。"
        found.append(_of_pages("READ-TABLE", "warning", message, tableless))
    return tuple(found)


_KINDS: tuple[tuple[str, str, Severity, str], ...] = (
    ("image_only", "READ-OCR", "warning", "第{}页是图片，没有文字层，未能读取；需要先做文字识别（OCR）。"),
    ("garbled", "READ-GARBLED", "warning", "第{}页的文字层是乱码，未能读取；需要先做文字识别（OCR）或重新导出。"),
    ("skipped", "READ-SKIPPED", "warning", "第{}页读取时超出时间或内存限制，已跳过；请单独核对这些页。"),
    ("unreadable", "READ-PAGE", "warning", "第{}页已损坏，未能读取；请重新导出该文件。"),
)


def _of_pages(code: str, severity: Severity, message: str, numbers: Sequence[int]) -> Finding:
    places = (Place(page=number, boxes=(), quote="", label="页") for number in numbers)
    return finding(code, severity, "读取", message, places)


def numbers_in_words(numbers: Sequence[int]) -> str:
    """Page numbers with their runs drawn together: 3、5—8."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}—{run[-1]}" for run in runs)


_TRUSTED = 0.7
"""The part of the entries that must be found for the contents to be those of this text."""


def contents_findings(
    entries: Sequence[Entry], blocks: Sequence[Block], printed: dict[int, str]
) -> tuple[Finding, ...]:
    """Where the contents and the headings of the text disagree: headings that are not there, other page numbers."""
    headings: dict[str, list[Block]] = {}
    for block in blocks:
        if block.kind == "heading":
            headings.setdefault(squeezed(f"{block.number or ''}{block.title or ''}"), []).append(block)
    missing: list[Entry] = []
    moved: list[tuple[Entry, Block, str]] = []
    for entry in entries:
        same = headings.get(squeezed(entry.text), [])
        if not same:
            missing.append(entry)
            continue
        pages = [printed.get(block.text.page or 0) for block in same]
        if entry.page.isdigit() and None not in pages and entry.page not in pages:
            moved.append((entry, same[0], str(pages[0])))
    if len(entries) < 5 or len(missing) > (1 - _TRUSTED) * len(entries):
        return ()
    found = []
    if missing:
        names = "、".join(f"“{entry.text}”" for entry in missing)
        found.append(finding("DOC-CONTENTS", "info", "格式", f"目录列出的标题在正文中没有找到：{names}。"))
    if moved:
        words = "；".join(f"“{entry.text}”目录为第{entry.page}页，正文在第{page}页" for entry, _, page in moved)
        places = [
            Place.at(span, "标题", page) for _, block, page in moved for span in block.text.spans(printed=printed)
        ]
        found.append(finding("DOC-CONTENTS", "info", "格式", f"目录页码与正文不一致：{words}。", places))
    return tuple(found)
