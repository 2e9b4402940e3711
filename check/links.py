"""Rules that hand down something else: a rule that a list be taken over whole is kept only if the list is; a rule that
parts add up only if they do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ..plan.finding import Finding
from ..plan.requirement import ListRequirement, RuleRequirement, StructureRequirement
from .judgement import Ground, Judgement, problem
from .words import fold

_LABEL = re.compile(r"附表\s?[0-9]+(?:[-—][0-9]+)?|附件\s?[0-9]*|专栏\s?[0-9]+(?:[-—][0-9]+)?|表\s?[0-9]+[-—][0-9]+")
_DEMANDS = re.compile(
    r"逐[一处项个条块]|全部|纳入|保持一致|[与同][^，。；]{1,12}一致|不得[^。；]{0,16}(?:推迟|取消|压减|撤销|降级|调整)|细化为|明确[^。；]{0,12}单位"
)
_KINDS: dict[str, re.Pattern[str]] = {
    "protected_area": re.compile(r"自然保护地|保护区|自然公园"),
    "restoration_project": re.compile(r"生态修复|修复项目|整治项目|所列工程|重大工程"),
    "heritage": re.compile(r"历史文化|文化遗存|文物|传统村落|名城"),
    "key_project": re.compile(r"重点(?:建设)?项目|重大(?:建设|交通)?项目|建设年限"),
    "mineral": re.compile(r"矿区|矿产"),
}
_ASPECTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("PRJ-ORG", re.compile(r"牵头|责任单位")),
    ("PRJ-TIME", re.compile(r"时序|年限|推迟|期限")),
    ("LIST-OMIT", re.compile(r"全部|纳入|逐[一处项个条块]|名录")),
    ("LIST-ATTR", re.compile(r"级别|范围|面积|规模")),
)
EVEN = 0.5
"""Share from which the nearest passage of a rule called missing is shown as its answer."""
Judged = Sequence[tuple[ListRequirement, Judgement]]


def linked_rule(
    rule: RuleRequirement, said: Judgement, entries: Judged, inside: Sequence[Finding], ground: Ground
) -> Judgement:
    """The judgement on a rule in the light of the lists and sums that it speaks of."""
    unsaid = said.verdict == "partial" and all(f.code == "RULE-WEAK" for f in said.findings)
    if said.verdict not in ("fulfilled", "refined", "missing") and not unsaid:
        return said
    broken = _lists(rule, entries) or _sums(rule, said, inside)
    if broken is None or (said.verdict == "missing" and not entries):
        return said
    code, message = broken
    responses = said.responses or tuple(near for near in said.candidates[:1] if near.score >= EVEN)
    found = (problem(code, rule, message, responses[:1]), *(said.findings if unsaid else ()))
    told = f"{message}；{said.explanation}" if unsaid else message
    return Judgement("partial", told, responses, found, said.candidates, said.searched)


def slogan_rule(rule: RuleRequirement, elements: Sequence[tuple[StructureRequirement, Judgement]]) -> Judgement | None:
    """A rule that lists the elements of a structure (构建“三纵三横”…, 三纵为…) is carried by a draft that carries all of them
    that concern it, two at least; None if it doesn't or the rule lists none."""
    listed = {e.name: said for e, said in elements if len(e.name) >= 3 and e.name in rule.text}
    if len(listed) < 2 or any(said.verdict not in ("fulfilled", "refined") for said in listed.values()):
        return None
    answers = {answer.text: answer for said in listed.values() for answer in said.responses[:1]}
    return Judgement("refined", f"本级已落实其中的{'、'.join(listed)[:40]}", tuple(answers.values())[:3])


def _lists(rule: RuleRequirement, entries: Judged) -> tuple[str, str] | None:
    if not _DEMANDS.search(rule.text) or not re.search(r"名录|附表|附件|专栏|清单|表\s?[0-9]", rule.text):
        return None
    spoken = [(entry, said) for entry, said in entries if _meant(rule.text, entry)]
    codes = Counter(finding.code for _, said in spoken for finding in said.findings)
    asked = [code for code, words in _ASPECTS if words.search(rule.text)]
    code = next((code for code in asked if codes[code]), next((c for c, _ in codes.most_common(1)), None))
    if code is None:
        return None
    broken = [entry.name for entry, said in spoken if any(f.code == code for f in said.findings)]
    what = {
        "LIST-OMIT": "漏列",
        "LIST-ATTR": "级别或规模不一致",
        "PRJ-TIME": "时序推迟或空缺",
        "PRJ-ORG": "牵头或责任单位空缺",
    }
    return (
        code,
        f"规则虽已写入，但名录{what.get(code, '不一致')}：{'、'.join(broken[:3])}{f'等{len(broken)}项' if len(broken) > 3 else ''}",
    )


def _meant(text: str, entry: ListRequirement) -> bool:
    """Whether the rule speaks of this entry's register: by its label, else by its kind."""
    labels = {fold(label) for label in _LABEL.findall(text)}
    own = {fold(span.table.label or "") for span in entry.where if span.table is not None} - {""}
    if any(mine == label or mine.startswith(f"{label}-") for mine in own for label in labels):
        return True
    if labels and own and not any(label.startswith("附件") for label in labels):
        return False
    kind = _KINDS.get(entry.kind)
    return kind is not None and bool(kind.search(text))


_ADDS_UP = re.compile(r"之和|总和|加总|汇总|合计|相加|加起来|总计|累计")


def _sums(rule: RuleRequirement, said: Judgement, inside: Sequence[Finding]) -> tuple[str, str] | None:
    """The sum that is wrong in the draft, for a rule that asks for it and whose answer only points to the table; where the
    answer takes the duty itself over, the wrong table is a finding of its own."""
    if "之和" not in rule.text or any(_ADDS_UP.search(answer.text) for answer in said.responses):
        return None
    code = "ZONE-OVERLAP" if re.search(r"分区|各类?区(?!县)[^，。；]{0,4}面积", rule.text) else "IND-SUM"
    found = next((finding for finding in inside if finding.code == code), None)
    return None if found is None else (code, f"规则虽已写入，但{found.message.split('（合计行')[0]}")
