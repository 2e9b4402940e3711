"""Topics and 双碳 items against labels written by hand for the rules of two upper plans."""

import json
from pathlib import Path

import pytest

from chuandao.extract import document_to_plan, read_document
from chuandao.plan.lexicon import load_lexicon

PLANS = Path(__file__).parents[2] / "corpora" / "plans"


@pytest.mark.parametrize("name", ["gd-huizhou/upper-guangdong", "zhaoqing-huaiji/upper_zhaoqing"])
def test_nine_of_ten_rules_are_placed_as_labelled(name: str) -> None:
    """At least nine of ten rules get the topic and the item of Figure 1 that a reader gave them."""
    labels = {row["text"]: row for row in json.loads((PLANS / f"{name}.topics.json").read_text("utf-8"))}
    plan = document_to_plan(read_document(PLANS / f"{name}.docx"), load_lexicon())
    found = [(labels[r.text], r) for r in plan.requirements if r.text in labels and r.mode == "rule"]
    assert len(found) > 0.8 * len(labels)
    topics = sum(label["topic"] == r.topic for label, r in found)
    items = sum(label["item"] == (r.carbon[0].item if r.carbon else None) for label, r in found)
    assert topics >= 0.9 * len(found)
    assert items >= 0.9 * len(found)
