"""A path in, a Plan (and, if the file itself is at hand, its Document) out."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass
from pathlib import Path

from ..extract import document_to_plan, read_document
from ..extract.reading.ocr import ocr_installed
from ..extract.reading.plan_json import read_plan_json
from ..plan.document import Document
from ..plan.errors import UsageError
from ..plan.lexicon import Lexicon
from ..plan.plan import Plan
from ..plan.requirement import Region

Progress = Callable[[str, int, int], None]
"""Called with the file's name, the pages done and all pages."""


@dataclass(frozen=True, slots=True)
class Input:
    """A plan as given: `document` is None if it came as plan JSON without its file."""

    path: Path
    plan: Plan
    document: Document | None = None


def recognises_pictures() -> bool:
    """Whether pages that are pictures can be read here, that is, chuandao[ocr] is installed."""
    return ocr_installed()


def open_input(
    path: Path,
    lexicon: Lexicon,
    *,
    password: str | None = None,
    progress: Progress | None = None,
    ocr: bool = True,
    skip_pages: Container[int] = (),
    before_page: Callable[[int], None] | None = None,
    census: bool = False,
) -> Input:
    """The plan in a PDF, DOCX or plan JSON; raises UnreadableInput with one line that says what is wrong with it.

    `ocr`: pages that are pictures are read too, where chuandao[ocr] is installed. `skip_pages` are left out;
    `before_page` hears of each page before it is read, and 0 when the pages are put together. `census`: findings say
    where the two PDF engines disagree.
    """
    if path.suffix.lower() == ".json":
        return Input(path, read_plan_json(path))

    def step(done: int, total: int) -> None:
        if progress is not None:
            progress(path.name, done, total)

    document = read_document(
        path, password=password, progress=step, ocr=ocr, skip_pages=skip_pages, before_page=before_page, census=census
    )
    return Input(path, document_to_plan(document, lexicon), document)


def region_of(name: str | None, plan: Plan | None, uppers: list[Plan], lexicon: Lexicon) -> Region:
    """The region that is checked or drafted for: the one named, else the draft's own; UsageError if there is none."""
    within = uppers[0].document.region if uppers else None
    if name is not None:
        region = lexicon.gazetteer.find(name, within=within) or lexicon.gazetteer.find(name)
        if region is None:
            raise UsageError(f"--region {name}：地名库中没有这个行政区；请写全称（如 惠州市），或用 --lexicon 补充。")
        if within is not None and not lexicon.gazetteer.is_within(region, within):
            raise UsageError(f"--region {name}：不在上位规划的范围（{within.name}）之内；请核对地名或上位规划。")
        return region
    region = plan.document.region if plan is not None else None
    if region is None:
        raise UsageError("没有认出下位规划所属的行政区；请用 --region 指定，例如 --region 惠州市。")
    return region
