"""The lexicon: look-ups, a planner's own tables, errors."""

import time
from pathlib import Path

import pytest

from chuandao.plan.errors import UsageError
from chuandao.plan.lexicon import load_lexicon

LEXICON = load_lexicon()


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("全省耕地保有量（万亩）", "cultivated_land"),
        ("其中：海洋生态保护红线", "eco_redline_sea"),
        ("1. 永久基本农田保护任务", "permanent_basic_farmland"),
        ("（一）用水总量（亿立方米）", "water_use"),
        ("湿地保有面积", "wetland_area"),
        ("湿地保护率（%）", "wetland_rate"),
        ("人均体育用地", "sport_land_pc"),
        ("人均体育场地面积", "sport_field_pc"),
        ("公园500m服务半径覆盖城区居民区面积比例", "park_500m"),
        ("公园绿地、广场步行5分钟覆盖率", "park_5min"),
        ("单位GDP建设用地使用面积下降", "gdp_land_fall"),
        ("城镇开发边界扩展倍数", "udb_factor"),
        ("林地保有量指标", "forest_land"),
    ],
)
def test_indicator_names(printed: str, key: str) -> None:
    """Printed names resolve to the catalogue; near names with another definition stay apart."""
    entry = LEXICON.indicator(printed)
    assert entry is not None and entry.key == key


@pytest.mark.parametrize("printed", ["耕地面积", "人均存款", "规划目标", ""])
def test_unknown_indicators(printed: str) -> None:
    """A name of no indicator, or only near one, resolves to none."""
    assert LEXICON.indicator(printed) is None


def test_every_alias_has_one_owner() -> None:
    """No spelling belongs to two indicators, and every near name is another indicator's or none's."""
    owners: dict[str, str] = {}
    for entry in LEXICON.indicators:
        for name in (entry.name, *entry.aliases):
            assert owners.setdefault(name, entry.key) == entry.key
    for entry in LEXICON.indicators:
        assert all(owners.get(near) != entry.key for near in entry.near)


def test_units_of_indicators_are_known() -> None:
    """Every unit of the catalogue is a unit of the lexicon."""
    assert all(entry.unit is None or LEXICON.units.find(entry.unit) for entry in LEXICON.indicators)


def test_references_between_tables() -> None:
    """Concepts, lines and systems that topics, 双碳 items and control lines name exist."""
    keys = {entry.key for entry in LEXICON.indicators}
    lines = {line.line for line in LEXICON.lines}
    systems = {system.system for system in LEXICON.zone_systems}
    for drawer in (*LEXICON.topics, *LEXICON.carbon):
        assert set(drawer.concepts) <= keys
        assert set(drawer.lines) <= lines
        assert set(drawer.systems) <= systems
    assert {line.indicator for line in LEXICON.lines} - {None} <= keys
    assert all(
        LEXICON.gazetteer.group(group.name, LEXICON.gazetteer.find(group.within))
        for group in LEXICON.gazetteer.groups
        if group.within
    )


def test_members_of_groups_exist() -> None:
    """Every member of a named group is a region."""
    gazetteer = LEXICON.gazetteer
    for group in gazetteer.groups:
        home = gazetteer.find(group.within) if group.within else None
        assert [member for member in group.members if gazetteer.find(member, home) is None] == []


def test_figure_1_is_whole() -> None:
    """The paper's seven blocks and all their items are there, each with its modes."""
    assert len({item.block for item in LEXICON.carbon}) == 7
    assert len({item.item for item in LEXICON.carbon}) == len(LEXICON.carbon) == 32
    assert all(item.modes for item in LEXICON.carbon)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("面积（公顷）", "area"),
        ("涉及县（市、区）", "region"),
        ("牵头单位", "lead"),
        ("责任单位", "responsible"),
        ("规划目标年", "target_value"),
        ("主体功能定位", "zone_type"),
        ("指标属性", "attribute"),
        ("建设年限", "period"),
        ("说不清", None),
    ],
)
def test_header_words(header: str, field: str | None) -> None:
    """Table headers resolve to fields."""
    assert LEXICON.header_field(header) == field


