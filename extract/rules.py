"""Rules: clauses that forbid, oblige, restrict, recommend, encourage or permit, with their parts (CONTRACT §3).

A rule is one clause between 。 and ；; thresholds inside it are its quantities. Planning targets are indicators, and what
only describes, explains or places structure elements is none.
"""

from __future__ import annotations

import re

from ..plan.document import Document
from ..plan.requirement import Mention, Requirement, RuleRequirement, Value
from ..plan.span import Span
from .clause_model import clause_model, rule_score
from .clauses import STOPS, Passage, document_to_passages
from .context import Context
from .rule_fields import actor_of, conditions_of, deadline_of, directive_of, exceptions_of, object_of, responsible_of
from .structures import structure_passages
from .values import amount_to_value, find_amounts


def find_rules(document: Document, context: Context) -> list[Requirement]:
    """The rules of a plan in reading order; a clause printed twice is one rule with two mentions."""
    model = clause_model()
    structures = structure_passages(document)
    found: dict[str, RuleRequirement] = {}
    for passage in document_to_passages(document):
        structure = structures.get((passage.block.index, passage.clause.start)) if passage.table is None else None
        score = rule_score(passage.text, passage.section, structure, model)
        if score is None:
            continue
        rule = passage_to_rule(passage, document, context, model.probability(score))
        key = re.sub(r"\W", "", rule.text)
        first = found.get(key)
        found[key] = rule if first is None else first.model_copy(update={"mentions": (*first.mentions, *rule.mentions)})
    return list(found.values())


def passage_to_rule(passage: Passage, document: Document, context: Context, confidence: float) -> RuleRequirement:
    """The parts of one rule."""
    text = passage.text.rstrip(STOPS + " ")
    directive = directive_of(passage.text)
    exceptions = exceptions_of(passage.text, directive)
    binding = context.bind(text)
    where = passage.spans_of(document, 0, len(text))
    mention = Mention(**{"as": _kind(passage), "where": where, "raw": text})
    return RuleRequirement(
        modes=("rule",), text=text, section=passage.section, where=where, mentions=(mention,),
        binds=binding.regions, binds_basis=binding.basis, binds_as=binding.binds_as,
        force=directive.force, strength=_strength(directive.word, text, context), modal=directive.word,
        actor=actor_of(text), object=object_of(text, directive), conditions=conditions_of(passage.text, exceptions),
        exceptions=exceptions, quantities=_quantities(passage, text, document, context), deadline=deadline_of(text),
        responsible=responsible_of(text), confidence=round(confidence, 3),
    )  # fmt: skip


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
    for amount in find_amounts(text, context.units):
        if amount.unit is None or amount.value is None:
            continue
        where: tuple[Span, ...] = passage.spans_of(document, amount.start, amount.end)
        values.append(amount_to_value(amount, context.units, where=where, raw=text[amount.start : amount.end]))
    return tuple(values)
