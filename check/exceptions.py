"""Exceptions that the upper clause does not have, permissions that grew wider, approvals moved down (DOMAIN §4.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..plan.verdict import VerdictName
from .judgement import Defect, shorten
from .likeness import LIMIT
from .vocabulary import Vocabulary
from .wording import allows, bans, ends
from .words import letters

ESCAPE = re.compile(r"原则上|一般(?=应|不)")
"""Words that leave a way out."""


_HARD = re.compile(r"必须|应当?(?!急|对|用|力|变|收)|须|不得|禁止|严禁|不准|不许|不再|不予|一律")


def conditional(upper: str, lower: str, words: Vocabulary) -> Defect | None:
    """A duty or ban that holds only where it suits (在条件允许的情况下不得…), while the upper clause knows no such case."""
    if words.conditional.search(upper) or not _HARD.search(upper):
        return None
    for match in words.conditional.finditer(lower):
        hard = _HARD.match(lower[match.end() :].lstrip("，,、"))
        if hard is not None:
            return Defect("weakened", "RULE-WEAK", f"“{hard[0]}”之前加了“{match[0]}”")
    return None


_PERMIT = re.compile(
    r"(?<!未)经[^，。；]{0,14}(?:批准|同意|审批|核准|许可|论证|评估|审查)|报[^，。；]{0,12}(?:批准|审批|备案|核准)|(?:批准|同意|论证|评估)后，?(?:方|才|可)"
)
_ABSENT = re.compile(r"不在|不属于|不位于|未在|不符合|不适宜|不宜|不合格|不达标|不满足")
"""A case that the sentence speaks of, no prohibition."""


def allowed_instead(upper: str, lower: str, words: Vocabulary) -> Defect | None:
    """A prohibition of which the answer only says that it may be done: no word forbids, restricts or asks for approval."""
    if not words.forbids.search(LIMIT.sub("", words.soft_forbids.sub("", upper))) or allows(upper):
        return None
    plain = re.sub(r"一律(?=可)", "", _ABSENT.sub("", lower))
    if ends(plain, words) or words.firm.search(plain):
        return None
    part = next((part for part in re.split(r"[，；。]", plain) if allows(part) and not _PERMIT.search(part)), None)
    return None if part is None else Defect("conflict", "RULE-WEAK", f"上位禁止，本级写为“{shorten(part, 24)}”")


def narrower(upper: str, lower: str, words: Vocabulary) -> Defect | None:
    """A prohibition that the answer lets hold in the town only, while the upper clause speaks of no town."""
    if not bans(upper, words) or _TOWNS.search(upper):
        return None
    for part in re.split(r"[；。]", lower):
        within = _WITHIN.match(part)
        if within is not None and bans(part, words):
            return Defect("partial", "RULE-WEAK", f"适用范围缩小到“{within[0].rstrip('，')}”")
    return None


_TOWNS = re.compile(r"城区|县城|城镇|城市|老城|建成区|镇区|街区|社区|园区|边界|小区")
_WITHIN = re.compile(r"在?(?:中心城区|主城区|县城|城区|镇区)(?:规划区|规划范围|范围|区域)?[之以]?内，?")


def lower_authority(upper: str, lower: str, words: Vocabulary) -> Defect | None:
    """An approval moved down to a lower authority."""
    if not (words.approves.search(upper) and words.approves.search(lower)):
        return None
    # 没有意见的不得上报省政府: to whom nothing goes up is no authority that approves
    theirs = highest_authority(_NOT_SENT.sub("", upper), words)
    ours = highest_authority(lower, words)
    first = _FIRST.search(upper)
    if (
        first is not None
        and ours is not None
        and theirs is None
        and not re.search(r"原(?:来的)?(?:审批|批准|划定|认定)", lower)
    ):
        return Defect("weakened", "RULE-WEAK", f"“{first[0]}”改为“{ours[1]}”")
    above = _ABOVE.search(upper)
    if above is not None and theirs is None and ours is not None and ours[0] >= _COUNTY and not _UP.search(lower):
        return Defect("weakened", "RULE-WEAK", f"“{above[0]}”改为“{ours[1]}”")
    if theirs is None or ours is None or ours[0] <= theirs[0]:
        return None
    return Defect("weakened", "RULE-WEAK", f"批准层级由“{theirs[1]}”降为“{ours[1]}”")


_NOT_SENT = re.compile(
    r"(?:未|没有)[^，。；]{2,20}的，?(?:一律)?不(?:得|予|准)[^，。；]{0,4}?(?:上报|报送|报|提交|呈报)[^，。；]*"
)
_UP = re.compile(r"上一?级|原(?:来的)?(?:审批|批准|公布|核定)|核定公布")
_FIRST = re.compile(r"原(?:审批|批准|划定|认定)(?:机关|部门|单位)")
_ABOVE = re.compile(r"(?:上一级|上级)[一-龥]{0,10}?(?:主管部门|部门|政府|机关)")
_COUNTY = 3
"""Place of the county among the authorities."""


def highest_authority(text: str, words: Vocabulary) -> tuple[int, str] | None:
    """The highest authority that a clause names, 0 the highest, with its words."""
    for level, pattern in enumerate(words.authorities):
        match = pattern.search(text)
        if match:
            return level, match[0]
    return None


def wider_exception(upper: str, lower: str, words: Vocabulary) -> Defect | None:
    """An exception that the upper clause does not have. One that follows a procedure of law widens nothing, nor does one
    of a flat ban that answers 原则上."""
    if not words.forbids.search(upper) or (ESCAPE.search(upper) and not ESCAPE.search(lower)):
        return None
    if _OUTSIDE.match(upper) and not re.search(r"[、和及与]", lower.split("外")[0]):
        return None  # 县城所在乡镇以外不再新增 is 除甲镇外不再新增
    theirs = letters("".join(match[1] for pattern in words.exceptions for match in pattern.finditer(upper)))
    whole = letters(words.plain(upper))
    if theirs or re.search(r"[仅只](?:允许|准|许|限)", upper):
        let = [match[1] for match in _ONLY.finditer(lower) if not words.lawful.search(match[1])]
        let += [match[1] for pattern in words.exceptions[:2] for match in pattern.finditer(lower)]
        most = max((len(_items(said)) for said in _let_pass(upper, words)), default=0)
        item = next((item for said in let if len(_items(said)) > most for item in _new_items(said, whole, words)), None)
        if item is not None:
            lined = re.search(r"红线|控制线|边界", upper) and re.search(r"[仅只](?:允许|准|许|限)", upper)
            grave: tuple[VerdictName, str] = ("conflict", "LINE-RULE") if lined else ("weakened", "RULE-WEAK")
            return Defect(*grave, f"例外扩大到“{shorten(item, 24)}”")
    for match in (match for pattern in words.exceptions for match in pattern.finditer(lower)):
        said = letters(match[1])
        pairs = [said[at : at + 2] for at in range(len(said) - 1)]
        held = sum(pair in (theirs or letters(upper)) for pair in pairs)
        if words.lawful.search(lower[match.start() : match.end() + 30]) or re.search(r"确需|以外", match[1]):
            continue
        plain = letters(words.plain(match[1]))
        if theirs and any(plain[at : at + 2] in whole for at in range(len(plain) - 1)):
            continue
        if len(pairs) >= 2 and held < (0.25 if match[0].startswith("除") else 0.45) * len(pairs):
            return Defect("weakened", "RULE-WEAK", f"新增例外“{shorten(match[1], 24)}”")
    return None


_RANKS = (
    re.compile(r"国家|国务院|党中央|中央"),
    re.compile(r"(?<!本)省(?:级|里|委|重|政府|人民政府|批|定|属)|自治区(?:级|人民政府|党委|重)"),
    re.compile(r"(?:[地市州盟]|设区市)(?:级|重|政府|人民政府|里|委|州)"),
    re.compile(r"[县旗区](?:级|重|政府|人民政府|里|委)"),
    re.compile(r"[乡镇村](?:级|重|集体|政府|人民政府)"),
)
"""Whose undertakings an exception lets pass, the highest first: 国家重大项目, 省级重点项目."""


def lower_rank_passes(upper: str, lower: str, words: Vocabulary) -> Defect | None:
    """An exception for undertakings of one level (国家重大项目) that the answer extends to those of a lower level."""
    theirs, ours = ("，".join(_let_pass(text, words)) for text in (upper, lower))
    named = [level for level, rank in enumerate(_RANKS) if rank.search(theirs)]
    found = [match for rank in _RANKS[max(named, default=len(_RANKS)) + 1 :] if (match := rank.search(ours))]
    if not found or any(_RANKS[level].search(letters(upper)) for level in range(max(named) + 1, len(_RANKS))):
        return None
    item = next(item for item in _items(ours) if found[0][0] in item)
    return Defect("weakened", "RULE-WEAK", f"例外扩大到“{shorten(item, 24)}”")


_OUTSIDE = re.compile(r"[^，。；除]{2,14}(?:以外|之外)(?:的|，|不)")
_ONLY = re.compile(r"[仅只](?:允许|准|许|限)(?:于)?([^，。；]{2,60})")


def _items(said: str) -> list[str]:
    return [item for item in re.split(r"、|以及|或者|[和及与或]", said) if len(letters(item)) >= 2]


def _let_pass(text: str, words: Vocabulary) -> list[str]:
    """What a clause lets pass: after 除, before 除外, after 仅允许."""
    return [
        re.split(r"[（(]", match[1])[-1] for pattern in (_ONLY, *words.exceptions) for match in pattern.finditer(text)
    ]


def _new_items(said: str, whole: str, words: Vocabulary) -> Iterator[str]:
    """The items of an exception of which the upper clause has no word."""
    for item in _items(said):
        plain = letters(words.plain(item))
        pairs = [plain[at : at + 2] for at in range(len(plain) - 1)]
        if (
            len(plain) >= 3
            and not words.lawful.search(item)
            and sum(pair in whole for pair in pairs) < 0.2 * len(pairs)
        ):
            yield item


def more_allowed(upper: str, lower: str, words: Vocabulary) -> Defect | None:
    """仅允许 A that became 可 A 以及 B."""
    if not re.search(r"仅允许|只允许|仅限|只能|只准", upper):
        return None
    match = re.search(r"(?<![仅只许认])(?:可以|可|允许)(?!以外)([^。；]{4,60})", lower)
    late = re.search(
        r"[，；]([^，。；]{4,30}?)(?:经[^，。；]{2,12})?(?:也|亦|均)?(?:可以|可)(?:进入|准入|布局|建设|安排|实施|开展|进行|经营)",
        lower,
    )
    if match is None and late is None:
        return None
    theirs = letters(upper)
    items = [*(re.split(r"以及|、|及(?!其)", match[1]) if match else ()), *(_items(late[1]) if late else ())]
    for item in items:
        said = letters(item)
        pairs = [said[at : at + 2] for at in range(len(said) - 1)]
        if len(said) >= 3 and sum(pair in theirs for pair in pairs) < 0.25 * len(pairs):
            code = "LINE-RULE" if re.search(r"红线|控制线|边界", upper) else "RULE-WEAK"
            return Defect("conflict", code, f"例外扩大到“{shorten(item, 24)}”")
    return None


_HALF_BARRED = re.compile(r"(?:原则上|一般|通常)不(?:得|再|予|应|宜|能)?(?P<what>[一-龥]{2})")


def half_ban_turned(upper: str, lower: str, words: Vocabulary) -> Defect | None:
    """What is not done as a rule (原则上不撤并) and the answer lets be done (可以撤并), with no ban of its own."""
    for match in _HALF_BARRED.finditer(LIMIT.sub("", upper)):
        what = re.escape(match["what"])
        if re.search(
            rf"不[^，。；可]{{0,4}}{what}|(?:禁止|严禁|避免|防止)[^，。；]{{0,4}}{what}", lower
        ) or words.soft_forbids.search(lower):
            continue
        let = re.search(rf"(?<![许认不])(?:可以?|允许|准许)(?:适当|适度|酌情|有序|逐步|整体|就近)?{what}", lower)
        if let is not None and not _PERMIT.search(lower) and "确需" not in lower:
            return Defect("weakened", "RULE-WEAK", f"上位“{match[0]}”，本级为“{let[0]}”")
    return None


_NO_MORE = re.compile(
    r"不(?:得|再|予|许|准|应|能)?(?:[^，。；]{0,4})(?:扩大|增加|扩建|扩容|提高|突破|超[过出]|新增|加[高大密层]|拓宽|外扩)|只减不增|(?:维持|保持)[^，。；]{0,6}(?:现状|不变)|零增长"
)
_GROWS = re.compile(
    r"(?:可|允许|准许|适度|适当|逐步|结合[^，。；]{1,8}|视[^，。；]{1,10}|根据[^，。；]{1,8}|按需)[^，。；不]{0,6}?"
    r"(?:扩[大充建容产]|增[加大容]|提[高升]|做大|放宽|突破|上浮|加[高大密层]|拓宽|外扩)(?![^，。；]{0,6}(?:水平|质量|能力|效率|品质|标准化|绿化|生态))"
)


def let_grow(upper: str, lower: str, words: Vocabulary) -> Defect | None:
    """What the clause lets be on condition that it does not grow (可改造但总规模不增加), and the answer lets grow (可适度扩大)."""
    fixed, grows = _NO_MORE.search(upper), _GROWS.search(lower)
    if fixed is None or grows is None or _NO_MORE.search(lower) or _GROWS.search(_NO_MORE.sub("", upper)):
        return None
    if LIMIT.search(lower) or not allows(f"{lower}{upper}") or words.approves.search(lower[: grows.start()][-12:]):
        return None
    return Defect("weakened", "RULE-WEAK", f"上位“{shorten(fixed[0], 20)}”，本级为“{shorten(grows[0], 20)}”")