def test_titles_tell_the_kind() -> None:
    """Titles of registers tell their kind."""
    assert LEXICON.list_kind("附表4 省级以上自然保护地名录") == "protected_area"
    assert LEXICON.list_kind("重点建设项目安排表") == "key_project"
    assert LEXICON.list_kind("国土综合整治与生态修复重大工程安排表") == "restoration_project"
    assert LEXICON.list_kind("历史文化名城名镇名村名录") == "heritage"
    assert LEXICON.list_kind("其他说明") is None


def test_aliases_of_lines_and_zones() -> None:
    """蓝线 is 城市蓝线, 城市化发展区 is 城市化地区, 重点开发区 is of a superseded system."""
    line, zone, old = LEXICON.line("蓝线"), LEXICON.zone_type("省级城市化发展区"), LEXICON.zone_type("重点开发区")
    assert line is not None and line.line == "城市蓝线"
    assert zone is not None and zone.type == "城市化地区"
    assert old is not None and not old.current


def test_elements_of_structures() -> None:
    """The last word of a structure's name tells its element."""
    assert LEXICON.element("南岭生态屏障") == "barrier"
    assert LEXICON.element("西江生态廊道") == "corridor"
    assert LEXICON.element("西江城镇发展轴") == "axis"
    assert LEXICON.element("无名之物") == "other"


def test_strength_moves_with_adverbs() -> None:
    """原则上 weakens, 坚决 strengthens, and the scale ends at 0 and 6."""
    assert LEXICON.strength("禁止") == 6
    assert LEXICON.strength("禁止", "原则上禁止人为活动") == 4
    assert LEXICON.strength("严禁", "坚决严禁") == 6
    assert LEXICON.strength("探索", "逐步探索") == 0


def test_loads_fast() -> None:
    """Loading takes a fraction of a second."""
    started = time.perf_counter()
    load_lexicon()
    assert time.perf_counter() - started < 1.5


def test_a_planner_lays_own_tables_over(tmp_path: Path) -> None:
    """A row with a known key changes that entry, another adds one; the hash tells the difference."""
    (tmp_path / "indicators.csv").write_text(
        "key,name,aliases,unit,direction\ncultivated_land,耕地保有量,粮田底数,万亩,floor\nlocal_tea,茶园面积,,公顷,floor\n",
        encoding="utf-8-sig",
    )
    (tmp_path / "regions_extra.csv").write_text("name,parent,short,aliases\n某某新城,惠州市,,\n", encoding="utf-8")
    lexicon = load_lexicon(tmp_path)
    changed, added = lexicon.indicator("粮田底数"), lexicon.indicator("茶园面积（公顷）")
    assert changed is not None and changed.key == "cultivated_land" and changed.attribute == "binding"
    assert added is not None and added.key == "local_tea"
    assert lexicon.gazetteer.find("某某新城", lexicon.gazetteer.find("惠州市")) is not None
    assert lexicon.hash != LEXICON.hash
    assert load_lexicon().hash == LEXICON.hash


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("indicators.csv", "key,name,direction\na,甲,上\n".encode(), "direction"),
        ("indicators.csv", "名称\n甲\n".encode(), "缺少列"),
        ("indicators.csv", "key,name\na,甲,乙\n".encode(), "第 2 行"),
        ("indicators.csv", "key,name\na,甲\n".encode("gbk"), "UTF-8"),
        ("units.csv", "name,dimension,factor\n丈,m,十\n".encode(), "factor"),
        ("topics.toml", b"[[topic]\n", "TOML"),
        ("topics.toml", "[[topic]]\nwords = ['茶']\n".encode(), "缺少"),
        ("regions_extra.csv", "name,parent\n某新区,无此市\n".encode(), "无此市"),
        ("modality.csv", "word,force,strength\n该,oblige,强\n".encode(), "整数"),
        ("指标.csv", b"key\na\n", "不认识"),
    ],
)
def test_malformed_tables_are_told_in_one_line(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    """A wrong file gives one Chinese line that names it and what is wrong."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError) as caught:
        load_lexicon(tmp_path)
    assert name in str(caught.value) and said in str(caught.value) and "\n" not in str(caught.value).strip()


def test_no_folder(tmp_path: Path) -> None:
    """A folder that is not there is said to be missing."""
    with pytest.raises(UsageError, match="不存在"):
        load_lexicon(tmp_path / "nowhere")
