"""The catalogue: every plan JSON of the store in SQL tables (catalogue.sql), brought up to date before each question.

SQLite and not DuckDB: docs/archive.md has the measurement on a million requirements.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

from ..plan.errors import UnreadableInput
from .ledger import Ledger, Row
from .places import mark_of, read_place
from .search import index_passages
from .store import Store

VERSION = 1
"""Of the tables; a catalogue of another version is built anew."""
TABLES = (
    "documents", "requirements", "amounts", "binds", "zones", "structures", "lists", "rules", "findings", "verdicts",
)  # fmt: skip
ORDER = {"documents": "region_code, start, title, document", "verdicts": "upper, lower, requirement"}
"""How tables are sorted where it is not by document and the order of their rows in it."""
RESULTS = ("documents", "requirements", "amounts", "binds", "zones", "structures", "lists", "rules", "findings")
"""Tables that follow from a plan JSON."""


def key_of(sha256: str) -> str:
    """How the catalogue names a document."""
    return sha256[:16]


@contextmanager
def catalogue(store: Store) -> Iterator[sqlite3.Connection]:
    """The catalogue, up to date, open for reading only. A store that can't be written gets one in a temporary folder."""
    with tempfile.TemporaryDirectory() as spare:
        path = store.catalogue
        try:
            bring_up_to_date(store, path)
        except (OSError, sqlite3.OperationalError):
            if not path.exists():
                path = Path(spare) / path.name
                bring_up_to_date(store, path)
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro{'' if _writable(path) else '&immutable=1'}", uri=True)
        try:
            db.execute("PRAGMA query_only = 1")
            yield db
        finally:
            db.close()


def _writable(path: Path) -> bool:
    try:
        with path.open("r+b"):
            return True
    except OSError:
        return False


def bring_up_to_date(store: Store, path: Path | None = None) -> int:
    """Loads what is new or changed in the store and drops what is gone; the number of documents touched."""
    path = path or store.catalogue
    ledger = Ledger(store.ledger, write=False)
    db = _opened(path)
    try:
        with db:
            db.execute("BEGIN IMMEDIATE")
            return _refreshed(db, store, ledger)
    finally:
        db.close()
        ledger.close()


def _opened(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=60)
    try:
        (version,) = db.execute("PRAGMA user_version").fetchone()
        if version not in (0, VERSION):
            raise sqlite3.DatabaseError
        if version == 0:
            script = (resources.files("chuandao.archive") / "catalogue.sql").read_text(encoding="utf-8")
            db.executescript(f"BEGIN; {script} PRAGMA user_version = {VERSION}; COMMIT;")
    except sqlite3.OperationalError:
        db.close()
        raise
    except sqlite3.DatabaseError:  # another version's, or damaged: nothing is in it that the JSONs don't say
        db.close()
        path.unlink()
        return _opened(path)
    return db


def _refreshed(db: sqlite3.Connection, store: Store, ledger: Ledger) -> int:
    loaded = dict(db.execute("SELECT document, mark FROM loaded WHERE document != 'checks'"))
    touched = 0
    for row in ledger.results():
        assert row.sha256 is not None
        key = key_of(row.sha256)
        place = store.place(row.sha256)
        mark = _mark(row, place)
        if loaded.pop(key, None) != mark:
            touched += 1
            _drop(db, key)
            _load(db, row, json.loads(read_place(place)))
            db.execute("INSERT INTO loaded (document, mark) VALUES (?, ?)", (key, mark))
    for key in loaded:
        touched += 1
        _drop(db, key)
    _load_checks(db, store)
    return touched


def _mark(row: Row, place: str) -> str:
    try:
        mark = mark_of(place)
    except OSError:
        raise UnreadableInput(
            f"{place}：台账里有而文件不见了；请从备份恢复，或运行 chuandao archive 来源 --refresh 重建。"
        ) from None
    return f"{row.work}|{row.status}|{row.reason}|{row.path}|{mark}"


def _drop(db: sqlite3.Connection, key: str) -> None:
    db.execute("DELETE FROM passages WHERE rowid IN (SELECT rowid FROM requirements WHERE document = ?)", (key,))
    for table in (*RESULTS, "loaded"):
        db.execute(f"DELETE FROM {table} WHERE document = ?", (key,))


