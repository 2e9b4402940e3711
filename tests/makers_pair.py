"""Two small plans as text, read by the extractor and checked: upper sentences and tables, draft sentences and tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from chuandao.check import check_plans
from chuandao.check.alignment import Index
from chuandao.check.judgement import Ground
from chuandao.check.passages import draft_of
from chuandao.check.vocabulary import vocabulary
from chuandao.extract import document_to_plan
from chuandao.plan.document import Block, Cell, Document, DocxRun, Source, Table, Text
from chuandao.plan.lexicon import Lexicon, load_lexicon
from chuandao.plan.plan import Plan
from chuandao.plan.verdict import Check

PROVINCE, CITY = "安徽省国土空间规划（2021—2035年）", "黄山市国土空间总体规划（2021—2035年）"
Thing = str | Table


@lru_cache(1)
def lexicon() -> Lexicon:
    return load_lexicon()


def words(text: str, paragraph: int) -> Text:
    return Text(text, (DocxRun(0, len(text), "body", paragraph, 0),) if text else ())


def table(label: str, title: str, *rows: str, unit: str | None = None) -> Table:
    """A table from rows of cells parted by |."""
    grid = tuple(
        tuple(Cell(words(part.strip(), 1000 + 50 * r + c), r, c) for c, part in enumerate(row.split("|")))
        for r, row in enumerate(rows)
    )
    return Table(0, grid, 1, label, title, unit=unit, part="annex", section=(f"{label} {title}",))


def document(title: str, *things: Thing) -> Document:
    """A cover, the period, then the things in one chapter."""
    blocks = [Block(0, "cover", words(title, 0))]
    opening = "规划期限为2021—2035年，规划基期为2020年，近期目标年为2025年。"
    tables = 0
    for thing in (opening, *things):
        index = len(blocks)
        if isinstance(thing, Table):
            placed = replace(thing, index=tables)
            tables += 1
            blocks.append(Block(index, "table", Text(""), part="annex", section=thing.section, table=placed))
        else:
            blocks.append(Block(index, "paragraph", words(thing, index), section=("第一章 总则",)))
    return Document(Source(f"{title}.docx", "0" * 64, "docx"), tuple(blocks))


@lru_cache(256)
def plan(title: str, *things: Thing) -> Plan:
    return document_to_plan(document(title, *things), lexicon())


def checked(
    upper: Thing | list[Thing],
    lower: Thing | list[Thing],
    *,
    known: Lexicon | None = None,
    title: str = CITY,
    decisions: Mapping[str, Any] | None = None,
) -> Check:
    """A draft (of 黄山市) against a plan of 安徽省."""
    uppers = upper if isinstance(upper, list) else [upper]
    lowers = lower if isinstance(lower, list) else [lower]
    draft = document(title, *lowers)
    return check_plans(
        document_to_plan(draft, lexicon()),
        [plan(PROVINCE, *uppers)],
        region=None,
        lexicon=known or lexicon(),
        lower_document=draft,
        upper_documents=[document(PROVINCE, *uppers)],
        decisions=decisions,
    )


def of_county(upper: Thing, lower: Thing, title: str = "歙县国土空间总体规划（2021—2035年）") -> Check:
    """A draft of a county against the plan of its city."""
    draft = document(title, lower)
    return check_plans(
        document_to_plan(draft, lexicon()),
        [plan(CITY, upper)],
        region=None,
        lexicon=lexicon(),
        lower_document=draft,
        upper_documents=[document(CITY, upper)],
    )


def codes(check: Check) -> set[str]:
    """Every finding code of a check."""
    found = {f.code for v in check.verdicts for f in v.findings}
    return found | {f.code for f in (*check.findings, *check.orphans)}


def verdicts(check: Check) -> list[str]:
    """The verdicts in the upper plan's order."""
    return [verdict.verdict for verdict in check.verdicts]


def ground_of(*texts: str) -> Ground:
    """The ground of a draft of these sentences, which is its own upper plan."""
    read, made = document(CITY, *texts), plan(CITY, *texts)
    draft, known = draft_of(made, read), vocabulary(lexicon())
    assert made.document.region is not None
    return Ground(draft, Index(draft, (), known.plain), made, made.document.region, lexicon(), known)
