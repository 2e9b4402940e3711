"""Pictures of PDF pages, for reports that show the evidence where it stands."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

import pypdfium2

Picture = tuple[bytes, float, float]
"""JPEG bytes (grey), then width and height of the page as displayed, in points."""


def page_pictures(
    path: Path, pages: Iterable[int], *, password: str | None = None, dpi: int = 96
) -> dict[int, Picture]:
    """Grey JPEG pictures of the pages asked for (from 1), at `dpi`; the same file gives the same bytes."""
    pictures: dict[int, Picture] = {}
    with pypdfium2.PdfDocument(path, password=password) as pdf:
        for number in sorted(set(pages)):
            if not 1 <= number <= len(pdf):
                continue
            page = pdf[number - 1]
            width, height = page.get_size()
            image = page.render(scale=dpi / 72, grayscale=True).to_pil()
            with io.BytesIO() as buffer:
                image.save(buffer, format="JPEG", quality=55, optimize=True)
                pictures[number] = (buffer.getvalue(), width, height)
            page.close()
    return pictures
