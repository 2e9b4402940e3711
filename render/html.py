"""The check report as one HTML file: everything in it, nothing fetched; the page itself is templates/report."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from importlib import resources
from typing import Any

from ..plan.finding import Finding
from ..plan.requirement import MODE_NAMES, MODES
from ..plan.verdict import PROBLEMS, VERDICT_NAMES, Check, Response, Verdict
from .evidence import (
    CARBON_BLOCKS,
    PART_NAMES,
    SEVERITY_NAMES,
    cited_upper,
    document_facts,
    mode_name,
    requirement_facts,
    requirement_marks,
    requirement_title,
    span_record,
    spans_place,
    suspect_words,
)

Pages = Mapping[tuple[str, int], tuple[bytes, float, float]]
"""("lower" or "upper0", "upper1" …, page from 1) → grey JPEG, width and height of the page in points."""
PICTURE_BUDGET = 13_500_000
"""Bytes of pictures that one report carries at most (a third more as base64), so that it stays under 20 MB."""


def check_html(
    check: Check, *, pages: Pages | None = None, paragraphs: Mapping[tuple[str, str, int], str] | None = None
) -> str:
    """The report of a check.

    `pages` are pictures of the pages that evidence stands on, each embedded once; `paragraphs` the whole text of DOCX
    paragraphs by (side, part, paragraph), so that a quote is shown in its paragraph. Without them the quotes stand alone.
    """
    data = _data(check)
    data["paragraphs"] = {f"{side}:{part}:{at}": text for (side, part, at), text in sorted((paragraphs or {}).items())}
    pictures, left_out = _pictures(check, pages or {})
    if left_out:
        data["notes"].append(f"为控制文件大小，{left_out} 页没有嵌入原文图像；其引文和页码照常列出。")
    template = {name: _template(f"report.{name}") for name in ("html", "css", "js")}
    filled = {
        "title": _escaped(data["title"]),
        "css": template["css"],
        "js": template["js"],
        "data": _in_script(json.dumps(data, ensure_ascii=False, separators=(",", ":"))),
        "pages": "\n".join(pictures),
    }
    html = template["html"]
    parts = html.split("{{")
    out = [parts[0]]
    for part in parts[1:]:
        name, _, rest = part.partition("}}")
        out += [filled[name], rest]
    return "".join(out)


def _template(name: str) -> str:
    return (resources.files("chuandao.templates") / "report" / name).read_text(encoding="utf-8")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _in_script(text: str) -> str:
    """JSON that can stand in a script element: no tag and no line separator of JavaScript in it."""
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _data(check: Check) -> dict[str, Any]:
    documents = [document_facts(upper, "上位规划") for upper in check.uppers] + [
        document_facts(check.lower, "本级规划")
    ]
    cited = cited_upper(check)
    items = [_item(number, verdict, check, cited) for number, verdict in enumerate(check.verdicts, start=1)]
    ground = "|".join([check.region.name, *(facts["sha256"] for facts in documents)])
    uppers = "、".join(f"《{upper.title}》" for upper in check.uppers)
    return {
        "key": hashlib.sha256(ground.encode()).hexdigest()[:12],
        "title": f"《{check.lower.title}》传导落实核对报告",
        "subtitle": f"对照 {uppers}　核对地区：{check.region.name}",
        "file": check.lower.title,
        "region": check.region.model_dump(mode="json"),
        "made": f"chuandao {check.tool.version}　词典 {check.tool.lexicon[:19]}　本文件不联网，意见只存在本机浏览器。",
        "notes": list(check.notes),
        "suspect": [_suspect(entry) for entry in check.suspect],
        "decisions": {item["key"]: item["review"] for item in items if item["review"]},
        "documents": documents,
        "modes": [[mode, MODE_NAMES[mode]] for mode in MODES],
        "order": list(VERDICT_NAMES),
        "verdict_names": VERDICT_NAMES,
        "problems": sorted(PROBLEMS),
        "severities": SEVERITY_NAMES,
        "parts": PART_NAMES,
        "blocks": _blocks(items),
        "items": items,
        "findings": [_finding(found) for found in check.findings],
        "orphans": [_finding(found) for found in check.orphans],
        "local": _local(check),
    }


def _blocks(items: Iterable[Mapping[str, Any]]) -> list[str]:
    """All blocks of the content tree in its order (an empty one shows a gap), then others that occur."""
    return list(dict.fromkeys([*CARBON_BLOCKS, *(block for item in items for block in item["blocks"])]))


def _item(
    number: int, verdict: Verdict, check: Check, cited: Mapping[tuple[int, str], Mapping[str, Any]]
) -> dict[str, Any]:
    requirement = cited.get((verdict.upper, verdict.requirement), {})
    title = requirement_title(requirement) or verdict.requirement
    places = list(requirement.get("where") or ())
    responses = [_response(response) for response in verdict.responses]
    item: dict[str, Any] = {
        "number": str(number),
        "key": f"{verdict.upper}:{verdict.requirement}",
        "id": verdict.requirement,
        "stamp": requirement.get("stamp"),
        "upper": verdict.upper,
        "mode": requirement.get("mode", "rule"),
        "mode_name": mode_name(requirement),
        "title": title,
        "section": list(requirement.get("section") or ()),
        "where": places,
        "place": spans_place(places),
        "facts": requirement_facts(requirement),
        "marks": requirement_marks(requirement),
        "mandatory": bool(requirement.get("mandatory")),
        "blocks": list(dict.fromkeys(str(entry["block"]) for entry in requirement.get("carbon") or ())),
        "verdict": verdict.verdict,
        "applies": verdict.applies,
        "review": _review(verdict),
        "also": _also(check, verdict, cited),
        "because": verdict.because,
        "explanation": verdict.explanation,
        "responses": responses,
        "candidates": [_response(candidate) for candidate in verdict.candidates],
        "searched": list(verdict.searched),
        "findings": [_finding(found) for found in verdict.findings],
    }
    heard = [title, *item["section"], verdict.explanation, verdict.because, *(r["text"] for r in responses)]
    item["words"] = " ".join([*heard, *(fact for pair in item["facts"] for fact in pair), verdict.requirement])
    return item


def _review(verdict: Verdict) -> dict[str, Any] | None:
    """A decision that the verdict carries, as the page keeps it."""
    review = getattr(verdict, "review", None)
    if not review:
        return None
    overruled = review.get("reported") not in (None, verdict.verdict)
    return {
        "decision": review.get("decision"),
        "comment": review.get("reason") or "",
        "verdict": verdict.verdict if overruled else None,
        "reported": review.get("reported"),
        "reviewer": review.get("reviewer"),
        "time": review.get("time"),
    }


def _also(check: Check, verdict: Verdict, cited: Mapping[tuple[int, str], Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The same requirement in other upper plans."""
    found = []
    for source in getattr(verdict, "also", None) or ():
        other = cited.get((source["upper"], source["requirement"]), {})
        found.append(
            {
                "upper": source["upper"],
                "title": requirement_title(other),
                "section": list(other.get("section") or ()),
                "where": list(other.get("where") or ()),
            }
        )
    return found


