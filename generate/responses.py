"""One requirement (or one subject that several requirements speak of) → the words that answer it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from ..plan.draft import OpenItem, Words
from ..plan.facts import PART, Facts
from ..plan.quantity import exact
from ..plan.requirement import (
    BoundaryRequirement,
    Requirement,
    RuleRequirement,
    StructureRequirement,
    Value,
    ZoneRequirement,
)
from .phrases import amount, asks_detail, localised, longest_run, of_scope, parted, same_strength, when
from .templates import Chooser, Voice, wording
from .wanted import Subject, Wanted


@dataclass(frozen=True, slots=True)
class Answer:
    """The words of one response, whom it answers, what it used and what it leaves open."""

    subject: str
    members: tuple[Wanted, ...]
    words: tuple[Words, ...]
    facts: tuple[str, ...] = ()
    open: tuple[OpenItem, ...] = ()
    goes_on: bool = False
    """It continues the sentence before it (到2035年，全市A…；B…) and must follow in the same paragraph."""
    sure: bool = True

    @property
    def text(self) -> str:
        return "".join(words.text for words in self.words)


@dataclass(slots=True)
class Writer:
    """What every response needs at hand. `notes` and the chooser's memory grow while writing."""

    voice: Voice
    facts: Facts | None
    titles: Sequence[str]
    end: int | None
    parts: tuple[str, ...]
    verbs: tuple[str, ...] = ()
    """Words that direct (推进, 构建 …): before one of them an adverb may stand."""
    chooser: Chooser = field(default_factory=lambda: Chooser({}))
    notes: list[str] = field(default_factory=list)
    year: tuple[str, str] | None = None
    """The opening (到2035年, 全市) under which the last indicator was said, while the next may go on with it."""
    said_on: int = 0
    """How many indicators went on under it."""
    base: int | None = None
    """The base year of the nearest upper plan."""
    allocated: tuple[str, str] | None = None
    """Where the allocation of indicators stands: its name (附表2) and the mark that a field refers to."""
    slogans: set[tuple[str, str]] = field(default_factory=set)
    """(section, slogan) that an element has introduced already."""

    def fact(self, requirement: str, key: str) -> str | None:
        return self.facts.answer(requirement, key) if self.facts is not None else None


@dataclass(slots=True)
class _Sentence:
    """Words of one response while it is written."""

    mark: str
    mandatory: bool
    members: tuple[Wanted, ...]
    words: list[Words] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    open: list[OpenItem] = field(default_factory=list)

    @property
    def sure(self) -> bool:
        return all(member.sure for member in self.members)

    def say(self, text: str, *, plain: bool = False) -> None:
        """`plain`: words that are no 强制性内容 even in a response that is (who sees to it, what else is kept)."""
        if text:
            self.words.append(Words(text, mandatory=self.mandatory and not plain, mark=self.mark))

    def ask(self, ask: str, shown: str | None = None) -> None:
        """An open item: `ask` stands in the comment and in the list, `shown` (short) in the text. Where it is not sure
        that the requirement concerns the region, the first question asks for that too."""
        first = self.members[0]
        if not self.sure and not self.open and not ask.startswith("核实"):
            ask = f"{ask}（上位规划未写明适用范围，请一并核实是否适用）"
        item = OpenItem(
            id=open_id(first.requirement.id, ask), requirement=first.requirement.id, upper=first.upper, ask=ask
        )
        self.open.append(item)
        self.words.append(Words(f"【待补充：{shown or ask}】", open=item.id, mark=self.mark))

    def fact_or_ask(self, fact: str | None, used: str, ask: str, shown: str | None = None) -> None:
        if fact is not None:
            self.say(fact)
            self.facts.append(used)
        else:
            self.ask(ask, shown)

    def done(self, subject: str, *, goes_on: bool = False) -> Answer:
        if not self.sure and not self.open and not self.facts:
            self.ask(f"核实“{subject[:24]}”是否适用于本地", "核实是否适用于本地")
        mark = full_mark(self.members, "".join(words.text for words in self.words))
        words = tuple(replace(each, mark=mark) for each in self.words)
        sure = self.sure or bool(self.facts)
        return Answer(subject, self.members, words, tuple(self.facts), tuple(self.open), goes_on, sure)


def open_id(requirement: str, ask: str) -> str:
    """The id of an open item: the same question of the same requirement keeps it."""
    return "open-" + hashlib.sha256(f"{requirement}|{ask}".encode()).hexdigest()[:12]


