"""Statements of text, tables and annexes → one group for each subject, scope and region, with all its values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ..plan.document import Document
from ..plan.quantity import Units, exact
from ..plan.requirement import BoundaryRequirement, IndicatorRequirement, Mention, Region, Value, identity
from .indicator_sentences import sentence_statements
from .indicator_tables import table_statements
from .setting import Setting
from .statements import Attribute, Direction, Statement, subject_key

WHOLE, TOWN = "全域", "中心城区"
TOWN_WORDS = ("县城", "城区", "主城区")
FLOORS, CAPS = (">=", ">"), ("<=", "<")


@dataclass(eq=False)
class Joined:
    """All statements of one subject, scope and region; `values` has each amount once."""

    said: list[Statement]
    scope: str | None = WHOLE
    values: tuple[Value, ...] = ()
    attribute: Attribute | None = None
    direction: Direction | None = None
    parent: Joined | None = field(default=None, repr=False)

    @property
    def first(self) -> Statement:
        return self.said[0]

    @property
    def name(self) -> str:
        """The name as printed in a table if there is one (it is the whole name), else of the first mention."""
        return next((s.name for s in self.said if s.kind in ("table", "annex")), self.first.name)

    @property
    def concept(self) -> str | None:
        return next((s.concept for s in self.said if s.concept), None)

    @property
    def line(self) -> str | None:
        return next((s.line for s in self.said if s.line), None)

    @property
    def only_boundary(self) -> bool:
        return all(s.line_only for s in self.said)

    @property
    def region(self) -> Region | None:
        return self.first.region

    def binds(self, setting: Setting) -> tuple[Region, ...]:
        return self.first.binds or ((setting.home,) if setting.home is not None else setting.regions)

    def common(self, setting: Setting) -> dict[str, Any]:
        """The keys that requirements of all modes share."""
        first = self.first
        basis = first.basis if first.binds else "whole" if self.binds(setting) else "unknown"
        return {
            "text": first.text,
            "section": first.section,
            "where": first.where,
            "binds": self.binds(setting),
            "binds_basis": basis,
            "binds_as": first.binds_as if first.binds else None,
            "mentions": tuple(Mention(**{"as": s.kind}, where=s.where, raw=s.raw) for s in self.said),
            "confidence": _confidence(self, setting),
        }


def joined_statements(document: Document, setting: Setting) -> list[Joined]:
    """All groups of a document, in reading order of their first mention."""
    tables = table_statements(document, setting)
    texts = sentence_statements(document, setting)
    sure = {_subject(statement) for statement in (*texts, *tables) if not statement.weak}
    texts = [statement for statement in texts if not statement.weak or _subject(statement) in sure]
    scopes = _table_scopes(tables)
    groups: dict[tuple[Any, ...], Joined] = {}
    before: tuple[str, str] = ("", WHOLE)
    for statement in sorted_by_place([*texts, *tables], document):
        scope = _scope(statement, scopes)
        if statement.scope is None and scope == WHOLE and before == (statement.text, TOWN):
            scope = _town_like(statement, setting)
        before = (statement.text, scope)
        key = (_subject(statement), _scope_key(statement, scope), tuple(r.name for r in statement.binds))
        known = groups.get(key)
        if known is None:
            groups[key] = Joined([statement], scope)
        else:
            known.said.append(statement)
    joined = list(groups.values())
    _fill(joined, groups, setting, town_name(document, setting))
    return joined


PEOPLES = re.compile(r"(?<=..)(?:[\u4e00-\u9fff]{1,4}族|各族)*自治(?=[县旗])")
"""What stands between the name and 县 of an autonomous county: 景东彝族自治县 → 景东县."""


def town_name(document: Document, setting: Setting) -> str:
    """What the plan calls its built-up town: 中心城区, or in a county plan that speaks of its 县城 the county's (怀集县城)."""
    home = setting.home
    if home is None or not home.name.endswith("县"):
        return "中心城区"
    words = [block.text.text for block in document.blocks if block.kind == "paragraph"]
    seat = sum(text.count("县城") for text in words)
    return f"{re.sub(PEOPLES, '', home.name)}城" if seat > sum(text.count("中心城区") for text in words) else "中心城区"


def sorted_by_place(statements: list[Statement], document: Document) -> list[Statement]:
    """Statements as they come in the file: text before annex tables."""

    def place(numbered: tuple[int, Statement]) -> tuple[int, float, int]:
        number, statement = numbered
        span = statement.where[0] if statement.where else None
        if span is None:
            return (10**9, 0, number)
        if span.page is not None:
            return (span.page, span.boxes[0][1] if span.boxes else 0, number)
        return (span.paragraph or 0, span.start or 0, number)

    return [statement for _, statement in sorted(enumerate(statements), key=place)]


