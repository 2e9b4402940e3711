"""The catalogue's tables as a JSON Schema, from their SQL: what `archive export --format json` writes and SQL may ask."""

from __future__ import annotations

import re
import sqlite3
from importlib import resources
from typing import Any

from .catalogue import TABLES

_TYPES = {"TEXT": "string", "INTEGER": "integer", "REAL": "number"}
_MEANING = re.compile(r'^\s*"?(\w+)"? [A-Z][A-Z ]*,? -- (.+)$', re.MULTILINE)
_ABOUT = re.compile(r"^CREATE TABLE \w+ \( -- (.+)$", re.MULTILINE)


def schemas() -> dict[str, dict[str, Any]]:
    """Name → JSON Schema (2020-12): catalogue/1, one property a table, each an array of rows."""
    script = (resources.files("chuandao.archive") / "catalogue.sql").read_text(encoding="utf-8")
    db = sqlite3.connect(":memory:")
    try:
        db.executescript(script)
        tables = {name: _table(db, name) for name in TABLES}
    finally:
        db.close()
    return {
        "catalogue": {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "chuandao.catalogue/1",
            "type": "object",
            "properties": tables,
            "additionalProperties": False,
        }
    }


def _table(db: sqlite3.Connection, name: str) -> dict[str, Any]:
    (sql,) = db.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (name,)).fetchone()
    meanings = dict(_MEANING.findall(sql))
    columns: dict[str, dict[str, Any]] = {}
    for _, column, kind, not_null, _, key in db.execute(f"PRAGMA table_info({name})"):
        known = _TYPES[kind]
        columns[column] = {"type": known if not_null or key else [known, "null"]}
        if column in meanings:
            columns[column]["description"] = meanings[column]
    about = _ABOUT.search(sql)
    return {
        "type": "array",
        **({"description": about[1]} if about else {}),
        "items": {
            "type": "object",
            "properties": columns,
            "required": list(columns),
            "additionalProperties": False,
        },
    }
