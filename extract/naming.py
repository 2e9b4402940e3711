"""The words right before an amount → the indicator or control line that they name, fitted to the amount's unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ..plan.requirement import Region
from .setting import Setting
from .statements import SCOPE, Statement
from .subjects import DIMENSIONS, MEASURED, Subject, resolve, resolve_tail
from .values import Amount
from .years import YearMark

VERBS = (
    r"综合治理|综合整治|整治修复|营造修复|保护修复|修复治理|新建改建|新改扩建|改造提升|建设完成|累计建成|建成|建设|新建|新增|新辟|新营造|新造|完成|营造|修复|整治|治理|改造|改良|封育|恢复|培育|创建|垦造|"
    r"打造|形成|发展|种植|绿化|复绿|保护|布局|配置|增加|拓展|盘活|处置|腾退|淘汰|清退|整理|复垦|开发|供应|保障"
)
BUILT = r"累计建成|建成|建设完成|建设|新建|打造|培育|创建|布局"
ADDED = r"新增|新辟|增加|拓展|改良|封育|恢复|修复|整治|治理|综合治理|综合整治|整治修复|修复治理|营造修复|营造|新营造|新造|改造|改造提升|复绿"
"""Verbs whose amount is what is added to, or mended of, their object."""
MENDED = "改良|封育|恢复|修复|整治|治理|综合治理|综合整治|整治修复|修复治理|改造|复垦|复绿"
"""Of these the size of the object that is printed with them is the size of the work."""
DIRECTING = (
    r"落实|划定|划入|划示|划出|划设|承担|确保|实现|保持|严守|坚守|守住|保障|安排|预留|推动|推进|促进|使(?!用)|力争|争取|规划|计划|预计|控制|优化|提高|提升|扩大|增加|达到|严格|执行|统筹|"
    r"合理|稳步|持续|逐步|有序|加快|进一步|全面|切实|着力|积极|不断|努力|新编|另|再|共|总共|力求"
)
MEASURED_LEAD = re.compile(
    r"^(?:完成|实现|确保|按照?(?=.*人口)|落实|划定|力争|争取|使|严守|坚守|守住|推动|促进|达到|其中|同时|并且|并|全部|均|各类|累计|原则上|应当|应(?!急|用|对)|须|将|另|预计|到|至)+"
)
LEAD_WORDS = re.compile(
    rf"^(?:{DIRECTING}|其中|同时|并且|并|且|而|对|将|把|以|按照?|全部|均|各类|累计|总体|原则上|一般|应当|应(?!急|用|对)|须|要(?!素)|宜|可(?!再生)|的)+"
)
TAIL_WORDS = re.compile(
    r"(?:均|都|也|应当|应|须|要|宜|原则上|一般|总体上?|累计|分别|力争|力求|保持|年均|总计|合计|共计|共|同步|逐步|稳步|进一步|大幅|显著|全部|每年|(?:可以?)?(?:适当)?放宽[至到为]|[一两三四五十]年内|规模按|按|规模|数量|由|从|始终|预计|预测|预期|规划期内|规划期间|守住|坚守|严守|守牢|稳住|在|以)+$"
)


@dataclass(slots=True)
class Thread:
    """What the words read so far leave for the next amount of the sentence."""

    subject: Subject | None = None
    whole_key: str | None = None
    region: tuple[Region, ...] = ()
    region_words: str | None = None
    region_part: bool = False
    grouped: bool = False
    """Whether the regions are the members of a named group."""
    scope: str | None = None
    line: Subject | None = None
    year: YearMark | None = None
    verb: str = ""
    object_: str = ""
    named: tuple[Region, ...] = ()
    topic: Subject | None = None
    """What a sentence that is only a name announces for the next (用水总量。到2035年控制在…)."""
    of_now: bool = False
    """Whether the chapter tells how things are."""
    said: list[Statement] = field(default_factory=list)


_FROM_NOW = re.compile(r"(?<=..)(?:由|从)(?:(?:现状|基期年?|目前)的?|的)$")


@lru_cache(maxsize=8192)
def trimmed(words: str) -> str:
    words = words.strip(" 、")
    before = None
    while before != words:
        before = words
        words = (MEASURED_LEAD if MEASURED.fullmatch(words) else LEAD_WORDS).sub("", words)
        words = re.sub(r"(?:较|(?<!占)(?<!对)比|相比|相较)(?:于)?(?:20\d\d年?|基期年?|现状|基准年)?$", "", words)
        words = _FROM_NOW.sub("", words)
        if not MEASURED.search(words) or re.search(r"(?:均|都|也|应|须|要|宜|原则上|分别|累计|力争)$", words):
            words = TAIL_WORDS.sub("", words)
        words = words.strip(" 、的")
    words = re.sub(r"^(?:形成|构建)[“\"]([^”\"]+)[”\"]", r"\1", words)
    return re.sub(
        r"^(?:(?:可|能)?容纳|(?:集聚|吸纳|承载)(?=常住人口|人口)|所辖|所属|辖区内)(?=.{2})",
        "",
        re.sub(r"的(?=(?:比例|比重|占比|面积|规模|覆盖率)$)", "", words),
    )


_YEARS = re.compile(
    r"(?:(?:规划|计划|预计)(?=[到至]20\d\d年(?!人口)))?(?:到|至|截至)?(?:20\d\d年?(?:至|—|-|～)?)?20\d\d年(?:[底末]?[以之]?前|底|末|间|期间)?"
)


@lru_cache(maxsize=8192)
def without_years(words: str) -> str:
    words = re.sub(r"(?<=[率量积数度模例])(?:到|至)?(?:规划)?(?:近期|远期|期)末$", "", _YEARS.sub("", words))
    return re.sub(
        r"^(?:到|至)?(?:规划期末|规划期内|规划期间|近期|远期|规划目标年|规划末期|规划期(?=累计|新增|完成)|期末|“?十[四五]五”?(?:末|期末|期间|时期)?)(?:内|末|到)?[，,]?",
        "",
        words,
    )


def fits_unit(amount: Amount, subject: Subject, setting: Setting) -> bool:
    if amount.value is None or not subject.unit or not amount.unit or ("百分点" in amount.unit and subject.unit == "%"):
        return True
    if "人均" in subject.name and f"{amount.unit}/人" == subject.unit:
        return True
    return setting.lexicon.units.comparable(amount.unit, subject.unit)


def named_subject(bare: str, words: str, plain: str, amount: Amount, state: Thread, setting: Setting) -> Subject | None:
    """The subject of named words: a known indicator or line, an anaphor of one, verb and object, or a measured noun."""
    if amount.unit == "倍":
        bare = _TIMES_OF.sub("", bare) or bare
    bare = re.sub("^新造(?=林)", "新增造", bare)
    if amount.unit == "%" and re.fullmatch("整治(?:完成|实施)?后的?新增耕地(?:面积)?", bare):
        return resolve("整治区域新增耕地比例", setting)
    if means := _MEANS.match(bare) or _OF_LEVEL.match(bare):
        bare = bare[means.end() :]
    if re.fullmatch(rf"(?:{VERBS})", bare):
        return _of_object(bare, amount, state, setting)
    if (served := _served(words, amount, state, setting)) is not None:
        return served
    yearly = re.match("(?:每年|年均)(?P<what>.{4,})$", bare)
    if yearly and DIMENSIONS.get(amount.unit or "") == "面积":
        whole = named_subject(yearly["what"], words, plain, amount, state, setting)
        if whole is None or whole.loose or whole.line or not (whole.concept or whole.acted):
            return None
        return Subject("年均" + whole.name, None, None, unit=amount.unit, directed=True)
    falls = state.subject is not None and re.search("(?:下降|降低|减少)(?:率|幅度)?$", state.subject.name)
    if falls and re.fullmatch("降幅|下降幅度|累计降幅|下降|减少|降低", bare):
        return state.subject  # what falls is told by the amount before
    if TURNED.fullmatch(bare) and amount.unit in DIMENSIONS:
        return Subject(bare + DIMENSIONS[amount.unit], None, None, unit=amount.unit, acted=True)
    if AREA_WORD.fullmatch(bare) and state.subject is not None and fits_unit(amount, state.subject, setting):
        return replace(state.subject, scope=bare)  # 农村污水治理率达到…，某湖流域达到…
    if (run := CARRIED_OUT.match(bare)) and amount.op == "=" and DIMENSIONS.get(amount.unit or "") == "面积":
        known = resolve(run["what"] + "面积", setting)
        if known.concept:  # 实施全域土地综合整治4.2万亩
            state.verb = run["verb"]
            return replace(known, acted=True)
    acted = re.match(rf"(?:.*[，、])?(?P<verb>{VERBS})(?!区|地(?!下|质|块)|红线|范围|率|对象)(?P<object>\w.+)$", bare)
    named = acted and re.fullmatch("新增|新建", acted["verb"]) and MEASURED.search(acted["object"])
    if named and (re.search("率$|比例$|占比$", bare) or amount.reference is not None):  # the verb is part of the name
        whole = resolve(bare, setting)
        return whole if whole.concept else Subject(bare, None, None, unit=amount.unit)
    as_named = resolve(bare, setting) if acted and MEASURED.fullmatch(bare) else None
    if (
        acted
        and as_named is not None
        and as_named.concept
        and fits_unit(amount, as_named, setting)
        and re.fullmatch(MENDED, acted["verb"])
    ):
        return replace(as_named, name=entry_name(as_named, setting), acted=True)  # 治理水土流失面积
    if acted and not (as_named is not None and as_named.concept):
        return _verb_object(acted["verb"], acted["object"], amount, state, setting)
    if (fallen := fall_of(bare, amount, setting)) is not None:
        return fallen
    known = resolve(bare, setting)
    if amount.unit == "倍" and not known.line and state.line is not None and re.search(r"城[镇市]建设用地", bare):
        return resolve(f"{state.line.line}扩展倍数", setting)
    if not (known.concept or known.line):
        known = _anaphor(bare, state, setting) or resolve_tail(bare, setting) or _described(bare, setting)
        town = re.search(r"(?:镇区|县城|中心城区|城区)$", bare.removesuffix(known.name))
        if known.concept and not known.scope and town and known.name != bare:
            known = replace(known, scope=town[0])  # 重点镇镇区常住人口 is no 常住人口
    owner = state.subject.line or state.subject.name if state.subject is not None else ""
    stem = re.sub("(?:保护)?(?:总?面积|规模|总量)$", "", owner)
    if amount.unit == "%" and owner and not known.concept and re.fullmatch("占[^，。；]{2,14}(?:比例|比重)", bare):
        if not _SHARE_OF_WHOLE.fullmatch(bare):  # 高标准农田面积…，占耕地面积的比例
            return replace(resolve(stem + bare, setting), unit="%", line=None, scope=state.scope)
        share = resolve(f"{stem}占国土面积比例", setting)  # 红线面积…，占全区国土面积的比例
        return replace(share, unit="%", line=None, scope=state.scope)
    if not (known.concept or known.line) and amount.unit == "%" and re.search("占.+(?:面积|总量|总数)$", bare):
        known = resolve(bare + "比例", setting)
    if known.concept and not known.line and (not MEASURED.search(known.name) or _is_short(known, setting)):
        known = replace(known, name=entry_name(known, setting))
    town_of = known.scope or state.scope
    if known.name.startswith("常住人口") and town_of in ("镇区", "圩镇", "集镇"):
        known = replace(known, name=town_of + known.name, exact=False)  # no part of the whole area's: its own subject
    if known.concept or known.line:
        return _fitting(_falling(known, amount, plain, setting), amount, state, setting)
    if amount.unit == "年一遇" and re.search("防洪|防潮|防涝|除涝|排涝|治涝|内涝防治$", bare):
        return resolve(re.sub("防涝|除涝|排涝|治涝", "内涝防治", bare) + "标准", setting)
    if acted := re.match(r"(?P<object>.{2,}?)(?P<verb>新增|新建)$", bare):
        return _verb_object(acted["verb"], acted["object"], amount, state, setting)
    mended = re.match(rf"(?P<object>.{{2,}}?)(?:累计|年均)?(?:完成)?(?P<verb>{MENDED})$", bare)
    if mended and amount.stated and amount.unit in DIMENSIONS:  # 历史遗留矿山累计治理不少于900公顷
        done = _verb_object(mended["verb"], mended["object"], amount, state, setting)
        if done is not None and done.concept:
            return done
    if amount.unit == "%" and amount.gap and amount.change is None and _SIZED.search(bare):
        return Subject(
            bare, None, None, unit="%", loose=True
        )  # 累计使用量不超过规划增量的70%: a limit, no share's name
    if MEASURED.search(bare) or amount.change is not None:
        return _falling(Subject(bare, None, None, unit=amount.unit), amount, plain, setting)
    if (
        state.subject is not None
        and len(bare) <= 10
        and fits_unit(amount, state.subject, setting)
        and ("其中" in plain or state.region)
    ):
        region = setting.region(bare) if state.region else None
        if region is None and state.region and "分别" in plain and re.fullmatch("[一-龥]{2,4}", bare):
            region = Region(name=bare)
        if region is not None and region != setting.home:  # a town by its short name, beside others
            state.region, state.region_words, state.grouped = (region,), bare, False
        if region is None and not state.region and PART_OF_TOWN.fullmatch(bare):
            return replace(state.subject, scope=bare)  # 全市人口450万人，其中市区150万人: of a part, not of the whole
        if region is None and not state.region and UNKNOWN_PLACE.fullmatch(bare):
            state.region, state.region_words, state.grouped = (Region(name=bare),), bare, False
            return state.subject
        if region is None and not state.region and (taken := _TAKEN_ON.match(plain, amount.end)):
            given = setting.region(taken["who"])
            if given is not None and given != setting.home:  # 其中甲江段17平方公里由乙县落实
                state.region, state.region_words, state.grouped = (given,), taken["who"], False
                return state.subject
        if region is None and not state.region and re.search(rf"其中[，：:]?{re.escape(bare)}", plain):
            return Subject(bare, None, None, unit=amount.unit, directed=True, is_part=True)  # 耕地…，其中水田…
        return state.subject
    return subject_after(plain, amount, setting) or Subject(bare, None, None, unit=amount.unit, loose=True)


_MEANS = re.compile(r"(?:靠|依靠|依托|通过)[^，。；、]{1,14}?(?=新增|增加)")
"""By what means something is added: 靠甲水库等工程新增供水能力."""
_OF_LEVEL = re.compile(r"[省市县乡镇]级(?=[^，。；、级]{2,10}控制线$)")
"""Whose register holds a control line (县级工业用地控制线): no part of its name."""
TURNED = re.compile(r"退[耕茶牧渔田园草果养圩塘竹城][一-龥]?还[林草湿湖水绿耕滩河海田]{1,2}")
"""退耕还林, 退茶还林: what is done is the name of its own area."""
_TAKEN_ON = re.compile("[，,]?由(?P<who>[一-龥]{2,10}?)(?:负责)?(?:落实|承担|划定|完成)")
"""Who is to see to a part, behind its amount."""
AREA_WORD = re.compile(r"[一-龥]{2,8}(?:流域|库区|灌区|受水区|湖区|汇水区)")
UNKNOWN_PLACE = re.compile("[一-龥]{1,6}(?:村|社区|镇|乡|街道|县|市|旗|农场|林场)")
"""A place that the gazetteer lacks, by its last word."""
PART_OF_TOWN = re.compile(
    "市区|市辖区|[新老主]城区?|[一-龥]{1,6}(?:新区|片区|组团|城区|园区|农场|林区|山区|平原区|湖区|库区)"
)
SERVED = re.compile(
    r"按(?:照)?(?:规划)?(?P<town>县城|中心城区|城区|镇区)?(?:规划)?(?:常住|服务)?(?:人口)?(?:规模)?(?:为)?$"
)


CARRIED_OUT = re.compile(r"(?P<verb>实施|开展)(?P<what>[一-龥]{4,})$")


_SHARE_OF_WHOLE = re.compile(
    "占(?:全[省市县区州盟旗域]|[省市县区州]域)?(?:陆域)?(?:国土|土地|行政区域?)?(?:总?面积)?的?(?:比例|比重)"
)


_SIZED = re.compile("(?:[用供建]量|规模|面积|总量|数量|总数)$")
_TIMES_OF = re.compile(
    "(?:为|是|按|控制在|不超过|保持在)?(?:基于|对比)?(?:现状|基期)?(?:年|年末)?的?城[镇乡市]建设用地(?:现状)?的?(?:总?规模|总?面积)?$"
)
"""扩展倍数为2020年城镇建设用地规模的1.27倍: what it is a multiple of."""


def _served(words: str, amount: Amount, state: Thread, setting: Setting) -> Subject | None:
    """水厂和管网按2035年96万人配套: the population for which a plan lays out its works is the one that it counts on."""
    served = SERVED.search(words.strip())
    if amount.unit not in ("万人", "人") or amount.stated or served is None:
        return None
    town = served["town"] or state.scope
    known = resolve(f"{town or ''}常住人口规模", setting)
    known = known if known.concept else resolve("常住人口规模", setting)
    return replace(known, scope=None if town == "县城" else town, directed=True)


def _described(bare: str, setting: Setting) -> Subject:
    """A wording that describes a known indicator (市民步行5分钟可达公园绿地、广场的覆盖率) gets the catalogue's name."""
    known = resolve(bare, setting, loosely=True)
    return replace(known, name=entry_name(known, setting)) if known.concept else known


