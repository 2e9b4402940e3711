"""Builds a sample plan and its gold from one content file, so that text and labels can't drift apart.

    python corpora/plans/author.py corpora/plans/ah-jinzhai

reads content.py in that folder (a PLAN made of the pieces below) and writes NAME.docx, NAME.pdf (through LibreOffice)
and NAME.gold.json. Pages in the gold are found again in the PDF. Needs python-docx, pypdfium2 and LibreOffice Writer.
"""

from __future__ import annotations

import json
import re
import runpy
import subprocess
import sys
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt


@dataclass
class Label:
    """A stretch of text and what it is: `labels` holds (section of the gold, record) pairs."""

    text: str
    labels: list = field(default_factory=list)
    bold: bool = False


def V(spec: str, role: str = "target") -> dict:
    """'2035>=166.5 万亩@惠州市', '-~30 %', '2035>=ref:国家下达任务 %', '2035r10-12 %'."""
    year, op, rest = re.fullmatch(r"(\d{4}|-)(>=|<=|=|~|>|<|r)(.+)", spec).groups()
    rest, _, region = rest.partition("@")
    number, _, unit = rest.partition(" ")
    value, upper, reference = number, None, None
    if number.startswith("ref:"):
        value, reference = None, number[4:]
    elif op == "r":
        op, (value, upper) = "range", number.split("-")
    return {"year": None if year == "-" else int(year), "op": op, "value": value, "upper": upper, "unit": unit or None,
            "region": region or None, "role": role, "reference": reference}


def N(text: str) -> Label:
    """A sentence that only describes."""
    return Label(text, [("not_requirements", text)])


def I(text: str, *items: tuple) -> Label:
    """Planning targets in a sentence; an item is (name, [V…], attribute, scope)."""
    return Label(text, [("indicators", {"name": name, "attribute": rest[0] if rest else None,
                                        "scope": rest[1] if len(rest) > 1 else None, "source": "text",
                                        "values": values, "text": text}) for name, values, *rest in items])


def B(text: str, line: str, values: list, control: str | None = None, region: str | None = None) -> Label:
    """A control line's area in running text."""
    return Label(text, [("boundaries", {"line": line, "region": region, "values": values, "control": control})])


def R(text: str, force: str, modal: str, actor: str | None = None, conditions=(), exceptions=(), quantities=(),
      deadline: str | None = None, regions=()) -> Label:
    """A rule clause."""
    return Label(text, [("rules", {"text": text, "force": force, "modal": modal, "actor": actor,
                                   "conditions": list(conditions), "exceptions": list(exceptions),
                                   "quantities": list(quantities), "deadline": deadline, "regions": list(regions)})])


def Q(op: str, value: str, unit: str, upper: str | None = None) -> dict:
    return {"op": op, "value": value, "upper": upper, "unit": unit}


def S(slogan, label, name, element, components=()) -> tuple:
    return ("structures", {"slogan": slogan, "label": label, "name": name, "element": element,
                           "components": list(components)})


def Z(unit, system, type_, overlays=()) -> tuple:
    return ("zones", {"unit": unit, "system": system, "type": type_, "overlays": list(overlays)})


def L(register, kind, name, attributes=None, regions=()) -> tuple:
    return ("lists", {"register": register, "kind": kind, "name": name, "attributes": attributes or {},
                      "regions": list(regions)})


def also(label: Label, *more: tuple) -> Label:
    """The same stretch with further labels."""
    return Label(label.text, [*label.labels, *more], label.bold)


def plain(text: str, *labels: tuple) -> Label:
    return Label(text, list(labels))


@dataclass
class H:
    number: str
    title: str
    level: int


@dataclass
class P:
    parts: list


@dataclass
class T:
    """A table. `head` rows first; a cell is text, None (covered from the left) or ... (covered from above)."""

    label: str
    title: str
    rows: list
    head: int = 1
    unit: str | None = None
    note: str | None = None
    dress: str = "ruled"          # ruled · three_line
    widths: list | None = None
    landscape: bool = False
    labels: list = field(default_factory=list)    # (row number, (section, record))


