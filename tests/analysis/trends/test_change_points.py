from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from framing.analysis.correction import benjamini_hochberg
from framing.analysis.trends.change_points import COLUMNS, change_points
from framing.errors import AnalysisError

Tables = tuple[pd.DataFrame, pd.DataFrame]
Corpus = Callable[..., Tables]

MONTHS = np.arange("2014-01", "2017-01", dtype="datetime64[M]").astype(str)


def tables(corpus: Corpus, rates: dict[str, np.ndarray], *, seed: int, articles: int = 4) -> Tables:
    """Outlets with a rate for each of 36 months; counts vary 1.5 times as much as Poisson counts."""
    rng = np.random.default_rng(seed)
    groups = np.repeat(list(rates), 36 * articles)
    month = np.tile(np.repeat(np.arange(36), articles), len(rates))
    words = rng.integers(150, 900, len(groups))
    rate = np.concatenate([np.repeat(values, articles) for values in rates.values()])
    counts = rng.poisson(rng.gamma(rate * words / 1000 / 0.5, 0.5))
    documents, found = corpus(groups, words, counts[:, None])
    documents["published"] = [f"{MONTHS[m]}-{rng.integers(1, 29):02}" for m in month]
    return documents, found


STEP = np.where(np.arange(36) < 20, 3.0, 10.0)
BURST = np.where((np.arange(36) >= 12) & (np.arange(36) < 18), 12.0, 3.0)
LEVEL = np.full(36, 4.0)


@pytest.fixture
def planted(corpus: Corpus) -> Tables:
    return tables(corpus, {"Burst": BURST, "Level": LEVEL, "Step": STEP}, seed=1)


def test_planted_changes_are_found_at_their_month_and_no_others(planted: Tables) -> None:
    table = change_points(*planted, category="f0")
    assert table[table["group"] != "Level"][["group", "date"]].values.tolist() == [
        ["Burst", "2015-01-01"], ["Burst", "2015-07-01"], ["Step", "2015-09-01"],
    ]  # fmt: skip
    found = table[table["group"] != "Level"]
    assert (found["q"] < 0.05).all()
    assert (found["earliest"] <= found["date"]).all()
    assert (found["date"] <= found["latest"]).all()
    assert found["ratio"].between(0.1, 0.6).tolist() == [False, True, False]
    level = table[table["group"] == "Level"].iloc[0]
    assert level["p"] > 0.05
    assert level["note"].startswith("no date stands out")
    assert (level["earliest"], level["latest"]) == ("", "")


def test_numbers_are_those_of_the_stretches(planted: Tables) -> None:
    documents, counts = planted
    table = change_points(documents, counts, category="f0")
    step = table[table["group"] == "Step"].iloc[0]
    mine = documents[documents["outlet"] == "Step"].merge(
        counts.groupby("doc_id")["n"].sum().rename("n"), on="doc_id", how="left"
    )
    late = mine["published"] >= step["date"]
    assert (step["n_articles_before"], step["n_articles_after"]) == ((~late).sum(), late.sum())
    assert (step["n_mentions_before"], step["n_mentions_after"]) == (
        mine.loc[~late, "n"].sum(), mine.loc[late, "n"].sum(),
    )  # fmt: skip
    rates = [1000 * mine.loc[s, "n"].sum() / mine.loc[s, "n_words"].sum() for s in (~late, late)]
    assert (step["rate_before"], step["rate_after"], step["ratio"]) == pytest.approx(
        (*rates, rates[1] / rates[0])
    )
    assert table["q"].tolist() == benjamini_hochberg(table["p"]).tolist()
    assert table.attrs["method"]["family_size"] == 4
    assert list(table.columns) == list(COLUMNS)


def test_series_without_a_change_stand_out_no_more_often_than_they_should(corpus: Corpus) -> None:
    """A/A: 100 outlets with one rate; the dates of their articles are random."""
    same = tables(corpus, {f"o{i:03}": LEVEL for i in range(100)}, seed=3, articles=1)
    table = change_points(*same, category="f0", permutations=99, unit="quarter")
    first = table.groupby("group")["p"].min()
    assert len(first) == 100
    assert (first <= 0.05).sum() <= 11
    assert 0.4 < first.mean() < 0.65
    assert not (table["q"] <= 0.05).any()


def test_thin_series_are_rows_with_a_note(corpus: Corpus) -> None:
    documents, counts = tables(corpus, dict.fromkeys("ABCDE", LEVEL), seed=4, articles=1)
    outlet = documents["outlet"]
    documents.loc[outlet == "A", "published"] = "2014-05-01"  # one month
    documents.loc[(outlet == "B") & (documents.index % 36 < 28), "published"] = ""  # eight articles
    documents.loc[outlet == "C", "published"] = ""
    used = counts["doc_id"].map(documents.set_index("doc_id")["outlet"])
    counts = counts[~used.isin(["D"]) & ~((used == "E") & used.eq("E").cumsum().gt(3))]
    few = "fewer than 5 articles on each side of any date: not searched"
    table = change_points(documents, counts, category="f0")
    assert table["note"].tolist() == [
        few, few, "no article with a date", "no mentions", "mentions in fewer than 5 articles: not searched",
    ]  # fmt: skip
    assert table[["p", "q", "rate_before", "ratio"]].isna().all(axis=None)
    assert (table["date"] == "").all()
    assert table.attrs["method"]["undated"] == 64


def test_a_change_in_a_gap_may_have_come_at_any_time_in_it(corpus: Corpus) -> None:
    rates = np.where(np.arange(36) < 18, 2.0, 20.0)
    documents, counts = tables(corpus, {"Alpha": rates}, seed=5)
    gap = documents["published"].between("2015-03-01", "2015-10-31")
    table = change_points(documents[~gap], counts, category="f0")
    assert table[["date", "earliest", "latest"]].values.tolist() == [
        ["2015-11-01", "2015-03-01", "2015-11-01"]
    ]


def test_few_permutations_are_named(planted: Tables) -> None:
    table = change_points(*planted, category="f0", permutations=19)
    step = table[table["group"] == "Step"].iloc[0]
    assert step["p"] == 0.05
    assert step["note"] == "p is the smallest that 19 permutations can give: use more to settle q"


def test_order_of_rows_and_other_groups_change_nothing(planted: Tables) -> None:
    documents, counts = planted
    one = change_points(documents, counts, permutations=99)
    two = change_points(
        documents.sample(frac=1, random_state=1), counts.sample(frac=1, random_state=2), permutations=99
    )
    pd.testing.assert_frame_equal(one, two)
    alone = change_points(documents[documents["outlet"] == "Burst"], counts, permutations=99)
    same = [column for column in COLUMNS if column not in ("q", "note")]
    pd.testing.assert_frame_equal(alone[same], one.loc[one["group"] == "Burst", same])


def test_bad_options_are_named(planted: Tables) -> None:
    with pytest.raises(AnalysisError, match="not searched inside strata"):
        change_points(*planted, within="month")
    with pytest.raises(AnalysisError, match="unknown unit"):
        change_points(*planted, unit="decade")
    with pytest.raises(AnalysisError, match="min_articles is too small"):
        change_points(*planted, min_articles=1)
    with pytest.raises(AnalysisError, match="permutations is too small"):
        change_points(*planted, permutations=5)
    with pytest.raises(AnalysisError, match="confidence must be a share"):
        change_points(*planted, confidence=95)
