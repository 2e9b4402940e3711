"""Upper plans and facts → draft."""

from __future__ import annotations

import re

import pytest
from makers_plan import CITY, OTHER, upper_plan

from chuandao.generate import draft, facts_form
from chuandao.plan.draft import Draft
from chuandao.plan.facts import PART, Facts
from chuandao.plan.lexicon import Lexicon, load_lexicon
from chuandao.plan.plan import Plan
from chuandao.plan.requirement import Region


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="module")
def plan() -> Plan:
    return upper_plan()


def filled(form: Facts, answers: dict[tuple[str, str], str]) -> Facts:
    """The form with answers by (subject, key)."""
    sheets = []
    for sheet in form.sheets:
        rows = []
        for row in sheet.rows:
            mine = {
                key: said
                for (subject, key), said in answers.items()
                if row.subject.startswith(subject) and key in row.asked
            }
            rows.append(row.model_copy(update={"answers": mine}))
        sheets.append(sheet.model_copy(update={"rows": tuple(rows)}))
    return form.model_copy(update={"sheets": tuple(sheets)})


def words(made: Draft) -> str:
    chapters = [
        block.text
        for chapter in made.chapters
        for section in chapter.sections
        for block in section.blocks
        if hasattr(block, "words")
    ]
    return "\n".join(chapters)


def test_everything_that_applies_has_a_response(plan: Plan, lexicon: Lexicon) -> None:
    """Each requirement is either answered or named as not applicable with a reason, exactly once."""
    trace = draft([plan], CITY, None, lexicon).trace
    answered = [response.requirement for response in trace.responses]
    others = [other.requirement for other in trace.not_applicable]
    assert sorted(answered + others) == sorted(requirement.id for requirement in plan.requirements)
    assert [other.because for other in trace.not_applicable] == ["对象为合肥市，不涉及黄山市"]


def test_the_share_of_the_region_is_used(plan: Plan, lexicon: Lexicon) -> None:
    """The city's draft states its own allocation with its operator, year and unit, not the province's number."""
    said = words(draft([plan], CITY, None, lexicon))
    assert re.search(
        r"2035年[^。；]*耕地保有量[^。；]*(?:不低于|不少于)66\.12万亩|耕地保有量[^。；]*2035年(?:不低于|不少于)66\.12万亩",
        said,
    )
    assert "8000" not in said
    assert re.search(r"城镇开发边界[^。；]*(?:不超过166\.5平方公里|控制在166\.5平方公里以内)", said)
    assert "城镇开发边界外不得进行城镇集中建设" in said


def test_prohibitions_keep_their_words(plan: Plan, lexicon: Lexicon) -> None:
    """A prohibition stands in the draft with its word of force and its objects."""
    assert "严禁占用永久基本农田挖塘养鱼和建设绿化景观" in words(draft([plan], CITY, None, lexicon))


def test_nothing_is_invented_without_facts(plan: Plan, lexicon: Lexicon) -> None:
    """Without facts every number of the draft comes from the upper plan, and what is missing is asked for."""
    made = draft([plan], CITY, None, lexicon)
    source = plan.model_dump_json()
    said = re.sub(r"【待补充：[^】]*】", "", words(made))
    for number in re.findall(r"\d+(?:\.\d+)?", said):
        assert number in source or re.search(rf"共{number}项", said), number
    asked = [item.ask for item in made.trace.open_items]
    assert any("皖南山地生态屏障" in ask for ask in asked)
    assert any("耕地保有量分解到各县（区）" in ask for ask in asked)
    assert any("森林覆盖率" in ask for ask in asked)
    assert any("新安江" in ask and "牵头单位" in ask for ask in asked)
    assert {item.id for item in made.trace.open_items} == set(made.asks)


def test_facts_are_used_and_traced(plan: Plan, lexicon: Lexicon) -> None:
    """Filled-in names, units and measures replace the open items, and the trace says which facts were used."""
    form = filled(
        facts_form([plan], CITY, lexicon),
        {
            ("皖南山地", "local_name"): "黄山—清凉峰山地",
            ("新安江", "lead"): "市生态环境局",
            ("新安江", "responsible"): "歙县人民政府",
            ("市县规划", "measure"): "新安江干流按单侧100米控制",
            ("森林覆盖率", "own"): "82.9",
        },
    )
    made = draft([plan], CITY, form, lexicon)
    said = words(made)
    assert "黄山—清凉峰山地" in said and "新安江干流按单侧100米控制" in said and "82.9%" in said
    used = {fact for response in made.trace.responses for fact in response.facts}
    assert "结构/皖南山地生态屏障/本地承接要素名称" in used
    assert not any("皖南山地" in item.ask or "牵头单位" in item.ask for item in made.trace.open_items)


