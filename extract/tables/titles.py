"""What stands around a table: its label and title, 续表 marks, unit lines, notes."""

from __future__ import annotations

import re

NUMERAL = r"(?:[A-Z]?[0-9０-９]+|[一二三四五六七八九十百]+|[ⅠⅡⅢⅣⅤⅥ]+|[A-Z]+)"
"""Digits end where Chinese numerals begin: 附表1 三条控制线分解方案."""
LABEL_re = re.compile(
    rf"^[【\[（(]?\s*(?P<again>续)?\s*(?P<label>(?:附\s*表|专\s*栏|插\s*表|表|附件\s*表)\s*{NUMERAL}(?:\s*[-－—–.．]\s*[0-9０-９]+)*(?:之[一二三四五])?)"
    r"(?P<more>\s*[（(]\s*续\s*[）)]|\s*续(?![建期])\s*表?)?\s*[】\]）)]?[\s　:：、.．]*(?P<title>.*)$",
    re.S,
)
IN_PROSE_re = re.compile(
    r"[）)，,。；的]|所[示列述附]|列[出示入]|中(?:的|所|各|可|列[出示]|数据|[，,])|下[列述面文同]|(?:和|与|及|以及|至|到|或)(?:附?[表图]|其|\d)"
)
"""How a sentence goes on after it has named a table: 表3-1所示, 表2中的数据, 表1和表2; a title may begin with 中心城区 or 下关区."""
AGAIN_re = re.compile(r"^[（(【]?\s*(?:续\s*表|续\s*上\s*表|接\s*上\s*(?:表|页)|上\s*接)[^。；]{0,40}$")
TAIL_AGAIN_re = re.compile(r"[（(]\s*续\s*[表\d一二三四五]*\s*[）)]\s*$")
UNIT_re = re.compile(
    r"^[（(\[【]?\s*(?:计量|面积|数量)?\s*单\s*位\s*(?:[：:]|为)\s*(?P<unit>[^。；]{1,40}?)\s*[）)\]】]?$"
)
UNIT_IN_TITLE_re = re.compile(r"[（(\[【]\s*(?:计量|面积)?单\s*位\s*[：:]\s*(?P<unit>[^）)\]】]{1,30})[）)\]】]\s*$")
NOTE_re = re.compile(
    r"^[（(]?\s*(?:表\s*)?(?:注|备\s*注|说\s*明|附\s*注|资料来源|数据来源|来源)\s*(?:[：:]|[0-9０-９]+\s*[．.、：:]|[①②③(（])|^(?:\*+|＊+|※)\s*\S"
)
ITEM_re = re.compile(
    r"^(?:[（(]?(?:表\s*)?(?:注|备\s*注|说\s*明|附\s*注)\s*[：:]?)?\s*[（(]?(?P<mark>[0-9０-９]{1,2}(?=\s*[．.、）)](?!\d))|[①-⑳])"
)
NAME_re = re.compile(r"(?:表|名录|清单|目录|一览|台账|统计|汇总|Table\s.*)(?:[（(][^（()）]*[）)])?$")
HEADING_re = re.compile(
    r"^(?:第\s*[0-9一二三四五六七八九十百]+\s*[章节条篇编部]|[一二三四五六七八九十]+\s*、|[（(][一二三四五六七八九十]+[）)]|[0-9]+(?:\.[0-9]+)+\s)"
)
SENTENCE_END = "。；，：！？、,;"
LONGEST_TITLE = 70


def squeeze(text: str) -> str:
    """Without blanks: labels and headers are compared so."""
    return "".join(text.split())


def read_label(text: str) -> tuple[str, str, bool] | None:
    """(label, title, is it 续表) of a title line such as 表 3-1　… or 续附表 2; None for anything else."""
    text = text.strip()
    if len(text) > LONGEST_TITLE:
        return None
    found = LABEL_re.match(text)
    if not found:
        return None
    title = found["title"].strip()
    if title and (title[-1] in SENTENCE_END or "。" in title or IN_PROSE_re.match(title)):
        return None
    again = bool(found["again"] or found["more"] or TAIL_AGAIN_re.search(title))
    return squeeze(found["label"]), TAIL_AGAIN_re.sub("", title).strip(), again


def is_again(text: str) -> bool:
    """续表, 续表3-1, 表3-1（续）, 接上表: the table goes on from the page before."""
    text = text.strip()
    if len(text) > LONGEST_TITLE:
        return False
    label = read_label(text)
    return bool(AGAIN_re.match(text)) or bool(label and label[2])


def read_unit(text: str) -> str | None:
    """The unit of a unit line, 单位：公顷 -> 公顷."""
    found = UNIT_re.match(text.strip())
    return found["unit"].strip() if found else None


def split_unit(title: str) -> tuple[str, str | None]:
    """(title without its unit, unit): 规划指标表（单位：公顷）."""
    found = UNIT_IN_TITLE_re.search(title)
    if not found:
        return title, None
    return title[: found.start()].strip(), found["unit"].strip()


def is_note(text: str) -> bool:
    """A line that opens the notes of a table: 注：…, 数据来源：…"""
    return bool(NOTE_re.match(text.strip()))


def item_number(text: str) -> int | None:
    """The number of a numbered note: 2 of “2.数据…” and of “注：2.数据…”, ② and （2） alike; None if it has none."""
    found = ITEM_re.match(text.strip())
    if not found:
        return None
    mark: str = found["mark"]
    return ord(mark) - 0x245F if "①" <= mark <= "⑳" else int(mark)


def is_name(text: str) -> bool:
    """A short line that names a table without numbering it: 规划指标体系表."""
    text = text.strip()
    return (
        2 < len(text) <= 45
        and bool(NAME_re.search(text))
        and not HEADING_re.match(text)
        and text[-1] not in SENTENCE_END
    )
