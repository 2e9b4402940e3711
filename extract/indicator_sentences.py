"""Running text → statements: each planning target of a sentence with its name, year, region and operator.

A sentence is read amount by amount. The words before an amount give its subject; where they leave it out (…，2035年
提高到92%以上; 其中怀集县不低于86%) it is that of the amount before. Facts of the present, thresholds and distances inside
rules, and parts of names (500米服务半径) are no targets (DOMAIN §2, §4.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ..plan.document import Block, Document
from ..plan.requirement import Change, Region
from .clauses import SECTION_WITHOUT_RULES, Clause, text_to_clauses
from .setting import Setting
from .statements import SCOPE, Kind, Statement, attribute_of, subject_key
from .subjects import DIMENSIONS, MEASURED, Subject, resolve, resolve_tail
from .values import Amount, amount_to_value, find_amounts, folded, pair_disagrees
from .years import YearMark, fact_words, year_marks

VERBS = (
    r"整治修复|营造修复|保护修复|修复治理|新建改建|新改扩建|改造提升|建设完成|累计建成|建成|建设|新建|新增|新营造|新造|完成|营造|修复|整治|治理|改造|恢复|培育|创建|垦造|"
    r"打造|形成|发展|种植|绿化|保护|布局|配置|增加|拓展|盘活|处置|腾退|淘汰|清退|整理|复垦|开发|供应|保障"
)
BUILT = r"累计建成|建成|建设完成|建设|新建|打造|培育|创建|布局"
DIRECTING = (
    r"落实|划定|划入|划示|确保|实现|保持|严守|坚守|守住|保障|安排|预留|推动|推进|促进|使|力争|争取|规划|计划|预计|控制|优化|提高|提升|扩大|增加|达到|严格|执行|统筹|"
    r"合理|稳步|持续|逐步|有序|加快|进一步|全面|切实|着力|积极|不断|努力|新编|另|再|共|总共|力求"
)
MEASURED_LEAD = re.compile(r"^(?:完成|实现|确保|落实|划定|力争|争取|使|严守|坚守|守住|推动|促进|达到|其中|同时|并且|并|全部|均|各类|累计|原则上|应当|应|须|将|另|预计|到|至)+")
LEAD_WORDS = re.compile(rf"^(?:{DIRECTING}|其中|同时|并且|并|且|而|对|将|把|以|按照?|全部|均|各类|累计|总体|原则上|一般|应当|应|须|要|宜|可|的|地)+")
TAIL_WORDS = re.compile(
    r"(?:均|都|也|应当|应|须|要|宜|原则上|一般|总体上?|累计|分别|力争|力求|保持|年均|总计|合计|共计|共|同步|逐步|稳步|进一步|大幅|显著|全部|规模按|按|规模|数量|由|从)+$"
)
JOINED = re.compile(r"^[、和及与以以及\s]+")
SHARE_OF = re.compile(r"^(?:约|大约|占|相当于|其中|合|折合)*占|^相当于|^约?折合")
FROM = re.compile(r"(?:由|从)(?:(?P<year>20\d\d)年末?|现状|基期年?|目前)?的?(?:约)?$")
SAME = re.compile(r"(?P<who>[^，。；：、]{2,8}?)(?:也|均)?(?:同步|同样|同期)?(?:达到|满足|执行|落实)(?:上述|以上|同样)(?:要求|目标|标准|指标|水平)")
PER_OBJECT = re.compile(r"单个|单块|每户|每宗|每百户|每处|每个|单侧|两侧|范围内|高度|宽度|间距|距离|半径|退让|退缩|坡度|层数|深度|容量|走廊|缓冲带")
RULING = re.compile(r"不得|禁止|严禁|不准|不应|不宜|必须|应当|应(?!急|用|对)|须|方可|严格限制|从严|一律")
NO_TARGET_UNIT = re.compile(r"天|日|工作日|月|小时|秒|度|℃|级|层|千伏|标箱|吨|元|次|期|班|分贝|项|条|类|年$")
WHOLE_WORDS = re.compile(r"全[省市县区域镇乡州]域?|[省市县区]域(?:内|范围内)?|本[省市县区]|规划区|全境")
TARGET_WORDS = re.compile(r"规划期末|规划期内|到规划期|目标年|远期|近期|力争|确保")


@dataclass(slots=True)
class _State:
    """What the words read so far leave for the next amount of the sentence."""

    subject: Subject | None = None
    whole_key: str | None = None
    region: tuple[Region, ...] = ()
    region_words: str | None = None
    region_part: bool = False
    scope: str | None = None
    line: Subject | None = None
    year: YearMark | None = None
    verb: str = ""
    object_: str = ""
    named: tuple[Region, ...] = ()
    said: list[Statement] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the sentences stand: the block and what its statements share."""

    document: Document
    block: Block
    setting: Setting

    @property
    def kind(self) -> Kind:
        return "box" if self.block.part == "box" else "annex" if self.block.part == "annex" else "text"


