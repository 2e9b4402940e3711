"""Whether a clause is a rule: grammar that decides what is plain, a small linear model for the rest.

The weights (corpora/models/clauses.json) come from `python corpora/train/clauses.py`, which also prints how grammar
alone, letters alone and both do on plans that the weights have not seen.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain

from ..plan.lexicon import shipped_text
from .clause_features import LETTER, LETTER_WEIGHT, STRONG, section_features, text_features_apart
from .clauses import narrated
from .directives import PAST_YEAR, TARGET_YEAR, heads, modals, tells

LABEL_EXPLAINED = re.compile(r"(?:其中，?)?“?[^“”，]{1,6}”?(?:，即|，为|：|指|为|即|是|包括|由)")
COUNTED_LABEL = re.compile(
    r"(?:其中，?)?“?[一二两双三四五六七八九十多]{1,2}[^“”，、。；一二两双三四五六七八九十多年级]{1,3}”?，?(?:即|为|指|是|包括|由|分别)"
)
"""“两屏”为…, 一轴，为…: words that tell what the label of a slogan stands for."""

TOLD_OF_OTHERS = re.compile(
    r"^(?:国家|法律|法律法规|我国|党中央|国务院)[^，。；]{0,6}(?:实行|规定|明确|要求|出台|提出|批复|建立了)|(?:编制|制定)(?:了)?(?:本规划|《[^》]+》)[^，。]{0,20}。$"
    r"|^[^，。；]{0,40}(?:讲话|会议|总书记|视察|文件|通知|意见)[^，。；]{0,16}(?:强调|指出|要求|提出|明确)|^以[^，。；]{0,12}(?:思想|精神)为(?:指导|指引|引领)"
    r"|^[^，。；]{2,20}，(?:就是要|就是|意味着|是指)"
    r"|^《[^》]+》(?:自|于)?[^，。；]{0,12}(?:19|20)\d\d年[^，。；]{0,10}(?:施行|实施|颁布|出台|公布|发布|修订|印发|通过|批准)"
    r"|^现(?:将|印送|印发|予)[^，。；]*(?:征求意见|公示|印送)|请于[^，。；]{2,20}(?:反馈|函复)"
)
"""What the law or the state lays down, why the plan was made, how to answer its draft."""
PRAISE = re.compile(
    r"^(?:未来|明天|明日)[^，。；]{0,8}，?(?:应|应当|将|必将|会)(?:该|会)?(?:是|成为)(?:一[座个片方]|这样)[^。；]*|(?:树立|践行|贯彻|秉持|秉承)[^，。；]{2,24}(?:理念|思想|发展观)[^。；]*(?:之路|道路|路子|新路|新篇章|新局面|典范|样板)(?=[，。；]|$)"
)
"""牢固树立…理念，走出一条…之路, 未来的甲市应当是一座…的城市: a creed, whichever 不 or 应 it holds."""
DEFINES = re.compile(
    r"^(?P<term>[^，。；：是]{2,16})(?P<is>是(?!否)|：)(?P<meaning>[^。；]*的[^，。；的]{1,12}(?:，(?:分为|包括|由|主要包括|含|分)[^。；]*)?)[。；]?$"
)
"""永久基本农田是…确定的不得擅自占用的耕地, 城镇开发边界：…可以集中建设的区域边界: what a term means, whichever modal stands
inside its 的-clauses."""
TERM = re.compile(
    r"的[^，。；的]{0,8}(?:区域?|边界|界线|范围|[耕用土林湿草]地|地块|场所|空间|地带|制度|机制|行为|活动|面积|比例|总量|人口|体系|系统|设施|方式|[线类]|过程|能力)[。；]?$"
)
"""What kind of thing a term is that a plan explains after a colon."""
POINTS = re.compile(r"(?:(?:^|，)[^，。；]{2,24}?(?:详?见|列于|附于)(?:附?[表图件录]|专栏)[^，。；]{0,16})+[。；]?$")
"""项目见附表6，用地保障措施见附表7: where something stands."""
POINTS_AHEAD = re.compile(
    r"^(?:[下上本附]表[^，。；]{0,10}(?:汇总|列出|给出|归纳|列明)|以下(?:按|分|对|为|是|就)[^，。；]*(?:提出|说明|列出|给出))"
)
ELSEWHERE = re.compile(r"(?:由[^，。；]{2,24})?另行(?:制定|制发|印发|发布|公布|编制|规定|明确)(?=[，。；]|$)")
"""格式由市局另行制发: what the plan itself leaves out."""
INSIDE_DE = re.compile(r"[^，。；]*的(?=[^，。；的]{1,12}(?:[，。；]|$))")
TELLS_FACTS = re.compile(
    r"[一二三四五六七八九十百千万\d]余[个处名宗只座家项件条万亩公人份户起次种株头场]|[十百千万]多[条份件人次场户]|数[十百千万]+[只名个头尾]"
    r"|已(?:经)?(?:全部|基本|全面|先后|陆续|累计)|(?:采用|开展|完成|建立|收回|收集|召开|编制|梳理|征求|走访|调研|踏勘)了"
    r"|(?:承载|孕育|见证|凝聚|蕴含|诉说|寄托|滋养)[着了]|并非[^。；]*，而是|^[^，。；]{2,10}分区(?:[^，。；]{0,16}为单元)?，?(?:沿用|延续)|划分沿用|登记在册的|常有[^，。；]{1,8}(?=[，。；])"
    r"|过(?:了)?[一二两三四五六七八九十数\d]+(?:遍|轮)|提出了|居高不下|问题(?:已|得到)?(?:基本|全面|大体)(?:消除|解决|化解|理顺)|有[^，。；]{0,6}记录(?=[，。；]|$)|素(?:有|为|称)|逐年(?:下滑|萎缩|退化)|(?:时有|屡有|常有)发生|已(?:采纳|答复|回复|受理)|世代(?:聚居|居住|相传|生息)|^[^，。；]{1,12}既有[^，。；]+，[也又]有"
)
"""What is so already: 五百余名, 核过三遍, 均有稳定记录."""
SHARE = re.compile(
    r"(?:按|拿出|安排|划出|预留)[^，。；]{0,6}不(?:低|少)于[^，。；]{0,16}?\d+(?:\.\d+)?[%％]的(?:比例(?:划定|建立|设立)[^，。；]{0,12}储备区|(?:年度)?建设用地(?:计划)?指标)"
    r"|新增耕地(?:面积)?[^，。；]{0,4}不(?:低|少)于原[^，。；]{0,6}\d+(?:\.\d+)?[%％]"
    r"|耕地要?比[^，。；]{1,6}前?增加[^，。；]{0,4}\d+(?:\.\d+)?[%％]"
)
"""按不低于1%的比例划定储备区: a share that indicators hold."""
FORBIDS = frozenset(["不得", "禁止", "严禁", "不准", "不许"])
LINE_AND_MORE = re.compile(
    r"划定[^。；]{0,30}线[^，。；]{0,4}\d[\d.,]*(?:平方公里|平方千米|公顷|公里)[^。；]*，[^。；]*(?:落到|落入|落实到|纳入|录入|汇入)"
)
"""划定城市绿线13.6平方公里，落到详细规划: beside the size of a line it says what is to be done with it."""
ZONED = re.compile(
    r"(?:[、和等][^，。；]{0,24}|^[^，。；]{2,10})(?:细化|划|确定|明确)?为(?:国家级|省级)?[^，。；的]{2,12}(?:主产区|功能区|化地区|发展区|发展镇|保护镇|保护区|功能(?:乡镇|镇|乡))(?=[，。；（]|$)"
    r"|^[^，。；]*[乡镇村旗县区市][、和][^，。；]*为[^，。；的]{2,12}(?:型|类)(?:乡镇|镇|乡|村庄|村)?(?=[，。；（]|$)"
    r"|^[^，。；]{2,24}(?:区|型|类|带)(?:主要)?(?:包括|涵盖|涉及|覆盖|包含)[^，。；]*[县区市旗州镇乡村](?=[，。；]|$)"
    r"|^[^，。；]*[县区市旗州镇乡]、[^，。；]*(?:划入|列入|归入|划为|属于)[^，。；]{2,20}区(?=[，。；]|$)"
    r"|^[^，。；]{2,14}(?:部|山|岸|谷|地|域)划为[^，。；的]{2,14}(?:修复|保育|治理|防治|保持|涵养)区(?=[，。；]|$)"
    r"|[县区市旗镇乡]按[^，。；、]{2,10}(?:化地区|主产区|功能区)(?:引导|管理|管控|细化|落实)(?=[，。；]|$)"
    r"|^[^，。；、]{1,8}[县区市旗州镇乡](?:全域)?(?:划入|归入|划为|属于)[^，。；]{2,20}区(?=[。；]|$)"
)
"""德庆县、怀集县为农产品主产区: a zone, no rule besides."""


@dataclass(frozen=True, slots=True, eq=False)
class ClauseModel:
    """Weights by feature name; a clause is a rule where its sum passes `threshold`. `slope` and `offset` turn the sum
    into a probability, fitted on plans outside the training."""

    weights: Mapping[str, float]
    intercept: float
    threshold: float
    slope: float = 1.0
    offset: float = 0.0
    _letters: Mapping[str, float] = field(init=False, repr=False)
    """What each letter or pair of letters adds to the sum."""

    def __post_init__(self) -> None:
        added = {name[1:]: weight * LETTER_WEIGHT for name, weight in self.weights.items() if name[0] == LETTER}
        object.__setattr__(self, "_letters", added)  # the class is frozen

    def sum_of(self, features: Mapping[str, float]) -> float:
        return self.intercept + self._weighed(features)

    def _weighed(self, features: Mapping[str, float]) -> float:
        weights = self.weights
        return sum([weights[name] * value for name, value in features.items() if name in weights])

    @lru_cache(maxsize=4096)  # noqa: B019 - there is one model for the whole process
    def _of_text(self, text: str) -> float:
        """The sum of what a clause has wherever it stands: plans say the same of many places."""
        named, letters = text_features_apart(text)
        weights, added = self.weights, self._letters.get
        parts = [weights[name] * value for name, value in named.items() if name in weights]
        return sum(chain(parts, filter(None, map(added, letters))))

    def score(self, text: str, section: Sequence[str]) -> float:
        """`sum_of` the features of a clause under its headings."""
        return self.intercept + self._of_text(text) + self._weighed(section_features(section[-1] if section else ""))

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
    if structure and not strong and LABEL_EXPLAINED.match(text):
        return True
    return _no_rule_anywhere(text) or (narrated(tuple(section)) and not kinds & {"prohibit", "must", "restrict"})


@lru_cache(maxsize=4096)
def _no_rule_anywhere(text: str) -> bool:
    """What `plainly_no_rule` says of a clause whatever its headings are."""
    strong = any(modal.kind in STRONG for modal in modals(text))
    if not text.endswith(("。", "；", ";", "！")) and len(text) < 14:
        return True
    if not strong and (COUNTED_LABEL.match(text) or ZONED.search(text) or TELLS_FACTS.search(text)):
        return True
    if POINTS_AHEAD.match(text) or (not strong and ELSEWHERE.search(text)):
        return True
    if TOLD_OF_OTHERS.search(text) or PRAISE.search(text) or _defines(text) or POINTS.match(text):
        return True
    return SHARE.search(text) is not None and len(heads(text)) < 2


@lru_cache(maxsize=4096)
def _surely(text: str) -> bool:
    """Whether a clause forbids and tells nothing of the past before, or permits up to a threshold (可使用不超过5%的土地)."""
    found = modals(text)
    forbids = next((modal for modal in found if modal.word in FORBIDS), None)
    if forbids is not None:
        before = text[: forbids.start]
        return not (PAST_YEAR.search(before) or tells(before))
    kinds = {modal.kind for modal in found}
    return {"permit", "operator"} <= kinds and not (tells(text) or TARGET_YEAR.search(text))


def _defines(text: str) -> bool:
    """Whether a clause only says what a term means: no strong word outside of its 的-clauses, and, after a colon, no verb
    that orders first."""
    found = DEFINES.match(text)
    if found is None:
        return False
    outside = f"{found['term']}，{INSIDE_DE.sub('', found['meaning'])}"
    if {modal.kind for modal in modals(outside)} & STRONG:
        return False
    return found["is"] != "：" or (
        TERM.search(text) is not None
        and not any(head.kind == "verb" and head.start == 0 and head.word != "依法" for head in heads(found["meaning"]))
    )


def rule_score(text: str, section: Sequence[str], structure: bool | None, model: ClauseModel) -> float | None:
    """The model's sum for a clause, None if it is no rule."""
    if plainly_no_rule(text, section, structure):
        return None
    score = model.score(text, section)
    if score <= model.threshold and (_surely(text) or (LINE_AND_MORE.search(text) and not tells(text))):
        return model.threshold + 0.01
    return score if score > model.threshold else None
