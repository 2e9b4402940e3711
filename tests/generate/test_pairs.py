"""The sample pairs, the whole way: upper PDF and local facts in, a draft that the check finds faithful out."""

from __future__ import annotations

import io
import re
from collections import Counter
from pathlib import Path

import docx
import pytest

from chuandao.commands import generate
from chuandao.plan.requirement import Value

PLANS = Path(__file__).parents[2] / "corpora" / "plans"
PAIRS = {
    "惠州市": (PLANS / "gd-huizhou" / "upper-guangdong.pdf", PLANS / "gd-huizhou" / "facts-huizhou.yaml"),
    "怀集县": (PLANS / "zhaoqing-huaiji" / "upper_zhaoqing.pdf", PLANS / "zhaoqing-huaiji" / "facts-huaiji.yaml"),
}
GOOD = ("fulfilled", "refined")


def words_of(data: bytes) -> str:
    """All that stands in the file, as python-docx shows it."""
    opened = docx.Document(io.BytesIO(data))
    lines = [paragraph.text for paragraph in opened.paragraphs]
    lines += [" ".join(cell.text for cell in row.cells) for table in opened.tables for row in table.rows]
    return "\n".join(lines)


@pytest.mark.slow
@pytest.mark.parametrize("region", PAIRS)
def test_with_facts_the_check_finds_everything_answered(region: str, tmp_path: Path) -> None:
    """Filled from the sample's own labels, at least 98 % is fulfilled or refined, nothing missing, weakened or in conflict."""
    upper, facts = PAIRS[region]
    drafted = generate([upper], region=region, facts_file=facts, output=tmp_path / "草案.docx")
    verdicts = Counter(verdict.verdict for verdict in drafted.check.verdicts if verdict.applies)
    total = sum(verdicts.values())
    assert sum(verdicts[name] for name in GOOD) >= 0.98 * total, verdicts
    assert not verdicts["missing"] + verdicts["weakened"] + verdicts["conflict"], verdicts


@pytest.mark.slow
@pytest.mark.parametrize("region", PAIRS)
def test_without_facts_nothing_is_missing_and_every_binding_value_stands_there(region: str, tmp_path: Path) -> None:
    """No requirement is missing; each 约束性 number handed to the region is read again by python-docx alone."""
    upper, _ = PAIRS[region]
    drafted = generate([upper], region=region, facts_file=None, output=tmp_path / "草案.docx")
    assert not [verdict for verdict in drafted.check.verdicts if verdict.applies and verdict.verdict == "missing"]
    answered = {response.requirement for response in drafted.trace.responses}
    assert {verdict.requirement for verdict in drafted.check.verdicts if verdict.applies} <= answered
    said = words_of(drafted.docx)
    checked = 0
    for requirement in drafted.check.requirements.upper:
        if requirement["id"] in answered and requirement.get("attribute") == "binding":
            for raw in requirement.get("values", []):
                value = Value.model_validate(raw)
                if (
                    value.region is not None
                    and value.region.name == region
                    and value.value
                    and value.role != "baseline"
                ):
                    assert re.search(rf"(?<![\d.]){re.escape(value.value)}(?![\d.]*\d)", said), (
                        requirement["text"],
                        value.value,
                    )
                    checked += 1
    assert checked >= 5
