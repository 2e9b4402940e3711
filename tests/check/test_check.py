"""Who is bound, what answers, how well; several uppers; the reviewer's memory."""

from __future__ import annotations

import json
from dataclasses import replace

from makers_pair import CITY, PROVINCE, checked, document, lexicon, plan, table, verdicts

from chuandao.check import check_plans
from chuandao.extract import document_to_plan
from chuandao.plan.plan import to_json
from chuandao.plan.verdict import Check

COUNTY = "歙县国土空间总体规划（2021—2035年）"
ALLOCATED = table(
    "附表2", "主要指标分解表", "行政区 | 耕地保有量（万亩）", "合肥市 | 500.0", "黄山市 | 66.5", "芜湖市 | 200.0"
)
RULES = [
    "严禁占用永久基本农田挖塘养鱼。",
    "25度以上的陡坡地不得开垦种植农作物。",
    "公示时间不得少于三十日。",
    "大中型生产矿山应当在2025年底前达到绿色矿山标准。",
    "河道两侧100米范围内不得新建化工项目。",
]


def said(check: Check, words: str) -> str:
    """The verdict on the upper requirement that holds these words."""
    known = {r["id"]: r["text"] for r in check.requirements.upper}
    return next(v.verdict for v in check.verdicts if words in known[v.requirement])


def test_only_the_regions_own_row_of_an_allocation_applies() -> None:
    """Rows of other cities do not apply, with the reason in words."""
    check = checked(ALLOCATED, "到2035年，全市耕地保有量不低于66.5万亩。")
    assert verdicts(check).count("not_applicable") == 2
    assert all("不涉及黄山市" in v.because for v in check.verdicts if not v.applies)


def test_units_are_converted_exactly_and_rounding_is_no_defect() -> None:
    """66.5 万亩 is 443.33 平方公里 within half of the coarser last digit; 442.9 is less."""
    assert "fulfilled" in verdicts(checked(ALLOCATED, "到2035年，全市耕地保有量不低于443.33平方公里。"))
    assert "conflict" in verdicts(checked(ALLOCATED, "到2035年，全市耕地保有量不低于442.9平方公里。"))


def test_stricter_is_fine_and_said_so() -> None:
    """More than a floor asks for is fulfilled, and the explanation shows the arithmetic."""
    check = checked(ALLOCATED, "到2035年，全市耕地保有量不低于70.0万亩。")
    answer = next(v for v in check.verdicts if v.applies)
    assert answer.verdict == "fulfilled"
    assert "规划 70.0 万亩 > 上位 66.5 万亩，多 3.5 万亩" in answer.explanation


def test_words_that_mean_the_same_are_no_weakening() -> None:
    """禁止 and 不得, 必须 and 应当 are alike, other wording is still the answer."""
    lower = [
        "永久基本农田一律不得用于挖塘养鱼。",
        "坡度25度以上的陡坡地禁止开垦种粮。",
        "规划方案公示不少于三十天。",
        "大中型矿山2024年底前全部达到绿色矿山标准。",
        "河道两侧120米以内禁止新建化工项目。",
    ]
    assert set(verdicts(checked(list(RULES), lower))) <= {"fulfilled", "refined"}


def test_the_upper_clause_word_for_word_is_never_weaker() -> None:
    """Whatever modals stand in it, a clause is not weaker than itself."""
    clauses = [
        *RULES,
        "地质灾害高易发区内的建设项目必须开展危险性评估，经评估不宜建设的一律不得选址。",
        "为引导产业集聚发展，工业园区投资强度应不低于300万元/亩。",
        "城镇开发边界外原则上不得安排成片开发，确需安排的应当论证。",
    ]
    assert not {"weakened", "conflict"} & set(verdicts(checked(clauses, list(clauses))))


def test_each_way_of_weakening_is_caught() -> None:
    """A softer word, a higher threshold, a shorter notice, a later deadline, a narrower strip."""
    lower = [
        "原则上不占用永久基本农田挖塘养鱼。",
        "坡度35度以上的陡坡地禁止开垦种粮。",
        "规划方案公示不少于二十天。",
        "大中型矿山2027年底前全部达到绿色矿山标准。",
        "河道两侧80米以内禁止新建化工项目。",
    ]
    assert set(verdicts(checked(list(RULES), lower))) <= {"weakened", "conflict"}


