"""Whether `confidence` means something: of what is at 0.9 or more, how much is right, and how much of all that is right.

    python benchmarks/confidence.py [WORD…]     plans whose path holds one of the words, all without one

A unit is what benchmarks/score.py counts (an amount, an entry, a zone, an element, a clause); it is right if the gold has
it, for amounts strictly. A unit that the gold has under the other mode of a line and its size counts for neither side.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from chuandao.commands import extract
from chuandao.plan.lexicon import load_lexicon
from chuandao.plan.plan import to_json

ROOT = Path(__file__).resolve().parent.parent
SURE = 0.9

sys.path.insert(0, str(ROOT / "benchmarks"))
import score  # noqa: E402  the scorer stands beside this file


def judged(plan: dict[str, Any], gold: dict[str, Any]) -> list[tuple[float, bool]]:
    """(confidence, right) of each unit that the plan gives."""
    units: dict[str, tuple[list[Any], list[Any]]] = {}
    for mode, section in score.SECTIONS.items():
        golds, said = gold.get(section) or [], [r for r in plan["requirements"] if r["mode"] == mode]
        if mode in score.OTHER_MODE:
            read = score.subject_reader(mode, golds, said)
            units[mode] = tuple(score.value_units(mode, side, gold["document"], read) for side in (golds, said))
        else:
            units[mode] = tuple(score.plain_units(mode, side, gold["document"]) for side in (golds, said))
    found = []
    for mode, (golds, said) in units.items():
        pairs = score.pair_up(score.candidates(mode, golds, said))
        right = {j for i, j, match in pairs if not golds[i].amounts or (match[0] and match[1])}
        others = units[score.OTHER_MODE[mode]][0] if mode in score.OTHER_MODE else []
        for j, unit in enumerate(said):
            elsewhere = any(o.amounts and o.key == unit.key and any(o.agreement(unit)[2:4]) for o in others)
            if j in right or not elsewhere:
                found.append((max(item["confidence"] for item in unit.items), j in right))
    return found


def main() -> None:
    lexicon, words, total = load_lexicon(), sys.argv[1:] or [""], []
    for path in sorted((ROOT / "corpora" / "plans").glob("*/*.gold.json")):
        if not any(word in str(path) for word in words):
            continue
        pdf = path.with_name(path.name.replace(".gold.json", ".pdf"))
        plan = json.loads(to_json(extract(pdf, lexicon=lexicon)))
        total += _printed(path.name.removesuffix(".gold.json"), judged(plan, json.loads(path.read_text("utf-8"))))
    _printed("together", total)


def _printed(name: str, units: list[tuple[float, bool]]) -> list[tuple[float, bool]]:
    sure = [right for confidence, right in units if confidence >= SURE]
    right = sum(ok for _, ok in units)
    line = f"{name:24}{len(units):6} units{len(sure):6} sure"
    print(f"{line}  right of these {sum(sure) / max(1, len(sure)):.4f}  of all right {sum(sure) / max(1, right):.3f}")
    return units


if __name__ == "__main__":
    main()
