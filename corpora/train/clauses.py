"""Trains the clause model on the sample plans and measures it on plans that it has not seen.

    python corpora/train/clauses.py            # measures what ships and writes corpora/models/clauses.json
    python corpora/train/clauses.py --measure  # only measures, letters alone and grammar alone too

Plans of one author are held out together. Clauses written for the training stand in written.txt beside this file.

Logistic regression with a ridge, by Nesterov's accelerated gradient; numpy only, no random numbers.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from chuandao.extract.clause_features import features_of, grammar_features, letter_features
from chuandao.extract.clause_model import plainly_no_rule
from chuandao.extract.passages import document_to_passages
from chuandao.extract.reading.docx import read_docx
from chuandao.extract.structures import structure_passages

PLANS = Path(__file__).resolve().parent.parent / "plans"
WRITTEN = Path(__file__).resolve().parent / "written.txt"
MODEL = Path(__file__).resolve().parent.parent / "models" / "clauses.json"
TRAINED_ON = frozenset(
    {
        "gd-huizhou", "zhaoqing-huaiji", "hb-restoration", "nm-province", "gx-beihai", "yn-jingdong", "hn-miaozi",
        "gs-yellow-river", "sc-mianyang", "sl-zhashui", "yt-longkou",
    }
)  # fmt: skip
"""Folders of plans that the weights are fitted to; every other folder is only measured."""
ONE_HAND = {"sc-mianyang": "pairs", "sl-zhashui": "pairs", "yt-longkou": "pairs"}
"""Folders that one author wrote: they are held out together."""
RIDGE = 1.0
THRESHOLD = 0.0
SMALLEST = 0.02
"""Weights nearer to nought are not written."""
Features = Callable[[str, tuple[str, ...]], dict[str, float]]
WAYS: dict[str, Features] = {
    "letters": lambda text, section: letter_features(text),
    "grammar": grammar_features,
    "both": lru_cache(maxsize=None)(lambda text, section: features_of(text, section)),
}


@dataclass(frozen=True)
class Example:
    """A clause of a sample plan, and whether its gold has it as a rule."""

    plan: str
    author: str
    text: str
    section: tuple[str, ...]
    structure: bool | None
    rule: bool
    narrated: bool
    """Whether the gold lists it among the sentences that only describe."""

    @property
    def hand(self) -> str:
        """Who wrote it, as far as the folders tell."""
        return ONE_HAND.get(self.author, self.author)

    @property
    def plain(self) -> bool:
        return plainly_no_rule(self.text, self.section, self.structure)


def gold_examples(gold_path: Path) -> list[Example]:
    """The clauses of a plan, paired with the rules of its gold (2·LCS/(sum of lengths) ≥ 0.8, best first)."""
    path = gold_path.with_name(gold_path.name.replace(".gold.json", ".docx"))
    gold = json.loads(gold_path.read_text("utf-8"))
    document = read_docx(path, path.read_bytes())
    passages = list(document_to_passages(document))
    structures = structure_passages(document)
    rules = paired([passage.text for passage in passages], [rule["text"] for rule in gold["rules"]])
    told = [letters(sentence) for sentence in gold.get("not_requirements", ())]
    return [
        Example(
            gold_path.name.removesuffix(".gold.json"), gold_path.parent.name, passage.text, passage.section,
            structures.get((passage.block.index, passage.clause.start)) if passage.table is None else None,
            number in rules, any(letters(passage.text) in sentence for sentence in told),
        )
        for number, passage in enumerate(passages)
    ]  # fmt: skip


def written_examples() -> list[Example]:
    """The clauses written for the training: + a rule, - none, @ the headings of those after it."""
    found: list[Example] = []
    section: tuple[str, ...] = ()
    for line in WRITTEN.read_text("utf-8").splitlines():
        mark, text = line[:1], line[2:].strip()
        if mark == "@":
            section = (text,)
        elif mark in ("+", "-"):
            found.append(Example("written", "written", text, section, None, mark == "+", False))
    return found


def letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def paired(clauses: list[str], golds: list[str]) -> set[int]:
    """The clauses that a gold rule is paired with, one to one."""
    found: list[tuple[float, int, int]] = []
    plain = [letters(clause) for clause in clauses]
    for j, gold in enumerate(letters(text) for text in golds):
        for i, clause in enumerate(plain):
            if 2 * min(len(clause), len(gold)) >= 0.8 * (len(clause) + len(gold)):
                ratio = 2 * common(clause, gold) / max(1, len(clause) + len(gold))
                if ratio >= 0.8:
                    found.append((ratio, -i, -j))
    used: tuple[set[int], set[int]] = set(), set()
    for _, i, j in sorted(found, reverse=True):
        if -i not in used[0] and -j not in used[1]:
            used[0].add(-i)
            used[1].add(-j)
    return used[0]


def common(one: str, other: str) -> int:
    """The length of the longest common subsequence, counted bit-parallel."""
    places: dict[str, int] = {}
    for at, char in enumerate(one):
        places[char] = places.get(char, 0) | 1 << at
    full = row = (1 << len(one)) - 1
    for char in other:
        step = row & places.get(char, 0)
        row = ((row + step) | (row - step)) & full
    return len(one) - row.bit_count()


def fitted(rows: list[Mapping[str, float]], right: list[bool]) -> tuple[dict[str, float], float]:
    """Weights by feature name, and the intercept; features of one or two clauses are left out."""
    counts = Counter(name for row in rows for name in row)
    names = sorted(name for name, count in counts.items() if count > 2)
    index = {name: column for column, name in enumerate(names)}
    table = np.zeros((len(rows), len(names)), dtype=np.float32)
    for number, row in enumerate(rows):
        for name, value in row.items():
            if name in index:
                table[number, index[name]] = value
    wanted = np.array(right, dtype=np.float32)
    step = 1.0 / (0.25 * _largest(table) + RIDGE)
    weights = ahead = np.zeros(len(names), dtype=np.float32)
    intercept = intercept_ahead = 0.0
    pace = 1.0
    for _ in range(300):
        error = 1.0 / (1.0 + np.exp(-(table @ ahead + intercept_ahead))) - wanted
        new = ahead - step * (table.T @ error + RIDGE * ahead)
        new_intercept = intercept_ahead - step * float(error.sum())
        faster = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        ahead = new + (pace - 1) / faster * (new - weights)
        intercept_ahead = new_intercept + (pace - 1) / faster * (new_intercept - intercept)
        weights, intercept, pace = new, new_intercept, faster
    return {name: round(float(weights[index[name]]), 3) for name in names}, round(intercept, 3)


def _largest(table: np.ndarray) -> float:
    """A bound just above the largest eigenvalue of table' table, by powers."""
    ahead = np.ones(table.shape[1], dtype=np.float32)
    for _ in range(50):
        ahead = table.T @ (table @ ahead)
        ahead /= np.linalg.norm(ahead)
    return 1.05 * float(np.linalg.norm(table.T @ (table @ ahead)))


