"""Upper plans and local facts in, a draft out: read back and checked before anyone sees it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from ..check import check_plans
from ..extract import document_to_plan
from ..extract.reading.docx import read_docx
from ..extract.reading.facts_form import read_facts
from ..extract.reading.template import read_template
from ..generate import Judged, blank_template, draft, facts_form, parts_of, template_places, template_slots
from ..plan.document import Document
from ..plan.draft import Trace, Updated
from ..plan.errors import UsageError
from ..plan.facts import Facts
from ..plan.lexicon import Lexicon, load_lexicon
from ..plan.plan import Plan, PlanDocument, SourceFile, Tool, to_json
from ..plan.requirement import Region
from ..plan.verdict import Check
from ..render.docx import draft_docx
from ..render.facts_xlsx import facts_xlsx
from ..render.facts_yaml import facts_yaml
from ..render.template import template_docx
from ..render.trace_xlsx import trace_xlsx
from ..render.update import update_docx
from .inputs import Progress, open_input, region_of

ROUNDS = 3
"""How often a draft is written again because its own words brought more requirements to bear."""
FACTS = (".xlsx", ".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft as bytes of a DOCX, what answers what in it, and how it fared in the same check that drafts of planners
    go through."""

    docx: bytes
    trace: Trace
    check: Check
    updated: Updated | None = None
    """What an update changed; None for a draft that was written anew."""


def facts(
    uppers: list[Path],
    *,
    region: str,
    earlier: Path | None = None,
    lexicon: Lexicon | None = None,
    password: str | None = None,
    progress: Progress | None = None,
) -> Facts:
    """The form for what only `region` knows, asked for each requirement that applies; `earlier` fills in what it says."""
    lexicon = lexicon or load_lexicon()
    plans = [open_input(path, lexicon, password=password, progress=progress).plan for path in uppers]
    known = open_input(earlier, lexicon, password=password, progress=progress).plan if earlier is not None else None
    where = region_of(region, None, plans, lexicon)
    return facts_form(plans, where, lexicon, known, judged_for(plans, where, lexicon))


def judged_for(plans: list[Plan], where: Region, lexicon: Lexicon) -> dict[str, tuple[bool | None, str]]:
    """Whom each requirement concerns, as the check sees it before there is a draft: with the whole upper plans before it."""
    level = lexicon.gazetteer.level(where)
    nothing = Plan(
        tool=Tool(version="", lexicon=lexicon.hash),
        document=PlanDocument(
            title=where.name,
            region=where,
            level="county" if level == "district" else level,
            source=SourceFile(file="", sha256="", format="none"),
        ),
    )
    verdicts = check_plans(nothing, plans, region=where, lexicon=lexicon).verdicts
    return {verdict.requirement: (verdict.applies, verdict.because) for verdict in verdicts}


def facts_outputs(form: Facts, outputs: Iterable[Path]) -> dict[Path, bytes]:
    """The form as Excel or YAML, by the ending of each name."""
    files: dict[Path, bytes] = {}
    for path in outputs:
        match path.suffix.lower():
            case ".xlsx":
                files[path] = facts_xlsx(form)
            case ".yaml" | ".yml":
                files[path] = facts_yaml(form)
            case other:
                raise UsageError(f"-o {path}：本地情况表不支持 {other or '没有扩展名'}；请用 .xlsx 或 .yaml。")
    return files


def generate(
    uppers: list[Path],
    *,
    region: str,
    facts_file: Path | None,
    output: Path,
    template: Path | None = None,
    update: Path | None = None,
    show_unplaced: bool = False,
    lexicon: Lexicon | None = None,
    password: str | None = None,
    progress: Progress | None = None,
) -> Drafted:
    """The draft for `region`, with a response to every requirement that applies.

    It is read back by the same reader and judged by the same check as any draft, so generation is no witness of its own.
    `output` only names it. `template`: a Word file whose places take the responses; Refused names a place that means
    nothing and requirements without a place (with `show_unplaced` these stand in red at the end). `update`: an earlier
    draft, which planners may have edited; it is brought up to date instead of written anew, and their words stay.
    """
    if output.suffix.lower() != ".docx":
        raise UsageError(f"-o {output}：草案是 Word 文件；请用 .docx 结尾的文件名。")
    if template is not None and update is not None:
        raise UsageError("--template 和 --update 不能同用：更新沿用原草案的样式。")
    lexicon = lexicon or load_lexicon()
    plans = [open_input(path, lexicon, password=password, progress=progress).plan for path in uppers]
    where = region_of(region, None, plans, lexicon)
    word = None if template is None else read_template(template)
    earlier = None if update is None else read_template(update)[1]
    return _generated(plans, where, facts_file, lexicon, _Form(output, word, earlier, show_unplaced))


def generate_drafts(
    uppers: list[Path],
    *,
    region: str | None,
    regions: str | None,
    every: bool,
    facts_file: Path | None,
    output: Path,
    template: Path | None,
    update: Path | None,
    show_unplaced: bool,
    lexicon: Lexicon | None = None,
    password: str | None = None,
    progress: Progress | None = None,
) -> Iterator[tuple[Path, Drafted]]:
    """One draft or many, as the command asks; UsageError unless it says for whom."""
    names = [name for name in re.split(r"[、，,\s]+", regions or "") if name and name != "全部"]
    many = every or regions is not None
    if many == (region is not None):
        raise UsageError("请用 --region 指定一个行政区，或用 --regions、--all 指定多个。")
    if many and update is not None:
        raise UsageError("--update 一次更新一份草案；请用 --region 指定行政区。")
    if many:
        if output.suffix.lower() == ".docx":
            raise UsageError(f"-o {output}：为多个行政区起草时，请给出文件夹。")
        yield from generate_all(
            uppers, regions=names, facts_folder=facts_file, folder=output, template=template,
            show_unplaced=show_unplaced, lexicon=lexicon, password=password, progress=progress,
        )  # fmt: skip
    elif region is not None:
        yield output, generate(
            uppers, region=region, facts_file=facts_file, output=output, template=template, update=update,
            show_unplaced=show_unplaced, lexicon=lexicon, password=password, progress=progress,
        )  # fmt: skip


