"""Years in running text: target years, spans, bases of comparison, and the words that tell facts from targets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..plan.plan import Period

FACT = re.compile(
    r"截至|截止|现状(?!以上|水平不|城镇建设用地)|目前|现有|现存|已(?:经|建|有|完成|发现|达|全部|累计|查明|探明)|曾|近年|近[一二三四五六七八九十两几]+年|以来|多年平均|年均降|历史上|"
    r"普查|调查(?:显示|成果|表明)|监测(?:显示|表明)|据(?:统计|测算|调查)|经(?:测算|统计)|数据显示|尚有|仍有|连续(?:\d+|[一二三四五六七八九十两几多]+)年|经过[^，。；]{1,12}，|历经|先后"
)
"""Words before a figure that make it one of the past or present."""
FACT_ANYWHERE = re.compile(
    r"集中了|(?<![人户辆])拥有|共有|约有|累计完成了|全国平均|全省平均|平均水平|位居|居全|居各|名列"
)
ABOUT_NOW = re.compile(
    r"现状|规划基础|发展基础|基础与形势|形势|问题|挑战|成效|实施评估|评估|自然条件|区位|概况|基本情况|资源禀赋|历史沿革"
)
"""Headings of chapters that tell how things are."""
PAST_PLAN = re.compile(
    r"[“\"]?十(?:一|二|三)五[”\"]?|(?<![较比])上一?[轮版][^，。；]{0,14}规划(?:期|实施|执行|以来)|原规划期"
)
PLAN_PERIODS = {"四": 2025, "五": 2030, "六": 2035}
MARK = re.compile(
    r"(?P<from>20\d\d)年?\s*(?:至|—{1,2}|－|-|~|～|到)\s*(?P<to>20\d\d)年"
    r"|(?P<year>(?:19|20)\d\d)年(?P<when>底前|末前|前|之前|以前|底|末|起|以来|后)?"
    r"|(?P<end>规划期末|规划目标年|规划末期|规划期内|规划期间|规划期(?=[，内末]|累计|新增|完成)|远期)"
    r"|(?P<near>近期(?=[内末到，至底（(])|近期(?=(?:建设|新建|建成|完成|新增|修复|整治|治理|改造)(?!规划|项目|计划|重点|时序|安排|用地|内容|目标|工程|行动))|至近期|到近期|(?<![\u4e00-\u9fff])近期(?!建设|规划|行动|实施|目标|重点|项目|安排|以|工作))"
    r"|(?P<vision>远景|展望期)"
    r"|[“\"]?十(?P<plan>[四五六])五[”\"]?(?:规划)?(?:末|期末|期间|时期|末期)"
)
BASE_BEFORE = re.compile(r"(?:较|比|与|以|对比|相比|相较于?|自|从|由|截至|截止|在)$")
BASE_AFTER = re.compile(r"\s*(?:的)?(?:城镇建设用地|现状|为基|基期|基数|相比|水平|规模|以来|起|末?至今)")


@dataclass(frozen=True, slots=True)
class YearMark:
    """A year at characters start..end. `base`: it is only compared with; `past`: a fact of the past; `future`: a target's."""

    start: int
    end: int
    year: int | None
    since: int | None = None
    base: bool = False
    past: bool = False
    future: bool = False


def year_marks(plain: str, period: Period) -> list[YearMark]:
    """The years of a text in order."""
    return [mark for match in MARK.finditer(plain) if (mark := _mark(plain, match, period)) is not None]


def _mark(plain: str, match: re.Match[str], period: Period) -> YearMark | None:
    start, end = match.span()
    base_year = last_past_year(period)
    since: int | None = None
    if match["to"]:
        year, since = int(match["to"]), int(match["from"])
    elif match["year"]:
        year = int(match["year"])
    elif match["plan"]:
        year = PLAN_PERIODS[match["plan"]]
    else:
        named = period.end if match["end"] else period.near_term if match["near"] else period.vision
        return YearMark(start, end, named, period.start if match["end"] else None, future=True) if named else None
    compared = bool(BASE_BEFORE.search(plain[max(0, start - 4) : start]) and year <= base_year) or bool(
        year <= base_year and BASE_AFTER.match(plain[end:])
    )
    aimed = bool(re.search(r"[到至]$", plain[max(0, start - 2) : start])) or match["when"] in (
        "底前",
        "末前",
        "前",
        "之前",
        "以前",
    )
    early = base_year < year < (period.near_term or base_year + 5) and not aimed and since is None
    past = (year <= base_year or early) and not compared
    return YearMark(start, end, year, since, compared, past, year > base_year and not early and match["when"] != "以来")


def last_past_year(period: Period) -> int:
    """The last year that lies before the plan: its base year, or the year before its first (figures of a later year than
    the base year are still no targets); 2020 where neither is known."""
    return max(period.base_year or 0, (period.start or 0) - 1) or 2020


def fact_words(plain: str, until: int, future: bool) -> bool:
    """Whether the figure that ends at `until` tells what is or was: words of survey and present before it, unless a
    target year governs it."""
    if PAST_PLAN.search(plain):
        return True
    told = FACT.search(plain[:until]) or FACT_ANYWHERE.search(plain)
    return bool(told) and not (future and re.search(r"[到至]\s*20\d\d年|规划期末", plain))
