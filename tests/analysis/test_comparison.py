from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from scipy.stats import false_discovery_control

from framing.analysis.comparison import COLUMNS, compare
from framing.analysis.permutation import permutation_p
from framing.analysis.rates import rates
from framing.analysis.units import article_matrix
from framing.errors import AnalysisError

Make = Callable[..., pd.DataFrame]
Tables = tuple[pd.DataFrame, pd.DataFrame]
Simulated = Callable[..., tuple[np.ndarray, np.ndarray]]


@pytest.fixture
def tables(corpus: Callable[..., Tables], simulated: Simulated) -> Tables:
    """Three outlets; the first uses feature f0 three times as often as the others."""
    rng = np.random.default_rng(31)
    words, counts = simulated(rng, 120, rate=3, dispersion=3, features=3)
    more, loud = simulated(rng, 40, rate=9, dispersion=3, features=1)
    words[:40], counts[:40, 0] = more, loud[:, 0]
    return corpus(np.repeat(["Alpha", "Beta", "Gamma"], 40), words, counts)


def row_of(table: pd.DataFrame, group: str, feature: str) -> pd.Series:
    return table[(table["group"] == group) & (table["feature"] == feature)].iloc[0]


def test_finds_the_planted_difference_and_only_that(tables: Tables) -> None:
    table = compare(*tables)
    assert tuple(table.columns) == COLUMNS
    assert len(table) == 3 * 4
    planted = row_of(table, "Alpha", "f0")
    assert planted["q"] < 0.05
    assert 2 < planted["ratio"] < 4.5
    quiet = table[~table["feature"].isin(["f0", "any"])]
    assert (quiet["q"] > 0.05).all()


def test_numbers_agree_with_the_other_functions(tables: Tables) -> None:
    table = compare(*tables, permutations=199, seed=7)
    alone = rates(*tables)
    for name in ("n_articles", "n_words", "n_mentions", "rate", "low", "high", "top_article_share"):
        pd.testing.assert_series_equal(table[name], alone[name])
    matrix = article_matrix(*tables)
    for group in matrix.names:
        expected = permutation_p(matrix, group, permutations=199, seed=7)
        assert np.array_equal(table.loc[table["group"] == group, "p"], expected)
    assert table["q"].to_numpy() == pytest.approx(false_discovery_control(table["p"]))
    row = row_of(table, "Beta", "f1")
    rest = matrix.groups != "Beta"
    expected_rate = 1000 * matrix.counts[rest, 1].sum() / matrix.words[rest].sum()
    assert row["rate_versus"] == pytest.approx(expected_rate)
    assert row["difference"] == pytest.approx(row["rate"] - expected_rate)
    assert row["ratio"] == pytest.approx(row["rate"] / expected_rate)


def test_target_and_reference(tables: Tables) -> None:
    pair = compare(*tables, target="Alpha", reference="Gamma", permutations=199)
    assert set(pair["group"]) == {"Alpha"}
    assert set(pair["versus"]) == {"Gamma"}
    documents, counts = tables
    only = compare(documents[documents["outlet"] != "Beta"], counts, target="Alpha", permutations=199)
    assert set(only["versus"]) == {"rest"}
    assert np.array_equal(pair["p"], only["p"])
    against = compare(*tables, reference="Gamma", permutations=199)
    assert against["group"].unique().tolist() == ["Alpha", "Beta"]
    assert np.array_equal(against.loc[against["group"] == "Alpha", "p"], pair["p"])
    narrow = compare(*tables, target="Alpha", category="f0", permutations=199)
    assert narrow.attrs["method"]["family_size"] == 1
    assert narrow["q"].tolist() == narrow["p"].tolist()


def test_a_group_may_be_called_rest(tables: Tables) -> None:
    documents, counts = tables
    renamed = documents.assign(outlet=documents["outlet"].replace("Gamma", "rest"))
    pair = compare(renamed, counts, target="Alpha", reference="rest", permutations=99)
    expected = compare(documents, counts, target="Alpha", reference="Gamma", permutations=99)
    assert np.array_equal(pair["rate_versus"], expected["rate_versus"])
    assert np.array_equal(pair["p"], expected["p"])


