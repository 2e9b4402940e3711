"""The words by which tables are read: headers, titles, kinds of registers, zone types.

What every reader shares stands in the lexicon's tables (header_words, zone_types, protected_types), which a planner can lay
over; what only the reading of registers and zones needs stands in table_words.csv.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ..plan.lexicon import Lexicon

OVERLAYS = "叠加功能"
"""The system of overlay types in the lexicon: they lie over a zone and are none."""
TYPE_ENDING = re.compile(r".{2}(?:区|区域|地区|空间|县|镇|类)$")
ROLE_OF_FIELD = {
    "serial": "number",
    "subproject": "subname",
    "type": "category",
    "grade": "grade",
    "area": "area",
    "region": "place",
    "unit_area": "region",
    "lead": "lead",
    "responsible": "responsible",
    "manager": "helper",
    "period": "period",
    "nature": "nature",
    "content": "content",
    "land": "size",
    "investment": "investment",
    "era": "era",
    "batch": "batch",
    "protects": "object",
    "mineral": "mineral",
    "remark": "remark",
    "overlay": "overlay",
    "subzone_type": "level",
    "share": "share",
}
"""What the lexicon's fields of headers are in a register or a table of zones."""


@dataclass(frozen=True, slots=True)
class TableWords:
    """table_words.csv, ready for look-up; alternatives of the patterns are longest first."""

    roles: dict[str, str]
    exact: dict[str, str]
    header: re.Pattern[str]
    standard: dict[str, str]
    kinds: tuple[tuple[str, re.Pattern[str]], ...]
    not_a_list: re.Pattern[str]
    list_title: re.Pattern[str]
    protected_type: re.Pattern[str]
    register_noun: re.Pattern[str]
    systems: tuple[tuple[str, re.Pattern[str]], ...]
    types: dict[str, str]
    overlays: frozenset[str]
    zone_type: re.Pattern[str]

    def header_role(self, header: str) -> tuple[str, str | None] | None:
        """The role of a header and its standard word: of the whole header, else of the word that it ends with, else of
        the longest known word in it (建设项目名称 is a name, not a project)."""
        if header in self.exact:
            role = self.exact[header]
            return role, self.standard.get(role)
        found = [match for at in range(len(header)) if (match := self.header.match(header, at))]
        if not found:
            return None
        best = max(found, key=lambda match: (match.end() == len(header), len(match[0]), match.end()))
        role = self.roles[best[0]]
        return role, self.standard.get(role)

    def list_kind(self, words: str) -> str | None:
        """The kind of register that a title or a group names, None if it names none."""
        return next((kind for kind, pattern in self.kinds if pattern.search(words)), None)

    def protected_area_type(self, name: str) -> str | None:
        """自然保护区 of 广东象头山国家级自然保护区."""
        found = [match[0] for at in range(len(name)) if (match := self.protected_type.match(name, at))]
        return found[-1] if found else None

    def zone_system(self, words: str) -> str | None:
        """The system of zones that a title, heading or header names."""
        return next((system for system, pattern in self.systems if pattern.search(words)), None)


@lru_cache(maxsize=4)
def table_words(lexicon: Lexicon) -> TableWords:
    """The words of a lexicon, compiled once."""
    raw: dict[str, dict[str, list[str]]] = {}
    for row in lexicon.tables["table_words.csv"]:
        raw.setdefault(row["use"], {})[row["key"]] = row["words"].split("|")
    roles = {word: role for role, group in raw["header"].items() for word in group}
    types = {name: system for system, group in raw["zone_type"].items() for name in group}
    for zone in lexicon.zone_types:
        if zone.system != OVERLAYS:
            for name in (zone.type, *zone.aliases):
                if TYPE_ENDING.search(name):
                    types.setdefault(name, zone.system)
    protected = dict.fromkeys([*raw["protected_area_type"]["words"], *lexicon.protected_types])
    return TableWords(
        roles=roles,
        exact=_exact_roles(lexicon, roles),
        header=_any_of(roles),
        standard={role: words[0] for role, words in raw["standard"].items()},
        kinds=tuple((kind, _any_of(group)) for kind, group in raw["list_kind"].items()),
        not_a_list=_any_of(raw["not_a_list"]["words"]),
        list_title=_any_of(raw["list_title"]["words"]),
        protected_type=_any_of(protected),
        register_noun=_any_of(raw["register_noun"]["words"]),
        systems=tuple((system, _any_of(group)) for system, group in raw["zone_system"].items()),
        types=types,
        overlays=frozenset(
            name for zone in lexicon.zone_types if zone.system == OVERLAYS for name in (zone.type, *zone.aliases)
        ),
        zone_type=_any_of(types),
    )


def _exact_roles(lexicon: Lexicon, roles: dict[str, str]) -> dict[str, str]:
    """Whole headers: those of table_words.csv before those of the lexicon."""
    exact = {
        re.sub(r"\s+", "", word): ROLE_OF_FIELD[field]
        for field, words in lexicon.header_words.items()
        if field in ROLE_OF_FIELD
        for word in words
    }
    return exact | roles


def _any_of(group: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(group, key=lambda word: (-len(word), word))))
