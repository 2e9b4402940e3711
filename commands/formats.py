"""The JSON Schemas of the formats that other programs rely on."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from ..plan.decisions import Decisions
from ..plan.draft import Trace
from ..plan.facts import Facts
from ..plan.matrix import Matrix
from ..plan.plan import Plan
from ..plan.verdict import Check

MODELS: dict[str, type[BaseModel]] = {
    "plan": Plan,
    "check": Check,
    "facts": Facts,
    "decisions": Decisions,
    "trace": Trace,
    "matrix": Matrix,
}


def schemas() -> dict[str, dict[str, Any]]:
    """Name → JSON Schema (2020-12) of what chuandao writes: plan/1, check/1, facts/1, decisions/1, trace/1, matrix/1."""
    return {
        name: {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": f"chuandao.{name}/1",
            **{
                key: value
                for key, value in model.model_json_schema(by_alias=True, mode="serialization").items()
                if key != "title"
            },
        }
        for name, model in MODELS.items()
    }
