"""How requirements, places and findings are put into words in every kind of report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..plan.decisions import DECISION_NAMES
from ..plan.plan import PlanDocument
from ..plan.requirement import MODE_NAMES
from ..plan.span import Span
from ..plan.verdict import VERDICT_NAMES, Check

SEVERITY_NAMES = {"error": "错误", "warning": "警告", "info": "提示"}
ATTRIBUTE_NAMES = {"binding": "约束性", "expected": "预期性", "advisory": "建议性"}
FORCE_NAMES = {
    "prohibit": "禁止",
    "oblige": "应当",
    "restrict": "严控",
    "recommend": "推进",
    "encourage": "鼓励",
    "permit": "允许",
}
PART_NAMES = {
    "box": "专栏",
    "footnote": "脚注",
    "annex": "附表附件",
    "caption": "图题",
    "textbox": "文本框",
    "comment": "批注",
    "header": "页眉",
}
CARBON_BLOCKS = (
    "目标定位与空间战略",
    "国土空间开发保护格局",
    "各类自然资源保护利用",
    "城镇空间结构与用地布局",
    "各类支撑系统空间安排",
    "修复整治与城市更新",
    "规划实施保障机制",
)
"""The first level of the content tree of the paper's Figure 1, in its order (DOMAIN §5.1, S0)."""
OPERATORS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "", "~": "约", "range": ""}


def cited_upper(check: Check) -> dict[tuple[int, str], dict[str, Any]]:
    """The requirements of the upper plans by (plan, id)."""
    return {(int(cited.get("plan", 0)), str(cited["id"])): cited for cited in check.requirements.upper}


def mode_name(requirement: Mapping[str, Any]) -> str:
    """指标 … ; all ways that it is handed down, its own first: 指标、边界."""
    own = requirement.get("mode", "rule")
    modes = dict.fromkeys([own, *requirement.get("modes", ())])
    return "、".join(MODE_NAMES[mode] for mode in modes if mode in MODE_NAMES)


def requirement_title(requirement: Mapping[str, Any]) -> str:
    """One line that names the requirement: an entry with its register, a unit with its zone type, else its text."""
    match requirement.get("mode"):
        case "list":
            register = (requirement.get("register") or {}).get("name") or ""
            return f"{register}：{requirement.get('name', '')}" if register else str(requirement.get("name", ""))
        case "zone":
            unit = (requirement.get("unit") or {}).get("name") or ""
            overlays = requirement.get("overlays") or ()
            more = f"，叠加{'、'.join(overlays)}" if overlays else ""
            return f"{unit}：{requirement.get('type', '')}（{requirement.get('system', '')}）{more}"
        case "structure":
            slogan = requirement.get("slogan") or requirement.get("label")
            name = str(requirement.get("name", ""))
            return f"{slogan}：{name}" if slogan and slogan != name else name
        case "indicator" | "boundary":
            values = "；".join(value_words(value) for value in requirement.get("values") or ())
            name = requirement.get("name") or requirement.get("line") or requirement.get("text", "")
            return f"{name}　{values}".strip("　")
        case _:
            return str(requirement.get("text", ""))


def value_words(value: Mapping[str, Any]) -> str:
    """2035年 ≥166.5万亩（惠州市）."""
    year = f"{value['year']}年" if value.get("year") else ""
    amount = value.get("value")
    if amount is None:
        said = str(value.get("reference") or value.get("raw") or "")
    else:
        upper = f"—{value['upper']}" if value.get("upper") else ""
        said = f"{OPERATORS.get(str(value.get('op', '=')), '')}{amount}{upper}{value.get('unit') or ''}"
    region = (value.get("region") or {}).get("name")
    role = {"baseline": "基期", "milestone": "近期"}.get(str(value.get("role")), "")
    return f"{year}{role} {said}".strip() + (f"（{region}）" if region else "")


