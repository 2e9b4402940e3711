"""ZIP files read safely: what is in them, and one member at a time, with every size counted and none believed.

A member is named by a chain: the path of the ZIP, then the member's name in it, and so on for a ZIP in a ZIP, joined by
NUL bytes, which no path and no member can hold.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import IO

from .limits import MB, Limits
from .sources import Found, is_system_name

CHUNK = 1 << 20
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, KeyError, UnicodeError)
"""What zipfile raises for damaged or unsupported ZIP files."""


class Unpackable(Exception):
    """A member that is not unpacked; `reason` is a code of the ledger."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def member_name(info: zipfile.ZipInfo) -> str:
    """The name of a member. ZIP files made by Chinese Windows give names in GBK without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def members(raw: bytes, limits: Limits) -> list[Found]:
    """The files in the ZIP that `raw` names, those that won't be unpacked with their reason. Raises Unpackable if none
    of it will."""
    with _opened(raw, limits) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if len(infos) > limits.zip_members:
            raise Unpackable("ZIP_TOO_MANY")
        found, total, seen = [], 0, set[bytes]()
        depth = raw.count(b"\0") + 1
        for number, info in enumerate(infos):
            total += info.file_size
            status, reason = _judged(info, total, depth, limits)
            chain = raw + b"\0" + member_name(info).replace("\0", "").encode("utf-8", "surrogatepass")
            if chain in seen:
                chain += f"#{number}".encode()
            seen.add(chain)
            found.append(Found(chain, info.file_size, number, status, reason))
    return found


def _judged(info: zipfile.ZipInfo, total: int, depth: int, limits: Limits) -> tuple[str, str | None]:
    name = member_name(info)
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or (len(name) > 1 and name[1] == ":"):
        return "failed", "ZIP_PATH"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "failed", "ZIP_LINK"
    if any(is_system_name(part) for part in parts):
        return "skipped", "SYSTEM_FILE"
    if info.flag_bits & 1:
        return "failed", "ZIP_ENCRYPTED"
    if _is_bomb(info.file_size, info, limits) or total > limits.zip_total_mb * MB:
        return "failed", "BOMB"
    if depth >= limits.zip_depth and name.lower().endswith(".zip"):
        return "failed", "ZIP_DEPTH"
    return "found", None


def _is_bomb(size: int, info: zipfile.ZipInfo, limits: Limits) -> bool:
    return size > MB and size > limits.zip_ratio * max(info.compress_size, 1)


@contextmanager
def _opened(raw: bytes, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """The ZIP that a chain names."""
    with ExitStack() as stack:
        try:
            if b"\0" in raw:
                archive = zipfile.ZipFile(stack.enter_context(opened(raw, limits)))
            else:
                archive = zipfile.ZipFile(stack.enter_context(open(raw, "rb")))
            stack.enter_context(archive)
        except BROKEN:
            raise Unpackable("ZIP_DAMAGED") from None
        yield archive


@contextmanager
def opened(raw: bytes, limits: Limits) -> Iterator[IO[bytes]]:
    """The bytes of a file or member as a seekable file. Raises Unpackable; OSError for a file that can't be read."""
    if b"\0" not in raw:
        with open(raw, "rb") as file:
            yield file
        return
    with tempfile.SpooledTemporaryFile(max_size=32 * MB) as spooled:
        for block in _unpacked(raw, limits):
            spooled.write(block)
        spooled.seek(0)
        yield spooled


def _unpacked(raw: bytes, limits: Limits) -> Iterator[bytes]:
    """The bytes of a member, counted while they come: the sizes in the ZIP may lie."""
    container, _, name = raw.rpartition(b"\0")
    with _opened(container, limits) as archive:
        info = _info(archive, name)
        if info.flag_bits & 1:
            raise Unpackable("ZIP_ENCRYPTED")
        size = 0
        try:
            with archive.open(info) as member:
                while block := member.read(CHUNK):
                    size += len(block)
                    if _is_bomb(size, info, limits) or size > limits.zip_total_mb * MB:
                        raise Unpackable("BOMB")
                    yield block
        except (*BROKEN, RuntimeError):
            raise Unpackable("ZIP_DAMAGED") from None


def _info(archive: zipfile.ZipFile, name: bytes) -> zipfile.ZipInfo:
    for number, info in enumerate(entry for entry in archive.infolist() if not entry.is_dir()):
        own = member_name(info).replace("\0", "").encode("utf-8", "surrogatepass")
        if name == own or name == own + f"#{number}".encode():
            return info
    raise Unpackable("VANISHED")


def hashed(raw: bytes, limits: Limits) -> str:
    """The SHA-256 of a file or member, read piece by piece."""
    digest = hashlib.sha256()
    if b"\0" in raw:
        for block in _unpacked(raw, limits):
            digest.update(block)
        return digest.hexdigest()
    with open(raw, "rb") as file:
        while block := file.read(CHUNK):
            digest.update(block)
    return digest.hexdigest()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PACKERS = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
DOCUMENTS = frozenset({b".pdf", b".docx", b".docm", b".doc", b".wps", b".ofd", b".dot", b".dotx"})
"""Endings that promise a document: such a file is never passed over in silence."""


def kind_of(raw: bytes, limits: Limits) -> tuple[str, str | None]:
    """What a file is by its content: ("document", None), ("zip", None), or a final status and its reason."""
    ending = os.path.splitext(raw)[1].lower()
    with opened(raw, limits) as file:
        head = file.read(1024)
        if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):  # first: a PDF stored in a ZIP begins soon after its head
            file.seek(0)
            return _kind_of_zip(file, ending)
    if b"%PDF-" in head or (head.startswith(OLE) and ending in DOCUMENTS):
        return "document", None
    if ending in DOCUMENTS:
        return "document", None
    if head.startswith(PACKERS):
        return "failed", "PACKER"
    return "skipped", "NOT_A_DOCUMENT"


def _kind_of_zip(file: IO[bytes], ending: bytes) -> tuple[str, str | None]:
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (*BROKEN, OSError):
        return ("document", None) if ending in DOCUMENTS else ("failed", "ZIP_DAMAGED")
    if any(name.lstrip("/").startswith("word/") or name.lstrip("/").lower() == "ofd.xml" for name in names):
        return "document", None
    if "[Content_Types].xml" in names or names[:1] == ["mimetype"]:
        return ("document", None) if ending in DOCUMENTS else ("skipped", "NOT_A_DOCUMENT")
    return "zip", None
