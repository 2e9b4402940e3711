"""What an answer takes out of a clause or lets pass beside it: one of the things barred, one of a closed set, a condition of
several, an exception of its own making, an approval by a department in place of the government."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .judgement import Defect, shorten
from .likeness import LIMIT
from .vocabulary import Vocabulary
from .wording import BAN
from .words import letters, without_pointers

_LIST = re.compile(r"[^，。；：、（）()“”]+(?:、[^，。；：、（）()“”]+)+|[^，。；：、（）()“”]+")
_JOINT = re.compile(r"[和与及或]|以及|或者")
_BARRED = re.compile(
    rf"(?:{BAN.pattern})(?:在|新建|改建|扩建|新设|新上|新增|建设|进行|布局|布置|安排|设立|从事|开展|[、和与])*"
)


_FITTED = re.compile(r"(?:配置|配建|配套|建好|建齐|配齐|配备|设置|建设|布局|布设)([^，。；：（）]+)$")
"""What a duty to build or fit out asks for."""
_BUILT = re.compile(r"(?:[园站室所厕场馆院库网厂点校]|中心|设施|通道|泵房|广场|管道|管网)$")
"""What the name of a single facility ends with."""
_SHARED = re.compile(r"(?:共[建享用]|合建|联建|同步(?:建设|实施|配套|敷设))([^，。；：（）]+?)(?:等[^、]{0,6})?$")
"""What several are to build or use together."""
_NETWORK = r"供水|供电|供气|供热|排水|排污|雨水|污水|燃气|通信|热力|给水|通水|通电|通气|通路|通网"
_NETWORKS = re.compile(rf"(?:{_NETWORK})(?:(?:、|和|与|及)(?:{_NETWORK}))+")
"""Networks of pipes and wires in a row: a closed set."""
_NAMED = re.compile(r"[江河湖海山岭岛溪湾港川](?:$|流域|干流|支流|水系|[上下中]游|沿|两|源|口$)|[市县州]$")
"""What the name of a place ends with: of named rivers an answer names its own."""
_KINDS = re.compile(r"江河|河湖|河道|河流|湖泊|水库|海岸|海域|海岛|山体|山区|山脊|港口|港区|县道|县城|城市")
_CATCH_ALL = re.compile(r"破坏|影响|损害|危害|妨碍|有损|违|擅自|其他|其它|一切|任何|各类|不符|与")
"""How an item begins that bars whatever else does harm: others' words for it are many."""


def item_dropped(upper: str, lower: str, words: Vocabulary) -> Defect | None:
    """One of the things that a clause bars (or one of a closed set like 绿线、蓝线、黄线) of which a shorter list
    in the answer, that has the others in the same words, has no character; so with the places where it bars them and the
    facilities that it asks for."""
    bare = words.forbids.sub("", lower)
    said = letters(bare) + letters(words.plain(bare))
    lists = [items for items in map(_items, _LIST.findall(lower)) if len(items) > 1]
    for items, closed in _asked_lists(upper, words):
        held = [_held(item, items, said, words) for item in items]
        least = 1 if closed else 2
        lost = [item for item, share in zip(items, held, strict=True) if share == 0 and len(_own(item, items)) >= least]
        kept = [item for item, share in zip(items, held, strict=True) if share >= 0.5]
        met = [item for item in kept if _meet(item, said)]
        # the fewer there are to compare with, the longer a word must be to be no synonym
        long = 1 if closed else 2 if len(kept) > 1 else 3
        if (
            not met
            or len(lost) + len(kept) < len(items)
            or not any(len(item) > long and not _CATCH_ALL.match(item) for item in lost)
        ):
            continue
        answered = [
            own for own in lists if sum(any(_meet(item, one) for one in own) for item in met) >= min(2, len(met))
        ]
        if (
            not answered
            and len(kept) == 1
            and any(len(_items(one)) >= len(items) and words.forbids.search(one) for one in _LIST.findall(lower))
        ):
            continue  # as many things in words of its own
        longest = max((len(own) for own in answered), default=1 if len(kept) == 1 else _apart(met, kept, lower, words))
        if 0 < longest < len(items):
            return Defect("partial", "RULE-WEAK", f"未回应“{'、'.join(shorten(item, 14) for item in lost)}”")
    return None


