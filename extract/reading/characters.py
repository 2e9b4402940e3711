"""Which character a glyph stands for: Kangxi radicals and compatibility characters as the characters people type.

Word and font subsetters map glyphs to radicals that look the same (⽥ for 田, ⻓ for 长), so a search for 田 fails. The
mapping is one to one, so every offset stays true. Full-width digits and letters stay as printed.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import numpy as np

_RADICALS_SUPPLEMENT = (
    "⺁厂⺄乙⺇几⺈刀⺋卩⺌小⺍小⺎兀⺐尢⺑尢⺒巳⺓幺⺔彑⺕彐⺗心⺙攵⺛旡⺜日⺝月⺞歹⺟母⺠民⺡氵⺢水⺣灬"
    "⺤爪⺥爪⺦丬⺨犭⺩王⺪疋⺬示⺭礻⺮竹⺯糹⺰纟⺱罒⺳罒⺴网⺶羊⺷羊⺸羊⺹耂⺺肀⺻聿⺼月⺽臼⺾艹⺿艹⻀艹⻁虎"
    "⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风"
    "⻜飞⻝食⻞飠⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
"""Unicode's own decompositions leave these out; pairs of CJK Radicals Supplement and the ideograph (Unihan)."""


def _table() -> dict[int, str]:
    table = {
        ord(radical): ideograph
        for radical, ideograph in zip(_RADICALS_SUPPLEMENT[::2], _RADICALS_SUPPLEMENT[1::2], strict=True)
    }
    for low, high in ((0x2E80, 0x2FE0), (0xF900, 0xFB00), (0x2F800, 0x2FA20)):
        for code in range(low, high):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code):
                table[code] = plain
    table[0xA0] = " "
    return table


_TABLE = _table()
_LAST = 0xFFFF
"""Tables of characters end here; what comes later is rare and counts as this one."""
_CHANGES = np.zeros(_LAST + 1, bool)
_CHANGES[[code for code in _TABLE if code < _LAST]] = True
_CHANGES[_LAST] = True


def usual(text: str) -> str:
    """The text with radicals and compatibility ideographs as the usual characters; as long as before."""
    if text.isascii() or not _CHANGES[np.minimum(codes_of(text), _LAST)].any():
        return text
    return text.translate(_TABLE)


def is_garbage(character: str) -> bool:
    """Whether a character says nothing: replacement, private use, unassigned or a control."""
    return unicodedata.category(character) in {"Co", "Cn", "Cc", "Cs"} or character == "\ufffd"


def is_wide(character: str) -> bool:
    """Whether a character belongs to Chinese setting: ideographs and full-width marks, set without blanks."""
    return character > "\u2e7f" or character in "—…‘’“”·"


_IS_WIDE = np.array([is_wide(chr(code)) for code in range(0x2E81)], bool)


def are_wide(text: str) -> np.ndarray:
    """Bool (n,): `is_wide` of each character."""
    return _IS_WIDE[np.minimum(codes_of(text), 0x2E80)]


@lru_cache(maxsize=8)
def codes_of(text: str) -> np.ndarray:
    """uint32 (n,): the code points, not to be written to. Those of the last texts are kept, as pages are asked often."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def picked(text: str, places: np.ndarray) -> str:
    """The characters at these places, in their order."""
    return codes_of(text)[places].tobytes().decode("utf-32-le", "surrogatepass")


_BLANKS = np.array([chr(code).isspace() or code == 0x200B for code in range(0x3002)], bool)


def is_blank(text: str) -> np.ndarray:
    """Bool (n,): white space of any kind."""
    return _BLANKS[np.minimum(codes_of(text), 0x3001)]
