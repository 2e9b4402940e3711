"""What a table's notes say of the attribute of its indicators: 表列均为约束性指标; A、B为约束性指标，其余为预期性; 带*为约束性指标."""

from __future__ import annotations

import re

from .sheets import Sheet, squeezed
from .statements import Attribute, attribute_of, subject_key
from .subjects import Subject

MARK = r"[*＊★☆▲△●○※#＃]"
_ALL = re.compile(
    r"(?:^|[：:；。，.．、）)])(?:注|[本上该]?表(?:中|内|列|所列)?(?:各项|所列|数据|数值|指标)*|所列(?:各项)?(?:指标)?|各项指标|以上(?:各项)?(?:指标)?)"
    r"(?:均|都|全部)(?:为|是|属于?|系)(?P<attribute>约束性|预期性)"
)
_MARKED = re.compile(
    rf"[“\"（(\[]?(?P<mark>{MARK})[”\"）)\]]?号?(?:标记|标注|标识)?的?(?:指标|者|项)?(?:均|都)?(?:为|是|表示|代表|指)(?P<attribute>约束性|预期性)"
)
_REST = re.compile(r"(?:其余|其他|其它)(?:各项|指标)*(?:均|都)?(?:为|是)(?P<attribute>约束性|预期性)")
_SOME = re.compile(r"(?P<names>[^；。;，,：:]*?)(?:均|都)?(?:为|是|属于?)(?P<attribute>约束性|预期性)")
_EXCEPT = re.compile(
    r"除(?P<names>[^；。;，,]*?)(?:以)?外[，,]?(?:其余|其他|其它)?(?:各项|指标)*(?:均|都)?(?:为|是)(?P<attribute>约束性|预期性)"
)
_OTHER: dict[str, Attribute] = {"约束性": "expected", "预期性": "binding"}


def noted_attribute(subject: Subject, printed: str, sheet: Sheet) -> Attribute | None:
    """The attribute that the notes give an indicator, by its name, by a mark in its printed name, or with all others."""
    for note in (squeezed(note.text) for note in sheet.table.notes):
        if "约束性" not in note and "预期性" not in note:
            continue
        if every := _ALL.search(note):
            return attribute_of(every["attribute"])
        rest = _REST.search(note)
        if marked := _MARKED.search(note):
            if marked["mark"] in printed:
                return attribute_of(marked["attribute"])
            return attribute_of(rest["attribute"]) if rest else None
        if outside := _EXCEPT.search(note):
            named = _names(outside["names"], subject)
            return _OTHER[outside["attribute"]] if named else attribute_of(outside["attribute"])
        for some in _SOME.finditer(note):
            if _names(some["names"], subject):
                return attribute_of(some["attribute"])
        if rest:
            return attribute_of(rest["attribute"])
    return None


def _names(words: str, subject: Subject) -> bool:
    """Whether a note's list of names holds the subject."""
    key = subject_key(subject.name)
    listed = [subject_key(re.sub(r"^注?\d*[.．、]?", "", word)) for word in re.split("[、和及与：:]", words)]
    return any(len(word) > 2 and (word in key or key in word) for word in listed)