def mark_of(requirement: str) -> str:
    """The first part of a response's bookmark: which requirement it answers (the first, if it answers several)."""
    return "cd_" + re.sub(r"\W", "_", requirement)[:16]


def full_mark(members: Sequence[Wanted], words: str) -> str:
    """The bookmark: requirement, what the upper plan said, what the draft answered (8 hex each). So a later run sees from
    the Word file alone whether the requirement changed and whether a planner has edited the response."""
    said = digest("|".join(said_by(member.requirement) for member in members))
    return f"{mark_of(members[0].requirement.id)}_{said}_{digest(words)}"


def said_by(requirement: Requirement) -> str:
    """What the upper plan says, without where it stands: a new reading of the same words changes nothing."""
    kept = requirement.model_dump(
        mode="json",
        by_alias=True,
        include={
            "text",
            "type",
            "overlays",
            "control",
            "elements",
            "components",
            "attributes",
            "force",
            "exceptions",
            "conditions",
        },
    )
    values = [f"{v.year}{v.op}{v.value}{v.upper}{v.unit}{v.reference}" for v in getattr(requirement, "values", ())]
    return json.dumps([kept, values], ensure_ascii=False, sort_keys=True)


def digest(words: str) -> str:
    """8 hex of the letters of `words`: blanks make no difference."""
    return hashlib.sha256(re.sub(r"\s", "", words).encode()).hexdigest()[:8]


def _sentence(members: Sequence[Wanted], mandatory: bool = False) -> _Sentence:
    forced = mandatory or any(member.requirement.mandatory for member in members)
    return _Sentence(mark_of(members[0].requirement.id), forced, tuple(members))


# ---------------------------------------------------------------------- amounts


def amount_answer(subject: Subject, writer: Writer) -> Answer:
    """An indicator or a control line: the number that holds for the region, its milestones, how it is kept."""
    first = subject.first.requirement
    binding = subject.attribute == "binding"
    sentence = _sentence(subject.members, binding)
    name = subject.name
    own = writer.fact(first.id, "own")
    goes_on = False
    if isinstance(first, BoundaryRequirement) and not subject.values:
        form = writer.chooser.pick("drawn", wording()["drawn"], first.id)
        sentence.say(writer.voice.say(form, name=name))
    elif own is not None and (used := _with_own(subject, own, writer)) is not None:
        goes_on = _say_values(sentence, used, subject, writer)
        sentence.facts.append(f"{_sheet(subject)}/{name}/本级目标值")
    elif subject.own:
        goes_on = _say_values(sentence, list(subject.values), subject, writer)
    elif subject.additive and all(member.awaits for member in subject.members):
        sentence.say(f"{name}按上级规划分解下达的任务落实，{writer.voice.area}目标值为")
        sentence.ask(f"上一级规划分解下达的{name}", "上一级下达值")
    else:
        _say_whole(sentence, subject, writer)
    _say_lines(sentence, subject, writer)
    for _ in range(2 * subject.own):
        said = "".join(words.text for words in sentence.words if not words.open)
        if longest_run(said, first.text) <= COPY:
            break
        kept = wording()["kept"].get(subject.attribute or "") or wording()["kept"]["other"]
        sentence.say("，" + writer.chooser.pick("kept", kept, first.id), plain=True)
    if not goes_on and (not subject.own or first.mode == "boundary"):
        writer.year = None
    return sentence.done(name, goes_on=goes_on)


def _sheet(subject: Subject) -> str:
    return "三线" if subject.first.requirement.mode == "boundary" else "约束性指标"


def _with_own(subject: Subject, own: str, writer: Writer) -> list[Value] | None:
    """The values with the planner's own figure for the last year; None (and a note) if it is looser than handed down."""
    number = exact(own)
    latest = next(
        (value for value in subject.values if value.value is not None), subject.values[0] if subject.values else None
    )
    if number is None or latest is None:
        return None
    handed = exact(latest.value) if subject.own and latest.value is not None else None
    looser = handed is not None and (
        (latest.op in (">=", ">") and number < handed) or (latest.op in ("<=", "<") and number > handed)
    )
    if looser:
        writer.notes.append(
            f"{subject.name}：本地填报 {own}{subject.unit or ''} 松于上位下达 {latest.value}{latest.unit or ''}，未采用"
        )
        return None
    mine = latest.model_copy(update={"value": own, "pair": None, "reference": None, "raw": own})
    return [mine, *(value for value in subject.values if value is not latest and subject.own)]


