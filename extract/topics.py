"""Where a requirement belongs: the chapter subject (topic) and the item of the paper's Figure 1 (双碳).

Both are points against the lexicon's tables: what the record itself says of its subject (concept, control line, kind of
register, zoning system) weighs most, then the words of its text, then the headings above it. Below a threshold
nothing is said: null is better than a wrong drawer.
"""

from __future__ import annotations

import re
from functools import lru_cache
from operator import add
from typing import Literal

from ..plan.lexicon import Lexicon
from ..plan.lexicon_entries import CarbonItem, LineEntry, Topic
from ..plan.requirement import (
    BoundaryRequirement,
    Carbon,
    IndicatorRequirement,
    ListRequirement,
    Requirement,
    RuleRequirement,
    StructureRequirement,
    ZoneRequirement,
)

_Drawers = Literal["topics", "carbon"]
_Part = Literal["words", "sections"]
_ELSEWHERE = re.compile(
    r"(?:避让|避开|远离|优先(?:安排|布局)?在)[^，；。]*|(?<=禁止)在[^，；。]*、[^，；。]*?(?:范围内|内)|(?<=和)(?:铁路|高速公路)[^，；。]*?可视范围内|(?:[一-龥]{2,10}[、和]){3,}[一-龥]{2,8}"
)
"""Words of a rule that name other things only to keep away from them, or where it holds; long
enumerations speak of everything and so of nothing."""
SUBJECT = 60
"""Points of a subject that the record names itself; more than any words can bring."""
RULED_LINE = 25
"""Points of the control line inside or outside which a rule holds (城市绿线内…)."""
HEADED_LINE = 10
"""Points of the control line that the nearest heading names, for a rule under it."""
OWN_PLAN = 6
"""Points of what the document is about as a whole (a 生态修复规划)."""
SECTION_CAP = 9
"""Most points that one heading can bring, so that the words of a clause count beside it."""
THRESHOLD = 6
"""Points from which a drawer is taken; one word of three characters."""
_SINK_WORDS = (
    "林地",
    "森林",
    "耕地",
    "农田",
    "湿地",
    "草原",
    "草地",
    "红树林",
    "绿地",
    "碳汇",
    "生态保护红线",
    "自然保护地",
    "公益林",
    "海草床",
    "造林",
    "蓝碳",
)
_SOURCE_WORDS = (
    "建设用地",
    "工业",
    "能源",
    "交通",
    "城镇开发",
    "燃煤",
    "石化",
    "高耗能",
    "排放",
    "矿山开采",
    "机动车",
    "建筑能耗",
)


def placed(requirement: Requirement, lexicon: Lexicon, kind: str = "other") -> Requirement:
    """The requirement with `topic` and `carbon`; what a finder has set stays. `kind` is that of the document."""
    subject = _subject(requirement, lexicon) | {("plan", kind)}
    text = _own_words(requirement)
    topic = requirement.topic or _best_topic(requirement, subject, text, lexicon)
    carbon = requirement.carbon or _carbon(requirement, subject, text, lexicon)
    return requirement.model_copy(update={"topic": topic, "carbon": carbon})


def _subject(requirement: Requirement, lexicon: Lexicon) -> frozenset[tuple[str, str]]:
    """What the record says of its subject: ("concept", …), ("line", …), ("kind", …), ("system", …), ("element", …)."""
    match requirement:
        case IndicatorRequirement():
            said = [("concept", requirement.concept)]
        case BoundaryRequirement():
            said = [("line", requirement.line), ("concept", requirement.concept)]
        case StructureRequirement():
            said = [("element", requirement.element)]
        case ZoneRequirement():
            said = [("system", requirement.system)]
        case ListRequirement():
            said = [("kind", requirement.kind)]
        case RuleRequirement():
            said = [("ruled", line) for line in _ruled_lines(requirement.text, lexicon)]
            said += [("headed", line.line) for line in _lines_of_heading(requirement.section, lexicon)]
    return frozenset((kind, value) for kind, value in said if value)


