"""What lies under the sources: every file once, in the order of its path, nothing followed out of the source."""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..plan.errors import Refused, UnreadableInput


@dataclass(frozen=True, slots=True)
class Found:
    """One file as the walk met it. `raw` are the bytes of its path, which need not be valid text; `reason` is set where
    the walk itself decides."""

    raw: bytes
    size: int
    mtime_ns: int
    status: str = "found"
    reason: str | None = None


SYSTEM_NAMES = frozenset({".ds_store", "thumbs.db", "desktop.ini", "ehthumbs.db", "__macosx"})


def is_system_name(name: str) -> bool:
    """Whether a file of this name belongs to the system or to an open Word document, not to anyone's documents."""
    return name.lower() in SYSTEM_NAMES or name.startswith(("~$", "._", ".~"))


_PARTS = re.compile(rb"([/\0])")  # neither is ever the second byte of a GBK character


def shown(raw: bytes) -> str:
    """A path as text: what is neither UTF-8 nor GBK, and controls, as \\x codes."""
    text = _decoded(raw)
    return "".join(char if char.isprintable() or char == "\0" else f"\\x{ord(char):02x}" for char in text).replace(
        "\0", "!/"
    )


def _decoded(raw: bytes) -> str:
    """UTF-8, else each folder and name by itself: GBK as old Chinese systems wrote it, or with codes for what is neither."""
    with contextlib.suppress(UnicodeDecodeError):
        return raw.decode()
    parts = _PARTS.split(raw)
    if len(parts) > 1:
        return "".join(map(_decoded, parts))
    with contextlib.suppress(UnicodeDecodeError):
        return raw.decode("gb18030")
    return raw.decode("utf-8", "backslashreplace")


def checked_sources(sources: Sequence[Path], home: Path) -> list[Path]:
    """The sources as whole paths; raises UnreadableInput for one that is not there, Refused if source and store lie in
    each other."""
    whole = []
    store = Path(os.path.realpath(home))
    for source in sources:
        path = Path(os.path.realpath(source))
        if not path.exists():
            raise UnreadableInput(f"{source}：来源不存在；请检查路径。")
        if store == path or path in store.parents or store in path.parents:
            raise Refused(
                f"{home}：档案库不能放在来源（{source}）里面，来源也不能放在档案库里面；请把 --store 换到别处。"
            )
        whole.append(path)
    return whole


def walk(source: Path) -> Iterator[Found]:
    """Every file of a source (a folder or one file), folders and files in the order of their names' bytes. A folder that
    can't be opened is one entry with a reason. Links are never followed."""
    raw = os.fsencode(source)
    if not source.is_dir():
        yield _seen(raw, os.lstat(raw), raw)
        return
    yield from _folder(raw, raw)


def _folder(folder: bytes, root: bytes) -> Iterator[Found]:
    """The files of a folder, depth first; an explicit stack, since nothing says how deep folders nest."""
    stack = [folder]
    while stack:
        here = stack.pop()
        try:
            with os.scandir(here) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except PermissionError:
            yield Found(here, 0, 0, "failed", "PERMISSION")
            continue
        except OSError:
            yield Found(here, 0, 0, "failed", "IO_ERROR")
            continue
        folders = []
        for entry in listed:
            try:
                info = entry.stat(follow_symlinks=False)
            except OSError:
                yield Found(entry.path, 0, 0, "failed", "IO_ERROR")
                continue
            if stat.S_ISDIR(info.st_mode) and not _is_junction(entry):
                folders.append(entry.path)
            else:
                yield _seen(entry.path, info, root)
        stack.extend(reversed(folders))


def _is_junction(entry: os.DirEntry[bytes]) -> bool:
    """Windows' other kind of link to a folder."""
    attributes = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0)
    return bool(attributes & getattr(stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0))


def _seen(raw: bytes, info: os.stat_result, root: bytes) -> Found:
    name = os.fsdecode(os.path.basename(raw))
    if stat.S_ISLNK(info.st_mode) or stat.S_ISDIR(info.st_mode):
        inside = os.path.realpath(raw).startswith(os.path.join(root, b""))
        return Found(raw, 0, info.st_mtime_ns, "skipped", "SYMLINK" if inside else "SYMLINK_ESCAPE")
    if not stat.S_ISREG(info.st_mode):
        return Found(raw, 0, info.st_mtime_ns, "skipped", "SPECIAL_FILE")
    if is_system_name(name):
        return Found(raw, info.st_size, info.st_mtime_ns, "skipped", "SYSTEM_FILE")
    return Found(raw, info.st_size, info.st_mtime_ns)