def _say_values(sentence: _Sentence, values: list[Value], subject: Subject, writer: Writer) -> bool:
    """The values; True if they go on under the opening of the sentence before (到2035年，全市A…；B…)."""
    latest, *earlier = values
    first = subject.first.requirement
    kind = "line" if first.mode == "boundary" else "value"
    area = of_scope(writer.voice, subject.scope, subject.name)
    opening = (when(latest, writer.end), area)
    goes_on = kind == "value" and writer.year == opening and writer.said_on < TOGETHER
    form = wording()["value_next"][0] if goes_on else writer.chooser.pick(kind, wording()[kind], first.id)
    if not goes_on:
        # only an opening that comes first carries on
        writer.year = opening if kind == "value" and form.startswith("{when}") else None
        writer.said_on = 0
    writer.said_on += 1
    sentence.say(form.format(when=opening[0], area=area, name=subject.name, amount=amount(latest, writer.chooser)))
    for value in earlier:
        if value.year != latest.year:
            sentence.say(f"，其中{value.year}年{amount(value, writer.chooser)}")
    return goes_on


def _say_whole(sentence: _Sentence, subject: Subject, writer: Writer) -> None:
    """Nothing is handed down to the region itself: the whole area's demand is taken up, the share is asked for."""
    share = "承担的份额" if subject.additive else "目标值"
    if subject.values:
        # a total is the upper area's; a ratio or rate is a demand on everyone in it
        place = subject.of.name if subject.of is not None and subject.additive else ""
        latest, *earlier = subject.values
        scope = of_scope(writer.voice, subject.scope, subject.name) if subject.scope else ""
        form = writer.chooser.pick("whole", wording()["whole"], subject.first.requirement.id)
        year, said = when(latest, writer.end), amount(latest, writer.chooser)
        sentence.say(form.format(when=year, name=f"{place}{scope}{subject.name}", amount=said))
        for value in earlier:
            if value.year != latest.year:
                sentence.say(f"，其中{value.year}年{amount(value, writer.chooser)}")
        sentence.say(f"，{writer.voice.self}{share}为")
    else:
        sentence.say(f"落实上位规划关于{subject.name}的要求，{writer.voice.self}{share}为")
    sentence.ask(f"{writer.voice.self}{subject.name}{share}", share)


def _say_lines(sentence: _Sentence, subject: Subject, writer: Writer) -> None:
    """What is to be drawn in, and the control sentences that no rule repeats."""
    said: set[str] = set()
    for member in subject.members:
        elements: tuple[str, ...] = getattr(member.requirement, "elements", ())
        control: str | None = getattr(member.requirement, "control", None)
        if elements and (drawn := "、".join(elements)) not in said:
            said.add(drawn)
            sentence.say(f"，将{drawn}划入{subject.name}")
        if control and (local := localised(control, writer.voice)) not in said:
            said.add(local)
            sentence.say(f"；{local}")


def allocation_cells(subject: Subject, writer: Writer) -> dict[str, str]:
    """Part of the region → its share, as filled in."""
    found = {part: writer.fact(subject.first.requirement.id, PART + part) for part in writer.parts}
    return {part: share for part, share in found.items() if share is not None}


# ---------------------------------------------------------------------- structure, zones, rules


COPY = Fraction(11, 20)
"""The share of a response's letters in one run with the upper plan's words from which on it is given something more."""
TOGETHER = 4
"""How many indicators of one year stand in one sentence."""
MODAL = ("严禁", "禁止", "不得", "应", "必须", "除", "未", "确需")
GROWTH = {"core", "axis", "belt", "node"}


