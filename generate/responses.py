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

    def say(self, text: str) -> None:
        if text:
            self.words.append(Words(text, mandatory=self.mandatory, mark=self.mark))

    def ask(self, ask: str) -> None:
        first = self.members[0]
        item = OpenItem(
            id=open_id(first.requirement.id, ask), requirement=first.requirement.id, upper=first.upper, ask=ask
        )
        self.open.append(item)
        self.words.append(Words(f"【待补充：{ask}】", open=item.id, mark=self.mark))

    def fact_or_ask(self, fact: str | None, used: str, ask: str) -> None:
        if fact is not None:
            self.say(fact)
            self.facts.append(used)
        else:
            self.ask(ask)

    def done(self, subject: str) -> Answer:
        if not all(member.sure for member in self.members):
            self.ask(f"核实“{subject[:24]}”是否适用于本地")
        mark = full_mark(self.members, "".join(words.text for words in self.words))
        words = tuple(replace(each, mark=mark) for each in self.words)
        return Answer(subject, self.members, words, tuple(self.facts), tuple(self.open))


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
    if isinstance(first, BoundaryRequirement) and not subject.values:
        sentence.say(f"严格落实上位规划划定的{name}，{writer.voice.area}按划定成果落实空间位置，不得擅自调整")
    elif own is not None and (used := _with_own(subject, own, writer)) is not None:
        _say_values(sentence, used, subject, writer)
        sentence.facts.append(f"{_sheet(subject)}/{name}/本级目标值")
    elif subject.own:
        _say_values(sentence, list(subject.values), subject, writer)
    elif subject.additive and all(member.awaits for member in subject.members):
        sentence.say(f"落实上级规划分解下达的{name}，{writer.voice.area}{name}目标值为")
        sentence.ask(f"上一级规划分解下达的{name}")
    else:
        _say_whole(sentence, subject, writer)
    _say_lines(sentence, subject, writer)
    return sentence.done(name)


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


def _say_values(sentence: _Sentence, values: list[Value], subject: Subject, writer: Writer) -> None:
    latest, *earlier = values
    first = subject.first.requirement
    kind = "line" if first.mode == "boundary" else "value"
    form = writer.chooser.pick(kind, wording()[kind], first.id)
    area = of_scope(writer.voice, subject.scope, subject.name)
    said = form.format(
        when=when(latest, writer.end), area=area, name=subject.name, amount=amount(latest, writer.chooser)
    )
    sentence.say(said)
    for value in earlier:
        if value.year != latest.year:
            sentence.say(f"，其中{value.year}年{amount(value, writer.chooser)}")
    if subject.additive and writer.parts and latest.value is not None and not latest.reference:
        sentence.say(f"，分解到各{writer.voice.parts}")
    elif kept := wording()["kept"].get(subject.attribute or ""):
        sentence.say("，" + writer.chooser.pick("kept", kept, first.id))


def _say_whole(sentence: _Sentence, subject: Subject, writer: Writer) -> None:
    """Nothing is handed down to the region itself: the whole area's demand is taken up, the share is asked for."""
    share = "承担的份额" if subject.additive else "目标值"
    if subject.values:
        # a total is the upper area's; a ratio or rate is a demand on everyone in it
        place = subject.of.name if subject.of is not None and subject.additive else ""
        latest, *earlier = subject.values
        scope = subject.scope if subject.scope and subject.scope not in subject.name else ""
        said = (
            f"按照上位规划要求，{when(latest, writer.end)}{place}{scope}{subject.name}{amount(latest, writer.chooser)}"
        )
        sentence.say(said)
        for value in earlier:
            if value.year != latest.year:
                sentence.say(f"，其中{value.year}年{amount(value, writer.chooser)}")
        sentence.say(f"，{writer.voice.self}{share}为")
    else:
        sentence.say(f"落实上位规划关于{subject.name}的要求，{writer.voice.self}{share}为")
    sentence.ask(f"{writer.voice.self}{subject.name}{share}")


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


GROWTH = {"core", "axis", "belt", "node"}


def structure_answer(item: Wanted, writer: Writer) -> Answer:
    """An inherited element, the local places that carry it, and how it is kept."""
    element = item.requirement
    assert isinstance(element, StructureRequirement)
    sentence = _sentence([item])
    slogan = f"“{element.slogan.strip('“”')}”格局" if element.slogan else "上位规划空间格局"
    form = writer.chooser.pick("structure", wording()["structure"], element.id)
    local, parts = writer.fact(element.id, "local_name"), _components(element, writer)
    before, after = writer.voice.say(form, slogan=slogan, name=element.name, local="\0", parts=parts).split("\0")
    if slogan not in before + after:
        before = f"衔接{slogan}，{before}"
    sentence.say(before)
    sentence.fact_or_ask(local, f"结构/{element.name}/本地承接要素名称", f"承接“{element.name}”的本地要素名称")
    sentence.say(after)
    if own := writer.fact(element.id, "components"):
        sentence.say(f"，具体包括{own}")
        sentence.facts.append(f"结构/{element.name}/本地要素构成")
    kept = writer.fact(element.id, "control")
    kinds = "structure_growth" if element.element in GROWTH else "structure_kept"
    sentence.say("，" + (kept or writer.chooser.pick(kinds, wording()[kinds], element.id)))
    if kept:
        sentence.facts.append(f"结构/{element.name}/管控要求")
    return sentence.done(element.name)


