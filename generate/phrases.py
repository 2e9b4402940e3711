"""Numbers and clauses as a lower plan words them: operators kept, digits as printed, rules turned to the local actor."""

from __future__ import annotations

import re
from fractions import Fraction

from ..plan.requirement import RuleRequirement, Value
from .templates import Chooser, Voice, wording

LOCAL_DETAIL = re.compile(
    r"(?:市县|各市|各地|各县|各区|市级|县级|下层次|下一层级|下级|地级以上市|县（市、区）)[^，。；]{0,16}?(?:应|须|要|可)?[^，。；]{0,10}?"
    r"(?:明确|划定|细化|识别|确定|制定|列出|编制|分解|落位)"
)
"""A clause that bids the lower plan to settle something itself: its response must hold the local content."""


def asks_detail(rule: RuleRequirement) -> bool:
    """Whether the rule bids the lower plan to settle something itself; what forbids or only allows does not."""
    return rule.force in ("oblige", "restrict", "recommend") and LOCAL_DETAIL.search(rule.text) is not None


SEE = re.compile(r"[（(](?:见|详见|参见)[^（()）]*[）)]")


def amount(value: Value, chooser: Chooser) -> str:
    """不低于158.62万亩 · 控制在1.28倍以内 · 较2020年下降不少于40% · 不低于国家下达任务."""
    forms = wording()["operators"][value.op if value.op in wording()["operators"] else "="]
    unit = value.unit or ""
    number = value.reference or "" if value.value is None else f"{value.value}{unit}"
    if value.op == "range" and value.upper is not None:
        return f"{_change(value)}为{value.value}—{value.upper}{unit}"
    # other words of the same sense than the upper plan's, where there are any
    others = [form for form in forms if form.split("…")[0] not in (value.raw or "")] or forms
    form = chooser.pick("operator" + value.op, others, value.raw or number)
    if value.value is None:
        says_so = re.match(r"依据|按|根据|执行", number)  # 依据国家下达任务
        form = forms[0] if value.op != "=" or not number else "…执行" if says_so else "按…执行"
    said = form.replace("…", number) if "…" in form else f"{form}{number}"
    pair = value.pair or {}
    if pair.get("value") and pair.get("unit"):
        said += f"（{pair['value']}{pair['unit']}）"
    return _change(value) + said


def _change(value: Value) -> str:
    if value.change is None:
        return ""
    base = f"较{value.change.base}年" if value.change.base else ""
    return f"{base}{'提高' if value.change.kind == 'rise' else '下降'}"


def when(value: Value, end: int | None) -> str:
    """到2035年; 规划期内 where neither the value nor the plan names a year."""
    year = value.year or end
    if value.per == "year":
        return f"到{year}年每年" if year else "每年"
    return f"到{year}年" if year else "规划期内"


def of_scope(voice: Voice, scope: str | None, name: str) -> str:
    """全市, or 中心城区 where the indicator is one of it; "" where the name says it."""
    if scope:
        return "" if scope in name or re.match("县城|城区|中心城区|建成区|镇区", name) else scope
    return "" if re.match(r"全[省市县]|[省市县]域|中心城区", name) else voice.area


def localised(text: str, voice: Voice) -> str:
    """A clause of the upper plan as the lower plan says it: references to its tables said to be its, 全省 as 全市
    where no number depends on it, 市县 as what lies below. Force words and numbers stay."""
    text = SEE.sub("", text.strip()).rstrip("。；;，, ")
    text = re.sub(
        r"(?<![》一-龥])(附[表件图]\s*\d*(?:-\d+)?)|(?<=[一-龥])(附[表件图]\s*\d+(?:-\d+)?)", r"上位规划\1\2", text
    )
    if not re.search(r"\d", text):
        text = re.sub(r"全省", voice.area, text)
        text = re.sub(r"省内", voice.domain + "内", text)
    text = re.sub(r"(?:各地级以上市|各市|市县)(?=(?:国土空间)?(?:总体)?规划)", voice.self, text)
    text = re.sub(r"^(?:各地级以上市|各市|市县|各地)(?=应|须|要|不得|必须|可|人民政府|在)", voice.self, text)
    return re.sub(r"^(?:各地级以上市|各市)(?=[一-龥])", voice.self, text)


def same_strength(text: str) -> str:
    """Words with a twin of equal strength are replaced by it (推动 by 推进, 应当 by 应), quoted words and names in “” are not."""
    pieces = re.split(r"(“[^”]*”|《[^》]*》)", text)
    return "".join(piece if piece[:1] in ("“", "《") else _twins(piece) for piece in pieces)


def _twins(text: str) -> str:
    twins = wording()["synonyms"]
    words = "|".join(sorted(map(re.escape, twins), key=len, reverse=True))
    text = re.sub(words, lambda match: twins[match[0]], text)
    return re.sub(
        r"应当|(?<![相对适响反供效理顺呼])应(?![急用对变答邀])", lambda m: "应" if m[0] == "应当" else "应当", text
    )


def longest_run(text: str, source: str) -> Fraction:
    """The longest run of letters of `text` that stands in `source` too, as a share of its letters."""
    mine, theirs = re.sub(r"\W", "", text), re.sub(r"\W", "", source)
    if not mine or not theirs:
        return Fraction(0)
    best, ends = 0, [0] * (len(theirs) + 1)
    for letter in mine:
        row = [0] * (len(theirs) + 1)
        for at, other in enumerate(theirs, 1):
            if letter == other:
                row[at] = ends[at - 1] + 1
                best = max(best, row[at])
        ends = row
    return Fraction(best, len(mine))


def parted(text: str) -> tuple[str, str] | None:
    """A clause at its middle comma, where another word may stand: neither part a condition nor one that leans on the other."""
    commas = [match.start() for match in re.finditer("，", text)]
    middle = sorted(commas, key=lambda at: abs(at - len(text) / 2))
    for at in middle:
        head, rest = text[:at], text[at + 1 :]
        if head.count("（") != head.count("）") or head.count("“") != head.count("”"):
            continue
        if re.search(r"(?:的|时|前提下|基础上|除外|外)$", head) or re.match(
            r"(?:并|且|但|以|从而|使|形成|其|该|由|也|均|防止|确保|仅|方可|不)", rest
        ):
            continue
        return head, rest
    return None
