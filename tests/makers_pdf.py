"""Small PDFs, drawn for one test each."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))

Draw = Callable[[Canvas], None]
LEFT, RIGHT, TOP = 90.0, 510.0, 740.0
"""The margins that `prose` keeps, in points from the bottom left of an A4 page."""


def pdf(
    *pages: Draw,
    size: tuple[float, float] = A4,
    password: str | None = None,
    rotate: int = 0,
    crop: Sequence[float] = (),
) -> bytes:
    """A PDF with a page for each function, which draws on it."""
    out = io.BytesIO()
    encrypt = StandardEncryption(password, canPrint=1) if password else None
    canvas = Canvas(out, pagesize=size, invariant=1, encrypt=encrypt)
    for draw in pages:
        if rotate:
            canvas.setPageRotation(rotate)
        if crop:
            canvas.setCropBox(crop)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def line(canvas: Canvas, x: float, y: float, text: str, size: float = 12.0) -> None:
    """One line of text whose first character starts at x, on the baseline y."""
    canvas.setFont(FONT, size)
    canvas.drawString(x, y, text)


def centred(canvas: Canvas, y: float, text: str, size: float = 12.0) -> None:
    """A line in the middle between the margins."""
    line(canvas, (LEFT + RIGHT) / 2 - len(text) * size / 2, y, text, size)


def wrapped(text: str, width: int, *, indent: int = 2) -> list[str]:
    """The lines of a paragraph of `width` full-width characters, the first with its indent as blanks."""
    text = "\u3000" * indent + text
    return [text[at : at + width] for at in range(0, len(text), width)]


def prose(
    canvas: Canvas,
    lines: Sequence[str],
    *,
    top: float = TOP,
    left: float = LEFT,
    size: float = 12.0,
    leading: float = 20.0,
) -> float:
    """Lines one below the other; the baseline below the last."""
    y = top
    for text in lines:
        indent = len(text) - len(text.lstrip("\u3000"))
        line(canvas, left + indent * size, y, text.lstrip("\u3000"), size)
        y -= leading
    return y


def furniture(canvas: Canvas, number: int, head: str = "甲市国土空间总体规划（2021—2035年）") -> None:
    """A running head with its rule, and a page mark."""
    line(canvas, 180, 800, head, 9)
    canvas.line(LEFT, 795, RIGHT, 795)
    line(canvas, 280, 40, f"— {number} —", 10)


def picture(width: int = 60, height: int = 80, shade: int = 200) -> ImageReader:
    """A grey picture."""
    from PIL import Image

    return ImageReader(Image.new("L", (width, height), shade))
