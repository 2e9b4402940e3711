"""Where results go: from what is to be written to files on the disk."""

from __future__ import annotations

from pathlib import Path

from ..plan.errors import UsageError
from ..render.files import write_files


def write_outputs(files: dict[Path, bytes], inputs: list[Path]) -> None:
    """Writes all files whole; refuses to write over an input."""
    kept = {path.resolve() for path in inputs}
    for path in files:
        if path.resolve() in kept:
            raise UsageError(f"{path}：输出会覆盖输入文件；请换一个文件名。")
    write_files(files)
