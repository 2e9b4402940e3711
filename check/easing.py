"""What an answer says less of than the clause: of which of them, how far on, in which order, on which sides, how often it is
to be done or may be; who may let it pass; what is only advised against."""

from __future__ import annotations

import re

from .judgement import Defect, Ground, shorten
from .vocabulary import Vocabulary
from .wording import bans, periods
from .words import without_pointers

_ALL = re.compile(r"全部|所有|全覆盖|每个|每[一座处条]|逐[一个村镇户家处条段]|各类|悉数|全数|全域|一律(?!不|禁)")
_ALL_SAID = re.compile(
    r"全|所有|每|逐|各|悉数|一律|均|都(?!市|城)|凡|任何|一个不|无一|个个|统统|皆|100%|百分之百|清零|挨"
)
_SOME = re.compile(
    r"(?<!全国)重点(?!项目|工程|保护|文物|生态)|主要(?!污染|用于)|部分|大部分|多数|大中?型|规模(?:较大|以上)|有条件|条件较好|试点|示范|先行|代表性|基本(?!农田|公共|草原|生活|建设|单元|方针|国策|医疗|养老)|个别"
)


def fewer_of_them(upper: str, lower: str) -> Defect | None:
    """What is asked of all (全部、所有、全覆盖) that the answer does with some (重点、大型、有条件的、基本)."""
    every, some = _ALL.search(upper), _SOME.search(lower)
    if (
        every is None
        or some is None
        or some[0] in upper
        or _ALL_SAID.search(lower[: some.start()] + lower[some.end() :])
    ):
        return None
    return Defect("weakened", "RULE-WEAK", f"上位“{every[0]}”，本级降为“{some[0]}”")


_DONE = re.compile(r"建成|完成|消除|投用|投产|投入使用|完工|竣工|通车|清零|建设完毕|实现|达到|改造完|完毕")
_DONE_SAID = re.compile(
    r"成(?!本|效|立|果|片|员|品|熟|交|长|为|因|都|渝|套)|完(?!善)|毕|消除|投[用产]|投入使用|竣工|通车|清零|到位|实现|达|好|全部|齐|换|满|结束|退出|覆盖|率"
)
_BEGUN = re.compile(
    r"启动|开工|动工|谋划|筹[建备划]|着手|立项|选址|前期工作|可研|推进实施|推进建设|开始|酝酿|研究(?!院|所|中心)"
)
_FIRST_STEPS = re.compile(r"完成[^，。；、]{0,6}(?:选址|前期|立项|可研|设计|招标|方案|征地|勘察|论证)")


def only_begun(upper: str, lower: str) -> Defect | None:
    """What is to be finished by a date (2027年底前建成) that the answer only begins (启动、开工、完成选址)."""
    if _BEGUN.search(upper) or not re.search(r"20[2-6][0-9]|[五六]五|年内", upper):
        return None
    done = _DONE.search(upper)
    plain = _FIRST_STEPS.sub("选址", lower)
    begun = _BEGUN.search(plain)
    if done is None or begun is None or _DONE_SAID.search(plain[: begun.start()] + plain[begun.end() :]):
        return None
    return Defect("weakened", "RULE-WEAK", f"上位“{done[0]}”，本级降为“{begun[0]}”")


_ORDER = re.compile(r"先(?P<first>[^，。；、先后]{1,4})[、，]?\s?后(?P<then>[^，。；、先后]{1,4})")
_IN_STEP = re.compile(r"边[^，。；、边]{1,6}?、?边|同[步时]")
_KEPT_ORDER = re.compile(r"先|[之以]?前|才|方[可能]|再|为前提|同[步时]")
_TOGETHER = re.compile(
    r"边[^，。；、边]{1,6}?、?边|分期|分步|[年月]内(?:补|完|还|恢复)|事后|后补|完工后|闭坑后|竣工后|结束后|限期补"
)


def out_of_order(upper: str, lower: str) -> Defect | None:
    """What is to be done first (先补后占) or meanwhile (边开采边修复) that the answer does in the other order or afterwards."""
    order = _ORDER.search(upper)
    if order is not None:
        turned = re.search(
            rf"先[^，。；]{{0,3}}{re.escape(order['then'][:1])}[^，。；]{{0,6}}后[^，。；]{{0,3}}{re.escape(order['first'][:1])}",
            lower,
        )
        late = _TOGETHER.search(lower)
        if turned is not None or (late is not None and not _KEPT_ORDER.search(lower.replace(late[0], ""))):
            said = turned or late
            assert said is not None
            return Defect("weakened", "RULE-WEAK", f"上位“{order[0]}”，本级为“{shorten(said[0], 20)}”")
        return None
    step = _IN_STEP.search(upper)
    after = re.search(r"(?:闭坑|完工|竣工|结束|停采|关闭|建成|退出)[之以]?后", lower)
    if step is None or after is None or after[0] in upper:
        return None
    if not _IN_STEP.search(lower) and not re.search(r"及时|当年|随", lower):
        return Defect("weakened", "RULE-WEAK", f"上位“{step[0]}…”，本级为“{after[0]}”")
    return None


