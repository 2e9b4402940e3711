"""A file in, a Plan out: read_document gives what the file says, document_to_plan what it hands down."""

from .assembling import document_to_plan
from .read import read_document

__all__ = ["document_to_plan", "read_document"]
