"""A draft that planners have edited, after the upper plan changed."""

from __future__ import annotations

import io
import re

import docx
import pytest
from docx.text.run import Run
from makers_plan import CITY, HERE, PROVINCE, upper_plan

from chuandao.generate import draft
from chuandao.plan.draft import Draft
from chuandao.plan.errors import UnreadableInput
from chuandao.plan.lexicon import Lexicon, load_lexicon
from chuandao.plan.plan import Plan
from chuandao.plan.requirement import RuleRequirement, identified
from chuandao.render.docx import draft_docx
from chuandao.render.update import update_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="module")
def old(lexicon: Lexicon) -> bytes:
    return draft_docx(draft([upper_plan()], CITY, None, lexicon))


def changed_plan() -> Plan:
    """The city's 耕地 task rises, a prohibition is dropped, another rule is new."""
    plan = upper_plan()
    kept = []
    for requirement in plan.requirements:
        if requirement.mode == "indicator" and requirement.text.startswith("黄山市"):
            values = tuple(
                value.model_copy(update={"value": "70.5", "raw": "70.5万亩"}) for value in requirement.values
            )
            requirement = requirement.model_copy(update={"values": values, "text": "黄山市 70.5"})
        if requirement.mode != "rule" or "挖塘养鱼" not in requirement.text:
            kept.append(requirement)
    fresh = RuleRequirement(
        force="prohibit",
        strength=6,
        modal="禁止",
        text="禁止在河湖管理范围内建设妨碍行洪的建筑物。",
        where=HERE,
        binds=(PROVINCE,),
        binds_basis="whole",
    )
    return plan.model_copy(update={"requirements": tuple(identified([*kept, fresh]))})


@pytest.fixture(scope="module")
def new(lexicon: Lexicon) -> Draft:
    return draft([changed_plan()], CITY, None, lexicon)


def texts(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def comments(data: bytes) -> list[str]:
    return [comment.text for comment in docx.Document(io.BytesIO(data)).comments]


def test_nothing_changed_changes_nothing(old: bytes, lexicon: Lexicon) -> None:
    """Updating with the same upper plan touches no word and adds no comment."""
    updated, done = update_docx(old, draft([upper_plan()], CITY, None, lexicon))
    assert texts(updated) == texts(old) and comments(updated) == comments(old)
    assert not (done.renewed or done.flagged or done.added or done.dropped) and done.kept > 8


def test_unedited_words_are_rewritten(old: bytes, new: Draft) -> None:
    """What nobody edited says what the new upper plan asks, with a comment that keeps the old words."""
    updated, done = update_docx(old, new)
    said = "\n".join(texts(updated))
    assert "70.5万亩" in said and "66.12万亩" not in said
    assert any("66.12万亩" in comment for comment in comments(updated))
    assert done.renewed


def test_new_and_dropped_requirements_show(old: bytes, new: Draft) -> None:
    """A new requirement gets its response, a dropped one its comment; its words stay."""
    updated, done = update_docx(old, new)
    said = "\n".join(texts(updated))
    assert "禁止在河湖管理范围内建设妨碍行洪的建筑物" in said and "严禁占用永久基本农田挖塘养鱼" in said
    assert any("没有此项要求" in comment for comment in comments(updated))
    assert len(done.added) == 1 and len(done.dropped) == 1


def edited(data: bytes) -> tuple[bytes, list[str]]:
    """A planner's hand: a word put into every run of the chapters, and a paragraph of his own in each section."""
    document = docx.Document(io.BytesIO(data))
    marks: list[str] = []
    for number, element in enumerate(document.element.body.iter(f"{W}r")):
        run = Run(element, document)  # type: ignore[arg-type]
        if len(run.text) > 12 and not re.match(r"【|第", run.text) and len(marks) < 40:
            mark = f"（人工修改{number}）"
            run.text = run.text[:6] + mark + run.text[6:]
            marks.append(run.text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue(), marks


def test_every_edit_survives_and_every_change_is_marked(old: bytes, new: Draft) -> None:
    """All edits of a planner are there after the update, word for word; the changed requirements carry comments."""
    mine, marks = edited(old)
    updated, done = update_docx(mine, new)
    root = docx.Document(io.BytesIO(updated)).element
    said = "".join(piece.text or "" for piece in root.iter(f"{W}t"))
    assert len(marks) >= 15
    assert all(mark in said for mark in marks)
    assert any("改为：" in comment and "70.5万亩" in comment for comment in comments(updated))
    assert done.flagged


def test_a_second_update_repeats_nothing(old: bytes, new: Draft) -> None:
    """What was said once is not said again."""
    mine, _ = edited(old)
    once, _ = update_docx(mine, new)
    twice, done = update_docx(once, new)
    assert comments(twice) == comments(once) and texts(twice) == texts(once)
    assert not (done.renewed or done.flagged or done.added or done.dropped)


def test_same_update_same_bytes(old: bytes, new: Draft) -> None:
    """The same input gives the same bytes."""
    assert update_docx(old, new) == update_docx(old, new)


def test_a_foreign_file_is_refused(new: Draft) -> None:
    """A Word file without marks is no draft that can be updated."""
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    with pytest.raises(UnreadableInput, match="没有 chuandao 草案的响应标记"):
        update_docx(buffer.getvalue(), new)
