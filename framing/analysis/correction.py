"""Correction for many tests at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from framing.errors import AnalysisError


def benjamini_hochberg(p: ArrayLike) -> NDArray[np.float64]:
    """Return q-values: the false discovery rate at which each test would count as a discovery.

    Of the rows with q below .05, about one in twenty or fewer is expected to be a false alarm. A
    missing p (not tested) stays missing and does not belong to the family. q is never below p, and
    equal p give equal q.

    Parameters
    ----------
    p
        p-values, 0 to 1, or NaN; any shape, one family.

    Raises
    ------
    AnalysisError
        If a value lies outside 0 to 1.

    Notes
    -----
    Holds for independent tests and for tests that tend to move together, as frames of one outlet
    do, not for arbitrary dependence.

    References
    ----------
    Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal
    Statistical Society B 57, 289-300.

    Examples
    --------
    >>> benjamini_hochberg([0.01, np.nan, 0.04, 0.03]).round(3).tolist()
    [0.03, nan, 0.04, 0.04]
    """
    values = np.asarray(p, dtype=np.float64)
    q = np.full(values.shape, np.nan)
    tested = ~np.isnan(values)
    family = values[tested]
    if np.any((family < 0) | (family > 1)):
        raise AnalysisError("a p-value lies outside its range", where="benjamini_hochberg",
                            got=f"{family.min():g} to {family.max():g}", allowed="0 to 1, or missing",
                            fix="pass p-values, not test statistics")  # fmt: skip
    order = np.argsort(family, kind="stable")
    scaled = family[order] * len(family) / np.arange(1, len(family) + 1)
    corrected = np.empty_like(family)
    corrected[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    q[tested] = corrected
    return q
