"""The chapter sets and phrases that drafts are made of (data in templates/), and the words for a level: 全市, 本县 …"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ..plan.plan import Level
from ..plan.requirement import Mode, Region
from ..templates import data


@dataclass(frozen=True, slots=True)
class Slot:
    """A section that takes responses: by topic, by words, or as the default of a mode. `fixed` names a standard text."""

    chapter: str
    title: str
    topics: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    default: tuple[Mode, ...] = ()
    fixed: str | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """How a plan of this level speaks of itself: `area` 全市, `self` 本市, `domain` 市域, `parts` 县（区）."""

    region: str
    area: str
    self: str
    domain: str
    parts: str

    def say(self, phrase: str, **more: str) -> str:
        """The phrase with its words put in."""
        words = {
            "region": self.region,
            "area": self.area,
            "self": self.self,
            "domain": self.domain,
            "parts": self.parts,
        }
        return phrase.format_map({**words, **more})


def voice_of(region: Region, level: Level | None) -> Voice:
    """The voice for a region: its last character names it (惠州市 → 全市), its level what lies below."""
    last = region.name[-1]
    kind = (
        last
        if last in "省市县区旗镇乡村州盟"
        else {"province": "省", "city": "市", "county": "县"}.get(level or "", "市")
    )
    parts = {"province": "市县", "city": "县（区）", "county": "乡镇（街道）", "township": "村（社区）"}.get(
        level or "", "县（区）"
    )
    return Voice(region.name, f"全{kind}", f"本{kind}", f"{kind}域", parts)


@lru_cache(maxsize=1)
def chapter_slots() -> tuple[Slot, ...]:
    """The sections of the chapter set, in order."""
    return tuple(
        Slot(
            chapter=chapter["title"],
            title=section["title"],
            topics=tuple(section.get("topics", ())),
            words=tuple(section.get("words", ())),
            default=tuple(section.get("default", ())),
            fixed=section.get("fixed"),
        )
        for chapter in data("chapters.yaml")["master"]
        for section in chapter["sections"]
    )


@lru_cache(maxsize=1)
def wording() -> dict[str, Any]:
    """The phrases, as they stand in templates/wording.yaml."""
    found: dict[str, Any] = data("wording.yaml")
    return found


@dataclass(slots=True)
class Chooser:
    """Chooses among forms by the content, never the same twice in a row (state: what was chosen last, by kind)."""

    last: dict[str, int]

    def pick(self, kind: str, forms: Sequence[str], content: str) -> str:
        """A form for `content`: the same content in the same place gives the same form."""
        at = int(hashlib.sha256(f"{kind}|{content}".encode()).hexdigest(), 16) % len(forms)
        if len(forms) > 1 and self.last.get(kind) == at:
            at = (at + 1) % len(forms)
        self.last[kind] = at
        return forms[at]