def _suspect(entry: Mapping[str, Any]) -> dict[str, Any]:
    """A decision that needs another look; its key leads to the requirement, if that still exists."""
    text, decided, because = suspect_words(entry)
    key = f"{entry['upper_index']}:{entry['requirement']}" if "upper_index" in entry else None
    return {"key": key, "text": text, "decided": decided, "because": because}


def _response(response: Response) -> dict[str, Any]:
    where = [span_record(span) for span in response.where]
    return {"text": response.text, "where": where, "place": spans_place(where), "score": round(response.score, 3)}


def _finding(found: Finding) -> dict[str, Any]:
    return {
        "code": found.code,
        "severity": found.severity,
        "category": found.category,
        "message": found.message,
        "where": [span_record(place) for place in found.where],
    }


def _local(check: Check) -> list[dict[str, str]]:
    known = {str(cited["id"]): cited for cited in check.requirements.lower}
    rows = []
    for identity in check.local:
        requirement = known.get(identity, {"text": identity})
        name = mode_name(requirement) if "mode" in requirement else ""
        place = spans_place(requirement.get("where") or ())
        rows.append({"mode_name": name, "text": requirement_title(requirement), "place": place})
    return rows


def _pictures(check: Check, pages: Pages) -> tuple[list[str], int]:
    """A script element for each picture, those of problems first while the budget lasts; and how many were left out."""
    urgent = _pages_of(check, problems=True)
    order = sorted(pages, key=lambda key: (key not in urgent, key))
    kept: list[tuple[str, int]] = []
    spent = 0
    for key in order:
        size = len(pages[key][0])
        if spent + size <= PICTURE_BUDGET:
            kept.append(key)
            spent += size
    out = []
    for side, page in sorted(kept):
        picture, width, height = pages[(side, page)]
        sizes = f'data-width="{width:.2f}" data-height="{height:.2f}"'
        body = base64.b64encode(picture).decode("ascii")
        out.append(f'<script type="text/plain" id="page-{side}-{page}" {sizes}>{body}</script>')
    return out, len(pages) - len(kept)


def _pages_of(check: Check, *, problems: bool) -> set[tuple[str, int]]:
    """The pages that the evidence of problems (or of all verdicts) stands on."""
    cited = cited_upper(check)
    found: set[tuple[str, int]] = set()
    for verdict in check.verdicts:
        if problems and verdict.verdict not in PROBLEMS:
            continue
        for span in cited.get((verdict.upper, verdict.requirement), {}).get("where") or ():
            if span.get("page"):
                found.add((f"upper{verdict.upper}", int(span["page"])))
        for response in verdict.responses:
            found |= {("lower", span.page) for span in response.where if span.page}
    return found | {("lower", place.page) for finding in check.findings for place in finding.where if place.page}
