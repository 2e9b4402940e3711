"""CPU seconds of a check of 1,500 requirements against a draft of 200 pages, and of one rapidfuzz cdist(ratio) over the same
clauses, in one run.

    python benchmarks/check_speed.py [--requirements N] [--pages N] [--rounds N] [--profile]

The upper plan and the draft are those of all pairs of corpora/plans, one behind the other, each under the names of the first
pair's regions (of the same length, so that every place stays where it was), so that what a plan of another province asks is
asked of the same city. Reading and extraction are not counted. cdist runs on one thread, its clauses are the requirements'
texts and the draft's passages.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from chuandao.check import check_plans
from chuandao.check.passages import draft_of
from chuandao.commands import open_input
from chuandao.plan.document import Block, Cell, Document, InkLine, Table, Text
from chuandao.plan.lexicon import load_lexicon
from chuandao.plan.plan import Plan, to_json
from chuandao.plan.requirement import Region

PLANS = Path(__file__).resolve().parent.parent / "corpora" / "plans"
FIRST = "gd-huizhou"
"""The pair whose regions all others are given."""
MORE = ("zj-huzhou/huzhou.pdf",)
"""Plans without a pair that make the draft longer."""
Names = dict[str, str]


def pairs() -> Iterator[tuple[Path, Path, Region, Region]]:
    """The draft, its upper plan and both regions' names, of each pair once."""
    seen: set[Path] = set()
    for gold in sorted(PLANS.glob("*/*.check.json"), key=lambda path: (path.parent.name != FIRST, path)):
        data = json.loads(gold.read_text(encoding="utf-8"))
        lower, upper = gold.parent / data["lower"], gold.parent / data["upper"]
        known = json.loads(upper.with_suffix(".gold.json").read_text(encoding="utf-8"))["document"]
        if lower not in seen and known.get("region"):
            seen.add(lower)
            gazetteer = load_lexicon().gazetteer
            above = gazetteer.find(known["region"])
            own = gazetteer.find(data["region"], above)
            if above is not None and own is not None:
                yield lower, upper, own, above


def renamed(text: str, names: Names) -> str:
    """A text under other names of the same length."""
    for old, new in names.items():
        text = text.replace(old, new)
    return text


def same_length(lower: Region, upper: Region, first: tuple[Region, Region]) -> Names | None:
    """What stands for the regions of a pair and their codes; None if a name has another length than the first pair's."""
    names: Names = {}
    for old, new in zip((upper, lower), (first[1], first[0]), strict=True):
        if len(old.name) != len(new.name):
            return None
        names |= {old.name: new.name, old.name[:-1]: new.name[:-1]}
        names |= {f'"{old.code}"': f'"{new.code}"'} if old.code and new.code else {}
    return names


def moved(data: Any, pages: int, tables: int) -> Any:
    """A plan's JSON with its pages and tables counted on from those before it."""
    if isinstance(data, list):
        return [moved(each, pages, tables) for each in data]
    if not isinstance(data, dict):
        return data
    made = {key: moved(value, pages, tables) for key, value in data.items()}
    if isinstance(made.get("page"), int):
        made["page"] += pages
    if isinstance(made.get("index"), int) and "row" in made:
        made["index"] += tables
    return made


def text_moved(text: Text, names: Names, pages: int) -> Text:
    pieces = tuple(
        InkLine(piece.start, piece.end, piece.page + pages, piece.boxes) if isinstance(piece, InkLine) else piece
        for piece in text.pieces
    )
    return Text(renamed(text.text, names), pieces)


def table_moved(table: Table, names: Names, pages: int, tables: int) -> Table:
    made: dict[int, Cell] = {}
    for row in table.grid:
        for cell in row:
            if cell is not None and id(cell) not in made:
                made[id(cell)] = replace(cell, text=text_moved(cell.text, names, pages))
    grid = tuple(tuple(made[id(cell)] if cell is not None else None for cell in row) for row in table.grid)
    return replace(table, index=table.index + tables, grid=grid)


