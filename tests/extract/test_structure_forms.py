"""Forms in which plans tell the elements of their structures: where they lie, in counted rows, by numbers, a part at a time."""

from __future__ import annotations

import pytest
from makers_structures import document, elements, said


def names(*lines: str) -> list[str]:
    return [one.name for one in elements(document("##第二节 空间格局", *lines))]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "筑牢“三屏”生态格局。“三屏”分别为横亘甲县、乙县、丙县三县的北山水源涵养屏障，市域西部的云岭生物多样性屏障，以及绵延于南缘的青山水土保持屏障。",
            ["北山水源涵养屏障", "云岭生物多样性屏障", "青山水土保持屏障"],
        ),
        (
            "构建“一屏一带”格局。一屏是位于市域北部的阴岭生态屏障；一带是横贯市域东西的青河生态带。",
            ["阴岭生态屏障", "青河生态带"],
        ),
        (
            "构建“两区一带”格局。两区为以甲县、乙县为主体的北部旱作农业与生态修复区和东部生态保育区，一带为青河生态带。",
            ["北部旱作农业与生态修复区", "东部生态保育区", "青河生态带"],
        ),
    ],
)
def test_where_an_element_lies_is_no_part_of_its_name(words: str, expected: list[str]) -> None:
    """横亘甲、乙、丙三县的, 市域西部的, 绵延于南缘的, 以甲、乙为主体的 before a name."""
    assert names(words) == expected


def test_places_told_before_a_name_are_its_parts() -> None:
    """横亘甲县、乙县、丙县三县的某某屏障 is made up of the three counties."""
    first, second = elements(
        document(
            "##第二节 空间格局", "构建“两屏多廊”格局，两屏指横亘甲县、乙县、丙县三县的北山屏障和市域西部的云岭屏障。"
        )
    )
    assert (first.components, second.components) == (("甲县", "乙县", "丙县"), ())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("构建“三河多廊”格局，三河为青河、白河、云河三条干流水系。", ["青河", "白河", "云河"]),
        ("构建“三区两带”格局，三区自西向东依次为西部林果区、中部粮食区、东部蔬菜区。", ["西部林果区", "中部粮食区", "东部蔬菜区"]),
        ("构建“一主多点”格局，多点为石桥、柳林、大河等重点镇。", ["石桥", "柳林", "大河"]),
        ("构建“两廊一核”格局：两廊为青江生态廊道、二道白河生态廊道。", ["青江生态廊道", "二道白河生态廊道"]),
        ("构建“两轴一核”格局，两轴为青云发展轴（甲州段）和山水旅游轴。", ["青云发展轴（甲州段）", "山水旅游轴"]),
        ("构建“四屏五廊”格局，五廊：以滦河、潮河、永河、大河、清河为主的河流生态廊道。",
         ["滦河生态廊道", "潮河生态廊道", "永河生态廊道", "大河生态廊道", "清河生态廊道"]),
        ("构建“一群两带”格局，一群指以江城为核心，由甲市、乙市组成的江北城市群。", ["江北城市群"]),
        ("构建“三带一心”格局，三带：以沿海、沿河、沿路三条发展带串联城乡。", ["沿海发展带", "沿河发展带", "沿路发展带"]),
        ("农业空间分为“两区”，即北部粮食区和南部果蔬区。", ["北部粮食区", "南部果蔬区"]),
        ("文化空间以“一廊两带”串联：青河文化旅游廊、长城文化带、古道文化带。", ["青河文化旅游廊", "长城文化带", "古道文化带"]),
        ("构建“一屏四区”格局。四区中，生态部分为东部涵养区和西部修复区，农业部分为北部粮食区。四区另包括南部果蔬区。",
         ["东部涵养区", "西部修复区", "北部粮食区", "南部果蔬区"]),
        ("构建“两山夹一川、多廊连城乡”的生态格局，两山为北山山系和南山山系。", ["北山山系", "南山山系"]),
        ("构建“两轴一心”结构，两轴是指沿长江大道形成的城市发展主轴和沿青山湖形成的山水景观轴。", ["城市发展主轴", "山水景观轴"]),
        ("形成“一核三廊”网络。一核：指青山绿核，面积约120公顷。三廊：指青河、白河、云河三条滨水生态廊道。",
         ["青山绿核", "青河滨水生态廊道", "白河滨水生态廊道", "云河滨水生态廊道"]),
        ("构建“一核一副、两横”格局：青州城区为一核，白水城区为一副，甲乙通道、丙丁通道为两横。", ["青州城区", "白水城区", "甲乙通道", "丙丁通道"]),
        ("构建“一主两轴”体系，“一主”为中心城区，以国道106线、省道205线为“两轴”。", ["中心城区", "国道106线", "省道205线"]),
        ("构建“一心三组团”结构，三组团分别为郴资、永宜、嘉禾组团。", ["郴资组团", "永宜组团", "嘉禾组团"]),
        ("形成“一核多景区”格局，一核为古镇文化核，多景区包括飞水寨、九龙江、濂溪书院等。", ["古镇文化核", "飞水寨", "九龙江", "濂溪书院"]),
        ("划定生态廊道2条：青河生态廊道、白水生态廊道。", ["青河生态廊道", "白水生态廊道"]),
        ("全域划为北部生态保育区、中部城镇集聚区、南部农旅融合区三大片区。", ["北部生态保育区", "中部城镇集聚区", "南部农旅融合区"]),
        ("构建“三库两河”格局，“三库”指东山、西坪和北沟水库。", ["东山水库", "西坪水库", "北沟水库"]),
        ("构建“三纵两横”公路网，三纵为京甲、京乙、京丙高速。", ["京甲高速", "京乙高速", "京丙高速"]),
        ("构建“一带引领、双城联动”格局。一带引领，是指沿河发展带；双城联动，是指主城区与滨河新城。", ["沿河发展带", "主城区", "滨河新城"]),
        ("形成“中心城区—重点镇—中心村”三级城乡体系，其中重点镇2个，分别为甲镇、乙镇。", ["甲镇", "乙镇"]),
        ("形成“1个中心城区、2个副中心、N个一般镇”的城镇等级结构。副中心为甲镇、乙镇。", ["甲镇", "乙镇"]),
        ("构建“两江三山”格局，两江生态廊道分别为青江生态廊道和白江生态廊道。", ["青江生态廊道", "白江生态廊道"]),
    ],
)  # fmt: skip
def test_labels_are_explained_in_many_ways(words: str, expected: list[str]) -> None:
    """Each element of a label under its own name, whatever words stand around it."""
    assert names(words) == expected


