"""The bytes of a file that somebody named."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from ...plan.errors import UnreadableInput


def file_bytes(path: Path) -> bytes:
    """All bytes of the file.

    Raises:
        UnreadableInput: missing, a folder, not to be opened, empty.
    """
    if not path.exists():
        raise UnreadableInput(f"{path}：文件不存在；请检查路径。", reason="VANISHED")
    if path.is_dir():
        raise UnreadableInput(f"{path}：这是文件夹，不是文件；请指定其中的 PDF 或 DOCX 文件。")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableInput(f"{path}：无法读取（{error.strerror}）；请检查文件权限。", reason="PERMISSION") from error
    if not data.strip(b"\0\r\n\t "):
        raise UnreadableInput(f"{path.name}：文件是空的；请重新导出或下载。", reason="EMPTY")
    return data


def is_ofd(path: Path, data: bytes) -> bool:
    """Whether the bytes of a ZIP are those of an OFD; of a damaged one its name says it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(name.lstrip("/").lower() == "ofd.xml" for name in archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return path.suffix.lower() == ".ofd"
