"""What a clause orders and how strongly: modal words, head verbs, signs of report, signs of a planning target.

The words stand in corpora/lexicon/clause_words.yaml; the grammar stands here. Order of force (data README, DOMAIN §4):
what forbids, then what holds back, then what must be; without such a word the first verb that heads a segment decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import yaml

from ..plan.lexicon import shipped_text
from ..plan.requirement import Force
from .clauses import segments

FORCE_OF: dict[str, Force] = {
    "prohibit": "prohibit",
    "restrict": "restrict",
    "must": "oblige",
    "operator": "oblige",
    "recommend": "recommend",
    "permit": "permit",
}
"""The force of each group of modal words."""
NOT_MODAL = re.compile(
    r"(?:供|适|相|对|响|反|效|感|顺|回|照|接|策)应|应(?:急|用|对|变|答|邀|运|付|届|力|征|聘|收|纳税)"
    r"|(?<!方)(?<!也)(?<!均)(?<!还)(?<!亦)可(?:持续|再生|行性|视|达性|靠|能|见|控|观|供|贵|移动|恢复地类|逆|复制|推广|采储量|溶|燃|避|替代|保障|盘活|游可憩)"
    r"|许可|认可|不可(?:避|或|再|移|逆|分|恢复)|主要|重要|需要|必要|要(?:求|素|点|害|件|道|义|领|闻|么|地|塞|则)|纲要|摘要|首要|简要|概要|紧要|主要|次要|只要"
    r"|步行可|分钟可|小时可|(?:适|便|事|相|机|时|权)宜|(?<!不)宜(?:居|业|人|林|农|耕|牧|渔|建|游|乡|昌|宾|春|兴|商|养|学|机)|因地制宜"
    r"|禁建(?:区|边界|范围|线)|限制(?:性|类|因素)|限制(?:开发|建设)(?:区|岸线|的|地|因素|用地|(?=[、和与及]))|禁止(?:开发|建设|准入)区|不可避让|不能(?:满足|适应|一)|不可(?:突破|逾越|触碰|替代|分割)的"
    r"|高要|(?<!只)要(?!逐|按|将|把|对|在|依|严|坚|加|落|做|建|完|强|统|保|控|切|定|及|全|以|认|积|进|推|健|与|根|充|主动|结合|注重|因|合|科|优|突|同|明|守|防|避|尽|确|划|纳|执|履|符|遵|适|先|经)|按(?:照)?(?:不低于|不少于|不小于|不超过)|(?:以|按|用)要"
    r"|禁[养采建捕伐垦牧燃渔种](?=区|期|范围|边界|红线|名录)|应(.)尽\1|确须|如须|所须|(?<=[而但以])不[建采占填开批]|[围占批供]而不[填用建]|不拆不"
    r"|(?:在|以)?不(?:改变|破坏|影响|突破|降低|减少|增加|占用|扩大)[^，。；]{0,20}(?:的?(?:前提|基础|条件|情况)下|为前提)|(?:鼓励|引导)[^，。；]{0,8}(?:少占|不占|避让)"
    r"|避让论证|无法避让|难以避让|搬迁避让|避让(?:搬迁|调整|距离|措施|要求|方案|范围)|(?:条件|因素)限制|不得已|非[^，。；]{1,8}不可|原则上(?=不(?:低于|少于|小于))|不提倡|不得不|不可或缺|刻不容缓"
)
"""Words that hold a modal character without being one; they are blanked before modal words are looked for."""

PAST_YEAR = re.compile(
    r"(?<![过破于比较按])(?:1[89]\d\d|20[01]\d|202[0-4])年(?!(?:年)?底前|前|至20[23]\d)(?!城镇建设用地|基期)"
)
TARGET_YEAR = re.compile(
    r"(?<!19)(?:到|至)?\s*20(?:2[1-9]|[3-5]\d)年(?!(?:年)?(?:\d{1,2}月)?(?:底|前)|以来|末全|来)|规划期末|规划期内|规划到|规划期"
)
DEADLINE = re.compile(r"20[2-5]\d年(?:年)?(?:底|末|\d{1,2}月)?(?:之)?前|[次每当]年\D{0,3}月?底?前")
NUMBER = r"(?:[\d０-９]+(?:[,，][\d０-９]{3})*(?:[.．][\d０-９]+)?|[一二两三四五六七八九十百千零]+(?=成|分之|处|个))"
UNIT = r"\s*(?:[%％‰]|成|亿?万?亩|万?公顷|万?平方(?:公里|千米|米)|公里/平方公里|万?公里|千米|亿?万?立方米|万?人(?!以上的)|个百分点|倍|个|处|张|亿元|万元|亿?万?吨|座|条|家|千瓦|万千瓦|年一遇)"
LEVEL_AMOUNT = re.compile(
    r"(?:不低于|不少于|不小于|不高于|不超过|不大于|不突破|达到?|控制在|保持在|稳定在|维持在|提高到?至?|提升至?到?|降至|降到|降低到|下降|增加|增长|建成|新增|新建|完成|营造|修复|整治|拿出|划定[^，。；]{0,20}|占比?|为|约|按|[≥≤]|至少)"
    rf"[^，；。]{{0,8}}?{NUMBER}{UNIT}|{NUMBER}{UNIT}(?:以上|以内|以下|左右|上下)"
    rf"|(?:容积率|倍数|指数|系数)[^，。；]{{0,10}}?{NUMBER}"
)
FIGURE = re.compile(r"[\d０-９]|[一二两三四五六七八九十百千零](?=成|分之|处|个)")
"""What every NUMBER holds."""
RATE = re.compile(
    r"(?:率|比例|比重|占比|保有量|总量|总数|总规模|总面积|面积|规模|人口|数量|密度|强度|容积率|指数|里程|用水量|倍数|碧道|海岸线|储备区|高标准农田|红树林|林分|控制线|保护线|红线|绿线|蓝线|紫线|黄线|开发边界|管理范围线)"
)
WORK_DONE = re.compile(
    rf"(?:完成|建成|修复|营造|新增|整治)[^，。；]{{0,14}}?{NUMBER}\s*(?:万?亩|万?公顷|平方公里|公里)"
)
"""An amount of work to be done by a year, which is a target of its own."""
STANDARD = re.compile(
    r"宽度|高度|层数|距离|间距|半径|两侧|单侧|退让|退缩|每户|户均|每百户|单个|每处|各设|坡度|范围内|可视|缓冲带|防护|配建|配置|服务半径|廊道|走廊|住宅用地|宅基地|按年|年产能|开采规模|新建小区|目标值|单位面积|每亩|亩均|千伏|红线(?:外|两侧)|标准"
)
"""What a threshold inside a control clause measures; a planning target measures a stock or a rate of the whole area."""
PLAIN_OPERATOR = re.compile(r"不(?:低于|少于|小于|高于|超过|大于|突破)")
WHOLE = re.compile(r"全(?:省|市|县|区|域|州|盟|旗|镇|乡)|(?:省|市|县|区)域|中心城区|人均|各(?:市|县|区)")


CONDITIONAL = re.compile(r"(?:的|前提下|基础上|条件下|情况下)$")
"""A segment that ends so says when, not what."""
UNDER_CONDITION = re.compile(r"^在[^，。；]{2,40}(?:前提下|基础上|条件下|情况下)")
"""在…前提下 before the verb that heads its segment."""
NOUN_USE = re.compile(
    r"(?:城镇|非农|农房|村庄)?建设(?=占用|活动|行为|项目|用地)|(?:监测|监督|监管|考核|评估|审查|审核|普查|排查|公示|登记|验收|供应|供给|储备|搬迁|拆除|绿化|造林|加固|补偿|处置|配套|兴建|修缮|养护|宣传|覆盖|开放|核定|退耕)(?=[的和、与及]|体系|机制|制度|网络|系统|平台|设施|能力|工程|项目|方案|结果|报告|办法|标准|名录|清单|目录|率|量|区|点|站|线|单位|部门|人员|资金|费|安置|村|对象|保障|管理|评价)"
    r"|(?:开发|建设|发展|保护|修复|控制|服务|治理|整治|管理|利用|改造|布局|规划|预留|整理|涵养|防治|防护|更新|保障|支撑|提升|恢复|编制|管控|安排|划分|配置|创新)"
    r"(?=边界|历史|潜力|现状|情况|进度|需求|区(?!分)|强度|红线|线|用地|项目|活动|任务|方式|格局|标准|单位|部门|规模|轴|带|规划|半径|设施|用房|地(?!方)|范围|对象|镇|责任|工程|分区|名录|清单|指标|要求|机制|体系|目标|水平|能力|条件|程度|情况|制度|权|费|者|的)"
    r"|(?:自然|生态|用途|规划|国土|社区|公共|综合|历史|文化)(?:保护|修复|管制|管控|服务|治理|利用)(?=[的和、与及])"
)
"""Verbs that stand as nouns: 开发边界, 建设用地, 发展区; they head nothing."""


@dataclass(frozen=True, slots=True)
class Modal:
    """A word of force at an offset of the clause. `kind`: prohibit, restrict, must, permit, or `verb` for a head verb."""

    word: str
    force: Force
    start: int
    kind: str


@dataclass(frozen=True, slots=True)
class Words:
    """clause_words.yaml, compiled: alternatives are longest first."""

    modal: Mapping[str, re.Pattern[str]]
    verb: re.Pattern[str]
    verb_force: Mapping[str, Force]
    adverbs: re.Pattern[str]
    leads: re.Pattern[str]
    told: re.Pattern[str]
    copula: re.Pattern[str]
    ending: re.Pattern[str]


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser in C where PyYAML has it, ten times as fast."""


