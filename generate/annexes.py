"""The annexed tables: indicators, their allocation, zones, registers, and the traceability table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..plan.draft import DraftAnnex, DraftCell, DraftResponse, DraftRow, DraftTable, OpenItem
from ..plan.quantity import decimal_string, exact, half_step
from ..plan.requirement import MODE_NAMES, ListRequirement, Value, ZoneRequirement
from .facts import ATTRIBUTES
from .responses import Writer, allocation_cells, full_mark, open_id
from .wanted import Subject, Wanted

SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "~": "约"}
MAX_COLUMNS = 7
"""Indicators side by side in one allocation table: more do not fit a page."""


@dataclass(frozen=True, slots=True)
class RowAnswer:
    """A requirement that a table row answers: the row in words, its bookmark, facts used, ids of open items."""

    member: Wanted
    words: str
    mark: str
    facts: tuple[str, ...] = ()
    open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Annexed:
    """An annex with the open items and the facts that its cells hold."""

    annex: DraftAnnex
    open: tuple[OpenItem, ...] = ()
    responses: tuple[RowAnswer, ...] = ()
    """Those that are answered by their row alone."""


def row(*texts: str, marks: tuple[str, ...] = ()) -> DraftRow:
    return DraftRow(tuple(DraftCell(text) for text in texts), marks)


def cell_amount(value: Value | None) -> str:
    """≥158.62 · 依据国家下达任务 · —."""
    if value is None:
        return "—"
    if value.value is None:
        return f"依据{value.reference}" if value.reference else "—"
    if value.op == "range":
        return f"{value.value}—{value.upper}"
    return f"{SIGNS.get(value.op, '')}{value.value}"


def indicator_annex(indicators: Sequence[Subject], writer: Writer) -> Annexed | None:
    """附表 规划指标体系表: one row a subject that has a value for the region; 基期 as the upper plan prints it, else asked for."""
    shown = [each for each in indicators if each.own or writer.fact(each.first.requirement.id, "own")]
    if not shown:
        return None
    years: list[int | None] = [*sorted({v.year for s in indicators for v in s.values if v.year})] or [writer.end]
    base = next((s.baseline.year for s in shown if s.baseline is not None and s.baseline.year), writer.base)
    asked: list[OpenItem] = []
    rows: list[DraftRow] = []
    for subject in shown:
        first = subject.first
        if subject.baseline is not None and subject.baseline.value is not None:
            known = DraftCell(subject.baseline.value)
        else:
            if not asked:
                ask = f"规划指标体系表各项指标的{f'{base}年' if base else '基期年'}现状值"
                id_ = open_id(first.requirement.id, ask)
                asked.append(OpenItem(id=id_, requirement=first.requirement.id, upper=first.upper, ask=ask))
            known = DraftCell("【待补充】", open=asked[0].id)
        cells = [str(len(rows) + 1), subject.name, subject.unit or "—"]
        targets = _targets(subject, years, writer)
        more = [ATTRIBUTES.get(subject.attribute or "", "—"), subject.scope or writer.voice.domain]
        rows.append(DraftRow((*map(DraftCell, cells), known, *map(DraftCell, (*targets, *more)))))
    heads = (f"{base}年（基期）" if base else "基期", *(f"{year}年" if year else "目标值" for year in years))
    header = row("序号", "指标项", "单位", *heads, "指标属性", "指标层级")
    widths = (7, 26, 12, 14, *(18 for _ in years), 11, 11)  # a value such as ≥3629.15 stays on one line
    table = DraftTable("规划指标体系表", (header,), tuple(rows), series="附表", widths=widths)
    return Annexed(DraftAnnex("规划指标体系表", (table,)), tuple(asked))


def _targets(subject: Subject, years: Sequence[int | None], writer: Writer) -> list[str]:
    """What holds for each year; the region's own figure stands for the last one, where it was taken."""
    own = writer.fact(subject.first.requirement.id, "own")
    by_year = {value.year or writer.end: value for value in subject.values} if subject.own else {}
    cells = [cell_amount(by_year.get(year)) for year in years]
    refused = any("未采用" in note and note.startswith(subject.name + "：") for note in writer.notes)
    if own and subject.values and not refused:
        latest = subject.values[0].year or writer.end
        if latest in years:
            cells[years.index(latest)] = f"{SIGNS.get(subject.values[0].op, '')}{own}"
    return cells


