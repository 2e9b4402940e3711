"""Zones: the type that the upper plan gives a county or town is kept, or made finer below it (DOMAIN §7.3, §7.4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from ..plan.requirement import ListRequirement, ZoneRequirement
from ..plan.verdict import Response
from .judgement import Ground, Judgement, nearest_three, problem
from .lists import overlap
from .passages import Passage
from .words import letters

OLD_TYPES = ("优化开发", "重点开发", "限制开发", "禁止开发")


_WHOLE = re.compile(r"(?:本|全)[省市县区旗州](?:整体|总体|域)?(?:为|是|属|定位|作为)")


def type_key(zone_type: str, ground: Ground) -> str:
    """One form for the names of a type (城市化发展区 = 城市化地区)."""
    key = ground.zone_type(zone_type)
    return key if key is not None else letters(zone_type)


def same_type(one: str, other: str, ground: Ground) -> bool:
    ours, theirs = type_key(one, ground), type_key(other, ground)
    return ours == theirs or (min(len(ours), len(theirs)) >= 4 and (ours in theirs or theirs in ours))


def judge_zone(zone: ZoneRequirement, ground: Ground) -> Judgement:
    """How the draft keeps the zone of one unit."""
    gazetteer, region = ground.lexicon.gazetteer, ground.seen_from
    pool = [z for z in ground.draft.by_mode["zone"] if isinstance(z, ZoneRequirement) and kindred(zone, z)]
    unit = gazetteer.find(zone.unit.name, region)
    own = [z for z in pool if letters(z.unit.name) == letters(zone.unit.name)]
    if _is_whole(zone, ground):
        return _whole_type(zone, pool, ground)
    if own:
        return _of_unit(zone, own, pool, ground)
    below = [
        z
        for z in pool
        if unit is not None
        and (found := gazetteer.find(z.unit.name, region)) is not None
        and found != unit
        and gazetteer.is_within(found, unit)
    ]
    kept = [z for z in below if same_type(z.type, zone.type, ground)]
    spoken = _in_words(zone, ground)
    if kept:
        answers = (*_answers(kept[:3], ground), *(spoken.responses if spoken else ()))
        laid = _overlaid(zone, kept, ground)
        if laid.verdict == "partial":
            return replace(
                laid, responses=tuple({answer.text: answer for answer in (*answers, *laid.responses)}.values())
            )
        return Judgement("refined", f"{zone.unit.name}已细化到{len(below)}个单元，{len(kept)}个为{zone.type}", answers)
    alike = max(below, key=lambda z: overlap(letters(z.type), letters(zone.type)), default=None)
    if alike is not None and not _exclusive(zone) and overlap(letters(alike.type), letters(zone.type)) >= 0.15:
        return Judgement("refined", f"本级以“{alike.type}”对应{zone.type}", _answers([alike], ground))
    if spoken is not None:
        return spoken
    shown, searched = nearest_three(ground, ground.index.nearest(zone.unit.name + zone.type, limit=3))
    message = f"草案未写明{zone.unit.name}的{zone.system}类型（上位为{zone.type}）"
    return Judgement("missing", message, (), (problem("ZONE-TYPE", zone, message),), shown, searched)


def kindred(zone: ZoneRequirement, other: ZoneRequirement) -> bool:
    """Whether two zonings are of one kind: 主体功能区 with 主体功能区, 修复分区 with 修复分区."""
    one, two = letters(zone.system), letters(other.system)
    return one == two or one in two or two in one or fuzz.ratio(one, two) >= 60


def _is_whole(zone: ZoneRequirement, ground: Ground) -> bool:
    home = ground.upper.document.region
    name = zone.unit.name
    if home is not None and name == home.name:
        return True
    named = ground.lexicon.gazetteer.find(name, ground.seen_from) is not None
    return (name.startswith("全") and not named) or name in ("市域", "省域", "县域")


def _whole_type(zone: ZoneRequirement, pool: Sequence[ZoneRequirement], ground: Ground) -> Judgement:
    """A zone type of the whole upper area: the draft uses it for its own."""
    kept = [z for z in pool if same_type(z.type, zone.type, ground)]
    if kept:
        return Judgement("refined", f"本级划定了{zone.type}", _answers(kept[:2], ground))
    printed = [
        p for p in ground.draft.holding(letters(zone.type)) if p.row is not None or "划" in p.text or "区" in p.text
    ]
    if printed and len(pool) >= 2:
        return Judgement("refined", f"本级划定了{zone.type}", (_quote(printed[0], ground),))
    if len(pool) >= 2 and "矿" in zone.type and _mines_here(ground):
        message = f"本级的{zone.system}没有{zone.type}，上位规划在{ground.region.name}列有矿产资源区域"
        return Judgement("missing", message, (), (problem("ZONE-TYPE", zone, message),))
    return Judgement("not_applicable", f"本级未划分{zone.type}，上位未对本级提出要求")


def _mines_here(ground: Ground) -> bool:
    """Whether the upper plan lists a mining area in the draft's region."""
    places = ground.lexicon.gazetteer
    return any(
        ground.touches(places.find(bind.name, ground.upper_region) or bind for bind in entry.binds)
        for entry in ground.upper.requirements
        if isinstance(entry, ListRequirement) and entry.kind == "mineral"
    )


