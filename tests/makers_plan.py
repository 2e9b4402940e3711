"""A small province with one requirement of each mode, for tests of generating."""

from __future__ import annotations

from chuandao.plan.plan import Period, Plan, PlanDocument, SourceFile, Tool
from chuandao.plan.requirement import (
    BoundaryRequirement,
    IndicatorRequirement,
    ListFields,
    ListRequirement,
    Region,
    Register,
    Requirement,
    RuleRequirement,
    StructureRequirement,
    Value,
    ZoneRequirement,
    ZoneUnit,
    identified,
)
from chuandao.plan.span import Span

PROVINCE = Region(name="安徽省", code="340000")
CITY = Region(name="黄山市", code="341000")
OTHER = Region(name="合肥市", code="340100")
COUNTY = Region(name="歙县", code="341021")
HERE = (Span(page=3, boxes=((1.0, 1.0, 2.0, 2.0),), quote="…"),)


def upper_plan(*more: Requirement) -> Plan:
    """A provincial plan that hands down to the city in all six modes, and to another city."""

    def value(number: str, unit: str, op: str, region: Region, year: int = 2035) -> Value:
        return Value(year=year, op=op, value=number, unit=unit, region=region, raw=f"{number}{unit}")

    requirements: list[Requirement] = [
        IndicatorRequirement(
            name="耕地保有量",
            concept="cultivated_land",
            attribute="binding",
            direction="floor",
            text="到2035年，全省耕地保有量不低于8000万亩",
            where=HERE,
            binds=(PROVINCE,),
            binds_basis="whole",
            values=(value("8000", "万亩", ">=", PROVINCE),),
        ),
        IndicatorRequirement(
            name="耕地保有量",
            concept="cultivated_land",
            attribute="binding",
            direction="floor",
            text="黄山市 66.12",
            where=HERE,
            binds=(CITY,),
            binds_basis="row",
            values=(value("66.12", "万亩", ">=", CITY),),
        ),
        IndicatorRequirement(
            name="森林覆盖率",
            concept="forest_cover",
            attribute="expected",
            direction="floor",
            text="森林覆盖率不低于31%",
            where=HERE,
            binds=(PROVINCE,),
            binds_basis="whole",
            values=(value("31", "%", ">=", PROVINCE),),
        ),
        BoundaryRequirement(
            line="城镇开发边界",
            name="城镇开发边界",
            direction="cap",
            text="黄山市城镇开发边界不超过166.5平方公里",
            where=HERE,
            binds=(CITY,),
            binds_basis="row",
            values=(value("166.5", "平方公里", "<=", CITY),),
            control="城镇开发边界外不得进行城镇集中建设。",
        ),
        StructureRequirement(
            slogan="两屏三带",
            label="两屏",
            name="皖南山地生态屏障",
            element="barrier",
            components=("黄山", "天目山"),
            text="构建两屏三带",
            where=HERE,
            binds=(CITY,),
            binds_basis="mention",
        ),
        ZoneRequirement(
            unit=ZoneUnit(name="歙县", code="341021"),
            system="主体功能区",
            type="重点生态功能区",
            overlays=("自然保护地",),
            text="歙县 重点生态功能区",
            where=HERE,
            binds=(COUNTY,),
            binds_basis="row",
        ),
        ListRequirement(
            register=Register(name="附表4 省级以上自然保护地名录"),
            kind="protected_area",
            name="九龙峰省级自然保护区",
            attributes={"序号": "1", "名称": "九龙峰省级自然保护区", "级别": "省级", "所在地": "黄山市黄山区"},
            text="九龙峰省级自然保护区",
            where=HERE,
            binds=(CITY,),
            binds_basis="list",
        ),
        ListRequirement(
            register=Register(name="生态修复重大工程清单"),
            kind="restoration_project",
            name="新安江流域水生态修复工程",
            attributes={"工程名称": "新安江流域水生态修复工程", "建设时序": "2021—2030"},
            fields=ListFields(start=2021, end=2030),
            text="新安江流域水生态修复工程",
            where=HERE,
            binds=(CITY,),
            binds_basis="list",
        ),
        RuleRequirement(
            force="prohibit",
            strength=6,
            modal="严禁",
            text="严禁占用永久基本农田挖塘养鱼和建设绿化景观。",
            where=HERE,
            binds=(PROVINCE,),
            binds_basis="whole",
        ),
        RuleRequirement(
            force="oblige",
            strength=5,
            modal="应",
            text="市县规划应明确廊道走向、控制宽度和重要连通节点，强化廊道串联。",
            where=HERE,
            binds=(PROVINCE,),
            binds_basis="whole",
        ),
        RuleRequirement(
            force="recommend",
            strength=2,
            modal="推动",
            text="合肥市推动巢湖流域综合治理。",
            where=HERE,
            binds=(OTHER,),
            binds_basis="mention",
        ),
        *more,
    ]
    return Plan(
        tool=Tool(version="0", lexicon="sha256:0"),
        document=PlanDocument(
            title="安徽省国土空间规划（2021—2035年）",
            kind="territorial_master_plan",
            level="province",
            region=PROVINCE,
            period=Period(start=2021, end=2035, base_year=2020, near_term=2025),
            source=SourceFile(file="upper.pdf", sha256="0" * 64, format="pdf", pages=9),
        ),
        requirements=tuple(identified(requirements)),
    )
