"""Whether a clause is a rule: grammar that decides what is plain, a small linear model for the rest.

The weights (corpora/models/clauses.json) come from `python corpora/train/clauses.py`, which also prints how grammar
alone, letters alone and both do on plans that the weights have not seen.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..plan.lexicon import shipped_text
from .clause_features import STRONG, features_of
from .clauses import narrated
from .directives import heads, modals

LABEL_EXPLAINED = re.compile(r"(?:其中，?)?“?[^“”，]{1,6}”?(?:，即|，为|：|指|为|即|是|包括|由)")
COUNTED_LABEL = re.compile(
    r"(?:其中，?)?“?[一二两双三四五六七八九十多]{1,2}[^“”，、。；一二两双三四五六七八九十多年级]{1,3}”?，?(?:即|为|指|是|包括|由|分别)"
)
"""“两屏”为…, 一轴，为…: words that tell what the label of a slogan stands for."""

TOLD_OF_OTHERS = re.compile(
    r"^(?:国家|法律|法律法规|我国|党中央|国务院)[^，。；]{0,6}(?:实行|规定|明确|要求|出台|提出|批复|建立了)|(?:编制|制定)(?:了)?(?:本规划|《[^》]+》)[^，。]{0,20}。$"
    r"|^[^，。；]{0,40}(?:讲话|会议|总书记|视察|文件|通知|意见)[^，。；]{0,16}(?:强调|指出|要求|提出|明确)|^以[^，。；]{0,12}(?:思想|精神)为(?:指导|指引|引领)"
    r"|^[^，。；]{2,20}，(?:就是要|就是|意味着|是指)"
)
"""What the law or the state lays down, and why the plan was made."""
ZONED = re.compile(
    r"(?:[、和等][^，。；]{0,24}|^[^，。；]{2,10})(?:细化|划|确定|明确)?为(?:国家级|省级)?[^，。；的]{2,12}(?:主产区|功能区|化地区|发展区|发展镇|保护镇|保护区)(?=[，。；（]|$)"
    r"|^[^，。；]*[乡镇村旗县区市][、和][^，。；]*为[^，。；的]{2,12}(?:型|类)(?:乡镇|镇|乡|村庄|村)?(?=[，。；（]|$)"
    r"|^[^，。；]{2,24}(?:区|型|类|带)(?:主要)?(?:包括|涵盖|涉及|覆盖|包含)[^，。；]*[县区市旗州镇乡村](?=[，。；]|$)"
    r"|^[^，。；]*[县区市旗州镇乡]、[^，。；]*(?:划入|列入|归入|划为|属于)[^，。；]{2,20}区(?=[，。；]|$)"
)
"""德庆县、怀集县为农产品主产区: a zone, no rule besides."""


@dataclass(frozen=True, slots=True)
class ClauseModel:
    """Weights by feature name; a clause is a rule where its sum passes `threshold`. `slope` and `offset` turn the sum
    into a probability, fitted on plans outside the training."""

    weights: Mapping[str, float]
    intercept: float
    threshold: float
    slope: float = 1.0
    offset: float = 0.0

    def sum_of(self, features: Mapping[str, float]) -> float:
        weights = self.weights
        return self.intercept + sum(weights.get(name, 0.0) * value for name, value in features.items())

    def probability(self, score: float) -> float:
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, self.slope * score + self.offset))))


@lru_cache(maxsize=1)
def clause_model() -> ClauseModel:
    """The model that ships."""
    raw = json.loads(shipped_text("models/clauses.json"))
    return ClauseModel(raw["weights"], raw["intercept"], raw["threshold"], raw["slope"], raw["offset"])


def plainly_no_rule(text: str, section: Sequence[str], structure: bool | None) -> bool:
    """What grammar alone leaves out: captions and legends, what only places or explains structure elements, narration.

    `structure` is None for a clause without structure elements, True where a label is explained, False where elements
    are only placed; a second verb orders something besides.
    """
    kinds = {modal.kind for modal in modals(text)}
    strong = bool(kinds & STRONG)
    if structure is False and not strong and len(heads(text)) < 2:
        return True
    if not strong and ((structure and LABEL_EXPLAINED.match(text)) or COUNTED_LABEL.match(text)):
        return True
    if not text.endswith(("。", "；", ";", "！")) and len(text) < 14:
        return True
    if TOLD_OF_OTHERS.search(text) or (not strong and ZONED.search(text)):
        return True
    return narrated(tuple(section)) and not kinds & {"prohibit", "must", "restrict"}


def rule_score(text: str, section: Sequence[str], structure: bool | None, model: ClauseModel) -> float | None:
    """The model's sum for a clause, None if it is no rule."""
    if plainly_no_rule(text, section, structure):
        return None
    score = model.sum_of(features_of(text, section))
    return score if score > model.threshold else None