def _insert(db: sqlite3.Connection, table: str, rows: Iterable[Sequence[Any]]) -> None:
    rows = list(rows)
    if rows:
        db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def _load(db: sqlite3.Connection, row: Row, plan: dict[str, Any]) -> None:
    """All rows of one plan."""
    key = key_of(row.sha256 or "")
    about, requirements = plan["document"], plan["requirements"]
    period, region, source = about.get("period") or {}, about.get("region") or {}, about["source"]
    _insert(db, "documents", [(
        key, row.sha256, about["title"], about.get("kind"), about.get("level"), region.get("name"), region.get("code"),
        period.get("start"), period.get("end"), period.get("base_year"), about.get("version"), source.get("format"),
        source.get("pages"), row.status, row.reason, "、".join(map(str, row.pages)) or None, row.path,
        plan["tool"].get("version"), plan["tool"].get("lexicon"),
    )])  # fmt: skip
    _insert(db, "requirements", (_requirement(key, at, item) for at, item in enumerate(requirements)))
    _insert(db, "amounts", (amount for item in requirements for amount in _amounts(key, item)))
    _insert(
        db,
        "binds",
        (
            (key, item["id"], bound["name"], bound.get("code"))
            for item in requirements
            for bound in item.get("binds", ())
        ),
    )
    for mode, table, columns in (
        ("zone", "zones", _zone),
        ("structure", "structures", _structure),
        ("list", "lists", _entry),
        ("rule", "rules", _rule),
    ):
        _insert(db, table, ((key, item["id"], *columns(item)) for item in requirements if item["mode"] == mode))
    _insert(db, "findings", (
        (key, found["id"], found["code"], found.get("severity"), found.get("category"), found.get("message"), *_place(found)[:1], _place(found)[3])
        for found in plan["findings"]
    ))  # fmt: skip
    index_passages(db, key)


def _joined(parts: Iterable[str] | None) -> str | None:
    return "、".join(parts or ()) or None


def _place(item: dict[str, Any]) -> tuple[Any, ...]:
    """Page, printed page, paragraph, quote and part of the first span."""
    span: dict[str, Any] = next(iter(item.get("where") or ()), {})
    return span.get("page"), span.get("printed_page"), span.get("paragraph"), span.get("quote"), span.get("part")


def _requirement(key: str, position: int, item: dict[str, Any]) -> tuple[Any, ...]:
    name = item.get("name") or item.get("line") or (item.get("unit") or {}).get("name")
    return (
        key, item["id"], position, item.get("stamp"), item["mode"], name, item.get("concept"), item.get("attribute"),
        item.get("scope"), item.get("direction"), item.get("text"), " / ".join(item.get("section") or ()), *_place(item),
        _joined(bound["name"] for bound in item.get("binds", ())), item.get("binds_basis"), item.get("topic"),
        item.get("mandatory"), item.get("part_of"), item.get("confidence"),
    )  # fmt: skip


def _amounts(key: str, item: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    for position, value in enumerate((*(item.get("values") or ()), *(item.get("quantities") or ()))):
        si, region = value.get("si") or {}, value.get("region") or {}
        yield (
            key, item["id"], position, value.get("role"), value.get("year"), value.get("from"), value.get("op"),
            value.get("value"), value.get("upper"), value.get("unit"), si.get("value"), si.get("upper"), si.get("unit"),
            region.get("name"), region.get("code"), value.get("reference"), value.get("raw"), _place(value)[0],
        )  # fmt: skip


def _zone(item: dict[str, Any]) -> tuple[Any, ...]:
    unit = item["unit"]
    return unit["name"], unit.get("code"), unit.get("part"), item["system"], item["type"], _joined(item.get("overlays"))


def _structure(item: dict[str, Any]) -> tuple[Any, ...]:
    return item.get("slogan"), item.get("label"), item["name"], item.get("element"), _joined(item.get("components"))


def _entry(item: dict[str, Any]) -> tuple[Any, ...]:
    fields = item.get("fields") or {}
    area = fields.get("area") or {}
    return (
        (item.get("register") or {}).get("name"), item.get("kind"), item["name"], fields.get("type"), fields.get("grade"),
        area.get("value"), area.get("unit"), fields.get("units"), fields.get("lead"), fields.get("start"),
        fields.get("end"), item.get("group"), item.get("parent"),
    )  # fmt: skip


def _rule(item: dict[str, Any]) -> tuple[Any, ...]:
    return (
        item.get("force"), item.get("strength"), item.get("modal"), item.get("actor"), item.get("object"),
        item.get("deadline"), _joined(item.get("conditions")), _joined(e["text"] for e in item.get("exceptions") or ()),
        _joined(item.get("responsible")),
    )  # fmt: skip


def _load_checks(db: sqlite3.Connection, store: Store) -> None:
    """The verdicts of all checks of the store; few and small beside the plans, so always anew."""
    paths = sorted((store.home / "checks").glob("*/*.verdicts.json"))
    mark = ";".join(f"{path.parent.name}/{path.name}:{path.stat().st_mtime_ns}" for path in paths)
    if db.execute("SELECT mark FROM loaded WHERE document = 'checks'").fetchone() == (mark,):
        return
    db.execute("DELETE FROM verdicts")
    for path in paths:
        upper, lower = path.parent.name, path.name.removesuffix(".verdicts.json")
        _insert(db, "verdicts", ((key_of(upper), key_of(lower), *row) for row in json.loads(path.read_bytes())["rows"]))
    db.execute("INSERT OR REPLACE INTO loaded (document, mark) VALUES ('checks', ?)", (mark,))


def table_rows(db: sqlite3.Connection, table: str) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    """The columns of a table and its rows in an order that does not depend on how the archive came about."""
    found = db.execute(f"SELECT * FROM {table} ORDER BY {ORDER.get(table, 'document, rowid')}")
    return [column[0] for column in found.description], found
