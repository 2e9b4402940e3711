"""What a clause looks like to the model: its modal words, head verbs, signs of report and of a target, its letters.

Grammar first: the features of `grammar_features` carry over to plans of other provinces; letters (one and two at a
time) add what the grammar has no rule for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from operator import add

from .clauses import segments
from .directives import (
    DEADLINE,
    FIGURE,
    LEVEL_AMOUNT,
    PAST_YEAR,
    STANDARD,
    TARGET_YEAR,
    WHOLE,
    heads,
    modals,
    target,
    tells,
    words,
)
from .slogans import find_slogans

STRONG = frozenset({"prohibit", "restrict", "must"})
SECTIONS = (
    ("past", re.compile(r"现状|基础|形势|问题|风险|机遇|挑战|背景|特征|禀赋|成效|评估|概况|认识")),
    ("front", re.compile(r"前\s*言|总\s*则|目的|依据|范围|期限|层次|效力|解释|定义|地位|作用")),
    ("aim", re.compile(r"目标|愿景|定位|性质|指标|战略|策略|原则|指导思想|思路|使命|总体要求")),
    ("annex", re.compile(r"附表|附件|附录|附图")),
)
FORMS = (
    (
        "by",
        re.compile(
            r"由[^，。；]{2,24}?(?:负责|组织|批准|审批|管理|修复|治理|编制|落实|统筹|出具|履行|承担|牵头|备案|办理|更新|补)"
        ),
    ),
    (
        "as",
        re.compile(
            r"(?:按照?|依据?|以)[^，。；]{2,24}?(?:控制|配置|执行|管理|办理|预控|划定|管控|实施|确定|建设|供地|设置)"
        ),
    ),
    (
        "each",
        re.compile(
            r"每(?:年|季度|月|周|[五两三]年|户|百户|个)|逐(?:年|级|块|项|一|片|处|条|村|户|镇|段)(?!好转|增长|提高|上升|下降|减少|改善)"
        ),
    ),
    ("not", re.compile(r"不(?!断|仅|但|同|足|少于|低于|超过|高于|大于|小于|平衡|均|良|到|可避免)")),
    ("condition", re.compile(r"(?:的|内|外|前|后|时|中)，")),
    ("need", re.compile(r"确需|确实|需要|未经|经[^，。]{2,16}(?:批准|同意|论证|评估)")),
    ("except", re.compile(r"除[^，。；]+外|除外|以外的")),
    ("whole", re.compile(r"全部|一律|所有|任何|均|各级|各类|凡")),
    (
        "done",
        re.compile(
            r"到位|完毕|全覆盖|清零|见底|到底|为止|[治拆建退迁改交清还补管]完(?=[，。；]|$)|(?:落|划|标|管|拆|分解|细化)到"
        ),
    ),
    (
        "paired",
        re.compile(
            r"只.不.|应(.)尽\1|占.{1,3}补.|宜(.)则\2|先.{1,8}后.|谁.{1,4}谁|以.定.|一.{1,2}一(?:策|档|图|验|考核|体检|评估|备)|边.{1,3}边"
        ),
    ),
    ("return period", re.compile(r"[十百\d]+年一遇")),
    ("takes", re.compile(r"(?:^|，|前|应|须|要|应当)[把将](?!来)")),
    ("any", re.compile(r"^(?:凡|任何|一切|所有)|凡是?[^，。；]{1,16}的")),
    (
        "bare not",
        re.compile(
            r"(?:[内外区线里上，、地片段月日年前岛河湖库站镇村城]|一律|均|都|也)不(?:再)?(?:[建扩调批占挖采种设供上搞改撤毁拆迁砍填围排养捕猎降减增]|新)"
        ),
    ),
    ("since", re.compile(r"(?:建成|开通|通车|贯通|投运|设立|成立)(?:以后|以来|之后|后)，")),
    ("lead", re.compile(r"^(?:以|按|按照|根据|依据|围绕|结合|依托|通过|针对|沿)")),
    (
        "actor",
        re.compile(
            r"^(?:各|有关|相关|县级|市级|省级|省|市|县|乡镇)[^，。；]{0,14}?(?:规划|政府|部门|市|县|区|单位|主管部门|厅|局)(?:应|须|要|必须|可|会同|负责|每|于)"
        ),
    ),
)
PLACE_ACTS = re.compile(
    r"^[^，。；的]{0,30}(?:省|市|县|区|州|盟|旗|镇|乡|街道|村|海域|流域|沿线|两岸|沿岸|山区|盆地|平原|高原|丘陵|各地|等地|全域|[东南西北中]部|城区|园区|企业|部门|政府)"
    r"(?:范围)?(?:[内上])?(?:[东南西北中]部)?(?:要|将)?(?:[积极主动重点着力大力稳步有序加快持续共同联合协同集中全面科学合理]{2,6})?$"
)
"""What stands before the first verb: a place, so the verb says what it is to do."""
ORDINAL = re.compile(r"^[一二三四五六七八九十]是(?!否)，?")
ATTRIBUTIVE = re.compile(
    r"(?:不足|偏低|偏高|偏少|滞后|薄弱|已有|现有|存在[^，。；]{0,8}|尚未[^，。；]{0,8}|属于[^，。；]{0,8}|面临[^，。；]{0,8})的(?=[^，。；])|现状(?:城镇|建设|用地|建成|建筑|总)*(?:规模|水平|面积|用地|总量)|矛盾(?:冲突|图斑|地块|点)|绕不过去|过不去|[连逐]续[^，。；]{0,6}(?:减少|下降|增长)的|(?:是|为)[^，。；]{0,12}责任(?:主体|单位|人)"
)
"""Words of report that only mark what is meant (人均绿地不足的街区), and 是…的责任主体, which charges somebody."""
PAST = re.compile(
    r"已(?!开垦|公布|批|建成?的|有的|种|建[^，。；]{1,14}(?:限期|应|须|退出|清退|拆除|搬))|了(?!解)|(?:1[89]\d\d|20[01]\d)年|不断|日趋|愈发|大多|多为|仍[未是为]|至今|前身"
)
"""Signs of report beside the words of the lexicon."""
LETTER = "·"
"""What the names of the features of letters begin with."""
LETTER_WEIGHT = 0.3
"""Letters count less than grammar, so that few plans don't teach their places and topics."""


