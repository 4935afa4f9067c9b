from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest, power_divergence

from framing.analysis.robustness.split_half import COLUMNS, _by_words, split_half, wilson
from framing.analysis.units import article_matrix
from framing.errors import AnalysisError

Tables = tuple[pd.DataFrame, pd.DataFrame]
Corpus = Callable[..., Tables]
Simulated = Callable[..., tuple[np.ndarray, np.ndarray]]


@pytest.fixture
def tables(corpus: Corpus, simulated: Simulated) -> Tables:
    """Two outlets that differ a lot, mentions in clusters."""
    words, counts = simulated(np.random.default_rng(3), 160, rate=3, dispersion=4, features=8)
    counts[80:] *= 3
    return corpus(np.repeat(["Alpha", "Beta"], 80), words, counts)


def test_nothing_is_found_where_nothing_differs(tables: Tables) -> None:
    table = split_half(*tables, splits=100)
    assert tuple(table.columns) == COLUMNS
    assert 0.02 < table["rejected"].mean() < 0.08
    assert table["rejected_by_words"].mean() > 0.2
    assert table.attrs["method"]["groups"] == ["Alpha", "Beta"]
    assert table.attrs["method"]["any_discovery"] < table.attrs["method"]["any_discovery_by_words"]


def test_test_by_words_agrees_with_another_library(tables: Tables) -> None:
    matrix = article_matrix(*tables)
    groups = np.where(matrix.groups == "Alpha", "first", "second")
    halves = type(matrix)(groups, matrix.doc_ids, matrix.words, matrix.counts, matrix.features, {})
    first = groups == "first"
    observed = [matrix.counts[side, 0].sum() for side in (first, ~first)]
    share = [matrix.words[side].sum() / matrix.words.sum() for side in (first, ~first)]
    expected = [sum(observed) * s for s in share]
    reference = power_divergence(observed, expected, lambda_="log-likelihood")
    assert _by_words(halves)[0] == pytest.approx(reference.pvalue, rel=1e-6)


def test_limits_of_a_share_agree_with_another_library() -> None:
    low, high = wilson(np.array([0.05, 0.0]), np.array([200, 40]))
    for i, (k, n) in enumerate(((10, 200), (0, 40))):
        reference = binomtest(k, n).proportion_ci(method="wilson")
        assert (low[i], high[i]) == pytest.approx((reference.low, reference.high), abs=1e-6)


def test_arm_and_group_are_kept(tables: Tables) -> None:
    table = split_half(*tables, group="Beta", arm=15, splits=20, category="f0")
    assert table["n_articles"].tolist() == [30]
    assert table.attrs["method"]["groups"] == ["Beta"]
    with pytest.raises(AnalysisError, match="no group is large enough"):
        split_half(*tables, arm=41)
    with pytest.raises(AnalysisError, match="unknown group"):
        split_half(*tables, group="Gamma")


def test_seed_decides_and_features_without_mentions_are_left_out(tables: Tables) -> None:
    documents, counts = tables
    first = split_half(documents, counts, splits=10, seed=4)
    pd.testing.assert_frame_equal(first, split_half(documents, counts.sample(frac=1, random_state=1), splits=10, seed=4))  # noqa: E501  # fmt: skip
    only = split_half(documents, counts[counts["category"] == "f1"], splits=5)
    assert only["feature"].tolist() == ["f1", "any"]
