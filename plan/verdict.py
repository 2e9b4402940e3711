"""How a lower plan answers its upper plans (CONTRACT §4)."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from .finding import Finding
from .plan import PlanDocument, Tool
from .requirement import Region
from .span import Record, Span

SCHEMA = "chuandao.check/1"
VerdictName = Literal[
    "fulfilled", "refined", "partial", "weakened", "conflict", "missing", "not_applicable", "undetermined", "exempt"
]
VERDICT_NAMES: dict[VerdictName, str] = {
    "fulfilled": "已落实",
    "refined": "已细化落实",
    "partial": "部分落实",
    "weakened": "弱化",
    "conflict": "冲突",
    "missing": "缺失",
    "not_applicable": "不适用",
    "undetermined": "无法判定",
    "exempt": "豁免",
}
PROBLEMS: frozenset[VerdictName] = frozenset({"partial", "weakened", "conflict", "missing"})


class Response(Record):
    """The text of the lower plan that answers; `requirement` its id in the lower plan, null for free text."""

    requirement: str | None = None
    text: str
    where: tuple[Span, ...] = ()
    score: float = 0.0


class Verdict(Record):
    requirement: str
    upper: int
    applies: bool
    because: str
    verdict: VerdictName
    responses: tuple[Response, ...] = ()
    candidates: tuple[Response, ...] = ()
    searched: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    explanation: str = ""


class CitedRequirements(Record):
    """The requirements that the check speaks of, in full; those of uppers carry "plan", the index of their plan."""

    upper: tuple[dict[str, Any], ...] = ()
    lower: tuple[dict[str, Any], ...] = ()


class Summary(Record):
    by_mode: dict[str, dict[str, int]] = {}
    by_verdict: dict[str, int] = {}
    by_carbon_block: dict[str, dict[str, int]] = {}


class Check(Record):
    schema_: str = Field(default=SCHEMA, alias="schema")
    tool: Tool
    uppers: tuple[PlanDocument, ...]
    lower: PlanDocument
    region: Region
    requirements: CitedRequirements = CitedRequirements()
    verdicts: tuple[Verdict, ...] = ()
    local: tuple[str, ...] = ()
    orphans: tuple[Finding, ...] = ()
    suspect: tuple[dict[str, Any], ...] = ()
    findings: tuple[Finding, ...] = ()
    summary: Summary = Summary()
    notes: tuple[str, ...] = ()
    """What the reader must know of the check itself, for example that quotes came from a plan JSON without its file."""

    model_config = {"frozen": True, "extra": "allow", "populate_by_name": True}
