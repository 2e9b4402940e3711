"""Types of zoning that a sentence gives the whole area, and ways to give a unit its type in running text."""

from __future__ import annotations

import pytest
from makers_pair import document as pair_document
from makers_pair import table
from makers_structures import document

from chuandao.extract.context import Context
from chuandao.extract.zones import find_zones
from chuandao.plan.lexicon import load_lexicon
from chuandao.plan.plan import PlanDocument, SourceFile
from chuandao.plan.requirement import ZoneRequirement


def zones(home: str, words: str) -> list[ZoneRequirement]:
    """The zones of a paragraph of a plan for `home`."""
    lexicon = load_lexicon()
    source = SourceFile(file="plan.docx", sha256="0" * 64, format="docx")
    region = lexicon.gazetteer.find(home)
    facts = PlanDocument(title="样例", kind="territorial_master_plan", source=source, region=region)
    found = find_zones(document("##第三节 分区", words), Context.of(facts, lexicon))
    return [one for one in found if isinstance(one, ZoneRequirement)]


FIVE = ["生态保护区", "生态控制区", "农田保护区", "城镇发展区", "乡村发展区"]


@pytest.mark.parametrize(
    "words",
    [
        "市域统一划分为生态保护区、生态控制区、农田保护区、城镇发展区和乡村发展区五类一级分区。",
        "全市国土空间划分为五个一级规划分区：生态保护区、生态控制区、农田保护区、城镇发展区、乡村发展区。",
        "市域划分生态保护区120平方公里、生态控制区90平方公里、农田保护区80平方公里、城镇发展区20平方公里和乡村发展区300平方公里。",
    ],
)
def test_a_sentence_divides_the_whole_area(words: str) -> None:
    """Each type is a zone of the plan's own area, whatever counts or introduces the row."""
    assert [(zone.unit.name, zone.type, zone.system) for zone in zones("长治市", words)] == [
        ("长治市", type_, "规划分区") for type_ in FIVE
    ]


def test_types_in_clauses_of_their_own() -> None:
    """生态保护区面积…，占…；生态控制区面积…: each type with its area; fewer than three divide nothing."""
    words = "生态保护区面积120平方公里，占市域的三成；生态控制区面积90平方公里；农田保护区面积80平方公里。"
    assert [(zone.type, zone.values[0].value) for zone in zones("长治市", words)] == [
        ("生态保护区", "120"),
        ("生态控制区", "90"),
        ("农田保护区", "80"),
    ]
    assert zones("长治市", "生态保护区面积120平方公里；生态控制区面积90平方公里。") == []


def test_areas_told_in_the_row_are_values() -> None:
    """生态保护区120平方公里: the area is the zone's."""
    first, *_ = zones("长治市", "市域划分生态保护区120平方公里、生态控制区90.5平方公里、农田保护区80平方公里。")
    assert [(value.value, value.unit, value.si and value.si.value) for value in first.values] == [
        ("120", "平方公里", "120000000")
    ]


@pytest.mark.parametrize(
    "words",
    [
        "乡村发展区细分为村庄建设区、一般农业区、林业发展区。",
        "在城镇发展区、乡村发展区和生态控制区内开展建设的，应办理手续。",
        "城镇开发边界内划分为城镇集中建设区、城镇弹性发展区和特别用途区。",
    ],
)
def test_what_divides_no_whole_area(words: str) -> None:
    """A zone divided again and zones that a rule speaks of are none of the whole area's."""
    assert zones("长治市", words) == []


