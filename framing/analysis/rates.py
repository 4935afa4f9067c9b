"""Rates by group and feature, with everything a reader needs to judge them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Unpack

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.analysis.intervals import pooled_dispersion, rate_intervals
from framing.analysis.units import ArticleMatrix, Choice, article_matrix, rows_of


def rates(
    documents: pd.DataFrame,
    counts: pd.DataFrame,
    *,
    confidence: float = 0.95,
    **choice: Unpack[Choice],
) -> pd.DataFrame:
    """Return mentions per 1,000 words by group and feature, zeros included.

    Parameters
    ----------
    documents, counts, choice
        What is counted and in which articles; see :func:`framing.analysis.units.article_matrix`.
    confidence
        Confidence level of the limits, 0 to 1.

    Returns
    -------
    pandas.DataFrame
        One row a group and feature, in alphabetical order of the groups:

        group, feature
            What the row is about.
        n_articles, n_articles_with, n_words, n_mentions
            Articles, articles with a mention, words below the line, mentions above it.
        rate, low, high
            Mentions per 1,000 words and confidence limits that take the article as the unit
            (:func:`framing.analysis.intervals.rate_interval`). More means more often. Rates of
            different voices have different denominators and are not parts of one whole.
        dispersion
            Variance over mean of the per-article counts, against 1 for mentions scattered at random
            (a Poisson count at this rate). More than 1: mentions come in clusters.
        top_article_share
            Share of the mentions that stands in the one article with most of them, 0 to 1. Near 1
            the rate is that of an article, not of an outlet.
        note
            What a reader must know: no mentions, one article, no words in this voice.

        ``attrs["method"]`` holds the options, the numbers left out and the name of the interval.

    Raises
    ------
    AnalysisError
        If an option is unknown or no article is left.
    TableError
        If a table breaks its contract.

    Examples
    --------
    >>> from framing.tables import build
    >>> documents = build("documents", [
    ...     (i, "Alpha" if i < "d" else "Beta", "2017-04-04", "", 500, 500, 0, 0, 0, 0, 0, "", "ok", "")
    ...     for i in "abcdef"])
    >>> counts = build("counts", [(i, "regime", "delegitimisation", "", "own", "yes", 2, 0) for i in "abc"])
    >>> table = rates(documents, counts, category="delegitimisation")
    >>> table[["group", "n_articles", "n_mentions", "rate", "note"]].to_dict("records")
    [{'group': 'Alpha', 'n_articles': 3, 'n_mentions': 6, 'rate': 4.0, 'note': ''},
     {'group': 'Beta', 'n_articles': 3, 'n_mentions': 0, 'rate': 0.0, 'note': 'no mentions'}]
    """
    matrix = article_matrix(documents, counts, **choice)
    table = rate_table(matrix, confidence=confidence)
    table.attrs["method"] = {
        "interval": INTERVAL,
        "confidence": confidence,
        "n_articles": len(matrix),
        "filter": matrix.filter,
    }
    return table


INTERVAL = (
    "exact Poisson limits (Garwood 1936) of the effective number of mentions, "
    "from the article-clustered variance of the ratio estimator"
)


def rate_table(matrix: ArticleMatrix, *, confidence: float = 0.95) -> pd.DataFrame:
    """Return the table of :func:`rates` for an article matrix that is already there."""
    shared = pooled_dispersion(matrix.counts, matrix.words, matrix.groups)
    rows = rows_of(matrix.groups)
    idle = groups_without_articles(matrix)
    names = sorted([*rows, *idle])
    parts = [
        _columns(matrix, rows[name], shared, confidence) if name in rows else _idle_columns(len(shared))
        for name in names
    ]
    table = pd.DataFrame(
        {
            "group": pd.Series(np.repeat(names, len(shared)), dtype="str"),
            "feature": pd.Series(list(matrix.features) * len(names), dtype="str"),
            # Columns of all groups first, one frame last: a frame a group costs more than its numbers.
            **{
                column: np.concatenate([part[column] for part in parts]) if parts else []
                for column in (*_WHOLE, *_REAL)
            },
            "note": pd.Series([note for part in parts for note in part["note"]], dtype="str"),
        }
    )
    return table.astype(dict.fromkeys(_WHOLE, "int64"))


def groups_without_articles(matrix: ArticleMatrix) -> list[str]:
    """Return the groups that have articles in the corpus but no words in the chosen voice."""
    names = matrix.filter.get("groups_without_articles", ())
    return [str(name) for name in names] if isinstance(names, Sequence) else []


_WHOLE = ("n_articles", "n_articles_with", "n_words", "n_mentions")
_REAL = ("rate", "low", "high", "dispersion", "top_article_share")

_Columns = dict[str, Any]


def _columns(
    matrix: ArticleMatrix, rows: NDArray[np.intp], shared: NDArray[np.float64], confidence: float
) -> _Columns:
    """Return the columns of one group, an array element a feature."""
    counts, words = matrix.counts[rows], matrix.words[rows]
    found = rate_intervals(counts, words, level=confidence, dispersion=shared)
    mentions = counts.sum(axis=0, dtype=np.int64)
    share = np.divide(counts.max(axis=0), mentions, out=np.full(len(mentions), np.nan), where=mentions > 0)
    notes = ["" if n else "no mentions" for n in mentions.tolist()]
    if len(rows) == 1:
        lean = "one article: limits rest on the spread in other groups"
        notes = [f"{note}; {lean}" if note else lean for note in notes]
    return {
        "n_articles": np.full(len(mentions), len(rows)),
        "n_articles_with": (counts > 0).sum(axis=0),
        "n_words": np.full(len(mentions), int(words.sum())),
        "n_mentions": mentions,
        "rate": found.rate,
        "low": found.low,
        "high": found.high,
        "dispersion": found.dispersion,
        "top_article_share": share,
        "note": notes,
    }


def _idle_columns(features: int) -> _Columns:
    """Return the columns of a group without a single word in the chosen voice: no rate, and it says so."""
    unknown, nothing = np.full(features, np.nan), np.zeros(features, dtype=np.int64)
    return {
        **dict.fromkeys(_WHOLE, nothing),
        **dict.fromkeys(_REAL, unknown),
        "note": ["no words in this voice: no rate"] * features,
    }
