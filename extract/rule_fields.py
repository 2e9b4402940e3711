"""The parts of a rule: force and modal word, actor, object, conditions, exceptions, deadline, responsible units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ..plan.requirement import Force, RuleException
from .clauses import segments
from .directives import DEADLINE, Modal, heads, modals

RANK = {"prohibit": 0, "restrict": 1, "must": 2, "recommend": 3}
"""Which modal word of a clause decides (DOMAIN §4.2): what forbids, what holds back, what must be, what had better be."""
BODY_ACTS = re.compile(
    r"^[^，。；的]{0,16}(?:人民政府|政府|主管部门|部门|厅|局|委员会|管委会)(?:会同|应会同|每年|定期|负责)"
)
"""A body of government as the subject: what it does it must do."""
ENCOURAGES = re.compile(r"(?:鼓励|引导|支持|倡导|提倡)")
BARE_NOT = re.compile(r"不(?!得|准|许|再|能|予|应|可|宜|允许).{1,3}")
"""不挖, 不新建 …: what somebody is only led to (引导村民不挖山、不填湖) is not forbidden."""
IN_TIME = re.compile(
    r"(?:20[2-5]\d年(?:年)?(?:底|末|\d{1,2}月)?(?:之)?前|期限内|[两三五]年内|限期)[^，。；]{0,40}(?:全部|完成|到位|完毕|清零|治完|拆完|退出|搬迁|达标)|每(?:年|季度|半年)[^。；]{0,30}(?:报|通报|公布|评估|体检|更新)"
)
"""Work set to be done by a time, or reported each year: it must be done, whichever verb says it."""
CARRIED_OUT = re.compile(r"实施[^，。；]{0,12}(?:用途管制|管制|许可|名录管理|清单管理|分级管理|分类管理|管控)")
"""实施 of a regime obliges as 实行 does; 实施 of works recommends."""
ACTOR = re.compile(
    r"^(?:[^，。；]{0,16}，)?(?P<actor>(?:各|有关|相关|所有|任何|县级|市级|省级|市县|乡镇|下级|本级|属地|所在地?|沿[江海湖河]|列入[^，。；]{1,8}的|新建|大中型|采矿|建设|生产|责任|牵头|项目|"
    r"县、镇、村|县、乡、村|县|市|省|镇|村|区|州)[^，。；]{0,28}?|[^，。；的]{2,12}(?:人民政府|管理处|主管部门|部门|企业|权人|单位|机构))"
    r"(?=(?:应当|应该|应|必须|须|不得|不准|不许|要|可以|可|宜|负责|每年|每季度|均|都|一律|于20|会同|主要负责人|未经[^，。；]{2,12}(?:不得|不准|不能)|按[^，。；]{2,20}划定|牵头|落实)[^，。；]{1})"
)
ACTOR_END = re.compile(
    r"(?:规划|政府|部门|单位|个人|单位和个人|市|县|区|州|（市、区）|（区）|（州）|（市）|企业|权人|管理处|乡镇|镇|村|乡|街道|厅|局|委员会|机构|组织|主体|田长|任何人|矿山|负责人|党委|小组|县城|建设单位|园区|地区|平台)$"
)
NO_ACTOR = re.compile(r"(?:小区|加工区|工业区|县城|城区|镇区|保护单位|中心城市)$")
"""Places and things that stand as subjects and can do nothing."""
BY = re.compile(
    r"由(?P<actor>(?:(?!报|后)[^，。；由]){2,24}?)(?=(?:逐级|分解|纳入|于20|划定|收回|公布|下达|统一|统筹|负责|(?<!经济)组织|批准|审批|管理|修复|治理|编制|落实|出具|履行|承担|牵头|备案|办理|更新|限期|出资|依法|会同|初审|审查|核发|确定|自行|代为|在)[^，。；]*)"
)
RESPONSIBLE = re.compile(
    r"(?:由|牵头单位[为：]|责任单位[为：])(?P<unit>[^，。；由]{2,24}?)(?:牵头|负责|统筹|组织实施|承担)|(?P<lead>[^，。；、由]{2,20}(?:厅|局|政府|部门|委员会))(?:牵头|负责)"
)
WHEN = re.compile(
    r"^(?P<text>(?:在|凡|对|对于|因|经|如|若|需|确需|依法|未经|有|列入|未|其他|已经?|涉及)?[^，。；]{2,40}的)$|^(?P<basis>在[^，。；]{2,40}(?:前提下|基础上|条件下|情况下|时|后|期内|期间))$|"
    r"^(?P<only>未经[^，。；]{2,30}(?:批准|同意|许可|论证|评估|程序|审批|审查))|^(?P<once>[^，。；]{2,30}一经[^，。；]{2,8}|一经[^，。；]{2,8})$"
)
UNAPPROVED = re.compile(
    r"(?:未经|非经|不经|没有|没经|未获|未取得|未征得)[^，。；]{0,24}?(?:批准|同意|许可|论证|评估|审批|审查|程序|核准)"
)
GIVEN = re.compile(
    r"(?:^|(?<=，))只要[^，。；]{2,24}(?=，|$)|在[^，。；]{2,30}?(?:前提下|基础上|条件下|情况下)|前提是[^，。；]{2,24}|(?:^|(?<=，))[^，。；]{2,20}(?:之前|以前)(?=不得|不准|禁止)"
)
PLACE = re.compile(
    r"^(?!除)(?P<place>(?:在)?(?:[^，。；]{0,44}?)(?:范围内|区域内|区内|线内|线外|边界内|边界外|以内|以外|以外的区域|地带内|地带|廊道内|屏障内|绿核范围内|保护区内|公园内|红线内|两侧\d*米?(?:范围)?内?|边界以内|[^，。；的]{1,10}[内外]))"
    r"(?=，|禁止|严禁|不得|不准|不再|不搞|严格|从严|限制|原则上|一律|仅|只|应|须|必须|除|新建|控制|可)"
)
CASE = re.compile(
    r"(?:^|(?<=，))(?P<case>[^，。；]{2,30}的)(?=一律|不得|不予|不再|不准|方可|不供|暂停|须|应当|可按|按)"
)
ONCE = re.compile(r"(?:[^，。；]{2,12})?一经[^，。；不]{1,6}(?=不得|，|即|任何)")
UNLISTED = re.compile(r"^(?:未|没有?)[^，。；]{2,30}的[^，。；的]{2,10}(?=，?(?:不得|不予|一律|不准))")
"""未纳入“一张图”的专项规划，不得…: what a prohibition holds for because something is not done."""
IN_NEED = re.compile(r"(?:^|(?<=，))(?:确需|确有必要|确因)[^，。；的]{2,20}的(?=[^，。；]{2,})")
WITH_CONSENT = re.compile(r"(?<![须应需由])经[^，。；]{4,24}(?:表决)?(?:同意|批准|认定)(?=后|，|的|。|$)")
STATE = re.compile(
    r"^(?![^，。；]*已)(?=[^，。；]{0,40}(?:不足|不满|超过|高于|低于|未|不达标|没有|[连持]续[^，。；]{0,6}(?:减少|下降|流失|增长|增加)))"
    r"[^，。；有]{4,44}的[^，。；的]{0,10}?(?:[县市区镇乡旗村盟州]|（[市县区旗、]+）|城市|地区|单位|企业|园区|开发区|项目)(?=，)"
)
"""常住人口连续五年减少的县（市），…: the places or bodies that a clause is for, told by their state."""
TIME_OF_YEAR = re.compile(
    r"(?:每年\d{1,2}月[^，。；]{0,12}?期?间?|^[^，。；内]{2,8}(?:越冬|产卵|繁殖|迁徙|禁渔|休渔|汛|防火|枯水)期)(?=一律|不得|禁止|严禁|内?停止|不准)"
)
LIMITED = re.compile(
    r"以上|以下|以内|以外|范围内|[内外](?:的|$)|超过|新建|新增|新设|新上|列入|未(?!来)|穿越|撂荒|连续|其他|其余"
)
"""What narrows the subject of a rule: then the subject says where the rule holds."""
NEED = re.compile(
    r"(?<!明)确需|确要|确须|绕不开|绕不过|确有|确实|确因|确无|实在|不得不|非[^，。；]{1,6}不可|免不了|难以避让|无法避让|无法避开|避让不开|避不开|因特殊|因[^，。；]{2,16}需要|需穿越|需占用|穿越[^，。；]{2,10}的|涉及[^，。；]{2,16}的"
)
WAY_OUT = re.compile(
    r"的(?:$|，|须|应|按|由|报|经|采|先|逐|依|可|方|在|以|当年|当期|等量|同等|就近)|的[^，。；]{1,12}(?:须|应)"
)
"""After the words of need: what is done then, for the case or for the works that it names."""
PROCEDURE = re.compile(r"须|应|由|报|经|按|逐级|采取|采用|先|补|履行|依法|办理|论证")
EXCEPT_BEFORE = re.compile(
    r"除(?!了)(?P<what>[^。；]{2,60}?)(?:之外|以外|外)(?=[，。；的]|(?:全面|一律|均|都|不|禁|严|从严|原则上|任何|只|少|尽量|其他|其余|[^，。；]{0,8}(?:禁止|不得|不再|不准|只增)))"
)
EXCEPT_BESIDE = re.compile(
    r"(?:^|(?<=，))(?P<what>(?!除)[^，。；]{2,40}?[^，。；界线围区带内\d里米园城村镇红])(?:之外)，?(?=一概|一律|均|都|不得|不准|禁止|严禁|任何)"
)
"""市政必需的设施之外，一概不得…: an exception without 除; 边界之外 and other places are none."""
PASSES = re.compile(
    r"^[^，。；]{0,24}只(?:能|准|许)?[对给供](?P<what>[^，。；]{2,60}?)(?:放行|开放|使用|供地|用)(?=，|。|；|$)"
)
"""只能给国家重大项目用: what alone may is an exception of the ban that goes with it."""
OTHERWISE = re.compile(r"(?:其他|其它|其余|别的|一般)[^。；]{0,16}(?:不得|不准|禁止|严禁|一概|一律)")
AROUND = re.compile(r"(?<=，)(?P<what>(?:绕|避|躲)(?:不开|不过)[^，。；]{0,4}[^。；]{2,40})(?=[。；]|$)")
"""选线避让红线，绕不开时用桥隧通过: what is done where a limit cannot be kept."""
EXCEPT_AFTER = re.compile(
    r"(?:^|(?<=[，；]))(?:但|但是)?(?P<what>[^，。；]{2,60}?)(?:除外|(?<!不得)(?<!没有)(?<!无)例外|不在此[列限]|不受[此上]?(?:限|条|款|述)[^，。；]{0,6}|不适用本[条款])"
    r"|(?<=，)(?P<left>[^，。；]{2,24}的)不(?:退|计|算|动|拆|迁|纳入|在内|执行)(?=[，。；]|$)"
    r"|(?<=，)(?P<law>[^，。；]{0,12}(?:法律|法规|国家|省|另)[^，。；]{0,8}有[^，。；]{0,4}规定的)(?:，)?(?:从其规定|按[^，。；]{0,6}规定[^，。；]{0,3}|依照[^，。；]{2,8}|依其规定)"
)
"""科研巡护不在此列, 已划入永久基本农田的不退, 法律法规另有规定的从其规定."""
EASED = re.compile(
    r"(?<=，)[^，。；]{2,24}(?:可|允许)[^，。；]{0,16}(?:收窄|放宽|降低|减小|缩小|缩减|放行|豁免|从宽|(?:窄|低|小|短|少)(?:一些|一点|些))(?=[，。；]|$)"
    r"|(?<=，)[^，。；]{2,24}(?:可|允许)[^，。；]{0,6}(?:(?:收|放)?(?:窄|宽)|降低?|减少?|缩[减小短]?|下浮|上浮)?(?:至|到|为)[^，。；]{0,2}\d[^，。；]{0,8}(?=[，。；]|$)"
    r"|(?<=，)[^，。；可应须不]{2,16}收窄(?=[，。；]|$)"
)
"""…应预留不少于200米，城镇段可适当收窄; …，城镇段可缩减为15米: a duty made lighter for a part."""
SAVED = re.compile(r"(?<=，)(?:只|仅)(?:保障|保留|留下?|开展|进行|安排|实施|批准|做|搞|修)(?P<what>[^，。；]{2,40})")
"""停止审批新建房屋，只保障危房修缮: what a prohibition leaves."""
HANDLED = re.compile(r"报|经|批|论证|办理|手续|备案|补|同意|程序|依法|置换|审|避|桥|隧|评估")
"""What makes …的，须… after a prohibition a way around it; another duty is none."""
ONLY = re.compile(
    r"(?:仅允许|只允许|仅限于?|只能(?=安排|建设|开展|用于|布局|进行|从事)|只准许?|只许)(?![高多少增减升降]|[^，。；]{0,6}(?:下列|以下|如下))(?P<what>[^，。；]{2,80})"
)
PERMITTED = re.compile(
    r"^(?:但|也|并)?(?P<who>[^，。；]{0,30}?)可(?:以|适度|适当|酌情|视情|破例|灵活|继续|结合|按|依法|经|在|就近|开展|安排|布局|进行|采用|采取)(?P<what>[^。；]*)"
)
APPROVAL = re.compile(
    r"(?:报请?|经|由|报经)(?P<who>[^，。；、]{2,20}?)(?:依法)?(?:组织论证|论证|批准|同意|审批|审核|备案|核准|出具意见|认定|审查|批)"
)


@dataclass(frozen=True, slots=True)
class Directive:
    """How strongly a clause orders: its deciding word at an offset; `word` is "" where no word says it."""

    force: Force
    word: str
    start: int


@lru_cache(maxsize=4096)
def directive_of(text: str) -> Directive:
    """The force of a clause and the word that gives it.

    A word that forbids beats one that holds back, that one a must, that one 宜. Without these the first of verb and 可
    in the clause decides, then a bare operator (不超过 holds back, 不低于 obliges); a clause that orders by form alone obliges.
    """
    found = tuple(modal for modal in modals(text) if not _is_sanction(text, modal) and not _eases(text, modal))
    ranked = sorted((modal for modal in found if modal.kind in RANK), key=lambda m: (RANK[m.kind], m.start))
    if ranked and ENCOURAGES.match(text) and BARE_NOT.fullmatch(ranked[0].word):
        ranked = [modal for modal in ranked if not BARE_NOT.fullmatch(modal.word)]
    if ranked and ranked[0].word in MILD and (duty := _first_duty(text, ranked)):
        return Directive("oblige", _printed(text, duty), duty.start)
    if ranked:
        first = ranked[0]
        return Directive(_force(first), _printed(text, first), first.start)
    permits = [modal for modal in found if modal.kind == "permit"]
    verbs = [head for head in heads(text) if head.kind != "inner" or head.force != "recommend"] or list(heads(text))
    first_verb = verbs[0] if verbs else None
    by = BY.search(text)
    if by and not permits and (first_verb is None or first_verb.kind == "inner" or "负责" in text):
        return Directive("oblige", "负责" if "负责" in text else "由", by.start())
    if permits and (first_verb is None or permits[0].start < first_verb.start or first_verb.kind == "inner"):
        return Directive("permit", permits[0].word, permits[0].start)
    if first_verb is not None:
        binding = CARRIED_OUT.match(text, first_verb.start) or (first_verb.word == "建成" and DEADLINE.search(text))
        binding = binding or BODY_ACTS.match(text) or (first_verb.force == "recommend" and IN_TIME.search(text))
        return Directive("oblige" if binding else first_verb.force, first_verb.word, first_verb.start)
    if found:
        return Directive(
            "restrict" if re.search(r"超过|高于|大于|突破", found[0].word) else "oblige", found[0].word, found[0].start
        )
    return Directive("oblige", "", 0)


MILD = frozenset(["不宜", "一般不", "一般不应", "原则上不", "原则上不再", "原则上不宜", "一般不再"])
"""Words that hold back less than a must obliges (lexicon strength 2 and 3 against 5)."""


def _first_duty(text: str, ranked: list[Modal]) -> Modal | None:
    """The must that stands in an earlier part of the clause than all that holds back (应划定保护区，区外不宜建房)."""
    held = min(modal.start for modal in ranked if modal.kind == "restrict")
    musts = [modal for modal in ranked if modal.kind == "must" and "，" in text[modal.start : held]]
    bare = [modal for modal in musts if not re.match("控制|严格|从严|限制", text[modal.start + len(modal.word) :])]
    return min(bare, key=lambda modal: modal.start, default=None) if len(bare) == len(musts) else None


def _is_sanction(text: str, modal: Modal) -> bool:
    """应每年签订责任书，考核不合格的暂停审批: a halt that answers a breach of the duty before it."""
    if modal.word not in ("暂停", "暂缓") or "，" not in text[: modal.start]:
        return False
    first = segments(text)[0][1]
    before = [one for one in (*modals(text), *heads(text)) if one.start < first]
    return any(one.force == "oblige" for one in before)


def _eases(text: str, modal: Modal) -> bool:
    """Whether a 可 only makes a duty lighter for a part (深山县可降至0.8%)."""
    return modal.kind == "permit" and any(match.start() <= modal.start < match.end() for match in _eased(text))


def _force(modal: Modal) -> Force:
    if modal.word in ("仅允许", "只允许"):
        return "prohibit"
    return modal.force


def _printed(text: str, modal: Modal) -> str:
    """The modal word with the 原则上, 一般 or 方 that stands right before it."""
    before = re.search(r"(?:原则上|一般|方)$", text[: modal.start])
    return before.group() + modal.word if before and not modal.word.startswith(before.group()) else modal.word


@lru_cache(maxsize=4096)
def actor_of(text: str) -> str | None:
    """Who must act: the subject before the modal word, or who stands after 由; None where nobody is named."""
    for start, end in segments(text):
        found = ACTOR.match(text[start:end])
        if found is None:
            continue
        actor = re.sub(r"(?:对|在|于|将|按).*$", "", found["actor"])
        if ACTOR_END.search(actor) and len(actor) > 1 and not NO_ACTOR.search(actor):
            return actor
    by = BY.search(text)
    return by["actor"] if by and ACTOR_END.search(by["actor"]) else None


def object_of(text: str, directive: Directive) -> str | None:
    """What the deciding word governs, up to the next comma."""
    after = text[directive.start + len(directive.word) :]
    found = re.match(r"[^，。；]{2,60}", after)
    return found.group() if found else None


@lru_cache(maxsize=4096)
def exceptions_of(text: str, directive: Directive) -> tuple[RuleException, ...]:
    """What the clause lets pass, with who may and who must agree."""
    found: list[RuleException] = []
    for match in EXCEPT_BEFORE.finditer(text):
        found.append(exception_of(match["what"], match["what"]))
    for match in (*EXCEPT_BESIDE.finditer(text), *AROUND.finditer(text)):
        found.append(exception_of(match["what"], match["what"]))
    if (passes := PASSES.match(text)) and OTHERWISE.search(text, passes.end()):
        found.append(exception_of(passes["what"], passes["what"]))
    for match in EXCEPT_AFTER.finditer(text):
        whole = match["what"] or match["left"] or match["law"]
        found.append(exception_of(match.group().removeprefix("但是").removeprefix("但"), whole))
    if directive.force == "prohibit":
        found += [exception_of(match.group()) for match in SAVED.finditer(text, directive.start)]
    for match in ONLY.finditer(text):
        if directive.force in ("prohibit", "restrict"):
            found.append(exception_of(match["what"], match["what"]))
    if not any(ONLY.search(one.text) for one in found):
        found += _escape(text, directive) or [exception_of(match.group()) for match in _eased(text)]
    return tuple({one.text: one for one in found}.values())


def _eased(text: str) -> list[re.Match[str]]:
    """The parts of a clause that make the duty before them lighter somewhere."""
    ordered = min((one.start for one in (*modals(text), *heads(text))), default=len(text))
    return [match for match in EASED.finditer(text) if ordered < match.start()]


def _escape(text: str, directive: Directive) -> list[RuleException]:
    """After a prohibition or a limit: 确需…的，须经…批准, X的按程序报批, 可…: from there to the end of the clause."""
    hard = directive.force in ("prohibit", "restrict")
    if not hard and "确需" not in text and "原则上" not in text:
        return []
    parts = segments(text)
    ordered = min((modal.start for modal in modals(text) if modal.kind in RANK), default=directive.start)
    words = [text[start:end] for start, end in parts]
    for number, (start, end) in enumerate(parts):
        if number == 0:
            continue
        word = words[number]
        need = NEED.search(word)
        needs = need is not None and WAY_OUT.search(word, need.start())
        rest = text[start:].rstrip("。；;")
        allowed = PERMITTED.match(word)
        if allowed and start > ordered and (hard or "原则上" in text[:start]):
            return [exception_of(part, part) for part in rest.removeprefix("但").split("以及")]
        if end <= directive.start or (re.search(r"禁止|严禁|不得|不准|不予|不宜建设的", rest) and not needs):
            continue
        procedure = re.search(r"的(?:须|应|按|由|报|经|采|先|逐级|依法|在同|就近|等量)", word) or (
            word.endswith("的") and PROCEDURE.search(rest[len(word) :])
        )
        if (needs and (hard or (number > 0 and "确需" in word))) or (
            hard
            and start > directive.start
            and procedure
            and not word.startswith(("已", "未"))
            and HANDLED.search(rest.partition("的")[2])
        ):
            return [exception_of(rest, rest)]
    return []


def exception_of(text: str, whole: str | None = None) -> RuleException:
    """An exception by its words; who decides is looked for in `whole`, the words around them."""
    whole = whole or text
    approval = APPROVAL.search(whole)
    who = None
    subject = re.match(r"(?P<who>[^，。；]{2,30}?)(?:确需|确实|确因|选址|难以|无法|因)", whole)
    if subject and not subject["who"].startswith(("确", "因", "经")):
        who = subject["who"]
    return RuleException(text=text, actor=who, approval=approval["who"] if approval else None)


_CONDITIONS = (
    ("的", CASE), ("一经", ONCE), ("经", WITH_CONSENT), ("的", UNLISTED), ("确", IN_NEED), ("的", STATE), ("", TIME_OF_YEAR)
)  # fmt: skip
"""Each with a word that it needs; the words of its group, or all of them, are the condition."""


@lru_cache(maxsize=4096)
def conditions_of(text: str, exceptions: tuple[RuleException, ...]) -> tuple[str, ...]:
    """When the clause holds: …的, 在…前提下, 未经…, and the place that it opens with."""
    found: list[str] = []
    passed = "".join(one.text for one in exceptions)
    for start, end in segments(text):
        words = text[start:end]
        if words in passed or (words.startswith("除") and "外" in words):
            continue
        when = WHEN.match(words)
        if when and end < len(text.rstrip("。；;")):
            found.append(words)
        else:
            found += [match.group() for pattern in (UNAPPROVED, GIVEN) if (match := pattern.search(words))]
    for needed, pattern in _CONDITIONS:
        if needed in text:
            found += [match[pattern.groups] for match in pattern.finditer(text) if match[0] not in passed]
    subject = _subject(text)
    if subject and LIMITED.search(subject):
        found.append(subject)
    place = PLACE.match(text)
    if place and not any(place["place"] in one or one in place["place"] for one in found):
        found.append(place["place"])
    return tuple(one for one in dict.fromkeys(found) if not any(one != other and one in other for other in found))


def _subject(text: str) -> str | None:
    """What stands before the first modal word of the clause, if no comma parts them."""
    first = min((modal.start for modal in modals(text)), default=0)
    subject = re.sub(r"(?:原则上|一般|均|都|也|严格|全面)$", "", text[:first])
    return subject if 2 < len(subject) <= 40 and not re.search(r"[，。；]", subject) else None


def deadline_of(text: str) -> int | None:
    """The year by which it must be done (2025年底前 → 2025); None where no year is set."""
    found = DEADLINE.search(text)
    year = re.search(r"20\d\d", found.group()) if found else None
    if year is None:
        by = re.search(r"到(20[2-5]\d)年(?!，[^。]*(?:率|面积|规模|总量))", text)
        return int(by.group(1)) if by else None
    return int(year.group())


@lru_cache(maxsize=4096)
def responsible_of(text: str) -> tuple[str, ...]:
    """The units that lead or answer for it."""
    found = [match["unit"] or match["lead"] for match in RESPONSIBLE.finditer(text)]
    return tuple(dict.fromkeys(found))
