"""The faults that can be planted in a draft: for each requirement that it answers, every way in which planners get it wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ..plan.fault import Fault
from .fault_drafts import DRAFTS
from .fault_lists import LISTS
from .fault_numbers import NUMBERS
from .fault_rules import RULES
from .workshop import Answer, Workshop, answers, workshop

__all__ = ["Answer", "Workshop", "answers", "faults_of", "workshop"]

MAKERS: tuple[Callable[[Answer, Workshop], Iterator[Fault]], ...] = (*NUMBERS, *LISTS, *RULES)


def faults_of(found: Sequence[Answer], shop: Workshop) -> Iterator[Fault]:
    """Every fault that can be made of these answers, and of the draft's own tables and references."""
    for answer in found:
        for make in MAKERS:
            yield from make(answer, shop)
    for make_own in DRAFTS:
        yield from make_own(shop)
