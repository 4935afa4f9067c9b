from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import false_discovery_control

from framing.analysis.correction import benjamini_hochberg
from framing.errors import AnalysisError


@pytest.mark.parametrize("size", [1, 2, 7, 300])
def test_agrees_with_scipy(size: int) -> None:
    rng = np.random.default_rng(size)
    p = rng.choice([rng.random(size), np.full(size, 0.01)], axis=0)
    assert benjamini_hochberg(p) == pytest.approx(false_discovery_control(p, method="bh"))


def test_missing_values_stay_and_do_not_count() -> None:
    p = np.array([0.01, np.nan, 0.2, np.nan, 0.03])
    q = benjamini_hochberg(p)
    assert np.isnan(q[[1, 3]]).all()
    assert q[[0, 2, 4]] == pytest.approx(false_discovery_control(p[[0, 2, 4]]))


def test_order_ties_and_bounds() -> None:
    rng = np.random.default_rng(4)
    p = rng.integers(1, 40, 60) / 40
    q = benjamini_hochberg(p)
    order = rng.permutation(60)
    assert np.array_equal(benjamini_hochberg(p[order]), q[order])
    assert np.all((q >= p) & (q <= 1))
    for value in np.unique(p):
        assert len(set(q[p == value])) == 1


def test_nothing_to_correct() -> None:
    assert benjamini_hochberg([]).shape == (0,)
    assert np.isnan(benjamini_hochberg([np.nan])).all()


def test_refuses_what_is_no_probability() -> None:
    with pytest.raises(AnalysisError, match="p-value lies outside"):
        benjamini_hochberg([0.5, 2.3])
