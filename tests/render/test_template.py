"""Word templates: shipped sets, places, refusals, filling."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from makers_plan import CITY, upper_plan

from chuandao.extract.reading.docx import read_docx
from chuandao.generate import blank_template, draft, template_places, template_slots
from chuandao.plan.draft import TemplateSlot
from chuandao.plan.errors import Refused
from chuandao.plan.lexicon import Lexicon, load_lexicon
from chuandao.render.docx import draft_docx
from chuandao.render.template import template_docx

TEMPLATES = Path(__file__).parents[2] / "templates"
SETS = {
    "city": "市级国土空间总体规划",
    "county": "县级国土空间总体规划",
    "carbon": "双碳专章",
    "town": "乡镇国土空间规划",
}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def saved(document) -> bytes:  # type: ignore[no-untyped-def]
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def places_of(data: bytes) -> tuple[TemplateSlot, ...]:
    return template_places(read_docx(Path("模板.docx"), data))


@pytest.mark.parametrize("name", SETS)
def test_shipped_templates_are_current(name: str) -> None:
    """The Word files in templates/ are what the chapter sets say (`chuandao template new` writes them)."""
    assert (TEMPLATES / f"{name}.docx").read_bytes() == draft_docx(blank_template(SETS[name]))


@pytest.mark.parametrize("name", SETS)
def test_every_requirement_finds_a_place_in_each_set(name: str, lexicon: Lexicon) -> None:
    """Each shipped set takes all that applies, and no {{ }} is left in the result."""
    data = draft_docx(blank_template(SETS[name]))
    made = draft([upper_plan()], CITY, None, lexicon, template=places_of(data))
    filled = template_docx(made, data)
    assert filled == template_docx(made, data)
    found = read_docx(Path("草案.docx"), filled)
    said = "\n".join(block.text.text for block in found.blocks)
    assert "66.12万亩" in said and "{{" not in said and CITY.name in said
    assert any(table.title == "传导落实对照表" for table in found.tables)


def test_a_planners_own_word_file(lexicon: Lexicon) -> None:
    """A plain Word file with its own prose and styles takes responses where its places stand."""
    source = docx.Document()
    source.add_heading("我们的第一章", 1)
    source.add_paragraph("本章由{{ 行政区 }}人民政府负责解释。")
    source.add_paragraph("{{ 指标 }}")
    source.add_heading("其他内容", 1)
    source.add_paragraph("{{ 其余 }}")
    source.add_paragraph("{{ 附表 }}")
    data = saved(source)
    made = draft([upper_plan()], CITY, None, lexicon, template=places_of(data))
    filled = template_docx(made, data)
    lines = [paragraph.text for paragraph in docx.Document(io.BytesIO(filled)).paragraphs]
    assert lines[:2] == ["我们的第一章", "本章由黄山市人民政府负责解释。"]
    assert any("耕地保有量" in line for line in lines[2:5])
    assert any("严禁占用永久基本农田" in line for line in lines[5:])
    assert len(list(docx.Document(io.BytesIO(filled)).comments)) == len(made.trace.open_items)
    assert {response.section[0] for response in made.trace.responses if response.mode == "indicator"} == {
        "我们的第一章"
    }


def test_unknown_places_are_named(lexicon: Lexicon) -> None:
    """A place that means nothing is refused by its name."""
    with pytest.raises(Refused, match=r"\{\{ 不存在的主题 \}\}"):
        template_slots([TemplateSlot("不存在的主题")], [topic.name for topic in lexicon.topics])


def test_requirements_without_a_place_are_named(lexicon: Lexicon) -> None:
    """A template that has no place for something that applies is refused with what it is."""
    with pytest.raises(Refused, match="耕地保有量"):
        draft([upper_plan()], CITY, None, lexicon, template=[TemplateSlot("规则"), TemplateSlot("附表")])
    with pytest.raises(Refused, match="九龙峰"):
        draft([upper_plan()], CITY, None, lexicon, template=[TemplateSlot("其余")])


def test_a_slot_for_one_requirement(lexicon: Lexicon) -> None:
    """A place named by a requirement's id takes that response before all others."""
    plan = upper_plan()
    rule = next(r for r in plan.requirements if r.mode == "rule")
    slots = [TemplateSlot(rule.id.replace("-", "_"), ("专条",)), TemplateSlot("其余"), TemplateSlot("附表")]
    made = draft([plan], CITY, None, lexicon, template=slots)
    assert [r.section for r in made.trace.responses if r.requirement == rule.id] == [("专条",)]


def test_broken_jinja_is_refused(lexicon: Lexicon) -> None:
    """A sentence that Jinja cannot read ends in one line, not in a traceback."""
    source = docx.Document()
    for line in ("{% if 行政区 %}没有结束的条件", "{{ 其余 }}", "{{ 附表 }}"):
        source.add_paragraph(line)
    data = saved(source)
    made = draft([upper_plan()], CITY, None, lexicon, template=places_of(data))
    with pytest.raises(Refused, match="模板有误"):
        template_docx(made, data)


def test_wide_annexes_stand_on_turned_pages(lexicon: Lexicon) -> None:
    """In a template too a wide annex has a landscape page of its own; pages go on counting and annex numbers are fields."""
    data = draft_docx(blank_template("市级国土空间总体规划"))
    made = draft([upper_plan()], CITY, None, lexicon, template=places_of(data))
    assert any(annex.landscape for annex in made.annexes)
    opened = docx.Document(io.BytesIO(template_docx(made, data)))
    turned = [section for section in opened.sections if section.page_width > section.page_height]  # type: ignore[operator]
    assert turned and opened.sections[0].page_width < opened.sections[0].page_height  # type: ignore[operator]
    xml = opened.element.xml
    assert xml.count("w:start=") <= 1 and "REF _annexno_" in xml and "SEQ 附表" in xml


def test_a_draft_shows_what_has_no_place_in_red(lexicon: Lexicon) -> None:
    """Asked for a draft, what the template has no place for stands at its end in a style of its own."""
    source = docx.Document()
    source.add_paragraph("{{ 规则 }}")
    data = saved(source)
    places = places_of(data)
    made = draft([upper_plan()], CITY, None, lexicon, template=places, show_unplaced=True)
    filled = docx.Document(io.BytesIO(template_docx(made, data)))
    red = [one.text for one in filled.paragraphs if one.style is not None and one.style.name == "Unplaced"]
    assert any("耕地保有量" in line for line in red)
    assert "九龙峰" in filled.element.xml
