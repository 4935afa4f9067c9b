from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from framing.analysis.comparison import compare
from framing.analysis.covariates.covariates import COLUMNS, adjusted_ratios
from framing.errors import AnalysisError

Tables = tuple[pd.DataFrame, pd.DataFrame]
Corpus = Callable[..., Tables]


def confounded(corpus: Corpus, seed: int, ratio: float = 1.0, articles: int = 240) -> Tables:
    """Alpha writes about war more often; inside a topic it uses the term ``ratio`` times as often as Beta."""
    rng = np.random.default_rng(seed)
    alpha = np.arange(articles) < articles // 2
    war = rng.random(articles) < np.where(alpha, 0.8, 0.2)
    words = np.round(rng.uniform(200, 900, articles))
    mean = np.where(war, 5, 1) * np.where(alpha, ratio, 1) * words / 1000
    counts = rng.poisson(rng.gamma(mean, 1))
    documents, mentions = corpus(np.where(alpha, "Alpha", "Beta"), words, counts)
    dates = pd.Timestamp("2016-01-01") + pd.to_timedelta(rng.integers(0, 700, articles), unit="D")
    documents = documents.assign(
        topic=np.where(war, "war", "sport"), published=pd.Series(dates).dt.strftime("%Y-%m-%d").to_numpy()
    )
    return documents, mentions


def one(tables: Tables, **options: object) -> pd.Series:
    options = {"target": "Alpha", "category": "f0", "covariates": ["topic"], "min_articles": 10, **options}
    return adjusted_ratios(*tables, **options).iloc[0]  # type: ignore[arg-type]


def test_topic_explains_what_topic_makes(corpus: Corpus) -> None:
    row = one(confounded(corpus, 1))
    assert row["ratio"] > 1.5
    assert row["adjusted_low"] < 1 < row["adjusted_high"]
    more = one(confounded(corpus, 1, ratio=2.5))
    assert more["adjusted_low"] > 1.4
    assert more["adjusted_high"] < 4
    assert more["p"] < 0.01


def test_fit_agrees_with_maximum_likelihood_of_another_model(corpus: Corpus) -> None:
    """The discrete model of statsmodels estimates alpha by likelihood; the ratio must be close."""
    from statsmodels.discrete.discrete_model import NegativeBinomial

    documents, mentions = confounded(corpus, 3, ratio=1.5, articles=600)
    row = one((documents, mentions), covariates=["topic", "length"])
    y = mentions.set_index("doc_id")["n"].reindex(documents["doc_id"], fill_value=0).to_numpy()
    words = documents["n_words_own"].to_numpy(dtype=float)
    x = np.column_stack([
        documents["outlet"] == "Alpha", np.ones(len(y)), documents["topic"] == "war", np.log(words),
    ]).astype(float)  # fmt: skip
    fit = NegativeBinomial(y, x, offset=np.log(words)).fit(disp=0, maxiter=200)
    assert np.log(row["adjusted"]) == pytest.approx(fit.params[0], abs=0.03)
    half = np.log(row["adjusted_high"] / row["adjusted"])
    assert half == pytest.approx(1.96 * fit.bse[0], rel=0.15)
    assert row["dispersion"] == pytest.approx(fit.params[-1], rel=0.5)


def test_luck_is_rejected_in_about_one_of_twenty(corpus: Corpus) -> None:
    p = [
        one(confounded(corpus, seed, articles=120), covariates=["topic", "date"])["p"] for seed in range(120)
    ]
    assert 0 < np.mean(np.array(p) <= 0.05) < 0.13


def test_clusters_make_the_errors_larger(corpus: Corpus) -> None:
    documents, mentions = confounded(corpus, 5)
    copies = pd.concat(
        [documents.assign(doc_id=documents["doc_id"] + f"-{i}", story=documents["doc_id"]) for i in range(4)]
    )
    counted = pd.concat([mentions.assign(doc_id=mentions["doc_id"] + f"-{i}") for i in range(4)])
    alone, together = (one((copies, counted), cluster=c) for c in (None, "story"))
    width = [np.log(row["adjusted_high"] / row["adjusted_low"]) for row in (alone, together)]
    assert width[1] == pytest.approx(2 * width[0], rel=0.05)
    single = one((documents, mentions))
    assert together["adjusted"] == pytest.approx(single["adjusted"], rel=1e-3)


def test_every_group_against_the_rest_and_plain_ratio(corpus: Corpus) -> None:
    tables = confounded(corpus, 6)
    table = adjusted_ratios(*tables, covariates=["topic", "date", "length"])
    assert tuple(table.columns) == COLUMNS
    plain = compare(*tables, permutations=19)
    assert table["ratio"].to_numpy() == pytest.approx(plain["ratio"].to_numpy())
    assert table.attrs["method"]["family_size"] == 4
    assert "topic: war" in table.attrs["method"]["columns_of_the_design"]


def test_what_cannot_be_fitted_says_so(corpus: Corpus) -> None:
    documents, mentions = confounded(corpus, 7)
    same = documents.assign(country=documents["outlet"])
    assert "tell the groups apart" in one((same, mentions), covariates=["country"])["note"]
    assert "articles on a side" in one((documents, mentions), min_articles=500)["note"]
    assert "mentions on a side" in one((documents, mentions.head(2)))["note"]
    missing = documents.assign(topic=[None] * 100 + ["war"] * 140)
    table = adjusted_ratios(missing, mentions, covariates=["topic"], category="f0")
    assert table.attrs["method"]["without_covariates"] == 100


def test_unknown_columns_and_identifiers_are_refused(corpus: Corpus) -> None:
    documents, mentions = confounded(corpus, 8, articles=600)
    with pytest.raises(AnalysisError, match="unknown covariates"):
        adjusted_ratios(documents, mentions, covariates=["theme"])
    with pytest.raises(AnalysisError, match="unknown cluster"):
        adjusted_ratios(documents, mentions, cluster="story")
    author = documents.assign(author=[f"name {i % 100}" for i in range(600)])
    with pytest.raises(AnalysisError, match="too many values"):
        adjusted_ratios(author, mentions, covariates=["author"])
    empty = documents.assign(topic=None)
    with pytest.raises(AnalysisError, match="no article has all covariates"):
        adjusted_ratios(empty, mentions, covariates=["topic"])


def test_few_clusters_are_not_fitted_and_blank_ones_stand_alone(corpus: Corpus) -> None:
    documents, mentions = confounded(corpus, 9)
    days = documents.assign(day=[f"day {i % 6}" for i in range(240)])
    assert "clusters on a side" in one((days, mentions), cluster="day")["note"]
    blank = documents.assign(story="")
    alone, each = one((blank, mentions), cluster="story"), one((documents, mentions))
    assert alone["adjusted_low"] == pytest.approx(each["adjusted_low"])


def test_strata_are_refused(corpus: Corpus) -> None:
    with pytest.raises(AnalysisError, match="does not look inside strata"):
        adjusted_ratios(*confounded(corpus, 9), within="topic")
