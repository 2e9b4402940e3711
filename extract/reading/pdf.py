"""A PDF, page by page, as ink in displayed space.

pdfium's characters ignore /Rotate and stay in media-box space under a CropBox; here both are applied. Only this module
and its engine know pdfium.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pypdfium2 as pypdfium
import pypdfium2.raw as pdfium

from ...plan.errors import UnreadableInput
from . import engine
from .characters import codes_of, is_blank, picked, usual
from .drawings import page_drawings
from .ink import PageInk
from .probing import has_nested_forms, unsafe_pages

_MOST_PIXELS = 24_000_000
_HYPHEN = "\x02"
"""What pdfium gives for a hyphen at the end of a line."""

_ABOVE, _BELOW = 0.78, 0.08
"""Font sizes above and below the baseline that the box of a character takes: the bodies of Chinese characters and digits."""
_INSET = 0.08
"""Font sizes that a box keeps from the neighbour's."""


class OpenPdf:
    """A PDF that is open: its page count and the ink of each page. Fonts are described once."""

    def __init__(self, document: pypdfium.PdfDocument, unsafe: frozenset[int] = frozenset()) -> None:
        """`unsafe` pages are not loaded."""
        self._document = document
        self._unsafe = unsafe
        self._fonts: dict[int, int] = {}
        self._described: dict[tuple[str, bool], int] = {}
        self._font_names: list[str] = []
        self._bold_fonts: list[bool] = []

    def __len__(self) -> int:
        return len(self._document)

    def page(self, number: int) -> PageInk | None:
        """The ink of a page (from 1); None if pdfium can't load it."""
        if number in self._unsafe:
            return None
        self._fonts.clear()
        page = pdfium.FPDF_LoadPage(self._document, number - 1)
        if not page:
            return None
        textpage = pdfium.FPDFText_LoadPage(page)
        try:
            return self._ink(number, page, textpage)
        finally:
            if textpage:
                pdfium.FPDFText_ClosePage(textpage)
            pdfium.FPDF_ClosePage(page)

    def picture(self, number: int, dpi: int) -> np.ndarray | None:
        """The page as displayed, uint8 (rows, columns, 3) RGB; coarser where it would have too many pixels."""
        try:
            page = self._document[number - 1]
            width, height = page.get_size()
            scale = min(dpi / 72, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
            shown: np.ndarray = page.render(scale=scale, rev_byteorder=True).to_numpy()[:, :, :3].copy()
            page.close()
        except (pypdfium.PdfiumError, ValueError, MemoryError):
            return None
        return shown

    def _ink(self, number: int, page: object, textpage: object) -> PageInk:
        to_display, width, height = _display(page)
        handle = engine.address(textpage)
        count = max(pdfium.FPDFText_CountChars(textpage), 0) if textpage else 0
        raw = engine.page_text(handle, textpage, count) if count else ""
        blank = is_blank(raw)
        objects = engine.text_objects(handle, blank)
        inked = objects != 0
        rows = (inked & ~blank).nonzero()[0]
        places = rows.tolist()
        blank_before = np.zeros(len(rows), bool)
        blank_before[1:] = rows[1:] - rows[:-1] > 1
        loose = to_display(engine.loose_boxes(handle, places)[:, [0, 3, 2, 1]])
        runs, written = self._runs(handle, objects[rows], rows)
        text = picked(raw, rows).replace(_HYPHEN, "-")
        said = usual(text)
        drawings = page_drawings(engine.address(page), set(written))
        sizes, bold, fonts, angles, origins = runs(to_display)
        advances, baselines = along_writing(angles, loose, origins, width, height)
        boxes = inner_boxes(loose, sizes, angles, baselines)
        odd = ((boxes[:, 2] <= boxes[:, 0]) | (boxes[:, 3] <= boxes[:, 1])).nonzero()[0]
        if len(odd):
            boxes[odd] = to_display(engine.char_boxes(handle, rows[odd].tolist())[:, [0, 2, 1, 3]])
        rejects = {"generated": int((~inked).sum()), "blank": int((inked & blank).sum())}
        ink = PageInk(
            number=number, width=width, height=height, text=said, raw=said if said == text else text,
            boxes=boxes, advances=advances, baselines=baselines,
            sizes=sizes, bold=bold, fonts=fonts, angles=angles, font_names=tuple(self._font_names),
            rules=to_display(drawings.rules), fills=to_display(drawings.fills), images=to_display(drawings.images),
            rejected=rejects["generated"] + rejects["blank"], rejects=rejects,
            blank_before=blank_before, texts=drawings.texts, paths=drawings.paths,
        )  # fmt: skip
        return without_rejects(ink)

    def _runs(
        self, handle: int, objects: np.ndarray, rows: np.ndarray
    ) -> tuple[Callable[..., tuple[np.ndarray, ...]], list[int]]:
        """What text objects say of their characters: size, weight, font, direction, baseline; and these objects."""
        change = np.ones(len(objects), bool)
        change[1:] = objects[1:] != objects[:-1]
        firsts = change.nonzero()[0]
        run_of = change.cumsum() - 1
        places = rows[firsts].tolist()
        matrices = engine.matrices(handle, places)
        handles = objects[firsts].tolist()
        sizes = engine.font_sizes(handles)
        pointers = list(map(engine.font_of, handles))
        known = {pointer: self._font(pointer) for pointer in sorted(set(pointers))}
        fonts = np.fromiter(map(known.__getitem__, pointers), np.int16, len(places))
        modes = np.fromiter(map(engine.render_mode, handles), np.int8, len(places))
        bold_fonts = np.array(self._bold_fonts, bool) if self._bold_fonts else np.zeros(1, bool)
        bold = bold_fonts[fonts] | (modes == 2) | (modes == 6) if len(places) else np.zeros(0, bool)
        scale = np.hypot(matrices[:, 2], matrices[:, 3])
        sizes = np.abs(sizes * np.where(scale > 0, scale, 1)).astype(np.float32)

        def of_page(to_display: Callable[[np.ndarray], np.ndarray]) -> tuple[np.ndarray, ...]:
            origin = matrices[:, 4:6]
            both = np.empty((2 * len(origin), 4), np.float32)
            both[: len(origin), :2] = both[: len(origin), 2:] = origin
            both[len(origin) :, :2] = both[len(origin) :, 2:] = origin + matrices[:, 0:2]
            shown = to_display(both)[:, :2]
            start = shown[: len(origin)]
            step = shown[len(origin) :] - start
            angles = np.round(np.degrees(np.arctan2(step[:, 1], step[:, 0]))).astype(np.int16) % 360
            return sizes[run_of], bold[run_of], fonts[run_of], angles[run_of], start[run_of]

        return of_page, handles

    def _font(self, key: int) -> int:
        """The index of a font. pdfium may give the address of one font to another on a later page."""
        if key not in self._fonts:
            described = engine.font_description(key) if key else ("", False)
            if described not in self._described:
                self._described[described] = len(self._font_names)
                self._font_names.append(described[0])
                self._bold_fonts.append(described[1])
            self._fonts[key] = self._described[described]
        return self._fonts[key]


def _display(page: object) -> tuple[Callable[[np.ndarray], np.ndarray], float, float]:
    """The function that brings boxes (left, bottom, right, top) of page space to display space, and the page's size."""
    bounds = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, bounds)
    left, bottom, right, top = bounds.left, bounds.bottom, bounds.right, bounds.top
    turns = max(pdfium.FPDFPage_GetRotation(page), 0) % 4
    wide, high = right - left, top - bottom

    def to_display(boxes: np.ndarray) -> np.ndarray:
        shown = np.empty((len(boxes), 4), np.float32)
        if not len(boxes):
            return shown
        x0, y0, x1, y1 = boxes.T
        match turns:
            case 0:
                columns = (x0 - left, top - y1, x1 - left, top - y0)
            case 1:
                columns = (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
            case 2:
                columns = (right - x1, y0 - bottom, right - x0, y1 - bottom)
            case _:
                columns = (top - y1, right - x1, top - y0, right - x0)
        shown[:, 0], shown[:, 1], shown[:, 2], shown[:, 3] = columns
        return shown

    return to_display, *((wide, high) if turns % 2 == 0 else (high, wide))


def along_writing(
    angles: np.ndarray, loose: np.ndarray, origins: np.ndarray, width: float, height: float
) -> tuple[np.ndarray, np.ndarray]:
    """Advances and baselines of PageInk: along the writing, as if the page were turned so that it runs to the right."""
    advances, baselines = loose[:, [0, 2]], origins[:, 1].copy()
    if not angles.any():
        return advances, baselines
    for angle, along, base in (
        (90, loose[:, [1, 3]], width - origins[:, 0]),
        (180, width - loose[:, [2, 0]], height - origins[:, 1]),
        (270, height - loose[:, [3, 1]], origins[:, 0]),
    ):
        turned = angles == angle
        advances[turned], baselines[turned] = along[turned], base[turned]
    return advances, baselines


def inner_boxes(loose: np.ndarray, sizes: np.ndarray, angles: np.ndarray, baselines: np.ndarray) -> np.ndarray:
    """The box of each character a little inside of what the font gives it, so that neighbours and lines never touch.

    Across the writing of level text it goes by the baseline, as fonts disagree about their heights by half a line.
    """
    boxes = loose.copy()
    wide, high = loose[:, 2] - loose[:, 0], loose[:, 3] - loose[:, 1]
    inset = np.minimum(_INSET * sizes, 0.2 * np.maximum(wide, 0.0))
    boxes[:, 0] += inset
    boxes[:, 2] -= inset
    level = (angles == 0) & (baselines > loose[:, 1]) & (baselines < loose[:, 3] + 0.5)
    boxes[:, 1] = np.where(level, baselines - _ABOVE * sizes, loose[:, 1] + 0.15 * high)
    boxes[:, 3] = np.where(level, baselines + _BELOW * sizes, loose[:, 3] - 0.15 * high)
    return boxes


def without_rejects(ink: PageInk) -> PageInk:
    """The page without characters off the page and without those printed twice in one place (a way to print bold)."""
    count = len(ink.text)
    if not count:
        return ink
    boxes = ink.boxes
    middle_x, middle_y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    off = ~((middle_x >= 0) & (middle_x <= ink.width) & (middle_y >= 0) & (middle_y <= ink.height))
    order = np.argsort(_place_keys(ink.text, middle_x, middle_y))
    before, after = order[:-1], order[1:]
    codes = codes_of(ink.text)
    near = np.maximum(1.0, 0.12 * ink.sizes[after])
    same = (codes[before] == codes[after]) & (np.abs(middle_y[before] - middle_y[after]) < near)
    same &= np.abs(middle_x[before] - middle_x[after]) < near
    twice = np.zeros(count, bool)
    twice[np.maximum(before, after)[same]] = True
    twice &= ~off
    if not off.any() and not twice.any():
        return ink
    bold = ink.bold.copy()
    bold[np.minimum(before, after)[same]] = True
    rejects = {**ink.rejects, "off_page": int(off.sum()), "overprint": int(twice.sum())}
    kept = ink.kept(~off & ~twice)
    return PageInk(
        **{name: getattr(kept, name) for name in PageInk.__dataclass_fields__ if name not in {"bold", "rejected", "rejects"}},
        bold=bold[~off & ~twice], rejects=rejects, rejected=sum(rejects.values()),
    )  # fmt: skip


def _place_keys(text: str, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Numbers that sort characters so that the same one printed twice in one place stands side by side."""
    places = np.round(y / 4).astype(np.int64) * 4096 + np.round(x / 4).astype(np.int64)
    return codes_of(text).astype(np.int64) * (1 << 26) + (places & ((1 << 26) - 1))


@contextmanager
def open_pdf(path: Path, data: bytes, password: str | None = None) -> Iterator[OpenPdf]:
    """The PDF in `data`, open for reading.

    Raises:
        UnreadableInput: if it is encrypted and the password does not open it, or is damaged beyond reading.
    """
    try:
        document = pypdfium.PdfDocument(data, password=password or None)
    except pypdfium.PdfiumError as error:
        raise _closed(path, password) from error
    try:
        yield OpenPdf(document, unsafe_pages(data, len(document), password) if has_nested_forms(data) else frozenset())
    finally:
        document.close()


def _closed(path: Path, password: str | None) -> UnreadableInput:
    """Why pdfium would not open the file, and what to do."""
    reason = "ENCRYPTED"
    match pdfium.FPDF_GetLastError():
        case pdfium.FPDF_ERR_PASSWORD if password:
            why = "密码不正确，无法打开加密的 PDF；请核对 --password-file 给出的密码。"
        case pdfium.FPDF_ERR_PASSWORD:
            why = "PDF 已加密，需要密码才能打开；请用 --password-file 给出密码文件。"
        case pdfium.FPDF_ERR_SECURITY:
            why = "PDF 使用了不支持的加密方式；请另存为不加密的 PDF 后再试。"
        case _:
            why, reason = "PDF 文件已损坏，无法打开；请重新导出或下载该文件。", "DAMAGED"
    return UnreadableInput(f"{path.name}：{why}", reason=reason)
