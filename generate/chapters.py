"""The draft: every requirement that applies has its response, in the chapter of its subject (CONTRACT §5)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..plan.draft import (
    Draft,
    DraftAnnex,
    DraftBlock,
    DraftChapter,
    DraftParagraph,
    DraftResponse,
    DraftSection,
    OpenItem,
    TemplateSlot,
    Trace,
    Words,
)
from ..plan.errors import Refused
from ..plan.facts import Facts
from ..plan.lexicon import Lexicon
from ..plan.plan import Period, Plan, Tool
from ..plan.requirement import ListRequirement, Region, RuleRequirement, StructureRequirement, ZoneRequirement
from .annexes import (
    Annexed,
    allocation_annexes,
    carbon_annex,
    indicator_annex,
    local_register,
    open_annex,
    register_annexes,
    trace_annex,
    zone_annex,
)
from .facts import level_of, parts_of
from .placing import UNPLACED, place
from .responses import Answer, Writer, amount_answer, rule_answer, same_words, structure_answer, zone_answers
from .templates import ANNEXES, REST, Slot, Voice, chapter_slots, template_slots, voice_of, wording
from .wanted import Judged, Subject, Wanted, subjects, wanted

LETTERS = 130
"""A paragraph that has so many letters takes no further response."""
ALONE = ("structure", "zone")
"""Modes whose responses stand each in a paragraph of its own."""
NUMERALS = "一二三四五六七八九十"


@dataclass(slots=True)
class _Book:
    """Responses by section while the draft is written."""

    answers: dict[Slot, list[Answer]] = field(default_factory=dict)
    intros: dict[Slot, list[tuple[Words, ...]]] = field(default_factory=dict)


def draft(
    uppers: Sequence[Plan],
    region: Region,
    facts: Facts | None,
    lexicon: Lexicon,
    *,
    tool: Tool | None = None,
    title: str | None = None,
    judged: Judged | None = None,
    template: Sequence[TemplateSlot] | None = None,
    show_unplaced: bool = False,
) -> Draft:
    """The draft for `region` under all `uppers`; the same input gives the same draft.

    `facts` None leaves everything open that only the region knows. `judged` overrules what binds alone say of whom a
    requirement concerns. The trace says what answers what. `template`: the places of a Word template, which then hold the
    responses instead of the built-in chapters; Refused names a place that means nothing, and requirements without one,
    which `show_unplaced` puts at the end instead.
    """
    gazetteer = lexicon.gazetteer
    level = level_of(region, gazetteer)
    period = _period(uppers)
    voice = voice_of(region, level)
    parts = tuple(
        part.name for part in (facts.parts if facts is not None and facts.parts else parts_of(region, gazetteer))
    )
    titles = tuple(plan.document.title for plan in uppers)
    verbs = tuple(sorted(word.word for word in lexicon.modality if word.polarity == "positive" and len(word.word) == 2))
    writer = Writer(voice, facts, titles, period.end, parts, verbs, base=period.base_year)
    items, others = wanted(uppers, region, level, gazetteer, judged)
    measured = sorted(subjects(items, region, uppers, lexicon), key=_rank)
    slots = chapter_slots() if template is None else template_slots(template, [topic.name for topic in lexicon.topics])
    book = _written(items, measured, writer, slots or (UNPLACED,))
    annexed = _annexes(items, measured, writer)
    numbers = {each.annex.title: number for number, each in enumerate(annexed, 1)}
    writer.allocated = next(
        ((f"附表{n}", f"_annex_{n}") for title, n in numbers.items() if "主要指标分解表" in title), None
    )
    _introduce_registers(items, writer, slots or (UNPLACED,), book, numbers)
    if template is not None and not show_unplaced:
        _refuse_unplaced(book, annexed, template)
    elif template is not None and UNPLACED in book.answers:
        slots = (*slots, UNPLACED)
    if template is None and any(item.requirement.carbon for item in items):
        _introduce_chain(book, slots, len(annexed) + 1)
    chapters = _chapters(book, writer, slots, titles, period)
    responses, open_items = _traced(book, annexed, slots, chapters)
    texts = {item.requirement.id: item.requirement.text for item in items}
    because = {item.requirement.id: item.because for item in items}
    listed = open_annex(open_items, texts)
    chain = carbon_annex(items, responses)
    annexes: tuple[DraftAnnex, ...] = (
        *(each.annex for each in annexed),
        *((chain,) if chain is not None else ()),
        trace_annex(responses, texts, titles, because),
        *((listed,) if listed is not None else ()),
    )
    trace = Trace(
        tool=tool or Tool(version="", lexicon=lexicon.hash),
        region=region,
        uppers=titles,
        responses=tuple(responses),
        open_items=tuple(open_items),
        not_applicable=tuple(others),
        notes=tuple(writer.notes),
    )
    names = {"city": "国土空间总体规划", "county": "国土空间总体规划", "township": "国土空间规划"}
    span = f"（{period.start}—{period.end}年）" if period.start and period.end else ""
    return Draft(
        title=title or f"{region.name}{names.get(level or '', '国土空间规划')}{span}",
        region=region,
        level=level,
        period=period,
        chapters=chapters,
        annexes=annexes,
        trace=trace,
        asks={item.id: _comment(item, texts, titles) for item in open_items},
        words=_template_words(
            title or f"{region.name}{names.get(level or '', '国土空间规划')}{span}", voice, titles, period
        ),
    )


def _refuse_unplaced(book: _Book, annexed: Sequence[Annexed], template: Sequence[TemplateSlot]) -> None:
    """Refused if the template has no place for something that applies: which, and what to add."""
    lost = [answer.subject for answer in book.answers.get(UNPLACED, [])]
    if not any(slot.name == ANNEXES for slot in template):
        lost += [answer.member.requirement.text for each in annexed for answer in each.responses]
    if lost:
        shown = "；".join(f"“{subject[:30]}”" for subject in lost[:5])
        raise Refused(
            f"模板没有位置安放适用的上位要求 {len(lost)} 条：{shown}{'……' if len(lost) > 5 else ''}。请加上相应主题的位置，或 {{{{ {REST} }}}} 和 {{{{ {ANNEXES} }}}}。"
        )


def _template_words(title: str, voice: Voice, titles: Sequence[str], period: Period) -> dict[str, str]:
    """What a template may put into its sentences; a year that no upper plan states is asked for."""

    def year(number: int | None, name: str) -> str:
        return f"{number}年" if number else f"【待补充：{name}】"

    return {
        "规划名称": title,
        "规划简称": title.partition("（")[0],
        "行政区": voice.region,
        "上位规划": "".join(f"《{name}》" for name in titles),
        "规划期限": f"{period.start}—{period.end}年" if period.start and period.end else "【待补充：规划期限】",
        "基期年": year(period.base_year, "基期年"),
        "近期目标年": year(period.near_term, "近期目标年"),
        "目标年": year(period.end, "目标年"),
        "全市": voice.area,
        "本市": voice.self,
        "市域": voice.domain,
        "下级行政区": voice.parts,
        "版本": "草案",
    }


def _rank(subject: Subject) -> tuple[bool, int]:
    """What is handed down to the region itself first, 约束性 before 预期性."""
    return not subject.own, {"binding": 0, "expected": 1}.get(subject.attribute or "", 2)


def _period(uppers: Sequence[Plan]) -> Period:
    """The period of the nearest upper plan that states one: a lower plan runs as long as it."""
    return next((plan.document.period for plan in reversed(uppers) if plan.document.period.end), Period())


def _comment(item: OpenItem, texts: dict[str, str], titles: Sequence[str]) -> str:
    return f"请补充：{item.ask}。依据《{titles[item.upper]}》要求（{item.requirement}）：{texts.get(item.requirement, '')[:120]}"


# ---------------------------------------------------------------------- writing


def _written(items: list[Wanted], measured: list[Subject], writer: Writer, slots: tuple[Slot, ...]) -> _Book:
    book = _Book()

    def put(answer: Answer, slot: Slot) -> None:
        book.answers.setdefault(slot, []).append(answer)

    rules = [item for item in items if isinstance(item.requirement, RuleRequirement)]
    last: Slot | None = None
    for subject in measured:
        slot = place(subject.first.requirement, subject.name, slots)
        if slot is not last:
            writer.year = None  # a sentence does not go on into another section
        last = slot
        answer = amount_answer(subject, writer)
        # a control sentence that is also a rule of its own is answered where the line stands, not a second time
        controls = [c for m in subject.members if (c := getattr(m.requirement, "control", None))]
        repeated = [item for item in rules if any(same_words(item.requirement.text, control) for control in controls)]
        rules = [item for item in rules if item not in repeated]
        put(replace(answer, members=(*answer.members, *repeated)), slot)
    structures = [item for item in items if isinstance(item.requirement, StructureRequirement)]
    for item, *others in _told_once(structures):
        slot = place(item.requirement, getattr(item.requirement, "name", ""), slots)
        answer = structure_answer(item, writer, slot.title)
        put(replace(answer, members=(*answer.members, *others)), slot)
    zones = [item for item in items if isinstance(item.requirement, ZoneRequirement)]
    for answer in zone_answers(zones, writer):
        put(answer, place(answer.members[0].requirement, f"{zone_system(answer)}", slots))
    for item, *others in _told_once(rules):
        answer = rule_answer(item, writer)
        slot = place(item.requirement, item.requirement.text, slots)
        put(replace(answer, members=(*answer.members, *others)), slot)
    return book


def _told_once(items: Sequence[Wanted]) -> list[list[Wanted]]:
    """What several upper plans say in the same words (an element of the same name and pattern, the same clause), together:
    one response answers them all."""
    groups: dict[str, list[Wanted]] = {}
    for item in items:
        requirement = item.requirement
        if isinstance(requirement, StructureRequirement):
            said = f"{requirement.slogan}|{requirement.name}"
        else:
            said = re.sub(r"\W", "", requirement.text)
        known = groups.setdefault(said, [])
        if known and any(other.upper == item.upper for other in known):
            known = groups.setdefault(f"{said}|{requirement.id}", [])  # one plan says it twice: two demands
        known.append(item)
    return list(groups.values())


def zone_system(answer: Answer) -> str:
    zone = answer.members[0].requirement
    return zone.system if isinstance(zone, ZoneRequirement) else ""


def _introduce_registers(
    items: list[Wanted], writer: Writer, slots: tuple[Slot, ...], book: _Book, numbers: dict[str, int]
) -> None:
    """One sentence a register, in the section of its subject: how many entries concern the region, and where they stand."""
    counts: dict[str, int] = {}
    slot_of: dict[str, Slot] = {}
    for item in items:
        if isinstance(item.requirement, ListRequirement):
            name = item.requirement.register_.name
            counts[name] = counts.get(name, 0) + 1
            slot_of.setdefault(name, place(item.requirement, name, slots))
    for name, count in counts.items():
        shown = local_register(name, writer)
        number = numbers.get(f"{shown}（{writer.voice.region}部分）")
        form: str = writer.chooser.pick("register", wording()["register"], name)
        before, after = writer.voice.say(form, name=shown, count=str(count), annex="\0").split("\0")
        annex = Words(f"附表{number}", ref=f"_annex_{number}") if number else Words("附表")
        book.intros.setdefault(slot_of[name], []).append((Words(before), annex, Words(after)))


def _introduce_chain(book: _Book, slots: tuple[Slot, ...], number: int) -> None:
    """How the 双碳 demands come down, in the section that is about them."""
    slot = next((slot for slot in slots if "碳汇与双碳" in slot.topics), None)
    if slot is not None:
        said = "碳达峰碳中和要求按“指标设施—总体格局—空间布局—支撑体系—项目安排”的链条逐级传导，各环节的落实位置见"
        book.intros.setdefault(slot, []).append(
            (Words(said), Words(f"附表{number}", ref=f"_annex_{number}"), Words("。"))
        )


def _annexes(items: list[Wanted], measured: list[Subject], writer: Writer) -> list[Annexed]:
    found: list[Annexed] = []
    indicators = [subject for subject in measured if subject.first.requirement.mode == "indicator"]
    zones = [item for item in items if isinstance(item.requirement, ZoneRequirement)]
    table = indicator_annex(indicators, writer)
    found += [table] if table is not None else []
    found += allocation_annexes(measured, writer)
    zone_table = zone_annex(zones, writer)
    found += [Annexed(zone_table)] if zone_table is not None else []
    # upright pages together, turned pages together
    return found + sorted(register_annexes(items, writer), key=lambda each: each.annex.landscape)


# ---------------------------------------------------------------------- chapters


def _chapters(
    book: _Book, writer: Writer, slots: tuple[Slot, ...], titles: Sequence[str], period: Period
) -> tuple[DraftChapter, ...]:
    chapters: list[DraftChapter] = []
    for title in dict.fromkeys(slot.chapter for slot in slots):
        sections = tuple(
            DraftSection(slot.title, blocks)
            for slot in slots
            if slot.chapter == title and (blocks := _blocks(slot, book, writer, titles, period))
        )
        if sections:
            chapters.append(DraftChapter(title, sections))
    return tuple(chapters)


def _blocks(slot: Slot, book: _Book, writer: Writer, titles: Sequence[str], period: Period) -> tuple[DraftBlock, ...]:
    """The paragraphs of a section: each mode for itself, what is certain before what must be verified."""
    blocks: list[DraftBlock] = [plain(text) for text in _fixed(slot.fixed, writer, titles, period)]
    answers = book.answers.get(slot, [])
    for mode in ("indicator", "boundary", "structure", "zone", "rule"):
        mine = [answer for answer in answers if answer.members[0].requirement.mode == mode]
        handed = [answer for answer in mine if answer.sure and not answer.open]
        asking = [answer for answer in mine if answer.sure and answer.open]
        unsure = [answer for answer in mine if not answer.sure]
        if mode in ("indicator", "boundary"):
            blocks += _measured(handed, asking, unsure, mode, writer)
        else:
            groups = [[answer] for answer in mine if answer.sure] if mode in ALONE else _groups(_sure(mine))
            blocks += [_paragraph(group, "。") for group in groups]
            blocks += _to_verify(unsure, mode, writer)
    blocks += [DraftParagraph(words) for words in book.intros.get(slot, [])]
    return tuple(blocks)


def _sure(answers: Sequence[Answer]) -> list[Answer]:
    return [answer for answer in answers if answer.sure]


def _measured(
    handed: list[Answer], asking: list[Answer], unsure: list[Answer], mode: str, writer: Writer
) -> list[DraftBlock]:
    """What is handed down; what the region sets itself; what must be verified."""
    blocks: list[DraftBlock] = [_paragraph(group, "。") for group in _groups(handed)]
    if mode == "indicator":
        if handed and writer.allocated:
            blocks.append(
                DraftParagraph(
                    (
                        Words(f"约束性指标分解到各{writer.voice.parts}，分解结果见"),
                        Words(writer.allocated[0], ref=writer.allocated[1]),
                        Words("。"),
                    )
                )
            )
        lead = f"上位规划提出、由{writer.voice.self}结合实际确定目标值的指标：" if asking else ""
        blocks += _introduced(lead, _groups(asking))
    else:
        blocks += [_paragraph(group, "。") for group in _groups(asking)]
    return blocks + _to_verify(unsure, mode, writer)


def _to_verify(unsure: list[Answer], mode: str, writer: Writer) -> list[DraftBlock]:
    """What the upper plan does not say whom it binds, by itself and said to be so."""
    if not unsure:
        return []
    named = {"structure": "格局要素", "indicator": "指标", "boundary": "控制线"}.get(mode, "要求")
    joint = "。" if mode in ("rule", "zone") else "；"
    lead = f"下列上位规划{named}是否适用于{writer.voice.self}，经核实后落实："
    return _introduced(lead, _groups(unsure), joint)


def _introduced(lead: str, groups: list[list[Answer]], joint: str = "；") -> list[DraftBlock]:
    paragraphs = [_paragraph(group, joint) for group in groups]
    if paragraphs and lead:
        paragraphs[0] = DraftParagraph((Words(lead), *paragraphs[0].words))
    return list(paragraphs)


def _groups(answers: Sequence[Answer]) -> list[list[Answer]]:
    """Responses by paragraph: a new one where LETTERS are full, but never between a sentence and what goes on with it."""
    groups: list[list[Answer]] = []
    for answer in answers:
        full = not groups or sum(len(each.text) for each in groups[-1]) > LETTERS
        if full and not (groups and answer.goes_on):
            groups.append([])
        groups[-1].append(answer)
    return groups


def plain(text: str) -> DraftParagraph:
    return DraftParagraph((Words(text),))


def _paragraph(answers: Sequence[Answer], joint: str) -> DraftParagraph:
    """Several responses as one paragraph; each keeps its own mark."""
    words: list[Words] = []
    for at, answer in enumerate(answers):
        words += answer.words
        last = at == len(answers) - 1
        words.append(Words("。" if last else "；" if answers[at + 1].goes_on else joint))
    return DraftParagraph(tuple(words))


def _fixed(kind: str | None, writer: Writer, titles: Sequence[str], period: Period) -> list[str]:
    """The standard texts of 总则; they say nothing that the upper plans and the region do not settle."""
    region, voice = writer.voice.region, writer.voice
    match kind:
        case "purpose":
            named = "".join(f"《{title}》" for title in titles)
            return [
                f"为落实{named}的传导要求，统筹{region}国土空间保护、开发、利用、修复和治理，制定本规划。",
                f"规划依据包括{named}，以及国土空间规划相关法律法规、政策文件和技术规范。",
            ]
        case "scope":
            years = (
                f"规划期限为{period.start}年至{period.end}年"
                if period.start and period.end
                else "规划期限与上位规划一致"
            )
            years += f"，基期年为{period.base_year}年" if period.base_year else ""
            years += f"，近期目标年为{period.near_term}年" if period.near_term else ""
            years += f"，远景展望至{period.vision}年" if period.vision else ""
            return [f"规划范围为{region}行政辖区全部国土空间。", years + "。"]
        case "force":
            return [
                "文本中加粗并加下划线的内容为强制性内容。",
                f"本规划经批准后，{voice.domain}内各级各类国土空间规划和各项开发保护建设活动应当与本规划相衔接。",
            ]
    return []


# ---------------------------------------------------------------------- trace


def _traced(
    book: _Book, annexed: Sequence[Annexed], slots: tuple[Slot, ...], chapters: Sequence[DraftChapter]
) -> tuple[list[DraftResponse], list[OpenItem]]:
    """Every response with its place, in the order of the draft, and every open item once."""
    where = _headings(chapters) | {(slot.chapter, slot.title): slot.headings for slot in slots if slot.strict}
    responses: list[DraftResponse] = []
    items: dict[str, OpenItem] = {}
    for slot in slots:
        for answer in book.answers.get(slot, []):
            section = where.get((slot.chapter, slot.title), ())
            for open_item in answer.open:
                items.setdefault(open_item.id, replace_section(open_item, section))
            responses += _responses(answer, section)
    for number, each in enumerate(annexed, 1):
        section = (f"附表{number} {each.annex.title}",)
        for open_item in each.open:
            items.setdefault(open_item.id, replace_section(open_item, section))
        responses += [
            DraftResponse(
                requirement=answer.member.requirement.id,
                upper=answer.member.upper,
                mode=answer.member.requirement.mode,
                subject=getattr(answer.member.requirement, "name", answer.member.requirement.text[:40]),
                mark=answer.mark,
                section=section,
                text=answer.words,
                facts=answer.facts,
                open=answer.open,
                state="open" if answer.open else "answered",
            )
            for answer in each.responses
        ]
    return responses, list(items.values())


def _responses(answer: Answer, section: tuple[str, ...]) -> list[DraftResponse]:
    mark = answer.words[0].mark or ""
    ids = tuple(item.id for item in answer.open)
    return [
        DraftResponse(
            requirement=member.requirement.id,
            upper=member.upper,
            mode=member.requirement.mode,
            subject=answer.subject[:60],
            mark=mark,
            section=section,
            text=answer.text,
            facts=answer.facts,
            open=ids,
            state="open" if ids else "answered",
        )
        for member in answer.members
    ]


def replace_section(item: OpenItem, section: tuple[str, ...]) -> OpenItem:
    return item.model_copy(update={"section": section})


def _headings(chapters: Sequence[DraftChapter]) -> dict[tuple[str, str], tuple[str, ...]]:
    """(chapter, section) → the headings as Word will number them."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    article = 0
    for number, chapter in enumerate(chapters, 1):
        for section in chapter.sections:
            article += 1
            found[chapter.title, section.title] = (
                f"第{chinese(number)}章 {chapter.title}",
                f"第{article}条 {section.title}",
            )
    return found


def chinese(number: int) -> str:
    """1–99 as chapters are counted."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else NUMERALS[tens - 1] + "十"
    return head + (NUMERALS[ones - 1] if ones else "")
