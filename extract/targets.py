"""Targets told from facts, thresholds and parts of rules."""

from __future__ import annotations

import re

from .naming import Thread
from .setting import Setting
from .subjects import DIMENSIONS, MEASURED, Subject
from .values import Amount
from .years import YearMark, fact_words, last_past_year

PER_OBJECT = re.compile(
    r"单宗|单体|单栋|单座|项目(?:总?用地|占地)|单个|单块|每户|每宗|每百户|每处|每个|单侧|两侧|范围内|高度|宽度|间距|距离|半径|退让|退缩|坡度|层数|深度|(?<!装机)容量|走廊|缓冲带(?!面积)"
)
RULING = re.compile(
    r"不得|禁止|严禁|不准|不应|不宜|必须|应当|应(?!急|用|对)|(?<!适)宜(?=[设采布配留退选按])|须|方可|严格限制|从严|一律"
)
NO_TARGET_UNIT = re.compile(r"天|日|工作日|月|小时|秒|度|℃|级|层|千伏|标箱|吨|元|次|期|班|分贝|项|条|类|年$")
REACHED = re.compile(r"达到|达|提高|提升|降|实现|保持|稳定|控制|超过|突破|高于|低于")
TARGET_WORDS = re.compile(r"规划期末|规划期内|到规划期|目标年|远期|近期|力争|确保")


def is_target(
    plain: str, amount: Amount, subject: Subject, mark: YearMark | None, state: Thread, setting: Setting
) -> bool:
    """Whether the amount is something the plan wants of the future, not a fact, a threshold or a part of a rule."""
    future = mark is not None and mark.future
    led = LED_TO.match(plain, amount.end) if STARTED.search(plain[: amount.at]) else None
    if led is not None and (future if led["year"] is None else int(led["year"]) > last_past_year(setting.period)):
        return bool(subject.concept or subject.line or MEASURED.fullmatch(subject.name))
    if (mark is not None and mark.past) or fact_words(plain, amount.until, future):
        return False
    if amount.unit and NO_TARGET_UNIT.fullmatch(amount.unit) and not subject.concept:
        return False
    beyond = amount.op in ("<", ">") and not (
        (future or state.said)
        and REACHED.search(plain[: amount.end])
        and (subject.concept or MEASURED.fullmatch(subject.name))
    )
    if beyond or (re.search(r"每年[^。；]*处置", plain) and not (subject.concept and amount.unit == "%")):
        return False
    if amount.unit and amount.unit.startswith("年") and _above_county(setting) and KINDS_OF_TOWN.search(plain):
        return False
    if subject.loose:
        return False
    if (
        not future
        and re.search("防[洪潮](?:应当?|须|必须|要)(?:按|达到)", plain[: amount.at])
        and subject.unit == "年一遇"
    ):
        return False  # 县城防洪应按30年一遇设防: a rule
    if subject.acted and PER_OBJECT.search(subject.name) and not subject.concept:
        return False
    if amount.reference is not None and MEASURED.search(subject.name):
        return True
    if subject.acted and not subject.directed:
        planned = not state.of_now and _opens_with_verb(plain, amount, state)
        return (future or planned or bool(subject.concept and amount.op in (">=", "<="))) and (
            bool(subject.concept) or not RULING.search(plain[: amount.at])
        )
    if amount.reference is not None:
        return bool(subject.concept or subject.line or MEASURED.search(subject.name))
    if subject.line:
        return (
            amount.stated
            or bool(re.search(r"划定|划入|划出|划设|落实|划示|规模|面积|围合|严守|守住", plain))
            or future
            or bool(state.said)
            or plain.startswith("其中")
        )
    if not future and (SITE.search(plain[: amount.at]) or INTENSITY.search(subject.name)):
        return False
    if not future and re.match("的?(?:标准|要求)", plain[amount.end :]) and re.search("按照?|以", plain[: amount.at]):
        return False  # 按人均不小于2平方米的标准布局: how a thing is to be laid out
    if not future and subject.name.endswith("开发强度") and re.search("限制|从严|严控", plain[: amount.at]):
        return False  # what a ban on building means in figures is part of it
    if subject.concept and not subject.directed:
        return _named_target(plain, amount, future, state)
    if subject.directed:
        return True
    if PER_OBJECT.search(plain[: amount.end]) and not re.search(r"(?<!容积)率|比例|比重", subject.name):
        return False
    if re.match(r"每年|年均", subject.name):
        return False
    reached = not state.of_now and re.search(
        r"达到|实现|稳定在|保持在|控制在|提高到|提升至|提高至|提升到", plain[amount.start : amount.at]
    )
    if not future and (not amount.stated or (amount.op in ("=", "~") and not reached)):
        return False
    strict = re.search(
        r"^人均|每[百千万]|率$|比例$|比重$|占比$|密度$|容积率|倍数|总量$|规模$|总数$|播种面积$|总?产量$|供[水电气热]能力$",
        subject.name,
    )
    return (future or bool(strict) or bool(reached)) and not RULING.search(plain[: amount.at])