def grammar_features(text: str, section: Sequence[str]) -> dict[str, float]:
    """The features that come from words and grammar, by name."""
    return _word_features(text) | section_features(section[-1] if section else "")


def _word_features(text: str) -> dict[str, float]:
    """Those of `grammar_features` that the clause has wherever it stands."""
    lists, found = words(), modals(text)
    plain = ATTRIBUTIVE.sub("", text)
    kinds = {modal.kind for modal in found}
    strong = bool(kinds & STRONG)
    features: dict[str, float] = {f"modal={kind}": 1.0 for kind in kinds}
    features["modal=none"] = float(not found)
    features |= _head_features(text)
    told = {match.group() for match in lists.told.finditer(plain)}
    features |= {f"told={word}": 1.0 for word in told}
    features["told"] = min(2.0, float(len(told)))
    features["told only"] = float(bool(told) and not strong)
    endings = {match.group() for match in lists.ending.finditer(text)}
    features |= {f"ending={word}": 1.0 for word in endings}
    features["ending"] = float(bool(endings))
    features["ending only"] = float(bool(endings) and not strong)
    aims = target(text)
    features["target"] = float(aims)
    features["target only"] = float(aims and not strong)
    features["whole target"] = float(aims and bool(TARGET_YEAR.search(text) or WHOLE.search(text)))
    amounts = len(LEVEL_AMOUNT.findall(text)) if FIGURE.search(text) else 0
    threshold = not aims and bool(amounts or "operator" in kinds) and bool(STANDARD.search(text))
    features["threshold"] = float(threshold)
    features["threshold only"] = float(threshold and not strong)
    features["amounts"] = min(3.0, float(amounts))
    for name, pattern in (
        ("past year", PAST_YEAR),
        ("target year", TARGET_YEAR),
        ("deadline", DEADLINE),
        ("copula", lists.copula),
    ):
        features[name] = float(bool(pattern.search(plain)))
    features |= _segment_features(text)
    return {name: value for name, value in (features | _form_features(text)).items() if value}


