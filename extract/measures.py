"""Document → everything that is measured: indicators and control lines from one reading of tables and text."""

from __future__ import annotations

from ..plan.document import Document
from ..plan.requirement import Requirement
from .boundaries import boundary_requirements
from .context import Context
from .indicators import indicator_requirements
from .joining import joined_statements
from .setting import setting_of


def find_measures(document: Document, context: Context) -> list[Requirement]:
    """What find_indicators and find_boundaries find, at the cost of one of them."""
    setting = setting_of(context)
    joined = joined_statements(document, setting)
    return [*indicator_requirements(document, joined, setting), *boundary_requirements(document, joined, setting)]
