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
from docx.enum.section import WD_ORIENT, WD_SECTION
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
    underline: bool = False


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
    return {
        "year": None if year == "-" else int(year),
        "op": op,
        "value": value,
        "upper": upper,
        "unit": unit or None,
        "region": region or None,
        "role": role,
        "reference": reference,
    }


def N(text: str) -> Label:
    """A sentence that only describes."""
    return Label(text, [("not_requirements", text)])


def I(text: str, *items: tuple) -> Label:
    """Planning targets in a sentence; an item is (name, [V…], attribute, scope)."""
    return Label(
        text,
        [
            (
                "indicators",
                {
                    "name": name,
                    "attribute": rest[0] if rest else None,
                    "scope": rest[1] if len(rest) > 1 else None,
                    "source": "text",
                    "values": values,
                    "text": text,
                },
            )
            for name, values, *rest in items
        ],
    )


def B(text: str, line: str, values: list, control: str | None = None, region: str | None = None) -> Label:
    """A control line's area in running text."""
    return Label(text, [("boundaries", {"line": line, "region": region, "values": values, "control": control})])


def R(
    text: str,
    force: str,
    modal: str,
    actor: str | None = None,
    conditions=(),
    exceptions=(),
    quantities=(),
    deadline: str | None = None,
    regions=(),
) -> Label:
    """A rule clause."""
    return Label(
        text,
        [
            (
                "rules",
                {
                    "text": text,
                    "force": force,
                    "modal": modal,
                    "actor": actor,
                    "conditions": list(conditions),
                    "exceptions": list(exceptions),
                    "quantities": list(quantities),
                    "deadline": deadline,
                    "regions": list(regions),
                },
            )
        ],
    )


def Q(op: str, value: str, unit: str, upper: str | None = None) -> dict:
    return {"op": op, "value": value, "upper": upper, "unit": unit}


def S(slogan, label, name, element, components=()) -> tuple:
    return (
        "structures",
        {"slogan": slogan, "label": label, "name": name, "element": element, "components": list(components)},
    )


def Z(unit, system, type_, overlays=()) -> tuple:
    return ("zones", {"unit": unit, "system": system, "type": type_, "overlays": list(overlays)})


def L(register, kind, name, attributes=None, regions=()) -> tuple:
    return (
        "lists",
        {"register": register, "kind": kind, "name": name, "attributes": attributes or {}, "regions": list(regions)},
    )


def also(label: Label, *more: tuple) -> Label:
    """The same stretch with further labels."""
    return Label(label.text, [*label.labels, *more], label.bold, label.underline)


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
    dress: str = "ruled"  # ruled · three_line · rows (horizontal rules only) · bare · zebra
    widths: list | None = None
    landscape: bool = False
    labels: list = field(default_factory=list)  # (row number, (section, record))


@dataclass
class Box:
    title: str
    parts: list  # of P


@dataclass
class Columns:
    """From here on the text runs in `count` columns."""

    count: int


# ------------------------------------------------------------------------------------- marked text
FORCES = {"P": "prohibit", "O": "oblige", "T": "restrict", "M": "recommend", "E": "encourage", "A": "permit"}


def _listed(text: str) -> list:
    return [piece for piece in text.split(",") if piece]


def _target(spec: str) -> list:
    return [V(piece.strip()) for piece in spec.split(",") if piece.strip() not in ("", "-")]


def _rule(text: str, force: str, modal: str, spec: str) -> tuple:
    """`spec`: 'actor=…; cond=…; exc=…; q=>=50 米; by=2025年底前; in=甲县,乙县'; cond, exc and q may come again."""
    record = {
        "text": text,
        "force": FORCES[force],
        "modal": modal,
        "actor": None,
        "conditions": [],
        "exceptions": [],
        "quantities": [],
        "deadline": None,
        "regions": [],
    }
    for key, value in (piece.strip().split("=", 1) for piece in spec.split(";") if piece.strip()):
        if key == "q":
            op, number, upper, unit = re.fullmatch(
                r"(>=|<=|=|~|>|<|r)(三分之二|[\d./]+)(?:-([\d.]+))?(?: (.+))?", value
            ).groups()
            record["quantities"].append(Q("range" if op == "r" else op, number, unit, upper))
        elif key == "in":
            record["regions"] = _listed(value)
        elif key in ("cond", "exc"):
            record["conditions" if key == "cond" else "exceptions"].append(value)
        else:
            record[{"actor": "actor", "by": "deadline"}[key]] = value
    return ("rules", record)


def _in_text(text: str, fields: list, name: str) -> dict:
    """What a sentence says of an entry: its kind (the register's noun without its grade) and the place that it names."""
    register, _, _, places, sort = fields[:5]
    sort = sort or re.sub(r"^(?:国家|省|市|县)级(?:以上)?", "", register)
    where = [place for place in _listed(places) if not place.startswith(name) and re.sub("[市县区州]$", "", place) in text]
    return {"类型": sort} | ({"所在地": "、".join(where)} if where else {})


