"""How all lower plans of an area answer one upper plan: requirements down, plans across, and the sums of the parts."""

from __future__ import annotations

from pydantic import Field

from .requirement import Mode, Region
from .span import Record
from .verdict import VerdictName

SCHEMA = "chuandao.matrix/1"


class MatrixPlan(Record):
    """A column: one lower plan. `document` names it within the archive, `path` is where its file was found."""

    document: str
    region: Region
    title: str
    version: str | None = None
    path: str = ""


class MatrixCell(Record):
    """What one plan makes of one requirement; `text` and `page` of its best answer."""

    verdict: VerdictName
    explanation: str = ""
    text: str = ""
    page: int | None = None


class MatrixRow(Record):
    """A requirement of the upper plan; `cells` by column, None where it does not apply."""

    requirement: str
    mode: Mode
    name: str
    text: str
    page: int | None = None
    cells: tuple[MatrixCell | None, ...]


class MatrixPart(Record):
    """What one region's own plan says: the printed value, with the same in the unit of the sum."""

    region: str
    value: str
    unit: str
    page: int | None = None


class MatrixSum(Record):
    """An indicator of the whole area against the sum of what its parts have planned.

    All numbers are exact decimal strings or fractions in `unit`; `lacking` are the parts whose plan is not in the archive
    or does not give the number. `kept`: whether the sum keeps to the total, None as long as parts are lacking.
    """

    requirement: str
    name: str
    year: int | None
    op: str
    unit: str
    total: str
    sum: str
    difference: str
    parts: tuple[MatrixPart, ...]
    lacking: tuple[str, ...]
    kept: bool | None


class Matrix(Record):
    """Everything for one upper plan."""

    schema_: str = Field(default=SCHEMA, alias="schema")
    upper: str
    upper_document: str
    plans: tuple[MatrixPlan, ...]
    rows: tuple[MatrixRow, ...]
    sums: tuple[MatrixSum, ...]
    notes: tuple[str, ...] = ()
