"""The parts of an element in what is said of it: its route (自甲经乙至丙), what it links, holds or is made of."""

from __future__ import annotations

import re

from .elements import component_list

_LINKS = r"(?:自[东南西北]{1,2}向[东南西北]{1,2})?(?:由|包括|涉及|串联|串起|连接|联结|联通|联系|贯穿|覆盖|涵盖|以)"
_ROUTE = re.compile(
    r"(?:自|从|[东南西北]起)(?P<a>[^，。；]{2,24}?)(?:[，、]?(?:途经|经|过)(?P<b>[^，。；]{2,24}?))?[，、]?(?:延伸至|延伸到|通达|直达|至|到|抵|[东南西北][至达抵到接])(?P<c>[^，。；、]{2,12})"
)
_MEMBERS = re.compile(
    rf"{_LINKS}(?P<list>[^，。；]+?)(?:组成|构成|共同承担|为主体|为重点|为核心斑块|为核心|为主脊|为脊|为主)?(?=[，。；]|$)"
)


def parts_told(words: str) -> tuple[str, ...]:
    """The places in what is said of an element: its route (自甲经乙至丙), what it links, includes or is made of."""
    parts: list[str] = []
    for route in _ROUTE.finditer(words):
        for stop in (route["a"], route["b"], route["c"]):
            parts += component_list(stop) if stop else ()
    for members in _MEMBERS.finditer(_ROUTE.sub(lambda found: "，" * len(found.group()), words)):
        parts += component_list(members["list"])
    return tuple(dict.fromkeys(parts))


def parts_in_rest(name: str, rest: str, item: str, items: list[str]) -> tuple[str, ...]:
    """What 其中NAME由…构成, or 前者串联… and 后者串联… after a list of two, say of an element."""
    for told in re.finditer(
        r"(?:^|[，。；]|其中)(?P<who>[^，。；]{4,}?)(?:主要)?(?:由|包括|涉及|串联|依托|覆盖|以)(?P<list>[^，。；]+?)(?:构成|组成|为主体|为重点|为核心)?(?=[，。；]|$)",
        rest,
    ):
        who = told["who"].removeprefix("其中")
        if who == name or (len(who) > 4 and name.endswith(who)):
            return component_list(told["list"])
    if item == items[-1] and (latter := re.search(r"后者([^。；]+)", rest)):
        return parts_told(latter.group(1))
    if item == items[0] and len(items) == 2 and (former := re.search(r"前者([^。；]+?)(?=，?后者|[。；]|$)", rest)):
        return parts_told(former.group(1))
    return ()
