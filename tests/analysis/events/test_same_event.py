from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from scipy.stats import false_discovery_control

from framing.analysis.comparison import compare
from framing.analysis.events.events import COLUMNS, compare_within
from framing.analysis.events.paired import event_sums
from framing.analysis.events.paired_events import PAIRED_COLUMNS, paired_events
from framing.analysis.mantel_haenszel import stratified_ratio
from framing.analysis.permutation import permutation_p, permutation_table
from framing.analysis.units import article_matrix
from framing.errors import AnalysisError

Tables = tuple[pd.DataFrame, pd.DataFrame]
Corpus = Callable[..., Tables]
Simulated = Callable[..., tuple[np.ndarray, np.ndarray]]


@pytest.fixture
def tables(corpus: Corpus) -> Tables:
    """Three outlets, thirty events; Alpha uses f0 three times as often in each event as the others."""
    rng = np.random.default_rng(7)
    outlet, event = rng.choice(["Alpha", "Beta", "Gamma"], 150), rng.integers(0, 30, 150)
    words = rng.integers(200, 900, 150)
    level = rng.gamma(2, 1.5, 30)[event][:, None] * words[:, None] / 1000 * np.ones((1, 3))
    level[:, 0] *= np.where(outlet == "Alpha", 3, 1)
    documents, counts = corpus(outlet, words, rng.poisson(rng.gamma(level / 1.5, 1.5)))
    return documents.assign(event=[f"event {e:02}" for e in event]), counts


def row_of(table: pd.DataFrame, group: str, feature: str) -> pd.Series:
    return table[(table["group"] == group) & (table["feature"] == feature)].iloc[0]


def confounded(
    rng: np.random.Generator, corpus: Corpus, features: int, articles: int = 120, factor: float = 1.0
) -> Tables:
    """Events differ in how often a term occurs and in who covers them; outlets differ by ``factor`` only."""
    event = rng.integers(0, 24, articles)
    share = np.linspace(0.1, 0.9, 24)[event]
    outlet = np.where(rng.random(articles) < share, "Alpha", "Beta")
    words = rng.integers(200, 900, articles)
    level = np.linspace(0.3, 7, 24)[event] * words / 1000 * np.where(outlet == "Alpha", factor, 1)
    mean = np.repeat(level[:, None], features, axis=1)
    documents, counts = corpus(outlet, words, rng.poisson(rng.gamma(mean / 1.5, 1.5)))
    return documents.assign(event=[f"e{e}" for e in event]), counts


def test_what_events_explain_is_no_difference_inside_them(corpus: Corpus) -> None:
    """Simpson's paradox: Alpha covers the events in which the term is common."""
    rng = np.random.default_rng(1)
    inside, across = [], []
    for seed in range(8):
        tables = confounded(rng, corpus, 50)
        table = compare_within(*tables, target="Alpha", permutations=99, seed=seed)
        inside.append((table.loc[table["feature"] != "any", "p"] <= 0.05).to_numpy())
        if seed < 2:
            table = compare(*tables, target="Alpha", permutations=99, seed=seed)
            across.append((table.loc[table["feature"] != "any", "p"] <= 0.05).to_numpy())
    assert 0.025 < np.mean(inside) < 0.08
    assert np.mean(across) > 0.5


def test_a_difference_inside_events_is_found_against_the_coverage(corpus: Corpus) -> None:
    """Alpha covers the events in which the term is common and uses it less than half as often there.

    Across all articles the coverage hides the difference in half of the cases.
    """
    rng = np.random.default_rng(2)
    inside, across = [], []
    for seed in range(2):
        tables = confounded(rng, corpus, 20, articles=200, factor=0.4)
        for found, table in (
            (inside, compare_within(*tables, target="Alpha", permutations=199, seed=seed)),
            (across, compare(*tables, target="Alpha", permutations=199, seed=seed)),
        ):
            single = table[table["feature"] != "any"]
            found.append(((single["p"] <= 0.05) & (single["difference"] < 0)).to_numpy())
    assert np.mean(inside) > 0.9
    assert np.mean(across) < 0.6


def test_finds_the_planted_difference_and_only_that(tables: Tables) -> None:
    table = compare_within(*tables)
    assert tuple(table.columns) == COLUMNS
    assert table["group"].tolist() == np.repeat(["Alpha", "Beta", "Gamma"], 4).tolist()
    planted = row_of(table, "Alpha", "f0")
    assert planted["q"] < 0.05
    assert planted["difference_low"] > 0
    assert planted["ratio_low"] > 1
    assert 2 < planted["ratio"] < 4.5
    assert planted["n_higher"] > planted["n_lower"] + 5
    assert (table.loc[table["feature"].isin(["f1", "f2"]), "q"] > 0.05).all()


