"""The catalogue over a small archive: tables, questions, export, search, comparison, checks."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pyarrow.parquet
import pytest
from makers_archive import archived, sha_of
from makers_plan import upper_plan

from chuandao.archive.catalogue import bring_up_to_date, catalogue, key_of
from chuandao.archive.compare import compare, comparison_record, comparison_words
from chuandao.archive.export import as_file, exported, harmless
from chuandao.archive.questions import asked, queried
from chuandao.archive.schemas import schemas
from chuandao.archive.search import search, words_of
from chuandao.archive.store import Store, write_whole
from chuandao.plan.errors import UsageError
from chuandao.plan.plan import to_json


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return archived(tmp_path_factory.mktemp("store"), upper_plan())


@pytest.fixture
def db(store: Store) -> Iterator[sqlite3.Connection]:
    with catalogue(store) as opened:
        yield opened


def test_every_requirement_of_every_plan_is_in_its_tables(db: sqlite3.Connection) -> None:
    """As many rows of each mode as the JSON has, and as many values."""
    requirements = upper_plan().requirements
    counted = dict(db.execute("SELECT mode, count(*) FROM requirements GROUP BY mode"))
    assert counted == {mode: sum(r.mode == mode for r in requirements) for mode in counted}
    assert sum(counted.values()) == len(requirements)
    for table, mode in (("zones", "zone"), ("structures", "structure"), ("lists", "list"), ("rules", "rule")):
        assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (counted[mode],)
    values = sum(len(getattr(r, "values", ()) or getattr(r, "quantities", ())) for r in requirements)
    assert db.execute('SELECT count(*) FROM "values"').fetchone() == (values,)


def test_the_published_tables_are_those_that_are_exported(db: sqlite3.Connection) -> None:
    """Every row that `export --format json` writes has the columns and the types of `chuandao schema catalogue`."""
    python = {"string": str, "integer": int, "number": (int, float), "null": type(None)}
    tables = schemas()["catalogue"]["properties"]
    files = exported(db, "json", Path("x"), ())
    assert {path.stem for path in files} == set(tables)
    for path, content in files.items():
        columns = tables[path.stem]["items"]["properties"]
        for row in json.loads(content):
            assert list(row) == list(columns)
            for column, cell in row.items():
                kinds = columns[column]["type"]
                assert any(isinstance(cell, python[kind]) for kind in ([kinds] if isinstance(kinds, str) else kinds))


def test_a_catalogue_that_is_gone_or_damaged_is_built_again(store: Store) -> None:
    """Nothing is in it that the plan JSONs don't say; and nothing is loaded twice."""
    with catalogue(store) as db:
        before = exported(db, "csv", Path("x"), ())
    assert bring_up_to_date(store) == 0
    store.catalogue.unlink()
    with catalogue(store) as db:
        assert exported(db, "csv", Path("x"), ()) == before
    store.catalogue.write_bytes(b"this is no database, " * 100)
    with catalogue(store) as db:
        assert exported(db, "csv", Path("x"), ()) == before


def test_a_new_result_replaces_the_old_rows(tmp_path: Path) -> None:
    """One document changed: its rows are loaded again, those of the other stay."""
    store = archived(tmp_path / "store", upper_plan(), upper_plan())
    assert bring_up_to_date(store) == 2
    plan = upper_plan()
    write_whole(
        store.plan(sha_of(1)), to_json(plan.model_copy(update={"requirements": plan.requirements[:2]})).encode()
    )
    assert bring_up_to_date(store) == 1
    with catalogue(store) as db:
        found = dict(db.execute("SELECT document, count(*) FROM requirements GROUP BY document"))
        assert found == {key_of(sha_of(0)): len(plan.requirements), key_of(sha_of(1)): 2}
        assert db.execute("SELECT count(*) FROM passages").fetchone() == (len(plan.requirements) + 2,)


def test_ready_questions_answer(db: sqlite3.Connection) -> None:
    """An indicator with all its values, an entry of a list by a part of its name, the units of a zone type."""
    assert [row[6] for row in asked(db, "indicator", "耕地保有量")] == ["8000", "66.12"]
    assert [row[3] for row in asked(db, "entry", "九龙峰")] == ["九龙峰省级自然保护区"]
    assert [row[0] for row in asked(db, "zones", "重点生态功能区")] == ["歙县"]
    assert list(asked(db, "unanswered", None)) == list(asked(db, "verdicts", None)) == []
    for wrong in (("indicator", None), ("weather", "x")):
        with pytest.raises(UsageError):
            asked(db, *wrong)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM documents",
        "DROP TABLE documents",
        "ATTACH 'x' AS y",
        "PRAGMA journal_mode = OFF",
        "SELECT nothing FROM nowhere",
        "not sql",
    ],
)
def test_a_query_may_only_read(db: sqlite3.Connection, sql: str) -> None:
    """Anything else is one line and exit code 2."""
    with pytest.raises(UsageError):
        queried(db, sql).fetchall()


