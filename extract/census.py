"""A PDF read with both engines: pages on which they do not see the same characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ..plan.finding import Finding, Place, finding
from .reading.characters import is_blank, picked
from .reading.ink import PageInk
from .reading.pdf import open_pdf
from .reading.second import read_again

_AT_ONCE = 20
"""Pages that the second engine is given at a time; it has twenty seconds for them."""
_ALLOWED = 0.01
"""The part of a page's characters that may differ: engines disagree about overprinted and invisible ones."""
_SHOWN = 12


def census_findings(path: Path, data: bytes, password: str | None = None) -> tuple[Finding, ...]:
    """One finding for each page on which the engines differ, and one for the pages that the second can't read."""
    found: list[Finding] = []
    unread: list[int] = []
    agreed = 0
    with open_pdf(path, data, password) as pdf:
        count = len(pdf)
        for first in range(1, count + 1, _AT_ONCE):
            numbers = range(first, min(first + _AT_ONCE, count + 1))
            seconds = read_again(path, numbers, password)
            for number in numbers:
                if number not in seconds:
                    unread.append(number)
                    continue
                one, other = _characters(pdf.page(number)), _characters(seconds[number])
                if _differ(one, other):
                    found.append(_disagreement(number, one, other))
                else:
                    agreed += 1
    summary = f"两个引擎逐页比对：{count}页中{agreed}页一致，{len(found)}页不一致，{len(unread)}页第二个引擎读不出。"
    places = [Place(page=number, boxes=(), quote="", label="页") for number in unread]
    return (finding("READ-CENSUS", "warning" if unread else "info", "读取", summary, places), *found)


def _characters(ink: PageInk | None) -> Counter[str]:
    if ink is None:
        return Counter()
    return Counter(picked(ink.text, (~is_blank(ink.text)).nonzero()[0]))


def _differ(one: Counter[str], other: Counter[str]) -> bool:
    different = sum((one - other).values()) + sum((other - one).values())
    return different > max(_ALLOWED * max(sum(one.values()), sum(other.values())), 2)


def _disagreement(number: int, one: Counter[str], other: Counter[str]) -> Finding:
    first, second = one - other, other - one
    message = (
        f"第{number}页两个引擎读出的文字不一致：第一个{sum(one.values())}字，第二个{sum(other.values())}字；"
        f"只有第一个读出的{_words(first)}，只有第二个读出的{_words(second)}。请核对该页。"
    )
    return finding("READ-CENSUS", "warning", "读取", message, [Place(page=number, boxes=(), quote="", label="页")])


def _words(characters: Counter[str]) -> str:
    if not characters:
        return "没有"
    shown = "".join(_most(characters))
    return f"有{sum(characters.values())}字（{shown}{'…' if len(characters) > _SHOWN else ''}）"


def _most(characters: Counter[str]) -> Iterator[str]:
    """The most frequent ones; equals in the order of their codes, so that the same file gives the same words."""
    for character, _ in sorted(characters.items(), key=lambda pair: (-pair[1], pair[0]))[:_SHOWN]:
        yield character if character.isprintable() else "□"