def sentence_statements(document: Document, setting: Setting) -> list[Statement]:
    """All targets of all paragraphs, in reading order."""
    found: list[Statement] = []
    for block in document.blocks:
        if block.kind != "paragraph" or block.table is not None or block.part in ("footnote", "caption", "header"):
            continue
        if any(SECTION_WITHOUT_RULES.search(heading) for heading in block.section):
            continue
        if re.search(r"\d|[一二三四五六七八九十百]", block.text.text):
            found.extend(_paragraph(_Place(document, block, setting)))
    return found


def _paragraph(place: _Place) -> Iterator[Statement]:
    """The targets of one paragraph; a first sentence that only sets a year (到2025年，…更加牢固。) holds it for the rest."""
    carried: YearMark | None = None
    state, sentence = _State(), -1
    for clause in text_to_clauses(place.block.text.text):
        marks = year_marks(folded(clause.text), place.setting.period)
        if clause.sentence != sentence:
            leading = next((mark for mark in marks if mark.start <= 4 and not mark.base), None)
            state = _State(year=carried if leading is None else leading)
            sentence = clause.sentence
            if leading is not None and leading.future:
                carried = leading if not _has_target(clause, place.setting) else None
            elif leading is not None:
                carried = None
        else:
            state = replace_state(state, marks)
        yield from _clause(place, clause, state, marks)


def replace_state(state: _State, marks: list[YearMark]) -> _State:
    """The state at a “；”: the sentence's leading year and line stay, subject and region start anew."""
    leading = next((mark for mark in marks if mark.start <= 4 and not mark.base), None)
    return _State(year=leading or state.year, line=state.line, subject=state.subject, whole_key=state.whole_key, said=state.said, named=state.named)


def _has_target(clause: Clause, setting: Setting) -> bool:
    return any(a.stated for a in find_amounts(clause.text, setting.lexicon.units))


def _clause(place: _Place, clause: Clause, state: _State, marks: list[YearMark]) -> Iterator[Statement]:
    plain = folded(clause.text)
    amounts = [a for a in find_amounts(plain, place.setting.lexicon.units) if not _in_name(plain, a)]
    done, told = 0, 0
    for index, amount in enumerate(amounts):
        lead = plain[done : amount.start]
        done = amount.end
        if index < told:
            continue
        statement = _statement(place, clause, plain, lead, amount, state, marks)
        if statement is None:
            continue
        state.said.append(statement)
        row = _row_of_amounts(plain, amounts[index:]) if "分别" in plain[: amount.at][-len(lead) - 12 :] else []
        shared = _respectively(statement, row, lead, place, clause) if len(row) > 1 else None
        if shared:
            told = index + len(row)
            yield from shared
        else:
            yield from _by_region(statement, place)
    same = SAME.search(plain)
    if same and state.said:
        yield from _same_for(place, same["who"], state.said)


def _row_of_amounts(plain: str, amounts: list[Amount]) -> list[Amount]:
    """The amounts that follow one another with nothing but 、 or 和 between: 80万亩和60万亩."""
    row = amounts[:1]
    for amount in amounts[1:]:
        if not re.fullmatch(r"\s*[、和及与]\s*", plain[row[-1].end : amount.start]):
            break
        row.append(amount)
    return row


