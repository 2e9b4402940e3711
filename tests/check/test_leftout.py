"""Parts of a clause of which the answer has no word, and what is no such part."""

from __future__ import annotations

import pytest
from makers_pair import checked


def verdict_on(upper: str, *lower: str) -> tuple[str, str]:
    found = checked(upper, list(lower)).verdicts[0]
    return found.verdict, found.explanation


BALANCE = "建设占用耕地应当落实“占一补一、占优补优、占水田补水田”。"


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ("建设占用耕地应当占多少补多少，占优补优。", False),
        ("建设占用耕地应当占多少补多少，占优补优，占水田的补水田。", True),
    ],
)
def test_each_of_several_watchwords_wants_its_own_matter(answer: str, kept: bool) -> None:
    """A watchword of the list whose own matter (水田) the answer does not name is left out."""
    verdict, explanation = verdict_on(BALANCE, answer)
    assert (verdict in ("fulfilled", "refined")) is kept
    assert ("水田" in explanation and "未回应" in explanation) is not kept


RESERVOIR = "水源一级保护区内禁止一切与供水无关的建设，二级保护区内已建排污项目应于2026年底前拆除或关闭。"


def test_a_dated_duty_is_left_out_where_only_its_neighbour_has_a_date() -> None:
    """A year that the next sentence gives for something else does not stand for the duty's own."""
    ban, other = "水源一级保护区里禁止与供水无关的建设。", "干流岸线三公里内不建尾矿库，头顶库2024年底前完成治理。"
    verdict, explanation = verdict_on(RESERVOIR, ban + other)
    assert verdict == "partial" and "二级保护区" in explanation
    assert verdict_on(RESERVOIR, f"{ban}二级保护区内的排污项目2026年底前拆除。")[0] in ("fulfilled", "refined")


QUOTA = "农产品主产区从严控制新增建设用地占用耕地，年度新增量不超过上年消化的批而未供土地面积。"


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ("农业乡镇的建设占用耕地从严控制，能用荒坡地的用荒坡地。", False),
        ("农业乡镇从严控制新增建设用地占用耕地，每年新增量不超过前一年盘活的批而未供土地。", True),
        ("农业乡镇从严控制新增建设用地占用耕地，一年新增不高于头一年盘活的存量。", True),
    ],
)
def test_a_limit_told_by_another_measure_is_left_out(answer: str, kept: bool) -> None:
    """What is given back sets the limit; an answer with no limit of any kind leaves it out."""
    verdict, explanation = verdict_on(QUOTA, answer)
    assert (verdict in ("fulfilled", "refined")) is kept
    assert ("批而未供" in explanation and "未回应" in explanation) is not kept