_EACH_SIDE = re.compile(r"(?:两[侧岸边旁翼]|双侧)[^，。；0-9]{0,8}?各|[每单一各]侧|每边|一侧各")
_IN_ALL = re.compile(
    r"(?:[共总][计宽共]?|合计|总宽度?|累计|合起来)(?:预留|设置|留|建|宽|为|约|不少于)*[0-9一二三四五六七八九十百千]+[^，。；、]{0,3}?(?:米|公里)"
)


def sides_together(upper: str, lower: str) -> Defect | None:
    """A width for each side (两侧各15米) that the answer has for both together (两侧共15米, 总宽)."""
    each, together = _EACH_SIDE.search(upper), _IN_ALL.search(lower)
    if each is None or together is None or _EACH_SIDE.search(lower) or _IN_ALL.search(upper):
        return None
    return Defect("weakened", "RULE-WEAK", f"上位“{each[0]}”，本级为“{together[0]}”")


_VAGUE = re.compile(r"不?定期|适时|择机|经常|按需|视情|不时|适当时候|必要时|抽[查检样]")
_OFTEN_SAID = re.compile(r"每|年度|逐|年年|天天|按[年月季]|一[年月季周日]|实时|常态|全程")


def seldom(upper: str, lower: str) -> Defect | None:
    """How often something is done (每年, 逐段) that the answer leaves open (定期, 适时, 抽查)."""
    vague = _VAGUE.search(lower)
    if vague is None or vague[0] in upper or periods(lower) or _OFTEN_SAID.search(lower):
        return None
    wanted = re.search(
        r"每(?:半?年度?|季度?|月|周|日|[一二两三四五0-9]+个?[年月日])|一年一|逐[年月季段个处户件块]", upper
    )
    return None if wanted is None else Defect("weakened", "RULE-WEAK", f"频次由“{wanted[0]}”改为“{vague[0]}”")


_CONDITIONED = re.compile(
    r"确需|确有|经[^，。；]{0,16}(?:批准|同意|审批|论证|许可|认可|审查)|报[^，。；]{0,12}(?:批准|审批|备案|同意)|未经|擅自|随意|私自|违[法规反]|非法|无关|不符|不相|除|原则上|一般|仅|只[准许能限]|方可|特殊|不利于"
)
_LEAVE = re.compile(
    r"(?:(?:确[需有实]|特殊|个别|如需|因[^，。；]{1,8}需|必要|临时|[^，。；]{0,8}期间)[^。；]{0,18}?)?(?:经|报|由|须?征得)(?P<who>[^，。；]{0,14}?)(?:批准|同意|审批|核准|许可|认可|审定|备案)"
    r"[^。；]{0,4}?(?:可|方|准|后|允许|的，?可|$|[。；，])"
)
_HIGH = re.compile(r"国务院|国家|中央|部(?!门)|省|自治区|法定|有批准权|原[审批]|上级|依法")


def leave_by_approval(upper: str, lower: str, words: Vocabulary) -> Defect | None:
    """A flat ban to which the answer adds leave by an authority below the province, or that it turns into such leave."""
    if not bans(upper, words) or _CONDITIONED.search(upper) or words.approves.search(upper):
        return None
    leave = _LEAVE.search(lower)
    if leave is None or _HIGH.search(leave[0]) or re.search(r"未$|不$", lower[: leave.start()]):
        return None
    return Defect("weakened", "RULE-WEAK", f"上位未设例外，本级新增“{shorten(leave[0].strip('，。；'), 24)}”")


_LED = re.compile(
    r"(?:引导|鼓励|倡导|提倡|劝导|动员|建议|提醒)[^，。；不]{0,16}不(?!得|准|许|再|予|同|断|仅|低于|少于|小于|超过|高于|大于)"
)
_LESS = re.compile(r"(?:尽量|尽可能|适当|逐步)?(?:减少|少)(?P<what>[一-龥]{2})")


_BARRED_AREA = re.compile(r"禁[一-龥]{1,2}[区期]")


