from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd
import pytest

from framing.analysis.intervals import pooled_dispersion
from framing.analysis.trends.decomposition import COLUMNS, decompose
from framing.analysis.trends.kitagawa import kitagawa
from framing.errors import AnalysisError

Tables = tuple[pd.DataFrame, pd.DataFrame]
Corpus = Callable[..., Tables]

DATE = "2017-03-01"


@pytest.fixture
def tables(corpus: Corpus) -> Tables:
    """Alpha covers more war after the date, Beta words it more strongly; Gamma stays."""
    rng = np.random.default_rng(3)
    groups = np.repeat(["Alpha", "Beta", "Gamma"], 120)
    late = np.tile(np.repeat([False, True], 60), 3)
    war = rng.random(360) < np.where((groups == "Alpha") & late, 0.8, 0.3)
    rate = np.where(war, 8.0, 1.0) * np.where((groups == "Beta") & late, 2.0, 1.0)
    words = rng.integers(200, 800, 360)
    documents, counts = corpus(groups, words, rng.poisson(rate * words / 1000)[:, None])
    documents["published"] = np.where(late, "2017-03-05", "2017-02-05")
    return documents.assign(topic=np.where(war, "war", "sport")), counts


def test_coverage_and_wording_are_told_apart(tables: Tables) -> None:
    table = decompose(*tables, date=DATE, within="topic", category="f0")
    rows = table[table["stratum"] == "all"].set_index("group")
    assert rows.loc["Alpha", "coverage_low"] > 0
    assert rows.loc["Alpha", "wording_low"] < 0 < rows.loc["Alpha", "wording_high"]
    assert rows.loc["Beta", "wording_low"] > 0
    assert rows.loc["Beta", "coverage_low"] < 0 < rows.loc["Beta", "coverage_high"]
    assert rows.loc["Gamma", "low"] < 0 < rows.loc["Gamma", "high"]
    assert (rows["note"] == "").all()


def test_everything_adds_up(tables: Tables) -> None:
    documents, counts = tables
    for options in ({"date": DATE}, {}, {"target": "Beta", "reference": "Gamma"}):
        table = decompose(documents, counts, within="topic", category="f0", **options)
        assert list(table.columns) == list(COLUMNS)
        assert (table["coverage"] + table["wording"]).to_numpy() == pytest.approx(
            table["difference"].to_numpy()
        )
        whole = table[table["stratum"] == "all"].set_index("group")
        assert (whole["rate"] - whole["rate_versus"]).to_numpy() == pytest.approx(
            whole["difference"].to_numpy()
        )
        parts = table[table["stratum"] != "all"].groupby("group")
        for name in ("coverage", "wording", "difference", "share", "share_versus", "n_articles"):
            assert parts[name].sum().to_numpy() == pytest.approx(whole[name].to_numpy(dtype=float))


def test_numbers_are_those_of_the_articles(tables: Tables) -> None:
    documents, counts = tables
    table = decompose(
        documents, counts, target="Beta", reference="Gamma", within="topic", category="f0", confidence=0.9
    )
    assert table["stratum"].tolist() == ["all", "sport", "war"]
    n = documents["doc_id"].map(counts.groupby("doc_id")["n"].sum()).fillna(0)
    for row in table.iloc[1:].itertuples():
        for outlet, end in (("Beta", ""), ("Gamma", "_versus")):
            side = documents["outlet"] == outlet
            at = side & (documents["topic"] == row.stratum)
            words = documents.loc[at, "n_words"].sum()
            values = [getattr(row, name + end) for name in ("n_articles", "share", "rate")]
            assert values == pytest.approx(
                [at.sum(), words / documents.loc[side, "n_words"].sum(), 1000 * n[at].sum() / words]
            )
    two = documents["outlet"].isin(["Beta", "Gamma"])
    y, w = n[two].to_numpy()[:, None], documents.loc[two, "n_words"].to_numpy(dtype=float)
    place = (documents.loc[two, "topic"] == "war").to_numpy().astype(int)
    later = (documents.loc[two, "outlet"] == "Beta").to_numpy()
    cells = np.char.add(place.astype(str), later.astype(str))
    expected = kitagawa(y, w, later, place, pooled_dispersion(y, w, cells), level=0.9)
    found = table.iloc[0]
    assert (found["wording"], found["wording_low"], found["wording_high"]) == pytest.approx(
        tuple(float(x[0]) for x in expected.wording)
    )


