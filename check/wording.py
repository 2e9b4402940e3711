"""The parts of a clause and what each of them does: forbids, allows, sets how often; the part of an answer that speaks of
the same thing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..plan.quantity import half_width
from .judgement import Ground
from .likeness import LIMIT
from .vocabulary import Vocabulary
from .words import letters, without_pointers

BAN = re.compile(r"不得|禁止|严禁|不准|不许|一律不|不再|不予")
"""The formal words of a prohibition."""
_PART_END = re.compile(r"[，。；：！？,;:]")
_NOT = re.compile(
    r"不(?!断|与|仅|足|同|良|利|动产|宜|鼓励|提倡|低于|少于|小于|超过|超出|高于|大于|多于|到|含|包括|定期|便|当|力|够|限|可避免|可移动|可逆|论|"
    r"管|但|只|稳|均|透|符|相|得已|规则|再生|确定|影响|充分|平衡|协调|以|等|锈|明|易|愿|服|完善|合理|具备|满足|一|需要|必|会)"
)
"""不 before a verb (不建, 不批, 不许); 不断, 不动产, 不低于 … are none."""
_NOUNS = re.compile(r"不可移动|不可再生|不可逆|不动产|不良|不利")
_ENDS = re.compile(
    r"禁|远离|查处|关死|彻底|严查|刹住|遏制|守住|死守|坚决|绝|严管|寸土|清零|零新增|一票否决|叫停|停批|停办|无效|封顶|为限|杜绝|退出|关停|绕开|避开|避让|限于|仅|只[准许能限]|红线"
)
_ALLOWS = re.compile(
    r"(?<![许认不未仅只方])可(?!持续|靠|能|行|达|视|研|观|操作|及|再生|追溯|以外|用)|(?<![不仅只])允许|按需|按实际需要|自行(?:确定|决定|安排)|"
    r"自主(?:确定|决定)|酌情|先行(?!控|预控|管控|预留|划|治理|修复|避|补|保护|论证|评估|审|征|报)|后补|灵活(?:掌握|安排|确定)|视需要|不作限制|不再限制"
)
_SAME = 0.3
"""Share of the weighed pairs of a part that a part of the answer must hold to speak of the same thing."""
_EVERY = re.compile(
    r"每(?P<half>半)?(?P<n>[一二两三四五六七八九十]|[0-9]+)?个?(?P<unit>年度?|季度?|月|周)(?!份)|"
    r"(?P<n2>[一二两三四五六七八九十半]|[0-9]+)(?P<unit2>年|季度?|个?月)(?:一|1)(?:次|评|检|报|查|更新)"
)
_CASE = re.compile(
    r"不宜[^，。；]{0,8}的|不?(?:鼓励|支持|引导|推荐|优先|可以?|允许|应当?|须|必须|不得|不能|禁止|限制|控制)[^，。；、]{1,10}的"
    r"(?=[，,]|一律|应|须|必须|不得|不再|不予|不准|不许|禁止|严禁|均|都)"
)
"""A case that the sentence speaks of (经评估不宜建设的一律不得选址): its modal is none of the sentence."""
_PURPOSE = re.compile(r"(?:^|(?<=[，。；：]))为(?:了|更好地?)?[^，。；：]{2,40}，")
"""What the sentence is for (为引导产业集聚发展，…): its verb is none of the sentence."""
_DIGIT = {char: n for n, char in enumerate("零一二三四五六七八九十")} | {"两": 2}
_MONTHS = {"年": 12, "季": 3, "月": 1, "周": 0.25}


def parts_of(text: str) -> list[str]:
    """The parts of a clause between its stops, pointers to tables left out."""
    return [part for part in _PART_END.split(without_pointers(text)) if len(letters(part)) >= 3]


def asked(text: str) -> str:
    """A clause without its cases and purposes: what it itself demands."""
    return _CASE.sub("", _PURPOSE.sub("", text))


def repeats(upper: str, lower: str) -> bool:
    """Whether a passage has the upper clause word for word, alone or as one of its sentences."""
    wanted = letters(upper)
    return any(letters(part) == wanted for part in (lower, *re.split(r"[。；]", lower)))


def bans(text: str, words: Vocabulary) -> int:
    """How many prohibitions stand in a text, in formal words or plain ones (一亩不增, 统统禁止); a limit is none."""
    bare = _NOUNS.sub("", LIMIT.sub("", words.soft_forbids.sub("", text)))
    formal = [match.span() for match in words.forbids.finditer(bare)]
    plain = [m for m in _NOT.finditer(bare) if not any(low <= m.start() < high for low, high in formal)]
    return len(formal) + len(plain)


def ends(text: str, words: Vocabulary) -> bool:
    """Whether a text forbids, restricts or puts an end to something, however it says so."""
    return bool(
        bans(text, words)
        or words.restricts.search(text)
        or words.soft_forbids.search(text)
        or _ENDS.search(text)
        or LIMIT.search(text)
    )


def allows(text: str) -> str | None:
    """The word by which a text lets something pass; None if there is none."""
    match = _ALLOWS.search(text)
    return match[0] if match else None


_CLASHES = re.compile(r"抵触|冲突|违背|矛盾|不一致|相悖")
_OBEYS = re.compile(r"服从|遵从|遵守|遵循|符合|保持一致|相?一致|(?:按|依|以)[^，。；]{0,8}(?:执行|为准|为依据)")


def in_accord(part: str, said: str) -> bool:
    """Whether what a part of a clause forbids is to clash with a plan, and `said` has the other side of it (服从, 以…为准)."""
    return bool(_CLASHES.search(part) and _OBEYS.search(said))


def same_part(part: str, others: Sequence[str], ground: Ground, least: float = _SAME) -> str | None:
    """The part among `others` that speaks of what `part` speaks of; None if none does."""
    best, score = None, 0.0
    for other, held in zip(others, shares_held(part, others, ground), strict=True):
        if held > score:
            best, score = other, held
    return best if score >= least else None


def shares_held(part: str, others: Sequence[str], ground: Ground) -> list[float]:
    """For each of `others` the share of the weighed pairs of `part` that it holds, words of prohibition aside."""
    words = ground.words
    plain = words.plain(LIMIT.sub("", words.forbids.sub("", part)))
    own = {gram: weight for gram, weight in ground.index.weights(plain).items() if len(gram) == 2}
    total = sum(own.values()) or 1.0
    said = [letters(words.plain(other)) for other in others]
    return [sum(weight for gram, weight in own.items() if gram in text) / total for text in said]


def periods(text: str) -> list[float]:
    """How often something is done, in months: 每年 12, 每半年 6, 两年一次 24."""
    found = []
    for match in _EVERY.finditer(half_width(text)):
        unit = (match["unit"] or match["unit2"]).lstrip("个")[0]
        printed = match["n"] or match["n2"]
        count = 0.5 if match["half"] or printed == "半" else _DIGIT.get(printed or "一") or int(printed or 1)
        found.append(count * _MONTHS[unit])
    return found
