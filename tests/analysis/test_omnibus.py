from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from framing.analysis.comparison import compare
from framing.analysis.omnibus import COLUMNS, omnibus
from framing.errors import AnalysisError

Tables = tuple[pd.DataFrame, pd.DataFrame]
Corpus = Callable[..., Tables]
Simulated = Callable[..., tuple[np.ndarray, np.ndarray]]


@pytest.fixture
def tables(corpus: Corpus, simulated: Simulated) -> Tables:
    """Four outlets; the last uses f0 more often than the others, nothing else differs."""
    words, counts = simulated(np.random.default_rng(5), 120, rate=2, dispersion=2, features=4)
    counts[90:, 0] += np.random.default_rng(6).poisson(2, 30)
    return corpus(np.repeat(["A", "B", "C", "D"], 30), words, counts)


def test_finds_the_feature_that_differs(tables: Tables) -> None:
    table = omnibus(*tables, permutations=499).set_index("feature")
    assert tuple(table.reset_index().columns) == COLUMNS
    assert table.loc["f0", "highest"] == "D"
    assert table.loc["f0", "q"] < 0.05
    assert (table.loc[["f1", "f2", "f3"], "q"] > 0.05).all()
    assert table["n_groups"].tolist() == [4] * 5


def test_statistic_agrees_with_the_permutation_test_of_another_library(
    corpus: Corpus, simulated: Simulated
) -> None:
    words, counts = simulated(np.random.default_rng(1), 24, rate=3, dispersion=2, features=1)
    groups = np.repeat([0, 1, 2], 8)
    table = omnibus(*corpus(groups.astype(str), words, counts), category="f0", permutations=4999)

    def statistic(labels: np.ndarray) -> float:
        y = counts[:, 0]
        rate = y.sum() / words.sum()
        spread = max(1.0, 24 / 23 * ((y - rate * words) ** 2).sum() / y.sum())
        total = 0.0
        for group in range(3):
            rates, variance = [], 0.0
            for side in (labels == group, labels != group):
                n, own = side.sum(), y[side].sum() / words[side].sum()
                squares = n / (n - 1) * ((y[side] - own * words[side]) ** 2).sum()
                weight = min(n - 1, y[side].sum())
                seen = squares / y[side].sum() if y[side].sum() else 0.0
                variance += rate / words[side].sum() * (weight * seen + 2 * spread) / (weight + 2)
                rates.append(own)
            total += (1 - (labels == group).mean()) * (rates[0] - rates[1]) ** 2 / variance
        return float(total)

    expected = stats.permutation_test(
        (groups,), statistic, permutation_type="pairings", vectorized=False, n_resamples=4999,
        alternative="greater", rng=np.random.default_rng(2),
    )  # fmt: skip
    assert table["p"].iloc[0] == pytest.approx(expected.pvalue, abs=0.03)


def test_two_groups_are_the_test_of_the_pair(tables: Tables) -> None:
    documents = tables[0][tables[0]["outlet"].isin(["A", "D"])]
    pair = compare(documents, tables[1], target="A", reference="D", permutations=199)
    assert np.array_equal(omnibus(documents, tables[1], permutations=199)["p"], pair["p"])


def test_small_groups_take_no_part_and_are_named(tables: Tables) -> None:
    documents, counts = tables
    few = documents.assign(outlet=documents["outlet"].where(documents.index > 2, "Tiny"))
    table = omnibus(few, counts, permutations=99)
    assert table.attrs["method"]["groups_left_out"] == ["Tiny"]
    assert table["n_articles"].unique().tolist() == [117]
    with pytest.raises(AnalysisError, match="a comparison needs two groups"):
        omnibus(documents, counts, min_articles=31)


def test_idle_features_and_lonely_strata_say_so(tables: Tables) -> None:
    documents, counts = tables
    table = omnibus(documents, counts.head(0), permutations=99)
    assert table["note"].tolist() == ["no mentions"]
    lonely = documents.assign(topic=documents["outlet"])
    notes = omnibus(lonely, counts, within="topic", permutations=99)["note"]
    assert set(notes) == {"no stratum with two groups: not tested"}


def test_luck_is_not_called_a_difference(corpus: Corpus, simulated: Simulated) -> None:
    rng = np.random.default_rng(11)
    found = []
    for _ in range(8):
        words, counts = simulated(rng, 60, rate=2, dispersion=3, features=30)
        table = omnibus(*corpus(np.repeat(["A", "B", "C"], 20), words, counts), permutations=199)
        found.append(table["p"] <= 0.05)
    assert 0.02 < np.mean(found) < 0.09


def test_groups_that_tie_for_the_lowest_rate_are_counted(corpus: Corpus) -> None:
    counts = np.repeat([3, 0, 0], 6)
    table = omnibus(*corpus(np.repeat(["A", "B", "C"], 6), np.full(18, 500.0), counts), permutations=99)
    assert table["lowest"].tolist() == ["B and 1 more"] * 2
