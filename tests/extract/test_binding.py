"""Whom a requirement binds."""

import pytest

from chuandao.extract.binding import bind_cell, bind_name, bind_text, bind_zone_subject
from chuandao.extract.named_places import bind_named_places, bind_villages, named_places
from chuandao.plan.lexicon import load_lexicon
from chuandao.plan.requirement import ListRequirement, Region, Register, RuleRequirement, ZoneRequirement, ZoneUnit

LEXICON = load_lexicon()
GAZETTEER = LEXICON.gazetteer


def home(name: str) -> Region:
    found = GAZETTEER.find(name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("area", "text", "basis", "names"),
    [
        ("广东省", "严禁占用永久基本农田挖塘养鱼", "whole", ["广东省"]),
        ("广东省", "各市应当划定历史文化保护线", "whole", ["广东省"]),
        ("湖北省", "各市（州）应将湿地碳汇纳入规划", "whole", ["湖北省"]),
        ("肇庆市", "各县（市、区）不得降低控制要求", "whole", ["肇庆市"]),
        ("怀集县", "支持各镇依托稻田打造景观", "whole", ["怀集县"]),
        ("广东省", "形成由珠三角核心区、沿海经济带、北部生态发展区构成的格局", "whole", ["广东省"]),
        ("广东省", "北部生态发展区严格限制开发", "group", ["韶关市", "河源市", "梅州市", "清远市", "云浮市"]),
        ("广东省", "支持韶关、清远等地发展绿色制造", "mention", ["韶关市", "清远市"]),
        ("广东省", "推动珠三角水资源配置工程", "whole", ["广东省"]),
        ("广东省", "支持梅州五华抽水蓄能电站建设", "mention", ["梅州市"]),
        ("肇庆市", "怀集县、广宁县限制新建小型石材加工项目", "mention", ["怀集县", "广宁县"]),
        ("肇庆市", "与清远、梧州建立联防联控机制", "whole", ["肇庆市"]),
        ("怀集县", "鼓励坳仔、汶朗、甘洒等镇发展竹业", "mention", ["坳仔镇", "汶朗镇", "甘洒镇"]),
        ("怀集县", "冷坑、梁村等3万人以上的镇各设医院1所", "mention", ["冷坑镇", "梁村镇"]),
        ("怀集县", "应符合《怀集县冷坑镇国土空间规划》", "whole", ["怀集县"]),
        ("广东省", "支持阳江、湛江、珠海等地发展深远海养殖", "mention", ["阳江市", "湛江市", "珠海市"]),
        ("广东省", "城区常住人口300万以下的城市严格限制新建超高层建筑", "whole", ["广东省"]),
        ("广东省", "推进东江、西江、北江水生态修复", "whole", ["广东省"]),
        (
            "遵义市",
            "支持务川、正安、道真铝土矿基地建设",
            "mention",
            ["务川仡佬族苗族自治县", "正安县", "道真仡佬族苗族自治县"],
        ),
        ("湄潭县", "兴隆、永兴、复兴等产茶镇推行生物防治", "mention", ["兴隆镇", "永兴镇", "复兴镇"]),
        ("广东省", "构建广州—惠州—汕尾—汕头通道等综合运输大通道", "whole", ["广东省"]),
        ("江西省", "上饶城区不低于100年一遇，其他设区市中心城区不低于50年一遇", "whole", ["江西省"]),
        ("江西省", "赣西各市从严控制新增钢铁用地", "group", ["宜春市", "新余市", "萍乡市"]),
        ("江西省", "井冈山、庐山、龙虎山等名山周边严格控制建筑高度", "whole", ["江西省"]),
        ("江西省", "提升赣江、昌江航道等级", "whole", ["江西省"]),
        ("湖北省", "洪湖、斧头湖等湖泊退垸还湖", "whole", ["湖北省"]),
        ("江西省", "串联于都、兴国、苏区旧址群等红色遗址", "whole", ["江西省"]),
        ("黑龙江省", "建设哈尔滨—亚布力、大界江等精品旅游线路", "whole", ["黑龙江省"]),
        ("江西省", "支持婺源茶叶、脐橙等特色产业", "mention", ["婺源县"]),
        ("江西省", "支持于都、兴国等县发展蔬菜产业", "mention", ["于都县", "兴国县"]),
        ("上饶市", "在鄱阳、余干、万年建设优质稻产区", "mention", ["鄱阳县", "余干县", "万年县"]),
        ("安溪县", "感德、祥华两地优先建设生态茶园", "mention", ["感德镇", "祥华乡"]),
        ("安溪县", "凤城老城应逐步疏解批发市场", "mention", ["凤城镇"]),
        ("安溪县", "新增工业布局在湖头光电园和城厢经济开发区", "mention", ["湖头镇", "城厢镇"]),
        ("安溪县", "加快省道217线感德至桃舟段改造", "mention", ["感德镇", "桃舟乡"]),
        ("怀集县", "幸福片区建设物流园", "whole", ["怀集县"]),
        ("广东省", "培育广州、深圳、珠江口西岸、汕潮揭、湛茂五大都市圈", "whole", ["广东省"]),
        (
            "广东省",
            "做强珠江口西岸、湛茂两大都市圈",
            "group",
            ["珠海市", "中山市", "江门市", "阳江市", "湛江市", "茂名市"],
        ),
        ("广东省", "促进粤东城镇连片地区整合提升", "whole", ["广东省"]),
        ("广东省", "支持横琴、前海、南沙等重大合作平台建设", "mention", ["珠海市", "深圳市", "广州市"]),
        ("广东省", "示范区包括湛江青龙湾、江门白马湾、惠州考洲洋三处", "mention", ["湛江市", "江门市", "惠州市"]),
        ("盐城市", "边界外不得规划建设各类开发区、新城新区", "whole", ["盐城市"]),
        ("盐城市", "在射阳、滨海侵蚀岸段实施沙滩养护、离岸潜堤修复", "mention", ["射阳县", "滨海县"]),
        ("上饶市", "鼓励婺源古村落、万年稻作遗址试行特色政策", "mention", ["婺源县", "万年县"]),
        ("上饶市", "德兴铜金矿、横峰至铅山钽铌矿不得压覆", "mention", ["德兴市", "横峰县", "铅山县"]),
        ("佳木斯市", "划定同江哈鱼岛、抚远莽吉塔两处口岸用地", "mention", ["同江市", "抚远市"]),
        ("射阳县", "在海河、新坍、长荡应另划储备区", "mention", ["海河镇", "新坍镇", "长荡镇"]),
        ("射阳县", "海河、临海、黄沙港三个中心镇各办好初中1所", "mention", ["海河镇", "临海镇", "黄沙港镇"]),
        ("射阳县", "推进造林、护林、育林一体化", "whole", ["射阳县"]),
        ("黑龙江省", "市县规划应划定风险控制线，哈尔滨、大庆防洪标准不低于200年一遇", "whole", ["黑龙江省"]),
    ],
)
def test_sentences(area: str, text: str, basis: str, names: list[str]) -> None:
    """A sentence binds the groups or places that it names inside the area, else the whole area."""
    binding = bind_text(text, home(area), GAZETTEER)
    assert (binding.basis, [region.name for region in binding.regions]) == (basis, names)


