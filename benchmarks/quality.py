"""Scores the tool over all sample plans with gold: figures by mode and field, gains and losses since the last record.

    python benchmarks/quality.py            prints the table and what changed since benchmarks/quality.json
    python benchmarks/quality.py --record   also renews benchmarks/quality.json and docs/quality.md

Scoring is done by benchmarks/score.py, which shares no code with the tool.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from chuandao.commands import check, extract
from chuandao.plan.lexicon import load_lexicon
from chuandao.plan.plan import to_json

ROOT = Path(__file__).resolve().parent.parent
PLANS = ROOT / "corpora" / "plans"
RECORD = ROOT / "benchmarks" / "quality.json"
PAGE = ROOT / "docs" / "quality.md"
MODES = ("indicator", "boundary", "list", "zone", "structure", "rule")
FIELDS = {
    "indicator": ("attribute", "unit", "op"),
    "list": ("cells", "regions", "kind"),
    "zone": ("overlays",),
    "structure": ("element", "components"),
    "rule": ("force", "modal", "exceptions", "conditions", "quantities"),
}

sys.path.insert(0, str(ROOT / "benchmarks"))
import score  # noqa: E402  the scorer stands beside this file


def golds() -> list[Path]:
    return sorted(PLANS.glob("*/*.gold.json"))


def pairs() -> list[tuple[Path, Path, Path]]:
    """Gold verdicts with the lower and upper plan that they speak of."""
    found = []
    for gold in sorted(PLANS.glob("*/*.check.json")):
        data = json.loads(gold.read_text(encoding="utf-8"))
        found.append((gold, gold.parent / data["lower"], gold.parent / data["upper"]))
    return found


def measured() -> dict[str, dict[str, float | None]]:
    """Figures by plan or pair, then by name."""
    lexicon = load_lexicon()
    figures: dict[str, dict[str, float | None]] = {}
    plans: dict[Path, dict[str, Any]] = {}
    for gold_path in golds():
        gold = json.loads(gold_path.read_text(encoding="utf-8"))
        stem = gold_path.name.removesuffix(".gold.json")
        for ending in (".pdf", ".docx"):
            path = gold_path.parent / f"{stem}{ending}"
            if not path.exists():
                continue
            started = time.process_time()
            plan = json.loads(to_json(extract(path, lexicon=lexicon)))
            plans[path] = plan
            with tempfile.TemporaryDirectory():
                report, _ = score.score_extract(plan, gold, str(path) if ending == ".pdf" else None)
            figures[path.name] = extract_figures(report)
            print(f"{path.name}: {time.process_time() - started:.1f} s", file=sys.stderr)
    for gold_path, lower, upper in pairs():
        pair = json.loads(gold_path.read_text(encoding="utf-8"))
        upper_gold = json.loads(upper.with_suffix(".gold.json").read_text(encoding="utf-8"))
        result, _ = check(lower, [upper], region=pair["region"], lexicon=lexicon)
        report, _ = score.score_check(json.loads(to_json(result)), plans[upper], pair, upper_gold)
        figures[gold_path.name.removesuffix(".json")] = check_figures(report)
    return figures


def extract_figures(report: dict[str, Any]) -> dict[str, float | None]:
    figures: dict[str, float | None] = {"macro F1": report["macro_f1"]}
    for mode in MODES:
        part = report["modes"].get(mode)
        if part is None or not (part["n_gold"] or part.get("n_pred")):
            continue
        figures[f"{mode} F1"] = part["f1"]
        figures[f"{mode} P"] = part["precision"]
        figures[f"{mode} R"] = part["recall"]
        for field in FIELDS.get(mode, ()):
            row = part.get("fields", {}).get(field)
            if row is not None:
                figures[f"{mode} {field}"] = row.get("accuracy", row.get("f1"))
    figures["headings F1"] = report["headings"]["f1"]
    figures["document"] = report["document"]["accuracy"]
    figures["si exact"] = report["si"]["exact"]
    figures["false alarms"] = report["false_alarms"]["count"]
    figures["page"] = report["evidence"]["page"]
    figures["quote"] = report["evidence"]["quote"]
    return figures


def check_figures(report: dict[str, Any]) -> dict[str, float | None]:
    return {
        "verdict": report["verdict"]["merged"]["given_link"],
        "verdict with unlinked": report["verdict"]["merged"]["all"],
        "defects": report["defects"]["caught"],
        "code": report["defects"]["code_equal"],
        "false alarm share": report["false_alarms"]["share"],
        "applies": report["applies"],
        "response": report["response"]["text"],
        "undetermined": report["undetermined"]["share"],
        "internal": report["internal"]["found"],
    }


def table(figures: dict[str, dict[str, float | None]]) -> str:
    """Markdown: first the plans (rows) by mode, then each plan's fields, then the pairs."""
    plans = {name: row for name, row in figures.items() if "macro F1" in row}
    checks = {name: row for name, row in figures.items() if "verdict" in row}
    heads = [
        "macro F1",
        *[f"{mode} F1" for mode in MODES],
        "headings F1",
        "document",
        "si exact",
        "false alarms",
        "page",
        "quote",
    ]
    lines = ["| plan | " + " | ".join(heads) + " |", "|---|" + "---|" * len(heads)]
    lines += [f"| {name} | " + " | ".join(shown(row.get(head)) for head in heads) + " |" for name, row in plans.items()]
    fields = [f"{mode} {field}" for mode in MODES for field in FIELDS.get(mode, ())]
    lines += ["", "| plan | " + " | ".join(fields) + " |", "|---|" + "---|" * len(fields)]
    lines += [
        f"| {name} | " + " | ".join(shown(row.get(field)) for field in fields) + " |" for name, row in plans.items()
    ]
    if checks:
        heads = list(next(iter(checks.values())))
        lines += ["", "| pair | " + " | ".join(heads) + " |", "|---|" + "---|" * len(heads)]
        lines += [
            f"| {name} | " + " | ".join(shown(row.get(head)) for head in heads) + " |" for name, row in checks.items()
        ]
    return "\n".join(lines) + "\n"


def shown(figure: float | None) -> str:
    return "–" if figure is None else str(figure) if isinstance(figure, int) else f"{figure:.3f}"


def changes(before: dict[str, dict[str, float | None]], after: dict[str, dict[str, float | None]]) -> list[str]:
    """A line for each figure that moved by more than 0.0005."""
    lines = []
    for name, row in after.items():
        for key, now in row.items():
            was = before.get(name, {}).get(key)
            if isinstance(was, (int, float)) and isinstance(now, (int, float)) and abs(now - was) > 0.0005:
                lines.append(f"{name}: {key} {shown(was)} → {shown(now)} ({now - was:+.3f})")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--record", action="store_true")
    record = parser.parse_args().record
    figures = measured()
    print(table(figures))
    before = json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {}
    print("changes since the record:", *(changes(before, figures) or ["none"]), sep="\n  ")
    if record:
        RECORD.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        head, mark, rest = PAGE.read_text(encoding="utf-8").partition("<!-- figures -->\n")
        after = rest.partition("<!-- end -->\n")[2]
        PAGE.write_text(f"{head}{mark}\n{table(figures)}\n<!-- end -->\n{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
