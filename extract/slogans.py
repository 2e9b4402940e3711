"""Slogans of spatial structure: 一链两屏多廊道 → its labels 一链, 两屏, 多廊道, each with a number and a kind of element.

A slogan is a row of labels; a label is a numeral (or a direction) and a structural noun, perhaps with a verb after it
(一核引领、两轴拓展). The nouns and their kinds are the closed class of plan language; kinds are those of CONTRACT §3.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

NUMERALS = {
    "一": 1,
    "二": 2,
    "两": 2,
    "双": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
    "多": 0,
    "百": 0,
    "千": 0,
    "万": 0,
    "数": 0,
}
NOUNS: dict[str, str] = {
    "核心": "core",
    "核": "core",
    "心": "core",
    "主": "core",
    "副": "node",
    "城": "core",
    "中心": "core",
    "盆": "core",
    "极": "node",
    "支点": "node",
    "节点": "node",
    "点": "node",
    "园": "node",
    "门户": "node",
    "枢纽": "node",
    "星": "node",
    "轴": "axis",
    "横": "axis",
    "纵": "axis",
    "通道": "axis",
    "走廊": "axis",
    "脊": "axis",
    "带": "belt",
    "链": "belt",
    "岸": "belt",
    "江": "belt",
    "河": "belt",
    "环": "belt",
    "弧": "belt",
    "翼": "other",
    "屏障": "barrier",
    "屏": "barrier",
    "脉": "barrier",
    "山": "barrier",
    "水": "corridor",
    "廊道": "corridor",
    "廊": "corridor",
    "通廊": "corridor",
    "楔": "corridor",
    "道": "corridor",
    "网络": "network",
    "网": "network",
    "圈": "network",
    "都市圈": "network",
    "群": "network",
    "湾区": "patch",
    "半岛": "patch",
    "平原": "patch",
    "盆地": "patch",
    "高原": "patch",
    "丘陵": "patch",
    "山地": "patch",
    "组团": "patch",
    "团": "patch",
    "片区": "patch",
    "片": "patch",
    "板块": "patch",
    "斑块": "patch",
    "区域": "other",
    "分区": "other",
    "区": "other",
    "镇": "node",
    "湖": "patch",
    "湾": "patch",
    "岛": "patch",
    "基地": "patch",
    "库": "patch",
    "源": "node",
    "谷": "patch",
    "原": "patch",
    "田": "patch",
    "县": "node",
    "村": "node",
}
"""Structural nouns and the kind of element that they name."""

PLACES: dict[str, str] = {
    "门": "node",
    "港": "node",
    "港口": "node",
    "场": "node",
    "峰": "node",
    "楼": "node",
    "珠": "node",
    "次": "node",
    "泉": "node",
    "关": "node",
    "枢纽群": "node",
    "新城": "node",
    "街区": "patch",
    "园区": "patch",
    "景区": "patch",
    "景点": "node",
    "小镇": "node",
    "城镇": "node",
    "乡镇": "node",
    "段": "belt",
    "山区": "patch",
    "坝": "patch",
    "坝群": "patch",
    "坡": "patch",
    "淀": "patch",
    "滩": "patch",
    "洲": "patch",
    "塬": "patch",
    "川": "patch",
    "草原": "patch",
    "湿地": "patch",
    "海": "patch",
    "洋": "patch",
    "溪": "corridor",
    "峡": "corridor",
    "河谷": "belt",
    "岸线": "belt",
    "墙": "barrier",
    "岭": "barrier",
    "主轴": "axis",
    "次轴": "axis",
    "轴线": "axis",
    "线": "axis",
}
"""What else slogans in quotation marks count, and its kind: too common words to be looked for anywhere else."""

LOOSE = frozenset(
    ("江", "河", "湖", "湾", "水", "廊", "廊道", "走廊", "溪", "淀", "滩", "海", "洋", "川", "线", "珠", "峡")
)
NAMED_KIND = re.compile(
    r"(?P<network>网络|(?<=涵养)系统)(?:系统|体系)?$"
    r"|(?P<axis>(?:产业|制造业?|科创|创新|经济|发展|城镇|运输|交通)(?:走廊|轴))$"
    r"|(?P<corridor>廊道|走廊|[绿水长通]廊)$|(?P<belt>[^地海]带)$"
)
"""What the last word of a name says of its element's kind."""

