"""Full text over the requirements of an archive: words as jieba cuts them, hits with page and quote."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ..plan.requirement import Mode


@lru_cache(1)
def _cut() -> Any:
    """rjieba where it is installed (the same words, 20 times as fast), else jieba."""
    try:
        import rjieba

        return rjieba.cut_for_search
    except ImportError:
        import jieba

        jieba.setLogLevel(60)  # it talks of its dictionary on stderr
        return jieba.cut_for_search


def words_of(text: str) -> list[str]:
    """The words of a text, those inside of longer words among them; signs left out."""
    return [word.lower() for word in _cut()(text) if any(character.isalnum() for character in word)]


def index_passages(db: sqlite3.Connection, document: str) -> None:
    """Makes the requirements of a document findable: text, name and headings."""
    rows = db.execute(
        "SELECT rowid, id, coalesce(name, ''), text, section FROM requirements WHERE document = ?", (document,)
    ).fetchall()
    db.executemany(
        "INSERT INTO passages (rowid, words, document, id) VALUES (?, ?, ?, ?)",
        [(rowid, " ".join(words_of("\n".join(parts))), document, id_) for rowid, id_, *parts in rows],
    )


@dataclass(frozen=True, slots=True)
class Hit:
    """A requirement that was found."""

    document: str
    title: str
    path: str
    id: str
    mode: Mode
    page: int | None
    printed_page: str | None
    paragraph: int | None
    quote: str
    section: str


def search(db: sqlite3.Connection, query: str, most: int = 50) -> Iterator[Hit]:
    """The requirements that hold all words of the query, best first; one for each passage, whatever it holds."""
    wanted = words_of(query)
    if not wanted:
        return
    match = " AND ".join('"' + word.replace('"', '""') + '"' for word in dict.fromkeys(wanted))
    seen = set[tuple[object, ...]]()
    for *row, text in db.execute(
        "SELECT d.document, d.title, d.path, r.id, r.mode, r.page, r.printed_page, r.paragraph, r.quote, r.section, r.text"
        " FROM passages p JOIN requirements r ON r.rowid = p.rowid JOIN documents d ON d.document = r.document"
        " WHERE passages MATCH ? ORDER BY bm25(passages), d.document, r.position",
        (match,),
    ):
        hit = Hit(*row)
        passage = (hit.document, hit.page, hit.paragraph, hit.quote, text)
        if passage not in seen:
            seen.add(passage)
            yield hit
        if len(seen) >= most:
            return