def _respectively(statement: Statement, row: list[Amount], lead: str, place: _Place, clause: Clause) -> list[Statement] | None:
    """A、B分别不低于80和60: each region, or each indicator, its own amount; None if the counts do not match."""
    units = place.setting.lexicon.units
    first = statement.values[0]
    values = []
    for amount in row:
        where = place.document.spans(place.block, clause.start + amount.at, clause.start + amount.until)
        values.append(amount_to_value(
            amount, units, year=first.year, unit=first.unit, where=where, raw=clause.text[amount.at : amount.until],
            region=first.region,
        ))
    if len(statement.binds) == len(row):
        return [
            replace(statement, binds=(region,), region=region, values=(value.model_copy(update={"region": region}),), parent=subject_key(statement.name))
            for region, value in zip(statement.binds, values, strict=True)
        ]
    words = re.split(r"[、和及与]", _trimmed(re.split(r"[，：:；。]", lead)[-1].replace("分别", "")))
    subjects = [resolve(_trimmed(word), place.setting) for word in words]
    if len(subjects) == len(row) and all(s.concept or s.line or MEASURED.search(s.name) for s in subjects):
        return [
            replace(statement, name=s.name, concept=s.concept, line=s.line, line_only=bool(s.line and s.is_line_size), direction=s.direction, values=(value,))
            for s, value in zip(subjects, values, strict=True)
        ]
    return None


def _in_name(plain: str, amount: Amount) -> bool:
    """An unstated length or time before a noun is part of a name: 500米服务半径, 15分钟生活圈, 5分钟可达."""
    if amount.stated or not amount.unit:
        return False
    after = plain[amount.until : amount.until + 1]
    if re.fullmatch(r"米|分钟|小时|度|级|千伏|层|年", amount.unit):
        return bool(re.match(r"[\u4e00-\u9fff]", after)) and not re.match(r"以|左|上下|之", after)
    return bool(re.match(r"(?:可达|覆盖|服务|步行|以上|范围|半径)", plain[amount.until :])) and amount.unit in ("公里", "千米", "km")


def _statement(
    place: _Place, clause: Clause, plain: str, lead: str, amount: Amount, state: _State, marks: list[YearMark]
) -> Statement | None:
    mark = _year_for(amount, plain, marks, state)
    subject = _read_lead(place, plain, lead, amount, state)
    state.subject = subject if subject is None or not subject.loose else None
    if subject is None or not _is_target(plain, amount, subject, mark, state, place.setting):
        return None
    scope = _scope(state, subject, place)
    year = mark.year if mark is not None and not mark.past else place.setting.period.end
    parent = state.whole_key if "其中" in lead and state.whole_key != subject_key(subject.name) else None
    amount = _with_change_base(amount, subject)
    start, end = clause.start + amount.at, clause.start + amount.until
    if amount.pair is not None:
        end = max(end, clause.start + amount.pair.until)
    where = place.document.spans(place.block, start, min(end, clause.end))
    units = place.setting.lexicon.units
    start_of = FROM.search(lead) if amount.op in ("=", "~") else None
    if start_of is not None:
        year = int(start_of["year"]) if start_of["year"] else place.setting.period.base_year
    given = {"year": year, "since": mark.since if mark and start_of is None else None, "where": where,
             "unit": None if "/" in (amount.value or "") else subject.unit, "role": "target" if start_of is None else "baseline",
             "raw": clause.text[amount.start : amount.end].strip(), "base_year": place.setting.period.base_year}
    values = [amount_to_value(amount, units, **given)]  # type: ignore[arg-type]
    if amount.pair is not None and pair_disagrees(amount, units):
        values.append(amount_to_value(replace(amount.pair, op=amount.op), units, **given))  # type: ignore[arg-type]
    if "其中" not in lead:
        state.whole_key = subject_key(subject.name)
    if subject.line:
        state.line = subject
    regions = state.region
    return Statement(
        name=subject.name, values=tuple(values), text=clause.text, kind=place.kind, section=place.block.section,
        where=place.document.spans(place.block, clause.start, clause.end), concept=subject.concept, line=subject.line,
        attribute=attribute_of(plain) if re.search("(?:约束|预期|建议)性指标", plain) else "advisory" if re.search("宜(?:保持|控制)", plain) else None,
        scope=scope, binds=regions, basis="mention" if regions else "whole", binds_as=state.region_words,
        direction=subject.direction, parent=parent, line_only=bool(subject.line and subject.is_line_size),
        elements=subject.elements, qualified=bool(subject.concept) and not subject.exact and not subject.line, raw=clause.text[amount.start : amount.end].strip(),
    )


