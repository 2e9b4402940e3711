"""Pointers of the draft to its own articles."""

from __future__ import annotations

from dataclasses import replace

import pytest
from makers_pair import CITY, PROVINCE, document, lexicon, plan, words

from chuandao.check import check_plans
from chuandao.extract.assembling import document_to_plan
from chuandao.plan.document import Block


def messages(sentence: str, articles: int, number: str = "第{}条", chapter: str = "") -> list[str]:
    """What is said of references in a draft with that many headings, numbered so (in a chapter), and one sentence."""
    draft = document(CITY, sentence)
    first = len(draft.blocks)
    heads = tuple(
        Block(
            first + n,
            "heading",
            words(f"{number.format(n + 1)} 总体要求", first + n),
            level=3,
            number=number.format(n + 1),
            title="总体要求",
        )
        for n in range(articles)
    )
    if chapter:
        opening = Block(first, "heading", words(f"{chapter} 总则", first), level=1, number=chapter, title="总则")
        heads = (opening, *(replace(head, index=head.index + 1) for head in heads))
    draft = replace(draft, blocks=(*draft.blocks, *heads))
    made = check_plans(
        document_to_plan(draft, lexicon()),
        [plan(PROVINCE, "推进村庄建设。")],
        region=None,
        lexicon=lexicon(),
        lower_document=draft,
        upper_documents=[document(PROVINCE, "推进村庄建设。")],
    )
    return [finding.message for finding in made.findings if finding.code == "DOC-REF"]


def test_an_article_that_does_not_exist_is_named() -> None:
    """见第七十八条 in a draft of five articles points nowhere."""
    assert messages("每年应当作专题报告（见第七十八条）。", 5) == ["指向不存在的第七十八条"]


def test_articles_that_exist_and_those_of_laws_are_left_alone() -> None:
    """第3条 stands in the draft; an article of a law, or of a draft without articles, is nobody's here."""
    assert messages("每年应当作专题报告（见第三条）。", 5) == []
    assert messages("依照《中华人民共和国土地管理法》第四十四条办理审批。", 5) == []
    assert messages("每年应当作专题报告（见第七十八条）。", 0) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "分解办法见7.9节。",
        "具体要求详见本规划第7.9节。",
        "各镇任务（见7.9）由县自然资源局下达。",
        "管理要求按7.9执行。",
    ],
)
def test_a_decimal_section_that_does_not_exist_is_named(sentence: str) -> None:
    """见7.9节 in a draft whose headings run from 7.1 to 7.4 points nowhere."""
    assert messages(sentence, 4, "7.{}") == ["指向不存在的7.9节"]


@pytest.mark.parametrize(
    "sentence",
    [
        "分解办法见7.3节。",
        "建筑密度按7.9平方米控制。",
        "避难场所按人均1.5平方米设置。",
        "执行《城市综合防灾标准》7.9条。",
        "分解办法见3.2.1节。",
    ],
)
def test_sections_that_exist_amounts_and_standards_are_left_alone(sentence: str) -> None:
    """A section that stands there, an amount, a standard's clause and a depth of which the draft has no headings are none."""
    assert messages(sentence, 4, "7.{}") == []


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("管理办法见第四章第六节。", ["指向不存在的第四章第六节"]),
        ("管理办法按本规划第4章第3节执行。", []),
        ("管理办法见第五章第六节。", []),
    ],
)
def test_a_section_of_a_chapter_that_does_not_exist(sentence: str, found: list[str]) -> None:
    """The fourth chapter has three sections; of a chapter without sections nothing is said."""
    assert messages(sentence, 3, "第{}节", "第四章") == found


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("衔接《某县县城总体规划（2010—2030年）》。", True),
        ("衔接《某某乡总体规划（2012—2030年）》。", True),
        ("衔接《某湖风景名胜区总体规划（2015—2030年）》。", False),
        ("衔接《某县国土空间总体规划（2021—2035年）》。", False),
    ],
)
def test_plans_of_towns_that_the_new_plan_replaces(sentence: str, found: bool) -> None:
    """A master plan of a county seat or township is replaced, one of a scenic area is not."""
    assert bool(messages(sentence, 0)) == found
