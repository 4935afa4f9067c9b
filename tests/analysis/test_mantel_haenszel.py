from __future__ import annotations

import numpy as np
import pytest

from framing.analysis.intervals import pooled_dispersion
from framing.analysis.mantel_haenszel import stratified_ratio
from framing.analysis.ratios import rate_ratio, side_of
from framing.errors import AnalysisError

Corpus = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def strata_of(seed: int, articles: int, strata: int, ratio: float = 1.0, features: int = 1) -> Corpus:
    """Articles whose stratum decides how often a term occurs and which group writes more of them."""
    rng = np.random.default_rng(seed)
    place = rng.integers(0, strata, articles)
    inside = rng.random(articles) < rng.uniform(0.2, 0.8, strata)[place]
    words = rng.uniform(200, 900, articles)
    level = np.exp(rng.normal(0, 0.8, strata))[place] * np.where(inside, ratio, 1) * 2 * words / 1000
    counts = rng.poisson(rng.gamma(np.repeat(level[:, None], features, axis=1) / 2, 2))
    return counts, words, inside, place.astype(str)


def naive(counts: np.ndarray, words: np.ndarray, inside: np.ndarray, strata: np.ndarray) -> float:
    above = below = 0.0
    for name in set(strata.tolist()):
        here = strata == name
        w, others = words[here & inside].sum(), words[here & ~inside].sum()
        if w and others:
            above += counts[here & inside].sum() * others / (w + others)
            below += counts[here & ~inside].sum() * w / (w + others)
    return above / below


def test_ratio_agrees_with_the_formula_stratum_by_stratum() -> None:
    counts, words, inside, strata = strata_of(1, 80, 9)
    found = stratified_ratio(counts, words, inside, strata, np.ones(1))
    assert found.ratio[0] == pytest.approx(naive(counts[:, 0], words, inside, strata))
    assert found.low[0] < found.ratio[0] < found.high[0]


def test_one_stratum_is_the_plain_ratio() -> None:
    counts, words, inside, _ = strata_of(2, 400, 3)
    found = stratified_ratio(counts, words, inside, np.full(400, "all"), np.ones(1))
    plain = rate_ratio(
        side_of(counts[inside], words[inside]), side_of(counts[~inside], words[~inside]), np.ones(1)
    )
    assert found.ratio[0] == pytest.approx(plain.ratio[0])
    assert np.log([found.low[0], found.high[0]]) == pytest.approx(
        np.log([plain.low[0], plain.high[0]]), abs=0.03
    )


def test_width_agrees_with_a_jackknife_over_articles() -> None:
    counts, words, inside, strata = strata_of(3, 600, 6)
    found = stratified_ratio(counts, words, inside, strata, np.ones(1))
    y = counts[:, 0]
    keep = ~np.eye(600, dtype=bool)
    left = np.log([naive(y[k], words[k], inside[k], strata[k]) for k in keep])
    error = np.sqrt(599 / 600 * ((left - left.mean()) ** 2).sum())
    half = np.log(found.high[0] / found.ratio[0])
    assert half == pytest.approx(1.96 * error, rel=0.06)


def test_strata_of_one_side_do_not_count() -> None:
    counts, words, inside, strata = strata_of(4, 90, 5)
    alone = np.concatenate([strata, ["only here", "only there"]])
    more = stratified_ratio(
        np.concatenate([counts, [[50], [70]]]), np.concatenate([words, [300.0, 300.0]]),
        np.concatenate([inside, [True, False]]), alone, np.ones(1),
    )  # fmt: skip
    found = stratified_ratio(counts, words, inside, strata, np.ones(1))
    assert [v[0] for v in more] == pytest.approx([v[0] for v in found])


def test_no_shared_stratum_gives_no_ratio() -> None:
    found = stratified_ratio(
        np.array([[3], [4]]), np.full(2, 500.0), np.array([True, False]), np.array(["a", "b"]), np.ones(1)
    )
    assert all(np.isnan(value[0]) for value in found)


def test_limits_cover_the_true_ratio_in_few_and_many_strata() -> None:
    for articles, strata, true in ((100, 5, 2.0), (200, 60, 1.0)):
        covered = []
        for seed in range(4):
            counts, words, inside, place = strata_of(seed, articles, strata, true, features=80)
            cells = np.char.add(place, np.where(inside, "+", "-"))
            prior = pooled_dispersion(counts, words, cells)
            found = stratified_ratio(counts, words, inside, place, prior)
            covered.append((found.low <= true) & (true <= found.high))
        assert 0.92 < np.mean(covered) < 0.99


def test_level_must_be_a_share() -> None:
    with pytest.raises(AnalysisError, match="level must be a share"):
        stratified_ratio(*strata_of(1, 9, 2), np.ones(1), level=95)
