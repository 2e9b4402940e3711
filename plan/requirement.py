"""One thing a plan hands down: one subject, one scope, one bound region (CONTRACT §3)."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from .span import Record, Span

Mode = Literal["indicator", "structure", "zone", "boundary", "list", "rule"]
MODES: tuple[Mode, ...] = ("indicator", "structure", "zone", "boundary", "list", "rule")
MODE_NAMES: dict[Mode, str] = {
    "indicator": "指标",
    "structure": "结构",
    "zone": "分区",
    "boundary": "边界",
    "list": "名录",
    "rule": "规则",
}
PREFIX: dict[Mode, str] = {
    "indicator": "ind",
    "structure": "str",
    "zone": "zon",
    "boundary": "bnd",
    "list": "lst",
    "rule": "rul",
}
Operator = Literal[">=", "<=", ">", "<", "=", "~", "range"]
Force = Literal["prohibit", "oblige", "restrict", "recommend", "encourage", "permit"]


class Region(Record):
    """A place that can be bound; `code` is the GB/T 2260 code, null for functional districts and groups."""

    name: str
    code: str | None = None


class Si(Record):
    """An exact amount in m2, m3, m, 1, pp, person, yuan, count, minute or a quotient: a decimal string or a fraction."""

    value: str
    upper: str | None = None
    unit: str


class Change(Record):
    """The value is a change against the `base` year, not a level."""

    kind: Literal["rise", "fall"]
    base: int | None = None
    measure: Literal["ratio", "points", "amount"] = Field(alias="in")

    model_config = {"frozen": True, "extra": "allow", "populate_by_name": True}


class Value(Record):
    """One printed amount. `value`: half-width digits without separators, null if it only points to `reference`."""

    year: int | None = None
    since: int | None = Field(default=None, alias="from")
    op: Operator = "="
    value: str | None = None
    upper: str | None = None
    unit: str | None = None
    si: Si | None = None
    region: Region | None = None
    role: Literal["target", "baseline", "milestone"] = "target"
    change: Change | None = None
    reference: str | None = None
    pair: dict[str, Any] | None = None
    per: str | None = None
    where: tuple[Span, ...] = ()
    raw: str = ""

    model_config = {"frozen": True, "extra": "allow", "populate_by_name": True}


class Mention(Record):
    """Another place that says the same; `as` is text, table, annex or box."""

    kind: Literal["text", "table", "annex", "box"] = Field(alias="as")
    where: tuple[Span, ...]
    raw: str = ""

    model_config = {"frozen": True, "extra": "allow", "populate_by_name": True}


class Carbon(Record):
    """A place in the content tree of the paper's Figure 1."""

    block: str
    item: str
    relation: Literal["direct", "indirect"] | None = None
    role: Literal["sink", "source", "both"] | None = None


class Base(Record):
    """The keys that requirements of all modes have."""

    id: str = ""
    stamp: str = ""
    modes: tuple[Mode, ...] = ()
    text: str
    section: tuple[str, ...] = ()
    where: tuple[Span, ...]
    mentions: tuple[Mention, ...] = ()
    binds: tuple[Region, ...] = ()
    binds_basis: Literal["whole", "row", "column", "list", "group", "mention", "unknown"] = "unknown"
    binds_as: str | None = None
    topic: str | None = None
    carbon: tuple[Carbon, ...] = ()
    mandatory: bool | None = None
    aliases: tuple[str, ...] = ()
    part_of: str | None = None
    confidence: float = 1.0


class IndicatorRequirement(Base):
    mode: Literal["indicator"] = "indicator"
    name: str
    concept: str | None = None
    attribute: Literal["binding", "expected", "advisory"] | None = None
    scope: str | None = None
    direction: Literal["floor", "cap", "exact"] | None = None
    values: tuple[Value, ...] = ()


class BoundaryRequirement(Base):
    mode: Literal["boundary"] = "boundary"
    line: str
    name: str
    concept: str | None = None
    attribute: Literal["binding", "expected", "advisory"] | None = None
    scope: str | None = None
    direction: Literal["floor", "cap", "exact"] | None = None
    values: tuple[Value, ...] = ()
    control: str | None = None
    elements: tuple[str, ...] = ()


class StructureRequirement(Base):
    mode: Literal["structure"] = "structure"
    slogan: str | None = None
    label: str | None = None
    name: str
    element: Literal["barrier", "corridor", "node", "patch", "axis", "belt", "core", "network", "other"] = "other"
    components: tuple[str, ...] = ()
    guidance: str | None = None


class ZoneUnit(Record):
    """The area that a zone type falls on; `part` says that only a part of it (部分镇) is meant."""

    name: str
    code: str | None = None
    part: str | None = None


class ZoneRequirement(Base):
    mode: Literal["zone"] = "zone"
    unit: ZoneUnit
    system: str
    type: str
    overlays: tuple[str, ...] = ()
    function: str | None = None
    policies: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()


class Register(Record):
    """The list that an entry stands in; `open` if it ends in 等."""

    name: str
    stated_count: int | None = None
    open: bool = False


