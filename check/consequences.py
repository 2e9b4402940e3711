"""What a clause says will happen where it is not kept (逾期未达标的不再办理延续登记), and down to whom it is to be brought (落实到
村组和地块): an answer that stops short of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .judgement import Defect, Ground, shorten
from .wording import bans
from .words import without_pointers

FAILURE = re.compile(
    r"(?:逾期|到期|超期|期满)(?:仍|尚|后)?(?:未|不|没)[^，。；]{0,12}?的|(?:逾期|超期)的?(?=[，一予]|不|停|吊|收|关)|"
    r"(?<!凡)(?:未|没有?|拒不)(?!经|批|利用|开发|来|确定地)[^，。；、]{1,18}?的(?!情况)|不(?:达标|合格|符合|满足|到位|整改|改造|执行|履行)[^，。；、]{0,12}?的|"
    r"超(?:出|过)?(?:指标|计划|标准?|定额|总量|规模|限额|权限|许可|期限)[^，。；、]{0,10}?的|连续[^，。；、]{1,24}?的|闲置[^，。；、]{1,10}?的|违反[^，。；]{1,16}?的|(?:低于|不足|不到|达不到)[^，。；、]{1,12}?的"
)
"""The case in which a clause is not kept."""
NOT_KEPT = re.compile(
    r"未|没|不(?:达|合|符|满|到|足|执|履|改|过)|逾期|到期|超期|超[出过指计定限标]|拒不|连续|闲置|违反|低于|达不到"
)
"""Words of such a case, in an answer."""
_HARD = re.compile(
    r"不再|不予|不得|停|吊销|注销|撤销|收回|取消|核减|扣减|调减|关闭|退出|淘汰|清退|拆除|作废|失效|问责|追究|追责|限批|暂缓|一票否决|处罚|罚款|禁止|严禁|没收"
)
_HARD_SAID = re.compile(
    rf"{_HARD.pattern}|不[给批办许准发供算计能安]|禁|关[掉停]|叫停|作罢|无效|扣|减[少掉]|收[归走]|清零|一律[^，。；]{{0,4}}关|方[可能准]|才[可能准给]|(?:合格|达标|通过|完成|验收|整改|安装|配建|取得|备案)[^，。；]{{0,6}}[后再]|先[^。；]{{2,20}}(?:再|后)|否则|卡住|冻结|出局"
)
"""The same in the words of others, and the ways of saying it the other way round (验收合格后方可)."""
_SOFT = re.compile(r"整改|约谈|督促|通报|提醒|完善|补充|指导|引导|鼓励|帮扶|协调|说明|警示|告知|推进|加快|改进")


def consequence_dropped(upper: str, lower: str, ground: Ground) -> Defect | None:
    """A sanction (停, 收回, 不再 …) for not keeping the clause of which the answer has no word, or only a milder one."""
    lower = FAILURE.sub("", lower)
    for failure, sanction in _sanctions(without_pointers(upper)):
        if _HARD_SAID.search(lower) or bans(lower, ground.words):
            continue
        soft = _SOFT.search(lower)
        if soft is not None and not _SOFT.search(sanction):
            return Defect("weakened", "RULE-WEAK", f"“{shorten(failure + sanction, 30)}”降为“{soft[0]}”")
        return Defect("partial", "RULE-WEAK", f"未回应“{shorten(failure + sanction, 30)}”")
    return None


def _sanctions(upper: str) -> Iterator[tuple[str, str]]:
    for sentence in re.split(r"[。；]", upper):
        for match in FAILURE.finditer(sentence):
            after = re.match(r"[^，。；]{0,30}(?:，[^，。；]{0,20})?", sentence[match.end() :])
            sanction = after[0] if after else ""
            if _HARD.search(sanction):
                yield match[0], sanction
                break


_BROUGHT = re.compile(
    r"(?:落实|分解|细化|明确|下达|拆分|传导|分配|压实|延伸|下沉)[^，。；]{0,6}?[到至](?P<levels>[^，。；的]{1,16})"
)
_LEVELS: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = (
    ("乡镇", re.compile(r"乡|镇|街道"), re.compile(r"乡|镇|街道|苏木|逐级|村|社区")),
    ("村", re.compile(r"村|社区|嘎查"), re.compile(r"村|社区|屯|组|嘎查|逐级")),
    ("地块", re.compile(r"地块|图斑|宗地|坐标"), re.compile(r"地块|图斑|宗地|落图|上图|坐标|定位|落位|位置|逐[块片宗处]|块|一处一|点位|落地|矢量|图上")),
    ("户", re.compile(r"户"), re.compile(r"户|人家|农家|人头")),
    ("人", re.compile(r"(?<!法)人(?!民|大|员)"), re.compile(r"人")),
)  # fmt: skip


def not_brought_down(upper: str, lower: str, ground: Ground) -> Defect | None:
    """A task to be brought down to townships, villages, plots … of which the answer names none of that level."""
    said = lower.replace(ground.region.name, "")
    town = ground.region.name.endswith(("乡", "镇", "街道"))
    for match in _BROUGHT.finditer(without_pointers(upper)):
        levels = [(name, given) for name, wanted, given in _LEVELS if wanted.search(match["levels"])]
        if levels and not any(given.search(said) or (name == "乡镇" and town) for name, given in levels):
            return Defect("partial", "RULE-WEAK", f"未{match[0][:2]}到{levels[0][0]}")
    return None
