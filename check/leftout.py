"""Duties, prohibitions and conditions of a clause of which the answer has no word."""

from __future__ import annotations

import itertools
import re

from ..plan.requirement import RuleRequirement
from .alignment import Candidate
from .amounts import deadlines
from .judgement import Defect, Ground, shorten
from .likeness import LIMIT
from .vocabulary import Vocabulary
from .wording import BAN, bans, in_accord
from .words import letters, without_pointers

_STRICT = re.compile(rf"{BAN.pattern}|不允许|杜绝|不应|不能(?!满足)|不可(?!移动|逆|再生|抗|避免)|只减不增|只增不减")


_ATTACHED = re.compile(r"附|清单|名册|台账|报告|说明|材料|文件|表|图[件纸集则]|成果|同步|一并|一同|同时|随")
"""What tells that something goes with a submission."""


def duty_left_out(rule: RuleRequirement, chosen: list[Candidate], ground: Ground) -> Defect | None:
    """A second duty to draw something up (并编制…对照表) that no word of the answer takes up."""
    match = re.search(
        r"[，,]\s?并?(?:应当?|须)?((?:编制|建立|设立|成立|制定|公布|附(?:具|上|有)?(?![表件图近属则加]))[^，。；]{3,24})",
        without_pointers(rule.text),
    )
    if match is None or match.start() < 10 or ("对照表" in match[1] and ground.draft.has_crosswalk):
        return None
    words = ground.words
    answered = letters(" ".join(words.plain(c.passage.text) for c in chosen))
    rest = letters(words.plain(rule.text.replace(match[1], "")))
    own = {g: w for g, w in ground.index.weights(words.plain(match[1])).items() if len(g) == 2 and g not in rest}
    unattached = match[1].startswith("附") and not any(_ATTACHED.search(c.passage.text) for c in chosen)
    if own and (unattached or not any(g in answered for g in own)):
        return Defect("partial", "DOC-NOANS", f"未回应“{shorten(match[1], 30)}”")
    return None


_ADDRESSED = re.compile(
    r"(?:有关|所在|相关)?(?:市县|县级|市级|各?市（?[州地盟]?）?|各?县（?[市区、]*）?|下级|乡镇)[^，。；]{0,10}(?:应当?|须|要)[^，。；]{0,6}(?:落实|纳入|预留|细化|明确|遵循|执行)"
)
"""A duty to take over what the clause names (市县规划应当逐一落实), which a plan fulfils without saying so."""


_DUTY = re.compile(r"必须|应当|须|应(?!急|对|用|力|变|收)")


def part_left_out(rule: RuleRequirement, chosen: list[Candidate], ground: Ground) -> Defect | None:
    """A later duty of the clause of which the answer has no word; what to do in an exceptional case is none."""
    words = ground.words
    parts = [part for part in re.split(r"[，；。]", without_pointers(rule.text)) if len(letters(part)) >= 4]
    passages = [*(c.passage for c in chosen), *ground.draft.neighbours(chosen[0].passage, 1)]
    answered = letters(" ".join(words.plain(p.text) for p in passages))
    given = {year for c in chosen for year in deadlines(c.passage.text)}
    for before, part in itertools.pairwise(parts):
        if not _DUTY.search(part) or BAN.search(part) or re.search(r"确需|依法", before[-12:] + part):
            continue
        if _ADDRESSED.match(part) or _of_others(part, ground):
            continue
        weights = ground.index.weights(words.plain(part.replace(ground.region.name, "")))
        others = letters(words.plain(" ".join(other for other in parts if other is not part)))
        pairs = {g: w for g, w in weights.items() if len(g) == 2 and g not in others}
        single = {g: w for g, w in weights.items() if len(g) == 1}
        held = sum(w for g, w in pairs.items() if g in answered) / (sum(pairs.values()) or 1.0)
        known = sum(w for g, w in single.items() if g in answered) / (sum(single.values()) or 1.0)
        if deadlines(part) and any(year <= max(deadlines(part)) for year in given):
            continue  # the answer sets a date of its own that is no later
        dated = bool(deadlines(part))
        if pairs and held < 0.12 and known < (0.5 if dated else 0.31):
            return Defect("partial", "RULE-WEAK", f"未回应“{shorten(part, 30)}”")
    return None


