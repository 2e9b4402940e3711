"""Labels of a slogan explained in the many ways of provincial, city, county and town plans."""

from __future__ import annotations

import pytest
from makers_structures import document, elements, said, text

from chuandao.extract.slogans import find_slogans, quoted_labels
from chuandao.plan.document import Block, Cell, Table


def names(*lines: str) -> list[tuple[str | None, str]]:
    """Label and name of each element."""
    return [(label, name) for label, name, _ in said(document(*lines))]


@pytest.mark.parametrize(
    ("slogan", "labels"),
    [
        ("一源一屏、一城三镇、两轴联动", ["一源", "一屏", "一城", "三镇", "两轴"]),
        ("一楼三岛", ["一楼", "三岛"]),
        ("一枢纽群、三主轴、两走廊", ["一枢纽群", "三主轴", "两走廊"]),
        ("一坝群两河谷", ["一坝群", "两河谷"]),
        ("一主两副、沿湖沿江、东山西原", ["一主", "两副", "沿湖", "沿江", "东山", "西原"]),
        ("一湾引领、两翼提升、四极辐射、全域美丽", ["一湾", "两翼", "四极"]),
        ("一河串珠、双山为骨", ["一河", "珠", "双山"]),
        ("一城两镇、三产业带", ["一城", "两镇", "三产业带"]),
    ],
)
def test_slogans_in_quotation_marks_may_count_anything(slogan: str, labels: list[str]) -> None:
    """What a quoted slogan counts is its label, known word or not."""
    assert [label.text for label in quoted_labels(slogan)] == labels
    assert [one.text for one in find_slogans(f"构建“{slogan}”的空间格局")] == [slogan]