def _year_for(amount: Amount, plain: str, marks: list[YearMark], state: _State) -> YearMark | None:
    """The last year before the amount that is no base of comparison; else the year the sentence or paragraph opens with."""
    before = [mark for mark in marks if mark.start < amount.at and not mark.base]
    if before:
        return before[-1]
    return state.year


# -- the words before an amount ----------------------------------------------------------------------------------------


def _read_lead(place: _Place, plain: str, lead: str, amount: Amount, state: _State) -> Subject | None:
    """The subject that the words before an amount name, or leave to the amount before; None if it is no indicator's.

    Region and scope that stand before the name are put into `state`.
    """
    setting = place.setting
    pieces = [piece for piece in re.split(r"[，,：:。；（）()]", lead)]
    piece = pieces[-1]
    if SHARE_OF.search(piece.strip()) and not re.search("比例|比重", piece):
        return _share_of(piece, amount, state, setting)
    for earlier in pieces[:-1]:
        _region_of(place, earlier, state, leading=True)
        _line_in(earlier, setting, state)
    words = JOINED.sub("", piece)
    words = _without_years(words)
    if not amount.stated and (named := _after(plain, amount, setting)) is not None and named.directed:
        state.region, state.region_words = (), None
        return named
    words = _region_of(place, words, state, leading=True)
    bare = _trimmed(words)
    if not bare and state.scope in ("陆域", "海域") and piece.rstrip().endswith(state.scope):
        bare, state.scope = state.scope, None
    if not bare:
        return _continued(plain, amount, pieces, state, setting)
    if state.region_part and bare:
        state.region, state.region_words, state.region_part = (), None, False
        _region_of(place, JOINED.sub("", _without_years(piece)), state, leading=True)
    return _named(bare, words, plain, amount, state, setting)


def _share_of(piece: str, amount: Amount, state: _State, setting: Setting) -> Subject | None:
    """，相当于保护任务的1.2%: the share is an indicator only where the catalogue knows it (…储备区占保护任务比例)."""
    if state.subject is None or amount.unit != "%":
        return None
    whole = re.sub(r"^(?:约|大约|占|相当于|其中)+|的$", "", piece.strip())
    if not re.search("任务|指标|目标", whole):
        return None
    found = resolve(f"{re.sub('(?:总?面积|规模)$', '', state.subject.name)}占{whole}比例", setting)
    return replace(found, directed=True) if found.concept and found.unit == "%" and found.concept != state.subject.concept else None


def _without_years(words: str) -> str:
    words = re.sub(r"(?:到|至|截至)?(?:20\d\d年?(?:至|—|-|～)?)?20\d\d年(?:底|末|前|底前|以前|之前|间|期间)?", "", words)
    return re.sub(r"^(?:到|至)?(?:规划期末|规划期内|规划期间|近期|远期|规划目标年|规划末期|期末|“?十[四五]五”?(?:末|期末|期间|时期)?)(?:内|末|到)?[，,]?", "", words)


def _trimmed(words: str) -> str:
    words = words.strip(" 、")
    before = None
    while before != words:
        before = words
        words = (MEASURED_LEAD if MEASURED.fullmatch(words) else LEAD_WORDS).sub("", words)
        words = re.sub(r"(?:较|(?<!占)(?<!对)比|相比|相较)(?:于)?(?:20\d\d年?|基期年?|现状|基准年)?$", "", words)
        if not MEASURED.search(words) or re.search(r"(?:均|都|也|应|须|要|宜|原则上|分别|累计|力争)$", words):
            words = TAIL_WORDS.sub("", words)
        words = words.strip(" 、的")
    return re.sub(r"^(?:可|能)?容纳(?=.{2})", "", re.sub(r"的(?=(?:比例|比重|占比|面积|规模|覆盖率)$)", "", words))


