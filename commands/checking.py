"""A draft and its upper plans in, a Check and its reports out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..check import check_plans
from ..extract.reading.decisions import read_decisions
from ..extract.reading.files import file_bytes
from ..extract.reading.pictures import Picture, page_pictures
from ..plan.decisions import Decisions, decisions_record, joined_decisions
from ..plan.document import DocxRun, InkLine
from ..plan.errors import UsageError
from ..plan.lexicon import Lexicon, load_lexicon
from ..plan.plan import to_json
from ..plan.span import Span
from ..plan.verdict import Check
from .inputs import Input, Progress, open_input, region_of

REPORTS = (".json", ".html", ".xlsx", ".docx")


def check(
    draft: Path,
    against: list[Path],
    *,
    region: str | None = None,
    decisions: Iterable[Path] = (),
    lexicon: Lexicon | None = None,
    password: str | None = None,
    progress: Progress | None = None,
) -> tuple[Check, list[Input]]:
    """How `draft` answers what the plans in `against` hand down to its region; also the plans as read, draft first.

    `decisions` are files of a reviewer's decisions (.json, .xlsx), later ones over earlier ones.
    """
    lexicon = lexicon or load_lexicon()
    reviewed = _reviewed(decisions)
    lower, *uppers = [open_input(path, lexicon, password=password, progress=progress) for path in [draft, *against]]
    return check_inputs(lower, uppers, region=region, reviewed=reviewed, lexicon=lexicon), [lower, *uppers]


def check_inputs(
    lower: Input, uppers: list[Input], *, region: str | None = None, reviewed: Decisions | None = None, lexicon: Lexicon
) -> Check:
    """The same for plans that have been opened."""
    where = region_of(region, lower.plan, [upper.plan for upper in uppers], lexicon)
    if reviewed is not None and reviewed.region is not None and reviewed.region.name != where.name:
        raise UsageError(f"--decisions：是{reviewed.region.name}的审查意见，核对的是{where.name}；请核对文件。")
    return check_plans(
        lower.plan,
        [upper.plan for upper in uppers],
        region=where,
        lexicon=lexicon,
        lower_document=lower.document,
        upper_documents=[upper.document for upper in uppers],
        decisions=decisions_record(reviewed) if reviewed is not None else None,
    )


def _reviewed(paths: Iterable[Path]) -> Decisions | None:
    files = [read_decisions(path) for path in paths]
    return joined_decisions(files) if files else None


def check_reports(
    result: Check, inputs: list[Input], outputs: Iterable[Path], password: str | None = None
) -> dict[Path, bytes]:
    """The reports asked for, by the endings of their names: .json, .html, .xlsx or .docx."""
    files: dict[Path, bytes] = {}
    for path in outputs:
        match path.suffix.lower():
            case ".json":
                files[path] = to_json(result).encode()
            case ".html":
                from ..render.html import check_html

                files[path] = check_html(
                    result, pages=_evidence_pages(result, inputs, password), paragraphs=_evidence_paragraphs(inputs)
                ).encode()
            case ".xlsx":
                from ..render.xlsx import check_xlsx

                files[path] = check_xlsx(result)
            case ".docx":
                from ..render.report_docx import check_docx

                files[path] = check_docx(result)
            case other:
                raise UsageError(f"-o {path}：不支持 {other or '没有扩展名'} 的报告；请用 {'、'.join(REPORTS)}。")
    return files


def check_annotated(result: Check, inputs: list[Input]) -> bytes:
    """The draft's own DOCX with what was found as Word comments; UsageError if the draft is no DOCX."""
    draft = inputs[0]
    if draft.document is None or draft.document.source.format != "docx":
        raise UsageError(
            f"--annotate：{draft.path.name} 不是 Word 文件，加不了批注；请用草案的 .docx 核对，或改用 -o 报告.html。"
        )
    from ..render.annotated import annotated_docx

    return annotated_docx(result, file_bytes(draft.path))


def _sides(inputs: list[Input]) -> list[tuple[str, Input]]:
    """What a report calls each plan: "lower", then "upper0", "upper1" …"""
    lower, *uppers = inputs
    return [("lower", lower), *((f"upper{number}", upper) for number, upper in enumerate(uppers))]


def _evidence_paragraphs(inputs: list[Input]) -> dict[tuple[str, str, int], str]:
    """The whole text of each paragraph of the DOCX among the plans, by side, part and number; of an OFD, whose pages have no
    pictures, the paragraphs of each page as lines, by side, "page" and number."""
    pieces: dict[tuple[str, str, int], list[tuple[int, str]]] = {}
    pages: dict[tuple[str, str, int], list[str]] = {}
    for side, source in _sides(inputs):
        for text in source.document.texts() if source.document is not None else ():
            if source.document is not None and source.document.source.format == "ofd":
                for page in sorted({line.page for line in text.pieces if isinstance(line, InkLine)}):
                    pages.setdefault((side, "page", page), []).append(text.text.replace("\n", ""))
            for run in text.pieces:
                if isinstance(run, DocxRun):
                    words = text.text[run.start : run.end]
                    pieces.setdefault((side, run.part, run.paragraph), []).append((run.offset, words))
    told = {place: "\n".join(found) for place, found in pages.items()}
    return {**told, **{place: "".join(words for _, words in sorted(set(found))) for place, found in pieces.items()}}


def _evidence_pages(result: Check, inputs: list[Input], password: str | None) -> dict[tuple[str, int], Picture]:
    """Pictures of the PDF pages that evidence stands on: key is ("lower" or "upper0", "upper1" …, page)."""
    wanted: dict[str, set[int]] = {"lower": set()}
    applying = {
        source
        for verdict in result.verdicts
        if verdict.applies
        for source in (
            (verdict.upper, verdict.requirement),
            *((also["upper"], also["requirement"]) for also in getattr(verdict, "also", None) or ()),
        )
    }
    for verdict in result.verdicts:
        for response in (*verdict.responses, *verdict.candidates):
            wanted["lower"] |= _pages(response.where)
        for found in verdict.findings:
            wanted["lower"] |= _pages(place for place in found.where if place.label != "上位规划")
    for found in result.findings:
        wanted["lower"] |= _pages(found.where)
    for cited in result.requirements.upper:
        if (cited.get("plan", 0), cited["id"]) in applying:
            wanted.setdefault(f"upper{cited.get('plan', 0)}", set()).update(
                span["page"] for span in cited.get("where", ()) if span.get("page")
            )
    pictures: dict[tuple[str, int], Picture] = {}
    for side, source in _sides(inputs):
        if source.document is not None and source.document.source.format == "pdf":
            found_pages = page_pictures(source.path, wanted.get(side, ()), password=password)
            pictures.update({(side, page): picture for page, picture in found_pages.items()})
    return pictures


def _pages(spans: Iterable[Span]) -> set[int]:
    return {span.page for span in spans if span.page is not None}
