"""Scans made of digital pages: pictures of them, tilted, noisy, with a seal and the back shining through."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageChops, ImageDraw


def page_picture(pdf: Path, number: int, dpi: int = 150) -> Image.Image:
    """Page `number` (from 1) as an RGB picture."""
    with pypdfium2.PdfDocument(pdf) as document:
        return document[number - 1].render(scale=dpi / 72).to_pil().convert("RGB")


def scanned(
    picture: Image.Image,
    *,
    tilt: float = 0.0,
    noise: float = 0.0,
    seal: bool = False,
    back: Image.Image | None = None,
    seed: int = 7,
) -> Image.Image:
    """The picture as a scanner might give it; `tilt` in degrees clockwise, `noise` the standard deviation of grey."""
    if back is not None:
        shine = np.asarray(back.transpose(Image.Transpose.FLIP_LEFT_RIGHT).convert("L"), float)
        grey = np.asarray(picture, float) - (255 - shine[..., None]) * 0.22
        picture = Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
    if seal:
        layer = Image.new("RGB", picture.size, (255, 255, 255))  # ink on ink: the seal darkens, it does not cover
        draw = ImageDraw.Draw(layer)
        x, y, r = picture.width * 0.68, picture.height * 0.42, picture.width * 0.12
        draw.ellipse((x - r, y - r, x + r, y + r), outline=(215, 60, 60), width=int(r * 0.09))
        draw.polygon(
            [
                (x, y - r * 0.4),
                (x + r * 0.25, y + r * 0.3),
                (x - r * 0.38, y - r * 0.12),
                (x + r * 0.38, y - r * 0.12),
                (x - r * 0.25, y + r * 0.3),
            ],
            fill=(215, 60, 60),
        )
        picture = ImageChops.multiply(picture, layer)
    if tilt:
        picture = picture.rotate(-tilt, resample=Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    if noise:
        random = np.random.default_rng(seed)
        grain = np.asarray(picture, float) + random.normal(0, noise, (picture.height, picture.width, 1))
        picture = Image.fromarray(np.clip(grain, 0, 255).astype(np.uint8))
    return picture


def scan_pdf(pictures: list[Image.Image], path: Path, dpi: int = 150, quality: int = 60) -> Path:
    """A PDF whose pages are nothing but these pictures."""
    first, *rest = [Image.open(_jpeg(picture, quality)) for picture in pictures]
    first.save(path, format="PDF", save_all=True, append_images=rest, resolution=dpi)
    return path


def _jpeg(picture: Image.Image, quality: int) -> io.BytesIO:
    buffer = io.BytesIO()
    picture.save(buffer, format="JPEG", quality=quality)
    buffer.seek(0)
    return buffer