def test_order_of_rows_changes_nothing(tables: Tables) -> None:
    shuffled = [table.sample(frac=1, random_state=2) for table in tables]
    pd.testing.assert_frame_equal(
        compare(*tables, permutations=99), compare(shuffled[0], shuffled[1], permutations=99)
    )


def test_articles_outside_change_nothing(tables: Tables, documents: Make) -> None:
    more = documents(
        {"doc_id": "blank", "outlet": "Alpha", "own": 0},
        {"doc_id": "broken", "outlet": "Beta", "status": "bad_text"},
        {"doc_id": "nobody", "outlet": "", "status": "no_outlet"},
    )
    expected = compare(*tables, permutations=99)
    found = compare(pd.concat([more, tables[0]]), tables[1], permutations=99)
    pd.testing.assert_frame_equal(found, expected)
    assert found.attrs["method"]["filter"]["left_out"]["not scored"] == 1


def test_articles_without_mentions_count(tables: Tables, documents: Make) -> None:
    silent = documents(*({"doc_id": f"z{i}", "outlet": "Alpha"} for i in range(40)))
    before = row_of(compare(*tables, permutations=99), "Alpha", "f0")
    after = row_of(compare(pd.concat([tables[0], silent]), tables[1], permutations=99), "Alpha", "f0")
    assert after["n_articles"] == before["n_articles"] + 40
    assert after["rate"] < before["rate"]


def test_small_groups_are_shown_and_not_tested(tables: Tables) -> None:
    documents, counts = tables
    few = documents.drop(index=documents.index[documents["outlet"] == "Beta"][4:])
    table = compare(few, counts, permutations=99)
    small = table[table["group"] == "Beta"]
    assert small[["p", "q"]].isna().all(axis=None)
    assert set(small["note"]) == {"fewer than 5 articles: not tested"}
    assert small["rate"].notna().all()
    assert table.attrs["method"]["family_size"] == 8
    other = compare(few, counts, target="Alpha", reference="Beta", permutations=99)
    assert set(other["note"]) == {"fewer than 5 articles on the other side: not tested"}
    assert other["q"].isna().all()
    assert compare(few, counts, permutations=99, min_articles=3)["p"].notna().all()


def test_nothing_said_is_not_tested(corpus: Callable[..., Tables]) -> None:
    counts = np.array([[2, 0], [1, 0], [3, 0], [1, 0], [2, 0]] + [[0, 0]] * 5 + [[0, 4]] * 5)
    documents, found = corpus(np.repeat(["Alpha", "Beta", "Gamma"], 5), np.full(15, 500), counts)
    table = compare(documents, found, target="Alpha", reference="Beta", permutations=99)
    silent = row_of(table, "Alpha", "f1")
    assert silent["note"] == "no mentions"
    assert np.isnan(silent["p"])
    assert np.isnan(silent["ratio"])
    loud = row_of(table, "Alpha", "f0")
    assert "the other rate is 0: no ratio" in loud["note"]
    assert np.isnan(loud["ratio"])
    assert loud["p"] < 0.05
    back = row_of(compare(documents, found, target="Beta", reference="Alpha", permutations=99), "Beta", "f0")
    assert (back["ratio"], back["rate"]) == (0, 0)
    assert back["high"] > 0
    assert "no mentions" not in back["note"]


def test_corpus_without_any_mention(tables: Tables) -> None:
    documents, counts = tables
    table = compare(documents, counts.head(0), permutations=99)
    assert table["note"].tolist() == ["no mentions"] * 3
    assert table.attrs["method"]["family_size"] == 0
    assert compare(documents, counts.head(0), level="entry", permutations=99).empty


def test_p_at_its_floor_is_named(tables: Tables) -> None:
    table = compare(*tables, permutations=19)
    planted = row_of(table, "Alpha", "f0")
    assert planted["p"] == 0.05
    assert "use more to settle q" in planted["note"]
    method = table.attrs["method"]
    assert method["smallest_p"] == 0.05
    assert method["permutations_for_one"] == 20 * method["family_size"]
    lone = method["family_size"] / (method["permutations_for_one"] + 1)
    assert lone < 0.05


def test_method_travels_with_the_table(tables: Tables) -> None:
    method = compare(*tables, permutations=99, seed=3, voice="all").attrs["method"]
    assert (method["permutations"], method["seed"], method["family_size"]) == (99, 3, 12)
    assert method["n_articles"] == 120
    assert method["filter"]["voice"] == "all"
    assert "permuted" in method["statistic"]


