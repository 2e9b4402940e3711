"""Running text → statements: each planning target of a sentence with its name, year, region and operator.

A sentence is read amount by amount. The words before an amount give its subject; where they leave it out (…，2035年
提高到92%以上; 其中怀集县不低于86%) it is that of the amount before. Facts of the present, thresholds and distances inside
rules, and parts of names (500米服务半径) are no targets (DOMAIN §2, §4.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..plan.document import Block, Document
from ..plan.requirement import Change, Region
from .clauses import SECTION_WITHOUT_RULES, Clause, text_to_clauses
from .leads import WHOLE_WORDS, read_lead
from .naming import Thread, trimmed
from .setting import Setting
from .statements import Kind, Statement, attribute_of, subject_key
from .subjects import MEASURED, Subject, resolve
from .targets import is_target, may_be_ordered
from .values import Amount, amount_to_value, find_amounts, folded, pair_disagrees
from .years import ABOUT_NOW, YearMark, year_marks

FIGURE = re.compile(
    r"\d|[一二三四五六七八九十百]\s*成|分之|一半|半数|[十百千]|下达|核定|[一二两三四五六七八九][个处座条项所家]|上述|以上要求"
)
"""What a clause must hold to say an amount."""
FROM = re.compile(r"(?:由|从)(?:(?P<year>20\d\d)年末?|现状|基期年?|目前)?的?(?:约)?$")
SAME = re.compile(
    r"(?P<who>[^，。；：、]{2,8}?)(?:也|均)?(?:同步|同样|同期)?(?:达到|满足|执行|落实)(?:上述|以上|同样)(?:要求|目标|标准|指标|水平)"
)

SEVERAL_TOWNS = re.compile(r"中心城区(?:和|与|及|以及|、)[^，。；]{0,8}(?:县城|城区)")
"""Words that say more towns than the chapter's heading does."""


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
        if re.search(r"\d|[一二三四五六七八九十百]|下达|核定", block.text.text):
            found.extend(_paragraph(_Place(document, block, setting)))
    return found


def _paragraph(place: _Place) -> Iterator[Statement]:
    """The targets of one paragraph; a first sentence that only sets a year (到2025年，…更加牢固。) holds it for the rest."""
    carried: YearMark | None = None
    state, sentence, topic = Thread(), -1, None
    of_now = any(ABOUT_NOW.search(heading) for heading in place.block.section)
    for clause in text_to_clauses(place.block.text.text):
        marks = year_marks(folded(clause.text), place.setting.period)
        if clause.sentence != sentence:
            leading = next((mark for mark in marks if mark.start <= 4 and not mark.base), None)
            state = Thread(year=carried if leading is None else leading, topic=topic, of_now=of_now)
            announced = resolve(trimmed(clause.text.rstrip("。：:")), place.setting)
            topic = announced if announced.concept and announced.exact else None
            sentence = clause.sentence
            if leading is not None and leading.future:
                carried = leading if not _has_target(clause, place.setting) else None
            elif leading is not None:
                carried = None
        else:
            state = replace_state(state, marks, place.setting)
        yield from _clause(place, clause, state, marks)


def replace_state(state: Thread, marks: list[YearMark], setting: Setting) -> Thread:
    """The state at a “；”: the sentence's leading year and line stay, subject and region start anew. A leading year that
    another, later one has followed (2025年…，2035年…；) was only its own figure's."""
    leading = next((mark for mark in marks if mark.start <= 4 and not mark.base), None)
    year, last = state.year, max((value.year or 0 for said in state.said for value in said.values), default=0)
    if year is not None and year.year is not None and last > year.year:
        year = YearMark(0, 0, setting.period.end, future=True)
    return Thread(
        year=leading or year,
        line=state.line,
        subject=state.subject,
        whole_key=state.whole_key,
        said=state.said,
        named=state.named,
        of_now=state.of_now,
    )


def _has_target(clause: Clause, setting: Setting) -> bool:
    return any(a.stated for a in find_amounts(clause.text, setting.lexicon.units))


def _clause(place: _Place, clause: Clause, state: Thread, marks: list[YearMark]) -> Iterator[Statement]:
    plain = folded(clause.text)
    if not FIGURE.search(plain):
        return
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
        shared = _respectively(statement, row, lead, place, clause, state.said) if len(row) > 1 else None
        if shared:
            told = index + len(row)
            for one in shared:
                yield from _by_region(one, place) if one.region is None else (one,)
        else:
            yield from _by_region(statement, place)
    if state.said and (same := SAME.search(plain)):
        yield from _same_for(place, same["who"], state.said)