_OWED = re.compile(r"建设|改扩建|扩建|新建|编制|创建|设立|划定|改造|培育|打造|发展|布局|建成|推进|开展|实施|做强")


def own_part_left_out(rule: RuleRequirement, chosen: list[Candidate], ground: Ground) -> Defect | None:
    """A later part of the clause that asks something of the draft's own region or a place in it by name (，扩建乙县机场), of whose
    matter and places the answer has no word."""
    words = ground.words
    parts = [part for part in re.split(r"[，；。]", without_pointers(rule.text)) if len(letters(part)) >= 6]
    if len(parts) < 2:
        return None
    passages = [*(c.passage for c in chosen), *ground.draft.neighbours(chosen[0].passage, 1)]
    answered = letters(" ".join(p.text + words.plain(p.text) for p in passages))
    for part in parts[1:]:
        named = ground.places.mentions(part, ground.upper_region)
        inner = [part[a:b] for a, b, region in named if ground.within(region) and region != ground.known_region]
        if any(letters(name)[:2] in answered for name in inner):
            continue
        if not _OWED.search(part) or not any(ground.within(region) for *_, region in named):
            continue
        bare = part
        for start, end, _ in reversed(named):
            bare = f"{bare[:start]}，{bare[end:]}"
        matter = [p for p in re.findall(r"[一-龥]+", _OWED.sub("，", words.plain(bare))) if len(p) > 1]
        pairs = {p[at : at + 2] for p in matter for at in range(len(p) - 1)}
        if len(pairs) > 1 and not any(pair in answered for pair in pairs):
            return Defect("partial", "RULE-WEAK", f"未回应“{shorten(part, 30)}”")
    return None


_OFFICE = re.compile(r"^[^，。；]{1,12}(?:厅|局|委员会)[^，。；]{0,2}(?:监督|稽核|监管|核查|验收|审计|督[查导]|负责)")
"""An authority with a task of its own."""
_TAIL_PAIRS, _TAIL_KNOWN = 4, 0.3
"""How many pairs of its own a part must have, and which share of its characters the answer may hold, to be called left out."""


def tail_left_out(rule: RuleRequirement, chosen: list[Candidate], ground: Ground) -> Defect | None:
    """A later part of the clause that forbids or that gives an authority its task, and that has no pair of characters with the
    answer, while the answer is a single part that can't say both (由县政府实施，财政厅监督资金 → 由县政府实施)."""
    words, best = ground.words, chosen[0].passage
    parts = [part for part in re.split(r"[，；。]", without_pointers(rule.text)) if len(letters(part)) >= 7]
    if len(parts) < 2 or best.row is not None or len(re.findall(r"[，；：:,;]", best.text.rstrip("，；。"))) > 0:
        return None
    passages = [*(c.passage for c in chosen), *ground.draft.neighbours(best, 1)]
    answered = letters(" ".join(p.text + words.plain(p.text) for p in passages))
    for part in parts[1:]:
        barred = words.soft_forbids.search(LIMIT.sub("", part)) or _strict(part, words)
        if not (barred or _OFFICE.search(part)) or _of_others(part, ground) or re.search(r"确需|依法|法规", part):
            continue
        others = letters(words.plain(" ".join(other for other in parts if other is not part)))
        weights = ground.index.weights(words.plain(part.replace(ground.region.name, "")))
        pairs = [gram for gram in weights if len(gram) == 2 and gram not in others]
        own = [char for char in letters(part) if char not in others]
        known = sum(char in answered for char in own)
        if len(pairs) >= _TAIL_PAIRS and known <= _TAIL_KNOWN * len(own) and not any(p in answered for p in pairs):
            return Defect("partial", "RULE-WEAK", f"未回应“{shorten(part, 30)}”")
    return None


