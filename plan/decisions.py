"""What a reviewer decided about the verdicts of a check, and on what ground (decisions/1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from pydantic import ConfigDict, Field

from .requirement import Region
from .span import Record
from .verdict import VerdictName

SCHEMA = "chuandao.decisions/1"
DecisionName = Literal["accept", "reject"]
DECISION_NAMES: dict[DecisionName, str] = {"accept": "同意", "reject": "不同意"}


class Decision(Record):
    """One reviewer's word on one requirement.

    `stamp`, `response` and `upper_sha256` are what the reviewer saw: the stamp of the requirement, the answering text of
    the draft (null if none was found) and the file of the upper plan. While stamp and response stay, the decision stands,
    in a new draft and in a new edition of the upper plan too.
    """

    requirement: str
    stamp: str | None = None
    upper: str | None = None
    upper_sha256: str | None = None
    lower: str | None = None
    text: str | None = None
    reported: VerdictName | None = None
    response: str | None = None
    decision: DecisionName | None = None
    verdict: VerdictName | None = None
    """The reviewer's own verdict, `exempt` among them; null: as reported."""
    reason: str | None = None
    reviewer: str | None = None
    time: str | None = None
    """When, in the reviewer's words; never our clock."""


class Decisions(Record):
    """A reviewer's decisions about the plan of one region."""

    schema_: str = Field(default=SCHEMA, alias="schema")
    region: Region | None = None
    reviewer: str | None = None
    decisions: tuple[Decision, ...] = ()

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)


def decisions_record(decisions: Decisions) -> dict[str, Any]:
    """The decisions as the check reads them: what a reviewer did not record is left out, not null."""
    said = decisions.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return {"schema": SCHEMA, **said}


def joined_decisions(files: Iterable[Decisions]) -> Decisions:
    """Several files as one: about one requirement of one upper plan the last word counts."""
    said: dict[tuple[str | None, str], Decision] = {}
    region: Region | None = None
    for file in files:
        region = file.region or region
        for decision in file.decisions:
            key = (decision.upper, decision.requirement)
            said.pop(key, None)
            said[key] = decision.model_copy(update={"reviewer": decision.reviewer or file.reviewer})
    return Decisions(region=region, decisions=tuple(said.values()))
