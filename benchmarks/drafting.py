"""CPU seconds of drafting (upper plan read already → Word bytes) against docxtpl's loop over the same content, in one run.

    python benchmarks/drafting.py [UPPER] [--region NAME] [--facts FILE] [--rounds N]

docxtpl gets the words that our draft holds, and loops over chapters, articles, paragraphs and table rows; it writes no
bookmarks, comments, fields or page numbers.
"""

from __future__ import annotations

import argparse
import io
import statistics
import time
from pathlib import Path
from typing import Any

import docx
from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined

from chuandao.commands import open_input
from chuandao.commands.drafting import judged_for
from chuandao.extract.reading.facts_form import read_facts
from chuandao.generate import draft, facts_form
from chuandao.plan.draft import Draft, DraftParagraph, DraftTable
from chuandao.plan.lexicon import load_lexicon
from chuandao.render.docx import draft_docx
from chuandao.render.pages import heading_pages

PLANS = Path(__file__).parent.parent / "corpora" / "plans" / "gd-huizhou"


def content(made: Draft) -> dict[str, Any]:
    """The draft's words for a template: chapters of articles of paragraphs, tables of rows of cells."""
    chapters = [
        {
            "title": chapter.title,
            "sections": [
                {
                    "title": section.title,
                    "paragraphs": [block.text for block in section.blocks if isinstance(block, DraftParagraph)],
                }
                for section in chapter.sections
            ],
        }
        for chapter in made.chapters
    ]
    tables = [
        {"title": annex.title, "rows": [[cell.text for cell in row.cells] for row in (*block.header, *block.rows)]}
        for annex in made.annexes
        for block in annex.blocks
        if isinstance(block, DraftTable)
    ]
    return {"chapters": chapters, "tables": tables}


def loop_template() -> bytes:
    """A Word file with docxtpl's loops."""
    made = docx.Document()
    for line in (
        "{%p for chapter in chapters %}", "{{ chapter.title }}", "{%p for section in chapter.sections %}",
        "{{ section.title }}", "{%p for words in section.paragraphs %}", "{{ words }}", "{%p endfor %}",
        "{%p endfor %}", "{%p endfor %}", "{%p for table in tables %}", "{{ table.title }}",
    ):  # fmt: skip
        made.add_paragraph(line)
    table = made.add_table(rows=3, cols=3)
    table.cell(0, 0).text = "{%tr for row in table.rows %}"
    for column, words in enumerate(("{%tc for cell in row %}", "{{ cell }}", "{%tc endfor %}")):
        table.cell(1, column).text = words
    table.cell(2, 0).text = "{%tr endfor %}"
    made.add_paragraph("{%p endfor %}")
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("upper", nargs="?", type=Path, default=PLANS / "upper-guangdong.pdf")
    parser.add_argument("--region", default="惠州市")
    parser.add_argument("--facts", type=Path, default=PLANS / "facts-huizhou.yaml")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    lexicon = load_lexicon()
    plan = open_input(arguments.upper, lexicon).plan
    where = lexicon.gazetteer.find(arguments.region, within=plan.document.region)
    assert where is not None
    judged = judged_for([plan], where, lexicon)
    facts = read_facts(arguments.facts, facts_form([plan], where, lexicon, judged=judged))
    template = loop_template()
    ours, theirs = [], []
    for _ in range(arguments.rounds):
        start = time.process_time()
        made = draft([plan], where, facts, lexicon, judged=judged)
        draft_docx(made)
        ours.append(time.process_time() - start)
        words = content(made)
        start = time.process_time()
        word = DocxTemplate(io.BytesIO(template))
        word.render(words, Environment(undefined=StrictUndefined, autoescape=True))
        word.save(io.BytesIO())
        theirs.append(time.process_time() - start)
    mine, other = statistics.median(ours), statistics.median(theirs)
    print(f"pages (estimated): {max(heading_pages(made).values())}   responses: {len(made.trace.responses)}")
    print(f"ours {mine:.2f} s   docxtpl {other:.2f} s   ratio {mine / other:.2f}")


if __name__ == "__main__":
    main()