def _components(element: StructureRequirement, writer: Writer) -> str:
    """The components as the upper plan lists them, short; the regions among them but for the own one are left out."""
    others = [c for c in element.components if not c.endswith(("市", "省")) or c == writer.voice.region]
    return f"（上位规划构成：{'、'.join(others[:6])}{'等' if len(others) > 6 else ''}）" if others else ""


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
    sentence.say(f"落实上位{first.system}定位，{'、'.join(dict.fromkeys(names))}为{first.type}")
    if first.overlays:
        sentence.say(f"，叠加{'、'.join(first.overlays)}")
    if first.function:
        sentence.say(f"，主导功能为{first.function}")
    for member in members:
        zone = member.requirement
        assert isinstance(zone, ZoneRequirement)
        for key, lead in (("refined", "细化为："), ("function", "管控导向为：")):
            if said := writer.fact(zone.id, key):
                sentence.say(f"；{zone.unit.name}{lead}{said}")
                sentence.facts.append(f"分区/{zone.unit.name}/{key}")
    return sentence.done("、".join(names))


COPY = Fraction(11, 20)
"""The share of a response's letters in one run with the upper plan's words from which on it is given a second sentence."""


def rule_answer(item: Wanted, writer: Writer) -> Answer:
    """A rule for the local actor: its words of force, numbers, conditions and exceptions stay, something local is added."""
    rule = item.requirement
    assert isinstance(rule, RuleRequirement)
    sentence = _sentence([item])
    text = localised(rule.text, writer.voice)
    if rule.force != "prohibit":
        text = same_strength(text)
        halves = parted(text)
        if (
            halves
            and halves[1].startswith(writer.verbs)
            and not re.match(r"..(?:结果|情况|要求|成果|方案|工作|面积|规模|范围|项目)", halves[1])
        ):
            text = f"{halves[0]}，{writer.chooser.pick('between', wording()['between'], rule.id)}{halves[1]}"
    sentence.say(_lead(rule, text, writer) + text)
    measure, responsible = writer.fact(rule.id, "measure"), writer.fact(rule.id, "responsible")
    if asks_detail(rule):
        sentence.say(f"，{writer.voice.self}的具体安排为：")
        sentence.fact_or_ask(measure, "规则/本地措施", _detail(rule.text, writer))
    elif measure:
        sentence.say(f"，{measure}")
        sentence.facts.append("规则/本地措施")
    if responsible:
        sentence.say(f"，由{responsible}负责")
        sentence.facts.append("规则/责任单位")
    elif rule.force != "prohibit":
        sentence.say("，" + _said(writer, "tail", rule))
    if (
        rule.force != "prohibit"
        and longest_run("".join(w.text for w in sentence.words if not w.open), rule.text) > COPY
    ):
        sentence.say("，" + writer.voice.say(writer.chooser.pick("further", wording()["further"], rule.id)))
    return sentence.done(rule.text)


def _said(writer: Writer, kind: str, rule: RuleRequirement) -> str:
    return writer.voice.say(writer.chooser.pick(kind + rule.force, wording()[kind][rule.force], rule.id))


def _lead(rule: RuleRequirement, text: str, writer: Writer) -> str:
    """Words before a rule; none where the rule names its actor or place first, 全市 only before a verb."""
    if re.match(r"[^，。；]{4,40}的(?:[^，。；]{1,12})?，", text):
        return ""  # the case that the rule is for comes first
    lead = _said(writer, "lead", rule)
    begins_itself = bool(rule.actor) or bool(
        re.match(r"除|对|在|因|未经|任何|各|本|全|[^，。；]{1,14}[内外中]，?", text)
    )
    if not lead.endswith("，"):
        return lead if text.startswith(writer.verbs) else ""
    placed = lead.startswith((writer.voice.domain, f"在{writer.voice.domain}"))
    return "" if begins_itself and placed else lead


def same_words(one: str, other: str) -> bool:
    """Whether two clauses are the same but for marks and blanks."""
    return re.sub(r"\W", "", one) == re.sub(r"\W", "", other)


def _detail(text: str, writer: Writer) -> str:
    """What the upper plan bids the lower one to settle: the words after the verb."""
    match = re.search(r"(?:明确|划定|细化|识别|确定|制定|列出|编制|分解|落位)(?:落实)?([^，。；]{2,40})", text)
    return f"{writer.voice.self}{match[0]}的结果" if match else f"{writer.voice.self}的具体安排"
