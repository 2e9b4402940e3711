"""Builds a pair of sample plans, their golds and the gold of the check from one folder, so that texts and verdicts can't drift.

    python corpora/plans/pair.py corpora/plans/sc-mianyang

reads upper.py, lower.py (each a PLAN for author.py) and answers.py in that folder. In the texts of upper.py a rule's line may
begin with its key, '[a1] P不得: …'. In those of lower.py a line begins with what it answers, '{a1=fulfilled; I:耕地保有量=conflict/IND-LOOSER/note}
: …'; a row of a table has the same as `answers`. Keys of other than rules: I: B: S: L: with the name, Z: with the unit.
answers.py: REGION, MISSING {key: 'missing/IND-MISSING/note'}, ABSENT [keys that don't apply], INTERNAL [(finding, where, note)].
What the upper asks of other regions, and its whole area where there is a row of allocation, is not_applicable.
"""

from __future__ import annotations

import json
import re
import runpy
import subprocess
import sys
from pathlib import Path

import author

WORST = ("conflict", "missing", "weakened", "partial", "refined", "fulfilled")
KINDS = {"indicators": ("indicator", "name", "I:"), "boundaries": ("boundary", "line", "B:"), "structures": ("structure", "name", "S:"),
         "zones": ("zone", "unit", "Z:"), "lists": ("list", "name", "L:"), "rules": ("rule", "text", "")}
keys: dict[str, str] = {}                      # text of a rule: its key
answers: dict[str, list] = {}                  # key: (verdict, finding, note, passage)


def told(spec: str, passage: str | None) -> None:
    for piece in filter(None, (piece.strip() for piece in spec.split(";"))):
        names, _, rest = piece.partition("=")
        verdict, finding, note = [*rest.split("/", 2), "", ""][:3]
        for key in names.split(","):
            answers.setdefault(key.strip(), []).append((verdict, finding or None, note, passage))


def marked(text: str) -> list:
    lines = []
    for line in text.splitlines():
        line = line.strip()
        if found := re.match(r"\[(\w+)\]\s*(.*)", line):
            line = found[2]
            keys[words(line)] = found[1]
        elif found := re.match(r"\{([^}]*)\}\s*(.*)", line):
            line = found[2]
            told(found[1], words(line))
        lines.append(line)
    return author.marked("\n".join(lines))


def words(line: str) -> str:
    return re.split(r"\s+~(?=[ IBSZLR])", re.sub(r"^[^:：]*:\s*", "", line))[0]


def answering(rows: list, specs: list) -> list:
    """The rows as they are; what each of them answers is noted."""
    for row, spec in zip(rows, specs, strict=False):
        if spec:
            told(spec, " ".join(cell for cell in row if isinstance(cell, str)))
    return rows