FAMILIES: dict[str, tuple[str, ...]] = {
    "核": ("绿核", "蓝核", "核心区", "核心", "核", "中心"),
    "屏": ("生态屏障", "屏障", "屏"),
    "屏障": ("屏障",),
    "脉": ("山脉", "水脉", "绿脉", "脉"),
    "廊": ("生态廊道", "廊道", "通廊", "绿廊", "走廊", "廊", "通行带", "通道", "绿道"),
    "廊道": ("廊道", "通廊", "绿廊", "廊"),
    "链": ("保护链", "生态链", "链"),
    "带": ("经济带", "产业带", "生态带", "发展带", "带"),
    "轴": ("发展轴", "轴线", "轴", "走廊"),
    "网": ("生态网络", "网络", "水网", "网"),
    "区": ("区", "地区", "片区"),
    "片": ("片区", "片"),
    "组团": ("组团",),
    "团": ("组团", "团"),
    "园": ("公园", "园区", "园"),
    "环": ("环", "环线", "圈"),
    "圈": ("都市圈", "圈"),
    "都市圈": ("都市圈",),
    "湾区": ("湾区",),
    "半岛": ("半岛",),
    "湾": ("湾区", "湾"),
    "横": ("轴", "通道", "走廊", "轴线", "带"),
    "纵": ("轴", "通道", "走廊", "轴线", "带"),
    "极": ("中心城市", "增长极", "极"),
    "点": ("镇", "点", "城区", "县城"),
    "支点": ("支点", "城市"),
    "主": ("主中心", "中心城区", "城区"),
    "副": ("副中心", "城区", "县城"),
    "城": ("城区", "县城", "城"),
    "通道": ("通道",),
    "走廊": ("走廊",),
    "楔": ("绿楔", "楔"),
    "群": ("城镇群", "城市群", "群"),
    "翼": ("翼", "区"),
    "江": ("生态廊道", "江", "廊道", "走廊", "流域", "带"),
    "河": ("生态廊道", "河", "廊道", "走廊", "流域", "带"),
    "湖": ("湖", "湿地群", "湖群", "湿地", "湖区", "保育区", "保护区", "涵养区"),
    "平原": ("平原", "平原农田生态系统"),
    "山": ("山", "山脉", "山地", "屏障"),
    "岸": ("岸", "岸带"),
    "心": ("绿心", "中心", "核心", "心"),
    "基地": ("基地",),
    "斑块": ("斑块",),
    "板块": ("板块",),
    "盆": ("盆地",),
    "源": ("源", "水源地"),
    "库": ("水库", "库"),
    "溪": ("生态廊道", "溪", "廊道", "绿廊", "带"),
    "墙": ("绿墙", "屏障", "墙"),
    "淀": ("淀", "湿地", "涵养系统"),
    "河谷": ("河谷", "谷"),
    "主轴": ("主轴", "轴", "通道", "走廊"),
    "线": ("线", "轴线", "走廊", "带"),
    "山区": ("区", "山区"),
    "原": ("平原", "原", "区"),
}
"""How the names of a label's elements end."""