def only_led_off(upper: str, lower: str, words: Vocabulary) -> Defect | None:
    """What is flatly forbidden, from which the answer only leads people off (引导农户不种), or of which it does less (少挖塘)."""
    if not bans(upper, words) or re.search(r"引导|鼓励|倡导|提倡|减少|少(?!于|年|儿|数)", upper):
        return None
    for part in re.split(r"[，。；]", lower):
        if words.forbids.search(_BARRED_AREA.sub("", part)):
            continue
        less = next((m for m in _LESS.finditer(part) if m["what"] in upper), None)
        weak = _LED.search(part) or less
        if weak is not None:
            return Defect("weakened", "RULE-WEAK", f"上位为禁止，本级为“{shorten(weak[0], 24)}”")
    return None


_EVERY_TOWN = re.compile(
    r"(?:每个?|每座|各个?|所有|全部|逐个)(?:建制)?(?:乡镇|镇|乡)(?![一-龥]{0,2}(?:政府|负责|编制|上报))"
)
_SOME_TOWNS = re.compile(r"(?:中心|重点|示范|试点|特色|经济强|人口较?多的?乡?)镇")


def some_towns(upper: str, lower: str) -> Defect | None:
    """What every township is to have and only the central ones get."""
    every, some = _EVERY_TOWN.search(upper), _SOME_TOWNS.search(lower)
    if every is None or some is None or _SOME_TOWNS.search(upper):
        return None
    if re.search(r"[各每个]乡|乡镇|各镇|每个?镇|其余|其他|其它|一般镇|全部|均|都", lower):
        return None
    return Defect("partial", "RULE-WEAK", f"上位“{every[0]}”，本级缩小到“{some[0]}”")


_OFTEN = re.compile(r"一次|1次|一轮|一回")


def may_be_done(clause: str) -> bool:
    """Whether how often a clause says something happens is a leave (每年可优化一次) rather than a duty."""
    let = re.search(r"(?<!不)(?:允许|准许|可以?(?!持续|靠|行|达|能|视))", clause)
    return let is not None and bool(_OFTEN.search(clause)) and not re.search(r"应|须|至少|不(?:得)?少于", clause)


def oftener(upper: str, lower: str) -> Defect | None:
    """What the clause allows once in a time (每年可优化一次) and the answer allows more often."""
    if not may_be_done(upper):
        return None
    theirs, ours = periods(upper), periods(lower)
    if len(theirs) != 1 or not ours or min(ours) >= theirs[0] or re.search(r"不(?:得|准|许|予)|禁止", upper):
        return None
    if not re.search(r"(?<!不)(?:允许|准许|可以?)", lower):
        return None
    return Defect("weakened", "RULE-WEAK", f"次数放宽：上位每{theirs[0]:g}个月一次，本级每{min(ours):g}个月一次")


_QUALITY = re.compile(r"质量|质不|等级|地力|产能|肥力|提质|优质|好|优|质")


def aims_dropped(upper: str, lower: str) -> Defect | None:
    """The quality of what is given back (数量相等、质量相当), nature in 数量、质量、生态, and what 改建、扩建 adds to a ban on 新建."""
    for part in re.split(r"[。；]", without_pointers(upper)):
        if re.search(r"(?:数量|面积)[^，。；]{0,6}[、和与，][^，。；]{0,3}质量", part):
            if re.search(r"数量|面积|等量|相等", lower) and not _QUALITY.search(lower):
                return Defect("partial", "RULE-WEAK", "未回应“质量”")
            if re.search(r"质量、(?:和)?生态|质量和生态", part) and re.search(r"数量", lower) and "生态" not in lower:
                return Defect("partial", "RULE-WEAK", "未回应“生态”")
        built = re.search(r"新建、[改迁翻]建(?:、|和|或|及)扩建", part)
        if (
            built is not None
            and re.search(r"新[建上增设]|再建", lower)
            and not re.search(r"扩|增容|加建|增产|增建", lower)
        ):
            return Defect("partial", "RULE-WEAK", "未回应“扩建”")
    return None


def eased(upper: str, lower: str, ground: Ground) -> list[Defect]:
    """All of these ways in which an answer falls short of a clause."""
    found = (
        fewer_of_them(upper, lower),
        only_begun(upper, lower),
        out_of_order(upper, lower),
        sides_together(upper, lower),
        seldom(upper, lower),
        leave_by_approval(upper, lower, ground.words),
        aims_dropped(upper, lower),
        only_led_off(upper, lower, ground.words),
        some_towns(upper, lower),
        oftener(upper, lower),
    )
    return [defect for defect in found if defect is not None]