@lru_cache(maxsize=1)
def words() -> Words:
    """The word lists that ship with the lexicon."""
    raw = yaml.load(shipped_text("lexicon/clause_words.yaml"), Loader=_LOADER)
    force_of = {word: force for force, group in raw["verb"].items() for word in group}
    return Words(
        modal={force: _any_of(group) for force, group in raw["modal"].items()},
        verb=_any_of(force_of),
        verb_force=force_of,
        adverbs=re.compile(f"(?:{_any_of(raw['adverb']).pattern}|地|，)+"),
        leads=_any_of(raw["lead"]),
        told=_any_of(raw["told"]),
        copula=_any_of(raw["copula"]),
        ending=re.compile(f"(?:{_any_of(raw['ending']).pattern})(?=[，。；]|$)"),
    )


def _any_of(group: object) -> re.Pattern[str]:
    assert isinstance(group, (list, dict))
    return re.compile("|".join(re.escape(word) for word in sorted(group, key=lambda word: (-len(word), word))))


NEGATED_CASE = re.compile(
    r"(?:不能|不可|不宜|不应|不再|必须|要|应|可)[^，。；]{1,16}的(?=，|一律|须|应|不得|由|依法)|不[一-龥]{1,3}的(?=须|应当?|必须)"
)
"""A modal word inside the words that say when (因特殊情况不能原址保护的，) orders nothing."""