def _ruled_lines(text: str, lexicon: Lexicon) -> list[str]:
    """The control lines inside, outside or along which a rule holds, and those that it has drawn."""
    found: list[str] = []
    for match in lexicon.line_pattern.finditer(text):
        after, before = text[match.end() : match.end() + 3], text[max(0, match.start() - 3) : match.start()]
        holds = after.startswith(("内", "外", "范围内", "管控", "划定", "一经")) or before.endswith(
            ("划定", "占用", "突破", "预留", "城市")
        )
        line = lexicon.line(match[0])
        if line is not None and holds:
            found.append(line.line)
    return found


def _lines_of_heading(section: tuple[str, ...], lexicon: Lexicon) -> list[LineEntry]:
    nearest = "".join(section[-1].split()) if section else ""
    lines = (lexicon.line(match[0]) for match in lexicon.line_pattern.finditer(nearest))
    return [line for line in lines if line is not None]


def _own_words(requirement: Requirement) -> str:
    """The words of the record itself: of an indicator its name (its sentence speaks of others too)."""
    match requirement:
        case IndicatorRequirement():
            return requirement.name
        case BoundaryRequirement():
            return f"{requirement.line} {requirement.name} {requirement.control or ''}"
        case StructureRequirement():
            return f"{requirement.slogan or ''} {requirement.name} {' '.join(requirement.components)}"
        case ZoneRequirement():
            system = "" if requirement.system.startswith("主体功能区") else requirement.system
            return f"{system} {requirement.type} {requirement.function or ''}"
        case ListRequirement():
            return f"{requirement.register_.name} {requirement.name} {requirement.group or ''}"
        case RuleRequirement():
            return _ELSEWHERE.sub("", requirement.text)


@lru_cache(maxsize=8)
def _by_start(lexicon: Lexicon, drawers: _Drawers, part: _Part) -> dict[str, tuple[tuple[str, tuple[int, ...]], ...]]:
    """First two characters → words that begin with them, each with the places of the drawers that have it."""
    places: dict[str, list[int]] = {}
    every: tuple[Topic | CarbonItem, ...] = lexicon.topics if drawers == "topics" else lexicon.carbon
    for number, drawer in enumerate(every):
        for word in dict.fromkeys(drawer.words if part == "words" else drawer.sections):
            places.setdefault(word, []).append(number)
    starts: dict[str, list[tuple[str, tuple[int, ...]]]] = {}
    for word, numbers in places.items():
        starts.setdefault(word[:2], []).append((word, tuple(numbers)))
    return {start: tuple(words) for start, words in starts.items()}


def _words_in(text: str, lexicon: Lexicon, drawers: _Drawers, part: _Part) -> dict[int, list[str]]:
    """Place of a drawer → its words that stand in the text; drawers without one are left out."""
    found: dict[int, list[str]] = {}
    starts = _by_start(lexicon, drawers, part)
    for start in {*text, *map(add, text, text[1:])} & starts.keys():
        for word, numbers in starts[start]:
            if word in text:
                for number in numbers:
                    found.setdefault(number, []).append(word)
    return found


def _word_points(words: list[str]) -> int:
    """Three points a character of every word found, a word inside another one once."""
    found = sorted(words, key=len, reverse=True)
    kept: list[str] = []
    for word in found:
        if not any(word in longer for longer in kept):
            kept.append(word)
    return sum(3 * min(len(word), 5) for word in kept)


@lru_cache(maxsize=4096)
def _section_points(section: tuple[str, ...], lexicon: Lexicon, drawers: _Drawers) -> dict[int, int]:
    """Points of the headings by drawer: the nearest one weighs three times a character, those above it less.

    开发保护格局 speaks of both patterns, so it is none of 保护格局.
    """
    points: dict[int, int] = {}
    for distance, heading in enumerate(reversed(section)):
        plain = "".join(heading.split()).replace("开发保护格局", "开发保护总体格局")
        for number, words in _words_in(plain, lexicon, drawers, "sections").items():
            best = max(map(len, words)) * (3, 2, 1)[min(distance, 2)]
            points[number] = points.get(number, 0) + min(SECTION_CAP, best)
    return points


def _is_own(subject: frozenset[tuple[str, str]], kinds: tuple[str, ...]) -> bool:
    return any(("plan", kind) in subject for kind in kinds)


