from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import statsmodels.api as sm

from framing.analysis.ratios import Ratio
from framing.analysis.trends.relative_change import Shuffles, ratio_of_ratios, relative_columns, relative_p
from framing.analysis.units import ArticleMatrix
from framing.errors import AnalysisError

Simulated = Callable[..., tuple[np.ndarray, np.ndarray]]
Drawn = tuple[ArticleMatrix, np.ndarray]


def draw(simulated: Simulated, sides: list[tuple[int, int, float, float]], *, seed: int) -> Drawn:
    """One group for each (articles before, after, rate before, rate after)."""
    rng = np.random.default_rng(seed)
    groups, after, words, counts = [], [], [], []
    for name, (early, late, first, second) in zip("abcdefgh", sides, strict=False):
        for articles, rate, side in ((early, first, False), (late, second, True)):
            w, y = simulated(rng, articles, rate=rate, dispersion=2)
            groups += [name] * articles
            after += [side] * articles
            words.append(w)
            counts.append(y)
    n = len(groups)
    matrix = ArticleMatrix(
        np.array(groups), np.array([f"{i:05}" for i in range(n)]), np.concatenate(words),
        np.concatenate(counts), ("f",), {},
    )  # fmt: skip
    return matrix, np.array(after)


def test_two_groups_agree_with_the_interaction_of_a_poisson_model(simulated: Simulated) -> None:
    """statsmodels: log rate = group + after + group x after, robust (HC1) standard errors."""
    matrix, after = draw(simulated, [(60, 80, 3, 5), (90, 70, 2, 2)], seed=1)
    first = (matrix.groups == "a").astype(float)
    design = np.column_stack([np.ones(len(first)), first, after, first * after])
    model = sm.GLM(
        matrix.counts[:, 0], design, family=sm.families.Poisson(), offset=np.log(matrix.words)
    ).fit(cov_type="HC1")
    changes = {}
    for name in "ab":
        rows = matrix.groups == name
        rate = [matrix.counts[rows & s].sum() / matrix.words[rows & s].sum() for s in (after, ~after)]
        value = np.array([rate[0] / rate[1]])
        changes[name] = Ratio(value, value / 1.5, value * 1.5)
    options = Shuffles(permutations=999, seed=0, confidence=0.95)
    found = relative_columns(matrix, after, changes, "rest", options)["a"]
    assert found["relative"][0] == pytest.approx(np.exp(model.params[3]))
    assert found["p_relative"][0] == pytest.approx(model.pvalues[3], abs=0.03)
    low, high = np.exp(model.conf_int()[3])
    assert found["relative_low"][0] == pytest.approx(low, rel=0.3)
    assert found["relative_high"][0] == pytest.approx(high, rel=0.3)


def test_a_shared_change_gives_small_p_no_more_often_than_it_should(simulated: Simulated) -> None:
    """Every group triples, at rates of its own; 150 small corpora."""
    hits = 0
    for seed in range(150):
        sides = [(12, 10, 3, 9), (20, 8, 1, 3), (10, 20, 5, 15)]
        p = relative_p(*draw(simulated, sides, seed=seed), permutations=99, seed=seed)
        hits += int((p["a"] <= 0.05).sum())
    assert hits <= 14


def test_a_planted_difference_is_found(simulated: Simulated) -> None:
    p = relative_p(*draw(simulated, [(40, 40, 3, 9)] + [(40, 40, 3, 3)] * 3, seed=2))
    assert p["a"] < 0.01
    assert all(p[name] > 0.05 for name in "bcd")


def test_groups_on_one_side_only_take_no_part(simulated: Simulated) -> None:
    matrix, after = draw(simulated, [(20, 20, 3, 6), (20, 20, 3, 3), (15, 0, 50, 1), (0, 15, 1, 50)], seed=3)
    both = np.isin(matrix.groups, ["a", "b"])
    found, expected = relative_p(matrix, after), relative_p(matrix.select(both), after[both])
    assert np.isnan(found["c"]).all()
    assert np.isnan(found["d"]).all()
    assert [found[n].tolist() for n in "ab"] == [expected[n].tolist() for n in "ab"]


def test_without_others_there_is_no_p(simulated: Simulated) -> None:
    matrix, after = draw(simulated, [(9, 9, 3, 6), (9, 0, 3, 6)], seed=3)
    assert all(np.isnan(p).all() for p in relative_p(matrix, after).values())
    alone = matrix.select(matrix.groups == "b")
    assert np.isnan(relative_p(alone, np.zeros(9, dtype=bool))["b"]).all()
    with pytest.raises(AnalysisError, match="permutations is too small"):
        relative_p(matrix, after, permutations=5)


def test_order_of_articles_changes_nothing(simulated: Simulated) -> None:
    matrix, after = draw(simulated, [(20, 20, 3, 6), (20, 20, 3, 3), (9, 9, 1, 1)], seed=5)
    order = np.random.default_rng(0).permutation(len(matrix))
    one, two = relative_p(matrix, after), relative_p(matrix.select(order), after[order])
    assert {n: p.tolist() for n, p in one.items()} == {n: p.tolist() for n, p in two.items()}


def test_ratio_of_ratios_by_hand() -> None:
    """log 3 and log 2; squared distances add: log(2)^2 + log(1.5)^2 below, log(4)^2 + log(2)^2 above."""
    own = Ratio(np.array([3.0, 3, 0, np.nan]), np.array([1.5, 0, 0, 1]), np.array([12.0, 12, 4, np.inf]))
    rest = Ratio(np.full(4, 2.0), np.full(4, 1.0), np.full(4, 3.0))
    found = ratio_of_ratios(own, rest)
    below, above = np.hypot(np.log(2), np.log(1.5)), np.hypot(np.log(4), np.log(2))
    assert (found.ratio[0], found.low[0], found.high[0]) == pytest.approx(
        (1.5, 1.5 * np.exp(-below), 1.5 * np.exp(above))
    )
    assert found.low[1] == 0
    assert np.isnan(found.ratio[2:]).all()
