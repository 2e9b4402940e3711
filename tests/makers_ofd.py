"""OFD files (GB/T 33190—2016) written object by object, in millimetres from the top left."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE = 4.2333
"""Millimetres of 12 points."""


def text(
    x: float, y: float, words: str, *, size: float = SIZE, font: int = 1, ctm: str = "", deltas: str | None = None,
    more: str = "", origin: tuple[float, float] = (0.0, 0.0),
) -> str:  # fmt: skip
    """A TextObject whose first character stands at x with its baseline at y; one font size from each to the next."""
    if deltas is None:
        deltas = f'DeltaX="g {max(len(words) - 1, 1)} {size}"'
    scale = f' CTM="{ctm}"' if ctm else ""
    return (
        f'<ofd:TextObject ID="1" Boundary="{x - origin[0]} {y - origin[1]} 180 10" Font="{font}" Size="{size}"{scale} {more}>'
        f'<ofd:TextCode X="{origin[0]}" Y="{origin[1]}" {deltas}>{escape(words)}</ofd:TextCode></ofd:TextObject>'
    )


def path(data: str, *, box: str = "0 0 210 297", more: str = "", inner: str = "") -> str:
    """A PathObject."""
    return f'<ofd:PathObject ID="2" Boundary="{box}" {more}>{inner}<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'


def image(x: float, y: float, wide: float, high: float, resource: int = 7) -> str:
    """An ImageObject."""
    return f'<ofd:ImageObject ID="3" Boundary="{x} {y} {wide} {high}" CTM="{wide} 0 0 {high} 0 0" ResourceID="{resource}"/>'


def grid(x: float, y: float, columns: Sequence[float], rows: Sequence[Sequence[str]], high: float = 8.0) -> str:
    """A ruled table: its words and its lines."""
    edges = [x + sum(columns[:at]) for at in range(len(columns) + 1)]
    lines = [f"M {edges[0]} {y + at * high} L {edges[-1]} {y + at * high}" for at in range(len(rows) + 1)]
    lines += [f"M {edge} {y} L {edge} {y + len(rows) * high}" for edge in edges]
    words = [
        text(edges[column] + 2, y + at * high + 5.5, one)
        for at, row in enumerate(rows)
        for column, one in enumerate(row)
        if one
    ]
    return "".join(map(path, lines)) + "".join(words)


def content(*objects: str, template: bool = False, box: str | None = None) -> str:
    """A page's Content.xml."""
    area = f"<ofd:Area><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:Area>" if box else ""
    drawn = '<ofd:Template TemplateID="90" ZOrder="Background"/>' if template else ""
    return f'<ofd:Page {SPACE}>{area}{drawn}<ofd:Content><ofd:Layer ID="5">{"".join(objects)}</ofd:Layer></ofd:Content></ofd:Page>'


def ofd(
    *pages: str | None, template: str | None = None, resources: str = "", parts: Mapping[str, bytes | str] | None = None,
    root: str = "",
) -> bytes:  # fmt: skip
    """The bytes of an OFD of these pages (None: the page is listed, its content missing); `parts` are added or replaced, `root`
    goes into the DocBody."""
    listed = "".join(f'<ofd:Page ID="{at}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(len(pages)))
    drawn = '<ofd:TemplatePage ID="90" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    files: dict[str, bytes | str] = {
        "OFD.xml": f'<ofd:OFD {SPACE} DocType="OFD" Version="1.1"><ofd:DocBody><ofd:DocInfo/>'
        f"<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{root}</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        f"</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>{drawn}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        "Doc_0/PublicRes.xml": f'<ofd:Res {SPACE} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="1" FontName="宋体"/>'
        f'<ofd:Font ID="2" FontName="黑体" Bold="true"/></ofd:Fonts>{resources}</ofd:Res>',
        **{f"Doc_0/Pages/Page_{at}/Content.xml": page for at, page in enumerate(pages) if page is not None},
        **({"Doc_0/Tpls/Tpl_0/Content.xml": template} if template else {}),
        **(parts or {}),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()
