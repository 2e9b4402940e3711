"""The ledger: one row for every file, from the moment it is seen. One process writes it; others may look."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..plan.errors import UnreadableInput, UnwritableOutput
from .reasons import OPEN, PASSING, RETRIED
from .sources import Found, shown

SCHEMA = """
CREATE TABLE IF NOT EXISTS files (
    id INTEGER PRIMARY KEY,
    raw BLOB NOT NULL UNIQUE,      -- the bytes of the path; NUL before each member of a ZIP
    path TEXT NOT NULL,            -- the same to read
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    status TEXT NOT NULL,
    reason TEXT,
    detail TEXT,                   -- one line in Chinese
    sha256 TEXT,
    duplicate_of INTEGER REFERENCES files (id),
    pages TEXT,                    -- JSON: the pages that are lacking
    page_count INTEGER,
    requirements INTEGER,
    work TEXT,                     -- tool version, lexicon and settings that the result was made with
    seconds REAL
);
CREATE INDEX IF NOT EXISTS by_content ON files (sha256) WHERE sha256 IS NOT NULL;
CREATE INDEX IF NOT EXISTS by_status ON files (status);
CREATE TABLE IF NOT EXISTS processes (pid INTEGER PRIMARY KEY, started REAL);
PRAGMA user_version = 1;
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the ledger."""

    id: int
    raw: bytes
    path: str
    size: int
    mtime_ns: int
    status: str
    reason: str | None
    detail: str | None
    sha256: str | None
    duplicate_of: int | None
    pages: tuple[int, ...]
    page_count: int | None
    requirements: int | None
    work: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file."""

    status: str
    reason: str | None = None
    detail: str | None = None
    pages: tuple[int, ...] = ()
    page_count: int | None = None
    requirements: int | None = None
    seconds: float = 0.0


ROOM = 1 << 16
"""Bytes of a disk that is as good as full: SQLite asks for this much at a time."""
COLUMNS = (
    "id, raw, path, size, mtime_ns, status, reason, detail, sha256, duplicate_of, pages, page_count, requirements, work"
)


