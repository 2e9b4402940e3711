"""The units that a cell names, with what their marks and brackets lay over them."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..plan.document import Table
from ..plan.requirement import Region, ZoneUnit
from .columns import compact, is_blank
from .context import Context
from .places import words_to_regions

MARKS = "▲△★☆●○◆◇■□▼▽*＊※#＃①②③④⑤"
MARK_TOLD = re.compile(
    rf"[“”]?(?P<mark>[{MARKS}])[“”]?(?:为|表示|指|代表|标注的?为|：|:)?(?:该县|该区|县域)?(?:叠加)?(?:为|了)?(?P<what>[^，；。、{MARKS}]{{2,20}})"
)
"""A note under a table of zones: ▲为叠加边境地区，◆为叠加能源资源富集区."""
UNIT_GROUP = re.compile(r"(?:^|(?<=[；;。\n]))\s*(?P<parent>[一-龥]{2,12}?[省市州盟区县])[：:]")
"""A parent before its units: 九江市：德安县、瑞昌市；新余市：渝水区."""
UNIT_OVERLAY = re.compile(r"[（(](?:叠加)?(?P<what>[一-龥、]{3,40}(?:区|地区|地|带|县))[）)]$")
"""What a unit is besides: 瑞昌市（能源资源富集区）."""


def names_units(said: str, context: Context) -> bool:
    """Whether most names of a cell are units that the gazetteer knows, of the plan's region where that is known."""
    names = [re.sub(r"[（(].*", "", word) for word in re.split(r"[、，,；;：:]", said) if word]
    known = [context.gazetteer.find(name, within=context.region) is not None for name in names]
    return sum(known) * 2 > len(known)


def cell_to_units(text: str, parent: Region | None, context: Context) -> list[ZoneUnit]:
    """The units that a cell names, one or several; a name the gazetteer does not know is kept as printed."""
    whole = context.gazetteer.find(text, within=parent)
    names = [text] if whole is not None else [word for word in re.split(r"[、，,；;和]", text) if word]
    if any(context.gazetteer.find(name, within=parent) is None for name in names) and len(names) > 1:
        places = words_to_regions(text, parent, context.gazetteer)
        if places.regions:
            return [ZoneUnit(name=region.name, code=region.code) for region in places.regions]
    units = []
    for name in names:
        region = context.gazetteer.find(name, within=parent)
        printed_name = re.sub(r"[（(].*?[）)]$|[*＊]$", "", name)
        units.append(ZoneUnit(name=printed_name, code=region.code if region is not None else None))
    return units


def marked_units(
    text: str, parent: Region | None, table: Table, context: Context
) -> list[tuple[ZoneUnit, tuple[str, ...]]]:
    """The units of a cell, each with its overlays: those that a mark after its name stands for (虎林市▲, told in the
    notes) or that its brackets name (瑞昌市（能源资源富集区）). A name before a colon is the parent of those after it."""
    told = {match["mark"]: match["what"] for note in table.notes for match in MARK_TOLD.finditer(compact(note.text))}
    gazetteer = context.gazetteer
    found: list[tuple[ZoneUnit, tuple[str, ...]]] = []
    if not UNIT_GROUP.search(text) and not UNIT_OVERLAY.search(text) and not any(mark in text for mark in MARKS):
        return [(unit, ()) for unit in cell_to_units(text, parent, context)]
    for group in re.split(r"[；;。\n]", text):
        within = parent
        if (head := UNIT_GROUP.match(group)) is not None:
            within = gazetteer.find(head["parent"], within=parent) or parent
            group = group[head.end() :]
        for word in re.split(r"[、，,](?![^（(]*[）)])", group):
            marks = tuple(told[char] for char in word if char in told)
            name = re.sub(rf"[{MARKS}]", "", word).strip()
            if (aside := UNIT_OVERLAY.search(name)) is not None:
                marks += tuple(overlay_names(aside["what"]))
                name = name[: aside.start()]
            found += [(unit, marks) for unit in cell_to_units(name, within, context) if name]
    return found


def overlay_names(text: str) -> list[str]:
    """自然保护地、重要文化与景观功能区 → both."""
    return [word for word in re.split(r"[、，,；;/\n]", text) if word and not is_blank(word)]


def overlays_by_unit(text: str) -> Callable[[str], tuple[str, ...]]:
    """What a cell lays over a unit: the same over all units of its row, or what it says after each one's name
    (甲区：边境地区；乙县：能源资源富集区、边境地区)."""
    if UNIT_GROUP.search(text) is None:
        every = tuple(overlay_names(text))
        return lambda unit: every
    told: dict[str, tuple[str, ...]] = {}
    for group in re.split(r"[；;\n]", text):
        if (head := UNIT_GROUP.match(group)) is not None:
            told[head["parent"]] = tuple(overlay_names(group[head.end() :].rstrip("。")))
    return lambda unit: told.get(unit, ())