_NUMBER = "[一二两双三四五六七八九十多百千万数]"
_DIRECTION = "[东南西北中内外]"
_NOUN = "|".join(sorted(NOUNS, key=lambda noun: (-len(noun), noun)))
_VERB = r"(?:引领|拓展|协同|贯通|联动|支撑|带动|辐射|环绕|串联|并进|并举|驱动|联结|相连|镶嵌|点缀|交织|贯穿|统领|集聚|互动|融合|共进|齐飞|发展|连通|提升|保护|统筹|协调|均衡|布局|相映|相拥|环抱|护城|入城|为底|多元|成网|分布|散布|错落|环城)"
ACTING = re.compile(_VERB)
"""What a label of a slogan does: 一核引领."""
LABEL = re.compile(
    rf"(?P<number>{_NUMBER}{{1,2}})(?P<classifier>大|条|片(?=区))?(?P<noun>{_NOUN})|(?P<side>{_DIRECTION})(?P<sidenoun>屏|脉|廊|核|轴|带|链|片|区|翼|心)"
)
_LABEL = rf"(?:{_NUMBER}{{1,2}}大?(?:{_NOUN})|{_DIRECTION}(?:屏|脉|廊|核|轴|带|链|片|区|翼|心))"
SLOGAN = re.compile(
    rf"(?:{_LABEL}(?:{_VERB}|[^一二两双三四五六七八九十多、，“”。；\s]{{2}}(?=[、，]|$))?[、，]?){{2,}}"
)
OWN_TAIL = frozenset("策品案档图规法码站员长证章宅单票窗号卡级类化性策责")
"""What is counted in mottos of another kind: 一镇一品, 五级三类."""
SIDES = re.compile(
    r"(?:沿[江河湖海边线]|[东南西北中内外](?:屏|脉|廊|核|轴|带|链|片|区|翼|心|山|原|湖|江|河|城|海|田|林|岸)){1,4}"
)
SIDE = re.compile(r"沿[江河湖海边线]|[东南西北中内外].")
_TOKEN = re.compile(
    r"(?P<number>[一二两双三四五六七八九十多百千万数\dN]{1,2})(?P<rest>[^一二两双三四五六七八九十多百千万数\dN]+)"
)
BETWEEN = frozenset("夹串拥抱环绕连贯润依傍穿映融望衔牵")
"""Verbs of one character between two labels: 两山夹一川."""
LINKING = frozenset("连通护贯串抱绕拥润兴融汇映衔缀嵌穿接达")
"""Verbs of one character before what a last label does something with: 多廊连城乡."""
NOT_SLOGAN = re.compile(
    r"三区三线|三线一单|三生|一户|一带一路"
    r"|一[园区村镇县岛湾河湖山岸库塘](?:一(?:策|品|案|档|图|长|业|景|特|韵|色|规|站|所|编|库|码|法|政|责|项|单|张|园|主题|特色))"
)
WITH_NAMES = re.compile(r"“((?:[^“”（）]{2,6}（[^（）“”]+）[、，]?){2,})”")
"""A slogan with the names of its labels in it: “一核（县城）、两带（青江带、白江带）”."""
_BY_LENGTH = tuple(sorted({**NOUNS, **PLACES}, key=lambda noun: (-len(noun), noun)))
PATTERN_WORD = re.compile(r"格局|结构|体系|骨架|网络|布局|空间|形态|系统")
COUNTED = re.compile(
    rf"(?P<number>{_NUMBER}{{1,2}})(?:大|条|个|处|片|座|类)?(?P<middle>[^，。；、“”（）\s]{{0,8}}?)(?P<noun>{_NOUN})$"
)
"""A counted kind of element in a title: 五大都市圈, 十条省级生态廊道, 六处生态绿核."""


def _known_end(noun: str) -> str:
    """产业带 → 带: the structural noun that a longer word ends with; "" if none."""
    return next((noun[at:] for at in range(1, len(noun)) if noun[at:] in NOUNS), "")


