"""Word's binary files and other kinds that come as drafts."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import psutil
import pytest

from chuandao.extract import read_document
from chuandao.extract.reading import converted
from chuandao.plan.errors import UnreadableInput

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
BINARY = OLE + b"\0" * 500 + converted.WORD_STREAM + b"\0" * 500
needs_office = pytest.mark.skipif(converted.office() is None, reason="LibreOffice is not installed")


def draft() -> bytes:
    document = docx.Document()
    document.add_heading("第一章 总则", 1)
    document.add_paragraph("到2035年，耕地保有量不低于158.62万亩。")
    table = document.add_table(2, 2)
    for cell, words in zip(
        (c for row in table.rows for c in row.cells), ("指标", "2035年", "耕地保有量", "158.62"), strict=True
    ):
        cell.text = words
    document.add_paragraph("表后有正文。")  # LibreOffice drops a table that a .doc ends with
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "name"),
    [("doc:MS Word 97", "草案.doc"), ("doc:MS Word 97", "草案.wps"), ("rtf:Rich Text Format", "草案.doc")],
)
def test_binary_word_and_rtf_say_what_the_docx_says(kind: str, name: str, tmp_path: Path) -> None:
    """A .doc, a .wps and an RTF under the name .doc give the headings, words and tables of the draft."""
    (tmp_path / "in.docx").write_bytes(draft())
    command = converted.office()
    assert command is not None
    subprocess.run(
        [command, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", kind, "--outdir", str(tmp_path / "out"), str(tmp_path / "in.docx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    (made,) = (tmp_path / "out").iterdir()
    path = tmp_path / name
    path.write_bytes(made.read_bytes())
    document = read_document(path)
    assert [block.text.text for block in document.blocks if block.kind == "heading"] == ["第一章 总则"]
    assert "到2035年，耕地保有量不低于158.62万亩。" in [block.text.text for block in document.blocks]
    assert [cell.text.text for row in document.tables[0].grid for cell in row if cell] == [
        "指标",
        "2035年",
        "耕地保有量",
        "158.62",
    ]
    assert document.source.format == path.suffix[1:]


def test_without_libreoffice_the_line_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A .doc where LibreOffice is missing: save as DOCX or install it."""
    monkeypatch.setattr(converted, "office", lambda: None)
    path = tmp_path / "草案.doc"
    path.write_bytes(BINARY)
    with pytest.raises(UnreadableInput, match="另存为 DOCX，或安装 LibreOffice") as caught:
        read_document(path)
    assert caught.value.reason == "OLD_WORD"


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for LibreOffice is a shell script")
def test_a_converter_that_hangs_is_ended_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the time limit the line says so and nothing that was started goes on."""
    script = tmp_path / "office"
    script.write_text(f"#!/bin/sh\nsleep 300 &\necho $! > {tmp_path}/child\nwait\n")
    script.chmod(0o755)
    monkeypatch.setattr(converted, "office", lambda: str(script))
    monkeypatch.setattr(converted, "SECONDS", 2)
    path = tmp_path / "草案.doc"
    path.write_bytes(BINARY)
    with pytest.raises(UnreadableInput, match="超过 2 秒"):
        read_document(path)
    child = int((tmp_path / "child").read_text())
    assert not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for LibreOffice is a shell script")
def test_a_converter_that_gives_nothing_gets_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that LibreOffice can't convert is named with what to do."""
    monkeypatch.setattr(converted, "office", lambda: "true")
    path = tmp_path / "草案.doc"
    path.write_bytes(BINARY)
    with pytest.raises(UnreadableInput, match="未能转换"):
        read_document(path)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), "有打开密码"),
        (OLE + "Workbook".encode("utf-16-le"), "不是 Word 文档"),
    ],
)
def test_other_binary_files_get_their_line(data: bytes, says: str, tmp_path: Path) -> None:
    """An encrypted DOCX and a workbook are told from a Word file before anything is started."""
    path = tmp_path / "草案.doc"
    path.write_bytes(data)
    with pytest.raises(UnreadableInput, match=says):
        read_document(path)


def test_docm_is_read_as_docx(tmp_path: Path) -> None:
    """A draft with macros gives its words."""
    path = tmp_path / "草案.docm"
    with zipfile.ZipFile(io.BytesIO(draft())) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "[Content_Types].xml":
                data = data.replace(b"wordprocessingml.document.main+xml", b"ms-word.document.macroEnabled.main+xml")
            target.writestr(name, data)
    assert "到2035年，耕地保有量不低于158.62万亩。" in [block.text.text for block in read_document(path).blocks]
