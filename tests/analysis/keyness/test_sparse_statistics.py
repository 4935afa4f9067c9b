from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from framing.analysis.keyness.sparse_statistics import SparseRates, SparseStrata
from framing.analysis.stratified import StratifiedStatistic
from framing.analysis.studentised import RateStatistic


@pytest.fixture
def sample() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Counts (articles x features) from rare to frequent, words, and labels for eight shuffles."""
    rng = np.random.default_rng(12)
    words = rng.integers(100, 2000, 70).astype(float)
    counts = rng.poisson(rng.gamma(0.4, np.geomspace(0.1, 12, 60), (70, 60))).astype(np.int32)
    counts[:, 0] = 0
    counts[:, 1] = np.where(np.arange(70) == 3, 9, 0)
    labels = np.stack([rng.permutation(np.arange(70) < 24) for _ in range(8)]).astype(np.int32)
    return counts, words, labels


def test_rates_agree_with_full_columns(sample: tuple[np.ndarray, np.ndarray, np.ndarray]) -> None:
    counts, words, labels = sample
    expected = RateStatistic(counts, words, labels[0], 2).of(labels)[:, 1]
    found = SparseRates(csr_array(counts.T), words, 24).of(labels.T.astype(float))
    np.testing.assert_allclose(found.T, expected, rtol=1e-9)
    assert found[0].tolist() == [0.0] * 8


def test_many_features_go_through_in_blocks() -> None:
    rng = np.random.default_rng(1)
    counts, words = rng.poisson(0.2, (20, 2500)), rng.integers(100, 900, 20).astype(float)
    inside = (np.arange(20) < 8).astype(float)[:, None]
    whole = SparseRates(csr_array(counts.T), words, 8).of(inside)
    one_by_one = [
        SparseRates(csr_array(counts[:, [i]].T), words, 8).of(inside)[0, 0] for i in (0, 1023, 1024, 2499)
    ]
    assert whole[[0, 1023, 1024, 2499], 0].tolist() == one_by_one
    assert SparseRates(csr_array(np.zeros((0, 20))), words, 8).of(inside).shape == (0, 1)


def test_strata_agree_with_full_columns(sample: tuple[np.ndarray, np.ndarray, np.ndarray]) -> None:
    counts, words, labels = sample
    strata = np.arange(70) % 5
    rng = np.random.default_rng(2)
    shuffled = np.tile(labels[0], (6, 1))
    for row in shuffled:
        for s in range(5):
            row[strata == s] = rng.permutation(row[strata == s])
    expected = StratifiedStatistic(counts, words, labels[0], strata, 2).of(shuffled)[:, 1]
    inside = labels[0].astype(bool)
    found = SparseStrata(csr_array(counts.T), words, strata, inside).of(shuffled.T.astype(float))
    np.testing.assert_allclose(found.T, expected, rtol=1e-9)