def _row_of_amounts(plain: str, amounts: list[Amount]) -> list[Amount]:
    """The amounts that follow one another with nothing but 、 or 和 between: 80万亩和60万亩."""
    row = amounts[:1]
    for amount in amounts[1:]:
        if not re.fullmatch(r"\s*[、和及与]\s*", plain[row[-1].end : amount.start]):
            break
        row.append(amount)
    return row


def _respectively(
    statement: Statement, row: list[Amount], lead: str, place: _Place, clause: Clause, said: list[Statement]
) -> list[Statement] | None:
    """A、B分别不低于80和60: each region, or each indicator, its own amount; None if the counts do not match."""
    units = place.setting.lexicon.units
    first = statement.values[0]
    values = []
    row = [replace(amount, unit=amount.unit or row[-1].unit) for amount in row]
    last = row[-1]
    if last.end > last.until and last.op != "=":  # 分别稳定在62.5%和55%以上: the word behind holds for all
        row = [replace(amount, op=last.op, stated=True) if amount.op == "=" else amount for amount in row]
    for amount in row:
        where = place.document.spans(place.block, clause.start + amount.at, clause.start + amount.until)
        values.append(
            amount_to_value(
                amount,
                units,
                year=first.year,
                unit=first.unit or row[-1].unit,
                where=where,
                raw=clause.text[amount.at : amount.until],
                region=first.region,
            )
        )
    if len(statement.binds) == len(row):
        return [
            replace(
                statement,
                binds=(region,),
                region=region,
                values=(value.model_copy(update={"region": region}),),
                parent=subject_key(statement.name),
            )
            for region, value in zip(statement.binds, values, strict=True)
        ]
    words_before = re.split(r"[，：:；。]", lead)[-1]
    whole = [s.values[0].year for s in said if s is not statement and s.name == statement.name and not s.binds]
    told = [year for year in dict.fromkeys(whole) if year is not None] if statement.binds else []
    if years := _listed_years(words_before, len(row)) or (told if len(told) == len(row) else []):
        return [
            replace(statement, values=(value.model_copy(update={"year": year}),))
            for year, value in zip(years, values, strict=True)
        ]
    words = _with_tail([trimmed(word) for word in re.split(r"[、和及与]", trimmed(words_before.replace("分别", "")))])
    subjects = [resolve(word, place.setting) for word in words]
    if len(subjects) == len(row) and all(s.concept or s.line or MEASURED.search(s.name) for s in subjects):
        return [
            replace(
                statement,
                name=s.name,
                concept=s.concept,
                line=s.line,
                line_only=bool(s.line and s.is_line_size),
                direction=s.direction,
                values=(value,),
            )
            for s, value in zip(subjects, values, strict=True)
        ]
    return None


def _shared_years(lead: str, how: str, last: int | None) -> list[int]:
    """2025年、2035年均不低于35%, 2025年和2035年湿地保护率均保持60%: the years before the last for which the same amount
    holds. `how` is what stands between the name and the figure."""
    named = "[^，。；、：\\d]{0,24}" if re.match("[均都]", how) else ""
    listed = re.search(rf"((?:20\d\d年[、和及与])+)(?P<last>20\d\d)年(?:底|末)?{named}(?:均|都)?$", lead)
    return [int(year) for year in re.findall(r"20\d\d", listed[1])] if listed and int(listed["last"]) == last else []


def _opening_years(words: str, last: int | None) -> list[int]:
    """到2025年、2035年，A均不低于X，B均不低于Y: the earlier years that open the sentence hold for each amount said of all.
    `words` are those up to the amount."""
    opened = re.match(r"(?:到|至)?(?P<years>(?:20\d\d年[、和及与])+)(?P<last>20\d\d)年(?:底|末)?[，,]", words)
    piece = re.split("[，,]", words)[-1]
    if opened is None or int(opened["last"]) != last or not re.search("均|都", piece) or re.search(r"20\d\d", piece):
        return []
    return [int(year) for year in re.findall(r"20\d\d", opened["years"])]


def _years_of_whole(lead: str, state: Thread, subject: Subject) -> list[int]:
    """…2025年、2035年均不低于35%，其中甲市不低于42%: the earlier years of the whole hold for its part."""
    whole = state.said[-1] if state.said else None
    if whole is None or "其中" not in lead or re.search(r"20\d\d|期末", lead) or whole.name != subject.name:
        return []
    same = {(value.op, value.value) for value in whole.values}
    return [value.year for value in whole.values[1:] if value.year is not None] if len(same) == 1 else []


def _listed_years(words: str, count: int) -> list[int]:
    """2025年和2035年分别达到…: the years, if they are as many as the amounts."""
    listed = re.search(r"((?:20\d\d年?[、和及与至]{0,1}){2,})(?:底|末)?[^，。；、\d]{0,16}?分别", words)
    years = [int(year) for year in re.findall(r"20\d\d", listed[1])] if listed else []
    return years if len(years) == count else []