def _labels(text: str, spec: str) -> list:
    kind, fields = spec[0], [field.strip() for field in spec[1:].strip().split("|")]
    fields += [""] * (6 - len(fields))
    if kind == "I":
        return [
            (
                "indicators",
                {
                    "name": fields[0],
                    "attribute": fields[2] or None,
                    "scope": fields[3] or None,
                    "source": "text",
                    "values": _target(fields[1]) if fields[1] else [],
                    "text": text,
                },
            )
        ]
    if kind == "B":
        return [
            (
                "boundaries",
                {
                    "line": fields[0],
                    "region": fields[3] or None,
                    "control": fields[2] or None,
                    "values": _target(fields[1]) if fields[1] else [],
                },
            )
        ]
    if kind == "S":
        return [S(fields[0], fields[1], fields[2], fields[3], _listed(fields[4]))]
    if kind == "Z":
        return [Z(unit, fields[1], fields[2], _listed(fields[3])) for unit in _listed(fields[0])]
    if kind == "L":
        return [L(fields[0], fields[1], name, _in_text(text, fields, name), _listed(fields[3])) for name in _listed(fields[2])]
    return [_rule(text, fields[0], fields[1], fields[2])]


def paragraphs(text: str) -> str:
    """Blank lines after every second sentence or so, as a typist would start a new paragraph; headings and clauses ended by ； hold on."""
    lines, held = [], 0
    for line in text.strip().splitlines():
        lines.append(line)
        words = re.split(r"\s+~(?=[ IBSZLR])", line)[0]
        held = 0 if line.startswith("#") or not line.strip() else held + words.endswith("。")
        if words.endswith("。") and (held >= 2 or len(words) > 70):
            lines.append("")
            held = 0
    return "\n".join(lines)


def marked(text: str) -> list:
    """Blocks of a text in which each line is one stretch, headed by what it is; blank lines part paragraphs.

    '# 第一章 总则' heading (##, ### below it) · 'N: …' only describes · ': …' plain · 'P不得: … ~ cond=…; q=>=50 米' a rule
    with its force (P O T M E A) and modal word · further labels after '~I name|values|attribute|scope',
    '~B line|values|control|region', '~S slogan|label|name|element|parts', '~Z units|system|type|overlays',
    '~L register|kind|names|regions|type', '~R force|modal|fields'. A leading '*' makes the stretch bold, '_' underlined.
    """
    blocks, parts = [], []
    for line in [*text.strip().splitlines(), ""]:
        line = line.strip()
        if (not line or line.startswith("#")) and parts:
            blocks.append(P(parts))
            parts = []
        if line.startswith("#"):
            marks, number, title = re.fullmatch(r"(#+) (\S+) ?(.*)", line).groups()
            blocks.append(H(number, title, len(marks)) if title else H("", number, len(marks)))
        elif line:
            head, stretch = re.fullmatch(r"((?:[*_]?N|[*_]?[PORTMEA][^:：]{1,8}|[*_]?)):\s*(.+)", line).groups()
            pieces = re.split(r"\s+~(?=[ IBSZLR])", stretch)
            words, labels, mark = pieces[0], [], head[:1] if head[:1] in "*_" and head else ""
            head = head[len(mark) :]
            if head == "N":
                labels.append(("not_requirements", words))
            elif head:
                labels.append(_rule(words, head[0], head[1:], next((p for p in pieces[1:] if p.startswith(" ")), "")))
            for piece in pieces[1:]:
                if not piece.startswith(" "):
                    labels += _labels(words, piece)
            parts.append(Label(words, labels, mark == "*", mark == "_"))
    return blocks


def reading(cell: str, year: int, unit: str | None, role="target", region=None, default="=") -> list:
    """The values that a cell of a table of indicators prints: '≥26.5', '不低于26.5', '40—45', '依据上级下达', '—'."""
    where = f"@{region}" if region else ""
    unit = f" {unit}" if unit else ""
    if cell in ("—", "-", "/", "", "－"):
        return []
    if found := re.fullmatch(r"([\d.]+)[—~～-]([\d.]+)", cell):
        return [V(f"{year}r{found[1]}-{found[2]}{unit}{where}", role)]
    for words, op in (
        ("≥|不低于|不少于|不小于", ">="),
        ("≤|不超过|不突破|不高于|不大于", "<="),
        (">|＞|大于", ">"),
        ("<|＜", "<"),
        ("约", "~"),
    ):
        if found := re.fullmatch(rf"(?:{words})\s*([\d.,]+)", cell):
            return [V(f"{year}{op}{found[1].replace(',', '')}{unit}{where}", role)]
    for words, op in (("以上", ">="), ("以内|以下", "<="), ("左右", "~")):
        if found := re.fullmatch(rf"([\d.,]+)(?:{words})", cell):
            return [V(f"{year}{op}{found[1].replace(',', '')}{unit}{where}", role)]
    if found := re.fullmatch(r"[\d.,]+", cell):
        return [V(f"{year}{default}{cell.replace(',', '')}{unit}{where}", role)]
    return [V(f"{year}{default}ref:{cell}{unit}{where}", role)]


LINES = {
    word: word for word in ("陆域生态保护红线", "海洋生态保护红线", "生态保护红线", "永久基本农田", "城镇开发边界")
}


