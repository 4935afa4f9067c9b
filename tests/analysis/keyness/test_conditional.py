from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from scipy.sparse import csr_array

from framing.analysis.keyness.conditional import conditional_p
from framing.analysis.keyness.sparse_permutation import sparse_permutation_p

ONE = np.ones(1)


def of(y: list[int], words: list[float], inside: list[bool], **more: object) -> float:
    found = conditional_p(csr_array([y]), np.array(words), np.array(inside), ONE, **more)  # type: ignore[arg-type]
    return float(found[0])


def test_is_the_binomial_mid_way() -> None:
    # 7 of 9 occurrences in .3 of the words: Jeffreys' tail lies between P(more than 7) and P(7 or more).
    p = of([7, 2], [300.0, 700.0], [True, False]) / 2
    assert stats.binom.sf(7, 9, 0.3) < p < stats.binom.sf(6, 9, 0.3)
    assert p == pytest.approx(stats.beta.cdf(0.3, 7.5, 2.5))


def test_both_sides_and_directions_are_alike() -> None:
    there = of([7, 2], [300.0, 700.0], [True, False])
    assert of([7, 2], [300.0, 700.0], [False, True]) == pytest.approx(there)
    assert of([2, 7], [700.0, 300.0], [True, False]) == pytest.approx(there)


def test_as_expected_is_no_surprise() -> None:
    assert of([30, 70], [300.0, 700.0], [True, False]) > 0.9
    assert of([0, 0], [300.0, 700.0], [True, False]) == 1.0


def test_dispersion_makes_occurrences_fewer() -> None:
    counts, words, inside = csr_array([[12, 3]] * 2), np.array([500.0, 500.0]), np.array([True, False])
    p = conditional_p(counts, words, inside, np.array([1.0, 3.0]))
    assert p[0] == pytest.approx(2 * stats.beta.cdf(0.5, 12.5, 3.5))
    assert p[1] == pytest.approx(2 * stats.beta.cdf(0.5, 4.5, 1.5))


def test_strata_decide_what_is_expected() -> None:
    # All of it in stratum x, where the side has nine tenths of the words; y and the lonely z do not matter.
    y, words = [9, 1, 0, 0, 5], [900.0, 100.0, 100.0, 900.0, 400.0]
    inside, strata = [True, False, True, False, True], np.array(list("xxyyz"))
    assert of(y, words, inside) < 0.05
    assert of(y, words, inside, strata=strata) > 0.5


def test_rare_words_in_articles_of_unequal_length() -> None:
    """Where sides differ in length, shuffles make too much of a few occurrences; this test does not."""
    rng = np.random.default_rng(3)
    inside = np.arange(200) < 125
    words = np.exp(rng.normal(6, 0.6, 200)) * np.where(inside, 5, 1)
    mean = np.repeat(12 * words[None] / words.sum(), 2000, axis=0)
    counts = rng.poisson(rng.gamma(mean / 2, 2))  # in clusters: variance three times the mean
    table = csr_array(counts[(counts > 0).sum(axis=1) >= 5])
    permuted = sparse_permutation_p(
        table, words, inside, family=np.zeros(table.shape[0], dtype=bool), permutations=499
    )
    held = conditional_p(table, words, inside, np.full(table.shape[0], 2.5))
    assert (permuted.p <= 0.002).mean() > 0.008  # four times too often, and more
    assert (held <= 0.002).mean() <= 0.004
    assert (held < 0.05).mean() <= 0.06
