"""A whole sample draft with forty edits of a planner, after a third of the upper plan has changed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree

from chuandao.commands import open_input
from chuandao.commands.drafting import judged_for
from chuandao.generate import draft
from chuandao.plan.draft import Draft, Updated
from chuandao.plan.lexicon import load_lexicon
from chuandao.plan.plan import Plan
from chuandao.plan.requirement import Region, Requirement
from chuandao.render.docx import draft_docx
from chuandao.render.ooxml import package
from chuandao.render.update import update_docx

UPPER = Path(__file__).parents[2] / "corpora" / "plans" / "zhaoqing-huaiji" / "upper_zhaoqing.pdf"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAIN = "word/document.xml"
EDITS = 40


@dataclass(frozen=True)
class Case:
    edited: bytes
    paragraphs: tuple[bytes, ...]
    """The edited runs as they stand in the file, byte for byte."""
    updated: bytes
    done: Updated
    changed: frozenset[str]
    """Requirements whose upper text or number changed."""
    new: Draft


def changed(requirements: Sequence[Requirement]) -> tuple[tuple[Requirement, ...], frozenset[str]]:
    """Every third requirement of the upper plan says something else."""
    found: list[Requirement] = []
    touched: set[str] = set()
    for at, requirement in enumerate(requirements):
        values = getattr(requirement, "values", ())
        if at % 3 == 0 and requirement.mode in ("indicator", "rule"):
            update: dict[str, object] = {"text": requirement.text.rstrip("。；") + "，并从严执行"}
            if values:
                update["values"] = tuple(
                    value.model_copy(update={"value": f"{value.value}9" if "." in value.value else f"{value.value}.9"})
                    if value.value and value.op != "range" and "/" not in value.value
                    else value
                    for value in values
                )
            requirement = requirement.model_copy(update=update)
            touched.add(requirement.id)
        found.append(requirement)
    return tuple(found), frozenset(touched)


def edited(data: bytes, every: int) -> tuple[bytes, tuple[bytes, ...]]:
    """A word of the planner's in every so many runs of the chapters, until there are forty."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    root = etree.fromstring(parts[MAIN] if isinstance(parts[MAIN], bytes) else b"")
    runs = [
        run
        for paragraph in root.iter(f"{W}p")
        if (style := paragraph.find(f"{W}pPr/{W}pStyle")) is not None and style.get(f"{W}val") == "BodyText"
        for run in paragraph.iter(f"{W}r")
        if len(run.findtext(f"{W}t") or "") > 12 and not (run.findtext(f"{W}t") or "").startswith("【")
    ]
    mine: list[bytes] = []
    for number, run in enumerate(runs[::every][:EDITS]):
        piece = run.find(f"{W}t")
        assert piece is not None and piece.text is not None
        piece.text = f"{piece.text[:7]}（甲{number}）{piece.text[7:]}"
        mine.append(etree.tostring(piece, with_tail=False))
    parts[MAIN] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return package(parts), tuple(mine)


@pytest.fixture(scope="module")
def case() -> Case:
    lexicon = load_lexicon()
    plan = open_input(UPPER, lexicon).plan
    where = lexicon.gazetteer.find("怀集县", within=plan.document.region)
    assert where is not None
    judged = judged_for([plan], where, lexicon)

    def drafted(of: Plan, region: Region) -> Draft:
        return draft([of], region, None, lexicon, judged=judged)

    mine, runs = edited(draft_docx(drafted(plan, where)), 3)
    requirements, touched = changed(plan.requirements)
    new = drafted(plan.model_copy(update={"requirements": requirements}), where)
    updated, done = update_docx(mine, new)
    return Case(mine, runs, updated, done, touched, new)


@pytest.mark.slow
def test_forty_edits_survive_byte_for_byte(case: Case) -> None:
    """Each of forty edited runs stands in the updated file with the same bytes."""
    with zipfile.ZipFile(io.BytesIO(case.updated)) as archive:
        root = etree.fromstring(archive.read(MAIN))
    there = {etree.tostring(piece, with_tail=False) for piece in root.iter(f"{W}t")}
    assert len(case.paragraphs) == EDITS
    assert [run for run in case.paragraphs if run not in there] == []


@pytest.mark.slow
def test_every_changed_requirement_is_marked(case: Case) -> None:
    """Each changed requirement's response is rewritten or carries a comment, and nothing else is called changed by hand."""
    marks = {response.requirement: response.mark for response in case.new.trace.responses}
    said = {*case.done.renewed, *case.done.flagged, *case.done.added}
    with zipfile.ZipFile(io.BytesIO(case.updated)) as archive:
        names = re.findall(r'w:name="(cd_[^"]+)"', archive.read(MAIN).decode())
    missing = [
        requirement
        for requirement in case.changed
        if requirement in marks and marks[requirement] not in said and marks[requirement] in names
    ]
    assert len([requirement for requirement in case.changed if requirement in marks]) > 30
    assert missing == []