def _anaphor(bare: str, state: Thread, setting: Setting) -> Subject | None:
    """What 总规模, 扩展倍数, 陆域 or 海洋 mean after a control line."""
    line = state.line
    if line is not None and re.fullmatch(
        r"(?:控制线|边界|红线|保护线)?(?:范围|总|的)*(?:面积|规模|总量)|控制线|其?面积", bare
    ):
        return line
    if line is not None and re.fullmatch(r"(?:规模)?扩展(?:倍数|系数)|扩展", bare):
        return resolve(f"{line.line}扩展倍数", setting)
    part = re.fullmatch(r"(陆域|海洋|海域|陆地)(?:部分|面积)?", bare)
    if part and (line is not None or state.subject is not None):
        base = line.line if line is not None else state.subject.name if state.subject is not None else ""
        name = ("陆域" if "陆" in part[1] else "海洋") + re.sub(r"^(?:陆域|海洋)", "", base or "")
        return replace(resolve(name, setting), is_part=True)
    return None


def _fitting(subject: Subject, amount: Amount, state: Thread, setting: Setting) -> Subject:
    """A multiple of a boundary is its 扩展倍数, a percentage of an area its share: the name that fits the unit."""
    if fits_unit(amount, subject, setting) and not (subject.line and amount.unit in ("倍", "%")):
        return subject
    if amount.unit == "倍" and subject.line:
        return resolve(f"{subject.line}扩展倍数", setting)
    if amount.unit != "%":
        return subject if subject.concept is None else replace(subject, loose=True, concept=None, line=None)
    stem = re.sub(r"(?:总?面积|规模|总量)$", "", subject.name)
    for name in (f"{state.scope or ''}{stem}比例", f"{state.scope or ''}{stem}占比", f"{stem}比例", f"{stem}占比"):
        found = resolve(name, setting)
        if found.concept and found.unit == "%":
            return replace(found, name=entry_name(found, setting), scope=state.scope)
    basis = amount.gap.strip("的")
    return Subject(f"{stem}占{basis}比例" if basis else stem + "比例", None, None, unit="%", loose=not basis)


