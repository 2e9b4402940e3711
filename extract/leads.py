"""What stands before an amount: its region and scope, and the words that name it or leave it to the amount before."""

from __future__ import annotations

import re
from dataclasses import replace

from ..plan.requirement import Region
from .naming import (
    DONE,
    MEASURED_LEAD,
    Thread,
    entry_name,
    fall_of,
    fits_unit,
    named_subject,
    subject_after,
    trimmed,
    without_years,
)
from .setting import Setting
from .statements import SCOPE
from .subjects import DIMENSIONS, MEASURED, Subject, resolve, resolve_tail
from .values import LEVELLED, Amount

PIECES = re.compile(r"[，,：:。；()]|（(?![市区县旗州镇、]{1,6}）)|(?<![市区县旗州镇])）")
"""Where the words before an amount part; the brackets of 各县（市、区） part nothing."""
OTHERS = re.compile(r"其[他余]各?(?P<kind>县（市、区）|县（市）|市县|县区|县城|县市|县|市|区|城区|地区|城市)")
PLAN_LEVEL = re.compile(r"(乡镇|县乡|县镇|市县|县区)(?:两?级)?(?:国土空间)?(?:总体)?规划")
OTHER_TOWNS = re.compile(
    r"[、和及与]各?(?:县级市|县（市、区）|县（市）|县市|县|区|市|旗)的?(?:中心城区|城区|县城|建成区)?"
)
VILLAGES = re.compile(
    r"(?P<names>[一-龥]{1,5}(?:村|社区)(?:[、和及与][一-龥]{1,5}(?:村|社区))*)(?:各自?|均|分别|每村)(?=[^一-龥]|不|达|至)?"
)
RESPECTIVELY = re.compile(
    r"(?P<name>.{3,}?)(?:分别|依次|各)(?:应|要|须)?(?:为|是|达到|达|控制在|不低于|不少于|不超过)(?P<where>[一-龥]{2,10})"
)
"""常住人口规模分别为甲镇6万人、乙镇7万人: a name before the parts that each have their amount."""
_REST_OF_ORDER = re.compile("(?:的?(?:规模|标准|要求))?(?:配置|配套|建设|预留|设防|考虑|安排|供应|布局)")
"""What is left of an order behind its amount: 供水按105万人规模配置，供水能力达到…"""
_LEVEL_LEFT = re.compile(rf"^(?:逐步|稳步)?(?:{LEVELLED}|[增减降升])的?$")
"""What is left of 减至2035年的 without its year."""
_COUNT_OF_PARTS = re.compile("^[两二三四五六七八九](?:地|县|市|区|区县|市县|县市)(?![级域])")
"""甲、乙、丙三地: how many parts have been named."""
FALL = re.compile("(?:累计)?(?:降幅|下降幅度|降低幅度)")
FALLS = re.compile(r"(?:较20\d\d年)?(?:累计|逐步|持续|稳步)*(?:下降|降低|减少)$")
ONLY_MEASURE = re.compile("总?(?:面积|规模|长度|数量)|覆盖率|比例|比重|占比")
"""What names nothing by itself."""
JOINED = re.compile(r"^[、和及与以以及\s]+")
SHARE_OF = re.compile(r"^(?:约|大约|占|相当于|其中|合|折合)*占|^相当于|^约?折合")
WHOLE_WORDS = re.compile(
    r"全[省市县区域镇乡州盟旗]域?|[省市县区州镇乡盟]域(?:内|范围内)?|本[省市县区州镇乡]|规划区(?:范围)?内?|全境"
    r"|(?:本?[省市县区州])?(?<!片)(?:境|辖区)内的?(?=[一-龥]{4})"
)