def built(folder: Path, side: str, name: str) -> tuple[dict, dict]:
    content = runpy.run_path(str(folder / f"{side}.py"), init_globals={
        **{key: value for key, value in vars(author).items() if not key.startswith("__")}, "marked": marked, "answering": answering})["PLAN"]
    docx = folder / f"{name}.docx"
    author.write_docx(content, docx)
    subprocess.run(["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(docx)], check=True, capture_output=True)
    gold = author.gold_of(content, docx.with_suffix(".pdf"))
    settled(gold, docx.with_suffix(".pdf"))
    (folder / f"{name}.gold.json").write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(name, {key: len(value) for key, value in gold.items()},
          [r for k, s in gold.items() if k not in ("document", "not_requirements") for r in s if r["page"] is None][:3])
    return content, gold


def settled(gold: dict, pdf: Path) -> None:
    """Pages on which a thing begins, where a page break cuts it; background in single sentences."""
    texts = [author.letters(page.get_textpage().get_text_range()) for page in author.pypdfium2.PdfDocument(pdf)]
    for section, key in (("zones", "unit"), ("structures", "name"), ("rules", "text"), ("indicators", "text"), ("lists", "name")):
        for item in gold[section]:
            key = "type" if item.get("system") == "规划分区" else "unit" if section == "zones" else key
            start = author.letters(item.get(key) or "")[:8]
            if start and start not in texts[item["page"] - 1]:
                near = [p + 1 for p, text in enumerate(texts) if start in text and abs(p + 1 - item["page"]) <= 2]
                print("page", item.get(key)[:20], item["page"], near)
                item["page"] = near[0] if near else item["page"]
    gold["not_requirements"] = [piece for text in gold["not_requirements"] for piece in re.split(r"(?<=。)", text) if piece]


def core(name: str) -> str:
    return re.sub(r"(?:保护)?(?:任务)?(?:面积|规模)?$", "", name)


def verdict(mode, upper, page, key, region=None, absent=None):
    record = {"mode": mode, "upper": upper, "verdict": "not_applicable", "finding": None, "lower": None, "note": absent or "",
              "upper_page": page} | ({"upper_region": region} if region else {})
    if absent:
        return record
    told_ = sorted(answers[key], key=lambda answer: WORST.index(answer[0]))
    passages = [passage for *_, passage in answers[key] if passage]
    verdict_, finding, note, _ = told_[0]
    record |= {"verdict": verdict_, "finding": finding, "note": note}
    record["lower"] = " ‖ ".join(passages) if passages and verdict_ != "missing" else None
    return record


def check_of(gold: dict, own: str, wholes: set, absent: list) -> tuple[list, list]:
    verdicts, open_ = [], []
    for section, (mode, name, prefix) in KINDS.items():
        done = set()
        shares = {core(item.get("line") or item.get("name", "")) for item in gold["indicators"] + gold["boundaries"] for value in item.get("values", []) if value["region"] == own}
        for item in gold[section]:
            key = prefix + item[name] if prefix else keys.get(item["text"], item["text"])
            if section == "zones" and (f"{key}：{item['type']}" in answers or item["system"] == "规划分区"):
                key += f"：{item['type']}"
            if section in ("indicators", "boundaries"):
                if not item["values"] and (key, "line") not in done:
                    done.add((key, "line"))
                    if key in answers:
                        verdicts.append(verdict(mode, item[name], item["page"], key))
                    else:
                        open_.append(key)
                for region in dict.fromkeys(value["region"] for value in item["values"] if value["role"] != "baseline"):
                    away = region not in wholes | {own}
                    mark = (key, "others" if away else region)
                    if mark in done:
                        continue
                    done.add(mark)
                    why = "其他地区" if away else "全域总量，本地区份额另行判定" if region != own and core(item[name]) in shares else "不适用" if key in absent else None
                    if not why and key not in answers:
                        open_.append(key)
                        continue
                    others = sorted({v["region"] for i in gold[section] if i[name] == item[name] for v in i["values"]} - wholes - {own})
                    verdicts.append(verdict(mode, item[name], item["page"], key, others if away else region, why))
                continue
            if key in done:
                continue
            done.add(key)
            regions = item.get("regions", [])
            away = (regions and not any(own in region or region in wholes for region in regions) and key not in answers) or (
                section == "zones" and key not in answers)
            why = "其他地区" if away or key in absent else None
            if not why and key not in answers:
                open_.append(key)
                continue
            label = f"{item['unit']}：{item['type']}" if section == "zones" else item[name]
            verdicts.append(verdict(mode, label, item["page"], key, item["unit"] if section == "zones" else None, why))
    return verdicts, open_


def main() -> None:
    folder = Path(sys.argv[1])
    sys.path.insert(0, str(folder))
    upper, gold = built(folder, "upper", f"upper_{folder.name.split('-')[0]}")
    lower, _ = built(folder, "lower", f"lower_{folder.name.split('-')[1]}")
    facts = runpy.run_path(str(folder / "answers.py"))
    for key, spec in facts["MISSING"].items():
        told(f"{key}={spec}", None)
    verdicts, open_ = check_of(gold, facts["REGION"], facts["WHOLE"], facts["ABSENT"])
    known = {KINDS[s][2] + item[KINDS[s][1]] if KINDS[s][2] else keys.get(item["text"], item["text"]) for s in KINDS for item in gold[s]}
    known |= {f"Z:{z['unit']}：{z['type']}" for z in gold["zones"]}
    print("unanswered:", open_, "unknown:", sorted(set(answers) - known))
    check = {"region": facts["REGION"], "upper": f"{upper['name']}.pdf", "lower": f"{lower['name']}.pdf", "verdicts": verdicts,
             "internal": [{"finding": f, "where": w, "note": n} for f, w, n in facts["INTERNAL"]]}
    (folder / f"{folder.name}.check.json").write_text(json.dumps(check, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    from collections import Counter
    print(len(verdicts), Counter(v["verdict"] for v in verdicts), Counter(v["mode"] for v in verdicts), Counter(v["finding"] for v in verdicts))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
