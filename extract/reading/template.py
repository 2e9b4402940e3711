"""A planner's Word template, read: its Document (for the places in it) and its bytes (to be filled)."""

from __future__ import annotations

from pathlib import Path

from ...plan.document import Document
from ...plan.errors import UnreadableInput
from .docx import read_docx


def read_template(path: Path) -> tuple[Document, bytes]:
    """The template's Document and bytes; UnreadableInput if it is no DOCX."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableInput(f"{path}：找不到模板文件；请核对路径。") from None
    except OSError as error:
        raise UnreadableInput(f"{path}：打不开模板（{error.strerror}）；请核对路径和权限。") from None
    return read_docx(path, data), data
