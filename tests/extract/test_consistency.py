"""What extraction itself sees to be wrong."""

from typing import Any

from chuandao.extract.consistency import extraction_findings
from chuandao.extract.context import Context
from chuandao.plan.document import Block, Document, Source, Text
from chuandao.plan.lexicon import load_lexicon
from chuandao.plan.plan import Period, PlanDocument, SourceFile
from chuandao.plan.quantity import si_of
from chuandao.plan.requirement import IndicatorRequirement, ListRequirement, Mention, Region, Register, Value
from chuandao.plan.span import Span, TableRef

LEXICON = load_lexicon()
CITY = LEXICON.gazetteer.find("惠州市")
EMPTY = Document(Source("plan.pdf", "0", "pdf", 1), ())
CONTEXT = Context.of(
    PlanDocument(title="", region=CITY, period=Period(end=2035), source=SourceFile(file="", sha256="", format="pdf")),
    LEXICON,
)


def value(number: str, unit: str, *, page: int = 1, table: int | None = None, **more: Any) -> Value:
    ref = None if table is None else TableRef(index=table, row=1, column=2)
    span = Span(page=page, boxes=((0, 100, 10, 110),), quote=number, table=ref)
    return Value(value=number, unit=unit, year=2035, si=si_of(number, None, unit, LEXICON.units), where=(span,), **more)


def indicator(*values: Value, binds: str | None = None) -> IndicatorRequirement:
    region = LEXICON.gazetteer.find(binds, CITY) if binds else CITY
    mentions = [Mention(**{"as": "table"}, where=each.where) for each in values]
    return IndicatorRequirement(
        text="",
        where=(),
        name="耕地保有量",
        concept="cultivated_land",
        attribute="binding",
        values=values,
        mentions=tuple(mentions),
        binds=(region or Region(name="?"),),
        binds_basis="row" if binds else "whole",
    )


def codes(*requirements: Any, document: Document = EMPTY) -> list[tuple[str, str]]:
    return [(each.code, each.severity) for each in extraction_findings(document, list(requirements), CONTEXT)]


def test_equal_amounts_are_no_finding() -> None:
    """One amount in two units, rounded, or with another unit's name, is said twice and not contradicted."""
    assert (
        codes(
            indicator(value("439.31", "平方公里"), value("65.90", "万亩", page=5), value("439.31", "平方千米", table=1))
        )
        == []
    )


def test_text_against_table() -> None:
    """Text and table with two amounts are one error of a binding indicator."""
    assert codes(indicator(value("1032.19", "平方公里"), value("1023.19", "平方公里", table=1))) == [
        ("DOC-TEXT-TABLE", "error")
    ]


def test_text_against_text() -> None:
    """Two sentences with two amounts contradict each other."""
    assert codes(indicator(value("850", "平方公里"), value("820", "平方公里", page=9))) == [("DOC-CONTRA", "error")]


def test_unit_slips() -> None:
    """A ratio of ten, fifteen, a hundred … is told as a slip of the unit."""
    assert codes(indicator(value("143.15", "万亩"), value("9543.33", "平方公里", page=9))) == [("IND-UNIT", "error")]


def test_dual_units() -> None:
    """A conversion in brackets that says another amount is a slip."""
    pair = {"value": "37.82", "unit": "万亩"}
    assert codes(indicator(value("258.13", "平方公里", pair=pair))) == [("IND-UNIT", "error")]


def test_sums() -> None:
    """Rows of an allocation that don't add up to their total are found; rounding is none, nor rows that leave a
    part of the area out, nor a table that prints no total."""
    rows = [
        indicator(value(number, "公顷", table=2), binds=name)
        for number, name in (
            ("10.1", "惠城区"),
            ("20.2", "惠阳区"),
            ("30.3", "龙门县"),
            ("10", "博罗县"),
            ("10", "惠东县"),
        )
    ]
    assert codes(indicator(value("80.6", "公顷", table=2)), *rows) == []
    assert codes(indicator(value("90.6", "公顷", table=2)), *rows) == [("IND-SUM", "error")]
    assert codes(indicator(value("90.6", "公顷", table=2)), *rows[:4]) == []
    assert codes(indicator(value("90.6", "公顷")), *rows) == []


def test_counts_of_registers() -> None:
    """A stated count is held against the entries, unless the list is open."""

    def entries(stated: int, *, open_: bool = False) -> list[ListRequirement]:
        register = Register(name="自然保护地名录", stated_count=stated, open=open_)
        return [ListRequirement(text="", where=(), register=register, name=name) for name in ("甲", "乙")]

    assert codes(*entries(2)) == []
    assert codes(*entries(3)) == [("LIST-COUNT", "warning")]
    assert codes(*entries(3, open_=True)) == []


def test_gaps_in_numbering() -> None:
    """A missing or doubled article is told; sections that start again in each chapter are none."""
    numbers = ["第一章", "第一节", "第1条", "第2条", "第二章", "第一节", "第4条", "第4条"]
    blocks = tuple(Block(place, "heading", Text(number), number=number) for place, number in enumerate(numbers))
    found = extraction_findings(Document(Source("plan.pdf", "0", "pdf", 1), blocks), [], CONTEXT)
    assert [each.message for each in found] == ["编号不连续：第2条之后是第4条", "编号重复：第4条之后是第4条"]
