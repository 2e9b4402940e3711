"""What the draft rests on and points at: its period and base year, the plans it cites, its own tables and chapters."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ..plan.finding import Finding, Place, finding
from ..plan.plan import Plan, PlanDocument
from ..plan.quantity import numeral
from .judgement import Ground
from .passages import Passage
from .words import fold, letters

_OLD_SURVEY = re.compile(
    r"第二次(?:全国)?(?:土地|国土)(?:利用)?(?:现状)?调查|(?<![一-龥])二调(?!查研究)|20(?:0\d|1[0-9])年度?变更(?:调查)?成果"
)
_BASE = re.compile(
    r"(?:以)?(20\d\d)年(?:度)?(?:为|作为)?(?:规划)?(?:基准年|基期年?|现状年)|(?:基准年|基期年?|现状年)(?:为|是)?(20\d\d)年?"
)
_PERIOD = re.compile(r"(?:规划期(?:限)?|实施期(?:限)?|规划年限)(?:为|是|自)?(20\d\d)年?[—\-–~～至到]+(20\d\d)年")
_NEAR = re.compile(r"近期(?:建设|规划|行动|实施)?(?:计划|规划|目标年|期限)?(?:至|到|为)(20\d\d)年")
_NEAR_SPAN = re.compile(
    r"近期(?:(?:建设|规划|行动|实施|项目|工作)?(?:安排|计划|规划|期限)?)[（(为是以自按]?(20\d\d)年?[—\-–~～至到]+(20\d\d)年"
)
_UNFINISHED = re.compile(r"征求意见稿|阶段性成果|送审稿|报批稿|公示稿|初步成果|过程稿|在编|草案")
_SUPERSEDED = re.compile(
    r"土地利用总体规划|城市总体规划|(?:县城|城区|城乡|县域|(?<![小古])镇|乡)总体规划|[城村]镇体系规划|主体功能区规划|主体功能区划"
)
_TITLE = re.compile(r"《([^《》]{4,60})》")
_POINTER = re.compile(
    r"(?:见|详见|参见|附于|载于|列于|按|与|依据|(?<=[，。；、（(]))?(附表|附图|附件|专栏|表|图)\s?([A-Z]?[0-9]+(?:[-—–.][0-9]+)?|[一二三四五六七八九十]+|[A-Z](?![A-Za-z])(?:[-—–.][0-9]+)?|[Ⅰ-Ⅸ]+)"
)
_CHAPTER = re.compile(
    r"(?:本规划|本文本|(?:详|参)?见|按照?本规划)第\s?([0-9]+|[一二三四五六七八九十百零]+)\s?(章|节|条)"
)
_DECIMAL = re.compile(
    r"(?:见|按照?|依照?|依据|执行|同|(?<=[（(，。；])本规划)(?:本规划|本文本|本章|正文|文本)?第?\s?([0-9]{1,2}(?:\.[0-9]{1,2}){1,3})"
    r"(?:\s?(?:节|小节|条|款|目)|(?=[）)，。；、]|$|的?(?:规定|要求|所述)|执行|办理|落实))"
)
"""Pointers to headings numbered 4.6: 见4.6节, 按本规划4.6的要求."""
_NUMBERED = re.compile(r"第\s?([0-9]+|[一二三四五六七八九十百零]+)\s?(章|节|条)")
_LEGEND_COUNT = re.compile(r"([一二三四五六七八九十两]|[0-9]{1,2})(条|处|个|片|座|大|核|屏|轴|带)((?:[^\W\d_]){2,8})")


def reference_findings(ground: Ground, uppers: Sequence[Plan]) -> Iterator[Finding]:
    """All findings of this kind."""
    yield from _periods(ground)
    yield from _cited_plans(ground, uppers)
    yield from _pointers(ground)
    yield from _articles(ground)
    yield from _sections_of_chapters(ground)
    yield from _decimals(ground)
    yield from _legends(ground)


def _periods(ground: Ground) -> Iterator[Finding]:
    """Other years than the plan's own, an old survey as base."""
    period = ground.draft.plan.document.period
    titled = re.search(r"(20\d\d)[—\-–~～至]+(20\d\d)", fold(ground.draft.plan.document.title))
    start, end = (int(titled[1]), int(titled[2])) if titled else (period.start, period.end)
    for passage in ground.draft.passages:
        if passage.row is not None or _TITLE.search(passage.text):
            continue
        text, wrong = fold(passage.text), []
        if match := _PERIOD.search(text):
            said = int(match[1]), int(match[2])
            if start and end and said != (start, end):
                wrong.append(f"规划期写作{said[0]}—{said[1]}年，与规划期限{start}—{end}年不一致")
        if (match := _NEAR.search(text)) and period.near_term and int(match[1]) != period.near_term:
            wrong.append(f"近期写作{match[1]}年，与近期{period.near_term}年不一致")
        span = _NEAR_SPAN.search(text)
        if span and period.near_term and int(span[1]) == start and int(span[2]) != period.near_term:
            wrong.append(f"近期写作{span[1]}—{span[2]}年，与近期至{period.near_term}年不一致")
        base = _BASE.search(text)
        if base and start and int(base[1] or base[2]) != start - 1:
            wrong.append(f"基期写作{base[1] or base[2]}年，规划基期应为{start - 1}年")
        if survey := _OLD_SURVEY.search(text):
            wrong.append(f"采用“{survey[0]}”作底数，应为第三次全国国土调查成果")
        if wrong:
            yield finding("DOC-PERIOD", "warning", "格式", "；".join(wrong), _places(ground, passage))