def structure_answer(item: Wanted, writer: Writer, section: str = "") -> Answer:
    """An inherited element, the local places that carry it, and how it is kept; the first of a slogan in a section says
    what pattern it belongs to."""
    element = item.requirement
    assert isinstance(element, StructureRequirement)
    sentence = _sentence([item])
    local, parts = writer.fact(element.id, "local_name"), _components(element)
    if local is None and not item.sure:
        sentence.say(f"{element.name}{parts}")
        sentence.ask(f"核实“{element.name}”是否涉及本地；涉及的，填写承接它的本地要素名称", "是否涉及、由何承接")
        return sentence.done(element.name)
    sentence.say(_pattern(element, writer, section))
    asked = f"承接“{element.name}”的本地要素名称"
    if local == element.name:
        form = writer.chooser.pick("structure_same", wording()["structure_same"], element.id)
        sentence.say(writer.voice.say(form, name=element.name, parts=parts))
        sentence.facts.append(f"结构/{element.name}/本地承接要素名称")
    else:
        form = writer.chooser.pick(f"structure/{section}", wording()["structure"], element.id)
        before, after = writer.voice.say(form, name=element.name, local="\0", parts=parts).split("\0")
        sentence.say(before)
        sentence.fact_or_ask(local, f"结构/{element.name}/本地承接要素名称", asked, "本地承接要素")
        sentence.say(after)
    if own := writer.fact(element.id, "components"):
        sentence.say(f"，具体包括{own}")
        sentence.facts.append(f"结构/{element.name}/本地要素构成")
    kept = writer.fact(element.id, "control")
    kinds = "structure_growth" if element.element in GROWTH else "structure_kept"
    sentence.say(
        "；" + kept if kept else "，" + writer.chooser.pick(f"{kinds}/{section}", wording()[kinds], element.id)
    )
    if kept:
        sentence.facts.append(f"结构/{element.name}/管控要求")
    return sentence.done(element.name)


def _pattern(element: StructureRequirement, writer: Writer, section: str) -> str:
    """落实上位规划“一链两屏多廊道”格局， once a section."""
    slogan = (element.slogan or "").strip("“”")
    if not slogan or (section, slogan) in writer.slogans:
        return ""
    writer.slogans.add((section, slogan))
    form: str = writer.chooser.pick(f"slogan/{section}", wording()["slogan"], slogan)
    return writer.voice.say(form, slogan=f"“{slogan}”" + ("" if slogan.endswith(("格局", "体系")) else "格局"))


def _components(element: StructureRequirement) -> str:
    """The components as the upper plan lists them, short; regions are left out."""
    others = [c for c in element.components if not c.endswith(("市", "省"))]
    return f"（由{'、'.join(others[:6])}{'等' if len(others) > 6 else ''}构成）" if others else ""


def zone_answers(items: Sequence[Wanted], writer: Writer) -> list[Answer]:
    """Units of one system, type and overlays in one sentence: 甲县、乙县为农产品主产区，叠加…"""
    groups: dict[tuple[str, str, tuple[str, ...]], list[Wanted]] = {}
    for item in items:
        zone = item.requirement
        assert isinstance(zone, ZoneRequirement)
        groups.setdefault((zone.system, zone.type, zone.overlays), []).append(item)
    return [_zone_group(members, writer) for members in groups.values()]


def _zone_group(members: list[Wanted], writer: Writer) -> Answer:
    first = members[0].requirement
    assert isinstance(first, ZoneRequirement)
    sentence = _sentence(members)
    names = [
        zone.unit.name + (zone.unit.part or "") for m in members if isinstance(zone := m.requirement, ZoneRequirement)
    ]
    form = writer.chooser.pick("zone", wording()["zone"], "".join(names))
    overlays = f"，叠加{'、'.join(first.overlays)}" if first.overlays else ""
    sentence.say(writer.voice.say(form, units="、".join(dict.fromkeys(names)), type=first.type, overlays=overlays))
    if first.function:
        sentence.say(f"，主导功能为{first.function}")
    for member in members:
        zone = member.requirement
        assert isinstance(zone, ZoneRequirement)
        for key, lead in (("refined", "细化为："), ("function", "管控导向为：")):
            if said := writer.fact(zone.id, key):
                sentence.say(f"；{zone.unit.name}{lead}{said}")
                sentence.facts.append(f"分区/{zone.unit.name}/{key}")
    if longest_run("".join(words.text for words in sentence.words), first.text) > COPY:
        sentence.say("，" + writer.voice.say(writer.chooser.pick("zone_kept", wording()["zone_kept"], "".join(names))))
    return sentence.done("、".join(names))


