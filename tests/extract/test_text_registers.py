"""Registers in running text: graded kinds, things called alike, places in brackets or told apart, single entries."""

from __future__ import annotations

import pytest
from makers_structures import document

from chuandao.extract.context import Context
from chuandao.extract.inline_lists import inline_entries
from chuandao.plan.lexicon import load_lexicon
from chuandao.plan.plan import PlanDocument, SourceFile
from chuandao.plan.requirement import ListRequirement


def entries(home: str, words: str) -> list[ListRequirement]:
    """The entries of a paragraph of a plan for `home`."""
    lexicon = load_lexicon()
    source = SourceFile(file="plan.docx", sha256="0" * 64, format="docx")
    region = lexicon.gazetteer.find(home)
    facts = PlanDocument(title="样例", kind="territorial_master_plan", source=source, region=region)
    return inline_entries(document("##第三节 名录", words), Context.of(facts, lexicon))


@pytest.mark.parametrize(
    ("home", "words", "expected"),
    [
        ("吉林省", "全省重点建设的边境口岸为：珲春公路口岸、圈河口岸、图们口岸。",
         [("边境口岸", "珲春公路口岸"), ("边境口岸", "圈河口岸"), ("边境口岸", "图们口岸")]),
        ("固原市", "特色农业基地布局如下：固原冷凉蔬菜基地、西吉马铃薯良种基地。",
         [("特色农业基地", "固原冷凉蔬菜基地"), ("特色农业基地", "西吉马铃薯良种基地")]),
        ("吉林省", "国家历史文化名城为长春市、吉林市，省级历史文化名城有和龙市、敦化市。",
         [("国家历史文化名城", "长春市"), ("国家历史文化名城", "吉林市"), ("省级历史文化名城", "和龙市"), ("省级历史文化名城", "敦化市")]),
        ("吉林省", "中国历史文化名村包括图们市月晴镇白龙村、龙井市智新镇明东村。",
         [("中国历史文化名村", "图们市月晴镇白龙村"), ("中国历史文化名村", "龙井市智新镇明东村")]),
        ("长治市", "划定3处重要湿地，包括浊漳河湿地、沁河源湿地、千泉湖湿地。",
         [("重要湿地", "浊漳河湿地"), ("重要湿地", "沁河源湿地"), ("重要湿地", "千泉湖湿地")]),
        ("长治市", "重要水源地为漳泽水库、后湾水库、辛安泉。",
         [("重要水源地", "漳泽水库"), ("重要水源地", "后湾水库"), ("重要水源地", "辛安泉")]),
        ("延边朝鲜族自治州", "州域省级历史文化名城1座，为和龙市；敦化市为州级历史文化名城。",
         [("省级历史文化名城", "和龙市"), ("州级历史文化名城", "敦化市")]),
        ("固原市", "省级自然公园有火石寨丹霞地貌自然公园（西吉县），其余见附表3。", [("省级自然公园", "火石寨丹霞地貌自然公园")]),
    ],
)  # fmt: skip
def test_registers_in_running_text(home: str, words: str, expected: list[tuple[str, str]]) -> None:
    """Register and name of each entry; villages keep their town and county."""
    assert sorted((entry.register_.name, entry.name) for entry in entries(home, words)) == sorted(expected)


@pytest.mark.parametrize(
    "words",
    [
        "长治市是国家历史文化名城。",
        "全市有省级文物保护单位73处。",
        "建设用地布局如下：商业用地、工业用地。",
        "生态廊道包括沁河廊道、漳河廊道。",
        "历史文化名村有保护规划的按规划执行。",
        "划定4处重要湿地，包括浊漳河湿地、沁河源湿地、千泉湖湿地。",
        "国家级自然保护区为禁止开发区域。",
    ],
)
def test_what_is_no_register(words: str) -> None:
    """What the plan's own area is, counts, kinds of land, structures and rules list no entries."""
    assert entries("长治市", words) == []


def test_a_bracket_tells_where_an_entry_lies() -> None:
    """甲自然保护区（乙市、丙市）: the bracket is no part of the name; one inside the name is."""
    first, second = entries(
        "宁夏回族自治区",
        "自治区级以上自然保护区名录：宁夏贺兰山国家级自然保护区（银川市、石嘴山市）、宁夏党家岔（震湖）自治区级自然保护区（固原市）。",
    )
    assert (first.name, [region.name for region in first.binds]) == (
        "宁夏贺兰山国家级自然保护区",
        ["银川市", "石嘴山市"],
    )
    assert (second.name, second.fields.units) == ("宁夏党家岔（震湖）自治区级自然保护区", "固原市")


def test_entries_told_by_where_they_lie() -> None:
    """全国重点文物保护单位中，甲、乙位于丙市，丁位于戊市: each entry is bound where it lies."""
    found = entries(
        "宁夏回族自治区", "全国重点文物保护单位中，须弥山石窟、战国秦长城（固原段）位于固原市，水洞沟遗址位于灵武市。"
    )
    assert [(entry.name, entry.binds[0].name, entry.fields.grade) for entry in found] == [
        ("须弥山石窟", "固原市", "国家级"),
        ("战国秦长城（固原段）", "固原市", "国家级"),
        ("水洞沟遗址", "灵武市", "国家级"),
    ]


def test_grades_before_names_are_no_part_of_them() -> None:
    """历史文化名城：国家级潞州、上党."""
    assert [entry.name for entry in entries("长治市", "历史文化名城：国家级潞州、上党。")] == ["潞州", "上党"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("青石村、白沙村、朗山村列入传统村落重点保护名单。", ["青石村", "白沙村", "朗山村"]),
        ("青石村、白沙村按传统村落重点保护。", ["青石村", "白沙村"]),
        ("东山古道、红军长征南线列入文化线路。", ["东山古道", "红军长征南线"]),
        (
            "全市遴选市级青檀保护小区，包括小岭青檀保护小区、汀溪青檀保护小区。",
            ["小岭青檀保护小区", "汀溪青檀保护小区"],
        ),
        ("青石村、白沙村按规划要求实施。", []),
    ],
)
def test_entries_before_the_register_that_they_are_put_on(words: str, expected: list[str]) -> None:
    """列入…名单, 按…重点保护 after the names; a comma before 包括."""
    assert [entry.name for entry in entries("桂林市", words)] == expected
