"""Small numbers about small arrays: what numpy gives too, without what it does for all other cases."""

from __future__ import annotations

import numpy as np


def median(values: np.ndarray) -> float:
    """The median of a row of numbers, as `numpy.median` gives it; there is at least one, and none is NaN."""
    ordered = np.sort(values)
    half = len(ordered) // 2
    return float(ordered[half]) if len(ordered) % 2 else float((ordered[half - 1] + ordered[half]) / 2)