def test_numbers_agree_with_the_parts(tables: Tables) -> None:
    table = compare_within(*tables, permutations=199, seed=4)
    matrix = article_matrix(*tables, within="event")
    assert matrix.strata is not None
    shuffled = permutation_table(matrix, permutations=199, seed=4)
    for group in matrix.names:
        rows = table[table["group"] == group]
        assert np.array_equal(rows["p"], shuffled[group])
        assert (rows["rate"] / rows["rate_versus"]).to_numpy() == pytest.approx(rows["ratio"].to_numpy())
        assert (rows["rate"] - rows["rate_versus"]).to_numpy() == pytest.approx(rows["difference"].to_numpy())
        ratio = stratified_ratio(
            matrix.counts, matrix.words, matrix.groups == group, matrix.strata, np.ones(4)
        )
        assert rows["ratio"].to_numpy() == pytest.approx(ratio.ratio)
    assert table["q"].to_numpy() == pytest.approx(false_discovery_control(table["p"]))
    documents, _ = tables
    both = documents.groupby("event")["outlet"].agg(lambda x: "Beta" in set(x) and len(set(x)) > 1)
    inside = documents[documents["event"].isin(both.index[both])]
    row = row_of(table, "Beta", "f1")
    assert row["n_events"] == both.sum()
    assert row["n_articles"] == (inside["outlet"] == "Beta").sum()
    assert row["n_articles_versus"] == (inside["outlet"] != "Beta").sum()
    kept = np.isin(matrix.strata, both.index[both])
    assert row["n_mentions"] == matrix.counts[kept & (matrix.groups == "Beta"), 1].sum()
    assert row["n_mentions_versus"] == matrix.counts[kept & (matrix.groups != "Beta"), 1].sum()
    assert row["n_higher"] + row["n_lower"] <= row["n_events_with"] <= row["n_events"]


def test_target_and_reference(tables: Tables) -> None:
    documents, counts = tables
    pair = compare_within(*tables, target="Alpha", reference="Gamma", permutations=199)
    assert set(pair["versus"]) == {"Gamma"}
    only = compare_within(documents[documents["outlet"] != "Beta"], counts, target="Alpha", permutations=199)
    assert set(only["versus"]) == {"rest"}
    same = [c for c in COLUMNS if c not in ("versus", "ratio_low", "ratio_high")]
    pd.testing.assert_frame_equal(pair[same], only[same])
    back = compare_within(*tables, target="Gamma", reference="Alpha", permutations=199)
    assert back["difference"].to_numpy() == pytest.approx(-pair["difference"].to_numpy())
    matrix = article_matrix(*tables, within="event")
    assert np.array_equal(pair["p"], permutation_p(matrix, "Alpha", "Gamma", permutations=199))
    assert back["n_higher"].tolist() == pair["n_lower"].tolist()
    assert np.array_equal(back["p"], pair["p"])


def test_order_of_rows_and_articles_outside_change_nothing(tables: Tables, corpus: Corpus) -> None:
    expected = compare_within(*tables, permutations=99)
    mixed = [table.sample(frac=1, random_state=2) for table in tables]
    pd.testing.assert_frame_equal(compare_within(*mixed, permutations=99), expected)
    alone, _ = corpus(["Alpha"] * 9 + ["Delta"] * 3, [500] * 12, np.zeros((12, 1)))
    alone = alone.assign(doc_id=[f"z{i}" for i in range(12)], event=["z"] * 6 + [""] * 6)
    more = compare_within(pd.concat([tables[0], alone.head(9)]), tables[1], permutations=99)
    numbers = [c for c in COLUMNS if c not in ("p", "q", "ratio_low", "ratio_high")]
    pd.testing.assert_frame_equal(more[numbers], expected[numbers])
    assert more.attrs["method"]["filter"]["left_out"]["no value of within"] == 3


def test_another_column_may_hold_the_events(tables: Tables) -> None:
    documents, counts = tables
    expected = compare_within(*tables, permutations=99)
    renamed = documents.rename(columns={"event": "topic"})
    pd.testing.assert_frame_equal(compare_within(renamed, counts, within="topic", permutations=99), expected)
    with pytest.raises(AnalysisError, match="not grouped into events") as caught:
        compare_within(renamed, counts)
    assert "add_events" in caught.value.fix
    with pytest.raises(AnalysisError, match="unknown within"):
        compare_within(documents, counts, within="topc")


def test_thin_data_are_shown_and_not_tested(tables: Tables) -> None:
    documents, counts = tables
    beta = documents.index[documents["outlet"] == "Beta"]
    shared = documents.groupby("event")["outlet"].transform(lambda x: "Beta" in set(x) and len(set(x)) > 1)
    few = documents.drop(index=[i for i in beta if i not in set(beta[shared[beta]][:3])])
    table = compare_within(few, counts, permutations=99)
    row = row_of(table, "Beta", "any")
    assert row["n_events"] <= 3
    assert "fewer than 5 shared events: not tested" in row["note"]
    assert np.isnan(row["p"])
    assert not np.isnan(row["difference"])
    assert compare_within(few, counts, permutations=99, min_events=2)["p"].notna().all()
    apart = documents.assign(event=documents["outlet"] + documents["event"])
    nothing = compare_within(apart, counts, permutations=99)
    assert (nothing["n_events"] == 0).all()
    assert nothing[["p", "q", "rate", "difference", "ratio"]].isna().all(axis=None)
    assert nothing.attrs["method"]["family_size"] == 0


