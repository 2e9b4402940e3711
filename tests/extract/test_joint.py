"""Plans for several regions."""

from makers_indicators import lexicon, sheet, written

from chuandao.extract import document_to_plan
from chuandao.plan.document import Block, Document, DocxRun, Text


def test_what_names_no_part_binds_all_regions() -> None:
    """In a joint plan a rule or aim that names no region is said of all of them; a row binds its own; an entry of a
    register without a place stays unknown."""
    title = "长株潭都市圈国土空间规划（2021—2035年）"
    body = written(
        "到2035年，耕地保有量不低于1500万亩。",
        "严禁占用永久基本农田挖塘养鱼。",
        sheet(["地区 | 耕地保有量（万亩）", "长沙市 | 400", "株洲市 | 300"], title="指标分解表"),
        sheet(["名称 | 级别", "甲森林公园 | 省级", "乙森林公园 | 省级"], title="自然保护地名录"),
    )
    cover = Block(100, "cover", Text(title, (DocxRun(0, len(title), "body", 900, 0),)))
    plan = document_to_plan(Document(body.source, (cover, *body.blocks)), lexicon())
    bound = {(r.mode, r.binds_basis, tuple(region.name for region in r.binds)) for r in plan.requirements}
    every = ("长沙市", "株洲市", "湘潭市")
    assert bound == {
        ("indicator", "whole", every),
        ("rule", "whole", every),
        ("indicator", "row", ("长沙市",)),
        ("indicator", "row", ("株洲市",)),
        ("list", "unknown", ()),
    }
    (whole,) = [r for r in plan.requirements if r.mode == "indicator" and r.binds_basis == "whole"]
    assert {r.part_of for r in plan.requirements if r.mode == "indicator" and r.binds_basis == "row"} == {whole.id}
