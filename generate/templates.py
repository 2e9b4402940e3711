"""The chapter sets and phrases that drafts are made of (data in templates/), and the words for a level: 全市, 本县 …"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar

from ..plan.document import Document
from ..plan.draft import Draft, DraftChapter, DraftParagraph, DraftSection, TemplateSlot, Trace, Words
from ..plan.errors import Refused
from ..plan.plan import Level, Period, Tool
from ..plan.requirement import MODE_NAMES, Mode, Region
from ..templates import data


@dataclass(frozen=True, slots=True)
class Slot:
    """A section that takes responses: by topic, by words, or as the default of a mode. `fixed` names a standard text.

    Slots of a Word template are `strict`: they take one requirement (by its id), a mode, a topic, or the rest, and nothing
    else; `headings` stand above them."""

    chapter: str
    title: str
    topics: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    default: tuple[Mode, ...] = ()
    fixed: str | None = None
    strict: bool = False
    id: str | None = None
    rest: bool = False
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """How a plan of this level speaks of itself: `area` 全市, `self` 本市, `domain` 市域, `parts` 县（区）, `kind` 市."""

    region: str
    area: str
    self: str
    domain: str
    parts: str

    @property
    def kind(self) -> str:
        """市, 县, 镇 …: what the region's authorities are named by."""
        return self.area[1:]

    def say(self, phrase: str, **more: str) -> str:
        """The phrase with its words put in."""
        words = {
            "kind": self.kind,
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


REST, ANNEXES = "其余", "附表"
"""The slot for what no other takes, and the one for all annexed tables."""
TEMPLATE_WORDS = (
    "规划名称",
    "规划简称",
    "行政区",
    "上位规划",
    "规划期限",
    "基期年",
    "近期目标年",
    "目标年",
    "全市",
    "本市",
    "市域",
    "下级行政区",
    "版本",
)
"""What a template may put into its sentences."""
ID_SLOT = re.compile(r"(?:ind|str|zon|bnd|lst|rul)_[0-9a-f]{12}")


def template_slots(found: Sequence[TemplateSlot], topics: Collection[str]) -> tuple[Slot, ...]:
    """The slots of a template; Refused with the name of each that means nothing."""
    modes = {name: mode for mode, name in MODE_NAMES.items()}
    slots: list[Slot] = []
    unknown: list[str] = []
    for each in found:
        about = Slot(
            chapter=each.headings[0] if each.headings else "", title=each.name, strict=True, headings=each.headings
        )
        if not each.block or each.name in TEMPLATE_WORDS:
            unknown += [each.name] if each.name not in TEMPLATE_WORDS else []
        elif each.name in modes:
            slots.append(replace(about, default=(modes[each.name],)))
        elif each.name in topics:
            slots.append(replace(about, topics=(each.name,)))
        elif ID_SLOT.fullmatch(each.name):
            slots.append(replace(about, id=each.name.replace("_", "-")))
        elif each.name == REST:
            slots.append(replace(about, rest=True))
        elif each.name != ANNEXES:
            unknown.append(each.name)
    if unknown:
        raise Refused(
            f"模板中有不认识的位置：{'、'.join('{{ ' + name + ' }}' for name in dict.fromkeys(unknown))}；"
            f"可用的有：传导方式（{'、'.join(modes)}）、主题（{'、'.join(topics)}）、{REST}、{ANNEXES}、要求编号（如 ind_3f9c1a2b4d5e），"
            f"句中可用 {'、'.join(TEMPLATE_WORDS)}。"
        )
    return tuple(slots)


@lru_cache(maxsize=1)
def wording() -> dict[str, Any]:
    """The phrases, as they stand in templates/wording.yaml."""
    found: dict[str, Any] = data("wording.yaml")
    return found


Form = TypeVar("Form")


@dataclass(slots=True)
class Chooser:
    """Chooses among forms by the content, never the same twice in a row (state: what was chosen last, by kind)."""

    last: dict[str, int]

    def pick(self, kind: str, forms: Sequence[Form], content: str) -> Form:
        """A form for `content`: the same content in the same place gives the same form."""
        at = int(hashlib.sha256(f"{kind}|{content}".encode()).hexdigest(), 16) % len(forms)
        if len(forms) > 1 and self.last.get(kind) == at:
            at = (at + 1) % len(forms)
        self.last[kind] = at
        return forms[at]


PLACE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")


def template_places(document: Document) -> tuple[TemplateSlot, ...]:
    """The places of a Word template that was read: what stands between {{ and }}, in reading order."""
    found: list[TemplateSlot] = []
    for block in document.blocks:
        texts = [block.text.text]
        if block.table is not None:
            texts += [cell.text.text for row in block.table.grid for cell in row if cell is not None]
        for text in texts:
            whole = PLACE.fullmatch(text.strip())
            for match in PLACE.finditer(text):
                found.append(TemplateSlot(match[1], block.section, block=whole is not None and block.table is None))
    return tuple(found)


def blank_template(kind: str) -> Draft:
    """One of the shipped chapter sets as a draft whose paragraphs are its slots, for rendering as a Word template."""
    sets = data("sets.yaml")
    if kind not in sets:
        raise Refused(f"没有“{kind}”这套模板；可用的有：{'、'.join(sets)}。")
    chapters = tuple(
        DraftChapter(
            title,
            tuple(
                DraftSection(name, tuple(DraftParagraph((Words(line),)) for line in lines))
                for name, lines in sections.items()
            ),
        )
        for chapter in sets[kind]
        for title, sections in chapter.items()
    )
    nobody = Region(name="{{ 行政区 }}")
    return Draft(
        title="{{ 规划简称 }}（{{ 规划期限 }}）",
        region=nobody,
        level=None,
        period=Period(),
        chapters=chapters,
        annexes=(),
        trace=Trace(tool=Tool(version="", lexicon=""), region=nobody),
        version="{{ 版本 }}",
    )
