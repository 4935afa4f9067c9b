"""Two measures that several evaluations share."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]

_BINS = 10


def f1(true: Bools, found: Bools) -> float:
    """Return the F1 of found words."""
    return float(2 * (true & found).sum() / max(int(true.sum() + found.sum()), 1))


def ece(true: Bools, chance: NDArray[np.float64]) -> float:
    """Return the expected calibration error over ten bins of equal width (Guo et al. 2017)."""
    bins = np.minimum((chance * _BINS).astype(np.int64), _BINS - 1)
    total = 0.0
    for number in range(_BINS):
        inside = bins == number
        if inside.any():
            total += float(inside.sum()) * abs(float(chance[inside].mean()) - float(true[inside].mean()))
    return total / len(true)
