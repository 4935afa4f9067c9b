from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from framing.analysis.intervals import pooled_dispersion, rate_interval
from framing.analysis.rates import rates
from framing.analysis.units import article_matrix
from framing.errors import AnalysisError

Make = Callable[..., pd.DataFrame]
Corpus = Callable[..., tuple[pd.DataFrame, pd.DataFrame]]


@pytest.fixture
def tables(
    corpus: Corpus, simulated: Callable[..., tuple[np.ndarray, np.ndarray]]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    words, counts = simulated(np.random.default_rng(21), 60, rate=2, dispersion=2, features=3)
    counts[40:, 0] = 0
    return corpus(np.repeat(["Gamma", "Alpha", "Beta"], 20), words, counts)


def test_every_group_and_feature_has_a_row(tables: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    table = rates(*tables)
    assert table["group"].tolist() == np.repeat(["Alpha", "Beta", "Gamma"], 4).tolist()
    assert table["feature"].tolist() == ["f0", "f1", "f2", "any"] * 3
    zero = table[(table["group"] == "Beta") & (table["feature"] == "f0")].iloc[0]
    assert (zero["n_mentions"], zero["rate"], zero["low"], zero["note"]) == (0, 0, 0, "no mentions")
    assert zero["high"] > 0
    assert np.isnan(zero["dispersion"])
    assert np.isnan(zero["top_article_share"])


def test_numbers_agree_with_the_tables(tables: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    documents, counts = tables
    table = rates(documents, counts)
    joined = counts.merge(documents[["doc_id", "outlet"]], on="doc_id")
    for row in table.itertuples():
        own = documents[documents["outlet"] == row.group]
        chosen = joined[joined["outlet"] == row.group]
        if row.feature != "any":
            chosen = chosen[chosen["category"] == row.feature]
        by_article = chosen.groupby("doc_id")["n"].sum()
        assert row.n_articles == len(own)
        assert row.n_words == own["n_words_own"].sum()
        assert row.n_mentions == chosen["n"].sum()
        assert row.n_articles_with == chosen["doc_id"].nunique()
        assert row.rate == pytest.approx(1000 * row.n_mentions / row.n_words)
        if row.n_mentions:
            assert row.top_article_share == pytest.approx(by_article.max() / by_article.sum())


def test_limits_are_those_of_one_group_with_the_pooled_dispersion(
    tables: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    matrix = article_matrix(*tables)
    shared = pooled_dispersion(matrix.counts, matrix.words, matrix.groups)
    row = rates(*tables).query("group == 'Gamma' and feature == 'f1'").iloc[0]
    mine = matrix.groups == "Gamma"
    expected = rate_interval(matrix.counts[mine, 1], matrix.words[mine], dispersion=float(shared[1]))
    assert (row["rate"], row["low"], row["high"], row["dispersion"]) == pytest.approx(expected[:4])


def test_confidence_moves_the_limits(tables: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    wide, narrow = rates(*tables, confidence=0.99), rates(*tables, confidence=0.8)
    assert (wide["high"] > narrow["high"]).all()
    assert wide.attrs["method"]["confidence"] == 0.99
    with pytest.raises(AnalysisError, match="level must be a share"):
        rates(*tables, confidence=95)


def test_order_of_rows_changes_nothing(tables: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    shuffled = [table.sample(frac=1, random_state=1) for table in tables]
    pd.testing.assert_frame_equal(rates(*tables), rates(shuffled[0], shuffled[1]))


def test_one_article_and_groups_without_words_say_so(documents: Make, mentions: Make) -> None:
    table = documents(
        {"doc_id": "a1", "outlet": "Alpha", "n_words_quoted": 100},
        {"doc_id": "b1", "outlet": "Beta"},
        {"doc_id": "c1", "outlet": "Gamma", "n_words_quoted": 200},
        {"doc_id": "c2", "outlet": "Gamma", "n_words_quoted": 200},
    )
    counts = mentions(("a1", "regime", "frame", "direct", 2, 0))
    found = rates(table, counts, voice="direct", category="frame").set_index("group")
    assert found["n_articles"].to_dict() == {"Alpha": 1, "Beta": 0, "Gamma": 2}
    assert "one article" in found.loc["Alpha", "note"]
    assert found.loc["Alpha", "high"] > found.loc["Alpha", "rate"] == 20
    assert found.loc["Beta", "note"] == "no words in this voice: no rate"
    assert np.isnan(found.loc["Beta", "rate"])
    assert found.loc["Gamma", "note"] == "no mentions"
    assert found["n_words"].tolist() == [100, 0, 400]


def test_corpus_without_any_mention(documents: Make, mentions: Make) -> None:
    table = documents({"doc_id": "a", "outlet": "Alpha"}, {"doc_id": "b", "outlet": "Beta"})
    found = rates(table, mentions())
    assert found["feature"].tolist() == ["any", "any"]
    assert found["n_mentions"].tolist() == [0, 0]
    assert rates(table, mentions(), level="entry").empty


def test_method_travels_with_the_table(tables: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    method = rates(*tables, voice="all").attrs["method"]
    assert method["n_articles"] == 60
    assert method["filter"]["voice"] == "all"
    assert "Garwood" in method["interval"]