def test_random_halves_of_one_outlet_rarely_differ(
    corpus: Callable[..., Tables], simulated: Simulated
) -> None:
    rng = np.random.default_rng(32)
    words, counts = simulated(rng, 80, rate=3, dispersion=3, features=6)
    documents, found = corpus(np.repeat(["A", "B"], 40), words, counts)
    discoveries = []
    for seed in range(20):
        split = documents.assign(half=rng.permutation(documents["outlet"]))
        table = compare(split, found, by="half", target="A", permutations=199, seed=seed)
        discoveries.append((table["q"] < 0.05).any())
    assert np.mean(discoveries) <= 0.15


def test_errors(tables: Tables) -> None:
    with pytest.raises(AnalysisError, match="unknown target") as caught:
        compare(*tables, target="Alfa")
    assert "did you mean Alpha" in caught.value.fix
    with pytest.raises(AnalysisError, match="unknown reference"):
        compare(*tables, reference="Delta")
    with pytest.raises(AnalysisError, match="a comparison needs two groups") as caught:
        compare(*tables, target="Alpha", reference="Alpha")
    assert caught.value.got == "'Alpha' twice"
    with pytest.raises(AnalysisError, match="a comparison needs two groups"):
        compare(*tables, by="published")
    with pytest.raises(AnalysisError, match="min_articles is too small"):
        compare(*tables, min_articles=1)
    with pytest.raises(AnalysisError, match="permutations is too small"):
        compare(*tables, permutations=0)


def test_every_pair_is_compared_once(tables: Tables) -> None:
    table = compare(*tables, every_pair=True, permutations=99, seed=3)
    assert table.drop_duplicates(["group", "versus"])[["group", "versus"]].to_numpy().tolist() == [
        ["Alpha", "Beta"], ["Alpha", "Gamma"], ["Beta", "Gamma"],
    ]  # fmt: skip
    assert table.attrs["method"]["family_size"] == 12
    alone = compare(*tables, target="Beta", reference="Gamma", permutations=99, seed=3)
    part = table[table["group"] == "Beta"].reset_index(drop=True)
    for name in ("p", "ratio", "ratio_low", "n_mentions_versus"):
        pd.testing.assert_series_equal(part[name], alone[name])
    with pytest.raises(AnalysisError, match="exclude each other"):
        compare(*tables, every_pair=True, target="Beta")


def test_inside_strata_like_is_compared_with_like(corpus: Callable[..., Tables]) -> None:
    """Alpha writes about war, Beta about sport; about one topic both write alike."""
    rng = np.random.default_rng(5)
    topic = np.repeat(["war", "sport", "war", "sport"], [60, 20, 20, 60])
    counts = rng.poisson(np.where(topic == "war", 6, 1))
    documents, mentions = corpus(np.repeat(["Alpha", "Beta"], 80), np.full(160, 500.0), counts)
    documents = documents.assign(topic=topic)
    plain = compare(documents, mentions, category="f0", target="Alpha", permutations=199).iloc[0]
    inside = compare(documents, mentions, category="f0", target="Alpha", permutations=199, within="topic")
    row = inside.iloc[0]
    assert plain["p"] < 0.01
    assert plain["ratio_low"] > 1
    assert row["p"] > 0.05
    assert row["ratio_low"] < 1 < row["ratio_high"]
    assert row["rate"] == plain["rate"]
    assert "inside strata" in inside.attrs["method"]["statistic"]
    apart = compare(documents, mentions, category="f0", within="outlet", permutations=99)
    assert apart["note"].str.contains("in strata of both: not tested").all()


def test_few_articles_in_shared_strata_are_not_tested(corpus: Callable[..., Tables]) -> None:
    """Twenty articles a side, but one topic only is shared, with two articles of Alpha."""
    groups = np.repeat(["Alpha", "Beta"], 20)
    documents, mentions = corpus(groups, np.full(40, 500.0), np.arange(40) % 4)
    documents = documents.assign(topic=["war"] * 2 + ["own"] * 18 + ["war"] * 20)
    row = compare(documents, mentions, category="f0", target="Alpha", within="topic", permutations=99).iloc[0]
    assert np.isnan(row["p"])
    assert "fewer than 5 articles of a side in strata of both" in row["note"]
