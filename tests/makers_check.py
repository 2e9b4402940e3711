"""A small check with one weakened rule, for tests of reports and decisions."""

from __future__ import annotations

from chuandao.plan.finding import Place, finding
from chuandao.plan.plan import Period, PlanDocument, SourceFile, Tool
from chuandao.plan.requirement import Region
from chuandao.plan.span import Span
from chuandao.plan.verdict import Check, CitedRequirements, Response, Summary, Verdict


def made_check(text: str = "禁止围填海") -> Check:
    """A check of two rules, one weakened and one that does not apply."""
    source = SourceFile(file="a.pdf", sha256="a" * 64, format="pdf", pages=3)
    document = PlanDocument(title="甲规划", period=Period(start=2021, end=2035), source=source)
    where = Span(page=2, printed_page="1", boxes=((1.0, 2.0, 3.0, 4.0),), quote=text)
    requirement = {
        "id": "rul-1",
        "stamp": "s1",
        "plan": 0,
        "mode": "rule",
        "text": text,
        "section": ["第一章 总则", "第一节 目的"],
        "where": [where.model_dump(mode="json", by_alias=True)],
    }
    weak = finding("RULE-WEAK", "error", "规则", "禁止改为严格控制", [Place.at(where, "本级规划")])
    return Check(
        tool=Tool(version="0", lexicon="sha256:0"),
        uppers=(document,),
        lower=document,
        region=Region(name="惠州市"),
        requirements=CitedRequirements(
            upper=(requirement, {**requirement, "id": "rul-2"}),
            lower=({"id": "rul-9", "mode": "rule", "text": "x", "section": ["第三章 海洋"]},),
        ),
        verdicts=(
            Verdict(
                requirement="rul-1",
                upper=0,
                applies=True,
                because="全域",
                verdict="weakened",
                responses=(Response(requirement="rul-9", text="严格控制围填海", where=(where,)),),
                findings=(weak,),
                explanation="语气弱化",
            ),
            Verdict(requirement="rul-2", upper=0, applies=False, because="不临海", verdict="not_applicable"),
        ),
        findings=(finding("DOC-SUM", "warning", "图数一致性", "分项之和不等于合计"),),
        summary=Summary(
            by_mode={"rule": {"weakened": 1, "not_applicable": 1}}, by_verdict={"weakened": 1, "not_applicable": 1}
        ),
    )


SUSPECT = {
    "requirement": "rul-1", "upper_index": 0, "text": "禁止围填海", "decision": "accept", "verdict": "exempt",
    "reported": "weakened", "reason": "另有批复", "reviewer": "李工", "time": "2024-05-06", "because": "本级的表述已变动",
}  # fmt: skip
"""A reviewer's decision that needs another look, as a check carries it."""
