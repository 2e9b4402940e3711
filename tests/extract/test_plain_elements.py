"""Structure elements that belong to no slogan, and elements of a slogan told in a plan's own words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from makers_structures import document, elements, said

from chuandao.extract.context import Context
from chuandao.extract.plain_elements import plain_elements, without_stations
from chuandao.extract.structures import find_structures, structure_passages
from chuandao.plan.lexicon import load_lexicon
from chuandao.plan.plan import PlanDocument, SourceFile


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("打造京青电子信息产业走廊和沪青先进制造业走廊。", ["京青电子信息产业走廊", "沪青先进制造业走廊"]),
        ("沿甲县—中心城区—乙县一线形成青江城镇发展轴，接续全省发展轴。", ["青江城镇发展轴"]),
        ("建设青江、白河、云江等水系生态廊道，打通黑熊栖息地廊道。", ["青江生态廊道", "白河生态廊道", "云江生态廊道", "黑熊栖息地廊道"]),
        ("沿青河贯通甲镇至乙镇的绿色河谷生态走廊，串联湿地与村镇。", ["绿色河谷生态走廊"]),
        ("甲市、乙市为省域副中心城市。", ["甲市", "乙市"]),
        ("市域副中心：甲县、乙县。", ["甲县", "乙县"]),
    ],
)  # fmt: skip
def test_elements_without_a_slogan(words: str, expected: list[str]) -> None:
    """What is built by a name of its own is an element, each item of a list by itself; towns given a part are too."""
    assert [element.name for element in plain_elements(words, ("第九条 空间格局",))] == expected


@pytest.mark.parametrize(
    "words",
    [
        "建设生态廊道。",
        "高风险县应建设宽度不小于20米的生物防火林带。",
        "构建两条通风廊道。",
        "培育甲、乙、丙三大都市圈。",
        "甲县、乙县建设优质苹果产业带。",
        "共建甲乙产业合作走廊。",
    ],
)
def test_what_is_no_element_of_a_structure(words: str) -> None:
    """Kinds without a name, belts of trees, counts and what others build are no elements."""
    assert plain_elements(words, ("第九条 产业空间",)) == []


def test_corridors_under_outward_headings_are_left_out() -> None:
    """融入区域发展格局: what is built there lies beyond the plan's area."""
    assert plain_elements("打造甲乙科技走廊。", ("第三条 融入区域发展格局",)) == []


def test_farming_areas_count_where_the_heading_says_so() -> None:
    """建设某某产区 is an element under 农业格局 only."""
    words = "在甲县、乙县建设环湖优质稻产区，恢复撂荒田。"
    (area,) = plain_elements(words, ("第十一条 农业格局",))
    assert (area.name, area.components) == ("环湖优质稻产区", ("甲县", "乙县"))
    assert plain_elements(words, ("第二十条 粮食安全",)) == []


def test_clauses_with_plain_elements_may_be_rules_too() -> None:
    """A clause that builds an element of no slogan is not taken from the rules."""
    found = document("打造翠湖休闲走廊，沿线布局酒店。")
    assert said(found) == [("翠湖休闲走廊", "翠湖休闲走廊", "corridor")]
    assert structure_passages(found) == {}


@pytest.mark.parametrize(
    ("slogan", "words", "expected"),
    [
        ("一主两副", "一主为承担省域区域中心职能的甲市中心城区，两副为乙县、丙县城区。", ["甲市中心城区", "乙县、丙县城区"]),
        ("一核多点", "多点为其他设区市中心城区和人口大县县城。", ["其他设区市中心城区和人口大县县城"]),
        ("一主一轴", "沿甲乙高铁打造横贯市域的甲乙丙城镇发展主轴，串联甲县。", ["甲乙丙城镇发展主轴"]),
        ("一湖两江", "从甲镇到乙镇串起青江绿色生态走廊。", ["青江绿色生态走廊"]),
        ("一湖两江", "修复甲县白江、乙县云江至丙县城的白河水系生态带。", ["白河水系生态带"]),
        ("一群一带", "依托甲、乙湿地加快发展云江湿地观光集群。", ["云江湿地观光集群"]),
    ],
)  # fmt: skip
def test_elements_in_the_plan_s_own_words(slogan: str, words: str, expected: list[str]) -> None:
    """What tells an element before its name is left out; two towns called once and groups without a name stay one."""
    assert [one.name for one in elements(document(f"构建“{slogan}”的市域空间格局。", words))] == expected


def test_only_rivers_are_elements_of_a_river_label() -> None:
    """两江 has no 东部旅游走廊; that is an element of its own."""
    found = document("构建“一湖两江”的市域空间格局。", "打造东部生态旅游走廊。")
    assert said(found) == [("东部生态旅游走廊", "东部生态旅游走廊", "corridor")]


