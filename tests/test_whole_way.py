"""The whole way on the sample pairs: quotes found in their places by another reader, drafts that answer everything,
the same bytes each time."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pdfplumber
import pytest

from chuandao import commands
from chuandao.check import check_plans
from chuandao.plan.decisions import Decision, Decisions
from chuandao.plan.lexicon import Lexicon, load_lexicon
from chuandao.plan.requirement import stamped
from chuandao.plan.span import Span

PLANS = Path(__file__).resolve().parent.parent / "corpora" / "plans"
UPPERS = (PLANS / "gd-huizhou" / "upper-guangdong.pdf", PLANS / "zhaoqing-huaiji" / "upper_zhaoqing.pdf")
RADICALS = str.maketrans(
    {
        "⻄": "西",
        "⻋": "车",
        "⻓": "长",
        "⻔": "门",
        "⻘": "青",
        "⻚": "页",
        "⻛": "风",
        "⻝": "食",
        "⻢": "马",
        "⻥": "鱼",
        "⻅": "见",
        "⺠": "民",
        "⻆": "角",
        "⻣": "骨",
        "⻩": "黄",
        "⻬": "齐",
        "⻮": "齿",
        "⻰": "龙",
        "⻳": "龟",
        "⻦": "鸟",
        "⻨": "麦",
        "⺟": "母",
        "⻉": "贝",
        "⻁": "虎",
    }
)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def folded(text: str) -> Counter[str]:
    return Counter(re.sub(r"\s", "", unicodedata.normalize("NFKC", text).translate(RADICALS)))


def spans_of(requirement: object) -> Iterator[Span]:
    """All spans of a requirement: its own, those of its mentions and of its values."""
    yield from requirement.where  # type: ignore[attr-defined]  # all six records have these
    for mention in requirement.mentions:  # type: ignore[attr-defined]
        yield from mention.where
    for value in getattr(requirement, "values", ()) or ():
        yield from value.where
    for value in getattr(requirement, "quantities", ()) or ():
        yield from value.where


@pytest.mark.slow
@pytest.mark.parametrize("path", UPPERS, ids=lambda path: path.stem)
def test_another_reader_finds_each_quote_in_its_boxes(path: Path, lexicon: Lexicon) -> None:
    """pdfplumber, cropped to a span's boxes, gives the quote and at most a tenth more."""
    plan = commands.extract(path, lexicon=lexicon)
    by_page: dict[int, set[Span]] = {}
    for requirement in plan.requirements:
        for span in spans_of(requirement):
            assert span.page is not None and span.boxes and span.quote
            by_page.setdefault(span.page, set()).add(span)
    wrong = []
    with pdfplumber.open(path) as pdf:
        for number, spans in sorted(by_page.items()):
            page = pdf.pages[number - 1]
            for span in spans:
                held = folded("".join(char["text"] for box in span.boxes or () for char in page.crop(box).chars))
                wanted = folded(span.quote)
                if wanted - held or sum((held - wanted).values()) > 0.1 * sum(wanted.values()):
                    wrong.append((number, span.quote, "".join(held.elements())))
            page.close()
    assert wrong == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "region"), list(zip(UPPERS, ("惠州市", "怀集县"), strict=True)), ids=("惠州市", "怀集县")
)
def test_a_generated_draft_answers_everything_and_is_the_same_each_time(
    path: Path, region: str, lexicon: Lexicon, tmp_path: Path
) -> None:
    """Its own check finds no requirement missing, and the second draft has the bytes of the first."""
    first, second = (
        commands.generate([path], region=region, facts_file=None, output=tmp_path / "草案.docx", lexicon=lexicon)
        for _ in range(2)
    )
    missing = [
        verdict.requirement for verdict in first.check.verdicts if verdict.applies and verdict.verdict == "missing"
    ]
    assert missing == []
    assert first.docx == second.docx and first.trace == second.trace


@pytest.mark.slow
def test_reports_are_the_same_each_time(lexicon: Lexicon, tmp_path: Path) -> None:
    """HTML, Excel, Word and JSON of the same check have the same bytes."""
    pair = PLANS / "gd-huizhou"
    outputs = [tmp_path / "甲.html", tmp_path / "甲.xlsx", tmp_path / "甲.docx", tmp_path / "甲.json"]
    first, second = (
        commands.check_reports(
            *commands.check(pair / "lower-huizhou.docx", [pair / "upper-guangdong.pdf"], lexicon=lexicon), outputs
        )
        for _ in range(2)
    )
    assert first == second