@pytest.mark.parametrize(
    "motto", ["一户一宅", "一老一小", "两不愁三保障", "五级三类四体系", "一江一策", "一带一路", "三线一单", "统一规划"]
)
def test_mottos_are_no_slogans(motto: str) -> None:
    """What counts no places is none, even beside a word like 格局."""
    assert find_slogans(f"构建“{motto}”的格局") == ()


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["筑牢“一江两山”的格局。一江，即青江岸线生态带；两山，甲—乙山脉屏护西部，丙岭山脉横亘南缘。"],
            [("一江", "青江岸线生态带"), ("两山", "甲—乙山脉"), ("两山", "丙岭山脉")],
        ),
        (
            ["构建“一核三带”的格局。沿甲乙、丙丁、戊己三条通道形成“三带”，其中甲乙经济带北起丙市，丙丁经济带贯穿丁市，戊己经济带联系戊市。"],
            [("三带", "甲乙经济带"), ("三带", "丙丁经济带"), ("三带", "戊己经济带")],
        ),
        (
            ["形成“一屏四廊多点”格局：（1）一屏，即云岭生态屏障，涉及甲、乙两乡镇；（2）四廊，即东溪、西溪、南溪、北溪四条水系生态廊道；（3）多点，即青山、白岩、云台、龙洞等生态节点。"],
            [("一屏", "云岭生态屏障")]
            + [("四廊", f"{river}溪生态廊道") for river in "东西南北"]
            + [("多点", spot) for spot in ("青山", "白岩", "云台", "龙洞")],
        ),
        (
            ["骨架由“一枢纽、两走廊”组成：①一枢纽：甲乙综合枢纽；②两走廊：丙丁走廊和戊己走廊。"],
            [("一枢纽", "甲乙综合枢纽"), ("两走廊", "丙丁走廊"), ("两走廊", "戊己走廊")],
        ),
        (
            ["构建“两区一廊”的格局，其中两区为甲东、甲南岩溶防治区和河谷水土保持区，一廊为青江生态廊道。"],
            [("两区", "甲东、甲南岩溶防治区"), ("两区", "河谷水土保持区"), ("一廊", "青江生态廊道")],
        ),
        (
            ["筑牢“一屏三廊”的格局。“三廊”即三大水系生态廊道，包括青江生态廊道、白河（云河）生态廊道、清溪生态廊道。"],
            [("三廊", "青江生态廊道"), ("三廊", "白河（云河）生态廊道"), ("三廊", "清溪生态廊道")],
        ),
        (
            ["构建“一心三带”的结构，三带为青江、白江、云江滨水绿带。"],
            [("三带", "青江滨水绿带"), ("三带", "白江滨水绿带"), ("三带", "云江滨水绿带")],
        ),
        (
            ["形成“一主两副多节点”的结构，“两副”即甲市、乙市两个省域副中心城市，“多节点”包括丙县、丁县、戊县等县城。"],
            [("两副", "甲市省域副中心城市"), ("两副", "乙市省域副中心城市")]
            + [("多节点", county) for county in ("丙县", "丁县", "戊县")],
        ),
        (
            ["规划形成“一主两副”的城镇结构，主中心为县城，副中心为青河镇、白水镇。"],
            [("一主", "县城"), ("两副", "青河镇"), ("两副", "白水镇")],
        ),
        (
            ["以县城为“一主”，以青河镇、白水镇为“两副”，构建“一主两副”城镇体系。"],
            [("一主", "县城"), ("两副", "青河镇"), ("两副", "白水镇")],
        ),
        (
            ["“一核”（中心城区）、“两轴”（青江发展轴、白河发展轴）共同构成“一核两轴”的空间格局。"],
            [("一核", "中心城区"), ("两轴", "青江发展轴"), ("两轴", "白河发展轴")],
        ),
        (
            ["空间上形成“一主一副”格局，其中主城区为“一主”，滨海新城为“一副”。"],
            [("一主", "主城区"), ("一副", "滨海新城")],
        ),
        (
            ["以青山、白山等山体为屏障，以青河、白河为廊道，构筑“两屏两廊”生态安全格局。"],
            [("两屏", "青山"), ("两屏", "白山"), ("两廊", "青河"), ("两廊", "白河")],
        ),
        (
            ["构筑“一港一场两走廊”格局，以青江港、云山机场为枢纽，甲乙走廊横贯市域，丙丁走廊纵穿南北。"],
            [("一港", "青江港"), ("一场", "云山机场"), ("两走廊", "甲乙走廊"), ("两走廊", "丙丁走廊")],
        ),
        (
            ["形成“一湾引领、四极辐射、全域美丽”的格局。一湾引领，即青湾高质量发展湾区；四极辐射，即甲、乙、丙、丁四大都市区。"],
            [("一湾", "青湾高质量发展湾区")] + [("四极", f"{city}都市区") for city in "甲乙丙丁"],
        ),
        (
            ["由青江生态廊道、白河生态廊道、云山生态屏障共同构成“两廊一屏”的生态格局。"],
            [("两廊", "青江生态廊道"), ("两廊", "白河生态廊道"), ("一屏", "云山生态屏障")],
        ),
        (
            ["生态空间：“两山一湖”。两山为青山山脉和白山山脉，一湖指东湖。"],
            [("两山", "青山山脉"), ("两山", "白山山脉"), ("一湖", "东湖")],
        ),
        (
            ["构建“一轴四区”的格局。“四区”包括北部渔业区，中部港口区，南部旅游区，外海保护区。"],
            [("四区", f"{area}区") for area in ("北部渔业", "中部港口", "南部旅游", "外海保护")],
        ),
        (
            ["构建“一轴两片”的结构，一轴为南北向的青江城镇发展轴，两片为东部文旅片和西部农业片。"],
            [("一轴", "青江城镇发展轴"), ("两片", "东部文旅片"), ("两片", "西部农业片")],
        ),
        (
            ["构建“一屏两带”的格局。", "#第三章 总体格局", "##1.一屏", "北部山地生态屏障，由青山、白山组成。", "##2.两带", "青河生态带和白河生态带。"],
            [("一屏", "北部山地生态屏障"), ("两带", "青河生态带"), ("两带", "白河生态带")],
        ),
        (
            ["构建“一核两带”的格局。", "##（一）一核：中心城区综合服务核", "推动中心城区提质。"],
            [("一核", "中心城区综合服务核")],
        ),
        (
            ["【专栏2 农业格局】全县农业呈“一原两盆”格局。“一原”，环湖平原粮油区。“两盆”，甲盆地旱粮区和乙盆地茶果区。"],
            [("一原", "环湖平原粮油区"), ("两盆", "甲盆地旱粮区"), ("两盆", "乙盆地茶果区")],
        ),
        (
            ["构建“一核+两带”的空间格局。一核为县城，两带为沿江发展带、沿山生态带。"],
            [("一核", "县城"), ("两带", "沿江发展带"), ("两带", "沿山生态带")],
        ),
        (
            ["构建“1核2轴”空间结构，1核为中心城区，2轴为青江轴、白河轴。"],
            [("1核", "中心城区"), ("2轴", "青江轴"), ("2轴", "白河轴")],
        ),
        (
            ["形成“两山夹一川、一水串多城”的空间格局。两山为北山和南山；一川为青河川道。"],
            [("两山", "北山"), ("两山", "南山"), ("一川", "青河川道")],
        ),
        (
            ["构建“一心两轴三区”的结构，以镇区为中心，以省道、青溪为发展轴，划分东部茶旅、中部综合、西部生态三区。"],
            [("一心", "镇区"), ("两轴", "省道"), ("两轴", "青溪")]
            + [("三区", f"{area}区") for area in ("东部茶旅", "中部综合", "西部生态")],
        ),
        (
            ["构建“一区两群”的格局。主城都市区为“一区”，甲山城镇群、乙山城镇群为“两群”。"],
            [("一区", "主城都市区"), ("两群", "甲山城镇群"), ("两群", "乙山城镇群")],
        ),
        (
            ["构建“一核引领、两翼协同”的格局。", "一核引领。中心城区都市发展核。", "——两翼协同。东部产业翼、西部文旅翼。"],
            [("一核", "中心城区都市发展核"), ("两翼", "东部产业翼"), ("两翼", "西部文旅翼")],
        ),
        (
            ["构建“主城区—新城—新市镇—乡村”的城乡体系。新城包括甲城、乙城、丙城三个新城。"],
            [("新城", "甲城"), ("新城", "乙城"), ("新城", "丙城")],
        ),
    ],
)  # fmt: skip
def test_ways_to_explain_a_label(lines: list[str], expected: list[tuple[str, str]]) -> None:
    """Each way gives the elements with their labels, and nothing else."""
    assert names(*lines) == expected