def _with_tail(words: list[str]) -> list[str]:
    """甲、乙种植面积 → 甲种植面积, 乙种植面积: the measure at the end holds for all."""
    tail = re.search(
        r"(?:种植|养殖|保护|建设|修复|治理|造林|供应)?(?:总)?(?:面积|规模|数量|总量|比例|率|长度)$", words[-1]
    )
    if tail is None or tail.start() < 2:
        return words
    return [word if MEASURED.search(word) else word + tail[0] for word in words]


def _in_name(plain: str, amount: Amount) -> bool:
    """An unstated length or time before a noun is part of a name: 500米服务半径, 15分钟生活圈, 5分钟可达."""
    if amount.unit == "级" and re.match(r"(?:及)?以上[\u4e00-\u9fff]", plain[amount.until :]):
        return True  # 三级以上公路
    after = plain[amount.until : amount.until + 1]
    if not amount.unit and not amount.stated and after.isascii() and after.isalpha():
        return True  # 5G网络通达率
    if amount.stated or not amount.unit:
        return False
    if re.fullmatch(r"米|分钟|小时|度|级|千伏|层|年", amount.unit):
        return bool(re.match(r"[\u4e00-\u9fff]", after)) and not re.match(r"以|左|上下|之", after)
    return bool(re.match(r"(?:可达|覆盖|服务|步行|以上|范围|半径)", plain[amount.until :])) and amount.unit in (
        "公里",
        "千米",
        "km",
    )


def _statement(
    place: _Place, clause: Clause, plain: str, lead: str, amount: Amount, state: Thread, marks: list[YearMark]
) -> Statement | None:
    mark = _year_behind(amount, plain, marks) or _year_for(amount, plain, marks, state)
    subject = read_lead(place.setting, plain, lead, amount, state)
    state.subject = subject if subject is None or not subject.loose else None
    if subject is None or not is_target(plain, amount, subject, mark, state, place.setting):
        return None
    scope = _scope(state, subject, place)
    future = mark is not None and mark.future
    year = mark.year if mark is not None and not mark.past else place.setting.period.end
    parent = (
        state.whole_key
        if ("其中" in lead or subject.is_part) and state.whole_key != subject_key(subject.name)
        else None
    )
    amount = _relaxed(_with_change_base(amount, subject), plain, subject, state)
    start, end = clause.start + amount.at, clause.start + amount.until
    if amount.pair is not None:
        end = max(end, clause.start + amount.pair.until)
    where = place.document.spans(place.block, start, min(end, clause.end))
    units = place.setting.lexicon.units
    start_of = FROM.search(lead) if amount.op in ("=", "~") else None
    if start_of is not None:
        year = int(start_of["year"]) if start_of["year"] else place.setting.period.base_year
    given = {
        "year": year,
        "since": mark.since if mark and start_of is None else None,
        "where": where,
        "unit": None if "/" in (amount.value or "") else subject.unit,
        "role": "target" if start_of is None else "baseline",
        "raw": clause.text[amount.start : amount.end].strip(),
        "base_year": place.setting.period.base_year,
    }
    values = [amount_to_value(amount, units, **given)]  # type: ignore[arg-type]
    if amount.pair is not None and pair_disagrees(amount, units):
        values.append(amount_to_value(replace(amount.pair, op=amount.op), units, **given))  # type: ignore[arg-type]
    for other in (
        _shared_years(lead, plain[amount.start : amount.at], year)
        or _opening_years(plain[: amount.at], year)
        or _years_of_whole(lead, state, subject)
    ):
        values.append(amount_to_value(amount, units, **{**given, "year": other}))  # type: ignore[arg-type]
    if "其中" not in lead and not subject.is_part:
        state.whole_key = subject_key(subject.name)
    if subject.line:
        state.line = subject
    regions = state.region
    return Statement(
        name=subject.name,
        values=tuple(values),
        text=clause.text,
        kind=place.kind,
        section=place.block.section,
        where=place.document.spans(place.block, clause.start, clause.end),
        concept=subject.concept,
        line=subject.line,
        attribute=attribute_of(plain)
        if re.search("(?:约束|预期|建议)性指标", plain)
        else "advisory"
        if re.search("宜(?:保持|控制)", plain)
        else None,
        scope=scope,
        binds=regions,
        basis="whole" if not regions else "group" if state.grouped else "mention",
        binds_as=state.region_words,
        direction=subject.direction,
        parent=parent,
        line_only=bool(subject.line and subject.is_line_size),
        elements=subject.elements,
        weak=not future and amount.unit == "%" and not state.said and may_be_ordered(plain, amount, subject),
        qualified=bool(subject.concept) and not subject.exact and not subject.line,
        raw=clause.text[amount.start : amount.end].strip(),
    )