def rule_answer(item: Wanted, writer: Writer) -> Answer:
    """A rule for the local actor: its words of force, numbers, conditions and exceptions stay, something local is added."""
    rule = item.requirement
    assert isinstance(rule, RuleRequirement)
    sentence = _sentence([item])
    lead, tail = _form(rule, writer)
    text = _for_the_local_actor(rule, writer)
    sentence.say(_lead(rule, lead, text, writer) + text)
    measure, responsible = writer.fact(rule.id, "measure"), writer.fact(rule.id, "responsible")
    if asks_detail(rule):
        sentence.say(_phrase(writer, "detail", rule))
        sentence.fact_or_ask(measure, "规则/本地措施", _detail(rule.text, writer), _short(_detail(rule.text, writer)))
    elif measure:
        begins = rule.force == "prohibit" or measure.startswith(
            (writer.voice.area, writer.voice.self, writer.voice.region, *MODAL)
        )
        sentence.say(("，" if begins else _phrase(writer, "measure", rule)) + measure)
        sentence.facts.append("规则/本地措施")
    if responsible:
        sentence.say(f"，由{responsible}负责", plain=True)
        sentence.facts.append("规则/责任单位")
    elif tail and not measure:
        sentence.say("，" + tail, plain=True)
    for _ in range(2 * (rule.force != "prohibit")):
        if longest_run("".join(w.text for w in sentence.words if not w.open), rule.text) <= COPY:
            break
        sentence.say("，" + _phrase(writer, "further", rule), plain=True)
    return sentence.done(rule.text)


def _for_the_local_actor(rule: RuleRequirement, writer: Writer) -> str:
    """The clause as the lower plan says it; a prohibition keeps its words."""
    text = localised(rule.text, writer.voice)
    about = re.sub(r"^第[^条章节]{1,6}[条章节]\s*", "", rule.section[-1]) if rule.section else ""
    if re.match(r"(?:确需|确有必要)(?:调整|变更|修改|占用)的", text) and 2 <= len(about) <= 10:
        text = about + text  # what may be changed stands in the heading above the clause
    if rule.force == "prohibit":
        return text
    text = same_strength(text)
    halves = parted(text)
    noun = halves and re.match(r"..(?:结果|情况|要求|成果|方案|工作|面积|规模|范围|项目)", halves[1])
    if halves and halves[1].startswith(writer.verbs) and not noun:
        text = f"{halves[0]}，{writer.chooser.pick('between', wording()['between'], rule.id)}{halves[1]}"
    return text


def _form(rule: RuleRequirement, writer: Writer) -> tuple[str, str]:
    """What stands before and after a rule of this force and topic."""
    forms: list[list[str]] = wording()["forms"][rule.force]
    lead, tail = writer.chooser.pick(f"{rule.force}/{rule.topic}", forms, rule.id)
    return _of_topic(lead, rule, writer), _of_topic(tail, rule, writer)


def _phrase(writer: Writer, kind: str, rule: RuleRequirement) -> str:
    return _of_topic(writer.chooser.pick(kind, wording()[kind], rule.id), rule, writer)


def _of_topic(phrase: str, rule: RuleRequirement, writer: Writer) -> str:
    """The phrase with the topic's words put in: what it is for, who sees to it, what carries it further."""
    topics: dict[str, dict[str, list[str]]] = wording()["topics"]
    topic = topics.get(rule.topic or "", topics[""])
    words = {
        key: writer.voice.say(writer.chooser.pick(f"{key}/{rule.topic}", topic[key], rule.id))
        for key in ("aim", "who", "tool")
        if f"{{{key}}}" in phrase
    }
    return writer.voice.say(phrase, **words)


def _lead(rule: RuleRequirement, lead: str, text: str, writer: Writer) -> str:
    """Words before a rule; none where the rule says first for which case or place it is."""
    if re.match(
        r"[^，。；]{4,40}(?:的|外|下|时|前|后)(?:[^，。；]{1,12})?，|为|围绕|按照|根据|依据|通过|除|未|以", text
    ):
        return ""
    if re.match(r"[^，。；]{2,24}(?:包括|涉及|分为|是指|由)", text):
        return ""  # it says what something is before it says what is to be done
    placed = lead.startswith(writer.voice.domain)
    begins_itself = bool(rule.actor) or bool(re.match(r"对|在|因|任何|各|本|全|[^，。；]{1,14}[内外中]，?", text))
    return "" if placed and begins_itself else lead


def same_words(one: str, other: str) -> bool:
    """Whether two clauses are the same but for marks and blanks."""
    return re.sub(r"\W", "", one) == re.sub(r"\W", "", other)


def _short(ask: str) -> str:
    """What is asked, as it stands in the text: the comment says it in full."""
    return ask if len(ask) <= 22 else "具体安排"


def _detail(text: str, writer: Writer) -> str:
    """What the upper plan bids the lower one to settle: the words after the verb."""
    match = re.search(r"(?:明确|划定|细化|识别|确定|制定|列出|编制|分解|落位)(?:落实)?([^，。；]{2,40})", text)
    return f"{writer.voice.self}{match[0]}的结果" if match else f"{writer.voice.self}的具体安排"
