"""The gazetteer: names, parents, mentions, groups."""

import pytest

from chuandao.plan.lexicon import load_lexicon
from chuandao.plan.requirement import Region

GAZETTEER = load_lexicon().gazetteer


def place(name: str, within: str | None = None) -> Region:
    home = GAZETTEER.find(within) if within else None
    found = GAZETTEER.find(name, home)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "within", "code"),
    [
        ("惠州", None, "441300"),
        ("广东省惠州市", None, "441300"),
        ("惠城", "惠州市", "441302"),
        ("汕尾市城区", None, "441502"),
        ("城区", "汕尾市", "441502"),
        ("连南", "广东省", "441826"),
        ("济源市", None, "419001"),
        ("恩施州", "湖北省", "422800"),
        ("深圳市", "惠州市", "440300"),
        ("全市", "惠州市", "441300"),
        ("怀城街道", "怀集县", "441224001"),
    ],
)
def test_find(name: str, within: str | None, code: str) -> None:
    """Full, short and parent-led names are found as seen from the plan's area."""
    assert place(name, within).code == code


@pytest.mark.parametrize(
    ("name", "within"), [("鼓楼区", None), ("朝阳区", None), ("城区", None), ("大名鼎鼎", None), ("", None)]
)
def test_ambiguous_names_are_no_guess(name: str, within: str | None) -> None:
    """A name that several regions bear, or none, gives None."""
    assert GAZETTEER.find(name, place(within) if within else None) is None


def test_levels_and_parents() -> None:
    """Cities without counties, counties under a province and functional districts stand in their places."""
    assert GAZETTEER.level(place("东莞市")) == "city"
    assert GAZETTEER.level(place("济源市")) == "county"
    assert GAZETTEER.parent(place("济源市")) == place("河南省")
    bay = place("大亚湾开发区", "惠州市")
    assert (bay.code, GAZETTEER.level(bay), GAZETTEER.parent(bay)) == (None, "district", place("惠州市"))
    assert GAZETTEER.is_within(place("龙门县", "惠州市"), place("广东省"))
    assert not GAZETTEER.is_within(place("广东省"), place("惠州市"))


def test_towns_belong_to_their_county_only() -> None:
    """Towns are found from their county and city, never from the province, whatever was asked before."""
    county = place("怀集县")
    assert len(GAZETTEER.children(county)) == 19
    assert GAZETTEER.find("凤岗镇", county) is not None
    assert GAZETTEER.find("凤岗镇", place("广东省")) is None
    assert GAZETTEER.find("凤岗镇") is None


def test_towns_of_a_functional_district() -> None:
    """Towns whose statistical name carries a functional district belong to it, under their own name."""
    bay = place("大亚湾区", "惠州市")
    town = place("澳头街道", "惠州市")
    assert GAZETTEER.parent(town) == bay
    assert {region.name for region in GAZETTEER.group("各街道（镇）", bay) or ()} >= {town.name}
    assert GAZETTEER.find("澳头街道", bay) == town


def test_an_area_that_no_list_holds() -> None:
    """An unknown area (a village) names itself and nothing breaks."""
    village = Region(name="金田村")
    assert GAZETTEER.mentions("金田村保护耕地", village) == [(0, 3, village)]
    assert GAZETTEER.find("全村", village) is None or GAZETTEER.find("全村", village) == village
    assert GAZETTEER.children(village) == ()


def names(text: str, within: str) -> list[str]:
    return [region.name for _, _, region in GAZETTEER.mentions(text, place(within))]


def test_mentions() -> None:
    """Names in running text are found longest first; short names inside longer words and common words are none."""
    assert names("龙门县、惠东县和博罗等县", "惠州市") == ["龙门县", "惠东县", "博罗县"]
    assert names("乳源瑶族自治县与韶关", "广东省") == ["乳源瑶族自治县", "韶关市"]
    assert names("龙门山与和平发展", "广东省") == []
    assert names("老城区和中心城区", "广东省") == []
    assert names("利用敦化、白山的废弃采坑", "吉林省") == ["敦化市", "白山市"]
    assert names("在隆德、彭阳发展冷凉蔬菜", "宁夏回族自治区") == ["隆德县", "彭阳县"]
    assert names("贺兰山下与岳麓山", "宁夏回族自治区") == names("筹集安置资金", "吉林省") == []


def test_mentions_give_places() -> None:
    """start and end of a mention frame the printed words."""
    text = "支持韶关、清远等地"
    assert [text[start:end] for start, end, _ in GAZETTEER.mentions(text, place("广东省"))] == ["韶关", "清远"]


@pytest.mark.parametrize(
    ("name", "within", "count"),
    [
        ("珠三角九市", "广东省", 9),
        ("各地级以上市", "广东省", 21),
        ("各县（市、区）", "惠州市", 5),
        ("各区", "惠州市", 2),
        ("民族自治地方", "广东省", 3),
        ("长株潭", "湖南省", 3),
        ("各乡镇（街道）", "怀集县", 19),
    ],
)
def test_groups(name: str, within: str, count: int) -> None:
    """Named groups hold their members; 各市, 各县 … are computed from the area."""
    members = GAZETTEER.group(name, place(within))
    assert members is not None and len(members) == count


def test_no_group() -> None:
    """Other words are no group."""
    assert GAZETTEER.group("各位代表", place("广东省")) is None


def test_a_planner_adds_a_region() -> None:
    """An added region is found, mentioned and has its parent."""
    gazetteer = load_lexicon().gazetteer
    city = gazetteer.find("惠州市")
    added = gazetteer.add("潼湖生态智慧区", parent=city, short="", aliases=("智慧区",))
    assert gazetteer.find("潼湖生态智慧区", city) == added
    assert [region for _, _, region in gazetteer.mentions("支持潼湖生态智慧区建设", city)] == [added]
    assert gazetteer.parent(added) == city


@pytest.mark.parametrize(
    ("text", "home", "named"),
    [
        ("禁止新建化工园区", "江西省", []),
        ("会同有关部门提高水平、维修水利设施、加固安全堤防", "江西省", []),
        ("提高要求，建成高要求的大城市", "肇庆市", []),
        ("支持高要建设大城市", "肇庆市", ["高要区"]),
        ("瑞金、于都、方志敏根据地", "江西省", ["瑞金市", "于都县"]),
        ("依托怀集林场和德庆水源", "肇庆市", ["怀集县", "德庆县"]),
    ],
)
def test_short_names_between_two_everyday_words_are_no_places(text: str, home: str, named: list[str]) -> None:
    """新[建水]库, 提[高要]求 name no county; a short name before a word of its own does."""
    gazetteer = load_lexicon().gazetteer
    assert [region.name for _, _, region in gazetteer.mentions(text, gazetteer.find(home))] == named