def entry_name(subject: Subject, setting: Setting) -> str:
    entry = setting.lexicon.indicator_by_key(subject.concept)
    return entry.name if entry is not None else subject.name


def _is_short(known: Subject, setting: Setting) -> bool:
    """Whether a printed name is one that the catalogue has for short (粮食产能), or only the end of its name (城镇化率 for
    常住人口城镇化率): said so, it stays open which of several is meant."""
    entry = setting.lexicon.indicator_by_key(known.concept)
    if entry is not None and known.name in entry.short:
        return True
    name = entry_name(known, setting)
    left_out = name.removesuffix(known.name)
    return len(known.name) <= 4 and bool(left_out) and left_out != name and not SCOPE.fullmatch(left_out)


def fall_of(described: str, amount: Amount, setting: Setting) -> Subject | None:
    """单位生产总值占用的建设用地较2020年减少38%: what the catalogue knows by its fall alone, put in other words."""
    if amount.change is None or amount.change.kind != "fall" or amount.unit != "%" or "的" not in described:
        return None
    found = resolve(described.removeprefix("每").replace("的", "") + "下降率", setting)
    return replace(found, name=entry_name(found, setting)) if found.concept and found.unit == "%" else None


def _falling(subject: Subject, amount: Amount, plain: str, setting: Setting) -> Subject:
    """A fall against a base year is an indicator of its own: 用水量较2020年下降16% is 用水量下降, 减少 is 用水量减少."""
    if amount.change is None or amount.change.kind != "fall" or re.search(r"下降|降低|减少|降幅", subject.name):
        return subject
    said = re.search(r"下降|降低|减少|削减", plain[max(0, amount.start - 12) : amount.until])
    printed = said[0] if said else "下降"
    yearly = "年均" in plain[max(0, amount.start - 12) : amount.until]
    if printed in ("下降", "降低") and amount.change.measure == "ratio" and not yearly:
        printed += "率"  # what falls by a share: the guides' name for it (单位GDP使用建设用地下降率)
    for word in ("下降", "下降率", "降低", "降低率"):
        fallen = resolve(subject.name + word, setting)
        if fallen.concept:
            known = entry_name(fallen, setting)
            if printed == "降低率" and subject.name.endswith("建设用地使用面积") and known.endswith("下降率"):
                printed = (
                    "下降率"  # no noun is printed: the rest of the name is the guides' to the letter, so its end too
                )
            return replace(fallen, name=subject.name + printed)
    return replace(subject, name=subject.name + printed, concept=None, exact=False)