RATIO_IS_A_LINE = True
"""Whether 城镇开发边界扩展倍数 is labelled as a boundary too (as in gd-huizhou); a plan's file may set it."""


def targets(name: str, values: list, attribute=None, scope=None) -> list:
    """Labels of a row or column of a table: an indicator, and a boundary too if it names one of the three lines."""
    labels = [
        ("indicators", {"name": name, "attribute": attribute, "scope": scope, "source": "table", "values": values})
    ]
    line = next((line for word, line in LINES.items() if word in name), None)
    line = None if "倍数" in name and not RATIO_IS_A_LINE else line
    if line:
        labels.append(
            (
                "boundaries",
                {
                    "line": line,
                    "region": None,
                    "control": None,
                    "source": "table",
                    "values": [dict(v) for v in values if v["role"] != "baseline"],
                },
            )
        )
    return labels


# ---------------------------------------------------------------------------------------------- Word
def font(run, name="宋体", size=12, bold=False, underline=False):
    run.font.size, run.font.name, run.bold = Pt(size), "Times New Roman", bold or None
    run.underline = underline or None
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
    heading = doc.paragraphs[-1]._p if table.landscape else None
    if table.landscape:
        turn(doc, True)
    caption = doc.add_paragraph()
    if heading is not None:  # the heading goes to the landscape page too
        caption._p.addprevious(heading)
    caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
    caption.paragraph_format.keep_with_next = True
    if table.label or table.title:
        font(caption.add_run(f"{table.label}  {table.title}".strip()), "黑体", 11)
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
            if table.dress == "zebra" and r >= table.head and (r - table.head) % 2:
                shade = OxmlElement("w:shd")
                shade.set(qn("w:val"), "clear")
                shade.set(qn("w:fill"), "E7EEF5")
                cell._element.get_or_add_tcPr().append(shade)
            if table.dress == "rows":
                borders(cell, top=8, left=0, right=0, bottom=8)
            if table.dress == "three_line":
                borders(
                    cell,
                    top=12 if r == 0 else 0,
                    left=0,
                    right=0,
                    bottom=12 if down == len(table.rows) - 1 else 6 if down == table.head - 1 else 0,
                )
    if table.widths:
        for row in cells:
            for cell, width in zip(row, table.widths):
                cell.width = Cm(width)
    for column, width in zip(grid._tbl.tblGrid.gridCol_lst, table.widths or []):
        column.w = Cm(width)
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
        if isinstance(block, Columns):
            section = doc.add_section(WD_SECTION.CONTINUOUS)
            columns = section._sectPr.find(qn("w:cols"))
            if columns is None:
                columns = OxmlElement("w:cols")
                section._sectPr.append(columns)
            columns.set(qn("w:num"), str(block.count))
            columns.set(qn("w:space"), "480")
        elif isinstance(block, H):
            paragraph = doc.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if block.level == 1 else WD_ALIGN_PARAGRAPH.LEFT
            paragraph.paragraph_format.keep_with_next = True
            paragraph.paragraph_format.page_break_before = block.level == 1 and bool(content.get("chapter_breaks"))
            font(
                paragraph.add_run(f"{block.number}{content.get('gap', '  ')}{block.title}"),
                "黑体",
                {1: 16, 2: 14}.get(block.level, 12),
            )
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
        font(
            paragraph.add_run(part if isinstance(part, str) else part.text),
            size=size,
            bold=not isinstance(part, str) and part.bold,
            underline=not isinstance(part, str) and part.underline,
        )


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
        place = self.text.find(wanted[-12:], 0 if from_start else self.at)
        return sum(start <= place for start in self.starts) if place >= 0 and wanted else None


def gold_of(content: dict, pdf: Path) -> dict:
    gold = {
        "document": content["document"],
        **{
            key: []
            for key in (
                "headings",
                "indicators",
                "boundaries",
                "lists",
                "zones",
                "structures",
                "rules",
                "not_requirements",
            )
        },
    }
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
            run_on = (
                None
                if block.number
                else re.match(r"([一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)(.+)", block.title)
            )
            number, title = run_on.groups() if run_on else (block.number, block.title)
            gold["headings"].append(
                {
                    "number": number,
                    "title": title,
                    "level": block.level,
                    "page": pages.find(block.number + block.title),
                }
            )
        elif isinstance(block, Columns):
            continue
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
    content = runpy.run_path(
        str(folder / "content.py"),
        init_globals={name: value for name, value in globals().items() if not name.startswith("__")},
    )["PLAN"]
    docx = folder / f"{content['name']}.docx"
    write_docx(content, docx)
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(docx)],
        check=True,
        capture_output=True,
    )
    gold = gold_of(content, docx.with_suffix(".pdf"))
    (folder / f"{content['name']}.gold.json").write_text(
        json.dumps(gold, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    missing = [
        record
        for key, section in gold.items()
        if key not in ("document", "not_requirements")
        for record in section
        if record["page"] is None
    ]
    print({key: len(value) for key, value in gold.items()}, "without page:", missing[:5])


if __name__ == "__main__":
    main()
