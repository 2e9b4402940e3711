"""A DOCX as its XML parts, opened with care: bombs, entities, passwords and broken files end in one clear line."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from ...plan.errors import UnreadableInput

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MAX_PART = 200 * 2**20
"""Bytes that one XML part may unpack to; a 1,000-page plan has about 30 MB."""
MAX_TOTAL = 800 * 2**20
MAX_RATIO = 400
"""A part over 10 MB that packs better than this is a bomb; Word's own XML reaches about 60."""
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)


@dataclass(frozen=True, slots=True)
class DocxPackage:
    """The parts that carry words or their dress; None where the file has none."""

    document: etree._Element
    styles: etree._Element | None
    numbering: etree._Element | None
    footnotes: etree._Element | None
    endnotes: etree._Element | None
    comments: etree._Element | None
    headers: tuple[etree._Element, ...]


def open_docx(name: str, data: bytes) -> DocxPackage:
    """The parts of a DOCX or DOCM; raises UnreadableInput with what is wrong and what to do."""
    if data.startswith(OLE):
        raise _ole_error(name, data)
    if not data:
        raise UnreadableInput(f"{name}：文件是空的（0 字节）；请重新导出或下载。", reason="EMPTY")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise UnreadableInput(
            f"{name}：不是有效的 DOCX（文件损坏或被截断）；请用 Word 或 WPS 打开后另存为 DOCX。", reason="DAMAGED"
        ) from None
    with archive:
        try:
            return _parts(name, archive)
        except (
            zipfile.BadZipFile,
            etree.XMLSyntaxError,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ):
            raise UnreadableInput(
                f"{name}：DOCX 内部已损坏；请用 Word 或 WPS 打开并修复后另存。", reason="DAMAGED"
            ) from None
        except zipfile.error:
            raise UnreadableInput(f"{name}：DOCX 压缩包已损坏；请重新导出。", reason="DAMAGED") from None


def _ole_error(name: str, data: bytes) -> UnreadableInput:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return UnreadableInput(f"{name}：文件有打开密码；请在 Word 或 WPS 中取消密码后另存。", reason="ENCRYPTED")
    return UnreadableInput(
        f"{name}：是旧版 Word（.doc 或 .wps）格式；请用 Word 或 WPS 另存为 DOCX。", reason="OLD_WORD"
    )


def _parts(name: str, archive: zipfile.ZipFile) -> DocxPackage:
    infos = {info.filename.lstrip("/"): info for info in archive.infolist()}
    if any(info.flag_bits & 1 for info in infos.values()):
        raise UnreadableInput(f"{name}：文件有打开密码；请在 Word 或 WPS 中取消密码后另存。", reason="ENCRYPTED")
    refuse_bombs(name, archive)

    def part(path: str | None) -> etree._Element | None:
        info = infos.get(path) if path else None
        if info is None:
            return None
        data = part_bytes(name, archive, info)
        for strict, transitional in STRICT:
            data = data.replace(strict, transitional)
        return xml_root(data)

    main = next((path for kind, path in _relations(part("_rels/.rels"), "") if kind == "officeDocument"), None)
    document = part(main or "word/document.xml")
    if document is None or document.tag != f"{W}document":
        raise UnreadableInput(f"{name}：不是 Word 文档（没有正文部件）；请核对文件类型。", reason="OTHER_KIND")
    main = main or "word/document.xml"
    folder, file = posixpath.split(main)
    relations = list(_relations(part(f"{folder}/_rels/{file}.rels"), folder))
    by_kind = dict(reversed(relations))
    return DocxPackage(
        document=document,
        styles=part(by_kind.get("styles")),
        numbering=part(by_kind.get("numbering")),
        footnotes=part(by_kind.get("footnotes")),
        endnotes=part(by_kind.get("endnotes")),
        comments=part(by_kind.get("comments")),
        headers=tuple(root for kind, path in relations if kind == "header" and (root := part(path)) is not None),
    )


def refuse_bombs(name: str, archive: zipfile.ZipFile) -> None:
    """Raises UnreadableInput for an archive that unpacks to more than any document does."""
    if sum(info.file_size for info in archive.infolist()) > MAX_TOTAL:
        raise UnreadableInput(f"{name}：解压后过大，疑为压缩炸弹，已拒绝读取；请核对文件来源。", reason="BOMB")


def part_bytes(name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """A part of a package, unpacked; raises UnreadableInput for a bomb."""
    bomb = info.file_size > 10 * 2**20 and info.file_size > MAX_RATIO * max(info.compress_size, 1)
    if info.file_size > MAX_PART or bomb:
        raise UnreadableInput(
            f"{name}：部件 {info.filename} 解压后过大，疑为压缩炸弹，已拒绝读取；请核对文件来源。", reason="BOMB"
        )
    return archive.read(info)


def xml_root(data: bytes) -> etree._Element:
    """An XML part; entities stay unread, the net untouched, deep nesting refused by libxml2's own limit."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    return etree.fromstring(data, parser)


def _relations(root: etree._Element | None, folder: str) -> Iterator[tuple[str, str]]:
    """(kind, part name) of the internal relations of a part in `folder`."""
    for relation in root if root is not None else ():
        if relation.get("TargetMode") == "External":
            continue
        kind = re.sub(r".*/", "", relation.get("Type") or "")
        target = relation.get("Target") or ""
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        yield kind, path


def on(element: etree._Element | None, name: str) -> bool:
    """Whether a toggle such as <w:b/> stands in `element` and is on."""
    toggle = element.find(f"{W}{name}") if element is not None else None
    return toggle is not None and toggle.get(f"{W}val") not in ("0", "false", "off", "none")


@lru_cache(maxsize=256)
def _qualified(path: str) -> str:
    return "/".join(f"{W}{name}" for name in path.split("/"))


def value_of(element: etree._Element | None, path: str) -> str | None:
    """The w:val of the child at `path` (w: names with slashes), or None."""
    if element is None:
        return None
    found = element.find(_qualified(path))
    return found.get(f"{W}val") if found is not None else None
