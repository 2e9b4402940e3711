"""Topics, 双碳 items, 强制性 marks and bound regions against labels for the rules of two upper plans."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from chuandao.extract import document_to_plan, read_document
from chuandao.plan.lexicon import load_lexicon

PLANS = Path(__file__).parents[2] / "corpora" / "plans"


NAMES = ["gd-huizhou/upper-guangdong", "zhaoqing-huaiji/upper_zhaoqing"]


@cache
def labelled(name: str) -> tuple[int, list[tuple[dict[str, Any], Any]], str | None]:
    """The number of labels, the rules found with theirs, and the plan's own region."""
    labels = {row["text"]: row for row in json.loads((PLANS / f"{name}.topics.json").read_text("utf-8"))}
    plan = document_to_plan(read_document(PLANS / f"{name}.docx"), load_lexicon())
    found = [(labels[r.text], r) for r in plan.requirements if r.text in labels and r.mode == "rule"]
    return len(labels), found, plan.document.region.name if plan.document.region else None


@pytest.mark.parametrize("name", NAMES)
def test_nine_of_ten_rules_are_placed_as_labelled(name: str) -> None:
    """At least nine of ten rules get the topic and the item of Figure 1 that a reader gave them."""
    count, found, _ = labelled(name)
    assert len(found) > 0.8 * count
    topics = sum(label["topic"] == r.topic for label, r in found)
    items = sum(label["item"] == (r.carbon[0].item if r.carbon else None) for label, r in found)
    assert topics >= 0.9 * len(found)
    assert items >= 0.9 * len(found)


@pytest.mark.parametrize("name", NAMES)
def test_mandatory_is_what_the_plan_marks(name: str) -> None:
    """A rule is 强制性内容 where the plan underlines it, none where it does not; null where the plan explains no mark."""
    _, found, _ = labelled(name)
    known = [(label, r) for label, r in found if label["mandatory"] is not None or name.endswith("guangdong")]
    assert sum(label["mandatory"] == r.mandatory for label, r in known) >= 0.98 * len(known)


@pytest.mark.parametrize("name", NAMES)
def test_nine_of_ten_rules_bind_whom_they_name(name: str) -> None:
    """A rule binds the regions and groups that it names; the whole area where it names none."""
    _, found, home = labelled(name)

    def bound(rule: Any) -> set[str]:
        return set() if rule.binds_basis == "whole" else {region.name for region in rule.binds} - {home}

    assert sum(set(label["binds"]) == bound(r) for label, r in found) >= 0.9 * len(found)