@dataclass
class Box:
    title: str
    parts: list                   # of P


# ---------------------------------------------------------------------------------------------- Word
def font(run, name="宋体", size=12, bold=False):
    run.font.size, run.font.name, run.bold = Pt(size), "Times New Roman", bold or None
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def field_code(paragraph, code):
    for kind, text in (("begin", None), (None, code), ("end", None)):
        run = paragraph.add_run()
        font(run, size=9)
        node = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            node.set(qn("w:fldCharType"), kind)
        else:
            node.text = text
        run._element.append(node)


def borders(cell, **sides):
    node = OxmlElement("w:tcBorders")
    for side, size in sides.items():
        line = OxmlElement(f"w:{side}")
        line.set(qn("w:val"), "single" if size else "nil")
        line.set(qn("w:sz"), str(size))
        node.append(line)
    cell._element.get_or_add_tcPr().append(node)


def write_table(doc, table: T):
    if table.landscape:
        turn(doc, True)
    caption = doc.add_paragraph()
    caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
    caption.paragraph_format.keep_with_next = True
    font(caption.add_run(f"{table.label}  {table.title}"), "黑体", 11)
    if table.unit:
        line = doc.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        line.paragraph_format.keep_with_next = True
        font(line.add_run(f"单位：{table.unit}"), size=10)
    columns = max(len(row) for row in table.rows)
    grid = doc.add_table(rows=len(table.rows), cols=columns)
    if table.dress == "ruled":
        grid.style = "Table Grid"
    cells = [list(row.cells) for row in grid.rows]
    for r, row in enumerate(table.rows):
        for c, value in enumerate(row):
            if value is None or value is ...:
                continue
            right, down = c, r
            while right + 1 < len(row) and row[right + 1] is None:
                right += 1
            while down + 1 < len(table.rows) and table.rows[down + 1][c] is ...:
                down += 1
            cell = cells[r][c].merge(cells[down][right]) if (right, down) != (c, r) else cells[r][c]
            paragraph = cell.paragraphs[0]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if r < table.head else WD_ALIGN_PARAGRAPH.LEFT
            font(paragraph.add_run(str(value)), "黑体" if r < table.head else "宋体", 9.5)
            if table.dress == "three_line":
                borders(cell, top=12 if r == 0 else 0, left=0, right=0,
                        bottom=12 if down == len(table.rows) - 1 else 6 if down == table.head - 1 else 0)
    if table.widths:
        for row in cells:
            for cell, width in zip(row, table.widths):
                cell.width = Cm(width)
    for row in grid.rows[: table.head]:
        mark = OxmlElement("w:tblHeader")
        mark.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(mark)
    if table.note:
        font(doc.add_paragraph().add_run(table.note), size=9)
    if table.landscape:
        turn(doc, False)


def turn(doc, landscape):
    section = doc.add_section()
    wide = section.page_width > section.page_height
    if wide != landscape:
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = section.page_height, section.page_width


def write_docx(content: dict, path: Path):
    doc = Document()
    section = doc.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.8)
    if content.get("head"):
        head = section.header.paragraphs[0]
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        font(head.add_run(content["head"]), size=9)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field_code(foot, "PAGE")
    for text, size in content["cover"]:
        paragraph = doc.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = Pt(60)
        font(paragraph.add_run(text), "黑体", size)
    doc.add_page_break()
    for block in content["blocks"]:
        if isinstance(block, H):
            paragraph = doc.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if block.level == 1 else WD_ALIGN_PARAGRAPH.LEFT
            paragraph.paragraph_format.keep_with_next = True
            paragraph.paragraph_format.page_break_before = block.level == 1 and bool(content.get("chapter_breaks"))
            font(paragraph.add_run(f"{block.number}{content.get('gap', '  ')}{block.title}"), "黑体", {1: 16, 2: 14}.get(block.level, 12))
        elif isinstance(block, P):
            write_paragraph(doc.add_paragraph(), block)
        elif isinstance(block, Box):
            cell = doc.add_table(rows=1, cols=1, style="Table Grid").cell(0, 0)
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
            font(cell.paragraphs[0].add_run(block.title), "黑体", 11)
            for part in block.parts:
                write_paragraph(cell.add_paragraph(), part, 10.5)
            doc.add_paragraph()
        else:
            write_table(doc, block)
    doc.core_properties.title = content["document"]["title"]
    doc.save(path)


