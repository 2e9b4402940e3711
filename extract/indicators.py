"""Document → indicator requirements: what tables, annexes and text say of one indicator is one requirement.

The grain is CONTRACT §3: one subject, one scope, one bound region; its years and roles are `values`, its places
`mentions`. A control line's size in a table is handed down as indicator and boundary; in running text alone it is a
boundary (extract/boundaries.py).
"""

from __future__ import annotations

from ..plan.document import Document
from ..plan.requirement import IndicatorRequirement, Requirement
from .boundaries import LineSaid, said_of_lines
from .context import Context
from .joining import WHOLE, Joined, joined_statements, part_ids
from .setting import Setting, setting_of


def find_indicators(document: Document, context: Context) -> list[Requirement]:
    """Every indicator of the document, in reading order; ids are left empty, `part_of` holds the id to come."""
    setting = setting_of(context)
    return indicator_requirements(document, joined_statements(document, setting), setting)


def indicator_requirements(document: Document, joined: list[Joined], setting: Setting) -> list[Requirement]:
    """The indicator requirements of joined statements."""
    ids, said = part_ids(joined, setting), said_of_lines(document, setting)
    return [group_to_indicator(group, ids, said, setting) for group in joined if not group.only_boundary]


def group_to_indicator(
    group: Joined, ids: dict[int, str], said: dict[str, LineSaid], setting: Setting
) -> IndicatorRequirement:
    """One requirement of all that was said of one subject, scope and region; the size of a control line also has the
    keys of a boundary: `line` and, for the whole area, its `control` sentence and `elements`."""
    known = said.get(group.line or "", LineSaid()) if group.region is None and group.scope == WHOLE else LineSaid()
    extra = {"line": group.line, "control": known.control, "elements": known.elements} if group.line else {}
    return IndicatorRequirement(
        modes=("indicator", "boundary") if group.line else ("indicator",),
        name=group.name,
        concept=group.concept,
        attribute=group.attribute,
        scope=group.scope,
        direction=group.direction,
        values=group.values,
        part_of=ids.get(id(group)),
        **group.common(setting),
        **extra,
    )
