from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from framing.analysis.ranking import COLUMNS, ranking
from framing.analysis.rates import rates
from framing.errors import AnalysisError

Tables = tuple[pd.DataFrame, pd.DataFrame]
Corpus = Callable[..., Tables]
Simulated = Callable[..., tuple[np.ndarray, np.ndarray]]
Make = Callable[..., pd.DataFrame]


@pytest.fixture
def tables(corpus: Corpus, simulated: Simulated) -> Tables:
    words, counts = simulated(np.random.default_rng(3), 120, rate=2, dispersion=2, features=2)
    counts[80:, 0] *= 4
    return corpus(np.repeat(["A", "B", "C"], 40), words, counts)


def test_places_follow_the_rates_and_the_joint_limits(tables: Tables) -> None:
    table = ranking(*tables)
    assert tuple(table.columns) == COLUMNS
    for _, part in table.groupby("feature"):
        assert part["rate"].is_monotonic_decreasing
        for row in part.itertuples():
            others = part[part["group"] != row.group]
            assert row.rank_low == 1 + (others["low_joint"] > row.high_joint).sum()
            assert row.rank_high == 3 - (others["high_joint"] < row.low_joint).sum()
            assert row.rank_low <= row.rank <= row.rank_high
    first = table[table["feature"] == "f0"].iloc[0]
    assert (first["group"], first["rank_low"], first["rank_high"]) == ("C", 1, 1)


def test_joint_limits_are_those_at_the_level_of_sidak(tables: Tables) -> None:
    table = ranking(*tables, confidence=0.9).sort_values(["feature", "group"], ignore_index=True)
    alone = rates(*tables, confidence=0.9).sort_values(["feature", "group"], ignore_index=True)
    joint = rates(*tables, confidence=0.9 ** (1 / 3)).sort_values(["feature", "group"], ignore_index=True)
    assert np.array_equal(table["low"], alone["low"])
    assert np.array_equal(table["high_joint"], joint["high"])
    assert (table["low_joint"] <= table["low"]).all()


def test_joint_limits_hold_for_all_groups_at_once(corpus: Corpus, simulated: Simulated) -> None:
    rng = np.random.default_rng(12)
    held = []
    for _ in range(4):
        words, counts = simulated(rng, 240, rate=2, dispersion=3, features=40)
        table = ranking(*corpus(np.repeat(list("ABCDEF"), 40), words, counts))
        table = table[table["feature"] != "any"]
        inside = (table["low_joint"] <= 2) & (table["high_joint"] >= 2)
        held.extend(inside.groupby(table["feature"]).all())
    assert np.mean(held) > 0.9


def test_shrunken_rates_are_closer_to_the_truth(corpus: Corpus) -> None:
    rng = np.random.default_rng(7)
    sizes = rng.integers(5, 60, 30)
    true = rng.gamma(4, 0.5, 30)
    groups = np.repeat([f"g{i:02}" for i in range(30)], sizes)
    words = rng.uniform(200, 900, len(groups))
    counts = rng.poisson(rng.gamma(np.repeat(true, sizes) * words / 1000 / 2, 2))
    table = ranking(*corpus(groups, words, counts), category="f0").sort_values("group")
    assert ((table["shrunk"] - true) ** 2).mean() < ((table["rate"] - true) ** 2).mean()
    mean = table["n_mentions"].sum() * 1000 / table["n_words"].sum()
    towards = (table["shrunk"] - table["rate"]) * (mean - table["rate"])
    assert (towards > -1e-9).mean() > 0.9


def test_equal_rates_are_drawn_to_one_value_and_share_a_place(corpus: Corpus) -> None:
    tables = corpus(np.repeat(["A", "B"], 10), np.full(20, 500.0), np.tile([1, 3], 10))
    table = ranking(*tables, category="f0")
    assert table["rank"].tolist() == [1, 1]
    assert table["shrunk"].to_numpy() == pytest.approx([4, 4])


def test_groups_without_words_have_no_place(documents: Make, mentions: Make) -> None:
    table = documents({"doc_id": "a", "outlet": "A", "n_words_quoted": 100}, {"doc_id": "b", "outlet": "B"})
    found = ranking(table, mentions(("a", "regime", "frame", "direct", 1, 0)), voice="direct")
    last = found[found["group"] == "B"]
    assert last["rank"].isna().all()
    assert last["shrunk"].isna().all()
    assert found.groupby("feature")["group"].last().tolist() == ["B", "B"]


def test_nothing_counted_gives_no_rows(documents: Make, mentions: Make) -> None:
    table = documents({"doc_id": "a", "outlet": "A"})
    assert ranking(table, mentions(), level="entry").empty
    with pytest.raises(AnalysisError, match="confidence must be a share"):
        ranking(table, mentions(), confidence=1.0)