def read_lead(setting: Setting, plain: str, lead: str, amount: Amount, state: Thread) -> Subject | None:
    """The subject that the words before an amount name, or leave to the amount before; None if it is no indicator's.

    Region and scope that stand before the name are put into `state`.
    """
    pieces = PIECES.split(lead)
    piece = pieces[-1]
    if SHARE_OF.search(piece.strip()) and not re.search("比例|比重", piece):
        return _share_of(piece, plain, amount, state, setting)
    for earlier in pieces[:-1]:
        if not re.search(r"(?:工程|项目|计划|行动)$", earlier):  # a region in the name of a work is not its place
            _region_of(setting, earlier, state)
        _line_in(earlier, setting, state)
    words = JOINED.sub("", piece)
    words = _LEVEL_LEFT.sub("", JOINED.sub("", without_years(words)))
    apart = RESPECTIVELY.fullmatch(words)
    first = setting.region(apart["where"]) if apart is not None else None
    if apart is not None and first is not None and first != setting.home:
        subject = read_lead(setting, plain, apart["name"], amount, state)
        state.region, state.region_words, state.region_part = (first,), apart["where"], False
        return subject
    if (
        (not amount.stated or amount.gap or amount.unit == "%")
        and (named := subject_after(plain, amount, setting)) is not None
        and named.directed
    ):
        state.region, state.region_words = (), None
        if named.concept and DONE.match(plain, amount.end):  # 甲县68%的村庄生活污水得到治理
            _region_of(setting, words, state)
        if SCOPE.fullmatch(words.strip()):
            state.scope = re.sub("^建成区$", "城市建成区", words.strip())
        elif level := PLAN_LEVEL.search(words):
            state.scope = f"{level[1]}级"
        return named
    words = _region_of(setting, words, state)
    directed = MEASURED_LEAD.sub("", words)
    placed = WHOLE_WORDS.match(directed) or directed.startswith("中心城区")
    if directed != words and (placed or next(iter(setting.mentions(directed)), (1,))[0] == 0):
        words = _region_of(setting, directed, state)
    bare = trimmed(words)
    part_of_line = state.scope in ("陆域", "海域") and re.search("[陆海]域(?:部分|面积)?$", piece.rstrip())
    if part_of_line and state.scope and bare in ("", "部分", "面积"):
        bare, state.scope = state.scope, None
    if not bare:
        return _continued(plain, amount, pieces, state, setting)
    if state.region_part and bare:
        state.region, state.region_words, state.region_part = (), None, False
        _region_of(setting, JOINED.sub("", without_years(piece)), state)
    if split := _region_behind(bare, amount, state, setting):
        bare = split
    if FALL.fullmatch(bare) and state.subject is None and len(pieces) > 1:
        fallen = resolve(FALLS.sub("", trimmed(pieces[-2])) + "下降率", setting)
        if fallen.concept and amount.unit == fallen.unit:  # 建设用地使用面积累计降低，2025年降幅不小于15%
            return fallen
    if re.match("村庄|农村|乡村|村域|城镇(?!化|开发)", bare) and state.scope in ("中心城区", "城区", "县城", "镇区"):
        state.scope = None
    subject = named_subject(bare, words, plain, amount, state, setting)
    if subject is not None and state.scope == "县城" and _of_county_towns(subject, piece):
        return replace(subject, name="县城" + subject.name)
    if subject is not None and not subject.concept and not subject.line and ONLY_MEASURE.fullmatch(subject.name):
        if WHOLE_WORDS.match(piece.strip()) and subject.name.endswith("面积"):
            return None  # 县域总面积约2549平方公里: how large the whole area is
        if state.scope and state.scope.endswith("建成区") and f"{state.scope}{subject.name}" in piece:
            return replace(subject, name=state.scope + subject.name)  # 县城建成区面积控制在…
        owned = _with_owner(subject, pieces[-2], setting) if len(pieces) > 1 else subject
        return None if ONLY_MEASURE.fullmatch(owned.name) else owned
    if (
        subject is not None
        and not subject.concept
        and len(subject.name) <= 5
        and len(pieces) > 1
        and MEASURED.search(subject.name)
    ):
        return _with_owner(subject, pieces[-2], setting)
    return subject


def _of_county_towns(subject: Subject, piece: str) -> bool:
    """Whether 县城 is the beginning of a name that says little without it: 县城30分钟上高速覆盖率, 县城建设用地规模."""
    known = subject.concept or subject.line or subject.loose or subject.acted
    bare = re.match(r"\d|(?:城乡|城镇)?建设用地", subject.name)
    return not known and bare is not None and f"县城{subject.name}" in piece


def _region_behind(bare: str, amount: Amount, state: Thread, setting: Setting) -> str:
    """新增造林绿化空间甲州不少于4.5万亩，乙市…: the name before the region whose amount follows; "" if none stands so."""
    found = [(start, region) for start, end, region in setting.mentions(bare) if end == len(bare) and start >= 4]
    if not found or not amount.stated or amount.op == "=" or found[0][1] == setting.home:
        return ""
    start, region = found[0]
    name = trimmed(bare[:start])
    if not MEASURED.fullmatch(name) and not resolve(name, setting).concept and not re.match("新增|新辟|累计", name):
        return ""
    state.region, state.region_words, state.region_part, state.grouped = (region,), bare[start:], False, False
    return name


def _with_owner(subject: Subject, earlier: str, setting: Setting) -> Subject:
    """黑臭水体到2025年全部消除，消除比例达到100%: a bare 消除比例 is that of what the words before speak of."""
    owner = re.split(r"到?20\d\d年|全部|基本|全面|实现|进行|要|应|宜", trimmed(earlier))[0]
    if not 2 <= len(owner) <= 14 or _REST_OF_ORDER.fullmatch(owner):
        return subject
    whole = resolve(owner + subject.name, setting)
    if whole.concept:  # words put together here are printed nowhere: the catalogue's name stands for them
        return replace(whole, name=entry_name(whole, setting))
    return replace(resolve_tail(owner + subject.name, setting) or whole, unit=subject.unit)


