"""Checks over an archive: lower plans against an upper plan, the matrix, the sums of the parts."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from makers_archive import archived
from makers_plan import CITY, COUNTY, OTHER, upper_plan

from chuandao.archive.catalogue import catalogue
from chuandao.archive.checks import Checked, check_archive
from chuandao.archive.matrix import matrix_of
from chuandao.archive.questions import asked
from chuandao.archive.store import Store
from chuandao.archive.words import matrix_words
from chuandao.commands.matrix import adds_up, matrix_reports
from chuandao.plan.errors import Refused, UnreadableInput
from chuandao.plan.lexicon import Lexicon, load_lexicon
from chuandao.plan.plan import Period, Plan, PlanDocument, SourceFile, Tool
from chuandao.plan.quantity import si_of
from chuandao.plan.requirement import IndicatorRequirement, Region, Si, Value, identified
from chuandao.plan.span import Span
from chuandao.render.matrix import column_titles


def lower(region: Region, hectares: str, *, start: int = 2021) -> Plan:
    """A plan of a region that keeps so much farmland (万亩)."""
    text = f"到2035年，全域耕地保有量不低于{hectares}万亩"
    value = Value(
        year=2035, op=">=", value=hectares, unit="万亩", si=_si(hectares), region=region, raw=f"{hectares}万亩"
    )
    requirement = IndicatorRequirement(
        name="耕地保有量", concept="cultivated_land", attribute="binding", direction="floor", text=text, values=(value,),
        where=(Span(page=5, boxes=((1.0, 1.0, 2.0, 2.0),), quote=text),), binds=(region,), binds_basis="whole",
    )  # fmt: skip
    return Plan(
        tool=Tool(version="0", lexicon="sha256:0"),
        document=PlanDocument(
            title=f"{region.name}国土空间总体规划", kind="territorial_master_plan",
            level="county" if region == COUNTY else "city", region=region, period=Period(start=start, end=2035),
            source=SourceFile(file=f"{region.name}.pdf", sha256="0" * 64, format="pdf", pages=9),
        ),
        requirements=tuple(identified([requirement])),
    )  # fmt: skip


def _si(amount: str) -> Si:
    found = si_of(amount, None, "万亩", load_lexicon().units)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A province, two of its cities (one in two editions) and a county."""
    whole = upper_plan()
    first = whole.requirements[0]
    assert isinstance(first, IndicatorRequirement)
    total = first.values[0].model_copy(update={"si": _si("8000"), "region": None})
    upper = whole.model_copy(
        update={"requirements": (first.model_copy(update={"values": (total,)}), *whole.requirements[1:])}
    )
    return archived(
        tmp_path_factory.mktemp("store"), upper, lower(CITY, "66.12"), lower(OTHER, "500"), lower(COUNTY, "20"),
        lower(OTHER, "400", start=2006),
    )  # fmt: skip


@pytest.fixture(scope="module")
def checked(store: Store) -> Checked:
    return check_archive(store, "安徽省国土空间规划（2021—2035年）", level="city")


def test_each_lower_plan_gets_its_verdicts_and_a_second_check_does_no_work(store: Store, checked: Checked) -> None:
    """The editions and the cities, not the county; the catalogue then knows who answers what."""
    assert [low.region.name for low in checked.lowers] == ["合肥市", "合肥市", "黄山市"]
    assert (checked.done, checked.failed) == (3, ())
    again = check_archive(store, "安徽省国土空间规划（2021—2035年）", level="city")
    assert again.done == 0 and again.lowers == checked.lowers
    with catalogue(store) as db:
        assert {row[1] for row in asked(db, "verdicts", None)} == {"合肥市", "黄山市"}
        unanswered = [row[3] for row in asked(db, "unanswered", None)]
    assert any("挖塘养鱼" in text for text in unanswered)
    assert not any("耕地保有量" in text for text in unanswered)


def test_the_sum_of_the_parts_is_exact_and_names_who_is_lacking(
    store: Store, checked: Checked, lexicon: Lexicon
) -> None:
    """One plan for each city, the latest; the other cities are lacking, so nothing is judged yet."""
    (line,) = matrix_of(store, checked, lexicon).sums
    assert (line.total, line.sum, line.difference, line.unit) == ("8000", "566.12", "-7433.88", "万亩")
    assert [(part.region, part.value) for part in line.parts] == [("合肥市", "500"), ("黄山市", "66.12")]
    assert line.kept is None and len(line.lacking) == 14


@pytest.mark.parametrize(
    ("name", "unit", "expected"),
    [
        ("耕地保有量", "万亩", True),
        ("历史遗留矿山生态修复面积", "公顷", True),
        ("人均应急避难场所面积", "平方米", False),
        ("农村户均宅基地面积", "平方米", False),
        ("森林覆盖率", "%", False),
        ("单块最大开发面积", "公顷", False),
    ],
)
def test_only_amounts_of_the_whole_are_summed(lexicon: Lexicon, name: str, unit: str, expected: bool) -> None:
    """Two square metres a head in each of two cities are no four: such a sum would look kept and mean nothing."""
    entry = lexicon.indicator(name)
    assert adds_up(name, unit, entry.key if entry is not None else None, lexicon) is expected


def test_files_of_the_same_edition_are_told_apart(store: Store, checked: Checked, lexicon: Lexicon) -> None:
    """A draft that lies in the archive as PDF and as DOCX has two columns; each names its number, and its file."""
    matrix = matrix_of(store, checked, lexicon)
    drafts = tuple(plan.model_copy(update={"version": "征求意见稿"}) for plan in matrix.plans)
    assert column_titles(matrix.model_copy(update={"plans": drafts})) == [
        "合肥市（征求意见稿，第1份）", "合肥市（征求意见稿，第2份）", "黄山市",
    ]  # fmt: skip
    page = matrix_reports(matrix, [Path("m.html")])[Path("m.html")].decode()
    assert all(plan.path in page for plan in matrix.plans) and all(plan.path for plan in matrix.plans)
    assert all(f"（{plan.path}）" in matrix_words(matrix, checked) for plan in matrix.plans[:2])


def test_the_matrix_is_written_as_html_and_excel(store: Store, checked: Checked, lexicon: Lexicon) -> None:
    """Requirements down, plans across; two editions of one city are told apart; the same bytes twice."""
    matrix = matrix_of(store, checked, lexicon)
    files = matrix_reports(matrix, [Path("m.html"), Path("m.xlsx"), Path("m.json")])
    assert files == matrix_reports(matrix, list(files))
    page = files[Path("m.html")].decode()
    assert "合肥市（第1份）" in page and "合肥市（第2份）" in page and "缺失" in page and "566.12" in page
    book = openpyxl.load_workbook(io.BytesIO(files[Path("m.xlsx")]))
    assert book.sheetnames == ["矩阵", "各地之和", "说明"]
    assert [cell.value for cell in book["矩阵"][1]][4:] == ["合肥市（第1份）", "合肥市（第2份）", "黄山市"]


def test_an_upper_plan_that_is_not_there_is_one_line(store: Store) -> None:
    """Neither file nor title; and one without any lower plan in the archive."""
    with pytest.raises(UnreadableInput):
        check_archive(store, "火星规划")
    with pytest.raises(Refused):
        check_archive(store, "歙县国土空间总体规划")