@pytest.mark.parametrize(
    "lines",
    [
        ["构建“一核两翼”的格局。", "一核引领。提升综合服务能级，增强辐射带动作用。"],
        ["构建“一核两翼”的格局。", "两翼协同：东翼加快发展临港产业，西翼保护生态。"],
        ["构建“一心九城”的格局，九城为其余县城。"],
        ["“十四五”期间统筹“三生”空间，做好“三区三线”划定，实施“一河一策”。"],
        ["上一轮规划形成“一心两轴”结构，一心为老城，两轴为解放路、人民路。"],
        ["构建“一轴多园”的网络，多园即各类公园。"],
        ["生态空间呈“一河串珠、双山为骨”之势。"],
    ],
)
def test_what_explains_no_label(lines: list[str]) -> None:
    """Aims, what is left over and other mottos name no element."""
    assert names(*lines) == []


def test_an_aim_may_name_the_core_that_it_is_for() -> None:
    """一核：强化中心城区的…能力 is of 中心城区; 加快建设甲发展轴和乙发展轴 names both."""
    found = names(
        "构建“一核两轴”空间结构。", "一核：强化中心城区的辐射带动能力。", "两轴：加快建设沿江发展轴和沿海发展轴。"
    )
    assert found == [("一核", "中心城区"), ("两轴", "沿江发展轴"), ("两轴", "沿海发展轴")]


