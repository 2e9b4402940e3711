"""The HTML report: self-contained, safe, complete, the same each time, usable in a browser."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from chuandao.plan.finding import Place, finding
from chuandao.plan.plan import Period, PlanDocument, SourceFile, Tool
from chuandao.plan.requirement import Region
from chuandao.plan.span import Span
from chuandao.plan.verdict import Check, CitedRequirements, Response, Summary, Verdict
from chuandao.render.html import check_html

HUIZHOU = Region(name="惠州市", code="441300")
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")


def plan_document(title: str, file: str) -> PlanDocument:
    source = SourceFile(file=file, sha256=file[:1] * 64, format="pdf", pages=9)
    return PlanDocument(title=title, period=Period(start=2021, end=2035), source=source)


def span(page: int, quote: str) -> Span:
    return Span(page=page, printed_page=str(page - 1), boxes=((72.0, 100.0, 300.0, 114.0),), quote=quote)


def made_check(text: str = "到2035年，耕地保有量不低于166.5万亩") -> Check:
    """A check of three requirements: a conflict, an answer, and one that does not apply."""
    upper = [
        {
            "id": "ind-1",
            "stamp": "s1",
            "plan": 0,
            "mode": "indicator",
            "modes": ["indicator"],
            "name": "耕地保有量",
            "text": text,
            "section": ["第四章 底线"],
            "where": [span(4, text).model_dump(mode="json", by_alias=True)],
            "mandatory": True,
            "attribute": "binding",
            "carbon": [{"block": "国土空间开发保护格局", "item": "永久基本农田保护红线"}],
            "values": [{"year": 2035, "op": ">=", "value": "166.5", "unit": "万亩", "raw": "不低于166.5万亩"}],
            "binds": [{"name": "惠州市", "code": "441300"}],
        },
        {
            "id": "lst-1",
            "stamp": "s2",
            "plan": 0,
            "mode": "list",
            "name": "象山保护区",
            "register": {"name": "自然保护地名录"},
            "text": "象山保护区 ｜ 省级",
            "attributes": {"级别": "省级"},
            "where": [],
        },
        {
            "id": "rul-1",
            "stamp": "s3",
            "plan": 0,
            "mode": "rule",
            "text": "禁止围填海",
            "force": "prohibit",
            "where": [],
        },
    ]
    wrong = finding(
        "IND-LOOSER",
        "error",
        "指标符合性",
        "160.0 万亩低于 166.5 万亩",
        [Place.at(span(5, "160.0"), "本级规划", "160.0 万亩")],
    )
    verdicts = (
        Verdict(
            requirement="ind-1",
            upper=0,
            applies=True,
            because="分解表点名",
            verdict="conflict",
            responses=(Response(text="耕地保有量160.0万亩", where=(span(5, "耕地保有量160.0万亩"),), score=0.9),),
            findings=(wrong,),
            explanation="下限指标：规划 160.0 万亩 < 上位 166.5 万亩，少 6.5 万亩",
        ),
        Verdict(requirement="lst-1", upper=0, applies=True, because="所在地", verdict="fulfilled"),
        Verdict(requirement="rul-1", upper=0, applies=False, because="本市不临海", verdict="not_applicable"),
    )
    return Check(
        tool=Tool(version="0", lexicon="sha256:0"),
        uppers=(plan_document("甲省规划", "a.pdf"),),
        lower=plan_document("惠州市规划", "b.pdf"),
        region=HUIZHOU,
        requirements=CitedRequirements(
            upper=tuple(upper),
            lower=(
                {
                    "id": "zon-9",
                    "mode": "zone",
                    "unit": {"name": "龙门县"},
                    "type": "农产品主产区",
                    "system": "主体功能区",
                    "where": [],
                },
            ),
        ),
        verdicts=verdicts,
        local=("zon-9",),
        findings=(finding("DOC-CONTRA", "warning", "图文一致性", "前后不一致"),),
        summary=Summary(by_mode={"indicator": {"conflict": 1}}, by_verdict={"conflict": 1}),
    )


def data_of(html: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.S)
    assert found is not None
    data = json.loads(found[1])
    assert isinstance(data, dict)
    return data


def test_report_fetches_nothing() -> None:
    """No address of another place stands in the file, so it works offline."""
    html = check_html(made_check(), pages={("lower", 5): (JPEG, 595.0, 842.0)})
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?!data:)[^"']""", html)
    assert "http://" not in html and "https://" not in html and "@import" not in html