@pytest.mark.slow
def test_facts_forms_are_the_same_each_time(lexicon: Lexicon, tmp_path: Path) -> None:
    """Excel and YAML of the same form have the same bytes."""
    outputs = [tmp_path / "表.xlsx", tmp_path / "表.yaml"]
    first, second = (
        commands.facts_outputs(commands.facts([UPPERS[0]], region="惠州市", lexicon=lexicon), outputs) for _ in range(2)
    )
    assert first == second


@pytest.mark.slow
def test_exactly_the_decisions_on_amended_requirements_turn_suspect(lexicon: Lexicon) -> None:
    """Of a reviewed province's plan twenty requirements are amended: exactly their decisions are suspect."""
    pair = PLANS / "gd-huizhou"
    first, (lower, upper) = commands.check(
        pair / "lower-huizhou.docx", [pair / "upper-guangdong.docx"], lexicon=lexicon
    )
    stamps = {requirement.id: requirement.stamp for requirement in upper.plan.requirements}
    decisions = [
        Decision(
            requirement=verdict.requirement,
            stamp=stamps[verdict.requirement],
            verdict=verdict.verdict,
            response=" ‖ ".join(response.text for response in verdict.responses) or None,
            decision="accept",
        )
        for verdict in first.verdicts
    ]
    applied = [verdict.requirement for verdict in first.verdicts if verdict.applies]
    amended = set(applied[:: len(applied) // 20][:20])
    edition = upper.plan.model_copy(
        update={
            "requirements": tuple(
                stamped(each.model_copy(update={"text": f"{each.text}（修订）"})) if each.id in amended else each
                for each in upper.plan.requirements
            )
        }
    )
    again = check_plans(
        lower.plan,
        [edition],
        region=first.region,
        lexicon=lexicon,
        lower_document=lower.document,
        upper_documents=[upper.document],
        decisions=Decisions(decisions=tuple(decisions)).model_dump(mode="json", by_alias=True),
    )
    assert {entry["requirement"] for entry in again.suspect} == amended


@pytest.mark.slow
def test_planted_faults_are_found_and_nothing_else_is_blamed(lexicon: Lexicon) -> None:
    """Of faults of every kind in a reviewed draft nine in ten are found, and no untouched requirement is blamed."""
    pair = PLANS / "gd-huizhou"
    result = commands.audit(pair / "lower-huizhou.docx", [pair / "upper-guangdong.docx"], count=60, lexicon=lexicon)
    assert len(result.caught) == 60 and result.share >= 0.9
    assert result.blamed == []


@pytest.mark.slow
def test_what_two_uppers_hand_down_alike_is_one_row(lexicon: Lexicon) -> None:
    """Against 省级规划 and 省级生态修复规划 each shared requirement is one verdict with two sources; where their numbers
    differ the stricter counts and UP-CONFLICT says so."""
    folder = PLANS / "gd-restoration"
    gold = json.loads((folder / "two-uppers.json").read_text(encoding="utf-8"))
    result, (_, *uppers) = commands.check(
        folder / gold["lower"], [folder / path for path in gold["uppers"]], lexicon=lexicon
    )
    known = [{each.id: each for each in upper.plan.requirements} for upper in uppers]
    applied = [verdict for verdict in result.verdicts if verdict.applies]
    for row in gold["joined"]:
        found = [
            verdict
            for verdict in applied
            if (each := known[verdict.upper][verdict.requirement]).mode == row["mode"]
            and (getattr(each, "name", None) or each.text) == row["name"]
            and getattr(verdict, "also", None)
        ]
        assert len(found) == 1, row["name"]
        assert {source["upper"] for source in (*found[0].also, {"upper": found[0].upper})} == {0, 1}  # type: ignore[attr-defined]  # an extra key
        assert any(each.code == "UP-CONFLICT" for each in found[0].findings) == row["conflict"], row["name"]
        assert row["counts"] in (None, found[0].upper), row["name"]
    names = [getattr(each, "name", None) or each.text for verdict in applied if verdict.upper == 1
             for each in [known[1][verdict.requirement]] if not getattr(verdict, "also", None)]  # fmt: skip
    assert set(gold["only_second"]) <= set(names)
