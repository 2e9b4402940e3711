"""Registers set as items, one a line, each with its mark, under the names of their kinds: 省级历史文化名城（2处） over ·甲名城（乙市）.

Only items under a kind that the lexicon knows as a register's, or under the heading of a register, are entries; marked
lines that say what is to be done are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..plan.document import Block, Document
from ..plan.quantity import NUMBER, exact
from ..plan.requirement import ListFields, ListRequirement, Register
from .columns import compact
from .context import Context
from .places import words_to_regions
from .table_words import table_words

ITEM = re.compile(
    r"^\s*[·•●▪■◆◇○‧∙]\s*(?P<name>[^，。；：（）()]{2,30}?)\s*(?:[（(](?P<where>[^（）()]{2,30})[）)])?\s*$"
)
KIND = re.compile(rf"^\s*(?P<kind>[一-龥“”]{{4,24}})(?:[（(]共?(?P<count>{NUMBER})[处个座项片家条][）)])?[：:]?\s*$")
FEWEST = 2
"""Items under one kind, at least."""


def bulleted_entries(document: Document, context: Context) -> list[ListRequirement]:
    """The entries of every register of marked items, in order."""
    found: list[ListRequirement] = []
    kind: re.Match[str] | None = None
    items: list[tuple[Block, re.Match[str]]] = []
    for block in [*document.blocks, None]:
        plain = block is not None and block.kind == "paragraph" and block.table is None
        item = ITEM.match(block.text.text) if block is not None and plain else None
        if block is not None and item is not None:
            items.append((block, item))
            continue
        if kind is not None and len(items) >= FEWEST:
            found.extend(_entries(document, kind, items, context))
        items = []
        kind = KIND.match(block.text.text) if block is not None and plain else None
    return found


def _entries(
    document: Document, kind: re.Match[str], items: list[tuple[Block, re.Match[str]]], context: Context
) -> Iterator[ListRequirement]:
    known, group = table_words(context.lexicon), compact(kind["kind"])
    heading = items[0][0].section[-1] if items[0][0].section else ""
    title = re.sub(r"^(?:附表|附录|附件|第[一-龥\d]+[章节条])\s*[\d—\-－.]*\s*", "", heading)
    titled = known.list_title.search(title) is not None
    nouns = list(known.register_noun.finditer(group))
    if not (titled and known.list_kind(compact(title))) and not (nouns and nouns[-1].end() == len(group)):
        return
    count = exact(kind["count"]) if kind["count"] else None
    register = Register(
        name=compact(title) if titled else group,
        stated_count=int(count) if count is not None and count.denominator == 1 and not titled else None,
    )
    grade = re.match(r"世界|国家级?|中国|全国|省级|自治区级|市级|州级|县级", group)
    for position, (block, item) in enumerate(items, start=1):
        places = words_to_regions(item["where"] or "", context.region, context.gazetteer).regions
        attributes = {"类型": group} | ({"所在地": item["where"]} if item["where"] else {})
        yield ListRequirement(
            modes=("list",),
            text=block.text.text.strip(),
            section=block.section,
            where=document.spans(block, item.start("name"), item.end()),
            binds=places,
            binds_basis="row" if places else "unknown",
            register_=register,
            kind=known.list_kind(group) or known.list_kind(compact(title)) or "other",
            name=compact(item["name"]),
            attributes=attributes,
            fields=ListFields(
                type=group,
                grade={"国家": "国家级", "中国": "国家级", "全国": "国家级", "世界": "世界级"}.get(grade[0], grade[0])
                if grade
                else None,
                units=item["where"],
            ),
            group=group,
            position=position,
            confidence=0.9,
        )
