from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd
import pytest

from framing.analysis.correction import benjamini_hochberg
from framing.analysis.intervals import pooled_dispersion
from framing.analysis.ratios import rate_ratio, side_of
from framing.analysis.trends.before_after import before_after
from framing.errors import AnalysisError, InputError

Tables = tuple[pd.DataFrame, pd.DataFrame]
Corpus = Callable[..., Tables]
Simulated = Callable[..., tuple[np.ndarray, np.ndarray]]

DATE = "2017-03-01"


def tables(
    corpus: Corpus, simulated: Simulated, factors: dict[str, float], *, seed: int, n: int = 40
) -> Tables:
    """Outlets with n articles before and after the date; the rate after is multiplied by the factor."""
    rng = np.random.default_rng(seed)
    groups, words, counts, days = [], [], [], []
    for name, factor in factors.items():
        for side, rate in (("2017-02-{:02}", 3.0), ("2017-03-{:02}", 3.0 * factor)):
            w, y = simulated(rng, n, rate=rate, dispersion=2, features=1)
            groups += [name] * n
            words.append(w)
            counts.append(y)
            days += [side.format(i % 28 + 1) for i in range(n)]
    documents, found = corpus(groups, np.concatenate(words), np.concatenate(counts))
    documents["published"] = days
    return documents, found


@pytest.fixture
def planted(corpus: Corpus, simulated: Simulated) -> Tables:
    return tables(corpus, simulated, {"Alpha": 3.0, "Beta": 1.0, "Gamma": 1.0}, seed=14)


def test_a_planted_change_is_found_and_others_are_not(planted: Tables) -> None:
    table = before_after(*planted, date=DATE, category="f0").set_index("group")
    assert table.loc["Alpha", "q"] < 0.05
    assert table.loc["Alpha", "low"] > 1
    assert (table.loc[["Beta", "Gamma"], "q"] > 0.05).all()
    assert table["q"].tolist() == benjamini_hochberg(table["p"]).tolist()


def test_numbers_are_those_of_the_articles(planted: Tables) -> None:
    documents, counts = planted
    table = before_after(documents, counts, date=date(2017, 3, 1), confidence=0.9, category="f0")
    merged = documents.merge(counts.groupby("doc_id")["n"].sum().rename("n"), on="doc_id", how="left").fillna(
        0
    )
    for row in table.itertuples():
        mine = merged[merged["outlet"] == row.group]
        early, late = (mine[(mine["published"] >= DATE) == side] for side in (False, True))
        assert (row.n_articles_before, row.n_articles_after) == (len(early), len(late))
        assert (row.n_words_before, row.n_words_after) == (early["n_words"].sum(), late["n_words"].sum())
        assert (row.n_mentions_before, row.n_mentions_after) == (early["n"].sum(), late["n"].sum())
        rates = [1000 * side["n"].sum() / side["n_words"].sum() for side in (early, late)]
        assert (row.rate_before, row.rate_after) == pytest.approx(rates)
        assert (row.difference, row.ratio) == pytest.approx((rates[1] - rates[0], rates[1] / rates[0]))
        y, w = mine[["n"]].to_numpy(), mine["n_words"].to_numpy(dtype=float)
        side = (mine["published"] >= DATE).to_numpy()
        shared = pooled_dispersion(y, w, np.where(side, "late", "early"))
        limits = rate_ratio(side_of(y[side], w[side]), side_of(y[~side], w[~side]), shared, level=0.9)
        assert (row.low, row.high) == pytest.approx((limits.low[0], limits.high[0]))


def test_the_p_value_is_that_of_shuffled_dates(planted: Tables) -> None:
    """An independent, slow permutation of the studentised difference agrees up to its own noise."""
    documents, counts = planted
    mine = documents[documents["outlet"] == "Gamma"]
    y = mine["doc_id"].map(counts.groupby("doc_id")["n"].sum()).fillna(0).to_numpy(dtype=float)
    w, side = mine["n_words"].to_numpy(dtype=float), (mine["published"] >= DATE).to_numpy()

    def statistic(late: np.ndarray) -> float:
        rates, variances = [], []
        for part in (late, ~late):
            rate = y[part].sum() / w[part].sum()
            residual = y[part] - rate * w[part]
            rates.append(rate)
            variances.append(len(residual) / (len(residual) - 1) * (residual**2).sum() / w[part].sum() ** 2)
        return abs(rates[0] - rates[1]) / np.sqrt(sum(variances))

    rng = np.random.default_rng(0)
    expected = np.mean([statistic(rng.permutation(side)) >= statistic(side) for _ in range(999)])
    table = before_after(documents, counts, date=DATE, category="f0").set_index("group")
    assert table.loc["Gamma", "p"] == pytest.approx(expected, abs=0.05)


def test_nothing_is_found_where_nothing_changed(corpus: Corpus, simulated: Simulated) -> None:
    """The share of p at or below .05 in 80 outlets without a change stays near .05."""
    same = tables(corpus, simulated, {f"o{i:03}": 1.0 for i in range(80)}, seed=8, n=12)
    p = before_after(*same, date=DATE, category="f0", permutations=99)["p"]
    assert (p <= 0.05).sum() <= 9
    assert 0.4 < p.mean() < 0.6


