"""Results onto the disk: whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from ..plan.errors import UnwritableOutput


def write_files(files: dict[Path, bytes]) -> None:
    """Writes all files, each whole or not at all; what stood there before stays until its successor is complete.

    Raises UnwritableOutput with one line if a place can't be written. A file that is open in Word or WPS can't be
    replaced: the new one is then kept beside it and named in the line.
    """
    staged: dict[Path, Path] = {}
    try:
        for path, content in files.items():
            staged[path] = _staged(path, content)
        for path in list(staged):
            _replace(staged.pop(path), path)
    finally:
        for leftover in staged.values():
            with contextlib.suppress(OSError):
                leftover.unlink()


def _staged(path: Path, content: bytes) -> Path:
    """The content in a temporary file beside `path`, flushed to the disk."""
    if path.is_dir():
        raise UnwritableOutput(f"{path}：是文件夹，写不成文件；请给出文件名。")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise UnwritableOutput(f"{path}：写不进去（{error.strerror}）；请换一个位置或检查权限和磁盘空间。") from None
    return Path(name)


def _replace(staged: Path, path: Path) -> None:
    try:
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        staged.chmod(mode)
        staged.replace(path)
    except OSError:
        beside = path.with_name(f"{path.stem}.新{path.suffix}")
        try:
            staged.replace(beside)
        except OSError as error:
            with contextlib.suppress(OSError):
                staged.unlink()
            raise UnwritableOutput(f"{path}：写不进去（{error.strerror}）；请换一个位置。") from None
        raise UnwritableOutput(
            f"{path}：正被其他程序（如 Word 或 WPS）打开，无法替换；新文件已存为 {beside.name}，请关闭后改名。"
        ) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
