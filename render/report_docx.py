"""The check as a Word report in house style: the overview, the problems by review category, 传导落实对照表 as an annex."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, get_args

from ..plan.finding import Category, Finding
from ..plan.requirement import MODE_NAMES, MODES
from ..plan.verdict import PROBLEMS, VERDICT_NAMES, Check, Verdict
from .docx_parts import word_package
from .docx_styles import LANDSCAPE_WIDTH, TEXT_WIDTH, section_xml
from .evidence import (
    SEVERITY_NAMES,
    cited_upper,
    document_facts,
    mode_name,
    requirement_title,
    span_record,
    spans_place,
    suspect_words,
)
from .ooxml import field, paragraph, run
from .rows import ALWAYS, FILLS, HEADER, check_row, findings_of

SHARES = (5, 7, 14, 26, 13, 26, 8, 24, 12)
"""Widths of the nine columns of 传导落实对照表, in parts of the whole."""
FINDING_HEADER = ("序号", "程度", "问题", "位置与原文", "涉及的上位要求")
FINDING_SHARES = (6, 7, 32, 37, 26)
CENTRED = frozenset({"序号", "程度", "传导方式", "结论", "合计", "条数"})
RANKS = {"error": 0, "warning": 1, "info": 2}


def check_docx(check: Check) -> bytes:
    """The report of a check as a Word file; the same check gives the same bytes."""
    title = f"《{check.lower.title}》传导落实核对报告"
    cited = cited_upper(check)
    applied = [verdict for verdict in check.verdicts if verdict.verdict != "not_applicable"]
    others = [verdict for verdict in check.verdicts if verdict.verdict == "not_applicable"]
    body = "".join(
        [
            *_front(check, title),
            *_overview(check, applied),
            *_suspect(check),
            *_problems(check, cited),
            _section_break(landscape=False, start=1),
            *_annex("传导落实对照表", _comparison(applied, check, cited)),
            *_annex("本级新增内容", _local(check)),
            *_annex("不适用于本级的上位要求", _not_applicable(others, check, cited)),
            section_xml(landscape=True),
        ]
    )
    return word_package(title, body)


def _front(check: Check, title: str) -> Iterator[str]:
    yield paragraph("ReportTitle", run(title))
    uppers = "、".join(f"《{upper.title}》" for upper in check.uppers)
    yield paragraph("ReportSubtitle", run(f"对照{uppers}　核对地区：{check.region.name}"))


def _overview(check: Check, applied: Sequence[Verdict]) -> Iterator[str]:
    yield paragraph("ReportHeading", run("核对概况"))
    counts = check.summary.by_verdict
    good = counts.get("fulfilled", 0) + counts.get("refined", 0)
    problems = [verdict for verdict in applied if verdict.verdict in PROBLEMS]
    said = "、".join(
        f"{words} {counts[name]} 条"
        for name, words in VERDICT_NAMES.items()
        if counts.get(name) and name != "not_applicable"
    )
    inside = [*check.findings, *check.orphans]
    errors = sum(
        each.severity == "error" for each in (*inside, *(found for verdict in applied for found in verdict.findings))
    )
    yield _prose(
        f"上位规划传导要求共 {len(check.verdicts)} 条，适用于{check.region.name}的 {len(applied)} 条，"
        f"其中已落实（含细化落实）{good} 条，存在问题 {len(problems)} 条；按结论：{said or '无'}。"
    )
    yield _prose(f"发现错误 {errors} 处；本级规划文本自身的问题 {len(inside)} 处。")
    for note in check.notes:
        yield _prose(note)
    documents = [document_facts(upper, "上位规划") for upper in check.uppers]
    documents.append(document_facts(check.lower, "本级规划"))
    yield _table(
        "核对的文件",
        ("角色", "规划", "文件", "规划期", "SHA-256（前16位）"),
        [(each["role"], each["title"], each["file"], each["period"], each["sha"]) for each in documents],
        (10, 30, 34, 12, 22),
    )
    yield _counts(check)


def _counts(check: Check) -> str:
    """Verdicts by way of handing down."""
    names = [name for name in VERDICT_NAMES if check.summary.by_verdict.get(name)]
    rows = [
        (MODE_NAMES[mode], *(str(found.get(name, 0)) for name in names), str(sum(found.values())))
        for mode in MODES
        if (found := check.summary.by_mode.get(mode)) is not None
    ]
    total = ("合计", *(str(check.summary.by_verdict[name]) for name in names))
    rows.append((*total, str(sum(check.summary.by_verdict.values()))))
    header = ("传导方式", *(VERDICT_NAMES[name] for name in names), "合计")
    return _table("核对结论统计", header, rows, (3,) * len(header), centred=True)


def _suspect(check: Check) -> Iterator[str]:
    """The reviewer's decisions that need another look, before everything else that is wrong."""
    if not check.suspect:
        return
    yield paragraph("ReportHeading", run("需要复核的审查意见"))
    yield _prose(
        f"下列 {len(check.suspect)} 条审查意见作出之后，上位要求或本级表述有了变动，原意见未予采用，请重新审定。"
    )
    rows = [(str(number), *suspect_words(entry)) for number, entry in enumerate(check.suspect, 1)]
    yield _table("需要复核的审查意见", ("序号", "上位要求", "原审查意见", "变动"), rows, (6, 40, 34, 34))