def test_stations_before_a_name_are_its_parts() -> None:
    """上饶市: 铅山—广丰—玉山东部生态旅游走廊 is called 东部生态旅游走廊; a name that is only its stations stays whole."""
    source = SourceFile(file="plan.docx", sha256="0" * 64, format="docx")
    facts = PlanDocument(title="上饶市国土空间总体规划", kind="territorial_master_plan", source=source)
    lexicon = load_lexicon()
    region = lexicon.gazetteer.find("上饶市")
    context = replace(Context.of(facts, lexicon), region=region)
    route, whole = (
        without_stations(plain_elements(words, ())[0], context)
        for words in ("打造铅山—广丰—玉山东部生态旅游走廊。", "打造铅山—广丰—玉山走廊。")
    )
    assert (route.name, route.components) == ("东部生态旅游走廊", ("铅山", "广丰", "玉山"))
    assert whole.name == "铅山—广丰—玉山走廊"


@pytest.mark.parametrize(
    ("words", "title", "expected"),
    [
        ("农业生产以甲河平原黑土粮食核心区为主体，东部山地林药区、西部旱作杂粮区和沿海水产养殖区相互支撑。", "农业格局",
         [("甲河平原黑土粮食核心区", "core"), ("东部山地林药区", "patch"), ("西部旱作杂粮区", "patch"), ("沿海水产养殖区", "patch")]),
        ("农业生产布局上，甲丘陵粮油主产区、乙库区柑橘产业带和丙山高山特色农业区相互支撑。", "空间",
         [("甲丘陵粮油主产区", "patch"), ("乙库区柑橘产业带", "belt"), ("丙山高山特色农业区", "patch")]),
        ("甲县、乙县建设山地林药和板栗产区，甲市沿海建设贝虾养殖区，西部平原为稻菜产区。", "农业生产",
         [("山地林药和板栗产区", "patch"), ("甲市沿海贝虾养殖区", "patch"), ("西部平原稻菜产区", "patch")]),
        ("海拔800米以上的乡镇连成甲山高山特色农业片，沿江低处则是乙江河谷柑橘林果带。", "农业格局",
         [("甲山高山特色农业片", "patch"), ("乙江河谷柑橘林果带", "belt")]),
        ("全省以甲乙综合运输通道为主轴，以丙丁通道和戊己滨海通道为两翼。", "综合交通",
         [("甲乙综合运输通道", "axis"), ("丙丁通道", "axis"), ("戊己滨海通道", "axis")]),
        ("构建甲乙综合运输通道、丙丁通道、戊己滨海通道。", "综合交通",
         [("甲乙综合运输通道", "axis"), ("丙丁通道", "axis"), ("戊己滨海通道", "axis")]),
        ("依托甲乙通道与丙丁通道两条对外骨架，联系戊市。", "通道", [("甲乙通道", "axis"), ("丙丁通道", "axis")]),
        ("沿青江、白江、云江构建三条生态廊道。", "生态格局", [(f"{river}江生态廊道", "corridor") for river in "青白云"]),
        ("构筑甲山、乙岭等生态屏障。", "生态格局", [("甲山生态屏障", "barrier"), ("乙岭生态屏障", "barrier")]),
        ("形成由甲山生态屏障、乙岭生态屏障和青江生态廊道组成的生态安全格局。", "生态空间",
         [("甲山生态屏障", "barrier"), ("乙岭生态屏障", "barrier"), ("青江生态廊道", "corridor")]),
        ("打造青江文化带、白江文化带以及云江文化走廊等魅力空间。", "历史文化",
         [("青江文化带", "belt"), ("白江文化带", "belt"), ("云江文化走廊", "corridor")]),
        ("加快建设甲乙、丙丁、戊己等国家综合运输通道。", "综合交通",
         [("甲乙综合运输通道", "axis"), ("丙丁综合运输通道", "axis"), ("戊己综合运输通道", "axis")]),
        ("构建甲乙、丙丁、戊己三大综合运输通道。", "综合交通",
         [("甲乙综合运输通道", "axis"), ("丙丁综合运输通道", "axis"), ("戊己综合运输通道", "axis")]),
        ("形成沿江综合运输通道、甲乙通道为骨架的交通网，强化丙丁通道、戊己通道等对外通道能力。", "综合交通",
         [("沿江综合运输通道", "axis"), ("甲乙通道", "axis"), ("丙丁通道", "axis"), ("戊己通道", "axis")]),
        ("构建甲平原粮棉油产区、乙岗地粮食产区、丙山区特色农业区的农业生产格局。", "农业空间",
         [("甲平原粮棉油产区", "patch"), ("乙岗地粮食产区", "patch"), ("丙山区特色农业区", "patch")]),
        ("农业生产形成甲平原粮油区、乙山地林药区两大区域。", "农业生产布局", [("甲平原粮油区", "patch"), ("乙山地林药区", "patch")]),
        ("甲平原粮油区重点发展优质稻，乙山地林药区主要发展茶叶和药材。", "农业格局",
         [("甲平原粮油区", "patch"), ("乙山地林药区", "patch")]),
        ("构建以青江、白江、云江为主的水系生态廊道。", "生态空间", [(f"{river}江生态廊道", "corridor") for river in "青白云"]),
        ("连通青江、白江、云江等河流生态廊道。", "生态空间", [(f"{river}江生态廊道", "corridor") for river in "青白云"]),
        ("青江文化走廊串起甲、乙、丙的古镇与盐道。", "历史文化", [("青江文化走廊", "corridor")]),
        ("以甲、乙为节点，串起青江盐道文化走廊，接续丙县。", "历史文化", [("青江盐道文化走廊", "corridor")]),
        ("沿甲乙高铁、丙丁高速串联成甲乙城镇发展轴。", "城镇空间", [("甲乙城镇发展轴", "axis")]),
    ],
)  # fmt: skip
def test_elements_told_in_a_row(words: str, title: str, expected: list[tuple[str, str]]) -> None:
    """Areas of farming, channels and corridors in rows are elements, each with its kind; the land they lie on is part of a
    short name."""
    assert [(one.name, one.kind) for one in plain_elements(words, (title,))] == expected


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("以粮食主产区为重点，蔬菜产区、水产养殖区协同发展。", "农业格局"),
        ("甲县、乙县建设水稻制种和粮油产业带。", "农业空间"),
        ("甲县、乙县为农产品主产区，丙县建设国家农业示范区。", "农业格局"),
        ("甲丘陵粮油主产区、乙库区柑橘产业带相互支撑。", "历史文化"),
        ("以铁路通道和公路通道为骨架，构建综合运输通道、物流通道。", "综合交通"),
        ("建设甲河洄游通道、乙山生态通道。", "综合交通"),
        ("打通至甲市、乙市的铁路通道和公路通道，完善铁路、公路等对外通道。", "综合交通"),
        ("构建甲乙、丙丁、戊己两大综合运输通道。", "综合交通"),
        ("构建完整的水系生态廊道，粮食生产功能区重点发展优质稻。", "农业格局"),
        ("推动甲古道、乙公路整体保护，串联成甲文化走廊。", "历史文化"),
    ],
)
def test_rows_that_name_no_element(words: str, title: str) -> None:
    """Mere kinds, zone types, what places are told to grow, ways of animals and what is only to become of heritage are
    none; nor are areas of farming elsewhere than under farming."""
    assert plain_elements(words, (title,)) == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["#城镇格局", "形成以沈阳、大连为双核，锦州、丹东等为区域中心，县城和重点镇为支点的城镇体系。"],
         [("双核", "沈阳", "core"), ("双核", "大连", "core"), ("区域中心", "锦州", "node"), ("区域中心", "丹东", "node")]),
        (["#城镇空间", "辽东以丹东市城区为区域中心，宽甸县城、桓仁县城为重要支点。"],
         [("区域中心", "丹东市城区", "node"), ("重要支点", "宽甸县城", "node"), ("重要支点", "桓仁县城", "node")]),
        (["#城镇体系", "将沈阳打造为国家中心城市，培育锦州、丹东等区域中心城市。"],
         [("国家中心城市", "沈阳", "core"), ("区域中心城市", "锦州", "node"), ("区域中心城市", "丹东", "node")]),
        (["#城镇体系", "支持锦州、丹东建设省域副中心城市。"], [("省域副中心城市", "锦州", "node"), ("省域副中心城市", "丹东", "node")]),
        (["#城镇空间", "以科技为核心，港口、产业为支点，县城为节点。"], []),
        (["#城镇空间", "以成都、重庆为双核。"], []),
        (["#产业空间", "以沈阳、大连为双核，布局装备制造业。"], []),
        (["#城镇空间", "形成“一主两副”的城镇格局。", "一主为沈阳市。", "以大连、丹东为支点。"], [("一主", "沈阳市", "core")]),
    ],
)  # fmt: skip
def test_towns_that_a_clause_gives_roles_to(lines: list[str], expected: list[tuple[str, str, str]]) -> None:
    """Under the system of towns a town of the plan's area is an element of its role, unless a slogan counts the towns."""
    lexicon = load_lexicon()
    source = SourceFile(file="plan.docx", sha256="0" * 64, format="docx")
    facts = PlanDocument(title="辽宁省国土空间规划", kind="territorial_master_plan", source=source)
    context = replace(Context.of(facts, lexicon), region=lexicon.gazetteer.find("辽宁省"))
    found = find_structures(document(*lines), context)
    assert [(one.label, one.name, one.element) for one in found] == expected


def test_parts_of_an_element_told_in_a_later_segment() -> None:
    """其中某某区涵盖…, 某某通道串联…: what is linked are the parts of the element named before."""
    told = "以甲乙综合运输通道为主轴，以丙丁滨海通道为两翼，丙丁滨海通道串联子县、丑县、寅县等地。"
    assert [(one.name, one.components) for one in elements(document("#综合交通", told))] == [
        ("甲乙综合运输通道", ()),
        ("丙丁滨海通道", ("子县", "丑县", "寅县")),
    ]