def _cited_plans(ground: Ground, uppers: Sequence[Plan]) -> Iterator[Finding]:
    """A basis that is unfinished or superseded, or an upper plan under another period than its own title."""
    for passage in ground.draft.passages:
        if passage.row is not None or not _TITLE.search(passage.text):
            continue
        text = fold(passage.text)
        wrong: dict[str, list[str]] = {}
        for match in _TITLE.finditer(text):
            title, after = match[1], text[match.end() : match.end() + 24]
            if _SUPERSEDED.search(title) and "国土空间" not in title:
                wrong.setdefault("basis", []).append(f"引用已被国土空间规划取代的《{title}》")
            elif "规划" in title and (mark := _UNFINISHED.search(title + after)):
                wrong.setdefault("basis", []).append(f"以“{mark[0]}”的《{title}》为依据")
            elif other := _other_period(title, [plan.document for plan in uppers]):
                wrong.setdefault("title", []).append(other)
        for messages in wrong.values():
            yield finding("DOC-REF", "warning", "格式", "；".join(messages), _places(ground, passage))


def _other_period(title: str, uppers: Sequence[PlanDocument]) -> str | None:
    stem = letters(re.sub(r"[（(].*?[)）]", "", title))
    for upper in uppers:
        if letters(re.sub(r"[（(].*?[)）]", "", upper.title)) == stem:
            years = re.findall(r"20\d\d", title)
            theirs = re.findall(r"20\d\d", upper.title)
            if years and theirs and years != theirs:
                return f"上位规划名称写作《{title}》，应为《{upper.title}》"
    return None


def _pointers(ground: Ground) -> Iterator[Finding]:
    """见附表9 where no such table stands in the draft."""
    document = ground.draft.document
    if document is None:
        return
    labels = {letters(table.label) for table in document.tables if table.label}
    printed = Counter(
        letters(m[1] + m[2])
        for block in document.blocks
        if block.kind in ("heading", "caption", "toc", "note") or block.table is not None or block.part == "caption"
        for m in _POINTER.finditer(
            block.text.text if block.table is None else (block.table.caption.text if block.table.caption else "")
        )
    )
    known = labels | set(printed)
    kinds = {match[0] for label in known if (match := re.match(r"附表|附图|附件|专栏|表|图", label))}
    for passage in ground.draft.passages:
        if passage.row is not None:
            continue
        own = _TITLE.sub("", passage.text)
        dead = [
            f"{m[1]}{m[2]}"
            for m in _POINTER.finditer(own)
            if m[1] in ("附表", "表", "专栏")
            and m[1] in kinds
            and letters(m[1] + m[2]) not in known
            and not any(label.startswith(letters(m[1] + m[2])) for label in known)
            and not re.search(r"上位|省级?规划|市级?规划|《", own[max(0, m.start() - 12) : m.start()])
        ]
        if dead:
            yield _dead_end(dead, passage, ground)


def _articles(ground: Ground) -> Iterator[Finding]:
    """见第七十八条 where the draft has articles, but none of that number."""
    document = ground.draft.document
    if document is None:
        return
    numbers: dict[str, set[int]] = defaultdict(set)
    for block in document.blocks:
        match = _NUMBERED.match(fold(block.number)) if block.kind == "heading" and block.number else None
        read = numeral(match[1]) if match else None
        if match and read is not None:
            numbers[match[2]].add(int(read.number))
    for passage in ground.draft.passages:
        dead = []
        for match in _CHAPTER.finditer(_TITLE.sub("", passage.text)):
            read = numeral(match[1])
            if read is not None and len(numbers[match[2]]) > 2 and int(read.number) not in numbers[match[2]]:
                dead.append(f"第{match[1]}{match[2]}")
        if dead and passage.row is None:
            yield _dead_end(dead, passage, ground)


