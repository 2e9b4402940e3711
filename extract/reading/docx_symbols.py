"""Characters of Word's symbol fonts (w:sym, private-use codes) as the characters that they show."""

from __future__ import annotations

SYMBOL = {
    0xA3: "≤", 0xB3: "≥", 0xB4: "×", 0xB1: "±", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xB0: "°", 0xB7: "·", 0xA2: "′",
    0xB2: "″", 0xD7: "·", 0xBC: "…", 0xE5: "∑", 0xA5: "∞", 0x61: "α", 0x62: "β", 0x67: "γ", 0x64: "δ", 0x6D: "μ",
    0x70: "π", 0x73: "σ", 0x44: "Δ", 0x53: "∑", 0x57: "Ω",
}  # fmt: skip
"""Adobe Symbol encoding, where it differs from ASCII and plans use it."""
WINGDINGS = {
    0xFC: "√", 0xFB: "×", 0xFE: "☑", 0xFD: "☒", 0xA8: "□", 0x6F: "□", 0x71: "□", 0x6E: "■", 0x6C: "●", 0xA1: "○",
    0x75: "◆", 0xD8: "➢", 0xE0: "→", 0xDF: "←", 0xAB: "★",
}  # fmt: skip
WINGDINGS_2 = {0x50: "√", 0x4F: "×", 0x52: "☑", 0x54: "☒", 0xA3: "□", 0x2A: "□", 0x97: "●"}
_FONTS = {"symbol": SYMBOL, "wingdings": WINGDINGS, "wingdings 2": WINGDINGS_2}
UNKNOWN = "□"
_RAISED = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")


def symbol(font: str | None, code: int) -> str:
    """The character that a code of a font shows; codes from F000 on are those of the font itself."""
    own = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    shown = _FONTS.get((font or "").strip().lower())
    if shown is not None:
        plain = chr(own) if shown is SYMBOL and 0x20 <= own < 0x7F else UNKNOWN
        return shown.get(own, plain)
    return UNKNOWN if 0xE000 <= code <= 0xF8FF or not 0x20 <= code < 0x110000 else chr(code)


def shown_symbols(font: str | None, text: str) -> str:
    """`text` with the private-use codes of a symbol font as what they show, one for one."""
    if (font or "").strip().lower() not in _FONTS or not any("\uf000" <= char <= "\uf0ff" for char in text):
        return text
    return "".join(symbol(font, ord(char)) if "\uf000" <= char <= "\uf0ff" else char for char in text)


def raised(before: str, text: str) -> str:
    """Superscript `text` after `before`: digits that follow a digit become ⁴, one for one, as 10⁴ is not 104."""
    return text.translate(_RAISED) if before[-1:].isdecimal() and text.strip("0123456789-−") == "" else text