@pytest.mark.parametrize(
    ("home", "words", "expected"),
    [
        ("长治市", "沁源县灵空山镇、韩洪乡按重点生态功能区细化，郭道镇按城市化地区细化。",
         [("灵空山镇", "重点生态功能区"), ("韩洪乡", "重点生态功能区"), ("郭道镇", "城市化地区")]),
        ("沁源县", "沁源县整体定位为重点生态功能区。", [("沁源县", "重点生态功能区")]),
        ("长治市", "沁县、武乡县两县定位为农产品主产区。", [("沁县", "农产品主产区"), ("武乡县", "农产品主产区")]),
        ("长治市", "列入重点生态功能区的有平顺县、黎城县。", [("平顺县", "重点生态功能区"), ("黎城县", "重点生态功能区")]),
        ("长治市", "重点生态功能区共2个县，分别为平顺县、黎城县。", [("平顺县", "重点生态功能区"), ("黎城县", "重点生态功能区")]),
        ("沁源县", "1.城市化地区。包括沁河镇、郭道镇。2.农产品主产区。包括王和镇、法中乡。",
         [("沁河镇", "城市化地区"), ("郭道镇", "城市化地区"), ("王和镇", "农产品主产区"), ("法中乡", "农产品主产区")]),
        ("长治市", "农产品主产区：以屯留区、沁县为主，重点保障粮食安全。", [("屯留区", "农产品主产区"), ("沁县", "农产品主产区")]),
        ("长治市", "沁县按农产品主产区建设。", [("沁县", "农产品主产区")]),
        ("长治市", "国家级自然保护区：灵空山国家级自然保护区（沁源县）、太行山猕猴自然保护区（平顺县）。", []),
    ],
)  # fmt: skip
def test_units_are_given_types_in_many_ways(home: str, words: str, expected: list[tuple[str, str]]) -> None:
    """按…细化, 定位为, 列入…的有, 共2个县，分别为; a nature reserve is no zone of its county."""
    assert [(zone.unit.name, zone.type) for zone in zones(home, words)] == expected


def test_a_type_laid_over_another_is_an_overlay() -> None:
    """其中甲县叠加农产品主产区: the county keeps its type."""
    found = zones("宁夏回族自治区", "列入重点生态功能区的有海原县、西吉县，其中西吉县叠加农产品主产区。")
    assert [(zone.unit.name, zone.type, zone.overlays) for zone in found] == [
        ("海原县", "重点生态功能区", ()),
        ("西吉县", "重点生态功能区", ("农产品主产区",)),
    ]


def of_table(home: str, title: str, *rows: str) -> list[tuple[str, str]]:
    """(unit, type) of the zones that a table of a plan for `home` gives."""
    lexicon = load_lexicon()
    source = SourceFile(file="plan.docx", sha256="0" * 64, format="docx")
    region = lexicon.gazetteer.find(home)
    facts = PlanDocument(title="样例", kind="territorial_master_plan", source=source, region=region)
    found = find_zones(pair_document(home, table("表3-1", title, *rows)), Context.of(facts, lexicon))
    return [(one.unit.name, one.type) for one in found if isinstance(one, ZoneRequirement)]


def test_where_a_type_lies_is_no_unit() -> None:
    """A table that parts the area tells beside each type where it lies; the unit is the plan's own area."""
    rows = [
        "分区名称 | 面积（平方公里） | 分布与范围",
        "生态保护区 | 120 | 红线集中分布的山地林草区",
        "农田保护区 | 80 | 永久基本农田相对集中的地区",
        "城镇发展区 | 20 | 城镇开发边界内",
        "乡村发展区 | 300 | 一般农业地区",
    ]
    types = ["生态保护区", "农田保护区", "城镇发展区", "乡村发展区"]
    assert of_table("长治市", "市域规划一级分区", *rows) == [("长治市", type_) for type_ in types]


@pytest.mark.parametrize(
    ("home", "words", "expected"),
    [
        ("郴州市", "北湖区、永兴县落实城市化地区定位。", [("北湖区", "城市化地区"), ("永兴县", "城市化地区")]),
        ("郴州市", "北湖区、永兴县落实城市化地区政策。", []),
        ("泾县", "其余的汀溪乡、茂林镇列入重点生态功能区。", [("汀溪乡", "重点生态功能区"), ("茂林镇", "重点生态功能区")]),
        ("长治市", "县域北部划为水源涵养修复区，沁河干流两岸划为河谷环境修复区。",
         [("县域北部", "水源涵养修复区"), ("沁河干流两岸", "河谷环境修复区")]),
    ],
)  # fmt: skip
def test_units_that_settle_a_type_or_are_land(home: str, words: str, expected: list[tuple[str, str]]) -> None:
    """落实…定位 gives units their type; what lies in a zone of restoration may be land without a name of a region."""
    assert [(zone.unit.name, zone.type) for zone in zones(home, words)] == expected