def block_moved(block: Block, names: Names, blocks: int, pages: int, tables: int) -> Block:
    return replace(
        block,
        index=block.index + blocks,
        text=text_moved(block.text, names, pages),
        section=tuple(renamed(part, names) for part in block.section),
        table=table_moved(block.table, names, pages, tables) if block.table is not None else None,
    )


def one_behind_the_other(requirements: int, pages: int) -> tuple[Plan, Plan, Document]:
    """The upper plan of so many requirements, the draft of so many pages, and its Document."""
    lexicon = load_lexicon()
    found = list(pairs())
    first = (found[0][2], found[0][3])
    asked: dict[str, Any] = {}
    answers: list[Any] = []
    blocks: list[Block] = []
    sheets = tables = 0
    upper_data = lower_data = None
    base: Document | None = None
    drafts = [(lower, names, upper) for lower, upper, own, above in found if (names := same_length(own, above, first))]
    for path, names, upper in [
        *drafts,
        *((PLANS / name, {"湖州市": first[0].name, "湖州": first[0].name[:-1]}, None) for name in MORE),
    ]:
        if upper is not None:
            data = json.loads(renamed(to_json(open_input(upper, lexicon).plan), names))
            upper_data = upper_data or data
            for number, each in enumerate(data["requirements"]):
                asked.setdefault(each["id"], (each["mode"] != "rule", number, each))
        if sheets >= pages:
            continue
        read = open_input(path, lexicon)
        assert read.document is not None
        data = moved(json.loads(renamed(to_json(read.plan), names)), sheets, tables)
        lower_data, base = lower_data or data, base or read.document
        answers += data["requirements"]
        moved_blocks = [block_moved(block, names, len(blocks), sheets, tables) for block in read.document.blocks]
        blocks += moved_blocks
        sheets += len(read.document.pages)
        tables = 1 + max((block.table.index for block in blocks if block.table is not None), default=-1)
    assert base is not None and upper_data is not None and lower_data is not None
    # rules first: they cost most and there are fewest of them
    chosen = [each for *_, each in sorted(asked.values(), key=lambda item: item[:2])[:requirements]]
    lowers = list({each["id"]: each for each in answers}.values())
    upper_plan = Plan.model_validate(upper_data | {"requirements": chosen, "findings": []})
    lower_plan = Plan.model_validate(lower_data | {"requirements": lowers, "findings": []})
    print(
        f"{len(chosen)} requirements ({sum(each['mode'] == 'rule' for each in chosen)} rules), draft of {sheets} pages"
    )
    return upper_plan, lower_plan, replace(base, blocks=tuple(blocks))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requirements", type=int, default=1500)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--profile", action="store_true", help="print where the check spends its time")
    options = parser.parse_args()
    lexicon = load_lexicon()
    upper, lower, document = one_behind_the_other(options.requirements, options.pages)
    clauses = [requirement.text for requirement in upper.requirements]
    passages = [passage.text for passage in draft_of(lower, document).passages]
    ours, theirs = [], []
    for _ in range(options.rounds):
        started = time.process_time()
        result = check_plans(lower, [upper], region=None, lexicon=lexicon, lower_document=document)
        ours.append(time.process_time() - started)
        started = time.process_time()
        process.cdist(clauses, passages, scorer=fuzz.ratio, workers=1)
        theirs.append(time.process_time() - started)
    applying = sum(verdict.applies for verdict in result.verdicts)
    check, peer = statistics.median(ours), statistics.median(theirs)
    print(f"{applying} of them apply; {len(passages)} passages")
    print(f"check {check:.2f} s, cdist(ratio) {peer:.2f} s CPU: {check / peer:.1f} ×")
    if options.profile:
        profile = cProfile.Profile()
        profile.runcall(check_plans, lower, [upper], region=None, lexicon=lexicon, lower_document=document)
        pstats.Stats(profile).sort_stats("cumulative").print_stats(45)


if __name__ == "__main__":
    main()