def generate_all(
    uppers: list[Path],
    *,
    regions: list[str],
    facts_folder: Path | None,
    folder: Path,
    template: Path | None = None,
    show_unplaced: bool = False,
    lexicon: Lexicon | None = None,
    password: str | None = None,
    progress: Progress | None = None,
) -> Iterator[tuple[Path, Drafted]]:
    """One draft after another for several regions, the upper plans read once: (its file in `folder`, the draft).

    `regions` empty: all of the level below the last upper plan's region. `facts_folder` holds a facts file for each
    region that has one, with the region's name in the file's name.
    """
    lexicon = lexicon or load_lexicon()
    plans = [open_input(path, lexicon, password=password, progress=progress).plan for path in uppers]
    word = None if template is None else read_template(template)
    for where in _regions(regions, plans, lexicon):
        form = _facts_of(where, facts_folder)
        output = folder / f"{where.name}.docx"
        yield output, _generated(plans, where, form, lexicon, _Form(output, word, None, show_unplaced))


def _regions(names: list[str], plans: list[Plan], lexicon: Lexicon) -> list[Region]:
    if names:
        return [region_of(name, None, plans, lexicon) for name in names]
    above = plans[-1].document.region
    below = parts_of(above, lexicon.gazetteer) if above is not None else ()
    if not below:
        raise UsageError("--all：没有认出上位规划所属的行政区，或其下没有下一级行政区；请用 --regions 列出。")
    return list(below)


def _facts_of(where: Region, folder: Path | None) -> Path | None:
    if folder is None:
        return None
    if not folder.is_dir():
        raise UsageError(f"--facts {folder}：为多个行政区起草时，请给出装有各地情况表的文件夹（文件名含行政区名）。")
    found = sorted(path for path in folder.iterdir() if where.name in path.stem and path.suffix.lower() in FACTS)
    return found[0] if found else None


@dataclass(frozen=True, slots=True)
class _Form:
    """In what form a draft is written: the file that it will be, a Word template, or an earlier draft to bring up to date."""

    output: Path
    template: tuple[Document, bytes] | None = None
    earlier: bytes | None = None
    show_unplaced: bool = False


def _generated(plans: list[Plan], where: Region, facts_file: Path | None, lexicon: Lexicon, form: _Form) -> Drafted:
    judged = judged_for(plans, where, lexicon)
    local = None
    if facts_file is not None:
        local = read_facts(facts_file, facts_form(plans, where, lexicon, judged=judged))
    for _ in range(ROUNDS):
        drafted = _drafted(plans, where, local, lexicon, judged, form)
        # words of the draft itself can bring a requirement to bear (a river that it names): then it is answered too
        answered = {response.requirement for response in drafted.trace.responses}
        more = {v.requirement: v.because for v in drafted.check.verdicts if v.applies and v.requirement not in answered}
        if not more:
            break
        judged |= {requirement: (None, because) for requirement, because in more.items()}
    return drafted


def _drafted(
    plans: list[Plan], where: Region, local: Facts | None, lexicon: Lexicon, judged: Judged, form: _Form
) -> Drafted:
    tool = Tool(version=version("chuandao"), lexicon=lexicon.hash)
    places = None if form.template is None else template_places(form.template[0])
    written = draft(
        plans, where, local, lexicon, tool=tool, judged=judged, template=places, show_unplaced=form.show_unplaced
    )
    updated = None
    if form.earlier is not None:
        docx, updated = update_docx(form.earlier, written)
    else:
        docx = draft_docx(written) if form.template is None else template_docx(written, form.template[1])
    document = read_docx(form.output, docx)
    checked = check_plans(
        document_to_plan(document, lexicon), plans, region=where, lexicon=lexicon, lower_document=document
    )
    return Drafted(docx, written.trace, checked, updated)


def generate_outputs(drafted: Drafted, output: Path) -> dict[Path, bytes]:
    """The DOCX and, beside it, NAME.trace.json and NAME.对照表.xlsx, whose links open the DOCX at each response."""
    return {
        output: drafted.docx,
        output.with_suffix(".trace.json"): to_json(drafted.trace).encode(),
        output.with_suffix(".对照表.xlsx"): trace_xlsx(drafted.trace, drafted.check, output.name),
    }


def template_new(kind: str) -> bytes:
    """One of the shipped chapter sets as a Word template, to copy and change; Refused names the kinds there are."""
    return draft_docx(blank_template(kind))


def template_check(
    template: Path,
    uppers: list[Path],
    *,
    region: str | None,
    lexicon: Lexicon | None = None,
    password: str | None = None,
    progress: Progress | None = None,
) -> list[str]:
    """The places of a template, in order; Refused names those that mean nothing and, where `uppers` are given,
    the requirements for `region` that would have no place."""
    lexicon = lexicon or load_lexicon()
    word = read_template(template)
    places = template_places(word[0])
    template_slots(places, [topic.name for topic in lexicon.topics])
    if uppers:
        plans = [open_input(path, lexicon, password=password, progress=progress).plan for path in uppers]
        where = region_of(region, None, plans, lexicon)
        draft(plans, where, None, lexicon, judged=judged_for(plans, where, lexicon), template=places)
    return [place.name for place in places if place.block]