def _region_of(place: _Place, words: str, state: _State, *, leading: bool) -> str:
    """Takes leading regions, 全市 and scope words from `words` into the state; returns the rest."""
    setting = place.setting
    rest = re.sub(r"^(?:其中|同时|另外|并|且)[，：:]?", "", words.strip())
    part = words.strip().startswith("其中")
    found: list[Region] = []
    first = rest
    while rest:
        if match := WHOLE_WORDS.match(rest):
            state.region, state.region_words, state.region_part, state.scope = (), None, False, None
            rest = rest[match.end() :]
            continue
        if (match := SCOPE.match(rest)) and not _name_begins(rest, setting):
            state.scope = match[0]
            rest = rest[match.end() :].lstrip("的内")
            continue
        if others := re.match(r"其[他余]各?(?P<kind>县（市、区）|县（市）|市县|县区|县城|县市|县|市|区|城区|地区|城市)", rest):
            state.region, state.region_words, state.region_part = _others(others["kind"], state, setting), others[0], part
            rest = rest[others.end() :]
            continue
        mention = next(iter(setting.mentions(rest)), None)
        if mention is None or mention[0] > 0 or _name_begins(rest, setting):
            group = _group(rest, setting)
            if group:
                state.region, state.region_words, state.region_part = group[1], group[0], part
                rest = rest[len(group[0]) :]
                continue
            break
        region = mention[2]
        if re.match(r"城(?!镇|市|区|乡)", rest[mention[1] :]) and rest[: mention[1]].endswith("县"):
            mention = (0, mention[1] - 1, region)
        if region == setting.home:
            state.region, state.region_words, state.region_part = (), None, False
        else:
            found.append(region)
        rest = rest[mention[1] :]
        rest = re.sub(r"^(?:境内|范围内|辖区内|等(?:县|市|区|地|[市县区、（）]+)?)", "", rest)
        joined = re.match(r"[、和及与]", rest)
        if joined and next(iter(setting.mentions(rest[1:])), (1,))[0] == 0:
            rest = rest[1:]
        elif not setting.mentions(rest[:8]):
            break
    if found:
        state.named = (*state.named, *found)
        state.region, state.region_part = tuple(found), part
        state.region_words = first[: len(first) - len(rest)].strip("、的")
    return rest


def _others(kind: str, state: _State, setting: Setting) -> tuple[Region, ...]:
    """其他县城: the parts of the area that the sentence has not named yet."""
    if setting.home is None:
        return ()
    ending = ("县", "市") if kind == "县城" else ("区",) if kind == "区" else ("县", "市", "区", "旗")
    below = setting.gazetteer.children(setting.home, districts=False)
    return tuple(region for region in below if region not in state.named and region.name.endswith(ending))


def _group(words: str, setting: Setting) -> tuple[str, tuple[Region, ...]] | None:
    """A named group at the start of the words: 各市, 珠三角核心区, 各县（市、区）."""
    for length in range(min(len(words), 12), 1, -1):
        head = words[:length]
        members = setting.group(head)
        if members:
            return head, members
    return None


def _name_begins(words: str, setting: Setting) -> bool:
    """Whether an indicator's name begins here (县城常住人口…, 城镇社区15分钟…): its first word is no scope of it."""
    bare = _trimmed(words)
    entry = setting.lexicon.indicator_by_key(resolve(bare, setting).concept)
    return entry is not None and any(name[:2] == bare[:2] for name in (entry.name, *entry.aliases))


def _line_in(words: str, setting: Setting, state: _State) -> None:
    """A line that earlier words name (各市应划定工业用地控制线，全省控制线总规模…)."""
    for match in re.finditer(r"[^、和及与]+", words):
        subject = resolve(_trimmed(match[0]), setting)
        if not subject.line:
            subject = resolve_tail(_trimmed(match[0]), setting) or subject
        if subject.line:
            state.line = subject
            return


def _continued(plain: str, amount: Amount, pieces: list[str], state: _State, setting: Setting) -> Subject | None:
    """The subject where the words before the amount give none: the name just before, else the amount before's."""
    for earlier in reversed(pieces[:-1]):
        words = _trimmed(_without_years(earlier))
        subject = resolve(words, setting)
        if subject.concept or subject.line:
            return subject
    if state.subject is not None and _fits(amount, state.subject, setting):
        return state.subject
    return _after(plain, amount, setting)


