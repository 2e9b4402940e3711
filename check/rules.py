"""Rules and clauses: which passage of the draft answers them, and where its words are weaker (DOMAIN §4).

Weaker is: a softer modal word, 原则上 put in, an exception that is not in the upper clause, a lower authority, a looser
limit, a later deadline, a duty left out. Stricter is fine and said so.
"""

from __future__ import annotations

import math
import re

from rapidfuzz import fuzz

from ..plan.requirement import RuleRequirement, ZoneRequirement
from ..plan.verdict import Response, VerdictName
from .alignment import Candidate
from .amounts import deadlines, due, months
from .consequences import FAILURE, NOT_KEPT, consequence_dropped, not_brought_down
from .easing import eased, may_be_done
from .exceptions import (
    ESCAPE,
    allowed_instead,
    conditional,
    half_ban_turned,
    let_grow,
    lower_authority,
    lower_rank_passes,
    more_allowed,
    narrower,
    wider_exception,
)
from .judgement import OTHERS, Defect, Ground, Judgement, nearest_three, problem, shorten
from .leftout import (
    duty_left_out,
    item_left_out,
    left_out,
    measure_left_out,
    own_part_left_out,
    part_left_out,
    procedure_left_out,
    tail_left_out,
    unconditional,
)
from .likeness import LIMIT, clause_of, features, odds
from .limits import direction_of, looser_amount, shorter_season, unstated
from .narrowing import by_an_office, condition_dropped, exception_added, item_dropped
from .passages import Passage
from .qualities import lower_class
from .vocabulary import Vocabulary
from .wording import BAN, allows, asked, bans, ends, in_accord, parts_of, periods, repeats, same_part, shares_held
from .words import letters, sentences, without_pointers

RANK: dict[VerdictName, int] = {"conflict": 0, "weakened": 1, "partial": 2, "missing": 3, "refined": 4, "fulfilled": 5}
RESPONSES = 3
ANSWERS = -0.6
"""Log odds from which the nearest passage is an answer at all."""
BESIDE, FAR = 3.0, 6.0
"""How much lower the odds of a further passage may be that counts as part of the answer; that is shown beside it."""
SHOWN = 4
NEARLY = 1.0
"""How much lower the odds of a further passage may be that is as likely the answer as the best."""


def judge_rule(rule: RuleRequirement, candidates: list[Candidate], ground: Ground) -> Judgement:
    """How the draft answers a rule; `candidates`: its passages as `ranked` gives them."""
    if not candidates or candidates[0].score < ANSWERS:
        return in_zones(rule, candidates, ground) or missing_rule(rule, candidates, ground)
    candidates = of_the_case(rule, candidates)
    best = candidates[0]
    chosen = [best, *(c for c in candidates[1:RESPONSES] if c.score >= max(ANSWERS, best.score - BESIDE))]
    shown = [best, *(c for c in candidates[1:SHOWN] if c.score >= max(ANSWERS, best.score - FAR))]
    responses = tuple(ground.draft.quote(c.passage, share(c.score)) for c in shown)
    return _weighed(rule, best, responses, shortfalls(rule, best, chosen, ground), ground)


def judge_reworded(rule: RuleRequirement, best: Candidate, ground: Ground) -> Judgement:
    """How a passage answers a rule that it says in other words: by number, time, force and exceptions; which words it
    leaves out proves nothing."""
    responses = (ground.draft.quote(best.passage, share(best.score)),)
    judged = _weighed(rule, best, responses, _weaker(rule, best, [best], ground), ground)
    told = f"用词不同，按内容最接近判定，请核对。{judged.explanation}"
    return Judgement(judged.verdict, told, judged.responses, judged.findings)


def _weighed(
    rule: RuleRequirement, best: Candidate, responses: tuple[Response, ...], defects: list[Defect], ground: Ground
) -> Judgement:
    if not defects:
        return _sound(rule, best, responses, ground)
    worst = min(defects, key=lambda defect: RANK[defect.verdict])
    findings = tuple(problem(d.code, rule, d.message, responses[:1]) for d in defects)
    return Judgement(worst.verdict, "；".join(d.message for d in defects), responses, findings)