def test_towns_named_together_stay_one_element() -> None:
    """甲、乙两个省域副中心城市 of 两极, 甲、乙等重点镇 of 多点: the plan counts a kind that no single name takes."""
    found = names("构建“两极多点”的城镇格局，“两极”指甲市、乙市两个区域中心城市，“多点”指丙镇、丁镇、戊镇等重点镇。")
    assert found == [("两极", "甲市、乙市两个区域中心城市"), ("多点", "丙镇、丁镇、戊镇等重点镇")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("“一轴”为串联甲镇、乙镇、丙镇的山海发展轴。", {"山海发展轴": ("甲镇", "乙镇", "丙镇")}),
        ("“两带”为青江带和白江带，后者自甲镇、乙镇经丙镇延伸至丁镇。", {"青江带": (), "白江带": ("甲镇", "乙镇", "丙镇", "丁镇")}),
        ("“一园”为现代农业园，以甲镇、乙镇、丙镇为核心区。", {"现代农业园": ("甲镇", "乙镇", "丙镇")}),
        ("“两带”为青江带和云岭北麓白江带，其中北麓白江带涉及甲镇、乙镇两乡镇。", {"青江带": (), "云岭北麓白江带": ("甲镇", "乙镇")}),
    ],
)  # fmt: skip
def test_parts_of_elements(line: str, expected: dict[str, tuple[str, ...]]) -> None:
    """What an element links, where it runs and what it is made of are its components."""
    found = elements(document("构建“一轴两带一园”的空间格局。", line))
    assert {one.name: one.components for one in found} == expected


def test_farming_areas_are_patches() -> None:
    """The 区 of a farming pattern are patches, those that part a plan's area are not."""
    found = elements(
        document(
            "形成“两区一带”的农业格局，两区为甲粮食主产区和乙茶果区。",
            "构建“三区协同”“一核三区”的格局，三区为东部集聚区、中部转型区、西部绿色区。",
        )
    )
    assert {one.name: one.element for one in found} == {
        "甲粮食主产区": "patch",
        "乙茶果区": "patch",
        "东部集聚区": "other",
        "中部转型区": "other",
        "西部绿色区": "other",
    }


def table(*rows: tuple[str, str]) -> Block:
    """A table of two columns after the text."""
    grid = tuple(
        tuple(Cell(text(words, 50 + number), number, column) for column, words in enumerate(row))
        for number, row in enumerate(rows)
    )
    section = ("第三章 总体格局",)
    return Block(9, "table", text("", 9), section=section, table=Table(1, grid, label="表3-1", section=section))


def test_a_table_may_explain_labels_as_text_does() -> None:
    """结构 | 内容: the cell beside a label is a name, a list or a list with what all share."""
    found = document(
        "构建“一核两轴三廊”的空间格局（见表3-1）。",
        more=(
            table(
                ("结构", "内容"),
                ("一核", "中心城区综合服务核"),
                ("两轴", "青江发展轴、白河发展轴"),
                ("三廊", "东溪、西溪、南溪三条生态廊道"),
            ),
        ),
    )
    assert [(label, name) for label, name, _ in said(found)] == [
        ("一核", "中心城区综合服务核"),
        ("两轴", "青江发展轴"),
        ("两轴", "白河发展轴"),
        ("三廊", "东溪生态廊道"),
        ("三廊", "西溪生态廊道"),
        ("三廊", "南溪生态廊道"),
    ]


def test_a_name_cell_may_list_the_elements_of_its_label() -> None:
    """结构要素 | 要素名称: several names in one cell are several elements."""
    found = document(
        "构建“一屏两廊”的生态格局。",
        more=(table(("结构要素", "要素名称"), ("一屏", "云岭生态屏障"), ("两廊", "青江生态廊道、白河生态廊道")),),
    )
    assert [name for _, name, _ in said(found)] == ["云岭生态屏障", "青江生态廊道", "白河生态廊道"]