def test_headed_labels_with_verbs() -> None:
    """一核引领。强化…; 三带联动。建设…: what is built under a label that opens its paragraph."""
    lines = (
        "构建“一核三带”总体格局。",
        "一核引领。强化江城中心城区综合服务功能。",
        "（2）三带。即沿江发展带、沿海开放带、沿山生态带。",
    )
    assert names(*lines) == ["江城中心城区", "沿江发展带", "沿海开放带", "沿山生态带"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("州域划分为三大板块：北部草原畜牧板块、中部河谷城镇板块、南部森林文旅板块。",
         [("北部草原畜牧板块", "patch"), ("中部河谷城镇板块", "patch"), ("南部森林文旅板块", "patch")]),
        ("市域生态空间以云岭、青山为两大生态屏障，依托青江、白江形成两条水系廊道，以东湖、竹岛为重要生态节点。",
         [("云岭", "barrier"), ("青山", "barrier"), ("青江", "corridor"), ("白江", "corridor"), ("东湖", "node"), ("竹岛", "node")]),
        ("市域划分为东部沿海片区、西部山地片区和南部滨湖片区，构建“三片协同、一轴贯通”的总体格局，一轴为沿江发展轴。",
         [("东部沿海片区", "patch"), ("西部山地片区", "patch"), ("南部滨湖片区", "patch"), ("沿江发展轴", "axis")]),
    ],
)  # fmt: skip
def test_rows_that_a_count_announces(words: str, expected: list[tuple[str, str]]) -> None:
    """A row that a count opens, a frame with a counted kind, a row as long as a label of the slogan counts."""
    assert sorted((one[1], one[2]) for one in said(document("##第二节 空间格局", words))) == sorted(expected)


@pytest.mark.parametrize(
    "words",
    [
        "划分为四个防洪片区：甲片区、乙片区、丙片区、丁片区。",
        "划分为三大板块：甲板块、乙板块。",
        "划分为北部禁养区、中部限养区、南部适养区三大区域。",
        "划定生态廊道3条：青河生态廊道、白水生态廊道。",
        "县域划分生态保护区、生态控制区、农田保护区、城镇发展区四个一级分区。",
        "以道路、河流为主要廊道。",
    ],
)
def test_rows_that_are_no_structure(words: str) -> None:
    """Areas of protection against floods, a count that is not met, types of zoning, sorts of things."""
    assert names("构建“一屏四区”格局，一屏为北岭生态屏障。", words) == ["北岭生态屏障"]


def test_roles_before_a_slogan() -> None:
    """以甲为主核，以乙为副核，以丙为…的“双核一轴”: what a frame makes of a place tells its label."""
    found = said(
        document(
            "##第二节 空间格局",
            "打造以老城为主核，以临港新城为副核，以沿海大通道为发展主轴，以北部山区和南部海域为生态屏障的“双核一轴两屏”空间结构。",
        )
    )
    assert found == [
        ("双核", "老城", "core"),
        ("双核", "临港新城", "core"),
        ("一轴", "沿海大通道", "axis"),
        ("两屏", "北部山区", "barrier"),
        ("两屏", "南部海域", "barrier"),
    ]


