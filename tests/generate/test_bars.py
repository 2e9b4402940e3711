"""What a draft must keep to, whoever the upper plan is from: nothing copied, nothing invented, everything answered."""

from __future__ import annotations

import io
import json
import re
import zipfile
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from statistics import median
from xml.etree import ElementTree

import pytest
import yaml
from makers_plan import CITY, upper_plan

from chuandao.commands import generate, generate_all
from chuandao.commands.drafting import Drafted
from chuandao.generate import draft
from chuandao.generate.phrases import longest_run
from chuandao.plan.lexicon import Lexicon, load_lexicon
from chuandao.plan.plan import to_json
from chuandao.templates import data

PLANS = Path(__file__).parents[2] / "corpora" / "plans"
ROOT = Path(__file__).parents[2]
PAIRS = {
    "惠州市": (PLANS / "gd-huizhou" / "upper-guangdong.pdf", PLANS / "gd-huizhou" / "facts-huizhou.yaml"),
    "怀集县": (PLANS / "zhaoqing-huaiji" / "upper_zhaoqing.pdf", PLANS / "zhaoqing-huaiji" / "facts-huaiji.yaml"),
}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small upper plan as a file."""
    path = tmp_path_factory.mktemp("plan") / "上位.json"
    path.write_text(to_json(upper_plan()), encoding="utf-8")
    return path


@pytest.fixture(scope="module", params=[(region, filled) for region in PAIRS for filled in (False, True)], ids=str)
def pair(request: pytest.FixtureRequest) -> tuple[str, Drafted, dict[str, dict[str, object]]]:
    region, filled = request.param
    upper, facts = PAIRS[region]
    made = generate([upper], region=region, facts_file=facts if filled else None, output=Path("草案.docx"))
    return region, made, {str(each["id"]): each for each in made.check.requirements.upper}


def shown_words(docx: bytes) -> str:
    """What stands in the document, read from the file's XML alone: paragraphs as lines, fields by their result."""
    root = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml"))
    return "\n".join("".join(piece.text or "" for piece in one.iter(f"{W}t")) for one in root.iter(f"{W}p"))


@pytest.mark.slow
def test_responses_are_no_copies(pair: tuple[str, Drafted, dict[str, dict[str, object]]]) -> None:
    """At most 60 % of a response's letters stand in one run in the upper plan, 40 % in the median; prohibitions excepted."""
    _, made, cited = pair
    shares = []
    for response in made.trace.responses:
        requirement = cited[response.requirement]
        if requirement["mode"] != "list" and requirement.get("force") != "prohibit":
            shares.append(longest_run(response.text, str(requirement["text"])))
    assert max(shares) <= Fraction(6, 10) and median(shares) <= Fraction(4, 10)


@pytest.mark.slow
def test_no_number_and_no_place_is_invented(
    pair: tuple[str, Drafted, dict[str, dict[str, object]]], lexicon: Lexicon
) -> None:
    """Each number and each place name of the draft is the upper plan's, the facts', the gazetteer's for the region, or the
    template's."""
    region, made, _ = pair
    facts = PAIRS[region][1]
    found = lexicon.gazetteer.find(region)
    assert found is not None
    own = {region, *(part.name for part in lexicon.gazetteer.children(found))}
    said = shown_words(made.docx)
    text = "".join(str(each) for each in made.check.requirements.upper) + facts.read_text(encoding="utf-8")
    text += made.check.uppers[0].model_dump_json() + "".join(v.because for v in made.check.verdicts)
    source = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    counts = {str(n) for n in range(1, len(made.trace.responses) + 1)}  # rows, articles, annexes and pages are counted
    numbers = set(re.findall(r"\d+(?:\.\d+)?", source)) | counts
    sums = {Fraction(number) for number in numbers} | totals(facts)
    invented = [n for n in re.findall(r"\d+(?:\.\d+)?", said) if n not in source and Fraction(n) not in sums]
    assert not invented
    pieces = {said[at : at + size] for size in range(3, 7) for at in range(len(said))}
    names = {piece for piece in pieces if is_place(piece, lexicon)}
    wording = (ROOT / "templates" / "wording.yaml").read_text(encoding="utf-8")
    assert len(names) > 3
    assert not [name for name in names if name not in own and name not in source and name not in wording]


def totals(facts: Path) -> set[Fraction]:
    """What the shares of each row of a facts file add up to: the 合计 of the allocation table."""
    rows = [row for sheet in yaml.safe_load(facts.read_text(encoding="utf-8"))["sheets"] for row in sheet["rows"]]
    shares = [{k: v for k, v in row["answers"].items() if k.startswith(("part:", "reserve"))} for row in rows]
    return {sum(map(Fraction, row.values()), Fraction(0)) for row in shares if row}