def _verb_object(verb: str, object_: str, amount: Amount, state: Thread, setting: Setting) -> Subject | None:
    """建成碧道7800公里 is 碧道建设长度; 完成林分优化提升600万亩 is 林分优化提升面积. A known indicator that is put as verb and
    object has no printed name: it gets the catalogue's."""
    object_ = re.sub(r"^(?:了|现有|各类|省级以上|市级以上)", "", object_).strip("、的")
    state.verb, state.object_ = verb, object_
    size = DIMENSIONS.get(amount.unit or "", "")
    done = "建设" if re.fullmatch(BUILT, verb) else verb
    names = [verb + object_ + size, object_ + verb + size, verb + object_, object_ + done + size]
    if not re.fullmatch(ADDED, verb):  # what is added or restored is not what there is
        names += [object_ + size, object_]
    if "的" in object_:
        names += [verb + object_.rsplit("的", 1)[1] + size, object_.rsplit("的", 1)[1] + done + size]
    for name in names:
        known = resolve(name, setting)
        if known.concept and amount.unit == "%" and known.unit != "%":
            return _fitting(known, amount, state, setting)
        if known.concept and fits_unit(amount, known, setting):
            as_printed = name == object_ and MEASURED.search(object_)
            in_order = re.fullmatch(MENDED, verb) and name == object_ + verb + size
            called = object_ if as_printed else name if in_order else entry_name(known, setting)
            return replace(known, name=called, acted=True)
    mended = re.match(r"(?P<what>.{2,}?)(?:图斑)?(?:总?面积|规模)$", object_)
    if mended and re.fullmatch(MENDED, verb) and size == "面积":
        return Subject(mended["what"] + verb + size, None, None, unit=amount.unit, acted=True)
    if MEASURED.search(object_) and not object_.endswith(("岸线", "用地", "人口")):
        added = "新增" if verb in ("新增", "新辟") and not object_.startswith("新增") else ""
        return Subject(added + object_, None, None, unit=amount.unit, acted=True)
    return Subject(_action_name(verb, object_, amount.unit), None, None, unit=amount.unit, acted=True)


