"""Rates over time: a row for every period, also for those in which nothing can be said."""

from __future__ import annotations

from typing import NamedTuple, Unpack

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.analysis.choices import check_at_least, check_share
from framing.analysis.intervals import PER_WORDS, limits_of_sums, pooled_dispersion
from framing.analysis.rates import INTERVAL, groups_without_articles
from framing.analysis.studentised import membership
from framing.analysis.trends.periods import article_days, first_days, period_names, period_numbers
from framing.analysis.trends.timeline import read_timeline
from framing.analysis.units import ArticleMatrix, Choice, article_matrix
from framing.errors import AnalysisError

MAX_ROWS = 2_000_000
"""Groups times features times periods that one table may have; more is asked for by mistake."""


def trend(
    documents: pd.DataFrame,
    counts: pd.DataFrame,
    *,
    unit: str = "month",
    min_articles: int = 5,
    timeline: pd.DataFrame | None = None,
    confidence: float = 0.95,
    **choice: Unpack[Choice],
) -> pd.DataFrame:
    """Return mentions per 1,000 words by group, feature and period, gaps included.

    Parameters
    ----------
    documents, counts, choice
        What is counted and in which articles; see :func:`framing.analysis.units.article_matrix`.
        Articles without a date take no part; ``attrs["method"]["undated"]`` counts them. ``within``
        only leaves out the articles without a stratum.
    unit
        ``day``, ``week`` (from Monday), ``month``, ``quarter`` or ``year``.
    min_articles
        Periods in which a group has fewer articles have no rate: it would be that of an article or
        two. At least 1.
    timeline
        Events to mark (:func:`framing.analysis.trends.timeline.read_timeline`): adds a column ``event``.
    confidence
        Confidence level of the limits, 0 to 1.

    Returns
    -------
    pandas.DataFrame
        One row a group, feature and period, in this order. The periods run from the first to the
        last dated article of the call, the same for all groups:

        group, feature
            What the row is about.
        period, start, end
            Name of the period (``2017-05``, ``2017-W20``, ``2017-Q2``), its first and last day.
        n_articles, n_words, n_mentions
            Articles, words below the line, mentions above it.
        rate, low, high
            As in :func:`framing.analysis.rates.rates`; missing in periods with too few articles. A
            line through a gap would invent a rate: draw none.
        event
            Labels of the events in this period, joined with ``"; "``; only with a timeline.
        note
            ``no articles``, ``fewer than N articles``, ``no mentions``, or empty.

        ``attrs["method"]``: interval, confidence, unit, min_articles, first, last, undated,
        undated_by_group (a group without any dated article has no articles in any period), n_articles,
        filter.

    Raises
    ------
    AnalysisError
        If an option is unknown, no article has a date, or the table would be too large.
    InputError
        If the timeline has no column date or a date is none.
    TableError
        If a table breaks its contract.

    Notes
    -----
    Limits that overlap do not mean "no change", and the eye finds a change in any line:
    :mod:`framing.analysis.trends.before_after` tests a date that was fixed beforehand,
    :mod:`framing.analysis.trends.change_points` looks for dates and pays for the search. A rate also moves
    when an outlet covers other things: :mod:`framing.analysis.trends.decomposition` tells that apart.

    Examples
    --------
    >>> from framing.tables import build
    >>> documents = build("documents", [
    ...     (f"{i}{day}", "Alpha", day, "", 500, 500, 0, 0, 0, 0, 0, "", "ok", "")
    ...     for day in ("2017-01-05", "2017-03-02") for i in range(5)])
    >>> counts = build("counts", [("12017-01-05", "regime", "delegitimation", "", "own", "yes", 5, 0)])
    >>> table = trend(documents, counts, category="delegitimation")
    >>> table[["period", "n_articles", "rate", "note"]].values.tolist()
    [['2017-01', 5, 2.0, ''], ['2017-02', 0, nan, 'no articles'], ['2017-03', 5, 0.0, 'no mentions']]
    """
    check_at_least("min_articles", min_articles, 1)
    check_share("confidence", confidence)
    events = None if timeline is None else read_timeline(timeline)
    matrix = article_matrix(documents, counts, **choice)
    days = article_days(documents, matrix.doc_ids)
    dated = ~np.isnat(days)
    undated = pd.Series(matrix.groups[~dated]).value_counts().sort_index()
    names = sorted({*matrix.names, *groups_without_articles(matrix)})
    matrix, days = matrix.select(dated), days[dated]
    numbers = period_numbers(days, unit)
    periods = np.arange(numbers.min(), numbers.max() + 1)
    _refuse_too_many(len(names), len(periods), len(matrix.features), unit)
    cells = _sums(matrix, names, numbers - numbers.min(), len(periods))
    axis = _axis(periods, unit, events)
    table = _table(cells, matrix.features, names, axis, min_articles, confidence)
    table.attrs["method"] = {
        "interval": INTERVAL,
        "confidence": confidence,
        "unit": unit,
        "min_articles": min_articles,
        "first": str(days.min()),
        "last": str(days.max()),
        "undated": int((~dated).sum()),
        "undated_by_group": {str(name): int(number) for name, number in undated.items()},
        "n_articles": len(matrix),
        "filter": matrix.filter,
    }
    return table


