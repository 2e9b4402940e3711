"""What one place of a plan says of one indicator or line, before mentions in text, table and annex are joined."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ..plan.requirement import Region, Value
from ..plan.span import Span

Kind = Literal["text", "table", "annex", "box"]
Direction = Literal["floor", "cap", "exact"]
Attribute = Literal["binding", "expected", "advisory"]

WHOLE_SCOPE = re.compile(
    r"全?[国省市县区州旗镇乡村]域?|全[省市县区域镇乡村][域]?|行政辖区|规划范围|各?[县市区乡镇州（）、/]+(?:分解)?"
)
SCOPE = re.compile(
    r"中心城区|中心城市|主城区|城市建成区|县城建成区|建成区|城市规划区|城镇开发边界内|城镇开发边界外|县城|城区|镇区|圩镇|集镇|陆域|海域|近岸海域|整治(?:片区|区域?)"
)
ATTRIBUTES: dict[str, Attribute] = {
    "约束": "binding",
    "预期": "expected",
    "建议": "advisory",
    "引导": "advisory",
    "指导": "advisory",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """One subject, one scope, one region, with the values that one place gives. `region` None is the whole plan area;
    `binds` may hold several regions where a group is meant. `line` is the control line whose size it is."""

    name: str
    values: tuple[Value, ...]
    text: str
    where: tuple[Span, ...]
    kind: Kind
    section: tuple[str, ...] = ()
    concept: str | None = None
    attribute: Attribute | None = None
    scope: str | None = None
    region: Region | None = None
    binds: tuple[Region, ...] = ()
    basis: Literal["whole", "row", "column", "list", "group", "mention", "unknown"] = "whole"
    binds_as: str | None = None
    direction: Direction | None = None
    line: str | None = None
    parent: str | None = None
    """The subject (see `subject_key`) of the whole that this is a 其中 part of."""
    allocated: bool = False
    """Whether it stands in a table that allocates to regions."""
    line_only: bool = False
    """A control line's size in running text: a boundary, not an indicator of its own."""
    inherits: bool = False
    """Whether its table allocates, by its title, the indicators of the plan's own indicator table (主要指标分解表): the
    attribute printed there is this row's too."""
    titled: bool = False
    """Whether the attribute is only the table title's (约束性指标分解表): one printed for the indicator itself goes before."""
    ruled: bool = False
    """Whether a sentence of the plan forbids to fall short of what its table hands down (不得突破附表2下达的指标)."""
    qualified: bool = False
    """Whether the name is a known indicator's with a qualifier before it (绥江怀集段自然岸线保有率): a subject of its own."""
    elements: tuple[str, ...] = ()
    weak: bool = False
    """Whether it may be but the share that an order sets (补植本地树种，混交比例不小于50%): without a year, of a name that
    the catalogue lacks or behind an order. It counts only where a table or another sentence gives the indicator too."""
    raw: str = ""


_NUMBERING = re.compile(
    r"^(?:其中|包括|含)?[:：、，]|^其中|^[（(][0-9一二三四五六七八九十]{1,3}[）)]|^[0-9]{1,3}[.．、](?![0-9])|^[①-⑳]|^[—–\-※*★●▲]+"
)


_NOTE_MARKS = "*※①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@lru_cache(maxsize=8192)
def clean_name(text: str) -> str:
    """A printed name without list number, 其中, unit brackets, operator signs and blanks: 其中：海洋红线（公顷） → 海洋红线."""
    name = "".join(text.split())
    while True:
        before = name
        name = _NUMBERING.sub("", name)
        if name == before:
            break
    return name.rstrip(_NOTE_MARKS)


@lru_cache(maxsize=8192)
def subject_key(name: str) -> str:
    """What two printings of one name have in common: no punctuation, no 的, no 面积/规模 at the end."""
    plain = re.sub(r"[（(][^（）()]*[）)]", "", clean_name(name))
    plain = re.sub(r"[^\w%]|的|_", "", plain)
    plain = re.sub(r"^(?:全[省市县区域]|[省市县]域|规划期末|累计)(?=..)", "", plain)
    plain = re.sub(r"下降(?:率|幅度|比例)?$", "下降", plain)
    return re.sub(r"(?<=..)(?:保护)?(?:任务|目标)?总?(?:面积|规模|数量|数)?$", "", plain)


def attribute_of(text: str) -> Attribute | None:
    """约束性 → binding; None if the words hold no attribute."""
    return next((attribute for word, attribute in ATTRIBUTES.items() if word in text), None)


def scope_of(text: str) -> str | None:
    """A printed scope: 全域 for the whole area in any wording, else the words; None if there are none."""
    words = re.sub(r"\s+", "", text)
    if not words or re.fullmatch(r"[—–\-/／]+", words):
        return None
    return "全域" if WHOLE_SCOPE.fullmatch(words) else words
