"""Clauses, and parts of clauses, that are about land or places which the draft's region has not."""

from __future__ import annotations

import pytest
from makers_pair import checked, ground_of, verdicts

from chuandao.check.limits import looser_amount

OWN = "推进徽州古道保护。"


@pytest.mark.parametrize(
    "clause",
    [
        "沙漠边缘应营造锁边林，林带宽度不小于200米。",
        "近岸海域不得新增围填海。",
        "国界线内侧50米范围内不得修建民用建筑。",
        "黑土耕地的表土应剥离再利用。",
        "入黄排水沟应全部建设人工湿地。",
    ],
)
def test_land_that_the_draft_never_names_leaves_it_open(clause: str) -> None:
    """Whether 沙漠, 海域, 国界 concern a region that never names them nobody can tell from the two plans."""
    assert verdicts(checked([clause], [OWN])) == ["undetermined"]


@pytest.mark.parametrize(
    ("clause", "draft"),
    [
        ("近岸海域不得新增围填海。", "发展近岸海域旅游。"),
        ("天然草地禁止开垦，盐碱化草地应优先补播。", OWN),
        ("陡坡地不得开垦。", OWN),
    ],
)
def test_land_that_is_named_or_is_everywhere_is_owed(clause: str, draft: str) -> None:
    """A draft that names the land, or a clause about land of every region, owes an answer."""
    assert verdicts(checked([clause], [draft])) == ["missing"]


def test_an_amount_for_another_city_is_not_asked_here() -> None:
    """What a part of the clause sets for another city by name is no limit of this one; what it sets for this one is."""
    ground, answer = ground_of(OWN), "县城防洪按30年一遇设防。"
    for city, loose in (("合肥市", False), ("黄山市", True)):
        clause = f"县城防洪标准不低于20年一遇，{city}城区达到200年一遇。"
        assert (looser_amount(clause, answer, ground) is not None) == loose