def _line_points(subject: frozenset[tuple[str, str]], lines: tuple[str, ...]) -> int:
    """Points of the control lines that a rule speaks of or stands under."""
    if not lines:
        return 0
    ruled = any(kind == "ruled" and line in lines for kind, line in subject)
    headed = any(kind == "headed" and line in lines for kind, line in subject)
    return RULED_LINE * ruled + HEADED_LINE * headed


@lru_cache(maxsize=4096)
def _own_points(text: str, lexicon: Lexicon, drawers: _Drawers) -> dict[int, int]:
    """Points of the words of a text by drawer."""
    found = _words_in(text, lexicon, drawers, "words")
    return {number: _word_points(words) for number, words in found.items()}


def _with_said(
    own: tuple[int, ...], requirement: Requirement, text: str, lexicon: Lexicon, drawers: _Drawers
) -> list[int]:
    """`own` points of each drawer with those of the words and of the headings. Indicators stand under 规划目标 whatever
    they are about: their headings count half."""
    points = list(own)
    for number, more in _own_points(text, lexicon, drawers).items():
        points[number] += more
    half = 2 if requirement.mode == "indicator" else 1
    for number, more in _section_points(requirement.section, lexicon, drawers).items():
        points[number] += more // half
    return points


def _best_topic(
    requirement: Requirement, subject: frozenset[tuple[str, str]], text: str, lexicon: Lexicon
) -> str | None:
    own = _topics_points(lexicon, requirement.mode, subject)
    points = _with_said(own, requirement, text, lexicon, "topics")
    best = max(points, default=0)
    return lexicon.topics[points.index(best)].name if best >= THRESHOLD else None


@lru_cache(maxsize=1024)
def _topics_points(lexicon: Lexicon, mode: str, subject: frozenset[tuple[str, str]]) -> tuple[int, ...]:
    return tuple(_topic_points(topic, mode, subject) for topic in lexicon.topics)


def _topic_points(topic: Topic, mode: str, subject: frozenset[tuple[str, str]]) -> int:
    owned = {"concept": topic.concepts, "line": topic.lines, "kind": topic.kinds, "system": topic.systems}
    points = SUBJECT * any(value in owned.get(kind, ()) for kind, value in subject)
    points += _line_points(subject, topic.lines)
    return points + 5 * (mode in topic.modes) + OWN_PLAN * _is_own(subject, topic.plan_kinds)


def _carbon(
    requirement: Requirement, subject: frozenset[tuple[str, str]], text: str, lexicon: Lexicon
) -> tuple[Carbon, ...]:
    own = _carbons_points(lexicon, requirement.mode, subject)
    points = _with_said(own, requirement, text, lexicon, "carbon")
    for place, item in enumerate(lexicon.carbon):
        if points[place] and requirement.mode in item.modes:
            points[place] += 2
    best = max(points, default=0)
    if best < THRESHOLD:
        return ()
    item = lexicon.carbon[points.index(best)]
    return (Carbon(block=item.block, item=item.item, relation=item.relation, role=_role(item, text)),)


@lru_cache(maxsize=1024)
def _carbons_points(lexicon: Lexicon, mode: str, subject: frozenset[tuple[str, str]]) -> tuple[int, ...]:
    return tuple(_carbon_points(item, mode, subject) for item in lexicon.carbon)


def _carbon_points(item: CarbonItem, mode: str, subject: frozenset[tuple[str, str]]) -> int:
    owned = {
        "concept": item.concepts,
        "line": item.lines,
        "kind": item.kinds,
        "system": item.systems,
        "element": item.elements,
    }
    named = {kind for kind, value in subject if value in owned.get(kind, ())}
    points = SUBJECT * bool(named - {"element"}) + 6 * ("element" in named and mode == "structure")
    points += _line_points(subject, item.lines)
    return points + OWN_PLAN * _is_own(subject, item.plan_kinds)


def _role(item: CarbonItem, text: str) -> Literal["sink", "source", "both"] | None:
    """Sink, source or both as far as the text carries it, else what the item usually is."""
    sink = any(word in text for word in _SINK_WORDS)
    source = any(word in text for word in _SOURCE_WORDS)
    if sink and source:
        return "both"
    if sink or source:
        return "sink" if sink else "source"
    return item.role
