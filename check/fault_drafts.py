"""Faults by which the draft contradicts itself: references that lead nowhere, sums that don't add up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from ..plan.document import Cell
from ..plan.fault import Edit, Fault, FaultKind
from ..plan.quantity import exact, numeral
from .workshop import LATER, Workshop, printed_like


def _references(shop: Workshop) -> Iterator[Fault]:
    """A reference to a table becomes one to a table that there can't be."""
    for at, block in enumerate(shop.places.document.blocks):
        if block.kind == "paragraph" and block.part == "body":
            for match in re.finditer(r"见(附表|表)\s*(\d+)(?:[-—–](\d+))?", block.text.text):
                low, high = match.span(3 if match[3] else 2)
                yield shop.fault("reference_broken", None, f"{match[0]}改指99号表", Edit(at, None, low, high, "99"))


def _totals(shop: Workshop) -> Iterator[Fault]:
    """A total that is the sum of its rows is a tenth more, or one of its rows a tenth less; a column at a time."""
    names = tuple(words for words, _ in shop.words.get("total", ()))
    for at, block in enumerate(shop.places.document.blocks):
        table = block.table
        for row, cells in table.body() if table is not None else ():
            first = next(
                (cell.text.text for cell in cells[:2] if cell is not None and cell.text.text.startswith(names)), None
            )
            assert table is not None
            parts = [line for number, line in table.body() if number != row]
            for column, cell in enumerate(cells) if first and len(parts) >= 3 else ():
                if cell is None or cell.row != row or cell.rowspan > 1 or cell.colspan > 1:
                    continue
                number = exact(cell.text.text) if numeral(cell.text.text) else None
                rows = [other for line in parts if (other := line[column]) is not None]
                sums = [exact(other.text.text) for other in rows]
                if not number or len(rows) < len(parts) or None in sums:
                    continue
                if sum(x for x in sums if x is not None) != number:
                    continue
                yield _a_tenth("total_broken", at, cell, Fraction(11, 10), "合计", shop)
                biggest = max(rows, key=lambda other: exact(other.text.text) or Fraction(0))
                if biggest.rowspan == 1 and biggest.colspan == 1 and (exact(biggest.text.text) or 0) * 20 >= number:
                    fault = _a_tenth("part_changed", at, biggest, Fraction(9, 10), "分项", shop)
                    yield replace(fault, keeps=fault.keeps | {(at, row)})


def _a_tenth(kind: FaultKind, block: int, cell: Cell, share: Fraction, what: str, shop: Workshop) -> Fault:
    said = cell.text.text
    words = printed_like((exact(said) or Fraction(0)) * share, said.strip())
    return shop.fault(kind, None, f"{what}{said}改为{words}", Edit(block, (cell.row, cell.column), 0, len(said), words))


_PERIOD = re.compile(r"规划期限?(?:为|是|自)?(20\d\d)年?\s*[—\-–~～至到]+\s*(20\d\d)年")
_BASE = re.compile(r"(?:基准年|基期年?|现状年)(?:为|是)?\s*(20\d\d)年?|(20\d\d)年为(?:规划)?(?:基准年|基期年?)")


def _periods(shop: Workshop) -> Iterator[Fault]:
    """The plan's last year five years later, its base year two years earlier."""
    for at, block in enumerate(shop.places.document.blocks):
        text = block.text.text
        if block.kind != "paragraph" or block.part != "body" or "《" in text:
            continue
        for pattern, shift in ((_PERIOD, LATER), (_BASE, -2)):
            match = pattern.search(text)
            if match:
                group = 2 if match[2] else 1
                year = str(int(match[group]) + shift)
                edit = Edit(at, None, match.start(group), match.end(group), year)
                yield shop.fault("period_changed", None, f"{match[group]}年写成{year}年", edit)


DRAFTS = (_references, _totals, _periods)
