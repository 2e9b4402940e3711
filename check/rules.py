"""Rules and clauses: which passage of the draft answers them, and where its words are weaker (DOMAIN §4).

Weaker is: a softer modal word, 原则上 put in, an exception that is not in the upper clause, a lower authority, a looser
limit, a later deadline, a duty left out. Stricter is fine and said so.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from ..plan.requirement import RuleRequirement
from ..plan.verdict import Response, VerdictName
from .alignment import Candidate
from .amounts import Amount, amounts, deadlines, months
from .judgement import Ground, Judgement, nearest_three, problem, shorten
from .passages import Passage
from .vocabulary import Vocabulary
from .words import letters, sentences, without_pointers

RANK: dict[VerdictName, int] = {"conflict": 0, "weakened": 1, "partial": 2, "missing": 3, "refined": 4, "fulfilled": 5}
RESPONSES = 3
DOUBT = {
    "bias": 1.76,
    "score": -4.13,
    "cosine": -2.84,
    "cover": -4.83,
    "claimed": 23.75,
    "silent": 1.5,
    "row": 2.01,
    "told": 1.9,
    "margin": -4.72,
}
DOUBTFUL = 0.9
"""Logistic weights fitted on the rules of three pairs: 300 answered or missing, and as many whose answers were taken out of
the draft so that the nearest passage left is none; each pair was also judged by weights of the other two."""
_LIMIT = re.compile(r"不(?:得|应)?(?:少于|低于|小于|超过|高于|大于|突破)|方可")
"""Words of a limit, which are no prohibition of their own."""
_ESCAPE = re.compile(r"原则上|一般(?=应|不)")
_DRAWS = re.compile(r"划定|划入|划示")
_BAN = re.compile(r"不得|禁止|严禁|不准|不许|一律不|不再|不予")
_STRICT = re.compile(rf"{_BAN.pattern}|只减不增|只增不减")
CLAIMED = 0.5
"""What a candidate loses for each unit of cosine by which another rule of the upper plan fits it better."""


@dataclass(frozen=True, slots=True)
class Defect:
    """One way in which an answer falls short of the clause."""

    verdict: VerdictName
    code: str
    message: str


def judge_rule(rule: RuleRequirement, ground: Ground) -> Judgement:
    """How the draft answers a rule."""
    candidates = ranked(rule, ground)
    if not candidates or not answers(rule, candidates, ground):
        return _missing(rule, candidates, ground)
    best = candidates[0]
    chosen = [best, *(c for c in candidates[1:RESPONSES] if c.score >= 0.6 * best.score)]
    responses = tuple(ground.draft.quote(c.passage, round(c.score, 3)) for c in chosen)
    defects = shortfalls(rule, best, chosen, ground)
    if not defects:
        return _sound(rule, best, responses, ground)
    worst = min(defects, key=lambda defect: RANK[defect.verdict])
    findings = tuple(problem(d.code, rule, d.message, responses[:1]) for d in defects)
    return Judgement(worst.verdict, "；".join(d.message for d in defects), responses, findings)


def ranked(rule: RuleRequirement, ground: Ground) -> list[Candidate]:
    """The nearest passages, put in order by what else speaks for them: same sense, same numbers, a rule themselves."""
    clause = ground.words.plain(rule.text)
    heading = "".join(rule.section[-2:])
    found = ground.index.nearest(clause, heading, limit=20)
    numbers = {(a.size, a.dimension) for a in amounts(rule.text, ground.units)}
    forbids = bool(ground.words.forbids.search(rule.text))
    owned = ground.draft.rule_passages
    better: list[Candidate] = []
    for candidate in found:
        passage = candidate.passage
        score = candidate.score
        if passage.index in ground.draft.citations:
            continue
        if passage.row is not None:
            score -= 0.1
        elif passage.index in owned:
            score += 0.05
        if forbids and ground.words.forbids.search(passage.text):
            score += 0.03
        if numbers and numbers & {(a.size, a.dimension) for a in amounts(passage.text, ground.units)}:
            score += 0.05
        gap = claim(rule, passage, ground)
        score -= CLAIMED * max(0.0, gap - 0.05)
        better.append(Candidate(passage, score, candidate.cosine, candidate.cover))
    return sorted(better, key=lambda c: (-c.score, c.passage.index))[:8]


def answers(rule: RuleRequirement, candidates: list[Candidate], ground: Ground) -> bool:
    """Whether the nearest passage is an answer at all; that it stands out before the second speaks for it."""
    margin = candidates[0].score - (candidates[1].score if len(candidates) > 1 else 0.0)
    return doubt(rule, candidates[0], ground) + DOUBT["margin"] * margin < DOUBTFUL


def claim(rule: RuleRequirement, passage: Passage, ground: Ground) -> float:
    """How much better another rule of the upper plan fits the passage; little of it counts if both draw one control
    line, since one sentence often draws a line and says what holds within."""
    gap, _ = ground.claimed(rule, passage)
    subjects = set(ground.lexicon.line_pattern.findall(rule.text)) if _DRAWS.search(rule.text) else set()
    shared = bool(_DRAWS.search(passage.text)) and any(letters(subject)[-2:] in passage.text for subject in subjects)
    return gap * (0.3 if shared else 1.0)


def doubt(rule: RuleRequirement, best: Candidate, ground: Ground) -> float:
    """How little the nearest passage looks like an answer. Its likeness speaks for it; that another rule fits it better,
    or that a prohibition finds no word of prohibition or control in it, speaks against it."""
    gap = claim(rule, best.passage, ground)
    words, lower = ground.words, best.passage.text
    parts = [
        _LIMIT.sub("", words.soft_forbids.sub("", part)) for part in re.split(r"[，；。]", rule.text) if len(part) > 4
    ]
    bans = sum(bool(words.forbids.search(part)) for part in parts) / (len(parts) or 1)
    heard = any(pattern.search(lower) for pattern in (words.forbids, words.soft_forbids, words.restricts))
    heard = heard or bool(words.approves.search(rule.text) and words.approves.search(lower))
    silent = 0.0 if heard else min(1.0, 1.5 * bans) if bans > 0.34 or len(parts) > 2 else bans
    weights = DOUBT
    return (
        weights["bias"]
        + weights["score"] * best.score
        + weights["cosine"] * best.cosine
        + weights["cover"] * best.cover
        + weights["claimed"] * gap
        + weights["silent"] * silent
        + (weights["row"] if best.passage.row is not None else 0.0)
        + (0.0 if best.passage.index in ground.draft.rule_passages else weights["told"])
    )


def missing_rule(rule: RuleRequirement, ground: Ground) -> Judgement:
    """The judgement that nothing answers the rule."""
    return _missing(rule, ranked(rule, ground), ground)


def _missing(rule: RuleRequirement, candidates: list[Candidate], ground: Ground) -> Judgement:
    near, searched = nearest_three(ground, candidates)
    message = f"草案未回应上位要求：{shorten(rule.text)}"
    return Judgement("missing", message, (), (problem("DOC-NOANS", rule, message),), near, searched)


def _sound(rule: RuleRequirement, best: Candidate, responses: tuple[Response, ...], ground: Ground) -> Judgement:
    local = [
        region.name
        for _, _, region in ground.lexicon.gazetteer.mentions(best.passage.text, ground.seen_from)
        if ground.within(region) and region != ground.known_region
    ]
    if local:
        return Judgement("refined", f"已落实并细化到{'、'.join(dict.fromkeys(local))[:30]}", responses)
    return Judgement("fulfilled", f"已落实：{shorten(best.passage.text)}", responses)


def shortfalls(rule: RuleRequirement, best: Candidate, chosen: list[Candidate], ground: Ground) -> list[Defect]:
    """All ways in which the best answer falls short of the rule."""
    words, upper, lower = ground.words, rule.text, best.passage.text
    found = [
        copied(rule, lower, ground),
        softened(upper, lower, words),
        looser_amount(upper, lower, ground),
        later(upper, lower) or undated(upper, chosen, ground),
        lower_authority(upper, lower, words),
        wider_exception(upper, lower, words) or more_allowed(upper, lower, words),
        left_out(rule, chosen, ground),
        duty_left_out(rule, chosen, ground) or part_left_out(rule, chosen, ground),
        unconditional(upper, chosen, words),
    ]
    return [defect for defect in found if defect is not None]


def copied(rule: RuleRequirement, lower: str, ground: Ground) -> Defect | None:
    """上下一般粗: the upper words again, with no place of one's own; never said of a prohibition."""
    if rule.force in ("prohibit", "restrict") or fuzz.ratio(letters(rule.text), letters(lower)) < 95:
        return None
    named = ground.lexicon.gazetteer.mentions(lower, ground.seen_from)
    if any(ground.within(region) and region != ground.known_region for *_, region in named):
        return None
    return Defect("partial", "DOC-EMPTY", "照抄上位条文，没有落到本地的对象、地点或数量")