def test_report_holds_every_verdict_with_both_sides() -> None:
    """Each verdict is there with its reason, its arithmetic and the evidence of both sides."""
    data = data_of(check_html(made_check()))
    items = data["items"]
    assert isinstance(items, list)
    assert [(item["id"], item["verdict"]) for item in items] == [
        ("ind-1", "conflict"),
        ("lst-1", "fulfilled"),
        ("rul-1", "not_applicable"),
    ]
    assert items[0]["title"] == "耕地保有量　2035年 ≥166.5万亩"
    assert items[0]["where"][0]["quote"] == "到2035年，耕地保有量不低于166.5万亩"
    assert items[0]["responses"][0]["place"] == "第5页（印刷页码4）"
    assert items[0]["explanation"].endswith("少 6.5 万亩")
    assert items[0]["blocks"] == ["国土空间开发保护格局"]
    assert items[1]["title"] == "自然保护地名录：象山保护区"
    assert data["local"] == [{"mode_name": "分区", "text": "龙门县：农产品主产区（主体功能区）", "place": ""}]


def test_words_of_a_plan_are_never_markup() -> None:
    """A script element in the plan's words stays text, and the data stay whole."""
    hostile = "</script><script>alert(1)</script>{{js}}<!--"
    html = check_html(made_check(hostile))
    assert hostile not in html
    items = data_of(html)["items"]
    assert isinstance(items, list) and items[0]["where"][0]["quote"] == hostile


def test_picture_is_embedded_once() -> None:
    """A page is in the file once, however many quotes stand on it."""
    html = check_html(made_check(), pages={("lower", 5): (JPEG, 595.0, 842.0), ("upper0", 4): (JPEG, 595.0, 842.0)})
    assert html.count('id="page-lower-5"') == 1 and html.count('id="page-upper0-4"') == 1
    assert 'data-width="595.00" data-height="842.00"' in html


def test_pictures_of_problems_come_first_when_room_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the budget does not hold all pictures, the pages of problems are kept and the report says so."""
    monkeypatch.setattr("chuandao.render.html.PICTURE_BUDGET", len(JPEG))
    html = check_html(made_check(), pages={("lower", 1): (JPEG, 1.0, 1.0), ("lower", 5): (JPEG, 1.0, 1.0)})
    assert 'id="page-lower-5"' in html and 'id="page-lower-1"' not in html
    assert "1 页没有嵌入原文图像" in html


def test_docx_side_shows_the_whole_paragraph() -> None:
    """Paragraphs handed over stand in the data under their side, part and number."""
    data = data_of(check_html(made_check(), paragraphs={("lower", "body", 3): "第三段的全文"}))
    assert data["paragraphs"] == {"lower:body:3": "第三段的全文"}


def test_same_check_same_report() -> None:
    """The same check gives the same file."""
    assert check_html(made_check()) == check_html(made_check())


BROWSER_STEPS = """
<script>
addEventListener("load", () => setTimeout(() => {
  const press = key => dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
  const rows = () => document.querySelectorAll("#list .row").length;
  const out = JSON.parse(sessionStorage.getItem("out") || "{}");
  if (!out.first) {
    out.first = {rows: rows(), tab: document.querySelector("main > section.on").id};
    document.querySelector("[data-tab=items]").click();
    document.getElementById("problems").click();
    out.problems = rows();
    press("p"); press("j"); out.second = document.querySelector(".row.on .name").textContent;
    press("k"); press("r"); press("p");
    document.getElementById("comment").value = "请核实"; document.getElementById("comment").dispatchEvent(new Event("input"));
    sessionStorage.setItem("out", JSON.stringify(out));
    location.reload();
    return;
  }
  out.reloaded = {rows: rows(), checked: document.getElementById("problems").checked, tab: document.querySelector("main > section.on").id,
    comment: document.getElementById("comment").value, progress: document.getElementById("progress").textContent,
    mark: document.querySelector(".row .mark").textContent};
  const pre = document.createElement("pre"); pre.id = "out"; pre.textContent = JSON.stringify(out); document.body.append(pre);
}, 50));
</script>
"""


def said_in_chromium(html: str, folder: Path) -> dict[str, object]:
    """What the steps in a page write down in Chromium. On a busy machine a page may be dumped while it still reloads: then it
    is opened anew, with more time."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        pytest.skip("needs Debian's chromium")
    page = folder / "report.html"
    page.write_text(html, encoding="utf-8")
    for turn in range(1, 4):
        command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
                   f"--virtual-time-budget={5000 * turn}", f"--user-data-dir={folder / f'profile{turn}'}", "--dump-dom",
                   page.as_uri()]  # fmt: skip
        dom = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
        if found := re.search(r'<pre id="out">(.*?)</pre>', dom, re.S):
            said: dict[str, object] = json.loads(found[1])
            return said
    raise AssertionError("the steps in the page did not end")


