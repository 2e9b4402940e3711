"""Two elements of structure that bear one proper name: the same, or turned to another function (象山港生态湾区,
象山港活力湾区)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..plan.requirement import StructureRequirement
from .judgement import Ground, proper_stem
from .passages import Passage
from .produce import landform
from .words import common_run, letters

BORDER = re.compile(r"沿边|边境|抵边|国境|界[江河]")
"""Names of elements along the state's border."""
_HEAD = re.compile(
    r"^[一-龥]{2,3}(?:港|湾|岛|洲|滩|峡|谷|原|沟|溪|泉|坡|关|寨|淀|泊|洼|坝)(?=[一-龥]{2})"
    r"|^[一-龥]{1,2}[水溪川渠](?=生态|流域|水系|沿|绿|风情|活力|休闲|观光|文旅|景观)"
)
"""A place of no landform that `produce.landform` knows: 象山港, 野三坡."""
_PLAIN = re.compile(r"^(?:[东南西北中]{1,2}|沿|环|滨|大|小|高|低)")
"""Beginnings that tell a direction or a lie, not a name."""
_COMPASS = re.compile(r"^[东南西北中]{1,2}(?:部|翼|片)")
_TAIL = re.compile(
    r"(?:[主次]?轴线?|[带环链圈翼网]|走廊|长廊|廊道|廊|通道|屏障|绿屏|湾区|片区|板块|产区|[区片]|中心(?:城市)?|门户|客厅|节点|支点|核心?|基地|高地)$"
)
"""What kind of element a name ends with."""
_NEUTRAL = re.compile(
    r"^(?:[东西南北中上下]?(?:段|游|岸|麓|翼|部)|流域|沿线|沿岸|两岸|干流|支流|境内|尾闾|源头|河谷|峡谷|河口|水系|重要|主|次|山地|岸线|[0-9一-十]+|[（(].*)*$"
)
"""Words between name and kind that tell no function."""


def head_of(name: str) -> str | None:
    """The name of a river, range, bay … that an element's name begins with; None if it begins with none."""
    plain = letters(name)
    found = landform(plain)
    match = _HEAD.match(plain)
    head = max((text for text in (found, match[0] if match else None) if text is not None), key=len, default=None)
    return head if head is not None and len(head) >= 2 and not _PLAIN.match(head) else None


def heads_of(element: StructureRequirement, ground: Ground) -> tuple[str, ...]:
    """The proper names that an element's name begins with, or joins (丹朱岭—太岳野生动物迁徙廊道); regions left out."""
    pieces = re.split(r"[—\-–～]", element.name)
    if len(pieces) == 1:
        head = head_of(element.name)
        return () if head is None else (head,)
    stems = [head_of(piece) or proper_stem(piece) for piece in pieces]
    named = [stem if len(stem) <= 4 else stem[:2] for stem in stems]
    return tuple(stem for stem in named if len(stem) >= 2 and not ground.is_place_name(stem))


def of_same_head(element: StructureRequirement, ground: Ground) -> Iterator[StructureRequirement]:
    """The draft's elements whose names begin with the proper name of one of the upper plan's. A park, lake or town counts by
    its whole name only."""
    if (element.element in ("node", "patch") and not re.search(r"[湾廊带轴屏区]", element.name[-2:])) or re.search(
        r"公园$|水库$|保护区$|景区$", element.name
    ):
        return
    heads = heads_of(element, ground)
    for own in ground.draft.by_mode["structure"]:
        if isinstance(own, StructureRequirement) and any(letters(own.name).startswith(head) for head in heads):
            yield own


def _middle(name: str, head: str) -> str:
    """The words of a name between its proper name and its kind: 象山港生态湾区 → 生态."""
    return _TAIL.sub("", letters(name).removeprefix(head))


THEME = 4
"""Letters in a row, kind and place apart, from which two names have one theme (蓝色经济)."""


def of_one_theme(one: str, other: str) -> bool:
    """Whether two names of one shape have a theme in common: 东部沿海蓝色经济带, 海堤沿线蓝色经济走廊."""
    return of_one_shape(one, other) and common_run(_middle(one, ""), _middle(other, "")) >= THEME


