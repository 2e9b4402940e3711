"""What is found under a source, and what is never followed or opened."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from chuandao.archive.sources import checked_sources, shown, walk
from chuandao.plan.errors import Refused, UnreadableInput

POSIX = pytest.mark.skipif(os.name == "nt", reason="file names there are Unicode, links need rights")


def found(source: Path) -> dict[str, tuple[str, str | None]]:
    """Name → status and reason."""
    return {shown(file.raw).rpartition(os.sep)[2]: (file.status, file.reason) for file in walk(source)}


def test_every_file_is_found_once_in_the_order_of_names(tmp_path: Path) -> None:
    """Nested folders, odd names and a file as a source of its own."""
    for name in ("b/2.pdf", "b/1.pdf", "a.docx", "历年 归档/惠州.pdf", "no_ending"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    assert [Path(os.fsdecode(file.raw)).relative_to(tmp_path).as_posix() for file in walk(tmp_path)] == [
        "a.docx", "no_ending", "b/1.pdf", "b/2.pdf", "历年 归档/惠州.pdf",
    ]  # fmt: skip
    assert len(list(walk(tmp_path / "a.docx"))) == 1


@POSIX
def test_links_and_special_files_are_named_and_not_followed(tmp_path: Path) -> None:
    """A link out of the source is told apart from one inside; a pipe would hang whoever opens it."""
    root = tmp_path / "root"
    (root / "in").mkdir(parents=True)
    (root / "in" / "x.pdf").write_bytes(b"x")
    (root / "out").symlink_to(tmp_path)
    (root / "loop").symlink_to(root / "in")
    os.mkfifo(root / "pipe.pdf")
    assert found(root) == {
        "loop": ("skipped", "SYMLINK"), "out": ("skipped", "SYMLINK_ESCAPE"), "pipe.pdf": ("skipped", "SPECIAL_FILE"),
        "x.pdf": ("found", None),
    }  # fmt: skip


def test_files_of_the_system_are_passed_over(tmp_path: Path) -> None:
    """Word's lock files and the folders' own files are no documents."""
    for name in ("~$草案.docx", ".DS_Store", "Thumbs.db", "._plan.pdf"):
        (tmp_path / name).write_bytes(b"x")
    assert set(found(tmp_path).values()) == {("skipped", "SYSTEM_FILE")}


@POSIX
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_cannot_be_opened_is_one_entry(tmp_path: Path) -> None:
    """Nothing is lost in silence."""
    (tmp_path / "shut").mkdir(mode=0)
    assert found(tmp_path) == {"shut": ("failed", "PERMISSION")}


def test_store_and_source_may_not_lie_in_each_other(tmp_path: Path) -> None:
    """An archive that reads its own output would never end."""
    source = tmp_path / "source"
    source.mkdir()
    for store in (source, source / "store", tmp_path):
        with pytest.raises(Refused):
            checked_sources([source], store)
    with pytest.raises(UnreadableInput):
        checked_sources([tmp_path / "nowhere"], tmp_path / "store")
    assert checked_sources([source], tmp_path / "store") == [source.resolve()]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_names_that_are_no_text_are_shown_readably(tmp_path: Path) -> None:
    """GBK names are decoded, others get codes, controls never reach the terminal."""
    assert shown("广东省.pdf".encode("gb18030")) == "广东省.pdf"
    assert (
        shown("历年/广东省.zip\0".encode() + "副本/广东170.pdf".encode("gb18030"))
        == "历年/广东省.zip!/副本/广东170.pdf"
    )
    assert shown(b"\xff\xfe.pdf") == "\\xff\\xfe.pdf"
    assert shown(b"a\nb\x1b[2J.pdf") == "a\\x0ab\\x1b[2J.pdf"