def is_place(words: str, lexicon: Lexicon) -> bool:
    if not re.fullmatch(r"[一-龥]+[省市县区州盟旗镇乡]", words):
        return False
    found = lexicon.gazetteer.find(words)
    return found is not None and found.name == words


@pytest.mark.slow
def test_every_open_item_is_listed_and_commented(pair: tuple[str, Drafted, dict[str, dict[str, object]]]) -> None:
    """Everything marked 【待补充】 belongs to an item of the list, which has a comment; every requirement has a response."""
    _, made, _ = pair
    archive = zipfile.ZipFile(io.BytesIO(made.docx))
    comments = ElementTree.fromstring(archive.read("word/comments.xml"))
    asked = ["".join(one.itertext()) for one in comments]
    assert len(asked) == len(made.trace.open_items)
    said = shown_words(made.docx)
    for item in made.trace.open_items:
        assert any(item.ask in one for one in asked) and item.ask in said
    applying = {verdict.requirement for verdict in made.check.verdicts if verdict.applies}
    assert applying <= {response.requirement for response in made.trace.responses}


@pytest.mark.slow
def test_no_phrase_stands_twice_in_a_row(pair: tuple[str, Drafted, dict[str, dict[str, object]]]) -> None:
    """Two responses that follow each other in a section neither begin nor end with the same words of ours."""
    _, made, cited = pair
    rules = [each for each in made.trace.responses if each.mode == "rule" and not each.facts and not each.open]
    same = 0
    for one, other in pairwise(rules):
        tails = [response.text.rpartition("，")[2] for response in (one, other)]
        ours = not any(tail in str(cited[r.requirement]["text"]) for tail, r in zip(tails, (one, other), strict=True))
        same += ours and one.section == other.section and tails[0] == tails[1]
    assert same <= len(rules) // 50


def test_there_are_three_forms_for_each_topic_and_kind() -> None:
    """Each force has at least three forms, each topic three aims and three plans that carry a rule further."""
    words = data("wording.yaml")
    assert all(len(forms) >= 3 for forms in words["forms"].values())
    topics = {topic.name for topic in load_lexicon().topics}
    assert topics <= set(words["topics"])
    assert all(len(topic["aim"]) >= 3 and len(topic["tool"]) >= 3 for topic in words["topics"].values())
    assert len(words["structure"]) >= 3 and len(words["value"]) >= 3 and len(words["line"]) >= 3


def test_the_low_carbon_chain_is_shown(lexicon: Lexicon) -> None:
    """An annex lays out 指标设施—总体格局—空间布局—支撑体系—项目安排 with the articles that answer each link."""
    plan = upper_plan()
    first, *others = plan.requirements
    carbon = {"block": "各类自然资源保护利用", "item": "耕地", "role": "sink"}
    marked = type(first).model_validate({**json.loads(first.model_dump_json(by_alias=True)), "carbon": [carbon]})
    made = draft([plan.model_copy(update={"requirements": (marked, *others)})], CITY, None, lexicon)
    annex = next(annex for annex in made.annexes if "碳达峰" in annex.title)
    link = annex.blocks[0].rows[0].cells[0].text  # type: ignore[union-attr]
    assert link == ("指标设施" if first.mode == "indicator" else "空间布局")


def test_the_indicator_annex_has_a_base_year_column(lexicon: Lexicon) -> None:
    """附表 规划指标体系表 has a column for the base year; what no upper plan prints is asked for."""
    made = draft([upper_plan()], CITY, None, lexicon)
    table = made.annexes[0].blocks[0]
    assert "2020年（基期）" in [cell.text for cell in table.header[0].cells]  # type: ignore[union-attr]
    assert any("2020年现状值" in item.ask for item in made.trace.open_items)


def test_all_cities_in_one_command(small: Path, tmp_path: Path) -> None:
    """Several regions are drafted one after another, each in its file."""
    drafts = dict(generate_all([small], regions=["黄山市", "合肥市"], facts_folder=None, folder=tmp_path))
    assert [path.name for path in drafts] == ["黄山市.docx", "合肥市.docx"]
    assert {made.trace.region.name for made in drafts.values()} == {"黄山市", "合肥市"}


def test_all_means_every_city_below(small: Path, tmp_path: Path) -> None:
    """Without names every region of the level below is drafted, beginning with the first of the gazetteer."""
    path, made = next(generate_all([small], regions=[], facts_folder=None, folder=tmp_path))
    assert path.name == "合肥市.docx" and made.trace.responses