class Ledger:
    """An open ledger. Every method that writes is one transaction."""

    def __init__(self, path: Path, *, write: bool) -> None:
        self.path = path
        try:
            if write:
                self._db = sqlite3.connect(path, isolation_level=None, timeout=30)
                self._db.execute("PRAGMA journal_mode = WAL")
                self._db.execute("PRAGMA synchronous = NORMAL")
                self._db.executescript(SCHEMA)
            else:
                self._db = _looked_at(path)
        except sqlite3.Error as error:
            raise _ledger_error(path, error, write) from None

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            raise _ledger_error(self.path, error, True) from None

    def register(self, found: Iterable[Found]) -> None:
        """A row for each file that has none; a file that has changed since is open again."""
        with self._writing() as db:
            for file in found:
                db.execute(
                    "INSERT INTO files (raw, path, size, mtime_ns, status, reason) VALUES (?, ?, ?, ?, ?, ?)"
                    " ON CONFLICT (raw) DO UPDATE SET size = excluded.size, mtime_ns = excluded.mtime_ns,"
                    " status = excluded.status, reason = excluded.reason, detail = NULL, sha256 = NULL,"
                    " duplicate_of = NULL, pages = NULL, page_count = NULL, requirements = NULL, work = NULL"
                    " WHERE size != excluded.size OR mtime_ns != excluded.mtime_ns"
                    " OR (excluded.status != 'found' AND status != excluded.status)",
                    (file.raw, shown(file.raw), file.size, file.mtime_ns, file.status, file.reason),
                )
            self._orphans(db)

    def reopen(self, *, work: str | None = None) -> None:
        """What was cut off is open again, and what may have passed; with `work`, also what was made otherwise."""
        with self._writing() as db:
            db.execute("UPDATE files SET status = 'found' WHERE status IN ('running', 'waiting')")
            marks = ", ".join("?" * len(PASSING))
            db.execute(
                f"UPDATE files SET status = 'found' WHERE status = 'failed' AND reason IN ({marks})", sorted(PASSING)
            )
            if work is not None:
                db.execute("UPDATE files SET status = 'found' WHERE work IS NOT NULL AND work != ?", (work,))
                self._orphans(db)

    def retry(self, names: Iterable[str] = ()) -> int:
        """Opens again what may pass with more room, a password or OCR; with `names` only rows whose path holds one."""
        marks = ", ".join("?" * len(RETRIED))
        with self._writing() as db:
            rows = db.execute(
                f"SELECT id, path FROM files WHERE reason IN ({marks}) AND status IN ('failed', 'partial')",
                sorted(RETRIED),
            ).fetchall()
            wanted = tuple(names)
            chosen = [id_ for id_, path in rows if not wanted or any(name in path for name in wanted)]
            db.executemany("UPDATE files SET status = 'found' WHERE id = ?", [(id_,) for id_ in chosen])
            self._orphans(db)
        return len(chosen)

    @staticmethod
    def _orphans(db: sqlite3.Connection) -> None:
        """Duplicates follow the file that they are linked to."""
        db.execute(
            "UPDATE files SET status = 'found', duplicate_of = NULL WHERE status IN ('duplicate', 'failed')"
            " AND duplicate_of IN (SELECT id FROM files WHERE status = 'found')"
        )

    def open_rows(self, after: int, most: int = 200) -> list[Row]:
        """The next rows by id that nobody has looked at."""
        return self._rows("WHERE id > ? AND status = 'found' ORDER BY id LIMIT ?", (after, most))

    def rows(self) -> Iterator[Row]:
        """All rows by id."""
        yield from map(_row, self._db.execute(f"SELECT {COLUMNS} FROM files ORDER BY id"))

    def row(self, id_: int) -> Row:
        return self._rows("WHERE id = ?", (id_,))[0]

    def settled(self, sha256: str, but: int) -> Row | None:
        """The first file of this content that has been dealt with by itself."""
        rows = self._rows(
            "WHERE sha256 = ? AND id != ? AND duplicate_of IS NULL AND status IN ('done', 'partial', 'failed')"
            " ORDER BY id LIMIT 1",
            (sha256, but),
        )
        return rows[0] if rows else None

    def hashed(self, id_: int, sha256: str, size: int, mtime_ns: int) -> None:
        with self._writing() as db:
            db.execute(
                "UPDATE files SET sha256 = ?, size = ?, mtime_ns = ?, status = 'running' WHERE id = ?",
                (sha256, size, mtime_ns, id_),
            )

    def finish(
        self,
        id_: int,
        outcome: Outcome,
        *,
        work: str | None = None,
        duplicate_of: int | None = None,
        sha256: str | None = None,
        members: Iterable[Found] = (),
    ) -> None:
        """What came of a file; with `members` also the rows of what it holds, in the same transaction."""
        with self._writing() as db:
            db.execute(
                "UPDATE files SET status = ?, reason = ?, detail = ?, pages = ?, page_count = ?, requirements = ?,"
                " seconds = ?, work = ?, duplicate_of = ?, sha256 = coalesce(?, sha256) WHERE id = ?",
                (
                    outcome.status,
                    outcome.reason,
                    outcome.detail,
                    json.dumps(outcome.pages) if outcome.pages else None,
                    outcome.page_count,
                    outcome.requirements,
                    round(outcome.seconds, 3),
                    work,
                    duplicate_of,
                    sha256,
                    id_,
                ),
            )
            for file in members:
                db.execute(
                    "INSERT INTO files (raw, path, size, mtime_ns, status, reason) VALUES (?, ?, ?, ?, ?, ?)"
                    " ON CONFLICT (raw) DO UPDATE SET size = excluded.size, mtime_ns = excluded.mtime_ns,"
                    " status = excluded.status, reason = excluded.reason, sha256 = NULL, duplicate_of = NULL",
                    (file.raw, shown(file.raw), file.size, file.mtime_ns, file.status, file.reason),
                )

    def counts(self) -> dict[str, int]:
        """Rows by status."""
        return dict(self._db.execute("SELECT status, count(*) FROM files GROUP BY status ORDER BY status"))

    def reasons(self) -> dict[str, int]:
        """Rows by reason, of those that are not simply done, skipped or duplicates."""
        return dict(
            self._db.execute(
                "SELECT reason, count(*) FROM files WHERE reason IS NOT NULL AND status IN ('failed', 'partial', 'waiting')"
                " GROUP BY reason ORDER BY reason"
            )
        )

    def totals(self) -> tuple[int, int, int]:
        """Rows, open rows, bytes of open rows."""
        marks = ", ".join("?" * len(OPEN))
        (rows,) = self._db.execute("SELECT count(*) FROM files").fetchone()
        left, size = self._db.execute(
            f"SELECT count(*), coalesce(sum(size), 0) FROM files WHERE status IN ({marks})", OPEN
        ).fetchone()
        return rows, left, size

    def results(self) -> Iterator[Row]:
        """The files that have a plan JSON, by content."""
        query = f"SELECT {COLUMNS} FROM files WHERE status IN ('done', 'partial') AND duplicate_of IS NULL ORDER BY sha256, id"
        yield from map(_row, self._db.execute(query))

    def note_process(self, pid: int, started: float | None) -> None:
        """Remembers a reading process, so that the next run can end it if this one is killed; None: it has ended."""
        with self._writing() as db:
            if started is None:
                db.execute("DELETE FROM processes WHERE pid = ?", (pid,))
            else:
                db.execute("INSERT OR REPLACE INTO processes VALUES (?, ?)", (pid, started))

    def processes(self) -> list[tuple[int, float]]:
        return self._db.execute("SELECT pid, started FROM processes").fetchall()

    def _rows(self, where: str, values: tuple[object, ...]) -> list[Row]:
        return [_row(row) for row in self._db.execute(f"SELECT {COLUMNS} FROM files {where}", values)]


def _looked_at(path: Path) -> sqlite3.Connection:
    """A connection that can't write. On a store that can't be written either, the ledger is taken as it is."""
    db = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=30)
    try:
        db.execute("SELECT 1 FROM files LIMIT 1")
    except sqlite3.OperationalError:
        db.close()
        db = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
        db.execute("SELECT 1 FROM files LIMIT 1")
    return db


def _row(values: Any) -> Row:
    pages = tuple(json.loads(values[10])) if values[10] else ()
    return Row(*(*values[:10], pages, *values[11:]))


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < ROOM
    except OSError:
        return False


def _ledger_error(path: Path, error: sqlite3.Error, write: bool) -> Exception:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    # SQLite calls it an I/O error if there is no room for the files that it keeps beside the ledger
    unsaid = write and code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN) and _is_full(path.parent)
    if code == sqlite3.SQLITE_FULL or unsaid:
        return UnwritableOutput(f"{path.parent}：磁盘已满；已完成的都在，腾出空间后再运行一次即可接着做。")
    if write and code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR):
        return UnwritableOutput(f"{path}：台账写不进去（{error}）；请检查权限、磁盘或换一个位置。")
    return UnreadableInput(f"{path}：台账读不了（{error}）；请从备份恢复，或换一个 --store 重新建立。")
