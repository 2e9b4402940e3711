"""What planners know, as data: corpora/lexicon loaded once, with a planner's own tables laid over it.

Tables are CSV (UTF-8, first row is the header, several spellings parted by |), trees TOML. A planner's folder holds
files of the same names; a row with the key of a built-in one replaces it, other rows are added. Facts that no source
confirms carry `verified` no. The lexicon is handed on as an argument; nothing here is global.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from .errors import UsageError
from .lexicon_entries import (
    CarbonItem,
    IndicatorEntry,
    LineEntry,
    ListKind,
    Modality,
    OperatorWord,
    Topic,
    ZoneSystem,
    ZoneType,
)
from .quantity import Direction, Unit, Units
from .region import Gazetteer, GenericGroup, Group, NameGuards

__all__ = ["Lexicon", "load_lexicon", "shipped_text"]

KEYS: dict[str, tuple[str, ...]] = {
    "units.csv": ("name",),
    "regions.csv": ("code",),
    "regions_extra.csv": ("name", "parent"),
    "region_groups.csv": ("name", "within"),
    "region_generic.csv": ("kind", "words"),
    "region_words.csv": ("kind",),
    "indicators.csv": ("key",),
    "modality.csv": ("word",),
    "modality_adjust.csv": ("word",),
    "lines.csv": ("line",),
    "zone_types.csv": ("type", "system"),
    "zone_systems.csv": ("system",),
    "protected_types.csv": ("type",),
    "grades.csv": ("grade",),
    "heritage_types.csv": ("type",),
    "list_kinds.csv": ("kind",),
    "header_words.csv": ("field",),
    "operators.csv": ("word", "position"),
    "structure_elements.csv": ("word",),
    "table_words.csv": ("use", "key"),
    "kinds.csv": ("kind",),
    "versions.csv": ("version",),
    "findings.csv": ("code",),
    "check_words.csv": ("kind", "word"),
    "synonyms.csv": ("word",),
    "faults.csv": ("kind", "words"),
    "topics.toml": ("name",),
    "carbon.toml": ("key",),
}
"""The files of the lexicon and the columns (of a tree: the key) that tell a row apart."""
OTHER_FILES = frozenset({"README.md", "NOTICE.md", "townships.csv.gz", "everyday_words.txt"})

_NUMBERING = re.compile(r"^(?:[（(]?[0-9一二三四五六七八九十]{1,3}[)）、.．]|[①-⑳]|[—–-]+|[*＊※]+)\s*")
_PART_WORD = re.compile(r"^其中[:：,，、]?")
_AREA_WORD = re.compile(
    r"^(?:全[省市县区域国镇村](?!人口)|[省市县区镇村]域(?=..)|中心城区(?=..)|我[省市县]|本[省市县])的?"
)
_BRACKET_UNIT = re.compile(
    r"[（(][^（()）]*(?:亩|公顷|公里|千米|米|㎡|m2|km2|hm2|%|％|‰|倍|个|处|座|人|元|吨|张|分钟|种|年一遇|立方米|—|-|约束性|预期性|建议性|平方)[^（()）]*[)）]$"
)
_LOOSE_ENDING = re.compile(r"(?<=..)(?:控制)?(?:指标|目标|任务|要求|控制数|目标值|任务数|总量|规模|面积|数量|数)$")
_MARKS = re.compile(r"[\s　,，、。;；:：·“”\"'‘’《》〈〉【】\[\]*＊※()（）]")


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """A printed term without its accidents: width, case, blanks, quotation marks, separators, brackets' marks."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return _MARKS.sub("", plain)


