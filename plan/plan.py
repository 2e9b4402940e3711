"""A plan: one document with its outline, what it hands down, and what is wrong with it (CONTRACT §2)."""

from __future__ import annotations

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
    return record.model_dump_json(by_alias=True, indent=1) + "\n"


def plan_from_json(data: dict[str, Any]) -> Plan:
    """A Plan from its JSON; pydantic's ValidationError names the key that is wrong."""
    return Plan.model_validate(data)