def test_an_answer_that_extraction_missed_is_found_in_the_text() -> None:
    """Without its requirements the draft's Document still answers, with the place of the words."""
    draft = document(CITY, "永久基本农田一律不得用于挖塘养鱼。")
    bare = document_to_plan(draft, lexicon()).model_copy(update={"requirements": ()})
    check = check_plans(bare, [plan(PROVINCE, RULES[0])], region=None, lexicon=lexicon(), lower_document=draft)
    answer = check.verdicts[0]
    assert answer.verdict in ("fulfilled", "refined")
    assert answer.responses[0].requirement is None
    assert answer.responses[0].where[0].quote == "永久基本农田一律不得用于挖塘养鱼。"


def test_two_levels_down_a_number_waits_for_the_level_between() -> None:
    """A county is not judged by the province's total; rules pass through."""
    check = checked(["到2035年，全省耕地保有量不低于8000万亩。", RULES[0]], "永久基本农田不得挖塘养鱼。", title=COUNTY)
    assert said(check, "耕地保有量") == "undetermined"
    assert said(check, "挖塘养鱼") in ("fulfilled", "refined")


def test_missing_shows_the_three_nearest_and_where_was_searched() -> None:
    """What is missing names candidates and sections instead of an answer."""
    check = checked(
        "严禁在古驿道两侧30米范围内开山采石。", ["推进村庄人居环境整治。", "加强河道治理。", "保护古树名木。"]
    )
    missing = check.verdicts[0]
    assert missing.verdict == "missing"
    assert len(missing.candidates) == 3
    assert missing.searched
    assert not missing.responses


def test_two_uppers_alike_are_one_verdict_and_the_stricter_counts() -> None:
    """The same indicator from two plans is one row with two sources, and the difference is shown."""
    draft = document(CITY, "到2035年，全市湿地面积不少于6500公顷，分布在歙县。")
    special = document_to_plan(
        document("安徽省国土空间生态修复规划（2021—2035年）", "到2035年，黄山市湿地面积不少于6800公顷。"), lexicon()
    )
    uppers = [plan(PROVINCE, "到2035年，黄山市湿地面积不少于6500公顷。"), special]
    check = check_plans(
        document_to_plan(draft, lexicon()), uppers, region=None, lexicon=lexicon(), lower_document=draft
    )
    assert len(check.verdicts) == 1
    assert check.verdicts[0].verdict == "conflict"
    assert check.verdicts[0].also == ({"requirement": uppers[0].requirements[0].id, "upper": 0},)  # type: ignore[attr-defined]
    assert "UP-CONFLICT" in {finding.code for finding in check.verdicts[0].findings}


def test_decisions_survive_a_new_draft_and_turn_suspect_when_their_ground_changes() -> None:
    """Of five reviewed requirements the two amended ones are suspect, the others keep the reviewer's verdict."""
    lower = ["推进村庄人居环境整治。", "加强河道治理。"]
    before = checked(list(RULES), lower)
    stamps = {r["id"]: r["stamp"] for r in before.requirements.upper}
    memory = {
        "schema": "chuandao.decisions/1",
        "reviewer": "审查员",
        "decisions": [
            {"requirement": v.requirement, "stamp": stamps[v.requirement], "verdict": "exempt", "reason": "另行规定"}
            for v in before.verdicts
        ],
    }
    again = checked(list(RULES), ["新增一段。", *lower], decisions=memory)
    assert set(verdicts(again)) == {"exempt"}
    assert not again.suspect
    amended = [RULES[0], RULES[1], RULES[2].replace("三十", "四十"), RULES[3].replace("2025", "2024"), RULES[4]]
    after = checked(amended, lower, decisions=memory)
    known = {r["id"]: r["text"] for r in after.requirements.upper}
    assert {known[entry["requirement"]][:4] for entry in after.suspect} == {"公示时间", "大中型生"}
    assert verdicts(after).count("exempt") == 3


def test_a_code_that_is_switched_off_is_not_counted() -> None:
    """findings.csv of the planner turns a finding off; a verdict that rested on it alone says so."""
    rows = tuple({**row, "on": "no"} if row["code"] == "RULE-WEAK" else row for row in lexicon().tables["findings.csv"])
    known = replace(lexicon(), tables={**lexicon().tables, "findings.csv": rows})
    check = checked(RULES[0], "原则上不占用永久基本农田挖塘养鱼。", known=known)
    assert check.verdicts[0].verdict == "fulfilled"
    assert "RULE-WEAK 已关闭" in check.verdicts[0].explanation


def test_same_input_same_bytes() -> None:
    """Two runs give the same JSON, and it reads back."""
    first, second = (to_json(checked([ALLOCATED, *RULES], ["永久基本农田不得挖塘养鱼。"])) for _ in range(2))
    assert first == second
    assert Check.model_validate(json.loads(first)).region.name == "黄山市"