def _subject(statement: Statement) -> str:
    return statement.concept if statement.concept and not statement.qualified else subject_key(statement.name)


def _table_scopes(tables: Iterable[Statement]) -> dict[str, list[str]]:
    """Subject → the scopes under which indicator tables give it for the whole area."""
    scopes: dict[str, list[str]] = {}
    for statement in tables:
        if not statement.binds:
            known = scopes.setdefault(_subject(statement), [])
            scope = statement.scope or WHOLE
            if scope not in known:
                known.append(scope)
    return scopes


def _scope(statement: Statement, scopes: dict[str, list[str]]) -> str:
    """A sentence without a scope speaks of the scope that the indicator table gives, if that is one; the built-up town has
    the table's word for it (县城)."""
    known = scopes.get(_subject(statement), [])
    if statement.scope == TOWN and not statement.binds:
        words = {scope for each in ([known] if known else scopes.values()) for scope in each} & {TOWN, *TOWN_WORDS}
        return words.pop() if len(words) == 1 else TOWN
    if statement.scope is not None:
        return statement.scope
    return known[0] if len(known) == 1 and not statement.binds else WHOLE


def _town_like(statement: Statement, setting: Setting) -> str:
    """The scope of an indicator of towns by the catalogue, right behind one that the plan's table gives for the 中心城区."""
    entry = setting.lexicon.indicator_by_key(statement.concept)
    if re.search(rf"(?:全[省市县区州盟旗]|[省市县区州]域){re.escape(statement.name)}", statement.text):
        return WHOLE  # 中心城区…，全州人均城镇建设用地…
    return TOWN if entry is not None and entry.scope == TOWN and not statement.binds else WHOLE


def _scope_key(statement: Statement, scope: str) -> str:
    said = {"海域": "海洋", "陆域": "陆域"}.get(scope, scope)
    return WHOLE if scope == WHOLE or scope.endswith("分解") or said in statement.name else scope


def _fill(joined: list[Joined], groups: dict[tuple[Any, ...], Joined], setting: Setting, town: str) -> None:
    """Values, attribute, direction and parents of all groups; the whole area's come first, for parts take from them.

    The attribute is what is printed for the row itself, else what a table that is by its title an allocation of the
    plan's own indicators takes from their table; that other rows serve a 约束性 whole is said by `part_of`.
    """
    for group in sorted(joined, key=lambda g: bool(g.first.binds)):
        whole = groups.get((_subject(group.first), _scope_key(group.first, group.scope or WHOLE), ()))
        whole = whole or groups.get((_subject(group.first), WHOLE, ()))
        whole = whole if whole is not group else None
        entry = setting.lexicon.indicator_by_key(group.concept)
        group.direction = next((s.direction for s in group.said if s.direction), None)
        if group.direction is None and entry is not None and entry.direction:
            group.direction = entry.direction
        group.attribute = _attribute(group, whole)
        values = [_allocated(v, s, whole or group, group.direction) for s in group.said for v in s.values]
        group.values = joined_values([_placed(value, group, setting, town) for value in values], setting)
        group.direction = group.direction or _direction(group.values)
        if group.line and not group.only_boundary:
            group.values = _as_tabled(group, setting)
        if group.first.parent is not None:
            if group.first.binds and group.first.parent == subject_key(group.first.name):
                group.parent = whole
            else:
                group.parent = next(
                    (
                        g
                        for g in joined
                        if g is not group and not g.first.binds and subject_key(g.first.name) == group.first.parent
                    ),
                    None,
                )


def _attribute(group: Joined, whole: Joined | None) -> Attribute | None:
    printed = next((s.attribute for s in group.said if s.attribute and not s.titled), None)
    if printed is not None:
        return printed
    above = whole.attribute if whole is not None else None
    titled = next((s.attribute for s in group.said if s.attribute), None)
    if titled is not None:
        return above or titled
    if any(s.ruled for s in group.said) and above is not None:
        return "binding"
    return above if any(s.inherits for s in group.said) else None


def _allocated(value: Value, statement: Statement, whole: Joined, direction: Direction | None) -> Value:
    """An allocated bare number is a floor or a cap as the indicator is: by the plan's own operator, else its direction."""
    if not statement.allocated or value.op != "=" or value.value is None:
        return value
    ops = [
        v.op
        for s in whole.said
        if not s.allocated
        for v in s.values
        if v.role != "baseline" and v.op in (*FLOORS, *CAPS)
    ]
    if ops:
        return value.model_copy(update={"op": ">=" if ops[-1] in FLOORS else "<="})
    sign = {"floor": ">=", "cap": "<="}.get(direction or "")
    return value.model_copy(update={"op": sign}) if sign else value


