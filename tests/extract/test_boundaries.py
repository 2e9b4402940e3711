"""Control lines: sizes in running text, sizes in tables, lines without a size, control sentences."""

from __future__ import annotations

from makers_indicators import boundaries, figures, indicators, sheet


def test_size_in_running_text_is_a_boundary() -> None:
    """The size of a line in running text is a boundary with its operator and parts."""
    found = boundaries("广东省", "生态保护红线面积不低于5.07万平方千米，其中海洋生态保护红线面积不低于1.66万平方千米。")
    assert [(b.line, figures(b), b.modes) for b in found] == [
        ("生态保护红线", [(2035, ">=", "5.07", "万平方千米")], ("boundary", "indicator")),
        ("海洋生态保护红线", [(2035, ">=", "1.66", "万平方千米")], ("boundary", "indicator")),
    ]
    assert found[1].part_of is not None


def test_parts_named_by_land_and_sea() -> None:
    """其中陆域…、海洋… are lines of their own."""
    found = boundaries("广东省", "全省划定生态保护红线5.07万平方千米，其中陆域3.41万平方千米、海洋1.66万平方千米。")
    assert [(b.line, b.values[0].op, b.values[0].value) for b in found] == [
        ("生态保护红线", "=", "5.07"),
        ("陆域生态保护红线", "=", "3.41"),
        ("海洋生态保护红线", "=", "1.66"),
    ]


def test_size_in_a_table_is_indicator_and_boundary() -> None:
    """One requirement says both; the text's mention does not make a second one."""
    things = (
        "永久基本农田保护面积不低于134.70万亩。",
        sheet(["指标 | 单位 | 2035年", "永久基本农田保护面积 | 万亩 | ≥134.70"]),
    )
    (found,) = indicators("肇庆市", *things)
    assert (found.modes, found.line, len(found.mentions)) == (("indicator", "boundary"), "永久基本农田", 2)
    assert boundaries("肇庆市", *things) == []


def test_several_lines_of_a_town() -> None:
    """Each of several lines in one sentence has its own area and the scope of the sentence."""
    found = boundaries("肇庆市", "中心城区划定城市绿线18.60平方公里、城市蓝线32.45平方公里、黄线6.37平方公里。")
    assert [(b.line, b.scope, b.values[0].value) for b in found] == [
        ("城市绿线", "中心城区", "18.60"),
        ("城市蓝线", "中心城区", "32.45"),
        ("城市黄线", "中心城区", "6.37"),
    ]


def test_anaphor_after_the_line() -> None:
    """总规模 and 扩展倍数 speak of the line named before."""
    (line,) = boundaries("肇庆市", "划定工业用地控制线，总规模不小于118.50平方公里。")
    assert (line.line, figures(line)) == ("工业用地控制线", [(2035, ">=", "118.50", "平方公里")])
    text = "城镇开发边界面积控制在451.50平方公里以内，扩展倍数控制在2020年城镇建设用地规模的1.32倍以内。"
    (factor,) = indicators("肇庆市", text)
    assert (factor.concept, factor.line, figures(factor)) == (
        "udb_factor",
        "城镇开发边界",
        [(2035, "<=", "1.32", "倍")],
    )


def test_line_without_a_size() -> None:
    """A line that is to be drawn is a boundary without values, with its control sentence and what is drawn in."""
    found = boundaries(
        "广东省",
        "市县规划应当划定洪涝风险控制线，将河道、水库和蓄滞洪区划入。洪涝风险控制线内禁止建设影响行洪的建筑物。",
    )
    (line,) = found
    assert (line.line, line.values, line.modes) == ("洪涝风险控制线", (), ("boundary",))
    assert line.control == "洪涝风险控制线内禁止建设影响行洪的建筑物。"
    assert line.elements == ("河道", "水库", "蓄滞洪区")


def test_elements_before_the_line() -> None:
    """划定东江、西枝江等城市蓝线 names what is drawn in."""
    (line,) = boundaries("惠州市", "划定东江、西枝江、西湖等城市蓝线56.35平方公里。")
    assert (line.line, line.elements) == ("城市蓝线", ("东江", "西枝江", "西湖"))


def test_mention_of_lines_is_no_boundary() -> None:
    """Being named among others orders nothing."""
    assert boundaries("肇庆市", "生态保护红线、永久基本农田和城镇开发边界三条控制线是国土空间保护的底线。") == []
