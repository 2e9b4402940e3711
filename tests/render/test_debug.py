"""Pages drawn as they were read."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from chuandao.plan.document import Block, Document, Furniture, InkLine, Page, Source, Text
from chuandao.render.debug import COLOURS, debug_picture


def test_what_was_read_is_framed_in_its_colour() -> None:
    """A heading is framed red, a running head purple, each where it stands; other pages' text is not drawn."""
    white = io.BytesIO()
    Image.new("L", (400, 400), 255).save(white, format="JPEG")
    heading = Text("总则", (InkLine(0, 2, 1, np.array([[50, 60, 70, 80], [70, 60, 90, 80]], np.float32)),))
    elsewhere = Text("他页", (InkLine(0, 2, 2, np.array([[50, 160, 70, 180], [70, 160, 90, 180]], np.float32)),))
    document = Document(
        Source("规划.pdf", "", "pdf", 2),
        (Block(0, "heading", heading), Block(1, "paragraph", elsewhere)),
        pages=(Page(1, 200, 200, furniture=(Furniture("running_head", (10, 10, 190, 20), "规划"),)), Page(2, 200, 200)),
    )
    with Image.open(io.BytesIO(debug_picture(white.getvalue(), 200, 200, document, 1))) as shown:
        assert shown.format == "PNG"
        pixels = np.asarray(shown)
    rows, columns = np.nonzero((pixels == COLOURS["heading"]).all(axis=2))
    assert (rows.min() + rows.max()) / 4 == 70 and (columns.min() + columns.max()) / 4 == 70
    assert (pixels == COLOURS["furniture"]).all(axis=2).any()
    assert not (pixels == COLOURS["paragraph"]).all(axis=2).any()