def _action_name(verb: str, object_: str, unit: str | None) -> str:
    if verb in ("新增", "新辟") and DIMENSIONS.get(unit or "") in ("面积", "长度"):
        return f"新增{object_}" + ("" if object_.endswith("空间") else DIMENSIONS[unit or ""])
    done = "" if verb in ("完成", "形成", "保障") else "建设" if re.fullmatch(BUILT, verb) else verb
    return f"{object_}{done}{DIMENSIONS.get(unit or '', '')}"


def _of_object(verb: str, amount: Amount, state: Thread, setting: Setting) -> Subject | None:
    """其中新营造不少于5500公顷: the object is that of the amount before."""
    if not state.object_:
        return state.subject
    if verb == "完成" and re.fullmatch(MENDED, state.verb):  # 累计治理…，到2040年完成…
        verb = state.verb
    return _verb_object(verb, state.object_, amount, state, setting)


def subject_after(plain: str, amount: Amount, setting: Setting) -> Subject | None:
    """The subject that follows an amount: 113.5公里岸线列为严格保护岸线, 85.5公里优化利用岸线."""
    rest = plain[amount.end : amount.end + 40]
    if match := re.match(
        r"(?:的)?(?P<what>[\u4e00-\u9fff]{0,8}?)(?:划|列|作|确定)为(?P<name>[\u4e00-\u9fff]{2,12}?)(?=[，。；、]|落位|管控|$)",
        rest,
    ):
        within = re.match("以?内|之内|范围内", rest) and amount.unit in ("公里", "千米")
        if within or amount.unit in ("米", "分钟") or rest[match.end() :].startswith("、"):
            return None  # a distance, or the kinds into which things are parted
        if re.search(r"(?:两侧|周边|外侧|内侧|各|半径|外延|退让)各?$", plain[max(0, amount.start - 6) : amount.start]):
            return None  # a distance that says where, not how much
        if amount.unit == "%":
            share = resolve(match["name"] + "占比", setting)
            return replace(share, name=entry_name(share, setting)) if share.concept else None
        name = _action_name("", match["name"], amount.unit)
        return replace(resolve(name, setting), unit=amount.unit, acted=True, directed=True)
    if amount.unit == "%" and (ordered := _ordered_share(plain, amount, rest, setting)) is not None:
        return ordered
    named = re.match(r"[\u4e00-\u9fff]{4,12}", rest)
    for length in range(len(named[0]) if named else 0, 3, -1):
        found = resolve(rest[:length], setting)
        if found.concept and found.unit and fits_unit(amount, found, setting):
            return replace(found, name=entry_name(found, setting), directed=True)
    return None