def _fits(amount: Amount, subject: Subject, setting: Setting) -> bool:
    if amount.value is None or not subject.unit or not amount.unit or ("百分点" in amount.unit and subject.unit == "%"):
        return True
    return setting.lexicon.units.comparable(amount.unit, subject.unit)


def _named(bare: str, words: str, plain: str, amount: Amount, state: _State, setting: Setting) -> Subject | None:
    """The subject of named words: a known indicator or line, an anaphor of one, verb and object, or a measured noun."""
    if re.fullmatch(rf"(?:{VERBS})", bare):
        return _of_object(bare, amount, state, setting)
    if acted := re.match(rf"(?:.*[，、])?(?P<verb>{VERBS})(?P<object>\w.+)$", bare):
        if not (MEASURED.fullmatch(bare) and resolve(bare, setting).concept):
            return _verb_object(acted["verb"], acted["object"], amount, state, setting)
    known = resolve(bare, setting)
    if not (known.concept or known.line):
        known = _anaphor(bare, state, setting) or resolve_tail(bare, setting) or resolve(bare, setting, loosely=True)
    if known.concept or known.line:
        return _fitting(_falling(known, amount, setting), amount, state, setting)
    if amount.unit == "年一遇" and re.search("防洪|防潮|防涝|除涝|排涝|治涝|内涝防治$", bare):
        return resolve(re.sub("防涝|除涝|排涝|治涝", "内涝防治", bare) + "标准", setting)
    if acted := re.match(r"(?P<object>.{2,}?)(?P<verb>新增|新建)$", bare):
        return _verb_object(acted["verb"], acted["object"], amount, state, setting)
    if MEASURED.search(bare):
        return _falling(Subject(bare, None, None, unit=amount.unit), amount, setting)
    if state.subject is not None and len(bare) <= 10 and _fits(amount, state.subject, setting) and (
        "其中" in plain or state.region
    ):
        return state.subject
    return _after(plain, amount, setting) or Subject(bare, None, None, unit=amount.unit, loose=True)


def _anaphor(bare: str, state: _State, setting: Setting) -> Subject | None:
    """What 总规模, 扩展倍数, 陆域 or 海洋 mean after a control line."""
    line = state.line
    if line is not None and re.fullmatch(r"(?:控制线|边界|红线|保护线)?(?:范围|总|的)*(?:面积|规模|总量)|控制线|其?面积", bare):
        return line
    if line is not None and re.fullmatch(r"(?:规模)?扩展(?:倍数|系数)", bare):
        return resolve(f"{line.line}扩展倍数", setting)
    part = re.fullmatch(r"(陆域|海洋|海域|陆地)(?:部分|面积)?", bare)
    if part and (line is not None or state.subject is not None):
        base = re.sub(r"^(?:陆域|海洋)", "", (line or state.subject or Subject("", None, None)).name)
        return resolve(("陆域" if "陆" in part[1] else "海洋") + base, setting)
    return None


def _fitting(subject: Subject, amount: Amount, state: _State, setting: Setting) -> Subject:
    """A multiple of a boundary is its 扩展倍数, a percentage of an area its share: the name that fits the unit."""
    if _fits(amount, subject, setting) and not (subject.line and amount.unit in ("倍", "%")):
        return subject
    if amount.unit == "倍" and subject.line:
        return resolve(f"{subject.line}扩展倍数", setting)
    if amount.unit != "%":
        return subject if subject.concept is None else replace(subject, loose=True, concept=None, line=None)
    stem = re.sub(r"(?:总?面积|规模|总量)$", "", subject.name)
    for name in (f"{state.scope or ''}{stem}比例", f"{state.scope or ''}{stem}占比", f"{stem}比例", f"{stem}占比"):
        found = resolve(name, setting)
        if found.concept and found.unit == "%":
            return replace(found, name=_entry_name(found, setting))
    basis = amount.gap.strip("的")
    return Subject(f"{stem}占{basis}比例" if basis else stem + "比例", None, None, unit="%", loose=not basis)


