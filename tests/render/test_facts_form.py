"""Facts form → Excel and YAML, and back."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from makers_plan import CITY, OTHER, upper_plan

from chuandao.extract.reading.facts_form import read_facts
from chuandao.generate import facts_form
from chuandao.plan.errors import Refused, UnreadableInput, UsageError
from chuandao.plan.facts import Facts
from chuandao.plan.lexicon import load_lexicon
from chuandao.render.facts_xlsx import facts_xlsx
from chuandao.render.facts_yaml import facts_yaml


@pytest.fixture(scope="module")
def form() -> Facts:
    return facts_form([upper_plan()], CITY, load_lexicon())


def fill(data: bytes, sheet: str, subject: str, title: str, value: object) -> bytes:
    """The workbook with one cell filled in, as a planner would."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book[sheet]
    column = next(cell.column for cell in page[3] if cell.value == title)
    row = next(cells[0].row for cells in page.iter_rows(min_row=4) if str(cells[1].value).startswith(subject))
    page.cell(row, column).value = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_empty_form_comes_back_as_it_was(form: Facts, tmp_path: Path) -> None:
    """Excel and YAML hold the whole form; nothing is filled in by the way."""
    for name, data in (("f.xlsx", facts_xlsx(form)), ("f.yaml", facts_yaml(form))):
        (tmp_path / name).write_bytes(data)
        assert read_facts(tmp_path / name) == form


def test_same_form_same_bytes(form: Facts) -> None:
    """Writing the workbook twice gives the same bytes."""
    assert facts_xlsx(form) == facts_xlsx(form)


def test_filled_cells_become_answers(form: Facts, tmp_path: Path) -> None:
    """Numbers and words typed into the sheets are the answers; full-width digits and separators are understood."""
    data = fill(facts_xlsx(form), "约束性指标", "耕地保有量", "歙县", 12.34)
    data = fill(data, "三线", "城镇开发边界", "歙县", "１，０２０.５")
    data = fill(data, "结构", "皖南山地", "本地承接要素名称", "黄山—清凉峰山地")
    (tmp_path / "f.xlsx").write_bytes(data)
    found = read_facts(tmp_path / "f.xlsx", form)
    answers = {
        (row.subject, key): said for sheet in found.sheets for row in sheet.rows for key, said in row.answers.items()
    }
    assert answers == {
        ("耕地保有量", "part:歙县"): "12.34",
        ("城镇开发边界", "part:歙县"): "1020.5",
        ("皖南山地生态屏障", "local_name"): "黄山—清凉峰山地",
    }


def test_wrong_entries_are_named(form: Facts, tmp_path: Path) -> None:
    """Words where a number is asked and a year of three digits come back with sheet, cell and reason."""
    data = fill(facts_xlsx(form), "约束性指标", "耕地保有量", "歙县", "十几万亩")
    data = fill(data, "名录", "新安江", "开始年", 213)
    (tmp_path / "f.xlsx").write_bytes(data)
    with pytest.raises(Refused, match=r"“约束性指标”表 [A-Z]+4 格“十几万亩”：应为数字") as caught:
        read_facts(tmp_path / "f.xlsx", form)
    assert "“名录”表" in str(caught.value) and "四位年份" in str(caught.value)


def test_sums_are_live(form: Facts) -> None:
    """The sum and its check are formulas over the parts."""
    page = openpyxl.load_workbook(io.BytesIO(facts_xlsx(form)))["约束性指标"]
    formulas = [str(cell.value) for row in page.iter_rows(min_row=4) for cell in row if str(cell.value).startswith("=")]
    assert any("SUM(" in formula for formula in formulas) and any("不满足" in formula for formula in formulas)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [("f.xlsx", b"no zip", "不是有效的 XLSX"), ("f.yaml", b"a: [", "YAML"), ("f.yaml", b"a: 1", "facts/1")],
)
def test_other_files_are_refused(name: str, data: bytes, says: str, tmp_path: Path) -> None:
    """What is no facts form is named for what it is."""
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UnreadableInput, match=says):
        read_facts(tmp_path / name)


def test_another_regions_form_is_refused(form: Facts, tmp_path: Path) -> None:
    """A form for another city is not taken."""
    (tmp_path / "f.yaml").write_bytes(facts_yaml(form))
    with pytest.raises(UsageError, match="黄山市"):
        read_facts(tmp_path / "f.yaml", facts_form([upper_plan()], OTHER, load_lexicon()))


def test_long_drop_downs_are_kept(form: Facts, tmp_path: Path) -> None:
    """What Excel can't hold inside a rule (255 characters) stands on the hidden sheet; the form reads back all the same."""
    towns = tuple(f"{number}号街道办事处" for number in range(60))
    sheet = next(sheet for sheet in form.sheets if any(field.choices for field in sheet.fields) and sheet.rows)
    longer = [field.model_copy(update={"choices": towns}) if field.choices else field for field in sheet.fields]
    other = sheet.model_copy(update={"fields": tuple(longer)})
    long = form.model_copy(update={"sheets": tuple(other if each is sheet else each for each in form.sheets)})
    book = openpyxl.load_workbook(io.BytesIO(facts_xlsx(long)))
    rule = next(rule for rule in book[sheet.name].data_validations.dataValidation if "$" in rule.formula1)
    name, _, area = rule.formula1.partition("!")
    assert tuple(cell.value for (cell,) in book[name][area.replace("$", "")]) == towns
    (tmp_path / "f.xlsx").write_bytes(facts_xlsx(long))
    assert read_facts(tmp_path / "f.xlsx") == long
