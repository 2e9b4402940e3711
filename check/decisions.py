"""The reviewer's verdicts (decisions/1): they hold as long as their ground does, and turn suspect when it changes.

Ground is what the upper requirement says (its stamp) and what the draft answers (the text of the responses). The check
reads them; it never forgets or overrules one silently.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..plan.errors import UsageError
from ..plan.plan import Plan
from ..plan.verdict import VERDICT_NAMES, Verdict
from .words import letters

SCHEMA = "chuandao.decisions/1"
BETWEEN = " ‖ "
"""What parts the responses of one verdict in a decisions file."""
SETTLED = ("exempt", "fulfilled", "refined", "not_applicable")
"""Verdicts after which nothing is wrong any more."""
Entry = Mapping[str, Any]


def decided(
    verdicts: Sequence[Verdict], decisions: Mapping[str, Any] | None, uppers: Sequence[Plan]
) -> tuple[tuple[Verdict, ...], tuple[dict[str, Any], ...]]:
    """The verdicts with the reviewer's laid over them, and the decisions whose ground changed, in the order of the check.

    `decisions` is the parsed JSON of a decisions file. UsageError if it is another kind of file.
    """
    if decisions is None:
        return tuple(verdicts), ()
    if decisions.get("schema") != SCHEMA:
        raise UsageError(f"审查意见文件应为 {SCHEMA}，实际为 {decisions.get('schema')}")
    entries: list[Entry] = [entry for entry in decisions.get("decisions", ()) if entry.get("requirement")]
    plans = [_plan_of(entry, uppers) for entry in entries]
    stamps = [{r.id: r.stamp for r in plan.requirements} for plan in uppers]
    by_id: dict[str, list[int]] = {}
    for at, entry in enumerate(entries):
        by_id.setdefault(entry["requirement"], []).append(at)
    done: list[Verdict] = []
    suspect: list[dict[str, Any]] = []
    seen: set[int] = set()
    for verdict in verdicts:
        own = sorted(at for upper, id_ in _sources(verdict) for at in by_id.get(id_, ()) if plans[at] in (None, upper))
        seen.update(own)
        if not own:
            done.append(verdict)
            continue
        entry = entries[own[-1]]
        changed = _changed(entry, verdict, stamps)
        if changed:
            suspect.append({**entry, "upper_index": verdict.upper, "because": changed})
        done.append(verdict if changed else _reviewed(verdict, entry, decisions))
    gone = [
        {**entry, "because": "上位规划中已没有这条要求（删除，或改写成了别的要求）"}
        for at, entry in enumerate(entries)
        if at not in seen
    ]
    return tuple(done), (*suspect, *gone)


def _plan_of(entry: Entry, uppers: Sequence[Plan]) -> int | None:
    """The upper plan that a decision names: of its file, else of its title. None if it may be any, being of an edition
    under another title."""
    for at, plan in enumerate(uppers):
        if entry.get("upper_sha256") and entry["upper_sha256"] == plan.document.source.sha256:
            return at
    title = letters(str(entry.get("upper") or ""))
    return next((at for at, plan in enumerate(uppers) if title and title == letters(plan.document.title)), None)


def _sources(verdict: Verdict) -> list[tuple[int, str]]:
    """The requirements that a verdict stands for: its own, and what other upper plans hand down alike."""
    also = getattr(verdict, "also", None) or ()
    return [(verdict.upper, verdict.requirement), *((source["upper"], source["requirement"]) for source in also)]


def _changed(entry: Entry, verdict: Verdict, stamps: Sequence[Mapping[str, str]]) -> str | None:
    """What changed under the decision; None if nothing did."""
    upper = next(upper for upper, id_ in _sources(verdict) if id_ == entry["requirement"])
    stamp = stamps[upper].get(entry["requirement"], "")
    changes = []
    if entry.get("stamp") and stamp and entry["stamp"] != stamp:
        changes.append("上位要求的内容已变动")
    if "response" in entry and letters(entry["response"] or "") != letters(answer_text(verdict)):
        changes.append("本级的表述已变动")
    return "；".join(changes) or None


def answer_text(verdict: Verdict) -> str:
    """The responses of a verdict as a decisions file holds them."""
    return BETWEEN.join(response.text for response in verdict.responses)


def _reviewed(verdict: Verdict, entry: Entry, file: Mapping[str, Any]) -> Verdict:
    given = entry.get("verdict") or verdict.verdict
    reviewer, reason = entry.get("reviewer") or file.get("reviewer"), entry.get("reason")
    review = {"decision": entry.get("decision"), "reason": reason, "reviewer": reviewer, "reported": verdict.verdict}
    if entry.get("time"):
        review["time"] = entry["time"]
    if given == verdict.verdict or given not in VERDICT_NAMES:
        return verdict.model_copy(update={"review": review})
    who = f"审查意见（{reviewer}）" if reviewer else "审查意见"
    said = (
        f"{who}：{VERDICT_NAMES[given]}{f'，{reason}' if reason else ''}；核对结论原为{VERDICT_NAMES[verdict.verdict]}"
    )
    update: dict[str, Any] = {"verdict": given, "explanation": said, "review": review}
    update["applies"] = given != "not_applicable"
    if given in SETTLED:
        update["findings"] = ()
    return verdict.model_copy(update=update)
