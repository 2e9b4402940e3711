"""The grammar of headings in plans (DOMAIN §1.3): what a line must look like to be one, and how deep it ranks."""

from __future__ import annotations

import re
from dataclasses import dataclass

NUMERAL = "[一二三四五六七八九十百千零〇○两壹贰叁肆伍陆柒捌玖拾]+"
ANNEX, CHAPTER, SECTION, ARTICLE, ITEM, SUBITEM, POINT, BRACKETED_POINT = 1, 1, 2, 3, 4, 5, 6, 7
"""Ranks: 篇 0 · 章, 附表, 前言 1 · 节 2 · 条 3 · 一、 4 · （一） 5 · 1. 6 · （1） 7; decimals 1.1 rank by their depth."""

_NUMBERED = (
    (0, re.compile(rf"(第\s*(?:{NUMERAL}|\d+)\s*(?:篇|编|部分))[\s　:：、.．]*(.*)", re.S)),
    (CHAPTER, re.compile(rf"(第\s*(?:{NUMERAL}|\d+)\s*章)[\s　:：、.．]*(.*)", re.S)),
    (SECTION, re.compile(rf"(第\s*(?:{NUMERAL}|\d+)\s*节)[\s　:：、.．]*(.*)", re.S)),
    (ARTICLE, re.compile(rf"(第\s*(?:{NUMERAL}|\d+)\s*条(?:之{NUMERAL})?)[\s　:：、.．]*(.*)", re.S)),
    (
        ANNEX,
        re.compile(
            rf"(附(?:表|件|录|图)\s*(?:\d+(?!\d|\s*[-—–.．]\s*\d)|{NUMERAL}(?!{NUMERAL[:-1]}|\s*[-—–.．]\s*\d)|(?:[A-Z]|[Ⅰ-Ⅸ]+)(?![A-Za-zⅠ-Ⅸ\d]|\s*[-—–.．]\s*\d)|(?!\s*(?:\d|{NUMERAL[:-1]}|[-—–.．]\s*\d|(?:[A-Z]|[Ⅰ-Ⅸ]+)\s*[-—–.．]?\s*\d))))[\s　:：、.．]*(.*)",
            re.S,
        ),
    ),
    (
        CHAPTER,
        re.compile(r"([壹贰叁肆伍陆柒捌玖拾]{1,3}[、．.]|[壹贰叁肆伍陆柒捌玖拾]{1,3}(?=[\s　]))[\s　]*(.*)", re.S),
    ),
    (ITEM, re.compile(rf"({NUMERAL}(?:、|[.．](?!\d)))[\s　]*(.*)", re.S)),
    (SUBITEM, re.compile(rf"([（(]{NUMERAL}[）)])[\s　、.]*(.*)", re.S)),
    (POINT, re.compile(r"(\d{1,2}(?:[.．]\d{1,2}){1,3}[.．]?)(?![\d.．%％])[\s　、]*(?=\D)(.*)", re.S)),
    (POINT, re.compile(r"(\d{1,2}[.．、])(?!\d)[\s　]*(.*)", re.S)),
    (BRACKETED_POINT, re.compile(r"([（(]\d{1,2}[）)])[\s　、.]*(.*)", re.S)),
)
_OPENERS = frozenset(
    "第附（(一二三四五六七八九十百千零〇○两壹贰叁肆伍陆柒捌玖拾前序引导结后名术0123456789０１２３４５６７８９"
)
"""What a heading can begin with by its words: most lines are told by their first character."""
_UNNUMBERED = re.compile(
    r"(前\s*言|序\s*言|引\s*言|导\s*言|结\s*语|后\s*记|名词解释|术语解释|附\s*则|附\s*图|附\s*表|附\s*录|附\s*件)"
)
_BRACKETED = re.compile(r"[【〔［\[]([^【】〔〕［］\[\]]{2,24})[】〕］\]]")
"""The title of an article in brackets: 第一条 【规划目的】."""
CONTENTS = re.compile(r"目\s*[录次]")
_COUNTED = r"(?:[A-Z]?\d+(?:\s*[-—–.．]\s*\d+)*|[一二三四五六七八九十]+|[A-Z](?![A-Za-z])(?:\s*[-—–.．]\s*\d+)*|[Ⅰ-Ⅸ]+)"
"""How tables and figures are counted: 3-1, 四, A, A.2, Ⅱ."""
TABLE_LABEL = re.compile(
    rf"[续（(]*续?\s*((?:附?表|专栏)\s*{_COUNTED})(?:[（(]?续表?[）)]?)?[\s　:：.．、]*(.*)",
    re.S,
)
CONTINUED = re.compile(r"^[（(]?\s*续\s*(?:附?表|专栏)|[（(]续(?:表|\d*)?[）)]\s*$|^[（(]?续表")
FIGURE_LABEL = re.compile(rf"(附?图\s*{_COUNTED})[\s　:：.．、]+(.*)", re.S)
UNIT_LINE = re.compile(r"[（(]?\s*(?:计量)?单\s*位\s*[:：]\s*(.{1,40}?)\s*[)）]?\s*")
NOTE = re.compile(r"\s*[（(]?\s*(?:注|说明|备注|资料来源|数据来源)\s*\d*\s*[:：]", re.S)