def test_without_a_reference_the_rest_is_the_other_side(tables: Tables) -> None:
    table = decompose(*tables, target="Alpha", within=["topic", "month"], category="f0")
    assert set(table["versus"]) == {"rest"}
    assert table["stratum"].tolist() == [
        "all",
        "sport | 2017-02",
        "sport | 2017-03",
        "war | 2017-02",
        "war | 2017-03",
    ]
    assert table.loc[0, ["n_articles", "n_articles_versus"]].tolist() == [120, 240]


def test_thin_data_are_rows_with_a_note(tables: Tables) -> None:
    documents, counts = tables
    outlet, late = documents["outlet"], documents["published"] >= DATE
    documents.loc[(outlet == "Alpha") & ~late, "published"] = ""
    documents.loc[(outlet == "Gamma") & late, "topic"] = "culture"
    few = documents[~((outlet == "Beta") & ~late)]
    few = pd.concat([few, documents[(outlet == "Beta") & ~late].iloc[:4]])
    table = decompose(few, counts, date=date(2017, 3, 1), within="topic", category="f0")
    rows = table[table["stratum"] == "all"].set_index("group")
    assert rows["note"].tolist() == [
        "no articles: before", "fewer than 5 articles on a side: no limits",
        "less than half of the words of a side stand in strata of both: the rest is coverage",
    ]  # fmt: skip
    assert np.isnan(rows.loc["Alpha", "difference"])
    assert rows.loc["Alpha", ["n_articles", "n_articles_versus"]].tolist() == [60, 0]
    assert rows.loc["Beta", ["low", "coverage_low", "wording_high"]].isna().all()
    assert rows.loc["Beta", "difference"] > 0
    assert rows.loc["Gamma", "wording"] == pytest.approx(0)
    assert table.attrs["method"]["undated"] == 60


def test_the_window_leaves_articles_out(tables: Tables) -> None:
    documents, counts = tables
    table = decompose(documents, counts, date="2017-03-06", window_days=1, within="topic", category="f0")
    assert set(table["note"]) == {"no articles: after"}
    table = decompose(
        documents, counts, date=DATE, window_days=24, target="Beta", within="topic", category="f0"
    )
    assert table.loc[0, ["n_articles", "n_articles_versus"]].tolist() == [60, 60]
    table = decompose(
        documents, counts, date=DATE, window_days=23, target="Beta", within="topic", category="f0"
    )
    assert table.loc[0, ["n_articles", "n_articles_versus"]].tolist() == [60, 0]


def test_order_of_rows_changes_nothing(tables: Tables) -> None:
    one, two = (
        decompose(*t, date=DATE, within="topic")
        for t in (tables, [x.sample(frac=1, random_state=1) for x in tables])
    )
    pd.testing.assert_frame_equal(one, two)


def test_bad_options_are_named(tables: Tables) -> None:
    with pytest.raises(AnalysisError, match="the strata are missing"):
        decompose(*tables, date=DATE)
    with pytest.raises(AnalysisError, match="unknown within"):
        decompose(*tables, date=DATE, within="subject")
    with pytest.raises(AnalysisError, match="either against its past or against another group"):
        decompose(*tables, date=DATE, reference="Beta", within="topic")
    with pytest.raises(AnalysisError, match="a window needs a date"):
        decompose(*tables, window_days=3, within="topic")
    with pytest.raises(AnalysisError, match="unknown target"):
        decompose(*tables, date=DATE, target="Omega", within="topic")
    with pytest.raises(AnalysisError, match="this is not a date"):
        decompose(*tables, date="2017-02-30", within="topic")
