"""The document's own facts."""

import pytest
from makers_indicators import sheet

from chuandao.extract.facts import document_facts
from chuandao.plan.document import Block, Document, Source, Table, Text
from chuandao.plan.lexicon import load_lexicon
from chuandao.plan.plan import PlanDocument

LEXICON = load_lexicon()


def facts(cover: list[str], *paragraphs: str, header: str | None = None, table: Table | None = None) -> PlanDocument:
    """The facts of a document with these cover lines and paragraphs (a line that starts with 第…条 is a heading)."""
    blocks = [("header", header)] if header else []
    blocks += [("cover", line) for line in cover]
    blocks += [("heading" if line.startswith("第") and len(line) < 14 else "paragraph", line) for line in paragraphs]
    return document_facts(
        Document(
            Source("plan.pdf", "0", "pdf", 1),
            (
                *(Block(number, kind, Text(text), title=text) for number, (kind, text) in enumerate(blocks)),
                *([Block(len(blocks), "table", Text(""), table=table)] if table is not None else []),
            ),
        ),
        LEXICON,
    )


@pytest.mark.parametrize(
    ("cover", "title", "kind", "level", "region", "version"),
    [
        (
            ["四川省国土空间规划", "（2021—2035年）", "四川省人民政府", "2024年1月"],
            "四川省国土空间规划（2021—2035年）",
            "territorial_master_plan",
            "province",
            "四川省",
            None,
        ),
        (
            ["恩施土家族苗族自治州国土空间总体规划", "(2021-2035年)", "（报批稿）"],
            "恩施土家族苗族自治州国土空间总体规划（2021—2035年）",
            "territorial_master_plan",
            "city",
            "恩施土家族苗族自治州",
            "报批稿",
        ),
        (
            ["杭州市 国土空间总体规划（2021－2035 年）", "（公示稿）", "文 本"],
            "杭州市国土空间总体规划（2021—2035年）",
            "territorial_master_plan",
            "city",
            "杭州市",
            "公示稿",
        ),
        (
            ["湖南省国土空间生态修复规划", "（2021—2035年）"],
            "湖南省国土空间生态修复规划（2021—2035年）",
            "ecological_restoration_plan",
            "province",
            "湖南省",
            None,
        ),
        (
            ["嘉善县国土空间", "总体规划", "2021-2035年", "征求意见稿"],
            "嘉善县国土空间总体规划（2021—2035年）",
            "territorial_master_plan",
            "county",
            "嘉善县",
            "征求意见稿",
        ),
        (
            ["惠东县稔山镇国土空间总体规划（2021—2035年）"],
            "惠东县稔山镇国土空间总体规划（2021—2035年）",
            "territorial_master_plan",
            "township",
            "稔山镇",
            None,
        ),
        (
            ["平远县泗水镇金田村村庄规划", "（2022-2035年）"],
            "平远县泗水镇金田村村庄规划（2022—2035年）",
            "village_plan",
            "village",
            "金田村",
            None,
        ),
        (
            ["长沙市历史文化名城保护规划（2021—2035年）"],
            "长沙市历史文化名城保护规划（2021—2035年）",
            "special_plan",
            "city",
            "长沙市",
            None,
        ),
        (
            ["国务院关于《安徽省国土空间规划（2021—2035年）》的批复"],
            "国务院关于《安徽省国土空间规划（2021—2035年）》的批复",
            "approval",
            "province",
            "安徽省",
            None,
        ),
    ],
)
def test_covers(cover: list[str], title: str, kind: str, level: str, region: str, version: str | None) -> None:
    """Title, kind, level, region and version are read from covers as provinces, cities, counties and towns print them."""
    found = facts(cover)
    assert found.region is not None
    assert (found.title, found.kind, found.level, found.region.name, found.version) == (
        title,
        kind,
        level,
        region,
        version,
    )


