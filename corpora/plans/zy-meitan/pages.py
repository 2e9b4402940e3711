"""Run after pair.py: the pages of rows whose name wraps in its cell, which the builder's search for the whole name can't find.

    python corpora/plans/zy-meitan/pages.py

A row stands where a line begins with its number and the first three letters of its name. Needs pdftotext.
"""

import json
import re
import subprocess
from pathlib import Path

HERE = Path(__file__).parent


def page_texts(pdf):
    return subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout.split("\f")


def first(texts, pattern):
    return next((number for number, text in enumerate(texts, 1) if re.search(pattern, text, re.MULTILINE)), None)


def corrected(name):
    path = HERE / f"{name}.gold.json"
    gold, texts = json.loads(path.read_text(encoding="utf-8")), page_texts(HERE / f"{name}.pdf")
    for heading in gold["headings"]:
        if heading["page"] is None:
            heading["page"] = first(texts, rf"^\s*附表\s*{heading['number'][2:]}\s*{heading['title']}\s*$")
    pages, number = {}, 0
    for item in gold["indicators"]:
        if item["source"] == "table" and len({value["region"] for value in item["values"]}) == 1:
            number += 1
            item["page"] = pages[item["name"]] = first(texts, rf"^\s*{number}\s+{re.escape(item['name'][:3])}")
    for item in gold["indicators"] + gold["boundaries"]:
        if item["page"] is None:
            item["page"] = first(texts, r"^\s*附表\s*2\s+\S*分解表")
        elif "line" in item and item.get("source") == "table" and len({value["region"] for value in item["values"]}) == 1:
            item["page"] = next(page for word, page in pages.items() if item["line"] in word)
    path.write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return gold


upper = corrected("upper_zy")
corrected("lower_meitan")
path = HERE / "zy-meitan.check.json"
check = json.loads(path.read_text(encoding="utf-8"))
for verdict in check["verdicts"]:
    if verdict["mode"] in ("indicator", "boundary"):
        section, key = ("indicators", "name") if verdict["mode"] == "indicator" else ("boundaries", "line")
        wanted = verdict["upper_region"] if isinstance(verdict["upper_region"], list) else [verdict["upper_region"]]
        verdict["upper_page"] = next(item["page"] for item in upper[section] if item[key] == verdict["upper"] and any(value["region"] in wanted for value in item["values"]))
path.write_text(json.dumps(check, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
