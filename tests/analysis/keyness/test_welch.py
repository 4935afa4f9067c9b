from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from scipy.sparse import csr_array

from framing.analysis.keyness.welch import welch_p


def test_agrees_with_scipy() -> None:
    rng = np.random.default_rng(2)
    words = rng.integers(200, 900, 60).astype(float)
    counts = rng.poisson(rng.uniform(0.3, 4, (30, 1)), (30, 60))
    inside = np.arange(60) < 22
    found = welch_p(csr_array(counts), words, inside)
    rates = counts / words
    expected = stats.ttest_ind(rates[:, inside], rates[:, ~inside], axis=1, equal_var=False).pvalue
    assert found == pytest.approx(expected)


def test_without_any_spread_nothing_is_known() -> None:
    words = np.full(6, 100.0)
    counts = csr_array(np.array([[1, 1, 1, 2, 2, 2], [0, 0, 0, 0, 0, 0], [1, 2, 1, 0, 0, 0]]))
    found = welch_p(counts, words, np.arange(6) < 3)
    assert np.isnan(found[:2]).all()
    assert 0 < found[2] < 1
    assert np.isnan(welch_p(counts, words, np.arange(6) < 1)).all()
