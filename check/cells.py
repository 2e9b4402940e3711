"""Cells of two entries under one header: amounts, ranks and kinds of work that were altered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..plan.requirement import ListRequirement
from .amounts import Amount, amounts
from .judgement import Ground
from .words import fold, letters

Difference = tuple[str, str, str]
_RANKS = (
    ["特大型", "大型", "中型", "小型"],
    ["极高", "高", "中", "低"],
    ["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ"],
    ["一级", "二级", "三级", "四级"],
)
"""Words of which a cell has one and only one, in order."""
_WORKS = frozenset(["新建", "改建", "扩建", "续建", "迁建", "改扩建", "重建"])
_RELICS = re.compile(r"^(古(?:文化)?遗址|古墓葬|古建筑|石窟寺|近现代重要史迹)")
"""The classes of immovable relics in 文物保护法; a cell begins with one of them."""
_OTHER = re.compile(
    r"年|时序|序号|编号|所在|位置|单位|主体|部门|范围|级别|类型|类别|面积|投资|备注|比例|占比|现状|基期"
)
"""Headers whose cells are compared elsewhere, or differ from plan to plan."""


def altered_cells(upper: ListRequirement, lower: ListRequirement, shared: bool, ground: Ground) -> Iterator[Difference]:
    """(verdict, code, sentence) for each cell under the same header that says another amount, a worse rank or another kind of
    work. `shared`: the draft's entry is only its part of the upper one, so that amounts may be smaller."""
    for header, theirs in upper.attributes.items():
        ours = next((text for other, text in lower.attributes.items() if same_header(header, other)), None)
        if ours is None and (slip := unit_slip(theirs, "，".join(lower.attributes.values()), ground)) is not None:
            yield "conflict", "LIST-ATTR", f"{_last(header)}由{slip[0]}写成{slip[1]}，疑为单位差错"
        elif ours is None and not shared and not _OTHER.search(_last(header)):
            yield from _amounts(header, theirs, _only_amounts(lower), ground)
        if ours is None or fold(ours) == fold(theirs):
            continue
        ranked = worse_rank(theirs, ours)
        if ranked is not None:
            yield "conflict", "LIST-ATTR", f"{_last(header)}由{ranked[0]}写成{ranked[1]}"
        elif fold(theirs) in _WORKS and fold(ours) in _WORKS:
            yield "conflict", "LIST-ATTR", f"{_last(header)}由{theirs}写成{ours}"
        elif (slip := unit_slip(theirs, ours, ground)) is not None:
            yield "conflict", "LIST-ATTR", f"{_last(header)}由{slip[0]}写成{slip[1]}，疑为单位差错"
        elif not shared and not _OTHER.search(_last(header)):
            yield from _amounts(header, theirs, ours, ground)
    kinds = [relic_kinds(entry) for entry in (upper, lower)]
    if not any(worse_rank(theirs, ours) for theirs, ours in _pairs(upper, lower)):
        yield from other_words(upper, lower, ground)
    if upper.kind == "heritage" and all(kinds) and not kinds[0] & kinds[1]:
        yield "conflict", "LIST-ATTR", f"类别由{'、'.join(sorted(kinds[0]))}写成{'、'.join(sorted(kinds[1]))}"
    if not any(worse_rank(theirs, ours) for theirs, ours in _pairs(upper, lower)):
        yield from altered_row(upper, "|".join(lower.attributes.values()))


def other_words(upper: ListRequirement, lower: ListRequirement, ground: Ground) -> Iterator[Difference]:
    """A cell that takes one of a few words (限制性开采, 重点开采, 禁止开采) for which the draft's entry has another of them."""
    register = [
        entry
        for entry in ground.upper.requirements
        if isinstance(entry, ListRequirement) and entry.register_.name == upper.register_.name
    ]
    ours = {letters(text): text for text in lower.attributes.values()}
    for header, theirs in upper.attributes.items():
        printed = letters(theirs) in letters(upper.text)  # not one handed down from a merged cell
        if not printed or _FREE.search(_last(header)) or not _WORD.fullmatch(fold(theirs)) or letters(theirs) in ours:
            continue
        said = [letters(entry.attributes.get(header, "")) for entry in register]
        words = {word for word in said if word}
        other = next((text for word, text in ours.items() if word in words and _WORD.fullmatch(fold(text))), None)
        alike = [text for other_, text in lower.attributes.items() if same_header(header, other_)]
        if other is None or not 2 <= len(words) <= 8 or len(said) <= len(words) or (alike and other not in alike):
            continue
        if fold(theirs) in _WORKS or any(rank in letters(theirs) for rank in ("国家级", "省级", "市级", "县级")):
            continue
        yield "conflict", "LIST-ATTR", f"{_last(header)}由{theirs}写成{other}"


def other_words_in_row(upper: ListRequirement, row: str, ground: Ground) -> Iterator[Difference]:
    """The same for an entry that stands as a row of cells without headers."""
    cells = {str(n): part.strip() for n, part in enumerate(row.split("|"))}
    yield from other_words(upper, upper.model_copy(update={"attributes": cells}), ground)