def test_rows_that_go_on_in_the_next_clause() -> None:
    """“两圈三带”：甲圈（…）、乙圈；丙带、丁带、戊带: a clause that is only a row as long as a label counts."""
    words = "农业布局突出“两圈三带”：城郊农业圈（环中心城区）、县城农业圈；沿江渔业带、丘陵茶果带、岗地畜禽带。"
    assert names(words) == ["城郊农业圈", "县城农业圈", "沿江渔业带", "丘陵茶果带", "岗地畜禽带"]


def test_a_shared_kind_of_a_counted_row() -> None:
    """建设滨江、环湖两条景观带: each is called by the kind; roads that are counted are none."""
    assert names("建设滨江、环湖两条景观带。") == ["滨江景观带", "环湖景观带"]
    assert names("建设青云路、白水路两条景观带。") == []


def test_a_slogan_may_stand_after_its_labels() -> None:
    """1.两屏。…; 2.一廊。…; 上述要素组成“两屏一廊”: labels in the paragraphs before the slogan."""
    lines = (
        "1.两屏。西北部丘陵水土保持屏障，涉及甲镇、乙镇；东南部山地水源涵养屏障，涉及丙镇、丁乡。",
        "2.一廊。青河生态廊道。",
        "上述要素共同组成“两屏一廊”生态格局。",
    )
    assert names(*lines) == ["西北部丘陵水土保持屏障", "东南部山地水源涵养屏障", "青河生态廊道"]


def test_slogans_of_other_things_are_no_pattern() -> None:
    """“三纵两横”疏散救援通道 counts no places of a structure."""
    assert names("建设“三纵两横”疏散救援通道，三纵为甲路、乙路、丙路。") == []


def test_towns_by_number() -> None:
    """“1+2+N”的城镇体系: what each number stands for; a number of another system is none."""
    found = said(
        document(
            "##第二节 城镇体系",
            "构建“1+2+N”的城镇体系。其中，“1”为江城中心城区；“2”为海州、云州两个副中心；“N”为其他一般镇。",
        )
    )
    assert found == [("1", "江城中心城区", "core"), ("2", "海州副中心", "node"), ("2", "云州副中心", "node")]
    assert said(document("##第二节 完善“3+N”主体功能区体系", "“N”为叠加类型，包括自然保护地、边境地区两类。")) == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (  # a place of the gazetteer (和龙) begins after the conjunction
            ["构建“一廊三片”的文化空间，三片为古城文化片、田园文化片和龙脊梯田文化片。"],
            ["古城文化片", "田园文化片", "龙脊梯田文化片"],
        ),
        (
            ["打造“一核两轴”，一核为县城，两轴为沿江城镇发展轴和平安—青河—白石联系轴。"],
            ["县城", "沿江城镇发展轴", "平安—青河—白石联系轴"],
        ),
        (
            [
                "构筑“两屏两廊多点”：以北山、龙王山为主体的北山生态屏障，以青沙山为主体的青沙山生态屏障；甲水生态廊道、乙河生态廊道两条水脉；石门水库、天池等生态节点。"
            ],
            ["北山生态屏障", "青沙山生态屏障", "甲水生态廊道", "乙河生态廊道", "石门水库", "天池"],
        ),
        (
            ["农业构建“一带两区”，即南部川水果蔬带、中部浅山杂粮区、北部脑山油菜与薯类繁育区。"],
            ["南部川水果蔬带", "中部浅山杂粮区", "北部脑山油菜与薯类繁育区"],
        ),
        (
            [
                "构建“一屏双核”格局。",
                "一屏即县境南部的青山余脉生态屏障。",
                "“双核”一为石门水库生态核，一为县城服务核心。",
            ],
            ["青山余脉生态屏障", "石门水库生态核", "县城服务核心"],
        ),
        (
            ["构建“一屏一城三镇”格局。", "一屏为东部罗山生态屏障。", "县城城关为一城，热泉、文昌、三江为三镇。"],
            ["罗山生态屏障", "县城城关", "热泉", "文昌", "三江"],
        ),
    ],
)
def test_rows_are_parted_where_the_names_end(lines: list[str], expected: list[str]) -> None:
    """Conjunctions after a name, rows in clauses of their own, labels after what they stand for."""
    assert names(*lines) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("沿青江、白河布置沿江生态果蔬带，主打蔬菜。", ["沿江生态果蔬带"]),
        ("以县城和石桥为主体共建青山国际旅游副中心。", ["青山国际旅游副中心"]),
        ("沿江观光消费轴贯穿杨堤至普益，布局夜游。", ["沿江观光消费轴"]),
        ("高寨至塘川段建设青水河谷绿廊，威远至塘川段建设沙川蓝脉。", ["青水河谷绿廊", "沙川蓝脉"]),
        ("沿省道两侧建设绿化隔离带。", []),
        ("推进甲县、乙县共建甲—乙都市圈。", []),
    ],
)
def test_what_is_built_under_a_heading_of_patterns(words: str, expected: list[str]) -> None:
    """Under 空间格局 an element of no slogan is known by a name of its own."""
    assert names(words) == expected