@dataclass(frozen=True, slots=True)
class Label:
    """One word of a slogan. `count` is how many elements it announces, 0 for 多; `kind` as in CONTRACT §3."""

    text: str
    noun: str
    count: int

    @property
    def kind(self) -> str:
        if self.noun in ("核", "核心", "心") and self.count not in (1, 2):
            return "node"
        if self.noun == "湖" and self.count > 3:
            return "node"
        if self.noun == "副" and self.count == 1:
            return "core"
        return NOUNS.get(self.noun) or PLACES.get(self.noun) or NOUNS.get(_known_end(self.noun), "other")

    def kind_of(self, name: str) -> str:
        """The kind of the element with this name: what its last word says, where the label's noun only says what lies there
        or leads the way (三江: 长江生态廊道; 多廊: 产业走廊), else the label's kind."""
        if self.noun in ("江", "河") and re.search("[江河水溪川]$", name):
            return "corridor"
        told = NAMED_KIND.search(name) if self.noun in LOOSE else None
        if told and not (told["belt"] and self.kind == "corridor"):
            return next(kind for kind, word in told.groupdict().items() if word)
        if (
            self.noun == "群"
            and re.search("湿地|湖|岛|公园", name)
            and not re.search("[市镇圈]群?$|城市群|城镇群", name)
        ):
            return "patch"
        return self.kind

    @property
    def endings(self) -> tuple[str, ...]:
        """How the names of its elements end."""
        return FAMILIES.get(self.noun) or FAMILIES.get(_known_end(self.noun)) or (self.noun,)


@dataclass(frozen=True, slots=True)
class Slogan:
    """A slogan at characters start..end of a text (without its quotation marks)."""

    text: str
    start: int
    end: int
    labels: tuple[Label, ...]


def number_of(words: str) -> int:
    """The number that Chinese numerals up to 九十九 say; 0 for 多."""
    if words in NUMERALS or words.isdecimal():
        return int(words) if words.isdecimal() else NUMERALS[words]
    if words.startswith("十"):
        return 10 + NUMERALS.get(words[1:], 0)
    return NUMERALS.get(words[:1], 0) * 10 if words.endswith("十") else 0


def labels_of(text: str) -> tuple[Label, ...]:
    """The labels of a slogan in order: 一核两极多支点 → 一核, 两极, 多支点."""
    return tuple(
        Label(match["number"] + (match["classifier"] or "") + match["noun"], match["noun"], number_of(match["number"]))
        if match["number"]
        else Label(match.group(), match["sidenoun"], 1)
        for match in LABEL.finditer(text)
    )


def quoted_labels(inside: str) -> tuple[Label, ...]:
    """The labels of words in quotation marks that are a slogan, whatever they count (一楼三岛, 一源一屏、一城三镇); () if none.

    A part between commas is labels from end to end, or sides (沿湖沿江), or at most one motto of four characters.
    """
    labels: list[Label] = []
    mottos = counted = 0
    for part in re.split(r"[、，,+＋·\s—－-]+", inside):
        if SIDES.fullmatch(part):
            labels += [Label(side, side[1:], 1) for side in SIDE.findall(part)]
            continue
        tokens = list(_TOKEN.finditer(part))
        if not tokens or tokens[0].start():
            mottos += 1 if len(part) == 4 else 9
            continue
        for token in tokens:
            rest, side = token["rest"], None
            if aside := re.fullmatch(rf"(?P<own>.+?)(?P<side>{_DIRECTION}(?:屏障|屏|带|轴|核|心|廊|片|区|翼))", rest):
                rest, side = aside["own"], aside["side"]
            label = _label_of(token["number"], rest, last=token is tokens[-1])
            if label is None:
                return ()
            labels += [label, Label(side, side[1:], 1)] if side else [label]
            counted += 1
        if token["rest"].endswith("串珠") and labels[-1].noun != "珠":
            labels.append(Label("珠", "珠", 0))
    known = sum(label.noun in NOUNS or label.noun in PLACES for label in labels)
    return tuple(labels) if len(labels) > 1 and counted and known and mottos < 2 else ()