def _of_unit(
    zone: ZoneRequirement, own: Sequence[ZoneRequirement], pool: Sequence[ZoneRequirement], ground: Ground
) -> Judgement:
    wrong = [z for z in own if not same_type(z.type, zone.type, ground)]
    if not wrong or not _exclusive(zone):
        right = [z for z in own if same_type(z.type, zone.type, ground)]
        if right:
            return _overlaid(zone, right, ground)
        other = next((z for z in own if kindred(zone, z) and _of_others(z.type, zone, ground)), None)
        if other is not None:
            message = f"{zone.unit.name}：上位为{zone.type}，本级为{other.type}（上位划给其他地区的类型）"
            answers = _answers([other], ground)
            return Judgement("conflict", message, answers, (problem("ZONE-TYPE", zone, message, answers),))
        near = max(own, key=lambda z: fuzz.ratio(letters(z.type), letters(zone.type)))
        return Judgement("refined", f"{zone.unit.name}对应“{near.type}”", _answers([near], ground))
    old = any(word in wrong[0].type for word in OLD_TYPES)
    message = f"{zone.unit.name}：上位为{zone.type}，本级为{wrong[0].type}" + ("（沿用旧称）" if old else "")
    responses = _answers([*wrong, *(z for z in own if z not in wrong)], ground)
    town = re.search(r"(?:街道|镇|乡|苏木)$", zone.unit.name) is not None  # a county's own type is set above it
    if old and town and any(_old_name(z.type) == type_key(zone.type, ground) for z in wrong):
        return Judgement("partial", message, responses, (problem("ZONE-TYPE", zone, message, responses),))
    return Judgement("conflict", message, responses, (problem("ZONE-TYPE", zone, message, responses),))


def _old_name(printed: str) -> str | None:
    """The type of today that a name of 2010 stood for, for cities: what it is called is out of date, what it is stays."""
    return "城市化地区" if re.search("优化开发|重点开发", printed) else None


def _of_others(own_type: str, zone: ZoneRequirement, ground: Ground) -> bool:
    """Whether the upper plan gives a type to other units of the same zoning only, not to this one."""
    units = {
        z.unit.name
        for z in ground.upper.requirements
        if isinstance(z, ZoneRequirement) and z.system == zone.system and same_type(z.type, own_type, ground)
    }
    return bool(units) and zone.unit.name not in units


def _overlaid(zone: ZoneRequirement, own: Sequence[ZoneRequirement], ground: Ground) -> Judgement:
    """The type is kept; are the types laid over it (叠加能源资源富集区) said of the unit too?"""
    answers, name = _answers(own, ground), zone.unit.name
    stem = name[:2] if "自治" in name else re.sub(r"(?:街道|镇|乡|县|区|市|旗|苏木)$", "", letters(name))
    places = ground.draft.passages if name == ground.region.name else ground.draft.holding(stem)
    said = letters(
        "。".join([*(p.text for p in places if _OF_ZONES.search(p.text)), *(o for z in own for o in z.overlays)])
    )
    lost = [o for o in zone.overlays if re.sub(r"(?:富集|集中)?(?:地?区|功能区)$", "", letters(o)) not in said]
    if not lost or _overlaid_elsewhere(ground):
        return Judgement("fulfilled", f"{name}为{own[0].type}，与上位一致", answers)
    message = f"{name}为{own[0].type}，缺上位的叠加类型“{'、'.join(lost)}”"
    return Judgement("partial", message, answers, (problem("ZONE-TYPE", zone, message, answers),))


_OF_ZONES = re.compile(r"叠加|功能区|富集区|地区|主体功能|产区|类型区")
"""A passage that may say what is laid over a unit, and not only name the unit and a word of it (边境口岸)."""


def _overlaid_elsewhere(ground: Ground) -> bool:
    """Whether the draft lays types over its zones without saying over which units, as it does where a table or map has
    them."""
    places = ground.lexicon.gazetteer
    return any(
        not any(ground.within(r) and r != ground.known_region for *_, r in places.mentions(p.text, ground.seen_from))
        for p in ground.draft.holding("叠加")
        if p.row is None and "类型" in p.text
    )


