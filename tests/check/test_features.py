"""Rules about a river or an airport that neither plan places in the region are left open, not guessed."""

from __future__ import annotations

from makers_pair import checked, table

RIVER = "新安江流域内禁止新建化工园区，已有化工项目应当限期退出。"
OTHER = "各类开发建设应当节约集约利用土地，严格控制新增建设用地。"


def test_an_unknown_river_leaves_the_verdict_open() -> None:
    """The draft never names the river and the upper plan does not place it: undetermined, with the reason."""
    verdict = checked(
        [RIVER.replace("新安江", "清弋江"), OTHER], ["各项建设节约集约用地，新增建设用地从严控制。"]
    ).verdicts[0]
    assert verdict.verdict == "undetermined"
    assert "清弋江" in verdict.explanation


def test_a_river_that_the_draft_names_is_missing() -> None:
    """The draft names the river elsewhere, so a rule on it that nothing answers is missing."""
    verdict = checked([RIVER.replace("新安江", "清弋江"), OTHER], ["清弋江穿城而过，两岸建设滨水公园。"]).verdicts[0]
    assert verdict.verdict == "missing"


def test_a_river_that_the_upper_plan_puts_elsewhere_does_not_apply() -> None:
    """Another clause of the upper plan puts the river into other cities: not applicable, with that as the reason; a name of
    one character counts, a common word (大河) does not."""
    for river in ("清弋江", "滁河"):
        upper = [RIVER.replace("新安江", river), f"{river}流经合肥市和滁州市，合肥市应当划定{river}岸线保护区。", OTHER]
        verdict = checked(upper, ["各项建设节约集约用地，新增建设用地从严控制。"]).verdicts[0]
        assert verdict.verdict == "not_applicable" and "合肥市" in verdict.because
    plain = checked([RIVER.replace("新安江", "大河"), OTHER], ["各项建设节约集约用地，新增建设用地从严控制。"])
    assert plain.verdicts[0].verdict == "missing"


def test_a_river_whose_clause_names_the_region_applies() -> None:
    """The region's share in a river that a clause names together with it stays missing."""
    upper = [RIVER.replace("新安江", "清弋江"), "清弋江流经黄山市和芜湖市，应当划定岸线保护区。", OTHER]
    assert checked(upper, ["各项建设节约集约用地，新增建设用地从严控制。"]).verdicts[0].verdict == "missing"


TARGETS = "编号 | 指标名称 | 单位 | 2035年 | 属性 | 备注"


def test_a_binding_sum_without_a_share_is_left_open() -> None:
    """A binding sum that the upper plan says is handed down but prints no share of: not listed is undetermined, while one
    that it does not hand down does not apply."""
    handed = table(
        "表1",
        "指标体系表",
        TARGETS,
        "1 | 城乡建设用地规模 | 万公顷 | 174.60 | 约束性 | 分解下达",
        "2 | 湿地面积 | 公顷 | 900 | 预期性 | —",
    )
    found = {v.verdict for v in checked([handed, OTHER], ["各项建设节约集约用地，新增建设用地从严控制。"]).verdicts}
    assert "undetermined" in found
    assert "not_applicable" in found