def _share_of(piece: str, plain: str, amount: Amount, state: Thread, setting: Setting) -> Subject | None:
    """，相当于保护任务的1.2%: the share is an indicator only where the catalogue knows it (…储备区占保护任务比例)."""
    whole = re.sub(r"^(?:约|大约|占|相当于|其中)+|的$", "", piece.strip())
    if amount.unit != "%" or not re.search("任务|指标|目标", whole):
        return None
    owner = state.subject.name if state.subject is not None else _noun_before_figure(plain[: amount.start])
    own = re.sub("(?:总?面积|规模)$", "", owner)
    for begin in range(max(1, len(own) - 1)):  # 另划储备区: what is done stands before the name
        found = resolve(f"{own[begin:]}占{whole}比例", setting)
        if found.concept and found.unit == "%" and (state.subject is None or found.concept != state.subject.concept):
            short = begin or not found.name.startswith(entry_name(found, setting)[:2])
            return replace(found, name=entry_name(found, setting) if short else found.name, directed=True)
    return None


def _noun_before_figure(words: str) -> str:
    """另划储备区 of 另划储备区27万亩，占保护任务的: the words right before the last figure of what comes before."""
    found = re.search(r"([一-龥]{2,14})[\d.,]+[一-龥]{0,4}[，,、]?[^\d]*$", words)
    return found[1] if found else ""


def _region_of(setting: Setting, words: str, state: Thread) -> str:
    """Takes leading regions, 全市 and scope words from `words` into the state; returns the rest."""
    first = words.strip()
    spots = {start: (end, region) for start, end, region in setting.mentions(first)}
    rest = re.sub(r"^(?:其中|同时|另外|并|且)[，：:]?|^(?:每个|各个?)(?=整治|县城(?![镇市区乡]))", "", first)
    part, begin = first.startswith("其中"), len(first) - len(rest)
    found: list[Region] = []
    while rest:
        at = len(first) - len(rest)
        if kinds := re.match("各?(?:设区市|地级(?:以上)?市|州市|市州|县级市)的?(?=中心城区|主?城区)", rest):
            rest = rest[kinds.end() :]
        elif match := WHOLE_WORDS.match(rest):
            state.region, state.region_words, state.region_part, state.scope = (), None, False, None
            rest = rest[match.end() :]
        elif (
            (match := SCOPE.match(rest))
            and not re.match("周边|外围|以外|近郊|[到至与—]+[一-龥]*?中?心?城", rest[match.end() :])
            and (match[0] == "中心城区" or not _scope_in_name(match[0], rest, setting))
        ):
            state.scope = re.sub("^整治(?:片?区)$", "整治区域", match[0])
            rest = rest[match.end() :].lstrip("的内")
            if others := OTHER_TOWNS.match(rest):  # 中心城区和各县级市城区: all towns, not that one alone
                state.scope, rest = None, rest[others.end() :]
        elif others := OTHERS.match(rest):
            state.region, state.region_words, state.region_part = (
                _others(others["kind"], state, setting),
                others[0],
                part,
            )
            state.grouped = False
            rest = rest[others.end() :]
        elif at in spots and not _name_begins(rest, setting):
            end, region = spots[at]
            end -= rest[: end - at].endswith("县") and re.match(r"城(?!镇|市|区|乡)", first[end:]) is not None
            found = [*found, region] if region != setting.home else []
            rest = re.sub(r"^(?:境内|范围内|辖区内|等(?:县|市|区|地|[市县区、（）]+)?)", "", first[end:])
            if re.match(r"[、和及与]", rest) and len(first) - len(rest) + 1 in spots:
                rest = rest[1:]
            state.region, state.region_part, state.grouped = tuple(found), part and bool(found), False
            state.region_words = first[begin : len(first) - len(rest)].strip("、的") if found else None
            if len(found) > 1:
                rest = _COUNT_OF_PARTS.sub("", rest)
        elif villages := VILLAGES.match(rest):  # the parts of a town, which no gazetteer holds
            state.region = tuple(Region(name=name) for name in re.split("[、和及与]", villages["names"]))
            state.region_words, state.region_part, state.grouped = villages["names"], part, False
            rest = rest[villages.end() :]
        elif group := leading_group(rest, setting):
            state.region, state.region_words, state.region_part, state.grouped = group[1], group[0], part, True
            rest = rest[len(group[0]) :]
            if narrowed := re.match(r"[\u4e00-\u9fff]{0,6}?(?:城市|地区|市县|县市)(?=的)", rest):
                state.region_words, rest = group[0] + narrowed[0], rest[narrowed.end() :]
        else:
            break
    state.named = (*state.named, *found)
    return rest


