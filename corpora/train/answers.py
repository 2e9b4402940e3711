"""Fits the weights that say which passage answers a rule (check/likeness.py) and measures them on pairs left out.

    python corpora/train/answers.py     # prints the figures for each pair and the weights fitted on all

The pairs of corpora/plans with verdicts, and answers.csv beside this file: rules of three more plans answered in other words
(its last column holds faulty answers, for trying the check by hand). Each rule stands against its nearest passages; true
ones are those that the gold quotes. Logistic regression by Newton's method; numpy only, no random numbers.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
import numpy as np
from rapidfuzz import fuzz

from chuandao.check import Index, draft_of, vocabulary
from chuandao.check.judgement import Ground
from chuandao.check.likeness import FEATURES, clause_of, features
from chuandao.check.words import letters
from chuandao.commands.inputs import Input, open_input, region_of
from chuandao.plan.lexicon import load_lexicon
from chuandao.plan.plan import to_json

HERE = Path(__file__).resolve().parent
PLANS = HERE.parent / "plans"
sys.path.insert(0, str(HERE.parents[1] / "benchmarks"))
import score  # noqa: E402  the scorer links gold verdicts with requirements

LEXICON = load_lexicon()
NEAREST, RIDGE, ROUNDS = 25, 1e-3, 4
Rows = list[tuple[str, np.ndarray, np.ndarray]]
"""For each rule: its pair, the features of its nearest passages, which of them answer it."""


@dataclass(frozen=True)
class Answered:
    """A draft with its upper plan, and for each rule the words that answer it (none: it is not answered)."""

    name: str
    lower: Input
    upper: Input
    region: str
    answers: dict[str, list[str]]


def pairs() -> Iterator[Answered]:
    """The pairs with gold verdicts."""
    for path in sorted(PLANS.glob("*/*.check.json")):
        pair = json.loads(path.read_text(encoding="utf-8"))
        lower, upper = (open_input(path.parent / pair[key], LEXICON) for key in ("lower", "upper"))
        gold = json.loads((path.parent / pair["upper"]).with_suffix(".gold.json").read_text(encoding="utf-8"))
        links = score.requirements_of(pair, json.loads(to_json(upper.plan)), gold, pair["region"])
        found = {
            id_: [words for words in str(verdict.get("lower") or "").split("‖") if words.strip()]
            for verdict, ids in zip(pair["verdicts"], links, strict=True)
            if verdict["mode"] == "rule" and verdict["verdict"] != "not_applicable"
            for id_ in ids or ()
            if verdict.get("lower") or verdict["verdict"] == "missing"
        }
        yield Answered(path.name.removesuffix(".check.json"), lower, upper, pair["region"], found)


def written() -> Iterator[Answered]:
    """The plans of answers.csv, each with a draft made of its answers."""
    with (HERE / "answers.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    for name in dict.fromkeys(line["plan"] for line in lines):
        own = [line for line in lines if line["plan"] == name]
        upper = open_input(PLANS / f"{name}.docx", LEXICON)
        ids = {r.text: r.id for r in upper.plan.requirements if r.mode == "rule"}
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "draft.docx"
            made = docx.Document()
            made.add_heading(f"{own[0]['region']}国土空间总体规划（2021—2035年）", 0)
            made.add_heading("第一章 空间保护与利用", 1)
            for line in own:
                made.add_paragraph(line["answer"])
            made.save(str(path))
            lower = open_input(path, LEXICON)
        found = {
            ids[line["rule"]]: [part for part in re.split(r"[。；]", line["answer"]) if part]
            for line in own
            if line["rule"] in ids
        }
        yield Answered(name, lower, upper, own[0]["region"], found)


def rows_of(each: Answered) -> Rows:
    """The rules of a pair with the features of their nearest passages."""
    draft, words = draft_of(each.lower.plan, each.lower.document), vocabulary(LEXICON)
    index = Index(draft, [r.text for r in each.upper.plan.requirements], words.plain)
    region = region_of(each.region, each.lower.plan, [each.upper.plan], LEXICON)
    ground = Ground(draft, index, each.upper.plan, region, LEXICON, words, each.upper.document)
    rows: Rows = []
    for rule in each.upper.plan.requirements:
        if rule.mode != "rule" or rule.id not in each.answers:
            continue
        clause = clause_of(rule, ground)
        near = [
            candidate
            for candidate in index.nearest(clause.plain, "".join(rule.section[-2:]), limit=NEAREST)
            if candidate.passage.index not in draft.citations
        ]
        told = [letters(words) for words in each.answers[rule.id]]
        right = [any(_same(letters(c.passage.text), said) for said in told) for c in near]
        if near:
            rows.append((each.name, np.array([features(clause, c, ground) for c in near]), np.array(right)))
    return rows


def _same(passage: str, said: str) -> bool:
    inside = (len(passage) >= 6 and passage in said) or (len(said) >= 8 and said in passage)
    return inside or fuzz.ratio(passage, said) >= 60


def fitted(rows: Rows) -> tuple[np.ndarray, float]:
    """Weights and bias; of each rule the best true passage and the two nearest false ones count most."""
    x, y = np.vstack([row[1] for row in rows]), np.concatenate([row[2] for row in rows]).astype(float)
    mean, spread = x.mean(0), x.std(0) + 1e-9
    z = np.hstack([(x - mean) / spread, np.ones((len(x), 1))])
    w, ridge = np.zeros(z.shape[1]), RIDGE * len(rows) * np.append(np.ones(z.shape[1] - 1), 0.0)
    counts = np.concatenate([np.where(r[2], 1 / max(1, r[2].sum()), 3 / max(1, (~r[2]).sum())) for r in rows])
    for _ in range(ROUNDS):
        for _ in range(10):
            p = 1 / (1 + np.exp(-z @ w))
            curve = (z * (counts * p * (1 - p))[:, None]).T @ z + np.diag(ridge + 1e-6)
            w -= np.linalg.solve(curve, z.T @ (counts * (p - y)) + ridge * w)
        counts, at = counts * 0, 0
        for _, _, right in rows:
            scores, own = (z @ w)[at : at + len(right)], counts[at : at + len(right)]
            own += np.where(right, 0.0, 0.2 / max(1, (~right).sum()))
            wrong, true = np.flatnonzero(~right), np.flatnonzero(right)
            own[wrong[np.argsort(-scores[wrong])][:2]] += 0.5
            if len(true):
                own[true[np.argmax(scores[true])]] += 1.0
            at += len(right)
    weights = w[:-1] / spread
    return weights, float(w[-1] - (weights * mean).sum())


def main() -> None:
    rows = [row for each in (*pairs(), *written()) for row in rows_of(each)]
    for name in dict.fromkeys(row[0] for row in rows):
        w, b = fitted([row for row in rows if row[0] != name])
        odds = [(x @ w + b, right) for own, x, right in rows if own == name]
        answered = [s.max() for s, right in odds if right.any()]
        without = [s[~right].max() for s, right in odds if not right.all()]
        for level in (-1.0, -0.6, 0.0):
            lost, taken = np.mean(np.array(answered) < level), np.mean(np.array(without) >= level)
            print(
                f"{name}: at {level:+.1f} answered called missing {lost:.3f}, without its answer called answered {taken:.3f}"
            )
    w, b = fitted(rows)
    print(
        json.dumps({"bias": round(b, 2), **{k: round(float(v), 2) for k, v in zip(FEATURES, w, strict=True)}}, indent=4)
    )


if __name__ == "__main__":
    main()