def _problems(check: Check, cited: Mapping[tuple[int, str], Mapping[str, Any]]) -> Iterator[str]:
    yield paragraph("ReportHeading", run("发现的问题"))
    found = list(findings_of(check, cited))
    for category in get_args(Category):
        rows = [pair for pair in found if pair[0].category == category]
        if rows or category in ALWAYS:
            yield paragraph("ReportSubheading", run(category))
            yield _findings(category, rows) if rows else _prose("未发现问题。")
    yield paragraph("ReportSubheading", run("依据存疑"))
    orphans = [(each, "") for each in check.orphans]
    yield _findings("声称来自上位规划而上位规划中没有的内容", orphans) if orphans else _prose("未发现问题。")


def _findings(title: str, found: Sequence[tuple[Finding, str]]) -> str:
    ordered = sorted(found, key=lambda pair: RANKS[pair[0].severity])
    rows = []
    for number, (each, requirement) in enumerate(ordered, 1):
        problem = f"{each.message}\n[{each.code}]"
        rows.append((str(number), SEVERITY_NAMES[each.severity], problem, "\n".join(_places(each)), requirement))
    return _table(f"{title}问题", FINDING_HEADER, rows, FINDING_SHARES)


def _places(found: Finding) -> Iterator[str]:
    """The places of a finding with their words; the cells of one table row in one line."""
    lines: dict[tuple[str, str], list[str]] = {}
    for place in found.where:
        lines.setdefault((place.label or "", spans_place([span_record(place)])), []).append(place.quote)
    for (label, where), quotes in lines.items():
        words = " ｜ ".join(dict.fromkeys(quotes))
        yield f"{label}{'：' if label else ''}“{words}”（{where}）"


def _comparison(
    verdicts: Sequence[Verdict], check: Check, cited: Mapping[tuple[int, str], Mapping[str, Any]]
) -> Iterator[str]:
    """The nine columns of the form, in the upper plan's order."""
    lower = {str(known["id"]): known for known in check.requirements.lower}
    rows, fills = [], []
    for number, verdict in enumerate(verdicts, 1):
        row = check_row(number, verdict, check, lower, cited)
        rows.append(tuple("" if cell is None else str(cell) for cell in row[: len(HEADER)]))
        fills.append({HEADER.index("结论"): FILLS[verdict.verdict][2:]})
    yield _grid(HEADER, rows, SHARES, LANDSCAPE_WIDTH, fills=fills)


def _local(check: Check) -> Iterator[str]:
    known = {str(cited["id"]): cited for cited in check.requirements.lower}
    rows = []
    for number, identity in enumerate(check.local, 1):
        requirement = known.get(identity, {"text": identity})
        place = spans_place(requirement.get("where") or ())
        rows.append((str(number), mode_name(requirement), requirement_title(requirement), place))
    yield _grid(("序号", "传导方式", "内容", "位置"), rows, (5, 8, 60, 30), LANDSCAPE_WIDTH)


def _not_applicable(
    verdicts: Sequence[Verdict], check: Check, cited: Mapping[tuple[int, str], Mapping[str, Any]]
) -> Iterator[str]:
    rows = []
    for number, verdict in enumerate(verdicts, 1):
        requirement = cited.get((verdict.upper, verdict.requirement), {})
        place = spans_place(requirement.get("where") or ())
        rows.append((str(number), mode_name(requirement), requirement_title(requirement), place, verdict.because))
    yield _grid(("序号", "传导方式", "上位要求", "位置", "不适用的理由"), rows, (5, 8, 46, 16, 30), LANDSCAPE_WIDTH)


# ---------------------------------------------------------------------- Word


def _annex(title: str, content: Iterable[str]) -> Iterator[str]:
    yield paragraph("AnnexHeading", run(title))
    yield from content


def _prose(words: str) -> str:
    return paragraph("BodyText", run(words))


def _section_break(*, landscape: bool, start: int | None = None) -> str:
    section = section_xml(landscape=landscape, start=start)
    return f'<w:p><w:pPr><w:pStyle w:val="SectionEnd"/>{section}</w:pPr></w:p>'


def _table(
    title: str,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    shares: Sequence[int],
    *,
    centred: bool = False,
) -> str:
    """A table of the text with a caption that Word numbers."""
    caption = paragraph("Caption", run("表") + field("SEQ 表 \\* ARABIC", "1") + run(f" {title}"))
    return caption + _grid(header, rows, shares, TEXT_WIDTH, centred=centred)


def _grid(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    shares: Sequence[int],
    width: int,
    *,
    fills: Sequence[Mapping[int, str]] = (),
    centred: bool = False,
) -> str:
    """A ruled table whose header stands on each of its pages; `fills` the shade of cells of each row, by column."""
    if not rows:
        return _prose("无。")
    widths = [width * share // sum(shares) for share in shares]
    widths[-1] += width - sum(widths)
    middle = [centred or name in CENTRED for name in header]
    head = "".join(_cell(name, wide, "TableHead") for name, wide in zip(header, widths, strict=True))
    lines = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"]
    for number, row in enumerate(rows):
        shades = fills[number] if fills else {}
        cells = "".join(
            _cell(words, wide, "TableCentre" if centre else "TableSmall", shades.get(column))
            for column, (words, wide, centre) in enumerate(zip(row, widths, middle, strict=True))
        )
        lines.append(f"<w:tr>{cells}</w:tr>")
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    look = (
        f'<w:tblPr><w:tblStyle w:val="TableRuled"/><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
    )
    return f"<w:tbl>{look}<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>{paragraph('TableNote', '')}"


def _cell(words: str, width: int, style: str, shade: str | None = None) -> str:
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    content = "".join(paragraph(style, run(line)) for line in words.split("\n"))
    look = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{fill}<w:vAlign w:val="center"/></w:tcPr>'
    return f"<w:tc>{look}{content}</w:tc>"