_WORD = re.compile(r"[一-龥]{2,10}")
_FREE = re.compile(
    r"年|时序|序号|编号|所在|位置|单位|主体|部门|范围|级别|等级|面积|投资|备注|地点|县|乡|镇|村|市|州|旗|区域|名称|内容|规模|任务|行政区"
)
"""Headers of cells that are free text, places, offices or compared elsewhere."""


def _pairs(upper: ListRequirement, lower: ListRequirement) -> Iterator[tuple[str, str]]:
    for header, theirs in upper.attributes.items():
        yield from ((theirs, text) for other, text in lower.attributes.items() if same_header(header, other))


def relic_kinds(entry: ListRequirement) -> set[str]:
    """The classes of relics that an entry's cells name."""
    return {m[1].replace("文化", "") for text in entry.attributes.values() if (m := _RELICS.match(fold(text)))}


def altered_row(upper: ListRequirement, row: str) -> Iterator[Difference]:
    """The same for cells whose headers are unlike or unknown: a lower rank, a later single year."""
    rank, year = rank_in_row(upper, row), year_in_row(upper, row)
    if rank is not None:
        yield "conflict", "LIST-ATTR", f"等级由{rank[0]}写成{rank[1]}"
    if year is not None:
        code = "PRJ-TIME" if upper.kind in ("restoration_project", "key_project") else "LIST-ATTR"
        yield "conflict", code, f"完成年份由{year[0]}年推迟到{year[1]}年"


def _amounts(header: str, theirs: str, ours: str, ground: Ground) -> Iterator[Difference]:
    wanted, given = (amounts(fold(text), ground.units) for text in (theirs, ours))
    for amount in wanted:
        same = [a for a in given if a.dimension == amount.dimension]
        only = sum(a.dimension == amount.dimension for a in wanted) == 1 and len(same) == 1
        if only and same[0].size * 100 < amount.size * 99:
            yield "conflict", "LIST-ATTR", f"{_last(header)}由{amount.printed}写成{same[0].printed}"


def of_the_same(
    wanted: Amount, theirs: Sequence[Amount], upper: str, same: Sequence[Amount], lower: str
) -> list[Amount]:
    """Those amounts of the draft's cell with the very words before them that stand before an upper amount, and before it
    alone: 整治面积1.4万亩，新增耕地600亩."""

    def said(amount: Amount, text: str) -> str:
        return letters(re.split(r"[，。；、：0-9]", text[: amount.start])[-1])

    words = said(wanted, upper)
    if len(words) < 3 or sum(said(other, upper) == words for other in theirs) > 1:
        return []
    return [amount for amount in same if said(amount, lower) == words]


def unit_slip(theirs: str, ours: str, ground: Ground) -> tuple[str, str] | None:
    """Two amounts of the same digits in units far apart (1.28万公顷, 1.28万亩), which is no share of the one."""
    for amount in amounts(fold(theirs), ground.units):
        for other in amounts(fold(ours), ground.units):
            same = amount.dimension == other.dimension and _digits(amount.printed) == _digits(other.printed)
            if same and amount.size > other.size * 5:
                return amount.printed, other.printed
    return None


def _digits(printed: str) -> str:
    return re.sub(r"[^0-9]", "", printed).strip("0")


def _only_amounts(lower: ListRequirement) -> str:
    """The cells of an entry that hold nothing but an amount, under whatever header (长度, 规模)."""
    kept = [text for other, text in lower.attributes.items() if not _OTHER.search(_last(other))]
    return "，".join(text for text in kept if re.fullmatch(r"[0-9.,]+[^0-9，；、]{1,5}", fold(text)))


def worse_rank(theirs: str, ours: str) -> tuple[str, str] | None:
    """The two ranks if a cell that is one word of rank became a lower one."""
    one, other = (re.sub(r"类$|水质", "", fold(text)).upper() for text in (theirs, ours))
    for ranks in _RANKS:
        words = [fold(rank).upper() for rank in ranks]
        if one in words and other in words and words.index(other) > words.index(one):
            return theirs, ours
    return None


def rank_in_row(upper: ListRequirement, row: str) -> tuple[str, str] | None:
    """The same for an entry that stands as a row of cells without headers: exactly one cell is a word of that order."""
    cells = [part.strip() for part in row.split("|")]
    for theirs in upper.attributes.values():
        for ranks in _RANKS[:2]:
            if theirs in ranks:
                said = [c for c in cells if c in ranks]
                found = worse_rank(theirs, said[0]) if len(said) == 1 else None
                if found is not None:
                    return found
    return None


def year_in_row(upper: ListRequirement, row: str) -> tuple[int, int] | None:
    """(upper year, row's year) if the one cell of a row that is a year comes after the entry's own single year."""
    theirs = [m for text in upper.attributes.values() if (m := re.fullmatch(r"(20\d\d)年?(?:底前?)?", fold(text)))]
    ours = [m for text in row.split("|") if (m := re.fullmatch(r"(20\d\d)年?(?:底前?)?", fold(text)))]
    if len(theirs) != 1 or len(ours) != 1 or int(ours[0][1]) <= int(theirs[0][1]):
        return None
    return int(theirs[0][1]), int(ours[0][1])


def same_header(one: str, other: str) -> bool:
    ours, theirs = letters(_last(one)), letters(_last(other))
    return ours == theirs or letters(one) == letters(other)


def _last(header: str) -> str:
    return header.split(" / ")[-1]