@dataclass(frozen=True, slots=True)
class HeadingMark:
    """A heading as read from its words: `number` "第三章" ("" if none), `title`, and its rank."""

    number: str
    title: str
    rank: int


def heading_mark(text: str) -> HeadingMark | None:
    """What the words alone say: the number and title that `text` starts with, whatever its length; None if none."""
    line = text.strip()
    if line[:1] not in _OPENERS:
        return None
    plain = _UNNUMBERED.fullmatch(line)
    if plain:
        return HeadingMark("", line, CHAPTER)
    for rank, pattern in _NUMBERED:
        match = pattern.fullmatch(line)
        if match:
            number = "".join(match[1].split())
            title = match[2].strip()
            if bracketed := _BRACKETED.fullmatch(title):
                title = bracketed[1]
            depth = len(re.findall("[.．]", number.strip(".．")))
            if rank == POINT and depth:
                rank = min(depth + 1, POINT)
            return HeadingMark(number, title, rank)
    return None


def looks_like_heading(mark: HeadingMark, text: str, *, emphasised: bool = False) -> bool:
    """Whether a line that nothing but its words marks may be a heading: short, no sentence, a title behind the number.

    Small numbers (1., （一）, （1）) start list items as often as headings: they need a short title or, for 1., emphasis.
    """
    line = text.strip()
    if not mark.title and mark.rank not in (CHAPTER, SECTION) and not mark.number.startswith("附"):
        return False
    if re.search(r"[。；;!！？?]", line) or line.endswith(("：", ":", "，", ",", "、")):
        return False
    limit = 50 if mark.rank <= ARTICLE else 26
    cited = mark.rank <= ARTICLE and re.match(r"的|之|所|中的|内的?|规定|第|和|与|至|及|、", mark.title)
    if len(line) > limit or (cited and not (emphasised and mark.number[:1].isdigit())):
        return False
    if mark.rank == POINT and re.fullmatch(r"\d{1,2}[.．、]", mark.number):
        return emphasised
    return mark.rank <= ARTICLE or "，" not in line


def is_plain_title(text: str) -> bool:
    """Whether a line without number could be a title by its words: short, no sentence, no title of a table or figure."""
    return (
        2 <= len(text) <= 20
        and heading_mark(text) is None
        and not re.search(r"[。；;：:，,！!？?]|^[\d\W]", text)
        and not any(pattern.fullmatch(text) for pattern in (TABLE_LABEL, FIGURE_LABEL, UNIT_LINE))
    )


def heading_text(number: str, title: str) -> str:
    """A heading as one line, the form that section paths use: "第三章 国土空间总体格局"."""
    return f"{number}{title}" if number.endswith(("、", "）", ")")) else f"{number} {title}".strip()
