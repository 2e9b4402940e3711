"""Clauses that order by where they stand: items under a lead that forbids, cells of columns of requirements."""

from __future__ import annotations

import pytest

from chuandao.extract.context import Context
from chuandao.extract.rules import find_rules
from chuandao.plan.document import Block, Cell, Document, DocxRun, Source, Table, Text
from chuandao.plan.lexicon import load_lexicon
from chuandao.plan.plan import PlanDocument, SourceFile
from chuandao.plan.requirement import RuleRequirement

LEXICON = load_lexicon()
SECTION = ("第五章 生态空间", "第一节 河湖保护")


def run(words: str, number: int) -> Text:
    return Text(words, (DocxRun(0, len(words), "body", number, 0),) if words else ())


def rules_of(*blocks: Block, area: str | None = None) -> list[RuleRequirement]:
    region = LEXICON.gazetteer.find(area) if area else None
    source = SourceFile(file="plan.docx", sha256="0" * 64, format="docx")
    facts = PlanDocument(title="样例", kind="territorial_master_plan", source=source, region=region)
    found = find_rules(Document(Source("plan.docx", "0" * 64, "docx"), blocks), Context.of(facts, LEXICON))
    return [one for one in found if isinstance(one, RuleRequirement)]


def told(*texts: str) -> list[RuleRequirement]:
    return rules_of(*(Block(n, "paragraph", run(text, n), section=SECTION) for n, text in enumerate(texts)))


def tabled(header: list[str], *rows: list[str], area: str | None = None) -> list[RuleRequirement]:
    grid = tuple(
        tuple(Cell(run(words, 10 * r + c), r, c) for c, words in enumerate(row))
        for r, row in enumerate([header, *rows])
    )
    table = Table(0, grid, label="表4")
    return rules_of(Block(0, "table", run("", 0), section=SECTION, table=table), area=area)


@pytest.mark.parametrize(
    "texts",
    [
        ("湖体保护区内，下列行为一律禁止：", "（1）围湖造地、填堵湖汊；", "（2）在候鸟集中越冬区开展快艇观光；"),
        ("湖体保护区内，下列行为一律禁止：（1）围湖造地、填堵湖汊；（2）在候鸟集中越冬区开展快艇观光。",),
        ("湖体保护区内禁止下列活动：围湖造地、填堵湖汊；在候鸟集中越冬区开展快艇观光。",),
    ],
)
def test_items_take_force_and_place_from_their_lead(texts: tuple[str, ...]) -> None:
    """Each item under 下列行为一律禁止 is forbidden in the place that the lead names; the lead alone is no rule."""
    found = told(*texts)
    assert [one.text for one in found] == ["围湖造地、填堵湖汊", "在候鸟集中越冬区开展快艇观光"]
    assert all(one.force == "prohibit" and any("湖体保护区" in c for c in one.conditions) for one in found)


def test_what_follows_the_list_stands_alone() -> None:
    """A paragraph without a number after the items is not forbidden, and an item that says 须 keeps its own force."""
    found = told(
        "湖区下列行为一律禁止：", "（1）填堵湖汊；", "（2）整治河道须恢复自然岸线。", "推进湖区水系连通和清淤。"
    )
    assert {one.text: one.force for one in found} == {
        "填堵湖汊": "prohibit",
        "整治河道须恢复自然岸线": "oblige",
        "推进湖区水系连通和清淤": "recommend",
    }


def test_a_list_of_what_alone_is_allowed_names_exceptions() -> None:
    """仅允许下列活动 forbids the rest: what it lists are its exceptions, and no rules of their own."""
    found = told(
        "生态保护红线内仅允许下列活动：", "（1）管护巡护、科学研究；", "（2）必要的防洪设施建设。", "加强红线监测。"
    )
    assert [one.force for one in found] == ["prohibit", "recommend"]
    assert [one.text for one in found[0].exceptions] == ["管护巡护、科学研究", "必要的防洪设施建设"]


def test_cells_take_force_from_their_header_and_place_from_their_row() -> None:
    """What stands in a column 禁止类 is forbidden for the zone of its row; a column of measures keeps the cell's words."""
    found = tabled(
        ["管控区域", "禁止类", "须做到的事"],
        ["河道管理范围", "新建、扩建化工项目和采石场。", "河道采砂应当编制年度计划。"],
    )
    assert [(one.force, one.conditions) for one in found] == [
        ("prohibit", ("河道管理范围",)),
        ("oblige", ("河道管理范围",)),
    ]


def test_cells_of_a_region_bind_it() -> None:
    """A rule in the row of a county binds that county; a head that is no region of the area binds the whole."""
    found = tabled(
        ["名称", "管控要求"],
        ["怀集县", "从严控制新增采矿用地。"],
        ["五河", "从严控制新增工业用地。"],
        area="肇庆市",
    )
    assert [[region.name for region in one.binds] for one in found] == [["怀集县"], ["肇庆市"]]


def test_catchwords_and_figures_in_a_column_are_no_rules() -> None:
    """重点保护、展示利用 orders nothing; 禁止建设区面积 is a column of figures."""
    assert not tabled(["名称", "保护要求", "禁止建设区面积（亩）"], ["某古道", "重点保护、展示利用", "1200"])
