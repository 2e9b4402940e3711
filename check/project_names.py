"""Names of projects: the same route, the same size, one with a word put into it, another kind of work."""

from __future__ import annotations

import re

from ..plan.requirement import ListRequirement
from .cells import same_header
from .words import common_run, letters

BRACKET = re.compile(r"[（(][^（）()]*[）)]")


def same_ends(one: str, other: str) -> bool:
    """Whether two lines of X至Y run between the same places; True where a name is no such line."""
    ours, theirs = (re.split(r"至|—|–", BRACKET.sub("", name), maxsplit=1) for name in (one, other))
    if len(ours) < 2 or len(theirs) < 2:
        return True
    return all(common_run(letters(a)[:6], letters(b)[:6]) >= 2 for a, b in zip(ours, theirs, strict=True))


_WAY = re.compile(r"(?:高速公路|高速铁路|城际铁路|铁路|高速|高铁|城际|公路|快速路|航道|运河|输气管道|管道)")


def _rail(way: str) -> str:
    return "rail" if re.search(r"铁|城际", way) else way[0]


def short_route(one: str, other: str) -> bool:
    """Whether one name is the other's route by the first characters of its ends: 广元至平武高速公路, 广平高速."""
    for long, short in ((one, other), (other, one)):
        ends = re.split(r"至|—|–|-", BRACKET.sub("", long), maxsplit=1)
        way, named = _WAY.search(ends[-1]), _WAY.search(BRACKET.sub("", short))
        if len(ends) != 2 or way is None or named is None or not ends[0] or not ends[1]:
            continue
        head = letters(short[: named.start()])
        if len(head) == 2 and head[0] in ends[0] and head[1] in ends[1] and _rail(way[0]) == _rail(named[0]):
            return True
    return False


_SIZE = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:千伏|万千瓦|兆瓦|万吨|万立方米|公里|床|千瓦)")


def same_size(one: str, other: str) -> bool:
    """Whether two names of projects print the same size of the same thing: 500千伏输变电工程, 500千伏变电站."""
    return bool(set(_SIZE.findall(one)) & set(_SIZE.findall(other)))


WORK = re.compile(r"(?:改扩建|迁建|新建|改建|扩建|续建|重建|迁址)(?:工程|项目)?")
"""Kinds of work in the name of a project, of which one may have become another."""


def spread(one: str, other: str) -> float:
    """1 if the longer name has the shorter one with a word put into it (延吉机场, 延吉朝阳川机场)."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    inside = len(short) >= 4 and short[:2] == long[:2] and short[-2:] == long[-2:] and all(c in rest for c in short)
    return 1.0 if inside and len(long) <= len(short) + 5 else 0.0


def altered_work(upper: ListRequirement, lower: ListRequirement) -> tuple[str, str, str] | None:
    """The kind of work in name or cell (迁建) that became another one (扩建), where no header of both has it."""
    if any(
        same_header(a, b) and "建" in x + y for a, x in upper.attributes.items() for b, y in lower.attributes.items()
    ):
        return None
    theirs, ours = (
        {m[0].removesuffix("工程").removesuffix("项目") for text in texts for m in WORK.finditer(text)}
        for texts in (
            [entry.name, *(text for text in entry.attributes.values() if WORK.fullmatch(text))]
            for entry in (upper, lower)
        )
    )
    if not theirs or not ours or theirs & ours:
        return None
    return "conflict", "LIST-ATTR", f"建设性质由{'、'.join(sorted(theirs))}写成{'、'.join(sorted(ours))}"