def _segment_features(text: str) -> dict[str, float]:
    """Whether a place acts (甲市、乙县推进…), and whether a part of the clause without an amount orders something."""
    found = heads(text)
    if not found:
        return {}
    told = bool(PAST.search(text)) or tells(ATTRIBUTIVE.sub("", text))
    parts, figures = segments(text), FIGURE.search(text)
    acts = PLACE_ACTS.match(text[: found[0].start]) is not None and found[0].start <= parts[0][1]
    bare = [(start, end) for start, end in parts if not (figures and LEVEL_AMOUNT.search(text, start, end))]
    ordering = sum(any(start <= head.start < end and head.kind != "inner" for head in found) for start, end in bare)
    return {
        "place acts": float(acts and not told),
        "orders": 0.0 if told else min(2.0, float(ordering)),
        "orders beside an amount": float(ordering > 0 and len(bare) < len(parts) and not told),
    }


def _head_features(text: str) -> dict[str, float]:
    found = heads(text)
    if not found:
        return {"head=none": 1.0}
    features = {f"first={found[0].kind} {found[0].force}": 1.0}
    opens = segments(text)
    if found[0].start <= opens[0][1]:
        features[f"opens={found[0].kind}"] = 1.0
    for head in found:
        features[f"head={head.kind}"] = 1.0
        features[f"force={head.force}"] = 1.0
        features[f"verb={head.word}{'!' if head.kind == 'verb' else ''}"] = 1.0
    return features


_DONE_ALREADY = re.compile(r"已(?!开垦|公布|批)")
_LABEL = re.compile(r"[“”][^”]{1,6}”")
_PLAN = re.compile(r"(?:本)?规划(?!范围|期)")
_SEE = re.compile(r"见(?:附|表|图|专)")
_COUNTS = re.compile(r"[一二三四五六七八九十]是")


def _form_features(text: str) -> dict[str, float]:
    size = len(text)
    features = {
        "了": float("了" in text),
        "已": float(bool(_DONE_ALREADY.search(text))),
        "label": float(bool(_LABEL.match(text))),
        "slogan": float(bool(find_slogans(text))),
        "plan": float(bool(_PLAN.match(text))),
        "ends in semicolon": float(text.endswith(("；", ";"))),
        "no stop": float(not text.endswith(("。", "；", ";"))),
        "see": float(bool(_SEE.search(text))),
        "counts": float(bool(_COUNTS.match(text))),
        f"length={0 if size < 12 else 1 if size < 20 else 2 if size < 60 else 3}": 1.0,
    }
    return features | {f"form={name}": 1.0 for name, pattern in FORMS if pattern.search(text)}


@lru_cache(maxsize=1024)
def section_features(heading: str) -> dict[str, float]:
    """The features that the nearest heading gives to every clause under it; not to be changed."""
    return {f"section={name}": 1.0 for name, pattern in SECTIONS if pattern.search(heading)}


_FIGURES = re.compile(r"[\d０-９.．]+")


def letters_of(text: str) -> dict[str, None]:
    """One and two letters at a time, numbers as one 0; each once, in their order."""
    letters = "^" + _FIGURES.sub("0", text)
    return dict.fromkeys((*letters, *map(add, letters, letters[1:])))


def letter_features(text: str) -> dict[str, float]:
    """The features that `letters_of` a clause give."""
    return dict.fromkeys([LETTER + one for one in letters_of(text)], LETTER_WEIGHT)


def features_of(text: str, section: Sequence[str]) -> dict[str, float]:
    """All features of a clause; 一是, 二是 before it number it and say nothing."""
    return text_features(text) | section_features(section[-1] if section else "")


def text_features(text: str) -> dict[str, float]:
    """Those of `features_of` that the clause has wherever it stands."""
    text = ORDINAL.sub("", text)
    return _word_features(text) | letter_features(text)


def text_features_apart(text: str) -> tuple[dict[str, float], dict[str, None]]:
    """`text_features` of words and grammar, and the letters that give the others."""
    text = ORDINAL.sub("", text)
    return _word_features(text), letters_of(text)
