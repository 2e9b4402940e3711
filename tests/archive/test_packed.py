"""ZIP files read safely."""

from __future__ import annotations

import os
import stat
import zipfile
from pathlib import Path

import pytest

from chuandao.archive.limits import Limits
from chuandao.archive.packed import Unpackable, hashed, kind_of, members, opened
from chuandao.archive.sources import shown

LIMITS = Limits()


def packed(path: Path, files: dict[str, bytes]) -> bytes:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return os.fsencode(path)


def test_members_are_listed_with_what_is_wrong_with_them(tmp_path: Path) -> None:
    """Paths that lead out, bombs and system files have their reasons; the rest is to be read."""
    raw = packed(
        tmp_path / "a.zip",
        {
            "规划/惠州.pdf": b"%PDF-",
            "../out.pdf": b"x",
            "/abs.pdf": b"x",
            "C:\\x.pdf": b"x",
            "bomb.pdf": b"\0" * 4_000_000,
            "__MACOSX/x.pdf": b"x",
        },
    )
    listed = {shown(found.raw).rpartition("!/")[2]: found.reason for found in members(raw, LIMITS)}
    assert listed == {
        "规划/惠州.pdf": None, "../out.pdf": "ZIP_PATH", "/abs.pdf": "ZIP_PATH", "C:\\x.pdf": "ZIP_PATH", "bomb.pdf": "BOMB",
        "__MACOSX/x.pdf": "SYSTEM_FILE",
    }  # fmt: skip


def test_names_in_gbk_are_read_as_chinese(tmp_path: Path) -> None:
    """Chinese Windows packs names in GBK without a mark."""
    info = zipfile.ZipInfo("惠州市规划.pdf".encode("gb18030").decode("cp437"))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(info, b"%PDF-")
    data = (tmp_path / "a.zip").read_bytes()
    raw_name = "惠州市规划.pdf".encode("gb18030")
    utf8 = info.filename.encode()
    # zipfile marks any non-ASCII name as UTF-8; a Chinese packer writes the GBK bytes with no mark
    fixed = data.replace(utf8, raw_name.ljust(len(utf8), b"_"))
    fixed = fixed.replace(b"\x14\x00\x00\x08", b"\x14\x00\x00\x00")
    (tmp_path / "a.zip").write_bytes(fixed)
    (found,) = members(os.fsencode(tmp_path / "a.zip"), LIMITS)
    assert shown(found.raw).rpartition("!/")[2].startswith("惠州市规划.pdf")


def test_a_link_and_a_locked_member_are_refused(tmp_path: Path) -> None:
    """A link could point anywhere; a password is not guessed."""
    link = zipfile.ZipInfo("link.pdf")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("locked.pdf", b"secret")
    data = bytearray((tmp_path / "a.zip").read_bytes())
    at = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    data[at + 8] |= 1  # the flag that says: encrypted
    (tmp_path / "a.zip").write_bytes(data)
    assert [found.reason for found in members(os.fsencode(tmp_path / "a.zip"), LIMITS)] == ["ZIP_LINK", "ZIP_ENCRYPTED"]


def test_a_zip_in_a_zip_is_read_to_a_depth(tmp_path: Path) -> None:
    """Members are named by the whole chain; deeper than the limit they are refused."""
    inner = packed(tmp_path / "inner.zip", {"plan.pdf": b"%PDF-1.4 deep"})
    raw = packed(tmp_path / "outer.zip", {"inner.zip": Path(os.fsdecode(inner)).read_bytes()})
    (middle,) = members(raw, LIMITS)
    (deep,) = members(middle.raw, LIMITS)
    assert shown(deep.raw).endswith("outer.zip!/inner.zip!/plan.pdf")
    with opened(deep.raw, LIMITS) as file:
        assert file.read() == b"%PDF-1.4 deep"
    assert [found.reason for found in members(raw, Limits(zip_depth=1))] == ["ZIP_DEPTH"]


def test_sizes_are_counted_and_not_believed(tmp_path: Path) -> None:
    """A member whose header says little and whose bytes are many stops in the middle."""
    raw = packed(tmp_path / "a.zip", {"plan.pdf": b"%PDF-" + b"\0" * 4_000_000})
    data = (tmp_path / "a.zip").read_bytes().replace((4_000_005).to_bytes(4, "little"), (900).to_bytes(4, "little"))
    (tmp_path / "a.zip").write_bytes(data)
    (found,) = members(raw, LIMITS)
    assert found.reason is None
    with pytest.raises(Unpackable) as error:
        hashed(found.raw, LIMITS)
    assert error.value.reason in ("BOMB", "ZIP_DAMAGED")


def test_too_many_members_and_too_much_in_all_are_refused(tmp_path: Path) -> None:
    """Counted before anything is unpacked."""
    raw = packed(tmp_path / "a.zip", {f"{n}.pdf": os.urandom(700_000) for n in range(3)})
    with pytest.raises(Unpackable, match="ZIP_TOO_MANY"):
        members(raw, Limits(zip_members=2))
    assert [found.reason for found in members(raw, Limits(zip_total_mb=1))] == [None, "BOMB", "BOMB"]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.pdf", b"%PDF-1.7", ("document", None)),
        ("no_ending", b"\n\n%PDF-1.7", ("document", None)),
        ("really_text.pdf", b"hello", ("document", None)),
        ("a.txt", b"hello", ("skipped", "NOT_A_DOCUMENT")),
        ("a.rar", b"Rar!\x1a\x07\x00", ("failed", "PACKER")),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ("document", None)),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ("skipped", "NOT_A_DOCUMENT")),
        ("broken.zip", b"PK\x03\x04 and no more", ("failed", "ZIP_DAMAGED")),
        ("broken.docx", b"PK\x03\x04 and no more", ("document", None)),
    ],
)
def test_what_a_file_is_goes_by_its_content(
    tmp_path: Path, name: str, content: bytes, expected: tuple[str, str | None]
) -> None:
    """An ending only makes sure that a promised document is never passed over in silence."""
    (tmp_path / name).write_bytes(content)
    assert kind_of(os.fsencode(tmp_path / name), LIMITS) == expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["[Content_Types].xml", "word/document.xml"], ("document", None)),
        (["[Content_Types].xml", "xl/workbook.xml"], ("skipped", "NOT_A_DOCUMENT")),
        (["OFD.xml"], ("document", None)),
        (["规划.pdf"], ("zip", None)),
    ],
)
def test_what_kind_of_zip_it_is(tmp_path: Path, names: list[str], expected: tuple[str, str | None]) -> None:
    """DOCX, XLSX, OFD and a ZIP of files are all ZIP files."""
    raw = packed(tmp_path / "a.zip", dict.fromkeys(names, b"x"))
    assert kind_of(raw, LIMITS) == expected
