"""A file in, a Plan out: read_document gives what the file says."""

from .read import read_document

__all__ = ["read_document"]