def _label_of(number: str, rest: str, *, last: bool) -> Label | None:
    """The label that a numeral and what stands after it make, perhaps with a verb (一核引领); None for what counts no place."""
    classifier = "大" if rest.startswith("大") else "条" if rest.startswith("条") else ""
    rest = rest.removeprefix(classifier)
    noun = next((n for n in _BY_LENGTH if rest == n), None)
    if noun is None:
        for known in _BY_LENGTH:
            told = rest.removeprefix(known)
            between = not last and told in BETWEEN
            linking = last and len(told) == 3 and told[0] in LINKING
            if told != rest and (between or linking or re.fullmatch(_VERB, told) or (last and len(told) == 2)):
                noun = known
                break
    if noun is None:
        if len(rest) > 3 or rest[-1] in OWN_TAIL:
            return None
        noun = rest
    return Label(number + classifier + noun, noun, number_of(number))


def _with_motto(inside: str) -> bool:
    """一湖一脉、双核三廊、全域美丽: labels, and one part that is only a motto."""
    parts = re.split("[、，]", inside)
    mottos = [part for part in parts if not SLOGAN.fullmatch(part) and not LABEL.fullmatch(part)]
    return len(parts) > 1 and len(mottos) == 1 and len(mottos[0]) == 4 and len(labels_of(inside)) >= 3


SINGLE_LABEL = re.compile(
    rf"(?:(?:为|构建|形成|构筑|打造|划分|布局|规划|突出|筑牢|建设)(?:了)?“(?P<before>{_NUMBER}大?(?:{_NOUN}))”"
    rf"|“(?P<after>{_NUMBER}大?(?:{_NOUN}))”(?:的)?[^，。；、“”]{{0,10}}(?:格局|结构|布局|骨架|体系))"
)
"""农业空间分为“两区”: a slogan of one label."""


def single_labels(text: str) -> tuple[Slogan, ...]:
    """Slogans of one label that counts several: 形成“三带”; only a plan that explains it makes it a pattern."""
    found = []
    for match in SINGLE_LABEL.finditer(text):
        group = "before" if match["before"] else "after"
        labels = labels_of(match[group])
        if len(labels) == 1 and labels[0].count > 1 and not NOT_SLOGAN.search(match[group]):
            found.append(Slogan(match[group], match.start(group), match.end(group), labels))
    return tuple(found)


@lru_cache(maxsize=8192)
def find_slogans(text: str) -> tuple[Slogan, ...]:
    """The slogans of spatial structure in a text: in quotation marks, or bare before 格局, 结构 …"""
    found: list[Slogan] = []
    for match in re.finditer(r"[“‘「]\s?([^“”‘’「」]{3,30}?)\s?[”’」]", text):
        inside = match.group(1)
        if NOT_SLOGAN.search(inside):
            continue
        labels = quoted_labels(inside)
        if not labels and (SLOGAN.fullmatch(inside) or _with_motto(inside)):
            labels = labels_of(inside)
        closed = all(label.noun in NOUNS or label.noun in PLACES for label in labels)
        if labels and (closed or PATTERN_WORD.search(text, max(0, match.start() - 12), match.end() + 16)):
            found.append(Slogan(inside, match.start(1), match.end(1), labels))
    for match in WITH_NAMES.finditer(text):
        plain = re.sub("（[^（）]*）", "", match.group(1))
        if (labels := quoted_labels(plain)) and not NOT_SLOGAN.search(plain):
            found.append(Slogan(plain, match.start(1), match.end(1), labels))
    for match in SLOGAN.finditer(text):
        words = match.group().rstrip("、，")
        end = match.start() + len(words)
        quoted = any(slogan.start <= match.start() < slogan.end for slogan in found)
        called = re.match(r"的?[^，。；、]{0,14}(?:格局|结构)", text[end:]) or re.search(
            r"(?:格局|结构|布局|体系)(?:为|是|：|呈现?)$", text[: match.start()]
        )
        if quoted or NOT_SLOGAN.search(words) or not called:
            continue
        found.append(Slogan(words, match.start(), end, quoted_labels(words) or labels_of(words)))
    return tuple(sorted(found, key=lambda slogan: slogan.start))