def _exclusive(zone: ZoneRequirement) -> bool:
    """主体功能区 gives each unit one type; other zonings may give several."""
    return "主体功能" in zone.system


def _in_words(zone: ZoneRequirement, ground: Ground) -> Judgement | None:
    """The unit and its type in one sentence; or a unit's restoration zone under another name."""
    for passage in ground.draft.holding(zone.unit.name):
        if letters(zone.type) in letters(passage.text):
            return Judgement("fulfilled", f"正文写明{zone.unit.name}为{zone.type}", (_quote(passage, ground),))
    listed = _in_list(zone, ground)
    if listed is not None:
        return listed
    core = re.sub(r"(?:乡镇|镇|地区|区)$", "", letters(zone.type))
    others = {
        other
        for z in ground.upper.requirements
        if isinstance(z, ZoneRequirement) and z.system == zone.system
        if len(other := re.sub(r"(?:乡镇|镇|地区|区)$", "", letters(z.type))) >= 3 and other != core
    }
    for passage in ground.draft.holding(zone.unit.name):
        rest = re.split(r"[，；。]", passage.text[passage.text.find(zone.unit.name) :])[0]
        if len(core) >= 4 and core in letters(rest):
            return Judgement("fulfilled", f"正文写明{zone.unit.name}为{core}", (_quote(passage, ground),))
        contrary = re.search(r"(?:以|为|属)([一-龥]{2,6}功能)(?:为主|乡镇|镇|区)", rest)
        if _exclusive(zone) and (any(other in letters(rest) for other in others) or (contrary and len(core) >= 4)):
            message = f"{zone.unit.name}：上位为{zone.type}，本级为{rest[:30]}"
            response = _quote(passage, ground)
            return Judgement("conflict", message, (response,), (problem("ZONE-TYPE", zone, message, (response,)),))
    if zone.unit.name == ground.region.name:
        for passage in ground.draft.passages:
            said = letters(passage.text)
            if passage.row is None and _WHOLE.match(said) and letters(zone.type) in said:
                return Judgement("fulfilled", f"正文写明全域为{zone.type}", (_quote(passage, ground),))
    if _exclusive(zone):
        return None
    drawn = [z for z in ground.draft.by_mode["zone"] if isinstance(z, ZoneRequirement) and kindred(zone, z)]
    drawn = [z for z in drawn if letters(z.type) == letters(zone.type)]
    if drawn and ground.lexicon.gazetteer.find(zone.unit.name, ground.seen_from) is None:
        return Judgement("fulfilled", f"本级在{drawn[0].unit.name}划定{zone.type}", _answers(drawn[:2], ground))
    for candidate in ground.index.nearest(zone.type, limit=4):
        if candidate.cover >= 0.35:
            return Judgement(
                "refined", f"本级以“{candidate.passage.text[:24]}”对应{zone.type}", (_quote(candidate.passage, ground),)
            )
    return None


_UNIT = re.compile(r"(?:[一二三四五六七八九十两0-9]+个)?(?:街道|镇|乡|县|区|市)")


def _in_list(zone: ZoneRequirement, ground: Ground) -> Judgement | None:
    """湄江、黄家坝、鱼泉三个街道和石莲镇为城市化地区: units of a list that share the word for what they are."""
    stem = re.sub(r"(?:街道|镇|乡|县|区|市|苏木)$", "", letters(zone.unit.name))
    for passage in ground.draft.passages if len(stem) >= 2 else ():
        if passage.row is not None or stem not in passage.text or not _UNIT.search(passage.text):
            continue
        for part in re.split(r"[，。；：]", passage.text):
            at, said = part.find(stem), letters(part)
            if at >= 0 and re.match(r"[、和及]|[一二三四五六七八九十两0-9]+个", part[at + len(stem) :]):
                kind = re.split(r"(?:定位)?[为属]于?", part[at:])
                if letters(zone.type) in said and len(kind) > 1:
                    return Judgement("fulfilled", f"正文写明{zone.unit.name}为{zone.type}", (_quote(passage, ground),))
    return None


def _quote(passage: Passage, ground: Ground) -> Response:
    return ground.draft.quote(passage, 0.8)


def _answers(zones: Sequence[ZoneRequirement], ground: Ground) -> tuple[Response, ...]:
    answers = [answer for zone in zones for answer in ground.draft.answers(zone, 1.0)]
    return tuple({answer.text: answer for answer in answers}.values())[:6]
