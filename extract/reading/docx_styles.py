"""What the styles and the numbering of a DOCX make of a paragraph: outline level, boldness, and the number Word shows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from .docx_package import W, value_of

DIGITS = "零一二三四五六七八九"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


Number = tuple[str, int | None, str | None]
"""numId, ilvl, and the style that says so: where ilvl is None, the level that is linked to that style."""


@dataclass(frozen=True, slots=True)
class Style:
    """A style with all that it inherits."""

    name: str
    outline: int | None = None
    bold: bool | None = None
    underline: bool | None = None
    number: Number | None = None
    size: float | None = None
    """Points."""
    font: str | None = None
    """The East Asian font, or the theme's name for it."""
    centred: bool | None = None
    hidden: bool | None = None


PLAIN = Style("")


@dataclass(frozen=True, slots=True)
class Styles:
    by_id: dict[str, Style]
    default: str | None = None

    def find(self, style_id: str | None) -> Style:
        """The style of that id; the default paragraph style for None."""
        return self.by_id.get(style_id or self.default or "", PLAIN)


def read_styles(root: etree._Element | None) -> Styles:
    """All styles, each with what it inherits through basedOn."""
    if root is None:
        return Styles({})
    elements = {style.get(f"{W}styleId"): style for style in root.iter(f"{W}style")}
    done: dict[str, Style] = {}
    defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    bare = Style("", size=size_of(defaults), font=font_of(defaults))

    def resolved(style_id: str, seen: frozenset[str] = frozenset()) -> Style:
        if style_id in done:
            return done[style_id]
        element = elements.get(style_id)
        if element is None or style_id in seen:
            return PLAIN
        based_on = value_of(element, "basedOn")
        character = element.get(f"{W}type") == "character"
        base = resolved(based_on, seen | {style_id}) if based_on else PLAIN if character else bare
        name = value_of(element, "name") or style_id
        outline = value_of(element, "pPr/outlineLvl")
        number = element.find(f"{W}pPr/{W}numPr")
        done[style_id] = Style(
            name=name,
            outline=_outline(name, outline, base.outline),
            bold=_toggle(element, "b", base.bold),
            underline=_toggle(element, "u", base.underline),
            number=base.number if number is None else _number(number, base.number, style_id),
            size=size_of(element.find(f"{W}rPr")) or base.size,
            font=font_of(element.find(f"{W}rPr")) or base.font,
            centred=is_centred(element.find(f"{W}pPr"), base.centred),
            hidden=_toggle(element, "vanish", base.hidden),
        )
        return done[style_id]

    for style_id in elements:
        resolved(style_id)
    default = next(
        (
            id_
            for id_, style in elements.items()
            if style.get(f"{W}default") in ("1", "true") and style.get(f"{W}type") == "paragraph"
        ),
        None,
    )
    return Styles(done, default)


_NAMED_LEVEL = re.compile(
    r"(?:heading|标题)\s*([1-9一二三四五六七八九])(?:级)?|第?([1-9一二三四五六七八九])级标题|([章节条])标题"
)
"""The built-in names of heading styles, and those that planners give their own: 标题一, 一级标题, 章标题."""


def _outline(name: str, said: str | None, inherited: int | None) -> int | None:
    """The outline level from 0: as said, by the name of a heading style, else inherited; 9 is body text."""
    if said is not None and said.isdigit():
        return int(said) if int(said) < 9 else None
    if match := _NAMED_LEVEL.fullmatch(name.strip().lower()):
        level = match[1] or match[2]
        return (
            "章节条".index(match[3])
            if level is None
            else int(level) - 1
            if level.isdigit()
            else DIGITS.index(level) - 1
        )
    return inherited


def _toggle(style: etree._Element, name: str, inherited: bool | None) -> bool | None:
    found = style.find(f"{W}rPr/{W}{name}")
    return inherited if found is None else found.get(f"{W}val") not in ("0", "false", "off", "none")