def test_who_is_excepted_is_not_bound() -> None:
    """除南昌市外 binds every other city of the province, not the one that it names."""
    binding = bind_text("除南昌市外，其他设区市近期不得新开工地铁项目", home("江西省"), GAZETTEER)
    assert home("南昌市") not in binding.regions
    assert {home("上饶市"), home("赣州市"), home("九江市")} <= set(binding.regions)


def test_exception_beside_named_regions() -> None:
    """Who is excepted does not join those that the sentence names; an excepted county leaves the province whole."""
    binding = bind_text("除南昌市外，支持九江市、赣州市建设省域副中心城市", home("江西省"), GAZETTEER)
    assert binding.regions == (home("九江市"), home("赣州市"))
    binding = bind_text("婺源县除紫阳镇和婺源产业园外不再布局工业", home("江西省"), GAZETTEER)
    assert binding.regions == (home("婺源县"),)
    binding = bind_text("除婺源县外，不得新建高层住宅", home("江西省"), GAZETTEER)
    assert binding.regions == (home("江西省"),)


@pytest.mark.parametrize(
    ("area", "cell", "names"),
    [
        ("广东省", "惠州市大亚湾区、惠东县；深圳市龙岗区", ["惠州市", "大亚湾区", "惠东县", "深圳市", "龙岗区"]),
        ("广东省", "韶关市乳源瑶族自治县、乐昌市", ["韶关市", "乳源瑶族自治县", "乐昌市"]),
        ("广东省", "汕尾市城区", ["汕尾市", "城区"]),
        ("肇庆市", "德庆县官圩镇", ["德庆县"]),
        ("怀集县", "中洲镇、怀城街道", ["中洲镇", "怀城街道"]),
        ("惠州市", "博罗、龙门", ["博罗县", "龙门县"]),
        ("惠州市", "各县（市、区）", ["惠城区", "惠阳区", "博罗县", "惠东县", "龙门县"]),
        ("惠州市", "全市", ["惠州市"]),
        ("惠州市", "—", []),
    ],
)
def test_cells(area: str, cell: str, names: list[str]) -> None:
    """A 所在地 cell binds each region in it; 各县（市、区） is opened; an empty one binds nobody."""
    assert [region.name for region in bind_cell(cell, home(area), GAZETTEER).regions] == names