def _bracketed(mark: YearMark, plain: str) -> bool:
    """Whether a year stands alone in brackets behind a figure: 55%以上（2025年）."""
    return plain[mark.start - 1 : mark.start] in ("（", "(") and plain[mark.end : mark.end + 1] in ("）", ")")


def _year_behind(amount: Amount, plain: str, marks: list[YearMark]) -> YearMark | None:
    """The year in brackets right behind an amount."""
    return next((m for m in marks if m.start == amount.end + 1 and _bracketed(m, plain)), None)


def _year_for(amount: Amount, plain: str, marks: list[YearMark], state: Thread) -> YearMark | None:
    """The last year before the amount that is no base of comparison; else the year the sentence or paragraph opens with."""
    before = [m for m in marks if m.start < amount.at and not m.base and not _bracketed(m, plain)]
    if before:
        return before[-1]
    return state.year


def _with_change_base(amount: Amount, subject: Subject) -> Amount:
    if amount.change is None and amount.unit == "%" and re.search(r"下降(?:率|幅度)?$", subject.name):
        return replace(amount, change=Change(kind="fall", base=None, **{"in": "ratio"}))
    return amount


def _relaxed(amount: Amount, plain: str, subject: Subject, state: Thread) -> Amount:
    """…不低于80%，甲县可放宽到75%: what is relaxed for a part stays a floor or a cap, as it is for the whole."""
    if amount.op != "=" or not state.said or not re.search(r"放宽[至到为]?$", plain[: amount.at]):
        return amount
    whole = state.said[-1]
    return replace(amount, op=whole.values[0].op) if whole.name == subject.name else amount


def _scope(state: Thread, subject: Subject, place: _Place) -> str | None:
    """The scope that the sentence names, else that of the chapter (第八章 中心城区…), else none (the table's or 全域).

    县城 and a region's 城区 are its 中心城区; in a county's own plan the chapter on 县城 is that on 中心城区.
    """
    if subject.scope:
        return subject.scope
    if re.match("县城(?!周边|外围|以外|近郊|[到至])", subject.name):
        return "中心城区" if re.search("人口|标准", subject.name) else "县城"
    home = place.setting.home
    seat = bool(state.region) or (home is not None and home.name.endswith("县"))
    said = state.scope is not None and (
        state.scope in subject.name or (state.scope.endswith("建成区") and re.match(".{0,4}建成区", subject.name))
    )
    if state.scope and not said:
        return "中心城区" if seat and state.scope in ("县城", "城区") else state.scope
    words = place.block.text.text
    if WHOLE_WORDS.search(words) or SEVERAL_TOWNS.search(words):
        return None
    for heading in reversed(place.block.section):
        if match := re.search(r"中心城区|县城", heading):
            return "中心城区" if seat else match[0]
    return None


def _by_region(statement: Statement, place: _Place) -> Iterator[Statement]:
    """One statement for each region named (怀集县、封开县均不少于38%); a group stays one that binds its members."""
    if not statement.binds:
        yield statement
        return
    group = statement.binds if statement.basis == "group" else ()
    if group and not _some_parts(statement, group, place.setting):
        named = None if re.match("各|全|所有", statement.binds_as or "") else Region(name=statement.binds_as or "")
        values = tuple(value.model_copy(update={"region": named}) for value in statement.values)
        yield replace(statement, values=values)
        return
    for region in statement.binds:
        values = tuple(value.model_copy(update={"region": region}) for value in statement.values)
        yield replace(statement, region=region, binds=(region,), values=values, parent=subject_key(statement.name))


def _some_parts(statement: Statement, group: tuple[Region, ...], setting: Setting) -> bool:
    """Whether 各县（市） means some of the area's parts only, so that each is bound for itself; 各市 is all of them."""
    if setting.home is None or not (statement.binds_as or "").startswith("各"):
        return False
    level = setting.gazetteer.level(group[0])
    parts = [r for r in setting.gazetteer.descendants(setting.home) if setting.gazetteer.level(r) == level]
    return 1 < len(group) < len(parts)


def _same_for(place: _Place, who: str, said: list[Statement]) -> Iterator[Statement]:
    """怀集县同步达到上述要求: what was said of the whole holds for the region too."""
    mention = next(iter(place.setting.mentions(who)), None)
    if mention is None:
        return
    for statement in said:
        if not statement.binds:
            values = tuple(value.model_copy(update={"region": mention[2]}) for value in statement.values)
            yield replace(
                statement,
                region=mention[2],
                binds=(mention[2],),
                basis="mention",
                values=values,
                parent=subject_key(statement.name),
            )