def _entry_name(subject: Subject, setting: Setting) -> str:
    entry = setting.lexicon.indicator_by_key(subject.concept)
    return entry.name if entry is not None else subject.name


def _falling(subject: Subject, amount: Amount, setting: Setting) -> Subject:
    """A fall against a base year is an indicator of its own: 用水量较2020年下降16% is 用水量下降."""
    if amount.change is None or amount.change.kind != "fall" or re.search(r"下降|降低|减少|降幅", subject.name):
        return subject
    fallen = resolve(subject.name + "下降", setting)
    return fallen if fallen.concept else replace(subject, name=subject.name + "下降", concept=None, exact=False)


def _verb_object(verb: str, object_: str, amount: Amount, state: _State, setting: Setting) -> Subject | None:
    """建成碧道7800公里 is 碧道建设长度; 完成林分优化提升600万亩 is 林分优化提升面积. A known indicator that is put as verb and
    object has no printed name: it gets the catalogue's."""
    object_ = re.sub(r"^(?:了|现有|各类|省级以上|市级以上)", "", object_).strip("、的")
    state.verb, state.object_ = verb, object_
    size = DIMENSIONS.get(amount.unit or "", "")
    done = "建设" if re.fullmatch(BUILT, verb) else verb
    for name in (verb + object_ + size, object_ + verb + size, verb + object_, object_ + done + size, object_ + size, object_):
        known = resolve(name, setting)
        if known.line:
            return _fitting(known, amount, state, setting)
        if known.concept and _fits(amount, known, setting):
            return replace(known, name=object_ if name == object_ and MEASURED.search(object_) else _entry_name(known, setting), acted=True)
    if MEASURED.search(object_) and not object_.endswith(("岸线", "用地", "人口")):
        return Subject(object_, None, None, unit=amount.unit, acted=True)
    return Subject(_action_name(verb, object_, amount.unit), None, None, unit=amount.unit, acted=True)


def _action_name(verb: str, object_: str, unit: str | None) -> str:
    done = "" if verb in ("完成", "形成", "保障") else "建设" if re.fullmatch(BUILT, verb) else verb
    return f"{object_}{done}{DIMENSIONS.get(unit or '', '')}"


def _of_object(verb: str, amount: Amount, state: _State, setting: Setting) -> Subject | None:
    """其中新营造不少于5500公顷: the object is that of the amount before."""
    if not state.object_:
        return state.subject
    return _verb_object(verb, state.object_, amount, state, setting)


def _after(plain: str, amount: Amount, setting: Setting) -> Subject | None:
    """The subject that follows an amount: 113.5公里岸线列为严格保护岸线, 85.5公里优化利用岸线."""
    rest = plain[amount.end : amount.end + 30]
    if match := re.match(r"(?:的)?(?P<what>[\u4e00-\u9fff]{0,8}?)(?:划|列|作|确定)为(?P<name>[\u4e00-\u9fff]{2,12}?)(?=[，。；、]|落位|管控|$)", rest):
        if amount.unit == "%":
            share = resolve(match["name"] + "占比", setting)
            return replace(share, name=_entry_name(share, setting)) if share.concept else None
        return Subject(_action_name("", match["name"], amount.unit), None, None, unit=amount.unit, acted=True, directed=True)
    named = re.match(r"[\u4e00-\u9fff]{4,12}", rest)
    for length in range(len(named[0]) if named else 0, 3, -1):
        found = resolve(rest[:length], setting)
        if found.concept and found.unit and _fits(amount, found, setting):
            return replace(found, name=_entry_name(found, setting), directed=True)
    return None


# -- is it a target? ---------------------------------------------------------------------------------------------------


