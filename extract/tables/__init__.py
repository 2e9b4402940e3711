"""Tables from ink: the tables of each page, then joined over the pages with their titles, units and notes."""

from .finding import find_tables
from .joining import join_tables
from .page import Joined, JoinedBox, JoinedTable, PageCell, PageTable, PrintedLine

__all__ = [
    "Joined",
    "JoinedBox",
    "JoinedTable",
    "PageCell",
    "PageTable",
    "PrintedLine",
    "find_tables",
    "join_tables",
]
