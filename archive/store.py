"""The folder of an archive: the ledger, one plan JSON for each content, a lock that one run holds."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..plan.errors import ChuandaoError, ExitCode, Refused, UnreadableInput, UnwritableOutput


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


MODE = 0o666 & ~_umask()
"""Of new files, taken once: the mask belongs to the whole process."""


class StoreInUse(ChuandaoError):
    exit_code = ExitCode.STORE_IN_USE


@dataclass(frozen=True, slots=True)
class Store:
    """Where things lie in the folder `home`."""

    home: Path

    @property
    def ledger(self) -> Path:
        return self.home / "ledger.sqlite"

    @property
    def catalogue(self) -> Path:
        return self.home / "catalogue.sqlite"

    @property
    def spool(self) -> Path:
        """Files unpacked for the time that they are read."""
        return self.home / "spool"

    @property
    def results(self) -> str:
        """The address that plan JSONs are kept at; empty: in this folder."""
        try:
            return (self.home / "results").read_text(encoding="utf-8").strip()
        except OSError:
            return ""

    def keep_results_at(self, address: str) -> None:
        """From now on at this address; raises Refused if they are kept elsewhere already."""
        if self.results == address:
            return
        if self.results or any((self.home / "plans").glob("*/*.json")):
            raise Refused(f"{self.home}：结果已存在{self.results or '档案库内'}，不能改放 {address}；请另建档案库。")
        write_whole(self.home / "results", f"{address}\n".encode())

    def plan(self, sha256: str) -> Path:
        """The plan JSON of a content that is kept in this folder."""
        return self.home / "plans" / sha256[:2] / f"{sha256}.plan.json"

    def place(self, sha256: str) -> str:
        """The plan JSON of a content, wherever it is kept."""
        results = self.results
        return f"{results.rstrip('/')}/{sha256[:2]}/{sha256}.plan.json" if results else str(self.plan(sha256))

    def check(self, upper: str, lower: str) -> Path:
        """The check of one content against another."""
        return self.home / "checks" / upper / f"{lower}.check.json"


def new_store(home: Path) -> Store:
    """The store in `home`, made if it is not there; raises UnwritableOutput if that can't be."""
    store = Store(Path(os.path.abspath(home)))
    try:
        (store.home / "plans").mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=store.home) as probe:
            probe.write(b"0")
    except OSError as error:
        raise unwritable(store.home, error) from None
    return store


def old_store(home: Path) -> Store:
    """The store that stands in `home`; raises UnreadableInput if there is none."""
    store = Store(Path(os.path.abspath(home)))
    if not store.ledger.is_file():
        raise UnreadableInput(f"{home}：不是档案库；请先用 chuandao archive 来源 --store {home} 建立。")
    return store


def unwritable(path: Path, error: OSError) -> UnwritableOutput:
    """The line for a place that can't be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC):
        return UnwritableOutput(f"{path}：磁盘已满；已完成的都在，腾出空间后再运行一次即可接着做。")
    return UnwritableOutput(f"{path}：写不进去（{error.strerror or error}）；请检查权限或换一个位置。")


def write_whole(path: Path, content: bytes) -> None:
    """The file whole or not at all, on the disk when this returns; raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, MODE)
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        except OSError:  # some network shares have no such call; the file itself is flushed
            pass
        finally:
            os.close(folder)


def tidy(store: Store) -> None:
    """Removes what a run that was cut off left behind: half-written files and unpacked ones. Only under the lock."""
    shutil.rmtree(store.spool, ignore_errors=True)
    for folder in ("plans", "checks"):
        for part in (store.home / folder).rglob(".*.part"):
            with contextlib.suppress(OSError):
                part.unlink()


@contextmanager
def locked(store: Store) -> Iterator[None]:
    """Holds the store for one run; raises StoreInUse if another holds it. The system lets go when the process ends,
    however it ends."""
    path = store.home / "lock"
    try:
        file = path.open("a+b")
    except OSError as error:
        raise unwritable(path, error) from None
    with file:
        if not _taken(file.fileno()):
            raise StoreInUse(
                f"{store.home}：另一个 chuandao archive 正在使用这个档案库；请等它结束，或用 archive status 查看进度。"
            )
        yield


def _taken(handle: int) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]  # only there on Windows
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
