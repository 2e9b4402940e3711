"""Documents in a few lines for tests of structures, and what was found in them."""

from __future__ import annotations

from chuandao.extract.context import Context
from chuandao.extract.structures import find_structures
from chuandao.plan.document import Block, Document, DocxRun, Source, Text
from chuandao.plan.lexicon import load_lexicon
from chuandao.plan.plan import PlanDocument, SourceFile
from chuandao.plan.requirement import StructureRequirement


def text(words: str, number: int = 0) -> Text:
    """One run of words."""
    return Text(words, (DocxRun(0, len(words), "body", number, 0),))


def document(*lines: str, more: tuple[Block, ...] = ()) -> Document:
    """Lines of # are headings by their depth, 【…】 before a line puts it into that box."""
    blocks: list[Block] = []
    section: tuple[str, ...] = ("第三章 总体格局",)
    for number, line in enumerate(lines):
        if line.startswith("#"):
            title = line.lstrip("#")
            section = (*section[: len(line) - len(title) - 1], title)
            blocks.append(Block(number, "heading", text(title, number), section=section[:-1], level=len(section)))
        elif line.startswith("【"):
            box, words = line[1:].split("】")
            blocks.append(Block(number, "paragraph", text(words, number), part="box", section=section, box_label=box))
        else:
            blocks.append(Block(number, "paragraph", text(line, number), section=section))
    return Document(Source("plan.docx", "0" * 64, "docx"), (*blocks, *more))


def elements(found: Document) -> list[StructureRequirement]:
    """The structure requirements of a document, in order."""
    source = SourceFile(file="plan.docx", sha256="0" * 64, format="docx")
    context = Context.of(PlanDocument(title="样例", kind="territorial_master_plan", source=source), load_lexicon())
    return [one for one in find_structures(found, context) if isinstance(one, StructureRequirement)]


def said(found: Document) -> list[tuple[str | None, str, str]]:
    """Label, name and kind of each element."""
    return [(one.label, one.name, one.element) for one in elements(found)]