def _apart(met: Sequence[str], kept: Sequence[str], lower: str, words: Vocabulary) -> int:
    """How many things an answer bars where it has a part with a ban of its own for each of them (不得建甲，也不得建乙)."""
    barred = [p for p in re.split(r"[，。；]", lower) if words.forbids.search(LIMIT.sub("", p))]
    own = {at for item in met for at, part in enumerate(barred) if _meet(item, part)}
    return len(kept) if len(barred) == len(own) == len(kept) == len(met) else 0


def _asked_lists(upper: str, words: Vocabulary) -> Iterator[tuple[list[str], bool]]:
    """The lists of things that a clause bars, of kinds of places where it bars them, and of facilities that it asks for;
    and lists of one pattern (绿线、蓝线、黄线和紫线)."""
    for part in re.split(r"[，。；：]", without_pointers(upper)):
        bare = LIMIT.sub("", words.soft_forbids.sub("", part))
        match = _BARRED.search(bare)
        after = bare[match.end() :] if match else ""
        if after:
            after = re.sub(r"除[^，。；]{2,40}?(?:以外|之外|外)的?", "", after)
            items = _items(re.sub(r"(?:等[^、和与及或]{0,4})?(?:项目|活动|行为|作业)$", "", after))
            if len(items) > 1:
                yield items, False
        before = _PLACE_END.sub("", _EVERY_END.sub("", bare[: match.start()])) if match else ""
        if before and not re.search(r"[应须必将]|可(?!视|燃|能)", before):
            items = _items(before)
            if len(items) > 1 and not any(_NAMED.search(_KINDS.sub("", item)) for item in items):
                yield items, False
        duty = _FITTED.search(part)
        if duty is not None and words.obliges.search(part):
            items = _items(re.sub(r"等[^、]{0,6}$", "", duty[1]))
            # facilities, not kinds of them (教育、医疗、养老)
            if len(items) > 2 and (min(map(len, items)) > 3 or all(_BUILT.search(item) for item in items)):
                yield items, False
        shared = _SHARED.search(part)
        if shared is not None:
            items = _items(shared[1])
            if 1 < len(items) <= 4 and all(len(item) > 1 for item in items):
                yield items, False
        for found in _NETWORKS.finditer(part):
            yield re.findall(_NETWORK, found[0]), True
        for found in re.finditer(r"[一-龥]{2,6}(?:、[一-龥]{2,6})+(?:[和与及][一-龥]{2,4})?", part):
            items = [item[-2:] for item in _items(found[0])[:1]] + _items(found[0])[1:]
            alike = len({item[-1] for item in items}) == 1 or len({item[0] for item in items}) == 1
            if len(items) > 2 and alike and len({len(item) for item in items}) == 1:
                yield items, True


_EVERY_END = re.compile(r"(?:一律|均|都|严格|坚决|原则上)+$")
_PLACE_END = re.compile(
    r"(?:的[^、的]{1,8}|类[^、]{1,4})?(?:[之以]?[内外中里上下])?$|(?:管理|管控|控制|保护|规划)?(?:范围|区域|地[段带]|沿线|两侧|周边|附近|周围)(?:[之以]?[内外中里上])?$"
)
"""What stands behind several places or cases before a ban: …的河段, …周边, …范围内."""


def _items(said: str) -> list[str]:
    pieces = said.split("、")
    last = _JOINT.split(pieces[-1], maxsplit=1)
    return [letters(piece) for piece in (*pieces[:-1], *last) if letters(piece)]


def _held(item: str, items: Sequence[str], said: str, words: Vocabulary) -> float:
    """The share of an item's own characters, those of no other item, that the answer has."""
    own = _own(item, items) or list(item)
    plain = letters(words.plain(item))
    return max(sum(char in said for char in own) / len(own), float(len(plain) > 1 and plain in said))


def _own(item: str, items: Sequence[str]) -> list[str]:
    others = "".join(other for other in items if other != item)
    return [char for char in item if char not in others]


def _meet(item: str, other: str) -> bool:
    return any(item[at : at + 2] in other for at in range(len(item) - 1)) or item in other


_CONDITION = re.compile(r"在?(不[^，。；]{2,14}、不[^，。；]{2,16}?)(?:的)?(?:前提|条件|情况)下")