@pytest.mark.parametrize(
    ("text", "period"),
    [
        (
            "规划期限为2021—2035年，基期年为2020年，近期目标年为2025年，远景展望至2050年。",
            (2021, 2035, 2020, 2025, 2050),
        ),
        ("规划基期为2020年，期限为2021年至2035年，近期到2025年，远景展望到2050年。", (2021, 2035, 2020, 2025, 2050)),
        (
            "本规划期限为2021-2035年。其中：近期为2021-2025年，远期为2026-2035年，展望至2050年。",
            (2021, 2035, None, 2025, 2050),
        ),
        ("规划期限：2022—2035年。现状数据以2022年为基准年。", (2022, 2035, 2022, None, None)),
        (
            "规划期限自2021年起至2035年止，近期末为2025年，数据底版为2020年国土变更调查。",
            (2021, 2035, 2020, 2025, None),
        ),
        ("规划期限为2021—2035年，规划基期为2020年，近期安排至2025年。", (2021, 2035, 2020, 2025, None)),
        ("规划期限为二〇二一年至二〇三五年，规划基期年为二〇二〇年。", (2021, 2035, 2020, None, None)),
    ],
)
def test_periods(text: str, period: tuple[int | None, ...]) -> None:
    """Start, end, base year, near term and vision are read as the article on 规划期限 words them."""
    found = facts(["某某规划"], "第五条 规划期限", text).period
    assert (found.start, found.end, found.base_year, found.near_term, found.vision) == period


def test_running_title_without_a_cover() -> None:
    """Without a cover the title is the one that the text or the running head gives."""
    by_text = facts([], "为落实要求，编制《金寨县国土空间总体规划（2021—2035年）》（以下简称《规划》）。")
    by_head = facts([], "本规划由县人民政府组织编制。", header="金寨县国土空间总体规划（2021-2035年）（草案公示稿）")
    assert by_text.title == by_head.title == "金寨县国土空间总体规划（2021—2035年）"
    assert by_head.version == "公示稿"


def test_upper_plans_are_not_the_title() -> None:
    """A plan cited as ground is not taken for the document itself."""
    found = facts(
        ["惠州市国土空间总体规划", "（2021—2035年）"], "依据《广东省国土空间规划（2021—2035年）》（征求意见稿）编制。"
    )
    assert (found.title, found.version) == ("惠州市国土空间总体规划（2021—2035年）", None)


def test_repeated_county_names_are_told_by_their_parents() -> None:
    """A county name that repeats in China is resolved by the province and city that the text names."""
    found = facts(["鼓楼区国土空间总体规划（2021—2035年）"], "鼓楼区位于江苏省徐州市中部，隶属徐州市。")
    assert found.region is not None and found.region.code == "320302"


def test_nothing_is_guessed() -> None:
    """A document that states nothing has no region, level or years."""
    found = facts([], "会议纪要。")
    assert (found.kind, found.level, found.region, found.period.end) == ("other", None, None, None)


@pytest.mark.parametrize(
    ("title", "regions", "level"),
    [
        ("恩施州—宜昌市清江流域国土空间生态修复规划（2021—2035年）", ["恩施土家族苗族自治州", "宜昌市"], "city"),
        ("长沙市、株洲市、湘潭市国土空间协同规划（2021—2035年）", ["长沙市", "株洲市", "湘潭市"], "city"),
        ("粤港澳大湾区国土空间规划（2021—2035年）", ["粤港澳大湾区"], None),
    ],
)
def test_regions_of_joint_plans(title: str, regions: list[str], level: str | None) -> None:
    """A joint plan has all its regions, also where the last names only a part; an area of its own making has no level."""
    found = facts([title])
    named = [found.region.name] if found.region is not None else [region.name for region in found.regions]
    assert (named, found.level) == (regions, level)


@pytest.mark.parametrize(
    ("title", "region"),
    [
        ("盐城市国土空间总体规划（2021—2035年）", "盐城市"),
        ("江苏省盐城市国土空间总体规划（2021—2035年）", "盐城市"),
        ("盐城市城市总体规划（2021—2035年）", "盐城市"),
        ("邹城市国土空间总体规划（2021—2035年）", "邹城市"),
        ("惠州城市总体规划（2021—2035年）", "惠州市"),
    ],
)
def test_a_city_whose_name_ends_in_the_word_for_towns(title: str, region: str) -> None:
    """城市 is the end of a name or the kind of a plan."""
    found = facts([title]).region
    assert found is not None
    assert found.name == region


def test_base_year_of_the_data() -> None:
    """基础数据采用… gives the base year where nothing else does."""
    assert (
        facts(["绵阳市国土空间总体规划", "（2021—2035年）"], "基础数据采用2018年变更调查成果。").period.base_year
        == 2018
    )


def test_base_year_in_the_head_of_a_table() -> None:
    """A head that dates the 基期 says more of it than the year of the survey that the data are from."""
    table = sheet(["指标 | 单位 | 基期（2020年） | 2035年", "耕地保有量 | 万亩 | 17.6 | ≥17.8"])
    said = facts(["绵阳市国土空间总体规划", "（2021—2035年）"], "现状数据采用2018年土地调查成果。", table=table)
    assert said.period.base_year == 2020