class _Cells(NamedTuple):
    """Sums over the articles of each group and period: arrays of cells, or of cells x features."""

    articles: NDArray[np.float64]
    words: NDArray[np.float64]
    mentions: NDArray[np.float64]
    articles_with: NDArray[np.float64]
    dispersion: NDArray[np.float64]
    shared: NDArray[np.float64]


def _sums(matrix: ArticleMatrix, names: list[str], period: NDArray[np.int64], periods: int) -> _Cells:
    cell = np.searchsorted(np.asarray(names, dtype=np.str_), matrix.groups) * periods + period
    member = membership(cell[None, :].astype(np.int32), len(names) * periods).T
    y, w = matrix.counts.astype(np.float64), matrix.words
    articles, words = np.asarray(member @ np.ones(len(w))), np.asarray(member @ w)
    mentions = np.asarray(member @ y)
    below = np.where(words > 0, words, 1.0)[:, None]
    rate = mentions / below
    residual = np.asarray(member @ (y - rate[cell] * w[:, None]) ** 2)
    many = np.maximum(articles - 1, 1)
    variance = (articles / many)[:, None] * residual
    known = (articles[:, None] > 1) & (mentions > 0)
    # Changes from period to period must not widen the limits of each: the spread inside them counts.
    shared = pooled_dispersion(matrix.counts, w, cell.astype(np.str_))
    return _Cells(
        articles, words, mentions, np.asarray(member @ (y > 0).astype(np.float64)),
        np.divide(variance, mentions, out=np.full_like(mentions, np.nan), where=known), shared,
    )  # fmt: skip


def _table(
    cells: _Cells,
    features: tuple[str, ...],
    names: list[str],
    axis: dict[str, NDArray[np.str_]],
    min_articles: int,
    confidence: float,
) -> pd.DataFrame:
    shape = (len(names), len(axis["period"]), len(features))
    words, articles = cells.words[:, None], cells.articles[:, None]
    low, high = limits_of_sums(
        cells.mentions, np.where(words > 0, words, np.nan), articles, cells.articles_with,
        np.nan_to_num(cells.dispersion), cells.shared, level=confidence,
    )  # fmt: skip
    thin = articles < min_articles
    blank = np.where(thin | (words == 0), np.nan, 1.0)
    rate = blank * cells.mentions * PER_WORDS / np.where(words > 0, words, np.nan)
    note = np.where(cells.mentions > 0, "", "no mentions").astype(object)
    note[np.broadcast_to(thin, note.shape)] = f"fewer than {min_articles} articles"
    note[np.broadcast_to(articles == 0, note.shape)] = "no articles"

    def column(values: NDArray[np.generic]) -> NDArray[np.generic]:
        """Bring cells (x features) into the order of the rows: group, feature, period."""
        wide = np.broadcast_to(values, (shape[0] * shape[1], shape[2])).reshape(shape)
        return wide.transpose(0, 2, 1).ravel()

    group, feature, at = np.unravel_index(np.arange(np.prod(shape)), (shape[0], shape[2], shape[1]))
    texts = {
        "group": np.asarray(names)[group],
        "feature": np.asarray(features)[feature],
        **{name: values[at] for name, values in axis.items() if name != "event"},
    }
    last = {"event": axis["event"][at]} if "event" in axis else {}
    whole = {"n_articles": articles, "n_words": words, "n_mentions": cells.mentions}
    limits = {"rate": rate, "low": blank * low, "high": blank * high}
    return pd.DataFrame(
        {
            **{name: pd.Series(values, dtype="str") for name, values in texts.items()},
            **{name: column(values).astype(np.int64) for name, values in whole.items()},
            **{name: column(values) for name, values in limits.items()},
            **{name: pd.Series(values, dtype="str") for name, values in last.items()},
            "note": pd.Series(column(note), dtype="str"),
        }
    )


def _axis(periods: NDArray[np.int64], unit: str, events: pd.DataFrame | None) -> dict[str, NDArray[np.str_]]:
    """Return name, first day and last day of each period, and the events in it if there is a timeline."""
    starts = first_days(np.append(periods, periods[-1] + 1), unit)
    axis = {
        "period": period_names(periods, unit),
        "start": starts[:-1].astype(np.str_),
        "end": (starts[1:] - 1).astype(np.str_),
    }
    if events is None:
        return axis
    numbers = period_numbers(events["date"].to_numpy(dtype="datetime64[D]"), unit)
    labels = events["label"].groupby(numbers, sort=False).agg("; ".join)
    return {**axis, "event": np.asarray(labels.reindex(periods).fillna("").tolist(), dtype=np.str_)}


def _refuse_too_many(groups: int, periods: int, features: int, unit: str) -> None:
    if groups * periods * features > MAX_ROWS:
        raise AnalysisError(
            "the table of periods would be too large", where=f"option unit={unit!r}",
            got=f"{groups} groups x {periods} periods x {features} features", allowed=f"{MAX_ROWS} rows",
            fix="choose a longer unit, ask for one category, or leave out articles with a wrong date",
        )  # fmt: skip
