"""Elements of structure that bear one proper name: kept, turned to another use, renamed beside, of somebody else's town."""

from __future__ import annotations

import pytest
from makers_pair import checked, of_county

from chuandao.check.heads import head_of, of_one_shape, of_one_theme
from chuandao.plan.verdict import Check


def of(check: Check, name: str) -> tuple[str, set[str]]:
    """The verdict on one element and its codes."""
    names = {r["id"]: r.get("name") for r in check.requirements.upper if r["mode"] == "structure"}
    assert name in names.values(), names
    verdict = next(v for v in check.verdicts if names.get(v.requirement) == name)
    return verdict.verdict, {f.code for f in verdict.findings}


CORRIDORS = "构建“一屏两廊”生态格局，一屏为皖南山地生态屏障，两廊为率水生态廊道、滁河生态廊道。"


@pytest.mark.parametrize(
    ("own", "verdict", "found"),
    [
        ("率水绿廊", "refined", set()),
        ("率水流域水源涵养廊道", "refined", set()),
        ("率水风情廊", "partial", {"STR-RENAMED"}),
        ("率水活力走廊", "partial", {"STR-RENAMED"}),
    ],
)
def test_a_corridor_of_the_same_river(own: str, verdict: str, found: set[str]) -> None:
    """A local element named after the river keeps the corridor, or gives its place to another use."""
    lower = f"构建“一屏一廊”生态格局，一屏为天湖山绿色屏障，一廊为{own}。"
    assert of(checked(CORRIDORS, lower), "率水生态廊道") == (verdict, found)


def test_a_river_that_only_others_have_does_not_apply() -> None:
    """The draft has an element of one river of the label and never names the other."""
    lower = "构建“一屏一廊”生态格局，一屏为天湖山绿色屏障，一廊为率水绿廊。"
    assert of(checked(CORRIDORS, lower), "滁河生态廊道")[0] == "not_applicable"


@pytest.mark.parametrize(("own", "verdict"), [("太平湖活力湾区", "partial"), ("太平湖生态湾区", "fulfilled")])
def test_a_bay_that_changes_its_use(own: str, verdict: str) -> None:
    """太平湖生态湾区 that became 太平湖活力湾区."""
    upper = "形成“一区两湾”格局，一区为皖南示范区，两湾为巢湖蓝色湾区、太平湖生态湾区。"
    assert of(checked(upper, f"形成“一城一湾”格局，一城为屯溪主城，一湾为{own}。"), "太平湖生态湾区")[0] == verdict


@pytest.mark.parametrize(("said", "verdict"), [("联系合肥、芜湖两座中心城市", "not_applicable")])
def test_a_city_of_the_list_that_the_draft_only_speaks_of(said: str, verdict: str) -> None:
    """Another city among those of a rank is no element of the draft's, however often it is named there."""
    upper = "形成以合肥、芜湖为双核，黄山、安庆等为区域中心的城镇体系。"
    assert of(checked(upper, f"中心城区承担区域中心职能，{said}。"), "合肥")[0] == verdict


@pytest.mark.parametrize(
    ("head", "verdict"), [("中心城区形成“一江双心”结构", "not_applicable"), ("市域形成“一江双心”结构", "partial")]
)
def test_the_shape_of_the_citys_own_town(head: str, verdict: str) -> None:
    """What lays out the city's own town asks nothing of a county."""
    upper = f"{head}，双心为练江文旅中心和丰乐商务中心。"
    found = of(of_county(upper, "县城形成“一江两岸一心”结构，一心为练江商业中心。"), "练江文旅中心")[0]
    assert (found == "not_applicable") == (verdict == "not_applicable")


@pytest.mark.parametrize(
    ("upper", "name", "lower", "found"),
    [
        (
            "形成“一核多极”城镇格局，多极包括黄山区域中心城市、安庆区域中心城市。",
            "黄山区域中心城市",
            "形成“一心三点”城镇格局，一心为黄山旅游消费中心，三点为歙县、休宁、祁门。",
            {"STR-RENAMED"},
        ),
        (
            "农业空间形成“三带”，三带为北部粮食带、南部特产带、沿江渔业带。",
            "南部特产带",
            "农业空间形成“一廊两片”，一廊为南部茶笋走廊，统称全市特产产区，两片为粮油片、果蔬片。",
            {"STR-RENAMED"},
        ),
        (
            "农业空间形成“三带”，三带为北部粮食带、南部特产带、沿江渔业带。",
            "南部特产带",
            "以黄山毛峰、祁门红茶为龙头，以南部茶笋走廊统称全市特产产区。",
            {"STR-RENAMED"},
        ),
        (
            "构建“一屏两廊”生态格局，一屏为皖南山地生态屏障，两廊为天堂寨—牯牛降生物迁徙廊道、率水生态廊道。",
            "天堂寨—牯牛降生物迁徙廊道",
            "沿山脊布设牯牛降森林步道，服务徒步与观鸟。",
            {"STR-RENAMED"},
        ),
    ],
)
def test_what_stands_in_the_place_of_an_element(upper: str, name: str, lower: str, found: set[str]) -> None:
    """A centre of the same region, or what speaks of the same theme in the same direction, is the element renamed."""
    verdict, codes = of(checked(upper, lower), name)
    assert (verdict, codes) == ("partial", found)


