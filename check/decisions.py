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


def decided(
    verdicts: Sequence[Verdict], decisions: Mapping[str, Any] | None, uppers: Sequence[Plan]
) -> tuple[tuple[Verdict, ...], tuple[dict[str, Any], ...]]:
    """The verdicts with the reviewer's laid over them, and the decisions whose ground changed.

    `decisions` is the parsed JSON of a decisions file. UsageError if it is another kind of file.
    """
    if decisions is None:
        return tuple(verdicts), ()
    if decisions.get("schema") != SCHEMA:
        raise UsageError(f"审查意见文件应为 {SCHEMA}，实际为 {decisions.get('schema')}")
    kept = {entry["requirement"]: entry for entry in decisions.get("decisions", ()) if entry.get("requirement")}
    stamps = [{r.id: r.stamp for r in plan.requirements} for plan in uppers]
    done: list[Verdict] = []
    suspect: list[dict[str, Any]] = []
    seen: set[str] = set()
    for verdict in verdicts:
        entry = kept.get(verdict.requirement)
        if entry is None or not _same_upper(entry, uppers[verdict.upper]):
            done.append(verdict)
            continue
        seen.add(verdict.requirement)
        changed = _changed(entry, verdict, stamps[verdict.upper].get(verdict.requirement, ""))
        if changed:
            suspect.append({**entry, "upper_index": verdict.upper, "because": changed})
        done.append(_reviewed(verdict, entry, decisions) if not changed else verdict)
    gone = [{**entry, "because": "上位规划中已没有这条要求"} for id_, entry in kept.items() if id_ not in seen]
    return tuple(done), (*suspect, *gone)


def _same_upper(entry: Mapping[str, Any], upper: Plan) -> bool:
    """A decision belongs to a plan of its title; editions of one plan share it."""
    title = entry.get("upper")
    return not title or letters(str(title)) == letters(upper.document.title)


def _changed(entry: Mapping[str, Any], verdict: Verdict, stamp: str) -> str | None:
    """What changed under the decision; None if nothing did."""
    if entry.get("stamp") and stamp and entry["stamp"] != stamp:
        return "上位要求的内容已变动"
    if "response" in entry and letters(entry["response"] or "") != letters(answer_text(verdict)):
        return "本级的表述已变动"
    return None


def answer_text(verdict: Verdict) -> str:
    """The responses of a verdict as a decisions file holds them."""
    return BETWEEN.join(response.text for response in verdict.responses)


def _reviewed(verdict: Verdict, entry: Mapping[str, Any], file: Mapping[str, Any]) -> Verdict:
    names = {name: name for name in VERDICT_NAMES}
    given = names.get(entry.get("verdict") or verdict.verdict, verdict.verdict)
    reviewer, reason = entry.get("reviewer") or file.get("reviewer"), entry.get("reason")
    review = {"decision": entry.get("decision"), "reason": reason, "reviewer": reviewer, "reported": verdict.verdict}
    who = f"审查意见（{reviewer}）" if reviewer else "审查意见"
    if given != verdict.verdict:
        said = f"{who}：{VERDICT_NAMES[given]}{f'，{reason}' if reason else ''}；核对结论原为{VERDICT_NAMES[verdict.verdict]}"
        update: dict[str, Any] = {"verdict": given, "explanation": said, "review": review}
        if given in ("exempt", "fulfilled", "refined", "not_applicable"):
            update["findings"] = ()
        return verdict.model_copy(update=update)
    return verdict.model_copy(update={"review": review})