@pytest.mark.parametrize(
    ("area", "name", "basis", "bound"),
    [
        ("惠州市", "惠城区", "row", "惠城区"),
        ("惠州市", "1. 龙门", "row", "龙门县"),
        ("惠州市", "大亚湾经济技术开发区", "row", "大亚湾区"),
        ("惠州市", "惠城区（不含仲恺高新区）", "row", "惠城区"),
        ("惠州市", "惠南高新技术产业园区", "row", "惠南高新技术产业园区"),
        ("惠州市", "合 计", "whole", "惠州市"),
        ("惠州市", "惠州市合计", "whole", "惠州市"),
        ("惠州市", "无名之地", "unknown", "无名之地"),
    ],
)
def test_rows(area: str, name: str, basis: str, bound: str) -> None:
    """A row head binds its region; sums are the whole area; an unknown name stays unknown and keeps its print."""
    binding = bind_name(name, "row", home(area), GAZETTEER)
    assert (binding.basis, [region.name for region in binding.regions]) == (basis, [bound])


def test_rules_of_a_zone_type_bind_its_areas() -> None:
    """A rule about 农产品主产区 binds the counties of that type."""
    zones = [
        ZoneRequirement(
            text="", where=(), unit=ZoneUnit(name="德庆县", code="441226"), system="主体功能区", type="农产品主产区"
        ),
        ZoneRequirement(
            text="", where=(), unit=ZoneUnit(name="端州区", code="441202"), system="主体功能区", type="城市化地区"
        ),
    ]
    rule = RuleRequirement(
        text="农产品主产区从严控制新增工业园区",
        where=(),
        force="restrict",
        strength=4,
        modal="从严控制",
        binds=(home("肇庆市"),),
        binds_basis="whole",
    )
    bound = bind_zone_subject(rule, zones, LEXICON)
    assert (bound.binds_basis, bound.binds_as, [region.name for region in bound.binds]) == (
        "group",
        "农产品主产区",
        ["德庆县"],
    )


def test_unknown_area() -> None:
    """Without a known area nothing is taken for the whole."""
    assert bind_text("严禁挖塘养鱼", None, GAZETTEER).basis == "unknown"
    assert bind_name("合计", "row", None, GAZETTEER).basis == "unknown"


def listed(name: str, place: str) -> ListRequirement:
    return ListRequirement(
        modes=("list",),
        text=name,
        where=(),
        binds=(home(place),),
        binds_basis="row",
        register_=Register(name="名录"),
        kind="other",
        name=name,
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("优先保障关门嘴子水库用地", ["鹤岗市"]),
        ("加快关门嘴子水库、粮食产能提升重大水利工程建设", ["黑龙江省"]),
        ("优先修复自然保护区周边湿地", ["黑龙江省"]),
    ],
)
def test_rule_about_a_thing_of_the_registers(text: str, names: list[str]) -> None:
    """A rule binds where the thing stands that it names; not where it also names works that nobody located, nor for a
    name that only says what a thing is (湿地自然保护区)."""
    area = home("黑龙江省")
    places = named_places(
        [listed("关门嘴子水库", "鹤岗市"), listed("佳木斯湿地自然保护区", "佳木斯市")], area, GAZETTEER
    )
    rule = RuleRequirement(
        modes=("rule",),
        text=text,
        where=(),
        binds=(area,),
        binds_basis="whole",
        force="recommend",
        strength=2,
        modal="推进",
    )
    assert [region.name for region in bind_named_places(rule, places).binds] == names


def test_a_towns_rules_bind_the_villages_of_its_tables() -> None:
    """A village named in full, or short in a row of villages, is bound; 村民 and a lone short name bind nobody."""
    town = GAZETTEER.find("感德镇", home("安溪县"))
    assert town is not None
    villages = tuple(Region(name=name) for name in ("石门村", "大坂村", "霞中村"))
    base = RuleRequirement(
        modes=("rule",),
        text="",
        section=(),
        where=(),
        binds=(town,),
        binds_basis="whole",
        force="oblige",
        strength=5,
        modal="应",
    )

    def bound(text: str) -> list[str]:
        return [region.name for region in bind_villages(base.model_copy(update={"text": text}), villages).binds]

    assert bound("石门村应完整保护街巷") == ["石门村"]
    assert bound("在石门、大坂、霞中三村选连片好田") == ["石门村", "大坂村", "霞中村"]
    assert bound("引导石门村民集中居住") == ["感德镇"]
    assert bound("石门水库应安装围栏") == ["感德镇"]