def test_groups_without_words_are_shown(tables: Tables) -> None:
    documents, counts = tables
    silent = documents.assign(n_words_own=documents["n_words_own"].where(documents["outlet"] != "Beta", 0))
    table = compare_within(silent, counts, permutations=99)
    row = row_of(table, "Beta", "any")
    assert (row["n_events"], row["n_articles"]) == (0, 0)
    assert np.isnan(row["p"])


def test_notes(corpus: Corpus) -> None:
    counts = np.array([[2, 0, 0, 0], [0, 3, 0, 0]] * 5 + [[0, 0, 1, 0], [0, 0, 0, 0]])
    documents, found = corpus(["Alpha", "Beta"] * 6, [500] * 12, counts)
    documents = documents.assign(event=[f"e{i // 2}" for i in range(12)])
    table = compare_within(documents, found, target="Alpha", permutations=99, allow_unmatched=True)
    assert "the other rate is 0: no ratio" in row_of(table, "Alpha", "f0")["note"]
    assert "the rate is 0: no limits of the ratio" in row_of(table, "Alpha", "f1")["note"]
    assert "mentions in one event only" in row_of(table, "Alpha", "f2")["note"]
    assert row_of(table, "Alpha", "f0")["share_higher"] == 1
    pair = compare_within(
        documents[documents["event"].isin(["e0", "e1"])], found, target="Alpha", permutations=99, min_events=2
    )
    assert pair["note"].str.contains("no p can reach .05").all()
    lone = compare_within(
        documents, found, target="Alpha", category="f3", permutations=99, allow_unmatched=True
    )
    assert lone["note"].tolist() == ["no mentions in shared events"]
    assert lone["p"].isna().all()


def test_p_at_its_floor_is_named(tables: Tables) -> None:
    planted = row_of(compare_within(*tables, permutations=19), "Alpha", "f0")
    assert planted["p"] == 0.05
    assert planted["note"] == "p is the smallest that 19 permutations can give: use more to settle q"


def test_events_one_by_one_make_up_the_mean(tables: Tables) -> None:
    table = paired_events(*tables, target="Alpha", reference="Beta")
    assert tuple(table.columns) == PAIRED_COLUMNS
    whole = compare_within(*tables, target="Alpha", reference="Beta", permutations=99).set_index("feature")
    for feature, rows in table.groupby("feature"):
        assert rows["weight"].sum() == pytest.approx(1)
        assert (rows["weight"] * rows["difference"]).sum() == pytest.approx(whole.loc[feature, "difference"])
        assert len(rows) == whole.loc[feature, "n_events"]
        assert (rows["difference"] > 0).sum() == whole.loc[feature, "n_higher"]
        assert rows["n_mentions"].sum() == whole.loc[feature, "n_mentions"]
        assert rows["event"].is_monotonic_increasing
    documents, counts = tables
    one = documents.query("event == 'event 03' and outlet == 'Beta'")
    found = counts[counts["doc_id"].isin(one["doc_id"]) & (counts["category"] == "f1")]["n"].sum()
    row = table[(table["event"] == "event 03") & (table["feature"] == "f1")].iloc[0]
    assert row["rate_versus"] == pytest.approx(1000 * found / one["n_words_own"].sum())
    apart = documents.assign(event=documents["outlet"])
    assert paired_events(apart, counts, target="Alpha").empty


def test_sums_of_no_event() -> None:
    sums = event_sums(np.zeros((0, 2)), np.zeros(0), np.zeros(0, dtype=np.intp), 0)
    assert sums.mentions.shape == (0, 2)


def test_method_travels_with_the_table(tables: Tables) -> None:
    method = compare_within(*tables, permutations=99, seed=3, voice="all").attrs["method"]
    assert (method["permutations"], method["seed"], method["family_size"]) == (99, 3, 12)
    assert method["filter"]["within"] == "event"
    assert method["filter"]["voice"] == "all"
    assert "inside strata" in method["statistic"]
    assert "jackknife" in method["interval"]


def test_bad_options(tables: Tables) -> None:
    with pytest.raises(AnalysisError, match="min_events is too small"):
        compare_within(*tables, min_events=1)
    with pytest.raises(AnalysisError, match="permutations is too small"):
        compare_within(*tables, permutations=5)
    with pytest.raises(AnalysisError, match="unknown target") as caught:
        compare_within(*tables, target="Alfa")
    assert "did you mean Alpha" in caught.value.fix
    with pytest.raises(AnalysisError, match="a comparison needs two groups"):
        compare_within(*tables, target="Alpha", reference="Alpha")
    with pytest.raises(AnalysisError, match="must be a share"):
        compare_within(*tables, confidence=95, permutations=19)
