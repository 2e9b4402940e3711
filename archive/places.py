"""Where plan JSONs lie: a path, or any address that fsspec knows (s3://…, oss://…, file:///…)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..plan.errors import UsageError
from .store import write_whole


def is_address(place: str) -> bool:
    """Whether a place is an address and not a path."""
    return "://" in place


def _system(place: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise UsageError(f'{place}：需要先安装 pip install "chuandao[cluster]"。') from None
    try:
        system, path = url_to_fs(place)
    except (ImportError, ValueError) as error:
        raise UsageError(f"{place}：不支持这个地址（{error}）。") from None
    return system, path


def write_place(place: str, content: bytes) -> None:
    """Writes it whole or not at all; raises OSError. Where a store has no rename, an object only appears when complete."""
    if not is_address(place):
        write_whole(Path(place), content)
        return
    system, path = _system(place)
    system.makedirs(path.rpartition("/")[0], exist_ok=True)
    part = f"{path}.part"
    system.pipe_file(part, content)
    system.mv(part, path)


def read_place(place: str) -> bytes:
    """All bytes; raises OSError."""
    if not is_address(place):
        return Path(place).read_bytes()
    system, path = _system(place)
    content: bytes = system.cat_file(path)
    return content


def mark_of(place: str) -> str:
    """What changes when the content does: size and time, or the mark that the store gives; raises OSError."""
    if not is_address(place):
        info = Path(place).stat()
        return f"{info.st_size}|{info.st_mtime_ns}"
    system, path = _system(place)
    found = system.info(path)
    mark = next((found[key] for key in ("ETag", "etag", "mtime", "LastModified", "created") if key in found), "")
    return f"{found.get('size')}|{mark}"
