"""Measures spaCy's text classifier on the clauses that the shipped model is measured on.

    pip install chuandao[train]; python corpora/train/spacy_textcat.py

A bag of one to three character tokens (spaCy's own character segmenter for Chinese), trained anew for each author with
that author's plans held out, as corpora/train/clauses.py does; alone, and averaged with the shipped kind of model. The
figures stand in docs/quality.md; the shipped model is better on most unseen plans and needs no spaCy to run.
"""

from __future__ import annotations

import math
import random
import sys
from pathlib import Path
from typing import Any

import spacy
from spacy.training import Example as Labelled

sys.path.insert(0, str(Path(__file__).resolve().parent))
from clauses import THRESHOLD, TRAINED_ON, WAYS, Example, _figures, all_examples, scores

EPOCHS = 8


def trained(examples: list[Example]) -> Any:
    """A pipeline with one textcat component, the same for the same examples."""
    spacy.util.fix_random_seed(0)
    order = random.Random(0)
    nlp = spacy.blank("zh")
    textcat = nlp.add_pipe(
        "textcat",
        config={
            "model": {
                "@architectures": "spacy.TextCatBOW.v3", "exclusive_classes": True, "ngram_size": 3,
                "no_output_layer": False, "length": 16384,
            }
        },
    )  # fmt: skip
    for label in ("RULE", "OTHER"):
        textcat.add_label(label)
    labelled = [
        Labelled.from_dict(nlp.make_doc(one.text), {"cats": {"RULE": float(one.rule), "OTHER": float(not one.rule)}})
        for one in examples
        if not one.plain
    ]
    optimizer = nlp.initialize(lambda: labelled)
    for _ in range(EPOCHS):
        order.shuffle(labelled)
        for batch in spacy.util.minibatch(labelled, 32):
            nlp.update(batch, sgd=optimizer, drop=0.1)
    return nlp


def main() -> None:
    examples = all_examples()
    for author in sorted({one.author for one in examples}):
        train = [one for one in examples if one.author != author and one.author in TRAINED_ON]
        test = [one for one in examples if one.author == author]
        linear = scores(train, test, WAYS["both"])
        docs = trained(train).pipe([one.text for one in test])
        neural = [0.0 if one.plain else doc.cats["RULE"] for one, doc in zip(test, docs, strict=True)]
        both = [
            0.6 / (1 + math.exp(THRESHOLD - score)) + 0.4 * share for score, share in zip(linear, neural, strict=True)
        ]
        for name, said in (("spaCy", neural), ("both", both)):
            for plan in sorted({one.plan for one in test}):
                ours = [(share > 0.5, one) for share, one in zip(said, test, strict=True) if one.plan == plan]
                sys.stdout.write(f"{name:8} {plan:18} {_figures(ours)}\n")


if __name__ == "__main__":
    main()
