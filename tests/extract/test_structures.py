"""Structures: slogans opened into elements from prose, boxes and tables."""

from __future__ import annotations

import pytest
from makers_structures import document, elements, said, text

from chuandao.extract.slogans import find_slogans, labels_of
from chuandao.extract.structures import structure_passages
from chuandao.plan.document import Block, Cell, Table


def test_a_slogan_is_parted_into_its_labels() -> None:
    """一核引领、两轴拓展 and 两屏多廊一网 are read label by label; 一张图 and 三区三线 are no slogans."""
    assert [label.text for label in labels_of("一核引领、两轴拓展、三区协同")] == ["一核", "两轴", "三区"]
    assert [label.count for label in labels_of("两屏多廊一网")] == [2, 0, 1]
    assert find_slogans("落实“三区三线”和“一张图”要求。") == ()


def test_labels_explained_in_prose() -> None:
    """指, 为, 即 and 由…组成的 open a label; a count parts its list."""
    found = document(
        "构建“一核两屏三带”的空间格局。",
        "“一核”为由老城和新区组成的综合服务核心，“两屏”指川滇森林及生物多样性生态屏障和秦巴生态屏障，“三带”即沿江发展带、沿河生态带、沿线产业带。",
    )
    assert said(found) == [
        ("一核", "综合服务核心", "core"),
        ("两屏", "川滇森林及生物多样性生态屏障", "barrier"), ("两屏", "秦巴生态屏障", "barrier"),
        ("三带", "沿江发展带", "belt"), ("三带", "沿河生态带", "belt"), ("三带", "沿线产业带", "belt"),
    ]  # fmt: skip
    assert elements(found)[0].components == ("老城", "新区")


def test_a_list_that_makes_up_the_slogan_is_mapped_by_endings() -> None:
    """由沿江发展带…组成的“两带一屏”: each element goes to the label it ends like."""
    found = document("构建由沿江发展带、沿淮生态带和大别山生态屏障组成的“两带一屏”保护格局。")
    assert [one[:2] for one in said(found)] == [
        ("两带", "沿江发展带"),
        ("两带", "沿淮生态带"),
        ("一屏", "大别山生态屏障"),
    ]


def test_elements_placed_by_name_when_no_label_is_explained() -> None:
    """以…为主体，筑牢X屏障 and 以…为节点，培育生态绿核 place elements of the slogan before them."""
    found = document(
        "构建“一屏多核”的生态格局。",
        "以青龙山、白马山为主体，筑牢北部山地生态屏障。",
        "以东湖公园、南湖湿地和西山水库等为节点，培育生态绿核。",
    )
    assert [(one.label, one.name, one.components) for one in elements(found)] == [
        ("一屏", "北部山地生态屏障", ("青龙山", "白马山")),
        ("多核", "东湖公园", ()), ("多核", "南湖湿地", ()), ("多核", "西山水库", ()),
    ]  # fmt: skip


def test_a_slogan_of_another_plan_is_not_opened() -> None:
    """国家“两屏三带” is cited, only the plan's own slogan counts."""
    found = document(
        "落实国家“两屏三带”战略格局，构建“一带双屏”的生态格局。“一带”指沿江生态带，“双屏”为东山生态屏障和西山生态屏障。"
    )
    assert {one.slogan for one in elements(found)} == {"一带双屏"}


def test_figures_of_speech_are_no_elements() -> None:
    """“两屏”是骨架 explains nothing."""
    found = document("构建“两屏一网”的生态格局。", "其中，“两屏”是骨架，“一网”是基质。")
    assert said(found) == []


def test_boxes_that_count_elements() -> None:
    """专栏 三条省级生态廊道: each paragraph opens with an element, its parts and guidance follow."""
    found = document(
        "【专栏5-1 三条省级生态廊道】清江生态廊道：涉及甲市、乙市，由清江干流、白河组成，加强岸线修复。",
        "【专栏5-1 三条省级生态廊道】澜江生态廊道：涉及丙市，连接南山与北湖。",
    )
    first, second = elements(found)
    assert (first.name, first.components, first.element) == ("清江生态廊道", ("清江干流", "白河"), "corridor")
    assert first.guidance == "加强岸线修复。"
    assert second.components == ("南山", "北湖")