def requirement_facts(requirement: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What else is worth knowing of a requirement, as label and words."""
    facts: list[tuple[str, str]] = []
    match requirement.get("mode"):
        case "list":
            facts += [(str(key), str(text)) for key, text in (requirement.get("attributes") or {}).items() if text]
        case "indicator" | "boundary":
            facts += [("数值", value_words(value)) for value in requirement.get("values") or ()]
            if control := requirement.get("control"):
                facts.append(("管控", str(control)))
        case "structure":
            if components := requirement.get("components"):
                facts.append(("构成", "、".join(components)))
            if guidance := requirement.get("guidance"):
                facts.append(("传导要点", str(guidance)))
        case "rule":
            facts += [("例外", str(exception.get("text", ""))) for exception in requirement.get("exceptions") or ()]
            facts += [("数量", value_words(value)) for value in requirement.get("quantities") or ()]
            if deadline := requirement.get("deadline"):
                facts.append(("时限", f"{deadline}年"))
            if responsible := requirement.get("responsible"):
                facts.append(("责任单位", "、".join(responsible)))
    if binds := requirement.get("binds"):
        names = "、".join(str(region.get("name")) for region in binds[:24])
        facts.append(("约束地区", names + (f" 等 {len(binds)} 个" if len(binds) > 24 else "")))
    return facts


def requirement_marks(requirement: Mapping[str, Any]) -> list[str]:
    """Short marks: 约束性, 强制性内容, the force of a rule."""
    marks = []
    if attribute := ATTRIBUTE_NAMES.get(str(requirement.get("attribute"))):
        marks.append(attribute)
    if requirement.get("mandatory"):
        marks.append("强制性内容")
    if requirement.get("mode") == "rule" and (force := FORCE_NAMES.get(str(requirement.get("force")))):
        marks.append(force)
    return marks


def span_place(span: Mapping[str, Any]) -> str:
    """第 23 页 附表1 第 4 行; for a DOCX the headings above it."""
    parts: list[str] = []
    if page := span.get("page"):
        printed = span.get("printed_page")
        parts.append(f"第{page}页" + (f"（印刷页码{printed}）" if printed and str(printed) != str(page) else ""))
    elif headings := span.get("headings"):
        parts.append(" › ".join(headings))
    if table := span.get("table"):
        parts.append(f"{table.get('label') or '表格'}第{table.get('row', 0) + 1}行")
    elif span.get("paragraph") is not None and not span.get("page"):
        parts.append(f"第{span['paragraph'] + 1}段")
    return " ".join(parts)


def spans_place(spans: Iterable[Mapping[str, Any]]) -> str:
    """The places of several spans, each once."""
    return "；".join(dict.fromkeys(place for span in spans if (place := span_place(span))))


def spans_quote(spans: Sequence[Mapping[str, Any]]) -> str:
    """The words of the pieces of one quote: table cells parted by ｜, pieces of a sentence joined."""
    in_table = any(span.get("table") for span in spans)
    return (" ｜ " if in_table else "").join(str(span.get("quote", "")) for span in spans)


def span_record(span: Span) -> dict[str, Any]:
    """A span as plain data."""
    return span.model_dump(mode="json", by_alias=True)


def document_facts(document: PlanDocument, role: str) -> dict[str, str]:
    """What a report says of a plan it compared."""
    period = document.period
    years = f"{period.start or '?'}—{period.end or '?'}" if period.start or period.end else "未注明"
    pages = f"，{document.source.pages} 页" if document.source.pages else ""
    return {
        "role": role,
        "title": document.title,
        "file": f"{document.source.file}（{document.source.format.upper()}{pages}）",
        "period": years,
        "sha": document.source.sha256[:16],
        "sha256": document.source.sha256,
    }


def suspect_words(entry: Mapping[str, Any]) -> tuple[str, str, str]:
    """A decision that needs another look: the requirement, what was decided, what changed since."""
    said_so: Any = entry.get("decision")
    decision = DECISION_NAMES.get(said_so, "")
    given, reported = entry.get("verdict"), entry.get("reported")
    verdict = f"审定为{VERDICT_NAMES[given]}" if given in VERDICT_NAMES and given != reported else ""
    said = "，".join(words for words in (decision, verdict) if words) or "备注"
    who = "，".join(str(entry[key]) for key in ("reviewer", "time") if entry.get(key))
    reviewer = f"（{who}）" if who else ""
    reason = f"：{entry['reason']}" if entry.get("reason") else ""
    return (
        str(entry.get("text") or entry.get("requirement") or ""),
        f"{said}{reason}{reviewer}",
        str(entry.get("because") or ""),
    )
