"""Where a requirement belongs: topic, 双碳 item, 强制性 mark."""

import pytest

from chuandao.extract.mandatory import mandatory_marks, marked
from chuandao.extract.topics import placed
from chuandao.plan.document import Block, Document, DocxRun, Source, Text
from chuandao.plan.lexicon import load_lexicon
from chuandao.plan.requirement import (
    BoundaryRequirement,
    IndicatorRequirement,
    ListRequirement,
    Register,
    RuleRequirement,
    ZoneRequirement,
    ZoneUnit,
)
from chuandao.plan.span import Span, TableRef

LEXICON = load_lexicon()


def rule(text: str, *section: str, where: tuple[Span, ...] = ()) -> RuleRequirement:
    return RuleRequirement(text=text, section=section, where=where, force="oblige", strength=5, modal="应")


@pytest.mark.parametrize(
    ("text", "section", "topic", "item"),
    [
        (
            "严禁占用永久基本农田挖塘养鱼",
            ("第四章 农业空间", "第二节 严格耕地保护"),
            "耕地和永久基本农田",
            "永久基本农田保护红线",
        ),
        (
            "城市蓝线范围内禁止填埋水域",
            ("第七章 城镇空间", "第四节 营造蓝绿开敞空间"),
            "蓝绿开敞空间",
            "蓝线、绿线划定与管控",
        ),
        (
            "公益林和天然林实行名录管理",
            ("第六章 自然资源", "第二节 森林与湿地"),
            "森林草原湿地",
            "各类自然资源保护目标和要求",
        ),
        (
            "新建城区路网应采用“小街区、密路网”布局",
            ("第九章 支撑体系", "综合交通"),
            "综合交通",
            "“小街区、密路网”的路网结构",
        ),
        ("严禁以城市更新名义大拆大建", ("第八章 城市更新",), "城市更新与节约集约", "城市更新的目标、分类和策略要点"),
        (
            "下级国土空间规划应当服从上级规划",
            ("第十三章 规划传导与实施保障",),
            "规划传导与实施保障",
            "低碳导向的内容传导和管控",
        ),
        ("抓好落实", (), None, None),
    ],
)
def test_rules(text: str, section: tuple[str, ...], topic: str | None, item: str | None) -> None:
    """A rule is placed by its words and the headings above it; where nothing speaks, nothing is said."""
    found = placed(rule(text, *section), LEXICON)
    assert (found.topic, found.carbon[0].item if found.carbon else None) == (topic, item)


def test_the_subject_outweighs_the_heading() -> None:
    """Concept, line, kind of register and zoning system decide, whatever heading the record stands under."""
    under = ("第二章 总体要求", "第二节 规划目标")
    wetland = placed(
        IndicatorRequirement(text="", where=(), section=under, name="湿地面积", concept="wetland_area"), LEXICON
    )
    redline = placed(
        BoundaryRequirement(text="", where=(), section=under, line="生态保护红线", name="生态保护红线"), LEXICON
    )
    heritage = placed(
        ListRequirement(
            text="", where=(), section=under, register=Register(name="名录"), kind="heritage", name="叶挺故居"
        ),
        LEXICON,
    )
    zone = placed(
        ZoneRequirement(
            text="", where=(), section=under, unit=ZoneUnit(name="龙门县"), system="主体功能区", type="农产品主产区"
        ),
        LEXICON,
    )
    assert [r.topic for r in (wetland, redline, heritage, zone)] == [
        "森林草原湿地",
        "生态保护红线",
        "历史文化与风貌",
        "主体功能区",
    ]
    assert [r.carbon[0].role for r in (wetland, redline)] == ["sink", "sink"]


def test_relation_stays_open() -> None:
    """Whether an item is direct or indirect 双碳 content is not known and never said."""
    assert all(item.relation is None for item in LEXICON.carbon)


def marked_plan(statement: str, bold: tuple[int, int]) -> Document:
    texts = [statement, "严禁占用永久基本农田。鼓励发展林下经济。"]
    blocks = tuple(
        Block(
            number, "paragraph", Text(text, (DocxRun(0, len(text), "body", number, 0),)), bold=(bold,) if number else ()
        )
        for number, text in enumerate(texts)
    )
    return Document(Source("plan.docx", "0", "docx"), blocks)


@pytest.mark.parametrize(
    ("statement", "quote", "expected"),
    [
        ("文中加粗部分为强制性内容。", "严禁占用永久基本农田", True),
        ("文中加粗部分为强制性内容。", "鼓励发展林下经济", False),
        ("强制性内容以下划线表示。", "严禁占用永久基本农田", False),
        ("本规划自批准之日起施行。", "严禁占用永久基本农田", None),
    ],
)
def test_marked_words_are_mandatory(statement: str, quote: str, expected: bool | None) -> None:
    """Bold or underlined words are mandatory only where the plan says so; otherwise nothing is said."""
    marks = mandatory_marks(marked_plan(statement, (0, 11)))
    assert marked(rule(quote, where=(Span(paragraph=1, start=0, end=9, quote=quote),)), marks).mandatory is expected


def test_cells_are_not_judged_by_marks() -> None:
    """Of a table's cell nothing is said."""
    marks = mandatory_marks(marked_plan("文中加粗部分为强制性内容。", (0, 11)))
    span = Span(paragraph=1, start=0, end=3, quote="耕地", table=TableRef(index=0, row=1, column=1))
    assert marked(rule("耕地", where=(span,)), marks).mandatory is None