STARTED = re.compile(r"(?:由|从)(?:20\d\d年末?|现状|基期年?|目前)?的?约?$")
LED_TO = re.compile(
    r"(?:稳步|逐步)?(?:提高|提升|增加|增长|上升|扩大|下降|降低|减少|压减|缩减|调整|发展|增|减|降|升)(?:到|至)(?:(?P<year>20\d\d)年)?"
)
"""由2020年的800亿斤提高到2035年的…: where the way to a target begins."""


def may_be_ordered(plain: str, amount: Amount, subject: Subject) -> bool:
    """Whether a share without a year may belong to an order: its name is none of the catalogue's, or what stands before
    it in the sentence orders something (养殖场应配套消纳土地，粪污利用率不低于80%)."""
    before = re.split("[，；：]", plain[: amount.start])[:-1]
    return not subject.line and ((bool(before) and not subject.concept) or RULING.search("，".join(before)) is not None)


SITE = re.compile(r"(?:园区|开发区|更新单元|地块|街区|街坊|小区|产业单元)[）)]?内")
"""Sites of a kind in each of which a size is set (园区内工业用地占比): a rule with its quantity."""
INTENSITY = re.compile(r"容积率|建筑密度|建筑高度|建筑限高")
"""What is allowed on a site: without a year to reach it by, the quantity of a rule (新建住宅容积率不宜超过2.2)."""
KINDS_OF_TOWN = re.compile(
    r"(?<!其他)(?<!其它)(?<!其余)县城(?!区)|镇区|乡镇|建制镇|（[州盟]）|设区市|等[一-龥]{0,6}城[市镇]"
)
"""Kinds of town for which a sentence sets a standard (县城不低于30年一遇，乡镇镇区…): a rule for each, no indicator."""


def _above_county(setting: Setting) -> bool:
    """Whether the plan is a province's or city's, in which 县城 are many; a county's is its own."""
    return setting.home is not None and setting.gazetteer.level(setting.home) in ("province", "city")


def _opens_with_verb(plain: str, amount: Amount, state: Thread) -> bool:
    """Whether what is to be done opens its clause (治理退化草原480万亩，恢复湿地6.3万亩): a plan tells so what it will do."""
    opened = re.split(r"[，：:；。]", plain[: amount.at])[-1]
    sized = DIMENSIONS.get(amount.unit or "") in ("面积", "长度")
    opened = re.sub("^(?:规划期内?|规划|计划|拟)?(?:累计|共|合计)?(?:完成)?", "", opened)
    return bool(state.verb) and opened.startswith(state.verb) and amount.op == "=" and sized and "、" not in opened


def _named_target(plain: str, amount: Amount, future: bool, state: Thread) -> bool:
    """Of a known indicator: with an operator, a future year, a word of resolve, or beside another target; 达到 alone
    counts outside of chapters that tell how things are."""
    if (amount.stated and amount.op not in ("=", "~")) or future or state.said or TARGET_WORDS.search(plain):
        return True
    if amount.stated and not state.of_now and REACHED.search(plain[amount.start : amount.at]):
        return True
    return bool(re.search(r"落实|划定|划分为|确保|完成|控制|标准为|设防|任务|守住|坚守|严守|目标为", plain))
