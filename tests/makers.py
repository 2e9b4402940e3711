"""One maker for each kind of file that the tests need; small, drawn at test time, the same each time."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
registerFont(UnicodeCIDFont(FONT))


def maker(name: str) -> ModuleType:
    """Another makers file beside this one, by its name without .py; tests are no package and can't import each other."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


def pdf(path: Path, pages: list[list[str]], *, password: str | None = None) -> Path:
    """A PDF with these lines on its pages, 12 points, encrypted with `password` if there is one."""
    encryption = StandardEncryption(password, ownerPassword="owner") if password else None
    canvas = Canvas(str(path), pagesize=A4, encrypt=encryption, invariant=1)
    for lines in pages:
        canvas.setFont(FONT, 12)
        for number, line in enumerate(lines):
            canvas.drawString(72, 760 - 20 * number, line)
        canvas.showPage()
    canvas.save()
    return path


PLAN = [
    ["惠州市国土空间总体规划", "（2021—2035年）", "惠州市人民政府"],
    [
        "第一章  总则",
        "第一条  规划期限",
        "规划期限为2021—2035年，基期年为2020年，近期到2025年。",
        "第二章  底线约束",
        "第二条  耕地保护",
        "到2035年，全市耕地保有量不低于158.62万亩。",
        "严禁占用永久基本农田挖塘养鱼。",
    ],
]
"""A city's plan in a few lines: one indicator, one prohibition."""