@dataclass(frozen=True, eq=False)
class Lexicon:
    """All knowledge of one run. `hash` is "sha256:…" of every file that went in."""

    hash: str
    units: Units
    gazetteer: Gazetteer
    indicators: tuple[IndicatorEntry, ...] = ()
    modality: tuple[Modality, ...] = ()
    modality_adjust: dict[str, int] = field(default_factory=dict)
    lines: tuple[LineEntry, ...] = ()
    zone_types: tuple[ZoneType, ...] = ()
    zone_systems: tuple[ZoneSystem, ...] = ()
    protected_types: dict[str, str] = field(default_factory=dict)
    """Every spelling of a 自然保护地 type → its class: 国家公园, 自然保护区, 自然公园."""
    grades: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Grade → its spellings: 国家级, 省级 …, highest first."""
    heritage_types: dict[str, tuple[str, ...]] = field(default_factory=dict)
    list_kinds: tuple[ListKind, ...] = ()
    header_words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Field (name, type, region, lead, base_value …) → header words, as printed."""
    topics: tuple[Topic, ...] = ()
    carbon: tuple[CarbonItem, ...] = ()
    operators: tuple[OperatorWord, ...] = ()
    structure_elements: dict[str, str] = field(default_factory=dict)
    """Word (屏障, 廊道 …) → element (barrier, corridor …); the longest word that a name ends with counts."""
    kinds: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Document kind → words of its title."""
    versions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Version marker (征求意见稿 …) → its spellings."""
    tables: dict[str, tuple[dict[str, Any], ...]] = field(default_factory=dict)
    """Every file's rows as loaded, for readers of their own."""
    _answers: dict[str, IndicatorEntry | None] = field(default_factory=dict, repr=False)

    # -- indicators ----------------------------------------------------------------------------------------------

    @cached_property
    def _indicator_names(self) -> dict[str, IndicatorEntry]:
        names: dict[str, IndicatorEntry] = {}
        for entry in self.indicators:
            names.setdefault(folded(entry.name), entry)
        for entry in self.indicators:
            for alias in entry.aliases:
                names.setdefault(folded(alias), entry)
        return names

    @cached_property
    def _indicator_stems(self) -> dict[str, IndicatorEntry | None]:
        """Names without their loose ending; None where two indicators would share one."""
        stems: dict[str, IndicatorEntry | None] = {}
        for name, entry in self._indicator_names.items():
            stem = _LOOSE_ENDING.sub("", name)
            stems[stem] = entry if stems.get(stem, entry) is entry else None
        return stems

    def indicator(self, printed_name: str) -> IndicatorEntry | None:
        """The indicator that is printed so: brackets, 其中：, 全省, units in brackets, numbering and loose endings (面积,
        规模, 指标 …) make no difference; names with another definition (人均体育场地面积) stay apart."""
        if printed_name not in self._answers:
            self._answers[printed_name] = self._find_indicator(printed_name)
        return self._answers[printed_name]

    def _find_indicator(self, printed_name: str) -> IndicatorEntry | None:
        spellings = indicator_spellings(printed_name)
        for name in spellings:
            if name in self._indicator_names:
                return self._indicator_names[name]
        for name in spellings:
            stem = _LOOSE_ENDING.sub("", name)
            entry = self._indicator_stems.get(stem) or self._indicator_names.get(stem)
            if entry is not None and folded(printed_name) not in {folded(near) for near in entry.near}:
                return entry
        return None

    def indicator_by_key(self, key: str | None) -> IndicatorEntry | None:
        return self._indicator_keys.get(key) if key else None

    @cached_property
    def _indicator_keys(self) -> dict[str, IndicatorEntry]:
        return {entry.key: entry for entry in self.indicators}

    @cached_property
    def indicator_pattern(self) -> re.Pattern[str]:
        """Every spelling of every indicator, longest first."""
        names = {name for entry in self.indicators for name in (entry.name, *entry.aliases) if len(name) > 1}
        return re.compile("|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name))))

    # -- words ---------------------------------------------------------------------------------------------------

    @cached_property
    def modal_pattern(self) -> re.Pattern[str]:
        """Every modal word, longest first."""
        words = sorted((m.word for m in self.modality), key=lambda word: (-len(word), word))
        return re.compile("|".join(re.escape(word) for word in words))

    @cached_property
    def modal_words(self) -> dict[str, Modality]:
        return {each.word: each for each in self.modality}

    def strength(self, modal: str, clause: str = "") -> int:
        """0–6 of a modal word, moved by the adverbs of its clause (原则上 −2, 坚决 +1) and kept in range."""
        found = self.modal_words.get(modal)
        base = found.strength if found is not None else 2
        moved = [change for word, change in self.modality_adjust.items() if word in clause and word not in modal]
        return max(0, min(6, base + sum(moved)))

    def line(self, printed_name: str) -> LineEntry | None:
        """The control line that is printed so."""
        plain = folded(printed_name)
        return self._line_names.get(plain) or self._line_names.get(re.sub(r"(?:控制)?(?:面积|规模|范围)$", "", plain))

    @cached_property
    def _line_names(self) -> dict[str, LineEntry]:
        return {folded(name): line for line in reversed(self.lines) for name in (*line.aliases, line.line)}

    @cached_property
    def line_pattern(self) -> re.Pattern[str]:
        """Every spelling of every control line, longest first."""
        names = {name for line in self.lines for name in (line.line, *line.aliases)}
        return re.compile("|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name))))

    def zone_type(self, printed_type: str) -> ZoneType | None:
        """The zone type that is printed so, 国家级/省级 before it put aside."""
        plain = re.sub(r"^(?:国家级|省级|国家|省)(?=.{3})", "", folded(printed_type))
        return self._zone_names.get(plain)

    @cached_property
    def _zone_names(self) -> dict[str, ZoneType]:
        names: dict[str, ZoneType] = {}
        for zone in self.zone_types:
            names.setdefault(folded(zone.type), zone)
        for zone in self.zone_types:
            for alias in zone.aliases:
                names.setdefault(folded(alias), zone)
        return names

    def zone_system(self, words: str) -> ZoneSystem | None:
        """The zoning system that a title or heading speaks of; the longest of its words decides."""
        plain = folded(words)
        hits = [
            (len(word), -place, system)
            for place, system in enumerate(self.zone_systems)
            for word in (system.system, *system.aliases, *system.title_words)
            if folded(word) in plain
        ]
        return max(hits, key=lambda hit: hit[:2])[2] if hits else None

    def list_kind(self, title: str, headers: tuple[str, ...] = ()) -> str | None:
        """The kind of register that a title (and its column headers) speak of; None where nothing fits."""
        plain = folded(title)
        points: dict[str, int] = {}
        for kind in self.list_kinds:
            best = max((len(word) for word in kind.title_words if folded(word) in plain), default=0)
            columns = sum(any(folded(word) in folded(header) for header in headers) for word in kind.column_words)
            if best or columns:
                points[kind.kind] = best * 2 + columns
        return max(points, key=lambda kind: points[kind]) if points else None

    def header_field(self, printed_header: str) -> str | None:
        """The field that a table header means (name, region, lead …); whole words before the longest part of one."""
        plain = folded(_BRACKET_UNIT.sub("", printed_header))
        if not plain:
            return None
        if plain in self._header_fields:
            return self._header_fields[plain]
        hits = [(len(word), name) for word, name in self._header_fields.items() if len(word) > 1 and word in plain]
        return max(hits, key=lambda hit: hit[0])[1] if hits else None

    @cached_property
    def _header_fields(self) -> dict[str, str]:
        fields: dict[str, str] = {}
        for name, words in self.header_words.items():
            for word in words:
                fields.setdefault(folded(word), name)
        return fields

    def element(self, name: str) -> str:
        """The structure element of a name or label (南岭生态屏障 → barrier); "other" where no word fits."""
        plain = folded(name)
        hits = [word for word in self.structure_elements if plain.endswith(word)]
        hits = hits or [word for word in self.structure_elements if len(word) > 1 and word in plain]
        return self.structure_elements[max(hits, key=len)] if hits else "other"

    def grade(self, printed_grade: str) -> str | None:
        """国家级, 省级 … of a printed grade."""
        plain = folded(printed_grade)
        for grade, spellings in self.grades.items():
            if plain == folded(grade) or plain in map(folded, spellings):
                return grade
        return next((grade for grade in self.grades if grade in plain), None)


def indicator_spellings(printed_name: str) -> list[str]:
    """The folded spellings under which an indicator's printed name is looked up, nearest first."""
    name = printed_name.strip()
    spellings = [folded(name)]
    for _ in range(3):
        shorter = _NUMBERING.sub("", _PART_WORD.sub("", name)).strip()
        if shorter == name:
            break
        name = shorter
    bare = _BRACKET_UNIT.sub("", name) if name.endswith((")", "）")) else name
    spellings += [folded(name), folded(bare)]
    for each in (name, bare) if bare != name else (name,):
        inner = _AREA_WORD.sub("", each)
        spellings.append(folded(inner))
        if "（" in inner or "(" in inner:
            spellings.append(folded(_BRACKET.sub("", inner)))
    return list(dict.fromkeys(spelling for spelling in spellings if spelling))


_BRACKET = re.compile(r"[（(][^（()）]*[)）]")


def shipped_text(name: str) -> str:
    """A text file that ships in corpora (lexicon/clause_words.yaml, models/clauses.json), for readers of their own."""
    return (files("chuandao.corpora") / name).read_text("utf-8")


# -- loading -----------------------------------------------------------------------------------------------------


def load_lexicon(extra: Path | None = None) -> Lexicon:
    """The built-in lexicon with the tables of the folder `extra` laid over it.

    UsageError (one Chinese line: file, line, what is wrong) if `extra` is no folder or holds a file that can't be read.
    """
    home = files("chuandao.corpora") / "lexicon"
    raw = {name: (home / name).read_bytes() for name in sorted(KEYS) if (home / name).is_file()}
    tables = {name: _rows(name, data, name) for name, data in raw.items()}
    hashed = hashlib.sha256()
    for entry in sorted(home.iterdir(), key=lambda item: item.name):
        if entry.is_file() and entry.name not in ("README.md",):
            data = raw.get(entry.name)
            hashed.update(entry.name.encode() + b"\0" + (entry.read_bytes() if data is None else data) + b"\0")
    if extra is not None:
        for name, data in _extra_files(extra):
            tables[name] = _laid_over(tables.get(name, ()), _rows(name, data, str(extra / name)), KEYS[name])
            hashed.update(b"+" + name.encode() + b"\0" + data + b"\0")
    return _lexicon(tables, "sha256:" + hashed.hexdigest(), home)


def _extra_files(folder: Path) -> list[tuple[str, bytes]]:
    if not folder.is_dir():
        raise UsageError(f"词典文件夹不存在：{folder}。请检查 --lexicon 的路径")
    found: list[tuple[str, bytes]] = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.name in OTHER_FILES or not path.is_file():
            continue
        if path.name not in KEYS:
            raise UsageError(f"词典文件 {path} 的名称不认识；可用的文件名：{'、'.join(sorted(KEYS))}")
        found.append((path.name, path.read_bytes()))
    return found


def _rows(name: str, data: bytes, shown: str) -> tuple[dict[str, Any], ...]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"词典文件 {shown} 不是 UTF-8 编码；请另存为 UTF-8（CSV UTF-8）") from error
    if name.endswith(".toml"):
        try:
            tree = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise UsageError(f"词典文件 {shown} 不是正确的 TOML：{error}") from error
        items = [item for value in tree.values() if isinstance(value, list) for item in value]
        for number, item in enumerate(items, 1):
            if not isinstance(item, dict) or any(key not in item for key in KEYS[name]):
                raise UsageError(f"词典文件 {shown} 第 {number} 项缺少 {'、'.join(KEYS[name])}")
        return tuple(items)
    reader = csv.reader(io.StringIO(text))
    header = [column.strip() for column in next(reader, [])]
    missing = [key for key in KEYS[name] if key not in header]
    if missing:
        raise UsageError(f"词典文件 {shown} 的表头缺少列：{'、'.join(missing)}")
    rows: list[dict[str, Any]] = []
    for row in reader:
        if not any(cell.strip() for cell in row) or row[0].startswith("#"):
            continue
        if len(row) != len(header):
            raise UsageError(
                f"词典文件 {shown} 第 {reader.line_num} 行有 {len(row)} 列，表头有 {len(header)} 列；多个写法请用 | 分隔"
            )
        rows.append(dict(zip(header, row, strict=True)))
    return tuple(rows)


def _laid_over(
    base: tuple[dict[str, Any], ...], over: tuple[dict[str, Any], ...], keys: tuple[str, ...]
) -> tuple[dict[str, Any], ...]:
    merged = {tuple(row[key] for key in keys): row for row in base}
    for row in over:
        key = tuple(row[each] for each in keys)
        merged[key] = {**merged.get(key, {}), **row}
    return tuple(merged.values())


def _several(cell: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (cell or "").split("|") if part.strip())


def _lexicon(tables: dict[str, tuple[dict[str, Any], ...]], digest: str, home: Any) -> Lexicon:
    def rows(name: str) -> tuple[dict[str, Any], ...]:
        return tables.get(name, ())

    def words(name: str, key: str, column: str) -> dict[str, tuple[str, ...]]:
        return {row[key]: _several(row.get(column)) for row in rows(name)}

    return Lexicon(
        hash=digest,
        units=_units(rows("units.csv")),
        gazetteer=_gazetteer(tables, home),
        indicators=tuple(_indicator(row) for row in rows("indicators.csv")),
        modality=tuple(
            Modality(
                row["word"],
                row["force"],
                _whole(row, "strength", "modality.csv"),
                row.get("polarity", ""),
                row.get("source", ""),
            )
            for row in rows("modality.csv")
        ),
        modality_adjust={
            row["word"]: _whole(row, "change", "modality_adjust.csv") for row in rows("modality_adjust.csv")
        },
        lines=tuple(
            LineEntry(
                row["line"],
                _several(row.get("aliases")),
                row.get("three_lines") == "yes",
                row.get("indicator") or None,
                row.get("relation") or None,
                row.get("source", ""),
                row.get("verified") == "yes",
            )
            for row in rows("lines.csv")
        ),
        zone_types=tuple(
            ZoneType(
                row["type"],
                row["system"],
                _several(row.get("aliases")),
                row.get("parent") or None,
                row.get("current", "yes") != "no",
                row.get("source", ""),
                row.get("verified") == "yes",
            )
            for row in rows("zone_types.csv")
        ),
        zone_systems=tuple(
            ZoneSystem(row["system"], _several(row.get("aliases")), _several(row.get("title_words")))
            for row in rows("zone_systems.csv")
        ),
        protected_types={
            name: row.get("class", "")
            for row in rows("protected_types.csv")
            for name in (row["type"], *_several(row.get("aliases")))
        },
        grades=words("grades.csv", "grade", "aliases"),
        heritage_types=words("heritage_types.csv", "type", "aliases"),
        list_kinds=tuple(
            ListKind(row["kind"], _several(row.get("title_words")), _several(row.get("column_words")))
            for row in rows("list_kinds.csv")
        ),
        header_words=words("header_words.csv", "field", "words"),
        topics=tuple(_topic(row) for row in rows("topics.toml")),
        carbon=tuple(_carbon(row) for row in rows("carbon.toml")),
        operators=tuple(
            OperatorWord(row["word"], row["op"], row["position"], row.get("kind", "level"))
            for row in rows("operators.csv")
        ),
        structure_elements={row["word"]: row["element"] for row in rows("structure_elements.csv")},
        kinds=words("kinds.csv", "kind", "words"),
        versions=words("versions.csv", "version", "words"),
        tables=tables,
    )


def _whole(row: dict[str, Any], column: str, file: str) -> int:
    try:
        return int(row[column])
    except (KeyError, ValueError) as error:
        raise UsageError(f"词典文件 {file} 中“{next(iter(row.values()), '')}”的 {column} 应为整数") from error


def _units(rows: tuple[dict[str, Any], ...]) -> Units:
    units: list[Unit] = []
    for row in rows:
        try:
            factor = Fraction(row["factor"])
        except (KeyError, ValueError, ZeroDivisionError) as error:
            raise UsageError(
                f"词典文件 units.csv 中“{row.get('name', '')}”的 factor 应为整数、小数或分数（如 2000/3）"
            ) from error
        units.append(
            Unit(row["name"], row["dimension"], factor, _several(row.get("aliases")), row.get("known", "yes") != "no")
        )
    return Units(tuple(units))


_DIRECTIONS: dict[str, Direction | None] = {"floor": "floor", "cap": "cap", "exact": "exact", "none": None, "": None}
_ATTRIBUTES: dict[str, Literal["binding", "expected", "advisory"] | None] = {
    "binding": "binding",
    "expected": "expected",
    "advisory": "advisory",
    "": None,
}


def _indicator(row: dict[str, Any]) -> IndicatorEntry:
    direction, attribute = row.get("direction", ""), row.get("attribute", "")
    if direction not in _DIRECTIONS or attribute not in _ATTRIBUTES:
        raise UsageError(
            f"词典文件 indicators.csv 中“{row['key']}”的 direction 应为 floor、cap、exact 或 none，attribute 应为 binding、expected、advisory 或空"
        )
    return IndicatorEntry(
        key=row["key"],
        name=row.get("name", row["key"]),
        aliases=_several(row.get("aliases")),
        unit=row.get("unit") or None,
        direction=_DIRECTIONS[direction],
        attribute=_ATTRIBUTES[attribute],
        scope=row.get("level") or None,
        additive=row.get("additive") == "yes",
        near=_several(row.get("near")),
        short=_several(row.get("short")),
        source=row.get("source", ""),
        verified=row.get("verified") == "yes",
    )


def _topic(row: dict[str, Any]) -> Topic:
    return Topic(
        row["name"],
        *(
            tuple(row.get(key, ()))
            for key in ("sections", "words", "concepts", "lines", "kinds", "systems", "modes", "plan_kinds")
        ),
    )


def _carbon(row: dict[str, Any]) -> CarbonItem:
    lists = ("modes", "sections", "words", "concepts", "lines", "kinds", "systems", "elements", "plan_kinds")
    return CarbonItem(
        key=row["key"],
        block=row.get("block", ""),
        group=row.get("group", ""),
        item=row.get("item", row["key"]),
        relation=row.get("relation"),
        role=row.get("role"),
        uncertain=bool(row.get("uncertain")),
        **{key: tuple(row.get(key, ())) for key in lists},
    )


def _gazetteer(tables: dict[str, tuple[dict[str, Any], ...]], home: Any) -> Gazetteer:
    guards = {row["kind"]: _several(row["words"]) for row in tables.get("region_words.csv", ())}
    gazetteer = Gazetteer(
        groups=[
            Group(
                row["name"],
                row.get("within", ""),
                _several(row.get("members")),
                _several(row.get("aliases")),
                row.get("verified") == "yes",
                row.get("source", ""),
            )
            for row in tables.get("region_groups.csv", ())
        ],
        generic=[GenericGroup(_several(row["words"]), row["kind"]) for row in tables.get("region_generic.csv", ())],
        guards=NameGuards(
            guards.get("after", ()),
            guards.get("before", ()),
            frozenset(guards.get("common", ())),
            guards.get("feature", ()),
            guards.get("lead", ()),
            guards.get("people", ()),
        ),
        everyday=lambda: (home / "everyday_words.txt").read_bytes(),
        townships=lambda: (home / "townships.csv.gz").read_bytes(),
    )
    for row in tables.get("regions.csv", ()):
        code = row["code"]
        parent = gazetteer.by_code(row["parent"]) if row.get("parent") else None
        if row.get("parent") and parent is None:
            raise UsageError(
                f"词典文件 regions.csv 中 {code} {row.get('name', '')} 的上级 {row['parent']} 不在表中或排在它后面"
            )
        level = "province" if code.endswith("0000") else "city" if code.endswith("00") else "county"
        gazetteer.add(
            row["name"],
            code=code,
            parent=parent,
            level=level if len(code) == 6 else "township",  # type: ignore[arg-type]
            short=row.get("short", ""),
            aliases=_several(row.get("aliases")),
        )
    for row in tables.get("regions_extra.csv", ()):
        parent = gazetteer.find(row["parent"])
        if parent is None:
            raise UsageError(f"词典文件 regions_extra.csv 中“{row['name']}”的上级“{row['parent']}”找不到")
        gazetteer.add(row["name"], parent=parent, short=row.get("short", ""), aliases=_several(row.get("aliases")))
    return gazetteer