_KINDS = (
    re.compile(r"屏障|绿屏|屏风|绿墙"),
    re.compile(r"廊|带|轴|链|通道|线|谷"),
    re.compile(r"湾"),
    re.compile(r"区|片|板块|基地|产区"),
)


def of_one_shape(one: str, other: str) -> bool:
    """Whether two names end with kinds of one shape: both lines, both screens, both areas."""
    ours, theirs = (
        next((at for at, kind in enumerate(_KINDS) if kind.search(name[-3:])), None) for name in (one, other)
    )
    return ours == theirs and ours is not None


def kept_and_turned(
    element: StructureRequirement, ground: Ground
) -> tuple[list[StructureRequirement], list[StructureRequirement]]:
    """The draft's elements of the same proper name and shape: those that keep what the element is for by their names
    (太岳山碳汇与水源涵养屏障), and those that turn it to leisure or to nothing of the kind (乌江风情廊)."""
    head = head_of(element.name)
    words = [pattern for word, pattern in ground.words.functions.items() if word in element.name]
    kept, away = [], []
    for own in of_same_head(element, ground) if head is not None and words else ():
        assert head is not None
        rest, middle = letters(own.name).removeprefix(head), _middle(own.name, head)
        if not of_one_shape(element.name, own.name):
            continue
        if any(pattern.search(rest.replace("山水", "")) for pattern in words):
            kept.append(own)
        elif ground.words.leisure.search(rest) or not (
            _NEUTRAL.match(middle) or any(pattern.search(middle) for pattern in ground.words.functions.values())
        ):
            away.append(own)
    return kept, away


_RENAMED = r"(?:客厅|走廊|廊道|湾区|门户|长廊|高地|步道|栈道|游线|(?:观光|休闲|度假|风情)带)"
_WALKED = re.compile(r"步道|栈道|游线|观光|休闲|度假|风情")
"""Ways for walkers, which take the place of a corridor even where another element bears the same proper name."""


def renamed_beside(element: StructureRequirement, ground: Ground) -> StructureRequirement | Passage | None:
    """What the draft has in the place of an element that it does not name: an element that begins with the same region and is
    a centre too (延吉区域中心城市, 延吉旅游消费中心), or with the same direction and speaks of the same theme (东部特产带,
    东部参菌走廊), or another name made of the same proper name in running text (松兰山休闲客厅, 太岳山森林步道)."""
    name = letters(element.name)
    own = [o for o in ground.draft.by_mode["structure"] if isinstance(o, StructureRequirement)]
    for region in ground.element_regions.get(element.name, ()):
        stem = re.sub(r"(?:自治[县州旗]|[省市县区旗])$", "", region.name)
        if len(stem) >= 2 and name.startswith(stem) and "中心" in name and ground.touches((region,)):
            for other in own:
                if letters(other.name).startswith(stem) and "中心" in other.name:
                    return other
    compass = _COMPASS.match(name)
    if compass is not None:
        theme = _TAIL.sub("", name[compass.end() :])
        for other in own:
            if len(theme) >= 2 and letters(other.name).startswith(compass[0]) and theme in letters(other.text):
                return other
        for passage in ground.draft.holding(compass[0]) if len(theme) >= 2 else ():
            said = letters(passage.text)
            found = re.search(rf"{compass[0]}[一-龥]{{2,5}}?(?:走廊|廊道|片区|产区|板块|基地|带)", said)
            if passage.row is None and found is not None and found[0] != name and theme in said.replace(found[0], ""):
                return passage
    theirs = {letters(r.name) for r in ground.upper.requirements if isinstance(r, StructureRequirement)}
    for head in heads_of(element, ground):
        shared = sum(other.startswith(head) for other in theirs - {name}) > 0
        for passage in ground.draft.holding(head):
            found = re.search(rf"{re.escape(head)}[一-龥]{{1,5}}?{_RENAMED}", letters(passage.text))
            if passage.row is not None or found is None or found[0] in theirs:
                continue
            if not shared or _WALKED.search(found[0]):
                return passage
    return None
