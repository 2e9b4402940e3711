"""Rules: clauses that forbid, oblige, restrict, recommend, encourage or permit, with their parts (CONTRACT §3).

A rule is one clause between 。 and ；; thresholds inside it are its quantities. Planning targets are indicators, and what
only describes, explains or places structure elements is none.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..plan.document import Document
from ..plan.quantity import numeral
from ..plan.requirement import Mention, Requirement, RuleRequirement, Value
from ..plan.span import Span
from .binding import Binding
from .clause_features import STRONG
from .clause_model import clause_model, rule_score
from .clauses import STOPS
from .context import Context
from .directives import heads, modals
from .passages import Passage, document_to_passages
from .rule_fields import (
    actor_of,
    conditions_of,
    deadline_of,
    directive_of,
    exception_of,
    exceptions_of,
    object_of,
    responsible_of,
)
from .structures import structure_passages
from .values import Amount, amount_to_value, find_amounts

COUNTERS = frozenset(
    [
        "个",
        "条",
        "处",
        "片",
        "户",
        "项",
        "类",
        "种",
        "座",
        "宗",
        "次",
        "年",
        "镇",
        "家",
        "块",
        "所",
        "点",
        "层",
        "村",
        "县",
        "市",
    ]
)
"""Units that count things; in words they mostly name (三条控制线) and set no threshold."""
BARE_WORDS = re.compile(r"[一-龥]{4}(?:、[一-龥]{4})+")
"""重点保护、展示利用: a cell of catchwords, which order nothing of their own."""
BARE_RATIO = re.compile(r"(?:容积率|系数|倍数|指数)[^，。；、\d]{0,8}$")
"""Before a number without a unit: what is measured has none."""
WITHIN = re.compile(
    r"\s*(?:半径|服务半径|可视)?(?:范围内|范围|内(?!涝|部|容)|里(?!程|面)|以内|区内|半径|社区生活圈|生活圈|乡村生活圈|服务半径)"
)
"""After a distance: what lies nearer is meant."""


def find_rules(document: Document, context: Context) -> list[Requirement]:
    """The rules of a plan in reading order; a clause printed twice is one rule with two mentions."""
    model = clause_model()
    structures = structure_passages(document)
    found: dict[str, RuleRequirement] = {}
    opened: str | None = None
    for passage in document_to_passages(document):
        if passage.excepted:
            if opened is not None:
                more = exception_of(passage.text.rstrip(STOPS + " "))
                found[opened] = found[opened].model_copy(update={"exceptions": (*found[opened].exceptions, more)})
            continue
        opened = None
        structure = structures.get((passage.block.index, passage.clause.start)) if passage.table is None else None
        score = rule_score(passage.text, passage.section, structure, model)
        if score is None and ordered_from_outside(passage):
            score = model.threshold + 0.01
        if score is None or (passage.lead and not any(modal.kind in STRONG for modal in modals(passage.text))):
            continue
        rule = passage_to_rule(passage, document, context, model.probability(score))
        key = "".join(WORD.findall(rule.text))
        opened, first = key, found.get(key)
        found[key] = rule if first is None else first.model_copy(update={"mentions": (*first.mentions, *rule.mentions)})
    return list(found.values())


def orders(text: str) -> bool:
    """Whether a cell of a column of control requirements orders something, if only in a few words (从严管控非农建设占用)."""
    return bool(modals(text)) or (
        any(head.kind == "verb" for head in heads(text)) and not BARE_WORDS.fullmatch(text.rstrip(STOPS))
    )


def ordered_from_outside(passage: Passage) -> bool:
    """Whether a clause orders by where it stands: in a list or a column of what is forbidden, in a column of requirements."""
    if passage.ruled_by:
        return len(passage.text.rstrip(STOPS)) > 2
    return passage.table is not None and len(passage.text) > 5 and orders(passage.text)


def passage_to_rule(passage: Passage, document: Document, context: Context, confidence: float) -> RuleRequirement:
    """The parts of one rule."""
    text = passage.text.rstrip(STOPS + " ")
    directive = directive_of(passage.text)
    if passage.ruled_by and not any(modal.kind in STRONG for modal in modals(passage.text)):
        directive = replace(directive_of(passage.ruled_by), start=0)
    exceptions = exceptions_of(passage.text, directive)
    conditions = conditions_of(passage.text, exceptions)
    if passage.holds_for and not any(passage.holds_for in one for one in conditions):
        conditions = (passage.holds_for, *conditions)
    binding = binding_of(passage, text, context)
    where = passage.spans_of(document, 0, len(text))
    mention = Mention(**{"as": _kind(passage), "where": where, "raw": text})
    return RuleRequirement(
        modes=("rule",), text=text, section=passage.section, where=where, mentions=(mention,),
        binds=binding.regions, binds_basis=binding.basis, binds_as=binding.binds_as,
        force=directive.force, strength=_strength(directive.word, text, context), modal=directive.word,
        actor=actor_of(text), object=object_of(text, directive), conditions=conditions,
        exceptions=exceptions, quantities=_quantities(passage, text, document, context), deadline=deadline_of(text),
        responsible=responsible_of(text), confidence=round(confidence, 3),
    )  # fmt: skip


def binding_of(passage: Passage, text: str, context: Context) -> Binding:
    """Whom a clause binds: by its own words, else by the lead of its list or the heads of its row."""
    binding = context.bind(text)
    if binding.basis != "whole" or binding.binds_as:
        return binding
    if passage.table is None:
        return context.bind(passage.holds_for + "，" + text) if passage.holds_for else binding
    for head in passage.row_heads:
        row = context.bind_row(head)
        inside = context.region is not None and all(
            region.code and context.gazetteer.is_within(region, context.region) for region in row.regions
        )
        if row.basis in ("row", "group") and row.regions and inside:
            return row
    return binding


def _kind(passage: Passage) -> str:
    if passage.table is not None:
        return "annex" if passage.block.part == "annex" else "table"
    return passage.block.part if passage.block.part in ("box", "annex") else "text"


def _strength(word: str, text: str, context: Context) -> int:
    """0–6 by the lexicon; a word that it does not know counts as the strongest known word inside it."""
    lexicon = context.lexicon
    if word in lexicon.modal_words:
        return lexicon.strength(word, text)
    inside = [known for known in lexicon.modal_words if known in word]
    return lexicon.strength(max(inside, key=len) if inside else word, text)


def _quantities(passage: Passage, text: str, document: Document, context: Context) -> tuple[Value, ...]:
    """The thresholds, distances and counts of a clause, each with its place."""
    values: list[Value] = []
    amounts = find_amounts(text, context.units)
    quoted = [match.span() for match in IN_MARKS.finditer(text)] if amounts else []
    for amount in amounts:
        if any(start <= amount.at < end for start, end in quoted):
            continue
        where: tuple[Span, ...] = passage.spans_of(document, amount.start, amount.end)
        if often := _how_often(text, amount):
            raw = text[amount.start : amount.end]
            each = (replace(amount, unit=unit) for unit in often)
            values += [amount_to_value(one, context.units, where=where, raw=raw) for one in each]
            continue
        if not _is_threshold(text, amount):
            continue
        amount = replace(amount, unit=_plain_unit(text, amount))
        if amount.op == "=" and WITHIN.match(text, amount.until):
            amount = replace(amount, op="<=")
        values.append(amount_to_value(amount, context.units, where=where, raw=text[amount.start : amount.end]))
    return tuple(values)


WORD = re.compile(r"\w+")
IN_MARKS = re.compile(r"“[^”]*”|（[^）]*）")
EVERY = re.compile(r"每(?:隔)?(?P<period>半年|季度|[年月周日天旬]|(?P<count>[两二三五十]|\d)年)(?!\d|[内底末初])")
"""每季度: how often something is to be done."""
PERIODS = {"天": "日"}
TIMES = ("次", "遍", "轮", "趟")


def _how_often(text: str, amount: Amount) -> tuple[str, ...]:
    """The units of a count of times by the periods that the sentence gives for it (县级每季度、镇级每月至少巡查一次); () if it
    gives none or the amount counts no times."""
    if amount.unit not in TIMES:
        return ()
    before = re.split("[；。]", text[: amount.at])[-1]
    found: list[str] = []
    for part in reversed(before.split("，")):
        found = [_period(match) for match in EVERY.finditer(part)]
        if found:
            break
    return tuple(f"次/{period}" for period in found)


PER_MU = re.compile(r"(?:亩均|每亩)[^，。；、\d]{0,12}$")
"""Before an amount of money: it is that of one 亩 (亩均税收不低于15万元)."""


def _plain_unit(text: str, amount: Amount) -> str | None:
    """The unit without 个 (18个月), with the 亩 that the money is for."""
    unit = amount.unit
    if unit and unit.endswith("元") and PER_MU.search(text[: amount.at]):
        return f"{unit}/亩"
    return unit[1:] if unit in ("个月", "个工作日", "个小时") else unit


def _period(match: re.Match[str]) -> str:
    number = numeral(match["count"]) if match["count"] else None
    return f"{number.printed}年" if number else PERIODS.get(match["period"], match["period"])


def _is_threshold(text: str, amount: Amount) -> bool:
    """Counts in words (三条控制线, 一级保护区, 五年规划), voltages and areas that only describe are no thresholds."""
    if amount.unit is None and amount.value is not None and BARE_RATIO.search(text[: amount.start]):
        return True
    if amount.unit is None or amount.value is None or amount.unit in ("千伏", "级"):
        return False
    if amount.unit == "日" and text[amount.at - 1 : amount.at] == "月":
        return False
    in_words = not re.search(r"[0-9０-９]", text[amount.at : amount.until])
    if in_words and amount.unit in COUNTERS:
        return (
            amount.op not in ("=", "~")
            and not text.startswith("控制线", amount.until)
            and amount.unit in ("次", "层", "年", "处")
        )
    if re.search(r"(?:平方公里|平方千米|公顷)$", amount.unit) and amount.op in ("=", "~"):
        return False
    return not (
        amount.op == "="
        and amount.unit in COUNTERS
        and re.match(r"(?:乡镇|村|行政村|街道|县|市|区|项目|县级|承包)", text[amount.until :])
    )
