"""What only the city or county knows: the form that generation asks for, and its answers (facts/1).

A sheet is one way of handing down, in the order of CONTRACT §5; a row is one thing asked of one requirement. `given`
holds what the upper plan already settles (shown, locked); `answers` what the planner fills in, by the key of a field.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .requirement import Operator, Region
from .span import Record

SCHEMA = "chuandao.facts/1"
SheetName = Literal["约束性指标", "三线", "名录", "分区", "结构", "规则"]
SHEETS: tuple[SheetName, ...] = ("约束性指标", "三线", "名录", "分区", "结构", "规则")
PART = "part:"
"""Key of the field for one part of the region: "part:" and its name."""


class FactField(Record):
    """A column to fill in. `choices` make a drop-down; `number` and `year` are checked when read back."""

    key: str
    title: str
    kind: Literal["text", "number", "year"] = "text"
    choices: tuple[str, ...] = ()
    hint: str | None = None


class FactRow(Record):
    """What is asked for one requirement. `target` is the number handed down (printed digits) that allocations add up to;
    `op` its sense. `required` are the keys without which the draft shows 【待补充】; other keys of `asked` may stay empty."""

    requirement: str
    upper: int = 0
    subject: str
    given: dict[str, str] = {}
    unit: str | None = None
    op: Operator | None = None
    target: str | None = None
    asked: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    answers: dict[str, str] = {}


class FactSheet(Record):
    name: SheetName
    fields: tuple[FactField, ...] = ()
    rows: tuple[FactRow, ...] = ()


class Facts(Record):
    """The form and its answers. `parts` are the regions one level down, for allocations."""

    schema_: str = Field(default=SCHEMA, alias="schema")
    region: Region
    parts: tuple[Region, ...] = ()
    uppers: tuple[str, ...] = ()
    sheets: tuple[FactSheet, ...] = ()

    model_config = {"frozen": True, "extra": "allow", "populate_by_name": True}

    def row(self, requirement: str) -> FactRow | None:
        """The row that asks for this requirement."""
        return next((row for sheet in self.sheets for row in sheet.rows if row.requirement == requirement), None)

    def answer(self, requirement: str, key: str) -> str | None:
        """What the planner said, or None."""
        row = self.row(requirement)
        said = row.answers.get(key, "").strip() if row is not None else ""
        return said or None

    @property
    def open_count(self) -> int:
        """How many required cells are still empty."""
        return sum(
            1
            for sheet in self.sheets
            for row in sheet.rows
            for key in row.required
            if not row.answers.get(key, "").strip()
        )