def condition_dropped(upper: str, lower: str, words: Vocabulary) -> Defect | None:
    """One of several conditions of a permission (不占用耕地、不涉及天然乔木林地) of which the answer has no character."""
    match = _CONDITION.search(upper)
    if match is None:
        return None
    said, items = letters(lower) + letters(words.plain(lower)), [letters(i)[1:] for i in match[1].split("、")]
    for item in items:
        others = "".join(other for other in items if other != item)
        own = [
            char for char in re.sub(r"^(?:占用?|涉及|突破|影响|破坏|降低|改变|减少)", "", item) if char not in others
        ]
        if len(own) > 1 and sum(char in said for char in own) / len(own) < 0.3:
            return Defect("weakened", "RULE-WEAK", f"缺前提“不{item}”")
    return None


_LET = (
    re.compile(
        r"[仅只](?:允许|准|许|限|给|供|对|向)(?:于)?([^，。；]{2,60}?)(?:供地|用地|使用|开展|进行|建设|除外|$|(?=[，。；]))"
    ),
    re.compile(r"除([^，。；]{2,60}?)(?:以外|之外|外)"),
    re.compile(r"(?:^|[，；但])([^，。；]{2,60}?)(?:等)?(?:除外|不受此限|不在此限|不在此列|可以?例外)"),
)
_PRIVILEGE = re.compile(
    r"招商|文旅|康养|旅游地产|(?:[市县州区镇乡村]|旗|盟)(?:级|委|人民政府|政府|集体)[^，。；、和及]{0,8}(?:批准|同意|认可|确定|认定|重点|计划|兴办|项目)"
)
"""Whom a lower plan lets pass on its own account."""
_GENERAL = re.compile(r"必要|基础设施|公共服务|民生")
"""What an answer rightly makes finer (水电管网)."""


def exception_added(upper: str, lower: str, words: Vocabulary) -> Defect | None:
    """A thing let pass beside those of the clause: in a list with some of them one that has no character in the clause, or
    one that the lower authority picks itself."""
    whole, said = (letters(text) + letters(words.plain(text)) for text in (upper, lower))
    granted = [item for pattern in words.exceptions for m in pattern.finditer(upper) for item in _items(m[1])]
    complete = bool(granted) and all(_share(item, said, words) >= 0.5 and not _GENERAL.search(item) for item in granted)
    for pattern in _LET:
        for match in pattern.finditer(lower):
            items = _items(re.sub(r"^.*?(?:但|对)", "", match[1]))
            known = [_share(item, whole, words) for item in items]
            for item, share in zip(items, known, strict=True):
                own = _PRIVILEGE.search(item)
                if own is not None and letters(own[0]) not in whole and (share < 0.5 or own[0][:2] not in whole):
                    return Defect("weakened", "RULE-WEAK", f"例外扩大到“{shorten(item, 24)}”")
                if complete and share == 0 and len(item) > 3 and max(known) >= 0.5 and not words.lawful.search(item):
                    return Defect("weakened", "RULE-WEAK", f"例外扩大到“{shorten(item, 24)}”")
    return None


def _share(item: str, whole: str, words: Vocabulary) -> float:
    plain = letters(words.plain(item))
    return max(sum(char in whole for char in said) / len(said) for said in (item, plain) if said)


_GOVERNMENT = re.compile(r"人民政府|国务院")
_OFFICE = re.compile(r"主管部门|[一-龥]局(?![部限地面])|委员会|管委会|办公室")


def by_an_office(upper: str, lower: str, words: Vocabulary) -> Defect | None:
    """The approval of a government that became one of its departments."""
    if not (words.approves.search(upper) and words.approves.search(lower)):
        return None
    wanted, office = _GOVERNMENT.search(upper), _OFFICE.search(lower)
    if wanted is None or office is None or _OFFICE.search(upper) or re.search(r"政府|国务院", lower):
        return None
    if not _of_approval(upper, wanted, words) or not _of_approval(lower, office, words):
        return None
    return Defect("weakened", "RULE-WEAK", f"批准由“{wanted[0]}”改为“{office[0]}”")


def _of_approval(text: str, match: re.Match[str], words: Vocabulary) -> bool:
    return bool(
        words.approves.match(
            re.sub(r"^[^，。；]{0,4}?(?=批准|审批|同意|核准|认定|审定|审查|批文)", "", text[match.end() :])
        )
    )