def in_zones(rule: RuleRequirement, candidates: list[Candidate], ground: Ground) -> Judgement | None:
    """A rule to make the 主体功能 of a county finer by townships is kept by a draft that does it."""
    if "主体功能" not in rule.text or not re.search(
        r"(?:乡|镇|街道|苏木)[^，。；]{0,8}单元|细化[到至]?[^，。；]{0,6}(?:乡|镇)", rule.text
    ):
        return None
    own = [
        zone
        for zone in ground.draft.by_mode["zone"]
        if isinstance(zone, ZoneRequirement)
        and "主体功能" in zone.system
        and zone.unit.name.endswith(("乡", "镇", "街道", "苏木"))
    ]
    if len(own) < 3:
        return None
    spoken = [ground.draft.quote(c.passage, share(c.score)) for c in candidates if "主体功能" in c.passage.text][:1]
    answers = {a.text: a for a in (*spoken, *(a for zone in own[:6] for a in ground.draft.answers(zone, 0.9)))}
    return Judgement("refined", f"已按{len(own)}个乡镇（街道）细化主体功能定位", tuple(answers.values())[:RESPONSES])


def ranked(rule: RuleRequirement, ground: Ground) -> list[Candidate]:
    """The nearest passages by the odds that they answer the rule, best first; `score` is the log odds."""
    clause = clause_of(rule, ground)
    found = ground.index.nearest(clause.plain, "".join(rule.section[-2:]), limit=12)
    better = [
        Candidate(c.passage, odds(features(clause, c, ground)), c.cosine, c.cover)
        for c in found
        if c.passage.index not in ground.draft.citations
    ]
    return sorted(better, key=lambda c: (-c.score, c.passage.index))[:8]


_CASE = re.compile(r"^(?:确需|因[^，。；]{0,8})?(?:占用|使用|穿越|调整|改变)([^，。；]{2,10}?)的[，,]")


def of_the_case(rule: RuleRequirement, candidates: list[Candidate]) -> list[Candidate]:
    """The passages with the first one before that names what the rule's case is about (占用湿地的，未通过论证的，), if the likeliest
    has no word of it: the same duty for another thing or for another case is another rule's answer."""
    failure = FAILURE.match(rule.text)
    if failure is not None and not NOT_KEPT.search(candidates[0].passage.text):
        own = next((c for c in candidates if c.score >= ANSWERS and NOT_KEPT.search(c.passage.text)), None)
        return candidates if own is None else [own, *(c for c in candidates if c is not own)]
    case = _CASE.match(rule.text)
    thing = letters(case[1])[-2:] if case else ""
    if not thing or thing in letters(candidates[0].passage.text):
        return candidates
    own = next((c for c in candidates if c.score >= ANSWERS and thing in letters(c.passage.text)), None)
    return candidates if own is None else [own, *(c for c in candidates if c is not own)]


def share(log_odds: float) -> float:
    """Log odds as a share of 1."""
    return round(1 / (1 + math.exp(-log_odds)), 3)


def missing_rule(rule: RuleRequirement, candidates: list[Candidate], ground: Ground) -> Judgement:
    """The judgement that nothing answers the rule, with the nearest passages."""
    shown = [Candidate(c.passage, share(c.score), c.cosine, c.cover) for c in candidates]
    near, searched = nearest_three(ground, shown)
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
    found = [
        copied(rule, best.passage.text, ground),
        *_weaker(rule, best, chosen, ground),
        left_out(rule, chosen, ground),
        item_left_out(rule, best, ground),
        duty_left_out(rule, chosen, ground)
        or part_left_out(rule, chosen, ground)
        or own_part_left_out(rule, chosen, ground)
        or procedure_left_out(rule, chosen, ground)
        or tail_left_out(rule, chosen, ground),
    ]
    return [defect for defect in found if defect is not None]


def _weaker(rule: RuleRequirement, best: Candidate, chosen: list[Candidate], ground: Ground) -> list[Defect]:
    """The ways in which what the answer does say is weaker than the rule."""
    words, upper, lower = ground.words, _spoken(rule, ground), best.passage.text
    if letters(rule.text) == letters(lower):
        return []
    all_said = "。".join(candidate.passage.text for candidate in chosen)
    found = [
        softened(upper, lower, words) or softer_part(upper, chosen, ground),
        looser_amount(upper, lower, ground) or unstated(upper, chosen, ground),
        measure_left_out(rule, chosen, ground),
        later(upper, lower) or undated(upper, chosen, ground),
        rarer(upper, lower),
        shorter_season(upper, chosen),
        lower_authority(upper, lower, words) or by_an_office(upper, lower, words),
        wider_exception(upper, lower, words)
        or lower_rank_passes(upper, lower, words)
        or more_allowed(upper, lower, words)
        or exception_added(upper, lower, words),
        unconditional(upper, chosen, words) or condition_dropped(upper, all_said, words),
        item_dropped(upper, all_said, words),
        conditional(upper, lower, words),
        narrower(upper, lower, words),
        allowed_instead(upper, lower, words),
        let_grow(upper, lower, words),
        half_ban_turned(upper, lower, words),
        lower_class(upper, lower),
        consequence_dropped(upper, _close(chosen, ground), ground),
        not_brought_down(upper, all_said, ground),
        overruled(rule, chosen, ground),
        *eased(upper, lower, ground),
    ]
    return [defect for defect in found if defect is not None]