_PROCEDURE = re.compile(
    r"(?:须|应当?|必须|要|并)?[^，。；]{0,12}(?:报(?!告|道|废|送进度)[^，。；]{0,14}|(?:经|由)[^，。；]{2,14})(?:批准|审批|同意|备案|审查|核准|验收)"
)
_HANDLED = re.compile(
    r"[报送]|批|审|备案|程序|同意|征得|许可|验收|核准|认定|认可|点头|过关|论证|法定|方可|赞成|表决|复核|[厅局]|部门(?!文件)|政府|机关|委员会"
)


def procedure_left_out(rule: RuleRequirement, chosen: list[Candidate], ground: Ground) -> Defect | None:
    """A later part of the clause by which something goes to an authority (，确需修改的报原审批机关批准，变更须备案), while the answer
    has no word of any authority, approval or procedure."""
    parts = [part for part in re.split(r"[，；。]", without_pointers(rule.text)) if len(letters(part)) >= 6]
    passages = [*(c.passage for c in chosen), *ground.draft.neighbours(chosen[0].passage, 1)]
    if len(parts) < 2 or any(_HANDLED.search(p.text) for p in passages):
        return None
    part = next((p for p in parts[1:] if _PROCEDURE.search(p) and "未经" not in p), None)
    return None if part is None else Defect("partial", "RULE-WEAK", f"未回应“{shorten(part, 30)}”")


def _of_others(part: str, ground: Ground) -> bool:
    """Whether a part of a clause asks something of other regions by name, and nothing of the draft's."""
    named = [region for *_, region in ground.places.mentions(part, ground.upper_region)]
    return bool(named) and not any(ground.within(region) or ground.around(region) for region in named)


_CONDITION = re.compile(r"在?(?:不|确保|保证|保持)([^，。；在]{2,14})(?:的)?(?:前提|条件|情况)下")


def unconditional(upper: str, chosen: list[Candidate], words: Vocabulary) -> Defect | None:
    """A permission that lost its condition: 在不扩大规模的前提下可以保留, 可以继续."""
    match = _CONDITION.search(upper)
    if match is None or not re.search(r"扩大|增加|突破|规模|总量|减少", match[1]):
        return None
    if not re.search(r"可|允许|方可", upper[match.end() : match.end() + 16]):
        return None
    said = letters(words.plain(" ".join(c.passage.text for c in chosen)))
    wanted = letters(words.plain(match[1]))
    pairs = [wanted[at : at + 2] for at in range(len(wanted) - 1)]
    if any(pair in said for pair in pairs) or re.search(r"只减不增|不增加|不再扩|不扩", said):
        return None
    return Defect("weakened", "RULE-WEAK", f"缺前提“{match[0]}”")


def _strict(part: str, words: Vocabulary) -> bool:
    return bool(_STRICT.search(LIMIT.sub("", words.soft_forbids.sub("", part))))


_UNLESS = re.compile(r"未[^，。；]{2,16}的?[^，。；]{0,8}不(?:得|予|准|许)")
_FIRST = re.compile(r"先[^。；]{2,20}[再后]|方可|方能|[后才][方才可能]|前(?:须|应|必须|要)")
"""未经评估不得开工 and its other side: 先评估、再开工."""


