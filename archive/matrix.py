"""From the checks of an archive to the matrix of requirements and plans, and the sums of the parts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from ..commands.matrix import adds_up
from ..plan.lexicon import Lexicon
from ..plan.matrix import Matrix, MatrixCell, MatrixPart, MatrixPlan, MatrixRow, MatrixSum
from ..plan.quantity import decimal_string
from ..plan.requirement import Region
from .catalogue import catalogue, key_of
from .checks import Checked, Lower
from .places import read_place
from .store import Store

ADDITIVE = frozenset({"m2", "m3", "m", "person", "count", "yuan"})
"""Units of amounts whose parts add up; rates, densities and times do not."""


def matrix_of(store: Store, checked: Checked, lexicon: Lexicon) -> Matrix:
    """Requirements that apply to at least one plan, in the upper plan's order, with every plan's verdict."""
    cells = _cells(store, checked)
    plans = tuple(
        MatrixPlan(
            document=key_of(lower.sha256),
            region=lower.region,
            title=lower.title,
            version=lower.version,
            path=lower.path,
        )
        for lower in checked.lowers
    )
    rows = []
    for item in checked.upper_plan["requirements"]:
        row = tuple(cells.get((item["id"], plan.document)) for plan in plans)
        if any(row):
            name = (
                item.get("name") or item.get("line") or (item.get("unit") or {}).get("name") or item.get("modal") or ""
            )
            page = next((span.get("page") for span in item.get("where", ())), None)
            rows.append(
                MatrixRow(requirement=item["id"], mode=item["mode"], name=name, text=item["text"], page=page, cells=row)
            )
    return Matrix(
        upper=checked.upper_plan["document"]["title"], upper_document=key_of(checked.upper), plans=plans, rows=tuple(rows),
        sums=tuple(_sums(store, checked, lexicon)),
        notes=tuple(f"{title}：未能核对（{why}）" for title, why in checked.failed),
    )  # fmt: skip


def _cells(store: Store, checked: Checked) -> dict[tuple[str, str], MatrixCell]:
    with catalogue(store) as db:
        rows = db.execute(
            "SELECT requirement, lower, verdict, explanation, response, response_page FROM verdicts"
            " WHERE upper = ? AND applies",
            (key_of(checked.upper),),
        ).fetchall()
    return {
        (requirement, lower): MatrixCell(verdict=verdict, explanation=explanation or "", text=response or "", page=page)
        for requirement, lower, verdict, explanation, response, page in rows
    }  # fmt: skip


def _sums(store: Store, checked: Checked, lexicon: Lexicon) -> Iterator[MatrixSum]:
    """For each amount of the whole area: what the plans right below have planned for themselves, added up exactly."""
    upper = Region(**checked.upper_plan["document"]["region"])
    children = lexicon.gazetteer.children(upper, districts=False)
    totals = [
        (item, value)
        for item, value in _own_amounts(checked.upper_plan, upper)
        if adds_up(item.get("name") or item.get("line") or "", value.get("unit"), item.get("concept"), lexicon)
    ]
    latest = _latest([lower for lower in checked.lowers if lower.region in children])
    planned = {lower.region: _by_subject(store, lower) for lower in latest}
    if not planned:
        return
    for item, value in totals:
        parts, summed, lacking = [], Fraction(0), []
        for region in children:
            own = planned.get(region, {}).get(_subject(item, value))
            if own is None:
                lacking.append(region.name)
                continue
            summed += Fraction(own["si"]["value"])
            page = next((span.get("page") for span in own.get("where", ())), None)
            parts.append(MatrixPart(region=region.name, value=own["value"], unit=own["unit"], page=page))
        if parts:
            yield _sum(item, value, parts, summed, lacking, lexicon)


def _sum(
    item: dict[str, Any],
    value: dict[str, Any],
    parts: list[MatrixPart],
    summed: Fraction,
    lacking: list[str],
    lexicon: Lexicon,
) -> MatrixSum:
    unit = lexicon.units.find(value["unit"])
    factor = unit.factor if unit is not None else Fraction(1)
    total, sums = Fraction(value["si"]["value"]) / factor, summed / factor
    op = {"floor": ">=", "cap": "<="}.get(item.get("direction") or "", value["op"])
    kept = sums >= total if op in (">=", ">") else sums <= total if op in ("<=", "<") else sums == total
    return MatrixSum(
        requirement=item["id"], name=item.get("name") or item.get("line") or "", year=value.get("year"), op=op,
        unit=value["unit"], total=decimal_string(total), sum=decimal_string(sums), difference=decimal_string(sums - total),
        parts=tuple(parts), lacking=tuple(lacking),
        # a cap is broken and a floor reached whatever the rest will say
        kept=kept if not lacking or (op in ("<=", "<") and not kept) or (op in (">=", ">") and kept) else None,
    )  # fmt: skip


def _latest(lowers: Sequence[Lower]) -> list[Lower]:
    """One plan for each region, the one whose period begins last."""
    by_region: dict[Region, Lower] = {}
    for lower in sorted(lowers, key=lambda lower: (lower.start or 0, lower.sha256)):
        by_region[lower.region] = lower
    return list(by_region.values())


def _own_amounts(plan: dict[str, Any], region: Region) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """The targets of the plan's whole area that are amounts, one for each subject and year."""
    seen = set()
    for item in plan["requirements"]:
        if item["mode"] not in ("indicator", "boundary") or [bound["name"] for bound in item.get("binds", ())] != [
            region.name
        ]:
            continue
        for value in item.get("values", ()):
            si = value.get("si")
            own = value.get("region") is None or value["region"]["name"] == region.name
            if value.get("role") != "target" or not own or not si or si["unit"] not in ADDITIVE or value.get("change"):
                continue
            subject = _subject(item, value)
            if subject not in seen:
                seen.add(subject)
                yield item, value


def _subject(item: dict[str, Any], value: dict[str, Any]) -> tuple[Any, ...]:
    """What makes two amounts ones of the same thing: indicator, scope, year, kind of unit."""
    scope = None if item.get("scope") in (None, "全域") else item["scope"]
    return item.get("concept") or item.get("name") or item.get("line"), scope, value.get("year"), value["si"]["unit"]


def _by_subject(store: Store, lower: Lower) -> dict[tuple[Any, ...], dict[str, Any]]:
    plan = json.loads(read_place(store.place(lower.sha256)))
    return {_subject(item, value): value for item, value in _own_amounts(plan, lower.region)}