def test_an_element_that_bears_another_ones_name_is_that_ones_answer() -> None:
    """新安江北岸绿色屏障 of the draft answers the element of that name, not the river's corridor."""
    upper = "构建“一屏一廊”生态格局，一屏为新安江北岸生态屏障，一廊为新安江清水廊道。"
    lower = "构建“一屏”生态格局，一屏为新安江北岸生态屏障歙县段。"
    check = checked(upper, lower)
    assert of(check, "新安江北岸生态屏障")[0] in ("fulfilled", "refined")
    assert of(check, "新安江清水廊道")[0] not in ("fulfilled", "refined")


def test_heads_shapes_and_themes() -> None:
    """A proper name at the head is no direction; lines are of one shape, a screen and a line are not; kinds are no theme."""
    assert [head_of(n) for n in ("太平湖生态湾区", "东部特产带", "沿江城镇带")] == ["太平湖", None, None]
    assert of_one_shape("率水生态廊道", "率水风情轴") and not of_one_shape("率水生态廊道", "率水生态屏障")
    assert of_one_theme("皖南山水文化带", "新安山水文化走廊") and not of_one_theme("率水生态廊道", "滁河生态廊道")


@pytest.mark.parametrize(("nodes", "verdict"), [("牯牛降", "not_applicable"), ("天柱山", "not_applicable")])
def test_a_node_that_the_draft_never_names(nodes: str, verdict: str) -> None:
    """A node is called by its own name: what the draft never says, while it has another of the list, lies elsewhere."""
    upper = f"形成“一屏多点”格局，一屏为皖南山地生态屏障，多点为齐云山、{nodes}、浮山等生态节点。"
    lower = "形成“一廊多点”格局，一廊为率水绿廊，多点为齐云山、花山等生态节点。"
    assert of(checked(upper, lower), nodes)[0] == verdict


@pytest.mark.parametrize(("towns", "verdict"), [("歙县、黟县", "partial"), ("歙县、黟县、休宁县、祁门县", "fulfilled")])
def test_the_places_that_the_upper_clause_lists_behind_the_element(towns: str, verdict: str) -> None:
    """涉及歙县、休宁县、祁门县和黟县: a draft that names some of them and not others leaves a part out."""
    upper = (
        "构筑“一带两核”文化格局：一带，即皖南古村文化带，全长160公里，涉及黄山市歙县、休宁县、祁门县和黟县；"
        "两核为徽州古城文化核、屯溪老街文化核。"
    )
    assert (
        of(checked(upper, f"构筑“一带”文化格局，一带是皖南古村文化带，串联{towns}。"), "皖南古村文化带")[0] == verdict
    )


COASTAL = "构建“一屏两廊”生态格局，一屏为皖南山地生态屏障，两廊为沿海候鸟迁徙廊道、滁河生态廊道。"


@pytest.mark.parametrize(
    ("own", "more", "verdicts"),
    [
        ("临港高速沿海轴", "", {"missing", "partial"}),
        ("碧沙滨海绿廊", "碧沙滨海绿廊重点保护候鸟停歇的滩涂。", {"refined"}),
        ("碧沙滨海绿廊", "碧沙滨海绿廊重点建设步道和驿站。", {"missing", "partial"}),
    ],
)
def test_a_stretch_of_coast_serves_the_same_end(own: str, more: str, verdicts: set[str]) -> None:
    """A road along the coast carries no corridor of birds; green coast does where the draft gives it to them."""
    lower = f"构建“一屏一廊”生态格局，一屏为天湖山绿色屏障，一廊为{own}。{more}"
    assert of(checked(COASTAL, lower), "沿海候鸟迁徙廊道")[0] in verdicts