def left_out(rule: RuleRequirement, chosen: list[Candidate], ground: Ground) -> Defect | None:
    """A prohibition or limit of the clause that no word of the answer takes up."""
    words = ground.words
    parts = [part for part in re.split(r"[，；。]", without_pointers(rule.text)) if len(letters(part)) >= 6]
    if len(parts) < 2:
        return None
    best = chosen[0].passage
    passages = [*(c.passage for c in chosen), *ground.draft.neighbours(best, 1)]
    strict_words = (words.forbids, words.soft_forbids, words.restricts, words.approves, words.firm)
    answered = " ".join(
        words.plain(p.text)
        for p in passages
        if bans(p.text, words) or any(word.search(p.text) for word in strict_words)
    )
    held_bans = bans(best.text, words)
    in_order = any(_FIRST.search(p.text) for p in passages)
    for at, part in enumerate(parts):
        strict = LIMIT.sub("", words.soft_forbids.sub("", part))
        if (
            not _STRICT.search(strict)
            or sum(_strict(p, words) or bans(p, words) > 0 for p in parts[: at + 1]) <= held_bans
        ):
            continue
        if in_accord(part, best.text):
            continue
        if (in_order and _UNLESS.search(part)) or _of_others(part, ground):
            continue
        others = " ".join(other for other in parts if other is not part)
        own = {
            g: w
            for g, w in ground.index.weights(words.plain(LIMIT.sub("", words.forbids.sub("", part)))).items()
            if len(g) == 2 and g not in words.plain(letters(others))
        }
        held = sum(w for g, w in own.items() if g in letters(answered))
        single = {char for gram in own for char in gram}
        known = sum(char in answered for char in single)
        if own and held < 0.12 * sum(own.values()) and 10 * known < 7 * len(single):
            return Defect("partial", "RULE-WEAK", f"未回应“{shorten(part, 30)}”")
    return None


_RELATIVE = re.compile(
    r"(?:不(?:得|应|宜|能|可)?(?:少于|低于|小于|多于|超过|高于|大于|突破)|控制在)[^0-9，。；]{0,4}"
    r"(?:上年|上一年|前一年|当年|同期|现状|原有|原规模|基期|消化|处置|退出|腾退|拆旧|复垦|盘活)[^0-9，。；]{2,}"
)
"""A limit told by what there was or what is given back."""


def measure_left_out(rule: RuleRequirement, chosen: list[Candidate], ground: Ground) -> Defect | None:
    """A limit told by another measure (不超过上年消化的批而未供面积) of which the answer has no word, nor a limit of its own."""
    words = ground.words
    parts = [part for part in re.split(r"[，；。]", without_pointers(rule.text)) if len(letters(part)) >= 6]
    passages = [*(c.passage for c in chosen), *ground.draft.neighbours(chosen[0].passage, 1)]
    if len(parts) < 2 or any(LIMIT.search(p.text) for p in passages):
        return None
    answered = letters(" ".join(words.plain(p.text) for p in passages))
    for part in parts:
        if not _RELATIVE.search(part):
            continue
        others = letters(words.plain(" ".join(other for other in parts if other is not part)))
        weights = ground.index.weights(words.plain(LIMIT.sub("", part)))
        own = {g: w for g, w in weights.items() if len(g) == 2 and g not in others}
        held = sum(w for g, w in own.items() if g in answered) / (sum(own.values()) or 1.0)
        if own and held < 0.12:
            return Defect("partial", "RULE-WEAK", f"未回应“{shorten(part, 30)}”")
    return None


_LISTED = re.compile(r"[“「]([^“”「」]{2,10}(?:、[^“”「」、]{2,10})+)[”」]")


def item_left_out(rule: RuleRequirement, best: Candidate, ground: Ground) -> Defect | None:
    """One of several watchwords of one pattern between quotation marks (“占一补一、占优补优、占水田补水田”) of whose own matter
    (水田) the answer has no character."""
    words = ground.words
    answered = letters(best.passage.text + words.plain(best.passage.text))
    for match in _LISTED.finditer(rule.text):
        items = [letters(item) for item in match[1].split("、")]
        if len({item[0] for item in items}) > 1:
            continue
        for item in items:
            others = "".join(other for other in items if other != item)
            own = re.findall(rf"[^{re.escape(others)}]{{2,}}", item) if others else []
            if own and not any(char in answered for part in own for char in part):
                return Defect("partial", "RULE-WEAK", f"未回应“{item}”")
    return None