def test_a_change_that_all_share_is_not_peculiar(corpus: Corpus, simulated: Simulated) -> None:
    shared = tables(corpus, simulated, {"Alpha": 3.0, "Beta": 3.0, "Gamma": 3.0, "Delta": 9.0}, seed=5)
    table = before_after(*shared, date=DATE, category="f0", against="rest").set_index("group")
    assert (table["p"] < 0.01).all()
    assert table.loc["Delta", "q_relative"] < 0.05
    assert table.loc["Delta", "relative_low"] > 1
    named = before_after(*shared, date=DATE, category="f0", against="Beta").set_index("group")
    assert (named.loc[["Alpha", "Gamma"], "p_relative"] > 0.05).all()
    assert np.isnan(named.loc["Beta", "p_relative"])
    assert named.loc["Alpha", "ratio_against"] == pytest.approx(named.loc["Beta", "ratio"])
    assert named.loc["Alpha", "relative"] == pytest.approx(
        named.loc["Alpha", "ratio"] / named.loc["Beta", "ratio"]
    )
    assert "same proportion" in table.attrs["method"]["assumes"]


def test_strata_take_a_change_of_topic_away(corpus: Corpus, simulated: Simulated) -> None:
    """After the date the outlet writes more about war; inside each topic nothing changes."""
    rng = np.random.default_rng(6)
    topic = np.array(["war"] * 10 + ["sport"] * 40 + ["war"] * 40 + ["sport"] * 10)
    rate = np.where(topic == "war", 9.0, 1.0)
    words = rng.integers(200, 600, 100)
    documents, counts = corpus(["Alpha"] * 100, words, rng.poisson(rate * words / 1000)[:, None])
    documents = documents.assign(published=np.repeat(["2017-02-01", "2017-03-02"], 50), topic=topic)
    plain = before_after(documents, counts, date=DATE, category="f0")
    inside = before_after(documents, counts, date=DATE, category="f0", within="topic")
    assert plain["p"][0] < 0.01 < 0.1 < inside["p"][0]
    assert inside["low"][0] < 1 < inside["high"][0]
    assert "Mantel-Haenszel" in inside.attrs["method"]["interval"]


def test_the_window_and_several_events(planted: Tables) -> None:
    documents, counts = planted
    events = pd.DataFrame({"date": ["2017-03-11", "2017-03-01"], "label": ["later", "first"]})
    table = before_after(documents, counts, date=events, window_days=5, category="f0")
    assert table[["date", "event", "group"]].values.tolist() == [
        [d, e, g]
        for d, e in (("2017-03-01", "first"), ("2017-03-11", "later"))
        for g in ("Alpha", "Beta", "Gamma")
    ]
    days = pd.to_datetime(documents.loc[documents["outlet"] == "Alpha", "published"])
    late = ((days >= "2017-03-11") & (days < "2017-03-16")).sum()
    early = ((days >= "2017-03-06") & (days < "2017-03-11")).sum()
    assert table.loc[3, ["n_articles_before", "n_articles_after"]].tolist() == [early, late]
    assert table["q"].tolist() == benjamini_hochberg(table["p"]).tolist()


def test_thin_data_are_rows_with_a_note(planted: Tables) -> None:
    documents, counts = planted
    documents.loc[documents["outlet"] == "Beta", "published"] = "2017-01-01"
    documents.loc[documents["outlet"] == "Gamma", "published"] = ""
    few = documents[documents["outlet"] != "Alpha"]
    few = pd.concat([few, documents[(documents["outlet"] == "Alpha")].iloc[36:]])
    table = before_after(few, counts, date=DATE, against="rest", category="f0").set_index("group")
    assert table["note"].tolist() == [
        "fewer than 5 articles before: not tested", "fewer than 5 articles after: not tested",
        "fewer than 5 articles before: not tested; no mentions",
    ]  # fmt: skip
    assert table[["p", "q", "p_relative", "q_relative"]].isna().all(axis=None)
    assert table.loc["Alpha", "ratio"] > 0
    assert table.attrs["method"]["undated"] == 80
    assert table.attrs["method"]["family_size"] == 0


def test_no_mention_before_has_no_ratio_but_a_limit(planted: Tables) -> None:
    documents, counts = planted
    early = documents.loc[(documents["published"] < DATE) & (documents["outlet"] == "Beta"), "doc_id"]
    table = before_after(documents, counts[~counts["doc_id"].isin(early)], date=DATE, category="f0")
    row = table.set_index("group").loc["Beta"]
    assert np.isnan(row["ratio"])
    assert row["low"] > 1
    assert row["high"] == np.inf
    assert row["p"] < 0.01
    assert row["note"] == "no mentions before: no ratio"


def test_order_of_rows_changes_nothing(planted: Tables) -> None:
    shuffled = [table.sample(frac=1, random_state=1) for table in planted]
    one, two = (before_after(*t, date=DATE, against="rest", permutations=99) for t in (planted, shuffled))
    pd.testing.assert_frame_equal(one, two)


def test_bad_options_are_named(planted: Tables) -> None:
    with pytest.raises(AnalysisError, match="this is not a date"):
        before_after(*planted, date="2017-02-30")
    with pytest.raises(InputError, match="no column date"):
        before_after(*planted, date=pd.DataFrame({"when": [DATE]}))
    with pytest.raises(AnalysisError, match="unknown against"):
        before_after(*planted, date=DATE, against="Omega")
    with pytest.raises(AnalysisError, match="window_days is too small"):
        before_after(*planted, date=DATE, window_days=0)
    with pytest.raises(AnalysisError, match="min_articles is too small"):
        before_after(*planted, date=DATE, min_articles=1)
    with pytest.raises(AnalysisError, match="permutations is too small"):
        before_after(*planted, date=DATE, permutations=9)
