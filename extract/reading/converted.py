"""Word's binary files (.doc, .wps) and RTF as DOCX, through LibreOffice where it is installed.

It runs without a window in a process of its own, with a profile of its own in a temporary folder (a LibreOffice that is
open elsewhere does not matter), with a time limit; whatever it started is ended with it.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import psutil

from ...plan.errors import UnreadableInput

SECONDS = 180
"""LibreOffice converts a plan of 500 pages in about ten seconds; beyond this it hangs."""
_BYTES = 256 * 2**20
"""The most that a converted file may have."""
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)
"""Where LibreOffice stands if it is not on the PATH."""
WORD_STREAM = "WordDocument".encode("utf-16-le")
"""The stream that each binary Word or WPS text has."""

RTF = b"{\\rtf"
"""What some programs write under the name .doc; LibreOffice reads it as well."""


def office() -> str | None:
    """LibreOffice's command; None if it is not installed."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    return next((place for place in _PLACES if Path(place).exists()), None)


def binary_word_to_docx(name: str, data: bytes) -> bytes:
    """The bytes of a DOCX that says what the binary Word file `data` does.

    Raises:
        UnreadableInput: it is encrypted or no Word file; LibreOffice is missing, fails or takes too long.
    """
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableInput(f"{name}：文件有打开密码；请在 Word 或 WPS 中取消密码后另存。", reason="ENCRYPTED")
    if WORD_STREAM not in data and not data.startswith(RTF):
        raise UnreadableInput(f"{name}：不是 Word 文档（没有正文）；请核对文件类型。", reason="OTHER_KIND")
    command = office()
    if command is None:
        raise UnreadableInput(
            f"{name}：是旧版 Word（.doc 或 .wps）格式；请用 Word 或 WPS 另存为 DOCX，或安装 LibreOffice 后再试。",
            reason="OLD_WORD",
        )
    with tempfile.TemporaryDirectory(prefix="chuandao-", ignore_cleanup_errors=True) as folder:
        return _converted(name, data, command, Path(folder))


def _converted(name: str, data: bytes, command: str, folder: Path) -> bytes:
    source, target = folder / "in.doc", folder / "out" / "in.docx"
    source.write_bytes(data)
    order = [
        command, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--nolockcheck",
        "--nodefault", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(target.parent), str(source),
    ]  # fmt: skip
    try:
        process = subprocess.Popen(
            order, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder
        )
    except OSError:
        raise _failed(name, "LibreOffice 无法启动") from None
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        raise _failed(name, f"LibreOffice 转换超过 {SECONDS} 秒") from None
    finally:
        _end(process)
    if not target.is_file() or not 0 < target.stat().st_size <= _BYTES:
        raise _failed(name, "LibreOffice 未能转换（文件可能已损坏或有打开密码）")
    return target.read_bytes()


def _failed(name: str, why: str) -> UnreadableInput:
    return UnreadableInput(f"{name}：{why}；请用 Word 或 WPS 打开后另存为 DOCX。", reason="OLD_WORD")


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the process and all that it started."""
    try:
        family = psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        family = []
    if process.poll() is None:
        process.kill()
    for child in family:
        try:
            child.kill()
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(family, timeout=5)
    process.wait()