def _dead_end(names: Iterable[str], passage: Passage, ground: Ground) -> Finding:
    """What is said of a passage that points to parts of the draft which are not there."""
    message = f"指向不存在的{'、'.join(dict.fromkeys(names))}"
    return finding("DOC-REF", "warning", "格式", message, _places(ground, passage))


_SECTION_OF = re.compile(
    r"(?:见|按照?|依照?|依据|执行)(?:本规划|本文本)?第\s?([0-9]+|[一二三四五六七八九十]+)\s?章\s?第\s?([0-9]+|[一二三四五六七八九十]+)\s?节"
)


def _sections_of_chapters(ground: Ground) -> Iterator[Finding]:
    """见第四章第六节 where the fourth chapter of the draft has sections, but no sixth."""
    document = ground.draft.document
    if document is None:
        return
    sections: dict[int, set[int]] = defaultdict(set)
    chapter = None
    for block in document.blocks:
        match = _NUMBERED.match(fold(block.number)) if block.kind == "heading" and block.number else None
        read = numeral(match[1]) if match else None
        if match is None or read is None:
            continue
        if match[2] == "章":
            chapter = int(read.number)
        elif match[2] == "节" and chapter is not None:
            sections[chapter].add(int(read.number))
    for passage in ground.draft.passages:
        dead = []
        for match in _SECTION_OF.finditer(_TITLE.sub("《", passage.text)) if passage.row is None else ():
            of, number = numeral(match[1]), numeral(match[2])
            own = sections[int(of.number)] if of is not None else set()
            if number is not None and own and int(number.number) not in own:
                dead.append(f"第{match[1]}章第{match[2]}节")
        if dead:
            yield _dead_end(dead, passage, ground)


def _decimals(ground: Ground) -> Iterator[Finding]:
    """见4.6节 where the headings of the draft are numbered so, but none has that number."""
    document = ground.draft.document
    if document is None:
        return
    printed = [
        match[0]
        for block in document.blocks
        if block.kind == "heading"
        and (match := re.match(r"[0-9]{1,2}(?:\.[0-9]{1,2})*(?![0-9.])", fold(block.number or block.text.text).strip()))
    ]
    for passage in ground.draft.passages:
        if passage.row is not None:
            continue
        dead = [
            match[1]
            for match in _DECIMAL.finditer(fold(_TITLE.sub("《", passage.text)))
            if sum(other.count(".") == match[1].count(".") for other in printed) > 2 and match[1] not in printed
        ]
        if dead:
            yield _dead_end([f"{number}节" for number in dead], passage, ground)


def _legends(ground: Ground) -> Iterator[Finding]:
    """四条生态廊道 in a figure's legend, 五条 in the text."""
    document = ground.draft.document
    if document is None:
        return
    said: dict[str, list[tuple[int, Passage]]] = defaultdict(list)
    for passage in ground.draft.passages:
        for number, noun in _counted(passage.text):
            said[noun].append((number, passage))
    for block in document.blocks:
        if block.part != "caption" and block.kind != "caption" and not _is_legend(block.text.text):
            continue
        for number, noun in _counted(block.text.text):
            others = [(n, p) for n, p in said.get(noun, ()) if p.block != block.index and not _is_legend(p.text)]
            if others and all(n != number for n, _ in others):
                places = [Place.at(span, "图例", str(number)) for span in document.spans(block)]
                places += [Place.at(span, "正文", str(others[0][0])) for span in ground.draft.spans(others[0][1])]
                message = f"图例“{block.text.text.strip()[:24]}”与正文“{others[0][0]}{'条' if '条' in block.text.text else '处'}{noun}”不一致"
                yield finding("DOC-FIG", "warning", "图文一致性", message, places)


def _is_legend(text: str) -> bool:
    return bool(re.match(r"^[^\w（(“《]\s?", text.strip())) and len(text) < 24


def _counted(text: str) -> list[tuple[int, str]]:
    found = []
    for match in _LEGEND_COUNT.finditer(fold(text)):
        read = numeral(match[1])
        if read is not None and read.number > 1:
            for length in range(len(match[3]), 3, -1):
                found.append((int(read.number), match[3][:length]))
    return found


def _places(ground: Ground, passage: Passage) -> list[Place]:
    return [Place.at(span, "正文") for span in ground.draft.spans(passage)]
