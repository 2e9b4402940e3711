"""Sentences that divide the plan's whole area into types of zones: 市域划分为生态保护区、…和乡村发展区六类一级分区, perhaps with areas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..plan.quantity import NUMBER
from .table_words import TableWords

DIVIDES = re.compile(
    r"(?:划分|划定|分为|划为|区分|细分|统筹划定|划设|设置|布局|包括|形成|确定|落实)(?:为|成|出|了)?"
    r"(?:(?:[一二三四五六七八九十]+|\d+)[个类大种](?:一级|二级|国土空间|规划|用途|功能)*分?区(?:类型)?(?:：|，即|，包括|，分别为|，分别是|，为|——|，具体为))?(?=[^。；：“”]*、)"
)
ITEM = re.compile(
    rf"(?:以及|和|及|与|、|，|其中)*(?P<type>(?![一二三四五六七八九十]+[个类大种])[一-龥]{{3,12}}?(?:区|用海区|空间))(?:面积)?(?:约|为|共)?(?P<area>(?P<number>{NUMBER})(?P<unit>平方公里|平方千米|公顷|万公顷|万亩|亩|km2|hm2))?(?:（[^（）]*）)?"
    r"(?=、|，|以及|和|及|与|等|$|[一二两三四五六七八九十\d]+[类个种大])"
)
EACH = re.compile(
    rf"(?:^|(?<=[。；，：]))(?P<type>[一-龥]{{3,12}}?区)(?:总?面积|规模)(?:约|为|共)*(?P<number>{NUMBER})(?P<unit>平方公里|平方千米|公顷|万公顷|万亩|亩)"
)
"""生态保护区面积3128平方公里，占…；生态控制区面积…: each type in a clause of its own."""
FIRST_LEVEL = re.compile(r"(?:生态保护|生态控制|农田保护|永久基本农田|城镇发展|乡村发展|海洋发展|矿产能源发展)")
"""What types of the first level begin with; those into which one of them is divided again are none of the whole area's."""
FEWEST = 3
"""Types of one sentence, at least: two beside one another are said of other things too."""


@dataclass(frozen=True, slots=True)
class Division:
    """Characters `start`..`end` name a type of the plan's zoning, with the area that the sentence gives it."""

    start: int
    end: int
    type: str
    number: str | None
    unit: str | None


def divisions(text: str, words: TableWords) -> Iterator[Division]:
    """The types into which a sentence divides the whole area; only where nearly all are types of the plan's zoning."""
    told_in_rows: set[str] = set()
    for sentence in re.finditer(r"[^。；]+", text):
        told = DIVIDES.search(sentence[0])
        if told is None:
            continue
        at, found = told.end(), []
        while (item := ITEM.match(sentence[0], at)) is not None:
            found.append(item)
            at = item.end()
        known = sum(words.types.get(item["type"]) == "规划分区" for item in found)
        first = sum(FIRST_LEVEL.match(item["type"]) is not None for item in found)
        if first < FEWEST or known < FEWEST or known < len(found) - 1:
            continue
        told_in_rows.update(item["type"] for item in found)
        for item in found:
            start = sentence.start() + item.start("type")
            yield Division(start, sentence.start() + item.end(), item["type"], item["number"], item["unit"])
    areas = [each for each in EACH.finditer(text) if words.types.get(each["type"]) == "规划分区"]
    if sum(FIRST_LEVEL.match(each["type"]) is not None for each in areas) >= FEWEST:
        for each in areas:
            if each["type"] not in told_in_rows:
                yield Division(each.start("type"), each.end(), each["type"], each["number"], each["unit"])