def size_of(properties: etree._Element | None) -> float | None:
    """The font size that run properties say, in points."""
    size = value_of(properties, "sz")
    return int(size) / 2 if size and size.isdigit() else None


def font_of(properties: etree._Element | None) -> str | None:
    """The East Asian font that run properties say."""
    fonts = properties.find(f"{W}rFonts") if properties is not None else None
    return None if fonts is None else fonts.get(f"{W}eastAsia") or fonts.get(f"{W}eastAsiaTheme")


def is_centred(properties: etree._Element | None, inherited: bool | None) -> bool | None:
    """Whether paragraph properties put the lines in the middle."""
    said = value_of(properties, "jc")
    return inherited if said is None else said == "center"


def _number(number: etree._Element, inherited: Number | None, style_id: str | None) -> Number | None:
    num_id, level = value_of(number, "numId"), value_of(number, "ilvl")
    if num_id is None:
        num_id = inherited[0] if inherited else None
    return None if num_id is None else (num_id, int(level) if level and level.isdigit() else None, style_id)


@dataclass(frozen=True, slots=True)
class Level:
    start: int
    format: str
    text: str
    legal: bool
    suffix: str
    style: str | None
    restart: int | None


@dataclass(slots=True)
class Numbering:
    """The counters of numbering.xml, moved on by `label` in reading order (this is state: one reader, one Numbering)."""

    abstract_of: dict[str, str] = field(default_factory=dict)
    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)

    def label(self, paragraph_properties: etree._Element | None, style_id: str | None, style: Style) -> str:
        """The number that Word shows before the paragraph, with the blank behind it; "" if it has none or a bullet."""
        num_id, level = self._of(paragraph_properties, style_id, style)
        abstract = self.abstract_of.get(num_id or "")
        found = self.levels.get(abstract or "", {}).get(level)
        if num_id is None or abstract is None or found is None:
            return ""
        counts = self.counts.setdefault(abstract, {})
        override = self.starts.get((num_id, level))
        if override is not None and (num_id, level) not in self.started:
            counts[level] = override
        else:
            counts[level] = counts[level] + 1 if level in counts else found.start
        self.started.add((num_id, level))
        for deeper, definition in self.levels[abstract].items():
            if (
                deeper > level
                and definition.restart != 0
                and (definition.restart is None or level < definition.restart)
            ):
                counts.pop(deeper, None)
        return self._written(abstract, found, counts)

    def _of(self, properties: etree._Element | None, style_id: str | None, style: Style) -> tuple[str | None, int]:
        own = properties.find(f"{W}numPr") if properties is not None else None
        number = style.number if own is None else _number(own, style.number, style_id)
        if number is None or number[0] == "0":
            return None, 0
        num_id, level, linked = number
        if level is None:
            levels = self.levels.get(self.abstract_of.get(num_id, ""), {})
            level = next((at for at, definition in levels.items() if definition.style == linked), 0)
        return num_id, level

    def _written(self, abstract: str, level: Level, counts: dict[int, int]) -> str:
        if level.format == "bullet":
            return ""

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            definition = self.levels[abstract].get(at)
            if definition is None:
                return ""
            count = counts.get(at, definition.start)
            return formatted(count, "decimal" if level.legal else definition.format)

        text = re.sub(r"%([1-9])", number, level.text)
        return text + ("" if level.suffix == "nothing" or not text else " ")


