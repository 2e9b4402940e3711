"""The second engine: pdfminer, for pages that look wrong to the first.

It runs in a process of its own with limits, because there are files on which it runs for ever or takes all memory.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from .characters import usual
from .ink import PageInk

_SECONDS = 20
_BYTES = 768 << 20


def read_again(path: Path, pages: Sequence[int], password: str | None = None) -> dict[int, PageInk]:
    """The ink of these pages as pdfminer sees them; those that it can't read are left out."""
    order = json.dumps({"path": str(path), "pages": list(pages), "password": password or ""})
    try:
        done = subprocess.run(
            [sys.executable, "-m", "chuandao.extract.reading.second"],
            input=order, capture_output=True, timeout=_SECONDS, check=False, encoding="utf-8",
        )  # fmt: skip
    except (subprocess.TimeoutExpired, OSError):
        return {}
    found = {}
    for line in (done.stdout or "").splitlines():
        try:
            raw = json.loads(line)
        except ValueError:  # cut off where the process was stopped
            break
        found[raw["number"]] = _ink(raw)
    return found


def _ink(raw: dict[str, Any]) -> PageInk:
    boxes = np.array(raw["boxes"], np.float32).reshape(-1, 4)
    sizes = np.array(raw["sizes"], np.float32)
    count = len(sizes)
    names = tuple(sorted(set(raw["fonts"])))
    bold = np.array(["bold" in name.lower() for name in raw["fonts"]], bool)
    text = "".join(raw["text"])
    return PageInk(
        number=raw["number"], width=raw["width"], height=raw["height"], text=usual(text), raw=text, boxes=boxes,
        sizes=sizes, bold=bold, fonts=np.array([names.index(name) for name in raw["fonts"]], np.int16),
        angles=np.zeros(count, np.int16), font_names=names,
        rules=np.array(raw["rules"], np.float32).reshape(-1, 4), fills=np.zeros((0, 4), np.float32),
        images=np.array(raw["images"], np.float32).reshape(-1, 4),
        rejected=raw["blank"], rejects={"blank": raw["blank"]},
    )  # fmt: skip


def _page(page: Any) -> dict[str, Any]:
    """What pdfplumber gives for a page, as JSON."""
    left, top = float(page.bbox[0]), float(page.bbox[1])

    def box(thing: dict[str, Any]) -> list[float]:
        return [
            float(thing["x0"]) - left,
            float(thing["top"]) - top,
            float(thing["x1"]) - left,
            float(thing["bottom"]) - top,
        ]

    text, boxes, sizes, fonts, blank = [], [], [], [], 0
    for char in page.chars:
        words = char["text"]
        if words.startswith("(cid:"):
            words = "\ufffd"
        if words.isspace() or not words:
            blank += 1
            continue
        x0, y0, x1, y1 = box(char)
        step = (x1 - x0) / len(words)
        for at, character in enumerate(words):
            text.append(character)
            boxes.append([x0 + at * step, y0, x0 + (at + 1) * step, y1])
            sizes.append(float(char["size"]))
            fonts.append(str(char.get("fontname", "")))
    rules = [box(rule) for rule in [*page.lines, *page.rects]]
    return {
        "number": page.page_number, "width": float(page.width), "height": float(page.height), "text": text,
        "boxes": boxes, "sizes": sizes, "fonts": fonts, "blank": blank,
        "rules": [rule for rule in rules if min(rule[2] - rule[0], rule[3] - rule[1]) <= 3],
        "images": [box(image) for image in page.images],
    }  # fmt: skip


def main() -> None:
    """Read an order from stdin, write a line of JSON for each page to stdout."""
    try:
        import resource  # not on Windows, where the time limit alone holds

        resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    except (ImportError, ValueError, OSError):
        pass
    import pdfplumber  # here, because only this process needs it

    order = json.loads(sys.stdin.read())
    with pdfplumber.open(order["path"], password=order["password"]) as pdf:
        for number in order["pages"]:
            if number > len(pdf.pages):
                continue
            try:
                found = _page(pdf.pages[number - 1])
            except Exception:  # pdfminer raises anything on damaged pages; the page is left out
                continue
            sys.stdout.write(json.dumps(found) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
