from __future__ import annotations

import numpy as np
import pytest

from framing.analysis.mantel_haenszel import stratified_ratio
from framing.analysis.robustness.influence import ratios_without_each_article


def test_each_value_is_the_ratio_without_that_article() -> None:
    rng = np.random.default_rng(1)
    counts, words = rng.poisson(2, 40).astype(float), rng.uniform(200, 900, 40)
    inside, strata = rng.random(40) < 0.4, rng.integers(0, 5, 40).astype(str)
    found = ratios_without_each_article(counts, words, inside, strata)
    for left_out in range(40):
        kept = np.arange(40) != left_out
        expected = stratified_ratio(
            counts[kept, None], words[kept], inside[kept], strata[kept], np.ones(1)
        ).ratio[0]
        assert found[left_out] == pytest.approx(expected)


def test_without_strata_it_is_the_plain_ratio() -> None:
    counts, words = np.array([4.0, 0, 3, 2]), np.array([300.0, 500, 400, 800])
    inside = np.array([True, True, False, False])
    found = ratios_without_each_article(counts, words, inside)
    assert found[0] == 0
    assert found[1] == pytest.approx((4 / 300) / (5 / 1200))
    assert found[2] == pytest.approx((4 / 800) / (2 / 800))


def test_a_side_that_loses_its_only_mentions_has_no_ratio() -> None:
    inside = np.array([True, True, False, False])
    found = ratios_without_each_article(np.array([1.0, 1, 2, 0]), np.full(4, 500.0), inside)
    assert np.isinf(found[2])
    alone = ratios_without_each_article(np.array([1.0, 0]), np.full(2, 500.0), np.array([True, False]))
    assert not np.isfinite(alone).any()
