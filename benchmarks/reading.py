"""How truly PDFs are read: characters, paragraphs and headings against what was authored.

    python benchmarks/reading.py [--all]

The authored text is that of the DOCX beside each sample plan in corpora/plans; the headings are those of its gold.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from pathlib import Path

import docx

from chuandao.extract import read_document
from chuandao.extract.reading.characters import usual
from chuandao.plan.document import Document, Heading

PLANS = Path(__file__).parent.parent / "corpora" / "plans"


def squeezed(text: str) -> str:
    """Words without blanks, radicals as usual characters: what reading is judged by."""
    return re.sub(r"\s+", "", usual(text))


def authored_paragraphs(path: Path) -> list[str]:
    """The paragraphs of a DOCX in order, without those of tables, the contents and empty ones, and without what joining a
    table over pages drops on purpose: 续表 lines and the unit lines that are repeated under them."""
    found = []
    again = False
    for paragraph in docx.Document(str(path)).paragraphs:
        text = squeezed(paragraph.text)
        if not text or "\t" in paragraph.text:
            continue
        unit = re.fullmatch("[（(]?单位[:：].{1,20}", text)
        if not re.match("[（(]?续(?:附?表|专栏)", text) and not (again and unit):
            found.append(text)
        again = text.startswith(("续", "（续", "(续"))
    return found


def read_texts(document: Document) -> list[str]:
    """The words of each block and of each table's title and notes."""
    texts = [squeezed(block.text.text) for block in document.blocks]
    for table in document.tables:
        texts.extend(squeezed(note.text) for note in table.notes)
        if table.unit:
            texts.append(f"单位：{squeezed(table.unit)}")
    return texts


def flat(headings: tuple[Heading, ...]) -> list[tuple[str, int | None, int]]:
    """Number and title, page, level of all headings."""
    found = []
    for heading in headings:
        found.append((squeezed(heading.number + heading.title), heading.page, heading.level))
        found.extend(flat(heading.children))
    return found


def judge(pdf: Path, source: Path, gold: Path | None, *, show: int) -> None:
    document = read_document(pdf, ocr=False)
    wanted = authored_paragraphs(source)
    texts = read_texts(document)
    have = Counter(texts)
    titles = Counter(squeezed(block.title) for block in document.blocks if block.kind == "heading" and block.title)
    missing = []
    for text in wanted:
        if have[text]:
            have[text] -= 1
        elif titles[text]:  # a heading that Word numbers
            titles[text] -= 1
        else:
            missing.append(text)
    everything = Counter("".join(texts))
    for table in document.tables:
        seen = set()
        for row in table.grid:
            for cell in row:
                if cell is not None and id(cell) not in seen:
                    seen.add(id(cell))
                    everything.update(squeezed(cell.text.text))
    authored = Counter("".join(wanted))
    lost = authored - everything
    total = sum(authored.values())
    print(
        f"{pdf.name}: characters {1 - sum(lost.values()) / total:.4%}, paragraphs exact {1 - len(missing) / len(wanted):.4%} of {len(wanted)}"
    )
    for text in missing[:show]:
        near = [other for other in texts if other[:8] == text[:8] or other[-8:] == text[-8:]]
        print("   -", text[:60], "…", text[-20:], "| near:", [other[:40] + "…" + other[-20:] for other in near[:2]])
    if lost and show:
        print("   lost:", lost.most_common(10))
    if gold is not None:
        judge_headings(document, gold, show=show)


def judge_headings(document: Document, gold: Path, *, show: int) -> None:
    wanted = {
        (squeezed((one["number"] or "") + one["title"]), one["page"], one["level"])
        for one in json.loads(gold.read_text())["headings"]
    }
    found = set(flat(document.outline))
    hits = len(wanted & found)
    f1 = 2 * hits / max(len(wanted) + len(found), 1)
    print(f"   headings with page and level F1 {f1:.4f} ({len(wanted)} authored, {len(found)} found)")
    for one in sorted(wanted - found, key=str)[:show]:
        print("   missing", one)
    for one in sorted(found - wanted, key=str)[:show]:
        print("   extra", one)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", type=int, default=0, help="how many misses to print")
    parser.add_argument("pairs", nargs="*", help="further PDF,DOCX pairs")
    arguments = parser.parse_args()
    for pdf in sorted(PLANS.glob("*/*.pdf")):
        gold = pdf.with_suffix("").with_suffix(".gold.json")
        judge(pdf, pdf.with_suffix(".docx"), gold if gold.exists() else None, show=arguments.show)
    for pair in arguments.pairs:
        pdf, source = pair.split(",")
        judge(Path(pdf), Path(source), None, show=arguments.show)


if __name__ == "__main__":
    sys.exit(main())