@pytest.mark.parametrize(
    ("slogan", "words", "expected"),
    [
        (
            "一屏三廊",
            "三廊：青江生态廊道（甲市、乙市）、白河生态廊道（丙市、丁县）、清溪生态廊道（戊县、己县）。",
            [
                ("青江生态廊道", ("甲市", "乙市")),
                ("白河生态廊道", ("丙市", "丁县")),
                ("清溪生态廊道", ("戊县", "己县")),
            ],
        ),
        (
            "一主两带",
            "“两带”即青河城镇发展带和串联甲县、乙县、丙县的东西城镇发展带。",
            [("青河城镇发展带", ()), ("东西城镇发展带", ("甲县", "乙县", "丙县"))],
        ),
        (
            "两屏一带",
            "两屏：南山生态屏障，涉及甲县、乙县；北山生态屏障，涉及丙县、丁县。",
            [("南山生态屏障", ("甲县", "乙县")), ("北山生态屏障", ("丙县", "丁县"))],
        ),
        (
            "一屏一江",
            "一屏：南部甲镇、乙镇、丙镇连片山地，是全市青江北岸生态屏障东段。",
            [("青江北岸生态屏障东段", ("甲镇", "乙镇", "丙镇"))],
        ),
        ("一核两带", "“一核”：以主城区为核心，提升综合服务功能。", [("主城区", ())]),
        (
            "一群三带",
            "“三带”即南北、沿边、东西城镇带。",
            [("南北城镇带", ()), ("沿边城镇带", ()), ("东西城镇带", ())],
        ),
        ("两屏三带", "两屏。南山生态屏障、北山生态屏障。", [("南山生态屏障", ()), ("北山生态屏障", ())]),
        (
            "一湖三廊",
            "三廊，即东溪、西溪、南塘三条生态廊道。",
            [("东溪生态廊道", ()), ("西溪生态廊道", ()), ("南塘生态廊道", ())],
        ),
        (
            "一核一带",
            "培育红色文化带、青河酒文化带和山茶文化带三条魅力文化带。",
            [("红色文化带", ()), ("青河酒文化带", ()), ("山茶文化带", ())],
        ),
    ],
)
def test_lists_that_tell_the_parts_of_each(
    slogan: str, words: str, expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    """Brackets, 串联…的, the clause after a semicolon and 是全市… tell what each element of a label is made of."""
    found = document(f"构建“{slogan}”的国土空间格局。", words)
    assert [(one.name, one.components) for one in elements(found)] == expected


def test_a_slogan_may_stand_after_the_word_for_it() -> None:
    """总体格局为“…” states a slogan as 构建 does."""
    found = document("总体格局为“一屏一带”。", "一屏指北部云岭生态屏障；一带指青江生态带。")
    assert [(one.label, one.name) for one in elements(found)] == [("一屏", "云岭生态屏障"), ("一带", "青江生态带")]


def test_boxes_explain_labels_as_text_does() -> None:
    """专栏: 四带为甲带、乙带…: a paragraph of a box may explain a label."""
    found = document(
        "优化“一区两带”农业格局（见专栏2-1）。", "【专栏2-1 一区两带农业格局】两带为沿江粳稻带、西部杂粮带。"
    )
    assert [one.name for one in elements(found)] == ["沿江粳稻带", "西部杂粮带"]


def table(rows: list[list[str]], block: int) -> Block:
    """A table block; empty cells repeat the one above (a merged cell)."""
    grid: list[list[Cell]] = []
    for number, row in enumerate(rows):
        cells = [Cell(text(words, 10 * block + number), number, column) for column, words in enumerate(row)]
        grid.append([grid[-1][column] if not words else cells[column] for column, words in enumerate(row)])
    made = Table(index=1, grid=tuple(tuple(row) for row in grid), label="表3-1", section=("第三章 总体格局",))
    return Block(block, "table", text("", block), section=("第三章 总体格局",), table=made)


def test_tables_of_elements_and_text_are_one_element_with_mentions() -> None:
    """What table and prose say of one element is one requirement; the cell's guidance is kept."""
    rows = [
        ["结构要素", "要素名称", "要素构成", "传导要点"],
        ["一链", "南部海洋生态保护链", "海湾、海岛", "细化识别沿海生态要素。"],
        ["两屏", "南山生态屏障", "东岭、西岭", "整体保护。"],
        ["", "北山生态屏障", "云岭", "防止破碎化。"],
    ]
    found = document("构建“一链两屏”的保护格局，“一链”指南部海洋生态保护链。", more=(table(rows, 5),))
    chain, *barriers = sorted(elements(found), key=lambda one: one.label or "")
    assert (chain.slogan, chain.components, chain.guidance) == ("一链两屏", ("海湾", "海岛"), "细化识别沿海生态要素。")
    assert {mention.kind for mention in chain.mentions} == {"table", "text"}
    assert [(one.label, one.name) for one in barriers] == [("两屏", "南山生态屏障"), ("两屏", "北山生态屏障")]


def test_the_rule_finder_learns_which_clauses_only_place_elements() -> None:
    """A clause that places elements is marked apart from one that explains a label."""
    found = document("构建“一屏一带”的格局。", "“一带”指沿江发展带。", "以青龙山为主体，筑牢北部山地生态屏障。")
    assert structure_passages(found) == {(1, 0): True, (2, 0): False}


def test_tables_whose_first_column_holds_the_labels_of_a_slogan() -> None:
    """格局 | 要素 | 主要构成: no header tells a structure table, the labels do; a short bracket belongs to the name."""
    rows = [
        ["格局", "要素", "主要构成", "对县级规划的要求"],
        ["一湖", "洪泽湖", "主体湖区、入江水道", "应划定湖泊保护范围。"],
        ["两带", "京港（台）发展带", "甲县、乙县", "推进产业集聚。"],
        ["两带", "淮河生态带", "淮河干流", "预留滨水绿带。"],
    ]
    found = document("筑牢“一湖两带”的格局。", more=(table(rows, 5),))
    assert said(found) == [
        ("一湖", "洪泽湖", "patch"),
        ("两带", "京港（台）发展带", "belt"),
        ("两带", "淮河生态带", "belt"),
    ]


def test_a_short_bracket_inside_a_name_does_not_end_it() -> None:
    """京港（台）通道 is one name."""
    found = document("构建“两纵两横”综合运输通道，两纵为京港（台）通道、银福通道，两横为沿江通道、沪昆通道。")
    assert [name for _, name, _ in said(found)] == ["京港（台）通道", "银福通道", "沿江通道", "沪昆通道"]


@pytest.mark.parametrize(
    ("slogan", "line", "kinds"),
    [
        ("两江一屏", "“两江”为青江生态廊道和白江，“一屏”为东山生态屏障。", ["corridor", "corridor", "barrier"]),
        ("一湾两廊", "“一湾”指东湾滨海活力带，“两廊”为南北产业走廊和西河生态廊道。", ["belt", "axis", "corridor"]),
        ("双心多核", "“双心”为老城中心和新城中心，“多核”指青山绿核、白山绿核。", ["core", "core", "node", "node"]),
        ("一群一带", "“一群”指平原湿地群，“一带”为沿江生态带。", ["patch", "belt"]),
    ],
)
def test_name_says_the_kind_that_its_label_leaves_open(slogan: str, line: str, kinds: list[str]) -> None:
    """三江 may be corridors and 一湾 a belt: the last word of the name tells; two hearts of a town are its cores."""
    found = document(f"构建“{slogan}”的空间格局。", line)
    assert [one.element for one in elements(found)] == kinds


def test_parts_told_for_the_first_of_two_and_in_a_later_sentence() -> None:
    """前者串联… is of the first of two elements; NAME以A、B为主体 later in the text gives the parts too."""
    found = document(
        "构建“两带一区”的空间格局。",
        "“两带”为沿海经济带和沿河发展带，前者自北向南联结青港、白港、石港三地；“一区”为东部粮油优质区。",
        "东部粮油优质区以青乡、白乡、石乡为主体，稳步提升产能。",
    )
    assert {one.name: one.components for one in elements(found)} == {
        "沿海经济带": ("青港", "白港", "石港"),
        "沿河发展带": (),
        "东部粮油优质区": ("青乡", "白乡", "石乡"),
    }
