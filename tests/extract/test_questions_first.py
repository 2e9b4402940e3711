"""The quick questions that are asked before a slow pattern let through whatever the pattern finds."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from chuandao.extract import binding, directives, passages, plain_elements, values, zone_phrases

PLANS = Path(__file__).parents[2] / "corpora" / "plans"


def _strings(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, (dict, list)):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from _strings(inner)


@cache
def sentences() -> tuple[str, ...]:
    """What the gold of the sample plans quotes, each once."""
    found = [
        text for path in sorted(PLANS.glob("*/*.gold.json")) for text in _strings(json.loads(path.read_text("utf-8")))
    ]
    return tuple(dict.fromkeys(text for text in found if len(text) > 8))


@pytest.mark.parametrize(
    ("first", "patterns"),
    [
        (directives.MODAL_LIKE.search, (directives.NOT_MODAL, directives.NEGATED_CASE)),
        (directives.FIGURE.search, (directives.LEVEL_AMOUNT, directives.WORK_DONE)),
        (zone_phrases._MAY_SAY.search, (zone_phrases.FREE_TYPE, zone_phrases.OVERLAID)),
        (binding._SITE_WORD.search, (binding._SITE,)),
        (binding._KIND_LAST.search, (binding._SERIES,)),
        (plain_elements.DASH.search, (plain_elements.LEVELS,)),
        (lambda text: "：" in text or ":" in text, (passages.LISTED,)),
        (lambda text: "通道" in text or "走廊" in text, (binding._ROUTE,)),
    ],
)
def test_quick_questions_miss_nothing(first: Callable[[str], object], patterns: tuple[re.Pattern[str], ...]) -> None:
    """No sentence of the sample plans in which a pattern finds something is turned away by the question before it."""
    hits = [text for text in sentences() if any(pattern.search(text) for pattern in patterns)]
    assert hits
    assert [text for text in hits if not first(text)] == []


def test_stops_stay_as_they_are_when_text_is_folded() -> None:
    """Full-width digits and signs become half width, the stops of a sentence stay."""
    assert values.folded("１２．５％，约３成。（Ａ）") == "12.5%，约3成。（A）"