def read_numbering(root: etree._Element | None, styles_root: etree._Element | None) -> Numbering:
    """The numbering definitions; list styles (numStyleLink) are followed."""
    numbering = Numbering()
    if root is None:
        return numbering
    style_links: dict[str, str] = {}
    pending: dict[str, str] = {}
    for abstract in root.iter(f"{W}abstractNum"):
        id_ = abstract.get(f"{W}abstractNumId") or ""
        numbering.levels[id_] = {_at(level): _level(level) for level in abstract.iter(f"{W}lvl")}
        if link := value_of(abstract, "styleLink"):
            style_links[link] = id_
        if link := value_of(abstract, "numStyleLink"):
            pending[id_] = link
    for id_, link in pending.items():
        if link in style_links:
            numbering.levels[id_] = numbering.levels[style_links[link]]
    for num in root.iter(f"{W}num"):
        num_id, abstract_id = num.get(f"{W}numId") or "", value_of(num, "abstractNumId") or ""
        numbering.abstract_of[num_id] = (
            pending.get(abstract_id, "") and style_links.get(pending[abstract_id], abstract_id)
        ) or abstract_id
        for override in num.iter(f"{W}lvlOverride"):
            at = _at(override)
            start = value_of(override, "startOverride")
            if start is not None and start.isdigit():
                numbering.starts[num_id, at] = int(start)
            if (level := override.find(f"{W}lvl")) is not None:
                # a redefined level is a list of its own, as Word counts it
                own = f"{abstract_id}#{num_id}"
                numbering.levels[own] = {**numbering.levels.get(abstract_id, {}), at: _level(level)}
                numbering.abstract_of[num_id] = own
    return numbering


def _at(element: etree._Element) -> int:
    level = element.get(f"{W}ilvl") or "0"
    return int(level) if level.isdigit() else 0


def _level(level: etree._Element) -> Level:
    start, restart = value_of(level, "start"), value_of(level, "lvlRestart")
    return Level(
        start=int(start) if start and start.isdigit() else 1 if start is None else 0,
        format=value_of(level, "numFmt") or "decimal",
        text=value_of(level, "lvlText") or "",
        legal=level.find(f"{W}isLgl") is not None,
        suffix=value_of(level, "suff") or "tab",
        style=value_of(level, "pStyle"),
        restart=int(restart) if restart and restart.isdigit() else None,
    )


def formatted(number: int, format_: str) -> str:
    """A count in one of Word's number formats (ECMA-376 ST_NumberFormat); unknown formats count in decimals."""
    match format_:
        case "none":
            return ""
        case "decimalZero":
            return f"{number:02d}"
        case "decimalFullWidth" | "decimalFullWidth2":
            return str(number).translate({48 + digit: 0xFF10 + digit for digit in range(10)})
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if 1 <= number <= 20:
            return chr(0x2460 + number - 1)
        case "decimalEnclosedParen" if 1 <= number <= 20:
            return chr(0x2474 + number - 1)
        case "decimalEnclosedFullstop" if 1 <= number <= 20:
            return chr(0x2488 + number - 1)
        case (
            "chineseCounting"
            | "chineseCountingThousand"
            | "japaneseCounting"
            | "taiwaneseCounting"
            | "taiwaneseCountingThousand"
        ):
            return chinese(number)
        case "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand":
            return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))
        case "chineseLegalSimplified" | "ideographLegalTraditional":
            return chinese(number).translate(str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟"))
        case "ideographTraditional":
            return STEMS[(number - 1) % 10]
        case "ideographZodiac":
            return BRANCHES[(number - 1) % 12]
        case "lowerLetter":
            return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        case "upperLetter":
            return chr(65 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        case "lowerRoman":
            return _roman(number).lower()
        case "upperRoman":
            return _roman(number)
    return str(number)


def chinese(number: int) -> str:
    """一, 十二, 二十, 一百零五: the way chapters and articles are counted (1 to 9999)."""
    if not 0 < number < 10_000:
        return str(number)
    digits = [int(digit) for digit in str(number)]
    words, gap = "", False
    for digit, unit in zip(digits, ["", "十", "百", "千"][len(digits) - 1 :: -1], strict=True):
        if digit:
            words += ("零" if gap else "") + DIGITS[digit] + unit
        gap = not digit and bool(words)
    return words.removeprefix("一") if 10 <= number < 20 else words


def _roman(number: int) -> str:
    written = ""
    for value, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        count, number = divmod(number, value)
        written += letters * count
    return written
