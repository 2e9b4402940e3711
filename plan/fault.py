"""A known fault that is planted in a copy of a draft to see whether the check finds it (self-audit)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FaultKind = Literal[
    "number_loosened", "unit_swapped", "operator_dropped", "year_shifted", "attribute_lowered", "row_dropped",
    "grade_lowered", "amount_reduced", "time_delayed", "lead_emptied", "zone_changed", "element_omitted", "modal_softened",
    "exception_added", "hedge_added", "scope_narrowed", "clause_dropped", "threshold_loosened", "deadline_delayed", "reference_broken", "total_broken",
    "mention_differs", "type_changed", "place_changed", "ban_reversed", "part_dropped", "rarer", "authority_lowered",
    "condition_added", "part_changed", "period_changed",
]  # fmt: skip
FAULT_NAMES: dict[FaultKind, str] = {
    "number_loosened": "指标值越过上位限值",
    "unit_swapped": "单位写错",
    "operator_dropped": "不低于、不超过等限定丢失",
    "year_shifted": "目标年推后",
    "attribute_lowered": "约束性写成预期性",
    "scope_narrowed": "口径或范围缩小到中心城区",
    "row_dropped": "表格漏行",
    "grade_lowered": "名录条目级别降低",
    "amount_reduced": "名录条目规模改小",
    "time_delayed": "项目时序推后",
    "lead_emptied": "牵头或责任单位空缺",
    "zone_changed": "分区类型改变",
    "element_omitted": "结构要素漏写",
    "modal_softened": "刚性用语软化",
    "hedge_added": "刚性用语前加“原则上”",
    "exception_added": "增加例外",
    "clause_dropped": "规则漏写",
    "threshold_loosened": "规则中的限值放宽",
    "deadline_delayed": "完成时限推后",
    "reference_broken": "引用不存在的表",
    "total_broken": "合计与分项不符",
    "mention_differs": "同一指标两处数值不一",
    "type_changed": "名录条目类型改变",
    "place_changed": "名录条目所在地写错",
    "ban_reversed": "禁止写成允许",
    "part_dropped": "规则漏写一半",
    "rarer": "频次降低",
    "authority_lowered": "审批层级降低",
    "condition_added": "刚性用语前加条件",
    "part_changed": "分项改动与合计不符",
    "period_changed": "规划期或基期写错",
}


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters `start`..`end` of a text of a Document become `words`: of block `block`, or of the cell of its table
    that starts at `cell` (row, column)."""

    block: int
    cell: tuple[int, int] | None
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: its changes, `rows` (block, row) that are dropped, and the requirement that it wrongs (None: the draft
    contradicts itself). `keeps` are the places (block, row or None) that no other fault may change at the same time."""

    kind: FaultKind
    source: tuple[int, str] | None
    """Index of the upper plan and id of the requirement."""
    said: str
    """What was done, in words."""
    edits: tuple[Edit, ...] = ()
    rows: tuple[tuple[int, int], ...] = ()
    keeps: frozenset[tuple[int, int | None]] = frozenset()

    @property
    def places(self) -> frozenset[tuple[int, int | None]]:
        """The blocks and table rows that it changes."""
        edited = {(edit.block, edit.cell[0] if edit.cell is not None else None) for edit in self.edits}
        return frozenset(edited | set(self.rows))


@dataclass(frozen=True, slots=True)
class Change:
    """The same in a DOCX: characters `start`..`end` of a paragraph become `words`, or (`row`) its table row is deleted."""

    part: str
    paragraph: int
    start: int = 0
    end: int = 0
    words: str = ""
    row: bool = False