KEPT = re.compile(
    r"(?:的?比例)?(?:划定|安排|预留|配置|配建|建设|储备|建立|设立)(?:了|相应)?(?P<what>[\u4e00-\u9fff]{2,16})"
)
QUOTA = re.compile(
    r"的?(?:新增)?(?:建设)?用地(?:计划)?指标，?(?:应|要)?(?:重点|专项|优先)?(?:用于)?(?:保障|支持|用于|给)?(?:[\u4e00-\u9fff、]{1,12}等)?"
    r"(?P<what>[\u4e00-\u9fff、]{2,24}?)(?:用地)?(?=[，。；]|$)"
)
RURAL = re.compile(r"乡村|农村|农业|农产品|一二三产|三农|农文旅|茶旅")
REACHING = re.compile(
    r"的?(?:建成区)?面积(?:应|要|须|均|应当)?(?:达到|达|符合|满足)(?P<what>[\u4e00-\u9fff]{2,10}?)(?:建设)?(?:要求|标准|目标|指标)"
)
OF_WHICH = re.compile(r"(?:按照?|以)(?P<basis>[\u4e00-\u9fff]{2,16}?)的$")


def _ordered_share(plain: str, amount: Amount, rest: str, setting: Setting) -> Subject | None:
    """A share that a sentence orders with its name around the figure: 按不低于保护任务1%的比例划定储备区, 安排不少于10%的
    建设用地指标保障乡村产业, 建成区80%以上的面积达到海绵城市建设要求; None where the catalogue knows no such share."""
    before = plain[: amount.start]
    basis = amount.gap.strip("的") or (found["basis"] if (found := OF_WHICH.search(before)) else "")
    if basis and (kept := KEPT.match(rest)):
        return _known_share(kept["what"], basis, setting)
    if quota := QUOTA.match(rest):
        return _quota(quota["what"], setting)
    if re.search(r"用地(?:计划)?指标中?(?:应|要|须|应当)?(?:拿出|安排|预留|划出|列出|单列)$", before):
        return _quota(rest.split("。")[0], setting)
    if (done := DONE.match(rest)) is not None:
        return _share_done(done, before, setting)
    if reaching := REACHING.match(rest):
        built = "建成区" if "建成区" in before[-12:] + rest[:8] else ""
        for name in (f"{reaching['what']}达标面积占{built}比例", f"{reaching['what']}达标面积比例"):
            if (known := resolve(name, setting)).concept:
                return replace(known, scope=None, directed=True)
    return None