def _close(chosen: list[Candidate], ground: Ground) -> str:
    """What the best answer says with the sentences beside it that speak of a failure and with the answers that are nearly as likely."""
    best = chosen[0]
    likely = [c.passage for c in chosen if c.score >= best.score - NEARLY]
    beside = [p for p in ground.draft.neighbours(best.passage, 1) if NOT_KEPT.search(p.text) or "否则" in p.text]
    return "。".join(p.text for p in (*likely, *beside))


def _spoken(rule: RuleRequirement, ground: Ground) -> str:
    """A clause as it holds for the draft's region; an item under a lead that forbids has its 禁止 from there."""
    text = of_the_others(rule.text, ground)
    barred = rule.force == "prohibit" and not bans(text, ground.words) and not ends(text, ground.words)
    return f"禁止{text}" if barred else text


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
    if repeats(upper, lower):
        return None
    upper, lower = asked(upper), asked(lower)
    strict = [part for part in re.split(r"[，；。]", upper) if not ESCAPE.search(part)]
    upper_strict = words.soft_forbids.sub("", "，".join(strict))
    lower_strict = words.soft_forbids.sub("", lower)
    hard, hedge = words.firm.search(upper_strict) or words.obliges.search(upper), words.hedges.search(lower)
    if hard and hedge and not words.weakens.search(upper):
        return _softer(hard[0], hedge[0])
    forbid, soft = words.forbids.search(LIMIT.sub("", upper_strict)), words.soft_forbids.search(LIMIT.sub("", lower))
    control = words.restricts.search(re.sub(r"(?:一律|全部|必须|均)(?:避开|避让)", "", lower))
    if forbid and not bans(lower, words):
        weak = soft or control or words.weakens.search(lower)
        return _softer(forbid[0], weak[0]) if weak else None
    if forbid and soft and not words.soft_forbids.search(upper):
        return _softer(forbid[0], soft[0])
    if forbid and control and not words.restricts.search(upper) and bans(lower, words) < _bans(upper_strict):
        return _softer(forbid[0], control[0])
    half = words.soft_forbids.search(LIMIT.sub("", upper))
    if half and control and not soft and not bans(lower, words):
        return _softer(half[0], control[0])
    weak = words.weakens.search(lower)
    escape = weak is not None and weak[0] in _GUIDES and not words.weakens.search("，".join(strict))
    if weak is None or (words.weakens.search(upper) and not escape) or words.firm.search(lower_strict) or allows(upper):
        return None
    restrict, oblige = words.restricts.search(upper), words.obliges.search(upper)
    firm = words.restricts.search(re.sub(r"避让|避开|慎重", "", lower))
    if restrict and not firm and not words.forbids.search(lower_strict):
        return _softer(restrict[0], weak[0])
    if oblige and not forbid:
        return _softer(oblige[0], weak[0])
    return None


_GUIDES = frozenset({"引导", "鼓励", "倡导", "提倡", "探索"})
"""Words that only lead on: softer than 从严控制 even where another part of the clause has its 原则上."""


def _softer(upper_word: str, lower_word: str) -> Defect:
    return Defect("weakened", "RULE-WEAK", f"上位“{upper_word}”，本级降为“{lower_word}”")


def _bans(text: str) -> int:
    return len(BAN.findall(LIMIT.sub("", text)))


def of_the_others(clause: str, ground: Ground) -> str:
    """A clause without what it asks of named other regions before it turns to 其他设区市."""
    rest = OTHERS.search(clause)
    if rest is None:
        return clause
    named = [r for *_, r in ground.lexicon.gazetteer.mentions(clause[: rest.start()], ground.upper_region)]
    return clause if not named or ground.touches(named) else clause[rest.start() :]