def _is_target(plain: str, amount: Amount, subject: Subject, mark: YearMark | None, state: _State, setting: Setting) -> bool:
    """Whether the amount is something the plan wants of the future, not a fact, a threshold or a part of a rule."""
    future = mark is not None and mark.future
    if (mark is not None and mark.past) or fact_words(plain, future):
        return False
    if amount.unit and NO_TARGET_UNIT.fullmatch(amount.unit) and not subject.concept:
        return False
    if amount.op in ("<", ">"):
        return False
    if subject.loose:
        return False
    if subject.acted and PER_OBJECT.search(subject.name) and not subject.concept:
        return False
    if subject.acted and not subject.directed:
        return (future or bool(subject.concept and amount.op in (">=", "<="))) and (bool(subject.concept) or not RULING.search(plain[: amount.at]))
    if amount.reference is not None:
        return bool(subject.concept or subject.line or MEASURED.search(subject.name))
    if subject.line:
        return amount.stated or bool(re.search(r"划定|划入|落实|划示|规模|面积|严守|守住", plain)) or future or bool(state.said)
    if re.search(r"每年[^。；]*处置", plain):
        return False
    if subject.concept and not subject.directed:
        return _named_target(plain, amount, future) or bool(state.said)
    if subject.directed:
        return True
    if PER_OBJECT.search(plain[: amount.end]) and not re.search(r"(?<!容积)率|比例|比重", subject.name):
        return False
    if re.match(r"每年|年均", subject.name):
        return False
    if not future and (not amount.stated or amount.op in ("=", "~")):
        return False
    strict = re.search(r"率$|比例$|比重$|占比$|密度$|容积率|倍数|总量$|规模$|总数$", subject.name)
    return (future or bool(strict)) and not RULING.search(plain[: amount.at])


def _named_target(plain: str, amount: Amount, future: bool) -> bool:
    if amount.stated and amount.op != "=":
        return True
    if future or TARGET_WORDS.search(plain):
        return True
    return bool(re.search(r"落实|划定|确保|完成|控制|标准为|设防|任务|守住|坚守|严守", plain))


def _with_change_base(amount: Amount, subject: Subject) -> Amount:
    if amount.change is None and amount.unit == "%" and re.search(r"下降(?:率|幅度)?$", subject.name):
        return replace(amount, change=Change(kind="fall", base=None, **{"in": "ratio"}))
    return amount


def _scope(state: _State, subject: Subject, place: _Place) -> str | None:
    """The scope that the sentence names, else that of the chapter (第八章 中心城区…), else none (the table's or 全域).

    县城 and a region's 城区 are its 中心城区; in a county's own plan the chapter on 县城 is that on 中心城区.
    """
    if subject.scope:
        return subject.scope
    if subject.name.startswith("县城"):
        return "中心城区"
    home = place.setting.home
    seat = bool(state.region) or (home is not None and home.name.endswith("县"))
    if state.scope and state.scope not in subject.name:
        return "中心城区" if seat and state.scope in ("县城", "城区") else state.scope
    if WHOLE_WORDS.search(place.block.text.text):
        return None
    for heading in reversed(place.block.section):
        if match := re.search(r"中心城区|县城", heading):
            return "中心城区" if seat else match[0]
    return None


# -- regions -----------------------------------------------------------------------------------------------------------


def _by_region(statement: Statement, place: _Place) -> Iterator[Statement]:
    """One statement for each region named (怀集县、封开县均不少于38%); a group stays one that binds its members."""
    if not statement.binds:
        yield statement
        return
    group = statement.binds_as is not None and place.setting.group(statement.binds_as)
    if group:
        named = None if re.match("各|全|所有", statement.binds_as or "") else Region(name=statement.binds_as or "")
        values = tuple(value.model_copy(update={"region": named}) for value in statement.values)
        yield replace(statement, basis="group", values=values)
        return
    for region in statement.binds:
        values = tuple(value.model_copy(update={"region": region}) for value in statement.values)
        yield replace(statement, region=region, binds=(region,), values=values, parent=subject_key(statement.name))


def _same_for(place: _Place, who: str, said: list[Statement]) -> Iterator[Statement]:
    """怀集县同步达到上述要求: what was said of the whole holds for the region too."""
    mention = next(iter(place.setting.mentions(who)), None)
    if mention is None:
        return
    for statement in said:
        if not statement.binds:
            values = tuple(value.model_copy(update={"region": mention[2]}) for value in statement.values)
            yield replace(statement, region=mention[2], binds=(mention[2],), basis="mention", values=values, parent=subject_key(statement.name))