def test_a_looser_local_figure_is_not_taken(plan: Plan, lexicon: Lexicon) -> None:
    """A local target below the floor handed down is refused with a note."""
    form = filled(facts_form([plan], CITY, lexicon), {("耕地保有量", "own"): "60"})
    made = draft([plan], CITY, form, lexicon)
    assert "66.12万亩" in words(made) and "60万亩" not in words(made)
    assert any("耕地保有量" in note and "未采用" in note for note in made.trace.notes)


def test_form_asks_what_only_the_city_knows(plan: Plan, lexicon: Lexicon) -> None:
    """The form has the counties of the gazetteer as columns and asks each allocation, name and unit."""
    form = facts_form([plan], CITY, lexicon)
    assert [sheet.name for sheet in form.sheets] == ["约束性指标", "三线", "名录", "分区", "结构", "规则"]
    assert "歙县" in [part.name for part in form.parts]
    row = next(row for row in form.sheets[0].rows if row.subject == "耕地保有量")
    assert (row.target, row.unit, row.op) == ("66.12", "万亩", ">=")
    assert PART + "歙县" in row.required
    assert form.open_count > 8


def test_other_region_gets_its_own_draft(plan: Plan, lexicon: Lexicon) -> None:
    """Another city's draft answers what concerns that city only."""
    made = draft([plan], OTHER, None, lexicon)
    assert "巢湖流域综合治理" in words(made)
    assert "皖南山地生态屏障" not in words(made)


def test_same_input_same_draft(plan: Plan, lexicon: Lexicon) -> None:
    """Drafting twice gives the same draft."""
    assert draft([plan], CITY, None, lexicon) == draft([plan], CITY, None, lexicon)


def test_two_uppers_that_say_the_same_are_answered_once(plan: Plan, lexicon: Lexicon) -> None:
    """A requirement that two upper plans share has one response."""
    trace = draft([plan, plan], CITY, None, lexicon).trace
    answered = [response.requirement for response in trace.responses]
    assert len(answered) == len(set(answered))


def test_two_uppers_in_other_words_for_other_areas_share_a_response(plan: Plan, lexicon: Lexicon) -> None:
    """A clause and a register entry that two upper plans hand down, each for its own area, have one response together."""
    nation = Region(name="全国", code=None)
    again = [
        requirement.model_copy(update={"id": f"{requirement.id[:4]}{'0' * 11}{number}", "binds": (nation,)})
        for number, requirement in enumerate(plan.requirements)
        if requirement.mode in ("rule", "list")
    ]
    second = plan.model_copy(update={"requirements": tuple(again)})
    judged: dict[str, tuple[bool | None, str]] = {requirement.id: (True, "全域要求") for requirement in again}
    trace = draft([plan, second], CITY, None, lexicon, judged=judged).trace
    marks = {response.requirement: response.mark for response in trace.responses}
    both = [requirement.id for requirement in again if requirement.id in marks]
    first = {requirement.text: requirement.id for requirement in plan.requirements if requirement.mode == "rule"}
    rules = [requirement for requirement in again if requirement.mode == "rule" and first[requirement.text] in marks]
    assert both and rules
    assert all(marks[requirement.id] == marks[first[requirement.text]] for requirement in rules)


def test_of_two_uppers_the_stricter_number_holds(plan: Plan, lexicon: Lexicon) -> None:
    """The same indicator in two upper plans is said once, with the number that asks for more, even where it is bare."""
    more = []
    for requirement in plan.requirements:
        values = tuple(
            value.model_copy(update={"value": "70.5", "op": "=", "raw": "70.5"}) if value.value == "66.12" else value
            for value in getattr(requirement, "values", ())
        )
        more.append(requirement.model_copy(update={"values": values}) if values else requirement)
    said = words(draft([plan, plan.model_copy(update={"requirements": tuple(more)})], CITY, None, lexicon))
    assert re.search(r"(?:不低于|不少于)70\.5万亩", said) and "66.12" not in said