class ListFields(Record):
    """The columns of an entry that every register has in some dress, normalised."""

    type: str | None = None
    grade: str | None = None
    area: Value | None = None
    units: str | None = None
    lead: str | None = None
    responsible: str | None = None
    start: int | None = None
    end: int | None = None


class ListRequirement(Base):
    mode: Literal["list"] = "list"
    register_: Register = Field(alias="register")
    kind: Literal["protected_area", "restoration_project", "key_project", "heritage", "mineral", "other"] = "other"
    name: str
    attributes: dict[str, str] = {}
    fields: ListFields = ListFields()
    group: str | None = None
    parent: str | None = None
    position: int | None = None

    model_config = {"frozen": True, "extra": "allow", "populate_by_name": True}


class RuleException(Record):
    """What a rule lets pass; `actor` who may, `approval` who must agree."""

    text: str
    actor: str | None = None
    approval: str | None = None


class RuleRequirement(Base):
    mode: Literal["rule"] = "rule"
    force: Force
    strength: int = Field(ge=0, le=6)
    modal: str
    actor: str | None = None
    object: str | None = None
    conditions: tuple[str, ...] = ()
    exceptions: tuple[RuleException, ...] = ()
    quantities: tuple[Value, ...] = ()
    deadline: int | None = None
    responsible: tuple[str, ...] = ()


Requirement = Annotated[
    IndicatorRequirement
    | BoundaryRequirement
    | StructureRequirement
    | ZoneRequirement
    | ListRequirement
    | RuleRequirement,
    Field(discriminator="mode"),
]
REQUIREMENT: TypeAdapter[Requirement] = TypeAdapter(Requirement)


def identity(requirement: Requirement, section: tuple[str, ...] = ()) -> str:
    """The id of a requirement: its mode and 12 hex of what it is about; no values, years, force or pages (CONTRACT §3)."""
    match requirement:
        case IndicatorRequirement():
            about = [requirement.concept or requirement.name, requirement.scope]
        case BoundaryRequirement():
            about = [requirement.line, requirement.name, requirement.scope]
        case StructureRequirement():
            about = [requirement.name, requirement.slogan]
        case ZoneRequirement():
            about = [requirement.unit.name, requirement.unit.part, requirement.system]
        case ListRequirement():
            about = [requirement.name, requirement.register_.name, requirement.parent]
        case RuleRequirement():
            about = [_without_values(requirement.text, requirement.modal), None]
    regions = sorted(region.name for region in requirement.binds)
    ground = json.dumps([requirement.mode, about, regions, list(section)], ensure_ascii=False)
    return f"{PREFIX[requirement.mode]}-{hashlib.sha256(ground.encode()).hexdigest()[:12]}"


def _without_values(clause: str, modal: str) -> str:
    """A clause without its numbers and its modal word, so that an amended value or force keeps the id."""
    return _NUMBERS.sub("#", clause.replace(modal, "") if modal else clause)


_NUMBERS = re.compile(r"[0-9０-９.,，]+|[一二两三四五六七八九十百千]+(?=个?工作日|[日天年月米亩成倍]|公里|公顷|平方)")


PLACING = frozenset({"where", "section", "position", "id", "part_of", "topic", "carbon", "confidence"})
"""Keys that say where a requirement stands or how it was filed."""


_PLACED_PARTS = {"__all__": {"where"}}
_NOT_SAID: Any = dict.fromkeys(PLACING | {"stamp"}, True) | dict.fromkeys(
    ("mentions", "values", "quantities"), _PLACED_PARTS
)
"""What no stamp needs; the places of the words are most of a requirement."""


def stamped(requirement: Requirement) -> Requirement:
    """The requirement with its `stamp`."""
    return requirement.model_copy(update={"stamp": stamp_of(requirement)})


def stamp_of(requirement: Requirement) -> str:
    """The hash of all that a requirement says. Where it stands and how we file it is not what it says: a new edition with
    other pages, chapters or rows before it keeps the stamp."""
    said = _without_places(requirement.model_dump(by_alias=True, exclude=_NOT_SAID))
    ground = _SORTED.encode(said)
    return hashlib.sha256(ground.encode()).hexdigest()[:16]


_SORTED = json.JSONEncoder(ensure_ascii=False, sort_keys=True)


def _without_places(said: Any) -> Any:
    """What was dumped without the keys that say where; most of it are words, which hold none."""
    if type(said) is dict:
        return {
            key: _without_places(part) if part and type(part) in _HOLDING else part
            for key, part in said.items()
            if key not in PLACING
        }
    return [_without_places(part) if type(part) in _HOLDING else part for part in said]


_HOLDING = frozenset({dict, list, tuple})


def identified(requirements: list[Requirement]) -> list[Requirement]:
    """The requirements with ids and stamps; a second equal identity adds its section, a third its position."""
    seen: set[str] = set()
    done: list[Requirement] = []
    for requirement in requirements:
        id_ = identity(requirement)
        if id_ in seen:
            id_ = identity(requirement, requirement.section or ("",))
        number = 2
        while id_ in seen:
            id_ = identity(requirement, (*requirement.section, f"#{number}"))
            number += 1
        seen.add(id_)
        done.append(requirement.model_copy(update={"id": id_, "stamp": stamp_of(requirement)}))
    return done