@pytest.mark.slow
def test_report_in_a_real_browser(tmp_path: Path) -> None:
    """In Chromium the filter, the keys, a decision and a comment work and are still there after a reload."""
    said = said_in_chromium(check_html(made_check()).replace("</body>", BROWSER_STEPS + "</body>"), tmp_path)
    assert said["first"] == {"rows": 2, "tab": "overview"}
    assert said["problems"] == 1
    assert said["second"] == "自然保护地名录：象山保护区"
    assert said["reloaded"] == {
        "rows": 1,
        "checked": True,
        "tab": "items",
        "comment": "请核实",
        "progress": "已审 1 / 2",
        "mark": "✗",
    }


def test_decisions_that_need_another_look_lead_to_their_requirement() -> None:
    """A suspect decision stands in the data with what was decided, what changed and where to look."""
    entry = {"requirement": "ind-1", "text": "耕地保有量", "upper_index": 0, "decision": "accept", "verdict": "exempt"}
    entry |= {"reported": "conflict", "reviewer": "李工", "because": "上位要求的内容已变动"}
    data = data_of(check_html(made_check().model_copy(update={"suspect": (entry,)})))
    assert data["suspect"] == [
        {
            "key": "0:ind-1",
            "text": "耕地保有量",
            "decided": "同意，审定为豁免（李工）",
            "because": "上位要求的内容已变动",
        }
    ]


FIND_STEPS = """
<script>
addEventListener("load", () => setTimeout(() => {
  const out = {first: document.querySelector("#overview .card h2").textContent};
  document.querySelectorAll("#overview .suspect tr")[1].click();
  out.tab = document.querySelector("main > section.on").id;
  out.chosen = document.querySelector(".row.on .name").textContent;
  out.top = document.querySelector("#list .row").textContent.includes("待复核");
  const pre = document.createElement("pre"); pre.id = "out"; pre.textContent = JSON.stringify(out); document.body.append(pre);
}, 50));
</script>
"""


@pytest.mark.slow
def test_suspect_decisions_are_first_in_a_real_browser(tmp_path: Path) -> None:
    """They head the overview, and a click leads to the requirement, which heads the list."""
    entry = {
        "requirement": "lst-1",
        "text": "象山保护区",
        "upper_index": 0,
        "decision": "accept",
        "because": "本级的表述已变动",
    }
    html = check_html(made_check().model_copy(update={"suspect": (entry,)}))
    assert said_in_chromium(html.replace("</body>", FIND_STEPS + "</body>"), tmp_path) == {
        "first": "需要复核的审查意见 1 条",
        "tab": "items",
        "chosen": "自然保护地名录：象山保护区",
        "top": True,
    }
