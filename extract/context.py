"""What the finders know of the plan they read: the lexicon, the document's own facts, its region and years."""

from __future__ import annotations

from dataclasses import dataclass

from ..plan.lexicon import Lexicon
from ..plan.plan import Period, PlanDocument
from ..plan.quantity import Units
from ..plan.region import Gazetteer
from ..plan.requirement import Region
from .binding import Binding, bind_cell, bind_name, bind_text


@dataclass(frozen=True, slots=True)
class Context:
    """One for each document, handed to every finder. `region` is the plan's area (None: not recognised); the years are
    None where the plan does not state them."""

    lexicon: Lexicon
    document_facts: PlanDocument
    region: Region | None
    year_end: int | None
    base_year: int | None
    near_term: int | None

    @classmethod
    def of(cls, facts: PlanDocument, lexicon: Lexicon) -> Context:
        period = facts.period
        return cls(lexicon, facts, facts.region, period.end, period.base_year, period.near_term)

    @property
    def home(self) -> Region | None:
        """The plan's area, as finders that look at regions call it."""
        return self.region

    @property
    def period(self) -> Period:
        """The plan's years."""
        return self.document_facts.period

    @property
    def gazetteer(self) -> Gazetteer:
        return self.lexicon.gazetteer

    @property
    def units(self) -> Units:
        return self.lexicon.units

    @property
    def whole(self) -> Binding:
        """The binding of what concerns the whole area."""
        return Binding((self.region,), "whole") if self.region is not None else Binding((), "unknown")

    def bind(self, text: str) -> Binding:
        """Whom a clause or sentence binds: its groups, else its place mentions, else the whole area."""
        return bind_text(text, self.region, self.gazetteer)

    def bind_row(self, name: str) -> Binding:
        """Whom a row of an allocation table binds, by the name in its head; 合计, 全市 … are the whole area."""
        return bind_name(name, "row", self.region, self.gazetteer)

    def bind_column(self, name: str) -> Binding:
        """Whom a column binds, by its header."""
        return bind_name(name, "column", self.region, self.gazetteer)

    def bind_cell(self, text: str) -> Binding:
        """Whom an entry binds by its 所在地 / 涉及市县 cell: every region in it, 各县（市、区） opened."""
        return bind_cell(text, self.region, self.gazetteer)