def _others(kind: str, state: Thread, setting: Setting) -> tuple[Region, ...]:
    """其他县城: the parts of the area that the sentence has not named yet."""
    if setting.home is None:
        return ()
    ending = ("县", "市") if kind == "县城" else ("区",) if kind == "区" else ("县", "市", "区", "旗")
    below = setting.gazetteer.children(setting.home, districts=False)
    return tuple(region for region in below if region not in state.named and region.name.endswith(ending))


def leading_group(words: str, setting: Setting) -> tuple[str, tuple[Region, ...]] | None:
    """A named group at the start of the words: 各市, 珠三角核心区, 各县（市、区）."""
    for length in range(min(len(words), 12), 1, -1):
        head = words[:length]
        members = setting.group(head)
        if members and not SCOPE.fullmatch(head):
            return head, members
    return None


def _name_begins(words: str, setting: Setting) -> bool:
    """Whether an indicator's name begins here (县城常住人口…, 城镇社区15分钟…): its first word is no scope of it."""
    bare = trimmed(without_years(words))
    entry = setting.lexicon.indicator_by_key(resolve(bare, setting).concept)
    return entry is not None and any(name[:2] == bare[:2] for name in (entry.name, *entry.aliases))


def _scope_in_name(scope: str, words: str, setting: Setting) -> bool:
    """Whether a scope word belongs to the name that begins with it: 县城常住人口, 海域开发利用强度, 近岸海域水质优良率."""
    if _name_begins(words, setting):
        return True
    if scope not in ("陆域", "海域", "近岸海域") or re.match(r"内|范围|部分|的", words[len(scope) :]):
        return False
    rest = trimmed(without_years(words[len(scope) :]))
    known = resolve(rest, setting)
    return bool(MEASURED.search(rest)) and not (known.concept or known.line)


DRAWN = re.compile(r"(?:另|各自)?(?:划定|划示|划设|另划|划出|划)(?P<line>[一-龥]{2,12}?[线界田])$")


def _line_in(words: str, setting: Setting, state: Thread) -> None:
    """A line that earlier words name (各市应划定工业用地控制线，全省控制线总规模…)."""
    if not re.search("[线界田]", words):
        return
    for match in re.finditer(r"[^、和及与]+", words):
        subject = resolve(trimmed(match[0]), setting)
        if not subject.line:
            subject = resolve_tail(trimmed(match[0]), setting) or subject
        if not subject.line and (drawn := DRAWN.search(match[0])):
            subject = resolve(drawn["line"], setting)
        if subject.line:
            state.line = subject
            return


_TOLD_OF = re.compile(
    r"(?P<name>[一-龥]{4,16}?)(?=由|从|要|应|将|得到|实现|保持|持续|继续|逐步|稳步|有序|适度|合理|总体|不断|进一步|明显|显著)"
)
"""A name and how the thing is to go on: 耕地保有量保持稳定, 用水总量得到有效控制."""


def _continued(plain: str, amount: Amount, pieces: list[str], state: Thread, setting: Setting) -> Subject | None:
    """The subject where the words before the amount give none: the name just before, else the amount before's."""
    for earlier in reversed(pieces[:-1]):
        words = trimmed(without_years(earlier))
        subject = fall_of(words, amount, setting) or resolve(words, setting)
        if not (subject.concept or subject.line) and (told := _TOLD_OF.match(words)):
            subject = resolve(told["name"], setting)  # 常住人口由流出转为稳定，2035年保持在…
        if subject.concept or subject.line:
            return subject
    if state.subject is not None and fits_unit(amount, state.subject, setting):
        return state.subject
    if len(pieces) > 1:
        named = trimmed(without_years(pieces[-2]))
        of_parts = bool(state.region) and amount.stated and amount.op != "="  # 到2035年绿道密度，甲县不低于…，乙县…
        if MEASURED.fullmatch(named) and (of_parts or "：" in plain[: amount.at][-24:]):
            known = resolve_tail(named, setting) if of_parts else None
            return known or Subject(named, None, None, unit=amount.unit)  # 天然气气化率：2025年85%
    if state.subject is None and state.line is not None and re.search("合计|总计|共", pieces[-1]):
        return state.line if DIMENSIONS.get(amount.unit or "") == "面积" else None
    if state.subject is None and state.topic is not None and fits_unit(amount, state.topic, setting):
        return state.topic
    return subject_after(plain, amount, setting)