def later(upper: str, lower: str) -> Defect | None:
    """A deadline put off, by years or within a year by months."""
    theirs, ours = due(upper), due(lower)
    if theirs and ours:
        last, first = max(year for year, _ in theirs), min(year for year, _ in ours)
        if first > last:
            return Defect("weakened", "RULE-WEAK", f"期限由{last}年推迟到{first}年")
        wanted, given = ([month for year, month in dates if year == last] for dates in (theirs, ours))
        if first == last and None not in wanted and None not in given:
            month, got = max(m or 0 for m in wanted), min(m or 0 for m in given)
            if got > month:
                return Defect("weakened", "RULE-WEAK", f"期限由{last}年{month}月推迟到{got}月")
    if months(upper) and months(lower) and min(months(lower)) > max(months(upper)):
        return Defect("weakened", "RULE-WEAK", f"期限由{max(months(upper))}月推迟到{min(months(lower))}月")
    return None


def undated(upper: str, chosen: list[Candidate], ground: Ground) -> Defect | None:
    """A deadline that no sentence of the answer takes up."""
    theirs = deadlines(upper)
    passages = [c.passage for c in chosen]
    if not theirs or any(
        re.search(r"20[2-6][0-9]|规划期末|近期|逐年|每年|当年|(?:十四|十五)五", p.text) for p in passages
    ):
        return None
    return Defect("partial", "RULE-WEAK", f"缺{max(theirs)}年的期限")


def rarer(upper: str, lower: str) -> Defect | None:
    """Something done less often: 每年 that became 两年一次."""
    if may_be_done(upper):
        return None
    theirs, ours = periods(upper), periods(lower)
    left = [period for period in theirs if period not in ours]
    given = [period for period in ours if period not in theirs]
    if len(theirs) == 1 and len(ours) > 1 and max(ours) > theirs[0] and _EACH.search(lower):
        return Defect("weakened", "RULE-WEAK", f"频次由{_often(theirs[0])}放宽为{_often(max(ours))}")
    if len(theirs) == len(ours) > 1 and left and not given and sum(ours) > sum(theirs):
        return Defect(
            "weakened", "RULE-WEAK", f"频次由{_often(min(left))}放宽为{_often(min(o for o in ours if o > min(left)))}"
        )
    if left and given and min(given) > max(left):
        return Defect("weakened", "RULE-WEAK", f"频次由{_often(max(left))}放宽为{_often(min(given))}")
    return None


_EACH = re.compile(r"每[^，。；、]{1,4}、[^，。；、]{2,8}每")
"""Several actors in one list, each with its own period: 县级田长每季度、镇级田长每月."""


def _often(months_: float) -> str:
    return f"每{months_ / 12:g}年" if months_ >= 12 else f"每{months_:g}个月"


def overruled(rule: RuleRequirement, chosen: list[Candidate], ground: Ground) -> Defect | None:
    """A prohibition whose own matter the answer leaves open or allows."""
    words = ground.words
    if allows(words.soft_forbids.sub("", rule.text)):
        return None
    passages = [c.passage for c in chosen]
    said = [(part, passage) for passage in passages for part in parts_of(passage.text)]
    for part in parts_of(rule.text):
        hard, half = bans(part, words), words.soft_forbids.search(LIMIT.sub("", part))
        if not hard and not half and not words.restricts.search(part):
            continue
        found = same_part(part, [part for part, _ in said], ground)
        if found is None or ends(found, words) or words.approves.search(found) or in_accord(part, found):
            continue
        whole = next(passage.text for part, passage in said if part == found)
        word = allows(found)
        if word or not (ends(whole, words) or words.obliges.search(whole)):
            return Defect("weakened", "RULE-WEAK", f"上位“{shorten(part, 24)}”，本级为“{shorten(found, 24)}”")
    return None


AKIN = 0.18
"""Share of a duty that a part of the answer must hold to be asked which modal word it has."""


def softer_part(upper: str, chosen: list[Candidate], ground: Ground) -> Defect | None:
    """A duty whose own part of the answer only recommends it (应开展评估 → 宜开展评估), whatever else the answer demands."""
    words = ground.words
    said = [part for candidate in chosen for part in parts_of(asked(candidate.passage.text))]
    for part in parts_of(asked(upper)):
        duty = words.obliges.search(LIMIT.sub("", part))
        if duty is None or words.weakens.search(part) or bans(part, words):
            continue
        shares = shares_held(part, said, ground)
        near = sorted((-share, other) for share, other in zip(shares, said, strict=True) if share >= AKIN)
        found = next((o for _, o in near if any(p.search(o) for p in (words.weakens, words.obliges, words.firm))), None)
        weak = words.weakens.search(found) if found else None
        if found and weak and not words.firm.search(found) and not words.obliges.search(words.weakens.sub("", found)):
            return _softer(duty[0], weak[0])
    return None


__all__ = ["Defect", "Passage", "RuleRequirement", "direction_of", "judge_rule", "sentences", "without_pointers"]