def _clauses_without(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub("", text)


def softened(upper: str, lower: str, words: Vocabulary) -> Defect | None:
    """A softer modal word than the upper clause has."""
    strict = [part for part in re.split(r"[，；。]", upper) if not _ESCAPE.search(part)]
    upper_strict = words.soft_forbids.sub("", "，".join(strict))
    lower_strict = words.soft_forbids.sub("", lower)
    hard, hedge = words.firm.search(upper_strict) or words.obliges.search(upper), words.hedges.search(lower)
    if hard and hedge and not words.weakens.search(upper):
        return _softer(hard[0], hedge[0])
    forbid, soft = words.forbids.search(upper_strict), words.soft_forbids.search(lower)
    control = words.restricts.search(re.sub(r"(?:一律|全部|必须|均)(?:避开|避让)", "", lower))
    if forbid and not words.forbids.search(lower_strict):
        weak = soft or control or words.weakens.search(lower)
        return _softer(forbid[0], weak[0]) if weak else None
    if forbid and soft and not words.soft_forbids.search(upper):
        return _softer(forbid[0], soft[0])
    if forbid and control and not words.restricts.search(upper) and _bans(lower_strict) < _bans(upper_strict):
        return _softer(forbid[0], control[0])
    half = words.soft_forbids.search(upper)
    if half and control and not soft and not words.forbids.search(lower_strict):
        return _softer(half[0], control[0])
    weak = words.weakens.search(lower)
    if weak is None or words.weakens.search(upper) or words.firm.search(lower_strict):
        return None
    restrict, oblige = words.restricts.search(upper), words.obliges.search(upper)
    firm = words.restricts.search(re.sub(r"避让|避开|慎重", "", lower))
    if restrict and not firm and not words.forbids.search(lower_strict):
        return _softer(restrict[0], weak[0])
    if oblige and not forbid:
        return _softer(oblige[0], weak[0])
    return None


def _softer(upper_word: str, lower_word: str) -> Defect:
    return Defect("weakened", "RULE-WEAK", f"上位“{upper_word}”，本级降为“{lower_word}”")


def _bans(text: str) -> int:
    return len(_BAN.findall(_LIMIT.sub("", text)))


def looser_amount(upper: str, lower: str, ground: Ground) -> Defect | None:
    """A limit that lets more pass: a smaller floor or distance, a bigger cap, threshold or time."""
    theirs, ours = amounts(upper, ground.units), amounts(lower, ground.units)
    if names_others(upper, ground):
        theirs = tuple(a for a in theirs if a.dimension not in ("m2", "m3") or a.sense != "floor")
    kept = {(a.size, a.dimension) for a in theirs} & {(a.size, a.dimension) for a in ours if not a.approximate}
    for wanted in theirs:
        same = [a for a in ours if a.dimension == wanted.dimension]
        free = [a for a in same if (a.size, a.dimension) not in kept]
        if same and not free and (wanted.size, wanted.dimension) not in kept and len(same) < _count(theirs, wanted):
            return Defect("partial", "RULE-WEAK", f"缺{wanted.printed}的要求")
        same = free or same
        if not same or any(a.size == wanted.size and not a.approximate for a in same):
            continue
        direction = direction_of(wanted, upper)
        if direction is None:
            continue
        got = min(same, key=lambda a: (abs(a.size - wanted.size), a.start))
        looser = got.size < wanted.size if direction == "floor" else got.size > wanted.size
        if looser or (got.approximate and got.size == wanted.size):
            kind = "下限" if direction == "floor" else "上限"
            grave: VerdictName = "weakened" if got.approximate or wanted.dimension in ("day", "度") else "conflict"
            return Defect(grave, "RULE-WEAK", f"{kind}放宽：上位{wanted.printed}，本级{got.printed}")
    return None


def names_others(clause: str, ground: Ground) -> bool:
    """Whether a clause names other regions beside the draft's, so that its sums are for all of them together."""
    named = [r for *_, r in ground.lexicon.gazetteer.mentions(clause, ground.upper_region) if r != ground.upper_region]
    return any(ground.within(r) for r in named) and any(not ground.within(r) and not ground.around(r) for r in named)


def _count(found: tuple[Amount, ...], like: Amount) -> int:
    return sum(a.dimension == like.dimension for a in found)


def direction_of(amount: Amount, clause: str) -> str | None:
    """Which side of a number is looser: its own operator, else what the clause forbids within it (两侧100米内不得)."""
    if amount.dimension == "day":
        return "floor" if amount.sense == "floor" else "cap"
    if amount.dimension == "度" or is_threshold(amount, clause):
        return "cap"
    if amount.sense is not None:
        return "cap" if amount.sense == "cap" else "floor"
    around = clause[max(0, amount.start - 12) : amount.end + 12]
    if amount.dimension == "m" and re.search(r"两侧|一侧|向陆|范围内|半径|周边|退缩|以外|距离", around):
        return "floor"
    return None


def is_threshold(amount: Amount, clause: str) -> bool:
    """Whether the number says from where a prohibition holds (超过30%的县…从严, 150米以上…不得): lower is stricter."""
    rest = clause[amount.end :]
    return (
        amount.sense == "floor"
        and bool(re.match(r"(?:及?以上)?的?[^，。；]{0,14}(?:，|$|[。；]|不得|禁止|严禁|从严|严格)", rest))
        and bool(
            re.search(r"不得|禁止|严禁|从严|严格(?:控制|限制)", rest)
            or re.search(r"(?:限制|禁止|不得)[^，。；]{0,8}$", clause[: amount.start])
        )
    )


def later(upper: str, lower: str) -> Defect | None:
    """A deadline put off."""
    theirs, ours = deadlines(upper), deadlines(lower)
    if theirs and ours and min(ours) > max(theirs):
        return Defect("weakened", "RULE-WEAK", f"期限由{max(theirs)}年推迟到{min(ours)}年")
    if months(upper) and months(lower) and min(months(lower)) > max(months(upper)):
        return Defect("weakened", "RULE-WEAK", f"期限由{max(months(upper))}月推迟到{min(months(lower))}月")
    return None


def undated(upper: str, chosen: list[Candidate], ground: Ground) -> Defect | None:
    """A deadline that no sentence of the answer takes up."""
    theirs = deadlines(upper)
    passages = [*(c.passage for c in chosen), *ground.draft.neighbours(chosen[0].passage, 1)]
    if not theirs or any(
        re.search(r"20[2-6][0-9]|规划期末|近期|逐年|每年|当年|(?:十四|十五)五", p.text) for p in passages
    ):
        return None
    return Defect("partial", "RULE-WEAK", f"缺{max(theirs)}年的期限")


def lower_authority(upper: str, lower: str, words: Vocabulary) -> Defect | None:
    """An approval moved down to a lower authority."""
    if not (words.approves.search(upper) and words.approves.search(lower)):
        return None
    theirs, ours = highest_authority(upper, words), highest_authority(lower, words)
    if theirs is None or ours is None or ours[0] <= theirs[0]:
        return None
    return Defect("weakened", "RULE-WEAK", f"批准层级由“{theirs[1]}”降为“{ours[1]}”")


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
    if not words.forbids.search(upper) or (_ESCAPE.search(upper) and not _ESCAPE.search(lower)):
        return None
    theirs = letters("".join(match[1] for pattern in words.exceptions for match in pattern.finditer(upper)))
    for match in (match for pattern in words.exceptions for match in pattern.finditer(lower)):
        said = letters(match[1])
        pairs = [said[at : at + 2] for at in range(len(said) - 1)]
        held = sum(pair in (theirs or letters(upper)) for pair in pairs)
        if words.lawful.search(lower[match.start() : match.end() + 30]) or re.search(r"确需|以外", match[1]):
            continue
        if len(pairs) >= 2 and held < (0.25 if match[0].startswith("除") else 0.45) * len(pairs):
            return Defect("weakened", "RULE-WEAK", f"新增例外“{shorten(match[1], 24)}”")
    return None


def more_allowed(upper: str, lower: str, words: Vocabulary) -> Defect | None:
    """仅允许 A that became 可 A 以及 B."""
    if not re.search(r"仅允许|只允许|仅限|只能|只准", upper):
        return None
    match = re.search(r"(?<![仅只许认])(?:可以|可|允许)(?!以外)([^。；]{4,60})", lower)
    late = re.search(
        r"[，；]([^，。；]{4,30}?)(?:经[^，。；]{2,12})?(?:也|亦|均)?(?:可以|可)(?:进入|准入|布局|建设|安排|实施)",
        lower,
    )
    if match is None and late is None:
        return None
    theirs = letters(upper)
    items = [*(re.split(r"以及|、|及(?!其)", match[1]) if match else ()), *((late[1],) if late else ())]
    for item in items:
        said = letters(item)
        pairs = [said[at : at + 2] for at in range(len(said) - 1)]
        if len(said) >= 3 and sum(pair in theirs for pair in pairs) < 0.25 * len(pairs):
            code = "LINE-RULE" if re.search(r"红线|控制线|边界", upper) else "RULE-WEAK"
            return Defect("conflict", code, f"例外扩大到“{shorten(item, 24)}”")
    return None


def duty_left_out(rule: RuleRequirement, chosen: list[Candidate], ground: Ground) -> Defect | None:
    """A second duty to draw something up (并编制…对照表) that no word of the answer takes up."""
    match = re.search(
        r"[，,]\s?并?(?:应当?|须)?((?:编制|建立|设立|成立|制定|公布)[^，。；]{3,24})", without_pointers(rule.text)
    )
    if match is None or match.start() < 10:
        return None
    words = ground.words
    answered = letters(" ".join(words.plain(c.passage.text) for c in chosen))
    rest = letters(words.plain(rule.text.replace(match[1], "")))
    own = {g: w for g, w in ground.index.weights(words.plain(match[1])).items() if len(g) == 2 and g not in rest}
    if own and not any(g in answered for g in own):
        return Defect("partial", "DOC-NOANS", f"未回应“{shorten(match[1], 30)}”")
    return None


_DUTY = re.compile(r"必须|应当|须|应(?!急|对|用|力|变|收)")


def part_left_out(rule: RuleRequirement, chosen: list[Candidate], ground: Ground) -> Defect | None:
    """A later duty of the clause of which the answer has no word; what to do in an exceptional case is none."""
    words = ground.words
    parts = [part for part in re.split(r"[，；。]", without_pointers(rule.text)) if len(letters(part)) >= 4]
    passages = [*(c.passage for c in chosen), *ground.draft.neighbours(chosen[0].passage, 1)]
    answered = letters(" ".join(words.plain(p.text) for p in passages))
    for before, part in itertools.pairwise(parts):
        if not _DUTY.search(part) or _BAN.search(part) or re.search(r"确需|依法", before[-12:] + part):
            continue
        weights = ground.index.weights(words.plain(part))
        others = letters(words.plain(" ".join(other for other in parts if other is not part)))
        pairs = {g: w for g, w in weights.items() if len(g) == 2 and g not in others}
        single = {g: w for g, w in weights.items() if len(g) == 1}
        held = sum(w for g, w in pairs.items() if g in answered) / (sum(pairs.values()) or 1.0)
        known = sum(w for g, w in single.items() if g in answered) / (sum(single.values()) or 1.0)
        if pairs and held < 0.12 and known < 0.31:
            return Defect("partial", "RULE-WEAK", f"未回应“{shorten(part, 30)}”")
    return None


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


def left_out(rule: RuleRequirement, chosen: list[Candidate], ground: Ground) -> Defect | None:
    """A prohibition or limit of the clause that no word of the answer takes up."""
    words = ground.words
    parts = [part for part in re.split(r"[，；。]", without_pointers(rule.text)) if len(letters(part)) >= 6]
    if len(parts) < 2:
        return None
    best = chosen[0].passage
    passages = [*(c.passage for c in chosen), *ground.draft.neighbours(best, 1)]
    strict_words = (words.forbids, words.soft_forbids, words.restricts, words.approves)
    answered = " ".join(words.plain(p.text) for p in passages if any(word.search(p.text) for word in strict_words))
    bans = len(words.forbids.findall(_LIMIT.sub("", best.text)))
    for at, part in enumerate(parts):
        strict = _LIMIT.sub("", words.soft_forbids.sub("", part))
        if not _STRICT.search(strict) or sum(bool(_STRICT.search(p)) for p in parts[: at + 1]) <= bans:
            continue
        others = " ".join(other for other in parts if other is not part)
        own = {
            g: w
            for g, w in ground.index.weights(words.plain(_LIMIT.sub("", words.forbids.sub("", part)))).items()
            if len(g) == 2 and g not in words.plain(letters(others))
        }
        held = sum(w for g, w in own.items() if g in letters(answered))
        if own and held < 0.12 * sum(own.values()):
            return Defect("partial", "RULE-WEAK", f"未回应“{shorten(part, 30)}”")
    return None


__all__ = ["Defect", "Passage", "RuleRequirement", "judge_rule", "sentences", "without_pointers"]