def test_a_passage_is_found_once_whatever_it_holds(tmp_path: Path) -> None:
    """A sentence that makes two requirements is one hit, two rows of a table are two; at most so many as asked for."""
    plan = upper_plan()
    again = tuple(item.model_copy(update={"id": f"{item.id}-again"}) for item in plan.requirements)
    twice = archived(tmp_path / "twice", plan.model_copy(update={"requirements": (*plan.requirements, *again)}))
    with catalogue(twice) as db:
        assert [hit.mode for hit in search(db, "永久基本农田")] == ["rule"]
        assert {hit.mode for hit in search(db, "黄山市")} == {"indicator", "boundary"}
        assert len(list(search(db, "黄山市", 1))) == 1


def test_search_finds_words_in_any_order_with_their_place(db: sqlite3.Connection) -> None:
    """Hits carry title, page and quote; signs of the query language are only signs."""
    hits = list(search(db, "挖塘养鱼 永久基本农田"))
    assert [(hit.mode, hit.page, hit.title) for hit in hits] == [("rule", 3, "安徽省国土空间规划（2021—2035年）")]
    assert list(search(db, "火星")) == list(search(db, "")) == []
    assert list(search(db, '"歙县" OR NOT (')) == []
    assert "自然保护区" in words_of("九龙峰省级自然保护区，") and "，" not in words_of("，")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd", "'+cmd"),
        ("-rf", "'-rf"),
        ("@x", "'@x"),
        ("-3.5", "-3.5"),
        ("+20%", "+20%"),
        ("耕地", "耕地"),
        (7, 7),
        (None, None),
    ],
)
def test_cells_of_a_csv_are_harmless(cell: object, expected: object) -> None:
    """What a spreadsheet would take for a formula gets a mark; plain numbers stay numbers."""
    assert harmless(cell) == expected


def test_tables_in_every_format_say_the_same(db: sqlite3.Connection) -> None:
    """CSV with its mark for Excel, Excel whose cells are text, Parquet, JSON; the same bytes twice."""
    header, rows = ["名称", "数"], [("=HYPERLINK(1)", 1), ("耕地", None)]
    text = as_file("csv", header, rows, "t")
    assert text == "\ufeff名称,数\r\n'=HYPERLINK(1),1\r\n耕地,\r\n".encode()
    book = as_file("xlsx", header, rows, "t")
    assert book == as_file("xlsx", header, rows, "t")
    cell = openpyxl.load_workbook(io.BytesIO(book))["t"]["A2"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")
    assert pyarrow.parquet.read_table(io.BytesIO(as_file("parquet", header, rows, "t"))).to_pylist() == [
        {"名称": "=HYPERLINK(1)", "数": 1}, {"名称": "耕地", "数": None},
    ]  # fmt: skip
    assert json.loads(as_file("json", header, rows, "t")) == [
        {"名称": "=HYPERLINK(1)", "数": 1},
        {"名称": "耕地", "数": None},
    ]
    whole = exported(db, "xlsx", Path("a.xlsx"), ())[Path("a.xlsx")]
    assert openpyxl.load_workbook(io.BytesIO(whole)).sheetnames[0] == "documents"


def test_two_runs_are_compared_by_mode_with_examples(tmp_path: Path) -> None:
    """A requirement less, one more, one changed; an unchanged plan is the same."""
    old = upper_plan()
    requirements = list(old.requirements)
    changed = requirements[0].model_copy(update={"text": "到2035年，全省耕地保有量不低于9000万亩"})
    new = old.model_copy(
        update={"requirements": (changed, *requirements[2:], requirements[1].model_copy(update={"id": "ind-new"}))}
    )
    archived(tmp_path / "old", old, old)
    archived(tmp_path / "new", new, old)
    found = compare(tmp_path / "old", tmp_path / "new")
    record = comparison_record(found)
    assert record["same"] == 1
    assert record["changes"] == {"indicator": {"added": 1, "removed": 1, "changed": 1}}
    assert [example["keys"] for example in record["examples"] if example["kind"] == "changed"] == [["text"]]
    assert "9000万亩" in comparison_words(found)