MODAL_LIKE = re.compile("[应可要宜禁限须不避少]")
"""What everything that NOT_MODAL and NEGATED_CASE blank holds; few clauses of a report have it."""
QUOTED = re.compile(r"“[^”]*”|（[^）]*）|《[^》]*》")


def without_lookalikes(text: str) -> str:
    """The clause, of the same length, with 供应, 主要, 可持续 … blanked, quoted words and brackets too."""
    text = QUOTED.sub(lambda found: "□" * len(found.group()), text)
    return NOT_MODAL.sub(lambda found: "□" * len(found.group()), text) if MODAL_LIKE.search(text) else text


@lru_cache(maxsize=4096)
def tells(text: str) -> bool:
    """Whether a clause has a word of report."""
    return words().told.search(text) is not None


@lru_cache(maxsize=4096)
def modals(text: str) -> tuple[Modal, ...]:
    """The words of force in a clause, by place; where two overlap the longer one stands."""
    plain = without_lookalikes(text)
    if MODAL_LIKE.search(plain):
        plain = NEGATED_CASE.sub(lambda match: "□" * len(match.group()), plain)
    found = [
        Modal(match.group(), FORCE_OF[kind], match.start(), kind)
        for kind, pattern in words().modal.items()
        for match in pattern.finditer(plain)
    ]
    found.sort(key=lambda modal: (modal.start, -len(modal.word)))
    kept: list[Modal] = []
    for modal in found:
        if not kept or modal.start >= kept[-1].start + len(kept[-1].word):
            kept.append(modal)
        elif len(modal.word) > len(kept[-1].word):
            kept[-1] = modal
    return tuple(kept)


@lru_cache(maxsize=4096)
def heads(text: str) -> tuple[Modal, ...]:
    """The verb that heads each segment: first in it (after adverbs), after a leading phrase, or after its subject.

    `kind` tells which: verb (the segment opens with it), led (以…为…推进…), inner (subject before it).
    """
    lists, found = words(), []
    for start, end in segments(text):
        segment = QUOTED.sub(lambda m: "□" * len(m.group()), text[start:end])
        segment = NOUN_USE.sub(lambda m: "□" * len(m.group()), segment)
        if CONDITIONAL.search(segment) and end < len(text.rstrip("。；;")):
            continue
        segment = UNDER_CONDITION.sub(lambda m: "□" * len(m.group()), segment)
        adverb = lists.adverbs.match(segment)
        opened = [0, adverb.end()] if adverb else [0]
        verb = next((match for at in reversed(opened) if (match := lists.verb.match(segment, at))), None)
        if verb is not None and segment[verb.end() : verb.end() + 1] != "的":
            found.append(Modal(verb.group(), lists.verb_force[verb.group()], start + verb.start(), "verb"))
            continue
        kind = "led" if lists.leads.match(segment) else "inner"
        inner = next((match for match in lists.verb.finditer(segment, 1) if _predicative(segment, match)), None)
        if inner is not None:
            found.append(Modal(inner.group(), lists.verb_force[inner.group()], start + inner.start(), kind))
    return tuple(found)


AT_END = re.compile(r"按|由|以|将|把|一律|统一|全部|逐[级块项一]|依法|严格|同步|整体|纳入|分类|集中")
"""What lets a verb close its segment: 按…配置, 由…管理."""


def _predicative(segment: str, verb: re.Match[str]) -> bool:
    """A verb inside a segment is no head if 的 goes before or after it, or nothing follows it."""
    before, after = segment[verb.start() - 1 : verb.start()], segment[verb.end() : verb.end() + 1]
    if before in ("的", "、", "和", "与", "及", "不") or after in ("的", "、"):
        return False
    return verb.end() < len(segment) - 1 or bool(AT_END.search(segment[: verb.start()]))


@lru_cache(maxsize=4096)
def target(text: str) -> bool:
    """Whether the clause states a measurable planning target, which makes it an indicator or a boundary, not a rule."""
    if not (FIGURE.search(text) and LEVEL_AMOUNT.search(text)):
        return False
    if TARGET_YEAR.search(text) or WORK_DONE.search(text):
        return True
    if STANDARD.search(text):
        return False
    return bool(RATE.search(text) or WHOLE.search(text))
