"""Two figures of one thing side by side: equal, stricter or looser, how much between them, and slips of a unit."""

from __future__ import annotations

from fractions import Fraction

from ..plan.quantity import decimal_string, standing
from .figures import Figure

SLIPS = tuple(Fraction(n) for n in (10, 15, 100, 150, 1000, 1500, 10000, 15000))


def stands(ours: Figure, theirs: Figure, direction: str | None) -> str:
    """equal, stricter or looser; a range is judged by both ends."""
    assert ours.size is not None and theirs.size is not None
    tolerance = max(ours.step, theirs.step)
    if theirs.upper_size is not None:
        low_ok = ours.size >= theirs.size - tolerance
        high_ok = (ours.upper_size or ours.size) <= theirs.upper_size + tolerance
        return "equal" if low_ok and high_ok else "looser"
    if direction is None:
        near = abs(ours.size - theirs.size) <= (theirs.size / 20 if theirs.value.op == "~" else tolerance)
        return "equal" if near else "looser"
    size = ours.size if direction == "floor" else (ours.upper_size or ours.size)
    return standing(size, theirs.size, "floor" if direction == "floor" else "cap", tolerance)


def arithmetic(ours: Figure, theirs: Figure, direction: str | None) -> str:
    """下限指标：规划 160.0 万亩 < 上位 166.5 万亩，少 6.5 万亩."""
    assert ours.size is not None and theirs.size is not None
    kind = {"floor": "下限指标：", "cap": "上限指标："}.get(direction or "", "")
    tolerance = max(ours.step, theirs.step)
    gap = ours.size - theirs.size
    sign = "=" if abs(gap) <= tolerance else ">" if gap > 0 else "<"
    text = f"{kind}规划 {ours.printed} {sign} 上位 {theirs.printed}"
    if sign == "=":
        return text
    units = [(f.unit.factor, f) for f in (theirs, ours) if f.unit is not None]
    scale, finer = min(units, key=lambda pair: pair[0], default=(Fraction(1), theirs))
    number = decimal_string(rounded(abs(gap) / scale))
    unit = finer.value.unit or ""
    return f"{text}，{'多' if gap > 0 else '少'} {number}{'个百分点' if unit == '%' else (' ' + unit if unit else '')}"


def rounded(number: Fraction) -> Fraction:
    """A number to two decimals where it has more."""
    return Fraction(round(number * 100), 100) if (number * 100).denominator > 1 else number


def slip_of(ours: Figure, theirs: Figure) -> int | None:
    """10, 15, 100 … if the two amounts differ by such a factor within their rounding."""
    if not ours.size or not theirs.size:
        return None
    for slip in SLIPS:
        for one, other, step in (
            (ours.size * slip, theirs.size, ours.step * slip),
            (ours.size, theirs.size * slip, theirs.step * slip),
        ):
            if abs(one - other) <= max(step, ours.step, theirs.step):
                return int(slip)
    return None
