"""A plan: one document with its outline, what it hands down, and what is wrong with it (CONTRACT §2)."""

from __future__ import annotations

import json
from json.encoder import encode_basestring
from math import isfinite
from typing import Any, Literal

from pydantic import Field

from .finding import Finding
from .requirement import Region, Requirement
from .span import Record

SCHEMA = "chuandao.plan/1"
Level = Literal["national", "province", "city", "county", "township", "village"]
LEVELS: tuple[Level, ...] = ("national", "province", "city", "county", "township", "village")


class Tool(Record):
    """What made this file: the version and the lexicon's hash."""

    version: str
    lexicon: str


class Period(Record):
    """Years; null where the document does not state them."""

    start: int | None = None
    end: int | None = None
    base_year: int | None = None
    near_term: int | None = None
    vision: int | None = None


class SourceFile(Record):
    file: str
    sha256: str
    format: str
    pages: int | None = None
    ocr_pages: tuple[int, ...] = ()


class PlanDocument(Record):
    """The document's own facts, from its cover and 总则."""

    title: str
    kind: Literal[
        "territorial_master_plan",
        "ecological_restoration_plan",
        "special_plan",
        "detailed_plan",
        "village_plan",
        "approval",
        "regulation",
        "other",
    ] = "other"
    level: Level | None = None
    region: Region | None = None
    regions: tuple[Region, ...] = ()
    period: Period = Period()
    version: str | None = None
    source: SourceFile


class OutlineNode(Record):
    number: str
    title: str
    level: int
    page: int | None = None
    children: tuple[OutlineNode, ...] = ()


class Plan(Record):
    schema_: str = Field(default=SCHEMA, alias="schema")
    tool: Tool
    document: PlanDocument
    outline: tuple[OutlineNode, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    findings: tuple[Finding, ...] = ()

    model_config = {"frozen": True, "extra": "allow", "populate_by_name": True}


def to_json(record: Record) -> str:
    """The record as JSON text: UTF-8 text, keys in the contract's names, the same bytes each time."""
    return _indented(record.model_dump(mode="json", by_alias=True), "\n") + "\n"


def _indented(part: Any, margin: str) -> str:
    """json.dumps(part, ensure_ascii=False, indent=1), which does the indenting character by character: half its time."""
    kind = type(part)
    if kind is str:
        return encode_basestring(part)
    if kind is int or (kind is float and isfinite(part)):
        return repr(part)
    if kind is dict and part:
        inner = margin + " "
        lines = [f"{encode_basestring(key)}: {_indented(value, inner)}" for key, value in part.items()]
        return "{" + inner + ("," + inner).join(lines) + margin + "}"
    if kind is list and part:
        inner = margin + " "
        return "[" + inner + ("," + inner).join([_indented(value, inner) for value in part]) + margin + "]"
    return json.dumps(part, ensure_ascii=False)


def plan_from_json(data: dict[str, Any]) -> Plan:
    """A Plan from its JSON; pydantic's ValidationError names the key that is wrong."""
    return Plan.model_validate(data)
