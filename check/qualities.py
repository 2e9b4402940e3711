"""Classes and stars that a clause asks for (一级A标准, Ⅲ类水, 二星级绿色建筑, 三级公路, 8度设防) against those of its answer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from .judgement import Defect
from .wording import parts_of
from .words import letters

_NUMBERS = {sign: n for n, sign in enumerate("一二三四五六七八九", start=1)} | {str(n): n for n in range(1, 10)}
_NUMBERS |= {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8}
_ROMAN = r"viii|vii|vi|iv|v|iii|ii|i"
_ONE = rf"{_ROMAN}|[1-9一二三四五六七八九]"


@dataclass(frozen=True, slots=True)
class _Scale:
    """A kind of class: how it is printed, and whether the higher number is the better one."""

    name: str
    pattern: re.Pattern[str]
    rising: bool = False


_SCALES = (
    _Scale("排放标准", re.compile(r"(?P<n>[一二三123])级(?P<letter>[ab])?(?:排放)?(?:标准|限值)|(?P<n2>[一1])级(?P<letter2>[ab])(?![a-z])")),
    _Scale("水质类别", re.compile(rf"(?<![a-z第分a-z])(?P<n>{_ONE})类(?=水|标准|以上|及以上|或|以内|$|[，。；、]|的?要求)|(?<![a-z])(?P<n2>{_ROMAN})类")),
    _Scale("星级", re.compile(r"(?P<n>[一二三四五1-5])星级?"), True),
    _Scale("公路等级", re.compile(r"(?P<n>[一二三四1-4])级(?:及以上)?(?:公?路|道路|标准(?=.{0,6}公路))|(?P<n2>[一二三四1-4])级(?:及以上)?(?:技术)?标准")),
    _Scale("医院等级", re.compile(r"(?P<n>[一二三1-3])级(?:甲等|乙等|综合)?医院|(?P<n2>[一二三1-3])级[甲乙]等"), True),
    _Scale("设防烈度", re.compile(rf"(?P<n>{_ONE})度(?=[^，。；]{{0,4}}(?:抗震|设防|烈度))|(?:抗震|设防|烈度)[^，。；0-9一二三四五六七八九]{{0,8}}(?P<n2>{_ONE})度"), True),
    _Scale("景区等级", re.compile(r"(?P<n>[1-5])a级?(?=[^，。；]{0,6}(?:景区|景点|旅游))"), True),
)  # fmt: skip
_ABOUT = {
    "排放标准": re.compile(r"污水|尾水|出水|排放|水质|处理"),
    "公路等级": re.compile(r"公路|道路|[县乡村国省]道|通乡|通村|路网|路"),
}
"""What the clause must be about where a class is printed the same way for several things."""


@dataclass(frozen=True, slots=True)
class _Class:
    scale: _Scale
    rank: float
    """The better the class, the higher."""
    printed: str
    part: str


def lower_class(upper: str, lower: str) -> Defect | None:
    """A class that the clause asks for and that the answer sets lower: 一级A标准 → 一级B标准, Ⅲ类 → Ⅳ类, 二星级 → 一星级.

    Told only where the clause asks for one class of the kind, and the answer has none that is as good.
    """
    theirs, ours = list(_classes(upper, upper)), list(_classes(lower, upper))
    for wanted in theirs:
        if len({c.rank for c in theirs if c.scale is wanted.scale}) > 1:
            continue
        same = [c for c in ours if c.scale is wanted.scale]
        if same and max(c.rank for c in same) < wanted.rank:
            return Defect("weakened", "RULE-WEAK", f"标准由“{wanted.printed}”降为“{same[0].printed}”")
    return None


def _classes(text: str, clause: str) -> Iterator[_Class]:
    """The classes that a text prints, of the kinds that fit what the clause is about."""
    plain = unicodedata.normalize("NFKC", text).lower()
    for scale in _SCALES:
        for part in parts_of(plain):
            for match in scale.pattern.finditer(part):
                about = _ABOUT.get(scale.name)
                if (about is not None and not about.search(clause)) or _BARRED.search(part[: match.start()][-8:]):
                    continue
                groups = match.groupdict()
                number = _NUMBERS[groups.get("n") or groups.get("n2") or ""]
                letter = groups.get("letter") or groups.get("letter2") or "b"
                rank = float(number if scale.rising else -number) + (0.5 if letter == "a" else 0.0)
                yield _Class(scale, rank, letters(match[0]).upper(), part)


_BARRED = re.compile(r"劣$|消除|消灭|(?<!不)(?<!不得)低于$|现状|[已原]为|由$|从$")
"""Words of a class that is none asked for: 消除劣Ⅴ类, 低于Ⅲ类的断面, 由四级升为."""