def scores(train: list[Example], test: list[Example], way: Features) -> list[float]:
    """The sums of the test clauses by weights from the training clauses; −9 where grammar alone says no."""
    kept = [one for one in train if not one.plain]
    weights, intercept = fitted([way(one.text, one.section) for one in kept], [one.rule for one in kept])
    return [
        -9.0 if one.plain else intercept + sum(weights.get(n, 0.0) * v for n, v in way(one.text, one.section).items())
        for one in test
    ]


def measured(examples: list[Example], ways: Mapping[str, Features]) -> tuple[list[float], list[bool]]:
    """Prints precision, recall, F1 and false alarms with each author's plans held out; gives the sums of `both`."""
    sums: list[float] = []
    right: list[bool] = []
    for name, way in ways.items():
        for author in sorted({one.hand for one in examples}):
            train = [one for one in examples if one.hand != author and one.author in TRAINED_ON] + written_examples()
            test = [one for one in examples if one.hand == author]
            said = scores(train, test, way)
            for plan in sorted({one.plan for one in test}):
                ours = [(score > THRESHOLD, one) for score, one in zip(said, test, strict=True) if one.plan == plan]
                sys.stdout.write(f"{name:8} {plan:18} {_figures(ours)}\n")
            if name == "both":
                sums += said
                right += [one.rule for one in test]
    return sums, right


def _figures(ours: list[tuple[bool, Example]]) -> str:
    hit = sum(yes and one.rule for yes, one in ours)
    taken, gold = sum(yes for yes, _ in ours), sum(one.rule for _, one in ours)
    alarms = sum(yes and one.narrated for yes, one in ours)
    return (
        f"precision {hit / max(1, taken):.3f} recall {hit / max(1, gold):.3f} F1 {2 * hit / max(1, taken + gold):.3f} "
        f"false alarms {alarms}"
    )


def calibrated(sums: list[float], right: list[bool]) -> tuple[float, float]:
    """Slope and offset of the probability of being right, fitted on clauses of held-out plans."""
    taken = [(score, one) for score, one in zip(sums, right, strict=True) if score > THRESHOLD]
    slope, offset = 1.0, 0.0
    x, y = np.array([score for score, _ in taken]), np.array([float(one) for _, one in taken])
    for _ in range(4000):
        error = 1.0 / (1.0 + np.exp(-(slope * x + offset))) - y
        slope -= 0.5 * float((error * x).mean())
        offset -= 0.5 * float(error.mean())
    return round(slope, 3), round(offset, 3)


def all_examples() -> list[Example]:
    """The clauses of every sample plan."""
    return [one for path in sorted(PLANS.glob("*/*.gold.json")) for one in gold_examples(path)]


def trained(examples: list[Example]) -> tuple[dict[str, float], float]:
    """The weights that ship, and the intercept."""
    kept = [one for one in (*examples, *written_examples()) if not one.plain and one.author in TRAINED_ON | {"written"}]
    return fitted([features_of(one.text, one.section) for one in kept], [one.rule for one in kept])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", action="store_true", help="only measure")
    only = parser.parse_args().measure
    examples = all_examples()
    slope, offset = calibrated(*measured(examples, WAYS if only else {"both": WAYS["both"]}))
    if only:
        return 0
    weights, intercept = trained(examples)
    written = {
        "about": "logistic regression over clause features; python corpora/train/clauses.py writes this file",
        "threshold": THRESHOLD, "intercept": intercept, "slope": slope, "offset": offset,
        "weights": {name: weight for name, weight in sorted(weights.items()) if abs(weight) >= SMALLEST},
    }  # fmt: skip
    MODEL.write_text(json.dumps(written, ensure_ascii=False, indent=0) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