DONE = re.compile(
    r"(?:的(?P<of>[一-龥]{2,12}?))?(?:都|均|要|应)?(?:实现|得到|获得)(?:有效|全面|妥善)?(?P<done>[一-龥]{2,6})(?=[，。；、]|$)"
)


def _share_done(done: re.Match[str], before: str, setting: Setting) -> Subject | None:
    """受污染耕地98%以上实现安全利用 is 受污染耕地安全利用率, if the catalogue has it; 68%的村庄生活污水得到治理 likewise."""
    owner = done["of"] or trimmed(re.split(r"[，。；：、]|20\d\d年", before)[-1])
    for name in dict.fromkeys((owner, owner.replace("村庄", "农村"))):
        found = resolve(f"{name}{done['done']}率", setting)
        if found.concept:
            return replace(found, directed=True)
    return None


def _known_share(what: str, basis: str, setting: Setting) -> Subject | None:
    """储备区 of 永久基本农田保护面积 is 永久基本农田储备区占保护面积比例, if the catalogue has it."""
    line = re.sub(r"(?:保护|划定)?(?:总)?(?:面积|任务|规模|目标)$", "", basis)
    owned = what if not line or what.startswith(line) else line + what
    short = basis.removeprefix(line) or basis
    for name in (f"{what}占{basis}比例", f"{owned}占{short}比例", f"{owned}占{basis}比例"):
        found = resolve(name, setting)
        if found.concept:
            return replace(found, directed=True)
    return None


def _quota(what: str, setting: Setting) -> Subject | None:
    found = resolve(f"{what}用地指标安排比例", setting)
    if not found.concept and RURAL.search(what):
        found = resolve("乡村产业发展用地指标安排比例", setting)
    return replace(found, name=entry_name(found, setting), directed=True) if found.concept else None
