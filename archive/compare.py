"""What changed between two runs over an archive: document by document, requirement by requirement, by mode."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..plan.errors import UnreadableInput
from ..plan.requirement import MODE_NAMES, MODES
from .ledger import Ledger
from .places import read_place
from .store import Store

EXAMPLES = 5
"""Shown for each mode and kind of change."""
KINDS = {"added": "新增", "removed": "减少", "changed": "变化"}


@dataclass(frozen=True, slots=True)
class Change:
    """One requirement that differs. `keys`: what of it, for a changed one."""

    document: str
    title: str
    mode: str
    kind: str
    id: str
    old: str
    new: str
    page: int | None
    keys: tuple[str, ...] = ()


@dataclass(slots=True)
class Comparison:
    """Everything that differs between an old and a new archive."""

    only_old: list[str] = field(default_factory=list)
    only_new: list[str] = field(default_factory=list)
    statuses: list[tuple[str, str, str]] = field(default_factory=list)
    same: int = 0
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    totals: dict[str, Counter[str]] = field(default_factory=lambda: {"old": Counter(), "new": Counter()})
    examples: dict[tuple[str, str], list[Change]] = field(default_factory=dict)


def compare(old: Path, new: Path) -> Comparison:
    """The difference of two archives, content by content; an archive is a store or a folder of plan JSONs."""
    found = Comparison()
    olds, news = _plans(old), _plans(new)
    for sha256 in sorted({*olds, *news}):
        if sha256 not in news:
            found.only_old.append(_title(olds[sha256]))
        elif sha256 not in olds:
            found.only_new.append(_title(news[sha256]))
        else:
            _compare_plans(_read(olds[sha256]), _read(news[sha256]), found)
    found.statuses = _compare_statuses(old, new)
    return found


def _plans(home: Path) -> dict[str, str]:
    """The plan JSONs of an archive by content."""
    store = Store(home.absolute())
    if store.ledger.is_file():
        ledger = Ledger(store.ledger, write=False)
        try:
            return {row.sha256: store.place(row.sha256) for row in ledger.results() if row.sha256}
        finally:
            ledger.close()
    places = [str(path) for path in sorted(home.rglob("*.plan.json"))]
    if not places:
        raise UnreadableInput(f"{home}：不是档案库，也没有规划 JSON（*.plan.json）；请检查路径。")
    return {_read(place)["document"]["source"]["sha256"]: place for place in places}


def _read(place: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(read_place(place))
    return read


def _title(place: str) -> str:
    return str(_read(place)["document"]["title"])


def _compare_plans(old: dict[str, Any], new: dict[str, Any], found: Comparison) -> None:
    title = new["document"]["title"]
    before = {item["id"]: item for item in old["requirements"]}
    after = {item["id"]: item for item in new["requirements"]}
    found.totals["old"].update(item["mode"] for item in before.values())
    found.totals["new"].update(item["mode"] for item in after.values())
    clean = True
    for change in _changes(title, new["document"]["source"]["sha256"], before, after):
        clean = False
        found.counts[change.mode, change.kind] += 1
        shown = found.examples.setdefault((change.mode, change.kind), [])
        if len(shown) < EXAMPLES:
            shown.append(change)
    found.same += clean


def _changes(title: str, sha256: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:
    for id_, item in before.items():
        if id_ not in after:
            yield Change(sha256, title, item["mode"], "removed", id_, item["text"], "", _page(item))
    for id_, item in after.items():
        if id_ not in before:
            yield Change(sha256, title, item["mode"], "added", id_, "", item["text"], _page(item))
        elif item != before[id_]:
            keys = tuple(key for key in item if item[key] != before[id_].get(key) and key != "stamp")
            yield Change(
                sha256, title, item["mode"], "changed", id_, before[id_]["text"], item["text"], _page(item), keys
            )


def _page(item: dict[str, Any]) -> int | None:
    span: dict[str, Any] = next(iter(item.get("where") or ()), {})
    return span.get("page")


def _compare_statuses(old: Path, new: Path) -> list[tuple[str, str, str]]:
    """Files whose status or reason differs: path, before, after; by content where both know it, else by path."""
    sides = [_statuses(home) for home in (old, new)]
    return [
        (key, sides[0][key], sides[1][key])
        for key in sorted(sides[0])
        if key in sides[1] and sides[0][key] != sides[1][key]
    ]


def _statuses(home: Path) -> dict[str, str]:
    store = Store(home.absolute())
    if not store.ledger.is_file():
        return {}
    ledger = Ledger(store.ledger, write=False)
    try:
        return {row.path: f"{row.status} {row.reason or ''}".strip() for row in ledger.rows()}
    finally:
        ledger.close()


def comparison_record(found: Comparison) -> dict[str, Any]:
    """The comparison for machines."""
    return {
        "same": found.same,
        "only_old": found.only_old,
        "only_new": found.only_new,
        "totals": {side: dict(sorted(counts.items())) for side, counts in found.totals.items()},
        "changes": {
            mode: {kind: found.counts[mode, kind] for kind in KINDS if found.counts[mode, kind]}
            for mode in MODES if any(found.counts[mode, kind] for kind in KINDS)
        },
        "examples": [
            {"document": change.document, "title": change.title, "mode": change.mode, "kind": change.kind, "id": change.id,
             "old": change.old, "new": change.new, "page": change.page, "keys": list(change.keys)}
            for mode in MODES for kind in KINDS for change in found.examples.get((mode, kind), ())
        ],
        "statuses": [{"path": path, "old": before, "new": after} for path, before, after in found.statuses],
    }  # fmt: skip


def comparison_words(found: Comparison) -> str:
    """The comparison for people."""
    lines = [
        f"两次都有且结果完全相同的规划 {found.same} 份；只在旧库 {len(found.only_old)} 份，只在新库 {len(found.only_new)} 份"
    ]
    for mode in MODES:
        old, new = found.totals["old"][mode], found.totals["new"][mode]
        parts = "、".join(
            f"{word} {found.counts[mode, kind]}" for kind, word in KINDS.items() if found.counts[mode, kind]
        )
        if old or new:
            lines.append(f"{MODE_NAMES[mode]}：{old} → {new} 条" + (f"（{parts}）" if parts else "，没有变化"))
        for kind, word in KINDS.items():
            for change in found.examples.get((mode, kind), ()):
                page = f" 第{change.page}页" if change.page else ""
                what = f"（{'、'.join(change.keys)}）" if change.keys else ""
                lines.append(f"  · {word}{what} {change.title}{page}：{_short(change.new or change.old)}")
    lines += [f"状态变化 {path}：{before} → {after}" for path, before, after in found.statuses]
    return "\n".join(lines) + "\n"


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
