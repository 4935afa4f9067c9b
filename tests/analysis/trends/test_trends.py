from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from framing.analysis.intervals import pooled_dispersion, rate_interval
from framing.analysis.trends import trends
from framing.analysis.trends.trends import trend
from framing.analysis.units import article_matrix
from framing.errors import AnalysisError, InputError

Tables = tuple[pd.DataFrame, pd.DataFrame]
Corpus = Callable[..., Tables]
Simulated = Callable[..., tuple[np.ndarray, np.ndarray]]

MONTHS = ["2017-01", "2017-02", "2017-04", "2017-05"]


@pytest.fixture
def tables(corpus: Corpus, simulated: Simulated) -> Tables:
    """Two outlets, two features, four months with a gap in March; Beta has three articles in May."""
    words, counts = simulated(np.random.default_rng(3), 80, rate=3, dispersion=2, features=2)
    documents, found = corpus(np.repeat(["Alpha", "Beta"], 40), words, counts)
    month = np.tile(np.repeat(MONTHS, 10), 2)
    month[73:] = "2017-04"
    documents["published"] = [f"{m}-{i % 28 + 1:02}" for i, m in enumerate(month)]
    return documents, found


def test_every_period_has_a_row_and_gaps_have_no_rate(tables: Tables) -> None:
    table = trend(*tables)
    periods = ["2017-01", "2017-02", "2017-03", "2017-04", "2017-05"]
    assert table["group"].tolist() == ["Alpha"] * 15 + ["Beta"] * 15
    assert table["feature"].tolist() == np.repeat(["f0", "f1", "any"], 5).tolist() * 2
    assert table["period"].tolist() == periods * 6
    gap = table[table["period"] == "2017-03"]
    assert (gap["note"] == "no articles").all()
    assert (gap[["n_articles", "n_words", "n_mentions"]] == 0).all(axis=None)
    assert gap[["rate", "low", "high"]].isna().all(axis=None)
    thin = table[(table["group"] == "Beta") & (table["period"] == "2017-05")]
    assert (thin["n_articles"] == 3).all()
    assert (thin["note"] == "fewer than 5 articles").all()
    assert thin[["rate", "low", "high"]].isna().all(axis=None)
    assert table.iloc[1][["start", "end"]].tolist() == ["2017-02-01", "2017-02-28"]


def test_numbers_are_those_of_the_articles(tables: Tables) -> None:
    documents, counts = tables
    joined = counts.merge(documents, on="doc_id")
    for row in trend(documents, counts, min_articles=1).itertuples():
        mine = documents[
            (documents["outlet"] == row.group) & documents["published"].str.startswith(row.period)
        ]
        chosen = joined[
            joined["doc_id"].isin(mine["doc_id"])
            & (joined["category"].isin([row.feature]) | (row.feature == "any"))
        ]
        assert row.n_articles == len(mine)
        assert row.n_words == mine["n_words_own"].sum()
        assert row.n_mentions == chosen["n"].sum()
        if len(mine):
            assert row.rate == pytest.approx(1000 * row.n_mentions / row.n_words)


def test_limits_are_those_of_one_period_with_the_pooled_dispersion(tables: Tables) -> None:
    documents, counts = tables
    matrix = article_matrix(documents, counts)
    month = (
        documents.set_index("doc_id")["published"].str[:7].loc[list(matrix.doc_ids)].to_numpy(dtype=np.str_)
    )
    cells = np.char.add(matrix.groups, month)
    shared = pooled_dispersion(matrix.counts, matrix.words, cells)
    table = trend(documents, counts, min_articles=1, confidence=0.9).dropna(subset="rate")
    assert len(table) == 24
    for row in table.itertuples():
        rows, at = cells == row.group + row.period, matrix.features.index(row.feature)
        expected = rate_interval(
            matrix.counts[rows, at], matrix.words[rows], level=0.9, dispersion=shared[at]
        )
        assert (row.rate, row.low, row.high) == pytest.approx(expected[:3])


def test_one_article_has_limits_and_no_mention_a_note(tables: Tables) -> None:
    documents, counts = tables
    one = documents.iloc[[0]].assign(published="2018-01-01", doc_id="lone")
    table = trend(pd.concat([documents, one]), counts, min_articles=1)
    last = table[(table["group"] == "Alpha") & (table["feature"] == "any")].iloc[-1]
    assert (last["period"], last["n_articles"], last["rate"], last["low"]) == ("2018-01", 1, 0, 0)
    assert last["high"] > 0
    assert last["note"] == "no mentions"


def test_undated_articles_are_counted_and_left_out(tables: Tables) -> None:
    documents, counts = tables
    documents.loc[documents.index[:4], "published"] = ["", "", "2017-13-01", "soon"]
    table = trend(documents, counts)
    assert table.attrs["method"]["undated"] == 4
    assert table.attrs["method"]["n_articles"] == 76
    assert table.query("feature == 'any' and group == 'Alpha'")["n_articles"].sum() == 36
    with pytest.raises(AnalysisError, match="no article has a date"):
        trend(documents.assign(published=""), counts)


def test_an_outlet_without_any_date_keeps_its_rows(tables: Tables) -> None:
    documents, counts = tables
    documents.loc[documents["outlet"] == "Beta", "published"] = ""
    table = trend(documents, counts, category="f0")
    assert table[table["group"] == "Beta"]["note"].tolist() == ["no articles"] * 5
    assert table.attrs["method"]["undated_by_group"] == {"Beta": 40}


def test_events_are_marked_in_their_period(tables: Tables) -> None:
    events = pd.DataFrame(
        {"date": ["2017-04-04", "2017-04-07", "2020-01-01"], "label": ["one", "two", "late"]}
    )
    table = trend(*tables, timeline=events, category="f0")
    assert table["event"].tolist() == ["", "", "", "one; two", ""] * 2
    assert list(table.columns)[-2:] == ["event", "note"]
    assert "event" not in trend(*tables).columns
    with pytest.raises(InputError, match="no column date"):
        trend(*tables, timeline=events.rename(columns={"date": "when"}))


@pytest.mark.parametrize(("unit", "n"), [("day", 137), ("week", 21), ("quarter", 2), ("year", 1)])
def test_units_sum_to_the_same_articles(tables: Tables, unit: str, n: int) -> None:
    table = trend(*tables, unit=unit, category="f1")
    assert table["period"].nunique() == n
    assert table["n_articles"].sum() == 80
    assert table["n_mentions"].sum() == trend(*tables, category="f1")["n_mentions"].sum()


def test_order_of_rows_changes_nothing(tables: Tables) -> None:
    shuffled = [table.sample(frac=1, random_state=1) for table in tables]
    pd.testing.assert_frame_equal(trend(*tables), trend(shuffled[0], shuffled[1]))


def test_bad_options_are_named(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(AnalysisError, match="unknown unit"):
        trend(*tables, unit="decade")
    with pytest.raises(AnalysisError, match="min_articles is too small"):
        trend(*tables, min_articles=0)
    with pytest.raises(AnalysisError, match="confidence must be a share"):
        trend(*tables, confidence=95)
    monkeypatch.setattr(trends, "MAX_ROWS", 29)
    with pytest.raises(AnalysisError, match="too large"):
        trend(*tables)
