"""Two figures of one thing side by side: equal, stricter or looser, how much between them, and slips of a unit."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ..plan.quantity import Units, decimal_string, exact, half_step, standing
from .figures import Figure, is_ratio

COARSE, FINE = Fraction(1, 100), Fraction(1, 1000)
"""The greatest share of an upper value that rounding may hide: where the draft prints it in another unit or with fewer
digits; where it prints as many digits of the same unit, so that nothing had to be rounded."""
SLIPS = tuple(Fraction(n) for n in (10, 15, 100, 150, 1000, 1500, 10000, 15000))


def tolerance(ours: Figure, theirs: Figure) -> Fraction:
    """By how much two figures may differ, in SI, and still say the same: half of the coarser last digit, but never so much
    of a short number that a real difference (2 and 1.8) is lost in it."""
    assert theirs.size is not None
    return least_rounding(ours.step, theirs.step, theirs.size, ours.value.unit == theirs.value.unit)


def least_rounding(ours: Fraction, theirs: Fraction, size: Fraction, same_unit: bool) -> Fraction:
    """The same for two half steps around an upper value of `size`."""
    finer = same_unit and ours <= theirs
    return min(max(ours, theirs), abs(size) * (FINE if finer else COARSE))


def stands(ours: Figure, theirs: Figure, direction: str | None) -> str:
    """equal, stricter or looser; a range is judged by both ends."""
    assert ours.size is not None and theirs.size is not None
    near_by = tolerance(ours, theirs)
    if theirs.upper_size is not None:
        low_ok = ours.size >= theirs.size - near_by
        high_ok = (ours.upper_size or ours.size) <= theirs.upper_size + near_by
        return "equal" if low_ok and high_ok else "looser"
    if direction is None:
        near = abs(ours.size - theirs.size) <= (theirs.size / 20 if theirs.value.op == "~" else near_by)
        return "equal" if near else "looser"
    size = ours.size if direction == "floor" else (ours.upper_size or ours.size)
    return standing(size, theirs.size, "floor" if direction == "floor" else "cap", near_by)


def arithmetic(ours: Figure, theirs: Figure, direction: str | None) -> str:
    """下限指标：规划 160.0 万亩 < 上位 166.5 万亩，少 6.5 万亩."""
    assert ours.size is not None and theirs.size is not None
    kind = {"floor": "下限指标：", "cap": "上限指标："}.get(direction or "", "")
    gap = ours.size - theirs.size
    sign = "=" if abs(gap) <= tolerance(ours, theirs) else ">" if gap > 0 else "<"
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


def holds_throughout(figure: Figure, scoped: Sequence[Figure], wanted: Sequence[Figure]) -> bool:
    """Whether a cap is one number for all years, handed down in one cell or sentence, and the draft sets it once for the end
    of the plan: what is not exceeded then need not be said for the years before."""
    if figure.value.op not in ("<=", "<") or not is_ratio(figure) or len(wanted) < 2:
        return False
    if len({(w.size, w.value.op) for w in wanted}) > 1 or figure.owner.attribute == "expected":
        return False
    return all(f.year == max(w.year or 0 for w in wanted) for f in scoped)


def pair_slip(ours: Figure, theirs: Figure, direction: str | None, units: Units) -> str | None:
    """The same number in a second unit that falls below what the first one keeps: 258.13 平方公里（37.82 万亩）."""
    pair = ours.value.pair
    if not pair or pair.get("value") is None or not pair.get("unit"):
        return None
    unit, number = units.find(pair["unit"]), exact(str(pair["value"]))
    if unit is None or number is None or theirs.size is None or ours.size is None:
        return None
    size, step = number * unit.factor, half_step(str(pair["value"]), unit)
    if abs(size - ours.size) <= max(step, ours.step) or direction is None:
        return None
    nearly = least_rounding(step, theirs.step, theirs.size, pair["unit"] == theirs.value.unit)
    side = standing(size, theirs.size, "floor" if direction == "floor" else "cap", nearly)
    if side != "looser":
        return None
    return f"{ours.printed}与括注{pair['value']}{pair['unit']}不符，括注值未达到上位{theirs.printed}"
