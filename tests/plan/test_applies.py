"""Whom a requirement concerns."""

from __future__ import annotations

from typing import ClassVar

import pytest

from chuandao.plan.applies import allocated, applies, awaits_allocation
from chuandao.plan.requirement import (
    IndicatorRequirement,
    Region,
    StructureRequirement,
    Value,
    ZoneRequirement,
    ZoneUnit,
)
from chuandao.plan.span import Span

PROVINCE = Region(name="甲省", code="990000")
CITY = Region(name="乙市", code="990100")
COUNTY = Region(name="丙县", code="990122")
OTHER = Region(name="丁市", code="990200")
DISTRICT = Region(name="戊新区")
HERE = (Span(page=1, quote="x"),)


class Places:
    """A gazetteer of five places."""

    KNOWN: ClassVar = {place.name: place for place in (PROVINCE, CITY, COUNTY, OTHER, DISTRICT)}
    ABOVE: ClassVar = {"乙市": PROVINCE, "丙县": CITY, "丁市": PROVINCE, "戊新区": CITY}

    def find(self, name: str, within: Region | None = None) -> Region | None:
        return self.KNOWN.get(name)

    def parent(self, region: Region) -> Region | None:
        return self.ABOVE.get(region.name)

    def group(self, name: str, within: Region | None = None) -> tuple[Region, ...] | None:
        return (CITY,) if name == "沿江各市" else None


def indicator(*binds: Region, basis: str = "row", values: tuple[Value, ...] = ()) -> IndicatorRequirement:
    return IndicatorRequirement(name="耕地保有量", text="…", where=HERE, binds=binds, binds_basis=basis, values=values)


@pytest.mark.parametrize(
    ("binds", "basis", "expected"),
    [
        ((PROVINCE,), "whole", True),
        ((), "whole", True),
        ((CITY,), "row", True),
        ((OTHER,), "row", False),
        ((COUNTY,), "row", True),
        ((DISTRICT,), "row", True),
        ((Region(name="沿江各市"),), "group", True),
        ((Region(name="某某片区"),), "mention", None),
        ((), "unknown", None),
    ],
)
def test_binds_decide(binds: tuple[Region, ...], basis: str, expected: bool | None) -> None:
    """A region is concerned by itself, what lies around it, its parts and its groups; what is unknown stays unknown."""
    said, because = applies(indicator(*binds, basis=basis), CITY, Places(), PROVINCE)
    assert said is expected
    assert because


def test_neighbouring_towns_are_not_bound_by_each_other() -> None:
    """Towns of one county share six digits of their codes; a town that no gazetteer holds is another one by its name."""
    town = Region(name="己镇", code="990122101")
    neighbour, unlisted = Region(name="庚镇", code="990122102"), Region(name="辛乡")
    assert applies(indicator(neighbour), town, Places(), COUNTY).applies is False
    assert applies(indicator(unlisted), town, Places(), COUNTY).applies is False
    assert applies(indicator(town, neighbour), town, Places(), COUNTY).applies is True
    assert applies(indicator(COUNTY), town, Places(), COUNTY).applies is True
    assert applies(indicator(Region(name="己街道")), town, Places(), COUNTY).applies is None


def test_zone_goes_by_its_unit() -> None:
    """A zone concerns those who hold its unit, whatever the plan binds."""
    zone = ZoneRequirement(
        text="…",
        where=HERE,
        binds=(PROVINCE,),
        unit=ZoneUnit(name="丙县", code="990122"),
        system="主体功能区",
        type="农产品主产区",
    )
    assert applies(zone, CITY, Places(), PROVINCE).applies is True
    assert applies(zone, OTHER, Places(), PROVINCE).applies is False


def test_structure_goes_by_its_components() -> None:
    """A structure that is made of other places only does not concern the region."""
    axis = StructureRequirement(
        text="…", where=HERE, binds=(PROVINCE,), binds_basis="whole", name="某轴", components=("丁市",)
    )
    assert applies(axis, CITY, Places(), PROVINCE).applies is False


def test_values_of_the_region_are_picked() -> None:
    """The share of the region is taken, not the whole area's number."""
    values = (Value(value="100", unit="万亩", region=PROVINCE), Value(value="7", unit="万亩", region=CITY))
    assert [value.value for value in allocated(indicator(PROVINCE, values=values), CITY, PROVINCE)] == ["7"]


def test_two_levels_down_awaits_the_level_between() -> None:
    """A province's number without a row for the county must first be allocated by the city."""
    whole = indicator(PROVINCE, basis="whole", values=(Value(value="100", unit="万亩", region=PROVINCE),))
    assert awaits_allocation(whole, COUNTY, "province", "county")
    assert not awaits_allocation(whole, CITY, "province", "city")