def _as_tabled(group: Joined, setting: Setting) -> tuple[Value, ...]:
    """The size of a control line as its table prints it: where that is a bare number it stays one (judged by
    `direction`), though running text, which states the boundary, puts an operator before it."""
    bare = [
        _placed(value, group, setting, "中心城区")
        for statement in group.said
        if statement.kind in ("table", "annex") and not statement.allocated
        for value in statement.values
        if value.op == "=" and value.value is not None
    ]
    units = setting.lexicon.units
    return tuple(
        value.model_copy(update={"op": "="})
        if value.op in (*FLOORS, *CAPS) and any(_same_amount(value, other, units) for other in bare)
        else value
        for value in group.values
    )


URBAN = re.compile(r"中心城区|城区|县城|镇区|主城区|整治区域?")


def _placed(value: Value, group: Joined, setting: Setting, town: str) -> Value:
    """A value's region: the one said; for the built-up town the town as the plan calls it; else the whole area."""
    if value.region is not None or len(group.first.binds) > 1:
        return value
    home, scope = setting.home, group.scope or WHOLE
    if not URBAN.fullmatch(scope):
        return value.model_copy(update={"region": home})
    within = group.name.find(scope) > 0 and any(s.kind in ("table", "annex") for s in group.said)
    if scope in TOWN_WORDS and not within:  # a county's one town, or all those of a city: said by the scope, no region
        return value.model_copy(update={"region": home})
    return value.model_copy(update={"region": Region(name=town if scope == "中心城区" else scope)})


def _direction(values: Iterable[Value]) -> Direction | None:
    for value in values:
        if value.role != "baseline" and value.op in FLOORS:
            return "floor"
        if value.role != "baseline" and value.op in CAPS:
            return "cap"
    return None


def joined_values(values: Iterable[Value], setting: Setting) -> tuple[Value, ...]:
    """Each printed amount once, with the operator that says most; an amount in another unit and a differing one (a
    contradiction in the plan) stay. An earlier year than the last is a milestone."""
    kept: list[Value] = []
    for value in values:
        for index, known in enumerate(kept):
            if _same_amount(known, value, setting.lexicon.units):
                if known.op == value.op or value.op == "=":
                    break
                if known.op == "=":
                    kept[index] = known.model_copy(update={"op": value.op})
                    break
        else:
            kept.append(value)
    last = max((v.year or 0 for v in kept if v.role == "target"), default=0)
    return tuple(
        v.model_copy(update={"role": "milestone"}) if v.role == "target" and v.year is not None and v.year < last else v
        for v in kept
    )


def _same_amount(one: Value, other: Value, units: Units) -> bool:
    if (one.year, one.role == "baseline", one.region) != (other.year, other.role == "baseline", other.region):
        return False
    if one.value is None or other.value is None:
        return one.value is None and other.value is None
    if (one.unit and other.unit and units.same(one.unit, other.unit)) or one.unit == other.unit:
        return exact(one.value) == exact(other.value) and exact(one.upper or "0") == exact(other.upper or "0")
    return False


def part_ids(joined: list[Joined], setting: Setting) -> dict[int, str]:
    """id() of a part → the id that its whole will have."""
    return {id(g): identity(_shadow(g.parent, setting)) for g in joined if g.parent is not None}


def _shadow(group: Joined, setting: Setting) -> Any:
    """A requirement that has the identity of the group's."""
    common = {"text": "", "where": (), "binds": group.binds(setting)}
    if group.only_boundary:
        return BoundaryRequirement(line=group.line or group.name, name=group.name, scope=group.scope, **common)
    return IndicatorRequirement(name=group.name, concept=group.concept, scope=group.scope, **common)


GARBLED = re.compile(r"\d$|^20\d\d年|(?:亩|顷|米|里|人|%|）)20\d\d年")
"""Names into which a figure or a year has run: a table was read askew."""


def _confidence(group: Joined, setting: Setting) -> float:
    """How sure the reading is: tables and known names most, bare numbers and names made of verb and object least; a
    name with figures in it, or a known indicator's number without its unit, is likely misread.

    Tuned on the sample plans so that of what is 0.9 or more at least 98 % is right (CONTRACT: `confidence`).
    """
    if GARBLED.search(group.name):
        return 0.4
    if any(s.kind in ("table", "annex") for s in group.said):
        entry = setting.lexicon.indicator_by_key(group.concept)
        measured = entry is not None and bool(entry.unit) and entry.unit not in ("%", "倍")
        if measured and any(v.value is not None and not v.unit for v in group.values):
            return 0.7
        return 0.98 if group.concept or group.line else 0.88
    if group.line:
        return 0.96
    stated = any(v.op != "=" for v in group.values if v.role != "baseline")
    if group.concept:
        return 0.88 if stated else 0.82
    return 0.7 if stated else 0.6
