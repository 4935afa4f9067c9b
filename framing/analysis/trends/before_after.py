"""Before and after a date: did the rate of a group change, and did it change more than that of others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date as calendar_date
from typing import NamedTuple, Unpack

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.analysis.choices import check_at_least, check_choice, check_share
from framing.analysis.correction import benjamini_hochberg
from framing.analysis.intervals import PER_WORDS
from framing.analysis.pairs import REST, Compared, Pair, all_groups, compared
from framing.analysis.permutation import FEWEST
from framing.analysis.ratios import Ratio, Side, side_of
from framing.analysis.trends.periods import Days, article_days
from framing.analysis.trends.relative_change import (
    ASSUMES,
    RELATIVE,
    RELATIVE_COLUMNS,
    Shuffles,
    relative_columns,
)
from framing.analysis.trends.timeline import one_day, read_timeline
from framing.analysis.units import ArticleMatrix, Choice, article_matrix

STATISTIC = (
    "difference of the rates after and before over its article-clustered standard error; the sides of "
    "the articles of a group are permuted"
)
COLUMNS = (
    "date", "event", "group", "feature", "n_articles_before", "n_articles_after", "n_words_before",
    "n_words_after", "n_mentions_before", "n_mentions_after", "rate_before", "rate_after", "difference",
    "ratio", "low", "high", "p", "q",
)  # fmt: skip

_PAIR = Pair("after", "before")
_LEAST = 2


def before_after(
    documents: pd.DataFrame,
    counts: pd.DataFrame,
    *,
    date: str | calendar_date | pd.DataFrame,
    window_days: int | None = None,
    against: str | None = None,
    min_articles: int = 5,
    permutations: int = 999,
    seed: int = 0,
    confidence: float = 0.95,
    **choice: Unpack[Choice],
) -> pd.DataFrame:
    """Compare the rates of each group before and after a date that was fixed beforehand.

    Parameters
    ----------
    documents, counts, choice
        What is counted and in which articles; see :func:`framing.analysis.units.article_matrix`.
        With ``within`` (a topic, say) articles are compared and permuted inside strata. Articles
        without a date take no part.
    date
        A date, or events (:func:`framing.analysis.trends.timeline.read_timeline`), each of which is
        compared on its own. Articles of the day itself count as after.
    window_days
        Read only articles from this many days before the date and this many from it on; by default
        all of them.
    against
        ``rest`` or a group: hold the change of each group against the change there (difference in
        differences, on the scale of ratios).
    min_articles
        Groups with fewer articles on either side are shown but not tested. At least 2.
    permutations, seed
        Number of shuffles (the smallest p is 1 / (permutations + 1)) and their seed.
    confidence
        Confidence level of the limits, 0 to 1.

    Returns
    -------
    pandas.DataFrame
        One row an event, group and feature:

        date, event, group, feature
            What the row is about.
        n_articles_before, n_articles_after, n_words_before, n_words_after
            Articles and words below the line.
        n_mentions_before, n_mentions_after
            Mentions above it.
        rate_before, rate_after, difference
            Mentions per 1,000 words, and after minus before.
        ratio, low, high
            Rate after over rate before with limits; above 1 means more often after. As in
            :mod:`framing.analysis.ratios`; inside strata :mod:`framing.analysis.mantel_haenszel`.
        p, q
            Studentised permutation of the side of the articles inside the group
            (:func:`framing.analysis.permutation.permutation_p`), and p corrected by Benjamini and
            Hochberg over all tested rows of this call.
        ratio_against, relative, relative_low, relative_high, p_relative, q_relative
            Only with ``against``: the ratio of the other groups (Mantel-Haenszel over them, so that
            an outlet with articles on one side only does not count), the ratio of the group over
            it with limits, its p (:func:`framing.analysis.trends.relative_change.relative_p`) and q, a
            family of its own. 1 means that the group changed as the others did.
        note
            Why a value is missing or weak.

        ``attrs["method"]``: statistic, statistic_relative and assumes (with ``against``),
        permutations, seed, family_size, smallest_p, correction, interval, confidence, window_days,
        against, min_articles, undated, n_articles, filter.

    Raises
    ------
    AnalysisError
        If an option or group is unknown, or no article has a date.
    InputError
        If a date is none.
    TableError
        If a table breaks its contract.

    Notes
    -----
    The test says that the articles after the date differ from those before, not that the event is
    why: any other date inside a lasting change gives a small p as well, and so does a story that
    runs over several days, since its articles are alike. A date that was chosen after a look at the
    trend has a p that is too small; :mod:`framing.analysis.trends.change_points` pays for the search.

    ``relative`` takes away what all outlets share. It assumes that without the event the group would
    have changed in the same proportion as the others, and that the event did not touch those.

    Examples
    --------
    >>> from framing.tables import build
    >>> documents = build("documents", [
    ...     (f"{i:02}", "Alpha", f"2017-04-{i + 1:02}", "", 500, 500, 0, 0, 0, 0, 0, "", "ok", "")
    ...     for i in range(20)])
    >>> counts = build("counts", [
    ...     (f"{i:02}", "regime", "delegitimation", "", "own", "yes", 1 + i // 10 * 3, 0) for i in range(20)])
    >>> table = before_after(documents, counts, date="2017-04-11", category="delegitimation")
    >>> table[["rate_before", "rate_after", "ratio"]].round(3).to_dict("records")
    [{'rate_before': 2.0, 'rate_after': 8.0, 'ratio': 4.0}]
    """
    check_at_least("min_articles", min_articles, _LEAST)
    check_at_least("permutations", permutations, FEWEST)
    check_share("confidence", confidence)
    if window_days is not None:
        check_at_least("window_days", window_days, 1)
    events = _events(date)
    matrix = article_matrix(documents, counts, **choice)
    days = article_days(documents, matrix.doc_ids)
    if against is not None:
        check_choice("against", against, [REST, *all_groups(matrix)])
    options = Shuffles(permutations=permutations, seed=seed, confidence=confidence)
    run = _Run(against, min_articles, options)
    parts = [
        part
        for day, label in zip(events["date"], events["label"], strict=True)
        for part in _event_rows(matrix, days, day, label, window_days, run)
    ]
    table = pd.concat(parts, ignore_index=True)
    table["q"] = benjamini_hochberg(table["p"].to_numpy())
    if against is not None:
        table["q_relative"] = benjamini_hochberg(table["p_relative"].to_numpy())
    table = table[[*COLUMNS, *(() if against is None else RELATIVE_COLUMNS), "note"]]
    table.attrs["method"] = {
        "statistic": STATISTIC,
        **({} if against is None else {"statistic_relative": RELATIVE, "assumes": ASSUMES}),
        "permutations": permutations,
        "seed": seed,
        "family_size": int(table["p"].notna().sum()),
        "smallest_p": 1 / (permutations + 1),
        "correction": "Benjamini-Hochberg over all tested rows of this call",
        "interval": "Jeffreys limits of the share of effective mentions"
        if matrix.strata is None
        else "Mantel-Haenszel, limits from the article-clustered variance of its logarithm",
        "confidence": confidence,
        "window_days": window_days,
        "against": against,
        "min_articles": min_articles,
        "undated": int(np.isnat(days).sum()),
        "n_articles": len(matrix),
        "filter": matrix.filter,
    }
    return table


class _Run(NamedTuple):
    """Options that every row shares."""

    against: str | None
    min_articles: int
    options: Shuffles


def _events(date: str | calendar_date | pd.DataFrame) -> pd.DataFrame:
    if isinstance(date, pd.DataFrame):
        return read_timeline(date)
    day = one_day(date)
    return pd.DataFrame({"date": [day], "label": [day]}, dtype="str")


def _event_rows(
    matrix: ArticleMatrix, days: Days, day: str, label: str, window_days: int | None, run: _Run
) -> list[pd.DataFrame]:
    """Return the rows of each group for one event."""
    at = np.datetime64(day, "D")
    chosen = ~np.isnat(days)
    if window_days is not None:
        chosen &= (days >= at - window_days) & (days < at + window_days)
    names = all_groups(matrix)
    inside, after = matrix.select(chosen), days[chosen] >= at
    found = {name: _changed(inside, after, name, run) for name in names}
    ratios = {name: found[name].compared.ratio for name in names}
    relative = relative_columns(inside, after, ratios, run.against, run.options) if run.against else {}
    rows = []
    for name in names:
        table = _rows(found[name], matrix.features, run.min_articles)
        few = min(found[name].before.articles, found[name].after.articles) < run.min_articles
        head = {"date": day, "event": label, "group": name}
        table = table.assign(**{k: pd.Series(v, index=table.index, dtype="str") for k, v in head.items()})
        table = table.assign(**relative.get(name, {}))
        if few and run.against:
            table["p_relative"] = np.nan
        rows.append(table)
    return rows


class _Change(NamedTuple):
    """Sums of a group before and after, and the comparison of both."""

    before: Side
    after: Side
    compared: Compared


def _changed(matrix: ArticleMatrix, after: NDArray[np.bool_], name: str, run: _Run) -> _Change:
    mine = matrix.groups == name
    part = replace(
        matrix.select(mine), groups=np.where(after[mine], "after", "before").astype(np.str_), filter={}
    )
    later = part.groups == "after"
    before, behind = (side_of(part.counts[side], part.words[side]) for side in (~later, later))
    blank = np.full(len(matrix.features), np.nan)
    if not (before.articles and behind.articles):
        return _Change(before, behind, Compared(before, Ratio(blank, blank, blank), blank, 0))
    pair = compared(part, [_PAIR], min_articles=run.min_articles, **run.options)[_PAIR]
    return _Change(before, behind, pair)


def _rows(change: _Change, features: tuple[str, ...], min_articles: int) -> pd.DataFrame:
    before, after, found = change
    blank = np.full(len(features), np.nan)
    rate_before = before.mentions * PER_WORDS / before.words if before.words else blank
    rate_after = after.mentions * PER_WORDS / after.words if after.words else blank
    idle = (before.mentions + after.mentions) == 0
    few = min(before.articles, after.articles) < min_articles
    side = "before" if before.articles < min_articles else "after"
    reasons = [
        (np.full(len(features), few), f"fewer than {min_articles} articles {side}: not tested"),
        (idle, "no mentions"),
        (~idle & (before.mentions == 0) & (before.articles > 0), "no mentions before: no ratio"),
    ]
    notes = ["; ".join(text for holds, text in reasons if holds[i]) for i in range(len(features))]
    return pd.DataFrame(
        {
            "feature": pd.Series(features, dtype="str"),
            "n_articles_before": before.articles,
            "n_articles_after": after.articles,
            "n_words_before": int(before.words),
            "n_words_after": int(after.words),
            "n_mentions_before": before.mentions.astype(np.int64),
            "n_mentions_after": after.mentions.astype(np.int64),
            "rate_before": rate_before,
            "rate_after": rate_after,
            "difference": rate_after - rate_before,
            "ratio": found.ratio.ratio,
            "low": found.ratio.low,
            "high": found.ratio.high,
            "p": np.where(idle | few, np.nan, found.p),
            "note": pd.Series(notes, dtype="str"),
        }
    )