def allocation_annexes(measured: Sequence[Subject], writer: Writer) -> list[Annexed]:
    """附表 分解表: the shares of the parts, the sum as handed down; what is not filled in is asked for, once a column."""
    columns = [
        subject
        for subject in _each_once(measured)
        if subject.additive
        and subject.own
        and (subject.attribute == "binding" or subject.first.requirement.mode == "boundary")
        and subject.values
        and subject.values[0].value is not None
    ]
    tables = -(-len(columns) // MAX_COLUMNS)
    size = -(-len(columns) // tables) if tables else 1
    groups = [columns[at : at + size] for at in range(0, len(columns), size)] if writer.parts else []
    return [_allocation(group, writer, number, len(groups)) for number, group in enumerate(groups, 1)]


def _each_once(measured: Sequence[Subject]) -> list[Subject]:
    """Indicators first; a control line whose indicator is there has no column of its own."""
    found: list[Subject] = []
    for subject in sorted(measured, key=lambda s: s.first.requirement.mode != "indicator"):
        stem = re.sub(r"(?:保护)?(?:面积|规模|任务)$", "", subject.name)
        if not any(re.sub(r"(?:保护)?(?:面积|规模|任务)$", "", other.name) == stem for other in found):
            found.append(subject)
    return found


def _allocation(group: Sequence[Subject], writer: Writer, number: int, of: int) -> Annexed:
    asks: list[OpenItem] = []
    shares = [allocation_cells(subject, writer) for subject in group]
    reserves = [writer.fact(subject.first.requirement.id, "reserve") for subject in group]
    ids: list[str] = []
    for subject, known in zip(group, shares, strict=True):
        ask = f"{subject.name}分解到各{writer.voice.parts}的数值"
        item = OpenItem(
            id=open_id(subject.first.requirement.id, ask),
            requirement=subject.first.requirement.id,
            upper=subject.first.upper,
            ask=ask,
        )
        ids.append(item.id)
        if len(known) < len(writer.parts):
            asks.append(item)
    rows = [
        DraftRow(
            (
                DraftCell(part),
                *(
                    DraftCell(known[part]) if part in known else DraftCell("【待补充】", open=id_)
                    for known, id_ in zip(shares, ids, strict=True)
                ),
            )
        )
        for part in writer.parts
    ]
    if any(reserves):
        rows.append(row("本级预留", *(reserve or "—" for reserve in reserves)))
    sums = [
        _sum_cell(subject, known, reserve, writer)
        for subject, known, reserve in zip(group, shares, reserves, strict=True)
    ]
    asks += [item for _, item in sums if item is not None]
    rows.append(DraftRow((DraftCell("合计"), *(cell for cell, _ in sums))))
    header = row("行政区", *(f"{subject.name}（{subject.unit}）" for subject in group))
    year = group[0].values[0].year or writer.end
    title = f"{writer.voice.parts}主要指标分解表" + (f"（{number}）" if of > 1 else "")
    caps = "、".join(subject.name for subject in group if subject.values[0].op in ("<=", "<"))
    note = f"注：目标年为{year}年；" if year else "注："
    note += f"除{caps}为上限值外，其余均为下限值。" if caps else "各项均为下限值。"
    table = DraftTable(title, (header,), tuple(rows), series="附表", notes=(note,), widths=(14, *(12 for _ in group)))
    return Annexed(DraftAnnex(title, (table,), landscape=len(group) > 4), tuple(asks))


def _sum_cell(
    subject: Subject, known: dict[str, str], reserve: str | None, writer: Writer
) -> tuple[DraftCell, OpenItem | None]:
    """The total: as handed down while shares are missing, else their sum; a sum that breaks the task is an open item."""
    target = subject.values[0]
    handed = target.value or "—"
    numbers = [exact(share) for share in (*known.values(), *((reserve,) if reserve else ()))]
    if len(known) < len(writer.parts) or any(number is None for number in numbers):
        return DraftCell(handed), None
    total = sum((number for number in numbers if number is not None), Fraction(0))
    goal = exact(handed)
    slack = half_step(handed, None)
    shown = decimal_string(total)
    if goal is None or abs(total - goal) <= slack:
        return DraftCell(handed), None
    if not ((target.op in (">=", ">") and total < goal) or (target.op in ("<=", "<") and total > goal)):
        return DraftCell(shown), None
    said = "不低于" if target.op in (">=", ">") else "不超过"
    ask = f"{subject.name}分解合计 {shown}{subject.unit or ''}，不满足上位下达的{said} {handed}{subject.unit or ''}，请调整分解"
    first = subject.first
    writer.notes.append(ask)
    item = OpenItem(id=open_id(first.requirement.id, ask), requirement=first.requirement.id, upper=first.upper, ask=ask)
    return DraftCell(handed, open=item.id), item


def zone_annex(items: Sequence[Wanted], writer: Writer) -> DraftAnnex | None:
    """附表 主体功能定位表: one row a unit and system."""
    zones = [zone for item in items if isinstance(zone := item.requirement, ZoneRequirement)]
    if not zones:
        return None
    rows = tuple(
        row(str(at), zone.unit.name + (zone.unit.part or ""), zone.type, "、".join(zone.overlays) or "—")
        for at, zone in enumerate(zones, 1)
    )
    systems = list(dict.fromkeys(zone.system for zone in zones))
    title = "主体功能定位表" if systems == ["主体功能区"] else f"{systems[0]}一览表"
    return DraftAnnex(
        title,
        (
            DraftTable(
                title, (row("序号", "单元", "功能定位", "叠加功能类型"),), rows, series="附表", widths=(8, 24, 24, 40)
            ),
        ),
    )


# ---------------------------------------------------------------------- registers


LEADS = (("lead", "牵头单位", "牵头"), ("responsible", "责任单位", "责任"))


def register_annexes(items: Sequence[Wanted], writer: Writer) -> list[Annexed]:
    """附表 for each register: the entries that concern the region, with their columns as handed down."""
    groups: dict[str, list[Wanted]] = {}
    first: dict[tuple[str, str], Wanted] = {}
    again: dict[str, list[Wanted]] = {}
    for item in items:
        if isinstance(entry := item.requirement, ListRequirement):
            known = first.setdefault((entry.kind, entry.name), item)
            if known.upper != item.upper:
                again.setdefault(known.requirement.id, []).append(item)  # a second upper plan lists it too: one row
            else:
                groups.setdefault(entry.register_.name, []).append(item)
    return [_register(name, members, writer, again) for name, members in groups.items()]


def _register(name: str, members: list[Wanted], writer: Writer, again: dict[str, list[Wanted]]) -> Annexed:
    entries = [entry for member in members if isinstance(entry := member.requirement, ListRequirement)]
    headers = _headers(entries)
    projects = any(entry.kind in ("restoration_project", "key_project") for entry in entries)
    more = [(key, title) for key, title, word in LEADS if projects and not any(word in header for header in headers)]
    rows: list[DraftRow] = []
    asks: list[OpenItem] = []
    answered: list[RowAnswer] = []
    for at, (member, entry) in enumerate(zip(members, entries, strict=True), 1):
        cells, used = _entry_cells(entry, headers, writer)
        open_ids: list[str] = []
        for key, title in more:
            said = writer.fact(entry.id, key)
            if said:
                used.append(f"名录/{entry.name}/{title}")
                cells.append(DraftCell(said))
            else:
                item = OpenItem(
                    id=open_id(entry.id, title),
                    requirement=entry.id,
                    upper=member.upper,
                    ask=f"“{entry.name}”的{title}",
                )
                asks.append(item)
                open_ids.append(item.id)
                cells.append(DraftCell("【待补充】", open=item.id))
        words = " | ".join(cell.text for cell in cells)
        mark = full_mark([member], words)
        rows.append(DraftRow((DraftCell(str(at)), *cells), (mark,)))
        for each in (member, *again.get(entry.id, ())):
            answered.append(RowAnswer(each, words, mark, tuple(used), tuple(open_ids)))
    title = f"{local_register(name, writer)}（{writer.voice.region}部分）"
    shown = [*headers, *(title for _, title in more)]
    header = row("序号", "名称", *(head for head in shown))
    table = DraftTable(title, (header,), tuple(rows), series="附表", widths=fitted(header, rows))
    return Annexed(DraftAnnex(title, (table,), landscape=len(shown) > 4), tuple(asks), tuple(answered))


def local_register(name: str, writer: Writer) -> str:
    """A register's title without 附表N and without （节选）, （部分）."""
    return re.sub(r"^附[表件]\s*\d*(?:-\d+)?\s*|[（(](?:节选|部分)[)）]", "", name).strip()


def _headers(entries: Sequence[ListRequirement]) -> list[str]:
    """The columns of all entries in order, but for number and name."""
    found: dict[str, None] = {}
    for entry in entries:
        for header, text in entry.attributes.items():
            if text != entry.name and not re.fullmatch(r"序号|编号|名称|项目名称|工程名称", re.sub(r"\s", "", header)):
                found.setdefault(header, None)
    return list(found)[:7]


def _entry_cells(entry: ListRequirement, headers: list[str], writer: Writer) -> tuple[list[DraftCell], list[str]]:
    """The entry's name and columns; what the planner filled in stands in the place of the column that it means."""
    used: list[str] = []
    local = writer.fact(entry.id, "local_name")
    name = f"{entry.name}（{local}）" if local else entry.name
    if local:
        used.append(f"名录/{entry.name}/本地名称")
    start, end = writer.fact(entry.id, "start"), writer.fact(entry.id, "end")
    own = {
        r"内容|规模|面积": writer.fact(entry.id, "content"),
        r"所在|涉及|区域|位置|地区|范围": writer.fact(entry.id, "units"),
        r"时序|年限|期限": f"{start}—{end}" if start and end else None,
        r"牵头": writer.fact(entry.id, "lead"),
        r"责任": writer.fact(entry.id, "responsible"),
    }
    cells = [DraftCell(name)]
    for header in headers:
        said = next((answer for pattern, answer in own.items() if answer and re.search(pattern, header)), None)
        if said:
            used.append(f"名录/{entry.name}/{header}")
        cells.append(DraftCell(said or entry.attributes.get(header) or "—"))
    return cells, used


def fitted(header: DraftRow, rows: Sequence[DraftRow]) -> tuple[int, ...]:
    """Column widths by what stands in the columns: between the mean and the longest cell, no column a sliver."""
    shares: list[int] = []
    for at, head in enumerate(header.cells):
        lengths = [len(line.cells[at].text) for line in rows] or [1]
        typical = (sum(lengths) / len(lengths) + max(lengths)) / 2
        shares.append(int((2 + min(32, max(3, min(len(head.text), 6), typical))) * 10))
    return tuple(shares)


# ---------------------------------------------------------------------- traceability


def trace_annex(
    responses: Sequence[DraftResponse], texts: dict[str, str], titles: Sequence[str], because: dict[str, str]
) -> DraftAnnex:
    """传导落实对照表: each requirement, where and how it is answered, and whether something is open."""
    several = len(titles) > 1
    rows = tuple(
        DraftRow(
            (
                DraftCell(str(at)),
                *((DraftCell(f"《{titles[response.upper]}》"),) if several else ()),
                DraftCell(MODE_NAMES[response.mode]),
                DraftCell(shortened(texts.get(response.requirement, response.subject), 60)),
                DraftCell(shortened(because.get(response.requirement, ""), 24)),
                heading_cell(response.section),
                DraftCell(shortened(response.text, 64)),
                DraftCell("已落实" if response.state == "answered" else "待补充"),
            )
        )
        for at, response in enumerate(responses, 1)
    )
    header = row(
        "序号",
        *(("上位规划",) if several else ()),
        "传导方式",
        "上位传导要求",
        "适用依据",
        "落实位置",
        "本规划落实内容",
        "状态",
    )
    widths = (6, *((12,) if several else ()), 8, 34, 18, 16, 38, 8)
    table = DraftTable("传导落实对照表", (header,), rows, series="附表", widths=widths, small=True)
    return DraftAnnex("传导落实对照表", (table,), landscape=True)


def open_annex(items: Sequence[OpenItem], texts: dict[str, str]) -> DraftAnnex | None:
    """待补充事项清单: what is asked, where, and by which requirement."""
    rows = tuple(
        DraftRow(
            (
                DraftCell(str(at)),
                DraftCell(item.ask),
                heading_cell(item.section),
                DraftCell(shortened(texts.get(item.requirement, ""), 60)),
            )
        )
        for at, item in enumerate(items, 1)
    )
    if not rows:
        return None
    header = row("序号", "待补充事项", "所在位置", "依据的上位传导要求")
    return DraftAnnex(
        "待补充事项清单",
        (DraftTable("待补充事项清单", (header,), rows, series="附表", widths=(7, 36, 20, 37), small=True),),
    )


def heading_cell(section: tuple[str, ...]) -> DraftCell:
    """The nearest heading as a cross reference: 第4条 规划指标, 附表2 …."""
    last = section[-1] if section else ""
    match = re.match(r"(第|附表)(\d+)", last)
    last = last if match is None or match[1] == "第" else match[0]
    return DraftCell(last, ref=f"_{'article' if match[1] == '第' else 'annex'}_{match[2]}" if match else None)


def shortened(text: str, most: int) -> str:
    """At most so many characters, with … where words are left out."""
    flat = re.sub(r"\s+", " ", text).strip()
    return flat if len(flat) <= most else flat[: most - 1] + "…"


# ---------------------------------------------------------------------- 双碳


CHAIN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("指标设施", ("目标定位与空间战略",)),
    ("总体格局", ("国土空间开发保护格局",)),
    ("空间布局", ("各类自然资源保护利用", "城镇空间结构与用地布局")),
    ("支撑体系", ("各类支撑系统空间安排",)),
    ("项目安排", ("修复整治与城市更新", "规划实施保障机制")),
)
"""The links of the 双碳 chain and the blocks of the content tree that make them; indicators are always the first."""
CARBON_TITLE = "碳达峰碳中和传导落实一览表"
ROLES = {"sink": "增汇", "source": "减排", "both": "增汇、减排"}


def carbon_annex(items: Sequence[Wanted], responses: Sequence[DraftResponse], most: int = 3) -> DraftAnnex | None:
    """附表: the 双碳 chain 指标设施—总体格局—空间布局—支撑体系—项目安排: what it is made of, and where this plan says it."""
    places: dict[str, tuple[str, ...]] = {each.requirement: each.section for each in responses}
    found: dict[tuple[str, str], list[Wanted]] = {}
    roles: dict[tuple[str, str], str] = {}
    for member in items:
        for carbon in member.requirement.carbon[:1]:
            link = _link(member, carbon.block)
            if link and member.requirement.id in places:
                found.setdefault((link, carbon.item), []).append(member)
                if carbon.role:
                    roles[link, carbon.item] = ROLES[carbon.role]
    if not found:
        return None
    rows: list[DraftRow] = []
    for link, _ in CHAIN:
        mine = [key for key in found if key[0] == link]
        for number, key in enumerate(mine):
            sections = list(dict.fromkeys(places[member.requirement.id] for member in found[key]))
            refs = [heading_cell(section) for section in sections[:most]]
            span = len(mine) if number == 0 else 0
            name, count = DraftCell(link if span else "", rowspan=span), DraftCell(str(len(found[key])))
            padded = [*refs, *(DraftCell("") for _ in range(most - len(refs)))]
            rows.append(DraftRow((name, DraftCell(key[1]), DraftCell(roles.get(key, "—")), count, *padded)))
    header = DraftRow(
        (*map(DraftCell, ("传导环节", "内容", "作用", "响应条数")), DraftCell("主要落实位置", colspan=most))
    )
    widths = (12, 24, 10, 8, *(18 for _ in range(most)))
    table = DraftTable(CARBON_TITLE, (header,), tuple(rows), series="附表", widths=widths, small=True)
    return DraftAnnex(CARBON_TITLE, (table,))


def _link(member: Wanted, block: str) -> str | None:
    if member.requirement.mode == "indicator":
        return CHAIN[0][0]
    return next((link for link, blocks in CHAIN if block in blocks), None)