def write_paragraph(paragraph, block: P, size=12):
    paragraph.paragraph_format.first_line_indent = Pt(2 * size)
    paragraph.paragraph_format.line_spacing = 1.4
    for part in block.parts:
        font(paragraph.add_run(part if isinstance(part, str) else part.text), size=size,
             bold=not isinstance(part, str) and part.bold)


# ---------------------------------------------------------------------------------------------- gold
def letters(text):
    return re.sub(r"[^\w]", "", unicodedata.normalize("NFKC", text)).lower()


class Pages:
    """Where a stretch of text stands in the PDF; looked for from the last place on, since content comes in order."""

    def __init__(self, pdf: Path):
        document = pypdfium2.PdfDocument(pdf)
        self.text, self.starts = "", []
        for page in document:
            self.starts.append(len(self.text))
            self.text += letters(page.get_textpage().get_text_range())
        self.at = 0

    def find(self, text: str, from_start=False) -> int | None:
        wanted = letters(text)
        for length in (len(wanted), 40, 20, 12):
            place = self.text.find(wanted[:length], 0 if from_start else self.at)
            if place >= 0 and wanted:
                self.at = place if not from_start else self.at
                return sum(start <= place for start in self.starts)
        return None


def gold_of(content: dict, pdf: Path) -> dict:
    gold = {"document": content["document"], **{key: [] for key in (
        "headings", "indicators", "boundaries", "lists", "zones", "structures", "rules", "not_requirements")}}
    pages = Pages(pdf)
    region = content["document"]["region"]

    def add(section, record, page):
        if section == "not_requirements":
            gold[section].append(record)
            return
        record = {**record, "page": page}
        for value in record.get("values", []):
            value["region"] = value["region"] or record.get("region") or region
        if section == "boundaries":
            record["region"] = record["region"] or region
        gold[section].append(record)

    def walk(part):
        if isinstance(part, Label):
            page = pages.find(part.text)
            for section, record in part.labels:
                add(section, record, page)

    for block in content["blocks"]:
        if isinstance(block, H):
            gold["headings"].append({"number": block.number, "title": block.title, "level": block.level,
                                     "page": pages.find(block.number + block.title)})
        elif isinstance(block, P):
            for part in block.parts:
                walk(part)
        elif isinstance(block, Box):
            pages.find(block.title)
            for paragraph in block.parts:
                for part in paragraph.parts:
                    walk(part)
        else:
            first = pages.find(block.label + block.title)
            for row, (section, record) in block.labels:
                words = [cell for cell in block.rows[row] if isinstance(cell, str)] if row is not None else []
                page = first
                if words:
                    page = pages.find("".join(words[:3])) or pages.find(max(words, key=len)) or first
                add(section, record, page)
    return gold


def main():
    folder = Path(sys.argv[1])
    content = runpy.run_path(str(folder / "content.py"), init_globals={
        name: value for name, value in globals().items() if not name.startswith("__")})["PLAN"]
    docx = folder / f"{content['name']}.docx"
    write_docx(content, docx)
    subprocess.run(["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(docx)],
                   check=True, capture_output=True)
    gold = gold_of(content, docx.with_suffix(".pdf"))
    (folder / f"{content['name']}.gold.json").write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    missing = [record for key, section in gold.items() if key not in ("document", "not_requirements")
               for record in section if record["page"] is None]
    print({key: len(value) for key, value in gold.items()}, "without page:", missing[:5])


if __name__ == "__main__":
    main()
